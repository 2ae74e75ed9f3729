"""What stands beside the findings of a plan: bands, days, the days that sentences count, ballot accounts.

By hand: 30 days before 30 August is 31 July, the day of the event not counted; three years from 1 March 2009 end on
1 March 2012.
"""

from __future__ import annotations

from datetime import date

import pytest

from civicrules import MappingLibrary, Rules, load
from civicrules.findings import Bands
from civicrules.program import Comparison

VOCABULARY = """civicrules 1 en

vocabulary toy.plan "Plans"

unit person / 人: people

entity community / 社区
  households / 居民户数: number in people
  least / 起点: number in people
  size / 职数: number in people
  election day / 选举日: date
  posted / 公布日: date
  secret day / 保密日: date, personal

entity ballot account / 选票
  ballots returned / 收回票数: number
  valid ballots / 有效票数: number
  invalid ballots / 无效票数: number
  blank ballots / 空白票数: number
"""
RULES = """civicrules 1 en

ruleset toy.plan-rules "Rules"
  facts: toy.plan
  days back: election day not counted
  source law: "The law"

wanted size is set by households:
  fewer than 100: 3 people
  100 to 200: 5 people
  more than 200: 7 people

later size is set by households:
  fewer than least: 3 people
  otherwise: 4 people

rule sizes
  size must be wanted size [law 1]
  size must be at least later size [law 2]

rule days
  posted must be at least 30 days before election day [law 3]
  when size is 9: posted must be at least 60 days before election day [law 4]
"""


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load(text=RULES, library=MappingLibrary({"toy.plan": VOCABULARY}))


def bands(rules: Rules, **facts: object) -> dict[str, Bands]:
    return {one.id: one for one in rules.check({"community": facts}, drawn=True).beside.bands}


@pytest.mark.parametrize(("households", "fits"), [(99, 0), (100, 1), (200, 1), (201, 2)])
def test_a_row_ends_where_it_says(rules: Rules, households: int, fits: int) -> None:
    found = bands(rules, households=households, size=5)["wanted_size"]
    assert [one.fits for one in found.bands] == [at == fits for at in range(3)]
    ends = [(one.low, one.low_included, one.high, one.high_included) for one in found.bands]
    assert ends == [(None, True, 100, False), (100, True, 200, True), (200, False, None, True)]
    assert (found.by.value, [one.value for one in found.bands]) == (households, [3, 5, 7])


def test_what_is_not_known(rules: Rules) -> None:
    """Without the number no band is said to fit; a table whose edge is not known is no row of bands."""
    found = bands(rules, size=5)
    assert [one.fits for one in found["wanted_size"].bands] == [None, None, None]
    assert "later_size" not in found and "later_size" in bands(rules, size=5, least=50)


def test_days_and_those_that_sentences_count(rules: Rules) -> None:
    days = {"election day": "2012-08-30", "posted": "2012-08-01", "secret day": "2012-01-01"}
    beside = rules.check({"community": days}, drawn=True).beside
    assert [one.value for one in beside.days] == [date(2012, 8, 30), date(2012, 8, 1)]
    (limit,) = (one for one in beside.limits if one.sentence.guard is None)
    assert (limit.day, limit.comparison) == (date(2012, 7, 31), Comparison.AT_MOST)
    assert limit.of.text("en") == "posted"


def test_a_sentence_that_does_not_apply_counts_no_day(rules: Rules) -> None:
    days = {"election day": "2012-08-30", "posted": "2012-08-01"}
    assert len(rules.check({"community": {**days, "size": 5}}, drawn=True).beside.limits) == 1
    assert len(rules.check({"community": {**days, "size": 9}}, drawn=True).beside.limits) == 2


@pytest.mark.parametrize(("blank", "residual"), [(10, 5), (15, 0), (16, -1), (None, None)])
def test_what_the_parts_leave_of_the_ballots(rules: Rules, blank: int | None, residual: int | None) -> None:
    """100 returned, 80 valid and 5 invalid leave 15."""
    figures: dict[str, object] = {"ballots returned": 100, "valid ballots": 80, "invalid ballots": 5}
    figures |= {} if blank is None else {"blank ballots": blank}
    (account,) = rules.check({"ballot account": figures}, drawn=True).beside.accounts
    assert account.residual == residual and account.figures["valid_ballots"].value == 80


def test_without_ballots_there_is_no_account(rules: Rules) -> None:
    assert rules.check({"community": {"size": 5}}, drawn=True).beside.accounts == ()
