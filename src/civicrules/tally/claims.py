"""Seats by the strength of claims: the next seat goes to the receiver whose claim to it is the largest.

Both families of methods are this one procedure. In a divisor method the claim to a k-th seat is weight / k-th
divisor; in a quota method it is weight − (k − 1) × quota, so that whole quotas come first and remainders after them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heapreplace

from civicrules.exact import Exact, whole
from civicrules.tally.allocation import Receiver
from civicrules.values import frozen

# The claim of a receiver to its k-th seat, counted from 1. It must fall strictly from seat to seat.
Claim = Callable[[Receiver, int], Exact]


@frozen
class Awards:
    """Seats that no tie can change, and the tie at the last seat: `open` seats among receivers with equal claims."""

    seats: Mapping[str, int]
    tied: Mapping[str, Exact]
    open: int = 0


def award(receivers: Sequence[Receiver], seats: int, claim: Claim, start: Mapping[str, int]) -> Awards:
    """Give seats from the largest claim down, each receiver within its bounds.

    `start` are seats that surely are among those awarded (at least each minimum); from there one seat at a time, at a
    cost of log(receivers). Seats beyond what the maxima allow stay undistributed, so callers check the bounds first.
    """
    given = dict(start)
    byid = {receiver.id: receiver for receiver in receivers}
    queue = [(-claim(r, given[r.id] + 1), r.id) for r in receivers if _room(r, given[r.id])]
    heapify(queue)
    for _ in range(seats - sum(given.values())):
        if not queue:
            break
        id = queue[0][1]
        given[id] += 1
        if _room(byid[id], given[id]):
            heapreplace(queue, (-claim(byid[id], given[id] + 1), id))
        else:
            heappop(queue)
    return _with_tie(receivers, given, claim)


def _room(receiver: Receiver, seats: int) -> bool:
    return receiver.maximum is None or seats < receiver.maximum


def _with_tie(receivers: Sequence[Receiver], given: dict[str, int], claim: Claim) -> Awards:
    """Take back the last seats where someone without one has as large a claim."""
    last = {r.id: claim(r, given[r.id]) for r in receivers if given[r.id] > r.minimum}
    beyond = {r.id: claim(r, given[r.id] + 1) for r in receivers if _room(r, given[r.id])}
    cut = min(last.values(), default=None)
    losing = [id for id, strength in beyond.items() if strength == cut]
    if cut is None or not losing:
        return Awards(given, {})
    winning = [id for id, strength in last.items() if strength == cut]
    seats = {id: number - (id in winning) for id, number in given.items()}
    return Awards(seats, {id: whole(Fraction(cut)) for id in (*winning, *losing)}, len(winning))
