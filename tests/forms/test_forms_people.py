"""Forms for people: which columns of which lists, what a blank means, attestations and waivers; written and read again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from civicrules import days, reading
from civicrules.facts import Attestation, Blank, Fact, FactList, Facts, Row, Waiver
from civicrules.forms import json_text, needed, workbook, yaml_text
from civicrules.program import (
    PLAN,
    SELF,
    STEPS,
    Age,
    Among,
    And,
    Choice,
    ChoiceType,
    Citation,
    Compare,
    Comparison,
    CountOf,
    DateType,
    Definition,
    Each,
    Elapsed,
    Entity,
    Exemption,
    Expression,
    FactOf,
    Field,
    Force,
    ListType,
    Literal,
    Names,
    NumberType,
    PeopleType,
    Program,
    Rule,
    Sentence,
    StepType,
    TextType,
    TotalOf,
    TruthType,
    Type,
    Validity,
    ValueOf,
    Vocabulary,
)
from civicrules.program import Unit as UnitWords

YEARS = NumberType("year")
SEX = ChoiceType((Choice("female", Names.of(en="female", zh="女")), Choice("male", Names.of(en="male", zh="男"))))
CITED = Citation("notice", Names.of(en="III", zh="三"))


def person(id: str, en: str, zh: str, type: Type, **more: Any) -> Field:
    return Field(f"person.{id}", Names.of(en=en, zh=zh), type, **more)


PERSON = Entity(
    "person",
    Names.of(en="person", zh="人员"),
    (
        person("name", "name", "姓名", TextType(), identifies=True),
        person("id_number", "id number", "身份证号", TextType(), personal=True, identifies=True),
        person("sex", "sex", "性别", SEX),
        person("birth_date", "birth date", "出生日期", DateType(), personal=True),
        person("age", "age", "年龄", YEARS, since="person.birth_date"),
        person("released", "released", "刑满释放", DateType(), none_allowed=True, personal=True, blank_is_none=True),
        person("serving", "serving sentence", "正在服刑", TruthType(), personal=True, blank_is_none=True),
        person("absent", "declared absent", "声明不参加选举", TruthType()),
        person("relatives", "relatives", "近亲属", PeopleType(), personal=True),
        person("votes", "votes", "得票数", NumberType()),
    ),
)
COMMUNITY = Entity(
    "community",
    Names.of(en="community", zh="社区"),
    (
        Field("community.election_day", Names.of(en="election day", zh="选举日"), DateType()),
        Field("community.secretary", Names.of(en="secretary", zh="党组织书记"), TextType()),
    ),
)
STEP_DAYS = Entity(
    STEPS,
    Names.of(en="steps", zh="步骤"),
    (Field("steps.votes_cast", Names.of(en="votes cast", zh="投票选举"), DateType()),),
)


def people(id: str, en: str, zh: str, *parts: str) -> ListType:
    return ListType(id, Names.of(en=en, zh=zh), Names.of(en=en.removesuffix("s"), zh=zh), "person", parts=parts)


VOCABULARY = Vocabulary(
    "test",
    Names(),
    (COMMUNITY, PERSON, STEP_DAYS),
    (
        people("party", "party candidates", "党组织候选人"),
        people("committee", "committee candidates", "居委会候选人"),
        people("all", "all candidates", "全体候选人", "party", "committee"),
        people("workers", "workers", "社区工作者"),
    ),
    (StepType("votes_cast", Names.of(en="votes cast", zh="投票选举")),),
    (UnitWords("year", {"en": ("year", "years"), "zh": ("岁",)}),),
)


def of(field: str, who: str = "committee") -> FactOf:
    return FactOf(f"person.{field}", next(f for f in PERSON.fields if f.id == field).type, who)


def yes(fact: FactOf) -> Compare:
    return Compare(fact, Comparison.EQUAL, Literal(True, TruthType()))


def rule(requirement: Expression, each: Each | None = None, waiver: Names | None = None, **more: Any) -> Rule:
    sentence = Sentence(Force.MUST, None, requirement, CITED, each=each, **more)
    names = Names.of(en="age limit", zh="年龄上限")
    return Rule("it", names, title=Names(), section=Names(), sentences=(sentence,), waiver=waiver)


def program(*rules: Rule, definitions: tuple[Definition, ...] = ()) -> Program:
    return Program("test.rules", Names.of(en="Test"), "", Validity(), VOCABULARY, (), definitions, rules=rules)


def columns(found: Program) -> dict[str, list[str]]:
    return {one.list.id: [column.field.id for column in one.fields] for one in needed(found).lists}


# ---------------------------------------------------------------- which columns of which lists


def test_an_each_asks_for_the_columns_of_its_own_list() -> None:
    each = Each("committee", yes(of("absent")))
    exemption = Exemption(yes(of("serving")), instead=Compare(of("votes"), Comparison.MORE, Literal(1, NumberType())))
    found = program(rule(yes(of("relatives")), each, exemptions=(exemption,)))
    assert columns(found) == {"committee": ["name", "serving", "absent", "relatives", "votes"]}


def test_a_list_of_lists_asks_for_the_columns_of_its_parts() -> None:
    assert columns(program(rule(yes(of("serving", "all")), Each("all")))) == {
        "party": ["name", "serving"],
        "committee": ["name", "serving"],
    }


def test_counts_and_totals_ask_for_what_their_conditions_read() -> None:
    count = CountOf("workers", NumberType(), yes(of("serving", "workers")))
    total = TotalOf("party", of("votes", "party"), NumberType(), yes(of("absent", "party")))
    found = program(rule(Compare(count, Comparison.LESS, total)))
    assert columns(found) == {"party": ["name", "absent", "votes"], "workers": ["name", "serving"]}


def test_a_definition_of_a_person_asks_of_whom_it_is_read() -> None:
    """`age limit` of a person is read of the committee's candidates, through another definition; of nobody else."""
    limit = Definition("limit", Names.of(en="limit"), of("sex", SELF), entity="person")
    outer = Definition("outer", Names.of(en="outer"), ValueOf("limit", SEX, SELF), entity="person")
    unread = Definition("unread", Names.of(en="unread"), of("votes", SELF), entity="person")
    test = Compare(ValueOf("outer", SEX, "committee"), Comparison.EQUAL, Literal("female", SEX))
    found = program(rule(test, Each("committee")), definitions=(limit, outer, unread))
    assert columns(found) == {"committee": ["name", "sex"]}
    [table] = needed(found).lists
    assert [asker.id for asker in table.fields[1].askers] == ["it", "limit", "outer"]


def test_an_age_asks_for_the_age_and_the_birth_date_and_the_day_it_is_counted_to() -> None:
    age = Age(of("age"), of("birth_date"), FactOf("community.election_day", DateType(), PLAN), YEARS)
    since = Elapsed(of("released"), FactOf("community.election_day", DateType(), PLAN), days.Unit.YEAR, YEARS)
    found = program(rule(Compare(age, Comparison.AT_MOST, since), Each("committee")))
    assert needed(found).keys == (
        "community.election_day",
        "person.name",
        "person.birth_date",
        "person.age",
        "person.released",
    )


def test_who_is_compared_needs_all_that_identifies_and_who_is_named_only_the_name() -> None:
    member = Among("committee", "workers")
    named = Among(FactOf("community.secretary", TextType(), PLAN), "party")
    assert columns(program(rule(member, Each("committee")))) == {
        "committee": ["name", "id_number"],
        "workers": ["name", "id_number"],
    }
    found = program(rule(And((named,))))
    assert columns(found) == {"party": ["name"]} and needed(found).keys[0] == "community.secretary"


# ---------------------------------------------------------------- the workbook

AGE = rule(
    And((yes(of("serving")), yes(of("absent")), Compare(of("released"), Comparison.LESS, of("birth_date")))),
    Each("committee"),
    Names.of(en="street office", zh="街道办事处"),
)
DONE = rule(
    Compare(FactOf("steps.votes_cast", DateType(), PLAN), Comparison.LESS, Literal(date(2012, 9, 1), DateType()))
)


def opened(found: Program, language: str, facts: Facts | None = None) -> Any:
    return openpyxl.load_workbook(BytesIO(workbook(found, language, facts)))


def drop_down(sheet: Any, ref: str) -> str | None:
    return next((v.formula1 for v in sheet.data_validations.dataValidation if ref in v.sqref), None)


def test_sheets_are_there_where_the_ruleset_can_use_them() -> None:
    assert opened(program(AGE, DONE), "en").sheetnames == [
        "form",
        "steps",
        "committee candidates",
        "attestations",
        "waivers",
    ]
    assert opened(program(AGE, DONE), "zh").sheetnames == ["填报表", "步骤", "居委会候选人", "证明", "放宽审批"]
    plain = rule(yes(of("absent")), Each("committee"))
    assert opened(program(plain), "en").sheetnames == ["form", "committee candidates"]


def test_personal_columns_are_marked_and_blanks_explained() -> None:
    sheet = opened(program(AGE), "zh")["居委会候选人"]
    heads = {cell.value: cell for cell in sheet[4] if cell.value}
    assert list(heads) == [
        "姓名",
        "出生日期（个人信息）",
        "刑满释放（个人信息）",
        "正在服刑（个人信息）",
        "声明不参加选举",
    ]
    assert "留空视为“无”，情况不明的，填写“不详”" in heads["刑满释放（个人信息）"].comment.text
    assert "留空视为“否”" in heads["正在服刑（个人信息）"].comment.text
    assert "留空" not in heads["声明不参加选举"].comment.text
    assert drop_down(sheet, "D5") == '"是,否,不详"' and drop_down(sheet, "E5") == '"是,否"'
    english = opened(program(AGE), "en")["committee candidates"]
    assert english["C4"].value == "released (personal)"
    assert "a blank means no; where it is not known, write “unknown”" in english["D4"].comment.text


def test_lists_and_facts_to_attest_are_offered() -> None:
    sheet = opened(program(AGE), "en")["attestations"]
    assert [cell.value for cell in sheet[4]] == ["list", "fact", "by", "date"]
    assert drop_down(sheet, "B5") == '"released,serving sentence"'
    assert drop_down(opened(program(AGE), "zh")["放宽审批"], "A5") == '"年龄上限"'


# ---------------------------------------------------------------- written and read again

FORMATS: dict[str, Callable[..., str | bytes]] = {".xlsx": workbook, ".yaml": yaml_text, ".json": json_text}
READERS = {reader.extension: reader.read for reader in reading.READERS}
EVERYWHERE = pytest.mark.parametrize(
    ("extension", "language"), [(extension, language) for extension in FORMATS for language in ("en", "zh")]
)


def reread(found: Program, facts: Facts | None, extension: str, language: str) -> Facts:
    """The facts read from the form; nothing in it may be refused or left over."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"plan{extension}")
        written = FORMATS[extension](found, language, facts)
        path.write_bytes(written if isinstance(written, bytes) else written.encode())
        raw, problems = reading.read(path, READERS)
        assert raw is not None
        again, more = reading.bind(raw, found.vocabulary, language)
    assert {d.code for d in (*problems, *more)} <= {"CR0451"}
    return again


def content(facts: Facts) -> Any:
    lists = {
        id: ([{key: (fact.value, fact.attested) for key, fact in row.values.items()} for row in one.rows], one.complete)
        for id, one in facts.lists.items()
        if id != "all"
    }
    said = [(one.list, one.field, one.by, one.day, one.facts) for one in facts.attestations]
    waived = [(one.rule, one.person, one.reason, one.by, one.day, one.fingerprint) for one in facts.waivers]
    return {key: fact.value for key, fact in facts.values.items()}, lists, said, waived


@EVERYWHERE
def test_the_empty_form_states_nothing(extension: str, language: str) -> None:
    assert content(reread(program(AGE, DONE), None, extension, language)) == ({}, {}, [], [])


@EVERYWHERE
def test_a_filled_form_is_the_plan(extension: str, language: str) -> None:
    """A blank that was not known does not become *none*, what was attested stays attested, nobody stays nobody."""
    none, no = Fact(Blank.NONE), Fact(False)
    attested = Fact(False, attested=True)
    candidates = (
        Row({"name": Fact("李某"), "released": none, "serving": no, "absent": attested, "relatives": Fact(())}),
        Row(
            {"name": Fact("Anna Li"), "serving": Fact(True), "absent": Fact(True), "relatives": Fact(("王某", "赵某"))}
        ),
        Row({"name": Fact("王某"), "released": Fact(date(1999, 1, 2)), "absent": attested, "age": Fact(35)}),
    )
    said = Attestation("committee", "absent", "街道办事处", date(2012, 8, 1), 2)
    waiver = Waiver("年龄上限", "李某", "工作业绩突出", "街道办事处", date(2012, 8, 2), "ab12")
    facts = Facts(
        {"steps.votes_cast": Fact(date(2012, 8, 20))},
        {"committee": FactList(candidates), "party": FactList((), complete=False)},
        attestations=(said,),
        waivers=(waiver, Waiver("unit share", "", "merged", "office", None)),
    )
    assert content(reread(program(AGE, DONE), facts, extension, language)) == content(facts)


def test_a_list_of_lists_is_not_written() -> None:
    rows = FactList((Row({"name": Fact("Li")}),))
    facts = Facts({}, {"committee": rows, "party": FactList(), "all": rows})
    written = yaml.safe_load(yaml_text(program(AGE), "en", facts))
    assert "all candidates" not in written
    assert [len(reread(program(AGE), facts, ".xlsx", "en").lists[id].rows) for id in ("committee", "all")] == [1, 1]
