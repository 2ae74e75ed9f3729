"""Days in expressions: so long before or after another day, so long ago, ages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicrules import days
from civicrules import program as p
from civicrules.compiler.scope import Owned
from civicrules.language import nodes as n
from civicrules.program import Comparison, Expression, Names, NumberType
from civicrules.source import Span

if TYPE_CHECKING:
    from civicrules.compiler.expressions import ExpressionCompiler

UNITS = {
    "LIFE_YEARS": days.Unit.YEAR,
    "YEARS": days.Unit.YEAR,
    "MONTHS": days.Unit.MONTH,
    "WEEKS": days.Unit.WEEK,
    "DAYS": days.Unit.DAY,
    "WORKING_DAYS": days.Unit.WORKING_DAY,
}
IDS = {unit: unit.value.replace(" ", "_") for unit in days.Unit}
A_DAY = Names.of(en="a day", zh="日期")


def duration(compiler: ExpressionCompiler, node: n.Duration) -> Expression:
    """A number of days, months or years."""
    unit = IDS[UNITS[node.unit.terminal]]
    whole = isinstance(node.number, int)
    low = int(node.number) if whole else None
    return p.Literal(node.number, NumberType(unit, whole, low, low), node.span)


def day(compiler: ExpressionCompiler, node: n.Phrase) -> Expression | None:
    """A phrase that must be a day."""
    found = compiler.expression(node)
    if found is not None and not isinstance(found.type, p.DateType):
        compiler.wrong(found, A_DAY)
        return None
    return found


def shift(compiler: ExpressionCompiler, node: n.Shift) -> Expression | None:
    """The day so long before or after another."""
    found = day(compiler, node.day)
    if found is None:
        return None
    if not isinstance(node.duration.number, int):
        expected = Names.of(en="a whole number", zh="整数")
        compiler.scope.report("CR0204", node.duration.span, found=str(node.duration.number), expected=expected)
        return None
    unit = UNITS[node.duration.unit.terminal]
    if node.back and compiler.conventions.back is None:
        compiler.once("CR0352", node.span)
    number = duration(compiler, node.duration)
    return p.Shifted(found, number, unit, node.back, span=node.span)


def at_least_before(
    compiler: ExpressionCompiler, value: Expression, how: Comparison, node: n.Shift, span: Span | None
) -> Expression | None:
    """`at least 3 days before E`: more time before a day is an earlier day."""
    end = shift(compiler, node)
    if end is None:
        return None
    if not isinstance(value.type, p.DateType):
        compiler.wrong(value, A_DAY)
        return None
    return p.Compare(value, how.mirrored if node.back else how, end, span=span)


def within(compiler: ExpressionCompiler, value: Expression, node: n.Shift, span: Span | None) -> Expression | None:
    """`within 5 days after E`: from E on, and no later than the end of the period."""
    event, end = day(compiler, node.day), shift(compiler, node)
    if event is None or end is None:
        return None
    if not isinstance(value.type, p.DateType):
        compiler.wrong(value, A_DAY)
        return None
    low, high = (end, event) if node.back else (event, end)
    return p.And((p.Compare(value, Comparison.AT_LEAST, low), p.Compare(value, Comparison.AT_MOST, high)), span=span)


def ago(compiler: ExpressionCompiler, value: Expression, node: n.Ago, span: Span | None) -> Expression | None:
    """`released less than 5 years ago`: counted to the day on which ages are counted."""
    from civicrules.compiler.expressions import COMPARISONS

    if not isinstance(value.type, p.DateType):
        compiler.wrong(value, A_DAY)
        return None
    until = compiler.age_date(node.span)
    if until is None:
        return None
    unit = UNITS[node.duration.unit.terminal]
    limit = duration(compiler, node.duration)
    passed = p.Elapsed(value, until, unit, NumberType(IDS[unit], low=None), span=span)
    return p.Compare(passed, COMPARISONS[node.word.terminal], limit, span=span)


def age(compiler: ExpressionCompiler, fact: p.FactOf, span: Span | None) -> Expression | None:
    """An age: stated, or counted to the day that the ruleset names."""
    until = compiler.age_date(span)
    return None if until is None else p.Age(fact, _birth(compiler, fact), until, fact.type, span)


def age_on(compiler: ExpressionCompiler, node: n.AgeOn) -> Expression | None:
    """An age on a day named beside it; the head need not name one."""
    age_path = node.age.of if isinstance(node.age, n.Each) else node.age
    found = compiler.scope.find(age_path)
    until = day(compiler, node.day)
    if found is None:
        compiler.scope.unknown(age_path, ())
        return None
    if not isinstance(found, Owned) or found.field.since is None:
        compiler.scope.report("CR0224", node.span)
        return None
    if until is None:
        return None
    birth = _birth(compiler, p.FactOf(found.field.key, found.field.type, found.of, age_path.span))
    return p.Elapsed(birth, until, days.Unit.YEAR, NumberType(IDS[days.Unit.YEAR]), True, node.span)


def _birth(compiler: ExpressionCompiler, fact: p.FactOf) -> p.FactOf:
    since = compiler.scope.vocabulary.field(fact.key).since
    assert since is not None
    return p.FactOf(since, p.DateType(), fact.of, fact.span)
