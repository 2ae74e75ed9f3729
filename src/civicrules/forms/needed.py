"""Which facts a ruleset asks for, and which of its articles ask for them.

Everything that can be asked of a plan is walked: sentences, definitions, contests, allocations. A name stands for
what its definition reads, so a rule on `committee size` asks for the households that set it; a definition of a person
asks for a column of each list that it is used for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field

from civicrules.program import (
    PLAN,
    SELF,
    Allocation,
    Among,
    ChoiceType,
    Citation,
    Contest,
    CountOf,
    Definition,
    Entity,
    Expression,
    FactOf,
    Field,
    ListType,
    LocalOf,
    Names,
    Parameter,
    Program,
    Reading,
    Rule,
    Sentence,
    TextType,
    TotalOf,
    ValueOf,
    Vocabulary,
    parts,
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
    """One use of a fact: a field key, of the plan or of the members of a list; or (without key) of a list as a whole.

    A list `compared` with others by who is on it needs everything that identifies its members.
    """

    key: str
    asker: Asker
    of: str = PLAN
    compared: bool = False


# Those who ask for one fact, by what makes them one, in the order of the ruleset.
_Askers = dict[tuple[object, ...], Asker]


def needed(program: Program) -> Needed:
    """The facts that the rules, definitions, contests and allocations of a program read.

    A fact of a member is a column of the list that is spoken of; of one that takes others together, of each of these.
    Every list has the column that tells its rows apart: the first field that identifies members, else the first text,
    else all fields. Where members are spoken of by name, in public or in a count, the name is asked for too.
    """
    vocabulary = program.vocabulary
    asked: dict[tuple[str, str], _Askers] = {}
    compared: set[str] = set()
    for ask in _asks(program):
        for of in (PLAN,) if ask.of == PLAN else vocabulary.filled(ask.of):
            asked.setdefault((of, ask.key), {}).setdefault(ask.asker.identity, ask.asker)
            compared.update((of,) if ask.compared else ())
    counted = {entry.id for count in _counts(program) for entry in _counted(program, count)}
    members = vocabulary.listed()
    blocks = (
        NeededEntity(entity, _fields(entity, PLAN, asked)) for entity in vocabulary.entities if entity.id not in members
    )
    tables = (
        _table(vocabulary, entry, asked, entry.id in compared, entry.public or entry.id in counted)
        for entry in vocabulary.lists
        if any(of == entry.id for of, _ in asked)
    )
    return Needed(entities=tuple(block for block in blocks if block.fields), lists=tuple(tables))


def _fields(entity: Entity, of: str, asked: Mapping[tuple[str, str], _Askers]) -> tuple[NeededField, ...]:
    return tuple(NeededField(f, tuple(asked[of, f.key].values())) for f in entity.fields if (of, f.key) in asked)


def _table(
    vocabulary: Vocabulary, entry: ListType, asked: Mapping[tuple[str, str], _Askers], compared: bool, named: bool
) -> NeededList:
    entity = vocabulary.entity(entry.entity)
    known = {one.field.key: one for one in _fields(entity, entry.id, asked)}
    telling = {f.key for f in identifying(entity)[: None if compared else 1]}
    if named:
        telling |= {f.key for f in entity.fields if f.id == "name"}
    columns = tuple(known.get(f.key, NeededField(f)) for f in entity.fields if f.key in known or f.key in telling)
    return NeededList(entry, columns, tuple(asked.get((entry.id, ""), {}).values()))


def identifying(entity: Entity) -> tuple[Field, ...]:
    """The fields that tell the members of a list apart, the one to ask for first."""
    declared = tuple(f for f in entity.fields if f.identifies)
    texts = tuple(f for f in entity.fields if isinstance(f.type, TextType))
    return declared or texts[:1] or entity.fields[:1]


# ---------------------------------------------------------------- who asks


def _asks(program: Program) -> Iterator[_Ask]:
    walk = _Walk(program)
    for rule in program.rules:
        for sentence in rule.sentences:
            yield from _of_sentence(walk, rule, sentence)
    used = _used(walk)
    for definition in program.definitions:
        asker = Asker(definition.id, definition.names, definition.citation)
        for who in used.get(definition.id, () if definition.entity in program.vocabulary.listed() else (PLAN,)):
            yield from walk.asks(asker, (definition.body,), who)
    for count in _counts(program):
        yield from _of_count(walk, count)


def _of_sentence(walk: _Walk, rule: Rule, sentence: Sentence) -> Iterator[_Ask]:
    asker = Asker(rule.id, rule.title if rule.title.forms else rule.names, sentence.citation)
    if sentence.each is not None:
        yield _Ask("", asker, sentence.each.list)
    yield from walk.asks(asker, _expressions(sentence))


def _expressions(sentence: Sentence) -> tuple[Expression, ...]:
    """Everything that a sentence reads, in the order in which it is written."""
    each = sentence.each
    exemptions = (one for exemption in sentence.exemptions for one in (exemption.condition, exemption.instead))
    found = (each.where if each is not None else None, sentence.guard, sentence.requirement, *exemptions)
    return tuple(one for one in found if one is not None)


def _counts(program: Program) -> tuple[Contest | Allocation, ...]:
    return (*program.contests, *program.allocations)


def _used(walk: _Walk) -> Mapping[str, tuple[str, ...]]:
    """Of whom each definition is read: the plan, or the lists whose members it is asked of."""
    found: dict[str, dict[str, None]] = {}
    read = [one for rule in walk.program.rules for sentence in rule.sentences for one in _expressions(sentence)]
    read += [one for count in _counts(walk.program) for one in _parameters(count.parameters.values())[0]]
    read += [d.body for d in walk.program.definitions if d.entity not in walk.program.vocabulary.listed()]
    for node, who in walk.nodes(read):
        if isinstance(node, ValueOf):
            found.setdefault(node.id, {})[_of(node.of, who)] = None
    for definition in walk.program.definitions:
        if definition.entity not in walk.program.vocabulary.listed():
            found.setdefault(definition.id, {}).setdefault(PLAN)
    return {id: tuple(whose) for id, whose in found.items()}


def _of_count(walk: _Walk, count: Contest | Allocation) -> Iterator[_Ask]:
    asker = Asker(count.id, count.title if count.title.forms else count.names, count.citation)
    expressions, words = _read_by(walk.program, count)
    yield from walk.asks(asker, expressions)
    vocabulary = walk.program.vocabulary
    local = {node.id for node, _ in walk.nodes(expressions) if isinstance(node, LocalOf)}
    for entry in _counted(walk.program, count):
        yield _Ask("", asker, entry.id)
        for candidate in vocabulary.entity(entry.entity).fields:
            if candidate.id in local or candidate.id in words or candidate.key in words or _holds(candidate, words):
                yield _Ask(candidate.key, asker, entry.id)
    members = vocabulary.listed()
    for entity in vocabulary.entities:
        yield from (_Ask(f.key, asker) for f in entity.fields if f.key in words and entity.id not in members)


def _read_by(program: Program, count: Contest | Allocation) -> tuple[tuple[Expression, ...], frozenset[str]]:
    """The expressions that a count reads, and its words; those of a further ballot with the list of the one before."""
    expressions, words = _parameters(count.parameters.values())
    return expressions, words | _followed(program, count)


def _counted(program: Program, count: Contest | Allocation) -> tuple[ListType, ...]:
    """The lists whose members a count names."""
    return _lists_of(program.vocabulary, _read_by(program, count)[1])


def _followed(program: Program, count: Contest | Allocation) -> frozenset[str]:
    """The list of the contest that a further ballot follows: its candidates come from there."""
    above = (one for one in program.contests if one.parameters.get("shortfall") == f"contest:{count.id}")
    return frozenset(str(one.parameters["candidates"]) for one in above if "candidates" in one.parameters)


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


def _of(of: str, who: str) -> str:
    """Whose fact is read, where `who` is the one that a definition belongs to: the id of a list, or the plan."""
    return who if of == SELF else of


@frozen
class _Walk:
    """The nodes below an expression, through the definitions and readings that it names."""

    program: Program

    def asks(self, asker: Asker, expressions: Iterable[Expression], who: str = PLAN) -> Iterator[_Ask]:
        for node, whose in self.nodes(expressions, who):
            match node:
                case FactOf(key=key, of=of):
                    yield _Ask(key, asker, _of(of, whose))
                case CountOf(list=list_id) | TotalOf(list=list_id):
                    yield _Ask("", asker, list_id)
                case Among(who=person, list=list_id):
                    yield _Ask("", asker, list_id, isinstance(person, str))
                    if isinstance(person, str) and _of(person, whose) != PLAN:
                        yield _Ask("", asker, _of(person, whose), True)
                case _:
                    pass

    def nodes(self, expressions: Iterable[Expression], who: str = PLAN) -> Iterator[tuple[Expression, str]]:
        """Each node with the one that `SELF` stands for in it."""
        waiting = [(expression, who) for expression in expressions][::-1]
        followed: set[tuple[str, str]] = set()
        while waiting:
            node, whose = waiting.pop()
            yield node, whose
            waiting.extend((part, whose) for part in reversed(parts(node)))
            if isinstance(node, ValueOf):
                owner = _of(node.of, whose)
                if (node.id, owner) not in followed:
                    followed.add((node.id, owner))
                    waiting.extend((behind, owner) for behind in reversed(self._behind(node.id)))

    def _behind(self, name: str) -> tuple[Expression, ...]:
        """The expressions that a name stands for: a definition's body, or every option of a reading."""
        named: tuple[Definition | Reading, ...] = (*self.program.definitions, *self.program.readings)
        for candidate in named:
            if candidate.id == name:
                return (candidate.body,) if isinstance(candidate, Definition) else _options(candidate)
        return ()


def _options(reading: Reading) -> tuple[Expression, ...]:
    return tuple(option.value for option in reading.options if isinstance(option.value, Expression))
