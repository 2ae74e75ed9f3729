"""Forms of sentences that the language does not have: the message says how each is written, and its fix mends."""

from __future__ import annotations

from pathlib import Path

import pytest

import civicrules
from civicrules.codes import shown
from civicrules.diagnostics import Diagnostic, Fix
from civicrules.report.diagnostics import render
from civicrules.source import Span

VOCABULARY = (Path(__file__).parents[1] / "samples" / "vocabulary.civic").read_text(encoding="utf-8")
LIBRARY = civicrules.MappingLibrary({"sample.community": VOCABULARY})
HEAD = {
    "en": 'civicrules 1 en\n\nruleset my.town "Our election"\n  facts: sample.community\n  age date: election day\n'
    '  days back: election day not counted\n  source law: "The law"\n\nsection "Rules" [law 1]\n\n',
    "zh": "civicrules 1 zh\n\n规则集 my.town “本社区换届选举”\n  词汇：sample.community\n  年龄计算日：选举日\n"
    "  倒推天数：选举日不计入\n  来源 法律：“组织法”\n\n章节 “规定” 〔法律 第一条〕\n\n",
}


def found(text: str) -> tuple[Diagnostic, ...]:
    language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"
    diagnostics = civicrules.compile(f"{HEAD[language]}{text}\n", library=LIBRARY).diagnostics
    for one in diagnostics:
        for tag in ("en", "zh"):
            assert "{" not in render((one,), tag)
    return diagnostics


def mended(text: str, fix: Fix) -> str:
    assert isinstance(fix.place, Span)
    whole = fix.place.source.text
    return whole[: fix.place.start] + fix.replacement + whole[fix.place.end :]


MENDED = [
    ("units must be at least 10% of households, rounded up", "CR0133"),
    ("驻社区单位数应当不少于居民户数的10%，尾数进一", "CR0133"),
    ("党代表候选人总数应当不少于党代表大会名额的一半，四舍五入", "CR0133"),
    ("候选人名单公布日应当在选举日的三十日前", "CR0219"),
    ("候选人有下列情形之一的，不得列为全体居委会候选人：\n  正在服刑", "CR0203"),
    ("居委会候选人有下列情形之一的，不得列为居委会候选人：\n  正在服刑", "CR0203"),
    ("有下列情形之一的人员，不得列为居委会候选人：\n  正在服刑", "CR0135"),
    ("有下列情形之一的，不应列为居委会候选人：\n  正在服刑", "CR0103"),
    ("指导组名单报送日应当在选举日前", "CR0136"),
    ("指导组名单报送日应当在2012年8月8日前", "CR0136"),
    ("指导组名单报送日应当在2012年8月8日后", "CR0136"),
    ("指导组名单报送日应当在选民名单公布日后5日", "CR0126"),
    ("guidance group filing must be within 5 days of voter list posted", "CR0103"),
    ("each candidate must not meet any of these:\n  post is not chair or member", "CR0232"),
    ("每名候选人不得有下列情形之一：\n  职务不为主任或者委员", "CR0232"),
    ("ballots returned must be more than half of registered voters or more", "CR0137"),
    ("收回票数应当超过登记选民数的半数以上", "CR0137"),
    ("each candidate not must be part-time", "CR0103"),
    ("no candidate may be part-time", "CR0103"),
]


@pytest.mark.parametrize(("text", "code"), MENDED, ids=[text.splitlines()[0] for text, _ in MENDED])
def test_one_report_and_its_first_fix_mends(text: str, code: str) -> None:
    (one,) = found(text)
    assert one.code == code
    assert one.fixes
    for fix in one.fixes:
        assert civicrules.compile(mended(text, fix), library=LIBRARY).diagnostics == ()


QUANTIFIED = [
    ("at least half of candidates must be retired", "share of candidates where … is retired must be at least half"),
    ("more than 1/3 of candidates must be retired", "share of candidates where … is retired must be more than 1/3"),
    ("at least 2 candidates must be retired", "number of candidates where … is retired must be at least 2"),
    ("at least one candidate must be retired", "number of candidate where … is retired must be at least 1"),
    ("residents committee must have women", "number of … must be at least 1"),
    ("至少一半的全体当选人应当为女", "全体当选人中，……为女的比例应当不低于一半"),
    ("全体当选人中至少半数应当为女", "全体当选人中，……为女的比例应当不低于半数"),
    ("居委会成员中应当有大学生", "居委会成员中，……的人数应当不少于1名"),
]


@pytest.mark.parametrize(("text", "right"), QUANTIFIED)
def test_how_many_must_be_so_is_asked_of_a_number(text: str, right: str) -> None:
    (one,) = found(text)
    assert one.code == "CR0134"
    assert one.data["right"] == right
    assert right in "\n".join(shown(one, "en")) + render((one,), "zh") + render((one,), "en")


def test_a_list_of_cases_needs_those_it_is_about() -> None:
    (one,) = found("有下列情形之一的，不得担任居委会主任：\n  正在服刑")
    assert one.code == "CR0135"
    assert one.fixes == ()


def test_a_rounded_range_has_no_fix() -> None:
    (one,) = found("units must be 10% to 30% of households, rounded up")
    assert one.code == "CR0133"
    assert one.fixes == ()


def test_what_is_joined_in_a_duty_is_a_list_unless_it_is_one_of_several_values() -> None:
    (one,) = found("each candidate must be in good health or part-time")
    assert one.code == "CR0131"
    assert isinstance(one.place, Span)
    assert one.place.text == "or"
    assert found("units must be 3 or 5") == ()


@pytest.mark.parametrize("text", ["units must be before 3", "units must be no later than 3", "驻社区单位数应当早于3"])
def test_words_for_days_compare_days(text: str) -> None:
    (one,) = found(text)
    assert one.code == "CR0204"


@pytest.mark.parametrize(
    "text",
    ["candidates not may be part-time", "guidance group filing must be befor election day", "每名候选人不得不为兼职"],
)
def test_a_word_is_never_offered_in_its_own_place(text: str) -> None:
    for one in found(text):
        suggestions = one.data.get("suggestions", ())
        assert isinstance(suggestions, tuple)
        assert one.data.get("found") not in suggestions


def test_a_unit_that_is_measured_is_declared_in_chinese() -> None:
    words = "civicrules 1 zh\n\n词汇表 demo “示例”\n单位 元：块，可以为小数\n对象 社区\n  经费：数字 单位为元\n"
    text = "civicrules 1 zh\n\n规则集 x “示例”\n  词汇：demo\n  来源 法律：“组织法”\n\n经费应当不少于1.5元 〔法律 第一条〕\n"
    assert civicrules.compile(text, library=civicrules.MappingLibrary({"demo": words})).diagnostics == ()


def test_each_source_of_a_citation_is_known() -> None:
    """A number or an article alone after a semicolon belongs to the source before it."""
    head = HEAD["en"].replace('"The law"\n', '"The law"\n  source notice / 通知: "The notice"\n')
    text = f"{head}units must be at least 3 [law 2; notice 8; 9]\n"
    rules = civicrules.load(text=text, library=LIBRARY)
    citation = rules.program.rules[0].article
    assert (citation.source, citation.article.text("zh")) == ("law", "law 2; 通知 8; 9")
    (wrong,) = civicrules.compile(text.replace("notice 8", "notce 8"), library=LIBRARY).diagnostics
    assert (wrong.code, wrong.data["suggestions"]) == ("CR0305", ("notice",))
    assert isinstance(wrong.place, Span) and wrong.place.text == "notce"
