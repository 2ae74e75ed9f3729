"""Why a finding came out as it did: every part of its sentence with its value, down to the facts of the plan.

The parts are computed by the same closures as the sentence itself, so that what is told is what was judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import define, evolve

from civicrules.evaluation.case import Case
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.logic import truth
from civicrules.evaluation.members import each
from civicrules.evaluation.shown import shown
from civicrules.evaluation.tables import row
from civicrules.evaluation.unknown import Undecided
from civicrules.facts import Facts
from civicrules.findings import Reason, Subject
from civicrules.program import (
    PLAN,
    SELF,
    Age,
    Among,
    Cases,
    CountOf,
    Expression,
    FactOf,
    Literal,
    Mention,
    Names,
    Sentence,
    Table,
    TableRow,
    TotalOf,
    TruthType,
    ValueOf,
    parts,
)
from civicrules.values import frozen

_DEEPEST = 40


@frozen
class _Below:
    """The reasons under one, and how many rows or cases beside them do not apply."""

    parts: tuple[Reason, ...] = ()
    others: int = 0


@define(eq=False)
class Telling:
    """Tells the reasons of one plan; `mentions` are the names that stand in the sentence at hand."""

    maker: Maker
    case: Case
    facts: Facts
    mentions: Sequence[Mention] = ()

    def reason(self, expression: Expression, depth: int = 0) -> Reason:
        """An expression with its value, and the reasons under it."""
        held = self.maker.run(expression)(self.case)
        value = None if isinstance(held, Undecided) else shown(held, expression.type)
        text = "" if expression.span is None else " ".join(expression.span.text.split())
        if isinstance(expression, FactOf):
            return self.fact(expression, Reason(text, Names(), value, expression.type))
        below = self.below(expression, depth + 1) if depth < _DEEPEST else _Below()
        personal, name = self.personal(expression), self.named(expression)
        return Reason(text, name, value, expression.type, below.parts, personal=personal, others=below.others)

    def of_sentence(self, sentence: Sentence) -> Iterator[Reason]:
        """The reasons of a sentence. An item of a list is told with its heading, which may ban what the item says."""
        for part in sentence.expressions():
            told = self.reason(part)
            ends = (f"：{told.text}", f": {told.text}")
            item = part is sentence.requirement and any(text.endswith(ends) for _, text in sentence.texts.forms)
            yield evolve(told, names=sentence.texts) if item else told

    def named(self, expression: Expression) -> Names:
        """What an expression is called, where it is a name."""
        match expression:
            case ValueOf(id=id) if id in self.maker.definitions:
                return self.maker.definitions[id].names
            case ValueOf(id=id):
                return self.maker.readings[id].names
            case CountOf() | TotalOf() | Age():
                return next((one.names for one in self.mentions if one.of == expression), Names())
            case _:
                return Names()

    def personal(self, expression: Expression) -> bool:
        """Whether the value of an expression is not for every eye."""
        if isinstance(expression, Age):
            return self.maker.personal.age(expression, type(self.maker.run(expression.stated)(self.case)) is int)
        return self.maker.personal.of(expression)

    def below(self, expression: Expression, depth: int) -> _Below:
        """The reasons directly under an expression: constants explain themselves."""
        match expression:
            case Table():
                return self.table(expression, depth)
            case Cases():
                return self.cases(expression, depth)
            case _:
                return _Below(tuple(self.under(expression, depth)))

    def under(self, expression: Expression, depth: int) -> Iterator[Reason]:
        """All that an expression is computed from."""
        match expression:
            case ValueOf(id=id, of=of):
                yield from self.defined(id, of, depth)
            case (
                CountOf(list=list_id, where=where)
                | TotalOf(list=list_id, where=where)
                | Among(list=list_id, where=where)
            ):
                if isinstance(expression, Among) and not isinstance(expression.who, str):
                    yield self.reason(expression.who, depth)
                if where is not None:
                    yield from self.members(list_id, where, depth)
            case Age(stated=stated, birth=birth, until=until):
                given = self.maker.run(stated)(self.case)
                known = type(given) is int
                yield from (self.reason(part, depth) for part in ((stated,) if known else (birth, until)))
            case _:
                yield from self.all(parts(expression), depth)

    def all(self, expressions: Iterable[Expression], depth: int, *, as_row: bool = False) -> Iterator[Reason]:
        """The reasons of several expressions, without the constants among them; those that stand `as_row` are personal."""
        for one in expressions:
            if not isinstance(one, Literal):
                yield evolve(self.reason(one, depth), personal=True, row=True) if as_row else self.reason(one, depth)

    def table(self, of: Table, depth: int) -> _Below:
        """What a table is looked up by, the rows that apply or still can, and how many others there are."""
        values = [self.maker.run(one)(self.case) for one in of.inputs]
        personal = any(map(self.personal, of.inputs))
        told: list[Reason] = []
        for written in of.rows:
            made = row(written, self.maker.run)
            fits = made.in_force(self.case.law_day) and truth(made.fits(self.case, values))
            if fits is not False:
                below = tuple(self.all(_in_row(written), depth + 1))
                text = "" if written.span is None else " ".join(written.span.text.split())
                sure = True if fits is True else None
                told.append(Reason(text, Names(), sure, TruthType(), below, personal=personal, row=True))
        others = len(of.rows) - len(told)
        rest = of.otherwise if not any(one.value is True for one in told) else None
        return _Below((*self.all(of.inputs, depth), *told, *self.otherwise(rest, depth, personal)), others)

    def cases(self, of: Cases, depth: int) -> _Below:
        """The conditions up to the first that is met, and what comes out of those that are or still can be."""
        personal = any(self.personal(condition) for condition, _ in of.cases)
        told: list[Reason] = []
        for at, (condition, value) in enumerate(of.cases, 1):
            holds = truth(self.maker.run(condition)(self.case))
            met = (condition,) if holds is False else (condition, value)
            told.extend(self.all(met, depth, as_row=personal))
            if holds is True:
                return _Below(tuple(told), len(of.cases) - at)
        return _Below((*told, *self.otherwise(of.otherwise, depth, personal)))

    def otherwise(self, of: Expression | None, depth: int, personal: bool) -> Iterator[Reason]:
        """What comes out where no row and no case applies."""
        return self.all(() if of is None else (of,), depth, as_row=personal)

    def defined(self, id: str, of: str, depth: int) -> Iterator[Reason]:
        """The body of a definition, or the options of a reading of which one is taken."""
        definition = self.maker.definitions.get(id)
        if definition is None:
            return
        if of == PLAN:
            yield self.reason(definition.body, depth)
            return
        with self.case.having(SELF, self.case.members[of]):
            yield self.reason(definition.body, depth)

    def members(self, list_id: str, where: Expression, depth: int) -> Iterator[Reason]:
        """The condition for every member that is given."""
        told = each(self.case, list_id, lambda case: self.reason(where, depth))
        for at, (member, reason) in enumerate(told):
            row = self.facts.lists[member.source].rows[member.at]
            subject = Subject(list_id, at, self.maker.variables[list_id].names, "", row.place)
            yield evolve(reason, subject=subject)

    def fact(self, expression: FactOf, reason: Reason) -> Reason:
        """A fact with its name and where it stands."""
        item = self.maker.vocabulary.field(expression.key)
        if expression.of == PLAN:
            fact = self.facts.values.get(expression.key)
        else:
            member = self.case.members[expression.of]
            rows = self.facts.lists[member.source].rows if member.source in self.facts.lists else ()
            fact = rows[member.at].values.get(expression.id) if member.at < len(rows) else None
        places = () if fact is None or fact.place is None else (fact.place,)
        return Reason(reason.text, item.names, reason.value, reason.type, (), places, None, item.personal)


def _in_row(of: TableRow) -> Iterator[Expression]:
    """What a row asks of the inputs, and its value."""
    bounds = (bound for cell in of.cells for bound in (cell.low, cell.high, cell.equals))
    yield from (bound for bound in bounds if bound is not None)
    yield of.value
