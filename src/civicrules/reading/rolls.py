"""Lists of people looked through: who stands twice, and whose row contradicts itself.

Every row stays. What contradicts something else in its row is blocked, since nobody can say which of the two is right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from attrs import evolve

from civicrules.days import Conventions, Unit, elapsed
from civicrules.diagnostics import Diagnostic, Label, Severity
from civicrules.facts import Fact, FactList, Facts, Row
from civicrules.program import ChoiceType, Entity, Field, ListType, TextType, Vocabulary
from civicrules.reading.gathered import Gathered
from civicrules.reading.people import identity_number
from civicrules.values import frozen

_MOST_RELATED = 20

# GB 11643: the digits of a resident identity number weighed and added up, modulo 11, say the last character.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_RESIDENT = re.compile(r"\d{17}[\dX]")
_SEXES = frozenset(("female", "male"))


def is_sound(number: str) -> bool:
    """Whether a text is a resident identity number: 17 digits with a day of birth, and the right character after them.

    Source: GB 11643-1999, with the check character of ISO 7064 MOD 11-2.

    >>> is_sound("11010519491231002X"), is_sound("110105194912310021"), is_sound("11010519491331002X")
    (True, False, False)
    """
    if _RESIDENT.fullmatch(number) is None or born(number) is None:
        return False
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % 11] == number[17]


def born(number: str) -> date | None:
    """The day of birth in a resident identity number; nothing where its digits are none."""
    with suppress(ValueError):
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return None


def sex(number: str) -> str:
    """The sex in a resident identity number: the digit before the last is odd for men."""
    return "male" if int(number[16]) % 2 else "female"


@frozen
class Roll:
    """A list of people, with the fields that say who they are."""

    list: ListType
    numbers: tuple[Field, ...]
    names: tuple[Field, ...]
    birth: Field | None
    age: Field | None
    sex: Field | None
    mutual: tuple[Field, ...]


def roll_of(entry: ListType, entity: Entity) -> Roll | None:
    """The fields by which members of a list are told apart, and those of birth, age and sex; nothing without any."""
    telling = [one for one in entity.fields if one.identifies and isinstance(one.type, TextType)]
    numbers, names = (tuple(one for one in telling if one.personal is personal) for personal in (True, False))
    age = next((one for one in entity.fields if one.since is not None), None)
    birth = None if age is None else next((one for one in entity.fields if one.key == age.since), None)
    if entry.parts or not (numbers or names or birth):
        return None
    mutual = tuple(one for one in entity.fields if one.mutual)
    return Roll(entry, numbers, names, birth, age, next(filter(_is_sex, entity.fields), None), mutual)


def _is_sex(entry: Field) -> bool:
    return isinstance(entry.type, ChoiceType) and {choice.id for choice in entry.type.choices} == _SEXES


def rolls_of(vocabulary: Vocabulary) -> tuple[Roll, ...]:
    """The lists of people of a vocabulary."""
    found = (roll_of(entry, vocabulary.entity(entry.entity)) for entry in vocabulary.lists)
    return tuple(roll for roll in found if roll is not None)


def look_through(gathered: Gathered, rolls: Sequence[Roll], day: Callable[[], date | None]) -> None:
    """Report who stands twice in a list, and rows that contradict themselves or each other. `day` is the last that has come.

    A list in which anything is wrong has an account: rows read = accepted + wrong + standing there before.
    """
    accounts: list[tuple[Roll, FactList, set[int]]] = []
    for roll in rolls:
        facts = gathered.lists.get(roll.list.id)
        if facts is None:
            continue
        last = day()
        rows = [_Member(gathered, roll, at, row).looked_through(last) for at, row in enumerate(facts.rows, 1)]
        gathered.lists[roll.list.id] = evolve(facts, rows=tuple(rows))
        twice = set(_twice(gathered, roll, rows))
        _alike(gathered, roll, [row for at, row in enumerate(rows, 1) if at not in twice])
        accounts.append((roll, facts, twice))
    _one_sided(gathered, rolls)
    for roll, facts, twice in accounts:
        _account(gathered, roll, facts, twice)


def _account(gathered: Gathered, roll: Roll, facts: FactList, twice: set[int]) -> None:
    under = f"{roll.list.id}["
    blocked = {int(key[len(under) : key.index("]")]) for key in gathered.blocked if key.startswith(under)}
    wrong = blocked - twice
    if not (wrong or twice):
        return
    read = len(facts.rows)
    data = {"read": read, "accepted": read - len(wrong) - len(twice), "wrong": len(wrong), "twice": len(twice)}
    place = facts.place or facts.rows[0].place
    gathered.diagnostics.append(Diagnostic("CR0533", place, {"label": roll.list.names, **data}, Severity.ADVICE))


# ---------------------------------------------------------------- one row


@frozen
class _Member:
    gathered: Gathered
    roll: Roll
    at: int
    row: Row

    def looked_through(self, day: date | None) -> Row:
        """The row without the values that contradict others in it, each of them reported."""
        wrong = set(self._wrong(day))
        if not wrong:
            return self.row
        for id in wrong:
            place = self.row.values[id].place or self.row.place
            if place is not None:
                self.gathered.blocked[f"{self.roll.list.id}[{self.at}].{id}"] = place
        return evolve(self.row, values={id: fact for id, fact in self.row.values.items() if id not in wrong})

    def _wrong(self, day: date | None) -> Iterator[str]:
        birth = self._value(self.roll.birth)
        born_on = birth if isinstance(birth, date) else None
        if self.roll.birth is not None and born_on is not None:
            if day is not None and born_on > day:
                self._report("CR0532", self.roll.birth, day=day)
                yield self.roll.birth.id
                born_on = None
            elif day is not None and self._contradicts_age(born_on, day):
                assert self.roll.age is not None
                self._report("CR0531", self.roll.age, other=self.roll.birth.names)
                yield from (self.roll.age.id, self.roll.birth.id)
                born_on = None
        for field in self.roll.numbers:
            number = self._value(field)
            if isinstance(number, str):
                yield from self._by_number(field, number, born_on)

    def _by_number(self, field: Field, number: str, born_on: date | None) -> Iterator[str]:
        if identity_number(number) is None or len(number) == _OLD:
            return
        if not is_sound(number):
            self._report("CR0530", field, digits=len(number))
            yield field.id
            return
        if self.roll.birth is not None and born_on is not None and born_on != born(number):
            self._report("CR0531", self.roll.birth, other=field.names)
            yield self.roll.birth.id
        if self.roll.sex is not None and self._value(self.roll.sex) not in (None, sex(number)):
            self._report("CR0531", self.roll.sex, other=field.names)
            yield self.roll.sex.id

    def _contradicts_age(self, born_on: date, day: date) -> bool:
        """Whether an age cannot be that of the day of birth, on this day or a year away from it, however years are counted."""
        age = self._value(self.roll.age)
        if not isinstance(age, int):
            return False
        years = elapsed(born_on, day, Unit.YEAR, Conventions())
        return years is not None and abs(age - years) > 1

    def _value(self, field: Field | None) -> object:
        fact = None if field is None else self.row.values.get(field.id)
        return None if fact is None else fact.value

    def _report(self, code: str, field: Field, **data: object) -> None:
        place = self.row.values[field.id].place or self.row.place
        if place is not None:
            self.gathered.report(code, place, {"label": field.names, **data})


# Identity numbers issued before October 1999 have 15 digits and no check character.
_OLD = 15


# ---------------------------------------------------------------- two rows


def _twice(gathered: Gathered, roll: Roll, rows: Sequence[Row]) -> Iterator[int]:
    """The rows, from 1, with the number of a person who stands in the list already."""
    for field in roll.numbers:
        for first, *others in _by_value(rows, field).values():
            for at in others:
                gathered.diagnostics.append(_again(roll, field, rows[at - 1], rows[first - 1]))
                yield at


def _again(roll: Roll, field: Field, row: Row, first: Row) -> Diagnostic:
    place, before = (one.values[field.id].place or one.place for one in (row, first))
    related = () if before is None else (Label(before, "first"),)
    data = {"label": roll.list.names, "by": field.names}
    return Diagnostic("CR0529", place, data, related=related, discreet=True)  # the number stands in both lines


def _by_value(rows: Sequence[Row], field: Field) -> Mapping[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows, 1):
        fact = row.values.get(field.id)
        if fact is not None and isinstance(fact.value, str):
            found[fact.value].append(at)
    return found


def _alike(gathered: Gathered, roll: Roll, rows: Sequence[Row]) -> None:
    """Report once, for a whole list, rows of one name that nothing tells apart."""
    telling = [field.id for field in (*roll.numbers, roll.birth) if field is not None]
    for field in roll.names:
        pairs = [(rows[first - 1], rows[at - 1]) for first, *others in _by_value(rows, field).values() for at in others]
        places = [
            place
            for first, row in pairs
            if not _differ(first, row, telling) and _values(first) != _values(row)
            for place in (first.place, row.place)
            if place is not None
        ]
        if places:
            related = tuple(Label(place, "also") for place in dict.fromkeys(places[1:_MOST_RELATED]))
            data = {"label": roll.list.names, "by": field.names, "count": len(places) // 2}
            gathered.report("CR0534", places[0], data, Severity.WARNING, related)


class _Told(NamedTuple):
    """Whom one row names: `at` counts from 1."""

    roll: Roll
    at: int
    row: Row
    name: str
    named: Fact


def _one_sided(gathered: Gathered, rolls: Iterable[Roll]) -> None:
    """Report rows that do not name somebody who names them: such an entry is not complete, and is not used.

    A row that is blank there contradicts nobody. Of several rows under one name, one that names in turn is enough.
    """
    told: defaultdict[str, defaultdict[str, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    for roll in rolls:
        rows = gathered.lists[roll.list.id].rows if roll.list.id in gathered.lists else ()
        for field in roll.mutual:
            for one in _telling(roll, field, rows):
                told[field.key][one.name].append(one)
    wrong: dict[tuple[str, int], set[str]] = {}
    for key, by_name in told.items():
        id = key.rpartition(".")[2]
        for one in (one for found in by_name.values() for one in found):
            for other in _named(one):
                silent = by_name.get(other, []) if other != one.name else []
                if not silent or any(one.name in _named(row) for row in silent):
                    continue
                _report_one_sided(gathered, one, silent[0], id)
                for row in silent:
                    wrong.setdefault((row.roll.list.id, row.at), set()).add(id)
    _block(gathered, wrong)


def _telling(roll: Roll, field: Field, rows: Sequence[Row]) -> Iterator[_Told]:
    for at, row in enumerate(rows, 1):
        name, named = (row.values.get(roll.names[0].id) if roll.names else None), row.values.get(field.id)
        if name is not None and isinstance(name.value, str) and named is not None:
            yield _Told(roll, at, row, name.value, named)


def _named(one: _Told) -> tuple[str, ...]:
    return one.named.value if isinstance(one.named.value, tuple) else ()


def _report_one_sided(gathered: Gathered, one: _Told, silent: _Told, id: str) -> None:
    place, other = (row.named.place or row.row.place for row in (silent, one))
    if place is not None:
        label = next(field.names for field in silent.roll.mutual if field.id == id)
        related = () if other is None else (Label(other, "names"),)
        gathered.report("CR0535", place, {"label": label}, related=related)


def _block(gathered: Gathered, wrong: Mapping[tuple[str, int], set[str]]) -> None:
    """Take values out of the rows, from 1, of lists; what asks for them cannot be said."""
    for (list_id, at), ids in wrong.items():
        facts = gathered.lists[list_id]
        row = facts.rows[at - 1]
        for id in ids:
            place = row.values[id].place or row.place
            if place is not None:
                gathered.blocked[f"{list_id}[{at}].{id}"] = place
        kept = evolve(row, values={id: fact for id, fact in row.values.items() if id not in ids})
        gathered.lists[list_id] = evolve(facts, rows=(*facts.rows[: at - 1], kept, *facts.rows[at:]))


def _differ(one: Row, other: Row, telling: Iterable[str]) -> bool:
    both = ((one.values.get(id), other.values.get(id)) for id in telling)
    return any(left is not None and right is not None and left.value != right.value for left, right in both)


def _values(row: Row) -> dict[str, object]:
    return {id: fact.value for id, fact in row.values.items()}


def in_two_communities(vocabulary: Vocabulary, plans: Iterable[Facts]) -> Iterator[Diagnostic]:
    """Persons who stand in one list of two communities: nobody is registered, or stands for election, in two places."""
    plans = tuple(plans)
    for roll in rolls_of(vocabulary):
        entry = roll.list
        for field in roll.numbers:
            seen: dict[str, Row] = {}
            for facts in plans:
                rows = facts.lists[entry.id].rows if entry.id in facts.lists else ()
                for number, (at, *_) in _by_value(rows, field).items():
                    if number in seen:
                        yield _again(roll, field, rows[at - 1], seen[number])
                    else:
                        seen[number] = rows[at - 1]
