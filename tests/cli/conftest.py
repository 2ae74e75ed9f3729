"""A small ruleset of our own in a folder, and the command line run in this process or in a fresh one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from attrs import frozen
from civicrules.cli.app import run as run_command

VOCABULARY = """civicrules 1 en

vocabulary toy.street "Streets"
  in Chinese: “街道”

unit person / 人: people, members / 名

entity street / 街道
  seats / 职数: number in people, at most 100
  helpers / 帮手数: number in people, at most 100
"""

RULES = """civicrules 1 en

ruleset toy.council "A council of three"
  in Chinese: “三人议事会”
  version: 1
  valid: from 2020-01-01
  facts: toy.street
  source act / 办法: "The act"
    in Chinese: “办法”

section "Size" [act 1]
  in Chinese: “职数”

seats must be at least 3

helpers should be at most 2
"""

CHINESE = """civicrules 1 zh

规则集 toy.council “三人议事会”
  英文：“A council of three”
  版本：1
  有效期：自2020年1月1日起
  词汇：toy.street
  来源 办法 / act：“办法”
    英文：“The act”

章节 “职数” 〔办法 1〕
  英文：“Size”

职数不得少于3人

帮手数一般不超过2人
"""

PLAN = """plan:
  ruleset: toy.council
  day: 2024-05-01
street:
  seats: {seats}
  helpers: {helpers}
"""


@frozen
class Done:
    """What a command came to."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture(autouse=True)
def quiet_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, in an English locale, with room for a line of 100 columns."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def here(quiet_place: Path) -> Path:
    """A folder with the small ruleset in it."""
    write(quiet_place)
    return quiet_place


def write(folder: Path) -> None:
    """The small ruleset and its vocabulary, as a library keeps them."""
    for name, text in (
        ("toy.council/rules.en.civic", RULES),
        ("toy.council/rules.zh.civic", CHINESE),
        ("toy.street/vocabulary.civic", VOCABULARY),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def plan(here: Path) -> Callable[..., str]:
    """Writes a plan and gives its name."""

    def made(seats: object = 3, helpers: object = 2, name: str = "plan.yaml") -> str:
        (here / name).write_text(PLAN.format(seats=seats, helpers=helpers), encoding="utf-8")
        return name

    return made


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line in this process."""

    def ran(*arguments: str) -> Done:
        status = run_command(arguments)
        shown = capsys.readouterr()
        return Done(status, shown.out, shown.err)

    return ran


@pytest.fixture
def fresh() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a command line in an interpreter of its own, with further settings of the environment."""

    def ran(
        *arguments: str, environment: Mapping[str, str] | None = None, **options: object
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "civicrules", *arguments]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.run(command, env={**os.environ, **(environment or {})}, timeout=60, **streams)  # type: ignore[call-overload,no-any-return]

    return ran
