"""Lines of a source with a mark under the word, cut to the width, as wide as the word looks on the screen."""

from __future__ import annotations

from collections.abc import Iterable

from civicrules.report.layout import Line, Role, characters
from civicrules.report.terminal import encode, safe
from civicrules.report.view import View
from civicrules.source import Span, width
from civicrules.values import frozen

_TAB = "    "
_LEAST_WINDOW = 24


@frozen
class Mark:
    """What is put under the word: a character, and a text beside it."""

    sign: str
    text: str
    role: Role


def gutter(spans: Iterable[Span]) -> int:
    """Columns that the line numbers of all spans need, with a space on the left."""
    return max((len(str(span.source.position(span.start)[0])) for span in spans), default=1) + 1


def snippet(span: Span, mark: Mark, margin: int, view: View) -> list[Line]:
    """The line a span begins in, and the mark under it. A span over several lines is marked to the end of the first."""
    number, column = span.source.position(span.start)
    raw = span.source.line(number)
    start = min(column - 1, len(raw))
    end = min(max(start, start + span.end - span.start), len(raw))
    parts = _shown(raw[:start], view), _shown(raw[start:end], view), _shown(raw[end:], view)
    before, word, after = _window(*parts, view.width - margin - 3, view)
    bar = f"{' ' * margin} | "
    written = Line(f"{number:>{margin}} | {before}{word}{after}".rstrip())
    marked = f"{bar}{' ' * width(before)}{mark.sign * max(1, width(word))}"
    if not mark.text:
        return [written, Line(marked, mark.role)]
    if width(marked) + 1 + width(mark.text) <= view.width:
        return [written, Line(f"{marked} {mark.text}", mark.role)]
    return [written, Line(marked, mark.role), *view.lines(mark.text, bar, mark.role)]


def mended(span: Span, replacement: str, margin: int, view: View) -> list[Line]:
    """The lines as they would be with the replacement, and a mark under what is new."""
    first, column = span.source.position(span.start)
    last, end_column = span.source.position(span.end)
    before = span.source.line(first)[: column - 1]
    after = span.source.line(last)[end_column - 1 :]
    if not (before + replacement + after).strip():
        notice = view.word("sign.aside", text=view.word("diagnostic.delete"))
        return [Line(f"{first:>{margin}} | {notice}", Role.HELP)]
    parts = replacement.split("\n")
    lines = []
    for at, part in enumerate(parts):
        shown = _window(
            _shown(before if at == 0 else "", view),
            _shown(part, view),
            _shown(after if at == len(parts) - 1 else "", view),
            view.width - margin - 3,
            view,
        )
        lines.append(Line(f"{first + at:>{margin}} | {''.join(shown)}".rstrip(), Role.HELP))
        if shown[1].strip() and len(parts) == 1:
            lines.append(Line(f"{' ' * margin} | {' ' * width(shown[0])}{'+' * width(shown[1])}", Role.HELP))
    return lines


def _shown(text: str, view: View) -> str:
    return encode(safe(text.replace("\t", _TAB).replace("\r", "")), view.encoding)


def _window(before: str, word: str, after: str, columns: int, view: View) -> tuple[str, str, str]:
    """The three parts cut so that they fit with the mark, the word in sight, cuts shown by `…`."""
    columns = max(columns, _LEAST_WINDOW)
    if width(before) + max(1, width(word) + width(after)) <= columns:
        return before, word, after
    dots = view.sign("…")
    room = columns - 2 * width(dots)
    if width(word) > room:
        word = _head(word, room - width(dots)) + dots
    rest = room - max(1, width(word))
    ahead = min(width(after), rest // 2)
    kept_before = _tail(before, rest - ahead)
    kept_after = _head(after, rest - width(kept_before))
    return (
        kept_before if kept_before == before else dots + kept_before,
        word,
        kept_after if kept_after == after else kept_after + dots,
    )


def _head(text: str, columns: int) -> str:
    return "".join(_fitting(characters(text), columns))


def _tail(text: str, columns: int) -> str:
    return "".join(reversed(_fitting(reversed(characters(text)), columns)))


def _fitting(pieces: Iterable[str], columns: int) -> list[str]:
    kept: list[str] = []
    for piece in pieces:
        columns -= width(piece)
        if columns < 0:
            break
        kept.append(piece)
    return kept
