"""Majority by post: who reaches the threshold is elected in the order of votes, until the seats of the post are filled.

The order is that of the law: the ballot account, then whether the vote is valid, then each post with its threshold,
winners, ties at the cut, and seats that stay open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import field

from civicrules.outcome import Decision, Outcome, Question, Seat, Step
from civicrules.tally.account import account_steps, marked_ballots
from civicrules.tally.bar import Bar, bar_steps
from civicrules.tally.contest import Candidate, Contest, Post, Requirement
from civicrules.tally.contradictions import contradictions
from civicrules.tally.questions import Draft, ask, conclude
from civicrules.tally.rivals import Rivals, known_votes, marks_of, rivals_of
from civicrules.tally.words import named
from civicrules.values import frozen


def count(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    """Count a contest on totals, with the answers given so far.

    *Void* when a requirement fails. *CannotSay* when facts that can still matter are missing, or figures contradict
    each other; its seats are proven whatever the facts turn out to be, and `missing` names `ballots/FIGURE`,
    `seats/POST`, `votes/POST/CANDIDATE`, `candidates/POST` (the rest of an open list) or the facts of a requirement.
    *DecisionRequired* for a tie that changes who is elected: one question a post, all asked at once. Otherwise
    *Decided*; seats that nobody reached the threshold for are `vacant`.

    Nobody is elected without a vote. A candidate whose votes are not known, and whoever an open list leaves out, is
    given every chance that the ballots allow (see `Rivals`) before a winner is called proven.

    >>> from fractions import Fraction
    >>> from civicrules.tally import BallotAccount, Candidate, Contest, Post, Threshold, count
    >>> chair = Post("chair", 1, (Candidate("Lin", 1855),), complete=False)
    >>> outcome = count(Contest((chair,), BallotAccount(returned=2208), Threshold("returned", Fraction(1, 2))))
    >>> type(outcome).__name__, [seat.receiver for seat in outcome.seats]
    ('Decided', ['Lin'])
    """
    draft = _draft(contest)
    order = {post.id: at for at, post in enumerate(contest.posts)}
    votes = {(post.id, c.id): c.votes for post in contest.posts for c in post.candidates}

    def award(seats: tuple[Seat, ...], question: Question, answer: Decision) -> tuple[Seat, ...]:
        post = question.post
        chosen = (Seat(id, post=post, votes=votes[post, id]) for id in answer.chosen)
        return tuple(sorted((*seats, *chosen), key=lambda s: (order[s.post], -(s.votes or 0), s.receiver)))

    return conclude(draft, decisions, award)


def _draft(contest: Contest) -> Draft:
    steps = list(account_steps(contest.ballots))
    wrong = tuple(contradictions(contest))
    if wrong:
        return Draft(steps=(*steps, *(step for _, step in wrong)), missing=_once(key for key, _ in wrong))
    requirements = sorted(contest.validity, key=lambda requirement: requirement.id)
    steps.extend(_requirement_step(requirement) for requirement in requirements)
    failed = tuple(requirement.id for requirement in requirements if requirement.holds is False)
    if failed:
        return Draft(steps=tuple(steps), reasons=failed)
    unknown = [requirement for requirement in requirements if requirement.holds is None]
    if unknown:
        missing = _once(name for requirement in unknown for name in requirement.missing or (requirement.id,))
        return Draft(steps=tuple(steps), missing=missing)
    bar = Bar.of(contest)
    steps.extend(bar_steps(contest.threshold, bar))
    counted = [_count_post(post, contest, bar) for post in contest.posts]
    return Draft(
        seats=tuple(seat for draft in counted for seat in draft.seats),
        steps=(*steps, *(step for draft in counted for step in draft.steps)),
        questions=tuple(question for draft in counted for question in draft.questions),
        vacant={post: seats for draft in counted for post, seats in draft.vacant.items()},
        missing=_once(name for draft in counted for name in draft.missing),
    )


def _once(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _requirement_step(requirement: Requirement) -> Step:
    data = {**requirement.data, "requirement": requirement.names if requirement.names.forms else requirement.id}
    if requirement.holds is None:
        return Step("requirement_open", {**data, "missing": requirement.missing or (requirement.id,)})
    return Step("requirement_holds" if requirement.holds else "requirement_fails", data)


@frozen
class _Standing:
    """One post: who surely passes the threshold, who perhaps does, who is surely elected, and who else can be."""

    post: Post
    seats: int
    bar: Bar
    rivals: Rivals
    qualified: tuple[Candidate, ...]
    doubtful: tuple[Candidate, ...]
    elected: tuple[Candidate, ...] = field(default=())

    @property
    def cut(self) -> int:
        """The votes needed to touch the result: those of the last seat, or the threshold when seats are open."""
        return _votes(self.qualified[self.seats - 1]) if self.full else self.bar.low

    @property
    def full(self) -> bool:
        """Whether enough candidates surely pass to fill all seats."""
        return len(self.qualified) >= self.seats

    @property
    def challenged(self) -> bool:
        """Whether someone whose votes are not known can reach the cut."""
        return self.rivals.reaching(self.cut) != 0

    @property
    def vague(self) -> bool:
        """Whether the threshold, not being exactly known, can matter: seats are open and someone is in doubt."""
        return not self.full and (bool(self.doubtful) or (self.challenged and bool(self.bar.missing)))


def _votes(candidate: Candidate) -> int:
    return candidate.votes or 0


def _count_post(post: Post, contest: Contest, bar: Bar) -> Draft:
    if post.seats is None:
        return Draft(steps=(Step("seats_unknown", {"post": post.id}),), missing=(f"seats/{post.id}",))
    known = sorted((c for c in post.candidates if c.votes is not None), key=lambda c: (-_votes(c), c.id))
    if post.seats == 0:
        return Draft(steps=(Step("no_seats", {"post": post.id}),))
    rivals = rivals_of(post, marked_ballots(contest.ballots))
    qualified = tuple(c for c in known if bar.passed(_votes(c)))
    doubtful = tuple(c for c in known if bar.passed(_votes(c)) is None)
    elected = tuple(c for c in qualified if _surely_elected(c, known, rivals, post.seats))
    standing = _Standing(post, post.seats, bar, rivals, qualified, doubtful, elected)
    steps = [*_candidate_steps(standing, known), *_rival_steps(standing), *_elected_steps(standing)]
    seats = tuple(Seat(c.id, post=post.id, votes=c.votes) for c in elected)
    rest = _rest(standing, contest)
    return Draft(seats, (*steps, *rest.steps), rest.questions, rest.vacant, rest.missing)


def _surely_elected(candidate: Candidate, known: Sequence[Candidate], rivals: Rivals, seats: int) -> bool:
    """Whether fewer others than there are seats can have at least as many votes, whatever is not known.

    Those with as many count against the candidate: they might tie for the last seat.
    """
    votes = _votes(candidate)
    unknown = rivals.reaching(votes)
    return unknown is not None and _level(candidate, known) + unknown < seats


def _level(candidate: Candidate, known: Sequence[Candidate]) -> int:
    """How many other candidates are known to have at least as many votes."""
    return sum(other.id != candidate.id and _votes(other) >= _votes(candidate) for other in known)


def _rest(standing: _Standing, contest: Contest) -> Draft:
    """The seats of a post that nobody is sure of: open to facts, tied, or vacant."""
    post, left = standing.post, standing.seats - len(standing.elected)
    if left == 0:
        return Draft()
    if standing.challenged or standing.vague:
        missing = tuple(_missing(standing))
        return Draft(steps=(Step("not_proven", {"post": post.id, "open": left}),), missing=missing)
    if standing.full:
        tied = {c.id: _votes(c) for c in standing.qualified if _votes(c) == standing.cut}
        question = ask(contest, "tie", tied, left, post=post.id, policy=contest.tie_policy)
        data = {"post": post.id, "candidates": question.options, "votes": standing.cut, "choose": left}
        return Draft(steps=(Step("tie", data),), questions=(question,))
    data = {"post": post.id, "open": left}
    if contest.shortfall:
        step = Step("shortfall", {**data, "follow_up": named(contest.shortfall)})
    else:
        step = Step("vacant", data)
    return Draft(steps=(step,), vacant={post.id: left})


def _missing(standing: _Standing) -> Iterator[str]:
    """The facts that can still change who is elected."""
    post = standing.post
    if standing.challenged:
        yield from (f"votes/{post.id}/{c.id}" for c in sorted(post.candidates, key=lambda c: c.id) if c.votes is None)
        if not post.complete:
            yield f"candidates/{post.id}"
        if standing.rivals.ballots is None:
            yield "ballots/returned"
    if standing.vague:
        yield from standing.bar.missing


def _candidate_steps(standing: _Standing, known: Sequence[Candidate]) -> Iterator[Step]:
    """Each candidate against the threshold, in the order of votes."""
    post, bar = standing.post, standing.bar
    for candidate in known:
        data = {"post": post.id, "candidate": candidate.id, "votes": _votes(candidate)}
        match bar.passed(_votes(candidate)):
            case True:
                yield Step("passes", {**data, "needed": bar.high})
            case False:
                yield Step("falls_short", {**data, "needed": bar.low})
            case None:
                yield Step("may_pass", data)
    for candidate in sorted(post.candidates, key=lambda c: c.id):
        if candidate.votes is None:
            yield Step("votes_unknown", {"post": post.id, "candidate": candidate.id})


def _rival_steps(standing: _Standing) -> Iterator[Step]:
    """The marks left for those whose votes are not known."""
    post, rivals = standing.post, standing.rivals
    if not rivals.any:
        return
    if rivals.ballots is None or rivals.left is None:
        yield Step("marks_unbounded", {"post": post.id})
        return
    data = {"ballots": rivals.ballots, "marks": marks_of(post), "known": known_votes(post), "left": rivals.left}
    yield Step("marks_left", {"post": post.id, **data, "most": rivals.most})


def _elected_steps(standing: _Standing) -> Iterator[Step]:
    """The winners; where votes are not known, each with the proof that nobody can come between."""
    post, rivals = standing.post, standing.rivals
    for candidate in standing.elected:
        votes = _votes(candidate)
        data = {"post": post.id, "candidate": candidate.id, "votes": votes}
        if rivals.any and rivals.left is not None:
            level, others = _level(candidate, standing.qualified), rivals.reaching(votes) or 0
            ahead = {"ahead": level + others, "level": level, "others": others}
            yield Step("proven", {**data, **ahead, "left": rivals.left, "seats": standing.seats})
        else:
            yield Step("elected", data)
