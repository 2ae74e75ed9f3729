"""The words of reports: one table, both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from civicrules.codes import fill
from civicrules.program import Names
from civicrules.source import read_table


@cache
def _words() -> Mapping[str, tuple[Names, Names]]:
    table = read_table(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    entries: dict[str, tuple[Names, Names]] = {}
    for key, entry in table.items():
        many = {tag: text for tag, text in entry.items() if tag != "one"}
        entries[key] = Names.of(**many), Names.of(**{**many, **entry.get("one", {})})
    return MappingProxyType(entries)


def word(key: str, language: str, **data: object) -> str:
    """A text of the table, filled; the form for one where `n` is 1 and the language has such a form.

    >>> word("summary.holds", "en", n=1), word("summary.holds", "en", n=1601), word("summary.holds", "zh", n=3)
    ('1 holds', '1,601 hold', '3条符合')
    """
    many, one = _words()[key]
    return fill((one if data.get("n") == 1 else many).text(language), data, language)


def keys() -> tuple[str, ...]:
    """All keys of the table."""
    return tuple(_words())


def names(key: str) -> Names:
    """The unfilled forms of a text."""
    return _words()[key][0]
