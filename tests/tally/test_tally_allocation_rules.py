"""Quotas, thresholds, exhausted lists, majorities, bonus, regimes, and the registered methods that divide seats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import civicrules.tally
from civicrules.exact import Exact, Rounding
from civicrules.outcome import Step
from civicrules.plugin import Purpose
from civicrules.program import identifier
from civicrules.tally import (
    ADAMS,
    DEAN,
    DHONDT,
    HUNTINGTON_HILL,
    MACAU,
    SAINTE_LAGUE,
    Allocation,
    Bonus,
    CannotSay,
    Decided,
    Decision,
    DecisionRequired,
    Hurdle,
    LargestRemainder,
    Listed,
    Of,
    Outcome,
    Quota,
    Receiver,
    Regime,
    Void,
    allocate,
    complaints,
)
from civicrules.tally.contest import Setting
from civicrules.tally.seats.allocation import Rule
from civicrules.tally.seats.methods import ALLOCATION_METHODS

HARE = LargestRemainder()
EXACT = LargestRemainder(Quota.HAGENBACH_BISCHOFF)
IMPERIALI_QUOTA = LargestRemainder(Quota.IMPERIALI)


def shares(*weights: int) -> dict[str, int]:
    return dict(zip("ABCDEFGH", weights, strict=False))


def request(weights: Mapping[str, Exact], seats: int, by: Rule = HARE) -> Allocation:
    return Allocation([Receiver(id, weight) for id, weight in weights.items()], seats, by)


def table(outcome: Outcome) -> dict[str, int]:
    assert isinstance(outcome, Decided), outcome
    return {seat.receiver: seat.seats for seat in outcome.seats}


def kinds(outcome: Outcome) -> set[str]:
    return {step.kind for step in outcome.steps}


def steps(outcome: Outcome, kind: str) -> list[Mapping[str, object]]:
    return [step.data for step in outcome.steps if step.kind == kind]


# ---------------------------------------------------------------- quotas


def test_quotas_of_one_example() -> None:
    # 100 for 7 seats: 14 2/7; ⌊12.5⌋ + 1; 12.5; 11 1/9. Rounded: 12, 13, 13 for Hagenbach-Bischoff.
    assert [quota.of(100, 7) for quota in Quota] == [Fraction(100, 7), 13, Fraction(25, 2), Fraction(100, 9)]
    seats = {}
    for rounding in (None, *Rounding):
        outcome = allocate(request(shares(41, 29, 17, 13), 7, LargestRemainder(Quota.HAGENBACH_BISCHOFF, rounding)))
        seats[rounding] = (steps(outcome, "quota_rounded") or [{"quota": Fraction(25, 2)}])[0]["quota"]
        # 12.5, 12 and 13 alike: whole 3, 2, 1, 1
        assert table(outcome) == shares(3, 2, 1, 1)
    assert list(seats.values()) == [Fraction(25, 2), 12, 13, 13]


def test_exact_hagenbach_bischoff_ties_where_droop_does_not_reach() -> None:
    # 75, 25 for 3 seats: the quota is 25, reached 3 + 1 times for three seats
    outcome = allocate(request(shares(75, 25), 3, EXACT))
    assert isinstance(outcome, DecisionRequired)
    assert (outcome.questions[0].options, outcome.questions[0].choose) == (("A", "B"), 1)
    # 76, 24: Droop and Hagenbach-Bischoff give all three to A
    assert table(allocate(request(shares(76, 24), 3, EXACT))) == shares(3, 0)


def test_imperiali_quota_that_gives_too_many_seats() -> None:
    # 100 for 2 seats: 100 / 4 = 25, reached four times
    outcome = allocate(request(shares(50, 50), 2, IMPERIALI_QUOTA))
    assert isinstance(outcome, Void)
    assert outcome.reasons == ("quota_too_small",)
    assert steps(outcome, "whole_above_seats") == [{"whole": 4, "seats": 2}]
    # Italy's law divides again by a divisor smaller by one: 100 / 3, reached once by each
    again = allocate(request(shares(50, 50), 2, evolve(IMPERIALI_QUOTA, retry=True)))
    assert table(again) == shares(1, 1)
    assert [data["quota"] for data in steps(again, "quota_imperiali")] == [25, Fraction(100, 3)]
    # 60, 28, 12 for 5 seats: 100 / 7: whole 4, 1, 0 and nothing left
    assert table(allocate(request(shares(60, 28, 12), 5, IMPERIALI_QUOTA))) == shares(4, 1, 0)


def test_a_quota_rounded_to_nothing() -> None:
    down = LargestRemainder(Quota.HARE, Rounding.DOWN)
    outcome = allocate(request(shares(2, 1), 5, down))
    assert isinstance(outcome, Void)
    assert outcome.reasons == ("quota_is_zero",)
    # 19 for 10 seats: 1.9 becomes 1, reached 19 times
    outcome = allocate(request(shares(10, 9), 10, down))
    assert isinstance(outcome, Void)
    assert outcome.reasons == ("quota_too_small",)


votes = st.lists(st.integers(0, 200), min_size=2, max_size=6).filter(any).map(lambda ws: shares(*ws))
QUOTAS = [LargestRemainder(quota, rounding) for quota in Quota for rounding in (None, Rounding.UP)]


@settings(deadline=None, max_examples=200)
@given(votes, st.integers(1, 30), st.sampled_from(QUOTAS), st.integers(0, 2), st.none() | st.integers(5, 9))
def test_changed_votes_move_the_last_seat_and_fewer_do_not(
    ws: dict[str, int], seats: int, by: LargestRemainder, least: int, most: int | None
) -> None:
    def request(ws: Mapping[str, int], seats: int, by: Rule) -> Allocation:
        return Allocation([Receiver(id, weight, least, most) for id, weight in ws.items()], seats, by)

    outcome = allocate(request(ws, seats, by))
    assume(isinstance(outcome, Decided))
    before = table(outcome)
    for data in steps(outcome, "changed_votes"):
        id, last, number = str(data["receiver"]), str(data["last"]), data["votes"]
        assert isinstance(number, int) and number > 0
        for change, gained in ((number, True), (number - 1, False)):
            after = allocate(request({**ws, id: ws[id] + change, last: ws[last] - change}, seats, by))
            if isinstance(after, Void):  # more whole quotas than seats
                continue
            sure = {seat.receiver: seat.seats for seat in after.seats}
            assert (sure[id] > before[id]) is gained


def test_a_division_that_comes_out_even_has_no_last_seat() -> None:
    # 60 / 6 = 10: three, two and one whole quotas, and nothing remains
    outcome = allocate(request({"A": 30, "B": 20, "C": 10}, 6, HARE))
    assert table(outcome) == {"A": 3, "B": 2, "C": 1}
    assert steps(outcome, "last_remainder") == []


def test_the_last_seat_is_told_where_a_least_number_is_kept() -> None:
    """By hand: 800 and 17 seats; 12 / 800 × 17 is under 1, so West has one. Quota 788 / 16 = 49.25; of the remainders
    26.75, 12.25 and 10.25 the first has the last seat. With 8 of North's votes South has 20.25 and North 18.75.
    """
    weights = {"North": 470, "South": 160, "East": 158, "West": 12}
    outcome = allocate(Allocation([Receiver(id, weight, 1) for id, weight in weights.items()], 17, HARE))
    assert table(outcome) == {"North": 10, "South": 3, "East": 3, "West": 1}
    ends = {"receivers": ("North",), "number": Fraction(107, 4), "next": ("South",), "refused": Fraction(49, 4)}
    assert steps(outcome, "last_remainder") == [ends]
    changes = {data["receiver"]: data["votes"] for data in steps(outcome, "changed_votes")}
    assert changes == {"South": 8, "East": 9}


@settings(deadline=None)
@given(votes, st.integers(0, 30), st.sampled_from([HARE, EXACT]), st.fractions("1/7", 9))
def test_exact_quotas_do_not_depend_on_the_unit(ws: dict[str, int], seats: int, by: Rule, factor: Fraction) -> None:
    one, two = (allocate(request({id: w * f for id, w in ws.items()}, seats, by)) for f in (1, factor))
    assert [seat.seats for seat in getattr(one, "seats", ())] == [seat.seats for seat in getattr(two, "seats", ())]


@settings(deadline=None)
@given(votes, st.integers(1, 30), st.sampled_from(QUOTAS))
def test_totals_of_all_quotas(ws: dict[str, int], seats: int, by: LargestRemainder) -> None:
    outcome = allocate(request(ws, seats, evolve(by, retry=True)))
    assume(not isinstance(outcome, Void))
    assert isinstance(outcome, Decided | DecisionRequired)
    undecided = outcome.questions[0].choose if isinstance(outcome, DecisionRequired) else 0
    assert sum(seat.seats for seat in outcome.seats) + undecided == seats


# ---------------------------------------------------------------- published paradoxes

# Tenth Census of the United States, 1880: populations of the 38 states, together 49,371,340 (Statistics of the Population,
# table I; Balinski and Young, Fair Representation, use the same total).
STATES_1880 = {
    "Alabama": 1262505,
    "Arkansas": 802525,
    "California": 864694,
    "Colorado": 194327,
    "Connecticut": 622700,
    "Delaware": 146608,
    "Florida": 269493,
    "Georgia": 1542180,
    "Illinois": 3077871,
    "Indiana": 1978301,
    "Iowa": 1624615,
    "Kansas": 996096,
    "Kentucky": 1648690,
    "Louisiana": 939946,
    "Maine": 648936,
    "Maryland": 934943,
    "Massachusetts": 1783085,
    "Michigan": 1636937,
    "Minnesota": 780773,
    "Mississippi": 1131597,
    "Missouri": 2168380,
    "Nebraska": 452402,
    "Nevada": 62266,
    "New Hampshire": 346991,
    "New Jersey": 1131116,
    "New York": 5082871,
    "North Carolina": 1399750,
    "Ohio": 3198062,
    "Oregon": 174768,
    "Pennsylvania": 4282891,
    "Rhode Island": 276531,
    "South Carolina": 995577,
    "Tennessee": 1542359,
    "Texas": 1591749,
    "Vermont": 332286,
    "Virginia": 1512565,
    "West Virginia": 618457,
    "Wisconsin": 1315497,
}


def test_alabama_1880() -> None:
    # C. W. Seaton to Congress: Alabama has 8 of 299 representatives and 7 of 300; Texas has 9 and 10, Illinois 18 and 19.
    # Each state has at least one (Nevada, quota 0.38), which changes no quota.
    assert sum(STATES_1880.values()) == 49_371_340
    receivers = [Receiver(state, people, 1) for state, people in STATES_1880.items()]
    by = LargestRemainder(keep_quota=True)
    tables = [table(allocate(Allocation(receivers, seats, by))) for seats in (299, 300)]
    found = {state: tuple(one[state] for one in tables) for state in ("Alabama", "Texas", "Illinois", "Nevada")}
    assert found == {"Alabama": (8, 7), "Texas": (9, 10), "Illinois": (18, 19), "Nevada": (1, 1)}


def test_population_paradox() -> None:
    # A Survey of Mathematics (Pearson), tables 14.47 to 14.49, 100 seats: B grows by 1.8 %, A by 1.7 %, and B loses a seat
    # to A. Quotas 23.527, 5.548, 70.925, then 23.76, 5.61, 70.63.
    before, after = shares(23527, 5548, 70925), shares(23926, 5648, 71110)
    assert table(allocate(request(before, 100))) == shares(23, 6, 71)
    assert table(allocate(request(after, 100))) == shares(24, 5, 71)
    # No divisor method does so.
    for by in (DHONDT, SAINTE_LAGUE, HUNTINGTON_HILL, DEAN, ADAMS):
        one, two = (table(allocate(request(ws, 100, by))) for ws in (before, after))
        assert not (two["B"] < one["B"] and two["A"] > one["A"])


# ---------------------------------------------------------------- thresholds


def with_hurdles(weights: Mapping[str, Exact], seats: int, *hurdles: Hurdle, by: Rule = DHONDT) -> Allocation:
    return evolve(request(weights, seats, by), hurdles=hurdles)


def test_both_sides_of_a_threshold() -> None:
    # 5 % of 1000 is 50. 600, 350, 50 for 20 seats by D'Hondt: C has one for 50 > 600 / 13 = 46.2.
    weights = shares(600, 350, 50)
    assert table(allocate(with_hurdles(weights, 20, Hurdle(Fraction(1, 20))))) == shares(12, 7, 1)
    outcome = allocate(with_hurdles(weights, 20, Hurdle(Fraction(1, 20), strict=True)))
    assert table(outcome) == shares(13, 7, 0)
    assert steps(outcome, "below_threshold") == [{"receiver": "C", "weight": 50}]
    assert steps(outcome, "hurdle_more_than") == [{"number": 50, "total": 1000}]


def test_absolute_quota_and_alternative_thresholds() -> None:
    weights = shares(600, 350, 50)
    assert table(allocate(with_hurdles(weights, 20, Hurdle(51, Of.VOTES)))) == shares(13, 7, 0)
    assert table(allocate(with_hurdles(weights, 20, Hurdle(50, Of.VOTES)))) == shares(12, 7, 1)
    # The Hare quota is 50: one of it suffices, and one passed of two is enough.
    assert table(allocate(with_hurdles(weights, 20, Hurdle(1, Of.QUOTA)))) == shares(12, 7, 1)
    assert table(allocate(with_hurdles(weights, 20, Hurdle(60, Of.VOTES), Hurdle(1, Of.QUOTA)))) == shares(12, 7, 1)
    # Of 1200 valid votes, 5 % are 60.
    assert table(allocate(evolve(with_hurdles(weights, 20, Hurdle(Fraction(1, 20))), base=1200))) == shares(13, 7, 0)


def test_exemption_from_a_threshold() -> None:
    receivers = [Receiver("A", 600), Receiver("B", 350), Receiver("C", 50, exempt=True)]
    outcome = allocate(Allocation(receivers, 20, DHONDT, hurdles=(Hurdle(Fraction(1, 10)),)))
    assert table(outcome) == shares(12, 7, 1)
    assert steps(outcome, "exempt") == [{"receiver": "C", "weight": 50}]


def test_a_threshold_that_nobody_passes() -> None:
    outcome = allocate(with_hurdles(shares(3, 3, 3), 2, Hurdle(Fraction(1, 2))))
    assert isinstance(outcome, Void)
    assert outcome.reasons == ("nobody_passes",)
    # Without seats to divide nothing is void.
    assert table(allocate(with_hurdles(shares(3, 3, 3), 0, Hurdle(Fraction(1, 2))))) == shares(0, 0, 0)
    # Seats that somebody has anyway stay.
    receivers = [Receiver("A", 90), Receiver("B", 10, 1)]
    assert table(allocate(Allocation(receivers, 5, DHONDT, hurdles=(Hurdle(Fraction(1, 2)),)))) == shares(4, 1)


# ---------------------------------------------------------------- exhausted lists


def test_a_list_with_too_few_candidates_by_averages() -> None:
    # 100 80 50 40 33⅓ 30 for 6 seats: A 3, B 2, C 1; with two candidates A's third goes on to B (26⅔ before 20)
    receivers = [Receiver("A", 100, candidates=2), Receiver("B", 80), Receiver("C", 30), Receiver("D", 20)]
    outcome = allocate(Allocation(receivers, 6, DHONDT))
    assert table(outcome) == shares(2, 3, 1, 0)
    assert steps(outcome, "list_exhausted") == [{"receiver": "A", "candidates": 2, "surplus": 1}]
    # Three candidates suffice.
    enough = allocate(Allocation([evolve(receivers[0], candidates=3), *receivers[1:]], 6, DHONDT))
    assert table(enough) == shares(3, 2, 1, 0)
    assert "list_exhausted" not in kinds(enough)


def test_a_list_with_too_few_candidates_by_remainders() -> None:
    # 60, 28, 12 for 5: Hare 20, whole 3, 1, 0. The quota stays 20 (Kieswet, article P 10): A keeps two, remainders 8 and 12.
    receivers = [Receiver("A", 60, candidates=2), Receiver("B", 28), Receiver("C", 12)]
    outcome = allocate(Allocation(receivers, 5))
    assert table(outcome) == shares(2, 2, 1)
    assert steps(outcome, "quota_hare")[0]["quota"] == 20
    assert steps(outcome, "list_exhausted") == [{"receiver": "A", "candidates": 2, "surplus": 1}]


@pytest.mark.parametrize("by", [HARE, EXACT, DHONDT, SAINTE_LAGUE, HUNTINGTON_HILL, ADAMS, MACAU])
def test_more_seats_than_candidates(by: Rule) -> None:
    receivers = [Receiver("A", 10, candidates=1), Receiver("B", 5, candidates=1)]
    outcome = allocate(Allocation(receivers, 3, by))
    assert table(outcome) == shares(1, 1)
    assert isinstance(outcome, Decided)
    assert outcome.vacant == {"": 1}
    full = allocate(Allocation(receivers, 2, by))
    assert isinstance(full, Decided)
    assert full.vacant == {}


def test_no_lot_where_all_others_are_exhausted() -> None:
    # B and C tie for what A cannot take, but there is a seat for each.
    receivers = [Receiver("A", 90, candidates=1), Receiver("B", 5), Receiver("C", 5)]
    assert table(allocate(Allocation(receivers, 3, DHONDT))) == shares(1, 1, 1)
    tie = allocate(Allocation(receivers, 2, DHONDT))
    assert isinstance(tie, DecisionRequired)
    assert tie.questions[0].options == ("B", "C")


def test_a_minimum_above_the_candidates() -> None:
    outcome = allocate(Allocation([Receiver("A", 9, 2, candidates=1), Receiver("B", 9)], 4, DHONDT))
    assert isinstance(outcome, Void)
    assert outcome.reasons == ("bounds",)
    assert [diagnostic.code for diagnostic in complaints(outcome)] == ["CR0709"]


# ---------------------------------------------------------------- majority clause


def test_majority_clause_takes_the_last_seat_given() -> None:
    # Kieswet, article P 9. 2571 of 5104 is more than half; 15 seats by Hare 340 4/15: whole 7, 2, 1, 1, 1, remainders 189,
    # 296, 227, 196, 113: 7, 3, 2, 2, 1. A must have eight: D's was the last seat given.
    weights = shares(2571, 977, 567, 536, 453)
    assert table(allocate(request(weights, 15))) == shares(7, 3, 2, 2, 1)
    outcome = allocate(evolve(request(weights, 15), majority_clause=True))
    assert table(outcome) == shares(8, 3, 2, 1, 1)
    assert steps(outcome, "majority_clause") == [{"receiver": "A", "seats": 7, "all": 15, "needed": 8}]
    assert steps(outcome, "last_seat_taken") == [{"receiver": "D", "seats": 2, "now": 1}]


def test_exactly_half_is_no_majority() -> None:
    # 50 for 2 seats by D'Hondt against 49 and 1, then against 49: half is not more than half
    assert table(allocate(evolve(request(shares(50, 49, 1), 2, DHONDT), majority_clause=True))) == shares(1, 1, 0)
    assert table(allocate(evolve(request(shares(50, 49), 2, DHONDT), majority_clause=True))) == shares(2, 0)
    # Of 120 valid votes 50 are no majority.
    assert table(allocate(evolve(request(shares(50, 49), 2, DHONDT), majority_clause=True, base=120))) == shares(1, 1)


def test_which_of_equal_last_seats_is_given_up_is_a_question() -> None:
    # 52, 24, 24 for 4 by D'Hondt: 52 26 24 24: A needs three of four, B's and C's were given with equal quotients
    outcome = allocate(evolve(request(shares(52, 24, 24), 4, DHONDT), majority_clause=True))
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.options, question.choose) == (("B", "C"), 1)
    assert [seat.seats for seat in outcome.seats] == [3, 0, 0]
    answered = allocate(
        evolve(request(shares(52, 24, 24), 4, DHONDT), majority_clause=True), [Decision(question.id, ("C",))]
    )
    assert table(answered) == shares(3, 0, 1)


def test_a_lot_that_changes_nothing_is_not_asked_for() -> None:
    # 51, 25, 12, 12 for 4 by Sainte-Laguë: 51 25 17, and C and D tie for the last seat, which A then takes anyway
    weights = shares(51, 25, 12, 12)
    assert isinstance(allocate(request(weights, 4, SAINTE_LAGUE)), DecisionRequired)
    assert table(allocate(evolve(request(weights, 4, SAINTE_LAGUE), majority_clause=True))) == shares(3, 1, 0, 0)


def test_a_majority_held_at_its_minimum_has_its_seats() -> None:
    # 60 of 110 for 9 seats; B 3 and C 3 in any case. Shares 4.9, 2.5, 1.6: B and C are held, A has the other three, and must
    # have five, but none can be taken from minima. With minima 2 and 2 C is held at 2, A and B share seven: 4.7, 2.3.
    three = [Receiver("A", 60), Receiver("B", 30, 3), Receiver("C", 20, 3)]
    assert table(allocate(Allocation(three, 9, majority_clause=True))) == shares(3, 3, 3)
    two = [Receiver("A", 60, 1), Receiver("B", 30, 2), Receiver("C", 20, 2)]
    assert table(allocate(Allocation(two, 9, majority_clause=True))) == shares(5, 2, 2)


def test_a_list_held_at_its_maximum_passes_on_what_it_cannot_fill() -> None:
    # 90, 6, 4 for 7 seats, at most 3 each: A is held at 3, but has one candidate; B and C share four as 6 to 4 (quota 2½):
    # whole 2 and 1, remainders 1 and 1½, and the two that A passes on: C, B, then C again
    receivers = [Receiver("A", 90, 0, 3, candidates=1), Receiver("B", 6), Receiver("C", 4)]
    assert table(allocate(Allocation(receivers, 7))) == shares(1, 3, 3)


def test_a_majority_leaves_others_their_minimum() -> None:
    # A should have three of four, but three are B's in any case
    receivers = [Receiver("A", 60), Receiver("B", 40, 3)]
    assert table(allocate(Allocation(receivers, 4, DHONDT, majority_clause=True))) == shares(1, 3)
    # Below the threshold there is no majority to be kept.
    outcome = allocate(
        Allocation([Receiver("A", 60)], 4, DHONDT, hurdles=(Hurdle(70, Of.VOTES),), majority_clause=True)
    )
    assert isinstance(outcome, Void)


def test_a_majority_with_too_few_candidates() -> None:
    receivers = [Receiver("A", 90, candidates=1), Receiver("B", 10)]
    assert table(allocate(Allocation(receivers, 5, DHONDT, majority_clause=True))) == shares(1, 4)


@settings(deadline=None)
@given(votes, st.integers(1, 30), st.sampled_from([HARE, DHONDT, SAINTE_LAGUE, ADAMS, MACAU]))
def test_a_majority_of_votes_has_a_majority_of_seats(ws: dict[str, int], seats: int, by: Rule) -> None:
    outcome = allocate(evolve(request(ws, seats, by), majority_clause=True))
    assert isinstance(outcome, Decided | DecisionRequired)
    undecided = outcome.questions[0].choose if isinstance(outcome, DecisionRequired) else 0
    assert sum(seat.seats for seat in outcome.seats) + undecided == seats
    for seat in outcome.seats:
        if 2 * ws[seat.receiver] > sum(ws.values()):
            assert 2 * seat.seats > seats


# ---------------------------------------------------------------- bonus and regime


def test_bonus_as_in_french_communes() -> None:
    # Code électoral, article L262, with 19 seats, 884 and 544 of 1428 votes: 10 ahead; 9 by highest averages: 884 544 442
    # 294⅔ 272 221 181⅓ 176.8 147⅓ | 136: six and three.
    weights = shares(884, 544)
    outcome = allocate(request(weights, 19, Bonus(needs=Fraction(1, 2))))
    assert table(outcome) == shares(16, 3)
    assert steps(outcome, "bonus") == [{"receiver": "A", "number": 884, "seats": 10, "left": 9}]
    # Lists under 5 % of 1428 = 71.4 take no part: 71 does not, 72 does not change the rest.
    for small, needed in ((71, {"C"}), (72, set())):
        three = evolve(request(shares(884, 544 - small, small), 19, Bonus()), hurdles=(Hurdle(Fraction(1, 20)),))
        assert {data["receiver"] for data in steps(allocate(three), "below_threshold")} == needed


def test_bonus_without_a_majority() -> None:
    exactly_half = allocate(request(shares(50, 30, 20), 19, Bonus(needs=Fraction(1, 2))))
    assert isinstance(exactly_half, Void)
    assert exactly_half.reasons == ("nobody_has_enough",)
    assert isinstance(allocate(request(shares(51, 30, 19), 19, Bonus(needs=Fraction(1, 2)))), Decided)
    # A second round needs none: 10 ahead, 9 by averages: 50 30 25 20 16⅔ 15 12½ | 10 10 10: A's fifth, B's third, C's second
    second = allocate(request(shares(50, 30, 20), 19, Bonus()))
    assert isinstance(second, DecisionRequired)
    assert [seat.seats for seat in second.seats] == [14, 2, 1]
    assert second.questions[0].choose == 2


def test_equality_in_the_first_place() -> None:
    allocation = evolve(request(shares(40, 40, 20), 5, Bonus()), tie_policy=("lot",))
    first = allocate(allocation)
    assert isinstance(first, DecisionRequired)
    (question,) = first.questions
    assert (question.kind, question.options, question.policy) == ("tie_for_bonus", ("A", "B"), "lot")
    # 3 ahead, 2 by averages: 40 40 | 20
    assert table(allocate(allocation, [Decision(question.id, ("B",))])) == shares(1, 4, 0)


def test_a_tie_after_the_first_place_rests_on_its_answer() -> None:
    allocation = request(shares(40, 40, 20), 6, Bonus())
    first = allocate(allocation)
    assert isinstance(first, DecisionRequired)
    one = Decision(first.questions[0].id, ("A",))
    # 3 ahead, 3 by averages: 40 40 | 20 20 20: a tie of all three for one seat
    second = allocate(allocation, [one])
    assert isinstance(second, DecisionRequired)
    assert second.questions[0].options == ("A", "B", "C")
    other = allocate(allocation, [Decision(first.questions[0].id, ("B",))])
    assert isinstance(other, DecisionRequired)
    assert other.questions[0].id != second.questions[0].id
    assert table(allocate(allocation, [one, Decision(second.questions[0].id, ("C",))])) == shares(4, 1, 1)


def test_a_bonus_leaves_others_their_minimum() -> None:
    # 2 of 4 ahead, and three others that must have one each
    receivers = [Receiver("A", 60), *(Receiver(id, 10, 1) for id in "BCD")]
    outcome = allocate(Allocation(receivers, 4, Bonus()))
    assert isinstance(outcome, Void)
    assert outcome.reasons == ("bounds",)
    assert table(allocate(Allocation(receivers, 6, Bonus()))) == shares(3, 1, 1, 1)


def test_a_bonus_below_zero_is_a_misuse() -> None:
    with pytest.raises(ValueError, match="seats"):
        Bonus(seats=-1)


def test_a_bonus_is_limited_by_the_candidates() -> None:
    receivers = [Receiver("A", 60, candidates=3), Receiver("B", 40)]
    # 5 of 9 would be the bonus; A has three candidates, so the other six go to B. 2 ahead: 60 40 30 20 20 15 13⅓ | 12.
    assert table(allocate(Allocation(receivers, 9, Bonus()))) == shares(3, 6)
    assert table(allocate(request(shares(60, 40), 9, Bonus(seats=2)))) == shares(6, 3)


def test_a_regime_by_the_number_of_seats() -> None:
    # 74, 14, 12: by Hare remainders 2, 1, 0 for three; by D'Hondt 3, 0, 0
    weights = shares(74, 14, 12)
    rule = Regime(3, HARE, DHONDT)
    assert kinds(allocate(request(weights, 2, rule))) >= {"regime_below", "quota_hare"}
    outcome = allocate(request(weights, 3, rule))
    assert "regime_from" in kinds(outcome)
    assert table(outcome) == shares(3, 0, 0)
    assert table(allocate(request(weights, 3, Regime(4, HARE, DHONDT)))) == shares(2, 1, 0)
    assert table(allocate(request(shares(884, 544), 19, Regime(19, HARE, Bonus())))) == shares(16, 3)


# ---------------------------------------------------------------- bad input


def test_impossible_numbers() -> None:
    outcome = allocate(Allocation([Receiver("A", 5, candidates=-1)], 3))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("bounds/A",)


@pytest.mark.parametrize(
    "by", [HARE, DHONDT, HUNTINGTON_HILL, ADAMS, Listed((1, 2), None), Bonus(), Regime(2, HARE, MACAU)]
)
def test_nothing_to_divide_or_nobody_to_divide_it_among(by: Rule) -> None:
    assert table(allocate(request({}, 0, by))) == {}
    assert table(allocate(request(shares(3, 4), 0, by))) == shares(0, 0)
    for empty in (shares(0, 0), {}):
        outcome = allocate(request(empty, 2, by))
        assert isinstance(outcome, Void)
        assert outcome.reasons == ("weights",)


# ---------------------------------------------------------------- registered methods

OPTIONS: Mapping[str, Mapping[str, Setting]] = {
    "modified_sainte_lague": {"first_divisor": Fraction(7, 5)},
    "listed_divisors": {"divisors": (1, 3), "after_the_last": "same_step"},
    "by_size": {"size_limit": 19, "under_the_limit": "largest_remainders", "from_the_limit": "highest_averages"},
}


def test_methods_divide_by_their_own_rule() -> None:
    # 100, 80, 30, 20 for 8 seats; see test_tally_allocation.py and test_tally_allocation_series.py for the quotients
    expected = {
        "largest_remainder": (3, 3, 1, 1),  # Hare 28¾: whole 3, 2, 1, 0, remainders 13¾, 22½, 1¼, 20
        "sainte_lague": (3, 3, 1, 1),
        "dhondt": (4, 3, 1, 0),
        "modified_sainte_lague": (
            4,
            3,
            1,
            0,
        ),  # / 1.4, 3, 5, 7: 71.4 57.1 33.3 26.7 21.4 20 16 14.29 (A and D tie: 14.286)
        "danish_divisors": (3, 3, 1, 1),
        "imperiali_divisors": (5, 3, 0, 0),
        "macau_divisors": (3, 3, 1, 1),
        "huntington_hill": (3, 3, 1, 1),  # a seat each; 70.7 56.6 40.8 32.7 | 28.9
        "dean_divisors": (3, 3, 1, 1),  # a seat each; 75 60 41.7 33⅓ | 29.2
        "adams_divisors": (3, 3, 1, 1),
        "listed_divisors": (3, 3, 1, 1),
        "bonus_and_averages": (6, 2, 0, 0),  # 4 ahead; 100 80 50 40
        "by_size": (3, 3, 1, 1),
    }
    found = {}
    for method in ALLOCATION_METHODS:
        allocation = evolve(request(shares(100, 80, 30, 20), 8), options=OPTIONS.get(method.id, {}))
        outcome = method.run(allocation, ())
        if method.id == "modified_sainte_lague":
            # 100 / 7 = 20 / 1.4: an exact tie for the last seat
            assert isinstance(outcome, DecisionRequired)
            assert outcome.questions[0].options == ("A", "D")
            outcome = method.run(allocation, [Decision(outcome.questions[0].id, ("A",))])
        found[method.id] = tuple(table(outcome).values())
    assert found == expected


def test_methods_are_described() -> None:
    assert len({method.id for method in ALLOCATION_METHODS}) == len(ALLOCATION_METHODS)
    for method in ALLOCATION_METHODS:
        assert method.purpose is Purpose.ALLOCATION
        assert method.id == identifier(method.names.text("en"))
        assert len(method.doc.text("en")) > 200
        assert len(method.doc.text("zh")) > 80
        for parameter in method.parameters:
            assert parameter.id == identifier(parameter.names.text("en"))
            assert all(id == identifier(names.text("en")) for id, names in parameter.options)


def _method(id: str, *, of: int = 8, **options: Setting) -> Outcome:
    (method,) = (method for method in ALLOCATION_METHODS if method.id == id)
    return method.run(evolve(request(shares(100, 80, 30, 20), of), options=options), ())


@pytest.mark.parametrize(
    ("id", "options", "missing"),
    [
        ("modified_sainte_lague", {}, "options/first_divisor"),
        ("modified_sainte_lague", {"first_divisor": 3}, "options/first_divisor"),
        ("modified_sainte_lague", {"first_divisor": -1}, "options/first_divisor"),
        ("listed_divisors", {"divisors": (1, 3)}, "options/divisors"),
        ("listed_divisors", {"divisors": (3, 1), "after_the_last": "same_step"}, "options/divisors"),
        ("listed_divisors", {"divisors": (1,), "after_the_last": "same_step"}, "options/divisors"),
        ("listed_divisors", {"divisors": (), "after_the_last": "no_more_seats"}, "options/divisors"),
        ("bonus_and_averages", {"bonus": -1}, "options/bonus"),
        ("by_size", {"size_limit": 19}, "options/size_limit"),
    ],
)
def test_parameters_that_a_method_cannot_use(id: str, options: Mapping[str, Setting], missing: str) -> None:
    outcome = _method(id, **options)  # type: ignore[arg-type]
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == (missing,)


def test_parameters_reach_the_rule() -> None:
    assert steps(_method("largest_remainder", quota="imperiali_quota"), "quota_imperiali")
    rounded = _method("largest_remainder", quota="hare_quota", whole_quota="raised_to_whole")
    assert steps(rounded, "quota_rounded") == [{"exact": Fraction(115, 4), "quota": 29}]
    assert steps(_method("listed_divisors", of=4, divisors=(1, 3), after_the_last="no_more_seats"), "divisors_all")
    assert steps(_method("bonus_and_averages", bonus=3, remainder_method="sainte_lague"), "bonus")[0]["seats"] == 3
    assert steps(_method("largest_remainder", quota="imperiali_quota", quota_too_small="divisor_less_one"), "quotient")


# ---------------------------------------------------------------- words

_STEPS: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    (Path(civicrules.tally.__file__).parent / "steps" / "allocation.yaml").read_text(encoding="utf-8")
)


def _recorded() -> Iterator[Step]:
    """Steps of allocations that together take every kind this family has."""
    weights = shares(100, 80, 30, 20)
    rules: list[Rule] = [*QUOTAS, EXACT, DHONDT, HUNTINGTON_HILL, ADAMS, Listed((1, 3), None), MACAU, Bonus()]
    rules += [Bonus(needs=Fraction(1, 2)), Regime(9, HARE, DHONDT), Regime(2, HARE, DHONDT)]
    rules += [LargestRemainder(Quota.HARE, Rounding.DOWN), LargestRemainder(keep_quota=True)]
    hurdles = [(), (Hurdle(Fraction(1, 5)),), (Hurdle(500, Of.VOTES, strict=True),)]
    for rule in rules:
        for seats in (0, 1, 2, 3, 4, 6, 8, 9, 250):
            for low, high, candidates in ((0, None, None), (1, 3, None), (0, None, 2), (2, 2, None)):
                for hurdle in hurdles:
                    listed = [Receiver(id, w, low, high, candidates, id == "D") for id, w in weights.items()]
                    yield from allocate(Allocation(listed, seats, rule, hurdles=hurdle)).steps
    yield from allocate(evolve(request(shares(2571, 977, 567, 536, 453), 15), majority_clause=True)).steps
    for alike in (HUNTINGTON_HILL, DHONDT, HARE, Bonus()):
        yield from allocate(request(shares(9, 9), 5, alike)).steps
        yield from allocate(request(shares(9, 9), 1, alike)).steps
    yield from allocate(Allocation([Receiver("A", 9, 1, 3), Receiver("B", 1)], 4, HUNTINGTON_HILL)).steps
    yield from (step for id in OPTIONS for step in _method(id).steps)
    yield from _method("bonus_and_averages", bonus=-1).steps
    yield from allocate(with_hurdles(weights, 3, Hurdle(1))).steps
    yield from allocate(request(shares(0), 3)).steps
    yield from allocate(Allocation([Receiver("A", 9, 3, 2)], 4)).steps


def test_every_step_has_words_with_its_data_in_both_languages() -> None:
    taken = set()
    for step in _recorded():
        taken.add(step.kind)
        for language in ("en", "zh"):
            wanted = set(re.findall(r"\{(\w+)\}", _STEPS[step.kind][language]))
            assert wanted <= set(step.data), (step, language)
    assert set(_STEPS) - taken == set()
