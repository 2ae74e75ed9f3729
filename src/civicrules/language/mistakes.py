"""What went wrong in a line that does not parse: the most telling mistake, in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from lark import Token
from lark.exceptions import UnexpectedToken

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language.lexer import Lexicon, name_text
from civicrules.language.misplaced import DAYS, MISPLACED
from civicrules.language.stuck import FORCES, Stuck, inserted, meant
from civicrules.program import Names
from civicrules.source import Source, Span
from civicrules.suggest import closeness, in_figures, nearest

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
    "listed": (
        Names.of(en="an item of a list", zh="所列的一项"),
        Names.of(
            en="age is at least 18 · released less than 5 years ago · not deprived of political rights",
            zh="年龄满18周岁 · 刑满释放之日起不满5年 · 未被剥夺政治权利",
        ),
    ),
    "exception": (
        Names.of(en="an exception", zh="例外"),
        Names.of(
            en="except when incumbent · except when incumbent: at most 65",
            zh="但是现任的除外 · 但是现任的，不超过65周岁",
        ),
    ),
    "case_row": (
        Names.of(en="a case of a definition", zh="定义中的一种情形"),
        Names.of(en="when sex is female: 55 years · otherwise: 60 years", zh="性别为女的，55周岁 · 其他情形：60周岁"),
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

COLON = Names.of(en="a colon", zh="冒号")
_CASE = Names.of(en="“的，”", zh="“的，”")
_SEPARATORS = frozenset({"COLON", "CASE_COLON", "CASE_END"})
_COMPARING = frozenset(
    {"IS", "IS_NOT", "AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN", "EXACTLY", "UNEQUAL", "NO_LATER", "NO_EARLIER"}
    | {"OR_MORE", "OR_LESS", "WITHIN", "ONE_OF", "BETWEEN"}
)
_PARTNERS = {"SET": "BY", "START": "SINCE"}
_PAIRS = ("按……确定", "自……起", "超出……的部分")
_UNITS = ("YEARS", "MONTHS", "WEEKS", "WORKING_DAYS", "DAYS")
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


def explain(
    source: Source,
    lexicon: Lexicon,
    start: str,
    tokens: Sequence[Token],
    error: UnexpectedToken,
    end: int,
    brief: bool = False,
) -> Diagnostic:
    """The diagnostic for a line that the parser refused at a token: the most telling one that fits.

    A `brief` one says only where the line stops making sense.
    """
    stuck = Stuck(source, lexicon, start, tokens, error.token, frozenset(error.accepts or ()), end)
    kinds = (
        _KINDS if tokens and not brief else ()
    )  # of an empty line there is nothing to say but that it ends too early
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


def _wrong_word(stuck: Stuck) -> Diagnostic | None:
    """A word that the language does not have, and the one it has instead."""
    token = next((t for t in stuck.tokens if t.type == "INSTEAD"), None)
    if token is None:
        return None
    wrong = " ".join(str(token).casefold().split())
    terminal = next(table.instead[wrong] for table in stuck.lexicon.tables if wrong in table.instead)
    right = stuck.word(terminal) or ("must not" if terminal == "MUST_NOT" else "")
    return meant(stuck.place(token), (right,))


def _strange(stuck: Stuck) -> Diagnostic | None:
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


def _instead_of_sign(stuck: Stuck, token: Token) -> tuple[str, ...]:
    if str(token) in "~—―…":
        return ("至" if stuck.chinese else " to ",)
    return ("、",) if str(token) == ";" and stuck.chinese else ()


def _bracket(stuck: Stuck) -> Diagnostic | None:
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


def _alone(stuck: Stuck, place: Span, closing: str) -> Diagnostic:
    end = Span(stuck.source, stuck.end, stuck.end)
    return Diagnostic("CR0106", place, {"closing": closing}, fixes=(Fix(end, closing) if closing else Fix(place, ""),))


# ---------------------------------------------------------------- how the line is put together


def _separator(stuck: Stuck) -> Diagnostic | None:
    """What parts a case from its consequence is missing: a colon, in Chinese `的，`."""
    sign = "的，" if stuck.chinese else ": "
    if stuck.at_end and stuck.accepts == {"COLON"}:
        return _parted(stuck, Span(stuck.source, stuck.end, stuck.end), "：" if stuck.chinese else ":")
    if _SEPARATORS & set(stuck.types):
        wrong = stuck.start == "row" and stuck.at.type == "CASE_COLON"
        return _parted(stuck, stuck.place(stuck.at), sign) if wrong else None
    by, closings = stuck.word("BY"), stuck.lexicon.tables[0].keywords.get("SET", ())
    line = stuck.source.text[stuck.tokens[0].start_pos or 0 : stuck.end]
    if "SET_BY" in stuck.types or (by and by in line and line.endswith(closings)):
        end = Span(stuck.source, stuck.end, stuck.end)
        return _parted(stuck, end, "：" if stuck.chinese else ":") if stuck.at_end else None
    if stuck.start in ("row", "case_row"):
        return _unparted_row(stuck, sign)
    forces = [t for t in stuck.tokens if t.type in FORCES]
    if stuck.start != "statement" or not forces:
        return None
    conditions = [t for t in stuck.tokens if t.type in _COMPARING and (t.end_pos or 0) <= (forces[0].start_pos or 0)]
    if not conditions and stuck.types[0] != "WHEN":
        return None
    if stuck.at.type == "COMMA":
        return _parted(stuck, stuck.place(stuck.at), sign.strip())
    return _parted(stuck, *_boundary(stuck, conditions[-1] if conditions else stuck.tokens[0]))


def _unparted_row(stuck: Stuck, sign: str) -> Diagnostic | None:
    """A row or a case without a colon or 的，: the last comma stands for it, or it belongs before what cannot follow."""
    place = stuck.place(stuck.at)
    comma = next((t for t in reversed(stuck.tokens) if t.type in ("COMMA", "DE")), None)
    if stuck.at_end:
        return None if comma is None else _parted(stuck, stuck.place(comma), sign)
    if stuck.at.type in ("COMMA", "DE"):
        return _parted(stuck, place, sign)
    if comma is not None and comma.type == "DE" and comma.end_pos == place.start:
        return _parted(stuck, stuck.place(comma), sign)
    return _parted(stuck, Span(stuck.source, place.start, place.start), sign, place)


def _parted(stuck: Stuck, place: Span, sign: str, shown: Span | None = None) -> Diagnostic:
    words = COLON if ":" in sign or "：" in sign else _CASE
    return Diagnostic("CR0121", shown or place, {"sign": words}, fixes=(Fix(place, sign),))


def _boundary(stuck: Stuck, comparing: Token) -> tuple[Span, str, Span | None]:
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


def _splits(stuck: Stuck, text: str) -> Iterator[tuple[str, str]]:
    """A run of words as two known names."""
    names = {name_text(name).casefold() for name in stuck.lexicon.names}
    for match in re.finditer(r"[ \t]+|(?<=[^\x00-\x7f])(?=[^\x00-\x7f])", text):
        first, second = text[: match.start()], text[match.end() :]
        if name_text(first).casefold() in names and name_text(second).casefold() in names:
            yield first, second


def _partner(stuck: Stuck) -> Diagnostic | None:
    """A word whose partner is missing: 确定 without 按, 起 without 自, 超出 without 的部分."""
    names = {name_text(name) for name in stuck.lexicon.names}
    kind = str(stuck.at.type)
    before = stuck.before[-1] if stuck.before else None
    data: dict[str, object] = {"pairs": _PAIRS}
    if stuck.accepts == {"THE_PART"}:
        at, word = stuck.place(stuck.at).start, stuck.word("THE_PART")
    elif stuck.accepts and stuck.accepts <= {"DE_TIME", "DE"} and not stuck.at_end:
        at, word, data = stuck.place(stuck.at).start, stuck.word("DE_TIME"), {}
    elif kind in _PARTNERS and _PARTNERS[kind] not in stuck.types and before is not None and before.type == "NAME":
        text, word = str(before), stuck.word(_PARTNERS[kind])
        tail = max((name for name in names if text.endswith(name)), key=len, default=text)
        at = (before.end_pos or 0) - len(tail)
        if len(text) == len(tail) + 1:
            return meant(Span(stuck.source, at - 1, at), (word,))
        if text[-1:] == stuck.word("DAYS") and text[:-1] in names:  # 刑满释放日起 for 刑满释放之日起
            at, word, data = (before.end_pos or 0) - 1, "之", {}
    elif before is not None and before.type == "NAME" and (since := stuck.word("SINCE")):
        if not str(before).startswith(since) or str(before)[len(since) :] not in names:
            return None
        at, word = before.end_pos or 0, stuck.word("START")
    else:
        return None
    place = Span(stuck.source, at, at)
    return Diagnostic("CR0126", place, {"word": word, **data}, fixes=(Fix(place, word),)) if word else None


def _half_share(stuck: Stuck) -> Diagnostic | None:
    """驻社区单位数的10至30%: the sign is missing at the first end."""
    index = next((i for i, token in enumerate(stuck.tokens) if token is stuck.at), None)
    if index is None or stuck.types[index : index + 3] != ["NUMBER", "TO", "PERCENT"]:
        return None
    place = stuck.place(stuck.at)
    right = f"{place.text}%"
    return Diagnostic("CR0220", place, {"found": place.text, "suggestions": (right,)}, fixes=(Fix(place, right),))


def _list_instead(stuck: Stuck) -> Diagnostic | None:
    """`must be in good health or part-time`: alternatives in a duty, and several duties, are a list."""
    if stuck.start != "statement" or stuck.at.type not in ("OR", "AND"):
        return None
    if not any(token.type in FORCES for token in stuck.before):
        return None
    heads = {"OR": _ANY_OF, "AND": _ALL_OF}
    data = {"word": stuck.written(stuck.at), "list": heads[str(stuck.at.type)]}
    return Diagnostic("CR0131", stuck.place(stuck.at), data)


_ANY_OF = Names.of(en="any of these", zh="应当符合下列条件之一")
_ALL_OF = Names.of(en="all of these", zh="应当符合下列条件")


def _exception(stuck: Stuck) -> Diagnostic | None:
    """An exception in the line of its sentence, or at the margin."""
    index = next((i for i, kind in enumerate(stuck.types) if kind == "EXCEPT"), None)
    if index is None or stuck.start not in ("statement", "listed"):
        return None
    begin = stuck.tokens[index].start_pos or 0
    if index == 0:
        fixes = (Fix(Span(stuck.source, begin, begin), "  "),) if stuck.start == "statement" else ()
        return Diagnostic("CR0132", Span(stuck.source, begin, stuck.end), fixes=fixes)
    first = stuck.tokens[0].start_pos or 0
    margin = stuck.source.text[stuck.source.text.rfind("\n", 0, first) + 1 : first]
    parted = stuck.tokens[index - 1]
    cut = (parted.start_pos if parted.type == "COMMA" else parted.end_pos) or 0
    right = f"\n{margin}  {stuck.source.text[begin : stuck.end]}"
    fixes = (Fix(Span(stuck.source, cut, stuck.end), right),)
    return Diagnostic("CR0132", Span(stuck.source, begin, stuck.end), fixes=fixes)


def _of_these(stuck: Stuck) -> Diagnostic | None:
    """`at least 2 of this`, `meet 2 of these`: how many of a list must hold."""
    if stuck.accepts == {"OF_THESE"}:
        end = next((t.start_pos for t in stuck.tokens if t.type == "COLON"), None) or stuck.end
        return meant(Span(stuck.source, stuck.place(stuck.at).start, end), (stuck.word("OF_THESE"),))
    index = next((i for i, kind in enumerate(stuck.types) if kind == "OF_THESE"), 0)
    if index < 2 or stuck.types[index - 1] != "NUMBER" or stuck.types[index - 2] == "AT_LEAST":
        return None
    at = stuck.tokens[index - 1].start_pos or 0
    word = "至少" if stuck.chinese else stuck.word("AT_LEAST")
    place = Span(stuck.source, at, at)
    return Diagnostic("CR0126", place, {"word": word}, fixes=(Fix(place, word if stuck.chinese else f"{word} "),))


def _after_unit(stuck: Stuck) -> Diagnostic | None:
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
        if near and written not in words:
            return meant(Span(stuck.source, begin, begin + len(written)), tuple(near[:3]))
    return None


def _phrases(stuck: Stuck, terminal: str) -> Iterator[str]:
    for table in stuck.lexicon.tables:
        yield from table.keywords.get(terminal, ())


def _in_words(stuck: Stuck) -> Diagnostic | None:
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


def _among_these(stuck: Stuck) -> Diagnostic | None:
    """全体候选人中性别为女的人数: the comma after 中 is missing; or 的人数 is."""
    names = {name_text(name) for name in stuck.lexicon.names}
    sign = stuck.word("AMONG_THESE")
    if not sign:
        return None
    for token in stuck.tokens:
        text = str(token)
        cuts = (m.end() for m in re.finditer(sign, text)) if token.type == "NAME" else ()
        for cut in cuts:
            if text[: cut - len(sign)] in names and any(text[cut:].startswith(name) for name in names):
                at = (token.start_pos or 0) + cut
                return inserted(Span(stuck.source, at, at), "，")
    if "AMONG_THESE" in stuck.types and stuck.at.type == "DE" and not {"THESE_COUNT", "THOSE"} & set(stuck.types):
        return inserted(Span(stuck.source, stuck.at.start_pos or 0, stuck.at.start_pos or 0), stuck.word("COUNT_END"))
    return None


def _not_counted(stuck: Stuck) -> Diagnostic | None:
    """全体候选人中，性别为女不得少于1人: what counts them is missing."""
    if stuck.at.type not in FORCES or "AMONG_THESE" not in stuck.types or {"THESE_COUNT", "THOSE"} & set(stuck.types):
        return None
    start = stuck.at.start_pos or 0
    return inserted(Span(stuck.source, start, start), stuck.word("COUNT_END"))


def _phrase_misspelt(stuck: Stuck) -> Diagnostic | None:
    """A keyword of several words (in Chinese: of four characters or more) of which one is wrong."""
    first = (stuck.tokens[0].start_pos or 0) if stuck.tokens else stuck.end
    line = stuck.source.text[first : stuck.end]
    long = [word for word in dict.fromkeys(_keywords(stuck.lexicon)) if " " in word or _is_long(word)]
    known = _known(stuck.lexicon.names)
    best: tuple[int, int, int, str] | None = None
    for word in long:
        for begin, end in _windows(line, word):
            piece = line[begin:end]
            piece = " ".join(piece.casefold().split()) if word.isascii() else piece
            if any(other in piece and (other not in word or not word.isascii()) for other in long):
                continue
            if piece in long or piece in known or _is_word(stuck, first + begin, first + end):
                continue
            score = closeness(piece, word) if word.isascii() else _alike(piece, word)
            if score >= (85 if word.isascii() else 65) and (
                best is None or (score, len(word)) > (best[0], len(best[3]))
            ):
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


def _two_cases(stuck: Stuck) -> Diagnostic | None:
    """`when A: when B: …`, `A的，B的，……`: conditions are joined by a word."""
    word = stuck.word("AND")
    ends = [t for t in stuck.tokens if t.type in _SEPARATORS]
    if stuck.start != "statement" or not ends or not any(t.type in FORCES for t in stuck.tokens):
        return None
    if len(ends) > 1:
        place = stuck.place(ends[0])
        return Diagnostic("CR0124", place, {"word": word}, fixes=(Fix(place, word if stuck.chinese else f" {word} "),))
    if stuck.at.type == "WHEN" and (ends[0].start_pos or 0) < (stuck.at.start_pos or 0):
        place = Span(stuck.source, ends[0].start_pos or 0, stuck.at.end_pos or 0)
        return Diagnostic("CR0124", place, {"word": word}, fixes=(Fix(place, f" {word}"),))
    return None


def _round_citation(stuck: Stuck) -> Diagnostic | None:
    """A citation in round brackets at the end of a sentence."""
    if stuck.at.type != "LPAR" or "$END" not in stuck.accepts or stuck.types[-1] != "RPAR":
        return None
    place = Span(stuck.source, stuck.at.start_pos or 0, stuck.end)
    inside = place.text[1:-1]
    right = f"〔{inside}〕" if stuck.chinese else f"[{inside}]"
    return Diagnostic("CR0123", place, {"suggestions": (right,)}, fixes=(Fix(place, right),))


def _no_force(stuck: Stuck) -> Diagnostic | None:
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
    elif verb is not None and (_FORMULA & set(stuck.types) or stuck.types[-2:] == ["IS", "COLON"]):
        fixes = (Fix(stuck.place(verb), stuck.word("MEANS")),)
    elif verb is not None:
        right = f"{stuck.word('MUST')}{'' if stuck.chinese else ' '}{stuck.written(verb) if stuck.chinese else 'be'}"
        fixes = (Fix(stuck.place(verb), right),)
    elif comparing is not None:
        at = comparing.start_pos or 0
        fixes = (Fix(Span(stuck.source, at, at), stuck.word("MUST") if stuck.chinese else "must be "),)
    return Diagnostic("CR0105", place, {"construct": construct, "examples": examples}, fixes=fixes)


def _no_comparison(stuck: Stuck) -> Diagnostic | None:
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


def _misspelt(stuck: Stuck) -> Diagnostic | None:
    """A keyword that became part of a name because it is misspelt: the nearest one, beside where the parser stuck."""
    if stuck.at.type == "THE_PART" and (over := next((t for t in stuck.tokens if t.type == "MORE_THAN"), None)):
        return meant(stuck.place(over), (stuck.word("EXCEEDING"),))
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
    return None if best is None else meant(best[1], best[2])


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


def _expected(stuck: Stuck) -> Iterator[Names]:
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
    *MISPLACED,
    _half_share,
    _exception,
    _list_instead,
    _of_these,
    _round_citation,
    _in_words,
    *DAYS,
    _after_unit,
    _phrase_misspelt,
    _partner,
    _among_these,
    _misspelt,
    _not_counted,
    _separator,
    _two_cases,
    _no_force,
    _no_comparison,
)
