"""What commands say of themselves in Chinese: all that they say in English, and as wide as the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from civicrules.cli import app
from civicrules.cli import help as helping

from civicrules.source import read_table, width

TABLE: Mapping[str, Any] = read_table(Path(helping.__file__).with_name("help.zh.yaml").read_text(encoding="utf-8"))
COMMANDS = {"civicrules": app.commands, **app.commands.commands}


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


def options_of(command: click.Command) -> set[str]:
    shown = command.get_params(click.Context(command))
    return {max(one.opts, key=len) for one in shown if isinstance(one, click.Option)}


def examples(text: str) -> list[str]:
    """The commands that are shown, by their first two words."""
    return re.findall(r"^ +(?:\w+: +)?(civicrules \w+|python verify.py)", text, re.MULTILINE)


def test_all_that_there_is_is_told() -> None:
    assert set(TABLE["commands"]) == set(COMMANDS)
    used = set()
    for name, command in COMMANDS.items():
        own = set(TABLE["commands"][name].get("options", {}))
        assert own <= options_of(command), name
        assert options_of(command) - own <= set(TABLE["options"]), name
        used |= options_of(command) - own
    assert used == set(TABLE["options"])


@pytest.mark.parametrize("name", COMMANDS)
def test_both_languages_show_the_same_commands(name: str) -> None:
    about = TABLE["commands"][name]
    assert examples(about["epilog"]) == examples(COMMANDS[name].epilog or "")
    assert ("退出状态" in about["epilog"]) == ("Exit status" in (COMMANDS[name].epilog or ""))


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("columns", [60, 100])
def test_the_page_of_a_command(run: Any, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for name in app.commands.commands:
        done = run(name, "--help")
        assert done.status == 0 and done.out.startswith(f"用法：civicrules {name} [选项]")
        assert max(width(line) for line in done.out.splitlines()) <= columns, name
    assert "check       核对方案" in run("--help").out


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("chek plan.xlsx", "没有命令 chek。是否应为 check？"),
        ("check", "缺少“方案”。"),
        ("new plan.xlsx", "缺少选项 --ruleset。"),
        ("check plan.xlsx --stricct", "没有选项 --stricct。是否应为 --strict？"),
        ("check my plan.xlsx", "有空格的，应当加引号"),
        ("check plan.xlsx --lang fr", "--lang 的值无效：应当为下列之一：en、zh"),
        ("check plan.xlsx --as-of 2012-02-30", "--as-of 的值无效：“2012-02-30”不是日期"),
        ("check plan.xlsx --as-of", "选项 --as-of 缺少值"),
        ("fmt a.civic -o b.civic", "-o 应当与 --lang 合用"),
    ],
)
def test_what_is_wrong_with_a_command_line(run: Any, line: str, told: str) -> None:
    done = run(*line.split())
    assert (done.status, done.out) == (2, "")
    assert told in done.err


def test_a_stream_without_chinese_is_told_in_english(fresh: Callable[..., Any]) -> None:
    done = fresh("--help", environment={"LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0 and done.stdout.startswith(b"Usage: civicrules")
