"""What an allocation of seats is computed from: receivers with weights and bounds, and the method's own parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction

from attrs import field
from attrs.validators import instance_of, optional

from civicrules.exact import Exact, Rounding, rounded
from civicrules.tally.contest import Setting
from civicrules.values import frozen

_whole = optional(instance_of(int))


@frozen
class Receiver:
    """A group, list or party that seats go to, in proportion to its `weight` (`None` when it is not known).

    It gets at least `minimum` and at most `maximum` seats (`None`: no limit). A receiver of weight zero gets its
    minimum.
    """

    id: str
    weight: Exact | None = field(default=None, validator=optional(instance_of((int, Fraction))))
    minimum: int = field(default=0, validator=instance_of(int))
    maximum: int | None = field(default=None, validator=_whole)


class Quota(Enum):
    """The votes that a whole seat costs: weights W, seats S. Hare: W / S. Droop: W / (S + 1) rounded down, plus 1."""

    HARE = "hare_quota"
    DROOP = "droop_quota"

    def of(self, weight: Exact, seats: int) -> Exact:
        """The quota; at least one seat.

        >>> Quota.HARE.of(100, 7), Quota.DROOP.of(100, 7)
        (Fraction(100, 7), 13)
        """
        if self is Quota.HARE:
            return Fraction(weight, seats)
        return rounded(Fraction(weight, seats + 1), Rounding.DOWN) + 1


@frozen
class LargestRemainder:
    """Whole quotas first, then a seat each to the largest remainders."""

    quota: Quota = Quota.HARE


@frozen
class Divisors:
    """A seat at a time to the largest weight / divisor, the divisors being `first`, `first + step`, `first + 2 step` …

    D'Hondt is 1, 2, 3 …, Sainte-Laguë 1, 3, 5 …
    """

    first: int = 1
    step: int = 1

    def divisor(self, seat: int) -> int:
        """The divisor for the seat of that number, counted from 1."""
        return self.first + self.step * (seat - 1)


Rule = LargestRemainder | Divisors

DHONDT = Divisors(1, 1)
SAINTE_LAGUE = Divisors(1, 2)


def _receivers(receivers: Iterable[Receiver]) -> tuple[Receiver, ...]:
    return tuple(receivers)


@frozen
class Allocation:
    """Seats to divide among receivers by a rule. `complete` is false when the list of receivers is *more to come*.

    `tie_policy` is how the ruleset wants equal claims to the last seat answered; `options` are parameters of a method
    of its own.
    """

    receivers: tuple[Receiver, ...] = field(converter=_receivers)
    seats: int | None = field(validator=_whole)
    by: Rule = LargestRemainder()
    tie_policy: tuple[str, ...] = ()
    complete: bool = True
    options: Mapping[str, Setting] = field(factory=dict, hash=False)
    id: str = ""
