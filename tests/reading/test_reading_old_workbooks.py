"""Workbooks in .ods, written by hand after OpenDocument 1.3 part 3, and one in .xls, kept beside this file as the
package xlwt wrote it; what they cannot show is said once."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import Facts

Read = Callable[[Path], tuple[Facts | None, tuple[Diagnostic, ...]]]

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    "<office:body><office:spreadsheet>"
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def cell(value: object) -> str:
    match value:
        case None:
            return "<table:table-cell/>"
        case bool():
            kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
        case int() | float():
            kind = f'office:value-type="float" office:value="{value}"'
        case date():
            kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        case _:
            kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def write_ods(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    """A minimal spreadsheet."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", _TYPE)
        archive.writestr("content.xml", _HEAD + tables + _TAIL)
        archive.writestr("META-INF/manifest.xml", manifest)


@pytest.fixture
def ods(tmp_path: Path, read_plan: Read) -> Callable[..., tuple[Facts | None, tuple[Diagnostic, ...]]]:
    def written(sheets: dict[str, list[list[object]]]) -> tuple[Facts | None, tuple[Diagnostic, ...]]:
        write_ods(tmp_path / "plan.ods", sheets)
        return read_plan(tmp_path / "plan.ods")

    return written


Ods = Callable[..., tuple[Facts | None, tuple[Diagnostic, ...]]]


def test_values_and_the_advice(ods: Ods) -> None:
    facts, found = ods(
        {
            "社区": [["居民户数", 1601.0], ["公布的参选率", 0.81], ["选举日", date(2012, 8, 20)], ["大型小区", False]],
            "候选人": [["姓名", "得票数"], ["李某", 12], ["未完"]],
        }
    )
    assert facts is not None
    assert [(d.code, d.severity) for d in found] == [("CR0447", Severity.ADVICE)]
    assert {key: fact.value for key, fact in facts.values.items()} == {
        "community.households": 1601,
        "community.stated_turnout": Fraction(81, 100),
        "community.election_day": date(2012, 8, 20),
        "community.large_estate": False,
    }
    assert not facts.lists["candidates"].complete
    assert str(facts.lists["candidates"].rows[0].values["votes"].place) == "候选人!B2"


def test_an_old_excel_file_gives_the_same_facts(read_plan: Read) -> None:
    facts, found = read_plan(Path(__file__).with_name("old.xls"))
    assert facts is not None
    assert [(d.code, d.severity) for d in found] == [("CR0447", Severity.ADVICE)]
    assert {key: fact.value for key, fact in facts.values.items()} == {
        "community.households": 1601,
        "community.stated_turnout": Fraction(81, 100),
        "community.election_day": date(2012, 8, 20),
        "community.large_estate": False,
    }
    assert not facts.lists["candidates"].complete
    assert str(facts.lists["candidates"].rows[0].values["votes"].place) == "候选人!B2"


def test_places_count_empty_rows_and_columns(ods: Ods) -> None:
    facts, _ = ods({"社区": [[None], [None], [None, "居民户数", 1601]]})
    assert facts is not None and str(facts.values["community.households"].place) == "社区!C3"


def test_lost_digits_and_error_texts(ods: Ods) -> None:
    facts, found = ods(
        {"居委会候选人": [["姓名", "身份证号", "得票数"], ["李某", 110101199003070012, "#REF!"], ["王某", "x", 1]]}
    )
    assert facts is not None and [d.code for d in found] == ["CR0444", "CR0442", "CR0447", "CR0533"]
    assert len(facts.lists["committee_candidates"].rows) == 2 and len(facts.blocked) == 4


@pytest.mark.parametrize("name", ["plan.xls", "plan.xlsx"])
def test_a_renamed_workbook_is_said_to_be_one(tmp_path: Path, read_plan: Read, name: str) -> None:
    write_ods(tmp_path / name, {"社区": [["居民户数", 1]]})
    _, found = read_plan(tmp_path / name)
    assert [(d.code, d.data["kind"]) for d in found] == [("CR0403", ".ods")]


def test_an_empty_one(ods: Ods) -> None:
    facts, found = ods({"Sheet1": []})
    assert facts is None and [d.code for d in found] == ["CR0406"]
