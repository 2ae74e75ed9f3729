"""Contests whose plan gives accounts and totals by ballot box: the sums are counted, and each box must come out."""

from __future__ import annotations

from typing import Any

import pytest

import civicrules
from civicrules.outcome import CannotSay, Decided

TEXT = """civicrules 1 en

ruleset t "t"
  facts: cn.community
  source law: "Law"

contest board [law 1]
  posts: chair, member
  seats: 1, 2
  candidates: candidates
  base: ballots returned
  elected: votes more than half of base, most votes first
"""
RULES = civicrules.load(text=TEXT)
ACCOUNT = {
    "ballots issued": {"hall": 100, "mobile box": 10},
    "ballots returned": {"hall": 90, "mobile box": 10},
    "valid ballots": {"hall": 88, "mobile box": 9},
    "invalid ballots": {"hall": 2, "mobile box": 1},
}
# chair: 51 of 100 returned is more than half; by box at most 88 and 9 can be valid votes
VOTES = {"Lin": ("chair", 45, 6), "Gao": ("chair", 40, 3), "Wu": ("member", 60, 9), "Xu": ("member", 50, 9)}


def counted(account: dict[str, Any] | None = None, **votes: tuple[str, int, int]) -> tuple[Any, dict[str, str]]:
    """The outcome, and what is said with its box."""
    rows = [
        {"name": name, "post": post, "votes": {"hall": hall, "mobile box": mobile}}
        for name, (post, hall, mobile) in {**VOTES, **votes}.items()
    ]
    facts, found = RULES.facts({"ballot account": {**ACCOUNT, **(account or {})}, "candidates": rows})
    assert found == ()
    made, problems = RULES.count(RULES.contests[0], facts)
    assert all(one.place is not None for one in problems if one.code != "CR0725")
    return made.outcome, {one.code: str(one.data.get("box", one.data.get("boxes"))) for one in problems}


def test_boxes_add_up() -> None:
    outcome, said = counted()
    assert isinstance(outcome, Decided)
    assert {(seat.receiver, seat.votes) for seat in outcome.seats} == {("Lin", 51), ("Wu", 69), ("Xu", 59)}
    assert said == {"CR0725": "('hall', 'mobile box')"}


@pytest.mark.parametrize(
    ("account", "votes", "code"),
    [
        # 11 came back of 10: hidden in the sums, 101 of 110; residual 11 − 9 − 1
        (
            {"ballots returned": {"hall": 90, "mobile box": 11}, "invalid ballots": {"hall": 2, "mobile box": 2}},
            {},
            "CR0722",
        ),
        ({"invalid ballots": {"hall": 2, "mobile box": 0}}, {}, "CR0723"),
        # 9 + 2 of 10
        ({"invalid ballots": {"hall": 2, "mobile box": 2}}, {}, "CR0705"),
        # 10 votes on 9 valid papers
        ({}, {"Xu": ("member", 50, 10)}, "CR0706"),
        # 6 + 4 marks of one each on 9 papers
        ({}, {"Gao": ("chair", 40, 4)}, "CR0707"),
    ],
)
def test_each_box_must_come_out(account: dict[str, Any], votes: dict[str, Any], code: str) -> None:
    outcome, said = counted(account, **votes)
    assert said == {code: "mobile box", "CR0725": "('hall', 'mobile box')"}
    assert isinstance(outcome, Decided) == (code in ("CR0722", "CR0723")), outcome


def test_what_cannot_be_right_in_a_box_is_not_known_in_the_whole() -> None:
    outcome, _ = counted(None, Xu=("member", 50, 10))
    assert isinstance(outcome, CannotSay) and outcome.missing == ("votes/member/Xu",)


def test_a_box_with_votes_and_no_ballots_is_said() -> None:
    outcome, said = counted(
        {figure: {**boxes, "mobil box": 0} for figure, boxes in ACCOUNT.items()} | {"valid ballots": 97}
    )
    assert said["CR0724"] == "mobil box" and isinstance(outcome, Decided)


@pytest.mark.parametrize(
    ("hall", "mobile", "boxes", "said"),
    [
        (90, 10, ("Hall", "mobile box"), {}),
        (91, 9, ("hall", "mobile box"), {"hall": (91, 90), "mobile box": (9, 10)}),  # 100 in all, as was returned
        (90, 10, ("hall", "hall"), {"hall": (100, 90), "mobile box": (0, 10)}),
        (91, 9, ("sheet 1", "sheet 2"), {}),  # told apart in another way: not compared
    ],
)
def test_papers_are_compared_with_what_each_box_returned(
    hall: int, mobile: int, boxes: tuple[str, str], said: dict[str, tuple[int, int]]
) -> None:
    rows = [{"name": name, "post": post} for name, (post, _, _) in VOTES.items()]
    plan = {"ballot account": ACCOUNT, "candidates": rows}
    papers = f"number,box,chair\n{hall},{boxes[0]},Lin\n{mobile},{boxes[1]},Gao\n"
    _, _, told = RULES.contest("board", plan).ballots(papers)
    found = [one for one in told if one.code == "CR0727"]
    assert {one.data["box"]: (one.data["papers"], one.data["returned"]) for one in found} == said
    assert len(found) == len(told)
