"""The record of counts: a canonical JSON result, and beside it the canonical input that was counted.

Both are the same bytes under any hash seed, order of input and version of Python: keys sorted, no floats, fractions as
`n/d`, UTF-8, a line end at the end. `verify` reads them and shares nothing with what made them. Schemas:
`report/schema/result-1.json`, `report/schema/input-1.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from fractions import Fraction
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from attrs import field

from civicrules import program as p
from civicrules import tally
from civicrules.ballots import Ballots
from civicrules.exact import whole
from civicrules.facts import Facts
from civicrules.findings import Count
from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome, Question, Seat, Step, Void
from civicrules.program import Names
from civicrules.report.steps import sentence
from civicrules.rules import BoundAllocation, BoundContest, Rules
from civicrules.source import Span
from civicrules.stated import parameters
from civicrules.tally.questions import canonical
from civicrules.tally.words import FIGURES
from civicrules.values import frozen
from civicrules.version import VERSION

RESULT, INPUT = "civicrules-result/1", "civicrules-input/1"
# The version of the language that rulesets are written in.
LANGUAGE = 1
_TAGS = ("en", "zh")


@frozen
class Counted:
    """One contest or allocation with what it came to: `method` by its id, `decisions` that it used or refused.

    The request has what the method itself fixes written into it (`Method.fixed`).

    `words` are the names of the ids in it: posts, candidates, policies.
    """

    id: str
    method: str
    request: tally.Contest | tally.Allocation
    outcome: Outcome
    decisions: tuple[Decision, ...] = ()
    names: Names = Names()
    words: Mapping[str, Names] = field(factory=dict, hash=False)


@frozen
class Origin:
    """Which ruleset was applied: `digest` of all texts together, `texts` by name with their text. `plugins` with versions."""

    id: str = ""
    version: str = ""
    digest: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    plugins: tuple[tuple[str, str], ...] = ()


UNKNOWN = Origin()


@frozen
class Documents:
    """The two documents as text."""

    result: str
    input: str


def documents(counted: Iterable[Counted], origin: Origin = UNKNOWN) -> Documents:
    """The record of some counts.

    >>> from civicrules.tally import Allocation, Receiver, allocate
    >>> request = Allocation([Receiver("north", 50), Receiver("south", 30)], 4)
    >>> made = documents([Counted("seats", "largest_remainder", request, allocate(request))])
    >>> json.loads(made.result)["counts"][0]["parameters"]["rule"]["en"]
    'Hare quota: total / seats, not rounded; then the largest remainders'
    """
    counts = tuple(counted)
    requests = [canonical(one.request) for one in counts]
    ruleset = {
        "id": origin.id,
        "version": origin.version,
        "sha256": origin.digest,
        "texts": [{"name": name, "sha256": _digest(text)} for name, text in sorted(origin.texts)],
    }
    entries = [_entry(one, request) for one, request in zip(counts, requests, strict=True)]
    given = _text({"format": INPUT, "ruleset": ruleset, "counts": entries})
    result: dict[str, Any] = {
        "format": RESULT,
        "made_by": {"civicrules": VERSION, "language": LANGUAGE, "plugins": canonical(sorted(origin.plugins))},
        "ruleset": ruleset,
        "input": {"sha256": _digest(given)},
        "counts": [_count(one, request) for one, request in zip(counts, requests, strict=True)],
    }
    return Documents(_text({**result, "sha256": _digest(_compact(result))}), given)


def of_rules(
    rules: Rules,
    facts: Facts,
    counts: Iterable[tuple[p.Contest | p.Allocation, Count]],
    ballots: Mapping[str, Ballots] = MappingProxyType({}),
) -> Documents:
    """The record of counts that a ruleset was asked for.

    `ballots` are the papers of contests, by the id of the contest, where they and not the plan's totals were counted.
    """
    made = []
    spans: list[Span] = []
    for of, count in counts:
        if isinstance(of, p.Contest):
            request = BoundContest(rules, of, facts).request(None, ballots.get(of.id)).request
        else:
            request = BoundAllocation(rules, of, facts).request().request
        words = {**count.receivers, **count.words}
        made.append(
            Counted(of.id, of.method, rules.fixed(of, request), count.outcome, count.decisions, of.names, words)
        )
        spans.extend([of.span] if of.span is not None else [])
    program = rules.program
    texts = {(span.source.name, span.source.text) for span in spans}
    return documents(made, Origin(program.id, program.version, program.digest, tuple(texts), program.plugins))


# ---------------------------------------------------------------- one count


def _entry(one: Counted, request: Any) -> dict[str, Any]:
    """A count in the input: also what everything in it is called, or a result could give somebody another name."""
    words = _called(one.words, set(_strings(request)))
    return {"id": one.id, "names": _names(one.names), "method": one.method, "words": words, "request": request}


def _called(words: Mapping[str, Names], there: Container[str]) -> dict[str, dict[str, str]]:
    return {id: _names(names) for id, names in words.items() if id in there}


def _count(one: Counted, request: Any) -> dict[str, Any]:
    decisions = _decisions(one.decisions)
    stated = parameters(request, one.words)
    outcome, steps = _outcome(one.outcome), [_step(step, one.words) for step in one.outcome.steps]
    there = set(_strings([request, outcome, [step["data"] for step in steps]]))
    found: dict[str, Any] = {
        "id": one.id,
        "names": _names(one.names),
        "method": one.method,
        "parameters": stated,
        "words": _called(one.words, there),
        "decisions": {"given": decisions, "sha256": _digest(_compact(decisions))},
        "outcome": outcome,
        "steps": steps,
    }
    if isinstance(one.request, tally.Contest):
        account = {name: getattr(one.request.account, name) for name in FIGURES}
        found["account"] = {**account, "unaccounted": tally.residual(one.request.account)}
    return found


def _decisions(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """In an order of their own: the order in which they were recorded changes nothing."""
    plain = [
        {"question": one.question, "chosen": sorted(one.chosen), "by": one.by}
        | ({"draw": one.draw, "seed": one.seed} if one.draw else {})
        for one in decisions
    ]
    return sorted(plain, key=lambda one: (one["question"], one["chosen"], one["by"], one.get("seed", "")))


def _outcome(outcome: Outcome) -> dict[str, Any]:
    """All outcomes have all keys, so that what is not there is seen to be none."""
    asked = outcome.questions if isinstance(outcome, DecisionRequired) else ()
    return {
        "is": type(outcome).__name__,
        "seats": [] if isinstance(outcome, Void) else [_seat(seat) for seat in outcome.seats],
        "vacant": canonical(outcome.vacant) if isinstance(outcome, Decided) else {},
        "questions": [_question(one) for one in asked],
        "missing": list(outcome.missing) if isinstance(outcome, CannotSay) else [],
        "reasons": list(outcome.reasons) if isinstance(outcome, Void) else [],
    }


def _seat(seat: Seat) -> dict[str, Any]:
    return {"receiver": seat.receiver, "seats": seat.seats, "post": seat.post, "votes": canonical(seat.votes)}


def _question(one: Question) -> dict[str, Any]:
    plain = canonical(one)
    return {key: value for key, value in plain.items() if key != "is"} if isinstance(plain, dict) else {}


def _step(step: Step, words: Mapping[str, Names]) -> dict[str, Any]:
    shown = Step(step.kind, {key: _whole(value) for key, value in step.data.items()})
    return {"kind": step.kind, "data": _data(step.data), **{tag: sentence(shown, tag, words) for tag in _TAGS}}


def _whole(value: object) -> object:
    """Fractions that are whole numbers as such, so that sentences say what the data say."""
    match value:
        case Fraction():
            return whole(value)
        case tuple() | list():
            return tuple(_whole(one) for one in value)
        case Mapping():
            return {key: _whole(one) for key, one in value.items()}
        case _:
            return value


def _data(value: object) -> Any:
    match value:
        case Names():
            return _names(value)
        case Mapping():
            return {str(key): _data(part) for key, part in value.items()}
        case tuple() | list():
            return [_data(part) for part in value]
        case _:
            return canonical(value)


def _names(names: Names) -> dict[str, str]:
    return {tag: names.text(tag) for tag in _TAGS} if names.forms else {}


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from value
            for part in value.values():
                yield from _strings(part)
        case list():
            for part in value:
                yield from _strings(part)


# ---------------------------------------------------------------- bytes


def _text(document: object) -> str:
    """JSON to be kept: sorted, indented. What no UTF-8 can carry is written as JSON escapes it."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _compact(document: object) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
