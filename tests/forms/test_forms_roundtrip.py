"""A plan written out as a form is the same plan when it is read: workbook, YAML and JSON, in both languages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from civicrules import reading
from civicrules.diagnostics import Severity
from civicrules.facts import Blank, Fact, FactList, Facts, FactValue, PlanHeader, Row
from civicrules.forms import json_text, workbook, yaml_text
from civicrules.program import (
    Choice,
    ChoiceType,
    DateType,
    Entity,
    Field,
    ListType,
    Names,
    NumberType,
    Program,
    StepType,
    TextType,
    TruthType,
    Type,
    Unit,
    Validity,
    Vocabulary,
)

FORMATS: dict[str, Callable[..., str | bytes]] = {".xlsx": workbook, ".yaml": yaml_text, ".json": json_text}
READERS = {reader.extension: reader.read for reader in reading.READERS}
EVERYWHERE = pytest.mark.parametrize(
    ("extension", "language"), [(extension, language) for extension in FORMATS for language in ("en", "zh")]
)


def reread(program: Program, facts: Facts, extension: str, language: str) -> Facts:
    """The facts read from the form they were written to; nothing in it may be refused or left over."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"plan{extension}")
        written = FORMATS[extension](program, language, facts)
        path.write_bytes(written if isinstance(written, bytes) else written.encode())
        raw, problems = reading.read(path, READERS)
    assert raw is not None, problems
    found, bound = reading.bind(raw, program.vocabulary, language)
    header, more = reading.header(raw)
    serious = [d for d in (*problems, *bound, *more) if d.severity is not Severity.ADVICE]
    assert {d.code for d in serious} <= {"CR0455"}  # the same row drawn twice is said, and kept
    return evolve(found, plan=header)


def content(facts: Facts) -> Any:
    """What facts say, without where it stood."""

    def values(given: Any) -> dict[str, tuple[FactValue, Fraction | None]]:
        return {key: (fact.value, fact.precision) for key, fact in given.items()}

    lists = {key: ([values(row.values) for row in given.rows], given.complete) for key, given in facts.lists.items()}
    return values(facts.values), lists, facts.plan


# ---------------------------------------------------------------- a ruleset's own form


@EVERYWHERE
def test_the_empty_form_states_nothing_but_its_header(program: Program, extension: str, language: str) -> None:
    found = reread(program, Facts(), extension, language)
    assert content(found) == ({}, {}, PlanHeader("cn.district-2012", None, None, language))


@EVERYWHERE
def test_a_filled_form_is_the_plan(program: Program, extension: str, language: str) -> None:
    groups = (
        Row({"name": Fact("一组"), "households": Fact(120)}),
        Row({"name": Fact("=1+1"), "households": Fact(0)}),
        Row({"name": Fact("no")}),
    )
    candidates = (
        Row({"name": Fact("Li"), "post": Fact("chair"), "votes": Fact(1855), "released": Fact(Blank.NONE)}),
        Row({"name": Fact("王"), "post": Fact("member"), "released": Fact(date(1999, 2, 28))}),
    )
    facts = Facts(
        values={
            "community.households": Fact(1601),
            "community.units": Fact(10**16),
            "community.electorate": Fact("household_delegates"),
            "community.estate_large": Fact(False),
            "community.stated_turnout": Fact(Fraction(81, 100), precision=Fraction(1, 100)),
            "community.area": Fact(Fraction(1, 3)),
            "community.election_day": Fact(date(2012, 8, 20)),
            "community.previous_election_day": Fact(Blank.NONE),
            "community.contact": Fact("@home: “x” #1"),
            "residents_committee.size": Fact(5),
        },
        lists={
            "residents_groups": FactList(groups),
            "committee_candidates": FactList(candidates, complete=False),
        },
        plan=PlanHeader("cn.district-2012", date(2012, 8, 20), "votes cast", "zh"),
    )
    assert content(reread(program, facts, extension, language)) == content(facts)


# ---------------------------------------------------------------- any small vocabulary

LABELS = [
    ("households", "居民户数"),
    ("vice chairs", "副主任"),
    ("elected: first day", "首日：选举"),
    ("first ballot day", "首个投票日"),
    ("true", "属实"),
    ("share #1", "比例#1"),
    ("size", "职数"),
    ("- remark", "-备注"),
]
CHOICES = tuple(
    Choice(f"c{n}", Names.of(en=en, zh=zh))
    for n, (en, zh) in enumerate([("all", "全体"), ("no", "否"), ("a, b", "甲，乙")])
)
TYPES: tuple[Type, ...] = (
    NumberType("household", low=None),
    NumberType(low=0, high=10**18),
    NumberType(whole=False, low=None),
    NumberType(whole=False, share=True, low=None),
    DateType(),
    TruthType(),
    ChoiceType(CHOICES, ordered=True),
    TextType(),
)
WORDS = {"none", "无", "more to come", "未完", "null"}


def texts() -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=("C", "Z"), include_characters=" ")
    plain = st.text(letters, min_size=1, max_size=12).map(str.strip)
    return plain.filter(lambda text: text and text.casefold() not in WORDS and text != "~")


def values(type_: Type) -> st.SearchStrategy[Fact]:
    match type_:
        case NumberType(share=True):
            printed = st.tuples(st.integers(-10_000, 10_000), st.integers(0, 4)).map(
                lambda pair: Fact(Fraction(pair[0], 100 * 10 ** pair[1]), precision=Fraction(1, 100 * 10 ** pair[1]))
            )
            return printed | st.fractions(-1, 1, max_denominator=10**6).map(Fact)
        case NumberType(whole=False):
            return st.fractions(-(10**6), 10**6, max_denominator=10**6).map(Fact)
        case NumberType(low=low):
            return st.integers(-(10**18) if low is None else low, 10**18).map(Fact)
        case DateType():
            return st.dates(date(1000, 1, 1)).map(Fact)
        case TruthType():
            return st.booleans().map(Fact)
        case ChoiceType(choices=choices):
            return st.sampled_from(choices).map(lambda choice: Fact(choice.id))
        case _:
            return texts().map(Fact)


@st.composite
def fields(draw: st.DrawFn, entity: str, most: int) -> tuple[Field, ...]:
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=most, unique=True))
    return tuple(
        Field(
            f"{entity}.f{n}",
            Names.of(en=en, zh=zh),
            draw(st.sampled_from(TYPES)),
            none_allowed=draw(st.booleans()),
        )
        for n, (en, zh) in enumerate(labels)
    )


@st.composite
def facts_of(draw: st.DrawFn, declared: tuple[Field, ...], least: int) -> dict[str, Fact]:
    given = draw(st.lists(st.sampled_from(declared), min_size=least, unique=True))
    return {
        f.key: draw(values(f.type) | st.just(Fact(Blank.NONE))) if f.none_allowed else draw(values(f.type))
        for f in given
    }


@st.composite
def plans(draw: st.DrawFn) -> tuple[Program, Facts]:
    community = Entity("community", Names.of(en="community", zh="社区"), draw(fields("community", 6)))
    body = Entity("committee", Names.of(en="residents committee", zh="居委会"), draw(fields("committee", 3)), body=True)
    member = Entity("person", Names.of(en="person", zh="人员"), draw(fields("person", 4)))
    people = ListType(
        "people",
        Names.of(en="voters on the register of this place", zh="选民名册"),
        Names.of(en="voter", zh="选民"),
        "person",
    )
    vocabulary = Vocabulary(
        "test",
        Names(),
        (community, body, member),
        (people,),
        (StepType("done", Names.of(en="votes cast", zh="投票")),),
        (Unit("household", {"en": ("household", "households"), "zh": ("户",)}),),
    )
    # A table row with nothing in it but the word for none says that the list is empty.
    stating = facts_of(member.fields, 1).filter(lambda row: [fact.value for fact in row.values()] != [Blank.NONE])
    rows = draw(st.lists(stating, max_size=4))
    listed = {
        "people": FactList(
            tuple(Row({key.partition(".")[2]: fact for key, fact in row.items()}) for row in rows),
            complete=draw(st.booleans()),
        )
    }
    stated = draw(facts_of(community.fields, 0)) | draw(facts_of(body.fields, 0))
    header = PlanHeader(
        "test.rules", draw(st.none() | st.dates(date(1000, 1, 1))), draw(st.sampled_from([None, "投票"])), "en"
    )
    program = Program("test.rules", Names.of(en="Test"), "", Validity(), vocabulary, ())
    return program, Facts(stated, listed if draw(st.booleans()) else {}, header)


@EVERYWHERE
@settings(max_examples=60, deadline=None)
@given(plan=plans())
def test_any_facts_survive_being_written_and_read(plan: tuple[Program, Facts], extension: str, language: str) -> None:
    program, facts = plan
    assert content(reread(program, facts, extension, language)) == content(facts)
