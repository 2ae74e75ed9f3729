"""What can go wrong inside a computation: diagnostics at the place in the ruleset that computes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.evaluation.variables import Variable
from civicrules.program import Call, CountOf, Definition, Expression, FactOf, Names, Shifted, Table, ValueOf


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


def no_such_day(shift: Shifted) -> Diagnostic:
    """A day cannot be counted: how to count back is not said, no calendar of working days is given, no year has it."""
    return Diagnostic("CR0594", shift.span, {"unit": shift.unit.value}, Severity.WARNING)


_HIDDEN = Names.of(en="a personal value", zh="一项个人信息")


def no_row(table: Table, values: Sequence[Any], hidden: bool) -> Diagnostic:
    """No row of a table takes the inputs, which are not told where they are `hidden`."""
    if hidden:
        return Diagnostic("CR0592", table.span, {"value": _HIDDEN}, Severity.WARNING)
    words = [value.isoformat() if isinstance(value, date) else str(value) for value in values]
    shown = values[0] if len(words) == 1 and isinstance(values[0], int) else ", ".join(words)
    return Diagnostic("CR0592", table.span, {"value": shown}, Severity.WARNING)


def nothing_common(table: Table) -> Diagnostic:
    """Overlapping rows are read as what both allow, and they allow nothing in common."""
    return Diagnostic("CR0593", table.span, {}, Severity.CONFLICT)


def function_failed(call: Call, owner: str, problem: Names | str) -> Diagnostic:
    """A plugin's function raised, or returned something other than it declares."""
    return Diagnostic("CR0605", call.span, {"plugin": owner, "function": call.function, "problem": problem})
