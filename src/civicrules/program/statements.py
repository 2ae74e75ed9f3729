"""What a ruleset states: sentences in rules, values, readings, counts, examples, and the Program of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction

from attrs import field

from civicrules import days
from civicrules.exact import Exact, Rounding
from civicrules.program.expressions import (
    Age,
    CountOf,
    Elapsed,
    Expression,
    FactOf,
    RowChoice,
    Shifted,
    TotalOf,
    Validity,
    ValueOf,
    Written,
    within,
)
from civicrules.program.names import Names
from civicrules.program.types import Type
from civicrules.program.vocabulary import Vocabulary
from civicrules.source import Span
from civicrules.values import aside, frozen


@frozen
class SourceDocument:
    """A document that rules are cited from; `names` are what citations call it."""

    id: str
    names: Names = field(**aside)
    title: Names = field(**aside)


@frozen
class Citation:
    """Where a rule comes from: a declared source and the article in it, as written in each language there is."""

    source: str
    article: Names = field(**aside)
    span: Span | None = field(default=None, **aside)


class Force(Enum):
    """How binding a sentence is. Only `MUST` decides the exit status; `MAY` never fails."""

    MUST = "must"
    SHOULD = "should"
    ENCOURAGED = "is encouraged to"
    MAY = "may"


@frozen
class Mention:
    """A name that stands in a sentence (or one level into a definition it uses), whose value a finding shows."""

    of: FactOf | ValueOf | CountOf | TotalOf | Age | Elapsed
    names: Names = field(**aside)


@frozen
class Each:
    """Whom a sentence speaks of one by one: the members of a list, or those for whom `where` holds.

    With `by`, the id of a fact of theirs, it speaks of every value of that fact (each street) and of its members together.
    """

    list: str
    where: Expression | None = None
    by: str | None = None


@frozen
class Exemption:
    """`except when C`: the sentence does not bind; `except when C: at most 65`: it asks for `instead`."""

    condition: Expression
    instead: Expression | None = None
    citation: Citation | None = None
    texts: Names = field(default=Names(), **aside)
    span: Span | None = field(default=None, **aside)


@frozen
class Sentence:
    """One sentence or list item of a rule. `texts` are it in each language, `mentions` the names in it in order.

    An exemption without `instead` comes before those with one; of these the first that applies counts.
    """

    force: Force
    guard: Expression | None
    requirement: Expression
    citation: Citation
    texts: Names = field(default=Names(), **aside)
    mentions: tuple[Mention, ...] = field(default=(), **aside)
    valid: Validity | None = None
    each: Each | None = None
    exemptions: tuple[Exemption, ...] = ()
    span: Span | None = field(default=None, **aside)

    def expressions(self) -> tuple[Expression, ...]:
        """Whom it speaks of, when it binds, what it asks, its exceptions."""
        where = None if self.each is None else self.each.where
        exceptions = (part for one in self.exemptions for part in (one.condition, one.instead))
        return tuple(one for one in (where, self.guard, self.requirement, *exceptions) if one is not None)


class Lower(Enum):
    """What lower rulesets may do with a rule."""

    MAY_TIGHTEN = "may tighten"
    MAY_REPLACE = "may replace"
    MUST_KEEP = "must keep"


class RelationKind(Enum):
    """How a rule stands to one of a higher ruleset, as its author states it. A rule without a relation is a new one."""

    REPLACES = "replaces"
    TIGHTENS = "tightens"
    SPECIFIES = "specifies"


@frozen
class Relation:
    """The relation to a higher rule or definition (its id). `compared` tells whether both could be compared here."""

    kind: RelationKind
    to: str
    compared: bool = field(default=False, eq=False)


@frozen
class Rule:
    """A rule: one sentence, or several under a name.

    `ruleset` is the id of the ruleset it stands in; a `waiver` may be given by the body named. A rule that is not
    `named` goes by the names of what its sentence is about.
    """

    id: str
    names: Names = field(**aside)
    title: Names = field(**aside)
    section: Names = field(**aside)
    sentences: tuple[Sentence, ...]
    ruleset: str = ""
    lower: Lower | None = None
    relation: Relation | None = None
    waiver: Names | None = field(default=None, **aside)
    span: Span | None = field(default=None, **aside)
    named: bool = field(default=True, **aside)

    @property
    def article(self) -> Citation:
        """Where the rule comes from: the citation of its first sentence. Each sentence has its own."""
        return self.sentences[0].citation


@frozen
class Definition:
    """A named value, exact: of the plan, or (`entity`) of each thing of a kind."""

    id: str
    names: Names = field(**aside)
    body: Expression
    citation: Citation | None = None
    entity: str | None = None
    lower: Lower | None = None
    relation: Relation | None = None
    mentions: tuple[Mention, ...] = field(default=(), **aside)
    span: Span | None = field(default=None, **aside)

    @property
    def type(self) -> Type:
        return self.body.type


@frozen
class Option:
    """One way to read: a rounding, a choice of row, or a value. `texts` is the option as written."""

    value: Rounding | RowChoice | Expression
    texts: Names = field(**aside)


@frozen
class Group:
    """Members of a list for whom a condition holds, under a name; rules speak of them as of a list."""

    id: str
    names: Names = field(**aside)
    singular: Names = field(**aside)
    list: str
    where: Expression
    citation: Citation | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class Reading:
    """A declared ambiguity. The first option is the one taken."""

    id: str
    names: Names = field(**aside)
    question: Names = field(**aside)
    options: tuple[Option, ...]
    because: Names = field(**aside)
    citation: Citation | None = None
    span: Span | None = field(default=None, **aside)

    @property
    def taken(self) -> Option:
        return self.options[0]


# The value of a parameter of a counting or allocation method, by the kind that the method declares.
Parameter = Expression | tuple[Expression, ...] | str | tuple[str, ...]


@frozen
class Contest:
    """A contest: which method counts it and with which parameters (ids of the method's parameters).

    Those of a contest of the ruleset above that it `specifies` (its id) are among them, where it has none of its own.
    `texts` are its conditions in words, by where they stand.
    """

    id: str
    names: Names = field(**aside)
    title: Names = field(**aside)
    method: str
    parameters: Mapping[str, Parameter] = field(hash=False)
    citation: Citation
    specifies: str | None = None
    span: Span | None = field(default=None, **aside)
    texts: Mapping[Span, Names] = field(factory=dict, **aside)

    def text(self, span: Span | None) -> Names:
        """The words of a condition."""
        return self.texts.get(span, Names()) if span is not None else Names()


@frozen
class Allocation:
    """An allocation of seats among the members of a list: method and parameters, and what it specifies, as in a contest."""

    id: str
    names: Names = field(**aside)
    title: Names = field(**aside)
    method: str
    parameters: Mapping[str, Parameter] = field(hash=False)
    citation: Citation
    specifies: str | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class Example:
    """Facts given, and the value or verdict each definition or rule must then have.

    `precision` is the last printed unit of each percentage that is given; `readings` are the options under which the
    example is judged, by the id of the reading, where it says so.
    """

    title: Names = field(**aside)
    given: tuple[tuple[str, Written], ...]
    expect: tuple[tuple[str, Written | tuple[Exact, Exact]], ...]
    span: Span | None = field(default=None, **aside)
    precision: tuple[tuple[str, Fraction], ...] = ()
    readings: tuple[tuple[str, int], ...] = ()


Statement = Definition | Group | Reading | Contest | Allocation


@frozen
class Layer:
    """A ruleset that another stands under.

    `replaced` are its rules, contests and allocations that are no longer in force there; `covers` says, in its words, which
    part of its law it has.
    """

    id: str
    title: Names = field(**aside)
    level: str
    valid: Validity
    version: str = ""
    replaced: tuple[Rule | Contest | Allocation, ...] = ()
    covers: Names = field(factory=Names, **aside)


@frozen
class Program:
    """A ruleset, compiled. Rules, contests and allocations of the rulesets it stands under (`layers`, nearest first) come
    before its own.

    `digest` is the SHA-256 of the text and the texts it was compiled against; `written` the lines of definitions, readings,
    contests and allocations in every language, by their id; `origins` the ruleset that a value comes from, by the id of a value
    that stands in another text; `age_date` the day that ages are counted to; `prevails` what the ruleset says that it
    prevails over, in its own words; `covers` which part of its law it has, where that is not the whole.
    """

    id: str
    title: Names = field(**aside)
    level: str
    valid: Validity
    vocabulary: Vocabulary
    sources: tuple[SourceDocument, ...]
    definitions: tuple[Definition, ...] = ()
    readings: tuple[Reading, ...] = ()
    rules: tuple[Rule, ...] = ()
    contests: tuple[Contest, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    examples: tuple[Example, ...] = ()
    language: str = field(default="en", eq=False)
    digest: str = field(default="", eq=False)
    conventions: days.Conventions = days.Conventions()
    age_date: Expression | None = None
    calendar: days.Calendar | None = None
    plugins: tuple[tuple[str, str], ...] = ()
    version: str = ""
    groups: tuple[Group, ...] = ()
    layers: tuple[Layer, ...] = ()
    written: Mapping[str, Names] = field(factory=dict, **aside)
    origins: Mapping[str, Layer] = field(factory=dict, **aside)
    prevails: Names = field(factory=Names, **aside)
    covers: Names = field(factory=Names, **aside)

    def statements(self) -> tuple[Statement, ...]:
        """Everything that is named and is no rule, in the order of the kinds."""
        return (*self.definitions, *self.groups, *self.readings, *self.contests, *self.allocations)

    def expressions(self) -> Iterator[Expression]:
        """The expressions of rules, definitions, groups and readings, each whole."""
        yield from (one for rule in self.rules for sentence in rule.sentences for one in sentence.expressions())
        yield from (one.body for one in self.definitions)
        yield from (one.where for one in self.groups)
        yield from (one.value for of in self.readings for one in of.options if isinstance(one.value, Expression))

    def counted(self) -> Iterator[Expression]:
        """The expressions of contests and allocations, each whole."""
        blocks: tuple[Contest | Allocation, ...] = (*self.contests, *self.allocations)
        for value in (value for block in blocks for value in block.parameters.values()):
            yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Expression))

    def working_days(self) -> tuple[Expression, ...]:
        """Where a calendar is needed: working days are counted, or a period must not end on a free day."""
        every = (part for one in (*self.expressions(), *self.counted()) for part in within(one))
        return tuple(one for one in every if self._needs_calendar(one))

    def _needs_calendar(self, one: Expression) -> bool:
        if not isinstance(one, Shifted | Elapsed):
            return False
        moved = self.conventions.last_day is days.LastDay.NEXT_WORKING_DAY and isinstance(one, Shifted) and not one.back
        return moved or one.unit is days.Unit.WORKING_DAY

    def own(self) -> tuple[Rule, ...]:
        """The rules of this ruleset itself."""
        return tuple(rule for rule in self.rules if rule.ruleset == self.id)
