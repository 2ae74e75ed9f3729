"""The keys of `contest` and `allocation` blocks: each is a parameter that the method declares, by kind."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, evolve

from civicrules import program as p
from civicrules.compiler.expressions import ExpressionCompiler, missing_rounding
from civicrules.compiler.header import unknown_key
from civicrules.compiler.scope import Local, forms, joined
from civicrules.diagnostics import Diagnostic, Label
from civicrules.language import nodes as n
from civicrules.plugin import Kind, Method, Parameter
from civicrules.program import Expression, Names, NumberType, identifier
from civicrules.source import Span
from civicrules.suggest import nearest

# Numbers that a counting method supplies for each candidate, by the names a text may use for them.
VOTES = Local("votes", Names.of(en="votes", zh="得票数"), NumberType(None, True, 0))
BASE = Local("base", Names.of(en="base", zh="计票基数"), NumberType(None, True, 0))
EACH = Local("each", Names.of(en="each", zh="每个对象"), NumberType(None, True, 0))

# What a block without `method:` uses.
DEFAULTS = {"contest": "majority_by_post"}


def words(methods: Iterable[Method]) -> frozenset[str]:
    """All names of methods, their parameters and their options, so that texts can be read with them."""
    found = {form for local in (VOTES, BASE) for _, form in local.names.forms}
    for method in methods:
        found |= {form for _, form in method.names.forms}
        for parameter in method.parameters:
            found |= {form for _, form in parameter.names.forms}
            found |= {form for _, names in parameter.options for _, form in names.forms}
    return frozenset(found)


@define
class BlockCompiler:
    """Compiles the entries of one block for one method."""

    expressions: ExpressionCompiler
    block: n.Block
    methods: tuple[Method, ...]
    method_words: tuple[str, ...] = ()
    spoilt: bool = False

    def report(self, code: str, span: Span | None, **data: object) -> None:
        self.expressions.scope.report(code, span, **data)

    def compile(self) -> tuple[Method, dict[str, p.Parameter]] | None:
        """The method and its parameters by id; `None` after a diagnostic."""
        entry = next((e for e in self.block.entries if e.key == "method"), None) or self.misspelt_method()
        method = self.method(entry)
        if method is None:
            return None
        scope = self.expressions.scope
        inner, scope.inner = scope.inner, (identifier(self.body()),)
        scope.locals = {form: local for local in (VOTES, BASE) for form in forms(local.names)}
        try:
            found = self.parameters(method, entry)
        finally:
            scope.inner, scope.locals = inner, {}
        return (method, found) if found is not None else None

    def body(self) -> str:
        """A contest is named after the body it elects, in either language; bare names are looked up there first."""
        entity = self.expressions.scope._entities.get(identifier(self.block.name.text))
        return entity.id if entity else ""

    def method(self, entry: n.Entry | None) -> Method | None:
        if entry is not None and entry.values and not isinstance(entry.values[0], n.Path):
            known = tuple(m.names for m in self.methods)
            self.report("CR0317", entry.value_span, name=entry.value_span.text if entry.value_span else "", known=known)
            return None
        if entry is None or not entry.values:
            default = DEFAULTS.get(self.block.opener, "")
            found = next((m for m in self.methods if m.id == default), None)
            if found is None and not self.spoilt:
                known = tuple(m.names for m in self.methods)
                self.report("CR0318", self.block.span, key=Names.of(en="method", zh="方法"), known=known)
            return found
        name = entry.values[0]
        for method in self.methods:
            if isinstance(name, n.Path) and joined(name) in forms(method.names):
                self.expressions.scope.note(name.span, method.names)
                return method
        by_form = {form: m for m in self.methods for _, form in m.names.forms}
        written = name.span.text if name.span else ""
        suggestions = nearest(written, by_form)
        self.report(
            "CR0317", name.span, name=written, suggestions=suggestions, known=tuple(m.names for m in self.methods)
        )
        return by_form[suggestions[0]] if suggestions else None  # the one probably meant: the other keys are looked at

    def misspelt_method(self) -> n.Entry | None:
        """The entry whose key is nearly `method` and no key of any method; it is reported, and read all the same."""
        taken = {form for m in self.methods for parameter in m.parameters for form in forms(parameter.names)}
        for entry in self.block.entries:
            if identifier(entry.key) not in taken and nearest(entry.key, self.method_words):
                self.expressions.scope.diagnostics.append(unknown_key(entry, list(self.method_words)))
                return entry
        return None

    def parameters(self, method: Method, method_entry: n.Entry | None) -> dict[str, p.Parameter] | None:
        by_form = {form: parameter for parameter in method.parameters for form in forms(parameter.names)}
        found: dict[str, p.Parameter] = {}
        seen: dict[str, n.Entry] = {}
        meant: set[str] = set()
        sound = True
        for value in method_entry.values[1:] if method_entry else ():
            sound &= self.trailing(method, value, found)
        for entry in self.block.entries:
            if entry is method_entry or entry.key == "method" or entry.key.startswith("name."):
                continue
            parameter = by_form.get(identifier(entry.key))
            if parameter is None:
                known = [form for q in method.parameters for _, form in q.names.forms] + list(self.method_words)
                problem = unknown_key(entry, known)
                self.expressions.scope.diagnostics.append(problem)
                meant |= {fix.replacement for fix in problem.fixes}
                sound = False
                continue
            if parameter.id in seen:
                first = seen[parameter.id].key_span
                related = (Label(first, "first"),) if first else ()
                diagnostic = Diagnostic("CR0322", entry.key_span, {"key": parameter.names}, related=related)
                self.expressions.scope.diagnostics.append(diagnostic)
            seen[parameter.id] = entry
            value_ = self.value(parameter, entry, found)
            if value_ is None:
                sound = False
            else:
                found[parameter.id] = value_
        for parameter in method.parameters:
            if parameter.required and parameter.id not in seen:
                sound = False
                if not self.spoilt and not any(form in meant for _, form in parameter.names.forms):
                    self.report("CR0318", self.block.span, key=parameter.names)
            elif parameter.id not in found and parameter.default:
                found[parameter.id] = parameter.default
        return found if sound else None

    def trailing(self, method: Method, value: n.Phrase, found: dict[str, p.Parameter]) -> bool:
        """`method: largest remainder, hare quota`: an option of the method that follows its name."""
        for parameter in method.parameters:
            if parameter.kind is Kind.OPTION and isinstance(value, n.Path):
                option = self.option(parameter, value)
                if option is not None:
                    found[parameter.id] = option
                    return True
        options = tuple(names for q in method.parameters if q.kind is Kind.OPTION for _, names in q.options)
        text = value.span.text if value.span else ""
        forms_ = [form for names in options for _, form in names.forms]
        self.report("CR0319", value.span, name=text, suggestions=nearest(text, forms_), options=options)
        return False

    def option(self, parameter: Parameter, node: n.Phrase) -> str | None:
        if isinstance(node, n.Path):
            for id, names in parameter.options:
                if joined(node) in forms(names):
                    self.expressions.scope.note(node.span, names)
                    return id
        return None

    def value(self, parameter: Parameter, entry: n.Entry, found: dict[str, p.Parameter]) -> p.Parameter | None:
        """The value of one key, by the kind its parameter has."""
        values = entry.values
        match parameter.kind:
            case Kind.NUMBER:
                return self.whole(values[0], entry)
            case Kind.NUMBERS:
                numbers = [self.whole(value, entry) for value in values]
                kept = tuple(number for number in numbers if number is not None)
                return kept if len(kept) == len(numbers) else None
            case Kind.RANGE:
                return self.bounds(values[0], entry)
            case Kind.CONDITION:
                conditions = [self.expressions.condition(value) for value in values]
                sound = tuple(c for c in conditions if c is not None)
                if len(sound) != len(conditions):
                    return None
                return sound[0] if len(sound) == 1 else p.And(sound, span=entry.value_span)
            case Kind.THRESHOLD:
                return self.threshold(parameter, values)
            case Kind.POSTS:
                return self.posts(values, entry)
            case Kind.LIST:
                return self.list(values[0], entry)
            case Kind.FIELD:
                return self.field(values[0], entry, found)
            case Kind.OPTION | Kind.OPTIONS:
                options = [self.option(parameter, value) for value in values]
                if all(options) and (len(options) == 1 or parameter.kind is Kind.OPTIONS):
                    kept_ = tuple(str(o) for o in options)
                    return kept_ if parameter.kind is Kind.OPTIONS else kept_[0]
                self.wrong(entry, tuple(names for _, names in parameter.options))
                return None
            case Kind.BASE:
                return self.expressions.number(values[0])

    def wrong(self, entry: n.Entry, options: tuple[Names, ...]) -> None:
        forms_ = [form for names in options for _, form in names.forms]
        data = {"name": entry.text, "suggestions": nearest(entry.text, forms_), "options": options}
        self.report("CR0319", entry.value_span, **data)

    def whole(self, node: n.Phrase, entry: n.Entry) -> Expression | None:
        found = self.expressions.number(node)
        if found is not None and isinstance(found.type, NumberType) and not found.type.whole:
            self.report("CR0309", entry.value_span, **missing_rounding(found))
            return None
        return found

    def bounds(self, node: n.Phrase, entry: n.Entry) -> Expression | None:
        low: Expression | None = None
        high: Expression | None = None
        match node:
            case n.Range():
                made = self.expressions.range(node)
                if not isinstance(made, p.RangeOf):
                    return None
                low, high = made.low, made.high
            case n.Compared(word=word, value=value) if word.terminal in ("AT_LEAST", "AT_MOST"):
                bound = self.expressions.number(value)
                if bound is None:
                    return None
                low, high = (bound, None) if word.terminal == "AT_LEAST" else (None, bound)
            case n.Quantity():
                low = high = self.expressions.number(node)
            case _:
                self.report("CR0334", entry.value_span)
                return None
        return p.Clamped(p.LocalOf(EACH.id, EACH.type), _plain(low), _plain(high), EACH.type, node.span)

    def threshold(self, parameter: Parameter, values: tuple[n.Phrase, ...]) -> Expression | None:
        """`votes more than half of base, most votes first`."""
        condition = self.expressions.condition(values[0])
        if condition is None:
            return None
        for value in values[1:]:
            if self.option(parameter, value) is None:
                options = tuple(names for _, names in parameter.options)
                text = value.span.text if value.span else ""
                self.report("CR0319", value.span, name=text, suggestions=(), options=options)
                return None
        if not (isinstance(condition, p.Compare) and isinstance(condition.left, p.LocalOf)):
            self.report("CR0335", values[0].span)
            return None
        return condition

    def posts(self, values: tuple[n.Phrase, ...], entry: n.Entry) -> tuple[str, ...] | None:
        types = [
            item.type
            for entity in self.expressions.scope.vocabulary.entities
            for item in entity.fields
            if item.id == "post" and isinstance(item.type, p.ChoiceType)
        ]
        if not types or not isinstance(types[0], p.ChoiceType):
            self.report("CR0336", entry.value_span)
            return None
        found = []
        for value in values:
            literal = self.expressions.expression(value, types[0])
            if literal is None:
                return None
            if not isinstance(literal, p.Literal):
                self.wrong(entry, tuple(c.names for c in types[0].choices))
                return None
            found.append(str(literal.value))
        return tuple(found)

    def list(self, node: n.Phrase, entry: n.Entry) -> str | None:
        if isinstance(node, n.Path):
            target = self.expressions.scope.find(node)
            if isinstance(target, p.ListType):
                return target.id
        self.wrong(entry, tuple(entry_.names for entry_ in self.expressions.scope.vocabulary.lists))
        return None

    def field(self, node: n.Phrase, entry: n.Entry, found: dict[str, p.Parameter]) -> str | None:
        """A field of the members of the block's list."""
        vocabulary = self.expressions.scope.vocabulary
        lists = [entry_ for entry_ in vocabulary.lists if entry_.id in found.values()]
        if not lists:
            return None
        fields = [f for e in lists for f in vocabulary.entity(e.entity).fields if isinstance(f.type, NumberType)]
        for item in fields:
            if isinstance(node, n.Path) and joined(node) in forms(item.names):
                self.expressions.scope.note(node.span, item.names)
                return item.id
        self.wrong(entry, tuple(item.names for item in fields))
        return None


def _plain(bound: Expression | None) -> Expression | None:
    """A bound without its unit: seats are counted whatever word the text counts them with."""
    if isinstance(bound, p.Literal) and isinstance(bound.type, NumberType):
        return evolve(bound, type=evolve(bound.type, unit=None))
    return bound
