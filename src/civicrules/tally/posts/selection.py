"""Winners under limits: the candidates in the order of votes, each elected while the limits can still all be kept.

Reserved seats, greatest numbers and relatives who may not serve together are one mechanism. Going down the order of
votes, a candidate is passed over when electing them would exceed a maximum, or would leave too few seats for the
members that a minimum still asks for. For one reserved group this is the usual rule that the strongest of the group
replaces the weakest winner outside it; for relatives, that the higher post and then more votes decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, groupby

from attrs import define, field, frozen

from civicrules.outcome import Decision
from civicrules.tally.contest import Contest, Limit, Post
from civicrules.tally.questions import Record


@frozen
class Need:
    """What a limit still asks of a post: at least `least` and at most `most` more of its members (`None`: no limit).

    `wanted` are asked for; where there are fewer, `short` seats stay open for them (none where they are open to all).
    """

    limit: Limit
    least: int
    most: int | None
    short: int = 0
    wanted: int = 0

    def has(self, candidate: str) -> bool:
        return candidate in self.limit.members


def needs(contest: Contest, post: Post, elected: Iterable[str], ranked: Mapping[str, int]) -> tuple[Need, ...]:
    """What the limits of a contest ask of a post, after `elected` for earlier ones, with `ranked` who can be elected.

    A minimum binds at the last posts it covers: while the seats that come later are enough for it, it asks nothing.
    """
    later = contest.posts[[one.id for one in contest.posts].index(post.id) + 1 :]
    return tuple(_need(limit, set(elected), later, ranked) for limit in contest.limits if limit.covers(post.id))


def _need(limit: Limit, elected: set[str], later: Sequence[Post], ranked: Mapping[str, int]) -> Need:
    have = len(elected & limit.members)
    to_come = sum(post.seats or 0 for post in later if limit.covers(post.id))
    least = max(0, limit.minimum - have - to_come)
    available = sum(candidate in limit.members for candidate in ranked)
    short = 0 if limit.open_to_all else max(0, least - available)
    most = None if limit.maximum is None else max(0, limit.maximum - have)
    return Need(limit, min(least, available), most, short, least)


@define
class Selection:
    """The seats of one post being filled, with what was decided on the way."""

    post: str
    seats: int
    ranked: Mapping[str, int]
    needs: tuple[Need, ...]
    record: Record
    policy: tuple[str, ...] = ()
    after: tuple[Decision, ...] = ()
    chosen: list[str] = field(factory=list)
    passed: dict[str, Need] = field(factory=dict)

    @property
    def possible(self) -> bool:
        """Whether the limits can be kept at all with those who can be elected."""
        return self.fits((), self.ranked)

    def run(self) -> bool:
        """Fill the seats; false when a tie is left to be decided."""
        order = sorted(self.ranked, key=lambda one: (-self.ranked[one], one))
        return all(self.admit(list(level)) for _, level in groupby(order, key=lambda one: self.ranked[one]))

    def admit(self, level: list[str]) -> bool:
        """Elect those of one number of votes, as far as seats and limits allow; false when a human must choose."""
        while level:
            rest = [one for one in level if self.stands((one,), without=level)]
            self.passed.update({one: need for one in level if one not in rest and (need := self.against(one))})
            if not rest:
                return True
            if self.stands(rest, without=level):
                self.chosen.extend(rest)
                return True
            most = self.equal(rest, level)
            votes = {one: self.ranked[one] for one in rest}
            self.record.note(
                "tie", post=self.post, candidates=tuple(sorted(rest)), votes=self.ranked[rest[0]], choose=most
            )
            answer = self.record.ask("tie", votes, most, post=self.post, policy=self.policy, after=self.after)
            if answer is None:
                return False
            self.after = (*self.after, answer)
            self.chosen.extend(sorted(answer.chosen))
            level = [one for one in rest if one not in answer.chosen]
        return True

    def equal(self, tied: list[str], level: list[str]) -> int:
        """How many of those tied are to be chosen: all that fit where the limits do not tell them apart, else one."""
        if len({self.kind(one) for one in tied}) > 1:
            return 1
        return max(number for number in range(1, len(tied)) if self.stands(tied[:number], without=level))

    def kind(self, candidate: str) -> tuple[bool, ...]:
        """Of which limits a candidate is a member."""
        return tuple(need.has(candidate) for need in self.needs)

    def stands(self, more: Sequence[str], without: Sequence[str] = ()) -> bool:
        """Whether the limits can all be kept with `more` elected, from those not looked at yet and those `without`."""
        if len(self.chosen) + len(more) > self.seats:
            return False
        votes = self.ranked[more[0]]
        below = [one for one, number in self.ranked.items() if number < votes or (one in without and one not in more)]
        return self.fits((*self.chosen, *more), below)

    def against(self, candidate: str) -> Need | None:
        """The limit that keeps a candidate out; `None` where the seats are simply filled."""
        if len(self.chosen) >= self.seats:
            return None
        full = (need for need in self.needs if need.has(candidate) and self.room(need) == 0)
        waiting = (need for need in self.needs if not need.has(candidate) and self.lacking(need) > 0)
        return next(chain(full, waiting), None)

    def room(self, need: Need) -> int | None:
        return None if need.most is None else need.most - sum(map(need.has, self.chosen))

    def lacking(self, need: Need) -> int:
        return need.least - sum(map(need.has, self.chosen))

    def fits(self, chosen: Sequence[str], rest: Iterable[str]) -> bool:
        """Whether seats that are left can be given to some of the `rest` so that every limit is kept.

        Candidates who are members of the same limits are alike, so that only their numbers are tried.
        """
        have = [sum(map(need.has, chosen)) for need in self.needs]
        if any(need.most is not None and had > need.most for need, had in zip(self.needs, have, strict=True)):
            return False
        lacking = tuple(max(0, need.least - had) for need, had in zip(self.needs, have, strict=True))
        if not any(lacking):
            return True
        room = tuple(
            self.seats if need.most is None else need.most - had for need, had in zip(self.needs, have, strict=True)
        )
        return _fillable(self.seats - len(chosen), lacking, room, tuple(Counter(map(self.kind, rest)).items()))


Kinds = tuple[tuple[tuple[bool, ...], int], ...]


def _fillable(seats: int, lacking: tuple[int, ...], room: tuple[int, ...], kinds: Kinds) -> bool:
    """Whether at most `seats` of the candidates, by kind, meet what is lacking without taking more than the room."""

    @cache
    def found(at: int, seats: int, lacking: tuple[int, ...], room: tuple[int, ...]) -> bool:
        if not any(lacking):
            return True
        if at == len(kinds) or max(lacking) > seats:
            return False
        kind, number = kinds[at]
        most = min([number, seats, *(left for left, member in zip(room, kind, strict=True) if member)])
        return any(
            found(
                at + 1,
                seats - taken,
                tuple(max(0, lack - taken * member) for lack, member in zip(lacking, kind, strict=True)),
                tuple(left - taken * member for left, member in zip(room, kind, strict=True)),
            )
            for taken in range(most, -1, -1)
        )

    return found(0, seats, lacking, room)
