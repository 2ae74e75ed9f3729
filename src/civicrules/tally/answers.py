"""What answers to open questions can lead to: every outcome that humans can still bring about, up to a cap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, islice

from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome, Question, Reachable, Result

Run = Callable[[Sequence[Decision]], Outcome]


def reachable(run: Run, decisions: Sequence[Decision] = (), most: int = 200) -> Reachable:
    """Try the answers to the questions of a count, at most `most` counts. `run` counts with given decisions.

    >>> from civicrules.tally import Candidate, Contest, Post, count
    >>> tied = Contest([Post("chair", 1, [Candidate("Lin", 5), Candidate("Wu", 5), Candidate("Xu", 1)])])
    >>> found = reachable(lambda answers: count(tied, answers))
    >>> sorted(next(iter(seats))[1] for seats in found.results), found.complete
    (['Lin', 'Wu'], True)
    """
    results: dict[Result, tuple[Decision, ...]] = {}
    by_answer: dict[str, dict[tuple[str, ...], set[Result]]] = {}
    waiting: list[tuple[Decision, ...]] = [()]
    complete, counts = True, 0
    while waiting:
        if counts == most:
            complete = False
            break
        counts += 1
        answers = waiting.pop()
        tried = {one.question for one in answers}
        # What was given to a question that is still open was refused: it must not stand against the answer tried.
        outcome = run((*(one for one in decisions if one.question not in tried), *answers))
        if isinstance(outcome, DecisionRequired):
            possible = list(islice(_answers(outcome.questions[0]), most - counts + 1))
            waiting.extend((*answers, one) for one in possible)
            continue
        if isinstance(outcome, CannotSay):  # an answer after which more figures are needed, as those of a second round
            complete = False
            continue
        result = _result(outcome)
        results.setdefault(result, answers)
        for one in answers:
            by_answer.setdefault(one.question, {}).setdefault(one.chosen, set()).add(result)
    now = run(decisions) if complete else None
    asked = now.questions if isinstance(now, DecisionRequired) else ()
    moot = tuple(one.id for one in asked if _changes_nothing(list(by_answer.get(one.id, {}).values())))
    return Reachable(results, complete, moot)


def _answers(question: Question) -> Iterator[Decision]:
    for number in range(question.choose, question.least - 1, -1):
        yield from (Decision(question.id, chosen) for chosen in combinations(question.options, number))


def _result(outcome: Outcome) -> Result:
    seats = outcome.seats if isinstance(outcome, Decided) else ()
    return frozenset((seat.post, seat.receiver, seat.seats) for seat in seats)


def _changes_nothing(after: list[set[Result]]) -> bool:
    """Whether whatever is answered, the same results remain possible."""
    return bool(after) and all(one == after[0] for one in after)
