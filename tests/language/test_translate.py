"""Translating changes nothing but words: there and back gives the same tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve, fields, has
from hypothesis import given, settings
from hypothesis import strategies as st

from civicrules.builtins import registry
from civicrules.language import nodes as n
from civicrules.language.alike import alike
from civicrules.language.format import Formatted, translate_text
from civicrules.language.opened import declared_names, open_text
from civicrules.language.parse import parse
from civicrules.language.translate import Forms
from civicrules.language.words import word_table
from civicrules.source import Source

TABLES = {words.tag: word_table(words.load()) for plugin in registry().plugins for words in plugin.words}
SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.civic"))
SHIPPED = sorted((Path(__file__).parents[2] / "rulesets").glob("*/*.civic"))


def tree(text: str, names: frozenset[str] = frozenset()) -> tuple[n.Tree, list[str]]:
    """The tree of a text and the codes of what was not understood."""
    opened, problems = open_text(Source("t", text), TABLES.get)
    assert opened is not None, problems
    found, diagnostics = parse(opened, names | declared_names(opened))
    return found, [diagnostic.code for diagnostic in diagnostics]


OTHER = {"en": "zh", "zh": "en"}


def without_steps(part: object) -> object:
    """A part without the unit of `per`: English cannot say it (1 per 100 households), Chinese does (每100户增加1名)."""
    if isinstance(part, tuple):
        return tuple(without_steps(one) for one in part)
    if not has(type(part)):
        return part
    kept = {one.name: without_steps(getattr(part, one.name)) for one in fields(type(part)) if one.eq}
    made = evolve(part, **kept)
    if isinstance(made, n.Rate) and isinstance(made.per, n.Quantity):
        return evolve(made, per=evolve(made.per, unit=None))
    return made


PAIRS = (
    *(("units", "单位数"), ("households", "居民户数"), ("electorate", "选举方式"), ("all voters", "全体选民选举")),
    *(
        ("age", "年龄"),
        ("candidate", "候选人"),
        ("candidates", "候选人名单"),
        ("released", "刑满释放"),
        ("sex", "性别"),
    ),
    *(
        ("female", "女"),
        ("voters", "选民"),
        ("party", "党组织"),
        ("size", "职数"),
        ("members", "人"),
        ("votes", "得票数"),
    ),
    *(("term end", "任期届满"), ("posted", "公布日"), ("election day", "选举日"), ("incumbent", "现任")),
)
WORDS = dict(PAIRS) | {chinese: english for english, chinese in PAIRS}


def known(node: n.Name | n.Path) -> str | None:
    return WORDS.get(node.text) if isinstance(node, n.Name) else None


def translated(text: str, into: str, forms: Forms | None = known) -> Formatted:
    return translate_text(Source("t", text), TABLES.get, into, frozenset(WORDS), forms)


def chinese(*lines: str) -> str:
    return translated("\n".join(("civicrules 1 en", *lines)), "zh").text.removeprefix("civicrules 1 zh\n")


def english(*lines: str) -> str:
    return translated("\n".join(("civicrules 1 zh", *lines)), "en").text.removeprefix("civicrules 1 en\n")


# ---------------------------------------------------------------- the order of each language

SENTENCES = [
    ("units must be at least 3", "单位数应当不少于3"),
    ("units must not be more than 3", "单位数不得超过3"),
    ("units should not be fewer than 3 members", "单位数一般不得少于3人"),
    ("electorate is encouraged to be all voters", "提倡选举方式为全体选民选举"),
    ("units may be 1 or more", "单位数可以为1以上"),
    ("units must be 10% to 30% of households", "单位数应当为居民户数的10%至30%"),
    ("units must be more than half of households", "单位数应当超过居民户数的半数"),
    ("units must be a majority of households", "单位数应当为居民户数的过半数"),
    ("party's size must be within size", "党组织的职数应当符合职数"),
    ("units must be between 3 and 5", "单位数应当在3至5之间"),
    ("when electorate is all voters: units must be 3", "选举方式为全体选民选举的，单位数应当为3"),
    ("when electorate is not all voters: units must be 3", "选举方式不是全体选民选举的，单位数应当为3"),
    ("each candidate's age must be at most 65", "每名候选人的年龄应当不超过65"),
    ("each candidate's age on term end must be at most 65", "每名候选人的任期届满时的年龄应当不超过65"),
    ("each candidate must be among voters", "每名候选人应当列为选民"),
    ("number of candidates must be at least 3", "候选人名单的数量应当不少于3"),
    ("number of candidates where sex is female must be at least 3", "候选人名单中，性别为女的数量应当不少于3"),
    ("share of candidates where sex is female must be at least half", "候选人名单中，性别为女的比例应当不低于半数"),
    ("posted must be at least 3 days before election day", "公布日应当在选举日的3日前"),
    ("posted must be within 5 days after election day", "公布日应当自选举日起5日内"),
    ("posted must be at least 3 years after election day", "公布日应当自选举日起满3年"),
    ("posted must be less than 3 years after election day", "公布日应当自选举日起不满3年"),
    ("posted must be exactly 3 days after election day", "公布日应当恰为选举日的3日后"),
    ("posted must be no later than 2007-08-08", "公布日应当不晚于2007年8月8日"),
    ("size means 50 + 1 per 100 households above 1500, rounded down",
     "职数是指50 + 居民户数超出1500的部分每100增加1，尾数舍去"),
    ("size means 50 + 2 per full 100 households above 1500", "职数是指50 + 居民户数超出1500的部分每满100增加2"),
    ("size means candidates where sex is female", "职数是指候选人名单中，性别为女者"),
    ("size means (units / 2, rounded up), at least 3", "职数是指（单位数 ÷ 2，尾数进一），不少于3"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SENTENCES)
def test_a_sentence_in_the_order_of_the_other_language(one: str, other: str) -> None:
    assert chinese(one) == f"{other}\n"
    assert english(other) == f"{one}\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [("1500", "1500"), ("9,999", "9999"), ("1万", "10,000"), ("20万", "200,000"), ("1.5亿", "150,000,000")],
)
def test_numbers_of_five_digits_and_more_are_grouped_in_english(one: str, other: str) -> None:
    assert english(f"单位数应当不少于{one}") == f"units must be at least {other}\n"


def test_lists_exceptions_cases_and_tables() -> None:
    lines = (
        "each candidate must not meet any of these: [law 1]",
        "  released less than 5 years ago",
        "    valid: from 2010-01-01 until 2013-12-28",
        "  sex is female and age is at least 55",
        "    except when incumbent: at most 65",
        "  except when incumbent",
        "units means:",
        "  when sex is female: 55",
        "  otherwise:          60",
        "size is set by households:",
        "  2500 or fewer: 3",
        "  2500 to 5000:  5",
        "age is set by election day:",
        "  1990-01-01 to 2018-12-28: 3 years",
        "  2018-12-29 or later:      5 years",
    )
    printed = (
        "每名候选人不得有下列情形之一： 〔law 1〕",
        "  刑满释放之日起不满5年",
        "    有效期：自2010年1月1日起至2013年12月28日",
        "  性别为女且年龄不少于55",
        "    但是现任的，不超过65",
        "  但是现任的除外",
        "单位数是指：",
        "  性别为女的，55",
        "  其他情形：  60",
        "职数按居民户数确定：",
        "  2500以下的，  3",
        "  2500至5000的，5",
        "年龄按选举日确定：",
        "  1990年1月1日至2018年12月28日：3年",
        "  2018年12月29日起：            5年",
    )
    assert chinese(*lines) == "\n".join((*printed, ""))
    assert english(*printed) == "\n".join((*lines, ""))


@pytest.mark.parametrize(
    ("name", "printed"),
    [("candidate / 候选人", "每名候选人"), ("community / 社区", "每个社区"), ("household / 居民户", "每户居民户")],
)
def test_each_goes_with_the_name(name: str, printed: str) -> None:
    english_form, chinese_form = name.split(" / ")
    found = translated(f"civicrules 1 en\nentity {name}\neach {english_form} must be 3", "zh", None).text
    assert found.endswith(f"{printed}应当为3\n")
    assert chinese_form in printed


def beginnings(text: str) -> int:
    """How many lines say something and do not go on with a condition of the line above."""
    return sum(
        bool(line.strip()) and not line.lstrip().startswith(("and ", "or ", "且", "或")) for line in text.split("\n")
    )


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(SAMPLES), st.integers(0, 2000), st.integers(0, 5), st.sampled_from(["", "的", "(", '"', "#", "\n "])
)
def test_whatever_happens_to_a_text_its_lines_stay(path: Path, at: int, gone: int, bit: str) -> None:
    """A translation has the lines of the text, whatever is wrong with it; a condition over two lines may become one."""
    first, _, body = path.read_text(encoding="utf-8").partition("\n")
    at %= len(body)
    text = f"{first}\n{body[max(0, at - 150) : at]}{bit}{body[at + gone : at + 150]}".rstrip()
    found = translated(text, OTHER[first[-2:]]).text
    assert beginnings(text) == beginnings(found)


# ---------------------------------------------------------------- there and back


@pytest.mark.parametrize("path", [*SAMPLES, *SHIPPED], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_there_and_back(path: Path) -> None:
    """Statements that are understood whole: a line kept as it is, in one language, is read anew in the other."""
    text = path.read_text(encoding="utf-8")
    before, _ = tree(text)
    spoilt = {one.span.start for one in before.spoilt}
    back, _ = tree(translated(translated(text, OTHER[before.language]).text, before.language).text)
    assert len(back.statements) == len(before.statements)
    for one, other in zip(before.statements, back.statements, strict=True):
        if one.span is not None and one.span.start not in spoilt:
            assert alike(without_steps(one), without_steps(other))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_translation_is_understood_where_the_text_was(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found, codes = tree(text)
    assert len(tree(translated(text, OTHER[found.language]).text)[1]) <= len(codes)


# ---------------------------------------------------------------- forms


def test_the_two_forms_of_a_name_and_a_title_change_places() -> None:
    lines = (
        'ruleset toy.x "The title"',
        "  in Chinese: “标题”",
        '  source act / 办法: "The act"',
        "    in Chinese: “该办法”",
        "required units means 3 [act 1]",
        "  in Chinese: 应有单位数",
        'reading edge "which?" [act 2]',
        "  taken: required units",
        '  because: "why"',
        "    in Chinese: “理由一”",
        "  in Chinese: 边界 “哪一个”",
    )
    printed = (
        "规则集 toy.x “标题”",
        "  英文：“The title”",
        "  来源 办法 / act：“该办法”",
        "    英文：“The act”",
        "应有单位数是指3 〔办法 1〕",
        "  英文：required units",
        "解释 边界 “哪一个” 〔办法 2〕",
        "  采用：应有单位数",
        "  理由：“理由一”",
        "    英文：“why”",
        "  英文：edge “which?”",
    )
    assert chinese(*lines) == "\n".join((*printed, ""))
    assert english(*printed) == "\n".join((*lines, ""))


def test_the_two_forms_of_a_declared_name_change_places() -> None:
    lines = (
        "unit household / 户: households / 家",
        "entity community / 社区",
        "  households / 居民户数: number in households, at most 1000, personal",
        "  form / 形式: one of branch/支部, committee/党委, in rising order",
    )
    assert chinese(*lines) == (
        "单位 户 / household：家 / households\n对象 社区 / community\n"
        "  居民户数 / households：数字 单位为户，不超过1000，个人信息\n"
        "  形式 / form：支部/branch、党委/committee之一，由低到高\n"
    )


def test_a_name_without_another_form_stays_and_is_said_once() -> None:
    found = translated("civicrules 1 en\npolling must be 3\nturnout must be polling", "zh")
    assert found.text == "civicrules 1 zh\npolling应当为3\nturnout应当为polling\n"
    assert [(one.code, one.data["declared"], one.data["others"]) for one in found.diagnostics] == [
        ("CR0130", "polling", ("turnout",))
    ]
    assert translated(found.text, "en").text == "civicrules 1 en\npolling must be 3\nturnout must be polling\n"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        # declared by the text itself, a name is read whole
        ("civicrules 1 en\nthe 2nd quota means 3\n", "civicrules 1 zh\nthe 2nd quota是指3\n"),
        ("civicrules 1 en\n「members or guests」 means 3\n", "civicrules 1 zh\nmembers or guests是指3\n"),
        ("civicrules 1 zh\n补贴是指3\n单位数应当不少于补贴\n", "civicrules 1 en\n补贴 means 3\nunits must be at least 补贴\n"),
        # any other ends before a word of the language
        ("civicrules 1 en\nunits must be at least 「members or guests」\n",
         "civicrules 1 zh\n单位数应当不少于「members or guests」\n"),
        ("civicrules 1 en\nunits must be 「至少补贴」\n", "civicrules 1 zh\n单位数应当为「至少补贴」\n"),
    ],
)  # fmt: skip
def test_a_name_without_another_form_has_marks_only_where_it_needs_them(text: str, printed: str) -> None:
    assert translated(text, OTHER[text.split()[2]]).text == printed


def test_keys_of_methods_are_names() -> None:
    keys = {"posts": "职位", "tie": "得票相等"}
    text = "civicrules 1 en\ncontest party\n  posts: a, b\n  tie: lot\n"
    found = translate_text(Source("t", text), TABLES.get, "zh", frozenset(), known, {"lot": "抽签"}, keys)
    assert found.text == "civicrules 1 zh\n选举 党组织\n  职位：a、b\n  得票相等：抽签\n"


def test_comments_and_lines_that_were_not_understood_stay() -> None:
    found = translated("civicrules 1 en\n# a remark\nunits  mst be 3\nunits must be 3  # so\n", "zh")
    assert found.text == "civicrules 1 zh\n# a remark\nunits  mst be 3\n单位数应当为3  # so\n"


def test_into_its_own_language_a_text_is_formatted() -> None:
    assert (
        translated("civicrules 1 en\nunits must be >=  3", "en").text == "civicrules 1 en\nunits must be at least 3\n"
    )


def test_a_language_without_a_table_changes_nothing() -> None:
    assert translated("civicrules 1 en\nunits  must be 3", "xx").text == "civicrules 1 en\nunits  must be 3"


def test_an_example_gives_the_other_form_of_its_title_in_a_line_below() -> None:
    lines = ('example "half is not enough"', "  given units is 3", "  expect size: fails", "  in Chinese: “半数不够”")
    printed = ("示例 “半数不够”", "  设 单位数为3", "  则 职数：不符合", "  英文：“half is not enough”")
    assert chinese(*lines) == "\n".join((*printed, ""))
    assert english(*printed) == "\n".join((*lines, ""))


def test_every_source_of_a_citation_is_translated() -> None:
    """The articles stay as they are; an article alone belongs to the source before it."""
    head = ("ruleset toy.x", "  source act / 办法: “办法”", "  source law of 1990 / 九〇年法律: “法律”")
    cited = "units must be 3 [act 7; law of 1990 8; 9]"
    found = chinese(*head, cited)
    assert found.splitlines()[-1] == "单位数应当为3 〔办法 7; 九〇年法律 8; 9〕"
    back = english(*found.splitlines())
    assert back.splitlines()[-1] == cited


def test_an_example_chooses_a_reading() -> None:
    lines = ("example size is set by units:", "  reading units: the later row", "  3: 4")
    printed = ("示例 职数按单位数确定：", "  解释 单位数：取后一档", "  3：4")
    assert chinese(*lines) == "\n".join((*printed, ""))
    assert english(*printed) == "\n".join((*lines, ""))


@pytest.mark.parametrize(
    "text",
    [
        'civicrules 1 en\nexample "of size"\n  given units is 3\n  expect size: fails\n',
        'civicrules 1 en\nruleset toy.x\n  source act / 办法: "of size"\n',
        'civicrules 1 en\nreading size\n  taken: rounded up\n  because: "of size"\n',
        "civicrules 1 en\nrule edge\n  units must be 3\n  waiver: of size\n  in Chinese: 边界\n",
    ],
)
def test_a_text_without_another_form_stays_and_is_said(text: str) -> None:
    found = translated(text, "zh")
    assert [(one.code, one.data["declared"], one.data["number"]) for one in found.diagnostics] == [
        ("CR0130", "of size", 1)
    ]
    assert "of size" in found.text
    assert tree(translated(found.text, "en").text)[0] == tree(text)[0]


def test_what_steps_are_steps_of_need_not_be_declared_and_the_translation_says_so() -> None:
    found = translated("civicrules 1 en\nthe work must follow this order:\n  signing\n  voting", "zh").diagnostics
    assert [one.data.get("subject") for one in found] == [None, "the work"]
    assert [one.data.get("declared") for one in found] == ["signing", None]
