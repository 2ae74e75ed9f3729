"""Tables made runnable: the row of a known input, or all that is known when the input is open."""

from __future__ import annotations

from typing import Any

from civicrules.evaluation import numbers, problems
from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.logic import truth
from civicrules.evaluation.tables import Row, any_of, covers, settling
from civicrules.evaluation.unknown import KNOWN, NOTHING, Linear, Undefined, Unknown
from civicrules.program import RowChoice, Table


def certainly_same(one: Any, other: Any) -> bool:
    """Whether two values are certainly the same."""
    return bool(one == other) and (not isinstance(one, Unknown) or (isinstance(one, Linear) and one.precise))


def looked_up(
    inputs: tuple[Run, ...],
    rows: tuple[Row, ...],
    table: Table,
    choices: tuple[RowChoice, ...],
    otherwise: Run | None,
    hidden: bool = False,
) -> Run:
    """The value of a table; with `hidden` its inputs are personal, and no diagnostic tells them."""
    whole_line, overlap = covers(table), table.overlap or ""
    tests = [(row.plain, row.value) for row in rows if row.plain is not None and row.valid is None]
    constant = len(tests) == len(rows) and len(inputs) == 1
    settlings = tuple(settling(choice) for choice in choices)
    only = inputs[0]

    def run(case: Case) -> Any:
        if constant:
            value = only(case)
            if type(value) in KNOWN:
                found = [result for test, result in tests if test(value)]
                if found:
                    return found[0](case) if len(found) == 1 else settled(case, [result(case) for result in found])
            values: list[Any] = [value]
        else:
            values = [given(case) for given in inputs]
        fits = [
            (row, fit) for row in rows if row.in_force(case.law_day) and (fit := row.fits(case, values)) is not False
        ]
        if any(isinstance(value, Unknown) for value in values) or any(fit is not True for _, fit in fits):
            return open_input(case, values, fits)
        if not fits:
            if otherwise is not None:
                return otherwise(case)
            case.report(problems.no_row(table, values, hidden))
            return Undefined(NOTHING)
        return settled(case, [row.value(case) for row, _ in fits])

    def settled(case: Case, values: list[Any]) -> Any:
        if len(values) == 1 or all(certainly_same(value, values[0]) for value in values):
            return values[0]
        if not choices:
            return Undefined(numbers.keys_of(*values))
        case.touched.add(overlap)
        result = settlings[case.chosen.get(overlap, 0)](values)
        if isinstance(result, Undefined) and not result.keys:
            case.report(problems.nothing_common(table))
        return result

    def open_input(case: Case, inputs_given: list[Any], fits: list[tuple[Row, Any]]) -> Any:
        sure = [row for row, fit in fits if fit is True]
        if len(fits) == 1 and sure:
            return sure[0].value(case)
        if len(fits) > 1 and choices:
            case.touched.add(overlap)
        possible = [row.value for row, _ in fits] + ([otherwise] if otherwise is not None and not sure else [])
        values = [value(case) for value in possible]
        keys = numbers.keys_of(*inputs_given, *(fit for _, fit in fits))
        undefined = any(isinstance(value, Undefined) for value in inputs_given)
        if undefined or not (whole_line or sure) or not values:
            return Undefined(keys | numbers.keys_of(*values))
        return any_of(values, keys)

    return run


def by_cases(cases: tuple[tuple[Run, Run], ...], otherwise: Run | None) -> Run:
    """The value of the first case whose condition holds; while one is open, all that can come out."""

    def run(case: Case) -> Any:
        possible: list[Any] = []
        keys = NOTHING
        for condition, value in cases:
            holds = truth(condition(case))
            if holds is False:
                continue
            if holds is True:
                if not possible:
                    return value(case)
                return any_of([*possible, value(case)], keys)
            keys |= holds.keys
            possible.append(value(case))
        if otherwise is None:
            return Undefined(keys | numbers.keys_of(*possible))
        return any_of([*possible, otherwise(case)], keys) if possible else otherwise(case)

    return run
