"""The typed facts of one plan, each with the place it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field

from civicrules.source import Place
from civicrules.values import frozen


class Blank(Enum):
    """`NONE` is a value (never happened, nobody); a fact that is missing is simply absent."""

    NONE = "none"


# A choice is held by its id; texts (names of people and groups) are strings as well.
FactValue = int | Fraction | date | bool | str | Blank


@frozen
class Fact:
    """One value. `precision` is the last printed unit of a percentage (81 % → 1/100), kept for stated statistics."""

    value: FactValue
    place: Place | None = None
    precision: Fraction | None = None


@frozen
class Row:
    """One member of a list: its facts by field id, and the place of the row."""

    values: Mapping[str, Fact]
    place: Place | None = None


@frozen
class FactList:
    """A list of the plan. It is complete unless it was marked *more to come*."""

    rows: tuple[Row, ...] = ()
    complete: bool = True
    place: Place | None = None


@frozen
class PlanHeader:
    """What a plan says of itself. `ruleset`, `stage` and `language` are as written; `day` is what has happened by."""

    ruleset: str | None = None
    day: date | None = None
    stage: str | None = None
    language: str | None = None


@frozen
class Facts:
    """All facts of a plan: values by `entity.field`, lists by id. Keys not present are missing.

    `blocked` holds keys whose cell was given but could not be read (the diagnostic says why); to evaluation they are
    missing, and a report says so beside them.
    """

    values: Mapping[str, Fact] = field(factory=dict)
    lists: Mapping[str, FactList] = field(factory=dict)
    plan: PlanHeader = PlanHeader()
    name: str = ""
    blocked: Mapping[str, Place] = field(factory=dict)
    digest: str = ""
