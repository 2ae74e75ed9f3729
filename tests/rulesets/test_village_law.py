"""The villagers' law: what its examples cannot say. Numbers are worked out by hand from the articles cited."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import civicrules
from civicrules import Decided, DecisionRequired, Rules, Verdict, Void
from civicrules.program import Vocabulary

HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
FOLDER = Path(__file__).parents[2] / "rulesets"


@pytest.fixture(scope="module")
def law() -> Rules:
    return civicrules.load("cn.village-law")


@pytest.fixture(scope="module")
def affairs() -> Rules:
    return civicrules.load("cn.village-law-affairs")


def verdicts(rules: Rules, rule: str, facts: object, law_day: date | None = None) -> list[Verdict]:
    report = rules.check(facts, law_day=law_day, advice=False)
    return [finding.verdict for finding in report.findings if finding.rule.id == rule]


# Article 11(2): three years in the text of 2010, five since the amendment of 29 December 2018.
@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2010, 10, 28), 3, [HOLDS, IDLE]),
        (date(2018, 12, 28), 3, [HOLDS, IDLE]),
        (date(2018, 12, 28), 5, [FAILS, IDLE]),
        (date(2018, 12, 29), 5, [IDLE, HOLDS]),
        (date(2018, 12, 29), 3, [IDLE, FAILS]),
    ],
)
def test_the_term_by_the_day_of_election(law: Rules, day: date, years: int, expected: list[Verdict]) -> None:
    plan = {"village": {"election day": day}, "villagers committee": {"term": years}}
    assert verdicts(law, "term_of_office", plan) == expected


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2010, 10, 27), True), (date(2010, 10, 28), False), (date(2025, 12, 31), False), (date(2026, 1, 1), True)],
)
def test_the_law_was_in_force(law: Rules, day: date, said: bool) -> None:
    """Article 41: from the day of publication. The decision of 28 October 2025 amends it from 1 January 2026."""
    notes = law.check({"village": {"election day": day}}).notes
    assert ("CR0340" in {one.code for one in notes}) is said


# Article 6(2): a woman, and one of a smaller group where several live.
@pytest.mark.parametrize(("sexes", "expected"), [("男男", FAILS), ("男女", HOLDS), ("女女", HOLDS), (None, CANNOT_SAY)])
def test_a_woman_on_the_committee(law: Rules, sexes: str | None, expected: Verdict) -> None:
    rows = [{"姓名": f"甲{at}", "性别": sex} for at, sex in enumerate(sexes or "")]
    assert verdicts(law, "women_on_the_committee", {} if sexes is None else {"村委会全体成员": rows}) == [expected]


@pytest.mark.parametrize(
    ("several", "members", "expected"), [("是", "否否", FAILS), ("是", "否是", HOLDS), ("否", "否否", IDLE)]
)
def test_a_member_of_a_smaller_ethnic_group(law: Rules, several: str, members: str, expected: Verdict) -> None:
    rows = [{"姓名": f"甲{at}", "属人数较少的民族": one} for at, one in enumerate(members)]
    plan = {"村": {"多民族村民居住": several}, "村委会全体成员": rows}
    assert verdicts(law, "smaller_ethnic_groups", plan) == [expected]


@pytest.mark.parametrize(("member", "expected"), [("A", FAILS), ("B", HOLDS)])
def test_whoever_stands_leaves_the_election_committee(law: Rules, member: str, expected: Verdict) -> None:
    """Article 12(3)."""
    plan = {"election committee members": [{"name": member}], "committee candidates": [{"name": "A"}]}
    assert verdicts(law, "members_who_stand_leave", plan) == [expected]


# Article 13(1): 18 on the day of election.
@pytest.mark.parametrize(("birth", "expected"), [(date(2002, 9, 21), HOLDS), (date(2002, 9, 22), FAILS)])
@pytest.mark.parametrize(("rule", "list_"), [("right_to_vote", "全体登记选民"), ("right_to_stand", "全体村委会候选人")])
def test_eighteen_on_the_day_of_election(law: Rules, birth: date, rule: str, list_: str, expected: Verdict) -> None:
    row = {"姓名": "甲", "出生日期": birth, "被剥夺政治权利": "否"}
    assert verdicts(law, rule, {"村": {"选举日": date(2020, 9, 21)}, list_: [row]}) == [expected, HOLDS]


@pytest.mark.parametrize(
    ("nominated", "chairs", "expected"), [(True, 1, FAILS), (True, 2, HOLDS), (False, 0, IDLE), (None, 2, CANNOT_SAY)]
)
def test_more_candidates_than_seats_where_there_are_candidates(
    law: Rules, nominated: bool | None, chairs: int, expected: Verdict
) -> None:
    """Article 15(1)."""
    plan: dict[str, object] = {
        "villagers committee": {"chairs": 1},
        "candidates": [{"name": f"N{at}", "post": "chair"} for at in range(chairs)],
    }
    if nominated is not None:
        plan["election work"] = {"voting with candidates": nominated}
    assert verdicts(law, "candidates_exceed_seats", plan)[0] is expected


# Article 15(2): more than half of 501 is 251; a third of 510 is 170.
@pytest.mark.parametrize(
    ("rule", "names", "votes", "returned", "expected"),
    [
        ("more_than_half_elect", ("votes", "elected", "ballots returned"), 250, 500, FAILS),
        ("more_than_half_elect", ("votes", "elected", "ballots returned"), 250, 501, FAILS),
        ("more_than_half_elect", ("votes", "elected", "ballots returned"), 251, 501, HOLDS),
        *(
            (
                "a_third_elects_in_the_further_vote",
                tuple(f"{name} in the further vote" for name in ("votes", "elected", "ballots returned")),
                votes,
                returned,
                expected,
            )
            for votes, returned, expected in [(169, 510, FAILS), (170, 510, HOLDS), (170, 511, FAILS)]
        ),
    ],
)
def test_votes_of_whoever_is_elected(
    law: Rules, rule: str, names: tuple[str, str, str], votes: int, returned: int, expected: Verdict
) -> None:
    rows = [{"name": "A", names[0]: votes, names[1]: True}, {"name": "B", names[0]: 1, names[1]: False}]
    assert verdicts(law, rule, {"ballot account": {names[2]: returned}, "candidates": rows}) == [expected]


@pytest.mark.parametrize(
    ("voters", "returned", "votes", "expected"),
    [
        (1000, 500, (400, 90), Void),  # half of those registered
        (1000, 501, (251, 240), Decided),  # more than half of 501 is 251
        (1000, 501, (250, 240), DecisionRequired),  # a further vote must follow
    ],
)
def test_the_count(law: Rules, voters: int, returned: int, votes: tuple[int, int], expected: type) -> None:
    """Article 15(2)."""
    plan = {
        "villagers committee": {"chairs": 1, "vice chairs": 0, "other members": 0},
        "ballot account": {"registered voters": voters, "ballots returned": returned},
        "candidates": [{"name": f"N{at}", "post": "chair", "votes": one} for at, one in enumerate(votes)],
    }
    outcome = law.contest("villagers_committee", plan).count()
    assert isinstance(outcome, expected)
    if isinstance(outcome, Decided):
        assert [seat.votes for seat in outcome.seats] == [251]


def test_the_shipped_plans(law: Rules) -> None:
    """Every number of the lawful plan is just enough; of the faulty one each rule named here is one short."""
    lawful = law.check(FOLDER / "cn.village-law" / "examples" / "lawful.zh.yaml", advice=False)
    assert {one.verdict for one in lawful.findings} == {HOLDS, IDLE}
    faulty = law.check(FOLDER / "cn.village-law" / "examples" / "faulty.zh.yaml", advice=False)
    assert {one.rule.id for one in faulty.findings if one.verdict is FAILS} == {
        "size_of_the_committee",
        "women_on_the_committee",
        "term_of_office",
        "choice_of_the_election_committee",
        "members_who_stand_leave",
        "right_to_stand",
        "classes_of_registration",
        "list_posted_twenty_days_before",
        "candidates_exceed_seats",
        "more_than_half_vote",
        "more_than_half_elect",
        "proxies",
        "who_may_ask_for_a_recall",
        "handover",
    }


def test_the_shipped_plans_of_assemblies(affairs: Rules) -> None:
    lawful = affairs.check(FOLDER / "cn.village-law-affairs" / "examples" / "lawful.zh.yaml", advice=False)
    of_this = [one for one in lawful.findings if one.rule.ruleset == "cn.village-law-affairs"]
    assert {one.verdict for one in of_this} == {HOLDS, IDLE}
    faulty = affairs.check(FOLDER / "cn.village-law-affairs" / "examples" / "faulty.zh.yaml", advice=False)
    assert {one.rule.id for one in faulty.findings if one.verdict is FAILS} == {
        "attendance_of_the_assembly",
        "composition_of_the_representatives_assembly",
        "attendance_of_group_meetings",
        "openness_of_village_affairs",
        "supervision_apart_from_the_committee",
        "audit_on_leaving",
    }


@pytest.mark.parametrize(("knows", "expected"), [("否否", FAILS), ("否是", HOLDS)])
def test_somebody_who_knows_finance_or_management(affairs: Rules, knows: str, expected: Verdict) -> None:
    """Article 32."""
    plan = {"村务监督机构全体成员": [{"姓名": f"甲{at}", "具备财会、管理知识": one} for at, one in enumerate(knows)]}
    assert verdicts(affairs, "supervision_body", plan)[2] is expected


@pytest.mark.parametrize(
    ("member", "relatives", "expected"),
    [("A", "none", [FAILS, HOLDS]), ("B", "A", [HOLDS, FAILS]), ("B", "none", [HOLDS, HOLDS])],
)
def test_supervision_is_apart_from_the_committee(
    affairs: Rules, member: str, relatives: str, expected: list[Verdict]
) -> None:
    """Article 32: neither members of the committee nor their near relatives."""
    plan = {
        "committee members": [{"name": "A"}],
        "supervision members": [{"name": member, "relatives": relatives}],
    }
    assert verdicts(affairs, "supervision_apart_from_the_committee", plan) == expected


def test_what_a_village_and_a_community_share_is_declared_alike() -> None:
    """A candidate, the ballot account, a proxy, an objection, who a person is, a unit: the same words in both."""

    def things(vocabulary: Vocabulary) -> dict[str, object]:
        fields = {
            item.key: (item.names, item.type, item.personal, item.identifies, item.since, item.none_allowed)
            for entity in vocabulary.entities
            if entity.id in ("ballot_account", "contender", "proxy", "objection")
            for item in entity.fields
        }
        return {**fields, **{f"unit {unit.id}": (unit.words["zh"][0], unit.measured) for unit in vocabulary.units}}

    village = things(civicrules.load("cn.village-law").program.vocabulary)
    community = things(civicrules.load("cn.residents-law").program.vocabulary)
    shared = village.keys() & community.keys()
    assert {"ballot_account.ballots_returned", "contender.votes", "proxy.holder", "unit household"} <= shared
    assert {key for key in shared if village[key] != community[key]} == set()


VOTED = {"registered voters": 1000, "ballots returned": 500}
POSTED = date(2020, 9, 2)


@pytest.mark.parametrize(
    ("here", "there", "facts"),
    [
        ("list_posted_twenty_days_before", "list_posted_twenty_days_before", {"voter list posted": POSTED}),
        ("more_than_half_vote", "more_than_half_vote", {}),
        ("proxies", "proxies_by_analogy", {}),
        ("objections_to_the_list", "objections_to_the_list", {"voter list posted": POSTED}),
    ],
)
def test_the_analogy_reads_an_article_as_the_law_does(here: str, there: str, facts: dict[str, object]) -> None:
    """Articles 14 and 15: half of the voters, nineteen days, a neighbour and an objection on the sixth day fail in both."""
    shared: dict[str, object] = {
        "ballot account": VOTED,
        "proxies": [{"in writing": True, "to a near relative": False, "holder has the vote": True}],
        "objections": [{"objection made": date(2020, 9, 8), "objection decided": date(2020, 9, 9)}],
    }
    day = {"election day": date(2020, 9, 21), **facts}
    village = {"village": day, **shared}
    community = {"community": {**day, "electorate": "all voters"}, **shared}
    assert FAILS in verdicts(civicrules.load("cn.village-law"), here, village)
    assert FAILS in verdicts(civicrules.load("cn.village-by-analogy"), there, community)


# ---------------------------------------------------------------- a county under the law

COUNTY = """civicrules 1 en

ruleset county "Rules of a county"
  under: cn.village-law
  facts: cn.village
  source county rules: "Rules of a county on village elections"

rule two sheets [county rules 1]
  villagers committee's chairs must be 1
  lower rules: must keep
{more}"""
# Under it more than half of those registered elect, not of the papers returned.
OWN = """
contest villagers committee [county rules 2]
  posts: chair, vice chair, member
  seats: chairs, vice chairs, other members
  candidates: candidates
  base: registered voters
  elected: votes more than half of base, most votes first
  tie: another vote among the tied
  shortfall: further vote
"""


@pytest.mark.parametrize(("more", "further"), [("", False), (OWN, True)])
def test_the_law_counts_below_it_unless_a_lower_text_counts_by_rules_of_its_own(more: str, further: bool) -> None:
    """Article 15(2): 251 are more than half of 501 returned; of 1,000 registered they are not.

    The further vote is the law's in both cases: 170 are a third of 510.
    """
    rules = civicrules.load(text=COUNTY.format(more=more))
    assert not rules.diagnostics
    plan = {
        "villagers committee": {"chairs": 1, "vice chairs": 0, "other members": 0},
        "ballot account": {
            "registered voters": 1000,
            "ballots returned": 501,
            "ballots returned in the further vote": 510,
        },
        "candidates": [
            {"name": "A", "post": "chair", "votes": 251, "votes in the further vote": 170},
            {"name": "B", "post": "chair", "votes": 240, "votes in the further vote": 169},
        ],
    }
    outcome = rules.contest("villagers_committee", plan).count()
    assert isinstance(outcome, Decided)
    assert [seat.votes for seat in outcome.seats] == [170 if further else 251]
    cited = {one.id: one.citation.article.text("en") for one in rules.program.contests}
    law, own = "villagers' law 15(2)", "county rules 2"
    assert cited == {"villagers_committee": own if further else law, "further_vote": law}
    replaced = [one.id for layer in rules.program.layers for one in layer.replaced]
    assert replaced == (["villagers_committee"] if further else [])
