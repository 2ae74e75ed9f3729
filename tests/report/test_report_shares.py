"""The line under a sentence about a share."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from civicrules.findings import Finding, Number, Report
from civicrules.program import (
    Compare,
    Comparison,
    FactOf,
    Force,
    Literal,
    Mention,
    Names,
    Not,
    NumberType,
    ShareOf,
)
from civicrules.report.shares import lines
from civicrules.report.view import View

ANY = NumberType()
PART, WHOLE = FactOf("a.part", ANY), FactOf("a.whole", ANY)


def _number(of: FactOf, en: str, value: int | None) -> Number:
    return Number(Names.of(en=en), value, ANY, mention=Mention(of, Names.of(en=en)))


def _finding(
    faulty: Report, part: int | None, whole: int | None, force: Force = Force.MUST, negated: bool = False
) -> Finding:
    some = faulty.findings[0]
    requirement = Compare(PART, Comparison.AT_MOST, ShareOf(Fraction(3, 10), WHOLE, NumberType(whole=False)))
    sentence = evolve(some.sentence, force=force, requirement=Not(requirement) if negated else requirement)
    return evolve(some, sentence=sentence, numbers=(_number(PART, "part", part), _number(WHOLE, "whole", whole)))


def test_the_exact_fraction_stands_where_the_verdict_hangs_on_it(faulty: Report) -> None:
    # 3001/10000 is 30.01 %, which prints as 30.0 %: one above the limit that prints as 30 %
    close = _finding(faulty, 3001, 10000)
    assert lines(close, View("en")) == ["part 3,001 of whole 10,000 = 30.0 %, at most 30 % allowed"]
    third = Compare(PART, Comparison.AT_MOST, ShareOf(Fraction(811, 1000), WHOLE, NumberType(whole=False)))
    hanging = evolve(_finding(faulty, 2208, 2722), sentence=evolve(close.sentence, requirement=third))
    assert lines(hanging, View("en")) == ["part 2,208 of whole 2,722 = 81.1 % (1,104/1,361), at most 81.1 % allowed"]


@pytest.mark.parametrize(("part", "whole"), [(None, 10), (3, None), (3, 0)])
def test_no_line_without_two_numbers_and_a_base(faulty: Report, part: int | None, whole: int | None) -> None:
    assert lines(_finding(faulty, part, whole), View("en")) == []


def test_advice_is_not_worded_as_duty(faulty: Report) -> None:
    assert lines(_finding(faulty, 3, 10, Force.SHOULD), View("zh")) == ["part3占whole10的30%，一般不超过30%"]


def test_a_ban_turns_the_limit(faulty: Report) -> None:
    assert lines(_finding(faulty, 3, 10, negated=True), View("en")) == [
        "part 3 of whole 10 = 30 %, more than 30 % asked"
    ]


def test_half_and_a_third_are_limits_too(faulty: Report) -> None:
    limit = ShareOf(Fraction(1, 3), WHOLE, NumberType(whole=False))
    finding = _finding(faulty, 1, 2)
    finding = evolve(finding, sentence=evolve(finding.sentence, requirement=Compare(PART, Comparison.AT_LEAST, limit)))
    assert lines(finding, View("en")) == ["part 1 of whole 2 = 50 %, at least 1/3 asked"]


def test_other_comparisons_have_no_share(faulty: Report) -> None:
    finding = _finding(faulty, 1, 2)
    requirement = Compare(PART, Comparison.AT_LEAST, Literal(3, ANY))
    assert lines(evolve(finding, sentence=evolve(finding.sentence, requirement=requirement)), View("en")) == []
