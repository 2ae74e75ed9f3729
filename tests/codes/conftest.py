"""What the tests of codes share: how a fragment on a page becomes a whole text, and the shipped texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import civicrules
from civicrules.pipeline import Compiled

RULESETS = Path(__file__).parents[2] / "rulesets"

FIRST = {"en": "civicrules 1 en\n\n", "zh": "civicrules 1 zh\n\n"}
HEAD = {
    "en": 'ruleset example "An example"\n  facts: {facts}\n  age date: election day\n'
    '  days back: election day not counted\n  source law: "Law on residents\' committees"\n\n',
    "zh": "规则集 example “示例”\n  词汇：{facts}\n  年龄计算日：选举日\n"
    "  倒推天数：选举日不计入\n  来源 法律：“居民委员会组织法”\n\n",
}
SECTION = {"en": 'section "Rules" [law 1]\n\n', "zh": "章节 “规定” 〔法律 第一条〕\n\n"}
# A contest of its own for pages on vocabularies that are about the posts of candidates.
CONTEST = {
    "en": "contest board\n  posts: chair\n  seats: 1\n  candidates: candidates\n"
    "  elected: votes more than half of ballots returned\n  tie: lot\n",
    "zh": "选举 理事会\n  职位：主任\n  应选名额：1\n  候选人：候选人\n  当选：得票数超过收回票数的半数\n  得票相等：抽签\n",
}
# The rulesets that pages on layers stand under.
CITY = """civicrules 1 en

ruleset my.city "Rules of the city"
  facts: cn.community
  source regulation / 条例: "City regulation on community elections"

rule number of units [regulation 3]
  units must be at least 3
  in Chinese: 单位个数
  lower rules: may tighten

rule number of households [regulation 4]
  households must be at least 100
  in Chinese: 户数下限
  lower rules: must keep
"""
LAYERED = ("  tightens: ", "  从严：")
EXPECTED_ABOVE = re.compile(
    "(, right to stand: |，被选举权：)(holds|符合)"
)  # examples tell what the law says of them, too
# What the notice has from the law above it, in place of the line that names the law.
TAKEN = {
    "  under: cn.residents-law\n": "  age date: election day\n",
    "  上位：cn.residents-law\n": "  年龄计算日：选举日\n",
}
HIGHER = civicrules.MappingLibrary(
    {"my.city": CITY, "my.draft": CITY.replace("my.city", "my.draft").replace("units must be", "unitts must be")}
)


def tongue(text: str) -> str:
    """The language that a fragment is written in, by its first words."""
    return "zh" if any("\u4e00" <= c <= "\u9fff" for c in text.splitlines()[0]) else "en"


def whole(code: str, fragment: str) -> str:
    """A fragment of a ruleset with what must stand before it."""
    language = tongue(fragment)
    if fragment.startswith("civicrules") or code == "CR0110":
        return fragment
    if fragment.startswith(("ruleset", "规则集")):
        return FIRST[language] + fragment
    return FIRST[language] + HEAD[language].format(facts="cn.community") + SECTION[language] + fragment


def compile_vocabulary(code: str, fragment: str) -> Compiled:
    """A ruleset that does little more than use a vocabulary."""
    language = tongue(fragment)
    rules = FIRST[language] + HEAD[language].format(facts="demo") + SECTION[language]
    library = civicrules.MappingLibrary({"demo": FIRST[language] + fragment})
    return civicrules.compile(rules + (CONTEST[language] if code == "CR0336" else ""), library=library)


@pytest.fixture
def compile_page() -> Callable[[str, str, str], Compiled]:
    """Compile an example of a page: its code, what the example is, its text."""

    def compiled(code: str, kind: str, fragment: str) -> Compiled:
        if kind == "vocabulary":
            return compile_vocabulary(code, fragment)
        if code.startswith("CR036"):
            return civicrules.compile(whole(code, fragment), library=HIGHER)
        return civicrules.compile(whole(code, fragment))

    return compiled


@pytest.fixture(scope="session")
def shipped() -> dict[str, str]:
    """The district notice in both languages, standing alone: under the law it has a conflict of its own."""
    folder = RULESETS / "cn.district-2012"
    texts = {tag: (folder / f"rules.{tag}.civic").read_text(encoding="utf-8") for tag in ("en", "zh")}
    return {
        tag: "".join(TAKEN.get(line, line) for line in text.splitlines(keepends=True) if not line.startswith(LAYERED))
        for tag, text in ((tag, EXPECTED_ABOVE.sub("", text)) for tag, text in texts.items())
    }
