"""A tree to a Program: statements in order, each with what could not be understood of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from attrs import define, evolve, field

from civicrules import program as p
from civicrules.compiler import tables
from civicrules.compiler.expressions import (
    ROUNDINGS,
    ROW_CHOICES,
    ExpressionCompiler,
    missing_rounding,
    unrounded_rates,
)
from civicrules.compiler.header import Header, twice, unknown_key, validity
from civicrules.compiler.mentions import mentions
from civicrules.compiler.methods import BlockCompiler
from civicrules.compiler.scope import Named, Scope, forms, joined
from civicrules.compiler.vocabulary import id_of, is_chinese
from civicrules.diagnostics import Diagnostic, Fix, Label
from civicrules.exact import Exact, Rounding
from civicrules.language import nodes as n
from civicrules.plugin import Function, Method, Purpose
from civicrules.program import Expression, Force, Names, Type, identifier
from civicrules.source import Span
from civicrules.suggest import nearest

_FORCES = {"MUST": Force.MUST, "SHOULD": Force.SHOULD, "ENCOURAGED": Force.ENCOURAGED, "MAY": Force.MAY}


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


_TABLE_KEYS = ("name.", "because")
# Definitions that rest on each other through more steps nobody can follow.
_DEEPEST = 30
T = TypeVar("T")
ExampleValue = Exact | date | bool | str | tuple[Exact, Exact]


@define
class Compiler:
    """Compiles one tree. Definitions are compiled when their names are first used, so that their types are known."""

    tree: n.Tree
    scope: Scope
    header: Header
    methods: tuple[Method, ...]
    _definitions: dict[str, n.Definition | n.Table] = field(factory=dict)
    _readings: dict[str, n.Block] = field(factory=dict)
    _done: dict[str, p.Definition | p.Reading | None] = field(factory=dict)
    _busy: list[str] = field(factory=list)
    _sections: dict[int, n.Section] = field(factory=dict)
    _unknown_sources: set[str] = field(factory=set)
    _uncited: dict[int, list[Span]] = field(factory=dict)
    _expressions: ExpressionCompiler = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._expressions = ExpressionCompiler(self.scope, self.type_of, self.rounding_reading)

    # -- the whole

    def compile(self) -> p.Program:
        """The Program of everything that was sound."""
        self.scope.spoilt, self.scope.language = self.tree.spoilt, self.tree.language
        self.declare()
        for id in [*self._readings, *self._definitions]:
            self.value(id)
        rules = self.rules()
        contests, allocations = self.blocks()
        self.report_uncited()
        done = self._done.values()
        return p.Program(
            self.header.id,
            self.header.title,
            self.header.level,
            self.header.valid,
            self.scope.vocabulary,
            self.header.sources,
            tuple(d for d in done if isinstance(d, p.Definition)),
            tuple(d for d in done if isinstance(d, p.Reading)),
            rules,
            contests,
            allocations,
            tuple(e for s in self.tree.statements if isinstance(s, n.Example) for e in self.example(s)),
            language=self.tree.language,
            version=self.header.version,
        )

    def declare(self) -> None:
        """Names first, so that statements may use what stands below them."""
        section: n.Section | None = None
        for statement in self.tree.statements:
            if isinstance(statement, n.Section):
                section = statement
            elif section is not None:
                self._sections[id(statement)] = section
            match statement:
                case n.Definition(name=name, entries=entries) | n.Table(name=name, entries=entries):
                    self.declare_one(name, entries, statement, self._definitions)
                case n.Block(opener="reading", name=name, entries=entries):
                    self.declare_one(name, entries, statement, self._readings, reading=True)
                case n.VocabularyHead() | n.Declaration():
                    self.scope.report("CR0337", statement.span)
                case n.Ruleset(name=name) if self.header.node and name.span != self.header.node.name.span:
                    related = (Label(self.header.node.name.span, "first"),) if self.header.node.name.span else ()
                    names = Names.of(**{self.tree.language: name.text})
                    self.scope.diagnostics.append(Diagnostic("CR0307", name.span, {"name": names}, related=related))
                case _:
                    pass

    def declare_one(
        self, name: n.Name, entries: Iterable[n.Entry], statement: T, into: dict[str, T], reading: bool = False
    ) -> None:
        names = own_names(name.text, entries, self.tree.language)
        id_ = id_of(names)
        first = self._definitions.get(id_) or self._readings.get(id_)
        if first is not None:
            related = (Label(first.name.span, "first"),) if first.name.span else ()
            self.scope.diagnostics.append(Diagnostic("CR0307", name.span, {"name": names}, related=related))
            return
        into[id_] = statement
        self.scope.declare(names, id_, reading)

    # -- definitions and readings

    def value(self, id: str, asked: Span | None = None) -> p.Definition | p.Reading | None:
        """A definition or reading, compiled; `None` when it is not sound."""
        if id in self._done:
            return self._done[id]
        if len(self._busy) > _DEEPEST:
            self.scope.report("CR0113", asked, limit=_DEEPEST)
            return None
        if id in self._busy:
            chain = (*self._busy[self._busy.index(id) :], id)
            self.scope.report("CR0308", asked, chain=tuple(c.replace("_", " ") for c in chain))
            return None
        self._busy.append(id)
        node = self._definitions.get(id)
        made = self.reading(id) if node is None else self.definition(id, node)
        self._busy.pop()
        self._done[id] = made
        return made

    def type_of(self, named: Named, span: Span | None) -> Type | None:
        found = self.value(named.id, span)
        if isinstance(found, p.Definition):
            return found.type
        if isinstance(found, p.Reading):
            values = [option.value for option in found.options]
            if isinstance(values[0], Rounding | p.RowChoice):
                self.scope.report("CR0314", span, name=found.names)
                return None
            return values[0].type
        return None

    def rounding_reading(self, path: n.Path) -> str | None:
        return self.reading_of(path, Rounding, "CR0315")

    def reading_of(self, path: n.Path, kind: type, code: str) -> str | None:
        """The id of a reading whose options are of a kind; `None` after a diagnostic."""
        target = self.scope.named.get(joined(path))
        known = [form for id, block in self._readings.items() for _, form in self.scope.named[id].names.forms]
        if target is None or not target.reading:
            self.scope.unknown(path, known, "CR0316")
            return None
        self.scope.note(path.span, target.names)
        reading = self.value(target.id, path.span)
        if not isinstance(reading, p.Reading):
            return None
        if not isinstance(reading.taken.value, kind):
            self.scope.report(code, path.span, name=reading.names)
            return None
        return reading.id

    def definition(self, id: str, node: n.Definition | n.Table) -> p.Definition | None:
        names = own_names(node.name.text, node.entries, self.tree.language)
        body = self.table(node) if isinstance(node, n.Table) else self._expressions.expression(node.value)
        self.check_entries(node.entries, (*_TABLE_KEYS, "overlap") if isinstance(node, n.Table) else _TABLE_KEYS)
        citation = self.citation(node, node.citation)
        if body is None:
            return None
        for rate in unrounded_rates(body):
            self.scope.report("CR0309", rate.span, **missing_rounding(rate))
        seen = tuple(mentions(body, self))
        return p.Definition(id, names, body, citation, Names(), seen, node.span)

    def table(self, node: n.Table) -> Expression | None:
        given = self._expressions.path(node.input, None)
        if given is None:
            return None
        rows: list[p.TableRow] = []
        type_: Type | None = None
        choices = self.choice_names(node)
        for row in node.rows:
            value = self._expressions.expression(row.value, choices)
            self.check_entries(row.entries, ())
            if value is None:
                continue
            made = tables.row(self._expressions, given, row, value)
            if made is not None:
                rows.append(made)
                type_ = type_ or value.type
        if not rows or type_ is None or len(rows) != len(node.rows):
            if not node.rows and not self.scope.is_spoilt(node.span):
                self.scope.report("CR0325", node.span)
            return None
        overlap = self.overlap(node)
        decided = any(entry.key not in _TABLE_KEYS and not entry.key.startswith("name.") for entry in node.entries)
        table = p.Table(given, tuple(rows), overlap, _widest(rows, type_), node.span)
        if not self.scope.is_spoilt(node.span):
            found = tables.check(table, self.constant)
            self.scope.diagnostics.extend(d for d in found if not (decided and d.code == "CR0310"))
        return table

    def choice_names(self, node: n.Table) -> Type | None:
        """A table whose values are names defines a choice; it is the field of that name where one is declared."""
        if not node.rows or not isinstance(node.rows[0].value, n.Path):
            return None
        for entity in self.scope.vocabulary.entities:
            for item in entity.fields:
                if isinstance(item.type, p.ChoiceType) and self.scope.choice(node.rows[0].value, item.type):
                    return item.type
        return None

    def overlap(self, node: n.Table) -> str | None:
        entry = next((e for e in node.entries if e.key == "overlap"), None)
        if entry is None or not entry.values or not isinstance(entry.values[0], n.Path):
            return None
        return self.reading_of(entry.values[0], p.RowChoice, "CR0315")

    def constant(self, expression: Expression) -> Exact | None:
        """The value of an end of a row that needs no fact, under the readings taken."""
        match expression:
            case p.Literal(value=int() | bool() as value):
                return int(value)
            case p.ValueOf(id=id):
                found = self.value(id)
                if isinstance(found, p.Reading) and not isinstance(found.taken.value, Rounding | p.RowChoice):
                    return self.constant(found.taken.value)
        return None

    def reading(self, id: str) -> p.Reading | None:
        node = self._readings[id]
        names = own_names(node.name.text, node.entries, self.tree.language)
        question = titles(node.title, node.entries, self.tree.language)
        sound = self.check_entries(node.entries, ("name.", "taken", "also", "because"))
        taken = [e for e in node.entries if e.key == "taken"]
        also = [e for e in node.entries if e.key == "also"]
        if not taken or not also:
            if sound and not self.scope.is_spoilt(node.span):
                self.scope.report("CR0326", node.span)
            return None
        options: list[p.Option] = []
        for entry in (*taken[:1], *also):
            value = self.reading_value(entry)
            if value is None:
                return None
            options.append(p.Option(value, Names.of(**{self.tree.language: entry.text})))
        kinds = {_option_kind(o.value) for o in options}
        if len(kinds) > 1:
            self.scope.report("CR0327", also[0].value_span)
            return None
        because = next((e for e in node.entries if e.key == "because"), None)
        reasons = {self.tree.language: because.text} if because else {}
        if because:
            reasons.update({e.key[5:]: e.text for e in because.entries if e.key.startswith("name.")})
        citation = self.citation(node, node.citation)
        return p.Reading(id, names, question, tuple(options), Names.of(**reasons), citation, node.span)

    def reading_value(self, entry: n.Entry) -> Rounding | p.RowChoice | Expression | None:
        node = entry.values[0] if len(entry.values) == 1 else None
        if isinstance(node, n.Option):
            terminal = node.word.terminal
            return ROUNDINGS.get(terminal) or ROW_CHOICES[terminal]
        if node is None:
            self.scope.report("CR0328", entry.value_span)
            return None
        return self._expressions.expression(node)

    # -- citations and lines of a statement

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
        section = self._sections.get(id(statement))
        for reference in (own, *outer, section.citation if section else None):
            if reference is not None:
                return self.cited(reference)
        return None

    def cited(self, reference: n.Reference) -> p.Citation:
        text = reference.text
        for source in self.header.sources:
            for form in sorted((f for _, f in source.names.forms), key=len, reverse=True):
                if text.casefold().startswith(form.casefold()):
                    article = text[len(form) :].strip()
                    other = {tag: f"{name} {article}".strip() for tag, name in source.names.forms}
                    return p.Citation(source.id, Names.of(**other), reference.span)
        known = [form for source in self.header.sources for _, form in source.names.forms]
        first = text.split()[0] if text.split() else text
        place = (
            Span(reference.span.source, reference.span.start, reference.span.start + len(first))
            if reference.span
            else None
        )
        if first not in self._unknown_sources and (known or not self.header.diagnostics):
            self._unknown_sources.add(first)
            self.scope.report("CR0305", place, name=first, suggestions=nearest(first, known), known=tuple(known))
        return p.Citation(identifier(first), Names.of(**{self.tree.language: text}), reference.span)

    def uncited(self, statement: n.Statement, span: Span | None) -> None:
        """Note a statement without a citation; those of one section are reported together."""
        section = self._sections.get(id(statement))
        if span is not None:
            self._uncited.setdefault(id(section) if section else 0, []).append(span)

    def report_uncited(self) -> None:
        """One diagnostic for each section in which statements lack a citation, at the first of them."""
        sections = {id(s): s for s in self.tree.statements if isinstance(s, n.Section)}
        for key, spans in self._uncited.items():
            section = sections.get(key)
            if section is not None and self.scope.is_spoilt(section.span):
                continue
            place = section.span if section is not None and section.span and len(spans) > 1 else None
            data: dict[str, object] = {} if len(spans) == 1 else {"number": len(spans)}
            related = (Label(place, "section"),) if place else ()
            first = min(spans, key=lambda span: span.start)
            self.scope.diagnostics.append(Diagnostic("CR0304", first, data, related=related))

    # -- rules

    def rules(self) -> tuple[p.Rule, ...]:
        found: dict[str, p.Rule] = {}
        texts: dict[str, Span] = {}
        for statement in self.tree.statements:
            if not isinstance(statement, n.Rule) or self.doubled(statement, texts):
                continue
            rule = self.rule(statement)
            if rule is None:
                continue
            if rule.id in found:
                self.again(rule, found[rule.id], statement)
                continue
            found[rule.id] = rule
        return tuple(found.values())

    def doubled(self, statement: n.Rule, texts: dict[str, Span]) -> bool:
        """Whether the same sentence stands further up, word for word; it is reported."""
        if statement.name is not None or statement.span is None or len(statement.sentences) != 1:
            return False
        sentence = statement.sentences[0].span
        text = "" if sentence is None else " ".join(sentence.text.split())
        first = texts.setdefault(text, statement.span)
        if first == statement.span:
            return False
        fix = (Fix(_line(statement.span), ""),)
        self.scope.diagnostics.append(Diagnostic("CR0323", statement.span, related=(Label(first, "first"),), fixes=fix))
        return True

    def again(self, rule: p.Rule, first: p.Rule, statement: n.Rule) -> None:
        span = statement.span
        inside = (d.place for d in self.scope.diagnostics if isinstance(d.place, Span))
        if span is not None and any(span.start <= place.start < span.end for place in inside):
            return
        related = (Label(first.span, "first"),) if first.span else ()
        subject = rule.names
        code = "CR0306" if statement.name is None else "CR0307"
        example = Names.of(en=f"rule {subject.text('en')} again", zh=f"规则 {subject.text('zh')}之二")
        self.scope.diagnostics.append(
            Diagnostic(code, statement.span, {"name": subject, "example": example}, related=related)
        )

    def rule(self, node: n.Rule) -> p.Rule | None:
        sentences = [s for item in node.sentences if (s := self.sentence(item, node)) is not None]
        self.check_entries(node.entries, ("name.", "because"))
        if not sentences:
            return None
        section = self._sections.get(id(node))
        heading = titles(section.title, section.entries, self.tree.language) if section else Names()
        if section:
            heading = Names.of(
                **{**dict(heading.forms), **{e.key[5:]: e.text for e in section.entries if e.key.startswith("name.")}}
            )
        if node.name is not None:
            names = own_names(node.name.text, node.entries, self.tree.language)
            return p.Rule(
                id_of(names),
                names,
                titles(node.title, node.entries, self.tree.language),
                heading,
                tuple(sentences),
                node.span,
            )
        subject, names = self.subject(node.sentences[0])
        return p.Rule(subject, names, Names(), heading, tuple(sentences), node.span)

    def subject(self, node: n.Sentence) -> tuple[str, Names]:
        """The id and names of an unnamed sentence: its subject's."""
        before = len(self.scope.diagnostics)
        found = self._expressions.expression(node.clause.subject)
        del self.scope.diagnostics[before:]
        for mention in mentions(found, self) if found is not None else ():
            of = mention.of
            key = of.key if isinstance(of, p.FactOf) else of.id if isinstance(of, p.ValueOf) else f"number_of_{of.list}"
            return key.removeprefix("community."), mention.names
        text = node.clause.subject.span.text if node.clause.subject.span else "rule"
        return identifier(text), Names.of(**{self.tree.language: text})

    def sentence(self, node: n.Sentence, rule: n.Rule) -> p.Sentence | None:
        clause = node.clause
        force = _FORCES[clause.force.word.terminal.removesuffix("_NOT")]
        guards = [self._expressions.condition(guard) for guard in node.guards]
        subject = self._expressions.expression(clause.subject)
        requirement = None
        if subject is not None:
            requirement = self._expressions.predicate(subject, clause.predicate, node.span)
        citation = self.citation(rule, node.citation, rule.citation)
        if citation is None:
            self.uncited(rule, node.span)
        self.check_entries(node.entries, ("name.", "valid", "because"))
        if force is Force.MAY and isinstance(clause.predicate, n.Compared):
            self.limit_by_may(clause)
        if requirement is None or citation is None or any(g is None for g in guards):
            return None
        kept = tuple(g for g in guards if g is not None)
        guard = None if not kept else kept[0] if len(kept) == 1 else p.And(kept)
        if clause.force.negated:
            requirement = negated(requirement)
        valid = next((validity(e) for e in node.entries if e.key == "valid"), None)
        names = [mention for part in (*kept, requirement) for mention in mentions(part, self)]
        unique = tuple({m.of: m for m in names}.values())
        return p.Sentence(force, guard, requirement, citation, Names(), unique, valid, node.span)

    def limit_by_may(self, clause: n.Clause) -> None:
        """`may … at most`: a permission cannot limit."""
        terminal = clause.predicate.word.terminal if isinstance(clause.predicate, n.Compared) else ""
        if terminal in ("AT_MOST", "LESS_THAN", "NO_LATER"):
            place = clause.force.span
            right = "must" if self.tree.language != "zh" else "应当"
            self.scope.report("CR0320", place, suggestions=(right,))

    # -- contests, allocations, examples

    def blocks(self) -> tuple[tuple[p.Contest, ...], tuple[p.Allocation, ...]]:
        contests: list[p.Contest] = []
        allocations: list[p.Allocation] = []
        for node in self.tree.statements:
            if not isinstance(node, n.Block) or node.opener == "reading":
                continue
            purpose = Purpose(node.opener)
            methods = tuple(m for m in self.methods if m.purpose is purpose)
            words = (self.header.key_words.get("method", "method"), "method")
            made = BlockCompiler(self._expressions, node, methods, words, self.scope.is_spoilt(node.span)).compile()
            citation = self.citation(node, node.citation)
            if citation is None:
                self.uncited(node, node.span)
            if made is None or citation is None:
                continue
            method, parameters = made
            names = self.block_names(node)
            title = titles(node.title, node.entries, self.tree.language)
            if purpose is Purpose.CONTEST:
                contests.append(p.Contest(id_of(names), names, title, method.id, parameters, citation, node.span))
            else:
                allocations.append(p.Allocation(id_of(names), names, title, method.id, parameters, citation, node.span))
        return tuple(contests), tuple(allocations)

    def block_names(self, node: n.Block) -> Names:
        """A block named after a body has the body's names."""
        entity = self.scope._entities.get(identifier(node.name.text))
        return entity.names if entity else own_names(node.name.text, node.entries, self.tree.language)

    def example(self, node: n.Example) -> tuple[p.Example, ...]:
        title = Names.of(**{self.tree.language: node.title.text}) if node.title else Names()
        if node.name is not None and node.input is not None:
            return tuple(self.example_table(node, node.name, node.input))
        given = [pair for phrase in node.given if (pair := self.given(phrase)) is not None]
        expect: list[tuple[str, ExampleValue]] = []
        for item in node.expect:
            id_ = self.expected(item.name)
            if id_ is None:
                continue
            if isinstance(item.value, n.Word):
                expect.append((id_, item.value.terminal.casefold().replace("_", " ")))
            elif (value := self.example_value(item.value, self.expected_type(id_))) is not None:
                expect.append((id_, value))
        if len(given) != len(node.given) or len(expect) != len(node.expect):
            return ()
        return (p.Example(title, tuple(given), tuple(expect), node.span),)

    def example_table(self, node: n.Example, name: n.Name, input_: n.Path) -> Iterator[p.Example]:
        """Each row is an example of its own: an input, and the value expected for it."""
        given = self._expressions.path(input_, None)
        id_ = self.expected(n.Path((name,), name.span))
        if id_ is None or not isinstance(given, p.FactOf):
            return
        for row in node.rows:
            key = self.example_value(row.case[0], given.type)
            value = self.example_value(row.value, self.expected_type(id_))
            if key is not None and value is not None and not isinstance(key, tuple):
                yield p.Example(Names(), ((given.key, key),), ((id_, value),), row.span)

    def expected_type(self, id: str) -> Type | None:
        found = self._done.get(id)
        return found.type if isinstance(found, p.Definition) else None

    def expected(self, path: n.Path) -> str | None:
        """What an example speaks of: a definition or a rule."""
        target = self.scope.named.get(joined(path))
        if target is not None:
            return target.id
        for statement in self.tree.statements:
            if isinstance(statement, n.Rule) and statement.name is not None:
                names = own_names(statement.name.text, statement.entries, self.tree.language)
                if joined(path) in forms(names):
                    return id_of(names)
        known = [s.name.text for s in self.tree.statements if isinstance(s, n.Rule) and s.name]
        before = len(self.scope.diagnostics)
        found = self.scope.find(path)
        del self.scope.diagnostics[before:]
        if isinstance(found, p.Field):
            return found.key.removeprefix("community.")
        self.scope.unknown(path, known)
        return None

    def given(self, phrase: n.Phrase) -> tuple[str, Exact | date | bool | str] | None:
        if (
            isinstance(phrase, n.Test)
            and isinstance(phrase.predicate, n.Being | n.Compared)
            and isinstance(phrase.subject, n.Path)
        ):
            subject = self._expressions.path(phrase.subject, None)
            if isinstance(subject, p.FactOf):
                value = self.example_value(phrase.predicate.value, subject.type)
                return None if value is None or isinstance(value, tuple) else (subject.key, value)
            return None
        self.scope.report("CR0329", phrase.span)
        return None

    def example_value(self, node: n.Phrase, expected: Type | None) -> ExampleValue | None:
        found = self._expressions.expression(node, expected)
        match found:
            case p.Literal(value=value):
                return value
            case p.RangeOf(low=p.Literal(value=int() as low), high=p.Literal(value=int() as high)):
                return low, high
            case None:
                return None
        self.scope.report("CR0329", node.span)
        return None


def negated(requirement: Expression) -> Expression:
    """`must not` joined with a comparison: the edge follows by logic."""
    if isinstance(requirement, p.Compare):
        return evolve(requirement, comparison=requirement.comparison.negated)
    return p.Not(requirement, span=requirement.span)


def _line(span: Span) -> Span:
    """The whole lines that a place stands in, without the last line end."""
    text = span.source.text
    end = text.find("\n", span.end)
    return Span(span.source, text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)


def _option_kind(value: Rounding | p.RowChoice | Expression) -> str:
    if isinstance(value, Rounding):
        return "rounding"
    return "row" if isinstance(value, p.RowChoice) else type(value.type).__name__


def _widest(rows: list[p.TableRow], first: Type) -> Type:
    """The type of a table: the first row's; a number beside ranges is a range of one."""
    ranges = [row.value.type for row in rows if isinstance(row.value.type, p.RangeType)]
    if ranges:
        lows = [r.of.low for r in ranges]
        highs = [r.of.high for r in ranges]
        low = None if None in lows else min(x for x in lows if x is not None)
        high = None if None in highs else max(x for x in highs if x is not None)
        return p.RangeType(evolve(ranges[0].of, low=low, high=high))
    if isinstance(first, p.NumberType):
        return evolve(
            first,
            low=0,
            high=None,
            whole=all(isinstance(r.value.type, p.NumberType) and r.value.type.whole for r in rows),
        )
    return first


def functions_by_name(functions: Iterable[Function]) -> Mapping[str, Function]:
    """Functions by every form of their names."""
    return {form: function for function in functions for form in forms(function.names)}
