"""What a contest is counted from: posts with candidates' totals, the ballot account, thresholds, requirements.

Plain values. They can be built without a ruleset; the ids are the caller's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import field
from attrs.validators import in_, instance_of, optional

from civicrules.exact import Exact, Rounding, rounded
from civicrules.program import Names
from civicrules.tally.words import BASES
from civicrules.values import frozen

# The value of a method's own parameter: one of its words, several, or a number.
Setting = str | Exact | tuple[str, ...]

_whole = optional(instance_of(int))


@frozen
class Candidate:
    """Someone who can be elected. `votes` is the number of ballots that name them; `None` when it is not known."""

    id: str
    votes: int | None = field(default=None, validator=_whole)


def _candidates(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(candidates)


@frozen
class Post:
    """A post and its seats. `complete` is false when the list of candidates is *more to come*.

    `marks` is the most names that a ballot may carry for the post before it is void: as many as seats when not given.
    A ballot names a candidate once.
    """

    id: str
    seats: int | None = field(validator=_whole)
    candidates: tuple[Candidate, ...] = field(converter=_candidates)
    complete: bool = True
    marks: int | None = field(default=None, validator=_whole)


@frozen
class BallotAccount:
    """What became of the ballots, in ballots (`registered` in voters). `None` is a figure that was not stated.

    `valid`, `invalid` and `blank` are parts of `returned`; a blank ballot is counted in one of them only.
    """

    registered: int | None = field(default=None, validator=_whole)
    issued: int | None = field(default=None, validator=_whole)
    returned: int | None = field(default=None, validator=_whole)
    valid: int | None = field(default=None, validator=_whole)
    invalid: int | None = field(default=None, validator=_whole)
    blank: int | None = field(default=None, validator=_whole)


@frozen
class Threshold:
    """What must be reached to be elected: more than (`strict`) or at least a share of a base.

    The base is one of `BASES`: `registered`, `issued`, `returned`, `valid`, `valid_and_invalid`, `valid_and_blank`, or
    `accounted`: the ballots returned without those that the account does not explain.

    >>> [Threshold("returned", Fraction(1, 2), strict).needed(2208) for strict in (True, False)]
    [1105, 1104]
    """

    base: str = field(validator=in_(BASES))
    share: Fraction
    strict: bool = True

    def needed(self, ballots: int) -> int:
        """The smallest number of votes that passes, at least 1: nobody is elected without a vote."""
        part = self.share * ballots
        return max(1, rounded(part, Rounding.DOWN) + 1 if self.strict else rounded(part, Rounding.UP))


@frozen
class Requirement:
    """A condition on the whole vote, judged by the caller. `holds` is `None` when facts for it are missing.

    `missing` names those facts. `data` are the numbers beside it in the record.
    """

    id: str
    holds: bool | None
    missing: tuple[str, ...] = ()
    names: Names = field(default=Names(), eq=False, repr=False)
    data: Mapping[str, object] = field(factory=dict, eq=False, repr=False)


def _posts(posts: Iterable[Post]) -> tuple[Post, ...]:
    return tuple(posts)


@frozen
class Contest:
    """Everything one contest is counted from.

    `threshold` holds for every post; without one, votes alone decide. `tie_policy` and `shortfall` are how the
    ruleset wants ties and empty seats answered, by the ids of the method's words. `options` are parameters of a
    method of its own.
    """

    posts: tuple[Post, ...] = field(converter=_posts)
    ballots: BallotAccount = BallotAccount()
    threshold: Threshold | None = None
    validity: tuple[Requirement, ...] = ()
    tie_policy: tuple[str, ...] = ()
    shortfall: str = ""
    options: Mapping[str, Setting] = field(factory=dict, hash=False)
    id: str = ""
