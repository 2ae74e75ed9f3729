"""Counting votes and dividing seats: exact, deterministic, with ties as questions. Works alone, without rulesets.

A contest or an allocation is a value; `count` and `allocate` turn it, with the decisions made so far, into an outcome
that carries its own record. Words for the record are in `steps.yaml`.
"""

from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome, Question, Seat, Step, Void
from civicrules.tally.account import residual
from civicrules.tally.allocation import DHONDT, SAINTE_LAGUE, Allocation, Divisors, LargestRemainder, Quota, Receiver
from civicrules.tally.apportion import allocate
from civicrules.tally.complaints import complaints
from civicrules.tally.contest import BallotAccount, Candidate, Contest, Post, Requirement, Threshold
from civicrules.tally.majority import count
from civicrules.tally.questions import ask, settle
from civicrules.tally.standing import standing
from civicrules.tally.words import BASES, missing_words

__all__ = [
    "BASES",
    "DHONDT",
    "SAINTE_LAGUE",
    "Allocation",
    "BallotAccount",
    "Candidate",
    "CannotSay",
    "Contest",
    "Decided",
    "Decision",
    "DecisionRequired",
    "Divisors",
    "LargestRemainder",
    "Outcome",
    "Post",
    "Question",
    "Quota",
    "Receiver",
    "Requirement",
    "Seat",
    "Step",
    "Threshold",
    "Void",
    "allocate",
    "ask",
    "complaints",
    "count",
    "missing_words",
    "residual",
    "settle",
    "standing",
]
