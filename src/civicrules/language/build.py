"""From the parser's tree of one line to nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve
from lark import Token, Tree

from civicrules.days import spelt
from civicrules.exact import MYRIADS, chinese_numeral, whole
from civicrules.language import implied
from civicrules.language import nodes as n
from civicrules.language.lexer import name_text
from civicrules.source import Source, Span, spanned
from civicrules.suggest import in_figures


def number(text: str) -> int | Fraction:
    """The exact value of a written number.

    >>> number("2,722"), number("1万"), number("0.5")
    (2722, 10000, Fraction(1, 2))
    """
    if text.isdecimal():
        return int(text)
    scale = MYRIADS.get(text[-1:], 1)
    return whole(Fraction(text.rstrip("万亿").replace(",", "")) * scale)


# `one third`, `three quarters`: what may stand above and below the stroke.
_WORDS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4} | {
    word: number for number, word in enumerate(("third", "quarter", "fifth", "sixth"), 3)
}


def ratio(text: str) -> Fraction | None:
    """`1/3`, `one third` or `三分之一`; `None` when the divisor is zero."""
    if " " in text or "-" in text:
        above, below = re.split("[ -]", text)
        return Fraction(*(_WORDS[word.casefold().removesuffix("s")] for word in (above, below)))
    if "分之" in text:
        below, _, above = text.partition("分之")
        low, high = chinese_numeral(below), chinese_numeral(above)
    else:
        high, low = (int(part) for part in text.split("/"))
    return Fraction(high, low) if low else None


def multiple(text: str) -> Fraction:
    """How many times: `twice`, `three times`, `1.5 times`, `2倍`, `两倍`.

    >>> multiple("twice"), multiple("1.5 times"), multiple("三倍")
    (Fraction(2, 1), Fraction(3, 2), Fraction(3, 1))
    """
    word = text.casefold().removesuffix("倍").removesuffix("times").strip()
    figures = "2" if word == "twice" else in_figures(word) or word
    return Fraction(figures)


def day(text: str) -> date | None:
    """`2012-07-01`, `2012年7月1日`, `1 July 2012` or `July 1, 2012`; `None` when the calendar has no such day."""
    year, month, of_month = spelt(text) or (int(part) for part in re.findall(r"[0-9]+", text))
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def number_of(token: Token) -> int:
    """The whole number of a token; one that is not whole counts as its whole part."""
    return int(number(str(token)))


def _window(low: Any, high: Any) -> tuple[Any, Any]:
    """Two ends that one day serves: *34 and 20 days before* it, 其前34日至20日; the earlier one first."""
    match low, high:
        case n.Quantity(unit=None), n.Shift(duration=n.Duration(unit=unit)):
            low = evolve(high, duration=n.Duration(low.value, unit, low.span))
        case n.Shift(), n.Duration():
            high = evolve(low, duration=high)
        case _:
            return low, high
    later = low.duration.number < high.duration.number if low.back else low.duration.number > high.duration.number
    return (high, low) if later and low.duration.unit.terminal == high.duration.unit.terminal else (low, high)


def _flat(tests: list[Any]) -> Iterator[Any]:
    for test in tests:
        if isinstance(test, n.AllOf):
            yield from test.parts
        else:
            yield test


def _counts(child: Any) -> bool:
    """Whether a child is a part with a meaning of its own, and no sign between parts."""
    return isinstance(child, Tree) and child.data not in ("case_end", "parting")


def _said_again(word: n.Word, children: list[Any]) -> None:
    """以上, 以下 after a word that is an edge already: where they are not the same edge, it is not clear which is meant."""
    last = children[-1]
    if not isinstance(last, Token) or last.type not in ("OR_MORE", "OR_LESS"):
        return
    if (word.terminal, last.type) not in (("AT_LEAST", "OR_MORE"), ("AT_MOST", "OR_LESS")):
        raise BadValue("CR0137", last, "")


def _alone(name: n.Name) -> n.Path:
    return n.Path((name,), name.span)


class BadValue(Exception):
    """A number or a day that is written well and does not exist, or a word too many; caught where the line is parsed.

    `instead` is what would mend it in the token's place.
    """

    def __init__(self, code: str, token: Token, instead: str | None = None) -> None:
        super().__init__(code)
        self.code, self.token, self.instead = code, token, instead


class Builder:
    """Builds the nodes of one source. Methods are named after the grammar's rules.

    `of_age` are the comparisons that are said of an age that is not named.
    """

    def __init__(self, source: Source, of_age: frozenset[str] = frozenset()) -> None:
        self.source = source
        self.of_age = of_age
        self.methods: dict[str, Callable[[Tree[Token], list[Any]], Any]] = {}

    def build(self, tree: Any) -> Any:
        """The node for a tree or a token."""
        if type(tree) is Token:
            return self._token(tree)
        rule = tree.data
        method = self.methods.get(rule)
        if method is None:
            method = self.methods[rule] = getattr(self, "_" + rule)
        return method(tree, tree.children)

    # -- helpers

    def _span(self, tree: Any) -> Span:
        first = last = tree
        while type(first) is not Token:
            first = first.children[0]
        while type(last) is not Token:
            last = last.children[-1]
        return spanned((self.source, first.start_pos, last.end_pos))

    def _parts(self, children: list[Any]) -> list[Any]:
        """The nodes of the subtrees; keywords and punctuation are dropped."""
        return [self.build(child) for child in children if isinstance(child, Tree)]

    def _word(self, token: Token) -> n.Word:
        return n.Word(token.type, self.source.text[token.start_pos : token.end_pos], self._span(token))

    def _name(self, token: Token) -> n.Name:
        return n.Name(name_text(str(token)), self._span(token))

    def _token(self, token: Token) -> Any:
        match token.type:
            case "NAME":
                name = self._name(token)
                return n.Path((name,), name.span)
            case "NUMBER":
                return n.Quantity(number(str(token)), None, self._span(token))
            case _:
                return self._word(token)

    # -- statements

    def _statement(self, tree: Any, children: list[Any]) -> Any:
        return self.build(children[0])

    def _sentence(self, tree: Any, children: list[Any]) -> n.Clause:
        subject, force, predicate = (self.build(child) for child in children[:3])
        return n.Clause(implied.of_person(subject, predicate, self.of_age), force, predicate, self._span(tree))

    def _encouraged(self, tree: Any, children: list[Any]) -> n.Clause:
        force = n.Force(self._word(children[0]), front=True, span=self._span(children[0]))
        return n.Clause(self.build(children[1]), force, self.build(children[2]), self._span(tree))

    def _case_list(self, tree: Any, children: list[Any]) -> n.Clause:
        """`each candidate must not be among representatives when any of these:`."""
        subject, force, then = self._parts(children)
        terminal = "MEET_ALL" if children[3].type == "WHEN_ALL" else "MEET_ANY"
        word = evolve(self._word(children[3]), terminal=terminal)
        return n.Clause(subject, force, n.Items(word, (), None, then, word.span), self._span(tree))

    def _list_case(self, tree: Any, children: list[Any]) -> n.Clause:
        """每名候选人有下列情形之一的，不得列为居民代表：."""
        subject, items, force, then = (self.build(child) for child in children if _counts(child))
        return n.Clause(subject, force, evolve(items, then=then), self._span(tree))

    def _barred(self, tree: Any, children: list[Any]) -> n.Clause:
        """有下列情形之一的，不得列为候选人：, a ban for each of those on the list that it keeps others from."""
        force, path = (self.build(child) for child in children if _counts(child))
        word = self._word(children[0])
        subject = n.Each(path, n.Word("EACH_ONE", "", path.span), path.span)
        return n.Clause(subject, force, n.Items(word, (), None, None, word.span), self._span(tree))

    def _alternatives(self, tree: Any, children: list[Any]) -> n.Clause:
        subject, force, *values = self._parts(children)
        span = Span(self.source, self._span(children[2]).start, self._span(tree).end)
        joined = all(child.type != "COMMA" for child in children if isinstance(child, Token))
        return n.Clause(subject, force, n.AnyListed(tuple(values), False, joined, span), self._span(tree))

    def _force(self, tree: Any, children: list[Any]) -> n.Force:
        word = self._word(children[0])
        negated = len(children) > 1 or word.terminal.endswith("_NOT")
        return n.Force(word, negated, span=self._span(tree))

    def _items(self, tree: Any, children: list[Any]) -> n.Items:
        number = next((number_of(child) for child in children if child.type == "NUMBER"), None)
        return n.Items(self._word(children[0]), (), number, None, self._span(tree))

    def _members(self, tree: Any, children: list[Any]) -> n.Members:
        path, where = self._parts(children)
        return n.Members(path, where, self._span(tree))

    def _paths(self, tree: Any, children: list[Any]) -> tuple[Any, ...]:
        return tuple(self._parts(children))

    def _listed(self, tree: Any, children: list[Any]) -> Any:
        return self.build(children[0])

    def _exception(self, tree: Any, children: list[Any]) -> n.Except:
        condition, *asked = self._parts(children)
        return n.Except(condition, asked[0] if asked else None, span=self._span(tree))

    def _asked_value(self, tree: Any, children: list[Any]) -> n.Being:
        return n.Being(self.build(children[0]), span=self._span(tree))

    def _case_row(self, tree: Any, children: list[Any]) -> n.CaseRow:
        *condition, value = (self.build(child) for child in children if _counts(child))
        return n.CaseRow(condition[0] if condition else None, value, self._span(tree))

    def _guarded(self, tree: Any, children: list[Any]) -> tuple[Any, n.Clause]:
        guard, clause = (self.build(child) for child in children if isinstance(child, Tree))
        return guard, clause

    def _guard(self, tree: Any, children: list[Any]) -> tuple[Any]:
        return (next(self.build(child) for child in children if isinstance(child, Tree)),)

    def _definition(self, tree: Any, children: list[Any]) -> tuple[n.Path, Any]:
        path, value = self._parts(children)
        return path, value

    def _cases(self, tree: Any, children: list[Any]) -> tuple[tuple[Any, ...], ...]:
        return tuple(self._parts(children))

    def _case_head(self, tree: Any, children: list[Any]) -> tuple[n.Path, n.CaseRows]:
        return self.build(children[0]), n.CaseRows((), self._span(tree))

    def _table(self, tree: Any, children: list[Any]) -> tuple[n.Path, tuple[n.Path, ...]]:
        name, given = self._parts(children)
        return name, given

    # -- lines of blocks

    def _row(self, tree: Any, children: list[Any]) -> n.Row:
        *cells, value = (self.build(child) for child in children if _counts(child))
        return n.Row(cells[0] if cells else (), value, span=self._span(tree))

    def _case(self, tree: Any, children: list[Any]) -> tuple[Any, ...]:
        first, *rest = children
        cases = [self.build(first)]
        if rest and isinstance(rest[0], Tree) and rest[0].data == "comparing":
            cases.append(n.Compared(self.build(rest[0]), self.build(rest[1]), self._span(tree)))
        else:
            cases.extend(self._parts(rest))
        return tuple(cases)

    def _entry(self, tree: Any, children: list[Any]) -> tuple[Any, ...]:
        return tuple(self._parts(children))

    def _validity(self, tree: Any, children: list[Any]) -> tuple[date | None, date | None]:
        start = end = None
        opened = False
        for token in children:
            if token.type in ("FROM", "SINCE"):
                opened = True
            elif token.type == "DATE":
                if start is None and (opened or token is children[0]):
                    start = self._day(token, [token]).value
                else:
                    end = self._day(token, [token]).value
        return start, end

    def _expectations(self, tree: Any, children: list[Any]) -> tuple[n.Expected, ...]:
        return tuple(self._parts(children))

    def _expected_verdict(self, tree: Any, children: list[Any]) -> n.Expected:
        return n.Expected(self.build(children[0]), self.build(children[2]), self._span(tree))

    def _verdict(self, tree: Any, children: list[Any]) -> n.Word:
        return self._word(children[0])

    def _expected_value(self, tree: Any, children: list[Any]) -> n.Expected:
        return n.Expected(self.build(children[0]), self.build(children[2]), self._span(tree))

    def _expected_test(self, tree: Any, children: list[Any]) -> n.Expected:
        subject, predicate = self._parts(children)
        if not isinstance(subject, n.Path):
            raise BadValue("CR0155", next(Tree("", children).scan_values(lambda part: isinstance(part, Token))))
        value = predicate.value if isinstance(predicate, n.Being | n.Compared) else predicate
        return n.Expected(subject, value, self._span(tree))

    def _chosen(self, tree: Any, children: list[Any]) -> n.Chosen:
        return n.Chosen(self.build(children[0]), self.build(children[2]), self._span(tree))

    # -- declarations

    def _declaration(self, tree: Any, children: list[Any]) -> n.Declared:
        names, *properties = self._parts(children)
        found: list[n.Property] = []
        for item in properties:
            if isinstance(item, tuple):  # a bare label: one more choice, or a word such as `people`
                first, last = item[0].span, item[-1].span
                whole = first if first is None or last is None else Span(first.source, first.start, last.end)
                item = n.Property("words", (item,), span=whole)
            found.append(item)
        return n.Declared(names, tuple(found), self._span(tree))

    def _label(self, tree: Any, children: list[Any]) -> tuple[n.Name, ...]:
        return tuple(self._name(token) for token in children if token.type == "NAME")

    def _property(kind: str) -> Callable[[Builder, Any, list[Any]], n.Property]:  # type: ignore[misc]
        def build(self: Builder, tree: Any, children: list[Any]) -> n.Property:
            names = tuple(self._parts(children)) + tuple(
                (self._name(token),) for token in children if isinstance(token, Token) and token.type == "NAME"
            )
            numbers = tuple(number(str(t)) for t in children if isinstance(t, Token) and t.type == "NUMBER")
            return n.Property(kind, names, numbers, self._span(tree))

        return build

    _number_kind = _property("number")
    _unit_is = _property("unit")
    _share_kind = _property("share")
    _date_kind = _property("date")
    _truth_kind = _property("yes/no")
    _text_kind = _property("text")
    _choice_kind = _property("one of")
    _words = _property("words")
    _at_most = _property("at most")
    _at_least = _property("at least")
    _from_to = _property("from to")
    _rising = _property("rising")
    _personal = _property("personal")
    _given = _property("given")
    _as_counted = _property("counted")
    _mutual = _property("mutual")
    _none_allowed = _property("none allowed")
    _negative = _property("negative")
    _each_is = _property("each")
    _people_kind = _property("people")
    _identifies = _property("identifies")
    _blank_none = _property("blank is none")
    _counted_from = _property("counted from")
    _taken_from = _property("taken from")
    _public = _property("public")
    _measured = _property("measured")

    # -- phrases

    def _formula(self, tree: Any, children: list[Any]) -> Any:
        of, *suffixes = (self.build(child) for child in children)
        return n.Formula(of, tuple(suffixes), self._span(tree)) if suffixes else of

    def _suffix(self, tree: Any, children: list[Any]) -> n.Suffix:
        return n.Suffix(self.build(children[0]), span=self._span(tree))

    def _rounded(self, tree: Any, children: list[Any]) -> n.Suffix:
        option = self.build(children[0])
        return n.Suffix(option.word, None, self._span(tree))

    def _rounding(self, tree: Any, children: list[Any]) -> n.Option:
        return n.Option(self._word(children[0]), self._span(tree))

    def _row_choice(self, tree: Any, children: list[Any]) -> n.Option:
        return n.Option(self._word(children[0]), self._span(tree))

    def _with_value(self, tree: Any, children: list[Any]) -> n.Suffix:
        return n.Suffix(self._word(children[0]), self.build(children[1]), self._span(tree))

    _rounded_as = _clamp_low = _clamp_high = _with_value

    def _any_of(self, tree: Any, children: list[Any]) -> Any:
        parts = tuple(self._parts(children))
        return n.AnyOf(parts, self._span(tree)) if len(parts) > 1 else parts[0]

    def _all_of(self, tree: Any, children: list[Any]) -> Any:
        parts = tuple(_flat(self._parts(children)))
        return n.AllOf(parts, self._span(tree)) if len(parts) > 1 else parts[0]

    def _negation(self, tree: Any, children: list[Any]) -> n.Negation:
        return n.Negation(self.build(children[1]), self._span(tree))

    def _test(self, tree: Any, children: list[Any]) -> n.Test:
        subject, predicate = self._parts(children)
        return n.Test(subject, predicate, self._span(tree))

    def _comparing(self, tree: Any, children: list[Any]) -> n.Word:
        return self._word(children[0])

    def _compared(self, tree: Any, children: list[Any]) -> n.Compared:
        word, value = self._parts(children)
        return n.Compared(word, value, self._span(tree))

    def _over(self, tree: Any, children: list[Any]) -> n.Compared:
        return n.Compared(n.Word("MORE_THAN", "", self._span(children[0])), self.build(children[1]), self._span(tree))

    def _above(self, tree: Any, children: list[Any]) -> n.Compared:
        word = n.Word("MORE_THAN", "", self._span(children[1]))
        return n.Compared(word, self.build(children[2]), self._span(tree))

    def _reached(self, tree: Any, children: list[Any]) -> n.Compared:
        """达到五分之一以上: the edge is said twice; where not in the same way, it is not clear."""
        word, value = self._parts(children)
        _said_again(word, children)
        return n.Compared(word, value, self._span(tree))

    def _bounded(self, tree: Any, children: list[Any]) -> n.Bounded:
        (value,) = self._parts(children)
        return n.Bounded(value, self._word(children[-1]), self._span(tree))

    def _both(self, tree: Any, children: list[Any]) -> n.Both:
        return n.Both(tuple(self._parts(children)), self._span(tree))

    def _being(self, tree: Any, children: list[Any]) -> n.Being:
        return n.Being(self.build(children[1]), False, self._word(children[0]), span=self._span(tree))

    def _being_printed(self, tree: Any, children: list[Any]) -> n.Being:
        return n.Being(self.build(children[1]), False, self._word(children[0]), True, self._span(tree))

    def _not_being(self, tree: Any, children: list[Any]) -> n.Being:
        return n.Being(self.build(children[-1]), True, self._word(children[0]), span=self._span(tree))

    def _within(self, tree: Any, children: list[Any]) -> n.Within:
        return n.Within(self._parts(children)[-1], self._span(tree))

    def _sums(self, tree: Any, children: list[Any]) -> tuple[Any, ...]:
        return tuple(self._parts(children))

    def _one_of(self, tree: Any, children: list[Any], negated: bool = False) -> n.AnyListed:
        """One of several values, or of the members of a list."""
        parts = self._parts(children)
        values = parts[0] if isinstance(parts[0], tuple) else tuple(parts)
        return n.AnyListed(values, negated, False, self._span(tree))

    def _one_or_other(self, tree: Any, children: list[Any]) -> n.AnyListed:
        """职务为主任、副主任或者委员."""
        return n.AnyListed(tuple(self._parts(children)), False, False, self._span(tree))

    def _not_one_of(self, tree: Any, children: list[Any]) -> n.AnyListed:
        """职务不是主任、副主任之一."""
        return self._one_of(tree, children, negated=True)

    def _between(self, tree: Any, children: list[Any]) -> n.Between:
        low, high = _window(*self._parts(children))
        return n.Between(low, high, self._span(tree))

    def _window(self, tree: Any, children: list[Any]) -> n.Between:
        """在选举日前34至20日之间."""
        _, path, side, first, _, last, _ = children
        high = n.Shift(self.build(last), self.build(path), side.type == "BEFORE_DAY", self._span(last))
        if isinstance(first, Tree):
            low: Any = evolve(high, duration=self.build(first))
        else:
            low = n.Quantity(number(str(first)), None, self._span(first))
        return n.Between(*_window(low, high), self._span(tree))

    def _from_day(self, tree: Any, children: list[Any]) -> n.Bounded:
        return n.Bounded(
            self._day(tree, children[:1]), n.Word("OR_MORE", "", self._span(children[1])), self._span(tree)
        )

    def _inside(self, tree: Any, children: list[Any]) -> n.Within:
        day, duration = self._parts(children)
        return n.Within(n.Shift(duration, day, False, self._span(tree)), self._span(tree))

    def _inside_before(self, tree: Any, children: list[Any]) -> n.Within:
        day, duration = self._parts(children)
        return n.Within(n.Shift(duration, day, True, self._span(tree)), self._span(tree))

    def _since(self, tree: Any, children: list[Any]) -> n.Compared:
        day, *comparing, duration = self._parts(children)
        bound = next((child for child in children if isinstance(child, Token) and child.type == "AT_LEAST"), None)
        word = comparing[0] if bound is None else self._word(bound)
        _said_again(word, children)
        return n.Compared(word, n.Shift(duration, day, False, self._span(tree)), self._span(tree))

    def _by_much(self, tree: Any, children: list[Any]) -> n.Being | n.Compared:
        """比应选名额多1人, at least so many where it is said (至少多1人, 多1人以上)."""
        differing, quantity = (child for child in children if isinstance(child, Tree))
        words = [child.type for child in (*children, *differing.children) if isinstance(child, Token)]
        (than,) = self._parts(differing.children)
        sign = "+" if "MORE_BY" in words else "-"
        value = n.Binary(sign, than, self.build(quantity), self._span(tree))
        if not {"AT_LEAST", "OR_MORE"} & set(words):
            return n.Being(value, word=n.Word("IS", "", self._span(differing)), span=self._span(tree))
        bound = "AT_LEAST" if sign == "+" else "AT_MOST"
        return n.Compared(n.Word(bound, "", self._span(differing)), value, self._span(tree))

    def _much_more(self, tree: Any, children: list[Any]) -> n.Being | n.Compared:
        """`must be at least 1 more than seats`."""
        *word, quantity, than = self._parts(children)
        value = n.Binary("+", than, quantity, self._span(tree))
        if word:
            return n.Compared(word[0], value, self._span(tree))
        return n.Being(value, word=self._word(children[0]), span=self._span(tree))

    def _apart(self, tree: Any, children: list[Any]) -> n.Compared:
        """早于选举日至少20日, 在选举日之前至少20日: so long before a day, or after it."""
        first, *_ = children
        back = True
        if isinstance(first, Tree):
            word = self.build(first)
            back = word.terminal == "EARLIER_THAN"
            if word.terminal not in ("EARLIER_THAN", "LATER_THAN"):
                raise BadValue("CR0137", next(child for child in children if isinstance(child, Token)))
        day, duration = self._parts(children)[-2:]
        bound = n.Word("AT_LEAST", "", self._span(tree))
        return n.Compared(bound, n.Shift(duration, day, back, self._span(tree)), self._span(tree))

    def _nearer_to(self, tree: Any, children: list[Any]) -> n.Compared:
        """在选举日前不满2年: less than so long before a day."""
        day, word, duration = self._parts(children)
        return n.Compared(word, n.Shift(duration, day, True, self._span(tree)), self._span(tree))

    def _on_day(self, tree: Any, children: list[Any]) -> n.Compared:
        word = n.Word("AT_LEAST", "", self._span(children[0]))
        return n.Compared(word, self.build(children[1]), self._span(tree))

    def _by_day(self, tree: Any, children: list[Any]) -> n.Compared:
        word = n.Word("NO_LATER", "", self._span(children[-1]))
        return n.Compared(word, self._day(tree, children[-2:]), self._span(tree))

    def _by_date(self, tree: Any, children: list[Any]) -> n.Compared:
        word = n.Word("NO_LATER", "", self._span(children[-2]))
        return n.Compared(word, self._day(tree, children[-1:]), self._span(tree))

    def _ago(self, tree: Any, children: list[Any]) -> n.Ago:
        word, duration = self._parts(children)
        _said_again(word, children)
        return n.Ago(word, duration, self._span(tree))

    def _ago_test(self, tree: Any, children: list[Any]) -> n.Test:
        path, word, duration = self._parts(children)
        _said_again(word, children)
        return n.Test(path, n.Ago(word, duration, self._span(tree)), self._span(tree))

    def _aged(self, tree: Any, children: list[Any]) -> tuple[n.Path | n.AgeOn, n.Compared]:
        """年满18周岁, 年满18周岁以上: the age, which need not be named, and what it must at least be."""
        word, duration, *_ = children
        terminal = "AT_LEAST" if word.type == "AGED" else "LESS_THAN"
        span = self._span(word)
        compared = n.Compared(n.Word(terminal, self._word(word).text, span), self.build(duration), span)
        return _alone(n.Name("年龄", span, implied=True)), compared

    def _aged_between(self, tree: Any, children: list[Any]) -> tuple[n.Path | n.AgeOn, n.Both]:
        """年满18周岁不满60周岁."""
        low, high = self._parts(children)
        at = self._span(children[0])
        edges = tuple(
            n.Compared(n.Word(word, "", edge.span), edge, edge.span)
            for word, edge in (("AT_LEAST", low), ("LESS_THAN", high))
        )
        return _alone(n.Name("年龄", at, implied=True)), n.Both(edges, self._span(tree))

    def _aged_on(self, tree: Any, children: list[Any]) -> tuple[n.Path | n.AgeOn, n.Compared]:
        """在选举日年满18周岁: the age on a day."""
        *_, day, word, duration = (child for child in children if getattr(child, "type", "") != "OR_MORE")
        _, compared = self._aged(tree, [word, duration])
        age = _alone(n.Name("年龄", compared.span, implied=True))
        plain = evolve(compared, word=n.Word(compared.word.terminal, "", compared.word.span))
        return n.AgeOn(age, self.build(day), self._span(tree)), plain

    def _attained(self, tree: Any, children: list[Any]) -> tuple[n.Path | n.AgeOn, n.Compared]:
        """`have attained the age of 18`."""
        word, years, *day = children
        unit = n.Word("LIFE_YEARS", "", self._span(word))
        duration = n.Duration(number(str(years)), unit, self._span(years))
        compared = n.Compared(n.Word("AT_LEAST", "", unit.span), duration, self._span(tree))
        age = _alone(implied.age(unit))
        return (n.AgeOn(age, self.build(day[-1]), self._span(tree)) if day else age), compared

    def _old(self, tree: Any, children: list[Any]) -> tuple[n.Path | n.AgeOn, n.Compared]:
        """`at least 18 years old`, 不满65周岁."""
        word, duration = self._parts(children)
        return _alone(implied.age(duration.unit)), n.Compared(word, duration, self._span(tree))

    def _aged_test(self, tree: Any, children: list[Any]) -> n.Test:
        age, predicate = self.build(children[0])
        if len(children) > 1:
            age = n.AgeOn(age, self.build(children[-1]), self._span(tree))
        return n.Test(age, predicate, self._span(tree))

    def _aged_sentence(self, tree: Any, children: list[Any]) -> n.Clause:
        subject, force = self.build(children[0]), self.build(children[1])
        age, predicate = self.build(children[-1])
        return n.Clause(implied.owned(subject, age), force, predicate, self._span(tree))

    def _aged_on_day(self, tree: Any, children: list[Any]) -> n.Clause:
        """`each candidate must be 18 or older on election day`."""
        subject, force, predicate, day = self._parts(children)
        of = subject.of if isinstance(subject, n.Each) else subject
        if not isinstance(of, n.Path):
            raise BadValue("CR0224", children[3])
        at = Span(self.source, children[3].start_pos, self._span(tree).end)
        if len(of.steps) == 1 and isinstance(subject, n.Each):
            subject = implied.owned(subject, _alone(implied.age(n.Word("LIFE_YEARS", "", at))))
        return n.Clause(n.AgeOn(subject, day, at), force, predicate, self._span(tree))

    def _among(self, tree: Any, children: list[Any]) -> n.AmongList:
        word = next(self._word(child) for child in children if isinstance(child, Token) and child.type == "AMONG")
        return n.AmongList(self._parts(children)[0], False, word, self._span(tree))

    def _not_among(self, tree: Any, children: list[Any]) -> n.AmongList:
        return evolve(self._among(tree, children), negated=True)

    def _shift(self, tree: Any, children: list[Any]) -> n.Shift:
        parts = self._parts(children)
        duration = next(part for part in parts if isinstance(part, n.Duration))
        return n.Shift(duration, next(part for part in parts if part is not duration), False, self._span(tree))

    def _shift_back(self, tree: Any, children: list[Any]) -> n.Shift:
        return evolve(self._shift(tree, children), back=True)

    def _duration(self, tree: Any, children: list[Any]) -> n.Duration:
        return n.Duration(number(str(children[0])), self.build(children[1]), self._span(tree))

    def _unit(self, tree: Any, children: list[Any]) -> n.Word:
        return self._word(children[0])

    def _range(self, tree: Any, children: list[Any]) -> n.Range:
        low, high = _window(*self._parts(children))
        return n.Range(low, high, self._span(tree))

    def _binary(self, tree: Any, children: list[Any]) -> n.Binary:
        sign = {"PLUS": "+", "MINUS": "-", "TIMES": "*"}.get(children[1].type, "/")
        return n.Binary(sign, self.build(children[0]), self.build(children[2]), self._span(tree))

    def _rate(self, tree: Any, children: list[Any]) -> n.Rate:
        count, each, per, of = children
        return n.Rate(self.build(count), self.build(per), self.build(of), each.type == "EACH_FULL", self._span(tree))

    def _rate_of(self, tree: Any, children: list[Any]) -> n.Rate:
        of, per, count = self._parts(children)
        return n.Rate(count, per, of, children[1].type == "EACH_FULL", self._span(tree))

    def _share(self, tree: Any, children: list[Any]) -> n.Share:
        parts = self._parts(children)
        part = next(p for p in parts if isinstance(p, n.Part)) if isinstance(parts[0], n.Part) else parts[1]
        base = parts[1] if isinstance(parts[0], n.Part) else parts[0]
        return n.Share(part, base, self._span(tree))

    def _excess(self, tree: Any, children: list[Any]) -> n.Excess:
        of, above = self._parts(children)
        return n.Excess(of, above, self._span(tree))

    def _day(self, tree: Any, children: list[Any]) -> n.Day:
        value = day(str(children[0]))
        if value is None:
            raise BadValue("CR0108", children[0])
        return n.Day(value, self._span(children[0]))

    def _quoted(self, tree: Any, children: list[Any]) -> n.Quoted:
        text = self.source.text[children[0].start_pos : children[0].end_pos]
        return n.Quoted(text.strip('"“”'), self._span(tree))

    def _yes(self, tree: Any, children: list[Any]) -> n.Truth:
        return n.Truth(True, self._span(tree))

    def _no(self, tree: Any, children: list[Any]) -> n.Truth:
        return n.Truth(False, self._span(tree))

    def _nothing(self, tree: Any, children: list[Any]) -> n.Nothing:
        return n.Nothing(self._span(tree))

    def _each(self, tree: Any, children: list[Any]) -> n.Each:
        return n.Each(self.build(children[1]), self._word(children[0]), self._span(tree))

    def _tally(kind: str) -> Callable[[Builder, Any, list[Any]], n.Tally]:  # type: ignore[misc]
        def build(self: Builder, tree: Any, children: list[Any]) -> n.Tally:
            of, *rest = self._parts(children)
            where = rest[0] if rest else None
            if len(rest) > 1:  # X中，C者的F之和
                of = n.Path((*of.steps, *rest[1].steps), of.span)
            return n.Tally(kind, of, where, self._span(tree))

        return build

    _count = _tally("number")
    _share_where = _tally("share")
    _total = _tally("total")

    def _count_of_each(self, tree: Any, children: list[Any]) -> n.Tally:
        path, where = self._parts(children)
        word = next(child for child in children if isinstance(child, Token) and child.type == "EACH_ONE")
        return n.Tally("number", n.Each(path, self._word(word), path.span), where, self._span(tree))

    def _age_on(self, tree: Any, children: list[Any]) -> n.AgeOn:
        """`A's age on D`, `A的D时的年龄`: in Chinese the person stands before the day."""
        first, second = self._parts(children)
        if any(isinstance(child, Token) and child.type == "ON" for child in children):
            return n.AgeOn(first, second, self._span(tree))
        *owner, day = first.steps
        age = n.Path((*owner, *second.steps), None)
        return n.AgeOn(age, n.Path((day,), day.span), self._span(tree))

    def _each_age_on(self, tree: Any, children: list[Any]) -> n.AgeOn:
        made = self._age_on(tree, children)
        assert isinstance(made.age, n.Path)
        each = n.Each(made.age, self._word(children[0]), made.age.span)
        return evolve(made, age=each)

    def _call(self, tree: Any, children: list[Any]) -> n.Call:
        function, *arguments = self._parts(children)
        return n.Call(function, tuple(arguments), self._span(tree))

    def _brackets(self, tree: Any, children: list[Any]) -> n.Brackets:
        of, *suffixes = self._parts(children)
        return n.Brackets(n.Formula(of, tuple(suffixes), of.span) if suffixes else of, self._span(tree))

    def _quantity(self, tree: Any, children: list[Any]) -> n.Quantity | n.Duration:
        if isinstance(children[0], Tree):
            duration: n.Duration = self.build(children[0])
            return duration
        unit = self._name(children[1]) if len(children) > 1 else None
        return n.Quantity(number(str(children[0])), unit, self._span(tree))

    def _part(self, tree: Any, children: list[Any]) -> n.Part:
        token, precision = children[0], None
        match token.type:
            case "PERCENT":
                figures = re.findall("[0-9.]+", str(token))[0]
                value: Fraction | None = Fraction(figures) / 100
                precision = Fraction(1, 100 * 10 ** len(figures.partition(".")[2]))
            case "RATIO":
                value = ratio(str(token))
            case "MULTIPLE":
                value = multiple(str(token))
            case _:
                value = Fraction(1, 2)
        if value is None:
            raise BadValue("CR0109", token)
        return n.Part(value, str(token.type), precision, self._span(tree))

    def _path(self, tree: Any, children: list[Any]) -> n.Path:
        return n.Path(tuple([self._name(t) for t in children if t.type == "NAME"]), self._span(tree))
