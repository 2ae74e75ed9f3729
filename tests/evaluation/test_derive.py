"""What a lawful plan must look like: ranges, readings, dependence and contradictions, against sums done by hand.

Sections are those of the study of the source rules: 2.4 staff and budget of the speech of 2007, 3.2 residents'
representatives and 3.6 the two limits on unit representatives of the notice of 2012.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

import civicrules
from civicrules.derived import Allowed, Derived, End, Item, Why
from civicrules.program import Comparison

ELECTION = date(2011, 4, 19)


@cache
def rules(name: str) -> civicrules.Rules:
    return civicrules.load(name)


def derive(name: str, **facts: Mapping[str, Any]) -> Derived:
    return rules(name).derive({key.replace("_", " "): value for key, value in facts.items()})


def ends(of: Allowed) -> list[tuple[Any, Any]]:
    return [(one.low, one.high) for one in of.stretches]


def under(item: Item) -> dict[tuple[tuple[str, int], ...], list[tuple[Any, Any]]]:
    """The ends under the readings taken (no options) and under others."""
    return {answer.options: ends(answer.allowed) for answer in item.answers}


# ---------------------------------------------------------------- ranges


@pytest.mark.parametrize(
    ("households", "size"),
    # notice III.2: 3-5 up to 2,500; 5-7 from 2,500 to 5,000; 7-9 from 5,000 on. At an edge what both rows allow is taken.
    # Law 7, above it: 5-9, of which 3 and 4 are none (L1).
    [(2400, (3, 5)), (2499, (3, 5)), (2500, (5, 5)), (2501, (5, 7)), (5000, (7, 7)), (5001, (7, 9))],
)
def test_the_size_of_the_committee(households: int, size: tuple[int, int]) -> None:
    item = derive("cn.district-2012", community={"households": households}).item("residents_committee.size")
    by_rule = {line.rule.id: line for line in item.lines}
    notice, law = by_rule["residents_committee.size"], by_rule["size_of_the_committee"]
    assert (ends(notice.allowed), ends(law.allowed)) == ([size], [(5, 9)])
    assert ends(item.allowed) == [(max(5, size[0]), size[1])]
    assert notice.sentence.citation.article.text("en") == "notice III.2"
    assert law.sentence.citation.article.text("en") == "residents' law 7"


def test_an_edge_under_each_reading() -> None:
    item = derive("cn.district-2012", community={"households": 2500}).item("residents_committee.size")
    # By the notice 3 to 5 in the earlier row; with the law's 5 to 9 that is 5, as with what both rows allow.
    assert under(item) == {(): [(5, 5)], (("band_edge", 2),): [(5, 7)]}
    notice = next(line for line in item.lines if line.rule.id == "residents_committee.size")
    assert {answer.options: ends(answer.allowed) for answer in notice.answers} == {
        (): [(5, 5)],
        (("band_edge", 1),): [(3, 5)],
        (("band_edge", 2),): [(5, 7)],
    }


@pytest.mark.parametrize(
    ("households", "down", "up"),
    # section 3.2, columns floor and ceil
    [(1500, 50, 50), (1501, 50, 51), (1600, 51, 51), (1601, 51, 52), (2500, 60, 60)],
)
def test_representatives_under_both_roundings(households: int, down: int, up: int) -> None:
    known = {"households": households, "electorate": "all voters"}
    line = derive("cn.district-2012", community=known).item("assembly.resident_representatives").lines[0]
    found = {answer.options: ends(answer.allowed) for answer in line.answers}
    assert found[()] == [(down, None)]
    assert found.get((("started_hundred", 1),), [(down, None)]) == [(up, None)]


@pytest.mark.parametrize(
    ("households", "temporary", "staff", "budget"),
    # section 2.4: budget with its floor of 20, staff under the three roundings after 5 to 15
    [
        (700, 100, (5, 5, 5), 200_000),
        (2000, 0, (5, 5, 5), 200_000),
        (1599, 1999, (5, 5, 5), 200_000),
        (3000, 9000, (11, 12, 13), 390_000),
        (4000, 20000, (15, 15, 15), 600_000),
    ],
)
def test_staff_and_budget(households: int, temporary: int, staff: tuple[int, int, int], budget: int) -> None:
    found = derive("cn.city-2007", community={"households": households, "temporary residents": temporary})
    numbers = under(found.item("community.workers"))
    taken = numbers[()]
    assert taken == [(staff[0], staff[0])]
    assert [numbers.get((("computed_staff", at),), taken) for at in (1, 2)] == [[(n, n)] for n in staff[1:]]
    assert ends(found.item("community.budget").allowed) == [(Fraction(budget), None)]
    values = {one.id: one.values for one in found.defined}
    assert values["community_staff"][0] == ((), staff[0])
    assert values["community_budget"][0] == ((), Fraction(budget))


def test_choices_and_what_nobody_can_choose() -> None:
    found = derive("cn.city-2007", community={"households": 700, "temporary residents": 100})
    assert found.item("community.nomination").allowed.values == ("joint_nomination", "self-nomination")
    assert found.item("community.piloted").allowed.values == (False,)
    assert "community.households" not in {item.key for item in found.items}


def test_each_member_of_a_list_that_is_no_list_of_persons() -> None:
    # law art. 8 by the summary of 2011: each group elects 2 to 3 representatives
    found = derive("cn.representatives", community={"election day": ELECTION, "electorate": "representatives"})
    assert ends(found.item("residents_group.group_representatives").allowed) == [(2, 3)]


def test_a_count_of_members_is_a_number_of_the_plan() -> None:
    found = derive("cn.representatives", residents_committee={"chairs": 1, "other members": 3})
    # summary III.2: more candidates than seats, for the chair and for members
    counts = {item.names.text("en"): ends(item.allowed) for item in found.items if item.key.startswith("count")}
    del counts["number of committee members where of a smaller ethnic group"]  # hangs on who lives here
    del counts["number of committee members where sex is female"]  # village law 6, advice
    assert counts == {
        "number of candidates where post is chair": [(2, None)],
        "number of candidates where post is member": [(4, None)],
    }


def test_what_a_contest_asks_of_candidates() -> None:
    found = derive(
        "cn.representatives",
        community={"electorate": "representatives"},
        residents_committee={"chairs": 1, "other members": 3},
    )
    # the contest of 2011 has at least one candidate more than seats, and so has its rule on them (summary II.4, III.2)
    chairs = next(item for item in found.items if item.names.text("en") == "number of candidates where post is chair")
    assert [(line.rule.id, ends(line.allowed)) for line in chairs.lines] == [
        ("more_candidates_than_seats", [(2, None)]),
        ("residents_committee", [(2, None)]),
    ]


def test_a_contest_alone_asks_for_candidates() -> None:
    text = """civicrules 1 en

ruleset toy "Toy"
  facts: cn.community
  source act: "The act"

contest ward "Ward" [act 1]
  posts: chair, member
  seats: residents committee's chairs, residents committee's other members
  candidates: candidates, at least seats + 2
  elected: most votes first
"""
    toy = civicrules.load(text=text)
    found = toy.derive({"residents committee": {"chairs": 1, "other members": 5}})
    named = {item.names.text("zh"): ends(item.allowed) for item in found.items}
    assert named == {"主任候选人数": [(3, None)], "委员候选人数": [(7, None)]}
    assert found.items[0].lines[0].sentence.texts.text("en") == (
        "what the contest “Ward” asks of the number of candidates for chair"
    )


# ---------------------------------------------------------------- one number by another


UNITS = {"households": 1601, "units": 240, "electorate": "all voters"}


def test_a_limit_that_hangs_on_another_number() -> None:
    found = derive("cn.district-2012", community={"units": 30})
    item = found.item("assembly.unit_representatives")
    own, of_all = item.lines
    assert ends(own.allowed) == [(3, 9)]  # 10 % to 30 % of 30 units
    (form,) = of_all.forms
    # u <= 30 % of (r + u), and so 70 % of u <= 30 % of r
    assert (form.comparison, form.constant) == (Comparison.AT_MOST, 0)
    assert [(times, other.name.text("en")) for times, other in form.terms] == [
        (Fraction(3, 7), "assembly's resident representatives")
    ]
    assert [fact.key for fact in of_all.depends] == ["assembly.resident_representatives"]


def test_what_follows_for_the_other_number() -> None:
    found = derive("cn.district-2012", community=UNITS)
    item = found.item("assembly.resident_representatives")
    # 24 unit representatives (10 % of 240) are at most 30 % of all only if 7/3 of them, 56, are residents'
    assert ends(item.allowed) == [(56, None)]
    assert [(line.rule.id, line.implied) for line in item.lines] == [
        ("assembly.resident_representatives", False),
        ("unit_share", True),
        ("both_limits_on_unit_representatives", True),  # 24 are at most 3/7 of 56
    ]
    supposed = [(one.other.value, ends(one.allowed)) for one in item.lines[1].answers[0].supposed]
    assert supposed == [(24, [(56, None)]), (72, [(168, None)])]
    assert found.impossible == ()


@pytest.mark.parametrize(("residents", "possible"), [(56, True), (55, False), (50, False)])
def test_two_limits_that_contradict_each_other(residents: int, possible: bool) -> None:
    # section 3.6: 24 to 72 of 240 units, and at most 3/7 of the residents' representatives: 24 of 56, 23 of 55, 21 of 50
    found = derive("cn.district-2012", community={"units": 240}, assembly={"resident representatives": residents})
    item = found.item("assembly.unit_representatives")
    assert ends(item.allowed) == ([(24, 24)] if possible else [])
    assert [one.key for one in found.impossible] == ([] if possible else ["assembly.unit_representatives"])
    if not possible:
        assert [ends(line.allowed) for line in item.against] == [[(24, 72)], [(None, residents * 3 // 7)]]
        assert {line.sentence.citation.article.text("en") for line in item.against} == {"notice IV(2)"}


def test_what_the_plan_has_already() -> None:
    found = derive("cn.district-2012", community={"households": 2400}, residents_committee={"size": 8})
    item = found.item("residents_committee.size")
    assert (item.given, ends(item.allowed), item.given in item.allowed) == (
        8,
        [(5, 5)],
        False,
    )  # notice III.2 and law 7


def test_parts_of_a_whole_that_is_known() -> None:
    # 5 in all (notice III.2 and law 7), one chair, one or two vice-chairs: two or three other members
    found = derive("cn.district-2012", community={"households": 2400})
    assert ends(found.item("residents_committee.other_members").allowed) == [(2, 3)]
    assert ends(found.item("residents_committee.vice_chairs").allowed) == [(1, 2)]


def test_roundings_of_one_number_by_another() -> None:
    # notice IV(1)1: 30 and one for each block of 30 to 50; 500 members: 16 or 10 full blocks, 17 or 10 with parts
    found = derive("cn.district-2012", community={"party members": 500})
    line = found.item("community.congress_size").lines[0]
    taken = {one.other.value: ends(one.allowed) for one in line.answers[0].supposed}
    assert taken == {30: [(46, None)], 50: [(40, None)]}
    rounded_up = next(one for one in line.answers if one.options == (("part_blocks", 1),))
    assert {one.other.value: ends(one.allowed) for one in rounded_up.supposed} == {30: [(47, None)], 50: [(40, None)]}


# ---------------------------------------------------------------- days


def test_the_calendar_counted_from_election_day() -> None:
    found = derive("cn.representatives", community={"election day": ELECTION})
    assert [(due.day, due.end, due.item.key) for due in found.calendar] == [
        (date(2011, 3, 30), End.LATEST, "community.voter_list_posted"),  # village law 14: 20 days before
        (date(2011, 4, 16), End.LATEST, "community.voting_time_announced"),  # summary III.1(3): three days before
        (date(2011, 4, 19), End.EARLIEST, "community.handover_done"),  # village law 20: within ten days after
        (date(2011, 4, 29), End.LATEST, "community.handover_done"),
        (date(2014, 4, 19), End.EARLIEST, "community.term_end"),  # summary III.4: three years
    ]
    assert [number.value for number in found.known] == [ELECTION]


@pytest.mark.parametrize(
    ("convention", "latest"),
    # section 3.3: which day three days before 19 April is hangs on whether election day counts
    [("election day not counted", 16), ("election day counted", 17), ("clear days", 15)],
)
def test_three_days_before_under_each_way_of_counting(convention: str, latest: int) -> None:
    text = f"""civicrules 1 en

ruleset toy "Toy"
  facts: cn.community
  days back: {convention}
  source act: "The act"

voting time announced must be at least 3 days before election day [act 1]
"""
    (due,) = civicrules.load(text=text).derive({"community": {"election day": ELECTION}}).calendar
    assert due.day == date(2011, 4, latest)


def test_a_chain_of_steps() -> None:
    found = derive("cn.direct-2005", steps={"votes cast": date(2005, 6, 5), "posts announced": date(2005, 4, 22)})
    window = {item.key: ends(item.allowed) for item in found.items if item.is_day}
    first, last = date(2005, 4, 22).toordinal(), date(2005, 6, 5).toordinal()
    # report I.2: committee, representatives, posts, voters, candidates, votes, result
    assert window["steps.election_committee_formed"] == [(None, first)]
    assert window["steps.representatives_chosen"] == [(None, first)]
    assert window["steps.voters_registered"] == [(first, last)]
    assert window["steps.candidates_settled"] == [(first, last)]


def test_steps_without_a_day_stand_in_their_order() -> None:
    found = derive("cn.direct-2005", community={"households": 1600})
    assert [item.key.removeprefix("steps.") for item in found.undated] == [
        "election_committee_formed",
        "representatives_chosen",
        "posts_announced",
        "voters_registered",
        "candidates_settled",
        "votes_cast",
    ]
    waiting = [one for one in found.undone if one.why is Why.UNDATED]
    assert [fact.key for one in waiting for fact in one.missing][:1] == ["steps.representatives_chosen"]


def test_a_day_counted_from_one_that_is_missing() -> None:
    found = derive("cn.representatives")
    lines = found.item("community.voting_time_announced").lines
    line = next(one for one in lines if one.rule.id == "voting_time_and_scribes")
    (form,) = line.forms
    assert (form.comparison, form.constant, form.terms[0][1].name.text("en")) == (
        Comparison.AT_MOST,
        -3,
        "election day",
    )
    # three years after a day that is not known is no day of the calendar
    assert "community.term_end" not in {due.item.key for due in found.calendar}


# ---------------------------------------------------------------- what is left open


def test_what_could_not_be_derived() -> None:
    found = derive("cn.city-2007", community={"temporary residents": 9000})
    why = {(one.rule.id, one.why) for one in found.undone}
    assert ("age_of_team_members", Why.PERSONS) in why
    assert ("housing_fund", Why.ATTESTED) in why
    assert ("share_of_direct_elections", Why.COMMUNITIES) in why
    assert ("number_of_staff", Why.NEEDS) in why
    staff = next(one for one in found.undone if one.rule.id == "number_of_staff")
    assert [fact.key for fact in staff.missing] == ["community.households"]
    # 9,000 temporary residents alone are 4 posts, rounded down; the floor is 5 and the ceiling 15
    assert ends(found.item("community.workers").allowed) == [(5, 15)]


def test_nothing_is_asked_of_facts_as_found_twice() -> None:
    found = derive("cn.city-2007", community={"households": 3000, "temporary residents": 9000})
    sentences = [id(one.sentence) for one in found.undone]
    assert len(sentences) == len(set(sentences))


def test_a_fact_as_found_that_no_plan_can_mend() -> None:
    text = """civicrules 1 en

ruleset toy "Toy"
  facts: cn.community
  source act: "The act"

households must be at least 100 [act 1]
"""
    toy = civicrules.load(text=text)
    assert [one.why for one in toy.derive({"community": {"households": 99}}).undone] == [Why.FAILS]
    assert toy.derive({"community": {"households": 100}}).undone == ()
    assert [one.why for one in toy.derive({}).undone] == [Why.NEEDS]


def test_advice_binds_nobody() -> None:
    found = derive("cn.direct-2005", community={"households": 1600})
    item = found.item("assembly.resident_representatives")
    # report I.1: about one for 20 households, 10 % to either side of 80, or 20 % under the other reading
    assert item.allowed.free
    assert [ends(line.allowed) for line in item.lines] == [[(72, None)], [(None, 88)]]
    assert [ends(line.answers[1].allowed) for line in item.lines] == [[(64, None)], [(None, 96)]]


def test_a_reading_that_is_chosen() -> None:
    notice = rules("cn.district-2012")
    known = {"households": 1601, "electorate": "all voters"}
    found = notice.derive({"community": known}, readings={"started_hundred": 1})
    line = found.item("assembly.resident_representatives").lines[0]
    assert [(one.options, ends(one.allowed)) for one in line.answers] == [
        ((), [(52, None)]),
        ((("started_hundred", 0),), [(51, None)]),
    ]


def test_data_that_cannot_be_read_is_said() -> None:
    found = derive("cn.district-2012", community={"households": "many"})
    assert [one.code for one in found.diagnostics] == ["CR0504"]


def test_sentences_that_apply_under_one_reading_only() -> None:
    # notice III.1: exactly 50 members are a branch (at most one deputy) or, read otherwise, a general branch (one deputy)
    found = derive("cn.district-2012", community={"party members": 50})
    item = found.item("party_organisation.deputies")
    assert under(item) == {(): [(None, 1)], (("form_at_fifty", 1),): [(1, 1)]}
    assert [line.sentence.texts.text("en").partition(":")[0] for line in item.lines] == ["when party form is branch"]


def test_no_bound_rests_on_a_range_that_a_vocabulary_declares() -> None:
    """Law 8(1): two to three for each group, and the vocabulary takes up to 500 groups: not 1,500 when they are not known."""
    known = {"households": 1601, "electorate": "representatives"}
    found = derive("cn.district-2012", community=known)
    item = found.item("assembly.resident_representatives")
    assert ends(item.allowed) == [(51, None)]  # notice IV(2): 50 and 1 for the hundred above 1,500
    assert [line.rule.id for line in item.lines] == ["assembly.resident_representatives"]
    waits = [one for one in found.undone if one.rule.id == "representatives_of_all_groups"]
    assert [fact.key for one in waits for fact in one.missing] == ["community.groups"]
    item = derive("cn.district-2012", community=known | {"groups": 17}).item("assembly.resident_representatives")
    assert ends(item.allowed) == [(51, 51)]  # three times 17
