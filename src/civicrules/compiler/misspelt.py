"""Words of a declaration that are all but one of the words a vocabulary has for kinds and properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language import nodes as n
from civicrules.source import Span
from civicrules.suggest import closeness

# How near a text must be to a word: where only such words can stand, and where any name can stand as well.
_NEAR = {True: 75, False: 50}
_VERY_NEAR = {True: 85, False: 75}

_PARTING = re.compile(r"\s*[/／、,，]\s*")

Words = Mapping[str, tuple[str, ...]]

KINDS = ("NUMBER_KIND", "SHARE_KIND", "DATE_KIND", "YES_NO_KIND", "TEXT_KIND", "ONE_OF", "PEOPLE_KIND")
OF_CHOICES = ("RISING", "PERSONAL", "GIVEN", "NONE_ALLOWED", "BLANK_NONE")
OF_FIELDS = ("PERSONAL", "GIVEN", "AS_COUNTED", "MUTUAL", "IDENTIFIES", "NONE_ALLOWED", "BLANK_NONE")
OF_LISTS = ("EACH_IS", "AT_MOST", "PUBLIC", "TAKEN_FROM", "PEOPLE_KIND")
OF_UNITS = ("MEASURED",)


def phrases(words: Words, terminals: Iterable[str]) -> tuple[str, ...]:
    """The phrases of some words, in the languages that a text may use.

    >>> phrases({"PERSONAL": ("personal", "个人信息"), "GIVEN": ("as found",)}, ("GIVEN", "PERSONAL"))
    ('as found', 'personal', '个人信息')
    """
    return tuple(phrase for terminal in terminals for phrase in words.get(terminal, ()))


def beginning(written: str, known: Iterable[str]) -> tuple[str, str] | None:
    """The beginning of a text that is nearly a phrase, and the phrase: where no name can stand.

    >>> beginning("taken form candidates", ["at most", "taken from"])
    ('taken form', 'taken from')
    >>> beginning("日朝", ["日期", "是否"]), beginning("winners", ["at most"])
    (('日朝', '日期'), None)
    """
    found = [(closeness(piece, phrase), piece, phrase) for phrase in known if (piece := _as_long(written, phrase))]
    near = [one for one in found if _NEAR[one[2].isascii()] <= one[0] < 100]
    return max(near)[1:] if near else None


def otherwise(written: str, instead: Mapping[str, str]) -> tuple[str, str] | None:
    """The beginning of a text that people write instead of a phrase, and the phrase.

    >>> otherwise("Number of people", {"number of": "number in", "number": "x"})
    ('Number of', 'number in')
    >>> otherwise("字符串", {"字符": "文字", "字符串": "文字"}), otherwise("counted", {"count": "number"})
    (('字符串', '文字'), None)
    """
    low = written.casefold()
    found = [wrong for wrong in instead if low == wrong or (wrong.isascii() and low.startswith(f"{wrong} "))]
    longest = max(found, key=len, default=None)
    return None if longest is None else (written[: len(longest)], instead[longest])


def together(properties: Iterable[n.Property], instead: Mapping[str, str]) -> tuple[n.Name, str] | None:
    """The labels that people write for a phrase, and the phrase: `是/否`, `yes, no`, 是或者否."""
    listed = [one.span for one in properties if one.kind == "words" and one.span is not None]
    for last in listed[:2]:
        place = Span(last.source, listed[0].start, last.end)
        phrase = instead.get(_PARTING.sub("/", place.text.strip().casefold()))
        if phrase is not None:
            return n.Name(place.text, place), phrase
    return None


def whole(name: n.Name, known: Iterable[str]) -> str | None:
    """The phrase that a name is nearly; a name in 「」 is meant as it stands."""
    if name.span is not None and name.span.text.startswith("「"):
        return None
    found = [(closeness(name.text, phrase), phrase) for phrase in known]
    near = [one for one in found if one[0] >= _VERY_NEAR[one[1].isascii()]]
    return max(near)[1] if near else None


def _as_long(written: str, phrase: str) -> str:
    """As much of the beginning of a text as a phrase is long: in words, in Chinese in characters."""
    if not phrase.isascii():
        return written[: len(phrase)]
    return " ".join(written.split(" ")[: len(phrase.split(" "))])


def reported(name: n.Name, known: tuple[str, ...], found: tuple[str, str] | None) -> Diagnostic:
    """The diagnostic for a word of a declaration that says nothing: `found` is its misspelt piece and what was meant."""
    place, piece = name.span, name.text
    if found is not None and place is not None:
        begin = place.start + max(0, place.text.find(found[0]))
        place, piece = Span(place.source, begin, begin + len(found[0])), found[0]
    meant = (found[1],) if found is not None else ()
    fixes = tuple(Fix(place, one) for one in meant) if place is not None else ()
    own = tuple(word for word in known if word.isascii() == piece.isascii())
    data = {"name": piece, "suggestions": meant, "options": own or known}
    return Diagnostic("CR0319", place, data, fixes=fixes)
