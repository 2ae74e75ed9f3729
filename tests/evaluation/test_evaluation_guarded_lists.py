"""A list that is not given asks for nothing where the rule on its members does not apply to the plan."""

from __future__ import annotations

import pytest

import civicrules
from civicrules import Verdict

TEXT = """civicrules 1 en

ruleset toy.groups "Groups"
  facts: cn.community
  source law: "The law"

when electorate is representatives: each residents group's group representatives must be 2 to 3 [law 8]
each residents group's households must be at least 15 [law 9]
  except when estate is large
"""
HOLDS, FAILS, OPEN, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({}, [OPEN, OPEN]),
        ({"electorate": "representatives", "estate": "ordinary"}, [OPEN, OPEN]),
        ({"electorate": "household delegates", "estate": "large"}, [IDLE, IDLE]),
    ],
)
def test_without_the_list(plan: dict[str, str], expected: list[Verdict]) -> None:
    report = civicrules.load(text=TEXT).check({"community": plan})
    assert [one.verdict for one in report.findings] == expected


NUMBERED = """civicrules 1 en

ruleset toy.units "Units"
  facts: cn.community
  source law: "The law"

when units is 2: each residents group's group representatives must be 2 to 3 [law 1]
"""


@pytest.mark.parametrize(("units", "expected"), [(None, OPEN), (2, OPEN), (1, IDLE)])
def test_without_the_list_and_the_number_under_every_reading(units: int | None, expected: Verdict) -> None:
    rules = civicrules.load(text=NUMBERED)
    report = rules.check({"community": {} if units is None else {"units": units}}, all_readings=True)
    assert [one.verdict for one in report.findings] == [expected]


def test_with_one_group_and_more_to_come() -> None:
    # Of those to come nothing has to be known where household delegates elect; the one given does not matter either.
    plan = {
        "community": {"electorate": "household delegates", "estate": "large"},
        "residents groups": [{"households": 3}, "more to come"],
    }
    report = civicrules.load(text=TEXT).check(plan)
    assert {one.verdict for one in report.findings} == {IDLE}


def test_what_a_list_that_is_not_given_hangs_on_is_missing_too() -> None:
    """Without the electorate or the kind of estate nobody knows whether the list has to be given at all."""
    rules = civicrules.load(text=TEXT)
    open_ones = [{fact.key for fact in one.missing} for one in rules.check({}).findings]
    assert open_ones == [
        {"community.electorate", "residents_groups"},
        {"community.estate", "residents_groups"},
    ]
    known = rules.check({"community": {"electorate": "representatives", "estate": "ordinary"}}).findings
    assert [{fact.key for fact in one.missing} for one in known] == [{"residents_groups"}, {"residents_groups"}]


def test_a_condition_on_each_member_is_no_missing_fact_of_the_plan() -> None:
    head = TEXT.partition("when ")[0]
    sentence = (
        "when group representatives are at least 2: each residents group's households must be at least 30 [law 8]"
    )
    (found,) = civicrules.load(text=f"{head}{sentence}\n").check({}).findings
    assert [fact.key for fact in found.missing] == ["residents_groups"]
