"""Conditions made runnable: comparisons, ranges, and what joins them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from civicrules.evaluation import numbers
from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.logic import compare, compares, joined, negated, one_of, truth, within
from civicrules.evaluation.unknown import KNOWN, NUMBERS, Undecided
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


def compared_with_share(left: Run, comparison: Comparison, base: Run, share: Fraction) -> Run:
    """A number against a share of a base: on counts, both sides are multiplied out and stay whole."""
    operation = compares(comparison)
    numerator, denominator = share.numerator, share.denominator

    def run(case: Case) -> Any:
        a, b = left(case), base(case)
        if type(a) is int and type(b) is int:
            return operation(a * denominator, b * numerator)
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
