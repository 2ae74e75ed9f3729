"""Values set by inputs: finding the row, and what overlapping rows come to under a reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import product
from operator import eq, ge, gt, itemgetter, le, lt
from typing import Any, assert_never

from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.logic import Truth, both, compare, compares
from civicrules.evaluation.numbers import form, keys_of
from civicrules.evaluation.unknown import (
    NOTHING,
    Among,
    Keys,
    Ranges,
    Spread,
    Undecided,
    Undefined,
    Unknown,
    between,
    extent,
)
from civicrules.facts import Blank
from civicrules.program import (
    ChoiceType,
    Comparison,
    DateType,
    Expression,
    Literal,
    NumberType,
    RowChoice,
    Table,
    TableCell,
    TableRow,
    TruthType,
    Type,
    Validity,
)
from civicrules.values import frozen


@frozen
class Row:
    """A row ready to run, for law days in `valid`.

    `plain` tests a single known input when all bounds are written as numbers, days or choices.
    """

    fits: Callable[[Case, Sequence[Any]], Truth]
    plain: Callable[[Any], bool] | None
    value: Run
    valid: Validity | None

    def in_force(self, law_day: date | None) -> bool:
        return self.valid is None or law_day is None or law_day in self.valid


def row(written: TableRow, run: Callable[[Expression], Run]) -> Row:
    """A row of a table, its cells made runnable by `run`."""
    cells = tuple(_fitting(cell, run) for cell in written.cells)

    def fits(case: Case, values: Sequence[Any]) -> Truth:
        result: Truth = True
        for cell, value in zip(cells, values, strict=True):
            result = both(result, cell(case, value))
            if result is False:
                return False
        return result

    plain = _plain(written.cells[0]) if len(written.cells) == 1 else None
    return Row(fits, plain, run(written.value), written.valid)


def _fitting(cell: TableCell, run: Callable[[Expression], Run]) -> Callable[[Case, Any], Truth]:
    """Whether an input is what a cell asks."""
    tests = [
        (comparison, run(bound))
        for comparison, bound in (
            (Comparison.AT_LEAST if cell.low_included else Comparison.MORE, cell.low),
            (Comparison.AT_MOST if cell.high_included else Comparison.LESS, cell.high),
            (Comparison.EQUAL, cell.equals),
        )
        if bound is not None
    ]
    operations = [(compares(comparison), comparison, bound) for comparison, bound in tests]

    def fits(case: Case, value: Any) -> Truth:
        result: Truth = True
        for operation, comparison, bound in operations:
            limit = bound(case)
            if isinstance(value, Unknown) or isinstance(limit, Unknown) or isinstance(value, Blank):
                result = both(result, compare(comparison, value, limit, case.cuts))
            elif not operation(value, limit):
                return False
        return result

    return fits


def _plain(written: TableCell) -> Callable[[Any], bool] | None:
    """The test of a known input against constant bounds; a row has one or two of them."""
    if any(
        bound is not None and not isinstance(bound, Literal) for bound in (written.low, written.high, written.equals)
    ):
        return None
    low: Any = written.low.value if isinstance(written.low, Literal) else None
    high: Any = written.high.value if isinstance(written.high, Literal) else None
    if isinstance(written.equals, Literal):
        return partial(eq, written.equals.value)
    if low is not None and high is not None:
        return _between(low, written.low_included, high, written.high_included)
    if low is not None:
        return partial(le if written.low_included else lt, low)
    if high is not None:
        return partial(ge if written.high_included else gt, high)
    return None


def _between(low: Any, low_included: bool, high: Any, high_included: bool) -> Callable[[Any], bool]:
    if low_included:
        return (lambda value: low <= value <= high) if high_included else (lambda value: low <= value < high)
    return (lambda value: low < value <= high) if high_included else (lambda value: low < value < high)


def settling(choice: RowChoice) -> Callable[[Sequence[Any]], Any]:
    """What overlapping rows with different values come to; `Undefined` without keys where they allow nothing in common.

    Ranges have a common part and a union. Of single values that differ, either may be meant: that stays open, and no
    fact will settle it.
    """
    match choice:
        case RowChoice.EARLIER:
            return itemgetter(0)
        case RowChoice.LATER:
            return itemgetter(-1)
        case RowChoice.COMMON:
            return partial(_of_ranges, _common)
        case RowChoice.EITHER:
            return partial(_of_ranges, _union)
        case _:
            assert_never(choice)


def _of_ranges(together: Callable[[Sequence[Any]], Any], values: Sequence[Any]) -> Any:
    return together(values) if all(isinstance(value, tuple) for value in values) else any_of(values, NOTHING)


def _common(ranges: Sequence[Any]) -> Any:
    low, high = max(low for low, _ in ranges), min(high for _, high in ranges)
    return (low, high) if low <= high else Undefined(NOTHING)


def _union(ranges: Sequence[Any]) -> Any:
    """The union of ranges of counts: ranges that touch (3 to 5, 6 to 8) become one."""
    parts: list[Any] = []
    for low, high in sorted(ranges):
        if parts and low <= parts[-1][1] + 1:
            parts[-1] = (parts[-1][0], max(parts[-1][1], high))
        else:
            parts.append((low, high))
    return parts[0] if len(parts) == 1 else Ranges(tuple(parts))


def any_of(values: Sequence[Any], keys: Keys) -> Any:
    """All that is known of a value that is one of several, for the sake of the facts in `keys`."""
    first, keys = values[0], keys | keys_of(*values)
    if all(value == first for value in values) and not isinstance(first, Unknown):
        return first
    if any(isinstance(value, (Undefined, Ranges, Blank)) for value in values):
        return Undefined(keys)
    if isinstance(first, (tuple, Spread)):
        return _spread(values, keys)
    if isinstance(first, (bool, Undecided)):
        return Undecided(keys)
    if isinstance(first, (str, Among)):
        cases = [case for value in values for case in (value.values if isinstance(value, Among) else (value,))]
        return Among(keys, tuple(dict.fromkeys(cases)))
    return _hull(values, keys)


def _hull(values: Sequence[Any], keys: Keys) -> Any:
    ends = [extent(held) for value in values if (held := form(value)) is not None]
    lows, highs = [e.low for e in ends if e.low is not None], [e.high for e in ends if e.high is not None]
    low = min(lows) if len(lows) == len(ends) else None
    high = max(highs) if len(highs) == len(ends) else None
    return between(low, high, keys)


def _spread(values: Sequence[Any], keys: Keys) -> Spread:
    pairs = [(value.low, value.high) if isinstance(value, Spread) else value for value in values]
    return Spread(keys, _hull([low for low, _ in pairs], keys), _hull([high for _, high in pairs], keys))


def covers(table: Table) -> bool:
    """Whether it is certain that every possible input falls into a row."""
    if table.otherwise is not None:
        return True
    if any(row.valid for row in table.rows):
        return False
    values = [_values(given.type) for given in table.inputs]
    if all(one is not None for one in values):
        named = {tuple(c.equals.value for c in row.cells if isinstance(c.equals, Literal)) for row in table.rows}
        return all(combined in named for combined in product(*(one for one in values if one is not None)))
    of = table.inputs[0].type
    return len(table.inputs) == 1 and isinstance(of, (NumberType, DateType)) and _covers_line(table, of)


def _values(of: Type) -> tuple[Any, ...] | None:
    if isinstance(of, TruthType):
        return (True, False)
    return tuple(choice.id for choice in of.choices) if isinstance(of, ChoiceType) else None


def _covers_line(table: Table, of: NumberType | DateType) -> bool:
    """Walk up the line from its lowest point, row by row, until nothing is left above."""
    whole = isinstance(of, DateType) or of.whole
    reached: tuple[Any, bool] | None = None
    low = of.low if isinstance(of, NumberType) else None
    for start, start_in, end, end_in in sorted(
        _stretches(table), key=lambda s: (s[0] is not None, s[0] or 0, not s[1])
    ):
        if start is not None and not _meets(reached, low, start, start_in, whole):
            return False
        if end is None or (isinstance(of, NumberType) and of.high is not None and end >= of.high and end_in):
            return True
        if reached is None or (end, end_in) > reached:
            reached = (end, end_in)
    return False


def _stretches(table: Table) -> list[tuple[Any, bool, Any, bool]]:
    found = []
    for row_ in table.rows:
        (r,) = row_.cells
        low, high = (_number(r.equals), _number(r.equals)) if r.equals else (_number(r.low), _number(r.high))
        if all(b is None or isinstance(b, Literal) for b in (r.low, r.high, r.equals)):
            found.append((low, r.equals is not None or r.low_included, high, r.equals is not None or r.high_included))
    return found


def _number(bound: Expression | None) -> Any:
    if not isinstance(bound, Literal):
        return None
    return bound.value.toordinal() if isinstance(bound.value, date) else bound.value


def _meets(reached: tuple[Any, bool] | None, low: int | None, start: Any, start_in: bool, whole: bool) -> bool:
    if reached is None:
        return low is not None and (start < low or (start == low and start_in))
    end, end_in = reached
    if start < end or (start == end and (start_in or end_in)):
        return True
    return whole and end_in and start_in and start == end + 1
