"""What is offered to mend a text: it can be read, says what was meant, and never turns a rule round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import civicrules
from civicrules.diagnostics import Diagnostic, Fix
from civicrules.source import Span
from civicrules.suggest import negations

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
    return civicrules.compile(f"{HEAD[language]}{text}\n", library=LIBRARY).diagnostics


def mended(text: str, fix: Fix) -> str:
    assert isinstance(fix.place, Span)
    whole = fix.place.source.text
    return whole[: fix.place.start] + fix.replacement + whole[fix.place.end :]


CONTEST = {
    "en": "contest residents committee\n  candidates: committee candidates\n  posts: chair\n  seats: 1\n",
    "zh": "选举 居委会\n  候选人：全体居委会候选人\n  职位：主任\n  应选名额：1\n",
}
ELECTED = {
    "en": f"{CONTEST['en']}  elected: votes more than half of ballots returned\n",
    "zh": f"{CONTEST['zh']}  当选：得票数超过收回票数的半数\n",
}
AGE = "每名候选人的年龄应当不超过55周岁\n"
TABLE = {"en": "number needed is set by estate:\n", "zh": "所需人数按小区规模确定：\n"}
ALL = "每名候选人应当符合下列条件：\n"
NUMBER = {"en": "number needed is set by households:\n", "zh": "所需人数按居民户数确定：\n"}
LATEST = "candidate list posted must be at least 20 days before election day"
DAYS = "候选人名单公布日应当在选举日20日前"

# A mistake, its code, and the line that its first fix makes; nothing where only the author can say.
MISTAKES = [
    # a share without its edge, what speaks of a term, of a weekday, of ballots
    ("one third of representatives must be women", "CR0154",
     "share of representatives where sex is female must be at least one third"),
    ("30% of the representatives must be female", "CR0154",
     "share of representatives where sex is female must be at least 30%"),
    ("三分之一的居民代表应当为妇女", "CR0154", "居民代表中，性别为女的比例应当不低于三分之一"),
    ("居民代表中至少有1名妇女", "CR0154", "居民代表中，性别为女的人数应当不少于1名"),
    ("居民代表中至少有一名妇女", "CR0154", "居民代表中，性别为女的人数应当不少于1名"),
    ("候选人名单公布日应当早于选举日三十日以上", "CR0154", "候选人名单公布日应当在选举日30日前"),
    ("任期应当为5年", "CR0154", ""),
    ("投票日应当为星期日", "CR0234", ""),
    ("the polling day must be a Sunday", "CR0234", ""),
    ("收回的选票应当多于登记选民数的一半", "CR0154", "收回票数应当多于登记选民数的一半"),
    ("每名候选人聘用满3年的", "CR0154", ""),
    ("there must be at least 3 committee candidates", "CR0154", "number of committee candidates must be at least 3"),
    ("the term of the committee is 5 years", "CR0154", "election day must be at least 5 years after previous election day"),
    ("户数在3000户以上的社区，居委会的职数为7至9人", "CR0154", "居民户数不少于3000户的，居委会的职数应当为7至9人"),
    ("居委会由主任、副主任和委员共5至9人组成", "CR0154", "居委会的职数应当为5至9人"),
    ("提倡党组织成员与居委会成员交叉任职", "CR0154", ""),
    # the order of ordinary speech
    ("within 20 days after voter list posted, guidance group filing must take place", "CR0143",
     "guidance group filing must be within 20 days after voter list posted"),
    ("candidate list must be posted at least 20 days before election day", "CR0143", LATEST),
    ("the candidate list must not be posted within 5 days before election day", "CR0143",
     "candidate list posted must not be within 5 days before election day"),
    ("each candidate must be registered at least 20 days before election day", "CR0101", ""),
    ("候选人名单公布日应当在选举日20日前公布", "CR0143", DAYS),
    ("候选人名单应当在选举日20日前公布", "CR0143", DAYS),
    ("在选举日20日前，应当公布候选人名单", "CR0143", DAYS),
    ("选举日20日前不得公布候选人名单", "CR0143", DAYS.replace("应当", "不得")),
    ("每名候选人应当在选举日20日前报名", "CR0143", ""),
    ("each candidate who is part-time must be in good health", "CR0142",
     "when part-time: each candidate must be in good health"),
    ("each candidate who is not part-time must be in good health", "CR0142",
     "when not part-time: each candidate must be in good health"),
    ("units must be at least 3 when households exceed 1500", "CR0142",
     "when households exceed 1500: units must be at least 3"),
    ("when households exceed 1500 then units must be at least 3", "CR0121",
     "when households exceed 1500: units must be at least 3"),
    ("units must be between 3 to 9", "CR0103", "units must be between 3 and 9"),
    ("每名候选人的年龄应当为18周岁以上，60周岁以下", "CR0145", "每名候选人的年龄应当为18至60周岁"),
    ("units must not be less than 3 and more than 9", "CR0131", ""),
    ("驻社区单位数不得少于3个且超过9个", "CR0131", ""),
    ("when not units are more than 3 and less than 9: households must be 3", "CR0131", ""),
    ("when units are at least 3 and at most 9 or estate is large: households must be 3", "CR0215", ""),
    ("候选人名单公布日应当早于选举日20日", "CR0126", "候选人名单公布日应当早于选举日20日以上"),
    (f"{ALL}  选举日不满65周岁", "CR0204", "  选举日时的年龄不满65周岁"),
    ("units must be at least 3 on election day", "CR0224", ""),
    ("number of candidates must be at least 3 on election day", "CR0224", ""),
    # what is said in another way, or elsewhere
    ("candidate list posted must be no later than the 20th day before election day", "CR0103",
     "candidate list posted must be no later than 20 days before election day"),
    ("a candidate must not be part-time", "CR0201", "each candidate must not be part-time"),
    ("no person may be both committee chair and secretary", "CR0151", "committee chair must not be secretary"),
    ("committee chair and secretary must not be the same person", "CR0151", "committee chair must not be secretary"),
    ("no one may be both director and supervisor", "CR0151", ""),
    ("居委会主任与党组织书记不得由同一人担任", "CR0151", "居委会主任不得为党组织书记"),
    ("the election is valid if ballots returned are more than half of registered voters", "CR0152", ""),
    ("收回票数超过登记选民数的半数的，选举有效", "CR0152", ""),
    ("the candidate with the most votes is elected", "CR0152", ""),
    ("whoever gets the most votes is elected", "CR0152", ""),
    ("in case of a tie, a second ballot is held among the tied", "CR0152", ""),
    ("if two candidates have the same number of votes, lots are drawn", "CR0152", ""),
    ("投票率达到三分之二以上，选举有效", "CR0152", ""),
    # women in lists, citations
    ("候选人中女性应当不少于1人", "CR0134", "候选人中，性别为女的人数应当不少于1人"),
    ("候选人中女性不得少于三分之一", "CR0134", "候选人中，性别为女的比例不得少于三分之一"),
    ("候选人中，女性的比例不得少于三分之一", "CR0201", "候选人中，性别为女的比例不得少于三分之一"),
    ("候选人中应当至少有1名女性", "CR0154", "候选人中，性别为女的人数应当不少于1名"),
    ("候选人中应当有妇女", "CR0154", "候选人中，性别为女的人数应当不少于1名"),
    ("候选人中应当有青年", "CR0134", ""),
    ("candidates must include at least 1 woman", "CR0154",
     "number of candidates where sex is female must be at least 1"),
    ("candidates must include at least 1 lawyer", "CR0134", ""),
    ("at least one-third of candidates must be female", "CR0154",
     "share of candidates where sex is female must be at least one-third"),
    ("women's share of candidates must be at least a third", "CR0154",
     "share of candidates where sex is female must be at least a third"),
    ("number of female candidates must be at least one third", "CR0154",
     "share of candidates where sex is female must be at least one third"),
    ("share of men among the candidates must be at most 60%", "CR0154",
     "share of candidates where sex is male must be at most 60%"),
    ("候选人中女的比例至少为四分之一", "CR0154", "候选人中，性别为女的比例应当不低于四分之一"),
    ("女的比例至少为四分之一", "CR0154", ""),  # of which list is not said
    ("at least one of the candidates must be a woman", "CR0154", "number of candidates where sex is female must be at least 1"),
    ("at least one candidate must be a woman", "CR0154", "number of candidates where sex is female must be at least 1"),
    ("at least one third of candidates should be women", "CR0154",
     "share of candidates where sex is female should be at least one third"),
    ("male candidates must be at most 53 years old and female candidates at most 48", "CR0154",
     "when sex is male: each candidate's age must be at most 53 years old\n"
     "when sex is female: each candidate's age must be at most 48"),
    ("at least one of the candidates must be a lawyer", "CR0134", ""),
    ("each candidate must have at least one sponsor", "CR0154", ""),
    ("units must be at least 3 (art. 25)", "CR0123", "units must be at least 3 [art. 25]"),
    ("units must be at least households (art. 25)", "CR0123", "units must be at least households [art. 25]"),
    ("驻社区单位数不得少于居民户数（第25条）", "CR0123", "驻社区单位数不得少于居民户数 〔第25条〕"),
    ("units may be at least 3 and at most 9", "CR0320", "units must be at least 3 and at most 9"),
    ("每名候选人的年龄应当为18周岁以上、60周岁以下", "CR0145", "每名候选人的年龄应当为18至60周岁"),
    ("选举日前20日应当公布候选人名单", "CR0143", "候选人名单公布日应当在选举日前20日"),
    ("if households exceed 1500: units must be at least 3", "CR0103",
     "when households exceed 1500: units must be at least 3"),
    ("no person may be a candidate if serving sentence", "CR0103",
     "no person may be a candidate when serving sentence"),
    # printed law
    ("第一章 总则", "CR0140", "章节 “第一章 总则”"),
    ("Chapter 1 General provisions", "CR0140", 'section "Chapter 1 General provisions"'),
    ("第三条 驻社区单位数应当不少于3个", "CR0141", "驻社区单位数应当不少于3个"),
    ("Article 3 units must be at least 3", "CR0141", "units must be at least 3"),
    # exceptions and ages
    (f"{AGE}  但是现任的可放宽至65周岁", "CR0144", "  但是现任的，不超过65周岁"),
    (f"{AGE}  但是现任的，65周岁", "CR0144", "  但是现任的，不超过65周岁"),
    ("each candidate's age must be at most 55\n  except when incumbent: 65", "CR0144", "  except when incumbent: at most 65"),
    ("each candidate's age must be at most 55\n  except when incumbent may be raised to 65", "CR0144",
     "  except when incumbent: at most 65"),
    ("每名候选人年龄一般不超过55周岁", "CR0201", "每名候选人的年龄一般不超过55周岁"),
    # conditions on one of many
    ("when number of candidates where in good health is at least 1: units must be 3", "CR0154",
     "when (number of candidates where in good health) is at least 1: units must be 3"),
    ("when candidate is part-time: units must be 3", "CR0237",
     "when (number of candidates where part-time) is at least 1: units must be 3"),
    ("when each candidate is part-time: units must be 3", "CR0237", ""),
    ("when candidates are chair: units must be 3", "CR0237",
     "when (number of candidates where post is chair) is at least 1: units must be 3"),
    ("候选人为现任的，驻社区单位数应当为3个", "CR0237", "候选人中，现任的人数不少于1人的，驻社区单位数应当为3个"),
    ("现任的，驻社区单位数应当为3个", "CR0237", ""),  # of which list is not said
    ("each candidate's age must be at most 55\n  except when the candidate is incumbent", "CR0236",
     "  except when incumbent"),
    ("each candidate's age must be at most 55\n  except when candidate is chair: at most 60", "CR0236",
     "  except when post is chair: at most 60"),
    ("each candidate's age must be at most 55\n  except when candidate is mayor", "CR0236", ""),
    (f"{AGE}  但是候选人不是兼职的除外", "CR0236", "  但是并非兼职的除外"),
    (f"{AGE}  但是候选人为主任的，不超过60周岁", "CR0236", "  但是职务为主任的，不超过60周岁"),
    # tables and numbers
    (f"{NUMBER['zh']}  超过1000户、不超过2500户的，5人", "CR0145", "  超过1000户且不超过2500户的，5人"),
    (f"{NUMBER['zh']}  超过1000户至2500户的，5人", "CR0145", "  超过1000户且不超过2500户的，5人"),
    (f"{NUMBER['en']}  more than 1000 to 2500: 5", "CR0145", "  more than 1000 and at most 2500: 5"),
    (f"{NUMBER['en']}  more than 1000, at most 2500: 5", "CR0145", "  more than 1000 and at most 2500: 5"),
    (f"{TABLE['en']}  large, ordinary: 3", "CR0358", "  large: 3\n  ordinary: 3"),
    (f"{TABLE['en']}  large or ordinary: 3", "CR0358", "  large: 3\n  ordinary: 3"),
    (f"{TABLE['zh']}  大型、普通的，3人", "CR0358", "  大型的，3人\n  普通的，3人"),
    (f"{TABLE['zh']}  大型或者普通的，3人", "CR0358", "  大型的，3人\n  普通的，3人"),
    ("seats needed means 1 person per 4 people in seats, rounded up", "CR0201",
     "seats needed means 1 person per 4 seats, rounded up"),
    ("units must be an odd number", "CR0233", ""),
    ("units must be an odd number of 3 to 9", "CR0233", ""),
    ("驻社区单位数应当为单数", "CR0233", ""),
    ("驻社区单位数应当为3至9的奇数", "CR0233", ""),
    ("election day must be a Sunday", "CR0234", ""),
    ("选举日应当为星期日", "CR0234", ""),
    # contests
    (f"{CONTEST['en']}  elected: most votes", "CR0335", "  elected: most votes first"),
    (f"{CONTEST['en']}  elected: more than half of the votes", "CR0335", ""),
    (f"{CONTEST['zh']}  当选：获得过半数选票", "CR0335", ""),
    (f"{CONTEST['en']}  elected: votes more than half of units", "CR0720", ""),
    (f"{CONTEST['zh']}  当选：得票数超过驻社区单位数的半数", "CR0720", ""),
    (f"{ELECTED['en']}  among the elected: at least 1 woman", "CR0391", ""),
    (f"{ELECTED['en']}  among the elected: women at least 1", "CR0391", ""),
    (f"{ELECTED['zh']}  当选人中：应当有女性", "CR0391", ""),
    (f"{ELECTED['zh']}  当选人中：至少1名女性", "CR0391", ""),
    # a word that changes the meaning is never dropped
    ("候选人名单公布日距选举日不得少于20日", "CR0154", "候选人名单公布日应当在选举日20日前"),
    ("居委会每届任期应当为5年", "CR0154", ""),
    ("妇女候选人的人数应当不少于1人", "CR0134", "候选人中，性别为女的人数应当不少于1人"),
    ("女候选人不得少于1人", "CR0134", "候选人中，性别为女的人数不得少于1人"),
    ("number of candidates must be at least double seats", "CR0201", ""),
    ("minimum households must be at least 3", "CR0103", ""),
    ("居民总户数应当不少于3户", "CR0201", "居民户数应当不少于3户"),
    ("本届居民户数应当不少于3户", "CR0201", ""),
    ("previous units must be at least 3", "CR0201", ""),
    ("each candidate's former post must be chair", "CR0201", ""),
    ("选举日应当在上届选举日之后3年", "CR0126", "选举日应当在上届选举日之后3年内"),
    ("每名候选人不得接受委托", "CR0201", ""),
    ("each candidate must be at least eighteen years old", "CR0219", "each candidate must be at least 18 years old"),
    ("candidate list posted must be on the 52nd day before election day", "CR0103",
     "candidate list posted must be 52 days before election day"),
    ("候选人名单应当在选举日前二日公布", "CR0154", "候选人名单公布日应当在选举日2日前"),
    ("候选人名单公布日应当早于选举日三十日", "CR0154", "候选人名单公布日应当在选举日30日前"),
    ("候选人名单应当早于选举日30日公布", "CR0154", "候选人名单公布日应当在选举日30日前"),
    ("三十日前应当公布候选人名单", "CR0154", ""),  # before which day is not said
    ("候选人名单应当提前30日公布", "CR0154", ""),
    ("选举日应当早于2026年三月一日", "CR0219", "选举日应当早于2026年3月1日"),
    ("选举日应当早于二〇二六年十一月二十一日", "CR0219", "选举日应当早于2026年11月21日"),
    # guards and exceptions at the head of a sentence, bans on nobody
    ("除现任的以外，每名候选人的年龄不得超过60周岁", "CR0154", "每名候选人的年龄不得超过60周岁\n  但是现任的除外"),
    ("除主任外，还应当设副主任", "CR0101", ""),
    ("如居民户数超过2500户，则驻社区单位数应当不少于3个", "CR0154", "居民户数超过2500户的，驻社区单位数应当不少于3个"),
    ("若居民户数超过2500户的，驻社区单位数应当不少于3个", "CR0154", "居民户数超过2500户的，驻社区单位数应当不少于3个"),
    ("no candidate may be part-time", "CR0103", "each candidate must not be part-time"),
    ("no one may be serving sentence", "CR0154", ""),  # on which list is not said
    ("no candidate may have been released less than 5 years ago", "CR0154",
     "each candidate must not meet any of these:\n  released less than 5 years ago"),
    ("few means 5 per started 100 households", "CR0154", "few means 5 per 100 households, rounded up"),
    ("名额是指居民户数每100户5名，不足100户的按100户计算", "CR0154", "名额是指居民户数每100户5名，尾数进一"),
    ("units must be 1 per 100 households", "CR0343", ""),
    ("units must be exactly 1 per 100 households", "CR0343", ""),
    # set phrases
    ("committee chair must not be both secretary and community police officer", "CR0154",
     "when committee chair is secretary: committee chair must not be community police officer"),
    ("each candidate must not be both part-time and serving sentence", "CR0154",
     "when part-time: each candidate must not be serving sentence"),
    ("居委会主任不得同时担任党组织书记和社区民警", "CR0154", "居委会主任为党组织书记的，居委会主任不得为社区民警"),
    ("each candidate must not be part-time or serving sentence", "CR0131", ""),
    ("units must be at least the greater of 3 and 5", "CR0154", "units must be at least larger of (3, 5)"),
    ("units must be at least 3 or 2% of households, whichever is greater", "CR0154",
     "units must be at least larger of (3, 2% of households)"),
    ("驻社区单位数应当不少于3个与居民户数的1%，取其大者", "CR0154", "驻社区单位数应当不少于较大数（3个，居民户数的1%）"),
    ("收回票数应当为过半数的登记选民数", "CR0154", "收回票数应当超过登记选民数的半数"),
    ("收回票数应当过登记选民数的半数", "CR0154", "收回票数应当超过登记选民数的半数"),
    ("与候选人有近亲属关系的，不得列为居委会成员", "CR0154", "每名候选人的近亲属不得列为居委会成员"),
    ("与候选人有近亲属关系的人员不得列为居委会成员", "CR0154", "每名候选人的近亲属不得列为居委会成员"),
    ("每名候选人应当具有初中以上文化程度", "CR0154", "每名候选人的文化程度应当为初中以上"),
    (f"{ALL}  具有初中以上文化程度", "CR0154", "  文化程度为初中以上"),
    ("选举日应当为上届选举日之后3年", "CR0154", "选举日应当为上届选举日的3年后"),
    (f"{AGE}  由街道办事处批准可以放宽", "CR0154", "  放宽批准机关：街道办事处"),
    ("each candidate's age must be at most 55\n  may be waived by the street office", "CR0154", "  waiver: street office"),
    ("候选人总数应当多于应选名额1人以上", "CR0154", "候选人总数应当比应选名额多1人以上"),
    ("number of candidates must exceed seats by at least 1", "CR0154",
     "number of candidates must be at least 1 more than seats"),
    ("where estate is large, units must be at least 3", "CR0154", "when estate is large: units must be at least 3"),
    ("units are to be at least 3", "CR0103", "units must be at least 3"),
    ("the candidate list must be posted between 34 and 20 days before election day", "CR0143",
     "candidate list posted must be between 34 and 20 days before election day"),
    ("收回票数多于发出票数的，选举无效", "CR0152", ""),
    ("每名候选人应当身体健康、兼职", "CR0131", ""),
    ("有近亲属关系的人员不得同时担任居委会成员、监督委员会成员", "CR0154", "每名居委会成员的近亲属不得列为监督委员会成员"),
    ("居委会成员之间不得有近亲属关系", "CR0154", "每名居委会成员的近亲属不得列为居委会成员"),
    ("term end must be no later than 30 June of the year of the election", "CR0235", ""),
    ("任期届满应当为选举年的6月30日", "CR0235", ""),
    ("居民代表会议的居民代表总数应当按居民户数每20户至30户推选1名", "CR0154",
     "居民代表会议的居民代表总数应当不少于居民户数每30户1名，且不超过居民户数每20户1名"),
    ("assembly's resident representatives must be 1 person per 20 to 30 households", "CR0154",
     "assembly's resident representatives must be at least 1 person per 30 households"
     " and at most 1 person per 20 households"),
    ("选举日距上届选举日应当满3年", "CR0154", "选举日应当自上届选举日起满3年"),
    ("上届选举日满3年后方可换届", "CR0154", "选举日应当自上届选举日起满3年"),
    ("每名候选人：", "CR0154", "每名候选人应当符合下列条件："),
    ("居委会应当至少有5名成员", "CR0154", ""),
    ("居委会候选人应当在本社区居住满1年", "CR0154", ""),
    ("居委会候选人应当由10名以上选民提名", "CR0154", ""),
    ("妇女成员不得少于三分之一", "CR0154", ""),
    ("居民户数在1000户以上的社区，居委会的职数应当为7至9人", "CR0154",
     "居民户数在1000户以上的，居委会的职数应当为7至9人"),
    ("居民户数超过1000户的，单位代表人数应当不少于3人；居民户数不超过1000户的，单位代表人数应当不少于1人", "CR0154",
     "居民户数超过1000户的，单位代表人数应当不少于3人\n居民户数不超过1000户的，单位代表人数应当不少于1人"),
    ("居民户数超过1000户的，单位代表人数应当不少于3人；不超过1000户的，不少于1人", "CR0154", ""),
    ("居委会的职数不得超过9人，不得少于5人", "CR0154", "居委会的职数应当不少于5人且不超过9人"),
    ("居委会的职数不得少于5人，不得超过9人", "CR0154", "居委会的职数应当不少于5人且不超过9人"),
    ("应当选出居民代表50至100名", "CR0154", "居民代表的数量应当为50至100名"),
    ("参加投票的选民应当过半数", "CR0152", ""),
    ("居委会由主任、副主任和委员五至九人组成", "CR0154", ""),
    ("the residents committee must have at least 5 members", "CR0154",
     "the residents committee's size must be at least 5"),
    ("each committee candidate must not be a member of the election committee", "CR0154",
     "each committee candidate must not be among election committee members"),
    ("each candidate must have lived in the community for at least 1 year", "CR0154", ""),
    ("each candidate must be nominated by at least 10 voters", "CR0154", ""),
    ("if households are more than 1000, units must be 7 to 9", "CR0154",
     "when households are more than 1000: units must be 7 to 9"),
    ("unless households exceed 1000, units must be at most 10", "CR0154",
     "units must be at most 10\n  except when households exceed 1000"),
    ("each candidate must hold at least a high school education", "CR0154", ""),
    ("the turnout must be at least 50%", "CR0152", ""),
    ("members must be elected for 3 years", "CR0154", ""),
    ("the number of women among committee candidates must be at least 1", "CR0154",
     "number of committee candidates where sex is female must be at least 1"),
    ("the number of households must be at most 3000", "CR0210", "households must be at most 3000"),
    ("the sex of each committee candidate must be female", "CR0226", "each committee candidate's sex must be female"),
    ("each candidate:", "CR0154", "each candidate must meet all of these:"),
    ("候选人有下列情形之一的，不得提名：", "CR0154", "每名候选人不得有下列情形之一："),
    ("正在服刑的人员不得担任居委会候选人", "CR0154", "每名居委会候选人不得为正在服刑"),
    ("刑满释放不满5年的人员，不得成为居委会候选人", "CR0154",
     "每名居委会候选人不得有下列情形之一：\n  刑满释放之日起不满5年"),
    ("a person who is serving sentence cannot be a committee candidate", "CR0154",
     "each committee candidate must not be serving sentence"),
    ("候选人中，女性应当占三分之一以上", "CR0154", "候选人中，性别为女的比例应当不低于三分之一"),
    ("候选人中女性一般不低于30%", "CR0154", "候选人中，性别为女的比例一般应当不低于30%"),
    ("women should make up at least 30% of candidates", "CR0154",
     "share of candidates where sex is female should be at least 30%"),
    ("居委会的职数须为9人", "CR0103", "居委会的职数应当为9人"),
    ("units cannot be more than 5", "CR0103", "units must not be more than 5"),
    ("居委会由5至9人组成", "CR0154", "居委会的职数应当为5至9人"),
    ("居委会一般按5至7名配备", "CR0154", "居委会的职数一般应当为5至7名"),
    ("两委由13人组成", "CR0154", ""),
    ("居委会由主任1人、副主任1至2人组成", "CR0154", "居委会的主任职数应当为1人\n居委会的副主任职数应当为1至2人"),
    ("the residents committee must have 1 chair", "CR0154", "the residents committee's chairs must be 1"),
    ("residents committee must have 1 to 2 vice chairs", "CR0154",
     "residents committee's vice chairs must be 1 to 2"),
    ("the residents committee shall consist of 5 to 9 members", "CR0154",
     "the residents committee's size shall be 5 to 9"),
    ("the council must be composed of 5 to 9 members", "CR0154", ""),
    ("候选人应当具备高中以上文化程度", "CR0154", "每名候选人的文化程度应当为高中以上"),
    ("居委会成员不得与居委会候选人有近亲属关系", "CR0154", "每名居委会成员的近亲属不得列为居委会候选人"),
    ("居委会候选人不得同时担任居委会成员", "CR0154", "每名居委会候选人不得担任居委会成员"),
    ("候选人为现任的，年龄可以放宽至58周岁", "CR0154", ""),
    ("女性候选人的年龄应当不超过48周岁，男性候选人的年龄应当不超过53周岁", "CR0154",
     "性别为女的，每名候选人的年龄应当不超过48周岁\n性别为男的，每名候选人的年龄应当不超过53周岁"),
    ("主任、副主任候选人应当多于应选名额1人", "CR0154", ""),
    ("党代表候选人总数应当比党代表大会名额多20%以上", "CR0154",
     "党代表候选人总数应当不少于党代表大会名额 + 党代表大会名额的20%"),
    ("居委会主任一般由党组织书记担任", "CR0154", "居委会主任一般为党组织书记"),
    ("不得由组织提名", "CR0154", "由组织提名应当为否"),
    ("应当由组织提名", "CR0154", "由组织提名应当为是"),
    ("指导组名单应当在2012年8月8日前报送", "CR0154", "指导组名单报送日应当不晚于2012年8月8日"),
    ("指导组名单应当在8月8日前报送", "CR0235", ""),
    ("候选人中，职务为副职且兼职的人数应当不超过2人", "CR0154", "候选人中，（职务为副职且兼职）的人数应当不超过2人"),
    ("迁入本社区满3年的，应当登记", "CR0154", ""),
    ("there must be one representative for every 20 households", "CR0154",
     "resident representatives must be (1 per 20 households, rounded down)"),
    ("每20户应当推选居民代表1名", "CR0101", ""),  # the number of representatives has another name here
    ("居民代表会议的单位代表人数按每20户推选1名确定", "CR0154",
     "居民代表会议的单位代表人数应当为（居民户数每20户1名，尾数舍去）"),
    ("candidate list must be posted 3 days before election day", "CR0143",
     "candidate list posted must be 3 days before election day"),
    ("no committee member may be related to a committee candidate", "CR0154",
     "each committee member's relatives must not be among committee candidate"),
    # words that are nearly others
    ("每名候选人的文化程度应当不底于高中", "CR0103", ""),
    ("each candidate's education must be at lest senior high", "CR0103",
     "each candidate's education must be at least senior high"),
    ("each candidate must be nt deprived of political rights", "CR0201", ""),
    ("每名候选人应当为末被剥夺政治权利", "CR0201", ""),
    ("units mustn't be more than 5", "CR0103", "units must not be more than 5"),
    ("units shouldn't be more than 5", "CR0103", "units should not be more than 5"),
    ("units can not be more than 5", "CR0103", "units must not be more than 5"),
    # a choice said of somebody, a list that is no value, a value of another kind in a table
    ("each candidate must be female", "CR0154", "each candidate's sex must be female"),
    ("each candidate must not be a vice chair", "CR0154", "each candidate's post must not be vice chair"),
    ("每名候选人应当为女性", "CR0154", "每名候选人的性别应当为女"),
    ("each candidate must be moved her", "CR0201", ""),
    ("representatives must be residents", "CR0203", "each representative must be residents"),
    ("representatives must be at least 18", "CR0203", "number of representatives must be at least 18"),
    ("representatives must be at least 18 years old", "CR0203", "each representative must be at least 18 years old"),
    ("居民代表应当为30至50人", "CR0203", "居民代表的数量应当为30至50人"),
    (f"{TABLE['en']}  large: 3 people\n  ordinary: 3 yuan", "CR0205", ""),
    (f"{TABLE['en']}  large: 3 to 5 people\n  ordinary: 3 yuan", "CR0205", ""),
    (f"{TABLE['en']}  large: 3 people\n  otherwise: yes", "CR0204", ""),
    (f"{TABLE['zh']}  大型的，3人\n  其他情形：3元", "CR0205", ""),
    ('reading how many "how many?"\n  taken: 3 people\n  also: 3 yuan', "CR0205", ""),
    ("units means 3", "CR0307", ""),
    ("驻社区单位数是指3个", "CR0307", ""),
    # keys below no line, without a colon, misspelt
    ("valid: from 2027-01-01", "CR0158", "  valid: from 2027-01-01"),
    ("放宽批准机关：街道办事处", "CR0158", "  放宽批准机关：街道办事处"),
    ("rule size\n  units must be 3\n  replaces number of units", "CR0121", "  replaces: number of units"),
    ("rule size\n  units must be 3\n  waiver street office", "CR0121", "  waiver: street office"),
    ("rule size\n  units must be 3\n  valdi: from 2027-01-01", "CR0302", "  valid: from 2027-01-01"),
    # who may not stand, for how long, how often, in which order
    ("no person may be a candidate if:", "CR0154", "each candidate must not meet any of these:"),
    ("each candidate must not be a candidate when:", "CR0154", "each candidate must not meet any of these:"),
    ("every voter must have resided here for at least six months before the election", "CR0154", ""),
    ("every candidate must have lived here for at least six months before the election", "CR0154", ""),
    ("each candidate must have moved here at least 1 year before election day", "CR0154",
     "each candidate's moved here must be at least 1 year before election day"),
    ("each candidate where post is chair must be 18 to 24 years old", "CR0154",
     "when post is chair: each candidate must be 18 to 24 years old"),
    ("each candidate whose post is chair must be at least 21", "CR0154",
     "when post is chair: each candidate must be at least 21"),
    ("each voter may vote for at most 3 candidates", "CR0154", ""),
    ("each holder may vote for at most 3 people", "CR0154", ""),
    ("the election must follow these steps:", "CR0154", "the election must follow this order:"),
    ("candidate list posted must come before election day", "CR0154", "candidate list posted must be before election day"),
    ("election day must follow candidate list posted", "CR0154", "election day must be after candidate list posted"),
    ("one post holder is encouraged", "CR0154", "one post holder is encouraged to be yes"),
    ("guidance group filing must be no later than 30 days from election day", "CR0154",
     "guidance group filing must be no later than 30 days after election day"),
    ("guidance group filing must be not earlier than 45 days and not later than 30 days before election day", "CR0154",
     ""),
    ("units must be on election day", "CR0154", "units must be election day"),
    ("election day must be on 1 November 2026", "CR0154", "election day must be 1 November 2026"),
    ("number needed means one person for every 100 households", "CR0154",
     "number needed means 1 person for every 100 households"),
    ("each candidate must meet all of these:\n  is an incumbent", "CR0154", "  incumbent"),
    ("each candidate must meet all of these:\n  is not part-time", "CR0154", "  not part-time"),
    ("each candidate must meet all of these:\n  age is at least 18 years on election day", "CR0154",
     "  age on election day is at least 18 years"),
    ("each candidate must meet all of these: incumbent, part-time", "CR0154", ""),
    ("women must make up 40% of representatives", "CR0154",
     "share of representatives where sex is female must be at least 40%"),
    ("each candidate must not be elected for more than three terms", "CR0101", ""),
    ("each candidate's yearly pay must be at most 3 yuan per unit", "CR0154",
     "each candidate's yearly pay must be at most 3 yuan × units"),
    ("one post holder must be true", "CR0201", "one post holder must be yes"),
    # exceptions that ask for something else
    ("each candidate's age must be at most 55 years\n  except when incumbent: age is 50 to 65", "CR0154",
     "  except when incumbent: 50 to 65"),
    ("each candidate's age must be at most 55 years\n  except incumbents: at most 65", "CR0103",
     "  except when incumbents: at most 65"),
    ("units must be at least 3 chairs", "CR0206", ""),
    # a count of those for whom several things hold
    ("number of candidates where incumbent or part-time must be at least 3", "CR0154",
     "number of candidates where (incumbent or part-time) must be at least 3"),
    ("share of candidates where post is chair or vice chair must be at least half", "CR0154",
     "share of candidates where (post is chair or vice chair) must be at least half"),
    ("候选人中，现任或兼职的人数应当不少于3人", "CR0154", "候选人中，（现任或兼职）的人数应当不少于3人"),
    ("rule size\n  units must be 3\n  lower rules may tighten", "CR0154", ""),
]  # fmt: skip


def fixed(one: Diagnostic) -> Iterator[tuple[str, str]]:
    """What each fix replaces, and by what."""
    for fix in one.fixes:
        assert isinstance(fix.place, Span)
        yield fix.place.text, fix.replacement


def denials(text: str) -> int:
    """How many words deny, without comparing words that are written with one."""
    return negations(re.sub("不得?(?:超过|少于|低于|晚于)|不足(?=[0-9])", "", text).replace("为否", "不"))


@pytest.mark.parametrize(("text", "code", "right"), MISTAKES, ids=[one[0].splitlines()[-1] for one in MISTAKES])
def test_what_is_offered_says_what_was_meant(text: str, code: str, right: str) -> None:
    one = next(one for one in found(text) if one.severity.value == "error")
    assert one.code == code
    for before, after in fixed(one):
        assert denials(before) == denials(after)
    if not right:
        assert one.fixes == ()
        return
    language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"
    *above, _ = text.split("\n")
    assert mended(text, one.fixes[0]) == HEAD[language] + "\n".join([*above, right]) + "\n"


# Sentences of the sources (facts of S0, S1b, S2e, S3), as an officer says them, with the names of cn.community; each with
# what it says, in sentences of the language.
AS_SAID = [
    ("每个居民小组应当选举1名居民代表", "每个居民小组的小组代表人数应当为1名"),
    ("居民小组推选居民代表1至3名", "每个居民小组的小组代表人数应当为1至3名"),
    ("委托投票每人不得超过3人", "每名受委托人的全体委托投票中，书面委托的数量应当不超过3"),
    ("居委会候选人应当比应选名额多1人", "全体居委会候选人的人数应当比居委会的职数多1人"),
    ("任期不得超过5年", "任期年限不得超过5年"),
    ("居委会每届任期五年", "居委会的任期年限应当为5年"),
    ("每名居民代表应当居住在本社区", "每名居民代表应当符合下列条件：\n  居住在本社区"),
    ("居民代表应当身体健康", "每名居民代表应当符合下列条件：\n  身体健康"),
    ("全体居民代表一般应当身体健康", "每名居民代表一般应当符合下列条件：\n  身体健康"),
    ("居委会候选人不得正在服刑", "每名居委会候选人不得有下列情形之一：\n  正在服刑"),
    ("选举委员会由13人组成", "选举委员会全体成员的人数应当为13人"),
    ("登记选民以户籍所在社区为准", "每名登记选民应当符合下列条件：\n  户籍在本社区"),
    ("居住一年以上的外来人员可以登记为选民",
     "每名登记选民应当符合下列条件之一：\n  户籍在本社区\n  迁入本社区之日起满1年"),
    ("每名选民只能在一个社区登记", "每名登记选民不得有下列情形之一：\n  又在其他地方登记"),
    ("与候选人有亲属关系的不得参加选举委员会", "每名选举委员会成员的近亲属不得列为全体居委会候选人"),
    ("每20户左右选举1名居民代表", "居民代表人数应当为（居民户数每20户1名，尾数舍去）"),
    ("单位代表不得超过代表总数的30%", "单位代表人数不得超过（居民代表人数 + 单位代表人数）的30%"),
    ("监督委员会成员年龄一般不超过65周岁", "每名监督委员会成员的年龄一般不超过65周岁"),
    ("党组织书记和居委会主任一人兼任的，监督委员会主任不得由社区工作者担任",
     "党组织书记为居委会主任的，监督委员会主任不得列为全体社区工作者"),
    ("选举委员会主任由党组织书记担任", "选举委员会主任应当为党组织书记"),
    ("采取直接选举的社区不得少于二分之一",
     "辖区全体社区中，选举方式为全体选民选举、户代表选举之一的比例应当不低于二分之一"),
    ("被判处刑罚或者刑满释放未满5年的，不得列为居委会候选人",
     "每名居委会候选人不得有下列情形之一：\n  正在服刑\n  刑满释放之日起未满5年"),
    ("社区工作者按每400户配备1名", "社区工作者人数应当为（居民户数每400户1名，尾数舍去）"),
    ("工作经费每个社区不得低于20万元", "工作经费不得低于20万元"),
    ("each residents group must elect one representative", "each residents group's group representatives must be 1"),
    ("representatives must be elected by each residents group",
     "each residents group's group representatives must be at least 1"),
    ("each representative must live in the community", "each representative must meet all of these:\n  lives here"),
    ("supervision members must live or work here",
     "each supervision member must meet any of these:\n  lives here\n  works here"),
    ("the secretary should also be the committee chair", "the secretary should be the committee chair"),
    ("no voter may hold more than three proxies",
     "number of each holder's proxies where in writing must be at most 3"),
    ("committee candidates must exceed the size by one",
     "number of committee candidates must be at least 1 more than residents committee's size"),
    ("the election committee must consist of 13 people", "number of election committee members must be 13"),
    ("the election committee must be chaired by the secretary", "election committee head must be secretary"),
    ("relatives of a candidate may not sit on the election committee",
     "each election committee member's relatives must not be among committee candidates"),
    ("unit representatives must not exceed 30% of all representatives",
     "unit representatives must not be more than 30% of (unit representatives + resident representatives)"),
    ("at least half of the communities must hold direct elections",
     "share of communities where electorate is one of all voters, household delegates must be at least half"),
    ("a re-election may take place only after three full years",
     "election day must be at least 3 years after previous election day"),
    ("the candidate list must be posted three days before election day",
     "candidate list posted must be at least 3 days before election day"),
    ("each street should have at least one community without candidates",
     "number of each street's communities where candidacy is no candidates should be at least 1"),
    ("each community must have a budget of at least 200000 yuan", "budget must be at least 200000 yuan"),
    ("supervision members should be no older than 65", "each supervision member's age should be at most 65"),
    ("new team members must be at most 51 years old", "when incumbent is no: each team member's age must be at most 51"),
    ("persons released from prison less than five years ago may not stand",
     "each committee candidate must not meet any of these:\n  released less than 5 years ago"),
    ("the term of the residents committee is five years", "residents committee's term must be 5 years"),
    ("each voter may only register in one community",
     "each registered voter must not meet any of these:\n  registered elsewhere too"),
    ("units must be at least 3 but not more than 24", "units must be at least 3 and not more than 24"),
    ("units must not be less than 3 nor more than 24", "units must be at least 3 and at most 24"),
    ("each committee candidate must be at least 18 but not more than 24 years old",
     "each committee candidate must be at least 18 and not more than 24 years old"),
    ("the residents committee consists of 5 to 9 members", "residents committee's size must be 5 to 9"),
    ("votes must be counted in public", "counted in public must be yes"),
    ("ballots must be counted in public", "counted in public must be yes"),
    ("there must be 7 committee candidates", "number of committee candidates must be 7"),
]  # fmt: skip

# What has to be declared before it can be said is left open in what is shown.
SHOWN_WITH_GAPS = [
    ("no two committee candidates may be relatives", "each …'s relatives must not be among committee candidates"),
    ("committee candidates may not be related to each other",
     "each …'s relatives must not be among committee candidates"),
    ("committee candidates under the age of 21 are not allowed", "each … must be at least 21 years of age"),
    ("a person convicted of fraud may not stand for 6 years after the sentence",
     "each … must not meet any of these: ⏎ … less than 6 years ago"),
    ("each committee candidate must be proposed by at least two voters",
     "each committee candidate's … must be at least 2"),
    ("each committee candidate must have resided in the barangay for at least 1 year before election day",
     "each committee candidate's … must be at least 1 year before election day"),
    ("each committee candidate must be a resident of the town for at least six months preceding the election day",
     "each committee candidate's … must be at least 6 months before election day"),
    ("each committee candidate must have lived here for at least one year",
     "each committee candidate must meet all of these: ⏎ … at least 1 year ago"),
    ("no committee candidate may serve for more than three consecutive terms in the same position",
     "each committee candidate's … must be at most 3"),
    ("candidates sentenced by final judgment are disqualified for two years after serving sentence",
     "each … must not meet any of these: ⏎ … less than 2 years ago"),
    ("the campaign period begins 10 days before and ends 2 days before election day",
     "… must be exactly 10 days before election day ⏎ … must be exactly 2 days before election day"),
    ("each holder may vote for at most 3 people", "(a line below “contest”) void ballot: marks more than seats"),
    ("each committee candidate must be able to read and write",
     "each committee candidate must meet all of these: ⏎ read and write"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), SHOWN_WITH_GAPS, ids=[one[0] for one in SHOWN_WITH_GAPS])
def test_what_needs_a_declaration_first_is_shown_with_a_gap(text: str, right: str) -> None:
    one = civicrules.compile(f"{HEAD['en'].replace('sample.community', 'cn.community')}{text}\n").diagnostics[0]
    assert (one.code, one.data["right"], one.fixes) == ("CR0154", right, ())


@pytest.mark.parametrize(("text", "right"), AS_SAID, ids=[one[0] for one in AS_SAID])
def test_what_an_officer_says_is_answered_with_a_sentence_that_compiles(text: str, right: str) -> None:
    language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"
    head = HEAD[language].replace("sample.community", "cn.community")
    one = civicrules.compile(f"{head}{text}\n").diagnostics[0]
    assert one.code == "CR0154"
    again = mended(text, one.fixes[0])
    assert again == f"{head}{right}\n"
    assert not [d for d in civicrules.compile(again).diagnostics if d.severity.value in ("error", "warning")]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("任期不得超过5年", "选举日应当自上届选举日起5年内"),
        ("任期应当为5年", "选举日应当自上届选举日起满5年"),
    ],
)
def test_a_term_without_a_fact_of_its_own_is_said_of_two_election_days(text: str, right: str) -> None:
    (one,) = found(text)
    assert (one.code, one.data["right"]) == ("CR0154", right)


@pytest.mark.parametrize("text", [one[0] for one in MISTAKES], ids=[one[0].splitlines()[-1] for one in MISTAKES])
def test_what_is_safe_to_write_compiles(text: str) -> None:
    for one in found(text):
        for fix in one.fixes:
            if fix.safe:
                assert civicrules.compile(mended(text, fix), library=LIBRARY).diagnostics == ()


# A choice that is also a word (一般), a definition (half), a rule (may); and the same text with other names.
NAMED_LIKE_WORDS = [
    ("每名候选人的年龄一般不超过55周岁", "每名候选人的年龄一般不超过55周岁"),
    ("小区规模为一般的：\n  驻社区单位数一般不超过9个", "小区规模为普通的：\n  驻社区单位数一般不超过9个"),
    ("小区规模为「一般」的，驻社区单位数一般不超过9个", "小区规模为普通的，驻社区单位数一般不超过9个"),
    ("half means 3\nunits must be at most half of households", "few means 3\nunits must be at most half of households"),
    ("half means 3\nunits must be at most 「half」", "half means 3\nunits must be at most 3"),
    ("under means 5\nunits must be under 9", "few means 5\nunits must be under 9"),
    ("rule may\n  units must be 9\nunits may be 9", "rule few\n  units must be 9\nunits may be 9"),
]


@pytest.mark.parametrize(("text", "same"), NAMED_LIKE_WORDS)
def test_a_name_like_a_word_of_the_language_hides_no_word(text: str, same: str) -> None:
    language = "zh" if "\u4e00" <= text[0] <= "\u9fff" else "en"
    vocabulary = VOCABULARY.replace("ordinary/普通", "ordinary/一般") if language == "zh" else VOCABULARY
    programs = [
        civicrules.load(text=f"{HEAD[language]}{one}\n", library=civicrules.MappingLibrary({"sample.community": words}))
        for one, words in ((text, vocabulary), (same, VOCABULARY))
    ]
    first, second = (
        [(s.force, s.guard, s.requirement.comparison) for rule in one.program.rules for s in rule.sentences]  # type: ignore[union-attr]
        for one in programs
    )
    assert [one.diagnostics for one in programs] == [(), ()]
    assert str(first).replace("ordinary", "") == str(second).replace("ordinary", "")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("eligible means:\n  age is at least 18\n  in good health", "eligible means all of these:"),
        ("符合资格是指：\n  年满18周岁\n  身体健康", "符合资格是指符合下列条件："),
        ("each candidate must be:\n  in good health\n  part-time", "each candidate must meet all of these:"),
        ("每名候选人应当：\n  身体健康\n  年满18周岁", "每名候选人应当符合下列条件："),
    ],
)
def test_a_head_without_how_many_of_its_items_is_mended_alone(text: str, right: str) -> None:
    (one,) = found(text)
    whole = mended(text, one.fixes[0])
    assert right in whole
    assert not civicrules.compile(whole, library=LIBRARY).diagnostics


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("候选人应当年满18周岁\n  但是现任的除外", "候选人"),  # not also 现任, of which it is not said whose it is
        ("households must be xyz\n  except when estate is lrge: at least 3", "xyz"),
        ("each candidate must foo all of these:\n  in good health\n    except when part-time", "all of these"),
    ],
)
def test_what_stands_below_a_sentence_that_is_wrong_is_not_blamed(text: str, place: str) -> None:
    (one,) = found(text)
    assert isinstance(one.place, Span)
    assert one.place.text == place


def test_what_is_shown_beside_a_mistake_is_of_the_text_itself() -> None:
    """The units that there are, the edge that two rows share, a citation of the source that the head declares."""
    assert found("units must be at least 3 chairs")[0].data["known"][0].text("en") == "households"
    (overlap,) = found(f"{NUMBER['en']}  1000 or fewer: 3\n  1000 or more: 5")
    assert (overlap.code, overlap.data["edge"]) == ("CR0310", 1000)
    (uncited,) = found('section "Others"\n\nunits must be at least 3')
    assert (uncited.code, uncited.data["example"].text("en")) == ("CR0304", "law 7(2)")


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("units must be at least 18\n  except when estate is large: 10 to 20", "但是小区规模为大型的，10至20个"),
        ("units must be at least 3\n  except when estate is large: 10% to 20% of households", "居民户数的10%至20%"),
    ],
)
def test_an_exception_may_ask_for_a_range(text: str, chinese: str) -> None:
    assert found(text) == ()
    translated = civicrules.format(f"{HEAD['en']}{text}\n", "zh", library=LIBRARY).text
    assert chinese in translated
    assert civicrules.compile(translated, library=LIBRARY).diagnostics == ()


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("the candidate with the most votes wins", "elected: most votes first"),
        ("whoever gets the greatest number of votes is elected", "elected: most votes first"),
        ("in case of a tie lots are drawn", "tie: lot"),
        ("if two have equal votes they vote again", "tie: another vote among the tied · tie: lot"),
    ],
)
def test_who_wins_said_below_a_contest_is_answered_with_its_line(line: str, right: str) -> None:
    text = f"{HEAD['en'].replace('sample.community', 'cn.community')}contest chair [notice 1]\n  posts: chair\n  seats: 1\n"
    found = civicrules.compile(f"{text}  candidates: candidates\n  {line}\n").diagnostics
    assert ("CR0154", right) in [(one.code, one.data.get("right")) for one in found]


def test_a_fact_inside_an_unknown_name_is_told_with_what_it_leaves_out() -> None:
    head = HEAD["en"].replace("sample.community", "cn.community")
    (one,) = civicrules.compile(f"{head}each committee candidate must be an incumbent of Rivertown\n").diagnostics
    assert (one.code, one.data.get("part"), one.fixes) == ("CR0201", "incumbent", ())
    assert "Rivertown" in str(one.data["lost"])


def test_a_list_that_was_not_understood_is_not_blamed_where_its_members_are_named() -> None:
    words = 'civicrules 1 en\n\nvocabulary toy "Toy"\n\nentity candidate\n  fit: yes/no\n\n'
    words += "list candidates of candidate, each candidate, public names\n"
    text = 'civicrules 1 en\n\nruleset toy.rules "Toy"\n  facts: toy\n  source law: "The law"\n\n'
    text += "each candidate must be fit [law 1]\n"
    found = civicrules.compile(text, library=civicrules.MappingLibrary({"toy": words})).diagnostics
    assert "CR0210" not in {one.code for one in found} and found[0].code == "CR0101"
