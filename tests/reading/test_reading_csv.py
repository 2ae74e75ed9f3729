"""Tables beside a plan: encodings, separators, headings, rows that are no members, files that are not to be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import Facts
from civicrules.source import Key

Plan = Callable[..., tuple[Facts | None, tuple[Diagnostic, ...]]]
ROWS = "姓名,职务,得票数\n李某,主任,1,500\n王某,member,９８\n".replace("1,500", '"1,500"')


@pytest.fixture
def table(plan: Plan, tmp_path: Path) -> Plan:
    def written(data: bytes, text: str = "候选人: t.csv\n") -> tuple[Facts | None, tuple[Diagnostic, ...]]:
        (tmp_path / "t.csv").write_bytes(data)
        return plan(text)

    return written


def members(facts: Facts | None) -> list[dict[str, object]]:
    assert facts is not None
    return [{key: fact.value for key, fact in row.values.items()} for row in facts.lists["candidates"].rows]


EXPECTED = [{"name": "李某", "post": "chair", "votes": 1500}, {"name": "王某", "post": "member", "votes": 98}]


@pytest.mark.parametrize(
    ("data", "encoding", "separator"),
    [
        (ROWS.encode(), "UTF-8", ","),
        (ROWS.encode("utf-8-sig"), "UTF-8", ","),
        (ROWS.encode("gb18030"), "gb18030", ","),
        (ROWS.replace(",", ";").replace('"1;500"', "1500").encode("gb18030"), "gb18030", ";"),
        (ROWS.replace(",", "\t").replace('"1\t500"', "1,500").encode(), "UTF-8", "Tab"),
        (ROWS.replace("\n", "\r\n").encode(), "UTF-8", ","),
    ],
)
def test_encodings_and_separators_are_detected_and_said(
    table: Plan, data: bytes, encoding: str, separator: str
) -> None:
    facts, found = table(data)
    assert [(d.code, d.severity) for d in found] == [("CR0428", Severity.ADVICE)]
    assert (found[0].data["encoding"], found[0].data["separator"]) == (encoding, separator)
    assert members(facts) == EXPECTED
    assert facts is not None
    assert str(facts.lists["candidates"].rows[1].values["votes"].place) == "t.csv:C3"


def test_titles_above_more_to_come_below(table: Plan) -> None:
    facts, _ = table(f"候选人名单\n\n{ROWS}未完\n".encode())
    assert members(facts) == EXPECTED and facts is not None and not facts.lists["candidates"].complete


def test_under_rows(table: Plan) -> None:
    facts, _ = table(ROWS.encode(), "候选人:\n  明细: t.csv\n  未完: 是\n")
    assert members(facts) == EXPECTED and facts is not None and not facts.lists["candidates"].complete


def test_headings_alone_are_a_form_not_an_empty_list(table: Plan) -> None:
    facts, _ = table("姓名,得票数\n".encode())
    assert facts is not None and "candidates" not in facts.lists
    facts, _ = table("姓名,得票数\n无,\n".encode())
    assert members(facts) == []


def test_a_sum_is_not_a_member(table: Plan) -> None:
    facts, found = table(f"{ROWS}合计,,1598\n".encode())
    assert members(facts) == EXPECTED and found[-1].code == "CR0452" and str(found[-1].place) == "t.csv:A4"


def test_unknown_columns_and_cells_beyond_the_headings(table: Plan) -> None:
    facts, found = table("序号,姓名,得漂数\n1,李某,5,多余\n".encode())
    assert [d.code for d in found] == ["CR0428", "CR0453", "CR0501", "CR0450"]
    assert found[2].data["suggestions"] == ("得票数",) and found[3].data["cells"] == ("D2",)
    assert members(facts) == [{"name": "李某"}]


def test_a_bad_cell_is_of_that_cell(table: Plan) -> None:
    facts, found = table("姓名,得票数\n李某,很多\n王某,3\n".encode())
    assert [(d.code, str(d.place)) for d in found[1:]] == [("CR0504", "t.csv:B2")]
    assert members(facts) == [{"name": "李某"}, {"name": "王某", "votes": 3}]
    assert facts is not None and set(facts.blocked) == {"candidates[1].votes"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "CR0406"),
        (b" \n", "CR0406"),
        ("姓名\n李\x00某\n".encode(), "CR0409"),
        (b"\xff\xfe\x00\x01\x80", "CR0429"),
        (b"PK\x03\x04xxxx[Content_Types].xml", "CR0403"),
        ('姓名,得票数\n"李某,12\n'.encode(), "CR0431"),
        ("甲,乙\n1,2\n".encode(), "CR0449"),
    ],
)
def test_tables_that_cannot_be_used(table: Plan, data: bytes, code: str) -> None:
    facts, found = table(data)
    assert code in {d.code for d in found}
    assert facts is not None and "candidates" in facts.blocked and "candidates" not in facts.lists


@pytest.mark.parametrize("name", ["../secret.csv", "/etc/secret.csv", "a/../../secret.csv"])
def test_nothing_outside_the_folder_is_opened(plan: Plan, tmp_path: Path, name: str) -> None:
    (tmp_path.parent / "secret.csv").write_text("姓名\n密\n", encoding="utf-8")
    facts, found = plan(f"候选人: {name}\n")
    assert [d.code for d in found] == ["CR0432"] and facts is not None and facts.lists == {}


def test_a_link_out_of_the_folder_is_outside(plan: Plan, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.csv").write_text("姓名\n密\n", encoding="utf-8")
    (tmp_path / "t.csv").symlink_to(tmp_path.parent / "secret.csv")
    assert [d.code for d in plan("候选人: t.csv\n")[1]] == ["CR0432"]


def test_a_table_that_is_not_there(plan: Plan) -> None:
    _, found = plan("候选人: t.csv\n")
    assert [(d.code, str(d.place)) for d in found] == [("CR0401", "plan.yaml:1:6")]


def test_a_table_that_detects_nothing_is_still_named(table: Plan) -> None:
    _, found = table("姓名\n李某\n".encode())
    assert found[0].place == Key(("t.csv",)) and found[0].data["separator"] == ","
