"""Texts and places in them: where something was written, for people and for machines.

A place is a `Span` (characters of a text), a `Cell` (of a workbook or a table) or a `Key` (of a mapping given from
Python). All three print themselves the way the reader would look for them.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from attrs import field

from civicrules.values import frozen


@frozen
class Source:
    """A text with the name its reader knows it by (a file name, or `<text>`).

    >>> Source("rules.civic", "civicrules 1 en\\nunits must be 3").position(20)
    (2, 5)
    """

    name: str
    text: str = field(repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character offset, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line counted from 1, without its line end."""
        start = self._starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end].rstrip("\r")


class Span(NamedTuple):
    """Characters `start` (included) to `end` (excluded) of a text.

    A named tuple: there is one for every word and every value, and a frozen attrs object takes three times as long to
    make.
    """

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.source.text[self.start : self.end]

    def __str__(self) -> str:
        line, column = self.source.position(self.start)
        return f"{self.source.name}:{line}:{column}"


# A span of (source, start, end), made without a call in Python: there is one for every word and every value.
spanned: Callable[[tuple[Any, ...]], Span] = partial(tuple.__new__, Span)


@frozen
class Cell:
    """A cell of a workbook or a table: `候选人!C7`; `sheet` is empty for a table of its own (CSV)."""

    file: str
    sheet: str
    ref: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.ref}" if self.sheet else f"{self.file}:{self.ref}"


@frozen
class Key:
    """A value given from Python: the keys and positions that lead to it."""

    path: tuple[str | int, ...]

    def __str__(self) -> str:
        return " › ".join(str(step) for step in self.path)


Place = Span | Cell | Key


def width(text: str) -> int:
    """Columns a text takes on a terminal: two for a wide character, none for a combining mark.

    >>> width("居民 ab")
    7
    """
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def read_table(text: str) -> Any:
    """A YAML text that ships with the library as plain values, read by the C parser where it is there.

    >>> read_table("MUST: [must, shall]")
    {'MUST': ['must', 'shall']}
    """
    import yaml

    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def shipped_folder(name: str) -> Path:
    """The folder of texts that ships with the library under a name: `grammars`, `rulesets`.

    >>> (shipped_folder("grammars") / "civicrules.lark").is_file()
    True
    """
    return Path(import_module(f"civicrules.{name}").__path__[0])
