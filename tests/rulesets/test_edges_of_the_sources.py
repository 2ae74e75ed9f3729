"""Numbers that decide in the sources, on both sides and on the edge, under each reading; worked out by hand.

What the tests of a single ruleset already hold is not repeated; `docs/sources.yaml` lists both.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

import civicrules
from civicrules import Decided, DecisionRequired, Rules, Verdict
from civicrules.program import Force

HOLDS, FAILS, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.DOES_NOT_APPLY


@cache
def shipped(ruleset: str) -> Rules:
    return civicrules.load(ruleset)


def verdicts(ruleset: str, rule: str, facts: dict[str, Any], **readings: int) -> list[Verdict]:
    report = shipped(ruleset).check(facts, readings=readings, advice=False)
    assert report.diagnostics == ()
    return [found.verdict for found in report.findings if found.rule.id == rule]


# Notice IV(1)1: 30 + n / 50, n / 30, (n - 100) / 50, (n - 100) / 30, each rounded down and rounded up.
@pytest.mark.parametrize(
    ("members", "down", "up"),
    [
        (129, (32, 34, 30, 30), (33, 35, 31, 31)),
        (130, (32, 34, 30, 31), (33, 35, 31, 31)),
        (131, (32, 34, 30, 31), (33, 35, 31, 32)),
        (149, (32, 34, 30, 31), (33, 35, 31, 32)),
        (150, (33, 35, 31, 31), (33, 35, 31, 32)),
        (151, (33, 35, 31, 31), (34, 36, 32, 32)),
    ],
)
def test_blocks_of_party_members(members: int, down: tuple[int, ...], up: tuple[int, ...]) -> None:
    rules = shipped("cn.district-2012")
    found = [
        tuple(
            rules.value(
                "required_delegates",
                {"community": {"party members": members, "congress block": block}},
                {"counted_members": counted, "part_blocks": rounding},
            ).value
            for counted in range(2)
            for block in (50, 30)
        )
        for rounding in range(2)
    ]
    assert found == [down, up]


# Notice IV(1)1 and IV(1)2: 20 % of 3, 4, 5 seats is one more candidate, of 6 to 9 seats two.
@pytest.mark.parametrize(("seats", "least"), [(3, 4), (4, 5), (5, 6), (6, 8), (7, 9), (8, 10), (9, 11)])
def test_a_margin_of_a_fifth(seats: int, least: int) -> None:
    for candidates, expected in ((least - 1, FAILS), (least, HOLDS)):
        facts = {"community": {"party committee candidates": candidates}, "party organisation": {"size": seats}}
        assert verdicts("cn.district-2012", "party_congress", facts)[2] is expected


@pytest.mark.parametrize(
    ("members", "form"), [(98, "general_branch"), (99, "general_branch"), (102, "party_committee")]
)
def test_the_form_beside_a_hundred_is_not_contested(members: int, form: str) -> None:
    """Notice III.1 and IV(1)1 differ at 100 alone."""
    rules = shipped("cn.district-2012")
    plan = {"community": {"party members": members}}
    found = {rules.value("party form", plan, {"party_committee_threshold": at}).value for at in range(2)}
    assert found == {form}


# Notice IV(2): 50 up to 1,500 households are the least; beyond, 51 for 1,600 are the least, or the number.
@pytest.mark.parametrize(
    ("households", "seats", "least", "fixed"),
    [
        (1500, 49, [FAILS], [IDLE]),
        (1500, 50, [HOLDS], [IDLE]),
        (1500, 51, [HOLDS], [IDLE]),
        (1600, 50, [FAILS], [HOLDS]),
        (1600, 51, [HOLDS], [HOLDS]),
        (1600, 52, [HOLDS], [FAILS]),
    ],
)
def test_the_least_number_of_representatives_or_the_number(
    households: int, seats: int, least: list[Verdict], fixed: list[Verdict]
) -> None:
    plan = {"community": {"households": households}, "assembly": {"resident representatives": seats}}
    for reading, more in ((0, [IDLE]), (1, fixed)):
        notice = ("cn.district-2012", "assembly.resident_representatives", plan)
        assert verdicts(*notice, fixed_number=reading) == least
        assert verdicts("cn.district-2012", "no_more_representatives_than_due", plan, fixed_number=reading) == more


# Notice IV(2): 10 % to 30 % of ten units is one to three.
@pytest.mark.parametrize(("seats", "expected"), [(0, FAILS), (1, HOLDS), (3, HOLDS), (4, FAILS)])
def test_the_share_of_the_units(seats: int, expected: Verdict) -> None:
    facts = {"community": {"units": 10}, "assembly": {"resident representatives": 50, "unit representatives": seats}}
    assert verdicts("cn.district-2012", "unit_share", facts)[0] is expected


# Notice III.2 and III.3: one chair, one or two vice-chairs; with a size of three nobody may be left for member.
@pytest.mark.parametrize(
    ("vice", "members", "expected"),
    [
        (0, 2, [HOLDS, FAILS]),
        (1, 1, [HOLDS, HOLDS]),
        (2, 0, [HOLDS, HOLDS]),
        (3, 0, [HOLDS, FAILS]),
    ],
)
def test_posts_of_a_committee_of_three(vice: int, members: int, expected: list[Verdict]) -> None:
    facts = {"residents committee": {"size": 3, "chairs": 1, "vice chairs": vice, "other members": members}}
    assert verdicts("cn.district-2012", "committee_posts", facts) == expected


@pytest.mark.parametrize(("size", "expected"), [(6, FAILS), (7, HOLDS), (9, HOLDS), (10, FAILS)])
def test_the_size_of_the_supervision_committee(size: int, expected: Verdict) -> None:
    facts = {"supervision committee": {"size": size}}
    assert verdicts("cn.district-2012", "supervision_committee.size", facts) == [expected]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2012, 6, 30), FAILS),
        (date(2012, 7, 1), HOLDS),
        (date(2012, 9, 30), HOLDS),
        (date(2012, 10, 1), FAILS),
    ],
)
def test_the_season(day: date, expected: Verdict) -> None:
    assert verdicts("cn.district-2012", "season", {"community": {"election day": day}}) == [expected]


def test_six_sources_of_the_supervision_committee() -> None:
    """Notice III.3: six sources, five of them on the list; one of each, or none needed."""
    sources = ("party head", "resident", "unit representative", "owners committee member", "congress deputy")
    facts = {"supervision members": [{"name": name, "category": name} for name in sources]}
    rule = ("cn.district-2012", "composition_of_the_supervision_committee", facts)
    assert verdicts(*rule) == [HOLDS] * 5 + [FAILS]
    assert verdicts(*rule, fewest_of_a_source=1) == [HOLDS] * 6


# Speech I(2)2: 51 and 46 for new members, 54 and 49 for existing ones.
@pytest.mark.parametrize(
    ("sex", "serving", "limit"),
    [("male", "no", 51), ("female", "no", 46), ("male", "yes", 54), ("female", "yes", 49)],
)
def test_age_of_the_leading_team(sex: str, serving: str, limit: int) -> None:
    for age, expected in ((limit - 1, HOLDS), (limit, HOLDS), (limit + 1, FAILS)):
        facts = {"team members": [{"name": "A", "sex": sex, "incumbent": serving, "age": age}]}
        assert verdicts("cn.city-2007", "age_of_team_members", facts) == [expected]


# Speech II(2)4: of 28 communities 14 are half; household delegates count as direct, or they do not.
@pytest.mark.parametrize(
    ("voters", "households", "counted", "not_counted"),
    [(14, 0, HOLDS, HOLDS), (13, 1, HOLDS, FAILS), (13, 0, FAILS, FAILS), (0, 14, HOLDS, FAILS)],
)
def test_half_of_the_communities_elect_directly(
    voters: int, households: int, counted: Verdict, not_counted: Verdict
) -> None:
    modes = ["all voters"] * voters + ["household delegates"] * households
    modes += ["representatives"] * (28 - len(modes))
    (share,) = shipped("cn.city-2007").across([{"community": {"electorate": mode}} for mode in modes]).city.findings
    other = {one.option: one.verdict for one in share.readings}
    assert (share.verdict, other.get(1, share.verdict)) == (counted, not_counted)


def test_representatives_of_1600_households() -> None:
    """About one for 20 households is 80; 50 and one for each 100 above 1,500 is 51."""
    plan = {"community": {"households": 1600}}
    assert shipped("cn.direct-2005").value("representatives expected", plan).value == 80
    assert shipped("cn.district-2012").value("required representatives", plan).value == 51


# Report III.3: 53 and 48, advice.
@pytest.mark.parametrize(("sex", "limit"), [("male", 53), ("female", 48)])
def test_age_of_candidates(sex: str, limit: int) -> None:
    for age, expected in ((limit - 1, HOLDS), (limit, HOLDS), (limit + 1, FAILS)):
        facts = {"committee candidates": [{"name": "A", "sex": sex, "age": age, "outstanding record": "no"}]}
        report = shipped("cn.direct-2005").check(facts, advice=False)
        (found,) = [one for one in report.findings if one.rule.id == "age_of_candidates"]
        assert (found.verdict, found.sentence.force) == (expected, Force.SHOULD)


# Half of the 2,208 ballots returned is 1,104; of the 1,995 valid ones 997.5, of the 2,722 registered 1,361.
@pytest.mark.parametrize(
    ("votes", "kind", "same_on_valid", "same_on_registered"),
    [
        (997, DecisionRequired, True, True),
        (998, DecisionRequired, False, True),
        (1104, DecisionRequired, False, True),
        (1105, Decided, True, False),
        (1361, Decided, True, False),
        (1362, Decided, True, True),
    ],
)
def test_the_base_of_a_majority(votes: int, kind: type, same_on_valid: bool, same_on_registered: bool) -> None:
    """A majority is counted on the ballots returned; the count says on which other base the result would differ."""
    account = {"registered voters": 2722, "ballots issued": 2268, "ballots returned": 2208}
    account |= {"valid ballots": 1995, "invalid ballots": 17}
    plan = {
        "residents committee": {"chairs": 1, "vice chairs": 0, "other members": 0},
        "ballot account": account,
        "candidates": [{"name": "A", "post": "chair", "votes": votes}, {"name": "B", "post": "chair", "votes": 300}],
    }
    rules = shipped("cn.all-voter")
    assert isinstance(rules.contest("residents committee", plan).count(), kind)
    facts, _ = rules.facts(plan)
    same = rules.count(rules.program.contests[0], facts)[0].alternatives
    assert (same["valid"], same["registered"]) == (same_on_valid, same_on_registered)
