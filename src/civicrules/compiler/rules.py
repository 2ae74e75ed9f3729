"""Rules and their sentences."""

from __future__ import annotations

from attrs import define, evolve

from civicrules import program as p
from civicrules.compiler.citations import Citations
from civicrules.compiler.header import validity
from civicrules.compiler.mentions import mentions
from civicrules.compiler.naming import own_names, titles
from civicrules.compiler.scope import Scope
from civicrules.compiler.values import Values
from civicrules.compiler.vocabulary import id_of
from civicrules.diagnostics import Diagnostic, Fix, Label
from civicrules.language import nodes as n
from civicrules.program import Expression, Force, Names, identifier
from civicrules.source import Span

_FORCES = {"MUST": Force.MUST, "SHOULD": Force.SHOULD, "ENCOURAGED": Force.ENCOURAGED, "MAY": Force.MAY}


@define
class RuleCompiler:
    """Compiles the rules of one tree, in order."""

    scope: Scope
    citations: Citations
    values: Values

    def rules(self) -> tuple[p.Rule, ...]:
        found: dict[str, p.Rule] = {}
        texts: dict[str, Span] = {}
        for statement in self.citations.tree.statements:
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
        self.citations.check_entries(node.entries, ("name.", "because"))
        if not sentences:
            return None
        section = self.citations.sections.get(id(node))
        heading = titles(section.title, section.entries, self.citations.tree.language) if section else Names()
        if section:
            heading = Names.of(
                **{**dict(heading.forms), **{e.key[5:]: e.text for e in section.entries if e.key.startswith("name.")}}
            )
        if node.name is not None:
            names = own_names(node.name.text, node.entries, self.citations.tree.language)
            return p.Rule(
                id_of(names),
                names,
                titles(node.title, node.entries, self.citations.tree.language),
                heading,
                tuple(sentences),
                node.span,
            )
        subject, names = self.subject(node.sentences[0])
        return p.Rule(subject, names, Names(), heading, tuple(sentences), node.span)

    def subject(self, node: n.Sentence) -> tuple[str, Names]:
        """The id and names of an unnamed sentence: its subject's."""
        before = len(self.scope.diagnostics)
        found = self.values.expressions.expression(node.clause.subject)
        del self.scope.diagnostics[before:]
        for mention in mentions(found, self.scope) if found is not None else ():
            of = mention.of
            key = of.key if isinstance(of, p.FactOf) else of.id if isinstance(of, p.ValueOf) else f"number_of_{of.list}"
            return key.removeprefix("community."), mention.names
        text = node.clause.subject.span.text if node.clause.subject.span else "rule"
        return identifier(text), Names.of(**{self.citations.tree.language: text})

    def sentence(self, node: n.Sentence, rule: n.Rule) -> p.Sentence | None:
        clause = node.clause
        force = _FORCES[clause.force.word.terminal.removesuffix("_NOT")]
        guards = [self.values.expressions.condition(guard) for guard in node.guards]
        subject = self.values.expressions.expression(clause.subject)
        requirement = None
        if subject is not None:
            requirement = self.values.expressions.predicate(subject, clause.predicate, node.span)
        citation = self.citations.citation(rule, node.citation, rule.citation)
        if citation is None:
            self.citations.uncited(rule, node.span)
        self.citations.check_entries(node.entries, ("name.", "valid", "because"))
        if force is Force.MAY and isinstance(clause.predicate, n.Compared):
            self.limit_by_may(clause)
        if requirement is None or citation is None or any(g is None for g in guards):
            return None
        kept = tuple(g for g in guards if g is not None)
        guard = None if not kept else kept[0] if len(kept) == 1 else p.And(kept)
        if clause.force.negated:
            requirement = negated(requirement)
        valid = next((validity(e) for e in node.entries if e.key == "valid"), None)
        names = [mention for part in (*kept, requirement) for mention in mentions(part, self.scope)]
        unique = tuple({m.of: m for m in names}.values())
        return p.Sentence(force, guard, requirement, citation, Names(), unique, valid, node.span)

    def limit_by_may(self, clause: n.Clause) -> None:
        """`may … at most`: a permission cannot limit."""
        terminal = clause.predicate.word.terminal if isinstance(clause.predicate, n.Compared) else ""
        if terminal in ("AT_MOST", "LESS_THAN", "NO_LATER"):
            place = clause.force.span
            right = "must" if self.citations.tree.language != "zh" else "应当"
            self.scope.report("CR0320", place, suggestions=(right,))


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
