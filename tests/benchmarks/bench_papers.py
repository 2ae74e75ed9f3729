"""1,000,000 papers of an approval election to a result, and the same with the fastest program in plain Python.

Both sides begin with the papers as tuples of names, group equal ones and count: 30 candidates, about seven marks a paper,
nearly all papers differ, seven seats. The reference is votelib on its grouped dictionary where it is installed, otherwise
two plain loops, one that groups the papers and one that adds up marks, without checks, ties or a record.

python tests/benchmarks/bench_papers.py
"""

from __future__ import annotations

import random
from collections import Counter
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec

from ratios import Ratio, by_turns

from civicrules.tally import Ballots, Candidate, Contest, Decided, Post
from civicrules.tally.posts.methods import APPROVAL

CANDIDATES = tuple(f"C{number:02d}" for number in range(30))
PAPERS = 1_000_000
SEATS = 7
Papers = list[tuple[str, ...]]


def papers(number: int = PAPERS, seed: int = 4) -> Papers:
    """Papers of voters who mark each candidate by chance, the first ones oftener; seven of them on the average."""
    chance = random.Random(seed)
    likely = [(name, 0.4 - 0.0115 * place) for place, name in enumerate(CANDIDATES)]
    return [tuple(name for name, part in likely if chance.random() < part) for _ in range(number)]


def _counted(given: Papers) -> list[str]:
    post = Post("council", SEATS, [Candidate(name) for name in CANDIDATES])
    outcome = APPROVAL.run(Contest([post], ballots=Ballots.marked(given)), ())
    if not isinstance(outcome, Decided):
        raise TypeError(outcome)
    return sorted(seat.receiver for seat in outcome.seats)


def _votelib(given: Papers) -> list[str]:
    from votelib.convert import ApprovalToSimpleVotes
    from votelib.evaluate.core import Plurality

    votes = Counter(map(frozenset, given))
    return sorted(Plurality().evaluate(ApprovalToSimpleVotes().convert(votes), SEATS))


def _plain(given: Papers) -> list[str]:
    votes: Counter[str] = Counter()
    for paper, number in Counter(given).items():
        for name in paper:
            votes[name] += number
    return sorted(name for name, _ in votes.most_common(SEATS))


def marking(turns: int = 3) -> Ratio:
    """The ratio to votelib, or to the plain loops. Both sides elect the same."""
    given = papers()
    if find_spec("votelib") is not None:
        reference, count, aim = f"votelib {version('votelib')}", _votelib, 1
    else:
        reference, count, aim = "plain loops", _plain, 4
    ours, theirs = partial(_counted, given), partial(count, given)
    if ours() != theirs():
        raise ValueError(f"{reference}: others are elected")
    return Ratio(f"approval, {PAPERS:,} papers", reference, by_turns(ours, theirs, turns), aim)


if __name__ == "__main__":
    one = marking()
    print(f"{one.name:<40} {one.reference:<24} {one.times:.2f}  aim {one.aim:g}")
