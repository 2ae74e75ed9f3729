"""Small Programs built by hand, for tests of evaluation."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from civicrules.days import Unit
from civicrules.evaluation import Evaluator, prepare
from civicrules.exact import Rounding
from civicrules.facts import Fact, FactList, Facts, Row
from civicrules.findings import Finding
from civicrules.program import (
    Choice,
    ChoiceType,
    Citation,
    Compare,
    Comparison,
    CountOf,
    DateType,
    Definition,
    Entity,
    Expression,
    FactOf,
    Field,
    Force,
    ListType,
    Literal,
    Mention,
    Names,
    NumberType,
    Option,
    Program,
    Reading,
    Rule,
    Sentence,
    Shifted,
    TextType,
    TruthType,
    Validity,
    ValueOf,
    Vocabulary,
)

DAY = date(2012, 8, 20)
COUNT = NumberType()
TRUTH = TruthType()
LAW = Citation("law", Names.of(en="1"))
FORM = ChoiceType(tuple(Choice(id, Names.of(en=id)) for id in ("branch", "general", "committee")), ordered=True)

FIELDS: dict[str, Any] = {
    "x": NumberType(low=0, high=6),
    "y": NumberType(low=0, high=6),
    "z": NumberType(low=0, high=6),
    "big": COUNT,
    "other": COUNT,
    "ratio": NumberType(whole=False, low=0, high=1),
    "form": FORM,
    "form2": FORM,
    "yes": TRUTH,
    "sure": TRUTH,
    "name": TextType(),
    "day": DateType(),
    "last": DateType(),
}


def vocabulary() -> Vocabulary:
    fields = tuple(Field(f"c.{id}", Names.of(en=id), of) for id, of in FIELDS.items())
    released = Field("c.released", Names.of(en="released"), DateType(), none_allowed=True)
    groups = ListType("groups", Names.of(en="groups"), Names.of(en="group"), "group", at_most=5)
    group = Entity("group", Names.of(en="group"), (Field("group.size", Names.of(en="size"), COUNT),))
    return Vocabulary(
        "test", Names.of(en="test"), (Entity("c", Names.of(en="c"), (*fields, released)), group), lists=(groups,)
    )


def fact(id: str) -> FactOf:
    return FactOf(f"c.{id}", FIELDS.get(id, DateType()))


def number(value: int | Fraction) -> Literal:
    return Literal(value, NumberType(whole=isinstance(value, int)))


def count() -> CountOf:
    return CountOf("groups", COUNT)


def compared(left: Expression, sign: str, right: Expression | int | Fraction) -> Compare:
    return Compare(left, Comparison(sign), number(right) if isinstance(right, (int, Fraction)) else right)


def years_after(day: Expression, years: int) -> Shifted:
    return Shifted(day, number(years), Unit.YEAR)


def sentence(
    requirement: Expression,
    *,
    guard: Expression | None = None,
    force: Force = Force.MUST,
    mentions: tuple[Any, ...] = (),
    valid: Validity | None = None,
) -> Sentence:
    held = tuple(Mention(of, Names.of(en=getattr(of, "id", getattr(of, "key", "groups")))) for of in mentions)
    return Sentence(force, guard, requirement, LAW, Names.of(en="a sentence"), held, valid)


def rule(id: str, *sentences: Sentence) -> Rule:
    return Rule(id, Names.of(en=id), Names(), Names(), sentences)


def definition(id: str, body: Expression, mentions: tuple[Any, ...] = ()) -> Definition:
    held = tuple(Mention(of, Names.of(en=getattr(of, "id", getattr(of, "key", "groups")))) for of in mentions)
    return Definition(id, Names.of(en=id), body, mentions=held)


def reading(id: str, *options: Any) -> Reading:
    held = tuple(Option(option, Names.of(en=str(at))) for at, option in enumerate(options))
    return Reading(id, Names.of(en=id), Names.of(en="which?"), held, Names.of(en="it does not say"))


def program(*rules: Rule, definitions: Any = (), readings: Any = (), examples: Any = ()) -> Program:
    return Program(
        "test",
        Names.of(en="test"),
        "district",
        Validity(),
        vocabulary(),
        (),
        tuple(definitions),
        tuple(readings),
        rules,
        examples=tuple(examples),
    )


def evaluator(*rules: Rule, functions: Mapping[str, Any] | None = None, **parts: Any) -> Evaluator:
    return prepare(program(*rules, **parts), functions or {})


def facts(groups: int | None = None, complete: bool = True, **values: Any) -> Facts:
    given = {f"c.{id}": Fact(value) for id, value in values.items()}
    lists = {} if groups is None else {"groups": FactList(tuple(Row({}) for _ in range(groups)), complete)}
    return Facts(given, lists)


def judge(requirement: Expression, plan: Facts, **rest: Any) -> Finding:
    """The one finding of a program of one sentence."""
    parts = {key: rest.pop(key) for key in ("definitions", "readings", "functions") if key in rest}
    made = evaluator(rule("r", sentence(requirement, **rest)), **parts)
    found, _ = made.findings(plan, DAY, law_day=DAY)
    return found[0]


def missing(finding: Finding) -> set[str]:
    return {one.key.removeprefix("c.") for one in finding.missing}


@pytest.fixture(scope="session")
def people() -> Any:
    """The people of `people_by_hand.py`: random sentences about them, and the plainest way to understand these."""
    path = Path(__file__).with_name("people_by_hand.py")
    spec = importlib.util.spec_from_file_location("people_by_hand", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def make() -> Any:
    """The builders of this file, by name."""
    return SimpleNamespace(**{name: value for name, value in globals().items() if not name.startswith("_")})


__all__ = ["Rounding", "ValueOf"]
