"""The election with 2,722 voters (summary of the fourth term): its rules at their edges, and what its totals prove.

Three days before a day, that day not counted, are the 13th for the 16th and the 10th for the 13th (source rules, 3.3).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import civicrules
from civicrules import CannotSay, Decided, DecisionRequired, Rules, Verdict, Void

PUBLISHED = {
    "chair": {"chair": 1855},
    "vice chair": {"vice": 1752},
    "member": {"a": 1938, "b": 1936, "c": 1921, "d": 1913, "e": 1754},
}
ACCOUNT = {
    "registered voters": 2722,
    "ballots issued": 2268,
    "ballots returned": 2208,
    "valid ballots": 1995,
    "invalid ballots": 17,
}
HOLDS, FAILS = Verdict.HOLDS, Verdict.FAILS
SEATS = {"chairs": 1, "vice chairs": 1, "other members": 5}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return civicrules.load("cn.all-voter")


def verdicts(rules: Rules, plan: object, **more: object) -> dict[str, set[Verdict]]:
    found: dict[str, set[Verdict]] = {}
    for one in rules.check(plan, **more).findings:  # type: ignore[arg-type]
        found.setdefault(one.rule.id, set()).add(one.verdict)
    return found


def plan(more: bool = True, **changed: int) -> dict[str, object]:
    account = {**ACCOUNT, **{key.replace("_", " "): value for key, value in changed.items()}}
    rows: list[object] = [
        {"name": name, "post": post, "votes": votes} for post, row in PUBLISHED.items() for name, votes in row.items()
    ]
    return {
        "residents committee": SEATS,
        "ballot account": account,
        "candidates": [*rows, "more to come"] if more else rows,
    }


def test_the_winners_are_proven_from_the_marks_that_are_left(rules: Rules) -> None:
    outcome = rules.contest("residents_committee", plan()).count()
    assert isinstance(outcome, Decided)
    assert sorted(seat.votes or 0 for seat in outcome.seats) == sorted([1855, 1752, 1938, 1936, 1921, 1913, 1754])
    left = {step.data["post"]: step.data["left"] for step in outcome.steps if step.kind == "marks_left"}
    assert left == {"chair": 353, "vice_chair": 456, "member": 1578}


def test_the_residual_is_shown(rules: Rules) -> None:
    outcome = rules.contest("residents_committee", plan()).count()
    assert any(step.data.get("residual") == 196 for step in outcome.steps)


def test_the_result_would_stand_on_every_base(rules: Rules) -> None:
    facts, _ = rules.facts(plan())
    count, _ = rules.count(rules.program.contests[0], facts)
    assert set(count.alternatives.values()) == {True}


def test_a_bound_that_does_not_decide_is_said(rules: Rules) -> None:
    """With 300 votes fewer for the last member 1,878 marks are left, more than the 1,454 that member then has."""
    weaker = {**PUBLISHED, "member": {**PUBLISHED["member"], "e": 1454}}
    facts = plan()
    facts["candidates"] = [
        *({"name": n, "post": post, "votes": v} for post, row in weaker.items() for n, v in row.items()),
        "more to come",
    ]
    outcome = rules.contest("居委会", facts).count()
    assert isinstance(outcome, CannotSay)
    assert "e" not in {seat.receiver for seat in outcome.seats}


def test_half_of_the_registered_is_not_enough(rules: Rules) -> None:
    """More than half of 2,722 is 1,362."""
    few = {"valid_ballots": 1300, "invalid_ballots": 0}
    small = {post: dict.fromkeys(row, 1200) for post, row in PUBLISHED.items()}
    void = rules.contest("residents_committee", plan(ballots_returned=1361, **few)).count(small)
    assert isinstance(void, Void)
    valid = rules.contest("residents_committee", plan(ballots_returned=1362, **few)).count(small)
    assert not isinstance(valid, Void)


def test_more_ballots_than_were_issued_void_the_vote(rules: Rules) -> None:
    outcome = rules.contest("residents_committee", plan(ballots_returned=2269)).count()
    assert isinstance(outcome, Void)


def test_totals_given_on_the_night(rules: Rules) -> None:
    """Seven for six seats: the tie at 1,300 in the last seat is a question, and its policy is another vote."""
    members = {"a": 1938, "b": 1936, "c": 1921, "d": 1913, "e": 1300, "f": 1300}
    outcome = rules.contest("residents_committee", plan()).count(
        {"主任": {"x": 1855, "y": 140}, "vice chair": {"z": 1752}, "member": members}
    )
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert set(question.options) == {"e", "f"}
    assert question.choose == 1


def test_the_account_cannot_be_closed_without_the_blank_ballots(rules: Rules) -> None:
    report = rules.check(plan())
    findings = [f for f in report.findings if f.rule.id == "ballot_account"]
    assert [f.verdict for f in findings] == [Verdict.HOLDS, Verdict.HOLDS, Verdict.CANNOT_SAY]
    assert [m.key for m in findings[2].missing] == ["ballot_account.blank_ballots"]
    assert verdicts(rules, plan(blank_ballots=196))["ballot_account"] == {HOLDS}
    assert FAILS in verdicts(rules, plan(blank_ballots=195))["ballot_account"]


def test_the_shipped_plans_say_the_same_in_both_languages(rules: Rules) -> None:
    examples = Path(__file__).parents[2] / "rulesets" / "cn.all-voter" / "examples"
    outcomes = [
        rules.contest("residents_committee", examples / f"fourth-term.{tag}.yaml").count() for tag in ("en", "zh")
    ]
    assert all(isinstance(outcome, Decided) for outcome in outcomes)
    assert [s.votes for s in outcomes[0].seats] == [s.votes for s in outcomes[1].seats]  # type: ignore[union-attr]


def test_a_post_that_was_not_reported_is_not_an_empty_seat(rules: Rules) -> None:
    outcome = rules.contest("residents_committee", plan()).count({"chair": {"x": 1855, "y": 140}})
    assert isinstance(outcome, CannotSay)
    assert "candidates/vice_chair" in outcome.missing


@pytest.mark.parametrize(
    ("totals", "problem"),
    [
        ({"chairr": {"x": 1}}, "did you mean 'chair'"),
        ({"chair": {"x": 1}, "主任": {"y": 2}}, "twice"),
        ({"chair": {"x": "78"}}, "whole number"),
        ({"chair": {"x": True}}, "whole number"),
        ({"chair": ["x"]}, "map candidates"),
        ({"chair": {7: 50}}, "named by a text"),
    ],
)
def test_totals_that_cannot_be_meant_are_refused(rules: Rules, totals: dict[str, object], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        rules.contest("residents_committee", plan()).count(totals)  # type: ignore[arg-type]


def test_misuse_says_what_was_meant(rules: Rules) -> None:
    with pytest.raises(KeyError, match="residents committee"):
        rules.contest("residents comittee", plan())
    with pytest.raises(ValueError, match="no reading"):
        rules.check({}, readings={"form": 1})
    with pytest.raises(civicrules.RulesetError, match=r"did you mean cn\.all-voter"):
        civicrules.load("cn.all-voters")


@pytest.mark.parametrize(
    ("posted", "reading", "expected"),
    [(10, 0, HOLDS), (11, 0, FAILS), (13, 0, FAILS), (13, 1, HOLDS), (14, 1, FAILS)],
)
def test_three_days_before_which_day(rules: Rules, posted: int, reading: int, expected: Verdict) -> None:
    plan = {
        "community": {"election day": date(2013, 3, 16), "candidate list posted": date(2013, 3, posted)},
        "election work": {"first voting day": date(2013, 3, 13)},
    }
    assert verdicts(rules, plan, readings={"day_that_counts": reading})["candidates_posted"] == {expected}


@pytest.mark.parametrize(("seats", "expected"), [(5, HOLDS), (6, FAILS)])
def test_more_candidates_than_seats(rules: Rules, seats: int, expected: Verdict) -> None:
    candidates = [{"name": f"M{number}", "post": "member"} for number in range(6)]
    plan = {"residents committee": {"other members": seats}, "candidates": candidates}
    assert expected in verdicts(rules, plan)["more_candidates_than_seats"]
