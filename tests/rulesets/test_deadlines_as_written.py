"""Deadlines before a day in the words of laws, judged a day before, on and a day after the edge.

Counted by hand: with 20 August 2012 not counted, the 30th day before it is 21 July 2012.
"""

from __future__ import annotations

import pytest

import civicrules

HEAD = {
    "en": 'civicrules 1 en\nruleset t "T"\n  facts: cn.community\n  days back: election day not counted\n'
    '  source act / 办法: "Act"\n\ncandidate list posted {} [act 1]\n',
    "zh": "civicrules 1 zh\n规则集 t “T”\n  词汇：cn.community\n  倒推天数：选举日不计入\n"
    "  来源 办法 / act：“办法”\n\n候选人名单公布日{} 〔办法 1〕\n",
}
DAYS = ("2012-07-20", "2012-07-21", "2012-07-22")
AT_LEAST, AT_MOST, MORE, LESS = (True, True, False), (False, True, True), (True, False, False), (False, False, True)
FORMS = [
    ("en", "must be at least 30 days before election day", AT_LEAST),
    ("en", "must not be less than 30 days before election day", AT_LEAST),
    ("en", "must not be fewer than 30 days before election day", AT_LEAST),
    ("en", "must be no less than 30 days before election day", AT_LEAST),
    ("en", "must be no later than 30 days before election day", AT_LEAST),
    ("en", "must be at most 30 days before election day", AT_MOST),
    ("en", "must not be more than 30 days before election day", AT_MOST),
    ("en", "must be no earlier than 30 days before election day", AT_MOST),
    ("en", "must be within 30 days before election day", AT_MOST),
    ("en", "must be more than 30 days before election day", MORE),
    ("en", "must be less than 30 days before election day", LESS),
    ("zh", "应当不少于选举日的30日前", AT_LEAST),
    ("zh", "不得少于选举日的30日前", AT_LEAST),
    ("zh", "不得少于选举日前30日", AT_LEAST),
    ("zh", "应当在选举日30日以前", AT_LEAST),
    ("zh", "应当在选举日前不少于30日", AT_LEAST),
    ("zh", "不得晚于选举日前30日", AT_LEAST),
    ("zh", "应当早于选举日30日以上", AT_LEAST),
    ("zh", "不得早于选举日前30日", AT_MOST),
    ("zh", "应当在选举日前30日内", AT_MOST),
]


@pytest.mark.parametrize(("language", "asked", "holds"), FORMS)
def test_more_time_before_a_day_is_an_earlier_day(language: str, asked: str, holds: tuple[bool, ...]) -> None:
    rules = civicrules.load(text=HEAD[language].format(asked))
    plans = [{"community": {"election day": "2012-08-20", "candidate list posted": day}} for day in DAYS]
    assert tuple(rules.check(plan).findings[0].verdict.name == "HOLDS" for plan in plans) == holds


@pytest.mark.parametrize(("language", "condition"), [("en", "less than"), ("en", "fewer than"), ("en", "under")])
def test_less_than_so_long_before_in_a_condition(language: str, condition: str) -> None:
    guard = f"when candidate list posted is {condition} 30 days before election day: units must be 3"
    rules = civicrules.load(text=HEAD[language].replace("candidate list posted {}", guard))
    plans = [{"community": {"election day": "2012-08-20", "candidate list posted": day, "units": 3}} for day in DAYS]
    assert tuple(rules.check(plan).findings[0].verdict.name == "HOLDS" for plan in plans) == LESS
