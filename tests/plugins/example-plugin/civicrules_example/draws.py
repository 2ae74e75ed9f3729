"""Lots drawn like balls from an urn: the options in a row, moved on by the digits of the seed."""

from __future__ import annotations

from collections.abc import Mapping

from civicrules.plugin import Draw
from civicrules.program import Names


def places(seed: str, question: str, options: tuple[str, ...]) -> Mapping[str, str]:
    """The place of each option in the row after it was moved on: two digits, no two the same."""
    moved = sum(int(digit) for digit in seed if digit.isdecimal()) % len(options)
    return {option: f"{(at + moved) % len(options):02}" for at, option in enumerate(sorted(options))}


ROW = Draw(
    "moved-row",
    Names.of(en="moved-row", zh="顺移法"),
    places,
    Names.of(
        en="Options in the order of their names are moved on by the sum of the digits of the seed; the first are drawn.",
        zh="各选项按名称排成一列，按种子各位数字之和依次顺移，排在前面的抽中。",
    ),
)
