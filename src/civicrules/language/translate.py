"""The forms of names and texts in another language, as far as a text gives them itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import define, evolve, field

from civicrules.diagnostics import Diagnostic, Label, Severity
from civicrules.language import nodes as n
from civicrules.language.cited import renamed
from civicrules.source import Span

Forms = Callable[[n.Name | n.Path], str | None]
_NAME_AND_TITLE = re.compile('([^"“”]*)(?:["“”](.*?)["“”]?)?')


def name_forms(text: str) -> tuple[str, str]:
    """Name and title of a line `in Chinese: NAME “title”`; either may be missing.

    >>> name_forms("band edge “which size?”"), name_forms("“When”")
    (('band edge', 'which size?'), ('', 'When'))
    """
    match = _NAME_AND_TITLE.fullmatch(text.strip())
    return (match[1].strip().strip("「」"), match[2] or "") if match else (text, "")


def written(entry: n.Entry) -> str:
    """The value of a line as it stands, quotes included."""
    return " ".join(entry.value_span.text.split()) if entry.value_span is not None else entry.text


def _declared(node: n.Declaration) -> Iterator[tuple[str, str]]:
    """What a declaration calls the same, as pairs of a form and its counterpart in the other script.

    A unit has several words in each language, the first of them the singular and the next the plural.
    """
    if node.opener == "unit":
        names = [*node.head.names, *(name for one in node.head.properties for group in one.names for name in group)]
        latin = [name.text for name in names if name.text.isascii()]
        other = [name.text for name in names if not name.text.isascii()]
        if latin and other:
            yield from ((form, other[0]) for form in latin)
            yield from ((form, latin[min(1, len(latin) - 1)]) for form in other)
        return
    groups = [node.head.names, *(group for one in node.head.properties for group in one.names)]
    for declared in node.fields:
        groups += [declared.names, *(group for one in declared.properties for group in one.names)]
    for group in groups:
        if len(group) == 2 and group[0].text.isascii() != group[1].text.isascii():
            yield group[0].text, group[1].text
            yield group[1].text, group[0].text


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())


@define
class Translation:
    """One translation of one text: from which language to which, the forms known, and what is missing.

    Names without a form stay: those that are `marked` in 「」, so that they are read whole; all of them for `None`.

    `forms` gives the form of a name that was resolved; `own` are the names that the text declares and those that every
    text can use; `keys` the keys of methods, which may be equal to names and mean something else; `sources` the names of
    its sources, `units` those of the units it declares, `nameless` what steps are steps of, which need not be declared.
    What has no form is kept with the place where it was met first.
    """

    language: str
    into: str
    forms: Forms
    own: Mapping[str, str]
    keys: Mapping[str, str]
    sources: Mapping[str, str]
    units: Mapping[str, str] = field(factory=dict)
    nameless: frozenset[str] = frozenset()
    marked: frozenset[str] | None = None
    _missed: dict[str, Span | None] = field(factory=dict)

    @classmethod
    def of(
        cls,
        language: str,
        into: str,
        forms: Forms,
        statements: Iterable[n.Statement],
        by_name: Mapping[str, str],
        keys: Mapping[str, str],
    ) -> Translation:
        own: dict[str, str] = {}
        sources: dict[str, str] = {}
        units: dict[str, str] = {}
        nameless: set[str] = set()
        for statement in statements:
            if isinstance(statement, n.Declaration):
                found = units if statement.opener == "unit" else own
                for one, other in _declared(statement):
                    found.setdefault(_key(one), other)
                continue
            nameless.update(_subjects_of_steps(statement))
            entries = getattr(statement, "entries", ())
            name = getattr(statement, "name", None)
            for entry in entries:
                other = name_forms(written(entry))[0] if entry.key == f"name.{into}" else ""
                if other and isinstance(name, n.Name):
                    own[_key(name.text)] = other
                if entry.key == "source" and len(entry.names) == 2:
                    first, second = (one.text for one in entry.names)
                    sources |= {first: second, second: first}
        own = {_key(form): other for form, other in by_name.items()} | own
        keys = {_key(form): other for form, other in keys.items()}
        return cls(language, into, forms, own, keys, sources, units, nameless=frozenset(nameless))

    def name(self, node: n.Name | n.Path) -> str | None:
        """The form of a name, or of a path as a whole; `None` when there is none."""
        found = self.forms(node)
        if found is not None:
            return found
        return self.own.get(_key(node.text)) if isinstance(node, n.Name) else None

    def key(self, node: n.Name) -> str | None:
        """The form of a key that a method declares."""
        return self.forms(node) or self.keys.get(_key(node.text))

    def unit(self, name: n.Name) -> str | None:
        """The form of a unit that the text declares."""
        return self.units.get(_key(name.text))

    def kept(self, name: n.Name) -> str:
        """A name that has no form in the other language: it stays, in marks where it would be read otherwise without."""
        self.missing(name.text, name.span)
        return f"「{name.text}」" if self.marked is None or name.text in self.marked else name.text

    def marking(self, names: Iterable[str]) -> Translation:
        """The same translation, not begun, with marks around these names only."""
        return evolve(self, marked=frozenset(names), missed={})

    def missing(self, text: str, span: Span | None) -> None:
        """Keep a name or a text that has no form in the other language."""
        self._missed.setdefault(text, span)

    def lacking(self, said: Callable[[Span | None], bool]) -> Iterator[Diagnostic]:
        """A warning on all that has no form, but for what stands in lines of which something is `said` already; one more on
        what steps are steps of, which is mended otherwise.
        """
        known = sorted(self._missed.items(), key=lambda one: one[1].start if one[1] is not None else 0)
        missed = {text: span for text, span in known if not said(span)}
        for what in ("declared", "subject"):
            texts = tuple(text for text in missed if (text in self.nameless) == (what == "subject"))
            if texts:
                first, *others = texts
                data = {"number": len(texts), what: first} | ({"others": tuple(others)} if others else {})
                related = tuple(Label(span) for text in others if (span := missed[text]) is not None)
                yield Diagnostic("CR0130", missed[first], data, Severity.WARNING, related)

    def given(self, entries: Iterable[n.Entry]) -> tuple[str, str]:
        """The forms of a name and a title that the lines below them give."""
        found = next((entry for entry in entries if entry.key == f"name.{self.into}"), None)
        return name_forms(written(found)) if found is not None else ("", "")

    def text(self, entry: n.Entry) -> str | None:
        """The other form of a quoted text, by the line below it."""
        name, title = self.given(entry.entries)
        return title or name or None

    def swapped(self, entry: n.Entry, owner: object) -> tuple[str, str]:
        """The line that gave the other form, as it gives the first form after the two have changed places."""
        name, title = name_forms(written(entry))
        first: str = ""
        first_title: str = ""
        match owner:
            case (n.Name() | None as own, n.Quoted() | None as quoted):
                first, first_title = (own.text if own else ""), (quoted.text if quoted else "")
            case n.Entry(text=text):
                first = first_title = text
            case n.Definition() | n.Table():
                first = owner.name.text
            case _:
                pass
        parts = (first if name else "", f"“{first_title}”" if title else "")
        return f"name.{self.language}", " ".join(part for part in parts if part)

    def citation(self, text: str) -> str:
        """A citation with the other names of its sources; what follows a name stays."""
        return renamed(text, self.sources)


def _subjects_of_steps(statement: n.Statement) -> Iterator[str]:
    """What the steps of a sentence in order are steps of: the author's words where no vocabulary has them."""
    for sentence in statement.sentences if isinstance(statement, n.Rule) else ():
        clause = sentence.clause
        asked = clause.predicate
        if isinstance(asked, n.Items) and asked.word.terminal == "FOLLOW_ORDER" and isinstance(clause.subject, n.Path):
            yield from (step.text for step in clause.subject.steps)
