"""Rolls of thousands of people: as exact and as private as short lists, and soon read."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve

from civicrules import codes
from civicrules.diagnostics import Diagnostic
from civicrules.facts import Facts
from civicrules.program import Vocabulary
from civicrules.reading import READERS, bind, from_mapping, read

Plan = Callable[..., tuple[Facts | None, tuple[Diagnostic, ...]]]

READ = {reader.extension: reader.read for reader in READERS}
HEADINGS = ["序号", "姓名", "身份证号", "性别", "出生日期", "年龄", "刑满释放", "正在服刑", "居住在本社区", "近亲属"]


def number(at: int) -> str:
    """An identity number of 18 digits, or of 17 and an X."""
    return f"1101011990{at:07d}" + ("X" if at % 10 == 0 else str(at % 10))


def member(at: int) -> list[Any]:
    return [at, f"李{at}", number(at), "女", "1990年1月2日", "22周岁", "无", "", "是", "王某、赵某"]


@pytest.fixture
def unbounded(vocabulary: Vocabulary) -> Vocabulary:
    return evolve(vocabulary, lists=tuple(evolve(entry, at_most=None) for entry in vocabulary.lists))


def in_csv(folder: Path) -> Path:
    with (folder / "roll.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *map(member, range(1, 3_001))])
    (folder / "plan.yaml").write_text("居委会候选人: roll.csv\n", encoding="utf-8")
    return folder / "plan.yaml"


def in_workbook(folder: Path) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    for line in (["湖畔社区居委会候选人名册"], HEADINGS, *map(member, range(1, 3_001))):
        sheet.append(line)
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


@pytest.mark.parametrize("written", [in_csv, in_workbook])
def test_three_thousand_rows(written: Callable[[Path], Path], tmp_path: Path, unbounded: Vocabulary) -> None:
    path = written(tmp_path)
    raw, _ = read(path, READ)
    assert raw is not None
    facts, found = bind(raw, unbounded)
    assert {d.code for d in found} <= {"CR0451", "CR0453"}
    rows = facts.lists["committee_candidates"].rows
    assert len(rows) == 3_000 and len(facts.lists["all_candidates"].rows) == 3_000
    last = {key: fact.value for key, fact in rows[-1].values.items()}
    assert last["identity_number"] == number(3000) and last["name"] == "李3000"
    assert (last["age"], last["in_prison"], last["relatives"]) == (22, False, ("王某", "赵某"))


@pytest.mark.parametrize("text", ["1.10101E+17", "1.1E+17", "1E+17"])
def test_a_spreadsheet_that_saved_a_number_rounded_off(plan: Plan, tmp_path: Path, text: str) -> None:
    (tmp_path / "t.csv").write_text(f"姓名,身份证号\n李某,{text}\n王某,1E10\n", encoding="utf-8")
    facts, found = plan("居委会候选人: t.csv\n")
    assert [(d.code, str(d.place)) for d in found[1:]] == [("CR0444", "t.csv:B2")]
    assert facts is not None
    ids = [row.values.get("identity_number") for row in facts.lists["committee_candidates"].rows]
    assert ids[0] is None and ids[1] is not None and ids[1].value == "1E10"  # a house number, not a long number


@pytest.mark.parametrize(
    "text", ["11010119900307001X", "11010119900307001x", "110101 19900307 001X", "１１０１０１１９９００３０７００１Ｘ"]
)
def test_one_number_however_it_is_typed(plan: Plan, text: str) -> None:
    facts, found = plan(f"居委会候选人: [{{姓名: 李某, 身份证号: {text}}}]\n")
    assert found == () and facts is not None
    assert facts.lists["committee_candidates"].rows[0].values["identity_number"].value == "11010119900307001X"


def test_a_number_that_python_kept_as_a_float(vocabulary: Vocabulary) -> None:
    rows = [{"name": "李某", "identity_number": 110101199003070012.0}, {"name": "王某", "identity_number": 12345.0}]
    facts, [found] = bind(from_mapping({"committee_candidates": rows}), vocabulary)
    assert (found.code, found.data["found"]) == ("CR0444", "1…7")
    assert facts.lists["committee_candidates"].rows[1].values["identity_number"].value == "12345"


def test_the_same_number_twice_is_a_matter_for_rules(plan: Plan) -> None:
    text = "居委会候选人:\n- {姓名: 李某, 身份证号: '11010119900307001X'}\n- {姓名: 李甲, 身份证号: '11010119900307001X'}\n"
    assert plan(text)[1] == ()


# ---------------------------------------------------------------- what a message tells of a person

PERSONAL = [
    ("正在服刑: 曾因故入狱", "曾因故入狱", "CR0510"),
    ("缓刑期满: 2012年十月", "2012年十月", "CR0508"),
    ("缓刑期满: 2012-02-30", "2012-02-30", "CR0509"),
    ("身份证号: 1.10101E+17", "1.10101E+17", "CR0444"),
]


@pytest.mark.parametrize(("cell", "value", "code"), PERSONAL)
def test_a_personal_value_is_not_repeated(plan: Plan, cell: str, value: str, code: str) -> None:
    _, [found] = plan(f"居委会候选人:\n- {{姓名: 李某, {cell}}}\n")
    assert found.code == code and found.data["found"] == f"{value[0]}…{value[-1]}"
    page = codes.page(code)
    for language in ("en", "zh"):
        for text in (page.title, page.text, *page.help):
            assert value not in codes.fill(text.text(language), found.data, language)


def test_any_other_value_is(plan: Plan) -> None:
    _, [found] = plan("居委会候选人:\n- {姓名: 李某, 现任: 也许是}\n")
    assert found.data["found"] == "也许是"


def test_a_long_number_of_a_workbook_is_not_repeated_either(tmp_path: Path, vocabulary: Vocabulary) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "居委会候选人"
    sheet.append(["姓名", "身份证号"])
    sheet.append(["李某", 110101199003070012])
    book.save(tmp_path / "plan.xlsx")
    _, [found] = read(tmp_path / "plan.xlsx", READ)
    assert (found.code, found.data["found"]) == ("CR0444", "1…0")
