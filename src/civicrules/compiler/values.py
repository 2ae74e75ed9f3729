"""Definitions, tables and readings: compiled when their names are first used, so that their types are known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from attrs import define, evolve, field

from civicrules import program as p
from civicrules.compiler import tables
from civicrules.compiler.citations import Citations
from civicrules.compiler.expressions import (
    ROUNDINGS,
    ROW_CHOICES,
    ExpressionCompiler,
    missing_rounding,
    unrounded_rates,
)
from civicrules.compiler.mentions import mentions
from civicrules.compiler.naming import own_names, titles
from civicrules.compiler.scope import Named, Scope, joined
from civicrules.compiler.vocabulary import id_of
from civicrules.diagnostics import Diagnostic, Label
from civicrules.exact import Exact, Rounding
from civicrules.language import nodes as n
from civicrules.program import Expression, Names, Type
from civicrules.source import Span

_TABLE_KEYS = ("name.", "because")
# Definitions that rest on each other through more steps are refused, so that no stage need guard its recursion.
_DEEPEST = 30
T = TypeVar("T")


@define
class Values:
    """The named values of one text. `done` holds what is compiled, `None` where it is not sound."""

    scope: Scope
    citations: Citations
    done: dict[str, p.Definition | p.Reading | None] = field(factory=dict)
    _definitions: dict[str, n.Definition | n.Table] = field(factory=dict)
    _readings: dict[str, n.Block] = field(factory=dict)
    _busy: list[str] = field(factory=list)
    expressions: ExpressionCompiler = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.expressions = ExpressionCompiler(self.scope, self.type_of, self.rounding_reading)

    def add(self, statement: n.Definition | n.Table | n.Block) -> None:
        """Declare the name of a definition, a table or a reading."""
        if isinstance(statement, n.Block):
            self.declare(statement.name, statement.entries, statement, self._readings, reading=True)
        else:
            self.declare(statement.name, statement.entries, statement, self._definitions)

    def compile(self) -> None:
        """Compile every name that was declared."""
        for id in [*self._readings, *self._definitions]:
            self.value(id)

    def declare(
        self, name: n.Name, entries: Iterable[n.Entry], statement: T, into: dict[str, T], reading: bool = False
    ) -> None:
        names = own_names(name.text, entries, self.citations.tree.language)
        id_ = id_of(names)
        first = self._definitions.get(id_) or self._readings.get(id_)
        if first is not None:
            related = (Label(first.name.span, "first"),) if first.name.span else ()
            self.scope.diagnostics.append(Diagnostic("CR0307", name.span, {"name": names}, related=related))
            return
        into[id_] = statement
        self.scope.declare(names, id_, reading)

    def value(self, id: str, asked: Span | None = None) -> p.Definition | p.Reading | None:
        """A definition or reading, compiled; `None` when it is not sound."""
        if id in self.done:
            return self.done[id]
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
        self.done[id] = made
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
        names = own_names(node.name.text, node.entries, self.citations.tree.language)
        body = self.table(node) if isinstance(node, n.Table) else self.expressions.expression(node.value)
        self.citations.check_entries(
            node.entries, (*_TABLE_KEYS, "overlap") if isinstance(node, n.Table) else _TABLE_KEYS
        )
        citation = self.citations.citation(node, node.citation)
        if body is None:
            return None
        for rate in unrounded_rates(body):
            self.scope.report("CR0309", rate.span, **missing_rounding(rate))
        seen = tuple(mentions(body, self.scope))
        return p.Definition(id, names, body, citation, seen, node.span)

    def table(self, node: n.Table) -> Expression | None:
        given = self.expressions.path(node.input, None)
        if given is None:
            return None
        rows: list[p.TableRow] = []
        type_: Type | None = None
        choices = self.choice_names(node)
        for row in node.rows:
            value = self.expressions.expression(row.value, choices)
            self.citations.check_entries(row.entries, ())
            if value is None:
                continue
            made = tables.row(self.expressions, given, row, value)
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
        names = own_names(node.name.text, node.entries, self.citations.tree.language)
        question = titles(node.title, node.entries, self.citations.tree.language)
        sound = self.citations.check_entries(node.entries, ("name.", "taken", "also", "because"))
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
            options.append(p.Option(value, Names.of(**{self.citations.tree.language: entry.text})))
        kinds = {_option_kind(o.value) for o in options}
        if len(kinds) > 1:
            self.scope.report("CR0327", also[0].value_span)
            return None
        because = next((e for e in node.entries if e.key == "because"), None)
        reasons = {self.citations.tree.language: because.text} if because else {}
        if because:
            reasons.update({e.key[5:]: e.text for e in because.entries if e.key.startswith("name.")})
        citation = self.citations.citation(node, node.citation)
        return p.Reading(id, names, question, tuple(options), Names.of(**reasons), citation, node.span)

    def reading_value(self, entry: n.Entry) -> Rounding | p.RowChoice | Expression | None:
        node = entry.values[0] if len(entry.values) == 1 else None
        if isinstance(node, n.Option):
            terminal = node.word.terminal
            return ROUNDINGS.get(terminal) or ROW_CHOICES[terminal]
        if node is None:
            self.scope.report("CR0328", entry.value_span)
            return None
        return self.expressions.expression(node)


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
