"""Waivers of failing rules: who may give one, for whom, and for which numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import civicrules
from civicrules import Rules
from civicrules.diagnostics import Severity
from civicrules.facts import Fact, Facts, Waiver
from civicrules.findings import Finding, Report, Verdict, fingerprint
from civicrules.library import MappingLibrary
from civicrules.report import text

HOLDS, FAILS = Verdict.HOLDS, Verdict.FAILS
VOCABULARY = """civicrules 1 en

vocabulary halls "Halls"

entity community / 社区
  seats / 座位数: number
  doors / 门数: number

entity person / 人员
  name / 姓名: text, identifies
  age / 年龄: number

list candidates / 全体候选人: person, each candidate / 候选人, public names
list guests / 全体来宾: person, each guest / 来宾
"""
RULESET = """civicrules 1 en

ruleset halls "Halls"
  facts: halls
  source law: "Law"

rule seating [law 1]
  seats must be at most 100
  waiver: street office
    in Chinese: 街道办事处

rule exits [law 2]
  doors must be at least 2

rule candidates by age [law 3]
  each candidate's age must be at most 60
  waiver: street office
    in Chinese: 街道办事处

rule guests by age [law 4]
  each guest's age must be at most 60
  waiver: street office
    in Chinese: 街道办事处
"""
PLAN = {
    "community": {"seats": 120, "doors": 1},
    "candidates": [{"name": "Ann", "age": 61}, {"name": "Bob", "age": 62}, {"name": "Cleo", "age": 60}],
    "guests": [{"name": "Dan", "age": 60}, {"name": "Eve", "age": 70}],
}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return civicrules.load(text=RULESET, library=MappingLibrary({"halls": VOCABULARY}))


def waiver(rule: str, person: str = "", by: str = "street office", print_: str = "") -> Waiver:
    return Waiver(rule, person, "a long record of service", by, date(2012, 8, 1), print_)


def checked(rules: Rules, *waivers: Waiver, **values: int) -> Report:
    facts, problems = rules.facts(PLAN)
    assert problems == ()
    changed = {**facts.values, **{f"community.{key}": Fact(value) for key, value in values.items()}}
    return rules.check(evolve(facts, waivers=waivers, values=changed), advice=False)


def of(report: Report, rule: str) -> list[Finding]:
    return [one for one in report.findings if one.rule.id == rule]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (waiver("seating"), None),
        (waiver("Seating", by="Street_Office"), None),
        (waiver("seating", by="街道办事处"), None),
        (waiver("seatings"), "CR0595"),
        (waiver("exits"), "CR0596"),
        (waiver("seating", by="district office"), "CR0597"),
        (waiver("seating", by=""), "CR0597"),
        (waiver("seating", "Ann"), "CR0598"),
        (waiver("candidates by age", "Ann"), None),
        (waiver("candidates by age", "Cleo"), "CR0598"),
        (waiver("candidates by age", "Nobody"), "CR0598"),
        (waiver("candidates by age"), "CR0598"),
        (waiver("guests by age", "2"), None),
        (waiver("guests by age", "Eve"), "CR0598"),
    ],
)
def test_what_a_waiver_comes_to(rules: Rules, given: Waiver, code: str | None) -> None:
    """A guest is told by the row, since names of guests are not public; who does not fail has nothing waived."""
    report = checked(rules, given)
    assert [one.code for one in report.diagnostics] == ([] if code is None else [code])
    assert [one.severity for one in report.diagnostics] == (
        [] if code is None else [Severity.WARNING if code == "CR0598" else Severity.ERROR]
    )
    assert len([one for one in report.findings if one.waived is not None]) == (code is None)


def test_a_waived_failure_stays_a_failure_and_decides_nothing(rules: Rules) -> None:
    ann, bob, cleo = of(checked(rules, waiver("candidates by age", "Ann")), "candidates_by_age")
    assert (ann.verdict, ann.decisive, ann.waived is not None) == (FAILS, False, True)
    assert (bob.verdict, bob.decisive, bob.waived) == (FAILS, True, None)
    assert (cleo.verdict, cleo.waived) == (HOLDS, None)


def test_each_waiver_is_for_one_person(rules: Rules) -> None:
    both = waiver("candidates by age", "Ann"), waiver("candidates by age", "Bob")
    assert [one.waived is not None for one in of(checked(rules, *both), "candidates_by_age")] == [True, True, False]


def test_a_fingerprint_lapses_when_a_number_changes(rules: Rules) -> None:
    (failing,) = of(checked(rules), "seating")
    given = waiver("seating", print_=f" {fingerprint(failing).upper()} ")
    assert checked(rules, given).diagnostics == ()
    assert checked(rules, given, doors=3).diagnostics == ()
    changed = checked(rules, given, seats=121)
    assert changed.diagnostics == ()
    (now,) = of(changed, "seating")
    assert (now.decisive, now.waived, now.lapsed) == (True, None, given)
    (before,) = of(checked(rules, given), "seating")
    assert (before.waived, before.lapsed) == (given, None)
    assert [one.code for one in checked(rules, given, seats=100).diagnostics] == ["CR0598"]


def test_the_fingerprint_of_one_person_is_not_that_of_another(rules: Rules) -> None:
    """Both guests would be 70: the row still tells them apart."""
    facts, _ = rules.facts({**PLAN, "guests": [{"name": "Dan", "age": 70}, {"name": "Eve", "age": 70}]})
    dan, eve = of(rules.check(facts, advice=False), "guests_by_age")
    assert fingerprint(dan) != fingerprint(eve)
    given = waiver("guests by age", "1", print_=fingerprint(eve))
    found = rules.check(evolve(facts, waivers=(given,)), advice=False)
    assert [one.lapsed is not None for one in of(found, "guests_by_age")] == [True, False]
    assert found.diagnostics == ()


@pytest.mark.parametrize("lapsed_first", [True, False])
def test_a_waiver_in_force_stands_before_one_that_lapsed(rules: Rules, lapsed_first: bool) -> None:
    good, old = waiver("seating"), waiver("seating", print_="00000000")
    (found,) = of(checked(rules, *((old, good) if lapsed_first else (good, old))), "seating")
    assert (found.waived, found.lapsed) == (good, None)


@pytest.mark.parametrize(
    ("language", "said", "unread"),
    [
        ("en", "it has lapsed, as the numbers are no longer those it was given for (00000000)", "Could not be read"),
        ("zh", "所依据的数据（校验码00000000）已有变化，该项批准失效", "无法读取的内容"),
    ],
)
def test_a_lapsed_waiver_stands_with_its_finding(rules: Rules, language: str, said: str, unread: str) -> None:
    for given in (waiver("seating", print_="00000000"), waiver("candidates by age", "Ann", print_="00000000")):
        shown = text.render(checked(rules, given), language, width=160)
        assert said in " ".join(shown.split())
        assert unread not in shown


def test_a_plan_without_facts_has_nothing_to_waive(rules: Rules) -> None:
    found: Any = rules.check(Facts(waivers=(waiver("seating"),)), advice=False)
    assert [one.code for one in found.diagnostics] == ["CR0598"]
