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


@frozen
class Decision:
    """The recorded answer to a question: its id and the options chosen, with who decided and how (free text)."""

    question: str
    chosen: tuple[str, ...]
    by: str = ""


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
