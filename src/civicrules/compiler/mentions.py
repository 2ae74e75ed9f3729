"""The names that stand in an expression, in order: what a finding shows values for."""

from __future__ import annotations

from collections.abc import Iterator

from civicrules import program as p
from civicrules.compiler.scope import Scope
from civicrules.program import Expression, Mention, Names


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
    for node in _seen(expression):
        if not isinstance(node, p.FactOf | p.ValueOf | p.CountOf | p.TotalOf | p.Age | p.Elapsed) or node in seen:
            continue
        seen.add(node)
        match node:
            case p.Elapsed(since=p.FactOf(key=key), age=True):
                yield Mention(node, fact_names(scope, _age_counted_from(scope, key)))
            case p.Age(stated=p.FactOf(key=key)) | p.Elapsed(since=p.FactOf(key=key)):
                yield Mention(node, fact_names(scope, key))
            case p.Elapsed():
                pass
            case p.FactOf(key=key):
                yield Mention(node, fact_names(scope, key))
            case p.ValueOf(id=id):
                yield Mention(node, next(named.names for named in scope.named.values() if named.id == id))
            case p.CountOf(list=list_id) | p.TotalOf(list=list_id):
                names = next(entry.names for entry in scope.vocabulary.lists if entry.id == list_id)
                yield Mention(node, _count_names(node, names, scope.language))


def _age_counted_from(scope: Scope, birth: str) -> str:
    """The age that is counted from a day, by its key."""
    entity = scope.vocabulary.entity(birth.rpartition(".")[0])
    return next((item.key for item in entity.fields if item.since == birth), birth)


def _seen(expression: Expression) -> Iterator[Expression]:
    """What is shown of an expression: of a count over members and of a period, only its number."""
    yield expression
    if not isinstance(expression, p.CountOf | p.TotalOf | p.Age | p.Elapsed):
        for child in p.parts(expression):
            yield from _seen(child)


def _count_names(node: p.CountOf | p.TotalOf, names: Names, language: str) -> Names:
    """A plain count in every language; one with a condition as it was written, until the printer has it."""
    if isinstance(node, p.CountOf) and node.where is None:
        return Names.of(en=f"number of {names.text('en')}", zh=f"{names.text('zh')}的数量")
    written = " ".join(node.span.text.split()) if node.span is not None else names.text(language)
    return Names.of(**{language: written})
