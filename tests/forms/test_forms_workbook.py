"""The form as a workbook, read back with openpyxl."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from time import sleep
from typing import Any

import pytest
from attrs import evolve
from openpyxl import Workbook, load_workbook

from civicrules.facts import Blank, Fact, FactList, Facts, PlanHeader, Row
from civicrules.forms import workbook
from civicrules.program import Choice, ChoiceType, Field, Names, NumberType, Program


def opened(program: Program, language: str, facts: Facts | None = None) -> Workbook:
    return load_workbook(BytesIO(workbook(program, language, facts)))


def cell(sheet: Any, label: str) -> Any:
    """The value cell beside a label of the first sheet."""
    row = next(row for row in sheet.iter_rows() if row[0].value == label)
    return row[1]


def checks(sheet: Any, ref: str) -> Any:
    """What the spreadsheet checks in a cell, or nothing."""
    return next((v for v in sheet.data_validations.dataValidation if ref in v.sqref), None)


def with_field(program: Program, changed: Field) -> Program:
    vocabulary = program.vocabulary
    entities = tuple(
        evolve(e, fields=tuple(changed if f.key == changed.key else f for f in e.fields)) for e in vocabulary.entities
    )
    return evolve(program, vocabulary=evolve(vocabulary, entities=entities))


def test_the_same_form_is_the_same_file_whenever_it_is_made(program: Program) -> None:
    first = workbook(program, "en")
    sleep(2.1)  # zip archives state times to two seconds
    assert workbook(program, "en") == first


def test_there_is_a_sheet_for_the_plan_and_one_for_each_list(program: Program) -> None:
    assert opened(program, "en").sheetnames == ["form", "residents groups", "committee candidates"]
    assert opened(program, "zh").sheetnames == ["填报表", "居民小组", "居委会候选人"]


def test_the_first_sheet_has_blocks_of_label_value_and_note(program: Program) -> None:
    sheet = opened(program, "zh").worksheets[0]
    rows = [tuple(c.value for c in row) for row in sheet.iter_rows(min_row=3)]
    assert rows[0] == ("方案", None, None)
    assert rows[1] == ("规则集", "cn.district-2012", "审查本方案所适用的规则集。")
    assert ("居民户数", None, "整数，0至100000。依据：通知 三.2；通知 四（二）。") in rows
    assert rows[-2] == ("居委会", None, None)
    assert rows[-1] == ("职数（人）", None, "整数，不小于0。依据：通知 三.2。")


def test_a_label_names_the_unit_unless_it_does_so_already(program: Program) -> None:
    sheet = opened(program, "en", Facts({"community.area": Fact(Fraction(1, 2))})).worksheets[0]
    labels = [c.value for c in sheet["A"]]
    assert {"area (hectares)", "size (people)", "households", "ballots returned (votes)"} <= set(labels)


def test_a_list_sheet_has_title_example_and_headings_and_no_row_of_data(program: Program) -> None:
    sheet = opened(program, "en")["committee candidates"]
    assert sheet["A1"].value == "committee candidates"
    assert [c.value for c in sheet[3]][:3] == ["example: Alex Example", "chair", "120"]
    assert sheet["A3"].font.italic
    assert [c.value for c in sheet[4]][:3] == ["name (personal)", "post", "votes"]
    assert all(c.value is None for row in sheet.iter_rows(min_row=5) for c in row)


def test_choices_and_yes_no_are_drop_downs_in_the_language_of_the_form(program: Program) -> None:
    sheet = opened(program, "zh").worksheets[0]
    found = checks(sheet, cell(sheet, "选举方式").coordinate)
    assert (found.type, found.formula1) == ("list", '"全体选民选举,户代表选举,居民代表选举"')
    given = Facts({"community.estate_large": Fact(False)})
    sheet = opened(program, "zh", given).worksheets[0]
    assert checks(sheet, cell(sheet, "属于大型小区").coordinate).formula1 == '"是,否"'
    assert cell(sheet, "属于大型小区").value == "否"


def test_whole_numbers_are_checked_against_their_range(program: Program) -> None:
    sheet = opened(program, "en").worksheets[0]
    found = checks(sheet, cell(sheet, "households").coordinate)
    assert (found.type, found.operator, found.formula1, found.formula2) == ("whole", "between", "0", "100000")
    assert found.error == "Please enter a whole number, 0 to 100000."
    assert found.errorStyle == "stop"


def test_days_are_checked_and_shown_as_iso_days_and_none_can_be_written_where_it_may(program: Program) -> None:
    sheet = opened(program, "en").worksheets[0]
    day, previous = cell(sheet, "election day"), cell(sheet, "previous election day")
    assert day.number_format == previous.number_format == "yyyy-mm-dd"
    assert (checks(sheet, day.coordinate).type, checks(sheet, day.coordinate).errorStyle) == ("date", "stop")
    assert checks(sheet, previous.coordinate).errorStyle == "warning"


def test_shares_and_texts_are_text_cells_so_that_nothing_typed_is_changed(program: Program) -> None:
    book = opened(program, "en")
    sheet = book.worksheets[0]
    assert cell(sheet, "stated turnout").number_format == "@"
    assert book["residents groups"]["A5"].number_format == "@"


def test_checks_of_a_list_reach_as_far_as_its_members(program: Program) -> None:
    sheet = opened(program, "en")["committee candidates"]
    assert str(checks(sheet, "B5").sqref) == "B5:B204"
    assert checks(sheet, "A5") is None


def test_notes_name_the_rules_with_their_articles(program: Program) -> None:
    sheet = opened(program, "en").worksheets[0]
    comment = next(c.comment for c in sheet["A"] if c.value == "households").text
    assert "unit: households" in comment
    assert "· committee posts (notice III.2)" in comment
    assert "· resident representatives (notice IV.2)" in comment
    heading = opened(program, "zh")["居民小组"]["B4"].comment.text
    asker = "· 居民代表名额（通知 四（二））"
    assert heading.split("\n") == ["居民户数", "单位：户", "整数，0至100000", "依据：", asker]


def test_it_prints_on_a4_as_wide_as_the_page_with_its_title_rows(program: Program) -> None:
    for number, sheet in enumerate(opened(program, "en").worksheets):
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == ("$1:$2" if number == 0 else "$1:$4")
        assert sheet.freeze_panes == ("B3" if number == 0 else "B5")


def test_the_facts_of_a_plan_are_written_as_what_they_are(program: Program) -> None:
    facts = Facts(
        {
            "community.households": Fact(1601),
            "community.stated_turnout": Fact(Fraction(811, 1000), precision=Fraction(1, 1000)),
            "community.area": Fact(Fraction(1, 3)),
            "community.election_day": Fact(date(2012, 8, 20)),
            "community.previous_election_day": Fact(Blank.NONE),
        },
        plan=PlanHeader("cn.district-2012", date(2012, 8, 20), "votes cast", "zh"),
    )
    sheet = opened(program, "en", facts).worksheets[0]
    assert cell(sheet, "households").value == 1601
    assert cell(sheet, "stated turnout").value == "81.1%"
    assert cell(sheet, "area (hectares)").value == "1/3"
    assert cell(sheet, "election day").value == datetime(2012, 8, 20)
    assert cell(sheet, "previous election day").value == "none"
    assert cell(sheet, "stage").value == "votes cast"
    assert cell(sheet, "language").value == "zh"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "#REF!", "#N/A"])
def test_a_text_never_becomes_a_formula_or_an_error(program: Program, text: str) -> None:
    rows = (Row({"name": Fact(text)}),)
    facts = Facts({"community.contact": Fact(text)}, {"residents_groups": FactList(rows)})
    book = opened(program, "en", facts)
    for found in (cell(book.worksheets[0], "contact"), book["residents groups"]["A5"]):
        assert (found.data_type, found.value) == ("s", text)
        assert found.quotePrefix == (not text.startswith("#"))


def test_labels_never_become_formulas(program: Program) -> None:
    original = program.vocabulary.field("community.households")
    changed = with_field(program, evolve(original, names=Names.of(en="=households")))
    sheet = opened(changed, "en").worksheets[0]
    assert next(c for c in sheet["A"] if c.value == "=households").data_type == "s"


def test_what_a_workbook_cannot_hold_is_written_as_text(program: Program) -> None:
    number, day = 10**15, date(1899, 12, 31)
    facts = Facts(
        {
            "community.units": Fact(number),
            "community.election_day": Fact(day),
            "community.previous_election_day": Fact(date(1900, 3, 1)),
            "community.contact": Fact("a\x00b"),
        }
    )
    sheet = opened(program, "en", facts).worksheets[0]
    assert cell(sheet, "units").value == "1000000000000000"
    assert cell(sheet, "election day").value == "1899-12-31"
    assert cell(sheet, "previous election day").value == datetime(1900, 3, 1)
    assert cell(sheet, "contact").value == "a\ufffdb"
    below = opened(program, "en", Facts({"community.units": Fact(10**15 - 1)})).worksheets[0]
    assert cell(below, "units").value == 10**15 - 1


def test_an_open_list_ends_in_the_words_for_it(program: Program) -> None:
    rows = (Row({"name": Fact("甲"), "votes": Fact(7)}), Row({"votes": Fact(5)}))
    facts = Facts(lists={"committee_candidates": FactList(rows, complete=False)})
    sheet = opened(program, "zh", facts)["居委会候选人"]
    assert [[c.value for c in row] for row in sheet["A5:C8"]] == [
        ["甲", None, 7],
        [None, None, 5],
        ["未完", None, None],
        [None, None, None],
    ]


def test_a_list_that_is_known_to_be_empty_says_so(program: Program) -> None:
    facts = Facts(lists={"committee_candidates": FactList()})
    book = opened(program, "zh", facts)
    assert book["居委会候选人"]["A5"].value == "无"
    assert book["居民小组"]["A5"].value is None


def test_facts_that_no_rule_reads_are_kept(program: Program) -> None:
    rows = (Row({"remark": Fact("new")}),)
    facts = Facts({"community.units": Fact(9)}, {"residents_groups": FactList(rows)})
    book = opened(program, "en", facts)
    assert cell(book.worksheets[0], "units").value == 9
    assert [c.value for c in book["residents groups"][4]][:3] == ["name", "households", "remark"]
    assert book["residents groups"]["C5"].value == "new"


def test_sheet_names_are_made_to_fit_and_to_differ(program: Program) -> None:
    vocabulary = program.vocabulary
    long = "candidates of the residents committee: chair/vice [all]"
    lists = (
        evolve(vocabulary.lists[0], names=Names.of(en=long)),
        evolve(vocabulary.lists[1], names=Names.of(en="Form")),
        evolve(vocabulary.lists[1], id="more", names=Names.of(en="'History'")),
    )
    facts = Facts(lists={entry.id: FactList() for entry in lists})
    book = opened(evolve(program, vocabulary=evolve(vocabulary, lists=lists)), "en", facts)
    assert book.sheetnames == ["form", "candidates of the residents com", "Form 2", "History 2"]
    assert book.worksheets[1]["A1"].value == long


def test_choices_that_a_drop_down_cannot_hold_have_none(program: Program) -> None:
    original = program.vocabulary.field("community.electorate")

    def offered(*labels: str) -> Any:
        choices = tuple(Choice(str(n), Names.of(en=label)) for n, label in enumerate(labels))
        sheet = opened(with_field(program, evolve(original, type=ChoiceType(choices))), "en").worksheets[0]
        return checks(sheet, cell(sheet, "electorate").coordinate)

    assert offered("one, two", "three") is None
    assert offered("a" * 127, "b" * 128) is None
    assert offered("a" * 127, "b" * 127).formula1 == f'"{"a" * 127},{"b" * 127}"'
    assert offered('say "yes"', "b").formula1 == '"say ""yes"",b"'


@pytest.mark.parametrize(
    ("low", "high", "bounds", "words"),
    [
        (None, None, ("-1000000000000000", "1000000000000000"), "whole number"),
        (1, None, ("1", "1000000000000000"), "whole number, 1 or more"),
        (None, 9, ("-1000000000000000", "9"), "whole number, 9 or less"),
        (1, 9, ("1", "9"), "whole number, 1 to 9"),
    ],
)
def test_ranges_are_said_in_words(
    program: Program, low: int | None, high: int | None, bounds: tuple[str, str], words: str
) -> None:
    original = program.vocabulary.field("community.households")
    changed = with_field(program, evolve(original, type=NumberType("household", low=low, high=high)))
    sheet = opened(changed, "en").worksheets[0]
    found = cell(sheet, "households")
    check = checks(sheet, found.coordinate)
    assert (check.formula1, check.formula2) == bounds
    assert found.offset(0, 1).value == f"{words.capitalize()}. Asked for by: notice III.2; notice IV.2."
