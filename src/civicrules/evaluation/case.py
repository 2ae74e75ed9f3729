"""The working record of one evaluation: what is given or supposed, what came out, what was consulted on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

from attrs import define, field

from civicrules.diagnostics import Diagnostic
from civicrules.evaluation.numbers import Cuts
from civicrules.findings import Number


class Member(NamedTuple):
    """A member of a list: its facts are held under `prefix` and the id of the fact.

    It stands in the list `source` (a part of `list`, where that takes others together) at `at`, counted from 0.
    """

    list: str
    source: str
    at: int
    prefix: str


class Roll(NamedTuple):
    """The members of a list that are given; more may come unless it is `complete`."""

    members: tuple[Member, ...]
    complete: bool


def precision(key: str) -> str:
    """Under what the last printed unit of a stated number is held."""
    return f"{key}~"


# Above so many facts, suppositions are laid over them and not copied together with them.
_MANY = 400


class _Over:
    """Some values over others: what `get` does not find in the one is looked up in the other."""

    __slots__ = ("over", "under")

    def __init__(self, under: Any, over: dict[str, Any]) -> None:
        self.under, self.over = under, over

    def get(self, key: str) -> Any:
        value = self.over.get(key)
        return self.under.get(key) if value is None else value

    def values(self) -> Iterator[Any]:
        yield from self.over.values()
        yield from self.under.values()

    def __len__(self) -> int:
        return len(self.under)


# The value of a name with the readings that had a say in it.
Held = tuple[Any, frozenset[str]]


@define(eq=False)
class Case:
    """One plan (or a supposed variant of it) under one choice of readings. Never shared between threads.

    `values` holds facts by `entity.field`, those of members under their prefix, and counts by the id of the list. A key
    that is absent is missing and takes what its declaration says; an unknown value under a key narrows that. `chosen` is
    the option taken of each reading that is not read by its first. `rolls` are the members of each list, `members` the
    one that is at hand of each (by the list, or SELF); rows of tables count that are law on `law_day`. `memo` keeps the
    value of each definition, `touched` the readings that had a say since it was last emptied, `cuts` where conditions
    change, `problems` what went wrong inside (where asked for), `shown` the numbers of names that were shown before.
    """

    values: Any
    chosen: Mapping[str, int]
    locals: Mapping[str, Any] = field(factory=dict)
    rolls: Mapping[str, Roll] = field(factory=dict)
    members: dict[str, Member] = field(factory=dict)
    law_day: date | None = None
    memo: dict[str, Held] = field(factory=dict)
    touched: set[str] = field(factory=set)
    cuts: Cuts | None = None
    problems: list[Diagnostic] | None = None
    shown: dict[Any, Number] = field(factory=dict)

    def supposing(self, values: Mapping[str, Any], cuts: Cuts | None = None) -> Case:
        """The same with some facts supposed; nothing is remembered from before."""
        many = type(self.values) is _Over or len(self.values) > _MANY
        held = _Over(self.values, dict(values)) if many else {**self.values, **values}
        return Case(held, self.chosen, self.locals, self.rolls, dict(self.members), self.law_day, cuts=cuts)

    def reading(self, chosen: Mapping[str, int]) -> Case:
        """The same facts under other readings."""
        return Case(self.values, chosen, self.locals, self.rolls, dict(self.members), self.law_day)

    @contextmanager
    def having(self, whose: str, member: Member | None = None) -> Iterator[None]:
        """With a member at hand, under the id of its list or SELF; whoever was at hand before is so again afterwards."""
        before = self.members.get(whose)
        if member is not None:
            self.members[whose] = member
        yield
        if before is not None:
            self.members[whose] = before
        else:
            self.members.pop(whose, None)

    def report(self, problem: Diagnostic) -> None:
        """Note what went wrong, once."""
        if self.problems is not None and problem not in self.problems:
            self.problems.append(problem)


Run = Callable[[Case], Any]
