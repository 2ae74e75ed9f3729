"""What a city asks of all its communities, with the communities given as plans or in a table of the city's own."""

from __future__ import annotations

from pathlib import Path

import pytest

import civicrules
from civicrules import Rules, Verdict
from civicrules.findings import Across, Finding
from civicrules.library import MappingLibrary
from civicrules.report import across as many
from civicrules.report.view import View

HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
SAMPLES = Path(__file__).parents[1] / "samples"
ALL, HOUSEHOLDS, REPRESENTATIVES = "all voters", "household delegates", "representatives"


@pytest.fixture(scope="module", params=["en", "zh"])
def rules(request: pytest.FixtureRequest) -> Rules:
    texts = {"sample.community": (SAMPLES / "vocabulary.civic").read_text(encoding="utf-8")}
    text = (SAMPLES / f"city.{request.param}.civic").read_text(encoding="utf-8")
    return civicrules.load(text=text, library=MappingLibrary(texts))


def plan(electorate: str | None, **more: object) -> dict[str, object]:
    given = {} if electorate is None else {"electorate": electorate}
    return {"community": {**given, **{key.replace("_", " "): value for key, value in more.items()}}}


def share(across: Across) -> Finding:
    """The one sentence on all communities (speech II): at least half of them elect directly."""
    (found,) = across.city.findings
    return found


@pytest.mark.parametrize(
    ("electorates", "expected", "others"),
    [
        ([ALL, HOUSEHOLDS, REPRESENTATIVES], HOLDS, {1: FAILS}),  # 2 of 3; without household delegates 1 of 3
        ([ALL, REPRESENTATIVES], HOLDS, {}),  # exactly half
        ([HOUSEHOLDS, REPRESENTATIVES], HOLDS, {1: FAILS}),  # half; none
        ([ALL, REPRESENTATIVES, REPRESENTATIVES], FAILS, {}),
        ([ALL, ALL, None], HOLDS, {}),  # 2 of 3 whatever the third does
        ([ALL, REPRESENTATIVES, None], CANNOT_SAY, {}),
        ([REPRESENTATIVES, REPRESENTATIVES, None], FAILS, {}),
        ([ALL] * 14 + [REPRESENTATIVES] * 13, HOLDS, {}),  # the speech names 27 communities: half of them is 13.5
        ([ALL] * 13 + [REPRESENTATIVES] * 14, FAILS, {}),
    ],
)
def test_the_share_of_communities_that_elect_directly(
    rules: Rules, electorates: list[str | None], expected: Verdict, others: dict[int, Verdict]
) -> None:
    found = share(rules.across([plan(one) for one in electorates]))
    assert found.verdict is expected
    assert {one.option: one.verdict for one in found.readings} == others
    if expected is CANNOT_SAY:
        assert [one.key for one in found.missing] == [f"communities[{len(electorates) - 1}].electorate"]


def test_the_order_of_the_communities_does_not_matter(rules: Rules) -> None:
    one = share(rules.across([plan(ALL), plan(HOUSEHOLDS), plan(REPRESENTATIVES)]))
    other = share(rules.across([plan(REPRESENTATIVES), plan(HOUSEHOLDS), plan(ALL)]))
    assert (one.verdict, one.readings) == (other.verdict, other.readings)


def test_a_plan_alone_is_not_judged_by_what_is_asked_of_all(rules: Rules) -> None:
    report = rules.check(plan(ALL), advice=False)
    across = {(one.rule.id, one.sentence) for one in rules.across([plan(ALL)]).city.findings}
    (found,) = (one for one in report.findings if (one.rule.id, one.sentence) in across)
    assert found.verdict is IDLE


def test_a_table_of_the_city_stands_with_the_plans(rules: Rules) -> None:
    """One community as a plan and two in the city's table: each is judged by itself, and all three count."""
    city = {"communities": [{"electorate": ALL}, {"electorate": REPRESENTATIVES}]}
    made = rules.across([plan(HOUSEHOLDS)], city)
    assert len(made.reports) == 3
    assert share(made).verdict is HOLDS
    assert {one.option: one.verdict for one in share(made).readings} == {1: FAILS}
    assert share(rules.across([], city)).verdict is HOLDS
    assert share(rules.across([plan(REPRESENTATIVES)], city)).verdict is FAILS


def test_reports_with_failures_come_first_then_those_that_are_open(rules: Rules) -> None:
    """Three plans that part in one thing only, whether the committee's list was reported by 8 August 2007 (speech II)."""
    plans = [plan(ALL, guidance_group_filing=day) for day in ("2007-08-08", "2007-08-09")] + [plan(ALL)]
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        made = rules.across([plans[at] for at in order])
        filing = [
            next(one for one in report.findings if "guidance" in one.text("en")).verdict for report in made.reports
        ]
        assert filing == [FAILS, CANNOT_SAY, HOLDS]


def test_those_level_with_each_other_stand_as_they_were_given(rules: Rules, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("2.yaml", "10.yaml", "1.yaml")]
    for file in files:
        file.write_text("community: {electorate: all voters}\n", encoding="utf-8")
    assert [report.name for report in rules.across(files).reports] == ["2.yaml", "10.yaml", "1.yaml"]


def test_communities_are_listed_by_name_with_the_file_where_names_are_equal(tmp_path: Path) -> None:
    """Two are called Plum Lane, one Elm Court, one has no name."""
    rules = civicrules.load("cn.district-2012")
    for file, name in (("a", "Plum Lane"), ("b", "Plum Lane"), ("c", "Elm Court"), ("d", None)):
        written = "" if name is None else f"\n  name: {name}"
        (tmp_path / f"{file}.yaml").write_text(f"community:\n  households: 100{written}\n", encoding="utf-8")
    found = rules.across(sorted(tmp_path.glob("*.yaml")))
    for language, first, second in (
        ("en", "Plum Lane (a.yaml)", "Plum Lane (b.yaml)"),
        ("zh", "Plum Lane（a.yaml）", "Plum Lane（b.yaml）"),
    ):
        shown = many.render(found, View(language, width=160))
        assert first in shown and second in shown
        assert "Elm Court" in shown and "c.yaml" not in shown
        assert "d.yaml" in shown
    assert [one["community"] for one in many.document(found)["reports"]].count(None) == 1


def test_without_communities_nothing_can_be_said_of_them(rules: Rules) -> None:
    assert share(rules.across([])).verdict in (CANNOT_SAY, IDLE)


CITY = """civicrules 1 en
vocabulary toy.city
  in Chinese: “市”

unit person / 人: people

entity community / 社区
  households / 居民户数: number in people

entity city / 市本级
  quota / 编制总数: number in people
  staff / 在编人数: number in people

list communities / 全部社区: community, each community / 社区, at most 500
"""
STAFF = """civicrules 1 en

ruleset toy.staff "Staff"
  facts: toy.city
  source measures: "The measures"

section "Staff" [measures 1]

rule staff "staff of the city"
  staff must be at most quota

rule size "each community by itself"
  households must be at least 100
"""


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"quota": 2000, "staff": 2000}, [HOLDS]),
        ({"quota": 2000, "staff": 2001}, [FAILS]),
        ({"quota": 2000}, [CANNOT_SAY]),
        ({}, []),  # nothing is known of the city itself: it is not asked
    ],
)
def test_what_a_city_says_of_itself_is_judged_once(own: dict[str, int], expected: list[Verdict]) -> None:
    loaded = civicrules.load(text=STAFF, library=MappingLibrary({"toy.city": CITY}))
    made = loaded.across([{"community": {"households": 100}}, {"community": {"households": 99}}], {"city": own})
    assert [one.verdict for one in made.city.findings] == expected
    assert len(made.reports) == 2
