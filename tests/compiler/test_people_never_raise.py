"""Whatever is done to texts with rules on people, lists, exceptions, days and layers: diagnostics, never an exception.

The samples hold every construct of the language. A few of their lines, below a head, are cut off, doubled, moved,
nested, mixed with others and with what people write by mistake.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
LINES = {
    tag: [line for name, text in TEXTS.items() if f".{tag}." in name for line in text.splitlines() if line.strip()]
    for tag in ("en", "zh")
}
BELOW = [
    "    except when part-time",
    "    except when part-time: at most 65",
    "  但是兼职的除外",
    "    但是现任的，不超过65周岁",
    "  otherwise: 3",
    "  其他情形：3",
    "  replaces: x",
    "  lower rules: may tighten",
    "  each: x",
    "    valid: until 2013-12-28",
]
SIGNS = list('"“”「」()（）[]〔〕:：,，、/%的年岁日前中之满0１且或\0\u202e')


def survives(text: str) -> None:
    found = civicrules.compile(text, library=LIBRARY).diagnostics
    for one in found:
        if isinstance(one.place, Span):
            assert 0 <= one.place.start <= one.place.end <= len(one.place.source.text)
    for language in ("en", "zh"):
        assert "Traceback" not in render(found, language)


@st.composite
def mixed(draw: st.DrawFn) -> str:
    """A head and a stretch of a sample's lines, changed in up to five places."""
    tag = draw(st.sampled_from(["en", "zh"]))
    start = draw(st.integers(0, len(LINES[tag]) - 1))
    lines = LINES[tag][start : start + draw(st.integers(2, 12))]
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        cut = draw(st.integers(0, len(line)))
        match draw(st.sampled_from(["drop", "double", "foreign", "indent", "outdent", "cut", "sign", "join", "below"])):
            case "drop" if len(lines) > 1:
                lines.pop(at)
            case "double":
                lines.insert(at, line)
            case "foreign":
                lines.insert(at, draw(st.sampled_from(LINES["en"] + LINES["zh"])))
            case "indent":
                lines[at] = draw(st.sampled_from(["  ", "\t", "\u3000"])) + line
            case "outdent":
                lines[at] = line.strip()
            case "cut":
                lines[at] = line[:cut]
            case "sign":
                lines[at] = line[:cut] + draw(st.sampled_from(SIGNS)) + line[cut + draw(st.integers(0, 2)) :]
            case "join":
                lines[at] = f"{line} {draw(st.sampled_from(LINES[tag])).strip()}"
            case "below":
                lines.insert(at + 1, draw(st.sampled_from(BELOW)))
            case _:
                pass
    return HEAD[tag] + "\n".join(lines) + "\n"


@settings(max_examples=80, deadline=None)
@given(mixed())
def test_mixed_lines(text: str) -> None:
    survives(text)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_samples_cut_off(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    survives(text[: data.draw(st.integers(0, len(text)))])


@pytest.mark.parametrize("under", ["my.town", "cn.city-2007", "nothing.here", "sample.community", "“", ""])
def test_any_ruleset_above(under: str) -> None:
    survives(HEAD["en"].replace("  facts: sample", f"  under: {under}\n  facts: sample") + "units must be 3\n")


@pytest.mark.parametrize("value", ["", ":", "3", "election day, term end", "“", "nothing", "each candidate"])
@pytest.mark.parametrize("key", ["age date: election day", "days back: election day not counted"])
def test_any_convention_in_the_head(key: str, value: str) -> None:
    sentence = "each candidate's age must be at least 18\ncandidate list posted must be 3 days before term end\n"
    survives(HEAD["en"].replace(key, f"{key.split(':')[0]}: {value}") + sentence)
