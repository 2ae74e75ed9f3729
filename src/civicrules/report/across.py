"""Many communities in one report: those with open findings first, and what is asked of all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from civicrules.findings import Across, Report, Verdict
from civicrules.program import Rule
from civicrules.report import json as documents
from civicrules.report.layout import Line, Role
from civicrules.report.privacy import discreet
from civicrules.report.status import binding, exit_status
from civicrules.report.view import View
from civicrules.values import frozen

# So many rules are named of a community, and of all together.
_MOST = 3
_OFTEN = 5


@frozen
class Community:
    """A community in a line: what it is called, its exit status, the binding rules that fail and those that cannot be said."""

    called: str
    status: int
    failing: tuple[Rule, ...]
    unsaid: tuple[Rule, ...]


def communities(across: Across, view: View) -> tuple[Community, ...]:
    """The communities in the order of their reports."""
    shared = Counter(report.community for report in across.reports)
    return tuple(_community(one, _called(one, shared[one.community] > 1, view), view) for one in across.reports)


def _community(report: Report, called: str, view: View) -> Community:
    findings = tuple(binding(report, view.strict))
    failing = dict.fromkeys(one.rule for one in findings if one.decisive)
    unsaid = dict.fromkeys(one.rule for one in findings if one.verdict is Verdict.CANNOT_SAY)
    return Community(called, exit_status(report, view.strict), tuple(failing), tuple(unsaid))


def _called(report: Report, is_shared: bool, view: View) -> str:
    """A community by its own name; with the plan's file where others have that name, by the file alone without one."""
    file, name = view.clean(report.name), view.clean(report.community)
    if not name or name == file:
        return file
    return f"{name}{view.word('across.file', file=file)}" if is_shared and file else name


def summary(found: Sequence[Community], view: View) -> tuple[str, ...]:
    """How many communities there are of each status, and which rules fail in most of them where they fail in several."""
    numbers = {status: sum(one.status == status for one in found) for status in (1, 2, 3, 0)}
    told = [view.word(f"across.number.{status}", n=number) for status, number in numbers.items() if number]
    often = Counter(rule for one in found for rule in one.failing).most_common()
    named = [view.word("across.often rule", rule=view.name(rule.names), n=n) for rule, n in often if n > 1]
    rules = (view.word("across.often", rules=view.some(named, _OFTEN)),) if named else ()
    return (view.word("summary.separator").join(told), *rules)


def render(across: Across, view: View, *, colour: bool = False) -> str:
    """How all of them stand, then the communities, one or two lines each."""
    found = communities(across, view)
    lines = view.lines(view.word("across.head", n=len(across.reports)), role=Role.TITLE)
    if len(found) > 1:
        lines += [line for text in summary(found, view) for line in view.lines(text, hanging="  ")]
    lines += [line for one in found for line in _lines(one, view)]
    return "\n".join(line.coloured() if colour else line.text for line in lines)


def _lines(of: Community, view: View) -> list[Line]:
    """A community with the rules that fail and those that cannot be said."""
    sign, role = {0: ("✓", Role.HOLDS), 1: ("✗", Role.FAILS), 3: ("?", Role.OPEN)}.get(of.status, ("!", Role.FAILS))
    parts = []
    if of.status == 2:
        parts.append(view.word("across.unusable"))
    if of.failing:
        parts.append(view.word("across.fails", n=len(of.failing)))
    if of.unsaid:
        parts.append(view.word("across.cannot say", n=len(of.unsaid)))
    text = view.word("across.community", name=of.called, what=view.listed(parts or [view.word("across.holds")]))
    lines = view.lines(text, f"{view.sign(sign)} ", role, "  ")
    named = [view.name(rule.names) for rule in of.failing]
    return lines + (view.lines(view.some(named, _MOST), "    ", Role.FAINT) if named else [])


def status(across: Across, strict: bool = False) -> int:
    """The exit status of all: of what fails, of what cannot be used, of what cannot be said, the first there is."""
    found = {exit_status(report, strict) for report in (*across.reports, across.city)}
    return next((one for one in (1, 2, 3) if one in found), 0)


def document(across: Across) -> dict[str, Any]:
    """All reports as one object of JSON, the city's own last."""
    return {
        "format": "civicrules-across/1",
        "reports": [
            {"community": report.community or None, **documents.document(discreet(report))} for report in across.reports
        ],
        "city": documents.document(discreet(across.city)),
    }
