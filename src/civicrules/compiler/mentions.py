"""The names that stand in an expression, in order: what a finding shows values for."""

from __future__ import annotations

from collections.abc import Iterator

from civicrules import program as p
from civicrules.compiler.scope import Scope
from civicrules.program import Expression, Mention, Names


def _children(expression: Expression) -> Iterator[Expression]:
    match expression:
        case p.Arithmetic(left=left, right=right) | p.Compare(left=left, right=right):
            yield from (left, right)
        case p.ShareOf(base=base):
            yield base
        case p.Excess(of=of, above=above):
            yield from (of, above)
        case p.Rate(count=count, per=per, of=of):
            yield from (count, per, of)
        case p.Rounded(of=of) | p.Not(of=of):
            yield of
        case p.Clamped(of=of, low=low, high=high):
            yield from (e for e in (of, low, high) if e is not None)
        case p.RangeOf(low=low, high=high):
            yield from (low, high)
        case p.YearsAfter(day=day):
            yield day
        case p.Call(arguments=arguments):
            yield from arguments
        case p.Within(value=value, range=range_):
            yield from (value, range_)
        case p.OneOf(value=value, among=among):
            yield from (value, *among)
        case p.And(parts=parts) | p.Or(parts=parts):
            yield from parts
        case p.Table(input=given, rows=rows):
            yield given
            for row in rows:
                yield from (e for e in (row.low, row.high, row.equals, row.value) if e is not None)
        case _:
            return


def walk(expression: Expression) -> Iterator[Expression]:
    """An expression and everything in it, in the order it was written."""
    yield expression
    for child in _children(expression):
        yield from walk(child)


def fact_names(scope: Scope, key: str) -> Names:
    """How a fact is called outside its entity: with the body's name where it belongs to one."""
    entity = scope.vocabulary.entity(key.rpartition(".")[0])
    item = scope.vocabulary.field(key)
    if not entity.body:
        return item.names
    return Names.of(
        en=f"{entity.names.text('en')}'s {item.names.text('en')}",
        zh=f"{entity.names.text('zh')}的{item.names.text('zh')}",
    )


def mentions(expression: Expression, scope: Scope) -> Iterator[Mention]:
    """Facts, definitions, value-readings and counts in an expression, each once, in order."""
    seen: set[object] = set()
    for node in walk(expression):
        if not isinstance(node, p.FactOf | p.ValueOf | p.CountOf) or node in seen:
            continue
        seen.add(node)
        match node:
            case p.FactOf(key=key):
                yield Mention(node, fact_names(scope, key))
            case p.ValueOf(id=id):
                yield Mention(node, next(named.names for named in scope.named.values() if named.id == id))
            case p.CountOf(list=list_id):
                names = next(entry.names for entry in scope.vocabulary.lists if entry.id == list_id)
                en, zh = f"number of {names.text('en')}", f"{names.text('zh')}的数量"
                yield Mention(node, Names.of(en=en, zh=zh))
