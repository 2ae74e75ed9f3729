"""What holds of every election by lists: a reference that counts paper by paper, vote by vote; order never matters."""

from __future__ import annotations

from collections import Counter
from typing import Any

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from civicrules.ballots import AGAINST, Ballots, Choice
from civicrules.outcome import Decided, Decision, DecisionRequired, Outcome
from civicrules.tally import Candidate, Contest, Hurdle, Of, PaperRules, Post, closed_lists, open_lists
from civicrules.tally.lists.papers import Judged, Marking, Roll, by_candidates

LISTS = {"A": ["A1", "A2", "A3"], "B": ["B1", "B2"], "C": ["C1"]}
PEOPLE = {one: id for id, members in LISTS.items() for one in members}
LISTED = {"A1": 1, "A2": 2, "A3": 1, "B1": 1, "B2": 3, "C1": 1}
CANDIDATES = [
    Candidate(one, list=id, rank=rank, listed=LISTED[one])
    for id, members in LISTS.items()
    for rank, one in enumerate(members, 1)
]
MARKS = [
    *(Choice(one, list=id) for one, id in PEOPLE.items()),
    *(Choice(one, list=id, mark=AGAINST) for one, id in PEOPLE.items()),
    *(Choice("", list=id) for id in LISTS),
]

papers = st.lists(st.sampled_from(MARKS), min_size=1, max_size=8)
markings = st.builds(
    Marking,
    st.integers(1, 7),
    st.integers(1, 3),
    across=st.booleans(),
    fills=st.booleans(),
    passes=st.booleans(),
    together=st.booleans(),
    strict=st.booleans(),
)


def reference(paper: list[Choice], marking: Marking) -> Counter[str] | None:
    """The votes of one paper, given out one at a time as the articles read; `None` for a void one."""
    votes: Counter[str] = Counter()
    over = False
    for mark in paper:
        if mark.candidate and not mark.mark:
            if votes[mark.candidate] < marking.for_one:
                votes[mark.candidate] += 1
            else:
                over = True
    own = {one for one, number in votes.items() if number}
    marked = {mark.list for mark in paper if not mark.candidate}
    if over and marking.strict:
        return None
    if not marking.across and len(marked | {PEOPLE[one] for one in own}) > 1:
        return None
    if votes.total() > marking.votes:
        return None
    struck = {mark.candidate for mark in paper if mark.mark == AGAINST}
    if marking.fills and (len(marked) == 1 or marking.together):
        line = [one for id in sorted(marked) for one in LISTS[id] if one not in struck]
        wanted: list[str] = []
        if marking.passes:
            for turn in range(marking.for_one):
                for one in line:
                    if marking.for_one - votes[one] > turn:
                        wanted.append(one)
        else:
            for one in line:
                wanted += [one] * min(LISTED[one], marking.for_one) if one not in own else []
        left = marking.votes - votes.total()
        if len(marked) > 1 and len(wanted) > left:
            return None
        votes.update(wanted[:left])
    return +votes if votes.total() else None


def judged(paper: list[Choice], marking: Marking) -> Judged:
    contest = Contest([Post("council", 3, CANDIDATES)])
    return by_candidates(marking)(tuple(paper), Roll.from_contest(contest, contest.posts[0]))


@given(papers, markings)
@settings(max_examples=400)
def test_a_paper_comes_to_what_the_reference_gives(paper: list[Choice], marking: Marking) -> None:
    found, expected = judged(paper, marking), reference(paper, marking)
    assert bool(found.void) == (expected is None)
    if expected is not None:
        assert dict(found.votes) == dict(expected)
        assert sum(found.votes.values()) == found.given - found.surplus + found.filled <= marking.votes


@given(papers, markings, st.randoms(use_true_random=False))
def test_the_order_of_marks_changes_nothing(paper: list[Choice], marking: Marking, random: Any) -> None:
    other = list(paper)
    random.shuffle(other)
    assert judged(paper, marking) == judged(other, marking)


OPTIONS = {
    "seats_to_lists": "dhondt",
    "votes_per_ballot": 4,
    "votes_for_one_candidate": 3,
    "across_lists": "allowed",
    "list_mark": ("fills_votes_left", "in_list_order"),
}


def contest(given: list[tuple[list[Choice], int]], seats: int, order: list[int] | None = None) -> Contest:
    choices = sorted({mark for paper, _ in given for mark in paper}, key=lambda one: one.key)
    choices = choices[::-1] if order else choices
    grouped: Counter[tuple[int, ...]] = Counter()
    for paper, number in given:
        grouped[tuple(sorted(choices.index(mark) for mark in paper))] += number
    candidates = CANDIDATES[::-1] if order else CANDIDATES
    ballots = Ballots.of(choices, dict(grouped))
    return Contest([Post("council", seats, candidates)], options=OPTIONS, ballots=ballots)


def settled(run: Any, request: Contest) -> tuple[Outcome, list[Decision]]:
    """The outcome with every question answered by the first options."""
    decisions: list[Decision] = []
    outcome = run(request)
    while isinstance(outcome, DecisionRequired):
        decisions += [Decision(one.id, one.options[: one.choose]) for one in outcome.questions]
        outcome = run(request, decisions)
        assert len(decisions) < 30
    return outcome, decisions


boxes = st.lists(st.tuples(papers, st.integers(1, 5)), min_size=1, max_size=6)


@given(boxes, st.integers(1, 8), st.sampled_from([open_lists, closed_lists]))
def test_seats_and_vacancies_are_all_the_seats(given: list[tuple[list[Choice], int]], seats: int, run: Any) -> None:
    outcome, _ = settled(run, contest(given, seats))
    assume(isinstance(outcome, Decided))
    assert isinstance(outcome, Decided)
    assert len(outcome.seats) + sum(outcome.vacant.values()) == seats
    assert len({seat.receiver for seat in outcome.seats}) == len(outcome.seats)
    assert not [step for step in outcome.steps if step.kind.startswith("refused")]


@given(boxes, st.integers(1, 6), st.sampled_from([open_lists, closed_lists]))
def test_the_order_of_input_changes_nothing(given: list[tuple[list[Choice], int]], seats: int, run: Any) -> None:
    assert run(contest(given, seats)) == run(contest(given[::-1], seats, [1]))


@given(boxes, st.integers(1, 6))
def test_papers_are_anonymous(given: list[tuple[list[Choice], int]], seats: int) -> None:
    apart = [(paper, 1) for paper, number in given for _ in range(number)]
    assert open_lists(contest(given, seats)) == open_lists(contest(apart, seats))


@given(boxes, st.integers(1, 6))
def test_papers_and_their_totals_elect_the_same(given: list[tuple[list[Choice], int]], seats: int) -> None:
    request = contest(given, seats)
    outcome = open_lists(request)
    marking = Marking(4, 3, across=True, fills=True)
    votes: Counter[str] = Counter()
    for paper, number in given:
        for one, found in (reference(paper, marking) or Counter()).items():
            votes[one] += found * number
    totals = tuple(evolve(one, votes=votes[one.id]) for one in CANDIDATES)
    posts = (evolve(request.posts[0], candidates=totals),)
    plain = open_lists(evolve(request, posts=posts, ballots=None, papers=PaperRules()))
    assert type(plain) is type(outcome)
    if isinstance(outcome, Decided):
        assert isinstance(plain, Decided)
        assert plain.seats == outcome.seats


@given(
    st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=5), min_size=1, max_size=3),
    st.integers(1, 6),
    st.integers(1, 40),
    st.booleans(),
)
def test_preferences_come_first_and_then_the_list(
    votes: list[list[int]], seats: int, needed: int, strict: bool
) -> None:
    """Kieswet, article P 15: by votes those who pass, then in the order of the list; read off the outcome seat by seat."""
    candidates = [
        Candidate(f"{id}{rank}", number, list=id, rank=rank)
        for id, members in zip("ABC", votes, strict=False)
        for rank, number in enumerate(members, 1)
    ]
    hurdles = {"preference": Hurdle(needed, Of.VOTES, strict)}
    request = Contest([Post("council", seats, candidates)], options={"seats_to_lists": "dhondt"}, hurdles=hurdles)
    outcome, _ = settled(closed_lists, request)
    assume(isinstance(outcome, Decided))
    for id in "ABC":
        members = [one for one in candidates if one.list == id]
        elected = [seat.receiver for seat in outcome.seats if seat.receiver.startswith(id)]
        passed = [one for one in members if (one.votes or 0) > needed or (not strict and one.votes == needed)]
        left = {one.id: one for one in members}
        for receiver in elected:
            waiting = [one for one in passed if one.id in left]
            if waiting:
                assert left[receiver].votes == max(one.votes or 0 for one in waiting)
            else:
                assert left[receiver].rank == min(one.rank or 0 for one in left.values())
            del left[receiver]
