"""`civicrules derive`: what it writes, where, and with which exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

Run = Callable[..., Any]

FACTS = """community:
  households: 1601
  units: {units}
"""


@pytest.fixture
def facts(quiet_place: Path) -> Callable[..., str]:
    """Writes the facts of a community and gives the name of the file."""

    def made(units: object = 30, more: str = "", name: str = "facts.yaml") -> str:
        (quiet_place / name).write_text(FACTS.format(units=units) + more, encoding="utf-8")
        return name

    return made


DATES = """  previous election day: 2009-08-20
  party members: 40
  estate: ordinary
  electorate: all voters
  several ethnic groups live here: no
  secretary: A
  supervision chair: A
"""


def test_all_that_follows(facts: Callable[..., str], run: Run) -> None:
    done = run("derive", "cn.district-2012", facts(more=DATES), "--lang", "en")
    assert (done.status, done.err) == (0, "")
    assert "assembly's resident representatives: at least 51 people" in done.out
    # 10 % to 30 % of 30 units
    assert "assembly's unit representatives: 3 to 9 people" in done.out
    # at least three years after 20 August 2009
    assert "no earlier than 20 August 2012: election day" in done.out


def test_facts_are_missing(facts: Callable[..., str], run: Run) -> None:
    done = run("derive", "cn.district-2012", facts(), "--lang", "zh")
    assert done.status == 3
    assert "? 上届选举日（填在“社区”下）\n    · 选举日应当自上届选举日起满3年" in done.out


def test_no_lawful_plan(facts: Callable[..., str], run: Run) -> None:
    done = run("derive", "cn.district-2012", facts(240, "assembly:\n  resident representatives: 50\n"), "--lang", "en")
    assert done.status == 1
    assert "No lawful plan exists" in done.out


def test_the_workbook_that_a_form_was_filled_in(facts: Callable[..., str], run: Run) -> None:
    assert run("new", "form.xlsx", "--ruleset", "cn.district-2012", "--lang", "en").status == 0
    done = run("derive", "cn.district-2012", "form.xlsx", "--format", "json")
    assert (done.status, json.loads(done.out)["plan"]["name"]) == (3, "form.xlsx")


@pytest.mark.parametrize("named", ["toy.council", "toy.council/rules.en.civic", "./toy.council"])
def test_a_name_a_text_or_a_folder(here: Path, plan: Callable[..., str], run: Run, named: str) -> None:
    done = run("derive", named, plan(seats=2), "--lang", "en")
    assert done.status == 1
    assert "✗ seats: the plan has 2 people, which is not allowed" in done.out
    assert "seats: at least 3 people (the plan has 2 people, which is not allowed)" in done.out
    assert "helpers (the plan has 2 people)" in done.out


def test_json_names_its_form(facts: Callable[..., str], run: Run) -> None:
    found = json.loads(run("derive", "cn.district-2012", facts(), "--format", "json").out)
    assert found["format"] == "civicrules-derived/1"


def test_files(facts: Callable[..., str], run: Run) -> None:
    name = facts()
    for format in ("text", "json", "xlsx", "ics"):
        done = run("derive", "cn.district-2012", name, "--format", format, "-o", f"lawful.{format}", "--lang", "en")
        assert (done.status, done.out, done.err) == (3, f"Written: lawful.{format}\n", "")
    assert load_workbook(BytesIO(Path("lawful.xlsx").read_bytes())).sheetnames[1] == "Calendar"
    assert Path("lawful.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    again = run("derive", "cn.district-2012", name, "--format", "ics", "-o", "lawful.ics")
    assert (again.status, "CR0813" in again.err) == (2, True)
    assert run("derive", "cn.district-2012", name, "--format", "ics", "-o", "lawful.ics", "--force").status == 3
    missing = run("derive", "cn.district-2012", name, "-o", "nowhere/lawful.txt")
    assert (missing.status, "CR0809" in missing.err) == (2, True)


def test_a_calendar_on_the_output(facts: Callable[..., str], fresh: Callable[..., Any], quiet_place: Path) -> None:
    done = fresh("derive", "cn.district-2012", facts(more=DATES), "--format", "ics", "--lang", "en")
    assert done.returncode == 0
    assert done.stdout.endswith(b"END:VCALENDAR\r\n")
    assert b"DTSTART;VALUE=DATE:20120820\r\n" in done.stdout


def test_a_workbook_needs_a_file(facts: Callable[..., str], run: Run) -> None:
    done = run("derive", "cn.district-2012", facts(), "--format", "xlsx")
    assert (done.status, done.out, "-o lawful.xlsx" in done.err) == (2, "", True)


def test_another_day_of_law(facts: Callable[..., str], run: Run) -> None:
    done = run("derive", "cn.district-2012", facts(), "--as-of", "2011-08-20", "--lang", "en")
    assert "20 August 2011" in done.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("cn.district-2013", "facts.yaml"), "CR0342"), (("cn.district-2012", "other.yaml"), "CR0801")],
)
def test_what_cannot_be_used(facts: Callable[..., str], run: Run, arguments: tuple[str, ...], code: str) -> None:
    facts()
    done = run("derive", *arguments)
    assert (done.status, code in done.err) == (2, True)
    told = run("derive", *arguments, "--format", "json")
    assert (told.status, code in told.out) == (2, True)
