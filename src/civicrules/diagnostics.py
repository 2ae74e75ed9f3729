"""What could not be understood, in a ruleset or in a file of facts.

The code is the key; every word a reader sees comes from the page of that code (`civicrules/codes/`), in their language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from attrs import field

from civicrules.source import Place
from civicrules.values import frozen


class Severity(Enum):
    """*Error* stops evaluation of what it touches; the others never stop anything."""

    ERROR = "error"
    CONFLICT = "conflict"
    WARNING = "warning"
    ADVICE = "advice"


@frozen
class Label:
    """A place with a note of its own; `note` names a text on the code's page (`labels:`), filled with the same data."""

    place: Place
    note: str = ""


@frozen
class Fix:
    """An edit that would mend it: the new text for a place. `safe` when nothing but the intended meaning can result."""

    place: Place
    replacement: str
    safe: bool = False


@frozen
class Diagnostic:
    """One thing that could not be understood.

    `code` is stable (`CR0101`); `data` fills the texts of its page: strings, numbers, or tuples of strings. One that is
    `discreet` stands where something personal is written: reports name its places and do not show what stands there.
    """

    code: str
    place: Place | None
    data: Mapping[str, object] = field(factory=dict, hash=False)
    severity: Severity = Severity.ERROR
    related: tuple[Label, ...] = ()
    fixes: tuple[Fix, ...] = ()
    discreet: bool = False


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
