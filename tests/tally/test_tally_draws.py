"""Lots drawn from a public seed. The marks were computed apart from this program, with the command that the algorithm names:

printf '%s\\n%s\\n%s' '4 1 6 2 3' 0123456789ab Lin | sha256sum
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import permutations

import pytest

from civicrules.outcome import Decided, DecisionRequired, Question
from civicrules.plugin import Draw
from civicrules.program import Names
from civicrules.tally import SHA_256, Candidate, Contest, Post, count, drawn

SEED, ID = "4 1 6 2 3", "0123456789ab"
MARKS = {
    "Lin": "9dcd61fd992ed2d006a1a0f96494289bcdeb4c50d64be25ef11fa60fa95f9dcc",
    "Wu": "3c6203b63ff897d4329067525f38fc7028a0ff607b9d0f6f8ee1ab3eb247b298",
    "王": "cb4739f4a56b9e53a5387faa1562e28855697dbad5d3d8b22ecc523888ee420d",
}


def tie(*options: str, choose: int = 1, id: str = ID, kind: str = "tie", policy: str = "lot") -> Question:
    return Question(id, kind, options, choose, policy=policy)


def test_marks_computed_elsewhere() -> None:
    assert SHA_256.run(SEED, ID, tuple(MARKS)) == MARKS
    one = drawn(tie("Lin", "Wu"), SHA_256, SEED, "dice")
    assert (one.chosen, one.by, one.draw, one.seed) == (("Wu",), "dice", "sha-256", SEED)
    assert one.marks == ("Wu 3c6203b63ff897d4", "Lin 9dcd61fd992ed2d0")


def test_a_name_is_one_whatever_bytes_it_came_in() -> None:
    composed, apart = "Zoë", unicodedata.normalize("NFD", "Zoë")
    assert composed != apart
    assert SHA_256.run(SEED, ID, (composed,))[composed] == SHA_256.run(SEED, ID, (apart,))[apart]


def test_neutrality_to_the_order_of_options() -> None:
    found = {drawn(tie(*order, choose=2), SHA_256, SEED).chosen for order in permutations(("Lin", "Wu", "王"))}
    assert len(found) == 1


def test_another_question_is_another_draw() -> None:
    """Of 64 questions about the same two, the seed may not decide all alike: that has a chance of 2 in 2**64."""
    chosen = {drawn(tie("Lin", "Wu", id=f"{at:012x}"), SHA_256, SEED).chosen for at in range(64)}
    assert chosen == {("Lin",), ("Wu",)}


def test_no_option_is_favoured() -> None:
    """3,000 seeds, three options: 1,000 each with a deviation of 25.8; five of them are 129, passed once in a million."""
    won = Counter(drawn(tie("A", "B", "C"), SHA_256, f"seed {at}").chosen[0] for at in range(3000))
    assert all(abs(number - 1000) < 130 for number in won.values()) and len(won) == 3


@pytest.mark.parametrize("seed", ["", "  ", "\n"])
def test_an_empty_seed_draws_nothing(seed: str) -> None:
    with pytest.raises(ValueError, match="seed"):
        drawn(tie("Lin", "Wu"), SHA_256, seed)


@pytest.mark.parametrize(
    ("kind", "policy", "by_lot"),
    [
        ("tie", "lot", True),
        ("tie", "", True),
        ("exclude", "lot", True),
        ("tie", "revote_among_tied", False),
        ("ruling", "", False),
        ("second_ballot", "second_ballot", False),
        ("second_round", "", False),
    ],
)
def test_what_lots_may_decide(kind: str, policy: str, by_lot: bool) -> None:
    assert tie("Lin", "Wu", kind=kind, policy=policy).by_lot is by_lot
    if not by_lot:
        with pytest.raises(ValueError, match="lots may decide"):
            drawn(tie("Lin", "Wu", kind=kind, policy=policy), SHA_256, SEED)


@pytest.mark.parametrize("marks", [{"Lin": "1"}, {"Lin": "1", "Wu": "1"}, {"Lin": "1", "Xu": "2"}])
def test_a_draw_that_does_not_mark_each_option_once(marks: dict[str, str]) -> None:
    broken = Draw("broken", Names.of(en="broken"), lambda seed, question, options: marks)
    with pytest.raises(ValueError, match="mark"):
        drawn(tie("Lin", "Wu"), broken, SEED)


def test_a_tie_settled_by_lot_and_the_step_that_says_so() -> None:
    contest = Contest([Post("chair", 1, [Candidate("Lin", 5), Candidate("Wu", 5), Candidate("Xu", 1)])])
    open = count(contest)
    assert isinstance(open, DecisionRequired)
    answer = drawn(open.questions[0], SHA_256, SEED, "dice")
    settled = count(contest, [answer])
    assert isinstance(settled, Decided)
    assert tuple(seat.receiver for seat in settled.seats) == answer.chosen
    (step,) = (step for step in settled.steps if step.kind == "drawn")
    assert step.data == {"question": answer.question, "draw": "sha-256", "seed": SEED, "marks": answer.marks}


def test_two_seeds_for_one_question_are_two_answers() -> None:
    """Whatever they give: which of them was the public one is not for a count to choose."""
    contest = Contest([Post("chair", 1, [Candidate("Lin", 5), Candidate("Wu", 5)])])
    open = count(contest)
    assert isinstance(open, DecisionRequired)
    one, *others = [drawn(open.questions[0], SHA_256, str(seed)) for seed in range(20)]
    same = next(other for other in others if other.chosen == one.chosen)
    for answers in ([one, same], [same, one]):
        outcome = count(contest, answers)
        assert isinstance(outcome, DecisionRequired)
        assert [step.kind for step in outcome.steps][-1] == "refused_conflict"
    assert isinstance(count(contest, [one, one]), Decided)
