"""`check`: which ruleset is taken, what the exit status is, in which language it answers.

By hand: the act wants at least 3 seats (binding) and advises at most 2 helpers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("seats", "helpers", "arguments", "status"),
    [
        (3, 2, (), 0),
        (2, 2, (), 1),
        (3, 3, (), 0),
        (3, 3, ("--strict",), 1),
        (3, 2, ("--strict",), 0),
        ("", 2, (), 3),
        ("", 3, ("--strict",), 1),
        ("many", 2, (), 3),
    ],
)
def test_exit_status(
    run: Any, plan: Callable[..., str], seats: object, helpers: int, arguments: tuple[str, ...], status: int
) -> None:
    done = run("check", plan(seats, helpers), *arguments)
    assert done.status == status, done
    assert done.out.rstrip().endswith(f"Exit status {status}.") and not done.err


def test_a_bad_cell_stops_nothing_else(run: Any, plan: Callable[..., str]) -> None:
    report = json.loads(run("check", plan("many", 3), "--format", "json").out)
    assert [one["verdict"] for one in report["findings"]] == ["cannot say", "fails"]
    (problem,) = (one for one in report["diagnostics"] if one["severity"] == "error")
    assert problem["place"]["line"] == 5


def test_the_plan_finds_its_ruleset_beside_it(run: Any, plan: Callable[..., str], here: Path) -> None:
    report = json.loads(run("check", plan(), "--format", "json").out)
    assert report["ruleset"]["origin"] == str(here.resolve())


def test_a_folder_of_rules_comes_first(run: Any, plan: Callable[..., str], here: Path) -> None:
    other = here / "other" / "toy.council"
    other.mkdir(parents=True)
    text = (here / "toy.council" / "rules.en.civic").read_text(encoding="utf-8")
    (other / "rules.civic").write_text(text.replace("at least 3", "at least 5"), encoding="utf-8")
    assert run("check", plan(4)).status == 0
    for rules in ("other", "other/toy.council", "other/toy.council/rules.civic"):
        done = run("check", plan(4), "--rules", rules)
        assert done.status == 1, (rules, done)
    assert str((here / "other").resolve()) in run("check", plan(4), "--rules", "other").out.replace("\n", "")


def test_a_folder_without_the_ruleset_is_a_warning(run: Any, plan: Callable[..., str], here: Path) -> None:
    (here / "empty").mkdir()
    done = run("check", plan(), "--rules", "empty")
    assert done.status == 0 and "CR0805" in done.out


def test_a_file_for_another_ruleset_is_a_warning(run: Any, plan: Callable[..., str], here: Path) -> None:
    text = (here / "toy.council" / "rules.en.civic").read_text(encoding="utf-8")
    (here / "mine.civic").write_text(text.replace("ruleset toy.council", "ruleset toy.mine"), encoding="utf-8")
    done = run("check", plan(), "--rules", "mine.civic")
    assert done.status == 0 and "CR0804" in done.out and "toy.mine" in done.out


@pytest.mark.parametrize(
    ("options", "language", "words"),
    [
        ((), "en", "follows the English one"),
        (("--lang", "zh"), "zh", "依据中文文本"),
        (("--rules", "."), "en", "follows the English one"),
        (("--rules", "toy.council"), "en", "follows the English one"),
    ],
)
def test_two_texts_that_differ_are_a_warning(
    run: Any, plan: Callable[..., str], here: Path, options: tuple[str, ...], language: str, words: str
) -> None:
    assert "CR0816" not in run("check", plan(), *options).out
    path = here / "toy.council" / ("rules.zh.civic" if language == "en" else "rules.en.civic")
    text = path.read_text(encoding="utf-8")
    for changed in (text.replace("3", "4"), text + "???\n"):
        path.write_text(changed, encoding="utf-8")
        done = run("check", plan(4), *options)
        assert done.status == 0 and "CR0816" in done.out and words in done.out
    assert "CR0816" not in run("check", plan(), "--rules", f"toy.council/rules.{language}.civic").out


def test_a_text_that_calls_itself_by_another_name_is_a_warning(run: Any, plan: Callable[..., str], here: Path) -> None:
    assert "CR0817" not in run("check", plan()).out
    for path in (here / "toy.council").iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(" toy.council ", " toy.other "), encoding="utf-8")
    done = run("check", plan())
    assert done.status == 0 and "CR0817" in done.out and "toy.other" in done.out and "CR0816" not in done.out


def test_a_ruleset_in_another_encoding_is_not_passed_over(run: Any, plan: Callable[..., str], here: Path) -> None:
    path = here / "toy.council" / "rules.zh.civic"
    path.write_bytes(path.read_text(encoding="utf-8").replace("少于3", "少于5").encode("gb18030"))
    assert run("check", plan(4), "--lang", "zh").status == 1


def test_ruleset_overrides_the_plan(run: Any, plan: Callable[..., str], here: Path) -> None:
    (here / "plan.yaml").write_text("street:\n  seats: 3\n  helpers: 0\n", encoding="utf-8")
    nameless = run("check", "plan.yaml")
    assert nameless.status == 2 and "CR0803" in nameless.err and "toy.council" in nameless.err
    assert run("check", "plan.yaml", "--ruleset", "toy.council").status == 0


def test_an_unknown_ruleset_is_shown_where_it_stands(run: Any, here: Path) -> None:
    (here / "plan.yaml").write_text("plan:\n  ruleset: toy.counsil\n", encoding="utf-8")
    done = run("check", "plan.yaml")
    assert done.status == 2 and "CR0342" in done.err and "plan.yaml:2:12" in done.err


def test_a_ruleset_with_mistakes_judges_nothing(run: Any, plan: Callable[..., str], here: Path) -> None:
    path = here / "toy.council" / "rules.en.civic"
    path.write_text(path.read_text(encoding="utf-8").replace("seats must", "seets must"), encoding="utf-8")
    done = run("check", plan())
    assert done.status == 2 and not done.out
    assert "rules.en.civic" in done.err and "seets" in done.err and done.err.rstrip().endswith("Exit status 2.")
    report = json.loads(run("check", plan(), "--format", "json").out)
    assert report["ruleset"] is None and report["diagnostics"] and report["summary"]["exit_status"]["default"] == 2


def test_mistakes_of_a_chinese_ruleset_are_told_in_chinese(run: Any, plan: Callable[..., str], here: Path) -> None:
    """`--lang`, else the plan's language, else that of the ruleset's first line, else the computer's."""
    path = here / "toy.council" / "rules.zh.civic"
    path.write_text(path.read_text(encoding="utf-8").replace("职数不得少于3人", "职书不得少于3人"), encoding="utf-8")
    (here / "toy.council" / "rules.en.civic").unlink()
    name = plan()
    for options, words in (((), "退出状态2"), (("--lang", "en"), "Exit status 2")):
        done = run("check", name, *options)
        assert done.status == 2 and words in done.err
    (here / name).write_text("plan:\n  ruleset: toy.council\n  language: en\n", encoding="utf-8")
    assert "Exit status 2" in run("check", name).err


@pytest.mark.parametrize(
    ("written", "option", "locale", "words"),
    [
        ("", (), "en_GB.UTF-8", "Exit status"),
        ("", (), "zh_CN.UTF-8", "Exit status"),
        ("language: zh", (), "en_GB.UTF-8", "退出状态"),
        ("语言: 中文", (), "en_GB.UTF-8", "退出状态"),
        ("language: zh", ("--lang", "en"), "zh_CN.UTF-8", "Exit status"),
        ("", ("--lang", "zh"), "en_GB.UTF-8", "退出状态"),
    ],
)
def test_language(
    run: Any,
    plan: Callable[..., str],
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    written: str,
    option: tuple[str, ...],
    locale: str,
    words: str,
) -> None:
    """`--lang`, else the plan's, else that of the ruleset (the first text there is: English)."""
    monkeypatch.setenv("LANG", locale)
    path = here / plan()
    path.write_text(path.read_text(encoding="utf-8").replace("plan:\n", f"plan:\n  {written}\n"), encoding="utf-8")
    assert words in run("check", "plan.yaml", *option).out


@pytest.mark.parametrize(("locale", "words"), [("zh_CN.UTF-8", "退出状态2"), ("de_DE.UTF-8", "Exit status 2")])
def test_before_a_plan_is_read_the_locale_speaks(
    run: Any, monkeypatch: pytest.MonkeyPatch, locale: str, words: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert words in run("check", "nothing.yaml").err


def test_the_law_of_another_day(run: Any, plan: Callable[..., str]) -> None:
    """The ruleset is valid from 2020-01-01."""
    assert "CR0340" not in run("check", plan(), "--as-of", "2020-01-01").out
    done = run("check", plan(), "--as-of", "2019-12-31")
    assert "CR0340" in done.out and "31 December 2019" in done.out
    wrong = run("check", plan(), "--as-of", "2019-13-01")
    assert wrong.status == 2 and "2012-08-20" in wrong.err


def test_files_that_are_not_there(run: Any, plan: Callable[..., str], here: Path) -> None:
    plan()
    done = run("check", "plan.yml")
    assert done.status == 2 and "CR0801" in done.err and "did you mean plan.yaml?" in done.err
    assert "did you mean plan.yaml?" in run("check", "plan").err
    assert "nowhere" in run("check", "nowhere/plan.yaml").err
    (here / "empty").mkdir()
    folder = run("check", "empty")
    assert folder.status == 2 and "CR0822" in folder.err and "empty" in folder.err


def test_all_and_readings_show_more(run: Any, here: Path) -> None:
    from importlib.resources import files

    example = str(files("civicrules.rulesets") / "cn.district-2012" / "examples" / "faulty.en.yaml")
    plain = run("check", example).out
    more = run("check", example, "--all", "--readings", "all").out
    assert "Readings taken" in more and "Readings taken" not in plain and len(more) > len(plain)


def test_an_unknown_format(run: Any, plan: Callable[..., str]) -> None:
    done = run("check", plan(), "--format", "jsn")
    assert done.status == 2 and "CR0806" in done.err and "did you mean json?" in done.err


def test_two_files_of_one_name_are_both_named(run: Any, plan: Callable[..., str], here: Path) -> None:
    """A translation into another language may bear the name; a second text in the same language may not."""
    text = (here / "toy.council" / "rules.en.civic").read_text(encoding="utf-8")
    (here / "copy.civic").write_text(text, encoding="utf-8")
    done = run("check", plan())
    assert done.status == 0 and "CR0826" in done.out and "copy.civic" in done.out and "rules.en.civic" in done.out
    assert "calls itself toy.council" in run("list").out
    (here / "copy.civic").unlink()
    assert "CR0826" not in run("check", plan()).out
