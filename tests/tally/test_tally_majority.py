"""Majority by post.

The all-voter election of the fourth term is counted from its published totals: registered 2,722, issued 2,268,
returned 2,208, valid 1,995, invalid 17; chair 1,855; vice-chair 1,752; members 1,938, 1,936, 1,921, 1,913, 1,754 for
five seats; the losers' totals were never published. The other numbers are small enough to redo by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from civicrules.report.steps import sentence
from civicrules.tally import (
    BallotAccount,
    Ballots,
    Candidate,
    CannotSay,
    Choice,
    Contest,
    Decided,
    Decision,
    DecisionRequired,
    Outcome,
    PaperRules,
    Post,
    Requirement,
    Step,
    Threshold,
    Void,
    complaints,
    count,
    residual,
    standing,
)

HALF = Threshold("returned", Fraction(1, 2))
ACCOUNT = BallotAccount(registered=2722, issued=2268, returned=2208, valid=1995, invalid=17)


def post(id: str, seats: int, *votes: int | None, complete: bool = True, names: str = "abcdefgh") -> Post:
    """Candidates a, b, c … with these votes."""
    return Post(id, seats, [Candidate(name, number) for name, number in zip(names, votes, strict=False)], complete)


S1A = Contest(
    posts=(
        post("chair", 1, 1855, complete=False),
        post("vice chair", 1, 1752, complete=False, names="k"),
        post("member", 5, 1938, 1936, 1921, 1913, 1754, complete=False, names="pqrst"),
    ),
    account=ACCOUNT,
    threshold=HALF,
    validity=(
        Requirement("ballots returned at most ballots issued", True),
        Requirement("ballots returned more than half of registered voters", True),
    ),
    tie_policy=("another_vote_among_the_tied",),
    shortfall="second_ballot",
)


def steps(outcome: Outcome, kind: str) -> list[Step]:
    return [step for step in outcome.steps if step.kind == kind]


def elected(outcome: Outcome) -> set[tuple[str, str]]:
    assert not isinstance(outcome, Void)
    return {(seat.post, seat.receiver) for seat in outcome.seats}


# ---------------------------------------------------------------- the fourth term


def test_s1a_winners_are_proven_from_the_marks_left() -> None:
    outcome = count(S1A)
    assert isinstance(outcome, Decided)
    assert [(seat.post, seat.votes) for seat in outcome.seats] == [
        ("chair", 1855), ("vice chair", 1752),
        ("member", 1938), ("member", 1936), ("member", 1921), ("member", 1913), ("member", 1754),
    ]  # fmt: skip
    assert outcome.vacant == {}


def test_s1a_marks_left_are_those_published() -> None:
    # 2,208 − 1,855 = 353; 2,208 − 1,752 = 456; 5 × 2,208 − 9,462 = 1,578
    assert [step.data["left"] for step in steps(count(S1A), "marks_left")] == [353, 456, 1578]
    assert [step.data["most"] for step in steps(count(S1A), "marks_left")] == [353, 456, 1578]


def test_s1a_marks_left_on_valid_ballots_when_the_account_closes() -> None:
    # 1,995 − 1,855 = 140; 1,995 − 1,752 = 243; 5 × 1,995 − 9,462 = 513
    closed = evolve(S1A, account=evolve(ACCOUNT, blank=196))
    assert [step.data["left"] for step in steps(count(closed), "marks_left")] == [140, 243, 513]


def test_s1a_account() -> None:
    outcome = count(S1A)
    assert residual(ACCOUNT) == 196
    assert steps(outcome, "account_residual_blank_unstated")[0].data["residual"] == 196
    assert steps(outcome, "account_issued")[0].data["difference"] == 454  # 2,722 − 2,268
    assert steps(outcome, "account_returned")[0].data["difference"] == 60  # 2,268 − 2,208


def test_s1a_needs_1105_votes() -> None:
    assert {step.data["needed"] for step in steps(count(S1A), "threshold_more_than")} == {1105}


def test_s1a_stands_on_every_base() -> None:
    assert set(standing(S1A).values()) == {True}
    assert {"registered", "returned", "valid", "valid_and_invalid"} <= set(standing(S1A))


def test_s1a_would_not_stand_with_another_member_total() -> None:
    # With 1,200 for the fifth member 5 × 2,208 − 8,908 = 2,132 marks are left, enough for one other to pass 1,200.
    outcome = count(evolve(S1A, posts=(post("member", 5, 1938, 1936, 1921, 1913, 1200, complete=False),)))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("candidates/member",)
    # Two others would need 2 × 1,913 = 3,826 marks, so at most one can pass any of the first four.
    assert {seat.votes for seat in outcome.seats} == {1938, 1936, 1921, 1913}


def test_a_tie_is_not_the_same_result_as_another_ballot_of_the_same_two() -> None:
    # 310 each: more than half of 600 returned (301 needed), so a tie; not of 640 issued (321), so another ballot of both
    account = BallotAccount(registered=700, issued=640, returned=600, valid=600, invalid=0, blank=0)
    half = Threshold("returned", Fraction(1, 2))
    for shortfall in ("second_ballot", "vacancy"):
        stands = standing(Contest([post("chair", 1, 299, 299)], account, half, shortfall=shortfall))
        assert stands["returned"] and stands["issued"]  # nobody has enough on either
        stands = standing(Contest([post("member", 2, 455, 310, 310)], account, half, shortfall=shortfall))
        assert stands["returned"] and not stands["issued"] and not stands["registered"]


# ---------------------------------------------------------------- thresholds and seats


@pytest.mark.parametrize(
    ("votes", "strict", "wins"), [(50, True, False), (51, True, True), (50, False, True), (49, False, False)]
)
def test_more_than_half_and_at_least_half(votes: int, strict: bool, wins: bool) -> None:
    threshold = Threshold("returned", Fraction(1, 2), strict)
    outcome = count(Contest([post("chair", 1, votes)], BallotAccount(returned=100), threshold))
    assert isinstance(outcome, Decided)
    assert bool(outcome.seats) is wins
    assert outcome.vacant == ({} if wins else {"chair": 1})


@pytest.mark.parametrize(("ballots", "third"), [(100, 34), (99, 33), (3, 1), (0, 1)])
def test_at_least_a_third(ballots: int, third: int) -> None:
    # smallest k with 3k ≥ n; nobody is elected without a vote
    assert Threshold("returned", Fraction(1, 3), strict=False).needed(ballots) == third


def test_more_candidates_over_half_than_seats_most_votes_win() -> None:
    outcome = count(Contest([post("member", 2, 55, 75, 65)], BallotAccount(returned=100), HALF))
    assert elected(outcome) == {("member", "b"), ("member", "c")}


def test_shortfall_names_what_follows() -> None:
    contest = Contest([post("member", 3, 60, 40, 30)], BallotAccount(returned=100), HALF, shortfall="second_ballot")
    outcome = count(contest)
    assert isinstance(outcome, DecisionRequired)
    assert steps(outcome, "shortfall")[0].data["follow_up"].text("zh") == "另行选举"  # type: ignore[attr-defined]
    # a second ballot for the two seats left, among those who were not elected
    (question,) = outcome.questions
    assert (question.kind, question.options, question.choose) == ("second_ballot", ("b", "c"), 2)
    vacant = count(evolve(contest, shortfall="vacancy"))
    assert isinstance(vacant, Decided)
    assert vacant.vacant == {"member": 2}


def test_without_threshold_votes_decide_but_not_none() -> None:
    outcome = count(Contest([post("member", 2, 3, 0)]))
    assert isinstance(outcome, Decided)
    assert elected(outcome) == {("member", "a")}
    assert outcome.vacant == {"member": 1}


def test_a_threshold_is_only_spoken_of_where_one_is_asked() -> None:
    told = [sentence(step, tag) for tag in ("en", "zh") for step in count(Contest([post("member", 1, 1000, 0)])).steps]
    assert {"member, a: 1,000 votes", "member, b: 0 votes, and nobody is elected without a vote"} <= set(told)
    assert {"member候选人a得1000票", "member候选人b得0票，没有得票的不得当选"} <= set(told)
    assert not [words for words in told if re.search("needed|enough|须|达到", words)]
    asked = count(Contest([post("member", 1, 1000, 0)], BallotAccount(returned=1000), HALF))
    assert "member, a: 1,000 votes, 501 needed: enough" in [sentence(step, "en") for step in asked.steps]


def test_whoever_has_enough_votes_and_no_seat_is_told_how_many_more_were_needed() -> None:
    # 61 of 120 are needed: a and b have the seats; c, with 62, comes before b's 65 with 4 more; d has too few anyway
    contest = Contest([post("member", 2, 80, 65, 62, 33)], BallotAccount(returned=120), HALF)
    told = [step.data for step in count(contest).steps if step.kind == "no_seat_left"]
    assert told == [{"post": "member", "candidate": "c", "votes": 62, "last": 65, "more": 4}]
    tied = evolve(contest, posts=[post("member", 2, 80, 62, 62, 36)])
    assert not [step for step in count(tied).steps if step.kind == "no_seat_left"]


def test_no_seat_elects_nobody() -> None:
    assert count(Contest([post("member", 0, 3, 3)])).steps == (
        *count(Contest([])).steps,
        Step("no_seats", {"post": "member"}),
    )


# ---------------------------------------------------------------- ties


def test_tie_at_the_cut_is_a_question() -> None:
    contest = Contest([post("member", 2, 80, 60, 60)], BallotAccount(returned=100), HALF, tie_policy=("lot",))
    outcome = count(contest)
    assert isinstance(outcome, DecisionRequired)
    assert elected(outcome) == {("member", "a")}
    (question,) = outcome.questions
    assert (question.options, question.choose, question.numbers) == (("b", "c"), 1, {"b": 60, "c": 60})
    assert (question.post, question.policy, question.kind) == ("member", "lot", "tie")
    decided = count(contest, [Decision(question.id, ("c",), by="election committee")])
    assert isinstance(decided, Decided)
    assert [(seat.receiver, seat.votes) for seat in decided.seats] == [("a", 80), ("c", 60)]


def test_tie_within_or_below_the_cut_is_no_question() -> None:
    third = Threshold("returned", Fraction(1, 3))
    outcome = count(Contest([post("member", 2, 60, 60, 40, 40)], BallotAccount(returned=100), third))
    assert elected(outcome) == {("member", "a"), ("member", "b")}
    assert isinstance(outcome, Decided)


def test_tie_below_the_threshold_is_no_question() -> None:
    outcome = count(Contest([post("member", 1, 50, 50)], BallotAccount(returned=100), HALF))
    assert isinstance(outcome, Decided)
    assert outcome.vacant == {"member": 1}


def test_questions_of_several_posts_are_answered_one_by_one() -> None:
    contest = Contest([post("chair", 1, 40, 40), post("member", 1, 30, 30, 30, names="pqr")])
    outcome = count(contest)
    assert isinstance(outcome, DecisionRequired)
    first, second = outcome.questions
    assert first.id != second.id
    partly = count(contest, [Decision(second.id, ("q",))])
    assert isinstance(partly, DecisionRequired)
    assert partly.questions == (first,)
    assert elected(partly) == {("member", "q")}
    wholly = count(contest, [Decision(second.id, ("q",)), Decision(first.id, ("a",))])
    assert [seat.post for seat in wholly.seats] == ["chair", "member"]  # type: ignore[union-attr]


# ---------------------------------------------------------------- validity


def test_a_failed_requirement_makes_the_vote_void() -> None:
    outcome = count(evolve(S1A, validity=(Requirement("quorum", False), Requirement("other", None))))
    assert isinstance(outcome, Void)
    assert outcome.reasons == ("quorum",)
    assert standing(evolve(S1A, validity=(Requirement("quorum", False),))) == {}


def test_an_open_requirement_cannot_be_said() -> None:
    outcome = count(evolve(S1A, validity=(Requirement("quorum", None, missing=("registered voters",)),)))
    assert isinstance(outcome, CannotSay)
    assert (outcome.missing, outcome.seats) == (("registered voters",), ())


# ---------------------------------------------------------------- what is not known


def test_a_rival_who_could_tie_leaves_it_open() -> None:
    # 100 ballots, 50 votes known: another candidate can have 50 as well. With 51 known, at most 49.
    open_list = Contest([post("chair", 1, 50, complete=False)], BallotAccount(returned=100))
    assert isinstance(count(open_list), CannotSay)
    assert isinstance(count(evolve(open_list, posts=(post("chair", 1, 51, complete=False),))), Decided)


def test_votes_of_a_listed_candidate_not_known() -> None:
    contest = Contest([post("chair", 1, 50, None)], BallotAccount(returned=100), HALF)
    outcome = count(contest)
    assert isinstance(outcome, Decided)  # b can have 50 at most, and 51 are needed
    assert outcome.vacant == {"chair": 1}
    other = count(evolve(contest, posts=(post("chair", 1, 49, None),)))
    assert isinstance(other, CannotSay)
    assert other.missing == ("votes/chair/b",)


def test_without_ballots_returned_nothing_bounds_the_others() -> None:
    outcome = count(Contest([post("chair", 1, 50, complete=False)]))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("candidates/chair", "ballots/returned")


def test_a_base_not_known_that_cannot_matter() -> None:
    # valid ballots: at most 100 − 4 invalid = 96, so 49 votes are surely enough; at least the 80 votes of a, so 41 are
    # needed
    threshold = Threshold("valid", Fraction(1, 2))
    account = BallotAccount(returned=100, invalid=4)
    sure = Contest([post("chair", 1, 80, 16)], account, threshold)
    assert elected(count(sure)) == {("chair", "a")}
    unsure = count(Contest([post("member", 2, 80, 45)], account, threshold))
    assert isinstance(unsure, CannotSay)
    assert unsure.missing == ("ballots/valid",)
    assert elected(unsure) == {("member", "a")}
    short = count(Contest([post("member", 2, 80, 40)], account, threshold))
    assert isinstance(short, Decided)
    assert short.vacant == {"member": 1}


def test_seats_not_known() -> None:
    outcome = count(Contest([Post("chair", None, [Candidate("a", 3)])]))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("seats/chair",)


def test_standing_tells_the_bases_apart() -> None:
    # a: 55 of 130 registered, 120 issued, 110 returned (55 is not more than half), 104 valid and invalid
    account = BallotAccount(registered=130, issued=120, returned=110, valid=100, invalid=4)
    contest = Contest([post("chair", 1, 55, 40)], account, evolve(HALF, base="valid"))
    assert standing(contest) == {
        "registered": False, "issued": False, "returned": False,
        "accounted": True, "valid_and_invalid": True, "valid_and_blank": True, "valid": True,
    }  # fmt: skip


def test_standing_cannot_say_on_a_base_that_is_not_stated() -> None:
    contest = Contest([post("chair", 1, 55, 40)], BallotAccount(returned=100), HALF)
    assert standing(contest)["registered"] is None


# ---------------------------------------------------------------- contradictions


@pytest.mark.parametrize(
    ("contest", "kind", "missing"),
    [
        (Contest([post("chair", 1, -1)]), "negative_votes", "votes/chair/a"),
        (Contest([post("chair", -1, 1)]), "negative_seats", "seats/chair"),
        (Contest([], BallotAccount(returned=-1)), "negative_ballots", "ballots/returned"),
        (Contest([], BallotAccount(returned=9, valid=8, blank=2)), "parts_exceed_returned", "ballots/returned"),
        (Contest([post("chair", 1, 11)], BallotAccount(returned=10)), "votes_exceed_ballots", "votes/chair/a"),
        (Contest([post("chair", 1, 6, 5)], BallotAccount(returned=10)), "votes_exceed_marks", "marks/chair"),
        (Contest([post("chair", 1), post("chair", 1)]), "post_twice", "posts/chair"),
        (Contest([Post("c", 1, [Candidate("a"), Candidate("a")])]), "candidate_twice", "votes/c/a"),
        (Contest([Post("c", 1, [], marks=-1)]), "negative_marks", "marks/c"),
    ],
)
def test_figures_that_cannot_be_right_stop_the_count(contest: Contest, kind: str, missing: str) -> None:
    outcome = count(contest)
    assert isinstance(outcome, CannotSay)
    assert missing in outcome.missing
    assert steps(outcome, kind)
    assert outcome.seats == ()


def test_a_post_for_which_nobody_stands_is_not_decided_and_holds_up_no_other() -> None:
    """By hand: half of 10 is passed by 6 votes; for the members nobody could be voted for, so nothing is counted."""
    chair, member = post("chair", 1, 6, 2), post("member", 3)
    outcome = count(Contest([chair, member], BallotAccount(returned=10), HALF, shortfall="vacancy"))
    assert isinstance(outcome, CannotSay) and outcome.missing == ("candidates/member",)
    assert elected(outcome) == {("chair", "a")}
    assert [(one.code, one.data["post"]) for one in complaints(outcome)] == [("CR0714", "member")]
    none_sought = count(Contest([chair, post("member", 0)], BallotAccount(returned=10), HALF))
    assert isinstance(none_sought, Decided) and not complaints(none_sought)


def test_where_votes_count_down_those_who_stood_above_are_there() -> None:
    """7 of 10 for the chair; the loser's 6 votes count for the member's seat, for which nobody else stands."""
    contest = Contest([post("chair", 1, 7, 6), post("member", 1)], BallotAccount(returned=13), down_count=True)
    assert elected(count(contest)) == {("chair", "a"), ("member", "b")}
    assert isinstance(count(evolve(contest, down_count=False)), CannotSay)


@pytest.mark.parametrize(("write_ins", "decided"), [("counted", True), ("not_counted", False)])
def test_in_a_vote_without_candidates_the_papers_name_those_who_have_votes(write_ins: str, decided: bool) -> None:
    """Three papers write Lin in for the chair, and nobody for the member: that seat stays open, which the papers show."""
    papers = Ballots([Choice("Lin", "chair")], {(0,): 3})
    empty = [post("chair", 1), post("member", 1)]
    outcome = count(Contest(empty, ballots=papers, papers=PaperRules(write_ins=write_ins)))
    assert isinstance(outcome, Decided) is decided
    assert elected(outcome) == ({("chair", "Lin")} if decided else set())
    assert isinstance(count(Contest(empty, papers=PaperRules(write_ins=write_ins))), CannotSay)


@pytest.mark.parametrize("account", [BallotAccount(returned=10, valid=8, blank=2), BallotAccount(returned=10)])
def test_figures_that_just_fit_are_counted(account: BallotAccount) -> None:
    assert isinstance(count(Contest([post("chair", 1, 6, 2)], account)), Decided)


def test_a_fraction_of_a_vote_is_misuse() -> None:
    with pytest.raises(TypeError):
        Candidate("a", 1.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="retruned"):
        Threshold("retruned", Fraction(1, 2))


# ---------------------------------------------------------------- against every completion


def _naive(votes: Mapping[str, int], seats: int, needed: int) -> tuple[frozenset[str], frozenset[str], int]:
    """Winners, tied and vacancies of a post whose votes are all known, by the plainest procedure."""
    passing = [name for name, number in votes.items() if number >= needed]
    sure = frozenset(n for n in passing if sum(votes[m] >= votes[n] for m in passing) <= seats)
    possible = frozenset(n for n in passing if sum(votes[m] > votes[n] for m in passing) < seats)
    tied = possible - sure if len(passing) > seats else frozenset()
    return sure, tied, max(0, seats - len(passing))


def _completions(contest: Contest, extra: int) -> Iterator[Mapping[str, int]]:
    """All votes that the ballots allow, with `extra` candidates more where the list is open."""
    (one,) = contest.posts
    ballots, seats = contest.account.returned or 0, one.seats or 0
    known = {c.id: c.votes for c in one.candidates if c.votes is not None}
    unknown = [c.id for c in one.candidates if c.votes is None]
    unknown += [f"extra {n}" for n in range(0 if one.complete else extra)]
    left = seats * ballots - sum(known.values())
    for votes in product(range(ballots + 1), repeat=len(unknown)):
        if sum(votes) <= left:
            yield {**known, **dict(zip(unknown, votes, strict=True))}


@st.composite
def small_contests(draw: st.DrawFn) -> Contest:
    ballots, seats = draw(st.integers(0, 5)), draw(st.integers(1, 2))
    votes: list[int | None] = []
    for _ in range(draw(st.integers(0, 4))):
        left = seats * ballots - sum(number or 0 for number in votes)
        few = votes.count(None) < 2
        votes.append(draw(st.integers(0, min(ballots, left)) | (st.none() if few else st.nothing())))
    share, strict = draw(st.sampled_from([Fraction(1, 3), Fraction(1, 2)])), draw(st.booleans())
    threshold = draw(st.none() | st.just(Threshold("returned", share, strict)))
    return Contest([post("p", seats, *votes, complete=draw(st.booleans()))], BallotAccount(returned=ballots), threshold)


@settings(deadline=None)  # every completion is tried
@given(small_contests())
def test_proven_is_what_every_completion_has_in_common(contest: Contest) -> None:
    (one,) = contest.posts
    needed = contest.threshold.needed(contest.account.returned or 0) if contest.threshold else 1
    seats = one.seats or 0
    results = {_naive(votes, seats, needed) for votes in _completions(contest, extra=seats)}
    outcome = count(contest)
    if one.complete and not one.candidates:  # no vote could be cast, whatever the figures say
        assert isinstance(outcome, CannotSay) and outcome.missing == ("candidates/p",)
        return
    common = frozenset.intersection(*(sure for sure, _, _ in results))
    listed = {candidate.id for candidate in one.candidates}
    assert {name for _, name in elected(outcome)} == common & listed
    if len(results) > 1:
        assert isinstance(outcome, CannotSay)
        return
    ((_, tied, vacant),) = results
    if tied:
        assert isinstance(outcome, DecisionRequired)
        assert set(outcome.questions[0].options) == tied
    else:
        assert isinstance(outcome, Decided)
        assert sum(outcome.vacant.values()) == vacant


@given(small_contests(), st.randoms(use_true_random=False))
def test_input_order_changes_nothing(contest: Contest, random: Random) -> None:
    (one,) = contest.posts
    shuffled: list[Candidate] = list(one.candidates)
    random.shuffle(shuffled)
    assert count(evolve(contest, posts=(evolve(one, candidates=tuple(shuffled)),))) == count(contest)


@settings(deadline=None)  # every completion is tried
@given(small_contests())
def test_supplying_a_missing_number_never_unseats_anyone(contest: Contest) -> None:
    (one,) = contest.posts
    before = elected(count(contest))
    for votes in _completions(contest, extra=1):
        candidates: Sequence[Candidate] = [Candidate(name, number) for name, number in votes.items()]
        after = count(evolve(contest, posts=(Post(one.id, one.seats, candidates),)))
        assert before <= elected(after)
