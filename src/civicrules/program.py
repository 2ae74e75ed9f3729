"""The Program: what a ruleset means, typed, with every name resolved. One closed union of expression nodes.

Evaluation, analysis and export read this and nothing else. What was written (spans, words, texts) is kept beside the
meaning and does not count in comparisons: an English and a Chinese text of one ruleset compile to equal Programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from attrs import field, fields

from civicrules import days
from civicrules.exact import Exact, Rounding
from civicrules.facts import Blank
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


# The levels of norms, highest first.
LEVELS = {
    "statute": Names.of(en="statute", zh="法律"),
    "regulation": Names.of(en="regulation", zh="行政法规"),
    "province": Names.of(en="province", zh="省"),
    "city": Names.of(en="city", zh="市"),
    "district": Names.of(en="district", zh="区"),
    "county": Names.of(en="county", zh="县"),
    "street": Names.of(en="street", zh="街道"),
    "township": Names.of(en="township", zh="乡镇"),
    "community": Names.of(en="community", zh="社区"),
    "village": Names.of(en="village", zh="村"),
}


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
class PeopleType:
    """People named in one fact (`relatives`), told apart by their names."""


@frozen
class RangeType:
    """A stretch of numbers, both ends included, as in `3 to 5 members`."""

    of: NumberType


Type = NumberType | DateType | TruthType | ChoiceType | TextType | PeopleType | RangeType


# ---------------------------------------------------------------- vocabulary


@frozen
class Unit:
    """A unit with its words in each language (`household`, `households`; `户`), the first printed for one.

    Things are counted in whole numbers; what is `measured` (money) can be a fraction and needs no rounding.
    """

    id: str
    words: Mapping[str, tuple[str, ...]] = field(eq=False, repr=False, hash=False)
    measured: bool = False


@frozen
class Field:
    """A fact that can be stated. `key` is `entity.field`; `negative` are declared negatives of a yes/no label.

    A fact `given` *as found* is none that a plan chooses (the number of households): advice never proposes another.
    A blank cell is *unknown*, or *none* (`no` of a yes/no) where the vocabulary says so. What `identifies` tells members of
    lists apart, the first such field that both have given. An age is stated or else counted from the field `since`.
    """

    key: str
    names: Names = field(**_aside)
    type: Type
    personal: bool = False
    given: bool = False
    none_allowed: bool = False
    blank_is_none: bool = False
    identifies: bool = False
    since: str | None = None
    negative: Names = field(default=Names(), **_aside)
    span: Span | None = field(default=None, **_aside)

    @property
    def id(self) -> str:
        return self.key.rpartition(".")[2]

    @property
    def none(self) -> Blank | bool | tuple[()] | None:
        """What the field has where there is none: `no`, nobody or *none*; nothing for one that always has a value."""
        match self.type:
            case PeopleType():
                return ()
            case TruthType():
                return False if self.blank_is_none else Blank.NONE if self.none_allowed else None
            case _:
                return Blank.NONE if self.none_allowed or self.blank_is_none else None


@frozen
class Entity:
    """A thing with facts: the community, a body, a kind of list member. There is one of it in a plan unless lists use it."""

    id: str
    names: Names = field(**_aside)
    fields: tuple[Field, ...]
    body: bool = False


@frozen
class ListType:
    """A list of members of an entity: `list residents groups: residents group, each residents group, at most 500`.

    `parts` are the lists whose members it takes together. The names of the members of a `public` list may be printed.
    """

    id: str
    names: Names = field(**_aside)
    singular: Names = field(**_aside)
    entity: str
    at_most: int | None = None
    parts: tuple[str, ...] = ()
    public: bool = False
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
        """The ids of entities that are members of lists; a plan is itself one of the communities of a city."""
        return frozenset(entry.entity for entry in self.lists) - {COMMUNITY}

    def filled(self, id: str) -> tuple[str, ...]:
        """The lists that a plan fills in for a list: itself, or those that it takes together, in their order."""
        lists = {entry.id: entry for entry in self.lists}
        found: dict[str, None] = {}
        waiting, seen = [id], set[str]()
        while waiting:
            at = waiting.pop(0)
            if at in seen or at not in lists:
                continue
            seen.add(at)
            if lists[at].parts:
                waiting = [*lists[at].parts, *waiting]
            else:
                found[at] = None
        return tuple(found)

    def field(self, key: str) -> Field:
        """The field of a key `entity.field`; KeyError when there is none."""
        for entity in self.entities:
            for candidate in entity.fields:
                if candidate.key == key:
                    return candidate
        raise KeyError(key)

    def called(self) -> Iterator[Names]:
        """What it calls facts, lists, their members, bodies and entities."""
        yield from (item.names for entity in self.entities for item in entity.fields)
        yield from (one.names for one in self.lists)
        yield from (one.singular for one in self.lists)
        yield from (one.names for one in self.entities)

    def unit(self, id: str) -> Unit:
        return next(u for u in self.units if u.id == id)


def counted(words: tuple[str, ...], language: str, count: Exact | None = None) -> str:
    """The word of a unit beside a number, or beside none that is known: in English the first stands for one and the second
    for more; elsewhere the others are synonyms of the first.

    >>> counted(("person", "people"), "en", 1), counted(("person", "people"), "en"), counted(("人", "名"), "zh", 3)
    ('person', 'people', '人')
    """
    return words[1] if language == "en" and count != 1 and len(words) > 1 else words[0]


# Every vocabulary has these units, of ages and periods.
DURATIONS = (
    Unit("year", {"en": ("year", "years"), "zh": ("年", "周年", "周岁", "岁")}),
    Unit("month", {"en": ("month", "months"), "zh": ("个月",)}),
    Unit("week", {"en": ("week", "weeks"), "zh": ("周",)}),
    Unit("day", {"en": ("day", "days"), "zh": ("日", "天")}),
    Unit("working_day", {"en": ("working day", "working days"), "zh": ("个工作日",)}),
)
COMMUNITY = "community"  # the id of the entity that a plan is about
# What counts and reports look for in every vocabulary, by its Chinese name; one without an English name means this.
KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "社区": "community",
        "姓名": "name",
        "名称": "name",
        "小组名称": "name",
        "职务": "post",
        "职位": "post",
        "得票数": "votes",
        "已退出": "withdrawn",
        "名单": "list",
        "名单得票数": "list votes",
        "登记选民数": "registered voters",
        "发出票数": "ballots issued",
        "收回票数": "ballots returned",
        "有效票数": "valid ballots",
        "无效票数": "invalid ballots",
        "空白票数": "blank ballots",
    }
)
STEPS = "steps"  # the id of the entity whose facts are the days of steps


# ---------------------------------------------------------------- expressions


Written = Exact | date | bool | str | Blank


@frozen
class Literal:
    """A number, a day, a yes/no, the id of a choice or *none*, written in the text."""

    value: Written
    type: Type
    span: Span | None = field(default=None, **_aside)


# Who a fact or a definition is read of: the plan itself, the one that a definition belongs to, or (by the id of a list)
# the member that an `each` or a count has in hand.
PLAN, SELF = "", "self"


@frozen
class FactOf:
    """A fact by `entity.field`: of the plan, or of the member `of`."""

    key: str
    type: Type
    of: str = PLAN
    span: Span | None = field(default=None, **_aside)

    @property
    def id(self) -> str:
        return self.key.rpartition(".")[2]


@frozen
class ValueOf:
    """The value of a definition, or of a reading whose options are values, by id; `of` as in `FactOf`."""

    id: str
    type: Type
    of: str = PLAN
    span: Span | None = field(default=None, **_aside)


@frozen
class CountOf:
    """The number of members of a list for whom `where` holds; an interval when the list is open."""

    list: str
    type: NumberType
    where: Expression | None = None
    span: Span | None = field(default=None, **_aside)


@frozen
class TotalOf:
    """The sum of a number over the members of a list for whom `where` holds."""

    list: str
    of: Expression
    type: NumberType
    where: Expression | None = None
    span: Span | None = field(default=None, **_aside)


@frozen
class Among:
    """Whether a person is a member of a list for whom `where` holds.

    The person is the member `who` in hand, or is named by a fact; of several named people, any.
    """

    who: Expression | str
    list: str
    where: Expression | None = None
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **_aside)


@frozen
class LocalOf:
    """What is supplied from outside: a number of the counting method (`votes`, `base`), the street that is judged."""

    id: str
    type: Type
    span: Span | None = field(default=None, **_aside)


@frozen
class Chosen:
    """The option taken of a reading, by its id: the reading as it is applied to one community among several."""

    reading: str
    options: tuple[Expression, ...]
    type: Type
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
class Shifted:
    """The day a number of units after (`back`: before) a day, as the ruleset's conventions count."""

    day: Expression
    number: Expression
    unit: days.Unit
    back: bool = False
    type: DateType = DateType()
    span: Span | None = field(default=None, **_aside)


@frozen
class Elapsed:
    """Whole units from a day until another; `age` counts as ages are counted. Never, where `since` is none."""

    since: Expression
    until: Expression
    unit: days.Unit
    type: NumberType
    age: bool = False
    span: Span | None = field(default=None, **_aside)


@frozen
class Age:
    """An age in years: as `stated`, where it is given, else from the birth until a day."""

    stated: FactOf
    birth: FactOf
    until: Expression
    type: Type
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

    @property
    def mirrored(self) -> Comparison:
        """The same with both sides exchanged."""
        return _MIRRORED.get(self, self)


_MIRRORED = {
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.MORE: Comparison.LESS,
    Comparison.LESS: Comparison.MORE,
}
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
class AsPrinted:
    """A stated number is another one at the precision it was printed with: rounded down, half up or up."""

    stated: FactOf
    value: Expression
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


@frozen
class AtLeastOf:
    """At least `number` of several conditions."""

    number: int
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
class TableCell:
    """What a row asks of one input: `low` to `high` (`None`: unbounded), or of a choice that it `equals` one value."""

    low: Expression | None = None
    low_included: bool = True
    high: Expression | None = None
    high_included: bool = True
    equals: Expression | None = None


@frozen
class TableRow:
    """One case of a table: a cell for each input. It counts only on law days in `valid`."""

    cells: tuple[TableCell, ...]
    value: Expression
    valid: Validity | None = None
    span: Span | None = field(default=None, **_aside)


@frozen
class Table:
    """A value set by inputs. Where rows overlap with different values, the reading `overlap` (its id) decides.

    `otherwise` is the value where no row fits.
    """

    inputs: tuple[Expression, ...]
    rows: tuple[TableRow, ...]
    overlap: str | None
    type: Type
    otherwise: Expression | None = None
    span: Span | None = field(default=None, **_aside)


@frozen
class Cases:
    """The value of the first case whose condition holds, else `otherwise`."""

    cases: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None
    type: Type
    span: Span | None = field(default=None, **_aside)


Expression = (
    Literal
    | FactOf
    | ValueOf
    | Chosen
    | CountOf
    | TotalOf
    | Among
    | LocalOf
    | Arithmetic
    | ShareOf
    | Excess
    | Rate
    | Rounded
    | Clamped
    | RangeOf
    | Shifted
    | Elapsed
    | Age
    | Call
    | Compare
    | Within
    | AsPrinted
    | OneOf
    | Not
    | And
    | Or
    | AtLeastOf
    | Table
    | Cases
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

    of: FactOf | ValueOf | CountOf | TotalOf | Age | Elapsed
    names: Names = field(**_aside)


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
    texts: Names = field(default=Names(), **_aside)
    span: Span | None = field(default=None, **_aside)


@frozen
class Sentence:
    """One sentence or list item of a rule. `texts` are it in each language, `mentions` the names in it in order.

    An exemption without `instead` comes before those with one; of these the first that applies counts.
    """

    force: Force
    guard: Expression | None
    requirement: Expression
    citation: Citation
    texts: Names = field(default=Names(), **_aside)
    mentions: tuple[Mention, ...] = field(default=(), **_aside)
    valid: Validity | None = None
    each: Each | None = None
    exemptions: tuple[Exemption, ...] = ()
    span: Span | None = field(default=None, **_aside)


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
    names: Names = field(**_aside)
    title: Names = field(**_aside)
    section: Names = field(**_aside)
    sentences: tuple[Sentence, ...]
    ruleset: str = ""
    lower: Lower | None = None
    relation: Relation | None = None
    waiver: Names | None = field(default=None, **_aside)
    span: Span | None = field(default=None, **_aside)
    named: bool = field(default=True, **_aside)

    @property
    def article(self) -> Citation:
        """Where the rule comes from: the citation of its first sentence. Each sentence has its own."""
        return self.sentences[0].citation


@frozen
class Definition:
    """A named value, exact: of the plan, or (`entity`) of each thing of a kind."""

    id: str
    names: Names = field(**_aside)
    body: Expression
    citation: Citation | None = None
    entity: str | None = None
    lower: Lower | None = None
    relation: Relation | None = None
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
class Group:
    """Members of a list for whom a condition holds, under a name; rules speak of them as of a list."""

    id: str
    names: Names = field(**_aside)
    singular: Names = field(**_aside)
    list: str
    where: Expression
    citation: Citation | None = None
    span: Span | None = field(default=None, **_aside)


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
    """Facts given, and the value or verdict each definition or rule must then have.

    `precision` is the last printed unit of each percentage that is given; `readings` are the options under which the
    example is judged, by the id of the reading, where it says so.
    """

    title: Names = field(**_aside)
    given: tuple[tuple[str, Written], ...]
    expect: tuple[tuple[str, Written | tuple[Exact, Exact]], ...]
    span: Span | None = field(default=None, **_aside)
    precision: tuple[tuple[str, Fraction], ...] = ()
    readings: tuple[tuple[str, int], ...] = ()


Statement = Definition | Group | Reading | Contest | Allocation


@frozen
class Layer:
    """A ruleset that another stands under.

    `replaced` are its rules that are no longer in force there; `covers` says, in its words, which part of its law it has.
    """

    id: str
    title: Names = field(**_aside)
    level: str
    valid: Validity
    version: str = ""
    replaced: tuple[Rule, ...] = ()
    covers: Names = field(factory=Names, **_aside)


@frozen
class Program:
    """A ruleset, compiled. Rules of the rulesets it stands under (`layers`, nearest first) come before its own.

    `digest` is the SHA-256 of the text and the texts it was compiled against; `written` the lines of definitions, readings,
    contests and allocations in every language, by their id; `origins` the ruleset that a value comes from, by the id of a value
    that stands in another text; `age_date` the day that ages are counted to; `prevails` what the ruleset says that it
    prevails over, in its own words; `covers` which part of its law it has, where that is not the whole.
    """

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
    conventions: days.Conventions = days.Conventions()
    age_date: Expression | None = None
    calendar: days.Calendar | None = None
    plugins: tuple[tuple[str, str], ...] = ()
    version: str = ""
    groups: tuple[Group, ...] = ()
    layers: tuple[Layer, ...] = ()
    written: Mapping[str, Names] = field(factory=dict, **_aside)
    origins: Mapping[str, Layer] = field(factory=dict, **_aside)
    prevails: Names = field(factory=Names, **_aside)
    covers: Names = field(factory=Names, **_aside)

    def statements(self) -> tuple[Statement, ...]:
        """Everything that is named and is no rule, in the order of the kinds."""
        return (*self.definitions, *self.groups, *self.readings, *self.contests, *self.allocations)

    def own(self) -> tuple[Rule, ...]:
        """The rules of this ruleset itself."""
        return tuple(rule for rule in self.rules if rule.ruleset == self.id)


def part_of(list_id: str, field: str) -> str:
    """The id under which the part of a list at hand is supplied: the street, of communities by street."""
    return f"{list_id} by {field}"


def parts(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside an expression, in the order of its fields: the one walk of the closed union.

    >>> count = CountOf("candidates", NumberType())
    >>> parts(Compare(count, Comparison.AT_LEAST, Literal(3, NumberType()))) == (count, Literal(3, NumberType()))
    True
    """
    return tuple(_inside(getattr(expression, one.name) for one in fields(type(expression))))


def rebuilt(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """An expression with every part changed, the inner ones first."""
    found: dict[str, Any] = {
        one.name: _changed(getattr(expression, one.name), change) for one in fields(type(expression))
    }
    return change(type(expression)(**found))


def _changed(value: object, change: Callable[[Expression], Expression]) -> object:
    if isinstance(value, Span):  # a tuple that holds no expressions
        return value
    if isinstance(value, Expression):
        return rebuilt(value, change)
    if isinstance(value, tuple):
        return tuple(_changed(part, change) for part in value)
    if isinstance(value, TableRow | TableCell):
        inner: dict[str, Any] = {one.name: _changed(getattr(value, one.name), change) for one in fields(type(value))}
        return type(value)(**inner)
    return value


def _inside(values: Iterable[object]) -> Iterator[Expression]:
    for value in values:
        if isinstance(value, Expression):
            yield value
        elif isinstance(value, tuple):
            yield from _inside(value)
        elif isinstance(value, TableRow | TableCell):
            yield from _inside(getattr(value, one.name) for one in fields(type(value)))
