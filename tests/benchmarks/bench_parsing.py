"""A ruleset's text to its tree, and the same text through bare lark.

The reference is lark's LALR parser with the grammar and tables that civicrules uses, fed line by line by civicrules'
lexer: characters to tokens to lark's own tree, by lark's own loop. civicrules walks the same tables with a loop of its
own; what it does beyond that is measured: making the lexer for the names of this text, telling openers, keys and rows
apart, guarding the nesting, and building typed nodes with places.
The text is opened already on both sides, and everything has run once before.
"""

from __future__ import annotations

import lark
from attrs import define, field
from ratios import Ratio, by_turns

from civicrules import load, shipped
from civicrules.builtins import registry
from civicrules.language import opened as texts
from civicrules.language import parse as language
from civicrules.language import tables as grammar
from civicrules.language.lexer import Lexicon
from civicrules.language.words import word_table
from civicrules.pipeline import _vocabulary_names

RULESET = "cn.district-2012"


@define
class _Listening(language.Parser):
    """Notes which stretches of the text are parsed, under which start rule."""

    stretches: list[tuple[str, int, int]] = field(factory=list)

    def line(self, start: str, begin: int, end: int) -> object:
        self.stretches.append((start, begin, end))
        return super().line(start, begin, end)


def parsing(tag: str) -> Ratio:
    """The shipped notice in a language."""
    found = shipped().find("ruleset", RULESET, tag)
    if found is None:
        raise LookupError(RULESET)
    tables = {words.tag: word_table(words.load()) for plugin in registry().plugins for words in plugin.words}
    opened, _ = texts.open_text(found.source, tables.get)
    if opened is None:
        raise ValueError(found.source.name)
    names = texts.declared_names(opened) | _vocabulary_names(load(RULESET).program.vocabulary)
    listening = _Listening(opened, names)
    tuple(listening.statements())
    if listening.diagnostics:
        raise ValueError(listening.diagnostics)
    lexicon = Lexicon(opened.tables, opened.folded, names)
    lalr = lark.Lark(grammar.text(), **grammar.OPTIONS)

    def bare() -> None:
        for start, begin, end in listening.stretches:
            tokens = lexicon.tokens(begin, end)
            for token in tokens:
                if token.type in ("FREE_NAME", "QUOTED_NAME"):
                    token.type = "NAME"
            lalr.parse(tokens, start=start)

    times = by_turns(lambda: language.parse(opened, names), bare)
    return Ratio(f"parse and build ({tag})", "bare lark LALR", times, 2)
