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
from civicrules.evaluation.variables import CALENDAR
from civicrules.exact import Exact, Interval, whole
from civicrules.facts import Blank, Facts
from civicrules.findings import Number, Value
from civicrules.program import CountOf, DateType, FactOf, Mention, Names, NumberType, RangeType, Type, ValueOf
from civicrules.values import frozen

Show = Callable[[Case, Facts], Number]


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
    if isinstance(value, tuple):
        return (_number(value[0], of), _number(value[1], of))
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
        low = None if low == CALENDAR.low else low
        high = None if high == CALENDAR.high else high
    elif isinstance(of, NumberType) and of.whole:
        low, high = None if low is None else ceil(low), None if high is None else floor(high)
    return None if low is None and high is None else Interval(low, high)


@frozen
class Showing:
    """Makes the shows of one Program: a name that stands in several sentences has one, and one number in each plan."""

    maker: Maker
    made: dict[tuple[FactOf | ValueOf | CountOf, Names, bool], Show] = field(factory=dict)

    def show(self, mention: Mention, *, deep: bool = True) -> Show:
        """How a name in a sentence is shown; `deep` takes the names in its definition along."""
        key = (mention.of, mention.names, deep)
        if key not in self.made:
            made = self._show(mention, deep)
            self.made[key] = _once(len(self.made), made)
        return self.made[key]

    def _show(self, mention: Mention, deep: bool) -> Show:
        match mention.of:
            case FactOf():
                return _show_fact(mention, mention.of)
            case CountOf():
                return _show_count(mention, mention.of, self.maker.run(mention.of))
            case ValueOf(id=id):
                definition = self.maker.definitions.get(id)
                mentions = definition.mentions if definition is not None and deep else ()
                inner = tuple(self.show(one, deep=False) for one in mentions)
                return _show_value(mention, mention.of, self.maker.named(id), inner)
            case _:
                assert_never(mention.of)


def _once(slot: int, show: Show) -> Show:
    def run(case: Case, facts: Facts) -> Number:
        number = case.shown.get(slot)
        if number is None:
            number = case.shown[slot] = show(case, facts)
        return number

    return run


def _show_fact(mention: Mention, of: FactOf) -> Show:
    key, names, kind = of.key, mention.names, of.type
    whole_numbers = isinstance(kind, NumberType) and kind.whole

    def run(case: Case, facts: Facts) -> Number:
        fact = facts.values.get(key)
        if fact is None:
            return Number(names, None, kind, (), (), mention)
        value = fact.value if whole_numbers and type(fact.value) is int else shown(fact.value, kind)
        return Number(names, value, kind, () if fact.place is None else (fact.place,), (), mention)

    return run


def _show_count(mention: Mention, of: CountOf, count: Run) -> Show:
    def run(case: Case, facts: Facts) -> Number:
        members = facts.lists.get(of.list)
        value = None if members is None else shown(count(case), of.type)
        places = () if members is None or members.place is None else (members.place,)
        return Number(mention.names, value, of.type, places, (), mention)

    return run


def _show_value(mention: Mention, of: ValueOf, value: Run, inner: tuple[Show, ...]) -> Show:
    def run(case: Case, facts: Facts) -> Number:
        under = tuple(one(case, facts) for one in inner)
        return Number(mention.names, shown(value(case), of.type), of.type, (), under, mention)

    return run
