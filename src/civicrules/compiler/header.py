"""The head of a ruleset: what it is, where it comes from, which vocabularies it uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from attrs import define, evolve, field

from civicrules import days
from civicrules.compiler.naming import own_names
from civicrules.compiler.vocabulary import names_of
from civicrules.diagnostics import Diagnostic, Fix, Label
from civicrules.language import nodes as n
from civicrules.program import LEVELS, Expression, Names, SourceDocument, Validity, identifier
from civicrules.source import Span
from civicrules.suggest import nearest

# How a ruleset counts days: for each key of its header the ways there are, in words, and what they set.
CONVENTIONS: Mapping[str, Mapping[Enum, Names]] = {
    "days_back": {
        days.Back.EVENT_NOT_COUNTED: Names.of(en="event day not counted", zh="事件当日不计入"),
        days.Back.EVENT_COUNTED: Names.of(en="event day counted", zh="事件当日计入"),
        days.Back.CLEAR_DAYS: Names.of(en="clear days", zh="间隔整日"),
    },
    "days_forward": {
        days.Forward.FIRST_DAY_NOT_COUNTED: Names.of(en="first day not counted", zh="首日不计入"),
        days.Forward.FIRST_DAY_COUNTED: Names.of(en="first day counted", zh="首日计入"),
    },
    "missing_day": {
        days.MissingDay.LAST_OF_MONTH: Names.of(en="last day of the month", zh="当月末日"),
        days.MissingDay.FOLLOWING_DAY: Names.of(en="following day", zh="次日"),
    },
    "last_day": {
        days.LastDay.STAYS: Names.of(en="stays", zh="不顺延"),
        days.LastDay.NEXT_WORKING_DAY: Names.of(en="next working day", zh="顺延至下一工作日"),
    },
    "age_reached": {
        days.AgeReached.BIRTHDAY: Names.of(en="birthday", zh="生日当日"),
        days.AgeReached.DAY_AFTER: Names.of(en="day after the birthday", zh="生日次日"),
    },
}
_FIELDS = {"days_back": "back", "days_forward": "forward"}
_KEYS = (
    "level",
    "valid",
    "facts",
    "uses",
    "version",
    "source",
    "under",
    "prevails",
    "covers",
    "age_date",
    *CONVENTIONS,
    "name.en",
    "name.zh",
)


@define
class Header:
    """The keys of a `ruleset` block, read.

    `resolved` holds for a place in the text the words that it stands for, in all languages; `events` the ways to count
    that call the event by a name of its own (*election day not counted*): place, that name, what follows it.

    `ages` is the day that ages are counted to and `conventions` how days are counted: at first those of the ruleset above,
    where there is one; what the block says takes their place.
    """

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
    under: n.Entry | None = None
    prevails: Names = field(factory=Names)
    covers: Names = field(factory=Names)
    ages: n.Path | Expression | None = None
    conventions: days.Conventions = field(factory=days.Conventions)
    resolved: dict[tuple[int, int], Names] = field(factory=dict)
    events: list[tuple[Span, str, Names]] = field(factory=list)

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
                case "under":
                    self.under = entry
                case "prevails":
                    self.prevails = own_names(entry.text, entry.entries, self.language)
                case "covers":
                    self.covers = self.texts(entry)
                case "age_date":
                    self.ages = self.day_named(entry)
                case key if key in CONVENTIONS:
                    self.conventions = self.convention(entry)
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

    def day_named(self, entry: n.Entry) -> n.Path | None:
        """The day that a line names."""
        value = entry.values[0] if len(entry.values) == 1 else None
        if not entry.values:  # its key was misspelt, so that the value was not read
            value = n.Path((n.Name(entry.text, entry.value_span),), entry.value_span)
        if isinstance(value, n.Path):
            return value
        self.diagnostics.append(Diagnostic("CR0356", entry.value_span))
        return None

    def convention(self, entry: n.Entry) -> days.Conventions:
        """How days are counted: one of the named ways. An event may be called by its own name (election day)."""
        text, ways = " ".join(entry.text.casefold().split()), CONVENTIONS[entry.key]
        for way, names in ways.items():
            form = next((form for _, form in names.forms if _is_way(text, form)), None)
            if form is not None:
                self.note_way(entry, text, form, names)
                changed: dict[str, Any] = {_FIELDS.get(entry.key, entry.key): way}
                return evolve(self.conventions, **changed)
        known = tuple(ways.values())
        suggestions = nearest(text, [form for names in known for _, form in names.forms])
        self.diagnostics.append(_not_known("CR0357", entry, suggestions, known))
        return self.conventions

    def note(self, span: Span | None, names: Names) -> None:
        if span is not None:
            self.resolved[span.start, span.end] = names

    def note_way(self, entry: n.Entry, text: str, form: str, names: Names) -> None:
        """Remember the words of a way to count, and the name of the event where the text gives one."""
        self.note(entry.value_span, names)
        if text != form and entry.value_span is not None:
            event = text.removesuffix(form.removeprefix(_EVENT[form.isascii()])).strip()
            rest = Names.of(**{tag: one.removeprefix(_EVENT[one.isascii()]) for tag, one in names.forms})
            self.events.append((entry.value_span, event.removesuffix("当日"), rest))

    def name_events(self, form: Callable[[str], Names | None]) -> None:
        """Give the ways to count their words with the name of the event, which `form` finds in the vocabulary."""
        for span, event, rest in self.events:
            names = form(event)
            if names is not None and names.has("en") and names.has("zh"):
                english, chinese = names.text("en"), f"{names.text('zh')}当日"
                self.note(span, Names.of(en=english + rest.text("en"), zh=chinese + rest.text("zh")))

    def level_of(self, entry: n.Entry) -> str:
        for id, names in LEVELS.items():
            if any(entry.text.casefold() == form for _, form in names.forms):
                self.note(entry.value_span, names)
                return id
        known = tuple(LEVELS.values())
        suggestions = nearest(entry.text, [form for names in known for _, form in names.forms])
        self.diagnostics.append(_not_known("CR0319", entry, suggestions, known))
        return ""

    def source(self, entry: n.Entry) -> SourceDocument:
        names = names_of(entry.names, self.language)
        if not entry.names:
            self.diagnostics.append(Diagnostic("CR0333", entry.key_span))
        return SourceDocument(identifier(names.text("en")), names, self.texts(entry))

    def texts(self, entry: n.Entry) -> Names:
        """The words of an entry, and those of the lines below it in other languages."""
        others = {one.key[5:]: one.text for one in entry.entries if one.key.startswith("name.")}
        return Names.of(**{self.language: entry.text, **others})


def _not_known(code: str, entry: n.Entry, suggestions: tuple[str, ...], options: tuple[Names, ...]) -> Diagnostic:
    data = {"name": entry.text, "suggestions": suggestions, "options": options}
    fixes = tuple(Fix(entry.value_span, one) for one in suggestions[:1]) if entry.value_span is not None else ()
    return Diagnostic(code, entry.value_span, data, fixes=fixes)


# What the ways to count call the event whose day it is, in a Latin script or not.
_EVENT = {True: "event day", False: "事件当日"}


def _is_way(text: str, form: str) -> bool:
    event = _EVENT[form.isascii()]
    return text == form or (form.startswith(event) and text.endswith(form.removeprefix(event)))


def _written(entry: n.Entry) -> str:
    return entry.key_span.text if entry.key_span else entry.key


def twice(entry: n.Entry, first: n.Entry) -> Diagnostic:
    """The diagnostic for a key that stands twice in a block."""
    related = (Label(first.key_span, "first"),) if first.key_span else ()
    return Diagnostic("CR0322", entry.key_span, {"key": _written(entry)}, related=related)


def unknown_key(entry: n.Entry, known: Sequence[str], elsewhere: Sequence[str] = ()) -> Diagnostic:
    """The diagnostic for a key that a block does not have.

    `known` are the keys in the language of the text, `elsewhere` those in others: one of them is offered where none of the
    text's own is near.
    """
    written = _written(entry)
    suggestions = nearest(written, known) or nearest(written, elsewhere)
    fixes = tuple(Fix(entry.key_span, s) for s in suggestions[:1]) if entry.key_span else ()
    data = {"key": written, "suggestions": suggestions, "known": tuple(dict.fromkeys(known))}
    return Diagnostic("CR0302", entry.key_span, data, fixes=fixes)


def validity(entry: n.Entry) -> Validity:
    """From and until of a `valid` line."""
    days: list[date | None] = [value.value if isinstance(value, n.Day) else None for value in entry.values]
    start, end, *_ = (*days, None, None)
    return Validity(start, end)
