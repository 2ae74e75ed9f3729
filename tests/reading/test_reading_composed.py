"""Lists that take others together, and the days of steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve

from civicrules.diagnostics import Diagnostic
from civicrules.facts import Facts
from civicrules.program import ListType, Names, Vocabulary
from civicrules.reading import bind, from_mapping

Result = tuple[Facts | None, tuple[Diagnostic, ...]]
Plan = Callable[..., Result]
Read = Callable[[Path], Result]


def names(facts: Facts | None, id: str = "all_candidates") -> list[object]:
    assert facts is not None
    return [row.values["name"].value for row in facts.lists[id].rows]


def test_the_members_of_the_parts_in_their_order(plan: Plan) -> None:
    """The same person in two parts stays twice; the order of the file does not matter."""
    facts, found = plan("监督委员会候选人: [{姓名: 王某}, {姓名: 李某}]\n居委会候选人: [{姓名: 李某}]\n")
    assert found == () and names(facts) == ["李某", "王某", "李某"]
    assert facts is not None and facts.lists["all_candidates"].complete
    assert facts.lists["all_candidates"].rows[1] is facts.lists["supervision_candidates"].rows[0]


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("居委会候选人: [{姓名: 李某}]\n监督委员会候选人: 无\n", True),
        ("居委会候选人: [{姓名: 李某}]\n", False),
        ("居委会候选人: [{姓名: 李某}]\n监督委员会候选人:\n", False),
        ("居委会候选人: [{姓名: 李某}, 未完]\n监督委员会候选人: []\n", False),
        ("居委会候选人: [{姓名: 李某}]\n监督委员会候选人: 未完\n", False),
        ("居委会候选人: [{姓名: 李某}]\n监督委员会候选人: 张某\n", False),
    ],
)
def test_it_is_complete_only_when_all_parts_are(plan: Plan, text: str, complete: bool) -> None:
    facts, _ = plan(text)
    assert names(facts) == ["李某"] and facts is not None and facts.lists["all_candidates"].complete is complete


def test_without_any_part_it_is_missing(plan: Plan) -> None:
    facts, found = plan("社区: {居民户数: 5}\n")
    assert found == () and facts is not None and facts.lists == {} and facts.blocked == {}
    facts, _ = plan("居委会候选人: 张某\n")
    assert facts is not None and facts.lists == {} and set(facts.blocked) == {"committee_candidates", "all_candidates"}


def test_a_cell_that_cannot_be_read_is_found_under_its_row_in_the_whole(plan: Plan) -> None:
    facts, found = plan("居委会候选人: [{姓名: 李某}]\n监督委员会候选人: [{姓名: 王某}, {姓名: 赵某, 得票数: 多}]\n")
    assert [d.code for d in found] == ["CR0504", "CR0533"] and facts is not None
    assert set(facts.blocked) == {"supervision_candidates[2].votes", "all_candidates[3].votes"}


def test_it_is_not_filled_in_itself(plan: Plan) -> None:
    facts, found = plan("全体候选人: [{姓名: 李某, 得票数: 多}]\n居委会候选人: [{姓名: 王某}]\n")
    assert [(d.code, str(d.place)) for d in found] == [("CR0504", "plan.yaml:1:23"), ("CR0522", "plan.yaml:1:8")]
    parts = found[1].data["parts"]
    assert [one.text("zh") for one in parts] == ["居委会候选人", "监督委员会候选人"]  # type: ignore[attr-defined]
    assert names(facts) == ["王某"] and facts is not None and facts.blocked == {}


def test_nor_in_a_workbook_and_its_headings_are_no_reason_to_doubt(tmp_path: Path, read_plan: Read) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "全体候选人"
    for line in (["姓名", "性别"], ["李某", "女"]):
        sheet.append(line)
    book.save(tmp_path / "plan.xlsx")
    facts, found = read_plan(tmp_path / "plan.xlsx")
    assert [(d.code, str(d.place)) for d in found] == [("CR0522", "全体候选人!A1")]
    assert facts is not None and facts.lists == {}


def test_parts_of_parts(vocabulary: Vocabulary) -> None:
    everybody = ListType(
        "everybody", Names.of(en="everybody"), Names.of(en="anybody"), "person", parts=("all_candidates", "helpers")
    )
    helpers = ListType("helpers", Names.of(en="helpers"), Names.of(en="helper"), "person")
    nested = evolve(vocabulary, lists=(*vocabulary.lists, helpers, everybody))
    given = {"committee_candidates": [{"name": "a"}], "supervision_candidates": [{"name": "b"}], "helpers": []}
    facts, found = bind(from_mapping(given), nested)
    assert found == () and names(facts, "everybody") == ["a", "b"] and facts.lists["everybody"].complete
    assert nested.filled("everybody") == ("committee_candidates", "supervision_candidates", "helpers")
    assert nested.filled("helpers") == ("helpers",)


# ---------------------------------------------------------------- steps

STEPS = {"steps.voters_registered": date(2012, 7, 1), "steps.votes_cast": date(2012, 8, 20)}


def stated(facts: Facts | None) -> dict[str, object]:
    assert facts is not None
    return {key: fact.value for key, fact in facts.values.items()}


@pytest.mark.parametrize(
    "text",
    [
        "steps:\n  voters registered: 2012-07-01\n  votes cast: 2012-08-20\n",
        "步骤:\n  选民登记: 2012年7月1日\n  投票: 2012.8.20\n方案: {阶段: 投票}\n",
        "选民登记: 2012-07-01\nvotes_cast: 2012-08-20\n",
    ],
)
def test_the_days_of_steps_are_facts(plan: Plan, text: str) -> None:
    facts, found = plan(text)
    assert found == () and stated(facts) == STEPS


def test_the_days_of_steps_in_a_sheet(tmp_path: Path, read_plan: Read) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "步骤"
    for line in (["选民登记", date(2012, 7, 1)], ["投票", "2012年8月20日"]):
        sheet.append(line)
    other = book.create_sheet("Sheet2")
    for line in (["规则集", "cn.x"], ["阶段", "选民登记"]):
        other.append(line)
    book.save(tmp_path / "plan.xlsx")
    facts, found = read_plan(tmp_path / "plan.xlsx")
    assert found == () and stated(facts) == STEPS and facts is not None and facts.plan.stage == "选民登记"


def test_a_step_is_done_on_a_day(plan: Plan) -> None:
    facts, found = plan("步骤:\n  选民登记: 完成\n  选民登计: 2012-07-01\n")
    assert [d.code for d in found] == ["CR0508", "CR0501"] and found[1].data["suggestions"] == ("选民登记",)
    assert stated(facts) == {}
