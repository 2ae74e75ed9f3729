"""What answers can lead to: every result, the answers that bring it about, and questions that change nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from civicrules.outcome import Decided, Decision, DecisionRequired, Outcome, Question, Seat
from civicrules.tally import Candidate, Contest, Post, count, reachable

TIES = Contest(
    [
        Post("chair", 1, [Candidate("Lin", 5), Candidate("Wu", 5)]),
        Post("member", 2, [Candidate("An", 4), Candidate("Bo", 4), Candidate("Cai", 4)]),
    ]
)


def test_every_result_is_found_with_its_answers() -> None:
    # two for chair, three pairs of members: six results
    found = reachable(lambda answers: count(TIES, answers))
    assert (len(found.results), found.complete, found.moot, found.settled) == (6, True, (), False)
    for result, answers in found.results.items():
        outcome = count(TIES, answers)
        assert isinstance(outcome, Decided)
        assert {(seat.post, seat.receiver, seat.seats) for seat in outcome.seats} == result


def test_the_cap_is_said() -> None:
    # the first count, one for each chair, three for each pair: nine counts
    assert reachable(lambda answers: count(TIES, answers), most=9).complete
    found = reachable(lambda answers: count(TIES, answers), most=8)
    assert not found.complete
    assert not found.settled


def test_answers_given_are_kept() -> None:
    outcome = count(TIES)
    assert isinstance(outcome, DecisionRequired)
    chair = next(question for question in outcome.questions if question.post == "chair")
    found = reachable(lambda answers: count(TIES, answers), [Decision(chair.id, ("Wu",))])
    assert len(found.results) == 3
    assert all(("chair", "Wu", 1) in result for result in found.results)


@pytest.mark.parametrize("refused", [("Lin", "Wu"), (), ("Xu",)])
def test_an_answer_that_was_refused_hides_no_result(refused: tuple[str, ...]) -> None:
    outcome = count(TIES)
    assert isinstance(outcome, DecisionRequired)
    chair = next(question for question in outcome.questions if question.post == "chair")
    found = reachable(lambda answers: count(TIES, answers), [Decision(chair.id, refused)])
    assert (len(found.results), found.complete) == (6, True)


@pytest.mark.parametrize("last_matters", [True, False])
def test_a_question_that_changes_nothing_is_told(last_matters: bool) -> None:
    def run(answers: Sequence[Decision]) -> Outcome:
        if not answers:
            return DecisionRequired((Question("q", "tie", ("Lin", "Wu"), 1),))
        winner = answers[0].chosen[0] if last_matters else "Xu"
        return Decided((Seat(winner),))

    found = reachable(run)
    assert found.moot == (() if last_matters else ("q",))
    assert found.settled is not last_matters
