"""Sentences as Chinese laws print them: those that are understood mean what their plain form means, the others are answered
with the sentence to write, in the names of the ruleset. The vocabulary is none of those that are shipped."""

from __future__ import annotations

import pytest

import civicrules
from civicrules.diagnostics import Diagnostic
from civicrules.program import Rule
from civicrules.report.diagnostics import render
from civicrules.source import Span

VOCABULARY = """civicrules 1 zh

词汇表 sample.council “县议会选举”

单位 名 / persons：人、位
单位 票 / ballots：张
单位 所 / stations：个

对象 选举区
  人口数：数字 单位为名，客观情况
  应选名额：数字 单位为名
  保障名额：数字 单位为名
  投票所数：数字 单位为所
  选举类别：议员选举、村长选举之一
  投票日：日期
  任期届满日：日期
  选举公告日：日期
  登记开始日：日期
  登记截止日：日期
  当选名单公告日：日期
  竞选开始日：日期

对象 选票账目
  选举人数：数字
  投票数：数字 单位为票
  有效票数：数字 单位为票
  无效票数：数字 单位为票

对象 人员
  姓名：文字，用于识别
  性别：男、女之一
  出生日期：日期
  年龄：数字 单位为年，起算日为出生日期
  迁入日：日期，可以为无
  刑满日：日期，可以为无
  取得国籍日：日期，可以为无
  受监护宣告：是否
  公务员：是否
  现役军人：是否
  学历：小学、高中、大学之一，由低到高
  配偶：人员名单

名单 全体候选人：人员，每项称候选人，不超过200
名单 监察小组：人员，每项称监察员，不超过20

步骤 候选人登记
步骤 投票
"""
LIBRARY = civicrules.MappingLibrary({"sample.council": VOCABULARY})
HEAD = """civicrules 1 zh

规则集 my.county “选举”
  词汇：sample.council
  年龄计算日：投票日
  倒推天数：投票日不计入
  来源 办法：“办法”

章节 “规定” 〔办法 第一条〕

"""


def compiled(text: str) -> tuple[tuple[Rule, ...], tuple[Diagnostic, ...]]:
    done = civicrules.compile(f"{HEAD}{text}\n", library=LIBRARY)
    return done.program.rules if done.program is not None else (), done.diagnostics


def mended(found: Diagnostic) -> list[str]:
    """The lines that the fixes of a diagnostic make, without the head."""
    texts = []
    for fix in found.fixes:
        assert isinstance(fix.place, Span)
        whole = fix.place.source.text
        texts.append(f"{whole[: fix.place.start]}{fix.replacement}{whole[fix.place.end :]}".removeprefix(HEAD).strip())
    return texts


ALL = "每名候选人应当符合下列条件：\n  "
NONE = "每名候选人不得有下列情形之一：\n  "
BARRED = "有下列情形之一的，不得列为候选人：\n  "
STEPS = "选举应当按照下列顺序进行：\n  候选人登记\n  投票"
TABLE = "名额标准按人口数确定：\n  "

# What a law prints, and the plain form that means the same.
UNDERSTOOD = [
    ("每名候选人应当年满23周岁以上", "每名候选人应当年满23周岁"),
    (f"{ALL}年满23周岁以上", f"{ALL}年满23周岁"),
    (f"{ALL}迁入日起满4个月以上", f"{ALL}迁入日起满4个月"),
    (f"{ALL}自刑满之日起满5年以上", f"{ALL}刑满日之日起满5年"),
    ("登记截止日应当自登记开始日起满5日以上", "登记截止日应当自登记开始日起满5日"),
    ("每名候选人的学历应当为高中及以上", "每名候选人的学历应当为高中以上"),
    ("每名候选人的学历应当为高中或以上", "每名候选人的学历应当为高中以上"),
    ("应选名额应当为3～5名", "应选名额应当为3至5名"),
    ("应选名额应当为3—5名", "应选名额应当为3至5名"),
    ("每名候选人应当同时符合以下条件：\n  年满23周岁", f"{ALL}年满23周岁"),
    ("每名候选人应当满足下列条件：\n  年满23周岁", f"{ALL}年满23周岁"),
    ("有以下情形之一的，不得登记为候选人：\n  公务员", f"{BARRED}公务员"),
    ("每名监察员的配偶不得列为候选人", "每名监察员的配偶不得列为全体候选人"),
    ("每名监察员应当属于候选人", "每名监察员应当属于全体候选人"),
    ("选举应当按以下步骤进行：\n  候选人登记\n  投票", STEPS),
    ("投票日应当为2022/11/26", "投票日应当为2022年11月26日"),
    ("投票日应当为2022.11.26", "投票日应当为2022年11月26日"),
    ("投票所数应当不少于（人口数除以1500，尾数进一）", "投票所数应当不少于（人口数 ÷ 1500，尾数进一）"),
    ("有效票数应当不少于投票数乘以50%", "有效票数应当不少于投票数 × 50%"),
]

# What people write, its code, and the lines that the fixes make, one of which says it here; none where only a part is known.
ANSWERED = [
    # edges: 以上、以下 hold the number, 满 and 不满 do not say the same
    ("应选名额应当在3名以上，5名以内", "CR0145", ["应选名额应当为3至5名"]),
    ("应选名额应当在3名以上且在5名以内", "CR0145", ["应选名额应当为3至5名"]),
    ("应选名额应当为1万名以上、2万名以下", "CR0145", ["应选名额应当为1万至2万名"]),
    ("应选名额应当在3—5名", "CR0154", ["应选名额应当为3至5名"]),
    ("应选名额在4名以上、不满8名的，保障名额应当为1名", "CR0154", ["应选名额不少于4名且不满8名的，保障名额应当为1名"]),
    ("应选名额应当不少于3名不超过5名", "CR0154", ["应选名额应当不少于3名且不超过5名"]),
    (f"{ALL}刑满日起不满5年以上", "CR0137", [f"{ALL}刑满日起不满5年"]),
    # shares
    ("无效票数占投票数的比例不得超过5%", "CR0154", ["无效票数不得超过投票数的5%"]),
    ("投票数应当占选举人数的50%以上", "CR0154", ["投票数应当为选举人数的50%以上"]),
    ("投票数应当超过选举人数50%", "CR0154", ["投票数应当超过选举人数的50%"]),
    ("投票数应当过半数", "CR0154", []),
    ("全体候选人中，性别为女的不得少于1人", "CR0154", ["全体候选人中，性别为女的人数不得少于1人"]),
    ("全体候选人中，性别为女的应当占三分之一以上", "CR0154", ["全体候选人中，性别为女的比例应当为三分之一以上"]),
    ("女性候选人应占三分之一以上", "CR0154", ["候选人中，性别为女的比例应不低于三分之一"]),
    ("候选人中女性应当占三分之一", "CR0154", [
        "候选人中，性别为女的比例应当不低于三分之一", "候选人中，性别为女的比例应当不超过三分之一",
        "候选人中，性别为女的比例应当等于三分之一"]),
    ("妇女应当占三分之一", "CR0154", []),
    # sums
    ("有效票数与无效票数之和应当等于投票数", "CR0154", ["有效票数 + 无效票数应当等于投票数"]),
    ("投票数应当等于有效票数和无效票数之和", "CR0154", ["投票数应当等于有效票数 + 无效票数"]),
    ("投票数、有效票数和无效票数之和应当大于1票", "CR0154", ["投票数 + 有效票数 + 无效票数应当大于1票"]),
    ("女性应当占候选人的三分之一以上", "CR0154", ["候选人中，性别为女的比例应当不低于三分之一"]),
    ("候选人中应当有三分之一以上的女性", "CR0154", ["候选人中，性别为女的比例应当不低于三分之一"]),
    (f"{TABLE}1万至2万人（不含2万人）的，19人", "CR0154", [f"{TABLE}1万以上不满2万人的，19人"]),
    ("投票数减有效票数应当等于无效票数", "CR0154", ["投票数 - 有效票数应当等于无效票数"]),
    # days
    ("登记截止日应当在登记开始日5日后", "CR0154", ["登记截止日应当自登记开始日起满5日"]),
    ("登记开始日至登记截止日不得少于五日", "CR0154", ["登记截止日应当自登记开始日起满5日"]),
    ("登记开始日至登记截止日不得超过5日", "CR0154", ["登记截止日应当自登记开始日起5日内"]),
    ("登记截止日与登记开始日相隔不得少于5日", "CR0154", [
        "登记截止日应当自登记开始日起满5日", "登记开始日应当自登记截止日起满5日"]),
    ("竞选开始日应当在投票日前10日至投票日前1日", "CR0154", ["竞选开始日应当在投票日前10日至1日之间"]),
    ("选举公告日应当在投票日前40日以上", "CR0154", ["选举公告日应当在投票日40日前"]),
    ("选举公告日应当早于投票日四十日以上", "CR0154", ["选举公告日应当在投票日40日前"]),
    ("选民榜公布日应当早于投票日三十日以上", "CR0154", ["选民榜公布日应当在投票日30日前"]),
    ("选举公告应当于任期届满日40日前发布", "CR0143", ["选举公告日应当于任期届满日40日前"]),
    ("投票日应当在任期届满10日前", "CR0201", ["投票日应当在任期届满日10日前"]),
    ("候选人登记应当在投票之前", "CR0154", [STEPS]),
    ("先候选人登记，后投票", "CR0154", [STEPS]),
    ("选举按照下列顺序进行：\n  候选人登记\n  投票", "CR0154", [STEPS]),
    # people
    ("公务员、现役军人不得登记为候选人", "CR0154", [f"{BARRED}公务员\n  现役军人"]),
    ("下列人员不得登记为候选人：\n  公务员", "CR0154", [f"{BARRED}公务员"]),
    ("每名候选人不得为公务员、现役军人", "CR0154", [f"{NONE}公务员\n  现役军人"]),
    ("每名候选人应当未受监护宣告", "CR0154", [f"{NONE}受监护宣告"]),
    ("每名候选人不得有受监护宣告", "CR0154", [f"{NONE}受监护宣告"]),
    (f"{ALL}未受监护宣告", "CR0154", [f"{ALL}受监护宣告为否"]),
    ("每名监察员应当不属于候选人", "CR0154", ["每名监察员不得列为候选人"]),
    ("凡年满23周岁者，可以登记为候选人", "CR0154", ["每名候选人应当年满23周岁"]),
    ("取得国籍满十年的，方可登记为候选人", "CR0154", [f"{ALL}取得国籍之日起满10年"]),
    ("每名候选人应当自取得国籍日起满10年", "CR0154", [f"{ALL}取得国籍之日起满10年"]),
    ("每名候选人的取得国籍日应当满10年", "CR0154", [f"{ALL}取得国籍之日起满10年"]),
    (f"{ALL}刑满日未满5年", "CR0204", [f"{ALL}刑满之日起未满5年"]),
    (f"{ALL}自刑满日起已不满5年", "CR0154", [f"{ALL}刑满之日起不满5年"]),
    (f"{ALL}刑满日起5年以上", "CR0154", [f"{ALL}刑满之日起满5年"]),
    (f"{ALL}在本选举区居住4个月以上", "CR0154", []),
    (f"{ALL}学历：高中以上", "CR0154", [f"{ALL}学历为高中以上"]),
    ("每名候选人应当是大学学历", "CR0154", ["每名候选人的学历应当为大学"]),
    ("每名监察员可以被选举为候选人", "CR0154", ["每名监察员可以担任候选人"]),
    ("监察员不得为公务员", "CR0203", ["每名监察员不得为公务员"]),
    ("大学候选人是指全体候选人中，学历为大学的", "CR0154", ["大学候选人是指全体候选人中，学历为大学者"]),
    # how binding, conditions, exceptions
    ("原则上，应选名额应当不少于3名", "CR0154", ["应选名额一般应当不少于3名"]),
    ("一般情况下应选名额不得少于3名", "CR0154", ["应选名额一般不得少于3名"]),
    ("应选名额允许为3名", "CR0103", ["应选名额可以为3名"]),
    ("应选名额最好不少于3名", "CR0103", ["应选名额一般应当不少于3名"]),
    ("应选名额为4名以上时，保障名额不得少于1名", "CR0154", ["应选名额为4名以上的，保障名额不得少于1名"]),
    ("保障名额不得少于1名（应选名额不足4名的除外）", "CR0154", ["保障名额不得少于1名\n  但是应选名额不足4名的除外"]),
    ("保障名额不得少于1名\n  但应选名额不足4名的，不在此限", "CR0154", ["保障名额不得少于1名\n  但是应选名额不足4名的除外"]),
    # several sentences in a line
    ("投票数不得大于选举人数，有效票数不得大于投票数", "CR0154", ["投票数不得大于选举人数\n有效票数不得大于投票数"]),
    ("应选名额应当不少于3名；投票所数较多", "CR0102", []),
    # rows
    (f"{TABLE}人口在一万人以下者，11人", "CR0154", [f"{TABLE}10000人以下的，11人"]),
    (f"{TABLE}人口在1万人以上2万人以下者，19人", "CR0154", [f"{TABLE}1万人以上2万人以下的，19人"]),
    (f"{TABLE}1万人以下 11人", "CR0154", [f"{TABLE}1万人以下的，11人"]),
    (f"{TABLE}1万人以下的，不超过11人", "CR0154", []),
    # what stands around sentences
    ("规则：名额\n  应选名额应当不少于3名", "CR0127", ["规则 名额\n  应选名额应当不少于3名"]),
    ("规则 名额：应选名额应当不少于3名", "CR0117", ["规则 名额\n  应选名额应当不少于3名"]),
    ("定义：席数是指应选名额的四分之一，尾数舍去", "CR0154", ["席数是指应选名额的四分之一，尾数舍去"]),
    ("席数=应选名额÷4，尾数舍去", "CR0105", ["席数是指应选名额÷4，尾数舍去"]),
    ("（一）应选名额应当不少于3名", "CR0141", ["应选名额应当不少于3名"]),
    ("应选名额应当不少于3名 《办法》第二条", "CR0123", ["应选名额应当不少于3名 〔办法 第二条〕"]),
    ("解释 尾数\n  采用：舍去\n  另解：尾数进一", "CR0103", ["解释 尾数\n  采用：尾数舍去\n  另解：尾数进一"]),
    (f"{TABLE}1万人以下的，11人\n  超过1万人的，19人\n示例 名额标准：\n  9999人：11人", "CR0119", []),
    (f"{BARRED}公务员\n有下列情形之一的，不得列为候选人：\n  现役军人", "CR0306", []),
    (f"{BARRED}公务员\n{BARRED}公务员", "CR0323", [f"{BARRED}公务员"]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "plain"), UNDERSTOOD, ids=[said for said, _ in UNDERSTOOD])
def test_what_laws_print_means_what_its_plain_form_means(said: str, plain: str) -> None:
    rules, diagnostics = compiled(said)
    assert [d.code for d in diagnostics] == [d.code for d in compiled(plain)[1]]
    meant = compiled(plain)[0]
    assert rules
    asked = [[(s.requirement, s.guard, s.force) for s in rule.sentences] for rule in rules]
    assert asked == [[(s.requirement, s.guard, s.force) for s in rule.sentences] for rule in meant]


@pytest.mark.parametrize(("said", "code", "right"), ANSWERED, ids=[said for said, _, _ in ANSWERED])
def test_what_people_write_is_answered_with_the_sentence_to_write(said: str, code: str, right: list[str]) -> None:
    found = [one for one in compiled(said)[1] if one.severity.value == "error"]
    assert [one.code for one in found] == [code]
    assert mended(found[0]) == right
    for text in right:
        codes = {one.code for one in compiled(text)[1] if one.severity.value == "error"}
        assert codes <= ({"CR0201"} if "选民榜" in text else set()), text


def test_messages_speak_in_the_names_of_the_vocabulary() -> None:
    """What the head lacks, a share without its base and a sentence without its source, each with an example of its own."""
    head = (
        HEAD.replace("  年龄计算日：投票日\n", "")
        .replace("  倒推天数：投票日不计入\n", "")
        .replace(" 〔办法 第一条〕", "")
    )
    text = "每名候选人应当年满23周岁\n选举公告日应当在投票日10日前\n投票数不得超过5%\n"
    shown = render(civicrules.compile(f"{head}{text}", library=LIBRARY).diagnostics, "zh")
    for said in (
        "年龄计算日：投票日",
        "倒推天数：投票日不计入",
        "〔办法 第七条第二款〕",
        "例如：选票账目的选举人数的5%",
    ):
        assert said in shown


def test_a_chinese_vocabulary_needs_no_english_units() -> None:
    """Names that counting looks facts up by (姓名, 有效票数) are known in English without being written so."""
    plain = VOCABULARY.replace("单位 名 / persons", "单位 名").replace("单位 票 / ballots", "单位 票")
    library = civicrules.MappingLibrary({"sample.council": plain.replace("单位 所 / stations", "单位 所")})
    assert civicrules.compile(f"{HEAD}应选名额应当不少于3名\n", library=library).diagnostics == ()


@pytest.mark.parametrize("level", ["市", "区", "县", "乡镇", "街道", "社区", "村"])
def test_a_ruleset_stands_at_any_level_that_makes_rules(level: str) -> None:
    head = HEAD.replace("  词汇：", f"  层级：{level}\n  有效期：自2022年1月1日起至2026年12月31日\n  词汇：")
    assert civicrules.compile(f"{head}应选名额应当不少于3名\n", library=LIBRARY).diagnostics == ()


def test_until_and_including_a_day_is_answered_with_the_time_of_validity_to_write() -> None:
    head = HEAD.replace("  词汇：", "  有效期：自2022年1月1日起至2026年12月31日止\n  词汇：")
    (found,) = civicrules.compile(f"{head}应选名额应当不少于3名\n", library=LIBRARY).diagnostics
    assert [fix.replacement for fix in found.fixes] == ["自2022年1月1日起至2026年12月31日"]
