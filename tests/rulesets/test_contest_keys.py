"""Contests and allocations with the keys of their methods, from text to result, in both languages.

Each text is also translated to Chinese and must come to the same there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import civicrules
from civicrules.ballots import Ballots
from civicrules.diagnostics import Severity
from civicrules.formatting import format as format_text
from civicrules.outcome import CannotSay, Decided, DecisionRequired, Outcome, Void
from civicrules.program import Names

HEAD = (
    'civicrules 1 en\n\nruleset t "t"\n  in Chinese: “例”\n  facts: cn.community\n'
    '  source law / 法律: "Law"\n    in Chinese: “法律”\n\n'
)
NAME = "  in Chinese: 例选举\n"


def contest(keys: str, more: str = "") -> str:
    lines = "".join(f"  {key}\n" for key in ("candidates: candidates", *keys.split("; ")))
    return f"{HEAD}contest board [law 1]\n{lines}{NAME}{more}"


def candidates(*rows: tuple[str, str, int | None]) -> dict[str, Any]:
    return {"candidates": [{"name": name, "post": post, "votes": votes} for name, post, votes in rows]}


def outcomes(text: str, given: dict[str, Any]) -> tuple[Outcome, ...]:
    """What the text and its translation come to."""
    chinese = format_text(text, "zh")
    assert {one.code for one in chinese.diagnostics} <= {"CR0395"}
    found = []
    for one in (text, chinese.text):
        rules = civicrules.load(text=one)
        assert {one.code for one in rules.diagnostics} <= {"CR0395"}
        count = rules.contest("board", given) if rules.program.contests else rules.allocation("board", given)
        found.append(count.count() if rules.program.contests else count.seats())  # type: ignore[union-attr]
    return tuple(found)


def elected(outcome: Outcome) -> set[str]:
    assert not isinstance(outcome, Void)
    return {seat.receiver for seat in outcome.seats}


ROWS = candidates(("Lin", "member", 50), ("Wu", "member", 40), ("Xu", "member", 30))


@pytest.mark.parametrize(
    ("keys", "winners"),
    [
        ("method: plurality; seats: 1", {"Lin"}),
        ("method: block vote; seats: 2", {"Lin", "Wu"}),
        ("method: limited vote; seats: 2; votes per ballot: 1", {"Lin", "Wu"}),
        ("method: single vote; posts: member; seats: 2", {"Lin", "Wu"}),
        ("method: cumulative vote; seats: 2; votes per ballot: 3; votes for one candidate: 3", {"Lin", "Wu"}),
        ("method: approval; seats: 1", {"Lin"}),
        # more than half of 120 is 61: nobody; a third is 40, which Lin and Wu have
        ("posts: member; seats: 2; elected: votes more than half of ballots returned, most votes first", set()),
        ("posts: member; seats: 2; elected: votes at least 1/3 of ballots returned, most votes first", {"Lin", "Wu"}),
        ("posts: member; seats: 2; elected: most votes first", {"Lin", "Wu"}),
        # of those with 45 or fewer at most one: Xu is out anyway; at least one of them: Wu
        (
            "posts: member; seats: 2; elected: most votes first; "
            "among the elected: number of candidates where votes are at most 45 is exactly 1",
            {"Lin", "Wu"},
        ),
        (
            "posts: member; seats: 2; elected: most votes first; "
            "among the elected: number of candidates where votes are at most 35 at least 1",
            {"Lin", "Xu"},
        ),
        (
            "posts: member; seats: 2; elected: most votes first; reserved seats: 1; reserved for: votes are at most 35",
            {"Lin", "Xu"},
        ),
        # at least 60 or, of the two weights, none
        (
            "posts: member; seats: 2; elected: votes at least 1/5 of ballots returned and votes are at most 45, "
            "most votes first",
            {"Wu", "Xu"},
        ),
    ],
)
def test_a_method_counts_by_its_keys(keys: str, winners: set[str]) -> None:
    for outcome in outcomes(contest(keys), {**ROWS, "ballot account": {"ballots returned": 120}}):
        assert elected(outcome) == winners


def test_two_rounds_name_the_second() -> None:
    text = contest(
        "method: two rounds; posts: chair; seats: 1; elected: votes more than half of ballots returned, most votes first; "
        "shortfall: second round",
        "\ncontest second round [law 2]\n  method: plurality\n  candidates: most voted losers, seats left + 1\n"
        "  in Chinese: 第二轮\n",
    )
    given = candidates(("Lin", "chair", 45), ("Wu", "chair", 40), ("Xu", "chair", 15))
    for outcome in outcomes(text, {**given, "ballot account": {"ballots returned": 100}}):
        assert isinstance(outcome, DecisionRequired)
        assert outcome.questions[0].options == ("Lin", "Wu")


def test_votes_beyond_what_papers_carry_are_said() -> None:
    # 120 votes on 50 papers of two votes each: at most 100
    text = contest("method: limited vote; seats: 3; votes per ballot: 2")
    for outcome in outcomes(text, {**ROWS, "ballot account": {"ballots returned": 50}}):
        assert isinstance(outcome, CannotSay)


def allocation(keys: str) -> str:
    lines = "".join(f"  {key}\n" for key in ("receivers: residents groups", "weight: households", *keys.split("; ")))
    return f"{HEAD}allocation board [law 1]\n{lines}{NAME}"


GROUPS = {"residents groups": [{"name": n, "households": h} for n, h in (("A", 500), ("B", 300), ("C", 30))]}


@pytest.mark.parametrize(
    ("keys", "seats"),
    [
        # 500, 300, 30 for 4 seats. D'Hondt: 500, 300, 250, 166⅔ / Sainte-Laguë: 500, 300, 166⅔, 100 (A 3, B 1 or tie at 100)
        ("method: dhondt; seats: 4", {"A": 3, "B": 1, "C": 0}),
        ("method: danish divisors; seats: 3", {"A": 2, "B": 1, "C": 0}),
        ("method: adams divisors; seats: 4", {"A": 2, "B": 1, "C": 1}),
        # 30 of 830 is 3.6 %
        ("method: adams divisors; seats: 4; threshold: at least 5% of registered voters", {"A": 2, "B": 2, "C": 0}),
        ("method: adams divisors; seats: 4; threshold: at least 5% of registered voters; exempt: households are at most 30",
         {"A": 2, "B": 1, "C": 1}),
        ("method: adams divisors; seats: 4; threshold: more than 30", {"A": 2, "B": 2, "C": 0}),
        ("method: adams divisors; seats: 4; threshold: at least 30", {"A": 2, "B": 1, "C": 1}),
        # 500 of 830 is more than half, and 3 of 5 seats are too
        ("method: adams divisors; seats: 5; majority clause: more than half of seats", {"A": 3, "B": 1, "C": 1}),
        ("method: modified sainte lague; first divisor: 7/5; seats: 3", {"A": 2, "B": 1, "C": 0}),
        ("method: largest remainder, droop quota; seats: 4", {"A": 3, "B": 1, "C": 0}),
        ("method: dhondt; seats: 4; each receiver: at least 1", {"A": 2, "B": 1, "C": 1}),
    ],
)  # fmt: skip
def test_an_allocation_divides_by_its_keys(keys: str, seats: dict[str, int]) -> None:
    given = {**GROUPS, "ballot account": {"registered voters": 830}}
    for outcome in outcomes(allocation(keys), given):
        assert isinstance(outcome, Decided)
        assert {seat.receiver: seat.seats for seat in outcome.seats} == seats


def test_a_threshold_on_an_unknown_base_cannot_be_said() -> None:
    for outcome in outcomes(
        allocation("method: dhondt; seats: 4; threshold: at least 5% of registered voters"), GROUPS
    ):
        assert isinstance(outcome, CannotSay)
        assert outcome.missing == ("ballot_account.registered_voters",)


WITHDRAWN = {"candidates": [*ROWS["candidates"], {"name": "Yu", "post": "member", "votes": 60, "withdrawn": True}]}


@pytest.mark.parametrize(
    ("keys", "winners"),
    [
        ("method: plurality; seats: 1", {"Lin"}),
        ("method: block vote; seats: 2", {"Lin", "Wu"}),
        ("posts: member; seats: 1; elected: votes at least 1/4 of ballots returned, most votes first", {"Lin"}),
    ],
)
def test_who_has_withdrawn_is_not_elected(keys: str, winners: set[str]) -> None:
    """Yu has most votes, 60; they stay in the ballots returned, a quarter of which is 45."""
    for outcome in outcomes(contest(keys), {**WITHDRAWN, "ballot account": {"ballots returned": 180}}):
        assert isinstance(outcome, Decided) and elected(outcome) == winners


def test_who_has_withdrawn_was_nominated_and_needs_no_votes() -> None:
    """Two seats and three nominated: one of them withdrew, and her votes are not even known."""
    text = contest("posts: member; seats: 2; elected: most votes first").replace(
        "candidates: candidates", "candidates: candidates, at least seats + 1"
    )
    rows = {"candidates": [*ROWS["candidates"][:2], {"name": "Yu", "post": "member", "withdrawn": True}]}
    for outcome in outcomes(text, rows):
        assert isinstance(outcome, Decided) and elected(outcome) == {"Lin", "Wu"}


def test_papers_pass_on_from_who_has_withdrawn() -> None:
    """Lin 4, Wu 3, Yu 5, of which 2 go on to Wu: 5 of 9 that still count."""
    text = contest("method: instant runoff; seats: 1")
    rows = {"candidates": [{"name": "Lin"}, {"name": "Wu"}, {"name": "Yu", "withdrawn": True}]}
    papers = Ballots.ranked([("Lin",)] * 4 + [("Wu",)] * 3 + [("Yu", "Wu")] * 2 + [("Yu",)] * 3)
    outcome = civicrules.load(text=text).contest("board", rows).count(ballots=papers)
    assert isinstance(outcome, Decided) and [(seat.receiver, seat.votes) for seat in outcome.seats] == [("Wu", 5)]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("3 1\n-3\n", []),
        ("3 1\n", []),  # the plan may know of more who withdrew
        ("3 1\n-2 -3\n", [("CR0768", {"name": "Wu"})]),
        ("3 2\n-3\n", [("CR0769", {"there": 2, "here": 1})]),
    ],
)
def test_what_a_blt_file_says_of_the_election_must_be_what_the_plan_says(
    tmp_path: Path, head: str, said: list[tuple[str, dict[str, Any]]]
) -> None:
    """One seat, and Yu withdrew. Wu has 5 of 9; were Wu out as well, Lin would be elected."""
    rows = {"candidates": [{"name": "Lin"}, {"name": "Wu"}, {"name": "Yu", "withdrawn": True}]}
    (tmp_path / "ward.blt").write_text(f'{head}4 1 0\n3 2 0\n2 3 2 0\n0\n"Lin"\n"Wu"\n"Yu"\n')
    bound = civicrules.load(text=contest("method: instant runoff; seats: 1")).contest("board", rows)
    ballots, account, told = bound.ballots(tmp_path / "ward.blt")
    assert [(one.code, one.data) for one in told] == said
    assert all(one.severity is Severity.ERROR and str(one.place) == "ward.blt" for one in told)
    assert (account.heads[0].seats, account.heads[0].withdrawn) == (
        int(head[2]),
        tuple(name for mark, name in (("-2", "Wu"), ("-3", "Yu")) if mark in head),
    )
    outcome = bound.count(ballots=ballots)
    assert isinstance(outcome, Decided) and [(seat.receiver, seat.votes) for seat in outcome.seats] == [("Wu", 5)]


@pytest.mark.parametrize(
    ("tag", "wrong", "offered"),
    [("en", "tei", "tie"), ("en", "得票相当", "得票相等"), ("zh", "得票相当", "得票相等"), ("zh", "tei", "tie")],
)
def test_the_keys_that_may_stand_are_those_of_the_language(tag: str, wrong: str, offered: str) -> None:
    """A key of the other language is offered only for one that is nearly it."""
    text = contest("posts: member; seats: 2; elected: most votes first; tie: another vote among the tied")
    if tag == "zh":
        text = format_text(text, "zh").text
    key = {"en": "tie: ", "zh": "得票相等："}[tag]
    found = civicrules.compile(text.replace(key, f"{wrong}{key[-2:].strip()[-1:]}"))
    (one,) = [one for one in found.diagnostics if one.code == "CR0302"]
    assert one.data["suggestions"][0] == offered
    known = one.data["known"]
    assert isinstance(known, tuple)
    assert {word.isascii() for word in known} == {tag == "en"}


@pytest.mark.parametrize("method", ["single transferable vote", "instant runoff"])
@pytest.mark.parametrize(
    "line",
    [
        "reserved seats: 1",
        "reserved for: sex is female",
        "among the elected: number of candidates where votes are at most 45 is exactly 1",
        "vacancy from: 3",
        "保留名额: 1",
    ],
)
def test_limits_on_the_elected_are_never_passed_over_by_a_method_without_them(method: str, line: str) -> None:
    """No published rule of these transfers says how they are kept: whoever writes them is told, and nothing is counted."""
    found = civicrules.compile(contest(f"method: {method}; posts: member; seats: 1; tie: lot; {line}"))
    (one,) = found.diagnostics
    method_names, key, others = (one.data[name] for name in ("method", "key", "others"))
    assert one.code == "CR0396" and isinstance(one.place, civicrules.Span) and one.place.text == line.partition(":")[0]
    assert isinstance(method_names, Names) and method_names.text("en") == method
    assert isinstance(key, Names) and line.partition(":")[0] in (key.text("en"), key.text("zh"))
    assert isinstance(others, tuple) and {name.text("zh") for name in others} >= {"按职位多数当选", "相对多数"}
