"""Colons that do not part a label from its value: full-width ones, and those without a space after them."""

from __future__ import annotations

import re

from civicrules.diagnostics import Diagnostic, Fix, Label
from civicrules.source import Source, Span

# The first colon of a line, after a text that is neither quoted nor in brackets; `//` after it is an address.
_COLON = re.compile(
    r"^[ \t]*(?:-[ \t]+)*[^\s:：#'\"\[\]{},&*!|>%@`-][^\n:：#'\"]*?(?P<colon>：[ \t]*|:(?=[^\s:/]))", re.MULTILINE
)
_MOST = 50


def colons_in(source: Source, start: int = 0, end: int | None = None) -> Diagnostic | None:
    """One diagnostic for all such colons in the lines from `start` to `end`, nothing where there are none."""
    first = source.text.rfind("\n", 0, start) + 1
    matches = _COLON.finditer(source.text, first, len(source.text) if end is None else end)
    places = [Span(source, match.start("colon"), match.end("colon")) for match in matches if match.end() > start]
    if not places:
        return None
    fixes = tuple(Fix(place, ": ", safe=True) for place in places)
    related = tuple(Label(place, "also") for place in places[1:_MOST])
    data = {"found": places[0].text.strip(), "count": len(places)}
    return Diagnostic("CR0412", places[0], data, related=related, fixes=fixes)
