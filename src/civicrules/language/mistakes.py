"""What went wrong in a line that does not parse: the most telling mistake, in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lark import Token
from lark.exceptions import UnexpectedToken

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language.lexer import Lexicon, name_text
from civicrules.program import Names
from civicrules.source import Source, Span
from civicrules.suggest import nearest

# What was being read, and two or three correct examples of it.
CONSTRUCTS = {
    "statement": (
        Names.of(en="a sentence or a definition", zh="一条规定或定义"),
        Names.of(
            en="units must be at least 3 · when electorate is all voters: units must be 3 to 5"
            " · quota means 50 + 1 per 100 households, rounded down",
            zh="单位数应当不少于3个 · 选举方式为全体选民选举的，单位数应当为3至5个"
            " · 当选商数是指50名 + 居民户数每100户增加1名，尾数舍去",
        ),
    ),
    "row": (
        Names.of(en="a row of a table", zh="标准表中的一档"),
        Names.of(en="2500 or fewer: 3 to 5 members · branch: 3", zh="2500户以下的，3至5人 · 党支部：3人"),
    ),
    "entry": (
        Names.of(en="the value after the colon", zh="冒号后的内容"),
        Names.of(en="taken: rounded down · seats: 1, 1, 5", zh="采用：尾数舍去 · 名额：1、1、5"),
    ),
    "validity": (
        Names.of(en="a time of validity", zh="有效期"),
        Names.of(
            en="valid: from 2012-07-01 · valid: until 2013-12-28",
            zh="有效期：自2012年7月1日起 · 有效期：至2013年12月28日",
        ),
    ),
    "declaration": (
        Names.of(en="a declaration of a name", zh="名称的声明"),
        Names.of(
            en="households / 居民户数: number in households · election day / 选举日: date",
            zh="居民户数 / households：数字 单位为户 · 选举日 / election day：日期",
        ),
    ),
    "expectations": (
        Names.of(en="what an example expects", zh="示例的预期结果"),
        Names.of(
            en="expect committee posts: cannot say · expect quota is 51",
            zh="则 居委会职位：无法判断 · 则 应选居民代表数为51名",
        ),
    ),
}

_FORCES = ("MUST", "MUST_NOT", "SHOULD", "SHOULD_NOT", "ENCOURAGED", "MAY")
# Kinds of tokens that stand for what people write themselves.
_SHAPES = {
    "NAME": Names.of(en="a name", zh="名称"),
    "NUMBER": Names.of(en="a number", zh="数字"),
    "PERCENT": Names.of(en="a percentage", zh="百分比"),
    "DATE": Names.of(en="a day such as 2012-07-01", zh="日期，如2012年7月1日"),
    "STRING": Names.of(en="a text in quotes", zh="引号内的文字"),
    "COLON": Names.of(en="a colon", zh="冒号"),
    "COMMA": Names.of(en="a comma", zh="逗号"),
    "RPAR": Names.of(en="a closing bracket", zh="右括号"),
    "$END": Names.of(en="the end of the line", zh="行尾"),
}


def _place(source: Source, token: Token) -> Span:
    return Span(source, token.start_pos or 0, token.end_pos or 0)


def explain(
    source: Source, lexicon: Lexicon, start: str, tokens: Sequence[Token], error: UnexpectedToken, end: int
) -> Diagnostic:
    """The diagnostic for a line that the parser refused at a token."""
    construct, examples = CONSTRUCTS[start]
    data: dict[str, object] = {"construct": construct, "examples": examples}
    stuck = error.token
    at_end = stuck.type == "$END"
    for token in tokens:
        if token.type == "INSTEAD":
            return _instead(source, lexicon, token)
        if token.type == "UNKNOWN":
            return Diagnostic("CR0102", _place(source, token), {**data, "found": str(token)})
    place = Span(source, end - 1 if end else 0, end) if at_end else _place(source, stuck)
    near = _misspelt(source, lexicon, tokens, stuck, error.accepts or set())
    if near is not None:
        return near
    opened = sum(t.type == "LPAR" for t in tokens) - sum(t.type == "RPAR" for t in tokens)
    if opened:
        bracket = next(t for t in tokens if t.type in ("LPAR", "RPAR")) if opened > 0 else stuck
        return Diagnostic("CR0106", _place(source, bracket) if bracket.type != "$END" else place)
    if start == "statement" and not any(t.type in (*_FORCES, "MEANS", "SET_BY", "SET") for t in tokens):
        return Diagnostic("CR0105", Span(source, tokens[0].start_pos or 0, end), data)
    data["expected"] = tuple(_expected(lexicon, error.accepts or set()))
    if at_end:
        return Diagnostic("CR0104", place, data)
    return Diagnostic("CR0101", place, {**data, "found": str(stuck)})


def _instead(source: Source, lexicon: Lexicon, token: Token) -> Diagnostic:
    wrong = " ".join(str(token).casefold().split())
    terminal = next(table.instead[wrong] for table in lexicon.tables if wrong in table.instead)
    right = next((word for table in lexicon.tables if (word := table.print(terminal))), "")
    if terminal == "MUST_NOT" and not lexicon.tables[0].print(terminal):
        right = "must not"
    place = _place(source, token)
    return Diagnostic("CR0103", place, {"found": str(token), "suggestions": (right,)}, fixes=(Fix(place, right),))


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


def _known(lexicon: Lexicon, text: str) -> bool:
    return name_text(text).casefold() in {name.casefold() for name in lexicon.names}


def _misspelt(
    source: Source, lexicon: Lexicon, tokens: Sequence[Token], stuck: Token, accepts: set[str]
) -> Diagnostic | None:
    """A keyword that became part of a name because it is misspelt: the nearest one, beside where the parser stuck."""
    keywords = [word for word in dict.fromkeys(_keywords(lexicon)) if len(word) > 1 and word[0].isalpha()]
    names = [t for t in tokens if t.type == "NAME" and (t.end_pos or 0) <= (stuck.end_pos or 1 << 60)]
    best: tuple[float, Span, tuple[str, ...]] | None = None
    for token in reversed(names[-2:]):
        if _known(lexicon, str(token)):
            continue
        for begin, end in fragments(str(token), len(lexicon.tables) > 1):
            piece = str(token)[begin:end]
            if _known(lexicon, piece) or piece in keywords:
                continue
            found = nearest(piece, keywords)
            if not found:
                continue
            score = _closeness(piece, found[0])
            if best is None or score > best[0]:
                place = Span(source, (token.start_pos or 0) + begin, (token.start_pos or 0) + end)
                best = (score, place, found)
    if best is None or best[0] < _enough(best[1].text):
        return None
    _, place, found = best
    return Diagnostic("CR0103", place, {"found": place.text, "suggestions": found}, fixes=(Fix(place, found[0]),))


def _enough(piece: str) -> float:
    return 0.5 if not piece.isascii() else 0.72


def _closeness(piece: str, word: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, piece.casefold(), word.casefold(), autojunk=False).ratio()


def _expected(lexicon: Lexicon, accepts: set[str]) -> Iterator[Names]:
    """What could stand here, in words: at most six."""
    shown = 0
    for terminal in sorted(accepts, key=lambda t: (t not in _SHAPES, t)):
        if terminal in _SHAPES:
            words = _SHAPES[terminal]
        else:
            words = Names.of(**{t.tag: t.print(terminal) for t in lexicon.tables if t.print(terminal)})
        if words.forms and shown < 6:
            shown += 1
            yield words
