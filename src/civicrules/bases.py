"""What the majority of a contest is counted on: a figure of the ballot account."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from civicrules import program as p

# The fields of a vocabulary that are figures of the account, and what the account calls them.
FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "registered_voters": "registered",
        "ballots_issued": "issued",
        "ballots_returned": "returned",
        "valid_ballots": "valid",
        "invalid_ballots": "invalid",
        "blank_ballots": "blank",
    }
)


def base_of(expression: p.Expression | None) -> str | None:
    """The figure that a majority is counted on; `None` when the expression is none of them.

    >>> base_of(p.FactOf("community.valid_ballots", p.NumberType(None)))
    'valid'
    """
    match expression:
        case p.FactOf(key=key):
            return FIGURES.get(key.rpartition(".")[2])
        case p.Arithmetic(operator=p.Operator.PLUS, left=p.FactOf() as left, right=p.FactOf() as right):
            both = {base_of(left), base_of(right)}
            if both == {"valid", "invalid"}:
                return "valid_and_invalid"
            return "valid_and_blank" if both == {"valid", "blank"} else None
        case _:
            return None


def majorities(contest: p.Contest) -> tuple[p.Compare, ...]:
    """The numbers of votes of which one is enough to be elected; empty where none is asked for."""
    condition = contest.parameters.get("elected")
    first = condition.parts[0] if isinstance(condition, p.And) else condition
    parts = first.parts if isinstance(first, p.Or) else (first,)
    return tuple(one for one in parts if isinstance(one, p.Compare))


def base(contest: p.Contest, asked: p.Compare) -> p.Expression:
    """What the votes are compared with, or with a share of it: where that is *base*, what the contest says it is."""
    found = asked.right.base if isinstance(asked.right, p.ShareOf) else asked.right
    own = contest.parameters.get("base")
    return own if isinstance(found, p.LocalOf) and own is not None and not isinstance(own, str | tuple) else found
