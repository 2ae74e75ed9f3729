"""Who comes first on a list: by votes, by the order of the list, or both with a preference threshold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import define, field

from civicrules.exact import Exact
from civicrules.outcome import Decision, Step
from civicrules.tally.contest import Candidate
from civicrules.tally.lists.words import LIST_ORDER
from civicrules.tally.questions import Record
from civicrules.tally.thresholds import Hurdle
from civicrules.values import frozen

# Candidates who come before all others, and among themselves nobody before another.
Level = tuple[Candidate, ...]


@frozen
class Order:
    """How the candidates of a list are ordered: by votes, or by place; with `preference`, who passes it comes first.

    `total` and `seats` are those of the whole election, which the preference threshold is taken of.
    """

    by_votes: bool
    preference: Hurdle | None = None
    total: Exact = 0
    seats: int = 0

    def levels(self, members: Iterable[Candidate]) -> tuple[Level, ...]:
        """Candidates from the first to the last, those with equal claims together.

        >>> from civicrules.tally import Candidate, Of
        >>> members = [Candidate("Ada", 3, rank=1), Candidate("Bo", 9, rank=2), Candidate("Cy", 9, rank=3)]
        >>> [[one.id for one in level] for level in Order(True).levels(members)]
        [['Bo', 'Cy'], ['Ada']]
        >>> [[one.id for one in level] for level in Order(False, Hurdle(9, Of.VOTES), 21, 2).levels(members)]
        [['Bo', 'Cy'], ['Ada']]
        """
        placed = sorted(members, key=lambda one: (one.rank is None, one.rank or 0, one.id))
        if self.by_votes:
            return tuple(_by_votes(placed))
        first = [one for one in placed if self.preferred(one)]
        return (*_by_votes(first), *((one,) for one in placed if one not in first))

    def preferred(self, one: Candidate) -> bool:
        """Whether a candidate passes the preference threshold."""
        return self.preference is not None and self.preference.passed(one.votes or 0, self.total, self.seats)


def _by_votes(members: Iterable[Candidate]) -> Iterator[Level]:
    ordered = sorted(members, key=lambda one: -(one.votes or 0))
    yield from (tuple(level) for _, level in groupby(ordered, key=lambda one: one.votes or 0))


@define
class Filling:
    """The seats of one list being filled, `after` the decisions on the seats of lists.

    `settled` is false while a tie on the list is a question, or while it is open how many seats lists have: then nobody is
    asked, and only those are elected who are sure.
    """

    id: str
    post: str
    levels: tuple[Level, ...]
    seats: int
    policy: tuple[str, ...]
    record: Record
    after: tuple[Decision, ...] = ()
    settled: bool = True
    elected: list[Candidate] = field(factory=list)

    def run(self) -> Filling:
        """Elect from the top of the list down, as far as its seats go, and note who comes next."""
        rest: list[Level] = []
        blocked = False
        for level in self.levels:
            room = max(0, self.seats - len(self.elected)) if not blocked else 0
            chosen = level if len(level) <= room else self.among(level, room) if room and self.settled else ()
            blocked = blocked or len(chosen) < min(room, len(level))
            self.elected.extend(chosen)
            rest.append(tuple(one for one in level if one not in chosen))
        steps = self.record.steps
        for place, one in enumerate(self.elected, 1):
            data = {"list": self.id, "candidate": one.id, "place": place}
            known = one.votes is not None
            steps.append(Step("elected_on_list", {**data, "votes": one.votes}) if known else Step("placed", data))
        if self.settled and self.seats:
            steps.extend(_replacements(self.id, [level for level in rest if level]))
        return self

    def among(self, level: Level, room: int) -> tuple[Candidate, ...]:
        """Some of a level: by place where the rules say so, else as a human chooses."""
        data = {"list": self.id, "candidates": _names(level), "votes": level[0].votes or 0, "choose": room}
        if self.policy[:1] == LIST_ORDER[:1] and all(one.rank is not None for one in level):
            placed = sorted(level, key=lambda one: one.rank or 0)[:room]
            self.record.steps.append(Step("tie_by_list_order", {**data, "chosen": tuple(one.id for one in placed)}))
            return tuple(placed)
        self.record.steps.append(Step("tie_on_list", data))
        asked = tuple(word for word in self.policy if word != LIST_ORDER[0])
        numbers = {one.id: one.votes or 0 for one in level}
        answer = self.record.ask("tie_on_list", numbers, room, post=self.post, policy=asked, after=self.after)
        self.settled = answer is not None
        return tuple(one for one in level if answer is not None and one.id in answer.chosen)


def _names(level: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(sorted(one.id for one in level))


def _replacements(id: str, levels: Sequence[Level]) -> Iterator[Step]:
    """Those not elected, in the order in which they replace somebody who leaves."""
    if levels:
        order = tuple(one.id for level in levels for one in level)
        yield Step("replacements", {"list": id, "candidates": order})
    for level in levels:
        if len(level) > 1:
            yield Step("replacements_level", {"list": id, "candidates": _names(level), "votes": level[0].votes or 0})
