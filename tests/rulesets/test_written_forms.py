"""Forms that officials write, beside the plain one: they compile to the same Program, go to the other language and back,
and give the verdicts that their words mean."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import civicrules
from civicrules import Rules, Verdict
from civicrules.formatting import format

HOLDS, FAILS, IDLE, UNKNOWN = Verdict.HOLDS, Verdict.FAILS, Verdict.DOES_NOT_APPLY, Verdict.CANNOT_SAY
VOCABULARY = (Path(__file__).parents[1] / "samples" / "vocabulary.civic").read_text(encoding="utf-8")
LIBRARY = civicrules.MappingLibrary({"sample.community": VOCABULARY})
HEAD = {
    "en": 'civicrules 1 en\n\nruleset my.town "Our election"\n  facts: sample.community\n  age date: election day\n'
    '  days back: election day not counted\n  source law: "The law"\n\nsection "Rules" [law 1]\n\n',
    "zh": "civicrules 1 zh\n\n规则集 my.town “本社区换届选举”\n  词汇：sample.community\n  年龄计算日：选举日\n"
    "  倒推天数：选举日不计入\n  来源 法律：“组织法”\n\n章节 “规定” 〔法律 第一条〕\n\n",
}
ELECTION = date(2012, 8, 30)


@cache
def rules(language: str, text: str) -> Rules:
    loaded = civicrules.load(text=f"{HEAD[language]}{text}\n", library=LIBRARY)
    assert loaded.diagnostics == ()
    return loaded


def asked(loaded: Rules) -> list[object]:
    """What is asked, of whom and when, without the names and texts around it."""
    program = loaded.program
    sentences = [(s.force, s.guard, s.requirement, s.each) for rule in program.rules for s in rule.sentences]
    return [sentences, [one.body for one in program.definitions]]


BAN_EN = "each committee candidate must not meet any of these:\n  serving sentence\n  released less than 5 years ago"
ITEMS = "\n  正在服刑\n  刑满释放之日起不满5年"
OFF_EN = "each candidate must not be among representatives when any of these:\n  serving sentence\n  age is at least 70"
# The sentence in English, the plain one in Chinese, and the other ways in which Chinese writes it.
CHINESE = [
    (
        "candidate list posted must be at least 20 days before election day",
        "候选人名单公布日应当在选举日的20日前",
        (
            "候选人名单公布日应当在选举日20日前",
            "候选人名单公布日应当在选举日前20日",
            "候选人名单公布日应当在选举日20日以前",
            "候选人名单公布日应当于选举日之前20日",
            "候选人名单公布日应当最迟在选举日的20日前",
            "候选人名单公布日应当早于选举日至少20日",
            "候选人名单公布日应当早于选举日20日以上",
            "候选人名单公布日应当在选举日之前至少20日",
        ),
    ),
    (
        "election day must be at least 3 years after previous election day",
        "选举日应当自上届选举日起满3年",
        (
            "选举日应当在上届选举日之后至少3年",
            "选举日应当在上届选举日之后满3年",
            "选举日应当在上届选举日满3年后",
            "选举日应当自上届选举日起满3年后",
            "选举日应当晚于上届选举日至少3年",
            "选举日应当晚于上届选举日3年以上",
        ),
    ),
    (
        "each candidate's age on second ballot day must be at least 18 years",
        "每名候选人的另行选举日时的年龄应当满18周岁",
        ("每名候选人应当在另行选举日年满18周岁", "每名候选人应当截至另行选举日年满18周岁"),
    ),
    (
        "each candidate must meet all of these:\n  age on second ballot day is at least 18 years",
        "每名候选人应当符合下列条件：\n  另行选举日时的年龄满18周岁",
        (
            "每名候选人应当符合下列条件：\n  另行选举日年满18周岁",
            "每名候选人应当符合下列条件：\n  在另行选举日年满18周岁",
            "每名候选人应当符合下列条件：\n  截至另行选举日年满18周岁",
        ),
    ),
    (
        "each candidate must not meet any of these:\n  age on second ballot day is less than 18 years",
        "每名候选人不得有下列情形之一：\n  另行选举日时的年龄不满18周岁",
        ("每名候选人不得有下列情形之一：\n  在另行选举日未年满18周岁",),
    ),
    (
        "guidance group filing must be within 5 days after voter list posted",
        "指导组名单报送日应当自选民名单公布日起5日内",
        (
            "指导组名单报送日应当在选民名单公布日后5日内",
            "指导组名单报送日应当在选民名单公布日之后5日以内",
            "指导组名单报送日应当在选民名单公布日起5日内",
            "指导组名单报送日应当自选民名单公布之日起5日内",
            "指导组名单报送日应当在选民名单公布之日起5日内",
        ),
    ),
    (
        "guidance group filing must be within 10 days before election day",
        "指导组名单报送日应当在选举日前10日内",
        ("指导组名单报送日应当在选举日之前10日以内", "指导组名单报送日应当于选举日前10日内"),
    ),
    (
        "guidance group filing must be before election day",
        "指导组名单报送日应当早于选举日",
        ("指导组名单报送日应当先于选举日",),
    ),
    (
        "guidance group filing must be after election day",
        "指导组名单报送日应当晚于选举日",
        ("指导组名单报送日应当迟于选举日",),
    ),
    (
        "guidance group filing must be no later than 2012-08-08",
        "指导组名单报送日应当不晚于2012年8月8日",
        ("指导组名单报送日应当不迟于2012年8月8日", "指导组名单报送日应当在2012年8月8日前（含当日）"),
    ),
    (
        BAN_EN,
        f"每名居委会候选人不得有下列情形之一：{ITEMS}",
        (
            f"有下列情形之一的，不得列为居委会候选人：{ITEMS}",
            f"有下列情形之一者，不得提名为居委会候选人：{ITEMS}",
            f"每名居委会候选人有下列情形之一的，不得列为全体居委会候选人：{ITEMS}",
        ),
    ),
    (OFF_EN, "每名候选人有下列情形之一的，不得列为居民代表：\n  正在服刑\n  年龄满70周岁", ()),
    (
        "each candidate may be committee chair when all of these:\n  part-time\n  in good health",
        "每名候选人符合下列条件的，可以担任居委会主任：\n  兼职\n  身体健康",
        (),
    ),
    (
        "each candidate's post must be chair or member",
        "每名候选人的职务应当为主任或者委员",
        ("每名候选人的职务应当为主任、委员之一",),
    ),
    (
        "each candidate must not meet any of these:\n  post is chair or member",
        "每名候选人不得有下列情形之一：\n  职务为主任或者委员",
        (),
    ),
    (
        "each candidate must not meet any of these:\n  post is one of chair, vice chair, member",
        "每名候选人不得有下列情形之一：\n  职务为主任、副主任或者委员",
        ("每名候选人不得有下列情形之一：\n  职务为主任、副主任、委员之一",),
    ),
    (
        "each candidate must not meet any of these:\n  post is not one of chair, member",
        "每名候选人不得有下列情形之一：\n  职务不是主任、委员之一",
        (),
    ),
    (
        "size needed means 1 member per 20 households, rounded half up, at least 5 members",
        "size needed是指居民户数每20户1名，尾数四舍五入，不少于5名",
        ("size needed是指居民户数每20户1名，四舍五入，但不少于5名",),
    ),
    (
        "size needed is set by households:\n  500 or fewer: 20 people\n  otherwise: 27 people",
        "size needed按居民户数确定：\n  500户以下的，20人\n  其他情形：27人",
        (
            "size needed按居民户数确定：\n  500户以下的，20人\n  其他，27人",
            "size needed按居民户数确定：\n  500户以下的，20人\n  其他的，27人",
            "size needed根据居民户数确定：\n  500户以下的，20人\n  其他的，27人",
            "size needed依照居民户数确定：\n  500户以下的，20人\n  其他的，27人",
            "size needed，根据居民户数确定：\n  500户以下的，20人\n  其他的，27人",
            "size needed按居民户数确定：\n  500户（含）以下的，20人\n  其他的，27人",
            "size needed按居民户数确定：\n  500户以下（含本数）的，20人\n  其他的，27人",
        ),
    ),
    (
        "size needed means households + 1",
        "size needed是指居民户数 + 1",
        ("size needed是指居民户数加1", "size needed是指居民户数加上1"),
    ),
    (
        "each candidate must meet all of these:\n  moved here at least 1 years ago",
        "每名候选人应当符合下列条件：\n  迁入本社区之日起满1年",
        (
            "每名候选人应当符合下列条件：\n  自迁入本社区之日起满1年",
            "每名候选人应当符合下列条件：\n  自迁入本社区起满1年",
            "每名候选人应当符合下列条件：\n  迁入本社区起满1年",
        ),
    ),
    (
        "each candidate must not meet any of these:\n  age is less than 18 years",
        "每名候选人不得有下列情形之一：\n  年龄不满18周岁",
        ("每名候选人不得有下列情形之一：\n  未年满18周岁", "每名候选人不得有下列情形之一：\n  未满18周岁"),
    ),
    (
        "each candidate must meet all of these:\n  age is less than 60 years",
        "每名候选人应当符合下列条件：\n  年龄不满60周岁",
        ("每名候选人应当符合下列条件：\n  未满60周岁", "每名候选人应当符合下列条件：\n  不满60周岁"),
    ),
    (
        "each candidate's age must not be less than 18 years",
        "每名候选人的年龄不得不满18周岁",
        ("每名候选人不得未年满18周岁",),
    ),
    (
        "each candidate's education must be at least senior high\n  except when part-time",
        "每名候选人的文化程度应当为高中以上\n  但是兼职的除外",
        (),
    ),
    (
        "ballots returned must be at least 40% of registered voters",
        "收回票数应当不少于登记选民数的40%",
        ("收回票数应当达到登记选民数的百分之40", "收回票数应当达到登记选民数的40%以上"),
    ),
    (
        "each candidate's age must be 18 years to 60 years",
        "每名候选人的年龄应当为18周岁至60周岁",
        ("每名候选人的年龄应当为18周岁以上60周岁以下", "每名候选人应当为18周岁以上60周岁以下"),
    ),
    (
        "each candidate must meet all of these:\n  age is between 18 years and 60 years",
        "每名候选人应当符合下列条件：\n  年龄在18周岁至60周岁之间",
        (
            "每名候选人应当符合下列条件：\n  年龄在18周岁以上60周岁以下",
            "每名候选人应当符合下列条件：\n  年龄18周岁以上60周岁以下",
        ),
    ),
    (
        "residents committee's size must be 5 people to 9 people",
        "居委会的职数应当为5人至9人",
        ("居委会的职数应当为5人以上9人以下", "居委会的职数应当在5人以上9人以内"),
    ),
    (
        "each candidate's age must be 60 years or less",
        "每名候选人的年龄应当为60周岁以下",
        ("每名候选人的年龄应当在60周岁以下", "每名候选人的年龄应当在60周岁（含）以下"),
    ),
    (
        "each candidate must meet all of these:\n  education is senior high or more\n  age is 18 years or more",
        "每名候选人应当符合下列条件：\n  文化程度为高中以上\n  年龄为18周岁以上",
        ("每名候选人应当符合下列条件：\n  文化程度在高中以上\n  年龄在18周岁以上",),
    ),
    (
        "when households are 2500 or fewer: residents committee's size must be 9 people or less",
        "居民户数为2500户以下的，居委会的职数应当为9人以内",
        ("居民户数在2500户以下的，居委会的职数应当在9人以内",),
    ),
    (
        "size needed is set by households:\n  2500 or fewer: 5 people\n  2501 or more: 7 people",
        "size needed按居民户数确定：\n  2500户以下的，5人\n  2501户以上的，7人",
        ("size needed按居民户数确定：\n  在2500户以下的，5人\n  在2501户以上的，7人",),
    ),
    (
        "units must be at least 10% of households and at most 30 units",
        "驻社区单位数应当不少于居民户数的10%且不超过30个",
        (
            "驻社区单位数应当不少于居民户数的10%，且不超过30个",
            "驻社区单位数应当不少于居民户数的10%，并且不多于30个",
            "驻社区单位数应当达到居民户数的10%以上且不超过30个",
        ),
    ),
    (
        "when units are more than 9 units and estate is large: households must be at least 7 households",
        "驻社区单位数超过9个且小区规模为大型的，居民户数应当不少于7户",
        ("驻社区单位数超过9个，且小区规模为大型的，居民户数应当不少于7户",),
    ),
    (
        "when units are more than 9 units and at most 20 units: households must be at least 7 households",
        "驻社区单位数超过9个且不超过20个的，居民户数应当不少于7户",
        ("驻社区单位数超过9个，且不超过20个的，居民户数应当不少于7户",),
    ),
    (
        "each candidate's age must be at least 18 years and less than 60 years",
        "每名候选人的年龄应当满18周岁且不满60周岁",
        (
            "每名候选人应当年满18周岁不满60周岁",
            "每名候选人应当年满18周岁，且未满60周岁",
            "每名候选人应当年满18周岁，未满60周岁",
            "每名候选人应当年满18周岁、未满60周岁",
        ),
    ),
    (
        "each candidate must meet all of these:\n  age is at least 18 years and less than 60 years",
        "每名候选人应当符合下列条件：\n  年龄满18周岁且不满60周岁",
        ("每名候选人应当符合下列条件：\n  年满18周岁不满60周岁",),
    ),
    (
        "number of candidates must be at least 3 people",
        "候选人的人数应当不少于3人",
        ("候选人总数应当不少于3人", "候选人总人数应当不少于3人"),
    ),
    (
        "leading team size must be seats + 1 person",
        "两委班子人数应当为应选名额 + 1人",
        ("两委班子人数应当比应选名额多1人", "两委班子人数应当为应选名额加上1人"),
    ),
    (
        "leading team size must be at least seats + 1 person",
        "两委班子人数应当不少于应选名额 + 1人",
        ("两委班子人数应当比应选名额至少多1人", "两委班子人数应当比应选名额多1人以上"),
    ),
    (
        "leading team size must be at most seats - 2 people",
        "两委班子人数应当不超过应选名额 - 2人",
        ("两委班子人数应当比应选名额至少少2人", "两委班子人数应当比应选名额少2人以上"),
    ),
    (
        "ballots returned must be at most ballots issued",
        "收回票数应当不超过发出票数",
        ("收回票数应当等于或者少于发出票数", "收回票数应当小于等于发出票数", "收回票数应当不大于发出票数"),
    ),
    (
        "ballots returned must be more than half of registered voters",
        "收回票数应当超过登记选民数的半数",
        ("收回票数应当大于登记选民数的半数",),
    ),
    (
        "each candidate's education must not be primary",
        "每名候选人的文化程度不得为小学",
        ("每名候选人的文化程度不得为小学之一",),
    ),
    (
        "share of committee candidates where sex is female must be at least 1/3",
        "全体居委会候选人中，性别为女的比例应当不低于三分之一",
        ("居委会候选人中，性别为女的比例应当不低于三分之一",),
    ),
    (
        "leading team size must be at least twice seats",
        "两委班子人数应当不少于应选名额的2倍",
        ("两委班子人数应当不少于应选名额的两倍", "两委班子人数应当为应选名额的2倍以上"),
    ),
    (
        "leading team size must be at most 1.5 times seats",
        "两委班子人数应当不超过应选名额的1.5倍",
        (),
    ),
    (
        "candidate list posted must be between 34 and 20 days before election day",
        "候选人名单公布日应当在选举日前34日至20日之间",
        (
            "候选人名单公布日应当在选举日之前20日至34日之间",
            "候选人名单公布日应当在选举日前20至34日之间",
        ),
    ),
    (
        "guidance group filing must be between 5 and 10 days after voter list posted",
        "指导组名单报送日应当在选民名单公布日后5日至10日之间",
        ("指导组名单报送日应当在选民名单公布日之后5至10日之间",),
    ),
]
# The plain sentence in English, and the other ways in which English writes it.
ENGLISH = [
    (
        "residents committee's size must be at least supervision committee's size",
        (
            "the size of the residents committee must be at least the size of the supervision committee",
            "size of residents committee must be at least supervision committee's size",
        ),
    ),
    ("units must be at least 10% of households", ("the units must be at least 10% of the households of the community",)),
    (
        "each committee candidate must meet all of these:\n  age is at least 18\n  sex is not male",
        (
            "each committee candidate must meet all of these:\n  the age of the committee candidate is at least 18\n"
            "  sex of committee candidate is not male",
        ),
    ),
    (
        "guidance group filing must be no later than 2012-08-08",
        (
            "guidance group filing must be on or before 2012-08-08",
            "guidance group filing must be by 2012-08-08",
            "guidance group filing must be no later than 8 August 2012",
            "guidance group filing must be no later than 8th august 2012",
            "guidance group filing must be no later than August 8, 2012",
            "guidance group filing must be by August 8th 2012",
            "guidance group filing must be by 8 August 2012",
            "the guidance group filing must be by 8 August 2012",
        ),
    ),
    ("guidance group filing must be before election day", ("guidance group filing must be earlier than election day",)),
    ("guidance group filing must be after election day", ("guidance group filing must be later than election day",)),
    (
        "guidance group filing must be within 5 days after voter list posted",
        ("guidance group filing must take place within 5 days after voter list posted",),
    ),
    (
        "election day must be no later than 2012-08-08",
        ("election day must be held no later than 2012-08-08",),
    ),
    (
        "each candidate's age must be at least 18 years",
        (
            "each candidate must be at least 18 years old",
            "each candidate must be at least 18 years of age",
            "each candidate must be 18 or older",
            "each candidate must have attained the age of 18",
        ),
    ),
    (
        "each candidate's age on second ballot day must be at least 18 years",
        (
            "each candidate must be 18 or older on second ballot day",
            "each candidate must be at least 18 years old on second ballot day",
            "each candidate must be at least 18 years of age as of second ballot day",
            "each candidate's age must be at least 18 years on second ballot day",
            "each candidate must have reached the age of 18 on second ballot day",
        ),
    ),
    (
        "each candidate must meet all of these:\n  age on second ballot day is at least 18 years",
        ("each candidate must meet all of these:\n  at least 18 years old on second ballot day",),
    ),
    (
        "each candidate must meet all of these:\n  age is at least 18 years",
        ("each candidate must meet all of these:\n  at least 18 years old",),
    ),
    (
        "each candidate's education must be at least senior high\n  except when part-time",
        (
            "each candidate's education must be at least senior high\n  except where part-time",
            "each candidate's education must be at least senior high\n  except if part-time",
        ),
    ),
    ("units must be exactly 7", ("units must equal 7", "units must be equal to 7")),
    ("units must be more than 7", ("units must exceed 7", "units must be over 7", "units must be above 7")),
    ("units must not be more than 7", ("units must not exceed 7",)),
    (
        "when units are at most 7: households must be at least 9",
        ("when units do not exceed 7: households must be at least 9",),
    ),
    ("units must be fewer than 7", ("units must be under 7", "units must be below 7")),
    ("units must be at least 7", ("units must be not less than 7", "units must be equal to or more than 7")),
    ("units must be at least 40% of households", ("units must be at least 40 percent of households",)),
    ("units must be at least 1/3 of households", ("units must be at least one third of households",)),
    ("units must be at most 3/4 of households", ("units must not be more than three quarters of households",)),
    (
        "units must be at least 10% of households and at most 30 units",
        ("units must be at least 10% of households, and at most 30 units",),
    ),
    (
        "when units are more than 9 or estate is large: households must be at least 7",
        ("when units are more than 9, or estate is large: households must be at least 7",),
    ),
    ("units must be 5 to 9", ("units must be from 5 to 9",)),
    (
        "each candidate's age must be at least 18 years and at most 60 years",
        ("each candidate must be at least 18 years of age, and at most 60 years of age",),
    ),
    ("leading team size must be seats + 1 person", ("leading team size must be 1 person more than seats",)),
    (
        "leading team size must be at least seats + 1",
        ("leading team size must be at least 1 more than seats",),
    ),
    ("when households are fewer than 500: units must be 3", ("when households are under 500: units must be 3",)),
    (
        "when households are 500 or more: residents committee's size must be 3 or fewer",
        (
            "when households are 500 and over: residents committee's size must be 3 and under",
            "when the households are 500 and above: the residents committee's size must be 3 and fewer",
        ),
    ),
    (
        "when units are less than 9 and more than 3: households must be at least 7",
        ("when the units are under 9 and over 3: the households must be at least 7",),
    ),
    (
        "size needed is set by households:\n  500 or fewer: 3 people\n  501 or more: 5 people",
        ("size needed is set by the households:\n  500 and under: 3 people\n  501 and over: 5 people",),
    ),
    (
        "each candidate's post must be one of chair, vice chair, member",
        (
            "each candidate's post must be chair, vice chair or member",
            "each candidate's post must be chair, vice chair, or member",
        ),
    ),
    (
        "each candidate's post must be one of chair, member",
        ("each candidate's post must be chair or member",),
    ),
    (
        "size needed means 1 per 20 households, rounded up, at least 5",
        ("size needed means 1 for every 20 households, rounded up, but not less than 5",),
    ),
    (
        "valid ballots + invalid ballots must be ballots returned",
        ("valid ballots plus invalid ballots must equal ballots returned",),
    ),
    (
        "each candidate's age must not be more than 65",
        ("each candidate must not be older than 65", "each candidate must not be over 65"),
    ),
    ("size needed means 5", ("size needed means: 5", "list size needed means 5", "rule of size needed means 5")),
    (
        "size needed is set by households:\n  500 or fewer: 3\n  otherwise: 5",
        ("step size needed is set by households:\n  500 or fewer: 3\n  otherwise: 5",),
    ),
    (
        "share of candidates where sex is female must be at least 1/3",
        tuple(f"share of candidates where sex is female must be at least {part}" for part in ("one third", "one-third")),
    ),
    (
        "each candidate's education must be primary",
        ("each candidate's education must be one of primary", "each candidate's education must be one of: primary"),
    ),
    ("each candidate must be among representatives", ("each candidate must be one of representatives",)),
    ("each candidate's age must be less than 65 years", ("each candidate must be younger than 65 years",)),
    (
        "units must be at least twice number of candidates",
        ("units must be at least twice the number of candidates", "units must be at least 2 times the number of candidates"),
    ),
    (
        "candidate list posted must be between 34 and 20 days before election day",
        (
            "candidate list posted must be between 20 and 34 days before election day",
            "candidate list posted must be between 34 days before election day and 20 days before election day",
        ),
    ),
    (
        "size needed is set by households:\n  more than 500: 5 people\n  500 or fewer: 3 people",
        (
            "size needed is determined by households:\n  above 500: 5 people\n  500 or fewer: 3 people",
            "size needed depends on households:\n  over 500: 5 people\n  up to 500: 3 people",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("english", "plain", "others"), CHINESE, ids=[one[1].splitlines()[0] for one in CHINESE])
def test_chinese_forms_are_the_plain_one(english: str, plain: str, others: tuple[str, ...]) -> None:
    expected = rules("zh", plain)
    assert asked(rules("en", english)) == asked(expected)
    for other in others:
        assert asked(rules("zh", other)) == asked(expected), other


@pytest.mark.parametrize(("plain", "others"), ENGLISH, ids=[one[0] for one in ENGLISH])
def test_english_forms_are_the_plain_one(plain: str, others: tuple[str, ...]) -> None:
    expected = rules("en", plain)
    for other in others:
        assert asked(rules("en", other)) == asked(expected), other


def in_one(language: str, sentences: list[str]) -> str:
    """All sentences in one text, each under a name of its own."""
    opener, other, own = (
        ("rule form", "in Chinese: 写法", "form") if language == "en" else ("规则 写法", "英文：form ", "")
    )
    blocks = []
    for number, text in enumerate(sentences):
        lines = "\n".join(f"  {line}" for line in text.splitlines())
        head = f"{opener} {number}" if own else f"{opener}{number}"
        blocks.append(f"{head}\n  {other}{number}\n{lines}\n")
    return HEAD[language] + "\n".join(blocks)


# What is printed in a plainer form: windows from the earlier day on, a choice of one, an edge said twice, …
PLAINER = (
    *("之日", "者，", "以上", "百分之", "比应选名额", "加上", "应当年满18周岁", "不得未年满", "（含）"),
    *("为小学之一", "之前20日", "日前20至", "之后5至"),
)

FORMS = {
    "zh": [text for _, plain, others in CHINESE for text in (plain, *others) if "size needed" not in text],
    "en": [
        *(text for text, _, _ in CHINESE if "size needed" not in text),
        *(text for plain, others in ENGLISH for text in (plain, *others) if "size needed" not in text),
    ],
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_form_goes_to_the_other_language_and_back(language: str) -> None:
    whole = in_one(language, FORMS[language])
    other = format(whole, "zh" if language == "en" else "en", library=LIBRARY)
    back = format(other.text, language, library=LIBRARY)
    own = format(whole, library=LIBRARY)
    assert own.text != whole  # it could be put in order
    expected = civicrules.load(text=whole, library=LIBRARY)
    for printed in (other.text, back.text, own.text):
        loaded = civicrules.load(text=printed, library=LIBRARY)
        assert loaded.diagnostics == ()
        assert asked(loaded) == asked(expected)
        assert format(printed, library=LIBRARY).text == printed
    if language == "zh":  # the form of the author stays
        for text in FORMS["zh"]:
            if not any(word in text for word in PLAINER):
                assert text.splitlines()[0] in own.text


# ---------------------------------------------------------------- what the words mean


def verdict(loaded: Rules, plan: dict[str, Any]) -> Verdict:
    (finding,) = loaded.check(plan, advice=False).findings
    return finding.verdict


@pytest.mark.parametrize(
    ("english", "chinese", "day", "expected"),
    [
        # Ten days back from the 30th, which is not counted: the 20th. The period runs from it to the day itself.
        *(
            ("within 10 days before election day", "在选举日前10日内", day, expected)
            for day, expected in ((19, FAILS), (20, HOLDS), (30, HOLDS), (31, FAILS))
        ),
        *(
            ("before election day", "早于选举日", day, expected)
            for day, expected in ((29, HOLDS), (30, FAILS), (31, FAILS))
        ),
        *(
            ("after election day", "晚于选举日", day, expected)
            for day, expected in ((29, FAILS), (30, FAILS), (31, HOLDS))
        ),
        *(("by 2012-08-30", "不晚于2012年8月30日", day, expected) for day, expected in ((30, HOLDS), (31, FAILS))),
        # Ten days back is the 20th and three days back the 27th; both belong to it.
        *(
            ("between 10 and 3 days before election day", "在选举日前10日至3日之间", day, expected)
            for day, expected in ((19, FAILS), (20, HOLDS), (27, HOLDS), (28, FAILS))
        ),
        # 早于选举日前5日: the 25th is five days back.
        *(
            ("before 5 days before election day", "早于选举日前5日", day, expected)
            for day, expected in ((24, HOLDS), (25, FAILS))
        ),
    ],
)
def test_days(english: str, chinese: str, day: int, expected: Verdict) -> None:
    plan = {"community": {"election day": ELECTION, "guidance group filing": date(2012, 8, day)}}
    assert verdict(rules("en", f"guidance group filing must be {english}"), plan) is expected
    assert verdict(rules("zh", f"指导组名单报送日应当{chinese}"), plan) is expected


@pytest.mark.parametrize(("day", "expected"), [(29, FAILS), (30, HOLDS), (31, HOLDS)])
def test_a_ban_of_an_earlier_day_takes_the_day_itself(day: int, expected: Verdict) -> None:
    plan = {"community": {"election day": ELECTION, "guidance group filing": date(2012, 8, day)}}
    assert verdict(rules("en", "guidance group filing must not be before election day"), plan) is expected
    assert verdict(rules("zh", "指导组名单报送日不得早于选举日"), plan) is expected


@pytest.mark.parametrize(("post", "expected"), [("chair", HOLDS), ("member", HOLDS), ("vice chair", FAILS)])
def test_or_joins_choices(post: str, expected: Verdict) -> None:
    plan = {"committee candidates": [{"name": "A", "post": post}]}
    assert verdict(rules("en", "each committee candidate's post must be chair or member"), plan) is expected
    assert verdict(rules("zh", "每名居委会候选人的职务应当为主任或者委员"), plan) is expected
    barred = {HOLDS: FAILS, FAILS: HOLDS}[expected]
    assert verdict(rules("zh", "每名居委会候选人的职务不得为主任或者委员"), plan) is barred


@pytest.mark.parametrize(
    ("person", "listed", "expected"),
    [
        ({"serving sentence": True, "age": 40}, True, [FAILS, IDLE]),
        ({"serving sentence": False, "age": 70}, True, [IDLE, FAILS]),
        ({"serving sentence": False, "age": 69}, True, [IDLE, IDLE]),
        ({"serving sentence": True, "age": 70}, False, [HOLDS, HOLDS]),
    ],
)
def test_a_ban_in_cases_is_judged_case_by_case(person: dict[str, Any], listed: bool, expected: list[Verdict]) -> None:
    loaded = rules("en", OFF_EN.replace("each candidate", "each committee candidate"))
    plan = {
        "community": {"election day": ELECTION},
        "committee candidates": [{"name": "A", **person}],
        "representatives": [{"name": "A" if listed else "B"}],
    }
    assert [one.verdict for one in loaded.check(plan, advice=False).findings] == expected


@pytest.mark.parametrize(
    ("part_time", "healthy", "expected"),
    [(True, True, [HOLDS]), (True, False, [IDLE]), (False, True, [IDLE])],
)
def test_all_of_a_list_make_one_case(part_time: bool, healthy: bool, expected: list[Verdict]) -> None:
    loaded = rules("zh", "每名居委会候选人符合下列条件的，应当列为居民代表：\n  兼职\n  身体健康")
    plan = {
        "committee candidates": [{"name": "A", "part-time": part_time, "in good health": healthy}],
        "representatives": [{"name": "A"}],
    }
    assert [one.verdict for one in loaded.check(plan, advice=False).findings] == expected


@pytest.mark.parametrize(("returned", "expected"), [(907, FAILS), (908, HOLDS)])
def test_a_third_in_words(returned: int, expected: Verdict) -> None:
    """A third of 2,722 is 907 1/3."""
    plan = {"ballot account": {"registered voters": 2722, "ballots returned": returned}}
    assert verdict(rules("en", "ballots returned must be at least one third of registered voters"), plan) is expected
    assert verdict(rules("zh", "收回票数应当达到登记选民数的三分之一以上"), plan) is expected


@pytest.mark.parametrize(("units", "expected"), [(9, FAILS), (10, HOLDS), (30, HOLDS), (31, FAILS)])
def test_two_edges_of_one_value(units: int, expected: Verdict) -> None:
    """A tenth of 100 households is 10: both ends are included."""
    plan = {"community": {"units": units, "households": 100}}
    assert verdict(rules("en", "units must be at least 10% of households, and at most 30"), plan) is expected
    assert verdict(rules("zh", "驻社区单位数应当不少于居民户数的10%，且不超过30个"), plan) is expected


@pytest.mark.parametrize(("size", "expected"), [(4, FAILS), (5, HOLDS), (9, HOLDS), (10, FAILS)])
def test_both_ends_of_a_range_are_included(size: int, expected: Verdict) -> None:
    plan = {"residents committee": {"size": size}}
    assert verdict(rules("zh", "居委会的职数应当为5人以上9人以下"), plan) is expected


@pytest.mark.parametrize(("born", "expected"), [(date(1994, 9, 6), HOLDS), (date(1994, 9, 7), FAILS)])
def test_the_age_on_a_day(born: date, expected: Verdict) -> None:
    """Eighteen on 6 September 2012, and not the day before the birthday. The age date is a week earlier."""
    plan = {
        "community": {"election day": ELECTION, "second ballot day": date(2012, 9, 6)},
        "committee candidates": [{"name": "A", "birth date": born}],
    }
    english, chinese = "18 or older on second ballot day", "在另行选举日年满18周岁"
    assert verdict(rules("en", f"each committee candidate must be {english}"), plan) is expected
    assert verdict(rules("zh", f"每名居委会候选人应当{chinese}"), plan) is expected


@pytest.mark.parametrize(("day", "expected"), [(10, HOLDS), (11, FAILS)])
def test_so_long_before_a_day(day: int, expected: Verdict) -> None:
    """Twenty days back from the 30th, which is not counted: the 10th."""
    plan = {"community": {"election day": ELECTION, "guidance group filing": date(2012, 8, day)}}
    assert verdict(rules("zh", "指导组名单报送日应当早于选举日至少20日"), plan) is expected


@pytest.mark.parametrize(("team", "expected"), [(7, FAILS), (8, HOLDS), (9, HOLDS)])
def test_so_much_more_than_another(team: int, expected: Verdict) -> None:
    plan = {"community": {"seats": 7, "leading team size": team}}
    assert verdict(rules("zh", "两委班子人数应当比应选名额至少多1人"), plan) is expected
    assert verdict(rules("en", "leading team size must be at least 1 more than seats"), plan) is expected


@pytest.mark.parametrize(("team", "expected"), [(13, FAILS), (14, HOLDS)])
def test_twice_another(team: int, expected: Verdict) -> None:
    plan = {"community": {"seats": 7, "leading team size": team}}
    assert verdict(rules("zh", "两委班子人数应当不少于应选名额的2倍"), plan) is expected
    assert verdict(rules("en", "leading team size must be at least twice seats"), plan) is expected


@pytest.mark.parametrize(
    ("released", "is_none", "is_not_none"),
    [
        ({}, UNKNOWN, UNKNOWN),
        ({"released": "none"}, HOLDS, FAILS),
        ({"released": "2011-01-01"}, FAILS, HOLDS),
    ],
)
def test_what_never_happened_is_none(released: dict[str, Any], is_none: Verdict, is_not_none: Verdict) -> None:
    plan = {"committee candidates": [{"name": "A", **released}]}
    texts = ("each committee candidate's released must be none", "每名居委会候选人的刑满释放应当为无")
    others = ("each committee candidate's released must not be none", "每名居委会候选人的刑满释放不得为无")
    for language, text, other in zip(("en", "zh"), texts, others, strict=True):
        assert verdict(rules(language, text), plan) is is_none
        assert verdict(rules(language, other), plan) is is_not_none


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            """rule bars
  each committee candidate must not meet any of these:
    released less than 3 years ago

example "never, and a day too early"
  given election day is 2012-08-20, released is none
  expect bars: holds

example "a day less than three years ago"
  given election day is 2012-08-20, released is 2009-08-21
  expect bars: fails
""",
        ),
        (
            "zh",
            """规则 禁止
  每名居委会候选人不得有下列情形之一：
    刑满释放之日起不满3年

示例 “从未服刑”
  设 选举日为2012年8月20日，刑满释放为无
  则 禁止：符合

示例 “差1日满3年”
  设 选举日为2012年8月20日，刑满释放为2009年8月21日
  则 禁止：不符合
""",
        ),
    ],
)
def test_an_example_may_say_that_something_never_happened(language: str, text: str) -> None:
    assert [one.passed for one in rules(language, text).examples()] == [True, True]


OFFICE = """civicrules 1 en
vocabulary toy.office

entity community / 社区
  households / 居民户数: number in households
  office / 职位: one of mayor/正职, none/无
  moved / 迁入日: date, none allowed

unit household / 户: households
"""
AGES = {
    "en": "  age date: election day\n  days back: election day not counted\n",
    "zh": "  年龄计算日：选举日\n  倒推天数：选举日不计入\n",
}


@pytest.mark.parametrize(("office", "expected"), [("none", HOLDS), ("mayor", FAILS)])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "office must be none"),
        ("en", "size is set by office:\n  none: 3 households\n  mayor: 4 households\n\nhouseholds must be size"),
        ("zh", "职位应当为无"),
        ("zh", "标准按职位确定：\n  无：3户\n  正职：4户\n\n居民户数应当为标准"),
    ],
)
def test_a_choice_may_be_called_none(language: str, text: str, office: str, expected: Verdict) -> None:
    head = HEAD[language].replace("sample.community", "toy.office").replace(AGES[language], "")
    loaded = civicrules.load(text=f"{head}{text}\n", library=civicrules.MappingLibrary({"toy.office": OFFICE}))
    assert verdict(loaded, {"community": {"office": office, "households": 3}}) is expected


@pytest.mark.parametrize(("moved", "expected"), [("none", HOLDS), ("2012-01-01", FAILS), (None, UNKNOWN)])
def test_a_row_may_be_for_what_never_happened(moved: str | None, expected: Verdict) -> None:
    rows = "  none: 3 households\n  after 2012-06-30: 5 households\n  otherwise: 4 households"
    text = f"size is set by moved:\n{rows}\n\nhouseholds must be size\n"
    head = HEAD["en"].replace("sample.community", "toy.office").replace(AGES["en"], "")
    loaded = civicrules.load(text=f"{head}{text}", library=civicrules.MappingLibrary({"toy.office": OFFICE}))
    assert verdict(loaded, {"community": {"moved": moved, "households": 3}}) is expected
