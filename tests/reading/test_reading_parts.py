"""Numbers by ballot box: added up from a tree, a table or labels with values, compared with a whole, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from civicrules.diagnostics import Diagnostic
from civicrules.facts import Facts

Result = tuple[Facts | None, tuple[Diagnostic, ...]]
Plan = Callable[..., Result]
Read = Callable[[Path], Result]


def votes(facts: Facts | None) -> list[object]:
    assert facts is not None
    facts_of = [row.values.get("votes") for row in facts.lists["candidates"].rows]
    return [None if fact is None else fact.value for fact in facts_of]


@pytest.mark.parametrize(
    ("rows", "expected", "codes"),
    [
        # 120 + 9
        ("得票数: {一号票箱: 120, 流动票箱: 9}", [129], []),
        ("votes: {box 1: 120 votes, mobile box: '9'}", [129], []),
        ("得票数: 129\n    得票数：流动票箱: 9\n    得票数：一号票箱: 120", [129], []),
        ("votes: {box 1: 120, Box 1: 120}", [120], ["CR0440"]),
        ("votes: {box 1: 120, BOX 1: 121}", [None], ["CR0440"]),
        ("votes: {box 1: 120, mobile box: -9}", [None], ["CR0506"]),
        ("votes: {box 1: 120, mobile box: nine}", [None], ["CR0504"]),
        ("votes: {box 1: 120, mobile box: }", [None], ["CR0527"]),
        ("votes: 130\n    'votes: box 1': 120\n    'votes: mobile box': 9", [None], ["CR0528"]),
        ("votes: {box 1: {a: 1}}", [None], ["CR0519"]),
        ("votes: {}", [None], ["CR0519"]),
        ("name: {box 1: Lin}", [None], ["CR0519"]),
    ],
)
def test_parts_in_a_text(plan: Plan, rows: str, expected: list[object], codes: list[str]) -> None:
    text = rows.replace("得票数：流动票箱", '"得票数：流动票箱"').replace("得票数：一号票箱", '"得票数：一号票箱"')
    facts, found = plan(f"candidates:\n  - post: chair\n    {text}\n")
    assert [one.code for one in found] == codes
    assert votes(facts) == expected


def test_members_of_a_list_have_the_same_parts(plan: Plan) -> None:
    """Said once for each part, at the fewer: at the one who has it, or the one who lacks it. A whole is not asked."""
    facts, found = plan(
        "candidates:\n"
        "  - {name: Lin, votes: {box 1: 5, mobile box: 1}}\n"
        "  - {name: Wu, votes: {box 1: 4, mobile box: 1}}\n"
        "  - {name: Xu, votes: {box 1: 3, mobil box: 1}}\n"
        "  - {name: Yu, votes: 7}\n"
    )
    assert [(one.code, one.data["part"], str(one.place)[-4:]) for one in found] == [
        ("CR0527", "mobile box", "4:31"),
        ("CR0527", "mobil box", "4:45"),
    ]
    assert votes(facts) == [None, None, None, 7]
    assert facts is not None and set(facts.blocked) == {f"candidates[{at}].votes" for at in (1, 2, 3)}


def test_parts_in_a_workbook(tmp_path: Path, read_plan: Read) -> None:
    """Columns of a table and labels with a number beside them; a number in the cell of its label is no name of a part."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("社区",),
        ("居民户数：一号小区", 300),
        ("居民户数：二号小区", 200),
        ("驻社区单位数：12", None),
        ("经费：本级", None),
        (None,),
        ("候选人",),
        ("姓名", "职务", "得票数：一号票箱", "得票数：流动票箱", "得票数"),
        ("林", "主任", 120, 9, 129),
        ("吴", "主任", 80, 0, None),
        ("徐", "主任", 80, None, None),
    ):
        sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    facts, found = read_plan(tmp_path / "plan.xlsx")
    assert facts is not None
    assert [(one.code, str(one.place).partition(" ")[0]) for one in found] == [
        ("CR0527", "Sheet!A5"),
        ("CR0527", "Sheet!C11"),
    ]
    assert {key: fact.value for key, fact in facts.values.items()} == {
        "community.households": 500,
        "community.units": 12,
    }
    assert votes(facts) == [129, 80, None]
    parts = facts.parts["candidates[1].votes"]
    assert [(part.name, part.number, str(part.place)) for part in parts] == [
        ("一号票箱", 120, "Sheet!C9"),
        ("流动票箱", 9, "Sheet!D9"),
    ]


def test_parts_of_members_are_found_in_a_list_that_takes_others_together(plan: Plan) -> None:
    facts, found = plan(
        "居委会候选人: [{姓名: 王某, 得票数: 3}]\n监督委员会候选人: [{姓名: 李某, 得票数: {甲: 1, 乙: 2}}]\n"
    )
    assert found == () and facts is not None
    assert facts.parts["all_candidates[2].votes"] == facts.parts["supervision_candidates[1].votes"]
    assert [row.values["votes"].value for row in facts.lists["all_candidates"].rows] == [3, 3]
