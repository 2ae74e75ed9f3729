"""Questions of a count answered at a terminal. Two seats: An has 60 of 90 votes, Bo and Cai 50 each, and 46 are needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PLAN = """\
plan: {ruleset: cn.all-voter, day: 2012-08-20}
ballot account: {registered voters: 100, ballots issued: 100, ballots returned: 90, valid ballots: 90}
residents committee: {chairs: 1, vice chairs: 0, other members: 2}
candidates:
  - {name: Lin, post: chair, votes: 60}
  - {name: An, post: member, votes: 60}
  - {name: Bo, post: member, votes: 50}
  - {name: Cai, post: member, votes: 50}
"""


def at_a_terminal(
    folder: Path, typed: str, *arguments: str, plan: str = PLAN, command: str = "count"
) -> tuple[str, int]:
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    master, slave = os.openpty()
    line = [sys.executable, "-m", "civicrules", command, "plan.yaml", *arguments]
    with subprocess.Popen(line, stdin=slave, stdout=slave, stderr=slave, cwd=folder) as process:
        os.close(slave)
        os.write(master, typed.encode())
        shown = b""
        while True:
            try:
                part = os.read(master, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
    os.close(master)
    return shown.decode(), process.returncode


terminal = pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no such terminals here")


@terminal
@pytest.mark.parametrize(("language", "decided"), [("en", "decided"), ("zh", "结果已定")])
def test_an_answer_is_taken_and_kept_for_the_record(tmp_path: Path, language: str, decided: str) -> None:
    shown, status = at_a_terminal(tmp_path, "3\n1 2\n2\nby lot\n", "--lang", language)
    assert "[1] Bo" in shown and "[2] Cai" in shown
    assert "=Cai # by lot" in shown
    assert decided in shown
    assert status == 0


@terminal
@pytest.mark.parametrize(
    ("language", "typed", "kept"),
    [
        ("en", "lot 4 1 6 2 3", " drawn by sha-256 = 4 1 6 2 3 # dice"),
        ("zh", "抽签 4 1 6 2 3", "按sha-256抽签＝4 1 6 2 3 # dice"),
    ],
)
def test_lots_are_drawn_from_a_seed_that_is_typed(tmp_path: Path, language: str, typed: str, kept: str) -> None:
    """Two groups of 450 households have the same claim to the last of 51 seats, and the notice does not say who has it."""
    tied = (Path(__file__).parents[2] / "rulesets/cn.district-2012/examples/tied.en.yaml").read_text(encoding="utf-8")
    shown, status = at_a_terminal(tmp_path, f"{typed}\ndice\n", "--lang", language, plan=tied, command="allocate")
    assert kept in shown
    assert status == 0


@terminal
def test_an_empty_answer_leaves_the_question_open(tmp_path: Path) -> None:
    shown, status = at_a_terminal(tmp_path, "\n", "--lang", "en")
    assert "a decision is required" in shown
    assert status == 3


@terminal
def test_nobody_elected_in_a_further_ballot_is_an_answer(tmp_path: Path) -> None:
    """Bo and Cai have 40 of 90, which is no majority: the ruleset's second ballot, which elected neither."""
    plan = PLAN.replace("votes: 50", "votes: 40")
    for language, kept in (("en", "=nobody # minutes"), ("zh", "=无人当选 # minutes")):
        shown, status = at_a_terminal(tmp_path, "2 3\n0\nminutes\n", "--lang", language, plan=plan)
        assert kept in shown
        assert status == 0, shown


@terminal
@pytest.mark.parametrize("typed", ["void", "整票无效", "无效"])
def test_a_paper_in_doubt_is_answered_in_words(tmp_path: Path, typed: str) -> None:
    (tmp_path / "papers.csv").write_text("number,chair,member\n89,Lin,An\n1,Lin?,An\n", encoding="utf-8")
    shown, _ = at_a_terminal(tmp_path, f"{typed}\n\n", "--ballots", "papers.csv", "--lang", "zh")
    assert "[3] 整票无效" in shown or "[2] 整票无效" in shown
    assert "=void" in shown, shown


@terminal
def test_nothing_is_asked_for_json(tmp_path: Path) -> None:
    shown, status = at_a_terminal(tmp_path, "", "--format", "json")
    assert "[1]" not in shown
    assert status == 3
