"""Sentences about people against every way to give what a plan leaves out, by brute force over small lists.

The vocabulary, the sentences and the plain way to understand them are in `people_by_hand.py`.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from civicrules.evaluation import prepare
from civicrules.evaluation.judge import weighed as weigh_up
from civicrules.evaluation.variables import split
from civicrules.findings import Finding, Verdict

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
many = settings(max_examples=20, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=SLOW)
# Above so many ways to give what is missing, evaluation may stop before each name is proven to matter.
FEW = 64


def found(people: Any, sentence: Any, draft: Any) -> tuple[Finding, ...]:
    evaluator = prepare(people.program(sentence), {})
    return evaluator.findings(draft.facts(), people.DAYS[0], law_day=None, advice=False)[0]


def ids(people: Any, sentence: Any) -> set[str]:
    return people.used(sentence)  # type: ignore[no-any-return]


def matters(outcomes: dict[tuple[Any, ...], Verdict], keys: list[str]) -> set[str]:
    """The keys of which two values lead to different verdicts, everything else being the same."""
    made = set()
    for at, key in enumerate(keys):
        seen: dict[Any, Verdict] = {}
        for values, outcome in outcomes.items():
            if seen.setdefault(values[:at] + values[at + 1 :], outcome) is not outcome:
                made.add(key)
    return made


def row_of(world: Any, list_id: str, at: int) -> Any:
    return world.members(list_id)[at]


def weighed(people: Any, sentence: Any, draft: Any) -> None:
    """Every finding of a sentence against the verdicts of all completions."""
    needed = ids(people, sentence)
    keys = people.keys(draft, needed)
    worlds = list(people.completions(draft, needed))
    findings = found(people, sentence, draft)
    of_members = {one.subject.index: one for one in findings if one.subject is not None}
    rows = [] if sentence.each is None else people.World(draft.plan, draft.lists, {}, {}).members(sentence.each.list)
    for at in range(len(rows)) if sentence.each is not None else (None,):
        one = findings[0] if at is None else of_members.get(at)
        outcomes = {
            values: world.judged(sentence, None if at is None else row_of(world, sentence.each.list, at))
            for values, world in worlds
        }
        if one is None:
            assert set(outcomes.values()) == {Verdict.DOES_NOT_APPLY}
        else:
            agrees(one, outcomes, keys, len(worlds))


def agrees(one: Finding, outcomes: dict[tuple[Any, ...], Verdict], keys: list[str], ways: int) -> None:
    met = set(outcomes.values())
    named, matter = {missing.key for missing in one.missing}, matters(outcomes, keys)
    if len(met) == 1:
        assert one.verdict in met or (ways > FEW and one.verdict is Verdict.CANNOT_SAY)
        assert named == set() or ways > FEW
    else:
        assert one.verdict is Verdict.CANNOT_SAY
        assert matter <= named
        if ways <= FEW:
            assert named == matter


@pytest.mark.parametrize("each", [True, False])
def test_cannot_say_names_exactly_the_facts_that_can_still_matter(people: Any, each: bool) -> None:
    @many
    @given(st.data())
    def run(data: st.DataObject) -> None:
        sentence = data.draw(people.sentences(each))
        draft = data.draw(people.drafts(ids(people, sentence), open_lists=False))
        weighed(people, sentence, draft)

    run()


def test_supplying_a_missing_fact_never_turns_a_verdict(people: Any) -> None:
    @many
    @given(st.data())
    def run(data: st.DataObject) -> None:
        sentence = data.draw(people.sentences())
        draft = data.draw(people.drafts(ids(people, sentence)))
        before = found(people, sentence, draft)
        for list_id, at, id in people.holes(draft, ids(people, sentence)):
            value = data.draw(st.sampled_from(people.DOMAINS[id]))
            (draft.lists[list_id][at] if list_id else draft.plan)[id] = value
            after = {_whose(one): one.verdict for one in found(people, sentence, draft)}
            for one in before:
                settled = one.verdict is not Verdict.CANNOT_SAY
                assert not settled or after.get(_whose(one), Verdict.DOES_NOT_APPLY) is one.verdict

    run()


def _whose(one: Finding) -> int | None:
    return None if one.subject is None else one.subject.index


def _said(findings: tuple[Finding, ...], moved: Any) -> dict[Any, Any]:
    """The findings by whom they speak of, with the places of rows put through `moved`."""
    return {
        None if one.subject is None else moved(one.subject.list, one.subject.index): (
            one.verdict,
            frozenset(_moved(missing.key, moved) for missing in one.missing),
        )
        for one in findings
    }


def _moved(key: str, moved: Any) -> Any:
    if "[" not in key:
        return key
    list_id, at, fact = split(key)
    return moved(list_id, at), fact


def test_the_order_of_rows_never_matters(people: Any) -> None:
    @many
    @given(st.data())
    def run(data: st.DataObject) -> None:
        sentence = data.draw(people.sentences())
        draft = data.draw(people.drafts(ids(people, sentence)))
        order = data.draw(st.permutations(range(len(draft.lists["people"]))))
        other = people.Draft(draft.plan, dict(draft.lists), draft.open, draft.absent)
        other.lists["people"] = [draft.lists["people"][at] for at in order]

        def back(list_id: str, at: int) -> tuple[str, int]:
            """Where a row of the other plan stands in the first one."""
            mixed = list_id == "people" or (list_id == "all" and at < len(order))
            return list_id, order[at] if mixed else at

        there = _said(found(people, sentence, other), back)
        assert there == _said(found(people, sentence, draft), lambda list_id, at: (list_id, at))

    run()


def test_a_verdict_on_a_person_rests_on_that_row_and_the_plan_alone(people: Any) -> None:
    @many
    @given(st.data())
    def run(data: st.DataObject) -> None:
        alone = people.of_one("people", deep=False)
        sentence = people.Sentence(
            people.Force.MUST, data.draw(st.none() | alone), data.draw(alone), people.LAW, each=people.Each("people")
        )
        draft, other = (data.draw(people.drafts(ids(people, sentence), open_lists=False)) for _ in range(2))
        before = {_whose(one): one for one in found(people, sentence, draft)}
        among_others = people.Draft(
            draft.plan, {**other.lists, "people": [*other.lists["people"], *draft.lists["people"]]}
        )
        offset = len(other.lists["people"])
        for one in found(people, sentence, among_others):
            if one.subject is not None and one.subject.index >= offset:
                here = before[one.subject.index - offset]
                assert one.verdict is here.verdict
                assert [_fact(missing.key) for missing in one.missing] == [
                    _fact(missing.key) for missing in here.missing
                ]

    run()


def _fact(key: str) -> str:
    return key.rpartition(".")[2]


def test_the_verdict_on_all_together_is_the_worst_of_each(people: Any) -> None:
    """With facts missing it is said only where every completion has it."""

    @many
    @given(st.data())
    def run(data: st.DataObject) -> None:
        sentence = data.draw(people.sentences(True))
        needed = ids(people, sentence)
        draft = data.draw(people.drafts(needed, open_lists=False))
        evaluator = prepare(people.program(sentence), {})
        case, known = evaluator.case(draft.facts())
        overall = weigh_up(evaluator.judges[0].overall, case, known)
        met = {world.overall(sentence) for _, world in people.completions(draft, needed)}
        assert overall is Verdict.CANNOT_SAY or met == {overall}
        if not people.holes(draft, needed):
            each = {one.verdict for one in found(people, sentence, draft)}
            assert overall is next(
                (one for one in (Verdict.FAILS, Verdict.HOLDS) if one in each), Verdict.DOES_NOT_APPLY
            )

    run()
