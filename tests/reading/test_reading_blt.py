"""BLT files: the example of the format's own description, what programs added, every fault, and the way back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicrules import codes
from civicrules.ballots import Ballots, Choice, Doubt, Paper
from civicrules.reading import blt as room
from civicrules.reading.blt import Blt, read_blt, write_blt
from civicrules.source import Source, Span

# Hill, Wichmann and Woodall, Algorithm 123, section 3.1.
EXAMPLE = """4 2
-2
3 1 3 4 0
4 1 3 2 0
2 4 1 3 0
1 2 0
2 2 4 3 1 0
1 3 4 2 0
0
"Adam"
"Basil"
"Charlotte"
"Donald"
"Title"
"""


def read(text: str) -> Blt:
    found, diagnostics = read_blt(Source("ward.blt", text))
    assert diagnostics == () and found is not None
    return found


def faults(text: str) -> list[tuple[str, str]]:
    """The codes, each with the text at its place; nothing is read where something is wrong."""
    found, diagnostics = read_blt(Source("ward.blt", text))
    assert found is None
    return [(one.code, one.place.text if isinstance(one.place, Span) else "") for one in diagnostics]


def test_the_example_of_the_format() -> None:
    found = read(EXAMPLE)
    assert found.candidates == ("Adam", "Basil", "Charlotte", "Donald")
    assert (found.seats, found.withdrawn, found.title) == (2, ("Basil",), "Title")
    assert found.ballots.ranks and found.ballots.total == 13
    assert dict(found.ballots.papers) == {
        (0, 2, 3): 3,
        (0, 2, 1): 4,
        (3, 0, 2): 2,
        (1,): 1,
        (1, 3, 2, 0): 2,
        (2, 3, 1): 1,
    }


def test_names_out_of_order_are_the_same_candidates() -> None:
    found = read('2 1\n3 1 2 0\n0\n"Zoe"\n"Ada"\n')
    assert found.candidates == ("Zoe", "Ada") and found.title == ""
    assert [choice.candidate for choice in found.ballots.choices] == ["Ada", "Zoe"]
    assert dict(found.ballots.papers) == {(1, 0): 3}


@pytest.mark.parametrize(
    ("lines", "papers"),
    [
        ("3 1=3 2 0", {((0, 2), 1): 3}),
        ("3 1 - 2 0", {(0, None, 1): 3}),
        ("3 0", {(): 3}),
        ("(paper 7) 1 2 0\n(paper 8) 1 2 0", {(0, 1): 2}),
        ("1 1 0 2 2 0", {(0,): 1, (1,): 2}),
        ("1 1 1 0", {(0, 0): 1}),
        ("# three voters\n3 1 0 # one of them late", {(0,): 3}),
        ("0 1 0", None),
    ],
)
def test_what_programs_added(lines: str, papers: dict[Paper, int] | None) -> None:
    text = f'3 1\n{lines}\n0\n"A" "B" "C # 1"\n"T"\n"source" "comment"\n'
    if papers is None:
        assert faults(text)
    else:
        assert dict(read(text).ballots.papers) == papers


def test_single_words_need_no_quotation_marks() -> None:
    assert read("2 1\n1 1 0\n0\nAdam Basil Title").candidates == ("Adam", "Basil")


GOOD = '2 1\n3 1 2 0\n0\n"A"\n"B"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("CR0790", "")]),
        ("2", [("CR0790", "2")]),
        (GOOD.replace("2 1\n", "2 one\n"), [("CR0790", "2")]),
        (GOOD.replace("3 1 2 0", "-3 1 2 0"), [("CR0792", "-3")]),
        (GOOD.replace("3 1 2 0", "x 1 2 0"), [("CR0791", "x")]),
        (GOOD.replace("3 1 2 0", "1.5 1 2 0"), [("CR0791", "1.5")]),
        (GOOD.replace("3 1 2 0", "3 1 3 0"), [("CR0792", "3")]),
        (GOOD.replace("3 1 2 0", "3 1= 0"), [("CR0792", "1=")]),
        (GOOD.replace("2 1\n", "2 1\n-3\n"), [("CR0792", "-3")]),
        (GOOD.replace("3 1 2 0", "3 1 2"), [("CR0793", "2")]),
        (GOOD.replace("0\n0\n", "0\n"), [("CR0794", '"A"')]),
        ("2 1\n3 1 2 0\n", [("CR0794", ""), ("CR0795", "")]),
        (GOOD.replace('"B"\n', ""), [("CR0795", '"A"')]),
        (GOOD + '"t" "s" "c" "more"', [("CR0795", '"more"')]),
        (GOOD.replace('"B"', '"A"'), [("CR0796", '"A"')]),
        (GOOD.replace('"B"', '" "'), [("CR0796", '" "')]),
        (GOOD.replace('"B"', '"B'), [("CR0797", '"')]),
    ],
)
def test_every_fault_is_said_where_it_is(text: str, expected: list[tuple[str, str]]) -> None:
    assert faults(text) == expected


def test_all_faults_are_said_at_once() -> None:
    assert [code for code, _ in faults('2 1\nx 1 0\n1 9 0\n1 2\n0\n"A"\n')] == ["CR0791", "CR0792", "CR0793", "CR0795"]


@settings(deadline=None)
@given(st.text(alphabet='0123456789-=()"# \nAb', max_size=60))
def test_no_text_raises(text: str) -> None:
    found, diagnostics = read_blt(Source("x.blt", text))
    assert (found is None) == bool(diagnostics)
    for one in diagnostics:
        for language in ("en", "zh"):
            page = codes.page(one.code)
            assert set(codes.placeholders(page.text.text(language))) <= set(one.data)
            assert set(codes.placeholders(page.title.text(language))) <= set(one.data)


ranks = st.none() | st.integers(0, 4) | st.sets(st.integers(0, 4), min_size=2).map(lambda marks: tuple(sorted(marks)))
papers = st.dictionaries(st.lists(ranks, max_size=6).map(tuple), st.integers(1, 10**9), max_size=8)


@settings(deadline=None)
@given(papers, st.integers(0, 9), st.sets(st.integers(0, 4)), st.sampled_from(("", "选区", "Ward 1 # east")))
def test_what_is_written_reads_back(papers: dict[Paper, int], seats: int, withdrawn: set[int], title: str) -> None:
    names = ("Zoe", "Ada Q", "吴平", "(B)", "-1")
    ballots = Ballots.of([Choice(name) for name in names], papers, ranks=True)
    written = Blt(names, seats, ballots, tuple(names[at] for at in sorted(withdrawn)), title)
    text, diagnostics = write_blt(written)
    assert text is not None and diagnostics == ()
    assert read(text) == written
    assert write_blt(read(text)) == (text, ())


@pytest.mark.parametrize(
    "written",
    [
        Blt(('A "x"',), 1, Ballots.ranked([])),
        Blt(("A\nB",), 1, Ballots.ranked([])),
        Blt(("A ",), 1, Ballots.ranked([])),
        Blt(("",), 1, Ballots.ranked([])),
        Blt(("A", "A"), 1, Ballots.ranked([])),
        Blt(("A",), 1, Ballots.ranked([("B",)])),
        Blt(("A",), 1, Ballots.ranked([]), ("B",)),
        Blt(("A",), 1, Ballots.of([Choice("A")], {(0,): 1})),
        Blt(("A",), 1, Ballots.of([Choice("A")], {}, ranks=True, unread=1)),
        Blt(("A",), 1, Ballots.of([Choice("A")], {}, ranks=True, doubts=[Doubt("1", {"for A": (0,)})])),
    ],
)
def test_what_the_format_cannot_hold_is_said(written: Blt) -> None:
    text, diagnostics = write_blt(written)
    assert text is None and [one.code for one in diagnostics] == ["CR0798"]


@pytest.mark.parametrize("code", [f"CR079{digit}" for digit in range(9)])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_examples_of_pages_do_what_they_say(code: str, language: str) -> None:
    page = codes.page(code)

    def found(example: str) -> set[str]:
        if page.example_in == "python":
            scope: dict[str, Any] = {**vars(room), "Ballots": Ballots}
            return {one.code for one in eval(example, scope)[1]}
        lines = example.strip().splitlines()[1:-1]
        return {one.code for one in read_blt(Source("ward.blt", "\n".join(lines)))[1]}

    assert found(page.wrong.text(language)) == {code}
    assert found(page.mended.text(language)) == set()
