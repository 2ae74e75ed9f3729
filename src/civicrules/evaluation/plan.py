"""One plan in hand: its findings, with numbers, missing facts, readings and advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from attrs import define, evolve, field

from civicrules.evaluation.advice import Adviser
from civicrules.evaluation.case import Case, Member
from civicrules.evaluation.judge import CANNOT_SAY, HOLDS, Judge, still_open, used, verdict
from civicrules.evaluation.logic import truth
from civicrules.evaluation.members import identity, members_of
from civicrules.evaluation.numbers import keys_of
from civicrules.evaluation.refine import Apart, in_order, refine
from civicrules.evaluation.unknown import Keys
from civicrules.evaluation.variables import Variable, split
from civicrules.facts import Facts
from civicrules.findings import Dependence, Finding, Missing, Subject, Verdict
from civicrules.program import COMMUNITY, STEPS, Force, Names, Reading, StepType, Vocabulary, identifier, part_of

MAY = Force.MAY


def missing_facts(keys: Keys, facts: Facts, variables: Mapping[str, Variable]) -> tuple[Missing, ...]:
    """Missing facts with their names, in the order of the vocabulary."""
    return tuple([_missing(one, facts) for one in in_order(keys, variables)])


def _missing(fact: Variable, facts: Facts) -> Missing:
    if "[" not in fact.key:
        blocked, given = fact.key in facts.blocked, facts.lists.get(fact.key)
        return Missing(fact.key, fact.names, blocked, fact.within, begun=given is not None and bool(given.rows))
    list_id, at, id = split(fact.key)
    members = facts.lists.get(list_id)
    blocked = f"{list_id}[{at + 1}].{id}" in facts.blocked  # a plan's rows are counted from one
    place = None if members is None else members.rows[at].place
    return Missing(fact.key, fact.names, blocked, fact.within, Subject(list_id, at, fact.within, "", place))


def lists_open(list_id: str, vocabulary: Vocabulary, facts: Facts) -> frozenset[str]:
    """The lists of which more members may come: the one named, or those that it takes together."""
    group = next(one for one in vocabulary.lists if one.id == list_id)
    given = facts.lists
    return frozenset(id for id in group.parts or (list_id,) if id not in given or not given[id].complete)


@define(eq=False)
class Plan:
    """One plan being judged. `otherwise` keeps the cases under other readings, which many sentences can share.

    `called` keeps how the members of each list are called.
    """

    facts: Facts
    case: Case
    variables: Mapping[str, Variable]
    readings: tuple[Reading, ...]
    vocabulary: Vocabulary
    cities: tuple[str, ...] = ()
    day: date | None = None
    otherwise: dict[tuple[str, int], Case] = field(factory=dict)
    called: dict[str, tuple[Names, str | None]] = field(factory=dict)

    def findings(self, judge: Judge) -> list[Finding]:
        """The findings of a sentence that is in force, without advice: one, or one for each member it speaks of."""
        if self.cities and self.concerns_others(judge):
            return [Finding(judge.rule, judge.sentence, Verdict.DOES_NOT_APPLY)]
        each = judge.sentence.each
        if each is None:
            return [self.finding(judge)]
        if each.by is not None:
            return self.of_parts(judge, each.list, each.by)
        case, found = self.case, []
        with case.having(each.list):
            for at, member in enumerate(members_of(case, each.list)):
                case.members[each.list] = member
                if judge.concerns is None or truth(judge.concerns(case)) is not False:
                    found.append(self.finding(judge, self.subject(member, at)))
        roll = case.rolls.get(each.list)
        if (roll is None or not roll.complete) and (binds := judge.binds(case)) is not False:
            found.append(self.of_others(judge, each.list, keys_of(binds)))
        return found or [Finding(judge.rule, judge.sentence, Verdict.DOES_NOT_APPLY)]

    def of_parts(self, judge: Judge, list_id: str, by: str) -> list[Finding]:
        """The findings on the parts of a list (each street), in the order in which they first occur."""
        values = dict.fromkeys(self.case.values.get(one.prefix + by) for one in members_of(self.case, list_id))
        names = self.variables[f"{list_id}[0].{by}"].names
        found = []
        for at, value in enumerate(one for one in values if isinstance(one, str)):
            self.case.locals = {**self.case.locals, part_of(list_id, by): value}
            self.case.shown = {}
            found.append(self.finding(judge, Subject(list_id, at, names, value)))
        return found or [Finding(judge.rule, judge.sentence, Verdict.DOES_NOT_APPLY)]

    def concerns_others(self, judge: Judge) -> bool:
        """Whether a sentence speaks of the communities of a city, and the plan is that of one community."""
        return any(id in judge.roots and id not in self.facts.lists for id in self.cities)

    def subject(self, member: Member, at: int) -> Subject:
        """A member for readers, by name where the list is public; `at` counts through all parts of its list."""
        if member.list not in self.called:
            self.called[member.list] = self.named(member.list)
        singular, by = self.called[member.list]
        row = self.facts.lists[member.source].rows[member.at]
        name = None if by is None else row.values.get(by)
        label = name.value if name is not None and isinstance(name.value, str) else ""
        return Subject(member.list, at, singular, label, row.place)

    def named(self, list_id: str) -> tuple[Names, str | None]:
        """What a member of a list is called, and the fact that may be printed as the name."""
        group = next(one for one in self.vocabulary.lists if one.id == list_id)
        by = identity(self.vocabulary, list_id).name
        hidden = by is None or not group.public or self.vocabulary.field(f"{group.entity}.{by}").personal
        return group.singular, None if hidden else by

    @contextmanager
    def having(self, judge: Judge, finding: Finding) -> Iterator[None]:
        """With the member (or the part of a list) at hand of whom a finding speaks."""
        each, who = judge.sentence.each, finding.subject
        member = None
        if each is not None and who is not None:
            if each.by is None:
                member = members_of(self.case, each.list)[who.index]
            else:
                self.case.locals = {**self.case.locals, part_of(each.list, each.by): who.label}
        with self.case.having("" if each is None else each.list, member):
            yield

    def of_others(self, judge: Judge, list_id: str, hanging_on: Keys) -> Finding:
        """What cannot be said of the members that are not given; whether it binds them hangs on some facts of the plan."""
        keys = hanging_on | lists_open(list_id, self.vocabulary, self.facts)
        missing = missing_facts(keys, self.facts, self.variables)
        return Finding(judge.rule, judge.sentence, CANNOT_SAY, (), missing)

    def not_yet(self, judge: Judge) -> bool:
        """Whether a sentence rests on a step that has no day yet, and that has not come by the day or stage."""
        steps = [key.removeprefix(_STEP) for key in judge.steps if key not in self.facts.values]
        plan = self.facts.plan
        if not steps or (self.day is None and plan.day is None and plan.stage is None):
            return False
        order = [step.id for step in self.vocabulary.steps]
        reached = next((at for at, step in enumerate(self.vocabulary.steps) if _is_called(step, plan.stage)), -1)
        return any(order.index(step) > reached for step in steps if step in order)

    def finding(self, judge: Judge, subject: Subject | None = None) -> Finding:
        """The finding of a sentence on the plan, or on the member at hand."""
        case, facts, sentence = self.case, self.facts, judge.sentence
        if judge.steps and self.not_yet(judge):
            return Finding(judge.rule, sentence, Verdict.DOES_NOT_APPLY, subject=subject)
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
        return Finding(judge.rule, sentence, outcome, numbers, missing, dependences, (), makes_use, subject)

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
        self.otherwise[key].members, self.otherwise[key].locals = self.case.members, self.case.locals
        return self.otherwise[key]

    def advised(
        self, judges: Sequence[Judge], findings: Sequence[Sequence[Finding]], adviser: Adviser
    ) -> list[list[Finding]]:
        """The findings again, failing duties with advice. `judges` and `findings` are those in force, in step."""
        pairs = list(zip(judges, findings, strict=True))
        standing = [judge for judge, found in pairs if all(one.verdict is not Verdict.FAILS for one in found)]
        return [
            [
                evolve(
                    one,
                    advice=adviser.advise(judge, self.case, standing, self.variables),
                    tried=adviser.tries(judge, self.case, self.variables),
                )
                if _advisable(one)
                else one
                for one in found
            ]
            for judge, found in pairs
        ]


_STEP = f"{STEPS}."


def communities(vocabulary: Vocabulary) -> list[str]:
    """The lists of the communities that stand together in a city."""
    return [one.id for one in vocabulary.lists if one.entity == COMMUNITY]


def _is_called(step: StepType, name: str | None) -> bool:
    return name is not None and identifier(name) in {step.id, *(identifier(form) for _, form in step.names.forms)}


def _advisable(found: Finding) -> bool:
    duty = found.force in (Force.MUST, Force.SHOULD)
    return found.verdict is Verdict.FAILS and duty and found.subject is None


def not_in_force(judge: Judge) -> Finding:
    """The finding of a sentence that is not law on the law day."""
    return Finding(judge.rule, judge.sentence, Verdict.DOES_NOT_APPLY)


def in_force(judges: Sequence[Judge], law_day: date | None) -> list[Judge]:
    """The sentences that are law on a day."""
    return [judge for judge in judges if judge.sentence.valid is None or judge.in_force(law_day)]
