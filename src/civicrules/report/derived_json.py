"""What a lawful plan must look like, as JSON: canonical and versioned (`schema/derived-1.json`).

Numbers and texts are written as in a report. Nothing in it is personal: sentences on persons are only named.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from civicrules.derived import Allowed, Answer, Defined, Derived, Due, Form, Item, Line, Options, Supposed, Undone
from civicrules.findings import Number, Value
from civicrules.program import Names, Type
from civicrules.report.derived import exit_status
from civicrules.report.json import (
    citation_document,
    diagnostic_document,
    exact_document,
    layer_document,
    missing_document,
    ratio,
    reading_document,
    ruleset_document,
    texts_document,
    type_document,
    value_document,
)

FORMAT = "civicrules-derived/1"

Object = dict[str, Any]
_NO_NAME = Names()


def render(derived: Derived, language: str) -> str:
    """The document as text. `language` is recorded for who displays it; all texts are there in every language."""
    whole = {"format": FORMAT, "language": language, **document(derived)}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def document(derived: Derived) -> Object:
    """All of it as plain values of JSON."""
    plan = derived.plan
    return {
        "format": FORMAT,
        "exit_status": exit_status(derived),
        "ruleset": ruleset_document(derived.ruleset),
        "layers": [layer_document(layer) for layer in derived.layers],
        "plan": {"name": derived.name, "ruleset": plan.ruleset, "day": _day(plan.day), "language": plan.language},
        "day": _day(derived.day),
        "law_day": _day(derived.law_day),
        "items": [_item(item) for item in derived.items],
        "calendar": [_due(due) for due in derived.calendar],
        "undated": [item.key for item in derived.undated],
        "known_days": [_known(number) for number in derived.known],
        "defined": [_defined(one) for one in derived.defined],
        "not_derived": [_undone(one) for one in derived.undone],
        "readings": [reading_document(one) for one in derived.readings],
        "diagnostics": [diagnostic_document(one) for one in derived.diagnostics],
        "notes": [diagnostic_document(one) for one in derived.notes],
    }


def _day(of: date | None) -> str | None:
    return of.isoformat() if of else None


def _item(item: Item) -> Object:
    return {
        "key": item.key,
        "names": texts_document(item.names),
        "within": texts_document(item.within),
        "type": type_document(item.type),
        "given": _value(item.given, item.type),
        "given_is_allowed": None if item.given is None else not item.is_refused,
        "answers": [_answer(answer, item.type) for answer in item.answers],
        "lines": [_line(line, item.type) for line in item.lines],
        "against": [_sentence(line) for line in item.against],
    }


def _value(of: Value, type: Type) -> object:
    found: Object = value_document(Number(_NO_NAME, of, type))
    return found["value"]


def _line(line: Line, type: Type) -> Object:
    return {
        **_sentence(line),
        "implied": line.implied,
        "answers": [_answer(answer, type) for answer in line.answers],
        "forms": [_form(form) for form in line.forms],
        "depends": [missing_document(fact) for fact in line.depends],
        "needs": [missing_document(fact) for fact in line.needs],
        "condition": [missing_document(fact) for fact in line.condition],
    }


def _sentence(of: Line | Undone) -> Object:
    return {
        "rule": {"id": of.rule.id, "ruleset": of.rule.ruleset},
        "article": citation_document(of.sentence.citation),
        "force": of.sentence.force.value,
        "text": texts_document(of.sentence.texts),
    }


def _answer(answer: Answer, type: Type) -> Object:
    return {
        "options": _options(answer.options),
        "allowed": _allowed(answer.allowed, type),
        "supposed": [_supposed(one, type) for one in answer.supposed],
    }


def _options(of: Options) -> dict[str, int]:
    return dict(of)


def _allowed(of: Allowed, type: Type) -> Object:
    """`null` ends are unbounded; named values are ids of choices, yes and no."""
    stretches = [
        {
            "low": exact_document(one.low, type),
            "high": exact_document(one.high, type),
            "low_open": one.low_open,
            "high_open": one.high_open,
        }
        for one in of.stretches
    ]
    return {"free": of.free, "stretches": stretches, "values": list(of.values)}


def _supposed(of: Supposed, type: Type) -> Object:
    other = of.other
    named = {"names": texts_document(other.name), "value": _value(other.value, other.type)}
    return {"if": named, "allowed": _allowed(of.allowed, type)}


def _form(of: Form) -> Object:
    return {
        "comparison": of.comparison.value,
        "constant": ratio(of.constant),
        "terms": [{"times": ratio(times), "names": texts_document(other.name)} for times, other in of.terms],
    }


def _due(due: Due) -> Object:
    return {
        "day": due.day.isoformat(),
        "end": due.end.value,
        "key": due.item.key,
        "names": texts_document(due.item.names),
        "options": _options(due.options),
        **_sentence(due.line),
    }


def _known(number: Number) -> Object:
    return {"names": texts_document(number.name), "day": _value(number.value, number.type)}


def _defined(of: Defined) -> Object:
    return {
        "id": of.id,
        "names": texts_document(of.names),
        "type": type_document(of.type),
        "values": [{"options": _options(options), "value": _value(value, of.type)} for options, value in of.values],
        "article": None if of.citation is None else citation_document(of.citation),
    }


def _undone(of: Undone) -> Object:
    return {**_sentence(of), "why": of.why.value, "missing": [missing_document(fact) for fact in of.missing]}
