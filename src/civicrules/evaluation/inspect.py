"""What a Program's expressions rest on, read off the text of the rules without any facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field

from civicrules.exact import Rounding
from civicrules.program import (
    Age,
    Among,
    Chosen,
    Compare,
    Comparison,
    CountOf,
    Definition,
    Expression,
    FactOf,
    Literal,
    PeopleType,
    Program,
    Reading,
    Rounded,
    RowChoice,
    Sentence,
    Table,
    TextType,
    TotalOf,
    ValueOf,
    Vocabulary,
    Within,
    parts,
    within,
)
from civicrules.values import frozen


def names_in(program: Program) -> tuple[str, ...]:
    """The names of people and groups that are written in a ruleset, which a missing name can be."""
    every = (part for one in program.expressions() for part in within(one))
    return tuple(
        sorted({str(one.value) for one in every if isinstance(one, Literal) and isinstance(one.type, TextType)})
    )


@frozen
class Roots:
    """Which facts and lists an expression rests on, through all definitions and readings."""

    definitions: Mapping[str, Definition]
    readings: Mapping[str, Reading]
    found: dict[str, frozenset[str]] = field(factory=dict)

    def of_sentence(self, sentence: Sentence) -> frozenset[str]:
        """The keys under a sentence."""
        listed = frozenset[str]() if sentence.each is None else frozenset((sentence.each.list,))
        return listed.union(*(self.of(part) for part in sentence.expressions()))

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
        return _bodies(id, self.definitions, self.readings)


def _bodies(id: str, definitions: Mapping[str, Definition], readings: Mapping[str, Reading]) -> Iterator[Expression]:
    """What a definition, or an option of a reading, computes."""
    if id in definitions:
        yield definitions[id].body
    elif id in readings:
        for option in readings[id].options:
            if not isinstance(option.value, (Rounding, RowChoice)):
                yield option.value


@frozen
class Says:
    """Which readings can have a say in an expression, through all definitions."""

    definitions: Mapping[str, Definition]
    readings: Mapping[str, Reading]
    found: dict[str, frozenset[str]] = field(factory=dict)

    def of(self, expression: Expression) -> frozenset[str]:
        """The ids of the readings under an expression."""
        own: frozenset[str] = frozenset()
        match expression:
            case ValueOf(id=id):
                own = self.named(id)
            case Rounded(how=str() as id) | Table(overlap=str() as id) | Chosen(reading=id):
                own = frozenset((id,))
            case _:
                pass
        return own.union(*(self.of(part) for part in parts(expression)))

    def named(self, id: str) -> frozenset[str]:
        """Those under a definition; a reading has itself a say."""
        if id not in self.found:
            own = frozenset((id,)) if id in self.readings else frozenset[str]()
            self.found[id] = own.union(*(self.of(body) for body in _bodies(id, self.definitions, self.readings)))
        return self.found[id]


@frozen
class Personal:
    """Which expressions come to a value that is not for every eye: a fact marked so, and whatever is computed from one.

    How many members something is so of tells nobody's value, nor does whether a value is above or below a limit. Whether
    it equals one does.
    """

    vocabulary: Vocabulary
    definitions: Mapping[str, Definition]
    readings: Mapping[str, Reading]
    found: dict[str, bool] = field(factory=dict)

    def of(self, expression: Expression) -> bool:
        match expression:
            case FactOf(key=key, type=type):
                return isinstance(type, PeopleType) or self.vocabulary.field(key).personal
            case CountOf():
                return False
            case Compare(comparison=comparison) if comparison not in (Comparison.EQUAL, Comparison.UNEQUAL):
                return False
            case Within():
                return False
            case TotalOf(of=summed):
                return self.of(summed)
            case ValueOf(id=id):
                return self.named(id)
            case _:
                return any(map(self.of, parts(expression)))

    def age(self, of: Age, stated: bool) -> bool:
        """Whether an age is: one that the plan states as its own field is marked, else as the birth."""
        return self.of(of.stated) if stated else self.of(of.birth)

    def named(self, id: str) -> bool:
        """Whether the value of a definition or a reading is."""
        if id not in self.found:
            self.found[id] = any(map(self.of, _bodies(id, self.definitions, self.readings)))
        return self.found[id]
