"""The numbers under a sentence: the computation's own record, put beside the names that stand in the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any, assert_never

from attrs import field

from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.unknown import Linear, Ranges, extent
from civicrules.exact import Exact, Interval, whole
from civicrules.facts import Blank, Facts
from civicrules.findings import Number, Value
from civicrules.program import (
    PLAN,
    SELF,
    Age,
    CountOf,
    DateType,
    Elapsed,
    Expression,
    FactOf,
    Mention,
    Names,
    NumberType,
    PeopleType,
    RangeType,
    TotalOf,
    Type,
    ValueOf,
)
from civicrules.values import frozen

Show = Callable[[Case, Facts], Number]
Numbers = Callable[[Case, Facts], tuple[Number, ...]]


def together(shows: tuple[Show, ...]) -> Numbers:
    """The numbers of a sentence; most sentences have one or two."""
    match shows:
        case ():
            return lambda case, facts: ()
        case (one,):
            return lambda case, facts: (one(case, facts),)
        case (one, other):
            return lambda case, facts: (one(case, facts), other(case, facts))
        case _:
            return lambda case, facts: tuple([show(case, facts) for show in shows])


def shown(value: Any, of: Type) -> Value:
    """A value as findings hold it: integers and fractions as their type says, an interval where it is not wholly known.

    `none` is the word itself; several ranges are shown by their outer ends.
    """
    if isinstance(value, (bool, str, date)):
        return value
    if isinstance(value, (int, Fraction)):
        return _number(value, of)
    if isinstance(value, Ranges):
        return (value.parts[0][0], value.parts[-1][1])
    if isinstance(of, PeopleType):
        return "、".join(value) if isinstance(value, tuple) else None
    if isinstance(value, tuple):
        low, high = value
        return value if isinstance(low, date) else (_number(low, of), _number(high, of))
    if isinstance(value, Blank):
        return value.value
    return _interval(value, of) if isinstance(value, Linear) else None


def _number(value: Exact, of: Type) -> Exact:
    kind = of.of if isinstance(of, RangeType) else of
    return Fraction(value) if isinstance(kind, NumberType) and not kind.whole else whole(value)


def _interval(value: Linear, of: Type) -> Interval | None:
    ends = extent(value)
    low, high = ends.low, ends.high
    if isinstance(of, DateType):
        low, high = _known_day(low), _known_day(high)
    elif isinstance(of, NumberType) and of.whole:
        low, high = None if low is None else ceil(low), None if high is None else floor(high)
    return None if low is None and high is None else Interval(low, high)


# Whoever reads a report knows no day beyond these: they are the ends of the calendar, or some days from those.
_FIRST, _LAST = date(1000, 1, 1).toordinal(), date(9000, 1, 1).toordinal()


def _known_day(of: Exact | None) -> Exact | None:
    """An end of a stretch of days; nothing where it comes from a day of which nothing is known."""
    return of if of is not None and _FIRST <= of <= _LAST else None


@frozen
class Showing:
    """Makes the shows of one Program: a name that stands in several sentences has one, and one number in each plan."""

    maker: Maker
    made: dict[tuple[Expression, Names, bool], Show] = field(factory=dict)

    def show(self, mention: Mention, *, deep: bool = True) -> Show:
        """How a name in a sentence is shown; `deep` takes the names in its definition along."""
        key = (mention.of, mention.names, deep)
        if key not in self.made:
            self.made[key] = self._show(mention, deep)
        return self.made[key]

    def _show(self, mention: Mention, deep: bool) -> Show:
        match mention.of:
            case FactOf(key=key, of=of):
                item = self.maker.vocabulary.field(key)
                if of == PLAN:
                    return _show_fact(len(self.made), mention, mention.of, item.personal)
                return _show_fact_of_member(len(self.made), mention, mention.of, item.personal)
            case Age():
                return self._show_age(mention, mention.of)
            case Elapsed():
                personal = self.maker.personal.of(mention.of)
                return _show_period(mention, mention.of, self.maker.run(mention.of), personal)
            case CountOf() | TotalOf():
                personal = self.maker.personal.of(mention.of)
                return _once(len(self.made), _show_count(mention, mention.of, self.maker.run(mention.of), personal))
            case ValueOf(id=id):
                definition = self.maker.definitions.get(id)
                mentions = definition.mentions if definition is not None and deep else ()
                inner = tuple(self.show(one, deep=False) for one in mentions)
                show = _show_value(
                    mention, mention.of, self.maker.run(mention.of), inner, self.maker.personal.named(id)
                )
                return show if mention.of.of != PLAN else _once(len(self.made), show)
            case _:
                assert_never(mention.of)

    def _show_age(self, mention: Mention, of: Age) -> Show:
        personal, stated = self.maker.personal, self.maker.run(of.stated)
        shows = {
            known: _show_period(mention, of, self.maker.run(of), personal.age(of, known)) for known in (True, False)
        }
        return lambda case, facts: shows[type(stated(case)) is int](case, facts)


def _show_period(mention: Mention, of: Age | Elapsed, run: Run, personal: bool) -> Show:
    def show(case: Case, facts: Facts) -> Number:
        return Number(mention.names, shown(run(case), of.type), of.type, (), (), mention, (), personal)

    return show


def _once(slot: int, show: Show) -> Show:
    """A number made once for each plan, kept under its slot."""

    def run(case: Case, facts: Facts) -> Number:
        number = case.shown.get(slot)
        if number is None:
            number = case.shown[slot] = show(case, facts)
        return number

    return run


# The types of given values that are shown as they are; only a whole number given for a fraction is shown as one.
_AS_GIVEN = frozenset((int, str, bool, date))


def _as_given(kind: Type) -> frozenset[type]:
    return _AS_GIVEN if not isinstance(kind, NumberType) or kind.whole else _AS_GIVEN - {int}


def _show_fact(slot: int, mention: Mention, of: FactOf, personal: bool) -> Show:
    """A fact is shown as `_once` has it, in one step: most numbers are facts."""
    key, names, kind, as_given = of.key, mention.names, of.type, _as_given(of.type)
    absent = Number(names, None, kind, mention=mention, personal=personal)

    def run(case: Case, facts: Facts) -> Number:
        number = case.shown.get(slot)
        if number is not None:
            return number
        fact = facts.values.get(key)
        if fact is None:
            return absent
        value = fact.value if type(fact.value) in as_given else shown(fact.value, kind)
        places = () if fact.place is None else (fact.place,)
        number = case.shown[slot] = Number._make((names, value, kind, places, (), mention, (), personal))
        return number

    return run


def _show_fact_of_member(slot: int, mention: Mention, of: FactOf, personal: bool) -> Show:
    names, kind, whose, fact_id = mention.names, of.type, of.of, of.id
    absent = Number(names, None, kind, mention=mention, personal=personal)

    def run(case: Case, facts: Facts) -> Number:
        member = case.members.get(whose)
        if member is None or member.source not in facts.lists:
            return absent
        key = (slot, member.prefix)
        number = case.shown.get(key)
        if number is None:
            fact = facts.lists[member.source].rows[member.at].values.get(fact_id)
            if fact is None:
                return absent
            places = () if fact.place is None else (fact.place,)
            number = case.shown[key] = Number(names, shown(fact.value, kind), kind, places, (), mention, (), personal)
        return number

    return run


def _show_count(mention: Mention, of: CountOf | TotalOf, count: Run, personal: bool) -> Show:
    def run(case: Case, facts: Facts) -> Number:
        members = facts.lists.get(of.list)
        roll = case.rolls.get(of.list)
        value = None if roll is None else shown(count(case), of.type)
        if roll is not None and not roll.complete:
            value = _so_far(value)
        places = () if members is None or members.place is None else (members.place,)
        return Number(mention.names, value, of.type, places, (), mention, (), personal)

    return run


def _so_far(value: Value) -> Value:
    """A number of a list to which more members may come: what it is at least.

    How many there can be in all is a bound that the vocabulary sets to find mistakes, and tells nothing of the plan.
    """
    if not isinstance(value, Interval) or value.low is None:
        return value
    return Interval(value.low, None) if value.low > 0 else None


def _show_value(mention: Mention, of: ValueOf, value: Run, inner: tuple[Show, ...], personal: bool) -> Show:
    names, kind, as_given, under = mention.names, of.type, _as_given(of.type), together(inner)

    def run(case: Case, facts: Facts) -> Number:
        held = value(case)
        held = held if type(held) in as_given else shown(held, kind)
        return Number._make((names, held, kind, (), under(case, facts), mention, (), personal))

    return run if of.of == PLAN else _having_owner(of.of, run)


def _having_owner(of: str, show: Show) -> Show:
    """The names in a definition of people are those of the member at hand."""

    def run(case: Case, facts: Facts) -> Number:
        with case.having(SELF, case.members.get(of)):
            return show(case, facts)

    return run
