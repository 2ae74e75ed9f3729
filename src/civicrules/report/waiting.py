"""What cannot be judged yet, by what is missing for it: what is to be filled in where, and how much waits for it."""

from __future__ import annotations

from collections.abc import Iterable

from civicrules.findings import Missing, Verdict
from civicrules.program import Force
from civicrules.report.grouping import Judged
from civicrules.report.missing import is_list
from civicrules.values import frozen


@frozen(eq=False)
class Waiting:
    """Sentences that wait for the same lists, or for facts that are filled in under the same headings."""

    facts: tuple[Missing, ...]
    judged: tuple[Judged, ...]

    @property
    def for_lists(self) -> bool:
        """Whether nothing is missing but lists, or the rest of them."""
        return all(map(is_list, self.facts))


def missing(of: Judged) -> tuple[Missing, ...]:
    """What a sentence waits for, for all members that it speaks of."""
    return tuple(fact for finding in of.of(Verdict.CANNOT_SAY) for fact in finding.missing)


def waiting(judged: Iterable[Judged]) -> tuple[Waiting, ...]:
    """The sentences for which something is missing, each in one group; first the group with most that bind."""
    groups: dict[frozenset[object], list[Judged]] = {}
    for one in judged:
        if facts := missing(one):
            groups.setdefault(frozenset(map(_place, facts)), []).append(one)
    found = (Waiting(_each_once(some), tuple(some)) for some in groups.values())
    return tuple(sorted(found, key=lambda one: (-_binding(one), -len(one.judged))))


def _place(fact: Missing) -> object:
    """Where a fact is filled in: in a list, or under a heading."""
    list_id, bracket, _ = fact.key.partition("[")
    return list_id if bracket or is_list(fact) else fact.within


def _each_once(judged: Iterable[Judged]) -> tuple[Missing, ...]:
    return tuple({fact.key: fact for one in judged for fact in missing(one)}.values())


def _binding(of: Waiting) -> int:
    return sum(one.force is Force.MUST for one in of.judged)
