"""The values of the keys of `contest` and `allocation` blocks, each read by the kind that its parameter declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from attrs import define, evolve

from civicrules import program as p
from civicrules.compiler.arithmetic import range_of
from civicrules.compiler.expressions import ExpressionCompiler
from civicrules.compiler.rates import missing_rounding
from civicrules.compiler.scope import Frame, Local, forms, joined
from civicrules.language import nodes as n
from civicrules.plugin import Kind, Parameter
from civicrules.program import Expression, Names, NumberType, identifier
from civicrules.source import Span
from civicrules.suggest import nearest

# Numbers that a counting method supplies, by the names a text may use for them: for each candidate, and where it says
# how many can be chosen.
VOTES = Local("votes", Names.of(en="votes", zh="得票数"), NumberType(None, True, 0))
BASE = Local("base", Names.of(en="base", zh="计票基数"), NumberType(None, True, 0))
LOCALS = (VOTES, BASE)
SEATS = Local("seats", Names.of(en="seats", zh="应选名额"), NumberType(None, True, 0))
SEATS_LEFT = Local("seats_left", Names.of(en="seats left", zh="缺额"), NumberType(None, True, 0))
EACH = Local("each", Names.of(en="each", zh="每个对象"), NumberType(None, True, 0))

# How a follow-up ballot says who stands in it.
LOSERS = Names.of(en="most voted losers", zh="未当选而得票居前")

_HURDLES = {"AT_LEAST": p.Comparison.AT_LEAST, "MORE_THAN": p.Comparison.MORE}

Found = Mapping[str, p.Parameter]


def kept_as(parameter: Parameter) -> tuple[str, ...]:
    """The ids under which the value of a key is kept."""
    return ("candidates", "nominated", "losers") if parameter.kind is Kind.CANDIDATES else (parameter.id,)


@define
class ParameterReader:
    """Reads the values of one block. `found` are the parameters read before, `contests` the other contests of the text."""

    expressions: ExpressionCompiler
    block: n.Block
    found: dict[str, p.Parameter]
    contests: Mapping[str, Names]

    def report(self, code: str, span: Span | None, **data: object) -> None:
        self.expressions.scope.report(code, span, **data)

    def value(self, parameter: Parameter, entry: n.Entry) -> Found | None:
        """The value of one key, under the ids it is kept by; `None` after a diagnostic."""
        if parameter.kind is Kind.CANDIDATES:
            return self.candidates(entry)
        made = self.made(parameter, entry)
        return None if made is None else {parameter.id: made}

    def made(self, parameter: Parameter, entry: n.Entry) -> p.Parameter | None:
        values = entry.values
        match parameter.kind:
            case Kind.NUMBER:
                return self.whole(values[0], entry)
            case Kind.FRACTION:
                return self.expressions.number(values[0])
            case Kind.HURDLE:
                return self.hurdle(values[0], entry)
            case Kind.NUMBERS:
                numbers = [self.whole(value, entry) for value in values]
                kept = tuple(number for number in numbers if number is not None)
                return kept if len(kept) == len(numbers) else None
            case Kind.RANGE:
                return self.bounds(values[0], entry)
            case Kind.CONDITION:
                return self.condition(values, entry)
            case Kind.OF_CANDIDATE:
                with self.candidate():
                    return self.condition(values, entry)
            case Kind.LIMITS:
                return self.limits(values, entry)
            case Kind.THRESHOLD:
                return self.threshold(parameter, values)
            case Kind.POSTS:
                return self.posts(values, entry)
            case Kind.LIST:
                return self.list(values[0], entry)
            case Kind.FIELD:
                return self.field(values[0], entry, NumberType)
            case Kind.RELATIVES:
                return self.field(values[0], entry, p.PeopleType)
            case Kind.MODES:
                return self.modes(parameter, values, entry)
            case Kind.OPTION | Kind.OPTIONS:
                return self.options(parameter, values, entry)
            case Kind.FOLLOW_UP:
                return self.follow_up(parameter, values, entry)
            case Kind.BASE:
                return self.expressions.number(values[0])
            case Kind.CANDIDATES:
                return None

    # -- words

    def option(self, parameter: Parameter, node: n.Phrase | n.Suffix) -> str | None:
        """The word of the method that a phrase is; it may be a keyword of sentences too (*rounded down*)."""
        text = joined(node) if isinstance(node, n.Path) else identifier(node.span.text) if node.span else ""
        for id, names in parameter.options:
            if text in forms(names):
                self.expressions.scope.note(node.span, names)
                return id
        return None

    def options(self, parameter: Parameter, values: tuple[n.Phrase, ...], entry: n.Entry) -> p.Parameter | None:
        """Words of the method, parted by commas or `or`; for a single one also a reading whose options they are."""
        if parameter.kind is Kind.OPTION and len(values) == 1 and isinstance(values[0], n.Path):
            target = self.expressions.scope.named.get(joined(values[0]))
            if target is not None and target.reading:
                return self.expressions.expression(values[0])
        parts = [part for value in values for part in _phrases(value)]
        found = [self.option(parameter, part) for part in parts]
        if all(found) and (len(found) == 1 or parameter.kind is Kind.OPTIONS):
            kept = tuple(str(one) for one in found)
            return kept if parameter.kind is Kind.OPTIONS else kept[0]
        self.wrong(entry, tuple(names for _, names in parameter.options))
        return None

    def follow_up(self, parameter: Parameter, values: tuple[n.Phrase, ...], entry: n.Entry) -> str | None:
        """A word of the method, or another contest of the text."""
        node = values[0]
        if len(values) == 1 and isinstance(node, n.Path):
            named = next((id for id, names in self.contests.items() if joined(node) in forms(names)), None)
            if named is not None:
                self.expressions.scope.note(node.span, self.contests[named])
                return f"contest:{named}"
            option = self.option(parameter, node)
            if option is not None:
                return option
        self.wrong(entry, (*(names for _, names in parameter.options), *self.contests.values()))
        return None

    def wrong(self, entry: n.Entry, options: tuple[Names, ...]) -> None:
        from civicrules.compiler.unknown import Unknown  # a sound text needs none of it

        named = (n.Name(" ".join(step.text for step in one.steps)) for one in entry.values if isinstance(one, n.Path))
        if any(map(Unknown(self.expressions.scope).is_broken, named)):
            return
        forms_ = [form for names in options for _, form in names.forms]
        data = {"name": entry.text, "suggestions": nearest(entry.text, forms_), "options": options}
        self.report("CR0319", entry.value_span, **data)

    # -- numbers

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
                made = range_of(self.expressions, node)
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

    # -- conditions

    def condition(self, values: tuple[n.Phrase, ...], entry: n.Entry) -> Expression | None:
        conditions = [self.expressions.condition(value) for value in values]
        sound = tuple(c for c in conditions if c is not None)
        if len(sound) != len(conditions):
            return None
        return sound[0] if len(sound) == 1 else p.And(sound, span=entry.value_span)

    @contextmanager
    def candidate(self) -> Iterator[None]:
        """With the facts of a candidate at hand."""
        vocabulary = self.expressions.scope.vocabulary
        id = self.found.get("candidates", self.found.get("receivers"))
        group = next((one for one in vocabulary.lists if one.id == id), None)
        if group is None:
            yield
            return
        with self.expressions.scope.having(Frame(group.entity, group.id, group.singular)):
            yield

    def threshold(self, parameter: Parameter, values: tuple[n.Phrase, ...]) -> Expression | None:
        """`votes more than half of base and area more than half of total area, most votes first`.

        The votes come first, where *or* may stand between several majorities of which one is enough; what follows them is
        asked of each candidate too.
        """
        first = values[0]
        tests = first.parts if isinstance(first, n.AllOf) else (first,)
        for value in values[1:]:
            if self.option(parameter, value) is None:
                options = tuple(names for _, names in parameter.options)
                text = value.span.text if value.span else ""
                self.report("CR0319", value.span, name=text, suggestions=(), options=options)
                return None
        if len(values) == 1 and self.option(parameter, first) is not None:
            return p.Literal(True, p.TruthType(), first.span)
        votes = tests[0].of if isinstance(tests[0], n.Brackets) else tests[0]
        enough = votes.parts if isinstance(votes, n.AnyOf) else (votes,)
        if not all(isinstance(one, n.Test) for one in enough):
            words = [form for _, names in parameter.options for _, form in names.forms]
            text = first.span.text if first.span else ""
            self.report("CR0335", first.span, suggestions=nearest(text, words))
            return None
        with self.candidate():
            found = [self.expressions.condition(test) for test in tests]
        sound = tuple(one for one in found if one is not None)
        if len(sound) != len(found):
            return None
        if not all(isinstance(one, p.Compare) and isinstance(one.left, p.LocalOf) for one in _alternatives(sound[0])):
            self.report("CR0335", tests[0].span)
            return None
        return sound[0] if len(sound) == 1 else p.And(sound, span=first.span)

    def hurdle(self, node: n.Phrase, entry: n.Entry) -> Expression | None:
        """`at least 5% of valid ballots` · `more than 1000`."""
        if not isinstance(node, n.Compared) or node.word.terminal not in _HURDLES:
            self.report("CR0334", entry.value_span)
            return None
        right = self.expressions.number(node.value)
        if right is None:
            return None
        if isinstance(right.type, NumberType) and right.type.share and not isinstance(right, p.ShareOf):
            self.report("CR0216", node.span)
            return None
        return p.Compare(p.LocalOf(VOTES.id, VOTES.type), _HURDLES[node.word.terminal], right, span=node.span)

    def limits(self, values: tuple[n.Phrase, ...], entry: n.Entry) -> tuple[Expression, ...] | None:
        """`number of candidates where sex is female at least 1`: each counts those elected, not those who stand."""
        tests = [test for value in values for test in (value.parts if isinstance(value, n.AllOf) else (value,))]
        strange = next((one for one in tests if not isinstance(one, n.Test) or not _counts(one.subject)), None)
        if strange is not None:
            self.report("CR0391", strange.span)
            return None
        found = [self.expressions.condition(test) for test in tests]
        if any(one is None for one in found):
            return None
        candidates = self.found.get("candidates")
        for test, one in zip(tests, found, strict=True):
            counted = one.left if isinstance(one, p.Compare) else None
            if not isinstance(counted, p.CountOf) or counted.where is None or counted.list != candidates:
                self.report("CR0391", test.span)
                return None
        return tuple(one for one in found if one is not None)

    def modes(self, parameter: Parameter, values: tuple[n.Phrase, ...], entry: n.Entry) -> Expression | None:
        """`electorate: all voters, representatives`: the choices of the fact of that name for which the contest is held."""
        fact = self.expressions.expression(n.Path((n.Name(parameter.names.text("en")),), entry.key_span))
        if not isinstance(fact, p.FactOf) or not isinstance(fact.type, p.ChoiceType):
            return None
        found = []
        for value in values:
            choice = self.expressions.expression(value, fact.type)
            if choice is None:
                return None
            if not isinstance(choice, p.Literal):
                self.wrong(entry, tuple(one.names for one in fact.type.choices))
                return None
            found.append(choice)
        return p.OneOf(fact, tuple(found), span=entry.value_span)

    # -- who can be chosen

    def candidates(self, entry: n.Entry) -> Found | None:
        """The list of candidates, how many there must be at least, or that the strongest losers stand.

        `candidates, at least seats + 1` · `at least seats + 1` · `most voted losers, seats left + 1`.
        """
        scope = self.expressions.scope
        outside = scope.locals
        scope.locals = {**outside, **{form: one for one in (SEATS, SEATS_LEFT) for form in forms(one.names)}}
        try:
            return self.stand(entry)
        finally:
            scope.locals = outside

    def stand(self, entry: n.Entry) -> Found | None:
        first = entry.values[0]
        match first:
            case n.Path() if joined(first) in forms(LOSERS):
                self.expressions.scope.note(first.span, LOSERS)
                number = self.whole(entry.values[1], entry) if len(entry.values) == 2 else None
                if number is None or not _counts_from_seats_left(number):
                    self.found["losers"] = ()  # what a further ballot need not say is not asked for
                    self.report("CR0392", entry.value_span)
                    return None
                return {"losers": number}
            case n.Compared(word=word, value=value) if word.terminal == "AT_LEAST" and len(entry.values) == 1:
                return self.nominated(value, self.only_list(entry), entry)
            case n.Formula(of=n.Path() as path, suffixes=(n.Suffix(word=word, value=least),)) if (
                word.terminal == "CLAMP_LOW" and least is not None
            ):
                return self.nominated(least, self.list(path, entry), entry)
            case n.Path() if len(entry.values) == 1:
                found = self.list(first, entry)
                return None if found is None else {"candidates": found}
            case _:
                self.wrong(entry, tuple(one.names for one in self.expressions.scope.vocabulary.lists))
                return None

    def nominated(self, value: n.Phrase, found: str | None, entry: n.Entry) -> Found | None:
        least = self.whole(value, entry)
        return None if least is None or found is None else {"candidates": found, "nominated": least}

    def only_list(self, entry: n.Entry) -> str | None:
        """The one list whose members have a post and votes."""
        vocabulary = self.expressions.scope.vocabulary
        having = [e.id for e in vocabulary.entities if {"post", "votes"} <= {item.id for item in e.fields}]
        lists = [one for one in vocabulary.lists if one.entity in having]
        if len(lists) == 1:
            return lists[0].id
        self.wrong(entry, tuple(one.names for one in lists))
        return None

    def posts(self, values: tuple[n.Phrase, ...], entry: n.Entry) -> tuple[str, ...] | None:
        types = [
            item.type
            for entity in self.expressions.scope.vocabulary.entities
            for item in entity.fields
            if item.id == "post" and isinstance(item.type, p.ChoiceType)
        ]
        if not types or not isinstance(types[0], p.ChoiceType):
            if not self.expressions.scope.broken:
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

    def field(self, node: n.Phrase, entry: n.Entry, kind: type[p.Type]) -> str | None:
        """A field of the members of the block's list; of any list where the block names none."""
        vocabulary = self.expressions.scope.vocabulary
        named = [one for one in vocabulary.lists if one.id in self.found.values()]
        fields = {
            item.id: item
            for one in named or vocabulary.lists
            for item in vocabulary.entity(one.entity).fields
            if isinstance(item.type, kind)
        }
        for item in fields.values():
            if isinstance(node, n.Path) and joined(node) in forms(item.names):
                self.expressions.scope.note(node.span, item.names)
                return item.id
        self.wrong(entry, tuple(item.names for item in fields.values()))
        return None


def _counts(subject: n.Phrase) -> bool:
    """Whether a phrase counts the members of a list that meet a condition."""
    return isinstance(subject, n.Tally) and subject.kind == "number" and subject.where is not None


def _counts_from_seats_left(number: Expression) -> bool:
    """Whether a number is the seats left, or so many more."""
    match number:
        case p.LocalOf(id=SEATS_LEFT.id):
            return True
        case p.Arithmetic(operator=p.Operator.PLUS, left=p.LocalOf(id=SEATS_LEFT.id), right=p.Literal()):
            return True
        case p.Arithmetic(operator=p.Operator.PLUS, left=p.Literal(), right=p.LocalOf(id=SEATS_LEFT.id)):
            return True
        case _:
            return False


def _alternatives(condition: Expression) -> tuple[Expression, ...]:
    """The conditions of which one is enough."""
    return condition.parts if isinstance(condition, p.Or) else (condition,)


def _plain(bound: Expression | None) -> Expression | None:
    """A bound without its unit: seats are counted whatever word the text counts them with."""
    if isinstance(bound, p.Literal) and isinstance(bound.type, NumberType):
        return evolve(bound, type=evolve(bound.type, unit=None))
    return bound


def _phrases(value: n.Phrase) -> tuple[n.Phrase | n.Suffix, ...]:
    """The words in a value: parted by `or`, or by a comma that was read as the rounding of a number."""
    if isinstance(value, n.AnyOf):
        return value.parts
    return (value.of, *value.suffixes) if isinstance(value, n.Formula) else (value,)
