"""Readings: bands that overlap, roundings, values; what a finding rests on; every combination."""

from __future__ import annotations

from typing import Any

import pytest

from civicrules.exact import Rounding
from civicrules.findings import Verdict
from civicrules.program import (
    And,
    Expression,
    Literal,
    NumberType,
    RangeOf,
    RangeType,
    Rate,
    Rounded,
    RowChoice,
    Table,
    TableCell,
    TableRow,
    ValueOf,
    Within,
)

HOLDS, FAILS, OPEN = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY
RANGE = RangeType(NumberType())
FRACTION = NumberType(whole=False)
CHOICES = (RowChoice.COMMON, RowChoice.EARLIER, RowChoice.LATER, RowChoice.EITHER)


def band(
    make: Any, low: int | None, high: int | None, value: Expression, low_in: bool = True, high_in: bool = True
) -> TableRow:
    ends = [None if end is None else make.number(end) for end in (low, high)]
    return TableRow((TableCell(ends[0], low_in, ends[1], high_in),), value)


def posts(make: Any, low: int, high: int) -> RangeOf:
    return RangeOf(make.number(low), make.number(high), RANGE)


def size(make: Any) -> Table:
    """Notice of 2012, III.2: 2,500 or fewer 3 to 5; 2,500 to 5,000 5 to 7; 5,000 or more 7 to 9."""
    rows = (
        band(make, None, 2500, posts(make, 3, 5)),
        band(make, 2500, 5000, posts(make, 5, 7)),
        band(make, 5000, None, posts(make, 7, 9)),
    )
    return Table((make.fact("big"),), rows, "edge", RANGE)


def sized(make: Any, choices: tuple[RowChoice, ...] = CHOICES) -> Any:
    requirement = Within(make.fact("other"), ValueOf("size", RANGE))
    return make.evaluator(
        make.rule("size", make.sentence(requirement, mentions=(make.fact("other"), ValueOf("size", RANGE)))),
        definitions=(make.definition("size", size(make), (make.fact("big"),)),),
        readings=(make.reading("edge", *choices),),
    )


def test_bands_away_from_their_edges_rest_on_no_reading(make: Any) -> None:
    made = sized(make)
    for households, members, expected in (
        (2499, 5, HOLDS),
        (2499, 6, FAILS),
        (2501, 6, HOLDS),
        (5001, 6, FAILS),
        (0, 3, HOLDS),
    ):
        (found,), problems = made.findings(make.facts(big=households, other=members), make.DAY, law_day=make.DAY)
        assert (found.verdict, found.readings, problems) == (expected, (), ())


@pytest.mark.parametrize(
    ("members", "common", "earlier", "later", "either"),
    [
        (2, FAILS, FAILS, FAILS, FAILS),
        (3, FAILS, HOLDS, FAILS, HOLDS),
        (5, HOLDS, HOLDS, HOLDS, HOLDS),
        (6, FAILS, FAILS, HOLDS, HOLDS),
        (8, FAILS, FAILS, FAILS, FAILS),
    ],
)
def test_a_shared_edge_under_each_reading(
    make: Any, members: int, common: Verdict, earlier: Verdict, later: Verdict, either: Verdict
) -> None:
    """At exactly 2,500 households: both allow only 5; the rows allow 3 to 5, 5 to 7; either allows 3 to 7."""
    made = sized(make)
    plan = make.facts(big=2500, other=members)
    expected = (common, earlier, later, either)
    for option in range(4):
        (found,), _ = made.findings(plan, make.DAY, law_day=make.DAY, readings={"edge": option})
        assert found.verdict is expected[option]
        others = {at: verdict for at, verdict in enumerate(expected) if verdict is not expected[option]}
        assert {d.option: d.verdict for d in found.readings} == others


def test_values_of_the_band_at_the_edge(make: Any) -> None:
    made = sized(make)
    values = [made.value("size", make.facts(big=2500), {"edge": option})[0].value for option in range(4)]
    assert values == [(5, 5), (3, 5), (5, 7), (3, 7)]
    assert made.value("size", make.facts(big=1))[0].inner[0].value == 1


def test_a_missing_input_decides_what_all_bands_say(make: Any) -> None:
    made = sized(make)
    for members, verdict in ((2, FAILS), (10, FAILS), (4, OPEN), (9, OPEN)):
        (found,), _ = made.findings(make.facts(other=members), make.DAY, law_day=make.DAY)
        assert found.verdict is verdict
        assert make.missing(found) == ({"big"} if verdict is OPEN else set())


def test_two_ranges_do_not_allow_what_lies_between_them(make: Any) -> None:
    rows = (band(make, None, 10, posts(make, 3, 5)), band(make, 10, None, posts(make, 7, 9)))
    table = Table((make.fact("big"),), rows, "edge", RANGE)
    made = make.evaluator(
        make.rule("size", make.sentence(Within(make.fact("other"), table))),
        readings=(make.reading("edge", RowChoice.EITHER, RowChoice.COMMON),),
    )
    found = [made.findings(make.facts(big=10, other=n), make.DAY, law_day=make.DAY)[0][0].verdict for n in (5, 6, 7)]
    assert found == [HOLDS, FAILS, HOLDS]
    (common,), problems = made.findings(make.facts(big=10, other=5), make.DAY, law_day=make.DAY, readings={"edge": 1})
    assert common.verdict is OPEN and common.missing == () and [p.code for p in problems] == ["CR0593"]


def test_harmless_overlaps_need_no_reading(make: Any) -> None:
    rows = (band(make, None, 1500, make.number(50)), band(make, 1500, None, make.number(50)))
    made = make.evaluator(definitions=(make.definition("base", Table((make.fact("big"),), rows, None, make.COUNT)),))
    assert made.value("base", make.facts(big=1500))[0].value == 50
    assert made.value("base", make.facts())[0].value == 50 and made.value("base", make.facts())[1] == ()


def test_a_gap_between_rows_is_told(make: Any) -> None:
    rows = (band(make, None, 10, make.number(1)), band(make, 20, None, make.number(2)))
    requirement = make.compared(Table((make.fact("big"),), rows, None, make.COUNT), ">=", 1)
    made = make.evaluator(make.rule("r", make.sentence(requirement)))
    (found,), problems = made.findings(make.facts(big=15), make.DAY, law_day=make.DAY)
    assert (
        found.verdict is OPEN
        and found.missing == ()
        and [(p.code, p.data["value"]) for p in problems] == [("CR0592", 15)]
    )
    (open_,), _ = made.findings(make.facts(), make.DAY, law_day=make.DAY)
    assert make.missing(open_) == {"big"}


def test_rows_by_choice_and_otherwise(make: Any) -> None:
    """Post allowance of the speech, I(2)4: one amount for a named post and another for the rest."""
    named = TableRow((TableCell(equals=Literal("branch", make.FORM)),), make.number(400))
    table = Table((make.fact("form"),), (named,), None, make.COUNT, make.number(200))
    made = make.evaluator(definitions=(make.definition("pay", table),))
    assert [made.value("pay", make.facts(form=form))[0].value for form in ("branch", "general")] == [400, 200]
    value, absent = made.value("pay", make.facts())
    assert (value.value.low, value.value.high, [m.key for m in absent]) == (200, 400, ["c.form"])  # type: ignore[union-attr]


def test_a_verdict_that_every_form_shares(make: Any) -> None:
    rows = tuple(
        TableRow((TableCell(equals=Literal(form, make.FORM)),), posts(make, low, low + 2))
        for form, low in (("branch", 3), ("general", 5), ("committee", 7))
    )
    table = Table((make.fact("form"),), rows, None, RANGE)
    for members, verdict in ((2, FAILS), (3, OPEN), (9, OPEN), (10, FAILS)):
        found = make.judge(Within(make.fact("big"), table), make.facts(big=members))
        assert (found.verdict, make.missing(found)) == (verdict, {"form"} if verdict is OPEN else set())


def rounding(make: Any) -> Any:
    """50 + 1 per 100 households above 1500 is 51.01 at 1,601: 51 rounded down, 52 rounded up (source facts 3.2)."""
    rate = Rate(make.number(1), make.number(100), make.fact("big"), FRACTION)
    required = make.definition("required", Rounded(rate, "hundred", make.COUNT), (make.fact("big"),))
    requirement = make.compared(make.fact("other"), ">=", ValueOf("required", make.COUNT))
    return make.evaluator(
        make.rule("r", make.sentence(requirement)),
        definitions=(required,),
        readings=(make.reading("hundred", Rounding.DOWN, Rounding.UP, Rounding.HALF_UP),),
    )


def test_a_rounding_is_depended_on_only_where_it_matters(make: Any) -> None:
    made = rounding(make)

    def depends(households: int, members: int) -> dict[int, Verdict]:
        (found,), _ = made.findings(make.facts(big=households, other=members), make.DAY, law_day=make.DAY)
        return {d.option: d.verdict for d in found.readings}

    assert depends(1600, 16) == {}
    assert depends(1601, 16) == {1: FAILS}
    assert depends(1650, 16) == {1: FAILS, 2: FAILS}
    assert depends(1650, 17) == {}


def test_every_combination_of_readings(make: Any) -> None:
    made = rounding(make)
    (all_,) = made.under_all_readings(make.facts(big=1601, other=16), law_day=make.DAY)
    assert [(c.options, c.verdict) for c in all_.combinations] == [
        ((("hundred", 0),), HOLDS),
        ((("hundred", 1),), FAILS),
        ((("hundred", 2),), HOLDS),
    ]
    assert all_.complete and [r.id for r in all_.readings] == ["hundred"]
    assert made.under_all_readings(make.facts(big=1600, other=16), law_day=make.DAY) == ()


def test_too_many_combinations_say_so(make: Any) -> None:
    ids = [f"r{n}" for n in range(7)]
    half = Rate(make.number(1), make.number(2), make.fact("big"), FRACTION)
    parts = tuple(make.compared(Rounded(half, id, make.COUNT), ">=", 0) for id in ids)
    made = make.evaluator(
        make.rule("r", make.sentence(And(parts))),
        readings=tuple(make.reading(id, Rounding.DOWN, Rounding.UP) for id in ids),
    )
    (all_,) = made.under_all_readings(make.facts(big=1), law_day=make.DAY)
    assert len(all_.combinations) == 64 and not all_.complete


def test_a_reading_whose_options_are_values(make: Any) -> None:
    """“Direct” with or without household delegates: two conditions for one word."""
    wide = make.compared(make.fact("form"), "!=", Literal("committee", make.FORM))
    narrow = make.compared(make.fact("form"), "=", Literal("branch", make.FORM))
    made = make.evaluator(
        make.rule("r", make.sentence(ValueOf("direct", make.TRUTH))), readings=(make.reading("direct", wide, narrow),)
    )

    def found(form: str) -> Any:
        return made.findings(make.facts(form=form), make.DAY, law_day=make.DAY)[0][0]

    assert found("general").verdict is HOLDS and [(d.option, d.verdict) for d in found("general").readings] == [
        (1, FAILS)
    ]
    assert found("branch").readings == () and found("committee").readings == ()
    assert made.value("direct", make.facts(form="general"), {"direct": 1})[0].value is False


def test_single_values_of_overlapping_rows_stay_open_when_both_are_meant(make: Any) -> None:
    rows = (band(make, None, 10, make.number(1)), band(make, 10, None, make.number(3)))
    table = Table((make.fact("big"),), rows, "edge", make.COUNT)
    made = make.evaluator(definitions=(make.definition("d", table),), readings=(make.reading("edge", *CHOICES),))
    held = [made.value("d", make.facts(big=10), {"edge": option}) for option in range(4)]
    assert [h[0].value for h in held[1:3]] == [1, 3] and (held[0][0].value.low, held[0][0].value.high) == (1, 3)
    assert held[0][1] == ()


def test_a_row_that_may_not_be_reached_keeps_its_facts(make: Any) -> None:
    """With the input open and a gap in the rows, the fact in a row can matter as well as the input."""
    rows = (band(make, 0, 1, make.number(2)), band(make, 3, None, make.fact("z")))
    requirement = make.compared(make.fact("other"), ">=", Table((make.fact("big"),), rows, None, make.COUNT))
    found = make.judge(requirement, make.facts(other=3))
    assert found.verdict is OPEN and make.missing(found) == {"big", "z"}
