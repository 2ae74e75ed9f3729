"""What stands on the page beside the findings: the conclusion, lists to work through, and what the report rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from attrs import evolve

from civicrules.codes import day as in_words
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.findings import Finding, Report
from civicrules.program import LEVELS, Force, Layer, Reading
from civicrules.report import diagnostics
from civicrules.report.findings import subject
from civicrules.report.grouping import members, who
from civicrules.report.head import attested, summed_up
from civicrules.report.html.articles import Article, called
from civicrules.report.html.blocks import Block, blocks
from civicrules.report.layout import Line
from civicrules.report.missing import by_fact, is_list, open_lists
from civicrules.report.status import exit_status, meaning
from civicrules.report.text import every_reading, hanging_on_readings, uncompared
from civicrules.report.view import View
from civicrules.values import frozen

Entry = tuple[str, str]


@frozen
class Conclusion:
    """What came out, in words and numbers, what follows from it, and which articles it is about, by what they came to."""

    status: int
    outcome: str
    said: str
    then: str
    counts: str
    about: tuple[tuple[str, tuple[Article, ...]], ...]

    @property
    def sign(self) -> str:
        return {0: "✓", 1: "✗", 3: "?"}.get(self.status, "!")


def conclusion(report: Report, articles: tuple[Article, ...], view: View) -> Conclusion:
    status = exit_status(report, view.strict)
    said = ("" if view.language == "zh" else " ").join(meaning(status, report, view.language, view.strict))
    counts = summed_up(report, view)
    if not counts and not report.counts and status != 2:
        counts = view.word("head.nothing")
    about = ((kind, tuple(one for one in articles if one.has(kind))) for kind in ("fails", "open", "departs"))
    outcome, then = ("html.counted", "html.after count") if is_of_counts(report) else ("html.status", "html.next")
    told, next_step = (view.word(f"{key}.{status}") for key in (outcome, then))
    shown = tuple((kind, some) for kind, some in about if some)
    return Conclusion(status, told, view.clean(said), next_step, counts, shown)


def idle(articles: tuple[Article, ...], view: View) -> str:
    """The articles of which no sentence applies to the plan, in a line; nothing where there are none."""
    named = [one.title for one in articles if not one.groups]
    return view.word("html.idle", articles=view.word("sign.semicolon").join(named)) if named else ""


def is_of_counts(report: Report) -> bool:
    """Whether contests were counted or seats divided, and no plan was reviewed."""
    return bool(report.counts) and not report.findings


def subjects(report: Report, view: View) -> tuple[Entry, ...]:
    """What was reviewed, by what: the first lines of the page."""
    entries = [
        ("html.community", view.clean(report.community)),
        ("head.plan", view.clean(report.name)),
        ("head.stage", view.clean(report.plan.stage or "")),
        ("head.day", "" if report.day is None else view.clean(in_words(report.day, view.language))),
        ("head.law day", "" if report.law_day is None else view.clean(in_words(report.law_day, view.language))),
        ("head.personal", view.word("personal shown") if report.personal else ""),
    ]
    return tuple((view.word(key), text) for key, text in entries if text)


# ---------------------------------------------------------------- lists to work through


def missing(report: Report, view: View) -> tuple[str, ...]:
    """What is still to be filled in: first what most binding sentences wait for, each fact once, all of its members."""
    full = evolve(view, verbose=True)
    findings = [one for one in report.findings if one.force in (Force.MUST, Force.SHOULD)]
    names = {who(one): subject(one, view) for one in members(findings)}
    waiting = Counter(fact.key for one in findings if one.force is Force.MUST for fact in one.missing)
    every = {fact.key: fact for one in findings for fact in one.missing}
    facts = sorted(every.values(), key=lambda fact: -waiting[fact.key])
    own = [fact for fact in facts if not is_list(fact)]
    lists = (text for fact in facts for text in open_lists((fact,), full))
    return (*lists, *by_fact(own, full, names))


def attestations(report: Report, view: View) -> tuple[str, ...]:
    """What was attested of all members of a list, by whom."""
    return tuple(attested(one, report.vocabulary, view) for one in report.attestations)


@frozen
class Waived:
    """A waiver that was given: of which article, for whom, by whom, when and why."""

    article: str
    whom: str
    by: str
    day: str
    reason: str


def waived(report: Report, view: View) -> tuple[Waived, ...]:
    """The failures that were waived."""
    return tuple(_waived(one, view) for one in report.findings if one.waived is not None)


def _waived(of: Finding, view: View) -> Waived:
    given = of.waived
    assert given is not None
    day = "" if given.day is None else in_words(given.day, view.language)
    whom = "" if of.subject is None else subject(of.subject, view)
    texts = map(view.clean, (given.by, day, given.reason))
    return Waived(called(of.article, view), whom, *texts)


@frozen
class Taken:
    """A reading: the question, the answer that was taken, the others, and why."""

    name: str
    question: str
    taken: str
    others: tuple[str, ...]
    because: str
    article: str


def readings(report: Report, view: View) -> tuple[Taken, ...]:
    """The readings of the ruleset, as they were taken."""
    return tuple(_taken(one, view) for one in report.readings)


def _taken(of: Reading, view: View) -> Taken:
    options = [view.name(option.texts) for option in of.options]
    because = view.name(of.because)
    return Taken(
        view.name(of.names),
        view.name(of.question),
        view.word("reading.taken", option=options[0]),
        tuple(view.word("reading.also", option=one) for one in options[1:]),
        view.word("reading.because", text=because) if because else "",
        called(of.citation, view) if of.citation is not None else "",
    )


def hanging(report: Report, view: View) -> tuple[Block, ...]:
    """The sentences whose verdict hangs on readings, under every combination; only where they were asked for."""
    return blocks(line for one in hanging_on_readings(report) for line in every_reading(one, view))


# ---------------------------------------------------------------- what was noticed


def problems(report: Report, view: View) -> tuple[tuple[Block, ...], ...]:
    """What could not be read, and what is to be looked at; of texts only where they stand."""
    return _noticed(report, (Severity.ERROR, Severity.WARNING), view)


def conflicts(report: Report, view: View) -> tuple[tuple[Block, ...], ...]:
    """Sentences of different texts that contradict each other."""
    found = _noticed(report, (Severity.CONFLICT,), view, diagnostics.contradiction)
    unseen = uncompared(report, view) if found else ""
    return (*found, blocks(view.lines(unseen))) if unseen else found


def notes(report: Report, view: View) -> tuple[tuple[Block, ...], ...]:
    """What was merely noticed: a line each, in full when everything is asked for."""
    every = _noticed(report, (Severity.ADVICE,), view)
    return every if view.verbose else tuple(one[:1] for one in every)


def _noticed(
    report: Report,
    severities: Iterable[Severity],
    view: View,
    said: Callable[[Diagnostic, View], list[Line]] = diagnostics.told,
) -> tuple[tuple[Block, ...], ...]:
    every = (*report.diagnostics, *report.notes)
    found = (one for severity in severities for one in every if one.severity is severity)
    return tuple(blocks(said(one, view)) for one in found)


# ---------------------------------------------------------------- what the report rests on


def foot(report: Report, view: View) -> tuple[Entry, ...]:
    """The ruleset, those above it, where it was taken from, the versions and the checksum."""
    return tuple((view.word(key), text) for key, text in _foot(report, view) if text)


def _foot(report: Report, view: View) -> Iterator[Entry]:
    of = report.ruleset
    if of is not None:
        version = view.clean(of.version)
        named = view.word("head.version", id=view.clean(of.id), version=version) if version else view.clean(of.id)
        yield "html.foot.ruleset", named
    for layer in report.layers:
        yield "html.foot.above", _layer(layer, view)
    for document in report.sources:
        names, title = view.name(document.names), view.name(document.title)
        yield "html.sources", view.word("sign.title", name=names, verdict=title) if title else names
    if of is not None:
        yield "head.origin", view.clean(of.origin)
        yield "html.foot.digest", view.clean(of.digest)
    yield (
        "html.foot.program",
        view.listed([view.clean(f"{name} {version}".strip()) for name, version in report.plugins]),
    )


def _layer(of: Layer, view: View) -> str:
    level = LEVELS.get(of.level)
    title = view.name(of.title) or view.clean(of.id)
    text = view.word("html.layer", title=title, level=view.name(level) if level else view.clean(of.level), id=of.id)
    return view.word("html.layer version", text=text, version=view.clean(of.version)) if of.version else text
