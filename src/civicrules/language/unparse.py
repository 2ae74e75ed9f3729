"""A tree back to text, in any language that has a table. Each language's order of words is said by its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import assert_never

from civicrules.language import implied
from civicrules.language import nodes as n
from civicrules.language.spelling import Spelling, begins, folded
from civicrules.language.words import before_its_day
from civicrules.source import Span
from civicrules.values import frozen

_PAIRS = (("ALL_OF_THESE", "MEET_ALL"), ("ANY_OF_THESE", "MEET_ANY"))
_TWINS = MappingProxyType(dict(_PAIRS) | {second: first for first, second in _PAIRS})
_LASTING = frozenset({"AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN"})


@frozen
class Printer(Spelling):
    """Prints every node: sentences, predicates, phrases, conditions."""

    # -- clauses

    def sentence(self, guards: tuple[n.Phrase, ...], clause: n.Clause) -> str:
        """A clause under its guards, as one sentence."""
        body = self.clause(clause)
        if isinstance(clause.predicate, n.Items):
            body += self.sign("colon").rstrip()
        if not guards:
            return body
        condition = self.join(*self.joined(guards, "AND"))
        return self.put("guarded", condition=condition, sentence=body)

    def joined(self, parts: tuple[n.Phrase, ...], terminal: str) -> list[str]:
        word = self.keyword(terminal)
        return [text for part in parts for text in (word, self.phrase(part))][1:]

    def clause(self, clause: n.Clause) -> str:
        clause = implied.unnamed(clause, self.table.print("AGED"), self.keep)
        if isinstance(clause.subject, n.AgeOn) and isinstance(clause.predicate, n.Compared | n.Bounded):
            aged = self.aged_on(clause.subject, clause.predicate, in_clause=True)
            if aged:
                whose = self.phrase(implied.owner(clause.subject))
                return self.put("clause", subject=whose, force=self.force(clause.force), predicate=aged)
        subject, force = self.phrase(clause.subject), self.force(clause.force)
        front = clause.force.front if self.keep else clause.force.word.terminal == "ENCOURAGED"
        banned = clause.force.negated
        if isinstance(clause.predicate, n.Items):
            if clause.predicate.then is not None or self.is_barred(clause):
                return self.case_list(clause, clause.predicate)
            predicate = self.items(clause.predicate, banned=banned)
        else:
            predicate = self.predicate(clause.predicate, in_clause=not front or bool(self.table.order.be))
        return self.put("encouraged" if front else "clause", subject=subject, force=force, predicate=predicate)

    def aged_on(self, age: n.AgeOn, asked: n.Compared | n.Bounded, in_clause: bool = False) -> str:
        """`at least 18 years of age on election day`, 在选举日年满18周岁; empty where the age has to be named."""
        if not implied.is_implied(age):
            return ""
        day, aged = self.path(age.day), self.table.print("AGED")
        life = asked if self.keep and not aged else implied.of_life(asked, "")
        if not aged:
            said = self.predicate(life, in_clause)
            return self.put("aged on", age.span, said=said, day=day) if in_clause else ""
        if not isinstance(life, n.Compared) or not isinstance(life.value, n.Duration):
            return ""
        if life.word.terminal not in ("AT_LEAST", "LESS_THAN"):
            return ""
        construct = "aged on" if life.word.terminal == "AT_LEAST" else "not aged on"
        return self.put(construct, age.span, day=day, duration=self.phrase(life.value))

    def is_barred(self, clause: n.Clause) -> bool:
        """Whether a ban was written with its list first, and without naming each of those it is for."""
        list, subject = clause.predicate.span, getattr(clause.subject, "span", None)
        return self.keep and list is not None and subject is not None and list.start < subject.start

    def case_list(self, clause: n.Clause, items: n.Items) -> str:
        """`each candidate must not be among representatives when any of these`, the head of a list."""
        when = self.table.print("WHEN_ALL" if items.word.terminal == "MEET_ALL" else "WHEN_ANY")
        listed = when or self.items(items, banned=clause.force.negated)
        force = self.force(clause.force)
        if items.then is None:
            assert isinstance(clause.subject, n.Each)
            return self.put("barred", clause.force.span, items=listed, force=force, of=self.path(clause.subject.of))
        predicate = self.predicate(items.then, in_clause=True)
        subject = self.phrase(clause.subject)
        return self.put("case list", clause.span, subject=subject, items=listed, force=force, predicate=predicate)

    def force(self, force: n.Force) -> str:
        """The force word; one word with its negation where the language has such a word."""
        base = force.word.terminal.removesuffix("_NOT")
        whole = n.Word(f"{base}_NOT", force.word.text)
        if not force.negated:
            return self.word(force.word)
        if self.table.print(whole.terminal):
            return self.word(whole)
        return self.join(self.word(n.Word(base, _first_word(force.word.text))), self.table.print("NOT"))

    def items(self, node: n.Items, *, banned: bool = False, defines: bool = False) -> str:
        """The head of a list, without its colon."""
        terminal = node.word.terminal
        twin = _TWINS.get(terminal)
        wanted = terminal.endswith("_OF_THESE") == defines or twin is None
        if twin is not None and not self.table.print(twin if not wanted else terminal):
            wanted = not wanted
        chosen = node.word if twin is None or wanted or self.own_word(node.word) else n.Word(twin, "")
        word = self.word(chosen, "ban" if banned else "")
        if node.number is None:
            return word
        return self.put("some", node.span, "some", word=word, number=str(node.number))

    def own_word(self, word: n.Word) -> bool:
        """Whether a word was written in this language."""
        return self.keep and bool(self.table.print(word.terminal))

    def exception(self, node: n.Except) -> str:
        """`except when incumbent: at most 65`."""
        condition = self.phrase(node.condition)
        if node.predicate is None:
            return self.put("exception", node.span, condition=condition)
        return self.put("exception, asked", node.span, condition=condition, asked=self.asked(node.predicate))

    # -- predicates

    def predicate(self, node: n.Predicate, in_clause: bool = False) -> str:
        """What is said of a subject, with *is* where it belongs."""
        if isinstance(node, n.Both):
            return self.both(node, in_clause)
        return self.join(self.copula(node, in_clause), self.said(node))

    def both(self, node: n.Both, in_clause: bool) -> str:
        """`at least 3 and at most 9`: edges of one value, of which only the first is said to be."""
        text = self.predicate(node.parts[0], in_clause)
        for before, part in pairwise(node.parts):
            text = self.linked(text, _gap(before, part), "AND", self.said(part))
        return text

    def linked(self, text: str, gap: Span | None, terminal: str, last: str) -> str:
        """What is joined by *and* or *or*, with a comma before the word where its author put one."""
        comma = self.keep and folded(gap).startswith(",")
        return self.join(text + self.sign("comma").rstrip() * comma, self.keyword(terminal, gap), last)

    def copula(self, node: n.Predicate, in_clause: bool) -> str:
        kind = _KINDS[type(node)]
        if isinstance(node, n.Being) and (node.word is None or node.word.terminal == "NOT"):
            return self.table.order.be if in_clause else ""
        if isinstance(node, n.Being) and node.word is not None and node.word.terminal == "IS_NOT":
            return self.word(node.word)
        if isinstance(node, n.Compared) and self.word(node.word) in self.table.order.verbs:
            return ""
        if in_clause and self.table.order.be:
            return self.table.order.be
        if isinstance(node, n.Being) and node.word is not None:
            return self.word(node.word)
        if isinstance(node, n.AnyListed | n.AmongList) and node.negated:
            return ""
        if isinstance(node, n.AnyListed) and not node.joined and kind not in self.table.order.copulas:
            return ""  # it is in the construct
        if self.keep:
            return self.begun(node.span, "IS") or (self.begun(node.span, "ON_DAY") if kind == "bounded" else "")
        if isinstance(node, n.AnyListed) and node.joined:
            return self.table.print("IS")
        if self.bare and isinstance(node, n.Compared):
            return ""
        return self.table.print("IS") if kind in self.table.order.copulas else ""

    def begun(self, span: Span | None, terminal: str) -> str:
        """The *is* that a predicate was written with, or what stands for it (年龄在60周岁以下)."""
        written = folded(span)
        found = (phrase for phrase in self.table.keywords.get(terminal, ()) if begins(written, phrase))
        negated = any(begins(written, phrase) for phrase in self.table.keywords.get("IS_NOT", ()))
        return "" if negated else next(found, "")

    def asked(self, node: n.Predicate) -> str:
        """What is asked instead, after an exception: a bare value, or a comparison as it was written."""
        if isinstance(node, n.Being) and node.word is None:
            return self.said(node)
        return self.predicate(node) if self.keep or isinstance(node, n.Being) else self.said(node)

    def tested(self, node: n.Phrase, place: str = "") -> str:
        """A value, a case of a table: a comparison stands without *is*."""
        if isinstance(node, n.Compared) and not self.keep:
            return self.join(self.word(node.word, place), self.phrase(node.value))
        return self.said(node) if isinstance(node, n.Compared | n.Bounded) else self.phrase(node)

    def said(self, node: n.Predicate) -> str:
        """A predicate without *is*."""
        match node:
            case n.Compared():
                return self.compared(node)
            case n.Bounded(value=n.Day() as day, word=word):
                return self.put(
                    "bounded from" if word.terminal == "OR_MORE" else "bounded",
                    node.span,
                    value=self.phrase(day),
                    word=self.word(word, "day"),
                )
            case n.Bounded(value=value, word=word):
                return self.put("bounded", value=self.phrase(value), word=self.word(word, self.compared_with(value)))
            case n.Being(value=value, negated=negated, word=word):
                bare = negated and word is not None and word.terminal in ("IS", "NOT")
                said = self.join(self.table.print("NOT") if bare else "", self.phrase(value))
                return self.put("as printed", value=said) if node.printed else said
            case n.Within(range=n.Shift() as shift):
                return self.put(self.within(shift, node.span), node.span, **self.shifted(shift))
            case n.Within(range=path):
                return self.put("within", node.span, range=self.phrase(path))
            case n.Both():
                return self.both(node, in_clause=False)
            case n.Between(low=n.Shift() as low, high=n.Shift() as high) if _serves_both(low, high):
                return self.window("between", low, high)
            case n.Between(low=low, high=high):
                return self.put(
                    self.ends("between", low, high), node.span, low=self.low(low, high), high=self.phrase(high)
                )
            case n.AnyListed(values=values, joined=True):
                return self.series(values, "OR")
            case n.AnyListed(values=values, negated=negated):
                return self.put("not one of" if negated else "one of", node.span, values=self.listed(values))
            case n.Ago(word=word, duration=duration):
                return self.put("ago", node.span, word=self.word(word, "period"), duration=self.phrase(duration))
            case n.AmongList(list=path, negated=negated, word=word):
                printed = self.word(word or n.Word("AMONG", ""))
                if negated:
                    return self.put("not among", node.span, word=printed, list=self.path(path))
                return self.join(printed, self.path(path))
            case _:
                assert_never(node)

    def within(self, shift: n.Shift, span: Span | None) -> str:
        """The construct for a period that a day must fall in: the author's, where the language has several."""
        if shift.back:
            return "within before"
        after = _after(span, shift.day.span).text if self.keep and span is not None else ""  # type: ignore[union-attr]
        written = "on day" if after.startswith(self.table.keywords.get("AFTER_DAY", ())) else "from day"
        construct = f"within after, {written}"
        begun = folded(span).startswith(self.table.keywords.get("ON_DAY", ()))
        return construct if self.keep and begun and construct in self.table.order.patterns else "within after"

    def compared(self, node: n.Compared) -> str:
        word, value = node.word, node.value
        on_day = self.keep and folded(word.span) in self.table.keywords.get("ON_DAY", ())
        by_day = self.keep and folded(word.span) in self.table.keywords.get("BY_DAY", ())
        if by_day:
            return self.put("by day", node.span, word=self.word(word), day=self.phrase(value))
        if isinstance(value, n.Shift) and word.terminal == "AT_LEAST" and (own := self.as_written(node.span, value)):
            return own
        if isinstance(value, n.Shift) and word.terminal == "AT_LEAST" and (on_day or value.back):
            return self.put("at least before", node.span, word=self.word(word), shift=self.phrase(value))
        if isinstance(value, n.Shift) and value.back and word.terminal in _LASTING and self.is_nearer(node.span):
            return self.put("nearer", node.span, word=self.word(word, "period"), **self.shifted(value))
        if isinstance(value, n.Shift) and not value.back and word.terminal in _LASTING:
            return self.put("since", node.span, word=self.word(word, "period"), **self.shifted(value))
        aged = word.text in self.table.keywords.get("AGED", ())
        return self.join(word.text if aged else self.word(word, self.compared_with(value)), self.phrase(value))

    def is_nearer(self, whole: Span | None) -> bool:
        """Whether *less than 2 years before a day* has a form of its own here, which its author took."""
        own = not self.keep or folded(whole).startswith(self.table.keywords.get("ON_DAY", ()))
        return own and "nearer" in self.table.order.patterns

    def as_written(self, whole: Span | None, shift: n.Shift) -> str:
        """早于选举日至少20日: the author's words around a day and a period; empty where the day does not come first."""
        day, period = shift.day.span, shift.duration.span
        if not self.keep or self.table.order.spaced or whole is None or day is None or period is None:
            return ""
        if not whole.start < day.start < day.end <= period.start < period.end <= whole.end:
            return ""
        cuts = ((whole.start, day.start), (day.end, period.start), (period.end, whole.end))
        before, between, after = ("".join(whole.source.text[start:end].split()) for start, end in cuts)
        return f"{before}{self.phrase(shift.day)}{between}{self.phrase(shift.duration)}{after}"

    def compared_with(self, value: n.Phrase) -> str:
        """The kind of what something is compared with, where languages have words of their own for it."""
        match value:
            case n.Part():
                return "share"
            case n.Day() | n.Shift():
                return "day"
            case n.Duration():
                return "age" if self.is_age(value) else "length"
            case n.Path():
                return "level"
            case _:
                return ""

    # -- phrases

    def phrase(self, node: n.Phrase) -> str:
        """A phrase in this language's order."""
        match node:
            case n.Path():
                return self.path(node)
            case n.Quantity() | n.Duration() | n.Part() | n.Day() | n.Truth() | n.Nothing() | n.Quoted() | n.Option():
                return self.literal(node)
            case n.Each() | n.Tally() | n.Members() | n.AgeOn():
                return self.people(node)
            case n.Binary() | n.Share() | n.Range() | n.Excess() | n.Rate() | n.Shift() | n.Call():
                return self.composed(node)
            case n.Formula(of=of, suffixes=suffixes):
                return self.sign("comma").join([self.phrase(of), *(self.suffix(suffix) for suffix in suffixes)])
            case n.Brackets(of=of):
                return self.put("brackets", of=self.phrase(of))
            case n.Compared() | n.Bounded():
                return self.predicate(node) if self.keep else self.said(node)
            case n.Test() | n.Negation() | n.AllOf() | n.AnyOf():
                return self.condition(node)
            case n.Items():
                return self.items(node)
            case n.CaseRows():
                return ""
            case _:
                assert_never(node)

    def literal(
        self, node: n.Quantity | n.Duration | n.Part | n.Day | n.Truth | n.Nothing | n.Quoted | n.Option
    ) -> str:
        match node:
            case n.Quantity(value=value, unit=unit):
                number = self.number(value, node.span)
                return (
                    self.put("quantity", number=number, unit=self.label(unit))
                    if unit
                    else self.measured(node.span, number)
                )
            case n.Duration(number=number):
                return self.put("quantity", number=self.number(number, node.span), unit=self.period(node))
            case n.Part():
                return self.part(node)
            case n.Day(value=value):
                return self.day(value)
            case n.Truth(value=truth):
                return self.table.print("YES" if truth else "NO")
            case n.Nothing():
                return self.table.print("NOTHING")
            case n.Quoted(text=text):
                return self.quoted(text)
            case n.Option(word=word):
                return self.word(word)
            case _:
                assert_never(node)

    def measured(self, span: Span | None, number: str) -> str:
        """A number that was written without its unit, with it in languages that say each number with its unit."""
        unit = None if self.keep or "measured" not in self.table.order.patterns else self.name(n.Name("", span))
        return self.put("measured", number=number, unit=unit) if unit else number

    def people(self, node: n.Each | n.Tally | n.Members | n.AgeOn) -> str:
        match node:
            case n.Each(of=of, word=word):
                return self.join(self.each(word, self.label(of.steps[0])), self.path(of))
            case n.Tally():
                return self.tally(node)
            case n.Members(of=of, where=where):
                return self.put("members", _after(node.span, of.span), of=self.path(of), where=self.phrase(where))
            case n.AgeOn():
                return self.age_on(node)
            case _:
                assert_never(node)

    def age_on(self, node: n.AgeOn) -> str:
        """In some orders the day stands between the person and the age."""
        path = node.age.of if isinstance(node.age, n.Each) else node.age
        each = self.each(node.age.word, self.label(path.steps[0])) if isinstance(node.age, n.Each) else ""
        before = self.path(n.Path(path.steps[:-1])) + self.sign("step") if len(path.steps) > 1 else ""
        return self.put(
            "age on",
            _after(node.span, node.day.span),
            whole=self.join(each, self.path(path)),
            owner=self.join(each, before),
            day=self.path(node.day),
            age=self.label(path.steps[-1]),
        )

    def tally(self, node: n.Tally) -> str:
        """`number of X where C`: in some orders the field that is added up stands apart from its list."""
        where = node.where
        of = node.of.of if isinstance(node.of, n.Each) else node.of
        kind = f"{node.kind} of" if where is None else f"{node.kind} where"
        outer = n.Path(of.steps[:-1], None) if node.kind == "total" and len(of.steps) > 1 else of
        parts = {"whole": self.path(of), "last": self.label(of.steps[-1])}
        apart = where is not None and "{last}" in self.table.order.patterns.get(kind, "")
        printed = self.people(node.of) if isinstance(node.of, n.Each) else self.path(outer if apart else of)
        place = self.table.order.each_before(self.label(of.steps[-1]))
        return self.put(kind, node.span, place, of=printed, where=self.phrase(where) if where else "", **parts)

    def composed(self, node: n.Binary | n.Share | n.Range | n.Excess | n.Rate | n.Shift | n.Call) -> str:
        match node:
            case n.Binary():
                return self.binary(node)
            case n.Share(part=part, base=base):
                construct = "multiple" if part.kind == "MULTIPLE" else "share"
                return self.put(construct, part=self.part(part), base=self.phrase(base))
            case n.Range(low=low, high=high):
                return self.range(node, low, high)
            case n.Excess(of=of, above=above):
                return self.put("excess", node.span, of=self.phrase(of), above=self.phrase(above))
            case n.Rate():
                return self.rate(node)
            case n.Shift(back=back):
                return self.put(self.before(node) if back else "after", node.span, **self.shifted(node))
            case n.Call(function=function, arguments=arguments):
                return self.put("call", function=self.path(function), arguments=self.listed(arguments, "comma"))
            case _:
                assert_never(node)

    def binary(self, node: n.Binary) -> str:
        construct = {"*": "product", "/": "quotient"}.get(node.operator, "sum")
        left, right = self.phrase(node.left), self.phrase(node.right)
        text = self.put(construct, left="\0", right="\1", sign=node.operator)
        if self.keep and construct == "quotient" and self.table.order.spaced and "÷" in _between(node.left, node.right):
            text = text.replace("/", "÷")
        text = text.replace(" \1", "\1") if right.startswith("（") else text
        text = text.replace("\0 ", "\0") if left.endswith("）") else text
        return text.replace("\0", left).replace("\1", right)

    def window(self, construct: str, low: n.Shift, high: n.Shift) -> str:
        """Two ends counted from one day, which is said once."""
        ends = {"first": self.phrase(low.duration), "number": self.number(low.duration.number)}
        return self.put(_counted(construct, low), None, **ends, **self.shifted(high))

    def shifted(self, node: n.Shift) -> dict[str, str]:
        return {"duration": self.phrase(node.duration), "day": self.phrase(node.day)}

    def before(self, node: n.Shift) -> str:
        """The construct for a day so long before another: the author's, where the language has several."""
        day, duration = node.day.span, node.duration.span
        if not self.keep or day is None or duration is None or day.end > duration.start:
            return "before"
        between = Span(day.source, day.end, duration.start).text.strip()
        construct = "before, joined" if not between else "before, day first"
        own = not between or between in self.table.keywords.get("BEFORE_DAY", ())
        return construct if own and construct in self.table.order.patterns else "before"

    def rate(self, node: n.Rate) -> str:
        per = node.per
        size = self.number(per.value, per.span) if isinstance(per, n.Quantity) else self.phrase(per)
        measured = self.phrase(per)
        added = self.table.print("ADDED")
        apart = isinstance(node.of, n.Excess) or (isinstance(per, n.Quantity) and per.unit is None)
        apart = bool(added) and (added in _between(per, node.count) if self.keep else apart)
        parts = {"of": self.phrase(node.of), "per": measured, "size": size, "count": self.phrase(node.count)}
        return self.put("rate" + " full" * node.full + " above" * apart, node.span, "", **parts)

    def range(self, node: n.Range, low: n.Phrase, high: n.Phrase) -> str:
        """In `10% to 30% of units` the base serves both ends; it stands with one of them, which depends on the order."""
        base_first = self.table.order.patterns.get("range of", "").startswith("{base}")
        match low, high:
            case n.Part() as first, n.Share(part=last, base=base) if not (self.keep and base_first):
                ends = first, last
            case n.Share(part=first, base=base), n.Part() as last if not self.keep or base_first:
                ends = first, last
            case n.Shift(), n.Shift() if (
                _serves_both(low, high) and _counted("range", low) in self.table.order.patterns
            ):
                return self.window("range", low, high)
            case _:
                return self.put(
                    self.ends("range", low, high), node.span, low=self.low(low, high), high=self.phrase(high)
                )
        low_, high_ = (self.part(end) for end in ends)
        return self.put("range of", node.span, low=low_, high=high_, base=self.phrase(base))

    def low(self, low: n.Phrase, high: n.Phrase) -> str:
        """The lower end: a number without a unit has that of the upper one."""
        match low, high:
            case n.Quantity(value=value, unit=None), n.Quantity() | n.Duration():
                return self.number(value, low.span)
            case _:
                return self.phrase(low)

    def ends(self, construct: str, low: n.Phrase, high: n.Phrase) -> str:
        """The construct for a range: with a word at each end where its author wrote so (18周岁以上60周岁以下)."""
        apart = self.keep and _between(low, high).strip() in self.table.keywords.get("OR_MORE", ())
        return f"{construct}, both ends" if apart else construct

    def suffix(self, suffix: n.Suffix) -> str:
        terminal = {"CLAMP_LOW": "AT_LEAST", "CLAMP_HIGH": "AT_MOST"}.get(suffix.word.terminal, suffix.word.terminal)
        printed = self.word(n.Word(terminal, suffix.word.text))
        return self.join(printed, self.phrase(suffix.value) if suffix.value is not None else "")

    # -- conditions

    def condition(self, node: n.Test | n.Negation | n.AllOf | n.AnyOf) -> str:
        match node:
            case n.Test(subject=n.Path(steps=(n.Name(implied=True),)), predicate=n.Compared() as compared) if (
                aged := self.table.print("AGED")
            ):
                return self.compared(compared if self.keep else implied.of_life(compared, aged))
            case n.Test(subject=n.AgeOn() as age, predicate=n.Compared() as compared) if said := self.aged_on(
                age, compared
            ):
                return said
            case n.Test(subject=subject, predicate=predicate):
                front, about = "", self.phrase(subject)
                if isinstance(predicate, n.Ago) and not self.table.order.spaced:
                    about = before_its_day(about)
                if isinstance(predicate, n.Ago) and _starts_before(node.span, getattr(subject, "span", None)):
                    front = self.table.print("SINCE") if self.keep else ""
                return front + self.join(about, self.predicate(predicate))
            case n.Negation(of=of):
                opposite = None if self.keep else self.name(n.Name("", node.span))
                return opposite or self.put("negation", of=self.phrase(of))
            case n.AllOf(parts=parts):
                return self.series(parts, "AND")
            case n.AnyOf(parts=parts):
                return self.series(parts, "OR")
            case _:
                assert_never(node)

    def series(self, parts: tuple[n.Phrase, ...], terminal: str) -> str:
        text = self.phrase(parts[0])
        for before, part in pairwise(parts):
            gap = _gap(before, part)
            if self.breaks and gap is not None and "\n" in gap.text:
                text = f"{text}\n{self.join(self.keyword(terminal, gap), self.phrase(part))}"
            else:
                text = self.linked(text, gap, terminal, self.phrase(part))
        return text

    def listed(self, phrases: Iterable[n.Phrase], sign: str = "list") -> str:
        return self.sign(sign).join(self.phrase(phrase) for phrase in phrases)


_KINDS: Mapping[type[n.Predicate], str] = MappingProxyType(
    {
        n.Compared: "compared",
        n.Bounded: "bounded",
        n.Being: "being",
        n.Within: "within",
        n.Between: "between",
        n.Both: "both",
        n.AnyListed: "one of",
        n.Ago: "ago",
        n.AmongList: "among",
    }
)


def _counted(construct: str, day: n.Shift) -> str:
    return f"{construct}, {'before' if day.back else 'after'}"


def _serves_both(low: n.Shift, high: n.Shift) -> bool:
    """Whether two days are counted from one day, in one direction and unit."""
    units = low.duration.unit.terminal, high.duration.unit.terminal
    return (low.day, low.back, units[0]) == (high.day, high.back, units[1])


def _first_word(text: str) -> str:
    return (text.split() or [""])[0]


def _gap(before: n.Phrase, after: n.Phrase) -> Span | None:
    """What stands between two phrases."""
    if before.span is None or after.span is None or before.span.end > after.span.start:
        return None
    return Span(before.span.source, before.span.end, after.span.start)


def _between(before: n.Phrase, after: n.Phrase) -> str:
    gap = _gap(before, after)
    return gap.text if gap is not None else ""


def _after(whole: Span | None, part: Span | None) -> Span | None:
    """What follows a part inside a whole."""
    if whole is None or part is None or not whole.start <= part.end <= whole.end:
        return whole
    return Span(whole.source, part.end, whole.end)


def _starts_before(whole: Span | None, part: Span | None) -> bool:
    return whole is not None and part is not None and whole.start < part.start
