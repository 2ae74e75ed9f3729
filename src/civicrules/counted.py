"""The words for the ids that an outcome holds: posts, bases of majorities, answers to ties, reasons, missing facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from civicrules import tally
from civicrules.ballots import NOT_MARKED, VOID
from civicrules.evaluation.requests import Bound
from civicrules.outcome import CannotSay, Outcome
from civicrules.plugin import Method
from civicrules.program import Names, Vocabulary

# Readings of a doubtful paper that name nobody.
_READINGS = MappingProxyType(
    {VOID: Names.of(en="void", zh="整票无效"), NOT_MARKED: Names.of(en="no mark", zh="视为未选")}
)


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
    return {
        **tally.BASES,
        **_READINGS,
        **options,
        **conditions,
        **bound.names,
        **tally.missing_words(missing, bound.names),
        **{key: names for key, names in keys.items() if key in missing},
        **facts,
        **dict(_of_members(vocabulary, missing)),
    }


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
