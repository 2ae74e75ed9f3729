"""Questions are bound to what they rest on; answers that do not fit are refused and never change a result."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from civicrules.program import Names
from civicrules.tally import (
    Allocation,
    Candidate,
    Contest,
    Decided,
    Decision,
    DecisionRequired,
    Post,
    Question,
    Receiver,
    Requirement,
    allocate,
    complaints,
    count,
)

TIE = Contest([Post("chair", 1, [Candidate("a", 5), Candidate("b", 5), Candidate("c", 1)])])


def question_of(contest: Contest) -> Question:
    outcome = count(contest)
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    return question


def test_the_id_is_stable() -> None:
    # the same on every version of Python and under every hash seed
    assert question_of(TIE).id == "5bbd899aee60"


def test_the_id_changes_with_what_it_rests_on() -> None:
    changed = [
        TIE,
        evolve(TIE, id="other"),
        evolve(TIE, ruleset="5891b5b522d5"),
        evolve(TIE, tie_policy=("lot",)),
        evolve(TIE, posts=(Post("chair", 1, [Candidate("a", 5), Candidate("b", 5), Candidate("c", 2)]),)),
        evolve(TIE, validity=(Requirement("quorum", True),)),
    ]
    assert len({question_of(contest).id for contest in changed}) == len(changed)


def test_the_id_does_not_change_with_words() -> None:
    english = evolve(TIE, validity=(Requirement("quorum", True, names=Names.of(en="quorum")),))
    chinese = evolve(TIE, validity=(Requirement("quorum", True, names=Names.of(zh="法定人数"), data={"n": 3}),))
    assert question_of(english).id == question_of(chinese).id


@pytest.mark.parametrize(
    ("chosen", "code"),
    [((), "CR0702"), (("a", "b"), "CR0702"), (("c",), "CR0702"), (("a", "a"), "CR0702"), (("nobody",), "CR0702")],
)
def test_answers_that_do_not_choose_as_asked(chosen: tuple[str, ...], code: str) -> None:
    outcome = count(TIE, [Decision(question_of(TIE).id, chosen)])
    assert isinstance(outcome, DecisionRequired)
    assert outcome.questions == (question_of(TIE),)
    assert [diagnostic.code for diagnostic in complaints(outcome)] == [code]


def test_stale_and_foreign_answers_are_refused() -> None:
    stale = question_of(evolve(TIE, id="yesterday")).id
    outcome = count(TIE, [Decision(stale, ("a",))])
    assert isinstance(outcome, DecisionRequired)
    assert [(d.code, d.data["question"]) for d in complaints(outcome)] == [("CR0701", stale)]


def test_surplus_answers_do_not_stop_a_decided_count() -> None:
    outcome = count(Contest([Post("chair", 1, [Candidate("a", 5)])]), [Decision("000000000000", ("a",))])
    assert isinstance(outcome, Decided)
    assert [diagnostic.code for diagnostic in complaints(outcome)] == ["CR0701"]


def test_answers_that_differ_are_both_refused_in_any_order() -> None:
    id = question_of(TIE).id
    one, other = Decision(id, ("a",)), Decision(id, ("b",))
    assert count(TIE, [one, other]) == count(TIE, [other, one])
    assert [diagnostic.code for diagnostic in complaints(count(TIE, [one, other]))] == ["CR0703"]
    assert isinstance(count(TIE, [one, one]), Decided)


def test_an_allocation_is_answered_the_same_way() -> None:
    allocation = Allocation([Receiver("a", 1), Receiver("b", 1), Receiver("c", 1)], 2)
    outcome = allocate(allocation)
    assert isinstance(outcome, DecisionRequired)
    answer = Decision(outcome.questions[0].id, ("c", "a"), by="lot drawn by the clerk")
    decided = allocate(allocation, [answer])
    assert isinstance(decided, Decided)
    assert [seat.seats for seat in decided.seats] == [1, 0, 1]
    assert decided.steps[-1].kind == "answered_by"
    assert [d.code for d in complaints(allocate(evolve(allocation, seats=1), [answer]))] == ["CR0701"]


@given(st.lists(st.builds(Decision, st.sampled_from(["x", "y"]), st.sampled_from([(), ("a",), ("b",)])), max_size=4))
def test_foreign_answers_never_change_the_result(decisions: list[Decision]) -> None:
    outcome = count(TIE, decisions)
    assert isinstance(outcome, DecisionRequired)
    assert outcome.questions == (question_of(TIE),)
    assert outcome.seats == ()
