"""The JSON report against its published schema; each exact number has one type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from importlib.resources import files
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

from civicrules.diagnostics import Diagnostic, Fix, Label
from civicrules.exact import Interval
from civicrules.facts import PlanHeader
from civicrules.findings import Count, Number, Report
from civicrules.outcome import CannotSay, Decided, DecisionRequired, Outcome, Question, Seat, Step, Void
from civicrules.program import Citation, DateType, Names, NumberType, RangeType, TextType, TruthType, Type
from civicrules.report import json as report_json
from civicrules.source import Key, Source, Span

SCHEMA = json.loads((files("civicrules.report") / "schema" / "report-1.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def valid(report: Report) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(report_json.render(report, "zh"))
    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(document)] == []
    return document


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_faulty_plan(faulty: Report) -> None:
    document = valid(faulty)
    assert document["ruleset"]["id"] == "cn.district-2012"
    assert document["ruleset"]["hash"] == "ab" * 32
    assert (document["day"], document["law_day"]) == ("2012-08-20", "2012-08-31")
    assert document["summary"]["exit_status"] == {"default": 1, "strict": 1}
    assert document["summary"]["findings"]["must"] == {
        "fails": 4,
        "cannot say": 2,
        "holds": 1,
        "does not apply": 1,
    }
    finding = document["findings"][0]
    assert finding["text"] == {
        "en": "residents committee's size must be within committee size",
        "zh": "居委会的职数应当符合居委会职数标准",
    }
    assert finding["article"]["article"]["en"] == "notice III.2"
    size, standard = finding["numbers"]
    assert (size["id"], size["value"], size["type"]["unit"]) == ("committee.size", 8, "member")
    assert standard["value"] == {"from": 3, "to": 5}
    assert standard["inner"][0]["places"] == [{"kind": "cell", "file": "plan.xlsx", "sheet": "社区", "cell": "B3"}]
    assert (finding["advice"][0]["current"], finding["advice"][0]["proposed"]) == (8, 5)
    assert [fact["key"] for fact in document["missing"]] == ["community.previous", "supervision.size"]


def test_the_document_is_the_same_each_time(faulty: Report) -> None:
    assert report_json.render(faulty, "en") == report_json.render(faulty, "en")
    document = report_json.document(faulty)
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize(
    ("value", "type", "expected", "bounds"),
    [
        (3, NumberType(), 3, None),
        (3, NumberType(whole=False), "3/1", None),
        (Fraction(12, 37), NumberType(whole=False, share=True), "12/37", None),
        ((3, 5), RangeType(NumberType()), {"from": 3, "to": 5}, None),
        ((3, Fraction(7, 2)), RangeType(NumberType(whole=False)), {"from": "3/1", "to": "7/2"}, None),
        (Interval(3, None), NumberType(), None, {"low": 3, "high": None}),
        (Interval(Fraction(1, 2), 1), NumberType(whole=False), None, {"low": "1/2", "high": "1/1"}),
        (Interval(date(2012, 8, 20).toordinal(), None), DateType(), None, {"low": "2012-08-20", "high": None}),
        (True, TruthType(), True, None),
        ("Wang", TextType(), "Wang", None),
        (None, NumberType(), None, None),
    ],
)
def test_each_type_has_one_form(faulty: Report, value: Any, type: Type, expected: Any, bounds: Any) -> None:
    some = evolve(faulty.findings[0], numbers=(Number(Names.of(en="n"), value, type),), advice=())
    number = valid(evolve(faulty, findings=(some,)))["findings"][0]["numbers"][0]
    assert (number["value"], number["bounds"]) == (expected, bounds)


@pytest.mark.parametrize("wrong", [3.0, "3", None])
def test_the_schema_refuses_another_form(faulty: Report, wrong: Any) -> None:
    document = json.loads(report_json.render(faulty, "en"))
    document["findings"][0]["advice"][0]["proposed"] = 5.5 if wrong == 3.0 else wrong
    assert list(VALIDATOR.iter_errors(document))


def test_places_of_texts_are_character_ranges(faulty: Report) -> None:
    source = Source("规则.civic", "civicrules 1 zh\n居委会\n")
    span = Span(source, 16, 19)
    diagnostic = Diagnostic(
        "XX0000",
        span,
        {"message": "m"},
        related=(Label(Key(("社区", 0))),),
        fixes=(Fix(span, "业委会", safe=True),),
    )
    document = valid(evolve(faulty, diagnostics=(diagnostic,)))["diagnostics"][0]
    assert document["place"] == {
        "kind": "text",
        "file": "规则.civic",
        "start": 16,
        "end": 19,
        "line": 2,
        "column": 1,
        "end_line": 2,
        "end_column": 4,
    }
    assert document["related"][0]["place"] == {"kind": "key", "path": ["社区", 0]}
    assert document["text"] == {"en": "m", "zh": "m"}


STEPS = (Step("compared", {"votes": 1855, "share": Fraction(1, 2), "among": ("a", "b"), "exact": None}),)


def outcomes() -> Iterator[tuple[Outcome, str]]:
    seats = (Seat("wang", 1, "chair", 1855), Seat("li", votes=Fraction(7, 2)))
    yield Decided(seats, STEPS, {"vice": 1}), "decided"
    question = Question("3f2a", "tie", ("a", "b"), 1, "chair", {"a": 10, "b": Fraction(21, 2)}, "lot")
    yield DecisionRequired((question,), seats, STEPS), "decision required"
    yield CannotSay(("blank",), seats, STEPS), "cannot say"
    yield Void(("turnout",), STEPS), "void"


@pytest.mark.parametrize(("outcome", "name"), list(outcomes()))
def test_counts(faulty: Report, outcome: Outcome, name: str) -> None:
    count = Count(
        "residents_committee",
        Names.of(en="residents committee"),
        outcome,
        Citation("law", Names.of(en="law 15")),
        faulty.findings[:1],
        {"returned": True, "registered": None},
        {"wang": Names.of(en="Wang", zh="王")},
    )
    document = valid(evolve(faulty, counts=(count,)))["counts"][0]
    assert document["outcome"] == name
    assert document["alternatives"] == {"returned": True, "registered": None}
    assert document["steps"][0]["data"] == {"votes": "1855/1", "share": "1/2", "among": ["a", "b"], "exact": None}
    if name == "decided":
        assert [seat["votes"] for seat in document["seats"]] == ["1855/1", "7/2"]
    if name == "decision required":
        assert document["questions"][0]["numbers"] == {"a": "10/1", "b": "21/2"}


def test_nothing_could_be_used() -> None:
    document = valid(Report(None, PlanHeader(), "plan.yaml", None, None))
    assert document["ruleset"] is None
    assert document["summary"]["exit_status"] == {"default": 2, "strict": 2}
