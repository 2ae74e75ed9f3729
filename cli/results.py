"""What `count` and `allocate` share: which counts of the ruleset, with which answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from civicrules.diagnostics import Diagnostic
from civicrules.program import Allocation, Contest, Names, identifier
from civicrules.suggest import nearest

from .case import Asked, Case, prepared
from .decisions import gathered

Kind = Literal["contest", "allocation"]

_KINDS = {"contest": Names.of(en="contest", zh="选举"), "allocation": Names.of(en="allocation", zh="分配")}
_OTHER: dict[Kind, str] = {"contest": "allocate", "allocation": "count"}


def results(
    asked: Asked, kind: Kind, name: str | None, given: Sequence[str], file: Path | None, personal: bool = False
) -> int:
    """Carry out the named count, or all of its kind; the exit status."""
    case = prepared(asked)
    chosen = _chosen(case, kind, name)
    decisions, problems = gathered(given, file)
    if problems:
        raise case.unusable(problems)
    return case.deliver(case.rules.results(case.plan, chosen, decisions), personal=personal)


def _chosen(case: Case, kind: Kind, name: str | None) -> Sequence[Contest | Allocation]:
    program = case.rules.program
    there: Sequence[Contest | Allocation] = program.contests if kind == "contest" else program.allocations
    if not there:
        others = program.allocations if kind == "contest" else program.contests
        data = {"ruleset": program.id, "kind": _KINDS[kind], "other": _OTHER[kind] if others else ""}
        raise case.unusable((Diagnostic("CR0811", None, data),))
    if name is None:
        return there
    wanted = identifier(name)
    found = [one for one in there if wanted in {one.id, *(identifier(form) for _, form in one.names.forms)}]
    if not found:
        forms = [form for one in there for _, form in one.names.forms]
        names = tuple(one.names for one in there)
        data = {"kind": _KINDS[kind], "found": name, "suggestions": nearest(name, forms), "known": names}
        raise case.unusable((Diagnostic("CR0807", None, data),))
    return found
