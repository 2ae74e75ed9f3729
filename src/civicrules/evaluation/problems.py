"""What can go wrong inside a computation: diagnostics at the place in the ruleset that computes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.evaluation.variables import Variable
from civicrules.program import Call, CountOf, Definition, Expression, FactOf, Names, Table, ValueOf


def name_of(
    expression: Expression, variables: Mapping[str, Variable], definitions: Mapping[str, Definition]
) -> Names | str:
    """What the reader knows an expression by: its name, else the words it was written in."""
    match expression:
        case FactOf(key=key) | CountOf(list=key) if key in variables:
            return variables[key].names
        case ValueOf(id=id) if id in definitions:
            return definitions[id].names
        case _:
            return expression.span.text if expression.span is not None else ""


def division_by_zero(divisor: Expression, name: Names | str) -> Diagnostic:
    """The divisor was given as zero: no fact that is still missing can mend it, so the verdict is *cannot say*."""
    return Diagnostic("CR0591", divisor.span, {"divisor": name}, Severity.WARNING)


def no_row(table: Table, value: Any) -> Diagnostic:
    """No row of a table takes the input."""
    shown = value.isoformat() if isinstance(value, date) else value
    return Diagnostic("CR0592", table.span, {"value": shown}, Severity.WARNING)


def nothing_common(table: Table) -> Diagnostic:
    """Overlapping rows are read as what both allow, and they allow nothing in common."""
    return Diagnostic("CR0593", table.span, {}, Severity.CONFLICT)


def function_failed(call: Call, owner: str, problem: Names | str) -> Diagnostic:
    """A plugin's function raised, or returned something other than it declares."""
    return Diagnostic("CR0605", call.span, {"plugin": owner, "function": call.function, "problem": problem})
