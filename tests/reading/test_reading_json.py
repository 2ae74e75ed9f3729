"""Plans in JSON: numbers as they are written, places, rare characters, and mistakes."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicrules.diagnostics import Diagnostic
from civicrules.facts import Facts
from civicrules.reading.json import parse
from civicrules.reading.raw import Atom, Branch, Node, Series
from civicrules.source import Source

Plan = Callable[..., tuple[Facts | None, tuple[Diagnostic, ...]]]


def test_numbers_keep_their_text(plan: Plan) -> None:
    text = '{"community": {"households": 1601.0, "units": 2e1, "stated turnout": 0.81, "budget": 200000.10}}'
    facts, found = plan(text, "plan.json")
    assert found == () and facts is not None
    assert {key: fact.value for key, fact in facts.values.items()} == {
        "community.households": 1601,
        "community.units": 20,
        "community.stated_turnout": Fraction(81, 100),
        "community.budget": Fraction(2000001, 10),
    }
    assert str(facts.values["community.units"].place) == "plan.json:1:47"


def test_true_false_and_null(plan: Plan) -> None:
    facts, found = plan('{"community": {"large estate": true, "units": null}, "candidates": null}', "plan.json")
    assert found == () and facts is not None
    assert {key: fact.value for key, fact in facts.values.items()} == {"community.large_estate": True}


def test_rare_characters_written_as_pairs(plan: Plan) -> None:
    facts, found = plan(json.dumps({"candidates": [{"name": "𠮷某"}]}), "plan.json")
    assert found == () and facts is not None
    assert facts.lists["candidates"].rows[0].values["name"].value == "𠮷某"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('{"a": 1 "b": 2}', "CR0420", "1:9"),
        ('{"a": 1,}', "CR0421", "1:9"),
        ("[1, 2,]", "CR0421", "1:7"),
        ('{"a" 1}', "CR0420", "1:6"),
        ("{a: 1}", "CR0420", "1:2"),
        ("{'a': 1}", "CR0420", "1:2"),
        ('{"a": yes}', "CR0420", "1:7"),
        ('{"a": 01}', "CR0420", "1:7"),
        ('{"a": NaN}', "CR0420", "1:7"),
        ('{"a": 1} x', "CR0420", "1:10"),
        ('{"a": "x', "CR0413", "1:7"),
        ('{"a": "x\n"}', "CR0413", "1:7"),
        ('{"a": "\t"}', "CR0409", "1:8"),
        ('{"a": "\\q"}', "CR0419", "1:8"),
        ('{"a": 1', "CR0420", "1:8"),
        ("[" * 100_000, "CR0416", "1:14"),
    ],
)
def test_each_mistake_has_its_code_and_place(plan: Plan, text: str, code: str, place: str) -> None:
    _, found = plan(text, "plan.json")
    assert [d.code for d in found] == [code]
    assert str(found[0].place) == f"plan.json:{place}"


def plain(node: Node) -> object:
    match node:
        case Branch():
            return {key: plain(value) for key, value in node.entries}
        case Series():
            return [plain(item) for item in node.items]
        case _:
            assert isinstance(node, Atom)
            return node.value


def as_text(value: object) -> object:
    match value:
        case dict():
            return {key: as_text(item) for key, item in value.items()}
        case list():
            return [as_text(item) for item in value]
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case None:
            return ""
        case _:
            return value


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(values, st.sampled_from([None, 1]), st.booleans())
def test_it_reads_what_the_standard_library_writes(value: object, indent: int | None, escape: bool) -> None:
    root = parse(Source("x", json.dumps(value, indent=indent, ensure_ascii=escape)))
    assert not isinstance(root, Diagnostic)
    assert plain(root) == as_text(value)


@given(st.text(alphabet='{}[]",:0123456789.eE-+ntrufalse\\\t\n', max_size=40))
def test_it_accepts_what_the_standard_library_accepts(text: str) -> None:
    try:
        json.loads(text, parse_constant=lambda name: json.loads("!"))
        accepted = True
    except (json.JSONDecodeError, RecursionError):
        accepted = False
    assert isinstance(parse(Source("x", text)), Diagnostic) is not accepted
