"""Ballots from files: CSV, JSON, BLT and workbooks, one or several together."""

from __future__ import annotations

import codecs
import csv
import filecmp
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from civicrules.ballots import Ballots, BoxAccount, Choice, Doubt, Head, Paper, RowAccount, moved, moved_readings
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.program import Names
from civicrules.reading.ballots.columns import Shape, columns_of
from civicrules.reading.ballots.document import decoded, read_document
from civicrules.reading.ballots.grouped import Grouped, broken, grouped
from civicrules.reading.ballots.names import Slate
from civicrules.reading.ballots.papers import Found, choices_of, count_repeated, read_plain, reader_of
from civicrules.reading.ballots.questions import read_others, reject_repeated
from civicrules.reading.ballots.tables import MOST_BALLOTS, Table, sheets, table_of
from civicrules.reading.blt import read_blt
from civicrules.reading.files import contents, whole_file
from civicrules.reading.raw import Raw
from civicrules.source import Cell, Source
from civicrules.suggest import nearest

KINDS = (".blt", ".csv", ".json", ".ods", ".tsv", ".txt", ".xls", ".xlsm", ".xlsx")

_NO_POSTS: Mapping[str, Names] = {}

Read = tuple[Ballots | None, RowAccount, tuple[Diagnostic, ...]]


def read_ballots(
    source: Path | str | bytes | Sequence[Path],
    *,
    choices: Iterable[Choice] = (),
    posts: Mapping[str, Names] = _NO_POSTS,
) -> Read:
    """The papers in a file, or in several together; what became of each row; and what could not be understood.

    `source` is a path, several paths, or the text of a CSV table or of a JSON document itself (as `str` or `bytes`).
    `choices` are those who stand and `posts` the words for their posts, by id: names are matched with them, and a name
    that is nearly one of theirs is a doubt. Without them every name is taken as it is written. There are no ballots
    where a file cannot be read as a whole; a row that cannot be taken is rejected by itself, with an error.

    >>> ballots, account, _ = read_ballots("1,2,number\\nLin,Wu,3\\nWu,,2\\n")
    >>> dict(ballots.papers), account.rows, account.papers
    ({(0, 1): 3, (1,): 2}, 2, 5)
    """
    slate = Slate.of(choices, posts)
    tables, documents, problems = _opened(source)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, RowAccount(), tuple(problems)
    found = [
        _of_blt(text, name, slate) if name.endswith(".blt") else read_document(text, name, slate)
        for text, name in documents
    ]
    if tables:
        found.append(_of_tables(tables, slate))
    diagnostics = (*problems, *(problem for _, _, further in found for problem in further))
    read = [(ballots, account) for ballots, account, _ in found if ballots is not None]
    if len(read) < len(found) or not read:
        return None, RowAccount(), diagnostics
    if len({ballots.ranks for ballots, _ in read}) > 1:
        name = documents[-1][1]
        return None, RowAccount(), (*diagnostics, Diagnostic("CR0785", whole_file(Path(name)), {"file": name}))
    ballots, account = _merged(read)
    files = (source,) if isinstance(source, Path) else () if isinstance(source, str | bytes) else source
    place = next((whole_file(file) for file in files), None)
    return evolve(ballots, doubts=_told_apart(ballots.doubts), source=place), account, diagnostics


def _of_tables(tables: Sequence[Table], slate: Slate) -> Read:
    """The papers of all tables together."""
    numbers: Counter[str] = Counter()
    groups: list[Grouped] = []
    problems: list[Diagnostic] = []
    for table in tables:
        group, further = _group(table, slate, numbers)
        problems += further
        groups += (group,) if group else ()
    ranks = {group.columns.shape is Shape.RANKS for group in groups}
    if len(ranks) > 1:
        odd = next(
            one for one in groups if (one.columns.shape is Shape.RANKS) != (groups[0].columns.shape is Shape.RANKS)
        )
        problems.append(
            Diagnostic("CR0785", odd.table.cell(odd.first - 1), {"file": odd.table.sheet or odd.table.file})
        )
    if problems:
        return None, RowAccount(), tuple(problems)
    repeated = count_repeated(numbers)
    del numbers
    found = Found()
    readers = [reader_of(group, slate) for group in groups]
    ordered, position = choices_of(readers, slate)
    for reader in readers:
        reject_repeated(reader, repeated, found)
        read_others(reader, read_plain(reader, position, found), position, repeated, found)
    empty = sum(group.empty for group in groups)
    boxes = tuple(tally.account(box) for box, tally in sorted(found.boxes.items()))
    doubts = tuple(sorted(found.doubts, key=lambda doubt: doubt.id))
    papers = {paper: number for paper, number in found.papers.items() if number}
    ballots = Ballots(ordered, papers, True in ranks, doubts, sum(box.unread for box in boxes))
    told = [evolve(first, data={**first.data, "rows": rows}) for first, rows in found.problems.values()]
    if empty:
        told.append(Diagnostic("CR0782", whole_file(Path(tables[0].file)), {"rows": empty}, Severity.ADVICE))
    return ballots, RowAccount(boxes, tuple(found.rejected), empty), tuple(told)


def _of_blt(text: str, name: str, slate: Slate) -> Read:
    """The papers of a BLT file: its lines are in no account one by one, since one that cannot be read stops the file."""
    blt, problems = read_blt(Source(name, text))
    if blt is None:
        return None, RowAccount(), problems
    ballots = blt.ballots
    fitting = [slate.standing(choice.candidate) for choice in ballots.choices]
    choices = [
        found[0] if len(found) == 1 else evolve(choice, post=slate.only_post)
        for found, choice in zip(fitting, ballots.choices, strict=True)
    ]
    blank = ballots.papers.get((), 0)
    account = BoxAccount(name.removesuffix(".blt"), len(ballots.papers), read=ballots.total, blank=blank)
    called = {choice.candidate: fit.candidate for choice, fit in zip(ballots.choices, choices, strict=True)}
    head = Head(whole_file(Path(name)), blt.seats, tuple(sorted(called[one] for one in blt.withdrawn)))
    return Ballots.of(choices, ballots.papers, ranks=True), RowAccount((account,), heads=(head,)), problems


def _group(table: Table, slate: Slate, numbers: Counter[str]) -> tuple[Grouped | None, list[Diagnostic]]:
    try:
        row, header = table.header()
        columns, problems = columns_of(table, row, header, slate)
    except csv.Error:
        return None, [broken(table)]
    if columns is None:
        return None, problems
    group = grouped(table, columns, row, numbers)
    return (None, [group]) if isinstance(group, Diagnostic) else (group, [])


# ---------------------------------------------------------------- files


def _opened(
    source: Path | str | bytes | Sequence[Path],
) -> tuple[list[Table], list[tuple[str, str]], list[Diagnostic]]:
    """The tables and the JSON documents (text and name) in files, or in what was given itself."""
    if isinstance(source, str | bytes):
        data = source.encode() if isinstance(source, str) else source
        tables, documents, problems = _of_bytes(data, Path("<text>"), "")
        return tables, documents, [one for one in problems if one.code != "CR0428" or isinstance(source, bytes)]
    paths = (source,) if isinstance(source, Path) else tuple(source)
    tables, documents, problems = [], [], list(_twice(paths))
    for path, called in zip(paths, _called(paths), strict=True):
        more, texts, further = _of_file(path, called)
        tables += more
        documents += texts
        problems += further
    return tables, documents, problems


def _twice(paths: Sequence[Path]) -> Iterator[Diagnostic]:
    """Files that are given twice, and files that may be copies: two small boxes can hold the same papers."""
    for at, path in enumerate(paths):
        for earlier in paths[:at]:
            try:
                same = path.samefile(earlier)
                alike = same or filecmp.cmp(path, earlier, shallow=False)
            except OSError:  # said where the file is read
                continue
            if alike:
                severity = Severity.ERROR if same else Severity.WARNING
                yield Diagnostic("CR0789", whole_file(path), {"file": str(path), "other": str(earlier)}, severity)
                break


Opened = tuple[list[Table], list[tuple[str, str]], list[Diagnostic]]


def _called(paths: Sequence[Path]) -> Iterator[str]:
    """What each file calls its box: its name, with the folder where several files have one name."""
    stems = Counter(path.stem for path in paths)
    for path in paths:
        yield path.stem if stems[path.stem] == 1 else str(Path(path.parent.name, path.stem))


def _of_file(path: Path, called: str) -> Opened:
    """The tables and documents of a file; a file without sheets is the box `called` so."""
    extension = path.suffix.lower()
    if extension in (".csv", ".tsv", ".txt", ".json", ".blt"):
        data = contents(path, MOST_BALLOTS)
        return ([], [], [data]) if isinstance(data, Diagnostic) else _of_bytes(data, path, called)
    raw: Raw | None
    diagnostics: Sequence[Diagnostic]
    if extension in (".xlsx", ".xlsm"):
        from civicrules.reading.workbook import read_workbook

        raw, diagnostics = read_workbook(path)
    elif extension in (".xls", ".ods"):
        from civicrules.reading.calamine import read_old_workbook

        raw, diagnostics = read_old_workbook(path)
    else:
        data_of = {"file": path.name, "extension": extension, "known": KINDS}
        return [], [], [Diagnostic("CR0786", whole_file(path), data_of | {"suggestions": nearest(extension, KINDS)})]
    # What a cell of a workbook could not say rejects its row, not the workbook.
    told = [evolve(one, severity=Severity.WARNING) if isinstance(one.place, Cell) else one for one in diagnostics]
    return (list(sheets(raw)) if raw else []), [], told


def _of_bytes(data: bytes, path: Path, box: str) -> Opened:
    if path.suffix.lower() in (".json", ".blt") or data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
        text = decoded(data, path)
        return (
            ([], [], [text])
            if isinstance(text, Diagnostic)
            else ([], [(text, f"{box or path.stem}{path.suffix.lower()}")], [])
        )
    table, problems = table_of(data, path, box)
    return ([table] if table else []), [], problems


# ---------------------------------------------------------------- adding up


def _told_apart(doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """Doubts with an id each: two files can have one name."""
    times: Counter[str] = Counter()
    found: list[Doubt] = []
    for doubt in doubts:
        times[doubt.id] += 1
        found.append(doubt if times[doubt.id] == 1 else evolve(doubt, id=f"{doubt.id} ({times[doubt.id]})"))
    return tuple(sorted(found, key=lambda doubt: doubt.id))


def _merged(read: Sequence[tuple[Ballots, RowAccount]]) -> tuple[Ballots, RowAccount]:
    """Ballots and accounts of several files added up."""
    if len(read) == 1:
        return read[0]
    choices: list[Choice] = []
    papers: dict[Paper, int] = {}
    doubts: list[Doubt] = []
    for ballots, _ in read:
        to = range(len(choices), len(choices) + len(ballots.choices))
        choices += ballots.choices
        papers |= {moved(paper, to, ballots.ranks): number for paper, number in ballots.papers.items()}
        doubts += (evolve(doubt, readings=moved_readings(doubt, to, ballots.ranks)) for doubt in ballots.doubts)
    unread = sum(ballots.unread for ballots, _ in read)
    boxes: dict[str, BoxAccount] = {}
    for box in (box for _, account in read for box in account.boxes):
        boxes[box.box] = boxes[box.box].with_more(box) if box.box in boxes else box
    rejected = tuple(one for _, account in read for one in account.rejected)
    heads = tuple(head for _, account in read for head in account.heads)
    account = RowAccount(
        tuple(boxes[name] for name in sorted(boxes)), rejected, sum(one.empty for _, one in read), heads
    )
    return Ballots.of(choices, papers, ranks=read[0][0].ranks, doubts=doubts, unread=unread), account
