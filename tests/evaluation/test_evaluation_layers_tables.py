"""A lower rule compared with a higher one where either keeps a fact in a table of one input.

The sample law asks 5 to 9 members of every residents' committee and lets lower rules be stricter only. What is compared
when a ruleset is compiled must agree with what both rules say of every plan.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import civicrules
from civicrules import Rules, Verdict
from civicrules.diagnostics import Diagnostic
from civicrules.library import MappingLibrary

SAMPLES = Path(__file__).parents[1] / "samples"
VOCABULARY = (SAMPLES / "vocabulary.civic").read_text(encoding="utf-8")
ABOVE, BELOW = "the.law", "the.district"
HEAD = 'civicrules 1 en\n\nruleset {id} "A ruleset"\n{under}  facts: sample.community\n  source act: "An act"\n\n'


def text(id: str, body: str, under: str = "") -> str:
    return HEAD.format(id=id, under=f"  under: {under}\n" if under else "") + body + "\n"


def layered(higher: str, lower: str) -> Rules:
    above = text(ABOVE, f"{higher}\n  lower rules: may tighten")
    below = text(BELOW, f"{lower}\n  tightens: size asked", ABOVE)
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
