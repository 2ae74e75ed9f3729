"""1,000 plans in memory against the notice, and against the same rules written by hand in Python."""

from __future__ import annotations

from datetime import date

from notice_by_hand import facts, notice, plans, twin
from ratios import Ratio, by_turns

from civicrules.evaluation import prepare


def evaluating() -> Ratio:
    """Findings with numbers, missing facts and readings on both sides, without advice."""
    given = plans(1000)
    held = [facts(one) for one in given]
    evaluator = prepare(notice(), {})
    day = date(2012, 8, 20)

    def evaluated() -> None:
        for one in held:
            evaluator.findings(one, day, law_day=day, advice=False)

    def by_hand() -> None:
        for one in given:
            twin(one)

    return Ratio("1,000 plans against the notice", "the same rules by hand", by_turns(evaluated, by_hand), 4)
