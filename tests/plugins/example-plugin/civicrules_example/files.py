"""A reader of plans in TOML, and a report as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from civicrules.diagnostics import Diagnostic
from civicrules.plugin import Reader, Reporter

if TYPE_CHECKING:
    from civicrules.findings import Report


def read_toml(path: Path) -> tuple[Mapping[str, Any], Sequence[Diagnostic]]:
    """The plan as a mapping: `[plan]`, then a table for each entity. Numbers with a point stay exact."""
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Fraction), ()


def as_table(report: Report, language: str) -> str:
    """One line for each finding: rule, article, verdict, sentence."""
    table = io.StringIO()
    lines = csv.writer(table, lineterminator="\n")
    for finding in report.findings:
        article = finding.article.article.text(language)
        lines.writerow((finding.rule.id, article, finding.verdict.value, finding.text(language)))
    return table.getvalue()


TOML = Reader(".toml", read_toml)
CSV = Reporter("csv", as_table)
