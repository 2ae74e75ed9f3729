"""The whole road with the example plugin: its reader, vocabulary, ruleset, function, methods, words and reporter.

By hand: 51 members are 6 tens (rounded up), the next odd number is 7; 41 members are 5 tens, and 5 is odd already.
"""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

PLAN = """
[plan]
ruleset = "example.odd-committee"
day = 2024-05-01

[club]
members = {members}
"committee seats" = {seats}

[[sections]]
"section members" = 30
[[sections]]
"section members" = {rest}
"""

ESPERANTO = """civicrules 1 eo

regularo mia.klubo "Klubo"
  faktoj: example.club
  source statuto: "Statuto"

sekcio "Estraro" [statuto 4]

rule estraro
  committee seats devas esti almenaŭ 3
"""


@pytest.mark.parametrize(("members", "seats", "verdict", "status"), [(51, 7, "holds", 0), (51, 6, "fails", 1)])
def test_check(python: Any, tmp_path: Path, members: int, seats: int, verdict: str, status: int) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN.format(members=members, seats=seats, rest=members - 30), encoding="utf-8")
    done = python("-m", "civicrules", "check", str(plan), "--format", "csv", "--lang", "en")
    assert done.stdout.startswith(f"odd_committee,statutes 4,{verdict},"), done.stdout + done.stderr
    assert done.returncode == status


def test_the_report_names_the_plugin(python: Any, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN.format(members=41, seats=5, rest=11), encoding="utf-8")
    done = python("-m", "civicrules", "check", str(plan), "--format", "json")
    assert '"civicrules-example"' in done.stdout and '"1.2.0"' in done.stdout, done.stdout + done.stderr


def python_says(python: Any, code: str, *arguments: str) -> Any:
    done = python("-c", dedent(code), *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(("members", "wanted"), [(40, 5), (41, 5), (50, 5), (51, 7), (70, 7), (71, 9)])
def test_the_function_in_both_texts(python: Any, members: int, wanted: int) -> None:
    code = """
    import civicrules, json, sys
    rules = civicrules.load("example.odd-committee")
    facts = {"club": {"members": int(sys.argv[1])}}
    print(json.dumps([str(rules.value(name, facts).value) for name in ("wanted_seats", "应设职数")]))
    """
    assert python_says(python, code, str(members)) == [str(wanted)] * 2


def test_the_allocation_method(python: Any) -> None:
    code = """
    import civicrules, json
    rules = civicrules.load("example.odd-committee")
    sections = [{"section members": 30}, {"section members": 20}, {"section members": 1}]
    facts = {"club": {"members": 51, "committee seats": 7}, "sections": sections}
    outcome = rules.allocation("section_delegates", facts).seats()
    print(json.dumps([[seat.seats for seat in outcome.seats], outcome.questions[0].choose]))
    """
    assert python_says(python, code) == [[2, 2, 2], 1]


def test_a_text_in_a_third_language(python: Any) -> None:
    code = """
    import civicrules, json, sys
    rules = civicrules.load(text=sys.argv[1])
    report = rules.check({"club": {"committee seats": 2}})
    print(json.dumps([finding.verdict.value for finding in report.findings]))
    """
    assert python_says(python, code, ESPERANTO) == ["fails"]


def test_list_names_it_and_where_it_is_from(python: Any) -> None:
    done = python("-m", "civicrules", "list")
    assert done.returncode == 0, done.stderr
    for name in ("civicrules-example", "1.2.0", "equal shares", "example.odd-committee"):
        assert name in done.stdout


def test_lots_by_its_draw(python: Any, tmp_path: Path) -> None:
    """East, South, West tie for one seat of 3 × 17 + 1; 4 + 1 = 5 moves the row of three on by two: South stands first.

    The seed decides, and `verify` says that it cannot draw these lots again.
    """
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "plan: {ruleset: cn.district-2012, day: 2012-07-20}\n"
        "assembly: {resident representatives: 52}\n"
        "residents groups:\n"
        + "".join(f"  - {{name: {name}, households: 100}}\n" for name in ("East", "South", "West")),
        encoding="utf-8",
    )
    asked = python("-m", "civicrules", "allocate", str(plan), "--format", "json")
    (question,) = json.loads(asked.stdout)["counts"][0]["questions"]
    answer = f"{question['id']} drawn by moved-row = 4 1 # dice"
    result = tmp_path / "result.json"
    done = python(
        "-m", "civicrules", "allocate", str(plan), "--lang", "en", "--decision", answer, "--result", str(result)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "smallest mark first: South 00, West 01, East 02" in " ".join(done.stdout.split())
    checked = python("-m", "civicrules", "verify", str(result), str(tmp_path / "result.input.json"), "--lang", "en")
    assert "lots drawn by moved-row cannot be drawn again here" in " ".join(checked.stdout.split())
    assert checked.returncode == 3
