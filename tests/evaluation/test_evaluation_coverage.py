"""What examples touch: every expected answer below is read off the ruleset and the example by hand."""

from __future__ import annotations

import pytest

import civicrules
from civicrules.tested import Coverage, Kind

VOCABULARY = """civicrules 1 en

vocabulary toy.street "Streets"

unit person / 人: people / 名, members
unit household / 户: households

entity street / 街道
  households / 居民户数: number in households
  seats / 职数: number in people
  helpers / 帮手数: number in people

entity person / 人员
  name / 姓名: text, identifies
  sex / 性别: one of female/女, male/男
  age / 年龄: number in years
  part-time / 兼职: yes/no

list candidates / 候选人: person, each candidate / 候选人
"""

HEAD = """civicrules 1 en

ruleset toy.council "A council"
  valid: from 2020-01-01
  facts: toy.street
  source act: "The act"

section "Size" [act 1]

council size is set by households:
  1000 or fewer: 3 to 5 members
  1000 to 2000: 5 to 7 members
  2000 or more: 7 to 9 members
  overlapping rows: edge

reading edge "which size at exactly 1,000?"
  taken: {taken}
  also: {also}
  because: "both rows name it"

age limit means:
  when sex is female: 55 years
  otherwise: 60 years

wanted helpers means 1 per 100 households, rounded as started

reading started "does a started block count?"
  taken: rounded down
  also: rounded up
  because: "not said"

rule enough
  seats must be within council size

rule help
  helpers must be at least 1

rule young
  each candidate's age must be at most age limit
    except when part-time

"""


def covered(examples: str, taken: str = "the earlier row", also: str = "the later row") -> Coverage:
    library = civicrules.Libraries((civicrules.MappingLibrary({"toy.street": VOCABULARY}), civicrules.shipped()))
    rules = civicrules.load(text=HEAD.format(taken=taken, also=also) + examples, library=library)
    assert all(outcome.passed for outcome in rules.examples()), rules.examples()
    return rules.coverage()


def touched(found: Coverage, kind: Kind) -> list[str]:
    return [part.id if kind is Kind.RULE else part.text.text("en") for part in found.of(kind) if part.touched]


def test_without_examples_nothing_is_touched() -> None:
    found = covered("")
    assert not any(part.touched for part in found.parts)
    assert [part.id for part in found.of(Kind.RULE)] == ["enough", "help", "young"]
    assert [part.text.text("en") for part in found.of(Kind.ROW)] == [
        "1000 or fewer: 3 to 5 members",
        "1000 to 2000: 5 to 7 members",
        "2000 or more: 7 to 9 members",
        "when sex is female: 55 years",
        "otherwise: 60 years",
    ]
    assert [part.text.text("en") for part in found.of(Kind.EXCEPTION)] == ["except when part-time"]
    assert len(found.of(Kind.OPTION)) == 4


@pytest.mark.parametrize(
    ("verdict", "facts", "expected"),
    [
        ("holds", "households is 500, seats is 3", ["enough"]),
        ("fails", "households is 500, seats is 6", ["enough"]),
        ("cannot say", "households is 500", []),
    ],
)
def test_a_rule_is_touched_when_it_holds_or_fails(verdict: str, facts: str, expected: list[str]) -> None:
    assert touched(covered(f"example\n  given {facts}\n  expect enough: {verdict}\n"), Kind.RULE) == expected


def test_a_rule_is_not_touched_by_an_example_of_something_else() -> None:
    """The facts would make `enough` hold, but nothing is expected of it."""
    found = covered("example\n  given households is 500, seats is 3\n  expect council size: 3 to 5\n")
    assert touched(found, Kind.RULE) == []


@pytest.mark.parametrize(
    ("households", "size", "rows"),
    [
        (999, "3 to 5", ["1000 or fewer: 3 to 5 members"]),
        (1001, "5 to 7", ["1000 to 2000: 5 to 7 members"]),
        (2001, "7 to 9", ["2000 or more: 7 to 9 members"]),
        (1000, "3 to 5", ["1000 or fewer: 3 to 5 members"]),  # the earlier row counts
    ],
)
def test_the_row_that_counts(households: int, size: str, rows: list[str]) -> None:
    found = covered(f"example\n  given households is {households}\n  expect council size: {size}\n")
    assert touched(found, Kind.ROW) == rows


def test_where_rows_have_something_in_common_both_count() -> None:
    found = covered(
        "example\n  given households is 1000\n  expect council size: 5 to 5\n", "what both allow", "the later row"
    )
    assert touched(found, Kind.ROW) == ["1000 or fewer: 3 to 5 members", "1000 to 2000: 5 to 7 members"]


def test_where_the_later_row_is_taken_only_that_one_counts() -> None:
    found = covered(
        "example\n  given households is 1000\n  expect council size: 5 to 7\n", "the later row", "the earlier row"
    )
    assert touched(found, Kind.ROW) == ["1000 to 2000: 5 to 7 members"]


@pytest.mark.parametrize(
    ("option", "size", "row"),
    [
        ("the earlier row", "3 to 5", "1000 or fewer: 3 to 5 members"),
        ("the later row", "5 to 7", "1000 to 2000: 5 to 7 members"),
    ],
)
def test_the_row_that_counts_under_the_reading_of_the_example(option: str, size: str, row: str) -> None:
    """1,000 households stand in two rows; both options are told apart by either example."""
    for taken, also in (("the earlier row", "the later row"), ("the later row", "the earlier row")):
        found = covered(
            f"example council size is set by households:\n  reading edge: {option}\n  1000: {size}\n", taken, also
        )
        assert touched(found, Kind.ROW) == [row]
        assert sorted(touched(found, Kind.OPTION)) == ["the earlier row", "the later row"]


@pytest.mark.parametrize(("given", "verdict"), [(0, "fails"), (1, "holds")])
def test_an_example_gives_how_long_a_list_is(given: int, verdict: str) -> None:
    rule = "rule somebody stands\n  number of candidates must be at least 1\n\n"
    example = f"example\n  given number of candidates is {given}\n  expect somebody stands: {verdict}\n"
    assert touched(covered(rule + example), Kind.RULE) == ["somebody_stands"]


def test_an_example_names_a_reading_for_each_of_its_expectations() -> None:
    """199 households make one started block and one whole one; the reading of the edge says nothing of either."""
    covered(
        """example
  reading started: rounded up
  reading edge: the later row
  given households is 199
  expect wanted helpers: 2, council size: 3 to 5
"""
    )


def test_a_row_counts_through_the_rule_that_reads_it() -> None:
    found = covered("example\n  given households is 2500, seats is 8\n  expect enough: holds\n")
    assert touched(found, Kind.ROW) == ["2000 or more: 7 to 9 members"]


def test_a_row_that_is_only_supposed_does_not_count() -> None:
    """Without households every row is possible; none is the one that counts."""
    found = covered("example\n  given seats is 2\n  expect enough: fails\n")
    assert touched(found, Kind.RULE) == ["enough"] and touched(found, Kind.ROW) == []


@pytest.mark.parametrize(
    ("sex", "limit", "row"), [("female", 55, "when sex is female: 55 years"), ("male", 60, "otherwise: 60 years")]
)
def test_cases_are_rows(sex: str, limit: int, row: str) -> None:
    found = covered(f"example\n  given sex is {sex}\n  expect age limit: {limit}\n")
    assert touched(found, Kind.ROW) == [row]


@pytest.mark.parametrize(
    ("facts", "verdict", "exceptions"),
    [
        ("sex is male, age is 61, part-time is no", "fails", []),
        ("sex is male, age is 60, part-time is no", "holds", []),
        ("sex is male, age is 61, part-time is yes", "does not apply", ["except when part-time"]),
        ("sex is male, age is 60", "cannot say", []),
    ],
)
def test_an_example_gives_one_member_of_a_list(facts: str, verdict: str, exceptions: list[str]) -> None:
    """Where it is not said whether somebody works part-time, the rule may not apply to them."""
    found = covered(f"example\n  given {facts}\n  expect young: {verdict}\n")
    assert touched(found, Kind.EXCEPTION) == exceptions
    assert touched(found, Kind.RULE) == (["young"] if verdict in ("holds", "fails") else [])


@pytest.mark.parametrize(
    ("households", "helpers", "options"),
    [(99, 0, ["rounded down", "rounded up"]), (100, 1, []), (101, 1, ["rounded down", "rounded up"])],
)
def test_options_are_touched_when_an_example_tells_them_apart(
    households: int, helpers: int, options: list[str]
) -> None:
    found = covered(f"example\n  given households is {households}\n  expect wanted helpers: {helpers}\n")
    assert touched(found, Kind.OPTION) == options


def test_an_option_that_makes_no_difference_is_left() -> None:
    """At 1,000 the taken row is the earlier one: the later one differs, and a third option that is like it does not."""
    found = covered(
        "example\n  given households is 1000\n  expect council size: 3 to 5\n",
        also="the later row\n  also: what either allows",
    )
    # what either allows is 3 to 7, which is neither: all three are told apart
    assert touched(found, Kind.OPTION) == ["the earlier row", "the later row", "what either allows"]
    off_the_edge = covered("example\n  given households is 999\n  expect council size: 3 to 5\n")
    assert touched(off_the_edge, Kind.OPTION) == []


def test_only_the_own_text_counts() -> None:
    """A ruleset under another one answers for its own rules and tables."""
    above = HEAD.format(taken="the earlier row", also="the later row")
    lower = """civicrules 1 en

ruleset toy.district "A district"
  under: toy.council
  valid: from 2020-01-01
  source measures: "The measures"

section "More" [measures 1]

rule more help
  helpers must be at least 2

example
  given helpers is 2
  expect more help: holds
"""
    library = civicrules.MappingLibrary({"toy.street": VOCABULARY, "toy.council": above})
    rules = civicrules.load(text=lower, library=civicrules.Libraries((library, civicrules.shipped())))
    assert [(part.kind, part.id, part.touched) for part in rules.coverage().parts] == [(Kind.RULE, "more_help", True)]


def test_both_texts_of_a_ruleset_are_covered_alike() -> None:
    found = [
        [
            (part.kind, part.id, part.touched)
            for part in civicrules.load("cn.district-2012", language=tag).coverage().parts
        ]
        for tag in ("en", "zh")
    ]
    assert found[0] == found[1]
