"""Mistakes that were answered beside the point: each with its opposite, where nothing is to be said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from civicrules import codes
from civicrules.builtins import registry
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import Facts
from civicrules.plans import open_plan
from civicrules.program import Vocabulary
from civicrules.reading import bind, from_mapping

Result = tuple[Facts | None, tuple[Diagnostic, ...]]
Plan = Callable[..., Result]
Read = Callable[[Path], Result]


# ---------------------------------------------------------------- a line without a colon


@pytest.mark.parametrize(
    ("text", "place", "example"),
    [
        ("community:\n  households 1601\n  units: 60\n", "2:3", "households: …"),
        ("community:\n  units: 60\n  households 1601  # all of them\n", "3:3", "households: …"),
        ("社区:\n  驻社区单位数: 60\n  居民户数 1601\n\n居委会:\n  职数: 5\n", "3:3", "居民户数: …"),
        ("community\n  units: 60\n", "1:1", None),
        ("candidates:\n- name Li\n  votes: 12\n", "2:3", "name: …"),
        ("candidates:\n- name: Li\n  votes 12\n- name: Wang\n", "3:3", "votes: …"),
        ("community:\n  households 1601\n  # counted in May\n\n  units: 60\n", "2:3", "households: …"),
    ],
)
def test_the_line_without_a_colon_is_the_one_reported(plan: Plan, text: str, place: str, example: str | None) -> None:
    facts, [found] = plan(text)
    assert facts is None and (found.code, str(found.place)) == ("CR0422", f"plan.yaml:{place}")
    assert found.data.get("example") == example


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("community:\n  households: 1601\n    units: 60\n", "CR0410"),
        ("社区：\n  居民户数：1601\n  units: 60\n", "CR0412"),
        ("community:\n  households:1601\n  units: 60\n", "CR0412"),
        ("candidates:\n  - Li\n - Wang\n", "CR0410"),
    ],
)
def test_other_lines_that_do_not_fit(plan: Plan, text: str, code: str) -> None:
    assert [d.code for d in plan(text)[1]] == [code]


def test_what_stands_after_the_label_is_not_repeated(plan: Plan) -> None:
    _, [found] = plan("居委会候选人:\n- 姓名: 李某\n  身份证号 11010119900307001X\n")
    assert found.code == "CR0422" and "11010119900307001X" not in str(dict(found.data))


# ---------------------------------------------------------------- the language of the answer


@pytest.mark.parametrize(
    ("text", "language"),
    [("社区:\n  居民户数 1601\n  units: 60\n", "zh"), ("community:\n  households 1601\n  units: 60\n", None)],
)
def test_a_plan_that_cannot_be_read_is_answered_in_its_language(
    tmp_path: Path, text: str, language: str | None
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    opened = open_plan(path, registry())
    assert opened.raw is None and opened.header.language == language


def test_the_name_of_a_file_tells_its_language_too(tmp_path: Path) -> None:
    (tmp_path / "方案.xlsx").write_bytes(b"PK\x03\x04")
    assert open_plan(tmp_path / "方案.xlsx", registry()).header.language == "zh"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("方案: {规则集: r}\n社区: {}\n", "zh"),
        ("plan: {规则集: r}\n", "zh"),
        ("方案: {规则集: r, 语言: en}\n", "en"),
        ("plan: {ruleset: r}\n社区: {}\n", None),
    ],
)
def test_a_plan_that_names_no_language_is_in_chinese_where_its_header_is(
    text: str, language: str | None, tmp_path: Path
) -> None:
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    assert open_plan(tmp_path / "plan.yaml", registry()).header.language == language


@pytest.mark.parametrize("word", ["en", "zh", "English", "中文", "zh-CN", "英文", "汉语"])
def test_languages_there_are(plan: Plan, word: str) -> None:
    facts, found = plan(f"plan: {{language: {word}}}\n")
    assert found == () and facts is not None and facts.plan.language == word


@pytest.mark.parametrize(
    ("word", "suggested"),
    [("Egnlish", ("English",)), ("Chniese", ("Chinese",)), ("口文", ("中文", "英文")), ("fr", ())],
)
def test_languages_there_are_not(plan: Plan, word: str, suggested: tuple[str, ...]) -> None:
    _, [found] = plan(f"plan: {{language: {word}}}\n")
    assert (found.code, found.severity, str(found.place)) == ("CR0525", Severity.WARNING, "plan.yaml:1:18")
    assert found.data["known"] == ("en", "zh") and set(suggested) == set(found.data["suggestions"])  # type: ignore[call-overload]


def test_a_language_of_the_ruleset_is_known(vocabulary: Vocabulary) -> None:
    raw = from_mapping({"plan": {"language": "eo"}})
    assert bind(raw, vocabulary, "eo")[1] == ()
    assert [d.code for d in bind(raw, vocabulary)[1]] == ["CR0525"]


# ---------------------------------------------------------------- headings


def sheet_of(folder: Path, lines: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in lines:
        sheet.append(line)
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_a_misspelt_heading_with_remarks_beside_it(tmp_path: Path, read_plan: Read) -> None:
    """Otherwise the size below it would be that of the committee above."""
    lines: list[list[Any]] = [
        ["居委会", "（主任、副主任、委员）"],
        ["职数", 5],
        ["监督委员绘", "（另选）", None, "待定"],
        ["职数", 7],
    ]
    facts, found = read_plan(sheet_of(tmp_path, lines))
    assert [(d.code, str(d.place)) for d in found if d.severity is Severity.ERROR] == [("CR0454", "Sheet!A3")]
    assert found[0].data["suggestions"] == ("监督委员会",)
    assert facts is not None and {key: fact.value for key, fact in facts.values.items()} == {
        "residents_committee.size": 5
    }
    assert set(facts.blocked) == {"supervision_committee.size"}


@pytest.mark.parametrize("label", ["监督委员会", "Supervision committee"])
def test_the_same_heading_well_spelt(tmp_path: Path, read_plan: Read, label: str) -> None:
    lines: list[list[Any]] = [
        ["居委会", "（主任、副主任、委员）"],
        ["职数", 5],
        [label, "（另选）", None, "待定"],
        ["职数", 7],
    ]
    facts, found = read_plan(sheet_of(tmp_path, lines))
    assert [d for d in found if d.severity is Severity.ERROR] == []
    assert facts is not None and facts.values["supervision_committee.size"].value == 7


def test_a_misspelt_label_with_its_value_is_no_heading(tmp_path: Path, read_plan: Read) -> None:
    facts, found = read_plan(sheet_of(tmp_path, [["社区"], ["居民户术", 1601], ["驻社区单位数", 5]]))
    assert [(d.code, str(d.place)) for d in found] == [("CR0501", "Sheet!A2")]
    assert facts is not None and facts.values["community.units"].value == 5


# ---------------------------------------------------------------- words for Python


@pytest.mark.parametrize("given", [None, 5, "plan.yaml", [1, 2], object(), b"x"])
def test_what_is_no_plan_is_said_in_words_of_python(vocabulary: Vocabulary, given: object) -> None:
    facts, [found] = bind(from_mapping(given), vocabulary)
    assert found.code == "CR0526" and facts.values == {}
    for language in ("en", "zh"):
        help = codes.filled_if_complete(codes.page("CR0526").help[0].text(language), found.data, language)
        assert '{"community": {"name": …}}' in help


def test_nothing_known_yet_is_a_plan(vocabulary: Vocabulary) -> None:
    assert bind(from_mapping({}), vocabulary)[1] == ()


# ---------------------------------------------------------------- prepared fixes


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("community:\n  housholds: 5\n", "households"),
        ("社区:\n  选举曰: 2012-08-20\n", "选举日"),
        ("社区:\n  选举方式: 户代表选\n", "户代表选举"),
        ("居委会:\n  主任职熟: 1\n", "主任职数"),
    ],
)
def test_the_prepared_fix_is_the_nearest_name(plan: Plan, text: str, fix: str) -> None:
    """Several names may be near; the first suggested one is the nearest, and it alone is put in its place."""
    _, [found] = plan(text)
    [prepared] = found.fixes
    assert prepared.replacement == fix == found.data["suggestions"][0]  # type: ignore[index]
    assert prepared.place == found.place and not prepared.safe


def test_nothing_near_no_fix(plan: Plan) -> None:
    _, [found] = plan("community:\n  xyz: 5\n")
    assert found.fixes == () and found.data["suggestions"] == ()
