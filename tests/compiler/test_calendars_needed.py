"""Working days need a calendar in the text, in one above it or in one that it uses; where there is none, its author is told."""

from __future__ import annotations

import pytest

import civicrules
from civicrules.report.ruleset import render
from civicrules.report.view import View

VOCABULARY = """civicrules 1 en

vocabulary toy "Toy"

entity community / 社区
  list posted / 名单公布: date
  objection / 异议: date
  election day / 选举日: date
"""
CALENDAR = """
calendar 2026
  valid: from 2026-01-01 until 2026-12-31
  weekend: Saturday, Sunday
"""
WORKING = "list posted must be at least 3 working days before election day [law 1]\n"
FORWARD = "objection must be within 5 days after list posted [law 2]\n"
BACK = "list posted must be at least 3 days before election day [law 1]\n"


def text(id: str, body: str, head: str = "") -> str:
    return (
        f'civicrules 1 en\n\nruleset {id} "{id}"\n  facts: toy\n  days back: election day not counted\n{head}'
        f'  source law: "Law"\n\n{body}'
    )


def told(body: str, head: str = "", above: str = "", used: str = "") -> list[object]:
    """How many places are said to need a calendar, for each time that it is said."""
    head += ("  under: above\n" if above else "") + ("  uses: used\n" if used else "")
    texts = {"toy": VOCABULARY, "above": text("above", above), "used": text("used", used)}
    found = civicrules.compile(text("low", body, head), library=civicrules.MappingLibrary(texts))
    assert found.program is not None
    return [one.data["number"] for one in found.diagnostics if one.code == "CR0379"]


@pytest.mark.parametrize(
    ("body", "head", "expected"),
    [
        (WORKING, "", [1]),
        (WORKING + "\n" + "objection must be within 2 working days after list posted [law 2]\n", "", [2]),
        (WORKING + CALENDAR, "", []),
        (BACK + FORWARD, "", []),
        (FORWARD, "  last day: next working day\n", [1]),
        (FORWARD + CALENDAR, "  last day: next working day\n", []),
        (BACK, "  last day: next working day\n", []),  # a period counted back never moves
    ],
)
def test_it_is_said_once_where_a_calendar_is_needed_and_there_is_none(
    body: str, head: str, expected: list[int]
) -> None:
    assert told(body, head) == expected


def test_a_calendar_above_or_beside_is_in_reach() -> None:
    assert told(WORKING, above=CALENDAR) == told(WORKING, used=CALENDAR) == []


def test_a_ruleset_below_may_have_the_calendar_that_the_law_needs() -> None:
    assert told(BACK.replace("list posted must", "objection must"), above=WORKING) == [1]
    assert told(CALENDAR, above=WORKING) == []


def test_a_calendar_that_was_not_understood_is_one_mistake() -> None:
    found = civicrules.compile(
        text("low", WORKING + CALENDAR.replace("  valid: from 2026-01-01 until 2026-12-31\n", "")),
        library=civicrules.MappingLibrary({"toy": VOCABULARY}),
    )
    assert [one.code for one in found.diagnostics] == ["CR0371"]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (WORKING, "  calendar  none, though working days are counted\n"),
        (WORKING + CALENDAR, "  calendar  from 1 January 2026 until 31 December 2026\n"),
        (BACK, ""),
    ],
)
def test_the_head_of_the_document_says_what_is_known_of_working_days(body: str, shown: str) -> None:
    library = civicrules.MappingLibrary({"toy": VOCABULARY})
    document = render(civicrules.load(text=text("low", body), library=library).program, View("en"))
    assert shown in document and document.count("  calendar ") == bool(shown)
