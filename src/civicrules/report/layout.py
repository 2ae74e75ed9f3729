"""Lines of a width: wrapping by display columns, where Chinese breaks between any two characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from civicrules.source import width
from civicrules.values import frozen

# Signs that must not open a line, and signs that must not close one (Chinese typesetting).
_CLOSING = "，。、；：？！）】〕》」』”’,.;:?!)]}%％…"
_OPENING = "（【〔《「『“‘([{"
_CHARACTER = re.compile(r"\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|.", re.DOTALL)
_WORD = re.compile(r"\s+|\S+?(?= %)\ %|\S+")


class Role(Enum):
    """What a line is, which decides its colour."""

    PLAIN = ""
    TITLE = "1"
    FAILS = "1;31"
    OPEN = "1;33"
    HOLDS = "32"
    FAINT = "2"
    HELP = "36"


@frozen
class Line:
    """A line of output. `cells` are its columns, where it is a row of a table."""

    text: str
    role: Role = Role.PLAIN
    cells: tuple[str, ...] = ()

    def coloured(self) -> str:
        return f"\x1b[{self.role.value}m{self.text}\x1b[0m" if self.role.value and self.text else self.text


def wrap(text: str, columns: int, indent: str = "", hanging: str | None = None) -> list[str]:
    """A text in lines of at most `columns`; the first begins with `indent`, the others with `hanging`.

    A word longer than a line is broken. Spaces at breaks fall away.

    >>> wrap("居民户数是1,601户。", 12)
    ['居民户数是', '1,601户。']
    """
    hanging = indent if hanging is None else hanging
    lines, line, empty = [], indent, True
    for space, atom in _atoms(text, max(4, columns - max(width(indent), width(hanging)))):
        if not empty and width(line) + len(space) + width(atom) > columns:
            lines.append(line)
            line, empty = hanging, True
        line += atom if empty else space + atom
        empty = False
    return [*lines, line.rstrip()]


def attach(lines: list[str], tail: str, columns: int, hanging: str = "") -> list[str]:
    """Lines with a tail that is not broken if possible: at the end of the last line, else on lines of its own.

    >>> attach(["units must be 3"], "[law 15]", 20)
    ['units must be 3', '[law 15]']
    """
    last = f"{lines[-1]} {tail}"
    return [*lines[:-1], last] if width(last) <= columns else [*lines, *wrap(tail, columns, hanging)]


def _atoms(text: str, most: int) -> Iterator[tuple[str, str]]:
    """Unbreakable pieces, each with the space before it."""
    space = ""
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isspace():
            space = " "
            continue
        for piece in _pieces(word):
            for part in _cut(piece, most):
                yield space, part
                space = ""


def _pieces(word: str) -> Iterator[str]:
    if word.isascii():
        yield word
        return
    piece = ""
    for char in word:
        joined = not piece or char in _CLOSING or piece[-1] in _OPENING or not (_wide(char) or _wide(piece[-1]))
        if joined:
            piece += char
        else:
            yield piece
            piece = char
    if piece:
        yield piece


def _wide(char: str) -> bool:
    return width(char) == 2


def _cut(piece: str, most: int) -> Iterator[str]:
    part = ""
    for char in characters(piece):
        if part and width(part + char) > most:
            yield part
            part = ""
        part += char
    yield part


def characters(text: str) -> list[str]:
    r"""The characters of a text; one that is shown by its number (`\u6237`) is one of them."""
    return _CHARACTER.findall(text)


def pad(text: str, columns: int) -> str:
    """The text with spaces to a display width.

    >>> pad("户数", 6) + "|"
    '户数  |'
    """
    return text + " " * (columns - width(text))


def table(rows: Sequence[Sequence[str]], right: Iterable[int] = (), gap: int = 2) -> list[str]:
    """Rows in columns as wide as their widest cell; columns in `right` are aligned to the right.

    >>> table([["chair", "1,855"], ["vice", "12"]], right=(1,))
    ['chair  1,855', 'vice      12']
    """
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    flush_right = set(right)
    return [
        (" " * gap)
        .join(
            " " * (size - width(cell)) + cell if at in flush_right else pad(cell, size)
            for at, (cell, size) in enumerate(zip(row, widths, strict=True))
        )
        .rstrip()
        for row in rows
    ]
