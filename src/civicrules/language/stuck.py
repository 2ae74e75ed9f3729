"""Where the parser stopped in a line, and the diagnostics that every kind of mistake is made of."""

from __future__ import annotations

from collections.abc import Sequence

from lark import Token

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language.lexer import Lexicon
from civicrules.source import Source, Span
from civicrules.values import frozen

FORCES = ("MUST", "MUST_NOT", "SHOULD", "SHOULD_NOT", "ENCOURAGED", "MAY")


@frozen
class Stuck:
    """Where the parser stopped in a line: its tokens, the one it refused, and what it would have taken."""

    source: Source
    lexicon: Lexicon
    start: str
    tokens: Sequence[Token]
    at: Token
    accepts: frozenset[str]
    end: int

    @property
    def types(self) -> list[str]:
        return [str(token.type) for token in self.tokens]

    @property
    def at_end(self) -> bool:
        return str(self.at.type) == "$END"

    @property
    def before(self) -> list[Token]:
        """The tokens that were read."""
        return [t for t in self.tokens if self.at_end or (t.end_pos or 0) <= (self.at.start_pos or 0)]

    @property
    def chinese(self) -> bool:
        return self.lexicon.tables[0].tag == "zh"

    def place(self, token: Token) -> Span:
        if token.type == "$END":
            return Span(self.source, self.end, self.end)
        return Span(self.source, token.start_pos or 0, token.end_pos or 0)

    def written(self, token: Token) -> str:
        return self.place(token).text

    def word(self, terminal: str) -> str:
        return next((word for table in self.lexicon.tables if (word := table.print(terminal))), "")


def meant(place: Span, suggestions: tuple[str, ...]) -> Diagnostic:
    """A word, and those that may be meant."""
    fixes = tuple(Fix(place, word) for word in suggestions[:1])
    return Diagnostic("CR0103", place, {"found": place.text, "suggestions": suggestions}, fixes=fixes)


def inserted(place: Span, word: str) -> Diagnostic:
    """A word that is missing."""
    return Diagnostic("CR0126", place, {"word": word}, fixes=(Fix(place, word),))
