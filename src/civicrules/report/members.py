"""Sentences on the members of a list: the sentence once, then those for whom it fails or cannot be judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from civicrules.findings import Finding, Number, Subject, Verdict
from civicrules.program import PLAN, Age, CountOf, Elapsed, FactOf, Names, NumberType, TotalOf, TruthType, ValueOf
from civicrules.report.findings import (
    citation,
    columns,
    exemptions,
    heading,
    lapsed,
    numbers,
    origin,
    places_in_words,
    reading,
    sentence,
    signs,
    subject,
    waivable,
    waiver,
)
from civicrules.report.grouping import Judged, Part, item_text, members, who
from civicrules.report.layout import Line, Role
from civicrules.report.missing import by_fact, is_list, open_lists
from civicrules.report.numbers import age, is_age, label, number
from civicrules.report.view import View

_INDENT = "    "
_MOST_NAMES = 6


def failing(of: Judged, sign: str, role: Role, view: View, text: str | None = None) -> list[Line]:
    """Those for whom a sentence fails, each with the numbers that are theirs, and how many others there are."""
    return _shown(of, of.failing, sign, role, view, text)


def waived(of: Judged, sign: str, role: Role, view: View, text: str | None = None) -> list[Line]:
    """Those for whom a failing sentence was waived, and why."""
    lines = _shown(of, of.waived, sign, role, view, text)
    for one in of.waived:
        if one.waived is not None:
            named = view.word("members.missing", facts=_name(one, view), names=waiver(one.waived, view))
            lines += view.lines(named, _INDENT, Role.HELP, _INDENT + "  ")
    return lines


def compact(of: Judged, sign: str, role: Role, view: View, text: str | None = None) -> list[Line]:
    """The sentence and for how many it holds; in full, for whom and with which numbers."""
    if view.verbose:
        return _shown(of, of.of(of.verdict), sign, role, view, text)
    return sentence(of.findings[0], sign, role, view, text) + tally(of, view) + readings(of.findings, view)


def used(of: Judged, sign: str, role: Role, view: View, text: str | None = None) -> list[Line]:
    """Those for whom a plan makes use of a permission."""
    return _shown(of, tuple(one for one in of.findings if one.used), sign, role, view, text)


def _shown(
    of: Judged, findings: tuple[Finding, ...], sign: str, role: Role, view: View, text: str | None
) -> list[Line]:
    return heading(of.findings[0], sign, role, view, text) + under(of, findings, view)


def under(of: Judged, findings: tuple[Finding, ...], view: View) -> list[Line]:
    """What stands under a sentence: the numbers of these members, and how many others there are."""
    lines = []
    if view.verbose or of.failing or of.waived:
        lines += exemptions(of.findings[0], view)
    common = tuple(one for one in findings[0].numbers if not _is_own(one)) if findings else ()
    lines += numbers(common, view)
    lines += columns([_row(one, view) for one in findings if one.subject is not None], view)
    lines += tally(of, view, findings) + lapsed(findings, view) + waivable(findings, view)
    return lines + readings(findings, view)


def _row(of: Finding, view: View) -> tuple[str, str, str]:
    """A member with the numbers that are theirs; where these stand, else where the member does."""
    own = [one for one in of.numbers if _is_own(one) and (view.verbose or _tells(one))]
    ages = any(map(is_age, own))
    said = [f"{label(one, view)}{view.word('sign.colon')}{_value(one, ages, view)}" for one in own]
    places = of.at or ((of.subject.place,) if of.subject is not None and of.subject.place is not None else ())
    places = tuple(place for place in places if view.place(place) not in _name(of, view))
    return _name(of, view), view.word("sign.semicolon").join(said), places_in_words(places, view)


def _value(of: Number, ages: bool, view: View) -> str:
    """A value; years that stand beside an age are years of age."""
    in_years = isinstance(of.type, NumberType) and of.type.unit == "year" and not isinstance(of.value, bool)
    return age(of.value, view) if ages and in_years and isinstance(of.value, int) else number(of, view)


def _is_own(of: Number) -> bool:
    """Whether a number is that of a member, not of the plan."""
    match of.mention.of if of.mention is not None else None:
        case FactOf(of=whose) | ValueOf(of=whose):
            return whose != PLAN
        case CountOf() | TotalOf():
            return False
        case Age() | Elapsed() | None:
            return True


def _tells(of: Number) -> bool:
    """Whether a value is there to be shown: what a failing yes/no says, the sentence says already."""
    return of.value is not None and not (isinstance(of.value, Names) and isinstance(of.type, TruthType))


def _name(of: Finding, view: View) -> str:
    return "" if of.subject is None else subject(of.subject, view)


def tally(of: Judged, view: View, shown: tuple[Finding, ...] = ()) -> list[Line]:
    """For how many of those given it holds, and for how many not; in full, for whom, unless they are `shown`."""
    each = [one for one in of.findings if one.subject is not None]
    if not each:
        return []
    unit = view.counted(each[0].subject)
    groups = (
        ("members.holds", of.of(Verdict.HOLDS)),
        ("members.waived", of.waived),
        ("members.cannot say", tuple(one for one in of.of(Verdict.CANNOT_SAY) if one.subject is not None)),
        ("members.does not apply", of.of(Verdict.DOES_NOT_APPLY)),
    )
    said = [
        (view.word(key, n=len(found), total=len(each), unit=unit), () if shown and found == shown else found)
        for key, found in groups
        if found or key == "members.holds"
    ]
    if not view.verbose:
        text = view.word("sign.pause").join(text for text, _ in said)
        return view.lines(text, _INDENT, Role.FAINT, _INDENT + "  ")
    lines = []
    for text, found in said:
        names = view.listed([_name(one, view) for one in found])
        line = view.word("members.missing", facts=text, names=names) if names else text
        lines += view.lines(line, _INDENT, Role.FAINT, _INDENT + "  ")
    return lines


def readings(findings: Sequence[Finding], view: View) -> list[Line]:
    """What another reading would change, and for whom."""
    whose: dict[str, list[str]] = {}
    for finding in findings:
        for one in finding.readings:
            whose.setdefault(reading(one, view), []).append(_name(finding, view))
    lines = []
    of = next(iter(members(findings)), None)
    for text, names in whose.items():
        said = view.word(
            "members.reading", text=text, names=view.some([name for name in names if name], _MOST_NAMES, of)
        )
        lines += view.lines(said, _INDENT, Role.FAINT, _INDENT + "  ")
    return lines


# ---------------------------------------------------------------- what cannot be judged


def unsaid(part: Part, sign: str, role: Role, view: View) -> list[Line]:
    """What is missing under one head, fact by fact: for whom, and which lists are not given in full."""
    judged = [one for _, one in part.items]
    first = judged[0].findings[0]
    said = part.head if view.verbose else in_a_line(part, view)  # in full, the items have lines of their own
    lines = head(part, sign, role, view, said) if part.head else heading(first, sign, role, view)
    lines += wanted(judged, view)
    return (
        lines + [line for text, one in part.items for line in _others(one, text, part, view)] if view.verbose else lines
    )


def wanted(judged: Sequence[Judged], view: View) -> list[Line]:
    """What is missing for sentences that cannot be judged, for whom, and what another reading would change."""
    lines: list[Line] = []
    findings = [finding for one in judged for finding in one.of(Verdict.CANNOT_SAY)]
    names = {who(one.subject): subject(one.subject, view) for one in findings if one.subject is not None}
    facts = [fact for one in findings for fact in one.missing]
    texts = by_fact((fact for fact in facts if not is_list(fact)), view, names) + open_lists(facts, view)
    if texts:
        lines += view.lines(view.word("finding.missing"), _INDENT, Role.HELP)
        lines += [line for text in texts for line in view.lines(text, _INDENT + "  ", Role.HELP, _INDENT + "    ")]
    silent = [_name(one, view) for one in findings if one.subject is not None and not one.missing]
    if silent:
        text = view.word(
            "members.open", names=view.some(list(dict.fromkeys(silent)), _MOST_NAMES, members(findings)[0])
        )
        lines += view.lines(text, _INDENT, Role.HELP, _INDENT + "  ")
    return lines + readings(findings, view)


def _others(of: Judged, text: str, part: Part, view: View) -> list[Line]:
    """Those of whom something can be said, and the exceptions from the sentence."""
    lines = view.lines(view.clean(text), f"  {view.sign('·')} ", hanging="    ") if part.head else []
    return (
        lines
        + exemptions(of.findings[0], view)
        + tally(of, view, tuple(f for f in of.of(Verdict.CANNOT_SAY) if f.subject is not None))
    )


def in_a_line(part: Part, view: View) -> str:
    """The head of a list and the items that stand under it here; a sentence alone as it is."""
    items = view.word("sign.semicolon").join(text for text, _ in part.items)
    return f"{part.head}{'' if view.language == 'zh' else ' '}{items}" if part.head else items


def head(part: Part, sign: str, role: Role, view: View, said: str) -> list[Line]:
    """The head of a list, or what is `said` in its place, with its article."""
    first = part.items[0][1].findings[0]
    lines = heading(first, sign, role, view, said)
    of = citation(first.article, view)
    return (view.attached(lines, of) if of else lines) + origin(first.rule, view)


# ---------------------------------------------------------------- by member


def more_than_one(judged: Iterable[Judged]) -> tuple[tuple[Subject, tuple[Finding, ...]], ...]:
    """Members for whom several sentences fail, with these."""
    findings = [finding for one in judged for finding in one.failing if finding.subject is not None]
    whose: dict[object, list[Finding]] = {}
    for finding in findings:
        if finding.subject is not None:
            whose.setdefault(who(finding.subject), []).append(finding)
    return tuple((one, tuple(mine)) for one in members(findings) if len(mine := whose[who(one)]) > 1)


def by_member(of: Subject, findings: tuple[Finding, ...], view: View) -> list[Line]:
    """A member with all that fails for them."""
    place = "" if of.place is None else view.place(of.place)
    name = subject(of, view)
    tail = view.word("sign.aside", text=place) if place and place not in name else ""
    lines = view.lines(name, tail=tail, role=Role.TITLE)
    for finding in findings:
        sign, role = signs(finding.verdict)
        text = view.clean(item_text(finding, view.language))
        lines += view.lines(text, f"  {view.sign(sign)} ", role, "    ", tail=citation(finding.article, view))
    return lines
