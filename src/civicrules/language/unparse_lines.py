"""The statements of a tree back to lines: each line by the place in the text where it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import assert_never

from attrs import define, evolve, field

from civicrules.language import nodes as n
from civicrules.language.translate import Translation, written
from civicrules.language.unparse import Printer
from civicrules.language.unparse_declarations import DeclarationPrinter
from civicrules.language.words import WordTable
from civicrules.source import Span
from civicrules.values import frozen

_SAME_EVERYWHERE = frozenset({"facts", "uses", "under", "version"})
_WHOLE_QUOTE = re.compile('"[^"]*"|“[^“”]*”')


@frozen
class PrintedLine:
    """A line without indentation, citation and comment.

    `value` is what stands in a column of its own in a table; `group` is the place of the line that opens the table.
    """

    text: str
    value: str = ""
    group: int | None = None


@define
class LinePrinter:
    """Prints the lines of statements into `lines`, by the place in the text where each begins.

    `start_of` gives for a place the beginning of its line. A line of which the tree does not hold every word
    is left out.
    """

    printer: Printer
    own: WordTable
    start_of: Callable[[int], int]
    translation: Translation | None = None
    lines: dict[int, PrintedLine] = field(factory=dict)

    @property
    def table(self) -> WordTable:
        return self.printer.table

    def line(self, span: Span | None, text: str, value: str = "", group: Span | None = None) -> None:
        if span is not None and text:
            opens = self.start_of(group.start) if group is not None else None
            self.lines[self.start_of(span.start)] = PrintedLine(text, value, opens)

    # -- statements

    def statement(self, node: n.Statement) -> None:
        match node:
            case n.Ruleset():
                self.titled("ruleset", node.name, node.title, node.entries, node.span, fixed=True)
            case n.VocabularyHead():
                self.titled("vocabulary", node.name, node.title, node.entries, node.span, fixed=True)
            case n.Section(title=title, entries=entries, span=span):
                self.titled("section", None, title, entries, span)
            case n.Block(opener=opener, name=name, title=title, entries=entries, span=span):
                self.titled(opener, name, title, entries, span)
            case n.Declaration():
                for place, text in DeclarationPrinter(self.printer, self.translation).lines(node):
                    self.line(place, text)
            case n.Rule():
                self.rule(node)
            case n.Definition():
                self.definition(node)
            case n.Table():
                inputs = self.printer.listed(node.inputs)
                self.line(node.span, self.printer.put("table", node.span, name=self.name(node), inputs=inputs))
                self.rows(node.rows, node.span)
                self.entries(node.entries, node)
            case n.Example():
                self.example(node)
            case _:
                assert_never(node)

    def opener(self, kind: str) -> str:
        return (self.table.openers.get(kind) or (kind,))[0]

    def titled(
        self,
        kind: str,
        name: n.Name | None,
        title: n.Quoted | None,
        entries: Sequence[n.Entry],
        span: Span | None,
        fixed: bool = False,
    ) -> None:
        """`opener NAME "title"` and the lines below. Words that belong to neither are in no tree: the line stays."""
        self.entries(entries, (name, title))
        if span is None or not self.is_all(kind, name, title, span):
            return
        other, other_title = self.others(entries)
        named = "" if name is None else name.text if fixed else other or self.printer.label(name)
        quoted = "" if title is None else self.printer.quoted(other_title or self.untranslated(title))
        self.line(span, " ".join(part for part in (self.opener(kind), named, quoted) if part))

    def is_all(self, kind: str, name: n.Name | None, title: n.Quoted | None, span: Span) -> bool:
        """Whether name and title are all that a head holds."""
        if title is None or title.span is None:
            return True
        begin = name.span.end if name is not None and name.span is not None else span.start
        before = span.source.text[begin : title.span.start].strip(" \t\u3000:：")
        after = span.source.text[title.span.end : span.end].strip(" \t\u3000:：")
        return after == "" and (name is not None or before.casefold() in (*self.own.openers.get(kind, ()), kind, ""))

    def untranslated(self, title: n.Quoted) -> str:
        if self.translation is not None and title.text:
            self.translation.missing(title.text, title.span)
        return title.text

    def others(self, entries: Sequence[n.Entry]) -> tuple[str, str]:
        """The forms of a name and a title in the language that is printed, by the lines that give them."""
        if self.translation is None:
            return "", ""
        return self.translation.given(entries)

    def name(self, node: n.Definition | n.Table | n.Example) -> str:
        """The name that is defined."""
        if node.name is None:
            return ""
        other, _ = self.others(() if isinstance(node, n.Example) else node.entries)
        return other or self.printer.label(node.name)

    # -- rules

    def rule(self, node: n.Rule) -> None:
        if node.name is not None:
            self.titled("rule", node.name, node.title, node.entries, node.span)
        else:
            self.entries(node.entries, None)
        for sentence in node.sentences:
            self.sentence(sentence)

    def sentence(self, node: n.Sentence) -> None:
        inside = tuple(guard for guard in node.guards if _is_inside(guard.span, node.span))
        for guard in node.guards[: len(node.guards) - len(inside)]:
            self.line(guard.span, self.printer.put("guard", condition=self.printer.phrase(guard)))
        self.line(node.span, self.printer.sentence(inside, node.clause))
        if isinstance(node.clause.predicate, n.Items):
            self.items(node.clause.predicate)
        self.exceptions(node.exceptions)
        self.entries(node.entries, None)

    def items(self, node: n.Items) -> None:
        for item in node.items:
            self.line(item.span, self.printer.phrase(item.of))
            self.exceptions(item.exceptions)
            self.entries(item.entries, None)

    def exceptions(self, nodes: Iterable[n.Except]) -> None:
        for node in nodes:
            self.line(node.span, self.printer.exception(node))

    # -- definitions and tables

    def definition(self, node: n.Definition) -> None:
        printer, name, span = self.printer, self.name(node), node.span
        match node.value:
            case n.Items() as items:
                head = printer.put("definition", span, name=name, value=printer.items(items, defines=True))
                self.line(span, head + printer.sign("colon").rstrip())
                self.items(items)
            case n.CaseRows(rows=rows):
                self.line(span, printer.put("cases", span, name=name))
                for row in rows:
                    self.case(row, span)
            case value:
                self.line(
                    span, printer.put("definition", _up_to(span, value.span), name=name, value=printer.phrase(value))
                )
        self.entries(node.entries, node)

    def case(self, row: n.CaseRow, group: Span | None) -> None:
        if row.condition is None:
            head = self.printer.put("otherwise", row.span)
        else:
            head = self.printer.put("case", row.span, condition=self.printer.phrase(row.condition))
        self.line(row.span, head, self.printer.phrase(row.value), group)

    def rows(self, rows: Iterable[n.Row], group: Span | None, example: bool = False) -> None:
        for row in rows:
            cells = [self.cell(cell) for cell in row.cells]
            if not cells:
                head = self.printer.put("otherwise", row.span)
            else:
                head = self.printer.put("row, plain" if self.is_plain(row, example) else "row", cells=self.cells(cells))
            self.line(row.span, head, self.printer.phrase(row.value), group)
            self.entries(row.entries, None)

    def cells(self, cells: Sequence[str]) -> str:
        """A short number at the start would be read as the number of an item before 、 and is set off by a comma."""
        sign = "comma" if re.fullmatch("[0-9]{1,2}", cells[0]) else "list"
        return self.printer.sign(sign).join(cells)

    def cell(self, tests: tuple[n.Phrase, ...]) -> str:
        first, *more = tests
        text = self.printer.tested(first)
        for test in more:
            construct = "cells, and" if isinstance(test, n.Bounded) else "cells"
            text = self.printer.put(construct, left=text, right=self.printer.tested(test, "cell"))
        return text

    def is_plain(self, row: n.Row, example: bool) -> bool:
        """Whether a row has a colon; in some languages a comparison is followed by other words."""
        if self.printer.keep:
            cell, value = row.cells[-1][-1].span, row.value.span
            between = cell.source.text[cell.end : value.start] if cell is not None and value is not None else ""
            return "," not in between and "，" not in between
        first = row.cells[0][0]
        match first:
            case n.Bounded(value=n.Day()) | n.Range(low=n.Day()):
                return True
            case n.Bounded() | n.Compared() | n.Range():
                return example
            case _:
                return True

    # -- lines `key: value`

    def entries(self, entries: Iterable[n.Entry], owner: object) -> None:
        for entry in entries:
            if self.translation is not None and entry.key == f"name.{self.table.tag}":
                self.line(entry.span, self.put_entry(*self.translation.swapped(entry, owner)))
            else:
                self.entry(entry)
                self.entries(entry.entries, entry)

    def put_entry(self, key: str, value: str) -> str:
        return self.printer.put("entry", key=self.table.key(key), value=value)

    def entry(self, node: n.Entry) -> None:
        known = any(node.key in table.keys for table in (self.table, self.own))
        key = self.table.key(node.key) if known else self.free_key(node)
        if node.names:
            names = [name.text for name in node.names]
            key = f"{key} {' / '.join(names if self.translation is None else reversed(names))}"
        self.line(node.span, self.printer.put("entry", key=key, value=self.value(node)))

    def free_key(self, node: n.Entry) -> str:
        """A key that a method declares: a name like others, though it needs no marks."""
        name = n.Name(node.key, node.key_span)
        if self.translation is None:
            return self.printer.name(name) or node.key
        form = self.translation.key(name)
        if form is None:
            self.translation.missing(node.key, node.key_span)
        return form or node.key

    def value(self, node: n.Entry) -> str:
        if node.key == "valid":
            return self.validity(node)
        if node.key.startswith("name."):
            return written(node)
        other = self.translation.text(node) if self.translation is not None else None
        if node.values and (other is None or not isinstance(node.values[0], n.Quoted)):
            for value in node.values:
                if isinstance(value, n.Quoted):
                    self.untranslated(value)
            return self.values(node)
        raw = written(node)
        if _WHOLE_QUOTE.fullmatch(raw):
            return self.printer.quoted(other or self.untranslated(n.Quoted(raw[1:-1], node.value_span)))
        return other or self.printer.name(n.Name(node.text, node.value_span)) or self.kept(node, raw)

    def kept(self, node: n.Entry, raw: str) -> str:
        """A value that has no form in the language printed: it stays. The names of texts and versions never have one."""
        if self.translation is not None and node.key not in _SAME_EVERYWHERE:
            self.translation.missing(node.text, node.value_span)
        return raw

    def validity(self, node: n.Entry) -> str:
        start, end = (self.printer.phrase(day) if isinstance(day, n.Day) else "" for day in node.values)
        construct = "from until" if start and end else "from" if start else "until"
        return self.printer.put(construct, start=start, end=end)

    def values(self, node: n.Entry) -> str:
        """Values with the author's signs between them; printed in another language, plain names form a list."""
        printer = evolve(self.printer, bare=True)
        text = printer.tested(node.values[0])
        plain = node.key != "method" and all(isinstance(value, n.Path) for value in node.values)
        for before, value in pairwise(node.values):
            enumerated = plain
            if self.printer.keep and before.span is not None and value.span is not None:
                enumerated = "、" in before.span.source.text[before.span.end : value.span.start]
            sign = "、" if enumerated and self.printer.keep else self.printer.sign("list" if enumerated else "comma")
            text += sign + printer.tested(value)
        return text

    # -- examples

    def example(self, node: n.Example) -> None:
        for one in node.readings:
            option = self.printer.tested(one.option)
            chosen = self.printer.put("entry", key=self.printer.path(one.reading), value=option)
            self.line(one.span, f"{self.opener('reading')} {chosen}")
        if node.name is None:
            self.titled("example", None, node.title, node.entries, node.span)
            self.clauses("given", [(phrase.span, self.printer.phrase(phrase)) for phrase in node.given])
            self.clauses("expect", [(one.span, self.expected(one)) for one in node.expect])
            return
        inputs = self.printer.listed(node.inputs)
        head = self.printer.put("table", node.span, name=self.name(node), inputs=inputs)
        self.line(node.span, f"{self.opener('example')} {head}")
        self.rows(node.rows, node.span, example=True)

    def clauses(self, kind: str, parts: Iterable[tuple[Span | None, str]]) -> None:
        """The lines of what is given or expected: the parts that stand on one line, with commas."""
        by_line: dict[int, list[tuple[Span, str]]] = {}
        for span, text in parts:
            if span is not None:
                by_line.setdefault(self.start_of(span.start), []).append((span, text))
        for found in by_line.values():
            if all(text for _, text in found):
                self.line(found[0][0], f"{self.opener(kind)} {self.printer.sign('comma').join(t for _, t in found)}")

    def expected(self, node: n.Expected) -> str:
        """`committee posts: cannot say`, `required representatives is 51`; empty when the tree lacks a word of it."""
        name = self.printer.path(node.name)
        value = self.printer.word(node.value) if isinstance(node.value, n.Word) else self.printer.tested(node.value)
        if node.name.span is None or node.value.span is None:
            return f"{name}{self.printer.sign('colon')}{value}"
        between = node.name.span.source.text[node.name.span.end : node.value.span.start].strip(" \t\u3000")
        if between in (":", "："):
            return f"{name}{self.printer.sign('colon')}{value}"
        if between == "" and isinstance(node.value, n.Bounded):
            return self.printer.join(name, self.printer.predicate(node.value))
        if between.casefold() not in self.own.keywords["IS"]:
            return ""
        is_ = between if self.printer.keep else self.table.print("IS")
        return self.printer.join(name, is_, value)


def _is_inside(inner: Span | None, outer: Span | None) -> bool:
    return inner is not None and outer is not None and outer.start <= inner.start and inner.end <= outer.end


def _up_to(whole: Span | None, part: Span | None) -> Span | None:
    if whole is None or part is None:
        return whole
    return Span(whole.source, whole.start, max(whole.start, part.start))
