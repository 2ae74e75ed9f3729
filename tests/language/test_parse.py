"""Both languages give one tree; layout decides what belongs together; a mistake spoils its own line only."""

from __future__ import annotations

from fractions import Fraction

import pytest

from civicrules.builtins import registry
from civicrules.language import nodes as n
from civicrules.language.opened import declared_names, open_text
from civicrules.language.parse import parse
from civicrules.language.words import WordTable, word_table
from civicrules.source import Source

TABLES = {words.tag: word_table(words.load()) for plugin in registry().plugins for words in plugin.words}


def tree(text: str, *names: str) -> tuple[tuple[n.Statement, ...], list[str]]:
    def words(tag: str) -> WordTable | None:
        return TABLES.get(tag)

    opened, problems = open_text(Source("t", text), words)
    assert opened is not None, problems
    found, diagnostics = parse(opened, declared_names(opened) | frozenset(names))
    return found.statements, [d.code for d in diagnostics]


def clause(text: str, *names: str) -> n.Clause:
    (statement,), codes = tree(text, *names)
    assert codes == []
    assert isinstance(statement, n.Rule)
    return statement.sentences[0].clause


ZH = ("单位数", "个", "居民户数", "户", "选举方式", "全体选民选举", "户代表选举", "职数标准")


@pytest.mark.parametrize(
    ("english", "chinese", "terminal"),
    [
        ("units must be at least 3", "单位数应当不少于3个", "AT_LEAST"),
        ("units must be at most 3", "单位数应当不超过3个", "AT_MOST"),
        ("units must be more than 3", "单位数应当超过3个", "MORE_THAN"),
        ("units must be fewer than 3", "单位数应当少于3个", "LESS_THAN"),
        ("units must be exactly 3", "单位数应当等于3个", "EXACTLY"),
        ("units must be ≥ 3", "单位数应当≥3个", "AT_LEAST"),
    ],
)
def test_comparing_words(english: str, chinese: str, terminal: str) -> None:
    for text in (f"civicrules 1 en\n{english}", f"civicrules 1 zh\n{chinese}"):
        predicate = clause(text, *ZH).predicate
        assert isinstance(predicate, n.Compared)
        assert predicate.word.terminal == terminal


def test_the_tree_keeps_must_not_be_more_than_apart_from_must_be_at_most() -> None:
    strict = clause("civicrules 1 en\nunits must not be more than 3")
    plain = clause("civicrules 1 en\nunits must be at most 3")
    assert strict.force.negated
    assert not plain.force.negated
    assert strict != plain


def test_a_share_has_its_base_in_both_orders() -> None:
    english = clause("civicrules 1 en\nx must be at most 1/3 of units").predicate
    chinese = clause("civicrules 1 zh\n单位数不得超过居民户数的三分之一", *ZH).predicate
    assert isinstance(english, n.Compared)
    assert isinstance(chinese, n.Compared)
    for value in (english.value, chinese.value):
        assert isinstance(value, n.Share)
        assert value.part.value == Fraction(1, 3)


def test_the_base_of_a_range_serves_both_ends() -> None:
    for text in ("civicrules 1 en\nx must be 10% to 30% of units", "civicrules 1 zh\n单位数应当为居民户数的10%至30%"):
        predicate = clause(text, *ZH).predicate
        assert isinstance(predicate, n.Being)
        assert isinstance(predicate.value, n.Range)


def test_encouragement_stands_in_front_in_chinese() -> None:
    found = clause("civicrules 1 zh\n提倡选举方式为全体选民选举、户代表选举之一", *ZH)
    assert found.force.front
    assert isinstance(found.predicate, n.AnyListed)
    assert len(found.predicate.values) == 2


def test_deeper_lines_belong_to_the_line_above_whatever_they_are_indented_with() -> None:
    for indent in ("  ", "\t", "　", "      "):
        (statement,), codes = tree(f"civicrules 1 en\nrule r\n{indent}units must be 3\n{indent}units must be 4")
        assert codes == []
        assert isinstance(statement, n.Rule)
        assert len(statement.sentences) == 2


def test_a_line_that_begins_with_and_continues_the_one_above() -> None:
    (statement,), codes = tree("civicrules 1 en\nwhen a is 1\n  and b is 2: units must be 3")
    assert codes == []
    assert isinstance(statement, n.Rule)
    (guard,) = statement.sentences[0].guards
    assert isinstance(guard, n.AllOf)


def test_pasted_law_numbers_and_full_stops_are_read_over() -> None:
    text = "civicrules 1 zh\n规则 一\n  （一）单位数应当不少于3个；\n  2. 单位数不得超过9个。"
    (statement,), codes = tree(text, *ZH)
    assert codes == []
    assert isinstance(statement, n.Rule)
    assert len(statement.sentences) == 2


def test_a_comment_ends_a_line_except_inside_quotes() -> None:
    (statement,), codes = tree('civicrules 1 en\nsection "No. #1" [law 1]  # a remark')
    assert codes == []
    assert isinstance(statement, n.Section)
    assert statement.title.text == "No. #1"
    assert statement.citation is not None
    assert statement.citation.text == "law 1"


def test_a_mistake_spoils_its_own_line_only() -> None:
    text = "civicrules 1 en\nunits mst be 3\nhouseholds must be at leest 4\nvoters must be 5\ngroups must be ((6"
    statements, codes = tree(text)
    assert len(statements) == 1
    assert codes == ["CR0103", "CR0103", "CR0106"]


@pytest.mark.parametrize("line", ["", "civicrules", "civicrules 1", "civicrules 2 en", "civicrules 1 xx", "rules 1 en"])
def test_the_first_line_is_asked_for(line: str) -> None:
    opened, diagnostics = open_text(Source("t", line + "\nunits must be 3"), TABLES.get)
    assert opened is None
    assert next(d.code for d in diagnostics) in ("CR0110", "CR0111", "CR0112")


def test_what_stands_below_a_condition_is_said_of_each_sentence_below_it_that_says_nothing_else() -> None:
    text = (
        "civicrules 1 en\n\nrule size\n  when estate is large:\n    valid: from 2020-01-01\n    units must be 7\n"
        "    households must be 5\n      valid: from 2021-01-01\n  units must be 3\n"
    )
    (rule,), codes = tree(text, "estate", "large", "units", "households")
    assert codes == []
    assert isinstance(rule, n.Rule)
    assert [[entry.text for entry in one.entries] for one in rule.sentences] == [
        ["from 2020-01-01"],
        ["from 2021-01-01"],
        [],
    ]
