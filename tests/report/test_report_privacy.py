"""Personal values stand in no output unasked: in their place stands how they compare with what is asked.

Eighteen years on 30 August 2012 has who was born on 30 August 1994 or before: 30 November 1994 is three months too late.
"""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from civicrules import days
from civicrules.exact import Interval
from civicrules.facts import PlanHeader
from civicrules.findings import Advice, Count, Finding, Number, Report, RulesetInfo, Subject, Verdict, fingerprint
from civicrules.outcome import Decided
from civicrules.program import (
    Age,
    Citation,
    Compare,
    Comparison,
    DateType,
    Each,
    Elapsed,
    Expression,
    FactOf,
    Force,
    Literal,
    Mention,
    Names,
    Not,
    NumberType,
    PeopleType,
    RangeOf,
    RangeType,
    Rule,
    Sentence,
    TextType,
    TruthType,
    Type,
    Unit,
    ValueOf,
    Within,
)
from civicrules.report import json as report_json
from civicrules.report import text
from civicrules.report.privacy import discreet
from civicrules.source import Cell

LIMIT = date(1994, 8, 30)
YEARS = NumberType("year")
BIRTH = FactOf("person.birth_date", DateType(), "candidates")
ELECTION = FactOf("community.election_day", DateType())
UNITS = (
    Unit("year", {"en": ("year", "years"), "zh": ("年",)}),
    Unit("month", {"en": ("month", "months"), "zh": ("个月",)}),
)
SUBJECT = Subject("candidates", 0, Names.of(en="candidate", zh="候选人"), "王五", Cell("p.xlsx", "候选人", "A3"))
DATED = Literal(LIMIT, DateType())


def number(of: Expression, value: object, type: Type, name: str = "birth date", personal: bool = True) -> Number:
    mention = Mention(of, Names.of(en=name))  # type: ignore[arg-type]
    return Number(Names.of(en=name), value, type, (), (), mention, (), personal)  # type: ignore[arg-type]


def report(requirement: Expression, *numbers: Number, force: Force = Force.MUST, **more: object) -> Report:
    each = Each("candidates")
    said = Sentence(force, None, requirement, Citation("law", Names.of(en="law 1")), Names.of(en="S"), each=each)
    rule = Rule("r", Names.of(en="r"), Names(), Names(), (said,), waiver=Names.of(en="street office"))
    finding = Finding(rule, said, Verdict.FAILS, numbers, subject=SUBJECT, **more)  # type: ignore[arg-type]
    info = RulesetInfo("x", Names.of(en="X"), "", "ab" * 32)
    return Report(info, PlanHeader(), "p.xlsx", None, None, (finding,), units=UNITS)


def said(whole: Report, language: str) -> str:
    """What stands in the place of the first number."""
    value = discreet(whole).findings[0].numbers[0].value
    assert isinstance(value, Names)
    return value.text(language)


def born(day: date, comparison: Comparison = Comparison.AT_MOST) -> Report:
    return report(Compare(BIRTH, comparison, DATED), number(BIRTH, day, DateType()))


@pytest.mark.parametrize(
    ("day", "en", "zh"),
    [
        (date(1994, 8, 30), "within the limit", "符合期限"),
        (date(1994, 8, 31), "less than a month too late", "晚于期限不满1个月"),
        (date(1994, 9, 29), "less than a month too late", "晚于期限不满1个月"),
        (date(1994, 9, 30), "1 month too late", "晚于期限1个月"),
        (date(1994, 11, 30), "3 months too late", "晚于期限3个月"),
        (date(1996, 8, 29), "23 months too late", "晚于期限23个月"),
        (date(1996, 8, 30), "2 years too late", "晚于期限2年"),
    ],
)
def test_a_day_after_its_limit(day: date, en: str, zh: str) -> None:
    assert said(born(day), "en") == en
    assert said(born(day), "zh") == zh


@pytest.mark.parametrize(
    ("comparison", "day", "expected"),
    [
        (Comparison.LESS, LIMIT, "less than a month too late"),
        (Comparison.LESS, LIMIT - timedelta(1), "within the limit"),
        (Comparison.AT_LEAST, LIMIT, "within the limit"),
        (Comparison.AT_LEAST, date(1994, 5, 30), "3 months too early"),
        (Comparison.MORE, LIMIT, "less than a month too early"),
        (Comparison.EQUAL, LIMIT, "given, not shown"),
    ],
)
def test_each_comparison(comparison: Comparison, day: date, expected: str) -> None:
    assert said(born(day, comparison), "en") == expected
    mirrored = {Comparison.LESS: Comparison.MORE, Comparison.AT_LEAST: Comparison.AT_MOST}
    swapped = {**mirrored, **{value: key for key, value in mirrored.items()}}.get(comparison, comparison)
    assert said(report(Compare(DATED, swapped, BIRTH), number(BIRTH, day, DateType())), "en") == expected
    negated = Not(Compare(BIRTH, comparison.negated, DATED))
    assert said(report(negated, number(BIRTH, day, DateType())), "en") == expected


def test_a_day_between_two_others() -> None:
    asked = Within(BIRTH, RangeOf(Literal(date(1950, 1, 1), DateType()), DATED, RangeType(NumberType())))
    assert said(report(asked, number(BIRTH, date(1949, 10, 1), DateType())), "en") == "3 months too early"
    assert said(report(asked, number(BIRTH, date(1994, 11, 30), DateType())), "en") == "3 months too late"


def test_a_limit_that_is_a_fact_of_the_plan() -> None:
    """Only what is recorded with the finding is compared with."""
    asked = Compare(BIRTH, Comparison.AT_MOST, ELECTION)
    other = number(ELECTION, LIMIT, DateType(), "election day", personal=False)
    assert said(report(asked, number(BIRTH, date(1994, 11, 30), DateType()), other), "en") == "3 months too late"
    assert said(report(asked, number(BIRTH, date(1994, 11, 30), DateType())), "en") == "given, not shown"


def elapsed(passed: object, force: Force = Force.MUST) -> Report:
    since = FactOf("person.released", DateType(), "candidates")
    period = Elapsed(since, Literal(date(2012, 8, 30), DateType()), days.Unit.YEAR, YEARS)
    asked = Not(Compare(period, Comparison.LESS, Literal(5, YEARS)))
    return report(asked, number(period, passed, YEARS, "released"), force=force)


@pytest.mark.parametrize(
    ("passed", "en", "zh"),
    [
        (3, "up to 2 years too short", "距规定期限尚差不超过2年"),
        (4, "up to 1 year too short", "距规定期限尚差不超过1年"),  # a day, or a year
        (5, "within the limit", "符合期限"),
        (-1, "too short", "不满规定期限"),
        ("none", "given, not shown", "已填写，不予显示"),
    ],
)
def test_a_period_in_whole_units(passed: object, en: str, zh: str) -> None:
    assert said(elapsed(passed), "en") == en
    assert said(elapsed(passed), "zh") == zh


def test_a_period_in_days_tells_no_day() -> None:
    period = Elapsed(BIRTH, Literal(date(2012, 8, 30), DateType()), days.Unit.DAY, NumberType("day"))
    asked = Compare(period, Comparison.AT_LEAST, Literal(30, NumberType("day")))
    assert said(report(asked, number(period, 12, NumberType("day"), "released")), "en") == "too short"
    assert said(report(asked, number(period, 30, NumberType("day"), "released")), "en") == "within the limit"


AGE = Age(FactOf("person.age", YEARS, "candidates"), BIRTH, ELECTION, YEARS)


@pytest.mark.parametrize(
    ("comparison", "years", "en", "zh"),
    [
        (Comparison.AT_MOST, 60, "within the limit", "符合限额"),
        (Comparison.AT_MOST, 61, "1 year above the limit", "超过上限1岁"),
        (Comparison.AT_LEAST, 58, "2 years below the limit", "低于下限2岁"),
        (Comparison.LESS, 60, "above the limit", "高于上限"),
        (Comparison.EQUAL, 61, "given, not shown", "已填写，不予显示"),
    ],
)
def test_an_age_counted_from_a_birth(comparison: Comparison, years: int, en: str, zh: str) -> None:
    whole = report(Compare(AGE, comparison, Literal(60, YEARS)), number(AGE, years, YEARS, "age"))
    assert (said(whole, "en"), said(whole, "zh")) == (en, zh)
    shown = text.render(evolve(whole, personal=True), "en")
    assert f"age: {years} years" in shown
    assert f"{years} years" not in text.render(whole, "en").replace(en, "")


def test_a_number_computed_from_personal_values_tells_no_amount() -> None:
    points = ValueOf("points", NumberType(), "candidates")
    asked = Compare(points, Comparison.AT_LEAST, Literal(10, NumberType()))
    assert said(report(asked, number(points, 7, NumberType(), "points")), "en") == "below the limit"
    assert said(report(asked, number(points, 10, NumberType(), "points")), "zh") == "符合限额"


def test_what_is_known_in_part_is_not_told() -> None:
    asked = Compare(AGE, Comparison.AT_MOST, Literal(60, YEARS))
    assert discreet(report(asked, number(AGE, Interval(61, 62), YEARS))).findings[0].numbers[0].value is None


def test_advice_computed_from_a_personal_value_is_left_out() -> None:
    """The nearest election day that mends it would tell the birth date."""
    advice = Advice("community.election_day", Names.of(en="election day"), LIMIT, date(2013, 1, 1), DateType())
    whole = report(Compare(BIRTH, Comparison.AT_MOST, ELECTION), number(BIRTH, LIMIT, DateType()), advice=(advice,))
    assert discreet(whole).findings[0].advice == ()
    moved = evolve(advice, results=(number(AGE, 61, YEARS), number(ELECTION, 7, YEARS, "x", personal=False)))
    open_to_all = number(ELECTION, 1, YEARS, "x", personal=False)
    other = report(Compare(ELECTION, Comparison.AT_MOST, DATED), open_to_all, advice=(moved,))
    assert [one.name.text("en") for one in discreet(other).findings[0].advice[0].results] == ["x"]


@pytest.mark.parametrize(
    ("value", "type"),
    [("310101199408300011", TextType()), ("张三、李四", PeopleType()), (True, TruthType()), (4321, NumberType())],
)
def test_other_values_are_only_said_to_be_given(value: object, type: Type) -> None:
    of = FactOf("person.secret", type, "candidates")
    whole = report(of, number(of, value, type, "secret", personal=not isinstance(type, PeopleType)))
    assert said(whole, "en") == "given, not shown"
    if not isinstance(value, bool):
        shown = [text.render(whole, tag, verbose=True) for tag in ("en", "zh")]
        assert str(value) not in "".join([*shown, report_json.render(whole, "en")])


def test_what_is_not_given_is_still_asked_for() -> None:
    whole = report(BIRTH, number(BIRTH, None, DateType()))
    assert discreet(whole).findings[0].numbers[0].value is None


@given(st.dates(date(1930, 1, 1), date(2010, 12, 31)), st.sampled_from(Comparison))
def test_no_day_stands_in_any_output(day: date, comparison: Comparison) -> None:
    inner = number(BIRTH, day, DateType(), "inner")
    whole = born(day, comparison)
    finding = whole.findings[0]
    outer = number(FactOf("community.x", YEARS), 1, YEARS, "x", personal=False)._replace(inner=(inner,))
    advice = Advice("person.birth_date", Names.of(en="birth date"), day, day, DateType())
    finding = evolve(finding, numbers=(*finding.numbers, outer), advice=(advice,))
    count = Count("c", Names.of(en="c"), Decided(()), Citation("law", Names()), (finding,))
    whole = evolve(whole, findings=(finding,), counts=(count,))
    document = report_json.render(whole, "en")
    shown = "".join(text.render(whole, tag, verbose=flag) for tag in ("en", "zh") for flag in (False, True))
    english = f"{day.day} {day:%B} {day.year}"
    for written in (day.isoformat(), english, f"{day.year}年{day.month}月{day.day}日"):
        assert written not in shown + document
    assert json.loads(document)["findings"][0]["numbers"][0]["personal"] is True


def test_taking_out_twice_changes_nothing() -> None:
    whole = born(date(1994, 11, 30))
    assert discreet(discreet(whole)) == discreet(whole)


def test_the_fingerprint_tells_no_more_than_the_report() -> None:
    """Who tries all days on a report finds every day of the month that the report names anyway, and not which one."""
    whole = born(date(1994, 11, 30))
    mark = fingerprint(whole.findings[0])
    every = [LIMIT + timedelta(n) for n in range(200)]
    found = [day for day in every if fingerprint(born(day).findings[0]) == mark]
    assert (found[0], found[-1], len(found)) == (date(1994, 11, 30), date(1994, 12, 29), 30)
    assert {said(born(day), "en") for day in found} == {"3 months too late"}
    assert fingerprint(born(date(1994, 12, 30)).findings[0]) != mark
    assert fingerprint(discreet(whole).findings[0]) == fingerprint(whole.findings[0])
    assert fingerprint(whole.findings[0]) in text.render(whole, "en")


def test_asked_for_they_are_shown_and_the_report_says_so() -> None:
    whole = evolve(born(date(1994, 11, 30)), personal=True)
    shown = text.render(whole, "en")
    assert "birth date: 30 November 1994" in shown
    assert "personal values  this report shows them" in shown
    assert "本报告显示个人信息" in text.render(whole, "zh")
    document = report_json.document(whole)
    assert document["personal"] is True
    assert document["findings"][0]["numbers"][0]["value"] == "1994-11-30"
    assert document["findings"][0]["numbers"][0]["instead"] is None
    hidden = report_json.document(born(date(1994, 11, 30)))
    assert hidden["personal"] is False
    assert hidden["findings"][0]["numbers"][0]["instead"] == {"en": "3 months too late", "zh": "晚于期限3个月"}
