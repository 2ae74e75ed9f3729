"""The notice of 2012 (document 65) at and beside every edge, with numbers worked out by hand from its articles."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import civicrules
from civicrules import Decided, DecisionRequired, Rules, Verdict

HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY


@pytest.fixture(scope="module")
def rules() -> Rules:
    return civicrules.load("cn.district-2012")


def verdicts(rules: Rules, rule: str, facts: dict[str, dict[str, object]], **readings: int) -> list[Verdict]:
    report = rules.check(facts, readings=readings, advice=False)
    assert report.diagnostics == ()
    return [finding.verdict for finding in report.findings if finding.rule.id == rule]


@pytest.mark.parametrize(
    ("previous", "now", "expected"),
    [
        (date(2009, 8, 20), date(2012, 8, 20), HOLDS),  # II.2: 满三年 includes the day itself
        (date(2009, 8, 21), date(2012, 8, 20), FAILS),
        (date(2008, 2, 29), date(2011, 2, 28), HOLDS),
        (date(2008, 2, 29), date(2011, 2, 27), FAILS),
    ],
)
def test_three_full_years(rules: Rules, previous: date, now: date, expected: Verdict) -> None:
    facts = {"community": {"election day": now, "previous election day": previous}}
    assert verdicts(rules, "election_day", facts) == [expected]


# III.2: at 2,500 only 5 and at 5,000 only 7 is common to both rows.
@pytest.mark.parametrize(
    ("households", "size", "common", "earlier", "later"),
    [
        (2499, 3, HOLDS, HOLDS, HOLDS),
        (2499, 6, FAILS, FAILS, FAILS),
        (2500, 4, FAILS, HOLDS, FAILS),
        (2500, 5, HOLDS, HOLDS, HOLDS),
        (2500, 6, FAILS, FAILS, HOLDS),
        (2501, 4, FAILS, FAILS, FAILS),
        (2501, 7, HOLDS, HOLDS, HOLDS),
        (5000, 6, FAILS, HOLDS, FAILS),
        (5000, 7, HOLDS, HOLDS, HOLDS),
        (5000, 8, FAILS, FAILS, HOLDS),
        (5001, 6, FAILS, FAILS, FAILS),
        (5001, 9, HOLDS, HOLDS, HOLDS),
        (5001, 10, FAILS, FAILS, FAILS),
    ],
)
def test_committee_size(
    rules: Rules, households: int, size: int, common: Verdict, earlier: Verdict, later: Verdict
) -> None:
    facts = {"community": {"households": households}, "residents committee": {"size": size}}
    found = [verdicts(rules, "residents_committee.size", facts, band_edge=option)[0] for option in range(3)]
    assert found == [common, earlier, later]


# III.1: 50 stands in two rows; 100 makes a party committee by III.1, and by IV(1)1 nothing: a general branch has fewer.
@pytest.mark.parametrize(
    ("members", "readings", "form"),
    [
        (49, {}, "branch"),
        (50, {}, "branch"),
        (50, {"form_at_fifty": 1}, "general_branch"),
        (51, {}, "general_branch"),
        (99, {}, "general_branch"),
        (100, {}, "party_committee"),
        (99, {"party_committee_threshold": 1}, "general_branch"),
        (100, {"party_committee_threshold": 1}, None),
        (101, {"party_committee_threshold": 1}, "party_committee"),
    ],
)
def test_form_of_the_party_organisation(rules: Rules, members: int, readings: dict[str, int], form: str | None) -> None:
    assert rules.value("party form", {"community": {"party members": members}}, readings).value == form


# IV(1)1, 30 and one for each block, four ways: (from the first, block 50), (first, 30), (beyond 100, 50), (beyond 100, 30).
@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (100, (32, 33, 30, 30)),
        (150, (33, 35, 31, 31)),
        (200, (34, 36, 32, 33)),
        (500, (40, 46, 38, 43)),
        (2100, (72, 100, 70, 96)),
    ],
)
def test_party_congress(rules: Rules, members: int, expected: tuple[int, ...]) -> None:
    found = [
        rules.value(
            "required_delegates",
            {"community": {"party members": members, "congress block": block}},
            {"counted_members": counted},
        ).value
        for counted in (0, 1)
        for block in (50, 30)
    ]
    assert tuple(found) == expected


# IV(2), 50 and one for each 100 households above 1,500: rounded down, rounded up.
@pytest.mark.parametrize(
    ("households", "down", "up"),
    [
        (1499, 50, 50),
        (1500, 50, 50),
        (1501, 50, 51),
        (1549, 50, 51),
        (1550, 50, 51),
        (1600, 51, 51),
        (1601, 51, 52),
        (1650, 51, 52),
        (2500, 60, 60),
        (5000, 85, 85),
    ],
)
def test_residents_representatives(rules: Rules, households: int, down: int, up: int) -> None:
    facts = {"社区": {"居民户数": households}}
    assert rules.value("应选居民代表数", facts).value == down
    assert rules.value("required representatives", facts, {"started_hundred": 1}).value == up
    given = {**facts, "assembly": {"resident representatives": down - 1}}
    assert verdicts(rules, "assembly.resident_representatives", given) == [FAILS]


# IV(2), both shares of the units: with R = 50 the cap is U ≤ 3R/7, so 21 (it counts itself); N = 210 leaves room, 211 not.
@pytest.mark.parametrize(
    ("units", "seats", "share", "cap"),
    [
        (210, 21, HOLDS, HOLDS),
        (211, 21, FAILS, HOLDS),
        (211, 22, HOLDS, FAILS),
        (210, 22, HOLDS, FAILS),
        (3, 0, FAILS, HOLDS),
        (3, 1, FAILS, HOLDS),
        (0, 0, HOLDS, HOLDS),
    ],
)
def test_unit_representatives(rules: Rules, units: int, seats: int, share: Verdict, cap: Verdict) -> None:
    facts = {
        "community": {"units": units},
        "assembly": {"resident representatives": 50, "unit representatives": seats},
    }
    assert verdicts(rules, "unit_share", facts) == [share, cap]


# IV(1)1 and IV(1)2: at least 20 % more than the seats; 33 seats ask for 39.6, so 40.
@pytest.mark.parametrize(("candidates", "expected"), [(39, FAILS), (40, HOLDS)])
def test_margin_of_delegates(rules: Rules, candidates: int, expected: Verdict) -> None:
    facts = {"community": {"party members": 120, "congress size": 33, "delegate candidates": candidates}}
    assert verdicts(rules, "party_congress", facts)[1] == expected


def test_the_margin_of_the_committee_is_exact_at_five(rules: Rules) -> None:
    for candidates, expected in ((5, FAILS), (6, HOLDS)):
        facts = {"community": {"party committee candidates": candidates}, "party organisation": {"size": 5}}
        assert verdicts(rules, "party_congress", facts)[2] == expected


@pytest.mark.parametrize(
    ("estate", "members", "expected"),
    [
        ("large", 1, [HOLDS, IDLE]),
        ("large", 0, [HOLDS, IDLE]),
        ("ordinary", 0, [IDLE, HOLDS]),
        ("ordinary", 1, [IDLE, FAILS]),
    ],
)
def test_members_outside_the_size(rules: Rules, estate: str, members: int, expected: list[Verdict]) -> None:
    """III.2: a permission never fails; without its condition the members are not allowed."""
    facts = {"community": {"estate": estate}, "residents committee": {"members outside the size": members}}
    assert verdicts(rules, "members_outside_the_size", facts) == expected


def test_a_permission_says_whether_it_is_used(rules: Rules) -> None:
    for members, used in ((1, True), (0, False)):
        facts = {"community": {"estate": "large"}, "residents committee": {"members outside the size": members}}
        report = rules.check(facts)
        (finding, _) = [f for f in report.findings if f.rule.id == "members_outside_the_size"]
        assert finding.used is used


def test_advice_changes_what_a_plan_can_choose_and_breaks_nothing_else(rules: Rules) -> None:
    """24 of 74 is over 30 %. 21 would do for the cap and be under 10 % of 240 units, so the residents must be 56."""
    facts = {
        "community": {"units": 240, "households": 1500},
        "assembly": {"resident representatives": 50, "unit representatives": 24},
    }
    report = rules.check(facts)
    (finding,) = [f for f in report.findings if f.verdict is FAILS and f.rule.id == "unit_share"]
    assert [(a.key, a.proposed) for a in finding.advice] == [("assembly.resident_representatives", 56)]
    assert Fraction(24, 80) == Fraction(30, 100) < Fraction(24, 79)


def groups(*households: int) -> dict[str, object]:
    rows = [{"name": f"group {number}", "households": count} for number, count in enumerate(households, 1)]
    return {"residents groups": rows, "assembly": {"resident representatives": 51}}


def test_representatives_among_groups(rules: Rules) -> None:
    """1,600 households, 51 seats: quotas 13.3875, 12.1125, 11.15625, 7.96875, 6.375; the last two seats go to .97 and .39."""
    outcome = rules.allocation("居民代表名额分配", groups(420, 380, 350, 250, 200)).seats()
    assert isinstance(outcome, Decided)
    assert {seat.receiver: seat.seats for seat in outcome.seats} == {
        "group 1": 14,
        "group 2": 12,
        "group 3": 11,
        "group 4": 8,
        "group 5": 6,
    }


def test_an_exact_tie_is_a_question(rules: Rules) -> None:
    """450, 450, 700 households: quotas 14.34375 twice and 22.3125; one seat is left and two groups have one claim to it."""
    outcome = rules.allocation("resident representatives", groups(450, 450, 700)).seats()
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.options, question.choose) == (("group 1", "group 2"), 1)
    answered = rules.allocation("resident representatives", groups(450, 450, 700)).seats(
        [civicrules.Decision(question.id, ("group 2",))]
    )
    assert isinstance(answered, Decided)
    assert {seat.receiver: seat.seats for seat in answered.seats} == {"group 1": 14, "group 2": 15, "group 3": 22}
