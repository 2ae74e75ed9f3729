"""Facts as a clerk would write them, and what may be written for a fact, in words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import assert_never

from civicrules.exact import whole
from civicrules.facts import Blank, Fact, FactValue
from civicrules.forms.words import joined, phrase
from civicrules.plan_words import NO, NONE, UNKNOWN, YES
from civicrules.program import (
    ChoiceType,
    DateType,
    Field,
    Names,
    NumberType,
    PeopleType,
    RangeType,
    TextType,
    TruthType,
    Type,
    Unit,
    Vocabulary,
    counted,
)

# A fraction with more decimals than this is easier to read, and always exact, as a/b.
_DECIMALS = 6


def written(fact: Fact, type_: Type, language: str) -> int | date | str:
    """A fact as it is written in a plan: whole numbers and days as such, everything else in words or digits.

    >>> written(Fact(Fraction(81, 100), precision=Fraction(1, 100)), NumberType(whole=False, share=True), "en")
    '81%'
    >>> written(Fact(True), TruthType(), "zh"), written(Fact(Blank.NONE), DateType(), "zh")
    ('是', '无')
    """
    match fact.value:
        case Blank():
            return NONE.text(language)
        case bool(truth):
            return (YES if truth else NO).text(language)
        case str(text):
            return _choice(text, type_, language)
        case date() as day:
            return day
        case int(number) if fact.precision is None:
            return number
        case int() | Fraction() as number:
            return _fraction(Fraction(number), fact.precision)
        case tuple() as people:
            return phrase("people joined", language).join(people) or NONE.text(language)
        case _:
            assert_never(fact.value)


def _choice(text: str, type_: Type, language: str) -> str:
    names = {choice.id: choice.names for choice in type_.choices} if isinstance(type_, ChoiceType) else {}
    return names[text].text(language) if text in names else text


def _fraction(value: Fraction, precision: Fraction | None) -> int | str:
    digits = None if precision is None else _printed(precision)
    if digits is not None and (value * 100 * 10**digits).denominator == 1:
        return f"{_decimal(value * 100, digits)}%"
    number = whole(value)
    if isinstance(number, int):
        return number
    places = _places(value)
    return f"{value.numerator}/{value.denominator}" if places is None else _decimal(value, places)


def _printed(precision: Fraction) -> int | None:
    """How many decimals of a percentage have this last unit: none for 1/100, one for 1/1000."""
    return next((n for n in range(_DECIMALS + 1) if precision * 100 * 10**n == 1), None)


def _places(value: Fraction) -> int | None:
    """How many decimals write a fraction exactly, if a few do."""
    return next((n for n in range(_DECIMALS + 1) if (value * 10**n).denominator == 1), None)


def _decimal(value: Fraction, places: int) -> str:
    """A fraction that has so many decimals, with all of them.

    >>> _decimal(Fraction(-81, 8), 3)
    '-10.125'
    """
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    point = len(digits) - places
    return ("-" if value < 0 else "") + digits[:point] + ("." + digits[point:] if places else "")


# ---------------------------------------------------------------- what may be written


def allowed(type_: Type, language: str, example: FactValue) -> str:
    """What a fact of a type may be, in a few words."""
    match type_:
        case NumberType(share=True):
            return phrase("share", language)
        case NumberType(whole=True):
            return _whole(type_, language)
        case NumberType():
            return phrase("fraction", language)
        case DateType():
            return phrase("date", language, example=example)
        case TruthType():
            return phrase("truth", language, yes=YES.text(language), no=NO.text(language))
        case ChoiceType(ordered=ordered):
            choices = joined(labels(type_, language), language)
            return phrase("ordered" if ordered else "choice", language, choices=choices)
        case PeopleType():
            return phrase("people", language, none=NONE.text(language))
        case TextType() | RangeType():
            return phrase("text", language)
        case _:
            assert_never(type_)


def _whole(type_: NumberType, language: str) -> str:
    bounds = ("" if type_.low is None else " from") + ("" if type_.high is None else " to")
    return phrase(f"whole{bounds}", language, low=type_.low, high=type_.high)


def labels(type_: ChoiceType, language: str) -> tuple[str, ...]:
    """The choices in a language, in the order declared."""
    return tuple(choice.names.text(language) for choice in type_.choices)


def described(
    entry: Field, language: str, example: FactValue, since: Names | None = None, blank_is_none: bool = False
) -> str:
    """How to fill in a field: what may be written, whether *none* may, what a blank means, whether it is personal.

    `since` is what an age is counted from where it is not stated.
    """
    parts = [allowed(entry.type, language, example)]
    if entry.none_allowed:
        parts.append(phrase("or none", language, none=NONE.text(language)))
    if since is not None:
        parts.append(phrase("counted", language, since=since.text(language)))
    if blank_is_none:
        means = NO if isinstance(entry.type, TruthType) else NONE
        parts.append(phrase("blank", language, means=means.text(language), unknown=UNKNOWN.text(language)))
    if entry.personal:
        parts.append(phrase("personal", language))
    return phrase("clauses", language).join(parts)


def unit_word(type_: Type, vocabulary: Vocabulary, language: str) -> str:
    """The unit of a field as it is printed beside a number of it: `households`, `户`; nothing where there is none."""
    if not isinstance(type_, NumberType) or type_.unit is None:
        return ""
    unit: Unit = vocabulary.unit(type_.unit)
    words = unit.words.get(language) or next(iter(unit.words.values()), ())
    return counted(words, language) if words else ""


# ---------------------------------------------------------------- examples


def example_value(entry: Field, singular: str, day: date, language: str) -> FactValue:
    """A value that could stand in a field, for an example: never taken from a plan."""
    match entry.type:
        case NumberType(share=True):
            return Fraction(4, 5)
        case NumberType(unit=unit, low=low, high=high):
            usual = 35 if unit == "year" else 120
            return max(low if low is not None else 0, min(high if high is not None else usual, usual))
        case DateType():
            return day
        case TruthType():
            return True
        case ChoiceType(choices=choices):
            return choices[0].id if choices else ""
        case PeopleType():
            return (phrase("person", language), phrase("other person", language))
        case TextType() | RangeType():
            if entry.personal:
                return phrase("as printed" if entry.identifies else "person", language)
            return phrase("first", language, singular=singular)
        case _:
            assert_never(entry.type)
