"""Other programs on the same ranked papers: their answers are among those that lots can bring about, or it is said why not.

The answers were written down by `peers_ranked.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from civicrules.ballots import Ballots
from civicrules.outcome import Decided, Decision, DecisionRequired, Outcome
from civicrules.tally import Candidate, Contest, Post, instant_runoff, single_transferable_vote

DATA = json.loads((Path(__file__).parent / "data" / "ranked_peers.json").read_text(encoding="utf-8"))
ELECTIONS = list(enumerate(DATA["elections"]))
Method = Callable[[Contest, Sequence[Decision]], Outcome]


def contest(election: dict[str, Any], seats: int, policy: tuple[str, ...]) -> Contest:
    papers = Ballots.ranked({tuple(ranking): number for ranking, number in election["papers"].items()})
    post = Post("ward", seats, [Candidate(name) for name in election["names"]])
    return Contest([post], ballots=papers, tie_policy=policy)


def reachable(method: Method, asked: Contest, decisions: tuple[Decision, ...] = ()) -> Iterator[list[str]]:
    """Who is elected, for every way that the lots can fall."""
    outcome = method(asked, decisions)
    if isinstance(outcome, DecisionRequired):
        (question,) = outcome.questions
        for option in question.options:
            yield from reachable(method, asked, (*decisions, Decision(question.id, (option,))))
    else:
        assert isinstance(outcome, Decided)
        yield sorted(seat.receiver for seat in outcome.seats)


def disagree(method: str, number: int) -> set[str]:
    """The programs whose answer is known to be another one."""
    return {one["peer"] for one in DATA["disagreements"] if one["method"] == method and number in one["elections"]}


@pytest.mark.parametrize(("number", "election"), ELECTIONS)
def test_scottish_counts(number: int, election: dict[str, Any]) -> None:
    ours = list(reachable(single_transferable_vote, contest(election, election["seats"], ("earlier_stages", "lot"))))
    differing = {peer for peer, theirs in election["scottish"].items() if theirs not in ours}
    assert differing == disagree("scottish", number)


@pytest.mark.parametrize(("number", "election"), ELECTIONS)
def test_instant_runoffs(number: int, election: dict[str, Any]) -> None:
    # Programs break ties in their own ways, so every one of the tied may go.
    ours = list(reachable(instant_runoff, contest(election, 1, ("lot",))))
    differing = {peer for peer, theirs in election["runoff"].items() if theirs not in ours}
    assert differing == disagree("runoff", number)
