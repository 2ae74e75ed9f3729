"""Seats by the strength of claims: the next seat goes to the receiver whose claim to it is the largest.

Both families of methods are this one procedure. In a divisor method the claim to a k-th seat is weight / k-th
divisor; in a quota method it is weight − (k − 1) × quota, so that whole quotas come first and remainders after them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heapreplace

from civicrules.exact import Exact, whole
from civicrules.values import frozen


@frozen
class Contender:
    """A receiver in the division: its weight, the seats it has anyway and the most it can take (`None`: no limit)."""

    id: str
    weight: Exact
    low: int = 0
    high: int | None = None


# The claim of a receiver to its k-th seat, counted from 1. It must fall strictly from seat to seat.
Claim = Callable[[Contender, int], Exact]


@frozen
class Awards:
    """Seats that no tie can change, and the tie at the last seat: `open` seats among receivers with equal claims."""

    seats: Mapping[str, int]
    tied: Mapping[str, Exact]
    open: int = 0


def award(contenders: Sequence[Contender], seats: int, claim: Claim, start: Mapping[str, int]) -> Awards:
    """Give seats from the largest claim down, each receiver within its bounds.

    `start` are seats that surely are among those awarded (at least each lowest number); from there one seat at a time,
    at a cost of log(receivers). Seats beyond what the bounds allow stay undistributed, so callers check the bounds first.
    """
    given = dict(start)
    byid = {one.id: one for one in contenders}
    queue = [(-claim(one, given[one.id] + 1), one.id) for one in contenders if room(one, given[one.id])]
    heapify(queue)
    for _ in range(seats - sum(given.values())):
        if not queue:
            break
        id = queue[0][1]
        given[id] += 1
        if room(byid[id], given[id]):
            heapreplace(queue, (-claim(byid[id], given[id] + 1), id))
        else:
            heappop(queue)
    beyond = {id: -strength for strength, id in queue}
    return _with_tie(contenders, given, claim, beyond)


def room(contender: Contender, seats: int) -> bool:
    """Whether a receiver can take one seat more."""
    return contender.high is None or seats < contender.high


def _with_tie(
    contenders: Sequence[Contender], given: dict[str, int], claim: Claim, beyond: Mapping[str, Exact]
) -> Awards:
    """Take back the last seats where someone without one has as large a claim."""
    last = {one.id: claim(one, given[one.id]) for one in contenders if given[one.id] > one.low}
    cut = min(last.values(), default=None)
    losing = [id for id, strength in beyond.items() if strength == cut]
    if cut is None or not losing:
        return Awards(given, {})
    winning = [id for id, strength in last.items() if strength == cut]
    seats = {id: number - (id in winning) for id, number in given.items()}
    return Awards(seats, {id: whole(Fraction(cut)) for id in (*winning, *losing)}, len(winning))
