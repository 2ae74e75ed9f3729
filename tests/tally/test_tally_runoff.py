"""Instant run-off: published rounds, a twin written differently, theorems and their counter-examples."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicrules.ballots import Ballots
from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome, Seat
from civicrules.tally import Candidate, Contest, Post, complaints, instant_runoff, single_transferable_vote

POLICY = ("earlier_stages", "lot")
Rankings = Mapping[tuple[str, ...], int]


def contest(rankings: Rankings, names: Sequence[str], tie_policy: tuple[str, ...] = POLICY, seats: int = 1) -> Contest:
    post = Post("mayor", seats, [Candidate(name) for name in names])
    return Contest([post], ballots=Ballots.ranked(rankings), tie_policy=tie_policy)


def steps(outcome: Outcome, kind: str) -> list[Mapping[str, object]]:
    return [step.data for step in outcome.steps if step.kind == kind]


def rounds(outcome: Outcome) -> list[dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for data in steps(outcome, "round_votes"):
        found.setdefault(int(str(data["round"])), {})[str(data["candidate"])] = int(str(data["votes"]))
    return [found[number] for number in sorted(found)]


def winner(outcome: Outcome) -> str:
    assert isinstance(outcome, Decided)
    return outcome.seats[0].receiver


# Burlington, Vermont, mayor, 3 March 2009: 8,980 papers, 4 of them blank. Published: first round Wright 2,951, Kiss 2,585,
# Montroll 2,063, Smith 1,306, write-ins 36, Simpson 35; then Wright 3,294, Kiss 2,981, Montroll 2,554, exhausted 151; then
# Kiss 4,313, Wright 4,061, exhausted 606. The papers here are the coarsest that come to these totals: of the 1,377 first
# preferences for the last three, 396 went to Kiss, 343 to Wright, 491 to Montroll, 147 to nobody; of Montroll's 2,554,
# 1,332 went to Kiss, 767 to Wright, 455 to nobody.
BURLINGTON: Rankings = {
    ("Wright",): 2951,
    ("Kiss",): 2585,
    ("Montroll", "Kiss"): 1332,
    ("Montroll", "Wright"): 731,
    ("Smith", "Kiss"): 325,
    ("Smith", "Wright"): 343,
    ("Smith", "Montroll", "Wright"): 36,
    ("Smith", "Montroll"): 455,
    ("Smith",): 147,
    ("Simpson", "Kiss"): 35,
    ("written in", "Kiss"): 36,
    (): 4,
}
STANDING = ("Kiss", "Montroll", "Simpson", "Smith", "Wright", "written in")


def test_burlington_2009() -> None:
    outcome = instant_runoff(contest(BURLINGTON, STANDING))
    assert isinstance(outcome, Decided) and outcome.seats == (Seat("Kiss", post="mayor", votes=4313),)
    counted = rounds(outcome)
    assert counted[0] == {
        "Wright": 2951,
        "Kiss": 2585,
        "Montroll": 2063,
        "Smith": 1306,
        "written in": 36,
        "Simpson": 35,
    }
    assert counted[-2:] == [{"Wright": 3294, "Kiss": 2981, "Montroll": 2554}, {"Kiss": 4313, "Wright": 4061}]
    # The published 151 and 606 exhausted papers hold the 4 blank ones, which are void here.
    assert [data["exhausted"] for data in steps(outcome, "round_begins")][-2:] == [147, 602]
    assert steps(outcome, "void_blank") == [{"number": 4}]
    assert steps(outcome, "majority_reached")[0]["needed"] == 8374 // 2 + 1


def test_more_first_preferences_can_cost_the_win() -> None:
    """Not monotone, as Burlington is known for; on the papers above, where 1,500 of Wright's name Montroll next.

    When 753 of Wright's voters put Kiss first, Wright goes out before Montroll, and Kiss loses.
    """
    raised = {**BURLINGTON, ("Wright",): 2951 - 753, ("Kiss", "Wright"): 753}
    raised[("Wright", "Montroll")], raised[("Wright",)] = 1500, raised[("Wright",)] - 1500
    assert winner(instant_runoff(contest(BURLINGTON, STANDING))) == "Kiss"
    # Wright, now 2,541 with Smith's 343, is behind Montroll's 2,554 and eliminated; 1,500 of those papers name Montroll.
    outcome = instant_runoff(contest(raised, STANDING))
    assert winner(outcome) == "Montroll"
    assert rounds(outcome)[-1] == {"Kiss": 2981 + 753, "Montroll": 2554 + 1500}


def test_the_one_whom_all_pairs_prefer_can_be_eliminated_first() -> None:
    # 35 Ada, Bo; 33 Cy, Bo; 32 Bo (17 of them Ada next): Bo would beat Ada 65 to 35 and Cy 67 to 33, and has the fewest.
    rankings = {("Ada", "Bo"): 35, ("Cy", "Bo"): 33, ("Bo", "Ada"): 17, ("Bo", "Cy"): 15}
    assert winner(instant_runoff(contest(rankings, ("Ada", "Bo", "Cy")))) == "Ada"


@pytest.mark.parametrize(("votes", "decided"), [(6, True), (5, False)])
def test_a_majority_is_more_than_half(votes: int, decided: bool) -> None:
    outcome = instant_runoff(contest({("Ada",): votes, ("Bo",): 3, ("Cy", "Bo"): 2}, ("Ada", "Bo", "Cy")))
    assert (len(rounds(outcome)) == 1) is decided


def test_a_majority_is_of_papers_that_still_count() -> None:
    # 10 papers, Cy's 4 go to nobody: Ada's 4 are more than half of the 6 that are left, not of the 10.
    outcome = instant_runoff(contest({("Ada",): 4, ("Bo",): 3, ("Cy",): 2, ("Bo", "Ada"): 0}, ("Ada", "Bo", "Cy")))
    assert winner(outcome) == "Ada"
    assert steps(outcome, "majority_reached")[0]["total"] == 7


def test_a_tie_between_the_last_two() -> None:
    asked = contest({("Ada",): 5, ("Bo",): 4, ("Cy", "Bo"): 1}, ("Ada", "Bo", "Cy"))
    # 5 each; after round 1 Bo had fewer.
    assert winner(instant_runoff(asked)) == "Ada"
    outcome = instant_runoff(contest({("Ada",): 5, ("Bo",): 5}, ("Ada", "Bo")))
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.kind, question.options, question.policy) == ("exclude", ("Ada", "Bo"), "lot")
    asked = contest({("Ada",): 5, ("Bo",): 5}, ("Ada", "Bo"))
    assert winner(instant_runoff(asked, [Decision(question.id, ("Ada",))])) == "Bo"
    refused = instant_runoff(asked, [Decision(question.id, ("Cy",))])
    assert [diagnostic.code for diagnostic in complaints(refused)] == ["CR0702"]


def test_the_order_of_policies_is_kept() -> None:
    rankings = {("Ada",): 5, ("Bo",): 4, ("Cy", "Bo"): 1}
    outcome = instant_runoff(contest(rankings, ("Ada", "Bo", "Cy"), ("lot", "earlier_stages")))
    assert isinstance(outcome, DecisionRequired) and outcome.questions[0].policy == "lot"
    assert isinstance(instant_runoff(contest(rankings, ("Ada", "Bo", "Cy"), ())), DecisionRequired)


def test_one_candidate_no_candidates_no_papers_two_seats() -> None:
    assert winner(instant_runoff(contest({("Ada",): 1}, ("Ada",)))) == "Ada"
    outcome = instant_runoff(contest({(): 3}, ()))
    assert isinstance(outcome, CannotSay) and [one.code for one in complaints(outcome)] == ["CR0714"]
    outcome = instant_runoff(contest({}, ("Ada", "Bo")))
    assert isinstance(outcome, CannotSay) and outcome.missing == ("papers",)
    outcome = instant_runoff(contest({("Ada",): 1}, ("Ada", "Bo"), seats=2))
    assert isinstance(outcome, CannotSay)
    assert [diagnostic.code for diagnostic in complaints(outcome)] == ["CR0761"]


# ---------------------------------------------------------------- a twin, and theorems


def by_rounds(papers: Rankings, names: Sequence[str], lot: Sequence[str]) -> str:
    """Every round from the papers anew; ties by earlier rounds, narrowing, then the first in `lot` goes."""
    left, history = list(names), []
    while True:
        tops = Counter(dict.fromkeys(left, 0))
        for ranking, number in papers.items():
            tops.update({name: number for name in [name for name in ranking if name in left][:1]})
        history.append(tops)
        best = max(left, key=lambda name: tops[name])
        if 2 * tops[best] > sum(tops.values()):
            return best
        pool = left
        for before in reversed(history):
            pool = [name for name in pool if before[name] == min(before[one] for one in pool)]
        left = [name for name in left if name != min(pool, key=lot.index)]


def answered(asked: Contest, lot: Sequence[str]) -> Outcome:
    decisions: list[Decision] = []
    while isinstance(outcome := instant_runoff(asked, decisions), DecisionRequired):
        decisions.extend(Decision(one.id, (min(one.options, key=lot.index),)) for one in outcome.questions)
    return outcome


def random_papers(seed: int) -> tuple[dict[tuple[str, ...], int], str]:
    chance = random.Random(seed)
    names = "ABCDEFGH"[: chance.randint(1, 8)]
    papers: dict[tuple[str, ...], int] = {}
    for _ in range(chance.randint(1, 25)):
        ranking = tuple(chance.sample(names, chance.randint(1, len(names))))
        papers[ranking] = papers.get(ranking, 0) + chance.randint(1, chance.choice((2, 9, 60)))
    return papers, names


@pytest.mark.parametrize("seed", range(300))
def test_it_counts_as_the_twin_does(seed: int) -> None:
    papers, names = random_papers(seed)
    lot = random.Random(seed).sample(names, len(names))
    assert winner(answered(contest(papers, names), lot)) == by_rounds(papers, names, lot)


@pytest.mark.parametrize("seed", range(100))
def test_with_one_seat_transferable_votes_elect_the_same(seed: int) -> None:
    """With one seat there is no surplus to transfer, and whoever has a majority of those left is never excluded."""
    papers, names = random_papers(seed)
    one, other = instant_runoff(contest(papers, names)), single_transferable_vote(contest(papers, names))
    if isinstance(one, Decided) and isinstance(other, Decided):
        assert winner(one) == winner(other)


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_input_changes_nothing_and_no_paper_is_lost(seed: int, chance: random.Random) -> None:
    papers, names = random_papers(seed)
    mixed = list(papers.items())
    chance.shuffle(mixed)
    outcome = instant_runoff(contest(dict(mixed), chance.sample(names, len(names))))
    assert outcome == instant_runoff(contest(papers, names))
    for data in steps(outcome, "round_begins"):
        assert int(str(data["total"])) + int(str(data["exhausted"])) == sum(papers.values())


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_names_carry_no_weight(seed: int, chance: random.Random) -> None:
    papers, names = random_papers(seed)
    to = dict(zip(names, chance.sample(names, len(names)), strict=True))
    renamed = {tuple(to[name] for name in ranking): number for ranking, number in papers.items()}
    one, other = instant_runoff(contest(papers, names)), instant_runoff(contest(renamed, names))
    match one, other:
        case Decided(), Decided():
            assert to[winner(one)] == winner(other)
        case DecisionRequired(), DecisionRequired():
            assert {to[name] for name in one.questions[0].options} == set(other.questions[0].options)
        case _:
            raise AssertionError((one, other))
