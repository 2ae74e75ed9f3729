"""From grouped rows to papers: each different cell is understood once, each different row once."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import getitem

from attrs import define, field

from civicrules.ballots import BoxAccount, Choice, Doubt, Paper, Rank, Rejected
from civicrules.diagnostics import Diagnostic
from civicrules.reading.ballots.cells import Bad, Meaning, Said, Unclear, Unreadable, meaning_of
from civicrules.reading.ballots.columns import Column, Shape
from civicrules.reading.ballots.grouped import Grouped
from civicrules.reading.ballots.names import Slate
from civicrules.reading.ballots.tables import BETWEEN
from civicrules.reading.labels import fold

# More papers in one row are a mistake rather than an election.
MOST_PAPERS = 10**9

_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,12}")

Plain = Rank | tuple[int, ...]


@define
class Tally:
    """The figures of one box while they add up, as `BoxAccount` has them."""

    rows: int = 0
    rejected: int = 0
    read: int = 0
    blank: int = 0
    doubtful: int = 0
    unread: int = 0

    def account(self, box: str) -> BoxAccount:
        return BoxAccount(box, self.rows, self.rejected, self.read, self.blank, self.doubtful, self.unread)


@define
class Found:
    """What was found so far, over all tables. A problem of many rows is told once, with how many they are."""

    papers: dict[Paper, int] = field(factory=dict)
    boxes: dict[str, Tally] = field(factory=dict)
    doubts: list[Doubt] = field(factory=list)
    rejected: list[Rejected] = field(factory=list)
    problems: dict[tuple[object, ...], tuple[Diagnostic, int]] = field(factory=dict)

    def box(self, name: str) -> Tally:
        """The figures of a box."""
        return self.boxes.setdefault(name, Tally())


@define
class Reader:
    """How the rows of one table are read.

    `columns` stand where `kept` has them in a row's text; `meanings` say by column what its cells mean; ranks share one table
    of them.
    """

    table: Grouped
    columns: tuple[tuple[int, Column], ...]
    number: int | None
    box: int | None
    width: int
    meanings: tuple[dict[str, Meaning], ...]
    numbers: dict[str, int] = field(factory=dict)

    @property
    def different(self) -> tuple[dict[str, Meaning], ...]:
        """The tables of meanings, each once."""
        return self.meanings[:1] if self.ranks else self.meanings

    @property
    def ranks(self) -> bool:
        """Whether its papers are ranked."""
        return self.table.columns.shape is Shape.RANKS

    def fitted(self, cells: list[str]) -> list[str]:
        """The cells of a row: those that are missing at its end are empty."""
        return cells + [""] * (self.width - len(cells))


def reader_of(table: Grouped, slate: Slate) -> Reader:
    """A reader that has understood each different cell of a table."""
    at = {position: index for index, position in enumerate(table.kept)}
    ordered = sorted(table.columns.papers, key=lambda column: (column.rank, column.at))
    columns = tuple((at[column.at], column) for column in ordered)
    shared: dict[str, Meaning] = {}
    ranks = table.columns.shape is Shape.RANKS
    meanings = tuple(shared if ranks else {} for _ in columns)
    number, box = table.columns.number, table.columns.box
    reader = Reader(
        table,
        columns,
        None if number is None else at[number],
        None if box is None else at[box],
        len(at),
        meanings,
    )
    for texts, (_, column), known in zip(_texts(reader), columns, meanings, strict=True):
        known.update((text, meaning_of(text, column, slate)) for text in texts if text not in known)
    return reader


def _texts(reader: Reader) -> list[set[str]]:
    """The different cells of each column, and the numbers of papers on the way."""
    rows = reader.table.rows
    if reader.ranks and reader.number is None and reader.box is None:
        everywhere: set[str] = {""}
        for some in _in_thousands(rows):
            everywhere.update(BETWEEN.join(some).split(BETWEEN))
        return [everywhere for _ in reader.columns]
    shared: set[str] = {""}
    texts = [shared if reader.ranks else {""} for _ in reader.columns]
    wanted = [(index, found) for (index, _), found in zip(reader.columns, texts, strict=True)]
    numbers: set[str] = set()
    if reader.number is not None:
        wanted.append((reader.number, numbers))
    for row in rows:
        cells = row.split(BETWEEN)
        if len(cells) < reader.width:
            cells = reader.fitted(cells)
        for index, found in wanted:
            found.add(cells[index])
    reader.numbers = {text: number for text in numbers if (number := _number(text)) is not None}
    return texts


def _in_thousands(rows: Iterable[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(rows)
    return iter(lambda: tuple(islice(rest, 1000)), ())


def _number(text: str) -> int | None:
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _WHOLE.fullmatch(plain):
        return None
    number = int(plain.replace(",", ""))
    return number if number <= MOST_PAPERS else None


# ---------------------------------------------------------------- choices


def choices_of(readers: Iterable[Reader], slate: Slate) -> tuple[tuple[Choice, ...], Mapping[Choice, int]]:
    """All choices in order, and the position of each way in which they are written.

    Names that nobody known has are the same when they differ in nothing that counts: spaces, width, letter case.
    """
    standing = set(slate.choices)
    written: dict[Choice, Choice] = {choice: choice for choice in slate.choices}
    same: dict[tuple[str, str, str], Choice] = {}
    for choice in sorted(_said(readers), key=lambda choice: choice.key):
        plain = Choice(choice.candidate, choice.post, choice.list)
        if plain not in standing:
            plain = same.setdefault((choice.post, fold(choice.list), fold(choice.candidate)), plain)
        written[choice] = Choice(plain.candidate, plain.post, plain.list, choice.mark)
    ordered = tuple(sorted(set(written.values()), key=lambda choice: choice.key))
    at = {choice: position for position, choice in enumerate(ordered)}
    return ordered, {choice: at[one] for choice, one in written.items()}


def _said(readers: Iterable[Reader]) -> set[Choice]:
    """Every choice that a cell names, in any of its readings, and those that head columns."""
    found: set[Choice] = set()
    for reader in readers:
        found.update(column.choice for _, column in reader.columns if column.choice is not None)
        for meanings in reader.different:
            for meaning in meanings.values():
                if not isinstance(meaning, Bad | Unreadable):
                    found.update(chain.from_iterable(_readings(meaning)))
    return found


def _readings(parts: Sequence[Said | Unclear]) -> Iterator[Said]:
    for part in parts:
        yield from part.readings.values() if isinstance(part, Unclear) else (part,)


# ---------------------------------------------------------------- rows without a question


def read_plain(reader: Reader, position: Mapping[Choice, int], found: Found) -> dict[str, int]:
    """Take the rows of a table that leave nothing to ask; the others are returned."""
    plain = tuple(_plain(meanings, position, reader.ranks) for meanings in reader.different)
    understood = _ranks_by(plain[0]) if reader.ranks else _marks_by(plain)
    others: dict[str, int] = {}
    indices = tuple(index for index, _ in reader.columns)
    in_place = indices == tuple(range(reader.width))
    width, number, box, numbers = reader.width, reader.number, reader.box, reader.numbers
    figures = found.box(reader.table.table.box) if box is None else Tally()
    papers, boxes = found.papers, found.box
    for row, times in reader.table.rows.items():
        cells = row.split(BETWEEN)
        if len(cells) != width:
            cells = reader.fitted(cells)
            if len(cells) > width and any(map(str.strip, cells[width:])):
                others[row] = times
                continue
            del cells[width:]
        try:
            much = times if number is None else times * numbers[cells[number]]
            paper = understood(cells if in_place else [cells[index] for index in indices])
        except KeyError:
            others[row] = times
            continue
        papers[paper] = papers.get(paper, 0) + much
        if box is not None:
            figures = boxes(cells[box].strip() or reader.table.table.box)
        figures.rows += times
        figures.read += much
        if not paper:
            figures.blank += much
    return others


def _ranks_by(plain: Mapping[str, Plain]) -> Callable[[list[str]], Paper]:
    look = plain.__getitem__

    def understood(cells: list[str]) -> Paper:
        ranks = tuple(map(look, cells))
        return ranked(ranks) if ranks[-1] is None else ranks

    return understood


def _marks_by(plain: tuple[Mapping[str, Plain], ...]) -> Callable[[list[str]], Paper]:
    return lambda cells: marked(tuple(map(getitem, plain, cells)))


def _plain(meanings: Mapping[str, Meaning], position: Mapping[Choice, int], ranks: bool) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for text, meaning in meanings.items():
        if isinstance(meaning, Bad | Unreadable) or any(isinstance(part, Unclear) for part in meaning):
            continue
        found[text] = positions(chain.from_iterable(_readings(meaning)), position, ranks)
    return found


def positions(said: Iterable[Choice], position: Mapping[Choice, int], rank: bool) -> Plain:
    """Choices as their positions: a rank is one of them, none, or several."""
    marks = tuple(sorted(position[choice] for choice in said))
    if not rank:
        return marks
    return None if not marks else marks[0] if len(marks) == 1 else marks


def ranked(ranks: tuple[Plain, ...]) -> Paper:
    """A ranked paper, without the empty ranks at its end."""
    end = len(ranks)
    while end and ranks[end - 1] is None:
        end -= 1
    return ranks[:end]


def marked(marks: tuple[Plain, ...]) -> Paper:
    """A marked paper: the positions of all columns in ascending order."""
    return tuple(sorted(chain.from_iterable(one for one in marks if isinstance(one, tuple))))


def count_repeated(numbers: Counter[str]) -> frozenset[str]:
    """The numbers that stand on several papers of one box."""
    return frozenset(number for number, times in numbers.items() if times > 1)
