"""The lines of a text report as what a page is set from: paragraphs and tables, without columns of characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from attrs import evolve

from civicrules.report.layout import Line, Role
from civicrules.values import frozen

# Lines of a page are as wide as the paper: the reporter must not break them.
UNBROKEN = 1_000_000
_STEP = 2


@frozen
class Paragraph:
    """A paragraph; `depth` counts how far it stands in, `role` is what it is, in lower case."""

    text: str
    role: str
    depth: int = 0


@frozen
class Row:
    """A row of a table; `depth` counts how far its first cell stands in."""

    cells: tuple[str, ...]
    depth: int = 0


@frozen
class Rows:
    """A table. Columns in which nothing stands are left out. `head` is its first row where that names the columns."""

    rows: tuple[Row, ...]
    head: Row | None = None


Block = Paragraph | Rows


def blocks(lines: Iterable[Line]) -> tuple[Block, ...]:
    """Paragraphs and tables in the order of the lines, of which each is one paragraph or one row.

    A single line that stands under a heading is put behind it.

    >>> [one.text for one in blocks([Line("    to mend it:"), Line("      size: 5"), Line("    or ask")])]
    ['to mend it: size: 5', 'or ask']
    """
    return tuple(_joined(list(_blocks([line for line in lines if line.text.strip()]))))


def _joined(found: list[Block]) -> Iterator[Block]:
    at = 0
    while at < len(found):
        one, *under = found[at : at + 3]
        if isinstance(one, Paragraph) and _heads_one(one, under):
            gap = "" if one.text.endswith("：") else " "
            yield evolve(one, text=f"{one.text}{gap}{under[0].text}")  # type: ignore[union-attr]
            at += 1
        else:
            yield one
        at += 1


def _heads_one(head: Paragraph, under: list[Block]) -> bool:
    """Whether a paragraph is the heading of the next one alone."""
    inner = [isinstance(one, Paragraph) and one.depth > head.depth for one in under]
    return head.text.endswith((":", "：")) and inner[:1] == [True] and inner[1:] != [True]


def _blocks(lines: list[Line]) -> Iterator[Block]:
    outermost = min((_inset(line.text) for line in lines), default=0)
    for is_row, group in groupby(lines, key=lambda line: bool(line.cells)):
        if is_row:
            yield _table(list(group))
        else:
            for line in group:
                yield Paragraph(line.text.strip(), line.role.name.lower(), (_inset(line.text) - outermost) // _STEP)


def _table(lines: list[Line]) -> Rows:
    kept = [at for at, column in enumerate(zip(*(line.cells for line in lines), strict=True)) if any(column)]
    rows = [Row(tuple(line.cells[at].strip() for at in kept), _inset(line.cells[0]) // _STEP) for line in lines]
    return Rows(tuple(rows[1:]), rows[0]) if lines[0].role is Role.FAINT else Rows(tuple(rows))


def _inset(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
