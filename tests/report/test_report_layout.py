"""Wrapping by display width."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from civicrules.report.layout import table, wrap
from civicrules.source import width


def test_chinese_breaks_anywhere_but_not_before_a_comma() -> None:
    assert wrap("居民户数，单位数。", 8) == ["居民户", "数，单位", "数。"]


def test_an_opening_quote_stays_with_its_word() -> None:
    assert wrap("解释“甲乙丙”", 6) == ["解释", "“甲乙", "丙”"]


def test_a_percentage_stays_in_one_piece() -> None:
    assert wrap("it comes to 32.4 % now", 15) == ["it comes to", "32.4 % now"]


def test_numbers_do_not_break_inside_chinese() -> None:
    assert wrap("共有1,601户居民", 8) == ["共有", "1,601户", "居民"]


def test_a_long_word_is_broken_rather_than_lost() -> None:
    assert wrap("x" * 10, 4) == ["xxxx", "xxxx", "xx"]


def test_hanging_indent() -> None:
    assert wrap("one two three", 9, "- ", "  ") == ["- one two", "  three"]


def test_an_empty_text_is_one_line() -> None:
    assert wrap("", 10, "  ") == [""]


@given(st.text(alphabet="ab1,%（）“”，。户居 民", max_size=80), st.integers(12, 60), st.integers(0, 4))
def test_wrapping_keeps_every_character_within_the_width(text: str, columns: int, depth: int) -> None:
    lines = wrap(text, columns, " " * depth)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(width(line) <= columns for line in lines)


def test_columns_line_up_in_chinese() -> None:
    lines = table([["职务", "票"], ["主任", "1855"], ["副主任", "9"]], right=(1,))
    assert lines == ["职务      票", "主任    1855", "副主任     9"]
    assert {width(line) for line in lines} == {12}
