"""What two rules of different layers ask of one fact, compared: whether one keeps within the other, or where it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, field

from civicrules import program as p
from civicrules.exact import Exact
from civicrules.facts import Blank
from civicrules.program import Comparison, Expression, Names, RowChoice, TableCell
from civicrules.values import frozen

Ordinal = Exact | date
Given = Ordinal | str | bool


@frozen
class Interval:
    """What a sentence allows: from `low` to `high`, each included unless it is open; `None` is unbounded."""

    low: Ordinal | None
    high: Ordinal | None
    low_open: bool = False
    high_open: bool = False

    def keeps_above(self, other: Interval) -> bool:
        """Whether nothing here lies below the other's lower end."""
        if other.low is None or self.low is None:
            return other.low is None
        return _less(other.low, self.low) or (self.low == other.low and (self.low_open or not other.low_open))

    def keeps_below(self, other: Interval) -> bool:
        """Whether nothing here lies above the other's upper end."""
        if other.high is None or self.high is None:
            return other.high is None
        return _less(self.high, other.high) or (self.high == other.high and (self.high_open or not other.high_open))

    def meets(self, other: Interval) -> bool:
        """Whether some value is allowed by both."""
        return _reaches(self, other) and _reaches(other, self)

    def common(self, other: Interval) -> Interval:
        """What both allow; it may be empty."""
        below = self if self.keeps_above(other) else other
        above = self if self.keeps_below(other) else other
        return Interval(below.low, above.high, below.low_open, above.high_open)

    def hull(self, other: Interval) -> Interval:
        """The least interval that has both."""
        below = other if self.keeps_above(other) else self
        above = other if self.keeps_below(other) else self
        return Interval(below.low, above.high, below.low_open, above.high_open)

    def beyond(self, other: Interval) -> Ordinal | None:
        """A value that is allowed here and not there; `None` where there is none, or none that can be named plainly."""
        if not self.keeps_above(other):
            named = self.low if not self.low_open else None
            return named if named is not None or self.low is not None else _next(other.low, -1, other.low_open)
        if not self.keeps_below(other):
            named = self.high if not self.high_open else None
            return named if named is not None or self.high is not None else _next(other.high, 1, other.high_open)
        return None


@frozen
class Bound:
    """A sentence that keeps one fact in an interval under its conditions: one, or one for each value of an input."""

    fact: p.FactOf | p.CountOf
    conditions: object
    names: Names
    rows: tuple[tuple[TableCell, Interval], ...]
    otherwise: Interval | None = None
    input: Expression | None = None
    input_names: Names = Names()
    overlap: RowChoice | None = None

    def at(self, given: Given | None) -> Interval | None:
        """What is allowed where the input has a value; `None` where the table says nothing of it."""
        fitting = [interval for cell, interval in self.rows if given is None or _fits(cell, given)]
        if not fitting:
            return self.otherwise
        made = fitting[0] if self.overlap is not RowChoice.LATER else fitting[-1]
        if self.overlap is RowChoice.COMMON:
            for one in fitting:
                made = made.common(one)
        elif self.overlap is RowChoice.EITHER:
            for one in fitting:
                made = made.hull(one)
        return made


@frozen
class Difference:
    """How a rule stands to a higher one.

    `looser`: a value of `fact` that the rule allows and the higher one does not, and where it depends on an input, its
    value `at`. `both` tells whether a plan can meet both rules: wherever the input lies, nowhere (`False`), or only for
    some of its values (`None`).
    """

    inside: bool
    both: bool | None
    fact: Names = Names()
    looser: Ordinal | None = None
    input: Names = Names()
    at: Given | Names | None = None


def compared(rule: p.Rule, higher: p.Rule, own: Known, above: Known) -> Difference | None:
    """How a rule stands to a higher one, both with the values they name; `None` where their bounds cannot be compared.

    They can be where every sentence of the higher rule keeps a fact between constants, or in a table of one input, and
    one sentence of the rule does so with the same fact under the same conditions.
    """
    bounds = [bound(sentence, own) for sentence in rule.sentences]
    met: list[bool] = []
    looser: Difference | None = None
    for sentence in higher.sentences:
        other = bound(sentence, above)
        same = [b for b in bounds if b and other and b.fact == other.fact and b.conditions == other.conditions]
        if other is None or len(same) != 1:
            return None
        (mine,) = same
        if mine.input is not None and other.input is not None and mine.input != other.input:
            return None
        for at in _places(mine, other):
            here, there = mine.at(at), other.at(at)
            if here is None or there is None:
                continue
            met.append(here.meets(there))
            if looser is None and not (here.keeps_above(there) and here.keeps_below(there)):
                input = mine.input_names if mine.input is not None else other.input_names
                looser = Difference(
                    False, None, mine.names, here.beyond(there), input, _named(at, mine.input or other.input)
                )
    both = None if any(met) and not all(met) else any(met)
    return Difference(True, both) if looser is None else evolve(looser, both=both)


@frozen
class Known:
    """The definitions and readings that the sentences of a ruleset name."""

    definitions: Mapping[str, p.Definition] = field(factory=dict)
    readings: Mapping[str, p.Reading] = field(factory=dict)


def bound(sentence: p.Sentence, values: Known) -> Bound | None:
    """What a sentence asks of one fact in constants; `None` where it asks more or otherwise."""
    if sentence.exemptions:
        return None
    conditions = (sentence.force, sentence.guard, sentence.each, sentence.valid)
    match sentence.requirement:
        case p.Compare(left=p.FactOf() | p.CountOf() as fact, comparison=how, right=asked):
            pass
        case p.Within(value=p.FactOf() | p.CountOf() as fact, range=asked):
            how = Comparison.EQUAL
        case _:
            return None
    made = Bound(fact, conditions, _name(fact, sentence.mentions), ())
    definition = values.definitions.get(asked.id) if isinstance(asked, p.ValueOf) else None
    if definition is None or not isinstance(definition.body, p.Table):
        interval = _interval(how, asked if definition is None else definition.body)
        return None if interval is None else evolve(made, rows=((TableCell(), interval),))
    return _of_table(made, how, definition, values)


def _of_table(made: Bound, how: Comparison, definition: p.Definition, values: Known) -> Bound | None:
    table = definition.body
    assert isinstance(table, p.Table)
    rows = [(row.cells[0], _interval(how, row.value)) for row in table.rows]
    plain = all(interval is not None and _is_plain(cell) for cell, interval in rows)
    otherwise = None if table.otherwise is None else _interval(how, table.otherwise)
    if len(table.inputs) != 1 or not plain or any(row.valid for row in table.rows) or definition.entity is not None:
        return None
    if table.otherwise is not None and otherwise is None:
        return None
    reading = values.readings.get(table.overlap or "")
    choice = reading.taken.value if reading is not None else None
    (given,) = table.inputs
    return evolve(
        made,
        rows=tuple((cell, interval) for cell, interval in rows if interval is not None),
        otherwise=otherwise,
        input=given,
        input_names=_name(given, definition.mentions),
        overlap=choice if isinstance(choice, RowChoice) else None,
    )


def _interval(how: Comparison, asked: Expression) -> Interval | None:
    match asked:
        case p.RangeOf(
            low=p.Literal(value=int() | Fraction() as least), high=p.Literal(value=int() | Fraction() as most)
        ):
            return Interval(least, most) if how is Comparison.EQUAL else None
        case p.Literal(value=value) if not isinstance(value, bool | str | Blank):
            low = value if how in (Comparison.AT_LEAST, Comparison.MORE, Comparison.EQUAL) else None
            high = value if how in (Comparison.AT_MOST, Comparison.LESS, Comparison.EQUAL) else None
            if low is None and high is None:
                return None
            return Interval(low, high, how is Comparison.MORE, how is Comparison.LESS)
    return None


def _is_plain(cell: TableCell) -> bool:
    return all(
        end is None or (isinstance(end, p.Literal) and not isinstance(end.value, Blank))
        for end in (cell.low, cell.high, cell.equals)
    )


def _fits(cell: TableCell, given: Given) -> bool:
    if isinstance(cell.equals, p.Literal):
        return cell.equals.value == given
    low = cell.low.value if isinstance(cell.low, p.Literal) else None
    high = cell.high.value if isinstance(cell.high, p.Literal) else None
    above = low is None or _less(low, given) or (given == low and cell.low_included)
    below = high is None or _less(given, high) or (given == high and cell.high_included)
    return above and below


def _places(one: Bound, other: Bound) -> tuple[Given | None, ...]:
    """Known of the common input between which nothing changes: each edge, and what lies on both sides of it."""
    input = one.input if one.input is not None else other.input
    if input is None:
        return (None,)
    if isinstance(input.type, p.ChoiceType):
        return tuple(choice.id for choice in input.type.choices)
    if isinstance(input.type, p.TruthType):
        return (True, False)
    edges = sorted({end for bound in (one, other) for cell, _ in bound.rows for end in _ends(cell)})
    found = {place for edge in edges for step in (-1, 0, 1) if (place := _next(edge, step)) is not None}
    if isinstance(input.type, p.NumberType) and not input.type.whole:
        numbers = [Fraction(edge) for edge in edges if not isinstance(edge, date)]
        found |= {(low + high) / 2 for low, high in pairwise(numbers)}
    return tuple(place for place in sorted(found) if _is_possible(place, input.type)) or (None,)


def _ends(cell: TableCell) -> Iterator[Ordinal]:
    for end in (cell.low, cell.high, cell.equals):
        if isinstance(end, p.Literal) and not isinstance(end.value, bool | str | Blank):
            yield end.value


def _is_possible(value: Ordinal, type: p.Type) -> bool:
    if not isinstance(type, p.NumberType) or isinstance(value, date):
        return True
    return (type.low is None or value >= type.low) and (type.high is None or value <= type.high)


def _next(end: Ordinal | None, step: int, open: bool = False) -> Ordinal | None:
    """The value a step beyond an end; an open end is itself beyond."""
    if end is None:
        return None
    if open:
        return end
    try:
        return end + timedelta(step) if isinstance(end, date) else end + step
    except OverflowError:
        return None


def _reaches(one: Interval, other: Interval) -> bool:
    """Whether the lower end of one is not beyond the upper end of the other."""
    if one.low is None or other.high is None:
        return True
    return _less(one.low, other.high) or (one.low == other.high and not (one.low_open or other.high_open))


def _less(one: object, other: object) -> bool:
    """Whether one end is below another; both are of one fact, numbers or days."""
    return bool(one < other)  # type: ignore[operator]


def _named(at: Given | None, input: Expression | None) -> Given | Names | None:
    """A value of an input as its reader knows it: a choice by its names."""
    choices = input.type.choices if input is not None and isinstance(input.type, p.ChoiceType) else ()
    return next((choice.names for choice in choices if choice.id == at), at)


def _name(of: Expression, mentions: Iterable[p.Mention]) -> Names:
    return next((one.names for one in mentions if one.of == of), Names())
