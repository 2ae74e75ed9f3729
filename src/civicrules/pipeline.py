"""The order of the stages, and nothing else: text → tree → Program; Program × Facts → findings and counts."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from civicrules import plugins
from civicrules.compiler.broken import NOTHING_BROKEN, Broken, sorted_out
from civicrules.compiler.compile import Compiler, functions_by_name
from civicrules.compiler.header import Header
from civicrules.compiler.layers import in_words
from civicrules.compiler.methods import advised, spoken
from civicrules.compiler.methods import words as method_words
from civicrules.compiler.parameters import LOCALS
from civicrules.compiler.scope import Scope
from civicrules.compiler.texts import with_texts
from civicrules.compiler.vocabulary import compile_vocabulary, merged
from civicrules.diagnostics import Diagnostic, Fix, Label, Severity, has_errors
from civicrules.language import nodes as n
from civicrules.language.layout import Line
from civicrules.language.opened import Opened, counts, declared_names, meant_opener, open_text, opener
from civicrules.language.parse import Parser, parse, reads_with, said_at
from civicrules.language.words import WordTable, beyond, word_table
from civicrules.library import Found, Library, What
from civicrules.plugin import Function, Method, Plugin, Registry, Text
from civicrules.program import DURATIONS, Names, Program, Vocabulary
from civicrules.source import Source, Span
from civicrules.suggest import nearest
from civicrules.values import frozen

if TYPE_CHECKING:
    from civicrules.language.format import Formatted

_LIMIT = 250_000
# What a text says that it could not be understood when a plugin it uses is missing: the missing plugin explains it.
_EXPLAINED = frozenset({"CR0101", "CR0103", "CR0104", "CR0201", "CR0212", "CR0302", "CR0317"})

# A method that nobody offers stops the counting of one contest or allocation, and nothing else.
_COUNTING = frozenset({"CR0317"})

# Without the names of these a text is not understood, whatever is done with it.
_LACKING = frozenset({"CR0303", "CR0366"})


@frozen
class Compiled:
    """A Program and everything said on the way; `program` is `None` when the text has no readable head."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    registry: Registry
    origin: str = ""


@define
class _Compilation:
    """One compilation: what is known so far. The registry grows by the plugins that the text asks for."""

    library: Library
    registry: Registry
    diagnostics: list[Diagnostic] = field(factory=list)
    texts: list[str] = field(factory=list)
    lacking: bool = False
    chain: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    broken: Broken = NOTHING_BROKEN
    resolved: Mapping[tuple[int, int], Names] = field(factory=dict)
    common: tuple[Names, ...] = ()
    of_vocabulary: tuple[Names, ...] = ()
    blocks: tuple[n.Block, ...] = ()

    def words(self, tag: str) -> WordTable | None:
        """The word table of a language: of the registry, else of an installed plugin that announces it."""
        if not self.registry.words(tag):
            self.registry, found = plugins.for_name("words", tag, self.registry, None)
            self.diagnostics.extend(found)
        owners = self.registry.words(tag)
        return word_table(owners[0][1].load()) if owners else None

    def open(self, source: Source) -> Opened | None:
        if len(source.text) > _LIMIT:
            self.diagnostics.append(Diagnostic("CR0120", Span(source, 0, 1), {"limit": _LIMIT}))
            return None
        known = [words.tag for plugin in self.registry.plugins for words in plugin.words]
        opened, found = open_text(source, self.words, known)
        self.diagnostics.extend(found)
        if opened is not None:
            self.texts.append(source.text)
        return opened

    # -- vocabularies

    def vocabulary(self, name: str, place: Span | None) -> Vocabulary | None:
        """A vocabulary by name; `None` after a diagnostic."""
        named = self.library.find("vocabulary", name) or self.from_plugins("vocabulary", name, place)
        found = named or self.nearest_vocabulary(name, place)
        if found is None:
            return None
        opened = self.open(found.source)
        if opened is None:
            return None
        vocabulary, broken, problems = _declared(opened)
        self.diagnostics.extend(problems)
        self.broken |= broken
        if named is not None:
            self.misnamed(name, vocabulary.id, found, place)
        return vocabulary

    def misnamed(self, name: str, held: str, found: Found, place: Span | None) -> None:
        """A warning when a text calls itself otherwise than it is kept."""
        if held not in ("", name):
            data = {"named": name, "held": held, "file": found.source.name}
            self.diagnostics.append(Diagnostic("CR0817", place, data, Severity.WARNING))

    def nearest_vocabulary(self, name: str, place: Span | None) -> Found | None:
        """After a diagnostic, the vocabulary that was probably meant: the text is looked through with it."""
        known = tuple(self.library.names("vocabulary"))
        suggestions = nearest(name, known)
        data = {"name": name, "suggestions": suggestions, "known": known}
        fixes = tuple(Fix(place, meant) for meant in suggestions[:1]) if place is not None else ()
        self.diagnostics.append(Diagnostic("CR0303", place, data, fixes=fixes))
        return self.library.find("vocabulary", suggestions[0]) if suggestions else None

    def from_plugins(self, what: What, name: str, place: Span | None, language: str = "") -> Found | None:
        if not self.texts_of(what, name):
            self.registry, found = plugins.for_name(what, name, self.registry, place)
            self.diagnostics.extend(found)
        for plugin, text in self.texts_of(what, name):
            sources, problems = plugins.guarded(plugin, name, text.load, dict, place)
            self.diagnostics.extend(problems)
            if sources:
                return Found(sources.get(language) or next(iter(sources.values())), plugin.name)
        return None

    def texts_of(self, what: What, name: str) -> Sequence[tuple[Plugin, Text]]:
        return self.registry.rulesets(name) if what == "ruleset" else self.registry.vocabularies(name)

    def vocabularies(self, entries: Iterable[n.Entry]) -> Vocabulary:
        found = []
        for entry in entries:
            for name in _listed(entry.text):
                vocabulary = self.vocabulary(name, _place_of(entry, name))
                if vocabulary is not None:
                    found.append(vocabulary)
        return merged(found) if found else Vocabulary("", Names())

    # -- plugins

    def uses(self, entries: Iterable[n.Entry], id: str, language: str) -> Iterable[tuple[Program, Span | None]]:
        """`uses: name 1.2`: a ruleset whose values are used, or the plugin of a distribution, with the least version."""
        for entry in entries:
            for item in _listed(entry.text):
                name, _, version = item.partition(" ")
                place = _place_of(entry, name)
                if self.library.find("ruleset", name, language) is None and not self.registry.rulesets(name):
                    self.plugin(name, version.strip(), place)
                    continue
                program = self.resting_on(name, place, id, language)
                if program is not None and plugins.is_older(program.version, version.strip()):
                    own = program.version or Names.of(en="not stated", zh="未写明")
                    data = {"name": name, "version": own, "wanted": version.strip()}
                    self.diagnostics.append(Diagnostic("CR0368", place, data))
                elif program is not None:
                    yield program, place

    def plugin(self, name: str, version: str, place: Span | None) -> None:
        """The plugin of a distribution; where there is none, rulesets that are called nearly so are offered too."""
        self.registry, found = plugins.named(name, self.registry, place, at_least=version)
        for one in found:
            near = nearest(name, self.library.names("ruleset")) if one.code == "CR0601" else ()
            if near:
                fixes = (Fix(place, near[0]),) if place is not None else ()
                data = {**one.data, "suggestions": near, "install": ""}
                self.diagnostics.append(evolve(one, data=data, fixes=fixes))
            else:
                self.diagnostics.append(one)

    # -- the text

    def compile(self, source: Source) -> Program | None:
        opened = self.open(source)
        if opened is None:
            return None
        header = self.head(opened)
        if header.node is None:
            return None
        before = len(self.diagnostics)
        used = tuple(self.uses(header.uses, header.id, opened.language))
        self.lacking = len(self.diagnostics) > before
        above = None if header.under is None else self.above(header.under, header.id, opened.language)
        vocabulary = self.vocabularies(header.facts)
        if above is not None:
            vocabulary = merged((vocabulary, above.vocabulary)) if header.facts else above.vocabulary
        elif not header.facts and not used:
            data = {"key": header.key_words["facts"]}
            self.diagnostics.append(Diagnostic("CR0318", header.node.span, data))
        for program, _ in used:
            if program.vocabulary != vocabulary:
                vocabulary = merged((vocabulary, program.vocabulary)) if vocabulary.entities else program.vocabulary
        if not vocabulary.entities:
            self.diagnostics.extend(header.diagnostics)
            return None
        methods = tuple(method for _, method in self.registry.methods())
        functions = [function for _, function in self.registry.functions()]
        declared = (
            declared_names(opened)
            | _vocabulary_names(vocabulary)
            | (_names_of(above) if above is not None else frozenset())
            | frozenset(form for one, _ in used for form in _names_of(one))
        )
        names = (
            declared
            | (
                method_words(spoken(counts(opened), methods)) - frozenset(_phrases(opened.tables))
            )  # a keyword stays one
            | {form for function in functions for _, form in function.names.forms}
            | self.broken.quoted
        )
        tree, problems = parse(opened, names, advised(methods))
        self.diagnostics.extend(problems)
        node = next((one for one in tree.statements if isinstance(one, n.Ruleset)), header.node)
        header = Header(node, opened.language, header.key_words)
        if above is not None:
            header.ages, header.conventions = above.age_date, above.conventions
        header.read()
        scope = Scope(
            vocabulary,
            _phrases(opened.tables),
            beyond(opened.tables),
            lambda place, text: reads_with(opened, names, place, text),
            lambda place: said_at(opened, names, place),
            measure=chinese.order.each_before if (chinese := self.words("zh")) is not None else lambda name: "",
            fillers=frozenset(word for table in opened.tables for word in table.fillers),
            functions=functions_by_name(functions),
            broken=self.broken.parts,
        )
        header.name_events(scope.called)
        scope.resolved.update(header.resolved)
        self.names, self.declared, self.resolved = names, declared, scope.resolved
        self.blocks = tuple(one for one in tree.statements if isinstance(one, n.Block))
        self.common = tuple(_common_names(methods, functions))
        self.of_vocabulary = tuple(vocabulary.called())
        try:
            program = Compiler(tree, scope, header, methods, above, used).compile()
        except RecursionError:  # deep lines in definitions that build on each other: each allowed, together too much
            self.diagnostics.append(Diagnostic("CR0113", node.span, {"limit": sys.getrecursionlimit()}))
            return None
        uncounted = _uncounted(self.blocks, scope.diagnostics)
        said = (_of_a_count(d) if _within(d.place, uncounted) else d for d in scope.diagnostics)
        self.diagnostics.extend((*header.diagnostics, *said))
        tables = {table.tag: table for table in opened.tables}
        for tag in ("en", "zh"):
            table = tables.get(tag) or self.words(tag)
            if table is not None:
                tables[tag] = table
        loaded = tuple((plugin.name, plugin.version) for plugin in self.registry.plugins)
        digest = hashlib.sha256("\0".join(self.texts).encode()).hexdigest()
        named = with_texts(_not_offered(program, uncounted), tree, scope, tables)
        self.diagnostics[:] = in_words(self.diagnostics, named)
        return evolve(named, digest=digest, plugins=loaded)

    def above(self, entry: n.Entry, id: str, language: str) -> Program | None:
        """The ruleset that this one stands under, in its own language where it can be; `None` after a diagnostic."""
        return self.resting_on(entry.text.strip(), entry.value_span, id, language)

    def resting_on(self, name: str, place: Span | None, id: str, language: str) -> Program | None:
        """A ruleset that the one with an id rests on: stands under, or uses; `None` after a diagnostic."""
        chain = tuple(dict.fromkeys((*self.chain, id)))
        if name in chain:
            self.diagnostics.append(Diagnostic("CR0365", place, {"chain": (*chain[chain.index(name) :], name)}))
            return None
        found = self.library.find("ruleset", name, language) or self.from_plugins("ruleset", name, place, language)
        if found is None:
            known = tuple(self.library.names("ruleset"))
            suggestions = nearest(name, known)
            fixes = tuple(Fix(place, meant) for meant in suggestions[:1]) if place is not None else ()
            data = {"name": name, "suggestions": suggestions, "known": known}
            self.diagnostics.append(Diagnostic("CR0366", place, data, fixes=fixes))
            return None
        higher = _Compilation(self.library, self.registry, chain=(*chain, name))
        program = higher.compile(found.source)
        circle = next((d for d in higher.diagnostics if d.code == "CR0365"), None)
        if circle is not None:
            self.diagnostics.append(evolve(circle, place=place))
            return None
        self.registry = higher.registry
        self.broken |= higher.broken
        self.misnamed(name, program.id if program is not None else "", found, place)
        self.texts.extend(higher.texts)
        mistakes = [d for d in higher.diagnostics if d.severity is Severity.ERROR]
        if mistakes:
            related = tuple(Label(d.place, "mistake") for d in mistakes[:3] if d.place is not None)
            facts: dict[str, object] = {"name": name, "number": len(mistakes)}
            self.diagnostics.append(Diagnostic("CR0367", place, facts, related=related))
        return program

    def head(self, opened: Opened) -> Header:
        """What the head of a text says of the texts and plugins that it rests on, before its names are known."""
        key_words = {key: words[0] for table in reversed(opened.tables) for key, words in table.keys.items()}
        reader = Parser(opened, frozenset(), texts_only=True)
        line = next((line for line in opened.lines if _opens(opened, line)), None)
        node = reader.statement(line) if line is not None else None
        if node is None:
            self.diagnostics.extend(reader.diagnostics)
        if line is None:
            first = Span(opened.source, 0, max(1, opened.source.text.find("\n")))
            self.diagnostics.append(Diagnostic("CR0301", first))
        return Header(node if isinstance(node, n.Ruleset) else None, opened.language, key_words).read()


def _uncounted(blocks: Iterable[n.Block], diagnostics: Iterable[Diagnostic]) -> tuple[Span, ...]:
    """Where the contests and allocations stand whose method nobody offers."""
    places = [d.place for d in diagnostics if d.code in _COUNTING]
    spans = (_whole(one) for one in blocks)
    return tuple(span for span in spans if span is not None and any(_within(place, (span,)) for place in places))


def _whole(block: n.Block) -> Span | None:
    """A block from its first line to the end of its last one."""
    if block.span is None:
        return None
    ends = [one.end for entry in block.entries for one in (entry.key_span, entry.value_span) if one is not None]
    return Span(block.span.source, block.span.start, max(block.span.end, *ends, 0))


def _within(place: object, spans: Iterable[Span]) -> bool:
    if not isinstance(place, Span):
        return False
    return any(place.source is one.source and one.start <= place.start < one.end for one in spans)


def _of_a_count(diagnostic: Diagnostic) -> Diagnostic:
    """What is said of a count that cannot be carried out stops nothing else: its other lines are for another method."""
    return evolve(diagnostic, severity=Severity.WARNING) if diagnostic.severity is Severity.ERROR else diagnostic


def _not_offered(program: Program, uncounted: tuple[Span, ...]) -> Program:
    """A Program in which what cannot be counted has no method, whichever one was probably meant."""
    if not uncounted:
        return program
    contests = tuple(evolve(one, method="") if _within(one.span, uncounted) else one for one in program.contests)
    allocations = tuple(evolve(one, method="") if _within(one.span, uncounted) else one for one in program.allocations)
    return evolve(program, contests=contests, allocations=allocations)


def _opens(opened: Opened, line: Line) -> bool:
    """Whether a line opens the ruleset, or nearly so."""
    found = opener(opened, line) or meant_opener(opened, line)
    return found is not None and found[0] == "ruleset"


def _listed(text: str) -> list[str]:
    return [name.strip() for name in re.split("[,，、]", text) if name.strip()]


def _place_of(entry: n.Entry, name: str) -> Span | None:
    span = entry.value_span
    if span is None:
        return None
    at = span.text.find(name)
    return Span(span.source, span.start + at, span.start + at + len(name)) if at >= 0 else span


def _phrases(tables: Iterable[WordTable]) -> tuple[str, ...]:
    found = (phrase for table in tables for phrases in table.keywords.values() for phrase in phrases)
    return tuple(dict.fromkeys(phrase for phrase in found if len(phrase) > 1 and phrase[0].isalpha()))


@lru_cache(maxsize=16)
def _declared(opened: Opened) -> tuple[Vocabulary, Broken, tuple[Diagnostic, ...]]:
    """What the text of a vocabulary declares, and what lines that were not understood would have declared.

    Kept, since most rulesets that a process compiles share one.
    """
    tree, problems = parse(opened, frozenset())
    vocabulary, more = compile_vocabulary(tree, _declaring(opened.tables), _instead(opened.tables))
    if not has_errors((*problems, *more)):
        return vocabulary, NOTHING_BROKEN, (*problems, *more)
    return vocabulary, *sorted_out(opened.source, tree, (*problems, *more))


def _instead(tables: Iterable[WordTable]) -> Mapping[str, str]:
    """What people write for the words of declarations."""
    return {wrong: right for table in tables for wrong, right in table.declared_instead.items()}


def _declaring(tables: Iterable[WordTable]) -> Mapping[str, tuple[str, ...]]:
    """The words of declarations in the languages that a text may use, its own first."""
    found: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for terminal, phrases in table.declarations.items():
            found[terminal] = (*found.get(terminal, ()), *phrases)
    return found


def _vocabulary_names(vocabulary: Vocabulary) -> frozenset[str]:
    """Every form of every name that a vocabulary declares, so that texts are read with them."""
    from civicrules.program import ChoiceType

    found: set[str] = set()
    for unit in vocabulary.units:
        for words in unit.words.values():
            found.update(words)
    for entity in vocabulary.entities:
        found.update(form for _, form in entity.names.forms)
        for item in entity.fields:
            found.update(form for names in (item.names, item.negative) for _, form in names.forms)
            if isinstance(item.type, ChoiceType):
                found.update(form for choice in item.type.choices for _, form in choice.names.forms)
    for entry in vocabulary.lists:
        found.update(form for names in (entry.names, entry.singular) for _, form in names.forms)
    found -= {word for unit in DURATIONS for words in unit.words.values() for word in words}  # the lexer has them
    return frozenset(found)


def _names_of(program: Program) -> frozenset[str]:
    """Every form of every name that a ruleset declares, for the texts below it.

    The names of an unnamed sentence are those of a fact, which its path stands for: `居委会的职数` stays two names.
    """
    values = [one.names for one in program.definitions] + [one.names for one in program.readings]
    groups = [names for group in program.groups for names in (group.names, group.singular)]
    rules = [rule.names for rule in program.rules if rule.named]
    every: list[Names] = [*values, *groups, *rules]
    return frozenset(form for names in every for _, form in names.forms)


def _common_names(methods: Iterable[Method], functions: Iterable[Function]) -> Iterable[Names]:
    """What methods and functions call themselves, their parameters and their options."""
    yield from (function.names for function in functions)
    yield from (local.names for local in LOCALS)
    for method in methods:
        yield method.names
        for parameter in method.parameters:
            yield parameter.names
            yield from (names for _, names in parameter.options)


def format_source(source: Source, library: Library, registry: Registry, into: str | None = None) -> Formatted:
    """A text formatted, or translated `into` another language and formatted. Never raises for what the text contains.

    A vocabulary that is missing or a plugin that cannot be loaded is said too: without its names a text is not
    understood.
    """
    from civicrules.language.format import format_text, translate_text

    compilation = _Compilation(library, registry)
    if not _is_vocabulary(source, compilation):
        compilation.compile(source)
    lacking = [d for d in compilation.diagnostics if d.code in _LACKING or d.code.startswith("CR06")]
    if into is None:
        made = format_text(source, compilation.words, compilation.names)
    else:
        forms = _forms(compilation.resolved, into)
        keys, mistaken = dict(_agreed(compilation.common, into)), _mistaken(compilation)
        declared = {form.casefold() for form in compilation.declared}
        by_name = {form: other for form, other in keys.items() if form.casefold() not in declared}
        by_name |= _agreed(compilation.of_vocabulary, into)
        made = translate_text(source, compilation.words, into, compilation.names, forms, by_name, keys, mistaken)
    return evolve(made, diagnostics=tuple(_in_order((*lacking, *made.diagnostics))))


def _agreed(names: Iterable[Names], into: str) -> Iterable[tuple[str, str]]:
    """The forms of names by the name alone: only of those that all who bear the name call the same."""
    found: dict[str, set[str | None]] = {}
    for one in names:
        for tag, form in one.forms:
            if tag != into:
                found.setdefault(form, set()).add(one.text(into) if one.has(into) else None)
    for form, others in found.items():
        match tuple(others):
            case (str() as only,):
                yield form, only


def _is_vocabulary(source: Source, compilation: _Compilation) -> bool:
    """Whether a text opens a vocabulary and no ruleset."""
    opened = open_text(source, compilation.words)[0]
    kinds = {found[0] for line in opened.lines if (found := opener(opened, line))} if opened is not None else set()
    return "vocabulary" in kinds and "ruleset" not in kinds


def _mistaken(compilation: _Compilation) -> tuple[Diagnostic, ...]:
    """What is wrong with lines of contests and allocations, whose words are those of a method and cannot be guessed at."""
    blocks = [one for one in compilation.blocks if one.opener in ("contest", "allocation")]
    lines = [entry.span for block in blocks for entry in block.entries if entry.span is not None]
    wrong = (d for d in compilation.diagnostics if d.severity is Severity.ERROR or d.code in _COUNTING)
    return tuple(found for found in wrong if _within(found.place, lines))


def _forms(resolved: Mapping[tuple[int, int], Names], tag: str) -> Callable[[n.Name | n.Path], str | None]:
    def form(node: n.Name | n.Path) -> str | None:
        names = resolved.get((node.span.start, node.span.end)) if node.span is not None else None
        return names.text(tag) if names is not None and names.has(tag) else None

    return form


def compile_source(source: Source, library: Library, registry: Registry, origin: str = "") -> Compiled:
    """Compile one text. Never raises for what the text contains."""
    compilation = _Compilation(library, registry)
    program = compilation.compile(source)
    found = [d for d in compilation.diagnostics if not (compilation.lacking and d.code in _EXPLAINED)]
    return Compiled(program, tuple(_in_order(found)), compilation.registry, origin)


def _in_order(diagnostics: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
    """Each mistake once, text by text as they were read, in the order of each."""
    unique = {(d.code, d.place): d for d in reversed(diagnostics)}
    texts = list(dict.fromkeys(d.place.source for d in diagnostics if isinstance(d.place, Span)))

    def at(found: Diagnostic) -> tuple[int, int, str]:
        place = found.place
        return (texts.index(place.source), place.start, found.code) if isinstance(place, Span) else (-1, 0, found.code)

    return sorted(reversed(unique.values()), key=at)
