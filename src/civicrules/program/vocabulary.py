"""What a plan can say: bodies and their facts, lists of members, steps, units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attrs import field

from civicrules.exact import Exact
from civicrules.facts import Blank
from civicrules.program.names import Names
from civicrules.program.types import PeopleType, TruthType, Type
from civicrules.source import Span
from civicrules.values import aside, frozen


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

    A fact `given` *as found* is none that a plan chooses (the number of households), and one *as* `counted` is made by the
    election itself (the ballots returned): advice never proposes another.
    A blank cell is *unknown*, or *none* (`no` of a yes/no) where the vocabulary says so. What `identifies` tells members of
    lists apart, the first such field that both have given. An age is stated or else counted from the field `since`.
    People are named as `mutual` where those who are named must name the person in turn (relatives).
    """

    key: str
    names: Names = field(**aside)
    type: Type
    personal: bool = False
    given: bool = False
    counted: bool = False
    mutual: bool = False
    none_allowed: bool = False
    blank_is_none: bool = False
    identifies: bool = False
    since: str | None = None
    negative: Names = field(default=Names(), **aside)
    span: Span | None = field(default=None, **aside)

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
    names: Names = field(**aside)
    fields: tuple[Field, ...]
    body: bool = False


@frozen
class ListType:
    """A list of members of an entity: `list residents groups: residents group, each residents group, at most 500`.

    `parts` are the lists whose members it takes together. The names of the members of a `public` list may be printed.
    """

    id: str
    names: Names = field(**aside)
    singular: Names = field(**aside)
    entity: str
    at_most: int | None = None
    parts: tuple[str, ...] = ()
    public: bool = False
    span: Span | None = field(default=None, **aside)


@frozen
class StepType:
    """A step of the procedure; the plan's stage is the last one done. In the order declared."""

    id: str
    names: Names = field(**aside)


@frozen
class Vocabulary:
    """What can be stated: entities and fields, lists, steps, units. `listed` entities occur only as list members."""

    id: str
    names: Names = field(**aside)
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
