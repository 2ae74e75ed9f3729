"""The samples of the city speech, three ways to register voters, and a ballot account, against numbers worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import civicrules
from civicrules import Rules, Verdict
from civicrules.facts import Blank, Fact, Facts
from civicrules.findings import Finding
from civicrules.library import MappingLibrary
from civicrules.program import identifier

HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
SAMPLES = Path(__file__).parents[1] / "samples"
ELECTION = date(2012, 8, 30)


def load(name: str, language: str) -> Rules:
    texts = {"sample.community": (SAMPLES / "vocabulary.civic").read_text(encoding="utf-8")}
    text = (SAMPLES / f"{name}.{language}.civic").read_text(encoding="utf-8")
    return civicrules.load(text=text, library=MappingLibrary(texts))


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def told(rules: Rules, words: dict[str, str], plan: dict[str, Any]) -> list[Finding]:
    """The findings of the sentences whose text holds these words, in the language of the ruleset."""
    report = rules.check(plan, advice=False)
    assert report.diagnostics == ()
    language = rules.program.language
    return [one for one in report.findings if words[language] in one.text(language)]


def verdict(rules: Rules, en: str, zh: str, plan: dict[str, Any]) -> Verdict:
    (one,) = told(rules, {"en": en, "zh": zh}, plan)
    return one.verdict


# ---------------------------------------------------------------- city speech of 2007


@pytest.mark.parametrize(
    ("households", "temporary", "yuan"),
    [
        (700, 100, 200_000),  # 70,000 + 1,000: the floor of speech I(2)1
        (2000, 0, 200_000),
        (2001, 0, 200_100),
        (1500, 9000, 240_000),  # 150,000 + 90,000
    ],
)
def test_the_community_budget(language: str, households: int, temporary: int, yuan: int) -> None:
    """Speech I(2)1: 10,000 yuan per 100 households and per 1,000 temporary residents, at least 200,000."""
    names = {"en": "community budget", "zh": "社区经费标准"}
    plan = {"community": {"households": households, "temporary residents": temporary}}
    assert load("city", language).value(names[language], plan).value == yuan


@pytest.mark.parametrize(
    ("households", "temporary", "down", "up"),
    [
        (700, 100, 5, 5),  # 1 + 0, or 2 + 1: at least 5
        (3000, 9000, 11, 13),  # 7.5 and 4.5: 7 + 4, or 8 + 5
        (2800, 6000, 10, 10),  # 7 + 3, nothing left over
        (4000, 20000, 15, 15),  # 10 + 10: at most 15
        (3999, 1999, 9, 11),
    ],
)
def test_the_community_staff(language: str, households: int, temporary: int, down: int, up: int) -> None:
    """Speech I(2)2: 1 per 400 households and 1 per 2,000 temporary residents, from 5 to 15; no rounding is named."""
    rules = load("city", language)
    name = {"en": "community staff", "zh": "社区工作者配备数"}[language]
    reading = next(
        one.id for one in rules.program.readings if len(one.options) == 2 and one.id in ("part_posts", "整名计法")
    )
    plan = {"community": {"households": households, "temporary residents": temporary}}
    assert rules.value(name, plan).value == down
    assert rules.value(name, plan, readings={reading: 1}).value == up


@pytest.mark.parametrize(
    ("sex", "service", "limit"),
    [("male", "new", 51), ("female", "new", 46), ("male", "existing", 54), ("female", "existing", 49)],
)
def test_age_limits_of_the_team(language: str, sex: str, service: str, limit: int) -> None:
    """Speech I(2)2: 以下 includes the number."""
    rules = load("city", language)
    for age, expected in ((limit, HOLDS), (limit + 1, FAILS)):
        plan = {"team members": [{"name": "A", "sex": sex, "service": service, "age": age}]}
        assert verdict(rules, "age must be at most age limit", "年龄不得超过年龄上限", plan) is expected


@pytest.mark.parametrize(
    ("age", "given", "missing"),
    [
        (46, {}, set()),  # within every limit
        (47, {}, {"sex", "service"}),
        (50, {"sex": "male"}, set()),
        (52, {"sex": "male"}, {"service"}),
        (48, {"service": "existing"}, set()),
        (50, {"sex": "female"}, set()),
        (55, {}, set()),  # above every limit
    ],
)
def test_what_of_a_table_with_two_inputs_can_still_matter(
    language: str, age: int, given: dict[str, str], missing: set[str]
) -> None:
    """Speech I(2)2: the limits are 51 and 46 for new members, 54 and 49 for existing ones."""
    row = {"name": "A", "age": age, **given}
    words = {"en": "age must be at most age limit", "zh": "年龄不得超过年龄上限"}
    (one,) = told(load("city", language), words, {"team members": [row]})
    assert {fact.key.rpartition(".")[2] for fact in one.missing} == missing
    failing = age == 55 or (age == 50 and given == {"sex": "female"})
    assert one.verdict is (CANNOT_SAY if missing else FAILS if failing else HOLDS)


@pytest.mark.parametrize(("candidates", "seats", "expected"), [(6, 5, HOLDS), (5, 5, FAILS), (4, 5, FAILS)])
def test_more_candidates_than_seats(language: str, candidates: int, seats: int, expected: Verdict) -> None:
    """Speech II(1): a differential election. Candidates of both bodies are counted together."""
    rows = [{"name": f"N{at}"} for at in range(candidates)]
    plan = {"community": {"seats": seats}, "party candidates": rows[:2], "committee candidates": rows[2:]}
    assert verdict(load("city", language), "number of candidates", "候选人总数", plan) is expected


@pytest.mark.parametrize(
    ("head", "candidates", "expected"),
    [("A", ["B"], HOLDS), ("C", ["B"], FAILS), ("C", ["A"], IDLE), ("A", ["A"], IDLE)],
)
def test_the_secretary_heads_the_election_committee_unless_standing(
    language: str, head: str, candidates: list[str], expected: Verdict
) -> None:
    """Speech II(2)1, and I(2)2: a secretary who stands leaves the election committee."""
    plan = {
        "community": {"secretary": "A", "election committee head": head},
        "party candidates": [],
        "committee candidates": [{"name": name} for name in candidates],
    }
    assert verdict(load("city", language), "election committee head", "选举委员会主任", plan) is expected


@pytest.mark.parametrize(("day", "expected"), [(date(2007, 8, 8), HOLDS), (date(2007, 8, 9), FAILS)])
def test_the_list_is_filed_by_8_august(language: str, day: date, expected: Verdict) -> None:
    """Speech II(3)1."""
    plan = {"community": {"guidance group filing": day}}
    assert verdict(load("city", language), "guidance group filing", "指导组名单报送日", plan) is expected


# ---------------------------------------------------------------- who may register: three sources


ADULT = {"age": 18, "deprived of political rights": "no", "answers for own acts": "yes", "declared absent": "no"}


@pytest.mark.parametrize(
    ("ruleset", "facts", "expected"),
    [
        # District report of 2005, III.4: registered and living here, or here for a year
        ("registration-2005", {"registered here": "yes", "lives here": "yes"}, True),
        ("registration-2005", {"registered here": "yes", "lives here": "no", "moved here": "none"}, False),
        ("registration-2005", {"registered here": "no", "moved here": date(2011, 8, 30)}, True),
        ("registration-2005", {"registered here": "no", "moved here": date(2011, 8, 31)}, False),
        ("registration-2005", {"registered here": "no"}, None),
        # Community election summary 2011, II.2: the household register alone
        ("registration-2011", {"registered here": "yes", "lives here": "no"}, True),
        ("registration-2011", {"registered here": "no", "moved here": date(2000, 1, 1)}, False),
        # Summary of the fourth term, III.1: the register or a year here, whoever takes part and answers for own acts
        ("registration-allvoter", {"registered here": "yes", "lives here": "no"}, True),
        ("registration-allvoter", {"registered here": "no", "moved here": date(2011, 8, 30)}, True),
        ("registration-allvoter", {"registered here": "no", "moved here": date(2011, 8, 31)}, False),
        ("registration-allvoter", {"registered here": "yes", "declared absent": "yes"}, False),
        ("registration-allvoter", {"registered here": "yes", "answers for own acts": "no"}, False),
        ("registration-allvoter", {"registered here": "yes", "age": 17}, False),
    ],
)
def test_who_may_register(language: str, ruleset: str, facts: dict[str, object], expected: bool | None) -> None:
    """The same person is a voter under one source and none under another."""
    rules = load(ruleset, language)
    given = {
        key: Blank.NONE if value == "none" else _YES.get(value, value) for key, value in {**ADULT, **facts}.items()
    }
    values = {f"person.{identifier(key)}": Fact(value) for key, value in given.items()}
    plan = Facts({"community.election_day": Fact(ELECTION), **values})
    assert rules.value({"en": "registrable", "zh": "准予登记"}[language], plan).value is expected


_YES: dict[Any, Any] = {"yes": True, "no": False}


@pytest.mark.parametrize(
    ("head", "relatives", "expected"),
    [("A", "none", [FAILS, HOLDS]), ("B", "C、D", [HOLDS, HOLDS]), ("B", "C、A", [HOLDS, FAILS])],
)
def test_election_committees_are_free_of_candidates_and_their_kin(
    language: str, head: str, relatives: str, expected: list[Verdict]
) -> None:
    """District report of 2005, III.1."""
    rules = load("registration-2005", language)
    plan = {
        "election committee members": [{"name": head, "relatives": relatives}],
        "party candidates": [],
        "committee candidates": [{"name": "A"}],
    }
    found = told(rules, {"en": "must not be among candidates", "zh": "不得列为候选人"}, plan)
    assert [one.verdict for one in found] == expected


@pytest.mark.parametrize(("sex", "limit"), [("male", 53), ("female", 48)])
def test_the_age_ceiling_of_2005(language: str, sex: str, limit: int) -> None:
    """District report of 2005, III.3: 以下 includes the number; an outstanding record frees from it."""
    rules = load("registration-2005", language)
    words = {"en": "age ceiling", "zh": "年龄上限"}
    for age, record, expected in ((limit, "no", HOLDS), (limit + 1, "no", FAILS), (limit + 1, "yes", IDLE)):
        row = {"name": "A", "sex": sex, "age": age, "outstanding record": record}
        (one,) = told(rules, words, {"party candidates": [], "committee candidates": [row]})
        assert one.verdict is expected


# ---------------------------------------------------------------- the ballots of the all-voter community

ACCOUNT = {
    "registered voters": 2722,
    "ballots issued": 2268,
    "ballots returned": 2208,
    "valid ballots": 1995,
    "invalid ballots": 17,
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, CANNOT_SAY),
        ({"blank ballots": 196}, HOLDS),  # 1995 + 17 + 196 = 2208
        ({"blank ballots": 0}, FAILS),  # 1995 + 17 = 2012, which is 196 short
    ],
)
def test_the_ballots_add_up_only_with_196_blank_ones(language: str, facts: dict[str, int], expected: Verdict) -> None:
    """Summary of the fourth term, III.3: 2,268 issued, 2,208 returned, 1,995 valid, 17 invalid."""
    plan = {"ballot account": {**ACCOUNT, **facts}}
    assert verdict(load("account", language), "valid ballots + ", "有效票数 + ", plan) is expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("80%", FAILS),
        ("81%", HOLDS),
        ("82%", HOLDS),
        ("83%", FAILS),
        ("81.0%", FAILS),
        ("81.1%", HOLDS),
        ("81.2%", HOLDS),
        ("81.3%", FAILS),
    ],
)
def test_the_published_turnout_at_its_printed_precision(stated: str, expected: Verdict) -> None:
    """Summary of the fourth term, III.3: 2208 of 2722 is 81.116… %: 81 or 82 without places, 81.1 or 81.2 with one."""
    assert Fraction(2208, 2722) * 100 == Fraction(110400, 1361)
    plan = {"ballot account": {**ACCOUNT, "stated turnout": stated}}
    assert verdict(load("account", "en"), "stated turnout", "公布的投票率", plan) is expected


@pytest.mark.parametrize(("votes", "expected"), [(1104, FAILS), (1105, HOLDS)])
def test_a_majority_of_the_ballots_returned(language: str, votes: int, expected: Verdict) -> None:
    """Half of 2,208 is 1,104: 过半数 is strictly more."""
    plan = {"ballot account": ACCOUNT, "winners": [{"name": "A", "votes": votes}]}
    assert verdict(load("account", language), "majority of ballots returned", "过半数", plan) is expected


@pytest.mark.parametrize(("posted", "expected"), [(date(2013, 3, 13), HOLDS), (date(2013, 3, 14), FAILS)])
def test_the_list_is_posted_three_days_before(posted: date, expected: Verdict) -> None:
    """Summary of the fourth term, III.2: three days before the ballot of 16 March, which itself is not counted."""
    plan = {"community": {"candidate list posted": posted, "first ballot day": date(2013, 3, 16)}}
    assert verdict(load("account", "en"), "candidate list posted", "候选人名单公布日", plan) is expected
