"""A sentence printed in the other language means the same: it compiles to an equal Program in the place of the original."""

from __future__ import annotations

import pytest

import civicrules
from civicrules import MappingLibrary
from civicrules.library import Libraries


def texts(name: str, language: str) -> str:
    found = civicrules.shipped().find("ruleset", name, language)
    assert found is not None
    return found.source.text


CASES = [
    (name, other, index)
    for name in ("cn.district-2012", "cn.all-voter")
    for other in ("en", "zh")
    for index, rule in enumerate(civicrules.load(name).program.rules)
    if rule.ruleset == name
]


@pytest.mark.parametrize(("name", "other", "index"), CASES)
def test_translated_sentences_compile_to_the_same(name: str, other: str, index: int) -> None:
    own = "zh" if other == "en" else "en"
    translated = civicrules.load(name, language=own).program.rules[index]
    target = civicrules.load(name, language=other)
    text = texts(name, other)
    for here, there in zip(target.program.rules[index].sentences, translated.sentences, strict=True):
        assert here.span is not None
        line = here.span.text
        printed = there.texts.text(other)
        if (
            line.endswith((":", "：")) or "→" in printed
        ):  # the head of a list, a step of an order: no sentence in a line
            continue
        if here.guard is not None and not line.startswith("when") and "的，" not in line:
            printed = printed.split(": ", 1)[-1].split("的，", 1)[-1]
        if here.each is not None and not line.startswith("when"):  # an item of a list stands without its head
            printed = printed.split(": ", 1)[-1].split("：", 1)[-1]
        text = text.replace(line, printed, 1)
    library = Libraries((MappingLibrary({name: text}), civicrules.shipped()))
    assert civicrules.load(name, library=library).program == target.program
