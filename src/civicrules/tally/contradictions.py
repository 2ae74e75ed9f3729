"""Figures that cannot all be right. A count that rested on them would be wrong, so it says which they are and stops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from civicrules.outcome import Step
from civicrules.tally.account import marked_ballots, stated
from civicrules.tally.contest import BallotAccount, Contest, Post
from civicrules.tally.rivals import known_votes, marks_of
from civicrules.tally.words import FIGURES

# The name of a figure to be mended (as in `CannotSay.missing`) and the step that says what is wrong with it.
Contradiction = tuple[str, Step]


def contradictions(contest: Contest) -> Iterator[Contradiction]:
    """Each contradiction among the figures of a contest."""
    yield from _account(contest.account)
    for id, times in sorted(Counter(post.id for post in contest.posts).items()):
        if times > 1:
            yield f"posts/{id}", Step("post_twice", {"post": id, "number": times})
    ballots = marked_ballots(contest.account)
    for post in contest.posts:
        yield from _post(post)
        if ballots is not None and ballots >= 0 and (post.seats or 0) >= 0 and marks_of(post) >= 0:
            yield from _beyond(post, ballots)


def _account(account: BallotAccount) -> Iterator[Contradiction]:
    for figure, names in FIGURES.items():
        number = stated(account, figure)
        if number is not None and number < 0:
            yield f"ballots/{figure}", Step("negative_ballots", {"figure": names, "number": number})
    parts = sum(stated(account, part) or 0 for part in ("valid", "invalid", "blank"))
    if account.returned is not None and parts > account.returned:
        yield "ballots/returned", Step("parts_exceed_returned", {"parts": parts, "returned": account.returned})


def _post(post: Post) -> Iterator[Contradiction]:
    if (post.seats or 0) < 0:
        yield f"seats/{post.id}", Step("negative_seats", {"post": post.id, "seats": post.seats})
    if (post.marks or 0) < 0:
        yield f"marks/{post.id}", Step("negative_marks", {"post": post.id, "marks": post.marks})
    for candidate in sorted(post.candidates, key=lambda candidate: candidate.id):
        if (candidate.votes or 0) < 0:
            data = {"post": post.id, "candidate": candidate.id, "votes": candidate.votes}
            yield f"votes/{post.id}/{candidate.id}", Step("negative_votes", data)
    for id, times in sorted(Counter(candidate.id for candidate in post.candidates).items()):
        if times > 1:
            data = {"post": post.id, "candidate": id, "number": times}
            yield f"votes/{post.id}/{id}", Step("candidate_twice", data)


def _beyond(post: Post, ballots: int) -> Iterator[Contradiction]:
    """Votes that the ballots cannot have carried."""
    over = [candidate for candidate in post.candidates if (candidate.votes or 0) > ballots * post.repeats]
    for candidate in sorted(over, key=lambda candidate: candidate.id):
        data = {"post": post.id, "candidate": candidate.id, "votes": candidate.votes, "ballots": ballots}
        yield f"votes/{post.id}/{candidate.id}", Step("votes_exceed_ballots", data)
    marks = marks_of(post)
    if not over and post.seats is not None and known_votes(post) > marks * ballots:
        data = {"post": post.id, "votes": known_votes(post), "ballots": ballots, "marks": marks}
        yield f"marks/{post.id}", Step("votes_exceed_marks", {**data, "most": marks * ballots})
