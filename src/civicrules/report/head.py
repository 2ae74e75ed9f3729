"""The head of a report: which ruleset, which plan, what was attested, and how much of it all holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from civicrules.codes import day as in_words
from civicrules.facts import Attestation
from civicrules.findings import Report
from civicrules.program import Force, Names, Vocabulary
from civicrules.report import chosen
from civicrules.report.grouping import Judged
from civicrules.report.grouping import members as members_of
from civicrules.report.layout import Line, Role, pad
from civicrules.report.status import exit_status
from civicrules.report.view import View
from civicrules.source import width as columns_of


def people(vocabulary: Vocabulary | None) -> frozenset[str]:
    """The lists of persons: of members with personal facts."""
    if vocabulary is None:
        return frozenset()
    persons = {one.id for one in vocabulary.entities if any(item.personal for item in one.fields)}
    return frozenset(one.id for one in vocabulary.lists if one.entity in persons)


def view_of(report: Report, language: str) -> View:
    """How a report is looked at in a language: with its units, its lists of persons, the rulesets around it."""
    return View(
        language,
        units={unit.id: unit for unit in report.units},
        above={layer.id: layer.title for layer in report.layers},
        people=people(report.vocabulary),
        origins=report.origins,
    )


def head(report: Report, view: View) -> list[Line]:
    """The first lines of a report."""
    lines = opening(report, view)
    summary = summed_up(report, view)
    if not summary and not report.counts and exit_status(report) != 2:
        summary = view.word("head.nothing")
    return [*lines, Line(""), *view.lines(summary, role=Role.TITLE)] if summary else lines


def opening(report: Report, view: View) -> list[Line]:
    """Which ruleset was applied to which plan."""
    ruleset = report.ruleset
    title = view.name(ruleset.title) or view.clean(ruleset.id) if ruleset else view.word("head.untitled")
    lines = view.lines(title, role=Role.TITLE) + _in_part(report, view)
    return lines + labelled(_head_entries(report, view), view)


def labelled(entries: Sequence[tuple[str, str]], view: View, role: Role = Role.PLAIN) -> list[Line]:
    """Texts beside their labels, in two columns; those that are empty are left out."""
    told = [entry for entry in entries if entry[1]]
    label_width = max((columns_of(label) for label, _ in told), default=0)
    starts = ((f"  {pad(label, label_width)}  ", text) for label, text in told)
    return [line for start, text in starts for line in view.lines(text, start, role, " " * columns_of(start))]


def _in_part(report: Report, view: View) -> list[Line]:
    """Which part of their law the ruleset and those above it cover: whatever is said of a plan holds no further."""
    own = report.ruleset.covers if report.ruleset else None
    texts = [view.word("head.covers", text=view.name(own))] if own is not None and own.forms else []
    for layer in report.layers:
        if layer.covers.forms:
            title = view.name(layer.title) or view.clean(layer.id)
            texts.append(view.word("head.covers above", title=title, text=view.name(layer.covers)))
    return [line for text in texts for line in view.lines(text, f"{view.sign('!')} ", Role.OPEN, "  ")]


def _head_entries(report: Report, view: View) -> list[tuple[str, str]]:
    ruleset = report.ruleset
    entries = []
    if ruleset:
        version = view.clean(ruleset.version)
        name = view.word("head.version", id=view.clean(ruleset.id), version=version) if version else ruleset.id
        entries += [("head.ruleset", view.clean(name)), ("head.origin", view.clean(ruleset.origin))]
        above = [view.name(layer.title) or view.clean(layer.id) for layer in report.layers]
        entries.append(("head.above", view.listed(above)))
    entries.append(("head.plan", view.clean(report.name)))
    entries.append(("head.stage", view.clean(report.plan.stage or "")))
    entries.append(("head.day", _day(report.day, view)))
    if report.law_day != report.day:
        entries.append(("head.law day", _day(report.law_day, view)))
    if report.plugins:
        plugins = [view.clean(f"{name} {version}".strip()) for name, version in report.plugins]
        entries.append(("head.plugins", view.listed(plugins)))
    entries += [("head.attested", attested(one, report.vocabulary, view)) for one in report.attestations]
    if report.personal:
        entries.append(("head.personal", view.word("personal shown")))
    return [(view.word(key), text) for key, text in entries]


def _day(day: date | None, view: View) -> str:
    return view.clean(in_words(day, view.language)) if day else ""


def attested(of: Attestation, vocabulary: Vocabulary | None, view: View) -> str:
    """Who attested what of all members of a list, and for how many facts it stands."""
    names = _names_of(of, vocabulary)
    return view.word(
        "attested.line",
        list=view.name(names[0]),
        fact=view.name(names[1]),
        by=view.clean(of.by),
        day=_day(of.day, view),
        n=of.facts,
    )


def _names_of(of: Attestation, vocabulary: Vocabulary | None) -> tuple[Names, Names]:
    ids = Names.of(en=of.list), Names.of(en=of.field)
    entry = next((one for one in vocabulary.lists if one.id == of.list), None) if vocabulary is not None else None
    if vocabulary is None or entry is None:
        return ids
    fields = vocabulary.entity(entry.entity).fields
    return entry.names, next((item.names for item in fields if item.id == of.field), ids[1])


def summed_up(report: Report, view: View) -> str:
    """How many sentences have which verdict, in a line."""
    parts = []
    for key, judged, concerned in (
        ("summary.fails", chosen.failing(report, view), True),
        ("summary.cannot say", chosen.unsaid(report), False),
        ("summary.departs", chosen.departing(report, view), True),
        ("summary.waived", chosen.waived(report), False),
        ("summary.holds", chosen.holding(report), False),
        ("summary.does not apply", chosen.idle(report), False),
    ):
        if judged:
            text = view.word(key, n=len(judged))
            if key == "summary.cannot say" and not view.strict:
                text = _of_advice(text, judged, view)
            parts.append(_for_members(text, judged, view) if concerned else text)
    return view.word("summary.separator").join(parts)


def _of_advice(text: str, judged: tuple[Judged, ...], view: View) -> str:
    """How many of the sentences are advice: the last line of a report speaks of the others only."""
    n = sum(one.force is Force.SHOULD for one in judged)
    return view.word("summary.advice", text=text, n=n) if n else text


def _for_members(text: str, judged: tuple[Judged, ...], view: View) -> str:
    """How many members of lists failing sentences concern."""
    concerned = members_of(finding for one in judged for finding in one.failing)
    if not concerned:
        return text
    are_people = all(one.list in view.people for one in concerned)
    return view.word("summary.people" if are_people else "summary.members", text=text, n=len(concerned))
