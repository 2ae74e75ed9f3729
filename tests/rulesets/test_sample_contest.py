"""The sample of a contest in all its steps, counted from its texts; the numbers are worked out beside each case.

One chair, two other members; 1,000 voters, 900 ballots issued, 800 returned, so that more than 400 votes are needed, and
at least a third of those of a further ballot.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import civicrules
from civicrules import Rules
from civicrules.library import MappingLibrary
from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome, Void

SAMPLES = Path(__file__).parents[1] / "samples"
LIBRARY = MappingLibrary({"sample.community": (SAMPLES / "vocabulary.civic").read_text(encoding="utf-8")})
TEXTS = {tag: (SAMPLES / f"contest.{tag}.civic").read_text(encoding="utf-8") for tag in ("en", "zh")}
RULES = {tag: civicrules.load(text=text, library=LIBRARY) for tag, text in TEXTS.items()}
SOURCE = re.search(r'^  source .*"(.+)"$', TEXTS["en"], re.MULTILINE)[1]  # type: ignore[index]
both = pytest.mark.parametrize("rules", [pytest.param(rules, id=tag) for tag, rules in RULES.items()])


def someone(name: str, sex: str, post: str, votes: int, second: int | None = None, kin: str = "none") -> dict[str, Any]:
    row: dict[str, Any] = {"name": name, "sex": sex, "post": post, "votes": votes, "relatives": kin}
    return row if second is None else {**row, "votes in the second ballot": second}


def plan(*people: dict[str, Any], second: int | None = None, **community: Any) -> dict[str, Any]:
    account = {"registered voters": 1000, "ballots issued": 900, "ballots returned": 800, "valid ballots": 780}
    account |= {"invalid ballots": 20, "blank ballots": 0}
    return {
        "community": {"electorate": "all voters", **community},
        "residents committee": {"chairs": 1, "vice chairs": 0, "other members": 2},
        "ballot account": account if second is None else {**account, "second ballots returned": second},
        "committee candidates": list(people),
    }


CHAIR = (someone("Wu", "male", "chair", 500), someone("Xu", "male", "chair", 280))
# He and Gao have more than 400; no woman has
MEMBERS = (
    someone("He", "male", "member", 500),
    someone("Gao", "male", "member", 450),
    someone("Lin", "female", "member", 300),
    someone("Mei", "female", "member", 200),
)


def count(rules: Rules, given: dict[str, Any], *decisions: Decision) -> Outcome:
    return rules.contest("residents committee", given).count(decisions=decisions)


def elected(outcome: Outcome) -> list[tuple[str, str]]:
    assert not isinstance(outcome, Void)
    return [(seat.post, seat.receiver) for seat in outcome.seats]


@both
def test_the_reserved_seat_stays_open_and_only_women_stand_for_it(rules: Rules) -> None:
    outcome = count(rules, plan(*CHAIR, *MEMBERS))
    assert isinstance(outcome, DecisionRequired)
    assert elected(outcome) == [("chair", "Wu"), ("member", "He")]
    (question,) = outcome.questions
    assert (question.kind, question.options, question.choose) == ("second_ballot", ("Lin", "Mei"), 1)
    decided = count(rules, plan(*CHAIR, *MEMBERS), Decision(question.id, ("Mei",)))
    assert elected(decided) == [("chair", "Wu"), ("member", "He"), ("member", "Mei")]


# of 750 returned in the second ballot a third is 250: 250 are enough, 249 are not, and 2 of 3 in office are too few
@both
@pytest.mark.parametrize(("lin", "winner"), [(250, ["Lin"]), (249, [])])
def test_the_second_ballot_is_counted_on_its_own_ballots(rules: Rules, lin: int, winner: list[str]) -> None:
    women = (someone("Lin", "female", "member", 300, lin), someone("Mei", "female", "member", 200, 100))
    outcome = count(rules, plan(*CHAIR, *MEMBERS[:2], *women, second=750))
    assert [name for _, name in elected(outcome)] == ["Wu", "He", *winner]
    assert isinstance(outcome, Decided) is bool(winner)


@both
def test_the_second_ballot_cannot_be_said_without_its_ballots(rules: Rules) -> None:
    women = (someone("Lin", "female", "member", 300, 400), someone("Mei", "female", "member", 200, 100))
    outcome = count(rules, plan(*CHAIR, *MEMBERS[:2], *women))
    assert isinstance(outcome, CannotSay)


@both
def test_relatives_are_not_elected_together(rules: Rules) -> None:
    # Gao is the brother of Wu, who is chair; Lin, with 410, and He are elected
    kin = (someone("He", "male", "member", 450), someone("Gao", "male", "member", 500, kin="Wu"))
    outcome = count(rules, plan(*CHAIR, *kin, someone("Lin", "female", "member", 410)))
    assert elected(outcome) == [("chair", "Wu"), ("member", "He"), ("member", "Lin")]


@both
def test_relatives_that_are_not_stated_are_missing_where_they_matter(rules: Rules) -> None:
    row = someone("Gao", "male", "member", 500)
    del row["relatives"]
    outcome = count(rules, plan(*CHAIR, row, MEMBERS[0], someone("Lin", "female", "member", 410)))
    assert isinstance(outcome, CannotSay)
    assert all(key.startswith("limits/relatives/") for key in outcome.missing)


@both
def test_too_few_candidates_make_the_vote_void(rules: Rules) -> None:
    # one seat asks for two candidates
    outcome = count(rules, plan(CHAIR[0], *MEMBERS))
    assert isinstance(outcome, Void)
    assert outcome.reasons == ("nominated_chair",)


@pytest.mark.parametrize(
    ("tag", "others"), [("en", ", household delegates, representatives"), ("zh", "、户代表选举、居民代表选举")]
)
def test_a_contest_is_held_for_its_electorate(tag: str, others: str) -> None:
    rules = civicrules.load(text=TEXTS[tag].replace(others, "", 1), library=LIBRARY)
    given = plan(*CHAIR, *MEMBERS)
    assert isinstance(count(rules, given), DecisionRequired)
    given["community"]["electorate"] = "representatives"
    outcome = count(rules, given)
    assert isinstance(outcome, Void)
    assert outcome.reasons == ("electorate",)
    del given["community"]["electorate"]
    outcome = count(rules, given)
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("community.electorate",)


OTHERS = [TEXTS["zh"], TEXTS["en"].replace(SOURCE, f"{SOURCE}, as amended", 1), f"{TEXTS['en']}\n# seen\n"]


@pytest.mark.parametrize("other", OTHERS, ids=["another language", "the title of a source", "a comment"])
def test_an_answer_given_under_another_text_is_stale(other: str) -> None:
    """The report prints the text's titles and articles beside the question: who answered saw those and no others."""
    given = plan(*CHAIR, *MEMBERS)
    first = count(RULES["en"], given)
    assert isinstance(first, DecisionRequired)
    answer = Decision(first.questions[0].id, ("Mei",))
    outcome = count(civicrules.load(text=other, library=LIBRARY), given, answer)
    assert isinstance(outcome, DecisionRequired) and "refused" in [step.kind for step in outcome.steps]
    assert elected(outcome) == elected(first) and outcome.questions[0].options == first.questions[0].options
    assert isinstance(count(civicrules.load(text=TEXTS["en"], library=LIBRARY), given, answer), Decided)


@pytest.mark.parametrize(
    ("tag", "taken", "also"), [("en", "not moved", "at election"), ("zh", "不下加", "正式选举时下加")]
)
def test_a_reading_says_whether_votes_move_down(tag: str, taken: str, also: str) -> None:
    # Xu has 280 for chair and 130 for member: 410 together, more than 400
    text = TEXTS[tag].replace(taken, "@").replace(also, taken).replace("@", also)
    moved = civicrules.load(text=text, library=LIBRARY)
    people = (*CHAIR, MEMBERS[0], someone("Lin", "female", "member", 401), someone("Xu", "male", "member", 130))
    apart = (*CHAIR, MEMBERS[0], someone("Lin", "female", "member", 401), someone("Bo", "male", "member", 130))
    assert ("member", "Xu") not in elected(count(RULES[tag], plan(*people)))
    # He 500, Xu 410, Lin 401: one of the two seats is kept for Lin
    steps = [step for step in count(moved, plan(*people)).steps if step.kind == "moved_down"]
    assert [(one.data["candidate"], one.data["votes"]) for one in steps] == [("Xu", 410)]
    assert elected(count(moved, plan(*people))) == [("chair", "Wu"), ("member", "He"), ("member", "Lin")]
    assert len(elected(count(moved, plan(*apart)))) == 3


@both
def test_a_further_ballot_is_no_contest_of_its_own(rules: Rules) -> None:
    assert [one.id for one in rules.contests] == ["residents_committee"]


@pytest.mark.parametrize("post", ["clerk", None])
@both
def test_whoever_has_no_post_that_can_be_read_may_stand_for_any(rules: Rules, post: str | None) -> None:
    # Lin's 500 votes may be for member: then Gao would not be elected. Wu as chair stands whatever Lin stands for:
    # 800 ballots less 780 votes leave 20.
    lost = {key: value for key, value in {**MEMBERS[0], "post": post}.items() if value is not None}
    outcome = count(rules, plan(*CHAIR, lost, *MEMBERS[1:]))
    assert isinstance(outcome, CannotSay)
    assert ("member", "Gao") not in elected(outcome) and "candidates/member" in outcome.missing
