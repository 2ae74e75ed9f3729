"""Other programs, and a plain sum, on the same papers with marks: the same people elected and the same ties.

The answers were written down by `peers_marks.py`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from civicrules.ballots import AGAINST, Ballots, Choice
from civicrules.outcome import Decided, Decision, Outcome
from civicrules.tally import Candidate, Contest, Post, reachable
from civicrules.tally.posts.methods import APPROVAL, BLOCK_VOTE, PLURALITY

DATA = json.loads((Path(__file__).parent / "data" / "marks_peers.json").read_text(encoding="utf-8"))
ELECTIONS = list(enumerate(DATA["elections"]))
METHODS = {method.id: method for method in (APPROVAL, BLOCK_VOTE, PLURALITY)}


def contest(election: dict[str, Any], seats: int) -> Contest:
    names = election["names"]
    papers = {tuple(names.index(name) for name in paper): number for paper, number in election["papers"].items()}
    post = Post("council", seats, [Candidate(name) for name in names])
    return Contest([post], ballots=Ballots.of([Choice(name) for name in names], papers), tie_policy=("lot",))


def seats_and_most(method: str, election: dict[str, Any]) -> tuple[int, int]:
    """The seats, and how many marks a paper may have."""
    if method == "plurality":
        return 1, 1
    return election["seats"], election["seats"] if method == "block_vote" else len(election["names"])


def elected(method: str, election: dict[str, Any]) -> list[str]:
    """Everybody whom lots can bring about."""
    asked = contest(election, seats_and_most(method, election)[0])

    def run(decisions: Sequence[Decision]) -> Outcome:
        outcome = METHODS[method].run(asked, decisions)
        assert not isinstance(outcome, Decided) or not outcome.vacant
        return outcome

    found = reachable(run, most=500)
    assert found.complete
    return sorted("".join(sorted(receiver for _, receiver, _ in result)) for result in found.results)


def votes(method: str, election: dict[str, Any]) -> Counter[str]:
    most = seats_and_most(method, election)[1]
    valid = {paper: number for paper, number in election["papers"].items() if len(paper) <= most}
    return sum((Counter(dict.fromkeys(paper, number)) for paper, number in valid.items()), Counter())


def strongest(method: str, election: dict[str, Any]) -> Iterator[str]:
    """By the definition: every group of that size in which nobody has fewer votes than somebody outside."""
    given = votes(method, election)
    for group in combinations(election["names"], seats_and_most(method, election)[0]):
        outside = [given[name] for name in election["names"] if name not in group]
        if min(given[name] for name in group) >= max(outside):
            yield "".join(group)


@pytest.mark.parametrize(("number", "election"), ELECTIONS)
def test_those_with_most_marks(number: int, election: dict[str, Any]) -> None:
    for method in METHODS:
        ours = elected(method, election)
        assert election[method] == dict.fromkeys(("abcvoting", "votelib"), ours)
        assert sorted(strongest(method, election)) == ours


@pytest.mark.parametrize(("number", "election"), ELECTIONS)
def test_votes_and_void_papers(number: int, election: dict[str, Any]) -> None:
    for method in METHODS:
        seats, most = seats_and_most(method, election)
        asked = contest(election, seats)
        outcome = METHODS[method].run(asked, ())
        void = sum(number for paper, number in election["papers"].items() if len(paper) > most)
        (counted,) = (step.data for step in outcome.steps if step.kind == "papers_counted")
        assert (counted["valid"], counted["void"]) == (sum(election["papers"].values()) - void, void)
        given = votes(method, election)
        assert all(seat.votes == given[seat.receiver] for seat in outcome.seats)


# ---------------------------------------------------------------- the same papers in other forms


@pytest.mark.parametrize(("number", "election"), ELECTIONS)
def test_marks_that_nobody_made_change_nothing(number: int, election: dict[str, Any]) -> None:
    # With a mark against each candidate on offer, no paper is beyond all doubt, and each is judged by itself.
    for method in METHODS:
        asked = contest(election, seats_and_most(method, election)[0])
        choices = [Choice(name, mark=mark) for name in election["names"] for mark in ("", AGAINST)]
        assert asked.ballots is not None
        papers = {tuple(2 * mark for mark in paper): number for paper, number in asked.ballots.papers.items()}
        judged = METHODS[method].run(evolve(asked, ballots=Ballots.of(choices, papers)), ())
        plain = METHODS[method].run(asked, ())
        assert (judged.seats, judged.steps) == (plain.seats, plain.steps)


def test_names_in_any_order_are_one_paper() -> None:
    # Two papers with the same two marks, one with A alone twice over, a blank one.
    ballots = Ballots.marked([("B", "A"), ("A", "B"), ("A", "A"), ()])
    assert [choice.candidate for choice in ballots.choices] == ["A", "B"]
    assert dict(ballots.papers) == {(0, 1): 2, (0, 0): 1, (): 1}
    assert Ballots.marked({("B", "A"): 2, ("A", "B"): 3}).papers == {(0, 1): 5}


def test_a_name_twice_on_a_paper_is_void_for_approval() -> None:
    # A has 2 of the four papers, B one; (A, A) gives one candidate two votes, where each may have one.
    ballots = Ballots.marked({("A",): 2, ("B",): 1, ("A", "A"): 1})
    outcome = APPROVAL.run(Contest([Post("council", 1, [Candidate("A"), Candidate("B")])], ballots=ballots), ())
    assert [(seat.receiver, seat.votes) for seat in outcome.seats] == [("A", 2)]


def test_a_candidate_of_two_lists_has_the_votes_of_both() -> None:
    # A: 3 as a candidate of list x and 4 of list y, together 7; B: 5.
    choices = [Choice("A", list="x"), Choice("A", list="y"), Choice("B")]
    post = Post("council", 1, [Candidate("A"), Candidate("B")])
    outcome = APPROVAL.run(Contest([post], ballots=Ballots.of(choices, {(0,): 3, (1,): 4, (2,): 5})), ())
    assert [(seat.receiver, seat.votes) for seat in outcome.seats] == [("A", 7)]


@pytest.mark.parametrize("candidates", [3, 255, 256, 300])
def test_many_candidates_are_counted_as_few_are(candidates: int) -> None:
    # Positions up to 254 fit into a byte beside the one between papers; the last candidate has 4 votes, the one before 1.
    names = [f"C{number:03d}" for number in range(candidates)]
    papers = {(names[-1],): 1, (names[-1], names[-2]): 1, (names[0], names[-1]): 2}
    post = Post("council", 1, [Candidate(name) for name in names])
    outcome = APPROVAL.run(Contest([post], ballots=Ballots.marked(papers)), ())
    assert [(seat.receiver, seat.votes) for seat in outcome.seats] == [(names[-1], 4)]


@given(st.lists(st.lists(st.integers(0, 3), max_size=6), min_size=1, max_size=12))
def test_papers_added_up_together_are_added_up_one_by_one(papers: list[list[int]]) -> None:
    # By hand: a paper counts where it has marks and none twice; each mark on it is a vote.
    names = "ABCD"
    choices = [Choice(name) for name in names]
    number = Counter(map(tuple, papers))
    ballots = Ballots.of(choices, number)
    post = Post("council", 4, [Candidate(name) for name in names])
    outcome = APPROVAL.run(Contest([post], ballots=ballots), ())
    (counted,) = (step.data for step in outcome.steps if step.kind == "papers_counted")
    valid = [paper for paper in papers if paper and len(set(paper)) == len(paper)]
    assert (counted["valid"], counted["blank"]) == (len(valid), papers.count([]))
    votes = Counter(names[mark] for paper in valid for mark in paper)
    assert {seat.receiver: seat.votes for seat in outcome.seats} == {name: n for name, n in votes.items() if n}
