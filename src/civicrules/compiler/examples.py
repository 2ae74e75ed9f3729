"""The examples that a ruleset carries: facts given, and what must come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import define, evolve

from civicrules import program as p
from civicrules.compiler import ages
from civicrules.compiler.naming import rule_names, titles
from civicrules.compiler.scope import Frame, Scope, forms, joined
from civicrules.compiler.values import Values
from civicrules.compiler.vocabulary import id_of
from civicrules.exact import Exact
from civicrules.language import nodes as n
from civicrules.program import Names
from civicrules.source import Span
from civicrules.suggest import nearest

ExampleValue = p.Written | tuple[Exact, Exact]

# A fact that an example gives: its key, its value, and the precision of a percentage.
Given = tuple[str, p.Written, Fraction | None]


_MOST_MEMBERS = 10_000  # of a list for which the vocabulary sets no limit


@define
class ExampleCompiler:
    """Compiles the examples of one tree."""

    tree: n.Tree
    scope: Scope
    values: Values
    rules: tuple[p.Rule, ...] = ()

    def example(self, node: n.Example) -> tuple[p.Example, ...]:
        title = titles(node.title, node.entries, self.tree.language)
        readings = self.readings(node.readings)
        if len(readings) != len(node.readings):
            return ()
        if node.name is not None and node.inputs:
            with self.scope.having(Frame(None, p.SELF)):
                rows = tuple(self.example_table(node, node.name, node.inputs))
            return tuple(evolve(row, readings=readings) for row in rows)
        with self.scope.having(Frame(None, p.SELF)):
            given = [one for phrase in node.given if (one := self.given(phrase)) is not None]
        expect: list[tuple[str, ExampleValue]] = []
        for item in node.expect:
            id_ = self.expected(item.name)
            if id_ is None:
                continue
            if not isinstance(item.value, n.Word) and self.is_of_rule(item.name):
                name, found = ("" if one is None else one.text for one in (item.name.span, item.value.span))
                self.scope.report("CR0380", item.value.span, name=name, found=found)
            elif isinstance(item.value, n.Word):
                expect.append((id_, item.value.terminal.casefold().replace("_", " ")))
            elif (value := self.expected_value(item.value, id_)) is not None:
                expect.append((id_, value))
        if len(given) != len(node.given) or len(expect) != len(node.expect):
            return ()
        return (evolve(_example(title, given, tuple(expect), node.span), readings=readings),)

    def readings(self, nodes: tuple[n.Chosen, ...]) -> tuple[tuple[str, int], ...]:
        """The options under which an example is judged, by the id of the reading."""
        found: dict[str, int] = {}
        for node in nodes:
            reading = self.values.reading_called(node.reading)
            if reading is None:
                continue
            if reading.id in found:
                self.scope.report("CR0376", node.span, name=reading.names)
                continue
            at = self.option(node, reading)
            if at is not None:
                found[reading.id] = at
        return tuple(found.items())

    def option(self, node: n.Chosen, reading: p.Reading) -> int | None:
        """Which option of a reading is meant, counted from 0; `None` after a diagnostic."""
        before = len(self.scope.diagnostics)
        value = self.values.option(node.option)
        options = [one.value for one in reading.options]
        if value in options:
            return options.index(value)
        del self.scope.diagnostics[before:]  # what there are is told instead
        texts = [one.texts for one in reading.options]
        place = node.option.span
        said = nearest(place.text, [text.text(self.tree.language) for text in texts], 1) if place is not None else ()
        self.scope.report("CR0375", place, name=reading.names, options=tuple(texts), suggestions=said)
        return None

    def example_table(self, node: n.Example, name: n.Name, inputs: tuple[n.Path, ...]) -> Iterator[p.Example]:
        """Each row is an example of its own: the inputs, and the value expected for them."""
        facts = [self.fact(path) for path in inputs]
        id_ = self.expected(n.Path((name,), name.span))
        given = [fact for fact in facts if fact is not None]
        if id_ is None or len(given) != len(facts):
            return
        for row in node.rows:
            if len(row.cells) != len(given):
                written = tuple(path.span.text for path in inputs if path.span is not None)
                self.scope.report("CR0355", row.span, expected=len(given), found=len(row.cells), inputs=written)
                continue
            keys = [self.single_value(cell[0], fact) for cell, fact in zip(row.cells, given, strict=True)]
            value = self.expected_value(row.value, id_)
            whole = zip(given, keys, row.cells, strict=True)
            pairs = [(f.key, k, _precision(c[0])) for f, k, c in whole if k is not None]
            if value is not None and len(pairs) == len(given):
                yield _example(Names(), pairs, ((id_, value),), row.span)

    def fact(self, path: n.Path) -> p.FactOf | None:
        """The fact that a path names."""
        return self.given_fact(self.values.expressions.path(path, None), path.span)

    def given_fact(self, found: p.Expression | None, place: Span | None) -> p.FactOf | None:
        """What an example can give: a fact; an age as it is stated."""
        if isinstance(found, p.Age):
            found = found.stated
        if found is None or isinstance(found, p.FactOf):
            return found
        self.scope.report("CR0329", place)
        return None

    def expected_value(self, node: n.Phrase, id: str) -> ExampleValue | None:
        found = self.values.done.get(id)
        if not isinstance(found, p.Definition):
            return self.example_value(node)
        return self.example_value(node, p.ValueOf(id, found.type, span=node.span))

    def expected(self, path: n.Path) -> str | None:
        """What an example speaks of: a definition or a rule."""
        target = self.scope.named.get(joined(path))
        if target is not None:
            return target.id
        rule = self.rule(path)
        if rule is not None:
            return rule
        known = [s.name.text for s in self.tree.statements if isinstance(s, n.Rule) and s.name]
        before = len(self.scope.diagnostics)
        found = self.scope.find(path)
        del self.scope.diagnostics[before:]
        if isinstance(found, p.Field):
            return found.key.removeprefix("community.")
        self.scope.unknown(path, known)
        return None

    def rule(self, path: n.Path) -> str | None:
        """The rule of this text, or of one above it, that a path names, by its id."""
        for statement in self.tree.statements:
            if isinstance(statement, n.Rule) and statement.name is not None:
                names = rule_names(statement.name, statement.entries, self.scope)
                if joined(path) in forms(names):
                    return id_of(names)
        higher = next((one for one in self.rules if joined(path) in (one.id, *forms(one.names))), None)
        if higher is None:
            return None
        self.scope.note(path.span, higher.names)
        return higher.id

    def is_of_rule(self, path: n.Path) -> bool:
        """Whether what is expected is a verdict, not a value."""
        return joined(path) not in self.scope.named and self.rule(path) is not None

    def given(self, phrase: n.Phrase) -> Given | None:
        if isinstance(phrase, n.Test) and isinstance(phrase.predicate, n.Being | n.Compared):
            written = phrase.predicate.value
            if isinstance(phrase.subject, n.Tally):
                return self.length(phrase.subject, written)
            if isinstance(phrase.subject, n.Path):
                return self.stated(phrase.subject, written)
        fact = None
        match phrase:
            case n.Path():
                fact, yes = self.values.expressions.path(phrase, None), True
            case n.Negation(of=n.Path() as path):
                fact, yes = self.values.expressions.path(path, None), False
        match fact:
            case p.FactOf(key=key, type=p.TruthType()):
                return key, yes, None
            case p.Not(of=p.FactOf(key=key)):
                return key, not yes, None
        self.scope.report("CR0329", phrase.span)
        return None

    def stated(self, path: n.Path, written: n.Phrase) -> Given | None:
        """A fact with its value; of the opposite of a fact, that of the fact."""
        found = self.values.expressions.path(path, None)
        opposite = isinstance(found, p.Not)
        fact = self.given_fact(found.of if isinstance(found, p.Not) else found, path.span)
        value = None if fact is None else self.single_value(written, fact)
        if fact is None or value is None:
            return None
        return fact.key, not value if opposite else value, _precision(written)

    def length(self, subject: n.Tally, written: n.Phrase) -> Given | None:
        """How many members a list has: nothing else that counts can be given."""
        count = self.values.expressions.expression(subject)
        if count is None:
            return None
        if not isinstance(count, p.CountOf) or count.where is not None:
            self.scope.report("CR0377", subject.span)
            return None
        value, most = self.example_value(written, count), count.type.high or _MOST_MEMBERS
        if isinstance(value, int) and value <= most:
            return count.list, value, None
        if value is not None:
            self.scope.report("CR0378", written.span, most=most)
        return None

    def single_value(self, node: n.Phrase, of: p.Expression) -> p.Written | None:
        """What a fact is given: no range."""
        value = self.example_value(node, of)
        if not isinstance(value, tuple):
            return value
        self.scope.report("CR0329", node.span)
        return None

    def example_value(self, node: n.Phrase, of: p.Expression | None = None) -> ExampleValue | None:
        compiler = self.values.expressions
        found = compiler.expression(node) if of is None else compiler.against(of, node)
        if found is not None and of is not None:
            ages.note(self.scope, found, of, self.values.value)
        match found:
            case p.Literal(value=value):
                return value
            case p.RangeOf(low=p.Literal(value=int() as low), high=p.Literal(value=int() as high)):
                return low, high
            case None:
                return None
        self.scope.report("CR0329", node.span)
        return None


def _example(
    title: Names, given: Sequence[Given], expect: tuple[tuple[str, ExampleValue], ...], span: Span | None
) -> p.Example:
    values = tuple((key, value) for key, value, _ in given)
    printed = tuple((key, precision) for key, _, precision in given if precision is not None)
    return p.Example(title, values, expect, span, printed)


def _precision(node: n.Phrase) -> Fraction | None:
    return node.precision if isinstance(node, n.Part) else None
