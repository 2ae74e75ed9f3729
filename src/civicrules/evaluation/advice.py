"""What would mend a failing sentence: the smallest change of one number (or day) in it, in each direction.

A change counts when the sentence then holds and no sentence comes to fail that did not fail before. It is found by
weighing whole stretches of values at once, the nearest first: a stretch on which the sentence surely fails is left out
whole, and one that is open is divided where a condition changes, else in its middle. The work is bounded; a change
that was not found within it is not proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from civicrules.evaluation.case import Case
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.judge import Judge, verdict, weighed
from civicrules.evaluation.refine import cut
from civicrules.evaluation.shown import shown
from civicrules.evaluation.unknown import Bounds, Undecided, Unknown
from civicrules.evaluation.variables import CALENDAR, Variable
from civicrules.findings import Advice, Number, Verdict
from civicrules.program import PLAN, DateType, Definition, FactOf, Mention, NumberType, ValueOf
from civicrules.values import frozen

STEPS = 200


@frozen
class Adviser:
    """Everything that looking for advice needs of a Program. `roots` are the facts under each definition."""

    maker: Maker
    definitions: tuple[Definition, ...]
    roots: Mapping[str, frozenset[str]]

    def advise(
        self, judge: Judge, case: Case, others: Sequence[Judge], variables: Mapping[str, Variable]
    ) -> tuple[Advice, ...]:
        """Advice on a failing sentence; `others` are the sentences in force that do not fail.

        `variables` are those of the plan, facts of members included: another sentence may rest on some that are open.
        """
        found: list[Advice] = []
        for fact, current, bounds in self._movable(judge, case, variables):
            variable = variables[fact.key]
            touched = [other for other in others if fact.key in other.roots]
            search = _Search(variable, judge, touched, case, variables)
            for stretch in _directions(bounds, _ordinal(current)):
                proposed = search.nearest(stretch)
                if proposed is not None:
                    moved = self._moved(fact.key, case, proposed)
                    found.append(Advice(fact.key, variable.names, current, proposed, fact.type, moved))
        return tuple(found)

    def tries(self, judge: Judge, case: Case, variables: Mapping[str, Variable]) -> bool:
        """Whether a failing sentence has a number that a plan can choose: what was found or counted has no other."""
        return any(isinstance(fact.type, NumberType) for fact, _, _ in self._movable(judge, case, variables))

    def _movable(
        self, judge: Judge, case: Case, variables: Mapping[str, Variable]
    ) -> Iterator[tuple[FactOf, Any, Bounds]]:
        """The facts of a sentence that may be moved, each with its value and between what."""
        for fact in self._candidates(judge.sentence.mentions, variables):
            current: Any = case.values.get(fact.key)
            if isinstance(current, Fraction) and current.denominator == 1:  # what is measured is held as a fraction
                current = current.numerator
            bounds = _bounds(fact, current)
            if bounds is not None:
                yield fact, current, bounds

    def _candidates(self, mentions: Sequence[Mention], variables: Mapping[str, Variable]) -> list[FactOf]:
        """The facts in a sentence, and one level into the definitions it uses, that a plan can choose."""
        found: dict[str, FactOf] = {}
        for mention in mentions:
            inner: Sequence[Mention] = (mention,)
            if isinstance(mention.of, ValueOf) and mention.of.id in self.maker.definitions:
                inner = self.maker.definitions[mention.of.id].mentions
            for one in inner:
                if isinstance(one.of, FactOf) and one.of.of == PLAN and _is_chosen(variables[one.of.key]):
                    found.setdefault(one.of.key, one.of)
        return list(found.values())

    def _moved(self, key: str, case: Case, proposed: Any) -> tuple[Number, ...]:
        """What else of the plan changes. What belongs to each of its people has no value to be told here."""
        after = case.supposing({key: proposed})
        moved = []
        for definition in self.definitions:
            if definition.entity is None and key in self.roots[definition.id]:
                run = self.maker.named(definition.id)
                new = run(after)
                if new != run(case):
                    value, personal = shown(new, definition.type), self.maker.personal.named(definition.id)
                    moved.append(Number(definition.names, value, definition.type, personal=personal))
        return tuple(moved)


def _is_chosen(variable: Variable) -> bool:
    """Whether a plan chooses a fact: it is neither there already nor made by the election."""
    return not variable.given and not variable.counted


def _bounds(fact: FactOf, current: Any) -> Bounds | None:
    """Between what a fact may be moved, in whole units; None for shares and fractions, and where it is missing."""
    if isinstance(fact.type, NumberType) and not fact.type.share and type(current) is int:
        return Bounds(fact.type.low, fact.type.high)
    return CALENDAR if isinstance(fact.type, DateType) and type(current) is date else None


def _ordinal(value: Any) -> int:
    return value.toordinal() if isinstance(value, date) else value


def _directions(bounds: Bounds, current: int) -> list[tuple[Bounds, bool]]:
    """The stretches below and above a number, and whether the nearest end of each is its upper one."""
    ways: list[tuple[Bounds, bool]] = []
    if bounds.low is None or bounds.low < current:
        ways.append((Bounds(bounds.low, current - 1), True))
    if bounds.high is None or current < bounds.high:
        ways.append((Bounds(current + 1, bounds.high), False))
    return ways


@frozen
class _Search:
    variable: Variable
    judge: Judge
    others: Sequence[Judge]
    case: Case
    variables: Mapping[str, Variable]

    def nearest(self, way: tuple[Bounds, bool]) -> Any:
        """The value nearest to the current one that mends the sentence; None when none was found."""
        stretch, downwards = way
        waiting = [stretch]
        for _ in range(STEPS):
            if not waiting:
                return None
            part = waiting.pop()
            cuts: list[tuple[str, Any]] = []
            mends = self._mends(self.variable.held((part,)), cuts)
            if mends is True:
                end = part.high if downwards else part.low
                value = self.variable.plain(end)
                return value if self._confirmed(value) else None
            if mends is None:
                waiting += self._divided(part, cuts, downwards)
        return None

    def _mends(self, held: Any, cuts: list[tuple[str, Any]]) -> bool | None:
        """Whether all values of a stretch mend the sentence (True) or none does (False); None: to divide."""
        supposed, key = self.case.supposing({self.variable.key: held}, cuts), self.variable.key
        result = self.judge.weigh(supposed)
        if isinstance(result, Undecided) and key in result.keys:
            return None
        if result is not Verdict.HOLDS:
            return False
        return self._spares(supposed)

    def _spares(self, supposed: Case) -> bool | None:
        unsure = False
        for other in self.others:
            result = other.overall(supposed)
            if result is Verdict.FAILS:
                return False
            unsure = unsure or (isinstance(result, Unknown) and self.variable.key in result.keys)
        return None if unsure else True

    def _divided(self, part: Bounds, cuts: list[tuple[str, Any]], downwards: bool) -> list[Bounds]:
        """The parts of a stretch, the nearest last."""
        places = [number for key, number in cuts if key == self.variable.key]
        for number in (*places, None):
            parts = cut(part, number)
            if len(parts) > 1:
                return parts if downwards else parts[::-1]
        return []

    def _confirmed(self, value: Any) -> bool:
        """The change judged once more as the plan itself would be."""
        changed = self.case.supposing({self.variable.key: value})
        if verdict(self.judge, changed, self.variables) is not Verdict.HOLDS:
            return False
        return all(weighed(other.overall, changed, self.variables) is not Verdict.FAILS for other in self.others)
