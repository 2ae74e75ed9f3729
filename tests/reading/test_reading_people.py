"""Several people in one fact: their names, however a clerk parts them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicrules.diagnostics import Diagnostic
from civicrules.facts import Facts
from civicrules.program import Vocabulary
from civicrules.reading import bind, from_mapping
from civicrules.reading.people import names_in

Plan = Callable[..., tuple[Facts | None, tuple[Diagnostic, ...]]]
Read = Callable[[Path], tuple[Facts | None, tuple[Diagnostic, ...]]]


def relatives(facts: Facts | None) -> list[object]:
    assert facts is not None
    rows = facts.lists["committee_candidates"].rows
    return [row.values["relatives"].value if "relatives" in row.values else "missing" for row in rows]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("李某", ("李某",)),
        ("李某、王某", ("李某", "王某")),
        ("李某，王某,赵某", ("李某", "王某", "赵某")),
        ("李某；王某;赵某", ("李某", "王某", "赵某")),
        ("李某/王某", ("李某", "王某")),
        ("李某\n王某\r\n赵某", ("李某", "王某", "赵某")),
        ("李某某 王某某", ("李某某", "王某某")),
        ("李某某　王某某", ("李某某", "王某某")),
        ("李某某 和 王某某", ("李某某", "王某某")),
        ("李和平", ("李和平",)),
        ("王　强", ("王强",)),
        ("李某某 王 强", ("李某某", "王强")),
        ("阿卜杜拉·买买提", ("阿卜杜拉·买买提",)),
        ("Anna Li", ("Anna Li",)),
        ("Anna  Li; Bo Wang", ("Anna Li", "Bo Wang")),
        ("Anna Li and Bo Wang", ("Anna Li", "Bo Wang")),
        ("Sandra Anders", ("Sandra Anders",)),
        ("Anna Li 李某某", ("Anna Li", "李某某")),
        ("、李某，", ("李某",)),
    ],
)
def test_names_are_told_apart(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


@given(st.lists(st.sampled_from(["李某某", "王某", "Anna Li", "阿·买买提", "欧阳某某"]), max_size=6))
def test_what_a_comma_joins_it_parts_again(names: list[str]) -> None:
    for sign in "、，,;；\n":
        assert names_in(sign.join(names)) == tuple(names)


@pytest.mark.parametrize("word", ["无", "none", "没有", "nobody"])
def test_none_is_nobody_and_a_blank_is_not_known(plan: Plan, word: str) -> None:
    facts, found = plan(
        f"居委会候选人:\n- {{姓名: 李某, 近亲属: {word}}}\n- {{姓名: 王某, 近亲属: }}\n- {{姓名: 赵某}}\n"
    )
    assert found == () and relatives(facts) == [(), "missing", "missing"]


def test_a_sequence_of_names_keeps_each_as_it_is(plan: Plan) -> None:
    facts, found = plan(
        "committee candidates:\n- {name: Li, relatives: [Anna Li, 王某]}\n- {name: Wang, relatives: []}\n"
        "- name: Zhao\n  relatives:\n  - 李某\n  - 王某\n"
    )
    assert found == () and relatives(facts) == [("Anna Li", "王某"), (), ("李某", "王某")]


def test_names_below_names_are_no_names(plan: Plan) -> None:
    facts, found = plan("committee candidates:\n- {name: Li, relatives: [[Anna]]}\n")
    assert [d.code for d in found] == ["CR0519", "CR0533"] and relatives(facts) == ["missing"]
    assert facts is not None and "committee_candidates[1].relatives" in facts.blocked


@pytest.mark.parametrize("text", ["/", "、"])
def test_a_sign_is_neither_a_name_nor_nobody(plan: Plan, text: str) -> None:
    facts, found = plan(f"居委会候选人: [{{姓名: 李某, 近亲属: {text}}}]\n")
    assert [d.code for d in found] == ["CR0516", "CR0533"] and relatives(facts) == ["missing"]


def test_a_workbook_cell_with_line_breaks(tmp_path: Path, read_plan: Read) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "居委会候选人"
    for row in (["姓名", "近亲属"], ["李某", "王某\n赵某"], ["钱某", "无"], ["孙某", None]):
        sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    facts, found = read_plan(tmp_path / "plan.xlsx")
    assert found == () and relatives(facts) == [("王某", "赵某"), (), "missing"]


def test_mappings_and_objects_from_python(vocabulary: Vocabulary) -> None:
    rows = [{"name": "Li", "relatives": ["Wang", "Zhao"]}, SimpleNamespace(name="Wang", relatives=("Li",))]
    facts, found = bind(from_mapping({"committee_candidates": rows}), vocabulary)
    assert found == () and relatives(facts) == [("Wang", "Zhao"), ("Li",)]


def test_a_name_padded_with_a_space_is_the_name_without(plan: Plan) -> None:
    """Lists pad names of two characters to the width of three; two words are not one name."""
    facts, found = plan("居委会候选人:\n- {姓名: 王　强}\n- {姓名: 欧阳 某某}\n- {姓名: Li Ming}\n")
    assert found == () and facts is not None
    names = [row.values["name"].value for row in facts.lists["committee_candidates"].rows]
    assert names == ["王强", "欧阳 某某", "Li Ming"]
