"""Which reader reads a file: by its extension, from the readers at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from civicrules.diagnostics import Diagnostic
from civicrules.plugin import Reader
from civicrules.reading.files import whole_file
from civicrules.reading.header import from_mapping, raw_of
from civicrules.reading.raw import Raw
from civicrules.suggest import nearest

Read = Callable[[Path], tuple[Any, Sequence[Diagnostic]]]


def read(path: Path, readers: Mapping[str, Read]) -> tuple[Raw | None, tuple[Diagnostic, ...]]:
    """A plan as written, by the reader for the file's extension (`.xlsx`, in lower case).

    A reader of a plugin may return a plain mapping, as `from_mapping` takes it. One that fails is a diagnostic.
    """
    extension = path.suffix.lower()
    reader = readers.get(extension)
    if reader is None and extension == ".civic":
        return None, (Diagnostic("CR0456", whole_file(path), {"file": path.name, "path": str(path)}),)
    if reader is None:
        data = {"file": path.name, "extension": extension, "known": tuple(sorted(readers))}
        return None, (Diagnostic("CR0402", whole_file(path), data | {"suggestions": nearest(extension, readers)}),)
    try:
        found, diagnostics = reader(path)
        diagnostics = tuple(diagnostics)
    except Exception as error:  # a plugin's reader may raise anything; the user must still get a plain answer
        data = {"file": path.name, "extension": extension, "problem": str(error)[:200]}
        return None, (Diagnostic("CR0435", whole_file(path), data),)
    if found is None or isinstance(found, Raw):
        return found, diagnostics
    return raw_of(from_mapping(found).root, path.name), diagnostics


def _yaml(path: Path) -> tuple[Raw | None, Sequence[Diagnostic]]:
    from civicrules.reading.yaml import read_yaml

    return read_yaml(path)


def _json(path: Path) -> tuple[Raw | None, Sequence[Diagnostic]]:
    from civicrules.reading.json import read_json

    return read_json(path)


def _workbook(path: Path) -> tuple[Raw | None, Sequence[Diagnostic]]:
    from civicrules.reading.workbook import read_workbook

    return read_workbook(path)


def _old_workbook(path: Path) -> tuple[Raw | None, Sequence[Diagnostic]]:
    from civicrules.reading.calamine import read_old_workbook

    return read_old_workbook(path)


# The readers that come with the package, as parts of a plugin; each loads its library when it is called.
READERS: tuple[Reader, ...] = (
    Reader(".yaml", _yaml),
    Reader(".yml", _yaml),
    Reader(".json", _json),
    Reader(".xlsx", _workbook),
    Reader(".xlsm", _workbook),
    Reader(".xls", _old_workbook),
    Reader(".ods", _old_workbook),
)
