"""Files that cannot be used: one clear diagnostic each, never an exception."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civicrules.diagnostics import Diagnostic
from civicrules.facts import Facts
from civicrules.reading import READERS, Raw, bind, header, read
from civicrules.reading import files as files_module

Read = Callable[[Path], tuple[Facts | None, tuple[Diagnostic, ...]]]
READ = {reader.extension: reader.read for reader in READERS}


def only_code(path: Path) -> str:
    raw, found = read(path, READ)
    assert raw is None and len(found) == 1
    return found[0].code


@pytest.mark.parametrize("name", ["plan.yaml", "plan.json", "plan.xlsx", "plan.xls", "plan.ods"])
def test_not_there_a_folder_empty(tmp_path: Path, name: str) -> None:
    assert only_code(tmp_path / name) == "CR0401"
    (tmp_path / name).mkdir()
    assert only_code(tmp_path / name) == "CR0401"
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / name).write_bytes(b" \n")
    assert only_code(tmp_path / "empty" / name) == "CR0406"


@pytest.mark.parametrize("name", ["plan.docx", "plan", "plan.csv", "plan.xslx"])
def test_kinds_that_are_not_read(tmp_path: Path, name: str) -> None:
    assert only_code(tmp_path / name) == "CR0402"


def test_a_near_extension_is_suggested(tmp_path: Path) -> None:
    _, found = read(tmp_path / "plan.xslx", READ)
    assert ".xlsx" in found[0].data["suggestions"]  # type: ignore[operator]


def test_upper_case_extensions(tmp_path: Path) -> None:
    (tmp_path / "PLAN.YAML").write_text("community: {units: 1}\n", encoding="utf-8")
    raw, found = read(tmp_path / "PLAN.YAML", READ)
    assert raw is not None and found == ()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("plan.yaml", "社区: 1".encode("gbk"), "CR0408"),
        ("plan.yaml", b"a: \x00", "CR0409"),
        ("plan.yaml", b"a: \x1b[31m", "CR0409"),
        ("plan.yaml", b"# nothing\n", "CR0406"),
        ("plan.yaml", b"PK\x03\x04 xl/ ", "CR0403"),
        ("plan.json", "{}".encode("utf-16"), "CR0408"),
        ("plan.xlsx", b"community: 1", "CR0403"),
        ("plan.xlsx", b"\x89PNG\x00\x00", "CR0434"),
        ("plan.xlsx", b"PK\x03\x04 xl/ not a zip", "CR0434"),
        ("plan.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "CR0403"),
        ("plan.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "CR0433"),
        ("plan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "CR0434"),
        ("plan.ods", b"PK\x03\x04 not a zip", "CR0434"),
    ],
)
def test_contents_that_are_not_what_the_name_says(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert only_code(tmp_path / name) == code


def test_size_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"#" * (files_module.MOST_TEXT + 1))
    assert only_code(path) == "CR0407"
    path.write_bytes(b"a: 1\n" + b"#" * (files_module.MOST_TEXT - 5))
    assert read(path, READ)[0] is not None


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plan.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        with archive.open("xl/workbook.xml", "w", force_zip64=True) as part:
            for _ in range(257):
                part.write(bytes(2**20))
    assert only_code(tmp_path / "plan.xlsx") == "CR0407"


def test_a_format_far_below_the_data(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"] = "居民户数"
    sheet["CV20000"].number_format = "0%"
    workbook.save(tmp_path / "plan.xlsx")
    assert only_code(tmp_path / "plan.xlsx") == "CR0430"


def test_a_workbook_without_a_value(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "plan.xlsx")
    assert only_code(tmp_path / "plan.xlsx") == "CR0406"


def test_a_reader_that_raises_and_one_that_gives_a_mapping(tmp_path: Path) -> None:
    def bad(path: Path) -> tuple[object, tuple[Diagnostic, ...]]:
        raise RuntimeError("out of paper")

    raw, found = read(tmp_path / "plan.dbf", {".dbf": bad})
    assert raw is None and found[0].code == "CR0435" and found[0].data["problem"] == "out of paper"
    raw, found = read(tmp_path / "plan.dbf", {".dbf": lambda path: ({"community": {"units": 3}}, ())})
    assert isinstance(raw, Raw) and raw.name == "plan.dbf" and found == ()


def damaged(data: bytes, cuts: list[tuple[int, int]]) -> bytes:
    changed = bytearray(data)
    for at, byte in cuts:
        changed[at % len(changed)] = byte
    return bytes(changed)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6))
def test_no_damage_to_a_workbook_raises(tmp_path: Path, vocabulary: object, cuts: list[tuple[int, int]]) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["居民户数", 1601])
    workbook.save(tmp_path / "good.xlsx")
    (tmp_path / "plan.xlsx").write_bytes(damaged((tmp_path / "good.xlsx").read_bytes(), cuts))
    raw, found = read(tmp_path / "plan.xlsx", READ)
    assert raw is not None or found
    if raw is not None:
        header(raw)
        bind(raw, vocabulary, "en")  # type: ignore[arg-type]
