"""Workbooks as bytes that depend only on what is in them: the same form is the same file, whenever it is made."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from openpyxl import Workbook

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
