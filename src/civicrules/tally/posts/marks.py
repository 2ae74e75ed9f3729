"""How many votes a paper may give, as each method has it; and counting by it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from civicrules.outcome import Decision, Outcome
from civicrules.tally.contest import Contest, Post
from civicrules.tally.posts.majority import count


def fixed(method: str, contest: Contest) -> Contest:
    """The contest with the votes that a paper may give for a post, and the most of them for one candidate.

    >>> from civicrules.tally import Candidate, Contest, Post
    >>> ward = Contest([Post("ward", 3, [Candidate("Lin"), Candidate("Wu")])])
    >>> [fixed(method, ward).posts[0].marks for method in ("plurality", "block_vote", "approval", "two_rounds")]
    [1, 3, 2, None]
    """
    if method in ("majority_by_post", "two_rounds"):
        return contest
    repeats = _whole(contest, "votes_for_one_candidate") or 1
    posts = (evolve(post, marks=_marks(method, contest, post), repeats=repeats) for post in contest.posts)
    return evolve(contest, posts=tuple(posts))


def counted(method: str, contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    """Count a contest by a method."""
    return count(fixed(method, contest), decisions)


def _marks(method: str, contest: Contest, post: Post) -> int | None:
    match method:
        case "plurality" | "single_vote":
            return 1
        case "block_vote":
            return post.seats
        case "approval":
            return len(post.candidates) or None
        case _:
            return _whole(contest, "votes_per_ballot")


def _whole(contest: Contest, option: str) -> int | None:
    value = contest.options.get(option)
    return value if isinstance(value, int) else None
