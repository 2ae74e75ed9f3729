"""Sentences on the members of a list: once each, with those for whom they fail, and what each person still lacks.

Three candidates on the election day of 30 August 2012. 王五 was released on 2 January 2009: three whole years, five are
asked (district notice III), and has primary school only; nothing is known of the sentences of 赵六 and 钱七.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from civicrules import days
from civicrules.facts import Attestation, PlanHeader, Waiver
from civicrules.findings import Dependence, Finding, Missing, Number, Report, RulesetInfo, Subject, Verdict, fingerprint
from civicrules.program import (
    Age,
    Choice,
    ChoiceType,
    Citation,
    Compare,
    Comparison,
    DateType,
    Each,
    Elapsed,
    Entity,
    Exemption,
    Expression,
    FactOf,
    Field,
    Force,
    Layer,
    ListType,
    Literal,
    Mention,
    Names,
    Not,
    NumberType,
    Option,
    Reading,
    RowChoice,
    Rule,
    Sentence,
    TruthType,
    Unit,
    Validity,
    Vocabulary,
)
from civicrules.report import json as report_json
from civicrules.report import text
from civicrules.report.status import exit_status
from civicrules.source import Cell, Source, Span, width

HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
LIST = "candidates"
YEARS = NumberType("year")
EDUCATION = ChoiceType(
    (
        Choice("primary", Names.of(en="primary", zh="小学")),
        Choice("college", Names.of(en="college", zh="大专")),
    )
)
SCHOOL = FactOf("person.education", EDUCATION, LIST)
SENTENCE = FactOf("person.serving_sentence", TruthType(), LIST)
RELEASED = Elapsed(
    FactOf("person.released", DateType(), LIST), FactOf("community.election_day", DateType()), days.Unit.YEAR, YEARS
)
AGE = Age(FactOf("person.age", YEARS, LIST), FactOf("person.birth_date", DateType(), LIST), Literal(0, YEARS), YEARS)
NAMES = {
    SCHOOL: Names.of(en="education", zh="文化程度"),
    SENTENCE: Names.of(en="serving sentence", zh="正在服刑"),
    RELEASED: Names.of(en="released", zh="刑满释放"),
    AGE: Names.of(en="age", zh="年龄"),
}
CANDIDATE = Names.of(en="candidate", zh="候选人")
LISTED = Names.of(en="candidates", zh="全体候选人")
PERSON = Entity(
    "person",
    Names.of(en="person", zh="人员"),
    (
        Field("person.serving_sentence", NAMES[SENTENCE], TruthType(), personal=True),
        Field("person.education", NAMES[SCHOOL], EDUCATION),
    ),
)
COMMUNITY = Entity(
    "community",
    Names.of(en="community", zh="社区"),
    (Field("community.election_day", Names.of(en="election day", zh="选举日"), DateType()),),
)
VOCABULARY = Vocabulary(
    "sample",
    Names.of(en="sample", zh="示例"),
    (PERSON, COMMUNITY),
    (ListType(LIST, LISTED, CANDIDATE, "person", public=True),),
)
UNITS = (
    Unit("year", {"en": ("year", "years"), "zh": ("年",)}),
    Unit("month", {"en": ("month", "months"), "zh": ("个月",)}),
)
LAW = Source("law.civic", "civicrules 1 en\neach candidate's age must be at most 60\n")


def member(name: str, row: int, list_id: str = LIST) -> Subject:
    return Subject(list_id, row - 3, CANDIDATE, name, Cell("plan.xlsx", "候选人", f"A{row}"))


WANG, ZHAO, QIAN = member("王五", 3), member("赵六", 4), member("钱七", 5)


def sentence(en: str, zh: str, requirement: Expression, article: str = "notice III", **more: object) -> Sentence:
    force = more.pop("force", Force.MUST)
    cited = Citation("notice", Names.of(en=article))
    each = Each(LIST)
    return Sentence(force, None, requirement, cited, Names.of(en=en, zh=zh), each=each, **more)  # type: ignore[arg-type]


NOT_SERVING = sentence(
    "each candidate must not meet any of these: serving sentence",
    "每名候选人不得有下列情形之一：正在服刑",
    Not(SENTENCE),
)
LONG_RELEASED = sentence(
    "each candidate must not meet any of these: released less than 5 years ago",
    "每名候选人不得有下列情形之一：刑满释放之日起不满5年",
    Not(Compare(RELEASED, Comparison.LESS, Literal(5, YEARS))),
)
SCHOOLED = sentence(
    "each candidate's education must be at least college",
    "每名候选人的文化程度应当为大专以上",
    Compare(SCHOOL, Comparison.AT_LEAST, Literal("college", EDUCATION)),
    "notice III.2",
    exemptions=(Exemption(SENTENCE, texts=Names.of(en="except when part-time", zh="但是兼职的除外")),),
)
YOUNG = sentence(
    "each candidate's age must be at most 60",
    "每名候选人的年龄不得超过60周岁",
    Compare(AGE, Comparison.AT_MOST, Literal(60, YEARS)),
    "measures 9",
    span=Span(LAW, 16, 55),
)


def rule(id: str, *sentences: Sentence, ruleset: str = "cn.notice", waiver: Names | None = None) -> Rule:
    return Rule(id, Names.of(en=id, zh=id), Names(), Names(), sentences, ruleset, waiver=waiver)


BARS = rule("bars", NOT_SERVING, LONG_RELEASED)
SCHOOLING = rule("education", SCHOOLED)
AGES = rule("ages", YOUNG, ruleset="cn.province", waiver=Names.of(en="street office", zh="街道办事处"))


def number(of: Expression, value: object, ref: str = "", personal: bool = False) -> Number:
    places = (Cell("plan.xlsx", "候选人", ref),) if ref else ()
    mention = Mention(of, NAMES[of])  # type: ignore[arg-type]
    return Number(NAMES[of], value, of.type, places, (), mention, (), personal)  # type: ignore[arg-type]


def missing(of: FactOf, subject: Subject, blocked: bool = False) -> Missing:
    key = f"{LIST}[{subject.index}].{of.id}"
    return Missing(key, NAMES[of], blocked, LISTED, evolve(subject, label=""))


def found(
    of: Rule, said: Sentence, verdict: Verdict, subject: Subject | None, *numbers: Number, **more: object
) -> Finding:
    return Finding(of, said, verdict, numbers, subject=subject, **more)  # type: ignore[arg-type]


def findings() -> tuple[Finding, ...]:
    released = number(RELEASED, 3, personal=True)
    never = number(RELEASED, "none", personal=True)
    return (
        found(BARS, NOT_SERVING, FAILS, WANG, number(SENTENCE, True, "D3", personal=True)),
        found(BARS, NOT_SERVING, CANNOT_SAY, ZHAO, missing=(missing(SENTENCE, ZHAO),)),
        found(BARS, NOT_SERVING, CANNOT_SAY, QIAN, missing=(missing(SENTENCE, QIAN),)),
        found(BARS, LONG_RELEASED, FAILS, WANG, released),
        found(BARS, LONG_RELEASED, HOLDS, ZHAO, never),
        found(BARS, LONG_RELEASED, HOLDS, QIAN, never),
        found(SCHOOLING, SCHOOLED, FAILS, WANG, number(SCHOOL, "primary", "C3")),
        found(SCHOOLING, SCHOOLED, HOLDS, ZHAO, number(SCHOOL, "college", "C4")),
        found(SCHOOLING, SCHOOLED, IDLE, QIAN),
        found(AGES, YOUNG, FAILS, WANG, number(AGE, 62, personal=True)),
        found(AGES, YOUNG, HOLDS, ZHAO, number(AGE, 42, personal=True)),
        found(AGES, YOUNG, HOLDS, QIAN, number(AGE, 60, personal=True)),
    )


def report(*judged: Finding, **more: Any) -> Report:
    info = RulesetInfo("cn.notice", Names.of(en="Notice", zh="通知"), "", "ab" * 32)
    day = date(2012, 8, 30)
    whole = Report(
        info, PlanHeader(), "plan.xlsx", day, day, judged or findings(), units=UNITS, vocabulary=VOCABULARY,
        layers=(Layer("cn.province", Names.of(en="Provincial measures", zh="省实施办法"), "province", Validity()),),
    )  # fmt: skip
    return evolve(whole, **more)


def section(shown: str, heading: str) -> str:
    """The part of a report under a heading."""
    start = re.search(rf"^{heading}.*\n-+\n", shown, re.MULTILINE)
    assert start is not None, shown
    rest = shown[start.end() :]
    end = re.search(r"\n\n[^\n]+\n-+\n", rest)
    return rest[: end.start()] if end else rest


ENGLISH = """\
✗ each candidate must not meet any of these: [notice III]
  · serving sentence
      王五  候选人!D3
      holds for 0 of 3, cannot be judged yet for 2
  · released less than 5 years ago
      王五  released: up to 2 years too short  候选人!A3
      holds for 2 of 3

✗ each candidate's education must be at least college [notice III.2]
    except when part-time
    王五  education: primary  候选人!C3
    holds for 1 of 3, does not apply to 1

✗ each candidate's age must be at most 60 [measures 9]
    from “Provincial measures”
    王五  age: 2 years above the limit  候选人!A3
    holds for 2 of 3
    street office may waive this; the waiver names these numbers as: 王五 {mark}"""

CHINESE = """\
✗ 每名候选人不得有下列情形之一： 〔notice III〕
  · 正在服刑
      王五  候选人!D3
      3人中0人符合，2人无法判断
  · 刑满释放之日起不满5年
      王五  刑满释放：距规定期限尚差不超过2年  候选人!A3
      3人中2人符合

✗ 每名候选人的文化程度应当为大专以上 〔notice III.2〕
    但是兼职的除外
    王五  文化程度：小学  候选人!C3
    3人中1人符合，1人不适用

✗ 每名候选人的年龄不得超过60周岁 〔measures 9〕
    出自“省实施办法”
    王五  年龄：超过上限2岁  候选人!A3
    3人中2人符合
    经街道办事处批准可以放宽，批准时应当注明数据校验码：王五 {mark}"""


@pytest.mark.parametrize(("language", "heading", "expected"), [("en", "Fails", ENGLISH), ("zh", "不符合：", CHINESE)])
def test_a_sentence_stands_once_and_each_member_in_a_line(language: str, heading: str, expected: str) -> None:
    mark = fingerprint(findings()[9])
    assert section(text.render(report(), language), heading) == expected.format(mark=mark)


def test_narrow_terminals_keep_everything() -> None:
    shown = " ".join(text.render(report(), "en", width=40).split())
    assert "王五: released: up to 2 years too short (候选人!A3)" in shown


@pytest.mark.parametrize("columns", [40, 47, 80, 160])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_wider_than_the_terminal(language: str, columns: int, encoding: str, verbose: bool) -> None:
    whole = report(attestations=(ATTESTED,), personal=verbose)
    shown = text.render(whole, language, width=columns, encoding=encoding, verbose=verbose)
    assert [line for line in shown.split("\n") if width(line) > columns] == []
    shown.encode(encoding)


def test_all_that_fails_for_one_person_stands_together() -> None:
    people = section(text.render(report(), "en"), "People with more than one failure")
    assert people == (
        "王五 (候选人!A3)\n"
        "  ✗ serving sentence [notice III]\n"
        "  ✗ released less than 5 years ago [notice III]\n"
        "  ✗ each candidate's education must be at least college [notice III.2]\n"
        "  ✗ each candidate's age must be at most 60 [measures 9]"
    )
    assert "People with more than one" not in text.render(report(*findings()[:3]), "en")


def test_the_summary_counts_sentences_and_people() -> None:
    shown = text.render(report(), "en")
    assert "4 fail (for 1 person) · 1 cannot be judged yet" in shown
    assert "4 binding sentences fail. 1 more binding sentence cannot be judged yet. Exit status 1." in shown
    assert "4条不符合（涉及1人），1条无法判断" in text.render(report(), "zh")


def test_what_is_missing_is_said_by_fact_and_for_whom() -> None:
    shown = section(text.render(report(), "en"), "Cannot be judged yet")
    assert shown.startswith(
        "Still to be filled in, first what most sentences wait for (--all shows each sentence):\n"
        "? serving sentence (under “candidates”): 赵六, 钱七\n"
        "    each candidate must not meet any of these: serving sentence [notice III]\n"
    )


@pytest.mark.parametrize(("many", "rest"), [(7, ", 人7"), (8, " and 2 more"), (200, " and 194 more")])
def test_many_names_are_counted(many: int, rest: str) -> None:
    rows = [member(f"人{at + 1}", at + 3) for at in range(many)]
    judged = [found(BARS, NOT_SERVING, CANNOT_SAY, one, missing=(missing(SENTENCE, one),)) for one in rows]
    shown = text.render(report(*judged), "en", width=160)
    assert f"serving sentence (under “candidates”): 人1, 人2, 人3, 人4, 人5, 人6{rest}\n" in shown
    if many > 7:
        assert f"人6，另有{many - 6}人" in text.render(report(*judged), "zh", width=160)
        places = evolve(VOCABULARY, lists=(ListType(LIST, LISTED, CANDIDATE, "community", public=True),))
        assert f"人6，另有{many - 6}个" in text.render(report(*judged, vocabulary=places), "zh", width=160)
    everybody = text.render(report(*judged), "en", width=160, verbose=True)
    assert f"人{many}\n" in everybody


def test_two_hundred_failures_take_two_hundred_lines() -> None:
    rows = [member(f"人{at + 1}", at + 3) for at in range(200)]
    judged = [found(SCHOOLING, SCHOOLED, FAILS, one, number(SCHOOL, "primary", f"C{one.index + 3}")) for one in rows]
    shown = text.render(report(*judged), "en")
    assert shown.count("education must be at least college") == 1
    assert len(section(shown, "Fails").split("\n")) <= 200 + 8


@pytest.mark.parametrize(
    ("language", "begun", "line"),
    [
        ("en", False, "? the list “candidates” is not given: 3 sentences wait (--all)"),
        ("en", True, "? the list “candidates” is not complete yet: 3 sentences wait (--all)"),
        ("zh", False, "? 名单“全体候选人”未填写：待判断3条（--all）"),
        ("zh", True, "? 名单“全体候选人”尚未填写完整：待判断3条（--all）"),
    ],
)
def test_a_list_that_is_not_given_takes_one_line(language: str, begun: bool, line: str) -> None:
    """Three sentences wait for it: none is shown, until all is asked for."""
    absent = (Missing(LIST, LISTED, begun=begun),)
    judged = [
        found(of, said, CANNOT_SAY, None, missing=absent)
        for of, said in ((BARS, NOT_SERVING), (BARS, LONG_RELEASED), (SCHOOLING, SCHOOLED))
    ]
    each = "each candidate" if language == "en" else "每名候选人"
    shown = text.render(report(*judged), language)
    assert shown.count(line) == 1
    assert each not in shown
    assert text.render(report(*judged), language, verbose=True).count(each) == 2


def test_lists_that_one_sentence_waits_for_stand_in_one_line() -> None:
    other = Missing("voters", Names.of(en="voters", zh="全体选民"))
    judged = found(BARS, NOT_SERVING, CANNOT_SAY, None, missing=(Missing(LIST, LISTED), other))
    shown = text.render(report(judged), "en")
    assert "? the lists “candidates”, “voters” are not given: 1 sentence waits (--all)" in shown
    begun = evolve(judged, missing=(Missing(LIST, LISTED, begun=True), other))
    line = "? the list “voters” is not given; the list “candidates” is not complete yet: 1 sentence waits"
    assert line in text.render(report(begun), "en", width=120)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "each candidate must not meet any of these: serving sentence; released less than 5 years ago"),
        ("zh", "每名候选人不得有下列情形之一：正在服刑；刑满释放之日起不满5年"),
    ],
)
def test_the_items_of_a_list_stand_with_their_head_where_they_cannot_be_judged(language: str, line: str) -> None:
    absent = Missing(LIST, LISTED)
    waiting = [found(BARS, said, CANNOT_SAY, None, missing=(absent,)) for said in (NOT_SERVING, LONG_RELEASED)]
    assert f"    {line}" in text.render(report(*waiting), language, width=120, verbose=True)
    open_ones = [
        found(BARS, NOT_SERVING, CANNOT_SAY, ZHAO, missing=(missing(SENTENCE, ZHAO),)),
        found(BARS, LONG_RELEASED, CANNOT_SAY, ZHAO, missing=(missing(SENTENCE, ZHAO),)),
    ]
    assert f"    {line}" in text.render(report(*open_ones), language, width=120)
    alone = text.render(report(open_ones[0]), language, width=120)  # the other was judged
    assert f"    {re.split('[;；]', line)[0]}" in alone and line not in alone


def test_a_cell_that_could_not_be_read_is_not_called_missing() -> None:
    judged = found(SCHOOLING, SCHOOLED, CANNOT_SAY, WANG, missing=(missing(SCHOOL, WANG, blocked=True),))
    assert "education (under “candidates”), could not be read, see above: 王五" in text.render(report(judged), "en")


def test_people_without_public_names_are_given_by_sheet_and_row() -> None:
    shown = text.render(report(found(SCHOOLING, SCHOOLED, FAILS, member("", 9), number(SCHOOL, "primary", "C9"))), "en")
    assert "    candidate 候选人!A9  education: primary  候选人!C9" in shown


def test_everything_shows_the_members_for_whom_it_holds() -> None:
    judged = found(SCHOOLING, SCHOOLED, HOLDS, ZHAO, number(SCHOOL, "college", "C4"))
    assert "赵六" not in text.render(report(judged), "en")
    assert "holds for 1 of 1" in text.render(report(judged), "en")
    whole = section(text.render(report(judged), "en", verbose=True), "Holds")
    assert "except when part-time" in whole
    assert "赵六  education: college  候选人!C4" in whole


def test_another_reading_is_named_with_those_it_concerns() -> None:
    options = (
        Option(RowChoice.EARLIER, Names.of(en="the earlier row", zh="取前一档")),
        Option(RowChoice.LATER, Names.of(en="the later row", zh="取后一档")),
    )
    reading = Reading("edge", Names.of(en="edge", zh="临界"), Names(), options, Names())
    judged = [found(SCHOOLING, SCHOOLED, FAILS, one, readings=(Dependence(reading, 1, HOLDS),)) for one in (WANG, ZHAO)]
    assert "it would hold: 王五, 赵六" in text.render(report(*judged), "en")


# ---------------------------------------------------------------- attestations and layers

ATTESTED = Attestation(LIST, "serving_sentence", "the district court", date(2012, 8, 1), 14)


def test_what_was_attested_is_said_once() -> None:
    whole = report(attestations=(ATTESTED,))
    line = "none of the candidates: serving sentence, by the district court, 1 August 2012 (stands for 14 facts)"
    assert text.render(whole, "en", width=160).count(line) == 1
    assert "全体候选人均无下列情形：正在服刑（the district court，2012年8月1日，据以认定14项）" in text.render(
        whole, "zh"
    )


def test_the_rulesets_above_stand_in_the_head() -> None:
    assert re.search(r"^  under +Provincial measures$", text.render(report(), "en"), re.MULTILINE)
    assert text.render(report(), "en").count("from “Provincial measures”") == 1


# ---------------------------------------------------------------- waivers

WAIVED = Waiver("ages", "王五", "long service", "street office", date(2012, 8, 10), "")


def test_a_waived_failure_is_listed_and_decides_nothing() -> None:
    old = evolve(findings()[9], waived=WAIVED)
    whole = report(old, *findings()[10:])
    assert exit_status(whole) == 0
    assert exit_status(report(*findings()[9:])) == 1
    shown = text.render(whole, "en")
    assert "1 fails, waived" in shown
    assert "1 that fails was waived." in shown
    assert section(shown, "Fails, waived") == (
        "! each candidate's age must be at most 60 [measures 9]\n"
        "    from “Provincial measures”\n"
        "    王五  age: 2 years above the limit  候选人!A3\n"
        "    holds for 2 of 3, waived for 1\n"
        "    王五: waived by street office, 10 August 2012: long service\n\n"
        "Every binding sentence that applies holds. 1 that fails was waived. Exit status 0."
    )
    assert "王五：已获street office批准放宽（2012年8月10日）：long service" in text.render(whole, "zh")


def test_the_fingerprint_is_that_of_rule_subject_and_numbers() -> None:
    old = findings()[9]
    mark = fingerprint(old)
    assert re.fullmatch("[0-9a-f]{8}", mark)
    assert fingerprint(evolve(old, waived=WAIVED)) == mark
    assert fingerprint(evolve(old, numbers=(number(AGE, 63, personal=True),))) != mark
    assert fingerprint(evolve(old, subject=ZHAO)) != mark
    assert fingerprint(evolve(old, rule=SCHOOLING)) != mark
    moved = evolve(old, numbers=(number(AGE, 62, "Z9", personal=True),), subject=member("王五", 77))
    assert fingerprint(moved) == mark


def test_json_says_the_same() -> None:
    waived = evolve(findings()[9], waived=WAIVED)
    document = report_json.document(report(*findings()[:9], waived, *findings()[10:], attestations=(ATTESTED,)))
    assert document["summary"]["members_failing"] == 1
    assert document["summary"]["waived"] == 1
    assert document["summary"]["sentences"]["must"] == {"fails": 3, "cannot say": 0, "holds": 1, "does not apply": 0}
    assert document["layers"][0]["id"] == "cn.province"
    assert document["attestations"][0]["facts"] == 14
    old = document["findings"][9]
    assert old["subject"]["label"] == "王五"
    assert old["rule"]["ruleset"] == "cn.province"
    assert old["waived"]["by"] == "street office"
    assert old["fingerprint"] == fingerprint(waived)
    assert (old["at"]["line"], old["at"]["column"], old["at"]["start"], old["at"]["end"]) == (2, 1, 16, 55)
    assert document["findings"][6]["exemptions"] == [{"en": "except when part-time", "zh": "但是兼职的除外"}]
    assert document["findings"][1]["missing"][0]["subject"]["row"] == 2


# ---------------------------------------------------------------- sentences of the plan that count members


def test_a_count_names_a_missing_fact_once_for_all_members() -> None:
    rows = [member("", at + 3) for at in range(9)]
    counted = evolve(SCHOOLED, each=None)
    judged = found(SCHOOLING, counted, CANNOT_SAY, None, missing=tuple(missing(SCHOOL, one) for one in rows))
    shown = text.render(report(judged), "en", width=160)
    places = ", ".join(f"候选人!A{at}" for at in range(3, 9))
    assert f"education (under “candidates”): {places} and 3 more" in shown


def test_what_is_filled_in_in_one_place_stands_together() -> None:
    """Nine members lack their education, one of them lacks another fact too: two sentences wait for one list."""
    rows = [member(f"人{at}", at + 3) for at in range(9)]
    judged = [found(SCHOOLING, SCHOOLED, CANNOT_SAY, one, missing=(missing(SCHOOL, one),)) for one in rows]
    judged.append(found(BARS, NOT_SERVING, CANNOT_SAY, rows[0], missing=(missing(SENTENCE, rows[0]),)))
    shown = section(text.render(report(*judged), "en", width=160), "Cannot be judged yet")
    assert shown.count("\n? ") == 1
    assert "? education (under “candidates”): 人0, 人1, 人2, 人3, 人4, 人5 and 3 more; serving sentence" in shown


@pytest.mark.parametrize(("many", "listed"), [(3, True), (4, False)])
def test_of_many_sentences_that_wait_for_the_same_only_the_number_is_told(many: int, listed: bool) -> None:
    absent = (Missing("community.units", Names.of(en="units"), within=Names.of(en="community")),)
    sentences = [evolve(SCHOOLED, each=None, texts=Names.of(en=f"units must be {at}")) for at in range(many)]
    judged = [found(SCHOOLING, one, CANNOT_SAY, None, missing=absent) for one in sentences]
    shown = section(text.render(report(*judged), "en"), "Cannot be judged yet")
    assert ("units must be 0" in shown) is listed
    assert ("? units (under “community”): 4 sentences wait (--all)" in shown) is not listed
    everything = text.render(report(*judged), "en", verbose=True)
    assert all(f"units must be {at}" in everything for at in range(many))


def test_what_most_binding_sentences_wait_for_stands_first() -> None:
    """Two pieces of advice wait for one list, one binding sentence for the other."""
    advice = evolve(SCHOOLED, force=Force.SHOULD)
    few, many = Missing(LIST, LISTED), Missing("voters", Names.of(en="voters"))
    judged = [found(SCHOOLING, advice, CANNOT_SAY, None, missing=(many,)) for _ in range(2)]
    judged = [evolve(one, sentence=evolve(advice)) for one in judged]
    judged.append(found(BARS, NOT_SERVING, CANNOT_SAY, None, missing=(few,)))
    shown = text.render(report(*judged), "en")
    assert shown.index("the list “candidates”") < shown.index("the list “voters” is not given: 2 sentences wait")


@pytest.mark.parametrize(("many", "listed"), [(10, True), (11, False)])
def test_of_many_sentences_that_hold_the_articles_are_told(many: int, listed: bool) -> None:
    sentences = [evolve(SCHOOLED, each=None, texts=Names.of(en=f"units must be {at}")) for at in range(many)]
    shown = text.render(report(*[found(SCHOOLING, one, HOLDS, None) for one in sentences]), "en")
    assert ("units must be 0" in shown) is listed
    assert (f"✓ notice III.2 ({many} sentences) (--all shows each sentence)" in shown) is not listed


def test_in_full_each_verdict_names_its_members() -> None:
    shown = text.render(report(), "en", verbose=True)
    assert "    holds for 1 of 3: 赵六\n    does not apply to 1: 钱七\n" in shown
    assert "    holds for 0 of 3\n" in section(shown, "Cannot be judged yet")
