"""What voters wrote: papers, equal ones together. The one interface between ballot files and counting.

A paper is a tuple of positions in `choices`. A *marked* paper holds them in ascending order, one as often as it was
given a vote. A *ranked* paper holds them in the order of preference; a rank left out is `None`, several at one rank
are a tuple of their own. A blank paper is the empty tuple.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import chain, pairwise

from attrs import evolve, field, fields
from attrs.validators import in_, instance_of

from civicrules.source import Place
from civicrules.values import frozen

Rank = int | tuple[int, ...] | None
Paper = tuple[Rank, ...]

# What a mark for a candidate can say: a vote for them, or one of these.
AGAINST, ABSTAIN = "against", "abstain"

# Readings of a doubtful paper that name nobody: the whole paper is void, or the doubtful mark is none.
VOID, NOT_MARKED = "void", "not marked"


@frozen
class Choice:
    """What a paper can name: a candidate of a post, on a list; or, with no candidate, the list as a whole.

    `mark` is empty for a vote for them; `AGAINST` or `ABSTAIN` where the paper asks for each candidate and says so.
    Choices are told apart by all four. A name that voters wrote in is a choice that no post has among its candidates.
    """

    candidate: str
    post: str = ""
    list: str = ""
    mark: str = field(default="", validator=in_(("", AGAINST, ABSTAIN)))

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What choices are sorted by."""
        return self.post, self.list, self.candidate, self.mark


@frozen
class Doubt:
    """A paper with a mark that can be read in several ways: `readings` by the words a human chooses between.

    A reading is the paper that it makes; `None` is a void paper. The doubts of a contest have ids of their own (the row
    of a file, the number on a paper).
    """

    id: str
    readings: Mapping[str, Paper | None] = field(hash=False)
    number: int = 1


def _sorted(ballots: Ballots, _: object, choices: tuple[Choice, ...]) -> None:
    keys = [choice.key for choice in choices]
    if any(one >= other for one, other in pairwise(keys)):
        raise ValueError("choices are not sorted, or one is there twice: Ballots.of brings papers in order")


@frozen
class Ballots:
    """Papers and how many there are of each.

    `choices` are sorted, so that the order in which files name them changes nothing. `ranks` tells ranked papers from
    marked ones. `unread` papers were returned and could not be read at all; `doubts` wait for a ruling. Numbers are
    weights, whole and not negative. `source` is the file they were read from, the first of several.

    >>> ballots = Ballots.of([Choice("Wu"), Choice("Lin")], {(0,): 3, (1, 0): 2}, ranks=True)
    >>> [choice.candidate for choice in ballots.choices], dict(ballots.papers), ballots.total
    (['Lin', 'Wu'], {(1,): 3, (0, 1): 2}, 5)
    """

    choices: tuple[Choice, ...] = field(validator=_sorted)
    papers: Mapping[Paper, int] = field(hash=False)
    ranks: bool = False
    doubts: tuple[Doubt, ...] = ()
    unread: int = field(default=0, validator=instance_of(int))
    source: Place | None = field(default=None, eq=False)

    @classmethod
    def of(
        cls,
        choices: Sequence[Choice],
        papers: Mapping[Paper, int],
        *,
        ranks: bool = False,
        doubts: Iterable[Doubt] = (),
        unread: int = 0,
    ) -> Ballots:
        """Ballots whose papers refer to choices in any order; equal choices become one."""
        ordered = sorted(set(choices), key=lambda choice: choice.key)
        at = {choice: position for position, choice in enumerate(ordered)}
        to = [at[choice] for choice in choices]
        if to != list(range(len(to))) or not (ranks or all(map(_ascends, papers))):
            grouped: Counter[Paper] = Counter()
            for paper, number in papers.items():
                grouped[moved(paper, to, ranks)] += number
            papers = grouped
            doubts = [evolve(doubt, readings=moved_readings(doubt, to, ranks)) for doubt in doubts]
        return cls(tuple(ordered), dict(papers), ranks, tuple(sorted(doubts, key=lambda doubt: doubt.id)), unread)

    @classmethod
    def ranked(cls, rankings: Iterable[Sequence[str]] | Mapping[tuple[str, ...], int]) -> Ballots:
        """Ranked papers, each the names of candidates in the order of preference, one by one or with their number.

        >>> dict(Ballots.ranked([("Wu", "Lin"), ("Wu", "Lin"), ("Lin",)]).papers)
        {(1, 0): 2, (0,): 1}
        """
        grouped = rankings if isinstance(rankings, Mapping) else Counter(map(tuple, rankings))
        names = sorted(set(chain.from_iterable(grouped)))
        at = {name: position for position, name in enumerate(names)}
        papers: Iterable[Paper] = map(tuple, map(partial(map, at.__getitem__), grouped))
        return cls(tuple(Choice(name) for name in names), dict(zip(papers, grouped.values(), strict=True)), ranks=True)

    @classmethod
    def marked(cls, papers: Iterable[Iterable[str]] | Mapping[tuple[str, ...], int]) -> Ballots:
        """Marked papers, each the names that have a mark in any order, one by one or with their number.

        A name is there as often as it has a vote.

        >>> dict(Ballots.marked([("Wu", "Lin"), ("Lin", "Wu"), ("Lin",)]).papers)
        {(0, 1): 2, (0,): 1}
        """
        grouped = papers if isinstance(papers, Mapping) else Counter(map(tuple, papers))
        names = sorted(set(chain.from_iterable(grouped)))
        at = {name: position for position, name in enumerate(names)}
        ordered: list[Paper] = list(map(tuple, map(sorted, map(partial(map, at.__getitem__), grouped))))
        together = dict(zip(ordered, grouped.values(), strict=True))
        if len(together) < len(ordered):  # the same marks in another order
            together = dict.fromkeys(ordered, 0)
            for paper, number in zip(ordered, grouped.values(), strict=True):
                together[paper] += number
        return cls(tuple(Choice(name) for name in names), together)

    @property
    def total(self) -> int:
        """All papers: read, doubtful and unread."""
        return sum(self.papers.values()) + sum(doubt.number for doubt in self.doubts) + self.unread


def _ascends(paper: Paper) -> bool:
    return list(paper) == sorted(mark for mark in paper if isinstance(mark, int))


def moved(paper: Paper, to: Sequence[int], ranks: bool) -> Paper:
    """A paper with other positions: marks in ascending order, ranks where they were."""
    if not ranks:
        return tuple(sorted(to[mark] for mark in paper if isinstance(mark, int)))
    return tuple(
        tuple(sorted(to[one] for one in rank)) if isinstance(rank, tuple) else None if rank is None else to[rank]
        for rank in paper
    )


def moved_readings(doubt: Doubt, to: Sequence[int], ranks: bool) -> Mapping[str, Paper | None]:
    """The readings of a doubt with other positions."""
    return {word: None if paper is None else moved(paper, to, ranks) for word, paper in doubt.readings.items()}


@frozen
class Rejected:
    """A row of a file that was not taken: where it stands, and the code of the reason."""

    place: Place
    code: str


@frozen
class BoxAccount:
    """What became of the rows of one box, in rows (`rows`, `rejected`) and in papers (all others).

    `read` papers are in `Ballots.papers`, `blank` of them name nobody; `doubtful` ones wait for a ruling.
    """

    box: str
    rows: int = 0
    rejected: int = 0
    read: int = 0
    blank: int = 0
    doubtful: int = 0
    unread: int = 0

    def with_more(self, other: BoxAccount) -> BoxAccount:
        """The account of a box whose papers are in two files."""
        figures = (getattr(self, one.name) + getattr(other, one.name) for one in fields(BoxAccount)[1:])
        return BoxAccount(self.box, *figures)

    @property
    def accepted(self) -> int:
        """The rows that were taken."""
        return self.rows - self.rejected

    @property
    def papers(self) -> int:
        """The papers that were taken."""
        return self.read + self.doubtful + self.unread


@frozen
class Head:
    """What a file of papers says of the election itself, as BLT files do: the seats, and the candidates who withdrew."""

    place: Place
    seats: int
    withdrawn: tuple[str, ...] = ()


@frozen
class RowAccount:
    """What became of every row of ballot files: by box, and one by one of those rejected.

    `empty` rows hold nothing and are no papers; they are in no box. `heads` are what files say beside their papers: who
    stands for how many seats is for whoever counts to say, so that a head is compared and never counted by.
    """

    boxes: tuple[BoxAccount, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    empty: int = 0
    heads: tuple[Head, ...] = ()

    @property
    def rows(self) -> int:
        """All rows with anything in them, below the headers."""
        return sum(box.rows for box in self.boxes)

    @property
    def accepted(self) -> int:
        """The rows that were taken: `rows` without those in `rejected`."""
        return sum(box.accepted for box in self.boxes)

    @property
    def papers(self) -> int:
        """The papers that were taken: the total of the ballots."""
        return sum(box.papers for box in self.boxes)
