"""Other programs on the same divisions of seats: the same divisions and ties as here, or it is said why not.

The answers were written down by `peers_allocation.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from civicrules.exact import Rounding
from civicrules.outcome import Decided, Decision
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
    LargestRemainder,
    Outcome,
    Quota,
    Receiver,
    Void,
    allocate,
    modified_sainte_lague,
    reachable,
)
from civicrules.tally.seats.allocation import Rule

DATA = json.loads((Path(__file__).parent / "data" / "allocation_peers.json").read_text(encoding="utf-8"))
ELECTIONS = list(enumerate(DATA["elections"]))
RULES: dict[str, Rule] = {
    "dhondt": DHONDT,
    "sainte_lague": SAINTE_LAGUE,
    "modified_sainte_lague": modified_sainte_lague(),
    "danish": DANISH,
    "imperiali": IMPERIALI,
    "macau": MACAU,
    "huntington_hill": HUNTINGTON_HILL,
    "dean": DEAN,
    "adams": ADAMS,
    "hare": LargestRemainder(Quota.HARE),
    "hare_nearest": LargestRemainder(Quota.HARE, Rounding.HALF_UP),
    "droop": LargestRemainder(Quota.DROOP),
    "hagenbach_bischoff": LargestRemainder(Quota.HAGENBACH_BISCHOFF),
    "hagenbach_bischoff_up": LargestRemainder(Quota.HAGENBACH_BISCHOFF, Rounding.UP),
    "hagenbach_bischoff_nearest": LargestRemainder(Quota.HAGENBACH_BISCHOFF, Rounding.HALF_UP),
    "imperiali_quota": LargestRemainder(Quota.IMPERIALI),
}
NAMES = "ABCDE"


def divisions(method: str, weights: Sequence[int], seats: int) -> set[str]:
    """Every division that lots can bring about, none where there is no result."""
    receivers = [Receiver(name, weight) for name, weight in zip(NAMES, weights, strict=False)]
    request = Allocation(receivers, seats, RULES[method], tie_policy=("lot",))

    def run(decisions: Sequence[Decision]) -> Outcome:
        outcome = allocate(request, decisions)
        assert not isinstance(outcome, Decided) or sum(seat.seats for seat in outcome.seats) == seats
        return outcome

    if isinstance(run(()), Void):
        return set()
    found = reachable(run)
    assert found.complete
    return {_text({receiver: number for _, receiver, number in result}, len(weights)) for result in found.results}


def _text(seats: dict[str, int], receivers: int) -> str:
    return " ".join(str(seats.get(name, 0)) for name in NAMES[:receivers])


def differs(peer: str, theirs: list[str] | str, ours: set[str]) -> bool:
    """Whether an answer is another one. A program that does not tell ties gives one of the divisions."""
    if isinstance(theirs, str):
        return bool(ours)
    return set(theirs) != ours if peer in DATA["all_ties"] else not set(theirs) <= ours


def known(method: str, number: int) -> set[str]:
    """The programs whose answer is known to be another one."""
    return {one["peer"] for one in DATA["disagreements"] if one["method"] == method and number in one["elections"]}


def test_every_method_is_compared() -> None:
    assert all(set(election) == {"weights", "seats", *RULES} for _, election in ELECTIONS)


@pytest.mark.parametrize(("number", "election"), ELECTIONS)
def test_divisions(number: int, election: dict[str, Any]) -> None:
    for method in RULES:
        ours = divisions(method, election["weights"], election["seats"])
        differing = {peer for peer, theirs in election[method].items() if differs(peer, theirs, ours)}
        assert differing == known(method, number), (method, ours, election[method])
