"""The verifier shares nothing with what it verifies."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

VERIFIER = Path(__file__).parents[2] / "src" / "civicrules" / "verify.py"


def test_it_imports_the_standard_library_alone() -> None:
    found = set()
    for node in ast.walk(ast.parse(VERIFIER.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        if isinstance(node, ast.ImportFrom):
            assert not node.level
            found.add((node.module or "").partition(".")[0])
    assert found <= sys.stdlib_module_names
    assert not found & {"importlib", "ctypes", "subprocess", "socket"}


def test_no_stage_imports_it() -> None:
    for path in VERIFIER.parent.rglob("*.py"):
        assert "civicrules.verify" not in path.read_text(encoding="utf-8"), path
