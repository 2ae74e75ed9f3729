"""What can be missing: every fact and list of the vocabulary, with the values it can still have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from math import ceil, floor
from typing import Any, assert_never

from attrs import evolve, field

from civicrules.evaluation.case import Member, Roll, precision
from civicrules.evaluation.logic import inside
from civicrules.evaluation.numbers import plus
from civicrules.evaluation.unknown import Among, Bounds, Linear, Plain, Undecided, Undefined, missing_number
from civicrules.facts import Blank, Fact, Facts
from civicrules.program import (
    ChoiceType,
    DateType,
    Field,
    Names,
    NumberType,
    PeopleType,
    RangeType,
    TextType,
    TruthType,
    Vocabulary,
)
from civicrules.values import frozen

CALENDAR = Bounds(1, date.max.toordinal())

# The values that a missing fact can have: known values and stretches of numbers.
Domain = tuple[Plain | Bounds, ...]


@frozen
class Variable:
    """A fact or a list that can be missing. `place` is its rank in the vocabulary; `text` marks an open set.

    `within` names the entity it is filled in under; a `given` fact is as found, a `counted` one made by the election: no plan
    can choose another.
    """

    key: str
    names: Names
    place: int
    domain: Domain
    day: bool = False
    text: bool = False
    within: Names = field(default=Names())
    given: bool = False
    several: bool = False
    counted: bool = False

    @property
    def missing(self) -> Any:
        """The value of the fact when nothing is known of it but its declaration."""
        return Undefined(frozenset((self.key,))) if self.text else self.held(self.domain)

    def held(self, domain: Domain) -> Any:
        """The value of the fact when no more is known than that it is one of these."""
        if len(domain) == 1:
            return self._held_single(domain[0])
        keys = frozenset((self.key,))
        if not domain or self.text or any(isinstance(part, Bounds) for part in domain):
            return Undefined(keys)
        if domain == (False, True):
            return Undecided(keys, exact=True)
        return Among(keys, domain, fact=True)  # type: ignore[arg-type]

    def _held_single(self, part: Plain | Bounds) -> Any:
        if not isinstance(part, Bounds):
            return part
        number = missing_number(self.key, part)
        return number if isinstance(number, Linear) else self.plain(number)

    def plain(self, number: Any) -> Any:
        """A number of the domain as a value of the fact: a day for its ordinal."""
        return date.fromordinal(int(number)) if self.day else number

    def known(self, held: Any) -> Domain:
        """The domain that a value under this key stands for (the opposite of `held`)."""
        if isinstance(held, Linear):
            return (held.terms[self.key].bounds,)
        return held.values if isinstance(held, Among) else self.domain


def variables(vocabulary: Vocabulary, names: tuple[str, ...] = ()) -> Mapping[str, Variable]:
    """Every fact and list of a vocabulary, by key; `names` are those that a ruleset speaks of."""
    found: dict[str, Variable] = {}
    for entity in vocabulary.entities:
        for entry in entity.fields:
            found[entry.key] = _variable(entry, len(found), names, entity.names)
    for group in vocabulary.lists:
        bounds = Bounds(0, group.at_most)
        found[group.id] = Variable(group.id, group.names, len(found), (bounds,))
    return found


def _variable(entry: Field, place: int, names: tuple[str, ...], within: Names) -> Variable:
    domain: Domain
    match entry.type:
        case NumberType(whole=whole, low=low, high=high):
            domain = (Bounds(low, high, whole),)
        case DateType():
            domain = (CALENDAR,)
        case TruthType():
            domain = (False, True)
        case ChoiceType(choices=choices):
            domain = tuple(choice.id for choice in choices)
        case TextType():
            domain = names
        case RangeType() | PeopleType():
            domain = ()
        case _:
            assert_never(entry.type)
    if entry.none is Blank.NONE:
        domain = (Blank.NONE, *domain)
    days, texts = isinstance(entry.type, DateType), isinstance(entry.type, TextType | PeopleType)
    several = isinstance(entry.type, PeopleType)
    return Variable(entry.key, entry.names, place, domain, days, texts, within, entry.given, several, entry.counted)


class Known(dict[str, Variable]):
    """The variables of one plan: those of the vocabulary, and a fact of each member of a list when it is asked for."""

    def __init__(self, static: Mapping[str, Variable], vocabulary: Vocabulary) -> None:
        super().__init__(static)
        self.entities = {group.id: group.entity for group in vocabulary.lists}
        self.parts = {group.id: group.parts for group in vocabulary.lists if group.parts}

    def __missing__(self, key: str) -> Variable:
        list_id, at, fact = split(key)
        base = self[f"{self.entities.get(list_id, list_id)}.{fact}"]
        place, within = base.place, base.within
        if list_id in self.entities:
            group = self[list_id]
            place, within = (group.place + 1) * _SPREAD + at * len(self.entities) * 100 + base.place, group.names
        found = self[key] = evolve(base, key=key, place=place, within=within)
        return found


def split(key: str) -> tuple[str, int, str]:
    """The list, the place in it and the fact of a key under the prefix of a member.

    >>> split("candidates[3].birth_date")
    ('candidates', 3, 'birth_date')
    """
    list_id, _, tail = key.partition("[")
    at, _, fact = tail.partition("].")
    return list_id, int(at), fact


_SPREAD = 1_000_000_000


def prefix(list_id: str, index: int) -> str:
    """Under what the facts of a member are held."""
    return f"{list_id}[{index}]."


def rolls(facts: Facts, vocabulary: Vocabulary) -> dict[str, Roll]:
    """The members of the lists that a plan gives; a list that takes others together has their members, in order."""
    found: dict[str, Roll] = {}
    for group in vocabulary.lists:
        parts = group.parts or (group.id,)
        given = [(id, facts.lists[id]) for id in parts if id in facts.lists]
        if given:
            members = [Member(group.id, id, at, prefix(id, at)) for id, one in given for at in range(len(one.rows))]
            complete = len(given) == len(parts) and all(one.complete for _, one in given)
            found[group.id] = Roll(tuple(members), complete)
    return found


def as_read(facts: Mapping[str, Fact], under: str = "") -> Iterator[tuple[str, Any]]:
    """Facts by the keys that an evaluation reads them by, each with the precision that it was printed with."""
    for key, fact in facts.items():
        yield under + key, fact.value
        if fact.precision is not None:
            yield precision(under + key), fact.precision


def given(facts: Facts, known: Known, rolls: Mapping[str, Roll]) -> dict[str, Any]:
    """The values that a plan gives, by key: facts, those of members, counts of lists and what open ones leave open."""
    values = dict(as_read(facts.values))
    for id, members in facts.lists.items():
        for at, row in enumerate(members.rows):
            if row.values:
                values.update(as_read(row.values, prefix(id, at)))
    for id, roll in rolls.items():
        count = len(roll.members)
        if roll.complete or id not in known:
            values[id] = count
            continue
        (bounds,) = known[id].domain
        assert isinstance(bounds, Bounds)
        high = None if bounds.high is None else max(bounds.high, count)
        values[id] = missing_number(id, Bounds(count, high))
    for id, parts in known.parts.items():
        if id in rolls and not rolls[id].complete:
            values[id] = reduce(plus, (values.get(part, known[part].missing) for part in parts))
    return values


def size(domain: Domain) -> int | None:
    """How many values there are; None when they cannot be counted off."""
    total = 0
    for part in domain:
        if not isinstance(part, Bounds):
            total += 1
        elif not part.whole or part.low is None or part.high is None:
            return None
        else:
            total += int(part.high) - int(part.low) + 1
    return total


def points(variable: Variable, domain: Domain) -> Iterator[Any]:
    """Every value of a domain that can be counted off."""
    for part in domain:
        if isinstance(part, Bounds):
            assert part.low is not None and part.high is not None
            yield from (variable.plain(n) for n in range(int(part.low), int(part.high) + 1))
        else:
            yield part


def samples(variable: Variable, domain: Domain, cuts: Iterable[Any] = ()) -> Iterator[Any]:
    """Some telling values: all that are named, the ends of stretches, and both sides of each cut."""
    found: set[Any] = set()
    for part in domain:
        for number in _stretch_samples(part, cuts) if isinstance(part, Bounds) else (part,):
            value = variable.plain(number) if isinstance(part, Bounds) else number
            if value not in found:
                found.add(value)
                yield value


def _stretch_samples(part: Bounds, cuts: Iterable[Any]) -> Iterator[Any]:
    low = part.low if part.low is not None else (part.high or 0) - _FAR
    high = part.high if part.high is not None else low + _FAR
    middle = (low + high) // 2
    around = [n for cut in cuts for n in (floor(cut), ceil(cut), floor(cut) + 1, ceil(cut) - 1, cut)]
    return (number for number in (low, *around, high, middle, low + 1) if inside(number, part))


_FAR = 1_000_000
