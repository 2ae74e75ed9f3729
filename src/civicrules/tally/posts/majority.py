"""Majority by post: who reaches the threshold is elected in the order of votes, until the seats of the post are filled.

The order is that of the law: the ballot account, then whether the vote is valid, then each post from the highest down
with its threshold, winners, limits on winners and ties; then the seats that stay open, and the ballot that fills them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, evolve, field

from civicrules.outcome import Decision, Outcome, Seat, Step
from civicrules.tally.account import marked_ballots
from civicrules.tally.contest import Candidate, Contest, FollowUp, Limit, Post
from civicrules.tally.opening import Stop, once, opening, without_candidates
from civicrules.tally.posts.bar import Bar, bar_steps
from civicrules.tally.posts.papers import totals
from civicrules.tally.posts.proof import Standing, behind_steps, elected_steps, standing_steps, votes
from civicrules.tally.posts.selection import Need, Selection, needs
from civicrules.tally.questions import Record
from civicrules.tally.rivals import marks_of
from civicrules.tally.words import SECOND_BALLOT, named
from civicrules.values import frozen


def count(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    """Count a contest on totals, with the answers given so far.

    *Void* when a requirement fails. *CannotSay* when facts that can still matter are missing, or figures contradict
    each other; its seats are proven whatever the facts turn out to be, and `missing` names `ballots/FIGURE`,
    `seats/POST`, `votes/POST/CANDIDATE`, `candidates/POST` (the rest of an open list, or of a post for which nobody
    stands), `limits/LIMIT/CANDIDATE` (whether somebody is a member) or the facts of a requirement. *DecisionRequired* for
    a tie that changes who is elected and for a ballot that must follow: questions of posts that do not wait for each
    other are asked at once. Otherwise *Decided*; seats that nobody reached the threshold for are `vacant`.

    Nobody is elected without a vote, and nobody to two posts: the higher one stays. A candidate whose votes are not
    known, and whoever an open list leaves out, is given every chance that the ballots allow (see `Rivals`) before a
    winner is called proven.

    >>> from fractions import Fraction
    >>> from civicrules.tally import BallotAccount, Candidate, Contest, Post, Threshold, count
    >>> chair = Post("chair", 1, (Candidate("Lin", 1855),), complete=False)
    >>> outcome = count(Contest((chair,), BallotAccount(returned=2208), Threshold("returned", Fraction(1, 2))))
    >>> type(outcome).__name__, [seat.receiver for seat in outcome.seats]
    ('Decided', ['Lin'])
    """
    record = Record(contest, decisions)
    counted = totals(contest, record)
    if isinstance(counted, Stop):
        return counted.outcome(record)
    stopped = opening(counted, record)
    if stopped is not None:
        return stopped.outcome(record)
    nobody = {post: step for post, _, step in without_candidates(contest)}
    whole = Round(counted, record, nobody=nobody).run()
    if whole.missing and record.used:  # new facts would change the questions, and these answers would be stale
        record = Record(contest)
        opening(counted, record)
        whole = Round(counted, record, nobody=nobody).run()
        record.decisions = decisions
    return record.outcome(whole.seats(), vacant=whole.vacant, missing=once(whole.missing))


@frozen
class Gap:
    """Seats of a post that nobody was elected to: how many, the unsuccessful with their votes, and for whom they are kept."""

    post: str
    open: int
    losers: Mapping[str, int]
    kept: tuple[Need, ...] = ()


@define
class Round:
    """One round of voting. `before` are those elected in earlier rounds; `nobody` are the posts for which nobody stands,
    each with the step that says so.
    """

    contest: Contest
    record: Record
    before: Sequence[Seat] = ()
    nobody: Mapping[str, Step] = field(factory=dict)
    elected: list[Seat] = field(factory=list)
    gaps: list[Gap] = field(factory=list)
    vacant: dict[str, int] = field(factory=dict)
    missing: list[str] = field(factory=list)
    unsettled: set[str] = field(factory=set)
    later: list[Seat] = field(factory=list)
    _bar: Bar = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._bar = Bar.of(self.contest)

    def run(self) -> Round:
        """Count every post, then see to the seats left open."""
        self.record.steps.extend(bar_steps(self.contest.threshold, self._bar))
        for post in self.contest.posts:
            self.post(self.counted_down(post) if self.contest.down_count and post.seats else post)
        for gap in self.gaps:
            self.fill(gap)
        return self

    def seats(self) -> tuple[Seat, ...]:
        """Everyone elected, by post and then by votes."""
        order = {post.id: at for at, post in enumerate(self.contest.posts)}
        own = sorted(self.elected, key=lambda seat: (order[seat.post], -(seat.votes or 0), seat.receiver))
        return tuple(sorted((*own, *self.later), key=lambda seat: order[seat.post]))

    def in_office(self) -> list[str]:
        return [seat.receiver for seat in (*self.before, *self.elected, *self.later)]

    # -- one post

    def post(self, post: Post) -> None:
        """Who is elected to a post."""
        note = self.record.note
        if post.seats is None:
            note("seats_unknown", post=post.id)
            self.leave(post, (f"seats/{post.id}",))
            return
        if post.seats == 0:
            note("no_seats", post=post.id)
            return
        note("seats_of_post", post=post.id, seats=post.seats, marks=marks_of(post))
        if post.id in self.nobody and not post.candidates:  # with votes counted down there may be some from above
            self.record.steps.append(self.nobody[post.id])
            self.leave(post, (f"candidates/{post.id}",))
            return
        awaited = tuple(one.id for one in self.contest.posts if one.id in self.unsettled and self.depends(post, one))
        if awaited := (*awaited, *self.without_size(post)):
            note("waits", post=post.id, posts=awaited)
            self.unsettled.add(post.id)
            return
        elsewhere = {seat.receiver: seat.post for seat in (*self.before, *self.elected)}
        out = frozenset(one.id for one in post.candidates if one.id in elsewhere)
        for id in sorted(out):
            note("elected_already", post=post.id, candidate=id, higher=elsewhere[id])
        ballots = None if self.contest.down_count else marked_ballots(self.contest.account)
        standing = Standing.of(post, self._bar, ballots, out)
        self.record.steps.extend(standing_steps(standing))
        asked = needs(self.contest, post, elsewhere, {one.id: votes(one) for one in standing.qualified})
        limits = tuple(need for need in asked if _binds(need, standing))
        if not standing.exact and not limits:
            self.prove(standing)
        elif standing.exact and (not any(_unsure(need, standing) for need in limits) or _kept_anyway(limits, standing)):
            self.select(standing, limits)
        else:
            note("not_proven", post=post.id, open=post.seats)
            unknown = (f"limits/{need.limit.id}/{one}" for need in limits for one in _unsure(need, standing))
            self.leave(post, (*standing.missing(), *_silent(standing), *unknown))

    def depends(self, post: Post, earlier: Post) -> bool:
        """Whether who is elected to an earlier post can change who is elected to this one."""
        together = {one.id for one in post.candidates} & {one.id for one in earlier.candidates}
        limited = any(limit.covers(post.id) and limit.covers(earlier.id) for limit in self.contest.limits)
        return self.contest.down_count or bool(together) or limited

    def without_size(self, post: Post) -> tuple[str, ...]:
        """The later posts whose seats are not known, while a limit leaves it to them how many seats bind here."""
        later = self.contest.posts[[one.id for one in self.contest.posts].index(post.id) + 1 :]
        shared = [limit for limit in self.contest.limits if limit.minimum and limit.covers(post.id)]
        return tuple(one.id for one in later if one.seats is None and any(limit.covers(one.id) for limit in shared))

    def leave(self, post: Post, missing: Iterable[str]) -> None:
        """Leave a post open until facts are there."""
        self.unsettled.add(post.id)
        self.missing.extend(missing)

    def elect(self, post: Post, chosen: Iterable[Candidate]) -> None:
        self.elected.extend(Seat(one.id, post=post.id, votes=one.votes) for one in chosen)

    def prove(self, standing: Standing) -> None:
        """Elect those of whom it is proven, although votes or thresholds are not all known."""
        post, proven = standing.post, standing.proven
        self.record.steps.extend(elected_steps(standing, proven))
        self.elect(post, proven)
        left = standing.seats - len(proven)
        if not left:
            self.record.steps.extend(behind_steps(standing))
            return
        if standing.challenged or standing.vague:
            self.record.note("not_proven", post=post.id, open=left)
            self.leave(post, standing.missing())
        elif not standing.full and self.votes_again and (silent := tuple(_listed_silent(post))):
            self.record.note("not_proven", post=post.id, open=left)  # who stands in the further ballot is not known
            self.leave(post, silent)
        elif standing.full:
            tied = standing.tied
            self.record.note("tie", post=post.id, candidates=tuple(sorted(tied)), votes=standing.cut, choose=left)
            answer = self.record.ask("tie", tied, left, post=post.id, policy=self.contest.tie_policy)
            if answer is None:
                self.unsettled.add(post.id)
            else:
                self.elect(post, [one for one in standing.known if one.id in answer.chosen])
        else:
            self.gaps.append(Gap(post.id, left, _losers(standing, proven)))

    @property
    def votes_again(self) -> bool:
        """Whether a further ballot among the strongest losers fills the seats left open."""
        return self.contest.follow_up is not None or self.contest.shortfall == SECOND_BALLOT[0]

    def select(self, standing: Standing, limits: tuple[Need, ...]) -> None:
        """Elect in the order of votes, within the limits."""
        post = standing.post
        ranked = {one.id: votes(one) for one in standing.qualified}
        kept = tuple(need for need in limits if need.short)
        seats = max(0, standing.seats - _short(kept))
        selection = Selection(post.id, seats, ranked, limits, self.record, self.contest.tie_policy)
        if not selection.possible:
            self.record.note(
                "limits_conflict",
                post=post.id,
                seats=standing.seats,
                limits=tuple(_words(need.limit) for need in limits),
            )
            self.leave(post, (f"limits/{need.limit.id}" for need in limits if need.least))
            return
        settled = selection.run()
        chosen = [one for one in standing.qualified if one.id in selection.chosen]
        kept_out = {one.id: kept[0] for one in standing.qualified if kept and one not in chosen}
        passed = {**kept_out, **selection.passed} if settled else selection.passed
        for id, need in sorted(passed.items(), key=lambda item: (-ranked[item[0]], item[0])):
            kind = "passed_over" if need.has(id) else "passed_over_for"
            limit = {"limit": _words(need.limit), "most": need.limit.maximum, "least": need.limit.minimum}
            self.record.note(kind, post=post.id, candidate=id, votes=ranked[id], **limit)
        self.record.steps.extend(elected_steps(standing, chosen))
        self.elect(post, chosen)
        if not settled:
            self.unsettled.add(post.id)
            return
        for need in kept:
            self.record.note("reserve_unfilled", post=post.id, limit=_words(need.limit), open=need.short)
        for need in limits:
            if need.limit.open_to_all and need.wanted > sum(need.has(one.id) for one in chosen):
                self.record.note("reserve_passed_on", post=post.id, limit=_words(need.limit), least=need.limit.minimum)
        left = standing.seats - len(chosen)
        if left:
            self.gaps.append(Gap(post.id, left, _losers(standing, chosen), kept))
        elif not limits:
            self.record.steps.extend(behind_steps(standing))

    def counted_down(self, post: Post) -> Post:
        """A post with the votes that its candidates, and those not elected above, have for higher posts."""
        higher = self.contest.posts[: [one.id for one in self.contest.posts].index(post.id)]
        elected = set(self.in_office())
        moved: dict[str, int | None] = {}
        for candidate in (one for above in higher for one in above.candidates if one.id not in elected):
            before = moved.get(candidate.id, 0)
            moved[candidate.id] = None if before is None or candidate.votes is None else before + candidate.votes
        there = {one.id: one for one in post.candidates}
        for id, more in sorted(moved.items()):
            own = there.get(id, Candidate(id, 0))
            total = None if own.votes is None or more is None else own.votes + more
            there[id] = evolve(own, votes=total)
            if more:
                self.record.note("moved_down", post=post.id, candidate=id, own=own.votes, moved=more, votes=total)
        complete = post.complete and all(above.complete for above in higher)
        return evolve(post, candidates=tuple(there.values()), complete=complete)

    # -- seats left open

    def fill(self, gap: Gap) -> None:
        """What follows when too few are elected: another ballot, or a vacancy."""
        follow_up, contest = self.contest.follow_up, self.contest
        if follow_up is not None:
            name = named(follow_up.contest.id)
            self.record.note("shortfall", post=gap.post, open=gap.open, follow_up=name)
            if standing := _standing_again(evolve(gap, losers=self.electable(gap)), follow_up.extra):
                self.vote_again(gap, follow_up, standing)
                return
            self.record.note("nobody_to_stand", post=gap.post, follow_up=name)
        elif contest.shortfall:
            self.record.note("shortfall", post=gap.post, open=gap.open, follow_up=named(contest.shortfall))
            if contest.shortfall == SECOND_BALLOT[0] and gap.losers:  # the ruleset does not say who stands in it
                self.ask_again(contest.shortfall, gap, gap.losers)
                return
        else:
            self.record.note("vacant", post=gap.post, open=gap.open)
        serving = len(self.in_office())
        if serving < contest.least_elected and gap.losers:
            self.record.note("too_few_in_office", elected=serving, least=contest.least_elected)
            self.ask_again("another_ballot", gap, gap.losers)
            return
        self.vacant[gap.post] = gap.open

    def vote_again(self, gap: Gap, follow_up: FollowUp, standing: Mapping[str, int]) -> None:
        """The ballot that follows: counted when its votes are there, else a question with those who stand in it."""
        names = tuple(sorted(standing, key=lambda one: (-standing[one], one)))
        self.record.note("stand_again", post=gap.post, candidates=names, open=gap.open)
        given = next((post for post in follow_up.contest.posts if post.id == gap.post), None)
        if given is None or not given.candidates:
            self.ask_again(follow_up.contest.id or "second_ballot", gap, standing)
            return
        strangers = [one for one in given.candidates if one.id not in standing]
        if strangers:
            for one in strangers:
                self.record.note("not_standing", post=gap.post, candidate=one.id)
            self.missing.extend(f"votes/{gap.post}/{one.id}" for one in strangers)
            return
        silent = sorted(standing.keys() - {one.id for one in given.candidates})  # they stand; their votes are not known
        candidates = (*given.candidates, *(Candidate(id) for id in silent))
        self.count_again(evolve(given, seats=gap.open, candidates=candidates), follow_up.contest)

    def electable(self, gap: Gap) -> Mapping[str, int]:
        """The losers whom no greatest number keeps out, with those in office."""
        serving = set(self.in_office())
        full = [
            limit.members
            for limit in self.contest.limits
            if limit.covers(gap.post) and limit.maximum is not None and len(serving & limit.members) >= limit.maximum
        ]
        return {one: number for one, number in gap.losers.items() if not any(one in members for members in full)}

    def count_again(self, post: Post, contest: Contest) -> None:
        limits = tuple(evolve(limit, posts=(post.id,)) for limit in self.contest.limits if limit.covers(post.id))
        again = evolve(contest, posts=(post,), limits=limits)
        self.record.note("further_ballot", name=named(contest.id), post=post.id)
        stopped = opening(again, self.record)
        if stopped is not None and stopped.reasons:
            self.record.note("further_ballot_void", name=named(contest.id), post=post.id)
            self.ask_again(
                contest.id, Gap(post.id, post.seats or 0, {}), {one.id: votes(one) for one in post.candidates}
            )
            return
        if stopped is not None:
            self.missing.extend(stopped.missing)
            return
        following = Round(again, self.record, (*self.before, *self.elected, *self.later)).run()
        self.later.extend((*following.elected, *following.later))
        self.missing.extend(following.missing)
        self.vacant.update(following.vacant)

    def ask_again(self, kind: str, gap: Gap, standing: Mapping[str, int]) -> None:
        """Ask who was elected in a ballot that is not part of what was given."""
        most = min(gap.open, len(standing))
        answer = self.record.ask("second_ballot", standing, most, post=gap.post, policy=(kind,))
        for id in answer.chosen if answer else ():
            self.later.append(Seat(id, post=gap.post))
        if answer is not None and len(answer.chosen) < gap.open:
            self.vacant[gap.post] = gap.open - len(answer.chosen)


def _binds(need: Need, standing: Standing) -> bool:
    """Whether a limit can touch the seats of a post."""
    if need.least or need.short or need.wanted:
        return True
    if need.most is None:
        return False
    there = [one.id for one in standing.post.candidates if one.id not in standing.out]
    members = sum(one in need.limit.members or one in need.limit.unsure for one in there)
    return not standing.post.complete or members > need.most


def _unsure(need: Need, standing: Standing) -> tuple[str, ...]:
    return tuple(one.id for one in standing.qualified if one.id in need.limit.unsure)


def _kept_anyway(limits: Iterable[Need], standing: Standing) -> bool:
    """Whether the strongest candidates keep all limits whoever of the unsure are members, so that nobody need know."""
    first, rest = standing.qualified[: standing.seats], standing.qualified[standing.seats :]
    if rest and votes(rest[0]) == votes(first[-1]):
        return False
    return all(
        sum(need.has(one.id) for one in first) >= need.least + need.short
        and (need.most is None or sum(need.has(one.id) or one.id in need.limit.unsure for one in first) <= need.most)
        for need in limits
    )


def _silent(standing: Standing) -> Iterator[str]:
    """Under limits every vote can matter."""
    post = standing.post
    yield from _listed_silent(post)
    if not post.complete:
        yield f"candidates/{post.id}"


def _listed_silent(post: Post) -> Iterator[str]:
    return (f"votes/{post.id}/{one.id}" for one in post.candidates if one.votes is None)


def _losers(standing: Standing, elected: Sequence[Candidate]) -> Mapping[str, int]:
    chosen = {one.id for one in elected}
    return {one.id: votes(one) for one in standing.known if one.id not in chosen and one.meets is not False}


def _short(kept: Sequence[Need]) -> int:
    """How many seats stay open for members who lack: one seat can serve two limits only when they have members in common."""
    if len(kept) < 2:
        return sum(need.short for need in kept)
    apart = all(not one.limit.members & other.limit.members for one in kept for other in kept if one is not other)
    return sum(need.short for need in kept) if apart else max(need.short for need in kept)


def _standing_again(gap: Gap, extra: int) -> Mapping[str, int]:
    """The unsuccessful with most votes, as many as seats are open and `extra` more, with those level with the last.

    For seats kept for the members of a limit, its members stand in the same way; for nothing but such seats, only they.
    """
    kept = sum(need.short for need in gap.kept)
    groups = [(gap.losers, gap.open - kept)] if gap.open > kept else []
    groups += [({one: n for one, n in gap.losers.items() if need.has(one)}, need.short) for need in gap.kept]
    standing: dict[str, int] = {}
    for losers, seats in groups:
        ranked = sorted(losers.values(), reverse=True)
        last = ranked[min(seats + extra, len(ranked)) - 1] if ranked else 0
        standing.update({one: number for one, number in losers.items() if number >= last})
    return standing


def _words(limit: Limit) -> object:
    return limit.names if limit.names.forms else limit.id
