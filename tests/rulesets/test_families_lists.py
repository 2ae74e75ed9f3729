"""Elections by lists from the text of the law to who is elected, in both languages: Bavaria, the Netherlands, France.

The counts were worked out by hand from the articles that the rulesets in `tests/samples/families` cite.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import civicrules
from civicrules import MappingLibrary, Rules
from civicrules.ballots import Ballots, Choice
from civicrules.formatting import format as format_text
from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired
from civicrules.report import text as report
from civicrules.source import Source

FOLDER = Path(__file__).parent.parent / "samples" / "families"
LIBRARY = MappingLibrary({"sample.families": (FOLDER / "vocabulary.civic").read_text("utf-8")})


def load(name: str, language: str) -> Rules:
    text = (FOLDER / f"{name}.en.civic").read_text("utf-8")
    if language == "zh":
        text = format_text(Source("ruleset", text), "zh", LIBRARY).text
    return civicrules.load(text=text, library=LIBRARY)


def people(**lists: tuple[int | None, ...]) -> list[dict[str, Any]]:
    return [
        {"name": f"{id}{rank}", "list": id, "place on list": rank, **({} if votes is None else {"votes": votes})}
        for id, members in lists.items()
        for rank, votes in enumerate(members, 1)
    ]


def slates(field: str = "list votes", **votes: int) -> list[dict[str, Any]]:
    return [{"name": id, field: number} for id, number in votes.items()]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_bavaria(language: str) -> None:
    # A 90, B 50, C 20: 90, 50, 30 (A), 20 (C), 18 (A), 16.7 (B): five seats are A 3, B 1, C 1. A: 40, 30, then A3
    # with 20 to nobody but A4 with 0. B2 has most votes of B.
    rules = load("marks", language)
    plan = {"municipality": {"seats": 5}, "candidates": people(A=(30, 40, 20, 0), B=(20, 30), C=(20,))}
    outcome = rules.contest("council", plan).count()
    assert isinstance(outcome, Decided)
    found = [(seat.receiver, seat.votes) for seat in outcome.seats]
    assert found == [("A2", 40), ("A1", 30), ("A3", 20), ("B2", 30), ("C1", 20)]


def test_bavaria_from_papers() -> None:
    # Five votes each. 3 x list A: one vote for each of A1 to A3, two are not used. 2 x B1 B1 B1 and list A: A1 and A2 one
    # each. A 5 + 5 + 3 = 13, B 6: 13, 6, 4.33 (A), 2.6 (A), 2 (B): A 3, B 2.
    rules = load("marks", "en")
    plan = {"municipality": {"seats": 5}, "candidates": people(A=(None,) * 3, B=(None,) * 2)}
    bound = rules.contest("council", plan)
    choices = [Choice("", list="A"), Choice("B1", list="B")]
    request = bound.request(ballots=Ballots.of(choices, {(0,): 3, (0, 1, 1, 1): 2}))
    outcome, problems = rules.run("open_lists", request.request, ())
    assert problems == ()
    assert isinstance(outcome, Decided)
    assert [(seat.receiver, seat.votes) for seat in outcome.seats] == [
        ("A1", 5), ("A2", 5), ("A3", 3), ("B1", 6), ("B2", 0),
    ]  # fmt: skip


def test_bavaria_a_tie_between_lists_goes_to_the_stronger_candidate() -> None:
    rules = load("marks", "en")
    plan = {"municipality": {"seats": 2}, "candidates": people(A=(40, 20), B=(15, 5))}
    outcome = rules.contest("council", plan).count()
    assert isinstance(outcome, Decided)
    assert [seat.receiver for seat in outcome.seats] == ["A1", "A2"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_netherlands(language: str) -> None:
    # the same election as in tests/tally: quota 100, more than 50 votes pass; A 5, B 3, C 1
    rules = load("preference", language)
    lists = people(A=(300, 60, 50, 90, 0, 0), B=(200, 60, 0), C=(40, 60, 40))
    plan = {"municipality": {"seats": 9, "valid votes": 900}, "candidates": lists}
    outcome = rules.contest("council", plan).count()
    assert isinstance(outcome, Decided)
    assert [seat.receiver for seat in outcome.seats] == ["A1", "A4", "A2", "A3", "A5", "B1", "B2", "B3", "C2"]


def test_a_hurdle_that_cannot_be_computed_is_missing() -> None:
    rules = load("preference", "en")
    outcome = rules.contest("council", {"municipality": {"seats": 9}, "candidates": people(A=(5,))}).count()
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("municipality.valid_votes",)


FIRST = {"municipality": {"seats": 19, "valid votes": 1428}, "candidates": people(A=(None,) * 19, B=(None,) * 19)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_france_in_one_round(language: str) -> None:
    # published: 884 and 544 of 1,428 votes, 19 seats: 16 and 3
    rules = load("bonus", language)
    outcome = rules.contest("council", {**FIRST, "slates": slates(A=884, B=544)}).count()
    assert isinstance(outcome, Decided)
    expected = [f"A{place}" for place in range(1, 17)] + ["B1", "B2", "B3"]
    assert [seat.receiver for seat in outcome.seats] == expected


def test_france_in_two_rounds() -> None:
    rules = load("bonus", "en")
    first = slates(A=650, B=600, C=178)
    outcome = rules.contest("council", {**FIRST, "slates": first}).count()
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.kind, question.options, question.policy) == ("second_round", ("A", "B", "C"), "second_round")
    # bonus 10 for B; 9 by averages of 700 and 728: 728, 700, 364, 350, 242.7, 233.3, 182, 175, 145.6: B 5, A 4
    second = [{**one, "second round votes": votes} for one, votes in zip(first[:2], (700, 728), strict=True)]
    outcome = rules.contest("council", {**FIRST, "slates": [*second, first[2]]}).count()
    assert isinstance(outcome, Decided)
    assert [seat.receiver for seat in outcome.seats] == [*(f"B{n}" for n in range(1, 16)), "A1", "A2", "A3", "A4"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_has_words_for_every_step(language: str) -> None:
    rules = load("marks", "en")
    plan = {"municipality": {"seats": 3}, "candidates": people(A=(20, 20), B=(20, 20))}
    found = rules.results(plan, rules.contests)
    written = report.render(found, language)
    assert isinstance(found.counts[0].outcome, DecisionRequired)
    question = found.counts[0].outcome.questions[0]
    assert question.id in written
    again = rules.results(plan, rules.contests, [Decision(question.id, question.options[: question.choose])])
    assert report.render(again, language)


@pytest.mark.parametrize(
    "asked", ["votes at most 5% of valid votes", "votes at least 5% of valid votes and seats is 19"]
)
def test_a_hurdle_that_is_none_stops_the_count(asked: str) -> None:
    text = (FOLDER / "bonus.en.civic").read_text("utf-8")
    changed = text.replace("  threshold: votes at least 5% of valid votes", f"  threshold: {asked}")
    assert changed != text
    outcome = (
        civicrules.load(text=changed, library=LIBRARY).contest("council", {**FIRST, "slates": slates(A=9)}).count()
    )
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("threshold",)


@pytest.mark.parametrize(("language", "names"), [("en", ("red", "blue")), ("zh", ("红队", "蓝队"))])
def test_lists_that_are_choices_have_their_names_in_the_report(language: str, names: tuple[str, str]) -> None:
    vocabulary = (FOLDER / "vocabulary.civic").read_text("utf-8")
    changed = vocabulary.replace("list / 所属名单: text", "list / 所属名单: one of red/红队, blue/蓝队")
    assert changed != vocabulary
    text = (FOLDER / "marks.en.civic").read_text("utf-8")
    rules = civicrules.load(text=text, library=MappingLibrary({"sample.families": changed}))
    plan = {"municipality": {"seats": 2}, "candidates": people(red=(40, 20), blue=(25, 5))}
    written = report.render(rules.results(plan, rules.contests), language)
    assert all(f"{name}" in written for name in names)


@pytest.mark.parametrize(("language", "key"), [("en", "    list mark\n"), ("zh", "    名单标记\n")])
def test_what_a_list_mark_gives_is_asked_for_in_words(language: str, key: str) -> None:
    text = (FOLDER / "marks.en.civic").read_text("utf-8")
    rules = civicrules.load(text=text.replace("  list mark: fills votes left, in list order\n", ""), library=LIBRARY)
    plan = {"municipality": {"seats": 5}, "candidates": people(A=(None,) * 3, B=(None,) * 2)}
    ballots, _, _ = rules.contest("council", plan).ballots("number,list,A1,A2,A3,B1,B2\n3,A,,,,,\n")
    assert ballots is not None
    found = rules.results(plan, rules.contests, (), {"council": ballots})
    written = report.render(found, language)
    assert key in written
    assert [one.code for one in found.diagnostics] == ["CR0743"]
    assert found.diagnostics[0].data["lists"] == ("A",)


def test_bavaria_from_a_ballot_file() -> None:
    # the papers of test_bavaria_from_papers, as a clerk enters them
    rules = load("marks", "en")
    plan = {"municipality": {"seats": 5}, "candidates": people(A=(None,) * 3, B=(None,) * 2)}
    bound = rules.contest("council", plan)
    ballots, _, problems = bound.ballots("number,list,A1,A2,A3,B1,B2\n3,A,,,,,\n2,A,,,,3,\n1,,x,,,,x\n")
    assert problems == ()
    outcome, _ = rules.run("open_lists", bound.request(ballots=ballots).request, ())
    assert isinstance(outcome, Decided)
    votes = {seat.receiver: seat.votes for seat in outcome.seats}
    # one paper more: A1 and B2
    assert votes == {"A1": 6, "A2": 5, "A3": 3, "B1": 6, "B2": 1}
