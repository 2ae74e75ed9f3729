"""Every divisor series: against one seat at a time, exact ties, published tables, theorems, what would have moved a seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from civicrules.exact import Exact
from civicrules.tally import (
    ADAMS,
    DANISH,
    DEAN,
    DHONDT,
    HUNTINGTON_HILL,
    IMPERIALI,
    MACAU,
    SAINTE_LAGUE,
    Allocation,
    Decided,
    DecisionRequired,
    Divisors,
    Listed,
    Outcome,
    Powers,
    Receiver,
    Void,
    allocate,
    modified_sainte_lague,
)
from civicrules.tally.seats.series import Series, earned, longest, power, units

MODIFIED = modified_sainte_lague()
FORMULAS: tuple[Series, ...] = (
    DHONDT,
    SAINTE_LAGUE,
    MODIFIED,
    modified_sainte_lague(Fraction(6, 5)),
    DANISH,
    IMPERIALI,
    MACAU,
    Powers(3),
    HUNTINGTON_HILL,
    DEAN,
    ADAMS,
)
LISTS: tuple[Series, ...] = (Listed((1, 2, 5, Fraction(11, 2)), 3), Listed((0, 1, 3), None), Listed((2,), 1))
ALL = FORMULAS + LISTS

Found = tuple[dict[str, int], frozenset[str], int]


def shares(*weights: int) -> dict[str, Exact]:
    return dict(zip("ABCDEFGH", weights, strict=False))


def request(weights: Mapping[str, Exact], seats: int, by: Series) -> Allocation:
    return Allocation([Receiver(id, weight) for id, weight in weights.items()], seats, by)


def found(outcome: Outcome) -> Found:
    """Seats that are sure, the tied, and how many of them get one more."""
    assert isinstance(outcome, Decided | DecisionRequired), outcome
    sure = {seat.receiver: seat.seats for seat in outcome.seats}
    if isinstance(outcome, Decided):
        return sure, frozenset(), 0
    (question,) = outcome.questions
    return sure, frozenset(question.options), question.choose


def table(outcome: Outcome) -> dict[str, int]:
    assert isinstance(outcome, Decided), outcome
    return {seat.receiver: seat.seats for seat in outcome.seats}


# ---------------------------------------------------------------- one seat at a time


def one_by_one(receivers: Sequence[Receiver], seats: int, series: Series) -> Found:
    """The textbook: the next seat to the largest quotient, all of it in fractions; first seats with divisor 0 before."""
    held = {one.id: one.minimum for one in receivers}
    while (left := seats - sum(held.values())) > 0:
        claims = {one.id: _claim(one, held[one.id] + 1, series) for one in receivers if _can_take(one, held, series)}
        top = max(claims.values())
        best = [id for id, claim in claims.items() if claim == top]
        if len(best) > left:
            return held, frozenset(best), left
        for id in best:
            held[id] += 1
    return held, frozenset(), 0


def _can_take(one: Receiver, held: Mapping[str, int], series: Series) -> bool:
    tops = [top for top in (one.maximum, longest(series)) if top is not None]
    return bool(one.weight) and held[one.id] < min([*tops, 10**9])


def _claim(one: Receiver, seat: int, series: Series) -> tuple[bool, Fraction]:
    divisor = series.divisor(seat)
    return (True, Fraction()) if divisor == 0 else (False, Fraction(one.weight or 0) ** power(series) / divisor)


numbers = st.integers(0, 40) | st.integers(0, 10_000) | st.fractions(0, 20, max_denominator=6)
limits = st.tuples(st.sampled_from([0, 0, 1, 2]), st.none() | st.integers(2, 6))


@settings(deadline=None, max_examples=250)
@given(
    st.lists(st.tuples(numbers, limits), min_size=1, max_size=6),
    st.integers(0, 40),
    st.sampled_from(ALL),
)
def test_every_series_gives_what_one_seat_at_a_time_gives(
    given_: list[tuple[Exact, tuple[int, int | None]]], seats: int, by: Series
) -> None:
    receivers = [Receiver(str(n), weight, low, high) for n, (weight, (low, high)) in enumerate(given_)]
    outcome = allocate(Allocation(receivers, seats, by))
    assume(not isinstance(outcome, Void))
    assert found(outcome) == one_by_one(receivers, seats, by)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 10**7), min_size=2, max_size=6), st.integers(100, 600), st.sampled_from(FORMULAS))
def test_every_series_with_more_seats(weights: list[int], seats: int, by: Series) -> None:
    receivers = [Receiver(str(n), weight) for n, weight in enumerate(weights)]
    assert found(allocate(Allocation(receivers, seats, by))) == one_by_one(receivers, seats, by)


@settings(deadline=None)
@given(st.sampled_from(ALL), st.integers(1, 60), st.integers(1, 20), st.integers(1, 30))
def test_seats_earned_are_the_divisors_up_to_the_quotient(by: Series, weight: int, m: int, scale: int) -> None:
    reach = Fraction(weight * m, scale) ** power(by)
    if isinstance(by, Powers):
        reach = Fraction(weight) * by.base**m
    end = longest(by)
    known = 0
    while (end is None or known < end) and by.divisor(known + 1) <= reach:
        known += 1
    if isinstance(by, Powers):
        assert earned(by)(weight, m, scale) == known
    else:
        assert earned(by)(weight * units(by), m, scale) == known


@pytest.mark.parametrize("by", FORMULAS)
def test_a_million_seats_satisfy_the_min_max_inequality(by: Series) -> None:
    # Balinski and Young: no seat given has a smaller quotient than a seat refused.
    random = Random(7)
    weights: dict[str, Exact] = {f"p{n:02}": random.randint(1_000, 2_000_000) for n in range(50)}
    seats = table(allocate(request(weights, 1_000_000, by)))
    assert sum(seats.values()) == 1_000_000
    last = min(Fraction(weights[id]) ** power(by) / by.divisor(n) for id, n in seats.items())
    assert last > max(Fraction(weights[id]) ** power(by) / by.divisor(n + 1) for id, n in seats.items())


def test_the_cost_does_not_grow_with_the_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    divisor = Divisors.divisor

    def counted(self: Divisors, seat: int) -> Exact:
        calls.append(seat)
        return divisor(self, seat)

    monkeypatch.setattr(Divisors, "divisor", counted)
    spent = []
    for seats in (1_000, 1_000_000, 10**30):
        calls.clear()
        allocate(request({f"p{n}": 1000 + 37 * n for n in range(50)}, seats, DHONDT))
        spent.append(len(calls))
    assert max(spent) < 50 * 6


# ---------------------------------------------------------------- the divisors themselves


@pytest.mark.parametrize(
    ("by", "begin"),
    [
        (DHONDT, (1, 2, 3, 4)),
        (SAINTE_LAGUE, (1, 3, 5, 7)),
        (MODIFIED, (Fraction(7, 5), 3, 5, 7)),
        (DANISH, (1, 4, 7, 10)),
        (IMPERIALI, (1, Fraction(3, 2), 2, Fraction(5, 2))),
        (MACAU, (1, 2, 4, 8)),
        (HUNTINGTON_HILL, (0, 2, 6, 12)),  # squares
        (DEAN, (0, Fraction(4, 3), Fraction(12, 5), Fraction(24, 7))),
        (ADAMS, (0, 1, 2, 3)),
        (Listed((1, 2, 5), 4), (1, 2, 5, 9)),
    ],
)
def test_divisors(by: Series, begin: tuple[Exact, ...]) -> None:
    assert tuple(by.divisor(seat) for seat in (1, 2, 3, 4)) == begin


@pytest.mark.parametrize(
    "made",
    [
        lambda: Divisors(1, 0),
        lambda: Divisors(-1, 1),
        lambda: Divisors(1, 2, 3),
        lambda: Powers(1),
        lambda: Listed((), 1),
        lambda: Listed((1, 1), 1),
        lambda: Listed((2, 1), None),
        lambda: Listed((1, 2), 0),
    ],
)
def test_divisors_that_do_not_grow_are_a_misuse(made: object) -> None:
    with pytest.raises(ValueError, match="grow"):
        made()  # type: ignore[operator]


def test_after_the_end_of_a_list() -> None:
    # 60 / 1, 2 = 60, 30; 30 / 1, 2 = 30, 15; 10. With no more divisors A has at most two seats.
    weights = shares(60, 30, 10)
    assert table(allocate(request(weights, 5, Listed((1, 2), None)))) == shares(2, 2, 1)
    # 60 30 20 15 | 30 15 | 10 for four seats: 60, 30 (A), 30 (B), 20
    assert table(allocate(request(weights, 4, Listed((1, 2), 1)))) == shares(3, 1, 0)
    short = allocate(request(weights, 7, Listed((1, 2), None)))
    assert isinstance(short, Void)
    assert short.reasons == ("series_too_short",)
    assert table(allocate(request(weights, 6, Listed((1, 2), None)))) == shares(2, 2, 2)


# ---------------------------------------------------------------- exact ties


@pytest.mark.parametrize(
    ("by", "weights", "seats"),
    [
        (DHONDT, (20, 10), 2),  # 20 / 2 = 10 / 1
        (SAINTE_LAGUE, (30, 10), 2),  # 30 / 3 = 10 / 1
        (MODIFIED, (21, 45), 2),  # 45 / 3 = 15 = 21 / 1.4
        (DANISH, (40, 10), 2),  # 40 / 4 = 10 / 1
        (IMPERIALI, (15, 10), 2),  # 15 / 1.5 = 10 / 1
        (MACAU, (20, 10), 2),  # 20 / 2 = 10 / 1
        (HUNTINGTON_HILL, (2, 2), 3),  # 2² / 2 both
        (DEAN, (12, 12), 3),  # 12 / (4 / 3) both
        (ADAMS, (20, 10), 4),  # after a seat each: 20, 10 | 10: B's second and A's third
        (Listed((1, 3), None), (30, 10), 2),
    ],
)
def test_exact_ties(by: Series, weights: tuple[int, ...], seats: int) -> None:
    outcome = allocate(request(shares(*weights), seats, by))
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.options, question.choose) == (("A", "B"), 1)
    # One vote more or less, and it is decided.
    more = [allocate(request(shares(weights[0] + 1, weights[1]), seats, by))]
    more.append(allocate(request(shares(weights[0], weights[1] + 1), seats, by)))
    assert [isinstance(one, Decided) for one in more] == [True, True]
    assert more[0] != more[1]


def test_the_tie_of_modified_sainte_lague_in_full() -> None:
    outcome = allocate(request(shares(21, 45), 2, MODIFIED))
    assert isinstance(outcome, DecisionRequired)
    assert outcome.questions[0].numbers == {"A": 15, "B": 15}
    assert found(outcome)[0] == shares(0, 1)


def test_huntington_hill_ties_have_equal_squares() -> None:
    # A 10 for a third seat and B 10 for a third: 100 / 6. Irrational quotients tie only when squares are equal:
    # A's third 30² / 6 = 150 = B's fourth: w² / 12 = 150, w² = 1800 is no square, so nothing else ties with it.
    outcome = allocate(request(shares(10, 10), 5, HUNTINGTON_HILL))
    assert isinstance(outcome, DecisionRequired)
    assert outcome.questions[0].numbers == {"A": Fraction(50, 3), "B": Fraction(50, 3)}
    assert "tie_square" in {step.kind for step in outcome.steps}


@pytest.mark.parametrize("by", [HUNTINGTON_HILL, DEAN, ADAMS, Listed((0, 1), None)])
def test_fewer_seats_than_first_seats_are_a_question(by: Series) -> None:
    outcome = allocate(request(shares(90, 9, 1), 2, by))
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.kind, question.options, question.choose) == ("tie_first_seat", ("A", "B", "C"), 2)
    assert table(allocate(request(shares(90, 9, 1), 3, by))) == shares(1, 1, 1)
    assert table(allocate(request(shares(90, 9, 1), 0, by))) == shares(0, 0, 0)
    assert table(allocate(request(shares(90, 9, 0), 2, by))) == shares(1, 1, 0)


# ---------------------------------------------------------------- published tables


def test_six_methods_on_one_example() -> None:
    # Balinski and Young's table of the methods on one example (Fair Representation, appendix A): 26 seats for
    # 9061, 7179, 5259, 3319, 1182. Each row is also checked against one seat at a time.
    weights = shares(9061, 7179, 5259, 3319, 1182)
    expected: dict[Series, tuple[int, ...]] = {
        ADAMS: (9, 7, 5, 3, 2),
        DEAN: (9, 7, 5, 4, 1),
        HUNTINGTON_HILL: (9, 7, 6, 3, 1),
        SAINTE_LAGUE: (9, 8, 5, 3, 1),
        DHONDT: (10, 7, 5, 3, 1),
    }
    for by, seats in expected.items():
        assert table(allocate(request(weights, 26, by))) == shares(*seats), by


def test_quotients_by_hand() -> None:
    # 100, 80, 30, 20 for 8 seats.
    weights = shares(100, 80, 30, 20)
    # / 1, 4, 7: 100 80 30 25 20 (B) 20 (D) 14 2/7 11 3/7: A 3, B 3, C 1, D 1
    assert table(allocate(request(weights, 8, DANISH))) == shares(3, 3, 1, 1)
    # / 1, 1½, 2, 2½ …: 100 80 66⅔ 53⅓ 50 40 (A at 2½) 40 (B at 2) 33⅓ | 32: A 5, B 3
    assert table(allocate(request(weights, 8, IMPERIALI))) == shares(5, 3, 0, 0)
    # / 1, 2, 4, 8: 100 80 50 40 30 25 20 (B) 20 (D) | 15: A 3, B 3, C 1, D 1
    assert table(allocate(request(weights, 8, MACAU))) == shares(3, 3, 1, 1)
    # a seat each, then / 1, 2, 3: 100 80 50 40 | 33⅓: A 3, B 3, C 1, D 1
    assert table(allocate(request(weights, 8, ADAMS))) == shares(3, 3, 1, 1)


# ---------------------------------------------------------------- theorems

weights_ = st.lists(st.integers(0, 200), min_size=2, max_size=6).filter(any).map(lambda ws: shares(*ws))


@settings(deadline=None)
@given(weights_, st.integers(0, 40), st.sampled_from(ALL), st.randoms(use_true_random=False))
def test_totals_and_input_order(ws: dict[str, Exact], seats: int, by: Series, random: Random) -> None:
    outcome = allocate(request(ws, seats, by))
    assume(not isinstance(outcome, Void))
    sure, tied, choose = found(outcome)
    assert sum(sure.values()) + choose == seats
    assert 0 <= choose < max(1, len(tied))
    names = list(ws)
    random.shuffle(names)
    assert allocate(request({name: ws[name] for name in names}, seats, by)) == outcome


@settings(deadline=None)
@given(weights_, st.integers(0, 40), st.sampled_from(ALL), st.permutations("ABCDEFGH"))
def test_anonymity(ws: dict[str, Exact], seats: int, by: Series, names: list[str]) -> None:
    # Who has another's votes has another's seats, and the tied stay the tied.
    outcome = allocate(request(ws, seats, by))
    assume(not isinstance(outcome, Void))
    new = dict(zip("ABCDEFGH", names, strict=True))
    sure, tied, choose = found(outcome)
    renamed = found(allocate(request({new[id]: weight for id, weight in ws.items()}, seats, by)))
    assert renamed == ({new[id]: n for id, n in sure.items()}, frozenset(new[id] for id in tied), choose)


@settings(deadline=None)
@given(weights_, st.integers(0, 40), st.sampled_from(ALL), st.fractions("1/7", 9))
def test_scaling(ws: dict[str, Exact], seats: int, by: Series, factor: Fraction) -> None:
    outcome = allocate(request(ws, seats, by))
    assume(not isinstance(outcome, Void))
    assert found(allocate(request({id: weight * factor for id, weight in ws.items()}, seats, by))) == found(outcome)


@settings(deadline=None)
@given(weights_, st.integers(0, 40), st.sampled_from(ALL))
def test_house_monotonicity(ws: dict[str, Exact], seats: int, by: Series) -> None:
    outcomes = [allocate(request(ws, number, by)) for number in (seats, seats + 1)]
    assume(not any(isinstance(outcome, Void) for outcome in outcomes))
    (fewer, _, _), (more, _, _) = (found(outcome) for outcome in outcomes)
    assert all(fewer[id] <= more[id] for id in ws)


pairs = st.lists(st.tuples(st.integers(1, 90), st.integers(-9, 9)), min_size=2, max_size=5)


@settings(deadline=None)
@given(pairs, st.integers(0, 30), st.sampled_from(ALL))
def test_population_monotonicity_of_pairs(given_: list[tuple[int, int]], seats: int, by: Series) -> None:
    # Balinski and Young, theorem 4.3: nobody that grew loses a seat to somebody that shrank.
    before = shares(*(weight for weight, _ in given_))
    after = shares(*(max(1, weight + change) for weight, change in given_))
    outcomes = [allocate(request(ws, seats, by)) for ws in (before, after)]
    assume(all(isinstance(outcome, Decided) for outcome in outcomes))
    one, two = (table(outcome) for outcome in outcomes)
    for a in before:
        for b in before:
            if before[a] <= after[a] and before[b] >= after[b]:
                assert not (two[a] < one[a] and two[b] > one[b]) or (before[a], before[b]) == (after[a], after[b])


# ---------------------------------------------------------------- what would have moved the last seat


def moves(outcome: Outcome) -> dict[str, int]:
    votes = {step.data["receiver"]: step.data["votes"] for step in outcome.steps if step.kind == "more_votes"}
    return {str(id): number for id, number in votes.items() if isinstance(number, int)}


@settings(max_examples=200, deadline=None)
@given(weights_, st.integers(1, 30), st.sampled_from(ALL), limits)
def test_more_votes_move_the_last_seat_and_fewer_do_not(
    ws: dict[str, Exact], seats: int, by: Series, limit: tuple[int, int | None]
) -> None:
    def divided(weights: Mapping[str, Exact]) -> Outcome:
        return allocate(Allocation([Receiver(id, weight, *limit) for id, weight in weights.items()], seats, by))

    outcome = divided(ws)
    assume(isinstance(outcome, Decided))
    before = table(outcome)
    for id, votes in moves(outcome).items():
        sure, _, _ = found(divided({**ws, id: ws[id] + votes}))
        assert sure[id] > before[id]
        # One vote fewer leaves the seat where it was, or makes it a question.
        sure, _, _ = found(divided({**ws, id: ws[id] + votes - 1}))
        assert sure[id] == before[id]


def test_the_last_seat_and_the_next_by_hand() -> None:
    # D'Hondt, 100, 80, 30, 20 for 7 seats: 100 80 50 40 33⅓ 30 26⅔ | 25 (A) 20 (D) 15 (C) 20 (B)
    outcome = allocate(request(shares(100, 80, 30, 20), 7, DHONDT))
    steps = {step.kind: step.data for step in outcome.steps}
    assert steps["last_quotient"] == {
        "receivers": ("B",),
        "number": Fraction(80, 3),
        "next": ("A",),
        "refused": 25,
    }
    # A needs more than 4 × 26⅔ = 106⅔: 107, 7 more. C more than 53⅓: 54, 24 more. D more than 26⅔: 27, 7 more.
    # B's fourth must beat C's 30: more than 120, 41 more.
    assert moves(outcome) == {"A": 7, "B": 41, "C": 24, "D": 7}


def test_squares_are_shown_for_huntington_hill() -> None:
    outcome = allocate(request(shares(100, 80), 3, HUNTINGTON_HILL))
    data = next(step.data for step in outcome.steps if step.kind == "last_square")
    # 100² / 2 = 5000 before 80² / 2 = 3200
    assert (data["number"], data["refused"]) == (5000, 3200)
    # B: (80 + v)² / 2 > 5000: 101 votes. A's third must beat nobody: B holds only the seat that comes first.
    assert moves(outcome) == {"B": 21}


def test_numbers_too_long_to_read_are_described() -> None:
    outcome = allocate(request(shares(3, 5), 4000, MACAU))
    kinds = [step for step in outcome.steps if step.kind == "quotients_last_next"]
    assert all(isinstance(step.data["last"], str) for step in kinds)
    assert sum(table(outcome).values()) == 4000


def test_a_tie_of_numbers_too_long_to_read_shows_the_votes() -> None:
    outcome = allocate(request(shares(3, 3), 4001, MACAU))
    assert isinstance(outcome, DecisionRequired)
    assert outcome.questions[0].numbers == {"A": 3, "B": 3}
    assert all(len(str(step.data)) < 500 for step in outcome.steps)


def test_a_minimum_above_the_end_of_a_list() -> None:
    receivers = [Receiver("A", 10, 3), Receiver("B", 10)]
    assert table(allocate(Allocation(receivers, 5, Listed((1, 2), None)))) == shares(3, 2)
    assert isinstance(allocate(Allocation(receivers, 6, Listed((1, 2), None))), Void)


def test_seats_given_grow_with_the_first_divisor_only_at_the_start() -> None:
    # A dearer first seat never helps the smallest: 1 → 1.4 takes C's only seat. 60, 30, 11 for 5 seats:
    # / 1, 3, 5: 60 30 20 12 11 (C) | 10; / 1.4, 3, 5: 42.9 21.4 20 12 10 (B) | 8.6 (A) 7.9 (C)
    weights = shares(60, 30, 11)
    assert table(allocate(request(weights, 5, SAINTE_LAGUE))) == shares(3, 1, 1)
    assert table(allocate(request(weights, 5, MODIFIED))) == shares(3, 2, 0)


def test_ties_of_a_series_do_not_depend_on_the_unit_of_its_divisors() -> None:
    for weights in (shares(21, 45), shares(7, 15, 3)):
        whole = Listed((14, 30, 50, 70, 90), 20)
        for seats in range(8):
            one, two = (found(allocate(request(weights, seats, by))) for by in (MODIFIED, whole))
            assert one == two


def test_modified_series_grow() -> None:
    assert all(a < b for by in FORMULAS for a, b in pairwise(by.divisor(seat) for seat in range(1, 30)))
    assert evolve(MODIFIED, opening=None) == SAINTE_LAGUE
