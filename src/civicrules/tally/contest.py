"""What a contest is counted from: posts with candidates' totals, the ballot account, thresholds, requirements.

Plain values. They can be built without a ruleset; the ids are the caller's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import field
from attrs.validators import and_, ge, in_, instance_of, optional

from civicrules.ballots import Ballots
from civicrules.exact import Exact, Rounding, rounded
from civicrules.program import Names
from civicrules.tally.thresholds import Hurdle
from civicrules.tally.words import BASES
from civicrules.values import frozen

# The value of a method's own parameter: one of its words, several, or a number.
Setting = str | Exact | tuple[str, ...] | tuple[Exact, ...]

_whole = optional(instance_of(int))


@frozen
class Candidate:
    """Someone who can be elected. `votes` is the number of votes for them; `None` when it is not known.

    `meets` is whether they meet what else must hold for the elected (a second weight, a majority of those who voted for
    or against, a check of eligibility), judged by the caller; `None` when facts for it are missing: `missing` names them.
    In elections by lists, `list` is the list they stand on, `rank` their place on it from 1, and `listed` how often the
    list names them.
    """

    id: str
    votes: int | None = field(default=None, validator=_whole)
    meets: bool | None = True
    missing: tuple[str, ...] = ()
    list: str = ""
    rank: int | None = field(default=None, validator=_whole)
    listed: int = field(default=1, validator=and_(instance_of(int), ge(1)))


@frozen
class Slate:
    """A list of candidates that stands for election as a whole. `votes` are those of the list, the votes for its candidates
    included; `None` when they are not known, or are the sum of the candidates' own.
    """

    id: str
    votes: int | None = field(default=None, validator=_whole)


def _candidates(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """In an order of their own, so that the order in which they are given changes nothing."""
    return tuple(sorted(candidates, key=lambda one: (one.id, -1 if one.votes is None else one.votes)))


@frozen
class Post:
    """A post and its seats. `complete` is false when the list of candidates is *more to come*.

    `marks` is the most votes that a ballot may give for the post before it is void: as many as seats when not given.
    `repeats` is the most of them that it may give to one candidate.
    """

    id: str
    seats: int | None = field(validator=_whole)
    candidates: tuple[Candidate, ...] = field(converter=_candidates)
    complete: bool = True
    marks: int | None = field(default=None, validator=_whole)
    repeats: int = field(default=1, validator=instance_of(int))


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


@frozen
class Limit:
    """A constraint on who is elected: at least `minimum` and at most `maximum` of the `members`, over some posts.

    Reserved seats are a minimum. Relatives who may not serve together are a maximum of one. No `posts` means all posts
    of the contest. `unsure` are candidates of whom it is not known whether they are members. `names` are the words of
    the clause. Where too few members can be elected, the seats that lack them stay open, unless `open_to_all`.
    """

    id: str
    members: frozenset[str]
    minimum: int = field(default=0, validator=instance_of(int))
    maximum: int | None = field(default=None, validator=_whole)
    posts: tuple[str, ...] = ()
    unsure: frozenset[str] = frozenset()
    open_to_all: bool = False
    names: Names = field(default=Names(), eq=False, repr=False)

    def covers(self, post: str) -> bool:
        """Whether it holds for a post."""
        return not self.posts or post in self.posts


@frozen
class FollowUp:
    """The ballot held when too few are elected, among the unsuccessful candidates with most votes.

    As many stand as seats are left and `extra` more; those level with the last of them stand too. The posts of `contest`
    hold the totals of that ballot, without seats of their own; a post without candidates there has not been voted on.
    """

    contest: Contest
    extra: int = field(default=1, validator=instance_of(int))


@frozen
class PaperRules:
    """What a fault on a paper does: the faults for which it is `void` as a whole, and those for which only the marks for
    the post are (`void_part`, which is also what happens when a fault is in neither).

    `write_ins` says whether names that voters wrote in count; empty where the ruleset does not say. `rulings` is who
    rules on papers in doubt.
    """

    void: tuple[str, ...] = ()
    void_part: tuple[str, ...] = ()
    write_ins: str = ""
    rulings: tuple[str, ...] = ()


def _posts(posts: Iterable[Post]) -> tuple[Post, ...]:
    return tuple(posts)


def _slates(slates: Iterable[Slate]) -> tuple[Slate, ...]:
    return tuple(sorted(slates, key=lambda one: (one.id, -1 if one.votes is None else one.votes)))


def _limits(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    return tuple(sorted(limits, key=lambda limit: limit.id))


def _requirements(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return tuple(sorted(requirements, key=lambda requirement: requirement.id))


@frozen
class Contest:
    """Everything one contest is counted from. Posts stand in the order in which they are counted, the highest first.

    `threshold` holds for every post; without one, votes alone decide. `tie_policy` and `shortfall` are how the
    ruleset wants ties and empty seats answered, by the ids of the method's words; with a `follow_up`, empty seats are
    voted on again. Fewer than `least_elected` members in office is no vacancy but a seat to be filled. `limits` hold for
    those elected. With `down_count`, votes for a higher post count for whoever was not elected to it at the lower ones.
    `ruleset` is the hash of the texts that ask for it, where there are any: an answer given under another text is stale.
    `options` are parameters of a method of its own. `ballots` are the papers, where they and not totals are counted, by the
    rules of `papers`. `lists` are those that stand in an election by lists, and `hurdles` what is asked of them and of their
    candidates there, by the name of the method's key.
    """

    posts: tuple[Post, ...] = field(converter=_posts)
    account: BallotAccount = BallotAccount()
    threshold: Threshold | None = None
    validity: tuple[Requirement, ...] = field(default=(), converter=_requirements)
    tie_policy: tuple[str, ...] = ()
    shortfall: str = ""
    options: Mapping[str, Setting] = field(factory=dict, hash=False)
    id: str = ""
    limits: tuple[Limit, ...] = field(default=(), converter=_limits)
    follow_up: FollowUp | None = None
    least_elected: int = field(default=0, validator=instance_of(int))
    down_count: bool = False
    ballots: Ballots | None = None
    papers: PaperRules = PaperRules()
    lists: tuple[Slate, ...] = field(default=(), converter=_slates)
    hurdles: Mapping[str, Hurdle] = field(factory=dict, hash=False)
    ruleset: str = ""
