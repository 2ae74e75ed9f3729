"""Values in cells so that a spreadsheet keeps them, and workbooks as bytes that depend only on what is in them."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell

# A spreadsheet keeps 15 digits of a number and knows no day before March 1900.
LARGEST = 10**15
_FIRST_DAY = date(1900, 3, 1)

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive can state
_TIMES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)


def packed(book: Workbook) -> bytes:
    """The bytes of a workbook, without the times at which it and its parts were written."""
    stream, result = BytesIO(), BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as written, zipfile.ZipFile(result, "w") as archive:
        for part in written.infolist():
            content = written.read(part)
            content = _TIMES.sub(b"", content) if part.filename == "docProps/core.xml" else content
            archive.writestr(zipfile.ZipInfo(part.filename, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def put(cell: Cell, value: int | date | str | None) -> None:
    """Writes a value as what it is: a text never becomes a formula or an error, a number never loses digits."""
    if value is None:
        return
    if isinstance(value, int) and abs(value) < LARGEST:
        cell.value = value
    elif isinstance(value, date) and value >= _FIRST_DAY:
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    else:
        put_text(cell, value.isoformat() if isinstance(value, date) else str(value))


def put_text(cell: Cell, text: str) -> None:
    """Writes a text; what a workbook cannot hold (control characters) becomes a replacement sign."""
    cell.value = printable(text)
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


def printable(text: str) -> str:
    """A text with a replacement sign for each character that a workbook cannot hold."""
    return _CONTROL.sub("\ufffd", text)
