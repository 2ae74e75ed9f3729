"""Quota methods: whole quotas first, the seats left to the largest remainders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from civicrules.exact import Exact, whole
from civicrules.outcome import Step
from civicrules.tally.seats.bounds import held_at_bounds
from civicrules.tally.seats.claims import Awards, Contender, award
from civicrules.tally.seats.division import Division
from civicrules.tally.seats.quotas import LargestRemainder, Quota, price

_TIE = "tie_remainder"


def by_remainders(
    contenders: Sequence[Contender],
    seats: int,
    rule: LargestRemainder,
    limits: Mapping[str, int],
    sure: Mapping[str, int],
) -> Division:
    """Hamilton's method.

    Where the quotas leave more seats than receivers (Droop, few votes), the further ones follow in the same order.
    The seats of a receiver then differ as little as possible from its weight / quota, in the sum of squares
    (Birkhoff, *House monotone apportionment schemes*, 1976).

    Bounds hold receivers whose share lies outside them, and quota and remainders are taken from the others. `limits`
    (candidates on a list) and `sure` seats (of a majority) change no quota: what lies beyond passes on. So do all bounds
    where the rule keeps its quota.
    """
    if rule.keep_quota:
        sure = {one.id: max(one.low, sure.get(one.id, 0)) for one in contenders if one.weight}
        tops = {one.id: one.high for one in contenders if one.high is not None}
        limits = {**tops, **{id: min(limit, tops.get(id, limit)) for id, limit in limits.items()}}
        contenders = [evolve(one, low=0, high=None) if one.weight else one for one in contenders]
    bounded, steps = held_at_bounds(contenders, seats)
    held = {id: min(number, limits.get(id, number)) for id, number in bounded.items()}
    free = [_limited(one, limits) for one in contenders if one.id not in held]
    passed_on = sum(bounded.values()) - sum(held.values())
    left = seats - sum(bounded.values()) or passed_on
    raised = {id: sure[id] for id, number in held.items() if sure.get(id, 0) > number}
    more = sum(number - held[id] for id, number in raised.items())
    held |= raised
    if not free or not left:
        return Division(Awards({one.id: held.get(one.id, one.low) for one in contenders}, {}), steps, _TIE)
    total = whole(sum(Fraction(one.weight) for one in free))
    fill = min(seats - sum(held.values()), sum(seats if one.high is None else one.high for one in free))
    tied_wholes = rule.quota is Quota.HAGENBACH_BISCHOFF and rule.rounding is None
    record = list(steps)
    for less in range(rule.quota.extra + left):
        asked = price(rule, total, left, less)
        record.extend(asked.steps)
        if not asked.quota:
            return _fault(contenders, (*record, Step("quota_is_zero")), "quota_is_zero")
        start = {one.id: _bounded(one, (Fraction(one.weight) / asked.quota).__floor__(), left) for one in free}
        if sum(start.values()) <= fill + more or tied_wholes:
            break
        record.append(Step("whole_above_seats", {"whole": sum(start.values()), "seats": left}))
        if not rule.retry:
            return _fault(contenders, (*record, Step("quota_too_small")), "quota_too_small")
    return _awarded(contenders, seats, free, fill, asked.quota, start, held, sure, record)


def _awarded(
    contenders: Sequence[Contender],
    seats: int,
    free: Sequence[Contender],
    fill: int,
    quota: Exact,
    start: Mapping[str, int],
    held: Mapping[str, int],
    sure: Mapping[str, int],
    record: list[Step],
) -> Division:
    def claim(one: Contender, seat: int) -> Exact:
        return Fraction(one.weight - (seat - 1) * quota)

    record.extend(_quotient(one, start[one.id], quota) for one in free)
    given = sum(start.values())
    free = [evolve(one, low=max(one.low, sure.get(one.id, 0))) for one in free]
    raised = [one for one in free if one.low > start[one.id]]
    record.extend(Step("in_any_case", {"receiver": one.id, "seats": one.low}) for one in raised)
    ahead = sum(max(start[one.id], one.low) for one in free)
    record.append(Step("whole_seats", {"whole": given, "left": max(0, fill - ahead)}))
    # Where whole quotas and sure seats are too many together, nobody loses more than what is too many.
    beyond = max(0, ahead - fill)
    awards = award(free, fill, claim, {one.id: max(one.low, start[one.id] - beyond) for one in free})
    record.extend(_remainders(free, start, awards, quota))
    merged = evolve(awards, seats={**held, **awards.seats})

    def lasting(giver: str, taker: str, votes: int) -> bool:
        """Changed votes change the quota where it turns out too small, or where they bring somebody to a bound."""
        moved = {giver: -votes, taker: votes}
        changed = [evolve(one, weight=one.weight + moved.get(one.id, 0)) for one in contenders]
        same = held_at_bounds(changed, seats) == held_at_bounds(contenders, seats)
        return same and quota * (fill + 1) >= sum(one.weight for one in free)

    return Division(merged, tuple(record), _TIE, tuple(free), claim, lasting=lasting)


def _fault(contenders: Sequence[Contender], steps: tuple[Step, ...], fault: str) -> Division:
    return Division(Awards({one.id: one.low for one in contenders}, {}), steps, _TIE, fault=fault)


def _limited(one: Contender, limits: Mapping[str, int]) -> Contender:
    return evolve(one, high=min((top for top in (one.high, limits.get(one.id)) if top is not None), default=None))


def _bounded(one: Contender, seats: int, most: int) -> int:
    return max(one.low, min(seats, most if one.high is None else one.high))


def _quotient(one: Contender, seats: int, quota: Exact) -> Step:
    quotient = whole(Fraction(one.weight) / quota)
    data = {"receiver": one.id, "weight": one.weight, "quotient": quotient, "whole": seats}
    return Step("quotient", {**data, "remainder": whole(Fraction(one.weight - seats * quota))})


def _remainders(free: Sequence[Contender], start: Mapping[str, int], awards: Awards, quota: Exact) -> Iterator[Step]:
    """The receivers that their remainder surely gave a seat, the largest first."""
    remainders = {one.id: whole(Fraction(one.weight - start[one.id] * quota)) for one in free}
    for id in sorted(remainders, key=lambda id: (-remainders[id], id)):
        extra = awards.seats[id] - start[id]
        if extra > 0:
            yield Step("remainder_seat", {"receiver": id, "remainder": remainders[id], "seats": extra})
