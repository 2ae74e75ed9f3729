"""`civicrules show`, `check --why` and `check FOLDER`, on the shipped notice."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(str(files("civicrules.rulesets"))) / "cn.district-2012" / "examples"


def test_a_ruleset_is_shown_with_its_articles(run: Any) -> None:
    done = run("show", "cn.district-2012")
    assert done.status == 0
    assert "unit share — 10% to 30% of the units, and at most 30% of the assembly" in done.out
    assert "  - assembly's unit representatives must be 10% to 30% of units [notice IV(2)]" in done.out
    assert "reading band edge" in done.out


@pytest.mark.parametrize(
    ("language", "heading", "article"),
    [
        ("en", "Where the rules contradict each other", "[residents' law 7]"),
        ("zh", "规定之间相互抵触之处", "〔居委会组织法 第七条〕"),
    ],
)
def test_what_contradicts_the_law_above_is_shown_with_both_articles(
    run: Any, language: str, heading: str, article: str
) -> None:
    """The notice has three members below 2,500 households (III.2); the law asks for five to nine (article 7).

    To article 8(2) it adds bars (III), an education and an age before retirement (III.2).
    """
    _, found, told = run("show", "cn.district-2012", "--lang", language).out.partition(heading)
    assert found and "CR0364" in told and article in told
    size = run("show", "cn.district-2012", "residents committee's size", "--lang", language).out
    assert size.count("CR036") == 1
    shown = json.loads(run("show", "cn.district-2012", "--format", "json").out)
    assert [one["code"] for one in shown["conflicts"]] == ["CR0363", "CR0364", "CR0363", "CR0363"]
    assert "conflicts" in json.loads(run("show", "cn.district-2012", "unit share", "--format", "json").out)
    assert heading not in run("show", "cn.district-2012", "unit share", "--lang", language).out


def test_one_rule_is_shown_by_its_name_in_either_language(run: Any) -> None:
    english, chinese = run("show", "cn.district-2012", "unit share"), run("show", "cn.district-2012", "单位代表比例")
    assert english.out == chinese.out and english.out.count("\n") == 3


def test_a_ruleset_as_json_has_character_ranges(run: Any) -> None:
    shown = json.loads(run("show", "cn.district-2012", "--format", "json").out)
    assert shown["format"] == "civicrules-ruleset/1"
    text = (EXAMPLES.parent / "rules.en.civic").read_text(encoding="utf-8")
    rule = next(one for one in shown["rules"] if one["id"] == "unit_share")
    at = rule["sentences"][0]["at"]
    assert text[at["start"] : at["end"]] == rule["sentences"][0]["text"]["en"]


def test_a_name_is_looked_for_in_the_rules_before_a_folder_of_that_name(run: Any, tmp_path: Path) -> None:
    text = (EXAMPLES.parents[1] / "cn.residents-law" / "rules.en.civic").read_text(encoding="utf-8")
    for folder, title in (("cn.own", "Here"), ("rules/cn.own", "There")):
        (tmp_path / folder).mkdir(parents=True)
        own = re.sub('ruleset cn.residents-law "[^"]*"', f'ruleset cn.own "{title}"', text)
        (tmp_path / folder / "rules.en.civic").write_text(own, encoding="utf-8")
    assert run("show", "cn.own").out.startswith("Here\n")
    assert run("show", "cn.own", "--rules", "rules").out.startswith("There\n")


def test_a_rule_that_is_not_there(run: Any) -> None:
    done = run("show", "cn.district-2012", "unit shares")
    assert done.status == 2 and "CR0821" in done.err and "unit share" in done.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_why_goes_down_to_the_facts(run: Any, language: str) -> None:
    """Of 50 + 24 = 74 people 30 % are 22.2, fewer than 24 (District notice 2012/65, IV.2)."""
    done = run("check", str(EXAMPLES / f"faulty.{language}.yaml"), "--why", "unit share")
    assert done.status == 0 and " = 22.2" in done.out
    assert done.out.count(f"faulty.{language}.yaml:") == 6


def test_why_as_json(run: Any) -> None:
    told = json.loads(run("check", str(EXAMPLES / "faulty.en.yaml"), "--why", "unit share", "--format", "json").out)
    assert [one["verdict"] for one in told["findings"]] == ["holds", "fails"]
    assert told["findings"][1]["reasons"][0]["parts"][1]["value"] == "111/5"


def test_a_folder_lists_open_findings_first(run: Any) -> None:
    done = run("check", str(EXAMPLES))
    assert done.status == 1
    first, *rest = done.out.splitlines()
    assert first.startswith("13 plans") and rest[-1] == "Exit status 1."
    named = [line for line in rest if line[:1] in "✗✓?" and line]
    assert "Willow Bridge (faulty.en.xlsx): " in done.out  # four files of each name, two in each language
    assert [one[0] for line in named if (one := re.findall(r"faulty|clean|tied", line))] == ["faulty"] * 4 + [
        "clean"
    ] * 4 + ["tied"] * 4
    document = json.loads(run("check", str(EXAMPLES), "--format", "json").out)
    assert document["format"] == "civicrules-across/1" and len(document["reports"]) == 13


LAYER = """civicrules 1 en

ruleset {name}
  level: {level}
{under}  facts: cn.community
  source {source}: "A source"

units must be at least 3 [{source} 1]
  {stated}
"""


def test_rules_of_two_layers_with_one_name_are_told_apart_by_their_articles(quiet_place: Path, run: Any) -> None:
    """`--why` with the name that both bear tells both; with the id of one, that one."""
    law = LAYER.format(name="top.x", level="statute", under="", source="law", stated="lower rules: may tighten")
    above = "  under: top.x\n"
    notice = LAYER.format(name="low.x", level="district", under=above, source="notice", stated="tightens: units")
    (quiet_place / "top.x.civic").write_text(law, encoding="utf-8")
    (quiet_place / "low.x.civic").write_text(notice, encoding="utf-8")
    plan = "plan:\n  ruleset: low.x\n  day: 2012-07-20\ncommunity:\n  units: 2\n"
    (quiet_place / "plan.yaml").write_text(plan, encoding="utf-8")
    both = run("check", "plan.yaml", "--rules", ".", "--why", "units").out
    assert [line for line in both.splitlines() if line.startswith("✗")] == [
        "✗ units must be at least 3 [law 1]",
        "✗ units must be at least 3 [notice 1]",
    ]
    assert run("check", "plan.yaml", "--rules", ".", "--why", "top.x:units").out == both.partition("\n\n")[0] + "\n"
