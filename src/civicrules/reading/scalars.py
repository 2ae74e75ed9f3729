"""From one written value to one typed value, by the type the vocabulary declares; never by what it looks like.

Accepted in numbers: full-width digits (１２３), thousands separators in threes (2,722), the field's unit after the
number (1,601 households, 1601户), Chinese scales (15万, 1.5亿元), percentages of shares, `a/b`. In dates: year, month and day
in this order, with `-`, `/`, `.` or 年月日. Several people: their names with 、 ， ; / a line break or `and` between them,
Chinese ones also with spaces. English and Chinese are understood in every plan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from fractions import Fraction
from typing import assert_never

from attrs import field

from civicrules.days import spelt
from civicrules.exact import MYRIADS
from civicrules.facts import Blank, Fact
from civicrules.plan_words import NONE, UNKNOWN
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
from civicrules.reading.labels import fold, forms, stands_for
from civicrules.reading.people import identity_number, is_rounded_off, masked, names_in, unpadded
from civicrules.reading.raw import Atom, Unreadable, Written, shown
from civicrules.source import Key, Place
from civicrules.suggest import nearest
from civicrules.values import frozen


@frozen
class Problem:
    """Why a value is not one of its field: a code and the data of its texts. An empty code was reported already."""

    code: str
    data: Mapping[str, object] = field(factory=dict)


# A value that says it is not known: missing like a blank, whatever a blank means.
NOT_KNOWN = Problem("")

Reader = Callable[[Atom], Fact | Problem]
Units = Mapping[str, tuple[str, ...]]

TRUE_WORDS = frozenset(("yes", "true", "是", "√", "✓"))
FALSE_WORDS = frozenset(("no", "false", "否", "×", "✗"))

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?"
    r"\s*(?:/\s*(?P<below>\d+)(?![\d.,])|(?P<sign_of_share>[%‰]))?\s*(?P<unit>[^\d\s.,/%‰].*)?"
)
_DATE = re.compile(
    r"(\d{4})\s*(?:-\s*(\d{1,2})\s*-|/\s*(\d{1,2})\s*/|\.\s*(\d{1,2})\s*\.|年\s*(\d{1,2})\s*月)\s*(\d{1,2})\s*[日号]?"
    r"(?:[T ]\s*0{1,2}:00(?::00(?:\.0+)?)?)?"
)
_MOST_DIGITS = 30


def units_of(vocabulary: Vocabulary) -> Units:
    """The units each word stands for, by its folded form."""
    table: dict[str, tuple[str, ...]] = {}
    for unit in vocabulary.units:
        for words in unit.words.values():
            for word in words:
                known = table.get(fold(word), ())
                table[fold(word)] = known if unit.id in known else (*known, unit.id)
    return table


def reader_of(declared: Field, vocabulary: Vocabulary, units: Units) -> Reader:
    """The function that types values of a field; what it refuses may still be a word for none, see `refused`."""
    read = _reader(declared.type, vocabulary, units)
    if not (isinstance(declared.type, TextType) and declared.none is not None):
        return read

    def text_or_none(atom: Atom) -> Fact | Problem:
        return Fact(Blank.NONE, atom.place) if _is_none(atom) else read(atom)

    return text_or_none


def refused(atom: Atom, problem: Problem, declared: Field) -> Fact | Problem:
    """What a value is that its type refuses: none, not known, reported before, or indeed a problem.

    Only what is refused is looked at as a word for none, so that a choice may be called *none*.
    """
    if isinstance(atom.value, Unreadable):
        return Problem("")
    if isinstance(atom.value, str) and stands_for(atom.value, UNKNOWN):
        return NOT_KNOWN
    if not _is_none(atom):
        return problem
    none = declared.none
    return Problem("CR0512", _nothing(atom, declared)) if none is None else Fact(none, atom.place)


def _nothing(atom: Atom, declared: Field) -> dict[str, object]:
    """How nothing is written in a field that has always a value: a count is 0, what is not so is no."""
    match declared.type:
        case NumberType():
            return {"suggestions": ("0",)}
        case TruthType():
            return {"suggestions": ("no" if str(atom.value).isascii() else "否",)}
        case _:
            return {}


def _is_none(atom: Atom) -> bool:
    value = atom.value
    return isinstance(value, Blank) or (isinstance(value, str) and stands_for(value, NONE))


def _reader(type: Type, vocabulary: Vocabulary, units: Units) -> Reader:
    match type:
        case NumberType():
            return _number_reader(type, vocabulary, units)
        case RangeType():
            return _number_reader(type.of, vocabulary, units)
        case DateType():
            return _date
        case TruthType():
            return _truth
        case ChoiceType():
            return _choice_reader(type)
        case TextType():
            return _text
        case PeopleType():
            return _people
        case _:
            assert_never(type)


# ---------------------------------------------------------------- numbers


def _number_reader(type: NumberType, vocabulary: Vocabulary, units: Units) -> Reader:
    own = next((unit for unit in vocabulary.units if unit.id == type.unit), None)
    plain, low, high = type.whole and not type.share, type.low or 0, type.high

    def number(atom: Atom) -> Fact | Problem:
        value = atom.value
        if isinstance(value, str):
            if plain and len(value) <= _MOST_DIGITS and value.isdigit() and value.isascii():
                whole = int(value)
                if low <= whole and (high is None or whole <= high):
                    return Fact(whole, atom.place)
            return _number_text(value, atom.place, type, own, vocabulary, units)
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            return _not_a_number(value, type, own)
        if atom.precision is not None and not type.share:
            return Problem("CR0515", {"found": shown(value)})
        if type.share and atom.precision is None and not (-1 <= value <= 1) and not isinstance(atom.place, Key):
            return Problem("CR0514", {"found": shown(value)})
        return _within(value, atom.precision, type, atom.place)

    return number


def _number_text(
    text: str, place: Place, type: NumberType, own: Unit | None, vocabulary: Vocabulary, units: Units
) -> Fact | Problem:
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    match = _NUMBER.fullmatch(plain)
    if match is None or len(plain) > 2 * _MOST_DIGITS or (match["part"] and match["below"]):
        return _not_a_number(text, type, own)
    scale, word = _scaled(match, own, units)
    if word:
        problem = _unit_problem(word, text, type, own, vocabulary, units)
        if problem is not None:
            return problem
    value, precision = _value(match)
    if value is None:
        return _not_a_number(text, type, own)
    value *= scale
    if type.whole and len(match["part"] or "") == 3 and scale == 1 and not (match["below"] or match["sign_of_share"]):
        # Half of Europe parts thousands with a point.
        one = {"one": shown(value)} if value.denominator == 1 else {}
        return Problem("CR0505", {"found": shown(text), "thousands": shown(value * 1000), **one})
    if precision is not None and not type.share:
        return Problem("CR0515", {"found": shown(text)})
    if type.share and precision is None and abs(value) > 1 and not match["below"]:
        return Problem("CR0514", {"found": shown(text)})
    return _within(value, precision, type, place)


def _scaled(match: re.Match[str], own: Unit | None, units: Units) -> tuple[int, str]:
    """What a number is counted in (15万, 15万人), and the word for its unit.

    A unit that begins so itself (万元) is no scale; beside a number of such a unit, 15万 could mean either and is none.
    """
    word = match["unit"] or ""
    scale = MYRIADS.get(word[:1])
    words = {one for unit in (own,) if unit is not None for of in unit.words.values() for one in of}
    itself = fold(word) in units or any(one[:1] in MYRIADS for one in words)
    if scale is None or itself or match["below"] or match["sign_of_share"]:
        return 1, word
    return scale, word[1:].strip()


def _value(match: re.Match[str]) -> tuple[Fraction | None, Fraction | None]:
    """The number of a matched text and, for a percentage, its last printed unit."""
    part = match["part"] or ""
    value = Fraction(int(match["whole"].replace(",", "") + part), 10 ** len(part))
    if match["sign"] == "-":
        value = -value
    if match["below"]:
        below = int(match["below"])
        return (value / below if below else None), None
    if match["sign_of_share"]:
        hundred = 100 if match["sign_of_share"] == "%" else 1000
        return value / hundred, Fraction(1, hundred * 10 ** len(part))
    return value, None


def _within(value: int | Fraction, precision: Fraction | None, type: NumberType, place: Place) -> Fact | Problem:
    if type.whole and value.denominator != 1:
        return Problem("CR0505", {"found": shown(value)})
    if (type.low is not None and value < type.low) or (type.high is not None and value > type.high):
        return Problem("CR0506", {"found": shown(value), **_limits(type)})
    return Fact(value.numerator if type.whole else Fraction(value), place, precision)


def _limits(type: NumberType) -> dict[str, object]:
    """The limits as data of which one sentence of the help can be filled: between, at least, or at most."""
    if type.low is not None and type.high is not None:
        return {"low": type.low, "high": type.high}
    return {"least": type.low} if type.low is not None else {"most": type.high}


def _not_a_number(value: Written, type: NumberType, own: Unit | None) -> Problem:
    data: dict[str, object] = {"found": shown(value), "example": "81%" if type.share else "12"}
    return Problem("CR0504", data | ({"unit": unit_names(own)} if own is not None else {}))


def _unit_problem(
    word: str, text: str, type: NumberType, own: Unit | None, vocabulary: Vocabulary, units: Units
) -> Problem | None:
    meant = units.get(fold(word))
    if meant is None:
        return _not_a_number(text, type, own)
    if type.unit in meant:
        return None
    found = unit_names(vocabulary.unit(meant[0]))
    return Problem("CR0507", {"found": shown(text), "given": found, **({"unit": unit_names(own)} if own else {})})


def unit_names(unit: Unit) -> Names:
    """The words of a unit: in English the first plural where there is one, in Chinese the first word."""
    return Names(tuple((tag, counted(words, tag)) for tag, words in unit.words.items() if words))


# ---------------------------------------------------------------- days, yes/no, choices, texts


def _date(atom: Atom) -> Fact | Problem:
    value = atom.value
    if isinstance(value, date):
        return Fact(value, atom.place)
    result = day_of(value) if isinstance(value, str) else Problem("CR0508", {"found": shown(value)})
    return result if isinstance(result, Problem) else Fact(result, atom.place)


def day_of(text: str) -> date | Problem:
    """The day a text writes, or why there is none.

    >>> day_of("1990年1月1日"), day_of("1990.1.1") == day_of("１９９０/01/01"), day_of("2012-02-30").code
    (datetime.date(1990, 1, 1), True, 'CR0509')
    >>> day_of("20 August 2012") == day_of("Aug 20, 2012") == day_of("2012-08-20")
    True
    """
    if len(text) == 10 and text[4] == text[7] == "-":
        with suppress(ValueError):
            return date.fromisoformat(text)
    plain = unicodedata.normalize("NFKC", text).strip()
    if (match := _DATE.fullmatch(plain)) is not None:
        found = tuple(int(part) for part in match.groups() if part is not None)
    elif (in_letters := spelt(plain)) is not None:
        found = in_letters
    else:
        return Problem("CR0508", {"found": shown(text)})
    try:
        return date(*found)
    except ValueError:
        return Problem("CR0509", {"found": shown(text)})


def _truth(atom: Atom) -> Fact | Problem:
    value = atom.value
    if isinstance(value, bool):
        return Fact(value, atom.place)
    if isinstance(value, str):
        folded = value if value in TRUE_WORDS or value in FALSE_WORDS else fold(value)
        if folded in TRUE_WORDS:
            return Fact(True, atom.place)
        if folded in FALSE_WORDS:
            return Fact(False, atom.place)
    return Problem("CR0510", {"found": shown(value)})


def _choice_reader(type: ChoiceType) -> Reader:
    table: dict[str, str] = {}
    for choice in type.choices:
        for form in (choice.id, *forms((choice.names,))):
            table.setdefault(form, choice.id)
            table.setdefault(fold(form), choice.id)
    names = tuple(choice.names for choice in type.choices)

    def chosen(atom: Atom) -> Fact | Problem:
        value = atom.value
        text = value if isinstance(value, str) else shown(value)
        found = table.get(text) or table.get(fold(text))
        if found is not None:
            return Fact(found, atom.place)
        return Problem("CR0511", {"found": shown(value), "choices": names, "suggestions": nearest(text, forms(names))})

    return chosen


def _text(atom: Atom) -> Fact | Problem:
    value = atom.value
    if isinstance(value, str):
        if stands_for(value, UNKNOWN):
            return NOT_KNOWN
        if is_rounded_off(value):
            return Problem("CR0444", {"found": masked(value)})
        return Fact(identity_number(value) or unpadded(value), atom.place)
    if isinstance(value, bool | Blank | Unreadable):
        return Problem("CR0516", {"found": shown(value)})
    return Fact(shown(value), atom.place)


def _people(atom: Atom) -> Fact | Problem:
    if isinstance(atom.value, str) and stands_for(atom.value, NONE):
        return Fact((), atom.place)
    fact = _text(atom)
    if isinstance(fact, Problem) or not isinstance(fact.value, str):
        return fact
    names = names_in(fact.value)
    return Fact(names, atom.place) if names else Problem("CR0516", {"found": shown(fact.value)})
