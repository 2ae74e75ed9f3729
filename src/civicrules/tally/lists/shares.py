"""Seats divided among lists, where equal claims may be settled by votes before a human is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import field

from civicrules.exact import Exact
from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Question, Seat, Step, Void
from civicrules.tally.lists.words import MOST_VOTES, STRONGEST
from civicrules.tally.questions import Record
from civicrules.tally.seats.allocation import Allocation
from civicrules.tally.seats.apportion import allocate
from civicrules.values import frozen


@frozen
class Shares:
    """The seats of each list. Those of an unsettled division are the ones that no answer can change.

    `left` are seats that no list could take; `reasons` why there is no result; `missing` what would be needed for one.
    """

    seats: Mapping[str, int] = field(factory=dict, hash=False)
    settled: bool = True
    left: int = 0
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def shares(
    allocation: Allocation, record: Record, post: str, policy: Sequence[str], claim: Callable[[str, int], int]
) -> Shares:
    """Divide seats among lists; the record gets the steps of the division.

    `policy` is how equal claims are answered, in order. `claim` is how many votes the candidate of a list has who would
    take its next seat, after so many.
    """
    weights = {receiver.id: receiver.weight or 0 for receiver in allocation.receivers}
    made: list[Decision] = []
    said: dict[str, tuple[Step, ...]] = {}
    while True:
        outcome = allocate(allocation, made)
        if not isinstance(outcome, DecisionRequired):
            break
        question = outcome.questions[0]
        sure = {seat.receiver: seat.seats for seat in outcome.seats}
        answer, said[question.id] = _settled(question, sure, weights, record, post, policy, claim)
        if answer is None:
            break
        made.append(answer)
    for step in outcome.steps:
        own = said.pop(str(step.data.get("question")), None) if step.kind.startswith("answered") else None
        record.steps.extend(own if own is not None else (step,))
    for steps in said.values():
        record.steps.extend(steps)
    match outcome:
        case Decided(seats=seats, vacant=vacant):
            return Shares(_of(seats), left=sum(vacant.values()))
        case DecisionRequired(seats=seats):
            return Shares(_of(seats), settled=False)
        case CannotSay(missing=missing):
            return Shares(missing=missing)
        case Void(reasons=reasons):
            return Shares(reasons=reasons)


def _of(seats: Sequence[Seat]) -> dict[str, int]:
    return {seat.receiver: seat.seats for seat in seats}


def _settled(
    question: Question,
    sure: Mapping[str, int],
    weights: Mapping[str, Exact],
    record: Record,
    post: str,
    policy: Sequence[str],
    claim: Callable[[str, int], int],
) -> tuple[Decision | None, tuple[Step, ...]]:
    """The answer to a question of the division, by the policy and then by a human, with the steps that say so."""
    open, choose = list(question.options), question.choose
    chosen: list[str] = []
    steps: list[Step] = []
    asked = list(policy)
    while choose and asked and asked[0] in (STRONGEST[0], MOST_VOTES[0]):
        word = asked.pop(0)
        numbers = {id: claim(id, sure.get(id, 0)) if word == STRONGEST[0] else weights[id] for id in open}
        cut = sorted(numbers.values(), reverse=True)[choose - 1]
        above = [id for id in open if numbers[id] > cut]
        level = [id for id in open if numbers[id] == cut]
        won = above + level if len(above) + len(level) == choose else above
        for id in open:
            data = {"list": id, "votes": numbers[id]}
            steps.append(Step("tie_strongest", data) if word == STRONGEST[0] else Step("tie_most_votes", data))
        if won:
            steps.append(Step("tie_settled", {"lists": tuple(won), "seats": len(won)}))
        chosen, open, choose = chosen + won, [] if len(won) == choose else level, choose - len(won)
    if choose:
        before = len(record.steps)
        kept = {id: question.numbers[id] for id in open}
        answer = record.ask(question.kind, kept, choose, post=post, policy=asked, after=tuple(record.used))
        steps.extend(record.steps[before:])
        del record.steps[before:]
        if answer is None:
            return None, tuple(steps)
        chosen.extend(answer.chosen)
    return Decision(question.id, tuple(sorted(chosen))), tuple(steps)
