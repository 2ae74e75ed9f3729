"""In which language to answer."""

from __future__ import annotations

import os

LANGUAGES = ("en", "zh")


def spoken(tag: str | None) -> str | None:
    """The language that a plan or a locale means, if reports are written in it.

    >>> spoken("中文"), spoken("zh_CN.UTF-8"), spoken("English"), spoken("eo")
    ('zh', 'zh', 'en', None)
    """
    word = (tag or "").strip().casefold()
    if word.startswith(("zh", "chinese", "中", "汉", "漢")):
        return "zh"
    return "en" if word.startswith(("en", "英")) else None


def of_computer() -> str:
    """The language of the locale; English where it is neither of those that reports are written in."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return spoken(os.environ[name]) or "en"
    import locale

    return spoken(locale.getlocale()[0]) or "en"
