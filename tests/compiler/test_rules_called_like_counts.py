"""A rule may be called like a count: sentences that say these words speak of the count, examples of the rule."""

from __future__ import annotations

import pytest

import civicrules
from civicrules.findings import Verdict

ENGLISH = """civicrules 1 en
ruleset t "T"
  facts: cn.community
  source act / 办法: "Act"

rule {name} [act 1]
  {sentence}

example "three"
  given households is 3
  expect {name}: cannot say
"""
CHINESE = """civicrules 1 zh
规则集 t “T”
  词汇：cn.community
  来源 办法 / act：“办法”

规则 {name} 〔办法 1〕
  {sentence}

示例 “三户”
  设 居民户数为3户
  则 {name}：无法判断
"""


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        (ENGLISH, "number of committee candidates", "number of committee candidates must be at least 3"),
        (
            ENGLISH,
            "Number of committee candidates",
            "number of committee candidates where sex is female must be at least 3",
        ),
        (ENGLISH, "share of committee candidates", "number of committee candidates must be at least 3"),
        (CHINESE, "全体居委会候选人的人数", "全体居委会候选人的人数应当不少于3"),
        (CHINESE, "候选人的人数", "全体居委会候选人中，性别为女的人数应当不少于3"),
    ],
)
def test_the_count_is_meant_in_sentences_and_the_rule_in_examples(text: str, name: str, sentence: str) -> None:
    rules = civicrules.load(text=text.format(name=name, sentence=sentence))
    assert rules.diagnostics == ()
    (outcome,) = rules.examples()
    assert outcome.actual is Verdict.CANNOT_SAY


def test_a_definition_that_is_called_like_a_count_stays_a_name() -> None:
    text = ENGLISH.replace("rule {name}", "number of places means 4 people [act 2]\n\nrule {name}")
    found = civicrules.load(
        text=text.format(name="size", sentence="residents committee's size must be number of places")
    )
    plan = {"residents committee": {"size": 4}}
    assert [one.verdict for one in found.check(plan).findings] == [Verdict.HOLDS]
