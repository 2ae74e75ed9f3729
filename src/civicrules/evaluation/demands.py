"""The sentences of a ruleset as demands on a plan that is still to be made: what each asks of which choices.

A count of members (`number of candidates where post is chair`) and what a sentence asks of each member of a list that holds
no persons (each residents' group) are numbers that a plan chooses like any other; they get a key of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import define, evolve, field

from civicrules.derived import Why
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.inspect import Roots
from civicrules.evaluation.judge import Judge, asked, judge_of, when
from civicrules.evaluation.unknown import Bounds
from civicrules.evaluation.variables import Domain, Variable
from civicrules.exact import Exact
from civicrules.program import (
    PLAN,
    STEPS,
    Age,
    Among,
    And,
    Compare,
    CountOf,
    Expression,
    FactOf,
    LocalOf,
    Names,
    Not,
    NumberType,
    OneOf,
    Sentence,
    TotalOf,
    TruthType,
    Type,
    ValueOf,
    Vocabulary,
    Within,
    parts,
    rebuilt,
)
from civicrules.values import frozen

Counted = CountOf | TotalOf


@frozen
class Demand:
    """What a sentence asks of the whole plan: of the keys `choices`, `first` being those that it speaks of first."""

    judge: Judge
    sentence: Sentence
    requirement: Expression
    guard: Expression | None
    choices: tuple[str, ...]
    first: frozenset[str]


@frozen
class Choice:
    """A number, day or named value that a plan chooses, with everything that it can be."""

    variable: Variable
    type: Type
    names: Names
    domain: Domain

    @property
    def key(self) -> str:
        return self.variable.key


@define(eq=False)
class Demands:
    """Takes the demands from sentences; keeps the choices that it met, and the counts among them, by key."""

    maker: Maker
    vocabulary: Vocabulary
    roots: Roots
    choices: dict[str, Choice] = field(factory=dict)
    counts: dict[str, Counted] = field(factory=dict)
    # the counts as sentences have them, and as they look once the members in them are those of the plan
    known: dict[Expression, str] = field(factory=dict)

    def ask(self, judge: Judge) -> Demand | Why:
        """What a sentence demands, or why it asks nothing that a plan could be made by."""
        sentence = judge.sentence
        if sentence.each is not None:
            why = self._of_members(sentence)
            if why is not None:
                return why
        plain = self._rewritten(sentence)
        if any(_speaks_of_members(part) for part in _expressions(plain)):
            return Why.PERSONS
        requirement = asked(plain)
        self._learn(sentence)
        keys = tuple(dict.fromkeys(self.keys(requirement)))
        if keys and not any(key in self.choices for key in keys) and any(map(self._is_name, keys)):
            return Why.PERSONS
        made = evolve(self.maker, variables=self.variables, made=dict(self.maker.made))
        choices = tuple(key for key in keys if key in self.choices)
        first = frozenset(key for part in _first(requirement) for key in self.keys(part))
        again = judge_of(judge.rule, plain, made, judge.numbers, judge.roots)
        return Demand(again, sentence, requirement, when(plain), choices, first & frozenset(choices))

    @property
    def variables(self) -> Mapping[str, Variable]:
        """Those of the vocabulary, and the counts that sentences speak of."""
        own = {key: self.choices[key].variable for key in self.known.values()}
        return {**self.maker.variables, **own} if own else self.maker.variables

    def keys(self, expression: Expression) -> Iterator[str]:
        """The facts and lists that an expression rests on, through all definitions, in order."""
        match expression:
            case FactOf(key=key):
                yield key
            case CountOf(list=id) | TotalOf(list=id):
                yield id
            case ValueOf(id=id):
                yield from sorted(self.roots.named(id))
            case _:
                pass
        for part in parts(expression):
            yield from self.keys(part)

    def _of_members(self, sentence: Sentence) -> Why | None:
        """Why a sentence on each member of a list is none on the plan."""
        assert sentence.each is not None
        if sentence.each.by is not None:
            return Why.PERSONS
        entry = next(one for one in self.vocabulary.lists if one.id == sentence.each.list)
        if not any(item.personal for item in self.vocabulary.entity(entry.entity).fields):
            return None
        own = [part for part in _within(sentence.requirement) if isinstance(part, FactOf) and part.of != PLAN]
        return Why.ATTESTED if own and all(isinstance(one.type, TruthType) for one in own) else Why.PERSONS

    def _rewritten(self, sentence: Sentence) -> Sentence:
        where = None if sentence.each is None else sentence.each.where
        parts = [part for part in (where, sentence.guard) if part is not None]
        guard = None if not parts else parts[0] if len(parts) == 1 else And(tuple(parts))
        exemptions = tuple(
            evolve(one, condition=self._plain(one.condition), instead=one.instead and self._plain(one.instead))
            for one in sentence.exemptions
        )
        return evolve(
            sentence,
            each=None,
            guard=guard and self._plain(guard),
            requirement=self._plain(sentence.requirement),
            exemptions=exemptions,
        )

    def _plain(self, expression: Expression) -> Expression:
        return rebuilt(expression, self._changed)

    def _changed(self, part: Expression) -> Expression:
        match part:
            case FactOf(of=of) if of != PLAN:
                return evolve(part, of=PLAN)
            case CountOf(where=where) if where is None:
                return part
            case CountOf() | TotalOf():
                return FactOf(self._count(part), part.type, span=part.span)
            case _:
                return part

    def _count(self, of: Counted) -> str:
        """The key of a count of members."""
        if of not in self.known:
            key = self.known[of] = f"count {len(self.known) + 1}"
            listed = self.maker.variables[of.list]
            variable = evolve(listed, key=key, names=Names(), within=listed.names, domain=(Bounds(0, None),))
            self.choices[key] = Choice(variable, of.type, Names(), variable.domain)
        return self.known[of]

    def _learn(self, sentence: Sentence) -> None:
        """The choices that a sentence speaks of, by the names it has for them."""
        for mention in sentence.mentions:
            match mention.of:
                case CountOf() | TotalOf() as of:
                    plain = self._plain(of)
                    key = plain.key if isinstance(plain, FactOf) else of.list
                    self.counts[key] = of
                    self._choose(key, of.type, mention.names)
                case FactOf(key=key, type=type):
                    self._choose(key, type, mention.names)
                case ValueOf(id=id) if id in self.maker.definitions:
                    for inner in self.maker.definitions[id].mentions:
                        if isinstance(inner.of, FactOf):
                            self._choose(inner.of.key, inner.of.type, inner.names)
                case _:
                    pass

    def _choose(self, key: str, type: Type, names: Names) -> None:
        variable = self.variables[key]
        if variable.given or variable.text or not variable.domain:
            return
        known = self.choices.get(key)
        if known is None or not known.names.forms:
            self.choices[key] = Choice(evolve(variable, names=names), type, names, wide(variable, type))

    def _is_name(self, key: str) -> bool:
        return key in self.maker.variables and self.maker.variables[key].text


def wide(variable: Variable, type: Type) -> Domain:
    """What a choice can be, without the upper end that a vocabulary sets to find mistakes of typing."""
    if not isinstance(type, NumberType) or type.share:
        return variable.domain
    return tuple(evolve(part, high=None) if isinstance(part, Bounds) else part for part in variable.domain)


def least(choice: Choice) -> Exact | None:
    """The number that every choice has at least."""
    return next((part.low for part in choice.domain if isinstance(part, Bounds)), None)


def is_step(key: str) -> bool:
    """Whether a key is the day of a step."""
    return key.startswith(f"{STEPS}.")


def _first(requirement: Expression) -> Iterator[Expression]:
    """What a requirement speaks of first: the left sides of its comparisons."""
    match requirement:
        case And(parts=inner):
            for part in inner:
                yield from _first(part)
        case Not(of=of):
            yield from _first(of)
        case Compare(left=left):
            yield left
        case Within(value=value) | OneOf(value=value):
            yield value
        case _:
            yield requirement


def _expressions(sentence: Sentence) -> Iterator[Expression]:
    for part in (asked(sentence), when(sentence)):
        if part is not None:
            yield part


def _within(expression: Expression) -> Iterator[Expression]:
    yield expression
    for part in parts(expression):
        yield from _within(part)


def _speaks_of_members(expression: Expression) -> bool:
    """Whether something in it is known of single persons only."""
    for part in _within(expression):
        match part:
            case Among() | Age() | LocalOf():
                return True
            case ValueOf(of=of) if of != PLAN:
                return True
            case _:
                pass
    return False
