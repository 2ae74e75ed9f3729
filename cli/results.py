"""What `count` and `allocate` share: which counts of the ruleset, with which answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from attrs import evolve

from civicrules.ballots import Ballots
from civicrules.diagnostics import Diagnostic, Severity, has_errors
from civicrules.program import Allocation, Contest, Names, identifier
from civicrules.suggest import nearest

from .asking import attended, settled
from .case import Asked, Case, prepared
from .decisions import gathered
from .recorded import UNRECORDED, Recording, record

Kind = Literal["contest", "allocation"]

_KINDS = {"contest": Names.of(en="contest", zh="选举"), "allocation": Names.of(en="allocation", zh="分配")}
_OTHER: dict[Kind, str] = {"contest": "allocate", "allocation": "count"}


def results(
    asked: Asked,
    kind: Kind,
    name: str | None,
    given: Sequence[str],
    file: Path | None,
    personal: bool = False,
    recording: Recording = UNRECORDED,
    papers: Sequence[Path] = (),
) -> int:
    """Carry out the named count, or all of its kind; the exit status. `papers` are files of ballots of one contest."""
    case = prepared(asked)
    chosen = _chosen(case, kind, name)
    decisions, problems = gathered(given, file)
    if problems:
        raise case.undone(*problems)
    ballots, said = _papers(case, chosen, papers)
    if case.asked.format == "text" and attended():
        decisions = settled(
            lambda answers: case.rules.results(case.plan, chosen, answers, ballots),
            decisions, case.rules.program, case.rules.registry.draws()[0][1].id, case.language,
        )  # fmt: skip
    report = case.rules.results(case.plan, chosen, decisions, ballots)
    report = evolve(report, diagnostics=(*said, *report.diagnostics))
    counted = [asked.plan, *papers, *([file] if file is not None else [])]
    record(recording, case, report, chosen, ballots, counted)
    return case.deliver(report, personal=personal, read=(*counted, *recording.files))


def _papers(
    case: Case, chosen: Sequence[Contest | Allocation], files: Sequence[Path]
) -> tuple[dict[str, Ballots], tuple[Diagnostic, ...]]:
    """The ballots of the one contest to be counted, and what is to be said of their rows."""
    if not files:
        return {}, ()
    if len(chosen) != 1 or not isinstance(chosen[0], Contest):
        raise case.undone(Diagnostic("CR0823", None, {"known": tuple(one.names for one in chosen)}))
    contest = chosen[0]
    ballots, account, said = case.rules.contest(contest.id, case.plan).ballots(list(files))
    if ballots is None or has_errors(said):  # a count without some of the papers would be a wrong one
        raise case.undone(*said)
    data = {
        "rows": account.rows,
        "accepted": account.accepted,
        "rejected": len(account.rejected),
        "papers": account.papers,
    }
    boxes = [f"{box.box} {box.papers}" for box in account.boxes if len(account.boxes) > 1]
    note = Diagnostic("CR0787", None, {**data, "boxes": tuple(boxes)}, Severity.ADVICE)
    return {contest.id: ballots}, (note, *said)


def _chosen(case: Case, kind: Kind, name: str | None) -> Sequence[Contest | Allocation]:
    program = case.rules.program
    there: Sequence[Contest | Allocation] = case.rules.contests if kind == "contest" else program.allocations
    if not there:
        others = program.allocations if kind == "contest" else program.contests
        data = {"ruleset": program.id, "kind": _KINDS[kind], "other": _OTHER[kind] if others else ""}
        raise case.undone(Diagnostic("CR0811", None, data))
    if name is None:
        return there
    wanted = identifier(name)
    found = [one for one in there if wanted in {one.id, *(identifier(form) for _, form in one.names.forms)}]
    if not found:
        forms = [form for one in there for _, form in one.names.forms]
        names = tuple(one.names for one in there)
        data = {"kind": _KINDS[kind], "found": name, "suggestions": nearest(name, forms), "known": names}
        raise case.undone(Diagnostic("CR0807", None, data))
    return found
