"""Why a finding came out as it did: every part of its sentence with its value, down to the facts of the plan.

The parts are computed by the same closures as the sentence itself, so that what is told is what was judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define

from civicrules.evaluation.case import Case
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.members import each
from civicrules.evaluation.shown import shown
from civicrules.evaluation.unknown import Undecided
from civicrules.facts import Facts
from civicrules.findings import Reason, Subject
from civicrules.program import (
    PLAN,
    SELF,
    Age,
    Among,
    CountOf,
    Expression,
    FactOf,
    Literal,
    Names,
    TotalOf,
    ValueOf,
    parts,
)

_DEEPEST = 40


@define(eq=False)
class Telling:
    """Tells the reasons of one plan."""

    maker: Maker
    case: Case
    facts: Facts

    def reason(self, expression: Expression, depth: int = 0) -> Reason:
        """An expression with its value, and the reasons under it."""
        held = self.maker.run(expression)(self.case)
        value = None if isinstance(held, Undecided) else shown(held, expression.type)
        text = "" if expression.span is None else " ".join(expression.span.text.split())
        below = tuple(self.below(expression, depth + 1)) if depth < _DEEPEST else ()
        match expression:
            case FactOf():
                return self.fact(expression, Reason(text, Names(), value, expression.type))
            case ValueOf(id=id) if id in self.maker.definitions:
                return Reason(text, self.maker.definitions[id].names, value, expression.type, below)
            case ValueOf(id=id):
                return Reason(text, self.maker.readings[id].names, value, expression.type, below)
            case _:
                return Reason(text, Names(), value, expression.type, below)

    def below(self, expression: Expression, depth: int) -> Iterator[Reason]:
        """The reasons directly under an expression: constants explain themselves."""
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
                for part in parts(expression):
                    if not isinstance(part, Literal):
                        yield self.reason(part, depth)

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
            yield Reason(reason.text, reason.names, reason.value, reason.type, reason.parts, reason.places, subject)

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
