"""Working days that a ruleset lists, rules on people as officials write them, and rules on each street of a city."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import civicrules
from civicrules import Rules, Verdict
from civicrules.library import MappingLibrary
from civicrules.program import Validity

SAMPLES = Path(__file__).parents[1] / "samples"
VOCABULARY = (SAMPLES / "vocabulary.civic").read_text(encoding="utf-8")
# The Mid-Autumn and National Day holidays of 2012 ran from 30 September to 7 October; Saturday 29 September was worked.
AUTUMN = {
    "en": """civicrules 1 en

ruleset autumn "Autumn"
  facts: sample.community
  days back: event day not counted
  source law: "A law"

calendar autumn of 2012
  valid: from 2012-09-01 until 2012-12-31
  weekend: Saturday, Sunday
  holidays: 2012-09-30 to 2012-10-07
  make-up days: 2012-09-29

voter list posted must be at least 5 working days before election day [law 1]
guidance group filing must be within 3 working days after voter list posted [law 2]
""",
    "zh": """civicrules 1 zh

规则集 autumn “秋季”
  词汇：sample.community
  倒推天数：事件当日不计入
  来源 法律：“某法”

日历 2012年秋季
  有效期：自2012年9月1日起至2012年12月31日
  休息日：星期六、星期日
  节假日：2012年9月30日至2012年10月7日
  调休上班日：2012年9月29日

选民名单公布日应当在选举日的5个工作日前 〔法律 第一条〕
指导组名单报送日应当自选民名单公布日起3个工作日内 〔法律 第二条〕
""",
}


def load(text: str) -> Rules:
    language = text[: text.index("\n")][-2:]
    higher = (SAMPLES / f"residents-committee-law.{language}.civic").read_text(encoding="utf-8")
    return civicrules.load(
        text=text, library=MappingLibrary({"sample.community": VOCABULARY, "cn.residents-committee-law": higher})
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("posted", "expected"),
    # Back from Wednesday 10 October: the 9th, the 8th, 29, 28 and 27 September are five working days.
    [("2012-09-27", Verdict.HOLDS), ("2012-09-28", Verdict.FAILS), ("2012-09-29", Verdict.FAILS)],
)
def test_working_days_are_counted_back_over_a_holiday(language: str, posted: str, expected: Verdict) -> None:
    report = load(AUTUMN[language]).check({"community": {"voter list posted": posted, "election day": "2012-10-10"}})
    assert report.findings[0].verdict is expected


@pytest.mark.parametrize(
    ("filed", "expected"),
    # From Thursday 27 September: 28 and 29 September, then Monday 8 October.
    [("2012-10-08", Verdict.HOLDS), ("2012-10-09", Verdict.FAILS), ("2012-09-26", Verdict.FAILS)],
)
def test_working_days_are_counted_forward_over_a_holiday(filed: str, expected: Verdict) -> None:
    facts = {"community": {"voter list posted": "2012-09-27", "guidance group filing": filed}}
    assert load(AUTUMN["en"]).check(facts).findings[1].verdict is expected


def test_a_day_beyond_the_calendar_cannot_be_said() -> None:
    facts = {"community": {"voter list posted": "2012-12-28", "election day": "2013-01-10"}}
    report = load(AUTUMN["en"]).check(facts)
    assert report.findings[0].verdict is Verdict.CANNOT_SAY
    assert {one.code for one in report.diagnostics} == {"CR0594"}


def test_both_texts_know_the_same_days() -> None:
    assert load(AUTUMN["en"]).program.calendar == load(AUTUMN["zh"]).program.calendar


def test_calendars_that_follow_each_other_are_one() -> None:
    text = (
        AUTUMN["en"]
        + "\ncalendar January 2013\n  valid: from 2013-01-01 until 2013-01-31\n  weekend: Saturday, Sunday\n"
    )
    report = load(text).check({"community": {"voter list posted": "2012-12-28", "election day": "2013-01-10"}})
    assert report.findings[0].verdict is Verdict.HOLDS


def test_calendars_with_a_gap_are_reported() -> None:
    text = AUTUMN["en"] + "\ncalendar later\n  valid: from 2013-02-01 until 2013-02-28\n  weekend: Saturday, Sunday\n"
    compiled = civicrules.compile(text, MappingLibrary({"sample.community": VOCABULARY}))
    assert [one.code for one in compiled.diagnostics] == ["CR0372"]


ENGLISH = """civicrules 1 en

ruleset people "People"
  facts: cn.community
  age date: election day
  source law: "A law"

"""
CHINESE = """civicrules 1 zh

规则集 people “人员”
  词汇：cn.community
  年龄计算日：选举日
  来源 法律：“某法”

"""
ELECTION = {"community": {"election day": "2012-08-30"}}


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH
        + "each committee candidate's age must not be more than 60 [law 1]\n  except when incumbent: at most 65\n",
        CHINESE + "每名居委会候选人的年龄不得超过60周岁 〔法律 第一条〕\n  但是现任的，不超过65周岁\n",
    ],
)
def test_an_exception_to_a_ban_says_what_is_asked_instead(text: str) -> None:
    rows = [
        {"name": "a", "age": 62, "incumbent": "yes"},
        {"name": "b", "age": 66, "incumbent": "yes"},
        {"name": "c", "age": 62, "incumbent": "no"},
    ]
    report = civicrules.load(text=text).check({**ELECTION, "committee candidates": rows})
    assert [one.verdict for one in report.findings] == [Verdict.HOLDS, Verdict.FAILS, Verdict.FAILS]


@pytest.mark.parametrize(
    ("head", "expected"),
    # One lives here and is in good health, the other neither; both are part-time, which excepts from living here.
    [
        ("must meet all of these", [Verdict.DOES_NOT_APPLY, Verdict.HOLDS, Verdict.DOES_NOT_APPLY, Verdict.FAILS]),
        ("must meet at least 2 of these", [Verdict.FAILS, Verdict.FAILS]),
        ("must meet any of these", [Verdict.HOLDS, Verdict.FAILS]),
        ("must not meet all of these", [Verdict.HOLDS, Verdict.HOLDS]),
        ("must not meet at least 2 of these", [Verdict.HOLDS, Verdict.HOLDS]),
    ],
)
def test_an_exception_to_an_item_meets_it_where_all_are_asked_and_else_takes_it_away(
    head: str, expected: list[Verdict]
) -> None:
    text = (
        ENGLISH
        + f"each committee candidate {head}: [law 1]\n  lives here\n    except when part-time\n  in good health\n"
    )
    rows = [
        {"name": "a", "part-time": "yes", "lives here": "yes", "in good health": "yes"},
        {"name": "b", "part-time": "yes", "lives here": "no", "in good health": "no"},
    ]
    report = civicrules.load(text=text).check({**ELECTION, "committee candidates": rows})
    by_person = sorted(report.findings, key=lambda one: one.subject.index if one.subject else -1)
    assert [one.verdict for one in by_person] == expected


def test_a_value_of_people_is_shown_with_the_facts_of_each() -> None:
    text = ENGLISH + (
        "old enough means all of these: [law 1]\n  age is at least 18\n  lives here\n\n"
        "each committee candidate must meet all of these: [law 1]\n  old enough\n"
    )
    rows = [{"name": "a", "age": 20, "lives here": "yes"}, {"name": "b", "age": 17}]
    report = civicrules.load(text=text).check({**ELECTION, "committee candidates": rows})
    assert [one.verdict for one in report.findings] == [Verdict.HOLDS, Verdict.FAILS]
    assert [[inner.value for inner in one.numbers[0].inner] for one in report.findings] == [[20, True], [17, None]]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("110101198001010010", "110101198001010029", Verdict.HOLDS), ("110101198001010010",) * 2 + (Verdict.FAILS,)],
)
def test_identity_numbers_come_before_names(first: str, second: str, expected: Verdict) -> None:
    text = ENGLISH + "each committee candidate must not be among supervision members [law 1]\n"
    plan = {
        **ELECTION,
        "committee candidates": [{"name": "王强", "id number": first}],
        "supervision members": [{"name": "王强", "id number": second}],
    }
    assert civicrules.load(text=text).check(plan).findings[0].verdict is expected


@pytest.mark.parametrize(
    "text",
    [
        CHINESE + "每名居委会候选人应当年满18周岁 〔法律 第一条〕\n",
        CHINESE + "每名居委会候选人应当符合下列条件： 〔法律 第一条〕\n  （一）年满18周岁的；\n",
    ],
)
def test_a_chinese_text_need_not_name_the_age(text: str) -> None:
    rows = [{"name": "a", "age": 18}, {"name": "b", "age": 17}]
    report = civicrules.load(text=text).check({**ELECTION, "committee candidates": rows})
    assert [one.verdict for one in report.findings] == [Verdict.HOLDS, Verdict.FAILS]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_street_is_judged_by_itself(language: str) -> None:
    rules = load((SAMPLES / f"province-2010.{language}.civic").read_text(encoding="utf-8"))
    city = {
        "communities": [
            {"street": "甲", "electorate": "all voters"},
            {"street": "甲", "electorate": "representatives"},
            {"street": "乙", "electorate": "representatives"},
        ]
    }
    report = rules.across([], city).city
    streets = {one.subject.label: one for one in report.findings if one.subject is not None}
    assert {street: one.verdict for street, one in streets.items()} == {"甲": Verdict.HOLDS, "乙": Verdict.FAILS}
    assert [one.numbers[0].value for one in streets.values()] == [1, 0]


@pytest.mark.parametrize("below", [True, False])
def test_the_validity_of_a_rule_is_that_of_its_sentences(below: bool) -> None:
    """One sentence says when it is in force itself; the others are in force when the rule is, wherever that line stands."""
    valid, size = "  valid: from 2012-07-01\n", "  households must be at least 1\n"
    own = "  units must be at least 1\n    valid: until 2012-06-30\n"
    lines = size + own + valid if below else valid + size + own
    rules = civicrules.load(text=f"{ENGLISH}rule sizes [law 1]\n{lines}")
    assert [one.valid for one in rules.program.rules[0].sentences] == [
        Validity(start=date(2012, 7, 1)),
        Validity(end=date(2012, 6, 30)),
    ]
