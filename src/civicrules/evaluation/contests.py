"""Contests and allocations of a ruleset, with the facts of a plan, as values that `tally` counts. The one place for it.

A contest's ballot account is read from the fields of these ids, of whatever entity the vocabulary puts them in:
`registered_voters`, `ballots_issued`, `ballots_returned`, `valid_ballots`, `invalid_ballots`, `blank_ballots`. Its
candidates are members of a list with the fields `name`, `post` and `votes`; receivers of an allocation have a `name`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import field

from civicrules import program as p
from civicrules import tally
from civicrules.diagnostics import Diagnostic
from civicrules.evaluation.evaluator import Evaluator
from civicrules.facts import FactList, Facts, Row
from civicrules.program import Comparison, Names
from civicrules.values import frozen

FIGURES: Mapping[str, str] = {
    "registered_voters": "registered",
    "ballots_issued": "issued",
    "ballots_returned": "returned",
    "valid_ballots": "valid",
    "invalid_ballots": "invalid",
    "blank_ballots": "blank",
}

Totals = Mapping[str, Mapping[str, int | None]]


@frozen
class Bound:
    """A request for `tally` with what stands beside it: names of ids for readers, and what could not be placed."""

    request: tally.Contest | tally.Allocation
    names: Mapping[str, Names] = field(factory=dict, hash=False)
    diagnostics: tuple[Diagnostic, ...] = ()


def _number(evaluator: Evaluator, expression: Any, facts: Facts) -> int | None:
    if expression is None:
        return None
    value, _ = evaluator.expression(expression, facts)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _figures(vocabulary: p.Vocabulary, facts: Facts) -> dict[str, int | None]:
    found: dict[str, int | None] = dict.fromkeys(FIGURES.values())
    for entity in vocabulary.entities:
        for item in entity.fields:
            fact = facts.values.get(item.key)
            if item.id in FIGURES and fact is not None and isinstance(fact.value, int):
                found[FIGURES[item.id]] = fact.value
    return found


def base_of(expression: p.Expression | None) -> str | None:
    """The figure that a majority is counted on; `None` when the expression is none of them."""
    match expression:
        case p.FactOf(key=key):
            return FIGURES.get(key.rpartition(".")[2])
        case p.Arithmetic(operator=p.Operator.PLUS, left=p.FactOf() as left, right=p.FactOf() as right):
            both = {base_of(left), base_of(right)}
            if both == {"valid", "invalid"}:
                return "valid_and_invalid"
            return "valid_and_blank" if both == {"valid", "blank"} else None
        case _:
            return None


def _threshold(contest: p.Contest) -> tally.Threshold | None:
    """The share of a base that must be reached or exceeded; `None` when the base is no figure of the account."""
    condition = contest.parameters.get("elected")
    if not isinstance(condition, p.Compare):
        return None
    strict = condition.comparison is Comparison.MORE
    match condition.right:
        case p.ShareOf(share=share, base=base):
            pass
        case other:
            share, base = Fraction(1), other
    if isinstance(base, p.LocalOf):
        parameter = contest.parameters.get("base")
        base = parameter if not isinstance(parameter, str | tuple) and parameter is not None else base
    figure = base_of(base)
    return tally.Threshold(figure, share, strict) if figure is not None else None


def _conditions(contest: p.Contest) -> tuple[p.Expression, ...]:
    condition = contest.parameters.get("valid_vote")
    if condition is None or isinstance(condition, str | tuple):
        return ()
    return condition.parts if isinstance(condition, p.And) else (condition,)


def _required(evaluator: Evaluator, contest: p.Contest, facts: Facts) -> tuple[tally.Requirement, ...]:
    found = []
    for number, condition in enumerate(_conditions(contest), 1):
        holds, missing = evaluator.expression(condition, facts)
        names = contest.text(condition.span)
        known = holds if isinstance(holds, bool) else None
        found.append(tally.Requirement(f"valid_vote_{number}", known, tuple(m.key for m in missing), names))
    return tuple(found)


def _label(row: Row, number: int) -> str:
    fact = row.values.get("name")
    return str(fact.value) if fact is not None else f"#{number}"


def _votes(row: Row) -> int | None:
    fact = row.values.get("votes")
    return fact.value if fact is not None and isinstance(fact.value, int) else None


def _candidates(given: FactList, post: str) -> tuple[tally.Candidate, ...]:
    return tuple(
        tally.Candidate(_label(row, number), _votes(row))
        for number, row in enumerate(given.rows, 1)
        if (held := row.values.get("post")) is not None and held.value == post
    )


def post_names(vocabulary: p.Vocabulary, posts: tuple[str, ...]) -> dict[str, Names]:
    """The names of posts by id: the choices of the candidates' field `post`."""
    for entity in vocabulary.entities:
        for item in entity.fields:
            if item.id == "post" and isinstance(item.type, p.ChoiceType):
                return {choice.id: choice.names for choice in item.type.choices if choice.id in posts}
    return {}


def bind_contest(evaluator: Evaluator, contest: p.Contest, facts: Facts, totals: Totals | None = None) -> Bound:
    """A contest with the facts of a plan. `totals` (post → candidate → votes) stand in for the plan's list."""
    vocabulary = evaluator.program.vocabulary
    parameters = contest.parameters
    posts = parameters.get("posts")
    ids = tuple(str(post) for post in posts) if isinstance(posts, tuple) else ()
    seats = parameters.get("seats")
    numbers = seats if isinstance(seats, tuple) else (seats,)
    given = facts.lists.get(str(parameters.get("candidates")), FactList(complete=False))
    listed = []
    for at, post in enumerate(ids):
        wanted = _number(evaluator, numbers[at] if at < len(numbers) else None, facts)
        if totals is None:
            listed.append(tally.Post(post, wanted, _candidates(given, post), given.complete))
        else:
            own = (totals.get(post) or {}).items()
            named = tuple(tally.Candidate(id, votes) for id, votes in own)
            listed.append(tally.Post(post, wanted, named, complete=post in totals))
    threshold = _threshold(contest)
    problems = [] if threshold is not None else [Diagnostic("CR0720", contest.span)]
    unplaced = _unplaced(given, ids) if totals is None else ()
    problems.extend(Diagnostic("CR0721", row.place, {"name": _label(row, 0)}) for row in unplaced)
    request = tally.Contest(
        tuple(listed),
        tally.BallotAccount(**_figures(vocabulary, facts)),
        threshold,
        _required(evaluator, contest, facts),
        _words(parameters.get("tie")),
        str(parameters.get("shortfall") or ""),
        {key: value for key, value in parameters.items() if isinstance(value, str) and key not in _COMMON},
        contest.id,
    )
    return Bound(request, post_names(vocabulary, ids), tuple(problems))


_COMMON = frozenset(
    {"posts", "seats", "candidates", "valid_vote", "base", "elected", "tie", "shortfall", "receivers", "weight"}
)


def _words(parameter: p.Parameter | None) -> tuple[str, ...]:
    return tuple(str(word) for word in parameter) if isinstance(parameter, tuple) else ()


def _unplaced(given: FactList, posts: tuple[str, ...]) -> tuple[Row, ...]:
    """Candidates whose post is missing or none of the contest's: they could not be counted anywhere."""
    return tuple(row for row in given.rows if (held := row.values.get("post")) is None or held.value not in posts)


def bind_allocation(evaluator: Evaluator, allocation: p.Allocation, facts: Facts) -> Bound:
    """An allocation with the facts of a plan."""
    parameters = allocation.parameters
    given = facts.lists.get(str(parameters.get("receivers")), FactList(complete=False))
    weight = str(parameters.get("weight"))
    bounds = parameters.get("each_receiver")
    least = _number(evaluator, bounds.low, facts) if isinstance(bounds, p.Clamped) else None
    most = _number(evaluator, bounds.high, facts) if isinstance(bounds, p.Clamped) else None
    receivers = []
    for number, row in enumerate(given.rows, 1):
        fact = row.values.get(weight)
        value = fact.value if fact is not None and isinstance(fact.value, int | Fraction) else None
        receivers.append(tally.Receiver(_label(row, number), value, least or 0, most))
    seats = parameters.get("seats")
    request = tally.Allocation(
        tuple(receivers),
        _number(evaluator, seats if not isinstance(seats, str | tuple) else None, facts),
        tie_policy=_words(parameters.get("tie")),
        complete=given.complete,
        options={key: value for key, value in parameters.items() if isinstance(value, str) and key not in _COMMON},
        id=allocation.id,
    )
    return Bound(request)
