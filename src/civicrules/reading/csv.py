"""Tables in CSV: UTF-8 with or without byte order mark, or gb18030; separated by comma, semicolon or tab.

Both are detected, and what was detected is reported.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.reading.files import MOST_CELLS, MOST_TEXT, contents, kind_of, whole_file
from civicrules.reading.raw import Atom, Sheet
from civicrules.source import Cell, Place

_SEPARATORS = (",", ";", "\t")


def column(index: int) -> str:
    """The letters of a column counted from 0, as spreadsheets show them.

    >>> column(0), column(25), column(26), column(701), column(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def read_table(path: Path, place: Place) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The grid of a CSV file; `place` is where the plan names it."""
    data = contents(path, MOST_TEXT, place)
    if isinstance(data, Diagnostic):
        return None, (data,)
    kind = kind_of(data)
    if kind:
        return None, (Diagnostic("CR0403", place, {"file": path.name, "kind": kind, "extension": path.suffix}),)
    decoded = decode(data)
    if decoded is None:
        return None, (Diagnostic("CR0429", place, {"file": path.name}),)
    encoding, text = decoded
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        return None, (Diagnostic("CR0409", place, {"file": path.name, "character": "U+0000", "line": line}),)
    separator = separator_of(text)
    sheet = _sheet(path, text, separator)
    if isinstance(sheet, Diagnostic):
        return None, (sheet,)
    shown = {",": ",", ";": ";", "\t": "Tab"}[separator]
    data_of = {"file": path.name, "encoding": encoding, "separator": shown}
    return sheet, (Diagnostic("CR0428", whole_file(path), data_of, Severity.ADVICE),)


def decode(data: bytes) -> tuple[str, str] | None:
    """The encoding of a table and its text; nothing when it is neither UTF-8 nor gb18030."""
    for name, codec in (("UTF-8", "utf-8-sig"), ("gb18030", "gb18030")):
        try:
            return name, data.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def separator_of(text: str) -> str:
    """The separator that occurs most often in the first line with any, outside quotes; a comma when none does."""
    for line in text.splitlines():
        bare = "".join(line.split('"')[::2])
        counts = {separator: bare.count(separator) for separator in _SEPARATORS}
        if any(counts.values()):
            return max(_SEPARATORS, key=lambda separator: counts[separator])
    return ","


def _sheet(path: Path, text: str, separator: str) -> Sheet | Diagnostic:
    rows: list[tuple[Atom | None, ...]] = []
    cells = 0
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            cells += len(record)
            if cells > MOST_CELLS:
                return Diagnostic("CR0430", whole_file(path), {"file": path.name, "most": MOST_CELLS})
            rows.append(tuple(_atom(value, path.name, number, at) for at, value in enumerate(record)))
    except csv.Error:
        return Diagnostic("CR0431", Cell(path.name, "", f"A{len(rows) + 1}"), {"file": path.name, "row": len(rows) + 1})
    return Sheet("", tuple(rows), whole_file(path))


def _atom(value: str, file: str, row: int, at: int) -> Atom | None:
    return Atom(value, Cell(file, "", f"{column(at)}{row}")) if value.strip() else None
