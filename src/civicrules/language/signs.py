"""Signs without their partner, or that have no meaning where they stand."""

from __future__ import annotations

import re

from lark import Token

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language.stuck import Stuck
from civicrules.source import Source, Span
from civicrules.suggest import in_figures


def unclosed(source: Source, start: int, end: int) -> Diagnostic:
    """A quotation mark that nothing closes before the end of its line."""
    line_end = source.text.find("\n", start)
    end = min(end, len(source.text) if line_end < 0 else line_end)
    closing = {"“": "”", "「": "」"}.get(source.text[start : start + 1], '"')
    return Diagnostic(
        "CR0107", Span(source, start, end), {"closing": closing}, fixes=(Fix(Span(source, end, end), closing),)
    )


def strange(stuck: Stuck) -> Diagnostic | None:
    """A sign that belongs to nothing."""
    token = next((t for t in stuck.tokens if t.type == "UNKNOWN"), None)
    if token is None:
        return None
    place, sign = stuck.place(token), str(token)
    written = next((t for t in stuck.tokens if t.end_pos == token.start_pos and t.type == "NAME"), None)
    if written is not None and (figures := in_figures(str(written))) is not None:
        in_words: dict[str, object] = {"found": str(written), "suggestions": (figures,)}
        return Diagnostic("CR0219", stuck.place(written), in_words, fixes=(Fix(stuck.place(written), figures),))
    if sign in "[]":
        return alone(stuck, place, {"〔": "〕", "【": "】", "[": "]"}.get(place.text, ""))
    if sign in '"“”「':
        return unclosed(stuck.source, place.start, stuck.end)
    suggestions = tuple(word for word in _instead_of_sign(stuck, token) if stuck.gets_further(Fix(place, word)))
    fixes = tuple(Fix(place, word) for word in suggestions)
    data: dict[str, object] = {"found": place.text, "suggestions": suggestions}
    if sign == ";" and not suggestions:
        data["between"] = place.text
    return Diagnostic("CR0102", place, data, fixes=fixes)


def _instead_of_sign(stuck: Stuck, token: Token) -> tuple[str, ...]:
    if str(token) in "~—―…":
        return ("至" if stuck.chinese else " to ",)
    return ("、",) if str(token) == ";" and stuck.chinese else ()


def bracket(stuck: Stuck) -> Diagnostic | None:
    """A bracket without its partner: the first one that opens nothing or that nothing closes."""
    open_: list[Token] = []
    for token in stuck.tokens:
        if token.type == "LPAR":
            open_.append(token)
        elif token.type == "RPAR":
            if not open_:
                return alone(stuck, stuck.place(token), "")
            open_.pop()
    if not open_:
        return None
    place = stuck.place(open_[0])
    return alone(stuck, place, "）" if place.text == "（" else ")")


def alone(stuck: Stuck, place: Span, closing: str) -> Diagnostic:
    end = Span(stuck.source, stuck.end, stuck.end)
    return Diagnostic("CR0106", place, {"closing": closing}, fixes=(Fix(end, closing) if closing else Fix(place, ""),))


def half_share(stuck: Stuck) -> Diagnostic | None:
    """驻社区单位数的10至30%: the sign is missing at the first end."""
    index = next((i for i, token in enumerate(stuck.tokens) if token is stuck.at), None)
    if index is None or stuck.types[index : index + 3] != ["NUMBER", "TO", "PERCENT"]:
        return None
    place = stuck.place(stuck.at)
    right = f"{place.text}%"
    return Diagnostic("CR0220", place, {"found": place.text, "suggestions": (right,)}, fixes=(Fix(place, right),))


_CITED = re.compile("[(（]([^()（）]*)[)）][。.; ]*$")
_TITLED = re.compile("《([^《》]*)》 *(第[^《》]*?)[。.; ]*$")
_ARTICLE = re.compile(
    "第 *[0-9一二三四五六七八九十百零〇]+ *[条款项]|(?:art(?:icle|[.])?|section|para|§)[. ]*[0-9]", re.I
)


def round_citation(stuck: Stuck) -> Diagnostic | None:
    """A citation in round brackets, or with the title of the law in its marks, at the end of a sentence."""
    found = _CITED.search(stuck.source.text, stuck.begin, stuck.end)
    if found is None and (found := _TITLED.search(stuck.source.text, stuck.begin, stuck.end)) is None:
        return None
    place, inside = Span(stuck.source, found.start(), stuck.end), " ".join(part.strip() for part in found.groups())
    refused = stuck.at.type in ("LPAR", "UNKNOWN") and "$END" in stuck.accepts
    if not refused and not (_ARTICLE.search(inside) and stuck.mends(Fix(place, ""))):
        return None
    right = f"〔{inside}〕" if stuck.chinese else f"[{inside}]"
    gap = "" if place.start and stuck.source.text[place.start - 1] == " " else " "
    return Diagnostic("CR0123", place, {"suggestions": (right,)}, fixes=(Fix(place, f"{gap}{right}"),))


def doubled(stuck: Stuck) -> Diagnostic | None:
    """A name that is also a word of the language, beside that word: the name is quoted."""
    for token in stuck.tokens:
        if str(token).casefold() in stuck.lexicon.doubled:
            found = stuck.instead("CR0153", stuck.place(token), f"「{stuck.written(token)}」")
            if found is not None:
                return found
    return None
