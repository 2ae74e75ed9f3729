"""What a lawful plan must look like: what the sentences of a ruleset leave to choose once some facts are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from fractions import Fraction

from civicrules.diagnostics import Diagnostic
from civicrules.exact import Exact
from civicrules.facts import PlanHeader
from civicrules.findings import Missing, Number, RulesetInfo, Value
from civicrules.program import Citation, Comparison, DateType, FactOf, Layer, Names, Reading, Rule, Sentence, Type, Unit
from civicrules.values import frozen

# Options of readings, by the id of the reading, counted from 0; those that are not there are read as taken.
Options = tuple[tuple[str, int], ...]


@frozen
class Stretch:
    """Numbers (days as ordinals) from `low` to `high`; `None` is unbounded, an open end is not reached."""

    low: Exact | None = None
    high: Exact | None = None
    low_open: bool = False
    high_open: bool = False


@frozen
class Allowed:
    """What may be chosen: stretches of numbers or days in rising order, or named values (choices, yes and no).

    Nothing at all where both are empty. `free` where nothing is ruled out.

    >>> Allowed((Stretch(3, 5),)).is_empty, Allowed().is_empty
    (False, True)
    """

    stretches: tuple[Stretch, ...] = ()
    values: tuple[bool | str, ...] = ()
    free: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.stretches and not self.values

    def __contains__(self, value: object) -> bool:
        """Whether a value given is among them; numbers and days are in a stretch."""
        if isinstance(value, bool | str):
            return value in self.values
        number = value.toordinal() if isinstance(value, date) else value
        return isinstance(number, int | Fraction) and any(_within(number, one) for one in self.stretches)


def _within(number: Exact, of: Stretch) -> bool:
    above = of.low is None or number > of.low or (number == of.low and not of.low_open)
    return above and (of.high is None or number < of.high or (number == of.high and not of.high_open))


@frozen
class Form:
    """How a number hangs on others that can be chosen: *at most 3/7 of the representatives*, *constant + Σ times · name*."""

    comparison: Comparison
    constant: Exact
    terms: tuple[tuple[Exact, Number], ...]


@frozen
class Supposed:
    """What may be chosen if another number is such."""

    other: Number
    allowed: Allowed


@frozen
class Answer:
    """What may be chosen under the readings taken, or where `options` are read otherwise."""

    options: Options
    allowed: Allowed
    supposed: tuple[Supposed, ...] = ()


@frozen
class Line:
    """What one sentence asks of one number, day or choice; the first answer is that of the readings taken.

    `depends` are other choices of the plan that move it, `needs` facts as found that are missing for it, `condition` the
    facts that decide whether the sentence applies at all. It is `implied` where the sentence speaks of others first.
    """

    rule: Rule
    sentence: Sentence
    answers: tuple[Answer, ...]
    forms: tuple[Form, ...] = ()
    depends: tuple[Missing, ...] = ()
    needs: tuple[Missing, ...] = ()
    condition: tuple[Missing, ...] = ()
    implied: bool = False

    @property
    def allowed(self) -> Allowed:
        return self.answers[0].allowed


@frozen
class Item:
    """A number, a day or a choice of the plan: what all binding sentences together leave of it, and each by itself.

    `given` is what the plan says already. `against` are sentences that cannot be met together: no lawful plan exists.
    """

    key: str
    names: Names
    within: Names
    type: Type
    answers: tuple[Answer, ...]
    lines: tuple[Line, ...]
    given: Value = None
    against: tuple[Line, ...] = ()

    @property
    def allowed(self) -> Allowed:
        return self.answers[0].allowed

    @property
    def is_refused(self) -> bool:
        """Whether the plan has chosen already what it may not."""
        return self.given is not None and not self.allowed.free and self.given not in self.allowed

    @property
    def is_day(self) -> bool:
        return isinstance(self.type, DateType)


@frozen
class Defined:
    """A defined value that the known facts settle; the first of the values is that of the readings taken."""

    id: str
    names: Names
    type: Type
    values: tuple[tuple[Options, Value], ...]
    citation: Citation | None = None


class End(Enum):
    """What a day of a calendar is to what happens: the last lawful day, the first, or the only one."""

    LATEST = "latest"
    EARLIEST = "earliest"
    ON = "on"


@frozen
class Due:
    """A lawful day of a calendar, under the readings taken or under `options`."""

    day: date
    end: End
    item: Item
    line: Line
    options: Options = ()


class Why(Enum):
    """Why nothing could be derived from a sentence."""

    NEEDS = "needs facts"
    UNDATED = "needs a day"
    ATTESTED = "asks for an attestation"
    PERSONS = "is about persons"
    COMMUNITIES = "is about several communities"
    FAILS = "fails whatever is chosen"
    OPEN = "hangs on other choices"


@frozen
class Undone:
    """A sentence that nothing could be derived from, or not all; `missing` are the facts it waits for."""

    rule: Rule
    sentence: Sentence
    why: Why
    missing: tuple[Missing, ...] = ()


@frozen
class Derived:
    """What a lawful plan must look like, as far as the known facts tell. `items` are in the order of the vocabulary.

    `known` are the days that the plan gives.
    """

    ruleset: RulesetInfo
    plan: PlanHeader
    name: str
    day: date | None
    law_day: date | None
    items: tuple[Item, ...] = ()
    defined: tuple[Defined, ...] = ()
    undone: tuple[Undone, ...] = ()
    known: tuple[Number, ...] = ()
    readings: tuple[Reading, ...] = ()
    units: tuple[Unit, ...] = ()
    layers: tuple[Layer, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()

    def item(self, key: str) -> Item:
        """The item of a key such as `residents_committee.size`; KeyError when nothing is asked of it."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)

    @property
    def calendar(self) -> tuple[Due, ...]:
        """The first and last lawful days that sentences set, in the order of the days."""
        found = [due for item in self.items if item.is_day for line in item.lines for due in _days(item, line)]
        return tuple(sorted(found, key=lambda due: (due.day, due.end.value, due.item.key)))

    @property
    def undated(self) -> tuple[Item, ...]:
        """The days of the plan that no date can be told of yet, each before those that it is to be no later than."""
        dated = {due.item.key for due in self.calendar}
        waiting = {item.key: item for item in self.items if item.is_day and item.key not in dated}
        found: dict[str, Item] = {}
        while waiting:
            later = {key for item in waiting.values() for key in _before(item)}
            first = next((key for key in waiting if key not in later), next(iter(waiting)))
            found[first] = waiting.pop(first)
        return tuple(found.values())

    @property
    def impossible(self) -> tuple[Item, ...]:
        """The numbers for which no lawful choice is left, and those that the plan has chosen as it may not."""
        return tuple(item for item in self.items if item.against or item.is_refused)


def _before(item: Item) -> Iterator[str]:
    """The keys of the days that a day is to be no later than."""
    for line in item.lines:
        for form in line.forms:
            if form.comparison in (Comparison.AT_MOST, Comparison.LESS):
                for _, other in form.terms:
                    if other.mention is not None and isinstance(other.mention.of, FactOf):
                        yield other.mention.of.key


def _days(item: Item, line: Line) -> Iterator[Due]:
    for answer in line.answers:
        for stretch in answer.allowed.stretches:
            if stretch.low is not None and stretch.low == stretch.high:
                yield Due(_day(stretch.low), End.ON, item, line, answer.options)
                continue
            if stretch.low is not None:
                yield Due(_day(stretch.low), End.EARLIEST, item, line, answer.options)
            if stretch.high is not None:
                yield Due(_day(stretch.high), End.LATEST, item, line, answer.options)


def _day(ordinal: Exact) -> date:
    return date.fromordinal(int(ordinal))


__all__ = [
    "Allowed",
    "Answer",
    "Defined",
    "Derived",
    "Due",
    "End",
    "Form",
    "Item",
    "Line",
    "Options",
    "Stretch",
    "Supposed",
    "Undone",
    "Why",
]
