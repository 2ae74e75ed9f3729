"""Electoral thresholds: who takes part in the division of seats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction
from typing import assert_never

from civicrules.exact import Exact, whole
from civicrules.outcome import Step
from civicrules.values import frozen


class Of(Enum):
    """What a threshold is a multiple of: the total of the votes, the Hare quota (total / seats), or a single vote."""

    TOTAL = "total"
    QUOTA = "quota"
    VOTES = "votes"


@frozen
class Hurdle:
    """What a receiver must reach (with `strict`: exceed) to take part: `least` times what it is a multiple `of`.

    >>> hurdle = Hurdle(Fraction(1, 20))
    >>> [hurdle.passed(weight, 1428, 19) for weight in (71, 72)], hurdle.needed(1428, 19)
    ([False, True], Fraction(357, 5))
    """

    least: Exact
    of: Of = Of.TOTAL
    strict: bool = False

    def needed(self, total: Exact, seats: int) -> Exact:
        """The number to be reached or exceeded. A Hare quota of no seats is the total itself."""
        match self.of:
            case Of.TOTAL:
                return whole(Fraction(self.least * total))
            case Of.QUOTA:
                return whole(self.least * Fraction(total) / max(1, seats))
            case Of.VOTES:
                return self.least
            case _:
                assert_never(self.of)

    def passed(self, weight: Exact, total: Exact, seats: int) -> bool:
        """Whether a weight suffices."""
        needed = self.needed(total, seats)
        return weight > needed if self.strict else weight >= needed


def excluded(
    weights: Iterable[tuple[str, Exact, bool]], hurdles: Sequence[Hurdle], total: Exact, seats: int
) -> tuple[frozenset[str], tuple[Step, ...]]:
    """Who does not take part, of receivers with their weight and whether they are exempt. One hurdle passed is enough."""
    if not hurdles:
        return frozenset(), ()
    steps = []
    for hurdle in hurdles:
        data = {"number": hurdle.needed(total, seats), "total": total}
        steps.append(Step("hurdle_more_than", data) if hurdle.strict else Step("hurdle_at_least", data))
    out = set()
    for id, weight, exempt in weights:
        if any(hurdle.passed(weight, total, seats) for hurdle in hurdles):
            continue
        if exempt:
            steps.append(Step("exempt", {"receiver": id, "weight": weight}))
        else:
            out.add(id)
            steps.append(Step("below_threshold", {"receiver": id, "weight": weight}))
    return frozenset(out), tuple(steps)
