"""A rule without a name has the same id in both languages: from the ids of what its subject names."""

from __future__ import annotations

import pytest

from civicrules.builtins import registry
from civicrules.library import Libraries, MappingLibrary, shipped
from civicrules.pipeline import compile_source
from civicrules.source import Source

VOCABULARY = """civicrules 1 en

vocabulary toy.town "Town"
unit member / 名: members / 人
entity town / 镇
  members of the board / 委员人数: number in members
entity person / 人员
  sex / 性别: one of male/男, female/女
  age / 年龄: number in members
  given / 证件数: number in members
entity ward / 分区
  street / 街道: text
  size / 规模: one of large/大型, small/小型
list candidates / 全体候选人: people, each candidate / 候选人
list wards / 全部分区: ward, each ward / 分区
"""
GROUP = {
    "en": "women means candidates where sex is female [law 1]\n  in Chinese: 女性候选人\n",
    "zh": "女性候选人是指全体候选人中，性别为女者 〔法律 1〕\n  英文：women\n",
}
HEAD = {
    "en": 'civicrules 1 en\nruleset toy.x\n  facts: toy.town\n  source law / 法律: "Law"\n\n',
    "zh": "civicrules 1 zh\n规则集 toy.x\n  词汇：toy.town\n  来源 法律 / law：“法律”\n\n",
}
SUBJECTS = [
    ("number of candidates", "全体候选人的数量", "number_of_candidates"),
    (
        "number of candidates where sex is female",
        "全体候选人中，性别为女的数量",
        "number_of_candidates_where_sex_is_female",
    ),
    (
        "share of candidates where sex is female",
        "全体候选人中，性别为女的比例",
        "share_of_candidates_where_sex_is_female",
    ),
    ("share of candidates where sex is male", "全体候选人中，性别为男的比例", "share_of_candidates_where_sex_is_male"),
    ("number of women", "女性候选人的数量", "number_of_women"),
    (
        "share of women where age is less than 30",
        "女性候选人中，年龄不满30的比例",
        "share_of_women_where_age_is_less_than_30",
    ),
    (
        "number of each street's wards where size is large",
        "每个街道的全部分区中，规模为大型的数量",
        "number_of_each_streets_wards_where_size_is_large",
    ),
    ("total of candidates' given", "全体候选人的证件数之和", "total_of_candidates_given"),
]


def ids(language: str, sentence: str) -> list[str]:
    library = Libraries((MappingLibrary({"toy.town": VOCABULARY}), shipped()))
    text = HEAD[language] + GROUP[language] + sentence + "\n"
    compiled = compile_source(Source("t", text), library, registry())
    assert compiled.program is not None
    assert [d.code for d in compiled.diagnostics] == [], compiled.diagnostics
    return [rule.id for rule in compiled.program.rules]


@pytest.mark.parametrize(("english", "chinese", "id"), SUBJECTS)
def test_counts_and_shares(english: str, chinese: str, id: str) -> None:
    bound = "half" if english.startswith("share") else "3"
    chinese_bound = "半数" if english.startswith("share") else "3"
    assert ids("en", f"{english} must be at least {bound} [law 1]") == [id]
    assert ids("zh", f"{chinese}应当不少于{chinese_bound} 〔法律 1〕") == [id]


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        # called after the same fact of different members
        ("each candidate's age must be at least 3 [law 1]\neach ward's size must be large [law 1]\n", []),
        # a rule that was given a name may not take that of another, nor another take its name
        ("each candidate's age must be at least 3 [law 1]\nrule age [law 1]\n  units must be 3\n", ["CR0307"]),
        ("rule age [law 1]\n  units must be 3\neach candidate's age must be at least 3 [law 1]\n", ["CR0306"]),
    ],
)
def test_no_two_rules_bear_one_name(rules: str, codes: list[str]) -> None:
    library = Libraries((MappingLibrary({"toy.town": VOCABULARY}), shipped()))
    text = HEAD["en"] + rules.replace("units must be 3", "members of the board must be 3")
    found = compile_source(Source("t", text), library, registry())
    assert [one.code for one in found.diagnostics] == codes
