"""What a page draws beside the findings: tables as bands, days with those they are compared with, ballot accounts.

It reads what evaluation computes anyway, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from civicrules.bases import FIGURES
from civicrules.evaluation.case import Case
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.logic import truth
from civicrules.evaluation.shown import Showing, shown
from civicrules.evaluation.tables import row
from civicrules.evaluation.unknown import NUMBERS, Undecided
from civicrules.facts import Facts
from civicrules.findings import BallotAccount, Band, Bands, Beside, Finding, Limit, Number, Verdict
from civicrules.program import (
    PLAN,
    And,
    Compare,
    Comparison,
    DateType,
    Definition,
    Expression,
    FactOf,
    Field,
    Mention,
    Not,
    NumberType,
    PeopleType,
    Sentence,
    Shifted,
    Table,
    TableCell,
    TableRow,
    ValueOf,
)
from civicrules.values import frozen


@frozen(eq=False)
class Looking:
    """One plan that is looked at as a whole, after it was judged."""

    maker: Maker
    case: Case
    facts: Facts
    showing: Showing

    def beside(self, findings: Sequence[Finding]) -> Beside:
        """Everything that these findings can be drawn with."""
        judged = [one for one in findings if one.verdict is not Verdict.DOES_NOT_APPLY]
        sentences = {id(one.sentence): one.sentence for one in judged}
        return Beside(
            tuple(self.bands(judged)),
            tuple(self.days()),
            tuple(limit for one in sentences.values() for limit in self.limits(one)),
            tuple(self.accounts()),
        )

    # -- tables

    def bands(self, findings: Iterable[Finding]) -> Iterator[Bands]:
        """The tables under the findings that are looked up by one number, each once."""
        for named in dict.fromkeys(id for one in findings for number in one.numbers for id in _values_in(number)):
            definition = self.maker.definitions.get(named)
            if definition is not None and definition.entity is None and isinstance(definition.body, Table):
                bands = self.of_table(definition, definition.body)
                if bands is not None:
                    yield bands

    def of_table(self, definition: Definition, table: Table) -> Bands | None:
        """A table as bands; `None` where it has no one number to look up by, a bound that is not known, or is personal."""
        by = next((one for one in definition.mentions if table.inputs == (one.of,)), None)
        if by is None or not isinstance(table.inputs[0].type, NumberType) or self.maker.personal.named(definition.id):
            return None
        bands = [self.band(one, table) for one in table.rows if self.in_force(one)]
        if not bands or any(one is None for one in bands):
            return None
        found = tuple(one for one in bands if one is not None)
        return Bands(definition.id, definition.names, table.type, self.number(by), found)

    def in_force(self, written: TableRow) -> bool:
        return row(written, self.maker.run).in_force(self.case.law_day)

    def band(self, written: TableRow, table: Table) -> Band | None:
        """A row as a band; `None` when a bound is no number."""
        (cell,) = written.cells
        ends = [None if bound is None else self.value(bound) for bound in _ends(cell)]
        if not all(end is None or type(end) in NUMBERS for end in ends):
            return None
        low, high = ends
        fits = truth(row(written, self.maker.run).fits(self.case, [self.value(table.inputs[0])]))
        value = shown(self.value(written.value), table.type)
        known = None if isinstance(fits, Undecided) else fits
        exactly = cell.equals is not None
        return Band(low, exactly or cell.low_included, high, exactly or cell.high_included, value, known)

    def value(self, of: Expression) -> Any:
        return self.maker.run(of)(self.case)

    def number(self, of: Mention) -> Number:
        return self.showing.show(of, deep=False)(self.case, self.facts)

    # -- days

    def days(self) -> Iterator[Number]:
        """The days that the plan gives, in the order of the vocabulary; none that is personal."""
        for item in self.fields():
            if isinstance(item.type, DateType) and not item.personal and item.key in self.facts.values:
                yield self.fact(item)

    def limits(self, sentence: Sentence) -> Iterator[Limit]:
        """The days that a sentence counts from others, for a day of the plan."""
        if sentence.each is not None:
            return
        for left, comparison, right in _compared(sentence.requirement):
            if isinstance(left, FactOf | ValueOf) and left.of == PLAN and not self.maker.personal.of(right):
                day = self.value(right)
                names = next((m.names for m in sentence.mentions if m.of == left), None)
                if isinstance(day, date) and names is not None and not self.maker.personal.of(left):
                    yield Limit(sentence, names, comparison, day)

    # -- ballots

    def accounts(self) -> Iterator[BallotAccount]:
        """The ballot accounts, by the thing whose they are; figures of none but the whole plan stand with each."""
        for entity in self.maker.vocabulary.entities:
            fields = {one.id: one for one in entity.fields if one.id in FIGURES and one.key in self.facts.values}
            if "ballots_returned" in fields or "ballots_issued" in fields:
                elsewhere = {one.id: one for one in self.fields() if one.id == _VOTERS and one.key in self.facts.values}
                figures = {id: self.fact(one) for id, one in {**elsewhere, **fields}.items()}
                yield BallotAccount(entity.names, figures, _residual(figures))

    def fact(self, of: Field) -> Number:
        return self.number(Mention(FactOf(of.key, of.type), of.names))

    def fields(self) -> Iterator[Field]:
        """Every fact of the plan itself, without those of members of lists."""
        listed = self.maker.vocabulary.listed()
        for entity in self.maker.vocabulary.entities:
            if entity.id not in listed:
                yield from (one for one in entity.fields if not isinstance(one.type, PeopleType))


_VOTERS = "registered_voters"
_PARTS = ("valid_ballots", "invalid_ballots", "blank_ballots")


def _residual(figures: dict[str, Number]) -> int | None:
    """What is left of the returned ballots when all others are taken away."""
    returned, *parts = (_whole(figures.get(id)) for id in ("ballots_returned", *_PARTS))
    known = [one for one in parts if one is not None]
    return returned - sum(known) if returned is not None and len(known) == len(parts) else None


def _whole(of: Number | None) -> int | None:
    value = None if of is None else of.value
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _ends(cell: TableCell) -> tuple[Expression | None, Expression | None]:
    return (cell.equals, cell.equals) if cell.equals is not None else (cell.low, cell.high)


def _values_in(number: Number) -> Iterator[str]:
    """The ids of the definitions in a number and under it."""
    of = number.mention.of if number.mention is not None else None
    if isinstance(of, ValueOf) and of.of == PLAN:
        yield of.id
    for inner in number.inner:
        yield from _values_in(inner)


def _compared(of: Expression) -> Iterator[tuple[Expression, Comparison, Shifted]]:
    """A day beside the one that is counted for it, the other way round where the text says it so."""
    match of:
        case And(parts=parts):
            for part in parts:
                yield from _compared(part)
        case Compare(left=left, comparison=comparison, right=Shifted() as right):
            yield left, comparison, right
        case Compare(left=Shifted() as left, comparison=comparison, right=right):
            yield right, comparison.mirrored, left
        case Not(of=Compare(left=left, comparison=comparison, right=Shifted() as right)):
            yield left, comparison.negated, right
        case _:
            return
