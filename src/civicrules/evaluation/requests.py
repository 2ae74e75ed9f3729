"""What requests to `tally` have in common: the parameters of a block with the facts of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from civicrules import program as p
from civicrules import tally
from civicrules.diagnostics import Diagnostic
from civicrules.evaluation.evaluator import Evaluator
from civicrules.exact import Exact
from civicrules.facts import Fact, Facts, Row
from civicrules.program import Names

if TYPE_CHECKING:
    from civicrules.evaluation.boxes import Box

# Parameters that requests have a place for; any other is of the method's own, handed on as it is.
_PLACED = frozenset(
    {
        "posts", "seats", "candidates", "votes", "electorate", "valid_vote", "nominated", "losers", "void_ballot",
        "void_part", "write_ins", "base", "elected", "tie", "shortfall", "down_count", "reserved_seats", "reserved_for",
        "unfilled_reserve", "among_the_elected", "not_together", "vacancy_from", "lists", "list_votes", "preference",
        "decided", "second_round_from", "receivers", "weight", "each_receiver",
        "threshold", "exempt", "list_length", "majority_clause",
    }
)  # fmt: skip


@frozen
class Bound:
    """A request for `tally` with what stands beside it: names of ids for readers, what could not be placed, and the boxes
    of a contest and of each ballot that follows it.
    """

    request: tally.Contest | tally.Allocation
    names: Mapping[str, Names] = field(factory=dict, hash=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    boxes: tuple[tuple[Box, ...], ...] = ()


@frozen
class Parameters:
    """The parameters of a block, as the facts of a plan make them."""

    evaluator: Evaluator
    given: Mapping[str, p.Parameter]
    facts: Facts

    def get(self, id: str) -> p.Parameter | None:
        return self.given.get(id)

    def expression(self, id: str) -> p.Expression | None:
        value = self.given.get(id)
        return None if isinstance(value, str | tuple) else value

    def number(self, id: str, locals: Mapping[str, Exact] | None = None) -> int | None:
        return self.whole(self.expression(id), locals)

    def whole(self, expression: p.Expression | None, locals: Mapping[str, Exact] | None = None) -> int | None:
        value = None if expression is None else self.exact(expression, locals)
        return value if isinstance(value, int) else None

    def exact(self, expression: p.Expression, locals: Mapping[str, Exact] | None = None) -> Exact | None:
        value, _ = self.evaluator.expression(expression, self.facts, locals)
        return value if isinstance(value, int | Fraction) and not isinstance(value, bool) else None

    def word(self, id: str) -> str:
        """A word of the method, also where a reading says which."""
        value = self.given.get(id)
        if value is None or isinstance(value, str | tuple):
            return value if isinstance(value, str) else ""
        found, _ = self.evaluator.expression(value, self.facts)
        return found if isinstance(found, str) else ""

    def words(self, id: str) -> tuple[str, ...]:
        value = self.given.get(id)
        if isinstance(value, str):
            return (value,)
        return tuple(str(word) for word in value) if isinstance(value, tuple) else ()

    def options(self) -> dict[str, tally.Setting]:
        """The parameters of the method's own; a number that cannot be said is left out (see `unsaid`)."""
        found = {id: self.setting(value) for id, value in self.given.items() if id not in _PLACED}
        return {id: value for id, value in found.items() if value is not None}

    def unsaid(self) -> dict[str, tuple[str, ...]]:
        """The parameters of the method's own whose number cannot be said, with the facts that are missing for it."""
        found: dict[str, tuple[str, ...]] = {}
        for id, value in self.given.items():
            parts = value if isinstance(value, tuple) else (value,)
            for part in parts if id not in _PLACED else ():
                if not isinstance(part, str) and self.exact(part) is None:
                    _, missing = self.evaluator.expression(part, self.facts)
                    found[id] = tuple(one.key for one in missing) or (f"options/{id}",)
        return found

    def setting(self, value: p.Parameter) -> tally.Setting | None:
        if isinstance(value, str):
            return value
        if not isinstance(value, tuple):
            return self.exact(value)
        words = tuple(one for one in value if isinstance(one, str))
        return words or tuple(n for one in value if not isinstance(one, str) and (n := self.exact(one)) is not None)


def named_by(vocabulary: p.Vocabulary, list_id: str) -> str:
    """The field with what a member of a list is called: the name, else the first text, not personal, that identifies."""
    entity = next((vocabulary.entity(one.entity) for one in vocabulary.lists if one.id == list_id), None)
    texts = [one for one in (entity.fields if entity else ()) if isinstance(one.type, p.TextType) and not one.personal]
    telling = (one.id for one in texts if one.identifies)
    return "name" if any(one.id == "name" for one in texts) else next(telling, "name")


def label(row: Row, number: int, field_id: str) -> str:
    """What a member of a list is called in a count: by the field with its name, else by its place in the list."""
    fact = row.values.get(field_id)
    return str(fact.value) if fact is not None else f"#{number}"


def whole_number(fact: Fact | None) -> int | None:
    return fact.value if fact is not None and isinstance(fact.value, int) and not isinstance(fact.value, bool) else None
