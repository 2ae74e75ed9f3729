"""Plans in JSON, read with the position of every value, numbers as the text they were written in."""

from __future__ import annotations

import json
import re
from pathlib import Path

from civicrules.diagnostics import Diagnostic
from civicrules.reading.beside import tables_beside
from civicrules.reading.files import text_of
from civicrules.reading.header import raw_of
from civicrules.reading.raw import Atom, Branch, Node, Raw, Series
from civicrules.source import Place, Source, Span

_SPACE = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_MOST_DEPTH = 12
_STRINGS = json.JSONDecoder()


class _Stuck(Exception):
    """Reading cannot go on; carried to `parse`, never further."""

    def __init__(self, code: str, start: int, **data: object) -> None:
        super().__init__(code)
        self.code, self.start, self.data = code, start, data


def read_json(path: Path) -> tuple[Raw | None, tuple[Diagnostic, ...]]:
    """A plan from a JSON file, with the tables that it names beside it."""
    source = text_of(path)
    if isinstance(source, Diagnostic):
        return None, (source,)
    root = parse(source)
    if isinstance(root, Diagnostic):
        return None, (root,)
    found, diagnostics = tables_beside(root, path, source.text)
    return raw_of(found, path.name), diagnostics


def parse(source: Source) -> Node | Diagnostic:
    """The tree of a JSON text, or what is wrong with it.

    Python's own decoder keeps no positions, and a YAML composer misreads the pairs that JSON writes rare characters
    with (U+20000 and above, which occur in names); strings are still decoded by the standard library.
    """
    try:
        root, end = _node(source, _skip(source.text, 0), 0)
        end = _skip(source.text, end)
        if end != len(source.text):
            raise _Stuck("CR0420", end)
    except _Stuck as stuck:
        return Diagnostic(stuck.code, Span(source, stuck.start, min(stuck.start + 1, len(source.text))), stuck.data)
    return root


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _node(source: Source, at: int, depth: int) -> tuple[Node, int]:
    text = source.text
    sign = text[at : at + 1]
    if depth > _MOST_DEPTH:
        raise _Stuck("CR0416", at)
    if sign == "{":
        return _branch(source, at, depth)
    if sign == "[":
        return _series(source, at, depth)
    if sign == '"':
        return _string(source, at)
    match = _WORD.match(text, at)
    word = match.group() if match else ""
    if word in ("true", "false", "null"):
        return Atom("" if word == "null" else word, Span(source, at, at + len(word))), at + len(word)
    if not _NUMBER.fullmatch(word):
        raise _Stuck("CR0420", at, expected='"…"' if word else "")
    return Atom(_plain(word), Span(source, at, at + len(word))), at + len(word)


def _plain(number: str) -> str:
    """A number without its exponent: `1.5e3` → `1500`; with a huge exponent it stays as written."""
    mantissa, mark, exponent = number.lower().partition("e")
    if not mark or abs(int(exponent[:5])) > 30:
        return number
    whole, _, part = mantissa.partition(".")
    sign, digits, shift = (
        whole[:1] if whole.startswith("-") else "",
        whole.lstrip("-") + part,
        int(exponent) - len(part),
    )
    if shift >= 0:
        return sign + (digits + "0" * shift)
    digits = digits.rjust(1 - shift, "0")
    return f"{sign}{digits[:shift]}.{digits[shift:]}"


def _string(source: Source, at: int) -> tuple[Atom, int]:
    try:
        value, end = _STRINGS.raw_decode(source.text, at)
    except json.JSONDecodeError as error:
        raise _bad_string(source, at, error) from None
    return Atom(value, Span(source, at, end)), end


def _bad_string(source: Source, at: int, error: json.JSONDecodeError) -> _Stuck:
    """Why a string cannot be read: it has no end on its line, or holds a wrong escape or a control character."""
    sign = source.text[error.pos : error.pos + 1]
    if "Unterminated" in error.msg or sign in ("", "\n", "\r"):
        return _Stuck("CR0413", at, sign='"')
    if "scape" in error.msg:
        return _Stuck("CR0419", error.pos)
    return _Stuck("CR0409", error.pos, file=source.name, character=f"U+{ord(sign):04X}")


def _branch(source: Source, start: int, depth: int) -> tuple[Branch, int]:
    text = source.text
    keys: list[str] = []
    nodes: list[Node] = []
    places: list[Place] = []
    at = _skip(text, start + 1)
    while text[at : at + 1] != "}":
        if text[at : at + 1] != '"':
            raise _Stuck("CR0420", at, expected="}" if keys or at >= len(text) else '"…"')
        key, at = _string(source, at)
        at = _expect(text, at, ":")
        value, at = _node(source, at, depth + 1)
        keys.append(str(key.value))
        nodes.append(value)
        places.append(key.place)
        at = _next(text, at, "}")
    return Branch(tuple(keys), tuple(nodes), Span(source, start, at + 1), places.__getitem__), at + 1


def _series(source: Source, start: int, depth: int) -> tuple[Series, int]:
    text = source.text
    items: list[Node] = []
    at = _skip(text, start + 1)
    while text[at : at + 1] != "]":
        value, at = _node(source, at, depth + 1)
        items.append(value)
        at = _next(text, at, "]")
    return Series(tuple(items), Span(source, start, at + 1)), at + 1


def _expect(text: str, at: int, sign: str) -> int:
    at = _skip(text, at)
    if text[at : at + 1] != sign:
        raise _Stuck("CR0420", at, expected=sign)
    return _skip(text, at + 1)


def _next(text: str, at: int, closing: str) -> int:
    """After a value: past the comma to the next one, or to the closing sign."""
    at = _skip(text, at)
    if text[at : at + 1] == closing:
        return at
    if text[at : at + 1] != ",":
        raise _Stuck("CR0420", at, expected=f", {closing}")
    at = _skip(text, at + 1)
    if text[at : at + 1] == closing:
        raise _Stuck("CR0421", at)
    return at
