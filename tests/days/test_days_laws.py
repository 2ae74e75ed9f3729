"""Laws of legal days, for all days, conventions and units: order is kept, and counts are the inverses of periods."""

from __future__ import annotations

from datetime import date

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

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

DAYS = st.dates() | st.dates(date(1990, 1, 1), date(2030, 12, 31)) | st.sampled_from((date.min, date.max))
RECENT = st.dates(date(1999, 12, 1), date(2001, 2, 1))
NEAR_OR_FAR = DAYS | RECENT
NUMBERS = st.integers(0, 40) | st.integers(0, 10**30)
CONVENTIONS = st.builds(
    Conventions,
    back=st.sampled_from(Back),
    forward=st.sampled_from(Forward),
    missing_day=st.sampled_from(MissingDay),
    last_day=st.sampled_from(LastDay),
    age_reached=st.sampled_from(AgeReached),
)
UNITS = st.sampled_from(Unit)
YEAR_2000 = st.dates(date(2000, 1, 1), date(2000, 12, 31))
CALENDARS = st.builds(
    Calendar,
    st.just(date(2000, 1, 1)),
    st.just(date(2000, 12, 31)),
    weekend=st.frozensets(st.integers(1, 7), max_size=3),
    holidays=st.frozensets(YEAR_2000, max_size=12),
    make_up=st.frozensets(YEAR_2000, max_size=6),
)
MAYBE = st.none() | CALENDARS


def in_order(*ends: date | None) -> bool:
    """Whether the days that are known never go back."""
    known = [end for end in ends if end is not None]
    return known == sorted(known)


@given(NEAR_OR_FAR, NEAR_OR_FAR, NUMBERS, NUMBERS, UNITS, CONVENTIONS, MAYBE, st.booleans())
def test_order_is_kept(
    one: date, two: date, n: int, m: int, unit: Unit, ways: Conventions, calendar: Calendar | None, back: bool
) -> None:
    assert in_order(*(shift(day, n, unit, ways, calendar, back) for day in sorted((one, two))))
    assert in_order(*(shift(one, number, unit, ways, calendar, back) for number in sorted((n, m), reverse=back)))


@given(RECENT, CONVENTIONS, CALENDARS, st.booleans())
def test_working_days_keep_order(day: date, ways: Conventions, calendar: Calendar, back: bool) -> None:
    fortnight = [date.fromordinal(day.toordinal() + step) for step in range(14)]
    for unit in (Unit.WORKING_DAY, Unit.DAY):
        numbers = range(14, -1, -1) if back else range(15)
        assert in_order(*(shift(day, n, unit, ways, calendar, back) for n in numbers))
        for n in (1, 5):
            assert in_order(*(shift(one, n, unit, ways, calendar, back) for one in fortnight))


@given(DAYS, NUMBERS, UNITS, CONVENTIONS, MAYBE, st.booleans())
def test_a_period_lies_on_its_side(
    day: date, n: int, unit: Unit, ways: Conventions, calendar: Calendar | None, back: bool
) -> None:
    end = shift(day, n, unit, ways, calendar, back)
    assert end is None or (end <= day if back else day <= end)
    assert shift(day, 0, unit, ways, calendar, back) == day


def without_moving(ways: Conventions) -> Conventions:
    return evolve(ways, last_day=LastDay.STAYS)


@given(NEAR_OR_FAR, NEAR_OR_FAR, NUMBERS, UNITS, CONVENTIONS, MAYBE)
def test_what_has_elapsed_is_the_inverse_of_a_period(
    since: date, on: date, n: int, unit: Unit, ways: Conventions, calendar: Calendar | None
) -> None:
    passed = elapsed(since, on, unit, ways, calendar)
    if passed is None:
        assert unit is Unit.WORKING_DAY
        return
    end = shift(since, n, unit, without_moving(ways), calendar)
    assert (passed >= n) == (end is not None and end <= on)
    if passed >= 0:
        last = shift(since, passed, unit, without_moving(ways), calendar)
        assert last is not None and last <= on


@given(NEAR_OR_FAR, NEAR_OR_FAR, NUMBERS, UNITS, CONVENTIONS, MAYBE)
def test_notice_is_the_inverse_of_counting_back(
    day: date, event: date, n: int, unit: Unit, ways: Conventions, calendar: Calendar | None
) -> None:
    notice = ahead(day, event, unit, ways, calendar)
    if notice is None:
        assert unit is Unit.WORKING_DAY
        return
    latest = shift(event, n, unit, ways, calendar, back=True)
    assert (notice >= n) == (latest is not None and day <= latest)


@given(RECENT, RECENT, st.integers(0, 20), CONVENTIONS, CALENDARS)
def test_working_days_are_inverses_too(one: date, other: date, n: int, ways: Conventions, calendar: Calendar) -> None:
    passed, notice = (count(one, other, Unit.WORKING_DAY, ways, calendar) for count in (elapsed, ahead))
    end = shift(one, n, Unit.WORKING_DAY, ways, calendar)
    latest = shift(other, n, Unit.WORKING_DAY, ways, calendar, back=True)
    assert passed is None or (passed >= n) == (end is not None and end <= other)
    assert notice is None or (notice >= n) == (latest is not None and one <= latest)


@given(DAYS, DAYS, st.integers(0, 130) | NUMBERS, CONVENTIONS)
def test_age_is_the_inverse_of_the_day_it_is_reached(birth: date, on: date, years: int, ways: Conventions) -> None:
    first = reached(birth, years, ways)
    assert (age(birth, on, ways) >= years) == (first is not None and first <= on)


@given(DAYS, DAYS, DAYS, NUMBERS, NUMBERS, CONVENTIONS)
def test_ages_keep_order(one: date, two: date, on: date, n: int, m: int, ways: Conventions) -> None:
    elder, younger = sorted((one, two))
    assert age(elder, on, ways) >= age(younger, on, ways)
    assert age(on, elder, ways) <= age(on, younger, ways)
    assert in_order(*(reached(elder, years, ways) for years in sorted((n, m))))
    assert in_order(reached(elder, n, ways), reached(younger, n, ways))


@given(DAYS, st.integers(0, 5000), st.sampled_from((Unit.DAY, Unit.WEEK)), st.sampled_from(MissingDay))
def test_days_forward_and_back_meet(day: date, n: int, unit: Unit, missing: MissingDay) -> None:
    for ways in (
        Conventions(Back.EVENT_NOT_COUNTED, Forward.FIRST_DAY_NOT_COUNTED, missing),
        Conventions(Back.EVENT_COUNTED, Forward.FIRST_DAY_COUNTED, missing),
    ):
        end = shift(day, n, unit, ways)
        assert end is None or shift(end, n, unit, ways, back=True) == day


@given(DAYS, st.integers(1, 5000), st.sampled_from((Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)), CONVENTIONS)
def test_the_ways_to_count_differ_by_a_day(day: date, n: int, unit: Unit, ways: Conventions) -> None:
    def latest(back: Back) -> date | None:
        return shift(day, n, unit, Conventions(back, missing_day=ways.missing_day), back=True)

    usual, clear, counted = (latest(way) for way in (Back.EVENT_NOT_COUNTED, Back.CLEAR_DAYS, Back.EVENT_COUNTED))
    assert clear is None or (usual is not None and usual.toordinal() - clear.toordinal() == 1)
    assert usual is None or (counted is not None and counted.toordinal() - usual.toordinal() in (0, 1))


@given(DAYS, st.integers(0, 3000), st.sampled_from((Unit.MONTH, Unit.YEAR)), st.sampled_from(MissingDay))
def test_months_forward_and_back_meet_where_the_number_exists(
    day: date, n: int, unit: Unit, missing: MissingDay
) -> None:
    ways = Conventions(Back.EVENT_NOT_COUNTED, missing_day=missing)
    end = shift(day, n, unit, ways)
    again = None if end is None else shift(end, n, unit, ways, back=True)
    if end is None or again is None:
        return
    if end.day == day.day:
        assert again == day
    else:
        assert abs(again.toordinal() - day.toordinal()) <= 3


@given(DAYS, NUMBERS, CONVENTIONS, st.booleans())
def test_a_year_is_twelve_months_and_a_week_seven_days(day: date, n: int, ways: Conventions, back: bool) -> None:
    plain = without_moving(ways)
    assert shift(day, n, Unit.YEAR, plain, back=back) == shift(day, 12 * n, Unit.MONTH, plain, back=back)
    assert shift(day, n, Unit.WEEK, plain, back=back) == shift(day, 7 * n, Unit.DAY, plain, back=back)


@given(RECENT, st.integers(0, 60), UNITS, CONVENTIONS, CALENDARS)
def test_a_period_that_moves_ends_on_the_next_working_day(
    day: date, n: int, unit: Unit, ways: Conventions, calendar: Calendar
) -> None:
    moving = evolve(ways, last_day=LastDay.NEXT_WORKING_DAY)
    end, moved = (shift(day, n, unit, one, calendar) for one in (without_moving(ways), moving))
    if n == 0 or moved is None:
        return
    assert end is not None and calendar.works(moved)
    assert not any(calendar.works(date.fromordinal(day)) for day in range(end.toordinal(), moved.toordinal()))


def test_a_week_without_working_days_ends_nowhere() -> None:
    closed = Calendar(date(2000, 1, 1), date(2000, 12, 31), weekend=frozenset(range(1, 8)))
    moving = Conventions(last_day=LastDay.NEXT_WORKING_DAY)
    assert shift(date(2000, 3, 1), 1, Unit.DAY, moving, closed) is None
    assert shift(date(2000, 3, 1), 1, Unit.WORKING_DAY, Conventions(), closed) is None
