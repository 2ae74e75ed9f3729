"""Every day of 1999 to 2012 against a wall calendar that is filled day by day and read with a finger."""

from __future__ import annotations

from datetime import date
from itertools import accumulate, pairwise

import pytest

from civicrules.days import (
    AgeReached,
    Back,
    Calendar,
    Conventions,
    Forward,
    MissingDay,
    Unit,
    age,
    ahead,
    elapsed,
    reached,
    shift,
)

FIRST_YEAR, LAST_YEAR = 1999, 2012
THIRTY_DAYS = {4, 6, 9, 11}

# One sheet for each month, from January 1999, holding the days; a day is its place in the calendar, from 0.
Wall = list[list[int]]


@pytest.fixture(scope="module")
def wall() -> Wall:
    sheets: Wall = []
    place = 0
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for month in range(1, 13):
            length = 31
            if month in THIRTY_DAYS:
                length = 30
            if month == 2:
                length = 29 if year in (2000, 2004, 2008, 2012) else 28
            sheets.append([place + n for n in range(length)])
            place += length
    return sheets


@pytest.fixture(scope="module")
def days(wall: Wall) -> list[date]:
    """The day at each place of the wall."""
    return [
        date(FIRST_YEAR + number // 12, number % 12 + 1, n + 1)
        for number, sheet in enumerate(wall)
        for n in range(len(sheet))
    ]


def sheets_away(wall: Wall, distance: int) -> list[tuple[int, int, list[int]]]:
    """Each place, the number of its day, and the sheet so many months away, where the wall has one."""
    return [
        (place, n, wall[number + distance])
        for number, sheet in enumerate(wall)
        if 0 <= number + distance < len(wall)
        for n, place in enumerate(sheet)
    ]


MONTHS = (1, 2, 3, 11, 12, 48)


def last_or_next(sheet: list[int], n: int, missing: MissingDay) -> int:
    if n < len(sheet):
        return sheet[n]
    return sheet[-1] + (missing is MissingDay.FOLLOWING_DAY)


def counted_last(sheet: list[int], n: int) -> int:
    """The last day of a period whose first day is counted: the one before the same number, else the sheet's last."""
    return sheet[n] - 1 if n < len(sheet) else sheet[-1]


def counted_first(sheet: list[int], n: int) -> int:
    """The first day of a period back whose event is counted: the one after the same number, else after the sheet."""
    return sheet[n] + 1 if n < len(sheet) else sheet[-1] + 1


def test_the_wall_is_right(wall: Wall, days: list[date]) -> None:
    assert len(days) == 14 * 365 + 4
    assert [b.toordinal() - a.toordinal() for a, b in pairwise(days)] == [1] * (len(days) - 1)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 20, 366])
def test_days_and_weeks(days: list[date], n: int) -> None:
    forward = {way: Conventions(forward=way) for way in Forward}
    back = {way: Conventions(back=way) for way in Back}
    last = len(days) - 1
    for place, day in enumerate(days):
        counted = max(n - 1, 0)
        clear = n + 1 if n else 0
        if place + n <= last:
            assert shift(day, n, Unit.DAY, forward[Forward.FIRST_DAY_NOT_COUNTED]) == days[place + n]
            assert shift(day, n, Unit.DAY, forward[Forward.FIRST_DAY_COUNTED]) == days[place + counted]
        if place - clear >= 0:
            assert shift(day, n, Unit.DAY, back[Back.EVENT_NOT_COUNTED], back=True) == days[place - n]
            assert shift(day, n, Unit.DAY, back[Back.EVENT_COUNTED], back=True) == days[place - counted]
            assert shift(day, n, Unit.DAY, back[Back.CLEAR_DAYS], back=True) == days[place - clear]
        if n <= 60 and place + 7 * n <= last:
            assert shift(day, n, Unit.WEEK, forward[Forward.FIRST_DAY_NOT_COUNTED]) == days[place + 7 * n]


@pytest.mark.parametrize("months", MONTHS)
@pytest.mark.parametrize("missing", MissingDay)
def test_months_and_years_forward(wall: Wall, days: list[date], months: int, missing: MissingDay) -> None:
    plain = Conventions(missing_day=missing)
    counted = Conventions(missing_day=missing, forward=Forward.FIRST_DAY_COUNTED)
    for place, n, sheet in sheets_away(wall, months):
        for conventions, end in (
            (plain, last_or_next(sheet, n, missing)),
            (counted, counted_last(sheet, n)),
        ):
            if end < len(days):
                assert shift(days[place], months, Unit.MONTH, conventions) == days[end]
                assert elapsed(days[place], days[end], Unit.MONTH, conventions) == months
                assert elapsed(days[place], days[end - 1], Unit.MONTH, conventions) == months - 1
            if months % 12 == 0 and end < len(days):
                assert shift(days[place], months // 12, Unit.YEAR, conventions) == days[end]
                assert elapsed(days[place], days[end], Unit.YEAR, conventions) == months // 12
                assert elapsed(days[place], days[end - 1], Unit.YEAR, conventions) == months // 12 - 1


@pytest.mark.parametrize("months", MONTHS)
@pytest.mark.parametrize("missing", MissingDay)
def test_months_and_years_back(wall: Wall, days: list[date], months: int, missing: MissingDay) -> None:
    ways = {way: Conventions(way, missing_day=missing) for way in Back}
    for place, n, sheet in sheets_away(wall, -months):
        plain = last_or_next(sheet, n, missing)
        ends = {
            Back.EVENT_NOT_COUNTED: plain,
            Back.EVENT_COUNTED: counted_first(sheet, n),
            Back.CLEAR_DAYS: plain - 1,
        }
        for way, end in ends.items():
            if end >= 0:
                assert shift(days[place], months, Unit.MONTH, ways[way], back=True) == days[end]
                assert (ahead(days[end], days[place], Unit.MONTH, ways[way]) or 0) >= months
                assert ahead(days[end + 1], days[place], Unit.MONTH, ways[way]) == months - 1
            if months % 12 == 0 and end >= 0:
                assert shift(days[place], months // 12, Unit.YEAR, ways[way], back=True) == days[end]
                assert ahead(days[end + 1], days[place], Unit.YEAR, ways[way]) == months // 12 - 1


@pytest.mark.parametrize("missing", MissingDay)
@pytest.mark.parametrize("way", AgeReached)
def test_ages(wall: Wall, days: list[date], missing: MissingDay, way: AgeReached) -> None:
    conventions = Conventions(missing_day=missing, age_reached=way)
    for years in range(1, LAST_YEAR - FIRST_YEAR + 1):
        for place, n, sheet in sheets_away(wall, 12 * years):
            first = last_or_next(sheet, n, missing) + (way is AgeReached.DAY_AFTER)
            if first < len(days):
                assert reached(days[place], years, conventions) == days[first]
                assert age(days[place], days[first], conventions) == years
                assert age(days[place], days[first - 1], conventions) == years - 1


@pytest.fixture(scope="module")
def worked(days: list[date]) -> list[bool]:
    """Monday to Friday, counted by sevens from Friday 1 January 1999; of each hundred days the last ten are holidays,
    every third of which is worked in exchange, weekend or not."""
    return [place % 3 == 0 if place % 100 >= 90 else place % 7 not in (1, 2) for place in range(len(days))]


@pytest.fixture(scope="module")
def offices(days: list[date]) -> Calendar:
    return Calendar(
        days[0],
        days[-1],
        weekend=frozenset({6, 7}),
        holidays=frozenset(day for place, day in enumerate(days) if place % 100 >= 90),
        make_up=frozenset(day for place, day in enumerate(days) if place % 100 >= 90 and place % 3 == 0),
    )


@pytest.mark.parametrize("n", [1, 2, 3, 10])
def test_working_days(days: list[date], worked: list[bool], offices: Calendar, n: int) -> None:
    places = [place for place, works in enumerate(worked) if works]
    before = [0, *accumulate(worked)]  # how many places before a place are worked
    forward = {way: Conventions(forward=way) for way in Forward}
    back = {way: Conventions(back=way) for way in Back}
    assert [offices.works(day) for day in days] == worked

    def nth(index: int) -> date | None:
        return days[places[index]] if 0 <= index < len(places) else None

    for place, day in enumerate(days):
        first, after = before[place], before[place + 1]
        assert shift(day, n, Unit.WORKING_DAY, forward[Forward.FIRST_DAY_NOT_COUNTED], offices) == nth(after + n - 1)
        assert shift(day, n, Unit.WORKING_DAY, forward[Forward.FIRST_DAY_COUNTED], offices) == nth(first + n - 1)
        latest = nth(first - n)
        assert shift(day, n, Unit.WORKING_DAY, back[Back.EVENT_NOT_COUNTED], offices, back=True) == latest
        assert shift(day, n, Unit.WORKING_DAY, back[Back.EVENT_COUNTED], offices, back=True) == nth(after - n)
        clear = None if latest is None else date.fromordinal(latest.toordinal() - 1)
        assert shift(day, n, Unit.WORKING_DAY, back[Back.CLEAR_DAYS], offices, back=True) == clear


def test_days_that_have_passed(days: list[date], worked: list[bool], offices: Calendar) -> None:
    plain, counted = Conventions(), Conventions(forward=Forward.FIRST_DAY_COUNTED)
    for place, day in enumerate(days):
        for other in range(place, min(place + 9, len(days))):
            assert elapsed(day, days[other], Unit.DAY, plain) == other - place
            assert elapsed(day, days[other], Unit.DAY, counted) == other - place + 1
            assert elapsed(day, days[other], Unit.WEEK, plain) == (other - place) // 7
            assert elapsed(day, days[other], Unit.WEEK, counted) == (other - place + 1) // 7
            assert elapsed(day, days[other], Unit.WORKING_DAY, plain, offices) == sum(worked[place + 1 : other + 1])
            assert elapsed(day, days[other], Unit.WORKING_DAY, counted, offices) == sum(worked[place : other + 1])
