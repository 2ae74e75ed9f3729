"""What the columns of a table of papers hold: ranks, the posts that names are written for, or candidates with marks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum
from types import MappingProxyType

from civicrules.ballots import Choice
from civicrules.diagnostics import Diagnostic, Label
from civicrules.program import Names
from civicrules.reading.ballots import words
from civicrules.reading.ballots.names import Slate, with_post
from civicrules.reading.ballots.tables import Table
from civicrules.source import Key
from civicrules.suggest import nearest
from civicrules.values import frozen


class Shape(Enum):
    """What stands in the cells of papers: names under ranks, names under posts, or marks under candidates."""

    RANKS = "ranks"
    NAMES = "names"
    MARKS = "marks"


@frozen
class Column:
    """A column of papers: the `rank` it is or the `post` that names are for, or the `choice` that marks are for.

    One without any of the three holds the list that the paper is for.
    """

    at: int
    rank: int = 0
    post: str | None = None
    choice: Choice | None = None


@frozen
class Columns:
    """The columns of a table. `number`, `paper` and `box` are positions; `ignored` ones hold notes."""

    shape: Shape
    papers: tuple[Column, ...]
    width: int
    number: int | None = None
    paper: int | None = None
    box: int | None = None
    ignored: tuple[int, ...] = ()


def columns_of(table: Table, row: int, header: Sequence[str], slate: Slate) -> tuple[Columns | None, list[Diagnostic]]:
    """The columns that a header names. Without known candidates and posts, marks in the cells tell the two apart."""
    named = {at: text for at, text in enumerate(header) if text.strip()}
    kinds = {at: words.heading(text) for at, text in named.items()}
    papers = {at: text for at, text in named.items() if kinds[at] in (None, words.LIST)}
    if not any(kinds[at] is None for at in papers):
        place = table.cell(row) if row else Key((table.file,))
        return None, [Diagnostic("CR0750", place, {"file": table.sheet or table.file})]
    headings = {at: text for at, text in papers.items() if kinds[at] is None}
    fitting = _fitting(headings.values(), slate)
    shape = fitting[0] if len(fitting) == 1 else _shape(table, row, headings, slate)
    found: list[Column] = []
    problems: list[Diagnostic] = []
    if len(fitting) > 1:
        at = next(iter(headings))
        return None, [_unclear(table, row, at, named[at], _MEANINGS[fitting[0]], slate)]
    if shape is Shape.MARKS:
        beside = ((at, text) for at, text in named.items() if kinds[at] and slate.standing(text))
        problems += (_unclear(table, row, at, text, _BESIDE, slate) for at, text in beside)
    for at, text in papers.items():
        listed = kinds[at] == words.LIST and shape is not Shape.RANKS
        column = Column(at) if listed else _column(at, text, shape, slate)
        if column is None:
            problems.append(_unknown(table, row, at, text, shape, slate))
        else:
            found.append(column)
    problems += _twice(table, row, header, [*found, *((at, kind) for at, kind in kinds.items() if kind)])
    problems += _left_out(table, row, [(one.at, one.rank) for one in found if one.rank]) if not problems else ()
    if problems:
        return None, problems
    at_of = {kind: at for at, kind in kinds.items() if kind}
    ignored = tuple(at for at in range(len(header)) if kinds.get(at) == words.NOTE)
    return Columns(
        shape, tuple(found), len(header), at_of.get(words.NUMBER), at_of.get(words.PAPER), at_of.get(words.BOX), ignored
    ), []


_MEANINGS = MappingProxyType(
    {Shape.RANKS: Names.of(en="a rank", zh="顺位"), Shape.NAMES: Names.of(en="a post", zh="职位")}
)
_BESIDE = Names.of(
    en="a column beside the candidates (number, paper, list, box, note)",
    zh="候选人以外的栏目（张数、编号、名单、票箱、备注）",
)


def _fitting(headings: Collection[str], slate: Slate) -> list[Shape]:
    """The shapes in which every heading means something: of those who stand, one may be called 1."""
    known = bool(slate.choices or slate.posts)
    means = {
        Shape.RANKS: all(words.rank(text) for text in headings),
        Shape.NAMES: known and all(slate.post(text) is not None for text in headings),
        Shape.MARKS: known and all(slate.standing(text) for text in headings),
    }
    return [shape for shape, every in means.items() if every]


def _unclear(table: Table, row: int, at: int, text: str, other: Names, slate: Slate) -> Diagnostic:
    """A heading that names a candidate and can just as well mean something else."""
    named = slate.standing(text)
    written = with_post(named[0], slate) if named else Names()
    return Diagnostic("CR0788", table.cell(row, at), {"found": text.strip(), "other": other, "label": written})


def _shape(table: Table, row: int, headings: dict[int, str], slate: Slate) -> Shape:
    if any(words.rank(text) for text in headings.values()):
        return Shape.RANKS
    if slate.choices or slate.posts:
        posts = sum(slate.post(text) is not None for text in headings.values())
        candidates = sum(bool(slate.standing(text)) for text in headings.values())
        return Shape.NAMES if posts and posts >= candidates else Shape.MARKS
    for number, cells in enumerate(table.rows(), 1):
        if number > row and any(words.is_mark(cells[at]) for at in headings if at < len(cells)):
            return Shape.MARKS
    return Shape.NAMES


def _column(at: int, text: str, shape: Shape, slate: Slate) -> Column | None:
    match shape:
        case Shape.RANKS:
            number = words.rank(text)
            return Column(at, rank=number, post=slate.only_post or None) if number else None
        case Shape.NAMES:
            post = slate.post(text)
            return None if post is None else Column(at, post=post)
    if slate.choices:
        fitting = slate.standing(text)
        return Column(at, choice=fitting[0]) if len(fitting) == 1 else None
    post, colon, name = text.replace("：", ":").rpartition(":")
    return Column(at, choice=Choice(" ".join(name.split()), " ".join(post.split()) if colon else ""))


def _unknown(table: Table, row: int, at: int, text: str, shape: Shape, slate: Slate) -> Diagnostic:
    known = {
        Shape.RANKS: ("1", "2", "3"),
        Shape.NAMES: tuple(slate.posts),
        Shape.MARKS: tuple(dict.fromkeys(choice.candidate or choice.list for choice in slate.choices)),
    }[shape]
    several = tuple(f"{choice.post}: {choice.candidate}" for choice in slate.standing(text))
    data = {"found": text.strip(), "known": known[:12], "suggestions": nearest(text, known), "several": several}
    return Diagnostic("CR0751", table.cell(row, at), data)


def _left_out(table: Table, row: int, ranks: list[tuple[int, int]]) -> list[Diagnostic]:
    """The first rank without a column although a lower one has one: every paper would lose a preference there."""
    there = {rank for _, rank in ranks}
    missing = next((rank for rank in range(1, max(there, default=0)) if rank not in there), None)
    if missing is None:
        return []
    at = min((rank, at) for at, rank in ranks if rank > missing)[1]
    return [Diagnostic("CR0799", table.cell(row, at), {"rank": missing})]


def _twice(table: Table, row: int, header: Sequence[str], found: list[Column | tuple[int, str]]) -> list[Diagnostic]:
    """Columns that say the same of a paper, each time one mistake. Several columns of one post are as many names for it."""
    meanings: dict[int, object] = {}
    for one in found:
        match one:
            case Column(at=at) if one.rank or one.choice:
                meanings[at] = (one.rank, one.choice)
            case (int() as at, kind) if kind != words.NOTE:
                meanings[at] = kind
    columns: dict[object, list[int]] = {}
    for at, meaning in sorted(meanings.items()):
        columns.setdefault(meaning, []).append(at)
    return [
        Diagnostic(
            "CR0752",
            table.cell(row, first),
            {"found": header[first].strip()},
            related=tuple(Label(table.cell(row, at), "also") for at in others),
        )
        for first, *others in columns.values()
        if others
    ]
