"""A Program made ready to judge plans. It is prepared once; judging a plan leaves no trace in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from attrs import evolve

from civicrules import plugin
from civicrules.diagnostics import Diagnostic
from civicrules.evaluation.advice import Adviser
from civicrules.evaluation.case import Case, Member, Run
from civicrules.evaluation.examples import run_example
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.inspect import Roots, names_in
from civicrules.evaluation.judge import Judge, judge_of, weighed
from civicrules.evaluation.members import members_of
from civicrules.evaluation.periods import Counting
from civicrules.evaluation.plan import Plan, communities, in_force, missing_facts, not_in_force
from civicrules.evaluation.refine import NEVER, refine
from civicrules.evaluation.shown import Showing, shown, together
from civicrules.evaluation.unknown import NOTHING, Among, Keys, Linear, Undecided, Unknown
from civicrules.evaluation.variables import Known, Variable, as_read, given, prefix, rolls, variables
from civicrules.evaluation.why import Telling
from civicrules.exact import Exact, Rounding
from civicrules.facts import Facts
from civicrules.findings import (
    AllReadings,
    Beside,
    Combination,
    Finding,
    Missing,
    Number,
    Reason,
    Value,
    Verdict,
)
from civicrules.program import (
    COMMUNITY,
    PLAN,
    SELF,
    Expression,
    Mention,
    Program,
    Reading,
    RowChoice,
    Rule,
    Sentence,
    Type,
    ValueOf,
)
from civicrules.tested import Outcome
from civicrules.values import frozen

COMBINATIONS = 64


def prepare(
    program: Program, functions: Mapping[str, plugin.Function], owners: Mapping[str, str] | None = None
) -> Evaluator:
    """Make a Program ready to judge plans.

    `functions` are the plugin functions that it calls, by the id it calls them by; `owners` names the plugin of each,
    for messages. The result holds closures and no facts: it can serve any number of plans and threads at once.
    """
    known = variables(program.vocabulary, names_in(program))
    definitions = {definition.id: definition for definition in program.definitions}
    readings = {reading.id: reading for reading in program.readings}
    counting = Counting(program.conventions, program.calendar)
    maker = Maker(known, definitions, readings, dict(functions), dict(owners or {}), program.vocabulary, counting)
    roots = Roots(definitions, readings)
    showing = Showing(maker)
    judges = tuple(_judge(rule, sentence, showing, roots) for rule in program.rules for sentence in rule.sentences)
    under = {id: roots.named(id) for id in definitions}
    for id, definition in definitions.items():
        if definition.entity is None:
            maker.named(id)
        else:
            maker.body(id)
    adviser = Adviser(maker, program.definitions, under)
    return Evaluator(program, maker, judges, adviser, tuple(communities(program.vocabulary)))


def _judge(rule: Rule, sentence: Sentence, showing: Showing, roots: Roots) -> Judge:
    numbers = together(tuple(showing.show(mention) for mention in sentence.mentions))
    return judge_of(rule, sentence, showing.maker, numbers, roots.of_sentence(sentence))


@frozen(eq=False)
class Evaluator:
    """A prepared Program. Immutable and safe to share between threads; made by `prepare`."""

    program: Program
    maker: Maker
    judges: tuple[Judge, ...]
    adviser: Adviser
    cities: tuple[str, ...] = ()

    def findings(
        self,
        facts: Facts,
        day: date | None,
        *,
        law_day: date | None,
        readings: Mapping[str, int] | None = None,
        advice: bool = True,
    ) -> tuple[tuple[Finding, ...], tuple[Diagnostic, ...]]:
        """One finding for each sentence in the order of the ruleset, and what went wrong inside a computation.

        `day` is the day up to which the plan tells what has happened; the law is that of `law_day`. `readings` are the
        options taken (by the id of the reading, counted from 0) where that is not the first one.
        """
        case, known = self.case(facts, readings, law_day)
        case.problems = []
        plan = Plan(facts, case, known, self.program.readings, self.program.vocabulary, self.cities, day)
        applied = in_force(self.judges, law_day)
        found = [plan.findings(judge) for judge in applied]
        problems = tuple(case.problems or ())
        case.problems = None
        if advice and any(one.verdict is Verdict.FAILS for some in found for one in some):
            found = plan.advised(applied, found, self.adviser)
        if len(applied) < len(self.judges):
            rest = iter(found)
            found = [next(rest) if judge.in_force(law_day) else [not_in_force(judge)] for judge in self.judges]
        return tuple([one for some in found for one in some]), problems

    def beside(
        self,
        facts: Facts,
        findings: Sequence[Finding],
        *,
        law_day: date | None,
        readings: Mapping[str, int] | None = None,
    ) -> Beside:
        """What stands beside the findings on a plan, for whoever draws it."""
        from civicrules.evaluation.beside import Looking

        case, _ = self.case(facts, readings, law_day)
        return Looking(self.maker, case, facts, Showing(self.maker)).beside(findings)

    def case(
        self, facts: Facts, readings: Mapping[str, int] | None = None, law_day: date | None = None
    ) -> tuple[Case, Known]:
        """A plan in hand, and everything that can be missing of it."""
        vocabulary = self.program.vocabulary
        known, lists = Known(self.variables, vocabulary), rolls(facts, vocabulary)
        return Case(given(facts, known, lists), dict(readings or {}), rolls=lists, law_day=law_day), known

    def value(
        self, id: str, facts: Facts, readings: Mapping[str, int] | None = None
    ) -> tuple[Number, tuple[Missing, ...]]:
        """The value of a definition (or of a reading whose options are values), exact, with the numbers under it.

        When it is not wholly known, its value is an interval or None, and the facts that could change it are named.
        KeyError when there is no such name.
        """
        case, _ = self.of(id, facts, readings)
        held, missing = self.settled(id, facts, readings)
        names = self.maker.definitions[id].names if id in self.maker.definitions else self.maker.readings[id].names
        of = self.type_of(id)
        number = Showing(self.maker).show(Mention(ValueOf(id, of, self.whose(id)), names))(case, facts)
        return number._replace(value=shown(held, of)), self.missing(missing, facts)

    def expression(
        self,
        expression: Expression,
        facts: Facts,
        locals: Mapping[str, Exact] | None = None,
        readings: Mapping[str, int] | None = None,
    ) -> tuple[Value, tuple[Missing, ...]]:
        """The value of an expression outside the rules, such as a parameter of a contest, and what is missing for it.

        `locals` are the numbers that a counting method supplies. A condition gives True, False or None.
        """
        run = evolve(self.maker, made=dict(self.maker.made)).run(expression)
        case, known = self.case(facts, readings)
        case.locals = dict(locals or {})
        held, keys = _settle(run, case, known)
        return shown(held, expression.type), self.missing(keys, facts)

    def of_members(
        self, condition: Expression, list_id: str, facts: Facts, locals: Sequence[Mapping[str, Exact]] = ()
    ) -> tuple[tuple[Value, tuple[Missing, ...]], ...]:
        """The value of an expression for each given member of a list, in their order, and what is missing for it.

        `locals` are the numbers that a counting method supplies for each member.
        """
        run = evolve(self.maker, made=dict(self.maker.made)).run(condition)
        case, known = self.case(facts)
        found = []
        with case.having(list_id):
            for at, member in enumerate(members_of(case, list_id)):
                case.members[list_id] = member
                case.locals = dict(locals[at]) if locals else {}
                held, keys = _settle(run, case, known)
                found.append((shown(held, condition.type), self.missing(keys, facts)))
        return tuple(found)

    def why(
        self, rule: str, facts: Facts, *, law_day: date | None = None, readings: Mapping[str, int] | None = None
    ) -> tuple[tuple[Finding, tuple[Reason, ...]], ...]:
        """The findings of a rule, each with the reasons under it: the guard, what it asks, its exceptions.

        KeyError when there is no such rule.
        """
        case, known = self.case(facts, readings, law_day)
        plan = Plan(facts, case, known, self.program.readings, self.program.vocabulary, self.cities)
        found: list[tuple[Finding, tuple[Reason, ...]]] = []
        for judge in in_force(self.judges_of[rule], law_day):
            telling = Telling(self.maker, case, facts, judge.sentence.mentions)
            for finding in plan.findings(judge):
                with plan.having(judge, finding):
                    concerned = judge.sentence.each is None or finding.subject is not None
                    found.append((finding, tuple(telling.of_sentence(judge.sentence)) if concerned else ()))
        return tuple(found)

    def examples(self) -> tuple[Outcome, ...]:
        """The ruleset's own examples, each expectation with what came out."""
        return tuple(outcome for example in self.program.examples for outcome in run_example(self, example))

    def under_all_readings(
        self, facts: Facts, *, law_day: date | None, readings: Mapping[str, int] | None = None
    ) -> tuple[AllReadings, ...]:
        """For each sentence in force that readings have a say in: its verdict under every combination of those.

        A combination can bring further readings into play; they are followed as well. No more than 64 combinations are
        tried for a sentence, and the result says when that left some out.
        """
        plain, known = self.case(facts, law_day=law_day)
        found = []
        for judge in self.judges:
            if judge.in_force(law_day):
                every = self._every_reading(judge, plain, known, dict(readings or {}))
                if every is not None:
                    found.append(every)
        return tuple(found)

    def _every_reading(self, judge: Judge, plain: Case, known: Known, chosen: dict[str, int]) -> AllReadings | None:
        used_ids: set[str] = set()
        tried: dict[tuple[tuple[str, int], ...], Verdict] = {}
        complete = False
        while not complete and len(tried) < COMBINATIONS:
            tried, before, complete = {}, set(used_ids), True
            for combination in self._combinations(before):
                if len(tried) == COMBINATIONS:
                    complete = False
                    break
                case = plain.reading({**chosen, **dict(combination)})
                tried[combination] = weighed(judge.overall, case, known)
                used_ids |= case.touched
            complete = complete and used_ids == before
        if not used_ids:
            return None
        rows = tuple(Combination(combination, outcome) for combination, outcome in tried.items())
        return AllReadings(judge.rule, judge.sentence, self._in_order(used_ids), rows, complete)

    def _combinations(self, ids: set[str]) -> Iterator[tuple[tuple[str, int], ...]]:
        lists = [[(reading.id, at) for at in range(len(reading.options))] for reading in self._in_order(ids)]
        return product(*lists)

    def _in_order(self, ids: set[str] | frozenset[str]) -> tuple[Reading, ...]:
        return tuple(reading for reading in self.program.readings if reading.id in ids)

    def across(self, city: Facts) -> frozenset[tuple[str, Sentence]]:
        """The sentences that a city is asked, each with the id of its rule: those that speak of its communities, and those
        that speak of what it says of itself and no community does (`city` are the facts of its own file).
        """
        own = {key.partition(".")[0] for key in city.values} - {COMMUNITY}
        asked = (one for one in self.judges if any(r in self.cities or r.partition(".")[0] in own for r in one.roots))
        return frozenset((one.rule.id, one.sentence) for one in asked)

    @property
    def variables(self) -> Mapping[str, Variable]:
        """Everything that can be missing, by key."""
        return self.maker.variables

    @property
    def lists(self) -> frozenset[str]:
        """The ids of the lists of the vocabulary."""
        return frozenset(group.id for group in self.program.vocabulary.lists)

    @property
    def judges_of(self) -> Mapping[str, tuple[Judge, ...]]:
        """The sentences of each rule, by its id."""
        found: dict[str, tuple[Judge, ...]] = {}
        for judge in self.judges:
            found[judge.rule.id] = (*found.get(judge.rule.id, ()), judge)
        return found

    def verdict(self, rule: str, facts: Facts, readings: Mapping[str, int] | None = None) -> Verdict:
        """The verdict of a rule: *fails*, *cannot say*, *holds*, *does not apply*, the first that it has."""
        case, known = self.case(facts, readings)
        verdicts = {weighed(judge.overall, case, known) for judge in self.judges if judge.rule.id == rule}
        return next(one for one in Verdict if one in verdicts)

    def settled(self, id: str, facts: Facts, readings: Mapping[str, int] | None = None) -> tuple[Any, Keys]:
        """The value of a name as evaluation holds it, with the missing facts that can change it."""
        case, known = self.of(id, facts, readings)
        return _settle(self.maker.run(ValueOf(id, self.type_of(id), self.whose(id))), case, known)

    def whose(self, id: str) -> str:
        """Whose a value is: the plan's, or somebody's whose facts are given like those of the plan."""
        definition = self.maker.definitions.get(id)
        return PLAN if definition is None or definition.entity is None else SELF

    def of(self, id: str, facts: Facts, readings: Mapping[str, int] | None = None) -> tuple[Case, Known]:
        """A plan in hand for a value; of a kind of people, with one of them whose facts are given by `entity.field`."""
        case, known = self.case(facts, readings)
        if self.whose(id) == SELF:
            entity = self.maker.definitions[id].entity or ""
            person = Member(SELF, entity, 0, prefix(entity, 0))
            case.members[SELF] = person
            own = {key.rpartition(".")[2]: f for key, f in facts.values.items() if key.rpartition(".")[0] == entity}
            case.values.update(as_read(own, person.prefix))
        return case, known

    def type_of(self, id: str) -> Type:
        """The type of a definition, or of a reading whose options are values."""
        if id in self.maker.definitions:
            return self.maker.definitions[id].type
        taken = self.maker.readings[id].taken.value
        if isinstance(taken, (Rounding, RowChoice)):
            raise KeyError(id)
        return taken.type

    def shown_value(self, held: Any, of: Type) -> Value:
        """A value as findings hold it."""
        return shown(held, of)

    def missing(self, keys: Keys, facts: Facts) -> tuple[Missing, ...]:
        """Missing facts with their names, in the order of the vocabulary."""
        return missing_facts(keys, facts, Known(self.variables, self.program.vocabulary))


def _settle(run: Run, case: Case, known: Mapping[str, Variable]) -> tuple[Any, Keys]:
    """A value, and the missing facts that can change it."""
    value = run(case)
    if not isinstance(value, Unknown):
        return value, NOTHING
    settled = refine(lambda other: _open(run(other)), case, _open(value), known)
    return (value, settled.missing) if settled.open or settled.outcome is NEVER else (settled.outcome, NOTHING)


def _open(value: Any) -> Any:
    """A value in the place of a verdict: every fact in a purely linear form can change it."""
    if isinstance(value, Undecided) or not isinstance(value, Unknown):
        return value
    exact = (isinstance(value, Linear) and value.precise) or (isinstance(value, Among) and value.fact)
    return Undecided(value.keys, exact)
