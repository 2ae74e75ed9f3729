"""The parser's own loop over lark's tables makes the trees that lark's makes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import lark
import pytest
from attrs import define, field
from lark.exceptions import UnexpectedToken

from civicrules import load, shipped
from civicrules.builtins import registry
from civicrules.language import opened, tables
from civicrules.language.parse import Parser
from civicrules.language.stuck import for_parser
from civicrules.language.words import word_table
from civicrules.pipeline import _vocabulary_names

SHIPPED = tuple(shipped().names("ruleset"))


@cache
def lark_itself() -> lark.Lark:
    return lark.Lark(tables.text(), **tables.OPTIONS)


@define
class Listening(Parser):
    """Notes the lines that are parsed: start rule and tokens."""

    lines: list[tuple[str, list[lark.Token]]] = field(factory=list)

    def line(self, start: str, begin: int, end: int) -> object:
        words = self.lexicon(start == "declaration")
        self.lines.append((start, for_parser(words.tokens(begin, end))))
        return super().line(start, begin, end)


def lines(ruleset: str, language: str) -> list[tuple[str, list[lark.Token]]]:
    found = shipped().find("ruleset", ruleset, language)
    assert found is not None
    texts = {words.tag: word_table(words.load()) for plugin in registry().plugins for words in plugin.words}
    text, _ = opened.open_text(found.source, texts.get)
    assert text is not None
    names = opened.declared_names(text) | _vocabulary_names(load(ruleset).program.vocabulary)
    listening = Listening(text, names)
    tuple(listening.statements())
    return listening.lines


def answer(parse: Callable[..., object], tokens: list[lark.Token], start: str) -> object:
    """The tree, or where the parser stopped and what it would have taken there."""
    try:
        return parse(tokens, start=start)
    except UnexpectedToken as error:
        return str(error.token), error.token.start_pos, error.accepts


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("ruleset", SHIPPED)
def test_our_loop_makes_lark_s_trees_and_stops_where_lark_stops(ruleset: str, language: str) -> None:
    seen = {(start, *(token.type for token in tokens)): (start, tokens) for start, tokens in lines(ruleset, language)}
    assert len(seen) > 10
    for start, tokens in seen.values():
        # Whole, cut off in the middle, and with one word twice.
        middle = len(tokens) // 2
        for changed in (tokens, tokens[:middle], [*tokens[:middle], *tokens[max(0, middle - 1) :]]):
            assert answer(tables.parse, changed, start) == answer(lark_itself().parse, changed, start)
