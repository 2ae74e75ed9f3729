"""What a count or an allocation comes to. A tie is a value; the answer to it is part of the next input."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field

from civicrules.exact import Exact
from civicrules.values import frozen


@frozen
class Step:
    """One step of a computation, as its own record. `kind` names the sentence a report prints for it, `data` its numbers."""

    kind: str
    data: Mapping[str, object] = field(factory=dict, hash=False)


@frozen
class Seat:
    """A seat or a number of seats that went somewhere: `receiver` (candidate, group) of `post` (empty in an allocation)."""

    receiver: str
    seats: int = 1
    post: str = ""
    votes: Exact | None = None


# What people judge or vote on again.
_NO_TIES = ("ruling", "second_ballot", "second_round")


@frozen
class Question:
    """What a human must decide.

    `id` binds the question to everything it rests on (inputs, parameters, earlier answers), so that an answer to another
    question is refused. `options` are the receivers among whom `choose` must be chosen; `numbers` are their exact numbers.
    `policy` is how the ruleset wants it answered ("another vote among the tied", "lot"), empty where it says nothing.
    """

    id: str
    kind: str
    options: tuple[str, ...]
    choose: int
    post: str = ""
    numbers: Mapping[str, Exact] = field(factory=dict, hash=False)
    policy: str = ""

    @property
    def least(self) -> int:
        """The fewest to be chosen: `choose`, but in a further ballot too few, or nobody, may have been elected."""
        return 0 if self.kind == "second_ballot" else self.choose

    @property
    def by_lot(self) -> bool:
        """Whether lots may decide it: a tie of which the ruleset says *lot*, or nothing."""
        return self.kind not in _NO_TIES and self.policy in ("", "lot")


@frozen
class Decision:
    """The recorded answer to a question: its id and the options chosen, with who decided and how (free text).

    Nobody is chosen where a further ballot elected nobody. Where lots were drawn in public, `draw` is the id of the draw,
    `seed` its seed and `marks` the options in the order drawn, each with the start of its mark (see `tally.drawn`).
    """

    question: str
    chosen: tuple[str, ...]
    by: str = ""
    draw: str = ""
    seed: str = ""
    marks: tuple[str, ...] = ()


@frozen
class Decided:
    """Everything is settled. `vacant` are the seats left open, by post, where the ruleset allows or asks for it."""

    seats: tuple[Seat, ...]
    steps: tuple[Step, ...] = ()
    vacant: Mapping[str, int] = field(factory=dict, hash=False)


@frozen
class DecisionRequired:
    """A human must decide `questions` first; `seats` are those that no answer can change."""

    questions: tuple[Question, ...]
    seats: tuple[Seat, ...] = ()
    steps: tuple[Step, ...] = ()


@frozen
class CannotSay:
    """The facts given do not settle it. `missing` names what could; `seats` are proven whatever it turns out to be."""

    missing: tuple[str, ...]
    seats: tuple[Seat, ...] = ()
    steps: tuple[Step, ...] = ()


@frozen
class Void:
    """The vote does not count. `reasons` names the requirements that failed."""

    reasons: tuple[str, ...]
    steps: tuple[Step, ...] = ()


Outcome = Decided | DecisionRequired | CannotSay | Void

# Who has how many seats of which post: post, receiver, seats.
Result = frozenset[tuple[str, str, int]]


@frozen
class Reachable:
    """The results that the answers to the open questions can lead to, each with the answers that bring it about.

    `complete` is false when there were more counts to make than the cap allows, or when after an answer more facts would be
    needed; then there may be further results. `moot` are the ids of the questions open now
    whose answer changes nothing, known only of a complete list.
    """

    results: Mapping[Result, tuple[Decision, ...]] = field(hash=False)
    complete: bool = True
    moot: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether all answers lead to one and the same result."""
        return self.complete and len(self.results) == 1
