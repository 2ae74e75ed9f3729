"""Two methods: one that counts a contest, one that divides seats. Neither ever breaks a tie."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from civicrules.outcome import CannotSay, Decision, Outcome, Seat, Void
from civicrules.plugin import Kind, Method, Parameter, Purpose
from civicrules.program import Names
from civicrules.tally import Allocation, Contest, Record, count


def most_votes(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    """Whoever has most votes is elected, with no share of the ballots to reach."""
    return count(evolve(contest, threshold=None), decisions)


def equal_shares(request: Allocation, decisions: Sequence[Decision] = ()) -> Outcome:
    """As many seats for each receiver; who gets those left over is a question."""
    if request.seats is None:
        return CannotSay(("seats",))
    if not request.receivers:
        return Void(("receivers",))
    record = Record(request, decisions)
    each, left = divmod(request.seats, len(request.receivers))
    record.note("equal_shares", each=each, left=left)
    shares = {receiver.id: each for receiver in request.receivers}
    answer = record.ask("tie", shares, left, policy=request.tie_policy) if left else None
    for receiver in answer.chosen if answer else ():
        shares[receiver] += 1
    return record.outcome(_seats(shares))


def _seats(shares: dict[str, int]) -> tuple[Seat, ...]:
    return tuple(Seat(receiver, seats) for receiver, seats in sorted(shares.items()))


MOST_VOTES = Method(
    "most_votes",
    Names.of(en="most votes", zh="得票多者当选"),
    Purpose.CONTEST,
    (
        Parameter("posts", Names.of(en="posts", zh="职位"), Kind.POSTS, required=True),
        Parameter("seats", Names.of(en="seats", zh="应选名额"), Kind.NUMBERS, required=True),
        Parameter("candidates", Names.of(en="candidates", zh="候选人"), Kind.LIST, required=True),
    ),
    run=most_votes,
    doc=Names.of(en="Plurality. It favours the largest group.", zh="相对多数制，有利于人数最多的一方。"),
)

EQUAL_SHARES = Method(
    "equal_shares",
    Names.of(en="equal shares", zh="平均分配"),
    Purpose.ALLOCATION,
    (
        Parameter("receivers", Names.of(en="receivers", zh="分配对象"), Kind.LIST, required=True),
        Parameter("weight", Names.of(en="weight", zh="依据"), Kind.FIELD),
        Parameter("seats", Names.of(en="seats", zh="名额"), Kind.NUMBER, required=True),
    ),
    run=equal_shares,
    doc=Names.of(en="The same for everyone, whatever their size.", zh="不论规模，各得相同名额。"),
)
