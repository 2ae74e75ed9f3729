"""Which sentences stand in which section of a report."""

from __future__ import annotations

from civicrules.findings import Report, Verdict
from civicrules.program import Force
from civicrules.report.grouping import Judged, by_sentence
from civicrules.report.view import View


def binding(view: View) -> tuple[Force, ...]:
    return (Force.MUST, Force.SHOULD) if view.strict else (Force.MUST,)


def _of(report: Report, *forces: Force) -> tuple[Judged, ...]:
    """The sentences of some forces, those of the first force first."""
    judged = by_sentence(report.findings)
    return tuple(one for force in forces for one in judged if one.force is force)


def failing(report: Report, view: View) -> tuple[Judged, ...]:
    """Sentences that fail and bind; with strict view, advice binds as well."""
    return tuple(one for one in _of(report, *binding(view)) if one.failing)


def departing(report: Report, view: View) -> tuple[Judged, ...]:
    """Advice that a plan departs from."""
    return () if view.strict else tuple(one for one in _of(report, Force.SHOULD) if one.failing)


def unsaid(report: Report) -> tuple[Judged, ...]:
    """Sentences that cannot be judged, for somebody at least."""
    return tuple(one for one in _of(report, Force.MUST, Force.SHOULD) if one.of(Verdict.CANNOT_SAY))


def waived(report: Report) -> tuple[Judged, ...]:
    """Sentences that fail and were waived, for somebody at least."""
    return tuple(one for one in _of(report, Force.MUST, Force.SHOULD) if one.waived)


def holding(report: Report) -> tuple[Judged, ...]:
    """Sentences that hold for everybody they apply to."""
    both = (one for one in by_sentence(report.findings) if one.force in (Force.MUST, Force.SHOULD))
    return tuple(one for one in both if one.verdict is Verdict.HOLDS and not one.waived)


def idle(report: Report) -> tuple[Judged, ...]:
    """Sentences that apply to nobody."""
    return tuple(one for one in by_sentence(report.findings) if one.verdict is Verdict.DOES_NOT_APPLY)


def encouraged(report: Report) -> tuple[Judged, ...]:
    """What is encouraged, done or not."""
    return tuple(one for one in _of(report, Force.ENCOURAGED) if one.verdict is not Verdict.DOES_NOT_APPLY)


def used(report: Report) -> tuple[Judged, ...]:
    """Permissions that the plan makes use of."""
    return tuple(one for one in _of(report, Force.MAY) if any(finding.used for finding in one.findings))
