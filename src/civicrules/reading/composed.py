"""Lists that take others together: their members are the members of these, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from civicrules.facts import FactList, Part, Row
from civicrules.program import ListType
from civicrules.reading.gathered import Gathered, Tools

T = TypeVar("T")

Added = dict[str, tuple[Part, ...]]


def compose(gathered: Gathered, tools: Tools, added: Added) -> None:
    """Give each such list the members of its parts, in their order; what their numbers were added up from goes with them.

    It is complete when all parts are given and complete, and missing when none is given. The same person in two parts
    stays twice. A part may itself take others together, if it is declared before.
    """
    for entry in tools.vocabulary.lists:
        if entry.parts:
            _compose(gathered, entry, added)


def _compose(gathered: Gathered, entry: ListType, added: Added) -> None:
    given = [gathered.lists[part] for part in entry.parts if part in gathered.lists]
    if not given:
        unread = next((gathered.blocked[part] for part in entry.parts if part in gathered.blocked), None)
        if unread is not None:
            gathered.blocked[entry.id] = unread
        return
    rows: list[Row] = []
    for part in entry.parts:
        if part in gathered.lists:
            gathered.blocked.update(_of_members(gathered.blocked, entry, part, len(rows)))
            added.update(_of_members(added, entry, part, len(rows)))
            rows.extend(gathered.lists[part].rows)
    complete = len(given) == len(entry.parts) and all(one.complete for one in given)
    gathered.lists[entry.id] = FactList(tuple(rows), complete, given[0].place)


def _of_members(known: Mapping[str, T], entry: ListType, part: str, before: int) -> dict[str, T]:
    """What is known of cells of a part, by their place in the whole list."""
    found: dict[str, T] = {}
    for key, one in known.items():
        list_id, bracket, rest = key.partition("[")
        if bracket and list_id == part:
            number, _, field = rest.partition("].")
            found[f"{entry.id}[{before + int(number)}].{field}"] = one
    return found
