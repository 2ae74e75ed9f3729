"""Days as the sources count them, and both sides of each edge; every expected day is from an article or a hand count."""

from __future__ import annotations

from datetime import date

import pytest

from civicrules.days import (
    AgeReached,
    Back,
    Calendar,
    Conventions,
    Forward,
    LastDay,
    MissingDay,
    Unit,
    age,
    ahead,
    elapsed,
    reached,
    shift,
)

USUAL = Conventions(back=Back.EVENT_NOT_COUNTED)

# October 2007 began on a Monday. Five holidays from it; the weekend before is worked in exchange for the 4th and 5th.
AUTUMN = Calendar(
    date(2007, 9, 1),
    date(2007, 10, 31),
    weekend=frozenset({6, 7}),
    holidays=frozenset(date(2007, 10, day) for day in range(1, 6)),
    make_up=frozenset({date(2007, 9, 29), date(2007, 9, 30)}),
)


def day(text: str) -> date:
    return date.fromisoformat(text)


# Counting back: 3 days before 16 March and 20 days before 19 April, by hand. The first and the third are also the two
# ways of article 5 of Taiwan's Public Officials Election and Recall Act (投票日前幾日, 投票日幾日前).
@pytest.mark.parametrize(
    "back, three, twenty",
    [
        (Back.EVENT_NOT_COUNTED, "2013-03-13", "2013-03-30"),
        (Back.CLEAR_DAYS, "2013-03-12", "2013-03-29"),
        (Back.EVENT_COUNTED, "2013-03-14", "2013-03-31"),
    ],
)
def test_notice_before_an_election(back: Back, three: str, twenty: str) -> None:
    conventions = Conventions(back=back)
    assert shift(day("2013-03-16"), 3, Unit.DAY, conventions, back=True) == day(three)
    assert shift(day("2013-04-19"), 20, Unit.DAY, conventions, back=True) == day(twenty)
    assert ahead(day(three), day("2013-03-16"), Unit.DAY, conventions) == 3
    assert ahead(day(twenty), day("2013-04-19"), Unit.DAY, conventions) == 20


def test_full_days_lie_between_when_days_are_clear() -> None:
    latest = shift(day("2013-03-16"), 3, Unit.DAY, Conventions(back=Back.CLEAR_DAYS), back=True)
    assert latest is not None
    assert [date(2013, 3, n) for n in (13, 14, 15)] == [
        date.fromordinal(n) for n in range(latest.toordinal() + 1, day("2013-03-16").toordinal())
    ]


@pytest.mark.parametrize("back", Back)
def test_a_notice_of_less_than_one_day(back: Back) -> None:
    event, conventions = day("2013-03-16"), Conventions(back=back)
    assert shift(event, 0, Unit.DAY, conventions, back=True) == event
    assert ahead(event, event, Unit.DAY, conventions) == (1 if back is Back.EVENT_COUNTED else 0)
    assert ahead(day("2013-03-17"), event, Unit.DAY, conventions) == -1


def test_counting_back_without_a_convention_cannot_be_said() -> None:
    assert shift(day("2013-03-16"), 3, Unit.DAY, Conventions(), back=True) is None
    assert ahead(day("2013-03-13"), day("2013-03-16"), Unit.DAY, Conventions()) is None


# Objections within five days after the voter list: the day of publication is not counted (Civil Code, article 201).
@pytest.mark.parametrize(
    "forward, last", [(Forward.FIRST_DAY_NOT_COUNTED, "2013-03-06"), (Forward.FIRST_DAY_COUNTED, "2013-03-05")]
)
def test_a_period_of_days(forward: Forward, last: str) -> None:
    conventions = Conventions(forward=forward)
    assert shift(day("2013-03-01"), 5, Unit.DAY, conventions) == day(last)
    assert shift(day("2013-03-01"), 0, Unit.DAY, conventions) == day("2013-03-01")


# Article 202 of the Civil Code: the corresponding day ends the period, without one the last day of the month.
# With the first day counted, article 121 of the Civil Code of Taiwan: the day before the corresponding one, without it
# the last day of the month; a period that begins with a month, a week or a year ends with one.
@pytest.mark.parametrize(
    "start, months, plain, following, counted",
    [
        ("2013-01-28", 1, "2013-02-28", "2013-02-28", "2013-02-27"),
        ("2013-01-29", 1, "2013-02-28", "2013-03-01", "2013-02-28"),
        ("2013-01-31", 1, "2013-02-28", "2013-03-01", "2013-02-28"),
        ("2012-01-29", 1, "2012-02-29", "2012-02-29", "2012-02-28"),
        ("2012-01-30", 1, "2012-02-29", "2012-03-01", "2012-02-29"),
        ("2013-02-28", 1, "2013-03-28", "2013-03-28", "2013-03-27"),
        ("2013-02-01", 1, "2013-03-01", "2013-03-01", "2013-02-28"),
        ("2013-03-31", 1, "2013-04-30", "2013-05-01", "2013-04-30"),
        ("2012-02-29", 12, "2013-02-28", "2013-03-01", "2013-02-28"),
        ("2012-02-29", 48, "2016-02-29", "2016-02-29", "2016-02-28"),
        ("1896-02-29", 48, "1900-02-28", "1900-03-01", "1900-02-28"),
        ("2013-12-31", 2, "2014-02-28", "2014-03-01", "2014-02-28"),
    ],
)
def test_a_period_of_months(start: str, months: int, plain: str, following: str, counted: str) -> None:
    assert shift(day(start), months, Unit.MONTH, Conventions()) == day(plain)
    ways = Conventions(missing_day=MissingDay.FOLLOWING_DAY)
    assert shift(day(start), months, Unit.MONTH, ways) == day(following)
    for missing in MissingDay:
        ways = Conventions(forward=Forward.FIRST_DAY_COUNTED, missing_day=missing)
        assert shift(day(start), months, Unit.MONTH, ways) == day(counted)
    if months % 12 == 0:
        assert shift(day(start), months // 12, Unit.YEAR, Conventions()) == day(plain)


@pytest.mark.parametrize(
    "event, plain, following, clear, counted",
    [
        ("2013-03-28", "2013-02-28", "2013-02-28", "2013-02-27", "2013-03-01"),
        ("2013-03-31", "2013-02-28", "2013-03-01", "2013-02-27", "2013-03-01"),
        ("2013-04-01", "2013-03-01", "2013-03-01", "2013-02-28", "2013-03-02"),
    ],
)
def test_a_month_before(event: str, plain: str, following: str, clear: str, counted: str) -> None:
    def latest(back: Back, missing: MissingDay = MissingDay.LAST_OF_MONTH) -> date | None:
        return shift(day(event), 1, Unit.MONTH, Conventions(back=back, missing_day=missing), back=True)

    assert latest(Back.EVENT_NOT_COUNTED) == day(plain)
    assert latest(Back.EVENT_NOT_COUNTED, MissingDay.FOLLOWING_DAY) == day(following)
    assert latest(Back.CLEAR_DAYS) == day(clear)
    # The month that ends with 31 March begins on 1 March.
    assert latest(Back.EVENT_COUNTED) == latest(Back.EVENT_COUNTED, MissingDay.FOLLOWING_DAY) == day(counted)


# Working days around the holidays, counted on a wall calendar: Friday 28, (worked) Saturday 29 and Sunday 30 September,
# holidays 1 to 5, weekend 6 and 7, Monday 8 October.
@pytest.mark.parametrize("n, last", [(0, "2007-09-28"), (1, "2007-09-29"), (2, "2007-09-30"), (3, "2007-10-08")])
def test_working_days_forward(n: int, last: str) -> None:
    assert shift(day("2007-09-28"), n, Unit.WORKING_DAY, USUAL, AUTUMN) == day(last)
    assert elapsed(day("2007-09-28"), day(last), Unit.WORKING_DAY, USUAL, AUTUMN) == n


@pytest.mark.parametrize("n, last", [(1, "2007-10-08"), (2, "2007-10-09")])
def test_a_first_day_counts_only_when_it_is_worked(n: int, last: str) -> None:
    counted = Conventions(forward=Forward.FIRST_DAY_COUNTED)
    assert shift(day("2007-10-03"), n, Unit.WORKING_DAY, counted, AUTUMN) == day(last)
    assert shift(day("2007-10-08"), n, Unit.WORKING_DAY, counted, AUTUMN) == day(last)


@pytest.mark.parametrize(
    "back, latest",
    [
        (Back.EVENT_NOT_COUNTED, "2007-09-29"),
        (Back.EVENT_COUNTED, "2007-09-30"),
        (Back.CLEAR_DAYS, "2007-09-28"),
    ],
)
def test_two_working_days_before(back: Back, latest: str) -> None:
    conventions = Conventions(back=back)
    assert shift(day("2007-10-08"), 2, Unit.WORKING_DAY, conventions, AUTUMN, back=True) == day(latest)
    assert ahead(day(latest), day("2007-10-08"), Unit.WORKING_DAY, conventions, AUTUMN) == 2


def test_working_days_without_data_cannot_be_said() -> None:
    assert shift(day("2007-09-28"), 1, Unit.WORKING_DAY, USUAL) is None
    assert elapsed(day("2007-09-28"), day("2007-09-29"), Unit.WORKING_DAY, USUAL) is None
    assert ahead(day("2007-09-28"), day("2007-09-30"), Unit.WORKING_DAY, USUAL) is None


def test_the_span_of_a_calendar_ends_what_can_be_said() -> None:
    assert shift(day("2007-10-30"), 1, Unit.WORKING_DAY, USUAL, AUTUMN) == day("2007-10-31")
    assert shift(day("2007-10-30"), 2, Unit.WORKING_DAY, USUAL, AUTUMN) is None
    assert elapsed(day("2007-10-30"), day("2007-10-31"), Unit.WORKING_DAY, USUAL, AUTUMN) == 1
    assert elapsed(day("2007-10-30"), day("2007-11-01"), Unit.WORKING_DAY, USUAL, AUTUMN) is None
    assert [AUTUMN.works(day(text)) for text in ("2007-08-31", "2007-09-01", "2007-10-31", "2007-11-01")] == [
        None,
        False,
        True,
        None,
    ]


# Article 203 of the Civil Code: a period whose last day is a holiday ends on the day after the holiday.
@pytest.mark.parametrize(
    "n, last", [(0, "2007-09-28"), (2, "2007-09-30"), (3, "2007-10-08"), (9, "2007-10-08"), (10, "2007-10-08")]
)
def test_the_last_day_moves_to_a_working_day(n: int, last: str) -> None:
    moving = Conventions(last_day=LastDay.NEXT_WORKING_DAY)
    assert shift(day("2007-09-28"), n, Unit.DAY, moving, AUTUMN) == day(last)


def test_a_last_day_that_must_be_worked_needs_a_calendar() -> None:
    moving = Conventions(Back.EVENT_NOT_COUNTED, last_day=LastDay.NEXT_WORKING_DAY)
    assert shift(day("2007-09-28"), 3, Unit.DAY, moving) is None
    assert shift(day("2007-10-30"), 2, Unit.DAY, moving, AUTUMN) is None
    # Neither a notice nor a bar that has run out waits for offices to open.
    assert shift(day("2007-10-08"), 3, Unit.DAY, moving, back=True) == day("2007-10-05")
    assert elapsed(day("2002-10-03"), day("2007-10-03"), Unit.YEAR, moving) == 5


# 未满5年 excludes five years exactly, 届满 includes the last day (Civil Code, article 1259).
@pytest.mark.parametrize("on, years", [("2007-06-09", -1), ("2007-06-10", 0), ("2012-06-09", 4), ("2012-06-10", 5)])
def test_released_less_than_five_years_ago(on: str, years: int) -> None:
    assert elapsed(day("2007-06-10"), day(on), Unit.YEAR, USUAL) == years


def test_residence_counted_from_the_day_of_registration() -> None:
    # Four months from 10 July end on 9 November when the first day is counted.
    counted = Conventions(forward=Forward.FIRST_DAY_COUNTED)
    assert [elapsed(day("2012-07-10"), date(2012, 11, n), Unit.MONTH, counted) for n in (8, 9)] == [3, 4]
    assert [elapsed(day("2012-07-10"), date(2012, 11, n), Unit.MONTH, USUAL) for n in (9, 10)] == [3, 4]


# The eighteenth birthday is 16 March 2013; 周岁 of criminal law begins with the day after it.
@pytest.mark.parametrize("way, first", [(AgeReached.BIRTHDAY, "2013-03-16"), (AgeReached.DAY_AFTER, "2013-03-17")])
def test_eighteen(way: AgeReached, first: str) -> None:
    birth, conventions = day("1995-03-16"), Conventions(age_reached=way)
    assert reached(birth, 18, conventions) == day(first)
    assert age(birth, day(first), conventions) == 18
    assert age(birth, date.fromordinal(day(first).toordinal() - 1), conventions) == 17


@pytest.mark.parametrize("way", AgeReached)
def test_a_life_begins_at_nought(way: AgeReached) -> None:
    birth, conventions = day("1995-12-31"), Conventions(age_reached=way)
    assert reached(birth, 0, conventions) == birth
    assert [age(birth, day(on), conventions) for on in ("1994-06-01", "1995-12-30", "1995-12-31")] == [-1, -1, 0]
    assert age(birth, day("1997-01-01"), conventions) == 1


@pytest.mark.parametrize(
    "missing, way, first",
    [
        (MissingDay.LAST_OF_MONTH, AgeReached.BIRTHDAY, "2014-02-28"),
        (MissingDay.LAST_OF_MONTH, AgeReached.DAY_AFTER, "2014-03-01"),
        (MissingDay.FOLLOWING_DAY, AgeReached.BIRTHDAY, "2014-03-01"),
        (MissingDay.FOLLOWING_DAY, AgeReached.DAY_AFTER, "2014-03-02"),
    ],
)
def test_born_on_29_february(missing: MissingDay, way: AgeReached, first: str) -> None:
    conventions = Conventions(missing_day=missing, age_reached=way)
    assert reached(day("1996-02-29"), 18, conventions) == day(first)
    leap = day("2016-02-29") if way is AgeReached.BIRTHDAY else day("2016-03-01")
    assert reached(day("1996-02-29"), 20, conventions) == leap


def test_the_ends_of_time() -> None:
    counted = Conventions(Back.EVENT_COUNTED, Forward.FIRST_DAY_COUNTED)
    assert shift(date(9999, 1, 1), 1, Unit.YEAR, counted) == date.max
    assert shift(date(9999, 1, 2), 1, Unit.YEAR, counted) is None
    assert shift(date(1, 12, 31), 1, Unit.YEAR, counted, back=True) == date.min
    assert shift(date(1, 12, 30), 1, Unit.YEAR, counted, back=True) is None
    assert shift(date.max, 1, Unit.DAY, USUAL) is None
    assert shift(date.min, 1, Unit.DAY, USUAL, back=True) is None
    assert reached(date.max, 1, USUAL) is None
    assert age(date.min, date.max, USUAL) == 9998


@pytest.mark.parametrize("unit", Unit)
def test_less_than_nothing_cannot_be_said(unit: Unit) -> None:
    assert shift(day("2013-03-16"), -1, unit, USUAL, AUTUMN) is None
    assert reached(day("2013-03-16"), -1, USUAL) is None
