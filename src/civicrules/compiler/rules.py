"""Rules and their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from attrs import define, evolve

from civicrules import program as p
from civicrules.compiler import ids, members, periods
from civicrules.compiler.citations import Citations
from civicrules.compiler.expressions import one_alone, positive
from civicrules.compiler.header import validity
from civicrules.compiler.layers import KEYS as LAYER_KEYS
from civicrules.compiler.layers import Layers
from civicrules.compiler.mentions import mentions
from civicrules.compiler.naming import own_names, rule_names, titles
from civicrules.compiler.scope import Collection, Scope
from civicrules.compiler.values import Values
from civicrules.compiler.vocabulary import id_of
from civicrules.diagnostics import Diagnostic, Fix, Label
from civicrules.language import nodes as n
from civicrules.program import Expression, Force, Names, identifier
from civicrules.source import Span
from civicrules.values import frozen

_RULE_KEYS = ("name.", "because", "waiver", *LAYER_KEYS)
_FORCES = {"MUST": Force.MUST, "SHOULD": Force.SHOULD, "ENCOURAGED": Force.ENCOURAGED, "MAY": Force.MAY}
_DEEPER = re.compile(r"\n[ \t\u3000]+\S.*")


@define
class RuleCompiler:
    """Compiles the rules of one tree, in order."""

    scope: Scope
    citations: Citations
    values: Values
    layers: Layers

    def rules(self) -> tuple[p.Rule, ...]:
        found: dict[str, p.Rule] = {}
        texts: dict[str, Span] = {}
        called: dict[tuple[str, str], tuple[p.Rule, bool]] = {}
        for statement in self.citations.tree.statements:
            if not isinstance(statement, n.Rule) or self.doubled(statement, texts):
                continue
            rule = self.rule(statement)
            if rule is None:
                continue
            # Reports and waivers go by names. Only rules called after the same fact of different members share one.
            given = statement.name is not None
            forms = [(tag, identifier(form)) for tag, form in rule.names.forms]
            alike = next((one for form in forms for one, own in filter(None, [called.get(form)]) if own or given), None)
            first = found.get(rule.id, alike)
            if first is not None:
                self.again(rule, first, statement)
                continue
            found[rule.id] = rule
            for form in forms:
                called.setdefault(form, (rule, given))
        return tuple(found.values())

    def doubled(self, statement: n.Rule, texts: dict[str, Span]) -> bool:
        """Whether the same sentence stands further up, word for word with all that is below it; it is reported."""
        if statement.name is not None or statement.span is None or len(statement.sentences) != 1:
            return False
        sentence, whole = statement.sentences[0].span, _block(statement.span)
        below = whole.text.partition("\n")[2]
        text = "" if sentence is None else " ".join(f"{sentence.text} {below}".split())
        first = texts.setdefault(text, statement.span)
        if first == statement.span:
            return False
        fix = (Fix(whole, ""),)
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
        sentences = [made for item in node.sentences for made in self.sentences(item, node)]
        self.citations.check_entries(node.entries, ("valid", *_RULE_KEYS))
        if not sentences:
            return None
        section = self.citations.sections.get(id(node))
        heading = titles(section.title, section.entries, self.citations.tree.language) if section else Names()
        if section:
            heading = Names.of(
                **{**dict(heading.forms), **{e.key[5:]: e.text for e in section.entries if e.key.startswith("name.")}}
            )
        entries = node.entries if node.name is not None else (*node.entries, *node.sentences[0].entries)
        stated = self.layers.stated(entries)
        title = Names()
        if node.name is not None:
            names = rule_names(node.name, node.entries, self.scope)
            title, id_ = titles(node.title, node.entries, self.citations.tree.language), id_of(names)
        else:
            id_, names = self.subject(node.sentences[0])
        return p.Rule(
            id_,
            names,
            title,
            heading,
            tuple(sentences),
            self.citations.header.id,
            stated.lower,
            stated.relation,
            self.waiver(entries),
            node.span,
            node.name is not None,
        )

    def waiver(self, entries: Iterable[n.Entry]) -> Names | None:
        """The body that may waive a rule."""
        entry = next((entry for entry in entries if entry.key == "waiver"), None)
        return None if entry is None else own_names(entry.text, entry.entries, self.citations.tree.language)

    def subject(self, node: n.Sentence) -> tuple[str, Names]:
        """The id and names of an unnamed sentence: its subject's."""
        before = len(self.scope.diagnostics)
        with self.speaking(node.clause.subject) as (_, who, subject):
            if isinstance(subject, n.AgeOn):
                subject = subject.age
            found = None if subject is None else self.values.expressions.expression(subject)
            counted = ids.tallied(self.values.expressions, subject) if isinstance(subject, n.Tally) else None
        del self.scope.diagnostics[before:]
        if who is not None and found is None:
            return _list_id(who, node.clause), who.names
        for mention in mentions(found, self.scope) if found is not None else ():
            return counted or _id(mention.of).removeprefix("community."), mention.names
        text = node.clause.subject.span.text if node.clause.subject.span else "rule"
        return identifier(text.strip("「」")), Names.of(**{self.citations.tree.language: text})

    @contextmanager
    def speaking(self, subject: n.Phrase) -> Iterator[tuple[bool, Collection | None, n.Phrase | None]]:
        """With the member at hand that an `each` speaks of: whether it is sound, the members, and what is said of one.

        Of `each candidate` nothing more than the member itself is named; `each candidate's age` leaves `age`.
        """
        each = subject.age if isinstance(subject, n.AgeOn) else subject
        if not isinstance(each, n.Each):
            yield True, None, subject
            return
        steps = each.of.steps
        who = None
        before = len(self.scope.diagnostics)
        for length in (len(steps), *range(1, len(steps))):
            first = n.Path(steps[:length], _around(steps[:length]))
            who = self.scope.collection(first, one=True)
            if who is not None:
                break
        del self.scope.diagnostics[before:]
        if who is None:
            members.collection(self.values.expressions, first, one=True)
            yield False, None, None
            return
        rest = steps[length:]
        inner: n.Phrase | None = n.Path(rest, _around(rest)) if rest else None
        if isinstance(subject, n.AgeOn) and isinstance(inner, n.Path):
            inner = evolve(subject, age=inner)
        with self.scope.having(members.frame(who)):
            yield True, who, inner

    def sentences(self, node: n.Sentence, rule: n.Rule) -> Iterator[p.Sentence]:
        """What one sentence of the text asks: itself, or each item of its list."""
        citation = self.citations.citation(rule, node.citation, rule.citation)
        if citation is None:
            self.citations.uncited(rule, node.span)
        self.citations.check_entries(
            node.entries, ("valid", *_RULE_KEYS) if rule.name is None else ("valid", "because")
        )
        self.scope.statement = node.span
        with self.speaking(node.clause.subject) as (sound, who, subject):
            if not sound:
                return
            guards = [self.values.expressions.condition(guard) for guard in node.guards]
            self.values.expressions.positive = tuple(positive(one for one in guards if one is not None))
            made = list(self.asked(node, who, subject))
            before = len(self.scope.diagnostics)
            exemptions = [self.exemption(one, subject, who, node) for one in node.exceptions]
            if who is None and not made:  # what they except from was not understood
                del self.scope.diagnostics[before:]
            self.values.expressions.positive = ()
        if citation is None or any(guard is None for guard in guards) or any(one is None for one in exemptions):
            return
        kept = tuple(guard for guard in guards if guard is not None)
        valid = next((validity(e) for e in (*node.entries, *rule.entries) if e.key == "valid"), None)
        each = self.parts_of(node.clause.subject) if who is None else p.Each(who.list.id, who.where)
        outer = tuple(one for one in exemptions if one is not None)
        for asked in made:
            own = asked.item
            when = kept if asked.case is None else (*kept, asked.case)
            if own is not None:
                self.citations.check_entries(own.entries, ("valid", "because"))
            item_valid = next((validity(e) for e in own.entries if e.key == "valid"), None) if own else None
            cited = self.citations.cited(own.citation) if own is not None and own.citation is not None else citation
            guard = None if not when else when[0] if len(when) == 1 else p.And(when)
            force = _FORCES[node.clause.force.word.terminal.removesuffix("_NOT")]
            requirement = negated(asked.requirement, self.scope) if asked.negated else asked.requirement
            shown = (*when, requirement, *(e for one in outer for e in (one.condition, one.instead) if e is not None))
            names = {m.of: m for part in shown for m in mentions(part, self.scope)}
            yield p.Sentence(
                force,
                guard,
                requirement,
                cited,
                Names(),
                tuple(names.values()),
                item_valid or valid,
                each,
                (*asked.exemptions, *outer),
                (own or node).span,
            )

    def parts_of(self, subject: n.Phrase) -> p.Each | None:
        """The parts of a list that a count speaks of one by one: each street's communities."""
        if not isinstance(subject, n.Tally) or not isinstance(subject.of, n.Each):
            return None
        before = len(self.scope.diagnostics)
        found = members.divided(self.values.expressions, subject.of)
        del self.scope.diagnostics[before:]
        return None if found is None else p.Each(found[0].list.id, found[0].where, found[1].id)

    def asked(self, node: n.Sentence, who: Collection | None, subject: n.Phrase | None) -> Iterator[_Asked]:
        """The requirements of a sentence, one for each item of a list."""
        clause = node.clause
        if not isinstance(clause.predicate, n.Items):
            requirement = self.said(clause, who, subject, node.span)
            if clause.force.word.terminal == "MAY":
                self.limit_by_may(clause)
            if requirement is not None:
                yield _Asked(requirement, clause.force.negated)
            return
        if clause.predicate.word.terminal == "FOLLOW_ORDER":
            if isinstance(clause.subject, n.Path):
                self.scope.note_declared(clause.subject)
            yield from self.in_order(clause.predicate)
            return
        if subject is not None and not self.about(subject):
            return
        if clause.predicate.then is not None and not self.keeps_off(who, clause):
            yield from self.in_cases(node, clause.predicate, clause.predicate.then, who, subject)
            return
        one_by_one = clause.predicate.word.terminal in ("MEET_ALL", "ALL_OF_THESE")
        if clause.predicate.word.terminal in ("MEET_ANY", "ANY_OF_THESE") and clause.force.negated:
            one_by_one = True
        if not one_by_one or (clause.force.negated and clause.predicate.word.terminal == "MEET_ALL"):
            found = self.values.expressions.items(clause.predicate, clause.force.negated)
            if found is not None:
                yield _Asked(found, clause.force.negated)
            return
        for item in clause.predicate.items:
            condition = self.values.expressions.condition(item.of)
            own = [self.exemption(one, None, who, node, item.of) for one in item.exceptions]
            if condition is not None and all(one is not None for one in own):
                kept = tuple(one for one in own if one is not None)
                yield _Asked(condition, clause.force.negated, item, kept)

    def keeps_off(self, who: Collection | None, clause: n.Clause) -> bool:
        """Whether a ban keeps members off the list that they are on: 每名候选人有下列情形之一的，不得列为候选人."""
        assert isinstance(clause.predicate, n.Items)
        then = clause.predicate.then
        if who is None or not clause.force.negated or not isinstance(then, n.AmongList) or then.negated:
            return False
        found = self.scope.collection(then.list, one=True) or self.scope.collection(then.list)
        return found is not None and found.list.id == who.list.id and found.where == who.where

    def in_cases(
        self, node: n.Sentence, items: n.Items, then: n.Predicate, who: Collection | None, subject: n.Phrase | None
    ) -> Iterator[_Asked]:
        """What is asked in the cases that a list names: in each of them, or where all of them are met."""
        requirement = self.said(evolve(node.clause, predicate=then), who, subject, node.span)
        if requirement is None:
            return
        if items.word.terminal in ("MEET_ALL", "ALL_OF_THESE"):
            case = self.values.expressions.items(items)
            if case is not None:
                yield _Asked(requirement, node.clause.force.negated, case=case)
            return
        for item in items.items:
            case = self.values.expressions.item(item, meets=False)
            if case is not None:
                yield _Asked(requirement, node.clause.force.negated, item, case=case)

    def about(self, subject: n.Phrase) -> bool:
        """Whether the subject of a list that is no member can be one: a body, whose facts its items name."""
        target = self.scope.find(subject) if isinstance(subject, n.Path) else None
        if isinstance(target, p.ListType):
            each = self.scope.each_one(target)
            right = (each.text(self.scope.language),)
            count = self.scope.counted(target.names, each)
            self.scope.report("CR0203", subject.span, name=target.names, each=each, count=count, suggestions=right)
            return False
        if target is None and isinstance(subject, n.Path):
            self.scope.unknown(subject)
            return False
        return True

    def said(
        self, clause: n.Clause, who: Collection | None, subject: n.Phrase | None, span: Span | None
    ) -> Expression | None:
        """What a clause says of its subject."""
        assert not isinstance(clause.predicate, n.Items)
        predicate = one_alone(clause.predicate)
        clause = evolve(clause, predicate=predicate)
        if clause.force.negated and isinstance(clause.predicate, n.Both):  # whether one or both are banned is not said
            self.values.expressions.several(clause.predicate.parts, negated=True)
            return None
        if clause.force.negated and isinstance(clause.predicate, n.AnyListed) and subject is None:
            self.values.expressions.several(clause.predicate.values, negated=True)
            return None
        if subject is None:
            return None if who is None else self.of_member(who, clause, span)
        before = len(self.scope.diagnostics)
        value = self.values.expressions.expression(subject)
        if value is None:
            from civicrules.compiler import whose  # a sound text needs none of it

            whose.in_sentence(self.scope, clause, before)
            return None
        return self.values.expressions.predicate(value, predicate, span)

    def of_member(self, who: Collection, clause: n.Clause, span: Span | None) -> Expression | None:
        """What is said of a member itself: that it is on a list, that it is somebody, or one of its yes/no facts."""
        compiler, predicate = self.values.expressions, clause.predicate
        assert not isinstance(predicate, n.Items)
        own = self.scope.itself(who)
        match predicate:
            case _ if own is not None:
                return compiler.predicate(p.FactOf(own.key, own.type, who.list.id), predicate, span)
            case n.AmongList():
                return members.among(compiler, who.list.id, predicate, span)
            case n.AnyListed():
                compiler.several(predicate.values)
                return None
            case n.Being(value=n.Path() as path, negated=no):
                one_of = self.scope.somebody(predicate, path)
                if one_of is not None:  # to be a representative is to be one of the representatives
                    return members.one_of(compiler, who.list.id, one_of, span, negated=no)
                before = len(self.scope.diagnostics)
                found = compiler.path(path, None)
                if found is not None and isinstance(found.type, p.TruthType):
                    return p.Not(found, span=span) if no else found
                name = members.identity(compiler, who.list.id)
                if found is not None and isinstance(found.type, p.TextType) and name is not None:
                    how = p.Comparison.UNEQUAL if no else p.Comparison.EQUAL
                    return p.Compare(name, how, found, span=span)
                del self.scope.diagnostics[before:]
                if found is None:
                    from civicrules.compiler.unknown import Unknown  # a sound text needs none of it

                    Unknown(self.scope).of_member(who.list.entity, path, clause.subject.span)
                    return None
            case n.Compared(value=n.Path() as path):
                from civicrules.compiler.unknown import Unknown  # a sound text needs none of it

                if Unknown(self.scope).in_words(path):
                    return None
            case _:
                pass
        if not self.scope.otherwise(span):
            self.scope.report("CR0228", span, name=who.singular)
        return None

    def exemption(
        self,
        node: n.Except,
        subject: n.Phrase | None,
        who: Collection | None,
        sentence: n.Sentence,
        of: n.Phrase | None = None,
    ) -> p.Exemption | None:
        """An exception: when it applies, and what is asked then."""
        condition = self.values.expressions.condition(node.condition)
        if condition is None:
            return None
        citation = None if node.citation is None else self.citations.cited(node.citation)
        if node.predicate is None:
            return p.Exemption(condition, None, citation, span=node.span)
        self.compared_as(node.predicate, of.predicate if isinstance(of, n.Test) else sentence.clause.predicate)
        if of is not None:
            instead = self.values.expressions.instead(of, node.predicate)
        else:
            clause = evolve(sentence.clause, predicate=node.predicate)
            instead = self.said(clause, who, subject, node.span)
        if instead is None:
            return None
        if sentence.clause.force.negated and (of is not None or _repeats(node.predicate, sentence.clause.predicate)):
            instead = negated(instead, self.scope)
        return p.Exemption(condition, instead, citation, span=node.span)

    def compared_as(self, asked: n.Predicate, above: n.Predicate | n.Items) -> None:
        """An exception to a limit that gives a number alone: whether it is a limit too, or that number, is not said."""
        if not isinstance(asked, n.Being) or asked.negated or not isinstance(asked.value, n.Quantity | n.Duration):
            return
        if isinstance(above, n.Compared | n.Bounded) and asked.span is not None:
            space, found = "" if self.scope.language == "zh" else " ", asked.span.text
            meant = (f"{above.word.text}{space}{found}",) if isinstance(above, n.Compared) else ()
            self.scope.report("CR0144", asked.span, found=found, suggestions=meant)

    def in_order(self, node: n.Items) -> Iterator[_Asked]:
        """Steps one after the other: the day of each is no earlier than that of the one before."""
        days = [(item, periods.day(self.values.expressions, item.of)) for item in node.items]
        for (_, earlier), (item, later) in pairwise(days):
            if earlier is not None and later is not None:
                yield _Asked(p.Compare(earlier, p.Comparison.AT_MOST, later, span=item.span), False, item)

    def limit_by_may(self, clause: n.Clause) -> None:
        """`may … at most`: a permission cannot limit."""
        edges = clause.predicate.parts if isinstance(clause.predicate, n.Both) else (clause.predicate,)
        words = (edge.word.terminal for edge in edges if isinstance(edge, n.Compared))
        if any(word in ("AT_MOST", "LESS_THAN", "NO_LATER") for word in words):
            place = clause.force.span
            right = "must" if self.citations.tree.language != "zh" else "应当"
            self.scope.report("CR0320", place, suggestions=(right,))


@frozen
class _Asked:
    """One requirement of a sentence, with the item that it stands in; `case` is when a list makes it apply."""

    requirement: Expression
    negated: bool
    item: n.Item | None = None
    exemptions: tuple[p.Exemption, ...] = ()
    case: Expression | None = None


def _id(of: p.FactOf | p.ValueOf | p.CountOf | p.TotalOf | p.Age | p.Elapsed) -> str:
    """The id that a name gives to the rule whose subject it is."""
    match of:
        case p.Age(stated=stated):
            return _id(stated)
        case p.Elapsed(since=p.FactOf() as since):
            return _id(since)
        case p.FactOf(key=key, of=p.PLAN):
            return key
        case p.FactOf(key=key, of=of_member):
            return f"{of_member}_{key.rpartition('.')[2]}"
        case p.ValueOf(id=id):
            return id
        case _:
            return ids.spelled(of)


def _list_id(who: Collection, clause: n.Clause) -> str:
    """The id of a list of requirements: what is asked of the same members in another way is another rule."""
    kind = "" if not isinstance(clause.predicate, n.Items) else _KINDS.get(clause.predicate.word.terminal, "")
    if isinstance(clause.predicate, n.Items) and clause.predicate.then is not None:
        kind = f"_when{kind or '_all_of'}"
    return f"{who.list.id}{'_not' if clause.force.negated else ''}{kind}"


_KINDS = {"MEET_ANY": "_any_of", "MEET_SOME": "_some_of"}


def _repeats(asked: n.Predicate, banned: n.Predicate | n.Items) -> bool:
    """Whether an exception goes on with the comparison that a ban forbids: `must not be more than 60`, `more than 65`.

    `at most 65` says what is asked of those excepted, as it stands.
    """
    if isinstance(asked, n.Compared) and isinstance(banned, n.Compared):
        return asked.word.terminal == banned.word.terminal
    return type(asked) is type(banned) and not isinstance(asked, n.Compared)


def _around(steps: tuple[n.Name, ...]) -> Span | None:
    spans = [step.span for step in steps if step.span is not None]
    return Span(spans[0].source, spans[0].start, spans[-1].end) if spans else None


def negated(requirement: Expression, scope: Scope) -> Expression:
    """`must not` joined with a comparison: the edge follows by logic. What may be *none* has no such other side."""
    if isinstance(requirement, p.Compare) and not _may_be_none(requirement.left, scope):
        return evolve(requirement, comparison=requirement.comparison.negated)
    return p.Not(requirement, span=requirement.span)


def _may_be_none(expression: Expression, scope: Scope) -> bool:
    match expression:
        case p.FactOf(key=key):
            return scope.vocabulary.field(key).none_allowed
        case p.Elapsed(since=since):
            return _may_be_none(since, scope)
        case _:
            return False


def _block(span: Span) -> Span:
    """The whole lines that a place stands in and the deeper ones below it, without the last line end."""
    text = span.source.text
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    while below := _DEEPER.match(text, end):
        end = below.end()
    return Span(span.source, text.rfind("\n", 0, span.start) + 1, end)
