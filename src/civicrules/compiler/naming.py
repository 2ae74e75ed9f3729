"""The forms of the names and titles that a text declares."""

from __future__ import annotations

import re
from collections.abc import Iterable

from civicrules.compiler.scope import Scope, forms
from civicrules.compiler.vocabulary import is_chinese
from civicrules.language import nodes as n
from civicrules.program import Names, identifier


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


def rule_names(name: n.Name, entries: Iterable[n.Entry], scope: Scope) -> Names:
    """The forms of the name of a rule. One that is called like a fact or a list, and has no other form of its own, has
    those of the vocabulary, where all that bear the name agree.
    """
    names = own_names(name.text, entries, scope.language)
    if len(names.forms) > 1:
        return names
    alike = {one.forms for one in scope.vocabulary.called() if identifier(name.text) in forms(one)}
    return Names(*alike) if len(alike) == 1 else names


def titles(title: n.Quoted | None, entries: Iterable[n.Entry], language: str) -> Names:
    """The forms of a title or question: in quotes after the name, and in quotes in lines `in Chinese: name “…”`."""
    given = {language: title.text} if title and title.text else {}
    for entry in entries:
        if entry.key.startswith("name."):
            match = re.search('["“]([^"”]*)', entry.value_span.text if entry.value_span else "")
            if match:
                given.setdefault(entry.key[5:], match[1])
    return Names.of(**given)
