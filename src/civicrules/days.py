"""Legal days: where a period ends, how long one has run, how old somebody is.

A day is a `datetime.date` of the Gregorian calendar (Civil Code of the People's Republic of China, article 200).
Where the laws differ, nothing is decided here: `Conventions` names the choices, and a ruleset makes them.

Whoever knows a day only roughly may rely on this: `shift` is *monotone*. Of two days the later one never gives the
earlier result, and a greater number never gives a result nearer to the day. The counts `elapsed`, `ahead` and `age` are
its inverses: each is the greatest number whose period fits.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import assert_never

from civicrules.values import frozen

# As English writes them; in Chinese a month is its number.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


_MONTH = "|".join(f"{month[:3]}(?:{month[3:]}|[.])?" for month in MONTHS)
_NTH = r"(\d{1,2})(?:st|nd|rd|th)?"
_SPELT = re.compile(rf"{_NTH}\s+({_MONTH}),?\s+(\d{{4}})|({_MONTH})\s+{_NTH},?\s+(\d{{4}})", re.I)


def spelt(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a day with its month in letters, whether or not the calendar has it.

    >>> spelt("20 August 2012"), spelt("Aug 20th, 2012") == spelt("20 Aug. 2012"), spelt("2012-08-20")
    ((2012, 8, 20), True, None)
    """
    match = _SPELT.fullmatch(text)
    if match is None:
        return None
    day, month, year = match.groups()[:3] if match[1] else (match[5], match[4], match[6])
    return int(year), [one[:3].casefold() for one in MONTHS].index(month[:3].casefold()) + 1, int(day)


class Unit(Enum):
    """What a period is counted in. Weeks are seven days; months and years follow the calendar, whatever their length."""

    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Forward(Enum):
    """Whether the day of the event is the first day of a period that runs from it.

    * not counted: five days from 1 March end on 6 March. The general rule (Civil Code, article 201; of Taiwan, 120).
    * counted: they end on 5 March. Where a law says so, as for residence before an election in Taiwan, which runs from
      the day of registration (Public Officials Election and Recall Act, article 4).
    """

    FIRST_DAY_NOT_COUNTED = "first day not counted"
    FIRST_DAY_COUNTED = "first day counted"


class Back(Enum):
    """The latest day that is three days before an election on 16 March. The Civil Code is silent on it.

    * event day not counted: 13 March, the usual way. So Taiwan counts 投票日前三日 (Public Officials Election and
      Recall Act, article 5: from the day before the poll, back to the day of that number).
    * event day counted: 14 March.
    * clear days: 12 March, so that three full days lie between. So Taiwan counts 投票日三日前 (the same article: back to
      the day before the day of that number).
    """

    EVENT_NOT_COUNTED = "event day not counted"
    EVENT_COUNTED = "event day counted"
    CLEAR_DAYS = "clear days"


class MissingDay(Enum):
    """Which day stands for one that the month does not have: 31 January and a month, 29 February and a year.

    * last day of the month: 28 February (Civil Code, article 202; of Taiwan, 121).
    * following day: 1 March.
    """

    LAST_OF_MONTH = "last day of the month"
    FOLLOWING_DAY = "following day"


class LastDay(Enum):
    """What becomes of a forward period whose last day is not a working day.

    * stays: it ends on that day all the same, as in Taiwan's elections (Public Officials Election and Recall Act,
      article 5).
    * next working day: it ends there (Civil Code, article 203; of Taiwan, 122).

    A period counted back never moves: earlier would be more than the law asks, later would shorten the notice.
    """

    STAYS = "stays"
    NEXT_WORKING_DAY = "next working day"


class AgeReached(Enum):
    """The first day on which somebody is as old as a birthday makes them.

    * birthday: an election held on the eighteenth birthday finds a voter.
    * day after the birthday: as the Supreme People's Court of China counts 周岁 in criminal cases (2006, article 2).
    """

    BIRTHDAY = "birthday"
    DAY_AFTER = "day after the birthday"


@frozen
class Conventions:
    """How a ruleset counts days. The defaults are the general rules; counting back has none, so that `None` cannot say.

    `missing_day` serves periods and birthdays alike.
    """

    back: Back | None = None
    forward: Forward = Forward.FIRST_DAY_NOT_COUNTED
    missing_day: MissingDay = MissingDay.LAST_OF_MONTH
    last_day: LastDay = LastDay.STAYS
    age_reached: AgeReached = AgeReached.BIRTHDAY


@frozen
class Calendar:
    """Which days from `first` to `last`, both included, are working days; of other days nothing is known.

    `weekend` holds days of the week, Monday 1 to Sunday 7. `make_up` are days worked in exchange for others (调休): they
    are working days, whatever else they are.

    >>> autumn = Calendar(
    ...     date(2007, 9, 1), date(2007, 10, 31), weekend=frozenset({6, 7}),
    ...     holidays=frozenset(date(2007, 10, day) for day in range(1, 6)),
    ...     make_up=frozenset({date(2007, 9, 29), date(2007, 9, 30)}))
    >>> [autumn.works(day) for day in (date(2007, 9, 30), date(2007, 10, 1), date(2007, 10, 6), date(2007, 11, 1))]
    [True, False, False, None]
    """

    first: date
    last: date
    weekend: frozenset[int]
    holidays: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()

    def works(self, day: date) -> bool | None:
        """Whether a day is a working day; `None` outside the days that are covered."""
        if not self.first <= day <= self.last:
            return None
        return day in self.make_up or not (day in self.holidays or day.isoweekday() in self.weekend)


def shift(
    day: date, n: int, unit: Unit, conventions: Conventions, calendar: Calendar | None = None, back: bool = False
) -> date | None:
    """The last day of a period of `n` units from a day, or the latest day that is `n` units before it (`back`).

    A period of nothing is the day itself, under every convention. Months and years end on the day of the same number
    (Civil Code, article 202), or the day before it when the first day is counted. `None` where it cannot be said: `n` is
    negative, the result lies outside the years 1 to 9999, no convention is named for counting back, or working days
    matter that no calendar covers. Takes time in proportion to the calendar's span at most.

    Monotone where it is known: never decreasing in `day`; never decreasing in `n`, with `back` never increasing.

    >>> usual = Conventions(back=Back.EVENT_NOT_COUNTED)
    >>> str(shift(date(2013, 3, 1), 5, Unit.DAY, usual))
    '2013-03-06'
    >>> str(shift(date(2013, 1, 31), 1, Unit.MONTH, usual))
    '2013-02-28'
    >>> [str(shift(date(2013, 3, 16), 3, Unit.DAY, Conventions(back=way), back=True)) for way in Back]
    ['2013-03-13', '2013-03-14', '2013-03-12']
    >>> shift(date(2013, 3, 16), 3, Unit.DAY, Conventions(), back=True) is None
    True
    """
    if n < 0 or (back and conventions.back is None):
        return None
    end = (_backward if back else _forward)(day, n, unit, conventions, calendar)
    moves = conventions.last_day is LastDay.NEXT_WORKING_DAY and n > 0 and not back
    if moves and end is not None:
        end = _nth_working_day(end, 1, 1, calendar)
    return None if end is None else _date(end)


def elapsed(
    since: date, on: date, unit: Unit, conventions: Conventions, calendar: Calendar | None = None
) -> int | None:
    """How many whole units have passed from a day until another; the last day of a period completes it (届满).

    It is the greatest n whose period from `since` ends on `on` or before; -1 when `on` is before `since`, where not even
    a period of nothing has passed. Whether the last day is a working day does not matter. `None` when working days are
    asked that the calendar does not cover.

    >>> [elapsed(date(2007, 6, 10), date(2012, 6, day), Unit.YEAR, Conventions()) for day in (9, 10)]
    [4, 5]
    >>> elapsed(date(2012, 1, 31), date(2012, 2, 29), Unit.MONTH, Conventions())
    1
    """
    if on < since:
        return -1
    if unit is Unit.WORKING_DAY:
        not_counted = conventions.forward is Forward.FIRST_DAY_NOT_COUNTED
        return _working_days(since.toordinal() + not_counted, on.toordinal(), calendar)

    def passed(n: int) -> bool:
        end = _forward(since, n, unit, conventions, calendar)
        return end is not None and end <= on.toordinal()

    return _greatest(_about(since, on, unit), passed)


def ahead(day: date, event: date, unit: Unit, conventions: Conventions, calendar: Calendar | None = None) -> int | None:
    """How many whole units a day lies before an event, counted back from the event: the notice that it gives.

    It is the greatest n such that `day` is not later than the latest day that is n units before `event`; -1 when it is
    later than the event itself. `None` when no convention is named for counting back, or when working days are asked
    that the calendar does not cover.

    >>> [ahead(date(2013, 3, 13), date(2013, 3, 16), Unit.DAY, Conventions(back=way)) for way in Back]
    [3, 4, 2]
    """
    if conventions.back is None:
        return None
    if day > event:
        return -1
    if unit is Unit.WORKING_DAY:
        first = day.toordinal() + (conventions.back is Back.CLEAR_DAYS)
        last = event.toordinal() - (conventions.back is not Back.EVENT_COUNTED)
        return _working_days(first, last, calendar)

    def lies_before(n: int) -> bool:
        latest = _backward(event, n, unit, conventions, calendar)
        return latest is not None and day.toordinal() <= latest

    return _greatest(_about(day, event, unit), lies_before)


def reached(birth: date, years: int, conventions: Conventions) -> date | None:
    """The first day on which somebody counts as so many years old; `None` for a negative number or after the year 9999.

    On the day of birth everybody is 0 years old. A birthday on 29 February falls in other years on the day that the
    conventions name.

    >>> [str(reached(date(2008, 2, 29), 18, Conventions(age_reached=way))) for way in AgeReached]
    ['2026-02-28', '2026-03-01']
    """
    return None if years < 0 else _date(_reached(birth, years, conventions))


def age(birth: date, on: date, conventions: Conventions) -> int:
    """The completed years of life (周岁) on a day; -1 before the birth.

    `age(birth, on) >= years` says the same as `reached(birth, years) <= on`.

    >>> [age(date(1995, 3, 16), date(2013, 3, day), Conventions()) for day in (15, 16)]
    [17, 18]
    """
    return _greatest(on.year - birth.year, lambda years: _reached(birth, years, conventions) <= on.toordinal())


# From here on days are ordinals, as `date.toordinal` counts them, so that steps on the way may leave the years 1 to 9999.

_GREGORIAN_CYCLE = date(401, 1, 1).toordinal() - date(1, 1, 1).toordinal()  # the calendar repeats after 400 years


def _date(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if date.min.toordinal() <= ordinal <= date.max.toordinal() else None


def _forward(day: date, n: int, unit: Unit, conventions: Conventions, calendar: Calendar | None) -> int | None:
    counted = conventions.forward is Forward.FIRST_DAY_COUNTED
    return _end(day, n, unit, 1, counted, conventions.missing_day, calendar)


def _backward(event: date, n: int, unit: Unit, conventions: Conventions, calendar: Calendar | None) -> int | None:
    counted = conventions.back is Back.EVENT_COUNTED
    end = _end(event, n, unit, -1, counted, conventions.missing_day, calendar)
    return end if end is None or n == 0 else end - (conventions.back is Back.CLEAR_DAYS)


def _end(
    day: date, n: int, unit: Unit, direction: int, counted: bool, missing: MissingDay, calendar: Calendar | None
) -> int | None:
    """The far end of `n` units that run in a direction, 1 or -1, from a day that is the first of them if `counted`."""
    ordinal = day.toordinal()
    if n == 0:
        return ordinal
    match unit:
        case Unit.DAY | Unit.WEEK:
            days = n if unit is Unit.DAY else 7 * n
            return ordinal + direction * (days - counted)
        case Unit.WORKING_DAY:
            return _nth_working_day(ordinal + direction * (not counted), n, direction, calendar)
        case Unit.MONTH | Unit.YEAR:
            months = n if unit is Unit.MONTH else 12 * n
            if not counted:
                return _same_number(day, direction * months, missing)
            # The day of the same number is already outside; a last month without that number is inside as a whole.
            beyond = MissingDay.FOLLOWING_DAY if direction > 0 else MissingDay.LAST_OF_MONTH
            return _same_number(day, direction * months, beyond) - direction
        case _:
            assert_never(unit)


def _same_number(day: date, months: int, missing: MissingDay) -> int:
    """The day of the same number so many months away."""
    years, month = divmod(12 * (day.year - 1) + day.month - 1 + months, 12)
    cycles, year = divmod(years, 400)
    number = min(day.day, monthrange(year + 1, month + 1)[1])
    ordinal = date(year + 1, month + 1, number).toordinal() + cycles * _GREGORIAN_CYCLE
    return ordinal + (missing is MissingDay.FOLLOWING_DAY and number < day.day)


def _nth_working_day(start: int, n: int, direction: int, calendar: Calendar | None) -> int | None:
    """The n-th working day of those that begin with `start`, itself among them."""
    ordinal = start
    while (works := _works(ordinal, calendar)) is not None:
        n -= works
        if n == 0:
            return ordinal
        ordinal += direction
    return None


def _working_days(first: int, last: int, calendar: Calendar | None) -> int | None:
    """How many working days there are from a day to another, both included."""
    total = 0
    for ordinal in range(first, last + 1):
        works = _works(ordinal, calendar)
        if works is None:
            return None
        total += works
    return total


def _works(ordinal: int, calendar: Calendar | None) -> bool | None:
    day = _date(ordinal)
    return None if calendar is None or day is None else calendar.works(day)


def _reached(birth: date, years: int, conventions: Conventions) -> int:
    birthday = _same_number(birth, 12 * years, conventions.missing_day)
    return birthday + (years > 0 and conventions.age_reached is AgeReached.DAY_AFTER)


def _about(earlier: date, later: date, unit: Unit) -> int:
    """How many units lie between two days, right to within one, for units other than working days."""
    match unit:
        case Unit.YEAR:
            return later.year - earlier.year
        case Unit.MONTH:
            return 12 * (later.year - earlier.year) + later.month - earlier.month
        case _:
            return (later - earlier).days // (7 if unit is Unit.WEEK else 1)


def _greatest(about: int, fits: Callable[[int], bool]) -> int:
    """The greatest number that fits, when it is at most one away from `about`; -1 when not even 0 does."""
    return next((n for n in (about + 1, about, about - 1) if n >= 0 and fits(n)), -1)


__all__ = [
    "AgeReached",
    "Back",
    "Calendar",
    "Conventions",
    "Forward",
    "LastDay",
    "MissingDay",
    "Unit",
    "age",
    "ahead",
    "elapsed",
    "reached",
    "shift",
]
