"""Which declaration of a vocabulary bears a name: where two of them do, a text could not tell them apart."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field

from civicrules.diagnostics import Diagnostic, Label
from civicrules.language import nodes as n
from civicrules.program import Names, identifier
from civicrules.source import Span

# What bears a name: its kind (`entity`, `list`, `unit`, `field` …), its id, and where it was declared.
Bearer = tuple[str, str, int]


@define
class Claims:
    """The names that were given so far. Names of units are looked up apart from those of things, and fields by entity."""

    language: str
    taken: dict[tuple[str, str], list[tuple[Bearer, Span | None]]] = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)

    def claim(self, space: str, bearer: Bearer, names: Iterable[n.Name], allied: str = "") -> None:
        """Give names to something; one that something else bears is reported.

        `allied` is the id of an entity that may bear the same names: a list and its members' entity are told apart
        by the sentence (`ward's size`, `each ward`).
        """
        for name in names:
            bearers = self.taken.setdefault((space, identifier(name.text)), [])
            other = next((one for one in bearers if one[0] != bearer and one[0][:2] != ("entity", allied)), None)
            if other is not None:
                related = (Label(other[1], "first"),) if other[1] is not None else ()
                data = {"name": Names.of(**{self.language: name.text})}
                self.diagnostics.append(Diagnostic("CR0307", name.span, data, related=related))
            bearers.append((bearer, name.span))
