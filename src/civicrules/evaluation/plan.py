"""One plan in hand: its findings, with numbers, missing facts, readings and advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import define, evolve, field

from civicrules.evaluation.advice import Adviser
from civicrules.evaluation.case import Case
from civicrules.evaluation.judge import CANNOT_SAY, HOLDS, Judge, still_open, used, verdict
from civicrules.evaluation.refine import Apart, in_order, refine
from civicrules.evaluation.unknown import Keys
from civicrules.evaluation.variables import Variable
from civicrules.facts import Facts
from civicrules.findings import Dependence, Finding, Missing, Verdict
from civicrules.program import Force, Reading

MAY = Force.MAY


def missing_facts(keys: Keys, facts: Facts, variables: Mapping[str, Variable]) -> tuple[Missing, ...]:
    """Missing facts with their names, in the order of the vocabulary."""
    return tuple([Missing(v.key, v.names, v.key in facts.blocked, v.within) for v in in_order(keys, variables)])


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
        case, facts, sentence = self.case, self.facts, judge.sentence
        if case.touched:
            case.touched.clear()
        outcome = judge.weigh(case)
        missing: tuple[Missing, ...] = ()
        apart: Apart | None = None
        if not isinstance(outcome, Verdict):
            settled = refine(judge.weigh, case, outcome, self.variables)
            outcome = settled.outcome if isinstance(settled.outcome, Verdict) else CANNOT_SAY
            missing, apart = missing_facts(settled.missing, facts, self.variables), settled.apart
        makes_use = used(judge, case, self.variables) if sentence.force is MAY and outcome is HOLDS else None
        dependences = self._dependences(judge, outcome, apart) if case.touched else ()
        numbers = judge.numbers(case, facts)
        return Finding(judge.rule, sentence, outcome, numbers, missing, dependences, (), makes_use)

    def _dependences(self, judge: Judge, outcome: Verdict, apart: Apart | None) -> tuple[Dependence, ...]:
        """The readings that had a say, under each other option of which the verdict would be another.

        `apart` are the values that left the verdict open, if they did.
        """
        found = []
        for reading in self.readings:
            if reading.id in self.case.touched:
                taken = self.case.chosen.get(reading.id, 0)
                for option in range(len(reading.options)):
                    if option != taken:
                        case = self._under(reading.id, option)
                        if apart is not None and still_open(judge, case, apart):
                            continue
                        other = verdict(judge, case, self.variables)
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
    return [judge for judge in judges if judge.sentence.valid is None or judge.in_force(law_day)]
