"""A shipped ruleset that the translator puts into the other language compiles to the same rules."""

from __future__ import annotations

import pytest

from civicrules import shipped
from civicrules.builtins import registry
from civicrules.diagnostics import has_errors
from civicrules.formatting import format as format_text
from civicrules.library import Found
from civicrules.pipeline import compile_source
from civicrules.program import Program
from civicrules.source import Source

CASES = [
    (found, tag, other)
    for name in shipped().names("ruleset")
    for tag, other in (("en", "zh"), ("zh", "en"))
    if (found := shipped().find("ruleset", name, tag)) is not None
]


def program(source: Source) -> Program:
    compiled = compile_source(source, shipped(), registry())
    assert compiled.program is not None
    assert not has_errors(compiled.diagnostics), compiled.diagnostics
    return compiled.program


@pytest.mark.parametrize(
    ("found", "tag", "other"), CASES, ids=[f"{c[0].source.name}-{c[2]}-{at}" for at, c in enumerate(CASES)]
)
def test_a_translated_ruleset_is_the_same_ruleset(found: Found, tag: str, other: str) -> None:
    before = program(found.source)
    translation = format_text(found.source, other)
    after = program(Source("t", translation.text))
    assert after.language == other
    for part in ("rules", "definitions", "readings", "contests", "allocations"):
        assert getattr(after, part) == getattr(before, part), part
    back = program(Source("t", format_text(Source("t", translation.text), tag).text))
    assert back == before


@pytest.mark.parametrize(
    ("found", "tag", "other"), CASES, ids=[f"{c[0].source.name}-{c[1]}-{at}" for at, c in enumerate(CASES)]
)
def test_nothing_of_a_shipped_ruleset_lacks_a_form(found: Found, tag: str, other: str) -> None:
    assert [one.data["name"] for one in format_text(found.source, other).diagnostics] == []
