"""Ask other programs who is elected on papers with marks, and write their answers to `data/marks_peers.json`.

python tests/tally/peers_marks.py

Needs the extra `peers`: abcvoting and votelib, which civicrules itself does not. The papers are random and seeded, few
of them, so that ties are frequent. For the block vote and for plurality some papers have more marks than they may: votelib
leaves those out itself, abcvoting has no such rule and is given the others. Both tell everybody whom a tie can elect.
`test_tally_marks_peers.py` compares.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

from abcvoting.abcrules import compute
from abcvoting.preferences import Profile, Voter
from votelib.convert import ApprovalToSimpleVotes, InvalidVoteEliminator
from votelib.evaluate.core import Plurality, Tie
from votelib.vote import ApprovalVoteValidator

FILE = Path(__file__).parent / "data" / "marks_peers.json"
# Papers by the letters of the candidates that they mark.
Papers = dict[str, int]


def election(seed: int) -> tuple[str, int, Papers]:
    """Candidates, seats and papers; everybody has a vote, since nobody is elected here without one."""
    chance = random.Random(seed)
    names = "ABCDEFGH"[: chance.randint(3, 8)]
    papers = {name: chance.randint(1, 3) for name in names}
    for _ in range(chance.randint(4, 15)):
        paper = "".join(sorted(chance.sample(names, chance.randint(1, len(names)))))
        papers[paper] = papers.get(paper, 0) + chance.randint(1, 6)
    return names, chance.randint(1, len(names) - 1), papers


def votelib(names: str, seats: int, papers: Papers, most: int) -> list[str]:
    votes = {frozenset(paper): number for paper, number in papers.items()}
    valid = InvalidVoteEliminator(ApprovalVoteValidator((None, most))).convert(votes)
    found = Plurality().evaluate(ApprovalToSimpleVotes().convert(valid), seats)
    sure = [one for one in found if not isinstance(one, Tie)]
    tied = [one for one in found if isinstance(one, Tie)]
    chosen = combinations(sorted(tied[0]), len(tied)) if tied else [()]
    return sorted("".join(sorted([*sure, *some])) for some in chosen)


def abcvoting(names: str, seats: int, papers: Papers, most: int) -> list[str]:
    profile = Profile(len(names), cand_names=names)
    for paper, number in papers.items():
        if len(paper) <= most:
            profile.add_voter(Voter([names.index(name) for name in paper], weight=number))
    found = compute("av", profile, committeesize=seats, resolute=False)
    return sorted("".join(sorted(names[one] for one in committee)) for committee in found)


PEERS: dict[str, Callable[[str, int, Papers, int], list[str]]] = {"abcvoting": abcvoting, "votelib": votelib}


def main() -> None:
    elections: list[dict[str, Any]] = []
    for seed in range(200):
        names, seats, papers = election(seed)
        asked = {
            "approval": (names, seats, papers, len(names)),
            "block_vote": (names, seats, papers, seats),
            "plurality": (names, 1, papers, 1),
        }
        found = {method: {peer: ask(*given) for peer, ask in PEERS.items()} for method, given in asked.items()}
        elections.append({"names": names, "seats": seats, "papers": papers, **found})
    written = {"versions": {peer: version(peer) for peer in PEERS}, "elections": elections}
    text = json.dumps(written, separators=(",", ":"))
    FILE.write_text(text.replace('{"names"', '\n{"names"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
