"""The third-party package `civicrules-example`, really installed, and every point that it uses."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest


def run(python: Any, code: str, *arguments: str) -> Any:
    """What the interpreter prints as JSON."""
    done = python("-c", dedent(code), *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_metadata_tells_whom_to_import(python: Any) -> None:
    code = """
    import json, sys
    from civicrules.plugins import found
    (one,) = [one for one in found() if one.distribution == "civicrules-example"]
    print(json.dumps([one.version, [entry.name for entry in one.entries], "civicrules_example" in sys.modules]))
    """
    names = ["draw:moved-row", "plugin", "reader:.toml", "reporter:csv", "ruleset:example.odd-committee"]
    assert run(python, code) == ["1.2.0", [*names, "vocabulary:example.club", "words:eo"], False]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("ruleset", "example.odd-committee"),
        ("vocabulary", "example.club"),
        ("reader", ".toml"),
        ("draw", "moved-row"),
        ("reporter", "csv"),
        ("words", "eo"),
    ],
)
def test_every_name_leads_to_it(python: Any, kind: str, name: str) -> None:
    code = """
    import json, sys
    from civicrules.plugin import Registry
    from civicrules.plugins import for_name
    registry, problems = for_name(sys.argv[1], sys.argv[2], Registry(), None)
    print(json.dumps([[plugin.name for plugin in registry.plugins], [str(problem) for problem in problems]]))
    """
    assert run(python, code, kind, name) == [["civicrules-example"], []]


def test_uses_and_list_find_the_same_value(python: Any) -> None:
    code = """
    import json
    from civicrules.plugin import Registry
    from civicrules.plugins import load_all, named
    registry, problems = named("civicrules_example", Registry(), None, at_least="1.2")
    everything, more = load_all(Registry())
    print(json.dumps([set(registry.plugins) <= set(everything.plugins), len(problems)]))
    """
    assert run(python, code) == [True, 0]


def test_the_reader_keeps_numbers_exact(python: Any, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('[plan]\nruleset = "example.odd-committee"\n[club]\nmembers = 41\nshare = 0.1\n', encoding="utf-8")
    code = """
    import json, sys
    from pathlib import Path
    from civicrules_example import PLUGIN
    plan, problems = PLUGIN.readers[0].read(Path(sys.argv[1]))
    print(json.dumps([plan["club"]["members"], str(plan["club"]["share"]), len(problems)]))
    """
    assert run(python, code, str(plan)) == [41, "1/10", 0]


# 7 seats for 3 sections: 2 each, and who gets the seventh is a question; 6 seats: 2 each.
def test_the_allocation_method_asks_for_what_is_left_over(python: Any) -> None:
    code = """
    import json
    from civicrules.outcome import Decision
    from civicrules.tally import Allocation, Receiver
    from civicrules_example.methods import equal_shares
    sections = tuple(Receiver(name, 1) for name in "abc")
    even = equal_shares(Allocation(sections, 6))
    odd = Allocation(sections, 7)
    (question,) = equal_shares(odd).questions
    answered = equal_shares(odd, (Decision(question.id, ("b",)),))
    stale = equal_shares(odd, (Decision("other", ("b",)),))
    seats = lambda outcome: {seat.receiver: seat.seats for seat in outcome.seats}
    print(json.dumps([seats(even), seats(answered), question.choose, type(stale).__name__]))
    """
    even, answered = {"a": 2, "b": 2, "c": 2}, {"a": 2, "b": 3, "c": 2}
    assert run(python, code) == [even, answered, 1, "DecisionRequired"]


def test_the_contest_method_wants_no_majority(python: Any) -> None:
    code = """
    import json
    from fractions import Fraction
    from civicrules.tally import BallotAccount, Candidate, Contest, Post, Threshold
    from civicrules_example.methods import most_votes
    chair = Post("chair", 1, (Candidate("Lin", 40), Candidate("Wu", 30), Candidate("Chen", 30)))
    contest = Contest((chair,), BallotAccount(returned=100), Threshold("returned", Fraction(1, 2)))
    print(json.dumps([seat.receiver for seat in most_votes(contest).seats]))
    """
    assert run(python, code) == ["Lin"]
