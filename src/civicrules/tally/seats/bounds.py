"""Minimum and maximum seats: whether they can be met, and shares that keep within them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from civicrules.outcome import Step
from civicrules.tally.seats.claims import Contender


def unmet(receivers: Sequence[Contender], seats: int) -> Iterator[tuple[str, Step]]:
    """Why the seats cannot be divided: a reason (`bounds`, `weights`) with the numbers that say so."""
    for receiver in receivers:
        if receiver.high is not None and receiver.high < receiver.low:
            data = {"receiver": receiver.id, "minimum": receiver.low, "maximum": receiver.high}
            yield "bounds", Step("minimum_above_maximum", data)
    minima = sum(receiver.low for receiver in receivers)
    if minima > seats:
        yield "bounds", Step("minima_exceed_seats", {"minima": minima, "seats": seats})
    weighty = [receiver for receiver in receivers if receiver.weight]
    if not weighty and minima < seats:
        yield "weights", Step("no_weights", {"seats": seats, "left": seats - minima})
    maxima = [receiver.high for receiver in weighty if receiver.high is not None]
    most = sum(maxima) + sum(receiver.low for receiver in receivers if not receiver.weight)
    if weighty and len(maxima) == len(weighty) and most < seats:
        yield "bounds", Step("maxima_below_seats", {"most": most, "seats": seats})


def held_at_bounds(receivers: Sequence[Contender], seats: int) -> tuple[Mapping[str, int], tuple[Step, ...]]:
    """The receivers whose proportional share lies outside their bounds, with the bound that each is held at.

    The others share the remaining seats in proportion. Shares so restricted are the one solution of: minimum where
    the multiple of the weight is below it, maximum where it is above, the multiple itself between, and the sum is the
    number of seats (Balinski and Young, *Fair Representation*, on requirements of at least so many seats a state). It
    is found by holding, in each round, those below their minimum when together they lack more than the others exceed
    their maxima, and those above their maximum when it is the other way round: the multiple can then only fall, or
    only rise.
    """
    held = {receiver.id: receiver.low for receiver in receivers if not receiver.weight}
    steps: list[Step] = []
    while True:
        free = [receiver for receiver in receivers if receiver.id not in held]
        weight = sum(Fraction(receiver.weight) for receiver in free)
        left = seats - sum(held.values())
        shares = {receiver.id: receiver.weight * left / weight for receiver in free}
        low = {r.id: (r.low, r.low - shares[r.id]) for r in free if shares[r.id] < r.low}
        high = {r.id: (r.high, shares[r.id] - r.high) for r in free if r.high is not None and shares[r.id] > r.high}
        lacking, exceeding = (sum((gap for _, gap in side.values()), Fraction()) for side in (low, high))
        if not low and not high:
            return held, tuple(steps)
        for kind, side, wins in (
            ("held_minimum", low, lacking >= exceeding),
            ("held_maximum", high, exceeding >= lacking),
        ):
            for id, (bound, _) in sorted(side.items()) if wins else ():
                held[id] = bound
                steps.append(Step(kind, {"receiver": id, "share": shares[id], "seats": bound}))
