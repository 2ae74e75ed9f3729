"""`check --format html` and `-o`: what is written where, and what is said when it cannot be."""

from __future__ import annotations

import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

PAGE = ("--format", "html")


@pytest.mark.parametrize(("seats", "status"), [(3, 0), (2, 1), ("", 3)])
def test_the_page_has_the_status_of_the_report(run: Any, plan: Callable[..., str], seats: object, status: int) -> None:
    done = run("check", plan(seats), *PAGE)
    assert done.status == status and done.out.startswith("<!DOCTYPE html>") and not done.err


@pytest.mark.parametrize(("lang", "words"), [("en", "Statement and signatures"), ("zh", "审查意见与签署")])
def test_in_both_languages(run: Any, plan: Callable[..., str], lang: str, words: str) -> None:
    assert words in run("check", plan(), *PAGE, "--lang", lang).out


def test_strict_counts_advice(run: Any, plan: Callable[..., str]) -> None:
    done = run("check", plan(3, 3), *PAGE, "--strict")
    assert done.status == 1 and "1 binding sentence or advice fails." in done.out


@pytest.mark.parametrize("format", ["html", "text", "json"])
def test_a_report_goes_to_a_file(run: Any, plan: Callable[..., str], here: Path, format: str) -> None:
    shown = run("check", plan(2), "--format", format).out
    done = run("check", plan(2), "--format", format, "-o", "report")
    assert (done.status, done.out) == (1, "Written: report\n1 binding sentence fails. Exit status 1.\n")
    assert (here / "report").read_text(encoding="utf-8") == shown


def test_no_file_is_lost(run: Any, plan: Callable[..., str], here: Path) -> None:
    (here / "report.html").write_text("signed", encoding="utf-8")
    done = run("check", plan(), *PAGE, "-o", "report.html")
    assert done.status == 2 and "CR0813" in done.err and "Nothing was done." in done.err
    assert (here / "report.html").read_text(encoding="utf-8") == "signed"
    assert run("check", plan(), *PAGE, "-o", "report.html", "--force").status == 0
    before = (here / "plan.yaml").read_bytes()
    done = run("check", "plan.yaml", *PAGE, "-o", "plan.yaml", "--force")
    assert done.status == 2 and "CR0825" in done.err and (here / "plan.yaml").read_bytes() == before
    assert "CR0809" in run("check", plan(), *PAGE, "-o", "nowhere/report.html").err


def test_without_the_package(run: Any, plan: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    done = run("check", plan(), *PAGE)
    assert done.status == 2 and not done.out
    assert "CR0827" in done.err and "jinja2" in done.err and "pip install 'civicrules[report]'" in done.err
    assert run("check", plan()).status == 0


def test_a_plan_that_cannot_be_used(run: Any, here: Path) -> None:
    (here / "plan.yaml").write_text("plan: {ruleset: toy.nothing}\n", encoding="utf-8")
    done = run("check", "plan.yaml", *PAGE, "-o", "report.html")
    assert done.status == 2 and "CR0342" in done.err and not (here / "report.html").exists()


def test_a_terminal_with_few_signs(fresh: Any, plan: Callable[..., str]) -> None:
    arguments = ("check", plan(), *PAGE, "--lang", "zh")
    whole = fresh(*arguments, environment={"PYTHONIOENCODING": "utf-8"}).stdout.decode("utf-8")
    poor = fresh(*arguments, environment={"PYTHONIOENCODING": "ascii"}).stdout.decode("ascii")
    assert unescape(poor) == unescape(whole) and "审查结论" in unescape(poor)


@pytest.fixture
def folder(here: Path, plan: Callable[..., str]) -> Path:
    (here / "plans").mkdir()
    for name, seats in (("east.yaml", 3), ("west.yaml", 2)):
        plan(seats, name=f"plans/{name}")
    return here / "plans"


def test_a_folder_is_one_page(run: Any, folder: Path, here: Path) -> None:
    done = run("check", "plans", "--rules", ".", *PAGE, "-o", "many.html")
    text = (here / "many.html").read_text(encoding="utf-8")
    assert done.status == 1 and done.out == "Written: many.html\nExit status 1.\n"
    assert text.index("west.yaml") < text.index("east.yaml") and text.count('class="community"') == 1
    assert "1 not in order" in text and "1 in order" in text
    run("check", "plans", "--rules", ".", *PAGE, "--all", "-o", "whole.html")
    assert (here / "whole.html").read_text(encoding="utf-8").count('class="community"') == 2


@pytest.mark.parametrize("format", ["text", "json"])
def test_a_folder_in_a_file_as_on_the_terminal(run: Any, folder: Path, here: Path, format: str) -> None:
    shown = run("check", "plans", "--rules", ".", "--format", format).out
    run("check", "plans", "--rules", ".", "--format", format, "-o", "report")
    assert (here / "report").read_text(encoding="utf-8") == shown


def test_no_plan_of_a_folder_is_lost(run: Any, folder: Path) -> None:
    before = (folder / "west.yaml").read_bytes()
    done = run("check", "plans", "--rules", ".", *PAGE, "-o", "plans/west.yaml", "--force")
    assert done.status == 2 and "CR0825" in done.err and (folder / "west.yaml").read_bytes() == before


def test_a_count_is_a_page_too(run: Any) -> None:
    """The totals of the fourth term elect all seven, as the text report says."""
    import civicrules.rulesets

    plan = Path(civicrules.rulesets.__path__[0]) / "cn.all-voter" / "examples" / "fourth-term.zh.yaml"
    done = run("count", str(plan), *PAGE)
    assert done.status == 0 and "计票与分配结果报告" in done.out
    assert "结果已定" in done.out and "可以作为计票与分配结果的记录存档" in done.out and "1855" in done.out
