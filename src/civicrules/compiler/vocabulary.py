"""The tree of a vocabulary to a `Vocabulary`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from attrs import define, evolve, field

from civicrules.compiler import misspelt
from civicrules.compiler.claims import Bearer, Claims
from civicrules.diagnostics import Diagnostic, Fix, Label, Severity, has_errors
from civicrules.language import nodes as n
from civicrules.program import (
    DURATIONS,
    KNOWN,
    STEPS,
    Choice,
    ChoiceType,
    DateType,
    Entity,
    Field,
    ListType,
    Names,
    NumberType,
    PeopleType,
    StepType,
    TextType,
    TruthType,
    Type,
    Unit,
    Vocabulary,
    identifier,
)
from civicrules.source import Span
from civicrules.suggest import nearest


def is_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return any("\u3400" <= c <= "\u9fff" for c in text)


def names_of(names: Iterable[n.Name], language: str) -> Names:
    """The forms of a declared name; a Chinese one and one that is not stand for `zh` and `en`, in any order."""
    forms: dict[str, str] = {}
    for name in names:
        tag = "zh" if is_chinese(name.text) else language if language != "zh" else "en"
        forms.setdefault(tag, name.text)
    return Names.of(**forms)


def id_of(names: Names) -> str:
    """The id of a name: of its English form where there is one."""
    return identifier(names.text("en"))


def _known(names: Names) -> Names:
    """Names in Chinese alone, with the English one by which counts and reports know what they mean."""
    english = None if names.has("en") else KNOWN.get(names.text("zh"))
    return names if english is None else Names.of(en=english, zh=names.text("zh"))


@define
class VocabularyCompiler:
    """Collects the declarations of one vocabulary text."""

    language: str
    diagnostics: list[Diagnostic] = field(factory=list)
    units: dict[str, Unit] = field(factory=dict)
    words: dict[str, str] = field(factory=dict)
    entities: dict[str, Entity] = field(factory=dict)
    lists: dict[str, ListType] = field(factory=dict)
    steps: dict[str, StepType] = field(factory=dict)
    keywords: misspelt.Words = field(factory=dict)
    instead: Mapping[str, str] = field(factory=dict)
    spoilt: tuple[n.Spoilt, ...] = ()
    claims: Claims = field(init=False)
    written: dict[str, tuple[n.Name, ...]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.claims = Claims(self.language)

    def compile(self, head: n.VocabularyHead | None, declarations: Iterable[n.Declaration]) -> Vocabulary:
        found = list(declarations)
        for unit in DURATIONS:
            self.words.update((identifier(word), unit.id) for words in unit.words.values() for word in words)
        for declaration in found:
            if declaration.opener == "unit":
                self.unit(declaration)
        for declaration in found:
            match declaration.opener:
                case "entity" | "body":
                    self.entity(declaration)
                case "step":
                    self.step(declaration)
        for declaration in found:
            if declaration.opener == "list":
                self.list(declaration)
        if self.steps:
            days = (Field(f"{STEPS}.{step.id}", step.names, DateType()) for step in self.steps.values())
            self.entities[STEPS] = Entity(STEPS, Names.of(en="steps", zh="步骤"), tuple(days))
        title = Names.of(**{self.language: head.title.text}) if head and head.title else Names()
        self.bare()
        self.in_one_language(found)
        self.diagnostics.extend(self.claims.diagnostics)
        return Vocabulary(
            head.name.text if head else "",
            title,
            tuple(self.entities.values()),
            tuple(self.lists.values()),
            tuple(self.steps.values()),
            (*self.units.values(), *DURATIONS),
        )

    def in_one_language(self, declarations: Iterable[n.Declaration]) -> None:
        """A note on each unit with words of one language, where facts are called in two."""
        found = tuple(declarations)
        if not any(len(item.names) > 1 for one in found if one.opener in ("entity", "body") for item in one.fields):
            return
        for declaration in found:
            name = declaration.head.names[0] if declaration.opener == "unit" else None
            if name is not None and len(self.units[self.words[identifier(name.text)]].words) < 2:
                self.diagnostics.append(Diagnostic("CR0399", name.span, {"name": name.text}, Severity.ADVICE))

    def step(self, declaration: n.Declaration) -> None:
        """`step voters registered / 选民登记`: the day of a step is a fact like others."""
        names = names_of(declaration.head.names, self.language)
        self.claims.claim("step", _bearer("step", id_of(names), declaration), declaration.head.names)
        self.steps.setdefault(id_of(names), StepType(id_of(names), names))

    def unit(self, declaration: n.Declaration) -> None:
        """`unit household / 户: households / 家`: each language's first form is the singular, the next the plural."""
        extra: list[n.Name] = []
        for one in declaration.head.properties:
            of_people = [n.Name(one.span.text, one.span)] if one.kind == "people" and one.span else []
            extra += [*of_people, *(name for group in one.names for name in group)]
        forms: dict[str, list[str]] = {}
        for name in (*declaration.head.names, *extra):
            forms.setdefault("zh" if is_chinese(name.text) else "en", []).append(name.text)
        id = identifier((forms.get("en") or forms["zh"])[0])
        for name in (label[0] for p in declaration.head.properties for label in p.names if len(label) == 1):
            self.free(name, misspelt.OF_UNITS)
        measured = any(p.kind == "measured" for p in declaration.head.properties)
        self.claims.claim("unit", _bearer("unit", id, declaration), (*declaration.head.names, *extra))
        self.units[id] = Unit(id, {tag: tuple(words) for tag, words in forms.items()}, measured)
        for words in forms.values():
            for word in words:
                self.words[identifier(word)] = id

    def unit_id(self, name: n.Name) -> str | None:
        found = self.words.get(identifier(name.text))
        if found is None and not any(name.text in one.head for one in self.spoilt):
            data = {"name": name.text, "suggestions": nearest(name.text, self.words)}
            self.diagnostics.append(Diagnostic("CR0206", name.span, data))
        return found

    def entity(self, declaration: n.Declaration) -> None:
        names = _known(names_of(declaration.head.names, self.language))
        id = id_of(names)
        if id in self.entities:
            self.diagnostics.append(Diagnostic("CR0307", declaration.span, {"name": names}))
            return
        self.claims.claim("thing", _bearer("entity", id, declaration), declaration.head.names)
        fields: dict[str, Field] = {}
        for declared in declaration.fields:
            made = self.field(id, declared, fields)
            if made is None:
                continue
            if made.key not in fields:
                self.written[made.key] = declared.names
                self.claims.claim(id, ("field", made.key, 0), declared.names)
                for item in declared.properties:
                    if item.kind == "negative":
                        self.claims.claim(id, ("negative", made.key, 0), item.names[0])
            if made.key in fields:
                related = tuple(Label(s, "first") for s in (fields[made.key].span,) if s)
                self.diagnostics.append(Diagnostic("CR0307", made.span, {"name": made.names}, related=related))
                continue
            fields[made.key] = made
        self.entities[id] = Entity(id, names, tuple(self.ages(fields)), declaration.opener == "body")

    def bare(self) -> None:
        """A fact of the plan is called by its bare name, so that no list or entity may bear it."""
        listed = {entry.entity for entry in self.lists.values()}
        for entity in self.entities.values():
            for item in entity.fields if not entity.body and entity.id not in listed else ():
                self.claims.claim("thing", ("field", item.key, 0), self.written.get(item.key, ()))

    def field(self, entity: str, declared: n.Declared, before: Container[str]) -> Field | None:
        own = names_of(declared.names, self.language)
        type = self.type(declared)
        if type is None:
            return None
        names = own if f"{entity}.{id_of(_known(own))}" in before else _known(own)
        made = Field(f"{entity}.{id_of(names)}", names, type, span=declared.span)
        for item in declared.properties:
            fitting, kind = _OF_KINDS.get(item.kind, (Type, ""))
            if not isinstance(type, fitting):
                self.unfit(item, kind)
                continue
            match item.kind:
                case "personal":
                    made = evolve(made, personal=True)
                case "given":
                    made = evolve(made, given=True)
                case "counted":
                    made = evolve(made, counted=True)
                case "mutual":
                    made = evolve(made, mutual=True)
                case "none allowed":
                    made = evolve(made, none_allowed=True)
                case "negative":
                    made = evolve(made, negative=names_of(item.names[0], self.language))
                case "identifies":
                    made = evolve(made, identifies=True)
                case "blank is none":
                    made = evolve(made, blank_is_none=True)
                case "words" if not isinstance(type, ChoiceType):
                    self.unknown_property(item)
                case "counted from":
                    made = evolve(made, since=f"{entity}.{id_of(names_of(item.names[0], self.language))}")
        return made

    def unfit(self, item: n.Property, kind: str) -> None:
        """Report what says nothing of such a field: `in rising order` of a number. It is said of another kind."""
        said = "" if item.span is None else item.span.text
        known = misspelt.phrases(self.keywords, (kind,))
        self.diagnostics.append(Diagnostic("CR0338", item.span, {"property": said, "kind": known[:1]}))

    def unknown_property(self, item: n.Property) -> None:
        """A word after a field that says nothing: a misspelt *personal* must not pass in silence."""
        self.word(item.names[0][0], misspelt.OF_FIELDS)

    def word(self, name: n.Name, allowed: tuple[str, ...]) -> bool:
        """Report a word where only some words can stand; whether one of them was probably meant."""
        known = misspelt.phrases(self.keywords, allowed)
        found = misspelt.beginning(name.text, known) or self.otherwise(name, known)
        self.diagnostics.append(misspelt.reported(name, known, found))
        return found is not None

    def otherwise(self, name: n.Name, known: tuple[str, ...]) -> tuple[str, str] | None:
        """What people write instead of one of some phrases, and the phrase."""
        offered = {wrong: right for wrong, right in self.instead.items() if _begins(right, known)}
        return misspelt.otherwise(name.text, offered)

    def free(self, name: n.Name, allowed: tuple[str, ...]) -> None:
        """Report a name that is all but one of the words that could stand in its place."""
        known = misspelt.phrases(self.keywords, allowed)
        found = misspelt.whole(name, known)
        if found is not None:
            self.diagnostics.append(misspelt.reported(name, known, (name.text, found)))

    def ages(self, fields: dict[str, Field]) -> Iterable[Field]:
        """The fields with the days that ages are counted from: days of the same entity."""
        known = {form: key for key, one in fields.items() for form in map(identifier, dict(one.names.forms).values())}
        for made in fields.values():
            since = None if made.since is None else known.get(made.since.rpartition(".")[2])
            if made.since is not None and (since is None or not isinstance(fields[since].type, DateType)):
                days = tuple(one.names for one in fields.values() if isinstance(one.type, DateType))
                self.diagnostics.append(Diagnostic("CR0350", made.span, {"name": made.names, "options": days}))
                since = None
            yield evolve(made, since=since)

    def type(self, declared: n.Declared) -> Type | None:
        kinds = [p for p in declared.properties if p.kind in _KINDS]
        stray = [p.names[0][0] for p in declared.properties if p.kind == "words"]
        known = misspelt.phrases(self.keywords, misspelt.KINDS)
        listed = misspelt.together(declared.properties, self.instead) if stray and not kinds else None
        if listed is not None:
            self.diagnostics.append(misspelt.reported(listed[0], known, (listed[0].text, listed[1])))
            return None
        said = self.otherwise(stray[0], known) if stray and not kinds else None
        if said is not None:
            found = misspelt.reported(stray[0], known, said)
            labels = [label for p in declared.properties if p.kind == "words" for label in p.names]
            doubled = any(len({is_chinese(name.text) for name in label}) < len(label) for label in labels)
            self.diagnostics.append(evolve(found, fixes=()) if doubled else found)  # choice of male/female: two choices
            return None
        if not kinds and any(misspelt.beginning(name.text, known) for name in stray[:1]):
            self.word(stray[0], misspelt.KINDS)
            return None
        if not kinds:
            names = Names.of(en="number in households", zh="数字 单位为户")
            fixes = self.listed(declared)
            if (either := self.either(declared)) is not None:
                names, fixes = Names.of(**{self.language: either.replacement}), (either,)
            data = {"name": declared.names[0].text, "example": names}
            self.diagnostics.append(Diagnostic("CR0330", declared.span, data, fixes=fixes))
            return None
        kind = kinds[0]
        match kind.kind:
            case "number":
                named = next(
                    (item for item in declared.properties if item.kind in ("number", "unit") and item.names), None
                )
                unit = self.unit_id(named.names[0][0]) if named else None
                measured = unit in self.units and self.units[unit].measured
                return self.bounds(NumberType(unit, whole=not measured), declared)
            case "share":
                return self.bounds(NumberType(None, whole=False, share=True), declared)
            case "date":
                return DateType()
            case "yes/no":
                return TruthType()
            case "text":
                return TextType()
            case "people":
                return PeopleType()
            case _:
                return self.choices(kind, declared)

    def listed(self, declared: n.Declared) -> tuple[Fix, ...]:
        """What makes choices of labels that are only listed: `sex: male/男, female/女`, 性别：男/male、女/female."""
        listed = [p for p in declared.properties if p.kind == "words"]
        places = [p.span for p in listed if p.span is not None]
        if sum(len(p.names) for p in listed) < 2 or len(listed) < len(declared.properties) or not places:
            return ()
        first, last = places[0], places[-1]
        if self.language != "zh":
            return (Fix(Span(first.source, first.start, first.start), "one of "),)
        return (Fix(Span(last.source, last.end, last.end), "之一"),) if len(listed) == 1 else ()

    def either(self, declared: n.Declared) -> Fix | None:
        """What makes choices of `male or female`, 男或女; `None` of anything else."""
        if len(declared.properties) != 1 or (place := declared.properties[0].span) is None:
            return None
        choices = re.split(" or |或者?", place.text)
        if len(choices) < 2:
            return None
        return Fix(place, f"{'、'.join(choices)}之一" if self.language == "zh" else f"one of {', '.join(choices)}")

    def bounds(self, type: NumberType, declared: n.Declared) -> NumberType:
        for item in declared.properties:
            numbers = [int(number) for number in item.numbers]
            match item.kind:
                case "at most":
                    type = evolve(type, high=numbers[0])
                case "at least":
                    type = evolve(type, low=numbers[0])
                case "from to":
                    type = evolve(type, low=numbers[0], high=numbers[1])
        return type

    def choices(self, kind: n.Property, declared: n.Declared) -> ChoiceType:
        """The choices stand in `one of` and in the labels that follow it between commas."""
        labels = list(kind.names) + [g for p in declared.properties if p.kind == "words" for g in p.names]
        choices = []
        for label in labels:
            if len(label) == 1:
                self.free(label[0], misspelt.OF_CHOICES)
            names = names_of(label, self.language)
            choices.append(Choice(id_of(names), names))
            space = f"choice of {declared.names[0].text}"
            self.claims.claim(space, ("choice", id_of(names), label[0].span.start if label[0].span else 0), label)
        return ChoiceType(tuple(choices), any(p.kind == "rising" for p in declared.properties))

    def list(self, declaration: n.Declaration) -> None:
        """`list residents groups / 居民小组: residents group, each residents group / 居民小组, at most 500`."""
        names = names_of(declaration.head.names, self.language)
        kinds = declaration.head.properties
        taken = next((at for at, p in enumerate(kinds) if p.kind == "taken from"), len(kinds))
        stray = [label for p in kinds[:taken] if p.kind == "words" for label in p.names]
        parts = [label for p in kinds[taken:] if p.kind in ("taken from", "words") for label in p.names]
        each = next((p.names[0] for p in declaration.head.properties if p.kind == "each"), declaration.head.names)
        known = {identifier(form): id for id, found in self.entities.items() for _, form in found.names.forms}
        members = next((label for label in stray if any(identifier(name.text) in known for name in label)), None)
        asked = next((known[identifier(m.text)] for m in members or () if identifier(m.text) in known), "")
        if members is None and "person" in self.entities:
            asked = self.people(kinds, stray)
        for label in stray if asked else ():
            if label is not members:
                self.word(label[0], misspelt.OF_LISTS)
        if not asked:
            written = stray[0][0].text if stray else "person"
            forms = [form for found in self.entities.values() for _, form in found.names.forms]
            data = {"name": written, "suggestions": nearest(written, forms)}
            self.diagnostics.append(Diagnostic("CR0331", declaration.span, data))
            return
        entity = asked
        bearer = _bearer("list", id_of(names), declaration)
        self.claims.claim("thing", bearer, (*declaration.head.names, *each), allied=entity)
        most = next((int(p.numbers[0]) for p in declaration.head.properties if p.kind == "at most"), None)
        public = any(p.kind == "public" for p in kinds)
        if (
            public
            and not any(one.identifies for one in self.entities[entity].fields)
            and not has_errors(self.diagnostics)
        ):
            self.diagnostics.append(Diagnostic("CR0240", declaration.span, {"name": names}, Severity.WARNING))
        self.lists[id_of(names)] = ListType(
            id_of(names),
            names,
            names_of(each, self.language),
            entity,
            most,
            tuple(self.part(label, entity) for label in parts),
            public,
            declaration.span,
        )

    def people(self, kinds: Sequence[n.Property], stray: Sequence[tuple[n.Name, ...]]) -> str:
        """The entity of a list of people: by the word for them, or by one that is nearly it."""
        if any(p.kind == "people" for p in kinds):
            return "person"
        phrases = misspelt.phrases(self.keywords, ("PEOPLE_KIND",))
        return "person" if any(misspelt.beginning(label[0].text, phrases) for label in stray) else ""

    def part(self, label: tuple[n.Name, ...], entity: str) -> str:
        """The id of a list whose members another takes in: one declared above it, of the same kind of members."""
        known = {form: one for one in self.lists.values() for form in map(identifier, dict(one.names.forms).values())}
        found = next((known[form] for name in label if (form := identifier(name.text)) in known), None)
        if found is None and misspelt.beginning(label[0].text, misspelt.phrases(self.keywords, misspelt.OF_LISTS)):
            self.word(label[0], misspelt.OF_LISTS)
            return ""
        if found is None or found.entity != entity:
            names = tuple(one.names for one in self.lists.values() if one.entity == entity)
            data = {"name": label[0].text, "options": names}
            self.diagnostics.append(Diagnostic("CR0351", label[0].span, data))
            return ""
        return found.id


def _bearer(kind: str, id: str, declaration: n.Declaration) -> Bearer:
    return kind, id, declaration.span.start if declaration.span is not None else 0


def _begins(phrase: str, known: Iterable[str]) -> bool:
    """Whether a phrase is one of some, or one of them with more (`number in`)."""
    return any(phrase == one or phrase.startswith(f"{one} ") for one in known)


_KINDS = frozenset({"number", "share", "date", "yes/no", "text", "people", "one of"})
# Of which kind of field a property says something: its type, and the words by which it is declared.
_OF_KINDS: Mapping[str, tuple[Any, str]] = MappingProxyType(
    {
        "at most": (NumberType, "NUMBER_KIND"),
        "at least": (NumberType, "NUMBER_KIND"),
        "from to": (NumberType, "NUMBER_KIND"),
        "counted from": (NumberType, "NUMBER_KIND"),
        "rising": (ChoiceType, "ONE_OF"),
        "negative": (TruthType, "YES_NO_KIND"),
        "mutual": (PeopleType, "PEOPLE_KIND"),
    }
)


def compile_vocabulary(
    tree: n.Tree, keywords: misspelt.Words, instead: Mapping[str, str] = MappingProxyType({})
) -> tuple[Vocabulary, tuple[Diagnostic, ...]]:
    """The vocabulary that a tree declares, with what could not be understood.

    `keywords` are the words of declarations, `instead` what people write for them.
    """
    compiler = VocabularyCompiler(tree.language, keywords=keywords, instead=instead, spoilt=tree.spoilt)
    head = next((s for s in tree.statements if isinstance(s, n.VocabularyHead)), None)
    vocabulary = compiler.compile(head, (s for s in tree.statements if isinstance(s, n.Declaration)))
    for statement in tree.statements:
        if not isinstance(statement, n.VocabularyHead | n.Declaration):
            compiler.diagnostics.append(Diagnostic("CR0332", statement.span))
    return vocabulary, tuple(compiler.diagnostics)


def merged(vocabularies: Iterable[Vocabulary]) -> Vocabulary:
    """One vocabulary with everything in several; the first declaration of an id counts."""
    parts = list(vocabularies)
    if len(parts) == 1:
        return parts[0]
    return Vocabulary(
        " ".join(v.id for v in parts),
        parts[0].names if parts else Names(),
        tuple({e.id: e for v in reversed(parts) for e in v.entities}.values()),
        tuple({e.id: e for v in reversed(parts) for e in v.lists}.values()),
        tuple({e.id: e for v in reversed(parts) for e in v.steps}.values()),
        tuple({e.id: e for v in reversed(parts) for e in v.units}.values()),
    )
