"""Words that are nearly a keyword, those that are said otherwise, and numbers in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from attrs import evolve
from lark import Token

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.exact import chinese_numeral
from civicrules.language.lexer import Lexicon, name_text
from civicrules.language.stuck import FORCES, Stuck, meant
from civicrules.source import Span
from civicrules.suggest import closeness, in_figures, is_slip, nearest

_TRIED = 8  # of the pieces that are nearly a keyword, the nearest
_NEARLY, _NEARLY_ZH = 85, 65  # of 100: how much of a keyword of several words must be right
_UNITS = ("LIFE_YEARS", "YEARS", "MONTHS", "WEEKS", "WORKING_DAYS", "DAYS")


def wrong_word(stuck: Stuck) -> Diagnostic | None:
    """A word that the language does not have, and the one it has instead."""
    token = next((t for t in stuck.tokens if t.type == "INSTEAD"), None)
    if token is None:
        return None
    wrong = " ".join(str(token).casefold().split())
    terminal = next(table.instead[wrong] for table in stuck.lexicon.tables if wrong in table.instead)
    binding = terminal.removesuffix("_NOT")
    right = stuck.word(terminal) or f"{stuck.word(binding)} {stuck.word('NOT')}"
    found = meant(stuck.place(token), (right,))
    if terminal in FORCES:  # how binding a sentence is, the author has to confirm
        return found
    helping = [fix for fix in found.fixes if stuck.at is not token or stuck.gets_further(fix)]
    return evolve(found, fixes=tuple(evolve(fix, safe=stuck.mends(fix)) for fix in helping))


def after_unit(stuck: Stuck) -> Diagnostic | None:
    """What follows a period is misspelt: `5 years ego`, 55周碎."""
    for unit, name in pairwise(stuck.tokens):
        if unit.type not in _UNITS or name.type != "NAME":
            continue
        if unit.end_pos == name.start_pos:
            begin, words = unit.start_pos or 0, [w for kind in _UNITS for w in _phrases(stuck, kind)]
        else:
            begin, words = (
                name.start_pos or 0,
                [w for kind in ("AGO", "AFTER", "BEFORE") for w in _phrases(stuck, kind)],
            )
        written = stuck.source.text[begin : name.end_pos or begin].split(" ")[0]
        near = [word for word in words if len(word) == len(written) and closeness(written, word) >= 50]
        near = near or [word for word in nearest(written, words) if closeness(written, word) >= 50]
        near = [word for word in near if word.isascii() or word not in written]  # else a part would get lost
        if near and written not in words:
            return meant(Span(stuck.source, begin, begin + len(written)), tuple(near[:3]))
    return None


def _phrases(stuck: Stuck, terminal: str) -> Iterator[str]:
    for table in stuck.lexicon.tables:
        yield from table.keywords.get(terminal, ())


_DAY = re.compile(
    "([0-9]{4}|[〇零一二三四五六七八九]{4})年([0-9]{1,2}|[一二三四五六七八九十]{1,3})月([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:日|号)"
)


def day_in_words(stuck: Stuck) -> Diagnostic | None:
    """A day with numbers in words: 二〇二六年三月一日, 2026年三月一日."""
    for found in _DAY.finditer(stuck.source.text, stuck.begin, stuck.end):
        if not all(part.isascii() for part in found.groups()):
            place = Span(stuck.source, found.start(), found.end())
            year, month, day = (int(part) if part.isascii() else chinese_numeral(part) for part in found.groups())
            right = f"{year}年{month}月{day}日"
            data = {"found": place.text, "suggestions": (right,)}
            return Diagnostic("CR0219", place, data, fixes=(Fix(place, right),))
    return None


def in_words(stuck: Stuck) -> Diagnostic | None:
    """A number in words before a unit: `five years ago`, 三日前."""
    known = {name_text(name).casefold() for name in stuck.lexicon.names}
    units = [word for kind in _UNITS for word in _phrases(stuck, kind)]
    for token in stuck.tokens:
        if token.type != "NAME" or name_text(str(token)).casefold() in known:
            continue
        written = str(token)
        first, _, rest = written.partition(" ")
        figures = in_figures(first)
        if figures is None or (first.isascii() and rest and rest.split(" ")[0] not in units):
            continue
        if not first.isascii() and figures.lstrip("0123456789") not in ("", *units):
            continue
        begin = token.start_pos or 0
        place = Span(stuck.source, begin, begin + len(first))
        data = {"found": place.text, "suggestions": (figures,)}
        return Diagnostic("CR0219", place, data, fixes=(Fix(place, figures),))
    return None


def phrase_misspelt(stuck: Stuck) -> Diagnostic | None:
    """A keyword of several words (in Chinese: of four characters or more) of which one is wrong."""
    first = (stuck.tokens[0].start_pos or 0) if stuck.tokens else stuck.end
    line = stuck.source.text[first : stuck.end]
    long = [word for word in dict.fromkeys(_keywords(stuck.lexicon)) if " " in word or _is_long(word)]
    present = [word for word in long if word in " ".join(line.casefold().split()) or word in line]
    known = _known(stuck.lexicon.names)
    best: tuple[int, int, int, str] | None = None
    for word in long:
        for begin, end in _windows(line, word):
            piece = line[begin:end]
            piece = " ".join(piece.casefold().split()) if word.isascii() else piece
            score = closeness(piece, word, _NEARLY) if word.isascii() else _alike(piece, word)
            if score < (_NEARLY if word.isascii() else _NEARLY_ZH) or not is_slip(piece, word):
                continue
            if best is not None and (score, len(word)) <= (best[0], len(best[3])):
                continue
            if any(other in piece and (other not in word or not word.isascii()) for other in present):
                continue
            if piece not in present and piece not in known and not _is_word(stuck, first + begin, first + end):
                best = (score, begin, end, word)
    if best is None:
        return None
    return meant(Span(stuck.source, first + best[1], first + best[2]), (best[3],))


def _is_long(word: str) -> bool:
    return len(word) >= 4 and not word.isascii()


@lru_cache(maxsize=16)
def _known(names: frozenset[str]) -> str:
    """All known names in one text, so that a piece of any of them is found at once."""
    return "\n".join(name_text(name).casefold() for name in names)


def _is_word(stuck: Stuck, begin: int, end: int) -> bool:
    """Whether a stretch lies in a keyword that was understood, or is one with no more than a short word before it."""
    for token in stuck.tokens:
        first, last = token.start_pos or 0, token.end_pos or 0
        inside = first <= begin and end <= last
        if token.type != "NAME" and (inside or (0 <= first - begin <= 3 <= last - first and last == end)):
            return True
    return False


def _alike(piece: str, word: str) -> int:
    """How many of 100 characters stand where they should."""
    return 100 * sum(a == b for a, b in zip(piece, word, strict=False)) // len(word)


def _windows(line: str, word: str) -> Iterator[tuple[int, int]]:
    """Stretches of a line as long as a keyword: of as many words, or characters."""
    if word.isascii():
        words = [m.span() for m in re.finditer(r"[A-Za-z']+", line)]
        count = len(word.split())
        for at in range(len(words) - count + 1):
            yield words[at][0], words[at + count - 1][1]
    else:
        for at in range(len(line) - len(word) + 1):
            yield at, at + len(word)


def _keywords(lexicon: Lexicon) -> Iterator[str]:
    for table in lexicon.tables:
        for phrases in (table.declarations if lexicon.declarations else table.keywords).values():
            yield from phrases


def fragments(text: str, tables_hold_chinese: bool) -> Iterable[tuple[int, int]]:
    """Stretches of a name that may be a misspelt keyword: up to four words, or two to five Chinese characters."""
    words = [m.span() for m in re.finditer(r"[A-Za-z_'>=<-]+", text)]
    for count in (4, 3, 2, 1):
        for first in range(len(words) - count + 1):
            yield words[first][0], words[first + count - 1][1]
    if tables_hold_chinese:
        for size in (5, 4, 3, 2):
            for at in range(len(text) - size + 1):
                if all("\u4e00" <= c <= "\u9fff" for c in text[at : at + size]):
                    yield at, at + size


def misspelt(stuck: Stuck) -> Diagnostic | None:
    """A keyword that became part of a name because it is misspelt: the nearest one, beside where the parser stuck."""
    if stuck.at.type == "THE_PART" and (over := next((t for t in stuck.tokens if t.type == "MORE_THAN"), None)):
        return meant(stuck.place(over), (stuck.word("EXCEEDING"),))
    ranked = sorted(_near_keywords(stuck), key=lambda one: -one[0])
    for _, place, words in ranked[:_TRIED]:
        found = meant(place, words)
        if any(map(stuck.gets_further, found.fixes)):
            return found if _says_one_thing(stuck, place.text, words) else evolve(found, fixes=())
    return None


def _says_one_thing(stuck: Stuck, written: str, words: tuple[str, ...]) -> bool:
    """Whether the keywords that are nearest to what is written mean the same: 不底于 may be 不低于 or 不高于."""
    best = max(closeness(written, word) for word in words)
    equal = {word for word in _keywords(stuck.lexicon) if closeness(written, word) >= best}
    tables = stuck.lexicon.tables
    return any(equal <= {*phrases} for table in tables for phrases in table.keywords.values()) or len(equal) == 1


def _near_keywords(stuck: Stuck) -> Iterator[tuple[int, Span, tuple[str, ...]]]:
    """Stretches of the names beside where the parser stuck that are nearly keywords: how nearly, where, and which."""
    keywords = [word for word in dict.fromkeys(_keywords(stuck.lexicon)) if len(word) > 1 and word[0].isalpha()]
    known = {name_text(name).casefold() for name in stuck.lexicon.names}
    kept = {word for table in stuck.lexicon.tables for word in table.keep}
    plain = {word for table in stuck.lexicon.tables for word in table.fillers if word.isascii()}
    kept |= plain - {word.partition(" ")[0] for word in keywords}
    for token in _suspects(stuck):
        text = str(token)
        if name_text(text).casefold() in known:
            continue
        for begin, end in fragments(text, len(stuck.lexicon.tables) > 1):
            piece = text[begin:end]
            if (
                piece in kept
                or piece in plain
                or any(word in piece for word in keywords if not word.isascii() or word == piece)
            ):
                continue
            if name_text(piece).casefold() in known or _cuts_known(text, begin, end, known):
                continue
            near = [
                one
                for one in nearest(piece, keywords)
                if is_slip(piece, one) and closeness(piece, one) >= _enough(piece)
            ]
            # `at least`, and not `but at least` too
            found = tuple(word for word in near if not any(word.endswith(f" {one}") for one in near))
            if found:
                place = Span(stuck.source, (token.start_pos or 0) + begin, (token.start_pos or 0) + end)
                yield closeness(piece, found[0]) + _bonus(piece, found[0]), place, found


def _suspects(stuck: Stuck) -> list[Token]:
    """The names beside where the parser stuck: two before it, and the one after a comma."""
    names = [t for t in stuck.tokens if t.type == "NAME" and (t.end_pos or 0) <= (stuck.at.end_pos or 1 << 60)]
    after = [t for t in stuck.tokens if (t.start_pos or 0) >= (stuck.at.end_pos or 1 << 60)][:1]
    return [t for t in after if t.type == "NAME" and stuck.at.type == "COMMA"] + list(reversed(names[-2:]))


def _cuts_known(text: str, begin: int, end: int, known: set[str]) -> bool:
    """Whether a stretch takes a part of a known name in the text."""
    folded = text.casefold()
    found = ((at, at + len(name)) for name in known if len(name) > 1 and (at := folded.find(name)) >= 0)
    return any(first < end and begin < last and not (begin <= first and last <= end) for first, last in found)


def _enough(piece: str) -> int:
    return 72 if piece.isascii() else 50


def _bonus(piece: str, word: str) -> int:
    """A piece whose words all belong to the keyword is a keyword cut short."""
    words = piece.casefold().split()
    return 20 if len(words) > 1 and set(words) <= set(word.split()) else 0
