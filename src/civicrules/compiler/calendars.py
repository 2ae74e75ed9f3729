"""Calendars of working days: which days of the week are free, which others, and which are worked in exchange."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from attrs import evolve

from civicrules import program as p
from civicrules.compiler.citations import Citations
from civicrules.compiler.header import validity
from civicrules.compiler.scope import Scope
from civicrules.days import Calendar
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.language import nodes as n
from civicrules.program import Names, identifier
from civicrules.suggest import nearest

_WEEKDAYS = (
    Names.of(en="Monday", zh="星期一"),
    Names.of(en="Tuesday", zh="星期二"),
    Names.of(en="Wednesday", zh="星期三"),
    Names.of(en="Thursday", zh="星期四"),
    Names.of(en="Friday", zh="星期五"),
    Names.of(en="Saturday", zh="星期六"),
    Names.of(en="Sunday", zh="星期日"),
)
_KEYS = ("name.", "valid", "weekend", "holidays", "make_up")
_ONE = timedelta(days=1)


def compiled(blocks: Iterable[n.Block], scope: Scope, citations: Citations, above: Calendar | None) -> Calendar | None:
    """The calendar of a ruleset: its blocks one after the other, with that of the ruleset above before or after them."""
    found = [(one, block) for block in blocks if (one := _calendar(block, scope, citations)) is not None]
    made = above
    for one, block in sorted(found, key=lambda pair: pair[0].first):
        if made is None:
            made = one
        elif (joined := _joined(made, one)) is not None:
            made = joined
        else:
            scope.report("CR0372", block.span, first=made.first, last=made.last)
    return made


def lacking(program: p.Program) -> Iterator[Diagnostic]:
    """A note where working days are counted and no text in reach has a calendar. A ruleset below this one may have it."""
    places = program.working_days() if program.calendar is None else ()
    if places:
        yield Diagnostic("CR0379", places[0].span, {"number": len(places)}, Severity.ADVICE)


def _calendar(block: n.Block, scope: Scope, citations: Citations) -> Calendar | None:
    if not citations.check_entries(block.entries, _KEYS):
        return None
    entries = {entry.key: entry for entry in block.entries}
    span = validity(entries["valid"]) if "valid" in entries else None
    if span is None or span.start is None or span.end is None:
        scope.report("CR0371", block.span)
        return None
    weekend = frozenset(_weekdays(entries["weekend"], scope)) if "weekend" in entries else frozenset()
    free, worked = (frozenset(_days(entries[key], scope)) if key in entries else frozenset() for key in _KEYS[3:])
    return Calendar(span.start, span.end, weekend, free, worked)


def _weekdays(entry: n.Entry, scope: Scope) -> Iterator[int]:
    for value in entry.values:
        text = value.span.text if value.span is not None else ""
        found = next((at for at, names in enumerate(_WEEKDAYS, 1) if _is_called(text, names)), None)
        if found is not None:
            scope.note(value.span, _WEEKDAYS[found - 1])
            yield found
            continue
        suggestions = nearest(text, [form for names in _WEEKDAYS for _, form in names.forms])
        scope.report("CR0373", value.span, name=text, suggestions=suggestions)


def _is_called(text: str, names: Names) -> bool:
    return identifier(text.replace("周", "星期")) in {identifier(form) for _, form in names.forms}


def _days(entry: n.Entry, scope: Scope) -> Iterator[date]:
    for value in entry.values:
        match value:
            case n.Day(value=day):
                yield day
            case n.Range(low=n.Day(value=first), high=n.Day(value=last)):
                yield from _between(first, last)
            case _:
                scope.diagnostics.append(Diagnostic("CR0374", value.span))


def _between(first: date, last: date) -> Sequence[date]:
    return [first + at * _ONE for at in range((last - first).days + 1)]


def _joined(one: Calendar, other: Calendar) -> Calendar | None:
    """Two calendars as one, when the other begins on the day after the one ends and the same weekdays are free."""
    first, second = sorted((one, other), key=lambda calendar: calendar.first)
    if first.last + _ONE != second.first or first.weekend != second.weekend:
        return None
    holidays, worked = first.holidays | second.holidays, first.make_up | second.make_up
    return evolve(first, last=second.last, holidays=holidays, make_up=worked)
