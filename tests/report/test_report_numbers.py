"""Values in words: exact, with units, both sides of each rounding."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicrules.exact import Interval
from civicrules.findings import Number
from civicrules.program import (
    Choice,
    ChoiceType,
    CountOf,
    DateType,
    FactOf,
    Mention,
    Names,
    NumberType,
    RangeType,
    TextType,
    TruthType,
    Type,
    Unit,
)
from civicrules.report.numbers import is_shown_exactly, number, percent, plain, share, value
from civicrules.report.view import View

UNITS = {"household": Unit("household", {"en": ("household", "households"), "zh": ("户", "家")})}
EN, ZH = View("en", units=UNITS), View("zh", units=UNITS)
HOUSEHOLDS = NumberType("household")
SHARE = NumberType(whole=False, share=True)
ELECTORATE = ChoiceType((Choice("all_voters", Names.of(en="all voters", zh="全体选民选举")),))


@pytest.mark.parametrize(
    ("of", "type", "english", "chinese"),
    [
        (2722, NumberType(), "2,722", "2722"),
        (1, HOUSEHOLDS, "1 household", "1户"),
        (1601, HOUSEHOLDS, "1,601 households", "1601户"),
        (0, HOUSEHOLDS, "0 households", "0户"),
        (5, NumberType("unheard of"), "5", "5"),
        ((3, 5), RangeType(HOUSEHOLDS), "3 to 5 households", "3至5户"),
        ((5, 5), RangeType(HOUSEHOLDS), "5 households", "5户"),
        (Interval(20, None), HOUSEHOLDS, "at least 20 households", "不少于20户"),
        (Interval(None, 20), HOUSEHOLDS, "at most 20 households", "不超过20户"),
        (Interval(20, 50), HOUSEHOLDS, "20 to 50 households", "20至50户"),
        (Interval(None, None), HOUSEHOLDS, "not known", "尚不能确定"),
        (None, HOUSEHOLDS, "not known", "尚不能确定"),
        (date(2012, 8, 20), DateType(), "20 August 2012", "2012年8月20日"),
        (Interval(date(2012, 7, 1).toordinal(), None), DateType(), "1 July 2012 or later", "不早于2012年7月1日"),
        (
            Interval(None, date(2012, 9, 30).toordinal()),
            DateType(),
            "30 September 2012 or earlier",
            "不晚于2012年9月30日",
        ),
        (True, TruthType(), "yes", "是"),
        (False, TruthType(), "no", "否"),
        ("all_voters", ELECTORATE, "all voters", "全体选民选举"),
        ("unlisted", ELECTORATE, "unlisted", "unlisted"),
        ("Houbei'an\x1b[2J", TextType(), "Houbei'an\\u001b[2J", "Houbei'an\\u001b[2J"),
        (Fraction(5101, 100), NumberType(whole=False), "51.01", "51.01"),
        (Fraction(70, 3), NumberType(whole=False), "70/3 (about 23.33)", "70/3（约23.33）"),
        (Fraction(-7, 2), NumberType(whole=False), "-3.5", "-3.5"),
        (Fraction(12, 37), SHARE, "32.4 % (12/37)", "32.4%（12/37）"),
        (Fraction(3, 10), SHARE, "30 %", "30%"),
        (Fraction(975, 1000), SHARE, "97.5 %", "97.5%"),
    ],
)
def test_values(of: object, type: Type, english: str, chinese: str) -> None:
    assert value(of, type, EN) == english  # type: ignore[arg-type]
    assert value(of, type, ZH) == chinese  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (Interval(20, None), "at least 20 households so far", "目前至少20户"),  # more may come
        (Interval(20, 22), "20 to 22 households", "20至22户"),  # a complete list, of two nothing is known
        (20, "20 households", "20户"),
    ],
)
def test_a_count_of_an_open_list_is_what_there_is_so_far(value: object, english: str, chinese: str) -> None:
    names = Names.of(en="number of households", zh="户数")
    counted = Number(names, value, HOUSEHOLDS, mention=Mention(CountOf("homes", HOUSEHOLDS), names))  # type: ignore[arg-type]
    assert (number(counted, EN), number(counted, ZH)) == (english, chinese)
    fact = Number(names, Interval(20, None), HOUSEHOLDS, mention=Mention(FactOf("a.b", HOUSEHOLDS), names))
    assert number(fact, EN) == "at least 20 households"


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (Fraction(0), "0 %"),
        (Fraction(1, 3000), "<0.1 %"),  # 0.033 % would read as nothing
        (Fraction(2999, 10000), "30.0 %"),  # 29.99 %: the decimal shows that it is rounded
        (Fraction(2208, 2722), "81.1 %"),  # turnout of the all-voter election
        (Fraction(80, 80), "100 %"),
    ],
)
def test_percentages(of: Fraction, expected: str) -> None:
    assert percent(of, EN) == expected


@given(st.fractions(0, 5))
def test_a_rounded_share_shows_its_fraction(of: Fraction) -> None:
    shown = share(of, ZH)
    assert (f"{of.numerator}/{of.denominator}" in shown) == (not is_shown_exactly(of))


@given(st.fractions())
def test_numbers_are_printed_exactly(of: Fraction) -> None:
    shown = plain(of, ZH)
    exact = shown.partition("（")[0]
    assert Fraction(exact) == of
