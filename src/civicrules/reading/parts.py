"""Numbers that a plan gives by ballot box, polling station or day: they are added up, and compared with a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from civicrules.diagnostics import Label as Related
from civicrules.diagnostics import Severity
from civicrules.facts import Fact, FactList, Part, Row
from civicrules.reading.gathered import Gathered, Tools
from civicrules.reading.raw import Atom
from civicrules.reading.scalars import Problem
from civicrules.suggest import nearest
from civicrules.values import frozen

_MOST_RELATED = 20


@frozen
class _Whole:
    """A number given in parts: its key, the list and the position of the member that it belongs to, its id there."""

    key: str
    list: str
    at: int
    id: str

    @classmethod
    def of(cls, key: str) -> _Whole:
        list_id, bracket, rest = key.partition("[")
        number, _, id = rest.partition("].")
        return cls(key, list_id, int(number) - 1, id) if bracket else cls(key, "", 0, key)


def add_up(gathered: Gathered, tools: Tools) -> dict[str, tuple[Part, ...]]:
    """Put the sum of its parts in the place of each number given in parts, and say what each was added up from.

    A number of which a part is missing is not known; the members of a list have the same parts. A whole that is stated
    as well must be the sum, else it is not used.
    """
    fields: dict[tuple[str, str], list[_Whole]] = {}
    for key in gathered.parts:
        one = _Whole.of(key)
        fields.setdefault((one.list, one.id), []).append(one)
    known: dict[str, tuple[Part, ...]] = {}
    sums: dict[str, dict[int, dict[str, Fact]]] = {}
    for wholes in fields.values():
        names = _names(gathered, wholes)
        _compare(gathered, wholes, names)
        for one in wholes:
            found = _complete(gathered, one, names)
            total = _total(gathered, tools, one, found) if found else None
            if total is not None:
                known[one.key] = found
                sums.setdefault(one.list, {}).setdefault(one.at, {})[one.id] = total
    _enter(gathered, sums)
    return known


def _names(gathered: Gathered, wholes: Sequence[_Whole]) -> Mapping[str, str]:
    """The parts that a field has for any member, by folded name, as they are first written."""
    names: dict[str, str] = {}
    for one in wholes:
        addends = gathered.parts[one.key]
        for name, part in addends.found.items():
            names.setdefault(name, addends.written[name] if part is None else part.name)
    return names


def _compare(gathered: Gathered, wholes: Sequence[_Whole], names: Mapping[str, str]) -> None:
    """Report each part that is missing for some: at those who lack it or, where they are more, at those who have it."""
    for name, shown in names.items():
        parts = [(gathered.parts[one.key], gathered.parts[one.key].found.get(name)) for one in wholes]
        lacking = [addends.place for addends, part in parts if part is None and name not in addends.unread]
        having = [part.place or addends.place for addends, part in parts if part is not None]
        if not lacking:
            continue
        first, *others = having if 0 < len(having) < len(lacking) else lacking
        others_named = [other for known, other in names.items() if known != name]
        data = {"label": gathered.parts[wholes[0].key].label.field.names, "part": shown}
        also = tuple(Related(place, "also") for place in others[:_MOST_RELATED])
        suggestions = nearest(shown, others_named)
        gathered.report("CR0527", first, {**data, "suggestions": suggestions}, Severity.WARNING, also)


def _complete(gathered: Gathered, one: _Whole, names: Mapping[str, str]) -> tuple[Part, ...]:
    """The parts of a number; none where one of them is missing or could not be read."""
    addends = gathered.parts[one.key]
    if one.key in gathered.blocked:
        return ()
    if any(addends.found.get(name) is None for name in names):
        if _stated(gathered, one) is None:
            gathered.blocked[one.key] = addends.place
        return ()
    return tuple(part for name in names if (part := addends.found[name]) is not None)


def _total(gathered: Gathered, tools: Tools, one: _Whole, found: tuple[Part, ...]) -> Fact | None:
    """The sum as a fact, or nothing where it is out of range or differs from what is stated as the whole."""
    addends, stated = gathered.parts[one.key], _stated(gathered, one)
    atom = Atom(sum(part.number for part in found), addends.place)
    fact = tools.readers[addends.label.key](atom)
    if isinstance(fact, Problem):
        gathered.problem(fact, addends.label.field, atom)
    elif stated is None or stated.value == fact.value:
        return stated or fact
    else:
        data = {"label": addends.label.field.names, "whole": stated.value, "sum": fact.value}
        related = (Related(addends.place, "parts"),)
        gathered.report("CR0528", stated.place or addends.place, data, related=related)
    gathered.blocked[one.key] = addends.place
    return None


def _stated(gathered: Gathered, one: _Whole) -> Fact | None:
    if not one.list:
        return gathered.values.get(one.key)
    given = gathered.lists.get(one.list)
    return given.rows[one.at].values.get(one.id) if given is not None and one.at < len(given.rows) else None


def _enter(gathered: Gathered, sums: Mapping[str, Mapping[int, Mapping[str, Fact]]]) -> None:
    for list_id, rows in sums.items():
        if not list_id:
            gathered.values.update(rows[0])
        elif (given := gathered.lists.get(list_id)) is not None:
            gathered.lists[list_id] = FactList(tuple(_with(given, rows)), given.complete, given.place)
    for key in [key for key in gathered.blocked if key in gathered.parts]:
        _drop(gathered, _Whole.of(key))


def _with(given: FactList, rows: Mapping[int, Mapping[str, Fact]]) -> Iterator[Row]:
    for at, row in enumerate(given.rows):
        yield Row({**row.values, **rows[at]}, row.place) if at in rows else row


def _drop(gathered: Gathered, one: _Whole) -> None:
    """Take away a stated whole that is not to be used."""
    if not one.list:
        gathered.values.pop(one.key, None)
    elif _stated(gathered, one) is not None:
        given = gathered.lists[one.list]
        row = given.rows[one.at]
        left = {id: fact for id, fact in row.values.items() if id != one.id}
        rows = (*given.rows[: one.at], Row(left, row.place), *given.rows[one.at + 1 :])
        gathered.lists[one.list] = FactList(rows, given.complete, given.place)
