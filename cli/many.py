"""The work of `civicrules check FOLDER`: every plan in it, and what is asked of all communities together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve

from civicrules.diagnostics import Diagnostic
from civicrules.findings import Across
from civicrules.plans import PlanFile, open_plan
from civicrules.report import across as many
from civicrules.report.text import render
from civicrules.report.words import word

from .case import Asked, Case, prepared
from .language import of_computer
from .output import Unusable, as_json
from .views import view_of

_BREAK = "\n\n"
_KINDS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".yaml", ".yml", ".json"})


def plans_in(folder: Path) -> Iterator[Path]:
    """The files of plans in a folder, by name, 2 before 10; hidden files and those that an editor keeps are left out."""
    for path in sorted(folder.iterdir(), key=_by_numbers):
        if path.suffix.lower() in _KINDS and not path.name.startswith((".", "~$")):
            yield path


def _by_numbers(path: Path) -> list[tuple[bool, int, str]]:
    parts = filter(None, re.split(r"([0-9]+)", path.name))
    return [(False, int(part), part) if part.isdecimal() else (True, 0, part) for part in parts]


def checked(asked: Asked, city: Path | None, as_of: date | None, strict: bool, everything: bool) -> int:
    """Write the report on all plans of a folder; the exit status.

    The first plan tells which ruleset is applied, and none may name another, unless the command names the one.
    """
    paths = [path for path in plans_in(asked.plan) if city is None or path.resolve() != city.resolve()]
    if not paths:
        language = asked.language or of_computer()
        raise Unusable(
            (Diagnostic("CR0822", None, {"folder": str(asked.plan)}),), language, asked.format, str(asked.plan)
        )
    case = prepared(evolve(asked, plan=paths[0]))
    plans = [open_plan(path, case.rules.registry) for path in paths]
    if asked.ruleset is None and (problem := _of_different_rulesets(plans, asked.plan)) is not None:
        raise case.unusable((problem,))
    found = case.rules.across(plans, city, law_day=as_of, drawn=asked.format == "html" and everything)
    status = many.status(found, strict)
    last = word("status.number", case.language, status=status)
    if asked.format == "json":
        case.keep(as_json(many.document(found)), last, tuple(paths))
    elif asked.format == "html":
        case.keep(_page(case, found, strict, everything), last, tuple(paths))
    else:
        case.keep(f"{_text(case, found, strict, everything)}\n\n{last}", last, tuple(paths))
    return status


def _of_different_rulesets(plans: Sequence[PlanFile], folder: Path) -> Diagnostic | None:
    """Why the plans of a folder cannot be judged together."""
    naming = {plan.name: plan.header.ruleset for plan in plans if plan.header.ruleset}
    first = next(iter(naming), "")
    others = tuple(name for name, ruleset in naming.items() if ruleset != naming[first])
    if not others:
        return None
    return Diagnostic("CR0828", None, {"folder": str(folder), "file": first, "named": naming[first], "others": others})


def _page(case: Case, found: Across, strict: bool, everything: bool) -> str:
    from civicrules.report.html.page import render_across

    shown = evolve(found, city=evolve(found.city, notes=(*found.city.notes, *case.notes)))
    return case.paged(lambda: render_across(shown, case.language, strict=strict, verbose=everything))


def _text(case: Case, found: Across, strict: bool, everything: bool) -> str:
    """The communities, then what is asked of the city."""
    settings = case.terminal
    view = view_of(case.rules.program, case.language, verbose=everything, strict=strict)
    text = many.render(found, evolve(view, width=settings.width, encoding=settings.encoding), colour=settings.colour)
    if not found.city.findings and not found.city.diagnostics:
        return text
    shown = evolve(found.city, notes=(*found.city.notes, *case.notes))
    city = render(
        shown,
        case.language,
        width=settings.width,
        colour=settings.colour,
        encoding=settings.encoding,
        strict=strict,
    )
    return f"{text}\n\n{city.rpartition(_BREAK)[0]}"  # the last paragraph tells the status of the city alone
