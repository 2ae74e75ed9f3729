"""The typed facts of one plan, each with the place it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cached_property

from attrs import field

from civicrules.source import Place
from civicrules.values import frozen


class Blank(Enum):
    """`NONE` is a value (never happened, nobody); a fact that is missing is simply absent."""

    NONE = "none"


# A choice is held by its id; texts (names of people and groups) are strings as well, several people are their names.
FactValue = int | Fraction | date | bool | str | tuple[str, ...] | Blank


@frozen
class Fact:
    """One value. `precision` is the last printed unit of a percentage (81 % → 1/100), kept for stated statistics.

    `attested` when no cell says it but somebody for all members together.
    """

    value: FactValue
    place: Place | None = None
    precision: Fraction | None = None
    attested: bool = False


@frozen
class Attestation:
    """*None of them*: by whom and when it was attested of all members of a list for whom a fact is not given.

    `facts` counts the members it spoke for.
    """

    list: str
    field: str
    by: str
    day: date
    facts: int = 0
    place: Place | None = None


@frozen
class Waiver:
    """A rule waived for a subject (`person`, as written; empty for the plan): by whom, when and why.

    `fingerprint` is that of the numbers it was given for, as a report prints it.
    """

    rule: str
    person: str
    reason: str
    by: str
    day: date | None
    fingerprint: str = ""
    place: Place | None = None


@frozen
class Part:
    """What one ballot box, polling station or day adds to a number: its name as first written, and where it stands."""

    name: str
    number: int | Fraction
    place: Place | None = None


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
    """What a plan says of itself. `ruleset`, `stage` and `language` are as written; `day` is what has happened by.

    A plan that names no language is in Chinese (`zh`) where its header is.
    """

    ruleset: str | None = None
    day: date | None = None
    stage: str | None = None
    language: str | None = None


def is_election_day(key: str) -> bool:
    """Whether a key is that of an election day, by which a plan says which law holds for it.

    >>> is_election_day("community.election_day"), is_election_day("community.previous_election_day")
    (True, False)
    """
    return key.endswith(".election_day")


def election_day(values: Mapping[str, Fact]) -> date | None:
    """The election day among the facts of a plan."""
    days = (fact.value for key, fact in values.items() if is_election_day(key))
    return next((day for day in days if isinstance(day, date)), None)


@frozen
class Facts:
    """All facts of a plan: values by `entity.field`, lists by id. Keys not present are missing.

    `blocked` holds keys whose cell was given but could not be read (the diagnostic says why); to evaluation they are
    missing, and a report says so beside them. `parts` holds, by the same keys, what numbers were added up from.
    """

    values: Mapping[str, Fact] = field(factory=dict)
    lists: Mapping[str, FactList] = field(factory=dict)
    plan: PlanHeader = PlanHeader()
    name: str = ""
    blocked: Mapping[str, Place] = field(factory=dict)
    parts: Mapping[str, tuple[Part, ...]] = field(factory=dict)
    attestations: tuple[Attestation, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The SHA-256, in hexadecimal, of values and lists as canonical JSON (keys sorted, no spaces, ASCII).

        Places do not count, nor how a value was written. Integers and yes/no are themselves; a fraction is
        `["n/d", n, d]` in lowest terms, with the precision of a percentage as a further pair; a day is
        `["day", "2012-08-20"]`; *none* is null; other texts are strings, several people `["people", …]`; a list is
        `[complete, rows]`.

        >>> Facts({"community.households": Fact(1601)}).digest[:12]
        'ddf74b3c7eec'
        """
        import hashlib
        import json

        lists = {id: [one.complete, [_plain_all(row.values) for row in one.rows]] for id, one in self.lists.items()}
        canonical = {"values": _plain_all(self.values), "lists": lists}
        text = json.dumps(canonical, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain_all(values: Mapping[str, Fact]) -> dict[str, object]:
    return {key: _plain(fact) for key, fact in values.items()}


def _plain(fact: Fact) -> object:
    value = fact.value
    if isinstance(value, Fraction):
        pair: list[object] = ["n/d", value.numerator, value.denominator]
        return [*pair, fact.precision.numerator, fact.precision.denominator] if fact.precision is not None else pair
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if isinstance(value, tuple):
        return ["people", *value]
    return None if isinstance(value, Blank) else value
