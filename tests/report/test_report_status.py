"""The exit status, both sides of each condition."""

from __future__ import annotations

import pytest
from attrs import evolve

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.findings import Count, Finding, Report, Verdict
from civicrules.outcome import CannotSay, Decided, DecisionRequired, Outcome, Void
from civicrules.program import Citation, Force, Names
from civicrules.report.status import exit_status, status_sentence


def _only(report: Report, *judged: tuple[Force, Verdict]) -> Report:
    some = report.findings[0]
    findings = tuple(
        evolve(some, verdict=verdict, sentence=evolve(some.sentence, force=force)) for force, verdict in judged
    )
    return evolve(report, findings=findings, diagnostics=(), notes=())


def _counted(report: Report, outcome: Outcome, *findings: Finding) -> Report:
    names = Names.of(en="residents committee", zh="居委会")
    count = Count("residents_committee", names, outcome, Citation("law", Names.of(en="law 15")), findings)
    return evolve(_only(report), counts=(count,))


MUST, SHOULD, MAY, ENCOURAGED = Force.MUST, Force.SHOULD, Force.MAY, Force.ENCOURAGED
FAILS, UNSAID, HOLDS, IDLE = Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.HOLDS, Verdict.DOES_NOT_APPLY


@pytest.mark.parametrize(
    ("judged", "status", "strict"),
    [
        ((), 0, 0),
        (((MUST, HOLDS), (MUST, IDLE)), 0, 0),
        (((MUST, FAILS),), 1, 1),
        (((MUST, FAILS), (MUST, UNSAID)), 1, 1),
        (((MUST, UNSAID), (MUST, HOLDS)), 3, 3),
        (((SHOULD, FAILS),), 0, 1),
        (((SHOULD, UNSAID),), 0, 3),
        (((SHOULD, FAILS), (MUST, UNSAID)), 3, 1),
        (((ENCOURAGED, FAILS), (ENCOURAGED, UNSAID), (MAY, UNSAID)), 0, 0),
    ],
)
def test_findings(faulty: Report, judged: tuple[tuple[Force, Verdict], ...], status: int, strict: int) -> None:
    report = _only(faulty, *judged)
    assert (exit_status(report), exit_status(report, strict=True)) == (status, strict)


@pytest.mark.parametrize(
    ("outcome", "status", "sentence"),
    [
        (Decided(()), 0, "The result is settled: residents committee. Exit status 0."),
        (Void(("turnout",)), 1, "Void: residents committee. Exit status 1."),
        (DecisionRequired(()), 3, "A decision is required: residents committee. Exit status 3."),
        (CannotSay(()), 3, "What was given does not settle the result: residents committee. Exit status 3."),
    ],
)
def test_counts(faulty: Report, outcome: Outcome, status: int, sentence: str) -> None:
    report = _counted(faulty, outcome)
    assert exit_status(report) == status
    assert status_sentence(status, report, "en") == sentence


@pytest.mark.parametrize(("language", "said"), [("en", "No seats can be given: "), ("zh", "无法分配：")])
def test_seats_that_cannot_be_divided_are_no_void_vote(faulty: Report, language: str, said: str) -> None:
    report = _counted(faulty, Void(("nobody_passes",)))
    divided = evolve(report, counts=tuple(evolve(one, divides=True) for one in report.counts))
    assert status_sentence(1, divided, language).startswith(said)
    both = evolve(report, counts=(*report.counts, *divided.counts))
    assert said in status_sentence(1, both, language) and not status_sentence(1, both, language).startswith(said)


def test_findings_of_a_count_are_binding(faulty: Report) -> None:
    assert exit_status(_counted(faulty, Decided(()), faulty.findings[0])) == 1


def test_a_bad_cell_alone_changes_nothing(faulty: Report) -> None:
    bad_cell = (Diagnostic("XX0000", None),)
    report = evolve(_only(faulty, (MUST, HOLDS)), diagnostics=bad_cell)
    assert exit_status(report) == 0
    assert "1 entry could not be read; see above." in status_sentence(0, report, "en")


def test_nothing_could_be_used(faulty: Report) -> None:
    bad_file = (Diagnostic("XX0000", None),)
    assert exit_status(evolve(_only(faulty), ruleset=None)) == 2
    assert exit_status(evolve(_only(faulty), diagnostics=bad_file)) == 2
    warned = (Diagnostic("XX0000", None, severity=Severity.WARNING),)
    assert exit_status(evolve(_only(faulty), diagnostics=warned)) == 0


def test_the_sentence_in_both_languages(faulty: Report) -> None:
    report = _only(faulty, (MUST, FAILS), (MUST, UNSAID))
    assert status_sentence(1, report, "en") == (
        "1 binding sentence fails. 1 more binding sentence cannot be judged yet. Exit status 1."
    )
    assert status_sentence(1, report, "zh") == "有1条强制性规定不符合。另有1条强制性规定无法判断。退出状态1。"
    held = _only(faulty, (MUST, HOLDS))
    assert status_sentence(0, held, "en") == "Every binding sentence that applies holds. Exit status 0."
    assert status_sentence(0, held, "zh", strict=True) == "凡适用的强制性规定和一般要求均符合。退出状态0。"
    unsaid = _only(faulty, (MUST, UNSAID), (MUST, UNSAID))
    assert status_sentence(3, unsaid, "zh") == "没有不符合的强制性规定，但有2条无法判断。退出状态3。"
