"""What no file of the library may hold: inexact numbers, code made at run time, chance, the clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [path for folder in ("src", "cli") for path in sorted((ROOT / folder).rglob("*.py"))]
BARRED_CALLS = {"eval", "exec", "float", "__import__", "globals", "print"}
BARRED_MODULES = {"random", "secrets", "time", "pickle", "marshal", "shelve", "ctypes"}
# The parser that ships in the wheel, beside the code that reads it; no text and no data file comes this way.
PICKLES = ROOT / "src" / "civicrules" / "language" / "tables.py"
CLOCKS = {"now", "today", "utcnow"}


def offences(tree: ast.AST) -> Iterator[str]:
    # How like two words are is a ratio of difflib's; it chooses a suggestion and decides nothing.
    likeness = any(isinstance(node, ast.ImportFrom) and node.module == "difflib" for node in ast.walk(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float()) if not likeness:
                yield f"line {node.lineno}: an inexact number"
            case ast.Call(func=ast.Name(id=name)) if name in BARRED_CALLS:
                yield f"line {node.lineno}: {name}()"
            case ast.Call(func=ast.Attribute(attr=name, value=ast.Name(id="date" | "datetime"))) if name in CLOCKS:
                yield f"line {node.lineno}: the clock"
            case ast.Import(names=names):
                yield from (f"line {node.lineno}: {n.name}" for n in names if n.name.split(".")[0] in BARRED_MODULES)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in BARRED_MODULES:
                yield f"line {node.lineno}: {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_exact_total_and_quiet(path: Path) -> None:
    found = offences(ast.parse(path.read_text(encoding="utf-8")))
    assert [one for one in found if path != PICKLES or not one.endswith(": pickle")] == []


@pytest.mark.parametrize(
    "code", ["0.5", "eval('1')", "float('1')", "import random", "date.today()", "from time import time"]
)
def test_the_rule_finds_what_it_bars(code: str) -> None:
    assert list(offences(ast.parse(code)))
