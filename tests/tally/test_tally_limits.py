"""Limits on winners, one person for one post, votes counted down, and the ballot that follows.

The small elections are worked by hand in the comments. The articles: Organic Law of the Villagers' Committees 15 (a winner
has more than half of the votes of those who took part; missing seats by another ballot in which most votes win, at least a
third), Zhejiang 2020 articles 29 to 31 (women's seat, at least three members, relatives elected together).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome, Void
from civicrules.tally import (
    BallotAccount,
    Candidate,
    Contest,
    FollowUp,
    Limit,
    Post,
    Requirement,
    Threshold,
    count,
    reachable,
)

HALF = Threshold("returned", Fraction(1, 2))
THIRD = Threshold("returned", Fraction(1, 3), strict=False)
HUNDRED = BallotAccount(returned=100)


def people(**votes: int | None) -> list[Candidate]:
    return [Candidate(name, number) for name, number in votes.items()]


def women(*names: str, least: int = 1, **more: bool) -> Limit:
    return Limit("women", frozenset(names), least, **more)


def elected(outcome: Outcome) -> set[str]:
    assert not isinstance(outcome, Void)
    return {seat.receiver for seat in outcome.seats}


def kinds(outcome: Outcome) -> list[str]:
    return [step.kind for step in outcome.steps]


# ---------------------------------------------------------------- reserved seats


def test_the_strongest_of_the_reserved_group_replaces_the_weakest_winner_outside_it() -> None:
    # two seats: Wu 50 and Xu 40 lead, Lin (a woman) has 30; one seat is hers, so Xu is passed over
    outcome = count(Contest([Post("member", 2, people(Wu=50, Xu=40, Lin=30, Mei=20))], limits=[women("Lin", "Mei")]))
    assert isinstance(outcome, Decided)
    assert elected(outcome) == {"Wu", "Lin"}
    (passed,) = (step for step in outcome.steps if step.kind == "passed_over_for")
    assert passed.data["candidate"] == "Xu"


def test_a_reserve_that_is_met_anyway_changes_nothing() -> None:
    outcome = count(Contest([Post("member", 2, people(Wu=50, Lin=40, Xu=30))], limits=[women("Lin")]))
    assert elected(outcome) == {"Wu", "Lin"}
    assert "passed_over_for" not in kinds(outcome)


def test_a_reserve_counts_who_was_elected_to_a_higher_post() -> None:
    contest = Contest(
        [Post("chair", 1, people(Lin=60)), Post("member", 1, people(Wu=50, Mei=40))], limits=[women("Lin", "Mei")]
    )
    assert elected(count(contest)) == {"Lin", "Wu"}


def test_a_reserve_binds_at_the_last_post_that_can_keep_it() -> None:
    # Wu is chair although no woman is; the member's seat is left for one
    contest = Contest(
        [Post("chair", 1, people(Wu=60, Lin=40)), Post("member", 1, people(Xu=50, Mei=40))],
        limits=[women("Lin", "Mei")],
    )
    assert elected(count(contest)) == {"Wu", "Mei"}


def test_while_the_seats_of_a_later_post_are_not_known_a_reserve_names_nobody() -> None:
    # with two members' seats Wu is chair, as above; with none the chair is Lin's
    members = Post("member", None, people(Xu=50, Mei=40))
    contest = Contest([Post("chair", 1, people(Wu=60, Lin=40)), members], limits=[women("Lin", "Mei")])
    outcome = count(contest)
    assert isinstance(outcome, CannotSay) and outcome.missing == ("seats/member",)
    assert elected(outcome) == set() and "passed_over_for" not in kinds(outcome)
    assert elected(count(evolve(contest, posts=(contest.posts[0], evolve(members, seats=0))))) == {"Lin"}
    assert elected(count(evolve(contest, limits=()))) == {"Wu"}


def test_a_reserve_that_nobody_passes_for_stays_open() -> None:
    # more than 50 of 100 are needed; Lin has 45: her seat is not given to Xu, who has 55
    post = Post("member", 2, people(Wu=60, Xu=55, Lin=45))
    outcome = count(Contest([post], HUNDRED, HALF, limits=[women("Lin")]))
    assert isinstance(outcome, Decided)
    assert (elected(outcome), outcome.vacant) == ({"Wu"}, {"member": 1})
    assert "reserve_unfilled" in kinds(outcome)
    opened = count(Contest([post], HUNDRED, HALF, limits=[women("Lin", open_to_all=True)]))
    assert elected(opened) == {"Wu", "Xu"}


def test_overlapping_groups_are_met_by_one_person_who_is_in_both() -> None:
    # two seats; at least one woman and one of the northern estate; Lin is both, so Wu keeps his seat
    limits = [women("Lin", "Mei"), Limit("north", frozenset({"Lin", "Xu"}), 1)]
    outcome = count(Contest([Post("member", 2, people(Wu=50, Xu=40, Mei=35, Lin=30))], limits=limits))
    assert elected(outcome) == {"Wu", "Lin"}


def test_limits_that_exclude_each_other_are_named() -> None:
    # one seat cannot go to a woman and to the north when nobody is both
    limits = [women("Mei"), Limit("north", frozenset({"Xu"}), 1)]
    outcome = count(Contest([Post("chair", 1, people(Wu=50, Xu=40, Mei=35))], limits=limits))
    assert isinstance(outcome, CannotSay)
    assert set(outcome.missing) == {"limits/women", "limits/north"}
    assert "limits_conflict" in kinds(outcome)


def test_a_greatest_number_passes_over_the_next() -> None:
    limit = Limit("officials", frozenset({"Wu", "Xu"}), maximum=1)
    outcome = count(Contest([Post("member", 2, people(Wu=50, Xu=40, Lin=30))], limits=[limit]))
    assert elected(outcome) == {"Wu", "Lin"}


def test_unknown_membership_matters_only_where_it_can_change_the_result() -> None:
    unsure = Limit("women", frozenset({"Mei"}), 1, unsure=frozenset({"Lin"}))
    post = Post("member", 2, people(Wu=50, Lin=40, Mei=30))
    outcome = count(Contest([post], limits=[unsure]))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("limits/women/Lin",)
    leading = evolve(unsure, members=frozenset({"Wu", "Mei"}))
    assert elected(count(Contest([post], limits=[leading]))) == {"Wu", "Lin"}


# ---------------------------------------------------------------- relatives


def kin(*names: str) -> Limit:
    return Limit("kin " + " ".join(names), frozenset(names), maximum=1)


def test_of_relatives_the_higher_post_stays() -> None:
    # Zhejiang 31: Wu is chair, so his brother Xu is not a member, and the next who has a third is
    posts = [Post("chair", 1, people(Wu=51)), Post("member", 1, people(Xu=50, Lin=40))]
    assert elected(count(Contest(posts, HUNDRED, THIRD, limits=[kin("Wu", "Xu")]))) == {"Wu", "Lin"}


def test_of_relatives_at_one_post_more_votes_stay() -> None:
    contest = Contest([Post("member", 2, people(Wu=51, Xu=80, Lin=60))], HUNDRED, HALF, limits=[kin("Wu", "Xu")])
    assert elected(count(contest)) == {"Xu", "Lin"}


def test_of_relatives_with_equal_votes_a_human_decides() -> None:
    contest = Contest([Post("member", 2, people(Wu=60, Xu=60, Lin=55))], HUNDRED, HALF, limits=[kin("Wu", "Xu")])
    outcome = count(contest)
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.options, question.choose) == (("Wu", "Xu"), 1)
    assert elected(count(contest, [Decision(question.id, ("Xu",))])) == {"Xu", "Lin"}


# ---------------------------------------------------------------- one person, one post; counting down


def test_whoever_is_elected_above_leaves_the_lower_post_to_the_next() -> None:
    contest = Contest([Post("chair", 1, people(Wu=60)), Post("member", 1, people(Wu=50, Lin=40))], HUNDRED, THIRD)
    outcome = count(contest)
    assert [(seat.post, seat.receiver) for seat in outcome.seats] == [("chair", "Wu"), ("member", "Lin")]  # type: ignore[union-attr]


def test_a_post_waits_for_the_one_above_that_is_not_settled() -> None:
    chair = Post("chair", 1, people(Wu=50, Xu=50))
    contest = Contest([chair, Post("member", 1, people(Wu=70, Lin=55))])
    outcome = count(contest)
    assert isinstance(outcome, DecisionRequired)
    assert [question.post for question in outcome.questions] == ["chair"]
    assert "waits" in kinds(outcome)
    answered = [count(contest, [Decision(outcome.questions[0].id, (name,))]) for name in ("Wu", "Xu")]
    assert [elected(one) for one in answered] == [{"Wu", "Lin"}, {"Xu", "Wu"}]


def test_votes_for_a_higher_post_are_counted_down() -> None:
    # Wu and Xu stand for chair, Wu wins with 55. For member: Xu 30 + 45 = 75, Lin 60, so Xu is elected; without
    # counting down Lin would be
    posts = [Post("chair", 1, people(Wu=55, Xu=45)), Post("member", 1, people(Xu=30, Lin=60))]
    assert elected(count(Contest(posts, HUNDRED, HALF))) == {"Wu", "Lin"}
    outcome = count(Contest(posts, HUNDRED, HALF, down_count=True))
    assert elected(outcome) == {"Wu", "Xu"}
    (moved,) = (step for step in outcome.steps if step.kind == "moved_down")
    assert (moved.data["own"], moved.data["moved"], moved.data["votes"]) == (30, 45, 75)


def test_who_stood_only_above_is_counted_down_too() -> None:
    posts = [Post("chair", 1, people(Wu=60, Xu=40)), Post("member", 2, people(Lin=60))]
    assert elected(count(Contest(posts, down_count=True))) == {"Wu", "Lin", "Xu"}


# ---------------------------------------------------------------- conditions on candidates


def test_a_condition_beside_the_votes_must_hold_too() -> None:
    # owners' assembly: by heads and by area; a candidate whose area is too small is not elected
    short = Candidate("Wu", 50, meets=False)
    outcome = count(Contest([Post("chair", 1, [short, Candidate("Xu", 40)])], HUNDRED, THIRD))
    assert elected(outcome) == {"Xu"}


@pytest.mark.parametrize(("votes", "settled"), [(50, False), (40, False), (39, True)])
def test_an_open_condition_matters_only_for_who_could_be_elected(votes: int, settled: bool) -> None:
    # Wu's condition is open: with 50 votes he would be before Xu (40), with 40 level, with 39 behind her
    open_one = Candidate("Wu", votes, meets=None, missing=("area of Wu",))
    outcome = count(Contest([Post("chair", 1, [open_one, Candidate("Xu", 40)])], HUNDRED, THIRD))
    assert isinstance(outcome, Decided) is settled
    if isinstance(outcome, CannotSay):
        assert outcome.missing == ("area of Wu",)


# ---------------------------------------------------------------- the ballot that follows


def again(*posts: Post, **more: object) -> FollowUp:
    return FollowUp(Contest(posts, BallotAccount(returned=90), THIRD, id="second ballot", **more))  # type: ignore[arg-type]


def test_a_second_ballot_is_asked_for_among_the_strongest_losers() -> None:
    # two of three seats are filled; one seat left, so two stand: Xu 50 and Lin 45; Mei 44 does not
    contest = Contest(
        [Post("member", 3, people(Wu=60, He=55, Xu=50, Lin=45, Mei=44))], HUNDRED, HALF, follow_up=again()
    )
    outcome = count(contest)
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.kind, question.options, question.choose) == ("second_ballot", ("Lin", "Xu"), 1)
    assert dict(question.numbers) == {"Lin": 45, "Xu": 50}
    assert elected(outcome) == {"Wu", "He"}
    assert elected(count(contest, [Decision(question.id, ("Lin",))])) == {"Wu", "He", "Lin"}


def test_a_second_ballot_may_have_elected_fewer_or_nobody() -> None:
    # one of three seats is filled; two are left, for which Xu, Lin and Mei stand
    contest = Contest([Post("member", 3, people(Wu=60, Xu=50, Lin=45, Mei=44))], HUNDRED, HALF, follow_up=again())
    outcome = count(contest)
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.least, question.choose, len(question.options)) == (0, 2, 3)
    for chosen, left in ((("Lin", "Xu"), 0), (("Xu",), 1), ((), 2)):
        decided = count(contest, [Decision(question.id, chosen)])
        assert isinstance(decided, Decided)
        assert elected(decided) == {"Wu", *chosen} and decided.vacant.get("member", 0) == left
    # three, two or one of them twice: refused; 3 + 3 + 1 answers are possible
    for chosen in (("Lin", "Mei", "Xu"), ("Lin", "Lin")):
        assert isinstance(count(contest, [Decision(question.id, chosen)]), DecisionRequired)
    assert len(reachable(lambda answers: count(contest, answers)).results) == 7


def test_nobody_is_asked_about_a_ballot_in_which_nobody_can_stand() -> None:
    # one of two seats is kept for a woman and none is a candidate: Wu has the other, and He may not stand for it
    kept = Limit("women", frozenset(), minimum=1, posts=("member",))
    contest = Contest([Post("member", 2, people(Wu=60, He=55))], HUNDRED, HALF, limits=[kept], follow_up=again())
    outcome = count(contest)
    assert isinstance(outcome, Decided)
    assert elected(outcome) == {"Wu"} and outcome.vacant == {"member": 1}
    assert "nobody_to_stand" in [step.kind for step in outcome.steps]


def test_votes_of_who_stands_again_are_missed() -> None:
    # Xu and Lin stand for the one seat left; of Lin's votes nothing is said, and 90 papers were returned
    members = [Post("member", 3, people(Wu=60, He=55, Xu=50, Lin=45, Mei=44))]
    for votes, settled in ((40, False), (45, False), (46, True)):
        outcome = count(Contest(members, HUNDRED, HALF, follow_up=again(Post("member", None, people(Xu=votes)))))
        assert isinstance(outcome, Decided) is settled
        if isinstance(outcome, CannotSay):
            assert outcome.missing == ("votes/member/Lin",)


def test_who_stands_again_is_not_known_while_votes_are() -> None:
    """Nobody has 90 of 100; the votes left, 2 × 100 − 190 = 10, elect nobody either, but Xu stands again or does not."""
    posts = [Post("chair", 2, [*people(Wu=60, Lin=30, Mei=20, Yu=80), Candidate("Xu")])]
    short = Contest(posts, HUNDRED, Threshold("returned", Fraction(9, 10)), follow_up=again())
    outcome = count(short)
    assert isinstance(outcome, CannotSay) and outcome.missing == ("votes/chair/Xu",)
    # where seats simply stay open, nothing hangs on it
    assert isinstance(count(Contest(posts, HUNDRED, Threshold("returned", Fraction(9, 10)))), Decided)


def test_nobody_cannot_win_a_lot() -> None:
    tied = Contest([Post("chair", 1, people(Wu=30, Xu=30))])
    (question,) = count(tied).questions  # type: ignore[union-attr]
    assert isinstance(count(tied, [Decision(question.id, ())]), DecisionRequired)


def test_losers_level_with_the_last_stand_too() -> None:
    contest = Contest([Post("chair", 1, people(Wu=30, Xu=30, Lin=30, Mei=10))], HUNDRED, HALF, follow_up=again())
    outcome = count(contest)
    assert isinstance(outcome, DecisionRequired)
    assert outcome.questions[0].options == ("Lin", "Wu", "Xu")


@pytest.mark.parametrize(("votes", "winner"), [(30, {"Xu"}), (29, set())])
def test_the_second_ballot_needs_a_third_of_its_own_ballots(votes: int, winner: set[str]) -> None:
    # 90 ballots were returned in it: 30 is a third, 29 is not
    follow_up = again(Post("chair", None, people(Xu=votes, Lin=20)))
    contest = Contest([Post("chair", 1, people(Wu=10, Xu=50, Lin=40))], HUNDRED, HALF, follow_up=follow_up)
    outcome = count(contest)
    assert isinstance(outcome, Decided)
    assert elected(outcome) == winner
    assert sum(outcome.vacant.values()) == 1 - len(winner)


def test_who_does_not_stand_cannot_have_votes_in_the_second_ballot() -> None:
    follow_up = again(Post("chair", None, people(Wu=40, Lin=20)))
    outcome = count(Contest([Post("chair", 1, people(Wu=10, Xu=50, Lin=40))], HUNDRED, HALF, follow_up=follow_up))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("votes/chair/Wu",)


def test_only_members_of_the_group_stand_for_the_seats_kept_for_it() -> None:
    # Zhejiang 29: no woman has more than half, so her seat stays open and only women stand for it
    contest = Contest(
        [Post("member", 2, people(Wu=60, Xu=55, Lin=45, Mei=30, An=5))],
        HUNDRED, HALF, limits=[women("Lin", "Mei", "An")], follow_up=again(),
    )  # fmt: skip
    outcome = count(contest)
    assert isinstance(outcome, DecisionRequired)
    assert outcome.questions[0].options == ("Lin", "Mei")


def test_a_void_second_ballot_is_held_again() -> None:
    follow_up = again(Post("chair", None, people(Xu=50, Lin=20)), validity=(Requirement("quorum", False),))
    outcome = count(Contest([Post("chair", 1, people(Xu=50, Lin=40))], HUNDRED, HALF, follow_up=follow_up))
    assert isinstance(outcome, DecisionRequired)
    assert "further_ballot_void" in kinds(outcome)


@pytest.mark.parametrize(("least", "settled"), [(2, True), (3, False)])
def test_a_seat_may_stay_vacant_once_enough_are_in_office(least: int, settled: bool) -> None:
    # Zhejiang 30: two are elected, one seat is open
    contest = Contest([Post("member", 3, people(Wu=60, Xu=55, Lin=45))], HUNDRED, HALF, least_elected=least)
    assert isinstance(count(contest), Decided) is settled


def test_a_chain_of_ballots_ends() -> None:
    last = FollowUp(
        Contest([Post("chair", None, people(Xu=20, Lin=25))], BallotAccount(returned=50), id="third ballot")
    )
    follow_up = again(Post("chair", None, people(Xu=20, Lin=25)), follow_up=last)
    outcome = count(Contest([Post("chair", 1, people(Xu=50, Lin=40))], HUNDRED, HALF, follow_up=follow_up))
    assert elected(outcome) == {"Lin"}


# ---------------------------------------------------------------- against brute force


@st.composite
def limited(draw: st.DrawFn) -> Contest:
    names = "abcdef"[: draw(st.integers(1, 6))]
    numbers = draw(st.permutations(range(10, 10 + len(names))))  # no ties: the best set is then one
    groups = st.frozensets(st.sampled_from(names), max_size=4)
    limits = [
        Limit(
            f"limit {at}", draw(groups), draw(st.integers(0, 2)), draw(st.none() | st.integers(1, 3)), open_to_all=True
        )
        for at in range(draw(st.integers(0, 3)))
    ]
    seats = draw(st.integers(1, 4))
    return Contest([Post("p", seats, people(**dict(zip(names, numbers, strict=True))))], limits=limits)


def _best(contest: Contest) -> Iterator[Sequence[str]]:
    """All sets that keep the limits, the one first that comes first in the order of votes."""
    (post,) = contest.posts
    order = sorted(post.candidates, key=lambda one: -(one.votes or 0))
    found = [
        {one.id for one in chosen}
        for size in range(min(post.seats or 0, len(order)) + 1)
        for chosen in combinations(order, size)
    ]
    everyone = {one.id for one in order}
    kept = [
        chosen
        for chosen in found
        if all(
            len(chosen & limit.members) >= min(limit.minimum, len(limit.members & everyone))
            and (limit.maximum is None or len(chosen & limit.members) <= limit.maximum)
            for limit in contest.limits
        )
    ]
    return iter(sorted(kept, key=lambda chosen: tuple(one.id not in chosen for one in order)))  # type: ignore[arg-type]


@settings(max_examples=300)
@given(limited())
def test_the_elected_are_the_first_in_the_order_of_votes_that_keep_the_limits(contest: Contest) -> None:
    best = next(_best(contest), None)
    outcome = count(contest)
    if best is None:
        assert isinstance(outcome, CannotSay)
    else:
        assert elected(outcome) == best


@given(limited(), st.randoms(use_true_random=False))
def test_the_order_of_input_changes_nothing(contest: Contest, random: Random) -> None:
    (post,) = contest.posts
    candidates, limits = list(post.candidates), list(contest.limits)
    random.shuffle(candidates)
    random.shuffle(limits)
    assert count(evolve(contest, posts=(evolve(post, candidates=candidates),), limits=limits)) == count(contest)
