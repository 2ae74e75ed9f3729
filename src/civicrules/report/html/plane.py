"""Places on a drawing: exact values laid out on a line of whole units, and how wide a text will be."""

from __future__ import annotations

from fractions import Fraction

from civicrules.exact import Exact, Rounding, rounded
from civicrules.source import width
from civicrules.values import frozen

# Drawings are so many units wide, with a margin on both sides; a narrow window shows them smaller.
WIDTH, LEFT, RIGHT = 480, 10, 470
_UNITS_A_COLUMN = 7


@frozen
class Axis:
    """A line from `low` to `high`, drawn from LEFT to RIGHT."""

    low: Exact
    high: Exact

    def at(self, value: Exact) -> int:
        """Where a value stands, to the nearest unit; all stand in the middle of a line without length.

        >>> Axis(0, 6000).at(2500), Axis(0, 6000).at(0), Axis(0, 6000).at(6000)
        (202, 10, 470)
        """
        if self.high == self.low:
            return (LEFT + RIGHT) // 2
        return LEFT + rounded(Fraction(value - self.low) * (RIGHT - LEFT) / (self.high - self.low), Rounding.HALF_UP)


def drawn_width(text: str) -> int:
    """About how many units a text needs.

    >>> drawn_width("3至5人")
    42
    """
    return width(text) * _UNITS_A_COLUMN


def anchor(x: int, text: str) -> str:
    """How a text that stands at a place is turned so that it stays on the drawing."""
    half = drawn_width(text) // 2
    return "start" if x - half < 0 else "end" if x + half > WIDTH else "middle"
