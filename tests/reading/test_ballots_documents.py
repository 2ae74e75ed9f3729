"""Ballots in JSON, and ballots written so that they read the same again."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicrules.ballots import ABSTAIN, AGAINST, Ballots, Choice, Doubt, Paper
from civicrules.program import Names
from civicrules.reading.ballots import read_ballots, write_ballots

SCHEMA = json.loads((files("civicrules.report") / "schema" / "ballots-1.json").read_text(encoding="utf-8"))

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=4)
PLAIN = st.sampled_from(["Lin Hua", "Wu Ping", "王强", "赵敏", "O'Neill, Ann", 'the "other" one', "Åsa"])


@st.composite
def ballots(draw: st.DrawFn, names: st.SearchStrategy[str] = NAMES, doubts: bool = True) -> Ballots:
    """Any ballots: papers over a few choices, ranked or marked."""
    # A name with a post beside the same name without one is what no heading can tell apart.
    posts = draw(st.sampled_from([st.just(""), st.sampled_from(["chair", "member"])]))
    choices = draw(
        st.lists(
            st.builds(Choice, names, names if doubts else posts,
                      names if doubts else st.just(""), st.sampled_from(["", AGAINST, ABSTAIN])),
            min_size=1, max_size=5, unique=True,
        )
    )  # fmt: skip
    position = st.integers(0, len(choices) - 1)
    ranks = draw(st.booleans())
    if ranks:
        choices = [Choice(one.candidate, one.post, one.list) for one in choices]
        several = st.lists(position, min_size=2, max_size=3).map(sorted).map(tuple)
        paper = st.lists(st.none() | position | several, max_size=4).map(trimmed)
    else:
        paper = st.lists(position, max_size=6).map(sorted).map(tuple)
    papers = draw(st.dictionaries(paper, st.integers(1, 10**9), max_size=5))
    readings = st.dictionaries(NAMES, st.none() | paper, min_size=2, max_size=3)
    found = draw(st.lists(st.builds(Doubt, NAMES.filter(bool), readings, st.integers(1, 9)), max_size=3,
                          unique_by=lambda doubt: doubt.id)) if doubts else []  # fmt: skip
    return Ballots.of(choices, papers, ranks=ranks, doubts=found, unread=draw(st.integers(0, 99)))


def trimmed(ranks: list[Any]) -> Paper:
    while ranks and ranks[-1] is None:
        ranks = ranks[:-1]
    return tuple(ranks)


def same(one: Ballots | None, other: Ballots) -> bool:
    """Whether ballots are equal, with the papers, which are not compared by `==` of hashes alone."""
    return one == other and one is not None and dict(one.papers) == dict(other.papers)


def named(one: Ballots) -> dict[str, int]:
    """Papers by the choices they name."""

    def choice(rank: Any) -> object:
        return (
            [choice(each) for each in rank] if isinstance(rank, tuple) else None if rank is None else one.choices[rank]
        )

    return {str([choice(rank) for rank in paper]): number for paper, number in one.papers.items()}


@given(ballots())
def test_json_reads_the_same_again(made: Ballots) -> None:
    text, problems = write_ballots(made, "json")
    assert text is not None and problems == ()
    jsonschema.validate(json.loads(text), SCHEMA)
    again, account, problems = read_ballots(text)
    assert problems == () and same(again, made) and account.papers == made.total


@given(ballots(PLAIN, doubts=False))
def test_a_table_reads_the_same_again(made: Ballots) -> None:
    text, problems = write_ballots(made, "csv")
    assert problems == () and text is not None
    again, account, problems = read_ballots(text, choices=made.choices)
    assert problems == () and again is not None and named(again) == named(made)
    assert (again.ranks, again.unread, account.papers) == (made.ranks, made.unread, made.total)


@given(ballots())
def test_a_table_is_written_only_when_it_reads_the_same(made: Ballots) -> None:
    text, problems = write_ballots(made, "csv")
    if text is None:
        assert [one.code for one in problems] == ["CR0784"]
    else:
        again, _, _ = read_ballots(text, choices=made.choices)
        assert again is not None and named(again) == named(made) and not made.doubts


def test_doubts_are_written_as_json_alone() -> None:
    made = Ballots.of([Choice("Lin")], {(0,): 1}, doubts=[Doubt("7", {"Lin": (0,), "void": None})])
    assert [one.code for one in write_ballots(made, "csv")[1]] == ["CR0784"]


@given(st.permutations([("Lin", "Wu"), ("Wu",), (), ("Lin", "Zhao", "Wu"), ("Wu",)]))
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, ...]]) -> None:
    text = "number,1,2,3\n" + "".join(f"1,{','.join(row or ('blank',))}\n" for row in rows)
    found, _, _ = read_ballots(text)
    made = Ballots.ranked(rows)
    assert found is not None and same(found, made)


HEAD = '{"format": "civicrules-ballots/1", "choices": [{"candidate": "Lin"}, {"candidate": "Wu"}], '


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        ('{"choices": [2]}', "choices"),
        ('{"choices": [-1]}', "choices"),
        ('{"choices": [true]}', "choices"),
        ('{"choices": [null]}', "choices"),
        ('{"choices": [[0, 1]]}', "choices"),
        ('{"choices": [0], "number": -1}', "number"),
        ('{"choices": [0], "number": 1.5}', "number"),
        ('{"choices": [0], "number": 1e3}', "number"),
        ('{"choices": [0], "number": true}', "number"),
        ('{"choices": [0], "number": 1000000001}', "number"),
        ('{"choices": [0], "number": ' + "9" * 5000 + "}", "number"),
        ('{"choices": [0], "box": 7}', "box"),
        ('{"choices": [0], "unread": true}', "1"),
        ('{"choices": [0], "weight": 2}', "1"),
        ('{"unread": false}', "unread"),
        ('{"readings": {"Lin": [0]}}', "readings"),
        ('{"readings": {"Lin": [0], "Wu": [3]}}', "Wu"),
        ("7", "1"),
    ],
)
def test_an_entry_that_cannot_be_taken_is_rejected_by_itself(entry: str, place: str) -> None:
    text = HEAD + f'"papers": [{{"choices": [0], "number": 5, "box": "A"}}, {entry}]}}'
    found, account, problems = read_ballots(text)
    assert found is not None and found.total == 5
    assert [(one.code, str(one.place).split(" › ")[-1]) for one in problems] == [("CR0783", place)]
    assert (account.rows, account.accepted, len(account.rejected)) == (2, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"format": "civicrules-ballots/2", "choices": [], "papers": []}',
        HEAD + '"papers": {}}',
        HEAD + '"papers": [], "ranks": 1}',
        HEAD + '"papers": [], "candidates": []}',
        '{"format": "civicrules-ballots/1", "choices": [{"candidate": "Lin"}, {"candidate": "Lin"}], "papers": []}',
        '{"format": "civicrules-ballots/1", "choices": [{"candidate": 7}], "papers": []}',
        '{"format": "civicrules-ballots/1", "choices": [{"candidate": "L", "mark": "no"}], "papers": []}',
        '{"format": "civicrules-ballots/1", "choices": ["Lin"], "papers": []}',
        HEAD + '"papers": [{"choices": [0], "choices": [1]}]}',
    ],
)
def test_a_document_of_another_form_is_refused(text: str) -> None:
    found, account, problems = read_ballots(text)
    assert found is None and account.rows == 0 and [one.code for one in problems] == ["CR0783"]


@pytest.mark.parametrize("text", ['{"a": }', '{"a": [1,]}', '{"a": ' + "[" * 100_000, '{"a": NaN}'])
def test_a_text_that_is_no_json_is_said(text: str) -> None:
    found, _, problems = read_ballots(text)
    assert found is None and len(problems) == 1


def test_repeated_numbers_on_papers_are_all_rejected() -> None:
    text = (
        HEAD
        + '"papers": [{"choices": [0], "paper": "1"}, {"choices": [1], "paper": "1"}, {"choices": [1], "paper": "2"}]}'
    )
    found, account, problems = read_ballots(text)
    assert found is not None and dict(found.papers) == {(1,): 1} and len(account.rejected) == 2
    assert {one.code for one in problems} == {"CR0759"}


@pytest.mark.parametrize(("written", "post"), [("chair", "chair"), ("主任", "chair"), ("Chair", "chair"), ("", "")])
def test_posts_are_written_in_any_of_their_words(written: str, post: str) -> None:
    text = json.dumps({
        "format": "civicrules-ballots/1",
        "choices": [{"candidate": "Lin", "post": written}],
        "papers": [{"choices": [0], "number": 3}],
    })  # fmt: skip
    slate, posts = [Choice("Lin", "chair")], {"chair": Names.of(en="chair", zh="主任")}
    ballots, _, problems = read_ballots(text, choices=slate, posts=posts)
    assert ballots is not None and problems == ()
    assert [choice.post for choice in ballots.choices] == [post]


def test_a_post_that_is_not_there_is_said() -> None:
    text = '{"format": "civicrules-ballots/1", "choices": [{"candidate": "Lin", "post": "head"}], "papers": []}'
    posts = {"chair": Names.of(en="chair", zh="主任")}
    ballots, _, (problem,) = read_ballots(text, choices=[Choice("Lin", "chair")], posts=posts)
    assert ballots is None and (problem.code, problem.data["expected"]) == ("CR0783", Names.of(en="chair", zh="主任"))


@pytest.mark.parametrize(
    ("candidate", "post"),
    [("Lin", "chair"), ("Wu", "member"), ("An", None), ("Somebody", None)],
)
def test_a_choice_without_a_post_where_there_are_several(candidate: str, post: str | None) -> None:
    """Lin stands for the chair and Wu for member alone. An stands for both: which is meant is not to be guessed."""
    slate = [Choice("Lin", "chair"), Choice("An", "chair"), Choice("An", "member"), Choice("Wu", "member")]
    posts = {"chair": Names.of(en="chair", zh="主任"), "member": Names.of(en="member", zh="委员")}
    text = json.dumps({
        "format": "civicrules-ballots/1", "choices": [{"candidate": candidate}], "papers": [{"choices": [0]}],
    })  # fmt: skip
    ballots, _, problems = read_ballots(text, choices=slate, posts=posts)
    if post is None:
        (problem,) = problems
        assert ballots is None and problem.data["expected"] == Names.of(en="chair, member", zh="主任、委员")
    else:
        assert ballots is not None and [choice.post for choice in ballots.choices] == [post]
