"""The examples on the pages of the language are compiled, in both languages.

A comment `<!-- compiles: NAME LANGUAGE -->` stands before each block. All blocks of a name are one text; in a block in
`both` languages Chinese stands beside English, from the column where it begins in the first line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

import civicrules
from civicrules.diagnostics import Severity
from civicrules.library import MappingLibrary

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("language.md", "language.zh.md")
_BLOCK = re.compile(r"<!-- compiles: (\S+) (en|zh|both) -->\n```\n(.*?)^```$", re.M | re.S)
_BESIDE = re.compile(r"^\S.*? {4,}(?=\S)")


def texts(page: str) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, language, block in _BLOCK.findall(page):
        if language != "both":
            found[name, language].append(block)
            continue
        first = _BESIDE.match(block)
        assert first is not None, block
        lines = block.splitlines()
        found[name, "en"].append("\n".join(line[: first.end()].rstrip() for line in lines) + "\n")
        found[name, "zh"].append("\n".join(line[first.end() :] for line in lines) + "\n")
    return {key: "\n".join(blocks) for key, blocks in found.items()}


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest) -> dict[tuple[str, str], str]:
    return texts((DOCS / request.param).read_text(encoding="utf-8"))


def test_every_example_compiles_in_both_languages(page: dict[tuple[str, str], str]) -> None:
    vocabulary = page.pop(("vocabulary", "en"), None) or page.pop(("vocabulary", "zh"))
    assert page, "a page without examples"
    for (name, language), text in page.items():
        library = MappingLibrary({"our.words": vocabulary, "the-law": page["law", language]})
        compiled = civicrules.compile(text, library=library)
        problems = [one for one in compiled.diagnostics if one.severity in (Severity.ERROR, Severity.CONFLICT)]
        assert compiled.program is not None and not problems, (name, language, problems)
        assert all(outcome.passed for outcome in civicrules.Rules.of(compiled).examples()), (name, language)


def test_the_pages_show_the_same_examples() -> None:
    english, chinese = (texts((DOCS / name).read_text(encoding="utf-8")) for name in PAGES)
    assert chinese.keys() - english.keys() == {("vocabulary", "zh")}
    for key in chinese.keys() & english.keys():
        text = chinese[key]
        assert [line for line in english[key].splitlines() if line] == [line for line in text.splitlines() if line], key
