"""A ruleset under a higher one: whose names it sees, which rules of it stay, and where two rules contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import define, evolve, field

from civicrules import program as p
from civicrules.compiler.bounds import Difference, Known, compared
from civicrules.compiler.scope import Scope, forms
from civicrules.diagnostics import Diagnostic, Label, Severity
from civicrules.language import nodes as n
from civicrules.program import Expression, Lower, Names, Relation, RelationKind, rebuilt
from civicrules.source import Span
from civicrules.suggest import nearest
from civicrules.values import frozen

LOWER = {
    Lower.MAY_TIGHTEN: Names.of(en="may tighten", zh="可以从严"),
    Lower.MAY_REPLACE: Names.of(en="may replace", zh="可以变更"),
    Lower.MUST_KEEP: Names.of(en="must keep", zh="不得变更"),
}
KEYS = ("lower", "replaces", "tightens", "specifies")
_RELATIONS = {kind.value: kind for kind in RelationKind}


@frozen
class Stated:
    """What the lines below a rule say of its place among the layers."""

    lower: Lower | None = None
    relation: Relation | None = None


@define
class Layers:
    """The ruleset above the one being compiled, if there is one."""

    scope: Scope
    above: p.Program | None = None
    replaced: dict[str, p.Rule | p.Contest | p.Allocation] = field(factory=dict)
    renamed: dict[str, str] = field(factory=dict)
    own: Known = field(factory=Known)

    # -- what a text states

    def stated(self, entries: Iterable[n.Entry]) -> Stated:
        """The permission and the relation that lines below a rule or a definition state."""
        made = Stated()
        for entry in entries:
            if entry.key == "lower":
                made = evolve(made, lower=self.permission(entry))
            elif entry.key in _RELATIONS:
                made = evolve(made, relation=self.relation(entry))
        return made

    def permission(self, entry: n.Entry) -> Lower | None:
        text = entry.text.casefold()
        for way, names in LOWER.items():
            if any(text == form for _, form in names.forms):
                self.scope.note(entry.value_span, names)
                return way
        known = tuple(LOWER.values())
        suggestions = nearest(text, [form for names in known for _, form in names.forms])
        self.scope.report("CR0360", entry.value_span, name=entry.text, suggestions=suggestions, options=known)
        return None

    def relation(self, entry: n.Entry) -> Relation | None:
        """The rule or definition of a higher ruleset that a line names."""
        named = self.named(entry.text.strip("「」"))
        if named is None:
            self.unknown(entry, tuple(self.names()))
            return None
        id, names = named
        self.scope.note(entry.value_span, names)
        return Relation(_RELATIONS[entry.key], id)

    def unknown(self, entry: n.Entry, known: tuple[Names, ...]) -> None:
        """Report a name that nothing of its kind bears in the ruleset above."""
        suggestions = nearest(entry.text, [form for names in known for _, form in names.forms])
        data = {"name": entry.text, "suggestions": suggestions, "known": known[:8]}
        self.scope.report("CR0361", entry.value_span, **data)

    def names(self) -> Iterable[Names]:
        if self.above is not None:
            yield from (rule.names for rule in self.above.rules)
            yield from (one.names for one in self.above.definitions)

    def named(self, text: str) -> tuple[str, Names] | None:
        if self.above is None:
            return None
        wanted = p.identifier(text)
        named: list[p.Rule | p.Definition] = [*self.above.rules, *self.above.definitions]
        for one in named:
            if wanted == one.id or wanted in forms(one.names):
                return one.id, one.names
        return None

    # -- rules

    def merged(self, own: tuple[p.Rule, ...], values: Known) -> tuple[p.Rule, ...]:
        """The rules of the layers above that stay, then the own ones, which name `values`; each contradiction reported."""
        if self.above is None:
            return own
        self.own = values
        higher = {rule.id: rule for rule in self.above.rules}
        checked = tuple(self.checked(rule, higher) for rule in own)
        taken = {rule.id for rule in own}
        kept = [rule for id, rule in higher.items() if id not in self.replaced]
        named = (evolve(rule, id=f"{rule.ruleset}:{rule.id}") if rule.id in taken else rule for rule in kept)
        return (*(self.renamed_in(rule) for rule in named), *checked)

    def checked(self, rule: p.Rule, higher: Mapping[str, p.Rule]) -> p.Rule:
        """A rule with its relation judged: what it states must be so, and what it does must be stated."""
        relation = rule.relation
        if relation is None:
            same = higher.get(rule.id) or next((o for o in higher.values() if forms(o.names) & forms(rule.names)), None)
            if same is not None:
                self.conflict("CR0362", rule.span, same.span, rule, same)
            return rule
        other = higher.get(relation.to)
        if other is None:  # a definition: judged where it was declared
            return rule
        difference = self.compared(rule, other)
        tighter = None if difference is None else difference.inside
        rule = evolve(rule, relation=evolve(relation, compared=tighter is not None))
        if relation.kind is RelationKind.REPLACES:
            allowed = other.lower is Lower.MAY_REPLACE or (other.lower is Lower.MAY_TIGHTEN and tighter is not False)
            if not allowed:
                code = "CR0363" if other.lower is not Lower.MAY_TIGHTEN else "CR0364"
                self.conflict(code, rule.span, other.span, rule, other)
                return rule
            self.replaced[other.id] = other
        elif relation.kind is RelationKind.TIGHTENS:
            if tighter is False:
                self.conflict("CR0364", rule.span, other.span, rule, other)
            elif other.lower is Lower.MUST_KEEP:
                self.conflict("CR0363", rule.span, other.span, rule, other)
        return rule

    def compared(self, rule: p.Rule, higher: p.Rule) -> Difference | None:
        assert self.above is not None
        definitions = {one.id: one for one in self.above.definitions}
        return compared(rule, higher, self.own, Known(definitions, {one.id: one for one in self.above.readings}))

    def conflict(
        self,
        code: str,
        place: Span | None,
        other: Span | None,
        rule: p.Rule | None,
        higher: p.Rule | p.Definition,
    ) -> None:
        """Report a contradiction; of a definition, which is judged before it is compiled, there is no `rule` yet."""
        lower = LOWER[higher.lower] if higher.lower is not None else Names.of(en="nothing", zh="未作规定")
        data: dict[str, object] = {"name": higher.names, "lower": lower}
        if rule is not None:
            data["article"] = rule.article.article
        citation = higher.article if isinstance(higher, p.Rule) else higher.citation
        if citation is not None:
            data["higher_article"] = citation.article
        difference = self.compared(rule, higher) if rule is not None and isinstance(higher, p.Rule) else None
        here, there = (None, None) if difference is None else (difference.here, difference.there)
        place, other = _shown_at(rule, here, place), _shown_at(higher, there, other)
        related = (Label(other, "higher"),) if other is not None else ()
        if difference is not None:
            data |= {"both": _BOTH[difference.both], **_shown_by(difference)}
        self.scope.diagnostics.append(Diagnostic(code, place, data, Severity.CONFLICT, related))

    # -- definitions

    def taken_over(self, id: str, entries: Iterable[n.Entry], place: Span | None) -> None:
        """An own definition bears the name of a higher one: it takes its place where the higher ruleset allows that.

        Else both stay, and the rules of the higher ruleset go on with theirs.
        """
        assert self.above is not None
        higher = next((one for one in self.above.definitions if one.id == id), None)
        if higher is None:
            return
        states = any(entry.key == "replaces" for entry in entries)
        if states and higher.lower is Lower.MAY_REPLACE:
            return
        self.renamed[id] = f"{self.above.id}:{id}"
        self.conflict("CR0363" if states else "CR0362", place, higher.span, None, higher)

    def definitions(self, own: tuple[p.Definition, ...]) -> tuple[p.Definition, ...]:
        """Higher definitions that stay, under another id where an own one has taken theirs."""
        if self.above is None:
            return own
        ids = {one.id for one in own}
        kept = (one for one in self.above.definitions if one.id not in ids or one.id in self.renamed)
        moved = (evolve(one, id=self.renamed.get(one.id, one.id), body=rebuilt(one.body, self.rename)) for one in kept)
        return (*moved, *own)

    def rename(self, expression: Expression) -> Expression:
        if isinstance(expression, p.ValueOf) and expression.id in self.renamed:
            return evolve(expression, id=self.renamed[expression.id])
        return expression

    def renamed_in(self, rule: p.Rule) -> p.Rule:
        if not self.renamed:
            return rule
        return evolve(rule, sentences=tuple(self.renamed_sentence(sentence) for sentence in rule.sentences))

    def renamed_sentence(self, sentence: p.Sentence) -> p.Sentence:
        mentions = tuple(evolve(one, of=rebuilt(one.of, self.rename)) for one in sentence.mentions)  # type: ignore[arg-type]
        exemptions = tuple(
            evolve(
                one,
                condition=rebuilt(one.condition, self.rename),
                instead=None if one.instead is None else rebuilt(one.instead, self.rename),
            )
            for one in sentence.exemptions
        )
        guard = None if sentence.guard is None else rebuilt(sentence.guard, self.rename)
        requirement = rebuilt(sentence.requirement, self.rename)
        return evolve(sentence, guard=guard, requirement=requirement, exemptions=exemptions, mentions=mentions)

    # -- contests and allocations

    def specified(self, node: n.Block) -> p.Contest | p.Allocation | None:
        """The contest or allocation of the ruleset above whose lines stand here too, where a block has none of its own."""
        entry = next((one for one in node.entries if one.key == "specifies"), None)
        if entry is None:
            return None
        higher: tuple[p.Contest | p.Allocation, ...] = ()
        if self.above is not None:
            higher = self.above.contests if node.opener == "contest" else self.above.allocations
        wanted = p.identifier(entry.text.strip("「」"))
        named = next((one for one in higher if wanted == one.id or wanted in forms(one.names)), None)
        if named is None:
            self.unknown(entry, tuple(one.names for one in higher))
            return None
        self.scope.note(entry.value_span, named.names)
        return self.seen_from_here(named)

    def seen_from_here(self, one: p.Contest | p.Allocation) -> p.Contest | p.Allocation:
        return evolve(one, parameters={id: self.renamed_value(value) for id, value in one.parameters.items()})

    def blocks(self, own: tuple[p.Contest | p.Allocation, ...]) -> tuple[p.Contest | p.Allocation, ...]:
        """The contests and allocations of the layers above that stay.

        An own one of the same kind and name, or that specifies it, takes the place of a higher one: one post cannot be
        counted by two sets of rules.
        """
        if self.above is None:
            return ()
        taken = {(type(one), id) for one in own for id in (one.id, one.specifies)}
        kept: list[p.Contest | p.Allocation] = []
        higher: tuple[p.Contest | p.Allocation, ...] = (*self.above.contests, *self.above.allocations)
        for one in higher:
            if (type(one), one.id) in taken:
                self.replaced[f"{type(one).__name__}:{one.id}"] = one
            else:
                kept.append(self.seen_from_here(one))
        return tuple(kept)

    def renamed_value(self, value: p.Parameter) -> p.Parameter:
        if isinstance(value, Expression):
            return rebuilt(value, self.rename)
        if isinstance(value, tuple):
            return tuple(self.renamed_value(part) for part in value)  # type: ignore[return-value]
        return value

    def layers(self) -> tuple[p.Layer, ...]:
        """The rulesets above, nearest first."""
        if self.above is None:
            return ()
        nearest_one = p.Layer(
            self.above.id,
            self.above.title,
            self.above.level,
            self.above.valid,
            self.above.version,
            tuple(self.replaced.values()),
            self.above.covers,
        )
        return (nearest_one, *self.above.layers)


def _shown_at(one: p.Rule | p.Definition | None, sentence: p.Sentence | None, place: Span | None) -> Span | None:
    """Where the words of a rule stand: a sentence, else its first, not the line of its name."""
    told = one.sentences[0] if sentence is None and isinstance(one, p.Rule) else sentence
    return place if told is None or told.span is None else told.span


def in_words(diagnostics: Iterable[Diagnostic], program: p.Program) -> Iterator[Diagnostic]:
    """Conflicts with their sentences in every language, which a Program has when it is printed, not when it is compiled,
    and with an example that the text has of them.
    """
    said = {one.span: (rule, one) for rule in program.rules for one in rule.sentences}
    for one in diagnostics:
        if one.severity is Severity.CONFLICT:
            places = (("sentence", one.place), *(("higher_sentence", label.place) for label in one.related))
            met = {key: said[place] for key, place in places if isinstance(place, Span) and place in said}
            data = {**one.data, **{key: _one_of(rule, sentence) for key, (rule, sentence) in met.items()}}
            rules = [rule for rule, _ in met.values()]
            shown = next((e.title for e in program.examples if len(rules) == 2 and _stricter(e, *rules)), None)
            one = evolve(one, data=data if shown is None else {**data, "example": shown})
        yield one


def _stricter(example: p.Example, rule: p.Rule, higher: p.Rule) -> bool:
    """Whether an example, as its author states and its test shows, fails a rule and meets the higher one."""
    return {(rule.id, "fails"), (higher.id, "holds")} <= set(example.expect)


def _one_of(rule: p.Rule, sentence: p.Sentence) -> Names:
    """A sentence of a rule, and that there are others."""
    more = {"en": " …", "zh": "……"} if len(rule.sentences) > 1 else {}
    return Names(tuple((tag, text + more.get(tag, "")) for tag, text in sentence.texts.forms))


def _shown_by(difference: Difference) -> dict[str, object]:
    """A plan that the lower rule allows and the higher one does not."""
    if difference.looser is None:
        return {}
    if difference.at is None:
        return {"fact": difference.fact, "looser": difference.looser}
    return {"fact": difference.fact, "looser_there": difference.looser, "input": difference.input, "at": difference.at}


_BOTH = {
    True: Names.of(en="a plan can meet both", zh="方案可以同时满足两者"),
    False: Names.of(en="no plan can meet both", zh="任何方案都不能同时满足两者"),
    None: Names.of(en="some plans can meet both, others cannot", zh="有的方案可以同时满足两者，有的不能"),
}
