"""Declarations of a vocabulary: misspelt words are said at their place, and two that bear one name are reported."""

from __future__ import annotations

import pytest

from civicrules import MappingLibrary, compile
from civicrules.builtins import registry
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.formatting import format
from civicrules.pipeline import compile_source
from civicrules.source import Source, Span

ENGLISH = """civicrules 1 en

vocabulary toy.town "Town"
unit member / 名: members / 人
unit metre / 平方米: square metres / 平米, measured
entity town / 镇
  boss / 人数: number in members, as found
  area / 面积: number in metre, at most 10
  part / 份额: share
  rank / 级别: one of low/低, middle/中, high/高, in rising order
  day / 日期: date
  lives here / 本地: yes/no, negative elsewhere / 外地
entity person / 人员
  name / 姓名: text, identifies
  born / 出生日期: date, personal
list candidates / 全体候选人: people, each candidate / 候选人, at most 200, public names
list winners / 全体当选人: people, each winner / 当选人, taken from candidates
step votes cast / 投票
"""
CHINESE = """civicrules 1 zh

词汇表 toy.town “镇”
单位 名 / member：人 / members
单位 平方米 / metre：平米 / square metres，可以为小数
对象 镇 / town
  人数 / boss：数字单位为名，客观情况
  面积 / area：数字单位为平方米，不超过10
  份额 / part：比例
  级别 / rank：低/low、中/middle、高/high之一，由低到高
  日期 / day：日期
  本地 / lives here：是否，否定说法外地 / elsewhere
对象 人员 / person
  姓名 / name：文字，用于识别
  出生日期 / born：日期，个人信息
名单 全体候选人 / candidates：人员，每项称候选人 / candidate，不超过200，姓名公开
名单 全体当选人 / winners：人员，每项称当选人 / winner，包括全体候选人
步骤 投票 / votes cast
"""
RULES = 'civicrules 1 en\nruleset toy.x\n  facts: toy.town\n  source law: "Law"\n\nday must be 2020-01-01 [law 1]\n'


def found(vocabulary: str) -> list[Diagnostic]:
    compiled = compile_source(Source("t", RULES), MappingLibrary({"toy.town": vocabulary}), registry())
    return [d for d in compiled.diagnostics if isinstance(d.place, Span) and d.place.source.name == "toy.town"]


@pytest.mark.parametrize("vocabulary", [ENGLISH, CHINESE])
def test_sound_declarations_give_nothing(vocabulary: str) -> None:
    assert found(vocabulary) == []


MISSPELT = [
    (ENGLISH, "measured", "measuerd", "measured"),
    (ENGLISH, "as found", "as fond", "as found"),
    (ENGLISH, "personal", "persnal", "personal"),
    (ENGLISH, "identifies", "identifie", "identifies"),
    (ENGLISH, "number", "numbr", "number"),
    (ENGLISH, ": share", ": shar", "share"),
    (ENGLISH, ": text", ": txt", "text"),
    (ENGLISH, "one of low", "one off low", "one of"),
    (ENGLISH, "in rising order", "in risign order", "in rising order"),
    (ENGLISH, "people, each candidate", "peple, each candidate", "people"),
    (ENGLISH, "each candidate", "eech candidate", "each"),
    (ENGLISH, "public names", "public nams", "public names"),
    (ENGLISH, "taken from", "taken form", "taken from"),
    (CHINESE, "可以为小数", "可以为小书", "可以为小数"),
    (CHINESE, "个人信息", "个人信习", "个人信息"),
    (CHINESE, "由低到高", "由底到高", "由低到高"),
    (CHINESE, "姓名公开", "姓名公升", "姓名公开"),
    (CHINESE, "份额 / part：比例", "份额 / part：比列", "比例"),
]


@pytest.mark.parametrize(("vocabulary", "right", "wrong", "meant"), MISSPELT)
def test_a_misspelt_word_is_said_at_its_place(vocabulary: str, right: str, wrong: str, meant: str) -> None:
    problems = found(vocabulary.replace(right, wrong, 1))
    assert [d.code for d in problems] == ["CR0319"], problems
    assert problems[0].data["suggestions"] == (meant,)
    assert isinstance(problems[0].place, Span)
    assert problems[0].place.text in wrong
    assert [fix.replacement for fix in problems[0].fixes] == [meant]


@pytest.mark.parametrize(
    ("right", "other"),
    [
        ("square metres / 平米", "square metres / 平米, meadow"),
        ("square metres / 平米", "square metres / 平米, 「measuerd」"),
        ("middle/中", "「in risign order」/中"),
    ],
)
def test_a_word_that_is_like_none_and_one_in_marks_are_names(right: str, other: str) -> None:
    assert found(ENGLISH.replace(right, other)) == []


CLASHES = [
    ("each winner / 当选人", "each town / 当选人", "town"),
    ("each winner / 当选人", "each winner / 镇", "镇"),
    ("each winner / 当选人", "each candidate / 当选人", "candidate"),
    ("entity person / 人员", "entity person / 镇", "镇"),
    ("list winners / 全体当选人", "list winners / 全体候选人", "全体候选人"),
    ("list winners / 全体当选人", "list candidates / 全体当选人", "candidates"),
    ("  part / 份额", "  part / 面积", "面积"),
    ("  part / 份额", "  elsewhere / 份额", "elsewhere"),
    ("  part / 份额", "  winners / 份额", "winners"),
    ("unit metre / 平方米", "unit metre / 人", "人"),
    ("middle/中", "middle/低", "低"),
    ("step votes cast / 投票", "step votes cast / 投票\nstep votes cast / 另行投票", "votes cast"),
]


@pytest.mark.parametrize(("right", "wrong", "name"), CLASHES)
def test_two_declarations_of_one_name(right: str, wrong: str, name: str) -> None:
    problems = [d for d in found(ENGLISH.replace(right, wrong)) if d.code == "CR0307"]
    assert problems
    assert {d.data["name"].text("en") for d in problems} == {name}  # type: ignore[attr-defined]
    assert all(d.related for d in problems)


@pytest.mark.parametrize(
    ("right", "allied"),
    [
        ("each winner / 当选人", "each person / 人员"),  # the list's own entity: `person's age`, `each person`
        ("list winners / 全体当选人: people, each winner", "list winners / 全体当选人: people, each winners"),
        ("  name / 姓名", "  candidate / 姓名"),  # what a member is called by
        ("unit metre / 平方米", "unit town / 平方米"),  # units stand beside numbers
    ],
)
def test_names_that_a_sentence_tells_apart(right: str, allied: str) -> None:
    assert [d.code for d in found(ENGLISH.replace(right, allied)) if d.code == "CR0307"] == []


EN_FIELD = 'civicrules 1 en\n\nvocabulary toy.town "Town"\nunit person / 人: people\n\nentity town / 镇\n  {}\n'
ZH_FIELD = "civicrules 1 zh\n\n词汇表 toy.town “镇”\n单位 人 / person：people\n\n对象 镇 / town\n  {}\n"


@pytest.mark.parametrize(
    ("template", "written", "code", "right"),
    [
        (EN_FIELD, "members / 成员人数: integer", "CR0319", "members / 成员人数: number"),
        (EN_FIELD, "born / 出生日期: date, private", "CR0319", "born / 出生日期: date, personal"),
        (EN_FIELD, "number / 号码: text, unique", "CR0319", "number / 号码: text, identifies"),
        (ZH_FIELD, "出生日期 / born：日期，隐私", "CR0319", "出生日期 / born：日期，个人信息"),
        (EN_FIELD, "members / 成员人数: number of people", "CR0319", "members / 成员人数: number in people"),
        (EN_FIELD, "name / 名称: string", "CR0319", "name / 名称: text"),
        (EN_FIELD, "is member / 成员: boolean", "CR0319", "is member / 成员: yes/no"),
        (EN_FIELD, "is member / 成员: yes / no", "CR0319", "is member / 成员: yes/no"),
        (EN_FIELD, "is member / 成员: yes, no", "CR0319", "is member / 成员: yes/no"),
        (EN_FIELD, "founded / 成立: datetime, personal", "CR0319", "founded / 成立: date, personal"),
        (EN_FIELD, "sex / 性别: choice of male/男, female/女", "CR0319", "sex / 性别: one of male/男, female/女"),
        (EN_FIELD, "sex / 性别: male/男, female/女", "CR0330", "sex / 性别: one of male/男, female/女"),
        (EN_FIELD, "sex / 性别: choice of male/female", "CR0319", ""),
        (EN_FIELD, "notes / 备注: something", "CR0330", ""),
        (EN_FIELD, "sex / 性别: male or female", "CR0330", "sex / 性别: one of male, female"),
        (ZH_FIELD, "性别 / sex：男或者女", "CR0330", "性别 / sex：男、女之一"),
        (ZH_FIELD, "成员人数 / members：人数", "CR0319", "成员人数 / members：数字"),
        (ZH_FIELD, "名称 / name：文本", "CR0319", "名称 / name：文字"),
        (ZH_FIELD, "入社 / joined：布尔", "CR0319", "入社 / joined：是否"),
        (ZH_FIELD, "入社 / joined: 是/否", "CR0319", "入社 / joined: 是否"),
        (ZH_FIELD, "入社 / joined：是或者否，个人信息", "CR0319", "入社 / joined：是否，个人信息"),
        (ZH_FIELD, "入社 / joined：有、无", "CR0319", "入社 / joined：是否"),
        (ZH_FIELD, "成立 / founded：日期时间", "CR0319", "成立 / founded：日期"),
        (ZH_FIELD, "性别 / sex：男/male、女/female", "CR0330", "性别 / sex：男/male、女/female之一"),
        ("{}", EN_FIELD.replace("entity town", "class town").format("a / 甲: date"), "CR0103", "entity town / 镇"),
        ("{}", EN_FIELD.replace("entity town", "table town").format("a / 甲: date"), "CR0103", "entity town / 镇"),
        ("{}", EN_FIELD.replace("unit person", "units person").format("a / 甲: date"), "CR0103", "unit person / 人"),
        ("{}", ZH_FIELD.replace("对象 镇", "实体 镇").format("甲 / a：日期"), "CR0103", "对象 镇 / town"),
    ],
)
def test_what_others_call_kinds_and_openers(template: str, written: str, code: str, right: str) -> None:
    (one,) = found(template.format(written))
    assert one.code == code
    assert bool(one.fixes) == bool(right)
    for fix in one.fixes[:1]:
        assert isinstance(fix.place, Span)
        whole = fix.place.source.text
        mended = whole[: fix.place.start] + fix.replacement + whole[fix.place.end :]
        assert right in mended
        assert found(mended) == []


def test_forms_of_a_unit_stand_between_enumeration_commas_too() -> None:
    text = (
        "civicrules 1 zh\n\n词汇表 toy.town “镇”\n单位 人 / person：名、位\n\n对象 镇 / town\n  甲 / a：数字 单位为位\n"
    )
    assert found(text) == []
    assert "单位 人 / person：名、位\n" in format(text).text
    assert "unit person / 人: 名、位\n" in format(text, "en").text


def test_a_unit_that_was_not_understood_is_reported_once() -> None:
    text = ZH_FIELD.replace("：people", "：：people").format("甲 / a：数字 单位为人")
    assert "CR0206" not in [one.code for one in found(text)]


USES = """civicrules 1 en
ruleset toy.x
  facts: toy.town
  source law: "Law"
section "All" [law 1]
boss must be at least 3
rule rank
  when rank is low: boss must be at most 9
rule people
  each candidate's name must not be "x"
  number of candidates must be at least 2
  number of winners must be at most 9
  each candidate must be among winners
rule here
  when lives here: boss must be at least 4
quota means boss + 1 member
rule more
  number of winners must be at least quota
"""


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("number in members, as found", "numbre in members, as found"),
        ("number in members", "number in membres"),
        ("boss / 人数: number", "boss / 人数 number"),
        ("boss / 人数: number in members, as found", "boss / 人数: number in members, at most many"),
        ("one of low/低", "one off low/低"),
        ("one of low/低, middle/中, high/高, in rising order", "low, middle"),
        ("unit member / 名: members", "unit member / 名; members"),
        ("unit member", "unite member"),
        ("entity person / 人员", "entity person / 人员: /"),
        ("entity town / 镇", "town / 镇"),
        ("list candidates / 全体候选人: people", "list candidates / 全体候选人: peeple"),
        ("list candidates / 全体候选人: people", "list candidates / 全体候选人; people"),
    ],
)
def test_a_mistake_in_a_vocabulary_is_said_once_and_not_where_its_name_is_used(right: str, wrong: str) -> None:
    """The line is mended first; sentences with its names wait, and each would be understood without the mistake."""
    assert right in ENGLISH
    vocabulary = ENGLISH.replace(right, wrong, 1)
    compiled = compile_source(Source("t", USES), MappingLibrary({"toy.town": vocabulary}), registry())
    codes = [(d.code, d.place.source.name) for d in compiled.diagnostics if d.severity is Severity.ERROR]  # type: ignore[union-attr]
    assert len(codes) == 1 and codes[0][1] == "toy.town", codes


def test_a_colon_after_the_name_of_an_entity_says_nothing() -> None:
    assert found(ENGLISH.replace("entity person / 人员", "entity person / 人员:")) == []
    assert found(CHINESE.replace("对象 人员 / person", "对象 人员 / person：")) == []


def test_a_fact_at_the_margin_is_moved_below_its_entity() -> None:
    """The advice followed to the letter gives the text without the mistake."""
    wrong = ENGLISH.replace("  day / 日期", "day / 日期")
    (one,) = found(wrong)
    assert one.code == "CR0397" and one.fixes[0].replacement == "  "


def test_the_first_word_of_a_unit_is_printed_for_many_also_where_it_is_a_word_of_the_language() -> None:
    """`people` is what a fact holds as well: its place among the words of a unit stays."""
    text = 'civicrules 1 en\n\nruleset toy.rules "Toy"\n  facts: toy\n  source law: "The law"\n'
    words = 'civicrules 1 en\n\nvocabulary toy "Toy"\n\nunit person: people, voters, members\n\n'
    words += "body council\n  size: number in people\n"
    program = compile(f"{text}\ncouncil's size must be 3 [law 1]\n", MappingLibrary({"toy": words})).program
    assert program is not None
    assert program.vocabulary.unit("person").words == {"en": ("person", "people", "voters", "members")}


def test_names_are_public_only_where_something_tells_who_is_who() -> None:
    text = 'civicrules 1 en\n\nruleset toy.rules "Toy"\n  facts: toy\n  source law: "The law"\n\n'
    rule = "each candidate must not be among officials [law 1]\n"
    words = (
        'civicrules 1 en\n\nvocabulary toy "Toy"\n\nentity person\n  name: text{}\n\n'
        "list candidates: person, each candidate, public names\nlist officials: person, each official\n"
    )
    told = compile(text + rule, MappingLibrary({"toy": words.format(", identifies")})).diagnostics
    untold = compile(text + rule, MappingLibrary({"toy": words.format("")})).diagnostics
    assert told == ()
    assert [(one.code, one.severity) for one in untold] == [("CR0240", Severity.WARNING), ("CR0240", Severity.ERROR)]


@pytest.mark.parametrize(
    ("line", "example"),
    [
        ("list candidates of candidate, public", "list candidates"),
        ("unit person, people", "unit household"),
        ("entity barangay, text", "entity community"),
    ],
)
def test_a_line_that_is_not_understood_is_shown_beside_one_of_its_kind(line: str, example: str) -> None:
    """And what uses the names on it is not blamed: the contest knows neither its candidates nor their posts."""
    words = f'civicrules 1 en\n\nvocabulary toy "Toy"\n\nentity candidate\n  name: text\n\n{line}\n'
    text = (
        'civicrules 1 en\n\nruleset toy.rules "Toy"\n  facts: toy\n  source law: "The law"\n\n'
        "contest council [law 1]\n  posts: chair\n  seats: 1\n  candidates: candidates\n  method: plurality\n"
    )
    found = compile(text, MappingLibrary({"toy": words})).diagnostics
    assert [one.code for one in found if one.severity is Severity.ERROR][:1] == ["CR0101"]
    assert {one.code for one in found} <= {"CR0101", "CR0395", "CR0319"}
    assert example in found[0].data["examples"].text("en")  # type: ignore[union-attr]
    if line.startswith("list"):
        assert "CR0319" not in {one.code for one in found}


@pytest.mark.parametrize("wrong", ["people", "peeple"])
def test_a_contest_over_a_list_that_was_not_understood_waits_for_it(wrong: str) -> None:
    fields = "  post / 职务: one of chair/主任\n  votes / 得票数: number in members\n"
    vocabulary = ENGLISH.replace("  born /", f"{fields}  born /").replace("候选人: people", f"候选人: {wrong}", 1)
    contest = (
        "contest chair [law 2]\n  posts: chair\n  seats: 1\n  candidates: candidates\n  elected: most votes first\n"
    )
    compiled = compile_source(Source("t", USES + contest), MappingLibrary({"toy.town": vocabulary}), registry())
    errors = [d.place.source.name for d in compiled.diagnostics if d.severity is Severity.ERROR]  # type: ignore[union-attr]
    assert errors == ["toy.town"] * (wrong == "peeple")


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("number", "in rising order", "one of"),
        ("date", "at most 3", "number"),
        ("text", "negative absent", "yes/no"),
        ("yes/no", "mutual", "people"),
        ("date", "counted from day", "number"),
    ],
)
def test_what_says_nothing_of_a_field_is_reported(kind: str, said: str, told: str) -> None:
    words = f'civicrules 1 en\n\nvocabulary toy "Toy"\n\nentity town\n  day: date\n  thing: {kind}, {said}\n'
    text = 'civicrules 1 en\n\nruleset toy.rules "Toy"\n  facts: toy\n  source law: "The law"\n'
    (one,) = compile(text, MappingLibrary({"toy": words})).diagnostics
    assert (one.code, one.data["property"], one.data["kind"]) == ("CR0338", said, (told,))
