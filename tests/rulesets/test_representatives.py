"""The election by 73 representatives (summary of 2011): what it reports, at and beside the edges of its rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import civicrules
from civicrules import CannotSay, Decided, DecisionRequired, Outcome, Rules, Verdict, Void
from civicrules.program import Force

HOLDS, FAILS = Verdict.HOLDS, Verdict.FAILS
PLAN = Path(__file__).parents[2] / "rulesets" / "cn.representatives" / "examples" / "2011.zh.yaml"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return civicrules.load("cn.representatives")


def verdicts(rules: Rules, rule: str, facts: dict[str, object]) -> list[Verdict]:
    return [finding.verdict for finding in rules.check(facts, advice=False).findings if finding.rule.id == rule]


def test_what_the_summary_reports(rules: Rules) -> None:
    """4 < 5 and no vice-chair (I12, L2); the Party's rules (L14); 72 of 73 are not all (I6). What no document asks for is
    advice: called direct (I9); 14 March before 18 March (I7)."""
    failing = {one.rule.id: one.sentence.force for one in rules.check(PLAN).findings if one.verdict is FAILS}
    assert failing == {
        "basis_of_the_election": Force.MUST,
        "posts_of_the_committee": Force.MUST,
        "size_of_the_committee": Force.MUST,
        "stated_attendance": Force.MUST,
        "beginning_of_the_work": Force.SHOULD,
        "label_of_the_election": Force.SHOULD,
    }


def test_no_totals_were_published(rules: Rules) -> None:
    assert isinstance(rules.contest("residents_committee", PLAN).count(), CannotSay)


@pytest.mark.parametrize(("members", "expected"), [(12, FAILS), (13, HOLDS), (14, FAILS)])
def test_the_election_committee_has_thirteen_members(rules: Rules, members: int, expected: Verdict) -> None:
    plan = {"election committee members": [{"name": f"N{at}"} for at in range(members)]}
    assert verdicts(rules, "size_of_the_election_committee", plan) == [expected]


@pytest.mark.parametrize(
    ("chairs", "members", "expected"),
    [(2, 4, [HOLDS, HOLDS]), (1, 4, [FAILS, HOLDS]), (2, 3, [HOLDS, FAILS])],
)
def test_both_posts_are_contested(rules: Rules, chairs: int, members: int, expected: list[Verdict]) -> None:
    """III.2: one chair and three members."""
    rows = [("chair", at) for at in range(chairs)] + [("member", at) for at in range(members)]
    plan = {
        "residents committee": {"chairs": 1, "other members": 3},
        "candidates": [{"name": f"{post}{at}", "post": post} for post, at in rows],
    }
    assert verdicts(rules, "more_candidates_than_seats", plan) == expected


@pytest.mark.parametrize(("end", "expected"), [(date(2014, 4, 18), FAILS), (date(2014, 4, 19), HOLDS)])
def test_a_term_of_three_years(rules: Rules, end: date, expected: Verdict) -> None:
    plan = {"community": {"election day": date(2011, 4, 19), "term end": end}}
    assert verdicts(rules, "term_of_office", plan)[0] is expected


def count(rules: Rules, returned: int, members: dict[str, int]) -> Outcome:
    plan = {
        "community": {"electorate": "representatives"},
        "residents committee": {"chairs": 1, "other members": 3},
        "assembly": {"resident representatives": 73},
        "ballot account": {"ballots issued": 72, "ballots returned": returned},
        "candidates": [],
    }
    return rules.contest("residents_committee", plan).count({"chair": {"a": returned - 16, "b": 16}, "member": members})


def test_a_majority_of_the_ballots_returned(rules: Rules) -> None:
    """More than half of 72 is 37; three of the four pass."""
    outcome = count(rules, 72, {"c": 60, "d": 50, "e": 37, "f": 36})
    assert isinstance(outcome, Decided)
    assert {seat.receiver for seat in outcome.seats} == {"a", "c", "d", "e"}


def test_exactly_half_is_not_a_majority(rules: Rules) -> None:
    """36 of 72: a seat is left for another ballot."""
    outcome = count(rules, 72, {"c": 60, "d": 50, "e": 36, "f": 36})
    assert isinstance(outcome, DecisionRequired)


def test_half_of_the_representatives_are_not_enough(rules: Rules) -> None:
    """More than half of 73 is 37."""
    few = {"c": 20, "d": 19, "e": 19, "f": 1}
    assert isinstance(count(rules, 36, few), Void)
    assert isinstance(count(rules, 73, few), Void)  # one more than was issued
