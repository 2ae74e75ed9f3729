"""A tree to a Program: the parts in their order, each with what could not be understood of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, field

from civicrules import program as p
from civicrules.compiler import calendars, modes
from civicrules.compiler.citations import Citations
from civicrules.compiler.examples import ExampleCompiler
from civicrules.compiler.header import Header
from civicrules.compiler.layers import Layers
from civicrules.compiler.methods import BlockCompiler
from civicrules.compiler.naming import own_names, titles
from civicrules.compiler.rules import RuleCompiler
from civicrules.compiler.scope import Scope, forms
from civicrules.compiler.values import Values
from civicrules.compiler.vocabulary import id_of
from civicrules.days import Calendar
from civicrules.diagnostics import Diagnostic, Label
from civicrules.language import nodes as n
from civicrules.plugin import Function, Method, Purpose
from civicrules.program import Names, identifier


@define
class Compiler:
    """Compiles one tree: names first, then what they stand for, then what is said of them."""

    tree: n.Tree
    scope: Scope
    header: Header
    methods: tuple[Method, ...]
    above: p.Program | None = None
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
        if self.above is not None:
            self.values.adopt(self.above)
        self.declare()
        self.values.compile()
        own = RuleCompiler(self.scope, self.citations, self.values, self.layers).rules()
        rules = self.layers.merged(own)
        self.scope.diagnostics.extend(modes.uncovered(own, self.scope.vocabulary))
        contests, allocations = self.blocks()
        self.citations.report_uncited()
        examples = ExampleCompiler(self.tree, self.scope, self.values, own)
        done = self.values.done.values()
        return p.Program(
            self.header.id,
            self.header.title,
            self.header.level,
            self.header.valid,
            self.scope.vocabulary,
            self.sources(),
            self.layers.definitions(tuple(d for d in done if isinstance(d, p.Definition) and self.is_own(d.id))),
            tuple(d for d in done if isinstance(d, p.Reading)),
            rules,
            contests,
            allocations,
            tuple(e for s in self.tree.statements if isinstance(s, n.Example) for e in examples.example(s)),
            conventions=self.header.conventions,
            calendar=self.calendar(),
            written={} if self.above is None else dict(self.above.written),
            groups=tuple(one for one in self.values.groups.values() if one is not None),
            layers=self.layers.layers(),
            language=self.tree.language,
            version=self.header.version,
        )

    def is_own(self, id: str) -> bool:
        """Whether a definition stands in this text, not in the ruleset above."""
        return self.above is None or all(one.id != id for one in self.above.definitions) or self.values.declares(id)

    def sources(self) -> tuple[p.SourceDocument, ...]:
        above = () if self.above is None else self.above.sources
        return (*self.header.sources, *(one for one in above if one not in self.header.sources))

    def calendar(self) -> Calendar | None:
        """The working days that the ruleset knows, its own and those of the ruleset above."""
        blocks = (s for s in self.tree.statements if isinstance(s, n.Block) and s.opener == "calendar")
        above = None if self.above is None else self.above.calendar
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

    def blocks(self) -> tuple[tuple[p.Contest, ...], tuple[p.Allocation, ...]]:
        contests: list[p.Contest] = []
        allocations: list[p.Allocation] = []
        for node in self.tree.statements:
            if not isinstance(node, n.Block) or node.opener in ("reading", "calendar"):
                continue
            purpose = Purpose(node.opener)
            methods = tuple(m for m in self.methods if m.purpose is purpose)
            words = (self.header.key_words.get("method", "method"), "method")
            made = BlockCompiler(
                self.values.expressions, node, methods, words, self.scope.is_spoilt(node.span)
            ).compile()
            citation = self.citations.citation(node, node.citation)
            if citation is None:
                self.citations.uncited(node, node.span)
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


def functions_by_name(functions: Iterable[Function]) -> Mapping[str, Function]:
    """Functions by every form of their names."""
    return {form: function for function in functions for form in forms(function.names)}
