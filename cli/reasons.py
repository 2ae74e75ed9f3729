"""The work of `civicrules check --why`."""

from __future__ import annotations

import sys
from datetime import date

from civicrules.diagnostics import Diagnostic
from civicrules.program import Rule, identifier
from civicrules.report.reasons import document, render
from civicrules.report.terminal import colour
from civicrules.suggest import nearest

from .case import Case
from .output import Unusable, put, put_json
from .views import view_of


def told(case: Case, rule: str, as_of: date | None, personal: bool) -> int:
    """Write why a rule came out as it did; 0, as nothing is judged anew.

    Rules of several layers can bear one name; each is told, with its article. An id is that of one rule.
    """
    rules = {form: one for one in case.rules.program.rules for form in (one.id, *dict(one.names.forms).values())}
    named = [one for one in case.rules.program.rules if identifier(rule) in map(identifier, _called(one))]
    wanted = next((one for one in named if one.id == rule), named[-1] if named else None)
    if wanted is None:
        data = {"name": rule, "suggestions": nearest(rule, rules)}
        raise Unusable((Diagnostic("CR0821", None, data),), case.language, case.asked.format, case.plan.name)
    if case.asked.format == "json":
        put_json(document(wanted, case.rules.why(wanted.id, case.plan, law_day=as_of), personal=personal))
        return 0
    view = view_of(case.rules.program, case.language)
    found = [told for one in named for told in case.rules.why(one.id, case.plan, law_day=as_of)]
    put(render(found, view, personal=personal, colour=colour(sys.stdout)))
    return 0


def _called(rule: Rule) -> tuple[str, ...]:
    return (rule.id, *(form for _, form in rule.names.forms))
