"""What an allocation of seats is computed from: receivers with weights and bounds, and the method's own parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import field
from attrs.validators import and_, ge, instance_of, optional

from civicrules.exact import Exact
from civicrules.tally.contest import Setting
from civicrules.tally.seats.quotas import LargestRemainder
from civicrules.tally.seats.series import DHONDT, Series
from civicrules.tally.thresholds import Hurdle
from civicrules.values import frozen

_whole = optional(instance_of(int))


@frozen
class Receiver:
    """A group, list or party that seats go to, in proportion to its `weight` (`None` when it is not known).

    It gets at least `minimum` and at most `maximum` seats (`None`: no limit). A receiver of weight zero gets its
    minimum. A list cannot take more seats than it has `candidates` (`None`: enough of them); what it would have had beyond goes
    on to the others. `exempt` is one that takes part whatever the thresholds.
    """

    id: str
    weight: Exact | None = field(default=None, validator=optional(instance_of((int, Fraction))))
    minimum: int = field(default=0, validator=instance_of(int))
    maximum: int | None = field(default=None, validator=_whole)
    candidates: int | None = field(default=None, validator=_whole)
    exempt: bool = False


# The rules that divide seats by themselves.
Plain = LargestRemainder | Series


@frozen
class Bonus:
    """Seats to the first receiver ahead of the division, the others `by` a rule among all that take part, the first included.

    `seats` is the number of them; without it, half of all seats, rounded up (Code électoral, article L262). With `needs`, the
    first must have more than this share of the total; where it has not, there is no result.
    """

    by: Plain = DHONDT
    seats: int | None = field(default=None, validator=optional(and_(instance_of(int), ge(0))))
    needs: Fraction | None = None


@frozen
class Regime:
    """A rule that changes with the number of seats: `below` for fewer than `limit`, `otherwise` from there on."""

    limit: int
    below: Plain | Bonus
    otherwise: Plain | Bonus


Rule = Plain | Bonus | Regime


def _receivers(receivers: Iterable[Receiver]) -> tuple[Receiver, ...]:
    """In an order of their own, so that the order in which they are given changes nothing."""
    return tuple(sorted(receivers, key=lambda receiver: receiver.id))


@frozen
class Allocation:
    """Seats to divide among receivers by a rule. `complete` is false when the list of receivers is *more to come*.

    `tie_policy` is how the ruleset wants equal claims to the last seat answered; `options` are parameters of a method
    of its own. A receiver takes part when it passes one of the `hurdles` (all do where there are none). With
    `majority_clause`, a receiver with more than half of the total has more than half of the seats; what it lacks is taken from
    the last seats given (Kieswet, article P 9). `base` is the total that thresholds and majorities are taken of, the sum of
    all weights when it is not given. `missing` names facts that the caller lacks for any of this. `ruleset` is the hash of the
    texts that ask for it, where there are any: an answer given under another text is stale.
    """

    receivers: tuple[Receiver, ...] = field(converter=_receivers)
    seats: int | None = field(validator=_whole)
    by: Rule = LargestRemainder()
    tie_policy: tuple[str, ...] = ()
    complete: bool = True
    options: Mapping[str, Setting] = field(factory=dict, hash=False)
    id: str = ""
    hurdles: tuple[Hurdle, ...] = ()
    majority_clause: bool = False
    base: Exact | None = field(default=None, validator=optional(instance_of((int, Fraction))))
    missing: tuple[str, ...] = ()
    ruleset: str = ""
