"""Plans in YAML: typed by the vocabulary, placed by line and column, and every mistake answered in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import Blank, Facts
from civicrules.reading import READERS, header, read

Plan = Callable[..., tuple[Facts | None, tuple[Diagnostic, ...]]]
READ = {reader.extension: reader.read for reader in READERS}


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [d.code for d in found]


def facts_of(result: tuple[Facts | None, tuple[Diagnostic, ...]]) -> Facts:
    facts, found = result
    assert facts is not None and found == (), found
    return facts


def test_a_plan_in_two_languages_at_once(plan: Plan) -> None:
    facts = facts_of(
        plan(
            """
plan: {ruleset: cn.district-2012, 日期: 2012年8月20日, stage: 投票, 语言: zh}
社区:
  居民户数: 1,601户
  units: ２０
  electorate: 居民代表选举
  election day: 2012-08-20
  上届选举日: 无
  公布的参选率: 81%
  large_estate: no
居委会:
  职数: 5
  name_of_nothing:
candidates:
  - {姓名: 李某, 得票数: 12}
  - name: 王某
    votes:
  - 未完
""".replace("  name_of_nothing:\n", "")
        )
    )
    assert {key: fact.value for key, fact in facts.values.items()} == {
        "community.households": 1601,
        "community.units": 20,
        "community.electorate": "representatives",
        "community.election_day": date(2012, 8, 20),
        "community.previous_election_day": Blank.NONE,
        "community.stated_turnout": Fraction(81, 100),
        "community.large_estate": False,
        "residents_committee.size": 5,
    }
    assert facts.values["community.stated_turnout"].precision == Fraction(1, 100)
    assert str(facts.values["community.households"].place) == "plan.yaml:4:9"
    people = facts.lists["candidates"]
    assert not people.complete and [{k: f.value for k, f in row.values.items()} for row in people.rows] == [
        {"name": "李某", "votes": 12},
        {"name": "王某"},
    ]
    assert (facts.plan.ruleset, facts.plan.day, facts.plan.stage, facts.plan.language) == (
        "cn.district-2012",
        date(2012, 8, 20),
        "投票",
        "zh",
    )
    assert facts.name == "plan.yaml" and len(facts.digest) == 64


def test_yaml_guesses_nothing(plan: Plan) -> None:
    """Each of these is another type by YAML 1.1: a truth value, a number of base 60, an octal one, a float, a date."""
    facts = facts_of(
        plan("candidates:\n- name: no\n- name: 12:30\n- name: 0123\n- name: 1.50\n- name: 2012-08-20\n- name: '~'\n")
    )
    names = [row.values["name"].value for row in facts.lists["candidates"].rows]
    assert names == ["no", "12:30", "0123", "1.50", "2012-08-20", "~"]


def test_blank_is_missing_and_none_is_an_empty_list(plan: Plan) -> None:
    facts = facts_of(plan("community:\n  households:\n  units: ~\n  budget: ''\nresidents groups:\ncandidates: none\n"))
    assert facts.values == {} and facts.blocked == {}
    assert list(facts.lists) == ["candidates"]
    assert facts.lists["candidates"].rows == () and facts.lists["candidates"].complete


@pytest.mark.parametrize("text", ["candidates: more to come", "candidates: [未完]", "候选人: {明细: [], 未完: 是}"])
def test_an_open_list_without_members(plan: Plan, text: str) -> None:
    facts = facts_of(plan(text))
    assert facts.lists["candidates"].rows == () and not facts.lists["candidates"].complete


def test_a_label_alone_and_after_its_entity(plan: Plan) -> None:
    facts = facts_of(plan("households: 1601\n居委会的职数: 5\nsupervision committee's size: 7\n"))
    assert {key: fact.value for key, fact in facts.values.items()} == {
        "community.households": 1601,
        "residents_committee.size": 5,
        "supervision_committee.size": 7,
    }


def test_a_label_of_several_names_them(plan: Plan) -> None:
    _, found = plan("职数: 5\n")
    assert codes(found) == ["CR0502"]
    assert [names.text("en") for names in found[0].data["owners"]] == ["residents committee", "supervision committee"]  # type: ignore[attr-defined]


def test_a_negative_label_turns_the_answer_round(plan: Plan) -> None:
    facts = facts_of(
        plan(
            "居委会候选人:\n- {居住不在本社区: 是}\n- {居住不在本社区: 否}\n"
            "- {居住在本社区: 是}\n- {lives elsewhere: yes}\n"
        )
    )
    rows = facts.lists["committee_candidates"].rows
    assert [row.values["lives_here"].value for row in rows] == [False, True, True, False]


def test_a_bad_cell_blocks_itself_only(plan: Plan) -> None:
    facts, found = plan(
        "candidates:\n- {name: Li, votes: many}\n- {name: Wang, votes: 3}\ncommunity: {households: x, units: 2}"
    )
    assert facts is not None and codes(found) == ["CR0504", "CR0504"]
    assert [len(row.values) for row in facts.lists["candidates"].rows] == [1, 2]
    assert set(facts.blocked) == {"candidates[1].votes", "community.households"}
    assert facts.values["community.units"].value == 2
    assert str(found[0].place) == "plan.yaml:2:21"


def test_twice_the_same_warns_and_twice_another_blocks(plan: Plan) -> None:
    facts, found = plan("community:\n  households: 5\n  居民户数: 5户\n  units: 1\n  units: 2\n  units: 1\n")
    assert facts is not None
    assert [(d.code, d.severity) for d in found] == [
        ("CR0440", Severity.WARNING),
        ("CR0440", Severity.ERROR),
        ("CR0440", Severity.ERROR),
    ]
    assert str(found[1].place) == "plan.yaml:5:10" and str(found[1].related[0].place) == "plan.yaml:4:10"
    assert list(facts.values) == ["community.households"] and set(facts.blocked) == {"community.units"}


def test_unknown_labels_get_the_nearest_of_both_languages(plan: Plan) -> None:
    _, found = plan("comunity:\n  units: 1\n社区:\n  居名户数: 1\n  birth date: 1990-01-01\n")
    assert codes(found) == ["CR0501"] * 3
    assert found[0].data["suggestions"] == ("community",)
    assert found[1].data["suggestions"] == ("居民户数",) and found[1].fixes[0].replacement == "居民户数"
    assert [names.text("zh") for names in found[2].data["owners"]] == ["居委会候选人", "监督委员会候选人"]  # type: ignore[attr-defined]


def test_a_list_longer_than_allowed_is_not_used(plan: Plan) -> None:
    rows = "".join(f"- name: {n}\n" for n in range(20))
    facts_of(plan("committee candidates:\n" + rows))
    facts, found = plan("committee candidates:\n" + rows + "- name: one more\n")
    assert facts is not None and codes(found) == ["CR0513"]
    assert "committee_candidates" not in facts.lists and "committee_candidates" in facts.blocked


def test_a_label_misspelt_in_every_row_is_one_mistake(plan: Plan) -> None:
    facts, found = plan("candidates:\n" + "".join(f"- {{name: Li{n:02d}, vots: 3}}\n" for n in range(30)))
    assert facts is not None and codes(found) == ["CR0501"]
    assert len(facts.lists["candidates"].rows) == 30 and len(found[0].related) == 20
    assert str(found[0].related[0].place) == "plan.yaml:3:16"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 1\n\tb: 2\n", "CR0411", "2:1"),
        ("\ta: 1\n", "CR0411", "1:1"),
        ("a: [1, 2\n", "CR0413", "1:4"),
        ("a: 'x\nb: 2\n", "CR0413", "1:4"),
        ("a: *x\n", "CR0417", "1:4"),
        ("a: &x 1\nb: &x 2\n", "CR0417", "2:4"),
        ("a: 1\n---\nb: 2\n", "CR0415", "2:1"),
        ("a: @x\n", "CR0418", "1:4"),
        ("a: 1\n b: 2\n", "CR0410", "2:3"),
        ("社区：\n  居民户数：1601\n", "CR0412", "1:3"),
        ("社区:\n  居民户数：1601\n  驻社区单位数: 3\n", "CR0412", "2:7"),
        ("community:\n  households:1601\n", "CR0412", "2:13"),
        ('a: "\\Y"\n', "CR0419", "1:5"),
        ("community: 5\n", "CR0503", "1:12"),
        ("- a\n", "CR0503", "1:1"),
        ("just words\n", "CR0503", "1:1"),
        ("community:\n  households: [1]\n", "CR0519", "2:15"),
        ("candidates: 7\n", "CR0518", "1:13"),
        ("candidates: [Li]\n", "CR0520", "1:14"),
    ],
)
def test_each_mistake_in_the_text_has_its_code_and_place(plan: Plan, text: str, code: str, place: str) -> None:
    _, found = plan(text)
    assert codes(found) == [code]
    assert str(found[0].place) == f"plan.yaml:{place}"


def test_all_wrong_colons_are_named_at_once(plan: Plan) -> None:
    _, found = plan("社区：\n  居民户数：1601\n  驻社区单位数：30\n")
    assert codes(found) == ["CR0412"] and found[0].data["count"] == 3
    assert [fix.replacement for fix in found[0].fixes] == [": "] * 3


def test_five_mistakes_in_one_run(plan: Plan) -> None:
    _, found = plan(
        "社区:\n  居名户数: 1\n  单位: 2\n  选举日: 2012-02-30\n  选举方式: 选民\n  大型小区: 也许\n"
        "居委会: {职数: 五}\n"
    )
    assert len(found) == 6 and len({str(d.place) for d in found}) == 6


def test_aliases_are_followed_and_bombs_are_not(plan: Plan) -> None:
    facts, found = plan("candidates:\n- &li {name: Li}\n- *li\n")
    assert facts is not None and codes(found) == ["CR0455"]  # followed, and then the row stands twice
    assert len(facts.lists["candidates"].rows) == 2
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{','.join(f'*{old}' for _ in range(10))}]\n"
        for old, new in zip("abcdefg", "bcdefgh", strict=True)
    )
    assert codes(plan(bomb)[1]) == ["CR0414"]
    assert codes(plan("a: &a [*a]\n")[1]) == ["CR0416"]


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 50_000, "- " * 100_000 + "a", "? " * 100_000, "a: " + "[" * 13]
)
def test_deep_nesting_ends_in_a_diagnostic(plan: Plan, text: str) -> None:
    _, found = plan(text)
    assert codes(found)[0] in ("CR0416", "CR0413", "CR0410")


def test_an_unknown_stage_gets_the_nearest_step(plan: Plan) -> None:
    _, found = plan("方案: {阶段: 投漂}\ncommunity: {units: 1}\n")
    assert codes(found) == ["CR0521"] and found[0].data["suggestions"] == ("投票",)


def test_problems_of_the_header_are_given_once(tmp_path: Path, plan: Plan) -> None:
    text = "plan: {ruleset: x, day: 2012-02-30, rulset: y}\ncommunity: {units: 1}\n"
    assert plan(text)[1] == ()
    raw, _ = read(tmp_path / "plan.yaml", READ)
    assert raw is not None
    about, found = header(raw)
    assert about.ruleset == "x" and about.day is None and codes(found) == ["CR0509", "CR0501"]


def test_the_digest_is_of_values_not_of_their_writing(plan: Plan) -> None:
    one = facts_of(plan("community: {households: 1601, units: 20}\n"))
    two = facts_of(plan("社区:\n  驻社区单位数: 20\n  居民户数: 1,601户\n"))
    three = facts_of(plan("community: {households: 1602, units: 20}\n"))
    assert one.digest == two.digest != three.digest


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet="ab:- \n\t[]{}'\"#&*!|>%@`社区居民户数：，1？?~", max_size=60))
def test_no_text_raises(plan: Plan, text: str) -> None:
    facts, found = plan("community:\n  households: 1\n" + text)
    assert facts is not None or found
