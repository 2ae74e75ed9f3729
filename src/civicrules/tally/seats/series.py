"""The divisors of highest-averages methods as data, and how many seats a weight earns at a given price, in closed form.

A receiver's claim to its k-th seat is weight / k-th divisor. Divisors grow strictly, so at a price t per unit of
divisor a weight w has earned as many seats as there are divisors up to w / t. That number has a formula for each
series, which is why no cost grows with the number of seats (see `averages`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from math import isqrt, lcm
from typing import assert_never

from attrs import field

from civicrules.exact import Exact, whole
from civicrules.values import frozen


@frozen
class Divisors:
    """The divisors `first`, `first + step`, `first + 2 step` …, with `opening` in the place of the first if given.

    D'Hondt is 1, 2, 3 …; Sainte-Laguë 1, 3, 5 …; its modified form 1.4, 3, 5 …; Danish 1, 4, 7 …; Imperiali 1, 1.5, 2 …;
    Adams 0, 1, 2 …. ValueError when they do not grow, or begin below 0.

    >>> [Divisors(1, 2, Fraction(7, 5)).divisor(seat) for seat in (1, 2, 3)]
    [Fraction(7, 5), 3, 5]
    """

    first: Exact = 1
    step: Exact = 1
    opening: Exact | None = None

    def __attrs_post_init__(self) -> None:
        begin = self.first if self.opening is None else self.opening
        if begin < 0 or self.step <= 0 or begin >= self.first + self.step:
            raise ValueError(f"divisors must grow from 0 or above, not {begin}, {self.first + self.step}")

    def divisor(self, seat: int) -> Exact:
        """The divisor for the seat of that number, counted from 1."""
        if seat == 1 and self.opening is not None:
            return self.opening
        return self.first + self.step * (seat - 1)


@frozen
class Powers:
    """The divisors 1, b, b², b³ … of a whole `base` above 1: 2 in Macau (Law 3/2001, article 17)."""

    base: int = 2

    def __attrs_post_init__(self) -> None:
        if self.base < 2:
            raise ValueError(f"powers must grow, so their base is at least 2, not {self.base}")

    def divisor(self, seat: int) -> int:
        """The divisor for the seat of that number, counted from 1."""
        return int(self.base ** (seat - 1))


@frozen
class HuntingtonHill:
    """The divisors √(k (k − 1)), geometric means of two seat numbers: 0, √2, √6 …. They are held and compared by squares.

    >>> [HuntingtonHill().divisor(seat) for seat in (1, 2, 3)]
    [0, 2, 6]
    """

    def divisor(self, seat: int) -> int:
        """The square of the divisor for the seat of that number, counted from 1."""
        return seat * (seat - 1)


@frozen
class Dean:
    """The divisors 2 k (k − 1) / (2 k − 1), harmonic means of two seat numbers: 0, 4/3, 12/5 …."""

    def divisor(self, seat: int) -> Exact:
        """The divisor for the seat of that number, counted from 1."""
        return whole(Fraction(2 * seat * (seat - 1), 2 * seat - 1))


def _listed(divisors: object) -> tuple[Exact, ...]:
    return tuple(divisors)  # type: ignore[arg-type]


@frozen
class Listed:
    """Divisors of one's own. After the last, each is `then` more than the one before; `None`: there are no more.

    Where there are no more, nobody can have more seats than there are divisors. ValueError when the list is empty, does
    not grow, or begins below 0.

    >>> [Listed((1, 2, 5), then=4).divisor(seat) for seat in (2, 3, 4, 5)]
    [2, 5, 9, 13]
    """

    divisors: tuple[Exact, ...] = field(converter=_listed)
    then: Exact | None = field()

    def __attrs_post_init__(self) -> None:
        grows = all(a < b for a, b in pairwise(self.divisors))
        ends = self.then is None or self.then > 0
        if not self.divisors or self.divisors[0] < 0 or not grows or not ends:
            raise ValueError(f"divisors must grow from 0 or above, not {self.divisors}, then {self.then}")

    def divisor(self, seat: int) -> Exact:
        """The divisor for the seat of that number, counted from 1. ValueError where there is none."""
        beyond = seat - len(self.divisors)
        if beyond <= 0:
            return self.divisors[seat - 1]
        if self.then is None:
            raise ValueError(f"there are {len(self.divisors)} divisors, and none for seat {seat}")
        return self.divisors[-1] + beyond * self.then


Series = Divisors | Powers | HuntingtonHill | Dean | Listed

DHONDT = Divisors(1, 1)
SAINTE_LAGUE = Divisors(1, 2)
DANISH = Divisors(1, 3)
IMPERIALI = Divisors(1, Fraction(1, 2))
ADAMS = Divisors(0, 1)
MACAU = Powers(2)
HUNTINGTON_HILL = HuntingtonHill()
DEAN = Dean()


def modified_sainte_lague(first: Exact = Fraction(7, 5)) -> Divisors:
    """The divisors first, 3, 5, 7 …: 1.4 in Norway, 1.2 in Sweden since 2018."""
    return Divisors(1, 2, first)


def power(series: Series) -> int:
    """2 where the divisors are held as squares, 1 otherwise: claims are weight to this power / divisor."""
    return 2 if isinstance(series, HuntingtonHill) else 1


def longest(series: Series) -> int | None:
    """The most seats that anybody can have by the series; `None` without a limit."""
    return len(series.divisors) if isinstance(series, Listed) and series.then is None else None


# How many seats the weight w has earned at the price 1 / m: the number of divisors up to w × m / scale.
Earned = Callable[[int, int, int], int]


def units(series: Series) -> int:
    """The smallest number by which all divisors become whole; weights are taken times it, and claims stay the same."""
    match series:
        case Divisors(first, step, opening):
            return lcm(first.denominator, step.denominator, 1 if opening is None else opening.denominator)
        case Listed(divisors, then):
            return lcm(*(d.denominator for d in divisors), 1 if then is None else then.denominator)
        case Powers() | HuntingtonHill() | Dean():
            return 1
        case _:
            assert_never(series)


def earned(series: Series) -> Earned:
    """Counts the divisors of a series up to w × m / scale, for whole numbers w (in `units`), m and scale.

    For powers, m is an exponent instead: those up to w × base^m are counted.
    """
    unit = units(series)
    match series:
        case Divisors(first, step, opening):
            begin = None if opening is None else int(opening * unit)
            return _arithmetic(int(first * unit), int(step * unit), begin)
        case Powers(base):
            return lambda w, m, scale: max(0, _digits(w, base) + m)
        case HuntingtonHill():
            # k (k − 1) ≤ x² is k ≤ (1 + √(1 + 4 x²)) / 2
            return lambda w, m, scale: (1 + isqrt(1 + 4 * ((w * m) ** 2 // scale**2))) // 2
        case Dean():
            # 2 k (k − 1) ≤ x (2 k − 1) is k ≤ (x + 1 + √(x² + 1)) / 2
            return lambda w, m, scale: (w * m + scale + isqrt((w * m) ** 2 + scale**2)) // (2 * scale)
        case Listed(divisors, then):
            return _from_list([int(d * unit) for d in divisors], None if then is None else int(then * unit))
        case _:
            assert_never(series)


def _arithmetic(first: int, step: int, opening: int | None) -> Earned:
    if opening is None:
        return lambda w, m, scale: max(0, (w * m // scale - first) // step + 1)
    return lambda w, m, scale: max(1, (x - first) // step + 1) if (x := w * m // scale) >= opening else 0


def _from_list(divisors: list[int], then: int | None) -> Earned:
    def count(w: int, m: int, scale: int) -> int:
        reach = w * m // scale
        beyond = (reach - divisors[-1]) // then if then is not None and reach >= divisors[-1] else 0
        return bisect_right(divisors, reach) + beyond

    return count


def _digits(number: int, base: int) -> int:
    """The number of digits in a base: the powers 1, base, base² … up to a whole number above 0."""
    if base == 2:
        return number.bit_length()
    count = 0
    while number:
        number //= base
        count += 1
    return count


def growth(series: Series) -> tuple[Fraction, Fraction]:
    """Two numbers a and b such that the k-th divisor is about a + b k, to guess from. In `units`."""
    unit = units(series)
    match series:
        case Divisors(first, step):
            return Fraction(first - step) * unit, Fraction(step) * unit
        case Listed(divisors, then):
            step = then if then is not None else Fraction(divisors[-1] - divisors[0], max(1, len(divisors) - 1)) or 1
            return Fraction(divisors[0] - step) * unit, Fraction(step) * unit
        case Powers() | HuntingtonHill() | Dean():
            return Fraction(-1, 2), Fraction(1)
        case _:
            assert_never(series)
