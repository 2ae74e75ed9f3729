"""Lines of a vocabulary that were not understood: the names on them are meant to be known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.language import nodes as n
from civicrules.program import identifier
from civicrules.source import Source, Span
from civicrules.values import frozen

_QUOTED = re.compile("「([^」\n]+)」")
_PARTS = re.compile('[/／:：,，;；、「」"“”]')
# What is said of a line because a name on it is not declared.
_FOLLOWING = frozenset({"CR0206", "CR0331", "CR0350", "CR0351"})


@frozen
class Broken:
    """The parts of lines that were not understood, as ids, and the names in 「」 on them, which a text is read with."""

    parts: frozenset[str] = frozenset()
    quoted: frozenset[str] = frozenset()

    def __or__(self, other: Broken) -> Broken:
        return Broken(self.parts | other.parts, self.quoted | other.quoted)


NOTHING_BROKEN = Broken()


def sorted_out(
    source: Source, tree: n.Tree, diagnostics: Sequence[Diagnostic]
) -> tuple[Broken, tuple[Diagnostic, ...]]:
    """The parts of the lines that were not understood, and what is said of those lines but not of what follows from them."""
    wrong = [(one, one.place) for one in diagnostics if one.severity is Severity.ERROR]
    kept = {one.span.start for one in tree.statements if one.span is not None}
    spans = [one.span for one in tree.spoilt if one.span.start not in kept]
    spans += [place for one, place in wrong if isinstance(place, Span) and one.code not in _FOLLOWING]
    lines = [_lines(source, span) for span in spans]
    found = {part for text in lines for part in _parts(text)}
    left = list(diagnostics)
    for one, place in wrong:  # in the order of the text: lists rest on those above them
        if isinstance(place, Span) and one.code in _FOLLOWING:
            own = set(_parts(_lines(source, place)))
            if _follows(one, own, found):
                left.remove(one)
            found |= own
    return Broken(frozenset(found), frozenset(_QUOTED.findall("\n".join(lines)))), tuple(left)


def is_part(name: str, parts: Collection[str]) -> bool:
    """Whether a name stands in a part of a line as whole words, or (a Chinese one) where a part begins or ends.

    >>> is_part("candidate", {"each_candidate"}), is_part("date", {"candidate"}), is_part("居委会", {"机构 居委会"})
    (True, False, True)
    """
    wanted = identifier(name)
    if wanted.isascii():
        return bool(wanted) and any(f"_{wanted}_" in f"_{part}_" for part in parts)
    return any(part.startswith(wanted) or part.endswith(wanted) for part in parts)


def _follows(diagnostic: Diagnostic, own: Collection[str], found: Collection[str]) -> bool:
    name = diagnostic.data.get("name")
    if isinstance(name, str):  # a list of people names no entity
        return is_part(name or "person", found)
    return any(is_part(one, own) for one in found)


def _lines(source: Source, span: Span) -> str:
    """The lines on which a span stands."""
    text = source.text
    end = text.find("\n", max(span.start, span.end - 1))
    return text[text.rfind("\n", 0, span.start) + 1 : len(text) if end < 0 else end]


def _parts(lines: str) -> Iterator[str]:
    for line in lines.split("\n"):
        yield from filter(None, map(identifier, _PARTS.split(line.partition("#")[0])))
