"""Files that a command line names: whether they are there, and which one was meant."""

from __future__ import annotations

from pathlib import Path

from civicrules.diagnostics import Diagnostic
from civicrules.suggest import nearest

_PLANS = (".xlsx", ".xlsm", ".xls", ".ods", ".yaml", ".yml", ".json")
_MOST = 2000


def unusable_file(path: Path) -> Diagnostic | None:
    """Why a path is no file to read; `None` when it is one."""
    try:
        if path.is_dir():
            return Diagnostic("CR0802", None, {"file": str(path), "plans": plans_in(path)})
        return None if path.exists() else not_there(path)
    except (OSError, ValueError):
        return not_there(path)


def not_there(path: Path) -> Diagnostic:
    """There is no such file or folder; those in its folder that are named like it."""
    folder = path.parent
    names = _names(folder)
    begun = tuple(name for name in names if path.name and Path(name).stem == path.name)
    missing = "" if _is_folder(folder) else str(folder)
    data = {"file": str(path), "suggestions": begun or nearest(path.name, names), "missing_folder": missing}
    return Diagnostic("CR0801", None, data)


def plans_in(folder: Path) -> tuple[str, ...]:
    """The first few files of a folder that could be plans, as they would be typed."""
    names = [name for name in _names(folder) if Path(name).suffix.lower() in _PLANS and not name.startswith(("~", "."))]
    return tuple(str(folder / name) for name in names[:3])


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path, _ in zip(folder.iterdir(), range(_MOST), strict=False))
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
