"""Quotients of counts that are only made to be rounded: two whole numbers, of which no fraction is ever made.

`1 per 100 households`, rounded, is the division of two counts with a remainder. This is the common way to a required
number, and several times as fast as fractions in lowest terms; what is no count goes through `numbers` as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from civicrules.evaluation.case import Case, Run
from civicrules.program import Arithmetic, Expression, Literal, Operator, Rate, ShareOf

# A numerator and a positive denominator; None when the parts are not known counts.
Quotient = Callable[[Case], tuple[int, int] | None]


def quotient(expression: Expression, run: Callable[[Expression], Run]) -> Quotient | None:
    """An expression as a quotient of counts, its parts made runnable by `run`; None when it has another form."""
    match expression:
        case Arithmetic(operator=Operator.DIVIDED, left=left, right=right):
            return _divided(run(left), run(right))
        case Rate(count=Literal(value=int(count)), per=Literal(value=int(per)), of=of) if per > 0:
            return _scaled(run(of), Fraction(count, per))
        case ShareOf(share=share, base=base):
            return _scaled(run(base), share)
        case Arithmetic(operator=Operator.PLUS, left=left, right=right):
            return _sum(left, right, run) or _sum(right, left, run)
        case _:
            return None


def _sum(count: Expression, other: Expression, run: Callable[[Expression], Run]) -> Quotient | None:
    part = quotient(other, run)
    return None if part is None else _added(run(count), part)


def _divided(left: Run, right: Run) -> Quotient:
    def pair(case: Case) -> tuple[int, int] | None:
        a, b = left(case), right(case)
        return (a, b) if type(a) is int and type(b) is int and b > 0 else None

    return pair


def _scaled(of: Run, factor: Fraction) -> Quotient:
    numerator, denominator = factor.numerator, factor.denominator

    def pair(case: Case) -> tuple[int, int] | None:
        value = of(case)
        return (value * numerator, denominator) if type(value) is int else None

    return pair


def _added(count: Run, part: Quotient) -> Quotient:
    def pair(case: Case) -> tuple[int, int] | None:
        value, held = count(case), part(case)
        if held is None or type(value) is not int:
            return None
        return value * held[1] + held[0], held[1]

    return pair
