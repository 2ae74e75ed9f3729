"""A small vocabulary of people, random sentences about them, and the same sentences understood in the plainest way.

`judged` walks an expression with everything given: no short ways, no memory, no unknown values. What evaluation says of
a plan with facts missing must agree with what `judged` says of every way to give them.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product
from math import comb, prod
from typing import Any

from attrs import define, field
from hypothesis import strategies as st

from civicrules.facts import Blank, Fact, FactList, Facts, Row
from civicrules.findings import Verdict
from civicrules.program import (
    SELF,
    Among,
    And,
    Arithmetic,
    AtLeastOf,
    Cases,
    Choice,
    ChoiceType,
    Citation,
    Compare,
    Comparison,
    CountOf,
    DateType,
    Definition,
    Each,
    Entity,
    Exemption,
    Expression,
    FactOf,
    Field,
    Force,
    ListType,
    Literal,
    Names,
    Not,
    NumberType,
    OneOf,
    Operator,
    Option,
    Or,
    PeopleType,
    Program,
    RangeOf,
    RangeType,
    Reading,
    Rule,
    Sentence,
    ShareOf,
    Table,
    TableCell,
    TableRow,
    TextType,
    TotalOf,
    TruthType,
    Validity,
    ValueOf,
    Vocabulary,
    Within,
)

NONE = Blank.NONE
HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
COUNT, TRUTH, SIZE = NumberType(), TruthType(), NumberType(low=0, high=2)
SHARE = NumberType(whole=False, low=0, high=1, share=True)
KIND = ChoiceType(tuple(Choice(id, Names.of(en=id)) for id in ("low", "middle", "high")), ordered=True)
DAYS = tuple(date(2012, 5, day) for day in (1, 2, 3, 4))
POOL = ("Ann", "Bob", "Cleo")

PERSON: dict[str, Any] = {
    "name": TextType(),
    "flag": TRUTH,
    "kind": KIND,
    "size": SIZE,
    "tenure": SIZE,
    "left": DateType(),
    "kin": PeopleType(),
}
PLAN: dict[str, Any] = {"x": SIZE, "yes": TRUTH, "head": TextType()}
NONE_ALLOWED = ("tenure", "left")
# Facts that tell people apart are always given; what comes of it when they are not has tests of its own.
NAMED = {"name", "kin"}
# Every value of a missing fact that can make a difference: days before, among and after those that the sentences name;
# names of the plan, and one that nobody else bears.
DOMAINS: dict[str, tuple[Any, ...]] = {
    "flag": (False, True),
    "yes": (False, True),
    "kind": ("low", "middle", "high"),
    "size": (0, 1, 2),
    "x": (0, 1, 2),
    "tenure": (NONE, 0, 1, 2),
    "left": (NONE, *DAYS),
    "name": (*POOL, "Nobody"),
    "head": (*POOL, "Nobody"),
    "kin": tuple(names for size in range(1, 4) for names in combinations((*POOL, "Nobody"), size)),
}
LISTS = ("people", "others")
ALL = "all"


def _fields(entity: str, types: Mapping[str, Any]) -> tuple[Field, ...]:
    return tuple(
        Field(
            f"{entity}.{id}",
            Names.of(en=id),
            of,
            none_allowed=id in NONE_ALLOWED,
            identifies=id == "name",
            personal=id == "left",
        )
        for id, of in types.items()
    )


AT_MOST = 4


def vocabulary(at_most: int = AT_MOST) -> Vocabulary:
    entities = (
        Entity("community", Names.of(en="community"), _fields("community", PLAN)),
        Entity("person", Names.of(en="person"), _fields("person", PERSON)),
    )
    lists = [ListType(id, Names.of(en=id), Names.of(en=id), "person", at_most, public=True) for id in LISTS]
    together = ListType(ALL, Names.of(en=ALL), Names.of(en=ALL), "person", 2 * at_most, LISTS)
    return Vocabulary("people", Names.of(en="people"), entities, (*lists, together))


# ---------------------------------------------------------------- what is said, in the plainest way

COMPARE = {
    Comparison.AT_LEAST: operator.ge,
    Comparison.AT_MOST: operator.le,
    Comparison.MORE: operator.gt,
    Comparison.LESS: operator.lt,
    Comparison.EQUAL: operator.eq,
    Comparison.UNEQUAL: operator.ne,
}
WORKED_OUT = {Operator.PLUS: operator.add, Operator.MINUS: operator.sub, Operator.TIMES: operator.mul}
Member = Mapping[str, Any]


@define
class World:
    """A plan with everything given. `chosen` is the option taken of each reading."""

    plan: Member
    lists: Mapping[str, Sequence[Member]]
    definitions: Mapping[str, Definition]
    readings: Mapping[str, Reading]
    chosen: Mapping[str, int] = field(factory=dict)

    def members(self, list_id: str) -> list[Member]:
        return [row for id in (LISTS if list_id == ALL else (list_id,)) for row in self.lists[id]]

    def value(self, e: Expression, at: Mapping[str, Member]) -> Any:
        """The value of an expression; `None` for what has none, as a share of nobody."""
        match e:
            case Literal(value=value):
                return value
            case FactOf(key=key, of=of):
                return (at[of] if of else self.plan)[key.rpartition(".")[2]]
            case ValueOf(id=id, of=of):
                if id in self.readings:
                    return self.value(self.readings[id].options[self.chosen.get(id, 0)].value, at)  # type: ignore[arg-type]
                return self.value(self.definitions[id].body, {SELF: at[of]} if of else {})
            case CountOf(list=id, where=where):
                return sum(self.counts(where, id, row, at) for row in self.members(id))
            case TotalOf(list=id, of=of, where=where):
                some = [row for row in self.members(id) if self.counts(where, id, row, at)]
                values = [self.value(of, {**at, id: row}) for row in some]
                return sum(0 if value is NONE else value for value in values)
            case Among():
                return self.among(e, at)
            case Arithmetic(operator=Operator.DIVIDED, left=left, right=right):
                base = self.value(right, at)
                return None if base == 0 else Fraction(self.value(left, at), base)
            case Arithmetic(operator=how, left=left, right=right):
                return WORKED_OUT[how](self.value(left, at), self.value(right, at))
            case ShareOf(share=share, base=base):
                return share * self.value(base, at)
            case Table():
                return self.table(e, at)
            case Cases(cases=cases, otherwise=otherwise):
                return self.first(cases, otherwise, at)
        return self.true(e, at)

    def true(self, e: Expression, at: Mapping[str, Member]) -> bool | None:
        """Whether a condition is so; `None` where it has a value without one in it that decides."""
        match e:
            case Compare(left=left, comparison=how, right=right):
                return self.compared(how, self.value(left, at), self.value(right, at), left.type)
            case Within(value=value, range=stretch):
                held, low, high = (self.value(one, at) for one in (value, stretch.low, stretch.high))  # type: ignore[union-attr]
                return held is not NONE and low <= held <= high
            case OneOf(value=value, among=among):
                return self.value(value, at) in [self.value(one, at) for one in among]
            case Not(of=of):
                held = self.true(of, at)
                return None if held is None else not held
            case And(parts=parts):
                return all_of([self.true(part, at) for part in parts])
            case Or(parts=parts):
                held = all_of([denied(self.true(part, at)) for part in parts])
                return denied(held)
            case AtLeastOf(number=number, parts=parts):
                results = [self.true(part, at) for part in parts]
                sure, open_ = results.count(True), results.count(None)
                return True if sure >= number else None if sure + open_ >= number else False
        held = self.value(e, at)
        return False if held is NONE else held

    def first(self, cases: Sequence[tuple[Expression, Expression]], otherwise: Expression | None, at: Any) -> Any:
        """The first case that is so; where that is not clear, what all that may be meant come to alike."""
        met = []
        for condition, value in (*cases, (Literal(True, TRUTH), otherwise)):
            holds = self.true(condition, at)
            if holds is not False:
                met.append(None if value is None else self.value(value, at))
            if holds is True:
                break
        return met[0] if all(one == met[0] for one in met) else None

    def counts(self, where: Expression | None, id: str, row: Member, at: Mapping[str, Member]) -> bool:
        return where is None or self.true(where, {**at, id: row}) is True

    def compared(self, how: Comparison, left: Any, right: Any, of: Any) -> bool | None:
        if left is None or right is None:
            return None
        if left is NONE or right is NONE:
            alike = left is right
            return alike if how is Comparison.EQUAL else not alike if how is Comparison.UNEQUAL else False
        if isinstance(of, ChoiceType):
            order = [choice.id for choice in of.choices]
            left, right = order.index(left), order.index(right)
        return bool(COMPARE[how](left, right))

    def among(self, e: Among, at: Mapping[str, Member]) -> bool:
        held = at[e.who]["name"] if isinstance(e.who, str) else self.value(e.who, at)
        names = held if isinstance(held, tuple) else () if held is NONE else (held,)
        return any(row["name"] in names for row in self.members(e.list) if self.counts(e.where, e.list, row, at))

    def table(self, e: Table, at: Mapping[str, Member]) -> Any:
        values = [self.value(given, at) for given in e.inputs]
        for row in e.rows:
            if all(self.fits(cell, value, at) for cell, value in zip(row.cells, values, strict=True)):
                return self.value(row.value, at)
        return None if e.otherwise is None else self.value(e.otherwise, at)

    def fits(self, cell: TableCell, value: Any, at: Mapping[str, Member]) -> bool:
        if cell.equals is not None:
            return bool(value == self.value(cell.equals, at))
        if value is NONE:
            return False
        low, high = (None if end is None else self.value(end, at) for end in (cell.low, cell.high))
        above = low is None or (low <= value if cell.low_included else low < value)
        return above and (high is None or (value <= high if cell.high_included else value < high))

    # -- sentences

    def judged(self, sentence: Sentence, row: Member | None = None) -> Verdict:
        """The verdict of a sentence, on a member where it speaks of members."""
        at = {} if row is None or sentence.each is None else {sentence.each.list: row}
        exempt = [Not(one.condition) for one in sentence.exemptions if one.instead is None]
        conditions = (sentence.each and sentence.each.where, sentence.guard, *exempt)
        binds = all_of([self.true(one, at) for one in conditions if one is not None])
        if binds is not True:
            return CANNOT_SAY if binds is None else IDLE
        if sentence.force is Force.MAY:
            return HOLDS
        instead = [(one.condition, one.instead) for one in sentence.exemptions if one.instead is not None]
        held = self.first(instead, sentence.requirement, at)
        return CANNOT_SAY if held is None else HOLDS if held else FAILS

    def overall(self, sentence: Sentence) -> Verdict:
        """The worst that is said of any member."""
        if sentence.each is None:
            return self.judged(sentence)
        met = {self.judged(sentence, row) for row in self.members(sentence.each.list)}
        return next((one for one in (FAILS, CANNOT_SAY, HOLDS) if one in met), IDLE)


def all_of(results: Sequence[bool | None]) -> bool | None:
    return False if False in results else None if None in results else True


def denied(result: bool | None) -> bool | None:
    return None if result is None else not result


# ---------------------------------------------------------------- plans with facts missing


@define
class Draft:
    """A plan with facts left out: what is absent from a row is missing; `open` lists may have more members."""

    plan: dict[str, Any]
    lists: dict[str, list[dict[str, Any]]]
    open: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()

    def facts(self) -> Facts:
        given = {f"community.{id}": Fact(value) for id, value in self.plan.items()}
        lists = {
            id: FactList(tuple(_row(row) for row in rows), id not in self.open)
            for id, rows in self.lists.items()
            if id not in self.absent
        }
        return Facts(given, lists)


def _row(row: Mapping[str, Any]) -> Row:
    return Row({id: Fact(value) for id, value in row.items()})


def program(sentence: Sentence, at_most: int = AT_MOST) -> Program:
    rule = Rule("r", Names.of(en="r"), Names(), Names(), (sentence,))
    definitions, readings = tuple(DEFINITIONS.values()), tuple(READINGS.values())
    return Program(
        "people", Names.of(en="people"), "", Validity(), vocabulary(at_most), (), definitions, readings, (rule,)
    )


def used(e: object) -> set[str]:
    """The ids of the facts that an expression rests on."""
    found: set[str] = set()
    if isinstance(e, FactOf):
        found.add(e.id)
    if isinstance(e, Among):
        found.add("name")
    if isinstance(e, ValueOf):
        body = DEFINITIONS[e.id].body if e.id in DEFINITIONS else None
        options = [o.value for o in READINGS[e.id].options] if body is None else [body]
        return found.union(*(used(one) for one in options))
    for slot in getattr(type(e), "__attrs_attrs__", ()):
        if slot.name not in ("span", "type", "citation", "texts"):
            value = getattr(e, slot.name)
            for part in value if isinstance(value, tuple) else (value,):
                found |= set().union(*(used(one) for one in part)) if isinstance(part, tuple) else used(part)
    return found


def completions(draft: Draft, ids: set[str], at_most: int = AT_MOST) -> Iterator[tuple[tuple[Any, ...], World]]:
    """Every way to give what is missing: what was given for each key, and the plan that it makes."""
    places = holes(draft, ids)
    more = {id: extras(draft, id, ids, at_most) for id in sorted(draft.open)}
    for values in product(*(DOMAINS[id] for _, _, id in places), *more.values()):
        plan, lists = dict(draft.plan), {id: [dict(row) for row in rows] for id, rows in draft.lists.items()}
        for (id, at, fact), value in zip(places, values, strict=False):
            (lists[id][at] if id else plan)[fact] = value
        for id, rows in zip(more, values[len(places) :], strict=True):
            lists[id] = [*lists[id], *(dict(row) for row in rows)]
        yield values, World(plan, lists, DEFINITIONS, READINGS)


def holes(draft: Draft, ids: set[str]) -> list[tuple[str, int, str]]:
    """What is missing and can be of use, by list, place in it and fact."""
    found = [("", 0, id) for id in PLAN if id in ids and id not in draft.plan]
    for list_id, rows in draft.lists.items():
        found += [(list_id, at, id) for at, row in enumerate(rows) for id in PERSON if id in ids and id not in row]
    return found


def extras(draft: Draft, list_id: str, ids: set[str], at_most: int) -> list[tuple[tuple[tuple[str, Any], ...], ...]]:
    """The members that can still come to an open list, in every number."""
    facts = [id for id in PERSON if id in ids]
    rows = [tuple(zip(facts, values, strict=True)) for values in product(*(DOMAINS[id] for id in facts))]
    left = at_most - len(draft.lists[list_id])
    return [some for number in range(left + 1) for some in combinations_with_replacement(rows, number)]


def keys(draft: Draft, ids: set[str]) -> list[str]:
    """What evaluation calls everything that `completions` gives, in the same order."""
    called = [f"{id}[{at}].{fact}" if id else f"community.{fact}" for id, at, fact in holes(draft, ids)]
    return [*called, *sorted(draft.open)]


# ---------------------------------------------------------------- definitions and readings to use


def fact(id: str, of: str = "") -> FactOf:
    return FactOf(f"person.{id}", PERSON[id], of) if of else FactOf(f"community.{id}", PLAN[id])


def number(value: int | Fraction) -> Literal:
    return Literal(value, NumberType(whole=isinstance(value, int)))


def kind(id: str) -> Literal:
    return Literal(id, KIND)


def cell(value: Any) -> TableCell:
    return TableCell(equals=Literal(value, TRUTH if isinstance(value, bool) else KIND))


def _limit() -> Expression:
    """Set by a choice and a yes/no, `otherwise` for the rest."""
    rows = (
        TableRow((cell("low"), cell(True)), number(0)),
        TableRow((cell("middle"), cell(True)), fact("x")),
        TableRow((cell("low"), cell(False)), number(2)),
    )
    return Table((fact("kind", SELF), fact("flag", SELF)), rows, None, SIZE, number(1))


def _bands() -> Expression:
    """Set by a number and a choice, every combination named."""
    rows = tuple(
        TableRow((TableCell(low, True, high, True), cell(id)), number(value))
        for value, (low, high, id) in enumerate(
            (low, high, id)
            for low, high in ((number(0), number(0)), (number(1), None))
            for id in ("low", "middle", "high")
        )
    )
    return Table((fact("size", SELF), fact("kind", SELF)), rows, None, COUNT, number(7))


def _allowance() -> Expression:
    cases = (
        (Compare(fact("kind", SELF), Comparison.AT_LEAST, kind("middle")), number(2)),
        (fact("flag", SELF), number(1)),
    )
    return Cases(cases, fact("x"), SIZE)


def _definition(id: str, body: Expression) -> Definition:
    return Definition(id, Names.of(en=id), body, entity="person")


DEFINITIONS = {
    id: _definition(id, body) for id, body in (("limit", _limit()), ("bands", _bands()), ("allowance", _allowance()))
}
READINGS = {
    "scale": Reading(
        "scale",
        Names.of(en="scale"),
        Names.of(en="which?"),
        (Option(number(1), Names.of(en="1")), Option(fact("x"), Names.of(en="x"))),
        Names.of(en="it does not say"),
    )
}
LAW = Citation("law", Names.of(en="1"))


# ---------------------------------------------------------------- random sentences

SIGNS = st.sampled_from(list(Comparison))
EQUAL_OR_NOT = st.sampled_from([Comparison.EQUAL, Comparison.UNEQUAL])
SMALL = st.integers(0, 3).map(number)


def of_one(list_id: str, deep: bool = True) -> st.SearchStrategy[Expression]:
    """Conditions about the member at hand of a list; `deep` ones look people up in lists as well."""
    compared = [
        st.builds(Compare, st.just(fact("kind", list_id)), SIGNS, st.sampled_from(["low", "middle", "high"]).map(kind)),
        st.builds(Compare, st.just(fact("size", list_id)), SIGNS, st.one_of(SMALL, st.just(fact("x")))),
        st.builds(Compare, st.just(fact("tenure", list_id)), SIGNS, SMALL),
        st.builds(Compare, st.just(fact("left", list_id)), SIGNS, st.sampled_from(DAYS[1:3]).map(day)),
        st.builds(Compare, st.just(fact("size", list_id)), SIGNS, values_of(list_id)),
    ]
    leaves = st.one_of(st.just(fact("flag", list_id)), *compared, *([looked_up(list_id)] if deep else []))
    return joined(leaves, 3)


def day(value: date) -> Literal:
    return Literal(value, DateType())


def values_of(list_id: str) -> st.SearchStrategy[Expression]:
    """Values that belong to the member at hand."""
    return st.sampled_from(sorted(DEFINITIONS)).map(lambda id: ValueOf(id, DEFINITIONS[id].type, list_id))


def looked_up(list_id: str) -> st.SearchStrategy[Expression]:
    """Whether the member at hand, its name, or one of its kin is in a list."""
    who: st.SearchStrategy[Any] = st.sampled_from([list_id, fact("name", list_id), fact("kin", list_id)])
    return st.sampled_from(LISTS).flatmap(
        lambda other: st.builds(Among, who, st.just(other), st.none() | of_one(other, deep=False))
    )


def joined(leaves: st.SearchStrategy[Expression], most: int) -> st.SearchStrategy[Expression]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
            st.lists(inner, min_size=3, max_size=3).map(lambda parts: AtLeastOf(2, tuple(parts))),
        ),
        max_leaves=most,
    )


def counts() -> st.SearchStrategy[Expression]:
    def of(list_id: str) -> st.SearchStrategy[Expression]:
        where = st.none() | of_one(list_id)
        summed = st.sampled_from([fact("size", list_id), fact("tenure", list_id)])
        return st.one_of(
            st.builds(CountOf, st.just(list_id), st.just(COUNT), where),
            st.builds(TotalOf, st.just(list_id), summed, st.just(COUNT), where),
        )

    return st.sampled_from([*LISTS, ALL]).flatmap(of)


def shares() -> st.SearchStrategy[Expression]:
    def of(list_id: str, where: Expression) -> Expression:
        return Arithmetic(Operator.DIVIDED, CountOf(list_id, COUNT, where), CountOf(list_id, COUNT), SHARE, False)

    drawn = st.sampled_from(LISTS).flatmap(lambda id: st.builds(of, st.just(id), of_one(id, deep=False)))
    part = st.sampled_from([Fraction(1, 2), Fraction(1, 3), Fraction(2, 3)]).map(number)
    return st.builds(Compare, drawn, SIGNS, part)


def of_all() -> st.SearchStrategy[Expression]:
    """Conditions about the plan and about lists as a whole."""
    other = st.one_of(SMALL, st.just(fact("x")), counts())
    ranges = st.builds(lambda low, more: RangeOf(number(low), number(low + more), RangeType(COUNT)), _0_2, _0_2)
    half = st.sampled_from(LISTS).map(lambda id: ShareOf(Fraction(1, 2), CountOf(id, COUNT), SHARE))
    head = st.sampled_from(LISTS).flatmap(
        lambda id: st.builds(Among, st.just(fact("head")), st.just(id), st.none() | of_one(id, deep=False))
    )
    scale: Expression = ValueOf("scale", COUNT)
    leaves = st.one_of(
        st.builds(Compare, counts(), SIGNS, other),
        st.builds(Compare, counts(), SIGNS, st.just(scale)),
        st.builds(Compare, counts(), SIGNS, half),
        st.builds(Within, counts(), ranges),
        st.just(fact("yes")),
        head,
        shares(),
    )
    return joined(leaves, 2)


_0_2 = st.integers(0, 2)


@st.composite
def sentences(draw: st.DrawFn, each: bool | None = None) -> Sentence:
    """A sentence about all members, those of a group, or the plan, with a guard and exceptions perhaps."""
    list_id = draw(st.sampled_from([*LISTS, ALL])) if (draw(st.booleans()) if each is None else each) else ""
    condition = st.one_of(of_one(list_id), of_one(list_id), of_all()) if list_id else of_all()
    exempt = st.builds(Exemption, condition, st.none() | condition)
    exemptions = draw(st.lists(exempt, max_size=2)) if draw(st.booleans()) else []
    about = Each(list_id, draw(st.none() | of_one(list_id, deep=False))) if list_id else None
    return Sentence(
        draw(st.sampled_from([Force.MUST, Force.MUST, Force.MAY])),
        draw(st.none() | condition),
        draw(condition),
        LAW,
        each=about,
        exemptions=tuple(sorted(exemptions, key=lambda one: one.instead is not None)),
    )


@st.composite
def drafts(draw: st.DrawFn, ids: set[str], most: int = 300, open_lists: bool = True) -> Draft:
    """A plan with up to `most` ways to give what is missing."""
    plan = {id: draw(st.sampled_from(DOMAINS[id])) for id in PLAN}
    lists = {id: [dict(row) for row in draw(st.lists(_rows, max_size=3))] for id in LISTS}
    for number_, rows in enumerate(lists.values()):  # one name twice in a list is a question of its own
        for at, row in enumerate(rows):
            row["name"] = POOL[(at + number_) % len(POOL)]
    draft = Draft(plan, lists)
    places = [("", 0, id) for id in sorted(ids & set(PLAN))]
    places += [
        (id, at, one) for id in LISTS for at in range(len(lists[id])) for one in sorted(ids & set(PERSON) - NAMED)
    ]
    left = most
    for list_id, at, id in draw(st.permutations(places))[:6]:
        if left >= len(DOMAINS[id]):
            left //= len(DOMAINS[id])
            del (lists[list_id][at] if list_id else plan)[id]
    if open_lists and draw(st.booleans()):
        list_id = draw(st.sampled_from(LISTS))
        sorts, places_left = prod(len(DOMAINS[id]) for id in ids & set(PERSON)), AT_MOST - len(lists[list_id])
        if comb(sorts + places_left, places_left) <= left:
            draft.open = frozenset((list_id,))
            if not lists[list_id]:
                draft.absent = draft.open if draw(st.booleans()) else frozenset()
    return draft


_rows = st.fixed_dictionaries({id: st.sampled_from(DOMAINS[id]) for id in PERSON})
