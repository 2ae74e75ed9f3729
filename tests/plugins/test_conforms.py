"""Values against the types that they are declared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicrules.conforms import misfit
from civicrules.outcome import CannotSay, Decided, Outcome, Seat
from civicrules.program import Names, NumberType

PAIRS = tuple[tuple[str, Names], ...]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (1, int),
        (None, int | None),
        (None, None),
        (Fraction(1, 2), int | Fraction),
        ((), tuple[int, ...]),
        ((("a", Names()),), PAIRS),
        ([1], Sequence[int]),
        ({"a": 1}, Mapping[str, int]),
        (len, Callable[[object], int]),
        (object(), Any),
        (Decided((Seat("a"),)), Outcome),
        (CannotSay(("x",)), Outcome),
    ],
)
def test_what_fits(value: object, hint: object) -> None:
    assert misfit(value, hint) is None


@pytest.mark.parametrize(
    ("value", "hint", "path"),
    [
        (True, int, "it"),
        ("1", int, "it"),
        ([1], tuple[int, ...], "it"),
        ("ab", Sequence[str], "it"),
        ((1, "2", 3), tuple[int, ...], "it[1]"),
        ((1,), tuple[int, int], "it"),
        ({1: 1}, Mapping[str, int], "it"),
        ({"a": "b"}, Mapping[str, int], "it[a]"),
        (3, Callable[[], int], "it"),
        (NumberType(low="0"), NumberType, "it.low"),  # type: ignore[arg-type]
        (Names((("en", 1),)), Names, "it.forms[0][1]"),  # type: ignore[arg-type]
        (Decided((Seat("a", seats="1"),)), Outcome, "it"),  # type: ignore[arg-type]
    ],
)
def test_the_first_part_that_does_not_fit(value: object, hint: object, path: str) -> None:
    assert misfit(value, hint, "it") == path


@given(st.lists(st.one_of(st.integers(), st.booleans(), st.text(), st.none())))
def test_a_tuple_fits_when_each_part_does(parts: list[object]) -> None:
    whole = misfit(tuple(parts), tuple[int | str, ...], "it")
    wrong = [i for i, part in enumerate(parts) if misfit(part, int | str, "it") is not None]
    assert whole == (f"it[{wrong[0]}]" if wrong else None)
