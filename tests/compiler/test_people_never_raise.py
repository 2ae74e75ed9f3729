"""Whatever is done to texts with rules on people, lists, exceptions, days and layers: diagnostics, never an exception.

Heads that name any ruleset above and any convention; `tests/fuzz` changes the samples themselves at random.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import civicrules
from civicrules.report.diagnostics import render
from civicrules.source import Span

SAMPLES = Path(__file__).parents[1] / "samples"
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.civic"))}
HEAD = {
    "en": 'civicrules 1 en\n\nruleset my.town "Our election"\n  facts: sample.community\n  age date: election day\n'
    '  days back: election day not counted\n  source notice: "The notice"\n\nsection "Rules" [notice 1]\n\n',
    "zh": "civicrules 1 zh\n\n规则集 my.town “本社区换届选举”\n  词汇：sample.community\n  年龄计算日：选举日\n"
    "  倒推天数：选举日不计入\n  来源 通知：“通知”\n\n章节 “规定” 〔通知 一〕\n\n",
}


def opened(text: str) -> str:
    """The name of the ruleset or the vocabulary that a text opens."""
    words = ("ruleset", "规则集", "vocabulary")
    return next(line.split()[1] for line in text.splitlines() if line.startswith(words))


LIBRARY = civicrules.MappingLibrary({opened(text): text for text in reversed(TEXTS.values())})


def survives(text: str) -> None:
    found = civicrules.compile(text, library=LIBRARY).diagnostics
    for one in found:
        if isinstance(one.place, Span):
            assert 0 <= one.place.start <= one.place.end <= len(one.place.source.text)
    for language in ("en", "zh"):
        assert "Traceback" not in render(found, language)


@pytest.mark.parametrize("under", ["my.town", "cn.city-2007", "nothing.here", "sample.community", "“", ""])
def test_any_ruleset_above(under: str) -> None:
    survives(HEAD["en"].replace("  facts: sample", f"  under: {under}\n  facts: sample") + "units must be 3\n")


@pytest.mark.parametrize("value", ["", ":", "3", "election day, term end", "“", "nothing", "each candidate"])
@pytest.mark.parametrize("key", ["age date: election day", "days back: election day not counted"])
def test_any_convention_in_the_head(key: str, value: str) -> None:
    sentence = "each candidate's age must be at least 18\ncandidate list posted must be 3 days before term end\n"
    survives(HEAD["en"].replace(key, f"{key.split(':')[0]}: {value}") + sentence)
