"""The working record of one evaluation: what is given or supposed, what came out, what was consulted on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import define, field

from civicrules.diagnostics import Diagnostic
from civicrules.evaluation.numbers import Cuts
from civicrules.exact import Exact
from civicrules.findings import Number

# The value of a name with the readings that had a say in it.
Held = tuple[Any, frozenset[str]]


@define(eq=False)
class Case:
    """One plan (or a supposed variant of it) under one choice of readings. Never shared between threads.

    `values` holds facts by `entity.field` and counts by the id of the list. A key that is absent is missing and takes
    what its declaration says; an unknown value under a key narrows that. `chosen` is the option taken of each reading
    that is not read by its first. `memo` keeps the value of each definition, `touched` the readings that had a say
    since it was last emptied, `cuts` where conditions change, `problems` what went wrong inside (where asked
    for), `shown` the numbers of names that were shown before.
    """

    values: Mapping[str, Any]
    chosen: Mapping[str, int]
    locals: Mapping[str, Exact] = field(factory=dict)
    memo: dict[str, Held] = field(factory=dict)
    touched: set[str] = field(factory=set)
    cuts: Cuts | None = None
    problems: list[Diagnostic] | None = None
    shown: dict[int, Number] = field(factory=dict)

    def supposing(self, values: Mapping[str, Any], cuts: Cuts | None = None) -> Case:
        """The same with some facts supposed; nothing is remembered from before."""
        return Case({**self.values, **values}, self.chosen, self.locals, cuts=cuts)

    def reading(self, chosen: Mapping[str, int]) -> Case:
        """The same facts under other readings."""
        return Case(self.values, chosen, self.locals)

    def report(self, problem: Diagnostic) -> None:
        """Note what went wrong, once."""
        if self.problems is not None and problem not in self.problems:
            self.problems.append(problem)


Run = Callable[[Case], Any]
