"""What a name stands for. Names are looked up from the inside out: the body at hand, the community, the plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import assert_never

from attrs import define, evolve, field

from civicrules.compiler.broken import is_part
from civicrules.diagnostics import Diagnostic, Fix
from civicrules.exact import Exact
from civicrules.language import nodes as n
from civicrules.plugin import Function
from civicrules.program import (
    Choice,
    ChoiceType,
    DateType,
    Entity,
    Expression,
    Field,
    ListType,
    Names,
    NumberType,
    PeopleType,
    RangeType,
    TextType,
    TruthType,
    Type,
    Vocabulary,
    counted,
    identifier,
)
from civicrules.source import Span
from civicrules.values import frozen

# Places of words that compare, as the orders of words call them.
RANKS = Names.of(en="ranks", zh="ranks")
AMOUNTS = Names.of(en="amounts", zh="amounts")
_OF = re.compile(" of (?:(?:the|a|an|each|every|all) )?", re.I)


@frozen
class Named:
    """A definition, a group or a value-reading that a name can stand for; its type is found when it is first used."""

    id: str
    names: Names
    reading: bool = False


@frozen
class Collection:
    """The members that a name stands for: of a list, or (`where`) of a named group of it."""

    list: ListType
    names: Names
    singular: Names
    where: Expression | None = None


@define
class Frame:
    """Whose facts are at hand: a member of a list (`of` its id), or the owner of a definition (`of` is SELF).

    The owner of a definition is not said in the text: it is the one entity of lists whose facts the definition names.
    """

    entity: str | None
    of: str
    names: Names = field(factory=Names)


@frozen
class Local:
    """A number that the method supplies (`votes`) or a parameter of the block (`base`, `seats`)."""

    id: str
    names: Names
    type: NumberType


@frozen
class Owned:
    """A fact of a member at hand, or of the owner of a definition; `negated` where the name is its declared negative."""

    field: Field
    of: str
    negated: bool = False

    @property
    def names(self) -> Names:
        return self.field.negative if self.negated else self.field.names


Target = Field | Owned | Entity | ListType | Named | Local


def forms(names: Names) -> set[str]:
    """The ids that the forms of a name answer to."""
    return {identifier(form) for _, form in names.forms}


def joined(path: n.Path) -> str:
    """A path as one name: how a definition that was named by a path is found again."""
    latin = path.steps[0].text.isascii()
    return identifier(("'s " if latin else "").join(step.text for step in path.steps))


@define
class Scope:
    """All names of one text. `resolved` remembers for each place in the text the names it stands for, for printing.

    `fillers` are words that a name offered in place of another may leave out, `ages` the ids of values that ages are
    compared with, `beyond` words for what no sentence can ask, by what it is; `reads` tells whether a line can be read
    with another text at a place, `said` how the line of a place is written here, where it is a set phrase; `measure` is
    the word for *each* before a name; `statement` is where what is being compiled stands.
    """

    vocabulary: Vocabulary
    keywords: tuple[str, ...] = ()
    beyond: Mapping[str, tuple[str, ...]] = field(factory=dict)
    reads: Callable[[Span, str], bool] = lambda place, text: True
    said: Callable[[Span], Diagnostic | None] = lambda place: None
    measure: Callable[[str], str] = lambda name: ""
    fillers: frozenset[str] = frozenset()
    named: dict[str, Named] = field(factory=dict)
    functions: Mapping[str, Function] = field(factory=dict)
    locals: dict[str, Local] = field(factory=dict)
    words: Mapping[str, tuple[str, Names]] = field(factory=dict)
    inner: tuple[str, ...] = ()
    frames: list[Frame] = field(factory=list)
    owners: dict[str, str] = field(factory=dict)
    groups: Callable[[str], Collection | None] = lambda id: None
    is_group: Callable[[str], bool] = lambda id: False
    resolved: dict[tuple[int, int], Names] = field(factory=dict)
    ages: set[str] = field(factory=set)
    spoilt: tuple[n.Spoilt, ...] = ()
    broken: frozenset[str] = frozenset()
    language: str = "en"
    statement: Span | None = None
    diagnostics: list[Diagnostic] = field(factory=list)
    entities: dict[str, Entity] = field(init=False)
    fields: dict[str, list[tuple[Entity, Field]]] = field(init=False)
    lists: dict[str, ListType] = field(init=False)
    singulars: dict[str, ListType] = field(init=False)
    _grouped: dict[str, str] = field(factory=dict)
    units: dict[str, str] = field(init=False)
    _negatives: dict[str, Field] = field(init=False)
    members: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.entities = {form: e for e in self.vocabulary.entities for form in forms(e.names)}
        self.fields = {}
        self._negatives = {}
        listed = self.vocabulary.listed()
        for entity in self.vocabulary.entities:
            for item in entity.fields if entity.id not in listed else ():
                for form in forms(item.names):
                    self.fields.setdefault(form, []).append((entity, item))
                for form in forms(item.negative):
                    self._negatives[form] = item
        within = (item for entity in self.vocabulary.entities if entity.id in listed for item in entity.fields)
        self.members = frozenset(form for item in within for form in forms(item.names) | forms(item.negative))
        self.lists = {form: entry for entry in self.vocabulary.lists for form in forms(entry.names)}
        self.singulars = {form: entry for entry in self.vocabulary.lists for form in forms(entry.singular)}
        self.units = {
            identifier(word): unit.id
            for unit in self.vocabulary.units
            for words in unit.words.values()
            for word in words
        }

    # -- bookkeeping

    @property
    def chinese(self) -> bool:
        """Whether the text is written in Chinese."""
        return self.language == "zh"

    def is_spoilt(self, span: Span | None) -> bool:
        """Whether something in the statement at a place was not understood already."""
        return span is not None and any(s.span.start <= span.start < s.span.end for s in self.spoilt)

    def is_spoilt_name(self, name: str) -> bool:
        """Whether a statement that was not understood begins with a name: it would have declared it."""
        wanted = name.casefold()
        return any(_begins(s.head.casefold(), wanted) for s in self.spoilt)

    def is_broken(self, name: str) -> bool:
        """Whether a line that was not understood, of this text or of the vocabulary, would have declared a name."""
        return self.is_spoilt_name(name) or (bool(self.broken) and is_part(name, self.broken))

    def is_unsound_group(self, name: str) -> bool:
        """Whether a name is what one member of a group is called that was not understood."""
        id = self._grouped.get(identifier(name))
        return id is not None and self.groups(id) is None

    def note(self, span: Span | None, names: Names) -> None:
        """Remember what a place in the text stands for."""
        if span is not None:
            self.resolved[span.start, span.end] = names

    def report(self, code: str, span: Span | None, **data: object) -> None:
        """Add a diagnostic. What `suggestions` there are begin with the one offered as a fix of the place."""
        suggestions = data.get("suggestions")
        first = suggestions[0] if isinstance(suggestions, tuple) and suggestions else None
        fixes = (Fix(span, first),) if span is not None and isinstance(first, str) else ()
        self.diagnostics.append(Diagnostic(code, span or self.statement, data, fixes=fixes))

    def otherwise(self, span: Span | None) -> bool:
        """Report how the line of a place is written here, where it is a set phrase; whether it is one."""
        found = None if span is None else self.said(span)
        if found is not None:
            self.diagnostics.append(found)
        return found is not None

    def declare(self, names: Names, id: str, reading: bool = False) -> None:
        """Add a definition or a reading of the text."""
        for form in forms(names):
            self.named[form] = Named(id, names, reading)

    def declare_group(self, singular: Names, id: str) -> None:
        """Add what one member of a named group is called."""
        self._grouped.update((form, id) for form in forms(singular))

    def called(self, form: str) -> Names | None:
        """The names of the fact that goes by a form, when only one does."""
        found = [item.names for _, item in self.fields.get(identifier(form), ())]
        return found[0] if len(found) == 1 else None

    # -- members of lists

    def each_one(self, entry: ListType) -> Names:
        """What begins a sentence on every member: `each candidate`, 每名候选人; of things 每个."""
        singular = entry.singular
        if not singular.forms:
            return singular
        measure = self.measure(singular.text("zh")) or ("每名" if entry.entity == "person" else "每个")
        return Names.of(en=f"each {singular.text('en')}", zh=f"{measure}{singular.text('zh')}")

    def counted(self, names: Names, each: Names) -> Names:
        """How many members there are: `number of candidates`, 全体候选人的人数; of things 的数量."""
        word = "的人数" if each.text("zh").startswith("每名") else "的数量"
        return Names.of(en=f"number of {names.text('en')}", zh=f"{names.text('zh')}{word}")

    def collection(self, path: n.Path, one: bool = False) -> Collection | None:
        """The members that a path names, by the name of the list or (`one`) of one of them; `None` without a word."""
        whole = joined(path)
        lists = self.singulars if one else self.lists
        found = lists.get(whole) or lists.get(identifier(" ".join(step.text for step in path.steps)))
        made: Collection | None
        if found is not None:
            made = Collection(found, found.names, found.singular)
        else:
            named = self.named.get(whole)
            id = self._grouped.get(whole) if one else None
            id = id or (named.id if named is not None and not named.reading else None)
            made = None if id is None else self.groups(id)
        if made is not None:
            place = path.span if len(path.steps) > 1 else path.steps[0].span
            self.note(place, made.singular if one else made.names)
        return made

    def somebody(self, said: n.Being, path: n.Path) -> Collection | None:
        """The members of whom somebody is said to be one: a candidate, candidates, or one of the candidates."""
        of_all = said.word is not None and said.word.terminal == "ONE_OF"
        return self.collection(path, one=not of_all) or self.collection(path, one=of_all)

    def itself(self, who: Collection) -> Field | None:
        """The fact that a member is called by: `each ballot day` is a day, not the round that it belongs to."""
        fields = self.vocabulary.entity(who.list.entity).fields
        return next((item for item in fields if forms(item.names) & forms(who.list.singular)), None)

    @contextmanager
    def having(self, frame: Frame) -> Iterator[None]:
        """With the facts of a member (or of the owner of a definition) at hand."""
        self.frames.append(frame)
        yield
        self.frames.pop()

    def owner(self, entity: str) -> str | None:
        """Whose the facts of an entity are here (`of`): the innermost member, or the owner of the definition."""
        for frame in reversed(self.frames):
            if frame.entity == entity:
                return frame.of
        unknown = next((frame for frame in reversed(self.frames) if frame.entity is None), None)
        if unknown is None:
            return None
        unknown.entity = entity
        return unknown.of

    def of_frames(self, path: n.Path) -> Owned | None:
        """The fact of the innermost member at hand that a path names: `age`, `candidate's age`."""
        for frame in reversed(self.frames):
            if frame.entity is None or not self.leads_to(path, frame):
                continue
            found = _owned(self.vocabulary.entity(frame.entity), joined(_last(path)), frame.of)
            if found is not None:
                if len(path.steps) == 2:
                    self.note(path.steps[0].span, frame.names)
                    self.note(path.steps[1].span, found.names)
                return found
        return None

    @staticmethod
    def leads_to(path: n.Path, frame: Frame) -> bool:
        """Whether the steps of a path before the last name the member of a frame."""
        return len(path.steps) == 1 or (len(path.steps) == 2 and identifier(path.steps[0].text) in forms(frame.names))

    def of_unknown(self, path: n.Path) -> Owned | None:
        """A fact of the owner of a definition that is not known yet, when one entity of lists has such a fact."""
        frame = next((frame for frame in reversed(self.frames) if frame.entity is None), None)
        if frame is None:
            return None
        listed = self.vocabulary.listed()
        entities = [entity for entity in self.vocabulary.entities if entity.id in listed]
        found = [(entity.id, one) for entity in entities if (one := _owned(entity, joined(path), frame.of))]
        if len(found) != 1:
            return None
        frame.entity, owned = found[0]
        return owned

    # -- looking up

    def unit(self, name: n.Name, count: Exact) -> str | None:
        """The id of the unit that a number is counted in; `None` after a diagnostic."""
        found = self.units.get(identifier(name.text))
        if found is None:
            from civicrules.compiler.unknown import Unknown  # a sound text needs none of it

            Unknown(self).unit(name)
        else:
            unit = self.vocabulary.unit(found)
            forms_of = {tag: self._like(name.text, tag, words, count) for tag, words in unit.words.items()}
            self.note(name.span, Names.of(**forms_of))
        return found

    def unit_words(self, id: str, count: Exact) -> Names:
        """The words of a unit beside a number."""
        return Names.of(**{tag: counted(words, tag, count) for tag, words in self.vocabulary.unit(id).words.items()})

    @staticmethod
    def _like(text: str, tag: str, words: tuple[str, ...], count: Exact) -> str:
        """The author's own word where it is one of these, else the one that is printed (in English for one or for more)."""
        own = next((word for word in words if identifier(word) == identifier(text)), None)
        return own or counted(words, tag, count)

    def note_compared(self, word: n.Word, type: Type) -> None:
        """Remember what a word compares, where languages have other words for it than for counts."""
        if isinstance(type, ChoiceType):
            self.note(word.span, RANKS)
        elif isinstance(type, NumberType) and self.is_measured(type):
            self.note(word.span, AMOUNTS)

    def is_measured(self, type: NumberType) -> bool:
        """Whether a number is of a unit that need not be whole."""
        return type.unit is not None and self.vocabulary.unit(type.unit).measured

    def path(self, path: n.Path) -> Target | None:
        """What a path stands for; `None` after a diagnostic."""
        found = self.find(path)
        if found is None:
            self.unknown(path)
        return found

    def find(self, path: n.Path) -> Target | None:
        """What a path stands for, or `None`; an ambiguous name is reported."""
        whole = joined(path)
        target: Target | None = self.locals.get(whole) or self.of_frames(path) or self.named.get(whole)
        if target is None and len(path.steps) == 1:
            target = self.single(path.steps[0]) or self.turned(path.steps[0]) or self.of_unknown(path)
        elif target is None and len(path.steps) == 2:
            target = self.inside(path.steps[0], path.steps[1])
        if target is not None and len(path.steps) == 1:
            self.note_whole(path.steps[0], target)
        elif isinstance(target, Named | Local):
            self.note(path.span, target.names)
        if target is None and path.steps[-1].implied:
            return self.find(_otherwise_called(path))
        return target

    def note_whole(self, name: n.Name, target: Target) -> None:
        """Remember what a name alone stands for; one that joins a body and its field has been noted with both."""
        if not isinstance(target, Field) or identifier(name.text) in forms(target.names):
            self.note(name.span, target.names)

    def note_declared(self, path: n.Path) -> None:
        """Remember what the words of a path stand for, where a body, an entity or a list is called so. None need be."""
        for step in path.steps:
            found = self.entities.get(identifier(step.text)) or self.lists.get(identifier(step.text))
            if found is not None:
                self.note(step.span, found.names)

    def inside(self, outer: n.Name, name: n.Name) -> Field | None:
        entity = self.entities.get(identifier(outer.text))
        if entity is None:
            return None
        for item in entity.fields:
            if identifier(name.text) in forms(item.names):
                self.note(outer.span, entity.names)
                self.note(name.span, item.names)
                return item
        return None

    def single(self, name: n.Name) -> Target | None:
        id = identifier(name.text)
        fields = self.fields.get(id, [])
        for inner in self.inner:
            for entity, item in fields:
                if entity.id == inner:
                    return item
        outer = [item for entity, item in fields if not entity.body]
        if len(outer) == 1:
            return outer[0]
        if len(fields) == 1:
            return fields[0][1]
        if fields:
            options = tuple(self._full(entity, item) for entity, item in fields)
            self.report("CR0202", name.span, name=name.text, options=options)
            return fields[0][1]
        return self.lists.get(id) or self.entities.get(id) or self._together(name)

    def turned(self, name: n.Name) -> Target | None:
        """What an English name means which says first what, then whose: *the size of the residents committee*."""
        for fact, owner in turned(name.text):
            target = self.find(n.Path((n.Name(owner), n.Name(fact)), None))
            entity = self.entities.get(identifier(owner))
            if target is not None:
                whole = self._full(entity, target) if entity is not None and isinstance(target, Field) else target.names
                self.note(name.span, whole)
                return target
        return None

    def negative(self, path: n.Path) -> Field | None:
        """The yes/no field whose declared negative a path is."""
        found = self._negatives.get(joined(path))
        if found is not None:
            self.note(path.steps[0].span, found.negative)
        return found

    @staticmethod
    def _full(entity: Entity, item: Field) -> Names:
        english = f"{entity.names.text('en')}'s {item.names.text('en')}"
        return Names.of(en=english, zh=f"{entity.names.text('zh')}的{item.names.text('zh')}")

    def _together(self, name: n.Name) -> Field | None:
        """A Chinese name without 的 between body and field: 居委会副主任职数."""
        for form, entity in self.entities.items():
            if not form.isascii() and name.text.startswith(form):
                rest = identifier(name.text[len(form) :])
                for item in entity.fields:
                    if rest in forms(item.names):
                        self.note(name.span, self._full(entity, item))
                        return item
        return None

    def choice(self, name: n.Path, type: ChoiceType) -> Choice | None:
        """A choice of a type by its name; `None` when there is none."""
        text = joined(name)
        for choice in type.choices:
            if text in forms(choice.names):
                self.note(name.span, choice.names)
                return choice
        return None

    # -- not found

    def unknown(self, path: n.Path, extra: Iterable[str] = (), code: str = "CR0201", **data: object) -> None:
        """Report a name that stands for nothing, with what may have been meant."""
        from civicrules.compiler.unknown import Unknown  # a sound text needs none of it

        Unknown(self).name(path, extra, code, **data)

    def member_called(self, step: n.Name) -> ListType | None:
        """The list of which a name is, or whose members are called so."""
        return self.singulars.get(identifier(step.text)) or self.lists.get(identifier(step.text))

    def lists_with(self, step: n.Name) -> tuple[ListType, ...]:
        """The lists whose members have a fact, or a definition of their own, of a name."""
        id = identifier(step.text)
        named = self.named.get(id)
        owner = None if named is None else self.owners.get(named.id)
        return tuple(
            entry
            for entry in self.vocabulary.lists
            if entry.entity == owner
            or any(id in forms(one.names) | forms(one.negative) for one in self.vocabulary.entity(entry.entity).fields)
        )

    def is_known(self, step: n.Name) -> bool:
        id = identifier(step.text)
        known = (self.entities, self.fields, self.members, self.named, self.lists, self.singulars)
        return any(id in names for names in known)


ARTICLE = re.compile("(?:an?|the) ", re.IGNORECASE)


def _otherwise_called(path: n.Path) -> n.Path:
    """An age that was not named, by its name in the other language: a vocabulary may have that alone."""
    *owner, age = path.steps
    return n.Path((*owner, evolve(age, text="age" if age.text == "年龄" else "年龄", implied=False)), path.span)


def _last(path: n.Path) -> n.Path:
    return path if len(path.steps) == 1 else n.Path(path.steps[-1:], path.steps[-1].span)


def _owned(entity: Entity, id: str, of: str) -> Owned | None:
    for item in entity.fields:
        if id in forms(item.names):
            return Owned(item, of)
        if id in forms(item.negative):
            return Owned(item, of, negated=True)
    return None


def _begins(text: str, name: str) -> bool:
    after = text[len(name) : len(name) + 1]
    return bool(name) and text.startswith(name) and not (name.isascii() and (after.isalnum() or after == "_"))


def turned(text: str) -> Iterator[tuple[str, str]]:
    """The ways to read an English name as a fact and whose it is.

    >>> list(turned("the size of the residents committee")), list(turned("size"))
    ([('size', 'residents committee')], [])
    """
    for match in _OF.finditer(text):
        yield ARTICLE.sub("", text[: match.start()]), text[match.end() :]


def type_names(type: Type, vocabulary: Vocabulary) -> Names:
    """A type in words, for messages."""
    match type:
        case NumberType(unit=unit):
            if unit is None:
                return Names.of(en="a number", zh="数字")
            words = vocabulary.unit(unit).words
            return Names.of(
                en=f"a number in {words.get('en', (unit,))[:2][-1]}", zh=f"以{words.get('zh', (unit,))[0]}计的数"
            )
        case DateType():
            return Names.of(en="a day", zh="日期")
        case TruthType():
            return Names.of(en="a condition (yes or no)", zh="条件（是或否）")
        case PeopleType():
            return Names.of(en="people", zh="人员名单")
        case ChoiceType():
            return Names.of(
                en="one of " + ", ".join(c.names.text("en") for c in type.choices),
                zh="、".join(c.names.text("zh") for c in type.choices) + "之一",
            )
        case TextType():
            return Names.of(en="a text", zh="文字")
        case RangeType():
            return Names.of(en="a range such as 3 to 5", zh="幅度，如3至5")
        case _:
            assert_never(type)
