"""The sample of District notice 2012/65 on people, against verdicts worked out by hand from its articles, in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import civicrules
from civicrules import Rules, Verdict
from civicrules.findings import Finding
from civicrules.library import MappingLibrary
from civicrules.program import Or

HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
SAMPLES = Path(__file__).parents[1] / "samples"
# What the sentences are told by, in the texts of both languages.
WORDS = {
    "released less than 5 years ago": "刑满释放之日起不满5年",
    "probation ended less than 5 years ago": "缓刑期满之日起不满5年",
    "re-education ended less than 3 years ago": "劳动教养解除之日起不满3年",
    "breach settled less than 5 years ago": "处理完毕之日起不满5年",
    "gang conduct dealt with less than 3 years ago": "涉黑涉恶受处理之日起不满3年",
    "in labour re-education": "正在劳动教养",
    "serving sentence": "正在服刑",
    "education is at least senior high": "文化程度为高中以上",
    "retirement age": "退休年龄",
    "membership is here": "组织关系在本社区",
    "counted members": "占职数成员",
    "supervision member's age": "监督委员会成员的年龄",
    "supervision chair should": "监督委员会主任",
    "vice chairs where": "监督委员会副主任中",
}
ELECTION, TERM_END = date(2012, 8, 30), date(2015, 8, 30)


@pytest.fixture(scope="module", params=["en", "zh"])
def rules(request: pytest.FixtureRequest) -> Rules:
    texts = {"sample.community": (SAMPLES / "vocabulary.civic").read_text(encoding="utf-8")}
    text = (SAMPLES / f"district.{request.param}.civic").read_text(encoding="utf-8")
    return civicrules.load(text=text, library=MappingLibrary(texts))


def findings(rules: Rules, plan: dict[str, Any], law_day: date | None = None) -> tuple[Finding, ...]:
    community = {"election day": ELECTION, "term end": TERM_END, **plan.get("community", {})}
    report = rules.check({**plan, "community": community}, law_day=law_day, advice=False)
    assert report.diagnostics == ()
    return report.findings


def told(rules: Rules, words: str, plan: dict[str, Any], law_day: date | None = None) -> list[Finding]:
    """The findings of the sentences whose text holds these words."""
    language = rules.program.language
    wanted = words if language == "en" else WORDS[words]
    return [one for one in findings(rules, plan, law_day) if wanted in one.text(language)]


def said(rules: Rules, words: str, plan: dict[str, Any], law_day: date | None = None) -> list[Verdict]:
    """The verdicts on each person of the sentences whose text holds these words."""
    return [one.verdict for one in told(rules, words, plan, law_day) if one.subject is not None]


def candidate(**facts: object) -> dict[str, Any]:
    """One candidate for the residents' committee; nobody stands for the party."""
    row = {"name": "A", **{key.replace("_", " "): value for key, value in facts.items()}}
    return {"committee candidates": [row], "party candidates": []}


# ---------------------------------------------------------------- III: not on any of the three bodies


@pytest.mark.parametrize(
    ("fact", "words", "years"),
    [
        ("released", "released less than 5 years ago", 5),
        ("probation_ended", "probation ended less than 5 years ago", 5),
        ("labour_re-education_ended", "re-education ended less than 3 years ago", 3),
        ("family_planning_breach_settled", "breach settled less than 5 years ago", 5),
        ("gang_conduct_dealt_with", "gang conduct dealt with less than 3 years ago", 3),
    ],
)
def test_a_bar_of_years_ends_on_the_anniversary(rules: Rules, fact: str, words: str, years: int) -> None:
    """District notice 2012/65, III: 未满 leaves out the full number, so that the anniversary itself is free."""
    for day, expected in (
        (date(2012 - years, 8, 30), HOLDS),
        (date(2012 - years, 8, 31), FAILS),
        (date(2012, 8, 30), FAILS),
    ):
        assert said(rules, words, candidate(**{fact: day})) == [expected]
    assert said(rules, words, candidate(**{fact: "none"})) == [HOLDS]


@pytest.mark.parametrize(("day", "expected"), [(date(2013, 12, 28), FAILS), (date(2013, 12, 29), IDLE)])
def test_re_education_is_a_bar_until_it_was_abolished(rules: Rules, day: date, expected: Verdict) -> None:
    """District notice 2012/65, III; abolished by the decision of 28 December 2013."""
    plan = candidate(**{"in_labour_re-education": "yes"})
    assert [one.verdict for one in told(rules, "in labour re-education", plan, day)] == [expected]


def test_the_bars_reach_candidates_of_both_bodies(rules: Rules) -> None:
    plan = {
        "party candidates": [{"name": "A", "serving sentence": "yes"}, {"name": "B", "serving sentence": "no"}],
        "committee candidates": [{"name": "C", "serving sentence": "yes"}],
    }
    assert said(rules, "serving sentence", plan) == [FAILS, HOLDS, FAILS]


# ---------------------------------------------------------------- III.1 and III.2: education, age


@pytest.mark.parametrize(
    ("education", "expected"),
    [("primary", FAILS), ("junior high", FAILS), ("senior high", HOLDS), ("college", HOLDS)],
)
def test_senior_high_or_above(rules: Rules, education: str, expected: Verdict) -> None:
    """District notice 2012/65, III.2."""
    assert said(rules, "education is at least senior high", candidate(education=education)) == [expected]


@pytest.mark.parametrize(
    ("sex", "birth", "expected"),
    [
        ("male", date(1954, 8, 31), HOLDS),  # 60 until 30 August 2015, 61 on the 31st
        ("male", date(1954, 8, 30), FAILS),
        ("female", date(1959, 8, 31), HOLDS),
        ("female", date(1959, 8, 30), FAILS),
        ("female", date(1954, 8, 31), FAILS),
        (None, date(1959, 8, 31), HOLDS),  # at most 55 for women is met, and so is 60 for men
        (None, date(1954, 8, 31), CANNOT_SAY),
        (None, date(1954, 8, 30), FAILS),
    ],
)
def test_officers_finish_the_term_before_they_retire(
    rules: Rules, sex: str | None, birth: date, expected: Verdict
) -> None:
    """District notice 2012/65, III.1 and III.2: the term of three years ends on 2015-08-30."""
    row = {"name": "A", "birth date": birth, **({} if sex is None else {"sex": sex})}
    found = told(rules, "retirement age", {"party officer candidates": [row]})
    (one,) = (one for one in found if one.subject is not None)
    assert one.verdict is expected
    assert {missing.key.rpartition(".")[2] for missing in one.missing} == ({"sex"} if expected is CANNOT_SAY else set())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"membership is here": "yes"}, HOLDS),
        ({"membership is here": "no", "part-time": "no", "placed by street office": "no"}, FAILS),
        ({"membership is here": "no", "part-time": "yes"}, IDLE),
        ({"membership is here": "no", "placed by street office": "yes"}, IDLE),
        ({"membership is here": "no", "part-time": "no"}, CANNOT_SAY),
    ],
)
def test_membership_is_here_except_for_part_time_and_placed_members(
    rules: Rules, facts: dict[str, str], expected: Verdict
) -> None:
    """District notice 2012/65, III.1 and IV(1)1: two exceptions, each enough."""
    more = {"part-time": "no", "placed by street office": "no"} if expected is HOLDS else {}
    plan = {"party candidates": [{"name": "A", **more, **facts}], "committee candidates": []}
    assert said(rules, "membership is here", plan) == [expected]


# ---------------------------------------------------------------- II.5, III.3


@pytest.mark.parametrize(
    ("part_time", "size", "expected"),
    [
        (["no"] * 5, 5, HOLDS),
        (["no"] * 5 + ["yes"], 5, HOLDS),
        (["no"] * 4 + ["yes"], 5, FAILS),
        (["no"] * 5 + [None], 5, CANNOT_SAY),
    ],
)
def test_part_time_members_do_not_count(
    rules: Rules, part_time: list[str | None], size: int, expected: Verdict
) -> None:
    """District notice 2012/65, II.5."""
    rows = [{"name": f"N{at}", **({} if one is None else {"part-time": one})} for at, one in enumerate(part_time)]
    plan = {"residents committee": {"size": size}, "residents committee members": rows}
    (one,) = told(rules, "counted members", plan)
    assert one.verdict is expected
    assert [missing.key for missing in one.missing] == (
        ["residents_committee_members[5].part-time"] if expected is CANNOT_SAY else []
    )


@pytest.mark.parametrize(("age", "expected"), [(65, HOLDS), (66, FAILS)])
def test_supervision_members_are_generally_at_most_65(rules: Rules, age: int, expected: Verdict) -> None:
    """District notice 2012/65, III.3: 一般不超过65周岁."""
    plan = {"supervision members": [{"name": "A", "age": age}]}
    assert said(rules, "supervision member's age", plan) == [expected]


@pytest.mark.parametrize(
    ("lives", "works", "expected"),
    [("yes", None, HOLDS), (None, "yes", HOLDS), ("no", "no", FAILS), ("no", None, CANNOT_SAY), ("no", "yes", HOLDS)],
)
def test_they_live_or_work_here(rules: Rules, lives: str | None, works: str | None, expected: Verdict) -> None:
    """District notice 2012/65, III.3: 必须生活或工作在本社区."""
    row = {"name": "A", **{key: value for key, value in (("lives here", lives), ("works here", works)) if value}}
    found = [one for one in findings(rules, {"supervision members": [row]}) if one.subject is not None]
    (one,) = (one for one in found if isinstance(one.sentence.requirement, Or))
    assert one.verdict is expected


@pytest.mark.parametrize(
    ("secretary", "chair", "supervision", "workers", "expected"),
    [
        # one person in both posts: the supervision chair should be no community worker
        ("A", "A", "B", ["C"], [HOLDS, IDLE]),
        ("A", "A", "B", ["B"], [FAILS, IDLE]),
        # two persons: the secretary should chair the supervision
        ("A", "B", "A", [], [IDLE, HOLDS]),
        ("A", "B", "C", [], [IDLE, FAILS]),
    ],
)
def test_who_leads_the_supervision(
    rules: Rules, secretary: str, chair: str, supervision: str, workers: list[str], expected: list[Verdict]
) -> None:
    """District notice 2012/65, III.3: 一肩挑 and 分设."""
    plan = {
        "community": {"secretary": secretary, "committee chair": chair, "supervision chair": supervision},
        "community workers": [{"name": name} for name in workers],
    }
    found = [one for one in told(rules, "supervision chair should", plan) if one.sentence.guard is not None]
    assert [one.verdict for one in found][:2] == expected


@pytest.mark.parametrize(
    ("in_team", "expected"), [(["yes", "no"], HOLDS), (["no", "no"], FAILS), (["no", None], CANNOT_SAY), ([], FAILS)]
)
def test_else_one_vice_chair_is_of_the_party_team(rules: Rules, in_team: list[str | None], expected: Verdict) -> None:
    """District notice 2012/65, III.3: where the secretary is not the supervision chair."""
    rows = [{"name": f"N{at}", **({} if one is None else {"in party team": one})} for at, one in enumerate(in_team)]
    plan = {"community": {"secretary": "A", "supervision chair": "B"}, "supervision vice chairs": rows}
    (found,) = told(rules, "vice chairs where", plan)
    assert found.verdict is expected
