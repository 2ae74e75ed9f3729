"""A finding in lines: the sentence with its article, the numbers under it, what is missing, what would mend it."""

from __future__ import annotations

from civicrules.findings import Advice, Dependence, Finding, Missing, Number, Verdict
from civicrules.program import Citation, FactOf, Force, NumberType
from civicrules.report import shares
from civicrules.report.layout import Line, Role, pad
from civicrules.report.numbers import number, value, without_unit
from civicrules.report.view import View
from civicrules.source import Place, width

_INDENT = "    "
_MOST_PLACES = 3


def citation(of: Citation, view: View) -> str:
    """The article as the ruleset cites it, in brackets; nothing where there is none."""
    source, article = view.clean(of.source), view.name(of.article)
    return view.word("sign.citation", article=article or source) if article or source else ""


def heading(finding: Finding, sign: str, role: Role, view: View) -> list[Line]:
    """The sentence, after a sign, with its article."""
    start = f"{view.sign(sign)} "
    text = view.clean(finding.text(view.language))
    lines = view.lines(text, start, role, " " * width(start), tail=citation(finding.article, view))
    if finding.subject:
        lines += view.lines(view.word("finding.subject", subject=view.clean(finding.subject)), _INDENT, Role.FAINT)
    return lines


def full(finding: Finding, sign: str, role: Role, view: View) -> list[Line]:
    """Everything about a finding."""
    lines = heading(finding, sign, role, view)
    lines += numbers(finding.numbers, view, frozenset(fact.key for fact in finding.missing if fact.blocked))
    lines += [line for text in shares.lines(finding, view) for line in view.lines(text, _INDENT)]
    lines += _missing(_not_shown(finding), view)
    lines += _advice(finding.advice, view) or _unadvised(finding, view)
    return lines + [line for one in finding.readings for line in _dependence(one, view)]


def compact(finding: Finding, sign: str, role: Role, view: View) -> list[Line]:
    """The sentence alone, and on which readings it depends."""
    if view.verbose:
        return full(finding, sign, role, view)
    lines = heading(finding, sign, role, view)
    return lines + [line for one in finding.readings for line in _dependence(one, view)]


def asked(finding: Finding, sign: str, role: Role, view: View) -> list[Line]:
    """The sentence and what is to be filled in for it, in a line: for a plan of which little is given yet."""
    if view.verbose or any(fact.blocked for fact in finding.missing):
        return full(finding, sign, role, view)
    names = view.listed([missing_name(fact, view) for fact in finding.missing])
    text = f"{view.word('finding.missing')}{'' if view.language == 'zh' else ' '}{names}"
    return heading(finding, sign, role, view) + (view.lines(text, _INDENT, Role.HELP, _INDENT + "  ") if names else [])


# ---------------------------------------------------------------- numbers


def numbers(entries: tuple[Number, ...], view: View, unread: frozenset[str] = frozenset()) -> list[Line]:
    """Names with their values and where they stand: in columns where they fit, one after the other where not.

    `unread` are keys of facts that were given but could not be read.
    """
    rows = [row for entry in entries for row in _rows(entry, 0, view, unread)]
    if not rows:
        return []
    label_width = max(width(label) for label, _, _ in rows)
    value_width = max(width(text) for _, text, _ in rows)
    fits = all(
        len(_INDENT) + label_width + 2 + (value_width + 2 + width(places) if places else width(text)) <= view.width
        for _, text, places in rows
    )
    if fits:
        columns = (f"{pad(label, label_width)}  {pad(text, value_width)}  {places}" for label, text, places in rows)
        return [Line(f"{_INDENT}{text}".rstrip()) for text in columns]
    return [line for row in rows for line in _wrapped(row, view)]


def _wrapped(row: tuple[str, str, str], view: View) -> list[Line]:
    label, text, places = row
    depth = _INDENT + " " * (len(label) - len(label.lstrip(" ")))
    joined = f"{label.strip()}{view.word('sign.colon')}{text}"
    aside = view.word("sign.aside", text=places) if places else ""
    return view.lines(joined, depth, hanging=depth + "  ", tail=aside)


def _rows(entry: Number, depth: int, view: View, unread: frozenset[str]) -> list[tuple[str, str, str]]:
    label = "  " * depth + view.name(entry.name)
    fact = entry.mention.of if entry.mention else None
    is_unread = isinstance(fact, FactOf) and fact.key in unread
    text = view.word("value.not read") if is_unread else number(entry, view)
    row = label, text, _places(entry.places, view)
    return [row, *(inner for one in entry.inner for inner in _rows(one, depth + 1, view, unread))]


def _places(places: tuple[Place, ...], view: View) -> str:
    shown = [view.clean(str(place)) for place in places[:_MOST_PLACES]]
    text = view.listed(shown)
    rest = len(places) - len(shown)
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
    unread = [view.word("finding.blocked", name=_missing_name(one, view)) for one in entries if one.blocked]
    absent = [missing_name(one, view) for one in entries if not one.blocked]
    lines = [line for text in unread for line in view.lines(text, _INDENT, Role.HELP, _INDENT + "  ")]
    if absent:
        lines += view.lines(view.word("finding.missing"), _INDENT, Role.HELP)
    return lines + [line for text in absent for line in view.lines(text, _INDENT + "  ", Role.HELP, _INDENT + "    ")]


def _missing_name(entry: Missing, view: View) -> str:
    return view.name(entry.names) or view.clean(entry.key)


def missing_name(entry: Missing, view: View) -> str:
    """A missing fact and where it is filled in."""
    name = _missing_name(entry, view)
    within = view.name(entry.within)
    return view.word("finding.missing in", name=name, within=within) if within else name


def _advice(entries: tuple[Advice, ...], view: View) -> list[Line]:
    if not entries:
        return []
    lines = view.lines(view.word("finding.mend" if len(entries) == 1 else "finding.mend any"), _INDENT, Role.HELP)
    for entry in entries:
        lines += view.lines(_change(entry, view), _INDENT + "  ", Role.HELP, _INDENT + "    ")
    return lines


def _unadvised(finding: Finding, view: View) -> list[Line]:
    """Where changing one number was tried and is not enough, the reader is told to look at several together."""
    if finding.verdict is not Verdict.FAILS or finding.force not in (Force.MUST, Force.SHOULD):
        return []
    facts = [of for entry in finding.numbers if entry.mention and isinstance(of := entry.mention.of, FactOf)]
    if not any(isinstance(fact.type, NumberType) for fact in facts):
        return []
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
    results = view.listed(
        [view.word("finding.moved", name=view.name(one.name), value=number(one, view)) for one in entry.results]
    )
    return f"{change}{view.word('sign.pause')}{view.word('finding.moves', results=results)}"


def _dependence(of: Dependence, view: View) -> list[Line]:
    text = view.word(
        "finding.reading",
        option=view.name(of.reading.options[of.option].texts),
        reading=view.name(of.reading.names),
        verdict=view.word(f"would.{of.verdict.value}"),
    )
    return view.lines(text, _INDENT, Role.FAINT)


def signs(verdict: Verdict) -> tuple[str, Role]:
    """The sign of a verdict and the role of its line."""
    return {
        Verdict.FAILS: ("✗", Role.FAILS),
        Verdict.CANNOT_SAY: ("?", Role.OPEN),
        Verdict.HOLDS: ("✓", Role.HOLDS),
        Verdict.DOES_NOT_APPLY: ("-", Role.FAINT),
    }[verdict]
