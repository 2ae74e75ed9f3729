"""The English and the Chinese text of a ruleset are one ruleset."""

from __future__ import annotations

import pytest

import civicrules
from civicrules.diagnostics import Severity

SHIPPED = [name for name in civicrules.shipped().names("ruleset")]


@pytest.mark.parametrize("name", SHIPPED)
def test_both_texts_compile_to_equal_programs(name: str) -> None:
    english = civicrules.load(name, language="en")
    chinese = civicrules.load(name, language="zh")
    assert english.program.language == "en"
    assert chinese.program.language == "zh"
    assert english.program == chinese.program


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_said_against_a_shipped_text(name: str, language: str) -> None:
    rules = civicrules.load(name, language=language)
    assert [d.code for d in rules.diagnostics if d.severity is not Severity.ADVICE] == []


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_own_examples_hold(name: str, language: str) -> None:
    outcomes = civicrules.load(name, language=language).examples()
    assert outcomes
    assert [o for o in outcomes if o.actual != o.expected] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_sentence_has_a_text_in_both_languages(name: str) -> None:
    for language in ("en", "zh"):
        for rule in civicrules.load(name, language=language).program.rules:
            for sentence in rule.sentences:
                english, chinese = sentence.texts.text("en"), sentence.texts.text("zh")
                assert not any("\u4e00" <= c <= "\u9fff" for c in english)
                assert not any("a" <= c <= "z" for c in chinese)
