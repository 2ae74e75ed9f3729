"""The form as YAML and JSON: what stands in it, and that other programs read the same values from it."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from civicrules.builtins import registry
from civicrules.facts import Blank, Fact, FactList, Facts, PlanHeader, Row
from civicrules.forms import json_text, yaml_text
from civicrules.forms.texts import _scalar
from civicrules.forms.values import written
from civicrules.library import MappingLibrary
from civicrules.pipeline import compile_source
from civicrules.program import NumberType, Program
from civicrules.source import Source

SHARE = NumberType(whole=False, share=True)


def filled() -> Facts:
    groups = (Row({"name": Fact("一组"), "households": Fact(120)}), Row({"name": Fact("no")}))
    return Facts(
        values={
            "community.households": Fact(1601),
            "community.electorate": Fact("household_delegates"),
            "community.estate_large": Fact(True),
            "community.stated_turnout": Fact(Fraction(81, 100), precision=Fraction(1, 100)),
            "community.area": Fact(Fraction(1, 3)),
            "community.election_day": Fact(date(2012, 8, 20)),
            "community.previous_election_day": Fact(Blank.NONE),
            "community.contact": Fact("=1+1"),
        },
        lists={"residents_groups": FactList(groups, complete=False), "committee_candidates": FactList()},
        plan=PlanHeader("cn.district-2012", date(2012, 8, 20), "votes cast", "en"),
    )


def test_the_empty_form_is_yaml_with_every_needed_key_and_no_value(program: Program) -> None:
    content = yaml.safe_load(yaml_text(program, "en"))
    assert content["plan"] == {"ruleset": "cn.district-2012", "day": None, "stage": None, "language": "en"}
    assert content["community"] == dict.fromkeys(
        ["households", "electorate", "stated turnout", "election day", "previous election day", "ballots returned"]
    )
    assert content["residents groups"] is None


def test_comments_say_what_may_be_written_and_which_article_asks(program: Program) -> None:
    text = yaml_text(program, "en")
    about = "unit: households; whole number, 0 to 100000; asked for by: notice III.2; notice IV.2"
    assert f"  # {about}\n  households:" in text
    about = "one of: all voters, household delegates, representatives; asked for by: notice IV"
    assert f"  # {about}\n  electorate:" in text
    chinese = yaml_text(program, "zh")
    assert "  # 单位：户；整数，0至100000；依据：通知 三.2；通知 四（二）\n  居民户数:" in chinese
    assert "#  - 姓名: 张三\n#    职务: 主任\n#    得票数: 120\n居委会候选人:" in chinese


def test_a_filled_form_writes_each_value_as_a_clerk_would(program: Program) -> None:
    content = yaml.load(yaml_text(program, "en", filled()), yaml.BaseLoader)
    assert content["community"] == {
        "households": "1601",
        "electorate": "household delegates",
        "estate is large": "yes",
        "stated turnout": "81%",
        "area": "1/3",
        "election day": "2012-08-20",
        "previous election day": "none",
        "ballots returned": "",
        "contact": "=1+1",
    }
    assert content["residents groups"] == [{"name": "一组", "households": "120"}, {"name": "no"}, "more to come"]
    assert content["committee candidates"] == []


def test_a_filled_form_in_chinese_uses_chinese_labels_and_words(program: Program) -> None:
    content = yaml.load(yaml_text(program, "zh", filled()), yaml.BaseLoader)
    assert content["社区"]["选举方式"] == "户代表选举"
    assert content["社区"]["属于大型小区"] == "是"
    assert content["社区"]["上届选举日"] == "无"
    assert content["居民小组"][-1] == "未完"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_json_holds_the_same_as_yaml(program: Program, language: str) -> None:
    as_json = json.loads(json_text(program, language, filled()), parse_int=str)
    as_yaml = yaml.load(yaml_text(program, language, filled()), yaml.BaseLoader)
    block = {"en": "community", "zh": "社区"}[language]
    as_yaml[block] = {key: value or None for key, value in as_yaml[block].items()}
    as_yaml[{"en": "residents committee", "zh": "居委会"}[language]] = as_json[
        {"en": "residents committee", "zh": "居委会"}[language]
    ]
    assert as_json == as_yaml


@pytest.mark.parametrize(
    ("value", "precision", "text"),
    [
        (Fraction(81, 100), Fraction(1, 100), "81%"),
        (Fraction(81, 100), Fraction(1, 1000), "81.0%"),
        (Fraction(81, 100), Fraction(1, 10), "0.81"),
        (Fraction(4, 5), Fraction(1, 10), "0.8"),
        (Fraction(1, 3), Fraction(1, 100), "1/3"),
        (1, Fraction(1, 100), "100%"),
        (Fraction(0), Fraction(1, 1000), "0.0%"),
        (Fraction(81, 100), None, "0.81"),
        (Fraction(-81, 8), None, "-10.125"),
        (Fraction(1, 3), None, "1/3"),
        (Fraction(4, 2), None, 2),
        (Fraction(1, 10**7), None, "1/10000000"),
    ],
)
def test_fractions_are_written_exactly(value: Fraction | int, precision: Fraction | None, text: str | int) -> None:
    assert written(Fact(value, precision=precision), SHARE, "en") == text


@given(st.fractions(), st.none() | st.integers(0, 6).map(lambda n: Fraction(1, 10**n)))
def test_a_written_fraction_is_the_same_number(value: Fraction, precision: Fraction | None) -> None:
    text = str(written(Fact(value, precision=precision), SHARE, "en"))
    read = Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    assert read == value


@given(st.text())
def test_a_text_in_yaml_is_read_back_as_that_text(text: str) -> None:
    assert yaml.safe_load(f"key: {_scalar(text)}") == {"key": text}


def test_a_label_with_a_colon_stands_in_quotes() -> None:
    assert _scalar("seats: chair") == '"seats: chair"'
    assert _scalar("vice chair") == "vice chair"
    assert _scalar("no") == '"no"'


@pytest.mark.parametrize(
    ("asked", "stage", "listed"),
    [
        ("posted must be before counted", None, "posted, voted, counted"),
        ("voted must be before counted", None, "voted, counted"),
        ("voted must be before counted", "registered", "registered, posted, voted, counted"),
        ("places must be at least 5", None, "registered, posted, voted, counted, filed"),
    ],
)
def test_the_stage_is_one_of_the_steps_that_the_ruleset_names_and_those_between(
    asked: str, stage: str | None, listed: str
) -> None:
    steps = "".join(f"step {one}\n" for one in ("registered", "posted", "voted", "counted", "filed"))
    vocabulary = f"civicrules 1 en\nvocabulary toy.words\n{steps}entity village\n  places: number\n"
    text = f'civicrules 1 en\nruleset toy.rules\n  facts: toy.words\n  source law: "Law"\n{asked} [law 1]\n'
    made = compile_source(Source("t", text), MappingLibrary({"toy.words": vocabulary}), registry()).program
    assert made is not None
    shown = yaml_text(made, "en", Facts(plan=PlanHeader(stage=stage)))
    assert f"# the last step done: {listed}\n" in shown
