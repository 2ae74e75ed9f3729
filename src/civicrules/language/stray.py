"""Lines that cannot stand where they stand: what is missing of them, where they belong, what they were meant as."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from civicrules.diagnostics import Fix
from civicrules.language.layout import Line
from civicrules.language.opened import holds
from civicrules.language.parted import COLON
from civicrules.language.stuck import FORCES
from civicrules.source import Span
from civicrules.suggest import closeness

if TYPE_CHECKING:
    from civicrules.language.parse import Parser


def no_colon(parser: Parser, line: Line) -> None:
    """A deeper line that is no `key: value`: a sentence that was indented by mistake, or a colon left out."""
    from civicrules.language.said import rephrased  # a sound text needs none of it

    place = parser.span(line.start, line.end)
    found = rephrased(parser.opened.language, place, parser.names, lambda at, text: True, below=True)
    if found is not None:
        parser.diagnostics.append(found)
        return
    tokens = parser.lexicon().tokens(line.start, line.end)
    if any(token.type in FORCES for token in tokens):
        margin = parser.span(parser.opened.folded.rfind("\n", 0, line.start) + 1, line.start)
        parser.report("CR0122", place, Fix(margin, indent_above(parser, margin)))
        return
    part = parser.opened.folded[line.start : line.end].casefold()
    if not meant_exception(parser, line, part) and not without_colon(parser, line):
        parser.report("CR0114", place)


def without_colon(parser: Parser, line: Line) -> bool:
    """Report a line that begins with a key and has no colon: `replaces term limit`; whether it is one."""
    part = parser.opened.folded[line.start : line.end].casefold()
    phrases = (phrase for table in parser.opened.tables for words in table.keys.values() for phrase in words)
    longer = [name.casefold() for name in parser.names if part.startswith(f"{name.casefold()} ")]
    keys = (phrase for phrase in phrases if part.startswith(f"{phrase.casefold()} "))
    key = next((phrase for phrase in keys if all(len(name) <= len(phrase) for name in longer)), None)
    if key is None:
        return False
    at = line.start + len(key)
    sign = "：" if parser.opened.language == "zh" else ":"
    parser.report("CR0121", parser.span(at, at + 1), Fix(parser.span(at, at), sign), sign=COLON)
    return True


def of_no_line(parser: Parser, line: Line) -> bool:
    """Report `valid: from 2027-01-01` at the margin: what it is said of stands above it; whether it is so."""
    parts = parser.split(line)
    if parts is None or not any(parts[0] in table.keys for table in parser.opened.tables):
        return False
    margin = parser.span(line.start, line.start)
    key = parser.text(line.start, parts[2])
    parser.report("CR0158", parser.span(line.start, line.end), Fix(margin, "  "), key=key)
    return True


def meant_exception(parser: Parser, line: Line, text: str) -> bool:
    """Report a deeper line that is nearly an exception: `expect when …`, `except part-time`, 兼职的除外."""
    for table in parser.opened.tables:
        for phrase in table.keywords.get("EXCEPT", ()):
            words = phrase.split()
            piece = " ".join(text.split()[: len(words)]) if phrase.isascii() else ""
            first = words[0] if len(words) > 1 and text.startswith(f"{words[0]} ") else ""
            near = piece if closeness(piece, phrase) >= 80 else first
            if near:
                place = parser.span(line.start, line.start + len(near))
                parser.report("CR0103", place, Fix(place, phrase), found=place.text, suggestions=(phrase,))
                return True
        if text.endswith(table.keywords.get("EXCEPTED", ())):
            place = parser.span(line.start, line.start)
            word = table.keywords["EXCEPT"][0]
            parser.report("CR0126", place, Fix(place, word), word=word)
            return True
    return False


def indent_above(parser: Parser, margin: Span) -> str:
    """The indentation of the line that a more deeply indented one belongs to."""
    deep = len(margin.text.expandtabs(4))
    for raw in reversed(parser.opened.source.text[: margin.start].split("\n")):
        indent = raw[: len(raw) - len(raw.lstrip())]
        if raw.strip() and len(indent.expandtabs(4)) < deep:
            return indent
    return ""


def undeclared(parser: Parser, line: Line) -> bool:
    """Report a declaration at the margin of a vocabulary that does not say what it declares; whether it is one."""
    if holds(parser.opened, parser.opened.folded[line.start : line.end], (*FORCES, "MEANS", "SET_BY", "SET")):
        return False
    declared = parser.line("declaration", line.start, line.end)
    if declared is None:
        return True
    margin = parser.span(line.start, line.start)
    fixes = (Fix(margin, "  "),) if declared.properties and parser.opened.lines[0] is not line else ()
    parser.report("CR0397", parser.span(line.start, line.end), *fixes, found=declared.names[0].text)
    return True


def meant_list(parser: Parser, line: Line) -> bool:
    """Report `eligible means:` with conditions below it: that all of them are asked is not said."""
    rows = [child for child in line.children if not parser.known_key(child)]
    texts = [parser.opened.folded[child.start : child.end] for child in rows]
    if not rows or any(parser.begins(child, kind) for child in rows for kind in ("WHEN", "OTHERWISE")):
        return False
    if any(re.search(":|的 *,", text) for text in texts):
        return False
    colon = parser.opened.folded.rfind(":", line.start, line.end)
    at = parser.span(colon, colon)
    table = parser.opened.tables[0]
    words = table.print("ALL_OF_THESE") or table.print("MEET_ALL")
    parser.report("CR0126", at, Fix(at, f"{' ' * table.order.spaced}{words}"), word=words)
    for child in rows:
        parser.line("listed", child.start, child.end)
    return True


def beside_its_name(parser: Parser, line: Line) -> Iterator[Fix]:
    """What puts a sentence below the name of its rule where it stands beside it: 规则 甲：应当……"""
    colon = parser.opened.folded.find(":", line.start, line.end)
    if colon >= 0 and holds(parser.opened, parser.opened.folded[colon : line.end], FORCES):
        margin = parser.text(parser.opened.folded.rfind("\n", 0, line.start) + 1, line.start)
        yield Fix(parser.span(colon, colon + 1), f"\n{margin}  ")
