"""Majorities of two kinds: two weights at once, as owners' assemblies have them, and several of which one is enough.

Owners elect their committee by number of owners and by area at once (Civil Code of the People's Republic of China, article
278: two thirds of both must take part; more than half of both of those taking part). 210 of 300 owners take part, with
21,000 of 30,000.5 square metres: 106 owners and more than 10,500 square metres are needed.
"""

from __future__ import annotations

from typing import Any

import pytest

import civicrules
from civicrules.formatting import format as format_text
from civicrules.outcome import CannotSay, Decided, Outcome, Void

WORDS = """civicrules 1 en

vocabulary own.words "Owners"
  in Chinese: “业主”

unit person / 人: people / 名
unit square metre / 平方米: square metres, measured
unit ballot / 张: ballots / 票

entity assembly / 业主大会
  owners / 业主总人数: number in people
  total area / 专有部分总面积: number in square metres
  owners taking part / 参与表决人数: number in people
  area taking part / 参与表决面积: number in square metres

entity ballot account / 选票
  registered voters / 登记选民数: number in people
  ballots returned / 收回票数: number in ballots

entity contender / 业委会候选人
  name / 姓名: text, identifies
  votes / 同意人数: number in people
  area in favour / 同意面积: number in square metres

list candidates / 全体候选人: contender, each candidate / 候选人, at most 200, public names
"""
RULES = """civicrules 1 en

ruleset own.rules "Owners"
  in Chinese: “业主选举”
  facts: own.words
  source code / 民法典: "Civil Code"
    in Chinese: “民法典”

contest owners committee [code 278]
  method: block vote
  seats: 3
  candidates: candidates
  valid vote: owners taking part at least 2/3 of owners
    and area taking part at least 2/3 of total area
  base: ballots returned
  elected: {elected}, most votes first
  in Chinese: 业主委员会
"""
PLAN: dict[str, Any] = {
    "assembly": {"owners": 300, "total area": "30000.5", "owners taking part": 210, "area taking part": 21000},
    "ballot account": {"ballots returned": 210},
    "candidates": [
        {"name": "Lin", "votes": 150, "area in favour": 12000},
        {"name": "Wu", "votes": 140, "area in favour": 10500},
        {"name": "Xu", "votes": 106, "area in favour": "10500.5"},
        {"name": "Yu", "votes": 105, "area in favour": 18000},
    ],
}
BOTH = "votes more than half of base and area in favour more than half of area taking part"
EITHER = "votes more than half of base or votes at least 1/3 of registered voters"


def outcomes(elected: str, **changes: Any) -> list[Outcome]:
    """What the text and its translation come to."""
    text = RULES.format(elected=elected)
    library = civicrules.MappingLibrary({"own.words": WORDS})
    found = []
    for one in (text, format_text(text, "zh", library=library).text):
        rules = civicrules.load(text=one, library=library)
        assert {one.code for one in rules.diagnostics} <= {"CR0395"}
        found.append(rules.contest("owners committee", {**PLAN, **changes}).count())
    return found


def winners(outcome: Outcome) -> set[str]:
    assert isinstance(outcome, Decided)
    return {seat.receiver for seat in outcome.seats}


def test_two_weights_at_once() -> None:
    """Wu has exactly half of the area, Yu exactly half of the owners: neither is more than half."""
    for outcome in outcomes(BOTH):
        assert winners(outcome) == {"Lin", "Xu"}


@pytest.mark.parametrize(("area", "valid"), [(20001, True), (20000, False)])
def test_both_must_take_part(area: int, valid: bool) -> None:
    # two thirds of 30,000.5 are 20,000 and a third
    for outcome in outcomes(BOTH, assembly={**PLAN["assembly"], "area taking part": area}):
        assert isinstance(outcome, Void) is not valid


@pytest.mark.parametrize(
    ("registered", "elected"),
    [
        # more than half of 210 is 106; a third of 315 is 105, of 318 is 106, of 900 is 300
        (315, {"Lin", "Wu", "Xu"}),
        (450, {"Lin", "Wu", "Xu"}),
        (900, {"Lin", "Wu", "Xu"}),
    ],
)
def test_one_of_two_majorities_is_enough(registered: int, elected: set[str]) -> None:
    for outcome in outcomes(EITHER, **{"ballot account": {"ballots returned": 210, "registered voters": registered}}):
        assert winners(outcome) == elected
        needed = next(step.data["needed"] for step in outcome.steps if step.kind.startswith("threshold_"))
        assert needed == min(106, -(-registered // 3))


def test_of_two_majorities_the_bases_must_be_known() -> None:
    for outcome in outcomes(EITHER):
        assert isinstance(outcome, CannotSay) and outcome.missing == ("ballots/registered",)


def test_alternatives_and_a_second_weight() -> None:
    """Yu has 105 of the 105 that are a third of 315 and most of the area; Wu has exactly half of the area."""
    account = {"ballots returned": 210, "registered voters": 315}
    for outcome in outcomes(
        f"({EITHER}) and area in favour more than half of area taking part", **{"ballot account": account}
    ):
        assert winners(outcome) == {"Lin", "Xu", "Yu"}
