"""Which lines belong together: a line at the margin opens a statement, deeper lines belong to the one above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, field

_ITEM_NUMBER = re.compile(
    r"(?:[(（][0-9一二三四五六七八九十]{1,3}[)）]|[(（]?[a-z][)）]|[0-9]{1,2}[.)、．](?![0-9])"
    r"|[一二三四五六七八九十]{1,3}、|[-*•·–—](?=[ \t\u3000]))[ \t\u3000]*"
)
_CITATION = re.compile(r"[ \t\u3000]*\[([^\[\]]*)\][ \t\u3000]*[。.;]?$")
_TAB = 4


@define
class Line:
    """A logical line: `start` to `end` of the text without indentation, item number, citation and full stop.

    `cite` is the stretch inside the citation's brackets. `children` are the deeper lines that follow.
    """

    start: int
    end: int
    indent: int
    cite: tuple[int, int] | None = None
    children: list[Line] = field(factory=list)


def _indent(text: str) -> int:
    return sum(_TAB if c == "\t" else 2 if c == "\u3000" else 1 for c in text)


def comment_start(line: str) -> int:
    """Where a comment begins: a `#` outside quotes; the line's length when there is none."""
    quoted = False
    for at, character in enumerate(line):
        if character in '"“”':
            quoted = character == "“" if character != '"' else not quoted
        elif character == "#" and not quoted:
            return at
    return len(line)


def _bounds(folded: str, start: int, end: int) -> tuple[int, int, tuple[int, int] | None]:
    """The stretch without citation and closing full stop; the citation may stand before a final colon."""
    cite = None
    match = _CITATION.search(folded, start, end)
    if match:
        cite = (match.start(1), match.end(1))
        end = match.start()
    while end > start and folded[end - 1] in " \t\u3000\r。.;":
        end -= 1
    return start, end, cite


def lines(text: str, folded: str, joins: Sequence[str]) -> list[Line]:
    """The lines at the margin, each with what belongs to it. A line that begins with one of `joins` goes on the last."""
    top: list[Line] = []
    stack: list[Line] = []
    last: Line | None = None
    join = (
        re.compile("(?:" + "|".join(re.escape(w) + (r"\b" if w.isascii() else "") for w in joins) + ")")
        if joins
        else None
    )
    at = 0
    for raw in text.split("\n"):
        start, at = at, at + len(raw) + 1
        body = raw[: comment_start(raw)].rstrip(" \t\u3000\r")
        content = body.lstrip(" \t\u3000\ufeff")
        if not content:
            continue
        indent = _indent(body[: len(body) - len(content)])
        begin = start + len(body) - len(content)
        if indent:
            number = _ITEM_NUMBER.match(text, begin, start + len(body))
            begin = number.end() if number else begin
        begin, end, cite = _bounds(folded, begin, start + len(body))
        if join and last is not None and indent and join.match(folded, begin, end):
            last.end, last.cite = end, cite or last.cite
            continue
        line = Line(begin, end, indent, cite)
        while stack and stack[-1].indent >= indent:
            stack.pop()
        (stack[-1].children if stack else top).append(line)
        stack.append(line)
        last = line
    return top
