"""Texts become values of the declared type: each form that is accepted, and the nearest one that is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from civicrules.facts import Blank, Fact
from civicrules.program import NumberType, Unit, Vocabulary
from civicrules.reading.raw import Atom
from civicrules.reading.scalars import Problem, reader_of, refused, units_of
from civicrules.source import Key

Typer = Callable[[str, object], Fact | Problem]


@pytest.fixture
def typed(vocabulary: Vocabulary) -> Typer:
    units = units_of(vocabulary)

    def run(key: str, value: object) -> Fact | Problem:
        declared = vocabulary.field(key)
        atom = Atom(value, Key(("x",)))  # type: ignore[arg-type]
        result = reader_of(declared, vocabulary, units)(atom)
        return refused(atom, result, declared) if isinstance(result, Problem) else result

    return run


def value(result: Fact | Problem) -> object:
    return result.code if isinstance(result, Problem) else result.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1601", 1601),
        ("１６０１", 1601),
        ("1,601", 1601),
        ("1，601", 1601),
        ("12,345,678", 12345678),
        ("1,60", "CR0504"),
        ("16,01", "CR0504"),
        ("1601户", 1601),
        ("1,601 households", 1601),
        ("1601 Household", 1601),
        ("4312人", "CR0507"),
        ("1601 dogs", "CR0504"),
        ("1601.0", 1601),
        ("1601.5", "CR0505"),
        ("1.000", "CR0505"),  # a thousand to some, one to others
        ("1.601", "CR0505"),
        ("1.00", 1),
        ("4/2", 2),
        ("3/2", "CR0505"),
        ("1/0", "CR0504"),
        ("-1", "CR0506"),
        ("−1", "CR0506"),
        ("0", 0),
        ("12:30", "CR0504"),
        ("no", "CR0504"),
        ("约1600", "CR0504"),
        ("81%", "CR0515"),
        ("1e3", "CR0504"),
        ("0x10", "CR0504"),
        ("1_000", "CR0504"),
        ("9" * 100, "CR0504"),
        ("none", "CR0512"),
        ("无", "CR0512"),
        (True, "CR0504"),
        (date(2012, 3, 5), "CR0504"),
    ],
)
def test_counts(typed: Typer, text: object, expected: object) -> None:
    assert value(typed("community.households", text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15万", 150_000),
        ("１５ 万", 150_000),
        ("1.5万", 15_000),
        ("1.234万", 12_340),  # no thousand of another country
        ("15万户", 150_000),
        ("15 万 户", 150_000),
        ("0.5亿", 50_000_000),
        ("15万人", "CR0507"),
        ("1.23456万", "CR0505"),
        ("-2万", "CR0506"),
        ("万", "CR0504"),
        ("万户", "CR0504"),
        ("15万亿", "CR0504"),
        ("15万5千", "CR0504"),
        ("15万%", "CR0504"),
        ("1/2万", "CR0504"),
    ],
)
def test_counts_in_chinese_scales(vocabulary: Vocabulary, text: str, expected: object) -> None:
    homes = evolve(vocabulary.field("community.households"), type=NumberType("household", low=0))
    read = reader_of(homes, vocabulary, units_of(vocabulary))
    assert value(read(Atom(text, Key(("x",))))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3万元", 3), ("3", 3), ("3万", "CR0504"), ("30000元", "CR0507")],  # 3万: 3, or 30,000 of the unit?
)
def test_a_unit_that_begins_with_a_scale_is_one_word(vocabulary: Vocabulary, text: str, expected: object) -> None:
    money = Unit("ten_thousand_yuan", {"zh": ("万元",)})
    of = evolve(vocabulary, units=(*vocabulary.units, money))
    budget = evolve(of.field("community.households"), type=NumberType(money.id))
    assert value(reader_of(budget, of, units_of(of))(Atom(text, Key(("x",))))) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("0", "CR0506"), ("1", 1), ("99", 99), ("100", "CR0506"), ("5人", 5), ("5名", 5)]
)
def test_both_ends_of_a_range(typed: Typer, text: str, expected: object) -> None:
    assert value(typed("residents_committee.size", text)) == expected


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("81%", Fraction(81, 100), Fraction(1, 100)),
        ("81％", Fraction(81, 100), Fraction(1, 100)),
        ("97.5%", Fraction(975, 1000), Fraction(1, 1000)),
        ("100%", Fraction(1), Fraction(1, 100)),
        ("8.1‰", Fraction(81, 10000), Fraction(1, 10000)),
        ("0.81", Fraction(81, 100), None),
        ("2208/2722", Fraction(1104, 1361), None),
        ("1", Fraction(1), None),
    ],
)
def test_shares(typed: Typer, text: str, expected: Fraction, precision: Fraction | None) -> None:
    result = typed("community.stated_turnout", text)
    assert isinstance(result, Fact) and type(result.value) is Fraction
    assert (result.value, result.precision) == (expected, precision)


@pytest.mark.parametrize(
    ("text", "code"), [("81", "CR0514"), ("1.01", "CR0514"), ("101%", "CR0506"), ("-1%", "CR0506")]
)
def test_what_is_no_share(typed: Typer, text: str, code: str) -> None:
    assert value(typed("community.stated_turnout", text)) == code


@pytest.mark.parametrize(
    "text",
    [
        "1990-01-01",
        "1990-1-1",
        "1990/1/1",
        "1990.1.1",
        "1990年1月1日",
        "1990年01月01号",
        "１９９０年１月１日",
        " 1990 年 1 月 1 日 ",
        "1990-01-01 00:00:00",
        "1990-01-01T00:00:00",
        "1 January 1990",
        "01 Jan. 1990",
        "january 1, 1990",
        date(1990, 1, 1),
    ],
)
def test_days(typed: Typer, text: object) -> None:
    assert value(typed("person.birth_date", text)) == date(1990, 1, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2012-02-30", "CR0509"),
        ("2012-02-29", ""),
        ("2011-02-29", "CR0509"),
        ("2012-13-01", "CR0509"),
        ("0000-01-01", "CR0509"),
        ("2012年2月30日", "CR0509"),
        ("31 Feb 2012", "CR0509"),
        ("29 February 2012", ""),
        ("August 2012", "CR0508"),
        ("20 Augus 2012", "CR0508"),
        ("2012-08", "CR0508"),
        ("20/8/2012", "CR0508"),
        ("12-08-20", "CR0508"),
        ("2012-W34-1", "CR0508"),
        ("2012-08-20 09:00", "CR0508"),
        ("2012-8/20", "CR0508"),
        (20120820, "CR0508"),
        (True, "CR0508"),
    ],
)
def test_what_is_no_day(typed: Typer, text: object, code: str) -> None:
    result = typed("person.birth_date", text)
    assert (result.code if isinstance(result, Problem) else "") == code


@pytest.mark.parametrize("text", ["yes", "Yes", "是", "true", "√", True])
def test_yes(typed: Typer, text: object) -> None:
    assert value(typed("community.large_estate", text)) is True


@pytest.mark.parametrize("text", ["no", "NO", "否", "false", "×", False])
def test_no(typed: Typer, text: object) -> None:
    assert value(typed("community.large_estate", text)) is False


@pytest.mark.parametrize("text", ["perhaps", "1", 1, 0, "不"])
def test_neither_yes_nor_no(typed: Typer, text: object) -> None:
    assert value(typed("community.large_estate", text)) == "CR0510"


@pytest.mark.parametrize("text", ["all voters", "All  Voters", "all_voters", "全体选民选举"])
def test_choices(typed: Typer, text: str) -> None:
    assert value(typed("community.electorate", text)) == "all_voters"


def test_a_near_choice_is_suggested_in_either_language(typed: Typer) -> None:
    result = typed("person.education", "初钟")
    assert isinstance(result, Problem) and result.code == "CR0511" and result.data["suggestions"] == ("初中",)
    result = typed("person.education", "senoir high")
    assert isinstance(result, Problem) and result.data["suggestions"] == ("senior high", "junior high")


def test_none_where_it_is_allowed(typed: Typer) -> None:
    assert value(typed("person.released", "无")) is Blank.NONE
    assert value(typed("person.released", "None")) is Blank.NONE
    assert value(typed("person.released", Blank.NONE)) is Blank.NONE
    assert value(typed("person.released", "2010-01-01")) == date(2010, 1, 1)
    assert value(typed("person.birth_date", Blank.NONE)) == "CR0512"


@pytest.mark.parametrize(
    ("text", "expected"), [(" 张三 ", "张三"), (123456, "123456"), ("no", "no"), ("无", "无"), (True, "CR0516")]
)
def test_texts(typed: Typer, text: object, expected: str) -> None:
    assert value(typed("person.name", text)) == expected


@given(st.integers(min_value=0, max_value=10**12))
def test_a_count_is_read_as_it_is_printed(number: int) -> None:
    from civicrules.program import Field, Names, NumberType

    declared = Field("a.b", Names.of(en="b"), NumberType())
    read = reader_of(declared, Vocabulary("v", Names()), {})
    for text in (
        str(number),
        f"{number:,}",
        str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ):
        result = read(Atom(text, Key(())))
        assert isinstance(result, Fact) and result.value == number


@given(st.text(max_size=20))
def test_no_text_is_too_odd(text: str) -> None:
    from civicrules.program import DateType, Field, Names, NumberType, TruthType

    for type in (NumberType(), NumberType(share=True, whole=False), DateType(), TruthType()):
        read = reader_of(Field("a.b", Names.of(en="b"), type), Vocabulary("v", Names()), {})
        assert isinstance(read(Atom(text, Key(()))), Fact | Problem)
