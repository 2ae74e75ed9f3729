"""One division of seats: what it gave, and the count sheet from which it can be redone on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import isqrt

from attrs import field

from civicrules.exact import Exact, whole
from civicrules.outcome import Step
from civicrules.tally.seats.claims import Awards, Claim, Contender, room
from civicrules.values import frozen

# From whom, to whom, how many votes: whether what the claims rest on would be as it is had they changed sides.
Lasting = Callable[[str, str, int], bool]

# A number with more binary digits than this is not written out in the record.
_LONGEST = 512


@frozen
class Division:
    """What a method gave to whom.

    `free` are those who took part in what was computed, `claim` their claims, raised to `power`. `tie` is the kind of
    question that equal claims to the last seat are. `fault` is why there is no result. With `lasting` the count sheet
    says how many votes that change sides would have moved the last seat, otherwise how many new ones (which
    would change a quota): `lasting` is whether all that the claims rest on, the quota above all, would be as it is if so
    many of the votes of one receiver were those of another.
    """

    awards: Awards
    steps: tuple[Step, ...]
    tie: str
    free: tuple[Contender, ...] = ()
    claim: Claim | None = field(default=None, eq=False)
    power: int = 1
    lasting: Lasting | None = field(default=None, eq=False)
    fault: str = ""


def readable(value: Exact) -> Exact | str:
    """A number as it is, or about how large it is where it would fill a page.

    >>> readable(Fraction(3, 2)), readable(Fraction(1, 2**600))
    (Fraction(3, 2), '2^-600')
    """
    digits = value.numerator.bit_length() - value.denominator.bit_length()
    longest = max(value.numerator.bit_length(), value.denominator.bit_length())
    return whole(value) if longest <= _LONGEST else f"2^{digits}"


# ---------------------------------------------------------------- the last seat and the next


def sheet(division: Division) -> Iterator[Step]:
    """For each receiver its last quotient and the next; the last seat given, who was next, and how it would have moved."""
    claim = division.claim
    if claim is None:
        return
    given = division.awards.seats
    if division.lasting is None:
        for one in division.free:
            yield _quotients(one, given[one.id], claim, division.power)
    last = {one: claim(one, given[one.id]) for one in division.free if given[one.id] > one.low}
    beyond = {one: claim(one, given[one.id] + 1) for one in division.free if room(one, given[one.id])}
    if division.awards.open or not last or not beyond:
        return
    cut, refused = min(last.values()), max(beyond.values())
    ends = {
        "receivers": _holders(last, cut),
        "number": readable(cut),
        "next": _holders(beyond, refused),
        "refused": readable(refused),
    }
    if division.lasting is not None:
        if refused:  # where it comes out even, there is no last seat and nobody next
            yield Step("last_remainder", ends)
        yield from _changes_of_side(last, beyond, division.lasting)
    else:
        yield Step("last_quotient", ends) if division.power == 1 else Step("last_square", ends)
        yield from _more_votes(last, beyond, given, division.power)


def _holders(claims: Mapping[Contender, Exact], of: Exact) -> tuple[str, ...]:
    return tuple(sorted(one.id for one, strength in claims.items() if strength == of))


def _quotients(one: Contender, seats: int, claim: Claim, power: int) -> Step:
    """The quotient that gave the last seat and the one that the next seat would have needed to win with."""
    data: dict[str, object] = {"receiver": one.id, "weight": one.weight, "seats": seats}
    has_last, has_next = seats > one.low, room(one, seats)
    if has_last:
        data["last"] = readable(claim(one, seats))
    if has_next:
        data["next"] = readable(claim(one, seats + 1))
    if has_last and has_next:
        return Step("quotients_last_next", data) if power == 1 else Step("squares_last_next", data)
    if has_next:
        return Step("quotients_next", data) if power == 1 else Step("squares_next", data)
    if has_last:
        return Step("quotients_last", data) if power == 1 else Step("squares_last", data)
    return Step("quotients_fixed", data)


def _rivals(last: Mapping[Contender, Exact], of: Contender) -> list[Exact]:
    return [strength for one, strength in last.items() if one != of]


def _more_votes(
    last: Mapping[Contender, Exact], beyond: Mapping[Contender, Exact], given: Mapping[str, int], power: int
) -> Iterator[Step]:
    """How many new votes would have given each receiver one seat more, all other votes being as they are.

    Its claim must exceed the smallest one that gave another receiver its last seat.
    """
    ordered = sorted(last.values())[:2]
    for one, strength in beyond.items():
        to_beat = ordered[0] if last.get(one) != ordered[0] else min(_rivals(last, one), default=None)
        if to_beat is not None:
            votes = _missing(one.weight, Fraction(to_beat) / strength, power)
            yield Step("more_votes", {"receiver": one.id, "seats": given[one.id] + 1, "votes": votes})


def _missing(weight: Exact, factor: Exact, power: int) -> int:
    """The fewest whole votes v above 0 with (weight + v) ^ power > weight ^ power × factor.

    >>> _missing(10, Fraction(3, 2), 1), _missing(10, Fraction(3, 2), 2), _missing(10, 1, 1)
    (6, 3, 1)
    """
    if power == 1:
        return max(1, (weight * (factor - 1)).__floor__() + 1)
    top, bottom = weight.numerator, weight.denominator
    root = isqrt((factor * top * top).__floor__())
    return max(1, -((top - root - 1) // bottom))


def _changes_of_side(
    last: Mapping[Contender, Exact], beyond: Mapping[Contender, Exact], lasting: Lasting
) -> Iterator[Step]:
    """How many votes given to the receiver of the last seat would have moved it, had they been another's.

    The total and so the quota stay as they are. The other's claim must exceed both what is left of the last one's and
    the largest other claim that was refused.
    """
    loser = min(last, key=lambda one: (last[one], one.id))
    for one, strength in beyond.items():
        if one == loser:
            continue
        votes = ((last[loser] - strength) / 2).__floor__() + 1
        refused = max((other for rival, other in beyond.items() if rival not in (one, loser)), default=strength)
        votes = max(votes, (Fraction(refused) - strength).__floor__() + 1)
        if votes <= loser.weight and lasting(loser.id, one.id, votes):
            yield Step("changed_votes", {"receiver": one.id, "votes": votes, "last": loser.id})
