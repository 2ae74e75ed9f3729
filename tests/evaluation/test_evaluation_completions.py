"""Missing facts against every way to give them: the theorems of *cannot say*, by brute force over small domains.

1. A verdict that is not *cannot say* is the verdict of every completion.
2. If all completions have one verdict, it is said.
3. *Cannot say* names exactly the facts that matter: two completions that differ in it alone have different verdicts.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicrules.exact import Rounding
from civicrules.findings import Verdict
from civicrules.program import (
    And,
    Arithmetic,
    Clamped,
    Excess,
    Expression,
    Force,
    Literal,
    Not,
    NumberType,
    OneOf,
    Operator,
    Or,
    RangeOf,
    RangeType,
    Rate,
    Rounded,
    ShareOf,
    Table,
    TableCell,
    TableRow,
    Within,
)

FRACTION = NumberType(whole=False, low=None)
NUMBERS = ("x", "y", "z")
DOMAINS: dict[str, tuple[Any, ...]] = {
    **{name: tuple(range(7)) for name in NUMBERS},
    "form": ("branch", "general", "committee"),
    "form2": ("branch", "general", "committee"),
    "yes": (False, True),
    "sure": (False, True),
    "groups": tuple(range(6)),
}


def numbers(make: Any) -> st.SearchStrategy[Expression]:
    leaves = st.one_of(
        st.sampled_from([make.fact(name) for name in NUMBERS] + [make.count()]),
        st.integers(0, 6).map(make.number),
    )
    shares = st.sampled_from([Fraction(1, 2), Fraction(3, 10), Fraction(6, 5)])

    def deeper(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        return st.one_of(
            st.builds(lambda o, a, b: Arithmetic(o, a, b, FRACTION), st.sampled_from(list(Operator)), inner, inner),
            st.builds(lambda s, a: ShareOf(s, a, FRACTION), shares, inner),
            st.builds(lambda a, b: Excess(a, b, FRACTION), inner, st.integers(0, 4).map(make.number)),
            st.builds(lambda a, n: Rate(make.number(1), make.number(n), a, FRACTION), inner, st.integers(1, 4)),
            st.builds(lambda a, how: Rounded(a, how, make.COUNT), inner, st.sampled_from(list(Rounding))),
            st.builds(
                lambda a, low, high: Clamped(a, low, high, FRACTION), inner, st.integers(0, 3).map(make.number), inner
            ),
            st.builds(lambda a, row: bands(make, a, row), inner, st.integers(1, 5)),
        )

    return st.recursive(leaves, deeper, max_leaves=4)


def bands(make: Any, of: Expression, edge: int) -> Table:
    """Two rows that meet at an edge and leave a gap below zero."""
    rows = (
        TableRow((TableCell(make.number(0), True, make.number(edge), False),), make.number(edge + 1)),
        TableRow((TableCell(make.number(edge)),), make.fact("z")),
    )
    return Table((of,), rows, None, make.COUNT)


def conditions(make: Any) -> st.SearchStrategy[Expression]:
    number = numbers(make)
    forms = [Literal(choice.id, make.FORM) for choice in make.FORM.choices]
    ranges = st.builds(lambda a, b: RangeOf(a, b, RangeType(FRACTION)), number, number)
    leaves = st.one_of(
        st.builds(make.compared, number, st.sampled_from([">=", "<=", ">", "<", "=", "!="]), number),
        st.builds(Within, number, ranges),
        st.sampled_from([make.fact("yes"), make.fact("sure")]),
        st.builds(
            lambda s, f: make.compared(make.fact("form"), s, f),
            st.sampled_from([">=", "<", "=", "!="]),
            st.sampled_from([*forms, make.fact("form2")]),
        ),
        st.lists(st.sampled_from(forms), min_size=1, max_size=3).map(
            lambda among: OneOf(make.fact("form"), tuple(among))
        ),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        ),
        max_leaves=4,
    )


def plan(make: Any, values: dict[str, Any]) -> Any:
    rest = dict(values)
    return make.facts(rest.pop("groups", None), **rest)


def check(make: Any, requirement: Expression, guard: Expression | None, force: Force, given_: dict[str, Any]) -> None:
    made = make.evaluator(make.rule("r", make.sentence(requirement, guard=guard, force=force)))
    free = [name for name in DOMAINS if name not in given_]

    def verdict(values: dict[str, Any]) -> Any:
        return made.findings(plan(make, values), make.DAY, law_day=make.DAY, advice=False)[0][0]

    found = verdict(given_)
    outcomes = {
        values: verdict({**given_, **dict(zip(free, values, strict=True))}).verdict
        for values in product(*(DOMAINS[name] for name in free))
    }
    matter = set()
    for at, name in enumerate(free):
        seen: dict[Any, Verdict] = {}
        for values, outcome in outcomes.items():
            if seen.setdefault(values[:at] + values[at + 1 :], outcome) is not outcome:
                matter.add(name)
    assert make.missing(found) == matter
    if len(set(outcomes.values())) == 1:
        assert found.verdict is next(iter(outcomes.values()))
    else:
        assert found.verdict is Verdict.CANNOT_SAY


@pytest.mark.parametrize("chosen", [Force.MUST, Force.MAY])
def test_cannot_say_names_what_matters_and_nothing_else(make: Any, chosen: Force) -> None:
    condition = conditions(make)

    @settings(max_examples=300, deadline=None)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        requirement = data.draw(condition)
        guard = data.draw(st.none() | condition)
        free = set(data.draw(st.lists(st.sampled_from(sorted(DOMAINS)), max_size=3, unique=True)))
        values = {name: data.draw(st.sampled_from(DOMAINS[name])) for name in DOMAINS if name not in free}
        check(make, requirement, guard, chosen, values)

    run()


def test_days_that_are_missing(make: Any) -> None:
    """Three full years after any last election: whichever day is missing, the verdict of any two supplements agrees."""

    @settings(max_examples=100, deadline=None)
    @given(
        st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(1, 5)
    )
    def run(last: date, day: date, years: int) -> None:
        requirement = make.compared(make.fact("day"), ">=", make.years_after(make.fact("last"), years))
        full = make.judge(requirement, make.facts(last=last, day=day)).verdict
        assert make.judge(requirement, make.facts(last=last)).verdict in (full, Verdict.CANNOT_SAY)
        assert make.judge(requirement, make.facts(day=day)).verdict in (full, Verdict.CANNOT_SAY)

    run()


@pytest.mark.parametrize("gap", [0, 1])
def test_large_numbers_are_divided_not_tried(make: Any, gap: int) -> None:
    """x + y at most 10000, or x at least 5000, or y at least 5001 − gap: without the gap there is no way out."""
    together = Arithmetic(Operator.PLUS, make.fact("big"), make.fact("other"), make.COUNT)
    requirement = Or(
        (
            make.compared(together, "<", 10000),
            make.compared(make.fact("big"), ">=", 5000),
            make.compared(make.fact("other"), ">=", 5001 + gap),
        )
    )
    found = make.judge(requirement, make.facts())
    assert found.verdict is (Verdict.CANNOT_SAY if gap else Verdict.HOLDS)
