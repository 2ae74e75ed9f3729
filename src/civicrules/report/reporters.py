"""The formats a report can be written in, ready for the registry."""

from __future__ import annotations

from civicrules.findings import Report
from civicrules.plugin import Reporter


def _text(report: Report, language: str) -> str:
    from civicrules.report import text

    return text.render(report, language)


def _json(report: Report, language: str) -> str:
    from civicrules.report import json

    return json.render(report, language)


def _html(report: Report, language: str) -> str:
    from civicrules.report.html import page

    return page.render(report, language)


TEXT = Reporter("text", _text)
JSON = Reporter("json", _json)
HTML = Reporter("html", _html)
