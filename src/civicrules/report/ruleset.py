"""A ruleset as a document to be read: what is in force of it and of the rulesets above, with articles and exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from civicrules.diagnostics import Diagnostic
from civicrules.program import LEVELS, Citation, Layer, Names, Program, Rule, Sentence, Statement, Validity
from civicrules.report import diagnostics
from civicrules.report.grouping import split_at_head
from civicrules.report.head import labelled
from civicrules.report.json import diagnostic_document
from civicrules.report.layout import Line, Role
from civicrules.report.view import View
from civicrules.source import Span

_INDENT = "  "
Object = dict[str, Any]


def render(
    program: Program,
    view: View,
    rule: str | None = None,
    *,
    conflicts: Iterable[Diagnostic] = (),
    colour: bool = False,
) -> str:
    """The document, or the part of one rule or definition (its id), with the `conflicts` of what is shown."""
    blocks = list(_one(program, rule, view) if rule is not None else _all(program, view))
    told = [diagnostics.contradiction(one, view) for one in _of(program, rule, conflicts)]
    if told:
        blocks += [[Line(view.word("heading.conflicts"), Role.TITLE)], *told]
    lines = [line for block in blocks for line in (*block, Line(""))]
    return "\n".join(line.coloured() if colour else line.text for line in lines[:-1])


def _all(program: Program, view: View) -> Iterator[list[Line]]:
    yield _head(program, view)
    for layer in reversed(program.layers):
        yield view.lines(view.word("show.from", title=view.name(layer.title), id=layer.id), role=Role.TITLE)
        yield from _rules([one for one in program.rules if one.ruleset == layer.id], view)
        if layer.replaced:
            yield _replaced(layer, view)
    if program.layers:
        yield view.lines(view.word("show.own", title=view.name(program.title), id=program.id), role=Role.TITLE)
    yield from _rules(program.own(), view)
    kinds: tuple[tuple[str, tuple[Statement, ...]], ...] = (
        ("show.values", (*program.definitions, *program.groups)),
        ("show.readings", program.readings),
        ("show.counts", (*program.contests, *program.allocations)),
    )
    for key, items in kinds:
        if items:
            yield [Line(view.word(key), Role.TITLE)]
            yield from (_written(program, item.id, item.citation, view) for item in items)


def _one(program: Program, id: str, view: View) -> Iterator[list[Line]]:
    for rule in program.rules:
        if rule.id == id:
            yield _rule(rule, view)
    for item in program.statements():
        if item.id == id:
            yield _written(program, id, item.citation, view)


def _head(program: Program, view: View) -> list[Line]:
    lines = view.lines(view.name(program.title) or program.id, role=Role.TITLE)
    entries = [("show.id", program.id), ("show.level", _level(program.level, view))]
    entries += [("show.valid", _valid(program.valid, view))]
    entries += [("show.under", view.word("show.own", title=view.name(one.title), id=one.id)) for one in program.layers]
    entries += [("show.calendar", _calendar(program, view))]
    entries += [("show.prevails", view.name(program.prevails)), ("show.covers", view.name(program.covers))]
    entries += [
        ("show.source", view.word("show.document", name=view.name(one.names), title=view.name(one.title)))
        for one in program.sources
    ]
    return lines + labelled([(view.word(key), text) for key, text in entries], view, Role.FAINT)


def _calendar(program: Program, view: View) -> str:
    """For which days working days are known; nothing where none are needed."""
    if program.calendar is not None:
        return _valid(Validity(program.calendar.first, program.calendar.last), view)
    return view.word("show.no calendar") if program.working_days() else ""


def _level(level: str, view: View) -> str:
    return view.name(LEVELS[level]) if level in LEVELS else level


def _valid(valid: Validity | None, view: View) -> str:
    if valid is None or (valid.start is None and valid.end is None):
        return ""
    start, end = valid.start or "", valid.end or ""
    key = "show.between" if start and end else "show.since" if start else "show.until"
    return view.word(key, start=start, end=end)


def _rules(rules: Iterable[Rule], view: View) -> Iterator[list[Line]]:
    section = ""
    for rule in rules:
        heading = view.name(rule.section)
        if heading and heading != section:
            yield view.lines(heading, role=Role.TITLE)
        section = heading
        yield _rule(rule, view)


def _rule(rule: Rule, view: View) -> list[Line]:
    """A rule: its name and title where it has more than one sentence, and its sentences."""
    lines: list[Line] = []
    title = view.name(rule.title)
    heads = {_head_of(one, view) for one in rule.sentences}
    if title or (len(rule.sentences) > 1 and (len(heads) > 1 or heads == {""})):
        text = f"{view.name(rule.names)}{view.word('show.titled', title=title) if title else ''}"
        lines += view.lines(text, role=Role.HELP)
    for head, group in groupby(rule.sentences, key=lambda one: _head_of(one, view)):
        items = tuple(group)
        if head and len(items) > 1:
            lines += view.lines(head, f"{_INDENT}- ", hanging=_INDENT * 2, tail=_cited(items[0].citation, view))
        for sentence in items:
            lines += _sentence(sentence, view, in_list=bool(head) and len(items) > 1)
    if rule.relation is not None:
        key = f"show.{rule.relation.kind.value}"
        lines += view.lines(view.word(key, name=rule.relation.to.replace("_", " ")), _INDENT * 2, Role.FAINT)
        if not rule.relation.compared:
            lines += view.lines(view.word("show.not compared"), _INDENT * 2, Role.FAINT)
    if rule.lower is not None:
        lines += view.lines(view.word(f"show.lower.{rule.lower.value}"), _INDENT * 2, Role.FAINT)
    if rule.waiver is not None:
        lines += view.lines(view.word("show.waiver", body=view.name(rule.waiver)), _INDENT * 2, Role.FAINT)
    return lines


def _head_of(sentence: Sentence, view: View) -> str:
    """The words before the last colon: neighbours that share them are items of one list."""
    return split_at_head(view.name(sentence.texts))[0]


def _sentence(sentence: Sentence, view: View, in_list: bool) -> list[Line]:
    """A sentence with its article; an item of a list stands under its head, which has the article."""
    if in_list:
        _, text = split_at_head(view.name(sentence.texts))
        lines = view.lines(text, f"{_INDENT * 2}· ", hanging=_INDENT * 3)
    else:
        tail = _cited(sentence.citation, view)
        lines = view.lines(view.name(sentence.texts), f"{_INDENT}- ", hanging=_INDENT * 2, tail=tail)
    for one in sentence.exemptions:
        tail = _cited(one.citation, view) if one.citation is not None else ""
        lines += view.lines(view.name(one.texts), _INDENT * 3, Role.FAINT, tail=tail)
    valid = _valid(sentence.valid, view)
    return lines + (view.lines(f"{view.word('show.valid')} {valid}", _INDENT * 3, Role.FAINT) if valid else [])


def _cited(citation: Citation, view: View) -> str:
    return view.word("sign.citation", article=view.name(citation.article) or citation.source)


def _replaced(layer: Layer, view: View) -> list[Line]:
    lines = view.lines(view.word("show.replaced"), role=Role.FAINT)
    for one in layer.replaced:
        said = (
            [(view.name(sentence.texts), sentence.citation) for sentence in one.sentences]
            if isinstance(one, Rule)
            else [(view.word("show.replaced.count", name=view.name(one.names)), one.citation)]
        )
        for text, citation in said:
            lines += view.lines(text, f"{_INDENT}- ", Role.FAINT, _INDENT * 2, tail=_cited(citation, view))
    return lines


def _written(program: Program, id: str, citation: Citation | None, view: View) -> list[Line]:
    """A definition or another statement in its own lines."""
    names = program.written.get(id)
    text = "" if names is None else names.text(view.language)
    first, *rest = text.split("\n")
    lines = view.lines(view.clean(first), tail=_cited(citation, view) if citation is not None else "")
    lines += [line for one in rest for line in view.lines(view.clean(one.strip()), _INDENT, hanging=_INDENT * 2)]
    origin = program.origins.get(id)
    if origin is not None:
        text = view.word("show.taken", title=view.name(origin.title) or origin.id, id=origin.id)
        lines += view.lines(text, _INDENT, Role.FAINT)
    return lines


def _of(program: Program, rule: str | None, conflicts: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The conflicts of all rules and definitions, or of one."""
    statements: tuple[Rule | Statement, ...] = (*program.rules, *program.statements())
    own = [one for one in statements if one.id == rule]
    places = {sentence.span for one in own if isinstance(one, Rule) for sentence in one.sentences}
    places |= {one.span for one in own}
    return (one for one in conflicts if rule is None or one.place in places)


def document(program: Program, rule: str | None = None, conflicts: Iterable[Diagnostic] = ()) -> Object:
    """The same as an object of JSON; `at` are character ranges in the text of the ruleset."""
    rules = [one for one in program.rules if rule in (None, one.id)]
    return {
        "format": "civicrules-ruleset/1",
        "id": program.id,
        "title": texts(program.title),
        "level": program.level,
        "valid": _dates(program.valid),
        "layers": [{"id": one.id, "title": texts(one.title), "level": one.level} for one in program.layers],
        "rules": [_rule_document(one) for one in rules],
        "statements": [
            {"id": one.id, "text": texts(program.written[one.id]), "at": _at(one.span)}
            for one in program.statements()
            if rule in (None, one.id) and one.id in program.written
        ],
        "conflicts": [diagnostic_document(one) for one in _of(program, rule, conflicts)],
    }


def _rule_document(rule: Rule) -> Object:
    relation = None if rule.relation is None else {"kind": rule.relation.kind.value, "to": rule.relation.to}
    return {
        "id": rule.id,
        "names": texts(rule.names),
        "title": texts(rule.title),
        "section": texts(rule.section),
        "ruleset": rule.ruleset,
        "lower rules": None if rule.lower is None else rule.lower.value,
        "relation": relation,
        "waiver": None if rule.waiver is None else texts(rule.waiver),
        "sentences": [
            {
                "text": texts(one.texts),
                "force": one.force.value,
                "article": {"source": one.citation.source, "article": texts(one.citation.article)},
                "exceptions": [texts(exempt.texts) for exempt in one.exemptions],
                "valid": _dates(one.valid),
                "at": _at(one.span),
            }
            for one in rule.sentences
        ],
        "at": _at(rule.span),
    }


def texts(names: Names) -> Object:
    """The forms of a name or text by language."""
    return dict(names.forms)


def _dates(valid: Validity | None) -> Object | None:
    if valid is None:
        return None
    start, end = valid.start, valid.end
    return {"from": start and start.isoformat(), "until": end and end.isoformat()}


def _at(span: Span | None) -> Object | None:
    return None if span is None else {"source": span.source.name, "start": span.start, "end": span.end}
