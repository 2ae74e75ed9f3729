"""The page of a code as `explain` shows it."""

from __future__ import annotations

import pytest

from civicrules import codes
from civicrules.program import Names
from civicrules.report import pages

PAGE = codes.Page(
    "CR0000",
    Names.of(en="“{found}” is not a word", zh="“{found}”不是用词"),
    page=Names.of(en="Some words have one meaning.\n\nUse them.", zh="用词只有一种含义。"),
    example_in="ruleset",
    wrong=Names.of(en="units must be atleast 3\n", zh="单位数应该不少于3个\n"),
    mended=Names.of(en="units must be at least 3\n", zh="单位数应当不少于3个\n"),
)


def test_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "page", lambda code: PAGE)
    assert pages.render("CR0000", "en") == "\n".join(
        [
            "CR0000: “…” is not a word",
            "",
            "Some words have one meaning.",
            "",
            "Use them.",
            "",
            "Not like this, in a ruleset:",
            "    units must be atleast 3",
            "",
            "Like this:",
            "    units must be at least 3",
        ]
    )
    assert "错误示例（规则集）：\n    单位数应该不少于3个" in pages.render("CR0000", "zh")


@pytest.mark.parametrize("code", codes.codes())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_can_be_shown_everywhere(code: str, language: str) -> None:
    shown = pages.render(code, language, width=60, encoding="gbk")
    shown.encode("gbk")
    assert codes.page(code).mended.text(language).split("\n")[0].strip() in shown
