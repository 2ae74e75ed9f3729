"""The examples that a ruleset carries, run as its own tests."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from civicrules.evaluation.unknown import Unknown
from civicrules.facts import Fact, FactList, Facts, Row
from civicrules.findings import Value, Verdict
from civicrules.program import ChoiceType, Example
from civicrules.values import frozen

if TYPE_CHECKING:
    from civicrules.evaluation.evaluator import Evaluator

_WORDS = {verdict.value: verdict for verdict in Verdict}


@frozen
class Outcome:
    """What one expectation of an example came to: `actual` is a value, or a verdict where one was expected."""

    example: Example
    id: str
    expected: Value | Verdict
    actual: Value | Verdict

    @property
    def passed(self) -> bool:
        """Whether it came out as expected."""
        return type(self.expected) is type(self.actual) and self.expected == self.actual


def run_example(evaluator: Evaluator, example: Example) -> tuple[Outcome, ...]:
    """Every expectation of an example, judged on the facts it gives and no others.

    A list is given by its number of members. Sentences are judged as if all were in force.
    """
    facts = _facts(evaluator, example)
    return tuple(_outcome(evaluator, example, facts, id, expected) for id, expected in example.expect)


def _facts(evaluator: Evaluator, example: Example) -> Facts:
    values, lists = {}, {}
    for key, value in example.given:
        if key in evaluator.lists:
            lists[key] = FactList(tuple(Row({}) for _ in range(int(value))))  # type: ignore[arg-type]
        else:
            values[key] = Fact(value)
    return Facts(values, lists)


def _outcome(evaluator: Evaluator, example: Example, facts: Facts, id: str, expected: Any) -> Outcome:
    if id in evaluator.judges_of:
        return Outcome(example, id, _word(expected), evaluator.verdict(id, facts))
    held, _ = evaluator.settled(id, facts)
    of = evaluator.type_of(id)
    choices = {choice.id for choice in of.choices} if isinstance(of, ChoiceType) else set()
    if isinstance(expected, str) and expected not in choices and (word := _WORDS.get(expected.replace("_", " "))):
        return Outcome(example, id, word, _verdict(held))
    actual = evaluator.shown_value(held, of)
    return Outcome(example, id, _like(expected, actual), actual)


def _word(expected: Any) -> Value | Verdict:
    return _WORDS.get(expected.replace("_", " "), expected) if isinstance(expected, str) else expected


def _verdict(held: Any) -> Verdict | Any:
    """A value as a verdict: a condition holds or fails, anything not wholly known cannot be said."""
    if isinstance(held, Unknown):
        return Verdict.CANNOT_SAY
    return {True: Verdict.HOLDS, False: Verdict.FAILS}[held] if isinstance(held, bool) else held


def _like(expected: Any, actual: Any) -> Any:
    """A number written in an example as the kind of number that the definition has."""
    if isinstance(expected, (bool, date)) or not isinstance(actual, Fraction):
        return expected
    return Fraction(expected) if isinstance(expected, int) else expected
