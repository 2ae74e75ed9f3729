"""Tables: rows to bounds, and what is wrong with the rows together: overlaps that nothing decides, gaps."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from civicrules import program as p
from civicrules.compiler.expressions import COMPARISONS, ExpressionCompiler
from civicrules.diagnostics import Diagnostic, Label, Severity
from civicrules.exact import Exact
from civicrules.language import nodes as n
from civicrules.program import Comparison, Expression, NumberType, TableRow
from civicrules.values import frozen


def row(compiler: ExpressionCompiler, given: Expression, node: n.Row, value: Expression) -> TableRow | None:
    """The bounds of one row; `None` after a diagnostic."""
    if isinstance(given.type, p.ChoiceType | p.TruthType):
        if len(node.case) == 1 and not isinstance(node.case[0], n.Compared | n.Bounded | n.Range):
            equals = compiler.expression(node.case[0], given.type)
            if equals is None or not compiler.comparable(given, equals, Comparison.EQUAL, node.span):
                return None
            return TableRow(None, True, None, True, equals, value, node.span)
        compiler.scope.report("CR0324", node.case[0].span)
        return None
    low: Expression | None = None
    high: Expression | None = None
    low_included = high_included = True
    for case in node.case:
        match case:
            case n.Compared(word=word, value=bound) | n.Bounded(word=word, value=bound):
                end = compiler.expression(bound)
                if end is None or not compiler.comparable(given, end, Comparison.AT_LEAST, case.span):
                    return None
                end = compiler.matched(end, given)
                match COMPARISONS[word.terminal]:
                    case Comparison.AT_LEAST:
                        low, low_included = end, True
                    case Comparison.MORE:
                        low, low_included = end, False
                    case Comparison.AT_MOST:
                        high, high_included = end, True
                    case Comparison.LESS:
                        high, high_included = end, False
                    case _:
                        low = high = end
            case n.Range():
                made = compiler.range(case)
                if not isinstance(made, p.RangeOf):
                    return None
                compiler.check_range(given, made, case.span)
                low, high = compiler.matched(made.low, given), compiler.matched(made.high, given)
            case _:
                end = compiler.expression(case)
                if end is None or not compiler.comparable(given, end, Comparison.EQUAL, case.span):
                    return None
                low = high = compiler.matched(end, given)
    return TableRow(low, low_included, high, high_included, None, value, node.span)


@frozen
class _Stretch:
    """The whole numbers of a row: from `low` to `high`, both included; `None` is unbounded."""

    low: int | None
    high: int | None
    row: TableRow


def check(table: p.Table, constant: Callable[[Expression], Exact | None]) -> list[Diagnostic]:
    """Overlaps with different values and no reading, choices that occur twice, and gaps between the rows."""
    if isinstance(table.input.type, p.ChoiceType):
        return _check_choices(table, table.input.type)
    if not isinstance(table.input.type, NumberType) or not table.input.type.whole:
        return []
    stretches = [s for r in table.rows if (s := _stretch(r, constant)) is not None]
    if len(stretches) != len(table.rows):
        return []
    found = list(_overlaps(table, stretches))
    found.extend(_gaps(table, stretches, table.input.type))
    return found


def _stretch(row: TableRow, constant: Callable[[Expression], Exact | None]) -> _Stretch | None:
    ends: list[int | None] = []
    for end, included, step in ((row.low, row.low_included, 1), (row.high, row.high_included, -1)):
        if end is None:
            ends.append(None)
            continue
        value = constant(end)
        if value is None or isinstance(value, Fraction):
            return None
        ends.append(value if included else value + step)
    return _Stretch(ends[0], ends[1], row)


def _overlaps(table: p.Table, stretches: list[_Stretch]) -> list[Diagnostic]:
    if table.overlap is not None:
        return []
    found = []
    for index, first in enumerate(stretches):
        for second in stretches[index + 1 :]:
            lows = [s for s in (first.low, second.low) if s is not None]
            highs = [s for s in (first.high, second.high) if s is not None]
            low, high = max(lows, default=None), min(highs, default=None)
            if (low is None or high is None or low <= high) and first.row.value != second.row.value:
                related = (Label(first.row.span, "first"),) if first.row.span else ()
                ends = {"low": "…" if low is None else low, "high": "…" if high is None else high}
                data = {"edge": low} if low == high and low is not None else ends
                found.append(Diagnostic("CR0310", second.row.span, data, related=related))
    return found


def _gaps(table: p.Table, stretches: list[_Stretch], type: NumberType) -> list[Diagnostic]:
    reach = (type.low if type.low is not None else 0) - 1
    last: TableRow | None = None
    for stretch in sorted(stretches, key=lambda s: (s.low is not None, s.low or 0)):
        if stretch.low is not None and stretch.low > reach + 1 and last is not None:
            data = {"low": reach + 1, "high": stretch.low - 1}
            return [Diagnostic("CR0311", stretch.row.span, data, Severity.WARNING)]
        if stretch.high is None:
            return []
        reach, last = max(reach, stretch.high), stretch.row
    return []


def _check_choices(table: p.Table, type: p.ChoiceType) -> list[Diagnostic]:
    seen: dict[str, TableRow] = {}
    found = []
    for row in table.rows:
        if not isinstance(row.equals, p.Literal):
            continue
        id = str(row.equals.value)
        if id in seen and seen[id].value != row.value:
            first = seen[id].span
            related = (Label(first, "first"),) if first else ()
            name = next(c.names for c in type.choices if c.id == id)
            found.append(Diagnostic("CR0312", row.span, {"name": name}, related=related))
        seen.setdefault(id, row)
    absent = tuple(c.names for c in type.choices if c.id not in seen)
    if absent:
        found.append(Diagnostic("CR0313", table.span, {"names": absent}, Severity.WARNING))
    return found
