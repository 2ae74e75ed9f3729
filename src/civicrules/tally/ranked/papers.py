"""Ranked papers as they are counted: which preferences of a paper take effect, which papers are void and why.

What a paper says is read once; from then on papers lie in piles and only those that move are looked at again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter

from attrs import evolve, field

from civicrules.ballots import Ballots, Paper, Rank
from civicrules.outcome import Outcome, Step
from civicrules.program import Names
from civicrules.tally.contest import Contest, Post, Setting
from civicrules.tally.opening import opening, stopped, unruled, unusable, without_candidates
from civicrules.tally.questions import Record
from civicrules.tally.ranked.words import ENDS, READINGS, TWO_END
from civicrules.tally.words import FIGURES, WRITE_INS_COUNTED
from civicrules.values import frozen

# Papers with the number of equal ones. Marks that are whole numbers name candidates; all others were taken out.
Papers = list[tuple[Paper, int]]
# What keeps papers from being counted: what is missing, and the step that says why.
Fault = tuple[str, Step]


@frozen
class Ranked:
    """One post with its papers in piles by first preference.

    Candidates are numbers; `names` has the id of each, `standing` those who can be elected, in the order of their ids.
    `piles` has a pile, empty or not, for each of them; `valid` is the number of papers in all piles.
    """

    post: Post
    seats: int
    names: Mapping[int, str] = field(hash=False)
    standing: tuple[int, ...]
    piles: Mapping[int, Papers] = field(hash=False)
    valid: int


def number_of(papers: Papers) -> int:
    """How many papers these are."""
    return sum(map(itemgetter(1), papers))


def sorted_out(papers: Iterable[tuple[Paper, int]], continuing: Collection[int]) -> tuple[dict[int, Papers], Papers]:
    """Papers by the next available preference, and those without one. There is a pile for each continuing candidate.

    The next available preference is the first on the paper for a continuing candidate: a paper lay with whoever
    stands before it as long as that one continued.

    >>> sorted_out([((0, 2), 5), ((0,), 1), ((1, 0), 3)], (1, 2))
    ({1: [((1, 0), 3)], 2: [((0, 2), 5)]}, [((0,), 1)])
    """
    piles: dict[int, Papers] = {candidate: [] for candidate in continuing}
    left: Papers = []
    for one in papers:
        for mark in one[0]:
            if mark in piles:
                piles[mark].append(one)
                break
        else:
            left.append(one)
    return piles, left


def setting(contest: Contest, name: str, words: Sequence[str]) -> str | Fault:
    """The word that a contest gives for a setting: the first of `words` when it gives none."""
    given = contest.options.get(name, words[0])
    if isinstance(given, str) and given in words:
        return given
    data = {"setting": name.replace("_", " "), "given": _text(given), "words": _words(words)}
    return f"options/{name}", Step("setting_unknown", data)


def _text(given: Setting) -> str:
    return ", ".join(map(str, given if isinstance(given, tuple) else (given,))).replace("_", " ")


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in words)


def opened(contest: Contest, record: Record) -> Ranked | Outcome:
    """The one post of a contest with its papers in piles; the outcome where the count ends before.

    *CannotSay* when the papers do not fit the contest: there are none, they are marked and not ranked, they name
    somebody who is not on the list (and the contest does not say what becomes of names written in), or they do not agree
    with the account that was stated. Candidates in the option `withdrawn`, and names written in that do not count, are
    passed over on every paper. Doubtful papers are questions, all asked at once.
    """
    stop = opening(contest, record)
    if stop is not None:
        return stop.outcome(record)
    faults = list(_faults(contest))
    if faults:
        return stopped(record, faults).outcome(record)
    post, ballots = contest.posts[0], contest.ballots
    seats = post.seats
    if ballots is None or not seats:
        record.steps.append(Step("no_seats", {"post": post.id}))
        return record.outcome()
    ruled = _ruled(ballots, record, contest)
    if record.open:
        return unruled(contest, ballots, record).outcome(record)
    ranked, void = _in_piles(contest, ballots, ruled, seats)
    record.steps.extend(_account_steps(ranked.valid, void))
    faults = list(_disagreements(contest, ranked.valid, void))
    if faults:
        return stopped(record, faults).outcome(record)
    if ranked.valid == 0 or not ranked.standing:
        record.steps.append(Step("no_valid_papers", {"post": post.id}))
        return record.outcome(vacant={post.id: seats})
    return ranked


# ---------------------------------------------------------------- what keeps papers from being counted


def _faults(contest: Contest) -> Iterator[Fault]:
    if len(contest.posts) != 1:
        yield "posts", Step("one_post_needed", {"number": len(contest.posts)})
        return
    unused = tuple(names for names, given in _unused(contest) if given)
    if unused:
        yield "options", Step("not_for_ranked", {"given": unused})
    post, ballots = contest.posts[0], contest.ballots
    if post.seats is None:
        yield f"seats/{post.id}", Step("seats_unknown", {"post": post.id})
    yield from ((key, step) for _, key, step in without_candidates(contest))
    if ballots is None or (ballots.papers and not ballots.ranks):
        yield "papers", Step("ranked_papers_needed", {"post": post.id})
        return
    yield from unusable(ballots)
    for name, words in READINGS.items():
        word = setting(contest, name, tuple(id for id, _ in words))
        if not isinstance(word, str):
            yield word
    yield from _unknown(contest, post, ballots)


def _unused(contest: Contest) -> tuple[tuple[Names, bool], ...]:
    """What a contest can ask for that no count of ranked papers looks at."""
    return (
        (Names.of(en="a threshold", zh="当选条件"), contest.threshold is not None),
        (Names.of(en="limits on who is elected", zh="对当选人的限制"), bool(contest.limits)),
        (Names.of(en="a second ballot", zh="另行选举"), contest.follow_up is not None),
        (Names.of(en="votes moved down", zh="下加计票"), contest.down_count),
    )


def _unknown(contest: Contest, post: Post, ballots: Ballots) -> Iterator[Fault]:
    """The choices that are no candidate of the post: a slip in a name, or somebody who is not on the list."""
    known = {candidate.id for candidate in post.candidates} | withdrawn(contest)
    ranks = set(chain.from_iterable(ballots.papers))
    named = {one for rank in ranks for one in (rank if isinstance(rank, tuple) else (rank,))}
    for choice in (choice for at, choice in enumerate(ballots.choices) if at in named):
        own = choice.post in ("", post.id) and choice.candidate and not choice.mark
        if not own or (choice.candidate not in known and not contest.papers.write_ins):
            data = {"candidate": choice.candidate or choice.list, "post": post.id}
            yield f"candidates/{post.id}", Step("unknown_choice", data)


def without_barred(contest: Contest) -> Contest:
    """The contest with all who cannot be elected (`meets` is false) in the option `withdrawn`.

    >>> from civicrules.tally import Candidate, Contest, Post
    >>> ward = Contest([Post("ward", 1, [Candidate("Lin", meets=False), Candidate("Wu")])])
    >>> without_barred(ward).options["withdrawn"]
    ('Lin',)
    """
    barred = {one.id for post in contest.posts for one in post.candidates if one.meets is False}
    if not barred:
        return contest
    return evolve(contest, options={**contest.options, "withdrawn": tuple(sorted(barred | withdrawn(contest)))})


def withdrawn(contest: Contest) -> frozenset[str]:
    """The candidates that the option `withdrawn` names."""
    given = contest.options.get("withdrawn", ())
    return frozenset(map(str, given if isinstance(given, tuple) else (given,)))


def _disagreements(contest: Contest, valid: int, void: Mapping[str, int]) -> Iterator[Fault]:
    """Figures of the stated account that are not those of the papers.

    Blank papers may be stated as such or among the invalid ones.
    """
    account, invalid, blank = contest.account, sum(void.values()), void.get("blank", 0)
    found = {"returned": {valid + invalid}, "valid": {valid}, "invalid": {invalid, invalid - blank}, "blank": {blank}}
    if account.invalid is not None and account.blank is not None:
        together = account.invalid + account.blank == invalid
        found |= {"invalid": {account.invalid if together else invalid - account.blank}}
        found |= {"blank": {account.blank if together else blank}}
    for figure, numbers in found.items():
        stated = getattr(account, figure)
        if stated is not None and stated not in numbers:
            data = {"figure": FIGURES[figure], "stated": stated, "found": max(numbers)}
            yield f"ballots/{figure}", Step("papers_differ", data)


def _account_steps(valid: int, void: Counter[str]) -> Iterator[Step]:
    invalid = sum(void.values())
    yield Step("papers_account", {"total": valid + invalid, "valid": valid, "void": invalid})
    reasons = (
        Step("void_blank", {"number": void["blank"]}),
        Step("void_no_first", {"number": void["none"]}),
        Step("void_several_first", {"number": void["several"]}),
        Step("void_nobody_standing", {"number": void["nobody"]}),
        Step("void_ruled", {"number": void["ruled"]}),
        Step("void_unread", {"number": void["unread"]}),
    )
    yield from (step for step in reasons if step.data["number"])


def _ruled(ballots: Ballots, record: Record, contest: Contest) -> list[tuple[Paper | None, int]]:
    """The doubtful papers as they were ruled on; each open ruling is a question."""
    ruled = []
    for doubt in ballots.doubts:
        numbers = dict.fromkeys(doubt.readings, doubt.number)
        record.steps.append(Step("paper_in_doubt", {"paper": doubt.id, "number": doubt.number}))
        answer = record.ask("ruling", numbers, 1, post=doubt.id, policy=contest.papers.rulings)
        if answer is not None:
            ruled.append((doubt.readings[answer.chosen[0]], doubt.number))
    return ruled


# ---------------------------------------------------------------- what a paper says


@frozen
class _Reading:
    """How faults are read. `gaps`: how many ranks left out in a row end a paper, 0 when they never do."""

    standing: frozenset[int]
    same: Mapping[int, int]
    gaps: int
    equal_ends: bool
    repeated_ends: bool

    def preferences(self, paper: Paper) -> tuple[tuple[int, ...], str]:
        """The candidates in the order of preference, and why there are none.

        Those who do not stand are passed over before anything else: they leave no gap and are nobody's equals.
        """
        kept: list[int] = []
        gap, reason = 0, "none" if any(rank is not None for rank in paper) else "blank"
        for rank in paper:
            named = self._named(rank)
            gap = 0 if named else gap + (rank is None or rank == ())
            if self.gaps and gap >= self.gaps:
                break
            if len(named) > 1 and not kept:
                reason = "several"
            if len(named) == 1 and not self.standing.isdisjoint(named) and named[0] not in kept:
                kept.append(named[0])
            elif (len(named) > 1 and self.equal_ends) or (len(named) == 1 and named[0] in kept and self.repeated_ends):
                break
        if not kept and reason == "none" and not any(self._named(rank) for rank in paper):
            reason = "nobody"
        return tuple(kept), reason

    def _named(self, rank: Rank) -> tuple[int, ...]:
        """Who of those standing is named at a rank."""
        if rank is None:
            return ()
        marks = (rank,) if isinstance(rank, int) else rank
        return tuple(sorted({self.same[mark] for mark in marks} & self.standing))


def _in_piles(
    contest: Contest, ballots: Ballots, ruled: Sequence[tuple[Paper | None, int]], seats: int
) -> tuple[Ranked, Counter[str]]:
    """The papers by first preference, and the void ones by reason."""
    post = contest.posts[0]
    reading, names = _reading(contest, ballots, post)
    void: Counter[str] = Counter(unread=ballots.unread, ruled=sum(number for paper, number in ruled if paper is None))
    rulings = [(paper, number) for paper, number in ruled if paper is not None]
    papers = _effective((*ballots.papers.items(), *rulings), reading, void)
    standing = tuple(sorted(reading.standing, key=lambda number: names[number]))
    piles, left = sorted_out(papers, standing)
    for paper, number in left:
        void["nobody" if paper else "blank"] += number
    return Ranked(post, seats, names, standing, piles, sum(map(number_of, piles.values()))), void


def _reading(contest: Contest, ballots: Ballots, post: Post) -> tuple[_Reading, Mapping[int, str]]:
    """How papers are read, and the ids of candidates by number: the position of their first choice where they have one."""
    numbers: dict[str, int] = {}
    for position, choice in enumerate(ballots.choices):
        numbers.setdefault(choice.candidate, position)
    for candidate in sorted(candidate.id for candidate in post.candidates):
        numbers.setdefault(candidate, len(ballots.choices) + len(numbers))
    same = {position: numbers[choice.candidate] for position, choice in enumerate(ballots.choices)}
    listed = {candidate.id for candidate in post.candidates}
    eligible = numbers.keys() if contest.papers.write_ins == WRITE_INS_COUNTED[0] else listed
    standing = frozenset(numbers[id] for id in eligible - withdrawn(contest))
    skipped, equal, repeated = (contest.options.get(name, words[0][0]) for name, words in READINGS.items())
    gaps = {ENDS[0]: 1, TWO_END[0]: 2}.get(str(skipped), 0)
    reading = _Reading(standing, same, gaps, equal == ENDS[0], repeated == ENDS[0])
    return reading, {number: id for id, number in numbers.items()}


def _effective(papers: Iterable[tuple[Paper, int]], reading: _Reading, void: Counter[str]) -> Papers:
    """Papers with their preferences alone. A paper that names each candidate once, one at a rank, is taken as it is."""
    plain = frozenset(position for position, number in reading.same.items() if position == number)
    together = list(papers)
    written = [paper for paper, _ in together]
    once = sum(map(len, map(frozenset, written))) == sum(map(len, written))
    if once and plain.issuperset(chain.from_iterable(written)):
        return together
    faulty = [one for one in together if not plain.issuperset(one[0]) or len(set(one[0])) < len(one[0])]
    apart = {id(one) for one in faulty}
    kept = [one for one in together if id(one) not in apart]
    for paper, number in faulty:
        preferences, reason = reading.preferences(paper)
        if preferences:
            kept.append((preferences, number))
        else:
            void[reason] += number
    return kept
