"""Papers of an election by lists: what each comes to in votes for candidates and lists, and why a paper or a vote is lost.

Votes for candidates go before list marks: a list mark gives only the votes that the voter has left (Bavaria, GLKrWO
section 85; Hesse, KWG section 20a).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from attrs import define, evolve, field

from civicrules.ballots import AGAINST, Ballots, Choice, Paper
from civicrules.outcome import Step
from civicrules.program import Names
from civicrules.tally.contest import BallotAccount, Candidate, Contest, Post, Slate
from civicrules.tally.lists.words import ACROSS, FAULTS, OVERVOTE, TOO_MANY_FOR_ONE
from civicrules.tally.opening import Stop, differing, stopped, unruled, unusable
from civicrules.tally.questions import Record
from civicrules.values import frozen

_OTHERS = {
    "nothing_counts": Names.of(en="no vote on it counts", zh="没有可计的票"),
    "unreadable": Names.of(en="unreadable", zh="无法辨认"),
}
_REASONS: Mapping[str, Names] = {**dict(FAULTS), **_OTHERS}


@frozen
class Marking:
    """What a voter may do: give `votes` in all, at most `for_one` to a candidate, `across` lists or on one only.

    `fills` says whether a list mark gives the votes left, `passes` whether it goes down the list again and again until
    nobody can have more; else each who has no vote from the voter has one for each time the list names them. `together`
    lets several list marks count. With `strict`, too many votes for one void the paper; else the surplus does not count.
    """

    votes: int
    for_one: int = 1
    across: bool = False
    fills: bool = False
    passes: bool = False
    together: bool = False
    strict: bool = False


@frozen
class Roll:
    """Who stands on which list, in the order of the list."""

    of: Mapping[str, str] = field(hash=False)
    lists: Mapping[str, tuple[Candidate, ...]] = field(hash=False)

    @classmethod
    def from_contest(cls, contest: Contest, post: Post) -> Roll:
        """The roll of a contest; candidates without a place come last."""
        lists: dict[str, list[Candidate]] = {slate.id: [] for slate in contest.lists}
        for one in sorted(post.candidates, key=lambda one: (one.rank is None, one.rank or 0, one.id)):
            if one.list:
                lists.setdefault(one.list, []).append(one)
        of = {one.id: id for id, members in lists.items() for one in members}
        return cls(of, {id: tuple(members) for id, members in sorted(lists.items())})


@frozen
class Judged:
    """What a paper comes to: `votes` by candidate, or why it is `void`. `lists` are votes for lists that are not the sum of
    those for their candidates.

    `given` are the votes that the voter marked, `surplus` those of them that do not count, `filled` those that a list
    mark gave; `unheard` says that several lists were marked and the marks do not count.
    """

    votes: Mapping[str, int] = field(factory=dict, hash=False)
    lists: Mapping[str, int] = field(factory=dict, hash=False)
    void: str = ""
    given: int = 0
    surplus: int = 0
    filled: int = 0
    unheard: bool = False


Marks = tuple[Choice, ...]
Judge = Callable[[Marks, Roll], Judged]


def by_candidates(marking: Marking) -> Judge:
    """How a paper is judged on which voters give their votes to candidates. Lists have the sum of them.

    >>> roll = Roll({"Ada": "A", "Bo": "A"}, {"A": (Candidate("Ada"), Candidate("Bo"))})
    >>> judge = by_candidates(Marking(3, 2, fills=True))
    >>> dict(judge((Choice("Bo"), Choice("Bo"), Choice("", list="A")), roll).votes)
    {'Bo': 2, 'Ada': 1}
    """

    def judge(marks: Marks, roll: Roll) -> Judged:
        own: dict[str, int] = {}
        listed: set[str] = set()
        struck: set[str] = set()
        for mark in marks:
            if mark.mark:
                struck.add(mark.candidate if mark.mark == AGAINST else "")
            elif mark.candidate:
                own[mark.candidate] = own.get(mark.candidate, 0) + 1
            else:
                listed.add(mark.list)
        marked = sum(own.values())
        given = {one: min(number, marking.for_one) for one, number in own.items()}
        counted = sum(given.values())
        if marked > counted and marking.strict:
            return Judged(void=TOO_MANY_FOR_ONE[0])
        if not marking.across and len(listed.union(map(roll.of.__getitem__, given))) > 1:
            return Judged(void=ACROSS[0])
        left = marking.votes - counted
        if left < 0:
            return Judged(void=OVERVOTE[0])
        unheard = len(listed) > 1 and not marking.together
        filled: dict[str, int] = {}
        if listed and marking.fills and not unheard and (left or len(listed) > 1):
            rooms: Iterable[tuple[str, int]] = _rooms(sorted(listed), given, struck, roll, marking)
            if len(listed) > 1 or marking.passes:
                rooms = list(rooms)
            if len(listed) > 1 and sum(room for _, room in rooms) > left:
                return Judged(void=OVERVOTE[0])
            filled = _in_passes(rooms, left) if marking.passes else _at_once(rooms, left)
            for one, number in filled.items():
                given[one] = given.get(one, 0) + number
        if not given:
            return Judged(void="nothing_counts")
        return Judged(given, {}, "", marked, marked - counted, sum(filled.values()), unheard)

    return judge


def _rooms(
    listed: Iterable[str], given: Mapping[str, int], struck: set[str], roll: Roll, marking: Marking
) -> Iterator[tuple[str, int]]:
    """How many more votes list marks can give to whom, down the lists. Names struck out get none."""
    for id in listed:
        for one in roll.lists.get(id, ()):
            if one.id in struck:
                continue
            if marking.passes:
                yield one.id, marking.for_one - given.get(one.id, 0)
            elif one.id not in given:
                yield one.id, one.listed if one.listed < marking.for_one else marking.for_one


def _at_once(rooms: Iterable[tuple[str, int]], left: int) -> dict[str, int]:
    found = {}
    for id, room in rooms:
        if left <= room:
            if left:
                found[id] = left
            break
        found[id] = room
        left -= room
    return found


def _in_passes(rooms: Iterable[tuple[str, int]], left: int) -> dict[str, int]:
    """One vote each, again and again. Whole passes are made at once, so that cost does not grow with the votes."""
    found: Counter[str] = Counter()
    open = [(id, room) for id, room in rooms if room]
    while open and left:
        whole = min(min(room for _, room in open), left // len(open))
        for at, (id, _) in enumerate(open):
            found[id] += whole or at < left
        left -= whole * len(open) or left
        open = [(id, room - whole) for id, room in open if room > whole]
    return {id: number for id, number in found.items() if number}


def by_lists(preferences: int) -> Judge:
    """How a paper is judged that is one vote for a list, on which voters may prefer some of its candidates.

    A vote for a candidate is one for the list, as in the Netherlands. More preferences than allowed do not count.
    """

    def judge(marks: Marks, roll: Roll) -> Judged:
        own = sorted({mark.candidate for mark in marks if mark.candidate and not mark.mark})
        lists = {mark.list for mark in marks if not mark.candidate and not mark.mark} | {roll.of[one] for one in own}
        if len(lists) > 1:
            return Judged(void=ACROSS[0])
        if not lists:
            return Judged(void="nothing_counts")
        surplus = len(own) if len(own) > preferences else 0
        votes = {} if surplus else dict.fromkeys(own, 1)
        return Judged(votes, dict.fromkeys(lists, 1), "", len(own), surplus)

    return judge


# ---------------------------------------------------------------- all papers


@define
class _Totals:
    """What the papers judged so far come to."""

    judge: Judge
    roll: Roll
    votes: Counter[str] = field(factory=Counter)
    lists: Counter[str] = field(factory=Counter)
    void: Counter[str] = field(factory=Counter)
    valid: int = 0
    blank: int = 0
    given: int = 0
    surplus: int = 0
    filled: int = 0
    unheard: int = 0

    def add(self, marks: Marks | None, number: int) -> None:
        """Papers with the same marks; `None` for those ruled void."""
        if not marks:
            self.blank += number if marks is not None else 0
            self.void["unreadable"] += number if marks is None else 0
            return
        found = self.judge(marks, self.roll)
        if found.void:
            self.void[found.void] += number
            return
        self.valid += number
        self.given += found.given * number
        self.surplus += found.surplus * number
        self.filled += found.filled * number
        self.unheard += number if found.unheard else 0
        for one, votes in found.votes.items():
            self.votes[one] += votes * number
        for id, votes in found.lists.items():
            self.lists[id] += votes * number

    def candidates(self) -> Iterator[Step]:
        """The votes of every candidate, in the order of the lists."""
        for id, members in self.roll.lists.items():
            for one in members:
                yield Step("list_candidate", {"list": id, "candidate": one.id, "votes": self.votes[one.id]})

    def steps(self, votes: int | None) -> Iterator[Step]:
        """The papers as a record; with `votes`, how the votes that voters had add up."""
        yield Step("list_papers", {"valid": self.valid, "blank": self.blank, "void": self.void.total()})
        for reason, number in sorted(self.void.items()):
            if number:
                yield Step("list_papers_void", {"reason": _REASONS[reason], "number": number})
        if self.unheard:
            yield Step("list_marks_unheard", {"number": self.unheard})
        if votes is None:
            if self.surplus:
                yield Step("preferences_lost", {"given": self.given, "surplus": self.surplus})
            return
        counted = self.votes.total()
        data = {"given": self.given, "surplus": self.surplus, "filled": self.filled, "counted": counted}
        yield Step("list_votes_given", data)
        had = votes * self.valid
        yield Step("list_votes_left", {"papers": self.valid, "each": votes, "had": had, "left": had - counted})


def from_papers(contest: Contest, record: Record, judge: Judge, votes: int | None, fills: bool) -> Contest | Stop:
    """The contest of one post with the votes and the account that its papers come to.

    `votes` is how many votes a voter has for candidates, `None` where a paper is one vote for a list; `fills` whether the
    rules say what a list mark is. Doubtful papers are questions.
    """
    ballots, post = contest.ballots, contest.posts[0]
    if ballots is None:
        return contest
    faults = list(_faults(contest, ballots, fills))
    if faults:
        return stopped(record, faults)
    totals = _Totals(judge, Roll.from_contest(contest, post))
    for doubt in ballots.doubts:
        readings = dict.fromkeys(doubt.readings, doubt.number)
        answer = record.ask("ruling", readings, 1, post=doubt.id, policy=contest.papers.rulings)
        if answer is not None:
            paper = doubt.readings[answer.chosen[0]]
            totals.add(None if paper is None else _marks(ballots, paper), doubt.number)
    if record.open:
        return unruled(contest, ballots, record)
    for paper, number in ballots.papers.items():
        totals.add(_marks(ballots, paper), number)
    totals.add(None, ballots.unread)
    record.steps.extend((*totals.steps(votes), *totals.candidates()))
    return _with_account(_with_votes(contest, totals), record, totals, ballots.total)


def _with_votes(contest: Contest, totals: _Totals) -> Contest:
    post = contest.posts[0]
    candidates = (evolve(one, votes=totals.votes[one.id]) for one in post.candidates)
    votes, own = totals.votes, bool(totals.lists)
    sums = {id: sum(votes[one.id] for one in members) for id, members in totals.roll.lists.items()}
    lists = (Slate(id, totals.lists[id] if own else number) for id, number in sums.items())
    return evolve(contest, posts=(evolve(post, candidates=tuple(candidates)),), lists=tuple(lists), ballots=None)


def _with_account(contest: Contest, record: Record, totals: _Totals, returned: int) -> Contest | Stop:
    """The account of the papers; a figure that was stated and differs stops the count."""
    counted = BallotAccount(returned=returned, valid=totals.valid, invalid=totals.void.total(), blank=totals.blank)
    given = contest.account
    wrong = tuple(differing(given, counted))
    if wrong:
        return stopped(record, wrong)
    return evolve(contest, account=evolve(counted, registered=given.registered, issued=given.issued))


def _marks(ballots: Ballots, paper: Paper) -> Marks:
    return tuple(ballots.choices[mark] for mark in paper if isinstance(mark, int))


def _faults(contest: Contest, ballots: Ballots, fills: bool) -> Iterator[tuple[str, Step]]:
    """What keeps the papers from being counted."""
    post = contest.posts[0]
    yield from unusable(ballots)
    if ballots.ranks:
        yield "papers", Step("marked_papers_needed", {"post": post.id})
    roll, marked = Roll.from_contest(contest, post), []
    for choice in _used(ballots):
        own = choice.post in ("", post.id)
        if not choice.candidate and choice.list in roll.lists and own:
            marked.extend([] if choice.mark else [choice.list])
        elif not own or choice.candidate not in roll.of or choice.list not in ("", roll.of[choice.candidate]):
            data = {"candidate": choice.candidate or choice.list, "post": post.id}
            yield f"candidates/{post.id}", Step("unknown_choice", data)
    if marked and not fills:
        yield "options/list_mark", Step("list_marks_unsettled", {"lists": tuple(marked)})


def _used(ballots: Ballots) -> Iterator[Choice]:
    """The choices that papers name, in their order."""
    readings = (paper for doubt in ballots.doubts for paper in doubt.readings.values() if paper is not None)
    used = set(chain.from_iterable((*ballots.papers, *readings)))
    yield from (choice for at, choice in enumerate(ballots.choices) if at in used)
