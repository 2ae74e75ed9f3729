"""Phrases to typed expressions: names resolved, units and types checked before any data is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import define, evolve, field

from civicrules import days
from civicrules import program as p
from civicrules.compiler import arithmetic, members, periods
from civicrules.compiler.rates import missing_rounding, unrounded_rates
from civicrules.compiler.scope import Local, Named, Owned, Scope, type_names
from civicrules.diagnostics import Diagnostic, Fix
from civicrules.facts import Blank
from civicrules.language import nodes as n
from civicrules.language.words import before_its_day, list_instead
from civicrules.program import Comparison, Expression, Names, NumberType, Type
from civicrules.source import Span

COMPARISONS = {
    "AT_LEAST": Comparison.AT_LEAST,
    "AT_MOST": Comparison.AT_MOST,
    "MORE_THAN": Comparison.MORE,
    "LESS_THAN": Comparison.LESS,
    "EXACTLY": Comparison.EQUAL,
    "UNEQUAL": Comparison.UNEQUAL,
    "NO_LATER": Comparison.AT_MOST,
    "NO_EARLIER": Comparison.AT_LEAST,
    "EARLIER_THAN": Comparison.LESS,
    "LATER_THAN": Comparison.MORE,
    "OR_MORE": Comparison.AT_LEAST,
    "OR_LESS": Comparison.AT_MOST,
}
# More time before a day is an earlier day; *no later than 3 days before* speaks of the day itself.
_LONG_BEFORE = frozenset({"AT_LEAST", "MORE_THAN", "AT_MOST", "LESS_THAN"})
DAYS_ONLY = frozenset({"EARLIER_THAN", "LATER_THAN", "NO_LATER", "NO_EARLIER"})
ROW_CHOICES = {
    "EARLIER_ROW": p.RowChoice.EARLIER,
    "LATER_ROW": p.RowChoice.LATER,
    "WHAT_BOTH_ALLOW": p.RowChoice.COMMON,
    "WHAT_EITHER_ALLOWS": p.RowChoice.EITHER,
}


@define
class ExpressionCompiler:
    """Compiles phrases of one text. `type_of` gives the type of a definition or reading, `None` after a diagnostic.

    Days are counted by `conventions`, ages to the day that `ages` names; what the head lacks of these and has been said
    is `known` by its codes.
    """

    scope: Scope
    type_of: Callable[[Named, Span | None], Type | None]
    rounding_reading: Callable[[n.Path], str | None]
    value_of: Callable[[str], p.Definition | p.Reading | None]
    conventions: days.Conventions = field(factory=days.Conventions)
    ages: n.Path | Expression | None = None
    known: frozenset[str] = frozenset()
    positive: tuple[Expression, ...] = ()

    # -- numbers and other values

    def expression(self, node: n.Phrase, expected: Type | None = None) -> Expression | None:
        """The typed expression of a phrase; `None` after a diagnostic."""
        match node:
            case n.Path():
                return self.path(node, expected)
            case n.Quantity():
                unit = self.scope.unit(node.unit, node.value) if node.unit else None
                if node.unit and unit is None:
                    return None
                low = int(node.value) if isinstance(node.value, int) else None
                return p.Literal(node.value, NumberType(unit, isinstance(node.value, int), low, low), node.span)
            case n.Part():
                return p.Literal(node.value, NumberType(None, False, share=True), node.span)
            case n.Day():
                return p.Literal(node.value, p.DateType(), node.span)
            case n.Truth():
                return p.Literal(node.value, p.TruthType(), node.span)
            case n.Nothing():
                return self.none(node, expected)
            case n.Quoted():
                return p.Literal(node.text, p.TextType(), node.span)
            case n.Binary():
                return arithmetic.binary(self, node)
            case n.Share():
                base = self.number(node.base)
                if base is None:
                    return None
                return p.ShareOf(node.part.value, base, NumberType(None, False, 0), node.span)
            case n.Range():
                return arithmetic.range_of(self, node)
            case n.Excess():
                return arithmetic.excess(self, node)
            case n.Rate():
                return arithmetic.rate(self, node)
            case n.Tally():
                return members.tally(self, node)
            case n.Duration():
                return periods.duration(self, node)
            case n.Shift():
                return periods.shift(self, node)
            case n.AgeOn():
                return periods.age_on(self, node)
            case n.Each():
                self.scope.report("CR0225", node.span)
                return None
            case n.Items() | n.CaseRows() | n.Members():
                self.scope.report("CR0221", node.span)
                return None
            case n.Call():
                return arithmetic.call(self, node)
            case n.Formula():
                return arithmetic.formula(self, node)
            case n.Brackets():
                return self.expression(node.of, expected)
            case n.Test() | n.Negation() | n.AllOf() | n.AnyOf():
                return self.condition(node)
            case n.Compared() | n.Bounded() | n.Option():
                self.scope.report("CR0221", node.span)
                return None
        raise AssertionError(node)

    def number(self, node: n.Phrase) -> Expression | None:
        """A phrase that must be a number."""
        found = self.expression(node)
        if found is not None and not isinstance(found.type, NumberType):
            self.wrong(found, Names.of(en="a number", zh="数字"))
            return None
        return found

    def wrong(self, found: Expression, expected: Names) -> None:
        self.scope.report("CR0204", found.span, found=type_names(found.type, self.scope.vocabulary), expected=expected)

    def path(self, node: n.Path, expected: Type | None) -> Expression | None:
        if isinstance(expected, p.ChoiceType):
            choice = self.scope.choice(node, expected)
            if choice is not None:
                return p.Literal(choice.id, expected, node.span)
        negative = self.scope.negative(node)
        if negative is not None:
            return p.Not(p.FactOf(negative.key, negative.type, span=node.span), span=node.span)
        target = self.scope.find(node)
        match target:
            case p.Field():
                return p.FactOf(target.key, target.type, span=node.span)
            case Owned(field=of_member, of=of, negated=negated_name):
                fact = p.FactOf(of_member.key, of_member.type, of, node.span)
                if of_member.since is not None:
                    return periods.age(self, fact, node.span)
                return p.Not(fact, span=node.span) if negated_name else fact
            case Named():
                type = self.type_of(target, node.span)
                return None if type is None else self.named(target, type, node.span)
            case Local():
                return p.LocalOf(target.id, target.type, node.span)
            case p.ListType() | p.Entity() if self.scope.otherwise(node.span):
                pass
            case p.ListType():
                each = self.scope.each_one(target)
                count = self.scope.counted(target.names, each)
                self.scope.report("CR0203", node.span, name=target.names, each=each, count=count)
            case p.Entity():
                fields = tuple(self.scope._full(target, f) for f in target.fields[:3])
                self.scope.report("CR0209", node.span, name=target.names, options=fields)
            case None:
                extra = ()
                if isinstance(expected, p.ChoiceType):
                    forms = [form for c in expected.choices for _, form in c.names.forms]
                    self.scope.unknown(node, forms, "CR0207", choices=tuple(c.names for c in expected.choices))
                else:
                    self.scope.unknown(node, extra)
        return None

    def named(self, target: Named, type: Type, span: Span | None) -> Expression | None:
        """A definition; that of a kind of people is read of the one at hand."""
        entity = self.scope.owners.get(target.id)
        frame = self.scope.frames[-1] if self.scope.frames else None
        if entity is None and frame is not None and frame.entity == p.COMMUNITY:
            return members.of_community(p.ValueOf(target.id, type, span=span), frame.of, self.value_of)
        if entity is None:
            return p.ValueOf(target.id, type, span=span)
        of = self.scope.owner(entity)
        if of is None:
            from civicrules.compiler.unknown import Unknown  # a sound text needs none of it

            Unknown(self.scope).whose(
                span, target.names, [one for one in self.scope.vocabulary.lists if one.entity == entity]
            )
            return None
        return p.ValueOf(target.id, type, of, span)

    def age_date(self, span: Span | None) -> Expression | None:
        """The day that ages are counted to; `None` after a diagnostic."""
        if self.ages is None:
            self.once("CR0353", span)
            return None
        if isinstance(self.ages, Expression):
            return self.ages
        frames, self.scope.frames = self.scope.frames, []
        found = periods.day(self, self.ages)
        self.scope.frames = frames
        return found

    def once(self, code: str, span: Span | None) -> None:
        """Report what the head lacks at the first place that needs it, unless the head has said so itself."""
        if code not in self.known and all(d.code != code for d in self.scope.diagnostics):
            self.scope.report(code, span, day=self.election_day())

    def election_day(self) -> Names:
        """How the vocabulary calls the day that a head counts from, for an example: its first day that a plan chooses."""
        days = [
            item
            for entity in self.scope.vocabulary.entities
            for item in entity.fields
            if isinstance(item.type, p.DateType) and not item.given
        ]
        found = next(
            (item for item in days if {"election day", "选举日"} & {form for _, form in item.names.forms}), None
        )
        return Names.of(en="election day", zh="选举日") if not days else (found or days[0]).names

    # -- conditions

    def _of_whom(self, node: n.Phrase, before: int) -> None:
        """Say better of a condition that was not understood whose fact may be meant."""
        from civicrules.compiler import whose  # a sound text needs none of it

        whose.in_condition(self.scope, node, before)

    def condition(self, node: n.Phrase) -> Expression | None:
        """A phrase that must be a condition."""
        match node:
            case n.AnyOf(parts=parts):
                completed = self.completed(parts)
                if completed is None:
                    return None
                parts = completed
                for part in parts:
                    if isinstance(part, n.AllOf) or (isinstance(part, n.Test) and isinstance(part.predicate, n.Both)):
                        self.scope.report("CR0215", node.span)
                found = [self.condition(part) for part in parts]
                kept = tuple(f for f in found if f is not None)
                return p.Or(kept, span=node.span) if len(kept) == len(found) else None
            case n.AllOf(parts=parts):
                found = [self.condition(part) for part in parts]
                kept = tuple(f for f in found if f is not None)
                return p.And(kept, span=node.span) if len(kept) == len(found) else None
            case n.Negation(of=n.Test(predicate=n.Both(parts=edges))):  # whether the second is denied too is not said
                self.several(edges)
                return None
            case n.Negation(of=of):
                inner = self.condition(of)
                if isinstance(inner, p.FactOf) and (negative := self.scope.vocabulary.field(inner.key).negative).forms:
                    self.scope.note(node.span, negative)
                return None if inner is None else p.Not(inner, span=node.span)
            case n.Brackets(of=of):
                return self.condition(of)
            case n.Items():
                return self.items(node)
            case n.Test(subject=subject, predicate=predicate):
                before = len(self.scope.diagnostics)
                value = self.expression(subject)
                if value is None:
                    self._of_whom(node, before)
                    return None
                return self.predicate(value, predicate, node.span)
            case _:
                before = len(self.scope.diagnostics)
                found_ = self.expression(node)
                if found_ is None:
                    self._of_whom(node, before)
                    return None
                if not isinstance(found_.type, p.TruthType):
                    self.scope.report("CR0208", found_.span)
                    return None
                return found_

    def completed(self, parts: tuple[n.Phrase, ...]) -> tuple[n.Phrase, ...] | None:
        """`post is chair or member`: what is joined to a choice and can only be another one is said of the same.

        `None` after a diagnostic: it can be read in two ways.
        """
        made: list[n.Phrase] = []
        for part in parts:
            before = made[-1] if made else None
            match before, part:
                case n.Test(subject=subject, predicate=n.Being(printed=False) as being), n.Path():
                    choice, condition = self.reads(subject, part)
                    if choice and (being.negated or condition):
                        self.not_one_of(being, part)
                        return None
                    elif choice:
                        part = n.Test(subject, evolve(being, value=part, span=part.span), part.span)
                case _:
                    pass
            made.append(part)
        return tuple(made)

    def reads(self, subject: n.Phrase, part: n.Path) -> tuple[bool, bool]:
        """Whether a name is a choice that a fact can have, and whether it is a condition by itself."""
        before = len(self.scope.diagnostics)
        value = self.expression(subject)
        del self.scope.diagnostics[before:]
        choices = value.type if value is not None and isinstance(value.type, p.ChoiceType) else None
        choice = choices is not None and self.scope.choice(part, choices) is not None
        return choice, self.holds_or_not(part)

    def holds_or_not(self, part: n.Phrase) -> bool:
        """Whether a phrase is a condition by itself; nothing is reported."""
        before = len(self.scope.diagnostics)
        alone = self.expression(part)
        del self.scope.diagnostics[before:]
        return alone is not None and isinstance(alone.type, p.TruthType)

    def not_one_of(self, being: n.Being, part: n.Path) -> None:
        """`post is not chair or member`, which people read in two ways."""
        if being.span is None or part.span is None or not isinstance(being.value, n.Path) or being.value.span is None:
            return
        place = Span(being.span.source, being.span.start, part.span.end)
        first, last = being.value.span.text, part.span.text
        words = ("不是", "为", "{}{}、{}之一") if self.scope.chinese else ("is not", "is", "{} one of {}, {}")
        right = words[2].format(words[0] if being.negated else words[1], first, last)
        self.scope.report("CR0232", place, found=place.text, suggestions=(right,))

    def items(self, node: n.Items, banned: bool = False) -> Expression | None:
        """The items of a list as one condition, which the list asks for or (`banned`) forbids.

        Whoever is excepted from an item of which all are asked has met it; in any other list the item does not count.
        """
        meets = node.word.terminal in ("MEET_ALL", "ALL_OF_THESE") and not banned
        found = [self.item(item, meets) for item in node.items]
        kept = tuple(one for one in found if one is not None)
        if len(kept) != len(found):
            return None
        if node.number is not None and node.number > len(kept):
            self.scope.report("CR0229", node.span, number=node.number, count=len(kept))
        return combined(node, kept)

    def item(self, node: n.Item, meets: bool) -> Expression | None:
        """An item with its exceptions; `meets` tells whether who is excepted has met it."""
        made = self.condition(node.of)
        for exception in node.exceptions:
            otherwise = self.condition(exception.condition)
            if made is None or otherwise is None:
                return None
            if exception.predicate is not None:
                instead = self.instead(node.of, exception.predicate)
                if instead is None:
                    return None
                made = p.Cases(((otherwise, instead),), made, p.TruthType(), exception.span)
            elif meets:
                made = p.Or((made, otherwise), span=node.span)
            else:
                made = p.And((made, p.Not(otherwise)), span=node.span)
        return made

    def instead(self, of: n.Phrase, predicate: n.Predicate) -> Expression | None:
        """What an exception asks instead, of the subject of the condition that it excepts from."""
        if not isinstance(of, n.Test):
            self.scope.report("CR0227", predicate.span)
            return None
        value = self.expression(of.subject)
        return None if value is None else self.predicate(value, predicate, predicate.span)

    def predicate(self, value: Expression, node: n.Predicate, span: Span | None) -> Expression | None:
        """What is said of a value, as a condition."""
        node = one_alone(node)
        match node:
            case n.Compared(word=word) if word.terminal in DAYS_ONLY and not isinstance(value.type, p.DateType):
                self.wrong(value, periods.A_DAY)
                return None
            case n.Compared(word=word, value=n.Shift() as end) if word.terminal in _LONG_BEFORE:
                return periods.at_least_before(self, value, COMPARISONS[word.terminal], end, span)
            case n.Compared(word=word, value=right) | n.Bounded(word=word, value=right):
                self.scope.note_compared(word, value.type)
                return self.compare(value, COMPARISONS[word.terminal], right, span)
            case n.Both(parts=edges):
                made_of = [self.predicate(value, edge, edge.span) for edge in edges]
                each = tuple(one for one in made_of if one is not None)
                return p.And(each, span=span) if len(each) == len(edges) else None
            case n.Being(printed=True):
                return self.printed(value, node, span)
            case n.Being():
                return self.being(value, node, span)
            case n.Ago():
                return periods.ago(self, value, node, span)
            case n.AmongList():
                return members.among(self, value, node, span)
            case n.Within(range=n.Shift() as end):
                return periods.within(self, value, end, span)
            case n.Within(range=n.Path() as path):
                found = self.path(path, None)
                if found is None:
                    return None
                if not isinstance(found.type, p.RangeType):
                    self.wrong(found, Names.of(en="a range such as 3 to 5", zh="幅度，如3至5"))
                    return None
                self.check_range(value, found, span)
                return p.Within(value, found, span=span)
            case n.Between(low=low, high=high):
                made = arithmetic.range_of(self, n.Range(low, high, node.span))
                if made is None:
                    return None
                self.check_range(value, made, span)
                return p.Within(value, arithmetic.matched(self, made, value), span=span)
            case n.AnyListed(joined=True) if isinstance(value.type, p.TruthType | p.TextType | p.PeopleType):
                self.several(node.values)
                return None
            case n.AnyListed(values=values, negated=negated):
                found_ = [self.against(value, item) for item in values]
                kept = tuple(f for f in found_ if f is not None)
                if len(kept) != len(found_):
                    return None
                for item in kept:
                    self.comparable(value, item, Comparison.EQUAL, span)
                one = p.OneOf(value, kept, span=span)
                return p.Not(one, span=span) if negated else one
        raise AssertionError(node)

    def several(self, parts: tuple[n.Phrase, ...], negated: bool = False) -> None:
        """`must be in good health or part-time`: what is joined are no values of one fact, but requirements."""
        first, second = (part.span for part in parts[:2])
        if first is not None and second is not None:
            between = Span(first.source, first.end, second.start).text
            start = first.end + len(between) - len(between.lstrip())
            place = Span(first.source, start, start + len(between.strip()))
            self.scope.report("CR0131", place, **list_instead(place.text, negated))

    def being(self, value: Expression, node: n.Being, span: Span | None) -> Expression | None:
        if isinstance(value.type, p.TextType | p.PeopleType) and isinstance(node.value, n.Path):
            one_of = self.scope.somebody(node, node.value)
            if one_of is not None:  # to be a community worker is to be one of the community workers
                return members.one_of(self, value, one_of, span, negated=node.negated)
        right = self.against(value, node.value)
        if right is None:
            return None
        made: Expression
        if isinstance(right.type, p.RangeType):
            self.check_range(value, right, span)
            made = p.Within(value, arithmetic.matched(self, right, value), span=span)
        else:
            if not self.comparable(value, right, Comparison.EQUAL, span):
                return None
            how = Comparison.MORE if _is_majority(node.value) else Comparison.EQUAL
            if self.fractional(value, right, node.value):
                return None
            made = p.Compare(
                arithmetic.matched(self, value, right), how, arithmetic.matched(self, right, value), span=span
            )
        if not node.negated:
            return made
        if isinstance(made, p.Compare):
            return evolve(made, comparison=made.comparison.negated)
        return p.Not(made, span=span)

    def against(self, value: Expression, node: n.Phrase) -> Expression | None:
        """What a value is compared with for being the same."""
        return self.none(node, value.type, value) if isinstance(node, n.Nothing) else self.expression(node, value.type)

    def none(self, node: n.Nothing, type: Type | None, of: Expression | None = None) -> Expression | None:
        """A choice that is called *none*, else what the fact `of` is where there is none; `None` after a diagnostic."""
        if isinstance(type, p.ChoiceType) and node.span is not None:
            choice = self.scope.choice(n.Path((n.Name(node.span.text, node.span),), node.span), type)
            if choice is not None:
                return p.Literal(choice.id, type, node.span)
        none = self.scope.vocabulary.field(of.key).none if isinstance(of, p.FactOf) else None
        if none is not None and type is not None:
            return p.Literal(none if isinstance(none, bool) else Blank.NONE, type, node.span)
        self.scope.report("CR0239", node.span)
        return None

    def fractional(self, value: Expression, right: Expression, node: n.Phrase) -> bool:
        """Report a count that must equal what is a fraction for most plans: `units must be 1 per 100 households`."""
        found = [rate for rate in unrounded_rates(right) if not self.scope.is_measured(rate.type)]
        if not found or not isinstance(value.type, NumberType) or not value.type.whole or node.span is None:
            return False
        text = node.span.text
        ways = (
            ("（{}，尾数舍去）", "（{}，尾数进一）")
            if self.scope.chinese
            else ("({}, rounded down)", "({}, rounded up)")
        )
        down, up = (way.format(text) for way in ways)
        data = {"down": down, "up": up, "value": text, **missing_rounding(found[0])}
        self.scope.report("CR0343", node.span, **data)
        return True

    def printed(self, value: Expression, node: n.Being, span: Span | None) -> Expression | None:
        """`is … at its printed precision`, of a stated number."""
        right = self.number(node.value)
        if right is None or not self.comparable(value, right, Comparison.EQUAL, span):
            return None
        if not isinstance(value, p.FactOf):
            self.scope.report("CR0231", value.span)
            return None
        return p.AsPrinted(value, right, span=span)

    def compare(self, value: Expression, how: Comparison, node: n.Phrase, span: Span | None) -> Expression | None:
        if isinstance(node, n.Duration) and isinstance(value.type, p.DateType):
            self.not_ago(value, node)
            return None
        right = self.expression(node, value.type)
        if right is None or not self.comparable(value, right, how, span):
            return None
        if how is Comparison.EQUAL and self.fractional(value, right, node):
            return None
        if how is Comparison.AT_LEAST and _is_majority(node):
            how = Comparison.MORE
        return p.Compare(arithmetic.matched(self, value, right), how, arithmetic.matched(self, right, value), span=span)

    def not_ago(self, value: Expression, node: n.Duration) -> None:
        """`released less than 5 years`: a day compared with a period, where *ago* (之日起) was left out.

        选举日不满65周岁 is said of the age on that day.
        """
        if self.scope.otherwise(node.span):
            return
        found = type_names(periods.duration(self, node).type, self.scope.vocabulary)
        data = {"found": found, "expected": Names.of(en="a day", zh="日期")}
        if self.scope.chinese and value.span is not None:
            aged = node.unit.terminal == "LIFE_YEARS"
            end = value.span.end
            day = len(value.span.text) if aged else len(before_its_day(value.span.text))
            place = Span(value.span.source, value.span.start + day, end)
            fixes: tuple[Fix, ...] = (Fix(place, "时的年龄" if aged else "之日起"),)
        else:
            fixes = (Fix(node.span, f"{node.span.text} ago"),) if node.span is not None else ()
        self.scope.diagnostics.append(Diagnostic("CR0204", node.span, data, fixes=fixes))

    def base_beside(self, of: Expression) -> dict[str, Names]:
        """Another number that stands where a number does, of which it may be a share; empty where there is none."""
        if not isinstance(of, p.FactOf) or of.of != p.PLAN:
            return {}
        for entity in self.scope.vocabulary.entities:
            numbers = [item for item in entity.fields if isinstance(item.type, NumberType) and not item.type.share]
            if any(item.key == of.key for item in numbers):
                return next(({"base": self.scope._full(entity, item)} for item in numbers if item.key != of.key), {})
        return {}

    def comparable(self, left: Expression, right: Expression, how: Comparison, span: Span | None) -> bool:
        a, b = left.type, right.type
        ordering = how not in (Comparison.EQUAL, Comparison.UNEQUAL)
        if isinstance(b, NumberType) and b.share and isinstance(right, p.Literal) and not _is_share(a):
            share = right.span.text if right.span else str(right.value)
            self.scope.report("CR0216", right.span, share=share, **self.base_beside(left))
            return False
        if isinstance(a, NumberType) and a.share and isinstance(right, p.Literal) and _beyond_share(right):
            found = right.span.text if right.span else str(right.value)
            self.scope.report("CR0220", right.span, found=found, suggestions=(f"{right.value}%",))
            return False
        if isinstance(a, NumberType) and isinstance(b, NumberType):
            arithmetic.same_unit(self, left, right, span)
            return True
        if isinstance(a, p.ChoiceType) and isinstance(b, p.ChoiceType) and a == b:
            if ordering and not a.ordered:
                self.scope.report("CR0217", span)
            return True
        if (
            type(a) is type(b)
            and not isinstance(a, p.ChoiceType | p.RangeType)
            and not (ordering and isinstance(a, p.TruthType | p.TextType))
        ):
            return True
        self.wrong(right, type_names(a, self.scope.vocabulary))
        return False

    def of_one_kind(self, values: Sequence[Expression]) -> None:
        """Report what one name cannot stand for by turns: numbers or ranges of several units, a number and a day.

        Each is held against the first that has a unit, else the first of all.
        """
        if not values:
            return
        first = next((value for value in values if arithmetic.unit_in(value.type)), values[0])
        for value in values:
            if p.RangeType not in (type(first.type), type(value.type)):
                self.comparable(first, value, Comparison.EQUAL, value.span)
            elif not isinstance(first.type, NumberType | p.RangeType) or not isinstance(
                value.type, NumberType | p.RangeType
            ):
                self.wrong(value, type_names(first.type, self.scope.vocabulary))
            elif (unit := arithmetic.unit_in(value.type)) is not None and unit != arithmetic.unit_in(first.type):
                kinds = [one.of if isinstance(one, p.RangeType) else one for one in (first.type, value.type)]
                left, right = (type_names(kind, self.scope.vocabulary) for kind in kinds)
                self.scope.report("CR0205", value.span, left=left, right=right)

    def check_range(self, value: Expression, range: Expression, span: Span | None) -> None:
        if isinstance(range, p.RangeOf) and isinstance(range.low.type, p.DateType):
            if not isinstance(value.type, p.DateType):
                self.wrong(range.low, type_names(value.type, self.scope.vocabulary))
            return
        if not isinstance(value.type, NumberType):
            self.wrong(value, Names.of(en="a number", zh="数字"))
        elif isinstance(range.type, p.RangeType):
            of = range.type.of
            if value.type.unit and of.unit and value.type.unit != of.unit:
                vocabulary = self.scope.vocabulary
                data = {"left": type_names(value.type, vocabulary), "right": type_names(of, vocabulary)}
                place = range.span if isinstance(range, p.RangeOf) and range.span else span
                self.scope.report("CR0205", place, **data)


def one_alone(node: n.Predicate) -> n.Predicate:
    """To be one of the representatives is to be a representative."""
    if isinstance(node, n.AnyListed) and len(node.values) == 1:
        return n.Being(node.values[0], node.negated, n.Word("ONE_OF", ""), span=node.span)
    return node


def combined(node: n.Items, parts: tuple[Expression, ...]) -> Expression:
    """What a list asks of its items together."""
    match node.word.terminal:
        case "MEET_ANY" | "ANY_OF_THESE":
            return p.Or(parts, span=node.span)
        case "MEET_SOME":
            return p.AtLeastOf(node.number or 1, parts, span=node.span)
        case _:
            return p.And(parts, span=node.span)


def positive(guards: Iterable[Expression]) -> Iterator[Expression]:
    """What guards say to be more than zero, so that it can divide."""
    for guard in guards:
        match guard:
            case p.And(parts=parts):
                yield from positive(parts)
            case p.Compare(left=left, comparison=how, right=p.Literal(value=int() | Fraction() as value)):
                more = value >= 0 if how is Comparison.MORE else value > 0
                at_least = how in (Comparison.MORE, Comparison.AT_LEAST, Comparison.EQUAL) and more
                if at_least or (how is Comparison.UNEQUAL and value == 0):
                    yield left
            case _:
                pass


def _is_majority(node: n.Phrase) -> bool:
    """`a majority of`, 过半数: more than half, never half itself."""
    return isinstance(node, n.Share) and node.part.kind == "MAJORITY"


def _beyond_share(right: p.Literal) -> bool:
    """Whether a number that is no share can be none: the sign % was left out."""
    number = isinstance(right.type, NumberType) and not right.type.share
    return number and isinstance(right.value, int | Fraction) and right.value > 1


def _is_share(type: Type) -> bool:
    return isinstance(type, NumberType) and not type.whole and type.unit is None
