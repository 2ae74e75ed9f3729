"""The tree of reasons of a finding: each part of the sentence with what it came to, down to the facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from civicrules.findings import Finding, Number, Reason
from civicrules.program import Rule
from civicrules.report import json as documents
from civicrules.report.findings import citation, signs, subject
from civicrules.report.layout import Line, Role
from civicrules.report.numbers import value
from civicrules.report.view import View

_INDENT = "  "
Object = dict[str, Any]


def render(
    found: Iterable[tuple[Finding, tuple[Reason, ...]]], view: View, *, personal: bool = False, colour: bool = False
) -> str:
    """The findings of a rule, each with its reasons."""
    lines = [line for finding, reasons in found for line in (*_finding(finding, reasons, view, personal), Line(""))]
    return "\n".join(line.coloured() if colour else line.text for line in lines[:-1])


def _finding(finding: Finding, reasons: tuple[Reason, ...], view: View, personal: bool) -> Iterator[Line]:
    sign, role = signs(finding.verdict)
    text = view.clean(finding.text(view.language))
    yield from view.lines(text, f"{view.sign(sign)} ", role, _INDENT, tail=citation(finding.article, view))
    if finding.subject is not None:
        yield from view.lines(view.word("finding.subject", subject=subject(finding.subject, view)), _INDENT, Role.FAINT)
    for reason in reasons:
        yield from _reason(reason, 1, view, personal)


def _reason(reason: Reason, depth: int, view: View, personal: bool) -> Iterator[Line]:
    indent = _INDENT * depth
    name = view.name(reason.names) or view.clean(reason.text)
    if reason.subject is not None:
        name = view.word("why.member", subject=subject(reason.subject, view), name=name)
    places = view.listed([view.clean(str(place)) for place in reason.places])
    tail = view.word("why.place", place=places) if places else ""
    yield from view.lines(f"{name} = {_value(reason, view, personal)}", indent, Role.PLAIN, indent + _INDENT, tail)
    for part in _told(reason, personal):
        yield from _reason(part, depth + 1, view, personal)
    if reason.others and not _is_hidden(reason, personal):
        yield from view.lines(view.word("why.others", n=reason.others), indent + _INDENT, Role.FAINT)


def _told(reason: Reason, personal: bool) -> tuple[Reason, ...]:
    """The reasons under one, each once; not the rows that were found by a personal value.

    A part without words (one edge of `within 10 days after …`) gives those under it in its place.
    """
    told: list[Reason] = []
    for one in reason.parts:
        if not (one.row and _is_hidden(one, personal)):
            told += (one,) if one.text or one.names.forms else _told(one, personal)
    return tuple(one for at, one in enumerate(told) if one not in told[:at])


def _is_hidden(reason: Reason, personal: bool) -> bool:
    """Whether a reason, or which of its rows applies, tells a value that is not for every eye."""
    return not personal and (reason.personal or any(one.row and one.personal for one in reason.parts))


def _value(reason: Reason, view: View, personal: bool) -> str:
    if reason.personal and not personal:
        return view.word("why.personal")
    if reason.value is None:
        return view.word("why.open")
    return value(reason.value, reason.type, view)


def document(rule: Rule, found: Iterable[tuple[Finding, tuple[Reason, ...]]], *, personal: bool = False) -> Object:
    """The same as an object of JSON."""
    return {
        "format": "civicrules-why/1",
        "rule": rule.id,
        "findings": [
            {
                "text": dict(finding.sentence.texts.forms),
                "verdict": finding.verdict.value,
                "subject": None if finding.subject is None else finding.subject.label or finding.subject.index + 1,
                "reasons": [_document(one, personal) for one in reasons],
            }
            for finding, reasons in found
        ],
    }


def _document(reason: Reason, personal: bool) -> Object:
    hidden = reason.personal and not personal
    told = _told(reason, personal)
    shown = documents.value_document(Number(reason.names, None if hidden else reason.value, reason.type))
    return {
        "text": reason.text,
        "names": dict(reason.names.forms),
        **shown,
        "personal": reason.personal,
        "subject": None if reason.subject is None else reason.subject.index + 1,
        "places": [documents.place_document(place) for place in reason.places],
        "parts": [_document(part, personal) for part in told],
        "others": 0 if _is_hidden(reason, personal) else reason.others,
    }
