"""Ask other programs who is elected on ranked papers, and write their answers to `data/ranked_peers.json`.

python tests/tally/peers_ranked.py

Needs pref-voting, stvpoll, pyrankvote and votelib, which civicrules itself does not. The elections are random and
seeded, with few papers, so that ties are frequent; each program breaks them its own way, so its answer is one of those
that a lot can bring about. `test_tally_ranked_peers.py` compares.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyrankvote
import votelib.evaluate.sequential
from pref_voting.iterative_methods import instant_runoff
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_scottish
from stvpoll.irv import calculate_irv
from stvpoll.scottish_stv import calculate_scottish_stv

FILE = Path(__file__).parent / "data" / "ranked_peers.json"
Papers = dict[str, int]


def election(seed: int) -> tuple[str, int, Papers]:
    """Candidates, seats and papers; every candidate has a first preference, since some programs drop the others."""
    chance = random.Random(seed)
    names = "ABCDEFGH"[: chance.randint(3, 8)]
    papers = {name: chance.randint(1, 9) for name in names}
    for _ in range(chance.randint(8, 30)):
        ranking = "".join(chance.sample(names, chance.randint(1, len(names))))
        papers[ranking] = papers.get(ranking, 0) + chance.randint(1, 40)
    return names, chance.randint(2, len(names) - 1), papers


def _profile(names: str, papers: Papers) -> ProfileWithTies:
    rankings = [{names.index(name): place for place, name in enumerate(ranking, 1)} for ranking in papers]
    return ProfileWithTies(rankings, rcounts=list(papers.values()), candidates=list(range(len(names))))


def pref_voting_scottish(names: str, seats: int, papers: Papers) -> list[str]:
    found = stv_scottish(_profile(names, papers), num_seats=seats, rng=random.Random(1))
    return sorted(names[at] for at in found)


def stvpoll_scottish(names: str, seats: int, papers: Papers) -> list[str]:
    ballots = {tuple(ranking): number for ranking, number in papers.items()}
    return sorted(calculate_scottish_stv(tuple(names), ballots, seats, random_shuffle=False))


def pref_voting_irv(names: str, seats: int, papers: Papers) -> list[str]:
    profile = _profile(names, papers)
    profile.use_extended_strict_preference()
    return sorted(names[at] for at in instant_runoff(profile))


def stvpoll_irv(names: str, seats: int, papers: Papers) -> list[str]:
    ballots = {tuple(ranking): number for ranking, number in papers.items()}
    return list(calculate_irv(tuple(names), ballots))


def pyrankvote_irv(names: str, seats: int, papers: Papers) -> list[str]:
    people = {name: pyrankvote.Candidate(name) for name in names}
    ballots = [
        pyrankvote.Ballot(ranked_candidates=[people[name] for name in ranking])
        for ranking, number in papers.items()
        for _ in range(number)
    ]
    random.seed(1)
    return [str(one) for one in pyrankvote.instant_runoff_voting(list(people.values()), ballots).get_winners()]


def votelib_irv(names: str, seats: int, papers: Papers) -> list[str]:
    selector = votelib.evaluate.sequential.TransferableVoteSelector(transferer="Gregory", quota_function=None)
    votes = {tuple(ranking): Fraction(number) for ranking, number in papers.items()}
    return [str(one) for one in selector.evaluate(votes, 1)]


Ask = Callable[[str, int, Papers], list[str]]
SCOTTISH: dict[str, Ask] = {"pref-voting": pref_voting_scottish, "stvpoll": stvpoll_scottish}
RUNOFF: dict[str, Ask] = {
    "pref-voting": pref_voting_irv,
    "stvpoll": stvpoll_irv,
    "pyrankvote": pyrankvote_irv,
    "votelib": votelib_irv,
}


# Where an answer is none that the rules allow: who gives it, in which elections (`None`: where it gives no winner), and
# the rule that decides.
DISAGREEMENTS = (
    (
        "scottish",
        "stvpoll",
        (24, 38, 42, 135, 157),
        "Scottish Local Government Elections Order 2011, schedule 1, rule 49(2): papers of a surplus go to continuing "
        "candidates. stvpoll also gives them to candidates elected at the same stage whose surplus waits.",
    ),
    (
        "runoff",
        "stvpoll",
        None,
        "Parliamentary Voting System and Constituencies Act 2011, section 9: more votes than the other remaining "
        "candidates put together. stvpoll asks for more than half of all papers, exhausted ones with them.",
    ),
    ("runoff", "votelib", None, "No answer: votelib ends with an error where the last are level."),
    (
        "runoff",
        "votelib",
        (181,),
        "The same section: with two left, D has 118 votes and C has 86, as every other program counts. votelib elects C.",
    ),
    (
        "runoff",
        "pref-voting",
        (78,),
        "The same section: the candidate with the fewest votes is eliminated. pref-voting eliminates all that are level.",
    ),
)


def _disagreements(elections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for method, peer, numbers, reason in DISAGREEMENTS:
        none = [
            number
            for number, one in enumerate(elections)
            if not isinstance(one[method][peer], list) or not one[method][peer]
        ]
        yield {"method": method, "peer": peer, "elections": none if numbers is None else numbers, "decides": reason}


def answer(ask: Ask, names: str, seats: int, papers: Papers) -> list[str] | str:
    """What a program says, or the kind of error it ends with."""
    try:
        return ask(names, seats, papers)
    except Exception as error:
        return type(error).__name__


def main() -> None:
    elections: list[dict[str, Any]] = []
    for seed in range(200):
        names, seats, papers = election(seed)
        given = (names, seats, papers)
        elections.append(
            {
                "names": names,
                "seats": seats,
                "papers": papers,
                "scottish": {peer: answer(ask, *given) for peer, ask in SCOTTISH.items()},
                "runoff": {peer: answer(ask, *given) for peer, ask in RUNOFF.items()},
            }
        )
    versions = {peer: version(peer) for peer in sorted({*SCOTTISH, *RUNOFF})}
    found = {"versions": versions, "disagreements": list(_disagreements(elections)), "elections": elections}
    text = json.dumps(found, separators=(",", ":"))
    FILE.write_text(text.replace('{"names"', '\n{"names"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
