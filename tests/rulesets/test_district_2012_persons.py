"""The notice of 2012 on persons, several posts and steps, with numbers worked out by hand from its articles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import civicrules
from civicrules import Rules, Verdict

HOLDS, FAILS, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.DOES_NOT_APPLY
PLAN = Path(__file__).parents[2] / "rulesets" / "cn.district-2012" / "examples" / "persons.zh.yaml"
DAYS = {"election day": date(2012, 8, 20), "term end": date(2015, 8, 20)}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return civicrules.load("cn.district-2012")


def verdicts(rules: Rules, rule: str, facts: dict[str, object], **readings: int) -> list[Verdict]:
    report = rules.check(facts, readings=readings, advice=False)
    return [finding.verdict for finding in report.findings if finding.rule.id == rule]


def in_labour_re_education(rules: Rules, day: date) -> Verdict:
    report = rules.check(
        {"community": {"election day": day}, "committee candidates": [{"name": "A", "in labour re-education": True}]},
        advice=False,
    )
    found = [one.verdict for one in report.findings if one.rule.id == "bars" and "re-education" in one.text("en")]
    return FAILS if FAILS in found else IDLE


# III; labour re-education was abolished on 28 December 2013, and the bar with it.
@pytest.mark.parametrize(("day", "expected"), [(date(2013, 12, 28), FAILS), (date(2013, 12, 29), IDLE)])
def test_an_institution_that_no_longer_exists(rules: Rules, day: date, expected: Verdict) -> None:
    assert in_labour_re_education(rules, day) is expected


# III.1 and II.2: a term of three years ends on 20 August 2015.
@pytest.mark.parametrize(
    ("sex", "role", "birth", "fifty_five", "fifty", "everybody"),
    [
        ("male", "head", date(1955, 8, 21), HOLDS, HOLDS, HOLDS),  # 60 on the day after
        ("male", "head", date(1955, 8, 20), HOLDS, HOLDS, HOLDS),  # on the last day itself
        ("male", "head", date(1955, 8, 19), FAILS, FAILS, FAILS),
        ("male", "head", date(1954, 9, 20), FAILS, FAILS, FAILS),  # 60 years and 11 months
        ("female", "deputy", date(1960, 8, 20), HOLDS, FAILS, HOLDS),  # 55
        ("female", "deputy", date(1960, 8, 19), FAILS, FAILS, FAILS),
        ("female", "deputy", date(1965, 8, 20), HOLDS, HOLDS, HOLDS),  # 50
        ("female", "deputy", date(1965, 8, 19), HOLDS, FAILS, HOLDS),
        ("male", "member", date(1955, 8, 19), IDLE, IDLE, FAILS),
    ],
)
def test_a_full_term_before_retirement(
    rules: Rules, sex: str, role: str, birth: date, fifty_five: Verdict, fifty: Verdict, everybody: Verdict
) -> None:
    row = {"name": "A", "sex": sex, "role": role, "birth date": birth}
    plan = {"community": DAYS, "party candidates": [row]}
    assert verdicts(rules, "term_of_party_officers", plan) == [fifty_five]
    assert verdicts(rules, "term_of_party_officers", plan, retirement_of_women=1) == [fifty]
    assert verdicts(rules, "term_of_party_officers", plan, full_term_asked_of_all=1) == [everybody]


# II.5: part-time members do not count.
@pytest.mark.parametrize(("full", "part", "expected"), [(3, 2, HOLDS), (3, 0, HOLDS), (2, 1, FAILS), (4, 0, FAILS)])
def test_part_time_members_stand_outside_the_size(rules: Rules, full: int, part: int, expected: Verdict) -> None:
    rows = [{"name": f"N{at}", "part-time": at >= full} for at in range(full + part)]
    plan = {"residents committee": {"size": 3}, "committee members": rows}
    assert verdicts(rules, "part-time_members_outside_the_size", plan) == [expected]


# III.3: who heads supervision depends on whether one person holds both posts.
@pytest.mark.parametrize(
    ("secretary", "chair", "head", "expected"),
    [
        ("A", "A", "W", [FAILS, IDLE, FAILS]),  # both posts: a community worker should not head it
        ("A", "A", "B", [HOLDS, IDLE, FAILS]),
        ("A", "C", "A", [IDLE, HOLDS, IDLE]),
        ("A", "C", "B", [IDLE, FAILS, FAILS]),
    ],
)
def test_the_head_of_supervision(rules: Rules, secretary: str, chair: str, head: str, expected: list[Verdict]) -> None:
    plan = {
        "community": {"secretary": secretary, "committee chair": chair, "supervision chair": head},
        "community workers": [{"name": "W"}],
        "supervision members": [{"name": "D", "role": "deputy", "in party team": False}],
    }
    assert verdicts(rules, "head_of_supervision", plan) == expected
    plan["supervision members"] = [{"name": "D", "role": "deputy", "in party team": True}]
    assert verdicts(rules, "head_of_supervision", plan)[2] in (HOLDS, IDLE)


# IV(2): 10 % of the units against 30 % of an assembly that includes them, so 3/7 of the residents' representatives.
@pytest.mark.parametrize(
    ("representatives", "units", "expected"),
    [
        (50, 210, HOLDS),
        (50, 211, FAILS),
        (60, 250, HOLDS),
        (60, 251, FAILS),
        (85, 360, HOLDS),
        (85, 361, FAILS),
    ],
)
def test_both_limits_on_unit_representatives(rules: Rules, representatives: int, units: int, expected: Verdict) -> None:
    plan = {"community": {"units": units}, "assembly": {"resident representatives": representatives}}
    assert verdicts(rules, "both_limits_on_unit_representatives", plan) == [expected]
    most = representatives * 3 // 7
    plan["assembly"] = {"resident representatives": representatives, "unit representatives": most}
    found = [one.verdict for one in rules.check(plan).findings if one.rule.id == "unit_share"]
    assert (found == [HOLDS, HOLDS]) is (expected is HOLDS)


def test_the_shipped_plan(rules: Rules) -> None:
    failing = {one.rule.id for one in rules.check(PLAN).findings if one.verdict is FAILS}
    assert {"bars", "conditions_of_supervision_members"} <= failing
    assert not failing & {"term_of_party_officers", "competitive_selection", "order_of_the_bodies"}
