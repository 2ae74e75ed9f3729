"""Members of lists in expressions: counting them, and telling whether somebody is one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import evolve

from civicrules import program as p
from civicrules.compiler.scope import Collection, Frame, Named
from civicrules.exact import Rounding
from civicrules.language import nodes as n
from civicrules.program import Expression, Field, Names, NumberType
from civicrules.source import Span

if TYPE_CHECKING:
    from civicrules.compiler.expressions import ExpressionCompiler


_ONE = Names.of(en="the name of one member", zh="一名成员的称谓")
_ALL = Names.of(en="the name of the whole list", zh="整个名单的名称")


def frame(of: Collection) -> Frame:
    """One member at hand."""
    return Frame(of.list.entity, of.list.id, of.singular)


def collection(
    compiler: ExpressionCompiler, path: n.Path, one: bool = False, some: bool = False, counted: Span | None = None
) -> Collection | None:
    """The members that a path names; `None` after a diagnostic. `counted` is the place that says their number.

    Chinese has no plural: where `some` of a list are told from the others, 候选人中 are those of the list.
    """
    scope = compiler.scope
    found = scope.collection(path, one)
    if found is not None:
        return found
    if some and scope.chinese and (found := scope.collection(path, one=True)) is not None:
        scope.note(path.span if len(path.steps) > 1 else path.steps[0].span, found.names)
        return found
    other = scope.collection(path, not one)
    if other is not None:  # `each candidates`, `number of candidate`: one and all are called otherwise
        right = (other.singular if one else other.names).text(scope.language)
        written = other.names if one else other.singular
        wanted, found_ = (_ONE, _ALL) if one else (_ALL, _ONE)
        scope.report("CR0222", path.span, name=written, wanted=wanted, found=found_, suggestions=(right,))
        return None
    before = len(scope.diagnostics)
    target = scope.find(path)
    if isinstance(target, Named) and scope.is_group(target.id):  # it is not sound, which is said there
        return None
    if target is None:
        del scope.diagnostics[before:]
        known = [form for one_ in scope.vocabulary.lists for _, form in (one_.singular if one else one_.names).forms]
        scope.unknown(path, known)
    elif not any(map(scope.is_broken, (path.span.text if path.span else "", "".join(one.text for one in path.steps)))):
        number = counted is not None and isinstance(target, Field) and isinstance(target.type, NumberType)
        itself = (path.span.text,) if number and path.span else ()
        scope.report("CR0210", counted or path.span, name=target.names, suggestions=itself)
    return None


def joined_where(of: Collection, where: Expression | None) -> Expression | None:
    """The condition of a group together with one of its own."""
    if of.where is None or where is None:
        return of.where if where is None else where
    return p.And((of.where, where))


def members(compiler: ExpressionCompiler, node: n.Members) -> tuple[Collection, Expression] | None:
    """A list, and the condition that makes a group of it; `None` after a diagnostic."""
    of = collection(compiler, node.of)
    if of is None:
        return None
    with compiler.scope.having(frame(of)):
        where = compiler.condition(node.where)
    condition = None if where is None else joined_where(of, where)
    return None if condition is None else (of, condition)


def divided(compiler: ExpressionCompiler, each: n.Each) -> tuple[Collection, p.Field] | None:
    """`each street's communities`: a list, and the fact of its members that divides it; `None` after a diagnostic."""
    if len(each.of.steps) != 2:
        compiler.scope.report("CR0225", each.span)
        return None
    name, rest = each.of.steps
    of = collection(compiler, n.Path((rest,), rest.span))
    if of is None:
        return None
    with compiler.scope.having(frame(of)):
        owned = compiler.scope.of_frames(n.Path((name,), name.span))
    if owned is None or not isinstance(owned.field.type, p.TextType | p.ChoiceType):
        known = [
            form for item in compiler.scope.vocabulary.entity(of.list.entity).fields for _, form in item.names.forms
        ]
        compiler.scope.unknown(n.Path((name,), name.span), known)
        return None
    compiler.scope.note(name.span, owned.names)
    return of, owned.field


def tally(compiler: ExpressionCompiler, node: n.Tally) -> Expression | None:
    """`number of …`, `share of …`, `total of …`, each perhaps `where …`."""
    if isinstance(node.of, n.Each):
        return tally_of_part(compiler, node, node.of)
    if node.kind == "total":
        return total(compiler, node)
    some = node.where is not None
    of = collection(compiler, node.of, some=some, counted=None if some else node.span)
    if of is None:
        return None
    where: Expression | None = None
    if node.where is not None:
        before = len(compiler.scope.diagnostics)
        with compiler.scope.having(frame(of)):
            where = compiler.condition(node.where)
            if where is None:
                from civicrules.compiler import whose  # a sound text needs none of it

                whose.swallowed_comparison(compiler.scope, node, compiler.holds_or_not, before)
        if where is None:
            return None
    of_all = p.CountOf(of.list.id, NumberType(None, True, 0, of.list.at_most), of.where, node.span)
    count = evolve(of_all, where=joined_where(of, where))
    if node.kind == "number":
        return count
    share = NumberType(None, False, 0, 1, share=True)
    return p.Arithmetic(p.Operator.DIVIDED, count, of_all, share, False, node.span)


def tally_of_part(compiler: ExpressionCompiler, node: n.Tally, each: n.Each) -> Expression | None:
    """The number of members of one part of a list: those whose fact is that of the part at hand."""
    found = divided(compiler, each)
    if found is None or node.where is None:
        return None
    of, by = found
    with compiler.scope.having(frame(of)):
        where = compiler.condition(node.where)
    if where is None:
        return None
    here = p.LocalOf(p.part_of(of.list.id, by.id), by.type)
    same = p.Compare(p.FactOf(by.key, by.type, of.list.id), p.Comparison.EQUAL, here)
    kind = NumberType(None, True, 0, of.list.at_most)
    return p.CountOf(of.list.id, kind, joined_where(of, p.And((same, where))), node.span)


def total(compiler: ExpressionCompiler, node: n.Tally) -> Expression | None:
    """The sum of a number of the members of a list: the last step of the path is theirs."""
    assert isinstance(node.of, n.Path)
    owner = n.Path(node.of.steps[:-1], node.of.steps[0].span)
    if not owner.steps:
        found = compiler.scope.collection(node.of)
        if compiler.scope.otherwise(node.span):
            return None
        compiler.scope.report("CR0223", node.span, name=node.of.steps[0].text if found is None else found.names)
        return None
    of = collection(compiler, owner)
    if of is None:
        return None
    with compiler.scope.having(frame(of)):
        value = compiler.number(n.Path(node.of.steps[-1:], node.of.steps[-1].span))
        where = None if node.where is None else compiler.condition(node.where)
    if value is None or (node.where is not None and where is None):
        return None
    assert isinstance(value.type, NumberType)
    kind = evolve(value.type, high=None)
    return p.TotalOf(of.list.id, value, kind, joined_where(of, where), node.span)


def among(
    compiler: ExpressionCompiler, who: Expression | str, node: n.AmongList, span: Span | None
) -> Expression | None:
    """Whether a person (or a member at hand, by the id of its list) is one of the members of a list."""
    if not isinstance(who, str) and not isinstance(who.type, p.PeopleType | p.TextType):
        compiler.wrong(who, Names.of(en="a person", zh="人员"))
        return None
    of = collection(compiler, node.list, some=True)
    if of is None:
        return None
    return one_of(compiler, who, of, span, negated=node.negated)


def one_of(
    compiler: ExpressionCompiler, who: Expression | str, of: Collection, span: Span | None, *, negated: bool
) -> Expression | None:
    """Whether a person (or a member at hand, by the id of its list) is one of a list whose entries can be told apart."""
    vocabulary = compiler.scope.vocabulary
    telling = {one.id for one in vocabulary.entity(of.list.entity).fields if one.identifies and _tells(one, who)}
    if isinstance(who, str):
        entity = next(one.entity for one in vocabulary.lists if one.id == who)
        telling &= {one.id for one in vocabulary.entity(entity).fields}
    if not telling:
        compiler.scope.report("CR0240", span, name=of.list.names)
        return None
    made = p.Among(who, of.list.id, of.where, span=span)
    return p.Not(made, span=span) if negated else made


def _tells(one: p.Field, who: Expression | str) -> bool:
    """Whether a fact that identifies can be what somebody is called by, where only a name is given."""
    return isinstance(who, str) or not one.personal or isinstance(one.type, p.TextType)


def identity(compiler: ExpressionCompiler, list_id: str) -> Expression | None:
    """The name of a member at hand: the first text that identifies members."""
    entry = next(one for one in compiler.scope.vocabulary.lists if one.id == list_id)
    for item in compiler.scope.vocabulary.entity(entry.entity).fields:
        if item.identifies and isinstance(item.type, p.TextType) and not item.personal:
            return p.FactOf(item.key, item.type, list_id)
    return None


def of_community(
    value: p.ValueOf, of: str, value_of: Callable[[str], p.Definition | p.Reading | None]
) -> Expression | None:
    """A value of the plan, read of one community among several: written out with the facts of that one."""

    def moved(expression: Expression) -> Expression:
        if isinstance(expression, p.FactOf) and expression.key.startswith(f"{p.COMMUNITY}."):
            return evolve(expression, of=of)
        if isinstance(expression, p.ValueOf) and expression.of == p.PLAN:
            return of_community(expression, of, value_of) or expression
        return expression

    found = value_of(value.id)
    if isinstance(found, p.Definition):
        return evolve(p.rebuilt(found.body, moved), span=value.span)
    if found is None:
        return None
    options = [option.value for option in found.options]
    kept = tuple(p.rebuilt(one, moved) for one in options if not isinstance(one, Rounding | p.RowChoice))
    return p.Chosen(value.id, kept, value.type, value.span)


def group(compiler: ExpressionCompiler, named: Named, node: n.Definition, singular: Names) -> p.Group | None:
    """`counted members means members where part-time is no`."""
    assert isinstance(node.value, n.Members)
    made = members(compiler, node.value)
    if made is None:
        return None
    of, where = made
    return p.Group(named.id, named.names, singular, of.list.id, where, None, node.span)
