"""One plan, written in every format and both languages, gives the same facts."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import Facts
from civicrules.program import Vocabulary
from civicrules.reading import bind, from_mapping

Read = Callable[[Path], tuple[Facts | None, tuple[Diagnostic, ...]]]

EN: dict[str, Any] = {
    "plan": {"ruleset": "cn.district-2012", "day": date(2012, 8, 20), "stage": "votes cast", "language": "zh"},
    "community": {
        "households": 1601,
        "electorate": "representatives",
        "election day": date(2012, 8, 20),
        "previous election day": "none",
        "stated turnout": "81%",
        "large estate": "no",
        "budget": Fraction(2000001, 10),
    },
    "residents committee": {"size": 5, "chairs": 1},
    "candidates": [
        {"name": "李某", "post": "chair", "votes": 12},
        {"name": "王某", "post": "member"},
        "more to come",
    ],
}
ZH: dict[str, Any] = {
    "方案": {"规则集": "cn.district-2012", "日期": date(2012, 8, 20), "阶段": "votes cast", "语言": "zh"},
    "社区": {
        "居民户数": 1601,
        "选举方式": "居民代表选举",
        "选举日": date(2012, 8, 20),
        "上届选举日": "无",
        "公布的参选率": "81%",
        "大型小区": "否",
        "经费": Fraction(2000001, 10),
    },
    "居委会": {"职数": 5, "主任职数": 1},
    "候选人": [{"姓名": "李某", "职务": "主任", "得票数": 12}, {"姓名": "王某", "职务": "委员"}, "未完"],
}


def text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value.numerator / value.denominator) if isinstance(value, Fraction) else str(value)


def write_yaml(plan: dict[str, Any], path: Path) -> None:
    lines = []
    for label, block in plan.items():
        lines.append(f"{label}:")
        for row in block if isinstance(block, list) else ():
            fields = f"{{{', '.join(f'{k}: {text(v)}' for k, v in row.items())}}}" if isinstance(row, dict) else row
            lines.append(f"  - {fields}")
        lines += [f"  {k}: {text(v)}" for k, v in block.items()] if isinstance(block, dict) else []
    path.write_text("\n".join(lines), encoding="utf-8")


def write_yaml_with_table(plan: dict[str, Any], path: Path) -> None:
    label = list(plan)[-1]
    headings = list(plan[label][0])
    rows = [row if isinstance(row, dict) else {headings[0]: row} for row in plan[label]]
    lines = [",".join(headings), *(",".join(text(row.get(h, "")) for h in headings) for row in rows)]
    path.with_name("table.csv").write_bytes("\n".join(lines).encode("gb18030"))
    write_yaml({k: v for k, v in plan.items() if k != label}, path)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{label}: table.csv\n")


def write_json(plan: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(plan, default=text, ensure_ascii=False, indent=1), encoding="utf-8")


def sheets_of(plan: dict[str, Any]) -> dict[str, list[list[Any]]]:
    sheets: dict[str, list[list[Any]]] = {}
    front: list[list[Any]] = []
    for label, block in plan.items():
        if isinstance(block, dict):
            front += [[label], *([k, v] for k, v in block.items()), []]
        else:
            headings = list(block[0])
            rows = [[row.get(h) for h in headings] if isinstance(row, dict) else [row] for row in block]
            sheets[label] = [headings, *rows]
    return {"Sheet1": front, **sheets}


def number(value: Any) -> Any:
    return value.numerator / value.denominator if isinstance(value, Fraction) else value


def write_xlsx(plan: dict[str, Any], path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets_of(plan).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([0.81 if cell == "81%" else number(cell) for cell in row])
            for cell in sheet[sheet.max_row]:
                if cell.value == 0.81:
                    cell.number_format = "0%"
    book.save(path)


def write_ods(plan: dict[str, Any], path: Path) -> None:
    spec = importlib.util.spec_from_file_location("old", Path(__file__).with_name("test_reading_old_workbooks.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.write_ods(path, {n: [[number(c) for c in row] for row in rows] for n, rows in sheets_of(plan).items()})


WRITERS = {
    "plan.yaml": write_yaml,
    "tables.yml": write_yaml_with_table,
    "plan.json": write_json,
    "plan.xlsx": write_xlsx,
    "plan.ods": write_ods,
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_facts(
    tmp_path: Path, vocabulary: Vocabulary, read_plan: Read, name: str, language: str
) -> None:
    expected, none = bind(from_mapping(EN), vocabulary, "en")
    assert none == ()
    WRITERS[name](EN if language == "en" else ZH, tmp_path / name)
    facts, found = read_plan(tmp_path / name)
    assert facts is not None and [d for d in found if d.severity is not Severity.ADVICE] == []
    assert facts.digest == expected.digest and facts.plan == expected.plan
    assert {k: f.value for k, f in facts.values.items()} == {k: f.value for k, f in expected.values.items()}


counts = st.integers(0, 10**9)
people = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.text(alphabet="李王张abc", min_size=1, max_size=4),
            "post": st.sampled_from(["chair", "委员"]),
            "votes": counts,
        },
    ).filter(bool),
    min_size=1,
    max_size=5,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(households=counts, budget=st.decimals(0, 10**6, places=2), rows=people)
def test_workbook_and_yaml_agree_on_any_plan(
    tmp_path: Path, vocabulary: Vocabulary, read_plan: Read, households: int, budget: Any, rows: list[dict[str, Any]]
) -> None:
    plan = {
        "community": {"households": households, "budget": Fraction(budget)},
        "candidates": [{key: row.get(key) for key in ("name", "post", "votes")} for row in rows],
    }
    expected, _ = bind(from_mapping(plan), vocabulary, "en")
    write_xlsx(plan, tmp_path / "plan.xlsx")
    written = {**plan, "candidates": [{k: v for k, v in row.items() if v is not None} for row in rows]}
    write_yaml(written, tmp_path / "plan.yaml")
    for name in ("plan.xlsx", "plan.yaml"):
        facts, found = read_plan(tmp_path / name)
        assert facts is not None and {d.code for d in found} <= {"CR0455"} and facts.digest == expected.digest
