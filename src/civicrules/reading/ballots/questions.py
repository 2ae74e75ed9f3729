"""Rows that need more than a look: doubtful ones, unreadable ones, and those that cannot be taken, each at its place."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, product
from math import prod

from civicrules.ballots import VOID, Choice, Doubt, Paper, Rejected
from civicrules.diagnostics import Diagnostic
from civicrules.program import Names
from civicrules.reading.ballots.cells import Bad, Said, Unclear, Unreadable
from civicrules.reading.ballots.papers import MOST_PAPERS, Found, Reader, marked, positions, ranked
from civicrules.reading.ballots.tables import BETWEEN
from civicrules.reading.raw import shown
from civicrules.source import Cell
from civicrules.values import frozen

# More readings of one paper than somebody can choose between.
MOST_READINGS = 64

_NOTHING = Names.of(en="nothing", zh="空")


@frozen
class _Refused:
    at: int
    bad: Bad


@frozen
class _Unread:
    papers: int


@frozen
class _Doubtful:
    papers: int
    readings: Mapping[str, Paper | None]
    of_paper: bool


def reject_repeated(reader: Reader, repeated: frozenset[str], found: Found) -> None:
    """Leave out the rows whose number on the paper stands on another paper of the box too."""
    at = reader.table.columns.paper
    if at is None or not repeated:
        return
    rows = reader.table.rows
    for number, on_paper, row in reader.table.numbered():
        box = reader.table.box(row)
        if f"{box}{BETWEEN}{on_paper}" in repeated:
            rows[row] -= 1
            if not rows[row]:
                del rows[row]
            found.box(box).rows += 1
            bad = Bad("CR0759", {"found": shown(on_paper), "box": box})
            _reject(found, box, reader.table.table.cell(number, at), bad, (box, on_paper))


def read_others(
    reader: Reader,
    others: Mapping[str, int],
    position: Mapping[Choice, int],
    repeated: frozenset[str],
    found: Found,
) -> None:
    """Take or reject the rows that `read_plain` has left, each at its place in the file."""
    if not others:
        return
    understood = {row: _understood(row, reader, position) for row in others}
    together: dict[str, Doubt] = {}
    kept, table = reader.table.kept, reader.table.table
    for number, on_paper, row in reader.table.numbered():
        meant = understood.get(row)
        box = reader.table.box(row) if meant else ""
        if meant is None or f"{box}{BETWEEN}{on_paper}" in repeated:
            continue
        figures = found.box(box)
        figures.rows += 1
        match meant:
            case _Refused():
                at = kept[meant.at] if meant.at < len(kept) else reader.table.columns.width + meant.at - len(kept)
                _reject(found, box, table.cell(number, at), meant.bad, (table.file, table.sheet, at))
            case _Unread():
                figures.unread += meant.papers
            case _Doubtful():
                figures.doubtful += meant.papers
                earlier = None if meant.of_paper or on_paper else together.get(row)
                id = earlier.id if earlier else _id(box, on_paper, table.name(number))
                doubt = Doubt(id, meant.readings, meant.papers + (earlier.number if earlier else 0))
                if meant.of_paper or on_paper:
                    found.doubts += (doubt,) if doubt.number else ()
                else:
                    together[row] = doubt
    found.doubts += (doubt for doubt in together.values() if doubt.number)


def _id(box: str, on_paper: str, row: str) -> str:
    return f"{box}/{on_paper}" if on_paper and box else on_paper or row


def _reject(found: Found, box: str, place: Cell, bad: Bad, where: tuple[object, ...]) -> None:
    found.box(box).rejected += 1
    found.rejected.append(Rejected(place, bad.code))
    if bad.code:
        key = (bad.code, *where, str(bad.data.get("found")))
        first, rows = found.problems.get(key, (Diagnostic(bad.code, place, bad.data), 0))
        found.problems[key] = first, rows + 1


def _understood(row: str, reader: Reader, position: Mapping[Choice, int]) -> _Refused | _Unread | _Doubtful:
    cells = reader.fitted(row.split(BETWEEN))
    beyond = next((at for at in range(reader.width, len(cells)) if cells[at].strip()), None)
    if beyond is not None:
        return _Refused(beyond, Bad("CR0780", {"found": shown(cells[beyond]), "columns": reader.table.columns.width}))
    papers = 1 if reader.number is None else reader.numbers.get(cells[reader.number])
    if papers is None:
        assert reader.number is not None
        text = cells[reader.number].strip()
        return _Refused(reader.number, Bad("CR0753", {"found": shown(text) if text else _NOTHING, "most": MOST_PAPERS}))
    return _paper(cells, papers, reader, position)


def _paper(
    cells: list[str], papers: int, reader: Reader, position: Mapping[Choice, int]
) -> _Refused | _Unread | _Doubtful:
    parts: list[list[tuple[tuple[str, Said], ...]]] = []
    unread, of_paper = -1, False
    for (index, _), meanings in zip(reader.columns, reader.meanings, strict=True):
        meaning = meanings[cells[index]]
        match meaning:
            case Bad():
                return _Refused(index, meaning)
            case Unreadable():
                unread = index
                parts.append([])
            case _:
                of_paper |= any(isinstance(part, Unclear) and part.of_paper for part in meaning)
                parts.append(
                    [tuple(part.readings.items()) if isinstance(part, Unclear) else (("", part),) for part in meaning]
                )
    if unread >= 0:
        if any(parts):
            return _Refused(unread, Bad("CR0758", {"found": shown(cells[unread])}))
        return _Unread(papers)
    number = prod(len(part) for column in parts for part in column)
    if number > MOST_READINGS:
        index = next(index for (index, _), column in zip(reader.columns, parts, strict=True) if len(column) > 0)
        return _Refused(index, Bad("CR0781", {"number": number, "most": MOST_READINGS}))
    return _Doubtful(papers, _readings(parts, reader.ranks, position), of_paper)


def _readings(
    parts: list[list[tuple[tuple[str, Said], ...]]], ranks: bool, position: Mapping[Choice, int]
) -> dict[str, Paper | None]:
    """Every way to read a paper, by the words of its doubtful parts; at last, that it is void."""
    owners = [at for at, column in enumerate(parts) for _ in column]
    found: dict[str, Paper | None] = {}
    for chosen in product(*chain.from_iterable(parts)):
        said: list[list[Choice]] = [[] for _ in parts]
        for owner, (_, choices) in zip(owners, chosen, strict=True):
            said[owner] += choices
        meant = tuple(positions(one, position, ranks) for one in said)
        found["; ".join(word for word, _ in chosen if word)] = ranked(meant) if ranks else marked(meant)
    return {**found, VOID: None}
