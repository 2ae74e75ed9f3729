"""What a Program's expressions rest on, read off the text of the rules without any facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from attrs import field

from civicrules.exact import Rounding
from civicrules.program import (
    And,
    Arithmetic,
    Call,
    Clamped,
    Compare,
    CountOf,
    Definition,
    Excess,
    Expression,
    FactOf,
    Literal,
    LocalOf,
    Not,
    OneOf,
    Or,
    Program,
    RangeOf,
    Rate,
    Reading,
    Rounded,
    RowChoice,
    ShareOf,
    Table,
    TextType,
    ValueOf,
    Within,
    YearsAfter,
)
from civicrules.values import frozen


def parts(expression: Expression) -> tuple[Expression | None, ...]:
    """The expressions directly inside an expression; `None` stands for an end that was left open."""
    match expression:
        case Literal() | FactOf() | ValueOf() | CountOf() | LocalOf():
            return ()
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case ShareOf(base=inner) | Rounded(of=inner) | YearsAfter(day=inner) | Not(of=inner):
            return (inner,)
        case Excess(of=of, above=above):
            return (of, above)
        case Rate(count=count, per=per, of=of):
            return (count, per, of)
        case Clamped(of=of, low=low, high=high):
            return (of, low, high)
        case RangeOf(low=low, high=high):
            return (low, high)
        case Call(arguments=arguments):
            return arguments
        case Within(value=value, range=stretch):
            return (value, stretch)
        case OneOf(value=value, among=among):
            return (value, *among)
        case And(parts=inner_parts) | Or(parts=inner_parts):
            return inner_parts
        case Table(input=of, rows=rows):
            return (of, *(cell for row in rows for cell in (row.low, row.high, row.equals, row.value)))
        case _:
            assert_never(expression)


def names_in(program: Program) -> tuple[str, ...]:
    """The names of people and groups that are written in a ruleset, which a missing name can be."""
    waiting: list[Expression | None] = [definition.body for definition in program.definitions]
    for rule in program.rules:
        waiting += [part for sentence in rule.sentences for part in (sentence.guard, sentence.requirement)]
    for reading in program.readings:
        waiting += [o.value for o in reading.options if not isinstance(o.value, (Rounding, RowChoice))]
    found: dict[str, None] = {}
    while waiting:
        expression = waiting.pop()
        if isinstance(expression, Literal) and isinstance(expression.type, TextType):
            found[str(expression.value)] = None
        if expression is not None:
            waiting += parts(expression)
    return tuple(sorted(found))


@frozen
class Roots:
    """Which facts and lists an expression rests on, through all definitions and readings."""

    definitions: Mapping[str, Definition]
    readings: Mapping[str, Reading]
    found: dict[str, frozenset[str]] = field(factory=dict)

    def of(self, expression: Expression | None) -> frozenset[str]:
        """The keys under an expression."""
        if expression is None:
            return frozenset()
        if isinstance(expression, FactOf):
            return frozenset((expression.key,))
        if isinstance(expression, CountOf):
            return frozenset((expression.list,))
        if isinstance(expression, ValueOf):
            return self.named(expression.id)
        return frozenset[str]().union(*(self.of(part) for part in parts(expression)))

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
