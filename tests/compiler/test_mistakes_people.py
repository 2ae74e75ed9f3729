"""Mistakes in rules on people, lists, exceptions, cases, days and layers: one report each, at its place, with the mend.

A seed is a text below the head, the code expected, the text that is marked, and what the message must offer (a part of
a suggestion, an option or a fix). An empty mark means a place between two characters.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from attrs import frozen

import civicrules
from civicrules.codes import shown
from civicrules.diagnostics import Diagnostic
from civicrules.report.diagnostics import render
from civicrules.source import Span

SAMPLES = Path(__file__).parents[1] / "samples"
VOCABULARY = (SAMPLES / "vocabulary.civic").read_text(encoding="utf-8")
CITY = """civicrules 1 en

ruleset my.city "Rules of the city"
  facts: sample.community
  source regulation / 条例: "City regulation"

rule number of units [regulation 3]
  units must be at least 3
  in Chinese: 单位个数
  lower rules: may tighten
"""
LIBRARY = civicrules.MappingLibrary({"sample.community": VOCABULARY, "my.city": CITY})
HEAD = {
    "en": 'civicrules 1 en\n\nruleset my.town "Our election"\n  facts: sample.community\n  age date: election day\n'
    '  days back: election day not counted\n  source law: "The law"\n\nsection "Rules" [law 1]\n\n',
    "zh": "civicrules 1 zh\n\n规则集 my.town “本社区换届选举”\n  词汇：sample.community\n  年龄计算日：选举日\n"
    "  倒推天数：选举日不计入\n  来源 法律：“组织法”\n\n章节 “规定” 〔法律 第一条〕\n\n",
}


@frozen
class Seed:
    """One mistake."""

    text: str
    code: str
    mark: str | None = ""
    offers: str = ""


NOT_ANY = "each candidate must not meet any of these:\n  "
ALL = "each party candidate must meet all of these:\n  "
EXCEPTED = ALL + "membership is here\n    "
AGE = "retirement age means:\n  "
LIMIT = "age limit is set by sex, service:\n  "
MEMBER = "each supervision member must be "
POSTED = "candidate list posted must be "
THREE = "rule enough\n  units must be at least 3\n\nexample\n  "
EN = [
    Seed(EXCEPTED + "expect when part-time", "CR0103", "expect when", "except when"),
    Seed(EXCEPTED + "exept when part-time", "CR0103", "exept when", "except when"),
    Seed(EXCEPTED + "except part-time", "CR0103", "except", "except when"),
    Seed(AGE + "when sex is female: 55 years\n  else: 60 years", "CR0103", "else", "otherwise"),
    Seed("number of candidates whose sex is female must be at least 1", "CR0103", "whose", "where"),
    Seed(POSTED + "at least 3 days prior to first ballot day", "CR0103", "prior to", "before"),
    # heads of lists
    Seed("each candidate must not meet any of these:", "CR0129", "each candidate must not meet any of these:"),
    Seed("retirement age means:", "CR0129", "retirement age means:"),
    Seed("retirement age is:", "CR0105", "retirement age is:", "means"),
    Seed("each candidate must meet at least 3 of these:\n  in good health\n  part-time", "CR0229", None),
    Seed("candidates must meet all of these:\n  in good health", "CR0203", "candidates", "each candidate"),
    Seed("candidates must be in good health", "CR0203", "candidates", "each candidate"),
    Seed("every candidate must be in good health", "CR0103", "every candidate", "each candidate"),
    Seed("each candidates must be in good health", "CR0222", "candidates", "candidate"),
    Seed("each candidates's age must be at most 65", "CR0222", "candidates", "candidate"),
    Seed("each candidat must be in good health", "CR0201", "candidat", "candidate"),
    Seed("number of candidate must be at least 3", "CR0222", "candidate", "candidates"),
    # items
    Seed(NOT_ANY + "serving sentense", "CR0201", "serving sentense", "serving sentence"),
    Seed(NOT_ANY + "released less then 5 years ago", "CR0103", "less then", "less than"),
    Seed(NOT_ANY + "released les than 5 years ago", "CR0103", "les than", "less than"),
    Seed(NOT_ANY + "released fewer than 5 years", "CR0204", "5 years", "5 years ago"),
    Seed(NOT_ANY + "released less than five years ago", "CR0219", "five", "5"),
    Seed(NOT_ANY + "released less than 5 yeras ago", "CR0206", "yeras", "years"),
    Seed(NOT_ANY + "released less than 5 years ego", "CR0103", "ego", "ago"),
    Seed(ALL + "education is at least senior hihg", "CR0207", "senior hihg", "senior high"),
    Seed(ALL + "education is atleast senior high", "CR0103", "atleast", "at least"),
    # exceptions
    Seed(EXCEPTED + "except when part-tmie", "CR0201", "part-tmie", "part-time"),
    Seed(
        EXCEPTED + "except when part-time\n      except when placed by street office",
        "CR0128",
        "except when placed by street office",
    ),
    Seed(ALL + "in good health\n    except when incumbent: at most 70", "CR0227", "at most 70"),
    Seed(
        "each candidate's education must be at least senior high except when part-time",
        "CR0132",
        "except when part-time",
        "\n  except when part-time",
    ),
    Seed(
        "each candidate's education must be at least senior high\nexcept when part-time",
        "CR0132",
        "except when part-time",
        "  ",
    ),
    # several requirements in one sentence
    Seed("each candidate must be in good health or part-time", "CR0131", "or"),
    Seed("each candidate must be in good health and part-time", "CR0131", "and"),
    Seed("each candidate's age must be at most 65 or at most 60", "CR0131", "or"),
    # of whom
    Seed("candidate's age must be at most 65", "CR0226", "candidate's age", "each candidate's age"),
    Seed("candidates's age must be at most 65", "CR0226", "candidates's age", "each candidate's age"),
    Seed("education must be at least senior high", "CR0226", "education", "each party candidate's education"),
    Seed(
        "units must be at most retirement age\n" + AGE + "when sex is female: 55 years\n  otherwise: 60 years",
        "CR0226",
        "retirement age",
    ),
    Seed("units must be at most each candidate's age", "CR0225", "each candidate's age"),
    Seed("when each candidate is in good health: units must be 3", "CR0237", "each candidate is in good health"),
    Seed(MEMBER + "at least 3", "CR0228", MEMBER + "at least 3"),
    Seed(MEMBER + "a representative", "CR0201", "a representative", "representative"),
    Seed(MEMBER + "among representativs", "CR0201", "representativs", "representatives"),
    Seed(MEMBER + "amongst representatives", "CR0103", "amongst", "among"),
    Seed("supervision members must be among representatives", "CR0203", "supervision members"),
    # counts and totals
    Seed("number of candidates where sex is femal must be at least 1", "CR0207", "femal", "female"),
    Seed("total of candidates must be at least 3", "CR0223", "total of candidates"),
    Seed("total of candidates's sex must be at least 3", "CR0204", "sex"),
    Seed("total candidates's yearly pay must be at least 3 yuan", "CR0103", "total", "total of"),
    Seed("share of candidates where sex is female must be at least 30", "CR0220", "30", "30%"),
    # days
    Seed("each candidate's age on temr end must be at most 65", "CR0201", "temr end", "term end"),
    Seed(POSTED + "at least 3 days befor first ballot day", "CR0103", "befor", "before"),
    Seed(POSTED + "at least three days before first ballot day", "CR0219", "three", "3"),
    Seed(POSTED + "at least 3 workdays before first ballot day", "CR0103", "workdays", "working days"),
    Seed(POSTED + "within 5 days of first ballot day", "CR0103", "of", "after"),
    Seed(POSTED + "at least 3 days before first balot day", "CR0201", "first balot day", "first ballot day"),
    # cases and rows
    Seed(AGE + "otherwise: 60 years\n  when sex is female: 55 years", "CR0354", "when sex is female: 55 years"),
    Seed(
        AGE + "when sex is female: 55 years\n  otherwise: 60 years\n  otherwise: 65 years",
        "CR0354",
        "otherwise: 65 years",
    ),
    Seed(AGE + "when sex is female 55 years\n  otherwise: 60 years", "CR0121", "55", ":"),
    Seed(AGE + "if sex is female: 55 years\n  otherwise: 60 years", "CR0103", "if", "when"),
    Seed(AGE + "when sex is female: 55 years\n  otherwise: 60 yeras", "CR0206", "yeras", "years"),
    Seed(
        LIMIT + "female, new: 46\n  female, exisitng: 50\n  male, new: 46\n  male, existing: 55",
        "CR0207",
        "exisitng",
        "existing",
    ),
    Seed(LIMIT + "female, new, 3: 46\n  otherwise: 50", "CR0355", "female, new, 3: 46"),
    Seed(LIMIT + "female: 46\n  otherwise: 50", "CR0355", "female: 46"),
    Seed(LIMIT + "otherwise: 46\n  female, new: 50", "CR0354", "female, new: 50"),
    Seed("counted members means candidates where part-tmie is no", "CR0201", "part-tmie", "part-time"),
    Seed(
        "counted members means candidates where part-tmie is no\nnumber of counted members must be at least 3",
        "CR0201",
        "part-tmie",
    ),
    # order
    Seed(
        "committee election must follow this order:\n  voters registerd\n  votes cast",
        "CR0201",
        "voters registerd",
        "voters registered",
    ),
    # a word that joins is no key; what is expected of a rule is a verdict
    Seed(ALL + "in good health\n  or: part-time", "CR0159", ":", "or "),
    Seed(ALL + "in good health\n  or:\n  part-time", "CR0159", ":"),
    Seed(THREE + "given units is 3\n  expect enough: pass", "CR0380", "pass"),
    Seed(THREE + "given units is 3\n  expect enough: 12", "CR0380", "12"),
]

ZNOT_ANY = "每名候选人不得有下列情形之一：\n  "
ZALL = "每名党组织候选人应当符合下列条件：\n  "
ZEXCEPTED = ZALL + "组织关系在本社区\n    "
ZAGE = "退休年龄是指：\n  "
ZLIMIT = "年龄上限按性别、任职情况确定：\n  "
ZPOSTED = "候选人名单公布日应当"
ZH = [
    Seed(ZEXCEPTED + "兼职的除外", "CR0126", "", "但是"),
    # 列项
    Seed("每名候选人不得有下列情形之一：", "CR0129", "每名候选人不得有下列情形之一："),
    Seed("候选人应当符合下列条件：\n  身体健康", "CR0203", "候选人", "每名候选人"),
    Seed("全体候选人应当符合下列条件：\n  身体健康", "CR0103", "全体候选人", "每名候选人"),
    Seed("所有居委会候选人的年龄不得超过65周岁", "CR0103", "所有居委会候选人", "每名居委会候选人"),
    Seed("各居委会候选人的年龄不得超过65周岁", "CR0103", "各居委会候选人", "每名居委会候选人"),
    Seed("每名全体居委会候选人的年龄不得超过65周岁", "CR0222", "全体居委会候选人", "居委会候选人"),
    Seed("居委会候选人的人数不得少于3人", "CR0222", "居委会候选人", "全体居委会候选人"),
    Seed("居委会候选人的年龄不得超过65周岁", "CR0226", "居委会候选人的年龄", "每名居委会候选人的年龄"),
    Seed("文化程度应当为高中以上", "CR0226", "文化程度"),
    # 各项
    Seed(ZNOT_ANY + "正在服型", "CR0201", "正在服型", "正在服刑"),
    Seed(ZNOT_ANY + "刑满释放之日起不足五年", "CR0219", "五年", "5年"),
    Seed(ZNOT_ANY + "刑满释放不满5年", "CR0204", "5年", "之日起"),
    Seed(ZNOT_ANY + "刑满释放日起不满5年", "CR0201", "刑满释放日", "刑满释放"),
    Seed(ZALL + "文化程度为高种以上", "CR0207", "高种", "高中"),
    # 例外
    Seed(ZEXCEPTED + "但事兼职的除外", "CR0201", "事兼职"),  # 兼职 or 非兼职: only the author knows
    Seed(ZEXCEPTED + "但是兼职除外", "CR0103", "除外", "的除外"),
    Seed(ZEXCEPTED + "但是兼职的除外\n      但是由街道委派的除外", "CR0128", "但是由街道委派的除外"),
    Seed(ZALL + "身体健康\n    但是现任的，不超过70", "CR0227", "不超过70"),
    Seed("每名居委会候选人的文化程度应当为高中以上，但是兼职的除外", "CR0132", "但是兼职的除外", "\n  但是兼职的除外"),
    Seed("每名居委会候选人的文化程度应当为高中以上\n但是兼职的除外", "CR0132", "但是兼职的除外", "  "),
    # 并列
    Seed("每名党组织候选人应当经居民推荐或者经党员推荐", "CR0131", "或者"),
    Seed("每名党组织候选人应当为身体健康且为中共正式党员", "CR0131", "且"),
    # 年龄、人数
    Seed("每名居委会候选人年龄满十八周岁", "CR0219", "十八周岁", "18周岁"),
    Seed("每名居委会候选人的年龄应当满十八周岁", "CR0219", "十八周岁", "18周岁"),
    Seed("全体居委会候选人中性别为女的人数不得少于1人", "CR0126", "", "，"),
    Seed("全体居委会候选人中，性别为女人数不得少于1人", "CR0103", "人数", "的人数"),
    Seed("全体居委会候选人中，性别为妇的人数不得少于1人", "CR0207", "妇"),
    Seed("候选人之和不得少于3", "CR0223", "候选人之和"),
    Seed("驻社区单位数应当不少于每名候选人的年龄", "CR0225", "每名候选人的年龄"),
    # 日期
    Seed(ZPOSTED + "在首个投票日的三日前", "CR0219", "三日", "3日"),
    Seed(ZPOSTED + "在首个投票曰的3日前", "CR0201", "首个投票曰", "首个投票日"),
    Seed(ZPOSTED + "自首个投票日5日内", "CR0126", "", "起"),
    # 情形、档次
    Seed(ZAGE + "其他情形：60周岁\n  性别为女的，55周岁", "CR0354", "性别为女的，55周岁"),
    Seed(ZAGE + "性别为女的，55周岁\n  其他情形：60周岁\n  其他情形：65周岁", "CR0354", "其他情形：65周岁"),
    Seed(ZAGE + "性别为女，55周岁\n  其他情形：60周岁", "CR0121", "，", "的，"),
    Seed(ZAGE + "性别为女的55周岁\n  其他情形：60周岁", "CR0121", "的", "的，"),
    Seed(ZAGE + "性别为女的，55周岁\n  其它情形：60周岁", "CR0103", "其它情形", "其他情形"),
    Seed(ZAGE + "性别为女的，55周碎\n  其他情形：60周岁", "CR0103", "周碎", "周岁"),
    Seed("退休年龄为：", "CR0105", "退休年龄为：", "是指"),
    Seed(ZLIMIT + "女、原人：50周岁\n  其他情形：55周岁", "CR0207", "原人", "原任"),
    Seed(ZLIMIT + "女、新任、3：46周岁\n  其他情形：55周岁", "CR0355", "女、新任、3：46周岁"),
    Seed(ZLIMIT + "女、新任，46周岁\n  其他情形：55周岁", "CR0121", "，", "的，"),
    # 顺序、名单
    Seed(
        "三套班子换届应当按照下列顺序进行：\n  党组织选举完程\n  居委会选举完成",
        "CR0201",
        "党组织选举完程",
        "党组织选举完成",
    ),
    Seed("监督委员会全体成员应当属于居民代表", "CR0203", "监督委员会全体成员", "每名监督委员会成员"),
    Seed("每名监督委员会全体成员应当属于居民代表", "CR0222", "监督委员会全体成员", "监督委员会成员"),
    Seed("每名候选人应当符合下列条件：\n  身体健康\n  或者：兼职", "CR0159", "：", "或者"),
    Seed("规则 甲\n  驻社区单位数不得少于3个\n\n示例\n  设 驻社区单位数为3个\n  则 甲：通过", "CR0380", "通过"),
]
SEEDS = [("en", seed) for seed in EN] + [("zh", seed) for seed in ZH]
IDS = [f"{tag}-{seed.code}-{seed.text.split(chr(10))[-1].strip()[:40]}" for tag, seed in SEEDS]
seeded = pytest.mark.parametrize(("language", "seed"), SEEDS, ids=IDS)
# The head of a list that is broken: what is said of the head, whatever is said of the lines below it.
HEADS = [
    ("en", "each candidate must meat all of these:", "meat all of these", "meet all of these"),
    ("en", "each candidate must not meet any of this:", "meet any of this", "meet any of these"),
    ("en", "each candidate must not meet any of these", "", ":"),
    ("en", "each candidate must meet at least 2 of this:", "of this", "of these"),
    ("en", "each candidate must meet 2 of these:", "", "at least"),
    ("en", "committee election must follow these orders:", "follow these orders", "follow this order"),
    ("zh", "每名候选人不得有下列情型之一：", "有下列情型之一", "有下列情形之一"),
    ("zh", "每名候选人不得有如下情形之一：", "有如下情形之一", "有以下情形之一"),
    ("zh", "每名候选人不得有下列情形之一", "", "："),
    ("zh", "每名候选人应当附合下列条件：", "附合下列条件", "符合下列条件"),
    ("zh", "每名候选人应当符合如下条件：", "符合如下条件", "符合以下条件"),
    ("zh", "每名候选人应当符合下列条件中的至少2个：", "个", "项"),
    ("zh", "每名候选人应当符合下列条件中的2项：", "", "至少"),
    ("zh", "三套班子换届应当按照如下顺序进行：", "按照如下顺序进行", "按照以下顺序进行"),
]
INTERNAL = re.compile(r"\b[A-Z]{3,}(?:_[A-Z]+)*\b|__|\$END|<class|object at|Traceback|\bNone\b|Names\(|Span\(|Token\(")


@cache
def reports(text: str) -> tuple[Diagnostic, ...]:
    """What is said about a text; the tests below ask several things of the same ones."""
    return civicrules.compile(text, library=LIBRARY).diagnostics


def offered(found: Diagnostic, language: str) -> list[str]:
    values = [shown(found.data.get(key), language) for key in ("suggestions", "options", "each")]
    return values + [fix.replacement for fix in found.fixes]


@seeded
def test_one_mistake_gives_one_report_at_its_place(language: str, seed: Seed) -> None:
    found = reports(HEAD[language] + seed.text + "\n")
    assert [d.code for d in found] == [seed.code], render(found, language)
    assert isinstance(found[0].place, Span)
    if seed.mark is not None:
        assert found[0].place.text == seed.mark
    assert not seed.offers or any(seed.offers in text for text in offered(found[0], language)), render(found, language)


@seeded
def test_nothing_internal_and_no_hole_reaches_the_reader(language: str, seed: Seed) -> None:
    found = reports(HEAD[language] + seed.text + "\n")
    for reader in ("en", "zh"):
        text = re.sub(r"CR\d{4}", "", render(found, reader))
        assert INTERNAL.search(text) is None, text
        assert "could not be understood" not in text and "此处内容无法识别" not in text


@seeded
def test_a_fix_mends(language: str, seed: Seed) -> None:
    """Putting the fix that is offered in leaves no mistake of this code."""
    text = HEAD[language] + seed.text + "\n"
    for fix in reports(text)[0].fixes[:1]:
        assert isinstance(fix.place, Span)
        text = text[: fix.place.start] + fix.replacement + text[fix.place.end :]
        assert seed.code not in {d.code for d in reports(text)}


@pytest.mark.parametrize(("language", "head", "mark", "offers"), HEADS)
def test_a_broken_head_of_a_list_is_said_first(language: str, head: str, mark: str, offers: str) -> None:
    item = {"en": "  in good health\n", "zh": "  身体健康\n"}[language]
    found = reports(HEAD[language] + head + "\n" + item)
    assert len(found) == 1, render(found, language)
    assert isinstance(found[0].place, Span) and found[0].place.text == mark, render(found, language)
    assert any(offers in text for text in offered(found[0], language))


@pytest.mark.parametrize(
    ("language", "without", "text", "code"),
    [
        ("en", "  age date: election day\n", "each candidate's age must be at most 65", "CR0353"),
        ("en", "  age date: election day\n", NOT_ANY + "released less than 5 years ago", "CR0353"),
        ("en", "  days back: election day not counted\n", POSTED + "3 days before first ballot day", "CR0352"),
        ("zh", "  年龄计算日：选举日\n", "每名候选人的年龄不得超过65周岁", "CR0353"),
        ("zh", "  倒推天数：选举日不计入\n", ZPOSTED + "在首个投票日的3日前", "CR0352"),
    ],
)
def test_what_the_head_lacks_is_said_once(language: str, without: str, text: str, code: str) -> None:
    head = HEAD[language].replace(without, "")
    again = {"en": "\nrule again\n  ", "zh": "\n规则 另一条\n  "}[language] + text.replace("\n  ", "\n    ")
    found = reports(head + text + again + "\n")
    assert [d.code for d in found] == [code], render(found, language)


@pytest.mark.parametrize(
    ("language", "without", "text"),
    [
        ("en", "  age date: election day\n", "each candidate's age on first ballot day must be at most 65"),
        ("en", "  age date: election day\n", "each candidate must be at least 18 years old on first ballot day"),
        ("zh", "  年龄计算日：选举日\n", "每名候选人应当在首个投票日年满18周岁"),
        ("zh", "  年龄计算日：选举日\n", "每名候选人应当符合下列条件：\n  首个投票日年满18周岁"),
    ],
)
def test_an_age_on_a_day_named_beside_it_needs_none_in_the_head(language: str, without: str, text: str) -> None:
    found = reports(HEAD[language].replace(without, "") + text + "\n")
    assert not found, render(found, language)


@pytest.mark.parametrize(
    ("line", "wrong", "code", "text"),
    [
        ("age date: election day", "age date: 2012-08-20", "CR0356", "each candidate's age must be at most 65"),
        ("age date: election day", "aeg date: election day", "CR0302", "each candidate's age must be at most 65"),
        ("election day not counted", "election day excluded", "CR0357", POSTED + "3 days before first ballot day"),
    ],
)
def test_a_mistake_in_the_head_is_not_repeated_below(line: str, wrong: str, code: str, text: str) -> None:
    found = reports(HEAD["en"].replace(line, wrong) + text + "\n")
    assert [d.code for d in found] == [code], render(found, "en")


UNDER = {
    "en": HEAD["en"].replace("  facts: sample.community\n", "  under: my.city\n"),
    "zh": HEAD["zh"].replace("  词汇：sample.community\n", "  上位：my.city\n"),
}


@pytest.mark.parametrize(
    ("language", "text", "code", "mark"),
    [
        ("en", "rule number of units\n  units must be at least 4", "CR0362", "units must be at least 4"),
        ("zh", "规则 单位个数\n  驻社区单位数应当不少于4个", "CR0362", "驻社区单位数应当不少于4个"),
        (
            "en",
            "rule here\n  units must be at least 2\n  tightens: number of units",
            "CR0364",
            "units must be at least 2",
        ),
        (
            "en",
            "rule here\n  units must be at least 2\n  replaces: number of units",
            "CR0364",
            "units must be at least 2",
        ),
        ("zh", "规则 本社区\n  驻社区单位数应当不少于2个\n  从严：单位个数", "CR0364", "驻社区单位数应当不少于2个"),
        ("en", "rule here\n  units must be at least 4\n  tightens: nunber of units", "CR0361", "nunber of units"),
        ("zh", "规则 本社区\n  驻社区单位数应当不少于4个\n  从严：单位各数", "CR0361", "单位各数"),
        ("en", "rule here\n  units must be at least 4\n  lower rules: may tigthen", "CR0360", "may tigthen"),
        ("zh", "规则 本社区\n  驻社区单位数应当不少于4个\n  下级规则：可以从产", "CR0360", "可以从产"),
    ],
)
def test_mistakes_between_layers(language: str, text: str, code: str, mark: str) -> None:
    found = reports(UNDER[language] + text + "\n")
    assert [d.code for d in found] == [code], render(found, language)
    assert isinstance(found[0].place, Span) and found[0].place.text == mark
