"""Workbooks in `.xls` and `.ods`, read with python-calamine, which shows values alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.reading.cells import atom_of
from civicrules.reading.csv import column
from civicrules.reading.files import MOST_BOOK, MOST_CELLS, contents, whole_file
from civicrules.reading.header import raw_of
from civicrules.reading.raw import Atom, Book, Raw, Sheet, Unreadable
from civicrules.reading.workbook import container_problem
from civicrules.source import Cell

_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "Err:")


def read_old_workbook(path: Path) -> tuple[Raw | None, tuple[Diagnostic, ...]]:
    """A plan from an `.xls` or `.ods` workbook; the advice says what these could not show."""
    data = contents(path, MOST_BOOK)
    if isinstance(data, Diagnostic):
        return None, (data,)
    problem = container_problem(path, data, path.suffix.lower())
    if problem is not None:
        return None, (problem,)
    try:
        import python_calamine
    except ImportError:
        return None, (Diagnostic("CR0436", whole_file(path), {"file": path.name, "package": "python-calamine"}),)
    diagnostics: list[Diagnostic] = []
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheets = [_sheet(path.name, book.get_sheet_by_name(name), diagnostics) for name in _names(book)]
    except python_calamine.PasswordError:
        return None, (Diagnostic("CR0433", whole_file(path), {"file": path.name}),)
    except Exception:  # the library's own error types, and whatever a damaged file makes it raise
        return None, (Diagnostic("CR0434", whole_file(path), {"file": path.name}),)
    if sum(len(row) for sheet in sheets for row in sheet.rows) > MOST_CELLS:
        return None, (Diagnostic("CR0430", whole_file(path), {"file": path.name, "most": MOST_CELLS}),)
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        return None, (Diagnostic("CR0406", whole_file(path), {"file": path.name}),)
    advice = Diagnostic("CR0447", whole_file(path), {"extension": path.suffix.lower()}, Severity.ADVICE)
    return raw_of(Book(tuple(sheets)), path.name), (*diagnostics, advice)


def _names(book: Any) -> list[str]:
    import python_calamine

    sheets = python_calamine.SheetTypeEnum.WorkSheet
    return [entry.name for entry in book.sheets_metadata if entry.typ == sheets]


def _sheet(file: str, sheet: Any, diagnostics: list[Diagnostic]) -> Sheet:
    rows = []
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        row = []
        for at, value in enumerate(values):
            atom, problem = _atom(value, Cell(file, sheet.name, f"{column(at)}{number}"))
            row.append(atom)
            if problem is not None:
                diagnostics.append(problem)
        rows.append(tuple(row))
    spans = {
        (first[0], first[1]): (last[0] - first[0] + 1, last[1] - first[1] + 1)
        for first, last in sheet.merged_cell_ranges or ()
    }
    return Sheet(sheet.name, tuple(rows), Cell(file, sheet.name, "A1"), spans)


def _atom(value: object, place: Cell) -> tuple[Atom | None, Diagnostic | None]:
    if isinstance(value, str) and value.startswith(_ERRORS):
        return Atom(Unreadable.VALUE, place), Diagnostic("CR0442", place, {"found": value})
    return atom_of(value, place)
