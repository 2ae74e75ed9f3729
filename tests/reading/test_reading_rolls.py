"""Lists of people: nobody twice, nothing that contradicts itself, and an account in which no row is lost.

The numbers 11010519491231002X and 440524188001010014 are the examples that GB 11643-1999 prints; the others were computed by
hand from its weights: 7·1+9·1+10·0+5·1+8·0+4·1+2·1+1·9+6·8+3·0+7·0+9·3+10·0+5·7+8·0+4·0+2·1 = 148 ≡ 5 (mod 11), so that
11010119800307001 ends in 7.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import civicrules
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import Facts
from civicrules.reading.rolls import born, is_sound, sex
from civicrules.report import json as report_json
from civicrules.report import text

RULES = civicrules.load("cn.direct-2005")
ROLL = "registered_voters_roll"
LI, ZHANG = "110101198003070017", "110101198801010027"


def read(rows: list[dict[str, Any]], **plan: Any) -> tuple[Facts, tuple[Diagnostic, ...]]:
    return RULES.facts({"plan": {"day": date(2005, 7, 1), **plan}, "registered voters roll": rows})


def codes(rows: list[dict[str, Any]], **plan: Any) -> list[str]:
    return [one.code for one in read(rows, **plan)[1]]


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", LI, ZHANG])
def test_numbers_of_the_standard_are_sound(number: str) -> None:
    assert is_sound(number)


def test_any_one_digit_changed_is_seen() -> None:
    # ISO 7064 MOD 11-2 finds every single wrong character.
    for at, right in enumerate(LI):
        for digit in "0123456789":
            if digit != right:
                assert not is_sound(f"{LI[:at]}{digit}{LI[at + 1 :]}")


def test_what_a_number_says() -> None:
    assert (born("11010519491231002X"), sex("11010519491231002X")) == (date(1949, 12, 31), "female")
    assert (born(LI), sex(LI)) == (date(1980, 3, 7), "male")
    assert born("110105194902300023") is None


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"id number": LI, "birth date": date(1980, 3, 7), "sex": "male", "age": 25}, ""),
        ({"id number": LI[:-1]}, "CR0530"),
        ({"id number": LI[:-1] + "8"}, "CR0530"),
        ({"id number": "110101800307001"}, ""),
        ({"id number": "passport E1234567"}, ""),
        ({"id number": LI, "birth date": date(1980, 3, 8)}, "CR0531"),
        ({"id number": LI, "sex": "female"}, "CR0531"),
        ({"birth date": date(1980, 7, 1), "age": 25}, ""),
        ({"birth date": date(1980, 7, 1), "age": 26}, ""),
        ({"birth date": date(1980, 7, 1), "age": 24}, ""),
        ({"birth date": date(1980, 7, 1), "age": 27}, "CR0531"),
        ({"birth date": date(1980, 7, 2), "age": 26}, "CR0531"),
        ({"birth date": date(2005, 7, 1)}, ""),
        ({"birth date": date(2005, 7, 2)}, "CR0532"),
    ],
)
def test_a_row_that_contradicts_itself(row: dict[str, Any], code: str) -> None:
    assert codes([{"name": "Li Ming", **row}]) == ([code, "CR0533"] if code else [])


def test_what_contradicts_is_not_used_and_its_row_stays() -> None:
    facts, _ = read([{"name": "Li Ming", "id number": LI, "birth date": date(1981, 3, 7), "sex": "male"}])
    (row,) = facts.lists[ROLL].rows
    assert {"name", "id_number", "sex"} == set(row.values)
    assert list(facts.blocked) == [f"{ROLL}[1].birth_date"]


def test_the_day_is_the_election_day_where_the_plan_has_none() -> None:
    given = {"community": {"election day": date(2005, 6, 5)}, "registered voters roll": []}
    for born_on, found in ((date(2005, 6, 5), []), (date(2005, 6, 6), ["CR0532", "CR0533"])):
        given["registered voters roll"] = [{"name": "Li Ming", "birth date": born_on}]
        assert [one.code for one in RULES.facts(given)[1]] == found


def test_every_row_is_in_the_account() -> None:
    # Four rows: one right, one with a wrong number, one that repeats the first, one with an age that is no number.
    rows = [
        {"name": "Li Ming", "id number": LI},
        {"name": "Wang Qiang", "id number": ZHANG[:-1] + "8"},
        {"name": "Zhao Si", "id number": LI},
        {"name": "Qian Wu", "age": "old"},
    ]
    facts, told = read(rows)
    assert len(facts.lists[ROLL].rows) == 4
    (account,) = (one for one in told if one.code == "CR0533")
    assert account.severity is Severity.ADVICE
    assert [account.data[key] for key in ("read", "accepted", "wrong", "twice")] == [4, 1, 2, 1]


def test_a_row_entered_twice_and_wrong_is_counted_once() -> None:
    rows = [{"name": "Li Ming", "id number": LI}, {"name": "Li Ming", "id number": LI, "sex": "female"}]
    told = read(rows)[1]
    assert [one.code for one in told] == ["CR0531", "CR0529", "CR0533"]
    assert [told[-1].data[key] for key in ("read", "accepted", "wrong", "twice")] == [2, 1, 0, 1]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ({"education": "college"}, {"education": "primary"}, ["CR0534"]),
        ({"id number": LI}, {"education": "primary"}, ["CR0534"]),
        ({"id number": LI}, {"id number": ZHANG}, []),
        ({"birth date": date(1980, 1, 1)}, {"birth date": date(1981, 1, 1)}, []),
        ({"birth date": date(1980, 1, 1)}, {"birth date": date(1980, 1, 1), "education": "primary"}, ["CR0534"]),
        ({"education": "college"}, {"education": "college"}, ["CR0455"]),
    ],
)
def test_two_of_one_name(first: dict[str, Any], second: dict[str, Any], found: list[str]) -> None:
    assert codes([{"name": "Li Ming", **first}, {"name": "Li Ming", **second}]) == found


def test_nobody_is_registered_in_two_communities() -> None:
    plans = [
        {"community": {"name": name}, "registered voters roll": [{"name": who, "id number": number}]}
        for name, who, number in (("East", "Li Ming", LI), ("West", "Li M.", LI), ("North", "Zhang San", ZHANG))
    ]
    (shared,) = (one for one in RULES.across(plans).city.diagnostics if one.code == "CR0529")
    assert shared.discreet  # no report may show the lines in which the numbers stand
    assert shared.severity is Severity.ERROR


def test_identity_numbers_are_in_no_message() -> None:
    rows = [
        {"name": "Li", "id number": LI},
        {"name": "Wang", "id number": LI},
        {"name": "Qian", "id number": ZHANG[:-1]},
    ]
    report = RULES.check({"registered voters roll": rows}, day=date(2005, 7, 1))
    for language in ("en", "zh"):
        for printed in (text.render(report, language, width=100), report_json.render(report, language)):
            assert LI not in printed and ZHANG[:-1] not in printed


def kin(member: Any, candidate: Any) -> tuple[list[str], list[str], str]:
    """What is reported and blocked, and the verdict on relatives, of a member and a candidate who name these relatives."""
    people = [
        {"name": name} | ({} if named is None else {"relatives": named})
        for name, named in (("Li Ming", member), ("Zhao Qiang", candidate))
    ]
    lists = {"election committee members": people[:1], "committee candidates": people[1:]}
    report = RULES.check({"plan": {"day": date(2005, 7, 1), "complete": list(lists)}, **lists})
    facts, told = RULES.facts({"plan": {"day": date(2005, 7, 1)}, **lists})
    verdict = next(one.verdict for one in report.findings if one.rule.id == "no_relatives_of_candidates")
    return [one.code for one in told if one.code != "CR0533"], sorted(facts.blocked), verdict.value


@pytest.mark.parametrize(
    ("member", "candidate", "verdict"),
    [
        ("none", "none", "holds"),
        ("Zhao Qiang", "Li Ming", "fails"),
        ("Zhao Qiang", None, "fails"),
        (None, "Li Ming", "fails"),  # the candidate tells it, the member says nothing
        (None, "Sun Li", "cannot say"),
        (None, None, "cannot say"),
        ("none", None, "holds"),  # the member's own row is an answer
        ("Sun Li", "Qian Wu", "holds"),  # of those who stand in no list, nobody says anything
        ("Li Ming", "none", "holds"),  # nobody is a relative of oneself
    ],
)
def test_relatives_are_relatives_of_each_other(member: Any, candidate: Any, verdict: str) -> None:
    assert kin(member, candidate) == ([], [], verdict)


@pytest.mark.parametrize(
    ("member", "candidate", "silent"),
    [
        ("none", "Li Ming", "election_committee_members"),
        ("Sun Li", "Li Ming", "election_committee_members"),
        ("Zhao Qiang", "none", "committee_candidates"),
    ],
)
def test_who_leaves_out_somebody_that_names_him_is_reported_and_named_all_the_same(
    member: str, candidate: str, silent: str
) -> None:
    told, blocked, verdict = kin(member, candidate)
    assert (told, blocked[0], verdict) == (["CR0535"], f"{silent}[1].relatives", "fails")


def test_of_several_rows_under_one_name_one_that_names_in_turn_is_enough() -> None:
    lists = {
        "election committee members": [{"name": "Li Ming", "relatives": "none"}],
        "party candidates": [{"name": "Li Ming", "relatives": "Zhao Qiang"}],
        "committee candidates": [{"name": "Zhao Qiang", "relatives": "Li Ming"}],
    }
    assert [one.code for one in RULES.facts(lists)[1]] == []
    lists["party candidates"] = [{"name": "Li Ming"}]
    assert [one.code for one in RULES.facts(lists)[1]][:1] == ["CR0535"]
