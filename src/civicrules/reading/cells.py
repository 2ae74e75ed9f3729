"""Values of spreadsheet cells as readers of any format hand them over."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from civicrules.diagnostics import Diagnostic
from civicrules.reading.people import masked
from civicrules.reading.raw import Atom, Unreadable, Written, exact_of, shown
from civicrules.source import Cell

# Spreadsheets keep 15 significant digits of a number (IEEE 754 binary64); what has more was something else when it
# was typed.
_MOST_DIGITS = 15

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PERCENT = re.compile(r"[0#?](?:\.([0#?]+))?\s*%")


def atom_of(value: object, place: Cell, number_format: str = "") -> tuple[Atom | None, Diagnostic | None]:
    """A cell's value as an atom, nothing for an empty cell; with a diagnostic when it has lost digits."""
    written = _written(value)
    if written is None:
        return None, None
    if isinstance(written, int | Fraction) and not isinstance(written, bool) and abs(written) >= 10**_MOST_DIGITS:
        return Atom(Unreadable.VALUE, place), Diagnostic("CR0444", place, {"found": masked(shown(written))})
    numeric = isinstance(written, int | Fraction) and not isinstance(written, bool)
    return Atom(written, place, precision_of(number_format) if numeric else None), None


def _written(value: object) -> Written | None:
    match value:
        case bool() | int():
            return value
        case float():
            number = exact_of(value)
            return Unreadable.VALUE if number is None else number
        case str():
            return value if value.strip() else None
        case datetime():
            return value.date() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value
        case time():
            return value.isoformat("minutes")
        case timedelta():
            minutes = value // timedelta(minutes=1)
            return f"{minutes // 60}:{minutes % 60:02d}"
        case _:
            return None


def precision_of(number_format: str) -> Fraction | None:
    """The last printed unit of a percentage format, nothing for other formats.

    >>> precision_of("0%"), precision_of("0.0%"), precision_of("General")
    (Fraction(1, 100), Fraction(1, 1000), None)
    """
    if "%" not in number_format:
        return None
    match = _PERCENT.search(_QUOTED.sub("", number_format.split(";")[0]))
    return Fraction(1, 100 * 10 ** len(match[1] or "")) if match else None
