"""What a value can be: a number with its unit, a day, a choice, people."""

from __future__ import annotations

from attrs import field

from civicrules.program.names import Names
from civicrules.values import aside, frozen


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
    names: Names = field(**aside)


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
