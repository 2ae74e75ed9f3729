"""Shipped texts, changed at random: diagnostics at their places, never an exception, and what compiles can be used.

A stretch of a shipped ruleset or sample stands below a head and is changed by line and by word: left out, doubled,
swapped, cut off, nested, misspelt, put in the words of the other language. The ordinary run is the same each time;
`CIVICRULES_FUZZ=20` makes twenty times as many changes, others each time (see CONTRIBUTING.md).
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import civicrules
from civicrules import codes
from civicrules.builtins import registry
from civicrules.diagnostics import Diagnostic, has_errors
from civicrules.language.words import word_table
from civicrules.library import Libraries, MappingLibrary, shipped
from civicrules.report import diagnostics as shown
from civicrules.report import json, text
from civicrules.report import ruleset as document
from civicrules.report.view import View
from civicrules.rules import Rules
from civicrules.source import Span

TIMES = int(os.environ.get("CIVICRULES_FUZZ", "1"))
LONGEST = timedelta(seconds=10)

ROOT = Path(__file__).parents[2]
PATHS = (*sorted((ROOT / "tests" / "samples").glob("**/*.civic")), *sorted((ROOT / "rulesets").glob("*/*.civic")))
TEXTS = {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in PATHS}
PLANS = sorted((ROOT / "rulesets").glob("*/examples/*.yaml"))
TABLES = {words.tag: word_table(words.load()) for plugin in registry().plugins for words in plugin.words}


def profile(examples: int) -> settings:
    """The same changes in each ordinary run, others in a long one."""
    return settings(
        max_examples=examples * TIMES,
        derandomize=TIMES == 1,
        database=None,
        deadline=LONGEST,
        phases=[Phase.generate] if TIMES == 1 else [Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )


def opened(text: str) -> str:
    """The name of the ruleset or the vocabulary that a text opens."""
    words = ("ruleset", "规则集", "vocabulary", "词汇表")
    return next(line.split()[1] for line in text.splitlines() if line.startswith(words))


def tag_of(text: str) -> str:
    return text.split()[2]


LIBRARY = Libraries((MappingLibrary({opened(text): text for text in reversed(TEXTS.values())}), shipped()))


# ---------------------------------------------------------------- words of both languages


def phrases(tag: str) -> dict[str, str]:
    """The phrases of a language with what each stands for."""
    table = TABLES[tag]
    groups = (table.keywords, table.declarations, table.openers, table.keys)
    return {phrase: f"{at} {kind}" for at, group in enumerate(groups) for kind in group for phrase in group[kind]}


PHRASES = {tag: phrases(tag) for tag in TABLES}
MEANT: dict[str, list[str]] = {}
for _tag in PHRASES:
    for _phrase, _kind in PHRASES[_tag].items():
        MEANT.setdefault(_kind, []).append(_phrase)
_LONGEST_FIRST = sorted({phrase for known in PHRASES.values() for phrase in known}, key=len, reverse=True)
_WORD = "|".join(re.escape(phrase) + (r"\b" if phrase[-1:].isascii() else "") for phrase in _LONGEST_FIRST if phrase)
TOKEN = re.compile(rf"{_WORD}|[0-9]+|[A-Za-z]+|[ \t]+|.", re.DOTALL)
SIGNS = [
    *'"“”「」()（）[]〔〕:：,，、/%#的年岁日前中之满0１½²且或',
    "\0",
    "\t",
    "\u202e",
    "\u200b",
    "\u00a0",
    "\u3000",
    "\ufeff",
]
SIGNS += ["\r", "\u2028", "𠀀", "e\u0301", "'s", "..", "--", "½"]
NUMBERS = ["0", "00", "1.5", "9" * 40, "1,5", "-3", "1/0", "三", "0x10", "1e9", "2012-02-30", "99999-01-01"]
TWINS = str.maketrans("aceopxyAEO", "асеорхуАЕО")  # Latin letters and the Cyrillic ones that look like them


@st.composite
def misspelt(draw: st.DrawFn, word: str) -> str:
    """A word with a letter left out, doubled, swapped with the next or replaced by one that looks like it."""
    if not word:
        return word
    at = draw(st.integers(0, len(word) - 1))
    here, after = word[at], word[at + 1 : at + 2]
    other = draw(st.sampled_from(["", here * 2, after + here, here.translate(TWINS), here.upper()]))
    return word[:at] + other + word[at + (2 if other == after + here else 1) :]


@st.composite
def changed_words(draw: st.DrawFn, line: str) -> str:
    """A line with one change among its words."""
    words = TOKEN.findall(line)
    solid = [at for at, word in enumerate(words) if not word.isspace()]
    if not solid:
        return line
    at, other = draw(st.sampled_from(solid)), draw(st.sampled_from(solid))
    word = words[at]
    match draw(st.sampled_from(["drop", "double", "swap", "cut", "misspell", "foreign", "nest", "number", "sign"])):
        case "drop":
            words[at] = ""
        case "double":
            words[at] = f"{word} {word}"
        case "swap":
            words[at], words[other] = words[other], word
        case "cut":
            words = words[:at]
        case "misspell":
            words[at] = draw(misspelt(word))
        case "foreign":
            kinds = [known[word] for known in PHRASES.values() if word in known]
            words[at] = draw(st.sampled_from(MEANT[kinds[0]] if kinds else _LONGEST_FIRST))
        case "nest":
            signs = draw(st.sampled_from(["()", "（）", "[]", "〔〕", '""', "“”"]))
            times, first, last = draw(st.integers(1, 40)), min(at, other), max(at, other)
            words = [*words[:first], signs[0] * times, *words[first : last + 1], signs[1] * times, *words[last + 1 :]]
        case "number":
            words[at] = draw(st.sampled_from(NUMBERS))
        case _:
            words.insert(at, draw(st.sampled_from(SIGNS)))
    return "".join(words)


# ---------------------------------------------------------------- lines

LINES = {
    tag: [line for text in TEXTS.values() if tag_of(text) == tag for line in text.splitlines() if line.strip()]
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
    "  in Chinese: “一”",
    "  英文：“one”",
]


@st.composite
def changed_lines(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """Lines with one change among them, or within one of them."""
    if not lines:
        return lines
    at = draw(st.integers(0, len(lines) - 1))
    line, rest = lines[at], lines[at + 1 :]
    match draw(
        st.sampled_from(["words"] * 8 + ["drop", "double", "swap", "indent", "outdent", "foreign", "join", "below"])
    ):
        case "words":
            here = [draw(changed_words(line))]
        case "drop":
            here = []
        case "double":
            here = [line, line]
        case "swap":
            here, rest = [*rest[:1], line], rest[1:]
        case "indent":
            here = [draw(st.sampled_from(["  ", "\t", "\u3000", " "])) + line]
        case "outdent":
            here = [line.strip()]
        case "foreign":
            here = [line, draw(st.sampled_from(LINES["en"] + LINES["zh"]))]
        case "join":
            here, rest = [f"{line} {rest[0].strip() if rest else line}"], rest[1:]
        case _:
            here = [line, draw(st.sampled_from(BELOW))]
    return [*lines[:at], *here, *rest]


def parts(text: str) -> tuple[list[str], list[list[str]]]:
    """The lines of the head of a text, and of each of its statements."""
    found: list[list[str]] = []
    for line in text.splitlines():
        if line.strip() and (not line[0].isspace() or not found):
            found.append([])
        if found:
            found[-1].append(line)
    return [line for part in found[:2] for line in part], found[2:]


PARTS = {path: parts(text) for path, text in TEXTS.items()}
RULESETS = [path for path in PARTS if not path.name.startswith("vocabulary")]
VOCABULARIES = [path for path in PARTS if path.name.startswith("vocabulary")]


@st.composite
def changed_texts(draw: st.DrawFn, paths: list[Path], most: int) -> str:
    """Some statements of a text below its head, with up to four changes."""
    head, statements = PARTS[draw(st.sampled_from(paths))]
    first = draw(st.integers(0, max(0, len(statements) - 1)))
    chosen = [line for part in statements[first : first + draw(st.integers(1, most))] for line in part]
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.integers(0, 7)):
            chosen = draw(changed_lines(chosen))
        else:
            head = draw(changed_lines(head))
    return draw(st.sampled_from(["\n"] * 6 + ["\r\n"])).join([*head, "", *chosen, ""])


# ---------------------------------------------------------------- what must hold


def placed(found: tuple[Diagnostic, ...]) -> None:
    """Each has a page and places within its text, and can be shown."""
    for one in found:
        assert codes.page(one.code)
        for place in (one.place, *(label.place for label in one.related), *(fix.place for fix in one.fixes)):
            if isinstance(place, Span):
                assert 0 <= place.start <= place.end <= len(place.source.text), one
    for language, width, encoding in (("en", 40, "ascii"), ("zh", 100, "gbk")):
        assert "Traceback" not in shown.render(found, language, width=width, encoding=encoding)


def used(rules: Rules, plan: Path) -> None:
    """A ruleset without errors can be asked everything."""
    report = rules.check(plan, all_readings=True)
    placed(report.diagnostics)
    for language in ("en", "zh"):
        assert text.render(report, language, verbose=True, readings_all=True)
        assert json.render(report, language)
        assert document.render(rules.program, View(language, units={u.id: u for u in report.units}))
        rules.schema(language)
        rules.form(".yaml", language)
    for rule in rules.program.rules[:2]:
        rules.why(rule.id, plan)
    rules.examples()
    rules.coverage()


def survives(text: str, plan: Path) -> None:
    compiled = civicrules.compile(text, LIBRARY)
    placed(compiled.diagnostics)
    if compiled.program is not None and not has_errors(compiled.diagnostics):
        used(Rules.of(compiled), plan)


def formatted(text: str) -> None:
    once = civicrules.format(text, None, LIBRARY)
    placed(once.diagnostics)
    assert civicrules.format(once.text, None, LIBRARY).text == once.text
    other = "zh" if "civicrules 1 en" in text else "en"
    placed(civicrules.format(text, other, LIBRARY).diagnostics)


@pytest.mark.parametrize("path", TEXTS, ids=str)
def test_the_texts_to_be_changed_are_sound(path: Path) -> None:
    found = civicrules.compile(TEXTS[path], LIBRARY).diagnostics if path in RULESETS else ()
    # Methods of the samples' own plugin, stated conflicts; ties and ways to elect that a source does not speak of.
    assert {one.code for one in found} <= {"CR0317", "CR0361", "CR0363", "CR0364", "CR0370", "CR0395"}


@profile(50)
@given(changed_texts(RULESETS, 6), st.sampled_from(PLANS))
def test_changed_rulesets(text: str, plan: Path) -> None:
    survives(text, plan)


@profile(12)
@given(changed_texts(RULESETS, 60), st.sampled_from(PLANS))
def test_changed_whole_rulesets(text: str, plan: Path) -> None:
    survives(text, plan)


@profile(40)
@given(changed_texts(RULESETS, 8) | changed_texts(VOCABULARIES, 12))
def test_changed_texts_formatted(text: str) -> None:
    formatted(text)


SENTENCES = (
    'civicrules 1 en\n\nruleset my.town "Our election"\n  facts: {name}\n  age date: election day\n'
    '  source notice: "The notice"\n\nsection "Rules" [notice 1]\n\nunits must be at least 3\n\n'
    "each committee candidate's age must be at least 18\n"
)


@profile(30)
@given(changed_texts(VOCABULARIES, 60))
def test_changed_vocabularies(text: str) -> None:
    own = MappingLibrary({"changed": text})
    compiled = civicrules.compile(SENTENCES.format(name="changed"), Libraries((own, LIBRARY)))
    placed(compiled.diagnostics)
    if compiled.program is not None and not has_errors(compiled.diagnostics):
        used(Rules.of(compiled), PLANS[0])


@profile(10)
@given(st.sampled_from(RULESETS), st.floats(0, 1, exclude_max=True))
def test_texts_cut_off(path: Path, part: float) -> None:
    text = TEXTS[path]
    survives(text[: int(part * len(text))], PLANS[0])
