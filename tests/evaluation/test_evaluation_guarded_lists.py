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
