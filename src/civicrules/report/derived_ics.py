"""The days of a lawful plan as iCalendar (RFC 5545): an all-day event on the last lawful day of what must be done by then.

Lines end with CRLF and are folded at 75 octets (3.1), texts are escaped (3.3.11). The same facts give the same bytes: the
identifier of an event comes of its rule, what it limits and its day, its time stamp of the plan's day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from civicrules.derived import Derived, Due
from civicrules.findings import Number
from civicrules.program import FactOf
from civicrules.report import derived_words as words
from civicrules.report.derived import view_of
from civicrules.report.findings import citation
from civicrules.report.view import View

_OCTETS = 75
# The first day that iCalendar tools count from; stands where neither the plan nor the law has a day.
_NO_DAY = date(1970, 1, 1)


def render(derived: Derived, language: str) -> str:
    """The calendar, in a language: known days, and first and last lawful days under the readings taken."""
    view = view_of(derived, language)
    stamp = derived.day or derived.law_day or _NO_DAY
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//civicrules//derive//{language.upper()}",
        "CALSCALE:GREGORIAN",
    ]
    lines.append(f"X-WR-CALNAME:{escaped(derived.ruleset.title.text(language) or derived.ruleset.id)}")
    for number in derived.known:
        lines += _known(number, derived, stamp, view)
    for due in derived.calendar:
        if not due.options:
            lines += _event(due, derived, stamp, view)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def _known(number: Number, derived: Derived, stamp: date, view: View) -> Iterator[str]:
    of = number.mention.of if number.mention is not None else None
    assert isinstance(number.value, date) and isinstance(of, FactOf)
    yield from _all_day(number.value, _uid(derived, of.key, number.value, "given"), stamp, view.name(number.name), "")


def _event(due: Due, derived: Derived, stamp: date, view: View) -> Iterator[str]:
    label = words.label(due.item, view)
    title = view.word(f"derive.event.{due.end.value}", name=label)
    told = [view.clean(due.line.sentence.texts.text(view.language))]
    told.append(" ".join(filter(None, (citation(due.line.sentence.citation, view), words.rule(due.line.rule, view)))))
    told += [
        words.read_as(other.options, words.due(other, view), derived.readings, view)
        for other in derived.calendar
        if other.options and other.end is due.end and other.line is due.line
    ]
    mark = f"{due.item.key} {due.line.sentence.texts.text('en')} {due.end.value}"
    yield from _all_day(due.day, _uid(derived, due.line.rule.id, due.day, mark), stamp, title, "\n".join(told))


def _all_day(on: date, uid: str, stamp: date, title: str, text: str) -> Iterator[str]:
    """An event that takes a day: it ends before the day after (3.6.1), where the calendar has one."""
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(on)}"
    if on < date.max:
        yield f"DTEND;VALUE=DATE:{_basic(on + timedelta(1))}"
    yield f"SUMMARY:{escaped(title)}"
    if text:
        yield f"DESCRIPTION:{escaped(text)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _basic(of: date) -> str:
    return of.isoformat().replace("-", "")


def _uid(derived: Derived, rule: str, on: date, mark: str) -> str:
    """An identifier that any further run gives to the same limit; ASCII, without spaces."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "-" for char in rule)
    seal = hashlib.sha256(f"{derived.ruleset.id} {rule} {mark}".encode()).hexdigest()[:12]
    return f"{plain}-{on.isoformat()}-{seal}@civicrules"


def escaped(text: str) -> str:
    r"""A text as iCalendar writes it.

    >>> print(escaped("a, b; c\\d\ne"))
    a\, b\; c\\d\ne
    """
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, no character torn; every part but the first begins with a space.

    >>> [len(part.encode()) for part in folded("选" * 30)]
    [75, 16]
    """
    part, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part += char
        size += octets
    yield part
