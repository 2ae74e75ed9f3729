"""The tree of reasons names the rows that apply or still can, and of personal values not even these."""

from __future__ import annotations

from typing import Any

import pytest

import civicrules
from civicrules import Rules
from civicrules.findings import Reason
from civicrules.library import MappingLibrary
from civicrules.report.reasons import document, render
from civicrules.report.view import View

VOCABULARY = """civicrules 1 en

vocabulary toy "Toy"

entity community / 社区
  households / 户数: number
  size / 职数: number

entity person / 人员
  name / 姓名: text, identifies
  sex / 性别: one of female/女, male/男, personal
  age / 年龄: number in years, personal

list candidates / 候选人: person, each candidate / 候选人, public names
"""
RULES = """civicrules 1 en

ruleset toy.rows "Rows"
  facts: toy
  source law: "Law"

wanted is set by households: [law 1]
  99 or fewer: 3
  100 to 199: 5
  200 to 299: 7
  300 or more: 9

extra means: [law 1]
  when households is at least 300: 2
  when households is at least 200: 1
  otherwise: 0

limit is set by age: [law 2]
  29 or fewer: 2 years
  30 to 49: 4 years
  50 or more: 6 years

rule size [law 1]
  size must be at least wanted

rule extra size [law 1]
  size must be at least extra

rule limits [law 2]
  each candidate's limit must be at most 5 years
"""


@pytest.fixture(scope="module")
def rules() -> Rules:
    return civicrules.load(text=RULES, library=MappingLibrary({"toy": VOCABULARY}))


def told(rules: Rules, rule: str, **facts: Any) -> str:
    shown = render(rules.why(rule, facts), View("en", width=160))
    return " ".join(shown.split())


def rows(reasons: tuple[Reason, ...]) -> list[tuple[str, object, int]]:
    found = []
    for one in reasons:
        if one.others:
            found.append(("others", None, one.others))
        if one.row:
            found.append((one.text, one.value, 0))
        found += rows(one.parts)
    return found


@pytest.mark.parametrize(
    ("households", "applies"),
    [(99, "99 or fewer: 3"), (100, "100 to 199: 5"), (299, "200 to 299: 7"), (300, "300 or more: 9")],
)
def test_the_row_that_applies(rules: Rules, households: int, applies: str) -> None:
    found = rules.why("size", {"community": {"households": households, "size": 3}})
    assert rows(found[0][1]) == [("others", None, 3), (applies, True, 0)]


def test_the_rows_that_still_can(rules: Rules) -> None:
    found = rules.why("size", {"community": {"size": 3}})
    assert [text for text, value, _ in rows(found[0][1]) if value is None] == [
        *("99 or fewer: 3", "100 to 199: 5", "200 to 299: 7", "300 or more: 9")
    ]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "(3 other rows or cases do not apply)"), ("zh", "（另有3档不适用）")]
)
def test_how_many_others_there_are(rules: Rules, language: str, said: str) -> None:
    found = rules.why("size", {"community": {"households": 150, "size": 3}})
    shown = render(found, View(language, width=160))
    assert said in shown
    assert "200 to 299" not in shown
    assert '"others": 3' in str(document(rules.program.rules[0], found)).replace("'", '"')


def test_of_cases_those_up_to_the_one_that_applies(rules: Rules) -> None:
    community = {"households": 350, "size": 3}
    shown = told(rules, "extra_size", community=community)
    assert "households is at least 300 = yes" in shown
    assert "at least 200" not in shown
    assert "(1 other row or case does not apply)" in shown
    shown = told(rules, "extra_size", community={**community, "households": 250})
    assert "households is at least 300 = no" in shown
    assert "households is at least 200 = yes" in shown


@pytest.mark.parametrize("age", [29, 30, 50])
def test_a_row_found_by_a_personal_value_is_not_told(rules: Rules, age: int) -> None:
    found = rules.why("limits", {"candidates": [{"name": "Ann", "age": age}]})
    for hidden in (render(found, View("en")), str(document(rules.program.rules[2], found))):
        assert not any(text in hidden for text in ("29 or fewer", "30 to 49", "50 or more", str(age)))
        assert "other row" not in hidden
    shown = render(found, View("en"), personal=True)
    assert (f"age = {age}" in shown, "2 other rows" in shown) == (True, True)


def test_a_value_looked_up_by_a_personal_one_is_personal(rules: Rules) -> None:
    (found,) = (f for f in rules.check({"candidates": [{"name": "Ann", "age": 55}]}).findings if f.subject)
    assert found.numbers[0].personal
    assert (found.numbers[0].value, found.verdict.value) == (6, "fails")


BANS = """civicrules 1 en

ruleset toy.bans "Bans"
  facts: toy
  source law: "Law"

rule small [law 1]
  each candidate must not meet any of these:
    sex is male

rule women [law 1]
  share of candidates where sex is female must be at least 1/2
"""


@pytest.fixture(scope="module")
def bans() -> Rules:
    return civicrules.load(text=BANS, library=MappingLibrary({"toy": VOCABULARY.replace(", personal", "")}))


PEOPLE = {"candidates": [{"name": "A", "sex": "female"}, {"name": "B", "sex": "male"}]}


def test_what_is_banned_is_told_with_the_ban(bans: Rules) -> None:
    """That the ban holds of the woman and not of the man, each with the sex: never `sex is male = yes` of her."""
    told = []
    for _, (reason,) in bans.why("small", PEOPLE):
        told.append((reason.names.text("en"), reason.value, [str(one.value) for one in reason.parts]))
    ban = "each candidate must not meet any of these: sex is male"
    assert told == [(ban, True, ["female"]), (ban, False, ["male"])]


def test_a_share_is_told_with_what_it_is_of_what(bans: Rules) -> None:
    """1 woman of 2 candidates."""
    share = bans.why("women", PEOPLE)[0][1][0].parts[0]
    assert [(one.names.text("en"), one.value) for one in share.parts] == [
        ("number of candidates where sex is female", 1), ("number of candidates", 2)]  # fmt: skip
