"""The work of `civicrules check FOLDER`: every plan in it, and what is asked of all communities together."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from attrs import evolve

from civicrules.diagnostics import Diagnostic
from civicrules.report import across as many
from civicrules.report.terminal import colour, columns, encoding
from civicrules.report.text import render

from .case import Asked, prepared
from .language import of_computer
from .output import Unusable, put, put_json
from .views import view_of

_KINDS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".yaml", ".yml", ".json"})


def plans_in(folder: Path) -> Iterator[Path]:
    """The files of plans in a folder, by name; hidden files and those that an editor keeps beside are left out."""
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in _KINDS and not path.name.startswith((".", "~$")):
            yield path


def checked(asked: Asked, city: Path | None, as_of: date | None, strict: bool, everything: bool) -> int:
    """Write the report on all plans of a folder; the exit status. The first plan tells which ruleset is applied."""
    paths = [path for path in plans_in(asked.plan) if city is None or path.resolve() != city.resolve()]
    if not paths:
        language = asked.language or of_computer()
        raise Unusable(
            (Diagnostic("CR0822", None, {"folder": str(asked.plan)}),), language, asked.format, str(asked.plan)
        )
    case = prepared(evolve(asked, plan=paths[0]))
    found = case.rules.across(paths, city, law_day=as_of)
    if asked.format == "json":
        put_json(many.document(found))
        return many.status(found, strict)
    stream = sys.stdout
    view = view_of(case.rules.program, case.language, verbose=everything, strict=strict)
    put(many.render(found, view, colour=colour(stream)))
    if found.city.findings or found.city.diagnostics:
        shown = evolve(found.city, notes=case.notes)
        text = render(
            shown, case.language, width=columns(), colour=colour(stream), encoding=encoding(stream), strict=strict
        )
        put("\n" + text.rpartition("\n\n")[0])  # the last paragraph tells the status of the city alone
    status = many.status(found, strict)
    put(f"\n{view.word('status.number', status=status)}")
    return status
