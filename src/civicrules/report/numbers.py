"""Values as people write them, exactly: `2,722 voters`, `32.4 % (12/37)`, `20 August 2012`, `3 to 5 members`."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import assert_never

from civicrules.codes import day, integer, shown
from civicrules.exact import Exact, Interval, Rounding, rounded, whole
from civicrules.facts import Blank
from civicrules.findings import Number, Value
from civicrules.program import (
    Age,
    ChoiceType,
    CountOf,
    DateType,
    Elapsed,
    FactOf,
    Names,
    NumberType,
    PeopleType,
    RangeType,
    TextType,
    TotalOf,
    TruthType,
    Type,
    counted,
)
from civicrules.report.view import View


def number(entry: Number, view: View) -> str:
    """The value of a number; one that is not there says whether it is a fact to fill in or follows from others."""
    if entry.value is None:
        is_fact = entry.mention is not None and isinstance(entry.mention.of, FactOf)
        return view.word("value.not given" if is_fact else "value.not known")
    if is_age(entry) and isinstance(entry.value, int):
        return age(entry.value, view)
    of = entry.mention.of if entry.mention is not None else None
    match of, entry.value:
        case CountOf() | TotalOf(), Interval(low=low, high=None) if low is not None:
            return view.word("value.so far", low=exact(low, entry.type, view))
    return value(entry.value, entry.type, view)


def is_age(entry: Number) -> bool:
    """Whether a number is an age, which Chinese counts with a word of its own."""
    of = entry.mention.of if entry.mention is not None else None
    return isinstance(of, Age) or (isinstance(of, Elapsed) and of.age)


def age(years: int, view: View) -> str:
    """An age in words; before the birth it is nought."""
    return view.word("value.age", n=max(years, 0))


def label(entry: Number, view: View) -> str:
    """The name that a value is shown under: an age is called so, whatever day it is counted from."""
    of = entry.mention.of if entry.mention is not None else None
    is_counted = isinstance(of, Elapsed) and of.age
    return view.word("value.age name") if is_counted else view.name(entry.name)


def value(of: Value, type: Type, view: View) -> str:
    """A value of a type in words."""
    match of:
        case None:
            return view.word("value.not known")
        case Interval():
            return _interval(of, type, view)
        case tuple():
            low, high = of
            if isinstance(low, date) and isinstance(high, date):  # the days of `between … and …`
                return _interval(Interval(low.toordinal(), high.toordinal()), DateType(), view)
            return exact(low, type, view) if low == high else _range(low, high, type, view)
        case bool():
            return view.word("value.yes" if of else "value.no")
        case int() | Fraction():
            return exact(of, type, view)
        case date():
            return view.clean(day(of, view.language))
        case str():
            return _text(of, type, view)
        case Names():
            return view.name(of)
        case _:
            assert_never(of)


def _text(of: str, type: Type, view: View) -> str:
    if isinstance(type, ChoiceType):
        for choice in type.choices:
            if choice.id == of:
                return view.name(choice.names)
    if of == Blank.NONE.value and not isinstance(type, TextType | PeopleType):
        return view.word("value.none")
    return view.clean(of)


def exact(of: Exact, type: Type, view: View) -> str:
    """An exact number with its unit; a share as a percentage with the exact fraction beside it where it was rounded."""
    match type:
        case NumberType(share=True):
            return share(Fraction(of), view)
        case NumberType():
            return _with_unit(plain(of, view), of, type.unit, view)
        case RangeType():
            return exact(of, type.of, view)
        case DateType():
            return view.clean(day(date.fromordinal(int(of)), view.language))
        case TruthType() | ChoiceType() | TextType() | PeopleType():
            return plain(of, view)
        case _:
            assert_never(type)


# As many as a transfer value has: what a count sheet prints with its decimals is the same number everywhere.
_MOST_PLACES = 9


def plain(of: Exact, view: View) -> str:
    """A number without unit: whole, as a terminating decimal, or as a fraction with a decimal beside it."""
    of = whole(of)
    if isinstance(of, int):
        return integer(of, view.language)
    places = _decimal_places(of)
    if places is not None and places <= _MOST_PLACES:
        return _decimal(of, places, view)
    about = _decimal(of, 2, view)
    return view.word("value.about", exact=shown(of, view.language), value=about)


def _decimal_places(of: Fraction) -> int | None:
    """Digits after the point of a fraction, or None when it does not end."""
    rest, places = of.denominator, 0
    while rest % 10 == 0 or rest % 2 == 0 or rest % 5 == 0:
        rest //= 10 if rest % 10 == 0 else 2 if rest % 2 == 0 else 5
        places += 1
    return places if rest == 1 else None


def _decimal(of: Fraction, places: int, view: View) -> str:
    scale = 10**places
    digits = rounded(abs(of) * scale, Rounding.HALF_UP)
    sign = "-" if of < 0 and digits else ""
    text = f"{sign}{integer(digits // scale, view.language)}"
    return f"{text}.{digits % scale:0{places}d}" if places else text


def percent(of: Fraction, view: View) -> str:
    """A percentage with at most one decimal: `30 %`, `97.5 %`, `32.4 %`."""
    hundred = of * 100
    tenths = rounded(abs(hundred) * 10, Rounding.HALF_UP)
    places = 0 if hundred.denominator == 1 else 1
    text = _decimal(hundred, places, view) if places else integer(int(hundred), view.language)
    return view.word("value.percent", n=text) if tenths or not of else view.word("value.percent", n="<0.1")


def is_shown_exactly(of: Fraction) -> bool:
    """Whether `percent` shows all of a share.

    >>> is_shown_exactly(Fraction(975, 1000)), is_shown_exactly(Fraction(1, 3))
    (True, False)
    """
    return (of * 1000).denominator == 1


def share(of: Fraction, view: View) -> str:
    """A share as a percentage; the exact fraction stands beside a rounded one."""
    if is_shown_exactly(of):
        return percent(of, view)
    return view.word("value.and exactly", value=percent(of, view), exact=shown(of, view.language))


def unit_word(of: Exact, unit: str, view: View) -> str:
    """The word of a unit for a number: English takes the second one except for 1; nothing when it is not known."""
    found = view.units.get(unit)
    words = found.words.get(view.language) if found else None
    if not words:
        return ""
    return view.clean(counted(words, view.language, of))


def _with_unit(text: str, of: Exact, unit: str | None, view: View) -> str:
    words = unit_word(of, unit, view) if unit else ""
    return view.word("value.one", n=text, unit=words) if words else text


def _unit(type: Type) -> str | None:
    match type:
        case NumberType():
            return type.unit
        case RangeType():
            return type.of.unit
        case _:
            return None


def without_unit(type: Type) -> Type:
    """The type without its unit, for one of two numbers that share it."""
    match type:
        case RangeType():
            return without_unit(type.of)
        case NumberType():
            return NumberType(None, type.whole, type.low, type.high, type.share)
        case _:
            return type


def _range(low: Exact, high: Exact, type: Type, view: View) -> str:
    first = exact(low, without_unit(type), view)
    return view.word("value.range", low=first, high=exact(high, type, view))


def _interval(of: Interval, type: Type, view: View) -> str:
    dated = isinstance(type, DateType)
    match of.low, of.high:
        case None, None:
            return view.word("value.not known")
        case None, high if high is not None:
            return view.word("value.no later" if dated else "value.at most", high=exact(high, type, view))
        case low, None if low is not None:
            return view.word("value.no earlier" if dated else "value.at least", low=exact(low, type, view))
        case low, high if low is not None and high is not None:
            return exact(low, type, view) if low == high else _range(low, high, type, view)
        case _:
            return view.word("value.not known")
