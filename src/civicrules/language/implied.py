"""Ages that a sentence need not name: *must be at least 18 years of age*, 应当年满18周岁."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from attrs import evolve

from civicrules.language import nodes as n

_Asked = TypeVar("_Asked", bound=n.Compared | n.Bounded)


def of_person(subject: n.Phrase, predicate: n.Predicate, of_age: Collection[str]) -> n.Phrase:
    """The subject of a sentence; of one that asks years of life of a person, the age of that person.

    `of_age` are the comparisons that are said of an age, whatever the unit.
    """
    if isinstance(predicate, n.Both):  # the last edge may say for all that they are years of life
        owners = (of_person(subject, part, of_age) for part in predicate.parts)
        return next((one for one in owners if one is not subject), subject)
    match subject, predicate:
        case n.Each(of=n.Path(steps=(person,))), n.Compared(value=n.Duration(unit=unit)) | n.Bounded(
            value=n.Duration(unit=unit)
        ) | n.Being(value=n.Range(high=n.Duration(unit=unit))) | n.Between(high=n.Duration(unit=unit)) if (
            unit.terminal == "LIFE_YEARS"
        ):
            return evolve(subject, of=n.Path((person, age(unit)), None))
        case n.Each(of=n.Path(steps=(person,))), n.Compared(
            value=n.Quantity(unit=None) | n.Duration(), word=word
        ) | n.Bounded(value=n.Quantity(unit=None), word=word) if word.text.casefold() in of_age:
            return evolve(subject, of=n.Path((person, age(word)), None))
        case _:
            return subject


def owned(subject: n.Phrase, of: n.Path | n.AgeOn) -> n.Phrase:
    """The age of a subject, or its age on a day."""
    if isinstance(of, n.AgeOn):
        assert isinstance(of.age, n.Path)
        whose = owned(subject, of.age)
        return evolve(of, age=whose) if isinstance(whose, n.Each | n.Path) else whose
    path = subject.of if isinstance(subject, n.Each) else subject
    if isinstance(path, n.Path) and path.steps[-1].text == of.steps[-1].text:
        return subject  # 年龄应当年满18周岁: named all the same
    if isinstance(subject, n.Each):
        return evolve(subject, of=n.Path((*subject.of.steps, *of.steps), None))
    return n.Path((*subject.steps, *of.steps), None) if isinstance(subject, n.Path) else subject


def is_implied(age: n.AgeOn) -> bool:
    """Whether the age on a day was not named by its author."""
    path = age.age.of if isinstance(age.age, n.Each) else age.age
    return path.steps[-1].implied


def owner(age: n.AgeOn) -> n.Phrase:
    """Whose age on a day it is."""
    path = age.age.of if isinstance(age.age, n.Each) else age.age
    of = n.Path(path.steps[:-1])
    return evolve(age.age, of=of) if isinstance(age.age, n.Each) else of


def age(unit: n.Word) -> n.Name:
    """The age that years of life are of, in the language of their word."""
    return n.Name("age" if unit.text.isascii() else "年龄", unit.span, implied=True)


def unnamed(clause: n.Clause, aged: str, keep: bool) -> n.Clause:
    """A clause without the name of an age that its predicate implies.

    `aged` is the word of a language that asks an age by itself, and then a lowest one (年满). `keep`: nothing but the name
    goes, since the text is printed in its author's words.
    """
    predicate = clause.predicate
    if not isinstance(predicate, n.Compared | n.Bounded):
        return clause
    says = keep or not aged or (isinstance(predicate, n.Compared) and predicate.word.terminal == "AT_LEAST")
    path = clause.subject.of if isinstance(clause.subject, n.Each) else clause.subject
    match path:
        case n.Path(steps=(_, *_, n.Name(implied=True))) if says:
            of = n.Path(path.steps[:-1])
            subject = evolve(clause.subject, of=of) if isinstance(clause.subject, n.Each) else of
            return evolve(clause, subject=subject, predicate=predicate if keep else of_life(predicate, aged))
        case _:
            return clause


def of_life(predicate: _Asked, aged: str) -> _Asked:
    """A predicate whose years are said to be years of life, with the word for a lowest age where there is one."""
    if isinstance(predicate.value, n.Duration):
        predicate = evolve(predicate, value=n.Duration(predicate.value.number, n.Word("LIFE_YEARS", "")))
    return evolve(predicate, word=n.Word("AT_LEAST", aged)) if aged else predicate
