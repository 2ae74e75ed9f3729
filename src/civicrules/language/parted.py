"""What parts or joins the pieces of a line and is missing: colons, 的，, words that come in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lark import Token

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language.lexer import name_text
from civicrules.language.stuck import FORCES, Stuck, inserted, meant
from civicrules.program import Names
from civicrules.source import Span

COLON = Names.of(en="a colon", zh="冒号")
_CASE = Names.of(en="“的，”", zh="“的，”")
_SEPARATORS = frozenset({"COLON", "CASE_COLON", "CASE_END"})
COMPARING = frozenset(
    {"IS", "IS_NOT", "AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN", "EXACTLY", "UNEQUAL", "NO_LATER", "NO_EARLIER"}
    | {"OR_MORE", "OR_LESS", "WITHIN", "ONE_OF", "BETWEEN"}
)

_PARTNERS = {"SET": "BY", "START": "SINCE"}
_PAIRS = ("按……确定", "自……起", "超出……的部分")


def separator(stuck: Stuck) -> Diagnostic | None:
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
    conditions = [t for t in stuck.tokens if t.type in COMPARING and (t.end_pos or 0) <= (forces[0].start_pos or 0)]
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


def partner(stuck: Stuck) -> Diagnostic | None:
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


def among_these(stuck: Stuck) -> Diagnostic | None:
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


def joins_with_a_colon(stuck: Stuck) -> Diagnostic | None:
    """`or: lives here`: a word that joins a line to the one above it is no key."""
    word = stuck.before[-1] if stuck.before else None
    if stuck.at.type != "COLON" or word is None or word.type not in ("OR", "AND"):
        return None
    if stuck.source.text[stuck.source.text.rfind("\n", 0, word.start_pos or 0) + 1 : word.start_pos or 0].strip():
        return None
    after = [one for one in stuck.tokens if (one.start_pos or 0) >= (stuck.at.end_pos or 0)]
    said = stuck.written(word)
    place = Span(stuck.source, word.start_pos or 0, (after[0].start_pos or 0) if after else stuck.end)
    fixes = (Fix(place, said if stuck.chinese else f"{said} "),) if after else ()
    return Diagnostic("CR0159", stuck.place(stuck.at), {"word": said}, fixes=fixes)


def several_counted(stuck: Stuck) -> Diagnostic | None:
    """`number of candidates where incumbent or part-time must be 3`: what is counted is one condition, in brackets."""
    kinds = stuck.types
    begin = next((i for i, kind in enumerate(kinds) if kind in ("WHERE", "AMONG_THESE")), None)
    end = next((i for i, kind in enumerate(kinds) if kind in (*FORCES, "COUNT_END", "SHARE_END", "THESE_COUNT")), None)
    if begin is None or end is None or not {"AND", "OR"} & set(kinds[begin:end]):
        return None
    inside = stuck.tokens[begin + 1 + (kinds[begin + 1] == "COMMA") : end]
    place = Span(stuck.source, inside[0].start_pos or 0, inside[-1].end_pos or 0)
    opening, closing = ("（", "）") if stuck.chinese else ("(", ")")
    fix = Fix(place, f"{opening}{place.text}{closing}")
    if not stuck.mends(fix):
        return None
    whole = Span(stuck.source, stuck.begin, stuck.end)
    right = f"{whole.text[: place.start - whole.start]}{fix.replacement}{whole.text[place.end - whole.start :]}"
    return Diagnostic("CR0154", whole, {"found": whole.text, "right": right}, fixes=(Fix(whole, right),))


def not_counted(stuck: Stuck) -> Diagnostic | None:
    """全体候选人中，性别为女不得少于1人: what counts them is missing."""
    if stuck.at.type not in FORCES or "AMONG_THESE" not in stuck.types or {"THESE_COUNT", "THOSE"} & set(stuck.types):
        return None
    start = stuck.at.start_pos or 0
    return inserted(Span(stuck.source, start, start), stuck.word("COUNT_END"))


def two_cases(stuck: Stuck) -> Diagnostic | None:
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
