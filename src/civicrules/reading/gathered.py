"""What binding gathers: values put under their keys once, typed, with the problems met on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from attrs import define, evolve, field

from civicrules.diagnostics import Diagnostic, Fix, Severity
from civicrules.diagnostics import Label as Related
from civicrules.facts import Fact, FactList, Part
from civicrules.program import Entity, Field, ListType, Names, TextType, Vocabulary
from civicrules.reading.colons import colons_in
from civicrules.reading.header import given_twice
from civicrules.reading.labels import Label, Labels, fold, forms, labels_of
from civicrules.reading.people import masked
from civicrules.reading.raw import Atom, Node, Record, Series, Unreadable, shown
from civicrules.reading.scalars import NOT_KNOWN, Problem, Reader, reader_of, refused, units_of
from civicrules.reading.scalars import Units as UnitWords
from civicrules.source import Key, Place, Span
from civicrules.suggest import nearest
from civicrules.values import frozen

_MOST_RELATED = 20
_MOST_SUGGESTED = 500


@frozen
class Tools:
    """Everything about a vocabulary that binding looks up: labels, the readers of fields, units, steps."""

    vocabulary: Vocabulary = field(repr=False)
    labels: Labels = field(repr=False)
    readers: Mapping[str, Reader] = field(repr=False)
    units: UnitWords = field(repr=False)
    steps: frozenset[str] = field(repr=False)
    language: str

    @classmethod
    def of(cls, vocabulary: Vocabulary, language: str) -> Tools:
        """The tools of a vocabulary."""
        units = units_of(vocabulary)
        readers = {
            entry.key: reader_of(entry, vocabulary, units) for entity in vocabulary.entities for entry in entity.fields
        }
        steps = frozenset(fold(form) for step in vocabulary.steps for form in (step.id, *forms((step.names,))))
        return cls(vocabulary, labels_of(vocabulary), readers, units, steps, language)


@define
class Addends:
    """The parts of one number on their way, by folded name; `None` for one that is blank, or `unread`: it has its own
    diagnostic. `written` are the names as they stand.
    """

    label: Label
    place: Place
    found: dict[str, Part | None] = field(factory=dict)
    unread: set[str] = field(factory=set)
    written: dict[str, str] = field(factory=dict)


@define
class Gathered:
    """Facts on their way: the only value here that changes, and only while one plan is bound."""

    values: dict[str, Fact] = field(factory=dict)
    lists: dict[str, FactList] = field(factory=dict)
    blocked: dict[str, Place] = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)
    unknown: dict[tuple[Names, str], int] = field(factory=dict)
    suggested: int = 0
    blanks: list[tuple[Label, Place]] = field(factory=list)
    parts: dict[str, Addends] = field(factory=dict)
    attested: list[Record] = field(factory=list)
    waived: list[Record] = field(factory=list)

    def suggest(self, tools: Tools, text: str, candidates: tuple[Names, ...]) -> tuple[str, ...]:
        """The names nearest to a text. A file with thousands of unknown texts is not a plan: only the first get any."""
        self.suggested += 1
        return nearest(text, forms(candidates, tools.language)) if self.suggested <= _MOST_SUGGESTED else ()

    def report(
        self,
        code: str,
        place: Place,
        data: Mapping[str, object] | None = None,
        severity: Severity = Severity.ERROR,
        related: tuple[Related, ...] = (),
        fixes: tuple[Fix, ...] = (),
    ) -> None:
        self.diagnostics.append(Diagnostic(code, place, data or {}, severity, related, fixes))

    def put(self, tools: Tools, label: Label, atom: Atom, into: dict[str, Fact], under: str, id: str) -> None:
        """Type a value and put it under `id`, or block the key `under + id` where it cannot be read.

        A blank puts nothing; in a row, `end_row` decides about it. A second value for a key is reported with both
        places; one that differs blocks the key.
        """
        if label.part:
            self._part(tools, label, atom, under + id)
            return
        value = atom.value
        if type(value) is str and (not value or value.isspace()):
            if under:
                self.blank(label, atom.place)
            return
        fact: Fact | Problem = tools.readers[label.key](atom)
        if isinstance(fact, Problem):
            fact = fact if fact is NOT_KNOWN else refused(atom, fact, label.field)
            if fact is NOT_KNOWN:
                return
            if isinstance(fact, Problem):
                self.blocked[under + id] = atom.place
                into.pop(id, None)
                self.problem(fact, label.field, atom)
                return
        if label.negated and isinstance(fact.value, bool):
            fact = evolve(fact, value=not fact.value)
        if id in into or (self.blocked and under + id in self.blocked):
            self._again(label, atom.place, id, under, fact, into)
        else:
            into[id] = fact

    def _part(self, tools: Tools, label: Label, atom: Atom, key: str) -> None:
        """Note a part of a number; `add_up` makes the number of them when all are there."""
        addends = self.parts.setdefault(key, Addends(label, atom.place))
        name = fold(label.part)
        addends.written.setdefault(name, label.part)
        part = self._read_part(tools, label, atom, key)
        if self.blocked.get(key) == atom.place:
            addends.unread.add(name)
        before = addends.found.get(name)
        if before is not None and part is not None:
            same = before.number == part.number
            en, zh = (label.field.names.text(language) for language in ("en", "zh"))
            names = Names.of(en=f"{en}: {label.part}", zh=f"{zh}：{label.part}")
            self.diagnostics.append(given_twice(names, atom.place, before.place, same))
            if not same:
                self.blocked[key] = atom.place
        addends.found[name] = part or before

    def _read_part(self, tools: Tools, label: Label, atom: Atom, key: str) -> Part | None:
        """One part, nothing for a blank or for what blocks the number."""
        if type(atom.value) is str and not atom.value.strip():
            return None
        fact: Fact | Problem = tools.readers[label.key](atom)
        if isinstance(fact, Problem):
            fact = refused(atom, fact, label.field)
        if isinstance(fact, Problem) and fact is not NOT_KNOWN:
            self.blocked[key] = atom.place
            self.problem(fact, label.field, atom)
        number = fact.value if isinstance(fact, Fact) else None
        return Part(label.part, number, atom.place) if isinstance(number, int | Fraction) else None

    def blank(self, label: Label, place: Place) -> None:
        """Note a blank cell of a row whose blanks mean something; under a negative label it means nothing."""
        if label.field.blank_is_none and not label.negated:
            self.blanks.append((label, place))

    def end_row(self, values: dict[str, Fact], under: str) -> None:
        """Let the blank cells of a row say *none* where nothing else in the row says more."""
        for label, place in self.blanks:
            none = label.field.none
            if none is not None and label.id not in values and under + label.id not in self.blocked:
                values[label.id] = Fact(none, place)
        self.blanks.clear()

    def _again(self, label: Label, place: Place, id: str, under: str, fact: Fact, into: dict[str, Fact]) -> None:
        first = into.get(id)
        same = first is not None and first.value == fact.value and type(first.value) is type(fact.value)
        before = first.place if first is not None else self.blocked.get(under + id)
        self.diagnostics.append(given_twice(label.field.names, place, before, same))
        if not same:
            into.pop(id, None)
            self.blocked[under + id] = place

    def problem(self, problem: Problem, declared: Field, atom: Atom) -> None:
        """Report why a value is not one of its field; what a reader has reported is not said again.

        Of a personal value only the first and the last character are told.
        """
        if problem.code:
            data = {"label": declared.names, **problem.data}
            if declared.personal and "found" in data:
                data["found"] = masked(str(data["found"]))
            self.report(problem.code, atom.place, data, fixes=_fixes(problem, atom.place))
        elif isinstance(atom.place, Key):
            self.report("CR0517", atom.place, {"label": declared.names})

    def put_list(self, tools: Tools, entry: ListType, facts: FactList, key: Place) -> None:
        """Put a list in its place; a second one under the same name makes both unusable.

        A list that takes others together is not filled in itself.
        """
        if entry.parts:
            names = tuple(one.names for one in tools.vocabulary.lists if one.id in entry.parts)
            self.report("CR0522", facts.place or key, {"label": entry.names, "parts": names})
            for blocked in [name for name in self.blocked if name.startswith(f"{entry.id}[")]:
                del self.blocked[blocked]
        elif entry.id in self.lists or entry.id in self.blocked:
            first = self.lists.pop(entry.id, None)
            place = (first.place if first is not None else None) or self.blocked.get(entry.id, key)
            self.report("CR0441", facts.place or key, {"label": entry.names}, related=(Related(place, "first"),))
            self.blocked[entry.id] = key
        elif entry.at_most is not None and len(facts.rows) > entry.at_most:
            data = {"label": entry.names, "count": len(facts.rows), "most": entry.at_most}
            self.report("CR0513", facts.place or key, data)
            self.blocked[entry.id] = key
        else:
            self.lists[entry.id] = facts
            self._warn_of_repeats(tools.vocabulary.entity(entry.entity), entry, facts)

    def _warn_of_repeats(self, entity: Entity, entry: ListType, facts: FactList) -> None:
        """Warn once of rows equal in all values. Rows without a text, such as a name, may well be alike by chance; those
        with a number that is one person's alone are seen to with the rolls.
        """
        told = [declared for declared in entity.fields if isinstance(declared.type, TextType)]
        texts = {declared.id for declared in told}
        numbers = {declared.id for declared in told if declared.identifies and declared.personal}
        blocked = {key.partition(".")[0] for key in self.blocked if key.startswith(f"{entry.id}[")}
        alike: dict[frozenset[tuple[str, type, object]], list[Place]] = {}
        for number, row in enumerate(facts.rows, 1):
            if row.place is None or texts.isdisjoint(row.values) or not numbers.isdisjoint(row.values):
                continue
            if f"{entry.id}[{number}]" in blocked:
                continue
            values = frozenset((id, type(fact.value), fact.value) for id, fact in row.values.items())
            alike.setdefault(values, []).append(row.place)
        for first, *others in alike.values():
            if others:
                also = tuple(Related(place, "also") for place in others[1:_MOST_RELATED])
                data = {"label": entry.names, "first": str(first)}
                self.report("CR0455", others[0], data, Severity.WARNING, (Related(first, "first"), *also))

    def wrong_shape(self, node: Node, names: Names, wanted: str) -> None:
        """Report a value where keys are expected, and the like; `wanted` is `keys`, `rows`, `value` or `fields`."""
        if isinstance(node, Atom) and isinstance(node.value, Unreadable):
            if isinstance(node.place, Key):
                self.report("CR0517", node.place, {"label": names})
            return
        if isinstance(node, Atom) and isinstance(node.place, Span) and wanted != "value":
            colons = colons_in(node.place.source, node.place.start, node.place.end)
            if colons is not None:
                self.diagnostics.append(colons)
                return
        codes = {"keys": "CR0503", "rows": "CR0518", "value": "CR0519", "fields": "CR0520"}
        data: dict[str, object] = {"label": names}
        if isinstance(node, Atom):
            data["found"] = shown(node.value)
        if isinstance(node, Series) and node.items and isinstance(node.items[0], Atom):
            data["first"] = shown(node.items[0].value)
        self.report(codes[wanted], node.place, data)


def _fixes(problem: Problem, place: Place) -> tuple[Fix, ...]:
    suggestions = problem.data.get("suggestions")
    return nearest_as_fix(place, suggestions) if isinstance(suggestions, tuple) else ()


def nearest_as_fix(place: Place, suggestions: tuple[str, ...]) -> tuple[Fix, ...]:
    """The edit that puts the nearest of the suggested names in the place of what was written."""
    return (Fix(place, suggestions[0]),) if suggestions and isinstance(place, Span) else ()


_THOUSANDS = re.compile("[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")


def _parted_number(key: Atom) -> Diagnostic | None:
    """`{votes: 3,000}`: the comma that parts thousands parts entries here, and 000 became a label."""
    place = key.place
    if not isinstance(place, Span) or not re.fullmatch("[0-9]{3}", str(key.value)):
        return None
    begin = place.source.text.rfind("\n", 0, place.start) + 1
    for found in _THOUSANDS.finditer(place.source.text, begin, place.end):
        if found.start() < place.start <= found.end() - 3:
            whole = Span(place.source, found.start(), found.end())
            right = found[0].replace(",", "")
            data = {"found": found[0], "suggestions": (right,)}
            return Diagnostic("CR0457", whole, data, fixes=(Fix(whole, right),))
    return None


def unknown(
    gathered: Gathered,
    tools: Tools,
    key: Atom,
    within: Names,
    candidates: tuple[Names, ...],
    severity: Severity = Severity.ERROR,
) -> None:
    """Report a label that is not known here, with the nearest ones; where it is known, say under what.

    The same label in many rows is one mistake: it is reported at its first place, the others stand beside it.
    """
    text = shown(key.value)
    if (parted := _parted_number(key)) is not None:
        gathered.diagnostics.append(parted)
        return
    at = gathered.unknown.setdefault((within, text), len(gathered.diagnostics))
    if at < len(gathered.diagnostics):
        first = gathered.diagnostics[at]
        if len(first.related) < _MOST_RELATED:
            gathered.diagnostics[at] = evolve(first, related=(*first.related, Related(key.place, "also")))
        return
    suggestions = gathered.suggest(tools, text, candidates)
    data: dict[str, object] = {"found": text, "label": within, "suggestions": suggestions}
    owners = owners_of(tools, str(key.value))
    if owners:
        data["owners"] = owners
    gathered.report("CR0501", key.place, data, severity, fixes=nearest_as_fix(key.place, suggestions))


def owners_of(tools: Tools, text: str) -> tuple[Names, ...]:
    """The entities, bodies and lists that have a field with this label."""
    found: list[Names] = []
    members = tools.vocabulary.listed()
    for entity in tools.vocabulary.entities:
        if tools.labels.within(entity, text) is None:
            continue
        if entity.id in members:
            own = (entry for entry in tools.vocabulary.lists if entry.entity == entity.id and not entry.parts)
            found.extend(entry.names for entry in own)
        else:
            found.append(entity.names)
    return tuple(found)


def field_names(entity: Entity) -> tuple[Names, ...]:
    """The names of an entity's fields, as candidates for a suggestion."""
    return tuple(names for entry in entity.fields for names in (entry.names, entry.negative))
