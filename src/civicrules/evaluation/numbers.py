"""Exact arithmetic on values of which some are not known.

Every function takes known numbers, days, `Linear` forms and `Undefined` values alike, and is only reached when a plain
operation on known numbers was not possible. `none` stays `none` through arithmetic: there is no number to count with.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, assert_never

from civicrules.evaluation.unknown import (
    NOTHING,
    NUMBERS,
    Extent,
    Keys,
    Linear,
    Term,
    Undefined,
    Unknown,
    between,
    extent,
    linear_of,
)
from civicrules.exact import Exact, Rounding, rounded
from civicrules.facts import Blank

Cuts = list[tuple[str, Exact]]
NONE = Blank.NONE


def keys_of(*values: Any) -> Keys:
    """The missing facts that any of the values rests on."""
    return NOTHING.union(*(value.keys for value in values if isinstance(value, Unknown)))


def form(value: Any) -> Linear | None:
    """A number or a day as a linear form; None for what is neither."""
    if isinstance(value, Linear):
        return value
    if isinstance(value, date):
        return Linear(NOTHING, value.toordinal(), {})
    if isinstance(value, (Unknown, str, Blank, tuple)):
        return None
    return Linear(NOTHING, value, {})


def is_number(value: Any) -> bool:
    """Whether a value has a linear form."""
    return isinstance(value, (Linear, date)) or not isinstance(value, (Unknown, str, Blank, tuple))


def _no_number(*values: Any) -> Any:
    """What comes out when one of the values is no number: `none` if one is known to be none, else undefined."""
    return NONE if any(value is NONE for value in values) else Undefined(keys_of(*values))


def _sum(a: Exact | None, b: Exact | None) -> Exact | None:
    return None if a is None or b is None else a + b


def plus(left: Any, right: Any) -> Any:
    """The sum; equal facts on both sides are counted together."""
    if isinstance(left, Linear) and type(right) in NUMBERS:
        return _moved(left, right)
    if isinstance(right, Linear) and type(left) in NUMBERS:
        return _moved(right, left)
    a, b = form(left), form(right)
    if a is None or b is None:
        return _no_number(left, right)
    terms = dict(a.terms)
    for key, term in b.terms.items():
        terms[key] = Term(terms[key].times + term.times, term.bounds) if key in terms else term
    return linear_of(a.constant + b.constant, terms, _sum(a.low, b.low), _sum(a.high, b.high), a.loose | b.loose)


def _moved(form: Linear, by: Exact) -> Linear:
    return Linear(form.keys, form.constant + by, form.terms, form.low, form.high, form.loose)


def minus(left: Any, right: Any) -> Any:
    """The difference."""
    return plus(left, scaled(right, -1))


def scaled(value: Any, factor: Exact) -> Any:
    """A number, a known number of times."""
    if type(value) in NUMBERS:
        return value * factor
    a = form(value)
    if a is None:
        return _no_number(value)
    if factor == 0:
        return 0
    terms = {key: Term(term.times * factor, term.bounds) for key, term in a.terms.items()}
    constant = a.constant and a.constant * factor
    if a.precise:
        return Linear(a.keys, constant, terms) if terms else constant
    ends = (None if a.low is None else a.low * factor, None if a.high is None else a.high * factor)
    low, high = ends if factor > 0 else ends[::-1]
    return Linear(a.keys, constant, terms, low, high, a.loose)


def times(left: Any, right: Any) -> Any:
    """The product: linear when one side is known, else only its ends are."""
    a, b = form(left), form(right)
    if a is None or b is None:
        return _no_number(left, right)
    if not isinstance(left, Unknown):
        return scaled(right, a.constant)
    if not isinstance(right, Unknown):
        return scaled(left, b.constant)
    x, y = extent(a), extent(b)
    low, high = _product_ends(x, y)
    return between(low, high, a.keys | b.keys)


def _product_ends(x: Extent, y: Extent) -> tuple[Exact | None, Exact | None]:
    """The ends of a product; with an end unbounded, only what the signs still give."""
    if x.low is not None and x.high is not None and y.low is not None and y.high is not None:
        corners = [a * b for a in (x.low, x.high) for b in (y.low, y.high)]
        return min(corners), max(corners)
    if x.low is not None and y.low is not None and x.low >= 0 and y.low >= 0:
        return x.low * y.low, None
    return None, None


def divided(left: Any, right: Any) -> Any:
    """The quotient by a divisor that is not a known zero. A divisor that can be zero leaves the quotient undefined."""
    b = form(right)
    if form(left) is None or b is None:
        return _no_number(left, right)
    if not isinstance(right, Unknown):
        return scaled(left, 1 / Fraction(b.constant))
    ends = extent(b)
    positive = ends.low is not None and (ends.low > 0 or (ends.low == 0 and ends.low_open))
    negative = ends.high is not None and (ends.high < 0 or (ends.high == 0 and ends.high_open))
    if not positive and not negative:
        return Undefined(keys_of(left, right))
    nearer, farther = (ends.low, ends.high) if positive else (ends.high, ends.low)
    near = None if not nearer else 1 / Fraction(nearer)
    far = 0 if farther is None else 1 / Fraction(farther)
    return times(left, between(far, near, b.keys) if positive else between(near, far, b.keys))


def highest(left: Any, right: Any, cuts: Cuts | None) -> Any:
    """The greater of two numbers; the form of the greater one is kept when it is decided which that is."""
    difference = minus(left, right)
    if not isinstance(difference, Linear):
        return difference if form(difference) is None else (left if difference >= 0 else right)
    ends = extent(difference)
    if ends.low is not None and ends.low >= 0:
        return left
    if ends.high is not None and ends.high <= 0:
        return right
    note_cut(difference, cuts)
    a, b = _extent(left), _extent(right)
    low = a.low if b.low is None else b.low if a.low is None else max(a.low, b.low)
    high = None if a.high is None or b.high is None else max(a.high, b.high)
    return between(low, high, keys_of(left, right))


def lowest(left: Any, right: Any, cuts: Cuts | None) -> Any:
    """The smaller of two numbers."""
    return scaled(highest(scaled(left, -1), scaled(right, -1), cuts), -1)


def _extent(value: Any) -> Extent:
    a = form(value)
    assert a is not None
    return extent(a)


def note_cut(difference: Linear, cuts: Cuts | None) -> None:
    """Remember where a difference of one missing fact changes its sign: the place to tell its cases apart."""
    if cuts is not None and difference.precise and len(difference.terms) == 1:
        ((key, term),) = difference.terms.items()
        cuts.append((key, -difference.constant / Fraction(term.times)))


def magnitude(number: Exact) -> Exact:
    """How far a number is from zero."""
    return number if number >= 0 else -number


def is_whole(value: Linear) -> bool:
    """Whether the form can only be a whole number."""
    terms = value.terms.values()
    factors = all(term.bounds.whole and term.times.denominator == 1 for term in terms)
    return value.precise and factors and value.constant.denominator == 1


def round_unknown(value: Any, how: Rounding) -> Any:
    """A count from a number that is not known: the rounded ends, as every rounding keeps the order."""
    if not isinstance(value, Linear):
        return _no_number(value)
    if is_whole(value):
        return value
    ends = extent(value)
    low = None if ends.low is None else rounded(ends.low, how)
    high = None if ends.high is None else rounded(ends.high, how)
    return between(low, high, value.keys)


def quotient_rounded(how: Rounding) -> Callable[[int, int], int]:
    """A rounding of quotients, from a numerator and a positive denominator in any terms; see `exact.rounded`."""
    match how:
        case Rounding.DOWN:
            return operator.floordiv
        case Rounding.UP:
            return lambda numerator, denominator: -(-numerator // denominator)
        case Rounding.HALF_UP:
            return lambda numerator, denominator: (2 * numerator + denominator) // (2 * denominator)
        case _:
            assert_never(how)


def years_after(day: date, years: int) -> date:
    """The same calendar day some years later; 29 February becomes 28 February in a common year.

    Days outside the calendar (years 1 to 9999) stop at its ends.

    >>> years_after(date(2012, 2, 29), 3)
    datetime.date(2015, 2, 28)
    """
    year = day.year + years
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def years_after_unknown(day: Any, years: int) -> Any:
    """The same for a day that is not known: later days never come out earlier."""
    if not isinstance(day, Linear):
        return _no_number(day)
    ends = extent(day)
    low, high = (None if end is None else ordinal_after(end, years) for end in (ends.low, ends.high))
    return between(low, high, day.keys)


def ordinal_after(ordinal: Exact, years: int) -> int:
    """`years_after` on ordinals of days, stopping at the ends of the calendar."""
    inside = max(1, min(int(ordinal), date.max.toordinal()))
    return years_after(date.fromordinal(inside), years).toordinal()
