"""The work of `civicrules derive`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
from attrs import evolve

from civicrules import Derived
from civicrules.diagnostics import Diagnostic
from civicrules.report.derived import exit_status, render
from civicrules.report.terminal import colour, columns, encoding
from civicrules.values import frozen

from .case import Asked, Case, prepared
from .filing import write
from .language import of_computer
from .output import put
from .words import word


@frozen
class Order:
    """What the command line says."""

    ruleset: str
    facts: Path
    rules: Path | None
    everything: bool
    as_of: date | None
    language: str | None
    format: str
    output: Path | None
    force: bool


def derived(order: Order) -> int:
    """Derive what was ordered and write it; the exit status."""
    if order.format == "xlsx" and order.output is None:
        raise click.UsageError(word("derive.workbook", order.language or of_computer()))
    case = prepared(_asked(order))
    found = case.rules.derive(case.plan, law_day=order.as_of)
    found = evolve(found, notes=(*found.notes, *case.notes))
    if order.output is None:
        _put(found, order, case)
    else:
        if problems := write({order.output: _content(found, order, case)}, force=order.force, read=[case.asked.plan]):
            raise case.undone(*problems)
        put(word("new.form", case.language, file=str(order.output)))
    return exit_status(found)


def _asked(order: Order) -> Asked:
    """A ruleset is named, or a text or folder is: a path that is there is one."""
    path = Path(order.ruleset)
    is_path = path.exists() or path.suffix == ".civic"
    rules, name = (path, None) if is_path else (order.rules, order.ruleset)
    return Asked(order.facts, rules, name, order.language, _answers(order))


def _answers(order: Order) -> str:
    """How problems are told: as JSON only where JSON was asked for."""
    return "json" if order.format == "json" else "text"


def _put(found: Derived, order: Order, case: Case) -> None:
    match order.format:
        case "text":
            stream = sys.stdout
            text = render(
                found,
                case.language,
                width=columns(),
                colour=colour(stream),
                encoding=encoding(stream),
                verbose=order.everything,
            )
            put(text)
        case "json":
            put(_content(found, order, case).decode().removesuffix("\n"), form="json")
        case _:
            sys.stdout.buffer.write(_content(found, order, case))


def _content(found: Derived, order: Order, case: Case) -> bytes:
    match order.format:
        case "json":
            from civicrules.report.derived_json import render as as_json

            return (as_json(found, case.language) + "\n").encode()
        case "xlsx":
            try:
                from civicrules.report.derived_xlsx import render as as_workbook
            except ModuleNotFoundError:
                raise case.unusable(
                    (Diagnostic("CR0815", None, {"file": str(order.output or "derived.xlsx")}),)
                ) from None
            return as_workbook(found, case.language)
        case "ics":
            from civicrules.report.derived_ics import render as as_calendar

            return as_calendar(found, case.language).encode()
        case _:
            return (render(found, case.language, verbose=order.everything) + "\n").encode()
