"""Ids of what is said without a name: from the ids of what it names, so that they are the same in every language."""

from __future__ import annotations

from fractions import Fraction

from civicrules import program as p
from civicrules.compiler import members
from civicrules.compiler.expressions import ExpressionCompiler
from civicrules.compiler.scope import Collection
from civicrules.compiler.vocabulary import id_of
from civicrules.facts import Blank
from civicrules.language import nodes as n
from civicrules.program import Comparison, Expression, identifier

_COMPARED = {
    Comparison.AT_LEAST: "is_at_least",
    Comparison.AT_MOST: "is_at_most",
    Comparison.MORE: "is_more_than",
    Comparison.LESS: "is_less_than",
    Comparison.EQUAL: "is",
    Comparison.UNEQUAL: "is_not",
}


def tallied(compiler: ExpressionCompiler, node: n.Tally) -> str | None:
    """The id of a count, a share or a total: `share_of_candidates_where_sex_is_female`; `None` where it is not sound."""
    found = _counted(compiler, node)
    if found is None:
        return None
    of, id = found
    if node.where is None:
        return f"{node.kind}_of_{id}"
    with compiler.scope.having(members.frame(of)):
        where = compiler.condition(node.where)
    return None if where is None else f"{node.kind}_of_{id}_where_{spelled(where)}"


def _counted(compiler: ExpressionCompiler, node: n.Tally) -> tuple[Collection, str] | None:
    """What a tally counts, and its id: a list, a group, each part of a list, or a number of its members."""
    if isinstance(node.of, n.Each):
        divided = members.divided(compiler, node.of)
        return None if divided is None else (divided[0], f"each_{divided[1].id}s_{divided[0].list.id}")
    if node.kind == "total":
        owner, last = n.Path(node.of.steps[:-1], node.of.steps[0].span), n.Path(node.of.steps[-1:])
        of = members.collection(compiler, owner) if owner.steps else None
        if of is None:
            return None
        with compiler.scope.having(members.frame(of)):
            value = compiler.number(last)
        return None if value is None else (of, f"{id_of(of.names)}_{spelled(value)}")
    of = members.collection(compiler, node.of)
    return None if of is None else (of, id_of(of.names))


def spelled(expression: Expression) -> str:
    """An expression as an id: what it names, by their ids.

    >>> from civicrules.program import Compare, FactOf, Literal, NumberType
    >>> spelled(Compare(FactOf("person.age", NumberType()), Comparison.AT_MOST, Literal(65, NumberType())))
    'age_is_at_most_65'
    """
    match expression:
        case p.Compare(left=left, comparison=Comparison.EQUAL, right=p.Literal(value=bool() as value)):
            return spelled(left) if value else f"not_{spelled(left)}"
        case p.Compare(left=left, comparison=how, right=right):
            return f"{spelled(left)}_{_COMPARED[how]}_{spelled(right)}"
        case p.Literal(value=Fraction() as value):
            return f"{value.numerator}_of_{value.denominator}"
        case p.Literal(value=Blank()):
            return Blank.NONE.value
        case p.Literal(value=value):
            return identifier(str(value).replace("-", " "))
        case p.FactOf() | p.ValueOf() | p.LocalOf():
            return expression.id
        case p.CountOf(list=id, where=where):
            return f"number_of_{id}" if where is None else f"number_of_{id}_where_{spelled(where)}"
        case p.TotalOf(list=id, of=of, where=where):
            return f"total_of_{id}_{spelled(of)}" + ("" if where is None else f"_where_{spelled(where)}")
        case p.Age(stated=stated):
            return spelled(stated)
        case p.Among(list=id, where=where):
            return f"among_{id}" if where is None else f"among_{id}_where_{spelled(where)}"
        case p.Not(of=of):
            return f"not_{spelled(of)}"
        case p.And(parts=inner):
            return "_and_".join(map(spelled, inner))
        case p.Or(parts=inner) | p.AtLeastOf(parts=inner):
            return "_or_".join(map(spelled, inner))
        case p.OneOf(value=value, among=among):
            return f"{spelled(value)}_is_{'_or_'.join(map(spelled, among))}"
        case p.RangeOf(low=low, high=high):
            return f"{spelled(low)}_to_{spelled(high)}"
        case _:
            return "_".join(map(spelled, p.parts(expression)))
