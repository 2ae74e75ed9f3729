"""What a lawful plan must look like: each sentence solved for the choices it speaks of, and all of them together.

One mechanism: for a sentence and a choice in it, the values are kept under which the sentence does not surely fail
(`solving`), with what all binding sentences together leave of the other choices (`worlds`). All of it is done again in
each world: under the readings taken, and under each other option of those that have a say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from attrs import define, evolve

from civicrules.derived import Allowed, Answer, Defined, Form, Item, Line, Options, Stretch, Supposed, Undone, Why
from civicrules.evaluation.case import Case
from civicrules.evaluation.demands import Choice, Demand, Demands, least, wide
from civicrules.evaluation.dependence import forms
from civicrules.evaluation.evaluator import Evaluator
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.inspect import Roots
from civicrules.evaluation.nominations import nominations
from civicrules.evaluation.plan import in_force, lists_open, missing_facts
from civicrules.evaluation.shown import shown
from civicrules.evaluation.solving import common
from civicrules.evaluation.unknown import Bounds, Keys, Undecided, Unknown
from civicrules.evaluation.variables import Domain, Known, Variable
from civicrules.evaluation.worlds import World, Worlds
from civicrules.exact import Rounding
from civicrules.facts import Blank, Facts
from civicrules.findings import Missing, Number, Verdict
from civicrules.program import DateType, FactOf, Force, Mention, NumberType, Reading, RowChoice, Vocabulary
from civicrules.values import frozen

# Of more named values of another choice, none is tried.
_SAMPLES = 4
# A day so near to an end of the calendar is that end, moved by a period of the rules: nothing is known of it.
_AGES = 200 * 366
_LAST = date.max.toordinal()


@frozen
class Result:
    """Everything that was derived, for a report."""

    items: tuple[Item, ...]
    defined: tuple[Defined, ...]
    undone: tuple[Undone, ...]
    known: tuple[Number, ...]


def derive(
    evaluator: Evaluator, facts: Facts, *, law_day: date | None, readings: Mapping[str, int] | None = None
) -> Result:
    """What the sentences that are law on a day leave to choose, given the facts that are known."""
    case, known = evaluator.case(facts, readings, law_day)
    maker = evolve(evaluator.maker, variables=_unlimited(evaluator.variables, evaluator.program.vocabulary), made={})
    roots = Roots(maker.definitions, maker.readings)
    asking = Demands(maker, evaluator.program.vocabulary, roots)
    undone: list[Undone] = []
    demands: list[Demand] = []
    asked = (*in_force(evaluator.judges, law_day), *nominations(evaluator.program, maker, roots))
    for judge in asked:
        of_many = any(root in evaluator.cities for root in judge.roots)
        demand = Why.COMMUNITIES if of_many else asking.ask(judge)
        if isinstance(demand, Why):
            awaited = () if of_many else _awaited(judge.overall(case), evaluator.program.vocabulary, facts, known)
            undone.append(Undone(judge.rule, judge.sentence, demand, awaited))
        else:
            demands.append(demand)
    runner = evolve(maker, variables=asking.variables, made=dict(maker.made))
    worlds = Worlds(evaluator.program, tuple(demands), asking.choices, runner)
    made = Deriving(evaluator, facts, known, tuple(demands), asking.choices, runner, worlds)
    made.counted(case, asking)
    return made.result(case, undone)


def _awaited(outcome: Verdict | Undecided, vocabulary: Vocabulary, facts: Facts, known: Known) -> tuple[Missing, ...]:
    """What a sentence about persons waits for; of a list made of others, those that are not given in full."""
    if not isinstance(outcome, Undecided):
        return ()
    lists = {one.id for one in vocabulary.lists}
    keys = (lists_open(key, vocabulary, facts) if key in lists else {key} for key in outcome.keys)
    return missing_facts(frozenset().union(*keys), facts, known)


def _unlimited(variables: Mapping[str, Variable], vocabulary: Vocabulary) -> Mapping[str, Variable]:
    """Facts and lists without the upper ends that a vocabulary sets to find mistakes of typing: no rule asks for them."""
    types = {item.key: item.type for entity in vocabulary.entities for item in entity.fields}
    counts = {group.id: NumberType() for group in vocabulary.lists}
    return {key: evolve(one, domain=wide(one, (types | counts)[key])) for key, one in variables.items()}


@define(eq=False)
class Deriving:
    """One plan being derived. `all` its worlds begin with that of the readings taken."""

    evaluator: Evaluator
    facts: Facts
    known: Known
    demands: tuple[Demand, ...]
    choices: dict[str, Choice]
    maker: Maker
    worlds: Worlds
    all: tuple[World, ...] = ()

    def counted(self, case: Case, asking: Demands) -> None:
        """Counts of members that the plan gives already are known; the others are choices like any other."""
        for key, choice in self.choices.items():
            self.known[key] = choice.variable
            if key in asking.counts and key not in case.values:
                value = evolve(self.evaluator.maker, made=dict(self.evaluator.maker.made)).run(asking.counts[key])(case)
                if not isinstance(value, Unknown):
                    case.values[key] = value

    def result(self, case: Case, undone: list[Undone]) -> Result:
        self.all = self.worlds.every(case)
        items = tuple(item for key in self.in_order() if (item := self.item(key, undone)) is not None)
        undone += self.without_choice()
        defined = tuple(self.defined())
        return Result(items, defined, tuple(_each_once(undone)), tuple(self.days()))

    # ---------------------------------------------------------------- items

    def in_order(self) -> list[str]:
        return sorted(self.choices, key=lambda key: (self.choices[key].variable.place, key))

    def item(self, key: str, undone: list[Undone]) -> Item | None:
        """What is left of a choice. Nothing where no sentence asks anything of it."""
        choice, lines = self.choices[key], []
        given = self.worlds.is_given(key, self.all[0].case)
        worlds = [self.worlds.freed(world, key) for world in self.all] if given else self.all
        asking = [one for one in self.demands if key in (one.first if given else one.choices)]
        own = self.worlds.together(worlds[0], key, [one for one in asking if key in one.first])
        for demand in sorted(asking, key=lambda one: key not in one.first):
            implied = key not in demand.first
            line = self.line(worlds, key, demand)
            if line is None or (implied and not self.adds(worlds[0], line, demand, own, key)):
                continue
            why = self.unsaid(line, choice)
            if why is not None and not implied:
                undone.append(Undone(line.rule, line.sentence, why, self.wanted(line, why)))
            if not line.allowed.free or line.forms or any(one.supposed for one in line.answers):
                lines.append(line)
        if not lines:
            return None
        answers = _differing(
            (world.options, self.allowed(key, self.worlds.together(world, key, asking))) for world in worlds
        )
        against = self.against(worlds, key, lines, asking) if answers[0].allowed.is_empty else ()
        value = shown(self.all[0].case.values.get(key), choice.type) if given else None
        names, within = choice.names or choice.variable.names, choice.variable.within
        return Item(key, names, within, choice.type, answers, tuple(lines), value, against)

    def adds(self, world: World, line: Line, demand: Demand, own: Domain, key: str) -> bool:
        """Whether a sentence that speaks of others first says more of a choice than those that speak of it."""
        if demand.sentence.force is not Force.MUST or line.condition or line.allowed.free:
            return False
        return common(own, self.worlds.left(world, key, demand).domain) != own

    def line(self, worlds: Sequence[World], key: str, demand: Demand) -> Line | None:
        """What a sentence asks of a choice, in every world; nothing where it does not apply."""
        taken = worlds[0]
        guard = self.worlds.guard(taken, demand)
        if guard is False:
            return None
        others_left = self.worlds.left(taken, key, demand).others
        others = [other for other in self.choices if other in others_left]
        answers = [
            (world.options, *self.answer(world, key, demand, others))
            for world in worlds
            if self.worlds.guard(world, demand) is not False
        ]
        hangs = frozenset(others)
        return Line(
            demand.judge.rule,
            demand.sentence,
            _differing(answers),
            self.forms(taken, key, demand) if hangs else (),
            self.missing(hangs),
            self.missing(others_left - hangs),
            self.missing(guard.keys) if isinstance(guard, Undecided) else (),
            key not in demand.first,
        )

    def answer(
        self, world: World, key: str, demand: Demand, others: Sequence[str]
    ) -> tuple[Allowed, tuple[Supposed, ...]]:
        """What a sentence leaves of a choice in a world, and at the ends of what another one can be."""
        allowed = self.allowed(key, self.worlds.left(world, key, demand).domain)
        supposed = tuple(self.supposed(world, key, demand, others))
        is_moved = len({one.allowed for one in supposed} | {allowed}) > 1 or len(supposed) == 1
        return allowed, supposed if is_moved else ()

    def forms(self, world: World, key: str, demand: Demand) -> tuple[Form, ...]:
        """How a choice hangs on the others, which are all left open."""
        wide = {other: self.choices[other].variable.held(self.choices[other].domain) for other in demand.choices}
        held = {other: value for other, value in wide.items() if other == key or other in world.ranges}
        return forms(demand.requirement, key, world.case.supposing(held), self.maker.run, self.choices)

    def supposed(self, world: World, key: str, demand: Demand, others: Sequence[str]) -> Iterator[Supposed]:
        """What is left of a choice at the ends of what another one can be, where it hangs on one alone."""
        if len(others) != 1:
            return
        other = self.choices[others[0]]
        given = self.worlds.is_given(other.key, world.case)
        for value in () if given else _ends(other, world.ranges[other.key]):
            found = self.worlds.left(world, key, demand, {other.key: value})
            if not found.others:
                number = Number(other.names, shown(value, other.type), other.type)
                yield Supposed(number, self.allowed(key, found.domain))

    def against(
        self, worlds: Sequence[World], key: str, lines: Sequence[Line], asking: Sequence[Demand]
    ) -> tuple[Line, ...]:
        """The fewest sentences that leave nothing of a choice together: one, two, or all of them."""
        world, by_sentence = worlds[0], {id(line.sentence): line for line in lines}
        left: list[tuple[Line, Domain]] = []
        for demand in asking:
            line = by_sentence.get(id(demand.sentence)) or self.line(worlds, key, demand)
            if demand.sentence.force is Force.MUST and line is not None and self.worlds.guard(world, demand) is True:
                left.append((line, self.worlds.left(world, key, demand).domain))
        for size in (1, 2):
            for some in combinations(left, size):
                domain = self.choices[key].domain
                for _, one in some:
                    domain = common(domain, one)
                if not domain:
                    return tuple(line for line, _ in some)
        return tuple(line for line, _ in left)

    def allowed(self, key: str, domain: Domain) -> Allowed:
        """A domain without the ends that every choice of its kind has."""
        choice = self.choices[key]
        stretches = tuple(_stretch(part, choice) for part in domain if isinstance(part, Bounds))
        values = tuple(_named(part) for part in domain if not isinstance(part, Bounds))
        is_free = domain == choice.domain or (not values and stretches == (Stretch(),))
        return Allowed(stretches, values, is_free)

    def unsaid(self, line: Line, choice: Choice) -> Why | None:
        """Why a line says less than its sentence does; nothing where it says all."""
        if line.needs or any(fact.key not in self.choices for fact in line.condition):
            return Why.NEEDS
        if not line.depends or not line.allowed.free or line.answers[0].supposed:
            return None
        if isinstance(choice.type, DateType):
            return Why.UNDATED
        return None if line.forms else Why.OPEN

    def wanted(self, line: Line, why: Why) -> tuple[Missing, ...]:
        """The facts that a sentence waits for: those as found, else other choices."""
        found = tuple(fact for fact in (*line.needs, *line.condition) if fact.key not in self.choices)
        return found if why is Why.NEEDS else line.depends

    def missing(self, keys: Keys) -> tuple[Missing, ...]:
        return missing_facts(keys, self.facts, self.known)

    # ---------------------------------------------------------------- the rest

    def without_choice(self) -> Iterator[Undone]:
        """Sentences in which nothing is left to choose: they wait for facts, or fail whatever is chosen."""
        world = self.all[0]
        for demand in self.demands:
            if demand.choices or demand.sentence.force is not Force.MUST:
                continue
            result = demand.judge.weigh(world.case)
            if isinstance(result, Undecided):
                yield Undone(demand.judge.rule, demand.sentence, Why.NEEDS, self.missing(result.keys))
            elif result is Verdict.FAILS:
                yield Undone(demand.judge.rule, demand.sentence, Why.FAILS)

    def days(self) -> Iterator[Number]:
        """The days that the plan gives."""
        for entity in self.evaluator.program.vocabulary.entities:
            for item in entity.fields:
                fact = self.facts.values.get(item.key)
                if isinstance(item.type, DateType) and fact is not None and isinstance(fact.value, date):
                    places = () if fact.place is None else (fact.place,)
                    mention = Mention(FactOf(item.key, item.type), item.names)
                    yield Number(item.names, fact.value, item.type, places, (), mention)

    def defined(self) -> Iterator[Defined]:
        """The defined values that are known, under each reading."""
        named: list[tuple[str, Any, Any]] = [
            (one.id, one.names, one.citation) for one in self.evaluator.program.definitions if one.entity is None
        ]
        named += [(one.id, one.names, one.citation) for one in self.evaluator.program.readings if _is_value(one)]
        for id, names, citation in named:
            run, of = self.maker.named(id), self.evaluator.type_of(id)
            values: list[tuple[Options, Any]] = []
            for world in self.all:
                value = run(world.case)
                fewer = [other for options, other in values if set(options) < set(world.options)]
                if not isinstance(value, Unknown) and all(other != value for other in fewer):
                    values.append((world.options, value))
            if values and not values[0][0]:
                yield Defined(id, names, of, tuple((options, shown(value, of)) for options, value in values), citation)


def _is_value(reading: Reading) -> bool:
    return not isinstance(reading.taken.value, (Rounding, RowChoice))


def _differing(found: Iterable[tuple[Any, ...]]) -> tuple[Answer, ...]:
    """The answers that differ: that of the readings taken, and each that fewer changes do not give already."""
    answers: list[Answer] = []
    seen: list[Answer] = []
    for options, *rest in found:
        one = Answer(options, *rest)
        fewer = [before for before in seen if set(before.options) < set(options)]
        seen.append(one)
        if not answers or all(not _same(before, one) for before in fewer):
            answers.append(one)
    return tuple(answers)


def _same(one: Answer, other: Answer) -> bool:
    return (one.allowed, one.supposed) == (other.allowed, other.supposed)


def _named(part: Any) -> bool | str:
    return part.value if isinstance(part, Blank) else part


def _stretch(part: Bounds, choice: Choice) -> Stretch:
    if part.single:
        return Stretch(part.low, part.high)
    low = None if part.low == least(choice) else part.low
    high = part.high
    if isinstance(choice.type, DateType):
        low = None if low is not None and low < _AGES else low
        high = None if high is not None and high > _LAST - _AGES else high
    return Stretch(low, high, part.low_open, part.high_open)


def _ends(of: Choice, domain: Domain) -> list[Any]:
    """The ends of what a choice can be, where it has a first, or its named values where they are few."""
    named = [part for part in domain if not isinstance(part, Bounds)]
    ends: dict[Any, None] = dict.fromkeys(named if len(named) <= _SAMPLES else ())
    for part in domain:
        if isinstance(part, Bounds):
            bounds = _stretch(part, of)
            found = [] if bounds.low is None else [end for end in (bounds.low, bounds.high) if end is not None]
            ends.update((of.variable.plain(end), None) for end in found)
    return [*ends][:_SAMPLES]


def _each_once(undone: Iterable[Undone]) -> list[Undone]:
    """One entry for each sentence, with all facts that it waits for."""
    found: dict[int, Undone] = {}
    for one in undone:
        known = found.get(id(one.sentence))
        facts = {fact.key: fact for fact in (*(known.missing if known else ()), *one.missing)}
        found[id(one.sentence)] = evolve(known or one, missing=tuple(facts.values()))
    return list(found.values())
