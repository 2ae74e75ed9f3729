"""A text printed again says the same: parse–print–parse on every construct, and what no tree holds stays."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import fields, has
from hypothesis import given, settings
from hypothesis import strategies as st

from civicrules.builtins import registry
from civicrules.language import nodes as n
from civicrules.language.alike import alike
from civicrules.language.format import Formatted, format_text
from civicrules.language.opened import declared_names, open_text
from civicrules.language.parse import parse
from civicrules.language.words import word_table
from civicrules.source import Source, width

TABLES = {words.tag: word_table(words.load()) for plugin in registry().plugins for words in plugin.words}
SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.civic"))
SHIPPED = sorted((Path(__file__).parents[2] / "rulesets").glob("*/*.civic"))


def tree(text: str, names: frozenset[str] = frozenset()) -> tuple[n.Tree, list[str]]:
    """The tree of a text and the codes of what was not understood."""
    opened, problems = open_text(Source("t", text), TABLES.get)
    assert opened is not None, problems
    found, diagnostics = parse(opened, names | declared_names(opened))
    return found, [diagnostic.code for diagnostic in diagnostics]


def nodes(part: object) -> Iterator[object]:
    """A part of a tree and everything in it."""
    if isinstance(part, tuple):
        for one in part:
            yield from nodes(one)
    elif has(type(part)):
        yield part
        for attribute in fields(type(part)):
            if attribute.eq:
                yield from nodes(getattr(part, attribute.name))


def formatted(text: str, names: frozenset[str] = frozenset()) -> str:
    return whole(text, names).text


def whole(text: str, names: frozenset[str] = frozenset()) -> Formatted:
    return format_text(Source("t", text), TABLES.get, names)


def english(*lines: str) -> str:
    return "\n".join(("civicrules 1 en", *lines, ""))


def chinese(*lines: str) -> str:
    return "\n".join(("civicrules 1 zh", *lines, ""))


# ---------------------------------------------------------------- every construct


@pytest.mark.parametrize("path", [*SAMPLES, *SHIPPED], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_parse_print_parse(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before, codes = tree(text)
    after, codes_after = tree(formatted(text))
    assert alike(before.statements, after.statements)
    assert codes == codes_after


@pytest.mark.parametrize("path", [*SAMPLES, *SHIPPED], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_formatting_twice_is_formatting_once(path: Path) -> None:
    once = formatted(path.read_text(encoding="utf-8"))
    assert formatted(once) == once


def test_the_samples_hold_every_node_so_that_a_new_one_without_printing_is_noticed() -> None:
    seen = {type(node) for path in SAMPLES for node in nodes(tree(path.read_text(encoding="utf-8"))[0].statements)}
    closed = {kind for union in (n.Phrase, n.Predicate, n.Statement) for kind in typing.get_args(union)}
    lines = {
        n.Except,
        n.Item,
        n.CaseRow,
        n.Row,
        n.Entry,
        n.Expected,
        n.Chosen,
        n.Declared,
        n.Property,
        n.Suffix,
        n.Reference,
    }
    assert (closed | lines) - seen == set()


LOOSE = re.compile(" (?=must |should |means |is |where |and |or )|^ +")


def test_the_lines_of_the_samples_are_printed_and_not_merely_kept() -> None:
    """A sample with wider spaces comes back as it was: no line stayed as it stood."""
    for path in SAMPLES:
        once = formatted(path.read_text(encoding="utf-8"))
        if path.name.endswith(".en.civic") and not tree(once)[1]:
            lines = (line if '"' in line or "“" in line else LOOSE.sub(r"\g<0>  ", line) for line in once.split("\n"))
            assert formatted("\n".join(lines)) == once, path.name


# ---------------------------------------------------------------- the author's words


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("units shall be no fewer than 3", "units shall be no fewer than 3"),
        ("units must be >= 3", "units must be at least 3"),
        ("units   MUST be   at LEAST 3", "units must be at least 3"),
        ("units must be 1,500", "units must be 1,500"),
        ("units must be half of households", "units must be half of households"),
        ("units must be 2/4 of households", "units must be 2/4 of households"),
        ("x's a must be 10 % to 30 % of units", "x's a must be 10% to 30% of units"),
        ("residents' share must be 3*2", "residents' share must be 3 × 2"),
        ("a must be b÷2", "a must be b ÷ 2"),
        ("a must be 「live in」", "a must be 「live in」"),
        ("each x must be less than 5 years ago", "each x must be less than 5 years ago"),
        ("a must be at least 1 year after b", "a must be at least 1 year after b"),
    ],
)
def test_english_words(written: str, printed: str) -> None:
    assert formatted(english(written)) == english(printed)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("居委会主任应当担任党组织书记", "居委会主任应当担任党组织书记"),
        ("单位数必须 不低于 ３ 个", "单位数必须不低于3个"),
        ("单位数应当≥3个", "单位数应当不少于3个"),
        ("单位数应当在3到5之间", "单位数应当在3到5之间"),
        ("单位数不得超过代表数的三分之一", "单位数不得超过代表数的三分之一"),
        ("经费是指居民户数每100户1万元,尾数舍去", "经费是指居民户数每100户1万元，尾数舍去"),
        ("经费应当不少于 20万元 且不超过1.5亿元", "经费应当不少于20万元且不超过1.5亿元"),
        ("配备数是指(a+b)÷2", "配备数是指（a + b）÷ 2"),
        ("公布日应当在选举日的20日以前", "公布日应当在选举日的20日以前"),
        ("异议应当自公布日起5日之内", "异议应当自公布日起5日之内"),
        ("报送日应当于2007年8月8日前(含当日)", "报送日应当于2007年8月8日前（含当日）"),
        ("乙应当为甲的半数", "乙应当为甲的半数"),
        ("乙应当为甲的一半", "乙应当为甲的一半"),
    ],
)
def test_chinese_words(written: str, printed: str) -> None:
    assert formatted(chinese(written)) == chinese(printed)


def test_english_words_in_a_chinese_text_become_chinese() -> None:
    assert formatted(chinese("单位数应当 at least 3个")) == chinese("单位数应当不少于3个")


# ---------------------------------------------------------------- lines


def test_indentation_is_two_spaces_a_level_whatever_it_was() -> None:
    for indent in ("\t", "　", " ", "        "):
        text = english("each x must meet all of these:", f"{indent}a", f"{indent}{indent}except when b", f"{indent}c")
        assert formatted(text) == english("each x must meet all of these:", "  a", "    except when b", "  c")


def test_rows_of_a_table_stand_side_by_side_with_their_values_in_one_column() -> None:
    text = english("size is set by sex, service:", "  male, new: 51", "     female, existing:   49", "  otherwise: 3")
    assert formatted(text) == english(
        "size is set by sex, service:", "  male, new:        51", "  female, existing: 49", "  otherwise:        3"
    )


def test_columns_are_counted_in_cells_of_a_terminal() -> None:
    """Two spaces, eight digits and five wide characters, counted by hand: 2 + 8 + 2 × 5 = 20."""
    text = chinese("职数按居民户数确定：", "  2500户以下的，3至5人", "  2500户至5000户的，5至7人", "  其他情形：7人")
    lines = formatted(text).split("\n")[2:5]
    assert {width(line[: line.index(value)]) for line, value in zip(lines, ("3至5", "5至7", "7人"), strict=True)} == {
        20
    }


def test_one_long_case_does_not_push_the_others_away() -> None:
    text = english("a is set by b:", "  1: x", "  50 or more and fewer than the number of the threshold: y")
    assert formatted(text) == text


def test_comments_and_single_blank_lines_stay() -> None:
    text = (
        "# before\n\n\n  civicrules  1  en\n# top\nrule a [ law  1 ]   # named\n      # inside\n\n\n"
        "      units must be 3#close\n  # at the end\n\n\n"
    )
    assert formatted(text) == (
        "# before\n\ncivicrules 1 en\n# top\nrule a [law 1]  # named\n  # inside\n\n"
        "  units must be 3  #close\n  # at the end\n"
    )


def test_a_number_sign_in_quotes_is_no_comment() -> None:
    assert formatted(english('section "No. #1"   [law 1]')) == english('section "No. #1" [law 1]')


def test_a_line_that_goes_on_with_and_stays_two_lines() -> None:
    text = english("when a is 1", "      and   b is 2: units must be 3")
    assert formatted(text) == english("when a is 1", "  and b is 2: units must be 3")


def test_numbers_and_marks_of_items_stay_and_full_stops_go() -> None:
    text = chinese("规则 甲", "  （一）单位数应当不少于3个；", "  2. 单位数不得超过9个。")
    assert formatted(text) == chinese("规则 甲", "  （一）单位数应当不少于3个", "  2. 单位数不得超过9个")
    text = english(
        "rule a", "  - units must be at least 3.", "  (b) units must be 4. [n 1]", "  * units must be 5 [n 1];"
    )
    plain = ("  - units must be at least 3", "  (b) units must be 4 [n 1]", "  * units must be 5 [n 1]")
    assert formatted(text) == english("rule a", *plain)


def test_the_word_that_joins_items_goes_where_it_fits_the_head() -> None:
    each = "each candidate must meet all of these:"
    assert formatted(english(each, "  a is 1; and", "  b is 2")) == english(each, "  a is 1", "  b is 2")
    kept = english(each, "  a is 1, or", "  b is 2")
    assert formatted(kept) == kept
    every = "每名候选人不得有下列情形之一："
    assert formatted(chinese(every, "  甲为1；或者", "  乙为2")) == chinese(every, "  甲为1", "  乙为2")


def test_windows_lines_and_a_byte_order_mark() -> None:
    text = "\ufeff" + english("rule a", "\tunits must be  3").replace("\n", "\r\n")
    assert formatted(text) == english("rule a", "  units must be 3").replace("\n", "\r\n")


def test_quotes_and_brackets_are_those_of_the_language() -> None:
    assert formatted(chinese('章节  "换届时间" [通知 二.2]')) == chinese("章节 “换届时间” 〔通知 二.2〕")
    assert formatted(english("section “When” 〔notice 2〕")) == english('section "When" [notice 2]')
    assert formatted(english('section “Its "when"”')) == english('section “Its "when"”')


def test_entries() -> None:
    text = english("contest c", "  posts : a,b,  c", "  elected: votes>half of base,most votes first")
    assert formatted(text) == english(
        "contest c", "  posts: a, b, c", "  elected: votes more than half of base, most votes first"
    )
    assert formatted(chinese("选举 某会", "  职位:甲、乙,丙")) == chinese("选举 某会", "  职位：甲、乙，丙")


# ---------------------------------------------------------------- what is not understood


def test_a_line_with_a_mistake_stays_as_it_is_and_the_others_are_formatted() -> None:
    found = whole(english("units   mst be  3  # why", "units must be    4"))
    assert found.text == english("units   mst be  3  # why", "units must be 4")
    assert [one.code for one in found.diagnostics] == ["CR0103"]


def test_a_spoilt_line_keeps_its_level() -> None:
    found = whole(english("rule a", "      units  mst be 3", "      units must be  4"))
    assert found.text == english("rule a", "  units  mst be 3", "  units must be 4")


def test_words_that_no_tree_holds_stay() -> None:
    for line in ('section "When"   and later', "example  x"):
        assert formatted(english(line)) == english(line)


@pytest.mark.parametrize("text", ["", "rules 1 en\n  units  must be 3", "civicrules 2 en\n a", "\x00", "#only"])
def test_without_a_first_line_nothing_is_touched(text: str) -> None:
    found = whole(text)
    assert found.text == text
    assert found.diagnostics


def test_indented_lines_below_the_first_line_are_statements() -> None:
    assert formatted("civicrules 1 en\n    units must be 3\n") == "civicrules 1 en\nunits must be 3\n"


def test_names_that_only_a_vocabulary_knows() -> None:
    text = chinese("居住在本社区应当为是")
    assert formatted(text, frozenset({"居住在本社区"})) == text


def test_a_partial_table_of_words_loses_nothing() -> None:
    """A language that a plugin begins: English words stand for those it lacks, and no order of words is said."""
    tables = {"xx": word_table({"tag": "xx", "name": "X", "keywords": {"MUST": ["devas"]}}), "en": TABLES["en"]}
    text = "civicrules 1 xx\nunits  devas be at least  3\nquota  means 3\n"
    assert format_text(Source("t", text), tables.get).text == (
        "civicrules 1 xx\nunits devas at least 3\nquota  means 3\n"
    )


BITS = st.sampled_from(
    [
        *("#", "　", "\t", "(", ")", "“", '"', "[", "]", "的", "，", "、", "：", ":", ",", "且", "and ", "or ", "not "),
        *("0", "1/2", "%", "「", "」", "；", "（一）", "1. ", "\r", "自", "起", "满", "中", "者", "each ", "where "),
        *("\n", "\n  ", "\n    ", "\x00", "\ufeff", "İ", "in Chinese: x", "英文：y", "valid: from 2010-01-01"),
    ]
)
WINDOWS = [
    (lines[0], "\n".join(lines[at : at + 8]))
    for path in SAMPLES
    for lines in [path.read_text(encoding="utf-8").split("\n")]
    for at in range(1, len(lines), 5)
]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(WINDOWS), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 4), BITS), max_size=3))
def test_whatever_happens_to_a_text_it_keeps_its_meaning(
    window: tuple[str, str], edits: list[tuple[int, int, str]]
) -> None:
    first, body = window
    for at, gone, bit in edits:
        body = body[: at % (len(body) + 1)] + bit + body[at % (len(body) + 1) + gone :]
    text = f"{first}\n{body}"
    once = formatted(text)
    assert formatted(once) == once
    assert alike(tree(text)[0].statements, tree(once)[0].statements)
