"""A whole text printed again: from its tree, and from what no tree holds (comments, blank lines, lines not understood).

The words are the author's; signs, spaces and indentation are those of the language. Lines stay lines: none is wrapped or
joined. A line that was not understood stays as it is, and so does every line of a statement that would be read otherwise
after printing. Numbers before items (（一）, 2.) stay, since other texts may cite them; full stops and semicolons at the
end of a line go.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, fields, has

from civicrules.diagnostics import Diagnostic
from civicrules.language import nodes as n
from civicrules.language.alike import alike
from civicrules.language.layout import Line, comment_start
from civicrules.language.opened import VERSION, Opened, declared_names, open_text
from civicrules.language.parse import parse
from civicrules.language.translate import Forms, Translation
from civicrules.language.unparse import Printer
from civicrules.language.unparse_lines import LinePrinter, PrintedLine
from civicrules.language.words import WordTable
from civicrules.source import Source, Span, width
from civicrules.values import frozen

Words = Callable[[str], WordTable | None]

_INDENT = "  "
# Values of a table stand in one column unless its longest case would push the others further than this.
_FARTHEST = 16
_BLANK = " \t\u3000\r\ufeff"


@frozen
class Formatted:
    """A text as it should stand, and what could not be understood or translated."""

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()


def format_text(source: Source, words: Words, names: frozenset[str] = frozenset()) -> Formatted:
    """A text formatted in its own language. `names` are those that its vocabularies declare.

    A text without a readable first line stays as it is.
    """
    opened, problems = open_text(source, words)
    if opened is None:
        return Formatted(source.text, problems)
    tree, diagnostics = parse(opened, names | declared_names(opened))
    printer = Printer(opened.tables[0], _no_form, keep=True, breaks=True)
    page = _Page.of(opened, tree, diagnostics, printer)
    for _ in range(2):
        text = page.render()
        unlike = _unlike(tree, text, words, names)
        if not unlike:
            return Formatted(text, diagnostics)
        page = page.keeping(unlike)
    return Formatted(source.text, diagnostics)


def translate_text(
    source: Source,
    words: Words,
    into: str,
    names: frozenset[str] = frozenset(),
    forms: Forms | None = None,
    by_name: Mapping[str, str] = MappingProxyType({}),
    keys: Mapping[str, str] = MappingProxyType({}),
    mistaken: tuple[Diagnostic, ...] = (),
) -> Formatted:
    """A text in the language `into`, formatted. `forms` gives the form of a name there, `None` where there is none.

    Names that the text itself declares with a line `in Chinese: …` need no `forms`; `by_name` are forms by the name alone,
    asked for last; `keys` those of the keys of methods, which a name may be equal to and not mean. What has no form stays,
    with a warning (a name in 「」 where it would be read otherwise without); lines that were not understood stay as they
    are, and so do those in which something is `mistaken`.
    """
    opened, problems = open_text(source, words)
    table = words(into)
    if opened is None or table is None:
        return Formatted(source.text, problems)
    if opened.language == into:
        return format_text(source, words, names)
    tree, diagnostics = parse(opened, names | declared_names(opened))
    translation = Translation.of(opened.language, into, forms or _no_form, tree.statements, by_name, keys)
    known = {(found.code, found.place) for found in diagnostics}
    diagnostics = (*diagnostics, *(found for found in mistaken if (found.code, found.place) not in known))

    def page_of(translation: Translation) -> _Page:
        printer = Printer(table, translation.name, translation.kept, breaks=True)
        return _Page.of(opened, tree, diagnostics, printer, translation)

    page = page_of(translation)
    missing = tuple(translation.lacking(page.keeps))
    text = _with_few_marks(page.render(), lambda marked: page_of(translation.marking(marked)).render(), words, names)
    return Formatted(text, (*diagnostics, *missing))


def _with_few_marks(text: str, printed: Callable[[frozenset[str]], str], words: Words, names: frozenset[str]) -> str:
    """A text in which only those names have marks that are read otherwise without; `printed` with marks around some."""
    opened, _ = open_text(Source("", text), words)
    if opened is None or "「" not in text:
        return text
    tree, _ = parse(opened, names | declared_names(opened))
    marked: frozenset[str] = frozenset()
    for _ in range(2):
        barer = printed(marked)
        unlike = _unlike(tree, barer, words, names)
        if not unlike:
            return barer
        marked |= {name.text for one in unlike for name in _names_in(one)}
    return text


def _names_in(part: Any) -> Iterator[n.Name]:
    if isinstance(part, n.Name):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _names_in(one)
    elif has(type(part)):
        for attribute in fields(type(part)):
            yield from _names_in(getattr(part, attribute.name))


def _no_form(_name: n.Name | n.Path) -> None:
    return None


def _unlike(tree: n.Tree, text: str, words: Words, names: frozenset[str]) -> tuple[n.Statement, ...]:
    """The statements that are read otherwise in a text that was printed from them."""
    opened, _ = open_text(Source("", text), words)
    if opened is None:
        return tree.statements
    again = parse(opened, names | declared_names(opened))[0].statements
    pairs = list(zip(tree.statements, again, strict=False))
    if len(again) != len(tree.statements):
        same = next((at for at, (before, after) in enumerate(pairs) if not alike(before, after)), len(again))
        return tree.statements[same:] or tree.statements
    return tuple(before for before, after in pairs if not alike(before, after))


@frozen
class _Page:
    """The lines of a text, how each is printed, and which stay as they are."""

    opened: Opened
    printer: Printer
    translation: Translation | None
    lines: Mapping[int, Line]
    starts: tuple[int, ...]
    printed: Mapping[int, PrintedLine] = field(factory=dict)
    kept: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls,
        opened: Opened,
        tree: n.Tree,
        diagnostics: Iterable[Diagnostic],
        printer: Printer,
        translation: Translation | None = None,
    ) -> _Page:
        lines = {line.start: line for line in _all(opened.lines)}
        page = cls(opened, printer, translation, lines, tuple(sorted(lines)))
        found = LinePrinter(printer, opened.tables[0], page.start_of, translation)
        for statement in tree.statements:
            found.statement(statement)
        places = (d.place.start for d in diagnostics if isinstance(d.place, Span) and d.place.source == opened.source)
        return evolve(page, printed=found.lines, kept=frozenset(page.start_of(place) for place in places))

    def start_of(self, place: int) -> int:
        """Where the line of a place begins."""
        return self.starts[max(0, bisect_right(self.starts, place) - 1)] if self.starts else 0

    def keeps(self, place: object) -> bool:
        """Whether a place is on a line that stays as it is."""
        return isinstance(place, Span) and self.start_of(place.start) in self.kept

    def keeping(self, statements: Iterable[n.Statement]) -> _Page:
        """The page with all lines of some statements as they are."""
        heads = {self.start_of(one.span.start) for one in statements if one.span is not None}
        lines = _all(line for line in self.opened.lines if line.start in heads)
        return evolve(self, kept=self.kept | {line.start for line in lines})

    # -- rendering

    def render(self) -> str:
        text = self.opened.source.text
        rows = text.split("\n")
        found: list[str] = []
        for row in self.rows(rows):
            if row or (found and found[-1]):
                found.append(row)
        while found and not found[-1]:
            found.pop()
        end = "\r\n" if rows[0].endswith("\r") else "\n"
        return end.join((*found, ""))

    def rows(self, rows: list[str]) -> Iterator[str]:
        """The rows of the new text; a blank one for each blank one."""
        offsets = [0]
        for row in rows:
            offsets.append(offsets[-1] + len(row) + 1)
        by_row = {bisect_right(offsets, start) - 1: line for start, line in self.lines.items()}
        depths = dict(self.depths(self.opened.lines, 0))
        padded = self.padded()
        head = True
        at = 0
        while at < len(rows):
            content = rows[at].strip(_BLANK)
            line = by_row.get(at)
            last = at
            if line is not None:
                last = bisect_right(offsets, max(line.start, line.end - 1)) - 1
                yield from self.line(line, rows[at : last + 1], offsets[at], depths[line.start], padded)
            elif content.startswith("#") or not content:
                yield self.comment(rows[at], content, offsets[at], depths)
            elif head:
                head = False
                yield f"civicrules {VERSION} {self.printer.table.tag}"
            else:
                yield rows[at].rstrip(_BLANK)
            at = last + 1

    def comment(self, row: str, content: str, offset: int, depths: Mapping[int, int]) -> str:
        """A comment of its own line stands like the next line, but never at the margin if it did not."""
        if not content or row.lstrip("\ufeff").startswith("#"):
            return content
        after = next((depth for start, depth in sorted(depths.items()) if start > offset), 1)
        return _INDENT * max(1, after) + content

    def line(self, line: Line, rows: list[str], offset: int, depth: int, padded: Mapping[int, str]) -> Iterator[str]:
        text = padded.get(line.start)
        if text is None or line.start in self.kept:
            for number, row in enumerate(rows):
                content = row.strip(_BLANK)
                yield _INDENT * (depth + (number > 0)) + content if content else ""
            return
        first, *more = text.split("\n")
        printed = [_INDENT * depth + self.number(line, rows[0], offset, first) + first]
        printed += [_INDENT * (depth + 1) + part for part in more]
        row = rows[-1]
        comment = row[comment_start(row) :].strip(_BLANK)
        printed[-1] += self.citation(line) + (f"  {comment}" if comment else "")
        yield from printed

    def number(self, line: Line, row: str, offset: int, text: str) -> str:
        """The number of an item, with a space where the text would run into it."""
        written = row[: line.start - offset].strip(_BLANK)
        if not written:
            return ""
        apart = self.printer.table.order.spaced or written[-1] not in "）、．" or text[:1].isdigit()
        return f"{written} " if apart else written

    def citation(self, line: Line) -> str:
        if line.cite is None:
            return ""
        text = " ".join(self.opened.source.text[slice(*line.cite)].split())
        if self.translation is not None:
            text = self.translation.citation(text)
        return " " + self.printer.put("citation", text=text)

    def depths(self, lines: Iterable[Line], depth: int, above: Line | None = None) -> Iterator[tuple[int, int]]:
        """How deep each line stands. Rows of a table stand side by side, however they were indented."""
        for line in lines:
            level = depth - 1 if above is not None and self.is_row(above) and self.is_row(line) else depth
            yield line.start, level
            yield from self.depths(line.children, level + 1, line)

    def is_row(self, line: Line) -> bool:
        printed = self.printed.get(line.start)
        return printed is not None and printed.group is not None

    def padded(self) -> dict[int, str]:
        """What is printed for each line, the values of a table in one column."""
        groups: dict[int, list[int]] = {}
        for one in self.printed.values():
            if one.group is not None:
                groups.setdefault(one.group, []).append(width(one.text))
        found = {}
        gap = " " if self.printer.table.order.spaced else ""
        for start, one in self.printed.items():
            widths = groups.get(one.group, [0]) if one.group is not None else [0]
            column = max(widths) if max(widths) - min(widths) <= _FARTHEST else 0
            pad = " " * max(0, column - width(one.text))
            found[start] = one.text + (pad + gap + one.value if one.group is not None else "")
        return found


def _all(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines with all that belongs to them, in the order of the text."""
    for line in lines:
        yield line
        yield from _all(line.children)
