"""Conditions made runnable: comparisons, ranges, and what joins them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from civicrules.evaluation import numbers
from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.logic import (
    AT_LEAST,
    AT_MOST,
    both,
    compare,
    compares,
    joined,
    negated,
    one_of,
    truth,
    within,
)
from civicrules.evaluation.unknown import KNOWN, NUMBERS, Linear, Undecided
from civicrules.exact import Rounding, rounded
from civicrules.program import Comparison


def multiplied(value: Any, factor: Fraction) -> Any:
    return value * factor if type(value) in NUMBERS else numbers.scaled(value, factor)


def compared(left: Run, comparison: Comparison, right: Run) -> Run:
    operation = compares(comparison)

    def run(case: Case) -> Any:
        a, b = left(case), right(case)
        if type(a) in KNOWN and type(b) in KNOWN:
            return operation(a, b)
        return compare(comparison, a, b, case.cuts)

    return run


def compared_with_constant(left: Run, comparison: Comparison, constant: Any) -> Run:
    operation = compares(comparison)

    def run(case: Case) -> Any:
        a = left(case)
        return operation(a, constant) if type(a) in KNOWN else compare(comparison, a, constant, case.cuts)

    return run


def fact_compared_with_constant(key: str, missing: Any, comparison: Comparison, constant: Any) -> Run:
    """The commonest condition of all, in one step."""
    operation = compares(comparison)
    open_ = compare(comparison, missing, constant)

    def run(case: Case) -> Any:
        value = case.values.get(key)
        if type(value) in KNOWN:
            return operation(value, constant)
        if value is None and case.cuts is None:
            return open_
        return compare(comparison, missing if value is None else value, constant, case.cuts)

    return run


def fact_inside_constants(key: str, missing: Any, low: Any, high: Any) -> Run:
    """A fact in a range of the text, such as `3 to 5`, in one step."""
    open_ = within(missing, (low, high))

    def run(case: Case) -> Any:
        value = case.values.get(key)
        if type(value) in NUMBERS:
            return low <= value <= high
        if value is None and case.cuts is None:
            return open_
        return within(missing if value is None else value, (low, high), case.cuts)

    return run


def compared_with_share(left: Run, comparison: Comparison, base: Run, share: Fraction) -> Run:
    """A number against a share of a base: on counts, both sides are multiplied out and stay whole."""
    operation = compares(comparison)
    numerator, denominator = share.numerator, share.denominator

    def run(case: Case) -> Any:
        a, b = left(case), base(case)
        if type(a) is int:
            if type(b) is int:
                return operation(a * denominator, b * numerator)
            if isinstance(b, Linear):
                return compare(comparison, a * denominator, numbers.scaled(b, numerator), case.cuts)
        part = multiplied(b, share)
        if type(a) in NUMBERS and type(part) in NUMBERS:
            return operation(a, part)
        return compare(comparison, a, part, case.cuts)

    return run


def compared_by_rank(left: Run, right: Run, comparison: Comparison, rank: Mapping[str, int]) -> Run:
    operation = compares(comparison)

    def run(case: Case) -> Any:
        a, b = left(case), right(case)
        if type(a) is str and type(b) is str:
            return operation(rank[a], rank[b])
        return compare(comparison, a, b, case.cuts, rank)

    return run


def inside_range(value: Run, stretch: Run) -> Run:
    def run(case: Case) -> Any:
        a, b = value(case), stretch(case)
        if type(a) in KNOWN and type(b) is tuple:
            return b[0] <= a <= b[1]
        return within(a, b, case.cuts)

    return run


def inside_shares(value: Run, bases: tuple[Run, Run], shares: tuple[Fraction, Fraction], otherwise: Run) -> Run:
    """A count between two shares of counts, all multiplied out and whole; what is no count goes the other way."""
    low_base, high_base = bases
    (low_share, high_share), (low_part, high_part) = [s.numerator for s in shares], [s.denominator for s in shares]

    def run(case: Case) -> Any:
        a, b, c = value(case), low_base(case), high_base(case)
        if type(a) is not int or type(b) not in _COUNTED or type(c) not in _COUNTED:
            return otherwise(case)
        if type(b) is int and type(c) is int:
            return b * low_share <= a * low_part and a * high_part <= c * high_share
        return both(
            compare(AT_LEAST, a * low_part, numbers.scaled(b, low_share), case.cuts),
            compare(AT_MOST, a * high_part, numbers.scaled(c, high_share), case.cuts),
        )

    return run


# A count, or what is known of one.
_COUNTED = frozenset((int, Linear))


def one_of_them(value: Run, among: tuple[Run, ...]) -> Run:
    def run(case: Case) -> Any:
        a, members = value(case), [member(case) for member in among]
        if type(a) in KNOWN and all(type(b) in KNOWN for b in members):
            return a in members
        return one_of(a, members, case.cuts)

    return run


def denied(of: Run) -> Run:
    def run(case: Case) -> Any:
        value = of(case)
        return (not value) if type(value) is bool else negated(value)

    return run


def joined_parts(parts: tuple[Run, ...], *, stop: bool) -> Run:
    """`And` (which stops at a part that is false) and `Or` (at one that is true)."""

    def run(case: Case) -> Any:
        found: Undecided | None = None
        for part in parts:
            value = part(case)
            if type(value) is not bool:
                value = truth(value)
            if value is stop:
                return stop
            if isinstance(value, Undecided):
                found = value if found is None else joined(found, value)
        return (not stop) if found is None else found

    return run


def at_least_of(number: int, parts: tuple[Run, ...]) -> Run:
    """At least so many of several conditions."""

    def run(case: Case) -> Any:
        sure, open_ones = 0, []
        for part in parts:
            value = truth(part(case))
            if value is True:
                sure += 1
            elif isinstance(value, Undecided):
                open_ones.append(value)
        if sure >= number:
            return True
        if sure + len(open_ones) < number:
            return False
        found = open_ones[0]
        for other in open_ones[1:]:
            found = joined(found, other)
        return found

    return run


def as_printed(printed: Run, stated: Run, exact: Run) -> Run:
    """A stated number against the exact one, at the precision it was printed with; without one, exactly."""

    def run(case: Case) -> Any:
        a, b, unit = stated(case), exact(case), printed(case)
        if type(a) not in NUMBERS or type(b) not in NUMBERS or unit is None:
            return compare(Comparison.EQUAL, a, b, case.cuts)
        return any(rounded(b / unit, how) * unit == a for how in Rounding)

    return run
