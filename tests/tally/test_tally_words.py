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
from attrs import evolve

import civicrules.codes
import civicrules.tally
from civicrules.ballots import Ballots, Choice, Paper
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
    FollowUp,
    LargestRemainder,
    Limit,
    PaperRules,
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
from civicrules.tally.methods import METHODS
from civicrules.tally.seats.allocation import Rule
from civicrules.tally.words import ANOTHER_VOTE, LOT, SECOND_BALLOT, VACANCY

_FOLDER = Path(civicrules.tally.__file__).parent
_TABLES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    table.name: yaml.safe_load(table.read_text(encoding="utf-8"))
    for table in sorted((_FOLDER / "steps").glob("*.yaml"))
}
_STEPS: Mapping[str, Mapping[str, str]] = {kind: texts for table in _TABLES.values() for kind, texts in table.items()}
_PAGES: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (Path(civicrules.codes.__file__).parent / "counting.yaml").read_text(encoding="utf-8")
)


def _source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(_FOLDER.rglob("*.py")))


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
    yield from _limited()
    yield from _followed()
    yield from _on_papers()


def _limited() -> Iterator[Contest]:
    """Limits on the elected, conditions on them, and posts that depend on each other."""
    posts = [
        Post("chair", 1, [Candidate("a", 50), Candidate("b", 40)]),
        Post("member", 2, [Candidate("a", 5), Candidate("c", 30), Candidate("d", 20), Candidate("e", 10)]),
    ]
    for members, least, most in product((("d", "e"), ("e",), ("c", "d")), (0, 1, 2), (None, 1)):
        for unsure in ((), ("c",)):
            limit = Limit("g", frozenset(members), least, most, ("member",), frozenset(unsure))
            yield Contest(posts, limits=[limit])
    yield Contest([posts[0]], limits=[Limit("x", frozenset("a"), 1), Limit("y", frozenset("b"), 1)])
    yield Contest(posts, down_count=True)
    yield Contest([evolve(posts[0], candidates=[Candidate("a", 5), Candidate("b", 5)]), posts[1]])
    half = Threshold("returned", Fraction(1, 2))
    short = Post("member", 2, [Candidate("a", 60), Candidate("b", 30)])
    yield Contest([short], BallotAccount(returned=100), half, limits=[Limit("g", frozenset("b"), 1)])
    for meets in (False, None):
        yield Contest([Post("chair", 1, [Candidate("a", 9, meets, ("area",))])])


def _followed() -> Iterator[Contest]:
    """Further ballots: asked for, counted, void, without anybody to stand, with strangers."""
    half, hundred = Threshold("returned", Fraction(1, 2)), BallotAccount(returned=100)
    short = Post("chair", 1, [Candidate("a", 40), Candidate("b", 30), Candidate("c", 5)])
    second = [Candidate("a", 20), Candidate("b", 10)]
    for given in ([], second, [Candidate("c", 1)]):
        again = Contest([Post("chair", None, given)], BallotAccount(returned=90), id="second")
        yield Contest([short], hundred, half, follow_up=FollowUp(again))
    void = Contest([Post("chair", None, second)], validity=(Requirement("r", False),), id="second")
    yield Contest([short], hundred, half, follow_up=FollowUp(void))
    yield Contest([Post("chair", 1, [])], follow_up=FollowUp(Contest([])))
    yield Contest([short], hundred, half, least_elected=1)


def _on_papers() -> Iterator[Contest]:
    """Papers: good, blank, overvoted, for one person twice, with names written in, in doubt, unread."""
    post, other = (
        Post("chair", 1, [Candidate("a"), Candidate("b")]),
        Post("member", 1, [Candidate("a"), Candidate("c")]),
    )
    names = [("a", "chair"), ("b", "chair"), ("a", "member"), ("c", "member"), ("z", "chair")]
    choices = [Choice(name, post) for name, post in names] + [
        Choice("a", "chair", mark=m) for m in ("against", "abstain")
    ]
    papers: dict[Paper, int] = {(0,): 5, (): 1, (0, 1, 3): 2, (0, 2): 3, (4,): 1, (5,): 1, (6,): 1}
    ballots = Ballots.of(choices, papers, unread=1)
    for rules in (PaperRules(write_ins="counted"), PaperRules(("same_person_for_two_posts",), write_ins="not_counted")):
        yield Contest([post, other], ballots=ballots, papers=rules)
    yield Contest([post, other], ballots=ballots)
    yield Contest([post, other], BallotAccount(returned=3), ballots=ballots, papers=PaperRules(write_ins="counted"))


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
    source = _source()
    written = set(re.findall(r'(?:Step|note)\(\s*"(\w+)"', source))
    assert written <= set(_STEPS)
    # Those of the other families are taken by the tests of those.
    own = {kind for table in ("contest.yaml", "decisions.yaml") for kind in _TABLES[table]}
    assert {kind for kind in own - taken if kind not in written} <= {"refused", "refused_choice", "refused_conflict"}
    assert all(kind in taken or f'"{kind}"' in source or kind.rpartition("_")[0] in source for kind in _STEPS)


def test_no_kind_stands_in_two_tables() -> None:
    assert sum(len(table) for table in _TABLES.values()) == len(_STEPS)


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
    assert words["candidates/chair"].text("zh") == "主任未列出的候选人及其得票数"
    assert words["ballots/valid"].text("zh") == "有效票数"


# ---------------------------------------------------------------- codes


def _run(example: str) -> Outcome:
    scope: dict[str, Any] = {name: getattr(civicrules.tally, name) for name in civicrules.tally.__all__}
    outcome: Outcome = eval(example, scope)
    return outcome


@pytest.mark.parametrize("code", [code for code, page in _PAGES.items() if page["in"] == "python"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_examples_of_pages_do_what_they_say(code: str, language: str) -> None:
    assert code in {diagnostic.code for diagnostic in complaints(_run(_PAGES[code]["wrong"][language]))}
    assert complaints(_run(_PAGES[code]["mended"][language])) == ()


def test_every_code_has_a_page() -> None:
    rules = (_FOLDER.parent / "rules.py").read_text(encoding="utf-8")  # to whom a decision goes is found there
    used = set(re.findall(r'"(CR07\d\d)"', _source() + rules))
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


# What a method cannot do without.
_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "modified_sainte_lague": {"first_divisor": Fraction(7, 5)},
    "listed_divisors": {"divisors": (1, 2, 3, 4), "after_the_last": "no_more_seats"},
    "by_size": {"size_limit": 19, "under_the_limit": "largest_remainders", "from_the_limit": "highest_averages"},
    "open_lists": {"seats_to_lists": "dhondt"},
    "closed_lists": {"seats_to_lists": "dhondt"},
    "limited_vote": {"votes_per_ballot": 1},
    "cumulative_vote": {"votes_per_ballot": 3, "votes_for_one_candidate": 3},
}


def test_methods_run_on_the_request_of_their_purpose() -> None:
    tally = civicrules.tally
    ranked = Ballots.ranked({("a",): 1, ("b", "a"): 2})
    pair = [tally.Candidate("a", 1, list="A", rank=1), tally.Candidate("b", 2, list="B", rank=1)]
    contest = tally.Contest([tally.Post("chair", 1, pair)])
    allocation = tally.Allocation([tally.Receiver("A", 74), tally.Receiver("B", 14), tally.Receiver("C", 12)], 3)
    for method in METHODS:
        request: Any = contest if method.purpose is Purpose.CONTEST else allocation
        if method.id in ("single_transferable_vote", "instant_runoff"):
            request = evolve(
                contest, posts=(evolve(contest.posts[0], candidates=(Candidate("a"), Candidate("b"))),), ballots=ranked
            )
        outcome = method.run(evolve(request, options=_OPTIONS.get(method.id, {})), ())
        assert isinstance(outcome, Decided), method.id
        if method.purpose is Purpose.CONTEST:
            assert [seat.receiver for seat in outcome.seats] == ["b"]
        else:
            assert sum(seat.seats for seat in outcome.seats) == 3


def test_largest_remainder_reads_its_quota() -> None:
    tally = civicrules.tally
    receivers = [tally.Receiver("A", 74), tally.Receiver("B", 14), tally.Receiver("C", 12)]
    (method,) = (method for method in METHODS if method.id == "largest_remainder")
    droop = tally.Allocation(receivers, 3, options={"quota": "droop_quota"})
    outcome = method.run(droop, ())
    assert isinstance(outcome, Decided)
    assert [seat.seats for seat in outcome.seats] == [3, 0, 0]
