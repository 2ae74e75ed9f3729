"""The laws above local texts: what their examples cannot say. Numbers are worked out by hand from the articles cited."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import civicrules
from civicrules import MappingLibrary, Rules, Verdict
from civicrules.diagnostics import Severity
from civicrules.library import Libraries
from civicrules.program import Force
from civicrules.report.status import exit_status
from civicrules.report.text import render

HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
FOLDER = Path(__file__).parents[2] / "rulesets"


@pytest.fixture(scope="module")
def law() -> Rules:
    return civicrules.load("cn.residents-law")


def verdicts(rules: Rules, rule: str, facts: object, law_day: date | None = None) -> list[Verdict]:
    report = rules.check(facts, law_day=law_day, advice=False)
    return [finding.verdict for finding in report.findings if finding.rule.id == rule]


def failing(rules: Rules, plan: Path) -> set[str]:
    return {one.rule.id for one in rules.check(plan, advice=False).findings if one.verdict is FAILS}


# Article 8: three years in the text of 1989, five since the amendment of 29 December 2018.
@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(1990, 1, 1), 3, [HOLDS, IDLE]),
        (date(2018, 12, 28), 3, [HOLDS, IDLE]),
        (date(2018, 12, 28), 5, [FAILS, IDLE]),
        (date(2018, 12, 29), 5, [IDLE, HOLDS]),
        (date(2018, 12, 29), 3, [IDLE, FAILS]),
    ],
)
def test_the_term_by_the_day_of_election(law: Rules, day: date, years: int, expected: list[Verdict]) -> None:
    plan = {"community": {"election day": day}, "residents committee": {"term": years}}
    assert verdicts(law, "term_of_office", plan) == expected
    assert verdicts(law, "term_of_office", {"residents committee": {"term": years}}, day) == expected


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(1989, 12, 31), True), (date(1990, 1, 1), False), (date(2025, 12, 31), False), (date(2026, 1, 1), True)],
)
def test_the_law_was_in_force(law: Rules, day: date, said: bool) -> None:
    notes = law.check({"community": {"election day": day}}).notes
    assert ("CR0340" in {one.code for one in notes}) is said


# Article 7: one member of a smaller group, where several live.
@pytest.mark.parametrize(
    ("several", "members", "expected"),
    [("是", "否否", FAILS), ("是", "否是", HOLDS), ("否", "否否", IDLE), ("是", None, CANNOT_SAY)],
)
def test_a_member_of_a_smaller_ethnic_group(law: Rules, several: str, members: str | None, expected: Verdict) -> None:
    plan: dict[str, object] = {"社区": {"多民族居住": several}}
    if members is not None:
        plan["居委会全体成员"] = [{"姓名": f"甲{at}", "属人数较少的民族": one} for at, one in enumerate(members)]
    assert verdicts(law, "smaller_ethnic_groups", plan) == [expected]


# Article 8: 18 on the day of election.
@pytest.mark.parametrize(("birth", "expected"), [(date(2002, 6, 5), HOLDS), (date(2002, 6, 6), FAILS)])
@pytest.mark.parametrize(("rule", "list_"), [("right_to_vote", "全体登记选民"), ("right_to_stand", "全体居委会候选人")])
def test_eighteen_on_the_day_of_election(law: Rules, birth: date, rule: str, list_: str, expected: Verdict) -> None:
    row = {"姓名": "甲", "出生日期": birth, "被剥夺政治权利": "否"}
    plan = {"社区": {"选举日": date(2020, 6, 5)}, list_: [row]}
    assert verdicts(law, rule, plan) == [expected, HOLDS]


def test_the_shipped_plan_of_a_committee(law: Rules) -> None:
    found = failing(law, FOLDER / "cn.residents-law" / "examples" / "committee.zh.yaml")
    assert found == {
        "size_of_the_community",
        "size_of_the_committee",
        "representatives_of_groups_elect",
        "right_to_stand",
    }


def test_the_shipped_plan_of_an_assembly() -> None:
    rules = civicrules.load("cn.residents-law-affairs")
    found = failing(rules, FOLDER / "cn.residents-law-affairs" / "examples" / "assembly.zh.yaml")
    assert found == {"attendance_of_the_assembly", "making_the_compact"}


@pytest.fixture(scope="module")
def revised() -> Rules:
    return civicrules.load("cn.residents-law-2025")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_begins_with_what_the_revised_law_lacks(revised: Rules, language: str) -> None:
    _, first, *_ = render(
        revised.check(FOLDER / "cn.residents-law-2025" / "examples" / "committee.zh.yaml"), language
    ).splitlines()
    assert first.startswith(
        {"en": "! This ruleset covers its law in part: ", "zh": "! 本规则集只涵盖部分条文："}[language]
    )


@pytest.mark.parametrize(("day", "said"), [(date(2025, 12, 31), True), (date(2026, 1, 1), False)])
def test_the_revised_law_was_in_force(revised: Rules, day: date, said: bool) -> None:
    notes = revised.check({"community": {"election day": day}}).notes
    assert ("CR0340" in {one.code for one in notes}) is said


@pytest.mark.parametrize(
    ("chairs", "members", "expected"), [(2, 4, [HOLDS, HOLDS]), (1, 4, [FAILS, HOLDS]), (2, 3, [HOLDS, FAILS])]
)
def test_more_candidates_than_seats_of_each_post(
    revised: Rules, chairs: int, members: int, expected: list[Verdict]
) -> None:
    rows = [("chair", at) for at in range(chairs)] + [("member", at) for at in range(members)]
    plan = {
        "residents committee": {"chairs": 1, "vice chairs": 1, "other members": 3},
        "candidates": [{"name": f"{post}{at}", "post": post} for post, at in rows],
    }
    chair, _, member = verdicts(revised, "more_candidates_than_seats", plan)
    assert [chair, member] == expected


LOCAL = """civicrules 1 zh

规则集 our.town “本镇办法”
  层级：区
  上位：cn.residents-law
  词汇：cn.community
  年龄计算日：选举日
  来源 办法 / measures：“本镇办法”

规则 本镇居委会人数 〔办法 第一条〕
  居委会的职数应当为SIZE人
  从严：居委会人数
"""


@pytest.mark.parametrize(
    ("size", "codes"),
    [("5至7", []), ("5至9", []), ("3至5", ["CR0364"]), ("7至10", ["CR0364"])],
)
def test_a_local_text_narrows_five_to_nine(size: str, codes: list[str]) -> None:
    """Article 7: three to five members contradict the law (L1), five to seven narrow it."""
    library = Libraries((MappingLibrary({"our.town": LOCAL.replace("SIZE", size)}), civicrules.shipped()))
    rules = civicrules.load("our.town", library=library)
    assert [one.code for one in rules.diagnostics if one.severity is Severity.CONFLICT] == codes


# ---------------------------------------------------------------- the villagers' law by analogy

LATER = date(2020, 9, 21)


@pytest.fixture(scope="module")
def village() -> Rules:
    return civicrules.load("cn.village-by-analogy")


def test_an_analogy_binds_nobody(village: Rules) -> None:
    own = [sentence for rule in village.program.own() for sentence in rule.sentences]
    assert {sentence.force for sentence in own} == {Force.SHOULD}
    assert {rule.ruleset for rule in village.program.rules} == {"cn.residents-law", "cn.village-by-analogy"}


def test_the_shipped_plan_of_a_community(village: Rules) -> None:
    report = village.check(FOLDER / "cn.village-by-analogy" / "examples" / "community.zh.yaml", advice=False)
    assert {one.rule.id for one in report.findings if one.verdict is FAILS} == {
        "members_who_stand_leave",
        "relatives_of_candidates_leave",
        "list_posted_twenty_days_before",
        "more_than_half_elect",
        "proxies_by_analogy",
        "proxies_of_one_holder",
        "supervision_apart_from_the_committee",
    }
    assert exit_status(report) == 0


# Beijing 9, Zhejiang 8: five to nine. Beijing's measures are in force from 1 November 2012 (article 40).
@pytest.mark.parametrize(
    ("members", "day", "expected"),
    [
        (4, LATER, FAILS),
        (5, LATER, HOLDS),
        (9, LATER, HOLDS),
        (10, LATER, FAILS),
        (10, date(2012, 11, 1), FAILS),
        (10, date(2012, 10, 31), IDLE),
    ],
)
def test_five_to_nine_on_the_election_committee(village: Rules, members: int, day: date, expected: Verdict) -> None:
    plan = {"election committee members": [{"name": f"N{at}"} for at in range(members)]}
    assert verdicts(village, "size_of_the_election_committee_by_analogy", plan, day) == [expected]


# Article 15: more than half of 501 is 251; a third of 510 is 170.
@pytest.mark.parametrize(
    ("rule", "votes", "returned", "expected"),
    [
        ("more_than_half_elect", 250, 500, FAILS),
        ("more_than_half_elect", 250, 501, FAILS),
        ("more_than_half_elect", 251, 501, HOLDS),
        ("a_third_elects_in_the_further_vote", 169, 510, FAILS),
        ("a_third_elects_in_the_further_vote", 170, 510, HOLDS),
        ("a_third_elects_in_the_further_vote", 170, 511, FAILS),
    ],
)
def test_votes_of_whoever_is_elected(village: Rules, rule: str, votes: int, returned: int, expected: Verdict) -> None:
    first = rule == "more_than_half_elect"
    names = (
        ("votes", "elected", "ballots returned")
        if first
        else (
            "votes in the further vote",
            "elected in the further vote",
            "ballots returned in the further vote",
        )
    )
    rows = [{"name": "A", names[0]: votes, names[1]: True}, {"name": "B", names[0]: 1, names[1]: False}]
    assert verdicts(village, rule, {"ballot account": {names[2]: returned}, "candidates": rows}) == [expected]


@pytest.mark.parametrize(("number", "expected"), [(3, HOLDS), (4, FAILS)])
def test_three_proxies_for_one_holder(village: Rules, number: int, expected: Verdict) -> None:
    """Zhejiang 25, Beijing 25, Shanghai 16: at most three; what another holds is no matter."""
    rows = [{"voter": f"V{at}", "holder": "H", "in writing": True} for at in range(number)]
    plan = {"proxies": [*rows, {"voter": "W", "holder": "I", "in writing": True}]}
    assert verdicts(village, "proxies_of_one_holder", plan, LATER) == [expected, HOLDS]


@pytest.mark.parametrize(("sexes", "expected"), [("男男", FAILS), ("男女", HOLDS)])
def test_a_woman_on_the_committee(village: Rules, sexes: str, expected: Verdict) -> None:
    plan = {"居委会全体成员": [{"姓名": f"甲{at}", "性别": sex} for at, sex in enumerate(sexes)]}
    assert verdicts(village, "women_on_the_committee", plan) == [expected]


@pytest.mark.parametrize(("member", "expected"), [("A", FAILS), ("B", HOLDS)])
def test_whoever_stands_leaves_the_election_committee(village: Rules, member: str, expected: Verdict) -> None:
    plan = {"election committee members": [{"name": member}], "committee candidates": [{"name": "A"}]}
    assert verdicts(village, "members_who_stand_leave", plan) == [expected]


CANDIDATES = [{"name": "A", "relatives": "C"}]


@pytest.mark.parametrize(
    ("list_", "rule", "own"),
    [
        ("election committee members", "relatives_of_candidates_leave", 0),
        ("counting staff", "counting_staff_apart_from_the_candidates", 1),
    ],
)
@pytest.mark.parametrize(
    ("relatives", "candidates", "expected"),
    [("A", None, CANNOT_SAY), ("A", CANDIDATES, FAILS), ("B", CANDIDATES, HOLDS), ("none", CANDIDATES, HOLDS)],
)
def test_relatives_are_found_once_candidates_are_known(
    village: Rules, list_: str, rule: str, own: int, relatives: str, candidates: object, expected: Verdict
) -> None:
    """Zhejiang 9 and 22, Beijing 21: the same list of members before and after the candidates are known."""
    plan = {list_: [{"name": "M", "relatives": relatives}]}
    if candidates is not None:
        plan["committee candidates"] = candidates  # type: ignore[assignment]
    assert verdicts(village, rule, plan, LATER)[own:] == [expected]


@pytest.mark.parametrize(
    ("member", "day", "expected"),
    [
        ("A", date(2012, 11, 1), FAILS),
        ("A", date(2012, 10, 31), IDLE),
        ("B", date(2012, 11, 1), HOLDS),
        ("C", date(2012, 11, 1), HOLDS),  # whom the candidate names as a relative, and who does not say so
    ],
)
def test_candidates_do_not_count(village: Rules, member: str, day: date, expected: Verdict) -> None:
    """Beijing 21, in force from 1 November 2012 (article 40)."""
    plan = {"counting staff": [{"name": member, "relatives": "none"}], "committee candidates": CANDIDATES}
    assert verdicts(village, "counting_staff_apart_from_the_candidates", plan, day)[0] is expected


@pytest.mark.parametrize(("chairs", "expected"), [(1, FAILS), (2, HOLDS)])
def test_more_candidates_than_seats_by_analogy(village: Rules, chairs: int, expected: Verdict) -> None:
    rows = [{"name": f"N{at}", "post": "chair"} for at in range(chairs)]
    plan = {"residents committee": {"chairs": 1}, "candidates": rows}
    assert verdicts(village, "candidates_exceed_seats", plan)[0] is expected


# ---------------------------------------------------------------- the Party's rules, for party bodies


@pytest.fixture(scope="module")
def party() -> Rules:
    return civicrules.load("cn.party-rules")


# More than four fifths until 12 July 2020, not less than four fifths after: 4/5 of 30 is 24.
@pytest.mark.parametrize(
    ("day", "attending", "expected"),
    [
        (date(2012, 8, 20), 24, [FAILS, IDLE]),
        (date(2020, 7, 12), 24, [FAILS, IDLE]),
        (date(2020, 7, 12), 25, [HOLDS, IDLE]),
        (date(2020, 7, 13), 24, [IDLE, HOLDS]),
        (date(2020, 7, 13), 23, [IDLE, FAILS]),
    ],
)
def test_four_fifths_attend(party: Rules, day: date, attending: int, expected: list[Verdict]) -> None:
    plan = {"party meeting": {"members due": 30, "members attending": attending}}
    assert verdicts(party, "four_fifths_attend", plan, day) == expected


# 2020, article 3: a limit for early elections too.
@pytest.mark.parametrize(("day", "expected"), [(date(2020, 7, 12), IDLE), (date(2020, 7, 13), FAILS)])
def test_the_limit_of_early_elections_came_in_2020(party: Rules, day: date, expected: Verdict) -> None:
    plan = {
        "community": {"party term end": date(2022, 7, 1), "earlier or later approved": True},
        "steps": {"party organisation elected": date(2020, 6, 30)},
    }
    assert verdicts(party, "earlier_than_due", plan, day)[1] is expected


# Branch rules: in force from 28 October 2018.
@pytest.mark.parametrize(("day", "expected"), [(date(2018, 10, 27), IDLE), (date(2018, 10, 28), FAILS)])
def test_a_branch_of_seven_needs_a_committee(party: Rules, day: date, expected: Verdict) -> None:
    plan = {
        "community": {"full members": 7},
        "party organisation": {"form": "branch", "branch committee": False},
    }
    assert verdicts(party, "committee_from_seven_members", plan, day)[0] is expected


def test_the_shipped_plan_of_a_party_organisation(party: Rules) -> None:
    found = failing(party, FOLDER / "cn.party-rules" / "examples" / "organisation.zh.yaml")
    assert found == {"meeting_or_congress", "margin_of_a_fifth", "number_of_delegates"}
