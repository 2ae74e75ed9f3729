"""The work of `civicrules check --why`."""

from __future__ import annotations

import sys
from datetime import date

from civicrules.diagnostics import Diagnostic
from civicrules.program import identifier
from civicrules.report.reasons import document, render
from civicrules.report.terminal import colour
from civicrules.suggest import nearest

from .case import Case
from .output import Unusable, put, put_json
from .views import view_of


def told(case: Case, rule: str, as_of: date | None, personal: bool) -> int:
    """Write why a rule came out as it did; 0, as nothing is judged anew."""
    rules = {form: one for one in case.rules.program.rules for form in (one.id, *dict(one.names.forms).values())}
    wanted = next((one for form, one in rules.items() if identifier(form) == identifier(rule)), None)
    if wanted is None:
        data = {"name": rule, "suggestions": nearest(rule, rules)}
        raise Unusable((Diagnostic("CR0821", None, data),), case.language, case.asked.format, case.plan.name)
    found = case.rules.why(wanted.id, case.plan, law_day=as_of)
    if case.asked.format == "json":
        put_json(document(wanted, found, personal=personal))
        return 0
    view = view_of(case.rules.program, case.language)
    put(render(found, view, personal=personal, colour=colour(sys.stdout)))
    return 0
