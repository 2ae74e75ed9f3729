"""1,000,000 seats divided among 50 parties by every formula divisor, and the same by the best exact peer whose cost is flat.

The measured side builds the request and keeps the whole record: quotients, the last seat, what would have moved it.
The reference is interregnum's iterative divisor where it is installed and has the series (D'Hondt, Sainte-Laguë,
Adams); for the others, and where it is not installed, a plain exact count here: integers near the result by the
common multiple, then a heap of fractions, without any record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from heapq import heapify, heapreplace
from importlib import import_module
from random import Random

from ratios import Ratio, by_turns

from civicrules.tally import (
    ADAMS,
    DANISH,
    DEAN,
    DHONDT,
    HUNTINGTON_HILL,
    IMPERIALI,
    MACAU,
    SAINTE_LAGUE,
    Allocation,
    Decided,
    Receiver,
    allocate,
    modified_sainte_lague,
)
from civicrules.tally.seats.series import Powers, Series, power

SEATS = 1_000_000
PARTIES = 50
SERIES: dict[str, Series] = {
    "D'Hondt": DHONDT,
    "Sainte-Laguë": SAINTE_LAGUE,
    "modified Sainte-Laguë": modified_sainte_lague(),
    "Danish": DANISH,
    "Imperiali": IMPERIALI,
    "Macau": MACAU,
    "Huntington-Hill": HUNTINGTON_HILL,
    "Dean": DEAN,
    "Adams": ADAMS,
}
# What interregnum calls them: it has signposts for these three alone.
_PEER = {"D'Hondt": "jefferson", "Sainte-Laguë": "webster", "Adams": "adams"}


def votes() -> dict[str, int]:
    """Parties of all sizes, the same in every run."""
    random = Random(20)
    return {f"party {number:02}": random.randint(1_000, 2_000_000) for number in range(PARTIES)}


def allocating() -> Iterator[Ratio]:
    """A ratio for each series. Both sides must come to the same seats."""
    given = votes()
    for name, series in SERIES.items():
        ours = partial(_ours, given, series)
        peer = _peer(name, given)
        theirs = peer or partial(_plain, given, series)
        if ours() != theirs():
            raise ValueError(f"{name}: the seats differ")
        reference = "interregnum, iterative" if peer else "plain exact heap"
        yield Ratio(f"{SEATS:,} seats, {PARTIES} parties: {name}", reference, by_turns(ours, theirs, turns=9), 4)


def _ours(given: dict[str, int], series: Series) -> dict[str, int]:
    outcome = allocate(Allocation([Receiver(id, weight) for id, weight in given.items()], SEATS, series))
    if not isinstance(outcome, Decided):
        raise TypeError(outcome)
    return {seat.receiver: seat.seats for seat in outcome.seats}


def _peer(name: str, given: dict[str, int]) -> Callable[[], dict[str, int]] | None:
    """The peer's count, from the numbers to the seats; `None` where it is not installed or has no such series."""
    try:
        peer = import_module("interregnum.methods.singlevote")
    except ModuleNotFoundError:
        return None
    if name not in _PEER:
        return None
    allocator = peer.IterativeDivisorAllocator(_PEER[name])

    def count() -> dict[str, int]:
        result = allocator.calc(list(given.items()), SEATS)
        return {one.name: one.seats for one in result.allocation}

    return count


def _plain(given: dict[str, int], series: Series) -> dict[str, int]:
    """Start a little under the proportional share (for powers, under the equal one) and give the rest one by one."""
    total, exponent = sum(given.values()), power(series)
    if isinstance(series, Powers):
        held = {id: SEATS // PARTIES - 16 for id in given}
    else:
        held = {id: max(1, (SEATS - PARTIES) * weight // total - 1) for id, weight in given.items()}
    queue = [(-Fraction(weight**exponent) / series.divisor(held[id] + 1), id) for id, weight in given.items()]
    heapify(queue)
    for _ in range(SEATS - sum(held.values())):
        id = queue[0][1]
        held[id] += 1
        heapreplace(queue, (-Fraction(given[id] ** exponent) / series.divisor(held[id] + 1), id))
    return held
