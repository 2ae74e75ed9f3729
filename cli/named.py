"""The rulesets that the words of a command line stand for: names, texts and folders."""

from __future__ import annotations

from pathlib import Path

from civicrules import FolderLibrary
from civicrules.builtins import registry as builtin_registry
from civicrules.diagnostics import Diagnostic

from .files import not_there
from .rulesets import Taken, Wanted, own_text, take


def named(given: str, rules: Path | None, language: str) -> tuple[tuple[str, Taken], ...]:
    """The rulesets of a name (looked for in `rules` first), a text or a folder; of a folder with several, all."""
    path, registry = Path(given), builtin_registry()
    named = len(path.parts) == 1 and path.suffix != ".civic"
    if named and rules is not None:  # a file of that name in the current folder is not what was asked for
        return ((given, take(Wanted(given, language, rules, Path()), registry)),)
    if path.is_dir() and own_text(path, language) is None:
        names = tuple(FolderLibrary(path).names("ruleset"))
        if not names:
            return ((given, Taken(None, (Diagnostic("CR0818", None, {"folder": given}),))),)
        return tuple((name, take(Wanted(name, language, path), registry)) for name in names)
    if path.exists():
        return ((given, take(Wanted(None, language, path), registry)),)
    if not named:
        return ((given, Taken(None, (not_there(path),))),)
    return ((given, take(Wanted(given, language, rules, Path()), registry)),)
