"""Counting votes and dividing seats: exact, deterministic, with ties as questions. Works alone, without rulesets.

A contest or an allocation is a value; `count` and `allocate` turn it, with the decisions made so far, into an outcome
that carries its own record. Words for the record are in `steps/`.
"""

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
from civicrules.tally.allocation import Allocation, Bonus, Receiver, Regime
from civicrules.tally.apportion import allocate
from civicrules.tally.complaints import complaints
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
from civicrules.tally.lists import closed_lists, list_bonus, open_lists
from civicrules.tally.majority import count
from civicrules.tally.questions import Record
from civicrules.tally.quotas import LargestRemainder, Quota
from civicrules.tally.reachable import reachable
from civicrules.tally.runoff import instant_runoff
from civicrules.tally.series import (
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
from civicrules.tally.standing import standing
from civicrules.tally.thresholds import Hurdle, Of
from civicrules.tally.transfer import single_transferable_vote
from civicrules.tally.words import BASES, missing_words

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
