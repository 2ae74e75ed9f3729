"""A sentence with very many open facts: still exact where few boxes settle it, bounded where not."""

from __future__ import annotations

import pytest

import civicrules
from civicrules.findings import Finding, Verdict
from civicrules.library import MappingLibrary


def judged(number: int, condition: str) -> Finding:
    names = [f"{chr(97 + n // 26)}{chr(97 + n % 26)} count" for n in range(number)]
    fields = "\n".join(f"  {name}: number, at most 1000" for name in names)
    asked = [condition.format(name=name) for name in names]
    parts = {f"part {chr(97 + at // 10)}": " or ".join(asked[at : at + 10]) for at in range(0, number, 10)}
    meanings = "".join(f"{part} means {of} [law 1]\n\n" for part, of in parts.items())
    text = (
        'civicrules 1 en\n\nruleset many "Many"\n  facts: toy\n  source law: "Law"\n\n'
        f"{meanings}rule many [law 1]\n  when {' or '.join(parts)}: {names[0]} must be at most 5\n"
    )
    library = MappingLibrary({"toy": f'civicrules 1 en\n\nvocabulary toy "Toy"\n\nentity community\n{fields}\n'})
    return civicrules.load(text=text, library=library).check({"community": {}}, advice=False).findings[0]


@pytest.mark.parametrize("number", [10, 48, 49, 60, 200])
def test_a_condition_that_is_always_met_leaves_one_fact(number: int) -> None:
    """Every number is at least 3 or at most 5, so only the one that is bounded matters, however many are open."""
    found = judged(number, "{name} is at least 3 or {name} is at most 5")
    assert (found.verdict, [one.key for one in found.missing]) == (Verdict.CANNOT_SAY, ["community.aa_count"])


@pytest.mark.parametrize("number", [10, 49, 200])
def test_where_each_fact_matters_each_is_named(number: int) -> None:
    """With the first number at 6, any other one at 3 alone makes the sentence apply, and fail."""
    found = judged(number, "{name} is at least 3")
    assert (found.verdict, len(found.missing)) == (Verdict.CANNOT_SAY, number)
