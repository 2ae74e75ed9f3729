"""Tables beside a plan: a list may be given as the name of a CSV file in the plan's folder."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from civicrules.diagnostics import Diagnostic
from civicrules.plan_words import ROWS
from civicrules.reading.csv import read_table
from civicrules.reading.labels import stands_for
from civicrules.reading.raw import Atom, Branch, Node, Unreadable

_EXTENSIONS = (".csv", ".tsv")


def tables_beside(root: Node, path: Path, text: str) -> tuple[Node, tuple[Diagnostic, ...]]:
    """The tree with file names replaced by their tables.

    A file name stands directly under a key of the plan, or under `rows` one step below it; nowhere else is one
    looked for.
    """
    lower = text.lower()
    if not isinstance(root, Branch) or not any(extension in lower for extension in _EXTENSIONS):
        return root, ()
    diagnostics: list[Diagnostic] = []
    nodes = tuple(_replaced(node, path, diagnostics) for node in root.nodes)
    return evolve(root, nodes=nodes), tuple(diagnostics)


def _replaced(node: Node, path: Path, diagnostics: list[Diagnostic]) -> Node:
    if isinstance(node, Atom):
        return _table(node, path, diagnostics) if _names_table(node) else node
    if not isinstance(node, Branch):
        return node
    nodes = tuple(
        _table(value, path, diagnostics) if isinstance(value, Atom) and _names_table(value) and _is_rows(key) else value
        for key, value in node.entries
    )
    return evolve(node, nodes=nodes)


def _is_rows(key: str) -> bool:
    return stands_for(key, ROWS)


def _names_table(node: Node) -> bool:
    return isinstance(node, Atom) and isinstance(node.value, str) and node.value.strip().lower().endswith(_EXTENSIONS)


def _table(atom: Atom, path: Path, diagnostics: list[Diagnostic]) -> Node:
    folder = path.resolve().parent
    name = str(atom.value).strip()
    try:
        target = (folder / name).resolve()
        outside = not target.is_relative_to(folder)
    except (OSError, ValueError, RuntimeError):
        outside = True
    if outside:
        diagnostics.append(Diagnostic("CR0432", atom.place, {"file": name}))
        return Atom(Unreadable.VALUE, atom.place)
    sheet, found = read_table(target, atom.place)
    diagnostics.extend(found)
    return sheet if sheet is not None else Atom(Unreadable.VALUE, atom.place)
