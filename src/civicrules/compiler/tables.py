"""Tables: rows to bounds, and what is wrong with the rows together: overlaps that nothing decides, gaps."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

from attrs import evolve

from civicrules import program as p
from civicrules.compiler.arithmetic import matched, range_of
from civicrules.compiler.expressions import COMPARISONS, ExpressionCompiler
from civicrules.compiler.header import validity
from civicrules.diagnostics import Diagnostic, Fix, Label, Severity
from civicrules.exact import Exact
from civicrules.facts import Blank
from civicrules.language import nodes as n
from civicrules.program import Comparison, Expression, Names, NumberType, TableCell, TableRow
from civicrules.source import Span
from civicrules.values import frozen


def row(
    compiler: ExpressionCompiler, inputs: tuple[Expression, ...], node: n.Row, value: Expression
) -> TableRow | None:
    """The cells of one row, one for each input; `None` after a diagnostic."""
    if len(node.cells) != len(inputs):
        if (edges := _edges(compiler, node)) is not None and len(inputs) == 1:
            compiler.scope.diagnostics.append(edges)
            return None
        written = tuple(one.span.text for one in inputs if one.span is not None)
        data = {"expected": len(inputs), "found": len(node.cells), "inputs": written}
        code = "CR0358" if len(inputs) == 1 else "CR0355"
        fixes = _row_by_row(node) if len(inputs) == 1 else ()
        compiler.scope.diagnostics.append(Diagnostic(code, node.span, data, fixes=fixes))
        return None
    cells = [cell(compiler, given, case, node) for given, case in zip(inputs, node.cells, strict=True)]
    kept = tuple(one for one in cells if one is not None)
    valid = next((validity(e) for e in node.entries if e.key == "valid"), None)
    return TableRow(kept, value, valid, node.span) if len(kept) == len(cells) else None


def cell(compiler: ExpressionCompiler, given: Expression, case: tuple[n.Phrase, ...], node: n.Row) -> TableCell | None:
    """What a row asks of one input; `None` after a diagnostic."""
    if isinstance(given.type, p.ChoiceType | p.TruthType):
        if len(case) == 1 and not isinstance(case[0], n.Compared | n.Bounded | n.Range):
            equals = compiler.against(given, case[0])
            if equals is None or not compiler.comparable(given, equals, Comparison.EQUAL, node.span):
                return None
            return TableCell(equals=equals)
        compiler.scope.report("CR0324", case[0].span)
        return None
    made = TableCell()
    for part in case:
        bounded = bounds(compiler, given, part, made)
        if bounded is None:
            return None
        made = bounded
    return made


def bounds(compiler: ExpressionCompiler, given: Expression, case: n.Phrase, made: TableCell) -> TableCell | None:
    """A cell with one more test of its input."""
    if isinstance(case, n.Range):
        ends = range_of(compiler, case)
        if not isinstance(ends, p.RangeOf):
            return None
        compiler.check_range(given, ends, case.span)
        return evolve(made, low=matched(compiler, ends.low, given), high=matched(compiler, ends.high, given))
    if isinstance(case, n.Compared | n.Bounded):
        compiler.scope.note_compared(case.word, given.type)
    how = COMPARISONS[case.word.terminal] if isinstance(case, n.Compared | n.Bounded) else Comparison.EQUAL
    end = compiler.against(given, case.value if isinstance(case, n.Compared | n.Bounded) else case)
    if end is None or not compiler.comparable(given, end, how, case.span):
        return None
    if isinstance(end, p.Literal) and isinstance(end.value, Blank):
        return evolve(made, equals=end)
    end = matched(compiler, end, given)
    match how:
        case Comparison.AT_LEAST | Comparison.MORE:
            return evolve(made, low=end, low_included=how is Comparison.AT_LEAST)
        case Comparison.AT_MOST | Comparison.LESS:
            return evolve(made, high=end, high_included=how is Comparison.AT_MOST)
        case _:
            return evolve(made, low=end, high=end)


_MOST_OVERLAPS = 1000


@frozen
class _Stretch:
    """The whole numbers of a row: from `low` to `high`, both included; `None` is unbounded."""

    low: int | None
    high: int | None
    row: TableRow


def check(table: p.Table, constant: Callable[[Expression], Exact | None]) -> list[Diagnostic]:
    """Overlaps with different values and no reading, choices that occur twice, and gaps between the rows."""
    if any(row.valid for row in table.rows):
        return []
    if all(isinstance(given.type, p.ChoiceType | p.TruthType) for given in table.inputs):
        return _check_choices(table)
    given = table.inputs[0].type
    if len(table.inputs) > 1 or not isinstance(given, NumberType) or not given.whole:
        return []
    numbers = [row for row in table.rows if row.cells[0].equals is None]  # not the row for *none*
    stretches = [s for r in numbers if (s := _stretch(r, constant)) is not None]
    if len(stretches) != len(numbers):
        return []
    found = list(_overlaps(table, stretches))
    if table.otherwise is None:
        found.extend(_gaps(table, stretches, given))
    return found


def _stretch(row: TableRow, constant: Callable[[Expression], Exact | None]) -> _Stretch | None:
    ends: list[int | None] = []
    (cell,) = row.cells
    for end, included, step in ((cell.low, cell.low_included, 1), (cell.high, cell.high_included, -1)):
        if end is None:
            ends.append(None)
            continue
        value = constant(end)
        if value is None or isinstance(value, Fraction):
            return None
        ends.append(value if included else value + step)
    return _Stretch(ends[0], ends[1], row)


def _overlaps(table: p.Table, stretches: list[_Stretch]) -> list[Diagnostic]:
    """A diagnostic for each two rows that give different values to one number, in the order of the text.

    The rows are swept by their lower ends, so that each meets only those it can overlap.
    """
    if table.overlap is not None:
        return []
    found: list[tuple[int, int]] = []
    open: list[int] = []
    for at in sorted(range(len(stretches)), key=lambda at: _from(stretches[at])):
        here = stretches[at]
        if _is_empty(here):
            continue
        open = [one for one in open if _meet(stretches[one], here)]
        found.extend((min(one, at), max(one, at)) for one in open if stretches[one].row.value != here.row.value)
        if len(found) > _MOST_OVERLAPS:  # nobody reads on, and all rows of a long table may overlap each other
            break
        open.append(at)
    return [_overlap(stretches[first], stretches[second]) for first, second in sorted(found[:_MOST_OVERLAPS])]


def _from(stretch: _Stretch) -> tuple[bool, int]:
    """The lower end, to sort by: one that is unbounded comes first."""
    return stretch.low is not None, stretch.low or 0


def _meet(before: _Stretch, here: _Stretch) -> bool:
    """Whether a stretch that begins no later than another, which is not empty, reaches it."""
    return before.high is None or here.low is None or before.high >= here.low


def _is_empty(stretch: _Stretch) -> bool:
    return stretch.low is not None and stretch.high is not None and stretch.low > stretch.high


def _overlap(first: _Stretch, second: _Stretch) -> Diagnostic:
    low = max((one.low for one in (first, second) if one.low is not None), default=None)
    high = min((one.high for one in (first, second) if one.high is not None), default=None)
    related = (Label(first.row.span, "first"),) if first.row.span else ()
    ends = {"low": "…" if low is None else low, "high": "…" if high is None else high}
    data = {"edge": low} if low == high and low is not None else ends
    return Diagnostic("CR0310", second.row.span, data, related=related)


def _gaps(table: p.Table, stretches: list[_Stretch], type: NumberType) -> list[Diagnostic]:
    reach = (type.low if type.low is not None else 0) - 1
    last: TableRow | None = None
    for stretch in sorted(stretches, key=_from):
        if stretch.low is not None and stretch.low > reach + 1 and last is not None:
            data = {"low": reach + 1, "high": stretch.low - 1}
            return [Diagnostic("CR0311", stretch.row.span, data, Severity.WARNING)]
        if stretch.high is None:
            return []
        reach, last = max(reach, stretch.high), stretch.row
    return []


def _check_choices(table: p.Table) -> list[Diagnostic]:
    """Choices that occur twice with different values, and those that no row has."""
    seen: dict[tuple[object, ...], TableRow] = {}
    found = []
    for row in table.rows:
        values = tuple(cell.equals.value for cell in row.cells if isinstance(cell.equals, p.Literal))
        if len(values) != len(row.cells):
            continue
        if values in seen and seen[values].value != row.value:
            first = seen[values].span
            related = (Label(first, "first"),) if first else ()
            found.append(Diagnostic("CR0312", row.span, {"name": _named(table, values)}, related=related))
        seen.setdefault(values, row)
    every = product(*(_values(given.type) for given in table.inputs))
    absent = tuple(_named(table, values) for values in every if values not in seen)
    if absent and table.otherwise is None:
        found.append(Diagnostic("CR0313", table.span, {"names": absent}, Severity.WARNING))
    return found


def _values(type: p.Type) -> tuple[object, ...]:
    return tuple(choice.id for choice in type.choices) if isinstance(type, p.ChoiceType) else (True, False)


def _named(table: p.Table, values: tuple[object, ...]) -> Names:
    """A combination of choices in words."""
    words = [_word(given.type, value) for given, value in zip(table.inputs, values, strict=True)]
    return Names.of(en=", ".join(one.text("en") for one in words), zh="、".join(one.text("zh") for one in words))


def _word(type: p.Type, value: object) -> Names:
    if isinstance(type, p.ChoiceType):
        return next(choice.names for choice in type.choices if choice.id == value)
    return Names.of(en="yes", zh="是") if value else Names.of(en="no", zh="否")


def _whole(cell: tuple[n.Phrase, ...]) -> Span | None:
    first, last = cell[0].span, cell[-1].span
    return None if first is None or last is None else Span(first.source, first.start, last.end)


def _edges(compiler: ExpressionCompiler, node: n.Row) -> Diagnostic | None:
    """超过70万人、不超过160万人: a row whose two cells are the two edges of one value, which a word joins."""
    cells = [cell[0] for cell in node.cells if len(cell) == 1 and isinstance(cell[0], n.Compared | n.Bounded)]
    if len(cells) != 2 or len(node.cells) != 2:
        return None
    lower = [COMPARISONS[one.word.terminal] in (Comparison.MORE, Comparison.AT_LEAST) for one in cells]
    spans = [span for cell in node.cells if (span := _whole(cell)) is not None]
    if lower != [True, False] or len(spans) != 2:
        return None
    place = Span(spans[0].source, spans[0].start, spans[1].end)
    right = ("{}且{}" if compiler.scope.chinese else "{} and {}").format(spans[0].text, spans[1].text)
    data = {"found": place.text, "suggestions": (right,)}
    return Diagnostic("CR0145", place, data, fixes=(Fix(place, right),))


def _row_by_row(node: n.Row) -> tuple[Fix, ...]:
    """A row with several values of one input as a row for each."""
    spans = [span for cell in node.cells if (span := _whole(cell)) is not None]
    if node.span is None or not spans or len(spans) < len(node.cells) or node.entries:
        return ()
    text = node.span.source.text
    margin = text[text.rfind("\n", 0, node.span.start) + 1 : node.span.start]
    rest = text[spans[-1].end : node.span.end]
    rows = (f"{span.text}{rest}" for span in spans)
    return (Fix(node.span, f"\n{margin}".join(rows)),)
