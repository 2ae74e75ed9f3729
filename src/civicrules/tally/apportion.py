"""Seats divided in proportion to weights by quota and divisor methods: exact, within bounds, ties as questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from attrs import evolve

from civicrules.exact import Exact, whole
from civicrules.outcome import Decision, Outcome, Question, Seat, Step
from civicrules.tally.allocation import Allocation, Divisors, LargestRemainder, Quota, Receiver
from civicrules.tally.bounds import held_at_bounds, unmet
from civicrules.tally.claims import Awards, Claim, award
from civicrules.tally.questions import Draft, ask, conclude


def allocate(allocation: Allocation, decisions: Sequence[Decision] = ()) -> Outcome:
    """Divide the seats of an allocation, with the answers given so far.

    *Decided* with the seats of every receiver, also of those without one. *DecisionRequired* when equal claims meet
    at the last seat. *CannotSay* when `seats`, the rest of an open list (`receivers`) or a weight (`weight/RECEIVER`)
    is missing, or a number is impossible. *Void* when the numbers cannot be met: reason `bounds` (minima above the
    seats, maxima below them) or `weights` (seats left, but nobody with a weight to give them to).

    Bounds in divisor methods: each receiver starts at its minimum, and the next seat goes to the largest quotient
    among those below their maximum. In quota methods: receivers whose share lies outside their bounds are held there,
    and quota and remainders are taken from the others (see `bounds.held_at_bounds`). A receiver of weight zero has
    its minimum.

    >>> from civicrules.tally import Allocation, Receiver, allocate
    >>> groups = [Receiver("north", 50), Receiver("south", 30), Receiver("west", 20)]
    >>> {seat.receiver: seat.seats for seat in allocate(Allocation(groups, 7)).seats}
    {'north': 4, 'south': 2, 'west': 1}
    """
    return conclude(_draft(allocation), decisions, _add)


def _add(seats: tuple[Seat, ...], question: Question, answer: Decision) -> tuple[Seat, ...]:
    return tuple(evolve(seat, seats=seat.seats + (seat.receiver in answer.chosen)) for seat in seats)


def _draft(allocation: Allocation) -> Draft:
    receivers = sorted(allocation.receivers, key=lambda receiver: receiver.id)
    wrong = tuple(_impossible(allocation))
    if wrong:
        return Draft(steps=tuple(step for _, step in wrong), missing=tuple(dict.fromkeys(key for key, _ in wrong)))
    missing = tuple(_missing(allocation, receivers))
    if missing or allocation.seats is None:
        return Draft(missing=missing)
    obstacles = tuple(unmet(receivers, allocation.seats))
    if obstacles:
        reasons = tuple(dict.fromkeys(reason for reason, _ in obstacles))
        return Draft(steps=tuple(step for _, step in obstacles), reasons=reasons)
    match allocation.by:
        case LargestRemainder(quota):
            kind = "tie_remainder"
            awards, steps = _largest_remainder(receivers, allocation.seats, quota)
        case Divisors():
            kind = "tie_quotient"
            awards, steps = _highest_averages(receivers, allocation.seats, allocation.by)
        case _:
            assert_never(allocation.by)
    return _with_question(allocation, receivers, awards, tuple(steps), kind)


def _with_question(
    allocation: Allocation, receivers: Sequence[Receiver], awards: Awards, steps: tuple[Step, ...], kind: str
) -> Draft:
    total = sum(Fraction(receiver.weight or 0) for receiver in receivers)
    opening = Step("seats_to_divide", {"seats": allocation.seats, "receivers": len(receivers), "total": whole(total)})
    seats = tuple(Seat(r.id, awards.seats[r.id], votes=r.weight) for r in receivers)
    if not awards.open:
        return Draft(seats, (opening, *steps))
    question = ask(allocation, kind, awards.tied, awards.open, policy=allocation.tie_policy)
    number = next(iter(awards.tied.values()))
    data = {"receivers": question.options, "number": number, "choose": awards.open}
    return Draft(seats, (opening, *steps, Step(kind, data)), (question,))


def _missing(allocation: Allocation, receivers: Sequence[Receiver]) -> Iterator[str]:
    if allocation.seats is None:
        yield "seats"
    if not allocation.complete:
        yield "receivers"
    yield from (f"weight/{receiver.id}" for receiver in receivers if receiver.weight is None)


def _impossible(allocation: Allocation) -> Iterator[tuple[str, Step]]:
    """Numbers that cannot be right, each with the name of what is to be mended."""
    if (allocation.seats or 0) < 0:
        yield "seats", Step("negative_total", {"seats": allocation.seats})
    for id, times in sorted(Counter(receiver.id for receiver in allocation.receivers).items()):
        if times > 1:
            yield f"weight/{id}", Step("receiver_twice", {"receiver": id, "number": times})
    for receiver in sorted(allocation.receivers, key=lambda receiver: receiver.id):
        if (receiver.weight or 0) < 0:
            yield f"weight/{receiver.id}", Step("negative_weight", {"receiver": receiver.id, "weight": receiver.weight})
        lowest = min(receiver.minimum, receiver.maximum or 0)
        if lowest < 0:
            yield f"bounds/{receiver.id}", Step("negative_bound", {"receiver": receiver.id, "bound": lowest})


def _clamped(receiver: Receiver, seats: int) -> int:
    high = seats if receiver.maximum is None else min(seats, receiver.maximum)
    return max(receiver.minimum, high)


# ---------------------------------------------------------------- quotas and remainders


def _largest_remainder(receivers: Sequence[Receiver], seats: int, quota: Quota) -> tuple[Awards, list[Step]]:
    """Hamilton's method.

    Where the quotas leave more seats than receivers (Droop, few votes), the further ones follow in the same order.
    The seats of a receiver then differ as little as possible from its weight / quota, in the sum of squares
    (Birkhoff, *House monotone apportionment schemes*, 1976).
    """
    held, steps = held_at_bounds(receivers, seats)
    free = [receiver for receiver in receivers if receiver.id not in held]
    left = seats - sum(held.values())
    if not free or not left:
        return Awards({r.id: held.get(r.id, r.minimum) for r in receivers}, {}), list(steps)
    total = whole(sum(Fraction(receiver.weight or 0) for receiver in free))
    price = quota.of(total, left)
    quotients = {r.id: Fraction(r.weight or 0) / price for r in free}
    start = {r.id: _clamped(r, quotients[r.id].__floor__()) for r in free}
    awards = award(free, left, lambda r, seat: (r.weight or 0) - (seat - 1) * price, start)
    record = [*steps, Step(f"quota_{quota.name.lower()}", {"total": total, "seats": left, "quota": whole(price)})]
    record.extend(_quotient_step(r, quotients[r.id], start[r.id], price) for r in free)
    given = sum(start.values())
    record.append(Step("whole_seats", {"whole": given, "left": left - given}))
    record.extend(_remainder_steps(free, start, awards, price))
    return evolve(awards, seats={**held, **awards.seats}), record


def _quotient_step(receiver: Receiver, quotient: Fraction, seats: int, price: Exact) -> Step:
    weight = receiver.weight or 0
    data = {"receiver": receiver.id, "weight": weight, "quotient": whole(quotient), "whole": seats}
    return Step("quotient", {**data, "remainder": whole(Fraction(weight - seats * price))})


def _remainder_steps(
    free: Sequence[Receiver], start: Mapping[str, int], awards: Awards, price: Exact
) -> Iterator[Step]:
    """The receivers that their remainder surely gave a seat, the largest first."""
    remainders = {r.id: whole(Fraction((r.weight or 0) - start[r.id] * price)) for r in free}
    for id in sorted(remainders, key=lambda id: (-remainders[id], id)):
        extra = awards.seats[id] - start[id]
        if extra > 0:
            yield Step("remainder_seat", {"receiver": id, "remainder": remainders[id], "seats": extra})


# ---------------------------------------------------------------- divisors


def _highest_averages(receivers: Sequence[Receiver], seats: int, rule: Divisors) -> tuple[Awards, list[Step]]:
    """A divisor method: the seats go to the largest quotients of weight and divisor."""

    def claim(receiver: Receiver, seat: int) -> Fraction:
        return Fraction(receiver.weight or 0) / rule.divisor(seat)

    idle = {receiver.id: receiver.minimum for receiver in receivers if not receiver.weight}
    free = [receiver for receiver in receivers if receiver.weight]
    left = seats - sum(idle.values())
    awards = award(free, left, claim, _surely_given(free, left, rule))
    steps = [Step("divisors", {"divisors": tuple(rule.divisor(seat) for seat in (1, 2, 3, 4))})]
    minima = sum(receiver.minimum for receiver in receivers)
    if minima:
        steps.append(Step("minima_first", {"minima": minima, "left": seats - minima}))
    for receiver in free:
        steps.append(_quotients_step(receiver, awards.seats[receiver.id], claim))
    return evolve(awards, seats={**idle, **awards.seats}), steps


def _surely_given(free: Sequence[Receiver], seats: int, rule: Divisors) -> Mapping[str, int]:
    """Seats whose quotients are so large that they are all awarded, so that counting them one by one can be spared.

    At the quotient t a receiver has at most weight / (t × step) + (step − first) / step seats; t is chosen so that
    these add up to the number of seats. Where minima use up too many, the minima themselves are the start.
    """
    minima = {receiver.id: receiver.minimum for receiver in free}
    spare = rule.step * seats - len(free) * (rule.step - rule.first)
    if spare <= 0:
        return minima
    threshold = sum(Fraction(receiver.weight or 0) for receiver in free) / spare
    given = {}
    for receiver in free:
        beyond = Fraction(receiver.weight or 0) / threshold - rule.first if threshold else Fraction(-1)
        given[receiver.id] = _clamped(receiver, (beyond / rule.step).__floor__() + 1 if beyond >= 0 else 0)
    return given if sum(given.values()) <= seats else minima


def _quotients_step(receiver: Receiver, seats: int, claim: Claim) -> Step:
    """The quotient that gave the last seat and the one that the next seat would have needed to win with."""
    data: dict[str, object] = {"receiver": receiver.id, "weight": receiver.weight, "seats": seats}
    has_last = seats > receiver.minimum
    has_next = receiver.maximum is None or seats < receiver.maximum
    if has_last:
        data["last"] = whole(claim(receiver, seats))
    if has_next:
        data["next"] = whole(claim(receiver, seats + 1))
    ends = "_".join(name for name, there in (("last", has_last), ("next", has_next)) if there)
    return Step(f"quotients_{ends or 'fixed'}", data)
