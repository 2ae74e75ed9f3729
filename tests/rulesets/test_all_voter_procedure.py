"""What the all-voter community's summary says of registration, candidates and days (S1a-03 to S1a-14).

Three days before a day, that day not counted, are the 13th for the 16th and the 10th for the 13th (source rules, 3.3).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import civicrules
from civicrules import Rules, Verdict

PLAN = Path(__file__).parents[2] / "rulesets" / "cn.all-voter-procedure" / "examples" / "fourth-term.zh.yaml"
HOLDS, FAILS = Verdict.HOLDS, Verdict.FAILS


@pytest.fixture(scope="module")
def rules() -> Rules:
    return civicrules.load("cn.all-voter-procedure")


def verdicts(rules: Rules, plan: object, **more: object) -> dict[str, set[Verdict]]:
    found: dict[str, set[Verdict]] = {}
    for one in rules.check(plan, **more).findings:  # type: ignore[arg-type]
        found.setdefault(one.rule.id, set()).add(one.verdict)
    return found


def test_what_the_summary_reports(rules: Rules) -> None:
    # I3, L17: a meeting of representatives where all elect; I4: four voting days, the list by the last of them.
    found = verdicts(rules, PLAN)
    failing = {id for id, verdict in found.items() if FAILS in verdict}
    assert failing == {"candidates_posted", "venue_of_the_vote", "one_day_of_voting"}
    # Margins of the formal candidates: 2 for 1, 2 for 1, 6 for 5 (S1a-10); six boxes, six areas (S1a-12).
    assert found["more_candidates_than_seats"] == {HOLDS}
    assert found["a_mobile_box_for_each_area"] == {HOLDS}
    assert found["period_of_nomination"] == {HOLDS}


@pytest.mark.parametrize(
    ("posted", "reading", "expected"),
    [(10, 0, HOLDS), (11, 0, FAILS), (13, 0, FAILS), (13, 1, HOLDS), (14, 1, FAILS)],
)
def test_three_days_before_which_day(rules: Rules, posted: int, reading: int, expected: Verdict) -> None:
    plan = {
        "community": {"election day": date(2013, 3, 16), "candidate list posted": date(2013, 3, posted)},
        "election work": {"first voting day": date(2013, 3, 13)},
    }
    assert verdicts(rules, plan, readings={"day_that_counts": reading})["candidates_posted"] == {expected}


@pytest.mark.parametrize(("seats", "expected"), [(5, HOLDS), (6, FAILS)])
def test_more_candidates_than_seats(rules: Rules, seats: int, expected: Verdict) -> None:
    candidates = [{"name": f"M{number}", "post": "member"} for number in range(6)]
    plan = {"residents committee": {"other members": seats}, "candidates": candidates}
    assert expected in verdicts(rules, plan)["more_candidates_than_seats"]
