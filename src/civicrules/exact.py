"""Exact numbers: integers and fractions, named roundings, intervals. No floats pass through here."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from civicrules.values import frozen

Exact = int | Fraction


class Rounding(Enum):
    """How a fraction becomes a count. Each rounds towards the named side; whole numbers stay as they are."""

    DOWN = "rounded down"
    UP = "rounded up"
    HALF_UP = "rounded half up"


def whole(value: Exact) -> Exact:
    """The same number, as an integer where it is one.

    >>> whole(Fraction(6, 3)), whole(Fraction(1, 3))
    (2, Fraction(1, 3))
    """
    return value.numerator if value.denominator == 1 else value


def rounded(value: Exact, how: Rounding) -> int:
    """A count from a fraction.

    >>> [rounded(Fraction(101, 100), how) for how in Rounding]
    [1, 2, 1]
    >>> rounded(Fraction(1, 2), Rounding.HALF_UP)
    1
    """
    if how is Rounding.DOWN:
        return value.numerator // value.denominator
    if how is Rounding.UP:
        return -(-value.numerator // value.denominator)
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@frozen
class Interval:
    """All numbers (or days) from `low` to `high`, both included; `None` is unbounded on that side."""

    low: Exact | None
    high: Exact | None

    def __contains__(self, value: Exact) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


# What Chinese figures are counted in: 20万, 1.5亿.
MYRIADS = MappingProxyType({"万": 10_000, "亿": 100_000_000})

_NUMERALS = {c: i for i, c in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_DIGITS = _NUMERALS | {"〇": 0, "零": 0}
_SCALES = {"十": 10, "百": 100, "千": 1000}


def chinese_numeral(text: str) -> int:
    """A Chinese numeral below a hundred million; a year is read digit by digit.

    >>> chinese_numeral("二〇二六"), chinese_numeral("二零二六")
    (2026, 2026)

    >>> [chinese_numeral(t) for t in ("三", "十五", "二百五十", "两千", "一千六百零一", "三万二千")]
    [3, 15, 250, 2000, 1601, 32000]
    """
    if len(text) > 1 and all(character in _DIGITS for character in text):  # 二〇二六: digit by digit
        return int("".join(str(_DIGITS[character]) for character in text))
    total, part, digit = 0, 0, 0
    for character in text:
        if character == "万":
            total, part, digit = (part + digit) * 10_000, 0, 0
        elif character in _SCALES:
            part += (digit or 1) * _SCALES[character]
            digit = 0
        else:
            digit = _NUMERALS.get(character, 0)
    return total + part + digit
