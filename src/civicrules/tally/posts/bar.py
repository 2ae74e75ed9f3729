"""What a candidate needs to be elected, also where the base of the threshold is not exactly known."""

from __future__ import annotations

from collections.abc import Iterator

from civicrules.exact import Interval
from civicrules.outcome import Step
from civicrules.tally.account import extent, unstated
from civicrules.tally.contest import Contest, Threshold
from civicrules.tally.rivals import ballots_shown
from civicrules.tally.words import BASES
from civicrules.values import frozen


@frozen
class Bar:
    """The votes that a candidate needs: surely enough from `high` on (`None`: never), surely too few below `low`.

    They differ when the base of the threshold is not exactly known; `missing` are the figures that would tell.
    """

    low: int = 1
    high: int | None = 1
    missing: tuple[str, ...] = ()
    base: Interval | None = None

    @classmethod
    def of(cls, contest: Contest) -> Bar:
        """The bar of a contest, on the base of its threshold; a single vote where there is none."""
        threshold, ballots = contest.threshold, contest.account
        if threshold is None:
            return cls()
        base = extent(ballots, threshold.base, max(map(ballots_shown, contest.posts), default=0))
        low = threshold.needed(int(base.low or 0))
        high = None if base.high is None else threshold.needed(int(base.high))
        missing = tuple(f"ballots/{figure}" for figure in unstated(ballots, threshold.base)) if low != high else ()
        return cls(low, high, missing, base)

    def passed(self, votes: int) -> bool | None:
        """Whether so many votes are enough; `None` when that cannot be said."""
        if self.high is not None and votes >= self.high:
            return True
        return False if votes < self.low else None


def bar_steps(threshold: Threshold | None, bar: Bar) -> Iterator[Step]:
    """The threshold as a record: share, base, and the votes it comes to."""
    if threshold is None or bar.base is None:
        return
    how, base = "more_than" if threshold.strict else "at_least", bar.base
    data = {"share": threshold.share, "base": BASES[threshold.base]}
    if base.high is None:
        yield Step(f"threshold_{how}_open", {**data, "least": base.low, "low": bar.low})
    elif base.low == base.high:
        yield Step(f"threshold_{how}", {**data, "ballots": base.low, "needed": bar.low})
    else:
        between = {"least": base.low, "most": base.high, "low": bar.low, "high": bar.high}
        yield Step(f"threshold_{how}_between", {**data, **between})
