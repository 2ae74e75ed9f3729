"""Elections by lists: worked by hand from the articles cited, published results, ties at every level, bad input."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import evolve

import civicrules.tally
from civicrules.ballots import AGAINST, VOID, Ballots, Choice, Doubt
from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome, Void
from civicrules.tally import (
    BallotAccount,
    Candidate,
    Contest,
    FollowUp,
    Hurdle,
    Limit,
    Of,
    PaperRules,
    Post,
    Requirement,
    Slate,
    Threshold,
    closed_lists,
    complaints,
    list_bonus,
    open_lists,
    reachable,
)

_STEPS: Mapping[str, Mapping[str, str]] = {
    kind: texts
    for table in (Path(civicrules.tally.__file__).parent / "steps").glob("*.yaml")
    for kind, texts in yaml.safe_load(table.read_text(encoding="utf-8")).items()
}


def said(outcome: Outcome) -> Outcome:
    """The outcome, after a look whether every step of it has its words."""
    for step in outcome.steps:
        for tag in ("en", "zh"):
            wanted = re.findall(r"\{(\w+)\}", _STEPS[step.kind][tag])
            assert all(step.data.get(name) is not None for name in wanted), step
    return outcome


def elected(outcome: Outcome) -> list[str]:
    assert not isinstance(outcome, Void)
    return [seat.receiver for seat in outcome.seats]


def seats(outcome: Outcome) -> dict[str, int]:
    assert isinstance(said(outcome), Decided), outcome
    return {seat.receiver: seat.seats for seat in outcome.seats}


def steps(outcome: Outcome, kind: str) -> list[dict[str, Any]]:
    return [dict(step.data) for step in outcome.steps if step.kind == kind]


def people(**lists: Sequence[int | None]) -> list[Candidate]:
    """Candidates by list, in its order: A=(9, 4) gives A1 with 9 votes and A2 with 4."""
    return [
        Candidate(f"{id}{rank}", votes, list=id, rank=rank)
        for id, given in lists.items()
        for rank, votes in enumerate(given, 1)
    ]


def council(number: int, *, options: Mapping[str, Any] = {}, lists: Sequence[Slate] = (), **votes: Any) -> Contest:
    given = {"seats_to_lists": "sainte_lague", **options}
    return Contest([Post("council", number, people(**votes))], options=given, lists=lists)


def papers(contest: Contest, *given: tuple[str, int]) -> Contest:
    """The contest with papers: `("B1 B1 A2", 3)` are three of them, `A` marks a list, `-A1` strikes a name out."""
    choices: list[Choice] = []
    grouped: dict[tuple[int, ...], int] = {}
    listed = {one.id: one.list for one in contest.posts[0].candidates}
    for text, number in given:
        marks = []
        for word in text.split():
            name = word.removeprefix("-")
            mark = AGAINST if word != name else ""
            choice = Choice(name, list=listed[name], mark=mark) if name in listed else Choice("", list=name)
            choices.extend([] if choice in choices else [choice])
            marks.append(choices.index(choice))
        paper = tuple(sorted(marks))
        grouped[paper] = grouped.get(paper, 0) + number
    blank = tuple(evolve(one, votes=None) for one in contest.posts[0].candidates)
    bare = evolve(contest, posts=(evolve(contest.posts[0], candidates=blank),))
    return evolve(bare, ballots=Ballots.of(choices, dict(grouped)))


# ---------------------------------------------------------------- cumulation and panachage: Bavaria

# GLKrWG, articles 34 to 36 (as of 2020), and BayVV 2021-I-14793, number 71.
BAVARIA: dict[str, Any] = {
    "votes_for_one_candidate": 3,
    "across_lists": "allowed",
    "list_mark": ("fills_votes_left", "in_list_order"),
    "exhausted_lists": "seats_stay_open",
}
ROLL: dict[str, Any] = {"A": (0,) * 5, "B": (0,) * 5, "C": (0, 0)}
VOTED = (
    ("A", 4),  # A1 to A5 one each
    ("B1 B1 B1 A2 A2", 3),  # B1 three, A2 two
    ("B1 B", 2),  # B1 one; the four left go to B2 to B5, who have none from the voter
    ("C1 C1 C1 C", 1),  # C1 three, of the two left one to C2, one lost
    ("A1 A1 A1 A1", 1),  # the fourth vote does not count, two are not used
    ("B1 B1 B1 B2 B2 B2", 2),  # six votes for five seats: void
    ("", 1),  # blank
    ("A B", 1),  # two lists marked and nothing else: no vote counts
)


def bavaria(**more: Any) -> Contest:
    return papers(council(5, options={**BAVARIA, **more}, **ROLL), *VOTED)


def test_papers_become_votes_and_votes_add_up() -> None:
    outcome = said(open_lists(bavaria()))
    (account,) = steps(outcome, "list_papers")
    assert account == {"valid": 11, "blank": 1, "void": 3}
    # 4 x 0 + 3 x 5 + 2 x 1 + 1 x 3 + 1 x 4 = 24 marked, one too many for A1; 4 x 5 + 2 x 4 + 1 = 29 by list marks
    (votes,) = steps(outcome, "list_votes_given")
    assert votes == {"given": 24, "surplus": 1, "filled": 29, "counted": 52}
    # 11 papers of 5 votes are 55, three not used
    (left,) = steps(outcome, "list_votes_left")
    assert left == {"papers": 11, "each": 5, "had": 55, "left": 3}
    # A1 4 + 3, A2 4 + 6, A3 to A5 4 = 29; B1 9 + 2, B2 to B5 2 = 19; C1 3, C2 1
    assert [(one["list"], one["votes"]) for one in steps(outcome, "list_votes")] == [("A", 29), ("B", 19), ("C", 4)]


def test_seats_on_lists_and_two_ties_at_once() -> None:
    # 29, 19, 9.67 (A), 6.33 (B), 5.8 (A): three and two seats. A2 10, A1 7, then A3 to A5 4 each for one seat;
    # B1 11, then B2 to B5 2 each for one seat (article 36: by lot).
    outcome = open_lists(evolve(bavaria(), options={**bavaria().options, "tie_on_a_list": ("lot",)}))
    assert isinstance(outcome, DecisionRequired)
    assert elected(outcome) == ["A2", "A1", "B1"]
    assert [(one.options, one.choose, one.policy) for one in outcome.questions] == [
        (("A3", "A4", "A5"), 1, "lot"),
        (("B2", "B3", "B4", "B5"), 1, "lot"),
    ]
    chosen = [Decision(one.id, (one.options[-1],)) for one in outcome.questions]
    again = open_lists(evolve(bavaria(), options={**bavaria().options, "tie_on_a_list": ("lot",)}), chosen)
    assert elected(again) == ["A2", "A1", "A5", "B1", "B5"]
    assert isinstance(said(again), Decided)
    follow = {one["list"]: one["candidates"] for one in steps(again, "replacements")}
    assert follow == {"A": ("A3", "A4"), "B": ("B2", "B3", "B4")}
    assert [one["candidates"] for one in steps(again, "replacements_level")] == [("A3", "A4"), ("B2", "B3", "B4")]


def test_ties_by_the_order_of_the_list() -> None:
    outcome = said(open_lists(bavaria(tie_on_a_list="list_order")))
    assert elected(outcome) == ["A2", "A1", "A3", "B1", "B2"]
    assert steps(outcome, "tie_by_list_order")[0]["chosen"] == ("A3",)


def test_too_many_votes_for_one_can_void_the_paper() -> None:
    contest = evolve(bavaria(), papers=PaperRules(void=("more_than_allowed_for_one",)))
    (account,) = steps(open_lists(contest), "list_papers")
    assert account == {"valid": 10, "blank": 1, "void": 4}


def test_passes_down_the_list_go_on_as_in_hesse() -> None:
    # KWG Hesse, section 20a: a further vote each down the list, until all are used or everybody has three.
    contest = council(7, options={**BAVARIA, "list_mark": ("fills_votes_left", "in_passes")}, A=(0, 0), B=(0, 0, 0))
    outcome = open_lists(papers(contest, ("B2 B2 B", 1), ("A", 1)))
    # first paper: five left; B1, B2, B3 one each (B2 has three), then B1, B3: 2, 3, 2. second: six votes, one lost
    votes = {one["candidate"]: one["votes"] for one in steps(said(outcome), "elected_on_list")}
    assert votes == {"B1": 2, "B2": 3, "B3": 2, "A1": 3, "A2": 3}
    assert steps(outcome, "list_votes_left") == [{"papers": 2, "each": 7, "had": 14, "left": 1}]


def test_names_struck_out_have_no_vote_from_the_list_mark() -> None:
    contest = council(5, options=BAVARIA, **ROLL)
    outcome = said(open_lists(papers(contest, ("A -A1 -A3", 1))))
    assert elected(outcome) == ["A2", "A4", "A5", "A1", "A3"]
    assert steps(outcome, "list_votes_left")[0]["left"] == 2


def test_a_candidate_listed_three_times_has_three_votes() -> None:
    # GLKrWO section 75 number 5: as many votes as the list names candidates, once or several times
    contest = council(5, options=BAVARIA, A=(0, 0, 0), B=(0,))
    listed = tuple(evolve(one, listed=3) if one.id == "A1" else one for one in contest.posts[0].candidates)
    outcome = open_lists(papers(evolve(contest, posts=(evolve(contest.posts[0], candidates=listed),)), ("A", 1)))
    assert steps(said(outcome), "list_votes_left")[0]["left"] == 0
    assert [one["votes"] for one in steps(outcome, "elected_on_list")] == [3, 1, 1]


def test_several_list_marks_together_must_fit() -> None:
    # number 71: void when list marks without enough names struck out give more votes than there are
    together = {**BAVARIA, "several_list_marks": "counted_together"}
    contest = council(5, options=together, A=(0, 0), B=(0, 0), C=(0, 0))
    (account,) = steps(said(open_lists(papers(contest, ("A B", 1), ("A B C", 1), ("A B C -C1", 1)))), "list_papers")
    assert account == {"valid": 2, "blank": 0, "void": 1}


@pytest.mark.parametrize(("paper", "valid"), [("A1 A2", 1), ("A1 B2", 0), ("A1 B", 0), ("A1 A", 1)])
def test_marks_across_lists_where_they_are_not_allowed(paper: str, valid: int) -> None:
    contest = council(5, options={**BAVARIA, "across_lists": "not_allowed"}, **ROLL)
    (account,) = steps(said(open_lists(papers(contest, (paper, 1), ("A", 3)))), "list_papers")
    assert account["valid"] == valid + 3


def test_what_a_list_mark_gives_must_be_said() -> None:
    options = {key: value for key, value in BAVARIA.items() if key != "list_mark"}
    outcome = said(open_lists(papers(council(5, options=options, **ROLL), ("A", 1))))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("options/list_mark",)
    assert [one.code for one in complaints(outcome)] == ["CR0743"]


def tied_lists(second: int, policy: tuple[str, ...]) -> Contest:
    # 60 / 1 = 60 for A, then 60 / 3 = 20 for A and 20 / 1 = 20 for B: one seat, equal claims
    contest = council(2, A=(40, 60 - 40), B=(second, 20 - second))
    return evolve(contest, tie_policy=policy)


def test_the_list_with_the_stronger_candidate_has_the_last_seat() -> None:
    # GLKrWG article 35 paragraph 2 sentence 3: A2, whose turn it would be, has 20 votes, B1 has 15
    policy = ("list_with_strongest_candidate", "lot")
    assert elected(said(open_lists(tied_lists(15, policy)))) == ["A1", "A2"]
    # 20 against 20: by lot
    outcome = open_lists(tied_lists(20, policy))
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.options, question.choose, question.policy) == (("A", "B"), 1, "lot")
    assert elected(outcome) == ["A1"]
    assert elected(said(open_lists(tied_lists(20, policy), [Decision(question.id, ("B",))]))) == ["A1", "B1"]
    # and a decision is not used where the votes decide
    early = open_lists(tied_lists(15, policy), [Decision(question.id, ("B",))])
    assert elected(early) == ["A1", "A2"]
    assert [one.code for one in complaints(early)] == ["CR0701"]


def test_the_strongest_candidate_can_settle_a_part_of_a_tie() -> None:
    # three lists of 20 votes for two seats: A1 has 20 and takes one, B1 and C1 with 12 each are drawn for the other
    policy = ("list_with_strongest_candidate", "lot")
    contest = evolve(council(2, A=(20, 0), B=(12, 8), C=(8, 12)), tie_policy=policy)
    outcome = open_lists(contest)
    assert isinstance(said(outcome), DecisionRequired)
    (question,) = outcome.questions  # type: ignore[union-attr]
    assert (question.options, question.choose) == (("B", "C"), 1)
    assert steps(outcome, "tie_settled") == [{"lists": ("A",), "seats": 1}]
    assert elected(said(open_lists(contest, [Decision(question.id, ("C",))]))) == ["A1", "C2"]


def test_no_tie_on_a_list_is_asked_while_its_seats_are_open() -> None:
    # A and B claim the third seat (20 / 3 each). On A, A1 and A2 are level for one seat, but not for two.
    contest = council(3, A=(10, 10), B=(20,), options={"exhausted_lists": "seats_stay_open"})
    outcome = open_lists(contest)
    assert isinstance(said(outcome), DecisionRequired)
    (question,) = outcome.questions  # type: ignore[union-attr]
    assert question.options == ("A", "B")
    assert elected(open_lists(contest, [Decision(question.id, ("A",))])) == ["A1", "A2", "B1"]
    second = open_lists(contest, [Decision(question.id, ("B",))])
    assert isinstance(second, DecisionRequired)
    assert second.questions[0].options == ("A1", "A2")


def test_a_lot_that_comes_first_is_asked_for_first() -> None:
    outcome = open_lists(tied_lists(15, ("lot", "list_with_strongest_candidate")))
    assert isinstance(outcome, DecisionRequired)


def test_the_list_with_most_votes_can_settle_it_too() -> None:
    assert elected(said(open_lists(tied_lists(15, ("list_with_most_votes",))))) == ["A1", "A2"]


@pytest.mark.parametrize(
    ("word", "expected", "open"),
    [("seats_stay_open", ["A1", "B1"], 1), ("seats_go_on", ["A1", "B1", "B2"], 0)],
)
def test_a_list_with_too_few_candidates(word: str, expected: list[str], open: int) -> None:
    # 90, 30 (A), 20 (B): two seats for A, which has one candidate. GLKrWG article 35 paragraph 3: the seat stays
    # open; elsewhere it goes on (Kieswet, article P 10).
    outcome = open_lists(council(3, options={"exhausted_lists": word}, A=(90,), B=(15, 5)))
    assert elected(said(outcome)) == expected
    assert isinstance(outcome, Decided)
    assert outcome.vacant == ({"council": open} if open else {})


def test_all_lists_exhausted_leave_seats_open() -> None:
    outcome = open_lists(council(5, A=(90,), B=(15, 5)))
    assert isinstance(said(outcome), Decided)
    assert (elected(outcome), outcome.vacant) == (["A1", "B1", "B2"], {"council": 2})  # type: ignore[union-attr]


# ---------------------------------------------------------------- preference threshold: the Netherlands


def dutch() -> Contest:
    """Nine seats, 900 votes: the quota is 100. P 15 paragraph 2: under 19 seats, more than half of it."""
    contest = council(
        9,
        options={"seats_to_lists": "highest_averages", "size_limit": 19, "under_the_limit": "largest_remainders"},
        A=(300, 60, 50, 90, 0, 0),
        B=(200, 60, 0),
        C=(40, 60, 40),
    )
    return evolve(contest, hurdles={"preference": Hurdle(Fraction(1, 2), Of.QUOTA, strict=True)})


def test_preferences_pass_the_order_of_the_list() -> None:
    # whole quotas: A 5, B 2, C 1; remainders 0, 60, 40: the ninth seat for B. A: 300, 90 and 60 are more than 50,
    # A3 with 50 is not, but comes next on the list. B1, B2 pass; B3 has the third. C2 passes before C1.
    outcome = said(closed_lists(dutch()))
    assert elected(outcome) == ["A1", "A4", "A2", "A3", "A5", "B1", "B2", "B3", "C2"]
    assert steps(outcome, "preference_more_than") == [{"number": 50}]
    assert {one["list"]: one["candidates"] for one in steps(outcome, "replacements")} == {
        "A": ("A6",),
        "C": ("C1", "C3"),
    }


@pytest.mark.parametrize(("third", "order"), [(50, ["A2", "A3"]), (51, ["A3", "A2"])])
def test_one_vote_more_passes(third: int, order: list[str]) -> None:
    # A2 with 40 stands before A3 on the list; 50 is not more than half of 100, 51 is
    members = people(A=(300, 40, third, 90, 70 - third, 0), B=(200, 60, 0), C=(40, 60, 40))
    contest = evolve(dutch(), posts=(evolve(dutch().posts[0], candidates=tuple(members)),))
    assert elected(said(closed_lists(contest)))[:4] == ["A1", "A4", *order]
    enough = evolve(contest, hurdles={"preference": Hurdle(Fraction(1, 2), Of.QUOTA)})  # at least half: both pass
    assert elected(said(closed_lists(enough)))[:4] == ["A1", "A4", "A3", "A2"]


def test_a_tie_of_preferences_for_the_last_seat_is_drawn() -> None:
    # P 15 paragraph 1: where numbers are equal, by lot where needed. One seat for C, C2 and C3 70 each.
    contest = evolve(
        dutch(),
        posts=(evolve(dutch().posts[0], candidates=tuple(people(A=(500,) + (0,) * 5, B=(260, 0, 0), C=(0, 70, 70)))),),
    )
    outcome = closed_lists(contest)
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert question.options == ("C2", "C3")
    assert elected(closed_lists(contest, [Decision(question.id, ("C3",))]))[-1] == "C3"


def test_without_a_threshold_the_order_of_the_list_stands() -> None:
    outcome = said(closed_lists(evolve(dutch(), hurdles={})))
    assert elected(outcome) == ["A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3", "C1"]


def test_a_majority_of_votes_has_a_majority_of_seats() -> None:
    # P 9: A has 101 of 200 votes. Five seats: 1.. quota 40: A 2, rest 21; B, C, D 33 each: the remainders give B, C, D
    # one each. With the clause A has three, taken from the last given: which of B, C and D is a question.
    lists = [Slate("A", 101), Slate("B", 33), Slate("C", 33), Slate("D", 33)]
    contest = council(5, options={"seats_to_lists": "largest_remainders"}, lists=lists)
    assert seats(closed_lists(contest)) == {"A": 2, "B": 1, "C": 1, "D": 1}
    outcome = closed_lists(evolve(contest, options={**contest.options, "absolute_majority": "majority_of_seats"}))
    assert isinstance(outcome, DecisionRequired)
    assert {seat.receiver: seat.seats for seat in outcome.seats}["A"] == 3


def test_papers_that_are_one_vote_for_a_list() -> None:
    contest = papers(
        council(3, options={"seats_to_lists": "dhondt"}, A=(0, 0, 0), B=(0, 0)),
        ("A", 5), ("A2", 3), ("A A2", 1), ("A1 A2", 1), ("A1 B1", 2), ("B", 4),
    )  # fmt: skip
    outcome = said(closed_lists(contest))
    # A 5 + 3 + 1 + 1 = 10 (A2 4; two preferences on one paper do not count), B 4: 10, 5, 4
    assert elected(outcome) == ["A1", "A2", "B1"]
    assert [(one["list"], one["votes"]) for one in steps(outcome, "list_votes")] == [("A", 10), ("B", 4)]
    assert steps(outcome, "list_papers") == [{"valid": 14, "blank": 0, "void": 2}]
    assert steps(outcome, "preferences_lost") == [{"given": 6, "surplus": 2}]


# ---------------------------------------------------------------- bonus and averages: France


def french(number: int, hurdle: bool = True, **lists: int) -> Contest:
    hurdles = {"threshold": Hurdle(Fraction(1, 20))} if hurdle else {}
    return Contest(
        [Post("council", number, [])], lists=[Slate(id, votes) for id, votes in lists.items()], hurdles=hurdles
    )


def test_published_results_of_communes() -> None:
    # o61.fr, a commune of 1,672 inhabitants: 884 and 544 of 1,428 votes, 19 seats: 16 and 3
    assert seats(list_bonus(french(19, A=884, B=544))) == {"A": 16, "B": 3}
    # the commune of Orgueil, 715 votes: 503, 180 and 32 (4.48%): 10 + 7 and 2
    assert seats(list_bonus(french(19, one=503, two=180, three=32))) == {"one": 17, "two": 2}


def test_just_half_does_not_decide() -> None:
    half = list_bonus(french(19, A=500, B=400, C=100))
    assert isinstance(said(half), DecisionRequired)
    assert isinstance(said(list_bonus(french(19, A=501, B=400, C=99))), Decided)


def test_who_stands_in_the_second_round() -> None:
    # L264: at least 10% of the votes cast; 100 of 1,000 are enough, 99 are not
    outcome = list_bonus(french(19, A=450, B=351, C=100, D=99))
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.kind, question.options) == ("second_round", ("A", "B", "C"))
    # an answer says who came first; seats need the votes
    answered = said(list_bonus(french(19, A=450, B=351, C=100, D=99), [Decision(question.id, ("B",))]))
    assert isinstance(answered, CannotSay)
    # so that it cannot be said that the answer changes nothing
    first = french(19, A=450, B=351, C=100, D=99)
    found = reachable(lambda answers: list_bonus(first, answers))
    assert (found.complete, found.moot) == (False, ())


def test_the_fewest_votes_that_pass_are_noted() -> None:
    # 1,001 votes: more than half is 501; a tenth is 100.1, so 101
    outcome = list_bonus(french(19, A=500, B=400, C=101))
    assert steps(outcome, "round_undecided") == [{"votes": 500, "total": 1001, "needed": 501}]
    assert steps(outcome, "second_round") == [{"needed": 101, "lists": ("A", "B", "C")}]


def second(first: Contest, **lists: int) -> Contest:
    return evolve(first, follow_up=FollowUp(french(0, hurdle=False, **lists), 0))


def test_the_second_round_gives_the_seats() -> None:
    # bonus 10 for B; 9 by averages: B 520, 260, 173.3, 130, 104; A 480, 240, 160, 120
    first = french(19, A=450, B=351, C=100, D=99)
    assert seats(list_bonus(second(first, A=480, B=520))) == {"B": 15, "A": 4}
    # B and C have merged under a new name
    assert seats(list_bonus(second(first, A=480, BC=520))) == {"BC": 15, "A": 4}
    # D did not reach a tenth
    outcome = said(list_bonus(second(first, A=480, D=520)))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("votes/council/D",)


def test_level_at_the_top_of_the_second_round() -> None:
    # L262: the list whose candidates are older on average has the bonus; ages are for a human to look up
    first = second(french(19, A=450, B=450, C=100), A=500, B=500)
    outcome = list_bonus(evolve(first, tie_policy=("list_of_older_candidates",)))
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert (question.kind, question.policy) == ("tie_for_bonus", "list_of_older_candidates")


def test_seats_go_down_the_french_list() -> None:
    contest = french(3, A=60, B=40)
    posts = (evolve(contest.posts[0], candidates=tuple(people(A=(None,) * 3, B=(None,) * 3))),)
    # bonus 2 for A, the third by averages: 60 against 40
    assert elected(said(list_bonus(evolve(contest, posts=posts)))) == ["A1", "A2", "A3"]


def test_a_bonus_of_its_own_size() -> None:
    # a quarter of 19 seats, rounded up, is 5; 14 by averages: 61 / 9 = 6.78 and 39 / 5 = 7.8 are above 39 / 6 = 6.5
    contest = evolve(french(19, A=61, B=39), options={"bonus": 5})
    assert seats(list_bonus(contest)) == {"A": 5 + 9, "B": 5}


# ---------------------------------------------------------------- thresholds, questions, what is missing


def test_a_threshold_keeps_lists_out() -> None:
    contest = evolve(council(3, A=(96,), B=(5, 4)), hurdles={"threshold": Hurdle(Fraction(1, 10))})
    outcome = said(open_lists(contest))
    assert elected(outcome) == ["A1"]
    nobody = evolve(contest, hurdles={"threshold": Hurdle(200, Of.VOTES)})
    assert isinstance(said(open_lists(nobody)), Void)


def test_a_doubtful_paper_is_a_question() -> None:
    contest = papers(council(1, options=BAVARIA, A=(0,), B=(0,)), ("A1", 2), ("B1", 2))
    assert contest.ballots is not None
    doubt = Doubt("box 3, paper 7", {"for A1": (0,), VOID: None})
    contest = evolve(contest, ballots=evolve(contest.ballots, doubts=(doubt,)))
    outcome = open_lists(contest)
    assert isinstance(outcome, DecisionRequired)
    (question,) = outcome.questions
    assert question.post == "box 3, paper 7"
    assert elected(said(open_lists(contest, [Decision(question.id, ("for A1",))]))) == ["A1"]


def test_a_requirement_that_fails_voids_the_vote() -> None:
    assert isinstance(open_lists(evolve(council(1, A=(5,)), validity=(Requirement("r", False),))), Void)
    assert isinstance(open_lists(evolve(council(1, A=(5,)), validity=(Requirement("r", None),))), CannotSay)


def test_papers_that_differ_from_the_account_stop_the_count() -> None:
    contest = evolve(bavaria(), account=BallotAccount(returned=16))
    outcome = said(open_lists(contest))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == ("ballots/returned",)
    stated = BallotAccount(registered=20, issued=16, returned=15, valid=11, invalid=3, blank=1)
    assert isinstance(open_lists(evolve(bavaria(), account=stated)), DecisionRequired)
    merged = BallotAccount(returned=15, valid=11, invalid=4)  # blank papers stated among the invalid ones
    assert isinstance(open_lists(evolve(bavaria(), account=merged)), DecisionRequired)


def test_nobody_who_cannot_be_elected_is() -> None:
    ada, bo = Candidate("A1", 9, meets=False, list="A"), Candidate("A2", 1, list="A")
    contest = Contest([Post("council", 1, [ada, bo])], options={"seats_to_lists": "dhondt"})
    assert elected(said(open_lists(contest))) == ["A2"]


def test_no_seats_and_no_votes() -> None:
    assert elected(open_lists(council(0, A=(5,)))) == []
    assert (
        elected(open_lists(evolve(council(0), posts=(Post("council", 0, [Candidate(x, 5, list="A") for x in "pq"]),))))
        == []
    )
    assert isinstance(said(open_lists(council(2, A=(0,)))), Void)


def _with(**changes: Any) -> Contest:
    return evolve(council(2, A=(9, 5), B=(4,)), **changes)


def _candidates(*given: Candidate) -> Contest:
    return _with(posts=(Post("council", 2, given),))


BAD = [
    (open_lists, _with(posts=(Post("a", 1, []), Post("b", 1, []))), "CR0743"),
    (open_lists, _with(options={}), "CR0743"),
    (open_lists, _with(options={"seats_to_lists": "by guess"}), "CR0743"),
    (open_lists, _with(options={"seats_to_lists": "dhondt", "size_limit": 19}), "CR0743"),
    (open_lists, _with(options={"seats_to_lists": "dhondt", "votes_per_ballot": -1}), "CR0743"),
    (open_lists, _with(options={"seats_to_lists": "dhondt", "quota": "guess"}), "CR0743"),
    (open_lists, _with(threshold=Threshold("valid", Fraction(1, 2))), "CR0743"),
    (open_lists, _with(limits=(Limit("women", frozenset(), 1),)), "CR0743"),
    (open_lists, _with(lists=(Slate("A", 15), Slate("B", 4))), "CR0742"),
    (open_lists, _with(lists=(Slate("A", -1), Slate("B", 4))), "CR0704"),
    (open_lists, _with(lists=(Slate("A"), Slate("A"), Slate("B"))), "CR0741"),
    (open_lists, _with(lists=(Slate("B"),)), "CR0741"),
    (open_lists, _candidates(Candidate("A1", 5)), "CR0741"),
    (open_lists, _candidates(Candidate("A1", -5, list="A")), "CR0704"),
    (open_lists, _candidates(Candidate("A1", 5, list="A"), Candidate("A1", 5, list="B")), "CR0708"),
    (closed_lists, _candidates(Candidate("A1", 5, list="A"), Candidate("A2", 5, list="A")), "CR0741"),
    (closed_lists, _candidates(*(Candidate(one, 5, list="A", rank=1) for one in ("A1", "A2"))), "CR0741"),
    (closed_lists, _with(lists=(Slate("A", 9), Slate("B", 4))), "CR0742"),
    (closed_lists, _with(lists=(Slate("A", 15), Slate("B", 4)), account=BallotAccount(returned=18)), "CR0742"),
    (open_lists, _with(ballots=Ballots.ranked([("A1",)])), "CR0740"),
    (open_lists, _with(ballots=Ballots.of([Choice("Zed")], {(0,): 1})), "CR0763"),
    (open_lists, _with(ballots=Ballots.of([Choice("A1", list="B")], {(0,): 1})), "CR0763"),
    (open_lists, _with(ballots=Ballots.of([Choice("A1")], {(0,): -1})), "CR0762"),
]


@pytest.mark.parametrize(("run", "contest", "code"), BAD)
def test_bad_input_is_named(run: Any, contest: Contest, code: str) -> None:
    outcome = said(run(contest))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing
    assert code in {one.code for one in complaints(outcome)}


@pytest.mark.parametrize(
    ("contest", "missing"),
    [
        (council(2, A=(9, None)), "votes/council/A2"),
        (_with(posts=(Post("council", None, people(A=(9,))),)), "seats/council"),
        (_with(posts=(Post("council", 2, people(A=(9,)), complete=False),)), "candidates/council"),
    ],
)
def test_what_is_missing_is_named(contest: Contest, missing: str) -> None:
    outcome = said(open_lists(contest))
    assert isinstance(outcome, CannotSay)
    assert outcome.missing == (missing,)


def test_no_sentence_stands_for_a_step_that_is_never_written() -> None:
    table = Path(civicrules.tally.__file__).parent / "steps" / "lists.yaml"
    written = "".join(
        p.read_text(encoding="utf-8") for p in (Path(civicrules.tally.__file__).parent / "lists").glob("*.py")
    )
    assert set(yaml.safe_load(table.read_text(encoding="utf-8"))) <= set(re.findall(r'Step\(\s*"(\w+)"', written))
