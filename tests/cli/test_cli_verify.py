"""`--result` of count and allocate, and `verify`, on the plans that come with the rulesets.

The vote of the fourth term is proven with 1,855, 1,752 and 1,938 … 1,754 votes (see docs/clerk.md).
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from civicrules.source import width

RULESETS = files("civicrules.rulesets")
VOTE = str(RULESETS / "cn.all-voter" / "examples" / "fourth-term.en.yaml")
CHINESE = str(RULESETS / "cn.all-voter" / "examples" / "fourth-term.zh.yaml")
RULES = str(RULESETS / "cn.all-voter" / "rules.en.civic")


def test_a_result_is_written_with_its_input_and_verifies(run: Any, tmp_path: Path) -> None:
    result, given = tmp_path / "result.json", tmp_path / "result.input.json"
    assert run("count", VOTE, "--result", str(result)).status == 0
    done = run("verify", str(result), str(given), "--rules", RULES, "--lang", "en")
    assert done.status == 0, done.out
    assert "VERIFIED" in done.out and "more than 1/2 of ballots returned" in done.out
    chinese = run("verify", str(result), str(given), "--lang", "zh")
    assert chinese.status == 0 and "核验通过" in chinese.out and "得票超过收回票数的1/2" in chinese.out


def test_without_an_input_it_says_so(run: Any, tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    run("count", VOTE, "--result", str(result))
    done = run("verify", str(result), "--lang", "en")
    assert done.status == 3 and "only consistency was checked" in done.out


def test_another_text_of_the_rules_is_rejected(run: Any, tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    run("count", VOTE, "--result", str(result))
    other = tmp_path / "rules.en.civic"
    other.write_text(
        Path(RULES).read_text(encoding="utf-8").replace("more than half of base", "more than a third of base")
    )
    done = run("verify", str(result), str(tmp_path / "result.input.json"), "--rules", str(other), "--lang", "en")
    assert done.status == 1 and "REJECTED" in done.out


def test_a_changed_result_is_rejected(run: Any, tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    run("count", VOTE, "--result", str(result))
    result.write_text(result.read_text(encoding="utf-8").replace("1754", "1755"), encoding="utf-8")
    assert run("verify", str(result), str(tmp_path / "result.input.json")).status == 1


def test_a_result_is_not_overwritten_unasked(run: Any, tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    run("count", VOTE, "--result", str(result))
    again = run("count", VOTE, "--result", str(result))
    assert again.status == 2 and "CR0813" in again.out + again.err
    assert run("count", VOTE, "--result", str(result), "--force").status == 0


def test_what_is_counted_is_never_overwritten(run: Any, tmp_path: Path) -> None:
    plan, text = tmp_path / "plan.yaml", Path(VOTE).read_bytes()
    plan.write_bytes(text)
    answers = tmp_path / "r.input.json"
    answers.write_text("# nothing decided\n")
    for result in (plan, tmp_path / "r.json"):
        done = run("count", str(plan), "--decisions", str(answers), "--result", str(result), "--force")
        assert done.status == 2 and "CR0825" in done.out + done.err
    assert plan.read_bytes() == text and answers.read_text() == "# nothing decided\n"
    assert not (tmp_path / "r.json").exists()


def test_a_folder_that_is_not_there(run: Any, tmp_path: Path) -> None:
    done = run("count", VOTE, "--result", str(tmp_path / "nowhere" / "result.json"))
    assert done.status == 2 and "CR0809" in done.out + done.err


def test_files_that_are_no_result(run: Any, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}")
    assert run("verify", str(tmp_path / "other.json")).status == 2
    missing = run("verify", str(tmp_path / "missing.json"), "--lang", "en")
    assert missing.status == 2 and "CR0801" in missing.out + missing.err


def test_both_languages_of_a_ruleset_count_the_same(run: Any, tmp_path: Path) -> None:
    """The names of the candidates differ in the two plans, the parameters in both languages do not."""
    for name, plan in (("en", VOTE), ("zh", CHINESE)):
        run("count", plan, "--result", str(tmp_path / f"{name}.json"))
    one, other = (
        json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))["counts"][0] for name in ("en", "zh")
    )
    assert one["parameters"] == other["parameters"]
    assert [seat["votes"] for seat in one["outcome"]["seats"]] == [seat["votes"] for seat in other["outcome"]["seats"]]


def test_lines_are_as_wide_as_the_terminal(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes on stands behind the number of its check; the line that is longest without it has 130 signs."""
    result = tmp_path / "result.json"
    run("count", VOTE, "--result", str(result))
    monkeypatch.setenv("COLUMNS", "60")
    for language, check in (("en", "counted again"), ("zh", "重新计票")):
        lines = run("verify", str(result), str(tmp_path / "result.input.json"), "--lang", language).out.splitlines()
        assert max(map(width, lines)) <= 60
        at = next(at for at, line in enumerate(lines) if check in line)
        assert lines[at + 1].startswith("     ") and lines[at + 1][5] != " "
