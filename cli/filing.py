"""Files that commands write: never over one that is there, unless asked to, and never over one they were made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from civicrules.diagnostics import Diagnostic

Command = TypeVar("Command", bound=Callable[..., Any])


class Filing(NamedTuple):
    """Where a report goes, and whether a file that is there may be overwritten."""

    path: Path | None = None
    force: bool = False


UNFILED = Filing()


def write(
    files: Mapping[Path, bytes], *, force: bool = False, read: Sequence[Path] = (), folders: bool = False
) -> tuple[Diagnostic, ...]:
    """Write all files or none; why they could not be. Missing `folders` are made where that is asked.

    Not even by `force` is one overwritten that was `read`.
    """
    there = [path for path in files if path.exists()]
    if lost := [path for path in there if any(one.exists() and path.samefile(one) for one in read)]:
        return _each("CR0825", lost)
    if there and not force:
        return _each("CR0813", there)
    for path, content in files.items():
        try:
            if folders:
                path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as problem:
            missing = "" if path.parent.is_dir() else str(path.parent)
            return _each("CR0809", [path], missing_folder=missing, reason="" if missing else problem.strerror or "")
    return ()


def _each(code: str, paths: Sequence[Path], **data: str) -> tuple[Diagnostic, ...]:
    from civicrules.diagnostics import Diagnostic

    return tuple(Diagnostic(code, None, {"file": str(path), **data}) for path in paths)


output = click.option(
    *("-o", "--output"),
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the report to this file; the terminal then shows its last sentence.",
)


def options(command: Command) -> Command:
    """`--output` and `--force`."""
    for decorate in (click.option("--force", is_flag=True, help="With -o: overwrite a file that is there."), output):
        command = decorate(command)
    return command
