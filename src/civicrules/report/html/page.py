"""The page itself: a report set from the templates beside this file, with nothing in it that is loaded from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import evolve

from civicrules.findings import Across, Report
from civicrules.report import counts
from civicrules.report.across import Community, communities, summary
from civicrules.report.across import status as many_status
from civicrules.report.head import view_of
from civicrules.report.html import sections
from civicrules.report.html.articles import articles, only
from civicrules.report.html.blocks import UNBROKEN, Block, blocks
from civicrules.report.html.calendars import calendar
from civicrules.report.html.polls import polls
from civicrules.report.html.scales import scales
from civicrules.report.privacy import discreet
from civicrules.report.view import View

_HERE = Path(__file__).parent
_TAGS = {"zh": "zh-CN"}
_ASKING = frozenset({"fails", "departs", "waived"})


def render(
    report: Report, language: str, *, strict: bool = False, verbose: bool = False, readings_all: bool = False
) -> str:
    """A whole page of HTML, in `language` (`en` or `zh`), to be read, printed on A4 and signed.

    Personal values are replaced unless the report is `personal`. `strict` and `verbose` are as in the text report;
    the readings taken are always on the page, with `readings_all` also the sentences whose verdict hangs on them.
    ModuleNotFoundError without jinja2.
    """
    seen = view_of(report, language)
    view = evolve(seen, width=UNBROKEN, verbose=verbose, strict=strict, readings_all=readings_all, file=report.name)
    return _set("page.html", view, of=content(discreet(report), view))


def render_across(across: Across, language: str, *, strict: bool = False, verbose: bool = False) -> str:
    """One page of many communities: a table of them all, what is asked of the city, then a part for each community.

    A part has what somebody must decide, mend or fill in; whoever is in order has none. With `verbose` each has all.
    What is said of the ruleset stands once, with the city.
    """
    city = across.city
    view = evolve(view_of(city, language), width=UNBROKEN, verbose=verbose, strict=strict)
    found = communities(across, view)
    wanted = [None if of.status == 0 and not verbose else one for of, one in zip(found, across.reports, strict=True)]
    parts = [None if one is None else content(_own(one, city), evolve(view, file=one.name)) for one in wanted]
    about_city = content(discreet(city), evolve(view, file=city.name))
    status = many_status(across, strict)
    return _set(
        "many.html",
        view,
        title=view.word("html.title of many"),
        ruleset=about_city["ruleset"],
        status=status,
        communities=[_row(of, part, view) for of, part in zip(found, parts, strict=True)],
        summary=summary(found, view),
        city=_of_city(about_city) if city.findings or city.diagnostics else None,
        shared={**about_city, "notes": ()},
    )


def _own(report: Report, city: Report) -> Report:
    return discreet(evolve(report, notes=tuple(one for one in report.notes if one not in city.notes)))


def _of_city(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is asked of the city has no plan of its own that could be handed in."""
    return {**content, "conclusion": evolve(content["conclusion"], then="")}


def _row(of: Community, part: Mapping[str, Any] | None, view: View) -> Mapping[str, Any]:
    """A community as a row of the table, with its part of the page; readings stand there once for all of them."""
    named = view.listed([view.name(rule.names) for rule in of.failing])
    row = {"called": of.called, "status": of.status, "fails": len(of.failing), "open": len(of.unsaid), "named": named}
    if part is not None:
        part = {**(part if view.verbose else _asked_of_people(part)), "readings": (), "notes": ()}
    return {**row, "part": part}


def _asked_of_people(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """A part with the sentences that somebody must mend or answer for; what is to be filled in has a list of its own."""
    asked = tuple(one for article in part["articles"] if (one := only(article, _ASKING)) is not None)
    there = {one.anchor for one in asked}
    about = part["conclusion"].about
    kept = ((kind, tuple(one for one in some if one.anchor in there)) for kind, some in about if kind in _ASKING)
    conclusion = evolve(part["conclusion"], about=tuple((kind, some) for kind, some in kept if some))
    return {**part, "articles": asked, "idle": "", "conclusion": conclusion}


def content(report: Report, view: View) -> Mapping[str, Any]:
    """What stands on the page about one plan, ready to be set."""
    found = articles(report, view)
    brief = bool(report.findings) and not view.verbose
    title = report.ruleset.title if report.ruleset is not None else None
    return {
        "title": view.word("html.title of counts" if sections.is_of_counts(report) else "html.title"),
        "ruleset": view.word("head.untitled") if title is None else view.name(title),
        "subjects": sections.subjects(report, view),
        "conclusion": sections.conclusion(report, found, view),
        "problems": sections.problems(report, view),
        "conflicts": sections.conflicts(report, view),
        "articles": tuple(one for one in found if one.groups),
        "idle": sections.idle(found, view),
        "counts": [_count(blocks(counts.lines(one, view, brief))) for one in report.counts],
        "scales": scales(report, view),
        "calendar": calendar(report, view),
        "polls": polls(report, view),
        "missing": sections.missing(report, view),
        "attested": sections.attestations(report, view),
        "waived": sections.waived(report, view),
        "readings": sections.readings(report, view),
        "hanging": sections.hanging(report, view),
        "notes": sections.notes(report, view),
        "foot": sections.foot(report, view),
    }


def _count(of: tuple[Block, ...]) -> tuple[Block, tuple[Block, ...]]:
    return of[0], of[1:]


def _set(template: str, view: View, **data: Any) -> str:
    """A template filled in. What comes from a plan or a ruleset is text, whatever signs it holds."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = Markup((_HERE / "style.css").read_text(encoding="utf-8"))
    tag, gap = _TAGS.get(view.language, view.language), "" if view.language == "zh" else " "
    return environment.get_template(template).render(word=view.word, language=tag, gap=gap, style=style, **data) + "\n"
