"""What is missing, in words: fact by fact, with the members of lists that it is missing for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from civicrules.findings import Missing, Subject
from civicrules.program import Names
from civicrules.report.grouping import who
from civicrules.report.view import View

_MOST_NAMES = 6
_MOST_FACTS = 8


def is_list(fact: Missing) -> bool:
    """Whether what is missing is a list, whole or in part."""
    return "." not in fact.key


def short_name(fact: Missing, view: View) -> str:
    """A missing fact by its name alone."""
    return view.name(fact.names) or view.clean(fact.key)


def full_name(fact: Missing, view: View) -> str:
    """A missing fact and where it is filled in."""
    name = short_name(fact, view)
    if is_list(fact):
        return view.word("value.list", name=name)
    within = view.name(fact.within)
    return view.word("finding.missing in", name=name, within=within) if within else name


def by_fact(facts: Iterable[Missing], view: View, names: Mapping[object, str] | None = None) -> list[str]:
    """Missing facts with those they are missing for: `education: 张三, 李四 and 7 more`.

    `names` are the members that a name is known of; of others, it says where they stand. Facts that are missing for the
    same members stand together, and those that could not be read say so.
    """
    whose: dict[tuple[str, bool], dict[str, Subject]] = {}
    for fact in facts:
        is_known = fact.subject is not None and names is not None and who(fact.subject) in names
        label = short_name(fact, view) if is_known else full_name(fact, view)
        concerned = whose.setdefault((label, fact.blocked), {})
        if fact.subject is not None:
            concerned[_member(fact, names or {}, view)] = fact.subject
    return [*_texts(whose, view)]


def _member(fact: Missing, names: Mapping[object, str], view: View) -> str:
    of = fact.subject
    assert of is not None
    return names.get(who(of)) or (str(of.index + 1) if of.place is None else view.place(of.place))


def _texts(whose: Mapping[tuple[str, bool], Mapping[str, Subject]], view: View) -> Iterable[str]:
    alike: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    first: dict[tuple[str, ...], Subject | None] = {}
    for (name, blocked), concerned in whose.items():
        alike.setdefault((tuple(concerned), blocked), []).append(name)
        first[tuple(concerned)] = next(iter(concerned.values()), None)
    for (these, blocked), facts in alike.items():
        if these:
            key = "members.blocked" if blocked else "members.missing"
            yield view.word(key, facts=view.listed(facts), names=view.some(list(these), _MOST_NAMES, first[these]))
        elif blocked:
            yield from (view.word("finding.blocked", name=name) for name in facts)
        else:
            yield from facts


def open_lists(facts: Iterable[Missing], view: View) -> list[str]:
    """The lists that are not given in full, those alike together: not given at all, begun, or not to be read."""
    lists = {fact.key: fact for fact in facts if is_list(fact)}
    texts = []
    for key, alike in (
        ("lists.not given", [one for one in lists.values() if not one.begun and not one.blocked]),
        ("lists.begun", [one for one in lists.values() if one.begun and not one.blocked]),
        ("lists.blocked", [one for one in lists.values() if one.blocked]),
    ):
        if alike:
            quoted = (view.word("value.quoted", name=short_name(one, view)) for one in alike)
            texts.append(view.word(key, n=len(alike), names=view.listed(tuple(quoted))))
    return texts


def to_fill_in(facts: Iterable[Missing], view: View, names: Mapping[object, str]) -> list[str]:
    """What is to be filled in, by where: `chairs, vice chairs (under “committee”)`; lists last.

    `names` are the members that a name is known of. What could not be read says so by itself.
    """
    facts = tuple(facts)
    own = [fact for fact in facts if not is_list(fact)]
    return [*_by_place(own, view, names), *open_lists(facts, view)]


def _by_place(facts: Iterable[Missing], view: View, names: Mapping[object, str]) -> Iterator[str]:
    """Facts that are filled in under one heading, for the same members, stand together."""
    whose: dict[tuple[Names, str, bool], dict[str, Subject]] = {}
    for fact in facts:
        concerned = whose.setdefault((fact.within, short_name(fact, view), fact.blocked), {})
        if fact.subject is not None:
            concerned[_member(fact, names, view)] = fact.subject
    alike: dict[tuple[Names, tuple[str, ...], bool], list[str]] = {}
    first: dict[tuple[str, ...], Subject] = {}
    for (within, name, blocked), concerned in whose.items():
        alike.setdefault((within, tuple(concerned), blocked), []).append(name)
        first |= {tuple(concerned): of for of in tuple(concerned.values())[:1]}
    for (within, these, blocked), called in alike.items():
        where = view.name(within)
        text = view.listed(called if view.verbose else called[:_MOST_FACTS])
        if len(called) > _MOST_FACTS and not view.verbose:
            text += view.word("waiting.more", n=len(called) - _MOST_FACTS)
        text = view.word("finding.missing in", name=text, within=where) if where else text
        if these:
            key = "members.blocked" if blocked else "members.missing"
            text = view.word(key, facts=text, names=view.some(list(these), _MOST_NAMES, first[these]))
        elif blocked:
            text = view.word("finding.blocked", name=text)
        yield text
