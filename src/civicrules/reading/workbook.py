"""Workbooks in `.xlsx`: loaded with openpyxl, for formulas and again for the values they had when saved."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.reading.cells import atom_of
from civicrules.reading.csv import column
from civicrules.reading.files import MOST_BOOK, MOST_CELLS, MOST_UNPACKED, contents, kind_of, whole_file
from civicrules.reading.header import raw_of
from civicrules.reading.raw import Atom, Book, Raw, Sheet, Unreadable
from civicrules.source import Cell

if TYPE_CHECKING:
    from openpyxl import Workbook

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def read_workbook(path: Path) -> tuple[Raw | None, tuple[Diagnostic, ...]]:
    """A plan from an `.xlsx` workbook."""
    data = contents(path, MOST_BOOK)
    if isinstance(data, Diagnostic):
        return None, (data,)
    problem = container_problem(path, data, ".xlsx")
    if problem is not None:
        return None, (problem,)
    try:
        import openpyxl
    except ImportError:
        return None, (Diagnostic("CR0436", whole_file(path), {"file": path.name, "package": "openpyxl"}),)
    try:
        formulas = openpyxl.load_workbook(BytesIO(data), keep_links=False)
        values = formulas
        if _has_formulas(data):
            values = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
    except Exception:  # openpyxl answers a damaged file with whatever its parts raise
        return None, (Diagnostic("CR0434", whole_file(path), {"file": path.name}),)
    return _book(path, formulas, values)


def _has_formulas(data: bytes) -> bool:
    """Whether a sheet of a workbook holds a formula. Loading takes most of the time; without any, once is enough."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = (name for name in archive.namelist() if name.endswith(".xml") and "worksheets/" in name)
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def container_problem(path: Path, data: bytes, wanted: str) -> Diagnostic | None:
    """Why a packed file cannot be opened: encrypted, of another kind, damaged, too large inside."""
    kind = kind_of(data)
    facts: dict[str, object] = {"file": path.name, "extension": path.suffix}
    if kind == ".xls" and "EncryptedPackage".encode("utf-16-le") in data:
        return Diagnostic("CR0433", whole_file(path), facts)
    if kind and kind not in (wanted, ".zip"):
        return Diagnostic("CR0403", whole_file(path), facts | {"kind": kind})
    if not kind:
        text = b"\x00" not in data[:4096]
        return Diagnostic("CR0403" if text else "CR0434", whole_file(path), facts | ({"kind": ".csv"} if text else {}))
    if wanted == ".xls":
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Diagnostic("CR0434", whole_file(path), facts)
    if unpacked > MOST_UNPACKED:
        sizes = {"size": unpacked >> 20, "most": MOST_UNPACKED >> 20}
        return Diagnostic("CR0407", whole_file(path), facts | sizes)
    return None


def _book(path: Path, formulas: Workbook, values: Workbook) -> tuple[Raw | None, tuple[Diagnostic, ...]]:
    diagnostics: list[Diagnostic] = []
    sheets: list[Sheet] = []
    hidden: list[str] = []
    cells = 0
    for sheet in formulas.worksheets:
        cells += (sheet.max_row or 0) * (sheet.max_column or 0)
        if cells > MOST_CELLS:
            return None, (Diagnostic("CR0430", whole_file(path), {"file": path.name, "most": MOST_CELLS}),)
        sheets.append(_sheet(path.name, sheet, values[sheet.title], diagnostics))
        hidden.extend(_hidden(sheet, sheets[-1]))
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        return None, (Diagnostic("CR0406", whole_file(path), {"file": path.name}),)
    if hidden:
        diagnostics.append(Diagnostic("CR0446", whole_file(path), {"places": tuple(hidden)}, Severity.ADVICE))
    return raw_of(Book(tuple(sheets)), path.name), tuple(diagnostics)


def _sheet(file: str, sheet: Any, values: Any, diagnostics: list[Diagnostic]) -> Sheet:
    rows = []
    pairs = zip(sheet.iter_rows(min_row=1, min_col=1), values.iter_rows(min_row=1, min_col=1), strict=False)
    for number, (formula_row, value_row) in enumerate(pairs, 1):
        row: list[Atom | None] = []
        for at, (formula, value) in enumerate(zip(formula_row, value_row, strict=False)):
            atom = None
            if formula.value is not None:
                place = Cell(file, sheet.title, f"{column(at)}{number}")
                atom, problem = _atom(formula, value, place)
                if problem is not None:
                    diagnostics.append(problem)
            row.append(atom)
        rows.append(tuple(row))
    spans = {
        (area.min_row - 1, area.min_col - 1): (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        for area in sheet.merged_cells.ranges
    }
    return Sheet(sheet.title, tuple(rows), Cell(file, sheet.title, "A1"), spans)


def _atom(formula: Any, value: Any, place: Cell) -> tuple[Atom | None, Diagnostic | None]:
    if value.data_type == "e":
        return Atom(Unreadable.VALUE, place), Diagnostic("CR0442", place, {"found": str(value.value)})
    if formula.data_type == "f" and value.value is None:
        return Atom(Unreadable.VALUE, place), Diagnostic("CR0443", place)
    return atom_of(value.value, place, value.number_format or "" if value.data_type == "n" else "")


def _hidden(sheet: Any, grid: Sheet) -> Iterator[str]:
    """The hidden parts of a sheet that hold something, as `sheet!5:5` for rows and `sheet!C:C` for columns."""
    if not any(any(row) for row in grid.rows):
        return
    if sheet.sheet_state != "visible":
        yield sheet.title
    for number, size in sheet.row_dimensions.items():
        if size.hidden and 0 < number <= len(grid.rows) and any(grid.rows[number - 1]):
            yield f"{sheet.title}!{number}:{number}"
    for letters, size in sheet.column_dimensions.items():
        if size.hidden:
            last = column((size.max or size.min) - 1) if size.max else letters
            if any(any(row[size.min - 1 : size.max]) for row in grid.rows):
                yield f"{sheet.title}!{letters}:{last}"
