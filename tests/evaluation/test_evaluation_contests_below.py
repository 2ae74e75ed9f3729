"""A contest that specifies one of the ruleset above has its lines, where it has none of its own.

By hand: of 100 papers A has 60, B 45, C 30 for two seats. More than half of 100 elects A alone, and B is elected where at
least 40 % is enough.
"""

from __future__ import annotations

from typing import Any

import pytest

import civicrules
from civicrules import Decided
from civicrules.program import Allocation, Contest
from civicrules.report.ruleset import render
from civicrules.report.view import View

VOCABULARY = """civicrules 1 en

vocabulary toy "Toy"

entity ballot account / 选票
  ballots returned / 收回票数: number
  valid ballots / 有效票数: number

entity person / 人员
  name / 姓名: text, identifies
  post / 职务: one of councillor/议员, head/村长
  votes / 得票数: number
  votes in the second round / 第二轮得票数: number

list candidates / 候选人: person, each candidate / 候选人, public names

entity party / 政党
  name / 名称: text, identifies
  votes / 得票数: number

list parties / 政党名单: party, each party / 政党, public names
"""
LAW = """civicrules 1 en

ruleset toy.law "Law"
  facts: toy
  source law: "Law"

contest council [law 1]
  in Chinese: 议会选举
  posts: councillor
  seats: 2
  candidates: candidates, at least seats + 1
  base: ballots returned
  elected: votes more than half of base, most votes first
  tie: lot
  shortfall: vacancy

allocation seats [law 2]
  in Chinese: 席位分配
  method: largest remainder
  seats: 3
  receivers: parties
  weight: votes
"""
BELOW = """civicrules 1 en

ruleset toy.town "Town"
  facts: toy
  under: toy.law
  source order: "Order"

"""


def rules(text: str) -> civicrules.Rules:
    library = civicrules.MappingLibrary({"toy": VOCABULARY, "toy.law": LAW})
    return civicrules.load(text=BELOW + text, library=library)


def elected(rules: civicrules.Rules) -> list[str]:
    people = [{"name": name, "post": "councillor", "votes": votes} for name, votes in (("A", 60), ("B", 45), ("C", 30))]
    outcome = rules.contest("council", {"ballot account": {"ballots returned": 100}, "candidates": people}).count()
    assert isinstance(outcome, Decided)
    return sorted(one.receiver for one in outcome.seats)


def only(found: tuple[Any, ...]) -> Any:
    (one,) = found
    return one


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("tie: another vote among the tied", ["A"]),
        ("elected: votes at least 40% of base, most votes first", ["A", "B"]),
    ],
)
@pytest.mark.parametrize("name", ["council", "议会选举"])
def test_the_lines_of_the_law_count_where_the_order_has_none(name: str, lines: str, expected: list[str]) -> None:
    town = rules(f"contest council [order 1]\n  specifies: {name}\n  {lines}\n")
    assert town.program.contests[0].specifies == "council"
    assert elected(town) == expected


def test_what_it_specifies_is_not_counted_beside_it() -> None:
    """One post is not counted by two sets of rules, whatever the contest is called."""
    town = rules("contest town council [order 1]\n  specifies: council\n  tie: lot\n")
    assert [one.id for one in town.program.contests] == ["town_council"]


def test_a_line_of_its_own_stands_for_all_of_the_higher_one() -> None:
    """The law asks for one more than seats; `candidates: candidates` below does not."""
    law: Contest = only(
        civicrules.load(text=LAW, library=civicrules.MappingLibrary({"toy": VOCABULARY})).program.contests
    )
    town: Contest = only(
        rules("contest council [order 1]\n  specifies: council\n  candidates: candidates\n").program.contests
    )
    assert "nominated" in law.parameters and "nominated" not in town.parameters
    assert {**law.parameters, **town.parameters} == law.parameters


def test_an_allocation_keeps_the_method_of_the_law() -> None:
    town = rules("allocation seats [order 2]\n  specifies: seats\n  seats: 4\n")
    made: Allocation = only(town.program.allocations)
    assert (made.method, made.specifies) == ("largest_remainder", "seats")
    parties = [{"name": name, "votes": votes} for name, votes in (("A", 50), ("B", 30), ("C", 20))]
    outcome = town.allocation("seats", {"parties": parties}).seats()
    # Quota 25: 2 whole quotas for A, 1 for B, and the largest remainder (20) is C's.
    assert isinstance(outcome, Decided)
    assert {one.receiver: one.seats for one in outcome.seats} == {"A": 2, "B": 1, "C": 1}


def test_show_has_all_the_lines_that_count() -> None:
    town = rules("contest council [order 1]\n  specifies: council\n  tie: another vote among the tied\n")
    lines = render(town.program, View("en"), "council").splitlines()
    assert "  base: ballots returned" in lines and "  tie: another vote among the tied" in lines
    assert sum(line.strip().startswith("tie:") for line in lines) == 1


@pytest.mark.parametrize("name", ["councl", "seats"])
def test_what_is_no_contest_above_cannot_be_specified(name: str) -> None:
    library = civicrules.MappingLibrary({"toy": VOCABULARY, "toy.law": LAW})
    text = f"{BELOW}contest council [order 1]\n  specifies: {name}\n  posts: councillor\n  seats: 2\n"
    text += "  candidates: candidates\n  elected: most votes first\n  tie: lot\n"
    assert [one.code for one in civicrules.compile(text, library).diagnostics] == ["CR0361"]
