"""Where the parser stopped in a line, and the diagnostics that every kind of mistake is made of."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve
from lark import Token
from lark.exceptions import UnexpectedToken

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language import tables
from civicrules.language.lexer import Lexicon, fold
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

    @property
    def begin(self) -> int:
        """Where the line begins."""
        return (self.tokens[0].start_pos or 0) if self.tokens else self.end

    def instead(self, code: str, place: Span, right: str) -> Diagnostic | None:
        """What should stand at a place, where more of the line can be read with it."""
        fix = Fix(place, right)
        data = {"found": place.text, "suggestions": (right,)}
        return Diagnostic(code, place, data, fixes=(fix,)) if self.gets_further(fix) else None

    def mends(self, fix: Fix) -> bool:
        """Whether the whole line can be read with a fix."""
        return self._left(fix) < 0

    def gets_further(self, fix: Fix) -> bool:
        """Whether more of the line can be read with a fix; one that makes other lines of it is not tried."""
        here = 0 if self.at_end else self.end - (self.at.start_pos or 0)
        return self._left(fix) < here

    def _left(self, fix: Fix) -> int:
        place = fix.place
        if not isinstance(place, Span) or place.start < self.begin or "\n" in fix.replacement:
            return -1
        text = self.source.text
        line = fold(text[self.begin : place.start] + fix.replacement + text[place.end : self.end])
        return _left(evolve(self.lexicon, text=line), self.start)


def _left(line: Lexicon, start: str) -> int:
    """How much of a line is left where the parser stops: 0 when it ends too early, -1 when it is read whole."""
    end = len(line.text)
    try:
        tables.parse(for_parser(line.tokens(0, end)), start)
    except UnexpectedToken as error:
        return 0 if error.token.type == "$END" else end - (error.token.start_pos or 0)
    return -1


def for_parser(tokens: list[Token]) -> list[Token]:
    """Tokens as the grammar calls them: a name is a name, declared, quoted or neither."""
    for token in tokens:
        if token.type in ("FREE_NAME", "QUOTED_NAME"):
            token.type = "NAME"
    return tokens


def meant(place: Span, suggestions: tuple[str, ...]) -> Diagnostic:
    """A word, and those that may be meant."""
    fixes = tuple(Fix(place, word) for word in suggestions[:1])
    return Diagnostic("CR0103", place, {"found": place.text, "suggestions": suggestions}, fixes=fixes)


def inserted(place: Span, word: str) -> Diagnostic:
    """A word that is missing."""
    return Diagnostic("CR0126", place, {"word": word}, fixes=(Fix(place, word),))
