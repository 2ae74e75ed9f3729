"""What is possible of one number, against trying every number by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import civicrules
from civicrules.derived import Allowed, Stretch, Why
from civicrules.evaluation.case import Case
from civicrules.evaluation.logic import compare, compares, truth
from civicrules.evaluation.numbers import minus, plus, scaled
from civicrules.evaluation.solving import common, hull, joined, possible
from civicrules.evaluation.unknown import Bounds, missing_number
from civicrules.evaluation.variables import Variable
from civicrules.findings import Verdict
from civicrules.program import Comparison, Names

X = Variable("x", Names(), 0, (Bounds(0, None),))
TOP = 40


def numbers(domain: Any) -> set[int]:
    return {n for n in range(TOP + 1) for part in domain if part.low <= n and (part.high is None or n <= part.high)}


@pytest.mark.parametrize("comparison", list(Comparison))
@pytest.mark.parametrize(
    ("own", "other", "low", "high"),
    [(1, -1, 3, 5), (7, -3, 10, 20), (-1, 2, 0, 9), (3, 0, 0, 0), (2, -1, 7, 7), (-7, 3, 10, 20)],
)
def test_one_number_and_what_another_can_be(comparison: Comparison, own: int, other: int, low: int, high: int) -> None:
    """own · x + other · y compared with 4: x is possible if some y from low to high makes it so."""
    y = missing_number("y", Bounds(low, high))

    def weigh(case: Case) -> Any:
        difference = minus(plus(scaled(case.values["x"], own), scaled(y, other)), 4)
        return truth(
            compare(comparison, difference, 0, case.cuts)
            if not isinstance(difference, int)
            else compares(comparison)(difference, 0)
        )

    found = possible(weigh, Case({}, {}), X, (Bounds(0, TOP),)).domain
    by_hand = {
        n for n, m in product(range(TOP + 1), range(low, high + 1)) if compares(comparison)(own * n + other * m, 4)
    }
    if by_hand:
        assert (min(numbers(found)), max(numbers(found))) == (min(by_hand), max(by_hand))
    assert by_hand <= numbers(found)
    if low == high:
        assert by_hand == numbers(found)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ((Bounds(0, 5),), (Bounds(3, None),), (Bounds(3, 5),)),
        ((Bounds(0, 2),), (Bounds(3, None),), ()),
        ((Bounds(None, None),), (Bounds(3, 3),), (Bounds(3, 3),)),
        ((Bounds(0, 1), Bounds(4, 9)), (Bounds(1, 5),), (Bounds(1, 1), Bounds(4, 5))),
        (("a", "b"), ("b", "c"), ("b",)),
        ((Bounds(0, 2, False, True),), (Bounds(0, 2, False, False, True),), (Bounds(0, 2, False, True, True),)),
        ((Bounds(0, 2, False, False, True),), (Bounds(2, 3, False),), ()),
    ],
)
def test_what_two_domains_have_in_common(one: Any, other: Any, both: Any) -> None:
    assert common(one, other) == both == common(other, one)


def test_parts_that_touch_are_one() -> None:
    assert joined([Bounds(4, 9), Bounds(0, 3)]) == (Bounds(0, 9),)
    assert joined([Bounds(5, 9), Bounds(0, 3)]) == (Bounds(0, 3), Bounds(5, 9))
    assert joined([Bounds(3, None), Bounds(0, 9), Bounds(1, 2)]) == (Bounds(0, None),)
    half, rest = Bounds(0, 1, False, False, True), Bounds(1, 2, False, True)
    assert joined([half, rest]) == (half, rest)  # 1 itself is in neither
    assert joined([half, Bounds(1, 2, False)]) == (Bounds(0, 2, False),)
    assert hull((Bounds(0, 3), Bounds(5, 9))) == (Bounds(0, 9),)


@pytest.mark.parametrize(
    ("of", "inside", "outside"),
    [
        (Allowed((Stretch(3, 5),)), (3, 5, Fraction(7, 2)), (2, 6, "3", None)),
        (Allowed((Stretch(3, None, True),)), (4,), (3,)),
        (Allowed((Stretch(None, 5, False, True),)), (-9,), (5,)),
        (Allowed((), ("a", True)), ("a", True), ("b", False, 1)),
        (Allowed((Stretch(date(2012, 8, 20).toordinal(), None),)), (date(2012, 8, 20),), (date(2012, 8, 19),)),
        (Allowed(), (), (0, "")),
    ],
)
def test_what_is_among_the_allowed(of: Allowed, inside: tuple[Any, ...], outside: tuple[Any, ...]) -> None:
    assert [one in of for one in inside] == [True] * len(inside)
    assert [one in of for one in outside] == [False] * len(outside)


SENTENCES = """civicrules 1 en

ruleset toy "Toy"
  facts: cn.community
  days back: event day not counted
  source act: "The act"

budget must be more than 100 yuan [act 1]
standard rooms must be less than 13 [act 2]
workers must not be 7 [act 3]
leading team size must be at most 100 - workers [act 4]
nomination must not be self-nomination [act 5]
candidate list posted must be at least 5 days before election day [act 6]
term end must be no earlier than candidate list posted [act 7]
"""


def toy(facts: Any) -> Any:
    found = civicrules.load(text=SENTENCES).derive(facts)
    return {item.key.partition(".")[2]: item.allowed for item in found.items}


def test_ends_that_are_not_reached_and_gaps() -> None:
    allowed = toy({})
    assert allowed["budget"].stretches == (Stretch(100, None, True),)
    assert allowed["standard_rooms"].stretches == (Stretch(None, 12),)
    # a team of 100 less the workers is none below 0
    assert allowed["workers"].stretches == (Stretch(None, 6), Stretch(8, 100))
    assert allowed["leading_team_size"].stretches == (Stretch(None, 100),)
    assert allowed["nomination"].values == ("joint_nomination", "by_the_committee", "by_the_street_office")


def test_days_follow_each_other() -> None:
    allowed = toy({"community": {"election day": "2012-08-20", "candidate list posted": "2012-08-10"}})
    assert [(one.low, one.high) for one in allowed["candidate_list_posted"].stretches] == [
        (None, date(2012, 8, 15).toordinal())
    ]
    assert [(one.low, one.high) for one in allowed["term_end"].stretches] == [(date(2012, 8, 10).toordinal(), None)]


@pytest.mark.parametrize("name", ["cn.district-2012", "cn.city-2007"])
@pytest.mark.parametrize("size", range(1, 11))
def test_checking_a_plan_says_the_same(name: str, size: int) -> None:
    """A number that `derive` leaves meets its sentence, any other one does not."""
    rules = civicrules.load(name)
    key, rule = {
        "cn.district-2012": ("residents committee", "residents_committee.size"),
        "cn.city-2007": ("community", "number_of_staff"),
    }[name]
    field = "size" if key == "residents committee" else "workers"
    known = {"households": 2501, "temporary residents": 4000}
    item = rules.derive({"community": known}).item(f"{key.replace(' ', '_')}.{field}")
    facts = {"community": dict(known)}
    facts.setdefault(key, {})[field] = size
    (verdict,) = {one.verdict for one in rules.check(facts, advice=False).findings if one.rule.id == rule}
    (line,) = [one for one in item.lines if one.rule.id == rule]
    assert (verdict is Verdict.HOLDS) == (size in line.allowed)


@pytest.mark.parametrize("plan", ["clean.en.yaml", "clean.zh.yaml"])
def test_a_plan_that_holds_is_a_lawful_one(plan: str) -> None:
    path = Path(__file__).parents[2] / "rulesets" / "cn.district-2012" / "examples" / plan
    found = civicrules.load("cn.district-2012").derive(path)
    assert found.impossible == ()
    assert not [one for one in found.undone if one.why is Why.FAILS]
    # its steps and its lists of people are still to come
    to_come = [item.key for item in found.items if item.given is None]
    assert all(key.startswith(("steps.", "count ")) for key in to_come)
