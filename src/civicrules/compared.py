"""What may be told of a personal value: how it compares with what a sentence asks, and by how much, coarsely.

>>> from civicrules.program import Citation, DateType, FactOf, Force, Names
>>> born = FactOf("person.birth_date", DateType(), "candidates")
>>> asked = Compare(born, Comparison.AT_MOST, Literal(date(1994, 8, 30), DateType()))
>>> sentence = Sentence(Force.MUST, None, asked, Citation("law", Names()), Names())
>>> compared(born, date(1994, 11, 30), sentence, lambda limit: None)
Compared(how=<How.LATE: 'too late'>, amount=3, unit=<Unit.MONTH: 'month'>)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from civicrules import days
from civicrules.days import Unit
from civicrules.program import (
    Age,
    And,
    AtLeastOf,
    Compare,
    Comparison,
    Elapsed,
    Expression,
    Literal,
    Not,
    Or,
    RangeOf,
    Sentence,
    Within,
)
from civicrules.values import frozen


class How(Enum):
    """What can be said without the value. Whatever is compared with nothing, or for equality, is only said to be given."""

    GIVEN = "given"
    IN_TIME = "in time"
    LATE = "too late"
    EARLY = "too early"
    KEPT = "kept"
    ABOVE = "above"
    BELOW = "below"
    LONG = "too long"
    SHORT = "too short"


@frozen
class Compared:
    """How a value misses what is asked of it, or that it does not.

    Of a period that is too short, whole units have passed and a part of one: it lacks at most the `amount`.

    `amount` whole months or years by which it does, where it is a day or a period in months or years: a day that is
    missed by less than a month has none, and no other number has one, as it would tell the number itself.
    """

    how: How
    amount: int | None = None
    unit: Unit | None = None


# The value of a limit that is no constant, as the finding records it; `None` where it does not.
Recorded = Callable[[Expression], object]

_UPPER = (Comparison.AT_MOST, Comparison.LESS)


def compared(of: Expression, value: object, sentence: Sentence, recorded: Recorded) -> Compared:
    """A value of the expression `of` against the first limit in a sentence, or in an exception from it, that it misses."""
    kept: Compared | None = None
    for comparison, limit in _limits_on(of, sentence):
        found = _against(of, value, comparison, _value(limit, recorded))
        if found is not None and found.how not in (How.IN_TIME, How.KEPT):
            return found
        kept = kept or found
    return kept or Compared(How.GIVEN)


def _value(limit: Expression, recorded: Recorded) -> object:
    return limit.value if isinstance(limit, Literal) else recorded(limit)


def _against(of: Expression, value: object, comparison: Comparison, limit: object) -> Compared | None:
    """A value against one limit; None where the two cannot be compared."""
    upper = comparison in _UPPER
    match value, limit:
        case (bool(), _) | (_, bool()):
            return None
        case date(), date():
            if _meets(value, comparison, limit):
                return Compared(How.IN_TIME)
            return _apart(How.LATE if upper else How.EARLY, min(value, limit), max(value, limit))
        case (int() | Fraction(), int() | Fraction()):
            return _beyond(of, value, comparison, limit)
        case _:
            return None


def _apart(how: How, first: date, last: date) -> Compared:
    """By how much a day misses its limit; nothing nearer than a month, and from two years on whole years."""
    months = days.elapsed(first, last, Unit.MONTH, days.Conventions()) or 0
    if months >= 24:
        return Compared(how, months // 12, Unit.YEAR)
    return Compared(how, months, Unit.MONTH) if months else Compared(how)


def _beyond(of: Expression, value: int | Fraction, comparison: Comparison, limit: int | Fraction) -> Compared:
    upper, is_period = comparison in _UPPER, isinstance(of, Elapsed) and not of.age
    if _meets(value, comparison, limit):
        return Compared(How.IN_TIME if is_period else How.KEPT)
    how = (How.LONG if upper else How.SHORT) if is_period else (How.ABOVE if upper else How.BELOW)
    unit = of.unit if isinstance(of, Elapsed) else Unit.YEAR if isinstance(of, Age) else None
    if is_period and value < 0:  # it has not begun: no number of whole units says by how much
        return Compared(how)
    amount = abs(Fraction(max(value, 0)) - limit)
    if unit not in (Unit.MONTH, Unit.YEAR) or not amount or amount.denominator != 1:
        return Compared(how)
    return Compared(how, amount.numerator, unit)


def _meets(value: Any, comparison: Comparison, limit: Any) -> bool:
    """Whether a day or a number keeps a limit of its own kind."""
    match comparison:
        case Comparison.AT_LEAST:
            return bool(value >= limit)
        case Comparison.AT_MOST:
            return bool(value <= limit)
        case Comparison.MORE:
            return bool(value > limit)
        case _:
            return bool(value < limit)


def _limits_on(of: Expression, sentence: Sentence) -> Iterator[tuple[Comparison, Expression]]:
    asked = (sentence.requirement, *(one.instead for one in sentence.exemptions if one.instead is not None))
    for part in asked:
        for left, comparison, limit in _limits(part, False):
            if left == of and comparison.mirrored is not comparison:
                yield comparison, limit


def _limits(of: Expression, negated: bool) -> Iterator[tuple[Expression, Comparison, Expression]]:
    """What is asked of which expression, and its limit."""
    match of:
        case And(parts=parts) | Or(parts=parts) | AtLeastOf(parts=parts):
            for part in parts:
                yield from _limits(part, negated)
        case Not(of=inner):
            yield from _limits(inner, not negated)
        case Compare(left=left, comparison=comparison, right=right):
            how = comparison.negated if negated else comparison
            yield left, how, right
            yield right, how.mirrored, left
        case Within(value=inner, range=RangeOf(low=low, high=high)) if not negated:
            yield inner, Comparison.AT_LEAST, low
            yield inner, Comparison.AT_MOST, high
        case _:
            return
