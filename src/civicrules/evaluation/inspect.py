"""What a Program's expressions rest on, read off the text of the rules without any facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field

from civicrules.exact import Rounding
from civicrules.program import (
    Among,
    CountOf,
    Definition,
    Expression,
    FactOf,
    Literal,
    Program,
    Reading,
    RowChoice,
    Sentence,
    TextType,
    TotalOf,
    ValueOf,
    parts,
)
from civicrules.values import frozen


def names_in(program: Program) -> tuple[str, ...]:
    """The names of people and groups that are written in a ruleset, which a missing name can be."""
    waiting: list[Expression] = [definition.body for definition in program.definitions]
    waiting += [group.where for group in program.groups]
    waiting += [part for rule in program.rules for sentence in rule.sentences for part in of_sentence(sentence)]
    for reading in program.readings:
        waiting += [o.value for o in reading.options if not isinstance(o.value, (Rounding, RowChoice))]
    found: dict[str, None] = {}
    while waiting:
        expression = waiting.pop()
        if isinstance(expression, Literal) and isinstance(expression.type, TextType):
            found[str(expression.value)] = None
        waiting += parts(expression)
    return tuple(sorted(found))


def of_sentence(sentence: Sentence) -> tuple[Expression, ...]:
    """The expressions of a sentence: whom it speaks of, when it binds, what it asks, its exceptions."""
    where = None if sentence.each is None else sentence.each.where
    exceptions = (part for one in sentence.exemptions for part in (one.condition, one.instead))
    found = (where, sentence.guard, sentence.requirement, *exceptions)
    return tuple(part for part in found if part is not None)


@frozen
class Roots:
    """Which facts and lists an expression rests on, through all definitions and readings."""

    definitions: Mapping[str, Definition]
    readings: Mapping[str, Reading]
    found: dict[str, frozenset[str]] = field(factory=dict)

    def of_sentence(self, sentence: Sentence) -> frozenset[str]:
        """The keys under a sentence."""
        listed = frozenset[str]() if sentence.each is None else frozenset((sentence.each.list,))
        return listed.union(*(self.of(part) for part in of_sentence(sentence)))

    def of(self, expression: Expression) -> frozenset[str]:
        """The keys under an expression."""
        own: frozenset[str] = frozenset()
        match expression:
            case FactOf(key=key):
                own = frozenset((key,))
            case CountOf(list=id) | TotalOf(list=id) | Among(list=id):
                own = frozenset((id,))
            case ValueOf(id=id):
                own = self.named(id)
            case _:
                pass
        return own.union(*(self.of(part) for part in parts(expression)))

    def named(self, id: str) -> frozenset[str]:
        """The keys under a definition or a reading."""
        if id not in self.found:
            self.found[id] = frozenset[str]().union(*(self.of(body) for body in self._bodies(id)))
        return self.found[id]

    def _bodies(self, id: str) -> Iterator[Expression]:
        if id in self.definitions:
            yield self.definitions[id].body
        elif id in self.readings:
            for option in self.readings[id].options:
                if not isinstance(option.value, (Rounding, RowChoice)):
                    yield option.value
