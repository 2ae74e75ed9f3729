"""The word tables: complete in both languages, with the placeholders the code fills."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import civicrules.report
from civicrules.codes import placeholders
from civicrules.compared import How
from civicrules.derived import End, Why
from civicrules.findings import Verdict
from civicrules.program import Comparison, Lower, RelationKind
from civicrules.report.words import keys, names, word

_FAMILIES = (
    "severity.",
    "count.",
    "page.in.",
    "across.number.",
    *(f"html.{of}." for of in ("status", "next", "about", "kind", "limit", "counted", "after count")),
)
HOME = Path(civicrules.report.__path__[0])
SOURCES = [path.read_text(encoding="utf-8") for kind in ("*.py", "*.html") for path in HOME.rglob(kind)]


@pytest.mark.parametrize("key", keys())
def test_both_languages(key: str) -> None:
    assert names(key).has("en")
    assert names(key).has("zh")
    assert re.search("[\u4e00-\u9fff]", names(key).text("zh")) or "{" in key or not re.search("[a-z]{3}", _bare(key))


def _bare(key: str) -> str:
    return re.sub(r"\{\w+\}|civicrules", "", names(key).text("zh"))


def test_every_word_is_used() -> None:
    computed = {f"{family}.{value.value}" for family in ("verdict", "would") for value in Verdict}
    computed |= {f"{family}.{value.value}" for family in ("limit", "limit.advice") for value in Comparison}
    computed |= {"limit.within", "limit.advice.within", *(key for key in keys() if key.startswith(_FAMILIES))}
    computed |= {f"show.{kind.value}" for kind in RelationKind} | {f"show.lower.{lower.value}" for lower in Lower}
    computed |= {f"personal.{how.value}{end}" for how in How for end in ("", " by")}
    computed |= {f"derive.{family}.{value.value}" for family in ("form", "day form") for value in Comparison}
    computed |= {f"derive.{family}.{end.value}" for family in ("due", "event") for end in End}
    computed |= {f"derive.why.{why.value}" for why in Why}
    code = "".join(SOURCES)
    assert [key for key in keys() if key not in computed and f'"{key}"' not in code and f"'{key}'" not in code] == []


def test_verdicts_read_as_the_language_says() -> None:
    assert [word(f"verdict.{verdict.value}", "zh") for verdict in Verdict] == ["不符合", "无法判断", "符合", "不适用"]


def test_chinese_asks_for_no_more_than_english() -> None:
    for key in keys():
        english, chinese = (set(placeholders(names(key).text(language))) for language in ("en", "zh"))
        assert chinese - english <= {"value", "current", "total", "unit"}, key
