"""Ballots written so that reading them gives the same again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import chain

from civicrules.ballots import Ballots, Choice, Paper, Rank
from civicrules.diagnostics import Diagnostic
from civicrules.reading.ballots import words
from civicrules.reading.ballots.document import FORMAT
from civicrules.reading.ballots.names import Slate, label
from civicrules.reading.ballots.read import read_ballots


def write_ballots(ballots: Ballots, format: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Ballots as a text, in `"json"` or `"csv"`.

    JSON holds all of them. A CSV table holds the papers and does not say who stands: read it with the `choices` of the
    ballots. Doubts, and names that a table would take for something else, are a diagnostic: only what reads the same
    again is written.

    >>> ballots = Ballots.ranked({("Lin", "Wu"): 3, ("Wu",): 2})
    >>> write_ballots(ballots, "csv")[0]
    'number,1,2\\n3,Lin,Wu\\n2,Wu,\\n'
    >>> read_ballots(write_ballots(ballots, "json")[0])[0] == ballots
    True
    """
    if format == "json":
        return _json(ballots), ()
    text = _csv(ballots)
    again, _, problems = read_ballots(text, choices=ballots.choices)
    if again is None or problems or ballots.doubts or _named(again) != _named(ballots):
        return None, (Diagnostic("CR0784", None, {"doubts": len(ballots.doubts)}),)
    return text, ()


def _named(ballots: Ballots) -> tuple[object, ...]:
    """Papers by the choices they name: a table does not say whom no paper names."""

    def choice(rank: Rank) -> object:
        if isinstance(rank, tuple):
            return tuple(ballots.choices[one] for one in rank)
        return None if rank is None else ballots.choices[rank]

    papers = {tuple(map(choice, paper)): number for paper, number in ballots.papers.items() if number}
    return papers, ballots.ranks, ballots.unread


def _sorted(ballots: Ballots) -> list[tuple[Paper, int]]:
    """Papers with most first; of equal numbers, in the order of what stands on them."""
    return sorted(ballots.papers.items(), key=lambda entry: (-entry[1], json.dumps(entry[0])))


# ---------------------------------------------------------------- JSON


def _json(ballots: Ballots) -> str:
    entries: list[dict[str, object]] = [{"number": number, "choices": paper} for paper, number in _sorted(ballots)]
    entries += (
        {"paper": doubt.id, "number": doubt.number, "readings": dict(sorted(doubt.readings.items()))}
        for doubt in ballots.doubts
    )
    if ballots.unread:
        entries.append({"number": ballots.unread, "unread": True})
    choices = [{key: text for key, text in _parts(choice) if text or key == "candidate"} for choice in ballots.choices]
    head = {"format": FORMAT, "ranks": ballots.ranks}
    lines = (json.dumps(head, ensure_ascii=False)[:-1], _block("choices", choices), _block("papers", entries))
    return ",\n ".join(lines) + "}\n"


def _block(key: str, entries: list[dict[str, object]] | list[dict[str, str]]) -> str:
    """A list with one entry a line, so that two files can be compared line by line."""
    lines = ",\n  ".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f'"{key}": [\n  {lines}]' if entries else f'"{key}": []'


def _parts(choice: Choice) -> tuple[tuple[str, str], ...]:
    return ("candidate", choice.candidate), ("post", choice.post), ("list", choice.list), ("mark", choice.mark)


# ---------------------------------------------------------------- CSV


def _csv(ballots: Ballots) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    slate = Slate.of(ballots.choices, {})
    rows = _ranks(ballots, slate) if ballots.ranks else _marks(ballots, slate)
    writer.writerows(rows)
    return out.getvalue()


def _ranks(ballots: Ballots, slate: Slate) -> Iterator[list[str | int]]:
    labels = [label(choice, slate) for choice in ballots.choices]
    most = max((1, *(len(paper) for paper in ballots.papers)))
    yield ["number", *range(1, most + 1)]
    for paper, number in _sorted(ballots):
        cells = [_rank(rank, labels) for rank in paper]
        yield [number, *(_blank(cells, most))]
    if ballots.unread:
        yield [ballots.unread, "unreadable", *[""] * (most - 1)]


def _rank(rank: int | tuple[int, ...] | None, labels: list[str]) -> str:
    if rank is None:
        return ""
    return " = ".join(labels[one] for one in rank) if isinstance(rank, tuple) else labels[rank]


def _blank(cells: list[str], most: int) -> list[str]:
    """The cells of a paper; the first of a blank one says that it is blank."""
    padded = cells + [""] * (most - len(cells))
    return padded if any(padded) else ["blank", *padded[1:]]


def _marks(ballots: Ballots, slate: Slate) -> Iterator[list[str | int]]:
    """A column for each candidate: one choice has several where a paper says for, against or abstain."""
    plain = [Choice(choice.candidate, choice.post, choice.list) for choice in ballots.choices]
    columns = {choice: at for at, choice in enumerate(dict.fromkeys(plain))}
    yield ["number", *(label(choice, slate) for choice in columns)]
    for paper, number in _sorted(ballots):
        cells: list[list[str]] = [[] for _ in columns]
        for mark in chain(paper):
            if isinstance(mark, int):
                cells[columns[plain[mark]]].append(words.WRITTEN[ballots.choices[mark].mark])
        yield [number, *_blank([_cell(marks) for marks in cells], len(columns))]
    if ballots.unread:
        yield [ballots.unread, "unreadable", *[""] * (len(columns) - 1)]


def _cell(marks: list[str]) -> str:
    votes = marks.count("x")
    return " ".join(([str(votes)] if votes else []) + [mark for mark in marks if mark != "x"])
