"""The texts of sentences and readings in every language that has a word table: as written in the author's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
from attrs import evolve

from civicrules import program as p
from civicrules.compiler.scope import Scope
from civicrules.language import nodes as n
from civicrules.language.unparse import Printer
from civicrules.language.unparse_lines import LinePrinter
from civicrules.language.words import WordTable
from civicrules.program import Names
from civicrules.source import Span
from civicrules.values import frozen


def with_texts(program: p.Program, tree: n.Tree, scope: Scope, tables: Mapping[str, WordTable]) -> p.Program:
    """The Program with the texts of its sentences and options filled in."""
    printers = {tag: Printer(table, _names(scope, tag), keep=tag == tree.language) for tag, table in tables.items()}
    written = dict(_sentences(tree))
    entries = {
        e.span: e
        for statement in tree.statements
        if isinstance(statement, n.Block)
        for e in statement.entries
        if e.key in ("taken", "also")
    }
    texts = _Texts(tree.language, printers, dict(_tallies(tree)))
    rules = tuple(
        evolve(rule, sentences=tuple(texts.sentence(s, *written[s.span]) for s in rule.sentences))
        if rule.ruleset == program.id
        else rule
        for rule in program.rules
    )
    definitions = tuple(evolve(one, mentions=texts.mentions(one.mentions)) for one in program.definitions)
    readings = tuple(_reading(reading, entries, tree.language, printers) for reading in program.readings)
    blocks = {s.span: s for s in tree.statements if isinstance(s, n.Block)}
    contests = tuple(
        evolve(c, texts={**c.texts, **dict(_conditions(blocks[c.span], tree.language, printers))})
        if c.span in blocks
        else c
        for c in program.contests
    )
    lines = dict(program.written)
    lines.update(_written_lines(tree, texts, {one.span: one.id for one in program.statements()}))
    counted: tuple[p.Contest | p.Allocation, ...] = (*program.contests, *program.allocations)
    for one in counted:
        if one.specifies is not None and one.span in blocks and one.id in lines:
            lines[one.id] = _with_inherited(lines[one.id], program.written.get(one.specifies, Names()))
    return evolve(program, rules=rules, definitions=definitions, readings=readings, contests=contests, written=lines)


def _written_lines(tree: n.Tree, texts: _Texts, ids: Mapping[Span | None, str]) -> Iterator[tuple[str, Names]]:
    """The lines of what is no rule, by its id: as they were written, and printed in the other languages."""
    for statement in tree.statements:
        id = ids.get(statement.span)
        if id is not None and isinstance(statement, n.Definition | n.Table | n.Block):
            yield id, texts.in_all(lambda printer, one=statement: _lines(printer, one))  # type: ignore[misc]


def _with_inherited(own: Names, higher: Names) -> Names:
    """The lines of a block, then those of the block that it specifies whose keys it has not."""
    return Names(tuple((tag, "\n".join((text, *_inherited(text, higher.text(tag))))) for tag, text in own.forms))


def _inherited(own: str, higher: str) -> Iterator[str]:
    keys = {_key(line) for line in own.splitlines()[1:]}
    return (line for line in higher.splitlines()[1:] if _key(line) not in keys)


def _key(line: str) -> str:
    return re.split("[:：]", line.strip())[0].casefold()


def _lines(printer: Printer, statement: n.Definition | n.Table | n.Block) -> str:
    if not printer.keep:  # the forms in other languages: of a translation, one of them is its head
        statement = evolve(statement, entries=tuple(one for one in statement.entries if one.key[:5] != "name."))
    lines = LinePrinter(printer, printer.table, lambda place: place)
    lines.statement(statement)
    first, *rest = (lines.lines[place] for place in sorted(lines.lines)) if lines.lines else (None,)
    if first is None:
        return _written(statement.span)
    gap = "" if printer.table.tag == "zh" else " "
    return "\n".join((first.text, *(f"  {line.text}{line.value and gap + line.value}" for line in rest)))


def _sentences(tree: n.Tree) -> Iterator[tuple[Span | None, tuple[n.Sentence, n.Item | None]]]:
    """The sentences and list items of a text, by where they stand."""
    for statement in tree.statements:
        if isinstance(statement, n.Rule):
            for sentence in statement.sentences:
                yield sentence.span, (sentence, None)
                if isinstance(sentence.clause.predicate, n.Items):
                    for item in sentence.clause.predicate.items:
                        yield item.span, (sentence, item)


def _tallies(node: Any) -> Iterator[tuple[Span | None, n.Tally]]:
    """The counts in a tree, by where they stand: what a finding calls a number with a condition."""
    if isinstance(node, n.Tally):
        yield node.span, node
    if isinstance(node, tuple):
        for part in node:
            yield from _tallies(part)
    elif attrs.has(type(node)):
        for one in attrs.fields(type(node)):
            if one.eq:
                yield from _tallies(getattr(node, one.name))


@frozen
class _Texts:
    """Prints what stands in one text in every language; in its own, as it was written."""

    language: str
    printers: Mapping[str, Printer]
    tallies: Mapping[Span | None, n.Tally]

    def in_all(self, printed: Callable[[Printer], str], written: str = "") -> Names:
        """A text in its own language first, as written where that is known."""
        texts = {tag: printed(printer) for tag, printer in self.printers.items()}
        own = written or texts.get(self.language, "")
        texts.pop(self.language, None)
        return Names.of(**{self.language: own}, **texts)

    def sentence(self, made: p.Sentence, node: n.Sentence, item: n.Item | None) -> p.Sentence:
        """A sentence with its texts: of a list item, the head of the list before it."""
        if item is None:
            texts = self.in_all(lambda printer: _whole(printer, node), _own(node) if not _is_list(node) else "")
        elif _steps(node):
            texts = self.step(made, node, item)
        else:
            own = f"{_own(node)}{'' if self.language == 'zh' else ' '}{_written(item.span)}" if _own(node) else ""
            texts = self.in_all(lambda printer: _listed(printer, node, item), own)
        nodes = (*(item.exceptions if item else ()), *node.exceptions)
        exemptions = tuple(self.exemption(one, nodes) for one in made.exemptions)
        return evolve(made, texts=texts, exemptions=exemptions, mentions=self.mentions(made.mentions))

    def step(self, made: p.Sentence, node: n.Sentence, item: n.Item) -> Names:
        """Two steps in their order."""
        assert isinstance(node.clause.predicate, n.Items)
        items = node.clause.predicate.items
        before = items[items.index(item) - 1]
        arrow = " → "
        return self.in_all(
            lambda printer: _listed(printer, node, before) + arrow + printer.phrase(item.of),
        )

    def exemption(self, made: p.Exemption, nodes: tuple[n.Except, ...]) -> p.Exemption:
        node = next(one for one in nodes if one.span == made.span)
        return evolve(made, texts=self.in_all(lambda printer: printer.exception(node), _written(node.span)))

    def mentions(self, found: tuple[p.Mention, ...]) -> tuple[p.Mention, ...]:
        """Counts with a condition in the words of the text."""
        return tuple(self.mention(one) for one in found)

    def mention(self, one: p.Mention) -> p.Mention:
        node = self.tallies.get(one.of.span) if isinstance(one.of, p.CountOf | p.TotalOf) else None
        if node is None:
            return one
        if node.kind == "share":
            node = evolve(node, kind="number", where=node.where if _conditional(one.of) else None)
        return evolve(one, names=self.in_all(lambda printer: printer.phrase(node)))


def _conditional(of: p.Expression) -> bool:
    return isinstance(of, p.CountOf | p.TotalOf) and of.where is not None


def _is_list(node: n.Sentence) -> bool:
    return isinstance(node.clause.predicate, n.Items)


def _whole(printer: Printer, node: n.Sentence) -> str:
    """A sentence; of a list that is judged as one, all its items."""
    head = printer.sentence(node.guards, node.clause)
    if not isinstance(node.clause.predicate, n.Items):
        return head
    return printer.join(head, printer.listed([item.of for item in node.clause.predicate.items]))


def _steps(node: n.Sentence) -> bool:
    return isinstance(node.clause.predicate, n.Items) and node.clause.predicate.word.terminal == "FOLLOW_ORDER"


def _listed(printer: Printer, node: n.Sentence, item: n.Item) -> str:
    return printer.join(printer.sentence(node.guards, node.clause), printer.phrase(item.of))


def _own(node: n.Sentence) -> str:
    """A sentence as written, where it stands in one piece."""
    guard = node.guards[0].span if node.guards and isinstance(node.guards[0], n.Test) else None
    alone = not node.guards or (len(node.guards) == 1 and guard is not None and _inside(guard, node.span))
    return _written(node.span) if alone else ""


def _conditions(block: n.Block, language: str, printers: Mapping[str, Printer]) -> Iterator[tuple[Span, Names]]:
    """The conditions of a block in words, one by one."""
    for entry in block.entries:
        for value in entry.values:
            for part in value.parts if isinstance(value, n.AllOf) else (value,):
                if isinstance(part, n.Test) and part.span is not None:
                    texts = {tag: printer.phrase(part) for tag, printer in printers.items()}
                    texts[language] = _written(part.span)
                    yield part.span, Names.of(**texts)


def _names(scope: Scope, tag: str) -> Callable[[n.Name | n.Path], str | None]:
    def name(node: n.Name | n.Path) -> str | None:
        if node.span is None:
            return None
        names = scope.resolved.get((node.span.start, node.span.end))
        return names.text(tag) if names is not None and names.has(tag) else None

    return name


def _written(span: Span | None) -> str:
    return " ".join(span.text.split()) if span is not None else ""


def _inside(inner: Span, outer: Span | None) -> bool:
    return outer is not None and outer.start <= inner.start and inner.end <= outer.end


def _reading(
    reading: p.Reading, entries: Mapping[Span | None, n.Entry], language: str, printers: Mapping[str, Printer]
) -> p.Reading:
    by_text = {e.text: e for span, e in entries.items()}
    options = []
    for option in reading.options:
        entry = by_text.get(option.texts.text(language))
        texts = dict(option.texts.forms)
        if entry is not None and entry.values:
            for tag, printer in printers.items():
                texts.setdefault(tag, printer.phrase(entry.values[0]))
        options.append(evolve(option, texts=Names.of(**texts)))
    return evolve(reading, options=tuple(options))
