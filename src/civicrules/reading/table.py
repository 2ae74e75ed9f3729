"""Facts from a grid whose columns have headings: CSV files, and the tables within workbook sheets."""

from __future__ import annotations

import re

from attrs import define, field

from civicrules.diagnostics import Severity
from civicrules.facts import Fact, FactList, Row
from civicrules.plan_words import MORE, NONE
from civicrules.program import Entity, ListType, Names
from civicrules.reading.gathered import Gathered, Tools, field_names, unknown
from civicrules.reading.labels import Label, Labels, fold, stands_for
from civicrules.reading.raw import Atom, Sheet, shown
from civicrules.source import Cell, Place

Cells = tuple[Atom | None, ...]

# Columns that number the rows or hold remarks; people keep them, they are not facts.
_ASIDE = frozenset(
    ("no", "no.", "number", "#", "note", "notes", "remark", "remarks", "序号", "编号", "备注", "说明", "注")
)
_TOTALS = frozenset(("total", "totals", "sum", "subtotal", "合计", "总计", "小计", "共计", "总数"))
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_REMARK = re.compile(r"\s*(?:例|示例|注|备注|说明|填表说明|example|note|notes)(?:\s*[:：]|$)", re.IGNORECASE)


def text_of(atom: Atom | None) -> str:
    """The text of a cell, empty for what is not a text."""
    return atom.value if atom is not None and isinstance(atom.value, str) else ""


def is_remark(cells: Cells) -> bool:
    """Whether a row is an example or a remark: its first cell says so (`example:`, `例：`, `注：`)."""
    first = next((atom for atom in cells if atom is not None), None)
    return bool(_REMARK.match(text_of(first)))


def headings(labels: Labels, entity: Entity, cells: Cells) -> dict[int, Label]:
    """The columns whose headings are labels of an entity's fields."""
    found = {}
    for at, atom in enumerate(cells):
        label = labels.within(entity, text_of(atom)) if text_of(atom) else None
        if label is not None:
            found[at] = label
    return found


@define
class Table:
    """A table on its way: its list, its columns by position, and the rows so far."""

    entry: ListType
    place: Place
    columns: dict[int, tuple[Atom, Label]]
    aside: dict[int, Atom]
    blanks: dict[int, Label]
    rows: list[Row] = field(factory=list)
    complete: bool = True
    stated: bool = False

    @property
    def facts(self) -> FactList | None:
        """The list, nothing when no row says anything: an empty form is not an empty list."""
        return FactList(tuple(self.rows), self.complete, self.place) if self.rows or self.stated else None


def open_table(gathered: Gathered, tools: Tools, entry: ListType, cells: Cells) -> Table:
    """A table from its row of headings. A heading that is not known is reported once, for its whole column."""
    entity = tools.vocabulary.entity(entry.entity)
    known = headings(tools.labels, entity, cells)
    columns: dict[int, tuple[Atom, Label]] = {}
    aside: dict[int, Atom] = {}
    for at, atom in enumerate(cells):
        if atom is None:
            continue
        label = known.get(at)
        if label is not None:
            columns[at] = (atom, label)
            continue
        aside[at] = atom
        if fold(text_of(atom)) in _ASIDE:
            gathered.report("CR0453", atom.place, {"found": shown(atom.value), "label": entry.names}, Severity.ADVICE)
        else:
            unknown(gathered, tools, atom, entry.singular, field_names(entity))
    first = next(atom for atom in cells if atom is not None)
    blanks = {at: label for at, (_, label) in columns.items() if label.field.blank_is_none}
    return Table(entry, first.place, columns, aside, blanks)


def add_row(
    gathered: Gathered, tools: Tools, table: Table, cells: Cells, covered: frozenset[int] = frozenset()
) -> None:
    """Read one row below the headings; a row that says `more to come` or `none` speaks for the whole list.

    Cells in the columns `covered` belong to a merged area that begins elsewhere: these are not blank.
    """
    present = [(at, atom) for at, atom in enumerate(cells) if atom is not None]
    if not present or is_remark(cells):
        return
    first_text = text_of(present[0][1])
    if len(present) == 1 and stands_for(first_text, MORE):
        table.complete, table.stated = False, True
        return
    if len(present) == 1 and stands_for(first_text, NONE):
        table.stated = True
        return
    if fold(first_text) in _TOTALS:
        gathered.report(
            "CR0452", present[0][1].place, {"found": first_text, "label": table.entry.names}, Severity.WARNING
        )
        return
    _add_member(gathered, tools, table, present, covered)


def _add_member(
    gathered: Gathered, tools: Tools, table: Table, present: list[tuple[int, Atom]], covered: frozenset[int]
) -> None:
    if all(at in table.aside for at, _ in present):
        return
    values: dict[str, Fact] = {}
    under = f"{table.entry.id}[{len(table.rows) + 1}]."
    stray = []
    noted = len(gathered.blocked) + len(gathered.parts)
    for at, atom in present:
        column = table.columns.get(at)
        if column is not None:
            gathered.put(tools, column[1], atom, values, under, column[1].id)
        elif at not in table.aside:
            stray.append(atom)
    if stray:
        gathered.report("CR0450", stray[0].place, {"cells": tuple(ref(atom) for atom in stray)}, Severity.WARNING)
    if values or len(gathered.blocked) + len(gathered.parts) > noted:
        if table.blanks:
            _note_blanks(gathered, table, present, covered)
            gathered.end_row(values, under)
        table.rows.append(Row(values, present[0][1].place))


def _note_blanks(gathered: Gathered, table: Table, present: list[tuple[int, Atom]], covered: frozenset[int]) -> None:
    filled = {at for at, _ in present}
    first = present[0][1]
    for at, label in table.blanks.items():
        if at not in filled and at not in covered:
            gathered.blank(label, _in_column(first.place, table.columns[at][0].place))


def _in_column(row: Place, heading: Place) -> Place:
    """The cell in the row of one cell and the column of another."""
    if not (isinstance(row, Cell) and isinstance(heading, Cell)):
        return row
    return Cell(row.file, row.sheet, heading.ref.rstrip("0123456789") + row.ref.lstrip(_LETTERS))


def ref(atom: Atom) -> str:
    """Where a cell is within its sheet: `C7`."""
    return str(getattr(atom.place, "ref", atom.place))


def bind_table(gathered: Gathered, tools: Tools, entry: ListType, sheet: Sheet) -> FactList | None:
    """The list in a grid of its own: title rows, a row of headings, members."""
    entity = tools.vocabulary.entity(entry.entity)
    table: Table | None = None
    for cells in sheet.rows:
        if table is not None:
            add_row(gathered, tools, table, cells)
        elif is_heading_row(tools.labels, entity, cells):
            table = open_table(gathered, tools, entry, cells)
    if table is None:
        gathered.report(
            "CR0449", sheet.place, {"label": entry.names, "headings": tuple(f.names for f in entity.fields[:4])}
        )
        gathered.blocked[entry.id] = sheet.place
        return None
    return table.facts


def is_heading_row(labels: Labels, entity: Entity, cells: Cells) -> bool:
    """Whether a row holds texts only, at least half of them labels of the entity's fields (row numbers not counted)."""
    present = [atom for atom in cells if atom is not None]
    if not all(isinstance(atom.value, str) for atom in present):
        return False
    known = headings(labels, entity, cells)
    return bool(known) and 2 * len(known) >= sum(fold(text_of(atom)) not in _ASIDE for atom in present)


def names_of(entries: tuple[ListType, ...]) -> tuple[Names, ...]:
    """The names of lists, for a message."""
    return tuple(entry.names for entry in entries)
