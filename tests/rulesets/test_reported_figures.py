"""What the source documents state, against their own parts; the arithmetic is beside each case."""

from __future__ import annotations

from pathlib import Path

import pytest

import civicrules
from civicrules import Rules, Verdict

HOLDS, FAILS, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.DOES_NOT_APPLY
EXAMPLES = Path(__file__).parents[2] / "rulesets" / "cn.reported-figures" / "examples"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return civicrules.load("cn.reported-figures")


# What fails in each document; everything else holds or was not reported.
@pytest.mark.parametrize(
    ("plan", "failing"),
    [
        ("direct-2005", set()),  # 78 / 80 = 97.5 %; 78 + 1 + 1 = 80
        ("staffing-2008", {"periods_in_a_row"}),  # 10 March: the phase has begun, its first part has not
        ("service", {"share", "items_of_a_list"}),  # 200 / 300 = 66.7 %; five announced, three listed
        ("city-2007", set()),  # 182 / 464 = 39.22 %; 8 + 7 + 5 + 9 = 29
    ],
)
def test_each_document(rules: Rules, plan: str, failing: set[str]) -> None:
    report = rules.check(EXAMPLES / f"{plan}.zh.yaml")
    open_ones = {one.rule.id for one in report.findings if one.verdict not in (HOLDS, FAILS, IDLE)}
    assert {one.rule.id for one in report.findings if one.verdict is FAILS} == failing
    assert not open_ones


@pytest.mark.parametrize(
    ("part", "whole", "stated", "expected"),
    [
        (2208, 2722, "81%", HOLDS),  # 81.117 %
        (2208, 2722, "82%", HOLDS),  # rounded up
        (2208, 2722, "83%", FAILS),
        (2208, 2722, "81.1%", HOLDS),
        (2208, 2722, "81.3%", FAILS),
        (2268, 2722, "81%", FAILS),  # of the ballots issued it is 83.3 %
        (1995, 2722, "81%", FAILS),  # of the valid ones 73.3 %
        (182, 464, "39.2%", HOLDS),  # 39.224 %
        (182, 464, "39.3%", HOLDS),
        (182, 464, "39.4%", FAILS),
    ],
)
def test_a_share_at_its_printed_precision(rules: Rules, part: int, whole: int, stated: str, expected: Verdict) -> None:
    plan = {"reported shares": [{"part": part, "whole": whole, "stated share": stated}]}
    assert [one.verdict for one in rules.check(plan).findings if one.rule.id == "share"] == [expected]
