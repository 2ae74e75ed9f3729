"""The district report of 2005 at and beside every edge, with numbers worked out by hand from its parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import civicrules
from civicrules import Decided, Rules, Verdict
from civicrules.program import Force

HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
PLAN = Path(__file__).parents[2] / "rulesets" / "cn.direct-2005" / "examples" / "community.zh.yaml"
DAY = date(2005, 6, 5)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return civicrules.load("cn.direct-2005")


def verdicts(rules: Rules, rule: str, facts: dict[str, object], **readings: int) -> list[Verdict]:
    report = rules.check(facts, readings=readings, advice=False)
    return [finding.verdict for finding in report.findings if finding.rule.id == rule]


# I.1: 1,600 / 20 = 80; 10 % of it is 8, 20 % is 16.
@pytest.mark.parametrize(
    ("number", "ten", "twenty"),
    [
        (63, [FAILS, HOLDS], [FAILS, HOLDS]),
        (64, [FAILS, HOLDS], [HOLDS, HOLDS]),
        (71, [FAILS, HOLDS], [HOLDS, HOLDS]),
        (72, [HOLDS, HOLDS], [HOLDS, HOLDS]),
        (88, [HOLDS, HOLDS], [HOLDS, HOLDS]),
        (89, [HOLDS, FAILS], [HOLDS, HOLDS]),
        (97, [HOLDS, FAILS], [HOLDS, FAILS]),
    ],
)
def test_about_twenty_households(rules: Rules, number: int, ten: list[Verdict], twenty: list[Verdict]) -> None:
    plan = {"community": {"households": 1600}, "assembly": {"resident representatives": number}}
    found = [verdicts(rules, "one_representative_for_about_twenty_households", plan, tolerance=at) for at in range(2)]
    assert found == [ten, twenty]


# III.4: registered and living here, or here for a year on the day of election.
@pytest.mark.parametrize(
    ("registered", "lives", "moved", "expected"),
    [
        ("是", "是", "无", HOLDS),
        ("是", "否", "无", FAILS),
        ("否", "是", "2004-06-05", HOLDS),
        ("否", "是", "2004-06-06", FAILS),
        ("否", "是", None, CANNOT_SAY),
    ],
)
def test_who_may_register(rules: Rules, registered: str, lives: str, moved: str | None, expected: Verdict) -> None:
    row = {
        "姓名": "甲",
        "户籍在本社区": registered,
        "居住在本社区": lives,
        **({} if moved is None else {"迁入本社区": moved}),
    }
    plan = {"社区": {"选举日": DAY}, "全体登记选民": [row]}
    assert verdicts(rules, "register_and_residence", plan) == [expected]


# Residents' law 8: 18 on the day of election.
@pytest.mark.parametrize(
    ("birth", "deprived", "expected"),
    [(date(1987, 6, 5), "否", HOLDS), (date(1987, 6, 6), "否", FAILS), (date(1960, 1, 1), "是", FAILS)],
)
def test_who_may_vote(rules: Rules, birth: date, deprived: str, expected: Verdict) -> None:
    row = {"姓名": "甲", "出生日期": birth, "被剥夺政治权利": deprived}
    plan = {"社区": {"选举日": DAY}, "全体登记选民": [row]}
    found = verdicts(rules, "right_to_vote", plan)
    assert (FAILS if FAILS in found else found[0]) is expected


@pytest.mark.parametrize(("candidates", "expected"), [(4, HOLDS), (3, FAILS)])
def test_more_candidates_than_seats(rules: Rules, candidates: int, expected: Verdict) -> None:
    """I.2: of the three kinds only candidates settled in consultation need a margin."""
    rows = [{"name": f"N{at}"} for at in range(candidates)]
    for kind, wanted in (("settled in consultation", expected), ("open nomination", IDLE), ("no candidates", IDLE)):
        plan = {"community": {"candidacy": kind}, "residents committee": {"size": 3}, "committee candidates": rows}
        assert verdicts(rules, "more_candidates_than_seats", plan) == [wanted]


@pytest.mark.parametrize(("kinds", "expected"), [(["无候选人", "海选"], HOLDS), (["协商产生", "海选"], FAILS)])
def test_each_street_has_a_community_without_candidates(rules: Rules, kinds: list[str], expected: Verdict) -> None:
    east = [{"社区": {"街道": "东街", "候选人产生方式": "无候选人"}}]
    west = [{"社区": {"街道": "西街", "候选人产生方式": kind}} for kind in kinds]
    found = [one.verdict for one in rules.across([*east, *west]).city.findings]
    assert found == [HOLDS, expected]


def test_the_shipped_plan(rules: Rules) -> None:
    report = rules.check(PLAN)
    failing = [one.rule.id for one in report.findings if one.verdict is FAILS and one.sentence.force is Force.MUST]
    # Three members are fewer than the five of residents' law 7 (L1).
    assert set(failing) == {"no_relatives_of_candidates", "register_and_residence", "size_of_the_committee"}
    advised = {one.rule.id for one in report.findings if one.verdict is FAILS and one.sentence.force is Force.SHOULD}
    assert advised == {"age_of_candidates", "size_of_the_community"}  # 1,600 households; the law has 100 to 700


def test_names_that_voters_wrote_fill_the_posts(rules: Rules) -> None:
    plan = {
        "community": {"electorate": "household delegates"},
        "residents committee": {"chairs": 1, "vice chairs": 1, "other members": 1},
        "candidates": [],
    }
    totals = {"chair": {"a": 120, "b": 119}, "vice chair": {"c": 90, "d": 10}, "member": {"e": 70, "f": 69}}
    outcome = rules.contest("residents_committee", plan).count(totals)
    assert isinstance(outcome, Decided)
    assert {seat.receiver for seat in outcome.seats} == {"a", "c", "e"}
