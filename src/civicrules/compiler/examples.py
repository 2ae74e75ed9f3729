"""The examples that a ruleset carries: facts given, and what must come out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import define

from civicrules import program as p
from civicrules.compiler.naming import own_names
from civicrules.compiler.scope import Scope, forms, joined
from civicrules.compiler.values import Values
from civicrules.compiler.vocabulary import id_of
from civicrules.exact import Exact
from civicrules.language import nodes as n
from civicrules.program import Names, Type

ExampleValue = Exact | date | bool | str | tuple[Exact, Exact]


@define
class ExampleCompiler:
    """Compiles the examples of one tree."""

    tree: n.Tree
    scope: Scope
    values: Values

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
        given = self.values.expressions.path(input_, None)
        id_ = self.expected(n.Path((name,), name.span))
        if id_ is None or not isinstance(given, p.FactOf):
            return
        for row in node.rows:
            key = self.example_value(row.case[0], given.type)
            value = self.example_value(row.value, self.expected_type(id_))
            if key is not None and value is not None and not isinstance(key, tuple):
                yield p.Example(Names(), ((given.key, key),), ((id_, value),), row.span)

    def expected_type(self, id: str) -> Type | None:
        found = self.values.done.get(id)
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
            subject = self.values.expressions.path(phrase.subject, None)
            if isinstance(subject, p.FactOf):
                value = self.example_value(phrase.predicate.value, subject.type)
                return None if value is None or isinstance(value, tuple) else (subject.key, value)
            return None
        self.scope.report("CR0329", phrase.span)
        return None

    def example_value(self, node: n.Phrase, expected: Type | None) -> ExampleValue | None:
        found = self.values.expressions.expression(node, expected)
        match found:
            case p.Literal(value=value):
                return value
            case p.RangeOf(low=p.Literal(value=int() as low), high=p.Literal(value=int() as high)):
                return low, high
            case None:
                return None
        self.scope.report("CR0329", node.span)
        return None
