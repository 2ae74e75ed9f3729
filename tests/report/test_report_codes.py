"""Pages of codes: every one complete, in both languages, and filled without losing anything."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from civicrules import codes
from civicrules.program import Names


@pytest.mark.parametrize("code", codes.codes())
def test_a_page_is_complete(code: str) -> None:
    page = codes.page(code)
    for texts in (page.title, page.page, page.wrong, page.mended):
        assert texts.has("en") and texts.has("zh")
    for texts in (page.text, *page.labels.values(), *page.help, *page.author):
        assert texts.has("en") == texts.has("zh")
    for language in ("en", "zh"):
        assert page.wrong.text(language) != page.mended.text(language)
    assert page.example_in in ("ruleset", "vocabulary", "plan", "workbook", "python", "command")


@pytest.mark.parametrize("code", codes.codes())
def test_both_languages_ask_for_the_same_data(code: str) -> None:
    page = codes.page(code)
    for texts in (page.title, page.text, *page.labels.values(), *page.help, *page.author):
        english, chinese = (set(codes.placeholders(texts.text(language))) for language in ("en", "zh"))
        assert english == chinese or chinese < english


def test_an_unknown_code_shows_its_message() -> None:
    page = codes.page("ZZ0001")
    assert codes.fill(page.text.text("en"), {"message": "no ink"}, "en") == "no ink"
    assert "ZZ0001" not in codes.codes()


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (2722, "2,722", "2722"),
        (Fraction(1, 3), "1/3", "1/3"),
        (True, "yes", "是"),
        (date(2012, 2, 29), "29 February 2012", "2012年2月29日"),
        (Names.of(en="households", zh="居民户数"), "households", "居民户数"),
        (("a", Names.of(en="b", zh="乙")), "a, b", "a、乙"),
        ({"seats": 7}, "seats: 7", "seats：7"),
        (None, "", ""),
    ],
)
def test_values_are_shown_in_the_readers_language(value: object, english: str, chinese: str) -> None:
    assert codes.shown(value, "en") == english
    assert codes.shown(value, "zh") == chinese


def test_filling() -> None:
    assert codes.fill("{a} and {b}", {"a": 1}, "en") == "1 and …"
    assert codes.fill("{a} {not a name} {}", {"a": "{b}", "b": "x"}, "en") == "{b} {not a name} {}"
    assert codes.filled_if_complete("{a} and {b}", {"a": 1, "b": ()}, "en") == ""
    assert codes.filled_if_complete("{a} and {b}", {"a": 1, "b": ("x",)}, "en") == "1 and x"
