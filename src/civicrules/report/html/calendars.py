"""The days of a plan on a line, with the days that sentences count from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import accumulate, pairwise

from civicrules.codes import day as in_words
from civicrules.findings import Limit, Report
from civicrules.report.html.articles import called
from civicrules.report.html.plane import LEFT, RIGHT, WIDTH, Axis
from civicrules.report.view import View
from civicrules.values import frozen

_LEVEL = 24
_ROOM = 22  # between two marks that stand side by side
_BELOW = 24
# More days than these between two that follow each other are drawn as the fewer ones, with a break in the line.
_LONGEST, _BROKEN = 60, 20


@frozen
class Mark:
    """A numbered mark on the line; `limit` where it is a day that a sentence asks for."""

    number: int
    x: int
    y: int
    limit: bool


@frozen
class Told:
    """A day in words; `asked` is the article of the sentence that counts it."""

    number: int
    day: str
    what: str
    asked: str


@frozen
class Calendar:
    """The line from the first day to the last, and the same in words."""

    marks: tuple[Mark, ...]
    rows: tuple[Told, ...]
    axis: int
    breaks: tuple[int, ...]
    said: str

    width, left, right, longest = WIDTH, LEFT, RIGHT, _LONGEST

    @property
    def first(self) -> str:
        return self.rows[0].day

    @property
    def last(self) -> str:
        return self.rows[-1].day

    @property
    def height(self) -> int:
        return self.axis + _BELOW


@frozen
class _Entry:
    """A day with what it is."""

    day: date
    limit: bool
    what: str
    asked: str = ""


def calendar(report: Report, view: View) -> Calendar | None:
    """The calendar of a plan; nothing where it gives fewer than two days."""
    entries = sorted(_entries(report, view), key=lambda one: (one.day, one.limit))
    if len({one.day for one in entries}) < 2:
        return None
    places, breaks = laid_out([one.day for one in entries])
    levels = list(_levels(places))
    axis = _LEVEL * (max(level for _, level in levels) + 1) + 8
    marks = tuple(
        Mark(at, x, axis - _LEVEL * level - 18, one.limit)
        for at, ((x, level), one) in enumerate(zip(levels, entries, strict=True), 1)
    )
    rows = tuple(Told(at, _day(one.day, view), one.what, one.asked) for at, one in enumerate(entries, 1))
    colon, semicolon = view.word("sign.colon"), view.word("sign.semicolon")
    said = semicolon.join(f"{row.day}{colon}{row.what}" for row in rows)
    return Calendar(marks, rows, axis, tuple(breaks), said)


def laid_out(days: list[date]) -> tuple[list[int], list[int]]:
    """Where days stand on the line, and where the line is broken because the next day is far.

    >>> laid_out([date(2012, 8, 1), date(2012, 8, 21), date(2012, 9, 10), date(2015, 9, 10)])
    ([10, 163, 317, 470], [394])
    """
    gaps = [(following - one).days for one, following in pairwise(days)]
    reached = list(accumulate((_BROKEN if gap > _LONGEST else gap for gap in gaps), initial=0))
    line = Axis(0, reached[-1])
    places = [line.at(one) for one in reached]
    breaks = [
        (x + following + 1) // 2 for gap, x, following in zip(gaps, places, places[1:], strict=False) if gap > _LONGEST
    ]
    return places, breaks


def _levels(places: list[int]) -> Iterator[tuple[int, int]]:
    """Marks that would stand in each other stand one above the other."""
    taken: list[int] = []
    for x in places:
        level = next((at for at, last in enumerate(taken) if last + _ROOM <= x), len(taken))
        taken[level : level + 1] = [x]
        yield x, level


def _entries(report: Report, view: View) -> Iterator[_Entry]:
    for one in report.beside.days:
        if isinstance(one.value, date):
            yield _Entry(one.value, False, view.name(one.name))
    for limit in report.beside.limits:
        yield _Entry(limit.day, True, _asked(limit, view), called(limit.sentence.citation, view))


def _asked(of: Limit, view: View) -> str:
    key = f"html.limit.{of.comparison.value}"
    return view.word(key, name=view.name(of.of))


def _day(of: date, view: View) -> str:
    return view.clean(in_words(of, view.language))
