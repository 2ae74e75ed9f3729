"""Who is the same person: the first identifying fact that both have given decides, here the id number, then the name."""

from __future__ import annotations

import pytest
from attrs import evolve

import civicrules
from civicrules import Rules
from civicrules.findings import Verdict
from civicrules.library import MappingLibrary

HOLDS, FAILS, CANNOT_SAY = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY
VOCABULARY = """civicrules 1 en

vocabulary bodies "Bodies"

entity community / 社区
  head / 负责人: text

entity person / 人员
  id number / 身份证号: text, personal, identifies
  name / 姓名: text, identifies
  retired / 退休: yes/no
  relatives / 近亲属: people, personal, none allowed

list candidates / 全体候选人: person, each candidate / 候选人, public names
list overseers / 全体监督员: person, each overseer / 监督员, public names
"""


def rules(sentence: str) -> Rules:
    head = 'civicrules 1 en\n\nruleset bodies "Bodies"\n  facts: bodies\n  source law: "Law"\n\n'
    text = f'{head}section "One" [law 1]\n\n{sentence}\n'
    return civicrules.load(text=text, library=MappingLibrary({"bodies": VOCABULARY}))


@pytest.fixture(scope="module")
def apart() -> Rules:
    return rules("each overseer must not be among candidates")


@pytest.fixture(scope="module")
def kin() -> Rules:
    return rules("each overseer's relatives must not be among candidates")


def judged(of: Rules, overseer: dict[str, object], *candidates: dict[str, object]) -> tuple[Verdict, set[str]]:
    report = of.check({"overseers": [overseer], "candidates": list(candidates)}, advice=False)
    assert {one.code for one in report.diagnostics} <= {"CR0534"}  # two of one name, and nothing to tell them apart
    (found,) = report.findings
    return found.verdict, {one.key for one in found.missing}


def person(name: str | None = None, number: str | None = None, **more: object) -> dict[str, object]:
    given = {"name": name, "id number": number, **more}
    return {key: value for key, value in given.items() if value is not None}


@pytest.mark.parametrize(
    ("overseer", "candidate", "expected"),
    [
        (person("Ann", "1"), person("Ann", "1"), FAILS),
        (person("Ann", "1"), person("Ann", "2"), HOLDS),  # two people of one name
        (person("Ann", "1"), person("Anne", "1"), FAILS),  # one person, spelt otherwise
        (person("Ann", "1"), person("Bob", "2"), HOLDS),
        (person("Ann", "1"), person("Ann"), FAILS),  # the name decides where a number is not given
        (person("Ann"), person("Ann", "2"), FAILS),
        (person("Ann"), person("Bob"), HOLDS),
        (person("Ann"), person("ann"), HOLDS),  # names are compared as they are written
    ],
)
def test_the_number_decides_then_the_name(
    apart: Rules, overseer: dict[str, object], candidate: dict[str, object], expected: Verdict
) -> None:
    assert judged(apart, overseer, candidate) == (expected, set())


def test_one_name_twice_in_a_list_needs_the_numbers(apart: Rules) -> None:
    """Two candidates are called Ann: which of them the overseer might be, only numbers can tell."""
    verdict, missing = judged(apart, person("Ann"), person("Ann", "1"), person("Ann", "2"))
    assert (verdict, missing) == (CANNOT_SAY, {"overseers[0].id_number"})
    verdict, missing = judged(apart, person("Ann", "3"), person("Ann", "1"), person("Ann"))
    assert (verdict, missing) == (CANNOT_SAY, {"candidates[1].id_number"})
    assert judged(apart, person("Ann", "3"), person("Ann", "1"), person("Ann", "2")) == (HOLDS, set())
    assert judged(apart, person("Ann", "2"), person("Ann", "1"), person("Ann", "2")) == (FAILS, set())
    assert judged(apart, person("Bob"), person("Ann", "1"), person("Ann", "2")) == (HOLDS, set())


def test_somebody_without_a_name_may_be_anybody(apart: Rules) -> None:
    verdict, missing = judged(apart, person(number="1"), person("Ann"))
    assert (verdict, missing) == (CANNOT_SAY, {"candidates[0].id_number"})  # with both numbers no name is asked for
    assert judged(apart, person(number="1"), person("Ann", "1")) == (FAILS, set())
    assert judged(apart, person(number="1"), person("Ann", "2")) == (HOLDS, set())


def test_nobody_is_among_nobody(apart: Rules) -> None:
    assert judged(apart, person("Ann")) == (HOLDS, set())
    assert judged(apart, person()) == (HOLDS, set())


@pytest.mark.parametrize("name", ["Ann", "Bob"])
def test_more_to_come_leaves_it_open_only_for_those_who_are_not_there_yet(apart: Rules, name: str) -> None:
    facts, _ = apart.facts({"overseers": [person(name)], "candidates": [person("Ann")]})
    open_list = evolve(facts.lists["candidates"], complete=False)
    report = apart.check(evolve(facts, lists={**facts.lists, "candidates": open_list}), advice=False)
    (found,) = report.findings
    keys = {one.key for one in found.missing}
    assert (found.verdict, keys) == ((FAILS, set()) if name == "Ann" else (CANNOT_SAY, {"candidates"}))


def test_a_list_that_is_not_given_leaves_it_open(apart: Rules) -> None:
    (found,) = apart.check({"overseers": [person("Ann")]}, advice=False).findings
    assert (found.verdict, {one.key for one in found.missing}) == (CANNOT_SAY, {"candidates"})


@pytest.mark.parametrize(
    ("relatives", "expected"),
    [("Ann", FAILS), ("Bob、Ann", FAILS), ("Bob、Cleo", HOLDS), ("none", HOLDS)],
)
def test_any_of_the_relatives_counts(kin: Rules, relatives: str, expected: Verdict) -> None:
    """A relative who is a candidate keeps somebody from the committee (district report of 2005, III.1)."""
    assert judged(kin, person("Dan", relatives=relatives), person("Ann", "1"), person("Eve")) == (expected, set())


def test_relatives_that_are_not_given_are_named(kin: Rules) -> None:
    assert judged(kin, person("Dan"), person("Ann")) == (CANNOT_SAY, {"overseers[0].relatives"})
    assert judged(kin, person("Dan")) == (HOLDS, set())


def test_a_candidate_without_a_name_may_be_a_relative(kin: Rules) -> None:
    """The missing name can be that of the one relative, or another."""
    verdict, missing = judged(kin, person("Dan", relatives="Ann"), person(number="1"))
    assert (verdict, missing) == (CANNOT_SAY, {"candidates[0].name"})


def test_missing_relatives_may_be_several() -> None:
    """One relative can be a candidate and another one an overseer, though nobody is both."""
    of = rules(
        "each overseer must meet any of these:\n  relatives is not among candidates\n  relatives is not among overseers"
    )
    assert judged(of, person("Dan"), person("Ann"))[0] is CANNOT_SAY


def test_only_those_who_count_are_looked_at() -> None:
    of = rules(
        "retired candidates means candidates where retired is yes [law 2]\n\n"
        "each overseer must not be among retired candidates"
    )
    assert judged(of, person("Ann"), person("Ann", retired="yes")) == (FAILS, set())
    assert judged(of, person("Ann"), person("Ann", retired="no")) == (HOLDS, set())
    assert judged(of, person("Ann"), person("Ann")) == (CANNOT_SAY, {"candidates[0].retired"})
    assert judged(of, person("Bob"), person("Ann")) == (HOLDS, set())


def test_a_name_in_the_plan_is_looked_up_in_a_list() -> None:
    of = rules("head must be among candidates")
    for head, expected in (("Ann", HOLDS), ("Bob", FAILS)):
        (found,) = of.check({"community": {"head": head}, "candidates": [person("Ann", "1")]}, advice=False).findings
        assert found.verdict is expected
    (found,) = of.check({"candidates": [person("Ann")]}, advice=False).findings
    assert (found.verdict, {one.key for one in found.missing}) == (CANNOT_SAY, {"community.head"})


@pytest.mark.parametrize(
    ("relatives", "expected", "denied"),
    [("none", HOLDS, FAILS), ("Ann", FAILS, HOLDS), ("Ann; Bob", FAILS, HOLDS), (None, CANNOT_SAY, CANNOT_SAY)],
)
def test_whether_a_fact_names_nobody(relatives: str | None, expected: Verdict, denied: Verdict) -> None:
    """Nobody is named where the plan says *none*; where it says nothing, that is not known."""
    missing = set() if relatives else {"overseers[0].relatives"}
    overseer = person("Dan", relatives=relatives)
    assert judged(rules("each overseer's relatives must be none"), overseer) == (expected, missing)
    assert judged(rules("each overseer's relatives must not be none"), overseer) == (denied, missing)


def test_an_example_gives_that_nobody_is_named() -> None:
    text = (
        "rule kin\n  each overseer's relatives must be none\n\nexample\n  given relatives is none\n  expect kin: holds"
    )
    assert [one.actual for one in rules(text).examples()] == [HOLDS]
