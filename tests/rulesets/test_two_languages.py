"""The English and the Chinese text of a ruleset are one ruleset."""

from __future__ import annotations

import pytest

import civicrules
from civicrules.diagnostics import Severity

SHIPPED = [name for name in civicrules.shipped().names("ruleset")]

# What the sources ask against residents' law 8, by which age over 18, sex, education, property and length of residence
# bar nobody from voting and standing.
CONFLICTS = {
    "cn.all-voter": ["CR0363"],  # a year of residence for those without local registration (L6)
    "cn.representatives": ["CR0363"],  # local registration alone (L6)
    "cn.direct-2005": ["CR0363"],  # a year of residence, and nobody who lives elsewhere (L6)
    "cn.city-2007": ["CR0363", "CR0363"],  # age limits by sex, junior high school (L3)
    # sanctions (L4), three members (L1), senior high school and a term before retirement (L3)
    "cn.district-2012": ["CR0363", "CR0364", "CR0363", "CR0363"],
}


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
    """Nothing but where a source contradicts the law above it, as `CONFLICTS` says."""
    rules = civicrules.load(name, language=language)
    said = [d.code for d in rules.diagnostics if d.severity is not Severity.ADVICE]
    assert said == CONFLICTS.get(name, [])


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
