"""The texts of sentences and readings in every language that has a word table: as written in the author's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import evolve

from civicrules import program as p
from civicrules.compiler.scope import Scope
from civicrules.language import nodes as n
from civicrules.language.unparse import Printer
from civicrules.language.words import WordTable
from civicrules.program import Names
from civicrules.source import Span


def with_texts(program: p.Program, tree: n.Tree, scope: Scope, tables: Mapping[str, WordTable]) -> p.Program:
    """The Program with the texts of its sentences and options filled in."""
    printers = {tag: Printer(table, _names(scope, tag)) for tag, table in tables.items()}
    sentences = {
        s.span: s for statement in tree.statements if isinstance(statement, n.Rule) for s in statement.sentences
    }
    entries = {
        e.span: e
        for statement in tree.statements
        if isinstance(statement, n.Block)
        for e in statement.entries
        if e.key in ("taken", "also")
    }
    rules = tuple(
        evolve(
            rule,
            sentences=tuple(
                evolve(s, texts=_sentence(sentences[s.span], tree.language, printers)) for s in rule.sentences
            ),
        )
        for rule in program.rules
    )
    readings = tuple(_reading(reading, entries, tree.language, printers) for reading in program.readings)
    blocks = {s.span: s for s in tree.statements if isinstance(s, n.Block)}
    contests = tuple(
        evolve(c, texts=dict(_conditions(blocks[c.span], tree.language, printers))) for c in program.contests
    )
    return evolve(program, rules=rules, readings=readings, contests=contests)


def _conditions(
    block: n.Block, language: str, printers: Mapping[str, Printer]
) -> Iterator[tuple[tuple[int, int], Names]]:
    """The conditions of a block in words, one by one."""
    for entry in block.entries:
        for value in entry.values:
            for part in value.parts if isinstance(value, n.AllOf) else (value,):
                if isinstance(part, n.Test) and part.span is not None:
                    texts = {tag: printer.phrase(part) for tag, printer in printers.items()}
                    texts[language] = _written(part.span)
                    yield (part.span.start, part.span.end), Names.of(**texts)


def _names(scope: Scope, tag: str) -> Callable[[n.Name | n.Path], str | None]:
    def name(node: n.Name | n.Path) -> str | None:
        if node.span is None:
            return None
        names = scope.resolved.get((node.span.start, node.span.end))
        return names.text(tag) if names is not None and names.has(tag) else None

    return name


def _written(span: Span | None) -> str:
    return " ".join(span.text.split()) if span is not None else ""


def _sentence(node: n.Sentence, language: str, printers: Mapping[str, Printer]) -> Names:
    texts = {tag: printer.sentence(node.guards, node.clause) for tag, printer in printers.items()}
    guard = node.guards[0].span if node.guards and isinstance(node.guards[0], n.Test) else None
    alone = not node.guards or (len(node.guards) == 1 and guard is not None and _inside(guard, node.span))
    if alone:
        texts[language] = _written(node.span)
    first = {language: texts.pop(language, "")}
    return Names.of(**first, **texts)


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
