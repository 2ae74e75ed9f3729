"""Sentences judged: guard, requirement and force make one verdict, which readings may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import reduce
from typing import Any

from attrs import field

from civicrules.evaluation import members
from civicrules.evaluation.case import Case, Member, Run
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.logic import joined, truth
from civicrules.evaluation.numbers import keys_of
from civicrules.evaluation.refine import Apart, refine
from civicrules.evaluation.shown import Numbers
from civicrules.evaluation.unknown import Undecided
from civicrules.evaluation.variables import Variable
from civicrules.findings import Verdict
from civicrules.program import STEPS, And, Cases, Expression, Force, Not, Rule, Sentence, TruthType
from civicrules.values import frozen

Weigh = Callable[[Case], Verdict | Undecided]
HOLDS, FAILS, CANNOT_SAY, DOES_NOT_APPLY = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY


@frozen
class Judge:
    """A sentence ready to be judged. `roots` are all facts and lists it can rest on.

    `weigh` judges the plan, or the member at hand of whom the sentence speaks; `overall` all of them together. `concerns`
    tells whether the sentence speaks of the member at hand at all; `binds` whether it can bind members that are not given,
    or which facts of the plan that hangs on; `steps` are the days of steps that it rests on.
    """

    rule: Rule
    sentence: Sentence
    weigh: Weigh
    overall: Weigh
    concerns: Run | None
    binds: Callable[[Case], bool | Undecided]
    requirement: Run
    numbers: Numbers
    roots: frozenset[str]
    steps: tuple[str, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        steps = (key for key in self.roots if key.startswith(f"{STEPS}."))
        object.__setattr__(self, "steps", tuple(sorted(steps)))

    def in_force(self, law_day: date | None) -> bool:
        """Whether the sentence is law on a day; where no day is known, whether it is law without an end.

        Of a term of three years and the five that followed it, both can never be asked of one plan.
        """
        valid = self.sentence.valid
        return valid is None or (valid.end is None if law_day is None else law_day in valid)


def judge_of(rule: Rule, sentence: Sentence, maker: Maker, numbers: Numbers, roots: frozenset[str]) -> Judge:
    """The judge of a sentence. Exceptions are part of its guard, or of what it asks.

    A permission never fails: it holds where its guard does, and whether it is used is the truth of its requirement.
    """
    requirement, guard = maker.run(asked(sentence)), when(sentence)
    weigh = _permission if sentence.force is Force.MAY else _duty(requirement)
    guarded = None if guard is None else maker.run(guard)
    weigh = weigh if guarded is None else _guarded(guarded, weigh)
    each = sentence.each
    if each is None or each.by is not None:
        return Judge(rule, sentence, weigh, weigh, None, _always, requirement, numbers, roots)
    concerns = None if each.where is None else maker.run(each.where)
    weigh = weigh if concerns is None else _guarded(concerns, weigh)
    binds = _always if guarded is None else _binds_others(each.list, guarded)
    overall = _of_all(each.list, weigh, binds, maker.variables[each.list].missing)
    return Judge(rule, sentence, weigh, overall, concerns, binds, requirement, numbers, roots)


def _always(case: Case) -> bool:
    return True


def _binds_others(list_id: str, guard: Run) -> Callable[[Case], bool | Undecided]:
    """Whether a guard can hold for members that are not given: of these only the facts of the plan are known."""
    nobody = Member(list_id, list_id, -1, f"{list_id}[].")

    def binds(case: Case) -> bool | Undecided:
        with case.having(list_id, nobody):
            holds = truth(guard(case))
        if not isinstance(holds, Undecided):
            return holds
        of_plan = frozenset(key for key in holds.keys if not key.startswith(nobody.prefix))
        return Undecided(of_plan) if of_plan else True

    return binds


def asked(sentence: Sentence) -> Expression:
    """What a sentence asks, or one of its exceptions instead."""
    instead = tuple((one.condition, one.instead) for one in sentence.exemptions if one.instead is not None)
    return Cases(instead, sentence.requirement, TruthType()) if instead else sentence.requirement


def when(sentence: Sentence) -> Expression | None:
    """When a sentence binds: under its guard, and unless an exception exempts."""
    exempt = tuple(Not(one.condition) for one in sentence.exemptions if one.instead is None)
    parts = exempt if sentence.guard is None else (sentence.guard, *exempt)
    return And(parts) if len(parts) > 1 else parts[0] if parts else None


def _of_all(list_id: str, weigh: Weigh, binds: Callable[[Case], bool | Undecided], missing: Any) -> Weigh:
    """The verdict on all members together: the worst; of members that are not given nothing can be said."""

    def overall(case: Case) -> Verdict | Undecided:
        outcomes = [outcome for _, outcome in members.each(case, list_id, weigh)]
        if FAILS in outcomes:
            return FAILS
        others = members.rest(case, list_id, missing)
        open_ones = [one for one in outcomes if isinstance(one, Undecided)]
        if type(others) is not int and (bound := binds(case)) is not False:
            open_ones.append(Undecided(keys_of(others, bound)))
        if open_ones:
            return reduce(joined, open_ones)
        return HOLDS if HOLDS in outcomes else DOES_NOT_APPLY

    return overall


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
    return weighed(judge.weigh, case, variables)


def weighed(weigh: Weigh, case: Case, variables: Mapping[str, Variable]) -> Verdict:
    """The verdict that a closure comes to, settled as far as the facts allow."""
    result = weigh(case)
    if isinstance(result, Verdict):
        return result
    settled = refine(weigh, case, result, variables, naming=False)
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
