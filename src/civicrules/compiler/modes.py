"""Modes that a plan chooses: which of them no rule covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from civicrules import program as p
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.program import Comparison, Expression


def uncovered(
    rules: Iterable[p.Rule], blocks: Iterable[p.Contest | p.Allocation], vocabulary: p.Vocabulary
) -> Iterator[Diagnostic]:
    """A choice of the plan that some rules are guarded by, while of another of its values no guard or contest speaks.

    Facts that are as found are no choice of the plan. A guard that denies a value speaks of all the others.
    """
    spoken: dict[str, set[str]] = {}
    first: dict[str, Expression] = {}
    for block in blocks:
        for value in block.parameters.values():
            if isinstance(value, p.OneOf) and (held := _values(value)) is not None:
                spoken.setdefault(held[0].key, set()).update(held[1])
    for rule in rules:
        for sentence in rule.sentences:
            for test in _parts(sentence.guard):
                found = _values(test)
                if found is not None:
                    fact, values = found
                    spoken.setdefault(fact.key, set()).update(values)
                    first.setdefault(fact.key, test)
    for key, values in spoken.items():
        item = vocabulary.field(key)
        if key not in first or item.given or not isinstance(item.type, p.ChoiceType):
            continue
        left = tuple(choice.names for choice in item.type.choices if choice.id not in values)
        if left:
            data = {"name": item.names, "names": left}
            yield Diagnostic("CR0370", first[key].span, data, Severity.ADVICE)


def _parts(guard: Expression | None) -> tuple[Expression, ...]:
    if guard is None:
        return ()
    return guard.parts if isinstance(guard, p.And | p.Or) else (guard,)


def _values(test: Expression) -> tuple[p.FactOf, set[str]] | None:
    """The fact of the plan that a guard tests, and the values that it speaks of."""
    match test:
        case p.Compare(left=p.FactOf(type=p.ChoiceType() as of, of=p.PLAN) as fact, right=p.Literal(value=value)):
            if test.comparison is Comparison.EQUAL:
                return fact, {str(value)}
            return fact, {choice.id for choice in of.choices}
        case p.OneOf(value=p.FactOf(type=p.ChoiceType(), of=p.PLAN) as fact, among=among):
            return fact, {str(one.value) for one in among if isinstance(one, p.Literal)}
        case p.Not(of=p.OneOf(value=p.FactOf(type=p.ChoiceType() as of, of=p.PLAN) as fact)):
            return fact, {choice.id for choice in of.choices}
    return None
