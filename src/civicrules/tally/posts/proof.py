"""One post before its seats are given: who passes, who is proven elected, and what is still open.

Where votes are not known, a winner is proven when whatever the missing votes turn out to be, nobody can come between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import field

from civicrules.outcome import Step
from civicrules.tally.contest import Candidate, Post
from civicrules.tally.posts.bar import Bar
from civicrules.tally.rivals import Rivals, known_votes, marks_of, rivals_of
from civicrules.values import frozen


@frozen
class Standing:
    """One post: who surely passes the threshold, who perhaps does, who is surely elected, and who else can be.

    `known` are the candidates whose votes are known and who are not `out` (elected to a higher post), most votes first.
    """

    post: Post
    seats: int
    bar: Bar
    rivals: Rivals
    known: tuple[Candidate, ...]
    out: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, post: Post, bar: Bar, ballots: int | None, out: frozenset[str] = frozenset()) -> Standing:
        """A post with `ballots` as the most that can carry marks; `None` where nothing bounds the votes not known."""
        there = [one for one in post.candidates if one.votes is not None and one.id not in out]
        known = tuple(sorted(there, key=lambda one: (-votes(one), one.id)))
        return cls(post, post.seats or 0, bar, rivals_of(post, ballots), known, out)

    def passed(self, candidate: Candidate) -> bool | None:
        """Whether a candidate has enough votes and meets what else must hold; `None` when that cannot be said."""
        tests = (self.bar.passed(votes(candidate)), candidate.meets)
        if False in tests:
            return False
        return None if None in tests else True

    @property
    def qualified(self) -> tuple[Candidate, ...]:
        return tuple(one for one in self.known if self.passed(one))

    @property
    def doubtful(self) -> tuple[Candidate, ...]:
        return tuple(one for one in self.known if self.passed(one) is None)

    @property
    def exact(self) -> bool:
        """Whether everything is known that the seats of this post depend on."""
        return not self.rivals.any and not self.doubtful

    @property
    def cut(self) -> int:
        """The votes needed to touch the result: those of the last seat, or the threshold when seats are open."""
        return votes(self.qualified[self.seats - 1]) if self.full else self.bar.low

    @property
    def full(self) -> bool:
        """Whether enough candidates surely pass to fill all seats."""
        return len(self.qualified) >= self.seats

    @property
    def challenged(self) -> bool:
        """Whether someone whose votes are not known can reach the cut."""
        return self.rivals.reaching(self.cut) != 0

    @property
    def rising(self) -> tuple[Candidate, ...]:
        """The doubtful who would be elected, or tie for the last seat, if they passed."""
        return tuple(one for one in self.doubtful if not self.full or votes(one) >= self.cut)

    @property
    def vague(self) -> bool:
        """Whether a threshold or condition that is not exactly known can matter."""
        return bool(self.rising) or (not self.full and self.challenged and bool(self.bar.missing))

    @property
    def proven(self) -> tuple[Candidate, ...]:
        """Those surely elected: fewer others than there are seats can have as many votes, whatever is not known.

        Those with as many count against a candidate: they might tie for the last seat.
        """
        return tuple(one for one in self.qualified if self._surely(one))

    def _surely(self, candidate: Candidate) -> bool:
        unknown = self.rivals.reaching(votes(candidate))
        return unknown is not None and self.level(candidate) + unknown < self.seats

    def level(self, candidate: Candidate) -> int:
        """How many other candidates who can pass are known to have at least as many votes."""
        others = (one for one in self.known if one.id != candidate.id and self.passed(one) is not False)
        return sum(votes(other) >= votes(candidate) for other in others)

    @property
    def tied(self) -> Mapping[str, int]:
        """Those level at the last seat."""
        return {one.id: votes(one) for one in self.qualified if votes(one) == self.cut}

    def missing(self) -> Iterator[str]:
        """The facts that can still change who is elected."""
        post = self.post
        if self.challenged:
            yield from (f"votes/{post.id}/{c.id}" for c in post.candidates if c.votes is None)
            if not post.complete:
                yield f"candidates/{post.id}"
            if self.rivals.ballots is None:
                yield "ballots/returned"
        if self.vague:
            yield from self.bar.missing
            for one in self.rising:
                if one.meets is None:
                    yield from one.missing or (f"meets/{post.id}/{one.id}",)


def votes(candidate: Candidate) -> int:
    return candidate.votes or 0


def standing_steps(standing: Standing) -> Iterator[Step]:
    """Each candidate against the threshold, in the order of votes; then the marks left for the others.

    Where no threshold is asked none is spoken of: a single vote is enough then, which is no rule to be passed.
    """
    post, bar = standing.post, standing.bar
    asked = bar.base is not None
    for candidate in standing.known:
        data = {"post": post.id, "candidate": candidate.id, "votes": votes(candidate)}
        match bar.passed(votes(candidate)):
            case False:
                yield Step("falls_short", {**data, "needed": bar.low}) if asked else Step("without_votes", data)
            case _ if candidate.meets is False:
                yield Step("condition_not_met", data)
            case None:
                yield Step("may_pass", data)
            case _ if candidate.meets is None:
                yield Step("condition_open", {**data, "missing": candidate.missing})
            case True:
                yield Step("passes", {**data, "needed": bar.high}) if asked else Step("has_votes", data)
    for candidate in post.candidates:
        if candidate.votes is None:
            yield Step("votes_unknown", {"post": post.id, "candidate": candidate.id})
    yield from _rival_steps(standing)


def _rival_steps(standing: Standing) -> Iterator[Step]:
    post, rivals = standing.post, standing.rivals
    if not rivals.any:
        return
    if rivals.ballots is None or rivals.left is None:
        yield Step("marks_unbounded", {"post": post.id})
        return
    data = {"ballots": rivals.ballots, "marks": marks_of(post), "known": known_votes(post), "left": rivals.left}
    yield Step("marks_left", {"post": post.id, **data, "most": rivals.most})


def elected_steps(standing: Standing, elected: Sequence[Candidate]) -> Iterator[Step]:
    """The winners; where votes are not known, each with the proof that nobody can come between."""
    post, rivals = standing.post, standing.rivals
    for candidate in elected:
        data = {"post": post.id, "candidate": candidate.id, "votes": votes(candidate)}
        if rivals.any and rivals.left is not None:
            level, others = standing.level(candidate), rivals.reaching(votes(candidate)) or 0
            ahead = {"ahead": level + others, "level": level, "others": others}
            yield Step("proven", {**data, **ahead, "left": rivals.left, "seats": standing.seats})
        else:
            yield Step("elected", data)


def behind_steps(standing: Standing) -> Iterator[Step]:
    """Whoever has enough votes while others with more have all the seats, and how many more would have come before the
    last of these. Of those level with the last it is said that they tied.
    """
    for candidate in standing.qualified:
        own, last = votes(candidate), standing.cut
        if own < last:
            data = {"post": standing.post.id, "candidate": candidate.id, "votes": own}
            yield Step("no_seat_left", {**data, "last": last, "more": last - own + 1})
