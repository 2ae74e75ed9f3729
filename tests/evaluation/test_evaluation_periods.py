"""Periods against a calendar counted out day by day: both sides of each edge, ends of months, 29 February, days missing.

The small functions at the top count as the conventions say in words, one day or one year at a time; none of them uses
`civicrules.days`. A missing day is tried at every day of a window around the edge.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

import civicrules
from civicrules import Rules
from civicrules.findings import Finding, Verdict
from civicrules.library import MappingLibrary

HOLDS, FAILS, CANNOT_SAY = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY
DAY = timedelta(1)

VOCABULARY = """civicrules 1 en

vocabulary days "Days of an election"

entity community / 社区
  election day / 选举日: date
  list posted / 名单公布日: date
  result posted / 结果公布日: date

entity person / 人员
  name / 姓名: text, identifies
  birth date / 出生日期: date
  age / 年龄: number in years, counted from birth date
  released / 刑满释放: date, none allowed

list candidates / 全体候选人: person, each candidate / 候选人, public names
"""
BACK = {
    "event day not counted": 0,  # three days before the 16th: the 13th
    "event day counted": 1,  # the 14th
    "clear days": -1,  # the 12th
}


def rules(sentence: str, **header: str) -> Rules:
    lines = {"age date": "election day", **{key.replace("_", " "): value for key, value in header.items()}}
    stated = "\n".join(f"  {key}: {value}" for key, value in lines.items())
    head = f'civicrules 1 en\n\nruleset days "Days"\n  facts: days\n{stated}\n  source law: "Law"\n\n'
    text = f'{head}section "Days" [law 1]\n\n{sentence}\n'
    return civicrules.load(text=text, library=MappingLibrary({"days": VOCABULARY}))


def judged(of: Rules, candidate: dict[str, object] | None = None, **community: object) -> Finding:
    plan: dict[str, object] = {"community": {key.replace("_", " "): value for key, value in community.items()}}
    if candidate is not None:
        plan["candidates"] = [{"name": "Ann", **{key.replace("_", " "): value for key, value in candidate.items()}}]
    report = of.check(plan, advice=False)
    assert report.diagnostics == ()
    return report.findings[0]


def days_around(middle: date, reach: int = 3) -> Iterator[date]:
    return (middle + step * DAY for step in range(-reach, reach + 1))


def anniversary(day: date, years: int, following: bool = False) -> date:
    """The day of the same number so many years on; of 29 February the last of the month, or the day following it."""
    if day.day <= monthrange(day.year + years, day.month)[1]:
        return date(day.year + years, day.month, day.day)
    return date(day.year + years, 3, 1) if following else date(day.year + years, 2, 28)


BIRTHS = [date(1990, 3, 16), date(1992, 2, 29), date(1990, 1, 31), date(1989, 12, 31), date(1990, 3, 1)]
MISSING_DAY = {"last day of the month": False, "following day": True}


# ---------------------------------------------------------------- less than 5 years ago


@pytest.mark.parametrize("following", MISSING_DAY.values(), ids=MISSING_DAY)
@pytest.mark.parametrize("released", BIRTHS, ids=str)
def test_less_than_five_years_ago_ends_on_the_fifth_anniversary(released: date, following: bool) -> None:
    """Five years have passed on the day of the same number (Civil Code, articles 200 to 202): 不满5年 until the day before."""
    way = next(name for name, value in MISSING_DAY.items() if value == following)
    of = rules("each candidate must not meet any of these:\n  released less than 5 years ago", missing_day=way)
    end = anniversary(released, 5, following)
    for election in days_around(end):
        found = judged(of, {"released": released}, election_day=election)
        assert found.verdict is (HOLDS if election >= end else FAILS), election


def test_who_was_never_released_was_not_released_less_than_five_years_ago() -> None:
    of = rules("each candidate must not meet any of these:\n  released less than 5 years ago")
    assert judged(of, {"released": None}, election_day=date(2012, 8, 30)).verdict is CANNOT_SAY
    assert judged(of, {"released": "none"}, election_day=date(2012, 8, 30)).verdict is HOLDS
    assert judged(of, {"released": "none"}).verdict is HOLDS


@pytest.mark.parametrize("word", ["less than", "at least", "more than", "at most"])
@pytest.mark.parametrize("election", [date(2012, 2, 29), date(2013, 2, 28), date(2012, 8, 30)], ids=str)
def test_a_missing_day_of_release_stays_open_exactly_where_two_days_differ(word: str, election: date) -> None:
    """With the election day given both answers are left, so that the one missing day is named and nothing else."""
    of = rules(f"each candidate must meet all of these:\n  released {word} 5 years ago")
    found = judged(of, {}, election_day=election)
    assert (found.verdict, [one.key for one in found.missing]) == (CANNOT_SAY, ["candidates[0].released"])
    answers = {judged(of, {"released": day}, election_day=election).verdict for day in _window(election, 5)}
    assert answers == {HOLDS, FAILS}


def _window(election: date, years: int) -> Iterator[date]:
    return (day for back in (years, years + 1) for day in days_around(anniversary(election, -back), 2))


@pytest.mark.parametrize("word", ["less than", "at least", "more than", "at most"])
def test_the_words_of_a_period_against_whole_years_counted_out(word: str) -> None:
    """`more than 5 years ago` asks for a sixth: whole years count, and 5 years and a day are 5."""
    of = rules(f"each candidate must meet all of these:\n  released {word} 5 years ago")
    election = date(2012, 8, 30)
    for released in _window(election, 5):
        years = max(n for n in range(10) if anniversary(released, n) <= election)
        expected = {"less than": years < 5, "at least": years >= 5, "more than": years > 5, "at most": years <= 5}
        found = judged(of, {"released": released}, election_day=election)
        assert found.verdict is (HOLDS if expected[word] else FAILS), (released, years)


def test_a_missing_election_day_is_named_and_only_that_one() -> None:
    of = rules("each candidate must not meet any of these:\n  released less than 5 years ago")
    found = judged(of, {"released": date(2008, 2, 29)})
    assert (found.verdict, [one.key for one in found.missing]) == (CANNOT_SAY, ["community.election_day"])


# ---------------------------------------------------------------- ages


@pytest.mark.parametrize("reached", ["birthday", "day after the birthday"])
@pytest.mark.parametrize("following", MISSING_DAY.values(), ids=MISSING_DAY)
@pytest.mark.parametrize("birth", BIRTHS, ids=str)
def test_at_least_eighteen_from_the_birthday_that_the_ruleset_names(birth: date, following: bool, reached: str) -> None:
    way = next(name for name, value in MISSING_DAY.items() if value == following)
    of = rules("each candidate's age must be at least 18", missing_day=way, age_reached=reached)
    first = anniversary(birth, 18, following) + (DAY if reached != "birthday" else 0 * DAY)
    for election in days_around(first):
        found = judged(of, {"birth date": birth}, election_day=election)
        assert found.verdict is (HOLDS if election >= first else FAILS), election


@pytest.mark.parametrize(("limit", "holds"), [("at most 60", 60), ("less than 61", 60), ("more than 59", 60)])
def test_an_age_limit_lasts_until_the_day_before_the_next_birthday(limit: str, holds: int) -> None:
    of = rules(f"each candidate's age must be {limit}")
    birth = date(1952, 2, 29)
    for years in (holds - 1, holds, holds + 1):
        for election in days_around(anniversary(birth, years), 1):
            age = max(n for n in range(100) if anniversary(birth, n) <= election)
            expected = {"at most 60": age <= 60, "less than 61": age < 61, "more than 59": age > 59}[limit]
            found = judged(of, {"birth date": birth}, election_day=election)
            assert found.verdict is (HOLDS if expected else FAILS), (election, age)


def test_an_age_that_is_stated_needs_no_birth_date() -> None:
    of = rules("each candidate's age must be at least 18")
    assert judged(of, {"age": 18}).verdict is HOLDS
    assert judged(of, {"age": 17}).verdict is FAILS
    found = judged(of, {}, election_day=date(2012, 8, 30))
    assert found.verdict is CANNOT_SAY
    assert [one.key for one in found.missing] == ["candidates[0].birth_date"]


# ---------------------------------------------------------------- days before and after


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("last_day", [date(2012, 2, 26), date(2013, 2, 26), date(2012, 12, 28)], ids=str)
def test_within_five_days_after_from_the_day_itself_to_the_fifth(last_day: date, counted: bool) -> None:
    way = "first day counted" if counted else "first day not counted"
    of = rules("result posted must be within 5 days after election day", days_forward=way)
    end = last_day + (4 if counted else 5) * DAY
    for posted in (*days_around(last_day, 1), *days_around(end, 1)):
        found = judged(of, election_day=last_day, result_posted=posted)
        assert found.verdict is (HOLDS if last_day <= posted <= end else FAILS), posted


@pytest.mark.parametrize("way", BACK)
@pytest.mark.parametrize("election", [date(2012, 3, 1), date(2013, 3, 2), date(2012, 3, 16)], ids=str)
def test_at_least_three_days_before_under_each_convention(way: str, election: date) -> None:
    of = rules("list posted must be at least 3 days before election day", days_back=way)
    latest = election + (BACK[way] - 3) * DAY
    for posted in days_around(latest):
        found = judged(of, election_day=election, list_posted=posted)
        assert found.verdict is (HOLDS if posted <= latest else FAILS), posted


@pytest.mark.parametrize("way", BACK)
def test_either_missing_day_is_named(way: str) -> None:
    of = rules("list posted must be at least 3 days before election day", days_back=way)
    election = date(2012, 3, 1)
    for given, missing in (({"election_day": election}, "list_posted"), ({"list_posted": election}, "election_day")):
        found = judged(of, **given)
        assert (found.verdict, [one.key for one in found.missing]) == (CANNOT_SAY, [f"community.{missing}"])
    both = judged(of)
    assert {one.key for one in both.missing} == {"community.list_posted", "community.election_day"}


@pytest.mark.parametrize("event", [date(2012, 3, 31), date(2013, 3, 30), date(2012, 2, 29)], ids=str)
def test_a_month_before_the_end_of_a_month(event: date) -> None:
    """31 March and a month back is 29 February in a leap year (Civil Code, article 202)."""
    of = rules("list posted must be at least 1 month before election day", days_back="event day not counted")
    month = event.month - 1
    latest = date(event.year, month, min(event.day, monthrange(event.year, month)[1]))
    for posted in days_around(latest, 2):
        found = judged(of, election_day=event, list_posted=posted)
        assert found.verdict is (HOLDS if posted <= latest else FAILS), posted


def test_a_missing_day_that_every_answer_agrees_on_is_not_named() -> None:
    of = rules("each candidate must meet any of these:\n  age is at least 18\n  age is less than 18")
    found = judged(of, {}, election_day=date(2012, 3, 1))
    assert (found.verdict, found.missing) == (HOLDS, ())
