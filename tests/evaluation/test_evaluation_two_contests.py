"""Two contests may fill their posts from one list of candidates."""

from __future__ import annotations

import pytest

import civicrules

VOCABULARY = """civicrules 1 en

vocabulary toy "Toy"

entity ballot account / 选票
  valid ballots / 有效票数: number

entity person / 人员
  name / 姓名: text, identifies
  post / 职务: one of councillor/议员, head/村长, clerk/文书
  votes / 得票数: number

list candidates / 候选人: person, each candidate / 候选人, public names
"""
RULES = """civicrules 1 en

ruleset toy.two "Two contests"
  facts: toy
  source law: "Law"

contest council [law 1]
  method: plurality
  posts: councillor
  seats: 1
  candidates: candidates
  elected: most votes first
  tie: lot

contest village [law 2]
  method: plurality
  posts: head
  seats: 1
  candidates: candidates
  elected: most votes first
  tie: lot
"""


@pytest.mark.parametrize(("post", "codes"), [("head", set()), ("clerk", {"CR0721"})])
def test_a_candidate_for_the_post_of_another_contest_is_counted_there(post: str, codes: set[str]) -> None:
    rules = civicrules.load(text=RULES, library=civicrules.MappingLibrary({"toy": VOCABULARY}))
    people = [{"name": "A", "post": "councillor", "votes": 5}, {"name": "B", "post": post, "votes": 3}]
    facts, said = rules.facts({"ballot account": {"valid ballots": 8}, "candidates": people})
    assert said == ()
    for contest in rules.program.contests:
        _, problems = rules.count(contest, facts)
        assert {one.code for one in problems} == codes
