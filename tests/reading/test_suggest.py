"""Did you mean: near words are found, in Latin letters and in two-character Chinese, far ones are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicrules.suggest import Known, nearest

WORDS = [
    "households",
    "units",
    "electorate",
    "election day",
    "居民户数",
    "驻社区单位数",
    "小学",
    "初中",
    "高中",
    "大专",
]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("housholds", "households"),
        ("electrate", "electorate"),
        ("Election_Day", "election day"),
        ("居名户数", "居民户数"),
        ("居民户", "居民户数"),
        ("初钟", "初中"),
        ("大传", "大专"),
    ],
)
def test_near_words_come_first(word: str, expected: str) -> None:
    assert nearest(word, WORDS)[0] == expected


@pytest.mark.parametrize("word", ["", "zz", "budget", "经费", "年"])
def test_far_words_do_not_come(word: str) -> None:
    assert nearest(word, WORDS) == ()


@given(st.lists(st.text(max_size=8), max_size=8), st.text(max_size=8))
def test_suggestions_are_candidates_without_repeats(candidates: list[str], word: str) -> None:
    found = nearest(word, candidates)
    assert len(found) == len(set(found)) <= 3 and set(found) <= set(candidates)


@given(st.text(alphabet="abcdefgh居民户数", min_size=2, max_size=10))
def test_a_word_is_nearest_to_itself(word: str) -> None:
    assert nearest(word, ["qqqqqq", word])[0] == word


@given(
    st.text("ab cde_", max_size=8) | st.text("林华吴敏高军", max_size=4),
    st.lists(st.text("abcde_", max_size=8) | st.text("林华吴敏高军", max_size=4), max_size=12),
)
def test_words_made_ready_are_searched_as_one_by_one(word: str, words: list[str]) -> None:
    """A word is near by itself or not at all, and those that are near stand in one order, whatever is passed over."""
    near = {one: nearest(word, [one]) != () for one in words}
    found = Known.of(words).nearest(word, most=len(words))
    assert set(found) == {one for one, is_near in near.items() if is_near}
    assert nearest(word, words) == found[:3]
