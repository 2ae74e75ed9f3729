"""What a sentence means: one closed union of expression nodes, and the one walk through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from attrs import field, fields

from civicrules import days
from civicrules.exact import Exact, Rounding
from civicrules.facts import Blank
from civicrules.program.types import DateType, NumberType, RangeType, TruthType, Type
from civicrules.source import Span
from civicrules.values import aside, frozen

Written = Exact | date | bool | str | Blank


@frozen
class Literal:
    """A number, a day, a yes/no, the id of a choice or *none*, written in the text."""

    value: Written
    type: Type
    span: Span | None = field(default=None, **aside)


# Who a fact or a definition is read of: the plan itself, the one that a definition belongs to, or (by the id of a list)
# the member that an `each` or a count has in hand.
PLAN, SELF = "", "self"


@frozen
class FactOf:
    """A fact by `entity.field`: of the plan, or of the member `of`."""

    key: str
    type: Type
    of: str = PLAN
    span: Span | None = field(default=None, **aside)

    @property
    def id(self) -> str:
        return self.key.rpartition(".")[2]


@frozen
class ValueOf:
    """The value of a definition, or of a reading whose options are values, by id; `of` as in `FactOf`."""

    id: str
    type: Type
    of: str = PLAN
    span: Span | None = field(default=None, **aside)


@frozen
class CountOf:
    """The number of members of a list for whom `where` holds; an interval when the list is open."""

    list: str
    type: NumberType
    where: Expression | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class TotalOf:
    """The sum of a number over the members of a list for whom `where` holds."""

    list: str
    of: Expression
    type: NumberType
    where: Expression | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class Among:
    """Whether a person is a member of a list for whom `where` holds.

    The person is the member `who` in hand, or is named by a fact; of several named people, any.
    """

    who: Expression | str
    list: str
    where: Expression | None = None
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **aside)


@frozen
class LocalOf:
    """What is supplied from outside: a number of the counting method (`votes`, `base`), the street that is judged."""

    id: str
    type: Type
    span: Span | None = field(default=None, **aside)


@frozen
class Chosen:
    """The option taken of a reading, by its id: the reading as it is applied to one community among several."""

    reading: str
    options: tuple[Expression, ...]
    type: Type
    span: Span | None = field(default=None, **aside)


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
    span: Span | None = field(default=None, **aside)


@frozen
class ShareOf:
    """`30% of units`: a share and its base."""

    share: Fraction
    base: Expression
    type: NumberType
    span: Span | None = field(default=None, **aside)


@frozen
class Excess:
    """`households above 1500`: what exceeds a number, zero below it."""

    of: Expression
    above: Expression
    type: NumberType
    span: Span | None = field(default=None, **aside)


@frozen
class Rate:
    """`1 per 100 households`: a fraction until it is rounded."""

    count: Expression
    per: Expression
    of: Expression
    type: NumberType
    linear: bool = True
    span: Span | None = field(default=None, **aside)


@frozen
class Rounded:
    """A count from a fraction, by a rounding or by the reading (its id) that decides it."""

    of: Expression
    how: Rounding | str
    type: NumberType
    span: Span | None = field(default=None, **aside)


@frozen
class Clamped:
    """`at least 5, at most 15`: moved to the nearer end when outside."""

    of: Expression
    low: Expression | None
    high: Expression | None
    type: NumberType
    span: Span | None = field(default=None, **aside)


@frozen
class RangeOf:
    """`3 to 5`: both ends included."""

    low: Expression
    high: Expression
    type: RangeType
    span: Span | None = field(default=None, **aside)


@frozen
class Shifted:
    """The day a number of units after (`back`: before) a day, as the ruleset's conventions count."""

    day: Expression
    number: Expression
    unit: days.Unit
    back: bool = False
    type: DateType = DateType()
    span: Span | None = field(default=None, **aside)


@frozen
class Elapsed:
    """Whole units from a day until another; `age` counts as ages are counted. Never, where `since` is none."""

    since: Expression
    until: Expression
    unit: days.Unit
    type: NumberType
    age: bool = False
    span: Span | None = field(default=None, **aside)


@frozen
class Age:
    """An age in years: as `stated`, where it is given, else from the birth until a day."""

    stated: FactOf
    birth: FactOf
    until: Expression
    type: Type
    span: Span | None = field(default=None, **aside)


@frozen
class Call:
    """A declared function of a plugin: pure, exact, with typed arguments and result."""

    function: str
    arguments: tuple[Expression, ...]
    type: Type
    span: Span | None = field(default=None, **aside)


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
    span: Span | None = field(default=None, **aside)


@frozen
class Within:
    """A number or a day inside a range, both ends included."""

    value: Expression
    range: Expression
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **aside)


@frozen
class AsPrinted:
    """A stated number is another one at the precision it was printed with: rounded down, half up or up."""

    stated: FactOf
    value: Expression
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **aside)


@frozen
class OneOf:
    """A value among several."""

    value: Expression
    among: tuple[Expression, ...]
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **aside)


@frozen
class Not:
    """Three-valued negation."""

    of: Expression
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **aside)


@frozen
class And:
    """Fails when one part fails, whatever is missing elsewhere."""

    parts: tuple[Expression, ...]
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **aside)


@frozen
class Or:
    """Holds when one part holds, whatever is missing elsewhere."""

    parts: tuple[Expression, ...]
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **aside)


@frozen
class AtLeastOf:
    """At least `number` of several conditions."""

    number: int
    parts: tuple[Expression, ...]
    type: TruthType = TruthType()
    span: Span | None = field(default=None, **aside)


class RowChoice(Enum):
    """What overlapping rows of a table may be read as."""

    EARLIER = "the earlier row"
    LATER = "the later row"
    COMMON = "what both allow"
    EITHER = "what either allows"


@frozen
class Validity:
    """From `start` until `end`, both days included; `None` is open."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


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
    span: Span | None = field(default=None, **aside)


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
    span: Span | None = field(default=None, **aside)


@frozen
class Cases:
    """The value of the first case whose condition holds, else `otherwise`."""

    cases: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None
    type: Type
    span: Span | None = field(default=None, **aside)


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


def within(expression: Expression) -> Iterator[Expression]:
    """An expression and everything inside it, outer ones first."""
    yield expression
    for part in parts(expression):
        yield from within(part)


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
