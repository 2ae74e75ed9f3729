"""The request that a method really counts: with what the method itself fixes written into it as data.

*D'Hondt* is a name; that the divisors are 1, 2, 3 … must stand in a record from which somebody else counts again.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from attrs import evolve

from civicrules.exact import Rounding
from civicrules.tally.allocation import Allocation, Rule
from civicrules.tally.contest import Contest, Post, Setting
from civicrules.tally.quotas import LargestRemainder, Quota
from civicrules.tally.series import (
    ADAMS,
    DANISH,
    DEAN,
    DHONDT,
    HUNTINGTON_HILL,
    IMPERIALI,
    MACAU,
    SAINTE_LAGUE,
    Listed,
    Series,
    modified_sainte_lague,
)

_SERIES: Mapping[str, Series] = MappingProxyType(
    {
        "dhondt": DHONDT,
        "sainte_lague": SAINTE_LAGUE,
        "danish_divisors": DANISH,
        "imperiali_divisors": IMPERIALI,
        "macau_divisors": MACAU,
        "huntington_hill": HUNTINGTON_HILL,
        "dean_divisors": DEAN,
        "adams_divisors": ADAMS,
    }
)
_ROUNDINGS: Mapping[str, Rounding] = MappingProxyType(
    {"cut_to_whole": Rounding.DOWN, "raised_to_whole": Rounding.UP, "nearest_whole": Rounding.HALF_UP}
)


def effective(method: str, request: Contest | Allocation) -> Contest | Allocation:
    """The request with the divisors, the quota, or the votes that a paper may give, as the method has them.

    A method that is not one of those that divide seats or count posts leaves the request as it is.

    >>> effective("sainte_lague", Allocation((), 5)).by
    Divisors(first=1, step=2, opening=None)
    """
    if isinstance(request, Allocation):
        rule = _rule(method, request)
        return request if rule is None else evolve(request, by=rule)
    if method not in ("plurality", "block_vote", "limited_vote", "single_vote", "cumulative_vote", "approval"):
        return request
    repeats = _whole(request, "votes_for_one_candidate") or 1
    posts = (evolve(post, marks=_marks(method, request, post), repeats=repeats) for post in request.posts)
    return evolve(request, posts=tuple(posts))


def _rule(method: str, request: Allocation) -> Rule | None:
    options = request.options
    if method in _SERIES:
        return _SERIES[method]
    if method == "largest_remainder":
        quota = Quota(options.get("quota", Quota.HARE.value))
        rounding = _ROUNDINGS.get(str(options.get("whole_quota")))
        return LargestRemainder(quota, rounding, options.get("quota_too_small") == "divisor_less_one")
    first = options.get("first_divisor")
    if method == "modified_sainte_lague" and isinstance(first, int | Fraction) and 0 <= first < 3:
        return modified_sainte_lague(first)
    if method == "listed_divisors":
        return _listed(options.get("divisors"), str(options.get("after_the_last")))
    return None


def _listed(found: Setting | None, after: str) -> Listed | None:
    given = tuple(one for one in found if isinstance(one, int | Fraction)) if isinstance(found, tuple) else ()
    goes_on = after == "same_step" and len(given) > 1
    if (
        not given
        or given[0] < 0
        or any(a >= b for a, b in pairwise(given))
        or not (goes_on or after == "no_more_seats")
    ):
        return None
    return Listed(given, given[-1] - given[-2] if goes_on else None)


def _whole(contest: Contest, option: str) -> int | None:
    value = contest.options.get(option)
    return value if isinstance(value, int) else None


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
