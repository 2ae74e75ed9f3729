"""What the giver of the input has to mend, as diagnostics: read off the record of an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from civicrules.diagnostics import Diagnostic
from civicrules.outcome import Outcome
from civicrules.source import Place

_CODES: Mapping[str, str] = MappingProxyType(
    {
        "refused": "CR0701",
        "refused_choice": "CR0702",
        "refused_conflict": "CR0703",
        "negative_ballots": "CR0704",
        "negative_votes": "CR0704",
        "negative_seats": "CR0704",
        "negative_total": "CR0704",
        "negative_marks": "CR0704",
        "negative_weight": "CR0704",
        "negative_bound": "CR0704",
        "parts_exceed_returned": "CR0705",
        "votes_exceed_ballots": "CR0706",
        "votes_exceed_marks": "CR0707",
        "candidate_twice": "CR0708",
        "receiver_twice": "CR0708",
        "post_twice": "CR0708",
        "minimum_above_maximum": "CR0709",
        "minima_exceed_seats": "CR0709",
        "maxima_below_seats": "CR0709",
        "no_weights": "CR0710",
        "limits_conflict": "CR0711",
        "nobody_stands": "CR0714",
        "ranked_papers_needed": "CR0760",
        "one_post_needed": "CR0761",
        "one_seat_needed": "CR0761",
        "paper_numbers": "CR0762",
        "no_papers": "CR0767",
        "unknown_choice": "CR0763",
        "setting_unknown": "CR0764",
        "not_for_ranked": "CR0764",
        "papers_differ": "CR0765",
        "quota_unusable": "CR0766",
        "negative_list_votes": "CR0704",
        "marked_papers_needed": "CR0740",
        "without_list": "CR0741",
        "unknown_list": "CR0741",
        "place_missing": "CR0741",
        "place_twice": "CR0741",
        "list_twice": "CR0741",
        "list_votes_differ": "CR0742",
        "list_votes_above_ballots": "CR0742",
        "list_setting_unknown": "CR0743",
        "list_number_unusable": "CR0743",
        "list_rule_missing": "CR0743",
        "list_marks_unsettled": "CR0743",
        "not_for_lists": "CR0743",
        "one_body_needed": "CR0743",
    }
)


def complaint(kind: str) -> str:
    """The code of a step that says what the giver of the input has to mend."""
    return _CODES[kind]


# Steps that complain of the papers as a whole.
_OF_PAPERS = frozenset(("no_papers", "paper_numbers", "ranked_papers_needed", "marked_papers_needed"))


def complaints(outcome: Outcome, papers: Place | None = None) -> tuple[Diagnostic, ...]:
    """Diagnostics for the decisions that were refused and the numbers that cannot be right, in the order of the record.

    `papers` is where the papers stand that were counted: complaints of them have it as their place.

    >>> from civicrules.tally import Allocation, Decision, Receiver, allocate, complaints
    >>> outcome = allocate(Allocation([Receiver("north", 1)], 3), [Decision("0123456789ab", ("north",))])
    >>> [(diagnostic.code, diagnostic.data["question"]) for diagnostic in complaints(outcome)]
    [('CR0701', '0123456789ab')]
    """
    return tuple(
        Diagnostic(_CODES[step.kind], papers if step.kind in _OF_PAPERS else None, step.data)
        for step in outcome.steps
        if step.kind in _CODES
    )
