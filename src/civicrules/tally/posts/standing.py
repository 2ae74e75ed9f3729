"""For which majority bases the same result would still stand."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from civicrules.outcome import CannotSay, Decided, DecisionRequired, Outcome, Void
from civicrules.tally.contest import Contest
from civicrules.tally.posts.majority import count
from civicrules.tally.words import BASES


def standing(contest: Contest) -> Mapping[str, bool | None]:
    """Whether the result stays the same when the threshold is counted on each base; `None` where that cannot be said.

    The same result means the same people elected to the same posts, the same seats vacant and the same questions open.
    Ballots unaccounted for are in the base under `returned` and out of it under `accounted`. Empty when the contest has
    no threshold or is void, because then no base matters.

    >>> from fractions import Fraction
    >>> from civicrules.tally import BallotAccount, Candidate, Contest, Post, Threshold, standing
    >>> chair = Post("chair", 1, (Candidate("Lin", 60), Candidate("Wu", 38)))
    >>> account = BallotAccount(registered=130, returned=100, valid=98, invalid=2, blank=0)
    >>> stands = standing(Contest((chair,), account, Threshold("returned", Fraction(1, 2))))
    >>> stands["returned"], stands["valid"], stands["registered"], stands["issued"]
    (True, True, False, None)
    """
    threshold, own = contest.threshold, count(contest)
    if threshold is None or isinstance(own, Void):
        return {}
    return {base: _same(own, count(evolve(contest, threshold=evolve(threshold, base=base)))) for base in BASES}


def _same(one: Outcome, other: Outcome) -> bool | None:
    first, second = _result(one), _result(other)
    return None if first is None or second is None else first == second


def _result(outcome: Outcome) -> object:
    """Who is elected to what, what is vacant and what is open; `None` when that cannot be said."""
    match outcome:
        case Decided(seats=seats, vacant=vacant):
            return {(seat.post, seat.receiver) for seat in seats}, dict(vacant), set()
        case DecisionRequired(seats=seats, questions=questions):
            asked = {(one.kind, one.post, one.options, one.least, one.choose) for one in questions}
            return {(seat.post, seat.receiver) for seat in seats}, {}, asked
        case CannotSay() | Void():
            return None
