"""Lines as people speak or as laws are printed: headings, who-clauses, deadlines that come first, exceptions that relax."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lark import Token

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language.lexer import name_text
from civicrules.language.parted import COLON
from civicrules.language.stuck import FORCES, Stuck, inserted, meant
from civicrules.language.words import beyond, unaskable
from civicrules.source import Span
from civicrules.suggest import nearest

_NUMBER = "[0-9]+|[ivxlc]+|[一二三四五六七八九十百〇零]+"
_HEADING = re.compile(
    rf"第(?:{_NUMBER})(?:编|章|节|部分)(?![\u4e00-\u9fff])|(?:chapter|part|title) (?:{_NUMBER})\b", re.I
)
_WHO = re.compile(r"(.+?) (?:who|which|that)(?: (.+))?", re.I)
_RELAXED = re.compile(
    "的?[，,]?(?:可以?|可适当|适当)?放宽(?:至|到|为)|(?:may be |is |are )?(?:raised|lowered|relaxed|extended) to ",
    re.I,
)
_ONE_PERSON = re.compile(
    "(.+?)[与和、](.+?)(?:不得|不能|不应)(?:由(?:同)?一人(?:担任|兼任)|为同一人|(?:互相|相互)?兼任)"
    "|(.+?) and (.+?) (?:must not|may not|cannot|shall not) be (?:held by )?the same person"
    "|no(?: person| one|body) (?:may|shall|can) be both (.+?) and (.+)",
    re.I,
)
_VALID = re.compile(
    "(.+?)的?[，,](?:本次|该次)?(?:选举|投票)有效"
    "|(?:the|an) (?:election|vote|ballot) (?:is|shall be) valid(?: only)? (?:if|when|where) (.+)"
    "|(?:when|if) (.+?)[:,] (?:the|an) (?:election|vote|ballot) (?:is|shall be) valid",
    re.I,
)
_CASES = frozenset({"COLON", "CASE_COLON", "CASE_END", "COMMA"})
_AFTER = frozenset({"BEFORE_END", "AFTER_END", "INSIDE"})
_STARTS = frozenset(
    {"BETWEEN", "WITHIN", "NO_LATER", "NO_EARLIER", "EARLIER_THAN", "LATER_THAN", "AT_LEAST", "AT_MOST"}
)
_COMPARED = frozenset({"LESS_THAN", "AT_LEAST", "MORE_THAN", "AT_MOST"})
_BEFORE_A_TEST = frozenset({"EXCEPT", "AND", "OR", "WHERE", "WHEN"})
_PERIODS = frozenset({"DAYS", "WEEKS", "MONTHS", "YEARS", "WORKING_DAYS", "DATE"})
_HAPPENS = ("take place", "held", "举行", "进行", "完成")
_SHIFTED = frozenset({"BEFORE_DAY", "AFTER_DAY"})
_BOTH_ENDS = re.compile(
    "(在?)([0-9]+[万亿]?)([一-鿿]{1,2})(?:以上|及以上)[、，,]?(?:到|至|且|并且)?在?([0-9]+[万亿]?)\\3(?:以[下内]|及以下)"
)
_LOWER = frozenset({"MORE_THAN", "AT_LEAST"})
_UPPER = frozenset({"AT_MOST", "LESS_THAN", "CLAMP_HIGH"})
_DAY_ENDS = ("日", "之日", "时间", "日期")


def _text(stuck: Stuck, begin: int, end: int) -> str:
    return stuck.source.text[begin:end].strip(" \t\u3000")


def heading(stuck: Stuck) -> Diagnostic | None:
    """`第一章 总则`: the heading of a chapter, which is a section here."""
    if stuck.start != "statement" or any(kind in (*FORCES, "MEANS", "SET_BY", "SET") for kind in stuck.types):
        return None
    place = Span(stuck.source, stuck.begin, stuck.end)
    if not _HEADING.match(place.text):
        return None
    title = place.text.rstrip(" \t\u3000:：")
    quoted = f"“{title}”" if stuck.chinese else f'"{title}"'
    right = f"{'章节' if stuck.chinese else 'section'} {quoted}"
    fixes = () if '"' in title or "”" in title else (Fix(place, right),)
    return Diagnostic("CR0140", place, {"found": title, "right": right}, fixes=fixes)


def who(stuck: Stuck) -> Diagnostic | None:
    """`each candidate who is part-time must …`: which members are meant is a condition, and stands first."""
    force = next((token for token in stuck.tokens if token.type in FORCES), None)
    if stuck.start != "statement" or stuck.types[:2] != ["EACH_ONE", "NAME"] or force is None:
        return None
    found = _WHO.fullmatch(str(stuck.tokens[1]))
    if found is None or name_text(found[1]).casefold() not in {name.casefold() for name in stuck.lexicon.names}:
        return None
    first = stuck.tokens[2]
    begin = (stuck.tokens[1].end_pos or 0) - len(found[2]) if found[2] else (first.start_pos or 0)
    condition = re.sub("^(?:is|are) ", "", _text(stuck, begin, force.start_pos or 0))
    place = Span(stuck.source, stuck.begin, stuck.end)
    rest = _text(stuck, force.start_pos or 0, stuck.end)
    right = f"{stuck.word('WHEN')} {condition}: {stuck.written(stuck.tokens[0])} {found[1]} {rest}"
    fix = Fix(place, right)
    fixes = (fix,) if stuck.gets_further(fix) else ()
    return Diagnostic("CR0142", place, {"found": "who", "right": right if fixes else ""}, fixes=fixes)


def when_last(stuck: Stuck) -> Diagnostic | None:
    """`units must be at least 3 when households exceed 1500`: the condition stands first."""
    if stuck.start != "statement" or stuck.at.type != "WHEN" or not any(t.type in FORCES for t in stuck.before):
        return None
    word, start = stuck.written(stuck.at), stuck.at.start_pos or 0
    condition = _text(stuck, stuck.at.end_pos or 0, stuck.end)
    place = Span(stuck.source, stuck.begin, stuck.end)
    right = f"{word} {condition}: {_text(stuck, stuck.begin, start).rstrip(',')}"
    fix = Fix(place, right)
    fixes = (fix,) if stuck.gets_further(fix) else ()
    return Diagnostic("CR0142", stuck.place(stuck.at), {"found": word, "right": right if fixes else ""}, fixes=fixes)


def then(stuck: Stuck) -> Diagnostic | None:
    """`when … then …`: a colon parts the case from its consequence."""
    found = re.compile("[, \t]+then[, \t]+").search(stuck.source.text, stuck.begin, stuck.end)
    if stuck.start != "statement" or stuck.types[0] != "WHEN" or found is None:
        return None
    fix = Fix(Span(stuck.source, found.start(), found.end()), ": ")
    if not stuck.gets_further(fix):
        return None
    return Diagnostic("CR0121", fix.place, {"sign": COLON}, fixes=(fix,))


def both_ends(stuck: Stuck) -> Diagnostic | None:
    """18周岁以上60周岁以下, `between 3 to 9`: how a number between two others is written."""
    if stuck.at.type == "TO" and "BETWEEN" in stuck.types and "AND" in stuck.accepts:
        return meant(stuck.place(stuck.at), (stuck.word("AND"),))
    if (edges := _two_edges(stuck)) is not None:
        return edges
    found = _BOTH_ENDS.search(stuck.source.text, stuck.begin, stuck.end)
    if found is None:
        return None
    right = f"{'为' if found[1] else ''}{found[2]}至{found[4]}{found[3]}"
    return stuck.instead("CR0145", Span(stuck.source, found.start(), found.end()), right)


def _two_edges(stuck: Stuck) -> Diagnostic | None:
    """超过1万人至20万人, `more than 1000, at most 2500` in a row: edges of one value are joined by a word."""
    low = next((token for token in reversed(stuck.before) if token.type in _LOWER), None)
    if low is None or stuck.at_end or not (stuck.at.type == "TO" or (stuck.start == "row" and stuck.at.type in _UPPER)):
        return None
    end = stuck.at
    for token in stuck.tokens:
        if (token.start_pos or 0) >= (stuck.at.end_pos or 0):
            if token.type not in ("NUMBER", "NAME"):
                break
            end = token
    first = _text(stuck, low.start_pos or 0, stuck.at.start_pos or 0).rstrip(",，、")
    last = _text(stuck, stuck.at.end_pos or 0, end.end_pos or 0)
    upper = stuck.word("AT_MOST") if stuck.at.type == "TO" else stuck.written(stuck.at).lstrip(",，、 ")
    gap = "" if stuck.chinese else " "
    right = gap.join((first, stuck.word("AND"), upper, last))
    return stuck.instead("CR0145", Span(stuck.source, low.start_pos or 0, end.end_pos or 0), right)


def relaxed(stuck: Stuck) -> Diagnostic | None:
    """`但是连任的可放宽至65周岁`: an exception says how its number is compared."""
    if stuck.start != "exception":
        return None
    found = _RELAXED.search(stuck.source.text, stuck.begin, stuck.end)
    if found is None:
        return None
    place = Span(stuck.source, found.start(), found.end())
    ways = [stuck.word("AT_MOST"), stuck.word("AT_LEAST")]
    cases = [f"的，{way}" if stuck.chinese else f": {way} " for way in ways]
    if not stuck.chinese and place.start > 0 and stuck.source.text[place.start - 1] == " ":
        place = Span(stuck.source, place.start - 1, place.end)
    fixes = tuple(fix for case in cases if stuck.gets_further(fix := Fix(place, case)))
    return Diagnostic("CR0144", place, {"found": place.text.strip()}, fixes=fixes)


def one_row_each(stuck: Stuck) -> Diagnostic | None:
    """`large or ordinary: 3`: a row is for one value."""
    if stuck.start != "row" or stuck.at.type != "OR":
        return None
    end = next((index for index, kind in enumerate(stuck.types) if kind in _CASES), None)
    if end is None or any(kind not in ("NAME", "OR") for kind in stuck.types[:end]):
        return None
    names = [token for token in stuck.tokens[:end] if token.type == "NAME"]
    rest = stuck.source.text[names[-1].end_pos or 0 : stuck.end]
    margin = stuck.source.text[stuck.source.text.rfind("\n", 0, stuck.begin) + 1 : stuck.begin]
    rows = f"\n{margin}".join(f"{stuck.written(name)}{rest}" for name in names)
    place = Span(stuck.source, stuck.begin, stuck.end)
    return Diagnostic("CR0358", place, {}, fixes=(Fix(place, rows),))


def whose_age(stuck: Stuck) -> Diagnostic | None:
    """`未满18周岁` as a condition: what is compared is not named."""
    kinds = stuck.types
    for index, token in enumerate(stuck.tokens if stuck.chinese else ()):
        if kinds[index] not in _COMPARED or kinds[index + 1 : index + 3] != ["NUMBER", "YEARS"]:
            continue
        if str(stuck.tokens[index + 2]).endswith("岁") and (index == 0 or kinds[index - 1] in _BEFORE_A_TEST):
            start = token.start_pos or 0
            return inserted(Span(stuck.source, start, start), "年龄")
    return None


def unasked(stuck: Stuck) -> Diagnostic | None:
    """What no sentence can ask: `an odd number of 3 to 9`, 3至9的单数."""
    known = {name_text(name).casefold() for name in stuck.lexicon.names}
    for token in stuck.tokens:
        text = str(token) if token.type == "NAME" else ""
        code = None if name_text(text).casefold() in known else unaskable(text, beyond(stuck.lexicon.tables))
        if code is not None:
            return Diagnostic(code, stuck.place(token), {"found": text})
    return None


def one_person(stuck: Stuck) -> Diagnostic | None:
    """居委会主任与党组织书记不得由同一人担任: of two posts, the one must not be the other."""
    place = Span(stuck.source, stuck.begin, stuck.end)
    found = _ONE_PERSON.fullmatch(place.text.rstrip("。. "))
    if stuck.start != "statement" or found is None:
        return None
    first, second = (one.strip() for one in found.groups() if one)
    force = stuck.word("MUST_NOT") or f"{stuck.word('MUST')} {stuck.word('NOT')}"
    right = f"{first}{force}{stuck.word('IS')}{second}" if stuck.chinese else f"{first} {force} be {second}"
    fixes = (Fix(place, right),) if len(_named(stuck, [first, second])) == 2 else ()
    return Diagnostic("CR0151", place, {"right": right}, fixes=fixes)


def valid_vote(stuck: Stuck) -> Diagnostic | None:
    """收回票数超过登记选民数的半数的，选举有效: a setting of the contest."""
    place = Span(stuck.source, stuck.begin, stuck.end)
    found = _VALID.fullmatch(place.text.rstrip("。. "))
    if stuck.start != "statement" or found is None:
        return None
    condition = next(one for one in found.groups() if one).strip()
    if not any(condition.casefold().startswith(name_text(name).casefold()) for name in stuck.lexicon.names):
        condition = "……" if stuck.chinese else "…"  # begins with what is not known: it cannot stand as it is
    right = f"选举有效：{condition}" if stuck.chinese else f"valid vote: {re.sub(' (?:is|are) ', ' ', condition)}"
    return Diagnostic("CR0152", place, {"right": right})


# ---------------------------------------------------------------- deadlines


def deadline(stuck: Stuck) -> Diagnostic | None:
    """A deadline with what is done by it: `应当在选举日20日前公布候选人名单`. What is compared is a day, which has a name."""
    force = next((token for token in stuck.tokens if token.type in FORCES), None)
    if stuck.start != "statement" or force is None or "WHEN" in stuck.types:
        return None
    found = _chinese_deadline(stuck, force) if stuck.chinese else _english_deadline(stuck, force)
    if found is None:
        return None
    said, wheres = found
    place = Span(stuck.source, stuck.begin, stuck.end)
    fixes = [fix for day in wheres if stuck.gets_further(fix := Fix(place, said.format(day=day)))]
    if not fixes and (event := _unknown_event(stuck)) is not None:
        return event
    right = fixes[0].replacement if fixes else said.format(day="……日" if stuck.chinese else "… day")
    return Diagnostic("CR0143", place, {"right": right}, fixes=tuple(fixes[:1]))


def _unknown_event(stuck: Stuck) -> Diagnostic | None:
    """投票日应当在任期届满10日前: the day of the sentence has its name, and that from which is counted has none."""
    index = next((i for i, kind in enumerate(stuck.types) if kind == "ON_DAY"), 0)
    number = next((token for token in stuck.tokens[index:] if token.type in ("NUMBER", "COUNTED")), None)
    if index != 2 or number is None or not _named(stuck, [str(stuck.tokens[0])]):
        return None
    begin = stuck.tokens[index].end_pos or 0
    event = _text(stuck, begin, number.start_pos or 0)
    if not event or _named(stuck, [event]):
        return None
    place, near = Span(stuck.source, begin, begin + len(event)), nearest(event, map(name_text, stuck.lexicon.names))
    fixes = tuple(Fix(place, one) for one in near[:1])
    return Diagnostic("CR0201", place, {"name": event, "suggestions": near}, fixes=fixes)


def _named(stuck: Stuck, words: list[str]) -> list[str]:
    """The known names that are put together of some words."""
    known = {name_text(name).casefold(): name for name in stuck.lexicon.names}
    return [known[word.casefold()] for word in dict.fromkeys(words) if word.casefold() in known]


def _chinese_deadline(stuck: Stuck, force: Token) -> tuple[str, list[str]] | None:
    ends = [i for i, kind in enumerate(stuck.types) if kind in _AFTER]
    ends += [i + 2 for i, kind in enumerate(stuck.types[:-2]) if kind in _SHIFTED and stuck.types[i + 2] in _PERIODS]
    if not ends:
        return None
    last = max(ends)
    counted = next((i for i, kind in enumerate(stuck.types) if kind in ("ON_DAY", "SINCE") and i < last), None)
    first = (
        counted
        if counted is not None
        else next(
            (
                i - 1
                for i, kind in enumerate(stuck.types)
                if kind in ("COUNTED", "DE_TIME", "BEFORE_DAY", "AFTER_DAY") and i
            ),
            None,
        )
    )
    if first is None:
        return None
    outside = [*stuck.tokens[:first], *stuck.tokens[last + 1 :]]
    others = [str(token) for token in outside if token.type == "NAME"]
    if not others or any(token.type not in (*FORCES, "COMMA", "NAME", "EACH_ONE") for token in outside):
        return None
    when = _text(stuck, stuck.tokens[first].start_pos or 0, stuck.tokens[last].end_pos or 0)
    when = when if counted is not None else f"在{when}"
    days = [] if "EACH_ONE" in stuck.types else list(_day_names(others))
    return f"{{day}}{stuck.written(force)}{when}", _named(stuck, days)


def _day_names(parts: list[str]) -> Iterator[str]:
    """What the day may be called on which something is done: 公布 and 候选人名单 are 候选人名单公布日."""
    yield from (part for part in parts if all(other in part or other in _HAPPENS for other in parts))
    text = "".join(parts)
    for cut in range(len(text)):
        turned = text[cut:] + text[:cut]
        yield from (f"{turned}{end}" for end in _DAY_ENDS)
    yield from (f"{parts[0]}{end}" for end in _DAY_ENDS)


def _english_deadline(stuck: Stuck, force: Token) -> tuple[str, list[str]] | None:
    index = next(i for i, token in enumerate(stuck.tokens) if token is force)
    negated = stuck.types[index + 1 : index + 2] == ["NOT"]
    bound = (stuck.tokens[index + negated].end_pos) or 0
    starts = [i for i, kind in enumerate(stuck.types) if kind in _STARTS]
    before = [i for i in starts if i < index]
    if before and before[0] == 0:  # within 5 days after …, X must be done
        names = [token for token in stuck.tokens[:index] if token.type == "NAME"]
        pieces = _parted(stuck, stuck.tokens[:index])
        if pieces is None or not names:
            return None
        when, subject = pieces
        done = _text(stuck, bound, stuck.end)
    else:
        periods = [i for i, kind in enumerate(stuck.types[:-1]) if kind == "NUMBER" and stuck.types[i + 1] in _PERIODS]
        later = next((i for i in (*starts, *periods) if i > index), None)
        if later is None or not _PERIODS & set(stuck.types[later:]) or stuck.types[:index] != ["NAME"]:
            return None
        subject = stuck.written(stuck.tokens[0])
        when = _text(stuck, stuck.tokens[later].start_pos or 0, stuck.end)
        done = _text(stuck, bound, stuck.tokens[later].start_pos or 0)
    subject = re.sub("^(?:an?|the) ", "", subject, flags=re.I)
    done = done.removeprefix("be").strip()
    if not done and stuck.tokens[0].type == "NAME":
        return None
    whole = [subject] if done in _HAPPENS or done in subject else []  # else what is done would be lost
    binding = _text(stuck, force.start_pos or 0, bound)
    return f"{{day}} {binding} be {when}", _named(stuck, [f"{subject} {done}", *whole])


def _parted(stuck: Stuck, tokens: Sequence[Token]) -> tuple[str, str] | None:
    """The deadline and the subject after it: parted by a comma, or two known names side by side."""
    begin, end = tokens[0].start_pos or 0, tokens[-1].end_pos or 0
    comma = next((token for token in tokens if token.type == "COMMA"), None)
    if comma is not None:
        return _text(stuck, begin, comma.start_pos or 0), _text(stuck, comma.end_pos or 0, end)
    last = str(tokens[-1])
    for gap in re.finditer(" ", last) if tokens[-1].type == "NAME" else ():
        if len(_named(stuck, [last[: gap.start()], last[gap.end() :]])) == 2:
            at = (tokens[-1].start_pos or 0) + gap.start()
            return _text(stuck, begin, at), last[gap.end() :]
    return None


SAID_ELSEWHERE = (one_person, valid_vote)
SPOKEN = (heading, who, when_last, then, both_ends, relaxed, one_row_each, whose_age, unasked)
