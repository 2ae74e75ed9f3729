"""Who is registered where, when register and home differ: the models of three sources side by side (L6, L7).

S0-23, S0-24: whoever lives here, and is in the register here or has been here for a year; those of the register who live
elsewhere are left out. S1a-03 to S1a-06: the register or a year here; the person chooses one place, and may decline. S1b-06:
the register alone. Villagers' law, article 13: three classes, as advice; one place alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest

import civicrules
from civicrules import Rules, Verdict

FAILS = Verdict.FAILS
DAY = date(2013, 4, 19)
ID = "11010519491231002X"  # the example of the standard on identity numbers


@cache
def shipped(ruleset: str) -> Rules:
    return civicrules.load(ruleset)


def voter(registered: bool, lives: bool, moved: date | str = "none", **more: object) -> dict[str, object]:
    known = {"name": "A", "age": 40, "deprived of political rights": False, "registered here": registered}
    return {
        **known,
        "lives here": lives,
        "moved here": moved,
        **{key.replace("_", " "): one for key, one in more.items()},
    }


def fails(ruleset: str, rule: str, person: Mapping[str, Any], **account: int) -> bool:
    plan = {"community": {"election day": DAY}, "registered voters roll": [person]}
    found = [one.verdict for one in shipped(ruleset).check(plan, advice=False).findings if one.rule.id == rule]
    assert Verdict.CANNOT_SAY not in found
    return FAILS in found


YEAR = date(2012, 4, 19)
LESS = date(2012, 4, 20)


@pytest.mark.parametrize(
    ("person", "residence", "register_or_year", "register"),
    [
        (voter(True, True), True, True, True),
        (voter(True, False), False, True, True),  # in the register, absent
        (voter(False, True, YEAR), True, True, False),  # exactly a year
        (voter(False, True, LESS), False, False, False),  # a day less
        (voter(False, False), False, False, False),
    ],
)
def test_three_models(person: dict[str, object], residence: bool, register_or_year: bool, register: bool) -> None:
    assert fails("cn.direct-2005", "register_and_residence", person) is not residence
    capable = {**person, "legal capacity lost": False}
    assert fails("cn.all-voter", "who_is_registered", capable) is not register_or_year
    assert fails("cn.representatives", "registration", person) is not register


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (voter(True, True, chose_to_register_here=False), True),  # nothing to choose
        (voter(True, False, chose_to_register_here=True), True),
        (voter(True, False, chose_to_register_here=False), False),
        (voter(False, True, YEAR, chose_to_register_here=True), True),
        (voter(False, True, YEAR, chose_to_register_here=False), False),
    ],
)
def test_whose_register_and_home_differ_chooses(person: dict[str, object], may: bool) -> None:
    """S1a-05; where both agree there is no choice."""
    assert fails("cn.all-voter", "whose_register_and_home_differ_chooses", person) is not may


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (voter(True, True), True),
        (voter(True, False, declared_to_take_part=True), True),
        (voter(True, False, declared_to_take_part=False), False),
        (voter(False, True, YEAR, applied_to_take_part=True, admitted_by_the_assembly=True), True),
        (voter(False, True, YEAR, applied_to_take_part=True, admitted_by_the_assembly=False), False),
        (voter(False, True, YEAR, applied_to_take_part=False, admitted_by_the_assembly=True), False),
        (voter(False, True, LESS, applied_to_take_part=True, admitted_by_the_assembly=True), False),
    ],
)
def test_three_classes_by_analogy(person: dict[str, object], may: bool) -> None:
    assert fails("cn.village-by-analogy", "classes_of_registration", person) is not may


@pytest.mark.parametrize("declined", [True, False])
def test_whoever_declines_is_not_listed(declined: bool) -> None:
    """S1a-04."""
    person = voter(True, True, declares_not_to_take_part=declined)
    assert fails("cn.all-voter", "declared_non-participants_are_not_registered", person) is declined


@pytest.mark.parametrize("ruleset", ["cn.all-voter", "cn.representatives", "cn.village-by-analogy"])
@pytest.mark.parametrize("elsewhere", [True, False])
def test_one_place_alone(ruleset: str, elsewhere: bool) -> None:
    """S1a-05, S1a-06; villagers' law, article 13, as advice."""
    assert fails(ruleset, "registered_in_one_place", voter(True, True, registered_elsewhere_too=elsewhere)) is elsewhere


@pytest.mark.parametrize(("second", "twice"), [("11010519491231002X", True), ("440524188001010014", False)])
def test_who_chose_two_communities_is_found(second: str, twice: bool) -> None:
    """S1a-06: one identity number on the rolls of two communities, whatever each of them was told."""
    plans = [
        {
            "community": {"name": name},
            "registered voters roll": [
                {"name": "A", "id number": number, "chose to register here": True, "registered elsewhere too": False}
            ],
        }
        for name, number in (("East", ID), ("West", second))
    ]
    told = [one.code for one in shipped("cn.all-voter").across(plans).city.diagnostics]
    assert ("CR0529" in told) is twice
