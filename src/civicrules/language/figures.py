"""Numbers written in words, which the language wants in figures."""

from __future__ import annotations

import re

from civicrules.language.build import chinese_numeral

_ONES = "one two three four five six seven eight nine ten eleven twelve".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_CHINESE = re.compile("[一二三四五六七八九十百]+")


def in_figures(text: str) -> str | None:
    """A text that is or begins with a number in words, with figures; `None` for what is none.

    >>> in_figures("三至九人"), in_figures("fifty"), in_figures("户数")
    ('3至9人', '50', None)
    """
    word = text.casefold()
    if word in _ONES:
        return str(_ONES.index(word) + 1)
    if word in _TENS:
        return str(10 * (_TENS.index(word) + 2))
    return _CHINESE.sub(lambda found: str(chinese_numeral(found[0])), text) if _CHINESE.match(text) else None
