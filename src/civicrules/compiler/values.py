"""Definitions, tables and readings: compiled when their names are first used, so that their types are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from attrs import define, evolve, field

from civicrules import program as p
from civicrules.compiler import members, tables
from civicrules.compiler.arithmetic import ROUNDINGS
from civicrules.compiler.citations import Citations
from civicrules.compiler.expressions import (
    ROW_CHOICES,
    ExpressionCompiler,
)
from civicrules.compiler.layers import KEYS as LAYER_KEYS
from civicrules.compiler.layers import Layers
from civicrules.compiler.mentions import mentions
from civicrules.compiler.naming import own_names, titles
from civicrules.compiler.rates import missing_rounding, unrounded_rates
from civicrules.compiler.scope import Collection, Frame, Named, Scope, forms, joined
from civicrules.compiler.vocabulary import id_of
from civicrules.diagnostics import Diagnostic, Label
from civicrules.exact import Exact, Rounding
from civicrules.language import nodes as n
from civicrules.program import Expression, Names, Type
from civicrules.source import Span

_TABLE_KEYS = ("name.", "because", *LAYER_KEYS)
# Definitions that rest on each other through more steps are refused, so that no stage need guard its recursion.
_DEEPEST = 30
T = TypeVar("T")
# Where the head has a mistake, what would be missed for it further down.
_LACKING = {"CR0356": "CR0353", "CR0357": "CR0352"}


@define
class Values:
    """The named values of one text. `done` holds what is compiled, `None` where it is not sound."""

    scope: Scope
    citations: Citations
    layers: Layers
    done: dict[str, p.Definition | p.Reading | None] = field(factory=dict)
    groups: dict[str, p.Group | None] = field(factory=dict)
    borrowed: dict[str, Span | None] = field(factory=dict)
    _definitions: dict[str, n.Definition | n.Table] = field(factory=dict)
    _readings: dict[str, n.Block] = field(factory=dict)
    _busy: list[str] = field(factory=list)
    expressions: ExpressionCompiler = field(init=False)

    def __attrs_post_init__(self) -> None:
        header = self.citations.header
        said = {_LACKING[d.code] for d in header.diagnostics if d.code in _LACKING}
        self.expressions = ExpressionCompiler(
            self.scope,
            self.type_of,
            self.rounding_reading,
            self.value,
            header.conventions,
            header.ages,
            frozenset(said),
        )
        self.scope.groups, self.scope.is_group = self.collection, self.is_group

    def add(self, statement: n.Definition | n.Table | n.Block) -> None:
        """Declare the name of a definition, a table or a reading."""
        if isinstance(statement, n.Block):
            self.declare(statement.name, statement.entries, statement, self._readings, reading=True)
        else:
            self.declare(statement.name, statement.entries, statement, self._definitions)

    def compile(self) -> None:
        """Compile every name that was declared."""
        for id in [*self._readings, *self._definitions]:
            if self.is_group(id):
                self.group(id)
            else:
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
        if forms(names) & self.scope.fields.keys():  # a fact that plans state: the text would mean the one or the other
            self.scope.report("CR0307", name.span, name=names)
            return
        if id_ in self.borrowed:
            span = self.borrowed[id_]
            related = (Label(span, "first"),) if span is not None else ()
            self.scope.diagnostics.append(Diagnostic("CR0307", name.span, {"name": names}, related=related))
            return
        if id_ in self.done:
            self.layers.taken_over(id_, entries, name.span)
            del self.done[id_]
        into[id_] = statement
        self.scope.declare(names, id_, reading)
        self.scope.note(name.span, names)
        if self.is_group(id_):
            self.scope.declare_group(self.singular(entries), id_)

    def adopt(self, above: p.Program) -> None:
        """Take over the names of the ruleset above: a text may use them as its own."""
        named: list[p.Definition | p.Reading] = [*above.definitions, *above.readings]
        for one in named:
            self.scope.declare(one.names, one.id, isinstance(one, p.Reading))
            self.done[one.id] = one
            if isinstance(one, p.Definition) and one.entity is not None:
                self.scope.owners[one.id] = one.entity
        for group in above.groups:
            self.scope.declare(group.names, group.id)
            self.scope.declare_group(group.singular, group.id)
            self.groups[group.id] = group

    def borrow(self, used: p.Program, place: Span | None) -> None:
        """Take over the names of a ruleset that this one uses; one that means something else already is reported."""
        named: list[p.Definition | p.Reading | p.Group] = [*used.definitions, *used.readings, *used.groups]
        known = {**self.done, **self.groups}
        taken = [one for one in named if one.id in known and known[one.id] != one]
        for one in taken:
            first = known[one.id]
            related = (Label(first.span, "first"),) if first is not None and first.span is not None else ()
            self.scope.diagnostics.append(Diagnostic("CR0307", place, {"name": one.names}, related=related))
        ids = {one.id for one in taken}
        self.adopt(
            evolve(
                used,
                definitions=tuple(one for one in used.definitions if one.id not in ids),
                readings=tuple(one for one in used.readings if one.id not in ids),
                groups=tuple(one for one in used.groups if one.id not in ids),
            )
        )
        self.borrowed |= {one.id: one.span for one in named}

    def declares(self, id: str) -> bool:
        """Whether this text itself defines a name."""
        return id in self._definitions or id in self._readings

    # -- groups

    def is_group(self, id: str) -> bool:
        node = self._definitions.get(id)
        return id in self.groups or (isinstance(node, n.Definition) and isinstance(node.value, n.Members))

    def singular(self, entries: Iterable[n.Entry]) -> Names:
        """What one member of a group is called: a line `each: counted member`."""
        entry = next((e for e in entries if e.key == "each"), None)
        if entry is None:
            return Names()
        return own_names(entry.text, entry.entries, self.citations.tree.language)

    def group(self, id: str) -> p.Group | None:
        """A named group, compiled; `None` when it is not sound."""
        if id in self.groups:
            return self.groups[id]
        node = self._definitions[id]
        assert isinstance(node, n.Definition)
        if self.circular(id, node.span):
            return None
        self._busy.append(id)
        names = own_names(node.name.text, node.entries, self.citations.tree.language)
        frames, self.scope.frames = self.scope.frames, []
        made = members.group(self.expressions, Named(id, names), node, self.singular(node.entries))
        self.scope.frames = frames
        self.citations.check_entries(node.entries, (*_TABLE_KEYS, "each"))
        citation = self.citations.citation(node, node.citation)
        self._busy.pop()
        self.groups[id] = None if made is None else evolve(made, citation=citation)
        return self.groups[id]

    def collection(self, id: str) -> Collection | None:
        """The members that a named group takes together."""
        made = self.group(id) if self.is_group(id) else None
        if made is None:
            return None
        of = next(one for one in self.scope.vocabulary.lists if one.id == made.list)
        singular = made.singular if made.singular.forms else of.singular
        return Collection(of, made.names, singular, made.where)

    def value(self, id: str, asked: Span | None = None) -> p.Definition | p.Reading | None:
        """A definition or reading, compiled; `None` when it is not sound."""
        if id in self.done:
            return self.done[id]
        if self.circular(id, asked):
            return None
        self._busy.append(id)
        node = self._definitions.get(id)
        frames, self.scope.frames = self.scope.frames, []
        made = self.reading(id) if node is None else self.definition(id, node)
        self.scope.frames = frames
        self._busy.pop()
        self.done[id] = made
        return made

    def circular(self, id: str, asked: Span | None) -> bool:
        """Whether a name rests on itself, or on too many others one below the other; it is reported."""
        if len(self._busy) > _DEEPEST:
            self.scope.report("CR0113", asked, limit=_DEEPEST)
            return True
        if id in self._busy:
            chain = (*self._busy[self._busy.index(id) :], id)
            self.scope.report("CR0308", asked, chain=tuple(c.replace("_", " ") for c in chain))
            return True
        return False

    def type_of(self, named: Named, span: Span | None) -> Type | None:
        if self.is_group(named.id):
            group = self.group(named.id)
            of = None if group is None else self.collection(named.id)
            if of is not None:
                each = self.scope.each_one(evolve(of.list, singular=of.singular))
                count = self.scope.counted(named.names, each)
                self.scope.report("CR0203", span, name=named.names, each=each, count=count)
            return None
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
        reading = self.reading_called(path)
        if reading is None:
            return None
        if not isinstance(reading.taken.value, kind):
            self.scope.report(code, path.span, name=reading.names)
            return None
        return reading.id

    def reading_called(self, path: n.Path) -> p.Reading | None:
        """The reading of a name; `None` after a diagnostic."""
        target = self.scope.named.get(joined(path))
        if target is None or not target.reading:
            known = [form for one in self.scope.named.values() if one.reading for _, form in one.names.forms]
            self.scope.unknown(path, known, "CR0316")
            return None
        self.scope.note(path.span, target.names)
        reading = self.value(target.id, path.span)
        return reading if isinstance(reading, p.Reading) else None

    def definition(self, id: str, node: n.Definition | n.Table) -> p.Definition | None:
        names = own_names(node.name.text, node.entries, self.citations.tree.language)
        owner, body = self.body(node)
        self.citations.check_entries(
            node.entries, (*_TABLE_KEYS, "overlap") if isinstance(node, n.Table) else _TABLE_KEYS
        )
        citation = self.citations.citation(node, node.citation)
        if body is None:
            return None
        for rate in unrounded_rates(body):
            if self.scope.is_measured(rate.type):
                continue
            self.scope.report("CR0309", rate.span, **missing_rounding(rate))
        seen = tuple(mentions(body, self.scope))
        if owner.entity is not None:
            self.scope.owners[id] = owner.entity
        stated = self.layers.stated(node.entries)
        return p.Definition(id, names, body, citation, owner.entity, stated.lower, stated.relation, seen, node.span)

    def body(self, node: n.Definition | n.Table) -> tuple[Frame, Expression | None]:
        """What a definition says, and whose it is: where it names facts of people it is read again as theirs."""
        owner = Frame(None, p.SELF)
        before, resolved = len(self.scope.diagnostics), dict(self.scope.resolved)
        body = self.body_of(node, owner)
        if owner.entity is None:
            return owner, body
        del self.scope.diagnostics[before:]
        self.scope.resolved.clear()
        self.scope.resolved.update(resolved)
        owner = Frame(owner.entity, p.SELF, self.scope.vocabulary.entity(owner.entity).names)
        return owner, self.body_of(node, owner)

    def body_of(self, node: n.Definition | n.Table, owner: Frame) -> Expression | None:
        outer, self.scope.statement = self.scope.statement, node.span
        with self.scope.having(owner):
            found = self.table(node) if isinstance(node, n.Table) else self.formula(node.value)
        self.scope.statement = outer
        return found

    def formula(self, node: n.Phrase) -> Expression | None:
        """What stands after `means`."""
        match node:
            case n.Items():
                return self.expressions.items(node)
            case n.CaseRows():
                return self.cases(node)
            case _:
                return self.expressions.expression(node)

    def cases(self, node: n.CaseRows) -> Expression | None:
        """The cases of a definition; a row that no case can reach, or none for the rest, is reported."""
        found: list[tuple[Expression, Expression]] = []
        otherwise: Expression | None = None
        last: n.CaseRow | None = None
        for row in node.rows:
            value = self.expressions.expression(row.value, found[0][1].type if found else None)
            condition = None if row.condition is None else self.expressions.condition(row.condition)
            if value is None or (row.condition is not None and condition is None):
                return None
            if last is not None:
                related = (Label(last.span, "first"),) if last.span is not None else ()
                self.scope.diagnostics.append(Diagnostic("CR0354", row.span, related=related))
            if condition is not None:
                found.append((condition, value))
            elif last is None:
                otherwise, last = value, row
        if not found:
            if node.rows and not self.scope.is_spoilt(node.span):
                self.scope.report("CR0325", node.span)
            return None
        values = [value for _, value in found] + ([otherwise] if otherwise is not None else [])
        self.expressions.of_one_kind(values)
        return p.Cases(tuple(found), otherwise, _widest(values), node.span)

    def table(self, node: n.Table) -> Expression | None:
        inputs = [self.expressions.path(path, None) for path in node.inputs]
        given = tuple(one for one in inputs if one is not None)
        rows: list[p.TableRow] = []
        otherwise: Expression | None = None
        choices = self.choice_names(node)
        last: n.Row | None = None
        for row in node.rows:
            value = self.expressions.expression(row.value, choices)
            self.citations.check_entries(row.entries, ("valid",))
            if value is None or len(given) != len(inputs):
                continue
            if last is not None:
                related = (Label(last.span, "first"),) if last.span is not None else ()
                self.scope.diagnostics.append(Diagnostic("CR0354", row.span, related=related))
            if not row.cells:
                otherwise, last = value, last or row
            elif (made := tables.row(self.expressions, given, row, value)) is not None:
                rows.append(made)
        if len(given) != len(inputs):
            return None
        if not rows or len(rows) + sum(not row.cells for row in node.rows) != len(node.rows):
            if not node.rows and not self.scope.is_spoilt(node.span):
                self.scope.report("CR0325", node.span)
            return None
        overlap = self.overlap(node)
        decided = any(
            entry.key not in (*_TABLE_KEYS, "valid") and not entry.key.startswith("name.") for entry in node.entries
        )
        values = [row.value for row in rows] + ([otherwise] if otherwise is not None else [])
        self.expressions.of_one_kind(values)
        table = p.Table(given, tuple(rows), overlap, _widest(values), otherwise, node.span)
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
            before = len(self.scope.diagnostics)
            value = self.reading_value(entry)
            if value is None:
                from civicrules.compiler import whose  # a sound text needs none of it

                whose.in_reading(self.scope, entry, names, before)
                return None
            options.append(p.Option(value, Names.of(**{self.citations.tree.language: entry.text})))
        kinds = {_option_kind(o.value) for o in options}
        if len(kinds) > 1:
            self.scope.report("CR0327", also[0].value_span)
            return None
        self.expressions.of_one_kind([o.value for o in options if not isinstance(o.value, Rounding | p.RowChoice)])
        because = next((e for e in node.entries if e.key == "because"), None)
        reasons = {self.citations.tree.language: because.text} if because else {}
        if because:
            reasons.update({e.key[5:]: e.text for e in because.entries if e.key.startswith("name.")})
        citation = self.citations.citation(node, node.citation)
        return p.Reading(id, names, question, tuple(options), Names.of(**reasons), citation, node.span)

    def reading_value(self, entry: n.Entry) -> Rounding | p.RowChoice | Expression | None:
        if len(entry.values) == 1:
            return self.option(entry.values[0])
        self.scope.report("CR0328", entry.value_span)
        return None

    def option(self, node: n.Phrase) -> Rounding | p.RowChoice | Expression | None:
        """What an option of a reading is; `None` after a diagnostic."""
        if isinstance(node, n.Option):
            terminal = node.word.terminal
            return ROUNDINGS.get(terminal) or ROW_CHOICES[terminal]
        if isinstance(node, n.Path) and joined(node) in self.scope.words:  # a word of a counting method
            id, names = self.scope.words[joined(node)]
            self.scope.note(node.span, names)
            return p.Literal(id, p.TextType(), node.span)
        return self.expressions.expression(node)


def _option_kind(value: Rounding | p.RowChoice | Expression) -> str:
    if isinstance(value, Rounding):
        return "rounding"
    return "row" if isinstance(value, p.RowChoice) else type(value.type).__name__


def _widest(values: Sequence[Expression]) -> Type:
    """The type of what takes values by turns: the first one's; a number beside ranges is a range of one."""
    first = values[0].type
    ranges = [value.type for value in values if isinstance(value.type, p.RangeType)]
    if ranges:
        lows = [r.of.low for r in ranges]
        highs = [r.of.high for r in ranges]
        low = None if None in lows else min(x for x in lows if x is not None)
        high = None if None in highs else max(x for x in highs if x is not None)
        return p.RangeType(evolve(ranges[0].of, low=low, high=high))
    if isinstance(first, p.NumberType):
        whole = all(isinstance(value.type, p.NumberType) and value.type.whole for value in values)
        return evolve(first, low=0, high=None, whole=whole)
    return first
