"""Sentences judged: guard, requirement and force make one verdict, which readings may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.logic import joined, truth
from civicrules.evaluation.refine import Settled, refine
from civicrules.evaluation.shown import Show
from civicrules.evaluation.unknown import NOTHING, Keys, Undecided
from civicrules.evaluation.variables import Variable
from civicrules.findings import Verdict
from civicrules.program import Force, Rule, Sentence
from civicrules.values import frozen

HOLDS, FAILS, DOES_NOT_APPLY = Verdict.HOLDS, Verdict.FAILS, Verdict.DOES_NOT_APPLY


@frozen
class Judge:
    """A sentence ready to be judged. `roots` are all facts and lists it can rest on."""

    rule: Rule
    sentence: Sentence
    weigh: Callable[[Case], Verdict | Undecided]
    requirement: Run
    shows: tuple[Show, ...]
    roots: frozenset[str]

    def in_force(self, law_day: date | None) -> bool:
        """Whether the sentence is law on a day; without a day, every sentence is."""
        return law_day is None or self.sentence.valid is None or law_day in self.sentence.valid


def weigher(sentence: Sentence, maker: Maker) -> tuple[Callable[[Case], Verdict | Undecided], Run]:
    """The verdict of a sentence as far as one pass can tell it, and its requirement.

    A permission never fails: it holds where its guard does, and whether it is used is the truth of its requirement.
    """
    requirement = maker.run(sentence.requirement)
    guard = None if sentence.guard is None else maker.run(sentence.guard)
    may = sentence.force is Force.MAY

    def weigh(case: Case) -> Verdict | Undecided:
        when = True if guard is None else truth(guard(case))
        if when is False:
            return DOES_NOT_APPLY
        if may:
            return when if isinstance(when, Undecided) else HOLDS
        result = requirement(case)
        if when is True:
            return HOLDS if result is True else FAILS if result is False else _open(result)
        result = truth(result)
        return joined(when, result) if isinstance(result, Undecided) else when

    return weigh, requirement


def _open(result: Any) -> Verdict | Undecided:
    held = truth(result)
    return held if isinstance(held, Undecided) else HOLDS if held else FAILS


def verdict(judge: Judge, case: Case, variables: Mapping[str, Variable]) -> tuple[Verdict, Keys]:
    """The verdict, and the missing facts that can still matter when it cannot be said."""
    result = judge.weigh(case)
    return (result, NOTHING) if isinstance(result, Verdict) else settle(judge, case, result, variables)


def settle(judge: Judge, case: Case, first: Undecided, variables: Mapping[str, Variable]) -> tuple[Verdict, Keys]:
    """The verdict of a sentence that came out open at first."""
    settled = refine(judge.weigh, case, first, variables)
    return (settled.outcome, NOTHING) if isinstance(settled.outcome, Verdict) else (Verdict.CANNOT_SAY, settled.missing)


def used(judge: Judge, case: Case, variables: Mapping[str, Variable]) -> bool | None:
    """Whether a plan makes use of a permission; None when that cannot be said."""
    settled = truth_of(judge.requirement, case, variables)
    return settled.outcome if isinstance(settled.outcome, bool) else None


def truth_of(run: Run, case: Case, variables: Mapping[str, Variable]) -> Settled:
    """A condition, settled as far as the facts allow."""
    result = truth(run(case))
    if not isinstance(result, Undecided):
        return Settled(result)
    return refine(lambda other: truth(run(other)), case, result, variables)
