"""Ranked papers in the BLT format of programs for transferable votes, read and written.

The format is that of Hill, Wichmann and Woodall, Algorithm 123 (The Computer Journal 30, 1987), with what later programs
added: comments from `#` to the end of the line, `=` between equal ranks, `-` for a rank left out, and the number of a
paper in brackets in place of how many there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import define, field

from civicrules.ballots import Ballots, Choice, Paper, Rank
from civicrules.diagnostics import Diagnostic
from civicrules.source import Key, Source, Span
from civicrules.values import frozen

_TOKEN = re.compile(r'"(?P<quoted>[^"\n]*)"|(?P<comment>#[^\n]*)|(?P<plain>\([^)\n]*\)|[^\s"#]+|")')
_WHOLE = re.compile(r"[0-9]{1,18}")
# After the names may stand a title, a source and a comment.
_MOST_AFTER_NAMES = 3


@frozen
class Blt:
    """A BLT file: candidates by name in the order of the file, those of them who withdrew, seats, papers, title."""

    candidates: tuple[str, ...]
    seats: int
    ballots: Ballots
    withdrawn: tuple[str, ...] = ()
    title: str = ""


@frozen
class _Token:
    """A word or a quoted text, with its place. `line` tells tokens of one line from those of others."""

    text: str
    quoted: bool
    place: Span
    line: int


def read_blt(source: Source) -> tuple[Blt | None, tuple[Diagnostic, ...]]:
    """The contents of a BLT text; `None` when anything in it cannot be read, since every paper can matter.

    >>> text = '2 1\\n3 1 2 0\\n1 2 0\\n0\\n"Ada"\\n"Bo"\\n"Chair"\\n'
    >>> blt, diagnostics = read_blt(Source("chair.blt", text))
    >>> blt.candidates, blt.seats, dict(blt.ballots.papers), blt.title, diagnostics
    (('Ada', 'Bo'), 1, {(0, 1): 3, (1,): 1}, 'Chair', ())
    """
    reader = _Reader(source, tuple(_tokens(source)))
    found = reader.contents()
    return (None if reader.diagnostics else found), tuple(reader.diagnostics)


def _tokens(source: Source) -> Iterator[_Token]:
    for match in _TOKEN.finditer(source.text):
        if match["comment"] is None:
            place = Span(source, *match.span())
            quoted = match["quoted"]
            line = source.position(match.start())[0]
            yield _Token(match["plain"] if quoted is None else quoted.strip(), quoted is not None, place, line)


@define
class _Reader:
    """The tokens of a text, taken one after the other."""

    source: Source
    tokens: Sequence[_Token]
    at: int = 0
    number: int = 0
    diagnostics: list[Diagnostic] = field(factory=list)

    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def complain(self, code: str, token: _Token | None, **data: object) -> None:
        end = len(self.source.text)
        place = Span(self.source, end, end) if token is None else token.place
        self.diagnostics.append(Diagnostic(code, place, data))

    def contents(self) -> Blt | None:
        head = self.tokens[:2]
        if len(head) < 2 or not all(_WHOLE.fullmatch(token.text) and not token.quoted for token in head):
            self.complain("CR0790", head[0] if head else None)
            return None
        self.number, seats, self.at = int(head[0].text), int(head[1].text), 2
        withdrawn = self.withdrawn()
        papers = self.papers()
        names = self.names()
        if self.diagnostics:
            return None
        candidates = tuple(names[: self.number])
        ballots = Ballots.of([Choice(name) for name in candidates], papers, ranks=True)
        gone = tuple(candidates[position] for position in sorted(set(withdrawn)))
        return Blt(candidates, seats, ballots, gone, names[self.number] if len(names) > self.number else "")

    def withdrawn(self) -> list[int]:
        found = []
        while (token := self.peek()) and not token.quoted and re.fullmatch(r"-[0-9]+", token.text):
            self.at += 1
            position = self.candidate(token, token.text[1:])
            if position is not None:
                found.append(position)
        return found

    def papers(self) -> Counter[Paper]:
        """The papers up to the 0 that ends them."""
        papers: Counter[Paper] = Counter()
        while (token := self.peek()) and not token.quoted:
            self.at += 1
            if token.text == "0":
                return papers
            times = 1 if token.text.startswith("(") else self.times(token)
            paper = self.paper(token.line)
            if paper is not None and times is not None:
                papers[paper] += times
        self.complain("CR0794", token)
        return papers

    def times(self, token: _Token) -> int | None:
        if _WHOLE.fullmatch(token.text):
            return int(token.text)
        self.complain("CR0791", token, found=token.text)
        return None

    def paper(self, line: int) -> Paper | None:
        """The ranks of a paper up to its 0, which stands in the same line."""
        ranks: list[Rank] = []
        sound = True
        while (token := self.peek()) and token.line == line and not token.quoted:
            self.at += 1
            if token.text == "0":
                return tuple(ranks) if sound else None
            if token.text == "-":
                ranks.append(None)
                continue
            marks = [self.candidate(token, part) for part in token.text.split("=")]
            known = tuple(mark for mark in marks if mark is not None)
            sound = sound and len(known) == len(marks)
            ranks.append(known[0] if len(known) == 1 else tuple(sorted(known)))
        self.complain("CR0793", self.tokens[self.at - 1])
        return None

    def candidate(self, token: _Token, number: str) -> int | None:
        """The position of a candidate by the number that a paper gives."""
        if _WHOLE.fullmatch(number) and 1 <= int(number) <= self.number:
            return int(number) - 1
        self.complain("CR0792", token, found=token.text, number=self.number)
        return None

    def names(self) -> list[str]:
        """The names of the candidates, with the title and what stands behind it."""
        rest = self.tokens[self.at :]
        for token in rest:
            if token.text == '"' and not token.quoted:
                self.complain("CR0797", token)
                return []
        if not self.number <= len(rest) <= self.number + _MOST_AFTER_NAMES:
            self.complain("CR0795", rest[-1] if rest else None, found=len(rest), number=self.number)
            return []
        seen: set[str] = set()
        for token in rest[: self.number]:
            if not token.text or token.text in seen:
                self.complain("CR0796", token, name=token.text)
            seen.add(token.text)
        return [token.text for token in rest]


def write_blt(blt: Blt) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """A text that reads back as the same value (without papers of which there are none); `None` when it cannot be held.

    The format has no place for names with a quotation mark or a line break, for papers that are marked and not ranked, and for
    papers that were not read or wait for a ruling.

    >>> ballots = Ballots.ranked({("Bo", "Ada"): 2, (): 1})
    >>> print(write_blt(Blt(("Bo", "Ada"), 1, ballots, title="Chair"))[0], end="")
    2 1
    1 0
    2 1 2 0
    0
    "Bo"
    "Ada"
    "Chair"
    """
    diagnostics = tuple(_unwritable(blt))
    if diagnostics:
        return None, diagnostics
    numbers = {name: position for position, name in enumerate(blt.candidates, 1)}
    own = [numbers[choice.candidate] for choice in blt.ballots.choices]
    papers = sorted((_ranks(paper, own), number) for paper, number in blt.ballots.papers.items() if number)
    withdrawn = " ".join(f"-{number}" for number in sorted(numbers[name] for name in blt.withdrawn))
    lines = [f"{len(numbers)} {blt.seats}", *([withdrawn] if withdrawn else [])]
    lines += [" ".join((str(number), *ranks, "0")) for ranks, number in papers]
    texts = (*blt.candidates, blt.title) if blt.title else blt.candidates
    return "\n".join((*lines, "0", *(f'"{text}"' for text in texts), "")), ()


def _ranks(paper: Paper, own: Sequence[int]) -> tuple[str, ...]:
    def text(rank: Rank) -> str:
        match rank:
            case None | ():
                return "-"
            case int():
                return str(own[rank])
            case _:
                return "=".join(str(own[mark]) for mark in rank)

    return tuple(map(text, paper))


def _unwritable(blt: Blt) -> Iterator[Diagnostic]:
    ballots = blt.ballots
    for name in (*blt.candidates, *([blt.title] if blt.title else [])):
        if not name or '"' in name or name != " ".join(name.splitlines()).strip():
            yield Diagnostic("CR0798", Key((name,)), {"name": name})
    named = {choice.candidate for choice in ballots.choices} | set(blt.withdrawn)
    for name in sorted(named - set(blt.candidates)):
        yield Diagnostic("CR0798", Key((name,)), {"stranger": name})
    if len(set(blt.candidates)) < len(blt.candidates):
        yield Diagnostic(
            "CR0798", Key(("candidates",)), {"twice": next(n for n in blt.candidates if blt.candidates.count(n) > 1)}
        )
    if ballots.papers and not ballots.ranks:
        yield Diagnostic("CR0798", Key(("ballots",)), {"marked": ballots.total})
    unsettled = ballots.unread + sum(doubt.number for doubt in ballots.doubts)
    if unsettled:
        yield Diagnostic("CR0798", Key(("ballots",)), {"unsettled": unsettled})
