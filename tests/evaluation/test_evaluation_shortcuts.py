"""The short ways through counts come to the same as the exact arithmetic of fractions, known or not."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.conditions import inside_range, inside_shares
from civicrules.evaluation.logic import within
from civicrules.evaluation.numbers import quotient_rounded, scaled
from civicrules.evaluation.quotients import quotient
from civicrules.evaluation.unknown import Bounds, Spread, missing_number
from civicrules.exact import Rounding, rounded
from civicrules.program import Arithmetic, Expression, Literal, NumberType, Operator, Rate, ShareOf

COUNT, FRACTION = NumberType(), NumberType(whole=False)
CASE = Case({}, {})


def literal(value: int) -> Literal:
    return Literal(value, COUNT)


def run(expression: Expression) -> Run:
    assert isinstance(expression, Literal)
    return lambda case: expression.value


@given(st.sampled_from(Rounding), st.integers(-500, 500), st.integers(1, 60), st.integers(1, 9))
def test_a_quotient_in_any_terms_is_rounded_like_the_fraction(how: Rounding, n: int, d: int, times: int) -> None:
    assert quotient_rounded(how)(n * times, d * times) == rounded(Fraction(n, d), how)


@given(st.integers(0, 10_000), st.integers(1, 9), st.integers(1, 200))
def test_a_quotient_of_counts_is_the_number_itself(households: int, count: int, per: int) -> None:
    of = literal(households)
    rate = Rate(literal(count), literal(per), of, FRACTION)
    forms: list[tuple[Expression, Fraction]] = [
        (rate, Fraction(households * count, per)),
        (Arithmetic(Operator.PLUS, literal(50), rate, FRACTION), 50 + Fraction(households * count, per)),
        (Arithmetic(Operator.PLUS, rate, literal(50), FRACTION), 50 + Fraction(households * count, per)),
        (Arithmetic(Operator.DIVIDED, of, literal(per), FRACTION), Fraction(households, per)),
        (ShareOf(Fraction(count, per), of, FRACTION), Fraction(households * count, per)),
    ]
    for expression, expected in forms:
        pair = quotient(expression, run)
        assert pair is not None
        held = pair(CASE)
        assert held is not None and Fraction(*held) == expected


@pytest.mark.parametrize("divisor", [0, -3])
def test_a_divisor_that_is_not_positive_goes_the_other_way(divisor: int) -> None:
    pair = quotient(Arithmetic(Operator.DIVIDED, literal(7), literal(divisor), FRACTION), run)
    assert pair is not None and pair(CASE) is None


def test_what_is_no_quotient_has_no_short_way() -> None:
    assert quotient(literal(7), run) is None
    assert quotient(Arithmetic(Operator.TIMES, literal(7), literal(2), COUNT), run) is None


counts = st.integers(0, 300)
shares = st.fractions(0, 2, max_denominator=20)


@given(counts, counts, shares, shares)
def test_a_count_between_shares_of_a_count(value: int, base: int, low: Fraction, high: Fraction) -> None:
    short = inside_shares(lambda case: value, (lambda case: base,) * 2, (low, high), lambda case: pytest.fail())
    long = inside_range(lambda case: value, lambda case: (low * base, high * base))
    assert short(CASE) is long(CASE) is (low * base <= value <= high * base)


@given(counts, st.integers(0, 300), st.integers(1, 300), shares, shares)
def test_a_count_between_shares_of_a_missing_one(
    value: int, least: int, more: int, low: Fraction, high: Fraction
) -> None:
    base = missing_number("base", Bounds(least, least + more))
    ends: list[Any] = [scaled(base, low), scaled(base, high)]
    short = inside_shares(lambda case: value, (lambda case: base,) * 2, (low, high), lambda case: pytest.fail())
    assert short(CASE) == within(value, Spread(frozenset({"base"}), *ends))
