"""What two rules of different layers ask of one fact, compared: whether one keeps within the other, or where it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

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

    @property
    def empty(self) -> bool:
        """Whether nothing is allowed."""
        if self.low is None or self.high is None:
            return False
        return _less(self.high, self.low) or (self.low == self.high and (self.low_open or self.high_open))

    def inside(self, other: Interval) -> bool:
        """Whether everything that is allowed here is allowed there."""
        return self.empty or (self.keeps_above(other) and self.keeps_below(other))

    def end(self, lower: bool) -> tuple[Ordinal | None, bool]:
        """One of its ends, and whether it is open."""
        return (self.low, self.low_open) if lower else (self.high, self.high_open)

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
        named: Ordinal | None = None
        if not self.keeps_above(other):
            named = self.low if self.low is not None else self.nearest(_next(other.low, -1, other.low_open))
        elif not self.keeps_below(other):
            named = self.high if self.high is not None else self.nearest(_next(other.high, 1, other.high_open))
        open_end = (named == self.low and self.low_open) or (named == self.high and self.high_open)
        return None if open_end else named

    def nearest(self, value: Ordinal | None) -> Ordinal | None:
        """A value, or the end that it lies beyond."""
        if value is None or (self.low is not None and _less(value, self.low)):
            return self.low
        return self.high if self.high is not None and _less(self.high, value) else value


@frozen
class Bound:
    """A sentence that keeps one fact in an interval under its conditions: one, or one for each value of an input."""

    fact: p.FactOf | p.CountOf
    sentence: p.Sentence
    conditions: tuple[object, ...]
    names: Names
    rows: tuple[tuple[TableCell, Interval], ...]
    otherwise: Interval | None = None
    input: Expression | None = None
    input_names: Names = Names()
    overlap: RowChoice | None = None

    @property
    def binds(self) -> bool:
        return self.conditions[0] is p.Force.MUST

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
class Asked:
    """What several sentences together ask of one fact."""

    fact: p.FactOf | p.CountOf
    bounds: tuple[Bound, ...]

    @property
    def possible(self) -> Interval:
        """The range that a vocabulary declares."""
        of = self.fact.type
        return Interval(of.low, of.high) if isinstance(of, p.NumberType) else Interval(None, None)

    def at(self, given: Given | None) -> Interval | None:
        """What all of them allow where the input has a value; `None` where one says nothing of it."""
        made = Interval(None, None)
        for one in self.bounds:
            allowed = one.at(given)
            if allowed is None:
                return None
            made = made.common(allowed)
        return made

    def setting(self, end: tuple[Ordinal | None, bool], lower: bool, given: Given | None) -> p.Sentence | None:
        """The sentence that sets the lower or upper end of what all of them allow."""
        every = ((one.sentence, one.at(given)) for one in self.bounds)
        return next((sentence for sentence, found in every if found is not None and found.end(lower) == end), None)


@frozen
class Difference:
    """How a rule stands to a higher one.

    `looser`: a value of `fact` that the rule allows and the higher one does not, and where it depends on an input, its
    value `at`; the sentences that set these ends are `here` and `there`. `both` tells whether a plan can meet both rules:
    wherever the input lies, nowhere (`False`), or only for some of its values (`None`).
    """

    inside: bool
    both: bool | None
    fact: Names = Names()
    looser: Ordinal | None = None
    input: Names = Names()
    at: Given | Names | None = None
    here: p.Sentence | None = None
    there: p.Sentence | None = None


def compared(rule: p.Rule, higher: p.Rule, own: Known, above: Known) -> Difference | None:
    """How a rule stands to a higher one, both with the values they name; `None` where their bounds cannot be compared.

    They can be where every sentence of the higher rule keeps a fact between constants, or in a table of one input. What all
    of them ask of a fact under equal conditions is set against what all sentences of the rule ask of it. Where the rule says
    nothing of a fact, the higher one goes on binding, unless it is replaced.
    """
    asked, there = [bounds(one, own) for one in rule.sentences], [bounds(one, above) for one in higher.sentences]
    if not all(there):
        return None
    beside = [one for one, found in zip(rule.sentences, asked, strict=True) if not found]
    mine = [one for found in asked for one in found]
    replaces = rule.relation is not None and rule.relation.kind is p.RelationKind.REPLACES
    met: list[bool | None] = []
    looser: Difference | None = None
    for (fact, conditions), others in _groups(one for found in there for one in found).items():
        same = tuple(one for one in mine if one.fact == fact and one.conditions == conditions)
        more = any(one.fact == fact and one.conditions != conditions and one.binds for one in mine)
        more = more or _speak_of(fact, beside, own)
        if not same and not replaces and not more:
            continue
        inputs = {one.input: None for one in (*same, *others) if one.input is not None}
        if len(inputs) > 1:
            return None
        can, difference = _compared(Asked(fact, same), Asked(fact, others))
        if difference is not None and more:
            return None  # the other sentences on it may ask what these do not
        met.append(can)
        looser = looser or difference
    if not met:
        return None
    both = False if False in met else None if None in met else True
    return Difference(True, both) if looser is None else evolve(looser, both=both)


def _compared(here: Asked, there: Asked) -> tuple[bool | None, Difference | None]:
    """Whether a plan can do what both ask of a fact, and where more is allowed here than there."""
    met: list[bool] = []
    looser: Difference | None = None
    for at in _places((*here.bounds, *there.bounds)):
        own, other = here.at(at), there.at(at)
        if own is None or other is None:
            continue
        met.append(not own.common(other).empty)
        possible = own.common(here.possible)
        if looser is None and not possible.inside(other):
            named = own.beyond(other)
            value = named if named is not None and _is_possible(named, here.fact.type) else possible.beyond(other)
            input = next((one for one in (*here.bounds, *there.bounds) if one.input is not None), None)
            names, asked = (Names(), None) if input is None else (input.input_names, input.input)
            lower = not possible.keeps_above(other)
            texts = here.setting(own.end(lower), lower, at), there.setting(other.end(lower), lower, at)
            looser = Difference(False, None, there.bounds[0].names, value, names, _named(at, asked), *texts)
    return None if any(met) and not all(met) else any(met), looser


def _groups(bounds: Iterable[Bound]) -> dict[tuple[p.FactOf | p.CountOf, tuple[object, ...]], tuple[Bound, ...]]:
    """Bounds by what they are of, and under which conditions."""
    found: dict[tuple[p.FactOf | p.CountOf, tuple[object, ...]], tuple[Bound, ...]] = {}
    for one in bounds:
        key = (one.fact, one.conditions)
        found[key] = (*found.get(key, ()), one)
    return found


def _speak_of(fact: Expression, sentences: Iterable[p.Sentence], values: Known) -> bool:
    """Whether sentences that bind and are no bounds speak of a fact, themselves or through a definition."""
    return any(
        sentence.force is p.Force.MUST and any(_rests_on(one, fact, values) for one in sentence.expressions())
        for sentence in sentences
    )


def _rests_on(expression: Expression, fact: Expression, values: Known) -> bool:
    every = tuple(p.within(expression))
    named = (values.definitions.get(one.id) for one in every if isinstance(one, p.ValueOf))
    return fact in every or any(_rests_on(one.body, fact, values) for one in named if one is not None)


@frozen
class Known:
    """The definitions and readings that the sentences of a ruleset name."""

    definitions: Mapping[str, p.Definition] = field(factory=dict)
    readings: Mapping[str, p.Reading] = field(factory=dict)


def bounds(sentence: p.Sentence, values: Known) -> tuple[Bound, ...]:
    """What a sentence asks of facts in constants, each edge of a value by itself; nothing where it asks more or otherwise."""
    requirement = sentence.requirement
    parts = requirement.parts if isinstance(requirement, p.And) else (requirement,)
    found = tuple(_bound(sentence, part, values) for part in parts)
    return () if None in found or sentence.exemptions else tuple(one for one in found if one is not None)


def _bound(sentence: p.Sentence, requirement: Expression, values: Known) -> Bound | None:
    conditions = (sentence.force, sentence.guard, sentence.each, sentence.valid)
    match requirement:
        case p.Compare(left=p.FactOf() | p.CountOf() as fact, comparison=how, right=asked):
            pass
        case p.Within(value=p.FactOf() | p.CountOf() as fact, range=asked):
            how = Comparison.EQUAL
        case _:
            return None
    made = Bound(fact, sentence, conditions, _name(fact, sentence.mentions), ())
    definition = values.definitions.get(asked.id) if isinstance(asked, p.ValueOf) else None
    if definition is None or not isinstance(definition.body, p.Table):
        interval = _interval(how, asked if definition is None else definition.body, fact.type)
        return None if interval is None else evolve(made, rows=((TableCell(), interval),))
    return _of_table(made, how, definition, values)


def _of_table(made: Bound, how: Comparison, definition: p.Definition, values: Known) -> Bound | None:
    table = definition.body
    assert isinstance(table, p.Table)
    rows = [(row.cells[0], _interval(how, row.value, made.fact.type)) for row in table.rows]
    plain = all(interval is not None and _is_plain(cell) for cell, interval in rows)
    otherwise = None if table.otherwise is None else _interval(how, table.otherwise, made.fact.type)
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


def _interval(how: Comparison, asked: Expression, of: p.Type) -> Interval | None:
    """What a comparison with constants allows, of a whole number with ends that can be reached."""
    found = _ends_of(how, asked)
    whole = isinstance(of, p.NumberType) and of.whole
    if found is None or not whole or isinstance(found.low, date) or isinstance(found.high, date):
        return found
    low = None if found.low is None else floor(found.low) + 1 if found.low_open else ceil(found.low)
    high = None if found.high is None else ceil(found.high) - 1 if found.high_open else floor(found.high)
    return Interval(low, high)


def _ends_of(how: Comparison, asked: Expression) -> Interval | None:
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


def _places(bounds: tuple[Bound, ...]) -> tuple[Given | None, ...]:
    """Known of the common input between which nothing changes: each edge, and what lies on both sides of it."""
    input = next((one.input for one in bounds if one.input is not None), None)
    if input is None:
        return (None,)
    if isinstance(input.type, p.ChoiceType):
        return tuple(choice.id for choice in input.type.choices)
    if isinstance(input.type, p.TruthType):
        return (True, False)
    edges = sorted({end for bound in bounds for cell, _ in bound.rows for end in _ends(cell)})
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


def _less(one: object, other: object) -> bool:
    """Whether one end is below another; both are of one fact, numbers or days."""
    return bool(one < other)  # type: ignore[operator]


def _named(at: Given | None, input: Expression | None) -> Given | Names | None:
    """A value of an input as its reader knows it: a choice by its names."""
    choices = input.type.choices if input is not None and isinstance(input.type, p.ChoiceType) else ()
    return next((choice.names for choice in choices if choice.id == at), at)


def _name(of: Expression, mentions: Iterable[p.Mention]) -> Names:
    return next((one.names for one in mentions if one.of == of), Names())
