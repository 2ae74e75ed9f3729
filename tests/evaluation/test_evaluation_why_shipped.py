"""The tree of reasons of every rule of every shipped ruleset, on its plans and on one that says nothing, can be shown."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import civicrules
from civicrules.report import reasons
from civicrules.report.view import View

RULESETS = Path(__file__).parents[2] / "rulesets"
IDS = sorted(path.parent.name for path in RULESETS.glob("*/rules.zh.civic"))


@pytest.mark.parametrize("id", IDS)
def test_every_rule_can_be_asked_why(id: str) -> None:
    rules = civicrules.load(id)
    plans = [*sorted((RULESETS / id / "examples").glob("*.zh.yaml"))[:1], {"plan": {"day": date(2020, 1, 1)}}]
    for plan in plans:
        for rule in rules.program.rules:
            found = rules.why(rule.id, plan)
            for language in ("en", "zh"):
                for line in reasons.render(found, View(language, width=2000)).split("\n"):
                    assert not line.strip().startswith(("=", "："))
            assert json.dumps(reasons.document(rule, found))


@pytest.mark.parametrize(
    ("rule", "facts", "last"),
    [
        (  # the notice of 2012, IV: the quarter from July to September
            "season",
            {"community": {"election day": date(2012, 8, 20)}},
            "    be between 2012-07-01 and 2012-09-30 = 1 July 2012 to 30 September 2012",
        ),
        # of a day that nobody knows neither end is known, and no end of the calendar is told
        ("season", {}, "    be between 2012-07-01 and 2012-09-30 = 1 July 2012 to 30 September 2012"),
    ],
)
def test_days_between_two(rule: str, facts: dict[str, object], last: str) -> None:
    rules = civicrules.load("cn.district-2012")
    assert reasons.render(rules.why(rule, facts), View("en", width=120)).split("\n")[-1] == last


def test_days_after_one_that_is_not_known() -> None:
    rules = civicrules.load("cn.village-law-affairs")
    found = rules.why("handover", {})
    assert reasons.render(found, View("en", width=120)).split("\n")[1:] == [
        "  handover done must be within 10 days after new committee formed = not known yet",
        "    handover done = not known yet",
        "    new committee formed = not known yet",
        "    10 days after new committee formed = not known yet",
        "      new committee formed = not known yet",
    ]
