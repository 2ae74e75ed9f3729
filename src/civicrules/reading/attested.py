"""What somebody attests of all members of a list, and rules that somebody waived: from rows of a plan to facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from civicrules.facts import Attestation, Blank, Fact, FactList, Row, Waiver
from civicrules.plan_words import PLAN
from civicrules.program import Entity, Field, ListType, TruthType
from civicrules.reading.gathered import Gathered, Tools, field_names, unknown
from civicrules.reading.labels import Label
from civicrules.reading.raw import Atom, Record, shown
from civicrules.reading.records import ATTESTED, WAIVED, Columns
from civicrules.reading.scalars import Problem, day_of
from civicrules.source import Place
from civicrules.values import frozen


@frozen
class _Attested:
    """A row of the attestations, understood."""

    list: ListType
    label: Label
    by: str
    day: date
    place: Place


def attest(gathered: Gathered, tools: Tools) -> tuple[Attestation, ...]:
    """Fill the facts that are attested and not given; one that was given and could not be read stays missing.

    What is attested of a list that takes others together is attested of the members of each of them.
    """
    found: list[Attestation] = []
    for record in gathered.attested:
        said = _understood(gathered, tools, record)
        if said is not None:
            facts = sum(_fill(gathered, said, id) for id in tools.vocabulary.filled(said.list.id))
            found.append(Attestation(said.list.id, said.label.id, said.by, said.day, facts, said.place))
    return tuple(found)


def _understood(gathered: Gathered, tools: Tools, record: Record) -> _Attested | None:
    complete = _complete(gathered, ATTESTED, record, ("list", "fact", "by", "date"))
    entry = _list(gathered, tools, record.cells.get("list"))
    label = _fact(gathered, tools, entry, record.cells.get("fact")) if entry is not None else None
    day = _day(gathered, ATTESTED, record)
    if not complete or entry is None or label is None or day is None:
        return None
    return _Attested(entry, label, shown(record.cells["by"].value), day, record.place)


def _complete(gathered: Gathered, table: Columns, record: Record, wanted: tuple[str, ...]) -> bool:
    missing = tuple(table.columns[column] for column in wanted if _is_blank(record.cells.get(column)))
    if missing and not record.doubtful:
        gathered.report("CR0523", record.place, {"label": table.names, "missing": missing})
    return not missing


def _is_blank(atom: Atom | None) -> bool:
    return atom is None or (isinstance(atom.value, str) and not atom.value.strip())


def _list(gathered: Gathered, tools: Tools, atom: Atom | None) -> ListType | None:
    if atom is None or _is_blank(atom):
        return None
    thing = tools.labels.thing(shown(atom.value))
    if isinstance(thing, ListType):
        return thing
    unknown(gathered, tools, atom, PLAN, tuple(entry.names for entry in tools.vocabulary.lists))
    return None


def _fact(gathered: Gathered, tools: Tools, entry: ListType, atom: Atom | None) -> Label | None:
    if atom is None or _is_blank(atom):
        return None
    entity = tools.vocabulary.entity(entry.entity)
    label = tools.labels.within(entity, shown(atom.value))
    if label is None:
        unknown(gathered, tools, atom, entry.singular, field_names(entity))
    elif label.negated or _denied(label.field) is None:
        own = {"own": label.field.names} if label.negated else {"options": _attestable(entity)}
        gathered.report("CR0524", atom.place, {"found": shown(atom.value), **own})
        label = None
    return label


def _denied(declared: Field) -> Blank | bool | tuple[str, ...] | None:
    """The value that an attestation gives a field: no, nobody or none."""
    return False if isinstance(declared.type, TruthType) else declared.none


def _attestable(entity: Entity) -> tuple[object, ...]:
    return tuple(declared.names for declared in entity.fields if _denied(declared) is not None)


def _day(gathered: Gathered, table: Columns, record: Record) -> date | None:
    atom = record.cells.get("date")
    if atom is None or _is_blank(atom):
        return None
    if isinstance(atom.value, date):
        return atom.value
    day = day_of(atom.value) if isinstance(atom.value, str) else Problem("CR0508", {"found": shown(atom.value)})
    if isinstance(day, Problem):
        gathered.report(day.code, atom.place, {"label": table.columns["date"], **day.data})
        return None
    return day


def _fill(gathered: Gathered, said: _Attested, list_id: str) -> int:
    """Fill what is missing in the rows of a list; gives the number of rows for which the attestation speaks."""
    given = gathered.lists.get(list_id)
    none = _denied(said.label.field)
    if given is None or none is None:
        return 0
    fact, id = Fact(none, said.place, attested=True), said.label.id
    rows = tuple(
        row
        if id in row.values or f"{list_id}[{number}].{id}" in gathered.blocked
        else Row({**row.values, id: fact}, row.place)
        for number, row in enumerate(given.rows, 1)
    )
    gathered.lists[list_id] = FactList(rows, given.complete, given.place)
    return sum(after is not before for before, after in zip(given.rows, rows, strict=True))


# ---------------------------------------------------------------- waivers


def waive(gathered: Gathered) -> tuple[Waiver, ...]:
    """The waivers of a plan; one without a rule, a reason or the body that gave it is none."""
    return tuple(_waivers(gathered))


def _waivers(gathered: Gathered) -> Iterator[Waiver]:
    for record in gathered.waived:
        complete = _complete(gathered, WAIVED, record, ("rule", "reason", "by"))
        day = _day(gathered, WAIVED, record)
        if complete:
            texts = {column: _text(record.cells, column) for column in ("rule", "person", "reason", "by")}
            yield Waiver(**texts, day=day, fingerprint=_text(record.cells, "fingerprint"), place=record.place)


def _text(cells: Mapping[str, Atom], column: str) -> str:
    atom = cells.get(column)
    if atom is None or isinstance(atom.value, Blank):
        return ""
    return atom.value.strip() if isinstance(atom.value, str) else shown(atom.value)
