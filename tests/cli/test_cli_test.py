"""`civicrules test`: what is said of examples that come out and that do not, and the exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

RIGHT = """
example "three are enough"
  given seats is 3
  expect seats: holds
"""
WRONG = """
example "two would be enough"
  given seats is 2
  expect seats: holds
"""


@pytest.fixture
def rules(here: Path) -> Callable[[str], Path]:
    """Adds examples to the ruleset of three sentences, which stays in English alone."""

    def made(examples: str) -> Path:
        (here / "toy.council/rules.zh.civic").unlink(missing_ok=True)
        path = here / "toy.council/rules.en.civic"
        path.write_text(path.read_text(encoding="utf-8") + examples, encoding="utf-8")
        return path

    return made


def test_examples_that_come_out(rules: Callable[[str], Path], run: Run) -> None:
    rules(RIGHT)
    done = run("test", "toy.council")
    assert done.status == 0
    assert "toy.council: expectations of its examples that come out: 1 of 1" in done.out
    assert done.out.endswith("Every expectation comes out. Exit status 0.\n")
    assert done.err == ""


def test_one_that_does_not_is_shown_at_its_place(rules: Callable[[str], Path], run: Run) -> None:
    rules(RIGHT + WRONG)
    done = run("test", "toy.council")
    assert done.status == 1
    lines = done.out.splitlines()
    assert lines[0] == "✗ seats: expected holds, found fails"
    assert lines[1].strip() == "--> rules.en.civic:22:1"
    assert lines[2].endswith('example "two would be enough"')
    assert "toy.council: expectations of its examples that come out: 1 of 2" in lines
    assert lines[-1] == "Expectations that do not come out: 1. Exit status 1."


def test_one_that_cannot_be_judged_says_which_facts_it_lacks(rules: Callable[[str], Path], run: Run) -> None:
    rules('example "nothing is said of seats"\n  given helpers is 2\n  expect seats: fails\n')
    done = run("test", "toy.council")
    assert done.out.splitlines()[:2] == [
        "✗ seats: expected fails, found cannot say", "    the example does not give: seats"]  # fmt: skip
    assert "    示例没有写明：职数" in run("test", "toy.council", "--lang", "zh").out


def test_one_that_does_not_is_shown_with_the_reading_it_names(here: Path, run: Run) -> None:
    """1,501 households begin one more hundred, which makes 51 representatives where it counts [notice IV(2)]."""
    folder = here / "my-rules"
    run("new", str(folder), "--ruleset", "cn.district-2012", "--lang", "en")
    path = folder / "cn.district-2012/rules.en.civic"
    wrong = (
        "example required representatives is set by households:\n  reading started hundred: rounded up\n  1501: 50\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + "\n" + wrong, encoding="utf-8")
    said = "✗ required representatives: expected 50 people, found 51 people (reading started hundred: rounded up)"
    english = run("test", str(folder)).out
    assert " ".join(english.split("    -->")[0].split()) == said
    chinese = run("test", str(folder), "--lang", "zh").out
    assert (
        "".join(chinese.split("    -->")[0].split())
        == "✗应选居民代表数：应为50人，实为51人（解释整百户计法：尾数进一）"
    )
    last = json.loads(run("test", str(folder), "--format", "json").out)["rulesets"][0]["expectations"][-1]
    assert last["readings"] == {"started_hundred": 1} and not last["passed"]


def test_what_no_example_touches_is_listed_and_is_no_bar(rules: Callable[[str], Path], run: Run) -> None:
    rules(RIGHT)
    done = run("test", "toy.council")
    assert done.status == 0
    assert "  rules that no example sees hold or fail: 1 of 2\n    line 16  helpers should be at most 2\n" in done.out


def test_conflicts_are_told_to_the_author_of_a_text_and_counted_for_others(run: Run, tmp_path: Path) -> None:
    """The notice has four known conflicts with the law; in a copy they are its author's to judge."""
    shipped = run("test", "cn.district-2012")
    assert "CR036" not in shipped.err and "conflicts with the rulesets above it: 4." in shipped.out
    run("new", "mine/", "--ruleset", "cn.district-2012", "--lang", "en")
    own = run("test", "mine")
    assert own.err.count("Conflict CR036") == 4 and "Known conflicts" not in own.out


def test_in_chinese(rules: Callable[[str], Path], run: Run) -> None:
    rules(WRONG)
    done = run("test", "toy.council", "--lang", "zh")
    assert done.status == 1
    assert "✗ 职数：应为符合，实为不符合" in done.out
    assert done.out.endswith("1项预期结果不符。退出状态1。\n")


@pytest.mark.parametrize("given", ["toy.council", "toy.council/rules.en.civic", "."])
def test_a_name_a_text_or_a_folder(rules: Callable[[str], Path], run: Run, given: str) -> None:
    rules(RIGHT)
    done = run("test", given)
    assert done.status == 0 and "toy.council: expectations of its examples that come out: 1 of 1" in done.out


def test_a_ruleset_by_name_in_another_folder(rules: Callable[[str], Path], run: Run, here: Path) -> None:
    rules(WRONG)
    (here / "rules").mkdir()
    for name in ("toy.council", "toy.street"):
        (here / name).rename(here / "rules" / name)
    assert run("test", "toy.council").status == 2
    assert run("test", "toy.council", "--rules", "rules").status == 1


def test_several_at_once(rules: Callable[[str], Path], run: Run) -> None:
    rules(WRONG)
    assert run("test", "cn.all-voter").status == 0
    done = run("test", "cn.all-voter", "toy.council")
    assert done.status == 1
    assert "cn.all-voter: " in done.out and "toy.council: " in done.out
    assert run("test", "toy.council", "no.such").status == 2


@pytest.mark.parametrize(("given", "code"), [("no.such", "CR0342"), ("no/such.civic", "CR0801"), ("empty", "CR0818")])
def test_what_cannot_be_used(quiet_place: Path, run: Run, given: str, code: str) -> None:
    (quiet_place / "empty").mkdir()
    done = run("test", given)
    assert done.status == 2 and code in done.err
    assert f"{given}: cannot be used" in done.err
    assert done.out == "Not all rulesets could be used. Exit status 2.\n"


def test_a_ruleset_with_a_mistake_is_said(rules: Callable[[str], Path], run: Run) -> None:
    rules("\nhelper must be at least 3\n")
    done = run("test", "toy.council")
    assert done.status == 2 and "CR0201" in done.err


def test_a_ruleset_without_examples(here: Path, run: Run) -> None:
    done = run("test", "toy.council")
    assert done.status == 0 and "toy.council: no examples" in done.out


def test_as_json(rules: Callable[[str], Path], run: Run) -> None:
    path = rules(RIGHT + WRONG)
    done = run("test", "toy.council", "--format", "json")
    found = json.loads(done.out)
    assert done.status == found["exit_status"] == 1 and found["format"] == "civicrules-test/1"
    (one,) = found["rulesets"]
    assert (one["ruleset"], one["usable"], one["version"]) == ("toy.council", True, "1")
    right, wrong = one["expectations"]
    assert right["passed"] and not wrong["passed"]
    assert (wrong["expected"], wrong["actual"]) == ({"verdict": "holds"}, {"verdict": "fails"})
    text = path.read_text(encoding="utf-8")
    assert text[wrong["place"]["start"] : wrong["place"]["end"]].startswith('example "two would be enough"')
    touched = {part["id"]: part["touched"] for part in one["coverage"]["rules"]}
    assert touched == {"street.seats": True, "street.helpers": False}


def test_as_json_when_it_cannot_be_used(quiet_place: Path, run: Run) -> None:
    done = run("test", "no.such", "--format", "json")
    (one,) = json.loads(done.out)["rulesets"]
    assert done.status == 2 and not one["usable"] and one["diagnostics"][0]["code"] == "CR0342"


def test_values_as_json(here: Path, run: Run) -> None:
    """committee size at 2,499 households is 3 to 5 members [notice III.2]."""
    found = json.loads(run("test", "cn.district-2012", "--format", "json").out)
    sizes = [one for one in found["rulesets"][0]["expectations"] if one["id"] == "committee_size"]
    assert sizes[0]["expected"] == sizes[0]["actual"] == {"from": 3, "to": 5}


# ---------------------------------------------------------------- the warning of `check`


def test_check_warns_of_examples_that_do_not_come_out(
    rules: Callable[[str], Path], run: Run, plan: Callable[..., str]
) -> None:
    rules(WRONG)
    done = run("check", plan())
    assert done.status == 0
    assert "the ruleset contradicts 1 of its own examples" in done.out
    assert "civicrules test toy.council --rules ." in done.out
    assert run("test", "toy.council", "--rules", ".").status == 1


def test_check_says_nothing_of_examples_that_come_out(
    rules: Callable[[str], Path], run: Run, plan: Callable[..., str]
) -> None:
    rules(RIGHT)
    assert "CR0820" not in run("check", plan()).out
