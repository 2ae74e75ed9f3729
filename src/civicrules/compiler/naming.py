"""The forms of the names and titles that a text declares."""

from __future__ import annotations

import re
from collections.abc import Iterable

from civicrules.compiler.vocabulary import is_chinese
from civicrules.language import nodes as n
from civicrules.program import Names


def own_names(name: str, entries: Iterable[n.Entry], language: str) -> Names:
    """The forms of a name: as written, and in other languages by lines `in Chinese: …`."""
    tag = "zh" if is_chinese(name) else language if language != "zh" else "en"
    given = {tag: name}
    for entry in entries:
        if entry.key.startswith("name."):
            written = re.split('["“]', entry.text)[0].strip()
            if written:
                given.setdefault(entry.key[5:], written)
    return Names.of(**given)


def titles(title: n.Quoted | None, entries: Iterable[n.Entry], language: str) -> Names:
    """The forms of a title or question: in quotes after the name, and in quotes in lines `in Chinese: name “…”`."""
    given = {language: title.text} if title and title.text else {}
    for entry in entries:
        if entry.key.startswith("name."):
            match = re.search('["“]([^"”]*)', entry.value_span.text if entry.value_span else "")
            if match:
                given.setdefault(entry.key[5:], match[1])
    return Names.of(**given)
