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
from civicrules.suggest import closeness, in_figures, nearest
from civicrules.values import frozen

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

FORCES = ("MUST", "MUST_NOT", "SHOULD", "SHOULD_NOT", "ENCOURAGED", "MAY")
COLON = Names.of(en="a colon", zh="冒号")
_CASE = Names.of(en="“的，”", zh="“的，”")
_SEPARATORS = frozenset({"COLON", "CASE_COLON", "CASE_END"})
_COMPARING = frozenset(
    {"IS", "IS_NOT", "AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN", "EXACTLY", "UNEQUAL", "NO_LATER", "NO_EARLIER"}
    | {"OR_MORE", "OR_LESS", "WITHIN", "ONE_OF", "BETWEEN"}
)
_PARTNERS = {"SET": "BY", "START": "SINCE"}
_FORMULA = frozenset({"PLUS", "MINUS", "TIMES", "DIVIDED", "PER", "EACH", "ROUNDED_AS", "ROUNDED_UP", "ROUNDED_DOWN"})
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
    "CASE_END": Names.of(en="“的，”", zh="“的，”"),
    "$END": Names.of(en="the end of the line", zh="行尾"),
}


@frozen
class _Stuck:
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


def explain(
    source: Source, lexicon: Lexicon, start: str, tokens: Sequence[Token], error: UnexpectedToken, end: int
) -> Diagnostic:
    """The diagnostic for a line that the parser refused at a token: the most telling one that fits."""
    stuck = _Stuck(source, lexicon, start, tokens, error.token, frozenset(error.accepts or ()), end)
    kinds = _KINDS if tokens else ()  # of an empty line there is nothing to say but that it ends too early
    found = next((found for kind in kinds if (found := kind(stuck)) is not None), None)
    if found is not None:
        return found
    construct, examples = CONSTRUCTS[start]
    expected = tuple(_expected(stuck))
    data: dict[str, object] = {"construct": construct, "examples": examples, "expected": expected}
    if stuck.at_end:
        return Diagnostic("CR0104", stuck.place(stuck.at), data)
    return Diagnostic("CR0101", stuck.place(stuck.at), {**data, "found": stuck.written(stuck.at)})


def unclosed(source: Source, start: int, end: int) -> Diagnostic:
    """A quotation mark that nothing closes before the end of its line."""
    line_end = source.text.find("\n", start)
    end = min(end, len(source.text) if line_end < 0 else line_end)
    closing = {"“": "”", "「": "」"}.get(source.text[start : start + 1], '"')
    return Diagnostic(
        "CR0107", Span(source, start, end), {"closing": closing}, fixes=(Fix(Span(source, end, end), closing),)
    )


# ---------------------------------------------------------------- words and signs


def _wrong_word(stuck: _Stuck) -> Diagnostic | None:
    """A word that the language does not have, and the one it has instead."""
    token = next((t for t in stuck.tokens if t.type == "INSTEAD"), None)
    if token is None:
        return None
    wrong = " ".join(str(token).casefold().split())
    terminal = next(table.instead[wrong] for table in stuck.lexicon.tables if wrong in table.instead)
    right = stuck.word(terminal) or ("must not" if terminal == "MUST_NOT" else "")
    return _meant(stuck.place(token), (right,))


def _meant(place: Span, suggestions: tuple[str, ...]) -> Diagnostic:
    fixes = tuple(Fix(place, word) for word in suggestions[:1])
    return Diagnostic("CR0103", place, {"found": place.text, "suggestions": suggestions}, fixes=fixes)


def _strange(stuck: _Stuck) -> Diagnostic | None:
    """A sign that belongs to nothing."""
    token = next((t for t in stuck.tokens if t.type == "UNKNOWN"), None)
    if token is None:
        return None
    place, sign = stuck.place(token), str(token)
    written = next((t for t in stuck.tokens if t.end_pos == token.start_pos and t.type == "NAME"), None)
    if written is not None and (figures := in_figures(str(written))) is not None:
        data = {"found": str(written), "suggestions": (figures,)}
        return Diagnostic("CR0219", stuck.place(written), data, fixes=(Fix(stuck.place(written), figures),))
    if sign in "[]":
        return _alone(stuck, place, {"〔": "〕", "【": "】", "[": "]"}.get(place.text, ""))
    if sign in '"“”「':
        return unclosed(stuck.source, place.start, stuck.end)
    suggestions = _instead_of_sign(stuck, token)
    fixes = tuple(Fix(place, word) for word in suggestions)
    return Diagnostic("CR0102", place, {"found": place.text, "suggestions": suggestions}, fixes=fixes)


def _instead_of_sign(stuck: _Stuck, token: Token) -> tuple[str, ...]:
    if str(token) in "~—―…":
        return ("至" if stuck.chinese else " to ",)
    return ("、",) if str(token) == ";" and stuck.chinese else ()


def _bracket(stuck: _Stuck) -> Diagnostic | None:
    """A bracket without its partner: the first one that opens nothing or that nothing closes."""
    open_: list[Token] = []
    for token in stuck.tokens:
        if token.type == "LPAR":
            open_.append(token)
        elif token.type == "RPAR":
            if not open_:
                return _alone(stuck, stuck.place(token), "")
            open_.pop()
    if not open_:
        return None
    place = stuck.place(open_[0])
    return _alone(stuck, place, "）" if place.text == "（" else ")")


def _alone(stuck: _Stuck, place: Span, closing: str) -> Diagnostic:
    end = Span(stuck.source, stuck.end, stuck.end)
    return Diagnostic("CR0106", place, {"closing": closing}, fixes=(Fix(end, closing) if closing else Fix(place, ""),))


# ---------------------------------------------------------------- how the line is put together


def _separator(stuck: _Stuck) -> Diagnostic | None:
    """What parts a case from its consequence is missing: a colon, in Chinese `的，`."""
    sign = "的，" if stuck.chinese else ": "
    if _SEPARATORS & set(stuck.types):
        wrong = stuck.start == "row" and stuck.at.type == "CASE_COLON"
        return _parted(stuck, stuck.place(stuck.at), sign) if wrong else None
    by, closings = stuck.word("BY"), stuck.lexicon.tables[0].keywords.get("SET", ())
    line = stuck.source.text[stuck.tokens[0].start_pos or 0 : stuck.end]
    if "SET_BY" in stuck.types or (by and by in line and line.endswith(closings)):
        end = Span(stuck.source, stuck.end, stuck.end)
        return _parted(stuck, end, "：" if stuck.chinese else ":") if stuck.at_end else None
    if stuck.start == "row":
        return None if stuck.at_end else _unparted_row(stuck, sign)
    forces = [t for t in stuck.tokens if t.type in FORCES]
    if stuck.start != "statement" or not forces:
        return None
    conditions = [t for t in stuck.tokens if t.type in _COMPARING and (t.end_pos or 0) <= (forces[0].start_pos or 0)]
    if not conditions and stuck.types[0] != "WHEN":
        return None
    if stuck.at.type == "COMMA":
        return _parted(stuck, stuck.place(stuck.at), sign.strip())
    return _parted(stuck, *_boundary(stuck, conditions[-1] if conditions else stuck.tokens[0]))


def _unparted_row(stuck: _Stuck, sign: str) -> Diagnostic:
    place = stuck.place(stuck.at)
    if stuck.at.type in ("COMMA", "DE"):
        return _parted(stuck, place, sign)
    return _parted(stuck, Span(stuck.source, place.start, place.start), sign, place)


def _parted(stuck: _Stuck, place: Span, sign: str, shown: Span | None = None) -> Diagnostic:
    words = COLON if ":" in sign or "：" in sign else _CASE
    return Diagnostic("CR0121", shown or place, {"sign": words}, fixes=(Fix(place, sign),))


def _boundary(stuck: _Stuck, comparing: Token) -> tuple[Span, str, Span | None]:
    """Where a condition that runs into its consequence ends: after the name that its comparison is with."""
    after = [t for t in stuck.tokens if (t.start_pos or 0) >= (comparing.end_pos or 0)]
    if stuck.chinese:
        for token in after:
            if token.type == "DE":
                return stuck.place(token), "的，", None
    for token in after:
        if token.type != "NAME":
            continue
        for first, second in _splits(stuck, str(token)):
            begin = (token.start_pos or 0) + len(first)
            place = Span(stuck.source, begin, begin + len(str(token)) - len(first) - len(second))
            return place, "的，" if stuck.chinese else ": ", Span(stuck.source, place.end, (token.end_pos or 0))
    at = stuck.place(stuck.at).start
    return Span(stuck.source, at, at), "的，" if stuck.chinese else ": ", stuck.place(stuck.at)


def _splits(stuck: _Stuck, text: str) -> Iterator[tuple[str, str]]:
    """A run of words as two known names."""
    names = {name_text(name).casefold() for name in stuck.lexicon.names}
    for match in re.finditer(r"[ \t]+|(?<=[^\x00-\x7f])(?=[^\x00-\x7f])", text):
        first, second = text[: match.start()], text[match.end() :]
        if name_text(first).casefold() in names and name_text(second).casefold() in names:
            yield first, second


def _partner(stuck: _Stuck) -> Diagnostic | None:
    """A word whose partner is missing: 确定 without 按, 起 without 自, 超出 without 的部分."""
    names = {name_text(name) for name in stuck.lexicon.names}
    kind = str(stuck.at.type)
    before = stuck.before[-1] if stuck.before else None
    if stuck.accepts == {"THE_PART"}:
        at, word = stuck.place(stuck.at).start, stuck.word("THE_PART")
    elif kind in _PARTNERS and _PARTNERS[kind] not in stuck.types and before is not None and before.type == "NAME":
        text, word = str(before), stuck.word(_PARTNERS[kind])
        tail = max((name for name in names if text.endswith(name)), key=len, default=text)
        at = (before.end_pos or 0) - len(tail)
        if len(text) == len(tail) + 1:
            return _meant(Span(stuck.source, at - 1, at), (word,))
    elif before is not None and before.type == "NAME" and (since := stuck.word("SINCE")):
        if not str(before).startswith(since) or str(before)[len(since) :] not in names:
            return None
        at, word = before.end_pos or 0, stuck.word("START")
    else:
        return None
    place = Span(stuck.source, at, at)
    return Diagnostic("CR0126", place, {"word": word}, fixes=(Fix(place, word),)) if word else None


def _half_share(stuck: _Stuck) -> Diagnostic | None:
    """驻社区单位数的10至30%: the sign is missing at the first end."""
    index = next((i for i, token in enumerate(stuck.tokens) if token is stuck.at), None)
    if index is None or stuck.types[index : index + 3] != ["NUMBER", "TO", "PERCENT"]:
        return None
    place = stuck.place(stuck.at)
    right = f"{place.text}%"
    return Diagnostic("CR0220", place, {"found": place.text, "suggestions": (right,)}, fixes=(Fix(place, right),))


def _two_cases(stuck: _Stuck) -> Diagnostic | None:
    """`when A: when B: …`, `A的，B的，……`: conditions are joined by a word."""
    word = stuck.word("AND")
    ends = [t for t in stuck.tokens if t.type in _SEPARATORS]
    if stuck.start != "statement" or not ends or not any(t.type in FORCES for t in stuck.tokens):
        return None
    if len(ends) > 1:
        place = stuck.place(ends[0])
        return Diagnostic("CR0124", place, {"word": word}, fixes=(Fix(place, word if stuck.chinese else f" {word} "),))
    if stuck.at.type == "WHEN":
        place = Span(stuck.source, ends[0].start_pos or 0, stuck.at.end_pos or 0)
        return Diagnostic("CR0124", place, {"word": word}, fixes=(Fix(place, f" {word}"),))
    return None


def _round_citation(stuck: _Stuck) -> Diagnostic | None:
    """A citation in round brackets at the end of a sentence."""
    if stuck.at.type != "LPAR" or "$END" not in stuck.accepts or stuck.types[-1] != "RPAR":
        return None
    place = Span(stuck.source, stuck.at.start_pos or 0, stuck.end)
    inside = place.text[1:-1]
    right = f"〔{inside}〕" if stuck.chinese else f"[{inside}]"
    return Diagnostic("CR0123", place, {"suggestions": (right,)}, fixes=(Fix(place, right),))


def _no_force(stuck: _Stuck) -> Diagnostic | None:
    """A line without a word that binds, and no definition."""
    if stuck.start != "statement" or any(kind in (*FORCES, "MEANS", "SET_BY", "SET") for kind in stuck.types):
        return None
    construct, examples = CONSTRUCTS[stuck.start]
    place = Span(stuck.source, stuck.tokens[0].start_pos or 0, stuck.end)
    fixes: tuple[Fix, ...] = ()
    verb = next((t for t in stuck.tokens if t.type == "IS"), None)
    comparing = next((t for t in stuck.tokens if t.type in _COMPARING), None)
    if stuck.types[:2] == ["NAME", "COLON"] and len(stuck.types) > 2:
        fixes = (
            Fix(stuck.place(stuck.tokens[1]), stuck.word("MEANS") if stuck.chinese else f" {stuck.word('MEANS')}"),
        )
    elif verb is not None and _FORMULA & set(stuck.types):
        fixes = (Fix(stuck.place(verb), stuck.word("MEANS")),)
    elif verb is not None:
        right = f"{stuck.word('MUST')}{'' if stuck.chinese else ' '}{stuck.written(verb) if stuck.chinese else 'be'}"
        fixes = (Fix(stuck.place(verb), right),)
    elif comparing is not None:
        at = comparing.start_pos or 0
        fixes = (Fix(Span(stuck.source, at, at), stuck.word("MUST") if stuck.chinese else "must be "),)
    return Diagnostic("CR0105", place, {"construct": construct, "examples": examples}, fixes=fixes)


def _no_comparison(stuck: _Stuck) -> Diagnostic | None:
    """A value, and nothing that says how it is compared: `must 9`."""
    ended = stuck.at_end or (stuck.at.type == "COMMA" and "COMMA" not in stuck.accepts)
    if not ended or "OR_MORE" not in stuck.accepts or "$END" in stuck.accepts:
        return None
    forces = [index for index, kind in enumerate(stuck.types) if kind in FORCES or kind == "NOT"]
    index = forces[-1] + 1 if forces else 0
    if index >= len(stuck.tokens):
        return None
    place = Span(stuck.source, stuck.tokens[index].start_pos or 0, stuck.end)
    at = Span(stuck.source, place.start, place.start)
    fixes = (Fix(at, stuck.word("IS") if stuck.chinese else "be "),) if forces else ()
    return Diagnostic("CR0125", place, {"found": place.text}, fixes=fixes)


# ---------------------------------------------------------------- keywords that became part of a name


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


def _misspelt(stuck: _Stuck) -> Diagnostic | None:
    """A keyword that became part of a name because it is misspelt: the nearest one, beside where the parser stuck."""
    if stuck.at.type == "THE_PART" and (over := next((t for t in stuck.tokens if t.type == "MORE_THAN"), None)):
        return _meant(stuck.place(over), (stuck.word("EXCEEDING"),))
    keywords = [word for word in dict.fromkeys(_keywords(stuck.lexicon)) if len(word) > 1 and word[0].isalpha()]
    known = {name_text(name).casefold() for name in stuck.lexicon.names}
    best: tuple[int, Span, tuple[str, ...]] | None = None
    kept = {word for table in stuck.lexicon.tables for word in table.keep}
    for token in _suspects(stuck):
        text = str(token)
        if name_text(text).casefold() in known:
            continue
        for begin, end in fragments(text, len(stuck.lexicon.tables) > 1):
            piece = text[begin:end]
            if piece in kept or any(word in piece for word in keywords if not word.isascii() or word == piece):
                continue
            if name_text(piece).casefold() in known or _cuts_known(text, begin, end, known):
                continue
            found = tuple(word for word in nearest(piece, keywords) if closeness(piece, word) >= _enough(piece))
            if not found:
                continue
            score = closeness(piece, found[0]) + _bonus(piece, found[0])
            if best is None or score > best[0]:
                place = Span(stuck.source, (token.start_pos or 0) + begin, (token.start_pos or 0) + end)
                best = (score, place, found)
    return None if best is None else _meant(best[1], best[2])


def _suspects(stuck: _Stuck) -> list[Token]:
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


def _expected(stuck: _Stuck) -> Iterator[Names]:
    """What could stand here, in words: at most six."""
    shown = 0
    own = stuck.lexicon.tables[0]
    words_of = own.declarations if stuck.lexicon.declarations else own.keywords
    for terminal in sorted(stuck.accepts, key=lambda t: (t not in _SHAPES, t)):
        if terminal == "CASE_END" and not stuck.chinese:
            continue
        if terminal in _SHAPES:
            words = _SHAPES[terminal]
        else:
            words = Names.of(**{own.tag: words_of[terminal][0]}) if words_of.get(terminal) else Names()
        if words.forms and shown < 6:
            shown += 1
            yield words


_KINDS = (
    _wrong_word,
    _strange,
    _bracket,
    _half_share,
    _partner,
    _misspelt,
    _separator,
    _two_cases,
    _round_citation,
    _no_force,
    _no_comparison,
)
