"""Ask other programs how seats are divided, and write their answers to `data/allocation_peers.json`.

python tests/tally/peers_allocation.py

Needs the extra `peers`: apportionment, interregnum and votelib, which civicrules itself does not. The weights are random
and seeded; half of them are small, so that exact ties are frequent. apportionment and votelib tell every division that
a tie allows (apportionment breaks ties in the order of the parties: it is asked in every order), interregnum draws one
of them. `test_tally_allocation_peers.py` compares.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.metadata import version
from itertools import combinations, permutations, product
from pathlib import Path
from typing import Any

from apportionment.methods import TiesException, compute
from interregnum.methods.singlevote import (
    HighestAveragesAllocator,
    IterativeDivisorAllocator,
    LargestRemainderAllocator,
)
from votelib.component.divisor import modified_first_coef, sainte_lague
from votelib.evaluate.core import Tie
from votelib.evaluate.proportional import HighestAverages, LargestRemainder

FILE = Path(__file__).parent / "data" / "allocation_peers.json"
ELECTIONS = 160
# A division is the seats of the receivers in their order, as text: "3 1 1".
Ask = Callable[[tuple[int, ...], int], set[str]]


def election(seed: int) -> tuple[tuple[int, ...], int]:
    """Weights and seats; every second time the weights are small."""
    chance = random.Random(seed)
    most = 12 if seed % 2 else 1000
    return tuple(chance.randint(1, most) for _ in range(chance.randint(2, 5))), chance.randint(1, 9)


def _text(seats: Mapping[int, int], parties: int) -> str:
    return " ".join(str(seats.get(party, 0)) for party in range(parties))


# ---------------------------------------------------------------- apportionment


def apportionment(method: str, weights: tuple[int, ...], seats: int) -> set[str]:
    """All divisions: where it tells of a tie, those of every order of the parties."""
    parties = range(len(weights))
    try:
        return {_ordered(method, weights, seats, tuple(parties), ties=False)}
    except TiesException:
        return {_ordered(method, weights, seats, order, ties=True) for order in permutations(parties)}


def _ordered(method: str, weights: tuple[int, ...], seats: int, order: tuple[int, ...], ties: bool) -> str:
    found = compute(method, [weights[party] for party in order], seats, fractions=True, tiesallowed=ties)
    return _text(dict(zip(order, found, strict=True)), len(weights))


# ---------------------------------------------------------------- votelib


def _expanded(found: Mapping[Any, int], parties: int) -> Iterator[str]:
    """Every division that a result with ties stands for: a tie is a set of receivers and how many of them get a seat."""
    ties = [(sorted(tied), number) for tied, number in found.items() if isinstance(tied, Tie)]
    for chosen in product(*(combinations(tied, number) for tied, number in ties)):
        seats = {party: number for party, number in found.items() if not isinstance(party, Tie)}
        for party in (one for group in chosen for one in group):
            seats[party] = seats.get(party, 0) + 1
        yield _text(seats, parties)


def votelib_divisor(divisor: object, first_sure: bool, weights: tuple[int, ...], seats: int) -> set[str]:
    given = dict.fromkeys(range(len(weights)), 1) if first_sure else {}
    found = HighestAverages(divisor).evaluate(dict(enumerate(weights)), seats, prev_gains=given)
    return set(_expanded(found, len(weights)))


def votelib_quota(quota: str, weights: tuple[int, ...], seats: int) -> set[str]:
    return set(_expanded(LargestRemainder(quota).evaluate(dict(enumerate(weights)), seats), len(weights)))


# ---------------------------------------------------------------- interregnum


class TooMany(Exception):
    """More seats were given than there are."""


def _allocated(allocation: Any, parties: int, seats: int) -> set[str]:
    found = {one.name: one.seats for one in allocation}
    if sum(found.values()) != seats:
        raise TooMany
    return {_text(found, parties)}


def interregnum_divisor(divisor: str, first_sure: bool, weights: tuple[int, ...], seats: int) -> set[str]:
    sure = dict.fromkeys(range(len(weights)), 1) if first_sure else {}
    allocator = HighestAveragesAllocator(divisor)
    left = seats - len(sure)
    result = allocator.calc(list(enumerate(weights)), left, random_seed=1, initial_seats=sure, skip_initial_seats=False)
    return _allocated(result.allocation, len(weights), seats)


def interregnum_iterative(rounding: str, weights: tuple[int, ...], seats: int) -> set[str]:
    result = IterativeDivisorAllocator(rounding).calc(list(enumerate(weights)), seats)
    return _allocated(result.allocation, len(weights), seats)


def interregnum_quota(quota: str, weights: tuple[int, ...], seats: int) -> set[str]:
    result = LargestRemainderAllocator(quota, fix_overflow=False).calc(list(enumerate(weights)), seats, random_seed=1)
    return _allocated(result.allocation, len(weights), seats)


# ---------------------------------------------------------------- who is asked for what

A, V = "apportionment", "votelib"
R, T, B = "interregnum", "interregnum iterative", "interregnum Belgian"
# These tell every division that a tie allows; the others give one.
ALL_TIES = (A, V)
ASKED: dict[str, dict[str, Ask]] = {
    "dhondt": {
        A: partial(apportionment, "dhondt"),
        V: partial(votelib_divisor, "d_hondt", False),
        R: partial(interregnum_divisor, "dhondt", False),
        T: partial(interregnum_iterative, "jefferson"),
    },
    "sainte_lague": {
        A: partial(apportionment, "saintelague"),
        V: partial(votelib_divisor, "sainte_lague", False),
        R: partial(interregnum_divisor, "sainte_lague", False),
        T: partial(interregnum_iterative, "webster"),
    },
    "modified_sainte_lague": {
        A: partial(apportionment, "modified_saintelague"),
        V: partial(votelib_divisor, modified_first_coef(sainte_lague), False),
        R: partial(interregnum_divisor, "sainte_lague_1.4", False),
    },
    "danish": {V: partial(votelib_divisor, "danish", False), R: partial(interregnum_divisor, "danish", False)},
    "imperiali": {
        V: partial(votelib_divisor, "imperiali", False),
        R: partial(interregnum_divisor, "imperiali", False),
        B: partial(interregnum_divisor, "belgian-imperiali", False),
    },
    "macau": {V: partial(votelib_divisor, "macau", False)},
    "huntington_hill": {
        A: partial(apportionment, "huntington"),
        V: partial(votelib_divisor, "huntington_hill", True),
        R: partial(interregnum_divisor, "huntington_hill", True),
    },
    "dean": {A: partial(apportionment, "dean"), R: partial(interregnum_divisor, "dean", True)},
    "adams": {
        A: partial(apportionment, "adams"),
        R: partial(interregnum_divisor, "adams", True),
        T: partial(interregnum_iterative, "adams"),
    },
    "hare": {
        A: partial(apportionment, "largest_remainder"),
        V: partial(votelib_quota, "hare"),
        R: partial(interregnum_quota, "hare"),
    },
    "hare_nearest": {V: partial(votelib_quota, "hare_rounded")},
    "droop": {V: partial(votelib_quota, "droop"), R: partial(interregnum_quota, "droop")},
    "hagenbach_bischoff": {
        V: partial(votelib_quota, "hagenbach_bischoff"),
        R: partial(interregnum_quota, "hagenbach_bischoff"),
    },
    "hagenbach_bischoff_up": {V: partial(votelib_quota, "hagenbach_bischoff_ceil")},
    "hagenbach_bischoff_nearest": {V: partial(votelib_quota, "hagenbach_bischoff_rounded")},
    "imperiali_quota": {V: partial(votelib_quota, "imperiali"), R: partial(interregnum_quota, "imperiali")},
}
# The first divisor is 0, so that everybody has a seat before anybody has two: interregnum and votelib are told so.
FIRST_SURE = ("huntington_hill", "dean", "adams")


def answer(ask: Ask, weights: tuple[int, ...], seats: int) -> list[str] | str:
    """What a program says, or the kind of error it ends with."""
    try:
        return sorted(ask(weights, seats))
    except Exception as error:
        return type(error).__name__


def answers(method: str, weights: tuple[int, ...], seats: int) -> dict[str, list[str] | str]:
    """By program. Where the first divisor is 0, those told of first seats are asked only when others are left."""
    few = method in FIRST_SURE and seats <= len(weights)
    return {peer: answer(ask, weights, seats) for peer, ask in ASKED[method].items() if not few or peer in (A, T)}


# ---------------------------------------------------------------- where answers differ

_FIRST = (
    "The first divisor is 0, every first claim is without bound, and no rule of the method puts the stronger first: who "
    "goes without is a question here. apportionment takes the strongest, by a convention of its own for this case."
)
_MORE_SEATS = (
    "Birkhoff, House monotone apportionment schemes, PNAS 73 (1976): all seats are given, and those beyond one for each "
    "receiver go on in the order of what is left. "
)
_OWN_QUOTAS = (
    "Testo unico 361/1957, article 77: with the divisor less by one, whoever alone reaches more quotas than there are seats "
    "has them all; so it is here without a further division. "
)
_ALL_WHOLE = (
    "Every claim is exactly a whole number of quotas, together one more than there are seats: D'Hondt's quotients are "
    "level there too (Gallagher, British Journal of Political Science 22, 1992), and lots decide. "
)
BELGIAN = (
    *(0, 4, 7, 8, 16, 17, 24, 28, 39, 41, 43, 44, 52, 54, 60, 66, 75, 78, 79, 92, 96, 99, 100, 102, 105, 106, 112),
    *(115, 118, 121, 123, 129, 134, 135, 136, 137, 145, 146, 149, 150, 152, 153, 156),
)
HARE = (11, 13, 27, 63, 77, 93, 157)
# Without two elections in which it takes anybody, since it serves those level at the end before stronger ones further down.
FEW = tuple(seed for seed in range(ELECTIONS) if election(seed)[1] < len(election(seed)[0]) and seed not in (11, 77))

# Where an answer is another one than here: who gives it, in which elections (`None`: wherever it gives none), and what
# decides.
DISAGREEMENTS: tuple[tuple[str, str, tuple[int, ...] | None, str], ...] = (
    ("huntington_hill", A, FEW, _FIRST),
    ("dean", A, FEW, _FIRST),
    ("adams", A, FEW, _FIRST),
    (
        "huntington_hill",
        V,
        None,
        "No answer: votelib divides a fraction by a decimal, which Python does not do.",
    ),
    (
        "imperiali",
        B,
        BELGIAN,
        "Loi électorale communale (Belgium, 1932), article 56: divided by 1, 1½, 2, 2½ …, as interregnum's own description "
        "of this series says. It divides by ½, 1, 1½ …, which is D'Hondt; its series 2, 3, 4 … is right.",
    ),
    (
        "hare",
        A,
        HARE,
        "Balinski and Young, Fair Representation (1982), appendix A: the largest remainders are served first. apportionment "
        "goes through the parties once and serves those level at the end before larger remainders further down.",
    ),
    ("droop", V, (19, 37, 67), _MORE_SEATS + "votelib leaves seats empty."),
    ("droop", R, None, _MORE_SEATS + "interregnum ends with an error."),
    ("hagenbach_bischoff_up", V, (19, 37), _MORE_SEATS + "votelib leaves seats empty."),
    ("hagenbach_bischoff", V, None, _ALL_WHOLE + "votelib ends with an error."),
    ("hagenbach_bischoff", R, None, _ALL_WHOLE + "interregnum gives a seat more than there are."),
    (
        "imperiali_quota",
        V,
        (32, 42, 46),
        _OWN_QUOTAS + "votelib takes seats from the strongest and leaves seats empty.",
    ),
    ("imperiali_quota", R, (32, 42, 46, 95, 140), _OWN_QUOTAS + "interregnum gives more seats than there are."),
)


def _disagreements(elections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for method, peer, numbers, reason in DISAGREEMENTS:
        none = [number for number, one in enumerate(elections) if isinstance(one[method].get(peer), str)]
        yield {"method": method, "peer": peer, "elections": none if numbers is None else numbers, "decides": reason}


def main() -> None:
    elections: list[dict[str, Any]] = []
    for seed in range(ELECTIONS):
        weights, seats = election(seed)
        found = {method: answers(method, weights, seats) for method in ASKED}
        elections.append({"weights": weights, "seats": seats, **found})
    written = {
        "versions": {peer: version(peer) for peer in (A, R, V)},
        "all_ties": ALL_TIES,
        "disagreements": list(_disagreements(elections)),
        "elections": elections,
    }
    text = json.dumps(written, separators=(",", ":"), ensure_ascii=False)
    for start in ('{"weights"', '{"method"'):
        text = text.replace(start, "\n" + start)
    FILE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
