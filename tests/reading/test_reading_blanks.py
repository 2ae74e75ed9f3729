"""What a blank cell means: not known, or none where the vocabulary says so and the column is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from civicrules.diagnostics import Diagnostic
from civicrules.facts import Blank, Facts
from civicrules.program import Vocabulary
from civicrules.reading import bind, from_mapping

Plan = Callable[..., tuple[Facts | None, tuple[Diagnostic, ...]]]
Read = Callable[[Path], tuple[Facts | None, tuple[Diagnostic, ...]]]

NONE = {"probation_ended": Blank.NONE, "in_prison": False}


def rows(facts: Facts | None) -> list[dict[str, object]]:
    assert facts is not None
    return [{key: fact.value for key, fact in row.values.items()} for row in facts.lists["committee_candidates"].rows]


def saved(folder: Path, lines: list[list[Any]], change: Callable[[Any], None] = lambda sheet: None) -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "居委会候选人"
    for line in lines:
        sheet.append(line)
    change(sheet)
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_blanks_of_a_workbook(tmp_path: Path, read_plan: Read) -> None:
    """`刑满释放` has no such declaration: its blank stays unknown."""
    lines: list[list[Any]] = [
        ["姓名", "缓刑期满", "正在服刑", "刑满释放"],
        ["李某", None, " ", None],
        ["王某", "2001-01-01", "是", "无"],
    ]
    facts, found = read_plan(saved(tmp_path, lines))
    assert found == ()
    assert rows(facts)[0] == {"name": "李某", **NONE}
    assert rows(facts)[1]["in_prison"] is True and rows(facts)[1]["released"] is Blank.NONE
    assert facts is not None
    blank = facts.lists["committee_candidates"].rows[0].values["probation_ended"]
    assert str(blank.place) == "居委会候选人!B2" and not blank.attested


def test_a_column_that_is_not_there_is_not_known(tmp_path: Path, read_plan: Read) -> None:
    facts, found = read_plan(saved(tmp_path, [["姓名", "正在服刑"], ["李某", None]]))
    assert found == () and rows(facts) == [{"name": "李某", "in_prison": False}]


def test_a_cell_under_a_merged_one_is_not_blank(tmp_path: Path, read_plan: Read) -> None:
    """A release merged over two people says nothing of the second; an empty merged area says nothing of anyone."""
    lines: list[list[Any]] = [
        ["姓名", "缓刑期满", "正在服刑"],
        ["李某", "2001-01-01", None],
        ["王某", None, None],
        ["赵某", None, None],
    ]

    def merged(sheet: Any) -> None:
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("B4:C4")

    facts, found = read_plan(saved(tmp_path, lines, merged))
    assert [(d.code, str(d.place)) for d in found] == [("CR0445", "居委会候选人!B2")]
    assert "probation_ended" not in rows(facts)[1] and rows(facts)[1]["in_prison"] is False
    assert "in_prison" not in rows(facts)[2]


def test_an_error_and_a_formula_without_result_are_not_blank(tmp_path: Path, read_plan: Read) -> None:
    lines: list[list[Any]] = [["姓名", "缓刑期满", "正在服刑"], ["李某", "#N/A", '=IF(1=1,"","")']]
    facts, found = read_plan(saved(tmp_path, lines))
    assert {d.code for d in found} == {"CR0442", "CR0443", "CR0533"} and rows(facts) == [{"name": "李某"}]
    assert facts is not None
    assert {"committee_candidates[1].probation_ended", "committee_candidates[1].in_prison"} <= set(facts.blocked)


def test_blanks_of_a_csv_file(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("姓名,缓刑期满,正在服刑\n李某,,\n王某\n", encoding="utf-8")
    facts, found = plan("居委会候选人: t.csv\n")
    assert [d.code for d in found] == ["CR0428"]
    assert rows(facts) == [{"name": "李某", **NONE}, {"name": "王某", **NONE}]


@pytest.mark.parametrize(
    "text",
    [
        "居委会候选人:\n- {姓名: 李某, 缓刑期满: , 正在服刑: ~}\n- {姓名: 王某}\n",
        '居委会候选人: [{"姓名": "李某", "probation ended": "", "serving sentence": null}, {"name": "王某"}]',
    ],
)
def test_in_yaml_a_label_without_value_is_the_blank_cell(plan: Plan, text: str) -> None:
    facts, found = plan(text)
    assert found == () and rows(facts) == [{"name": "李某", **NONE}, {"name": "王某"}]


def test_from_python_and_from_json(plan: Plan, vocabulary: Vocabulary) -> None:
    given = {"committee_candidates": [{"name": "李某", "probation_ended": None, "in_prison": ""}, {"name": "王某"}]}
    facts, found = bind(from_mapping(given), vocabulary)
    assert found == () and rows(facts) == [{"name": "李某", **NONE}, {"name": "王某"}]
    read, found = plan('{"居委会候选人": [{"姓名": "李某", "缓刑期满": null, "正在服刑": ""}]}', "plan.json")
    assert found == () and rows(read) == [{"name": "李某", **NONE}]


@pytest.mark.parametrize("word", ["不详", "unknown", "not known", "不清楚"])
def test_not_known_can_be_said(plan: Plan, word: str) -> None:
    text = f"- {{姓名: 李某, 缓刑期满: {word}, 正在服刑: {word}, 身份证号: {word}, 近亲属: {word}}}\n"
    facts, found = plan("居委会候选人:\n" + text)
    assert found == () and rows(facts) == [{"name": "李某"}]


@pytest.mark.parametrize("word", ["无", "没有", "none", "Never", "从未"])
def test_words_for_none(plan: Plan, word: str) -> None:
    facts, found = plan(f"居委会候选人:\n- {{姓名: 李某, 缓刑期满: {word}, 正在服刑: {word}, 刑满释放: {word}}}\n")
    assert found == () and rows(facts) == [{"name": "李某", **NONE, "released": Blank.NONE}]


def test_none_is_no_answer_where_there_must_be_one(plan: Plan) -> None:
    facts, found = plan("居委会候选人:\n- {姓名: 李某, 出生日期: 无, 现任: 从未}\n")
    assert [d.code for d in found] == ["CR0512", "CR0512", "CR0533"] and rows(facts) == [{"name": "李某"}]
    day, truth, _ = found
    assert day.fixes == () and [fix.replacement for fix in truth.fixes] == ["否"]


def test_a_comma_in_a_number_between_braces_is_said(plan: Plan) -> None:
    _, found = plan("社区: {居民户数: 3,200}\n")
    assert [d.code for d in found] == ["CR0457"] and [fix.replacement for fix in found[0].fixes] == ["3200"]
    _, found = plan('社区: {居民户数: "3,200"}\n')
    assert found == ()


def test_a_list_in_the_place_of_one_value_shows_one(plan: Plan) -> None:
    _, (one, _) = plan("居委会候选人:\n- {姓名: 李某, 性别: [女, 男]}\n")
    assert one.code == "CR0519" and one.data["first"] == "女"


def test_a_blank_beside_a_fact_of_the_plan_is_not_known(plan: Plan) -> None:
    facts, found = plan("社区:\n  上届选举日:\n")
    assert facts is not None and found == () and facts.values == {}


def test_a_blank_beside_a_value_for_the_same_fact_says_nothing(plan: Plan) -> None:
    facts, found = plan("居委会候选人:\n- {姓名: 李某, 正在服刑: , in_prison: 是}\n")
    assert found == () and rows(facts) == [{"name": "李某", "in_prison": True}]
