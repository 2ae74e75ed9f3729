"""The examples on the pages of rulesets: each wrong one gives its code and no other, each mended one gives nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import civicrules
from civicrules import codes
from civicrules.pipeline import Compiled
from civicrules.report.diagnostics import render
from civicrules.source import read_table

Compile = Callable[[str, str, str], Compiled]
PAGES = [
    codes.page(code)
    for code in codes.codes()
    if code[:4] in ("CR01", "CR02", "CR03") and codes.page(code).example_in in ("ruleset", "vocabulary")
]
CASES = [(page, language) for page in PAGES for language in ("en", "zh")]
IDS = [f"{page.code}-{language}" for page, language in CASES]


@pytest.mark.parametrize(("page", "language"), CASES, ids=IDS)
def test_the_wrong_example_gives_its_code(page: codes.Page, language: str, compile_page: Compile) -> None:
    found = compile_page(page.code, page.example_in, page.wrong.text(language)).diagnostics
    assert {d.code for d in found} == {page.code}, render(found, language)


@pytest.mark.parametrize(("page", "language"), CASES, ids=IDS)
def test_the_mended_example_gives_nothing(page: codes.Page, language: str, compile_page: Compile) -> None:
    found = compile_page(page.code, page.example_in, page.mended.text(language)).diagnostics
    assert found == (), render(found, language)


@pytest.mark.parametrize(("page", "language"), CASES, ids=IDS)
def test_title_and_text_find_all_their_data(page: codes.Page, language: str, compile_page: Compile) -> None:
    """No message has a hole in it: every placeholder of title and text is in the data of the diagnostic."""
    for found in compile_page(page.code, page.example_in, page.wrong.text(language)).diagnostics:
        for text in (page.title, page.text):
            assert set(codes.placeholders(text.text(language))) <= set(found.data)


@pytest.mark.parametrize(("page", "language"), CASES, ids=IDS)
def test_every_place_is_in_the_text(page: codes.Page, language: str, compile_page: Compile) -> None:
    for found in compile_page(page.code, page.example_in, page.wrong.text(language)).diagnostics:
        assert isinstance(found.place, civicrules.Span)
        assert 0 <= found.place.start <= found.place.end <= len(found.place.source.text)
        assert "\n" not in found.place.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_candidate_without_a_post_is_said_when_counting(language: str, compile_page: Compile) -> None:
    page = codes.page("CR0721")
    compiled = compile_page("CR0720", "ruleset", codes.page("CR0720").mended.text(language))
    rules = civicrules.Rules.of(compiled)
    for example, expected in ((page.wrong, {"CR0721"}), (page.mended, set())):
        facts, problems = rules.facts(read_table(example.text(language)))
        assert problems == ()
        _, problems = rules.count(rules.program.contests[0], facts)
        assert {d.code for d in problems if d.code == "CR0721"} == expected


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", ["CR0722", "CR0723", "CR0724", "CR0726"])
def test_what_a_plan_says_of_boxes_and_candidates_is_said_when_counting(
    code: str, language: str, compile_page: Compile
) -> None:
    rules = civicrules.Rules.of(compile_page("CR0720", "ruleset", codes.page("CR0720").mended.text(language)))
    page = codes.page(code)
    for example, expected in ((page.wrong, {code}), (page.mended, set())):
        facts, problems = rules.facts(read_table(example.text(language)))
        assert problems == ()
        _, problems = rules.count(rules.program.contests[0], facts)
        assert {d.code for d in problems} - {"CR0725"} == expected
