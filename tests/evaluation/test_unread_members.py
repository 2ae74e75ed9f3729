"""What was filled in for a member and could not be read is told of that member, and of no other."""

from __future__ import annotations

import civicrules


def test_the_row_that_could_not_be_read_is_the_one_that_is_named() -> None:
    """The first says perhaps, the second says nothing, the third is born in 2030, after the election of 2005."""
    roll = [
        {"name": "A", "birth date": "1980-02-03", "lives here": "perhaps", "registered here": "yes"},
        {"name": "B", "birth date": "1980-02-03"},
        {"name": "C", "birth date": "2030-01-01", "lives here": "yes", "registered here": "yes"},
    ]
    plan = {"community": {"election day": "2005-06-05"}, "registered voters roll": roll}
    report = civicrules.load("cn.direct-2005").check(plan, advice=False)
    found = {
        (fact.subject.index, fact.names.text("en")): fact.blocked
        for finding in report.findings
        for fact in finding.missing
        if fact.subject is not None
    }
    assert {key for key, blocked in found.items() if blocked} == {(0, "lives here"), (2, "birth date")}
    assert found[1, "lives here"] is False
