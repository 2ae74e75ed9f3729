"""The words for the ids that an outcome holds: posts, bases of majorities, answers to ties, reasons, missing facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from civicrules import tally
from civicrules.ballots import ABSTAIN, AGAINST, NOT_MARKED, VOID
from civicrules.outcome import CannotSay, DecisionRequired, Outcome, Question
from civicrules.plugin import Method
from civicrules.program import Names, Vocabulary

if TYPE_CHECKING:
    from civicrules.evaluation.requests import Bound

# What is said of a paper in doubt, by the id in the options of its question: it names nobody, or for or against whom.
_READINGS = MappingProxyType(
    {
        VOID: Names.of(en="void", zh="整票无效"),
        NOT_MARKED: Names.of(en="not marked", zh="视为未选"),
        AGAINST: Names.of(en="against", zh="反对"),
        ABSTAIN: Names.of(en="abstain", zh="弃权"),
    }
)
_ALSO = MappingProxyType(
    {
        "无效": VOID, "无效票": VOID, "废票": VOID, "invalid": VOID,
        "未标记": NOT_MARKED, "未选": NOT_MARKED, "no mark": NOT_MARKED,
    }
)  # fmt: skip
# That a further ballot elected no one.
_NOBODY = frozenset(("nobody", "无人", "无人当选"))
_SAID = MappingProxyType({form: id for id, names in _READINGS.items() for _, form in names.forms} | dict(_ALSO))
# A reading puts several parts together: `not marked: Lin; Wu: against`.
_PARTS = re.compile(r"\s*([;；:：])\s*")


def outcome_words(vocabulary: Vocabulary, method: Method, bound: Bound, outcome: Outcome) -> Mapping[str, Names]:
    """Names by id, for a report: what the request calls its parts, and what the method calls its options."""
    keys = {f"options/{parameter.id}": parameter.names for parameter in method.parameters}
    options = {id: names for parameter in method.parameters for id, names in parameter.options}
    requirements = bound.request.validity if isinstance(bound.request, tally.Contest) else ()
    conditions = {one.id: one.names for one in requirements if one.names.forms}
    missing = outcome.missing if isinstance(outcome, CannotSay) else ()
    fields = {item.key: item.names for entity in vocabulary.entities for item in entity.fields}
    lists = {entry.id: entry.names for entry in vocabulary.lists}
    facts = {key: names for key in missing if (names := fields.get(key) or lists.get(key)) is not None}
    posts = bound.request.posts if isinstance(bound.request, tally.Contest) else ()
    people = {one.id for post in posts for one in post.candidates}  # whose names stay as they are
    doubts = {one: said for one in _options(outcome) if one not in people and (said := _reading(one)) is not None}
    return {
        **tally.BASES,
        **doubts,
        **options,
        **conditions,
        **bound.names,
        **tally.missing_words(missing, bound.names),
        **{key: names for key, names in keys.items() if key in missing},
        **facts,
        **dict(_of_members(vocabulary, missing)),
    }


def chosen_of(question: Question, said: Sequence[str]) -> tuple[str, ...]:
    """Options of a question, from what people write for them in either language; what is none of them stays as it is.

    The words of an option come before what they mean elsewhere: a candidate may be called 弃权.

    >>> question = Question("0f3a91c27d5e", "doubt", ("void", "not marked: 弃权; 吴平: against"), 1)
    >>> chosen_of(question, ["废票"]), chosen_of(question, ["视为未选：弃权；吴平: 反对"]), chosen_of(question, ["林华"])
    (('void',), ('not marked: 弃权; 吴平: against',), ('林华',))
    """
    if len(said) == 1 and said[0] not in question.options and said[0].casefold() in _NOBODY:
        return ()
    return tuple(_option(one, question.options) for one in said)


def _option(text: str, options: Sequence[str]) -> str:
    """The option with these words, else the only one that means the same."""
    meant = _meant(text)
    same = [one for one in options if _meant(one) == meant]
    return same[0] if text not in options and len(same) == 1 else text


def _meant(text: str) -> str:
    parts = _PARTS.split(text.strip())
    said = [_SAID.get(part.casefold(), part) for part in parts]
    if said == parts:
        return text.strip()
    return "".join({";": "; ", ":": ": "}.get(part.translate(_NARROW), part) for part in said)


def _options(outcome: Outcome) -> Iterator[str]:
    """The options of open questions, and those that were chosen."""
    for question in outcome.questions if isinstance(outcome, DecisionRequired) else ():
        yield from question.options
    for step in outcome.steps:
        chosen = step.data.get("chosen")
        yield from chosen if isinstance(chosen, tuple) else ()


def _reading(option: str) -> Names | None:
    """The words of an option in which something is said of a paper; nothing where it is only names."""
    parts = re.split(r"(; |, |: )", option)
    if not any(part in _READINGS for part in parts):
        return None
    english = [_READINGS[part].text("en") if part in _READINGS else part for part in parts]
    chinese = [_READINGS[part].text("zh") if part in _READINGS else _WIDE.get(part, part) for part in parts]
    return Names.of(en="".join(english), zh="".join(chinese))


_NARROW = str.maketrans("；：", ";:")
_WIDE = MappingProxyType({"; ": "；", ", ": "、", ": ": "："})


def _of_members(vocabulary: Vocabulary, missing: Iterable[str]) -> Iterator[tuple[str, Names]]:
    """The words for facts of members, which are missing by list, position and field: `candidates[0].sex`."""
    lists = {entry.id: entry for entry in vocabulary.lists}
    for key in missing:
        found = re.fullmatch(r"(\w+)\[(\d+)\]\.(\w+)", key)
        if found is None or found[1] not in lists:
            continue
        entry, number = lists[found[1]], int(found[2]) + 1
        names = vocabulary.field(f"{entry.entity}.{found[3]}").names
        yield (
            key,
            Names.of(
                en=f"{names.text('en')} of {entry.singular.text('en')} {number}",
                zh=f"第{number}名{entry.singular.text('zh')}的{names.text('zh')}",
            ),
        )
