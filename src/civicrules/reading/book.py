"""Facts from the sheets of a workbook: labels with values beside them, and tables, in any order, with titles above.

What a sheet holds is recognised by the vocabulary's labels in either language. Every cell that is not empty is
bound, or reported: titles and notes together as advice, everything else by itself.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import define, field

from civicrules.diagnostics import Severity
from civicrules.program import Entity, ListType, Names
from civicrules.reading.gathered import Gathered, Tools, field_names, unknown
from civicrules.reading.header import beside, header_cells
from civicrules.reading.labels import Label, Labels, fold
from civicrules.reading.raw import Atom, Book, Sheet, Unreadable, shown
from civicrules.reading.records import bind_records, records_table
from civicrules.reading.scalars import Problem, unit_names
from civicrules.reading.table import (
    Cells,
    Table,
    add_row,
    headings,
    is_heading_row,
    is_remark,
    names_of,
    open_table,
    ref,
    text_of,
)
from civicrules.suggest import closeness

_LONGEST_HEADING = 40
_CLOSE_IN_TABLE = 88


@define
class _Page:
    """Where reading a sheet stands: what headings and titles name, and the table that is open.

    Below a heading that is not known, `lost` is the thing it most likely means.
    """

    sheet: Sheet
    tall: dict[int, list[tuple[int, int]]]
    covered: dict[int, frozenset[int]]
    scope: Entity | None = None
    named: ListType | None = None
    hinted: ListType | None = None
    titled: bool = False
    table: Table | None = None
    tables: int = 0
    doubtful: bool = False
    lost: ListType | Entity | None = None
    notes: list[Atom] = field(factory=list)
    stray: list[Atom] = field(factory=list)


def bind_book(gathered: Gathered, tools: Tools, book: Book) -> None:
    """Bind all sheets of a workbook."""
    notes: list[Atom] = []
    for sheet in book.sheets:
        thing = tools.labels.thing(sheet.name)
        records = records_table(sheet.name) if thing is None else None
        if records is not None:
            bind_records(gathered, tools, records, sheet)
            continue
        page = _Page(sheet, _tall(sheet), _covered(sheet))
        page.scope = thing if isinstance(thing, Entity) else None
        page.named = thing if isinstance(thing, ListType) else None
        page.hinted = page.named or contained(tools.labels, sheet.name)
        _bind_sheet(gathered, tools, page)
        notes.extend(page.notes)
        if page.stray:
            cells = tuple(ref(atom) for atom in page.stray)
            gathered.report("CR0450", page.stray[0].place, {"cells": cells}, Severity.WARNING)
    if notes:
        cells = tuple(str(atom.place) for atom in notes)
        data = {"count": len(notes), "cells": cells[:12]}
        gathered.report("CR0451", notes[0].place, data, Severity.ADVICE)


def _bind_sheet(gathered: Gathered, tools: Tools, page: _Page) -> None:
    taken = header_cells(page.sheet).positions
    gap = True
    for at, row in enumerate(page.sheet.rows):
        cells = tuple(None if (at, c) in taken else atom for c, atom in enumerate(row)) if taken else row
        present = [atom for atom in cells if atom is not None]
        if not present:
            gap = True
            continue
        begins, gap = gap or page.table is None, False
        if is_remark(cells):
            page.notes.extend(present)
        elif len(present) == 1 and _heading(tools, page, present[0]):
            _close(gathered, tools, page)
        elif (len(present) == 1 and begins and _misspelt_heading(gathered, tools, page, present[0])) or _opens_table(
            gathered, tools, page, cells
        ):
            continue
        elif page.table is not None:
            _merged(gathered, page, at)
            add_row(gathered, tools, page.table, cells, page.covered.get(at, frozenset()))
        elif (
            len(present) == 1
            and not tools.labels.alone(text_of(present[0]))
            and ":" not in text_of(present[0]).replace("：", ":")
        ):
            _title(tools, page, present[0])
        else:
            _pairs(gathered, tools, page, at, cells)
    _close(gathered, tools, page)
    if page.named is not None and not page.tables and page.sheet.rows and any(any(row) for row in page.sheet.rows):
        entity = tools.vocabulary.entity(page.named.entity)
        data = {"label": page.named.names, "headings": tuple(entry.names for entry in entity.fields[:4])}
        gathered.report("CR0449", page.sheet.place, data)
        gathered.blocked.setdefault(page.named.id, page.sheet.place)


# ---------------------------------------------------------------- titles and headings


def _heading(tools: Tools, page: _Page, atom: Atom) -> bool:
    """Take a row that is nothing but the label of an entity, a body or a list.

    Where the thing at hand has a field of this name, as a list of ballot days has the ballot day, it is that field.
    """
    thing = tools.labels.thing(text_of(atom)) if text_of(atom) else None
    own = page.scope or (tools.vocabulary.entity(page.named.entity) if page.named is not None else None)
    if thing is None or (own is not None and tools.labels.within(own, text_of(atom))):
        return False
    page.lost = None
    if isinstance(thing, Entity):
        page.scope, page.named, page.hinted = thing, None, None
    else:
        page.titled = page.named is not None and page.named is not thing and not page.tables
        page.hinted = page.named if page.titled else thing
        page.named, page.scope = thing, None
    return True


def _misspelt_heading(gathered: Gathered, tools: Tools, page: _Page, atom: Atom) -> bool:
    """Report a cell that is nearly the label of an entity, a body or a list; what follows is not of the section above.

    A title that holds such a label and says more is none; nor is a label that is nearer to one of a field, nor one
    that says again which section this is. In a table a name may be near a label by chance: there it must be nearer.
    """
    text = text_of(atom)
    if not text or len(text) > _LONGEST_HEADING or _labels(tools, page, text) or _value_follows(text):
        return False
    vocabulary, members = tools.vocabulary, tools.vocabulary.listed()
    things: tuple[Entity | ListType, ...] = (
        *(entity for entity in vocabulary.entities if entity.id not in members),
        *vocabulary.lists,
    )
    names = tuple(thing.names for thing in things)
    near = gathered.suggest(tools, text, (*names, *_candidates(tools, page.scope)))
    meant = tools.labels.thing(near[0]) if near else None
    if meant is None or meant in (page.scope, page.named) or _labels(tools, page, near[0]):
        return False
    close = closeness(fold(text), fold(near[0]))
    if close < _CLOSE_IN_TABLE and (page.table is not None or _holds_label(tools, text)):
        return False
    _close(gathered, tools, page)
    page.scope = page.named = page.hinted = None
    page.lost = meant
    suggestions = tuple(form for form in near if tools.labels.thing(form) is not None)
    gathered.report("CR0454", atom.place, {"found": shown(text), "suggestions": suggestions[:1]})
    if isinstance(meant, ListType):
        gathered.blocked.setdefault(meant.id, atom.place)
    return True


def _holds_label(tools: Tools, text: str) -> bool:
    folded = fold(text)
    return any(fold(form) in folded for form in tools.labels.things)


def _value_follows(text: str) -> bool:
    return ":" in text.replace("：", ":").rstrip(": ")


def _title(tools: Tools, page: _Page, atom: Atom) -> None:
    """Keep a title; one that contains the label of a list says what the table below it is."""
    if not isinstance(atom.value, str):
        page.stray.append(atom)
        return
    page.notes.append(atom)
    if page.named is None:
        page.hinted = contained(tools.labels, atom.value) or page.hinted


def contained(labels: Labels, text: str) -> ListType | None:
    """The list whose label a title contains (湖畔社区居委会候选人名单): the longest such label."""
    folded = fold(text)
    found: dict[str, ListType] = {
        form: thing for form, thing in labels.things.items() if isinstance(thing, ListType) and fold(form) in folded
    }
    longest = max((len(form) for form in found), default=0)
    lists = {thing.id: thing for form, thing in found.items() if len(form) == longest}
    return next(iter(lists.values())) if len(lists) == 1 else None


# ---------------------------------------------------------------- tables


def _opens_table(gathered: Gathered, tools: Tools, page: _Page, cells: Cells) -> bool:
    """Open a table when a row is one of headings, or report why it cannot be told whose table it is."""
    if not any(tools.labels.heads_column(text_of(atom)) for atom in cells if atom is not None):
        return False
    known = page.named or page.hinted
    if known is not None and is_heading_row(tools.labels, tools.vocabulary.entity(known.entity), cells):
        candidates: tuple[ListType, ...] = (known,)
        if page.titled and page.hinted is not None and page.hinted is not page.named:
            candidates = (page.hinted, known)
    else:
        candidates = _by_headings(tools, page, cells)
    if not candidates:
        return False
    _close(gathered, tools, page)
    page.tables += 1
    page.table = open_table(gathered, tools, candidates[0], cells)
    if len(candidates) > 1:
        place = page.table.place
        gathered.report("CR0448", place, {"candidates": names_of(candidates)})
        for entry in candidates:
            gathered.blocked.setdefault(entry.id, place)
        page.doubtful = True
    return True


def _by_headings(tools: Tools, page: _Page, cells: Cells) -> tuple[ListType, ...]:
    """The lists whose members have the most of a row's headings; at least two, and more than the entity at hand."""
    best: list[ListType] = []
    most = max(1, len(headings(tools.labels, page.scope, cells)) if page.scope is not None else 1)
    for entry in tools.vocabulary.lists:
        entity = tools.vocabulary.entity(entry.entity)
        if entry.parts or not is_heading_row(tools.labels, entity, cells):
            continue
        count = len(headings(tools.labels, entity, cells))
        if count > most:
            best, most = [], count
        if count == most and count >= 2:
            best.append(entry)
    return tuple(best)


def _close(gathered: Gathered, tools: Tools, page: _Page) -> None:
    """Put the open table in its place."""
    table, page.table = page.table, None
    if table is None:
        return
    doubtful, page.doubtful, page.titled = page.doubtful, False, False
    facts = table.facts
    if facts is not None and not doubtful:
        gathered.put_list(tools, table.entry, facts, table.place)


def _merged(gathered: Gathered, page: _Page, at: int) -> None:
    """Warn of a value merged over several members: it counts for the first of them only."""
    for column, rows in page.tall.get(at, ()):
        row = page.sheet.rows[at]
        atom = row[column] if column < len(row) else None
        if atom is not None:
            gathered.report("CR0445", atom.place, {"rows": rows}, Severity.WARNING)


def _tall(sheet: Sheet) -> dict[int, list[tuple[int, int]]]:
    """The merged areas of several rows, by their first row: column and number of rows."""
    areas: dict[int, list[tuple[int, int]]] = {}
    for (row, column), (rows, _) in sheet.spans.items():
        if rows > 1:
            areas.setdefault(row, []).append((column, rows))
    return areas


def _covered(sheet: Sheet) -> dict[int, frozenset[int]]:
    """The columns of each row whose cells belong to a merged area that begins in another cell."""
    found: dict[int, set[int]] = {}
    for (row, column), (rows, columns) in sheet.spans.items():
        for at in range(row, min(row + rows, len(sheet.rows))):
            found.setdefault(at, set()).update(range(column, column + columns))
        found.get(row, set()).discard(column)
    return {at: frozenset(columns) for at, columns in found.items()}


# ---------------------------------------------------------------- labels with values beside them


def _pairs(gathered: Gathered, tools: Tools, page: _Page, at: int, cells: Cells) -> None:
    """Go through a row from left to right: a label takes the cell beside it, a unit after that is checked."""
    column = 0
    while column < len(cells):
        atom = cells[column]
        if atom is None:
            column += 1
            continue
        column = _pair(gathered, tools, page, at, column, cells, atom)


def _pair(gathered: Gathered, tools: Tools, page: _Page, at: int, column: int, cells: Cells, atom: Atom) -> int:
    """Read what stands in one cell, and give the column to go on from."""
    text = text_of(atom)
    after = beside(page.sheet, at, column)
    value = cells[after] if after < len(cells) else None
    labels = _labels(tools, page, text) if text else ()
    if len(labels) > 1 and page.lost is not None:
        _block(gathered, tools, page.lost, text, atom)
        return after + (value is not None)
    if len(labels) > 1:
        owners = tuple(label.entity.names for label in labels)
        gathered.report("CR0502", atom.place, {"found": shown(text), "owners": owners})
        return after + (value is not None)
    if labels and labels[0].part and _holds_number(tools, labels[0], atom, value):
        labels = ()
    elif labels and labels[0].part and value is None:
        value = Atom("", atom.place)
    if labels:
        if value is not None and _is_label(tools, page, value, labels[0]):
            return after
        if value is not None:
            unit = cells[after + 1] if after + 1 < len(cells) else None
            return after + 1 + _bind(gathered, tools, labels[0], value, unit)
        return after
    thing = tools.labels.thing(text) if text else None
    if isinstance(thing, Entity) and value is not None:
        page.scope, page.lost = thing, None
        return after
    if _inline(gathered, tools, page, atom):
        return after
    if _heads_its_row(page, cells, column) and _misspelt_heading(gathered, tools, page, atom):
        page.notes.extend(other for other in cells[column + 1 :] if other is not None)
        return len(cells)
    return _unlabelled(gathered, tools, page, atom, value, after)


def _holds_number(tools: Tools, label: Label, atom: Atom, value: Atom | None) -> bool:
    """Whether the number is in the cell of its label (`ballots returned: 600`), and not that of a part beside it."""
    read = tools.readers[label.key]
    beside = value is not None and not isinstance(read(value), Problem)
    return not beside and not isinstance(read(Atom(label.part, atom.place)), Problem)


def _heads_its_row(page: _Page, cells: Cells, column: int) -> bool:
    """Whether a cell is the first of its row and followed by remarks only: whoever misspells a heading has them too."""
    others = [atom for atom in cells[column + 1 :] if atom is not None]
    return page.table is None and not any(cells[:column]) and all(isinstance(atom.value, str) for atom in others)


def _block(gathered: Gathered, tools: Tools, meant: Entity | ListType, text: str, atom: Atom) -> None:
    """Keep a value below a heading that is not known out of all sections; the heading's diagnostic says why."""
    label = tools.labels.within(meant, text) if isinstance(meant, Entity) else None
    if label is not None and label.key not in gathered.values:
        gathered.blocked.setdefault(label.key, atom.place)


def _labels(tools: Tools, page: _Page, text: str) -> tuple[Label, ...]:
    if page.scope is not None:
        label = tools.labels.within(page.scope, text)
        if label is not None:
            return (label,)
    return tools.labels.alone(text)


def _is_label(tools: Tools, page: _Page, value: Atom, label: Label) -> bool:
    """Whether the cell beside a label is another label rather than a value."""
    text = text_of(value)
    if not text or not _labels(tools, page, text):
        return False
    return isinstance(tools.readers[label.key](value), Problem)


def _bind(gathered: Gathered, tools: Tools, label: Label, value: Atom, unit: Atom | None) -> int:
    """Bind a value with the unit that may stand in the cell after it, and say how many cells the unit took."""
    own = getattr(label.field.type, "unit", None)
    meant = tools.units.get(fold(text_of(unit)), ()) if unit is not None else ()
    if meant and own not in meant and isinstance(value.value, int | Fraction):
        data: dict[str, object] = {"label": label.field.names, "found": shown(value.value)}
        data["given"] = unit_names(tools.vocabulary.unit(meant[0]))
        if own is not None:
            data["unit"] = unit_names(tools.vocabulary.unit(own))
        gathered.report("CR0507", value.place, data)
        gathered.blocked[label.key] = value.place
    else:
        gathered.put(tools, label, value, gathered.values, "", label.key)
    return 1 if meant else 0


def _inline(gathered: Gathered, tools: Tools, page: _Page, atom: Atom) -> bool:
    """A label and its value in one cell: `居民户数：1601`."""
    left, colon, right = text_of(atom).replace("：", ":", 1).partition(":")
    labels = _labels(tools, page, left) if colon and right.strip() else ()
    if len(labels) != 1:
        return False
    gathered.put(tools, labels[0], Atom(right.strip(), atom.place), gathered.values, "", labels[0].key)
    return True


def _unlabelled(gathered: Gathered, tools: Tools, page: _Page, atom: Atom, value: Atom | None, after: int) -> int:
    """A cell that is neither label nor value: a misspelt label with its value, a note, or a value without label."""
    if not isinstance(atom.value, str):
        if not isinstance(atom.value, Unreadable):
            page.stray.append(atom)
        return after
    scope = page.scope
    candidates = _candidates(tools, scope)
    near = gathered.suggest(tools, atom.value, candidates) if value is not None else ()
    if value is not None and (near or not isinstance(value.value, str)) and len(atom.value) <= 40:
        within = scope.names if scope is not None else Names.of(en=page.sheet.name)
        unknown(gathered, tools, atom, within, candidates, Severity.ERROR if near else Severity.WARNING)
        return after + 1
    page.notes.append(atom)
    return after


def _candidates(tools: Tools, scope: Entity | None) -> tuple[Names, ...]:
    members = tools.vocabulary.listed()
    entities = (scope,) if scope is not None else tools.vocabulary.entities
    return tuple(names for entity in entities if entity.id not in members for names in field_names(entity))
