"""An opened text, before any of its sentences is read: its first line, what opens each statement, keys, declared names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from attrs import field

from civicrules.diagnostics import Diagnostic
from civicrules.language import nodes as n
from civicrules.language.layout import Line, lines
from civicrules.language.lexer import fold, name_text
from civicrules.language.stuck import FORCES
from civicrules.language.words import WordTable
from civicrules.source import Source, Span
from civicrules.suggest import closeness, nearest
from civicrules.values import frozen

VERSION = 1
_LONGEST = 2_000  # characters of a line: beyond it, the text is something else
_LONG = re.compile(rf"[^\n]{{{_LONGEST + 1}}}")
_TO_COLON = re.compile('[^:"“”]*(?:["“”][^"“”]*["“”][^:"“”]*)*:')  # the first colon outside quotes
_FIRST = re.compile(r"civicrules[ \t\u3000]+(\S+)[ \t\u3000]+(\S+)[ \t\u3000]*$")
_DECLARES = frozenset({"entity", "body", "list", "unit", "step"})


@frozen
class Opened:
    """A text whose first line was understood: its folded twin, its tables, its lines at the margin, the words of its keys."""

    source: Source
    folded: str
    language: str
    tables: tuple[WordTable, ...]
    lines: tuple[Line, ...] = field(eq=False, repr=False)
    keys: Mapping[str, str] = field(eq=False, repr=False)

    @property
    def declares(self) -> bool:
        """Whether the text is a vocabulary: its head comes first."""
        found = opener(self, self.lines[0]) if self.lines else None
        return found is not None and found[0] == "vocabulary"

    @property
    def sources(self) -> tuple[str, ...]:
        """The words for the key *source*, in small letters."""
        return tuple(phrase.casefold() for table in self.tables for phrase in table.keys.get("source", ()))


def open_text(
    source: Source, words: Callable[[str], WordTable | None], tags: Iterable[str] = ("en", "zh")
) -> tuple[Opened | None, tuple[Diagnostic, ...]]:
    """Read the first line (`civicrules 1 en`) and find the lines that belong together."""
    long = _LONG.search(source.text)
    if long is not None:
        return None, (Diagnostic("CR0138", Span(source, long.start(), long.start() + 1), {"limit": _LONGEST}),)
    folded = fold(source.text.lstrip("\ufeff").rjust(len(source.text)))
    at = next((m.start() for m in re.finditer(r"^[ \t]*[^#\s].*$", folded, re.MULTILINE)), 0)
    end = folded.find("\n", at)
    end = len(folded) if end < 0 else end
    first = Span(source, at, max(at + 1, end) if source.text else 0)
    match = _FIRST.match(folded[at:end].strip())
    if match is None:
        return None, (Diagnostic("CR0110", first, {"found": source.text[at:end].strip()[:40]}),)
    if match[1] != str(VERSION):
        return None, (Diagnostic("CR0111", first, {"found": match[1], "version": VERSION}),)
    own, english = words(match[2]), words("en")
    if own is None or english is None:
        return None, (Diagnostic("CR0112", first, {"found": match[2], "known": tuple(tags)}),)
    tables = (own,) if own.tag == "en" else (own, english)
    joins = [phrase for table in tables for t in ("AND", "OR") for phrase in table.keywords.get(t, ())]
    found = lines(source.text, folded, sorted(joins, key=len, reverse=True))
    below = [child for line in found if line.start < end for child in line.children]  # indented under the first line
    kept = (*below, *(line for line in found if line.start >= end))
    keys = {
        phrase.casefold(): key
        for table in reversed(tables)
        for key, phrases in table.keys.items()
        for phrase in phrases
    }
    return Opened(source, folded, own.tag, tables, kept, keys), ()


def goes_on(text: str, phrase: str) -> bool:
    """Whether a Latin word goes on after a phrase that a text begins with."""
    return phrase.isascii() and text[len(phrase) : len(phrase) + 1].isalnum()


def opener(opened: Opened, line: Line) -> tuple[str, int] | None:
    """The opener that a line begins with, and where the rest begins; `None` for a sentence or a definition."""
    text = opened.folded
    begins = text[line.start : line.end].casefold().startswith
    for table in opened.tables:
        for kind, phrases in table.openers.items():
            for phrase in phrases:
                if not begins(phrase):
                    continue
                after = line.start + len(phrase)
                if text[line.start : after].casefold() == phrase and (
                    after >= line.end or text[after] in ' \t\u3000"“:'
                ):
                    if kind in _DECLARES and holds(opened, text[line.start : line.end].partition(":")[0], FORCES):
                        return None  # body elections must follow this order
                    if phrase.isascii() and _defines(opened, kind, line, after):
                        return None  # list threshold means 5
                    return kind, after
    return None


def _defines(opened: Opened, kind: str, line: Line, after: int) -> bool:
    """Whether a line defines a name that begins with the word of an opener: `unit quota means …`, `step size is set by …:`.

    Rules and other blocks may have such a name and go on below it; declarations stand in vocabularies only.
    """
    head = re.split('["“”]', opened.folded[after : line.end])[0]
    if not holds(opened, head, ("MEANS", "SET_BY")):
        return False
    found = next((m for p in _definition_patterns(opened.tables) if (m := re.match(p, head))), None)
    said = "" if found is None or not found[1].strip() else head[found.end() :].strip()
    if kind in _DECLARES:
        first = opened.lines[0]
        return bool(said) and (line.start == first.start or not opened.declares)
    return bool(said) and (not line.children or (said.endswith(":") and kind != "example"))


def meant_opener(opened: Opened, line: Line) -> tuple[str, str, int] | None:
    """The opener that the first word of a line nearly is: its kind, its phrase, where the word ends.

    Only lines that are no sentence are looked at: those with a title in quotes, and those whose deeper lines hold keys.
    """
    text = opened.folded[line.start : line.end]
    word = re.match('[^ \t"“”:]+', text)
    if word is None or word.end() == len(text):
        return None
    if opened.declares and text[word.end() :].lstrip()[:1] in ("/", ":"):
        return None  # units / 单位数: number, a fact at the margin
    for table in opened.tables if opened.declares else ():
        right = table.opened_instead.get(word[0].casefold())
        if right is not None:
            kind = next(kind for kind, phrases in table.openers.items() if right in phrases)
            return kind, right, line.start + word.end()
    keyed = any((parts := split_entry(opened, child)) and parts[0] in opened.tables[0].keys for child in line.children)
    if (
        not keyed
        and not opened.declares
        and text[word.end() :].lstrip()[:1] not in '"“”'
        and not re.search('["“”]', text)
    ):
        return None
    if holds(opened, text, (*FORCES, "WHEN", "MEANS", "SET_BY", "SET")):
        return None
    for table in opened.tables:
        phrases = {phrase: kind for kind, found in table.openers.items() for phrase in found}
        for phrase, kind in phrases.items():
            if not phrase.isascii() and text.startswith(phrase) and kind != "step":
                return kind, phrase, line.start + len(phrase)
        for phrase in nearest(word[0].casefold(), phrases, 1):
            if closeness(word[0], phrase) >= (75 if phrase.isascii() else 50):
                return phrases[phrase], phrase, line.start + word.end()
    return None


def split_entry(opened: Opened, line: Line) -> tuple[str, tuple[n.Name, ...], int, int] | None:
    """The key id (or the words), the names after the key, where the key part ends, where the value begins."""
    folded = opened.folded
    found = _TO_COLON.match(folded, line.start, line.end)
    if found is None:
        return None
    colon = found.end() - 1
    part = folded[line.start : colon].rstrip()
    value = colon + 1
    while value < line.end and folded[value] in " \t\u3000":
        value += 1
    key = opened.keys.get(part.casefold())
    if key is not None:
        return key, (), line.start + len(part), value
    for phrase in opened.sources:  # the one key that names may follow: source notice / 通知
        rest = part[len(phrase) :]
        if part[: len(phrase)].casefold() == phrase and rest[:1] in (" ", "\t"):
            span = Span(opened.source, line.start, colon)
            names = tuple(n.Name(name_text(text), span) for text in rest.split("/") if text.strip())
            return "source", names, line.start + len(part), value
    return name_text(part), (), line.start + len(part), value


def counts(opened: Opened) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The contests and allocations of a text before its lines are read: opener, and what stands after each key."""
    for line in opened.lines:
        kind = opener(opened, line) or meant_opener(opened, line)
        if kind is not None and kind[0] in ("contest", "allocation"):
            split = [(parts, child.end) for child in line.children if (parts := split_entry(opened, child))]
            yield kind[0], {parts[0]: opened.folded[parts[3] : end].strip() for parts, end in split}


def declared_names(opened: Opened) -> frozenset[str]:
    """The names a text declares itself, found before its lines are read: definitions, rules, readings, contests."""
    return frozenset(name for _, name in _declared(opened) if name)


def counting_rules(opened: Opened, names: frozenset[str]) -> frozenset[str]:
    """Those names of rules, and of nothing else, that begin or end as a count does: a rule called *number of voters*.

    No sentence asks anything of a rule, so that a sentence that says these words speaks of the count.
    """
    words = {word for table in opened.tables for one in _COUNTS for word in table.keywords.get(one, ())}
    first, last = tuple(f"{word} " for word in words), tuple(word for word in words if not word.isascii())
    like = {name for name in names if name.casefold().startswith(first) or (last and name.endswith(last))}
    if not like:
        return frozenset()
    declared = {(kind == "rule", name.casefold()) for kind, name in _declared(opened)}
    return frozenset(name for name in like if {rule for rule, one in declared if one == name.casefold()} == {True})


_COUNTS = ("NUMBER_OF", "SHARE_WHERE", "TOTAL_OF", "COUNT_END", "SHARE_END", "TOTAL_END")


@lru_cache(maxsize=8)
def _declared(opened: Opened) -> tuple[tuple[str, str], ...]:
    """What a text names, each with the word that opens its statement; nothing for a definition."""
    return tuple(_declarations(opened))


def _declarations(opened: Opened) -> Iterator[tuple[str, str]]:
    patterns = [re.compile(p) for p in _definition_patterns(opened.tables)]
    for line in opened.lines:
        text = opened.folded[line.start : line.end]
        kind = opener(opened, line)
        if kind is not None and kind[0] in ("rule", "reading", "contest", "allocation"):
            yield kind[0], name_text(re.split(r"[\"“:]", opened.folded[kind[1] : line.end])[0].strip())
        elif kind is None:
            match = next((m for p in patterns if (m := p.match(text))), None) or _like_definition(opened, text)
            if match:
                yield "", name_text(match[1].strip(" ,"))
        for child in line.children:
            parts = split_entry(opened, child)
            if parts and parts[0].startswith("name.") and (kind is None or kind[0] != "section"):
                name = name_text(re.split(r"[\"“]", opened.folded[parts[3] : child.end])[0].strip())
                yield kind[0] if kind is not None else "", name


def _like_definition(opened: Opened, text: str) -> re.Match[str] | None:
    """A definition written with a colon or `is`: its name is known, so that only this line is reported."""
    if text.rstrip().endswith(":") or holds(opened, text, (*FORCES, "WHEN")):
        return None
    if forced_otherwise(opened, text):  # 职数须为9人: a duty
        return None
    return re.match("([^:,]{2,40}?)[ \\t]*(?::|=|为|(?<![A-Za-z])is(?![A-Za-z])).*[0-9+]", text)


def forced_otherwise(opened: Opened, text: str) -> bool:
    """Whether a text binds with a word that is not of the language: 须, `has to`."""
    meant = (wrong for table in opened.tables for wrong, right in table.instead.items() if right in FORCES)
    return any(re.search(_alone(wrong), text) for wrong in meant)


def holds(opened: Opened, text: str, terminals: Iterable[str]) -> bool:
    """Whether a text holds a keyword of some kinds, outside quotes and ordinary words."""
    aside, words = _looked_for(opened.tables, tuple(terminals))
    return words.search(aside.sub(" ", text)) is not None


@lru_cache(maxsize=8)
def _looked_for(tables: tuple[WordTable, ...], terminals: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    kept = [re.escape(word) for table in tables for word in table.keep]
    words = [word for table in tables for terminal in terminals for word in table.keywords.get(terminal, ())]
    aside = re.compile("|".join(['["“”][^"“”]*["“”]?', *kept]))
    return aside, re.compile("|".join(_alone(word) for word in words) or "(?!)")


def _alone(phrase: str) -> str:
    """The pattern of a phrase; one in Latin letters is no part of a longer word."""
    return rf"(?<![A-Za-z]){re.escape(phrase)}(?![A-Za-z])" if phrase[0].isascii() else re.escape(phrase)


def _definition_patterns(tables: Iterable[WordTable]) -> Iterator[str]:
    for table in tables:
        for terminal in ("MEANS", "SET_BY"):
            for phrase in table.keywords.get(terminal, ()):
                yield rf"([^:]+?)[ \t]*{_alone(phrase)}"
        for by in table.keywords.get("BY", ()):
            for closing in table.keywords.get("SET", ()):
                yield rf"(.+?){re.escape(by)}.+?{re.escape(closing)}[ \t]*:"
