"""What the examples of a ruleset came to, and which parts of it no example touches."""

from __future__ import annotations

from enum import Enum

from attrs import field

from civicrules.findings import Value, Verdict
from civicrules.program import Citation, Example, Names, Type
from civicrules.source import Span
from civicrules.values import frozen


@frozen
class Outcome:
    """What one expectation of an example came to: `actual` is a value, or a verdict where one was expected.

    `names` and `type` are those of the definition; a rule has no type. `missing` are the facts that the example does not
    give and without which a rule on which something else was expected cannot be judged.
    """

    example: Example
    id: str
    expected: Value | Verdict
    actual: Value | Verdict
    names: Names = field(default=Names(), eq=False, repr=False)
    type: Type | None = None
    citation: Citation | None = None
    missing: tuple[Names, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it came out as expected."""
        return type(self.expected) is type(self.actual) and self.expected == self.actual


class Kind(Enum):
    """The parts of a ruleset that examples can touch."""

    RULE = "rule"
    ROW = "row"
    EXCEPTION = "exception"
    OPTION = "option"


@frozen
class Part:
    """A part of a ruleset: a rule, a row of a definition, an exception of a rule, an option of a reading.

    `id` and `names` are those of the rule, definition or reading, `text` is the part itself as it is written; of a rule
    with several sentences the line that it opens with.
    """

    kind: Kind
    id: str
    names: Names = field(eq=False, repr=False)
    text: Names = field(eq=False, repr=False)
    touched: bool
    place: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Coverage:
    """What the examples of a ruleset touch, each kind in the order of the text. It is told, and never decides anything.

    * A rule is touched when an example that expects a verdict of it sees one of its sentences hold or fail.
    * A row is touched when it is the one that counts in working out what an example expects; where rows overlap and the
      reading takes what all of them say, each of them is.
    * An exception is touched when it applies in an example that expects a verdict of its rule.
    * An option of a reading is touched when an example tells it from another: under one of the two something that an
      example expects comes out otherwise than under the other. One of the two is always the option taken.

    Only the ruleset's own text counts, not that of the rulesets above it.
    """

    parts: tuple[Part, ...]

    def of(self, kind: Kind) -> tuple[Part, ...]:
        """All parts of a kind."""
        return tuple(part for part in self.parts if part.kind is kind)

    def untouched(self, kind: Kind) -> tuple[Part, ...]:
        """The parts of a kind that no example touches."""
        return tuple(part for part in self.of(kind) if not part.touched)
