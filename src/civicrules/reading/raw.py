"""A plan as it was written, before any vocabulary is known: values with their places, in trees or in sheets.

No float comes this far: readers turn one into an integer or a fraction with `exact_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, localcontext
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from attrs import field

from civicrules.diagnostics import Diagnostic
from civicrules.facts import Blank, PlanHeader
from civicrules.source import Place
from civicrules.values import frozen


class Unreadable(Enum):
    """Stands for a value that is there but cannot be read; its diagnostic was given where that was found."""

    VALUE = "unreadable"


Written = str | int | Fraction | date | bool | Blank | Unreadable


class Atom(NamedTuple):
    """One value as written; an empty text is a blank. `precision` is the last printed unit of a percentage cell.

    A named tuple: there is one for every value of every plan, and a frozen attrs object takes twice as long to make.
    """

    value: Written
    place: Place
    precision: Fraction | None = None


@frozen
class Branch:
    """Keys with what stands under them, in the order written; a key may occur twice.

    `where` gives the place of a key by its position: it is asked for only when there is something to say about the key.
    """

    keys: tuple[str, ...]
    nodes: tuple[Node, ...]
    place: Place
    where: Callable[[int], Place] = field(eq=False, repr=False)

    def key(self, at: int) -> Atom:
        """A key by its position, with its place."""
        return Atom(self.keys[at], self.where(at))

    @property
    def entries(self) -> Iterator[tuple[str, Node]]:
        """Each key with its node. Kept apart, since a pair for every value would cost more than the values."""
        return zip(self.keys, self.nodes, strict=True)


@frozen
class Series:
    """A sequence of nodes."""

    items: tuple[Node, ...]
    place: Place


@frozen
class Thing:
    """A Python object whose attributes are asked for by the names of the vocabulary, when it is bound."""

    value: object = field(repr=False)
    path: tuple[str | int, ...]
    place: Place


@frozen
class Sheet:
    """A grid of cells: a sheet of a workbook, or a table of its own (`name` is empty).

    `rows[0]` is the first row of the sheet, `rows[0][0]` its first cell; an empty cell is `None`. `spans` gives
    rows and columns of merged areas by the position of their first cell, both counted from 0.
    """

    name: str
    rows: tuple[tuple[Atom | None, ...], ...] = field(repr=False)
    place: Place
    spans: Mapping[tuple[int, int], tuple[int, int]] = field(factory=dict, repr=False)


Node = Atom | Branch | Series | Thing | Sheet


@frozen
class Record:
    """A row of a table that is no list of the vocabulary, such as the attestations: its values by column.

    It is `doubtful` where a label is not known: what seems to be missing may stand under that.
    """

    cells: Mapping[str, Atom]
    place: Place
    doubtful: bool = False


@frozen
class Book:
    """The sheets of a workbook, in order."""

    sheets: tuple[Sheet, ...]


@frozen
class Raw:
    """A plan as written; `name` is the file's name, empty for one given from Python.

    `about` is what it says of itself, see `header`; it is found once, when the plan is read.
    """

    root: Node | Book
    name: str
    about: PlanHeader
    problems: tuple[Diagnostic, ...] = ()


def exact_of(number: float) -> int | Fraction | None:
    """The number a float stands for by its shortest decimal; nothing for infinities and what is not a number.

    >>> exact_of(1601.0), exact_of(0.1), exact_of(float("nan"))
    (1601, Fraction(1, 10), None)
    """
    try:
        value = Fraction(repr(number))
    except ValueError:
        return None
    return value.numerator if value.denominator == 1 else value


def shown(value: Written) -> str:
    """A value the way its writer would recognise it in a message, shortened when long.

    >>> shown(Fraction(1, 8)), shown(Fraction(1, 3)), shown(date(2012, 8, 20))
    ('0.125', '1/3', '2012-08-20')
    """
    match value:
        case str():
            text = " ".join(value.split())
            return text if len(text) <= 60 else text[:59] + "…"
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value) if value.bit_length() < 400 else "…"
        case Fraction():
            return decimal_text(value)
        case date():
            return value.isoformat()
        case _:
            return str(value.value)


def decimal_text(value: Fraction) -> str:
    """A fraction as a decimal where it is a finite one, else as `a/b`."""
    if value.denominator.bit_length() > 60 or value.numerator.bit_length() > 200:
        return "…"
    twos = value.denominator
    while twos % 2 == 0:
        twos //= 2
    while twos % 5 == 0:
        twos //= 5
    if twos != 1:
        return f"{value.numerator}/{value.denominator}"
    with localcontext(prec=120):
        return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"
