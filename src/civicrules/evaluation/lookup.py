"""Tables made runnable: the row of a known input, or all that is known when the input is open."""

from __future__ import annotations

from typing import Any

from civicrules.evaluation import numbers, problems
from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.tables import Row, any_of, covers, settling
from civicrules.evaluation.unknown import KNOWN, NOTHING, Linear, Undefined, Unknown
from civicrules.program import RowChoice, Table


def certainly_same(one: Any, other: Any) -> bool:
    """Whether two values are certainly the same."""
    return bool(one == other) and (not isinstance(one, Unknown) or (isinstance(one, Linear) and one.precise))


def looked_up(of: Run, rows: tuple[Row, ...], table: Table, choices: tuple[RowChoice, ...]) -> Run:
    whole_line, overlap = covers(table), table.overlap or ""
    last = next((row for row in rows if row.otherwise), None)
    named = tuple(row for row in rows if not row.otherwise)

    tests = [(row.plain, row.value) for row in named if row.plain is not None]
    constant = len(tests) == len(named)
    settlings = tuple(settling(choice) for choice in choices)

    def run(case: Case) -> Any:
        value = of(case)
        if constant and type(value) in KNOWN:
            found = [result for test, result in tests if test(value)]
            if found:
                return found[0](case) if len(found) == 1 else settled(case, [result(case) for result in found])
        fits = [(row, fit) for row in named if (fit := row.fits(case, value)) is not False]
        if isinstance(value, Unknown) or any(fit is not True for _, fit in fits):
            return open_input(case, value, fits)
        if not fits:
            if last is not None:
                return last.value(case)
            case.report(problems.no_row(table, value))
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

    def open_input(case: Case, value: Any, fits: list[tuple[Row, Any]]) -> Any:
        sure = [row for row, fit in fits if fit is True]
        if len(fits) == 1 and sure:
            return sure[0].value(case)
        if len(fits) > 1 and choices:
            case.touched.add(overlap)
        possible = [row for row, _ in fits] + ([last] if last is not None and not sure else [])
        values = [row.value(case) for row in possible]
        keys = numbers.keys_of(value, *(fit for _, fit in fits))
        if isinstance(value, Undefined) or not (whole_line or sure) or not values:
            return Undefined(keys | numbers.keys_of(*values))
        return any_of(values, keys)

    return run
