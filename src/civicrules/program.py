"""The Program: what a ruleset means, typed, with every name resolved. One closed union of expression nodes.

Evaluation, analysis and export read this and nothing else. What was written (spans, words, texts) is kept beside the
meaning and does not count in comparisons: an English and a Chinese text of one ruleset compile to equal Programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from attrs import field

from civicrules.exact import Exact, Rounding
from civicrules.source import Span
from civicrules.values import frozen

_aside: dict[str, Any] = {"eq": False, "repr": False}


@frozen
class Names:
    """The forms of a name by language tag; a text in a missing language is shown in the first one there is."""

    forms: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, **forms: str | None) -> Names:
        """Names from keyword arguments, leaving out what is missing: `Names.of(en="households", zh="居民户数")`."""
        return cls(tuple((tag, form) for tag, form in forms.items() if form))

    def text(self, language: str) -> str:
        """The form in a language, else the first form, else nothing."""
        forms = dict(self.forms)
        return forms.get(language) or next(iter(forms.values()), "")

    def has(self, language: str) -> bool:
        return any(tag == language for tag, _ in self.forms)


def identifier(name: str) -> str:
    """The id a name gives: a space and `_` are the same, case does not matter.

    >>> identifier("Residents committee's size")
    'residents_committees_size'
    """
    return "_".join(name.replace("_", " ").replace("'", "").replace("’", "").casefold().split())


# ---------------------------------------------------------------- types


@frozen
class NumberType:
    """Numbers of a unit (an id of the vocabulary, or none), from `low` to `high`, both included.

    `whole` numbers are integers everywhere, others are fractions everywhere. A `share` is a ratio without a unit.
    """

    unit: str | None = None
    whole: bool = True
    low: int | None = 0
    high: int | None = None
    share: bool = False


@frozen
class DateType:
    """Calendar days."""


@frozen
class TruthType:
    """Yes or no."""


@frozen
class Choice:
    """One of the values of a choice, held by its id."""

    id: str
    names: Names = field(**_aside)


@frozen
class ChoiceType:
    """A closed set of named values; `ordered` lets them be compared in the order given."""

    choices: tuple[Choice, ...]
    ordered: bool = False


@frozen
class TextType:
    """Names and other texts, only shown and compared for equality."""


@frozen
class RangeType:
    """A stretch of numbers, both ends included, as in `3 to 5 members`."""

    of: NumberType


Type = NumberType | DateType | TruthType | ChoiceType | TextType | RangeType


# ---------------------------------------------------------------- vocabulary


@frozen
class Unit:
    """A unit of counting with its words in each language (`household`, `households`; `户`), the first printed for one."""

    id: str
    words: Mapping[str, tuple[str, ...]] = field(eq=False, repr=False, hash=False)


@frozen
class Field:
    """A fact that can be stated. `key` is `entity.field`; `negative` are declared negatives of a yes/no label.

    A fact `given` *as found* is none that a plan chooses (the number of households): advice never proposes another.
    """

    key: str
    names: Names = field(**_aside)
    type: Type
    personal: bool = False
    given: bool = False
    none_allowed: bool = False
    negative: Names = field(default=Names(), **_aside)
    span: Span | None = field(default=None, **_aside)

    @property
    def id(self) -> str:
        return self.key.rpartition(".")[2]


@frozen
class Entity:
    """A thing with facts: the community, a body, a kind of list member. There is one of it in a plan unless lists use it."""

    id: str
    names: Names = field(**_aside)
    fields: tuple[Field, ...]
    body: bool = False


@frozen
class ListType:
    """A list of members of an entity: `list residents groups, each residents group: groups, at most 500`."""

    id: str
    names: Names = field(**_aside)
    singular: Names = field(**_aside)
    entity: str
    at_most: int | None = None
    span: Span | None = field(default=None, **_aside)


@frozen
class StepType:
    """A step of the procedure; the plan's stage is the last one done. In the order declared."""

    id: str
    names: Names = field(**_aside)


@frozen
class Vocabulary:
    """What can be stated: entities and fields, lists, steps, units. `listed` entities occur only as list members."""

    id: str
    names: Names = field(**_aside)
    entities: tuple[Entity, ...] = ()
    lists: tuple[ListType, ...] = ()
    steps: tuple[StepType, ...] = ()
    units: tuple[Unit, ...] = ()

    def entity(self, id: str) -> Entity:
        return next(e for e in self.entities if e.id == id)

    def listed(self) -> frozenset[str]:
        """The ids of entities that are members of lists."""
        return frozenset(entry.entity for entry in self.lists)

    def field(self, key: str) -> Field:
        """The field of a key `entity.field`; KeyError when there is none."""
        for entity in self.entities:
            for candidate in entity.fields:
                if candidate.key == key:
                    return candidate
        raise KeyError(key)

    def unit(self, id: str) -> Unit:
        return next(u for u in self.units if u.id == id)


# ---------------------------------------------------------------- expressions


@frozen
class Literal:
    """A number, a day, a yes/no or the id of a choice, written in the text."""

    value: Exact | date | bool | str
    type: Type
    span: Span | None = field(default=None, **_aside)


@frozen
class FactOf:
    """A fact of the plan, by `entity.field`."""

    key: str
    type: Type
    span: Span | None = field(default=None, **_aside)


@frozen
class ValueOf:
    """The value of a definition, or of a reading whose options are values, by id."""

    id: str
    type: Type
    span: Span | None = field(default=None, **_aside)


@frozen
class CountOf:
    """The number of members of a list; an interval when the list is open."""

    list: str
    type: NumberType
    span: Span | None = field(default=None, **_aside)


@frozen
class LocalOf:
    """A number that the counting method supplies for each candidate or receiver (`votes`, `base`)."""

    id: str
    type: NumberType
    span: Span | None = field(default=None, **_aside)


class Operator(Enum):
    """Exact arithmetic of two numbers. `TIMES` and `DIVIDED` of two facts are not linear; the compiler marks them."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    DIVIDED = "/"


@frozen
class Arithmetic:
    """Two numbers combined. Dividing by zero is *cannot say*, naming the divisor."""

    operator: Operator
    left: Expression
    right: Expression
    type: NumberType
    linear: bool = True
    span: Span | None = field(default=None, **_aside)


@frozen
class ShareOf:
    """`30% of units`: a share and its base."""

    share: Fraction
    base: Expression
    type: NumberType
    span: Span | None = field(default=None, **_aside)


@frozen
class Excess:
    """`households above 1500`: what exceeds a number, zero below it."""

    of: Expression
    above: Expression
    type: NumberType
    span: Span | None = field(default=None, **_aside)


@frozen
class Rate:
    """`1 per 100 households`: a fraction until it is rounded."""

    count: Expression
    per: Expression
    of: Expression
    type: NumberType
    linear: bool = True
    span: Span | None = field(default=None, **_aside)


@frozen
class Rounded:
    """A count from a fraction, by a rounding or by the reading (its id) that decides it."""

    of: Expression
    how: Rounding | str
    type: NumberType
    span: Span | None = field(default=None, **_aside)


@frozen
class Clamped:
    """`at least 5, at most 15`: moved to the nearer end when outside."""

    of: Expression
    low: Expression | None
    high: Expression | None
    type: NumberType
    span: Span | None = field(default=None, **_aside)


@frozen
class RangeOf:
    """`3 to 5`: both ends included."""

    low: Expression
    high: Expression
    type: RangeType
    span: Span | None = field(default=None, **_aside)


@frozen
class YearsAfter:
    """The same calendar day some years later; 29 February becomes 28 February in a common year."""

    day: Expression
    years: int
    type: DateType = DateType()
    span: Span | None = field(default=None, **_aside)


@frozen
class Call:
    """A declared function of a plugin: pure, exact, with typed arguments and result."""

    function: str
    arguments: tuple[Expression, ...]
    type: Type
    span: Span | None = field(default=None, **_aside)


class Comparison(Enum):
    """Every comparing word comes to one of these. On days, less is earlier."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    EQUAL = "="
    UNEQUAL = "!="

    @property
    def negated(self) -> Comparison:
        return _NEGATED[self]


_NEGATED = {
    Comparison.AT_LEAST: Comparison.LESS,
    Comparison.AT_MOST: Comparison.MORE,
    Comparison.MORE: Comparison.AT_MOST,
    Comparison.LESS: Comparison.AT_LEAST,
    Comparison.EQUAL: Comparison.UNEQUAL,
    Comparison.UNEQUAL: Comparison.EQUAL,
}


@frozen
class Compare:
    """Two numbers, days, choices or yes/no values compared."""

    left: Expression
    comparison: Comparison
    right: Expression
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **_aside)


@frozen
class Within:
    """A number or a day inside a range, both ends included."""

    value: Expression
    range: Expression
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **_aside)


@frozen
class OneOf:
    """A value among several."""

    value: Expression
    among: tuple[Expression, ...]
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **_aside)


@frozen
class Not:
    """Three-valued negation."""

    of: Expression
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **_aside)


@frozen
class And:
    """Fails when one part fails, whatever is missing elsewhere."""

    parts: tuple[Expression, ...]
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **_aside)


@frozen
class Or:
    """Holds when one part holds, whatever is missing elsewhere."""

    parts: tuple[Expression, ...]
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **_aside)


class RowChoice(Enum):
    """What overlapping rows of a table may be read as."""

    EARLIER = "the earlier row"
    LATER = "the later row"
    COMMON = "what both allow"
    EITHER = "what either allows"


@frozen
class TableRow:
    """One case of a table. `low`/`high` bound the input (`None`: unbounded); a choice row has only `equals`."""

    low: Expression | None
    low_included: bool
    high: Expression | None
    high_included: bool
    equals: Expression | None
    value: Expression
    span: Span | None = field(default=None, **_aside)


@frozen
class Table:
    """A value set by one input. Where rows overlap with different values, the reading `overlap` (its id) decides."""

    input: Expression
    rows: tuple[TableRow, ...]
    overlap: str | None
    type: Type
    span: Span | None = field(default=None, **_aside)


Expression = (
    Literal
    | FactOf
    | ValueOf
    | CountOf
    | LocalOf
    | Arithmetic
    | ShareOf
    | Excess
    | Rate
    | Rounded
    | Clamped
    | RangeOf
    | YearsAfter
    | Call
    | Compare
    | Within
    | OneOf
    | Not
    | And
    | Or
    | Table
)


# ---------------------------------------------------------------- statements


@frozen
class SourceDocument:
    """A document that rules are cited from; `names` are what citations call it."""

    id: str
    names: Names = field(**_aside)
    title: Names = field(**_aside)


@frozen
class Citation:
    """Where a rule comes from: a declared source and the article in it, as written in each language there is."""

    source: str
    article: Names = field(**_aside)
    span: Span | None = field(default=None, **_aside)


class Force(Enum):
    """How binding a sentence is. Only `MUST` decides the exit status; `MAY` never fails."""

    MUST = "must"
    SHOULD = "should"
    ENCOURAGED = "is encouraged to"
    MAY = "may"


@frozen
class Mention:
    """A name that stands in a sentence (or one level into a definition it uses), whose value a finding shows."""

    of: FactOf | ValueOf | CountOf
    names: Names = field(**_aside)


@frozen
class Sentence:
    """One sentence of a rule. `texts` are the sentence in each language, `mentions` the names in it in order."""

    force: Force
    guard: Expression | None
    requirement: Expression
    citation: Citation
    texts: Names = field(**_aside)
    mentions: tuple[Mention, ...] = field(default=(), **_aside)
    valid: Validity | None = None
    span: Span | None = field(default=None, **_aside)


@frozen
class Rule:
    """A rule: one sentence, or several under a name."""

    id: str
    names: Names = field(**_aside)
    title: Names = field(**_aside)
    section: Names = field(**_aside)
    sentences: tuple[Sentence, ...]
    span: Span | None = field(default=None, **_aside)

    @property
    def article(self) -> Citation:
        """Where the rule comes from: the citation of its first sentence. Each sentence has its own."""
        return self.sentences[0].citation


@frozen
class Definition:
    """A named value of the community, exact."""

    id: str
    names: Names = field(**_aside)
    body: Expression
    citation: Citation | None = None
    mentions: tuple[Mention, ...] = field(default=(), **_aside)
    span: Span | None = field(default=None, **_aside)

    @property
    def type(self) -> Type:
        return self.body.type


@frozen
class Option:
    """One way to read: a rounding, a choice of row, or a value. `texts` is the option as written."""

    value: Rounding | RowChoice | Expression
    texts: Names = field(**_aside)


@frozen
class Reading:
    """A declared ambiguity. The first option is the one taken."""

    id: str
    names: Names = field(**_aside)
    question: Names = field(**_aside)
    options: tuple[Option, ...]
    because: Names = field(**_aside)
    citation: Citation | None = None
    span: Span | None = field(default=None, **_aside)

    @property
    def taken(self) -> Option:
        return self.options[0]


@frozen
class Validity:
    """From `start` until `end`, both days included; `None` is open."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


# The value of a parameter of a counting or allocation method, by the kind that the method declares.
Parameter = Expression | tuple[Expression, ...] | str | tuple[str, ...]


@frozen
class Contest:
    """A contest: which method counts it and with which parameters (ids of the method's parameters).

    `texts` are its conditions in words, by where they stand in the text.
    """

    id: str
    names: Names = field(**_aside)
    title: Names = field(**_aside)
    method: str
    parameters: Mapping[str, Parameter] = field(hash=False)
    citation: Citation
    span: Span | None = field(default=None, **_aside)
    texts: Mapping[tuple[int, int], Names] = field(factory=dict, **_aside)

    def text(self, span: Span | None) -> Names:
        """The words of a condition."""
        return self.texts.get((span.start, span.end), Names()) if span is not None else Names()


@frozen
class Allocation:
    """An allocation of seats among the members of a list: method and parameters, as in a contest."""

    id: str
    names: Names = field(**_aside)
    title: Names = field(**_aside)
    method: str
    parameters: Mapping[str, Parameter] = field(hash=False)
    citation: Citation
    span: Span | None = field(default=None, **_aside)


@frozen
class Example:
    """Facts given, and the value or verdict each definition or rule must then have."""

    title: Names = field(**_aside)
    given: tuple[tuple[str, Exact | date | bool | str], ...]
    expect: tuple[tuple[str, Exact | date | bool | str | tuple[Exact, Exact]], ...]
    span: Span | None = field(default=None, **_aside)


@frozen
class Program:
    """A ruleset, compiled. `digest` is the SHA-256 of the text and the texts it was compiled against."""

    id: str
    title: Names = field(**_aside)
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
    plugins: tuple[tuple[str, str], ...] = ()
    version: str = ""
