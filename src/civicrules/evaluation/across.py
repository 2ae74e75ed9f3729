"""Many communities together: each judged by itself, and what a city asks of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from civicrules.evaluation.plan import communities
from civicrules.facts import Fact, FactList, Facts, Row
from civicrules.program import COMMUNITY, Program

_PREFIX = f"{COMMUNITY}."


def together(program: Program, plans: Iterable[Facts], city: Facts) -> Facts:
    """The facts of a city: its own, with the communities of all plans as members of the lists of communities.

    What a city's own list says of communities stands before them. The list is complete when nothing says otherwise.
    """
    rows = tuple(Row(_own(facts), None) for facts in plans)
    lists = dict(city.lists)
    for id in communities(program.vocabulary):
        given = lists.get(id, FactList())
        if rows or id in lists:
            lists[id] = evolve(given, rows=(*given.rows, *rows))
    return evolve(city, lists=lists)


def _own(facts: Facts) -> dict[str, Fact]:
    """What a plan says of its community itself, by the id of the fact."""
    return {key.removeprefix(_PREFIX): fact for key, fact in facts.values.items() if key.startswith(_PREFIX)}


def called(facts: Facts) -> str:
    """The name of its community, as a plan gives it; empty where it gives none."""
    name = facts.values.get(f"{_PREFIX}name")
    return name.value if name is not None and isinstance(name.value, str) else ""


def apart(program: Program, city: Facts) -> Iterator[Facts]:
    """The communities of a city's table, each as a plan of its own."""
    for id in communities(program.vocabulary):
        for row in city.lists.get(id, FactList()).rows:
            values = {f"{_PREFIX}{key}": fact for key, fact in row.values.items()}
            yield Facts(values, {}, city.plan, _name(row) or str(row.place or ""))


def _name(row: Row) -> str:
    name = row.values.get("name")
    return name.value if name is not None and isinstance(name.value, str) else ""
