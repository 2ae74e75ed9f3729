"""A lower rule compared with a higher one where either keeps a fact in a table of one input.

The sample law asks 5 to 9 members of every residents' committee and lets lower rules be stricter only. What is compared
when a ruleset is compiled must agree with what both rules say of every plan.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import civicrules
from civicrules import Rules, Verdict
from civicrules.diagnostics import Diagnostic
from civicrules.library import MappingLibrary
from civicrules.source import Span

SAMPLES = Path(__file__).parents[1] / "samples"
VOCABULARY = (SAMPLES / "vocabulary.civic").read_text(encoding="utf-8")
ABOVE, BELOW = "the.law", "the.district"
HEAD = 'civicrules 1 en\n\nruleset {id} "A ruleset"\n{under}  facts: sample.community\n  source act: "An act"\n\n'


def text(id: str, body: str, under: str = "") -> str:
    return HEAD.format(id=id, under=f"  under: {under}\n" if under else "") + body + "\n"


def layered(higher: str, lower: str, relation: str = "tightens") -> Rules:
    above = text(ABOVE, f"{higher}\n  lower rules: may tighten")
    below = text(BELOW, f"{lower}\n  {relation}: size asked", ABOVE)
    return civicrules.load(text=below, library=MappingLibrary({"sample.community": VOCABULARY, ABOVE: above}))


def table(name: str, *rows: str, overlap: str = "") -> str:
    lines = "".join(f"  {row}\n" for row in rows)
    return f"{name} is set by households: [act 1]\n{lines}{overlap}\n"


def within(name: str, rule: str) -> str:
    return f"rule {rule} [act 2]\n  residents committee's size must be within {name}"


FIVE_TO_NINE = "rule size asked [act 7]\n  residents committee's size must be 5 to 9 members"
NOTICE = ("2500 or fewer: 3 to 5 members", "2501 to 5000: 5 to 7 members", "5001 or more: 7 to 9 members")


def conflict(rules: Rules) -> Diagnostic:
    (found,) = (one for one in rules.diagnostics if one.severity.value == "conflict")
    return found


def test_a_table_looser_in_one_row() -> None:
    """Notice of 2012, III.2: three to five up to 2,500 households; the law's five to nine leave five of them."""
    rules = layered(FIVE_TO_NINE, table("size here", *NOTICE) + within("size here", "own size"))
    found = conflict(rules)
    assert found.code == "CR0364"
    assert (found.data["looser_there"], found.data["at"]) == (3, 2499)
    assert found.data["both"].text("en") == "a plan can meet both"  # type: ignore[attr-defined]


def test_a_table_stricter_in_every_row() -> None:
    rows = ("2500 or fewer: 5 to 5 members", "2501 to 5000: 5 to 7 members", "5001 or more: 7 to 9 members")
    rules = layered(
        FIVE_TO_NINE,
        table("size here", *rows) + within("size here", "own size"),
    )
    assert not [one for one in rules.diagnostics if one.severity.value == "conflict"]
    (own,) = (rule for rule in rules.program.rules if rule.relation)
    assert own.relation is not None and own.relation.compared


def test_only_where_both_can_be_met() -> None:
    """One to four members up to 2,500 households: nothing there is both; above, five to nine are."""
    rows = ("2500 or fewer: 1 to 4 members", "2501 or more: 5 to 9 members")
    found = conflict(layered(FIVE_TO_NINE, table("size here", *rows) + within("size here", "own size")))
    assert found.data["both"].text("en") == "some plans can meet both, others cannot"  # type: ignore[attr-defined]


def test_two_tables_of_different_inputs_are_not_compared() -> None:
    """By households above and by units below: which rows meet is not written in either."""
    higher = table("size above", *NOTICE) + within("size above", "size asked")
    lower = (
        "size here is set by units: [act 1]\n  10 or fewer: 5 to 7 members\n  11 or more: 7 to 9 members\n\n"
        + within("size here", "own size")
    )
    rules = layered(higher, lower)
    assert not [one for one in rules.diagnostics if one.severity.value == "conflict"]
    (own,) = (rule for rule in rules.program.rules if rule.relation)
    assert own.relation is not None and not own.relation.compared


@pytest.mark.parametrize(
    ("reading", "looser"), [("what both allow", False), ("the earlier row", True), ("the later row", False)]
)
def test_the_edge_that_two_rows_share(reading: str, looser: bool) -> None:
    """At 2,500 households the rows give 3 to 5 and 5 to 7. Above: the same rows, and exactly 5 there."""
    others = [one for one in ("what both allow", "the earlier row", "the later row") if one != reading]
    options = f"  taken: {reading}\n  also: {others[0]}\n  also: {others[1]}\n"
    asked = f'reading edge "which row?"\n{options}  because: "two rows"\n\n'
    rows = ("2500 or fewer: 3 to 5 members", "2500 or more: 5 to 7 members")
    above = ("2499 or fewer: 3 to 5 members", "2500: 5 to 7 members", "2501 or more: 5 to 7 members")
    lower = asked + table("size here", *rows, overlap="  overlapping rows: edge\n") + within("size here", "own size")
    rules = layered(table("size above", *above) + within("size above", "size asked"), lower)
    found = [one for one in rules.diagnostics if one.severity.value == "conflict"]
    assert bool(found) is looser
    if looser:
        assert (found[0].data["looser_there"], found[0].data["at"]) == (3, 2500)


@st.composite
def stairs(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    """Rows without gap or overlap: the highest number of households of each (the last has none), and its range."""
    edges = sorted(draw(st.sets(st.integers(1, 12), max_size=2)))
    rows = []
    for edge in (*edges, 13):
        low = draw(st.integers(1, 9))
        rows.append((edge, low, draw(st.integers(low, 9))))
    return rows


def written(rows: list[tuple[int, int, int]]) -> tuple[str, ...]:
    lines, start = [], 0
    for edge, low, high in rows:
        condition = f"{start} or more" if edge == 13 else f"{start} to {edge}"
        lines.append(f"{condition}: {low} to {high} members")
        start = edge + 1
    return tuple(lines)


@given(higher=stairs(), lower=stairs())
def test_what_is_compared_agrees_with_every_plan(higher: Any, lower: Any) -> None:
    """Brute force: looser means that some plan of 0 to 13 households holds below and fails above."""

    def allowed(rows: list[tuple[int, int, int]], households: int) -> set[int]:
        return next(set(range(low, high + 1)) for edge, low, high in rows if households <= edge)

    rules = layered(
        table("size above", *written(higher)) + within("size above", "size asked"),
        table("size here", *written(lower)) + within("size here", "own size"),
    )
    places = range(14)
    found = [one for one in rules.diagnostics if one.severity.value == "conflict"]
    assert bool(found) is any(allowed(lower, n) - allowed(higher, n) for n in places)
    if found:
        at, size = found[0].data["at"], found[0].data["looser_there"]
        plan = {"community": {"households": at}, "residents committee": {"size": size}}
        verdicts = {one.rule.id: one.verdict for one in rules.check(plan, advice=False).findings}
        assert verdicts == {"size_asked": Verdict.FAILS, "own_size": Verdict.HOLDS}
        meets = [bool(allowed(lower, n) & allowed(higher, n)) for n in places]
        said = found[0].data["both"].text("en")  # type: ignore[attr-defined]
        assert said.startswith("a plan" if all(meets) else "some" if any(meets) else "no")


# ---------------------------------------------------------------- several sentences

SIZE, CHAIRS = "residents committee's size", "residents committee's chairs"


def rule(name: str, *sentences: str) -> str:
    return f"rule {name} [act 7]\n" + "\n".join(f"  {one}" for one in sentences)


def conflicts(rules: Rules) -> list[Diagnostic]:
    return [one for one in rules.diagnostics if one.severity.value == "conflict"]


def is_compared(rules: Rules) -> bool:
    (own,) = (one for one in rules.program.rules if one.relation)
    assert own.relation is not None
    return own.relation.compared


@pytest.mark.parametrize(
    ("higher", "lower", "relation", "looser"),
    [
        # 5 and 9 in one sentence or in two are the same law
        ([f"{SIZE} must be 5 to 9"], [f"{SIZE} must be at least 5", f"{SIZE} must be at most 9"], "tightens", None),
        ([f"{SIZE} must be 5 to 9"], [f"{SIZE} must be at least 4", f"{SIZE} must be at most 9"], "tightens", 4),
        ([f"{SIZE} must be at least 5", f"{SIZE} must be at most 9"], [f"{SIZE} must be 5 to 10"], "replaces", 10),
        ([f"{SIZE} must be 5 to 9"], [f"{SIZE} must be at least 5, and at most 9"], "tightens", None),
        (
            [f"{SIZE} must be 5 to 9"],
            [f"{SIZE} must be more than 4", f"{SIZE} must be fewer than 10"],
            "tightens",
            None,
        ),
        # an upper rule that says nothing of a fact leaves it; one that is replaced says nothing of it any more
        ([f"{SIZE} must be 5 to 9", f"{CHAIRS} must be at least 1"], [f"{SIZE} must be 5 to 7"], "tightens", None),
        ([f"{SIZE} must be 5 to 9", f"{CHAIRS} must be at least 1"], [f"{SIZE} must be 5 to 7"], "replaces", 0),
        ([f"{SIZE} must be 5 to 9"], [f"{SIZE} must be 5 to 7", f"{CHAIRS} must be 1"], "tightens", None),
        # advice does not bind
        ([f"{SIZE} must be 5 to 9"], [f"{SIZE} must be 3 to 9", f"{SIZE} should be at least 5"], "tightens", 3),
        # two that cannot both be kept allow nothing
        ([f"{SIZE} must be 5 to 9"], [f"{SIZE} must be at least 4", f"{SIZE} must be at most 3"], "tightens", None),
    ],
)
def test_sentences_of_a_rule_are_compared_together(
    higher: list[str], lower: list[str], relation: str, looser: int | None
) -> None:
    rules = layered(rule("size asked", *higher), rule("own size", *lower), relation)
    assert is_compared(rules)
    assert [one.data["looser"] for one in conflicts(rules)] == ([] if looser is None else [looser])


@pytest.mark.parametrize(
    "more",
    [
        f"when households are more than 10: {SIZE} must be at least 5",
        f"{SIZE} must be more than {CHAIRS} + 3",
        "number of committee candidates must be size asked for",
    ],
)
def test_what_more_is_asked_of_a_fact_may_make_up_for_what_is_looser(more: str) -> None:
    """3 to 9 is looser than 5 to 9 unless another sentence asks the rest; which is not compared."""
    asked = f"size asked for means {SIZE} + 1 person [act 3]\n\n"
    rules = layered(
        rule("size asked", f"{SIZE} must be 5 to 9"), asked + rule("own size", f"{SIZE} must be 3 to 9", more)
    )
    assert not conflicts(rules) and not is_compared(rules)
    tighter = layered(
        rule("size asked", f"{SIZE} must be 5 to 9"), asked + rule("own size", f"{SIZE} must be 5 to 9", more)
    )
    assert is_compared(tighter)


@pytest.mark.parametrize(
    ("chairs", "both"), [("at least 2", "no plan can meet both"), ("at least 1", "a plan can meet both")]
)
def test_both_can_be_met_where_every_fact_can(chairs: str, both: str) -> None:
    """Sizes of 3 to 9 and of 5 to 9 have five in common; at least two chairs and at most one have nothing."""
    higher = rule("size asked", f"{SIZE} must be 5 to 9", f"{CHAIRS} must be at most 1")
    (found,) = conflicts(layered(higher, rule("own size", f"{SIZE} must be 3 to 9", f"{CHAIRS} must be {chairs}")))
    assert found.data["both"].text("en") == both  # type: ignore[attr-defined]


def test_a_conflict_shows_the_sentences_that_differ() -> None:
    higher = rule("size asked", f"{SIZE} must be 5 to 9", f"{CHAIRS} must be at least 1")
    lower = rule("own size", f"{SIZE} must be at least 5", f"{SIZE} must be at most 10", f"{CHAIRS} must be at least 1")
    (found,) = conflicts(layered(higher, lower))
    assert isinstance(found.place, Span) and found.place.text == f"{SIZE} must be at most 10"
    assert [label.place.text for label in found.related if isinstance(label.place, Span)] == [f"{SIZE} must be 5 to 9"]
    assert found.data["sentence"].text("en") == f"{SIZE} must be at most 10 …"  # type: ignore[attr-defined]


@st.composite
def sentences(draw: st.DrawFn, prefix: str) -> tuple[str, list[tuple[str, list[tuple[int, int, int]]]]]:
    """One to three sentences on two facts: the tables they need, and of each its fact and rows with what is allowed."""
    tables, found = "", []
    lines = []
    for at in range(draw(st.integers(1, 3))):
        fact = draw(st.sampled_from((SIZE, CHAIRS)))
        low, high = sorted((draw(st.integers(0, 9)), draw(st.integers(0, 9))))
        kind = draw(st.sampled_from(("at least", "at most", "range", "edges", "table")))
        rows = [(13, low if kind != "at most" else 0, high if kind != "at least" else 10**9)]
        if kind == "table":
            rows = draw(stairs())
            tables += table(f"{prefix} {at}", *written(rows))
        asked = {
            "at least": f"be at least {low}",
            "at most": f"be at most {high}",
            "range": f"be {low} to {high}",
            "edges": f"be at least {low}, and at most {high}",
            "table": f"be within {prefix} {at}",
        }[kind]
        lines.append(f"{fact} must {asked}")
        found.append((fact, rows))
    return tables + rule("size asked" if prefix == "above" else "own size", *lines), found


@settings(max_examples=40, deadline=None)
@given(higher=sentences("above"), lower=sentences("below"), relation=st.sampled_from(("tightens", "replaces")))
def test_several_sentences_are_compared_as_every_plan_is_judged(higher: Any, lower: Any, relation: str) -> None:
    """Brute force: of each fact and every number of households, what all sentences below and all above allow."""

    def allows(of: list[tuple[str, list[tuple[int, int, int]]]], fact: str, households: int, value: int) -> bool:
        rows = (next(row for row in rows if households <= row[0]) for own, rows in of if own == fact)
        return all(low <= value <= high for _, low, high in rows)

    def is_looser(fact: str, households: int, value: int) -> bool:
        return allows(lower[1], fact, households, value) and not allows(higher[1], fact, households, value)

    rules = layered(higher[0], lower[0], relation)
    spoken = {fact for fact, _ in lower[1]} if relation == "tightens" else {SIZE, CHAIRS}
    facts = [fact for fact in (SIZE, CHAIRS) if fact in spoken and any(one[0] == fact for one in higher[1])]
    looser = any(is_looser(fact, n, value) for fact in facts for n in range(14) for value in range(12))
    assert is_compared(rules) is bool(facts)
    assert bool(conflicts(rules)) is looser
    for one in conflicts(rules):
        value, households = one.data.get("looser", one.data.get("looser_there")), one.data.get("at", 0)
        assert isinstance(value, int) and isinstance(households, int)
        assert is_looser(one.data["fact"].text("en"), households, value)  # type: ignore[attr-defined]
