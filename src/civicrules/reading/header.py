"""What a plan says of itself: its ruleset, day, stage and language. Read before any vocabulary is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from civicrules.diagnostics import Diagnostic, Label, Severity
from civicrules.facts import PlanHeader
from civicrules.plan_words import ATTESTATIONS, PLAN, WAIVERS
from civicrules.program import Names
from civicrules.reading.labels import HEADER, WIDE, fold, forms, header_key, stands_for
from civicrules.reading.python import attribute, branch_of, node_of
from civicrules.reading.raw import Atom, Book, Branch, Node, Raw, Sheet, Thing, Unreadable, shown
from civicrules.reading.scalars import Problem, day_of
from civicrules.source import Place
from civicrules.suggest import closeness, nearest
from civicrules.values import frozen

_CLOSE = 75
Position = tuple[int, int]
# A label of the header, what stands under it, and where the label is (worked out only when there is something to say).
Entry = tuple[str, Node | None, Place | Callable[[], Place]]


@frozen
class HeaderCells:
    """The header's labels with their values in a sheet, and the positions of all cells that belong to it."""

    entries: tuple[tuple[Atom, Atom | None], ...]
    positions: frozenset[Position]


def raw_of(root: Node | Book, name: str) -> Raw:
    """A plan as written, with its header."""
    found: list[Diagnostic] = []
    return Raw(root, name, *_read(_entries(root, found), found))


def header(raw: Raw) -> tuple[PlanHeader, tuple[Diagnostic, ...]]:
    """The header of a plan, and what is wrong with it.

    In a tree it stands under `plan` (方案). In a workbook it is a block of labels with values beside them: under a
    heading or in a sheet of that name, or wherever a label `ruleset` (规则集) stands.
    """
    return raw.about, raw.problems


def header_place(raw: Raw, id: str) -> Place | None:
    """Where the value of one of the header's keys stands."""
    for text, node, _ in _entries(raw.root, []):
        if node is not None and header_key(text) == id:
            return node.place
    return None


def _entries(root: Node | Book, found: list[Diagnostic]) -> list[Entry]:
    entries: list[Entry] = []
    if isinstance(root, Book):
        for sheet in root.sheets:
            for label, value in header_cells(sheet).entries:
                entries.append((str(label.value), value, label.place))
        return entries
    for block in _blocks(root):
        opened = _opened(block) if isinstance(block, Thing) else block
        if isinstance(opened, Branch):
            for at, (text, node) in enumerate(opened.entries):
                entries.append((text, node, partial(opened.where, at)))
        elif not (isinstance(opened, Atom) and opened.value == ""):
            found.append(Diagnostic("CR0503", opened.place, {"label": PLAN}))
    return entries


def _read(entries: list[Entry], found: list[Diagnostic]) -> tuple[PlanHeader, tuple[Diagnostic, ...]]:
    values: dict[str, str] = {}
    places: dict[str, Place] = {}
    day: date | None = None
    for text, node, where in entries:
        id = header_key(text)
        if id is None:
            data = {"found": shown(text), "label": PLAN, "suggestions": nearest(text, forms(HEADER.values()))}
            found.append(Diagnostic("CR0501", where() if callable(where) else where, data))
        elif node is None or (isinstance(node, Atom) and node.value == ""):
            continue
        elif not isinstance(node, Atom):
            found.append(Diagnostic("CR0519", node.place, {"label": HEADER[id]}))
        elif isinstance(node.value, Unreadable):
            continue
        elif id in places:
            found.append(given_twice(HEADER[id], node.place, places[id], same=shown(node.value) == values[id]))
        else:
            values[id], places[id] = shown(node.value), node.place
            if id == "day":
                day = _day(node, found)
    language = values.get("language") or ("zh" if any(re.search(WIDE, text) for text, _, _ in entries) else None)
    return PlanHeader(values.get("ruleset"), day, values.get("stage"), language), tuple(found)


def from_mapping(value: object) -> Raw:
    """A plan from nested mappings or objects; values are numbers, dates, yes/no and texts as Python has them.

    Keys are labels or ids in either language, a space and `_` being the same. A whole float is taken as an integer, any
    other by its shortest decimal; `None` is a blank. Objects are asked for attributes when the vocabulary is known.

    >>> from_mapping({"plan": {"day": "2012-08-20"}}).about.day
    datetime.date(2012, 8, 20)
    """
    return raw_of(node_of(value, ()), "")


def given_twice(names: Names, place: Place, first: Place | None, same: bool) -> Diagnostic:
    """Something that is given a second time; harmless when it says the same."""
    severity = Severity.WARNING if same else Severity.ERROR
    return Diagnostic("CR0440", place, {"label": names}, severity, (Label(first, "first"),) if first else ())


def _day(atom: Atom, found: list[Diagnostic]) -> date | None:
    if isinstance(atom.value, date):
        return atom.value
    result = day_of(atom.value) if isinstance(atom.value, str) else Problem("CR0508", {"found": shown(atom.value)})
    if isinstance(result, Problem):
        found.append(Diagnostic(result.code, atom.place, {"label": HEADER["day"], **result.data}))
        return None
    return result


def _blocks(root: Node) -> Iterator[Node]:
    if isinstance(root, Branch):
        for key, node in root.entries:
            if stands_for(key, PLAN):
                yield node
    elif isinstance(root, Thing):
        found = attribute(root, forms((PLAN,)))
        if found is not None:
            yield found[1]


def _opened(thing: Thing) -> Branch:
    found = [entry for entry in (attribute(thing, forms((names,))) for names in HEADER.values()) if entry is not None]
    return branch_of(tuple(name for name, _ in found), tuple(node for _, node in found), thing.path)


# ---------------------------------------------------------------- in a sheet


def header_cells(sheet: Sheet) -> HeaderCells:
    """The header's block in a sheet: rows that begin with its labels, around its heading or `ruleset`."""
    entries: list[tuple[Atom, Atom | None]] = []
    positions: set[Position] = set()
    if any(stands_for(sheet.name, names) for names in (ATTESTATIONS, WAIVERS)):
        return HeaderCells((), frozenset())
    inside = whole = stands_for(sheet.name, PLAN)
    for at, row in enumerate(sheet.rows):
        first = next((c for c, atom in enumerate(row) if atom is not None), None)
        if first is None:
            continue
        label = row[first]
        text = label.value if label is not None and isinstance(label.value, str) else ""
        alone = all(atom is None for atom in row[first + 1 :])
        if alone and stands_for(text, PLAN):
            positions.add((at, first))
            inside = True
            continue
        id = header_key(text)
        misspelt = id is None and not alone and _nearly_header(text, inside)
        inside = whole or misspelt or (id is not None and (inside or id == "ruleset"))
        if inside and (id is not None or misspelt) and label is not None:
            value = beside(sheet, at, first)
            entries.append((label, row[value] if value < len(row) else None))
            positions.update({(at, first), (at, value)})
    return HeaderCells(tuple(entries), frozenset(positions))


def _nearly_header(text: str, inside: bool) -> bool:
    """Whether a label in the header's block is nearly one of its labels, or anywhere nearly `ruleset`."""
    return any(
        closeness(fold(text), fold(form)) >= _CLOSE
        for form in forms(HEADER.values() if inside else (HEADER["ruleset"],))
    )


def beside(sheet: Sheet, row: int, column: int) -> int:
    """The column right of a cell, past the area it is merged with."""
    return column + sheet.spans.get((row, column), (1, 1))[1]
