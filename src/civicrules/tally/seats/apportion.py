"""Seats divided in proportion to weights: exact, within bounds and thresholds, ties as questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from attrs import evolve

from civicrules.exact import Exact, Rounding, rounded, whole
from civicrules.outcome import Decision, Outcome, Seat, Step
from civicrules.tally.questions import Record
from civicrules.tally.seats.allocation import Allocation, Bonus, Plain, Receiver, Regime
from civicrules.tally.seats.averages import by_averages
from civicrules.tally.seats.bounds import unmet
from civicrules.tally.seats.claims import Contender
from civicrules.tally.seats.division import Division, readable, sheet
from civicrules.tally.seats.quotas import LargestRemainder
from civicrules.tally.seats.remainders import by_remainders
from civicrules.tally.seats.series import Dean, Divisors, HuntingtonHill, Listed, Powers, longest
from civicrules.tally.thresholds import excluded
from civicrules.values import frozen


def allocate(allocation: Allocation, decisions: Sequence[Decision] = ()) -> Outcome:
    """Divide the seats of an allocation, with the answers given so far.

    *Decided* with the seats of every receiver, also of those without one; `vacant` are seats for which all lists together
    have too few candidates. *DecisionRequired* when equal claims meet at the last seat, or at the first place of a bonus.
    *CannotSay* when `seats`, the rest of an open list (`receivers`) or a weight (`weight/RECEIVER`) is missing, or a number is
    impossible. *Void* when the seats cannot be divided, with the reason: `bounds` (minima above the seats, maxima below
    them), `weights` (seats left, but nobody with a weight to give them to), `nobody_passes` (a threshold), `series_too_short`,
    `quota_is_zero`, `quota_too_small` (more whole quotas than seats) or `nobody_has_enough` (for a bonus).

    Bounds in divisor methods: each receiver starts at its minimum, and the next seat goes to the largest quotient
    among those below their maximum. In quota methods: receivers whose share lies outside their bounds are held there,
    and quota and remainders are taken from the others (see `bounds.held_at_bounds`). A receiver of weight zero, or
    below the threshold, has its minimum.

    >>> from civicrules.tally import Allocation, Receiver, allocate
    >>> groups = [Receiver("north", 50), Receiver("south", 30), Receiver("west", 20)]
    >>> {seat.receiver: seat.seats for seat in allocate(Allocation(groups, 7)).seats}
    {'north': 4, 'south': 2, 'west': 1}
    """
    record = Record(allocation, decisions)
    wrong = tuple(_impossible(allocation))
    if wrong:
        record.steps.extend(step for _, step in wrong)
        return record.outcome(missing=tuple(dict.fromkeys(key for key, _ in wrong)))
    missing = tuple(_missing(allocation))
    if missing or allocation.seats is None:
        return record.outcome(missing=missing)
    total = whole(sum(Fraction(receiver.weight or 0) for receiver in allocation.receivers))
    record.note("seats_to_divide", seats=allocation.seats, receivers=len(allocation.receivers), total=total)
    return _Count(allocation, record, allocation.seats, total if allocation.base is None else allocation.base).outcome()


def _missing(allocation: Allocation) -> Iterator[str]:
    if allocation.seats is None:
        yield "seats"
    if not allocation.complete:
        yield "receivers"
    yield from (f"weight/{receiver.id}" for receiver in allocation.receivers if receiver.weight is None)
    yield from allocation.missing


def _impossible(allocation: Allocation) -> Iterator[tuple[str, Step]]:
    """Numbers that cannot be right, each with the name of what is to be mended."""
    if (allocation.seats or 0) < 0:
        yield "seats", Step("negative_total", {"seats": allocation.seats})
    for id, times in sorted(Counter(receiver.id for receiver in allocation.receivers).items()):
        if times > 1:
            yield f"weight/{id}", Step("receiver_twice", {"receiver": id, "number": times})
    for receiver in allocation.receivers:
        if (receiver.weight or 0) < 0:
            yield f"weight/{receiver.id}", Step("negative_weight", {"receiver": receiver.id, "weight": receiver.weight})
        lowest = min(receiver.minimum, receiver.maximum or 0, receiver.candidates or 0)
        if lowest < 0:
            yield f"bounds/{receiver.id}", Step("negative_bound", {"receiver": receiver.id, "bound": lowest})


def _divided(
    contenders: Sequence[Contender],
    seats: int,
    rule: Plain,
    limits: Mapping[str, int],
    sure: Mapping[str, int],
) -> Division:
    match rule:
        case LargestRemainder():
            return by_remainders(contenders, seats, rule, limits, sure)
        case Divisors() | Powers() | HuntingtonHill() | Dean() | Listed():
            limited = [
                evolve(
                    one,
                    low=max(one.low, sure.get(one.id, 0)),
                    high=min((top for top in (one.high, limits.get(one.id)) if top is not None), default=None),
                )
                if one.id in limits or one.id in sure
                else one
                for one in contenders
            ]
            most = sum(seats if one.high is None else one.high for one in limited if one.weight)
            idle = sum(one.low for one in limited if not one.weight)
            return by_averages(limited, min(seats, most + idle), rule)
        case _:
            assert_never(rule)


@frozen
class _Count:
    """One allocation whose numbers are all there: the order of its parts."""

    allocation: Allocation
    record: Record
    seats: int
    total: Exact

    def outcome(self) -> Outcome:
        rule = self.allocation.by
        if isinstance(rule, Regime):
            small = self.seats < rule.limit
            data = {"seats": self.seats, "limit": rule.limit}
            self.record.steps.append(Step("regime_below", data) if small else Step("regime_from", data))
            rule = rule.below if small else rule.otherwise
        admitted = self.admitted()
        contenders = [Contender(r.id, r.weight or 0, r.minimum, r.maximum) for r in admitted]
        void = self.unmet(contenders, self.seats)
        if void is not None:
            return void
        if isinstance(rule, Bonus) and self.seats:
            return self.with_bonus(rule, contenders)
        if isinstance(rule, Bonus):
            rule = rule.by
        return self.plain(rule, contenders, self.seats, {}, ())

    def admitted(self) -> list[Receiver]:
        """The receivers, those below the thresholds without a weight."""
        allocation = self.allocation
        weights = [(receiver.id, receiver.weight or 0, receiver.exempt) for receiver in allocation.receivers]
        out, steps = excluded(weights, allocation.hurdles, self.total, self.seats)
        self.record.steps.extend(steps)
        return [evolve(r, weight=0) if r.id in out else r for r in allocation.receivers]

    def unmet(self, contenders: Sequence[Contender], seats: int) -> Outcome | None:
        """The outcome where no division can keep the bounds, or nobody takes part."""
        obstacles = tuple(unmet(contenders, seats))
        if not obstacles:
            return None
        if any(receiver.weight for receiver in self.allocation.receivers):
            below = ("nobody_passes", Step("nobody_passes"))
            obstacles = tuple(below if reason == "weights" else (reason, step) for reason, step in obstacles)
        self.record.steps.extend(step for _, step in obstacles)
        return self.record.outcome(reasons=tuple(dict.fromkeys(reason for reason, _ in obstacles)))

    # ------------------------------------------------------------ one rule

    def plain(
        self,
        rule: Plain,
        contenders: Sequence[Contender],
        seats: int,
        ahead: Mapping[str, int],
        after: Sequence[Decision],
    ) -> Outcome:
        """Divide seats by a rule; some were given `ahead`, by the decisions `after` which this comes."""
        end = longest(rule) if not isinstance(rule, LargestRemainder) else None
        if end is not None:
            ends = {c.id: max(end, c.low) for c in contenders}
            contenders = [evolve(c, high=ends[c.id] if c.high is None else min(c.high, ends[c.id])) for c in contenders]
            most = sum(c.high or 0 for c in contenders if c.weight) + sum(c.low for c in contenders if not c.weight)
            if most < seats:
                self.record.steps.extend(
                    (Step("series_ends", {"divisors": end, "seats": seats}), Step("series_too_short"))
                )
                return self.record.outcome(reasons=("series_too_short",))
        limits = self._limits(ahead)
        too_few = [c for c in contenders if limits.get(c.id, c.low) < c.low]
        if too_few:
            for c in too_few:
                data = {"receiver": c.id, "minimum": c.low, "maximum": limits[c.id]}
                self.record.steps.append(Step("minimum_above_maximum", data))
            return self.record.outcome(reasons=("bounds",))
        division = _divided(contenders, seats, rule, limits, {})
        before = division.awards.seats
        sure = {} if division.fault else self._majority(contenders, division, seats, ahead, limits)
        if sure:
            self.record.steps.extend(division.steps)
            division = _divided(contenders, seats, rule, limits, sure)
        else:
            self.record.steps.extend((*division.steps, *sheet(division)))
        if division.fault:
            return self.record.outcome(reasons=(division.fault,))
        if sure:
            self._taken(before, division, sure)
        else:
            self._exhausted(contenders, seats, rule, limits, division)
        return self._given(division, seats, ahead, after)

    def _limits(self, ahead: Mapping[str, int]) -> dict[str, int]:
        """How many seats each list can still fill."""
        listed = ((r.id, r.candidates) for r in self.allocation.receivers)
        return {id: candidates - ahead.get(id, 0) for id, candidates in listed if candidates is not None}

    def _given(self, division: Division, seats: int, ahead: Mapping[str, int], after: Sequence[Decision]) -> Outcome:
        awards = division.awards
        given = dict(awards.seats)
        left = seats - sum(given.values()) - awards.open
        if awards.open:
            data = {"receivers": tuple(sorted(awards.tied)), "choose": awards.open}
            number = readable(next(iter(awards.tied.values())))
            self.record.steps.append(self._tie(division, data, number))
            weights = {r.id: r.weight or 0 for r in self.allocation.receivers if r.id in awards.tied}
            numbers = weights if isinstance(number, str) else awards.tied
            answer = self.record.ask(division.tie, numbers, awards.open, policy=self.allocation.tie_policy, after=after)
            for id in answer.chosen if answer else ():
                given[id] += 1
        if left:
            self.record.steps.append(Step("seats_without_candidates", {"seats": left}))
        places = tuple(Seat(r.id, given[r.id] + ahead.get(r.id, 0), votes=r.weight) for r in self.allocation.receivers)
        return self.record.outcome(places, vacant={"": left} if left else {})

    def _tie(self, division: Division, data: Mapping[str, object], number: Exact | str) -> Step:
        match division.tie:
            case "tie_first_seat":
                return Step("tie_first_seat", data)
            case "tie_remainder":
                return Step("tie_remainder", {**data, "number": number})
            case _ if division.power == 2:
                return Step("tie_square", {**data, "number": number})
            case _:
                return Step("tie_quotient", {**data, "number": number})

    # ------------------------------------------------------------ majority and exhausted lists

    def _majority(
        self,
        contenders: Sequence[Contender],
        division: Division,
        seats: int,
        ahead: Mapping[str, int],
        limits: Mapping[str, int],
    ) -> dict[str, int]:
        """The seats that a majority of votes has by the clause, where the division gave it fewer for sure."""
        if not self.allocation.majority_clause:
            return {}
        for one in contenders:
            if 2 * one.weight > self.total:
                wanted = self.seats // 2 + 1 - ahead.get(one.id, 0)
                others = sum(other.low for other in contenders if other != one)
                tops = (seats - others, limits.get(one.id), one.high)
                wanted = min(wanted, *(top for top in tops if top is not None))
                if division.awards.seats[one.id] < wanted:
                    return {one.id: wanted}
        return {}

    def _taken(self, before: Mapping[str, int], division: Division, sure: Mapping[str, int]) -> None:
        ((id, wanted),) = sure.items()
        self.record.steps.append(
            Step("majority_clause", {"receiver": id, "seats": before[id], "all": self.seats, "needed": wanted})
        )
        for other, seats in sorted(before.items()):
            now = division.awards.seats[other]
            if now < seats:
                self.record.steps.append(Step("last_seat_taken", {"receiver": other, "seats": seats, "now": now}))

    def _exhausted(
        self,
        contenders: Sequence[Contender],
        seats: int,
        rule: Plain,
        limits: Mapping[str, int],
        division: Division,
    ) -> None:
        """Which lists had too few candidates for what they would have had."""
        full = [id for id, limit in limits.items() if division.awards.seats[id] == limit]
        if not full:
            return
        freely = _divided(contenders, seats, rule, {}, {}).awards.seats
        for id in full:
            if freely[id] > limits[id]:
                data = {"receiver": id, "candidates": limits[id], "surplus": freely[id] - limits[id]}
                self.record.steps.append(Step("list_exhausted", data))

    # ------------------------------------------------------------ a bonus

    def with_bonus(self, rule: Bonus, contenders: Sequence[Contender]) -> Outcome:
        most = max((one.weight for one in contenders), default=0)
        first = [one.id for one in contenders if one.weight == most]
        if rule.needs is not None and most <= rule.needs * self.total:
            data = {"number": most, "needed": whole(Fraction(rule.needs * self.total))}
            self.record.steps.extend((Step("first_has_too_few", data), Step("nobody_has_enough")))
            return self.record.outcome(reasons=("nobody_has_enough",))
        after: tuple[Decision, ...] = ()
        if len(first) > 1:
            self.record.steps.append(Step("tie_for_bonus", {"receivers": tuple(first), "number": most}))
            answer = self.record.ask("tie_for_bonus", dict.fromkeys(first, most), 1, policy=self.allocation.tie_policy)
            if answer is None:
                return self.record.outcome()
            first, after = list(answer.chosen), (answer,)
        (winner,) = (one for one in contenders if one.id == first[0])
        half = rounded(Fraction(self.seats, 2), Rounding.UP)
        tops = (self.seats, winner.high, self._limits({}).get(winner.id))
        seats = min(half if rule.seats is None else rule.seats, *(top for top in tops if top is not None))
        self.record.steps.append(
            Step("bonus", {"receiver": winner.id, "number": most, "seats": seats, "left": self.seats - seats})
        )
        rest = [
            evolve(one, low=max(0, one.low - seats), high=None if one.high is None else one.high - seats)
            if one.id == winner.id
            else one
            for one in contenders
        ]
        void = self.unmet(rest, self.seats - seats)
        return void if void is not None else self.plain(rule.by, rest, self.seats - seats, {winner.id: seats}, after)
