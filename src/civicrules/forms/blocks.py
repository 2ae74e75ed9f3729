"""What a form consists of: blocks of facts and tables of rows, in the words of one language."""

from __future__ import annotations

from datetime import date

from civicrules.program import Type
from civicrules.values import frozen


@frozen
class Line:
    """One fact of the form: its label, what may be written, who asks, and the value where there is one."""

    label: str
    type: Type
    value: int | date | str | None
    unit: str
    note: str
    articles: str
    askers: tuple[str, ...]
    example: int | date | str
    none_allowed: bool = False
    blank_is_none: bool = False
    personal: bool = False


@frozen
class Block:
    """The facts of one thing, under its label; `apart` when they have a sheet of their own."""

    label: str
    lines: tuple[Line, ...]
    apart: bool = False


@frozen
class TableForm:
    """The rows of a list, under its label. `rows` follow the columns; `given` when the plan states the list.

    `how` tells how to fill it in, where it is not one of the lists of the vocabulary.
    """

    label: str
    singular: str
    at_most: int | None
    columns: tuple[Line, ...]
    rows: tuple[tuple[int | date | str | None, ...], ...] = ()
    complete: bool = True
    given: bool = False
    articles: str = ""
    how: str = ""


@frozen
class Form:
    """A form for a ruleset in a language, empty or filled in. `records` are attestations and waivers."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    tables: tuple[TableForm, ...]
    records: tuple[TableForm, ...] = ()
