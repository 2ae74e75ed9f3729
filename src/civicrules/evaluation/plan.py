"""One plan in hand: its findings, with numbers, missing facts, readings and advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import define, evolve, field

from civicrules.evaluation.advice import Adviser
from civicrules.evaluation.case import Case
from civicrules.evaluation.judge import Judge, settle, used, verdict
from civicrules.evaluation.refine import in_order
from civicrules.evaluation.unknown import NOTHING, Keys
from civicrules.evaluation.variables import Variable
from civicrules.facts import Facts
from civicrules.findings import Dependence, Finding, Missing, Verdict
from civicrules.program import Force, Reading


def missing_facts(keys: Keys, facts: Facts, variables: Mapping[str, Variable]) -> tuple[Missing, ...]:
    """Missing facts with their names, in the order of the vocabulary."""
    return tuple(Missing(v.key, v.names, v.key in facts.blocked, v.within) for v in in_order(keys, variables))


@define(eq=False)
class Plan:
    """One plan being judged. `otherwise` keeps the cases under other readings, which many sentences can share."""

    facts: Facts
    case: Case
    variables: Mapping[str, Variable]
    readings: tuple[Reading, ...]
    otherwise: dict[tuple[str, int], Case] = field(factory=dict)

    def finding(self, judge: Judge) -> Finding:
        """The finding of a sentence that is in force, without advice."""
        case = self.case
        if case.touched:
            case.touched.clear()
        outcome, keys = judge.weigh(case), NOTHING
        if not isinstance(outcome, Verdict):
            outcome, keys = settle(judge, case, outcome, self.variables)
        sentence, facts = judge.sentence, self.facts
        makes_use = None
        if sentence.force is Force.MAY and outcome is Verdict.HOLDS:
            makes_use = used(judge, case, self.variables)
        dependences = self._dependences(judge, outcome) if case.touched else ()
        numbers = tuple([show(case, facts) for show in judge.shows])
        missing = missing_facts(keys, facts, self.variables) if keys else ()
        return Finding(judge.rule, sentence, outcome, numbers, missing, dependences, (), makes_use)

    def _dependences(self, judge: Judge, outcome: Verdict) -> tuple[Dependence, ...]:
        """The readings that had a say, under each other option of which the verdict would be another."""
        found = []
        for reading in self.readings:
            if reading.id in self.case.touched:
                taken = self.case.chosen.get(reading.id, 0)
                for option in range(len(reading.options)):
                    if option != taken:
                        other, _ = verdict(judge, self._under(reading.id, option), self.variables)
                        if other is not outcome:
                            found.append(Dependence(reading, option, other))
        return tuple(found)

    def _under(self, reading: str, option: int) -> Case:
        key = (reading, option)
        if key not in self.otherwise:
            self.otherwise[key] = self.case.reading({**self.case.chosen, reading: option})
        return self.otherwise[key]

    def advised(self, judges: Sequence[Judge], findings: Sequence[Finding], adviser: Adviser) -> list[Finding]:
        """The findings again, failing duties with advice. `judges` and `findings` are those in force, in step."""
        standing = [judge for judge, found in zip(judges, findings, strict=True) if found.verdict is not Verdict.FAILS]
        return [
            evolve(found, advice=adviser.advise(judge, self.case, standing)) if _advisable(found) else found
            for judge, found in zip(judges, findings, strict=True)
        ]


def _advisable(found: Finding) -> bool:
    return found.verdict is Verdict.FAILS and found.force in (Force.MUST, Force.SHOULD)


def not_in_force(judge: Judge) -> Finding:
    """The finding of a sentence that is not law on the law day."""
    return Finding(judge.rule, judge.sentence, Verdict.DOES_NOT_APPLY)


def in_force(judges: Sequence[Judge], law_day: date | None) -> list[Judge]:
    """The sentences that are law on a day."""
    return [judge for judge in judges if judge.in_force(law_day)]
