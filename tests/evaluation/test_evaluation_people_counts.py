"""Counts of many people: the short way comes to the same as the long one, and takes nothing apart."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civicrules.evaluation import members, prepare
from civicrules.evaluation.case import Case
from civicrules.evaluation.unknown import Linear
from civicrules.findings import Verdict
from civicrules.program import Compare, Comparison, CountOf


def findings(people: Any, sentence: Any, draft: Any, at_most: int = 4) -> Any:
    evaluator = prepare(people.program(sentence, at_most), {})
    found = evaluator.findings(draft.facts(), people.DAYS[0], law_day=None, advice=False)[0]
    return [(one.verdict, {missing.key for missing in one.missing}) for one in found]


def test_a_count_that_each_can_tip_says_the_same_as_one_taken_apart(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = members._swinging

    def long(*arguments: Any) -> Any:
        value = short(*arguments)
        return evolve(value, swings=False) if isinstance(value, Linear) else value

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def run(data: st.DataObject) -> None:
        counted = st.builds(CountOf, st.just("people"), st.just(people.COUNT), people.of_one("people"))
        requirement = data.draw(st.builds(Compare, counted, people.SIGNS, people.SMALL))
        sentence = people.Sentence(people.Force.MUST, None, requirement, people.LAW)
        draft = data.draw(people.drafts(people.used(requirement), most=60, open_lists=False))
        with monkeypatch.context() as patched:
            patched.setattr(members, "_swinging", long)
            apart = findings(people, sentence, draft)
        assert findings(people, sentence, draft) == apart

    run()


def crowd(people: Any, size: int) -> Any:
    """So many people, of every second of whom a yes/no is missing; of the others every second says yes."""
    rows = [{"name": f"N{at}", **({} if at % 2 else {"flag": at % 4 == 0})} for at in range(size)]
    return people.Draft({}, {"people": rows, "others": []})


@pytest.mark.parametrize("share", [4, 2])
def test_two_thousand_people_take_no_more_suppositions_than_twenty(
    people: Any, monkeypatch: pytest.MonkeyPatch, share: int
) -> None:
    """The work is one pass over the rows: nothing is supposed, however many facts are missing."""
    supposed: list[int] = []
    original = Case.supposing

    def counting(case: Case, *arguments: Any) -> Case:
        supposed.append(1)
        return original(case, *arguments)

    monkeypatch.setattr(Case, "supposing", counting)
    made = {}
    for size in (20, 2000):
        supposed.clear()
        limit = people.number(size // share + 1)
        requirement = Compare(
            CountOf("people", people.COUNT, people.fact("flag", "people")), Comparison.AT_LEAST, limit
        )
        sentence = people.Sentence(people.Force.MUST, None, requirement, people.LAW)
        ((verdict, missing),) = findings(people, sentence, crowd(people, size), at_most=3000)
        made[size] = len(supposed)
        assert verdict is Verdict.CANNOT_SAY
        assert missing == {f"people[{at}].flag" for at in range(1, size, 2)}
    assert made[20] == made[2000] == 0


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(500, Verdict.HOLDS), (501, Verdict.CANNOT_SAY), (1500, Verdict.CANNOT_SAY), (1501, Verdict.FAILS)],
)
def test_the_edges_of_a_count_with_a_thousand_facts_missing(people: Any, limit: int, expected: Verdict) -> None:
    """Of 2,000 people 500 say yes, 500 no, and 1,000 are not known."""
    counted = CountOf("people", people.COUNT, people.fact("flag", "people"))
    requirement = Compare(counted, Comparison.AT_LEAST, people.number(limit))
    sentence = people.Sentence(people.Force.MUST, None, requirement, people.LAW)
    ((verdict, missing),) = findings(people, sentence, crowd(people, 2000), at_most=3000)
    assert verdict is expected
    assert len(missing) == (1000 if expected is Verdict.CANNOT_SAY else 0)


def test_of_lists_taken_together_the_part_that_is_open_is_named(people: Any) -> None:
    """Two of the one list are given and complete; more of the other may come."""
    rows = [{"name": "Ann", "flag": True}, {"name": "Bob", "flag": True}]
    draft = people.Draft({}, {"people": rows, "others": []}, frozenset({"others"}))
    for where in (None, people.fact("flag", "all")):
        for limit, expected in ((2, (Verdict.HOLDS, set())), (3, (Verdict.CANNOT_SAY, {"others"}))):
            counted = CountOf("all", people.COUNT, where)
            requirement = Compare(counted, Comparison.AT_LEAST, people.number(limit))
            sentence = people.Sentence(people.Force.MUST, None, requirement, people.LAW)
            assert findings(people, sentence, draft) == [expected]
