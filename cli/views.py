"""How a command looks at what it prints."""

from __future__ import annotations

import sys
from typing import Any

from civicrules import Program
from civicrules.report.terminal import columns, encoding
from civicrules.report.view import View


def view_of(program: Program, language: str, **settings: Any) -> View:
    """Texts about a ruleset as the terminal (40 to 160 columns) shows them."""
    units = {unit.id: unit for unit in program.vocabulary.units}
    return View(language, max(40, min(160, columns())), encoding(sys.stdout), units, **settings)
