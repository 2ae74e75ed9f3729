"""Ballot accounts as bars: the voters and ballots, and under the returned ones what became of them."""

from __future__ import annotations

from collections.abc import Iterator

from civicrules.findings import BallotAccount, Number, Report
from civicrules.program import Type
from civicrules.report.html.plane import LEFT, WIDTH, Axis
from civicrules.report.numbers import number, value
from civicrules.report.view import View
from civicrules.values import frozen

_ROW = 38
_FIRST = 20
_WHOLES = ("registered_voters", "ballots_issued", "ballots_returned")
_PARTS = ("valid_ballots", "invalid_ballots", "blank_ballots")


@frozen
class Bar:
    """A figure with its bar. The parts of the returned ballots begin where the one before them ends."""

    name: str
    text: str
    x: int
    y: int
    width: int
    whole: bool
    hatched: bool = False


@frozen
class Poll:
    """A ballot account, drawn and in words."""

    title: str
    said: str
    bars: tuple[Bar, ...]

    width, left = WIDTH, LEFT

    @property
    def height(self) -> int:
        return _ROW * len(self.bars) + 4


@frozen
class _Stretch:
    """A figure before it is drawn: from where to where it counts."""

    name: str
    text: str
    start: int
    end: int
    whole: bool
    hatched: bool = False


def polls(report: Report, view: View) -> tuple[Poll, ...]:
    """The ballot accounts that a plan gives."""
    accounts = report.beside.accounts
    titles = [view.word("html.poll of", name=view.name(one.names)) for one in accounts]
    named = titles if len(accounts) > 1 else [view.word("html.poll")] * len(accounts)
    return tuple(_poll(one, title, view) for one, title in zip(accounts, named, strict=True))


def _poll(of: BallotAccount, title: str, view: View) -> Poll:
    stretches = tuple(_stretches(of, view))
    line = Axis(0, max(max(one.start, one.end) for one in stretches) or 1)
    colon = view.word("sign.colon")
    said = view.word("sign.semicolon").join(f"{one.name}{colon}{one.text}" for one in stretches)
    bars = tuple(_bar(one, at, line) for at, one in enumerate(stretches))
    return Poll(title, said, bars)


def _bar(of: _Stretch, at: int, line: Axis) -> Bar:
    x, end = line.at(min(of.start, of.end)), line.at(max(of.start, of.end))
    return Bar(of.name, of.text, x, _FIRST + _ROW * at, end - x, of.whole, of.hatched)


def _stretches(of: BallotAccount, view: View) -> Iterator[_Stretch]:
    for id in _WHOLES:
        if id in of.figures:
            yield _Stretch(*_words(of.figures[id], view), 0, _whole(of.figures[id]), True)
    reached = 0
    for id in _PARTS:
        if id in of.figures:
            start, reached = reached, reached + _whole(of.figures[id])
            yield _Stretch(*_words(of.figures[id], view), start, reached, False)
    if of.residual is not None:
        key = "html.poll.residual" if of.residual >= 0 else "html.poll.too many"
        text = value(abs(of.residual), _type(of), view)
        yield _Stretch(view.word(key), text, reached, reached + of.residual, False, True)


def _type(of: BallotAccount) -> Type:
    return of.figures["ballots_returned"].type


def _words(of: Number, view: View) -> tuple[str, str]:
    return view.name(of.name), number(of, view)


def _whole(of: Number) -> int:
    return of.value if isinstance(of.value, int) else 0
