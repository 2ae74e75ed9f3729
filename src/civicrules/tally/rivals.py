"""What can be proven about candidates whose votes are not known, from the marks that are left."""

from __future__ import annotations

from civicrules.tally.contest import Post
from civicrules.values import frozen


@frozen
class Rivals:
    """The candidates of a post whose votes are not known: `number` of them (`None`: any number).

    `ballots` bounds the votes of each, `left` the marks that all of them share; `None` where nothing bounds them.

    The bounds are sharp. Any totals that are at most `ballots` each and `marks × ballots` together can be spread over
    the ballots, one candidate after another in turn, so that no ballot carries more than `marks` names or a name twice.
    """

    number: int | None
    ballots: int | None
    left: int | None

    @property
    def any(self) -> bool:
        return self.number != 0

    @property
    def most(self) -> int | None:
        """The most votes that one of them can have."""
        if self.ballots is None or self.left is None:
            return None
        return min(self.ballots, self.left)

    def reaching(self, votes: int) -> int | None:
        """How many of them can have at least so many votes (1 or more) at the same time; `None`: any number.

        They share the marks left, so no more than `left / votes` can, and none when a ballot each is not enough.

        >>> [Rivals(None, 2208, left).reaching(1754) for left in (1578, 1754, 4000)], Rivals(1, 10, 20).reaching(5)
        ([0, 1, 2], 1)
        """
        if self.ballots is None or self.left is None:
            return self.number
        room = self.left // votes if votes <= self.ballots else 0
        return room if self.number is None else min(room, self.number)


def known_votes(post: Post) -> int:
    """The votes of the candidates whose number is known, together."""
    return sum(candidate.votes or 0 for candidate in post.candidates)


def marks_of(post: Post) -> int:
    """The most names that a ballot may carry for the post."""
    return (post.seats or 0) if post.marks is None else post.marks


def ballots_shown(post: Post) -> int:
    """The fewest ballots that can have carried the known votes of a post.

    >>> from civicrules.tally import Candidate
    >>> ballots_shown(Post("member", 2, [Candidate("Lin", 5), Candidate("Wu", 4), Candidate("Xu", 4)]))
    7
    """
    most = -(-max((candidate.votes or 0 for candidate in post.candidates), default=0) // max(1, post.repeats))
    marks = marks_of(post)
    return max(most, -(-known_votes(post) // marks)) if marks else most


def rivals_of(post: Post, ballots: int | None) -> Rivals:
    """The rivals that a post leaves open, `ballots` being the most ballots that can carry marks."""
    silent = sum(candidate.votes is None for candidate in post.candidates)
    left = None if ballots is None else marks_of(post) * ballots - known_votes(post)
    each = None if ballots is None else ballots * post.repeats
    return Rivals(silent if post.complete else None, each, left)
