"""Rows before they are understood: equal ones together, since a million papers are often a few thousand different ones."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from itertools import islice

from attrs import define, field

from civicrules.diagnostics import Diagnostic
from civicrules.reading.ballots.columns import Columns
from civicrules.reading.ballots.tables import BETWEEN, Table


@define
class Grouped:
    """The rows of a table, `first` the first below its header.

    A row is its cells without paper number and notes, in one text: a fraction of the memory that cells of their own
    take. `kept` are the positions that they had in the table.
    """

    table: Table
    columns: Columns
    first: int
    rows: MutableMapping[str, int] = field(factory=Counter)
    empty: int = 0

    _left_out: tuple[int, ...] = field(init=False)
    kept: tuple[int, ...] = field(init=False)
    _box: int | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        paper = () if self.columns.paper is None else (self.columns.paper,)
        self._left_out = tuple(sorted((*self.columns.ignored, *paper), reverse=True))
        self.kept = tuple(at for at in range(self.columns.width) if at not in self._left_out)
        self._box = None if self.columns.box is None else self.kept.index(self.columns.box)

    def numbered(self) -> Iterator[tuple[int, str, str]]:
        """Each row again: its number in the table, the number on the paper, and its text."""
        left_out, paper = self._left_out, self.columns.paper
        for number, cells in enumerate(islice(self.table.rows(), self.first - 1, None), self.first):
            on_paper = "" if paper is None or paper >= len(cells) else cells[paper].strip()
            if on_paper or any(map(str.strip, cells)):
                for at in left_out:
                    del cells[at : at + 1]
                yield number, on_paper, BETWEEN.join(cells)

    def box(self, row: str) -> str:
        """The box that a row is of."""
        if self._box is None:
            return self.table.box
        cells = row.split(BETWEEN, self._box + 1)
        return (cells[self._box].strip() if self._box < len(cells) else "") or self.table.box


def grouped(table: Table, columns: Columns, header: int, papers: Counter[str]) -> Grouped | Diagnostic:
    """The rows of a table; `papers` counts the numbers on papers, by box, over all tables."""
    found = Grouped(table, columns, header + 1)
    try:
        if columns.paper is None and not columns.ignored:
            found.rows = Counter(map(BETWEEN.join, islice(table.rows(), header, None)))
        elif columns.paper is None:
            found.rows = Counter(row for _, _, row in found.numbered())
        else:
            rows: Counter[str] = Counter()
            for _, paper, row in found.numbered():
                rows[row] += 1
                if paper:
                    papers[f"{found.box(row)}{BETWEEN}{paper}"] += 1
            found.rows = rows
    except csv.Error:
        return broken(table)
    for row in [row for row in found.rows if not row.replace(BETWEEN, "").strip()]:
        if columns.paper is None:
            found.empty += found.rows.pop(row)
    return found


def broken(table: Table) -> Diagnostic:
    """The first row of a table that cannot be taken apart."""
    row = 1
    with suppress(csv.Error):
        for _ in table.rows():
            row += 1
    return Diagnostic("CR0431", table.cell(row), {"file": table.file, "row": row})
