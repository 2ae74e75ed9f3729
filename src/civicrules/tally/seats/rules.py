"""The rule that each method of dividing seats names, from its own settings; and dividing by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from attrs import evolve

from civicrules.exact import Rounding
from civicrules.outcome import Decision, Outcome, Step
from civicrules.tally.questions import Record
from civicrules.tally.seats.allocation import Allocation, Bonus, Plain, Regime, Rule
from civicrules.tally.seats.apportion import allocate
from civicrules.tally.seats.quotas import LargestRemainder, Quota
from civicrules.tally.seats.series import (
    ADAMS,
    DANISH,
    DEAN,
    DHONDT,
    HUNTINGTON_HILL,
    IMPERIALI,
    MACAU,
    SAINTE_LAGUE,
    Listed,
    modified_sainte_lague,
)
from civicrules.tally.seats.words import CUT, DIVISOR_LESS_ONE, HARE, NEAREST, NO_MORE_SEATS, RAISED, SAME_STEP
from civicrules.values import frozen

# The rules of `words.NAMED`.
NAMED: Mapping[str, Plain] = MappingProxyType(
    {
        "sainte_lague": SAINTE_LAGUE,
        "dhondt": DHONDT,
        "highest_averages": DHONDT,
        "largest_remainders": LargestRemainder(),
        "danish_divisors": DANISH,
        "imperiali_divisors": IMPERIALI,
        "macau_divisors": MACAU,
        "huntington_hill": HUNTINGTON_HILL,
        "dean_divisors": DEAN,
        "adams_divisors": ADAMS,
    }
)
_ROUNDINGS: Mapping[str, Rounding] = MappingProxyType(
    {CUT[0]: Rounding.DOWN, RAISED[0]: Rounding.UP, NEAREST[0]: Rounding.HALF_UP}
)


@frozen
class Unusable:
    """A setting without which there is no rule, and the step that says what is wrong with it."""

    option: str
    step: Step


def rule_of(method: str, request: Allocation) -> Rule | Unusable:
    """The rule that a method stands for, with the settings of a request. KeyError when there is no such method.

    >>> rule_of("sainte_lague", Allocation((), 5))
    Divisors(first=1, step=2, opening=None)
    """
    options = request.options
    match method:
        case "largest_remainder":
            rounding = _ROUNDINGS.get(str(options.get("whole_quota")))
            retry = options.get("quota_too_small") == DIVISOR_LESS_ONE[0]
            return LargestRemainder(Quota(options.get("quota", HARE[0])), rounding, retry)
        case "modified_sainte_lague":
            return _modified(options.get("first_divisor"))
        case "listed_divisors":
            return _listed(options.get("divisors"), options.get("after_the_last"))
        case "bonus_and_averages":
            return _bonus(options)
        case "by_size":
            return _by_size(options)
        case _:
            return NAMED[method]


def _modified(first: object) -> Rule | Unusable:
    if not isinstance(first, int | Fraction) or not 0 <= first < 3:
        return Unusable("first_divisor", Step("first_divisor_unusable"))
    return modified_sainte_lague(first)


def _listed(found: object, after: object) -> Rule | Unusable:
    given = tuple(one for one in found if isinstance(one, int | Fraction)) if isinstance(found, tuple) else ()
    goes_on = after == SAME_STEP[0] and len(given) > 1
    sound = given and given[0] >= 0 and all(one < other for one, other in pairwise(given))
    if not sound or not (goes_on or after == NO_MORE_SEATS[0]):
        return Unusable("divisors", Step("divisors_unusable"))
    return Listed(given, given[-1] - given[-2] if goes_on else None)


def _part(options: Mapping[str, Any], option: str, otherwise: str = "") -> Plain | None:
    return NAMED.get(str(options.get(option, otherwise)))


def _bonus(options: Mapping[str, Any]) -> Rule | Unusable:
    """A `bonus` for the first (half of the seats, rounded up, when not given), the rest by the `remainder_method`."""
    seats, needs = options.get("bonus"), options.get("decided")
    by = _part(options, "remainder_method", "highest_averages")
    if by is None or (seats is not None and not (isinstance(seats, int) and seats >= 0)):
        return Unusable("bonus", Step("bonus_unusable"))
    return Bonus(by, seats, Fraction(needs) if isinstance(needs, int | Fraction) else None)


def _by_size(options: Mapping[str, Any]) -> Rule | Unusable:
    """One rule under the `size_limit` of seats, another from there on."""
    limit = options.get("size_limit")
    below, otherwise = _part(options, "under_the_limit"), _part(options, "from_the_limit")
    if not isinstance(limit, int) or below is None or otherwise is None:
        return Unusable("size_limit", Step("limit_unusable"))
    return Regime(limit, below, otherwise)


def fixed(method: str, request: Allocation) -> Allocation:
    """The request with the rule of its method written into it; as it is where its settings give none."""
    rule = rule_of(method, request)
    return request if isinstance(rule, Unusable) else evolve(request, by=rule)


def divide(method: str, request: Allocation, decisions: Sequence[Decision] = ()) -> Outcome:
    """Divide seats by a method. *CannotSay* where a setting that it needs is missing or impossible."""
    rule = rule_of(method, request)
    if isinstance(rule, Unusable):
        record = Record(request, decisions)
        record.steps.append(rule.step)
        return record.outcome(missing=(f"options/{rule.option}",))
    return allocate(evolve(request, by=rule), decisions)
