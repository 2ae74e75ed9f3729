"""What may be chosen, in words: one way to say it for the text, the workbook and the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from civicrules.codes import day
from civicrules.derived import Allowed, Answer, Due, Form, Item, Line, Options, Stretch, Supposed
from civicrules.exact import Exact, Interval, whole
from civicrules.findings import Missing
from civicrules.program import DateType, Reading, Rule, Type
from civicrules.report.missing import full_name, is_list
from civicrules.report.numbers import is_shown_exactly, percent, plain, value
from civicrules.report.view import View


def allowed(of: Allowed, type: Type, view: View) -> str:
    """What may be chosen: `at least 51 people`, `3 to 5 people`, `one of all voters, household delegates`."""
    if of.is_empty:
        return view.word("derive.against value")
    if of.free:
        return view.word("derive.free")
    named = [value(one, type, view) for one in of.values]
    if named and not of.stretches:
        return named[0] if len(named) == 1 else view.word("derive.one of", values=view.listed(named))
    return view.word("derive.or").join([*named, *(_stretch(one, type, view) for one in of.stretches)])


def _stretch(of: Stretch, type: Type, view: View) -> str:
    if of.low is not None and of.low == of.high:
        key = "derive.on" if isinstance(type, DateType) else "derive.exactly"
        return view.word(key, day=_value(of.low, type, view), value=_value(of.low, type, view))
    if of.low_open and of.high_open:
        return view.word("derive.between", low=_value(of.low, type, view), high=_value(of.high, type, view))
    if of.low_open:
        return view.word("derive.more than", low=_value(of.low, type, view))
    if of.high_open:
        return view.word("derive.less than", high=_value(of.high, type, view))
    return value(Interval(of.low, of.high), type, view)


def _value(of: Exact | None, type: Type, view: View) -> str:
    return value(date.fromordinal(int(of)) if of is not None and isinstance(type, DateType) else of, type, view)


def asked(line: Line, item: Item, view: View) -> str:
    """What a sentence asks under the readings taken; how it hangs on others where it says no more by itself."""
    told = [form(one, item.type, view) for one in line.forms]
    if says_forms_only(line):
        return view.listed(told)
    plain_text = allowed(line.allowed, item.type, view)
    return view.word("derive.and", allowed=plain_text, form=view.listed(told)) if told else plain_text


def rule(of: Rule, view: View) -> str:
    """What a rule is called, by which `check --why` finds it."""
    return view.name(of.names) or view.clean(of.id)


def says_forms_only(line: Line) -> bool:
    """Whether only how a number hangs on others is told, because its own ends say little."""
    return bool(line.forms) and (line.allowed.free or len(line.depends) > 1)


def supposed(of: Supposed, item: Item, view: View) -> str:
    """What may be chosen if another number is such."""
    return view.word(
        "derive.if",
        allowed=allowed(of.allowed, item.type, view),
        name=view.name(of.other.name),
        value=value(of.other.value, of.other.type, view),
    )


def otherwise(of: Answer, item: Item, readings: Iterable[Reading], view: View) -> str:
    """What may be chosen where rules are read otherwise."""
    return read_as(of.options, allowed(of.allowed, item.type, view), readings, view)


def read_as(options: Options, text: str, readings: Iterable[Reading], view: View) -> str:
    """A text with the options of readings that it rests on."""
    by_id = {reading.id: reading for reading in readings}
    if len(options) == 1:
        ((id, at),) = options
        option, reading = by_id[id].options[at], by_id[id]
        data = {"option": view.name(option.texts), "reading": view.name(reading.names)}
        return view.word("derive.otherwise", allowed=text, **data)
    read = view.word("reading.together").join(
        view.word("reading.option", option=view.name(by_id[id].options[at].texts), reading=view.name(by_id[id].names))
        for id, at in options
    )
    return view.word("derive.readings", allowed=text, read=read)


def form(of: Form, type: Type, view: View) -> str:
    """How a number hangs on others: `at most 3/7 of the representatives`."""
    if isinstance(type, DateType):
        ((_, other),) = of.terms
        name, days = view.name(other.name), int(of.constant)
        key = "derive.days after" if days > 0 else "derive.days before" if days else "derive.day of"
        return view.word(f"derive.day form.{of.comparison.value}", sum=view.word(key, n=abs(days), name=name))
    parts = [(times, _term(_size(times), view.name(other.name), view)) for times, other in of.terms]
    parts += [(of.constant, plain(_size(of.constant), view))] if of.constant else []
    total = ""
    for times, term in sorted(parts, key=_is_taken_away):
        total = _added(total, times, term, view)
    return view.word(f"derive.form.{of.comparison.value}", sum=total)


def _size(number: Exact) -> Exact:
    return -number if number < 0 else number


def _is_taken_away(term: tuple[Exact, str]) -> bool:
    return term[0] < 0


def _added(total: str, times: Exact, term: str, view: View) -> str:
    if not total:
        return term if times > 0 else f"{view.sign('−')}{term}"
    return view.word("derive.plus" if times > 0 else "derive.minus", sum=total, term=term)


def _term(times: Exact, name: str, view: View) -> str:
    times = whole(times)
    if times == 1:
        return name
    if isinstance(times, int):
        return view.word("derive.multiple", times=times, name=name)
    if is_shown_exactly(times):
        return view.word("derive.times", times=percent(times, view), name=name)
    return view.word("derive.times", times=f"{times.numerator}/{times.denominator}", name=name)


def facts(of: Iterable[Missing], view: View) -> str:
    """Facts by their names, with where they are filled in; counts of members by their names alone."""
    return view.listed([view.name(one.names) if is_list(one) else full_name(one, view) for one in of])


def due(of: Due, view: View) -> str:
    """A limit of a calendar: `no later than 16 April 2011`."""
    return view.word(f"derive.due.{of.end.value}", day=view.clean(day(of.day, view.language)))


def label(item: Item, view: View) -> str:
    """What an item is called."""
    return view.name(item.names) or view.clean(item.key)


__all__ = ["allowed", "asked", "due", "facts", "form", "label", "otherwise", "read_as", "says_forms_only", "supposed"]
