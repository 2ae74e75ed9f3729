"""Seats in proportion: published examples, exact ties, bounds, theorems, and an independent brute force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from civicrules.tally import (
    DHONDT,
    SAINTE_LAGUE,
    Allocation,
    CannotSay,
    Decided,
    Decision,
    DecisionRequired,
    Divisors,
    LargestRemainder,
    Outcome,
    Quota,
    Receiver,
    Void,
    allocate,
)
from civicrules.tally.seats.allocation import Rule

HARE, DROOP = LargestRemainder(Quota.HARE), LargestRemainder(Quota.DROOP)
RULES = (HARE, DROOP, DHONDT, SAINTE_LAGUE)


def request(
    weights: Mapping[str, int | Fraction], seats: int, by: Rule = HARE, low: int = 0, high: int | None = None
) -> Allocation:
    return Allocation([Receiver(id, weight, low, high) for id, weight in weights.items()], seats, by)


def table(outcome: Outcome) -> dict[str, int]:
    assert isinstance(outcome, Decided), outcome
    return {seat.receiver: seat.seats for seat in outcome.seats}


def shares(*weights: int) -> dict[str, int]:
    return dict(zip("ABCDEFGH", weights, strict=False))


# ---------------------------------------------------------------- published examples


def test_alabama_paradox() -> None:
    # electowiki, "Alabama paradox": C has 14 of 323 seats and 13 of 324
    votes = shares(567, 385, 42, 6)
    assert table(allocate(request(votes, 323))) == shares(183, 124, 14, 2)
    assert table(allocate(request(votes, 324))) == shares(184, 125, 13, 2)


def test_where_methods_part() -> None:
    # Balinski and Young's example with exact quotas 51.17, 44.00, 1.62, 1.61, 1.60: Jefferson (D'Hondt) 52, 45, 1, 1,
    # 1; Hamilton gives the three seats left to the remainders .62, .61, .60
    votes = shares(5117, 4400, 162, 161, 160)
    assert table(allocate(request(votes, 100, DHONDT))) == shares(52, 45, 1, 1, 1)
    assert table(allocate(request(votes, 100, HARE))) == shares(51, 44, 2, 2, 1)


def test_quotients_by_hand() -> None:
    # 100, 80, 30, 20 for 8 seats. / 1, 2, 3 …: 100 80 50 40 33⅓ 30 26⅔ 25 | 20 20 → A 4, B 3, C 1, D 0.
    # / 1, 3, 5 …: 100 80 33⅓ 30 26⅔ 20 (A, D) 16 | 14 2/7 → A 3, B 3, C 1, D 1.
    votes = shares(100, 80, 30, 20)
    assert table(allocate(request(votes, 8, DHONDT))) == shares(4, 3, 1, 0)
    assert table(allocate(request(votes, 8, SAINTE_LAGUE))) == shares(3, 3, 1, 1)


def test_hare_and_droop_by_hand() -> None:
    # 60, 28, 12 for 5 seats. Hare 20: whole 3, 1, 0, remainders 0, 8, 12 → 3, 1, 1.
    # Droop ⌊100 / 6⌋ + 1 = 17: whole 3, 1, 0, remainders 9, 11, 12 → C, then nobody: 3 + 1 + 1.
    assert table(allocate(request(shares(60, 28, 12), 5, HARE))) == shares(3, 1, 1)
    assert table(allocate(request(shares(60, 28, 12), 5, DROOP))) == shares(3, 1, 1)
    # 53, 37, 10 for 5 seats. Hare 20: 2, 1, 0 and remainders 13, 17, 10 → 3, 2, 0; Droop 17: 3, 2, 0.
    # 41, 29, 17, 13 for 7. Hare 14 2/7: 2, 2, 1, 0, remainders 12.4, 0.4, 2.7, 13 → 3, 2, 1, 1.
    # Droop ⌊100 / 8⌋ + 1 = 13: 3, 2, 1, 1.
    assert table(allocate(request(shares(53, 37, 10), 5, HARE))) == shares(3, 2, 0)
    assert table(allocate(request(shares(41, 29, 17, 13), 7, HARE))) == shares(3, 2, 1, 1)
    assert table(allocate(request(shares(41, 29, 17, 13), 7, DROOP))) == shares(3, 2, 1, 1)
    # 60, 25, 15 for 3. Droop 26: 2, 0, 0, remainders 8, 25, 15 → 2, 1, 0.
    assert table(allocate(request(shares(60, 25, 15), 3, DROOP))) == shares(2, 1, 0)


def test_droop_favours_the_large() -> None:
    # 74, 14, 12 for 3. Hare 33⅓: 2, 0, 0, remainders 7⅓, 14, 12 → 2, 1, 0.
    # Droop 26: 2, 0, 0, remainders 22, 14, 12 → 3, 0, 0.
    assert table(allocate(request(shares(74, 14, 12), 3, HARE))) == shares(2, 1, 0)
    assert table(allocate(request(shares(74, 14, 12), 3, DROOP))) == shares(3, 0, 0)


# ---------------------------------------------------------------- ties


@pytest.mark.parametrize("by", RULES)
def test_equal_weights_and_one_seat(by: Rule) -> None:
    allocation = evolve(request(shares(10, 10), 1, by), tie_policy=("lot",))
    outcome = allocate(allocation)
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.options, question.choose, question.policy) == (("A", "B"), 1, "lot")
    assert table(allocate(allocation, [Decision(question.id, ("B",))])) == shares(0, 1)


def test_equal_remainders_name_the_seats_open() -> None:
    # 25, 25, 25, 25 for 6 seats: quota 16⅔, one seat each, remainders 8⅓ each, two seats for four
    outcome = allocate(request(shares(25, 25, 25, 25), 6))
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert question.choose == 2
    assert set(question.numbers.values()) == {Fraction(25, 3)}
    assert {seat.seats for seat in outcome.seats} == {1}


def test_a_tie_for_seats_that_all_get_is_no_question() -> None:
    assert table(allocate(request(shares(10, 10), 2, DHONDT))) == shares(1, 1)


def test_equal_quotients_of_different_weights() -> None:
    # 20 / 2 = 10 / 1
    outcome = allocate(request(shares(20, 10), 2, DHONDT))
    assert isinstance(outcome, DecisionRequired)
    assert [(seat.receiver, seat.seats) for seat in outcome.seats] == [("A", 1), ("B", 0)]
    assert outcome.questions[0].numbers == {"A": 10, "B": 10}


# ---------------------------------------------------------------- bounds


@pytest.mark.parametrize("by", [HARE, DHONDT, SAINTE_LAGUE])
def test_at_least_one_each(by: Rule) -> None:
    # C alone would have none: 100, 60, 1 for 4 seats
    assert table(allocate(request(shares(100, 60, 1), 4, by, low=1))) == shares(2, 1, 1)


def test_shares_of_the_others_are_recomputed() -> None:
    # A 60, B 30 and ten groups of 1, at least one each, 20 seats: the ten have ten seats, A and B share ten as 2 to 1:
    # 6⅔ and 3⅓, so 7 and 3.
    small = {f"g{n}": 1 for n in range(10)}
    result = table(allocate(request({"A": 60, "B": 30, **small}, 20, HARE, low=1)))
    assert (result["A"], result["B"]) == (7, 3)


def test_maximum_passes_seats_on() -> None:
    # 90, 6, 4 for 9 seats, at most 3 each: all are full; for 7: A is held at 3, B and C share 4 as 6 to 4: 2.4 and 1.6
    assert table(allocate(request(shares(90, 6, 4), 9, high=3))) == shares(3, 3, 3)
    assert table(allocate(request(shares(90, 6, 4), 7, high=3))) == shares(3, 2, 2)
    # 6 4 3 2 (2) → B 3 at its maximum after 6, 3, 2; quotients 6, 4, 3, 2 | 2: a tie of B's third and C's second
    tie = allocate(request(shares(90, 6, 4), 7, DHONDT, high=3))
    assert isinstance(tie, DecisionRequired)
    assert tie.questions[0].options == ("B", "C")


@pytest.mark.parametrize(
    ("allocation", "kind"),
    [
        (request(shares(5, 5, 5), 2, low=1), "minima_exceed_seats"),
        (request(shares(5, 5, 5), 10, high=3), "maxima_below_seats"),
        (Allocation([Receiver("A", 5, 3, 2)], 3), "minimum_above_maximum"),
    ],
)
def test_bounds_that_cannot_be_met(allocation: Allocation, kind: str) -> None:
    outcome = allocate(allocation)
    assert isinstance(outcome, Void)
    assert outcome.reasons == ("bounds",)
    assert kind in {step.kind for step in outcome.steps}


@pytest.mark.parametrize("by", RULES)
def test_bounds_that_are_just_met(by: Rule) -> None:
    assert table(allocate(request(shares(5, 50, 500), 3, by, low=1))) == shares(1, 1, 1)
    assert table(allocate(request(shares(5, 50, 500), 9, by, high=3))) == shares(3, 3, 3)


# ---------------------------------------------------------------- edges


@pytest.mark.parametrize("by", RULES)
def test_edges(by: Rule) -> None:
    assert table(allocate(request({}, 0, by))) == {}
    assert table(allocate(request(shares(3, 4), 0, by))) == shares(0, 0)
    assert table(allocate(request(shares(0, 4), 3, by))) == shares(0, 3)
    assert table(allocate(request(shares(0, 4), 3, by, low=1))) == shares(1, 2)
    assert table(allocate(request(shares(0, 0), 2, by, low=1))) == shares(1, 1)
    for empty in (shares(0, 0), shares()):
        outcome = allocate(request(empty, 2, by))
        assert isinstance(outcome, Void)
        assert outcome.reasons == ("weights",)


@pytest.mark.parametrize("by", RULES)
def test_huge_numbers_and_fractions(by: Rule) -> None:
    huge: dict[str, int | Fraction] = {"A": 3 * 10**40, "B": Fraction(10**40), "C": 1}
    assert table(allocate(request(huge, 400, by))) == {"A": 300, "B": 100, "C": 0}


@pytest.mark.parametrize("by", [DHONDT, SAINTE_LAGUE])
def test_many_seats_are_not_counted_one_by_one(by: Rule) -> None:
    result = table(allocate(request({f"p{n}": 1000 + 37 * n for n in range(50)}, 1_000_000, by)))
    assert sum(result.values()) == 1_000_000


def test_what_is_missing_is_named() -> None:
    outcome = allocate(Allocation([Receiver("A", 5), Receiver("B")], None, complete=False))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("seats", "receivers", "weight/B")


@pytest.mark.parametrize(
    ("allocation", "missing"),
    [
        (Allocation([Receiver("A", -5)], 3), "weight/A"),
        (Allocation([Receiver("A", 5)], -3), "seats"),
        (Allocation([Receiver("A", 5), Receiver("A", 5)], 3), "weight/A"),
        (Allocation([Receiver("A", 5, -1)], 3), "bounds/A"),
        (Allocation([Receiver("A", 5, 0, -1)], 3), "bounds/A"),
    ],
)
def test_impossible_numbers(allocation: Allocation, missing: str) -> None:
    outcome = allocate(allocation)
    assert isinstance(outcome, CannotSay)
    assert missing in outcome.missing


# ---------------------------------------------------------------- theorems

weights = st.lists(st.integers(0, 60), min_size=1, max_size=5).filter(any).map(lambda ws: shares(*ws))
rules = st.sampled_from(RULES)
bounds = st.tuples(st.integers(0, 2), st.none() | st.integers(2, 6))


def possible(outcome: Outcome) -> tuple[dict[str, int], frozenset[str], int]:
    """Seats that are sure, the tied, and how many of them get one more."""
    assert isinstance(outcome, Decided | DecisionRequired), outcome
    sure = {seat.receiver: seat.seats for seat in outcome.seats}
    if isinstance(outcome, Decided):
        return sure, frozenset(), 0
    (question,) = outcome.questions
    return sure, frozenset(question.options), question.choose


@given(weights, st.integers(0, 30), rules, bounds)
def test_seats_add_up_and_keep_the_bounds(
    ws: dict[str, int], seats: int, by: Rule, limit: tuple[int, int | None]
) -> None:
    outcome = allocate(request(ws, seats, by, *limit))
    assume(not isinstance(outcome, Void))
    sure, tied, open_seats = possible(outcome)
    assert sum(sure.values()) + open_seats == seats
    assert 0 <= open_seats < max(1, len(tied))
    low, high = limit
    for id, number in sure.items():
        assert number >= low
        assert high is None or number + (id in tied) <= high or not ws[id]


@given(weights, st.integers(0, 30), rules, bounds, st.randoms(use_true_random=False))
def test_input_order_changes_nothing(
    ws: dict[str, int], seats: int, by: Rule, limit: tuple[int, int | None], random: Random
) -> None:
    allocation = request(ws, seats, by, *limit)
    receivers = list(allocation.receivers)
    random.shuffle(receivers)
    assert allocate(evolve(allocation, receivers=tuple(receivers))) == allocate(allocation)


@given(weights, st.integers(1, 30))
def test_hare_satisfies_quota(ws: dict[str, int], seats: int) -> None:
    sure, tied, _ = possible(allocate(request(ws, seats, HARE)))
    for id, number in sure.items():
        share = Fraction(ws[id] * seats, sum(ws.values()))
        assert share.__floor__() <= number
        assert number + (id in tied) <= share.__ceil__()


@given(weights, st.integers(0, 30), st.sampled_from([DHONDT, SAINTE_LAGUE]), st.integers(0, 2))
def test_divisors_are_house_monotone(ws: dict[str, int], seats: int, by: Divisors, low: int) -> None:
    fewer, more = (allocate(request(ws, number, by, low)) for number in (seats, seats + 1))
    assume(not isinstance(fewer, Void) and not isinstance(more, Void))
    before, _, _ = possible(fewer)
    after, tied, _ = possible(more)
    assert all(before[id] <= after[id] + (id in tied) for id in ws)
    assert all(before[id] <= after[id] for id in ws)


@given(weights, st.integers(0, 30), st.sampled_from([HARE, DHONDT, SAINTE_LAGUE]), bounds, st.fractions("1/7", 9))
def test_scaling_changes_nothing(
    ws: dict[str, int], seats: int, by: Rule, limit: tuple[int, int | None], factor: Fraction
) -> None:
    one = allocate(request(ws, seats, by, *limit))
    assume(not isinstance(one, Void))
    other = allocate(request({id: weight * factor for id, weight in ws.items()}, seats, by, *limit))
    assert possible(one) == possible(other)


# ---------------------------------------------------------------- an independent brute force


def best(
    ws: dict[str, int], seats: int, low: int, high: int | None, worth: Callable[[dict[str, int]], object]
) -> list[dict[str, int]]:
    """All admissible tables of least worth, by trying each one."""
    ids = list(ws)
    top = seats if high is None else min(high, seats)
    ranges = [range(low, (top if ws[i] else low) + 1) for i in ids]
    tables = [dict(zip(ids, numbers, strict=True)) for numbers in product(*ranges) if sum(numbers) == seats]
    values = [worth(one) for one in tables]
    least = min(values)  # type: ignore[type-var]
    return [one for one, value in zip(tables, values, strict=True) if value == least]


def resolved(outcome: Outcome) -> list[dict[str, int]]:
    """All tables that answers can lead to."""
    sure, tied, open_seats = possible(outcome)
    answers = [a for a in product((0, 1), repeat=len(tied)) if sum(a) == open_seats]
    extra = [dict(zip(sorted(tied), answer, strict=True)) for answer in answers]
    return [{id: number + more.get(id, 0) for id, number in sure.items()} for more in extra]


def _sorted(tables: list[dict[str, int]]) -> list[list[tuple[str, int]]]:
    return sorted(sorted(one.items()) for one in tables)


few = st.lists(st.integers(0, 25), min_size=1, max_size=4).filter(any).map(lambda ws: shares(*ws))
few_seats = st.integers(0, 8)


@settings(deadline=None)  # every table is tried
@given(few, few_seats, st.sampled_from([DHONDT, SAINTE_LAGUE]), bounds)
def test_divisors_against_the_min_max_inequality(
    ws: dict[str, int], seats: int, by: Divisors, limit: tuple[int, int | None]
) -> None:
    # Balinski and Young: a table is a divisor table within bounds when no seat above a minimum has a smaller quotient
    # than a seat that another receiver could still take.
    low, high = limit
    outcome = allocate(request(ws, seats, by, low, high))
    assume(not isinstance(outcome, Void))

    def violations(one: dict[str, int]) -> int:
        last = [Fraction(ws[i], by.divisor(n)) for i, n in one.items() if n > low and ws[i]]
        beyond = [Fraction(ws[i], by.divisor(n + 1)) for i, n in one.items() if (high is None or n < high) and ws[i]]
        return sum(a < b for a in last for b in beyond)

    assert _sorted(resolved(outcome)) == _sorted(best(ws, seats, low, high, violations))


@settings(deadline=None)  # every table is tried
@given(few, few_seats, bounds)
def test_hare_is_nearest_to_the_restricted_shares(
    ws: dict[str, int], seats: int, limit: tuple[int, int | None]
) -> None:
    # Hamilton's tables are those nearest to the shares (Birkhoff 1976). The shares within bounds are found here along
    # the breakpoints of the common multiple, another way than the library's.
    low, high = limit
    outcome = allocate(request(ws, seats, HARE, low, high))
    assume(not isinstance(outcome, Void))
    wanted = _restricted(ws, seats, low, high)
    nearest = best(ws, seats, low, high, lambda one: sum((one[i] - wanted[i]) ** 2 for i in ws))
    assert _sorted(resolved(outcome)) == _sorted(nearest)


def _restricted(ws: dict[str, int], seats: int, low: int, high: int | None) -> dict[str, Fraction]:
    def at(multiple: Fraction) -> dict[str, Fraction]:
        top = Fraction(seats if high is None else high)
        return {i: max(Fraction(low), min(top, w * multiple)) if w else Fraction(low) for i, w in ws.items()}

    breaks = sorted({Fraction(b, w) for w in ws.values() if w for b in (low, seats if high is None else high)})
    below = max((b for b in breaks if sum(at(b).values()) <= seats), default=Fraction(0))
    held = at(below)
    # between two breakpoints the sum is linear in the multiple
    upper = min((b for b in breaks if b > below), default=below + 1)
    rising = sum(at(upper).values()) - sum(held.values())
    missing = seats - sum(held.values())
    return at(below + (upper - below) * missing / rising) if missing else held


@given(few, few_seats)
def test_droop_by_the_textbook(ws: dict[str, int], seats: int) -> None:
    assume(sum(ws.values()) > seats)
    quota = sum(ws.values()) // (seats + 1) + 1
    whole = {i: w // quota for i, w in ws.items()}
    left = seats - sum(whole.values())
    positive = [i for i in ws if ws[i]]
    assume(left <= len(positive))
    order = sorted(positive, key=lambda i: -(ws[i] % quota))
    sure, tied, open_seats = possible(allocate(request(ws, seats, DROOP)))
    for given_, id in enumerate(order):
        if id not in tied:
            assert sure[id] == whole[id] + (given_ < left)
    assert sum(sure.values()) + open_seats == seats
