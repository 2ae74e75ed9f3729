"""Files as bytes and as text, with the problems a file can have before anyone looks into it."""

from __future__ import annotations

import re
from pathlib import Path
from stat import S_ISDIR

from civicrules.diagnostics import Diagnostic
from civicrules.source import Key, Place, Source, Span

# A plan of 1,000 members with 30 fields is about 1 MB as text; beyond these sizes a file is something else.
MOST_TEXT = 16 * 2**20
MOST_BOOK = 32 * 2**20
MOST_UNPACKED = 256 * 2**20
MOST_CELLS = 1_000_000

_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32), 127))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def whole_file(path: Path) -> Place:
    """The place of a problem that concerns a file as such."""
    return Key((path.name,))


def contents(path: Path, most: int, place: Place | None = None) -> bytes | Diagnostic:
    """The bytes of a file of at most `most` bytes; `place` is where the file is asked for, if not on its own."""
    try:
        status = path.stat()
        if not S_ISDIR(status.st_mode) and status.st_size <= most:
            data = path.read_bytes()
            if not data.isspace() and data:
                return data
    except FileNotFoundError:
        return Diagnostic("CR0401", place or whole_file(path), {"file": path.name, "missing": path.name})
    except (OSError, ValueError):
        return Diagnostic("CR0401", place or whole_file(path), {"file": path.name, "locked": path.name})
    if S_ISDIR(status.st_mode):
        return Diagnostic("CR0401", place or whole_file(path), {"file": path.name, "folder": path.name})
    if status.st_size > most:
        sizes = {"size": -(-status.st_size // 2**20), "most": most >> 20}
        return Diagnostic("CR0407", place or whole_file(path), {"file": path.name, **sizes})
    return Diagnostic("CR0406", place or whole_file(path), {"file": path.name})


def text_of(path: Path) -> Source | Diagnostic:
    """The text of a file in UTF-8, with or without a byte order mark."""
    data = contents(path, MOST_TEXT)
    if isinstance(data, Diagnostic):
        return data
    kind = kind_of(data)
    if kind:
        return Diagnostic("CR0403", whole_file(path), {"file": path.name, "kind": kind, "extension": path.suffix})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Diagnostic(
            "CR0408", whole_file(path), {"file": path.name, "line": data.count(b"\n", 0, error.start) + 1}
        )
    source = Source(path.name, text)
    bad = _CONTROL.search(text) if len(data.translate(None, _CONTROLS)) != len(data) else None
    if bad:
        number = f"U+{ord(bad.group()):04X}"
        return Diagnostic("CR0409", Span(source, bad.start(), bad.end()), {"file": path.name, "character": number})
    return source


def kind_of(data: bytes) -> str:
    """The usual extension of a file by its first bytes, empty for texts and for what is not known."""
    if data.startswith(b"PK\x03\x04"):
        head = data[:4096]
        if b"opendocument.spreadsheet" in head:
            return ".ods"
        return ".xlsx" if b"xl/" in data or b"[Content_Types].xml" in head else ".zip"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return ".xls"
    if data.startswith(b"%PDF"):
        return ".pdf"
    return ""
