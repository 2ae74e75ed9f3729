"""The keys of `contest` and `allocation` blocks: each is a parameter that the method declares, by kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import define, field

from civicrules import program as p
from civicrules.compiler.expressions import ExpressionCompiler
from civicrules.compiler.header import unknown_key
from civicrules.compiler.parameters import LOCALS, ParameterReader, kept_as
from civicrules.compiler.scope import forms, joined
from civicrules.diagnostics import Diagnostic, Label, Severity
from civicrules.language import nodes as n
from civicrules.plugin import Kind, Method
from civicrules.program import Names, identifier
from civicrules.source import Span
from civicrules.suggest import nearest

# What a block without `method:` uses.
DEFAULTS = {"contest": "majority_by_post"}


def words(methods: Iterable[Method]) -> frozenset[str]:
    """All names of methods, their parameters and their options, so that texts can be read with them."""
    found = {form for local in LOCALS for _, form in local.names.forms}
    for method in methods:
        found |= {form for _, form in method.names.forms}
        for parameter in method.parameters:
            found |= {form for _, form in parameter.names.forms}
            found |= {form for _, names in parameter.options for _, form in names.forms}
    return frozenset(found)


def spoken(blocks: Iterable[tuple[str, Mapping[str, str]]], methods: tuple[Method, ...]) -> tuple[Method, ...]:
    """The methods that the blocks of a text speak of, so that the words of no other stand in the way of its names.

    A block is its opener and its lines by key. Where one names no method that is offered, or has a key that its method
    has not, any of them may be meant.
    """
    found: dict[str, Method] = {}
    for kind, lines in blocks:
        offered = [one for one in methods if one.purpose.value == kind]
        named = identifier(re.split("[,，、]", lines["method"])[0].strip()) if "method" in lines else ""
        fits = [one for one in offered if (named in forms(one.names) if named else one.id == DEFAULTS.get(kind))]
        keys = {form for one in fits for parameter in one.parameters for form in forms(parameter.names)}
        given = {identifier(key) for key in lines if key not in ("method", "specifies") and key[:5] != "name."}
        if not fits or not given <= keys:
            return methods
        found.update((one.id, one) for one in fits)
    return tuple(found.values())


# What is said of a value that nothing can be made of, by what the key takes.
_UNREAD = {Kind.THRESHOLD: "CR0335", Kind.LIMITS: "CR0391", Kind.HURDLE: "CR0334", Kind.RANGE: "CR0334"}


def advised(methods: Iterable[Method]) -> Mapping[str, str]:
    """The keys whose values have a form of their own, in small letters, and the code that tells it."""
    given = (parameter for method in methods for parameter in method.parameters if parameter.kind in _UNREAD)
    return {form.casefold(): _UNREAD[one.kind] for one in given for _, form in one.names.forms}


def options(methods: Iterable[Method]) -> Mapping[str, tuple[str, Names]]:
    """The words that methods take for their parameters, by form: id and names. A reading can have them as its options."""
    given = (option for method in methods for parameter in method.parameters for option in parameter.options)
    return {form: (id, names) for id, names in given for form in forms(names)}


@define
class BlockCompiler:
    """Compiles the entries of one block for one method; a key that it has not is that of the `higher` one it specifies."""

    expressions: ExpressionCompiler
    block: n.Block
    methods: tuple[Method, ...]
    method_words: tuple[str, ...] = ()
    spoilt: bool = False
    contests: Mapping[str, Names] = field(factory=dict)
    higher: p.Contest | p.Allocation | None = None

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
        scope.locals = {form: local for local in LOCALS for form in forms(local.names)}
        try:
            found = self.parameters(method, entry)
        finally:
            scope.inner, scope.locals = inner, {}
        if found is None:
            return None
        self.unanswered(method, found)
        return method, found

    def unanswered(self, method: Method, given: Mapping[str, p.Parameter]) -> None:
        """Whoever wrote the rules of a vote should know that they leave a tie to those who count.

        Rules on dividing seats seldom speak of ties, and whoever writes them down faithfully could not mend it: there the
        question says that the ruleset is silent.
        """
        if self.block.opener != "contest":
            return
        tie = next((one for one in method.parameters if one.id == "tie"), None)
        if tie is not None and tie.id not in given:
            answers = tuple(names for _, names in tie.options)
            data = {"key": tie.names, "answers": answers}
            self.expressions.scope.diagnostics.append(Diagnostic("CR0395", self.block.span, data, Severity.ADVICE))

    def body(self) -> str:
        """A contest is named after the body it elects, in either language; bare names are looked up there first."""
        entity = self.expressions.scope.entities.get(identifier(self.block.name.text))
        return entity.id if entity else ""

    def method(self, entry: n.Entry | None) -> Method | None:
        if entry is not None and entry.values and not isinstance(entry.values[0], n.Path):
            known = tuple(m.names for m in self.methods)
            self.report("CR0317", entry.value_span, name=entry.value_span.text if entry.value_span else "", known=known)
            return None
        if entry is None or not entry.values:
            default = DEFAULTS.get(self.block.opener, "") if self.higher is None else self.higher.method
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
                self.expressions.scope.diagnostics.append(unknown_key(entry, self.method_words[:1], self.method_words))
                return entry
        return None

    def parameters(self, method: Method, method_entry: n.Entry | None) -> dict[str, p.Parameter] | None:
        by_form = {form: parameter for parameter in method.parameters for form in forms(parameter.names)}
        found: dict[str, p.Parameter] = {}
        scope = self.expressions.scope
        seen: dict[str, n.Entry] = {}
        meant: set[str] = set()
        sound = True
        reader = ParameterReader(self.expressions, self.block, found, self.contests)
        for value in method_entry.values[1:] if method_entry else ():
            sound &= self.trailing(method, value, reader)
        for entry in self.block.entries:
            if entry is method_entry or entry.key in ("method", "specifies") or entry.key.startswith("name."):
                continue
            parameter = by_form.get(identifier(entry.key))
            if parameter is None and (others := self.others(method, entry)):
                offered = tuple(names for names, _ in others)
                self.report("CR0396", entry.key_span, method=method.names, key=others[0][1], others=offered)
                sound = False
                continue
            if parameter is None:
                language = scope.language
                known = [*(one.names.text(language) for one in method.parameters), *self.method_words[:1]]
                forms_ = [form for one in method.parameters for tag, form in one.names.forms if tag != language]
                problem = unknown_key(entry, known, [*forms_, *self.method_words])
                scope.diagnostics.append(problem)
                meant |= {fix.replacement for fix in problem.fixes}
                sound = False
                continue
            scope.note(entry.key_span, parameter.names)
            if parameter.id in seen:
                first = seen[parameter.id].key_span
                related = (Label(first, "first"),) if first else ()
                diagnostic = Diagnostic("CR0322", entry.key_span, {"key": parameter.names}, related=related)
                scope.diagnostics.append(diagnostic)
            seen[parameter.id] = entry
        found.update(self.inherited(method, seen))
        for parameter in method.parameters:  # in their order: who can be chosen comes before what is asked of them
            if parameter.id in seen:
                made = reader.value(parameter, seen[parameter.id])
                sound = sound and made is not None
                found.update(made or {})
        for parameter in method.parameters:
            follows = "losers" in found and parameter.kind in (
                Kind.POSTS,
                Kind.NUMBERS,
            )  # it has those of the contest it follows
            given = parameter.id in seen or any(id in found for id in kept_as(parameter))
            if parameter.required and not given and not follows:
                sound = False
                if not self.spoilt and not any(form in meant for _, form in parameter.names.forms):
                    self.report("CR0318", self.block.span, key=parameter.names)
            elif parameter.id not in found and parameter.default:
                found[parameter.id] = parameter.default
            if parameter.id in seen and parameter.needs and not {parameter.needs} & (seen.keys() | found.keys()):
                sound = False
                other = next(one for one in method.parameters if one.id == parameter.needs)
                self.report("CR0318", seen[parameter.id].key_span, key=other.names)
        return found if sound else None

    def inherited(self, method: Method, seen: Mapping[str, n.Entry]) -> dict[str, p.Parameter]:
        """The parameters of the block that this one specifies, without those of the keys that it has itself."""
        if self.higher is None:
            return {}
        kept = {id for parameter in method.parameters if parameter.id not in seen for id in kept_as(parameter)}
        return {id: value for id, value in self.higher.parameters.items() if id in kept}

    def others(self, method: Method, entry: n.Entry) -> list[tuple[Names, Names]]:
        """The other methods for such a block that have a key, each with what it calls the key."""
        key, fitting = identifier(entry.key), (one for one in self.methods if one.purpose is method.purpose)
        keys = ((one.names, parameter.names) for one in fitting for parameter in one.parameters)
        return [(name, names) for name, names in keys if key in forms(names)]

    def trailing(self, method: Method, value: n.Phrase, reader: ParameterReader) -> bool:
        """`method: largest remainder, hare quota`: an option of the method that follows its name."""
        for parameter in method.parameters:
            if parameter.kind is Kind.OPTION and isinstance(value, n.Path):
                option = reader.option(parameter, value)
                if option is not None:
                    reader.found[parameter.id] = option
                    return True
        options = tuple(names for q in method.parameters if q.kind is Kind.OPTION for _, names in q.options)
        text = value.span.text if value.span else ""
        forms_ = [form for names in options for _, form in names.forms]
        self.report("CR0319", value.span, name=text, suggestions=nearest(text, forms_), options=options)
        return False
