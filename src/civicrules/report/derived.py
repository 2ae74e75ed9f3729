"""What a lawful plan must look like, as text: what rules it out first, then numbers, days, and what is left open."""

from __future__ import annotations

from itertools import groupby

from civicrules.derived import Answer, Defined, Derived, Due, Item, Line, Undone, Why
from civicrules.diagnostics import Severity, has_errors
from civicrules.findings import Report
from civicrules.program import Force
from civicrules.report import derived_words as words
from civicrules.report.diagnostics import contradiction
from civicrules.report.findings import citation
from civicrules.report.head import opening
from civicrules.report.layout import Line as Printed
from civicrules.report.layout import Role
from civicrules.report.numbers import value
from civicrules.report.text import diagnosed, heading
from civicrules.report.view import View
from civicrules.source import width as columns_of

_INDENT, _HANGING = "    ", "      "
_ASIDE = (f"{_HANGING}  ", Role.FAINT, f"{_HANGING}    ")


def exit_status(derived: Derived) -> int:
    """0: all that can be derived is. 1: no lawful plan exists. 2: the facts could not be used. 3: facts are missing."""
    if has_errors(derived.diagnostics) and not (derived.items or derived.undone):
        return 2
    if derived.impossible or any(one.why is Why.FAILS for one in derived.undone):
        return 1
    return 3 if _waiting(derived) else 0


def render(derived: Derived, language: str, *, width: int = 100, colour: bool = False, encoding: str = "utf-8") -> str:
    """All of it in lines of at most `width` display columns (40 to 160), in `language` (`en` or `zh`)."""
    view = view_of(derived, language, width=max(40, min(160, width)), encoding=encoding)
    report = Report(
        derived.ruleset,
        derived.plan,
        derived.name,
        derived.day,
        derived.law_day,
        plugins=(),
        units=derived.units,
        layers=derived.layers,
    )
    errors = [one for one in derived.diagnostics if one.severity is Severity.ERROR]
    warnings = [one for one in (*derived.diagnostics, *derived.notes) if one.severity is Severity.WARNING]
    conflicts = [one for one in (*derived.diagnostics, *derived.notes) if one.severity is Severity.CONFLICT]
    sections = [
        opening(report, view),
        *diagnosed("heading.unread", errors, view),
        *diagnosed("heading.check", warnings, view),
        *_impossible(derived, view),
        *_numbers(derived, view),
        *_calendar(derived, view),
        *_undated(derived, view),
        *_defined(derived, view),
        *_undone(derived, view),
        *diagnosed("heading.conflicts", conflicts, view, contradiction, view.lines(view.word("conflicts.lead"))),
        _last(derived, view),
    ]
    return "\n\n".join("\n".join(line.coloured() if colour else line.text for line in lines) for lines in sections)


def view_of(derived: Derived, language: str, *, width: int = 100, encoding: str = "utf-8") -> View:
    """How it is looked at in a language."""
    return View(
        language,
        width=width,
        encoding=encoding,
        units={unit.id: unit for unit in derived.units},
        above={layer.id: layer.title for layer in derived.layers},
    )


def _waiting(derived: Derived) -> int:
    return sum(one.why is Why.NEEDS for one in derived.undone)


def _last(derived: Derived, view: View) -> list[Printed]:
    status = exit_status(derived)
    if status == 2:
        return view.lines(view.word("status.2"), role=Role.FAILS)
    role = {0: Role.TITLE, 1: Role.FAILS, 3: Role.OPEN}[status]
    return view.lines(view.word(_STATUS[status], n=_waiting(derived)), role=role)


_STATUS = {0: "derive.status 0", 1: "derive.status 1", 3: "derive.status 3"}


# ---------------------------------------------------------------- sentences


def _sentence(text: str, of: Line | Undone, sign: str, view: View, role: Role = Role.PLAIN) -> list[Printed]:
    """A sentence under what it asks, with its article, its rule, and the ruleset above that it comes from."""
    said = view.clean(of.sentence.texts.text(view.language))
    said = view.word("derive.asked", allowed=text, text=said) if text else said
    named = citation(of.sentence.citation, view), view.word("derive.rule", name=words.rule(of.rule, view))
    tail = ("" if view.language == "zh" else " ").join(filter(None, named))
    start = f"{_INDENT}{view.sign(sign)} "
    lines = view.lines(said, start, role, " " * columns_of(start), tail=tail)
    above = view.above.get(of.rule.ruleset)
    return lines + (
        view.lines(view.word("finding.above", title=view.name(above)), _HANGING, Role.FAINT) if above else []
    )


def _line(line: Line, item: Item, derived: Derived, view: View) -> list[Printed]:
    is_said = line.allowed == item.allowed and not line.forms and not item.is_day
    lines = _sentence("" if is_said else words.asked(line, item, view), line, "·", view)
    told = [words.supposed(one, item, view) for one in line.answers[0].supposed]
    if not words.says_forms_only(line):
        told += [_other(one, item, derived, view) for one in line.answers[1:]]
    return lines + [one for text in (*told, *_asides(line, view)) for one in view.lines(text, *_ASIDE)]


def _asides(line: Line, view: View) -> list[str]:
    """When a sentence applies, what it follows from, and what is missing for it."""
    told = []
    if line.condition:
        told.append(view.word("derive.if applies", facts=words.facts(line.condition, view)))
    if line.implied:
        told.append(view.word("derive.follows"))
    if line.needs:
        told.append(view.word("derive.needs", facts=words.facts(line.needs, view)))
    return told


def _other(answer: Answer, item: Item, derived: Derived, view: View) -> str:
    told = [words.supposed(one, item, view) for one in answer.supposed]
    text = view.word("sign.semicolon").join(told) or words.allowed(answer.allowed, item.type, view)
    return words.read_as(answer.options, text, derived.readings, view)


# ---------------------------------------------------------------- sections


def _impossible(derived: Derived, view: View) -> list[list[Printed]]:
    blocks = []
    for item in derived.impossible:
        lines = view.lines(_refusal(item, view), f"{view.sign('✗')} ", Role.FAILS, "  ")
        for line in item.against or _refusing(item):
            lines += _sentence(words.asked(line, item, view), line, "·", view)
        blocks.append(lines)
    failing = [one for one in derived.undone if one.why is Why.FAILS]
    if failing:
        said = view.lines(view.word("derive.why.fails whatever is chosen"), f"{view.sign('✗')} ", Role.FAILS, "  ")
        blocks.append(said + [line for one in failing for line in _sentence("", one, "·", view)])
    return [heading("derive.impossible", view) + blocks[0], *blocks[1:]] if blocks else []


def _refusal(item: Item, view: View) -> str:
    """Why nothing lawful is left of a number."""
    name = words.label(item, view)
    if not item.against:
        text = view.word("derive.given against", value=value(item.given, item.type, view))
        return view.word("sign.title", name=name, verdict=text)
    return view.word("derive.against" if len(item.against) > 1 else "derive.against one", name=name)


def _refusing(item: Item) -> tuple[Line, ...]:
    """The sentences that what the plan has chosen does not meet."""
    binding = tuple(line for line in item.lines if line.sentence.force is Force.MUST and not line.condition)
    return tuple(line for line in binding if not line.allowed.free and item.given not in line.allowed) or binding


def _numbers(derived: Derived, view: View) -> list[list[Printed]]:
    items = [item for item in derived.items if not item.is_day]
    if not items:
        return [] if derived.calendar or derived.undated else [view.lines(view.word("derive.nothing"))]
    blocks = [_item(item, derived, view) for item in items]
    return [heading("derive.numbers", view) + [line for block in blocks for line in block]]


def _item(item: Item, derived: Derived, view: View) -> list[Printed]:
    text = words.label(item, view)
    if not item.allowed.free:
        text = view.word("sign.title", name=text, verdict=words.allowed(item.allowed, item.type, view))
    if item.given is not None:
        key = "derive.given against" if item.is_refused else "derive.given"
        given = view.word(key, value=value(item.given, item.type, view))
        text = f"{text}{'' if view.language == 'zh' else ' '}{view.word('sign.aside', text=given)}"
    lines = view.lines(text, role=Role.TITLE)
    told = (
        {(one.options, one.allowed) for line in item.lines[:1] for one in line.answers} if len(item.lines) == 1 else ()
    )
    for answer in (one for one in item.answers[1:] if (one.options, one.allowed) not in told):
        lines += view.lines(words.otherwise(answer, item, derived.readings, view), _INDENT, Role.FAINT, _HANGING)
    return lines + [one for line in item.lines for one in _line(line, item, derived, view)]


def _calendar(derived: Derived, view: View) -> list[list[Printed]]:
    found: list[tuple[object, list[Printed]]] = []
    for number in derived.known:
        assert number.value is not None
        told = view.word("derive.known", day=value(number.value, number.type, view), name=view.name(number.name))
        found.append((number.value, view.lines(told, role=Role.TITLE)))
    for due in derived.calendar:
        found.append((due.day, _due(due, derived, view)))
    if not derived.calendar:
        return []
    found.sort(key=lambda one: str(one[0]))
    return [heading("derive.calendar", view) + [line for _, lines in found for line in lines]]


def _due(due: Due, derived: Derived, view: View) -> list[Printed]:
    text = words.due(due, view)
    if due.options:
        text = words.read_as(due.options, text, derived.readings, view)
    text = view.word("sign.title", name=text, verdict=words.label(due.item, view))
    if due.options:
        return view.lines(text, hanging="  ") + _sentence("", due.line, "·", view)
    lines = view.lines(text, role=Role.TITLE, hanging="  ") + _sentence(_hanging(due, view), due.line, "·", view)
    return lines + [one for told in _asides(due.line, view) for one in view.lines(told, *_ASIDE)]


def _hanging(due: Due, view: View) -> str:
    """How a day hangs on other days."""
    return view.listed([words.form(one, due.item.type, view) for one in due.line.forms])


def _undated(derived: Derived, view: View) -> list[list[Printed]]:
    lines = [line for item in derived.undated for line in _item(item, derived, view)]
    return [heading("derive.undated", view) + lines] if lines else []


def _defined(derived: Derived, view: View) -> list[list[Printed]]:
    lines = [line for one in derived.defined for line in _value(one, derived, view)]
    return [heading("derive.defined", view) + lines] if lines else []


def _value(of: Defined, derived: Derived, view: View) -> list[Printed]:
    (_, taken), *others = of.values
    text = view.word("sign.title", name=view.name(of.names), verdict=value(taken, of.type, view))
    tail = citation(of.citation, view) if of.citation is not None else ""
    lines = view.lines(text, f"{view.sign('·')} ", hanging="  ", tail=tail)
    for options, other in others:
        said = words.read_as(options, value(other, of.type, view), derived.readings, view)
        lines += view.lines(said, _INDENT, Role.FAINT, _HANGING)
    return lines


def _undone(derived: Derived, view: View) -> list[list[Printed]]:
    kept = sorted(
        (one for one in derived.undone if one.why not in (Why.FAILS, Why.UNDATED)), key=lambda one: _ORDER[one.why]
    )
    lines = []
    for why, group in groupby(kept, key=lambda one: one.why):
        lines += view.lines(view.word(f"derive.why.{why.value}"), role=Role.TITLE)
        for one in group:
            lines += _sentence("", one, "·", view)
            if one.missing:
                said = view.word("derive.missing", facts=words.facts(one.missing, view))
                lines += view.lines(said, f"{_HANGING}  ", Role.HELP, f"{_HANGING}    ")
    return [heading("derive.undone", view) + lines] if lines else []


_ORDER = {why: at for at, why in enumerate(Why)}
