"""The form as a text: YAML with a comment above every fact, and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import yaml

from civicrules.facts import Facts
from civicrules.forms.blocks import Block, Form, Line, TableForm
from civicrules.forms.layout import form
from civicrules.forms.words import labelled, phrase
from civicrules.plan_words import MORE
from civicrules.program import NumberType, Program

# A text that can stand unquoted: words of letters, digits and a few signs that mean nothing to YAML.
_PLAIN = re.compile(r"[^\W\d_][\w/().·（）、，。%-]*(?: [\w/().·（）、，。%-]+)*")
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def yaml_text(program: Program, language: str, facts: Facts | None = None) -> str:
    """The form for a ruleset as commented YAML, in a language; filled in where facts are given.

    Texts that YAML would take for something else stand in quotes; yes and no stand as written, as a plan has them.
    """
    return "\n".join(_document(form(program, language, facts))) + "\n"


def _document(shown: Form) -> Iterator[str]:
    yield from _comment(shown.title)
    yield from _comment(phrase("how plain", shown.language))
    for block in shown.blocks:
        yield ""
        yield f"{_scalar(block.label)}:"
        for line in block.lines:
            yield from _line(line, shown.language)
    for table in (*shown.tables, *shown.records):
        yield ""
        yield from _table(table, shown.language)


def _comment(text: str, indent: str = "") -> Iterator[str]:
    yield from (f"{indent}# {part}".rstrip() for part in _printable(text).split("\n"))


def _line(line: Line, language: str) -> Iterator[str]:
    yield from _comment(_about(line, language), "  ")
    yield f"  {_scalar(line.label)}:{_value(line, line.value)}"


def _about(line: Line, language: str) -> str:
    parts = [labelled("unit", line.unit, language)] if line.unit else []
    parts.append(line.note)
    if line.articles:
        parts.append(labelled("articles", line.articles, language))
    return phrase("clauses", language).join(parts)


def _table(table: TableForm, language: str) -> Iterator[str]:
    how = "items" if table.at_most is None else "items at most"
    words = {"label": table.label, "singular": table.singular, "most": table.at_most, "more": MORE.text(language)}
    yield from _comment(table.how or phrase(how, language, **words))
    if table.articles:
        yield from _comment(labelled("articles", table.articles, language))
    for column in table.columns:
        yield from _comment(f"- {column.label}: {_about(column, language)}")
    yield from _comment(phrase("example", language, value="").strip())
    yield from (f"#{row}" for row in _item(table.columns, tuple(column.example for column in table.columns)))
    if table.given and table.complete and not table.rows:
        yield f"{_scalar(table.label)}: []"
        return
    yield f"{_scalar(table.label)}:"
    for row in table.rows:
        yield from _item(table.columns, row)
    if not table.complete:
        yield f"  - {MORE.text(language)}"


def _item(columns: tuple[Line, ...], row: tuple[int | date | str | None, ...]) -> Iterator[str]:
    """One row as a mapping; a row that states nothing is an empty one."""
    stated = [(column, value) for column, value in zip(columns, row, strict=True) if value is not None]
    for number, (column, value) in enumerate(stated):
        yield f"  {'-' if number == 0 else ' '} {_scalar(column.label)}:{_value(column, value)}"
    if not stated:
        yield "  - {}"


def _value(line: Line, value: int | date | str | None) -> str:
    """What follows the colon. Numbers stand bare, also `81%` and `1/3`, which YAML would leave alone anyway."""
    if value is None:
        return ""
    bare = isinstance(line.type, NumberType) or not isinstance(value, str)
    return f" {value if bare else _scalar(str(value))}"


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML:
        return text
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9).rstrip("\n")


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


# ---------------------------------------------------------------- JSON


def json_text(program: Program, language: str, facts: Facts | None = None) -> str:
    """The form for a ruleset as JSON, in a language: `null` where a value is to be filled in."""
    shown = form(program, language, facts)
    content: dict[str, object] = {block.label: _mapping(block) for block in shown.blocks}
    content |= {table.label: _rows(table, language) for table in (*shown.tables, *shown.records)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _mapping(block: Block) -> dict[str, object]:
    return {line.label: _plain(line.value) for line in block.lines}


def _rows(table: TableForm, language: str) -> list[object] | None:
    """The rows of a list; `null` for one that the plan does not state."""
    if not table.given:
        return None
    rows: list[object] = [
        {c.label: _plain(value) for c, value in zip(table.columns, row, strict=True) if value is not None}
        for row in table.rows
    ]
    return rows if table.complete else [*rows, MORE.text(language)]


def _plain(value: int | date | str | None) -> int | str | None:
    return value.isoformat() if isinstance(value, date) else value
