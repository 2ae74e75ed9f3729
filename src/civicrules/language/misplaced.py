"""What people write in a place or an order that the language does not have: each is told how it is written here."""

from __future__ import annotations

import re

from lark import Token

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.exact import chinese_numeral
from civicrules.language.stuck import FORCES, Stuck, inserted
from civicrules.source import Span
from civicrules.suggest import in_figures

_BOUNDS = frozenset({"AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN", "EXACTLY", "CLAMP_LOW", "CLAMP_HIGH"})
_ROUNDED = frozenset({"ROUNDED_UP", "ROUNDED_DOWN", "ROUNDED_HALF_UP", "ROUNDED_AS"})
_PARTS = frozenset({"HALF", "MAJORITY", "RATIO", "PERCENT"})
_HAS = re.compile(
    "(?:have|include|contain)(?! the )(?: at least)? (?:(?P<range>[0-9]+ to [0-9]+ .+)"
    "|(?:(?P<number>[0-9]+|an?|one|two|three|four|five) )?(?P<what>.+))",
    re.I,
)
_HAS_ZH = re.compile(
    "(?:至少|不少于)?(?:有|包括|包含)(?:至少|不少于)?(?:(?P<number>[0-9]+|[一二两三四五六七八九十]+)[名个位人])?(?P<what>.+)"
)
_NTH = re.compile("(?:on )?(?:the )?([0-9]+)(?:st|nd|rd|th) day(?= (?:before|after))", re.I)
_LONG = frozenset({"NUMBER", "COUNTED", "AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN"})
_LISTS = frozenset({"MEET_ANY", "MEET_ALL"})


def _between(stuck: Stuck, first: Token, last: Token) -> Span:
    return Span(stuck.source, first.start_pos or 0, last.end_pos or 0)


def _rounded_comparison(stuck: Stuck) -> Diagnostic | None:
    """`at least 10% of units, rounded up`: what is compared with is rounded in brackets."""
    if stuck.at.type not in _ROUNDED or not any(kind in FORCES for kind in stuck.types):
        return None
    bound = next((token for token in reversed(stuck.before) if token.type in _BOUNDS), None)
    place = stuck.place(stuck.at)
    fixes: tuple[Fix, ...] = ()
    if bound is not None and stuck.at.type != "ROUNDED_AS":
        start = bound.end_pos or 0
        value = Span(stuck.source, start, place.end)
        opening, closing = ("（", "）") if stuck.chinese else ("(", ")")
        inside = value.text.strip()
        gap = value.text[: len(value.text) - len(value.text.lstrip())]
        fixes = (Fix(value, f"{gap}{opening}{inside}{closing}"),)
    written = () if not fixes else (fixes[0].replacement.strip(),)
    return Diagnostic("CR0133", place, {"found": place.text, "suggestions": written}, fixes=fixes)


def _quantified(stuck: Stuck) -> Diagnostic | None:
    """`at least half of candidates must be female`: how many are so is the subject, how many must be is asked of it."""
    forces = [index for index, kind in enumerate(stuck.types) if kind in FORCES]
    if stuck.start != "statement" or not forces or "WHEN" in stuck.types:
        return None
    subject = stuck.tokens[: forces[0]]
    kinds = [str(token.type) for token in subject]
    bound = next((index for index, kind in enumerate(kinds[:2]) if kind in _BOUNDS), None)
    one_of = bound is not None and kinds[bound + 1 : bound + 2] == ["ONE_OF"]  # at least one of the candidates
    names = [token for token in subject if token.type == "NAME"]
    asked = [token for token in stuck.tokens[forces[0] + 1 :] if token.type not in ("IS", "COLON")]
    if bound is None or bound + 1 >= len(kinds) or len(names) != 1 or not asked:
        return None
    share, part, who = kinds[bound + 1] in _PARTS, stuck.written(subject[bound + 1]), stuck.written(names[0])
    if kinds[bound + 1] == "NAME":  # at least one candidate
        part, who = in_figures(who.partition(" ")[0]) or "", who.partition(" ")[2]
    part, who = "1" if one_of else part, who.removeprefix("the ")
    if not part or (not share and not one_of and kinds[bound + 1] not in ("NUMBER", "NAME")):
        return None
    force, said = stuck.written(stuck.tokens[forces[0]]), _between(stuck, asked[0], asked[-1]).text
    if stuck.chinese:
        word = stuck.lexicon.tables[0].order.beside.get("share", {}).get(kinds[bound]) or stuck.written(subject[bound])
        right = f"{who.removesuffix('中')}中，……为{said}的{'比例' if share else '人数'}{force}{word}{part}"
    else:
        counted = f"{'share' if share else 'number'} of {who} where … is {said}"
        right = f"{counted} {force} be {stuck.written(subject[bound])} {part}"
    place = _between(stuck, stuck.tokens[0], asked[-1])
    return Diagnostic("CR0134", place, {"right": right})


def _has(stuck: Stuck) -> Diagnostic | None:
    """`must have 5 to 9 members`, 成员中应当有女性: how many there are is asked of their number."""
    force = next((index for index, kind in enumerate(stuck.types) if kind in FORCES), None)
    if stuck.start != "statement" or force is None or force + 1 >= len(stuck.tokens):
        return None
    binding, who = stuck.tokens[force], stuck.written(stuck.tokens[0])
    rest = stuck.source.text[binding.end_pos or 0 : stuck.end].strip(" 。.")
    found = (_HAS_ZH if stuck.chinese else _HAS).fullmatch(rest)
    if found is None or stuck.types[:force] not in (["NAME"], ["NAME", "AMONG_THESE", "COMMA"]):
        return None
    number, what = found["number"] or "", (found["what"] or "").strip()
    least = in_figures(number) or (number if number.isdigit() else "1")
    if stuck.chinese:
        so = f"……为{what}" if number else "……"
        right = f"{who.removesuffix('中')}中，{so}的人数{stuck.written(binding)}不少于{least}名"
    elif found["range"]:
        right = f"number of … {stuck.written(binding)} be {rest.partition(' ')[2]}"
    else:
        counted = f"{who.removeprefix('the ')} where … is {what}" if number else "…"
        right = f"number of {counted} {stuck.written(binding)} be at least {least}"
    return Diagnostic("CR0134", Span(stuck.source, stuck.tokens[0].start_pos or 0, stuck.end), {"right": right})


def _nobody_may(stuck: Stuck) -> Diagnostic | None:
    """`no candidate may be …`: a ban says of each what it must not be."""
    if stuck.types[:3] not in (["NO", "NAME", "MAY"], ["NO", "NAME", "MUST"]):
        return None
    place = _between(stuck, stuck.tokens[0], stuck.tokens[2])
    right = f"{stuck.word('EACH_ONE')} {stuck.tokens[1]} {stuck.word('MUST')} {stuck.word('NOT')}"
    fixes = (fix,) if stuck.mends(fix := Fix(place, right)) else ()
    return Diagnostic("CR0103", place, {"found": place.text, "suggestions": (right,)}, fixes=fixes)


def _within_of(stuck: Stuck) -> Diagnostic | None:
    """`within 5 days of publication`: whether before or after is not said."""
    kinds = stuck.types
    if stuck.at.type != "OF" or "WITHIN" not in kinds:
        return None
    words = (stuck.word("AFTER"), stuck.word("BEFORE"))
    place = stuck.place(stuck.at)
    fixes = tuple(Fix(place, word) for word in words)
    return Diagnostic("CR0103", place, {"found": place.text, "suggestions": words}, fixes=fixes)


def _whose_list(stuck: Stuck) -> Diagnostic | None:
    """有下列情形之一的，不得担任主任：: the list does not say whom it is about."""
    if stuck.start != "statement" or not stuck.types or stuck.types[0] not in _LISTS or len(stuck.types) < 2:
        return None
    first = stuck.tokens[0]
    if stuck.types[1:4] == ["DE", "NAME", "COMMA"]:  # 有下列情形之一的人员，不得……
        cut = Span(stuck.source, stuck.tokens[2].start_pos or 0, stuck.tokens[2].end_pos or 0)
        return Diagnostic("CR0135", cut, {"found": cut.text}, fixes=(Fix(cut, ""),))
    if stuck.types[1] not in ("CASE_END", "THOSE"):
        return None
    return Diagnostic("CR0135", stuck.place(first), {"found": stuck.written(first)})


_COUNTED_DAYS = re.compile("([一二两三四五六七八九十百]+)(?:个工作日|个月|周|日|天|年)$")


_PERIOD_FIRST = re.compile("([一二两三四五六七八九十百]+)(?:个工作日|个月|周|日|天|年)")


def _figures(stuck: Stuck, place: Span) -> Diagnostic:
    """A number in words, in figures."""
    figures = str(chinese_numeral(place.text))
    return Diagnostic("CR0219", place, {"found": place.text, "suggestions": (figures,)}, fixes=(Fix(place, figures),))


def _before_a_day(stuck: Stuck) -> Diagnostic | None:
    """在选举日前, 2012年8月8日前: whether the day itself is in time is not said."""
    if stuck.at.type not in ("BEFORE_END", "AFTER_END") or not stuck.before:
        return None
    day = stuck.before[-1]
    if day.type not in ("DATE", "NAME"):
        return None
    if (long := next((t for t in stuck.tokens if t.start_pos == stuck.at.end_pos), None)) is not None:
        period = _PERIOD_FIRST.match(str(long)) if long.type == "NAME" else None
        if period is not None:  # 选举日前二日公布
            start = long.start_pos or 0
            return _figures(stuck, Span(stuck.source, start, start + len(period[1])))
    if stuck.tokens[-1] is not stuck.at and stuck.tokens[len(stuck.before) + 1].type in _LONG:
        return None  # how long before is said, and was not understood
    counted = _COUNTED_DAYS.search(str(day)) if day.type == "NAME" else None
    if counted is not None:  # 选举日三十日前
        start = (day.start_pos or 0) + counted.start(1)
        return _figures(stuck, Span(stuck.source, start, start + len(counted[1])))
    begin = day
    if len(stuck.before) > 1 and stuck.before[-2].type in ("ON_DAY", "IS"):
        begin = stuck.before[-2]
    place = _between(stuck, begin, stuck.at)
    words = ("不晚于", "早于") if stuck.at.type == "BEFORE_END" else ("不早于", "晚于")
    rights = tuple(f"{word}{stuck.written(day)}" for word in words)
    fixes = tuple(Fix(place, right) for right in rights)
    return Diagnostic("CR0136", place, {"found": place.text, "with": rights[0], "without": rights[1]}, fixes=fixes)


def _how_long_before(stuck: Stuck) -> Diagnostic | None:
    """早于选举日20日: whether longer before is in time too is not said."""
    if not stuck.at_end or stuck.types[-4:-1] not in (
        ["EARLIER_THAN", "NAME", "NUMBER"],
        ["LATER_THAN", "NAME", "NUMBER"],
    ):
        return None
    return inserted(Span(stuck.source, stuck.end, stuck.end), stuck.word("OR_MORE")) if stuck.chinese else None


def _nth_day(stuck: Stuck) -> Diagnostic | None:
    """`no later than the 20th day before election day`: a period, and not a day by its number."""
    found = _NTH.search(stuck.source.text, stuck.begin, stuck.end)
    if found is None:
        return None
    right = f"{found[1]} {'day' if found[1] == '1' else 'days'}"
    return stuck.instead("CR0103", Span(stuck.source, found.start(), found.end()), right)


def _inside_missing(stuck: Stuck) -> Diagnostic | None:
    """在公布日后5日: within that time, or no sooner, is not said."""
    if "INSIDE" not in stuck.accepts or not stuck.at_end or "AFTER_DAY" not in stuck.types:
        return None
    end = Span(stuck.source, stuck.end, stuck.end)
    after = next(token for token in reversed(stuck.tokens) if token.type == "AFTER_DAY")
    long = Span(stuck.source, after.end_pos or 0, after.end_pos or 0)
    inside, least = stuck.word("INSIDE"), "至少"
    return Diagnostic("CR0126", end, {"word": inside, "other": least}, fixes=(Fix(end, inside), Fix(long, least)))


MISPLACED = (_rounded_comparison, _quantified, _has, _nobody_may, _within_of, _whose_list)
DAYS = (_nth_day, _before_a_day, _how_long_before, _inside_missing)
