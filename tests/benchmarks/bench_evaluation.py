"""1,000 plans in memory against the notice, and against the same rules written by hand in Python."""

from __future__ import annotations

from datetime import date

from notice_by_hand import facts, notice, plans, twin
from ratios import Ratio, by_turns

from civicrules.evaluation import prepare


def evaluating() -> Ratio:
    """Findings with numbers, places, missing facts and readings, all kept until the last plan; without advice."""
    given = plans(1000)
    held = [facts(one) for one in given]
    evaluator = prepare(notice(), {})
    day = date(2012, 8, 20)

    def evaluated() -> object:
        return [evaluator.findings(one, day, law_day=day, advice=False) for one in held]

    def by_hand() -> object:
        return [twin(one) for one in given]

    return Ratio("1,000 plans against the notice", "the same rules by hand", by_turns(evaluated, by_hand), 4)
