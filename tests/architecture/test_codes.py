"""Every code that the library gives has a page in both languages, and every page is of a code that it gives."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from civicrules import codes

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "src" / "civicrules" / "codes").glob("*.yaml"))
KINDS = {"ruleset", "vocabulary", "plan", "workbook", "python", "command"}
CODE = re.compile(r"CR\d{4}")


def pages() -> list[tuple[str, dict[str, Any]]]:
    """All entries, in order; a code that stands twice is there twice."""
    loader = yaml.SafeLoader("")
    entries: list[tuple[str, dict[str, Any]]] = []
    for path in PAGES:
        tree = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
        if isinstance(tree, yaml.MappingNode):
            entries += [(key.value, loader.construct_document(node)) for key, node in tree.value]
    return entries


ENTRIES = pages()


def used() -> set[str]:
    """Codes that stand as a text of their own in the source, or in the tables of set phrases."""
    texts = (
        node.value
        for folder in ("src", "cli")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    tables = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "grammars").glob("said.*.yaml"))
    return {text for text in (*texts, *tables.split()) if CODE.fullmatch(text)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_code_has_one_page() -> None:
    codes = [code for code, _ in ENTRIES]
    assert sorted(codes) == sorted(set(codes))
    assert used() - set(codes) == set(), "codes without a page"


def test_every_page_is_of_a_code_in_use() -> None:
    assert {code for code, _ in ENTRIES} - used() == set()


@pytest.mark.parametrize(("code", "page"), ENTRIES, ids=[code for code, _ in ENTRIES])
def test_a_page_is_whole(code: str, page: dict[str, Any]) -> None:
    assert CODE.fullmatch(code) and page["in"] in KINDS
    for part in ("title", "text", "page", "wrong", "mended"):
        assert set(page[part]) == {"en", "zh"} and all(text.strip() for text in page[part].values()), part
    assert page["wrong"] != page["mended"]


@pytest.mark.parametrize(("code", "page"), ENTRIES, ids=[code for code, _ in ENTRIES])
def test_both_languages_say_the_same_things(code: str, page: dict[str, Any]) -> None:
    texts = [page["title"], page["text"], *page.get("help", ()), *page.get("labels", {}).values()]
    for text in texts:
        assert placeholders(text["en"]) == placeholders(text["zh"]), text


def test_chinese_paragraphs_have_no_blank_where_their_lines_end() -> None:
    texts = [codes.page(code).page.text("zh") for code in codes.codes()]
    assert [text for text in texts if re.search("[一-鿿，。；：、）] [一-鿿“（]", text)] == []
