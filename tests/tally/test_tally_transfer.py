"""Single transferable vote by the Scottish rules: counts redone by hand, a twin written differently, theorems, bad papers."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from math import floor
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import civicrules.tally
from civicrules.ballots import Ballots, Choice, Doubt, Paper
from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome, Seat, Step
from civicrules.program import identifier
from civicrules.tally import BallotAccount, Candidate, Contest, Post, Threshold, complaints, single_transferable_vote
from civicrules.tally.contest import PaperRules
from civicrules.tally.lists.lists import open_lists
from civicrules.tally.ranked.methods import RANKED_METHODS
from civicrules.tally.words import WRITE_INS_COUNTED, WRITE_INS_NOT_COUNTED

SCOTTISH = ("earlier_stages", "lot")
Rankings = Mapping[tuple[str, ...], int]


def contest(rankings: Rankings, seats: int, names: str, **others: Any) -> Contest:
    post = Post("ward", seats, [Candidate(name) for name in names])
    others.setdefault("tie_policy", SCOTTISH)
    return Contest([post], ballots=Ballots.ranked(rankings), **others)


def elected(outcome: Outcome) -> list[str]:
    assert not isinstance(outcome, CannotSay | civicrules.tally.Void), outcome
    return [seat.receiver for seat in outcome.seats]


def steps(outcome: Outcome, kind: str) -> list[Mapping[str, object]]:
    return [step.data for step in outcome.steps if step.kind == kind]


def sheet(outcome: Outcome) -> dict[int, dict[str, Fraction]]:
    """The votes after each stage, as the record has them."""
    stages: dict[int, dict[str, Fraction]] = {}
    for data in steps(outcome, "stage_votes"):
        stages.setdefault(int(str(data["stage"])), {})[str(data["candidate"])] = Fraction(str(data["votes"]))
    return stages


# ---------------------------------------------------------------- redone by hand


def test_a_count_redone_by_hand() -> None:
    # 100 papers, 3 seats: quota floor(100 / 4) + 1 = 26. Papers: A>B>C 30, A>C 10, B>D 12, C>D 20, D>E>B 15, E>D 13.
    # Stage 1: A 40, B 12, C 20, D 15, E 13. A is elected; surplus 14.
    # Stage 2 (rule 49): transfer value 14 × 1 / 40 = 0.35 exactly: B 12 + 30 × 0.35 = 22.5, C 20 + 10 × 0.35 = 23.5.
    # Stage 3 (rule 51): E has the fewest, 13, all to D: 28, elected; surplus 2.
    # Stage 4: D holds 15 own papers and 13 of E, all at 1: 2 / 28 = 0.07142857… cut 0.07142. The 15 go past E, who is
    # out, to B: 15 × 0.07142 = 1.0713, so 23.5713. The 13 name nobody further: 13 × 0.07142 = 0.92846.
    # Lost: 2 − 1.0713 − 0.92846 = 0.00024. B 23.5713, C 23.5.
    # Stage 5: C has the fewest and is excluded; B alone is left for the last seat (rule 53).
    rankings = {
        ("A", "B", "C"): 30,
        ("A", "C"): 10,
        ("B", "D"): 12,
        ("C", "D"): 20,
        ("D", "E", "B"): 15,
        ("E", "D"): 13,
    }
    outcome = single_transferable_vote(contest(rankings, 3, "ABCDE"))
    assert isinstance(outcome, Decided)
    assert [(seat.receiver, seat.votes) for seat in outcome.seats] == [
        ("A", 40),
        ("D", 28),
        ("B", Fraction("23.5713")),
    ]
    assert steps(outcome, "quota_of_papers")[0]["quota"] == 26
    assert [data["new"] for data in steps(outcome, "transfer_value")] == ["0.35", "0.07142"]
    assert [data["votes"] for data in steps(outcome, "papers_left")] == ["0.92846"]
    assert [data["lost"] for data in steps(outcome, "value_lost")] == ["0.00024"]
    assert sheet(outcome)[2] == {"A": 26, "B": Fraction("22.5"), "C": Fraction("23.5"), "D": 15, "E": 13}
    assert sheet(outcome)[4] == {"A": 26, "B": Fraction("23.5713"), "C": Fraction("23.5"), "D": 26}
    assert [(data["stage"], data["candidate"]) for data in steps(outcome, "stage_last_exclusion")] == [(5, "C")]


def test_a_paper_loses_value_at_each_surplus_it_goes_through() -> None:
    # 30 papers. With 2 seats the quota is 11: A 16, surplus 5, value 5 / 16 = 0.3125: B 7 + 16 × 0.3125 = 12, elected.
    # With 3 seats the quota is 8. A 16: surplus 8, value 0.5: B 7 + 8 = 15; surplus 7. Own papers: 7 × 1 / 15 = 0.46666…
    # cut 0.46666; those of A: 7 × 0.5 / 15 = 0.23333… cut 0.23333. C: 3 + 7 × 0.46666 + 16 × 0.23333 = 3 + 3.26662 +
    # 3.73328 = 9.9999, elected.
    rankings = {("A", "B", "C"): 16, ("B", "C"): 7, ("C",): 3, ("D",): 4}
    assert elected(single_transferable_vote(contest(rankings, 2, "ABCD"))) == ["A", "B"]
    outcome = single_transferable_vote(contest(rankings, 3, "ABCD"))
    assert [(data["value"], data["new"]) for data in steps(outcome, "transfer_value")[1:]] == [
        (1, "0.46666"),
        ("0.5", "0.23333"),
    ]
    assert isinstance(outcome, Decided) and outcome.seats[2] == Seat("C", post="ward", votes=Fraction("9.9999"))


@pytest.mark.parametrize(
    ("votes", "seats", "quota"), [(5000, 4, 1001), (5004, 4, 1001), (5005, 4, 1002), (1, 1, 1), (1000, 2, 334)]
)
def test_the_quota_is_cut_and_one_more(votes: int, seats: int, quota: int) -> None:
    # (5,000 / 5) + 1 = 1,001: the example of the ward quota; 1,000 papers for 2 seats 334: City of Edinburgh's page on STV.
    outcome = single_transferable_vote(contest({("A",): votes}, seats, "ABCDEFG"))
    assert steps(outcome, "quota_of_papers")[0]["quota"] == quota


def test_votes_equal_to_the_quota_elect_and_leave_no_surplus() -> None:
    # 9 papers, 2 seats: quota 4. A has 4 (elected, nothing to transfer), B 3, C 2: C is excluded.
    outcome = single_transferable_vote(contest({("A", "C"): 4, ("B",): 3, ("C",): 2}, 2, "ABC"))
    assert elected(outcome) == ["A", "B"]
    assert steps(outcome, "stage_surplus") == []


def test_the_largest_surplus_goes_first() -> None:
    # 40 papers, 3 seats: quota 11. A 14 (surplus 3), B 18 (surplus 7), C 4, D 4.
    outcome = single_transferable_vote(contest({("A", "C"): 14, ("B", "D"): 18, ("C",): 4, ("D",): 4}, 3, "ABCD"))
    assert [data["candidate"] for data in steps(outcome, "stage_surplus")] == ["B", "A"]


# ---------------------------------------------------------------- ties


def test_a_tie_for_exclusion_looks_at_earlier_stages() -> None:
    # 20 papers, 2 seats: quota 7. Stage 1: A 6, B 5, C 4, D 3, E 2. E is excluded, one of its papers goes to D: C and D
    # have 4 each. After stage 1 D had fewer, so D is excluded (rule 52).
    rankings = {("A",): 6, ("B",): 5, ("C", "A"): 4, ("D", "B"): 3, ("E", "D"): 1, ("E",): 1}
    outcome = single_transferable_vote(contest(rankings, 2, "ABCDE"))
    assert [data["candidates"] for data in steps(outcome, "tie_exclusion")] == [("C", "D")]
    assert steps(outcome, "earlier_stage") == [{"stage": 1, "votes": {"C": 4, "D": 3}, "kept": ("D",)}]
    assert [data["candidate"] for data in steps(outcome, "stage_exclusion")][:2] == ["E", "D"]
    # Without the policy the same tie is a question.
    bare = single_transferable_vote(contest(rankings, 2, "ABCDE", tie_policy=()))
    assert isinstance(bare, DecisionRequired) and bare.questions[0].options == ("C", "D")


def test_earlier_stages_narrow_three_to_two() -> None:
    # Stage 1: B, C and D are level at 2 and no stage is earlier: a lot among all three.
    outcome = single_transferable_vote(contest({("A",): 5, ("B",): 2, ("C",): 2, ("D",): 2}, 1, "ABCD"))
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.kind, question.options, question.choose, question.policy) == ("exclude", ("B", "C", "D"), 1, "lot")
    assert dict(question.numbers) == {"B": 2, "C": 2, "D": 2}
    # 18 papers, 1 seat: quota 10. Stage 1: A 9, D 3, B 2, C 2, E 1, F 1. The lot falls on F, whose paper goes to B: B 3.
    # Stage 3: E's paper goes to C: B, C and D have 3 each. After stage 2 C had 2 and the others 3.
    rankings = {("A",): 9, ("B",): 2, ("C",): 2, ("D",): 3, ("E", "C"): 1, ("F", "B"): 1}
    first = single_transferable_vote(contest(rankings, 1, "ABCDEF"))
    assert isinstance(first, DecisionRequired) and first.questions[0].options == ("E", "F")
    outcome = single_transferable_vote(contest(rankings, 1, "ABCDEF"), [Decision(first.questions[0].id, ("F",))])
    assert steps(outcome, "earlier_stage")[0]["kept"] == ("C",)


def test_equal_surpluses_are_a_question_that_rests_on_the_answers_before() -> None:
    # 33 papers, 3 seats: quota 9. A and B have 13 each; C, D, E 3, 2, 2.
    rankings = {("A", "C"): 13, ("B", "D"): 13, ("C",): 3, ("D",): 2, ("E",): 2}
    asked = contest(rankings, 3, "ABCDE")
    outcome = single_transferable_vote(asked)
    assert isinstance(outcome, DecisionRequired)
    assert elected(outcome) == ["A", "B"]
    (question,) = outcome.questions
    assert (question.kind, question.options) == ("transfer_first", ("A", "B"))
    answer = Decision(question.id, ("B",))
    after = single_transferable_vote(asked, [answer])
    assert [data["candidate"] for data in steps(after, "stage_surplus")] == ["B", "A"]
    assert isinstance(after, Decided)
    other = single_transferable_vote(contest({**rankings, ("E",): 3}, 3, "ABCDE"), [answer])
    assert [diagnostic.code for diagnostic in complaints(other)] == ["CR0701"]


def test_after_an_answer_the_next_question_is_another_one() -> None:
    asked = contest({("A",): 5, ("B",): 1, ("C",): 1, ("D",): 1}, 2, "ABCD", tie_policy=("lot",))
    first = single_transferable_vote(asked)
    assert isinstance(first, DecisionRequired)
    ids = set()
    for loser in "BCD":
        second = single_transferable_vote(asked, [Decision(first.questions[0].id, (loser,))])
        assert isinstance(second, DecisionRequired)
        ids.add(second.questions[0].id)
    assert len(ids) == 3


# ---------------------------------------------------------------- what is on papers


def numbered(papers: Mapping[Paper, int], seats: int = 1, names: str = "ABC", **others: Any) -> Outcome:
    """Papers that refer to the letters by position."""
    ballots = Ballots.of([Choice(name) for name in names], papers, ranks=True, unread=others.pop("unread", 0))
    return single_transferable_vote(
        Contest([Post("ward", seats, [Candidate(n) for n in names])], ballots=ballots, **others)
    )


def first_votes(outcome: Outcome) -> dict[str, int]:
    return {
        str(data["candidate"]): int(str(data["votes"])) for data in steps(outcome, "stage_votes") if data["stage"] == 1
    }


def test_void_papers_have_their_reason() -> None:
    papers: dict[Paper, int] = {(): 1, (None, None): 2, (None, 0): 4, ((0, 1), 2): 8, (0,): 16, (0, (1, 2)): 32}
    outcome = numbered(papers, unread=64)
    assert steps(outcome, "papers_account") == [{"total": 127, "valid": 48, "void": 79}]
    found = {step.kind: step.data["number"] for step in outcome.steps if step.kind.startswith("void_")}
    assert found == {"void_blank": 3, "void_no_first": 4, "void_several_first": 8, "void_unread": 64}


@pytest.mark.parametrize(
    ("paper", "options", "counts_for"),
    [
        ((0, None, 1), {}, None),
        ((0, None, 1), {"skipped_rank": "passed_over"}, "B"),
        ((0, None, 1), {"skipped_rank": "two_in_a_row_end_paper"}, "B"),
        ((0, None, None, 1), {"skipped_rank": "two_in_a_row_end_paper"}, None),
        ((0, None, None, 1), {"skipped_rank": "passed_over"}, "B"),
        ((0, (1, 2), 1), {}, None),
        ((0, (1, 2), 1), {"equal_ranks": "passed_over"}, "B"),
        ((0, 0, 1), {}, None),
        ((0, 0, 1), {"repeated_name": "passed_over"}, "B"),
        ((0, (1,)), {}, "B"),
        ((0, (1, 1)), {}, "B"),
    ],
)
def test_a_paper_counts_up_to_its_fault(paper: Paper, options: Mapping[str, str], counts_for: str | None) -> None:
    # A has the fewest first preferences; where its two papers go shows what of them counts.
    outcome = numbered({paper: 2, (1,): 3, (2,): 4}, options=options)
    moved = [data["candidate"] for data in steps(outcome, "papers_moved")]
    assert moved == ([counts_for] if counts_for else [])


def test_those_who_withdrew_are_passed_over() -> None:
    rankings = {("W", "A"): 3, ("B",): 2, ("W",): 1}
    outcome = single_transferable_vote(contest(rankings, 1, "ABW", options={"withdrawn": ("W",)}))
    assert first_votes(outcome) == {"A": 3, "B": 2}
    assert steps(outcome, "void_nobody_standing") == [{"number": 1}]
    # Equal with somebody who withdrew, or behind them in a gap, is no fault.
    ballots = Ballots.of([Choice("A"), Choice("W")], {((0, 1),): 2, (1, 0): 1}, ranks=True)
    post = Post("ward", 1, [Candidate("A")])
    outcome = single_transferable_vote(Contest([post], ballots=ballots, options={"withdrawn": ("W",)}))
    assert first_votes(outcome) == {"A": 3}


def test_names_written_in_count_where_the_contest_says_so() -> None:
    rankings = {("A",): 3, ("X", "A"): 4}
    for (rule, _), winner in ((WRITE_INS_COUNTED, "X"), (WRITE_INS_NOT_COUNTED, "A")):
        outcome = single_transferable_vote(contest(rankings, 1, "A", papers=PaperRules(write_ins=rule)))
        assert elected(outcome) == [winner]
    outcome = single_transferable_vote(contest(rankings, 1, "A"))
    assert isinstance(outcome, CannotSay) and outcome.missing == ("candidates/ward",)
    assert [diagnostic.code for diagnostic in complaints(outcome)] == ["CR0763"]


def test_one_candidate_on_two_lists_is_one_candidate() -> None:
    ballots = Ballots.of(
        [Choice("A", list="x"), Choice("A", list="y"), Choice("B")], {(0,): 2, (1, 0, 2): 2}, ranks=True
    )
    outcome = single_transferable_vote(Contest([Post("ward", 1, [Candidate("A"), Candidate("B")])], ballots=ballots))
    assert first_votes(outcome) == {"A": 4, "B": 0}


def test_doubtful_papers_wait_for_a_ruling() -> None:
    doubts = [Doubt("7", {"for A": (0,), "void": None}, 2), Doubt("9", {"for A": (0,), "void": None})]
    ballots = Ballots.of([Choice("A"), Choice("B")], {(0,): 2, (1,): 3}, ranks=True, doubts=doubts)
    asked = Contest([Post("ward", 1, [Candidate("A"), Candidate("B")])], ballots=ballots)
    outcome = single_transferable_vote(asked)
    assert isinstance(outcome, DecisionRequired) and len({question.id for question in outcome.questions}) == 2
    first, second = outcome.questions
    decided = single_transferable_vote(asked, [Decision(first.id, ("for A",)), Decision(second.id, ("void",))])
    assert elected(decided) == ["A"]
    assert steps(decided, "void_ruled") == [{"number": 1}]


# ---------------------------------------------------------------- bad input


def _codes(outcome: Outcome) -> list[str]:
    assert isinstance(outcome, CannotSay) and outcome.seats == () and outcome.missing
    return [diagnostic.code for diagnostic in complaints(outcome)]


@pytest.mark.parametrize(
    ("account", "codes"),
    [
        (BallotAccount(returned=12, valid=12), []),
        (BallotAccount(returned=13), ["CR0765"]),
        (BallotAccount(valid=11), ["CR0765"]),
        (BallotAccount(invalid=0, blank=0), []),
        (BallotAccount(invalid=1), ["CR0765"]),
        (BallotAccount(blank=1), ["CR0765"]),
        (BallotAccount(returned=12, valid=11, invalid=1, blank=0), ["CR0765", "CR0765"]),
    ],
)
def test_papers_agree_with_the_account(account: BallotAccount, codes: list[str]) -> None:
    outcome = single_transferable_vote(contest({("A", "B"): 7, ("B",): 5}, 1, "AB", account=account))
    assert [diagnostic.code for diagnostic in complaints(outcome)] == codes
    assert isinstance(outcome, CannotSay if codes else Decided)


@pytest.mark.parametrize(
    ("invalid", "blank", "agrees"),
    [(3, None, True), (2, None, True), (1, None, False), (None, 1, True), (None, 2, False)],
)
def test_blank_papers_are_stated_apart_or_among_the_invalid(
    invalid: int | None, blank: int | None, agrees: bool
) -> None:
    outcome = numbered({(0,): 5, (): 1, (None, 0): 2}, account=BallotAccount(invalid=invalid, blank=blank))
    assert isinstance(outcome, Decided) is agrees
    for account in (BallotAccount(invalid=2, blank=1), BallotAccount(invalid=3, blank=0)):
        assert isinstance(numbered({(0,): 5, (): 1, (None, 0): 2}, account=account), Decided)


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({"quota": 4}, ["CR0766"]),
        ({"quota": 5}, []),
        ({"quota": Fraction(33, 8)}, []),
        ({"quota": Fraction(13, 3)}, ["CR0766"]),
        ({"quota": "hare"}, ["CR0766"]),
        ({"transfer_value": ("three_decimals", "rounded_down")}, []),
        ({"transfer_value": "rounded_up"}, ["CR0764"]),
        ({"surplus": "meek"}, ["CR0764"]),
        ({"equal_ranks": ("passed_over",)}, ["CR0764"]),
    ],
)
def test_settings_that_cannot_be_used_are_said(options: Mapping[str, Any], codes: list[str]) -> None:
    # 12 papers for 2 seats: a quota must be more than 4.
    outcome = single_transferable_vote(contest({("A", "B"): 7, ("B",): 2, ("C",): 3}, 2, "ABC", options=options))
    assert [diagnostic.code for diagnostic in complaints(outcome)] == codes
    assert isinstance(outcome, CannotSay if codes else Decided)


def test_decimals_of_transfer_values_are_a_setting() -> None:
    # 2 / 7 = 0.28571428…
    for places, cut in (("two", "0.28"), ("five", "0.28571"), ("nine", "0.285714285")):
        options = {"transfer_value": (f"{places}_decimals", "rounded_down")}
        outcome = single_transferable_vote(contest({("A", "B"): 7, ("B",): 2, ("C",): 3}, 2, "ABC", options=options))
        assert steps(outcome, "transfer_value")[0]["new"] == cut


def test_what_cannot_be_counted_is_said() -> None:
    post, ballots = Post("ward", 1, [Candidate("A")]), Ballots.ranked([("A",)])
    assert _codes(single_transferable_vote(Contest([post]))) == ["CR0760"]
    assert _codes(single_transferable_vote(Contest([post], ballots=Ballots.of([Choice("A")], {(0,): 1})))) == ["CR0760"]
    assert _codes(single_transferable_vote(Contest([post, Post("other", 1, [])], ballots=ballots))) == ["CR0761"]
    assert _codes(numbered({(0,): -1})) == ["CR0762"]
    assert _codes(numbered({(0,): Fraction(1, 2)})) == ["CR0762"]  # type: ignore[dict-item]
    threshold = Threshold("valid", Fraction(1, 2))
    assert _codes(single_transferable_vote(Contest([post], threshold=threshold, ballots=ballots))) == ["CR0764"]
    assert _codes(single_transferable_vote(Contest([Post("ward", None, [Candidate("A")])], ballots=ballots))) == []


@pytest.mark.parametrize(
    "ballots", [Ballots.ranked([]), Ballots.marked([]), Ballots.of([Choice("A")], {(0,): 0, (): 0}, ranks=True)]
)
@pytest.mark.parametrize(
    "method", [civicrules.tally.count, single_transferable_vote, civicrules.tally.instant_runoff, open_lists]
)
def test_ballots_without_a_paper_decide_nothing(method: Any, ballots: Ballots) -> None:
    outcome = method(Contest([Post("ward", 1, [Candidate("A", list="L", rank=1)])], ballots=ballots))
    assert isinstance(outcome, CannotSay) and "papers" in outcome.missing and outcome.seats == ()
    assert "CR0767" in _codes(outcome)
    one = method(Contest([Post("ward", 1, [Candidate("A", list="L", rank=1)])], ballots=Ballots.ranked([("A",)])))
    assert "CR0767" not in [diagnostic.code for diagnostic in complaints(one)]


def test_nothing_to_count() -> None:
    outcome = single_transferable_vote(contest({(): 3}, 2, "ABC"))
    assert isinstance(outcome, Decided) and outcome.seats == () and outcome.vacant == {"ward": 2}
    assert outcome.steps[-1] == Step("no_valid_papers", {"post": "ward"})
    none = single_transferable_vote(contest({(): 5}, 1, ""))
    assert isinstance(none, CannotSay) and [one.code for one in complaints(none)] == ["CR0714"]
    assert elected(single_transferable_vote(contest({("A",): 5}, 0, "A"))) == []


def test_more_seats_than_candidates() -> None:
    outcome = single_transferable_vote(contest({("A",): 9, ("B",): 0}, 4, "AB"))
    assert isinstance(outcome, Decided)
    assert elected(outcome) == ["A", "B"] and outcome.vacant == {"ward": 2}


def test_huge_numbers_stay_exact() -> None:
    outcome = single_transferable_vote(contest({("A", "B"): 7 * 10**30, ("B",): 2, ("C",): 3 * 10**30}, 2, "ABC"))
    assert len(elected(outcome)) == 2
    assert {Fraction(str(data["sum"])) for data in steps(outcome, "stage_sum")} == {10 * 10**30 + 2}


# ---------------------------------------------------------------- a twin, and theorems


def by_the_rules(
    rankings: Sequence[tuple[str, ...]], seats: int, names: Sequence[str], lot: Sequence[str]
) -> list[str]:
    """The Scottish rules paper by paper with fractions: each paper knows its value and is sorted anew at every stage.

    Ties by earlier stages, narrowing; then whoever comes first in `lot` is excluded, or has the surplus transferred.
    """
    worth = [Fraction(1) for _ in rankings]
    holder = [ranking[0] if ranking else None for ranking in rankings]
    quota = sum(name is not None for name in holder) // (seats + 1) + 1
    standing, won, due = list(names), [], []
    fixed: dict[str, Fraction] = {}
    history: list[dict[str, Fraction]] = []
    while True:
        votes = {name: sum((w for w, h in zip(worth, holder, strict=True) if h == name), Fraction(0)) for name in names}
        votes.update(fixed)
        history.append(votes)
        for name in sorted(standing, key=lambda name: (-votes[name], name)):
            if votes[name] >= quota:
                standing.remove(name)
                won.append(name)
                if votes[name] > quota:
                    due.append(name)
        if len(won) == seats:
            return won
        if len(standing) <= seats - len(won):
            return won + sorted(standing, key=lambda name: (-votes[name], name))
        pool, sign = (due, -1) if due else (standing, 1)
        for before in reversed(history):
            least = min(sign * before[name] for name in pool)
            pool = [name for name in pool if sign * before[name] == least]
        chosen = min(pool, key=lot.index)
        held = [at for at, name in enumerate(holder) if name == chosen]
        if due:
            due.remove(chosen)
            for at in held:
                worth[at] = Fraction(floor(10**5 * (votes[chosen] - quota) * worth[at] / votes[chosen]), 10**5)
            fixed[chosen] = Fraction(quota)
        else:
            standing.remove(chosen)
            if len(standing) == seats - len(won):
                return won + sorted(standing, key=lambda name: (-votes[name], name))
        for at in held:
            holder[at] = next((name for name in rankings[at] if name in standing), None)


def answered(asked: Contest, lot: Sequence[str]) -> Outcome:
    """The outcome when each lot falls on the first in an order."""
    decisions: list[Decision] = []
    while isinstance(outcome := single_transferable_vote(asked, decisions), DecisionRequired):
        decisions.extend(Decision(one.id, (min(one.options, key=lot.index),)) for one in outcome.questions)
    return outcome


def random_papers(seed: int) -> tuple[dict[tuple[str, ...], int], int, str]:
    chance = random.Random(seed)
    names = "ABCDEFGH"[: chance.randint(1, 8)]
    papers: dict[tuple[str, ...], int] = {}
    for _ in range(chance.randint(1, 25)):
        ranking = tuple(chance.sample(names, chance.randint(1, len(names))))
        papers[ranking] = papers.get(ranking, 0) + chance.randint(1, chance.choice((2, 9, 60)))
    return papers, chance.randint(1, 4), names


@pytest.mark.parametrize("seed", range(300))
def test_it_counts_as_the_twin_does(seed: int) -> None:
    papers, seats, names = random_papers(seed)
    lot = random.Random(seed).sample(names, len(names))
    single = [ranking for ranking, number in papers.items() for _ in range(number)]
    outcome = answered(contest(papers, seats, names), lot)
    assert elected(outcome) == by_the_rules(single, seats, names, lot)


seeds = st.integers(0, 10**6)


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_no_vote_appears_or_disappears(seed: int) -> None:
    papers, seats, names = random_papers(seed)
    outcome = answered(contest(papers, seats, names), names)
    sums = [data["sum"] for data in steps(outcome, "stage_sum")]
    assert sums and set(sums) == {sum(papers.values())}
    assert len(elected(outcome)) == min(seats, len(names))
    quota = Fraction(str(steps(outcome, "quota_of_papers")[0]["quota"]))
    for votes in sheet(outcome).values():
        assert sum(number >= quota for number in votes.values()) <= seats


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_the_count_can_be_redone_from_the_sheet(seed: int) -> None:
    """Each stage follows from the one before it by the lines of the record alone."""
    papers, seats, names = random_papers(seed)
    outcome = answered(contest(papers, seats, names), names)
    stages = sheet(outcome)
    votes = dict(stages[1])
    for step in outcome.steps:
        number = {
            key: Fraction(str(step.data[key]))
            for key in ("papers", "value", "votes", "new", "surplus") & step.data.keys()
            if step.kind != "earlier_stage"  # a number for each of those tied
        }
        match step.kind:
            case "stage_surplus":
                assert votes[str(step.data["candidate"])] == number["votes"]
                votes[str(step.data["candidate"])] -= number["surplus"]
            case "stage_exclusion":
                assert votes.pop(str(step.data["candidate"])) == number["votes"]
            case "transfer_value":
                exact = number["surplus"] * number["value"] / number["votes"]
                assert number["new"] == Fraction(floor(exact * 10**5), 10**5)
            case "papers_moved":
                assert number["papers"] * number["value"] == number["votes"]
                votes[str(step.data["candidate"])] += number["votes"]
            case "stage_sum":
                assert votes == stages[int(str(step.data["stage"]))]


@given(seeds, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_input_changes_nothing(seed: int, chance: random.Random) -> None:
    papers, seats, names = random_papers(seed)
    mixed = list(papers.items())
    chance.shuffle(mixed)
    other = contest(dict(mixed), seats, "".join(chance.sample(names, len(names))))
    assert single_transferable_vote(other) == single_transferable_vote(contest(papers, seats, names))


@given(seeds, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_names_carry_no_weight(seed: int, chance: random.Random) -> None:
    """With other names the same people are elected or tied."""
    papers, seats, names = random_papers(seed)
    to = dict(zip(names, chance.sample(names, len(names)), strict=True))
    renamed = {tuple(to[name] for name in ranking): number for ranking, number in papers.items()}
    one, other = (single_transferable_vote(contest(given, seats, names)) for given in (papers, renamed))
    assert {to[name] for name in elected(one)} == set(elected(other))
    if isinstance(one, DecisionRequired) and isinstance(other, DecisionRequired):
        assert {to[name] for name in one.questions[0].options} == set(other.questions[0].options)


@pytest.mark.parametrize("seed", range(0, 300, 12))
def test_papers_one_by_one_are_the_same_papers(seed: int) -> None:
    papers, seats, names = random_papers(seed)
    single = [ranking for ranking, number in papers.items() for _ in range(number)]
    post = Post("ward", seats, [Candidate(name) for name in names])
    counted = Contest([post], ballots=Ballots.ranked(single), tie_policy=SCOTTISH)
    assert single_transferable_vote(counted) == single_transferable_vote(contest(papers, seats, names))


def test_a_symmetric_contest_ties_everybody() -> None:
    outcome = single_transferable_vote(contest(dict.fromkeys(permutations("ABC"), 2), 1, "ABC"))
    assert isinstance(outcome, DecisionRequired) and outcome.questions[0].options == ("A", "B", "C")


# ---------------------------------------------------------------- words


def test_every_step_of_these_counts_has_its_sentence() -> None:
    folder = Path(civicrules.tally.__file__).parent / "steps"
    sentences: dict[str, dict[str, str]] = {}
    for table in folder.glob("*.yaml"):
        sentences.update(yaml.safe_load(table.read_text(encoding="utf-8")))
    for seed in range(80):
        papers, seats, names = random_papers(seed)
        for asked in (contest(papers, seats, names), contest(papers, seats, names, options={"quota": 10**9})):
            for step in answered(asked, names).steps:
                for language in ("en", "zh"):
                    assert set(re.findall(r"\{(\w+)\}", sentences[step.kind][language])) <= set(step.data), step


def test_the_methods_are_declared_in_both_languages() -> None:
    for method in RANKED_METHODS:
        assert method.id == identifier(method.names.text("en"))
        for names in (method.names, method.doc, *(parameter.names for parameter in method.parameters)):
            assert names.has("en") and names.has("zh")
        for parameter in method.parameters:
            assert parameter.id == identifier(parameter.names.text("en"))
            assert all(id == identifier(words.text("en")) for id, words in parameter.options)
            assert not parameter.default or parameter.default in dict(parameter.options)
        outcome = method.run(contest({("A",): 2, ("B",): 1}, 1, "AB"), ())
        assert [seat.receiver for seat in outcome.seats] == ["A"]
