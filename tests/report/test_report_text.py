"""The whole report as a clerk reads it. The golden texts were read line by line against the notice of 2012."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import civicrules
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import PlanHeader
from civicrules.findings import Report
from civicrules.report import text
from civicrules.source import width

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("columns", [60, 100])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_golden(faulty: Report, language: str, columns: int) -> None:
    expected = (GOLDEN / f"faulty.{language}.{columns}.txt").read_text(encoding="utf-8")
    assert text.render(faulty, language, width=columns) + "\n" == expected


@pytest.mark.parametrize("columns", [40, 47, 60, 80, 100, 160])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_no_line_is_wider_than_the_terminal(faulty: Report, language: str, columns: int, encoding: str) -> None:
    shown = text.render(faulty, language, width=columns, encoding=encoding, verbose=True, readings_all=True)
    assert [line for line in shown.split("\n") if width(line) > columns] == []
    shown.encode(encoding)


def test_failing_sentences_come_first_and_the_status_last(faulty: Report) -> None:
    shown = text.render(faulty, "en")
    order = [
        "Could not be read",
        "Fails: 4",
        "Cannot be judged yet: 2",
        "Departs from advice",
        "Encouraged",
        "Holds: 1",
    ]
    assert [shown.index(heading) for heading in order] == sorted(shown.index(heading) for heading in order)
    assert shown.split("\n\n")[-1].replace("\n", " ").endswith("Exit status 1.")


def test_strict_counts_advice_as_binding(faulty: Report) -> None:
    shown = text.render(faulty, "en", strict=True)
    assert "Fails: 5" in shown
    assert "Departs from advice" not in shown
    assert "5 binding sentences or advices fail." in shown


def test_sentences_that_do_not_apply_are_counted_and_listed_when_asked(faulty: Report) -> None:
    sentence = "congress size must be at least required delegates"
    assert sentence not in text.render(faulty, "en")
    assert sentence in text.render(faulty, "en", verbose=True)


def test_readings_are_listed_with_their_alternatives_when_asked(faulty: Report) -> None:
    shown = text.render(faulty, "zh", readings_all=True)
    assert "采用：尾数舍去" in shown
    assert "另解：尾数进一" in shown
    assert "采用：尾数舍去" not in text.render(faulty, "zh")


def test_colour_adds_nothing_but_colour(faulty: Report) -> None:
    import click

    coloured = text.render(faulty, "en", colour=True)
    assert "\x1b[" in coloured
    assert click.unstyle(coloured) == text.render(faulty, "en")


def test_without_ruleset_only_the_reason_is_shown() -> None:
    reason = Diagnostic("XX0001", None, {"message": "there is no ruleset named cn.x"})
    shown = text.render(Report(None, PlanHeader(), "plan.yaml", None, None, diagnostics=(reason,)), "en")
    assert shown.startswith("No ruleset was applied")
    assert "there is no ruleset named cn.x" in shown
    assert shown.endswith("Exit status 2.")


def test_warnings_and_notes_are_not_called_unreadable(faulty: Report) -> None:
    warning = Diagnostic("XX0003", None, {"message": "two sheets have this name"}, Severity.WARNING)
    shown = text.render(evolve(faulty, diagnostics=(warning,)), "en")
    assert "Could not be read" not in shown
    assert "Please check" in shown
    assert shown.index("Please check") < shown.index("Fails") < shown.index("Note XX")


@given(st.text(), st.sampled_from(["en", "zh"]), st.integers(40, 160), st.sampled_from(["ascii", "gbk", "utf-8"]))
def test_any_text_of_a_plan_can_be_shown(name: str, language: str, columns: int, encoding: str) -> None:
    report = Report(None, PlanHeader(stage=name), name, date(2012, 8, 20), None)
    shown = text.render(report, language, width=columns, encoding=encoding)
    shown.encode(encoding)
    assert not {unicodedata.category(char) for char in shown if char != "\n"} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("language", "heading", "last"),
    [
        ("en", "Missing or wrong for the count", "1 entry that the count needs"),
        ("zh", "计票所需内容缺失或者有误", "有1处计票所需内容"),
    ],
)
def test_what_a_count_lacks_could_be_read(faulty: Report, language: str, heading: str, last: str) -> None:
    lacking = Diagnostic("CR0721", None, {"name": "Lin Hua"})
    shown = text.render(evolve(faulty, diagnostics=(lacking,)), language)
    assert "Could not be read" not in shown and "无法读取的内容" not in shown
    assert heading in shown
    assert last in " ".join(shown.split())


def test_two_texts_that_contradict_each_other_are_both_shown() -> None:
    """L1: notice III.2, allows three members, the law, article 7, asks for five; no word to authors."""
    report = civicrules.load("cn.district-2012").check({"community": {"households": 2400}})
    for language, here, above, authors in (
        (
            "en",
            "must be within committee size [notice III.2]",
            "must be 5 to 9 people [residents' law 7]",
            "ask at least",
        ),
        (
            "zh",
            "本规定：“居委会的职数应当符合居委会职数标准”",
            "上位规定：“居委会的职数应当为5至9人”",
            "要求应当不低于",
        ),
    ):
        said = text.render(report, language, width=160)
        assert here in said and above in said and authors not in said
