"""Every step has its sentence and every code its page, in both languages; methods are declared as they are run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

import civicrules.codes
import civicrules.tally
from civicrules.outcome import Decided, Outcome, Step
from civicrules.plugin import Purpose
from civicrules.program import Names, identifier
from civicrules.tally import (
    BASES,
    DHONDT,
    SAINTE_LAGUE,
    Allocation,
    BallotAccount,
    Candidate,
    Contest,
    LargestRemainder,
    Post,
    Quota,
    Receiver,
    Requirement,
    Threshold,
    allocate,
    complaints,
    count,
    missing_words,
)
from civicrules.tally.allocation import Rule
from civicrules.tally.methods import METHODS
from civicrules.tally.words import ANOTHER_VOTE, LOT, SECOND_BALLOT, VACANCY

_FOLDER = Path(civicrules.tally.__file__).parent
_STEPS: Mapping[str, Mapping[str, str]] = yaml.safe_load((_FOLDER / "steps.yaml").read_text(encoding="utf-8"))
_PAGES: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (Path(civicrules.codes.__file__).parent / "counting.yaml").read_text(encoding="utf-8")
)


def _source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.py")))


def _contests() -> Iterator[Contest]:
    """Contests that together take every step of a count that is not refused."""
    accounts = [
        BallotAccount(*figures)
        for figures in product((None, 90, 120), (None, 100), (None, 80, 110), (None, 70), (None, 5, 10), (None, 5))
    ]
    thresholds = [None, *(Threshold(base, Fraction(1, 2), strict) for base in BASES for strict in (True, False))]
    lists = [(60, 40), (40, 40), (40, None), (60, None)]
    for account, threshold, votes, complete in product(accounts, thresholds, lists, (True, False)):
        candidates = [Candidate(name, number) for name, number in zip("ab", votes, strict=True)]
        yield Contest([Post("chair", 1, candidates, complete, marks=2)], account, threshold)
    post = Post("chair", 2, [Candidate("a", 3)])
    yield from (Contest([post], validity=(Requirement("r", holds),)) for holds in (True, False, None))
    yield from (Contest([post], shortfall=shortfall) for shortfall in ("", "vacancy"))
    yield from (Contest([Post("chair", seats, [])]) for seats in (None, 0))


def _allocations() -> Iterator[Allocation]:
    rules: tuple[Rule, ...] = (LargestRemainder(), LargestRemainder(Quota.DROOP), DHONDT, SAINTE_LAGUE)
    for by, seats, low, high in product(rules, range(9), (0, 1, 2), (None, 2, 4)):
        yield Allocation([Receiver(id, n, low, high) for id, n in (("a", 9), ("b", 5), ("c", 5), ("d", 0))], seats, by)
    yield Allocation([], 3)


def _recorded() -> Iterator[Step]:
    for contest in _contests():
        yield from count(contest).steps
    for allocation in _allocations():
        yield from allocate(allocation).steps


def test_every_step_taken_has_a_sentence_for_its_data() -> None:
    taken: set[str] = set()
    for step in _recorded():
        wanted = set(re.findall(r"\{(\w+)\}", _STEPS[step.kind]["en"]))
        assert all(step.data.get(name) is not None for name in wanted), step
        taken.add(step.kind)
    written = set(re.findall(r'Step\(\s*"(\w+)"', _source()))
    words = {*BASES, ANOTHER_VOTE[0], LOT[0], SECOND_BALLOT[0], VACANCY[0], "bounds", "weights"}
    assert written <= set(_STEPS)
    assert set(_STEPS) - words == written | taken


@pytest.mark.parametrize("kind", _STEPS)
def test_sentences_use_the_same_data_in_both_languages(kind: str) -> None:
    english, chinese = (set(re.findall(r"\{(\w+)\}", _STEPS[kind][tag])) for tag in ("en", "zh"))
    assert english == chinese
    assert re.search("[一-鿿]", _STEPS[kind]["zh"])


def test_words_for_ids_agree_with_those_of_the_library() -> None:
    words = dict([*BASES.items(), ANOTHER_VOTE, LOT, SECOND_BALLOT, VACANCY])
    assert {id: dict(names.forms) for id, names in words.items()} == {id: _STEPS[id] for id in words}


def test_missing_facts_have_words() -> None:
    names = {"chair": Names.of(en="chair", zh="主任")}
    keys = ("votes/chair/Lin/Hua", "candidates/chair", "ballots/valid", "seats", "receivers", "weight/g/1", "seats/ch")
    words = missing_words((*keys, "ballot box"), names)
    assert tuple(words) == keys
    assert words["votes/chair/Lin/Hua"].text("en") == "votes of Lin/Hua for chair"
    assert words["weight/g/1"].text("en") == "the number that g/1 is weighed by"
    assert words["candidates/chair"].text("zh") == "主任其余候选人及其得票数"
    assert words["ballots/valid"].text("zh") == "有效票数"


# ---------------------------------------------------------------- codes


def _run(example: str) -> Outcome:
    scope: dict[str, Any] = dict(vars(civicrules.tally))
    outcome: Outcome = eval(example, scope)
    return outcome


@pytest.mark.parametrize("code", [code for code, page in _PAGES.items() if page["in"] == "python"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_examples_of_pages_do_what_they_say(code: str, language: str) -> None:
    assert code in {diagnostic.code for diagnostic in complaints(_run(_PAGES[code]["wrong"][language]))}
    assert complaints(_run(_PAGES[code]["mended"][language])) == ()


def test_every_code_has_a_page() -> None:
    used = set(re.findall(r'"(CR07\d\d)"', _source()))
    assert used == set(_PAGES)


# ---------------------------------------------------------------- methods


def test_methods_are_complete_in_both_languages() -> None:
    for method in METHODS:
        assert method.id == identifier(method.names.text("en"))
        for names in (method.names, method.doc, *(parameter.names for parameter in method.parameters)):
            assert names.has("en") and names.has("zh")
        for parameter in method.parameters:
            assert parameter.id == identifier(parameter.names.text("en"))
            assert all(id == identifier(words.text("en")) for id, words in parameter.options)


def test_methods_run_on_the_request_of_their_purpose() -> None:
    tally = civicrules.tally
    contest = tally.Contest([tally.Post("chair", 1, [tally.Candidate("a", 1)])])
    allocation = tally.Allocation([tally.Receiver("A", 74), tally.Receiver("B", 14), tally.Receiver("C", 12)], 3)
    results = {}
    for method in METHODS:
        outcome = method.run(contest if method.purpose is Purpose.CONTEST else allocation, ())
        assert isinstance(outcome, Decided)
        results[method.id] = [seat.seats for seat in outcome.seats]
    # 74, 14, 12 for 3 seats: Hare 33⅓ → 2, 1, 0. 74 / 1, 2, 3 = 74, 37, 24⅔ > 14. 74 / 5 = 14.8 > 14.
    assert results == {
        "majority_by_post": [1],
        "largest_remainder": [2, 1, 0],
        "sainte_lague": [3, 0, 0],
        "dhondt": [3, 0, 0],
    }


def test_largest_remainder_reads_its_quota() -> None:
    tally = civicrules.tally
    receivers = [tally.Receiver("A", 74), tally.Receiver("B", 14), tally.Receiver("C", 12)]
    (method,) = (method for method in METHODS if method.id == "largest_remainder")
    droop = tally.Allocation(receivers, 3, options={"quota": "droop_quota"})
    outcome = method.run(droop, ())
    assert isinstance(outcome, Decided)
    assert [seat.seats for seat in outcome.seats] == [3, 0, 0]
