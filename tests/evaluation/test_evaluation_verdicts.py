"""Verdicts by hand: one edge at a time."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from civicrules.exact import Interval, Rounding
from civicrules.facts import Blank
from civicrules.findings import Verdict
from civicrules.program import (
    And,
    Arithmetic,
    Clamped,
    Excess,
    Force,
    Literal,
    Not,
    NumberType,
    OneOf,
    Operator,
    Or,
    RangeOf,
    RangeType,
    Rate,
    Rounded,
    ShareOf,
    Validity,
    ValueOf,
    Within,
)

HOLDS, FAILS, OPEN, NOT_APPLIED = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
FRACTION = NumberType(whole=False)


@pytest.mark.parametrize(
    ("sign", "below", "at", "above"),
    [
        (">=", FAILS, HOLDS, HOLDS),
        ("<=", HOLDS, HOLDS, FAILS),
        (">", FAILS, FAILS, HOLDS),
        ("<", HOLDS, FAILS, FAILS),
        ("=", FAILS, HOLDS, FAILS),
        ("!=", HOLDS, FAILS, HOLDS),
    ],
)
def test_each_comparing_word_at_its_edge(make: Any, sign: str, below: Verdict, at: Verdict, above: Verdict) -> None:
    requirement = make.compared(make.fact("big"), sign, 3)
    assert [make.judge(requirement, make.facts(big=n)).verdict for n in (2, 3, 4)] == [below, at, above]
    open_finding = make.judge(requirement, make.facts())
    assert open_finding.verdict is OPEN and make.missing(open_finding) == {"big"}


def test_comparing_never_rounds(make: Any) -> None:
    """24 of 74 is 32.43 %, more than 30 %; 30 % of 70 is exactly 21."""
    requirement = make.compared(make.fact("big"), "<=", ShareOf(Fraction(3, 10), make.fact("other"), FRACTION))
    assert make.judge(requirement, make.facts(big=21, other=70)).verdict is HOLDS
    assert make.judge(requirement, make.facts(big=21, other=69)).verdict is FAILS


def test_a_guard_that_is_false_or_open(make: Any) -> None:
    requirement, guard = make.compared(make.fact("big"), ">=", 3), make.fact("yes")
    assert make.judge(requirement, make.facts(big=2, yes=False), guard=guard).verdict is NOT_APPLIED
    assert make.judge(requirement, make.facts(big=2, yes=True), guard=guard).verdict is FAILS
    assert make.missing(make.judge(requirement, make.facts(big=3), guard=guard)) == {"yes"}
    assert make.missing(make.judge(requirement, make.facts(), guard=guard)) == {"yes", "big"}
    assert make.missing(make.judge(requirement, make.facts(yes=True), guard=guard)) == {"big"}
    assert make.judge(requirement, make.facts(yes=False), guard=guard).missing == ()


def test_validity_includes_both_its_days(make: Any) -> None:
    valid = Validity(date(2012, 7, 1), date(2013, 12, 28))
    made = make.evaluator(make.rule("r", make.sentence(make.compared(make.fact("big"), ">=", 3), valid=valid)))
    days = [date(2012, 6, 30), date(2012, 7, 1), date(2013, 12, 28), date(2013, 12, 29)]
    found = [made.findings(make.facts(big=3), make.DAY, law_day=day)[0][0].verdict for day in days]
    assert found == [NOT_APPLIED, HOLDS, HOLDS, NOT_APPLIED]


def test_a_permission_never_fails_and_tells_its_use(make: Any) -> None:
    requirement, guard = make.compared(make.fact("big"), ">=", 1), make.fact("yes")
    judged = [
        make.judge(requirement, plan, guard=guard, force=Force.MAY)
        for plan in (make.facts(yes=True, big=1), make.facts(yes=True, big=0), make.facts(yes=True))
    ]
    assert [(f.verdict, f.used, f.missing) for f in judged] == [
        (HOLDS, True, ()),
        (HOLDS, False, ()),
        (HOLDS, None, ()),
    ]
    assert make.judge(requirement, make.facts(yes=False), guard=guard, force=Force.MAY).verdict is NOT_APPLIED
    assert make.missing(make.judge(requirement, make.facts(), guard=guard, force=Force.MAY)) == {"yes"}


def test_equal_facts_cancel_out(make: Any) -> None:
    same = Arithmetic(Operator.MINUS, make.fact("big"), make.fact("big"), NumberType(low=None))
    assert make.judge(make.compared(same, "=", 0), make.facts()).verdict is HOLDS


def test_a_cap_that_counts_itself(make: Any) -> None:
    """U at most 30 % of (R + U) is U at most 3R/7: 21 for 50 (source facts 3.6), known even while R is missing."""
    together = Arithmetic(Operator.PLUS, make.fact("big"), make.fact("other"), make.COUNT)
    requirement = make.compared(make.fact("big"), "<=", ShareOf(Fraction(3, 10), together, FRACTION))
    assert make.judge(requirement, make.facts(big=21, other=50)).verdict is HOLDS
    assert make.judge(requirement, make.facts(big=22, other=50)).verdict is FAILS
    assert make.judge(requirement, make.facts(big=0)).verdict is HOLDS
    assert make.missing(make.judge(requirement, make.facts(big=1))) == {"other"}
    assert make.missing(make.judge(requirement, make.facts())) == {"big", "other"}


def test_conditions_that_hold_whatever_is_missing(make: Any) -> None:
    low, high = make.compared(make.fact("big"), ">=", 3), make.compared(make.fact("big"), "<=", 5)
    assert make.judge(Or((low, high)), make.facts()).verdict is HOLDS
    apart = And((make.compared(make.fact("big"), "<", 3), make.compared(make.fact("big"), ">", 5)))
    assert make.judge(apart, make.facts()).verdict is FAILS
    fraction = Or(
        (
            make.compared(make.fact("ratio"), "<=", Fraction(1, 3)),
            make.compared(make.fact("ratio"), ">", Fraction(1, 3)),
        )
    )
    assert make.judge(fraction, make.facts()).verdict is HOLDS
    hole = Or(
        (make.compared(make.fact("ratio"), "<", Fraction(1, 3)), make.compared(make.fact("ratio"), ">", Fraction(1, 3)))
    )
    assert make.missing(make.judge(hole, make.facts())) == {"ratio"}
    excluded = Or((make.fact("yes"), Not(make.fact("yes"))))
    assert make.judge(excluded, make.facts()).verdict is HOLDS


def test_every_choice_says_the_same(make: Any) -> None:
    forms = [Literal(choice.id, make.FORM) for choice in make.FORM.choices]
    assert make.judge(OneOf(make.fact("form"), tuple(forms)), make.facts()).verdict is HOLDS
    assert make.missing(make.judge(OneOf(make.fact("form"), tuple(forms[:2])), make.facts())) == {"form"}
    assert make.judge(make.compared(make.fact("form"), ">=", forms[0]), make.facts()).verdict is HOLDS
    assert make.judge(make.compared(make.fact("form"), ">", forms[1]), make.facts(form="committee")).verdict is HOLDS
    assert make.judge(make.compared(make.fact("form"), ">", forms[1]), make.facts(form="general")).verdict is FAILS
    assert make.missing(make.judge(make.compared(make.fact("form"), "=", make.fact("form2")), make.facts())) == {
        "form",
        "form2",
    }


def test_names_are_an_open_set(make: Any) -> None:
    other = make.compared(make.fact("name"), "!=", Literal("Li", make.FIELDS["name"]))
    assert make.judge(other, make.facts(name="Li")).verdict is FAILS
    assert make.missing(make.judge(other, make.facts())) == {"name"}


def test_lists_open_and_complete(make: Any) -> None:
    """At most 5 groups can be named: three given and more to come are three to five, at least three so far."""
    at_least, at_most = make.compared(make.count(), ">=", 3), make.compared(make.count(), "<=", 4)
    assert make.judge(at_least, make.facts(3, complete=False)).verdict is HOLDS
    assert make.judge(at_most, make.facts(3)).verdict is HOLDS
    open_list = make.judge(at_most, make.facts(3, complete=False), mentions=(make.count(),))
    assert open_list.verdict is OPEN and make.missing(open_list) == {"groups"}
    assert open_list.numbers[0].value == Interval(3, None)  # so far
    none_yet = make.judge(at_most, make.facts(0, complete=False), mentions=(make.count(),))
    assert none_yet.numbers[0].value is None
    assert make.judge(at_most, make.facts(5, complete=False)).verdict is FAILS
    assert make.judge(make.compared(make.count(), "<=", 5), make.facts()).verdict is HOLDS
    assert make.missing(make.judge(at_most, make.facts())) == {"groups"}
    assert make.judge(at_most, make.facts(), mentions=(make.count(),)).numbers[0].value is None


def test_three_full_years_and_the_leap_day(make: Any) -> None:
    """满三年: the day itself counts; 29 February comes to 28 February in a common year."""
    requirement = make.compared(make.fact("day"), ">=", make.years_after(make.fact("last"), 3))
    last = date(2008, 2, 29)
    assert make.judge(requirement, make.facts(last=last, day=date(2011, 2, 28))).verdict is HOLDS
    assert make.judge(requirement, make.facts(last=last, day=date(2011, 2, 27))).verdict is FAILS
    assert (
        make.judge(
            make.compared(make.fact("day"), "=", make.years_after(make.fact("last"), 4)),
            make.facts(last=last, day=date(2012, 2, 29)),
        ).verdict
        is HOLDS
    )
    assert make.missing(make.judge(requirement, make.facts(last=last))) == {"day"}
    assert make.missing(make.judge(requirement, make.facts(day=last))) == {"last"}
    assert make.missing(make.judge(requirement, make.facts())) == {"day", "last"}
    shown = make.judge(requirement, make.facts(last=last), mentions=(make.fact("last"), make.fact("day")))
    assert [n.value for n in shown.numbers] == [last, None]


@pytest.mark.parametrize(
    ("households", "down", "up", "half_up"),
    [
        (1499, 50, 50, 50),
        (1500, 50, 50, 50),
        (1501, 50, 51, 50),
        (1549, 50, 51, 50),
        (1550, 50, 51, 51),
        (1600, 51, 51, 51),
        (1601, 51, 52, 51),
        (1650, 51, 52, 52),
        (2500, 60, 60, 60),
        (5000, 85, 85, 85),
    ],
)
def test_representatives_by_households(make: Any, households: int, down: int, up: int, half_up: int) -> None:
    """The table of the source facts, 3.2: 50 + 1 per 100 households above 1500, under three roundings."""
    excess = Excess(make.fact("big"), make.number(1500), make.COUNT)
    rate = Rate(make.number(1), make.number(100), excess, FRACTION)
    for how, expected in ((Rounding.DOWN, down), (Rounding.UP, up), (Rounding.HALF_UP, half_up)):
        body = Rounded(Arithmetic(Operator.PLUS, make.number(50), rate, FRACTION), how, make.COUNT)
        made = make.evaluator(definitions=(make.definition("required", body, (make.fact("big"),)),))
        found, absent = made.value("required", make.facts(big=households))
        assert (found.value, absent) == (expected, ()) and [n.value for n in found.inner] == [households]


def test_a_value_that_is_not_wholly_known(make: Any) -> None:
    clamped = Clamped(make.fact("big"), make.number(5), make.number(15), make.COUNT)
    made = make.evaluator(
        definitions=(
            make.definition("staff", clamped),
            make.definition("one", Clamped(make.fact("x"), make.number(6), None, make.COUNT)),
        )
    )
    found, absent = made.value("staff", make.facts())
    assert found.value == Interval(5, 15) and [m.key for m in absent] == ["c.big"]
    assert [made.value("staff", make.facts(big=n))[0].value for n in (4, 5, 15, 16)] == [5, 5, 15, 15]
    assert made.value("one", make.facts())[0].value == 6


def test_a_known_zero_divisor_names_no_missing_fact(make: Any) -> None:
    share = Arithmetic(Operator.DIVIDED, make.fact("big"), make.fact("other"), FRACTION)
    requirement = make.compared(share, ">=", Fraction(1, 2))
    made = make.evaluator(make.rule("r", make.sentence(requirement)))
    found, problems = made.findings(make.facts(big=1, other=0), make.DAY, law_day=make.DAY)
    assert found[0].verdict is OPEN and found[0].missing == ()
    assert [p.code for p in problems] == ["CR0591"] and problems[0].data["divisor"].text("en") == "other"
    assert make.judge(requirement, make.facts(big=1, other=2)).verdict is HOLDS
    assert make.missing(make.judge(requirement, make.facts(big=1))) == {"other"}
    assert make.missing(make.judge(requirement, make.facts(other=2))) == {"big"}


def test_none_is_a_value(make: Any) -> None:
    """Never released: not within five years, and not missing."""
    recent = make.compared(make.fact("released"), ">", Literal(date(2007, 8, 20), make.FIELDS["day"]))
    assert make.judge(Not(recent), make.facts(released=Blank.NONE)).verdict is HOLDS
    assert make.judge(Not(recent), make.facts(released=date(2007, 8, 20))).verdict is HOLDS
    assert make.judge(Not(recent), make.facts(released=date(2007, 8, 21))).verdict is FAILS
    assert make.missing(make.judge(Not(recent), make.facts())) == {"released"}


def test_ranges_and_shares_within(make: Any) -> None:
    """10 % to 30 % of 240 units are 24 to 72."""
    ends = [ShareOf(Fraction(n, 10), make.fact("other"), FRACTION) for n in (1, 3)]
    requirement = Within(make.fact("big"), RangeOf(ends[0], ends[1], RangeType(FRACTION)))
    found = [make.judge(requirement, make.facts(big=n, other=240)).verdict for n in (23, 24, 72, 73)]
    assert found == [FAILS, HOLDS, HOLDS, FAILS]
    assert make.missing(make.judge(requirement, make.facts(big=24))) == {"other"}
    assert make.missing(make.judge(requirement, make.facts(other=240))) == {"big"}
    assert make.missing(make.judge(requirement, make.facts())) == {"big", "other"}


def test_expressions_with_numbers_of_a_method(make: Any) -> None:
    from civicrules.program import LocalOf

    made = make.evaluator()
    threshold = make.compared(LocalOf("votes", make.COUNT), ">", ShareOf(Fraction(1, 2), make.fact("big"), FRACTION))
    assert made.expression(threshold, make.facts(big=2208), {"votes": 1105}) == (True, ())
    assert made.expression(threshold, make.facts(big=2208), {"votes": 1104}) == (False, ())
    value, absent = made.expression(threshold, make.facts(), {"votes": 1104})
    assert value is None and [m.key for m in absent] == ["c.big"]
    assert made.expression(make.count(), make.facts(2, complete=False))[0] == Interval(2, 5)


def test_a_blocked_cell_is_missing_and_marked(make: Any) -> None:
    from attrs import evolve

    from civicrules.source import Cell

    plan = evolve(make.facts(), blocked={"c.big": Cell("plan.xlsx", "社区", "B2")})
    found = make.judge(make.compared(make.fact("big"), ">=", 3), plan)
    assert [(m.key, m.blocked) for m in found.missing] == [("c.big", True)]


def test_numbers_carry_the_definitions_one_level_deep(make: Any) -> None:
    required = make.definition(
        "required",
        Arithmetic(Operator.PLUS, make.fact("x"), make.fact("y"), make.COUNT),
        (make.fact("x"), make.fact("y")),
    )
    requirement = make.compared(make.fact("big"), ">=", ValueOf("required", make.COUNT))
    found = make.judge(
        requirement,
        make.facts(big=5, x=2, y=4),
        definitions=(required,),
        mentions=(make.fact("big"), ValueOf("required", make.COUNT)),
    )
    assert found.verdict is FAILS
    assert [(n.value, [i.value for i in n.inner]) for n in found.numbers] == [(5, []), (6, [2, 4])]
