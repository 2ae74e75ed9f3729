"""The words of ballot files, in both languages: headings that name no candidate and no post, and marks."""

from __future__ import annotations

import re
from types import MappingProxyType

from civicrules.ballots import ABSTAIN, AGAINST
from civicrules.exact import chinese_numeral
from civicrules.reading.labels import fold

NUMBER, PAPER, LIST, BOX, NOTE = "number", "paper", "list", "box", "note"

_HEADINGS = MappingProxyType(
    {
        **dict.fromkeys(("number", "张数", "份数"), NUMBER),
        **dict.fromkeys(("paper", "编号", "票号", "选票编号"), PAPER),
        **dict.fromkeys(("list", "名单"), LIST),
        **dict.fromkeys(("box", "station", "票箱", "投票站"), BOX),
        **dict.fromkeys(("note", "notes", "备注"), NOTE),
    }
)

_RANK = re.compile(
    r"(?:(?:rank|preference|choice)_?)?(\d{1,4})(?:(?:st|nd|rd|th)(?:_(?:choice|preference))?)?"
    r"|第?(\d{1,4}|[一二三四五六七八九十百]{1,6})(?:选择|顺位|志愿|选)"
)

# The sign × is no vote in some places and a vote in others: it has a diagnostic of its own.
_MARKS = MappingProxyType(
    {
        **dict.fromkeys(("x", "✓", "✔", "√", "○", "〇", "for", "yes", "赞成", "同意"), ""),
        **dict.fromkeys(("against", "反对", "不同意"), AGAINST),
        **dict.fromkeys(("abstain", "弃权"), ABSTAIN),
    }
)
CROSSES = frozenset(("×", "✗", "✘"))
BLANK = frozenset(("blank", "空白", "空白票"))
UNREADABLE = frozenset(("unreadable", "illegible", "无法辨认", "不可辨认"))
JUDGED = frozenset(("void", "invalid", "spoilt", "spoiled", "废票", "无效", "无效票"))

# How a mark is written.
WRITTEN = MappingProxyType({"": "x", AGAINST: "against", ABSTAIN: "abstain"})

# What stands between several marks for one candidate.
PARTS = re.compile(r"[\s、，,;；+]+")

_SIGNED = re.compile(r"[+-]?\d+(?:[.,/]\d+)?%?")


def heading(text: str) -> str | None:
    """What a heading stands for that is neither candidate nor post: `张数` → `NUMBER`."""
    return _HEADINGS.get(fold(text))


def rank(text: str) -> int | None:
    """The rank that a heading stands for, counted from 1.

    >>> [rank(text) for text in ("1", "2nd choice", "第三选择", "chair 1", "0")]
    [1, 2, 3, None, None]
    """
    found = _RANK.fullmatch(fold(text))
    if found is None:
        return None
    figures = found[1] or found[2]
    number = int(figures) if figures.isdecimal() else chinese_numeral(figures)
    return number or None


def mark(text: str) -> str | None:
    """What a mark says: an empty text is a vote; `None` is no mark."""
    return _MARKS.get(fold(text))


def is_mark(text: str) -> bool:
    """Whether a cell holds only what stands under a candidate and never under a post.

    >>> [is_mark(text) for text in ("1", "√", "反对", "2 against", "3.5", "Wu", "?", "")]
    [True, True, True, True, True, False, False, False]
    """
    found = PARTS.split(text.strip())
    return any(found) and all(
        mark(word) is not None or word in CROSSES or _SIGNED.fullmatch(fold(word)) for word in found
    )


def of_paper(text: str) -> bool:
    """Whether a cell says something of the paper as a whole: blank, unreadable, void."""
    return fold(text) in BLANK | UNREADABLE | JUDGED


def is_one_of(text: str, words: frozenset[str]) -> bool:
    """Whether a cell is one of the words above, however wide or spaced."""
    return fold(text) in words
