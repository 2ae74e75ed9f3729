"""Allocations of a ruleset, with the facts of a plan, as values that `tally` carries out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import field, frozen

from civicrules import program as p
from civicrules import tally
from civicrules.evaluation.evaluator import Evaluator
from civicrules.evaluation.requests import Bound, Parameters, label, named_by, whole_number
from civicrules.exact import Exact
from civicrules.facts import FactList, Facts
from civicrules.program import Comparison


def bind_allocation(evaluator: Evaluator, allocation: p.Allocation, facts: Facts) -> Bound:
    """An allocation with the facts of a plan. Receivers are members of its list, which have a field `name`."""
    return Bound(_Binder(evaluator, allocation, facts).request())


@frozen
class _Binder:
    """One allocation being bound; `missing` gathers the facts without which it cannot be said."""

    evaluator: Evaluator
    allocation: p.Allocation
    facts: Facts
    missing: list[str] = field(factory=list)

    @property
    def parameters(self) -> Parameters:
        return Parameters(self.evaluator, self.allocation.parameters, self.facts)

    @property
    def list_id(self) -> str:
        return str(self.parameters.get("receivers"))

    def request(self) -> tally.Allocation:
        given = self.facts.lists.get(self.list_id, FactList(complete=False))
        receivers = tuple(self.receivers(given))
        hurdles = tuple(self.hurdles())
        return tally.Allocation(
            receivers,
            self.parameters.number("seats"),
            tie_policy=self.parameters.words("tie"),
            complete=given.complete,
            options=self.parameters.options(),
            id=self.allocation.id,
            hurdles=hurdles,
            majority_clause=bool(self.parameters.word("majority_clause")),
            base=self.base(),
            missing=tuple(dict.fromkeys((*self.missing, *self.unsaid()))),
            ruleset=self.evaluator.program.digest,
        )

    def unsaid(self) -> Iterator[str]:
        for missing in self.parameters.unsaid().values():
            yield from missing

    def receivers(self, given: FactList) -> Iterator[tally.Receiver]:
        weight, length = str(self.parameters.get("weight")), self.parameters.word("list_length")
        bounds = self.parameters.get("each_receiver")
        least = self.parameters.whole(bounds.low) if isinstance(bounds, p.Clamped) else None
        most = self.parameters.whole(bounds.high) if isinstance(bounds, p.Clamped) else None
        exempt = self.exempt(len(given.rows))
        by = named_by(self.evaluator.program.vocabulary, self.list_id)
        for number, row in enumerate(given.rows, 1):
            fact = row.values.get(weight)
            value = fact.value if fact is not None and isinstance(fact.value, int | Fraction) else None
            there = whole_number(row.values.get(length)) if length else None
            if length and there is None:
                self.missing.append(f"{length}/{label(row, number, by)}")
            yield tally.Receiver(label(row, number, by), value, least or 0, most, there, exempt[number - 1])

    def exempt(self, number: int) -> list[bool]:
        """Who takes part whatever the thresholds."""
        condition = self.parameters.expression("exempt")
        if condition is None:
            return [False] * number
        found = self.evaluator.of_members(condition, self.list_id, self.facts)
        self.missing.extend(one.key for value, missing in found if value is None for one in missing)
        return [value is True for value, _ in found]

    def hurdles(self) -> Iterator[tally.Hurdle]:
        """The threshold: a share of a base, or a number of votes."""
        asked = self.parameters.get("threshold")
        if not isinstance(asked, p.Compare):
            return
        share = asked.right.share if isinstance(asked.right, p.ShareOf) else self.exact(asked.right)
        of = tally.Of.TOTAL if isinstance(asked.right, p.ShareOf) else tally.Of.VOTES
        if share is not None:
            yield tally.Hurdle(share, of, asked.comparison is Comparison.MORE)

    def base(self) -> Exact | None:
        """The total that the threshold is a share of."""
        asked = self.parameters.get("threshold")
        if isinstance(asked, p.Compare) and isinstance(asked.right, p.ShareOf):
            return self.exact(asked.right.base)
        return None

    def exact(self, expression: p.Expression) -> Exact | None:
        value, missing = self.evaluator.expression(expression, self.facts)
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return value
        self.missing.extend(one.key for one in missing)
        return None
