"""A shipped ruleset that the translator puts into the other language compiles to the same rules."""

from __future__ import annotations

import pytest

from civicrules import shipped
from civicrules.builtins import registry
from civicrules.diagnostics import has_errors
from civicrules.formatting import format as format_text
from civicrules.library import Found, MappingLibrary
from civicrules.pipeline import compile_source
from civicrules.program import Program
from civicrules.source import Source

CASES = [
    (found, tag, other)
    for name in shipped().names("ruleset")
    for tag, other in (("en", "zh"), ("zh", "en"))
    if (found := shipped().find("ruleset", name, tag)) is not None
]


def program(source: Source) -> Program:
    compiled = compile_source(source, shipped(), registry())
    assert compiled.program is not None
    assert not has_errors(compiled.diagnostics), compiled.diagnostics
    return compiled.program


@pytest.mark.parametrize(
    ("found", "tag", "other"), CASES, ids=[f"{c[0].source.name}-{c[2]}-{at}" for at, c in enumerate(CASES)]
)
def test_a_translated_ruleset_is_the_same_ruleset(found: Found, tag: str, other: str) -> None:
    before = program(found.source)
    translation = format_text(found.source, other)
    after = program(Source("t", translation.text))
    assert after.language == other
    for part in ("rules", "definitions", "readings", "contests", "allocations"):
        assert getattr(after, part) == getattr(before, part), part
    back = program(Source("t", format_text(Source("t", translation.text), tag).text))
    assert back == before


@pytest.mark.parametrize(
    ("found", "tag", "other"), CASES, ids=[f"{c[0].source.name}-{c[1]}-{at}" for at, c in enumerate(CASES)]
)
def test_nothing_of_a_shipped_ruleset_lacks_a_form(found: Found, tag: str, other: str) -> None:
    assert [one.data["name"] for one in format_text(found.source, other).diagnostics] == []


VILLAGE = """civicrules 1 en
vocabulary toy.village "village"
unit person / 人: people
unit yuan / 元: yuan, measured
step places posted / 名额公布日
step polling day / 投票日
entity village / 村
  {places}: number in people
  voters / 选民数: number in people
  funds / 经费: number in yuan
  grade / 等级: one of low/低级, middle/中级, high/高级, in rising order
"""
# 应选名额 (seats) is a key of contests, 名额 (seats) one of allocations: here they are names.
PLACES = (
    ("应选名额应当不超过9人", "{} must be at most 9 people"),
    ("规则 名额", "rule 名额"),
    ("  村的应选名额应当不超过选民数", "  village's {} must be at most voters"),
    ("选举 主任", "contest 主任"),
    ("  方法：相对多数", "  method: plurality"),
    ("  应选名额：应选名额", "  seats: {}"),
    ("村应当按照下列顺序进行：", "village must follow this order:"),
    ("  名额公布日", "  places posted"),
    ("  投票日", "  polling day"),
)


@pytest.mark.parametrize(("declared", "printed"), [("places / 应选名额", "places"), ("应选名额", "应选名额")])
def test_a_name_that_is_equal_to_a_key_is_translated_as_the_name_that_it_is(declared: str, printed: str) -> None:
    library = MappingLibrary({"toy.village": VILLAGE.format(places=declared)})
    head = "\n规则集 toy.rules “R”\n  英文：“R”\n  词汇：toy.village\n\n"
    text = f"civicrules 1 zh\n{head}" + "\n".join(chinese for chinese, _ in PLACES) + "\n"
    found = format_text(Source("t", text), "en", library)
    lines = found.text.split("\n")[-len(PLACES) - 1 : -1]
    assert lines == [english.format(printed) for _, english in PLACES]
    (said,) = (one.data for one in found.diagnostics if one.code == "CR0130")
    assert {said["declared"], *said["others"]} == {"名额", "主任", *({printed} - {"places"})}


def test_what_is_printed_of_a_text_in_its_own_language_has_the_figures_of_its_author() -> None:
    library = MappingLibrary({"toy.village": VILLAGE.format(places="places / 席位")})
    rows = (
        "civicrules 1 zh",
        "规则集 toy.rules “R”",
        "  英文：“R”",
        "  词汇：toy.village",
        "  来源 法 / law：“某法”",
        "章节 “一” 〔法 1〕",
        "村应当符合下列条件之一：",
        "  选民数不少于20万人",
        "  席位不少于2,000人",
        "基数是指选民数 + 1.5万人",
        "  英文：base",
    )
    made = compile_source(Source("t", "\n".join(rows)), library, registry()).program
    assert made is not None
    texts = made.rules[0].sentences[0].texts
    assert texts.text("zh") == "村应当符合下列条件之一：选民数不少于20万人、席位不少于2,000人"
    assert texts.text("en").endswith("voters is at least 200,000 people, places is at least 2000 people")
    assert made.written["base"].text("zh") == "基数是指选民数 + 1.5万人\n  英文：base"
    assert made.written["base"].text("en") == "base means voters + 15,000 people"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("grade must be at least middle", "等级应当不低于中级"),
        ("grade must be at most middle", "等级应当不高于中级"),
        ("grade must be below high", "等级应当低于高级"),
        ("grade must be middle or above", "等级应当为中级以上"),
        ("funds must be less than 200 yuan", "经费应当少于200元"),
        ("funds must be 200 yuan or less", "经费应当为200元以下"),
        ("voters must be fewer than 200 people", "选民数应当少于200人"),
        ("voters must be 200 people or fewer", "选民数应当为200人以下"),
        ("voters must be at least 200 people", "选民数应当不少于200人"),
    ],
)
def test_ranks_amounts_and_counts_are_compared_in_words_of_their_own(english: str, chinese: str) -> None:
    library = MappingLibrary({"toy.village": VILLAGE.format(places="places / 席位")})

    def translated(tag: str, line: str, into: str) -> str:
        head = {"en": "ruleset toy.rules\n  facts: toy.village\n", "zh": "规则集 toy.rules\n  词汇：toy.village\n"}[tag]
        text = f"civicrules 1 {tag}\n{head}{line}\n"
        return format_text(Source("t", text), into, library).text.rstrip("\n").split("\n")[-1]

    assert translated("en", english, "zh") == chinese
    assert translated("zh", chinese, "en") == english


def test_a_rule_that_is_called_like_a_fact_is_the_same_rule_in_the_other_language() -> None:
    """Its name is translated as that of the fact; a rule of another name has no other form, and that is said."""
    text = Source(
        "t",
        """civicrules 1 en

ruleset my.town
  facts: cn.community
  source law / 法律: "the law"

rule electorate [law 1]
  electorate must be all voters

rule committee candidates [law 2]
  number of committee candidates must be at least 2

rule enough units [law 3]
  units must be at least 3

example
  given units is 3
  expect enough units: holds
example
  given number of committee candidates is 2
  expect committee candidates: holds
""",
    )
    translation = format_text(text, "zh")
    assert "规则 选举方式 〔法律 1〕" in translation.text and "规则 全体居委会候选人 〔法律 2〕" in translation.text
    (said,) = translation.diagnostics
    assert {said.data["declared"], *said.data["others"]} == {"the law", "enough units"}
    before, after = program(text), program(Source("t", translation.text))
    assert before.rules == after.rules
    assert [rule.id for rule in after.rules] == ["electorate", "committee_candidates", "enough_units"]
