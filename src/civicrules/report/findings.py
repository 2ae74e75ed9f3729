"""A finding in lines: the sentence with its article, the numbers under it, what is missing, what would mend it."""

from __future__ import annotations

from attrs import evolve

from civicrules.codes import day
from civicrules.exact import Interval
from civicrules.facts import Waiver
from civicrules.findings import (
    Advice,
    Dependence,
    Finding,
    Missing,
    Number,
    Subject,
    Verdict,
    fingerprint,
    is_personal,
)
from civicrules.program import Citation, FactOf, Rule, ValueOf
from civicrules.report import shares
from civicrules.report.layout import Line, Role, pad
from civicrules.report.missing import by_fact
from civicrules.report.numbers import label, number, value, without_unit
from civicrules.report.view import View
from civicrules.source import Place, width

_INDENT = "    "
_MOST_PLACES = 3


def citation(of: Citation, view: View) -> str:
    """The article as the ruleset cites it, in brackets; nothing where there is none."""
    source, article = view.clean(of.source), view.name(of.article)
    return view.word("sign.citation", article=article or source) if article or source else ""


def heading(finding: Finding, sign: str, role: Role, view: View, text: str | None = None) -> list[Line]:
    """The sentence, after a sign, with its article and the ruleset above that it is of; as an item of a list, `text` alone."""
    lines = sentence(finding, sign, role, view, text)
    return lines if text is not None else lines + origin(finding.rule, view)


def sentence(finding: Finding, sign: str, role: Role, view: View, text: str | None = None) -> list[Line]:
    """The sentence, after a sign, with its article; as an item of a list, `text` alone."""
    start = f"{view.sign(sign)} "
    said = view.clean(finding.text(view.language) if text is None else text)
    tail = citation(finding.article, view) if text is None else ""
    return view.lines(said, start, role, " " * width(start), tail=tail)


def origin(rule: Rule, view: View) -> list[Line]:
    """Which ruleset above a rule comes from."""
    title = view.above.get(rule.ruleset)
    return [] if title is None else view.lines(view.word("finding.above", title=view.name(title)), _INDENT, Role.FAINT)


def defined(finding: Finding, view: View) -> list[Line]:
    """Which ruleset the values in a sentence come from, where that is not its own."""
    lines = []
    for one in finding.numbers:
        of = one.mention.of if one.mention is not None else None
        origin = view.origins.get(of.id) if isinstance(of, ValueOf) else None
        if origin is not None and origin.id != finding.rule.ruleset:
            title = view.name(origin.title) or origin.id
            text = view.word("finding.defined", name=view.name(one.name), title=title)
            lines += view.lines(text, _INDENT, Role.FAINT)
    return lines


def exemptions(finding: Finding, view: View) -> list[Line]:
    """The exceptions from a sentence, as written."""
    texts = [view.name(one.texts) for one in finding.sentence.exemptions if one.texts.forms]
    return [line for text in texts for line in view.lines(text, _INDENT, Role.FAINT, _INDENT + "  ")]


def subject(of: Subject, view: View) -> str:
    """A member of a list: by name where the list is public, else by where it stands."""
    if of.label:
        return view.clean(of.label)
    return f"{view.name(of.names)} {of.index + 1 if of.place is None else view.place(of.place)}"


def full(finding: Finding, sign: str, role: Role, view: View, text: str | None = None) -> list[Line]:
    """Everything about a finding."""
    lines = heading(finding, sign, role, view, text) + measured(finding, view)
    lines += view.lines(waiver(finding.waived, view), _INDENT, Role.HELP, _INDENT + "  ") if finding.waived else []
    return lines + mending(finding, view)


def measured(finding: Finding, view: View) -> list[Line]:
    """What stands under a sentence first: its exceptions, its numbers, and what is missing."""
    lines = []
    if view.verbose or finding.verdict is Verdict.FAILS:
        lines += exemptions(finding, view)
    lines += defined(finding, view)
    unread = frozenset(fact.key for fact in finding.missing if fact.blocked)
    if unread or not finding.missing or any(map(_tells, finding.numbers)):
        lines += numbers(finding.numbers, view, unread)
    lines += [line for text in shares.lines(finding, view) for line in view.lines(text, _INDENT)]
    return lines + _missing(_not_shown(finding), view)


def mending(finding: Finding, view: View) -> list[Line]:
    """What would mend a failure, who may waive it, and which readings it rests on."""
    lines = []
    if finding.waived is None:
        lines += _advice(finding, view) or _unadvised(finding, view)
        lines += lapsed((finding,), view)
        lines += waivable((finding,), view)
    return lines + [line for one in finding.readings for line in _dependence(one, view)]


def compact(finding: Finding, sign: str, role: Role, view: View, text: str | None = None) -> list[Line]:
    """The sentence alone, and on which readings it depends."""
    if view.verbose:
        return full(finding, sign, role, view, text)
    lines = sentence(finding, sign, role, view, text)
    return lines + [line for one in finding.readings for line in _dependence(one, view)]


# ---------------------------------------------------------------- waivers


def waiver(of: Waiver, view: View) -> str:
    """Who waived a rule, when and why."""
    data = {"by": view.clean(of.by), "reason": view.clean(of.reason)}
    if of.day is None:
        return view.word("finding.waived undated", **data)
    return view.word("finding.waived", day=view.clean(day(of.day, view.language)), **data)


def lapsed(findings: tuple[Finding, ...], view: View) -> list[Line]:
    """Waivers that were given for other numbers than those that a finding has now."""
    lines = []
    for one in findings:
        if one.lapsed is None:
            continue
        text = view.word("finding.lapsed", waived=waiver(one.lapsed, view), mark=view.clean(one.lapsed.fingerprint))
        if one.subject is not None:
            text = view.word("members.missing", facts=subject(one.subject, view), names=text)
        lines += view.lines(text, _INDENT, Role.OPEN, _INDENT + "  ")
    return lines


def waivable(findings: tuple[Finding, ...], view: View) -> list[Line]:
    """Who may waive a rule that fails, and the fingerprints of the numbers that a waiver names."""
    by = findings[0].rule.waiver
    marks = [fingerprint(one) for one in findings if one.decisive]
    if by is None or not marks:
        return []
    if len(findings) > 1 or findings[0].subject is not None:
        whose = [subject(one.subject, view) for one in findings if one.decisive and one.subject is not None]
        marks = [f"{name} {mark}" for name, mark in zip(whose, marks, strict=True)]
    text = view.word("finding.waivable", by=view.name(by), marks=view.listed(marks))
    return view.lines(text, _INDENT, Role.FAINT, _INDENT + "  ")


# ---------------------------------------------------------------- numbers


def numbers(entries: tuple[Number, ...], view: View, unread: frozenset[str] = frozenset()) -> list[Line]:
    """Names with their values and where they stand: in columns where they fit, one after the other where not.

    `unread` are keys of facts that were given but could not be read.
    """
    return columns([row for entry in entries for row in _rows(entry, 0, view, unread)], view)


def columns(rows: list[tuple[str, str, str]], view: View) -> list[Line]:
    """Rows of a label, a text and a place: in columns where they fit, one after the other where not."""
    if not rows:
        return []
    label_width = max(width(label) for label, _, _ in rows)
    value_width = max(width(text) for _, text, _ in rows)
    fits = all(
        len(_INDENT) + label_width + 2 + (value_width + 2 + width(places) if places else width(text)) <= view.width
        for _, text, places in rows
    )
    if fits:
        gap = "  " if value_width else ""
        start = ((f"{_INDENT}{pad(label, label_width)}  ", text, places) for label, text, places in rows)
        texts = (f"{label}{pad(text, value_width)}{gap}{places}" for label, text, places in start)
        return [Line(text.rstrip(), cells=row) for text, row in zip(texts, rows, strict=True)]
    return [line for row in rows for line in _wrapped(row, view)]


def _wrapped(row: tuple[str, str, str], view: View) -> list[Line]:
    label, text, places = row
    depth = _INDENT + " " * (len(label) - len(label.lstrip(" ")))
    joined = view.word("sign.colon").join(filter(None, (label.strip(), text)))
    aside = view.word("sign.aside", text=places) if places else ""
    return view.lines(joined, depth, hanging=depth + "  ", tail=aside)


def _tells(entry: Number) -> bool:
    """Whether anything is known of a number, or of one that it was made from."""
    return entry.value not in (None, Interval(None, None)) or any(map(_tells, entry.inner))


def _rows(entry: Number, depth: int, view: View, unread: frozenset[str]) -> list[tuple[str, str, str]]:
    name = "  " * depth + label(entry, view)
    fact = entry.mention.of if entry.mention else None
    is_unread = isinstance(fact, FactOf) and fact.key in unread
    text = view.word("value.not read") if is_unread else number(entry, view)
    row = name, text, places_in_words(entry.places, view)
    return [row, *(inner for one in entry.inner for inner in _rows(one, depth + 1, view, unread))]


def places_in_words(places: tuple[Place, ...], view: View) -> str:
    """Where facts stand, in a line."""
    shown = list(dict.fromkeys(view.place(place) for place in places[:_MOST_PLACES]))
    text = view.listed(shown)
    rest = max(len(places) - _MOST_PLACES, 0)
    return f"{text} {view.word('places.more', n=rest, total=len(places))}" if rest else text


# ---------------------------------------------------------------- what is missing, what would mend it


def _not_shown(finding: Finding) -> tuple[Missing, ...]:
    """What is missing, without facts that could not be read and already say so among the numbers."""
    shown = {key for entry in finding.numbers for key in _fact_keys(entry)}
    return tuple(fact for fact in finding.missing if not (fact.blocked and fact.key in shown))


def _fact_keys(entry: Number) -> list[str]:
    fact = entry.mention.of if entry.mention else None
    own = [fact.key] if isinstance(fact, FactOf) else []
    return own + [key for inner in entry.inner for key in _fact_keys(inner)]


def _missing(entries: tuple[Missing, ...], view: View) -> list[Line]:
    unread = by_fact((one for one in entries if one.blocked), view)
    absent = by_fact((one for one in entries if not one.blocked), view)
    lines = [line for text in unread for line in view.lines(text, _INDENT, Role.HELP, _INDENT + "  ")]
    if absent:
        lines += view.lines(view.word("finding.missing"), _INDENT, Role.HELP)
    return lines + [line for text in absent for line in view.lines(text, _INDENT + "  ", Role.HELP, _INDENT + "    ")]


def _advice(finding: Finding, view: View) -> list[Line]:
    entries = finding.advice
    if not entries:
        return []
    called = {key: one.name for one in finding.numbers for key in _fact_keys(one)[:1] if not one.inner}
    lines = view.lines(view.word("finding.mend" if len(entries) == 1 else "finding.mend any"), _INDENT, Role.HELP)
    for entry in entries:
        named = evolve(entry, names=called.get(entry.key, entry.names))
        lines += view.lines(_change(named, view), _INDENT + "  ", Role.HELP, _INDENT + "    ")
    return lines


def _unadvised(finding: Finding, view: View) -> list[Line]:
    """Where changing one number was tried and is not enough, the reader is told to look at several together."""
    if not finding.tried:
        return []
    if any(map(is_personal, (*finding.numbers, *(inner for one in finding.numbers for inner in one.inner)))):
        return []  # what was tried on personal values is not told
    return view.lines(view.word("finding.mend together"), _INDENT, Role.HELP, _INDENT + "  ")


def _change(entry: Advice, view: View) -> str:
    change = view.word(
        "finding.change",
        name=view.name(entry.names),
        proposed=value(entry.proposed, entry.type, view),
        current=value(entry.current, entry.type, view),
        bare=value(entry.current, without_unit(entry.type), view),
    )
    if not entry.results:
        return change
    results = view.listed([_moved(one, view) for one in entry.results])
    return f"{change}{view.word('sign.pause')}{view.word('finding.moves', results=results)}"


def _moved(entry: Number, view: View) -> str:
    """A number that follows from a change; of one that does not, that it is not known."""
    key = "finding.moved" if entry.value not in (None, Interval(None, None)) else "finding.not moved"
    return view.word(key, name=view.name(entry.name), value=number(entry, view))


def _dependence(of: Dependence, view: View) -> list[Line]:
    return view.lines(reading(of, view), _INDENT, Role.FAINT)


def reading(of: Dependence, view: View) -> str:
    """What the verdict would be under another reading."""
    return view.word(
        "finding.reading",
        option=view.name(of.reading.options[of.option].texts),
        reading=view.name(of.reading.names),
        verdict=view.word(f"would.{of.verdict.value}"),
    )


def signs(verdict: Verdict) -> tuple[str, Role]:
    """The sign of a verdict and the role of its line."""
    return {
        Verdict.FAILS: ("✗", Role.FAILS),
        Verdict.CANNOT_SAY: ("?", Role.OPEN),
        Verdict.HOLDS: ("✓", Role.HOLDS),
        Verdict.DOES_NOT_APPLY: ("-", Role.FAINT),
    }[verdict]
