"""Days and periods made runnable, as the conventions of a ruleset count them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from civicrules import days
from civicrules.evaluation import problems
from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.logic import compare
from civicrules.evaluation.numbers import form, keys_of, plus
from civicrules.evaluation.unknown import NOTHING, Linear, Undefined, Unknown, between, extent
from civicrules.facts import Blank
from civicrules.program import Comparison, Elapsed, Shifted
from civicrules.values import frozen


@frozen
class Counting:
    """How a ruleset counts days, and the working days that it knows."""

    conventions: days.Conventions
    calendar: days.Calendar | None = None


_LAST = date.max.toordinal()
_STEADY = frozenset({days.Unit.DAY, days.Unit.WEEK})
_SAMPLE = date(2001, 1, 15)


def shifted(expression: Shifted, day: Run, number: Run, counting: Counting) -> Run:
    """The day so long before or after another. Later days never come out earlier, so the ends of what is known do."""
    unit, back = expression.unit, expression.back
    problem = problems.no_such_day(expression)

    def moved(from_day: date, by: int) -> date | None:
        return days.shift(from_day, by, unit, counting.conventions, counting.calendar, back)

    def run(case: Case) -> Any:
        value, by = day(case), number(case)
        if type(by) is not int or isinstance(value, (Undefined, Blank)):
            return Blank.NONE if value is Blank.NONE else Undefined(keys_of(value, by))
        if type(value) is date:
            result = moved(value, by)
            if result is None:
                case.report(problem)
                return Undefined(NOTHING)
            return result
        if unit in _STEADY and (sample := moved(_SAMPLE, by)) is not None:
            return plus(value, (sample - _SAMPLE).days)
        return _between(value, lambda one: moved(one, by))

    return run


def _between(value: Any, moved: Callable[[date], date | None]) -> Any:
    """The ends of a day that is not known, moved."""
    held = form(value)
    assert held is not None
    ends = extent(held)
    low, high = (_moved_end(end, moved) for end in (ends.low, ends.high))
    return between(low, high, held.keys)


def _moved_end(end: Any, moved: Callable[[date], date | None]) -> int | None:
    if end is None or not 1 <= end <= _LAST:
        return None
    result = moved(date.fromordinal(int(end)))
    return None if result is None else result.toordinal()


def elapsed(expression: Elapsed, since: Run, until: Run, counting: Counting) -> Run:
    """Whole units from a day until another; of a day that never was, none."""
    passed = passing(expression, counting)

    def run(case: Case) -> Any:
        first, last = since(case), until(case)
        if first is Blank.NONE or last is Blank.NONE:
            return Blank.NONE
        if type(first) is date and type(last) is date:
            result = passed(first, last)
            return Undefined(NOTHING) if result is None else result
        keys = keys_of(first, last)
        if not isinstance(first, (Linear, date)) or not isinstance(last, (Linear, date)):
            return Undefined(keys)
        return between(None, None, keys)

    return run


def passing(expression: Elapsed, counting: Counting) -> Callable[[date, date], int | None]:
    """How many whole units pass from a day until another."""
    if expression.age:
        return lambda birth, on: days.age(birth, on, counting.conventions)
    unit = expression.unit
    return lambda since, on: days.elapsed(since, on, unit, counting.conventions, counting.calendar)


def reaching(expression: Elapsed, counting: Counting) -> Callable[[date, int], date | None]:
    """The first day on which so many units have passed."""
    if expression.age:
        return lambda birth, years: days.reached(birth, years, counting.conventions)
    unit = expression.unit
    return lambda since, number: days.shift(since, number, unit, counting.conventions, counting.calendar)


def elapsed_compared(
    expression: Elapsed, since: Run, until: Run, comparison: Comparison, number: int, counting: Counting
) -> Run:
    """A period compared with a number: as days, which an open day leaves exact.

    At least n units have passed when the day on which the n-th ends is no later than today.
    """
    passed, reach = passing(expression, counting), reaching(expression, counting)
    plain = elapsed(expression, since, until, counting)
    limit, how = _as_day(comparison, number)

    def run(case: Case) -> Any:
        first, last = since(case), until(case)
        if type(first) is date and type(last) is date:
            count = passed(first, last)
            return Undefined(NOTHING) if count is None else compare(comparison, count, number)
        if first is Blank.NONE or last is Blank.NONE:
            return comparison is Comparison.UNEQUAL
        if how is None or not isinstance(first, Unknown | date) or not isinstance(last, Unknown | date):
            return compare(comparison, plain(case), number, case.cuts)
        if type(first) is date:
            end = reach(first, limit)
            return Undefined(NOTHING) if end is None else compare(how, last, end, case.cuts)
        if type(last) is date:
            latest = _latest(reach, limit, last)
            if latest is None:
                return compare(comparison, plain(case), number, case.cuts)
            mirrored = Comparison.AT_MOST if how is Comparison.AT_LEAST else Comparison.MORE
            return compare(mirrored, first, latest, case.cuts)
        return compare(comparison, plain(case), number, case.cuts)

    return run


def _as_day(comparison: Comparison, number: int) -> tuple[int, Comparison | None]:
    """A comparison of whole units as one of the last day with the end of a period."""
    match comparison:
        case Comparison.AT_LEAST:
            return number, Comparison.AT_LEAST
        case Comparison.MORE:
            return number + 1, Comparison.AT_LEAST
        case Comparison.LESS:
            return number, Comparison.LESS
        case Comparison.AT_MOST:
            return number + 1, Comparison.LESS
        case _:
            return number, None


def _latest(reach: Callable[[date, int], date | None], number: int, last: date) -> date | None:
    """The latest day from which so many units have passed on a day, by bisection; `None` where there is none."""
    low, high = 1, last.toordinal()
    if not _has_passed(reach, number, low, last):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        if _has_passed(reach, number, middle, last):
            low = middle
        else:
            high = middle - 1
    return date.fromordinal(low)


def _has_passed(reach: Callable[[date, int], date | None], number: int, since: int, last: date) -> bool:
    end = reach(date.fromordinal(since), number)
    return end is not None and end <= last
