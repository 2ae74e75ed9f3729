"""What counts look for in a vocabulary may be named in Chinese alone."""

from __future__ import annotations

import pytest

import civicrules
from civicrules.diagnostics import has_errors
from civicrules.library import Libraries, MappingLibrary, shipped
from civicrules.outcome import Decided

WORDS = """civicrules 1 zh

词汇表 coop.words “股份合作社”
单位 名
对象 合作社
  登记选民数：数字 单位为名
  收回票数：数字 单位为名
对象 人员
  姓名：文字
  职务：理事长、理事之一
  得票数：数字 单位为名
名单 全体候选人：人员，每项称候选人，姓名公开
"""
RULES = """civicrules 1 zh

规则集 coop.rules “选举办法”
  词汇：coop.words
  来源 章程：“章程”

选举 理事会 〔章程 1〕
  职位：理事长
  应选名额：1
  候选人：全体候选人
  当选：得票数超过收回票数的半数，得票多者当选
  得票相等：抽签
"""


@pytest.mark.parametrize(("votes", "elected"), [(51, {"张三"}), (50, set())])
def test_a_vocabulary_in_chinese_alone_counts(votes: int, elected: set[str]) -> None:
    library = Libraries((MappingLibrary({"coop.words": WORDS}), shipped()))
    rules = civicrules.load(text=RULES, library=library)
    assert not has_errors(rules.diagnostics)
    people = [{"姓名": "张三", "职务": "理事长", "得票数": votes}, {"姓名": "李四", "职务": "理事长", "得票数": 20}]
    outcome = rules.contest("理事会", {"合作社": {"收回票数": 100}, "全体候选人": people}).count()
    assert isinstance(outcome, Decided)
    assert {seat.receiver for seat in outcome.seats} == elected
