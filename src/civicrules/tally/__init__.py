"""Counting votes and dividing seats: exact, deterministic, with ties as questions. Works alone, without rulesets.

A contest or an allocation is a value; `count` and `allocate` turn it, with the decisions made so far, into an outcome
that carries its own record. Words for the record are in `steps/`. Everything is
loaded when it is first used: to know that there are methods, none needs to be there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from civicrules.ballots import Ballots, Choice, Doubt
    from civicrules.outcome import (
        CannotSay,
        Decided,
        Decision,
        DecisionRequired,
        Outcome,
        Question,
        Reachable,
        Seat,
        Step,
        Void,
    )
    from civicrules.tally.account import residual
    from civicrules.tally.answers import reachable
    from civicrules.tally.contest import (
        BallotAccount,
        Candidate,
        Contest,
        FollowUp,
        Limit,
        PaperRules,
        Post,
        Requirement,
        Setting,
        Slate,
        Threshold,
    )
    from civicrules.tally.draws import SHA_256, drawn
    from civicrules.tally.faults import complaints
    from civicrules.tally.lists.lists import closed_lists, list_bonus, open_lists
    from civicrules.tally.posts.majority import count
    from civicrules.tally.posts.standing import standing
    from civicrules.tally.questions import Record
    from civicrules.tally.ranked.runoff import instant_runoff
    from civicrules.tally.ranked.transfer import single_transferable_vote
    from civicrules.tally.seats.allocation import Allocation, Bonus, Receiver, Regime
    from civicrules.tally.seats.apportion import allocate
    from civicrules.tally.seats.quotas import LargestRemainder, Quota
    from civicrules.tally.seats.series import (
        ADAMS,
        DANISH,
        DEAN,
        DHONDT,
        HUNTINGTON_HILL,
        IMPERIALI,
        MACAU,
        SAINTE_LAGUE,
        Divisors,
        Listed,
        Powers,
        modified_sainte_lague,
    )
    from civicrules.tally.thresholds import Hurdle, Of
    from civicrules.tally.words import BASES, missing_words

_HOMES = {
    "civicrules.ballots": ("Ballots", "Choice", "Doubt"),
    "civicrules.outcome": (
        "CannotSay",
        "Decided",
        "Decision",
        "DecisionRequired",
        "Outcome",
        "Question",
        "Reachable",
        "Seat",
        "Step",
        "Void",
    ),
    "civicrules.tally.account": ("residual",),
    "civicrules.tally.draws": ("SHA_256", "drawn"),
    "civicrules.tally.faults": ("complaints",),
    "civicrules.tally.contest": (
        "BallotAccount",
        "Candidate",
        "Contest",
        "FollowUp",
        "Limit",
        "PaperRules",
        "Post",
        "Requirement",
        "Setting",
        "Slate",
        "Threshold",
    ),
    "civicrules.tally.lists.lists": ("closed_lists", "list_bonus", "open_lists"),
    "civicrules.tally.posts.majority": ("count",),
    "civicrules.tally.posts.standing": ("standing",),
    "civicrules.tally.questions": ("Record",),
    "civicrules.tally.ranked.runoff": ("instant_runoff",),
    "civicrules.tally.ranked.transfer": ("single_transferable_vote",),
    "civicrules.tally.answers": ("reachable",),
    "civicrules.tally.seats.allocation": ("Allocation", "Bonus", "Receiver", "Regime"),
    "civicrules.tally.seats.apportion": ("allocate",),
    "civicrules.tally.seats.quotas": ("LargestRemainder", "Quota"),
    "civicrules.tally.seats.series": (
        "ADAMS",
        "DANISH",
        "DEAN",
        "DHONDT",
        "Divisors",
        "HUNTINGTON_HILL",
        "IMPERIALI",
        "Listed",
        "MACAU",
        "Powers",
        "SAINTE_LAGUE",
        "modified_sainte_lague",
    ),
    "civicrules.tally.thresholds": ("Hurdle", "Of"),
    "civicrules.tally.words": ("BASES", "missing_words"),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ADAMS",
    "BASES",
    "DANISH",
    "DEAN",
    "DHONDT",
    "HUNTINGTON_HILL",
    "IMPERIALI",
    "MACAU",
    "SAINTE_LAGUE",
    "SHA_256",
    "Allocation",
    "BallotAccount",
    "Ballots",
    "Bonus",
    "Candidate",
    "CannotSay",
    "Choice",
    "Contest",
    "Decided",
    "Decision",
    "DecisionRequired",
    "Divisors",
    "Doubt",
    "FollowUp",
    "Hurdle",
    "LargestRemainder",
    "Limit",
    "Listed",
    "Of",
    "Outcome",
    "PaperRules",
    "Post",
    "Powers",
    "Question",
    "Quota",
    "Reachable",
    "Receiver",
    "Record",
    "Regime",
    "Requirement",
    "Seat",
    "Setting",
    "Slate",
    "Step",
    "Threshold",
    "Void",
    "allocate",
    "closed_lists",
    "complaints",
    "count",
    "drawn",
    "instant_runoff",
    "list_bonus",
    "missing_words",
    "modified_sainte_lague",
    "open_lists",
    "reachable",
    "residual",
    "single_transferable_vote",
    "standing",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
