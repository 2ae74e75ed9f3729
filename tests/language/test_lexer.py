"""Characters to tokens: names without marks around them, in English and in Chinese without spaces."""

from __future__ import annotations

import pytest

from civicrules.builtins import registry
from civicrules.language.lexer import Lexicon, fold
from civicrules.language.words import word_table

TABLES = {words.tag: word_table(words.load()) for plugin in registry().plugins for words in plugin.words}


def kinds(text: str, *names: str, language: str = "en") -> list[tuple[str, str]]:
    tables = (TABLES["en"],) if language == "en" else (TABLES["zh"], TABLES["en"])
    folded = fold(text)
    tokens = Lexicon(tables, folded, frozenset(names)).tokens(0, len(folded))
    return [("NAME" if t.type.endswith("_NAME") else str(t.type), str(t)) for t in tokens]


def test_a_name_ends_before_a_keyword() -> None:
    assert kinds("vice chairs must be at least 3") == [
        ("NAME", "vice chairs"),
        ("MUST", "must"),
        ("IS", "be"),
        ("AT_LEAST", "at least"),
        ("NUMBER", "3"),
    ]


def test_a_word_that_only_opens_may_stand_inside_a_name() -> None:
    assert kinds("deprived of political rights")[0] == ("NAME", "deprived of political rights")


def test_chinese_needs_no_spaces() -> None:
    assert kinds("居民户数不得少于1500户", "居民户数", "户", language="zh") == [
        ("NAME", "居民户数"),
        ("MUST_NOT", "不得"),
        ("LESS_THAN", "少于"),
        ("NUMBER", "1500"),
        ("NAME", "户"),
    ]


def test_full_width_signs_and_digits_are_read_as_narrow_ones() -> None:
    assert kinds("（１５００）", language="zh") == [("LPAR", "("), ("NUMBER", "1500"), ("RPAR", ")")]


@pytest.mark.parametrize("word", ["高中", "行为", "工作者", "活动中心"])
def test_an_ordinary_word_that_holds_a_keyword_is_kept(word: str) -> None:
    assert kinds(word, language="zh") == [("NAME", word)]


def test_a_declared_name_that_holds_a_keyword_is_taken_whole() -> None:
    assert kinds("居住在本社区为是", "居住在本社区", language="zh")[0] == ("NAME", "居住在本社区")


def test_a_declared_name_inside_a_longer_one_does_not_cut_it() -> None:
    assert kinds("居民户数标准", "居民户数", language="zh") == [("NAME", "居民户数标准")]


def test_of_before_a_share_of_a_name_and_at_the_end_of_a_case() -> None:
    names = ("党组织", "职数", "单位数")
    assert [kind for kind, _ in kinds("党组织的职数", *names, language="zh")] == ["NAME", "DE", "NAME"]
    assert [kind for kind, _ in kinds("单位数的10%", *names, language="zh")] == ["NAME", "DE_SHARE", "PERCENT"]
    assert [kind for kind, _ in kinds("单位数的三分之一", *names, language="zh")] == ["NAME", "DE_SHARE", "RATIO"]
    assert [kind for kind, _ in kinds("100个以上的，", "个", language="zh")][-1] == "CASE_END"


def test_numbers_days_and_shares() -> None:
    assert [kind for kind, _ in kinds("2,722 10% 1/3 2012-07-01")] == ["NUMBER", "PERCENT", "RATIO", "DATE"]
    assert [kind for kind, _ in kinds("10万 三分之二 2012年7月1日", language="zh")] == ["NUMBER", "RATIO", "DATE"]


def test_a_comma_belongs_to_the_rounding_and_the_bound_after_it() -> None:
    assert [kind for kind, _ in kinds("a, rounded down, at least 5, b")] == [
        "NAME",
        "ROUNDED_DOWN",
        "CLAMP_LOW",
        "NUMBER",
        "COMMA",
        "NAME",
    ]


def test_positions_are_those_of_the_text() -> None:
    text = fold("  units　must be ３")
    tokens = Lexicon((TABLES["en"],), text).tokens(0, len(text))
    assert [(t.start_pos, t.end_pos) for t in tokens] == [(2, 7), (8, 12), (13, 15), (16, 17)]


def test_no_two_terminals_of_a_table_share_a_phrase_that_nothing_tells_apart() -> None:
    for table in TABLES.values():
        free = [p for t, phrases in table.keywords.items() if t not in table.only for p in phrases]
        assert len(free) == len(set(free)), table.tag
