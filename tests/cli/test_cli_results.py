"""`count` and `allocate`, on the plans that come with the rulesets.

By hand: East and South with 450 households each and West with 700 share 51 seats; the Hare quota is 1,600/51, so 14, 14
and 22 seats go for whole quotas, and the last one is tied between East and South (remainders 550/51; West has 500/51).
"""

from __future__ import annotations

import json
import shlex
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from civicrules.cli.decisions import decision, gathered

from civicrules import Decision
from civicrules.diagnostics import Diagnostic

RULESETS = files("civicrules.rulesets")
TIED = str(RULESETS / "cn.district-2012" / "examples" / "tied.en.yaml")
VOTE = str(RULESETS / "cn.all-voter" / "examples" / "fourth-term.en.yaml")


def results(done: Any) -> Any:
    return json.loads(done.out)["counts"]


def question(run: Any) -> str:
    (count,) = results(run("allocate", TIED, "--format", "json"))
    return str(count["questions"][0]["id"])


def test_a_tie_is_a_question_and_its_answer_decides(run: Any, tmp_path: Path) -> None:
    asked = run("allocate", TIED)
    assert asked.status == 3 and "East" in asked.out and "--decision" in asked.out
    id = question(run)
    answered = run("allocate", TIED, "--decision", f"{id}=South", "--format", "json")
    assert answered.status == 0
    seats = {seat["receiver"]: seat["seats"] for seat in results(answered)[0]["seats"]}
    assert seats == {"East": 14, "South": 15, "West": 22}
    file = tmp_path / "answers.txt"
    file.write_text(f"# the drawing of 1 May\n{id}=South # by lot\n", encoding="utf-8")
    by_file = run("allocate", TIED, "--decisions", str(file), "--format", "json")
    assert results(by_file)[0]["seats"] == results(answered)[0]["seats"] and "by lot" in by_file.out


def test_a_count_says_nothing_of_rules_that_it_does_not_judge(run: Any) -> None:
    """The notice lets a committee have three members, the law five: that is for whoever checks the plan."""
    assert "CR0364" in run("check", TIED).out
    for language in ("en", "zh"):
        assert "CR0364" not in run("allocate", TIED, "--lang", language).out


def test_the_answer_that_is_shown_can_be_copied(run: Any, tmp_path: Path) -> None:
    plan = tmp_path / "tied.yaml"
    text = Path(TIED).read_text(encoding="utf-8")
    plan.write_text(
        text.replace("East", '"East, old town"').replace("South", '"South, by the river"'), encoding="utf-8"
    )
    (example,) = [line for line in run("allocate", str(plan)).out.splitlines() if "--decision" in line]
    answered = run("allocate", str(plan), *shlex.split(example), "--format", "json")
    assert answered.status == 0
    assert {one["receiver"]: one["seats"] for one in results(answered)[0]["seats"]}["East, old town"] == 15


@pytest.mark.parametrize(("answer", "code"), [("{id}=Nobody", "CR0702"), ("000000000000=East", "CR0701")])
def test_an_answer_that_does_not_fit_is_refused(run: Any, answer: str, code: str) -> None:
    done = run("allocate", TIED, "--decision", answer.format(id=question(run)))
    assert done.status == 3 and code in done.out


NAMESAKES = """\
plan: {ruleset: cn.all-voter, day: 2012-08-20}
ballot account: {registered voters: 100, ballots issued: 100, ballots returned: 90, valid ballots: 90}
residents committee: {chairs: 1, vice chairs: 0, other members: 2}
candidates:
  - {name: Lin, post: chair, votes: 60}
  - {name: An, post: member, votes: 60}
  - {name: Bo, post: member, votes: %s}
  - {name: "%s", post: member, votes: %s}
"""


@pytest.mark.parametrize("name", ["void", "弃权", "废票", "nobody"])
@pytest.mark.parametrize("votes", [50, 40], ids=["tie", "second ballot"])
def test_a_candidate_may_be_called_as_an_answer_is(run: Any, tmp_path: Path, name: str, votes: int) -> None:
    """46 of 90 are needed: 50 each is a tie for the second seat, 40 each a second ballot."""
    plan, kept = tmp_path / "plan.yaml", tmp_path / "result.json"
    plan.write_text(NAMESAKES % (votes, name, votes), encoding="utf-8")
    (count,) = results(run("count", str(plan), "--format", "json"))
    answer = f"{count['questions'][0]['id']}={name}"
    done = run("count", str(plan), "--decision", answer, "--format", "json", "--result", str(kept))
    assert done.status == 0, done.out
    assert [seat["receiver"] for seat in results(done)[0]["seats"]] == ["Lin", "An", name]
    given = json.loads(kept.read_text(encoding="utf-8"))["counts"][0]["decisions"]["given"]
    assert [one["chosen"] for one in given] == [[name]]
    assert f"{name}：{votes}" in run("count", str(plan), "--lang", "zh").out


@pytest.mark.parametrize("word", ["nobody", "无人当选"])
def test_a_further_ballot_that_elected_nobody_in_either_language(run: Any, tmp_path: Path, word: str) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(NAMESAKES % (40, "Cai", 40), encoding="utf-8")
    (count,) = results(run("count", str(plan), "--format", "json"))
    done = run("count", str(plan), "--decision", f"{count['questions'][0]['id']}={word}", "--format", "json")
    assert done.status == 0 and [seat["receiver"] for seat in results(done)[0]["seats"]] == ["Lin", "An"]


@pytest.mark.parametrize("word", ["整票无效", "废票", "void"])
def test_a_ruling_is_recorded_in_the_words_of_its_question(run: Any, tmp_path: Path, word: str) -> None:
    papers, kept = tmp_path / "papers.csv", tmp_path / "result.json"
    papers.write_text("number,chair,member 1\n60,Lin,An\n1,Lin?,An\n", encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    text = NAMESAKES.replace(", votes: 60", "").replace("returned: 90, valid ballots: 90", "returned: 61")
    plan.write_text(text.replace(", votes: %s", "") % "Cai", encoding="utf-8")
    (count,) = results(run("count", str(plan), "--ballots", str(papers), "--format", "json"))
    answer = f"{count['questions'][0]['id']}={word}"
    run("count", str(plan), "--ballots", str(papers), "--decision", answer, "--result", str(kept))
    given = json.loads(kept.read_text(encoding="utf-8"))["counts"][0]["decisions"]["given"]
    assert [one["chosen"] for one in given] == [["void"]]


@pytest.mark.parametrize("answer", ["East", "=East", "abc=", "abc=East,,South"])
def test_an_answer_that_cannot_be_read(run: Any, answer: str) -> None:
    done = run("allocate", TIED, "--decision", answer)
    assert done.status == 2 and "CR0808" in done.err and not done.out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0f3a=Lin", Decision("0f3a", ("Lin",))),
        (" 0F3A = Lin Xiaoyan , Wu Min ", Decision("0f3a", ("Lin Xiaoyan", "Wu Min"))),
        ("0f3a＝林小燕、吴敏，赵一", Decision("0f3a", ("林小燕", "吴敏", "赵一"))),
        ('0f3a="Lin, X.",Wu', Decision("0f3a", ("Lin, X.", "Wu"))),
        ('0f3a=Lin "Bob" Hua,Wu', Decision("0f3a", ('Lin "Bob" Hua', "Wu"))),
        ("0f3a=#1, #2 # drawn by lot", Decision("0f3a", ("#1", "#2"), "drawn by lot")),
        ("0f3a=林小燕 ＃ 抽签", Decision("0f3a", ("林小燕",), "抽签")),
    ],
)
def test_how_an_answer_is_written(text: str, expected: Decision) -> None:
    assert decision(text) == expected


def test_a_line_that_cannot_be_read_is_shown_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "answers.txt"
    file.write_text("\n0f3a=Lin\nWu\n", encoding="utf-8")
    decisions, (problem,) = gathered((), file)
    assert decisions == (Decision("0f3a", ("Lin",)),)
    assert isinstance(problem, Diagnostic) and str(problem.place) == "answers.txt:3:1"


def test_a_file_of_answers_that_is_not_there(run: Any) -> None:
    done = run("allocate", TIED, "--decisions", "answers.txt")
    assert done.status == 2 and "CR0801" in done.err


def test_a_vote_is_counted(run: Any) -> None:
    done = run("count", VOTE)
    assert done.status == 0 and "1,855" in done.out and "The result is settled" in done.out
    assert run("count", VOTE, "residents_committee").out == run("count", VOTE, "Residents Committee").out


def test_the_report_on_a_count_is_filed(run: Any, tmp_path: Path) -> None:
    """Never over what was counted, and over a file that is there only when asked."""
    page, answers = tmp_path / "count.html", tmp_path / "answers.txt"
    answers.write_text(f"{question(run)}=South\n", encoding="utf-8")
    asked = ("allocate", TIED, "--decisions", str(answers), "--format", "html")
    done = run(*asked, "-o", str(page))
    assert done.status == 0 and "Written: " in done.out and "The result is settled" in done.out
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "CR0813" in run(*asked, "-o", str(page)).err and run(*asked, "-o", str(page), "--force").status == 0
    for counted in (answers, Path(TIED)):
        assert "CR0825" in run(*asked, "-o", str(counted), "--force").err


def test_words_of_bases_and_posts_are_in_the_language_asked_for(run: Any) -> None:
    done = run("count", VOTE, "--lang", "zh")
    assert "收回票数" in done.out and "副主任" in done.out
    assert "ballots" not in done.out and "registered" not in done.out


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "number,chair,member 1\n", "the ballots hold no paper"),
        ("zh", "张数,主任,委员1\n0,林小燕,\n", "选票数据中没有选票"),
    ],
)
def test_a_file_without_papers_decides_nothing(run: Any, tmp_path: Path, language: str, text: str, said: str) -> None:
    """It would otherwise be an election in which nobody voted, decided with every seat open."""
    (tmp_path / "papers.csv").write_text(text, encoding="utf-8")
    done = run("count", VOTE, "--ballots", str(tmp_path / "papers.csv"), "--lang", language)
    assert done.status == 3 and "CR0767" in done.out + done.err and said in done.out + done.err, done.out + done.err
    assert "✓" not in done.out
    _, after = done.out.split(said, 1)
    assert after.split()[0] == "papers.csv"


@pytest.mark.parametrize(("language", "said"), [("en", "Nothing was done."), ("zh", "未作任何处理。")])
def test_papers_that_cannot_be_counted(run: Any, tmp_path: Path, language: str, said: str) -> None:
    papers = tmp_path / "papers.csv"
    papers.write_text("number,chair\n-5,Lin\n", encoding="utf-8")
    done = run("count", VOTE, "--ballots", str(papers), "--lang", language)
    assert done.status == 2 and done.err.splitlines()[-1].startswith(said)
    assert "CR0428" in done.err and done.err.splitlines()[-3].endswith("explain CR0753")


SLATES = """civicrules 1 en

vocabulary our.words "Slates"

unit vote / 票: votes

entity slate / 名单
  code / 编号: text, personal, identifies
  slogan / 口号: text
  called / 称号: text, identifies
  strength / 得票: number in votes

list slates / 全体名单: slate, each slate / 各名单, at most 9, public names
"""
DIVIDED = """civicrules 1 en

ruleset our.rules "Seats"
  facts: our.words
  source act: "Act"

allocation council [act 1]
  receivers: slates
  weight: strength
  seats: 5
  method: dhondt
  tie: lot
"""


def test_without_a_field_name_the_text_that_identifies_is_the_name(run: Any, tmp_path: Path) -> None:
    """90 and 60 for five seats: 90, 60, 45, 30 and 30 (three each would be tied at 20), so 3 and 2."""
    (tmp_path / "our.words.civic").write_text(SLATES, encoding="utf-8")
    (tmp_path / "our.rules.civic").write_text(DIVIDED, encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    rows = "  - {code: x1, called: Rose, slogan: Up, strength: 90}\n  - {code: x2, called: Oak, strength: 60}\n"
    plan.write_text(f"plan: {{ruleset: our.rules}}\nslates:\n{rows}", encoding="utf-8")
    (count,) = results(run("allocate", str(plan), "--format", "json"))
    assert {one["receiver"]: one["seats"] for one in count["seats"]} == {"Rose": 3, "Oak": 2}


def test_a_contest_that_is_not_there(run: Any) -> None:
    done = run("count", VOTE, "residents comittee")
    assert done.status == 2 and "CR0807" in done.err and "did you mean residents committee?" in done.err


def test_a_ruleset_without_contests_says_what_it_has(run: Any) -> None:
    done = run("count", TIED, "--lang", "en")
    assert done.status == 2 and "CR0811" in done.err and "civicrules allocate" in done.err
    other = run("allocate", VOTE)
    assert other.status == 2 and "civicrules count" in other.err
