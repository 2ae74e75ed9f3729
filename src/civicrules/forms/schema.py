"""The plans that a ruleset judges, as JSON Schema (draft 2020-12, https://json-schema.org/draft/2020-12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, assert_never

from civicrules import plan_words as words
from civicrules.facts import is_election_day
from civicrules.forms.needed import Asker, Needed, NeededEntity, NeededField, NeededList, needed
from civicrules.forms.values import described, example_value, unit_word
from civicrules.forms.words import labelled, phrase
from civicrules.program import (
    ChoiceType,
    DateType,
    Field,
    ListType,
    Names,
    NumberType,
    PeopleType,
    Program,
    RangeType,
    TextType,
    TruthType,
    Type,
    Vocabulary,
)
from civicrules.values import frozen

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY = date(2024, 6, 1)  # only shown, as an example
_NUMBER, _BELOW = r"\d+(\.\d+)?", r"\d+/0*[1-9]\d*"
Object = dict[str, Any]


def schema(program: Program, language: str | None = None, *, every: bool = False) -> Object:
    """The schema of the plans that a ruleset judges, with the keys in a language (else that of the ruleset's text).

    It allows the facts that the ruleset reads, what a thing is called, and the election day, by which the law is taken;
    with `every` all facts of its vocabulary.
    Nothing is required, and `null` stands for what is not given: a fact that is missing is missing, not false. Whole
    numbers are JSON integers; other numbers are JSON numbers or, exactly, texts such as `1/3` and `81%`; a number that is
    no share may be an object of its parts, by ballot box, polling station or day; days are ISO dates; choices may be
    written in any language or by their ids. A list is an array of rows, of which the last can be *more to come*; an object
    with `rows`; or the name of a CSV file beside the plan.
    """
    made = _Maker(program, language or program.language)
    return made.plan(_everything(program.vocabulary) if every else _said(program))


def _said(program: Program) -> Needed:
    """What the rules read, what a thing is called, and the election day: it says which law holds, whatever the rules say."""
    vocabulary, found = program.vocabulary, needed(program)
    read = {block.entity.id: {one.field.key: one for one in block.fields} for block in found.entities}
    blocks = []
    for entity in vocabulary.entities:
        dated = entity.id not in vocabulary.listed() and any(is_election_day(one.key) for one in entity.fields)
        if entity.id in read or dated:
            known = read.get(entity.id, {})
            named = entity.fields[:1] if isinstance(entity.fields[0].type, TextType) else ()
            said = (one for one in entity.fields if one.key in known or one in named or is_election_day(one.key))
            blocks.append(NeededEntity(entity, tuple(known.get(one.key, NeededField(one)) for one in said)))
    return Needed(tuple(blocks), found.lists)


def _everything(vocabulary: Vocabulary) -> Needed:
    members = vocabulary.listed()
    blocks = (NeededEntity(one, tuple(map(NeededField, one.fields))) for one in vocabulary.entities)
    tables = (
        NeededList(one, tuple(map(NeededField, vocabulary.entity(one.entity).fields)))
        for one in vocabulary.lists
        if not one.parts
    )
    return Needed(tuple(block for block in blocks if block.entity.id not in members), tuple(tables))


def _object(properties: Mapping[str, Object], required: Iterable[str] = ()) -> Object:
    found: Object = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**found, "required": [*required]} if required else found


def _or_null(one: Object, *more: str) -> Object:
    """A schema that also takes what says that nothing is given, and further words."""
    kind = one.get("type")
    if "enum" in one:
        return {**one, "enum": [*dict.fromkeys((*one["enum"], *more)), None]}
    if isinstance(kind, str) and (not more or kind == "string") and "pattern" not in one:
        return {**one, "type": [kind, "null"]}
    nothing: Object = {"enum": [*dict.fromkeys(more), None]} if more else {"type": "null"}
    return {"anyOf": [*one.get("anyOf", [one]), nothing]}


def _forms(names: Names, language: str, id: str = "") -> list[str]:
    """All forms of a name, that of the language first, its id last."""
    return [*dict.fromkeys(form for form in (names.text(language), *(form for _, form in names.forms), id) if form)]


@frozen
class _Maker:
    """Makes the schema of one Program in one language."""

    program: Program
    language: str

    @property
    def vocabulary(self) -> Vocabulary:
        return self.program.vocabulary

    def text(self, names: Names) -> str:
        return names.text(self.language)

    def plan(self, wanted: Needed) -> Object:
        properties = {self.text(words.PLAN): self.header()}
        for block in wanted.entities:
            fields = self.fields(block.fields)
            self.add(properties, block.entity.names, block.entity.id, _or_null(_object(fields)))
        for table in wanted.lists:
            self.add(properties, table.list.names, table.list.id, self.list(table))
        for names, records in ((words.ATTESTATIONS, self.attested(wanted)), (words.WAIVERS, self.waived())):
            if records is not None:
                self.add(properties, names, "", records)
        definitions = {table.list.id: self.rows(table) for table in wanted.lists}
        title = self.text(self.program.title) or self.program.id
        head = {"$schema": DRAFT, "title": phrase("title", self.language, title=title)}
        return {**head, **_object(properties), **({"$defs": definitions} if definitions else {})}

    def add(self, properties: Object, names: Names, id: str, one: Object) -> None:
        """Under its name, or its id where something else has that name already."""
        key = self.text(names)
        properties[key if key and key not in properties else id] = {"title": key or id, **one}

    def header(self) -> Object:
        steps = [form for step in self.vocabulary.steps for form in _forms(step.names, self.language, step.id)]
        found: Object = {
            self.text(words.RULESET): _or_null({"enum": [self.program.id]}),
            self.text(words.DAY): _or_null(_DATE),
            self.text(words.LANGUAGE): _or_null({"enum": ["en", "zh"]}),
        }
        if steps:
            found[self.text(words.STAGE)] = _or_null({"enum": steps})
        return _or_null({"title": self.text(words.PLAN), **_object(found)})

    # ------------------------------------------------------------ fields

    def fields(self, fields: Iterable[NeededField], singular: str = "") -> Object:
        """The properties of a thing, or (with what one is called) of a member of a list."""
        found: Object = {}
        for entry in fields:
            self.add(found, entry.field.names, entry.field.id, self.field(entry, singular))
        return found

    def field(self, entry: NeededField, singular: str) -> Object:
        declared = entry.field
        more = _forms(words.NONE, self.language) if _can_be_none(declared) else []
        if declared.blank_is_none and singular:
            more += _forms(words.UNKNOWN, self.language)
        return {"description": self.about(entry, singular), **_or_null(self.of_type(declared.type), *more)}

    def about(self, entry: NeededField, singular: str) -> str:
        declared, language = entry.field, self.language
        since = None if declared.since is None else self.vocabulary.field(declared.since).names
        example = example_value(declared, singular, _DAY, language)
        parts = [described(declared, language, example, since, declared.blank_is_none and bool(singular))]
        unit, articles = unit_word(declared.type, self.vocabulary, language), self.articles(entry.askers)
        parts += [labelled("unit", unit, language)] if unit else []
        parts += [labelled("articles", articles, language)] if articles else []
        return phrase("clauses", language).join(parts)

    def articles(self, askers: Iterable[Asker]) -> str:
        cited = (self.text(asker.citation.article) for asker in askers if asker.citation is not None)
        return phrase("joined", self.language).join(dict.fromkeys(article for article in cited if article))

    def of_type(self, type: Type) -> Object:
        match type:
            case NumberType():
                whole = _number(type)
                return whole if type.share else {"anyOf": [*whole.get("anyOf", [whole]), _by_part(whole)]}
            case RangeType(of=of):
                return _number(of)
            case DateType():
                return _DATE
            case TruthType():
                said = (form for names in (words.YES, words.NO) for form in _forms(names, self.language))
                return {"enum": [True, False, *said]}
            case ChoiceType(choices=choices):
                forms = (form for choice in choices for form in _forms(choice.names, self.language, choice.id))
                return {"enum": [*dict.fromkeys(forms)]}
            case TextType():
                return {"type": "string"}
            case PeopleType():
                return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
            case _:
                assert_never(type)

    # ------------------------------------------------------------ lists

    def rows(self, table: NeededList) -> Object:
        row = _object(self.fields(table.fields, self.text(table.list.singular) or self.text(table.list.names)))
        found: Object = {"type": "array", "items": {"anyOf": [row, {"enum": _forms(words.MORE, self.language)}]}}
        if table.list.at_most is not None:
            found |= {"contains": {"type": "object"}, "minContains": 0, "maxContains": table.list.at_most}
        return found

    def list(self, table: NeededList) -> Object:
        rows, file = (
            {"$ref": f"#/$defs/{table.list.id}"},
            {"type": "string", "pattern": r"\.([cC][sS][vV]|[tT][sS][vV])$"},
        )
        more = self.of_type(TruthType())
        keyed = _object(
            {self.text(words.ROWS): {"anyOf": [rows, file]}, self.text(words.MORE): more}, (self.text(words.ROWS),)
        )
        said = [form for names in (words.NONE, words.MORE) for form in _forms(names, self.language)]
        return {"anyOf": [rows, keyed, file, {"enum": [*said, None]}]}

    # ------------------------------------------------------------ attestations and waivers

    def attested(self, wanted: Needed) -> Object | None:
        """What somebody attests of all members: of which lists, and which of their facts, kind by kind."""
        kinds: dict[str, dict[str, Field]] = {}
        for table in wanted.lists:
            facts = {one.field.key: one.field for one in table.fields if _can_be_denied(one.field)}
            kinds.setdefault(table.list.entity, {}).update(facts)
        filled = {table.list.id for table in wanted.lists}
        records = [
            self.attestation(tuple(one for one in self.vocabulary.lists if self.is_of(one, kind, filled)), facts)
            for kind, facts in kinds.items()
            if facts
        ]
        return _or_null({"type": "array", "items": {"anyOf": records}}) if records else None

    def is_of(self, entry: ListType, kind: str, filled: set[str]) -> bool:
        return entry.entity == kind and not filled.isdisjoint(self.vocabulary.filled(entry.id))

    def attestation(self, lists: Iterable[ListType], facts: Mapping[str, Field]) -> Object:
        of = [form for one in lists for form in _forms(one.names, self.language, one.id)]
        what = [form for one in facts.values() for form in _forms(one.names, self.language, one.id)]
        found: Object = {
            self.text(words.LIST): {"enum": [*dict.fromkeys(of)]},
            self.text(words.FACT): {"enum": [*dict.fromkeys(what)]},
            self.text(words.ATTESTED_BY): _TEXT,
            self.text(words.DATE): _DATE,
        }
        return _object(found, found)

    def waived(self) -> Object | None:
        rules = [rule for rule in self.program.rules if rule.waiver is not None]
        if not rules:
            return None
        known = [form for rule in rules for form in _forms(rule.names, self.language, rule.id)]
        found: Object = {
            self.text(words.RULE): {"enum": [*dict.fromkeys(known)]},
            self.text(words.PERSON): _or_null({"type": "string"}),
            self.text(words.REASON): _TEXT,
            self.text(words.WAIVED_BY): _TEXT,
            self.text(words.DATE): _or_null(_DATE),
            self.text(words.FINGERPRINT): _or_null({"type": "string"}),
        }
        required = tuple(self.text(names) for names in (words.RULE, words.REASON, words.WAIVED_BY))
        return _or_null({"type": "array", "items": _object(found, required)})


_DATE: Object = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_TEXT: Object = {"type": "string", "pattern": r"\S"}


def _number(type: NumberType) -> Object:
    bounds = {key: end for key, end in (("minimum", type.low), ("maximum", type.high)) if end is not None}
    if type.whole and not type.share:
        return {"type": "integer", **bounds}
    sign = "" if type.low is not None and type.low >= 0 else "-?"
    written = rf"^{sign}({_BELOW}|{_NUMBER}%)$" if type.share else rf"^{sign}({_BELOW}|{_NUMBER})$"
    if type.share:
        bounds = {"minimum": max(type.low if type.low is not None else -1, -1), "maximum": min(type.high or 1, 1)}
    return {"anyOf": [{"type": "number", **bounds}, {"type": "string", "pattern": written}]}


def _by_part(number: Object) -> Object:
    """A number given by ballot box, polling station or day: an object with a number for each."""
    return {"type": "object", "additionalProperties": number, "minProperties": 1}


def _can_be_none(declared: Field) -> bool:
    return declared.none_allowed or declared.blank_is_none or isinstance(declared.type, PeopleType)


def _can_be_denied(declared: Field) -> bool:
    """Whether somebody can attest of all members that there is none."""
    return isinstance(declared.type, TruthType) or _can_be_none(declared)
