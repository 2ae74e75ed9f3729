"""Tables that are looked up by one number, as bands on a number line with the plan's own place on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from civicrules.exact import Exact
from civicrules.findings import Band, Bands, Number, Report
from civicrules.program import NumberType, ValueOf
from civicrules.report.html.plane import LEFT, RIGHT, WIDTH, Axis, anchor, drawn_width
from civicrules.report.numbers import exact, number, plain, value
from civicrules.report.view import View
from civicrules.values import frozen

_TOP = 30
_LANE = 26
_BAR = 20
_BELOW = 22
_LEAST = 4


@frozen
class Mark:
    """A text at a place of the line."""

    x: int
    text: str
    anchor: str


@frozen
class Bar:
    """A band as it is drawn; `x` and `label` are where it and its text begin."""

    x: int
    y: int
    width: int
    text: str
    label: int
    anchor: str
    fits: bool


@frozen
class Told:
    """A band in words."""

    stretch: str
    value: str
    mark: str
    fits: bool


@frozen
class Scale:
    """A number line: bars one under the other, where they end, the plan's place, and the same in words."""

    title: str
    by: str
    name: str
    said: str
    bars: tuple[Bar, ...]
    edges: tuple[Mark, ...]
    place: Mark
    rows: tuple[Told, ...]

    @property
    def axis(self) -> int:
        return _TOP + _LANE * len(self.bars)

    @property
    def height(self) -> int:
        return self.axis + _BELOW

    width, left, right, top = WIDTH, LEFT, RIGHT, _TOP


def scales(report: Report, view: View) -> tuple[Scale, ...]:
    """A number line for each table that is looked up by a number which the plan gives."""
    found = []
    for one in report.beside.bands:
        at = one.by.value
        if isinstance(at, int | Fraction) and not isinstance(at, bool):
            found.append(_scale(one, at, _result(one, report), view))
    return tuple(found)


def _result(of: Bands, report: Report) -> Number | None:
    """What the table came to, as the findings have it."""
    every = (number for one in report.findings for top in one.numbers for number in (top, *top.inner))
    return next((one for one in every if one.mention is not None and _is(one.mention.of, of.id)), None)


def _is(of: object, id: str) -> bool:
    return isinstance(of, ValueOf) and of.id == id


def _scale(of: Bands, at: Exact, result: Number | None, view: View) -> Scale:
    axis = _axis(of.bands, at, of.by)
    by, name = view.name(of.by.name), view.name(of.names)
    rows = tuple(_told(one, of, view) for one in of.bands)
    here = number(of.by, view)
    x = axis.at(at)
    return Scale(
        view.word("html.scale", name=name, by=by),
        by,
        name,
        ("" if view.language == "zh" else " ").join(_said(of, rows, here, result, view)),
        tuple(_bar(one, lane, axis, rows[lane].value) for lane, one in enumerate(of.bands)),
        tuple(_edges(of.bands, axis, view)),
        Mark(x, here, anchor(x, here)),
        rows,
    )


def _axis(bands: Sequence[Band], at: Exact, by: Number) -> Axis:
    """From the least to the greatest number that counts, and a fifth of that beyond where a band has no end there."""
    ends = [end for one in bands for end in (one.low, one.high) if end is not None]
    low, high = min((*ends, at)), max((*ends, at))
    least = by.type.low if isinstance(by.type, NumberType) else None
    beyond = Fraction(high - low, 5)
    if any(one.low is None for one in bands):
        low = low - beyond if least is None else min(low, least)
        beyond = Fraction(high - low, 5)
    return Axis(low, high + beyond if any(one.high is None for one in bands) else high)


def _bar(of: Band, lane: int, axis: Axis, text: str) -> Bar:
    x = LEFT if of.low is None else axis.at(of.low)
    end = RIGHT if of.high is None else axis.at(of.high)
    long, needed = max(end - x, _LEAST), drawn_width(text) + 6
    y = _TOP + _LANE * lane
    if needed <= long or x + long + needed <= WIDTH:
        return Bar(x, y, long, text, x + 6 if needed <= long else x + long + 6, "start", bool(of.fits))
    return Bar(x, y, long, text, x - 6, "end", bool(of.fits))


def _edges(bands: Sequence[Band], axis: Axis, view: View) -> Iterator[Mark]:
    """The numbers where bands end; of two that would stand in each other only the first is written."""
    free = 0
    for end in sorted({end for one in bands for end in (one.low, one.high) if end is not None}):
        x, text = axis.at(end), plain(end, view)
        turned = anchor(x, text)
        start = x - {"start": 0, "middle": drawn_width(text) // 2, "end": drawn_width(text)}[turned]
        shown = start >= free
        free = start + drawn_width(text) + 4 if shown else free
        yield Mark(x, text if shown else "", turned)


# ---------------------------------------------------------------- the same in words


def _told(of: Band, table: Bands, view: View) -> Told:
    key = {True: "html.scale.fits", False: "", None: "html.scale.open"}[of.fits]
    mark = view.word(key) if key else ""
    return Told(_stretch(of, table.by, view), value(of.value, table.type, view), mark, of.fits is True)


def _stretch(of: Band, by: Number, view: View) -> str:
    """Where a band begins and ends, and whether the ends belong to it."""
    if of.low is not None and of.low == of.high:
        return exact(of.low, by.type, view)
    begin = "html.scale.from" if of.low_included else "html.scale.above"
    end = "html.scale.to" if of.high_included else "html.scale.below"
    parts = [
        view.word(key, end=exact(bound, by.type, view))
        for key, bound in ((begin, of.low), (end, of.high))
        if bound is not None
    ]
    return view.word("sign.pause").join(parts)


def _said(of: Bands, rows: Sequence[Told], here: str, result: Number | None, view: View) -> Iterator[str]:
    """Where the plan stands, what came of it, and which bands have a place in common."""
    stretches = view.word("sign.semicolon").join(row.stretch for row in rows if row.fits)
    if stretches:
        yield view.word("html.scale.stands", by=view.name(of.by.name), value=here, bands=stretches)
    if result is not None and result.value is not None:
        yield view.word("html.scale.result", name=view.name(of.names), value=value(result.value, of.type, view))
    for (one, row), (other, next_row) in combinations(zip(of.bands, rows, strict=True), 2):
        shared = common(one, other)
        if shared is not None:
            values = view.listed([row.value, next_row.value])
            yield view.word("html.scale.overlap", at=_stretch(shared, of.by, view), values=values)


def common(one: Band, other: Band) -> Band | None:
    """What two bands have in common: ends that touch have where both belong to their band.

    >>> below, above = Band(None, True, 50, True, 1, None), Band(50, True, None, True, 2, None)
    >>> shared = common(below, above)
    >>> (shared.low, shared.high) if shared else None, common(below, Band(50, False, None, True, 2, None))
    ((50, 50), None)
    """
    low, low_included = max(((end.low, end.low_included) for end in (one, other)), key=_as_low)
    high, high_included = min(((end.high, end.high_included) for end in (one, other)), key=_as_high)
    if low is not None and high is not None and (low > high or (low == high and not (low_included and high_included))):
        return None
    return Band(low, low_included, high, high_included, None, None)


def _as_low(end: tuple[Exact | None, bool]) -> tuple[bool, Exact, bool]:
    """No end is the lowest; of two at one number the one that leaves the number out is the higher."""
    at, included = end
    return at is not None, at or 0, not included


def _as_high(end: tuple[Exact | None, bool]) -> tuple[bool, Exact, bool]:
    at, included = end
    return at is None, at or 0, included
