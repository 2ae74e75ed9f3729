"""From papers to totals: each paper is judged with its reason, and what is valid on it counts for its candidates."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import mul
from typing import cast

from attrs import define, evolve, field, frozen

from civicrules.ballots import ABSTAIN, AGAINST, Ballots, Choice, Paper
from civicrules.outcome import Decision
from civicrules.tally.contest import BallotAccount, Candidate, Contest, Post
from civicrules.tally.opening import Stop, differing, stopped, unruled, unusable
from civicrules.tally.questions import Record
from civicrules.tally.words import (
    MARKS_MORE_THAN_SEATS,
    ONE_NAME_TWICE,
    SAME_PERSON_TWICE,
    WRITE_INS_COUNTED,
    WRITTEN_IN,
    named,
)

OVERVOTE, TWO_POSTS = MARKS_MORE_THAN_SEATS[0], SAME_PERSON_TWICE[0]
UNREADABLE = "unreadable"

# In the bytes of many papers, what stands between two of them; and a mark that stands twice on one.
_BETWEEN_PAPERS = 255
_MARKED_TWICE = re.compile(rb"([^\xff])\1")


@frozen
class Judged:
    """What a paper comes to: the marks that count, or why it is void; `faults` are posts whose marks do not count."""

    marks: tuple[Choice, ...] = ()
    void: str = ""
    faults: tuple[tuple[str, str], ...] = ()


def totals(contest: Contest, record: Record) -> Contest | Stop:
    """The contest with the totals and the account that its papers come to.

    A doubtful paper is a question; until it is answered nothing is counted. Ballots without a paper, and a figure of the
    account that was stated and that the papers contradict, stop the count.
    """
    ballots = contest.ballots
    if ballots is None:
        return contest
    faults = tuple(unusable(ballots))
    if faults:
        return stopped(record, faults)
    counting = _Counting(contest)
    written = counting.written_in(ballots)
    if written and not contest.papers.write_ins:
        record.note("write_ins_unsettled", names=written)
        return Stop(missing=("write_ins",))
    ruled = tuple(_ruled(contest, ballots, record))
    if record.open:
        return unruled(contest, ballots, record)
    for paper, number in counting.add_faultless(ballots):
        counting.add(_marks(ballots, paper), number)
    for marks, number in ruled:
        counting.add(marks, number)
    counting.void[UNREADABLE] += ballots.unread
    counting.note(record)
    account = counting.account(ballots.total)
    wrong = tuple(differing(contest.account, account))
    if wrong:
        return stopped(record, wrong)
    account = evolve(account, registered=contest.account.registered, issued=contest.account.issued)
    return evolve(contest, posts=tuple(counting.filled(post) for post in contest.posts), account=account, ballots=None)


def _is_faultless(paper: Paper, sure: frozenset[int], most: int) -> bool:
    """Whether a paper holds different marks, all of them sure, and no more than it may."""
    return 0 < len(sure.intersection(paper)) == len(paper) <= most


def _added_up(papers: Sequence[tuple[int, ...]], sure: frozenset[int], most: int) -> Mapping[int, int] | None:
    """How many marks there are of each choice, on papers that are all faultless; `None` where one may not be.

    Positions must fit into a byte: a search in the bytes of all papers takes a third of the time of a loop over their
    marks. On a paper marks ascend, so that a choice marked twice stands beside itself.
    """
    lengths = Counter(map(len, papers))
    if min(lengths) < 1 or max(lengths) > most:
        return None
    text = bytes((_BETWEEN_PAPERS,)).join(map(bytes, papers))
    marks = {at: times for at in sure if (times := text.count(at))}
    all_sure = sum(marks.values()) == sum(map(mul, lengths, lengths.values()))
    return marks if all_sure and not _MARKED_TWICE.search(text) else None


def _marks(ballots: Ballots, paper: Paper) -> tuple[Choice, ...]:
    return tuple(ballots.choices[mark] for mark in paper if isinstance(mark, int))


def _ruled(contest: Contest, ballots: Ballots, record: Record) -> Iterator[tuple[tuple[Choice, ...] | None, int]]:
    """The doubtful papers as they were ruled; `None` for a void one."""
    for doubt in ballots.doubts:
        readings = dict.fromkeys(doubt.readings, doubt.number)
        answer: Decision | None = record.ask("ruling", readings, 1, post=doubt.id, policy=contest.papers.rulings)
        if answer is not None:
            paper = doubt.readings[answer.chosen[0]]
            yield (None if paper is None else _marks(ballots, paper)), doubt.number


@define
class _Counting:
    """Papers being counted. `judged` keeps what equal sets of marks come to."""

    contest: Contest
    votes: Counter[Choice] = field(factory=Counter)
    valid: int = 0
    blank: int = 0
    void: Counter[str] = field(factory=Counter)
    faults: Counter[tuple[str, str]] = field(factory=Counter)
    _posts: Mapping[str, Post] = field(init=False)
    _listed: frozenset[tuple[str, str]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._posts = {post.id: post for post in self.contest.posts}
        self._listed = frozenset((post.id, one.id) for post in self.contest.posts for one in post.candidates)

    def written_in(self, ballots: Ballots) -> tuple[str, ...]:
        """The names on papers that no post has among its candidates."""
        names = {self.of(choice) for choice in ballots.choices}
        return tuple(
            sorted({choice.candidate for choice in names if (choice.post, choice.candidate) not in self._listed})
        )

    def of(self, choice: Choice) -> Choice:
        """A choice with its post: a paper need not name the only one."""
        return evolve(choice, post=self.contest.posts[0].id) if not choice.post and len(self._posts) == 1 else choice

    def add(self, marks: tuple[Choice, ...] | None, number: int) -> None:
        if marks is None:
            self.void[UNREADABLE] += number
            return
        if not marks:
            self.blank += number
            return
        judged = self.judge(tuple(self.of(mark) for mark in marks))
        if judged.void:
            self.void[judged.void] += number
            return
        self.valid += number
        for fault in judged.faults:
            self.faults[fault] += number
        for mark in judged.marks:
            self.votes[mark] += number

    def add_faultless(self, ballots: Ballots) -> list[tuple[Paper, int]]:
        """Count the papers that no rule can find fault with; the others remain.

        Those are papers with different candidates only, all of whom can have a vote, and with no more marks than a paper
        may have for any one post. Nearly all papers are, and they are told apart and added up without a judgement.
        """
        choices = [self.of(choice) for choice in ballots.choices]
        sure = frozenset() if ballots.ranks else frozenset(self.sure(choices))
        limits = [self.most(choices[at].post) for at in sure]
        most = min((limit for limit in limits if limit is not None), default=len(sure))
        alike: dict[int, list[Paper]] = defaultdict(list)
        for paper, number in ballots.papers.items():
            alike[number].append(paper)
        others: list[tuple[Paper, int]] = []
        for number, papers in alike.items():
            plain = sure and len(choices) <= _BETWEEN_PAPERS
            marks = _added_up(cast("list[tuple[int, ...]]", papers), sure, most) if plain else None
            if marks is None:
                others.extend((paper, number) for paper in papers if not _is_faultless(paper, sure, most))
                papers = [paper for paper in papers if _is_faultless(paper, sure, most)]
                marks = Counter(at for paper in papers for at in paper if isinstance(at, int))
            self.valid += number * len(papers)
            for at, times in marks.items():
                self.votes[choices[at]] += number * times
        return others

    def sure(self, choices: Sequence[Choice]) -> Iterator[int]:
        """The positions of votes that count, for candidates who can have no other mark."""
        named = Counter(choice.candidate for choice in choices)
        for at, choice in enumerate(choices):
            if named[choice.candidate] == 1 and not choice.mark and self.can_have_votes(choice):
                yield at

    def can_have_votes(self, choice: Choice) -> bool:
        """Whether a vote for it counts: it is listed, or written in where that counts."""
        return self.contest.papers.write_ins == WRITE_INS_COUNTED[0] or (choice.post, choice.candidate) in self._listed

    def judge(self, marks: tuple[Choice, ...]) -> Judged:
        rules = self.contest.papers
        given = [mark for mark in marks if not mark.mark]
        faults = dict(self.wrong(given))
        whole = next((fault for fault in sorted(set(faults.values())) if fault in rules.void), "")
        if whole:
            return Judged(void=whole)
        sound = [mark for mark in marks if mark.post not in faults]
        kept = [mark for mark in sound if self.can_have_votes(mark)]
        if not kept:
            return Judged(void=next(iter(sorted(faults.values())), WRITTEN_IN[0]))
        strange = {(mark.post, WRITTEN_IN[0]) for mark in sound if not self.can_have_votes(mark)}
        return Judged(tuple(kept), faults=tuple(sorted({*faults.items(), *strange})))

    def wrong(self, given: list[Choice]) -> Iterator[tuple[str, str]]:
        """The posts whose marks cannot count, each with the reason."""
        by_post: dict[str, Counter[str]] = defaultdict(Counter)
        for mark in given:
            by_post[mark.post][mark.candidate] += 1
        for post, names in by_post.items():
            most, repeats = self.most(post), self._posts[post].repeats if post in self._posts else 1
            if most is not None and names.total() > most:
                yield post, OVERVOTE
            elif max(names.values()) > repeats:
                yield post, ONE_NAME_TWICE[0]
        judged = (*self.contest.papers.void, *self.contest.papers.void_part)
        if len(by_post) > 1 and TWO_POSTS in judged:
            persons = Counter(name for names in by_post.values() for name in names)
            yield from (
                (post, TWO_POSTS) for post, names in by_post.items() if any(persons[name] > 1 for name in names)
            )

    def most(self, post: str) -> int | None:
        """The most votes that a paper may give for a post; `None` where it cannot be said."""
        found = self._posts.get(post)
        if found is None:
            return None
        return found.seats if found.marks is None else found.marks

    def account(self, returned: int) -> BallotAccount:
        return BallotAccount(returned=returned, valid=self.valid, invalid=self.void.total(), blank=self.blank)

    def note(self, record: Record) -> None:
        """The papers as a record: valid, blank and void ones by reason, then marks that did not count."""
        record.note("papers_counted", valid=self.valid, blank=self.blank, void=self.void.total())
        for reason, number in sorted(self.void.items()):
            if number:
                record.note("papers_void", reason=named(reason), number=number)
        for (post, reason), number in sorted(self.faults.items()):
            record.note("marks_void", post=post, reason=named(reason), number=number)
        for choice, number in sorted(self.votes.items(), key=lambda item: item[0].key):
            if choice.mark:
                kind = {AGAINST: "votes_against", ABSTAIN: "votes_abstained"}[choice.mark]
                record.note(kind, post=choice.post, candidate=choice.candidate, votes=number)

    def filled(self, post: Post) -> Post:
        """A post with the votes of its candidates, and of those written in for it."""
        votes: Counter[str] = Counter()
        for choice, number in self.votes.items():
            if choice.post == post.id and not choice.mark:
                votes[choice.candidate] += number
        listed = tuple(evolve(one, votes=votes.pop(one.id, 0)) for one in post.candidates)
        return evolve(post, candidates=(*listed, *(Candidate(id, n) for id, n in votes.items())), complete=True)
