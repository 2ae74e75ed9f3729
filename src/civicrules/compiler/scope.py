"""What a name stands for. Names are looked up from the inside out: the body at hand, the community, the plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import assert_never

from attrs import define, field

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.exact import Exact
from civicrules.language import nodes as n
from civicrules.language.words import unaskable
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
from civicrules.suggest import closeness, in_figures, loses, nearest
from civicrules.values import frozen

# Places of words that compare, as the orders of words call them.
RANKS = Names.of(en="ranks", zh="ranks")
AMOUNTS = Names.of(en="amounts", zh="amounts")
_BINDS = re.compile(" (?:must|shall|should|may) ")
_OF = re.compile(" of (?:(?:the|a|an|each|every|all) )?", re.I)
_SHARED = re.compile("分之|[%半]")  # what a share is compared with


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
    with another text at a place, `said` how the line of a place is written here, where it is a set phrase; `statement`
    is where what is being compiled stands.
    """

    vocabulary: Vocabulary
    keywords: tuple[str, ...] = ()
    beyond: Mapping[str, tuple[str, ...]] = field(factory=dict)
    reads: Callable[[Span, str], bool] = lambda place, text: True
    said: Callable[[Span], Diagnostic | None] = lambda place: None
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
    language: str = "en"
    statement: Span | None = None
    diagnostics: list[Diagnostic] = field(factory=list)
    _entities: dict[str, Entity] = field(init=False)
    _fields: dict[str, list[tuple[Entity, Field]]] = field(init=False)
    _lists: dict[str, ListType] = field(init=False)
    _singulars: dict[str, ListType] = field(init=False)
    _grouped: dict[str, str] = field(factory=dict)
    _units: dict[str, str] = field(init=False)
    _negatives: dict[str, Field] = field(init=False)
    _members: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._entities = {form: e for e in self.vocabulary.entities for form in forms(e.names)}
        self._fields = {}
        self._negatives = {}
        listed = self.vocabulary.listed()
        for entity in self.vocabulary.entities:
            for item in entity.fields if entity.id not in listed else ():
                for form in forms(item.names):
                    self._fields.setdefault(form, []).append((entity, item))
                for form in forms(item.negative):
                    self._negatives[form] = item
        within = (item for entity in self.vocabulary.entities if entity.id in listed for item in entity.fields)
        self._members = frozenset(form for item in within for form in forms(item.names) | forms(item.negative))
        self._lists = {form: entry for entry in self.vocabulary.lists for form in forms(entry.names)}
        self._singulars = {form: entry for entry in self.vocabulary.lists for form in forms(entry.singular)}
        self._units = {
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

    def declare(self, names: Names, id: str, reading: bool = False) -> None:
        """Add a definition or a reading of the text."""
        for form in forms(names):
            self.named[form] = Named(id, names, reading)

    def declare_group(self, singular: Names, id: str) -> None:
        """Add what one member of a named group is called."""
        self._grouped.update((form, id) for form in forms(singular))

    def called(self, form: str) -> Names | None:
        """The names of the fact that goes by a form, when only one does."""
        found = [item.names for _, item in self._fields.get(identifier(form), ())]
        return found[0] if len(found) == 1 else None

    # -- members of lists

    def collection(self, path: n.Path, one: bool = False) -> Collection | None:
        """The members that a path names, by the name of the list or (`one`) of one of them; `None` without a word."""
        whole = joined(path)
        lists = self._singulars if one else self._lists
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
        found = self._units.get(identifier(name.text))
        if found is None:
            if name.span is not None and (said := self.said(name.span)) is not None:
                self.diagnostics.append(said)
                return None
            words = [word for unit in self.vocabulary.units for forms_ in unit.words.values() for word in forms_]
            suggestions = nearest(name.text, words)
            if not self.report_swallowed(name, [*words, *self.every_name()], suggestions):
                self.not_a_unit(name, suggestions, words)
        else:
            unit = self.vocabulary.unit(found)
            forms_of = {tag: self._like(name.text, tag, words, count) for tag, words in unit.words.items()}
            self.note(name.span, Names.of(**forms_of))
        return found

    def unit_words(self, id: str, count: Exact) -> Names:
        """The words of a unit beside a number."""
        return Names.of(**{tag: counted(words, tag, count) for tag, words in self.vocabulary.unit(id).words.items()})

    def not_a_unit(self, name: n.Name, suggestions: Sequence[str], words: Iterable[str]) -> None:
        """Report a word that is no unit: the first one of several (`yeras ago`) where that is nearly a unit."""
        first = name.text.split(" ")[0]
        near = nearest(first, words) if not suggestions and first != name.text else ()
        if near and name.span is not None:
            place = Span(name.span.source, name.span.start, name.span.start + len(first))
            self.report("CR0206", place, name=first, suggestions=near)
        else:
            self.report("CR0206", name.span, name=name.text, suggestions=tuple(suggestions))

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
        return target

    def note_whole(self, name: n.Name, target: Target) -> None:
        """Remember what a name alone stands for; one that joins a body and its field has been noted with both."""
        if not isinstance(target, Field) or identifier(name.text) in forms(target.names):
            self.note(name.span, target.names)

    def note_declared(self, path: n.Path) -> None:
        """Remember what the words of a path stand for, where a body, an entity or a list is called so. None need be."""
        for step in path.steps:
            found = self._entities.get(identifier(step.text)) or self._lists.get(identifier(step.text))
            if found is not None:
                self.note(step.span, found.names)

    def inside(self, outer: n.Name, name: n.Name) -> Field | None:
        entity = self._entities.get(identifier(outer.text))
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
        fields = self._fields.get(id, [])
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
        return self._lists.get(id) or self._entities.get(id) or self._together(name)

    def turned(self, name: n.Name) -> Target | None:
        """What an English name means which says first what, then whose: *the size of the residents committee*."""
        for fact, owner in _turned(name.text):
            target = self.find(n.Path((n.Name(owner), n.Name(fact)), None))
            entity = self._entities.get(identifier(owner))
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
        for form, entity in self._entities.items():
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

    def every_name(self) -> Iterable[str]:
        """All names that could stand where a value is wanted, in every language."""
        for entity in self.vocabulary.entities:
            yield from (form for _, form in entity.names.forms)
            for item in entity.fields:
                yield from (form for names in (item.names, item.negative) for _, form in names.forms)
        for entry in self.vocabulary.lists:
            yield from (form for names in (entry.names, entry.singular) for _, form in names.forms)
        for named in self.named.values():
            yield from (form for _, form in named.names.forms)
        for local in self.locals.values():
            yield from (form for _, form in local.names.forms)

    def unknown(self, path: n.Path, extra: Iterable[str] = (), code: str = "CR0201", **data: object) -> None:
        """Report a name that stands for nothing, with what may have been meant."""
        extra = tuple(extra)
        step = next((s for s in path.steps if not self._is_known(s)), path.steps[-1])
        if self.is_spoilt_name(step.text) or self.is_spoilt_name(" ".join(s.text for s in path.steps)):
            return
        if code == "CR0201" and ((not extra and self.of_nobody(path)) or self.every(step) or self.one_alone(step)):
            return
        if self.not_before(step):
            return
        if step.span is not None and (found := self.said(step.span)) is not None:
            self.diagnostics.append(found)
            return
        bare = _ARTICLE.sub("", step.text)
        if bare != step.text and (self._is_known(n.Name(bare)) or bare in extra):
            rest = step.span.source.text[step.span.end :].partition("\n")[0] if step.span is not None else ""
            each = identifier(bare) in self._singulars and _BINDS.match(rest)  # a candidate must …
            self.report(code, step.span, name=step.text, suggestions=(f"each {bare}" if each else bare,), **data)
            return
        if self.some_of_a_list(step):
            return
        entity = self.frames[-1].entity if self.frames and code == "CR0201" else None
        so = "" if entity is None else self.told_by(entity, step.text)
        if so:  # 候选人中，女性的人数
            self.report(code, step.span, name=step.text, suggestions=(so,), **data)
            return
        figures = in_figures(step.text)
        if figures is not None:
            self.report("CR0219", step.span, found=step.text, suggestions=(figures,))
            return
        if self.cannot_ask(step):
            return
        whole = self.put_together(step) or self.counted_in(step.text)
        if whole:
            self.report(code, step.span, name=step.text, suggestions=(whole,), **data)
            return
        known = [*dict.fromkeys([*extra, *self.every_name()])]
        near = self.near(step, extra, known)
        suggestions = tuple(one for one in near if not loses(step.text, one, self.fillers))[:3]
        if near and not suggestions:
            data |= {"part": near[0], "lost": loses(step.text, near[0], self.fillers)}
        among = "choices" in data and bool(suggestions) and not self.near_keyword(step, extra)
        if among or not self.report_swallowed(step, known, suggestions):
            self.report(code, step.span, name=step.text, suggestions=suggestions, **data)

    def in_words(self, path: n.Path) -> bool:
        """Report a number in words that a name begins with: `eighteen years old`; whether there is one."""
        step = path.steps[-1]
        first = step.text.partition(" ")[0]
        figures = in_figures(first)
        if figures is None or step.span is None:
            return False
        place = Span(step.span.source, step.span.start, step.span.start + len(first))
        self.report("CR0219", place, found=first, suggestions=(figures,))
        return True

    def near(self, step: n.Name, extra: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
        """The known names near to one that is not known; none where it may be denied."""
        found = dict.fromkeys((*nearest(step.text, extra), *nearest(step.text, known)))
        if identifier(step.text) in self._units:  # voters: people, and no slip for *votes*
            return ()
        denied = any(closeness(step.text[a:b].strip(), "not") >= 70 for one in found for a, b in _rest(step.text, one))
        other = (one for one in found if identifier(one) != identifier(step.text))
        return () if denied else tuple(one for one in other if not self.leaves_out(step.text, one))

    def cannot_ask(self, step: n.Name) -> bool:
        """Report a name that speaks of what no sentence can ask (*an odd number*, 星期日); whether it does."""
        code = unaskable(step.text, self.beyond)
        if code is not None:
            self.report(code, step.span, found=step.text)
        return code is not None

    def put_together(self, step: n.Name) -> str:
        """The fact that a name means which runs on from whose it is: 候选人年龄 is 候选人的年龄. Else nothing."""
        for owner in (*self._singulars, *self._entities):
            for begin, end in _rest(step.text, owner.replace("_", " ")):
                fact = step.text[begin:end] if begin else ""
                if fact and identifier(fact) in (*self._fields, *self._members):
                    joined_by = "'s " if owner.isascii() else "的"
                    return f"{step.text[:begin].strip()}{joined_by}{fact}"
        return ""

    def some_of_a_list(self, step: n.Name) -> bool:
        """Report 候选人中女性 or 女性候选人: by which fact they are told, and that they are counted; whether it is so."""
        entry, who, what = next(self._some(step.text), (None, "", ""))
        if entry is None or step.span is None:
            return False
        rest = step.span.source.text[step.span.end :].partition("\n")[0]
        counted = "的比例" if _SHARED.search(rest) else "的人数"
        what = re.sub("的?(?:人数|比例|数量)$", "", what)
        told = self.told_by(entry.entity, what)
        so = f"{told or f'……为{what}'}{'' if rest.startswith(('的人数', '的比例', '的数量')) else counted}"
        right = f"{who}中，{so}"
        fixes = (Fix(step.span, right),) if told else ()
        self.diagnostics.append(Diagnostic("CR0134", step.span, {"right": right}, fixes=fixes))
        return True

    def _some(self, text: str) -> Iterator[tuple[ListType, str, str]]:
        """A list that a name tells some members of, how it is called there, and what tells them: 候选人中女性, 女性候选人."""
        for cut in range(1, len(text)):
            before, after = text[:cut], text[cut:]
            if after[0] == "中" and len(after) > 1 and (entry := self._lists.get(before)):
                yield entry, before, after[1:]
            entry = self._lists.get(after) or self._singulars.get(after)
            if entry is not None and self.told_by(entry.entity, before.removesuffix("的")):
                yield entry, entry.names.text("zh"), before.removesuffix("的")

    def told_by(self, entity: str, what: str) -> str:
        """By which choice people are told from the others: 性别为女 of 女性; empty where none is meant."""
        found = [
            (item.names.text("zh"), form)
            for item in self.vocabulary.entity(entity).fields
            if isinstance(item.type, ChoiceType)
            for choice in item.type.choices
            if (form := choice.names.text("zh")) and what.removesuffix("性").removeprefix("妇") == form
        ]
        return f"{found[0][0]}为{found[0][1]}" if len(found) == 1 else ""

    def counted_in(self, text: str) -> str:
        """The number that `4 people in seats` means: it has its unit itself. Else nothing."""
        unit, _, number = text.partition(" in ")
        return number if identifier(unit) in self._units and number and self._is_known(n.Name(number)) else ""

    def leaves_out(self, text: str, suggestion: str) -> bool:
        """Whether a suggestion is a part of a text whose other part is a known name too."""
        others = [text[begin:end].strip() for begin, end in _rest(text, suggestion)]
        return any(self._is_known(n.Name(one)) for one in others)

    def near_keyword(self, step: n.Name, known: Iterable[str]) -> bool:
        """Whether a name is a known one and a word that is all but a keyword: `atleast senior high`."""
        found = self.swallowed(step, known)
        return found is not None and closeness(step.text[found[0] : found[1]], found[2]) >= 90

    def of_nobody(self, path: n.Path) -> bool:
        """Report a fact of members of lists that is named where no member is at hand; whether it is one."""
        turned = _turned(path.steps[0].text) if len(path.steps) == 1 else ()
        if any(self.of_nobody(n.Path((n.Name(owner), n.Name(fact)), path.span)) for fact, owner in turned):
            return True
        *outer, last = path.steps
        wanted = identifier(last.text)
        found: dict[str, Names] = {}
        for entity in self.vocabulary.entities:
            for names in (names for item in entity.fields for names in (item.names, item.negative)):
                if wanted in forms(names):
                    found.setdefault(entity.id, names)
        lists = [entry for entry in self.vocabulary.lists if entry.entity in found]
        said = {joined(n.Path(tuple(outer), None))} if outer else set().union(*(forms(f.names) for f in self.frames))
        if said:  # of a list that has no such fact, those that are called nearly so come first
            own = [entry for entry in lists if said & (forms(entry.names) | forms(entry.singular))]
            alike = [entry for entry in lists if _contained(said, forms(entry.names) | forms(entry.singular))]
            lists = own or [*alike, *(entry for entry in lists if entry not in alike)]
            lists = lists if own or alike or not outer else []
        if not lists:
            return False
        if last.implied and path.span is None:  # 候选人应当年满18周岁: nothing but `each` is missing
            return self.one_alone(path.steps[0])
        self.whose(path.span, found[lists[0].entity], lists)
        return True

    def whose(self, span: Span | None, names: Names, lists: Sequence[ListType]) -> None:
        """Report what each member of some lists has, named without saying whose."""
        options = tuple(_possessed(each_one(entry.singular, entry.entity), names) for entry in lists[:3])
        all_of = lists[0].names
        counts = Names.of(en=f"number of {all_of.text('en')} where …", zh=f"{all_of.text('zh')}中，……的人数")
        suggestions = (options[0].text(self.language),) if len(lists) == 1 else ()
        whose = self.vocabulary.entity(lists[0].entity).names
        self.report("CR0226", span, name=names, whose=whose, options=options, counts=counts, suggestions=suggestions)

    def member_called(self, step: n.Name) -> ListType | None:
        """The list of which a name is, or whose members are called so."""
        return self._singulars.get(identifier(step.text)) or self._lists.get(identifier(step.text))

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

    def every(self, step: n.Name) -> bool:
        """Report `every candidate`, 所有候选人: another word for `each`; whether it is one."""
        match = _EVERY.fullmatch(step.text)
        rest = identifier(match[1] or match[2]) if match else ""
        entry = self._singulars.get(rest) or self._lists.get(rest)
        if entry is None or step.span is None:
            return False
        right = each_one(entry.singular, entry.entity).text(self.language)
        self.report("CR0103", step.span, found=step.text, suggestions=(right,))
        return True

    def not_before(self, step: n.Name) -> bool:
        """Report `candidates not must`: the word that negates stands before the one that binds; whether it does."""
        if step.span is None or not step.text.casefold().endswith(" not"):
            return False
        following = _NEXT_WORD.match(step.span.source.text, step.span.end)
        if following is None or following[1].casefold() not in ("must", "shall", "should"):
            return False
        place = Span(step.span.source, step.span.end - 3, following.end())
        self.report("CR0103", place, found=place.text, suggestions=(f"{following[1].casefold()} not",))
        return True

    def one_alone(self, step: n.Name) -> bool:
        """Report one member of a list that is named without `each`; whether it is one."""
        entry = self.member_called(step)
        if entry is None or step.span is None:
            return False
        each = each_one(entry.singular, entry.entity)
        self.report("CR0203", step.span, name=entry.names, each=each, suggestions=(each.text(self.language),))
        return True

    def report_swallowed(self, name: n.Name, known: Iterable[str], suggestions: Sequence[str] = ()) -> bool:
        """Report the misspelt keyword that an unknown name holds; whether there is one."""
        found = self.swallowed(name, known) or self.keyword(name, suggestions)
        if found is None or name.span is None:
            return False
        begin, end, word = found
        place = Span(name.span.source, name.span.start + begin, name.span.start + end)
        if not self.reads(place, word):
            return False
        near = closeness(place.text, word)
        equal = [one for one in nearest(place.text, self.keywords) if closeness(place.text, one) >= near]
        if (
            len(equal) > 1 and not word.isascii()
        ):  # 不底于 may be 不低于 or 不高于: which is meant, only the author knows
            self.diagnostics.append(Diagnostic("CR0103", place, {"found": place.text, "suggestions": tuple(equal)}))
        else:
            self.report("CR0103", place, found=place.text, suggestions=(word,))
        return True

    def keyword(self, step: n.Name, suggestions: Sequence[str]) -> tuple[int, int, str] | None:
        """A keyword that is nearer to an unknown name than any known one."""
        words = nearest(step.text, self.keywords, 1)
        if not words:
            return None
        best = max((closeness(step.text, name) for name in suggestions), default=0)
        near = closeness(step.text, words[0])
        return (0, len(step.text), words[0]) if near > max(best, 70) else None

    def _is_known(self, step: n.Name) -> bool:
        id = identifier(step.text)
        known = (self._entities, self._fields, self._members, self.named, self._lists, self._singulars)
        return any(id in names for names in known)

    def swallowed(self, step: n.Name, known: Iterable[str]) -> tuple[int, int, str] | None:
        """A misspelt keyword beside a known name inside an unknown one: where it stands and the keyword."""
        text = step.text
        starts = (m.start() for m in re.finditer(r"(?<= )\w|[\u4e00-\u9fff]", text))
        known = [*known, *(text[at:] for at in starts if at and self.is_spoilt_name(text[at:]))]
        best: tuple[int, int, int, str] | None = None
        for name in known:
            for begin, end in _rest(text, name):
                piece = text[begin:end]
                if len(piece) < 2 and piece.isascii():
                    continue
                for word in nearest(piece, self.keywords, 1):
                    if word == piece.casefold():  # it is spelt well, and stands in a wrong place
                        continue
                    if not closeness(piece, word) or (len(piece) == 1 and not word.startswith(piece)):
                        continue
                    score = 100 * len(name) // len(text) + 100 * (piece[0] == word[0])
                    if best is None or score > best[0]:
                        best = (score, begin, end, word)
        return None if best is None else best[1:]


_NEXT_WORD = re.compile("[ \t]+([A-Za-z]+)")
_ARTICLE = re.compile("(?:an?|the) ", re.IGNORECASE)
# How people say `each` otherwise, and of whom.
_EVERY = re.compile(
    "(?:every|any|all(?: the)?) (.+)|(?:任何|任一|各位|各名|各个|各|所有的?|全体|全部)(.+)", re.IGNORECASE
)


def _possessed(owner: Names, fact: Names) -> Names:
    return Names.of(en=f"{owner.text('en')}'s {fact.text('en')}", zh=f"{owner.text('zh')}的{fact.text('zh')}")


def each_one(singular: Names, entity: str) -> Names:
    """What begins a sentence on every member: `each candidate`, 每名候选人; of things 每个."""
    if not singular.forms:
        return singular
    measure = "每名" if entity == "person" else "每个"
    return Names.of(en=f"each {singular.text('en')}", zh=f"{measure}{singular.text('zh')}")


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


def _contained(said: set[str], in_any: set[str]) -> bool:
    return any(one in form for one in said for form in in_any)


def _turned(text: str) -> Iterator[tuple[str, str]]:
    """The ways to read an English name as a fact and whose it is.

    >>> list(_turned("the size of the residents committee")), list(_turned("size"))
    ([('size', 'residents committee')], [])
    """
    for match in _OF.finditer(text):
        yield _ARTICLE.sub("", text[: match.start()]), text[match.end() :]


def _rest(text: str, name: str) -> Iterable[tuple[int, int]]:
    """What is left of a text before or after a name it begins or ends with."""
    folded, name = text.casefold(), name.casefold()
    latin = name.isascii()
    if len(name) >= len(text):
        return
    if folded.startswith(name) and (not latin or text[len(name)] == " "):
        yield len(name) + (text[len(name)] == " "), len(text)
    if folded.endswith(name) and (not latin or text[-len(name) - 1] == " "):
        yield 0, len(text) - len(name) - (text[-len(name) - 1] == " ")


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
