"""What a lawful plan must look like, as text: what rules it out first, then numbers, days, and what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import evolve

from civicrules.derived import Answer, Defined, Derived, Due, Item, Line, Undone, Why
from civicrules.diagnostics import Severity, has_errors
from civicrules.findings import Report
from civicrules.program import Comparison, Force, Names
from civicrules.report import derived_words as words
from civicrules.report.diagnostics import contradiction
from civicrules.report.findings import citation
from civicrules.report.head import opening
from civicrules.report.layout import Line as Printed
from civicrules.report.layout import Role
from civicrules.report.missing import is_list, to_fill_in
from civicrules.report.numbers import value
from civicrules.report.text import diagnosed, heading
from civicrules.report.view import View
from civicrules.source import width as columns_of

_INDENT, _HANGING = "    ", "      "
# Of so many sentences that wait for the same each is told.
_FEW = 3
_ASIDE = (f"{_HANGING}  ", Role.FAINT, f"{_HANGING}    ")


def exit_status(derived: Derived) -> int:
    """0: all that can be derived is. 1: no lawful plan exists. 2: the facts could not be used. 3: facts are missing."""
    if has_errors(derived.diagnostics) and not (derived.items or derived.undone):
        return 2
    if derived.impossible or any(one.why is Why.FAILS for one in derived.undone):
        return 1
    return 3 if _waiting(derived) else 0


def render(
    derived: Derived,
    language: str,
    *,
    width: int = 100,
    colour: bool = False,
    encoding: str = "utf-8",
    verbose: bool = False,
) -> str:
    """All of it in lines of at most `width` display columns (40 to 160), in `language` (`en` or `zh`).

    With `verbose` each sentence that nothing could be derived from, and each step of an order, stands by itself.
    """
    view = evolve(view_of(derived, language, width=max(40, min(160, width)), encoding=encoding), verbose=verbose)
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
    start = f"{_INDENT}{view.sign(sign)} "
    lines = view.lines(said, start, role, " " * columns_of(start), tail=_cited(of, view))
    above = view.above.get(of.rule.ruleset)
    return lines + (
        view.lines(view.word("finding.above", title=view.name(above)), _HANGING, Role.FAINT) if above else []
    )


def _cited(of: Line | Undone, view: View) -> str:
    """The article and the rule of a sentence."""
    named = citation(of.sentence.citation, view), view.word("derive.rule", name=words.rule(of.rule, view))
    return ("" if view.language == "zh" else " ").join(filter(None, named))


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
    """Days of which no date can be told: orders of steps in a line each, then the days of which more is asked."""
    steps = [] if view.verbose else [(item, line) for item in derived.undated for line in item.lines if _is_step(line)]
    orders = [chain for chain in _chains(steps) if len(chain) > 1]
    told = {id(line) for chain in orders for _, line in chain}
    lines = [printed for chain in orders for printed in _order(chain, view)]
    for item in derived.undated:
        rest = tuple(line for line in item.lines if id(line) not in told)
        lines += _item(evolve(item, lines=rest), derived, view) if rest else []
    return [heading("derive.undated", view) + lines] if lines else []


def _is_step(line: Line) -> bool:
    """Whether all that is asked of a day is to be no later than one other."""
    if len(line.answers) > 1 or len(line.forms) != 1 or _depends_on_facts(line):
        return False
    form = line.forms[0]
    return line.allowed.free and form.comparison is Comparison.AT_MOST and not form.constant


def _depends_on_facts(line: Line) -> bool:
    return bool(line.condition or line.needs or line.implied or line.answers[0].supposed)


def _chains(steps: Iterable[tuple[Item, Line]]) -> Iterator[list[tuple[Item, Line]]]:
    """Steps of one rule that follow each other, from the first to the last."""
    left = list(steps)
    while left:
        ends = {(line.rule.id, _later(line)) for _, line in left}
        first = next((one for one in left if (one[1].rule.id, one[0].names) not in ends), left[0])
        chain = [first]
        left.remove(first)
        while (following := _following(chain[-1][1], left)) is not None:
            chain.append(following)
            left.remove(following)
        yield chain


def _following(of: Line, left: Iterable[tuple[Item, Line]]) -> tuple[Item, Line] | None:
    return next((one for one in left if one[1].rule.id == of.rule.id and one[0].names == _later(of)), None)


def _later(line: Line) -> Names:
    ((_, other),) = line.forms[0].terms
    return other.name


def _order(chain: Sequence[tuple[Item, Line]], view: View) -> list[Printed]:
    last = chain[-1][1]
    names = [*(words.label(item, view) for item, _ in chain), view.name(_later(last))]
    return view.lines(view.sign(" → ").join(names), f"{view.sign('·')} ", hanging="  ", tail=_cited(last, view))


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
    """Sentences that nothing could be derived from: first those that wait for facts, by these; each when all is asked for."""
    kept = sorted(
        (one for one in derived.undone if one.why not in (Why.FAILS, Why.UNDATED)), key=lambda one: _ORDER[one.why]
    )
    known = () if view.verbose else tuple(one for one in kept if one.missing)
    waiting = tuple(one for one in known if one.why is Why.NEEDS)
    of_persons = tuple(one for one in known if one.why in _OF_PERSONS)
    lines = _waiting_for(waiting, "waiting.lead", view) + _waiting_for(of_persons, "derive.persons", view)
    for why, group in groupby((one for one in kept if one not in (*waiting, *of_persons)), key=lambda one: one.why):
        lines += view.lines(view.word(f"derive.why.{why.value}"), role=Role.TITLE)
        for one in group:
            lines += _sentence("", one, "·", view)
            if one.missing:
                said = view.word("derive.missing", facts=words.facts(one.missing, view))
                lines += view.lines(said, f"{_HANGING}  ", Role.HELP, f"{_HANGING}    ")
    return [heading("derive.undone", view, len(kept)) + lines] if lines else []


def _waiting_for(undone: Sequence[Undone], lead: str, view: View) -> list[Printed]:
    """What is to be filled in, facts before lists, and what waits for it: the sentences, or how many where they are many."""
    groups: dict[frozenset[str], list[Undone]] = {}
    for one in undone:
        groups.setdefault(frozenset(fact.key for fact in one.missing), []).append(one)
    lines = view.lines(view.word(lead), role=Role.TITLE) if groups else []
    for some in sorted(groups.values(), key=_urgency):
        facts, start = some[0].missing, f"{view.sign('?')} "
        what = view.word("sign.semicolon").join(to_fill_in(facts, view, {}))
        if len(some) > _FEW or all(map(is_list, facts)):
            lines += view.lines(view.word("waiting.number", what=what, n=len(some)), start, Role.OPEN, "  ")
        else:
            lines += view.lines(what, start, Role.OPEN, "  ")
            lines += [line for one in some for line in _sentence("", one, "·", view)]
    return lines


def _urgency(of: Sequence[Undone]) -> tuple[bool, int, int]:
    binding = sum(one.sentence.force is Force.MUST for one in of)
    return all(map(is_list, of[0].missing)), -binding, -len(of)


_ORDER = {why: at for at, why in enumerate(Why)}
_OF_PERSONS = frozenset({Why.ATTESTED, Why.PERSONS})
