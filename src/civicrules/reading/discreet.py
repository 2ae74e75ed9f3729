"""What is said of a row about a person without showing the line: identity numbers and days of birth stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from civicrules.diagnostics import Diagnostic
from civicrules.program import ListType, Vocabulary
from civicrules.reading.gathered import Gathered
from civicrules.source import Place, Source, Span

Line = tuple[Source, int]


def discreet(gathered: Gathered, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """The diagnostics of a plan; those on lines that tell of people whose data or names are not public are discreet."""
    if not any(isinstance(one.place, Span) for one in gathered.diagnostics):
        yield from gathered.diagnostics
        return
    hidden = set(_lines(_places(gathered, vocabulary)))
    for one in gathered.diagnostics:
        places = (one.place, *(label.place for label in one.related), *(fix.place for fix in one.fixes))
        yield one if hidden.isdisjoint(_lines(places)) else evolve(one, discreet=True)


def _is_hidden(entry: ListType, vocabulary: Vocabulary) -> bool:
    fields = vocabulary.entity(entry.entity).fields
    return any(one.personal or (one.identifies and not entry.public) for one in fields)


def _places(gathered: Gathered, vocabulary: Vocabulary) -> Iterator[Place | None]:
    for entry in vocabulary.lists:
        if not _is_hidden(entry, vocabulary):
            continue
        rows = gathered.lists[entry.id].rows if entry.id in gathered.lists else ()
        for row in rows:
            yield row.place
            yield from (fact.place for fact in row.values.values())
        yield from (place for key, place in gathered.blocked.items() if key.startswith(f"{entry.id}["))


def _lines(places: Iterable[Place | None]) -> Iterator[Line]:
    for place in places:
        if isinstance(place, Span):
            first, last = (place.source.position(at)[0] for at in (place.start, max(place.start, place.end - 1)))
            yield from ((place.source, line) for line in range(first, last + 1))
