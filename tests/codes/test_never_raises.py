"""Whatever a text contains, compiling it gives diagnostics and no exception, and they can be shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import civicrules
from civicrules.diagnostics import Severity
from civicrules.report.diagnostics import render
from civicrules.source import Span

RULESETS = Path(__file__).parents[2] / "rulesets"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(RULESETS.glob("*/rules.*.civic"))]
# A short text with one statement of each kind, so that a mutation costs little.
SHORT = {
    "en": """civicrules 1 en

ruleset example "An example"
  facts: cn.community
  valid: from 2012-07-01
  source notice: "Notice 65"

section "Rules" [notice III.2]

committee size is set by households:
  2500 or fewer: 3 to 5 members
  more than 2500: 5 to 7 members

quota means 50 + 1 per 100 households above 1500, rounded as blocks, at least 3

reading blocks "does a started block count?"
  taken: rounded down
  also: rounded up

when estate is large and (units is at least 3 or units is 1): residents committee's size must be within committee size

rule share "of the units"
  assembly's unit representatives should not be more than 30% of units [notice IV]
  units may be 3 to 5

allocation group seats
  receivers: residents groups
  weight: households
  seats: quota
  method: largest remainder, hare quota

contest residents committee
  posts: chair
  seats: chairs
  candidates: candidates
  elected: votes more than half of ballots returned
  tie: lot

example quota is set by households:
  1500: 50
  1600: 51

example "a case"
  given households is 2500
  expect committee size: 3 to 5
""",
    "zh": """civicrules 1 zh

规则集 example “示例”
  词汇：cn.community
  有效期：自2012年7月1日起
  来源 通知：“第65号通知”

章节 “规定” 〔通知 三.2〕

居委会职数标准按居民户数确定：
  2500户以下的，3至5人
  超过2500户的，5至7人

应选名额是指50 + 居民户数超出1500户的部分每100户增加1名，尾数依整段计法，至少3

解释 整段计法 “不足一段的尾数计不计”
  采用：尾数舍去
  另解：尾数进一

小区规模为大型且（驻社区单位数为3个以上或驻社区单位数为1个）的，居委会的职数应当符合居委会职数标准

规则 单位代表 “占驻社区单位的比例”
  居民代表会议的单位代表人数一般不得超过驻社区单位数的30% 〔通知 四〕
  驻社区单位数可以为3至5个

分配 小组名额
  分配对象：居民小组
  依据：小组户数
  名额：应选名额
  方法：最大余数法，黑尔数额

选举 居委会
  职位：主任
  应选名额：主任职数
  候选人：候选人
  当选：得票数超过收回票数的半数
  得票相等：抽签

示例 应选名额按居民户数确定：
  1500户：50
  1600户：51

示例 “一例”
  设 居民户数为2500户
  则 居委会职数标准：3至5人
""",
}
STRANGE = st.text(st.characters(codec="utf-8"), max_size=4) | st.sampled_from(
    [
        *"\"“”「」()（）[]〔〕:：,，、/%#'’的年0１",
        "\t",
        "\u3000",
        "\ufeff",
        "\0",
        "\r\n",
        "\n  ",
        "½",
        "²",
        "𠀀",
        "e\u0301",
    ]
)


def compiled(text: str) -> None:
    found = civicrules.compile(text).diagnostics
    for one in found:
        if isinstance(one.place, Span):
            assert 0 <= one.place.start <= one.place.end <= len(one.place.source.text)
    for language in ("en", "zh"):
        assert "Traceback" not in render(found, language)


@pytest.mark.parametrize("text", [*SHORT.values(), *TEXTS])
def test_the_texts_to_be_changed_are_sound(text: str) -> None:
    said = civicrules.compile(text).diagnostics
    assert [one.code for one in said if one.severity not in (Severity.ADVICE, Severity.CONFLICT)] == []


@st.composite
def changed_characters(draw: st.DrawFn) -> str:
    """A short text with up to four stretches deleted, replaced, doubled or swapped with the one after them."""
    text = draw(st.sampled_from(sorted(SHORT.values())))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 6)))
        piece, after = text[at:end], text[end : end + 3]
        instead = draw(st.sampled_from(["", piece * 2, after + piece]) | STRANGE)
        rest = end + 3 if instead == after + piece else end
        text = text[:at] + instead + text[rest:]
    return text


@st.composite
def changed_lines(draw: st.DrawFn) -> str:
    """A short text with lines left out, doubled, moved or indented otherwise, from either language."""
    lines = draw(st.sampled_from(sorted(SHORT.values()))).split("\n")
    others = "\n".join(SHORT.values()).split("\n")
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["drop", "double", "move", "indent", "outdent", "foreign"]))
        line = lines.pop(at)
        match change:
            case "double":
                lines[at:at] = [line, line]
            case "move":
                lines.insert(draw(st.integers(0, len(lines))), line)
            case "indent":
                lines.insert(at, draw(st.sampled_from(["  ", "\t", "\u3000", "        "])) + line)
            case "outdent":
                lines.insert(at, line.strip())
            case "foreign":
                lines.insert(at, draw(st.sampled_from(others)))
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=60, deadline=None)
@given(changed_characters())
def test_changed_characters(text: str) -> None:
    compiled(text)


@settings(max_examples=60, deadline=None)
@given(changed_lines())
def test_changed_lines(text: str) -> None:
    compiled(text)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["", "civicrules 1 en\n", "civicrules 1 zh\n"]), st.text(max_size=120))
def test_any_text(first: str, text: str) -> None:
    compiled(first + text)


WORDS = sorted({word for text in SHORT.values() for word in text.split()})


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(SHORT)),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=1, max_size=3),
    st.booleans(),
)
def test_any_order_of_known_words(language: str, lines: list[list[str]], indented: bool) -> None:
    head = "\n".join(SHORT[language].split("\n")[:8])
    joint = "\n  " if indented else "\n"
    compiled(f"{head}\n\n" + joint.join(" ".join(words) for words in lines) + "\n")


@pytest.mark.parametrize("depth", [10, 40, 1500])
@pytest.mark.parametrize(
    "line",
    [
        "units must be at least {open}3{close}",
        "quota means {plus}",
        "when {nots}estate is large: units must be 3",
    ],
)
def test_deep_lines(line: str, depth: int) -> None:
    filled = line.format(open="(" * depth, close=")" * depth, plus="1 + " * depth + "1", nots="not " * depth)
    head = "\n".join(SHORT["en"].split("\n")[:9])
    compiled(f"{head}\n{filled}\n")


@pytest.mark.parametrize("length", [25, 400])
def test_long_chains_of_definitions(length: int) -> None:
    """Each rests on the next: a few steps are read, and with too many the first of them is named, once."""

    def name(number: int) -> str:
        return "part " + "".join(chr(ord("a") + int(digit)) for digit in str(number))

    chain = "\n".join(f"{name(n)} means {name(n + 1)} + 1" for n in range(length))
    head = "\n".join(SHORT["en"].split("\n")[:9])
    found = civicrules.compile(f"{head}\n{chain}\n{name(length)} means 1\n").diagnostics
    assert {d.code for d in found} == (set() if length == 25 else {"CR0113"})


def test_deep_indentation() -> None:
    head = "\n".join(SHORT["en"].split("\n")[:9])
    compiled(head + "\n" + "\n".join(" " * depth + "when estate is large:" for depth in range(1200)) + "\n")


OPENERS = ["ruleset", "vocabulary", "entity", "body", "list", "unit", "step", "section", "rule", "reading", "contest"]
OTHERS = ["allocation", "example", "given", "expect", "规则", "解释", "单位", "示例"]


@pytest.mark.parametrize("opener", OPENERS + OTHERS)
@pytest.mark.parametrize("after", ["", " ", ":", ' ""', " “", "\n  :", "\n  x: ", " [law]"])
def test_openers_alone(opener: str, after: str) -> None:
    compiled("\n".join(SHORT["zh"].split("\n")[:9]) + f"\n{opener}{after}\n")
