"""Ties at a stage of a count of ranked papers: by the policies of the contest in their order, else by a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from fractions import Fraction

from attrs import field

from civicrules.exact import Exact, whole
from civicrules.outcome import Step
from civicrules.tally.contest import Contest
from civicrules.tally.questions import Record
from civicrules.tally.ranked.words import EARLIER_STAGES
from civicrules.values import frozen


class Wanted(Enum):
    """Who is looked for among those tied: the one to be excluded, or the one whose surplus goes first."""

    LOWEST = "exclude"
    HIGHEST = "transfer_first"


@frozen
class Stages:
    """The votes of each candidate, by id, at the end of each stage so far, in units: `scale` of them make a vote."""

    votes: Sequence[Mapping[str, int]] = field(hash=False)
    scale: int = 1


def one_of(tied: Sequence[str], wanted: Wanted, stages: Stages, contest: Contest, record: Record) -> str | None:
    """One of those with equal votes at the end of the last stage; `None` when a human must say first.

    *Earlier stages* goes back from the last stage but one. At the most recent stage at which they were not all equal,
    those with the lowest votes (the highest, for a surplus) are kept; where several are, the search goes on among
    them. Whoever is left is put to the question, with the policies that are left.
    """
    if len(tied) == 1:
        return tied[0]
    left, units = tuple(sorted(tied)), stages.votes[-1][tied[0]]
    data = {"candidates": left, "votes": decimal(units, stages.scale), "stage": len(stages.votes)}
    lowest = wanted is Wanted.LOWEST
    record.steps.append(Step("tie_exclusion", data) if lowest else Step("tie_surplus", data))
    policies = list(contest.tie_policy)
    while policies and policies[0] == EARLIER_STAGES[0]:
        policies.pop(0)
        left = _by_earlier_stages(left, wanted, stages, record)
        if len(left) == 1:
            return left[0]
    numbers: dict[str, Exact] = dict.fromkeys(left, whole(Fraction(units, stages.scale)))
    post = contest.posts[0].id
    answer = record.ask(wanted.value, numbers, 1, post=post, policy=policies, after=tuple(record.used))
    return answer.chosen[0] if answer else None


def _by_earlier_stages(tied: tuple[str, ...], wanted: Wanted, stages: Stages, record: Record) -> tuple[str, ...]:
    best = min if wanted is Wanted.LOWEST else max
    for stage in range(len(stages.votes) - 1, 0, -1):
        votes = {candidate: stages.votes[stage - 1][candidate] for candidate in tied}
        cut = best(votes.values())
        kept = tuple(candidate for candidate in tied if votes[candidate] == cut)
        if len(kept) < len(tied):
            shown = {candidate: decimal(votes[candidate], stages.scale) for candidate in tied}
            record.steps.append(Step("earlier_stage", {"stage": stage, "votes": shown, "kept": kept}))
            tied = kept
        if len(tied) == 1:
            return tied
    record.steps.append(Step("earlier_stages_equal", {"candidates": tied}))
    return tied


def decimal(units: int, scale: int) -> int | str:
    """So many units, `scale` of them to a vote, as a count sheet has them: a whole number, or one with its decimals.

    >>> decimal(350_000, 100_000), decimal(400_000, 100_000), decimal(1, 100_000)
    ('3.5', 4, '0.00001')
    """
    votes, part = divmod(units, scale)
    return f"{votes}.{part:0{len(str(scale)) - 1}d}".rstrip("0") if part else votes
