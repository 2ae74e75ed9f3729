"""Sentences judged: guard, requirement and force make one verdict, which readings may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.logic import joined, truth
from civicrules.evaluation.refine import Apart, refine
from civicrules.evaluation.shown import Numbers
from civicrules.evaluation.unknown import Undecided
from civicrules.evaluation.variables import Variable
from civicrules.findings import Verdict
from civicrules.program import Force, Rule, Sentence
from civicrules.values import frozen

Weigh = Callable[[Case], Verdict | Undecided]
HOLDS, FAILS, CANNOT_SAY, DOES_NOT_APPLY = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY


@frozen
class Judge:
    """A sentence ready to be judged. `roots` are all facts and lists it can rest on."""

    rule: Rule
    sentence: Sentence
    weigh: Weigh
    requirement: Run
    numbers: Numbers
    roots: frozenset[str]

    def in_force(self, law_day: date | None) -> bool:
        """Whether the sentence is law on a day; without a day, every sentence is."""
        return law_day is None or self.sentence.valid is None or law_day in self.sentence.valid


def weigher(sentence: Sentence, maker: Maker) -> tuple[Weigh, Run]:
    """The verdict of a sentence as far as one pass can tell it, and its requirement.

    A permission never fails: it holds where its guard does, and whether it is used is the truth of its requirement.
    """
    requirement = maker.run(sentence.requirement)
    weigh = _permission if sentence.force is Force.MAY else _duty(requirement)
    return weigh if sentence.guard is None else _guarded(maker.run(sentence.guard), weigh), requirement


def _permission(case: Case) -> Verdict | Undecided:
    return HOLDS


def _duty(requirement: Run) -> Weigh:
    def weigh(case: Case) -> Verdict | Undecided:
        result = requirement(case)
        if result is True:
            return HOLDS
        if result is False:
            return FAILS
        held = truth(result)
        return held if isinstance(held, Undecided) else HOLDS if held else FAILS

    return weigh


def _guarded(guard: Run, weigh: Weigh) -> Weigh:
    """Under a guard that is open, the facts under the sentence matter only where that is open as well."""

    def guarded(case: Case) -> Verdict | Undecided:
        when = guard(case)
        if when is not True and when is not False:
            when = truth(when)
        if when is True:
            return weigh(case)
        if when is False:
            return DOES_NOT_APPLY
        result = weigh(case)
        return joined(when, result) if isinstance(result, Undecided) else when

    return guarded


def verdict(judge: Judge, case: Case, variables: Mapping[str, Variable]) -> Verdict:
    """The verdict of a sentence, without what is missing for it."""
    result = judge.weigh(case)
    if isinstance(result, Verdict):
        return result
    settled = refine(judge.weigh, case, result, variables, naming=False)
    return settled.outcome if isinstance(settled.outcome, Verdict) else CANNOT_SAY


def still_open(judge: Judge, case: Case, apart: Apart) -> bool:
    """Whether values that led to two verdicts do so here as well, under another reading: then it cannot be said."""
    one, other = (judge.weigh(case.supposing(values)) for values in apart)
    return isinstance(one, Verdict) and isinstance(other, Verdict) and one is not other


def used(judge: Judge, case: Case, variables: Mapping[str, Variable]) -> bool | None:
    """Whether a plan makes use of a permission; None when that cannot be said."""
    result = truth(judge.requirement(case))
    if not isinstance(result, Undecided):
        return result
    settled = refine(lambda other: truth(judge.requirement(other)), case, result, variables, naming=False)
    return settled.outcome if isinstance(settled.outcome, bool) else None
