"""The exit status of a report, and what it means in words."""

from __future__ import annotations

from collections.abc import Iterator

from civicrules.diagnostics import Severity
from civicrules.findings import Finding, Report, Verdict
from civicrules.outcome import CannotSay, Decided, DecisionRequired, Void
from civicrules.program import Force
from civicrules.report.diagnostics import of_a_count
from civicrules.report.grouping import by_sentence
from civicrules.report.words import word


def exit_status(report: Report, strict: bool = False) -> int:
    """0: every binding sentence that applies holds. 1: one fails, or a vote is void. 2: the ruleset or the whole plan
    could not be used. 3: none fails, but one cannot be judged yet, or a result is not settled or needs a decision.

    With `strict`, advice (`should`) counts as binding. A failure that was waived counts as if the sentence held.
    """
    if _is_unusable(report):
        return 2
    findings = tuple(binding(report, strict))
    verdicts = {finding.verdict for finding in findings}
    outcomes = tuple(count.outcome for count in report.counts)
    if any(finding.decisive for finding in findings) or any(isinstance(outcome, Void) for outcome in outcomes):
        return 1
    if Verdict.CANNOT_SAY in verdicts or any(isinstance(o, DecisionRequired | CannotSay) for o in outcomes):
        return 3
    return 0


def binding(report: Report, strict: bool = False) -> Iterator[Finding]:
    """The findings that decide the exit status, those of counts included."""
    forces = (Force.MUST, Force.SHOULD) if strict else (Force.MUST,)
    for finding in (*report.findings, *(one for count in report.counts for one in count.findings)):
        if finding.force in forces:
            yield finding


def status_sentence(status: int, report: Report, language: str, strict: bool = False) -> str:
    """What a status means for this report, in words.

    >>> from civicrules.facts import PlanHeader
    >>> status_sentence(2, Report(None, PlanHeader(), "plan.xlsx", None, None), "en")
    'The ruleset or the plan could not be used; nothing was judged. Exit status 2.'
    """
    sentences = [*meaning(status, report, language, strict), *_unread(status, report, language)]
    sentences.append(word("status.number", language, status=status))
    return ("" if language == "zh" else " ").join(sentences)


def meaning(status: int, report: Report, language: str, strict: bool = False) -> Iterator[str]:
    """What a status means, sentence by sentence, without its number and what could not be read."""
    failing = _number(report, strict, Verdict.FAILS)
    unsaid = _number(report, strict, Verdict.CANNOT_SAY)
    match status:
        case 0:
            if report.counts and not report.findings:
                yield from _outcomes(report, language, Decided, "status.decided")
                return
            applies = any(one.verdict is not Verdict.DOES_NOT_APPLY for one in binding(report, strict))
            key = "status.0 empty" if not applies else "status.0 strict" if strict else "status.0"
            yield word(key, language)
            hanging = sum(
                any(each.verdict is Verdict.FAILS for one in judged.of(Verdict.HOLDS) for each in one.readings)
                for judged in by_sentence(binding(report, strict))
            )
            if hanging:
                yield word("status.hangs", language, n=hanging)
        case 1:
            if failing:
                yield word("status.1 strict" if strict else "status.1", language, n=failing)
            yield from _outcomes(report, language, Void, "status.void", divides=False)
            yield from _outcomes(report, language, Void, "status.void of seats", divides=True)
            if unsaid:
                yield word("status.open strict" if strict else "status.open", language, n=unsaid)
        case 2:
            yield word("status.2", language)
        case _:
            if unsaid:
                yield word("status.3", language, n=unsaid)
    waived = sum(bool(judged.waived) for judged in by_sentence(binding(report, strict)))
    if waived and status != 2:
        yield word("status.waived", language, n=waived)
    if status in (1, 3):
        yield from _outcomes(report, language, DecisionRequired, "status.decision")
        yield from _outcomes(report, language, CannotSay, "status.undecided")


def _number(report: Report, strict: bool, verdict: Verdict) -> int:
    """Of how many sentences a finding has a verdict; waived failures are none."""
    return sum(bool(judged.of(verdict)) for judged in by_sentence(binding(report, strict)))


def _outcomes(report: Report, language: str, kind: type, key: str, divides: bool | None = None) -> Iterator[str]:
    """The names of the counts with an outcome; only of those that divide seats, or do not, where that matters."""
    counts = [one for one in report.counts if isinstance(one.outcome, kind) and divides in (None, one.divides)]
    if counts:
        yield word(key, language, names=tuple(count.names.text(language) or count.id for count in counts))


def _unread(status: int, report: Report, language: str) -> Iterator[str]:
    errors = [diagnostic for diagnostic in report.diagnostics if diagnostic.severity is Severity.ERROR]
    uncounted = sum(map(of_a_count, errors))
    if status == 2:
        return
    if len(errors) > uncounted:
        yield word("status.unread", language, n=len(errors) - uncounted)
    if uncounted:
        yield word("status.uncounted", language, n=uncounted)


def _is_unusable(report: Report) -> bool:
    has_errors = any(diagnostic.severity is Severity.ERROR for diagnostic in report.diagnostics)
    return report.ruleset is None or (has_errors and not report.findings and not report.counts)
