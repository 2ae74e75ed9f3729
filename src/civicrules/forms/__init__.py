"""Forms to fill in: which facts a ruleset asks for, as a workbook, as commented YAML or as JSON.

A form with the facts of a plan filled in is that plan, written out; reading it gives the same facts.
"""

from __future__ import annotations

from civicrules.facts import Facts
from civicrules.forms.needed import Asker, Needed, NeededEntity, NeededField, NeededList, needed
from civicrules.program import Program

__all__ = [
    "Asker",
    "Needed",
    "NeededEntity",
    "NeededField",
    "NeededList",
    "json_text",
    "needed",
    "workbook",
    "yaml_text",
]


def workbook(program: Program, language: str, facts: Facts | None = None) -> bytes:
    """The form for a ruleset as an `.xlsx` file (needs openpyxl), in a language; filled in where facts are given."""
    from civicrules.forms import sheets

    return sheets.workbook(program, language, facts)


def yaml_text(program: Program, language: str, facts: Facts | None = None) -> str:
    """The form for a ruleset as commented YAML, in a language; filled in where facts are given."""
    from civicrules.forms import texts

    return texts.yaml_text(program, language, facts)


def json_text(program: Program, language: str, facts: Facts | None = None) -> str:
    """The form for a ruleset as JSON, in a language; `null` where nothing is filled in."""
    from civicrules.forms import texts

    return texts.json_text(program, language, facts)
