"""The examples on the pages of our codes: the wrong one gives its code, the mended one gives no error."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from civicrules import codes
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.reading import READERS, header, read

ReadPlan = Callable[[Path], tuple[object, tuple[Diagnostic, ...]]]

CODES = [code for code in codes.codes() if code.startswith(("CR04", "CR05")) and code < "CR059"]
TITLE = re.compile(r"(?:sheet |工作表)“(.+)”[:：]")
# These need a table beside the plan, or a size or a form that a page can only describe.
DESCRIBED = {"CR0414", "CR0428", "CR0429", "CR0430", "CR0431", "CR0432", "CR0445", "CR0446", "CR0513"}


def diagnostics(path: Path, read_plan: ReadPlan) -> tuple[Diagnostic, ...]:
    raw, _ = read(path, {reader.extension: reader.read for reader in READERS})
    found = read_plan(path)[1]
    return (*found, *header(raw)[1]) if raw is not None else found


def workbook(text: str, path: Path) -> Path:
    """A workbook from lines of cells, as the pages show one."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in text.splitlines():
        title = TITLE.fullmatch(line)
        if title:
            sheet.title = title[1]
            continue
        cells = [cell.strip() for cell in line.split("|")]
        sheet.append([int(cell) if cell.isdigit() else cell.removeprefix("'") for cell in cells])
    book.save(path)
    return path


def example(code: str, text: str, tmp_path: Path, read_plan: ReadPlan) -> tuple[Diagnostic, ...]:
    page = codes.page(code)
    if page.example_in == "workbook":
        return diagnostics(workbook(text, tmp_path / "plan.xlsx"), read_plan)
    path = tmp_path / ("plan.json" if text.startswith("{") else "plan.yaml")
    path.write_text(text, encoding="utf-8")
    return diagnostics(path, read_plan)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", CODES)
def test_examples_do_what_the_page_says(code: str, language: str, tmp_path: Path, read_plan: ReadPlan) -> None:
    page = codes.page(code)
    if page.example_in not in ("plan", "workbook") or code in DESCRIBED:
        return
    wrong = example(code, page.wrong.text(language), tmp_path, read_plan)
    assert code in {d.code for d in wrong}
    mended = example(code, page.mended.text(language), tmp_path, read_plan)
    assert [d.code for d in mended if d.severity is Severity.ERROR] == []
    assert code not in {d.code for d in mended}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", CODES)
def test_title_and_text_are_filled_by_what_is_found(
    code: str, language: str, tmp_path: Path, read_plan: ReadPlan
) -> None:
    page = codes.page(code)
    if page.example_in not in ("plan", "workbook") or code in DESCRIBED:
        return
    found = next(d for d in example(code, page.wrong.text(language), tmp_path, read_plan) if d.code == code)
    for text in (page.title, page.text):
        assert set(codes.placeholders(text.text(language))) <= set(found.data)
    for note in {label.note for label in found.related}:
        assert note in page.labels
