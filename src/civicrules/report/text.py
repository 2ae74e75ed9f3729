"""A report as text, for a clerk with a deadline: what fails first, what is missing next, what it all means last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from civicrules.codes import codes
from civicrules.codes import day as in_words
from civicrules.diagnostics import Severity
from civicrules.findings import AllReadings, Finding, Report, Verdict
from civicrules.program import Force, Reading
from civicrules.report import counts, diagnostics
from civicrules.report.findings import asked, citation, compact, full, missing_name, signs
from civicrules.report.layout import Line, Role, pad
from civicrules.report.status import exit_status, status_sentence
from civicrules.report.view import View
from civicrules.source import width as columns_of

Block = Callable[[Finding, str, Role, View], list[Line]]

# More open findings than this are shown short: what is to be filled in, not every number.
_MANY = 5


def render(
    report: Report,
    language: str,
    *,
    width: int = 100,
    colour: bool = False,
    encoding: str = "utf-8",
    readings_all: bool = False,
    verbose: bool = False,
    strict: bool = False,
) -> str:
    """The whole report in lines of at most `width` display columns (40 to 160), in `language` (`en` or `zh`).

    `encoding` is that of the stream, so that columns are right with the signs it has. `readings_all` adds the readings
    taken with their alternatives, `verbose` the numbers of what holds and the sentences that do not apply; with
    `strict` advice counts as binding.
    """
    view = View(
        language,
        width=max(40, min(160, width)),
        encoding=encoding,
        units={unit.id: unit for unit in report.units},
        verbose=verbose,
        strict=strict,
        readings_all=readings_all,
    )
    sections = [_head(report, view), *_sections(report, view), _last(report, view)]
    lines = [section for section in sections if section]
    return "\n\n".join("\n".join(line.coloured() if colour else line.text for line in section) for section in lines)


# ---------------------------------------------------------------- head and last line


def _head(report: Report, view: View) -> list[Line]:
    ruleset = report.ruleset
    title = view.name(ruleset.title) or view.clean(ruleset.id) if ruleset else view.word("head.untitled")
    lines = view.lines(title, role=Role.TITLE)
    entries = [entry for entry in _head_entries(report, view) if entry[1]]
    label_width = max((columns_of(label) for label, _ in entries), default=0)
    for label, text in entries:
        start = f"  {pad(label, label_width)}  "
        lines += view.lines(text, start, hanging=" " * columns_of(start))
    summary = _summary(report, view)
    if not summary and not report.counts and exit_status(report) != 2:
        summary = view.word("head.nothing")
    return [*lines, Line(""), *view.lines(summary, role=Role.TITLE)] if summary else lines


def _head_entries(report: Report, view: View) -> list[tuple[str, str]]:
    ruleset = report.ruleset
    entries = []
    if ruleset:
        version = view.clean(ruleset.version)
        name = view.word("head.version", id=view.clean(ruleset.id), version=version) if version else ruleset.id
        entries += [("head.ruleset", view.clean(name)), ("head.origin", view.clean(ruleset.origin))]
    entries.append(("head.plan", view.clean(report.name)))
    entries.append(("head.stage", view.clean(report.plan.stage or "")))
    entries.append(("head.day", _day(report.day, view)))
    if report.law_day != report.day:
        entries.append(("head.law day", _day(report.law_day, view)))
    if report.plugins:
        plugins = [view.clean(f"{name} {version}".strip()) for name, version in report.plugins]
        entries.append(("head.plugins", view.listed(plugins)))
    return [(view.word(key), text) for key, text in entries]


def _day(day: date | None, view: View) -> str:
    return view.clean(in_words(day, view.language)) if day else ""


def _summary(report: Report, view: View) -> str:
    parts = []
    for key, numbers in (
        ("summary.fails", len(_failing(report, view))),
        ("summary.cannot say", len(_unsaid(report))),
        ("summary.departs", len(_departing(report, view))),
        ("summary.holds", len(_holding(report))),
        ("summary.does not apply", len(_idle(report))),
    ):
        if numbers:
            parts.append(view.word(key, n=numbers))
    return view.word("summary.separator").join(parts)


def _last(report: Report, view: View) -> list[Line]:
    status = exit_status(report, view.strict)
    role = Role.TITLE if status == 0 else Role.OPEN if status == 3 else Role.FAILS
    return view.lines(view.clean(status_sentence(status, report, view.language, view.strict)), role=role)


# ---------------------------------------------------------------- which finding stands where


def _binding(view: View) -> tuple[Force, ...]:
    return (Force.MUST, Force.SHOULD) if view.strict else (Force.MUST,)


def _judged(report: Report, verdict: Verdict, *forces: Force) -> tuple[Finding, ...]:
    """Findings of a verdict and some forces, those of the first force first."""
    return tuple(
        finding
        for force in forces
        for finding in report.findings
        if finding.verdict is verdict and finding.force is force
    )


def _failing(report: Report, view: View) -> tuple[Finding, ...]:
    return _judged(report, Verdict.FAILS, *_binding(view))


def _departing(report: Report, view: View) -> tuple[Finding, ...]:
    return () if view.strict else _judged(report, Verdict.FAILS, Force.SHOULD)


def _unsaid(report: Report) -> tuple[Finding, ...]:
    return _judged(report, Verdict.CANNOT_SAY, Force.MUST, Force.SHOULD)


def _holding(report: Report) -> tuple[Finding, ...]:
    return tuple(
        finding
        for finding in report.findings
        if finding.verdict is Verdict.HOLDS and finding.force in (Force.MUST, Force.SHOULD)
    )


def _idle(report: Report) -> tuple[Finding, ...]:
    return tuple(finding for finding in report.findings if finding.verdict is Verdict.DOES_NOT_APPLY)


def _encouraged(report: Report) -> tuple[Finding, ...]:
    return tuple(
        finding
        for finding in report.findings
        if finding.force is Force.ENCOURAGED and finding.verdict is not Verdict.DOES_NOT_APPLY
    )


def _used(report: Report) -> tuple[Finding, ...]:
    return tuple(finding for finding in report.findings if finding.force is Force.MAY and finding.used)


# ---------------------------------------------------------------- sections


def _sections(report: Report, view: View) -> list[list[Line]]:
    return [
        *_diagnostics("heading.unread", report, view, Severity.ERROR),
        *_diagnostics("heading.check", report, view, Severity.CONFLICT, Severity.WARNING),
        *_section("heading.fails", _failing(report, view), full, view),
        *_cannot_say(report, view),
        *_section("heading.departs", _departing(report, view), full, view, sign=("!", Role.OPEN)),
        *_section("heading.encouraged", _encouraged(report), _measured, view),
        *_section("heading.permitted", _used(report), compact, view),
        *_section("heading.holds", _holding(report), compact, view),
        *_not_applying(report, view),
        *_counts(report, view),
        *_readings(report, view),
        *_remarks(report, view),
    ]


def _heading(key: str, view: View, number: int | None = None) -> list[Line]:
    text = view.word(key)
    if number is not None:
        text = view.word("heading.with number", heading=text, n=number)
    return [*view.lines(text, role=Role.TITLE), Line("-" * min(view.width, columns_of(text)), Role.FAINT)]


def _section(
    key: str, findings: tuple[Finding, ...], block: Block, view: View, sign: tuple[str, Role] | None = None
) -> list[list[Line]]:
    if not findings:
        return []
    blocks = [block(finding, *(sign or signs(finding.verdict)), view) for finding in findings]
    head = _heading(key, view, len(findings))
    if block is full or view.verbose:
        return [head + blocks[0], *blocks[1:]]
    return [head + [line for lines in blocks for line in lines]]


def _measured(finding: Finding, sign: str, role: Role, view: View) -> list[Line]:
    """An encouraged sentence: nothing fails, so it carries no cross and no advice."""
    if finding.verdict is Verdict.CANNOT_SAY:
        return full(finding, "?", Role.PLAIN, view)
    met = finding.verdict is Verdict.HOLDS
    sentence = " ".join(filter(None, (view.clean(finding.text(view.language)), citation(finding.article, view))))
    text = view.word("sign.title", name=sentence, verdict=view.word("finding.met" if met else "finding.not met"))
    return view.lines(text, f"{view.sign('·')} ", hanging="  ")


def _cannot_say(report: Report, view: View) -> list[list[Line]]:
    unsaid = _unsaid(report)
    sections = _section("heading.cannot say", unsaid, full if len(unsaid) <= _MANY else asked, view)
    if sections:
        names = [missing_name(fact, view) for fact in report.missing if not fact.blocked]
        if len(names) > 1:
            text = view.word("missing.first", names=view.listed(names))
            sections.append(view.lines(text, "  ", Role.HELP, "    "))
    return sections


def _not_applying(report: Report, view: View) -> list[list[Line]]:
    idle = _idle(report)
    if not idle:
        return []
    if view.verbose:
        return _section("heading.does not apply", idle, compact, view)
    return [view.lines(view.word("does not apply.more", n=len(idle)), role=Role.FAINT)]


def _counts(report: Report, view: View) -> list[list[Line]]:
    blocks = [counts.lines(count, view) for count in report.counts]
    return [_heading("heading.counts", view) + blocks[0], *blocks[1:]] if blocks else []


def _readings(report: Report, view: View) -> list[list[Line]]:
    if not (view.readings_all or view.verbose) or not report.readings:
        return []
    blocks = _heading("heading.readings", view) + [line for one in report.readings for line in _reading(one, view)]
    hanging = [one for one in report.all_readings if len({each.verdict for each in one.combinations}) > 1]
    judged = [_every_reading(one, view) for one in hanging]
    return [blocks, *([_heading("heading.hanging", view, len(judged)) + judged[0], *judged[1:]] if judged else [])]


def _every_reading(judged: AllReadings, view: View) -> list[Line]:
    """A sentence whose verdict hangs on readings: its verdict under each combination of them."""
    lines = view.lines(judged.sentence.texts.text(view.language), f"{view.sign('·')} ", hanging="  ")
    by_id = {reading.id: reading for reading in judged.readings}
    for combination in judged.combinations:
        read = view.word("reading.together").join(
            view.word(
                "reading.option", option=view.name(by_id[id].options[at].texts), reading=view.name(by_id[id].names)
            )
            for id, at in combination.options
        )
        verdict = view.word(f"verdict.{combination.verdict.value}")
        lines += view.lines(f"{read}{view.word('sign.colon')}{verdict}", "    ", hanging="      ")
    return lines if judged.complete else lines + view.lines(view.word("reading.more"), "    ", hanging="      ")


def _reading(reading: Reading, view: View) -> list[Line]:
    name, question = view.name(reading.names), view.name(reading.question)
    lines = view.lines(f"{name}{view.word('sign.colon')}{question}", f"{view.sign('·')} ", hanging="  ")
    for at, option in enumerate(reading.options):
        key = "reading.taken" if at == 0 else "reading.also"
        lines += view.lines(view.word(key, option=view.name(option.texts)), "    ", hanging="      ")
    because = view.name(reading.because)
    return lines + (view.lines(view.word("reading.because", text=because), "    ", hanging="      ") if because else [])


def _remarks(report: Report, view: View) -> list[list[Line]]:
    """What was merely noticed: a line each, in full when everything is asked for."""
    if view.verbose:
        return _diagnostics("heading.notes", report, view, Severity.ADVICE)
    chosen = [one for one in (*report.diagnostics, *report.notes) if one.severity is Severity.ADVICE]
    return [[line for one in chosen for line in diagnostics.heading(one, view)]] if chosen else []


def _diagnostics(key: str, report: Report, view: View, *severities: Severity) -> list[list[Line]]:
    chosen = [one for one in (*report.diagnostics, *report.notes) if one.severity in severities]
    if not chosen:
        return []
    blocks = [diagnostics.lines(one, view) for one in chosen]
    explained = next((one.code for one in chosen if one.code in codes()), None)
    if explained:
        blocks[-1] += view.lines(view.word("diagnostic.explain", code=explained), role=Role.FAINT)
    return [_heading(key, view) + blocks[0], *blocks[1:]]
