"""The tables of a plan that are no lists of a vocabulary: what is attested of all members, and which rules are waived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from civicrules.diagnostics import Severity
from civicrules.plan_words import (
    ATTESTATIONS,
    ATTESTED_BY,
    DATE,
    FACT,
    FINGERPRINT,
    LIST,
    NONE,
    PERSON,
    REASON,
    RULE,
    WAIVED_BY,
    WAIVERS,
)
from civicrules.program import Names
from civicrules.reading.gathered import Gathered, Tools, unknown
from civicrules.reading.header import given_twice
from civicrules.reading.labels import fold, forms, stands_for
from civicrules.reading.python import attribute, branch_of
from civicrules.reading.raw import Atom, Branch, Node, Record, Series, Sheet, Thing
from civicrules.reading.table import Cells, is_remark, ref, text_of
from civicrules.values import frozen


@frozen
class Columns:
    """What such a table is called, and its columns by id; with their forms in any language."""

    names: Names
    columns: Mapping[str, Names]

    def column(self, text: str) -> str | None:
        """The id of the column that a label names."""
        folded = fold(text)
        return next((id for id, names in self.columns.items() if folded in map(fold, forms((names,)))), None)


ATTESTED = Columns(ATTESTATIONS, MappingProxyType({"list": LIST, "fact": FACT, "by": ATTESTED_BY, "date": DATE}))
WAIVED = Columns(
    WAIVERS,
    MappingProxyType(
        {
            "rule": RULE,
            "person": PERSON,
            "reason": REASON,
            "by": WAIVED_BY,
            "date": DATE,
            "fingerprint": FINGERPRINT,
        }
    ),
)


def records_table(text: str) -> Columns | None:
    """The table of records that the name of a sheet or a key of a plan stands for."""
    return next((table for table in (ATTESTED, WAIVED) if stands_for(text, table.names)), None)


def bind_records(gathered: Gathered, tools: Tools, table: Columns, node: Node) -> None:
    """Keep the rows of such a table until all lists are known."""
    found = gathered.attested if table is ATTESTED else gathered.waived
    match node:
        case Sheet():
            found.extend(_in_sheet(gathered, tools, table, node))
        case Series():
            found.extend(_in_series(gathered, tools, table, node))
        case Atom(value=str(text)) if not text.strip() or stands_for(text, NONE):
            pass
        case _:
            gathered.wrong_shape(node, table.names, "rows")


def _in_series(gathered: Gathered, tools: Tools, table: Columns, series: Series) -> Iterator[Record]:
    for item in series.items:
        branch = _opened(item, table) if isinstance(item, Thing) else item
        if isinstance(branch, Branch):
            yield _record(gathered, tools, table, branch)
        elif not (isinstance(branch, Atom) and branch.value == ""):
            gathered.wrong_shape(branch, table.names, "fields")


def _opened(thing: Thing, table: Columns) -> Node:
    found = [entry for entry in (attribute(thing, forms((names,))) for names in table.columns.values()) if entry]
    return branch_of(tuple(name for name, _ in found), tuple(node for _, node in found), thing.path)


def _record(gathered: Gathered, tools: Tools, table: Columns, branch: Branch) -> Record:
    cells: dict[str, Atom] = {}
    doubtful = False
    for at, (text, node) in enumerate(branch.entries):
        column = table.column(text)
        if column is None:
            doubtful = True
            unknown(gathered, tools, branch.key(at), table.names, tuple(table.columns.values()))
        elif isinstance(node, Atom):
            doubtful |= not _put(gathered, table, cells, column, node)
        else:
            gathered.wrong_shape(node, table.columns[column], "value")
    return Record(cells, branch.place, doubtful)


def _put(gathered: Gathered, table: Columns, cells: dict[str, Atom], column: str, atom: Atom) -> bool:
    """Keep a value of a record; of two that differ under one name neither counts."""
    first = cells.get(column)
    if first is None:
        cells[column] = atom
        return True
    same = first.value == atom.value
    gathered.diagnostics.append(given_twice(table.columns[column], atom.place, first.place, same))
    if not same:
        cells[column] = Atom("", atom.place)
    return same


def _in_sheet(gathered: Gathered, tools: Tools, table: Columns, sheet: Sheet) -> Iterator[Record]:
    """The rows below the row of headings; what stands above is a title."""
    columns: dict[int, str | None] = {}
    for row in sheet.rows:
        present = [atom for atom in row if atom is not None]
        if not present or is_remark(row):
            continue
        if not columns:
            columns = _headings(gathered, tools, table, row)
            continue
        record = _of_row(gathered, table, columns, row)
        if record.cells:
            yield record
    if not columns and any(any(row) for row in sheet.rows):
        headings = tuple(table.columns.values())
        gathered.report("CR0449", sheet.place, {"label": table.names, "headings": headings})


def _of_row(gathered: Gathered, table: Columns, columns: Mapping[int, str | None], row: Cells) -> Record:
    """The record in a row; cells under no heading are reported."""
    cells: dict[str, Atom] = {}
    present = [(at, atom) for at, atom in enumerate(row) if atom is not None]
    doubtful = None in columns.values()
    for at, atom in present:
        column = columns.get(at)
        if column is not None:
            doubtful |= not _put(gathered, table, cells, column, atom)
    stray = [atom for at, atom in present if at not in columns]
    if stray:
        refs = tuple(ref(atom) for atom in stray)
        gathered.report("CR0450", stray[0].place, {"cells": refs}, Severity.WARNING)
    return Record(cells, present[0][1].place, doubtful)


def _headings(gathered: Gathered, tools: Tools, table: Columns, row: Cells) -> dict[int, str | None]:
    """What the headings of a row name, each unknown one reported; nothing for a row that names fewer than two."""
    named = {at: table.column(text_of(atom)) for at, atom in enumerate(row) if atom is not None}
    if sum(column is not None for column in named.values()) < 2:
        return {}
    for at, column in named.items():
        atom = row[at]
        if column is None and atom is not None:
            unknown(gathered, tools, atom, table.names, tuple(table.columns.values()))
    return named
