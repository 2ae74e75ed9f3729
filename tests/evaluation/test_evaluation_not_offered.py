"""A method that nobody offers stops the counting of its contest, and nothing else."""

from __future__ import annotations

import pytest

import civicrules
from civicrules import Rules
from civicrules.diagnostics import Severity
from civicrules.outcome import CannotSay, Decided
from civicrules.report import text

RULES = """civicrules 1 en

ruleset toy.count "Count"
  facts: cn.community
  source law: "Law"

rule turnout [law 1]
  ballots returned must be more than half of registered voters

allocation group seats [law 2]
  in Chinese: 小组名额
  receivers: residents groups
  weight: households
  seats: 4
  method: METHOD
"""
PLAN = {
    "ballot account": {"registered voters": 100, "ballots returned": 51},
    "residents groups": [{"name": "A", "households": 30}, {"name": "B", "households": 10}],
}


def rules(method: str) -> Rules:
    return civicrules.load(text=RULES.replace("METHOD", method))


def test_a_method_at_hand_divides() -> None:
    assert isinstance(rules("largest remainder").allocation("group seats", PLAN).seats(), Decided)


def test_without_it_everything_else_is_checked() -> None:
    made = rules("largest remaindr")
    report = made.check(PLAN)
    assert [one.verdict.value for one in report.findings] == ["holds"]
    assert [(one.code, one.severity) for one in report.notes] == [("CR0317", Severity.WARNING)]
    assert text.render(report, "en").count("CR0317:") == 1
    assert text.exit_status(report) == 0


def test_lines_for_another_method_stop_nothing() -> None:
    made = civicrules.load(text=RULES.replace("METHOD", "largest remaindr\n  rows: residents groups"))
    assert [one.verdict.value for one in made.check(PLAN).findings] == ["holds"]
    assert {one.severity for one in made.diagnostics} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "a plugin that offers its method"), ("zh", "提供所需方法的插件")]
)
def test_that_one_cannot_be_counted(language: str, said: str) -> None:
    """Not even with the method that was probably meant."""
    made = rules("largest remaindr")
    assert made.allocation("group seats", PLAN).seats() == CannotSay(("method",))
    report = made.results(PLAN, made.program.allocations)
    assert report.counts[0].outcome == CannotSay(("method",))
    shown = text.render(report, language)
    assert (said in shown, text.exit_status(report)) == (True, 3)
