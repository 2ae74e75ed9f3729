"""Set phrases of laws and of speech that have a form of their own here: grammars/said.*.yaml, read when a line fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language.lexer import fold, name_text
from civicrules.language.stuck import Stuck
from civicrules.language.words import before_its_day
from civicrules.source import Span, read_table, shipped_folder
from civicrules.suggest import in_figures
from civicrules.values import frozen

_LONGEST = 160  # characters of a line that is still one set phrase


@frozen
class Phrase:
    """A pattern of a whole line and what is written in its place, or may be; `below`: of a line below a sentence,
    `row`: of a row of a table.

    `names` have to be known beside those in the line. What cannot be put in its place has a `code`, that says why.
    """

    pattern: re.Pattern[str]
    rights: tuple[str, ...]
    names: tuple[str, ...]
    below: bool
    row: bool
    code: str


@cache
def phrases(tag: str) -> tuple[Phrase, ...]:
    """The phrases of a language; none of one that has no such table.

    >>> any(phrase.pattern.fullmatch("may be waived by the council") for phrase in phrases("en"))
    True
    """
    table = shipped_folder("grammars") / f"said.{tag}.yaml"
    found = read_table(table.read_text(encoding="utf-8")) if table.is_file() else ()
    words = {name: text for entry in found for name, text in entry.get("words", {}).items()}
    found = [_put_in(one, words) for entry in found if "pattern" in entry for one in _variants(entry)]
    return tuple(
        Phrase(
            re.compile(one["pattern"], re.I),
            tuple(right) if isinstance(right := one.get("right", ""), list) else (right,),
            tuple(one.get("names", ())),
            one.get("below", False),
            one.get("row", False),
            one.get("code", ""),
        )
        for one in found
    )


def _variants(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A phrase, once for each set of words in `for`, which stand in the places of their names."""
    words = entry.get("for", [{}])
    for one in words:
        yield _put_in({key: value for key, value in entry.items() if key != "for"}, one)


def _put_in(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _put_in(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [_put_in(one, words) for one in value]
    if isinstance(value, str):
        for name, text in words.items():
            value = value.replace(name, text)
    return value


def said(stuck: Stuck) -> Diagnostic | None:
    """A sentence that has to be written in another way, where it can be read so."""
    line, names = Span(stuck.source, stuck.begin, stuck.end), stuck.lexicon.names
    margin = line.source.text[line.source.text.rfind("\n", 0, line.start) + 1 : line.start]

    def reads(at: Span, text: str) -> bool:
        first, *rest = text.split("\n")
        beside = [one.strip() for one in rest if one[: len(margin) + 1].strip()]  # what stands deeper is no sentence
        return all(stuck.mends(Fix(at, one)) for one in (first, *beside))

    return rephrased(stuck.lexicon.tables[0].tag, line, names, reads, row=stuck.start == "row")


def rephrased(
    tag: str,
    line: Span,
    names: frozenset[str],
    reads: Callable[[Span, str], bool],
    below: bool = False,
    row: bool = False,
) -> Diagnostic | None:
    """What is written in place of a line (`below`: of one below a sentence, `row`: of a table) that can be read so.

    `None` for most lines.
    """
    place = Span(line.source, line.start, line.start + len(line.text.rstrip(" \t\u3000。.;；")))
    if len(place.text) > _LONGEST:
        return None
    for phrase in phrases(tag):
        rights = _rights(phrase, place, names) if phrase.below == below and phrase.row <= row else ()
        if not phrase.code and not below:
            rights = tuple(right for right in rights if reads(place, right))
        if rights:
            shown = tuple(" ⏎ ".join(part.strip() for part in right.split("\n")) for right in rights)
            fixes = () if phrase.code else tuple(Fix(place, right) for right in rights)
            data = {"found": place.text, "right": " · ".join(shown)}
            return Diagnostic(phrase.code or "CR0154", place, data, fixes=fixes)
    return None


def _rights(phrase: Phrase, place: Span, names: frozenset[str]) -> tuple[str, ...]:
    """What is written in place of a line; nothing where it is not of this phrase, or speaks of what is not known."""
    text = place.source.text
    found = phrase.pattern.fullmatch(fold(place.text))
    if found is None:
        return ()
    groups = {
        name: text[place.start + found.start(name) : place.start + found.end(name)].strip()
        for name in found.groupdict()
        if found[name] is not None
    }
    known = {name_text(name).casefold() for name in names}
    others = (name.format(**groups) for name in phrase.names)
    if not all(_is_known(one, known) for one in (*others, *(groups[kind] for kind in groups if kind[:5] == "known"))):
        return ()
    margin = text[text.rfind("\n", 0, place.start) + 1 : place.start]
    if found.groupdict().get("before"):
        groups["before"] = text[place.start + found.start("before") : place.start + found.end("before")]
    groups |= {kind: in_figures(text) or text for kind, text in groups.items() if kind.startswith("figures")}
    of = {f"{kind}_of": before_its_day(text) for kind, text in groups.items()}
    filled = {**dict.fromkeys(found.groupdict(), ""), **groups, **of, "margin": margin}
    return tuple(right.format(**filled) for right in phrase.rights)


def _is_known(text: str, known: set[str]) -> bool:
    bare = re.sub("^(?:each|the|an?) ", "", text.casefold())
    return bool(bare) and all(one.strip() in known for one in re.split("的|'s ", bare))
