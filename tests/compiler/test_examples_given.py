"""What an example can give; what it cannot is reported, and never leaves an example out in silence."""

from __future__ import annotations

import pytest

import civicrules
from civicrules import Verdict

TEXT = """civicrules 1 en

ruleset town "Our town"
  facts: cn.community
  source measures: "Measures"

quota means 1 per 100 households, rounded down [measures 1]

rule capable [measures 2]
  each registered voter must meet all of these:
    keeps legal capacity

example "given"
  given {given}
  expect {expect}
"""


# "Keeps legal capacity" is the opposite of the fact "legal capacity lost".
@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("legal capacity lost is no", "holds"),
        ("legal capacity lost is yes", "fails"),
        ("keeps legal capacity is yes", "holds"),
        ("keeps legal capacity is no", "fails"),
    ],
)
def test_the_opposite_of_a_fact_is_given_like_the_fact(given: str, verdict: str) -> None:
    rules = civicrules.load(text=TEXT.format(given=given, expect=f"capable: {verdict}"))
    (outcome,) = rules.examples()
    assert outcome.actual is outcome.expected is Verdict(verdict)


@pytest.mark.parametrize("given", ["quota is 5", "households is 300 to 500"])
def test_what_is_no_fact_or_no_single_value_is_reported(given: str) -> None:
    found = civicrules.compile(TEXT.format(given=given, expect="quota: 5")).diagnostics
    assert [one.code for one in found] == ["CR0329"]


def test_a_row_with_a_range_is_reported() -> None:
    text = TEXT.partition("example")[0] + "example quota is set by households:\n  100 to 200: 2\n"
    assert [one.code for one in civicrules.compile(text).diagnostics] == ["CR0329"]
