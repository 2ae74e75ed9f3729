"""Whatever happens to the streams, the terminal or the program: no traceback, nothing lost, an honest exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from civicrules.cli import app, language, output

from civicrules.source import width

MINIMAL = {"PATH": os.environ.get("PATH", "")}
COMMANDS = ["check", "count", "allocate", "new", "list", "explain", "completion"]


def test_help_teaches_by_example(run: Any) -> None:
    top = run("--help").out
    assert [name for name in re.findall(r"^  (\w+)  ", top, re.MULTILINE) if name in COMMANDS] == COMMANDS
    for command in COMMANDS:
        done = run(command, "--help")
        assert done.status == 0 and f"civicrules {command}" in done.out and "--format" in done.out
        assert "Example" in done.out or "Install" in done.out
        assert done.out.isascii(), command


def test_version(run: Any) -> None:
    assert run("--version").out == "civicrules 0.1.0\n"


def test_misuse_is_exit_status_2(run: Any) -> None:
    for arguments in (["check"], ["chek"], ["check", "plan.yaml", "--no-such"], ["check", "p", "--lang", "fr"]):
        done = run(*arguments)
        assert done.status == 2 and "Usage" in done.err


def test_importing_the_command_line_is_light() -> None:
    code = "import civicrules.cli, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "click" in loaded and not loaded & {"lark", "attr", "attrs", "yaml", "openpyxl", "python_calamine"}


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp437", "latin-1", "utf-8", "cp936:strict"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_text_in_every_encoding(fresh: Any, plan: Callable[..., str], encoding: str, language: str) -> None:
    done = fresh("check", plan(2, 9), "--lang", language, environment={"PYTHONIOENCODING": encoding})
    assert done.returncode == 1 and not done.stderr
    assert "toy.council" in done.stdout.decode(encoding.partition(":")[0])


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_json_in_every_encoding_is_the_same(fresh: Any, plan: Callable[..., str], encoding: str) -> None:
    done = fresh("check", plan(2), "--format", "json", environment={"PYTHONIOENCODING": encoding})
    plain = fresh("check", plan(2), "--format", "json", environment={"PYTHONIOENCODING": "utf-8"})
    assert json.loads(done.stdout.decode(encoding)) == json.loads(plain.stdout.decode("utf-8"))


def test_the_c_locale(plan: Callable[..., str]) -> None:
    command = [sys.executable, "-m", "civicrules", "check", plan(2), "--lang", "zh"]
    done = subprocess.run(command, env={**MINIMAL, "LANG": "C"}, capture_output=True, timeout=60)
    assert done.returncode == 1 and not done.stderr


@pytest.mark.parametrize("columns", ["1", "20", "40", "60", "120", "400"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_width(run: Any, plan: Callable[..., str], monkeypatch: Any, columns: str, language: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    done = run("check", plan(2), "--lang", language)
    assert done.status == 1 and not done.err
    assert max(width(line) for line in done.out.splitlines()) <= min(160, max(40, int(columns)))


def test_no_colour_where_nobody_looks(fresh: Any, plan: Callable[..., str]) -> None:
    assert b"\x1b[" not in fresh("check", plan(2)).stdout


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no such terminals here")
@pytest.mark.parametrize(("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colour_on_a_terminal(plan: Callable[..., str], settings: dict[str, str], coloured: bool) -> None:
    master, slave = os.openpty()
    command = [sys.executable, "-m", "civicrules", "check", plan(2)]
    with subprocess.Popen(command, stdout=slave, env={**os.environ, "TERM": "xterm", **settings}) as process:
        os.close(slave)
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
    assert (b"\x1b[" in shown) is coloured and process.returncode == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
@pytest.mark.parametrize("arguments", [("--help",), ("list",), ("list", "--format", "json")])
def test_a_reader_that_goes_away(arguments: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-m", "civicrules", *arguments], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert done.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_the_verdict_outlives_its_reader(plan: Callable[..., str]) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "civicrules", "check", plan(2)]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here")
@pytest.mark.parametrize("arguments", [("--help",), ("list",)])
def test_a_full_disk(arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "civicrules", *arguments]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env={**os.environ, "LANG": "en"})
    assert done.returncode == 2 and b"CR0809" in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="streams are closed otherwise there")
def test_closed_streams(plan: Callable[..., str]) -> None:
    command = f"{sys.executable} -m civicrules check {plan(2)} >&- 2>&-"
    assert subprocess.run(command, shell=True).returncode == 1


def test_a_name_that_is_no_text(fresh: Any) -> None:
    done = fresh("check", os.fsdecode(b"\xff\xfe.yaml"), environment={"PYTHONIOENCODING": "utf-8"})
    assert done.returncode == 2 and b"CR0801" in done.stderr


@pytest.mark.parametrize("problem", [ValueError("2 < 3"), RecursionError(), OSError(28, "No space left", "x.txt")])
def test_a_mistake_of_the_program_is_admitted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: Exception
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr(app.commands, "main", broken)
    assert app.run([]) == 2
    shown = capsys.readouterr().err
    assert "Traceback" not in shown and ("CR0810" in shown or "CR0809" in shown)


def test_an_interrupted_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app.commands, "main", interrupted)
    assert app.run([]) == 130 and capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("tag", "spoken"), [("zh", "zh"), ("zh-Hans", "zh"), ("汉语", "zh"), ("英文", "en"), ("C", None), (None, None)]
)
def test_spoken(tag: str | None, spoken: str | None) -> None:
    assert language.spoken(tag) == spoken


def test_json_is_json_in_any_encoding() -> None:
    text = json.dumps({"name": "居民😀 ✓"}, ensure_ascii=False)
    for encoding in ("ascii", "gbk", "utf-8"):
        portable = output._portable(text, encoding)
        assert json.loads(portable.encode(encoding).decode(encoding)) == {"name": "居民😀 ✓"}
