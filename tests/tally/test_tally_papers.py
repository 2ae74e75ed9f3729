"""Papers against the account that was stated, and papers that cannot be counted: alike whatever the method.

Three papers are for A, two for B, one is blank, one could not be read, and of two it is in doubt whom they are for: nine.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from civicrules.ballots import Ballots, Choice, Doubt
from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome
from civicrules.tally import BallotAccount, Candidate, Contest, Post, complaints
from civicrules.tally.methods import METHODS

RUN: dict[str, Callable[..., Outcome]] = {method.id: method.run for method in METHODS}
MARKED = ("majority_by_post", "plurality", "approval", "open_lists")
RANKED = ("single_transferable_vote", "instant_runoff")
LISTS = {"votes_per_ballot": 1, "seats_to_lists": "dhondt"}
DOUBT = Doubt("box 1, paper 7", {"A": (0,), "void": None}, 2)


def asked(method: str, account: BallotAccount, papers: dict[tuple[int, ...], int], *doubts: Doubt) -> Contest:
    slates = {"A": "x", "B": "y"} if method == "open_lists" else {"A": "", "B": ""}
    choices = [Choice(one, "seat", list=slates[one]) for one in ("A", "B")]
    ballots = Ballots.of(choices, papers, ranks=method in RANKED, doubts=doubts, unread=1)
    post = Post("seat", 1, [Candidate(one, list=slates[one]) for one in ("A", "B")])
    return Contest([post], account, ballots=ballots, options=LISTS if method == "open_lists" else {})


NINE = {(0,): 3, (1,): 2, (): 1}


@pytest.mark.parametrize("method", [*MARKED, *RANKED])
@pytest.mark.parametrize("returned", [None, 8, 9, 10])
def test_no_ruling_is_asked_for_where_papers_are_missing_or_too_many(method: str, returned: int | None) -> None:
    """No ruling changes how many papers there are: where those returned are not nine, that comes first."""
    outcome = RUN[method](asked(method, BallotAccount(returned=returned), NINE, DOUBT))
    if returned in (None, 9):
        assert isinstance(outcome, DecisionRequired) and not complaints(outcome)
    else:
        assert isinstance(outcome, CannotSay) and outcome.missing == ("ballots/returned",)
        (said,) = complaints(outcome)
        assert (said.code, said.data["stated"], said.data["found"]) == ("CR0765", returned, 9)


@pytest.mark.parametrize("method", [*MARKED, *RANKED])
@pytest.mark.parametrize(
    ("invalid", "blank", "fits"),
    [(3, 1, True), (4, None, True), (None, 1, True), (2, None, False), (5, None, False), (4, 1, False)],
)
def test_blank_papers_may_be_stated_among_the_invalid_ones(
    method: str, invalid: int | None, blank: int | None, fits: bool
) -> None:
    """Two are ruled void and one is unread, so three are invalid beside the blank one; or four, where it is among them."""
    contest = asked(method, BallotAccount(returned=9, invalid=invalid, blank=blank), NINE, DOUBT)
    opened = RUN[method](contest)
    assert isinstance(opened, DecisionRequired)
    outcome = RUN[method](contest, [Decision(opened.questions[0].id, ("void",))])
    if fits:
        assert isinstance(outcome, Decided) and [seat.receiver for seat in outcome.seats if seat.seats] == ["A"]
    else:
        assert isinstance(outcome, CannotSay) and {said.code for said in complaints(outcome)} == {"CR0765"}


@pytest.mark.parametrize("method", [*MARKED, *RANKED])
@pytest.mark.parametrize("number", [-1, 1.5, True])
def test_a_number_of_papers_that_is_none_is_never_counted(method: str, number: float) -> None:
    """Five for A and one paper fewer that A shares would be four: a number below zero can hide behind others."""
    contest = asked(method, BallotAccount(), {(0,): 5, (0, 1): number, (1,): 2})  # type: ignore[dict-item]
    outcome = RUN[method](contest)
    assert isinstance(outcome, CannotSay) and outcome.missing[0] == "papers"
    assert complaints(outcome)[0].code == "CR0762"
