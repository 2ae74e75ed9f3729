"""What random changes and texts of absurd size have found, each once, by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import civicrules
from civicrules.facts import Facts

HEAD = {
    "en": 'civicrules 1 en\n\nruleset my.town "Our election"\n  facts: cn.community\n  source notice: "The notice"\n\n'
    'section "Rules" [notice 1]\n\n',
    "zh": "civicrules 1 zh\n\n规则集 my.town “本社区换届选举”\n  词汇：cn.community\n  来源 通知：“通知”\n\n"
    "章节 “规定” 〔通知 一〕\n\n",
}
UNITS = {"en": "units must be at least {}\n", "zh": "驻社区单位数不得少于{}个\n"}


def found(text: str) -> list[tuple[str, str]]:
    return [(one.code, str(one.place)) for one in civicrules.compile(text).diagnostics]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("digits", "code"), [(30, None), (31, "CR0139"), (1900, "CR0139")])
def test_digits_of_a_number(language: str, digits: int, code: str | None) -> None:
    codes = [one for one, _ in found(HEAD[language] + UNITS[language].format("9" * digits))]
    assert codes == ([code] if code else [])


@pytest.mark.parametrize(("length", "code"), [(2000, None), (2001, "CR0138")])
def test_length_of_a_line(length: int, code: str | None) -> None:
    line = UNITS["en"].format(3).rstrip("\n")
    comment = line + " #" + "x" * (length - len(line) - 2)
    assert found(f"{HEAD['en']}{comment}\n") == ([(code, "<text>:9:1")] if code else [])


@pytest.mark.parametrize(("length", "code"), [(250_000, None), (250_001, "CR0120")])
def test_length_of_a_text(length: int, code: str | None) -> None:
    text = HEAD["en"] + UNITS["en"].format(3)
    rest = length - len(text)
    text += ("#" * 99 + "\n") * (rest // 100) + "#" * (rest % 100)
    assert [one for one, _ in found(text)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The residents of every community shall meet in spring, and they elect whom they want.\n"),
        ("en", "units mst 3 be a lst 3\n"),
        ("zh", "本社区全体居民应在每年春季召开会议，讨论决定有关事项，推选若干名代表。\n"),
    ],
)
def test_each_line_of_a_text_that_is_no_ruleset_is_reported(language: str, line: str) -> None:
    """The first thirty lines are looked into, of the others it is said where they stop making sense."""
    assert len(found(HEAD[language] + line * 60)) == 60


DAYS = """civicrules 1 en

ruleset my.town "Our election"
  facts: cn.community
  source notice: "The notice"

section "Rules" [notice 1]

election day must be 2012-07-01 to 2012-08-31
"""


@pytest.mark.parametrize(("day", "verdict"), [("2012-07-01", "holds"), ("2012-06-30", "fails")])
def test_why_of_a_range_of_days(day: str, verdict: str) -> None:
    rules = civicrules.load(text=DAYS)
    told = rules.why(rules.program.rules[0].id, {"community": {"election day": day}})
    assert [finding.verdict.value for finding, _ in told] == [verdict]


# ---------------------------------------------------------------- plans

RULES = HEAD["en"] + UNITS["en"].format(3)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], tuple[Facts, list[tuple[str, str]]]]:
    """The facts of a plan's text and what is said of it."""
    rules = civicrules.load(text=RULES)

    def written(text: str) -> tuple[Facts, list[tuple[str, str]]]:
        (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
        facts, diagnostics = rules.facts(tmp_path / "plan.yaml")
        return facts, [(one.code, str(one.place)) for one in diagnostics]

    return written


@pytest.mark.parametrize(
    ("key", "word", "complete", "codes"),
    [
        ("more to come", "yes", False, []),
        ("more to come", "true", False, []),
        ("more to come", "no", True, []),
        ("more to come", "perhaps", False, ["CR0510"]),
        ("未完", "是", False, []),
        ("未完", "大概", False, ["CR0510"]),
    ],
)
def test_more_to_come_is_yes_or_no(read: Any, key: str, word: str, complete: bool, codes: list[str]) -> None:
    facts, said = read(f"representatives:\n  rows: [{{name: x}}]\n  {key}: {word}\n")
    assert [code for code, _ in said] == codes
    assert facts.lists["representatives"].complete is complete


WAIVER = "waivers:\n  - {rule: r, reason: a, by: office, %s}\n"


@pytest.mark.parametrize(
    ("more", "kept", "codes"),
    [("person: x", 1, []), ("reason: a", 1, ["CR0440"]), ("reason: b", 0, ["CR0440"])],
)
def test_a_waiver_that_says_something_twice(read: Any, more: str, kept: int, codes: list[str]) -> None:
    facts, said = read(WAIVER % more)
    assert len(facts.waivers) == kept
    assert [code for code, _ in said] == codes


@pytest.mark.parametrize(("cell", "codes"), [("", []), ("stray", ["CR0450"])])
def test_a_cell_beside_the_table_of_waivers(read: Any, tmp_path: Path, cell: str, codes: list[str]) -> None:
    (tmp_path / "w.csv").write_text(f"rule,reason,by\nr,a,office,,{cell}\n", encoding="utf-8")
    facts, said = read("waivers: w.csv\n")
    assert len(facts.waivers) == 1
    assert [code for code, _ in said if code != "CR0428"] == codes
