"""The tutorials are carried out: every file they have their reader write, every command, every output.

A page is followed from its top to its end in an empty folder. What a reader does stands in fenced blocks, and a comment
before a block says what is done with it:

    <!-- file: NAME -->       the block is the file NAME
    <!-- add: NAME -->        the block is written at the end of NAME
    <!-- find: NAME -->       the block is in NAME, once ...
    <!-- make: NAME -->       ... and becomes this block
    <!-- cells: NAME SHEET --> the table that follows (cell, label, value) is written into the workbook NAME
    <!-- rows: NAME CELL SHEET --> the rows of the table that follows are written there, from the cell on
    <!-- copy: PATH -->       PATH of the repository is copied into the folder

`console` blocks hold a command after `$ ` and what it prints; a line `…` stands for any lines. `text` blocks quote what
was printed by the command above. `python` blocks are run one after the other; a `text` block after one is its output.

    python tests/docs/test_tutorials.py docs/clerk.md    writes the outputs of today into a page
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from attrs import define, field, frozen
from civicrules.cli.app import run as run_command

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("clerk.md", "clerk.zh.md", "policy-officer.md", "policy-officer.zh.md", "developer.md", "plugin-author.md")
PAGES += ("ballots.md", "ballots.zh.md", "verify.md", "verify.zh.md")
PAGES += ("counting.md", "counting.zh.md")
ANY = "…"
SITE = "site"
# What is installed goes to a folder of the reader's own, without the network.
PIP = ["install", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "--target", SITE]
PROGRAMS = {"civicrules": ["-m", "civicrules"], "python": [], "pip install": ["-m", "pip", *PIP]}
_STEP = re.compile(
    r"<!-- (?P<act>file|add|find|make|cells|rows|copy): (?P<args>.+?) -->"
    r"|^(?P<fence>`{3,})(?P<kind>[^`\n]*)\n(?P<body>.*?)^(?P=fence)$"
    r"|^(?P<table>\|.*?\n)(?!\|)",
    re.M | re.S,
)
_STATUS = re.compile(r"(?:Exit\s+status\s+|退出状态\s*)(\d)\s*[.。]\Z")


@frozen
class Step:
    """A comment, a fenced block or a table, with its place in the page."""

    act: str
    kind: str
    body: str
    start: int
    end: int


def steps(page: str) -> Iterator[Step]:
    for found in _STEP.finditer(page):
        if found["act"]:
            yield Step(found["act"], "", found["args"], *found.span())
        elif found["fence"]:
            yield Step("", found["kind"], found["body"], *found.span("body"))
        else:
            yield Step("", "table", found["table"], *found.span("table"))


@define
class Reader:
    """Somebody who does what a page says. `outputs` are the blocks in which a page says what comes of it."""

    folder: Path
    language: str
    printed: str = ""
    namespace: dict[str, Any] = field(factory=lambda: {"__name__": "tutorial"})
    outputs: list[tuple[Step, str]] = field(factory=list)

    def follow(self, page: str) -> None:
        act = args = sought = ""
        for step in steps(page):
            if step.act == "copy":
                self.copy(step.body)
            elif step.act:
                act, args = step.act, step.body
                continue
            elif act == "find":
                sought = self.found(args, step.body)
            elif act == "make":
                self.change(args, sought, step.body)
            elif act:
                self.write(act, args, step)
            else:
                self.do(step)
            act = ""

    def do(self, step: Step) -> None:
        match step.kind:
            case "console":
                self.printed = "".join(self.commands(step))
            case "python":
                self.printed = self.python(step.body)
            case "text":
                self.outputs.append((step, self.printed))

    def copy(self, path: str) -> None:
        shutil.copy(DOCS.parent / path, self.folder)

    def write(self, act: str, args: str, step: Step) -> None:
        name, _, sheet = args.partition(" ")
        file = self.folder / name
        if act == "cells":
            fill_in(file, sheet, step.body)
            return
        if act == "rows":
            cell, _, sheet = sheet.partition(" ")
            fill_rows(file, sheet, cell, step.body)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text(encoding="utf-8") + "\n" if act == "add" else ""
        file.write_text(before + step.body, encoding="utf-8")

    def found(self, name: str, part: str) -> str:
        times = (self.folder / name).read_text(encoding="utf-8").count(part)
        assert times == 1, f"{name} holds {times} times:\n{part}"
        return part

    def change(self, name: str, old: str, new: str) -> None:
        file = self.folder / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def commands(self, step: Step) -> Iterator[str]:
        """Each command of a block is followed by what it printed."""
        printed = "".join(f"$ {line}\n{self.run(line)}" for line in commands_in(step.body))
        self.outputs.append((step, printed))
        yield printed

    def run(self, line: str) -> str:
        program = next(name for name in PROGRAMS if line.startswith(f"{name} "))
        arguments = shlex.split(line.removeprefix(program))
        in_this_process = program == "civicrules" and not (self.folder / SITE).exists()
        status, printed = self.called(arguments) if in_this_process else self.started(program, arguments)
        said = _STATUS.search(printed.strip())
        assert said is None or status == int(said[1]), printed
        return printed

    def called(self, arguments: list[str]) -> tuple[int, str]:
        """The command line, in this process: the grammar is built once for all commands of all pages."""
        output = io.StringIO()
        with (
            contextlib.redirect_stdout(output),
            contextlib.redirect_stderr(output),
            contextlib.chdir(self.folder),
            mock.patch.dict(os.environ, self.environment, clear=True),
        ):
            status = run_command(arguments)
        return status, output.getvalue()

    def started(self, program: str, arguments: list[str]) -> tuple[int, str]:
        """A program of its own, with what a page had its reader install."""
        done = subprocess.run(
            [sys.executable, *PROGRAMS[program], *arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout

    @property
    def environment(self) -> dict[str, str]:
        """A terminal of 80 columns, in the language of the page."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
        path = os.pathsep.join((str(self.folder / SITE), *filter(None, [os.environ.get("PYTHONPATH")])))
        kept["PYTHONPATH"] = path
        return {**kept, "PYTHONUTF8": "1", "COLUMNS": "80", "LANG": self.language, "LC_ALL": self.language}

    def python(self, text: str) -> str:
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.chdir(self.folder):
            exec(compile(text, "<page>", "exec"), self.namespace)
        return output.getvalue()


def commands_in(block: str) -> list[str]:
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


def fill_in(file: Path, sheet: str, table: str) -> None:
    """Write into cells what a table says: cell, label, value."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(file)
    for cell, _, value in rows_of(table):
        book[sheet][cell] = as_typed(value)
    book.save(file)


def fill_rows(file: Path, sheet: str, cell: str, table: str) -> None:
    """Write the rows of a table into a sheet, below and right of a cell; what is empty stays so."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(file)
    first = book[sheet][cell]
    for down, row in enumerate(rows_of(table)):
        for right, value in enumerate(row):
            if value:
                book[sheet].cell(first.row + down, first.column + right).value = as_typed(value)
    book.save(file)


def rows_of(table: str) -> list[list[str]]:
    """The cells of a table, without its heading."""
    return [[part.strip() for part in row.strip().strip("|").split("|")] for row in table.splitlines()[2:]]


def as_typed(value: str) -> int | str | date:
    """What a spreadsheet makes of it when it is typed."""
    if value.isascii() and value.isdigit():
        return int(value)
    return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value


def is_like(expected: str, printed: str, *, whole: bool = True) -> bool:
    """Whether an output is the one expected, where a line `…` stands for any lines; or is a part of it.

    >>> is_like("a\\n…\\nd\\n", "a\\nb\\nc\\nd\\n"), is_like("a\\n…\\nc\\n", "a\\nb\\nc\\nd\\n")
    (True, False)
    """
    lines = [r"(?:.*\n)*?" if line.strip() == ANY else re.escape(line) + r"\n" for line in expected.splitlines()]
    pattern, text = "".join(lines), "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
    return bool(re.fullmatch(pattern, text) if whole else re.search("^" + pattern, text, re.M))


def is_quotation(step: Step, printed: str) -> bool:
    return step.kind == "text" and printed.startswith("$ ")


def followed(page: Path, folder: Path) -> Reader:
    reader = Reader(folder, "zh_CN.UTF-8" if page.name.endswith(".zh.md") else "en_US.UTF-8")
    reader.follow(page.read_text(encoding="utf-8"))
    return reader


@pytest.mark.parametrize("page", PAGES)
def test_a_page_does_what_it_says(page: str, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    reader = followed(DOCS / page, tmp_path)
    assert reader.outputs, "a tutorial without an output teaches nothing"
    for step, printed in reader.outputs:
        whole = not is_quotation(step, printed)
        assert is_like(step.body, printed, whole=whole), f"expected:\n{step.body}\nprinted:\n{printed}"


def test_every_tutorial_is_carried_out() -> None:
    """A page with a command in it is in the list above."""
    told = {path.name for path in DOCS.glob("*.md") if "```console" in path.read_text(encoding="utf-8")}
    assert told <= set(PAGES)


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("```console\n$ python -c 'print(1)'\n2\n```\n", "1"),
        ("```python\nprint(1)\n```\n\n```text\n2\n```\n", "1"),
        ("```console\n$ python -c 'print(12)'\n…\n```\n\n```text\n1\n```\n", "12"),
    ],
)
def test_a_page_that_says_something_else_is_found(tmp_path: Path, page: str, problem: str) -> None:
    reader = Reader(tmp_path, "en_US.UTF-8")
    reader.follow(page)
    step, printed = reader.outputs[-1]
    assert problem in printed and not is_like(step.body, printed, whole=not is_quotation(step, printed))


def test_what_is_to_be_changed_must_be_there(tmp_path: Path) -> None:
    page = "<!-- file: a -->\n```\none\n```\n<!-- find: a -->\n```\ntwo\n```\n"
    with pytest.raises(AssertionError, match="holds 0 times"):
        Reader(tmp_path, "en_US.UTF-8").follow(page)


def renewed(expected: str, printed: str) -> str:
    """An output of today with what the page leaves out left out again: each part goes where most of its lines are.

    >>> renewed("a\\n…\\nd\\ne\\n", "a\\nb\\nc\\nd\\nE\\n")
    'a\\n…\\nd\\nE\\n'
    """
    old, new = expected.splitlines(), [line.rstrip() for line in printed.splitlines()]
    gaps = [at for at, line in enumerate(old) if line.strip() == ANY]
    kept = [not gaps] * len(new)
    for before, after in pairwise([-1, *gaps, len(old)]):
        _keep(kept, old[before + 1 : after], new, first=before < 0, last=after == len(old))
    lines: list[str] = []
    for line, keep in zip(new, kept, strict=True):
        if keep or lines[-1:] != [ANY]:
            lines.append(line if keep else ANY)
    return "".join(f"{line}\n" for line in lines)


def _keep(kept: list[bool], part: list[str], new: list[str], *, first: bool, last: bool) -> None:
    """Mark the lines that stand for a part of the page: from the first that is still there to the last."""
    matcher = SequenceMatcher(None, part, new, autojunk=False)
    same = [
        block for block in matcher.get_matching_blocks() if block.size and any(part[block.a : block.a + block.size])
    ]
    if same:
        begin = 0 if first else max(0, same[0].b - same[0].a)
        end = len(new) if last else min(len(new), same[-1].b + len(part) - same[-1].a)
        kept[begin:end] = [True] * (end - begin)


def record(path: Path) -> None:
    """Write the outputs of today into a page, where they are no longer those of the page. Read what has changed!"""
    with tempfile.TemporaryDirectory() as folder:
        reader = followed(path, Path(folder))
    text = path.read_text(encoding="utf-8")
    for step, printed in reversed(reader.outputs):
        if is_quotation(step, printed) or is_like(step.body, printed):
            continue
        text = text[: step.start] + renewed(step.body, printed) + text[step.end :]
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        record(Path(name))
