"""Workbooks: what is recognised where, and the traps of spreadsheets, each in a real file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import Facts
from civicrules.reading import READERS, read

READ = {reader.extension: reader.read for reader in READERS}
Read = Callable[[Path], tuple[Facts | None, tuple[Diagnostic, ...]]]
Sheets = dict[str, list[list[Any]]]


@pytest.fixture
def book(tmp_path: Path, read_plan: Read) -> Callable[..., tuple[Facts, list[Diagnostic]]]:
    """Write sheets to a file, change the workbook if asked, read it; without the advice about titles."""

    def written(sheets: Sheets, change: Callable[[Any], None] = lambda book: None) -> tuple[Facts, list[Diagnostic]]:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.worksheets[0])
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            for row in rows:
                sheet.append(row)
        change(workbook)
        workbook.save(tmp_path / "plan.xlsx")
        facts, found = read_plan(tmp_path / "plan.xlsx")
        assert facts is not None, found
        return facts, [d for d in found if d.code != "CR0451"]

    return written


Book = Callable[..., tuple[Facts, list[Diagnostic]]]


def values(facts: Facts) -> dict[str, object]:
    return {key: fact.value for key, fact in facts.values.items()}


def members(facts: Facts, id: str) -> list[dict[str, object]]:
    return [{key: fact.value for key, fact in row.values.items()} for row in facts.lists[id].rows]


def codes(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(d.code, str(d.place)) for d in found]


def test_a_whole_plan_in_any_order_with_titles(book: Book) -> None:
    facts, found = book(
        {
            "居委会候选人": [
                ["湖畔社区居委会候选人名单"],
                [],
                ["姓名", "性别", "出生日期"],
                ["李某", "女", date(1970, 1, 2)],
                ["王某", "male", "1971年3月4日"],
                ["未完"],
            ],
            "Sheet2": [
                ["湖畔社区换届方案"],
                ["方案"],
                ["规则集：", "cn.district-2012"],
                ["日期", datetime(2012, 8, 20)],
                ["阶段", "投票"],
                [],
                ["社区"],
                ["居民户数", 1601.0, "户", "截至八月"],
                ["驻社区单位数：", 30, "选举方式", "all voters"],
                ["监督委员会"],
                ["职数", 7],
                ["residents committee"],
                ["size", "5人"],
                ["主任职数（人）", 1],
            ],
            "三、居民小组一览": [["小组名称", "小组户数"], ["一组", 120], ["二组", "130户"]],
        }
    )
    assert found == []
    assert values(facts) == {
        "community.households": 1601,
        "community.units": 30,
        "community.electorate": "all_voters",
        "supervision_committee.size": 7,
        "residents_committee.size": 5,
        "residents_committee.chairs": 1,
    }
    assert members(facts, "committee_candidates") == [
        {"name": "李某", "sex": "female", "birth_date": date(1970, 1, 2)},
        {"name": "王某", "sex": "male", "birth_date": date(1971, 3, 4)},
    ]
    assert not facts.lists["committee_candidates"].complete and facts.lists["residents_groups"].complete
    assert members(facts, "residents_groups")[1] == {"name": "二组", "households": 130}
    assert (facts.plan.ruleset, facts.plan.day, facts.plan.stage) == ("cn.district-2012", date(2012, 8, 20), "投票")
    assert str(facts.values["community.households"].place) == "Sheet2!B8"
    assert str(facts.lists["committee_candidates"].rows[1].values["sex"].place) == "居委会候选人!B5"


def test_every_number_is_exact(book: Book) -> None:
    rows = [["居民户数", 1601.0], ["经费", 0.1], ["公布的参选率", 0.81]]
    facts, found = book({"社区": rows})
    assert found == [] and values(facts) == {
        "community.households": 1601,
        "community.budget": Fraction(1, 10),
        "community.stated_turnout": Fraction(81, 100),
    }
    assert type(facts.values["community.households"].value) is int


@pytest.mark.parametrize(
    ("number_format", "precision"),
    [
        ("0%", Fraction(1, 100)),
        ("0.0%", Fraction(1, 1000)),
        ("0.00%;[Red]-0.00%", Fraction(1, 10000)),
        ("General", None),
    ],
)
def test_a_percentage_keeps_its_printed_precision(book: Book, number_format: str, precision: Fraction | None) -> None:
    def change(workbook: Any) -> None:
        workbook["社区"]["B1"].number_format = number_format

    facts, found = book({"社区": [["公布的参选率", 0.81]]}, change)
    fact = facts.values["community.stated_turnout"]
    assert found == [] and (fact.value, fact.precision) == (Fraction(81, 100), precision)


def test_identity_numbers_typed_as_numbers_have_lost_digits(book: Book) -> None:
    rows: list[list[Any]] = [
        ["姓名", "身份证号"],
        ["李某", 110101199003070012],
        ["王某", "11010119900307002X"],
        ["赵某", 12345],
    ]
    facts, found = book({"居委会候选人": rows})
    assert codes(found) == [("CR0444", "居委会候选人!B2"), ("CR0533", "居委会候选人!A1")]
    assert [row.get("identity_number") for row in members(facts, "committee_candidates")] == [
        None,
        "11010119900307002X",
        "12345",
    ]
    assert set(facts.blocked) == {f"{name}_candidates[1].identity_number" for name in ("committee", "all")}


def test_fifteen_digits_are_kept_and_sixteen_are_not(book: Book) -> None:
    rows = [["姓名", "身份证号"], ["李某", 999999999999999], ["王某", 1000000000000000]]
    _, found = book({"居委会候选人": rows})
    assert codes(found) == [("CR0444", "居委会候选人!B3"), ("CR0533", "居委会候选人!A1")]


def test_errors_and_uncalculated_formulas_are_not_blanks(book: Book) -> None:
    def change(workbook: Any) -> None:
        workbook["社区"]["B1"].data_type = "e"

    facts, found = book({"社区": [["居民户数", "#REF!"], ["驻社区单位数", "=10+20"]]}, change)
    assert codes(found) == [("CR0442", "社区!B1"), ("CR0443", "社区!B2")]
    assert facts.values == {} and set(facts.blocked) == {"community.households", "community.units"}


def test_a_calculated_formula_is_its_value(tmp_path: Path, read_plan: Read) -> None:
    """openpyxl writes no results of formulas, so the result is put into the file as a spreadsheet program would."""
    import zipfile

    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "社区"
    sheet.append(["居民户数", "=800+801"])
    workbook.save(tmp_path / "empty.xlsx")
    with zipfile.ZipFile(tmp_path / "empty.xlsx") as old, zipfile.ZipFile(tmp_path / "plan.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"<f>800+801</f><v></v>", b"<f>800+801</f><v>1601</v>")
            new.writestr(name, data.replace(b"<f>800+801</f><v />", b"<f>800+801</f><v>1601</v>"))
    facts, found = read_plan(tmp_path / "plan.xlsx")
    assert facts is not None and found == () and values(facts) == {"community.households": 1601}


def test_merged_labels_headings_and_values(book: Book) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Sheet"]
        for area in ("A1:D1", "A2:B2", "A3:A4", "C3:C4"):
            sheet.merge_cells(area)

    rows: list[list[Any]] = [
        ["社区"],
        ["居民户数", None, 1601],
        ["驻社区单位数", 30],
        [],
        ["居委会", "职数", 5],
        [None, "主任职数", 1],
    ]
    facts, found = book({"Sheet": rows}, change)
    assert found == [] and values(facts) == {
        "community.households": 1601,
        "community.units": 30,
        "residents_committee.size": 5,
        "residents_committee.chairs": 1,
    }


def test_a_value_merged_over_members_counts_for_the_first(book: Book) -> None:
    def change(workbook: Any) -> None:
        workbook["候选人"].merge_cells("B2:B3")

    facts, found = book({"候选人": [["姓名", "职务"], ["李某", "主任"], ["王某", None]]}, change)
    assert codes(found) == [("CR0445", "候选人!B2")] and found[0].severity is Severity.WARNING
    assert members(facts, "candidates") == [{"name": "李某", "post": "chair"}, {"name": "王某"}]


def test_hidden_parts_are_read_and_said_once(book: Book) -> None:
    def change(workbook: Any) -> None:
        workbook["候选人"].row_dimensions[3].hidden = True
        workbook["候选人"].column_dimensions["B"].hidden = True
        workbook["居民小组"].sheet_state = "hidden"

    sheets: Sheets = {
        "候选人": [["姓名", "得票数"], ["李某", 5], ["王某", 6]],
        "居民小组": [["小组名称", "小组户数"], ["一组", 120]],
    }
    facts, found = book(sheets, change)
    assert [(d.code, d.severity) for d in found] == [("CR0446", Severity.ADVICE)]
    assert found[0].data["places"] == ("候选人!3:3", "候选人!B:B", "居民小组")
    assert len(facts.lists["candidates"].rows) == 2 and len(facts.lists["residents_groups"].rows) == 1


def test_dates_times_and_truths_are_what_they_are(book: Book) -> None:
    rows: list[list[Any]] = [
        ["选举日", datetime(2012, 8, 20, 9, 30)],
        ["居民户数", time(12, 30)],
        ["驻社区单位数", datetime(2012, 3, 5)],
        ["大型小区", False],
        ["经费", True],
        ["上届选举日", 40000],
    ]
    facts, found = book({"社区": rows})
    assert [d.code for d in found] == ["CR0508", "CR0504", "CR0504", "CR0504", "CR0508"]
    assert [d.data["found"] for d in found] == ["2012-08-20 09:30", "12:30", "2012-03-05", "TRUE", "40000"]
    assert values(facts) == {"community.large_estate": False}


def test_the_unit_beside_a_number_is_checked(book: Book) -> None:
    facts, found = book({"社区": [["居民户数", 4312, "人"], ["驻社区单位数", 30, "个", "大约"]]})
    assert codes(found) == [("CR0507", "社区!B1")] and values(facts) == {"community.units": 30}


def test_a_blank_beside_a_label_is_missing(book: Book) -> None:
    facts, found = book({"社区": [["居民户数", None, "户"], ["驻社区单位数", "  "], ["选举方式"]]})
    assert found == [] and facts.values == {} and facts.blocked == {}


def test_label_and_value_in_one_cell(book: Book) -> None:
    facts, found = book({"社区": [["居民户数：1601户"], ["选举日：2012年8月20日", "驻社区单位数:3"]]})
    assert found == [] and values(facts) == {
        "community.households": 1601,
        "community.election_day": date(2012, 8, 20),
        "community.units": 3,
    }


def test_misspelt_labels_and_values_without_one(book: Book) -> None:
    facts, found = book({"社区": [["居名户数", 1601], ["驻社区单位数", 3], [None, 77], ["填表人", "张三"]]})
    assert codes(found) == [("CR0501", "社区!A1"), ("CR0450", "社区!B3")]
    assert found[0].data["suggestions"] == ("居民户数",) and found[1].data["cells"] == ("B3",)
    assert values(facts) == {"community.units": 3}


def test_a_label_of_several_without_a_heading(book: Book) -> None:
    facts, found = book({"Sheet": [["职数", 5], ["居委会的职数", 7]]})
    assert codes(found) == [("CR0502", "Sheet!A1")] and values(facts) == {"residents_committee.size": 7}


def test_columns_decide_when_names_do_not(book: Book) -> None:
    facts, found = book({"Sheet1": [["小组名称", "小组户数"], ["一组", 120]]})
    assert found == [] and members(facts, "residents_groups") == [{"name": "一组", "households": 120}]
    facts, found = book({"Sheet1": [["姓名", "文化程度", "性别"], ["李某", "高中", "女"]]})
    assert [d.code for d in found] == ["CR0448"]
    assert [names.text("en") for names in found[0].data["candidates"]] == [  # type: ignore[attr-defined]
        "committee candidates",
        "supervision candidates",
    ]
    assert facts.lists == {} and set(facts.blocked) == {
        "committee_candidates",
        "supervision_candidates",
        "all_candidates",
    }


def test_sheet_name_and_title_that_disagree(book: Book) -> None:
    rows = [["监督委员会候选人"], ["姓名", "性别"], ["李某", "女"]]
    _, found = book({"居委会候选人": rows})
    assert [d.code for d in found] == ["CR0448"]


def test_two_tables_in_one_sheet_and_one_list_in_two(book: Book) -> None:
    rows: list[list[Any]] = [
        ["居委会候选人"],
        ["姓名", "性别"],
        ["李某", "女"],
        [],
        ["监督委员会候选人"],
        ["姓名", "性别"],
        ["王某", "男"],
    ]
    facts, found = book({"名单": rows})
    assert found == [] and members(facts, "supervision_candidates") == [{"name": "王某", "sex": "male"}]
    facts, found = book({"居委会候选人": rows[1:3], "居委会候选人（旧）": rows[1:3]})
    assert [d.code for d in found] == ["CR0441"] and str(found[0].related[0].place) == "居委会候选人!A1"
    assert "committee_candidates" not in facts.lists and "committee_candidates" in facts.blocked


def test_examples_totals_and_row_numbers_are_no_members(book: Book) -> None:
    rows: list[list[Any]] = [
        ["例：", "王五", 99],
        ["序号", "姓名", "得票数"],
        [1, "李某", 5],
        [2, None, None],
        ["合计", None, 5],
        ["注：以上为初步名单"],
    ]
    facts, found = book({"候选人": rows})
    assert [d.code for d in found] == ["CR0453", "CR0452"]
    assert members(facts, "candidates") == [{"name": "李某", "votes": 5}]


def test_a_list_sheet_without_headings(book: Book) -> None:
    facts, found = book({"候选人": [["李某", 12]]})
    assert "CR0449" in {d.code for d in found} and "candidates" in facts.blocked


def test_an_empty_form_is_not_an_empty_list(book: Book) -> None:
    facts, found = book({"候选人": [["姓名", "得票数"]], "居民小组": [["小组名称"], ["无"]]})
    assert found == [] and list(facts.lists) == ["residents_groups"] and facts.lists["residents_groups"].rows == ()


def test_what_is_taken_as_title_is_said_once(tmp_path: Path, read_plan: Read) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (["换届方案"], ["居民户数", 5, "户", "截至八月"]):
        sheet.append(row)
    workbook.save(tmp_path / "plan.xlsx")
    _, found = read_plan(tmp_path / "plan.xlsx")
    assert [(d.code, d.severity, d.data["cells"]) for d in found] == [
        ("CR0451", Severity.ADVICE, ("Sheet!A1", "Sheet!D2"))
    ]


def test_below_a_misspelt_heading_nothing_is_of_the_section_above(book: Book) -> None:
    sheet = [["supervision committee"], ["size", 7], ["resident committee"], ["size", 5], ["chairs", 1]]
    facts, found = book({"form": sheet})
    assert codes(found) == [("CR0454", "form!A3")]
    assert found[0].data["suggestions"] == ("residents committee",)
    assert values(facts) == {"supervision_committee.size": 7, "residents_committee.chairs": 1}
    assert set(facts.blocked) == {"residents_committee.size"}


def test_the_next_known_heading_ends_what_a_misspelt_one_began(book: Book) -> None:
    sheet = [["居委会"], ["职数", 5], ["监督委员汇"], ["职数", 7], ["社区"], ["居民户数", 1601]]
    facts, found = book({"表格": sheet})
    assert codes(found) == [("CR0454", "表格!A3")]
    assert values(facts) == {"residents_committee.size": 5, "community.households": 1601}


def test_rows_equal_in_all_values_are_warned_of(book: Book) -> None:
    rows = [["name", "households"], ["East", 421], ["West", 350], ["East", 421], ["East", 420]]
    facts, found = book({"residents groups": rows})
    assert [(d.code, str(d.place), d.severity) for d in found] == [("CR0455", "residents groups!A4", Severity.WARNING)]
    assert found[0].data["first"] == "residents groups!A2"
    assert len(facts.lists["residents_groups"].rows) == 4


def test_a_misspelt_label_of_the_header_is_said_with_its_cell(book: Book, tmp_path: Path) -> None:
    facts, found = book({"form": [["plan"], ["rulset", "cn.x"], ["day", "2012-08-20"]]})
    assert facts.plan.day == date(2012, 8, 20)
    raw_problems = read(tmp_path / "plan.xlsx", READ)[0].problems  # type: ignore[union-attr]
    assert codes(list(raw_problems)) == [("CR0501", "form!A2")]
    assert raw_problems[0].data["suggestions"] == ("ruleset",)
    assert found == []
