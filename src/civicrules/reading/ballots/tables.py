"""Tables of papers before anyone looks into them: rows of texts that can be gone through more than once.

A file of a million rows is never in memory as cells: its rows are made again each time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import field

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.reading.csv import column, decode, separator_of
from civicrules.reading.files import kind_of, whole_file
from civicrules.reading.raw import Book, Raw, Sheet, Unreadable, shown
from civicrules.source import Cell
from civicrules.values import frozen

# A million ranked papers of ten candidates with Chinese names are about 100 MB.
MOST_BALLOTS = 256 * 2**20

# Stands for a cell that could not be read and was reported already. No file holds it: it is a control character.
REPORTED = "\x1a"

# Stands between the cells of a row in one text.
BETWEEN = "\x00"

_CODECS = {"UTF-8": "utf-8-sig", "gb18030": "gb18030"}
_SHOWN = {",": ",", ";": ";", "\t": "Tab"}
_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32), 127))


@frozen
class Table:
    """A table: `rows` begins to read it anew. `box` is what its papers come from, where they do not say it."""

    file: str
    sheet: str
    box: str
    rows: Callable[[], Iterator[list[str]]] = field(eq=False, repr=False)

    def cell(self, row: int, at: int = 0) -> Cell:
        """The place of a cell; rows are counted from 1, columns from 0."""
        return Cell(self.file, self.sheet, f"{column(at)}{row}")

    def name(self, row: int) -> str:
        """What a row is known by."""
        return f"{self.sheet or self.file}:{row}"

    def header(self) -> tuple[int, list[str]]:
        """The first row with anything in it, and its number."""
        return next(((number, row) for number, row in enumerate(self.rows(), 1) if any(map(str.strip, row))), (0, []))


def table_of(data: bytes, path: Path, box: str) -> tuple[Table | None, list[Diagnostic]]:
    """The table that the bytes of a CSV file hold, in the encodings and with the separators that tables of plans have."""
    found = decode(data)
    if found is None and not kind_of(data):
        return None, [Diagnostic("CR0429", whole_file(path), {"file": path.name})]
    problem = kind_problem(data, path)
    if found is None or problem is not None:
        return None, [] if problem is None else [problem]
    encoding, text = found
    separator = separator_of(text[:65536])
    del text

    def rows() -> Iterator[list[str]]:
        lines = io.TextIOWrapper(io.BytesIO(data), encoding=_CODECS[encoding], newline="")
        return csv.reader(lines, delimiter=separator, strict=True)

    said = {"file": path.name, "encoding": encoding, "separator": _SHOWN[separator]}
    return Table(path.name, "", box, rows), [Diagnostic("CR0428", whole_file(path), said, Severity.ADVICE)]


def kind_problem(data: bytes, path: Path) -> Diagnostic | None:
    """Why the bytes of a file are no text."""
    kind = kind_of(data)
    if kind:
        return Diagnostic("CR0403", whole_file(path), {"file": path.name, "kind": kind, "extension": path.suffix})
    if len(data.translate(None, _CONTROLS)) == len(data):
        return None
    at = next(at for at, byte in enumerate(data) if byte in _CONTROLS)
    facts = {"file": path.name, "character": f"U+{data[at]:04X}", "line": data.count(b"\n", 0, at) + 1}
    return Diagnostic("CR0409", whole_file(path), facts)


def sheets(raw: Raw) -> tuple[Table, ...]:
    """The sheets of a workbook that hold anything; each is a box of its own unless a column says otherwise."""
    if not isinstance(raw.root, Book):
        return ()
    return tuple(_of_sheet(raw.name, sheet) for sheet in raw.root.sheets if any(any(row) for row in sheet.rows))


def _of_sheet(file: str, sheet: Sheet) -> Table:
    def rows() -> Iterator[list[str]]:
        for row in sheet.rows:
            yield [
                "" if atom is None else REPORTED if atom.value is Unreadable.VALUE else shown(atom.value)
                for atom in row
            ]

    return Table(file, sheet.name, sheet.name, rows)
