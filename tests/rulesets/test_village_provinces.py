"""What provinces add to the villagers' law: lists and counts, which no example can say; plans; relations.

Numbers are worked out by hand from the articles cited.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

import civicrules
from civicrules import Decided, DecisionRequired, MappingLibrary, Rules, Verdict, Void
from civicrules.diagnostics import Severity
from civicrules.library import Libraries

HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
FOLDER = Path(__file__).parents[2] / "rulesets"
PROVINCES = ("zhejiang", "beijing", "shanghai")
LATER = date(2020, 11, 21)


@cache
def province(name: str) -> Rules:
    return civicrules.load(f"cn.village-{name}")


def verdicts(name: str, rule: str, facts: object) -> list[Verdict]:
    report = province(name).check(facts, law_day=LATER, advice=False)
    return [one.verdict for one in report.findings if one.rule.id == rule and one.rule.ruleset == f"cn.village-{name}"]


# Zhejiang 8, Beijing 9: five to nine. Shanghai 7: seven to nine.
@pytest.mark.parametrize(
    ("name", "members", "expected"),
    [
        *(
            (name, *case)
            for name in ("zhejiang", "beijing")
            for case in [(4, FAILS), (5, HOLDS), (9, HOLDS), (10, FAILS)]
        ),
        *(("shanghai", *case) for case in [(6, FAILS), (7, HOLDS), (9, HOLDS), (10, FAILS)]),
    ],
)
def test_size_of_the_election_committee(name: str, members: int, expected: Verdict) -> None:
    plan = {"election committee members": [{"name": f"N{at}"} for at in range(members)]}
    assert verdicts(name, "size_of_the_election_committee", plan) == [expected]


# Beijing 16: one or two more for each post. Shanghai 12: one more for chair and vice chairs, one to three for members.
@pytest.mark.parametrize(
    ("name", "post", "at", "number", "expected"),
    [
        *(("beijing", "chair", 0, *case) for case in [(1, FAILS), (2, HOLDS), (3, HOLDS), (4, FAILS)]),
        *(("beijing", "member", 2, *case) for case in [(3, FAILS), (4, HOLDS), (5, HOLDS), (6, FAILS)]),
        *(("shanghai", "chair", 0, *case) for case in [(1, FAILS), (2, HOLDS), (3, FAILS)]),
        *(("shanghai", "vice chair", 1, *case) for case in [(1, FAILS), (2, HOLDS), (3, FAILS)]),
        *(("shanghai", "member", 2, *case) for case in [(3, FAILS), (4, HOLDS), (6, HOLDS), (7, FAILS)]),
    ],
)
def test_candidates_more_than_seats(name: str, post: str, at: int, number: int, expected: Verdict) -> None:
    plan = {
        "election work": {"voting with candidates": True},
        "villagers committee": {"chairs": 1, "vice chairs": 1, "other members": 3},
        "candidates": [{"name": f"N{one}", "post": post} for one in range(number)],
    }
    rule = {"beijing": "one_or_two_candidates_more_than_seats", "shanghai": "margin_of_candidates"}[name]
    assert verdicts(name, rule, plan)[at] is expected


@pytest.mark.parametrize("name", PROVINCES)
@pytest.mark.parametrize(("number", "expected"), [(3, HOLDS), (4, FAILS)])
def test_three_proxies_for_one_holder(name: str, number: int, expected: Verdict) -> None:
    """Zhejiang 25, Beijing 25, Shanghai 16: at most three; what another holds is no matter."""
    rows = [{"voter": f"V{at}", "holder": "H", "in writing": True} for at in range(number)]
    plan = {"proxies": [*rows, {"voter": "W", "holder": "I", "in writing": True}]}
    assert verdicts(name, "proxies_of_one_holder", plan) == [expected, HOLDS]


# Zhejiang 9 and 22, Beijing 21, Shanghai 14: relatives of candidates. Zhejiang 31, Shanghai 2: of each other.
@pytest.mark.parametrize(
    ("name", "rule", "list_", "others", "own"),
    [
        ("zhejiang", "relatives_of_candidates_leave", "election committee members", "committee candidates", 0),
        *(
            (name, "counting_staff_apart_from_the_candidates", "counting staff", "committee candidates", 1)
            for name in PROVINCES
        ),
    ],
)
@pytest.mark.parametrize(("relatives", "expected"), [("A", FAILS), ("B", HOLDS), ("none", HOLDS)])
def test_relatives_of_candidates(
    name: str, rule: str, list_: str, others: str, own: int, relatives: str, expected: Verdict
) -> None:
    plan = {list_: [{"name": "M", "relatives": relatives}], others: [{"name": "A"}]}
    assert verdicts(name, rule, plan)[own:] == [expected]


@pytest.mark.parametrize("name", PROVINCES)
@pytest.mark.parametrize(("member", "expected"), [("A", FAILS), ("B", HOLDS)])
def test_candidates_do_not_count(name: str, member: str, expected: Verdict) -> None:
    plan = {"counting staff": [{"name": member, "relatives": "none"}], "committee candidates": [{"name": "A"}]}
    assert verdicts(name, "counting_staff_apart_from_the_candidates", plan)[0] is expected


@pytest.mark.parametrize("name", ["zhejiang", "shanghai"])
@pytest.mark.parametrize(("relatives", "expected"), [("B", FAILS), ("C", HOLDS)])
def test_relatives_do_not_serve_together(name: str, relatives: str, expected: Verdict) -> None:
    plan = {"committee members": [{"name": "A", "relatives": relatives}, {"name": "B", "relatives": "none"}]}
    assert verdicts(name, "no_relatives_on_the_committee", plan)[0] is expected


def plan(votes: dict[str, tuple[int, ...]], issued: int = 601, members: int = 1, **kin: str) -> dict[str, object]:
    """601 papers of 1,000 registered, for a chair and members; `kin` names relatives, as in `chair0="member1"`."""
    rows = [(f"{post}{at}", post, one) for post, row in votes.items() for at, one in enumerate(row)]
    return {
        "villagers committee": {"chairs": 1, "vice chairs": 0, "other members": members},
        "ballot account": {"registered voters": 1000, "ballots issued": issued, "ballots returned": 601},
        "candidates": [
            {"name": name, "post": post, "votes": one, "relatives who stand": kin.get(name, "none")}
            for name, post, one in rows
        ],
    }


# More than half of 601 is 301.
@pytest.mark.parametrize("name", PROVINCES)
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (plan({"chair": (301, 290), "member": (400, 100)}), Decided),
        (plan({"chair": (301, 290), "member": (400, 100)}, issued=600), Void),  # more papers than voters
        (plan({"chair": (300, 290), "member": (400, 100)}), DecisionRequired),  # a further vote must follow
    ],
)
def test_the_count(name: str, facts: object, expected: type) -> None:
    """Zhejiang 27 to 29, Beijing 28 to 30, Shanghai 19 to 21."""
    assert isinstance(province(name).contest("villagers_committee", facts).count(), expected)


def test_of_relatives_the_higher_post_stays() -> None:
    """Zhejiang 31: who is related to the chair gives way, and who follows with more than half takes the seat."""
    facts = plan({"chair": (320, 200), "member": (310, 305, 301)}, members=2, chair0="member0", member0="chair0")
    outcome = province("zhejiang").contest("villagers_committee", facts).count()
    assert isinstance(outcome, Decided)
    assert sorted(seat.votes or 0 for seat in outcome.seats) == [301, 305, 320]


FAULTY = {
    "zhejiang": {
        "size_of_the_election_committee",
        "vote_of_nomination",
        "candidates_posted_five_days_before",
        "mobile_boxes",
        "proxies_of_one_holder",
        "further_vote_within_thirty_days",
        "no_relatives_on_the_committee",
        "size_of_the_representatives_assembly",
    },
    "beijing": {
        "who_is_not_listed",
        "one_or_two_candidates_more_than_seats",
        "proxies",
        "further_vote_within_fifteen_days",
        "time_of_a_recall_vote",
    },
    "shanghai": {
        "size_of_the_election_committee",
        "margin_of_candidates",
        "proxies",
        "days_of_proxies",
        "ballots_kept",
    },
}


@pytest.mark.parametrize("name", PROVINCES)
def test_the_shipped_plans(name: str) -> None:
    examples = FOLDER / f"cn.village-{name}" / "examples"
    lawful = province(name).check(examples / "lawful.zh.yaml", advice=False)
    assert {one.verdict for one in lawful.findings} == {HOLDS, IDLE}
    faulty = province(name).check(examples / "faulty.zh.yaml", advice=False)
    assert {one.rule.id for one in faulty.findings if one.verdict is FAILS} == FAULTY[name]


@pytest.mark.parametrize(
    ("name", "day", "said"),
    [
        ("zhejiang", date(2020, 7, 30), True),
        ("zhejiang", date(2020, 7, 31), False),
        ("beijing", date(2012, 10, 31), True),
        ("beijing", date(2012, 11, 1), False),
        ("shanghai", date(2020, 9, 24), True),
        ("shanghai", date(2020, 9, 25), False),
        *((name, date(2026, 1, 1), True) for name in PROVINCES),  # the law above them is no longer in force
    ],
)
def test_they_were_in_force(name: str, day: date, said: bool) -> None:
    notes = province(name).check({"village": {"election day": day}}).notes
    assert ("CR0340" in {one.code for one in notes}) is said


@pytest.mark.parametrize("name", PROVINCES)
def test_the_law_stays_above_them(name: str) -> None:
    """Classes of registration are the province's, everything else of the law is in force beside what is added."""
    rules = province(name).program.rules
    assert {one.ruleset for one in rules if one.id == "classes_of_registration"} == {f"cn.village-{name}"}
    law = {one.id for one in civicrules.load("cn.village-law").program.rules} - {"classes_of_registration"}
    assert law <= {one.id for one in rules}


LOCAL = """civicrules 1 zh

规则集 our.village “本村选举办法”
  层级：社区
  上位：cn.village-zhejiang
  词汇：cn.village
  来源 办法 / measures：“本村选举办法”

规则 本村人数 〔办法 第一条〕
  村委会的职数应当为SIZE人
  从严：村委会人数

规则 本村选举委员会 〔办法 第二条〕
  选举委员会全体成员的人数应当为MEMBERS人
  从严：选举委员会规模
"""


@pytest.mark.parametrize(
    ("size", "members", "conflicts"),
    [("3至5", "5至7", 0), ("3至7", "5至9", 0), ("2至5", "5至7", 1), ("3至5", "3至7", 1), ("7至9", "9至11", 2)],
)
def test_a_village_narrows_the_law_and_the_measures(size: str, members: str, conflicts: int) -> None:
    """Law 6(1): three to seven members. Zhejiang 8(1): five to nine on the election committee."""
    text = LOCAL.replace("SIZE", size).replace("MEMBERS", members)
    library = Libraries((MappingLibrary({"our.village": text}), civicrules.shipped()))
    found = civicrules.load("our.village", library=library).diagnostics
    assert [one.code for one in found if one.severity is Severity.CONFLICT] == ["CR0364"] * conflicts
    assert not [one for one in found if one.severity is Severity.ERROR]
