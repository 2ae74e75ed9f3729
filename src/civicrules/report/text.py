"""A report as text, for a clerk with a deadline: what fails first, what is missing next, what it all means last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from attrs import evolve

from civicrules.codes import codes
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.findings import AllReadings, Report, Verdict
from civicrules.program import Reading, Rule
from civicrules.report import chosen, counts, diagnostics, members, waiting
from civicrules.report.findings import citation, compact, full, signs, subject
from civicrules.report.grouping import Judged, Part, under_heads, who
from civicrules.report.head import head, view_of
from civicrules.report.layout import Line, Role
from civicrules.report.missing import to_fill_in
from civicrules.report.privacy import discreet
from civicrules.report.status import exit_status, status_sentence
from civicrules.report.view import View
from civicrules.report.waiting import Waiting
from civicrules.source import width as columns_of

Block = Callable[[Judged, str, Role, View, str | None], list[Line]]

# Of more sentences than this that wait for the same, only the number is told.
_FEW = 3
# More sentences than this that hold are told by their articles.
_MANY = 10
_ITEM = "  "
_INDENT = "    "


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

    Personal values are replaced unless the report is `personal`. `encoding` is that of the stream, so that columns are
    right with the signs it has. `readings_all` adds the readings
    taken with their alternatives, `verbose` the numbers of what holds and the sentences that do not apply; with
    `strict` advice counts as binding.
    """
    report = discreet(report)
    view = evolve(
        view_of(report, language),
        width=max(40, min(160, width)),
        encoding=encoding,
        verbose=verbose,
        strict=strict,
        readings_all=readings_all,
    )
    sections = [head(report, view), *_sections(report, view), _last(report, view)]
    lines = [section for section in sections if section]
    return "\n\n".join("\n".join(line.coloured() if colour else line.text for line in section) for section in lines)


def _last(report: Report, view: View) -> list[Line]:
    status = exit_status(report, view.strict)
    role = Role.TITLE if status == 0 else Role.OPEN if status == 3 else Role.FAILS
    return view.lines(view.clean(status_sentence(status, report, view.language, view.strict)), role=role)


# ---------------------------------------------------------------- sections


def _sections(report: Report, view: View) -> list[list[Line]]:
    failing, departing = chosen.failing(report, view), chosen.departing(report, view)
    return [
        *_errors("heading.unread", report, view, of_a_count=False),
        *_errors("heading.uncounted", report, view, of_a_count=True),
        *diagnosed("heading.check", _said(report, Severity.WARNING), view),
        *_section("heading.fails", failing, _fails, view, apart=True),
        *_by_member((*failing, *departing), view),
        *_cannot_say(report, view),
        *_counts(report, view),
        *_section("heading.departs", departing, _fails, view, sign=("!", Role.OPEN), apart=True),
        *_section("heading.waived", chosen.waived(report), _is_waived, view, sign=("!", Role.OPEN), apart=True),
        *_conflicts(report, view),
        *_encouraged(report, view),
        *_section("heading.permitted", chosen.used(report), _is_used, view),
        *_holds(report, view),
        *_not_applying(report, view),
        *_readings(report, view),
        *_remarks(report, view),
    ]


def heading(key: str, view: View, number: int | None = None) -> list[Line]:
    """The heading of a section, with a line under it."""
    text = view.word(key)
    if number is not None:
        text = view.word("heading.with number", heading=text, n=number)
    return [*view.lines(text, role=Role.TITLE), Line("-" * min(view.width, columns_of(text)), Role.FAINT)]


def _section(
    key: str,
    judged: tuple[Judged, ...],
    block: Block,
    view: View,
    sign: tuple[str, Role] | None = None,
    apart: bool = False,
) -> list[list[Line]]:
    """Sentences under a heading; with `apart`, or in full, an empty line stands between two."""
    if not judged:
        return []
    blocks = [_part(part, block, sign, view) for part in under_heads(judged, view.language)]
    head = heading(key, view, len(judged))
    if apart or view.verbose:
        return [head + blocks[0], *blocks[1:]]
    return [head + [line for lines in blocks for line in lines]]


def _part(part: Part, block: Block, sign: tuple[str, Role] | None, view: View) -> list[Line]:
    """A sentence, or the items of a list under their head."""
    first = part.items[0][1]
    shown = sign or signs(Verdict.FAILS if first.failing else first.verdict)
    if not part.head:
        return block(first, *shown, view, None)
    inner = evolve(view, width=view.width - len(_ITEM))
    lines = members.head(part, *shown, view, part.head)
    for text, one in part.items:
        lines += [Line(f"{_ITEM}{line.text}", line.role) for line in block(one, "·", Role.PLAIN, inner, text)]
    return lines


def _fails(of: Judged, sign: str, role: Role, view: View, text: str | None) -> list[Line]:
    if of.by_member:
        return members.failing(of, sign, role, view, text)
    return full(of.findings[0], sign, role, view, text)


def _is_waived(of: Judged, sign: str, role: Role, view: View, text: str | None) -> list[Line]:
    return members.waived(of, sign, role, view, text) if of.by_member else full(of.waived[0], sign, role, view, text)


def _is_used(of: Judged, sign: str, role: Role, view: View, text: str | None) -> list[Line]:
    if of.by_member:
        return members.used(of, sign, role, view, text)
    return compact(of.findings[0], sign, role, view, text)


def _short(of: Judged, sign: str, role: Role, view: View, text: str | None) -> list[Line]:
    if of.by_member:
        return members.compact(of, sign, role, view, text)
    return compact(of.findings[0], sign, role, view, text)


def _measured(of: Judged, _sign: str, _role: Role, view: View, text: str | None) -> list[Line]:
    """An encouraged sentence: nothing fails, so it carries no cross and no advice."""
    if of.by_member:
        return members.compact(of, "·", Role.PLAIN, view, text)
    finding = of.findings[0]
    if finding.verdict is Verdict.CANNOT_SAY:
        return full(finding, "?", Role.PLAIN, view, text)
    met = finding.verdict is Verdict.HOLDS
    said = view.clean(finding.text(view.language) if text is None else text)
    verdict, cited = view.word("finding.met" if met else "finding.not met"), citation(finding.article, view)
    start = f"{view.sign('·')} "
    if text is not None or not cited:
        return view.lines(view.word("sign.title", name=said, verdict=verdict), start, hanging="  ")
    return view.lines(said, start, hanging="  ", tail=view.word("sign.title", name=cited, verdict=verdict))


def _encouraged(report: Report, view: View) -> list[list[Line]]:
    """What is encouraged, and whether it is done; of what cannot be judged yet the number, as nothing hangs on it."""
    judged = chosen.encouraged(report)
    if view.verbose or not judged:
        return _section("heading.encouraged", judged, _measured, view)
    known = tuple(one for one in judged if not one.of(Verdict.CANNOT_SAY))
    lines = heading("heading.encouraged", view, len(judged))
    lines += [line for part in under_heads(known, view.language) for line in _part(part, _measured, None, view)]
    rest = len(judged) - len(known)
    return [lines + (view.lines(view.word("encouraged.open", n=rest), role=Role.FAINT) if rest else [])]


def _by_member(judged: tuple[Judged, ...], view: View) -> list[list[Line]]:
    """All that fails for one member, where it is more than one thing."""
    several = members.more_than_one(judged)
    if not several:
        return []
    are_people = all(one.list in view.people for one, _ in several)
    lines = heading("heading.by person" if are_people else "heading.by member", view)
    return [lines + [line for one, findings in several for line in members.by_member(one, findings, view)]]


def _cannot_say(report: Report, view: View) -> list[list[Line]]:
    """What cannot be judged: of what waits for nothing everything, then what is to be filled in and what waits for it."""
    judged = chosen.unsaid(report)
    if not judged:
        return []
    silent = under_heads((one for one in judged if not waiting.missing(one)), view.language)
    blocks = [_open(part, view) for part in silent]
    groups = [_waiting(one, view) for one in waiting.waiting(judged)]
    if groups:
        lead = view.lines(view.word("waiting.lead"), role=Role.HELP)
        together = [lead + groups[0], *groups[1:]]
        blocks += together if view.verbose else [[line for lines in together for line in lines]]
    return [heading("heading.cannot say", view, len(judged)) + blocks[0], *blocks[1:]]


def _waiting(of: Waiting, view: View) -> list[Line]:
    """What is to be filled in; beneath it the sentences that wait for it, or how many, where they are many."""
    findings = [finding for one in of.judged for finding in one.of(Verdict.CANNOT_SAY)]
    names = {who(one.subject): subject(one.subject, view) for one in findings if one.subject is not None}
    what = view.word("sign.semicolon").join(to_fill_in(of.facts, view, names))
    sign, role = signs(Verdict.CANNOT_SAY)
    start = f"{view.sign(sign)} "
    brief = of.for_lists or len(of.judged) > _FEW
    if brief and not view.verbose:
        return view.lines(view.word("waiting.number", what=what, n=len(of.judged)), start, role, "  ")
    lines = view.lines(what, start, role, "  ")
    parts = list(under_heads(of.judged, view.language))
    if view.verbose and not of.for_lists:
        inner = evolve(view, width=view.width - len(_ITEM))
        return lines + [Line(f"{_ITEM}{one.text}", one.role) for part in parts for one in _open(part, inner)]
    for part in parts:
        said = members.in_a_line(part, view)
        tail = citation(part.items[0][1].article, view)
        lines += view.lines(view.clean(said), _INDENT, hanging=_INDENT + "  ", tail=tail)
    return lines


def _open(part: Part, view: View) -> list[Line]:
    """Sentences that cannot be judged yet with all that is known of them, under one head or alone."""
    if any(one.by_member for _, one in part.items):
        return members.unsaid(part, *signs(Verdict.CANNOT_SAY), view)

    def lines(of: Judged, sign: str, role: Role, view: View, text: str | None) -> list[Line]:
        return full(of.of(Verdict.CANNOT_SAY)[0], sign, role, view, text)

    return _part(part, lines, signs(Verdict.CANNOT_SAY), view)


def _holds(report: Report, view: View) -> list[list[Line]]:
    """What holds: sentence by sentence where they are few, else how many of which article and those that hang on a reading."""
    judged = chosen.holding(report)
    if view.verbose or len(judged) <= _MANY:
        return _section("heading.holds", judged, _short, view)
    hanging = tuple(one for one in judged if any(finding.readings for finding in one.findings))
    articles = Counter(_article(one, view) for one in judged if one not in hanging)
    named = [view.word("holds.article", article=article, n=n) for article, n in articles.items()]
    sign, role = signs(Verdict.HOLDS)
    lines = heading("heading.holds", view, len(judged))
    lines += view.lines(
        view.word("holds.many", articles=view.word("sign.semicolon").join(named)), f"{view.sign(sign)} ", role, "  "
    )
    blocks = [_part(part, _short, None, view) for part in under_heads(hanging, view.language)]
    return [lines + [line for block in blocks for line in block]]


def _article(of: Judged, view: View) -> str:
    """The article of a sentence, or the name of its rule where none is cited."""
    return view.name(of.article.article) or view.clean(of.article.source) or view.name(of.rule.names)


def _conflicts(report: Report, view: View) -> list[list[Line]]:
    lead = view.lines(view.word("conflicts.lead"))
    found = diagnosed("heading.conflicts", _said(report, Severity.CONFLICT), view, diagnostics.contradiction, lead)
    unseen = uncompared(report, view) if found or view.verbose else ""
    return [*found, *([view.lines(unseen, role=Role.FAINT)] if unseen else [])]


def uncompared(report: Report, view: View) -> str:
    """That rules stand in a relation to one of the ruleset above that nobody has compared; empty where there is none."""
    rules = {(one.rule.ruleset, one.rule.id) for one in report.findings if _stands_unseen(one.rule)}
    return view.word("uncompared", n=len(rules), id=report.ruleset.id) if rules and report.ruleset else ""


def _stands_unseen(rule: Rule) -> bool:
    return rule.relation is not None and not rule.relation.compared


def _not_applying(report: Report, view: View) -> list[list[Line]]:
    idle = chosen.idle(report)
    if not idle:
        return []
    if view.verbose:
        return _section("heading.does not apply", idle, _short, view)
    return [view.lines(view.word("does not apply.number", n=len(idle)), role=Role.FAINT)]


def _counts(report: Report, view: View) -> list[list[Line]]:
    brief = bool(report.findings) and not view.verbose
    blocks = [counts.lines(count, view, brief) for count in report.counts]
    return [heading("heading.counts", view) + blocks[0], *blocks[1:]] if blocks else []


def _readings(report: Report, view: View) -> list[list[Line]]:
    if not (view.readings_all or view.verbose) or not report.readings:
        return []
    blocks = heading("heading.readings", view) + [line for one in report.readings for line in _reading(one, view)]
    judged = [every_reading(one, view) for one in hanging_on_readings(report)]
    return [blocks, *([heading("heading.hanging", view, len(judged)) + judged[0], *judged[1:]] if judged else [])]


def hanging_on_readings(report: Report) -> list[AllReadings]:
    """The sentences of which another reading gives another verdict, where that was looked into."""
    return [one for one in report.all_readings if len({each.verdict for each in one.combinations}) > 1]


def every_reading(judged: AllReadings, view: View) -> list[Line]:
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
        return diagnosed("heading.notes", _said(report, Severity.ADVICE), view)
    wanted = _said(report, Severity.ADVICE)
    return [[line for one in wanted for line in diagnostics.heading(one, view)]] if wanted else []


def _said(report: Report, *severities: Severity) -> list[Diagnostic]:
    return [one for one in (*report.diagnostics, *report.notes) if one.severity in severities]


def _errors(key: str, report: Report, view: View, *, of_a_count: bool) -> list[list[Line]]:
    wanted = [one for one in _said(report, Severity.ERROR) if diagnostics.of_a_count(one) is of_a_count]
    return diagnosed(key, wanted, view)


def diagnosed(
    key: str,
    wanted: Sequence[Diagnostic],
    view: View,
    said: Callable[[Diagnostic, View], list[Line]] = diagnostics.lines,
    lead: Sequence[Line] = (),
) -> list[list[Line]]:
    """Diagnostics under a heading and what `lead` says of all of them; nothing where there are none."""
    if not wanted:
        return []
    blocks = [said(one, view) for one in wanted]
    explained = next((one.code for one in wanted if one.code in codes()), None)
    if explained:
        blocks[-1] += view.lines(view.word("diagnostic.explain", code=explained), role=Role.FAINT)
    return [[*heading(key, view), *lead, *blocks[0]], *blocks[1:]]
