"""The samples that the translator puts into the other language compile to the same Program, and so do they back again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from civicrules.builtins import registry
from civicrules.diagnostics import has_errors
from civicrules.formatting import format as format_text
from civicrules.library import Libraries, Library, MappingLibrary, shipped
from civicrules.pipeline import compile_source
from civicrules.program import Program
from civicrules.source import Source

SAMPLES = Path(__file__).parents[1] / "samples"
OTHER = {"en": "zh", "zh": "en"}
PATHS = sorted((*SAMPLES.glob("*.??.civic"), *SAMPLES.glob("families/*.??.civic")))


def named(path: Path) -> tuple[str, str]:
    """The name that a text declares, and the text."""
    text = path.read_text(encoding="utf-8")
    found = re.search(r"^(?:ruleset|规则集|vocabulary|词汇表)\s+(\S+)", text, re.MULTILINE)
    assert found is not None
    return found[1], text


def library(language: str) -> Library:
    texts = (*SAMPLES.glob("vocabulary.civic"), *SAMPLES.glob("families/vocabulary.civic"))
    return Libraries((MappingLibrary(dict(map(named, (*texts, *SAMPLES.glob(f"*.{language}.civic"))))), shipped()))


def program(text: str, language: str) -> Program | None:
    compiled = compile_source(Source("t", text), library(language), registry())
    return None if has_errors(compiled.diagnostics) else compiled.program


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_there_and_back_is_the_same_program(path: Path) -> None:
    language, text = path.name.split(".")[1], path.read_text(encoding="utf-8")
    before = program(text, language)
    there = format_text(Source("t", text), OTHER[language], library(language)).text
    back = format_text(Source("t", there), language, library(language)).text
    assert program(back, language) == before
    if before is not None:
        # A name without another form has its own there, and so another id.
        assert len((program(there, language) or before).rules) == len(before.rules)
        assert program(there, language) is not None


HEAD = {
    "level: city": "层级：市",
    "age date: election day": "年龄计算日：选举日",
    "days back: event day not counted": "倒推天数：事件当日不计入",
    "days back: election day not counted": "倒推天数：选举日当日不计入",
    "days back: clear days": "倒推天数：间隔整日",
    "days forward: first day counted": "顺推天数：首日计入",
    "missing day: last day of the month": "无对应日：当月末日",
    "last day: next working day": "期间末日：顺延至下一工作日",
    "age reached: day after the birthday": "周岁起算：生日次日",
}


@pytest.mark.parametrize(("english", "chinese"), HEAD.items())
def test_what_a_head_says_of_days_and_level(english: str, chinese: str) -> None:
    text = f"civicrules 1 en\n\nruleset toy.x\n  {english}\n  facts: cn.community\n"
    found = format_text(Source("t", text), "zh")
    assert found.text == f"civicrules 1 zh\n\n规则集 toy.x\n  {chinese}\n  词汇：cn.community\n"
    assert format_text(Source("t", found.text), "en").text == text
    assert found.diagnostics == ()


LAYER = {"lower rules: may tighten": "下级规则：可以从严", "lower rules: must keep": "下级规则：不得变更"}


@pytest.mark.parametrize(("english", "chinese"), LAYER.items())
def test_what_a_rule_allows_below(english: str, chinese: str) -> None:
    head = (
        'civicrules 1 en\n\nruleset toy.x\n  facts: cn.community\n  source law / 法律: "Law"\n    in Chinese: “法律”\n'
    )
    text = f"{head}\nunits must be 3 units [law 1]\n  {english}\n"
    found = format_text(Source("t", text), "zh").text
    assert found.splitlines()[-1] == f"  {chinese}"
    assert format_text(Source("t", found), "en").text == text


def test_every_method_its_keys_and_options_have_a_form_in_both_languages() -> None:
    for _, method in registry().methods():
        names = [method.names, *(one.names for one in method.parameters)]
        names += [option for one in method.parameters for _, option in one.options]
        assert all(one.has("en") and one.has("zh") for one in names), method.id
