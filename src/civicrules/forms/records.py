"""The tables of a form that are no lists: what is attested of all members of a list, and which rules are waived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from civicrules.facts import Attestation, Facts, Waiver
from civicrules.forms.blocks import Line, TableForm
from civicrules.forms.needed import Needed
from civicrules.forms.values import allowed, labels
from civicrules.forms.words import joined, phrase
from civicrules.plan_words import (
    ATTESTATIONS,
    ATTESTED_BY,
    DATE,
    FACT,
    FINGERPRINT,
    LIST,
    NO,
    NONE,
    PERSON,
    REASON,
    RULE,
    WAIVED_BY,
    WAIVERS,
)
from civicrules.program import (
    Choice,
    ChoiceType,
    DateType,
    Field,
    ListType,
    Names,
    PeopleType,
    Program,
    Rule,
    TextType,
    TruthType,
    Type,
    Vocabulary,
)

_DAY = date(2024, 6, 1)  # only shown, as an example


def records(program: Program, wanted: Needed, facts: Facts, language: str) -> tuple[TableForm, ...]:
    """The tables that a ruleset can use, and those that a plan has rows for."""
    lists = tuple(one for one in wanted.lists if any(attestable(column.field) for column in one.fields))
    rules = tuple(rule for rule in program.rules if rule.waiver is not None)
    tables = []
    if lists or facts.attestations:
        fields = {column.field.key: column.field for one in lists for column in one.fields if attestable(column.field)}
        rows = tuple(_attested(program.vocabulary, one, language) for one in facts.attestations)
        tables.append(_attestations(tuple(one.list for one in lists), fields.values(), rows, language))
    if rules or facts.waivers:
        tables.append(_waivers(rules, tuple(_waived(one) for one in facts.waivers), language))
    return tuple(tables)


def attestable(entry: Field) -> bool:
    """Whether somebody may well attest of all members that there is none: for what is personal or is mostly none."""
    personal = entry.personal and isinstance(entry.type, TruthType | PeopleType)
    return personal or entry.none_allowed or entry.blank_is_none


def _attestations(
    lists: tuple[ListType, ...], fields: Iterable[Field], rows: tuple[tuple[date | str | None, ...], ...], language: str
) -> TableForm:
    columns = (
        _line(LIST, _choices((one.id, one.names) for one in lists), "list attested", language),
        _line(FACT, _choices((one.key, one.names) for one in fields), "fact attested", language),
        _line(ATTESTED_BY, TextType(), "attesting", language, phrase("example body", language)),
        _line(DATE, DateType(), "", language, _DAY),
    )
    how = phrase("how attested", language, no=NO.text(language), none=NONE.text(language))
    return _table(ATTESTATIONS, columns, rows, how, language)


def _waivers(rules: tuple[Rule, ...], rows: tuple[tuple[date | str | None, ...], ...], language: str) -> TableForm:
    bodies = dict.fromkeys(rule.waiver.text(language) for rule in rules if rule.waiver is not None)
    columns = (
        _line(RULE, _choices((rule.id, rule.names) for rule in rules), "rule waived", language),
        _line(PERSON, TextType(), "person waived", language, phrase("person", language)),
        _line(REASON, TextType(), "reason waived", language, phrase("example reason", language)),
        _line(WAIVED_BY, TextType(), "waiving", language, next(iter(bodies), ""), tuple(bodies)),
        _line(DATE, DateType(), "", language, _DAY),
        _line(FINGERPRINT, TextType(), "fingerprint waived", language),
    )
    return _table(WAIVERS, columns, rows, phrase("how waived", language), language)


def _table(
    names: Names, columns: tuple[Line, ...], rows: tuple[tuple[date | str | None, ...], ...], how: str, language: str
) -> TableForm:
    label = names.text(language)
    return TableForm(label, label, None, columns, rows, given=bool(rows), how=how)


def _choices(options: Iterable[tuple[str, Names]]) -> ChoiceType:
    return ChoiceType(tuple(Choice(id, names if names.forms else Names.of(en=id)) for id, names in options))


def _line(
    names: Names, type_: Type, note: str, language: str, example: date | str = "", offered: tuple[str, ...] = ()
) -> Line:
    """A column; of a choice the options stand in the note, and the first is the example."""
    offered = labels(type_, language) if isinstance(type_, ChoiceType) else offered
    shown = example or (offered[0] if offered else "")
    text = phrase(note, language, choices=joined(offered, language)) if note else allowed(type_, language, shown)
    return Line(names.text(language), type_, None, "", text, "", (), shown)


def _attested(vocabulary: Vocabulary, one: Attestation, language: str) -> tuple[date | str | None, ...]:
    entry = next((entry for entry in vocabulary.lists if entry.id == one.list), None)
    fields = vocabulary.entity(entry.entity).fields if entry is not None else ()
    fact = next((declared.names.text(language) for declared in fields if declared.id == one.field), one.field)
    return (entry.names.text(language) if entry is not None else one.list, fact, one.by, one.day)


def _waived(one: Waiver) -> tuple[date | str | None, ...]:
    return (one.rule, one.person or None, one.reason, one.by, one.day, one.fingerprint or None)
