"""The texts that are shipped stand as `fmt` sets them, and none of them is one that it has to leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import civicrules

RULESETS = Path(__file__).parents[2] / "rulesets"
NAMING = ("规则 ", "rule ", "英文：", "in Chinese:", "则 ", "expect ")
TEXTS = sorted(path.relative_to(RULESETS).as_posix() for path in RULESETS.glob("*/*.civic"))


@pytest.mark.parametrize("name", TEXTS)
def test_a_shipped_text_is_in_order_and_put_in_order(name: str) -> None:
    text = (RULESETS / name).read_text(encoding="utf-8")
    assert civicrules.format(text).text == text
    assert civicrules.format("".join(map(disturbed, text.splitlines(keepends=True)))).text == text


def disturbed(line: str) -> str:
    """A line with spaces that do not belong there; titles and names keep their own."""
    if '"' in line or "“" in line or line.strip().startswith(NAMING):
        return line
    return line.replace(" must ", "  must ").replace("应当", "应当 ")
