"""The city speech of 2007 at and beside every edge, with numbers worked out by hand from its parts and items."""

from __future__ import annotations

from pathlib import Path

import pytest

import civicrules
from civicrules import Rules, Verdict
from civicrules.program import Force

HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
EXAMPLES = Path(__file__).parents[2] / "rulesets" / "cn.city-2007" / "examples"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return civicrules.load("cn.city-2007")


def verdicts(rules: Rules, rule: str, facts: dict[str, object], **readings: int) -> list[Verdict]:
    report = rules.check(facts, readings=readings, advice=False)
    assert report.diagnostics == ()
    return [finding.verdict for finding in report.findings if finding.rule.id == rule]


# I(2)1, in units of 10,000 yuan: households / 100 + temporary residents / 1,000, at least 20.
@pytest.mark.parametrize(
    ("households", "temporary", "pro_rata", "whole"),
    [
        (700, 100, 200_000, 200_000),
        (2000, 0, 200_000, 200_000),
        (2001, 0, 200_100, 200_000),
        (1599, 1999, 200_000, 200_000),  # 15.99 + 1.999 = 17.989
        (3000, 9000, 390_000, 390_000),
        (3099, 9999, 409_890, 390_000),  # 30.99 + 9.999
        (4000, 20000, 600_000, 600_000),
    ],
)
def test_the_budget(rules: Rules, households: int, temporary: int, pro_rata: int, whole: int) -> None:
    plan = {"community": {"households": households, "temporary residents": temporary}}
    found = [rules.value("community budget", plan, readings={"computed_budget": at}).value for at in range(2)]
    assert found == [pro_rata, whole]


# I(2)2: households / 400 + temporary residents / 2,000; each down, added and down, each up; from 5 to 15.
@pytest.mark.parametrize(
    ("households", "temporary", "staff"),
    [
        (700, 100, [5, 5, 5]),
        (2000, 0, [5, 5, 5]),
        (1599, 1999, [5, 5, 5]),  # 3, 4 and 5 before the floor
        (2399, 1999, [5, 6, 7]),  # 5.9975 + 0.9995 = 6.997
        (3000, 9000, [11, 12, 13]),  # 7.5 + 4.5
        (4000, 20000, [15, 15, 15]),
    ],
)
def test_the_staff(rules: Rules, households: int, temporary: int, staff: list[int]) -> None:
    plan = {"community": {"households": households, "temporary residents": temporary}}
    assert [rules.value("community staff", plan, readings={"computed_staff": at}).value for at in range(3)] == staff


# I(2)3: 300 and 800 stand in two classes each; below 100 and above nothing there is none.
@pytest.mark.parametrize(
    ("area", "kind", "earlier", "later"),
    [
        (801, "达标", HOLDS, HOLDS),
        (800, "达标", HOLDS, FAILS),
        (800, "中等", FAILS, HOLDS),
        (300, "中等", HOLDS, FAILS),
        (300, "较小", FAILS, HOLDS),
        (100, "较小", HOLDS, HOLDS),
        (0, "无房或者租用", HOLDS, HOLDS),
    ],
)
def test_classes_of_premises(rules: Rules, area: int, kind: str, earlier: Verdict, later: Verdict) -> None:
    plan = {"community": {"premises": area, "premises class": kind}}
    found = [verdicts(rules, "classification_of_premises", plan, edge_of_classes=at) for at in range(2)]
    assert found == [[earlier], [later]]


def test_a_small_room_that_is_owned_is_in_no_class(rules: Rules) -> None:
    report = rules.check({"community": {"premises": 99, "premises class": "较小"}}, advice=False)
    assert [one.code for one in report.diagnostics] == ["CR0592"]
    (found,) = (one for one in report.findings if one.rule.id == "classification_of_premises")
    assert found.verdict is CANNOT_SAY


# II(2)1 and I(2)2: a secretary who stands is not asked to head the election committee, or is by the other reading.
@pytest.mark.parametrize(
    ("head", "candidates", "leaves", "stays"),
    [
        ("甲", ["乙"], HOLDS, HOLDS),
        ("丙", ["乙"], FAILS, FAILS),
        ("丙", ["甲"], IDLE, FAILS),
        ("甲", ["甲"], IDLE, HOLDS),
    ],
)
def test_the_head_of_the_election_committee(
    rules: Rules, head: str, candidates: list[str], leaves: Verdict, stays: Verdict
) -> None:
    plan = {
        "community": {"secretary": "甲", "election committee head": head},
        "committee candidates": [{"name": name} for name in candidates],
    }
    for reading, expected in enumerate((leaves, stays)):
        report = rules.check(plan, readings={"candidate_heads": reading}, advice=False)
        found = [one.verdict for one in report.findings if one.rule.id == "head_of_the_election_committee"]
        assert found == [expected]


@pytest.mark.parametrize(("candidates", "expected"), [(6, HOLDS), (5, FAILS), (4, FAILS)])
def test_more_candidates_than_seats(rules: Rules, candidates: int, expected: Verdict) -> None:
    rows = [{"name": f"N{at}"} for at in range(candidates)]
    plan = {"residents committee": {"size": 5}, "committee candidates": rows}
    assert verdicts(rules, "more_candidates_than_seats", plan) == [expected]


# II(2)4: of 27 communities half is 13.5, so 14 are needed.
@pytest.mark.parametrize(("direct", "expected"), [(14, HOLDS), (13, FAILS)])
def test_half_of_the_communities(rules: Rules, direct: int, expected: Verdict) -> None:
    plans = [{"community": {"electorate": "all voters" if at < direct else "representatives"}} for at in range(27)]
    (found,) = rules.across(plans).city.findings
    assert found.verdict is expected


def test_the_shipped_folder(rules: Rules) -> None:
    """11 of 27 vote by all voters and 3 by household delegates; one new member of 52 is over 51."""
    across = rules.across([EXAMPLES / "community.zh.yaml"], EXAMPLES / "city.zh.yaml")
    (share,) = across.city.findings
    assert (len(across.reports), share.verdict) == (27, HOLDS)
    assert {one.option: one.verdict for one in share.readings} == {1: FAILS}
    report = rules.check(EXAMPLES / "community.zh.yaml")
    failing = {one.rule.id for one in report.findings if one.verdict is FAILS and one.sentence.force is Force.MUST}
    assert failing == {"age_of_team_members"}
