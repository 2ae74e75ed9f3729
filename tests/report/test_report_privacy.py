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
        (3, "3 years before 30 August 2012, at least 5 years asked", "至2012年8月30日满3年，应不少于5年"),
        (1, "1 year before 30 August 2012, at least 5 years asked", "至2012年8月30日满1年，应不少于5年"),
        (-1, "after 30 August 2012, at least 5 years asked", "在2012年8月30日之后，应不少于5年"),
        ("none", "given, not shown", "已填写，不予显示"),
    ],
)
def test_a_period_in_whole_units(passed: object, en: str, zh: str) -> None:
    assert said(elapsed(passed), "en") == en
    assert said(elapsed(passed), "zh") == zh


def test_advice_is_no_duty() -> None:
    assert said(elapsed(3, Force.SHOULD), "en").endswith("at least 5 years advised")


def test_an_age_stays() -> None:
    age = Age(FactOf("person.age", YEARS, "candidates"), BIRTH, ELECTION, YEARS)
    whole = report(Compare(age, Comparison.AT_MOST, Literal(60, YEARS)), number(age, 62, YEARS, "age"))
    assert discreet(whole).findings[0].numbers[0].value == 62
    assert "age: 62 years" in text.render(whole, "en")


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


def test_the_fingerprint_stays_that_of_the_values() -> None:
    whole = born(date(1994, 11, 30))
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
