"""Papers in tables: what stands on each, and what became of every row. Expected papers are read off the tables by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from civicrules import codes
from civicrules.ballots import ABSTAIN, AGAINST, Ballots, Choice, RowAccount
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.program import Names
from civicrules.reading.ballots import read_ballots

POSTS = {"chair": Names.of(en="chair", zh="主任"), "member": Names.of(en="member", zh="委员")}
SLATE = (
    Choice("Lin Hua", "chair"),
    Choice("Lin Hua", "member"),
    Choice("Wu Ping", "member"),
    Choice("王强", "member"),
    Choice("赵敏(大)", "member"),
    Choice("赵敏(小)", "member"),
)


def read(text: str, *, known: bool = False) -> tuple[Ballots, RowAccount, tuple[Diagnostic, ...]]:
    ballots, account, problems = read_ballots(text, choices=SLATE if known else (), posts=POSTS if known else {})
    assert ballots is not None, problems
    assert account.papers == ballots.total
    assert account.rows == account.accepted + len(account.rejected)
    return ballots, account, problems


def written(ballots: Ballots) -> dict[tuple[object, ...], int]:
    """Papers by what stands on them: names, with the post and the mark where there is one."""

    def name(at: int) -> str:
        choice = ballots.choices[at]
        return "/".join(part for part in (choice.post, choice.list, choice.candidate, choice.mark) if part)

    def rank(one: object) -> object:
        return tuple(map(name, one)) if isinstance(one, tuple) else name(one) if isinstance(one, int) else None

    return {tuple(map(rank, paper)): number for paper, number in ballots.papers.items()}


# ---------------------------------------------------------------- the three shapes


@pytest.mark.parametrize(
    ("header", "place", "rank"),
    [("number,2,3", "B", 1), ("1,3,2", "", 0), ("3,1", "A", 2), ("第一选择,第三选择", "B", 2)],
)
def test_a_rank_without_a_column_is_told_and_nothing_read(header: str, place: str, rank: int) -> None:
    ballots, _, problems = read_ballots(f"{header}\n")
    assert (ballots is None) is bool(rank)
    found = [(one.code, str(one.place), one.data["rank"]) for one in problems]
    assert found == ([("CR0799", f"<text>:{place}1", rank)] if rank else [])


@pytest.mark.parametrize(
    "header", ["1,2,3", "rank 1,rank 2,rank 3", "1st choice,2nd choice,3rd choice", "第一选择,第二选择,第3选择"]
)
def test_ranks(header: str) -> None:
    ballots, _, problems = read(f"{header}\nLin,Wu,\nLin,Wu,\nWu,,Lin\n,,Lin\nLin=Wu,Zhao,\nblank,,\n")
    assert problems == () and ballots.ranks
    assert written(ballots) == {
        ("Lin", "Wu"): 2,
        ("Wu", None, "Lin"): 1,
        (None, None, "Lin"): 1,
        (("Lin", "Wu"), "Zhao"): 1,
        (): 1,
    }


def test_the_order_of_columns_changes_nothing() -> None:
    assert read("2,number,1\nWu,3,Lin\n")[0] == read("1,2,number\nLin,Wu,3\n")[0]


@pytest.mark.parametrize(
    "header", ["chair,member 1,member 2", "主任,委员1,委员2", "主任,委员一,委员二", "主任,委员,委员"]
)
def test_names_under_posts(header: str) -> None:
    ballots, _, problems = read(
        f"{header}\nLin Hua,Wu Ping,王强\nWu Ping,Wu Ping,\n,王 强、Wu　Ping,LIN HUA\n", known=True
    )
    assert problems == ()
    assert written(ballots) == {
        ("chair/Lin Hua", "member/Wu Ping", "member/王强"): 1,
        # One person for two posts, and somebody who does not stand for chair, are on the paper; the count judges them.
        ("chair/Wu Ping", "member/Wu Ping"): 1,
        ("member/Lin Hua", "member/Wu Ping", "member/王强"): 1,
    }


@pytest.mark.parametrize(
    ("header", "places"),
    [
        ("number,1,2,2,2", [("C1", "D1", "E1")]),
        ("number,1,number,1", [("A1", "C1"), ("B1", "D1")]),
        ("number,Lin Hua,Wu Ping,Lin Hua", [("B1", "D1")]),
    ],
)
def test_columns_that_say_the_same_are_one_mistake_with_its_places(header: str, places: list[tuple[str, ...]]) -> None:
    _, _, problems = read_ballots(f"{header}\n1,x,,x,\n", choices=(), posts={})
    assert {one.code for one in problems} == {"CR0752"}
    found = [(one.place, *(label.place for label in one.related)) for one in problems]
    assert [tuple(str(place).rpartition(":")[2] for place in each) for each in found] == places


def test_one_person_twice_for_a_post_is_on_the_paper_twice() -> None:
    assert written(read("chair,member,member\nLin,Wu,Wu\n")[0]) == {("chair/Lin", "member/Wu", "member/Wu"): 1}


def test_marks_under_candidates() -> None:
    ballots, _, problems = read("Lin,Wu,Zhao\nx,√,\n○,,3\n1,against,弃权\n赞成,不同意,0\n,,空白\n")
    assert problems == ()
    assert written(ballots) == {
        ("Lin", "Wu"): 1,
        ("Lin", "Zhao", "Zhao", "Zhao"): 1,
        ("Lin", "Wu/against", "Zhao/abstain"): 1,
        ("Lin", "Wu/against"): 1,
        (): 1,
    }
    assert Choice("Wu", mark=AGAINST) in ballots.choices and Choice("Zhao", mark=ABSTAIN) in ballots.choices


def test_a_mark_column_of_a_candidate_for_two_posts_names_the_post() -> None:
    ballots, _, _ = read("主任：Lin Hua,member: Lin Hua,王强\n1,,1\n", known=True)
    assert written(ballots) == {("chair/Lin Hua", "member/王强"): 1}
    none, _, problems = read_ballots("Lin Hua,王强\n1,1\n", choices=SLATE, posts=POSTS)
    assert none is None and [one.code for one in problems] == ["CR0751"]


def test_a_list_is_a_choice_of_its_own() -> None:
    # Choices are in the order of posts, lists and candidates: those of no list come first.
    assert written(read("list,Lin,Wu\nGreen,2,\nGreen,,\n")[0]) == {("Lin", "Lin", "Green"): 1, ("Green",): 1}


# ---------------------------------------------------------------- doubts


def test_a_near_name_is_a_doubt_once_for_equal_rows() -> None:
    ballots, account, _ = read("member\nWu Pin\nWu Pin\nWu Ping\n", known=True)
    (doubt,) = ballots.doubts
    assert (doubt.number, list(doubt.readings)) == (2, ["Wu Ping", "“Wu Pin”", "void"])
    assert doubt.readings["void"] is None
    assert [ballots.choices[at].candidate for at in doubt.readings["Wu Ping"] or () if isinstance(at, int)] == [
        "Wu Ping"
    ]
    assert account.boxes[0].doubtful == 2


def test_a_name_that_fits_two_candidates_is_a_doubt() -> None:
    (doubt,) = read("委员\n赵敏\n赵敏（大）\n", known=True)[0].doubts
    assert list(doubt.readings) == ["赵敏(大)", "赵敏(小)", "void"]


def test_an_unknown_name_is_a_choice_of_its_own() -> None:
    ballots, _, _ = read("member\nSomebody Else\n", known=True)
    assert ballots.doubts == () and written(ballots) == {("member/Somebody Else",): 1}


CALLED = tuple(Choice(name, "chair") for name in ("X", "1", "√", "赞成", "2 against", "Blank", "空白", "Note"))


@pytest.mark.parametrize("header", ["chair", "主任", "1", "1st choice"])
@pytest.mark.parametrize("name", ["X", "x", "1", "√", "赞成", "2 against", "chair: X", "主任：空白", "Note"])
def test_a_candidate_may_be_called_like_a_mark(name: str, header: str) -> None:
    """Marks do not stand under ranks and posts: what is written there is the name of somebody who stands."""
    ballots, _, problems = read_ballots(f"{header},number\n{name},3\n", choices=CALLED, posts=POSTS)
    found = name.replace("chair: ", "").replace("主任：", "").replace("x", "X")
    if header == "1":  # in the heading 1 is a candidate as well as a rank
        assert ballots is None and [(one.code, str(one.place)) for one in problems] == [("CR0788", "<text>:A1")]
    else:
        assert ballots is not None and problems == () and written(ballots) == {(f"chair/{found}",): 3}


@pytest.mark.parametrize("nobody", ["y", "2", "against"])
def test_a_mark_that_is_nobodys_name_is_no_name(nobody: str) -> None:
    _, _, problems = read_ballots(f"chair\n{nobody}\n", choices=CALLED, posts=POSTS)
    assert [one.code for one in problems] == ([] if nobody == "y" else ["CR0757"])


@pytest.mark.parametrize(
    ("table", "place", "label"),
    [
        ("chair\nBlank\n", "A2", ("chair: Blank", "主任：Blank")),
        ("chair\n空白\n", "A2", ("chair: 空白", "主任：空白")),
        ("第一选择,第二选择\nX,空白\n", "B2", ("chair: 空白", "主任：空白")),
        ("X,1,note\nx,,\n", "C1", ("chair: Note", "主任：Note")),
        ("1\nx\n", "A1", ("chair: 1", "主任：1")),
    ],
)
def test_what_is_a_name_and_a_word_is_not_guessed(table: str, place: str, label: tuple[str, str]) -> None:
    _, account, (problem,) = read_ballots(table, choices=CALLED, posts=POSTS)
    assert (problem.code, str(problem.place)) == ("CR0788", f"<text>:{place}") and account.papers == 0
    told = problem.data["label"]
    assert isinstance(told, Names) and (told.text("en"), told.text("zh")) == label
    for text in (codes.page("CR0788").title, codes.page("CR0788").text):
        assert set(codes.placeholders(text.text("en"))) <= set(problem.data)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_example_of_a_candidate_called_blank(language: str) -> None:
    page = codes.page("CR0788")
    assert [one.code for one in read_ballots(page.wrong.text(language), choices=CALLED, posts=POSTS)[2]] == ["CR0788"]
    ballots, _, problems = read_ballots(page.mended.text(language), choices=CALLED, posts=POSTS)
    assert ballots is not None and problems == () and ballots.total == 3


def test_headings_of_which_only_some_are_ranks_are_candidates() -> None:
    ballots, _, problems = read_ballots("X,1,number\nx,,3\n,1,2\n", choices=CALLED, posts=POSTS)
    assert ballots is not None and problems == () and written(ballots) == {("chair/X",): 3, ("chair/1",): 2}


def test_unclear_marks_are_a_doubt_each() -> None:
    ballots, _, _ = read("paper,box,Lin,Wu\n7,A,?,1\n,A,?,1\n,A,x,1\n")
    assert [doubt.id for doubt in ballots.doubts] == ["<text>:3", "A/7"]
    assert [list(doubt.readings) for doubt in ballots.doubts] == [["Lin", "not marked: Lin", "void"]] * 2
    assert set(ballots.doubts[0].readings.values()) == {(0, 1), (1,), None}


def test_two_doubts_on_a_paper_are_one_question() -> None:
    (doubt,) = read("1,2\nLin?,Wu?\n")[0].doubts
    assert doubt.readings == {
        "Lin; Wu": (0, 1),
        "Lin; not marked": (0,),
        "not marked; Wu": (None, 1),
        "not marked; not marked": (),
        "void": None,
    }


@pytest.mark.parametrize(("marks", "refused"), [(6, False), (7, True)])
def test_as_many_readings_as_somebody_can_choose_between(marks: int, refused: bool) -> None:
    # Two readings of each mark: 2⁶ = 64 are the most, 2⁷ = 128 too many.
    header, row = ",".join("ABCDEFG"[:marks]), ",".join("?" * marks)
    ballots, _, problems = read(f"{header}\n{row}\n1{',' * (marks - 1)}\n")
    assert ([one.code for one in problems] == ["CR0781"]) is refused
    assert refused or len(ballots.doubts[0].readings) == 65


# ---------------------------------------------------------------- every row accounted for


def test_boxes_and_rows_add_up() -> None:
    ballots, account, problems = read(
        "box,chair,number\nnorth,Lin,3\nnorth,blank,2\nsouth,unreadable,4\nsouth,Wu,1.5\nsouth,Wu,\nsouth,Wu,-1\nsouth,Wu?,5\n"
    )
    north, south = account.boxes
    assert (north.box, north.rows, north.rejected, north.read, north.blank) == ("north", 2, 0, 5, 2)
    assert (south.rows, south.rejected, south.accepted) == (5, 3, 2)
    assert (south.read, south.doubtful, south.unread, ballots.unread) == (0, 5, 4, 4)
    assert [(str(one.place), one.code) for one in account.rejected] == [
        ("<text>:C5", "CR0753"),
        ("<text>:C6", "CR0753"),
        ("<text>:C7", "CR0753"),
    ]
    assert [one.data["rows"] for one in problems] == [1, 1, 1]


@pytest.mark.parametrize(("number", "papers"), [("0", 0), ("1,000", 1000), ("１２", 12), ("1000000000", 10**9)])
def test_numbers_of_papers(number: str, papers: int) -> None:
    assert read(f'chair,number\nLin,"{number}"\n')[0].total == papers


@pytest.mark.parametrize("number", ["1000000001", "9" * 5000, "-0", "1e3", "two", "1/2", "nan"])
def test_what_is_no_number_of_papers(number: str) -> None:
    ballots, account, problems = read(f"chair,number\nLin,{number}\nWu,1\n")
    assert ballots.total == 1 and len(account.rejected) == 1 and [one.code for one in problems] == ["CR0753"]


def test_a_repeated_number_on_papers_rejects_all_of_them() -> None:
    ballots, account, (problem,) = read("paper,box,1\n1,A,Lin\n2,A,Wu\n1,A,Wu\n1,B,Wu\n,A,Wu\n,A,Wu\n")
    assert written(ballots) == {("Wu",): 4}
    assert [str(one.place) for one in account.rejected] == ["<text>:A2", "<text>:A4"]
    assert (problem.code, problem.data["rows"]) == ("CR0759", 2)


def test_a_repeated_number_with_a_doubtful_mark_is_rejected_once() -> None:
    ballots, account, _ = read("paper,Lin\n1,?\n1,?\n2,x\n")
    assert (ballots.doubts, account.rows, len(account.rejected)) == ((), 3, 2)


def test_an_equal_problem_of_many_rows_is_told_once_and_each_row_rejected() -> None:
    _, account, (problem,) = read("Lin,Wu\n" + "x,maybe\n" * 500 + "x,x\n")
    assert (problem.data["rows"], len(account.rejected), account.rows) == (500, 500, 501)
    assert [str(account.rejected[at].place) for at in (0, 499)] == ["<text>:B2", "<text>:B501"]


def test_rows_that_are_short_or_long_or_empty() -> None:
    ballots, account, problems = read("1,2,3\nLin\nLin,Wu,Zhao,,,\n,,\n\nLin,Wu,Zhao,Sun\n")
    assert written(ballots) == {("Lin",): 1, ("Lin", "Wu", "Zhao"): 1}
    assert account.empty == 2 and {one.code for one in problems} == {"CR0780", "CR0782"}
    assert str(account.rejected[0].place) == "<text>:D6"


def test_a_quote_that_does_not_end_is_said_at_its_row() -> None:
    ballots, _, (problem,) = read_ballots('1,2\nLin,Wu\n"Wu,Lin\n')
    assert ballots is None and (problem.code, str(problem.place)) == ("CR0431", "<text>:A3")


# ---------------------------------------------------------------- files


def test_files_add_up_and_each_is_a_box(tmp_path: Path) -> None:
    (tmp_path / "north.csv").write_bytes("\ufeff主任;张数\n林华;3\n".encode())
    (tmp_path / "south.csv").write_bytes("主任\t张数\n吴平\t2\n林华\t1\n".encode("gb18030"))
    paths = [tmp_path / "north.csv", tmp_path / "south.csv"]
    for order in (paths, paths[::-1]):
        ballots, account, problems = read_ballots(order)
        assert ballots is not None and written(ballots) == {("主任/林华",): 4, ("主任/吴平",): 2}
        assert [(box.box, box.papers) for box in account.boxes] == [("north", 3), ("south", 3)]
        assert {one.code for one in problems} == {"CR0428"}


def test_doubts_of_two_files_with_one_name_are_told_apart(tmp_path: Path) -> None:
    for day in ("1", "2"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "box.csv").write_text("Lin,Wu\n?,x\n")
    ballots, account, _ = read_ballots([tmp_path / day / "box.csv" for day in ("1", "2")])
    assert ballots is not None and [doubt.id for doubt in ballots.doubts] == ["box.csv:2", "box.csv:2 (2)"]
    assert [(box.box, box.doubtful) for box in account.boxes] == [("1/box", 1), ("2/box", 1)]


def test_a_number_on_a_paper_in_two_files_of_one_box(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("paper,box,1\n7,north,Lin\n")
    ballots, account, problems = read_ballots([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert ballots is not None and ballots.total == 0 and len(account.rejected) == 2
    assert [(one.code, one.data["rows"]) for one in problems if one.code not in ("CR0428", "CR0789")] == [("CR0759", 2)]


def test_ranked_and_marked_files_are_not_added(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1,2\nLin,Wu\n")
    (tmp_path / "b.csv").write_text("Lin,Wu\nx,\n")
    (tmp_path / "c.json").write_text('{"format": "civicrules-ballots/1", "choices": [], "papers": []}')
    for other in ("b.csv", "c.json"):
        ballots, _, problems = read_ballots([tmp_path / "a.csv", tmp_path / other])
        assert ballots is None and "CR0785" in {one.code for one in problems}


def test_a_workbook_with_a_box_on_each_sheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "东区"
    for row in (["主任", "张数"], ["林华", 3], ["吴平", 2.5], ["吴平", "=1+1"]):
        book.active.append(row)
    other = book.create_sheet("西区")
    for row in (["主任", "张数"], ["林华", 1]):
        other.append(row)
    book.save(tmp_path / "选票.xlsx")
    ballots, account, problems = read_ballots(tmp_path / "选票.xlsx")
    assert ballots is not None and written(ballots) == {("主任/林华",): 4}
    assert [(box.box, box.rows, box.rejected, box.papers) for box in account.boxes] == [
        ("东区", 3, 2, 3),
        ("西区", 1, 0, 1),
    ]
    assert {one.code for one in problems} == {"CR0443", "CR0753"}


def test_a_blt_file_is_added_to_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.blt").write_text('2 1\n3 1 2 0\n1 2 0\n0\n"Lin"\n"Wu"\n')
    (tmp_path / "b.csv").write_text("number,1,2\n2,Wu,\n1,Somebody,Lin\n")
    slate = [Choice("Lin", "chair"), Choice("Wu", "chair")]
    ballots, account, _ = read_ballots([tmp_path / "a.blt", tmp_path / "b.csv"], choices=slate)
    assert ballots is not None and account.papers == ballots.total == 7
    assert written(ballots) == {
        ("chair/Lin", "chair/Wu"): 3,
        ("chair/Wu",): 3,
        ("chair/Somebody", "chair/Lin"): 1,
    }
    assert [(box.box, box.papers) for box in account.boxes] == [("a", 4), ("b", 3)]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"x", "CR0786"),
        ("a.csv", b"", "CR0406"),
        ("a.csv", b"%PDF-1.4", "CR0403"),
        ("a.csv", b"1,2\nLin,\x00\n", "CR0409"),
        ("a.csv", b"1,2\nLin,\xff\xff\n", "CR0429"),
        ("a.csv", "1,2\nLin,\n".encode("utf-16"), "CR0429"),
        ("a.csv", b"number\n3\n", "CR0750"),
        ("a.json", b"{", "CR0420"),
        ("a.json", b'{"a": "\xff"}', "CR0408"),
    ],
)
def test_files_that_hold_no_ballots(name: str, data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    ballots, account, problems = read_ballots(tmp_path / name)
    assert ballots is None and account.rows == 0 and code in {one.code for one in problems}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert [one.code for one in read_ballots(tmp_path / "none.csv")[2]] == ["CR0401"]


# ---------------------------------------------------------------- pages

PAGES = [code for code in codes.codes() if "CR0750" <= code <= "CR0759" or "CR0780" <= code <= "CR0783"]


@pytest.mark.parametrize("code", PAGES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_examples_on_the_pages(code: str, language: str) -> None:
    page = codes.page(code)
    found = read_ballots(page.wrong.text(language))[2]
    assert {one.code for one in found} == {code}
    for text in (page.title, page.text):
        assert set(codes.placeholders(text.text(language))) <= set(found[0].data)
    assert read_ballots(page.mended.text(language))[2] == ()


def test_a_file_given_twice_is_refused_and_a_copy_is_warned_of(tmp_path: Path) -> None:
    """Both would count every paper twice; but two boxes of one paper each can hold the same."""
    for name, text in (("north.csv", "chair\nLin\n"), ("south.csv", "chair\nLin\n"), ("east.csv", "chair\nWu \n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    north, south, east = (tmp_path / name for name in ("north.csv", "south.csv", "east.csv"))
    ballots, _, problems = read_ballots([north, tmp_path / "." / "north.csv"])
    assert ballots is None and [one.severity for one in problems if one.code == "CR0789"] == [Severity.ERROR]
    ballots, _, problems = read_ballots([north, east, south])
    assert ballots is not None and ballots.total == 3
    assert [one.severity for one in problems if one.code == "CR0789"] == [Severity.WARNING]
