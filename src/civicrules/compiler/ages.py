"""Which years are years of life: those that stand beside an age. Languages may have a word of their own for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from civicrules import days
from civicrules import program as p
from civicrules.compiler.scope import Scope
from civicrules.program import Expression, Names

_YEAR = days.Unit.YEAR.value
Named = Callable[[str], p.Definition | p.Reading | None]


def note(scope: Scope, value: Expression, other: Expression, value_of: Named) -> None:
    """Remember the years of a value that is compared with an age, those of its definition included."""
    if not is_age(scope, other):
        return
    if isinstance(value, p.ValueOf):
        scope.ages.add(value.id)
    for found in _results(value, value_of):
        same = found.span is not None and other.span is not None and found.span.source == other.span.source
        if same and isinstance(found.type, p.NumberType) and found.type.unit == _YEAR:
            scope.note(found.span, Names.of(en="year" if found.value == 1 else "years", zh="周岁"))


def is_age(scope: Scope, of: Expression) -> bool:
    """Whether an expression is an age: a declared one, stated or counted, one on another day, or the limit of one."""
    match of:
        case p.Age() | p.Elapsed(age=True):
            return True
        case p.FactOf(key=key, type=p.NumberType(unit=str() as unit)):
            return unit == _YEAR and scope.vocabulary.field(key).since is not None
        case p.ValueOf(id=id):
            return id in scope.ages
        case _:
            return False


def _results(of: Expression, value_of: Named) -> Iterator[p.Literal]:
    """The written numbers that a value can come out as, or is put together from."""
    match of:
        case p.Literal():
            yield of
        case p.ValueOf(id=id):
            for inner in _values(value_of(id)):
                yield from _results(inner, value_of)
        case p.Table(rows=rows, otherwise=otherwise):
            for inner in (*(row.value for row in rows), *((otherwise,) if otherwise is not None else ())):
                yield from _results(inner, value_of)
        case p.Cases(cases=cases, otherwise=otherwise):
            for inner in (*(value for _, value in cases), *((otherwise,) if otherwise is not None else ())):
                yield from _results(inner, value_of)
        case p.RangeOf() | p.Rounded() | p.Clamped():
            for inner in p.parts(of):
                yield from _results(inner, value_of)
        case _:
            return


def _values(named: p.Definition | p.Reading | None) -> Iterator[Expression]:
    match named:
        case p.Definition(body=body):
            yield body
        case p.Reading(options=options):
            yield from (one.value for one in options if isinstance(one.value, Expression))
        case None:
            return
