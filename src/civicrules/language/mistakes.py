"""What went wrong in a line that does not parse: the most telling mistake, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve
from lark import Token
from lark.exceptions import UnexpectedToken

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language.expected import expected as may_stand
from civicrules.language.lexer import Lexicon, name_text
from civicrules.language.misplaced import DAYS, MISPLACED
from civicrules.language.nearly import after_unit, day_in_words, in_words, misspelt, phrase_misspelt, wrong_word
from civicrules.language.parted import (
    COMPARING,
    among_these,
    joins_with_a_colon,
    not_counted,
    partner,
    separator,
    several_counted,
    two_cases,
)
from civicrules.language.said import said
from civicrules.language.signs import bracket, doubled, half_share, round_citation, strange
from civicrules.language.spoken import SAID_ELSEWHERE, SPOKEN, deadline
from civicrules.language.stuck import FORCES, Stuck, meant
from civicrules.language.words import list_instead
from civicrules.program import Names
from civicrules.source import Source, Span

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
    "chosen": (
        Names.of(en="the reading of an example", zh="示例所依的解释"),
        Names.of(
            en="reading band edge: the later row · reading started hundred: rounded up",
            zh="解释 临界户数归属：取后一档 · 解释 不足百户计法：尾数进一",
        ),
    ),
}

# The same of a line of a vocabulary, by the word that opens it.
DECLARED = {
    "list": (
        Names.of(en="the declaration of a list", zh="名单的声明"),
        Names.of(
            en="list candidates / 候选人: candidate, each candidate, at most 200, public names",
            zh="名单 全体候选人 / candidates：候选人，每项称候选人，不超过200，姓名公开",
        ),
    ),
    "unit": (
        Names.of(en="the declaration of a unit", zh="单位的声明"),
        Names.of(en="unit household / 户: households / 家", zh="单位 户 / household：家 / households"),
    ),
    **dict.fromkeys(
        ("entity", "body", "step"),
        (
            Names.of(en="the declaration of a name", zh="名称的声明"),
            Names.of(
                en="entity community / 社区 · body council / 议会 · step result posted / 公布结果",
                zh="对象 社区 / community · 机构 居委会 / residents committee · 步骤 公布结果 / result posted",
            ),
        ),
    ),
}

_FORMULA = frozenset({"PLUS", "MINUS", "TIMES", "DIVIDED", "PER", "EACH", "ROUNDED_AS", "ROUNDED_UP", "ROUNDED_DOWN"})


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
    if tokens and not brief:  # of an empty line there is nothing to say but that it ends too early
        found = _telling(stuck)
        if found is not None:
            return found
    construct, examples = DECLARED.get(_opener(stuck), CONSTRUCTS[start])
    expected = tuple(may_stand(stuck))
    data: dict[str, object] = {"construct": construct, "examples": examples, "expected": expected}
    if stuck.at_end:
        return Diagnostic("CR0104", stuck.place(stuck.at), data)
    return Diagnostic("CR0101", stuck.place(stuck.at), {**data, "found": stuck.written(stuck.at)})


def _opener(stuck: Stuck) -> str:
    """What opens a line of a vocabulary, which stands before its tokens; nothing for others."""
    text, first = stuck.source.text, (*stuck.tokens, stuck.at)[0].start_pos or 0
    word = text[text.rfind("\n", 0, first) + 1 : first].strip().casefold()
    openers = ((kind, found) for table in stuck.lexicon.tables for kind, found in table.openers.items())
    return next((kind for kind, found in openers if word in found), "") if stuck.start == "declaration" else ""


def _telling(stuck: Stuck) -> Diagnostic | None:
    """The first kind of mistake that fits, with the fixes that mend: a guess that does not help was a wrong guess."""
    for kind in _KINDS:
        found = kind(stuck)
        if found is None:
            continue
        if kind not in _GUESSES or not found.fixes:
            return found
        fixes = tuple(fix for fix in found.fixes if stuck.gets_further(fix))
        if fixes:
            return evolve(found, fixes=fixes)
    return None


def _named(stuck: Stuck) -> Diagnostic | None:
    """`expect number of candidates: holds`: something is expected of a name, and of nothing else."""
    if stuck.start != "expectations" or stuck.at.type != "COLON":
        return None
    parts = [token.end_pos or 0 for token in stuck.before if token.type in ("COMMA", "ENUM")]
    begin = max(parts, default=stuck.begin)
    whole = Span(stuck.source, begin, stuck.at.start_pos or 0)
    return Diagnostic("CR0155", Span(stuck.source, begin + len(whole.text) - len(whole.text.lstrip()), whole.end))


def _list_instead(stuck: Stuck) -> Diagnostic | None:
    """`must be in good health or part-time`: alternatives in a duty, and several duties, are a list."""
    if stuck.start != "statement" or stuck.at.type not in ("OR", "AND", "ENUM"):
        return None
    if not any(token.type in FORCES for token in stuck.before):
        return None
    negated = {"NOT", "MUST_NOT", "SHOULD_NOT"} & {str(token.type) for token in stuck.before}
    data = list_instead(stuck.written(stuck.at), bool(negated), every=stuck.at.type != "OR")
    return Diagnostic("CR0131", stuck.place(stuck.at), data)


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


def _no_force(stuck: Stuck) -> Diagnostic | None:
    """A line without a word that binds, and no definition."""
    if stuck.start != "statement" or any(kind in (*FORCES, "MEANS", "SET_BY", "SET") for kind in stuck.types):
        return None
    construct, examples = CONSTRUCTS[stuck.start]
    place = Span(stuck.source, stuck.tokens[0].start_pos or 0, stuck.end)
    fixes: tuple[Fix, ...] = ()
    verb = next((t for t in stuck.tokens if t.type == "IS"), None)
    comparing = next((t for t in stuck.tokens if t.type in COMPARING), None)
    if stuck.types[:2] == ["NAME", "COLON"] and len(stuck.types) > 2:
        fixes = (
            Fix(stuck.place(stuck.tokens[1]), stuck.word("MEANS") if stuck.chinese else f" {stuck.word('MEANS')}"),
        )
    elif verb is not None and (_FORMULA & set(stuck.types) or stuck.types[-2:] == ["IS", "COLON"]):
        fixes = (Fix(stuck.place(verb), stuck.word("MEANS")),)
    elif verb is not None:
        right = f"{stuck.word('MUST')}{'' if stuck.chinese else ' '}{stuck.written(verb) if stuck.chinese else 'be'}"
        fixes = (Fix(stuck.place(verb), right),)
    elif (
        comparing is not None
        and stuck.written(comparing) in "=＝"
        and len(stuck.types) > 2
        and _FORMULA & set(stuck.types)
    ):
        fixes = (Fix(stuck.place(comparing), stuck.word("MEANS") if stuck.chinese else f" {stuck.word('MEANS')} "),)
    elif comparing is not None and "CASE_END" not in stuck.types:
        at = comparing.start_pos or 0
        fix = Fix(Span(stuck.source, at, at), stuck.word("MUST") if stuck.chinese else "must be ")
        fixes = (fix,) if stuck.mends(fix) else ()
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
    known = {name_text(name).casefold() for name in stuck.lexicon.names}
    first = stuck.tokens[index]
    if first.type == "NAME" and first is stuck.tokens[-1] and name_text(str(first)).casefold() not in known:
        return Diagnostic("CR0201", place, {"name": place.text, "suggestions": ()})  # 不得接受委托
    fixes = (Fix(at, stuck.word("IS") if stuck.chinese else "be "),) if forces else ()
    return Diagnostic("CR0125", place, {"found": place.text}, fixes=fixes)


_KINDS = (
    *SAID_ELSEWHERE,
    said,
    day_in_words,
    doubled,
    wrong_word,
    round_citation,
    strange,
    bracket,
    *SPOKEN,
    *MISPLACED,
    half_share,
    several_counted,
    _named,
    _exception,
    _list_instead,
    _of_these,
    joins_with_a_colon,
    in_words,
    *DAYS,
    after_unit,
    phrase_misspelt,
    partner,
    among_these,
    misspelt,
    not_counted,
    deadline,
    separator,
    two_cases,
    _no_force,
    _no_comparison,
)
# Of these, one whose fix leads no further is not what was meant.
_GUESSES = frozenset({after_unit, phrase_misspelt, partner, among_these, misspelt, not_counted, separator})
