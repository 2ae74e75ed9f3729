"""What is known of a value while facts are missing.

Known values are plain Python values. Everything else is one of the small classes here, and each names the missing facts
(`keys`) that it rests on, so that a verdict that stays open can say which facts would settle it. A number keeps its
exact linear form over the missing facts for as long as it has one: `x - x` is zero whatever x is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from attrs import field

from civicrules.exact import Exact
from civicrules.facts import Blank
from civicrules.values import frozen

Keys = frozenset[str]
NOTHING: Keys = frozenset()


@frozen
class Bounds:
    """The numbers (or days as ordinals) a missing fact can be, from `low` to `high`; `None` is unbounded.

    The ends belong to it unless they are marked open, which only fractions need: a `whole` fact has whole, closed ends.
    """

    low: Exact | None
    high: Exact | None
    whole: bool = True
    low_open: bool = False
    high_open: bool = False

    @property
    def single(self) -> bool:
        """Whether only one number is left."""
        return self.low is not None and self.low == self.high


@frozen
class Ranges:
    """Several stretches of numbers, any of which is allowed: what either of two rows allows."""

    parts: tuple[tuple[Exact, Exact], ...]


# The types of values on which Python's own operators say the right thing, and those of numbers.
KNOWN = frozenset((int, Fraction, date, bool, str))
NUMBERS = frozenset((int, Fraction))

Plain = int | Fraction | date | bool | str | Blank | tuple[Exact, Exact] | Ranges


@frozen
class Unknown:
    """Not known, as long as the facts in `keys` are missing."""

    keys: Keys


@frozen
class Undefined(Unknown):
    """Nothing can be said of the value. Without keys no fact will ever settle it, as in a division by a given zero."""


@frozen
class Undecided(Unknown):
    """A yes or no that is open. `exact` when it is proven that both can come out, and each key can make it so."""

    exact: bool = False


@frozen
class Among(Unknown):
    """One of several values; `fact` when it is a missing fact itself, which can be each of them."""

    values: tuple[Plain, ...]
    fact: bool = False


class Term(NamedTuple):
    """A missing number in a linear form: how often it counts, and what it can be."""

    times: Exact
    bounds: Bounds


@frozen
class Linear(Unknown):
    """A number or a day (as its ordinal): `constant` + Σ times · fact + something from `low` to `high`.

    The last part stands for what has no linear form (roundings, tables, excesses, functions) and rests on `loose`.
    `fact` when it is a missing fact itself. It `swings` when the last part is a count to which every fact in `loose` can
    add one, whatever the others are.
    """

    constant: Exact
    terms: Mapping[str, Term] = field(hash=False)
    low: Exact | None = 0
    high: Exact | None = 0
    loose: Keys = NOTHING
    fact: bool = False
    swings: bool = False

    @property
    def precise(self) -> bool:
        """Whether the linear form is the whole truth."""
        return self.low == 0 and self.high == 0


@frozen
class Spread(Unknown):
    """A range of numbers whose ends are not known; each end is a number or a `Linear`."""

    low: Exact | Linear
    high: Exact | Linear


class Extent(NamedTuple):
    """The least and the greatest that a number can be; an open end is not reached, `None` is unbounded."""

    low: Exact | None
    high: Exact | None
    low_open: bool = False
    high_open: bool = False


def linear_of(
    constant: Exact, terms: Mapping[str, Term], low: Exact | None, high: Exact | None, loose: Keys
) -> Exact | Linear:
    """A number from its parts: known where nothing is left open, resting only on facts that are left in it."""
    if low is not None and low == high:
        constant, low, high, loose = constant + low, 0, 0, NOTHING
    left = {key: term for key, term in terms.items() if term.times != 0}
    if not left and low == 0 == high:
        return constant
    return Linear(frozenset(left) | loose, constant, left, low, high, loose)


def missing_number(key: str, bounds: Bounds) -> Exact | Linear:
    """A missing number or day: known when its bounds leave one."""
    if bounds.low is not None and bounds.low == bounds.high:
        return bounds.low
    return Linear(frozenset((key,)), 0, {key: Term(1, bounds)}, fact=True)


def between(low: Exact | None, high: Exact | None, keys: Keys) -> Exact | Linear:
    """A number of which only the ends are known."""
    return linear_of(0, {}, low, high, keys)


def extent(value: Linear) -> Extent:
    """The exact ends of a linear form over the bounds of its facts.

    >>> extent(Linear(frozenset("x"), 1, {"x": Term(-2, Bounds(0, 5))}))
    Extent(low=-9, high=1, low_open=False, high_open=False)
    """
    low = None if value.low is None else value.constant + value.low
    high = None if value.high is None else value.constant + value.high
    low_open = high_open = False
    for term in value.terms.values():
        bounds = term.bounds
        ends = (bounds.low, bounds.low_open), (bounds.high, bounds.high_open)
        (least, least_open), (most, most_open) = ends if term.times > 0 else ends[::-1]
        low = None if low is None or least is None else low + term.times * least
        high = None if high is None or most is None else high + term.times * most
        low_open, high_open = low_open or least_open, high_open or most_open
    return Extent(low, high, low_open, high_open)
