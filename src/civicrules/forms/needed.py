"""Which facts a ruleset asks for, and which of its articles ask for them.

Everything that can be asked of a plan is walked: sentences, definitions, contests, allocations. A name stands for
what its definition reads, so a rule on `committee size` asks for the households that set it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from attrs import field

from civicrules.program import (
    Allocation,
    And,
    Arithmetic,
    Call,
    ChoiceType,
    Citation,
    Clamped,
    Compare,
    Contest,
    CountOf,
    Definition,
    Entity,
    Excess,
    Expression,
    FactOf,
    Field,
    ListType,
    Literal,
    LocalOf,
    Names,
    Not,
    OneOf,
    Or,
    Parameter,
    Program,
    RangeOf,
    Rate,
    Reading,
    Rounded,
    ShareOf,
    Table,
    TextType,
    ValueOf,
    Vocabulary,
    Within,
    YearsAfter,
)
from civicrules.values import frozen


@frozen
class Asker:
    """A rule, definition, contest or allocation that reads a fact, with the article it rests on."""

    id: str
    names: Names = field(eq=False, repr=False)
    citation: Citation | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes two askers one: citations compare without their articles, so these are told apart here."""
        return (self.id, self.citation and (self.citation.source, self.citation.article.forms))


@frozen
class NeededField:
    """A field to fill in and who asks for it, in the order of the ruleset; nobody when it only tells rows apart."""

    field: Field
    askers: tuple[Asker, ...] = ()


@frozen
class NeededEntity:
    """A block of the form: one thing of the plan with the fields asked of it."""

    entity: Entity
    fields: tuple[NeededField, ...]


@frozen
class NeededList:
    """A table of the form: a list, who counts or reads it, and its columns."""

    list: ListType
    fields: tuple[NeededField, ...]
    askers: tuple[Asker, ...] = ()


@frozen
class Needed:
    """All facts that a ruleset asks for, in the order of its vocabulary."""

    entities: tuple[NeededEntity, ...] = ()
    lists: tuple[NeededList, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields by `entity.field`, blocks before tables."""
        groups: tuple[NeededEntity | NeededList, ...] = (*self.entities, *self.lists)
        return tuple(dict.fromkeys(entry.field.key for group in groups for entry in group.fields))


@frozen
class _Ask:
    """One use of a fact: a field key, or the id of a list as a whole."""

    key: str
    asker: Asker
    list: bool = False


# Those who ask for one fact, by what makes them one, in the order of the ruleset.
_Askers = dict[tuple[object, ...], Asker]


def needed(program: Program) -> Needed:
    """The facts that the rules, definitions, contests and allocations of a program read.

    A list that is only counted still gets the column that tells its rows apart: the first text field of its members,
    or all fields where there is no text. A fact of list members is a column of every list of these members.
    """
    asked: dict[str, _Askers] = {}
    listed: dict[str, _Askers] = {}
    for ask in _asks(program):
        (listed if ask.list else asked).setdefault(ask.key, {}).setdefault(ask.asker.identity, ask.asker)
    vocabulary = program.vocabulary
    members = vocabulary.listed()
    blocks = (
        NeededEntity(entity, _fields(entity, asked)) for entity in vocabulary.entities if entity.id not in members
    )
    tables = (_table(vocabulary, entry, asked, listed) for entry in vocabulary.lists)
    return Needed(
        entities=tuple(block for block in blocks if block.fields),
        lists=tuple(table for table in tables if table is not None),
    )


def _fields(entity: Entity, asked: Mapping[str, _Askers]) -> tuple[NeededField, ...]:
    return tuple(NeededField(f, tuple(asked[f.key].values())) for f in entity.fields if f.key in asked)


def _table(
    vocabulary: Vocabulary,
    entry: ListType,
    asked: Mapping[str, _Askers],
    listed: Mapping[str, _Askers],
) -> NeededList | None:
    entity = vocabulary.entity(entry.entity)
    if entry.id not in listed and not any(f.key in asked for f in entity.fields):
        return None
    name = next((f.key for f in entity.fields if isinstance(f.type, TextType)), None)
    columns = tuple(
        NeededField(f, tuple(asked.get(f.key, {}).values())) for f in entity.fields if f.key in asked or f.key == name
    )
    columns = columns or tuple(NeededField(f) for f in entity.fields)
    return NeededList(entry, columns, tuple(listed.get(entry.id, {}).values()))


# ---------------------------------------------------------------- who asks


def _asks(program: Program) -> Iterator[_Ask]:
    walk = _Walk(program)
    for rule in program.rules:
        for sentence in rule.sentences:
            asker = Asker(rule.id, rule.title if rule.title.forms else rule.names, sentence.citation)
            parts = (sentence.requirement,) if sentence.guard is None else (sentence.guard, sentence.requirement)
            yield from walk.asks(asker, parts)
    for definition in program.definitions:
        yield from walk.asks(Asker(definition.id, definition.names, definition.citation), (definition.body,))
    counts: tuple[Contest | Allocation, ...] = (*program.contests, *program.allocations)
    for count in counts:
        yield from _of_count(walk, count)


def _of_count(walk: _Walk, count: Contest | Allocation) -> Iterator[_Ask]:
    asker = Asker(count.id, count.title if count.title.forms else count.names, count.citation)
    expressions, words = _parameters(count.parameters.values())
    yield from walk.asks(asker, expressions)
    vocabulary = walk.program.vocabulary
    lists = _lists_of(vocabulary, words)
    local = {node.id for node in walk.nodes(expressions) if isinstance(node, LocalOf)}
    for entry in lists:
        yield _Ask(entry.id, asker, list=True)
        for candidate in vocabulary.entity(entry.entity).fields:
            if candidate.id in local or candidate.id in words or candidate.key in words or _holds(candidate, words):
                yield _Ask(candidate.key, asker)
    for entity in vocabulary.entities:
        yield from (_Ask(f.key, asker) for f in entity.fields if f.key in words)


def _parameters(values: Iterable[Parameter]) -> tuple[tuple[Expression, ...], frozenset[str]]:
    """The expressions among the parameters of a method, and its words: ids of lists, fields, posts and options."""
    flat = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    return tuple(part for part in flat if not isinstance(part, str)), frozenset(p for p in flat if isinstance(p, str))


def _lists_of(vocabulary: Vocabulary, words: frozenset[str]) -> tuple[ListType, ...]:
    """The lists that a count names; one that names only posts is about the lists whose members have such a post."""
    named = tuple(entry for entry in vocabulary.lists if entry.id in words)
    return named or tuple(
        entry
        for entry in vocabulary.lists
        if any(_holds(candidate, words) for candidate in vocabulary.entity(entry.entity).fields)
    )


def _holds(candidate: Field, words: frozenset[str]) -> bool:
    """Whether a field is a choice among the words, as the post of a candidate is among the posts of a contest."""
    return isinstance(candidate.type, ChoiceType) and any(choice.id in words for choice in candidate.type.choices)


# ---------------------------------------------------------------- the walk


@frozen
class _Walk:
    """The nodes below an expression, through the definitions and readings that it names."""

    program: Program

    def asks(self, asker: Asker, expressions: Iterable[Expression]) -> Iterator[_Ask]:
        for node in self.nodes(expressions):
            match node:
                case FactOf(key=key):
                    yield _Ask(key, asker)
                case CountOf(list=list_id):
                    yield _Ask(list_id, asker, list=True)
                case _:
                    pass

    def nodes(self, expressions: Iterable[Expression]) -> Iterator[Expression]:
        waiting = list(expressions)[::-1]
        followed: set[str] = set()
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(_parts(node)))
            for name in _names(node):
                if name not in followed:
                    followed.add(name)
                    waiting.extend(reversed(self._behind(name)))

    def _behind(self, name: str) -> tuple[Expression, ...]:
        """The expressions that a name stands for: a definition's body, or every option of a reading."""
        named: tuple[Definition | Reading, ...] = (*self.program.definitions, *self.program.readings)
        for candidate in named:
            if candidate.id == name:
                return (candidate.body,) if isinstance(candidate, Definition) else _options(candidate)
        return ()


def _options(reading: Reading) -> tuple[Expression, ...]:
    return tuple(option.value for option in reading.options if isinstance(option.value, Expression))


def _names(node: Expression) -> tuple[str, ...]:
    """The definitions and readings that a node itself refers to."""
    match node:
        case ValueOf(id=name):
            return (name,)
        case _:
            return ()


def _parts(node: Expression) -> tuple[Expression, ...]:
    """The expressions directly below a node, in the order they are written."""
    match node:
        case Literal() | FactOf() | ValueOf() | CountOf() | LocalOf():
            return ()
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case ShareOf(base=base):
            return (base,)
        case Excess(of=of, above=above):
            return (of, above)
        case Rate(count=count, per=per, of=of):
            return (count, per, of)
        case Rounded(of=of) | Not(of=of):
            return (of,)
        case Clamped(of=of, low=low, high=high):
            return _present(of, low, high)
        case RangeOf(low=low, high=high):
            return (low, high)
        case YearsAfter(day=day):
            return (day,)
        case Call(arguments=arguments):
            return arguments
        case Within(value=value, range=bounds):
            return (value, bounds)
        case OneOf(value=value, among=among):
            return (value, *among)
        case And(parts=parts) | Or(parts=parts):
            return parts
        case Table(input=input_, rows=rows):
            cells = (cell for row in rows for cell in _present(row.low, row.high, row.equals, row.value))
            return (input_, *cells)
        case _:
            assert_never(node)


def _present(*parts: Expression | None) -> tuple[Expression, ...]:
    return tuple(part for part in parts if part is not None)
