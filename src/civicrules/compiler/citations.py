"""Where statements come from, and the keys that stand below them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field

from civicrules import program as p
from civicrules.compiler.header import Header, twice, unknown_key
from civicrules.compiler.scope import Scope
from civicrules.diagnostics import Diagnostic, Label
from civicrules.language import nodes as n
from civicrules.language.cited import parts, renamed, source_of
from civicrules.program import Names, identifier
from civicrules.source import Span
from civicrules.suggest import nearest


@define
class Citations:
    """The citations of one tree: of a line, of its statement, of the section it stands in."""

    tree: n.Tree
    scope: Scope
    header: Header
    sections: dict[int, n.Section] = field(factory=dict)
    _unknown_sources: set[str] = field(factory=set)
    _uncited: dict[int, list[Span]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        section: n.Section | None = None
        for statement in self.tree.statements:
            if isinstance(statement, n.Section):
                section = statement
                if section.citation is not None:  # looked up even where no sentence below was understood
                    self.cited(section.citation)
            elif section is not None:
                self.sections[id(statement)] = section

    def check_entries(self, entries: Iterable[n.Entry], known: tuple[str, ...]) -> bool:
        """Report keys that a statement does not have or has twice; whether there are none."""
        words = list(dict.fromkeys(self.header.key_words[k] for k in self.header.key_words if k.startswith(known)))
        seen: dict[str, n.Entry] = {}
        sound = True
        for entry in entries:
            if entry.key not in known and not entry.key.startswith("name."):
                self.scope.diagnostics.append(unknown_key(entry, words))
                sound = False
            elif entry.key in seen and entry.key != "also":
                self.scope.diagnostics.append(twice(entry, seen[entry.key]))
            seen.setdefault(entry.key, entry)
        return sound

    def citation(
        self, statement: n.Statement, own: n.Reference | None, *outer: n.Reference | None
    ) -> p.Citation | None:
        """The nearest citation: of the line, of the statement, of the section."""
        section = self.sections.get(id(statement))
        for reference in (own, *outer, section.citation if section else None):
            if reference is not None:
                return self.cited(reference)
        return None

    def cited(self, reference: n.Reference) -> p.Citation:
        """A citation in every language in which its sources have names; it is filed under the first of them."""
        cited = [(part, self.source(part)) for part in parts(reference.text)]
        for at, (part, source) in enumerate(cited):
            if source is None:
                self.unknown_source(part, reference, first=at == 0)
        first = cited[0][1]
        if first is None:
            word = (reference.text.split() or [reference.text])[0]
            return p.Citation(identifier(word), Names.of(**{self.tree.language: reference.text}), reference.span)
        tags = dict.fromkeys(tag for _, source in cited if source is not None for tag, _ in source.names.forms)
        article = {tag: renamed(reference.text, self.names_in(tag)) for tag in tags}
        return p.Citation(first.id, Names.of(**article), reference.span)

    def source(self, part: str) -> p.SourceDocument | None:
        """The declared source that a part of a citation names."""
        forms = {form: source for source in self.header.sources for _, form in source.names.forms}
        found = source_of(part, forms)
        return None if found is None else forms[found[0]]

    def names_in(self, language: str) -> dict[str, str]:
        """Every form of the name of a source, with its form in a language."""
        return {form: one.names.text(language) for one in self.header.sources for _, form in one.names.forms}

    def unknown_source(self, part: str, reference: n.Reference, first: bool) -> None:
        """Report a source that is not declared. What follows a semicolon may be another article of the same source."""
        known = [form for source in self.header.sources for _, form in source.names.forms]
        word = (part.split() or [part])[0]
        near = nearest(word, known)
        if word in self._unknown_sources or not (known or not self.header.diagnostics) or not (first or near):
            return
        self._unknown_sources.add(word)
        place = None
        if reference.span is not None:
            begin = reference.span.start + max(reference.span.text.find(part), 0)
            place = Span(reference.span.source, begin, begin + len(word))
        self.scope.report("CR0305", place, name=word, suggestions=near, known=tuple(known))

    def uncited(self, statement: n.Statement, span: Span | None) -> None:
        """Note a statement without a citation; those of one section are reported together."""
        section = self.sections.get(id(statement))
        if span is not None:
            self._uncited.setdefault(id(section) if section else 0, []).append(span)

    def example(self) -> Names:
        """A citation as it may look: of a source of the text, where it declares one."""
        own = next((source.names for source in self.header.sources), Names())
        return Names.of(en=f"{own.text('en') or 'notice'} 7(2)", zh=f"{own.text('zh') or '通知'} 第七条第二款")

    def report_uncited(self) -> None:
        """One diagnostic for each section in which statements lack a citation, at the first of them."""
        sections = {id(s): s for s in self.tree.statements if isinstance(s, n.Section)}
        for key, spans in self._uncited.items():
            section = sections.get(key)
            if section is not None and self.scope.is_spoilt(section.span):
                continue
            place = section.span if section is not None and section.span and len(spans) > 1 else None
            data: dict[str, object] = {"example": self.example()}
            data |= {} if len(spans) == 1 else {"number": len(spans)}
            related = (Label(place, "section"),) if place else ()
            first = min(spans, key=lambda span: span.start)
            self.scope.diagnostics.append(Diagnostic("CR0304", first, data, related=related))
