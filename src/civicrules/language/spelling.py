"""How words, names, numbers and texts are spelt in one language: what every printed node is made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import pairwise

from civicrules.exact import Exact
from civicrules.language import nodes as n
from civicrules.language.build import number as number_in
from civicrules.language.build import ratio
from civicrules.language.lexer import RATIO_EN, fold
from civicrules.language.words import WordTable
from civicrules.source import Span
from civicrules.values import frozen

_ZH_DIGITS = "零一二三四五六七八九十"
_PART = re.compile(r"\{(\w+)\}")
_RATIO = re.compile(RATIO_EN + "|[0-9]+/[0-9]+|[一二三四五六七八九十百]+分之[一二三四五六七八九十百]+")
_NUMERAL = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?[万亿]?")
_UNGROUPED = 4  # digits: 1500, but 15,000


def as_written(name: n.Name) -> str:
    """A name as its author wrote it, in 「」 where they stood."""
    return f"「{name.text}」" if name.span is not None and name.span.text.startswith("「") else name.text


@frozen
class Spelling:
    """Words, names, numbers and texts with the words of one table.

    `name` gives the form of a name in that language, `own` what stands for a name that has none. `keep`: the text is
    written in the table's language, so that what its author chose among synonyms stays. `breaks`: a line end before
    *and* or *or* stays (as a bare `\\n`). `bare`: comparisons stand without *is* (`votes more than half of base`).
    """

    table: WordTable
    name: Callable[[n.Name | n.Path], str | None]
    own: Callable[[n.Name], str] = as_written
    keep: bool = False
    breaks: bool = False
    bare: bool = False

    # -- words and patterns

    def keyword(self, terminal: str, span: Span | None = None, place: str = "") -> str:
        """A keyword that no node holds: the author's, looked up where it stands, else the one natural at a place."""
        phrases = self.table.keywords.get(terminal, ())
        written = folded(span) if self.keep and len(phrases) > 1 else ""
        found = [phrase for phrase in sorted(phrases, key=len, reverse=True) if _stands(written, phrase)]
        edge = next((phrase for phrase in found if written.startswith(phrase) or written.endswith(phrase)), None)
        phrase = edge or (found or [self.beside(place, terminal)])[0]
        return phrase if self.table.order.spaced else phrase.replace("(", "（").replace(")", "）")

    def beside(self, place: str, terminal: str) -> str:
        """The phrase of a terminal that is natural at a place."""
        return self.table.order.beside.get(place, {}).get(terminal) or self.table.print(terminal)

    def word(self, word: n.Word, place: str = "") -> str:
        """The author's own phrase where it belongs to this language and is no mere sign, else the one printed there.

        Where it is known what a word compares (ranks, money), that is a place of its own, noted under the word.
        """
        own = self.table.keywords.get(word.terminal, ())
        written = " ".join(word.text.casefold().split())
        named = any(character.isalpha() for character in written)
        if named and written in own:
            return written
        kind = self.name(n.Name("", word.span)) if word.span is not None else None
        return (
            self.table.order.beside.get(kind or "", {}).get(word.terminal)
            or self.beside(place, word.terminal)
            or word.text
        )

    def each(self, word: n.Word, name: str) -> str:
        """The word for *each* before a name: the author's, else the one that goes with how the name ends."""
        if self.keep and self.table.print(word.terminal):
            return self.word(word)
        return self.table.order.each_before(name) or self.word(word)

    def put(self, construct: str, span: Span | None = None, place: str = "", **parts: str) -> str:
        """A construct, put together in this language's order."""
        pattern = self.table.order.patterns.get(construct) or " ".join(f"{{{part}}}" for part in parts)

        def filled(match: re.Match[str]) -> str:
            key = match[1]
            return self.keyword(key, span, place) if key.isupper() else parts[key]

        text = _PART.sub(filled, pattern)
        return text.strip(" ") if self.table.order.spaced or construct in ("sum", "product", "quotient") else text

    def join(self, *parts: str) -> str:
        return (" " if self.table.order.spaced else "").join(part for part in parts if part)

    def sign(self, name: str) -> str:
        return self.table.order.signs.get(name, ", ")

    # -- names

    def label(self, name: n.Name) -> str:
        return self.name(name) or self.own(name)

    def path(self, path: n.Path) -> str:
        whole = self.name(path)
        if whole is not None:
            return whole
        text = self.label(path.steps[0])
        for before, step in pairwise(path.steps):
            text += self.possessive(before, step) + self.label(step)
        return text

    def possessive(self, before: n.Name, step: n.Name) -> str:
        """What joins two steps: `'s `; only `' ` where its author wrote so (`residents' names`)."""
        if self.keep and before.span is not None and step.span is not None:
            between = before.span.source.text[before.span.end : step.span.start].strip()
            if between in ("'", "’"):
                return "' "
        return self.sign("step")

    # -- numbers, days, texts

    def number(self, value: Exact, span: Span | None = None) -> str:
        """A number in figures; the author's figures where they were written in this language."""
        written = _NUMERAL.match(folded(span)) if self.keep else None
        if written is not None and number_in(written[0]) == value:
            return written[0]
        whole, point, rest = self.figures(value).partition(".")
        if whole.isdecimal() and len(whole) > _UNGROUPED:
            whole = f"{int(whole):,}".replace(",", self.table.order.signs.get("thousands", ""))
        return whole + point + rest

    @staticmethod
    def figures(value: Exact) -> str:
        """A number in plain figures."""
        if isinstance(value, Fraction) and value.denominator != 1:
            for digits in range(1, 9):
                if (value * 10**digits).denominator == 1:
                    whole, rest = divmod((value * 10**digits).numerator, 10**digits)
                    return f"{whole}.{rest:0{digits}d}"
            return f"{value.numerator}/{value.denominator}"
        return str(value)

    def figures_at(self, value: Exact, span: Span | None) -> str:
        """A number of a declaration, whose parts have commas between them: the author's figures, else plain ones."""
        written = _NUMERAL.findall(folded(span)) if self.keep else ()
        return next((one for one in written if number_in(one) == value), self.figures(value))

    def period(self, node: n.Duration) -> str:
        """The unit of a period, or of an age: the author's word where it is one of this language."""
        own = folded(node.unit.span) in self.table.keywords.get(node.unit.terminal, ())
        known = None if own else self.age_word(node)
        return known or self.word(node.unit, "one" if node.number == 1 else "")

    def is_age(self, node: n.Duration) -> bool:
        """Whether years are an age: by their word, or because an age is what they are compared with."""
        return node.unit.terminal == "LIFE_YEARS" or self.age_word(node) is not None

    def age_word(self, node: n.Duration) -> str | None:
        """The word for years beside an age; `None` where it is not known that they are."""
        return self.name(n.Name(node.unit.text, node.span))

    def part(self, part: n.Part) -> str:
        match part.kind:
            case "PERCENT":
                return f"{_percent(part)}%"
            case "HALF" | "MAJORITY":
                return self.keyword(part.kind, part.span)
            case "MULTIPLE":
                return self.multiple(part)
            case _:
                written = folded(part.span)
                if self.keep and _RATIO.fullmatch(written) and ratio(written) == part.value:
                    return written
                low, high = part.value.denominator, part.value.numerator
                if not self.table.order.spaced and 0 < high <= 10 and low <= 10:
                    return f"{_ZH_DIGITS[low]}分之{_ZH_DIGITS[high]}"
                return f"{high}/{low}"

    def multiple(self, part: n.Part) -> str:
        """How many times: the author's words where they are of this language."""
        written = folded(part.span)
        if self.keep and written.endswith("倍") != self.table.order.spaced:
            return written
        if not self.table.order.spaced:
            return f"{self.number(part.value)}倍"
        return "twice" if part.value == 2 else f"{self.number(part.value)} times"

    def day(self, value: date) -> str:
        if self.table.order.spaced:
            return value.isoformat()
        return f"{value.year}年{value.month}月{value.day}日"

    def quoted(self, text: str) -> str:
        """A text in the quotes of the language, or in the others where it holds these itself."""
        straight = '"' not in text if self.table.order.spaced else any(quote in text for quote in "“”")
        return f'"{text}"' if straight else f"“{text}”"


def folded(span: Span | None) -> str:
    """What stands at a place, in small narrow letters with single spaces."""
    return " ".join(fold(span.text).casefold().split()) if span is not None else ""


def _stands(text: str, phrase: str) -> bool:
    if not phrase.isascii():
        return phrase in text
    return re.search(rf"(?<![a-z0-9]){re.escape(phrase)}(?![a-z0-9])", text) is not None


def begins(text: str, phrase: str) -> bool:
    """Whether a text begins with a phrase and not with a longer word."""
    return text.startswith(phrase) and not (phrase.isascii() and text[len(phrase) : len(phrase) + 1].isalnum())


def _percent(part: n.Part) -> str:
    """A percentage in figures, with the zeros that were printed: they say how exact it is."""
    figures = (part.value / (part.precision or Fraction(1, 100))).numerator
    digits = len(str((part.precision or Fraction(1, 100)).denominator)) - 3
    whole, rest = divmod(figures, 10**digits)
    return f"{whole}.{rest:0{digits}d}" if digits else str(whole)
