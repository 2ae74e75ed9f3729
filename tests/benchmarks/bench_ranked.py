"""200,000 ranked papers to a result, and the same with the fastest programs in plain Python.

Both sides begin with the papers as lists of names and build what they count from: 20 candidates, up to six preferences,
about 98,000 different papers, five seats (or one). The references are interregnum (weighted inclusive Gregory, exact
fractions) and pyrankvote for transferable votes, votelib and pyrankvote for the instant run-off, where they are
installed; nothing is measured otherwise. All elect the same people.

python tests/benchmarks/bench_ranked.py
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from ratios import Ratio, by_turns

from civicrules.tally import Ballots, Candidate, Contest, Decided, Post, instant_runoff, single_transferable_vote

CANDIDATES = tuple(f"C{number:02d}" for number in range(20))
SEATS = 5
Rankings = list[tuple[str, ...]]


def rankings(number: int = 200_000, seed: int = 4) -> Rankings:
    """Papers of voters who draw one preference after another, the first candidates more often than the last."""
    chance = random.Random(seed)
    rates = [(place + 1) ** 0.75 for place in range(len(CANDIDATES))]
    papers = []
    for _ in range(number):
        waited = sorted((chance.expovariate(1) * rate, name) for rate, name in zip(rates, CANDIDATES, strict=True))
        papers.append(tuple(name for _, name in waited[: chance.choice((1, 2, 3, 3, 4, 4, 5, 6, 6))]))
    return papers


def _counted(papers: Rankings, seats: int) -> list[str]:
    post = Post("ward", seats, [Candidate(name) for name in CANDIDATES])
    contest = Contest([post], ballots=Ballots.ranked(papers), tie_policy=("earlier_stages", "lot"))
    outcome = (instant_runoff if seats == 1 else single_transferable_vote)(contest)
    if not isinstance(outcome, Decided):
        raise ValueError(outcome)
    return sorted(seat.receiver for seat in outcome.seats)


def _pyrankvote(papers: Rankings, seats: int) -> list[str]:
    import pyrankvote

    people = {name: pyrankvote.Candidate(name) for name in CANDIDATES}
    ballots = [pyrankvote.Ballot(ranked_candidates=[people[name] for name in paper]) for paper in papers]
    if seats == 1:
        result = pyrankvote.instant_runoff_voting(list(people.values()), ballots)
    else:
        result = pyrankvote.single_transferable_vote(list(people.values()), ballots, seats)
    return sorted(str(one) for one in result.get_winners())


def _interregnum(papers: Rankings, seats: int) -> list[str]:
    from interregnum.methods.preferential import Preference, SingleTransferableVoteAllocator

    preferences = [Preference(number, paper) for paper, number in Counter(papers).items()]
    method = SingleTransferableVoteAllocator("droop", "weighted_inclusive_gregory", "none")
    return sorted(one.name for one in method.calc(preferences, seats, random_seed=1).allocation if one.seats)


def _votelib(papers: Rankings, seats: int) -> list[str]:
    import votelib.evaluate.sequential

    selector = votelib.evaluate.sequential.TransferableVoteSelector(transferer="Gregory", quota_function=None)
    return sorted(selector.evaluate(dict(Counter(papers)), seats))


def _plain(papers: Rankings, seats: int) -> list[str]:
    """Every paper to its first candidate left, and the last one out, until one has more than half."""
    left, grouped = set(CANDIDATES), Counter(papers)
    while True:
        votes = dict.fromkeys(left, 0)
        for paper, number in grouped.items():
            for name in paper:
                if name in left:
                    votes[name] += number
                    break
        first = max(votes, key=votes.__getitem__)
        if 2 * votes[first] > sum(votes.values()):
            return [first]
        left.remove(min(votes, key=votes.__getitem__))


PEERS: tuple[tuple[str, int, Callable[[Rankings, int], list[str]]], ...] = (
    ("interregnum", SEATS, _interregnum),
    ("pyrankvote", SEATS, _pyrankvote),
    ("votelib", 1, _votelib),
    ("pyrankvote", 1, _pyrankvote),
)


def ranked(turns: int = 3) -> Iterator[Ratio]:
    """A ratio for each program that is installed; the aim is to be no slower than any."""
    papers = rankings()
    installed = [one for one in PEERS if find_spec(one[0]) is not None]
    if all(seats != 1 for _, seats, _ in installed):
        installed.append(("plain Python", 1, _plain))
    for peer, seats, count in installed:
        if count(papers, seats) != _counted(papers, seats):
            raise ValueError(f"{peer} elects others")
        name = "instant run-off, 200,000 papers" if seats == 1 else "transferable votes, 200,000 papers"
        work, reference = (lambda s=seats: _counted(papers, s)), (lambda s=seats, c=count: c(papers, s))
        aim = 4 if count is _plain else 1
        yield Ratio(name, f"{peer} {_version(peer)}".strip(), by_turns(work, reference, turns), aim)


def _version(peer: str) -> str:
    try:
        return version(peer)
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    for one in ranked():
        print(f"{one.name:<40} {one.reference:<24} {one.times:.2f}  aim {one.aim:g}", flush=True)
