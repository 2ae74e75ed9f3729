"""Where a local paper and the law above it answer one plan differently: the same facts under both (L1 to L18)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest

import civicrules
from civicrules import Rules, Verdict

HOLDS, FAILS, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.DOES_NOT_APPLY
NOTICE, PROCEDURE = "cn.district-2012", "cn.all-voter"
LAW, VILLAGE, PARTY = "cn.residents-law", "cn.village-by-analogy", "cn.party-rules"
DAY = date(2012, 8, 20)


@cache
def shipped(ruleset: str) -> Rules:
    return civicrules.load(ruleset)


def verdicts(ruleset: str, rule: str, plan: Mapping[str, Any], **readings: int) -> list[Verdict]:
    report = shipped(ruleset).check(plan, readings=readings, advice=False)
    return [found.verdict for found in report.findings if found.rule.names.text("zh") == rule]


def committee(size: int, vice: int, members: int, outside: int = 0) -> dict[str, Any]:
    posts = {"职数": size, "主任职数": 1, "副主任职数": vice, "委员职数": members, "不占职数委员人数": outside}
    return {"社区": {"居民户数": 700, "小区规模": "大型"}, "居委会": posts}


def test_three_or_four_members() -> None:
    """L1: 700 households. Notice III.2: three to five. Law, article 7: five to nine."""
    for size, local, law in ((3, HOLDS, FAILS), (4, HOLDS, FAILS), (5, HOLDS, HOLDS), (6, FAILS, HOLDS)):
        plan = committee(size, 1, size - 2)
        assert verdicts(NOTICE, "居委会的职数", plan) == [local]
        assert verdicts(LAW, "居委会人数", plan) == [law]


def test_no_plain_member() -> None:
    """L15: one chair and two vice-chairs fill a committee of three; article 7 asks for members too."""
    plan = committee(3, 2, 0)
    assert verdicts(NOTICE, "居委会职位", plan) == [HOLDS, HOLDS]
    assert verdicts(LAW, "居委会职务", plan) == [HOLDS, HOLDS, FAILS, HOLDS]


@pytest.mark.parametrize(("size", "law"), [(8, HOLDS), (9, FAILS)])
def test_members_outside_the_size(size: int, law: Verdict) -> None:
    """L16: a large estate may have one (notice III.2); nine and one are ten."""
    plan = committee(size, 1, size - 2, outside=1)
    assert FAILS not in verdicts(NOTICE, "不占职数委员", plan)
    assert verdicts(LAW, "不占职数的委员", plan) == [law]


@pytest.mark.parametrize(("groups", "law"), [(16, FAILS), (17, HOLDS), (25, HOLDS), (26, FAILS)])
def test_51_representatives_of_groups(groups: int, law: Verdict) -> None:
    """L18: 1,600 households make 51 (notice IV(2)); two or three of each group are 51 for 17 to 25 groups."""
    plan = {
        "社区": {"居民户数": 1600, "居民小组数": groups, "选举方式": "居民代表选举"},
        "居民代表会议": {"居民代表人数": 51},
    }
    assert verdicts(NOTICE, "居民代表会议的居民代表人数", plan) == [HOLDS]
    assert verdicts(LAW, "各组代表合计", plan) == [law]


def test_a_bar_beyond_political_rights() -> None:
    """L4: released four years ago. Barred by the notice, III; article 8 bars whoever lacks political rights."""
    person = {"姓名": "甲", "年龄": 40, "被剥夺政治权利": "否", "刑满释放": date(2008, 8, 20)}
    plan = {"社区": {"选举日": DAY}, "全体居委会候选人": [person], "选举工作": {"另设选举资格限制": "是"}}
    assert FAILS in verdicts(NOTICE, "不得提名的情形", plan)
    assert set(verdicts(LAW, "被选举权", plan)) == {HOLDS}
    assert verdicts(LAW, "不设其他限制", plan) == [FAILS]


def test_age_is_no_bar() -> None:
    """L3: a man of 54, over the limit of the report (III.3, advice); article 8 knows eighteen alone."""
    person = {"姓名": "甲", "性别": "男", "年龄": 54, "被剥夺政治权利": "否", "社区工作业绩突出": "否"}
    plan = {"社区": {"选举日": date(2005, 6, 5)}, "全体居委会候选人": [person]}
    assert verdicts("cn.direct-2005", "候选人年龄", plan) == [FAILS]
    assert set(verdicts(LAW, "被选举权", plan)) == {HOLDS}


@pytest.mark.parametrize(("day", "law"), [(date(2018, 12, 28), HOLDS), (date(2018, 12, 29), FAILS)])
def test_a_term_of_three_years(day: date, law: Verdict) -> None:
    """L5: three years were the law until 28 December 2018."""
    end = day.replace(year=day.year + 3)
    plan = {"社区": {"选举日": day, "任期届满": end}, "居委会": {"任期年限": 3, "下属委员会数": 4}}
    # The law's own sentences on the term come after the two of the summary, which stands under it.
    assert [one for one in verdicts("cn.representatives", "任期", plan) if one is not IDLE][-2:] == [HOLDS, HOLDS]
    assert HOLDS in verdicts(LAW, "任期", plan) if law is HOLDS else FAILS in verdicts(LAW, "任期", plan)


def test_three_days_are_not_five() -> None:
    """L8: posted on 13 March 2021 for 16 March. Three days suffice by the summary, five are advice of two provinces."""
    plan = {"社区": {"选举日": date(2021, 3, 16), "候选人名单公布日": date(2021, 3, 13)}}
    assert verdicts(PROCEDURE, "候选人名单公布", plan, day_that_counts=1) == [HOLDS]
    assert verdicts(VILLAGE, "候选人公布", plan) == [FAILS]


def test_the_head_of_the_election_committee_stands() -> None:
    """L9: the speech, II(2)1, makes the secretary head and does not make a candidate leave."""
    plan = {
        "社区": {"党组织书记": "甲", "选举委员会主任": "甲"},
        "选举委员会全体成员": [{"姓名": "甲"}],
        "全体居委会候选人": [{"姓名": "甲"}],
    }
    assert verdicts("cn.city-2007", "选举委员会主任", plan) == [IDLE]
    assert verdicts(VILLAGE, "参选成员退出选举委员会", plan) == [FAILS]


def test_a_congress_of_a_hundred_members() -> None:
    """L10: 120 members, a congress of 32 by the notice; the Party's rules have a meeting of all of them below 500."""
    plan = {
        "社区": {
            "党员人数": 120,
            "党代表名额分段": 50,
            "党代表大会代表名额": 32,
            "党内选举形式": "党员代表大会",
            "党组织驻地分散": "否",
        }
    }
    assert verdicts(NOTICE, "党代表大会名额", plan)[0] is HOLDS
    assert FAILS in verdicts(PARTY, "选举形式", plan)
    assert FAILS in verdicts(PARTY, "代表名额", plan)


@pytest.mark.parametrize(
    ("members", "committee", "party"),
    [(6, "是", [FAILS, HOLDS, HOLDS]), (6, "否", [HOLDS, HOLDS, HOLDS]), (7, "是", [HOLDS])],
)
def test_a_committee_in_every_branch(members: int, committee: str, party: list[Verdict]) -> None:
    """L11: three members of a branch's committee by the notice, III.1; by the branch rules only from seven full members on."""
    organisation = {"组织形式": "党支部", "职数": 3, "书记职数": 1, "副书记职数": 1, "设支部委员会": committee}
    plan = {"社区": {"党员人数": members, "正式党员人数": members, "选举日": date(2019, 3, 20)}, "党组织": organisation}
    assert verdicts(NOTICE, "党组织的职数", plan) == [HOLDS]
    assert [one for one in verdicts(PARTY, "支部委员会", plan) if one is not IDLE] == party


@pytest.mark.parametrize(
    ("ruleset", "articles"),
    [
        (NOTICE, ["notice III", "notice III.2", "notice III.2"]),
        ("cn.direct-2005", ["report III.4"]),
        ("cn.city-2007", ["speech I(2)2", "speech I(2)2"]),
        ("cn.representatives", ["summary II.2"]),
        (PROCEDURE, ["summary III.1"]),
    ],
)
def test_a_bar_that_the_law_does_not_allow_is_told_with_both_articles_and_somebody(
    ruleset: str, articles: list[str]
) -> None:
    """L3, L4, L6: who is barred by the paper and not by article 8; the examples named are run with the others."""
    found = [one.data for one in shipped(ruleset).diagnostics if one.code == "CR0363"]
    assert [data["article"].text("en") for data in found] == articles  # type: ignore[attr-defined]
    assert {data["higher_article"].text("en") for data in found} == {"residents' law 8(2)"}  # type: ignore[attr-defined]
    assert all("example" in data for data in found)


def test_whoever_is_placed_must_be_elected() -> None:
    """L12: the notice, IV(1)1, frees whoever is placed from belonging here; nobody is appointed a member."""
    person = {"姓名": "甲", "中共正式党员": "是", "组织关系在本社区": "否", "兼职": "否", "由街道委派": "是"}
    person |= {"文化程度": "高中", "身体健康": "是"}
    assert FAILS not in verdicts(NOTICE, "党组织成员条件", {"全体党组织候选人": [person]})
    assert verdicts(VILLAGE, "不得委派", {"居委会全体成员": [person]}) == [FAILS]
