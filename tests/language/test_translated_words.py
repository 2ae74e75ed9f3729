"""What only the meaning of a text tells: which years are an age, whether one or several are counted, what needs marks."""

from __future__ import annotations

import pytest

import civicrules
from civicrules.formatting import format as format_text

HEADS = {
    "en": ("ruleset my.x", "  facts: cn.community", "  age date: election day"),
    "zh": ("规则集 my.x", "  词汇：cn.community", "  年龄计算日：选举日"),
}
OTHER = {"en": "zh", "zh": "en"}


def translated(tag: str, *lines: str) -> tuple[str, ...]:
    """The lines of a ruleset in the other language, without those of its head."""
    text = "\n".join((f"civicrules 1 {tag}", "", *HEADS[tag], "", *lines))
    found = format_text(text, OTHER[tag]).text.rstrip("\n").split("\n")
    assert tuple(found[:6]) == (f"civicrules 1 {OTHER[tag]}", "", *HEADS[OTHER[tag]], "")
    return tuple(found[6:])


SAME = [
    ("each committee candidate's age must be at most 60 years", "每名居委会候选人的年龄应当不超过60周岁"),
    ("each committee candidate's age must be 18 to 60 years", "每名居委会候选人的年龄应当为18至60周岁"),
    ("each committee candidate's age must be 18 years or older", "每名居委会候选人的年龄应当为18周岁以上"),
    ("each committee candidate's age on election day must be at least 18 years",
     "每名居委会候选人的选举日时的年龄应当满18周岁"),
    ("each committee candidate must be at least 18 years of age", "每名居委会候选人应当年满18周岁"),
    ("when age is less than 18 years: each committee candidate must be incumbent",
     "年龄不满18周岁的，每名居委会候选人应当为现任"),
    # a period is none
    ("when released less than 5 years ago: each committee candidate must be incumbent",
     "刑满释放之日起不满5年的，每名居委会候选人应当为现任"),
    ("election day must be at least 3 years after previous election day", "选举日应当自上届选举日起满3年"),
    # one, and more than one
    ("assembly's unit representatives must be 1 person or more", "居民代表会议的单位代表人数应当为1人以上"),
    ("assembly's unit representatives must be 1 to 2 people", "居民代表会议的单位代表人数应当为1至2人"),
    ("assembly's unit representatives must be 0 people", "居民代表会议的单位代表人数应当为0人"),
    ("units must be at least 1 unit", "驻社区单位数应当不少于1个"),
    # a level is no number
    ("each committee candidate's education must be senior high or above", "每名居委会候选人的文化程度应当为高中以上"),
    # people and things
    ("number of committee candidates must be at least 3", "全体居委会候选人的人数应当不少于3"),
    ("number of committee candidates where sex is female must be at least 1",
     "全体居委会候选人中，性别为女的人数应当不少于1"),
    ("number of residents groups must be at least 3", "居民小组的数量应当不少于3"),
    # one of several: choices, a list
    ("each registered voter must be one of committee candidates", "每名登记选民应当为全体居委会候选人之一"),
    ("each registered voter must not be one of committee candidates", "每名登记选民不得为全体居委会候选人之一"),
    # nearer to a day than so long before it
    ("voter list posted must be less than 20 days before election day", "选民名单公布日应当在选举日前不满20日"),
    ("voter list posted must not be less than 20 days before election day", "选民名单公布日不得在选举日前不满20日"),
    ("voter list posted must be at most 20 days before election day", "选民名单公布日应当在选举日前不超过20日"),
    ("voter list posted must be more than 20 days before election day", "选民名单公布日应当在选举日前超过20日"),
    ("voter list posted must be at least 20 days before election day", "选民名单公布日应当在选举日的20日前"),
]  # fmt: skip


@pytest.mark.parametrize(("english", "chinese"), SAME)
def test_a_sentence_and_back(english: str, chinese: str) -> None:
    assert translated("en", english) == (chinese,)
    assert translated("zh", chinese) == (english,)


@pytest.mark.parametrize(("english", "chinese"), SAME)
def test_a_sentence_says_the_same_in_both_languages(english: str, chinese: str) -> None:
    head = {"en": "  days back: election day not counted", "zh": "  倒推天数：选举日不计入"}
    cited = {"en": '  source law: "The law"\n\nsection [law 1]\n', "zh": "  来源 法律：“法律”\n\n章节 〔法律 1〕\n"}
    asked = [
        civicrules.load(text="\n".join((f"civicrules 1 {tag}", "", *HEADS[tag], head[tag], cited[tag], line, "")))
        for tag, line in (("en", english), ("zh", chinese))
    ]
    first, second = (rules.program.rules[0].sentences[0] for rules in asked)
    assert (first.guard, first.requirement) == (second.guard, second.requirement)


GROUPS = [
    ("education is senior high or college", "文化程度为高中或大专"),
    ("education is college or incumbent or part-time", "文化程度为大专或现任或兼职"),
    ("education is college and incumbent and part-time", "文化程度为大专且现任且兼职"),
    ("(education is college or incumbent) and part-time", "（文化程度为大专或现任）且兼职"),
]


@pytest.mark.parametrize(("english", "chinese"), GROUPS)
def test_a_group_of_those_for_whom_several_things_hold_or_one(english: str, chinese: str) -> None:
    group = (f"leaders means committee candidates where {english}", "  in Chinese: 负责人")
    names = (f"负责人是指全体居委会候选人中，{chinese}者", "  英文：leaders")
    assert translated("en", *group) == names
    assert translated("zh", *names) == group


def test_a_vocabulary_in_one_language_has_ages_that_neither_text_names() -> None:
    words = (
        'civicrules 1 en\n\nvocabulary my.words "Words"\n\nentity ward\n  polling day: date\n\nentity person\n'
        "  name: text, identifies\n  birth date: date\n  age: number in years, counted from birth date\n\n"
        "list voters: person, each voter\n"
    )
    library = civicrules.MappingLibrary({"my.words": words})
    text = (
        'civicrules 1 en\n\nruleset my.x\n  facts: my.words\n  age date: polling day\n  source law: "The law"\n\n'
        "section [law 1]\n\neach voter must be at least 18 years of age\n"
    )
    chinese = format_text(text, "zh", library=library).text
    assert "应当年满18周岁" in chinese
    plan = {"ward": {"polling day": "2026-11-02"}, "voters": [{"name": "A", "birth date": "2008-11-02"}]}
    for one in (text, chinese):  # 18 on the day itself
        report = civicrules.load(text=one, library=library).check(plan)
        assert [finding.verdict.value for finding in report.findings] == ["holds"]


def test_a_number_that_others_are_counted_by_has_its_unit_in_chinese() -> None:
    english = ("quota means 50 people + 1 person per 100 households above 1500", "  in Chinese: 名额数")
    chinese = ("名额数是指50人 + 居民户数超出1500户的部分每100户增加1人", "  英文：quota")
    assert translated("en", *english) == chinese
    assert translated("zh", *chinese) == (f"{english[0]} households", english[1])
    plain = ("quota means 1 person per 4 households, rounded down", "  in Chinese: 名额数")
    assert translated("en", *plain) == ("名额数是指居民户数每4户增加1人，尾数舍去", "  英文：quota")
    assert translated("zh", *translated("en", *plain)) == plain


def test_what_an_age_is_compared_with_is_an_age() -> None:
    """The values of a definition, of a reading, the cells and the examples: 周岁 everywhere, and no word more in English."""
    english = (
        "age limit is set by sex:",
        "  in Chinese: 年龄上限",
        "  female:    55 years",
        "  otherwise: 60 years",
        "",
        "reading coming of age [law 1]",
        "  in Chinese: 成年年龄",
        "  taken: 18 years",
        "  also: 19 years",
        "",
        "age class is set by age:",
        "  in Chinese: 年龄档",
        "  35 years or younger: 1 person",
        "  otherwise:           2 people",
        "",
        "each committee candidate's age must be at most age limit",
        "each committee candidate's age must be at least coming of age",
        "",
        "example",
        "  given sex is female, age is 56 years",
        "  expect age limit: 55 years",
    )
    chinese = (
        "年龄上限按性别确定：",
        "  英文：age limit",
        "  女：      55周岁",
        "  其他情形：60周岁",
        "",
        "解释 成年年龄 〔law 1〕",
        "  英文：coming of age",
        "  采用：18周岁",
        "  另解：19周岁",
        "",
        "年龄档按年龄确定：",
        "  英文：age class",
        "  35周岁以下的，1人",
        "  其他情形：    2人",
        "",
        "每名居委会候选人的年龄应当不超过年龄上限",
        "每名居委会候选人的年龄应当不少于成年年龄",
        "",
        "示例",
        "  设 性别为女，年龄为56周岁",
        "  则 年龄上限：55周岁",
    )
    assert translated("en", *english) == chinese
    assert translated("zh", *chinese) == english


def test_years_of_life_say_so_where_nothing_else_does() -> None:
    chinese = ("退休年龄是指60周岁", "  英文：retirement age")
    english = ("retirement age means 60 years of age", "  in Chinese: 退休年龄")
    assert translated("zh", *chinese) == english
    assert translated("en", *english) == chinese
    assert translated("en", "retirement age means 60 years old", english[1]) == chinese


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("zh", "每名居委会候选人应当年满18周岁"),
        ("zh", "每名居委会候选人应当满18岁"),
        ("zh", "年满60周岁的，每名居委会候选人应当为现任"),
        ("en", "each committee candidate must be at least 18 years of age"),
        ("en", "each committee candidate must be 18 years old or older"),
    ],
)
def test_an_age_that_is_not_named_stays_so_in_its_own_language(tag: str, line: str) -> None:
    text = "\n".join((f"civicrules 1 {tag}", "", *HEADS[tag], "", line, ""))
    assert format_text(text).text == text


CONTEST = (
    "contest residents committee [law 15]",
    "  posts: chair, vice chair",
    "  seats: chairs, vice chairs",
    "  candidates: candidates",
    "  elected: votes more than half of ballots returned, most votes first",
    "  tie: another vote among the tied",
)
CHINESE = (
    "选举 居委会 〔law 15〕",
    "  职位：主任、副主任",
    "  应选名额：主任职数、副主任职数",
    "  候选人：候选人",
    "  当选：得票数超过收回票数的半数，得票多者当选",
    "  得票相等：对得票相等者再次投票",
)
MISTAKES = [
    ("en", 2, "  seats: chairs,, vice chairs", "CR0101"),
    ("en", 2, "  seats: chairs vice chairs", "CR0201"),
    ("en", 3, "  candidats: candidates", "CR0302"),
    ("en", 5, "  tie: another ballot among the tied", "CR0319"),
    ("en", 5, "  tie another vote among the tied", "CR0114"),
    ("zh", 2, "  应选名额：主任职数、、副主任职数", "CR0101"),
    ("zh", 3, "  候选：候选人", "CR0302"),
    ("zh", 5, "  得票相等：对得票相等者重新投票", "CR0319"),
]


@pytest.mark.parametrize(("tag", "at", "wrong", "code"), MISTAKES)
def test_a_line_of_a_contest_that_says_nothing_stays_and_the_others_keep_their_keys(
    tag: str, at: int, wrong: str, code: str
) -> None:
    """`seats` and `tie` are keys of contests and of allocations, which are called otherwise in Chinese (名额, 商数相等)."""
    before, after = (CONTEST, CHINESE) if tag == "en" else (CHINESE, CONTEST)
    text = "\n".join((f"civicrules 1 {tag}", "", *HEADS[tag], "", *before[:at], wrong, *before[at + 1 :]))
    found = format_text(text, OTHER[tag])
    assert found.text.rstrip("\n").split("\n")[6:] == [*after[:at], wrong, *after[at + 1 :]]
    assert [one.code for one in found.diagnostics] == [code]


def test_the_two_edges_of_a_row_stay_joined() -> None:
    english = (
        "seats is set by households:",
        "  10,000 households or fewer: 9 seats",
        "  more than 10,000 households and 200,000 households or fewer: 19 seats",
        "  more than 200,000 households: 29 seats",
        "  in Chinese: 席数",
    )
    chinese = (
        "席数按居民户数确定：",
        "  10000户以下的，              9席",
        "  超过10000户且200000户以下的，19席",
        "  超过200000户的，             29席",
        "  英文：seats",
    )
    assert translated("en", *english) == chinese
    assert [line.split() for line in translated("zh", *chinese)] == [line.split() for line in english]
