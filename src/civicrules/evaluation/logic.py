"""Three-valued logic (Kleene's strong one) and comparisons of values of which some are not known.

S. C. Kleene, Introduction to Metamathematics (1952), § 64: a part decides the whole as soon as the other parts cannot
change it. The missing facts of parts that no longer matter are dropped with them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Any, Final, assert_never

from civicrules.evaluation.numbers import Cuts, is_number, keys_of, magnitude, minus, note_cut
from civicrules.evaluation.unknown import (
    NUMBERS,
    Among,
    Bounds,
    Extent,
    Linear,
    Ranges,
    Spread,
    Term,
    Undecided,
    Undefined,
    Unknown,
    extent,
)
from civicrules.exact import Exact
from civicrules.facts import Blank
from civicrules.program import Comparison

Truth = bool | Undecided
NONE: Final = Blank.NONE
AT_LEAST: Final = Comparison.AT_LEAST
AT_MOST: Final = Comparison.AT_MOST
MORE: Final = Comparison.MORE
LESS: Final = Comparison.LESS
EQUAL: Final = Comparison.EQUAL
UNEQUAL: Final = Comparison.UNEQUAL


def compares(comparison: Comparison) -> Callable[[Any, Any], bool]:
    """The plain operation on known values."""
    match comparison:
        case Comparison.AT_LEAST:
            return operator.ge
        case Comparison.AT_MOST:
            return operator.le
        case Comparison.MORE:
            return operator.gt
        case Comparison.LESS:
            return operator.lt
        case Comparison.EQUAL:
            return operator.eq
        case Comparison.UNEQUAL:
            return operator.ne
        case _:
            assert_never(comparison)


def truth(value: Any) -> Truth:
    """A value in the place of a condition. `none` is no; a value that is undefined leaves the condition open."""
    if value is True or value is False or isinstance(value, Undecided):
        return value
    return Undecided(value.keys) if isinstance(value, Unknown) else False


def joined(left: Undecided, right: Undecided) -> Undecided:
    """Two open parts: exact when both are and no fact stands in both."""
    exact = left.exact and right.exact and left.keys.isdisjoint(right.keys)
    return Undecided(left.keys | right.keys, exact)


def negated(value: Any) -> Truth:
    """Three-valued `not`."""
    held = truth(value)
    return held if isinstance(held, Undecided) else not held


def both(left: Any, right: Any) -> Truth:
    """Three-valued `and`.

    >>> both(Undecided(frozenset("x")), False)
    False
    """
    a, b = truth(left), truth(right)
    if a is False or b is False:
        return False
    if isinstance(a, Undecided):
        return joined(a, b) if isinstance(b, Undecided) else a
    return b


def either(left: Any, right: Any) -> Truth:
    """Three-valued `or`."""
    return negated(both(negated(left), negated(right)))


def _swung(comparison: Comparison, left: Linear, right: Any, cuts: Cuts | None) -> Truth | None:
    """A count to which each of its facts can add one: where both answers are left, every fact can tip it."""
    if type(right) not in NUMBERS or left.terms:
        return None
    ends = extent(left)
    low = None if ends.low is None else ends.low - right
    high = None if ends.high is None else ends.high - right
    decided = _decided(comparison, Extent(low, high))
    if decided is not None:
        return decided
    if comparison in (EQUAL, UNEQUAL) and Fraction(right).denominator != 1:
        return comparison is UNEQUAL
    return Undecided(left.keys, exact=True)


def compare(
    comparison: Comparison, left: Any, right: Any, cuts: Cuts | None = None, rank: Mapping[str, int] | None = None
) -> Truth:
    """Two values compared, at least one of which is not plainly known.

    `rank` gives the order of choices. Nothing is before or after `none`, and only `none` equals it.
    """
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return Undecided(keys_of(left, right))
    if isinstance(left, Linear) and left.swings and (swung := _swung(comparison, left, right, cuts)) is not None:
        return swung
    if isinstance(left, Linear) and left.fact and type(right) in _COUNTED:
        return _compare_fact(comparison, left, _ordinal(right), cuts)
    if left is NONE or right is NONE:
        return (comparison is UNEQUAL) != (left is right) if comparison in _EQUALITY else False
    if isinstance(left, (Among, Undecided)) or isinstance(right, (Among, Undecided)):
        return _compare_cases(comparison, left, right, rank)
    difference = minus(left, right) if is_number(left) and is_number(right) else None
    if isinstance(difference, Linear):
        return _compare_with_zero(comparison, difference, cuts)
    if difference is not None:
        return compares(comparison)(difference, 0)
    return _known(comparison, left, right, rank)


_COUNTED = frozenset((int, Fraction, date))


def _compare_fact(comparison: Comparison, fact: Linear, number: Exact, cuts: Cuts | None) -> Truth:
    """A missing number or day, compared with a known one."""
    ((key, term),) = fact.terms.items()
    bounds = term.bounds
    low = None if bounds.low is None else bounds.low - number
    high = None if bounds.high is None else bounds.high - number
    decided = _decided(comparison, Extent(low, high, bounds.low_open, bounds.high_open))
    if decided is not None:
        return decided
    if cuts is not None:
        cuts.append((key, number))
    if comparison in _EQUALITY and not inside(number, bounds):
        return comparison is UNEQUAL
    return Undecided(fact.keys, exact=True)


_EQUALITY = (EQUAL, UNEQUAL)


def _known(comparison: Comparison, left: Any, right: Any, rank: Mapping[str, int] | None) -> bool:
    if rank is not None:
        left, right = rank[left], rank[right]
    return compares(comparison)(left, right)


def _cases(value: Any) -> tuple[Any, ...]:
    if isinstance(value, Among):
        return value.values
    return (False, True) if isinstance(value, Undecided) else (value,)


def _compare_cases(comparison: Comparison, left: Any, right: Any, rank: Mapping[str, int] | None) -> Truth:
    """Values out of small sets: decided when every pair says the same."""
    pairs = product(_cases(left), _cases(right))
    results = {_pair(comparison, a, b, rank) for a, b in pairs}
    if len(results) == 1 and (only := results.pop()) is not None:
        return only
    one, other = (left, right) if isinstance(left, Unknown) else (right, left)
    own = (isinstance(one, Among) and one.fact) or (isinstance(one, Undecided) and one.exact)
    plain = own and not isinstance(other, Unknown)
    return Undecided(keys_of(left, right), exact=plain and None not in results)


def _pair(comparison: Comparison, left: Any, right: Any, rank: Mapping[str, int] | None) -> bool | None:
    if isinstance(left, Linear) or isinstance(right, Linear):
        result = compare(comparison, left, right)
        return None if isinstance(result, Undecided) else result
    if left is NONE or right is NONE:
        return bool(compare(comparison, left, right))
    return _known(comparison, left, right, rank)


def _compare_with_zero(comparison: Comparison, difference: Linear, cuts: Cuts | None) -> Truth:
    ends = extent(difference)
    decided = _decided(comparison, ends)
    if decided is not None:
        return decided
    note_cut(difference, cuts)
    if not difference.precise:
        return Undecided(difference.keys)
    if comparison in _EQUALITY:
        return _equality(comparison, difference)
    return Undecided(difference.keys, exact=_each_matters(difference))


def _decided(comparison: Comparison, ends: Extent) -> bool | None:
    """What the ends alone say of `number (compared with) 0`."""
    low, high = ends.low, ends.high
    positive = low is not None and (low > 0 or (low == 0 and ends.low_open))
    negative = high is not None and (high < 0 or (high == 0 and ends.high_open))
    if comparison is AT_LEAST:
        return True if low is not None and low >= 0 else False if negative else None
    if comparison is LESS:
        return False if low is not None and low >= 0 else True if negative else None
    if comparison is AT_MOST:
        return True if high is not None and high <= 0 else False if positive else None
    if comparison is MORE:
        return False if high is not None and high <= 0 else True if positive else None
    if comparison is EQUAL:
        return False if positive or negative else None
    if comparison is UNEQUAL:
        return True if positive or negative else None
    assert_never(comparison)


def _equality(comparison: Comparison, difference: Linear) -> Truth:
    """With one missing fact the number that makes both sides equal is known, and whether the fact can be it."""
    if len(difference.terms) != 1:
        return Undecided(difference.keys)
    ((_, term),) = difference.terms.items()
    root = -difference.constant / Fraction(term.times)
    if not inside(root, term.bounds):
        return comparison is UNEQUAL
    return Undecided(difference.keys, exact=True)


def inside(number: Any, bounds: Bounds) -> bool:
    """Whether a missing fact can be a number."""
    if bounds.whole and number.denominator != 1:
        return False
    above = bounds.low is None or number > bounds.low or (number == bounds.low and not bounds.low_open)
    below = bounds.high is None or number < bounds.high or (number == bounds.high and not bounds.high_open)
    return above and below


def _each_matters(difference: Linear) -> bool:
    """Whether every fact of an open inequality can be the one that decides it.

    Let the sign of the difference be open. Moving the other facts in their unit steps from where the difference is
    least to where it is greatest, some place is passed at which the whole swing of this fact spans zero, provided no
    step is longer than that swing. (Facts that are fractions move without steps.)
    """
    if len(difference.terms) == 1:
        return True
    terms = difference.terms.values()
    step: Exact = max(magnitude(term.times) if term.bounds.whole else 0 for term in terms)
    return all(_swings(term, step) for term in terms)


def _swings(term: Term, step: Exact) -> bool:
    low, high = term.bounds.low, term.bounds.high
    return low is None or high is None or magnitude(term.times) * (high - low) >= step


def within(value: Any, stretch: Any, cuts: Cuts | None = None) -> Truth:
    """A number in a range, both ends included; in several ranges when any of them may hold it."""
    if isinstance(stretch, Undefined) or stretch is NONE:
        return Undecided(keys_of(value, stretch)) if isinstance(stretch, Undefined) else False
    if isinstance(stretch, Ranges):
        result: Truth = False
        for part in stretch.parts:
            result = either(result, within(value, part, cuts))
        return result
    low, high = (stretch.low, stretch.high) if isinstance(stretch, Spread) else stretch
    ends_known = isinstance(low, int | Fraction) and isinstance(high, int | Fraction) and low <= high
    if isinstance(value, Linear) and value.swings and ends_known:
        above, below = compare(AT_LEAST, value, low), compare(AT_MOST, value, high)
        parts = [part for part in (above, below) if part is not True]
        return False if False in parts else parts[0] if parts else True
    if isinstance(value, Linear) and value.precise and len(value.terms) == 1:
        window = _window(value, low, high, cuts)
        if window is not None:
            return window
    return both(
        compare(AT_LEAST, value, low, cuts),
        compare(AT_MOST, value, high, cuts),
    )


def _window(value: Linear, low: Any, high: Any, cuts: Cuts | None) -> Truth | None:
    """A number that rests on one missing whole fact, in a known range: the stretch of that fact that fits.

    None when the ends are not known, or the fact is a fraction; `False` when no whole number is left in the stretch.
    """
    ((key, term),) = value.terms.items()
    if isinstance(low, (Unknown, Blank)) or isinstance(high, (Unknown, Blank)) or not term.bounds.whole:
        return None
    ends = [(_ordinal(end) - value.constant) / Fraction(term.times) for end in (low, high)]
    if cuts is not None:
        cuts += ((key, end) for end in ends)
    first, last = ceil(min(ends)), floor(max(ends))
    bounds = term.bounds
    inner_first = first if bounds.low is None else max(first, bounds.low)
    inner_last = last if bounds.high is None else min(last, bounds.high)
    if low > high or inner_first > inner_last:
        return False
    if (inner_first, inner_last) == (bounds.low, bounds.high):
        return True
    return Undecided(value.keys, exact=True)


def _ordinal(end: Any) -> Exact:
    return end.toordinal() if isinstance(end, date) else end


def one_of(value: Any, members: Sequence[Any], cuts: Cuts | None = None) -> Truth:
    """A value among several, where something is not plainly known."""
    if isinstance(value, Among) and value.fact and not any(isinstance(member, Unknown) for member in members):
        belongs = [case in members for case in value.values]
        return belongs[0] if len(set(belongs)) == 1 else Undecided(value.keys, exact=True)
    result: Truth = False
    for member in members:
        result = either(result, compare(EQUAL, value, member, cuts))
    return result
