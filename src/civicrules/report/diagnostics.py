"""Diagnostics for people: the line as written, a mark as wide as the word, what was expected, how to write it.

>>> from civicrules.diagnostics import Diagnostic
>>> print(render([Diagnostic("XX0000", None, {"message": "the file is empty"})], "en"))
Error XX0000: something here could not be understood
  the file is empty
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from civicrules.codes import fill, filled_if_complete, page
from civicrules.diagnostics import Diagnostic, Fix, Severity
from civicrules.program import Names
from civicrules.report.layout import Line, Role
from civicrules.report.snippet import Mark, gutter, mended, snippet
from civicrules.report.view import View
from civicrules.source import Cell, Key, Place, Span

_ROLES = {
    Severity.ERROR: Role.FAILS,
    Severity.CONFLICT: Role.OPEN,
    Severity.WARNING: Role.OPEN,
    Severity.ADVICE: Role.TITLE,
}

# So many places beside the first are shown; JSON has every one.
_MOST_PLACES = 5


def render(
    diagnostics: Iterable[Diagnostic],
    language: str,
    *,
    width: int = 100,
    colour: bool = False,
    encoding: str = "utf-8",
) -> str:
    """All diagnostics as text, with an empty line between two."""
    view = View(language, width=width, encoding=encoding)
    blocks = ([line.coloured() if colour else line.text for line in lines(one, view)] for one in diagnostics)
    return "\n\n".join("\n".join(block) for block in blocks)


def summary(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """How many there are of each severity: `3 errors, 1 warning`; nothing when there are none."""
    view = View(language)
    numbers = Counter(diagnostic.severity for diagnostic in diagnostics)
    keys = {
        Severity.ERROR: "diagnostic.errors",
        Severity.CONFLICT: "diagnostic.conflicts",
        Severity.WARNING: "diagnostic.warnings",
        Severity.ADVICE: "diagnostic.notes",
    }
    return view.listed([view.word(keys[severity], n=numbers[severity]) for severity in Severity if numbers[severity]])


def of_a_count(diagnostic: Diagnostic) -> bool:
    """Whether what is said concerns what a count needs: it could be read, and is missing or wrong."""
    return page(diagnostic.code).room in ("counting", "contests")


def heading(diagnostic: Diagnostic, view: View) -> list[Line]:
    """The first line of a diagnostic: how grave, which code, what."""
    title = view.word(
        "diagnostic.head",
        severity=view.word(f"severity.{diagnostic.severity.value}"),
        code=view.clean(diagnostic.code),
        title=_filled(page(diagnostic.code).title, diagnostic.data, view),
    )
    return view.lines(title, role=_ROLES[diagnostic.severity], hanging="  ")


def lines(diagnostic: Diagnostic, view: View) -> list[Line]:
    """A diagnostic in lines."""
    of, data = page(diagnostic.code), diagnostic.data
    result = heading(diagnostic, view)
    left = len(diagnostic.related) - _MOST_PLACES
    diagnostic = evolve(diagnostic, related=diagnostic.related[:_MOST_PLACES])
    if diagnostic.discreet:
        diagnostic = _without_texts(diagnostic)
    text, margin = _filled(of.text, data, view), gutter(_spans(diagnostic))
    labels = [(label.place, _filled(of.labels.get(label.note, Names()), data, view)) for label in diagnostic.related]
    result += _primary(diagnostic, text, labels, margin, view)
    for place, note in labels:
        if not _beside(place, diagnostic.place):
            result += _elsewhere(place, note, margin, view)
    if left > 0:
        result += view.lines(view.word("diagnostic.more", n=left), "  ", Role.FAINT)
    for help_text in _help((*of.help, *of.author), data, view):
        result += view.lines(help_text, "  = ", Role.HELP, "    ")
    for fix in diagnostic.fixes:
        result += _fix(fix, margin, view)
    return result


def told(diagnostic: Diagnostic, view: View) -> list[Line]:
    """A diagnostic without the text that it is about, which may hold what is not for every eye: a sheet of paper."""
    of, data, place = page(diagnostic.code), diagnostic.data, diagnostic.place
    texts = [_filled(of.text, data, view), *_help(of.help, data, view)]
    where = view.place(place) if isinstance(place, Span) else "" if place is None else where_in_words(place, view)
    lines = heading(diagnostic, view) + (view.lines(where, "  ", Role.FAINT) if where else [])
    return lines + [line for text in texts if text for line in view.lines(text, "  ")]


def contradiction(diagnostic: Diagnostic, view: View) -> list[Line]:
    """Two sentences that contradict each other, for whoever reads a plan's report: each with its article, an example,
    and whether a plan can meet both; in full also where they stand.
    """
    of, data = page(diagnostic.code), diagnostic.data
    lines = heading(diagnostic, view)
    above = [("contradiction.above", one.place, "higher_") for one in diagnostic.related]
    for key, place, of_whom in (("contradiction.here", diagnostic.place, ""), *above):
        if isinstance(place, Span):
            texts, cited = data.get(f"{of_whom}sentence"), data.get(f"{of_whom}article")
            text = view.name(texts) if isinstance(texts, Names) else place.text.strip().partition("\n")[0]
            tail = view.word("sign.citation", article=view.name(cited)) if isinstance(cited, Names) else ""
            lines += view.lines(view.word(key, text=view.clean(text)), "  ", hanging="    ", tail=tail)
            if view.verbose:
                lines += view.lines(view.clean(str(place)), "    ", Role.FAINT)
    notes = [_filled(of.text, data, view) if view.verbose else "", *_help(of.help, data, view)]
    return lines + [line for text in notes if text for line in view.lines(text, "  ", hanging="    ")]


def _without_texts(diagnostic: Diagnostic) -> Diagnostic:
    """The diagnostic with its places by name only."""
    return evolve(
        diagnostic,
        place=_named(diagnostic.place),
        related=tuple(evolve(one, place=_named(one.place)) for one in diagnostic.related),
        fixes=tuple(evolve(one, place=_named(one.place)) for one in diagnostic.fixes),
    )


def _named(place: Any) -> Any:
    return Key((str(place),)) if isinstance(place, Span) else place


def _filled(names: Names, data: Mapping[str, object], view: View) -> str:
    return view.clean(fill(names.text(view.language), data, view.language))


def _help(help: Iterable[Names], data: Mapping[str, object], view: View) -> list[str]:
    texts = (filled_if_complete(names.text(view.language), data, view.language) for names in help)
    return [view.clean(text) for text in texts if text]


def _spans(diagnostic: Diagnostic) -> list[Span]:
    related = [label.place for label in diagnostic.related]
    mendable = [fix.place for fix in diagnostic.fixes]
    return [place for place in (diagnostic.place, *related, *mendable) if isinstance(place, Span)]


def _beside(place: Place, primary: Place | None) -> bool:
    """Whether a place stands in the same text as the primary one."""
    return isinstance(place, Span) and isinstance(primary, Span) and place.source is primary.source


def _primary(diagnostic: Diagnostic, text: str, labels: list[tuple[Place, str]], margin: int, view: View) -> list[Line]:
    """The place itself, together with the related places of the same text from top to bottom."""
    place, role = diagnostic.place, _ROLES[diagnostic.severity]
    if not isinstance(place, Span):
        located = view.lines(where_in_words(place, view), "  ", Role.FAINT) if place else []
        return located + (view.lines(text, "  ") if text else [])
    marks = [(place, Mark("^", text, role))]
    marks += [(other, Mark("-", note, Role.HELP)) for other, note in labels if isinstance(other, Span)]
    lines = [Line(f"{' ' * margin}--> {view.clean(str(place))}", Role.FAINT)]
    written = None
    for span, mark in sorted((one for one in marks if _beside(one[0], place)), key=lambda one: one[0].start):
        shown = snippet(span, mark, margin, view)
        lines += shown[1:] if shown[0] == written else shown
        written = shown[0]
    return lines


def _elsewhere(place: Place, note: str, margin: int, view: View) -> list[Line]:
    if isinstance(place, Span):
        where = Line(f"{' ' * margin}::: {view.clean(str(place))}", Role.FAINT)
        return [where, *snippet(place, Mark("-", note, Role.HELP), margin, view)]
    text = where_in_words(place, view)
    return view.lines(f"{text}{view.word('sign.colon')}{note}" if note else text, "  ", Role.FAINT)


def where_in_words(place: Place, view: View) -> str:
    """A place in one line: `候选人!C7 in plan.xlsx`, `rules.civic:4:1`."""
    if isinstance(place, Cell) and place.sheet and place.file:
        return view.word("diagnostic.in file", place=view.clean(str(place)), file=view.clean(place.file))
    return view.clean(str(place))


def _fix(fix: Fix, margin: int, view: View) -> list[Line]:
    place = fix.place
    if isinstance(place, Span):
        intro = view.lines(view.word("diagnostic.mend" if fix.safe else "diagnostic.perhaps"), "  = ", Role.HELP)
        return intro + mended(place, fix.replacement, margin, view)
    where = view.clean(str(place))
    key = "diagnostic.put" if fix.replacement else "diagnostic.empty"
    return view.lines(view.word(key, text=view.clean(fix.replacement), place=where), "  = ", Role.HELP, "    ")
