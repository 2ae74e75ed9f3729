"""The head of a ruleset: what it is, where it comes from, which vocabularies it uses."""

from __future__ import annotations

from datetime import date

from attrs import define, evolve, field

from civicrules.compiler.vocabulary import names_of
from civicrules.diagnostics import Diagnostic, Fix, Label
from civicrules.language import nodes as n
from civicrules.program import Names, SourceDocument, Validity, identifier
from civicrules.source import Span
from civicrules.suggest import nearest

# The levels of norms, highest first.
LEVELS = {
    "statute": Names.of(en="statute", zh="法律"),
    "regulation": Names.of(en="regulation", zh="行政法规"),
    "province": Names.of(en="province", zh="省"),
    "city": Names.of(en="city", zh="市"),
    "district": Names.of(en="district", zh="区"),
    "street": Names.of(en="street", zh="街道"),
    "community": Names.of(en="community", zh="社区"),
}


_KEYS = ("level", "valid", "facts", "uses", "version", "source", "name.en", "name.zh")


@define
class Header:
    """The keys of a `ruleset` block, read."""

    node: n.Ruleset | None
    language: str
    key_words: dict[str, str]
    diagnostics: list[Diagnostic] = field(factory=list)
    title: Names = field(factory=Names)
    level: str = ""
    version: str = ""
    valid: Validity = field(factory=Validity)
    sources: tuple[SourceDocument, ...] = ()
    facts: tuple[n.Entry, ...] = ()
    uses: tuple[n.Entry, ...] = ()

    @property
    def id(self) -> str:
        return self.node.name.text if self.node else ""

    def read(self) -> Header:
        """Fill the fields from the block."""
        if self.node is None:
            return self
        forms = {self.language: self.node.title.text} if self.node.title else {}
        seen: dict[str, n.Entry] = {}
        for entry in map(self.meant, self.node.entries):
            if entry.key in seen and entry.key not in ("source", "facts", "uses"):
                self.diagnostics.append(twice(entry, seen[entry.key]))
            seen.setdefault(entry.key, entry)
            match entry.key:
                case "level":
                    self.level = self.level_of(entry)
                case "version":
                    self.version = entry.text
                case "valid":
                    self.valid = validity(entry)
                case "facts":
                    self.facts = (*self.facts, entry)
                case "uses":
                    self.uses = (*self.uses, entry)
                case "source":
                    self.sources = (*self.sources, self.source(entry))
                case "name.en" | "name.zh":
                    forms[entry.key[5:]] = entry.text
                case _:
                    pass
        self.title = Names.of(**forms)
        return self

    def meant(self, entry: n.Entry) -> n.Entry:
        """An entry under the key it has or nearly has: a misspelt key is reported and read all the same."""
        if entry.key in _KEYS:
            return entry
        words = {self.key_words[key]: key for key in _KEYS if key in self.key_words}
        first, _, rest = _written(entry).partition(" ")
        source = next((word for word, key in words.items() if key == "source" and nearest(first, [word])), None)
        if rest and source is not None and entry.key_span is not None:
            place = Span(entry.key_span.source, entry.key_span.start, entry.key_span.start + len(first))
            self.diagnostics.append(unknown_key(evolve(entry, key=first, key_span=place), list(words)))
            names = tuple(n.Name(" ".join(name.split()), place) for name in rest.split("/") if name.strip())
            return evolve(entry, key="source", names=names)
        problem = unknown_key(entry, list(words))
        self.diagnostics.append(problem)
        meant = words.get(problem.fixes[0].replacement, entry.key) if problem.fixes else entry.key
        return entry if meant == "valid" else evolve(entry, key=meant)

    def level_of(self, entry: n.Entry) -> str:
        for id, names in LEVELS.items():
            if any(entry.text.casefold() == form for _, form in names.forms):
                return id
        known = tuple(LEVELS.values())
        suggestions = nearest(entry.text, [form for names in known for _, form in names.forms])
        data = {"name": entry.text, "suggestions": suggestions, "options": known}
        self.diagnostics.append(Diagnostic("CR0319", entry.value_span, data))
        return ""

    def source(self, entry: n.Entry) -> SourceDocument:
        names = names_of(entry.names, self.language)
        titles = {self.language: entry.text}
        titles.update({e.key[5:]: e.text for e in entry.entries if e.key.startswith("name.")})
        if not entry.names:
            self.diagnostics.append(Diagnostic("CR0333", entry.key_span))
        return SourceDocument(identifier(names.text("en")), names, Names.of(**titles))


def _written(entry: n.Entry) -> str:
    return entry.key_span.text if entry.key_span else entry.key


def twice(entry: n.Entry, first: n.Entry) -> Diagnostic:
    """The diagnostic for a key that stands twice in a block."""
    related = (Label(first.key_span, "first"),) if first.key_span else ()
    return Diagnostic("CR0322", entry.key_span, {"key": _written(entry)}, related=related)


def unknown_key(entry: n.Entry, known: list[str]) -> Diagnostic:
    """The diagnostic for a key that a block does not have."""
    written = _written(entry)
    suggestions = nearest(written, known)
    fixes = tuple(Fix(entry.key_span, s) for s in suggestions[:1]) if entry.key_span else ()
    data = {"key": written, "suggestions": suggestions, "known": tuple(dict.fromkeys(known))}
    return Diagnostic("CR0302", entry.key_span, data, fixes=fixes)


def validity(entry: n.Entry) -> Validity:
    """From and until of a `valid` line."""
    days: list[date | None] = [value.value if isinstance(value, n.Day) else None for value in entry.values]
    start, end, *_ = (*days, None, None)
    return Validity(start, end)
