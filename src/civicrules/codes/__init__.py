"""The pages of the diagnostic codes: every word a reader sees about a mistake, in each language.

A page is an entry of a YAML file of this folder, one file a room. `page` gives it as a value, `fill` puts the data of
one mistake into one of its texts. Reading happens at the first question, never at import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import field

from civicrules.days import MONTHS
from civicrules.program import Names
from civicrules.source import read_table
from civicrules.values import frozen

# A page begins with its code at the left margin, and ends where the next one begins.
_BETWEEN = re.compile(r"\n(?=CR\d{4}:\n)")

# `{n}` stands for a value, `{n|vote|votes}` for the word that goes with so many.
_PLACEHOLDER = re.compile(r"\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}")

# The blank that stands where a line of a Chinese paragraph ends. A set is compiled fast where it says what is not in it.
_FOLD = re.compile("(?<=[^\x00-\u2017]) (?=[^\x00-\u2017])")


@frozen
class Page:
    """What is said about one code. `example_in` tells what `wrong` and `mended` are: a ruleset, a plan, a command …

    `room` is the file that it stands in: `counting` and `contests` speak of what a count needs. `author` is what whoever writes
    the ruleset can do; the report on a plan leaves it out.
    """

    code: str
    title: Names
    text: Names = field(factory=Names)
    labels: Mapping[str, Names] = field(factory=dict, hash=False)
    help: tuple[Names, ...] = ()
    author: tuple[Names, ...] = ()
    page: Names = field(factory=Names)
    example_in: str = ""
    wrong: Names = field(factory=Names)
    mended: Names = field(factory=Names)
    room: str = ""


def page(code: str) -> Page:
    """The page of a code. A code without one (of a plugin) gets a page that shows the `message` of its data.

    >>> page("XX0000").title.text("en")
    'something here could not be understood'
    """
    if code in _written():
        return _read(code)
    return Page(
        code,
        Names.of(en="something here could not be understood", zh="此处内容无法识别"),
        text=Names.of(en="{message}", zh="{message}"),
    )


def codes() -> tuple[str, ...]:
    """All codes that have a page, in order."""
    return tuple(sorted(_written()))


@cache
def _written() -> Mapping[str, tuple[str, str]]:
    """The text of each page and the room it stands in, by its code: a command that shows one page reads no other."""
    pages: dict[str, tuple[str, str]] = {}
    for file in sorted(Path(__file__).parent.glob("*.yaml")):
        entries = _BETWEEN.split("\n" + file.read_text(encoding="utf-8"))
        pages |= {entry.partition(":")[0]: (entry + "\n", file.stem) for entry in entries[1:]}
    return MappingProxyType(pages)


@cache
def _read(code: str) -> Page:
    text, room = _written()[code]
    entry: Mapping[str, Any] = read_table(text)[code]
    return Page(
        code,
        _names(entry.get("title")),
        text=_names(entry.get("text")),
        labels={note: _names(text) for note, text in (entry.get("labels") or {}).items()},
        help=tuple(_names(text) for text in entry.get("help") or ()),
        author=tuple(_names(text) for text in entry.get("author") or ()),
        page=_names({tag: _FOLD.sub("", text) for tag, text in (entry.get("page") or {}).items()}),
        example_in=str(entry.get("in") or ""),
        wrong=_names(entry.get("wrong")),
        mended=_names(entry.get("mended")),
        room=room,
    )


def _names(texts: Mapping[str, str] | None) -> Names:
    return Names.of(**{tag: str(text) for tag, text in (texts or {}).items()})


# ---------------------------------------------------------------- filling


def placeholders(template: str) -> tuple[str, ...]:
    """The names of the data that a template asks for.

    >>> placeholders("{label} expects {what}")
    ('label', 'what')
    """
    return tuple(found[1] for found in _PLACEHOLDER.finditer(template))


def fill(template: str, data: Mapping[str, object], language: str) -> str:
    """A template with its placeholders filled; what the data does not have shows as `…`.

    >>> fill("{n} {n|row|rows}, not {m}", {"n": 1601, "m": ("a", "b")}, "en"), fill("{n} {n|row|rows}", {"n": 1}, "en")
    ('1,601 rows, not a, b', '1 row')
    """

    def filled(found: re.Match[str]) -> str:
        name, one, many = found.groups()
        if many is not None:
            return one if data.get(name) == 1 else many
        return shown(data.get(name), language) or "…"

    return _PLACEHOLDER.sub(filled, template)


def filled_if_complete(template: str, data: Mapping[str, object], language: str) -> str:
    """The filled template, or nothing where a placeholder has no data or empty data."""
    complete = all(shown(data.get(name), language) for name in placeholders(template))
    return fill(template, data, language) if complete else ""


def shown(value: object, language: str) -> str:
    """A value of a diagnostic's data as its reader writes it: `2,722` in English, `2722` in Chinese; lists joined.

    >>> shown(Fraction(7, 2), "en"), shown(date(2012, 8, 20), "zh"), shown(("甲", "乙"), "zh")
    ('7/2', '2012年8月20日', '甲、乙')
    """
    match value:
        case None:
            return ""
        case bool():
            return _YES_NO[value].text(language)
        case int():
            return integer(value, language)
        case Fraction():
            return f"{integer(value.numerator, language)}/{integer(value.denominator, language)}"
        case date():
            return day(value, language)
        case Names():
            return value.text(language)
        case tuple() | list():
            return ("、" if language == "zh" else ", ").join(filter(None, (shown(item, language) for item in value)))
        case Mapping():
            colon, pause = ("：", "，") if language == "zh" else (": ", ", ")
            return pause.join(f"{shown(key, language)}{colon}{shown(one, language)}" for key, one in value.items())
        case _:
            return str(value)


_YES_NO = (Names.of(en="no", zh="否"), Names.of(en="yes", zh="是"))


def integer(value: int, language: str) -> str:
    """A whole number: English groups its digits, Chinese does not.

    >>> integer(-1601, "en"), integer(-1601, "zh")
    ('-1,601', '-1601')
    """
    return str(value) if language == "zh" else f"{value:,}"


def day(value: date, language: str) -> str:
    """A calendar day in words.

    >>> day(date(2012, 8, 20), "en"), day(date(2012, 8, 20), "zh")
    ('20 August 2012', '2012年8月20日')
    """
    if language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
