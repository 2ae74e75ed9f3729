"""What is left of all choices of a plan together, under one choice of readings and under the others.

What each binding sentence leaves of a choice is supposed of it when the next one is solved, until nothing moves any
more. Every step leaves out only what no lawful plan can have.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod
from types import MappingProxyType
from typing import Any

from attrs import define, field

from civicrules.derived import Options
from civicrules.evaluation.case import Case
from civicrules.evaluation.demands import Choice, Demand
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.inspect import Says
from civicrules.evaluation.logic import truth
from civicrules.evaluation.solving import Possible, common, hull, possible
from civicrules.evaluation.unknown import Undecided, Unknown
from civicrules.evaluation.variables import Domain
from civicrules.findings import Verdict
from civicrules.program import Force, Program
from civicrules.values import frozen

# So many combinations of readings are worked out in full; of more, each option that is not taken by itself.
_WORLDS, _ROUNDS = 16, 12

Ranges = dict[str, Domain]


@frozen
class World:
    """The plan under one choice of readings, and what binding sentences together leave of every choice in it.

    `freed` is the choice that the plan makes and that is left open here.
    """

    options: Options
    case: Case
    ranges: Ranges
    freed: str = ""


@define(eq=False)
class Worlds:
    """Makes the worlds of one plan."""

    program: Program
    demands: tuple[Demand, ...]
    choices: Mapping[str, Choice]
    maker: Maker
    # what was solved already: worlds differ in few sentences
    solved: dict[Hashable, Possible] = field(factory=dict)
    readings_in: dict[int, frozenset[str]] = field(factory=dict)

    def every(self, case: Case) -> tuple[World, ...]:
        """That of the readings taken, and those of the others."""
        taken = self.world((), case)
        others = self.others(taken)
        read = [(options, case.reading({**case.chosen, **dict(options)})) for options in others]
        return (taken, *(self.world(options, other) for options, other in read))

    def others(self, taken: World) -> list[Options]:
        """The other readings to derive under: all combinations, those with fewest changes first, where they are few."""
        readings = [one for one in self.program.readings if one.id in self.touched(taken)]
        chosen = taken.case.chosen
        free = [[(one.id, at) for at in range(len(one.options)) if at != chosen.get(one.id, 0)] for one in readings]
        most = len(free) if prod(len(one) + 1 for one in free) <= _WORLDS else 1
        return [
            options for size in range(1, most + 1) for some in combinations(free, size) for options in product(*some)
        ]

    def touched(self, world: World) -> set[str]:
        """The readings that have a say in something that can be derived."""
        found = set[str]()
        for demand in self.demands:
            case = self.supposing(world, demand)
            demand.judge.weigh(case)
            found |= case.touched
        for definition in self.program.definitions:
            if definition.entity is None:
                case = world.case.supposing({})
                self.maker.named(definition.id)(case)
                found |= case.touched
        return found

    def world(self, options: Options, case: Case, freed: str = "") -> World:
        """What is left of all choices together, to the point where nothing moves any more (or the rounds are used up)."""
        ranges = {key: choice.domain for key, choice in self.choices.items() if not self.is_given(key, case)}
        world = World(options, case, ranges, freed)
        binding = [one for one in self.demands if one.sentence.force is Force.MUST]
        moved = set(ranges)
        for _ in range(_ROUNDS):
            before, moved = moved, set()
            for demand in binding:
                if before.isdisjoint(demand.choices) and moved.isdisjoint(demand.choices):
                    continue
                for key in demand.choices:
                    if key in ranges and self.narrow(world, demand, key):
                        moved.add(key)
            if not moved:
                break
        return world

    def freed(self, world: World, key: str) -> World:
        """The same without what the plan says of a choice: what else it says, and the rules, decide what it may be."""
        values = {other: value for other, value in world.case.values.items() if other != key}
        case = world.case
        made = Case(values, case.chosen, rolls=case.rolls, law_day=case.law_day)
        return self.world(world.options, made, key)

    def narrow(self, world: World, demand: Demand, key: str) -> bool:
        """Whether a sentence leaves less of a choice than was known. What nothing is left of stays as it was."""
        before = world.ranges[key]
        found = self.solve(world, demand, key, before, self.kept).domain
        if not found or found == before:
            return False
        world.ranges[key] = found
        return True

    # ---------------------------------------------------------------- one sentence and one choice

    def left(self, world: World, key: str, demand: Demand, also: Mapping[str, Any] = MappingProxyType({})) -> Possible:
        """The values of a choice that a sentence leaves, where it applies."""
        return self.solve(world, demand, key, self.choices[key].domain, self.met, also)

    def together(self, world: World, key: str, asking: Sequence[Demand]) -> Domain:
        """What binding sentences that certainly apply leave of a choice."""
        domain = self.choices[key].domain
        for demand in asking:
            if demand.sentence.force is Force.MUST and self.guard(world, demand) is True:
                domain = common(domain, self.left(world, key, demand).domain)
        return domain

    def guard(self, world: World, demand: Demand) -> bool | Undecided:
        """Whether a sentence applies."""
        if demand.guard is None:
            return True
        return truth(self.maker.run(demand.guard)(self.supposing(world, demand)))

    def solve(
        self,
        world: World,
        demand: Demand,
        key: str,
        domain: Domain,
        weigh: Callable[[Demand, Case], bool | Undecided],
        also: Mapping[str, Any] = MappingProxyType({}),
    ) -> Possible:
        """The values of a domain of a choice that are possible, with what is known of the other choices."""
        ranges = tuple((other, world.ranges.get(other)) for other in self.rests_on(demand) if other != key)
        chosen = tuple((id, at) for id, at in world.case.chosen.items() if id in self.readings_of(demand))
        mark = (weigh, id(demand), key, domain, ranges, chosen, world.freed, *also.items())
        if mark not in self.solved:
            case, variable = self.supposing(world, demand, also), self.choices[key].variable
            self.solved[mark] = possible(lambda one: weigh(demand, one), case, variable, domain)
        return self.solved[mark]

    @staticmethod
    def kept(demand: Demand, case: Case) -> bool | Undecided:
        """Whether a sentence, with its conditions and exceptions, does not fail."""
        result = demand.judge.weigh(case)
        return result if isinstance(result, Undecided) else result is not Verdict.FAILS

    @staticmethod
    def met(demand: Demand, case: Case) -> bool | Undecided:
        """Whether what a sentence asks is so, where it applies."""
        return truth(demand.judge.requirement(case))

    def readings_of(self, demand: Demand) -> frozenset[str]:
        """The readings that can have a say in a sentence."""
        if id(demand) not in self.readings_in:
            says = Says(self.maker.definitions, self.maker.readings)
            parts = [demand.requirement, *([] if demand.guard is None else [demand.guard])]
            self.readings_in[id(demand)] = frozenset[str]().union(*map(says.of, parts))
        return self.readings_in[id(demand)]

    def supposing(self, world: World, demand: Demand, also: Mapping[str, Any] = MappingProxyType({})) -> Case:
        """The plan with what is known of the other choices in a sentence."""
        keys = [key for key in self.rests_on(demand) if key in world.ranges]
        held = {key: self.choices[key].variable.held(hull(world.ranges[key])) for key in keys}
        return world.case.supposing({**held, **also})

    def rests_on(self, demand: Demand) -> Iterator[str]:
        """The choices that a sentence rests on: those it asks something of, then those of its conditions."""
        yield from demand.choices
        yield from (key for key in demand.judge.roots if key in self.choices and key not in demand.choices)

    def is_given(self, key: str, case: Case) -> bool:
        """Whether the plan has made a choice already."""
        held = case.values.get(key)
        return held is not None and not isinstance(held, Unknown)
