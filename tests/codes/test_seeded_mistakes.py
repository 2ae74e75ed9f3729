"""Mistakes put into the shipped notice, as a policy officer would make them: one report each, at its place.

A seed is: what stands in the notice, what is written instead, the code expected, the text that is marked, and what the
message must offer (a part of a suggestion or of a fix). An empty mark means a place between two characters.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import civicrules
from civicrules.codes import shown
from civicrules.diagnostics import Diagnostic
from civicrules.report.diagnostics import render
from civicrules.source import Span


@frozen
class Seed:
    """One mistake."""

    right: str
    wrong: str
    code: str
    mark: str | None = ""
    offers: str = ""


SIZE = "residents committee's size must be within committee size\n"
ROW = "  2500 to 5000:  5 to 7 members\n"
RATE = ", rounded as started hundred"
EN = [
    # keywords swallowed by the names beside them
    Seed(SIZE, "residents committee's size must be atleast 3\n", "CR0103", "atleast", "at least"),
    Seed(SIZE, "residents committee's size must be withn committee size\n", "CR0103", "withn", "within"),
    Seed(SIZE, "residents committee's size mst be within committee size\n", "CR0103", "mst", "must"),
    Seed(SIZE, "residents committee's size should not be more then 9\n", "CR0103", "more then", "more than"),
    Seed(ROW, "  2500 too 5000:  5 to 7 members\n", "CR0103", "too", "to"),
    Seed("committee size is set by households:", "committee size set by households:", "CR0103", "set by", "is set by"),
    Seed(RATE, ", round down", "CR0103", "round down", "rounded down"),
    Seed(RATE, ", roundeddown", "CR0103", "roundeddown", "rounded down"),
    Seed("3 years after", "3 years afterr", "CR0103", "afterr", "after"),
    # what people write instead
    Seed(SIZE, "residents committee's size may not be more than 9\n", "CR0103", "may not", "must not"),
    Seed(SIZE, "residents committee's size has to be at most 9\n", "CR0103", "has to", "must"),
    Seed(SIZE, "residents committee's size must be smaller than 9\n", "CR0103", "smaller than", "fewer than"),
    Seed(SIZE, "if estate is large: units must be at most 9\n", "CR0103", "if", "when"),
    Seed(SIZE, "residents committee's size may be at most 9\n", "CR0320", "may", "must"),
    Seed(SIZE, "residents committee's size must 9\n", "CR0125", "9", "be "),
    Seed(
        SIZE,
        "residents committee's size is within committee size\n",
        "CR0105",
        SIZE.strip().replace("must be", "is"),
        "must be",
    ),
    # names, units, choices
    Seed(
        SIZE, "residents committee's size must be within comittee size\n", "CR0201", "comittee size", "committee size"
    ),
    Seed(
        SIZE,
        "residents comittee's size must be within committee size\n",
        "CR0201",
        "residents comittee",
        "residents committee",
    ),
    Seed(SIZE, "residents committee's sise must be within committee size\n", "CR0201", "sise", "size"),
    Seed("set by households:\n  2500", "set by housholds:\n  2500", "CR0201", "housholds", "households"),
    Seed(SIZE, "size must be within committee size\n", "CR0202", "size", "residents committee's size"),
    Seed(SIZE, "residents committee's size must be at most 9 households\n", "CR0205", "9 households"),
    Seed(SIZE, "residents committee's size must be at most 9 membrs\n", "CR0206", "membrs", "members"),
    Seed(ROW, "  2500 to 5000 people:  5 to 7 members\n", "CR0205", "2500 to 5000 people"),
    Seed(SIZE, "when estate is lagre: residents committee's size must be at most 9\n", "CR0207", "lagre", "large"),
    Seed("  general branch:  5 to 7", "  generl branch:  5 to 7", "CR0207", "generl branch", "general branch"),
    Seed(SIZE, "residents committee's size must be at most 30%\n", "CR0216", "30%"),
    Seed(SIZE, "residents committee's size must be 3-5\n", "CR0218", "3-5", "3 to 5"),
    Seed(SIZE, "residents committee's size must be at least three\n", "CR0219", "three", "3"),
    # signs
    Seed(SIZE, "residents committee's size must be at most (9\n", "CR0106", "(", ")"),
    Seed(SIZE, "residents committee's size must be 3 to 5 [notice III\n", "CR0106", "[", "]"),
    Seed(SIZE, "residents committee's size must be 3 to 5 (notice III)\n", "CR0123", "(notice III)", "[notice III]"),
    Seed(SIZE, "residents committee's size must be 3 ~ 5\n", "CR0102", "~", "to"),
    Seed(
        '  because: "the notice counts households, not parts of blocks"',
        '  because: "the notice counts',
        "CR0107",
        '"the notice counts',
        '"',
    ),
    Seed('section "When"', 'section "When', "CR0107", '"When', '"'),
    Seed(ROW, "  2500 to 5000 5 to 7 members\n", "CR0121", "5", ":"),
    Seed(
        "committee size is set by households:\n  2500", "committee size is set by households\n  2500", "CR0121", "", ":"
    ),
    Seed(
        SIZE,
        "when estate is large residents committee's size must be at most 9\n",
        "CR0121",
        "residents committee",
        ":",
    ),
    # lines
    Seed(SIZE, SIZE + SIZE, "CR0323", SIZE.strip()),
    Seed(SIZE, "\u3000" + SIZE, "CR0122", SIZE.strip()),
    Seed(
        SIZE,
        "when estate is large or estate is ordinary and units is at least 3: units must be at most 9\n",
        "CR0215",
        "estate is large or estate is ordinary and units is at least 3",
    ),
    Seed("  each receiver: at least 1\n", "  each receiver at least 1\n", "CR0114", "each receiver at least 1"),
    Seed('section "When"', 'sectoin "When"', "CR0103", "sectoin", "section"),
    Seed("ruleset cn.district-2012", "rulset cn.district-2012", "CR0103", "rulset", "ruleset"),
    # keys, methods, readings
    Seed(
        "  overlapping rows: band edge\n",
        "  overlaping rows: band edge\n",
        "CR0302",
        "overlaping rows",
        "overlapping rows",
    ),
    Seed("  overlapping rows: band edge\n", "  overlapping rows: band egde\n", "CR0316", "band egde", "band edge"),
    Seed("  weight: households\n", "  wieght: households\n", "CR0302", "wieght", "weight"),
    Seed(
        "  method: largest remainder, hare quota\n",
        "  mehtod: largest remainder, hare quota\n",
        "CR0302",
        "mehtod",
        "method",
    ),
    Seed(
        "largest remainder, hare quota",
        "largest remaindr, hare quota",
        "CR0317",
        "largest remaindr",
        "largest remainder",
    ),
    Seed("largest remainder, hare quota", "largest remainder, hair quota", "CR0319", "hair quota", "hare quota"),
    Seed("  facts: cn.community", "  facts: cn.comunity", "CR0303", "cn.comunity", "cn.community"),
    Seed("  facts: cn.community", "  fact: cn.community", "CR0302", "fact", "facts"),
    Seed("[notice II.2]", "[notce II.2]", "CR0305", "notce", "notice"),
    Seed("  valid: from 2012-07-01", "  valid: from 2012-13-01", "CR0108", "2012-13-01"),
    Seed(RATE, "", "CR0309", "1 representative per 100 households above 1500"),
    Seed(
        "  given party members is 500, congress block is 30",
        "  given party membrs is 500, congress block is 30",
        "CR0201",
        "party membrs",
        "party members",
    ),
    Seed(
        "  expect required delegates: 46",
        "  expect required delegate: 46",
        "CR0201",
        "required delegate",
        "required delegates",
    ),
]

ZSIZE = "居委会的职数应当符合居委会职数标准\n"
ZROW = "  2500户至5000户的，5至7人\n"
ZRATE = "，尾数依整百户计法"
ZTABLE = "居委会职数标准按居民户数确定：\n  2500"
ZH = [
    # 关键字写错，与名称连成一片
    Seed(ZSIZE, "居委会的职数应当附合居委会职数标准\n", "CR0103", "附合", "符合"),
    Seed(ZSIZE, "居委会的职数不得超過9人\n", "CR0103", "超過", "超过"),
    Seed(ZTABLE, ZTABLE.replace("确定", "规定"), "CR0103", "规定", "确定"),
    Seed(ZTABLE, ZTABLE.replace("按", ""), "CR0126", "", "按"),
    Seed("每100户增加1名", "每100户增1名", "CR0103", "增", "增加"),
    Seed("超出1500户的部分", "超过1500户的部分", "CR0103", "超过", "超出"),
    Seed("超出1500户的部分", "超出1500户", "CR0126", "", "的部分"),
    Seed(ZRATE, "，尾数舍弃", "CR0103", "尾数舍弃", "尾数舍去"),
    Seed("自上届选举日起满3年", "自上届选举日满3年", "CR0126", "", "起"),
    Seed("自上届选举日起满3年", "在上届选举日起满3年", "CR0103", "在", "自"),
    # 日常用语
    Seed(ZSIZE, "居委会的职数应该符合居委会职数标准\n", "CR0103", "应该", "应当"),
    Seed(ZSIZE, "居委会的职数须符合居委会职数标准\n", "CR0103", "须", "应当"),
    Seed(ZSIZE, "居委会的职数不能超过9人\n", "CR0103", "不能", "不得"),
    Seed(ZSIZE, "居委会的职数不准超过9人\n", "CR0103", "不准", "不得"),
    Seed(ZSIZE, "居委会的职数可以不超过9人\n", "CR0320", "可以", "应当"),
    Seed(ZSIZE, "居委会的职数要符合居委会职数标准\n", "CR0105", "居委会的职数要符合居委会职数标准", "应当"),
    Seed(ZSIZE, "居委会的职数为3人\n", "CR0105", "居委会的职数为3人", "应当为"),
    Seed(ZSIZE, "居委会的职数应当9人\n", "CR0125", "9人", "为"),
    Seed("应选居民代表数是指", "应选居民代表数：", "CR0105", None, "是指"),
    # 名称、单位、选项
    Seed(ZSIZE, "居委会的职数应当符合居委会职树标准\n", "CR0201", "居委会职树标准", "居委会职数标准"),
    Seed(ZSIZE, "居委会的职树应当符合居委会职数标准\n", "CR0201", "职树", "职数"),
    Seed(ZTABLE, ZTABLE.replace("居民户数", "居民户"), "CR0201", "居民户", "居民户数"),
    Seed(ZSIZE, "职数应当符合居委会职数标准\n", "CR0202", "职数", "居委会的职数"),
    Seed(ZSIZE, "居委会的职数应当不超过9户\n", "CR0205", "9户"),
    Seed(ZSIZE, "居委会的职数应当不超过9仁\n", "CR0206", "仁"),
    Seed(ZROW, "  2500人至5000人的，5至7人\n", "CR0205", "2500人至5000人"),
    Seed(ZSIZE, "小区规模为大形的，居委会的职数应当为3人\n", "CR0207", "大形", "大型"),
    Seed("  党总支：5至7人", "  党总枝：5至7人", "CR0207", "党总枝", "党总支"),
    Seed(ZSIZE, "居委会的职数应当不少于30%\n", "CR0216", "30%"),
    Seed(ZSIZE, "居委会的职数应当为3-9人\n", "CR0218", "3-9人", "3至9人"),
    Seed(ZSIZE, "居委会的职数应当为三至九人\n", "CR0219", "三至九人", "3至9人"),
    Seed("起满3年", "起满三年", "CR0219", "三年", "3年"),
    # 标点
    Seed(ZSIZE, "居委会的职数应当为3…9人\n", "CR0102", "…", "至"),
    Seed(ZSIZE, "居委会的职数应当为（3至9人\n", "CR0106", "（", "）"),
    Seed(ZSIZE, "居委会的职数应当为3至9人〔通知三\n", "CR0106", "〔", "〕"),
    Seed(ZSIZE, "居委会的职数应当为3至9人（通知 三）\n", "CR0123", "（通知 三）", "〔通知 三〕"),
    Seed("“不足100户的尾数计不计”", "“不足100户的尾数计不计", "CR0107", "“不足100户的尾数计不计", "”"),
    Seed(ZROW, "  2500户至5000户，5至7人\n", "CR0121", "，", "的，"),
    Seed(ZROW, "  2500户至5000户的5至7人\n", "CR0121", "的", "的，"),
    Seed(ZTABLE, ZTABLE.replace("：", ""), "CR0121", "", "："),
    Seed(ZSIZE, "小区规模为大型，居委会的职数应当为3人\n", "CR0121", "，", "的，"),
    Seed(ZSIZE, "小区规模为大型的居委会的职数应当为3人\n", "CR0121", "的", "的，"),
    Seed(ZSIZE, "小区规模为大型的，选举方式为户代表选举的，居委会的职数应当为3人\n", "CR0124", "的，", "且"),
    # 行
    Seed(ZSIZE, ZSIZE + ZSIZE, "CR0323", ZSIZE.strip()),
    Seed(ZSIZE, "\u3000" + ZSIZE, "CR0122", ZSIZE.strip()),
    Seed("解释 整百户计法", "解释整百户计法", "CR0127", "解释", " "),
    Seed("章节 “居民委员会”", "章 “居民委员会”", "CR0103", "章", "章节"),
    Seed("  采用：取共同部分\n", "  采用 取共同部分\n", "CR0121", " ", "："),
    # 事项、方法、解释
    Seed("  档次重叠：临界户数归属\n", "  档次重复：临界户数归属\n", "CR0302", "档次重复", "档次重叠"),
    Seed("  档次重叠：临界户数归属\n", "  档次重叠：临界户归属\n", "CR0316", "临界户归属", "临界户数归属"),
    Seed("  采用：取共同部分\n", "  采纳：取共同部分\n", "CR0302", "采纳", "采用"),
    Seed("  依据：小组户数\n", "  依椐：小组户数\n", "CR0302", "依椐", "依据"),
    Seed("  依据：小组户数\n", "  依据：小组人数\n", "CR0319", "小组人数", "小组户数"),
    Seed("最大余数法，黑尔数额", "最大余额法，黑尔数额", "CR0317", "最大余额法", "最大余数法"),
    Seed("最大余数法，黑尔数额", "最大余数法，黑尔基数", "CR0319", "黑尔基数", "黑尔数额"),
    Seed("  词汇：cn.community", "  词汇表：cn.community", "CR0302", "词汇表", "词汇"),
    Seed("〔通知 二.2〕", "〔通之 二.2〕", "CR0305", "通之", "通知"),
    Seed("自2012年7月1日起", "自2012年2月30日起", "CR0108", "2012年2月30日"),
    Seed(ZRATE, "", "CR0309", "居民户数超出1500户的部分每100户增加1名"),
    Seed(
        "  设 党员人数为500人，党代表名额分段为30人",
        "  设 党员数为500人，党代表名额分段为30人",
        "CR0201",
        "党员数",
        "党员人数",
    ),
    Seed("  则 应选党代表数：46名", "  则 应选代表数：46名", "CR0201", "应选代表数", "应选党代表数"),
]
SEEDS = [("en", seed) for seed in EN] + [("zh", seed) for seed in ZH]
IDS = [f"{tag}-{seed.code}-{seed.wrong.strip()[:40]}" for tag, seed in SEEDS]
seeded = pytest.mark.parametrize(("language", "seed"), SEEDS, ids=IDS)

# Names of tokens and of classes, as they would look if they slipped into a message.
INTERNAL = re.compile(r"\b[A-Z]{3,}(?:_[A-Z]+)*\b|__|\$END|<class|object at|Traceback|\bNone\b|Names\(|Span\(|Token\(")


def mutated(text: str, *seeds: Seed) -> str:
    for seed in seeds:
        assert text.count(seed.right) >= 1, f"the notice has no more: {seed.right!r}"
        text = text.replace(seed.right, seed.wrong, 1)
    return text


def marked(found: Diagnostic) -> str:
    assert isinstance(found.place, Span)
    return found.place.text


def offered(found: Diagnostic, language: str) -> list[str]:
    values = [shown(value, language) for key, value in found.data.items() if key in ("suggestions", "options")]
    return values + [fix.replacement for fix in found.fixes]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_notice_itself_is_sound(language: str, shipped: dict[str, str]) -> None:
    assert civicrules.compile(shipped[language]).diagnostics == ()


@cache
def reports(text: str) -> tuple[Diagnostic, ...]:
    """What is said about a text; the tests below ask several things of the same ones."""
    return civicrules.compile(text).diagnostics


@seeded
def test_one_mistake_gives_one_report_at_its_place(language: str, seed: Seed, shipped: dict[str, str]) -> None:
    found = reports(mutated(shipped[language], seed))
    assert [d.code for d in found] == [seed.code], render(found, language)
    if seed.mark is not None:
        assert marked(found[0]) == seed.mark
    assert not seed.offers or any(seed.offers in text for text in offered(found[0], language))


@seeded
def test_no_internal_name_reaches_the_reader(language: str, seed: Seed, shipped: dict[str, str]) -> None:
    found = reports(mutated(shipped[language], seed))
    for reader in ("en", "zh"):
        text = re.sub(r"CR\d{4}|III|IV|II", "", render(found, reader))
        assert INTERNAL.search(text) is None, text


@seeded
def test_a_fix_mends(language: str, seed: Seed, shipped: dict[str, str]) -> None:
    """Putting the fix that is offered in leaves no mistake of this code."""
    text = mutated(shipped[language], seed)
    for fix in reports(text)[0].fixes[:1]:
        assert isinstance(fix.place, Span)
        text = text[: fix.place.start] + fix.replacement + text[fix.place.end :]
        assert seed.code not in {d.code for d in reports(text)}


FIVE = {
    "en": [
        Seed(SIZE, "residents committee's size must be atleast 3\n", "CR0103", "atleast"),
        Seed(ROW, "  2500 to 5000 5 to 7 members\n", "CR0121", "5"),
        Seed("  general branch:  5 to 7", "  generl branch:  5 to 7", "CR0207", "generl branch"),
        Seed("  weight: households\n", "  wieght: households\n", "CR0302", "wieght"),
        Seed("[notice II.2]", "[notce II.2]", "CR0305", "notce"),
    ],
    "zh": [
        Seed(ZSIZE, "居委会的职数应该符合居委会职数标准\n", "CR0103", "应该"),
        Seed(ZROW, "  2500户至5000户，5至7人\n", "CR0121", "，"),
        Seed("  党总支：5至7人", "  党总枝：5至7人", "CR0207", "党总枝"),
        Seed("  依据：小组户数\n", "  依椐：小组户数\n", "CR0302", "依椐"),
        Seed("〔通知 二.2〕", "〔通之 二.2〕", "CR0305", "通之"),
    ],
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_five_mistakes_in_one_run_give_five_reports(language: str, shipped: dict[str, str]) -> None:
    seeds = FIVE[language]
    found = reports(mutated(shipped[language], *seeds))
    assert sorted((d.code, marked(d)) for d in found) == sorted((s.code, s.mark) for s in seeds), render(
        found, language
    )


def independent(seeds: list[Seed]) -> st.SearchStrategy[list[Seed]]:
    """Up to five mistakes, each in a line of its own."""
    return st.lists(st.sampled_from(seeds), min_size=2, max_size=5, unique_by=lambda seed: seed.right)


# Head lines are read before all others, a table whose head is broken is not looked into for its types, and a rounding
# and its rate, or a day and its years, stand in one line: these are seeded alone.
HEADS = ("ruleset", "  facts", "  词汇", "committee size is set", "set by households", ZTABLE)
ALONE = (*HEADS, ZRATE, RATE, "起满3年", "每100户", "超出1500户", "应选居民代表数", "解释 整百户计法", "“不足100户")
TOGETHER = {tag: [s for s in seeds if not s.right.startswith(ALONE)] for tag, seeds in (("en", EN), ("zh", ZH))}


@settings(max_examples=15, deadline=None)
@given(seeds=independent(TOGETHER["en"]))
def test_english_mistakes_do_not_disturb_each_other(shipped: dict[str, str], seeds: list[Seed]) -> None:
    _together(shipped["en"], "en", seeds)


@settings(max_examples=15, deadline=None)
@given(seeds=independent(TOGETHER["zh"]))
def test_chinese_mistakes_do_not_disturb_each_other(shipped: dict[str, str], seeds: list[Seed]) -> None:
    _together(shipped["zh"], "zh", seeds)


def _together(wrong: str, language: str, seeds: list[Seed]) -> None:
    for seed in seeds:
        if seed.right not in wrong:  # two seeds in one line
            return
        wrong = wrong.replace(seed.right, seed.wrong, 1)
    found = civicrules.compile(wrong).diagnostics
    assert sorted(d.code for d in found) == sorted(seed.code for seed in seeds), render(found, language)


@pytest.mark.parametrize(
    ("language", "right", "written"),
    [
        ("en", SIZE, "residents committee’s size must be within committee size。\n"),
        ("en", SIZE, "residents committee's  size\tmust be within committee size\n"),
        ("en", SIZE, "residents_committee's size must be within committee_size\n"),
        ("en", ROW, "  ２５００ to 5,000： 5 to 7 members\n"),
        ("en", ROW, "\t2500 to 5000: 5 to 7 members\n"),
        ("en", SIZE, "residents committee's size shall be no fewer than 3\n"),
        ("zh", ZSIZE, "居委会的职数 应当 符合 居委会职数标准。\n"),
        ("zh", ZSIZE, "居委会职数应当符合居委会职数标准；\n"),
        ("zh", ZROW, "\u30002500户至5000户的,5至7人\n"),
        ("zh", ZROW, "  ２５００户到５０００户的，５至７人\n"),
        ("zh", "  档次重叠：临界户数归属\n", "  档次重叠:临界户数归属\n"),
        ("zh", "〔通知 二.2〕", "【通知 二.2】"),
        ("zh", "“不足100户的尾数计不计”", '"不足100户的尾数计不计"'),
        ("zh", "“不足100户的尾数计不计”", "”不足100户的尾数计不计”"),
    ],
)
def test_ways_of_typing_that_are_no_mistakes(language: str, right: str, written: str, shipped: dict[str, str]) -> None:
    found = reports(mutated(shipped[language], Seed(right, written, "")))
    assert found == (), render(found, language)


@pytest.mark.parametrize(
    ("language", "first", "code"),
    [
        ("en", "civicrules 2 en", "CR0111"),
        ("en", "civicrules one en", "CR0111"),
        ("en", "civicrules 1", "CR0110"),
        ("en", "civicrule 1 en", "CR0110"),
        ("en", "civicrules 1 english", "CR0112"),
        ("zh", "civicrules 1 cn", "CR0112"),
        ("zh", "规则 1 zh", "CR0110"),
    ],
)
def test_a_wrong_first_line_is_the_only_report(language: str, first: str, code: str, shipped: dict[str, str]) -> None:
    found = reports(mutated(shipped[language], Seed(f"civicrules 1 {language}", first, "")))
    assert [d.code for d in found] == [code]


@pytest.mark.parametrize(
    ("language", "section", "number"),
    [("en", " [notice III.2]\n", 7), ("zh", " 〔通知 三.2〕\n", 7)],
)
def test_a_missing_citation_is_said_once_for_its_section(
    language: str, section: str, number: int, shipped: dict[str, str]
) -> None:
    found = reports(mutated(shipped[language], Seed(section, "\n", "")))
    assert [(d.code, d.data["number"]) for d in found] == [("CR0304", number)]
    assert [label.note for label in found[0].related] == ["section"]


def test_a_missing_rounding_shows_two_inputs_for_which_it_matters(shipped: dict[str, str]) -> None:
    """1 per 100 above 1500: 1501 gives 1/100, down 0, up 1; 1650 gives 3/2, down 1, up 2."""
    found = reports(mutated(shipped["en"], Seed(RATE, "", "")))
    text = render(found, "en")
    assert "for 1,501: 0 rounded down, 1 rounded up" in text
    assert "for 1,650: 1 rounded down, 2 rounded up" in text


def test_overlapping_rows_show_each_edge(shipped: dict[str, str]) -> None:
    """2,500 and 5,000 stand in two rows each; without a reading both edges are reported, with the other row."""
    found = reports(mutated(shipped["en"], Seed("  overlapping rows: band edge\n", "", "")))
    assert [(d.code, d.data["edge"]) for d in found] == [("CR0310", 2500), ("CR0310", 5000)]
    assert all(len(d.related) == 1 for d in found)


def test_overlaps_are_found_in_whatever_order_the_rows_stand(shipped: dict[str, str]) -> None:
    """400 rows of ten households each, from the last to the first; one of two households lies in the 41st and the 42nd."""
    rows = "".join(f"  {10 * at} to {10 * at + 9}: {at + 1} people\n" for at in reversed(range(400)))
    text = (
        'civicrules 1 en\n\nruleset t "T"\n  facts: cn.community\n  source law: "Law"\n\nsection "S" [law 1]\n\n'
        "expected officials is set by households:\n  419 to 420: 1 people\n  4000 or more: 5 people\n"
    )
    found = civicrules.compile(text + rows).diagnostics
    assert [(d.code, d.data["edge"]) for d in found] == [("CR0310", 420), ("CR0310", 419)]
