"""Quotas: the votes that a whole seat costs, exact or rounded by name."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import assert_never

from civicrules.exact import Exact, Rounding, rounded, whole
from civicrules.outcome import Step
from civicrules.values import frozen


class Quota(Enum):
    """The votes that a whole seat costs, for weights W and seats S.

    Hare: W / S. Droop: W / (S + 1) rounded down, plus 1. Hagenbach-Bischoff: W / (S + 1). Imperiali: W / (S + 2), by
    which more seats can be earned than there are. Source: Gallagher, *Comparing Proportional Representation Electoral
    Systems*, British Journal of Political Science 22 (1992).
    """

    HARE = "hare_quota"
    DROOP = "droop_quota"
    HAGENBACH_BISCHOFF = "hagenbach_bischoff_quota"
    IMPERIALI = "imperiali_quota"

    @property
    def extra(self) -> int:
        """What the divisor of the weights is above the number of seats."""
        match self:
            case Quota.HARE:
                return 0
            case Quota.DROOP | Quota.HAGENBACH_BISCHOFF:
                return 1
            case Quota.IMPERIALI:
                return 2
            case _:
                assert_never(self)

    def of(self, weight: Exact, seats: int) -> Exact:
        """The quota for at least one seat.

        >>> [str(quota.of(100, 7)) for quota in Quota]
        ['100/7', '13', '25/2', '100/9']
        """
        share = Fraction(weight, seats + self.extra)
        return rounded(share, Rounding.DOWN) + 1 if self is Quota.DROOP else share


@frozen
class LargestRemainder:
    """Whole quotas first, then a seat each to the largest remainders.

    `rounding` is how the quota is rounded, `None` where it stays exact; Droop's is whole by itself. Where the quota is so
    small that more whole quotas are reached than there are seats, there is no result, except with `retry`: the division is made
    again with a divisor smaller by one, until the seats suffice, as Italy had it for its Imperiali quota (testo unico
    361/1957, article 77). With `keep_quota` no bound changes the quota: what a minimum adds comes
    out of the seats for remainders, what a maximum cuts goes there, as the United States gave each state at least one seat.
    """

    quota: Quota = Quota.HARE
    rounding: Rounding | None = None
    retry: bool = False
    keep_quota: bool = False


@frozen
class Price:
    """A quota with the way it came about."""

    quota: Exact
    steps: tuple[Step, ...] = ()


def price(rule: LargestRemainder, total: Exact, seats: int, less: int = 0) -> Price:
    """The quota of a rule, with a divisor that is `less` smaller than its own."""
    exact = rule.quota.of(total, seats - less)
    data = {"total": whole(total), "seats": seats - less, "quota": whole(exact)}
    match rule.quota:
        case Quota.HARE:
            step = Step("quota_hare", data)
        case Quota.DROOP:
            step = Step("quota_droop", data)
        case Quota.HAGENBACH_BISCHOFF:
            step = Step("quota_hagenbach_bischoff", data)
        case Quota.IMPERIALI:
            step = Step("quota_imperiali", {**data, "divisor": seats - less + rule.quota.extra})
        case _:
            assert_never(rule.quota)
    if rule.rounding is None or rule.quota is Quota.DROOP:
        return Price(exact, (step,))
    cut = rounded(exact, rule.rounding)
    return Price(cut, (step, Step("quota_rounded", {"exact": whole(exact), "quota": cut})))
