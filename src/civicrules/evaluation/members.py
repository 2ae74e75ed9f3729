"""Members of lists: whose facts are at hand, counting them, and telling whether somebody is one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from civicrules.evaluation.case import Case, Member, Run
from civicrules.evaluation.logic import compare, truth
from civicrules.evaluation.numbers import keys_of, plus
from civicrules.evaluation.unknown import NOTHING, Keys, Linear, Undecided, Undefined, Unknown, between
from civicrules.facts import Blank
from civicrules.program import (
    PLAN,
    Among,
    Comparison,
    Entity,
    Expression,
    FactOf,
    ListType,
    PeopleType,
    TextType,
    Vocabulary,
)

Where = Callable[[Case], Any]


def members_of(case: Case, list_id: str) -> tuple[Member, ...]:
    """The members of a list that are given."""
    roll = case.rolls.get(list_id)
    return () if roll is None else roll.members


def each(case: Case, list_id: str, run: Callable[[Case], Any]) -> list[tuple[Member, Any]]:
    """What a closure comes to for every member that is given."""
    found = []
    with case.having(list_id):
        for member in members_of(case, list_id):
            case.members[list_id] = member
            found.append((member, run(case)))
    return found


def rest(case: Case, list_id: str, missing: Any) -> Any:
    """How many members are not given: none of a complete list, else what its declaration leaves open."""
    total = case.values.get(list_id)
    return plus(missing if total is None else total, -len(members_of(case, list_id)))


def counted(list_id: str, where: Where, missing: Any) -> Run:
    """The number of members for whom a condition holds.

    Those for whom it is open may count or not. When each of them can be the one that tips the scales, the number says
    so (`swings`), and a comparison with it need not be taken apart.
    """

    def run(case: Case) -> Any:
        sure, open_ones = 0, []
        for _, value in each(case, list_id, where):
            if value is not True and value is not False:
                value = truth(value)
            if value is True:
                sure += 1
            elif value is not False:
                open_ones.append(value)
        others = rest(case, list_id, missing)
        if not open_ones and type(others) is int:
            return sure
        return _swinging(sure, open_ones, others)

    return run


def _swinging(sure: int, open_ones: list[Undecided], others: Any) -> Any:
    keys: set[str] = set(keys_of(others))
    independent = True
    for one in open_ones:
        independent = independent and one.exact and keys.isdisjoint(one.keys)
        keys |= one.keys
    more = 0 if type(others) is int else _high(others)
    high = None if more is None else len(open_ones) + more
    if not keys:
        return Undefined(NOTHING)
    return Linear(frozenset(keys), sure, {}, 0, high, frozenset(keys), swings=independent)


def _high(others: Any) -> Any:
    """The most that are not given."""
    if not isinstance(others, Linear):
        return None
    ends = [term.bounds.high for term in others.terms.values()]
    return None if None in ends else others.constant + sum(end for end in ends if end is not None)


def totalled(list_id: str, of: Run, where: Where | None, missing: Any) -> Run:
    """The sum of a number over the members for whom a condition holds."""

    def one(case: Case) -> Any:
        counts = True if where is None else truth(where(case))
        if counts is False:
            return 0
        value = of(case)
        if counts is True or isinstance(value, (Undefined, Blank)):
            return 0 if value is Blank.NONE else value
        if isinstance(value, Unknown):
            return between(None, None, keys_of(counts, value))
        return between(min(0, value), max(0, value), keys_of(counts))

    def run(case: Case) -> Any:
        total: Any = 0
        for _, value in each(case, list_id, one):
            total = plus(total, value)
        others = rest(case, list_id, missing)
        return total if type(others) is int else plus(total, between(None, None, keys_of(others)))

    return run


class Identity(NamedTuple):
    """How members of a list are told apart: by the first of these facts that both have given."""

    fields: tuple[str, ...]
    name: str | None


def identity(vocabulary: Vocabulary, list_id: str) -> Identity:
    """The facts that identify the members of a list, personal ones (identity numbers) before names; and their name."""
    entity = vocabulary.entity(_list(vocabulary, list_id).entity)
    identifying = sorted((item for item in entity.fields if item.identifies), key=lambda item: not item.personal)
    return Identity(tuple(item.id for item in identifying), _name(entity))


def _list(vocabulary: Vocabulary, list_id: str) -> ListType:
    return next(one for one in vocabulary.lists if one.id == list_id)


def _name(entity: Entity) -> str | None:
    named = (item.id for item in entity.fields if item.identifies and isinstance(item.type, TextType))
    public = (item.id for item in entity.fields if item.identifies and not item.personal)
    return next(public, None) or next(named, None)


def nobody(people: Run, is_none: bool) -> Run:
    """Whether a fact that names people names none, or names some."""

    def test(case: Case) -> Any:
        named = people(case)
        return Undecided(named.keys) if isinstance(named, Unknown) else (named in ((), Blank.NONE)) is is_none

    return test


def among(expression: Among, run: Callable[[Any], Run], vocabulary: Vocabulary, missing: Any) -> Run:
    """Whether somebody is a member of a list: of several people named in one fact, any."""
    list_id = expression.list
    by = identity(vocabulary, list_id)
    where = (lambda case: True) if expression.where is None else run(expression.where)
    who = expression.who
    if isinstance(who, str):
        same: Callable[[Case, Any], Callable[[Member], Any]] = _same_member(by)
        subject: Run = lambda case: case.members[who]  # noqa: E731
    else:
        assert isinstance(who.type, PeopleType | TextType)
        same, subject = _same_name(by), run(who)
    names_whom = None if isinstance(who, str) else _in_turn(who, vocabulary, list_id)

    def test(case: Case) -> Any:
        person = subject(case)
        if isinstance(person, Unknown):
            if names_whom is not None and any(
                truth(fits) is True and names_whom(case, member) for member, fits in each(case, list_id, where)
            ):
                return True
            return Undecided(person.keys | _under(case, list_id, by, where, rest(case, list_id, missing)))
        if person is Blank.NONE or person == ():
            return False
        is_same = same(case, person)
        found: Undecided | None = None
        for member, fits in each(case, list_id, where):
            counts = truth(fits)
            if counts is False:
                continue
            value = _both(counts, is_same(member))
            if value is True:
                return True
            if isinstance(value, Undecided):
                found = value if found is None else Undecided(found.keys | value.keys)
        others = rest(case, list_id, missing)
        if type(others) is not int:
            keys = keys_of(others)
            return Undecided(keys if found is None else keys | found.keys, exact=found is None)
        return False if found is None else found

    return test


def _in_turn(who: Expression, vocabulary: Vocabulary, list_id: str) -> Callable[[Case, Member], bool] | None:
    """Whether a member of a list names the person of whom a fact is asked: the same fact, which holds for both or neither."""
    if not isinstance(who, FactOf) or who.of == PLAN:
        return None
    entity = vocabulary.entity(_list(vocabulary, list_id).entity)
    if not any(one.mutual and one.key == who.key for one in entity.fields):
        return None
    asked, own = who.of, _name(entity)

    def names_whom(case: Case, member: Member) -> bool:
        named = case.values.get(member.prefix + who.id)
        return (
            isinstance(named, tuple) and own is not None and case.values.get(case.members[asked].prefix + own) in named
        )

    return names_whom


def _under(case: Case, list_id: str, by: Identity, where: Where, others: Any) -> Keys:
    """Every missing fact that can have a say in whether somebody whose name is not known is on a list."""
    keys = keys_of(others, *(fits for _, fits in each(case, list_id, where)))
    if by.name is None:
        return keys
    names = (member.prefix + by.name for member in members_of(case, list_id))
    return keys.union(key for key in names if case.values.get(key) is None)


def _both(left: Any, right: Any) -> Any:
    if left is False or right is False:
        return False
    if left is True:
        return right
    return left if right is True else Undecided(left.keys | right.keys)


def _same_member(by: Identity) -> Callable[[Case, Any], Callable[[Member], Any]]:
    def same(case: Case, person: Member) -> Callable[[Member], Any]:
        return lambda member: _same(case, by, person, member)

    return same


def _same(case: Case, by: Identity, person: Member, member: Member) -> Any:
    """Whether two members are one person: the first identifying fact that both have given decides.

    One name twice in a list tells nobody apart: there only a fact that comes before the name can decide.
    """
    if person.prefix == member.prefix:
        return True
    unknown: set[str] = set()
    for id in by.fields:
        one, other = case.values.get(person.prefix + id), case.values.get(member.prefix + id)
        if one is None or other is None or isinstance(one, Unknown) or isinstance(other, Unknown):
            unknown |= {
                m.prefix + id for m, v in ((person, one), (member, other)) if v is None or isinstance(v, Unknown)
            }
            continue
        if one != other:
            return False
        if unknown and _twice(case, member, id, other):
            return Undecided(frozenset(unknown))
        return True
    return Undecided(frozenset(unknown)) if unknown else False


def _twice(case: Case, member: Member, id: str, value: Any) -> bool:
    alike = [one for one in members_of(case, member.list) if case.values.get(one.prefix + id) == value]
    return len(alike) > 1


def _same_name(by: Identity) -> Callable[[Case, Any], Callable[[Member], Any]]:
    def same(case: Case, person: Any) -> Callable[[Member], Any]:
        names = person if isinstance(person, tuple) else (person,)

        def test(member: Member) -> Any:
            if by.name is None:
                return False
            key = member.prefix + by.name
            value = case.values.get(key)
            if value is None:
                return Undecided(frozenset((key,)))
            if isinstance(value, Unknown):
                return compare(Comparison.EQUAL, value, names[0]) if len(names) == 1 else Undecided(value.keys)
            return value in names

        return test

    return same
