"""Election families from elsewhere: what a ruleset can say of each compiles, is right and goes to Chinese and back; what needs
a method of counting that is not registered is named, and nothing else is wrong.

The numbers were worked out by hand from the laws cited beside them. The rulesets are in `tests/samples/families`.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

import civicrules
from civicrules import MappingLibrary
from civicrules.builtins import registry
from civicrules.diagnostics import Diagnostic, has_errors
from civicrules.findings import Verdict
from civicrules.formatting import format as format_text
from civicrules.outcome import Decided
from civicrules.pipeline import compile_source
from civicrules.program import Program
from civicrules.source import Source

FOLDER = Path(__file__).parent.parent / "samples" / "families"
LIBRARY = MappingLibrary({"sample.families": (FOLDER / "vocabulary.civic").read_text("utf-8")})
NAMES = sorted(path.name.removesuffix(".en.civic") for path in FOLDER.glob("*.en.civic"))
NOT_OFFERED = {
    "weights": "standing in line",
    "phases": "party quotient",
}
_CONTEST = re.compile(r"(?m)^contest .*\n(?:  .*\n)+")


def text(name: str) -> str:
    return (FOLDER / f"{name}.en.civic").read_text("utf-8")


def without_contest(name: str) -> str:
    """The ruleset as a place without that method of counting would write it."""
    return _CONTEST.sub("", text(name)) if name in NOT_OFFERED else text(name)


def compiled(source: str) -> tuple[Program, tuple[Diagnostic, ...]]:
    found = compile_source(Source("ruleset", source), LIBRARY, registry())
    assert found.program is not None
    return found.program, found.diagnostics


def test_every_letter_that_a_ruleset_can_say_has_a_sample() -> None:
    assert sorted([*NOT_OFFERED, "bands", "bonus", "marks", "preference", "reballot", "reserved", "transfer"]) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_method_is_named_and_nothing_else_is_wrong(name: str) -> None:
    program, diagnostics = compiled(text(name))
    expected = [("CR0317", NOT_OFFERED[name])] if name in NOT_OFFERED else []
    assert [(d.code, d.data["name"]) for d in diagnostics] == expected
    rest, none = compiled(without_contest(name))
    assert none == ()
    assert (program.rules, program.definitions) == (rest.rules, rest.definitions)


@pytest.mark.parametrize("name", NAMES)
def test_its_examples_come_out(name: str) -> None:
    outcomes = civicrules.load(text=without_contest(name), library=LIBRARY).examples()
    assert outcomes
    assert [o for o in outcomes if o.actual != o.expected] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_goes_to_chinese_and_back(name: str) -> None:
    before, _ = compiled(without_contest(name))
    chinese = format_text(Source("ruleset", without_contest(name)), "zh", LIBRARY)
    # Titles of examples have no form in Chinese here; they stay, and that is said.
    assert {diagnostic.code for diagnostic in chinese.diagnostics} <= {"CR0130"}
    there, diagnostics = compiled(chinese.text)
    assert not has_errors(diagnostics), diagnostics
    assert there.language == "zh"
    for part in ("rules", "definitions", "readings", "contests"):
        assert getattr(there, part) == getattr(before, part), part
    back, _ = compiled(format_text(Source("ruleset", chinese.text), "en", LIBRARY).text)
    assert back == before


VALUES = [
    # Bavaria, municipal code art. 31: 1,001 to 2,000 inhabitants 12, 5,001 to 10,000 20, more than 10,000 24
    ("bands", "council size", "residents is 1001", 12),
    ("bands", "council size", "residents is 2000", 12),
    ("bands", "council size", "residents is 5001", 20),
    ("bands", "council size", "residents is 10000", 20),
    ("bands", "council size", "residents is 10001", 24),
    # Scotland: floor(valid / (seats + 1)) + 1. 5000 / 5 = 1000, + 1; 4999 / 5 = 999.8, + 1; 1 / 2 = 0.5, + 1
    ("transfer", "ward quota", "valid votes is 5000, seats is 4", 1001),
    ("transfer", "ward quota", "valid votes is 4999, seats is 4", 1000),
    ("transfer", "ward quota", "valid votes is 1, seats is 1", 1),
    # France: half of the seats, rounded up. 19 / 2 = 9.5, 10; 20 / 2 = 10
    ("bonus", "French bonus", "seats is 19", 10),
    ("bonus", "French bonus", "seats is 20", 10),
    ("bonus", "seats to average", "seats is 19", 9),
    # Italy: 60%. 60% of 24 = 14.4 (15 rounded up), of 40 = 24
    ("bonus", "Italian bonus", "seats is 24", 15),
    ("bonus", "Italian bonus", "seats is 40", 24),
    # Taiwan: one from four seats, one more for each further four
    ("reserved", "women's places", "seats is 3", 0),
    ("reserved", "women's places", "seats is 4", 1),
    ("reserved", "women's places", "seats is 7", 1),
    ("reserved", "women's places", "seats is 8", 2),
    ("reserved", "women's places", "seats is 15", 3),
    # Brazil: a fraction of at most a half is dropped. 2.5 is 2, 2.6 is 3, 2.4 is 2, 5,080,790 / 55 = 92,378
    ("phases", "electoral quotient", "valid votes is 25, seats is 10", 2),
    ("phases", "electoral quotient", "valid votes is 26, seats is 10", 3),
    ("phases", "electoral quotient", "valid votes is 24, seats is 10", 2),
    ("phases", "electoral quotient", "valid votes is 5080790, seats is 55", 92378),
]


@pytest.mark.parametrize(("name", "what", "given", "value"), VALUES)
def test_the_arithmetic_of_the_law(name: str, what: str, given: str, value: int) -> None:
    asked = f'\nexample "asked"\n  given {given}\n  expect {what}: {value}\n'
    outcome = civicrules.load(text=without_contest(name) + asked, library=LIBRARY).examples()[-1]
    assert outcome.actual == outcome.expected, outcome
    assert outcome.actual == Fraction(value), outcome


VERDICTS = [
    # France: at least 10% of 5,000 votes are 500
    ("bonus", "second round of lists", "round is 2, valid votes is 5000, list votes is 500", Verdict.HOLDS),
    ("bonus", "second round of lists", "round is 2, valid votes is 5000, list votes is 499", Verdict.FAILS),
    ("bonus", "second round of lists", "round is 1, valid votes is 5000, list votes is 499", Verdict.DOES_NOT_APPLY),
    # Rwanda: a third term is one too many, and a lot may be drawn after three ties
    ("weights", "two terms", "terms served is 1", Verdict.HOLDS),
    ("weights", "lot after three ties", "lot drawn is yes, ballots taken on the tie is 3", Verdict.HOLDS),
    # owners: more than half of both; 207 is half of 414
    (
        "weights",
        "both weights",
        "owners taking part is 414, owners in favour is 207, area taking part is 100, area in favour is 51",
        Verdict.FAILS,
    ),
    (
        "weights",
        "both weights",
        "owners taking part is 414, owners in favour is 208, area taking part is 100, area in favour is 51",
        Verdict.HOLDS,
    ),
    # Bavaria: up to three votes for one candidate
    (
        "marks",
        "cumulation",
        "seats is 12, votes given is 12, most for one candidate is 4, counted as valid is yes",
        Verdict.FAILS,
    ),
    # Italy: two preferences must differ in sex
    ("marks", "two preferences", "preferences is 2, women preferred is 1", Verdict.HOLDS),
    ("marks", "two preferences", "preferences is 2, women preferred is 0", Verdict.FAILS),
    ("marks", "two preferences", "preferences is 1, women preferred is 1", Verdict.DOES_NOT_APPLY),
    # Brazil: 80% of 92,378 are 73,902.4, 20% are 18,475.6; a mayor needs a second round above 200,000 voters
    ("phases", "run-off for mayor", "electors is 200001, second round planned is yes", Verdict.HOLDS),
    (
        "phases",
        "thresholds",
        "valid votes is 5080790, seats is 55, elected in phase is second, votes is 18475, party votes is 73903",
        Verdict.FAILS,
    ),
    # Taiwan: an age of 23
    ("reserved", "candidates", "age is 23", Verdict.HOLDS),
    ("reserved", "candidates", "age is 22", Verdict.FAILS),
]


@pytest.mark.parametrize(("name", "rule", "given", "verdict"), VERDICTS)
def test_the_verdict_of_the_law(name: str, rule: str, given: str, verdict: Verdict) -> None:
    word = verdict.value.replace("_", " ")
    asked = f'\nexample "asked"\n  given {given}\n  expect {rule}: {word}\n'
    outcome = civicrules.load(text=without_contest(name) + asked, library=LIBRARY).examples()[-1]
    assert outcome.actual == outcome.expected == verdict


PARTIES = """
allocation seats of parties [code 107, 109]
  receivers: slates
  weight: list votes
  seats: seats
  method: dhondt
  threshold: at least 80% of electoral quotient
  tie: lot
  in Chinese: 政党议席分配
"""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("sixth", "seats"), [(538, [2, 2, 2, 1, 1, 1, 0]), (537, [2, 2, 2, 2, 1, 0, 0])])
def test_party_quotients_and_averages_of_brazil(language: str, sixth: int, seats: list[int]) -> None:
    """A seat for each whole quotient and the others by averages is D'Hondt among the parties that may have any.

    Nine seats for 6,050 votes: the quotient is 672.2, so 672, and four fifths of it are 537.6. Five parties have one whole
    quotient each, and averages of 520, 510, 500, 490 and 480 for another seat. The sixth has none, and its average is its
    votes: with 538 it has the first of the four seats left, with 537 it takes no part, nor does the seventh.
    """
    text = without_contest("phases") + PARTIES
    if language == "zh":
        text = format_text(Source("ruleset", text), "zh", LIBRARY).text
    votes = (1040, 1020, 1000, 980, 960, sixth, 1050 - sixth)
    plan = {
        "municipality": {"valid votes": 6050, "seats": 9},
        "slates": [{"name": name, "list votes": number} for name, number in zip("ABCDEFG", votes, strict=True)],
    }
    rules = civicrules.load(text=text, library=LIBRARY)
    assert rules.value("electoral quotient", plan).value == 672
    outcome = rules.allocation("seats of parties", plan).seats()
    assert isinstance(outcome, Decided) and [seat.seats for seat in outcome.seats] == seats
