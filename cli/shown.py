"""The work of `civicrules show`."""

from __future__ import annotations

import sys
from pathlib import Path

from civicrules import Program, Rules
from civicrules.diagnostics import Diagnostic, Severity, has_errors
from civicrules.program import Names, identifier
from civicrules.report.ruleset import document, render
from civicrules.report.terminal import colour
from civicrules.suggest import nearest

from .language import of_computer, spoken
from .named import named
from .output import Unusable, put, put_json
from .views import view_of
from .words import names as words


def shown(ruleset: str, rule: str | None, folder: Path | None, language: str | None, format: str) -> int:
    """Write a ruleset, or one statement of it; the exit status."""
    (_, taken), *_ = named(ruleset, folder, language or of_computer())
    spoken_language = language or spoken(taken.language) or of_computer()
    if taken.rules is None or has_errors(taken.diagnostics):
        raise Unusable(taken.diagnostics, spoken_language, format, ruleset, words("nothing done"))
    program = taken.rules.program
    id = None if rule is None else _id(program, rule, spoken_language, format)
    if format == "json":
        put_json(document(program, id, _conflicts(taken.rules)))
        return 0
    put(_text(taken.rules, id, spoken_language))
    return 0


def _text(rules: Rules, id: str | None, language: str) -> str:
    view = view_of(rules.program, language)
    return render(rules.program, view, id, conflicts=_conflicts(rules), colour=colour(sys.stdout))


def _conflicts(rules: Rules) -> tuple[Diagnostic, ...]:
    return tuple(one for one in rules.diagnostics if one.severity is Severity.CONFLICT)


def _id(program: Program, name: str, language: str, format: str) -> str:
    """The id of a rule or another statement by its name in either language."""
    wanted = identifier(name)
    known: list[str] = []
    named_things: list[tuple[str, Names]] = [(one.id, one.names) for one in program.rules]
    named_things += [(one.id, one.names) for one in program.statements()]
    for id, names in named_things:
        forms = [form for _, form in names.forms]
        if wanted == id or wanted in {identifier(form) for form in forms}:
            return id
        known += forms
    data = {"name": name, "suggestions": nearest(name, known)}
    raise Unusable((Diagnostic("CR0821", None, data),), language, format, last=words("nothing done"))
