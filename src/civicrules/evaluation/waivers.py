"""Waivers: a failing finding stays visible as *fails, waived*, where its rule lets the body named give one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import Waiver
from civicrules.findings import Finding, Verdict, fingerprint
from civicrules.program import Names, Program, Rule, identifier
from civicrules.suggest import nearest


def waived(
    program: Program, findings: Sequence[Finding], waivers: Iterable[Waiver]
) -> tuple[tuple[Finding, ...], tuple[Diagnostic, ...]]:
    """The findings with what was waived, and every waiver that waives nothing: why.

    A waiver counts for a rule that allows one, given by the body that the rule names, for the person it names and for
    the numbers it was given for (their fingerprint, where it states one). One that was given for other numbers has
    lapsed, and stands with the finding that it no longer covers.
    """
    made, problems = list(findings), []
    for waiver in waivers:
        rule = _rule(program, waiver.rule)
        if rule is None:
            known = [form for one in program.rules for _, form in one.names.forms]
            data = {"rule": waiver.rule, "suggestions": nearest(waiver.rule, known)}
            problems.append(Diagnostic("CR0595", waiver.place, data))
        elif rule.waiver is None:
            problems.append(Diagnostic("CR0596", waiver.place, {"rule": rule.names}))
        elif not _answers(rule.waiver, waiver.by):
            said: dict[str, object] = {"rule": rule.names, "by": waiver.by, "body": rule.waiver}
            problems.append(Diagnostic("CR0597", waiver.place, said))
        else:
            problems.extend(_applied(made, rule, waiver))
    return tuple(made), tuple(problems)


def _rule(program: Program, name: str) -> Rule | None:
    wanted = identifier(name)
    named = (one for one in program.rules if _answers(one.names, name))
    return next((one for one in program.rules if one.id == wanted), None) or next(named, None)


def _answers(names: Names, name: str) -> bool:
    return identifier(name) in {identifier(form) for _, form in names.forms}


def _applied(findings: list[Finding], rule: Rule, waiver: Waiver) -> Iterable[Diagnostic]:
    """Mark what a waiver covers, or covered with other numbers; a diagnostic when that is nothing."""
    failing = [
        at
        for at, one in enumerate(findings)
        if one.rule == rule and one.verdict is Verdict.FAILS and _is_for(one, waiver.person)
    ]
    if not failing:
        yield Diagnostic("CR0598", waiver.place, {"rule": rule.names, "person": waiver.person}, Severity.WARNING)
        return
    given = waiver.fingerprint.strip().casefold()
    covered = [at for at in failing if not given or fingerprint(findings[at]).startswith(given)]
    for at in covered:
        findings[at] = evolve(findings[at], waived=waiver, lapsed=None)
    for at in failing if not covered else ():
        if findings[at].waived is None:
            findings[at] = evolve(findings[at], lapsed=waiver)


def _is_for(finding: Finding, person: str) -> bool:
    """Whether a finding speaks of the person named: by name, or by sheet and row."""
    subject = finding.subject
    if subject is None or not person:
        return subject is None and not person
    return person in {subject.label, str(subject.place or ""), str(subject.index + 1)}
