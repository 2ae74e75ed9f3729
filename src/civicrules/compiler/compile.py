"""A tree to a Program: the parts in their order, each with what could not be understood of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import define, field

from civicrules import program as p
from civicrules.bases import base, base_of, majorities
from civicrules.compiler import calendars, modes
from civicrules.compiler.bounds import Known
from civicrules.compiler.citations import Citations
from civicrules.compiler.examples import ExampleCompiler
from civicrules.compiler.header import Header
from civicrules.compiler.layers import Layers
from civicrules.compiler.methods import BlockCompiler, options
from civicrules.compiler.naming import own_names, titles
from civicrules.compiler.rules import RuleCompiler
from civicrules.compiler.scope import Scope, forms
from civicrules.compiler.values import Values
from civicrules.compiler.vocabulary import id_of
from civicrules.days import Calendar
from civicrules.diagnostics import Diagnostic, Label, Severity, has_errors
from civicrules.language import nodes as n
from civicrules.plugin import Function, Method, Purpose
from civicrules.program import Names, identifier
from civicrules.source import Span


@define
class Compiler:
    """Compiles one tree: names first, then what they stand for, then what is said of them."""

    tree: n.Tree
    scope: Scope
    header: Header
    methods: tuple[Method, ...]
    above: p.Program | None = None
    used: tuple[tuple[p.Program, Span | None], ...] = ()
    layers: Layers = field(init=False)
    citations: Citations = field(init=False)
    values: Values = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.citations = Citations(self.tree, self.scope, self.header)
        self.layers = Layers(self.scope, self.above)
        self.values = Values(self.scope, self.citations, self.layers)

    def compile(self) -> p.Program:
        """The Program of everything that was sound."""
        self.scope.spoilt, self.scope.language = self.tree.spoilt, self.tree.language
        self.scope.words = options(self.methods)
        if self.above is not None:
            self.values.adopt(self.above)
        for program, place in self.used:
            self.values.borrow(program, place)
        self.declare()
        self.values.compile()
        own = RuleCompiler(self.scope, self.citations, self.values, self.layers).rules()
        done = self.values.done.values()
        definitions = {d.id: d for d in done if isinstance(d, p.Definition)}
        readings = {d.id: d for d in done if isinstance(d, p.Reading)}
        rules = self.layers.merged(own, Known(definitions, readings))
        blocks = self.blocks()
        self.scope.diagnostics.extend(modes.uncovered(own, blocks, self.scope.vocabulary))
        inherited = self.layers.blocks(blocks)
        contests = tuple(one for one in (*inherited, *blocks) if isinstance(one, p.Contest))
        counted = [one for one in contests if one in blocks]
        self.scope.diagnostics.extend((*endless(counted, contests), *baseless(counted, contests)))
        if own or blocks:  # else its readings are for the rulesets that use this one
            self.scope.diagnostics.extend(self.unused_readings())
        self.citations.report_uncited()
        examples = ExampleCompiler(self.tree, self.scope, self.values, (*own, *rules))
        made = p.Program(
            self.header.id,
            self.header.title,
            self.header.level,
            self.header.valid,
            self.scope.vocabulary,
            self.sources(),
            self.layers.definitions(tuple(d for d in definitions.values() if self.is_own(d.id))),
            tuple(readings.values()),
            rules,
            contests,
            tuple(one for one in (*inherited, *blocks) if isinstance(one, p.Allocation)),
            tuple(e for s in self.tree.statements if isinstance(s, n.Example) for e in examples.example(s)),
            conventions=self.header.conventions,
            age_date=self.age_date(),
            calendar=self.calendar(),
            written=self.written(),
            origins=self.origins(inherited),
            groups=tuple(one for one in self.values.groups.values() if one is not None),
            layers=self.layers.layers(),
            language=self.tree.language,
            version=self.header.version,
            prevails=self.header.prevails,
            covers=self.header.covers,
        )
        if not any(isinstance(one, n.Block) and one.opener == "calendar" for one in self.tree.statements):
            self.scope.diagnostics.extend(calendars.lacking(made))
        return made

    def age_date(self) -> p.Expression | None:
        """The day that ages are counted to, also in rulesets below this one. That it is none is said where it is used."""
        before = len(self.scope.diagnostics)
        found = None if self.header.ages is None else self.values.expressions.age_date(None)
        del self.scope.diagnostics[before:]
        return found

    def rested_on(self) -> tuple[p.Program, ...]:
        """The rulesets whose values this one knows: the one above, then those it uses."""
        above = () if self.above is None else (self.above,)
        return (*above, *(program for program, _ in self.used))

    def written(self) -> dict[str, Names]:
        return {id: names for one in reversed(self.rested_on()) for id, names in one.written.items()}

    def origins(self, inherited: tuple[p.Contest | p.Allocation, ...]) -> dict[str, p.Layer]:
        """Where the values come from that stand in other texts."""
        found: dict[str, p.Layer] = {}
        for one in self.rested_on():
            layer = p.Layer(one.id, one.title, one.level, one.valid, one.version)
            values: tuple[p.Statement, ...] = (*one.definitions, *one.groups, *one.readings)
            if one is self.above:
                values += inherited
            origins = {value.id: one.origins.get(value.id, layer) for value in values}
            found |= {id: origin for id, origin in origins.items() if id not in found and not self.values.declares(id)}
        return found

    def is_own(self, id: str) -> bool:
        """Whether a definition stands in this text, not in the ruleset above."""
        return self.above is None or all(one.id != id for one in self.above.definitions) or self.values.declares(id)

    def sources(self) -> tuple[p.SourceDocument, ...]:
        found = list(self.header.sources)
        for program in self.rested_on():
            found += [one for one in program.sources if one not in found]
        return tuple(found)

    def calendar(self) -> Calendar | None:
        """The working days that the ruleset knows, its own and those of the ruleset above."""
        blocks = (s for s in self.tree.statements if isinstance(s, n.Block) and s.opener == "calendar")
        above = next((one.calendar for one in self.rested_on() if one.calendar is not None), None)
        return calendars.compiled(blocks, self.scope, self.citations, above)

    def declare(self) -> None:
        """Names first, so that statements may use what stands below them."""
        for statement in self.tree.statements:
            match statement:
                case n.Definition() | n.Table() | n.Block(opener="reading"):
                    self.values.add(statement)
                case n.VocabularyHead() | n.Declaration():
                    self.scope.report("CR0337", statement.span)
                case n.Ruleset(name=name) if self.header.node and name.span != self.header.node.name.span:
                    related = (Label(self.header.node.name.span, "first"),) if self.header.node.name.span else ()
                    names = Names.of(**{self.tree.language: name.text})
                    self.scope.diagnostics.append(Diagnostic("CR0307", name.span, {"name": names}, related=related))
                case _:
                    pass

    def blocks(self) -> tuple[p.Contest | p.Allocation, ...]:
        """The contests and allocations of this text."""
        found: list[p.Contest | p.Allocation] = []
        above = {} if self.above is None else {one.id: one.names for one in self.above.contests}
        for node in self.tree.statements:
            if not isinstance(node, n.Block) or node.opener in ("reading", "calendar"):
                continue
            purpose = Purpose(node.opener)
            methods = tuple(m for m in self.methods if m.purpose is purpose)
            words = (self.header.key_words.get("method", "method"), "method")
            others = {id_of(names): names for one in self.tree.statements if (names := self.another(one, node))}
            others = {id: names for id, names in above.items() if id != id_of(self.block_names(node))} | others
            higher = self.layers.specified(node)
            spoilt = self.scope.is_spoilt(node.span)
            made = BlockCompiler(self.values.expressions, node, methods, words, spoilt, others, higher).compile()
            citation = self.citations.citation(node, node.citation)
            if citation is None:
                self.citations.uncited(node, node.span)
            if citation is None or (made is None and not self.lacks_method(node)):
                continue
            method_id, parameters = ("", {}) if made is None else (made[0].id, made[1])
            names = self.block_names(node)
            title = titles(node.title, node.entries, self.tree.language)
            id, specified = id_of(names), None if higher is None else higher.id
            if purpose is Purpose.ALLOCATION:
                found.append(p.Allocation(id, names, title, method_id, parameters, citation, specified, node.span))
                continue
            texts = higher.texts if isinstance(higher, p.Contest) else {}
            found.append(p.Contest(id, names, title, method_id, parameters, citation, specified, node.span, texts))
        return tuple(found)

    def unused_readings(self) -> Iterator[Diagnostic]:
        """A note on each reading of this text that decides nothing; one of the ruleset above is used up there.

        Beside an error there is none: the line that uses a reading may be the one that could not be understood.
        """
        if self.tree.spoilt or has_errors(self.scope.diagnostics):
            return
        nodes = [one for one in self.tree.statements if isinstance(one, n.Block) and one.opener == "reading"]
        known = {one.id for program in self.rested_on() for one in program.readings}
        declared = {(one.name.span.start, one.name.span.end) for one in nodes if one.name.span is not None}
        used = {names for place, names in self.scope.resolved.items() if place not in declared} if nodes else set()
        for node in nodes:
            names = own_names(node.name.text, node.entries, self.tree.language)
            if names not in used and id_of(names) not in known:
                yield Diagnostic("CR0398", node.name.span, {"name": names}, Severity.ADVICE)

    def lacks_method(self, node: n.Block) -> bool:
        """Whether a block names a method that nobody offers: it stays in the Program, and counting it says so."""
        spans = [entry.value_span for entry in node.entries if entry.value_span is not None]
        places = [one.place for one in self.scope.diagnostics if one.code == "CR0317" and isinstance(one.place, Span)]
        return any(span.start <= place.start < span.end for span in spans for place in places)

    def another(self, statement: n.Statement, node: n.Block) -> Names | None:
        """The names of a contest that is not the one at hand."""
        if not isinstance(statement, n.Block) or statement.opener != "contest" or statement is node:
            return None
        return self.block_names(statement)

    def block_names(self, node: n.Block) -> Names:
        """A block named after a body has the body's names."""
        entity = self.scope.entities.get(identifier(node.name.text))
        return entity.names if entity else own_names(node.name.text, node.entries, self.tree.language)


def endless(own: Iterable[p.Contest], contests: Iterable[p.Contest]) -> Iterator[Diagnostic]:
    """Own contests whose further ballots, among all `contests`, lead back to themselves: no vacancy would ever be final."""
    follows = {one.id: str(one.parameters.get("shortfall", "")).removeprefix("contest:") for one in contests}
    for contest in own:
        passed, at = {contest.id}, follows[contest.id]
        while at in follows and at not in passed:
            passed.add(at)
            at = follows[at]
        if at == contest.id:
            chain = tuple(one.names for one in contests if one.id in passed)
            yield Diagnostic("CR0394", contest.span, {"names": chain})


def baseless(own: Iterable[p.Contest], contests: Iterable[p.Contest]) -> Iterator[Diagnostic]:
    """Majorities of own contests that are a share of no figure of the ballot account. A further ballot has its own."""
    follow = {str(one.parameters.get("shortfall", "")).removeprefix("contest:") for one in contests}
    for contest in own:
        if contest.id in follow or "losers" in contest.parameters:
            continue
        for asked in majorities(contest):
            found = base(contest, asked)
            if base_of(found) is None:
                yield Diagnostic("CR0720", found.span or asked.span or contest.span)


def functions_by_name(functions: Iterable[Function]) -> Mapping[str, Function]:
    """Functions by every form of their names."""
    return {form: function for function in functions for form in forms(function.names)}
