"""The sample rulesets in both languages: nothing is said against them, their examples hold, and reasons agree with verdicts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import civicrules
from civicrules import Rules, Verdict
from civicrules.diagnostics import Severity
from civicrules.findings import Finding, Reason
from civicrules.library import MappingLibrary
from civicrules.program import Force

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = sorted({path.name.split(".")[0] for path in SAMPLES.glob("*.en.civic")})
LAW = "cn.residents-committee-law"
PEOPLE: list[dict[str, object]] = [
    {
        "name": "王五",
        "sex": "male",
        "birth date": date(1950, 1, 1),
        "education": "primary",
        "released": date(2009, 1, 2),
    },
    {
        "name": "赵六",
        "sex": "female",
        "birth date": date(1970, 5, 1),
        "education": "college",
        "relatives": "王五、钱七",
    },
    {"name": "钱七", "age": 60, "education": "senior high", "lives here": "no", "service": "existing"},
]
LISTS = ("candidates", "team members", "workers", "election committee members", "representatives", "winners")
PLANS: list[dict[str, Any]] = [
    {},
    {
        "community": {
            "households": 1601,
            "electorate": "all voters",
            "election day": date(2012, 8, 30),
            "previous election day": date(2009, 8, 30),
            "term end": date(2015, 8, 30),
            "secretary": "王五",
            "committee chair": "赵六",
            "supervision chair": "钱七",
            "units": 12,
        },
        "residents committee": {"size": 5, "vice chairs": 2},
        "party candidates": PEOPLE[:1],
        "committee candidates": PEOPLE[1:],
        "committee officer candidates": PEOPLE,
        "supervision members": [*PEOPLE, {"name": "孙八", "age": 66, "works here": "yes"}],
        **{name: PEOPLE for name in LISTS if name != "candidates"},
        "ballot account": {"registered voters": 2722, "ballots issued": 2268, "ballots returned": 2208},
    },
]


def load(name: str, language: str) -> Rules:
    texts = {
        "sample.community": (SAMPLES / "vocabulary.civic").read_text(encoding="utf-8"),
        LAW: (SAMPLES / f"residents-committee-law.{language}.civic").read_text(encoding="utf-8"),
    }
    text = (SAMPLES / f"{name}.{language}.civic").read_text(encoding="utf-8")
    return civicrules.load(text=text, library=MappingLibrary(texts))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_said_against_a_sample(name: str, language: str) -> None:
    rules = load(name, language)
    assert [one.code for one in rules.diagnostics if one.severity is not Severity.ADVICE] == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_its_own_examples_hold(name: str, language: str) -> None:
    assert [one for one in load(name, language).examples() if one.actual != one.expected] == []


@pytest.mark.parametrize("at", range(len(PLANS)))
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_the_reasons_of_every_finding_come_to_its_verdict(name: str, language: str, at: int) -> None:
    """At the root stand whom a sentence speaks of, its guard, what it asks, then each exception: together the verdict."""
    rules = load(name, language)
    facts, _ = rules.facts(PLANS[at])
    report = rules.check(facts, advice=False)
    assert report.diagnostics == ()
    for rule in rules.program.rules:
        told = rules.evaluator.why(rule.id, facts, law_day=report.law_day)
        judged = [one for one in report.findings if one.rule == rule and is_law(one, report.law_day)]
        assert [_key(one) for one, _ in told] == [_key(one) for one in judged]
        for finding, reasons in told:
            concerned = finding.sentence.each is None or finding.subject is not None
            assert len(reasons) == (len(finding.sentence.expressions()) if concerned else 0)
            if concerned:
                agrees(finding, reasons)


def is_law(one: Finding, day: date | None) -> bool:
    valid = one.sentence.valid
    return valid is None or (valid.end is None if day is None else day in valid)


def _key(one: Finding) -> tuple[str, object, int | None, Verdict]:
    return one.rule.id, one.sentence, None if one.subject is None else one.subject.index, one.verdict


def agrees(finding: Finding, reasons: tuple[Reason, ...]) -> None:
    """What the root values say, where they say it all; what they leave open a verdict may still settle."""
    sentence = finding.sentence
    left = list(reasons)
    where = left.pop(0).value if sentence.each is not None and sentence.each.where is not None else True
    guard = left.pop(0).value if sentence.guard is not None else True
    asked = left.pop(0).value
    told = [(one, left.pop(0).value, None if one.instead is None else left.pop(0).value) for one in sentence.exemptions]
    assert not left
    exempt = any(applies is True for one, applies, _ in told if one.instead is None)
    if any(applies is None for one, applies, _ in told if one.instead is None):
        asked = None
    for applies, instead in [(applies, instead) for one, applies, instead in told if one.instead is not None]:
        if applies is not False:
            asked = instead if applies is True and asked is not None else None
            break
    if where is False or guard is False or exempt:
        assert finding.verdict is Verdict.DOES_NOT_APPLY
    elif where is True and guard is True and asked is not None and sentence.force is not Force.MAY:
        assert finding.verdict in ((Verdict.HOLDS if asked else Verdict.FAILS), Verdict.DOES_NOT_APPLY)


def every(reasons: tuple[Reason, ...]) -> list[Reason]:
    return [part for reason in reasons for part in (reason, *every(reason.parts))]


def test_reasons_list_the_members_and_mark_what_is_personal() -> None:
    rules = load("registration-2005", "en")
    (rule,) = (one for one in rules.program.rules if "relatives" in one.sentences[0].texts.text("en"))
    facts, _ = rules.facts(PLANS[1])
    told = rules.evaluator.why(rule.id, facts)
    assert len(told) == len(PEOPLE)
    for _, reasons in told:
        assert [one.personal for one in every(reasons) if one.names.text("en") == "relatives"] == [True]


def test_members_of_a_count_are_told_with_the_condition_of_each() -> None:
    rules = load("district", "en")
    plan = {
        "residents committee": {"size": 1},
        "residents committee members": [
            {"name": "A", "part-time": "no"},
            {"name": "B", "part-time": "yes"},
            {"name": "C"},
        ],
    }
    (counted,) = (one for one in rules.why("committee posts", plan) if "counted members" in one[0].text("en"))
    members = {one.subject.index: one.value for one in every(counted[1]) if one.subject is not None}
    assert members == {0: True, 1: False, 2: None}


def test_the_reasons_of_a_member_are_those_of_that_member_in_a_list_of_several() -> None:
    """Candidates are those of the party, then those of the committee: the second one is the committee's first."""
    plan = {
        "community": {"election day": date(2012, 8, 30)},
        "party candidates": [{"name": "A", "age": 30}],
        "committee candidates": [{"name": "B", "age": 61, "incumbent": "no", "outstanding record": "no"}],
    }
    rules = load("province-2010", "en")
    age = next(rule.id for rule in rules.program.rules if "age should be" in rule.sentences[0].texts.text("en"))
    told = rules.why(age, plan)
    assert [(one.subject.index, one.subject.label) for one, _ in told if one.subject] == [(0, "A"), (1, "B")]
    ages = [next(one.value for one in every(reasons) if one.names.text("en") == "age") for _, reasons in told]
    assert ages == [30, 61]
