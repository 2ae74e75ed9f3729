"""Many communities in one report: those with open findings first, and what is asked of all of them together."""

from __future__ import annotations

from typing import Any

from civicrules.findings import Across, Report, Verdict
from civicrules.report import json as documents
from civicrules.report.layout import Line, Role
from civicrules.report.privacy import discreet
from civicrules.report.status import binding, exit_status
from civicrules.report.view import View

_MOST = 3


def render(across: Across, view: View, *, colour: bool = False) -> str:
    """The communities, one or two lines each."""
    lines = view.lines(view.word("across.head", n=len(across.reports)), role=Role.TITLE)
    for report in across.reports:
        lines += _community(report, view)
    return "\n".join(line.coloured() if colour else line.text for line in lines)


def _community(report: Report, view: View) -> list[Line]:
    """A community with the rules that fail and those that cannot be said."""
    findings = tuple(binding(report, view.strict))
    failing = dict.fromkeys(one.rule for one in findings if one.decisive)
    unsaid = dict.fromkeys(one.rule for one in findings if one.verdict is Verdict.CANNOT_SAY)
    status = exit_status(report, view.strict)
    sign, role = {0: ("✓", Role.HOLDS), 1: ("✗", Role.FAILS), 3: ("?", Role.OPEN)}.get(status, ("!", Role.FAILS))
    parts = []
    if status == 2:
        parts.append(view.word("across.unusable"))
    if failing:
        parts.append(view.word("across.fails", n=len(failing)))
    if unsaid:
        parts.append(view.word("across.cannot say", n=len(unsaid)))
    text = view.word(
        "across.community", name=view.clean(report.name), what=view.listed(parts or [view.word("across.holds")])
    )
    lines = view.lines(text, f"{view.sign(sign)} ", role, "  ")
    named = [view.name(rule.names) for rule in failing]
    return lines + (view.lines(view.some(named, _MOST), "    ", Role.FAINT) if named else [])


def status(across: Across, strict: bool = False) -> int:
    """The exit status of all: of what fails, of what cannot be used, of what cannot be said, the first there is."""
    found = {exit_status(report, strict) for report in (*across.reports, across.city)}
    return next((one for one in (1, 2, 3) if one in found), 0)


def document(across: Across) -> dict[str, Any]:
    """All reports as one object of JSON, the city's own last."""
    return {
        "format": "civicrules-across/1",
        "reports": [documents.document(discreet(report)) for report in across.reports],
        "city": documents.document(discreet(across.city)),
    }
