"""Divisor methods: seats to the largest quotients of weight and divisor, at a cost that does not grow with the seats.

At a price per unit of divisor, each receiver has earned as many seats as there are divisors up to weight / price
(`series.earned`). A price is searched at which a few seats fewer are earned than there are; those few are given one by
one. Balinski and Young, *Fair Representation* (1982), appendix A: a table is one of the method when some price has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import lcm

from attrs import evolve

from civicrules.exact import Exact, whole
from civicrules.outcome import Step
from civicrules.tally.seats.claims import Awards, Claim, Contender, award
from civicrules.tally.seats.division import Division
from civicrules.tally.seats.series import Powers, Series, earned, growth, longest, power, units


def by_averages(contenders: Sequence[Contender], seats: int, series: Series) -> Division:
    """Divide seats by a series. The contenders' bounds must admit that many seats.

    Where the first divisor is 0, everybody's first seat comes before all quotients: with fewer seats than receivers, which
    of them get one is a question.
    """
    free = [one for one in contenders if one.weight]
    idle = {one.id: one.low for one in contenders if not one.weight}
    left = seats - sum(idle.values())
    steps = [_divisors_step(series)]
    minima = sum(one.low for one in contenders)
    if minima:
        steps.append(Step("minima_first", {"minima": minima, "left": seats - minima}))
    if series.divisor(1) == 0:
        waiting = [one for one in free if not one.low and one.high != 0]
        first = left - sum(one.low for one in free)
        if first < len(waiting):
            steps.append(Step("too_few_for_first_seats", {"receivers": len(waiting), "seats": first}))
            held = {one.id: one.low for one in contenders}
            tied = {one.id: one.weight for one in waiting} if first else {}
            return Division(Awards(held, tied, first), tuple(steps), "tie_first_seat")
        if waiting:
            steps.append(Step("first_seats", {"receivers": tuple(one.id for one in waiting)}))
        free = [evolve(one, low=1) if one in waiting else one for one in free]
    claim = _claims(series)
    awards = award(free, left, claim, _surely(free, left, series))
    awards = evolve(awards, seats={**idle, **awards.seats})
    return Division(awards, tuple(steps), "tie_quotient", tuple(free), claim, power(series))


def _divisors_step(series: Series) -> Step:
    end = longest(series)
    if end is not None:
        return Step("divisors_all", {"divisors": tuple(series.divisor(seat) for seat in range(1, end + 1))})
    first = tuple(whole(series.divisor(seat)) for seat in (1, 2, 3, 4))
    return Step("divisors", {"divisors": first}) if power(series) == 1 else Step("divisors_root", {"squares": first})


def _claims(series: Series) -> Claim:
    exponent = power(series)

    @cache
    def claim(contender: Contender, seat: int) -> Exact:
        return Fraction(contender.weight**exponent) / series.divisor(seat)

    return claim


# ---------------------------------------------------------------- the seats that are surely earned


def _surely(free: Sequence[Contender], seats: int, series: Series) -> Mapping[str, int]:
    """Seats so strong that they are all awarded: at most a few fewer than there are, whatever their number."""
    scale = lcm(*(Fraction(one.weight).denominator for one in free)) * units(series)
    count = earned(series)
    sizes = [(int(one.weight * scale), one.low, seats if one.high is None else min(one.high, seats)) for one in free]
    total = sum(size for size, _, _ in sizes)

    def at(m: int) -> list[int]:
        return [max(low, min(high, count(size, m, total))) for size, low, high in sizes]

    if sum(high for _, _, high in sizes) <= seats:
        found = [high for _, _, high in sizes]
    elif isinstance(series, Powers):
        # No weight has a seat at an exponent as far below zero as it has binary digits.
        digits = [size.bit_length() for size, _, _ in sizes]
        found = _level(at, seats, -max(digits), (seats - sum(digits)) // len(digits), Fraction(1, len(digits)))
    else:
        begin, step = growth(series)
        found = _level(at, seats, 0, int(step * seats + len(free) * (begin + step / 2)), step)
    return {one.id: number for one, number in zip(free, found, strict=True)}


def _level(at: Callable[[int], list[int]], seats: int, low: int, guess: int, step: Fraction) -> list[int]:
    """The seats earned at some whole m: as many as there are or a few fewer, or else more are earned at m + 1.

    At `low` no more than the seats are earned, at a large m more. The first tries go where a straight line leads, the
    later ones double m or halve the interval, so that their number grows with the digits of the numbers alone.
    """
    held, top, tries = at(low), None, 0
    m = max(low + 1, guess)
    while top is None or top - low > 1:
        now = at(m)
        spare = seats - sum(now)
        tries += 1
        if spare >= 0:
            low, held = m, now
            if 3 * spare <= len(held):
                break
        else:
            top = m
        ahead = m + int(step * spare)
        if top is None:
            m = max(ahead, low + 1) if tries < 4 else low + 2**tries + max(0, low)
        else:
            m = ahead if tries < 8 and low < ahead < top else (low + top) // 2
    return held
