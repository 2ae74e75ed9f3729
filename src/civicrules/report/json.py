"""A report as JSON: canonical and versioned (`schema/report-1.json`), every exact number with one type.

Personal values are left out, with words for how they compare in their place, unless the report is `personal`. Numbers of
a whole-valued type are JSON integers; all others, and those in the steps of a count, are strings `n/d`,
always with a denominator. Days are ISO dates. Texts are objects by language tag. Offsets count characters from 0, lines
and columns from 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, assert_never

from civicrules.codes import fill, filled_if_complete, page
from civicrules.diagnostics import Diagnostic
from civicrules.exact import Exact, Interval
from civicrules.facts import Attestation, Waiver
from civicrules.findings import (
    Advice,
    AllReadings,
    Count,
    Dependence,
    Finding,
    Missing,
    Number,
    Report,
    RulesetInfo,
    Subject,
    Verdict,
    fingerprint,
)
from civicrules.outcome import CannotSay, Decided, DecisionRequired, Question, Reachable, Seat, Step, Void
from civicrules.program import (
    Age,
    ChoiceType,
    Citation,
    CountOf,
    DateType,
    Elapsed,
    FactOf,
    Force,
    Layer,
    Names,
    NumberType,
    PeopleType,
    RangeType,
    Reading,
    Relation,
    TextType,
    TotalOf,
    TruthType,
    Type,
    ValueOf,
)
from civicrules.report.counts import verdict
from civicrules.report.grouping import by_sentence, members
from civicrules.report.privacy import discreet
from civicrules.report.status import exit_status
from civicrules.report.steps import sentence
from civicrules.source import Cell, Key, Place, Span

FORMAT = "civicrules-report/1"
_LANGUAGES = ("en", "zh")

Object = dict[str, Any]


def render(report: Report, language: str) -> str:
    """The document as text. `language` is recorded for who displays it; all texts are there in every language."""
    whole = {"format": FORMAT, "language": language, **document(report)}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def document(report: Report) -> Object:
    """The report as plain values of JSON."""
    report = discreet(report)
    return {
        "format": FORMAT,
        "ruleset": ruleset_document(report.ruleset) if report.ruleset else None,
        "layers": [layer_document(layer) for layer in report.layers],
        "plan": {
            "name": report.name,
            "ruleset": report.plan.ruleset,
            "day": _day(report.plan.day),
            "stage": report.plan.stage,
            "language": report.plan.language,
        },
        "day": _day(report.day),
        "law_day": _day(report.law_day),
        "plugins": [{"name": name, "version": version} for name, version in report.plugins],
        "attestations": [_attestation(one) for one in report.attestations],
        "personal": report.personal,
        "summary": _summary(report),
        "findings": [_finding(finding) for finding in report.findings],
        "missing": [missing_document(fact) for fact in report.missing],
        "counts": [_count(count) for count in report.counts],
        "readings": [reading_document(reading) for reading in report.readings],
        "all_readings": [_every_reading(judged) for judged in report.all_readings],
        "diagnostics": [diagnostic_document(one) for one in report.diagnostics],
        "notes": [diagnostic_document(one) for one in report.notes],
    }


def ruleset_document(info: RulesetInfo) -> Object:
    return {
        "id": info.id,
        "title": texts_document(info.title),
        "version": info.version,
        "hash": info.digest,
        "origin": info.origin,
        "covers": texts_document(info.covers),
    }


def layer_document(layer: Layer) -> Object:
    return {
        "id": layer.id,
        "title": texts_document(layer.title),
        "level": layer.level,
        "version": layer.version,
        "covers": texts_document(layer.covers),
    }


def _attestation(of: Attestation) -> Object:
    return {
        "list": of.list,
        "field": of.field,
        "by": of.by,
        "day": of.day.isoformat(),
        "facts": of.facts,
        "place": None if of.place is None else place_document(of.place),
    }


def _summary(report: Report) -> Object:
    """How many findings have which verdict; how many sentences, by the first verdict one of their findings has."""
    judged = by_sentence(report.findings)

    def findings(force: Force, verdict: Verdict) -> int:
        return sum(finding.force is force and finding.verdict is verdict for finding in report.findings)

    def sentences(force: Force, verdict: Verdict) -> int:
        return sum(one.force is force and one.verdict is verdict for one in judged)

    def every(number: Callable[[Force, Verdict], int]) -> Object:
        return {force.value: {verdict.value: number(force, verdict) for verdict in Verdict} for force in Force}

    return {
        "exit_status": {"default": exit_status(report), "strict": exit_status(report, strict=True)},
        "findings": every(findings),
        "sentences": every(sentences),
        "waived": sum(finding.waived is not None for finding in report.findings),
        "members_failing": len(members(finding for finding in report.findings if finding.decisive)),
    }


def texts_document(names: Names) -> dict[str, str]:
    return dict(names.forms)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


# ---------------------------------------------------------------- findings


def _finding(finding: Finding) -> Object:
    rule = finding.rule
    return {
        "rule": {
            "id": rule.id,
            "names": texts_document(rule.names),
            "title": texts_document(rule.title),
            "section": texts_document(rule.section),
            "ruleset": rule.ruleset,
            "waiver": None if rule.waiver is None else texts_document(rule.waiver),
            "relation": None if rule.relation is None else _relation(rule.relation),
        },
        "at": None if finding.sentence.span is None else place_document(finding.sentence.span),
        "article": citation_document(finding.article),
        "force": finding.force.value,
        "verdict": finding.verdict.value,
        "subject": None if finding.subject is None else _subject(finding.subject),
        "text": texts_document(finding.sentence.texts),
        "exemptions": [texts_document(one.texts) for one in finding.sentence.exemptions],
        "waived": None if finding.waived is None else _waiver(finding.waived),
        "lapsed": None if finding.lapsed is None else _waiver(finding.lapsed),
        "fingerprint": fingerprint(finding) if rule.waiver is not None and finding.verdict is Verdict.FAILS else None,
        "numbers": [_number(number) for number in finding.numbers],
        "places": [place_document(place) for place in finding.at],
        "missing": [missing_document(fact) for fact in finding.missing],
        "readings": [_dependence(one) for one in finding.readings],
        "advice": [_advice(one) for one in finding.advice],
        "used": finding.used,
    }


def _waiver(of: Waiver) -> Object:
    return {
        "by": of.by,
        "reason": of.reason,
        "day": _day(of.day),
        "fingerprint": of.fingerprint,
        "place": None if of.place is None else place_document(of.place),
    }


def _subject(subject: Subject) -> Object:
    return {
        "list": subject.list,
        "row": subject.index + 1,
        "names": texts_document(subject.names),
        "label": subject.label or None,
        "place": None if subject.place is None else place_document(subject.place),
    }


def citation_document(citation: Citation) -> Object:
    return {"source": citation.source, "article": texts_document(citation.article)}


def _number(number: Number) -> Object:
    return {
        "id": _mentioned(number),
        "name": texts_document(number.name),
        "type": type_document(number.type),
        **value_document(number),
        "personal": number.personal,
        "instead": texts_document(number.value) if isinstance(number.value, Names) else None,
        "places": [place_document(place) for place in number.places],
        "inner": [_number(inner) for inner in number.inner],
    }


def _mentioned(number: Number) -> str | None:
    match number.mention.of if number.mention else None:
        case FactOf(key=key) | Age(stated=FactOf(key=key)) | Elapsed(since=FactOf(key=key)):
            return key
        case Elapsed():
            return None
        case ValueOf(id=id):
            return id
        case CountOf(list=id) | TotalOf(list=id):
            return id
        case None:
            return None
        case other:
            assert_never(other)


def value_document(number: Number) -> Object:
    """`value` is what is known exactly; what is known in part stands in `bounds`, and then `value` is null."""
    match number.value:
        case Interval(low=low, high=high):
            return {
                "value": None,
                "bounds": {"low": exact_document(low, number.type), "high": exact_document(high, number.type)},
            }
        case (low, high):
            return {
                "value": {"from": exact_document(low, number.type), "to": exact_document(high, number.type)},
                "bounds": None,
            }
        case Names():
            return {"value": None, "bounds": None}
        case bool() | str() | None as value:
            return {"value": value, "bounds": None}
        case int() | Fraction() | date() as value:
            return {"value": exact_document(value, number.type), "bounds": None}
        case other:
            assert_never(other)


def exact_document(value: Exact | date | None, type: Type) -> int | str | None:
    match type:
        case _ if value is None:
            return None
        case _ if isinstance(value, date):
            return value.isoformat()
        case DateType():
            return date.fromordinal(int(value)).isoformat()
        case RangeType():
            return exact_document(value, type.of)
        case NumberType(whole=True):
            return value.numerator if value.denominator == 1 else ratio(value)
        case NumberType() | TruthType() | ChoiceType() | TextType() | PeopleType():
            return ratio(value)
        case _:
            assert_never(type)


def ratio(value: Exact) -> str:
    """A number as `n/d`.

    >>> ratio(3), ratio(Fraction(12, 37))
    ('3/1', '12/37')
    """
    return f"{value.numerator}/{value.denominator}"


def type_document(type: Type) -> Object:
    match type:
        case NumberType():
            return {
                "kind": "share" if type.share else "whole number" if type.whole else "fraction",
                "unit": type.unit,
            }
        case RangeType(of=of):
            return {"kind": "range", "of": type_document(of)}
        case DateType():
            return {"kind": "date"}
        case TruthType():
            return {"kind": "yes/no"}
        case ChoiceType(choices=choices):
            return {
                "kind": "choice",
                "choices": [{"id": one.id, "names": texts_document(one.names)} for one in choices],
            }
        case TextType():
            return {"kind": "text"}
        case PeopleType():
            return {"kind": "people"}
        case _:
            assert_never(type)


def missing_document(fact: Missing) -> Object:
    return {
        "key": fact.key,
        "names": texts_document(fact.names),
        "within": texts_document(fact.within),
        "blocked": fact.blocked,
        "begun": fact.begun,
        "subject": None if fact.subject is None else _subject(fact.subject),
    }


def _dependence(of: Dependence) -> Object:
    option = of.reading.options[of.option]
    return {
        "reading": of.reading.id,
        "option": of.option,
        "text": texts_document(option.texts),
        "verdict": of.verdict.value,
    }


def _every_reading(of: AllReadings) -> Object:
    return {
        "rule": of.rule.id,
        "text": texts_document(of.sentence.texts),
        "complete": of.complete,
        "combinations": [
            {"options": dict(combination.options), "verdict": combination.verdict.value}
            for combination in of.combinations
        ],
    }


def _relation(of: Relation) -> Object:
    return {"kind": of.kind.value, "to": of.to, "compared": of.compared}


def _advice(of: Advice) -> Object:
    return {
        "key": of.key,
        "names": texts_document(of.names),
        "type": type_document(of.type),
        "current": exact_document(of.current, of.type),
        "proposed": exact_document(of.proposed, of.type),
        "results": [_number(number) for number in of.results],
    }


def reading_document(reading: Reading) -> Object:
    return {
        "id": reading.id,
        "names": texts_document(reading.names),
        "question": texts_document(reading.question),
        "options": [texts_document(option.texts) for option in reading.options],
        "taken": 0,
        "because": texts_document(reading.because),
        "article": citation_document(reading.citation) if reading.citation else None,
    }


# ---------------------------------------------------------------- counts


def _possible(found: Reachable | None) -> Object | None:
    """What the open questions can lead to: who has the seats, after which answers."""
    if found is None:
        return None
    results = [
        {
            "seats": [{"post": post, "receiver": receiver, "seats": seats} for post, receiver, seats in sorted(result)],
            "answers": {one.question: list(one.chosen) for one in answers},
        }
        for result, answers in sorted(found.results.items(), key=lambda item: sorted(item[0]))
    ]
    return {"results": results, "complete": found.complete, "moot": list(found.moot)}


def _count(count: Count) -> Object:
    outcome = count.outcome
    result: Object = {
        "id": count.id,
        "names": texts_document(count.names),
        "article": citation_document(count.citation),
        "outcome": verdict(outcome),
        "seats": [],
        "vacant": {},
        "questions": [],
        "missing": [],
        "reasons": [],
        "steps": [_step(step, {**count.receivers, **count.words}) for step in outcome.steps],
        "findings": [_finding(finding) for finding in count.findings],
        "alternatives": dict(count.alternatives),
        "possible": None,
    }
    match outcome:
        case Decided(seats=seats, vacant=vacant):
            return result | {"seats": [_seat(seat, count) for seat in seats], "vacant": dict(vacant)}
        case DecisionRequired(questions=questions, seats=seats):
            asked = [_question(question) for question in questions]
            return result | {
                "seats": [_seat(seat, count) for seat in seats],
                "questions": asked,
                "possible": _possible(count.reachable),
            }
        case CannotSay(missing=missing, seats=seats):
            return result | {"seats": [_seat(seat, count) for seat in seats], "missing": list(missing)}
        case Void(reasons=reasons):
            return result | {"reasons": list(reasons)}
        case _:
            assert_never(outcome)


def _seat(seat: Seat, count: Count) -> Object:
    return {
        "receiver": seat.receiver,
        "names": texts_document(count.receivers.get(seat.receiver, Names())),
        "post": seat.post,
        "seats": seat.seats,
        "votes": None if seat.votes is None else ratio(seat.votes),
    }


def _question(question: Question) -> Object:
    return {
        "id": question.id,
        "kind": question.kind,
        "post": question.post,
        "options": list(question.options),
        "choose": question.choose,
        "numbers": {option: ratio(number) for option, number in question.numbers.items()},
        "policy": question.policy,
    }


def _step(step: Step, names: Mapping[str, Names]) -> Object:
    return {
        "kind": step.kind,
        "data": _plain(step.data),
        "text": {language: sentence(step, language, names) for language in _LANGUAGES},
    }


def _plain(value: object) -> Any:
    """Data of a step. Methods record whole and broken numbers under one key, so that all of them are written `n/d`."""
    match value:
        case None | bool() | str():
            return value
        case int() | Fraction():
            return ratio(value)
        case date():
            return value.isoformat()
        case Names():
            return texts_document(value)
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case Sequence() | frozenset() | set():
            return [_plain(item) for item in value]
        case _:
            return str(value)


# ---------------------------------------------------------------- diagnostics and places


def diagnostic_document(of: Diagnostic) -> Object:
    """A diagnostic as JSON, with its texts in every language."""
    texts = page(of.code)

    def filled(names: Names) -> dict[str, str]:
        return {language: fill(names.text(language), of.data, language) for language in _LANGUAGES}

    def helptexts_document(language: str) -> list[str]:
        every = (filled_if_complete(names.text(language), of.data, language) for names in (*texts.help, *texts.author))
        return [text for text in every if text]

    return {
        "code": of.code,
        "severity": of.severity.value,
        "place": place_document(of.place) if of.place else None,
        "title": filled(texts.title),
        "text": filled(texts.text),
        "help": {language: helptexts_document(language) for language in _LANGUAGES},
        "related": [
            {"place": place_document(label.place), "text": filled(texts.labels.get(label.note, Names()))}
            for label in of.related
        ],
        "fixes": [
            {"place": place_document(fix.place), "replacement": fix.replacement, "safe": fix.safe} for fix in of.fixes
        ],
    }


def place_document(place: Place) -> Object:
    """A place as JSON; a stretch of text by its character offsets as well as by lines and columns."""
    match place:
        case Span(source=source, start=start, end=end):
            line, column = source.position(start)
            end_line, end_column = source.position(end)
            return {
                "kind": "text",
                "file": source.name,
                "start": start,
                "end": end,
                "line": line,
                "column": column,
                "end_line": end_line,
                "end_column": end_column,
            }
        case Cell(file=file, sheet=sheet, ref=ref):
            return {"kind": "cell", "file": file, "sheet": sheet, "cell": ref}
        case Key(path=path):
            return {"kind": "key", "path": list(path)}
        case _:
            assert_never(place)
