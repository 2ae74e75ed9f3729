"""The examples that a ruleset carries, run as its own tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from civicrules.evaluation.unknown import Unknown
from civicrules.facts import Fact, FactList, Facts, Row
from civicrules.findings import Value, Verdict
from civicrules.program import ChoiceType, Example, Names, Rule
from civicrules.tested import Outcome

if TYPE_CHECKING:
    from civicrules.evaluation.evaluator import Evaluator

_WORDS = {verdict.value: verdict for verdict in Verdict}


def run_example(evaluator: Evaluator, example: Example) -> tuple[Outcome, ...]:
    """Every expectation of an example, judged on the facts it gives and no others; see `facts_of`.

    Sentences are judged as if all were in force.
    """
    return tuple(_outcome(evaluator, example, id, expected) for id, expected in example.expect)


def facts_of(evaluator: Evaluator, example: Example, id: str) -> Facts:
    """The facts that an example gives for what it expects of a definition or a rule.

    A list is given by its number of members. Of a rule on each member of a list, the facts of a person are those of
    the only one.
    """
    values, lists, printed = {}, {}, dict(example.precision)
    for key, value in example.given:
        if key in evaluator.lists:
            lists[key] = FactList(tuple(Row({}) for _ in range(int(value))))  # type: ignore[arg-type]
        else:
            values[key] = Fact(value, None, printed.get(key))
    rule = _rule(evaluator, id)
    return Facts(values, lists if rule is None else {**_only_members(evaluator, rule, values), **lists})


def _rule(evaluator: Evaluator, id: str) -> Rule | None:
    return next((rule for rule in evaluator.program.rules if rule.id == id), None)


def _only_members(evaluator: Evaluator, rule: Rule, values: Mapping[str, Fact]) -> dict[str, FactList]:
    """The lists that a rule speaks of, each with the one member of its kind whose facts are given."""
    vocabulary = evaluator.program.vocabulary
    spoken_of = {sentence.each.list for sentence in rule.sentences if sentence.each is not None}
    found: dict[str, FactList] = {}
    for entry in vocabulary.lists:
        own = {key.rpartition(".")[2]: fact for key, fact in values.items() if key.rpartition(".")[0] == entry.entity}
        if entry.id in spoken_of and own:
            first, *others = vocabulary.filled(entry.id)
            found |= {first: FactList((Row(own),)), **{other: FactList() for other in others}}
    return found


def came_out(
    evaluator: Evaluator, example: Example, id: str, readings: Mapping[str, int] | None = None
) -> Value | Verdict:
    """What a definition or a rule comes to in an example: a value, or a verdict.

    `readings` are the options taken in place of those that the example names.
    """
    readings = {**dict(example.readings), **(readings or {})}
    facts = facts_of(evaluator, example, id)
    if _rule(evaluator, id) is not None:
        return evaluator.verdict(id, facts, readings)
    held, _ = evaluator.settled(id, facts, readings)
    return evaluator.shown_value(held, evaluator.type_of(id))


def _outcome(evaluator: Evaluator, example: Example, id: str, expected: Any) -> Outcome:
    rule = _rule(evaluator, id)
    if rule is not None:
        actual = came_out(evaluator, example, id)
        wanted = _word(expected)
        missing = _missing(evaluator, example, id) if actual is Verdict.CANNOT_SAY is not wanted else ()
        return Outcome(example, id, wanted, actual, rule.names, None, rule.article, missing)
    maker, of = evaluator.maker, evaluator.type_of(id)
    named = maker.definitions.get(id) or maker.readings[id]
    held, _ = evaluator.settled(id, facts_of(evaluator, example, id), dict(example.readings))
    choices = {choice.id for choice in of.choices} if isinstance(of, ChoiceType) else set()
    if isinstance(expected, str) and expected not in choices and (word := _WORDS.get(expected.replace("_", " "))):
        return Outcome(example, id, word, _verdict(held), named.names, of, named.citation)
    actual = evaluator.shown_value(held, of)
    return Outcome(example, id, _like(expected, actual), actual, named.names, of, named.citation)


def _missing(evaluator: Evaluator, example: Example, id: str) -> tuple[Names, ...]:
    """The facts that an example does not give and a rule needs, each once."""
    found = evaluator.why(id, facts_of(evaluator, example, id), readings=dict(example.readings))
    return tuple({one.key: one.names for finding, _ in found for one in finding.missing}.values())


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
