"""Rules on people from the command line: what a plan attests and waives, and what it must not print.

王五, born on 1 March 1950, is 62 on the election day of 30 August 2012 and was released on 2 January 2009, three whole
years before; 55 years and five years are asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from civicrules import load
from civicrules.findings import fingerprint
from civicrules.library import MappingLibrary

VOCABULARY = """civicrules 1 en

vocabulary toy.people "People"

entity community / 社区
  election day / 选举日: date

entity person / 人员
  name / 姓名: text, identifies
  id number / 身份证号: text, personal, identifies
  birth date / 出生日期: date, personal
  age / 年龄: number in years, counted from birth date
  released / 刑满释放: date, none allowed, personal
  serving sentence / 正在服刑: yes/no, personal

list candidates / 候选人名单: person, each candidate / 候选人, at most 200, public names
list delegates / 代表名单: person, each delegate / 代表, at most 200
"""

RULES = """civicrules 1 en

ruleset toy.people-rules "Who may stand"
  facts: toy.people
  age date: election day
  source law: "The law"

each candidate's age must be at most 55 [law 1]
  waiver: street office

each candidate must not meet any of these: [law 2]
  serving sentence
  released less than 5 years ago

each delegate's birth date must be no later than 1994-08-30 [law 3]
"""

PLAN = """\
plan: {ruleset: toy.people-rules, day: 2012-08-20, language: en}
community: {election day: 2012-08-30}
candidates:
  - {name: 王五, id number: "310101195003010018", birth date: 1950-03-01, released: 2009-01-02}
  - {name: 赵六, birth date: 1980-03-01, released: none}
delegates:
  - {name: 孙八, birth date: 1994-11-30, id number: "310101199411300020"}
attestations:
  - {list: candidates, fact: serving sentence, by: the district court, date: 2012-08-01}
"""

WAIVER = """\
waivers:
  - {rule: candidates_age, person: 王五, reason: long service, by: street office, date: 2012-08-10, fingerprint: MARK}
"""

PERSONAL = ("1950", "1 March", "2009", "1994-11-30", "30 November", "3101", "孙八", "62")


@pytest.fixture
def people(tmp_path: Path) -> Callable[..., str]:
    """A plan in a folder with its ruleset; its name."""
    for name, text in (("toy.people/vocabulary.civic", VOCABULARY), ("toy.people-rules/rules.en.civic", RULES)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")

    def write(more: str = "") -> str:
        plan = tmp_path / "plan.yaml"
        plan.write_text(PLAN + more, encoding="utf-8")
        return plan.name

    return write


def mark() -> str:
    """The fingerprint of the age of 王五, from Python."""
    rules = load(text=RULES, library=MappingLibrary({"toy.people": VOCABULARY}))
    facts = {
        "community": {"election day": "2012-08-30"},
        "candidates": [{"name": "王五", "birth date": "1950-03-01"}],
    }
    return fingerprint(rules.check(facts).findings[0])


def test_what_fails_for_whom(run: Any, people: Callable[..., str]) -> None:
    done = run("check", people())
    assert done.status == 1, done
    words = " ".join(done.out.split())
    assert "王五 age: 7 years above the limit" in words
    assert "released: up to 2 years too short" in words
    assert "birth date: 3 months too late" in words
    assert "none of the candidates: serving sentence, by the district court, 1 August 2012" in words
    assert f"street office may waive this; the waiver names these numbers as: 王五 {mark()}" in words


def printed_personal(out: str) -> list[str]:
    """Which personal values were printed; the folder's name, which reports tell too, may have any figures."""
    rest = out.replace(str(Path.cwd()), "")
    return [value for value in PERSONAL if value in rest]


@pytest.mark.parametrize("arguments", [(), ("--all",), ("--format", "json"), ("--lang", "zh", "--all")])
def test_personal_values_are_not_printed(run: Any, people: Callable[..., str], arguments: tuple[str, ...]) -> None:
    done = run("check", people(), *arguments)
    assert done.status == 1, done
    assert printed_personal(done.out) == [], done.out


def test_personal_values_asked_for(run: Any, people: Callable[..., str]) -> None:
    done = run("check", people(), "--show-personal")
    assert "30 November 1994" in done.out
    assert "personal values  this report shows them" in done.out
    document = json.loads(run("check", people(), "--show-personal", "--format", "json").out)
    assert document["personal"] is True
    born = [f for f in document["findings"] if f["subject"] and f["subject"]["list"] == "delegates"]
    assert born[0]["numbers"][0]["value"] == "1994-11-30"


def test_a_waiver_with_the_fingerprint_printed(run: Any, people: Callable[..., str]) -> None:
    words = " ".join(run("check", people(WAIVER.replace("MARK", mark()))).out.split())
    assert "王五: waived by street office, 10 August 2012: long service" in words
    assert "1 that fails was waived." in words


def test_a_waiver_for_other_numbers_waives_nothing(run: Any, people: Callable[..., str]) -> None:
    done = run("check", people(WAIVER.replace("MARK", "00000000")))
    words = " ".join(done.out.split())
    assert "王五: waived by street office, 10 August 2012: long service; it has lapsed" in words
    assert (done.status, "Could not be read" in done.out) == (1, False)


def test_why_tells_no_personal_value(run: Any, people: Callable[..., str]) -> None:
    for more in ((), ("--format", "json"), ("--lang", "zh")):
        done = run("check", people(), "--why", "candidates_age", *more)
        assert done.status == 0, done
        assert printed_personal(done.out) == [], done.out
    shown = run("check", people(), "--why", "candidates_age", "--show-personal")
    assert "62" in shown.out
    assert "1 March 1950" in shown.out


def test_an_age_that_the_plan_states_is_no_secret(run: Any, people: Callable[..., str]) -> None:
    """Stated in a column that is not marked; the birth date, which nobody gave, has nothing to hide."""
    path = Path(people())
    text = path.read_text("utf-8").replace("birth date: 1950-03-01,", "age: 62,")
    path.write_text(text, encoding="utf-8")
    assert "王五 age: 62 years" in " ".join(run("check", str(path)).out.split())


def test_what_is_wrong_with_a_person_is_told_without_the_line(run: Any, people: Callable[..., str]) -> None:
    """A wrong number and a day that is none, in a list in a text: neither they nor what stands beside them is shown."""
    path = Path(people())
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("310101195003010018", "310101195003010011").replace("1994-11-30", "1994-11-31"), encoding="utf-8"
    )
    for language in ("en", "zh"):
        done = run("check", str(path), "--lang", language)
        assert "CR0530" in done.out and "plan.yaml:4:27" in done.out
        for personal in ("310101195003010011", "1950-03-01", "1994-11-31", "310101199411300020", "孙八"):
            assert personal not in done.out
