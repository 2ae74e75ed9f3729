"""Expressions made runnable: each node of a Program becomes a closure over an evaluation's `Case`.

The first lines of each closure are the plain operation on known values; what is not known goes to `numbers`, `logic`
and `tables`. A closure keeps nothing between two runs, so that one set serves all plans and threads.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, assert_never

from attrs import Factory, evolve, field

from civicrules import days, plugin
from civicrules.evaluation import members, numbers, periods, problems
from civicrules.evaluation.calls import call
from civicrules.evaluation.case import Case, Run, precision
from civicrules.evaluation.conditions import (
    as_printed,
    at_least_of,
    compared,
    compared_by_rank,
    compared_with_constant,
    compared_with_share,
    denied,
    fact_compared_with_constant,
    fact_inside_constants,
    inside_range,
    inside_shares,
    joined_parts,
    multiplied,
    one_of_them,
)
from civicrules.evaluation.inspect import Personal
from civicrules.evaluation.lookup import by_cases, certainly_same, looked_up
from civicrules.evaluation.quotients import Quotient, quotient
from civicrules.evaluation.tables import row
from civicrules.evaluation.unknown import KNOWN, NOTHING, NUMBERS, Linear, Spread, Undefined
from civicrules.evaluation.variables import Variable
from civicrules.exact import Rounding, rounded
from civicrules.facts import Blank
from civicrules.program import (
    PLAN,
    SELF,
    Age,
    Among,
    And,
    Arithmetic,
    AsPrinted,
    AtLeastOf,
    Call,
    Cases,
    ChoiceType,
    Chosen,
    Clamped,
    Compare,
    Comparison,
    CountOf,
    Definition,
    Elapsed,
    Excess,
    Expression,
    FactOf,
    Literal,
    LocalOf,
    Not,
    NumberType,
    OneOf,
    Operator,
    Or,
    PeopleType,
    RangeOf,
    Rate,
    Reading,
    Rounded,
    RowChoice,
    ShareOf,
    Shifted,
    Table,
    TotalOf,
    ValueOf,
    Vocabulary,
    Within,
)
from civicrules.values import frozen


@frozen
class Maker:
    """Makes closures for one Program. `named` are the definitions and readings by id; `made` those done already."""

    variables: Mapping[str, Variable]
    definitions: Mapping[str, Definition]
    readings: Mapping[str, Reading]
    functions: Mapping[str, plugin.Function]
    owners: Mapping[str, str]
    vocabulary: Vocabulary
    counting: periods.Counting
    made: dict[str, Run] = field(factory=dict)
    personal: Personal = field(
        init=False, default=Factory(lambda self: Personal(self.vocabulary, self.definitions, self.readings), True)
    )

    def run(self, expression: Expression) -> Run:
        """The closure of an expression."""
        match expression:
            case Literal(value=value):
                return lambda case: value
            case FactOf(key=key, of=p_of):
                return self._fact(key) if p_of == PLAN else self._fact_of_member(key, p_of)
            case CountOf(list=id, where=None):
                return self._fact(id)
            case CountOf(list=id, where=where):
                assert where is not None
                return members.counted(id, self.run(where), self.variables[id].missing)
            case TotalOf(list=id, of=summed, where=where):
                test = None if where is None else self.run(where)
                return members.totalled(id, self.run(summed), test, self.variables[id].missing)
            case Among(list=id):
                return members.among(expression, self.run, self.vocabulary, self.variables[id].missing)
            case ValueOf(id=id, of=p_of):
                return self.named(id) if p_of == PLAN else self._named_of_member(id, p_of)
            case Chosen(reading=id, options=options):
                return _taken(id, tuple(self.run(option) for option in options))
            case LocalOf(id=id):
                return _local(id)
            case Arithmetic():
                return self._arithmetic(expression)
            case ShareOf(share=share, base=base):
                return _scaled(self.run(base), share)
            case Excess(of=of, above=above):
                return _excess(self.run(of), self.run(above))
            case Rate():
                return self._rate(expression)
            case Rounded():
                return self._rounded(expression)
            case Clamped():
                return self._clamped(expression)
            case RangeOf(low=Literal(value=low), high=Literal(value=high)):
                return lambda case: (low, high)
            case RangeOf(low=low, high=high):
                return _range(self.run(low), self.run(high))
            case Shifted(day=day, number=number):
                return periods.shifted(expression, self.run(day), self.run(number), self.counting)
            case Elapsed(since=since, until=until):
                return periods.elapsed(expression, self.run(since), self.run(until), self.counting)
            case Age():
                return self._age(expression)
            case AtLeastOf(number=least, parts=parts):
                return at_least_of(least, tuple(self.run(part) for part in parts))
            case Call():
                arguments = tuple(self.run(argument) for argument in expression.arguments)
                owner = self.owners.get(expression.function, "")
                return call(expression, arguments, self.functions.get(expression.function), owner)
            case Compare(left=left, comparison=comparison, right=right):
                return self._compare(left, comparison, right)
            case Within(value=value, range=stretch):
                return self._within(value, stretch)
            case AsPrinted(stated=stated, value=exact):
                return as_printed(_printed(stated), self.run(stated), self.run(exact))
            case OneOf(value=value, among=among):
                return one_of_them(self.run(value), tuple(self.run(member) for member in among))
            case Not(of=of):
                return denied(self.run(of))
            case And(parts=parts):
                return joined_parts(tuple(self.run(part) for part in parts), stop=False)
            case Or(parts=parts):
                return joined_parts(tuple(self.run(part) for part in parts), stop=True)
            case Table():
                return self._table(expression)
            case Cases(cases=cases, otherwise=otherwise):
                pairs = tuple((self.run(condition), self.run(value)) for condition, value in cases)
                return by_cases(pairs, None if otherwise is None else self.run(otherwise))
            case _:
                assert_never(expression)

    def named(self, id: str) -> Run:
        """The closure of a definition, or of a reading whose options are values."""
        if id not in self.made:
            body = self.run(self.definitions[id].body) if id in self.definitions else self._reading(self.readings[id])
            self.made[id] = _remembered(id, body)
        return self.made[id]

    def _fact(self, key: str) -> Run:
        missing = self.variables[key].missing

        def run(case: Case) -> Any:
            value = case.values.get(key)
            return missing if value is None else value

        return run

    def _fact_of_member(self, key: str, of: str) -> Run:
        fact = key.rpartition(".")[2]
        base = self.variables[key]

        def run(case: Case) -> Any:
            whose = case.members[of].prefix + fact
            value = case.values.get(whose)
            return evolve(base, key=whose).missing if value is None else value

        return run

    def _named_of_member(self, id: str, of: str) -> Run:
        """A definition that belongs to a kind of people, read of the one at hand; remembered for each of them."""
        body = self.body(id)

        def run(case: Case) -> Any:
            member = case.members[of]
            key = member.prefix + id
            held = case.memo.get(key)
            if held is None:
                outer, case.touched = case.touched, set()
                with case.having(SELF, member):
                    held = case.memo[key] = (body(case), frozenset(case.touched))
                case.touched = outer
            if held[1]:
                case.touched |= held[1]
            return held[0]

        return run

    def body(self, id: str) -> Run:
        """The closure of a definition's body, without memory."""
        key = f"{id} of"
        if key not in self.made:
            self.made[key] = self.run(self.definitions[id].body)
        return self.made[key]

    def _age(self, expression: Age) -> Run:
        """An age as it is stated; else counted from the birth."""
        elapsed = Elapsed(expression.birth, expression.until, days.Unit.YEAR, NumberType("year"), age=True)
        return _stated(self._stated_key(expression), self.run(expression.stated), self.run(elapsed))

    def _stated_key(self, expression: Age) -> Callable[[Case], str]:
        fact, of = expression.stated.key.rpartition(".")[2], expression.stated.of
        return lambda case: case.members[of].prefix + fact

    def _age_compared(self, expression: Age, comparison: Comparison, number: int) -> Run:
        elapsed = Elapsed(expression.birth, expression.until, days.Unit.YEAR, NumberType("year"), age=True)
        since, until = self.run(elapsed.since), self.run(elapsed.until)
        counted = periods.elapsed_compared(elapsed, since, until, comparison, number, self.counting)
        stated = compared_with_constant(self.run(expression.stated), comparison, number)
        return _stated(self._stated_key(expression), stated, counted)

    def _reading(self, reading: Reading) -> Run:
        return _taken(reading.id, tuple(_option(option.value, self.run) for option in reading.options))

    def _arithmetic(self, expression: Arithmetic) -> Run:
        left, right = self.run(expression.left), self.run(expression.right)
        match expression.operator:
            case Operator.PLUS:
                return _binary(left, right, operator.add, numbers.plus)
            case Operator.MINUS:
                return _binary(left, right, operator.sub, numbers.minus)
            case Operator.TIMES:
                return _binary(left, right, operator.mul, numbers.times)
            case Operator.DIVIDED:
                return self._divided(left, right, expression.right)
            case _:
                assert_never(expression.operator)

    def _divided(self, left: Run, right: Run, divisor: Expression) -> Run:
        problem = problems.division_by_zero(divisor, problems.name_of(divisor, self.variables, self.definitions))

        def run(case: Case) -> Any:
            a, b = left(case), right(case)
            if type(b) in NUMBERS and b == 0:
                case.report(problem)
                return Undefined(NOTHING)
            return Fraction(a, b) if type(a) in NUMBERS and type(b) in NUMBERS else numbers.divided(a, b)

        return run

    def _rate(self, expression: Rate) -> Run:
        count, per, of = expression.count, expression.per, expression.of
        if isinstance(count, Literal) and isinstance(per, Literal) and per.value:
            return _scaled(self.run(of), Fraction(count.value) / Fraction(per.value))  # type: ignore[arg-type]
        each = self._divided(self.run(of), self.run(per), per)
        return _binary(each, self.run(count), operator.mul, numbers.times)

    def _rounded(self, expression: Rounded) -> Run:
        of, how = self.run(expression.of), expression.how
        pair = quotient(expression.of, self.run)
        if isinstance(how, Rounding):
            otherwise = _rounded(of, how)
            return otherwise if pair is None else _quotient_rounded(pair, how, otherwise)
        options = tuple(o.value for o in self.readings[how].options if isinstance(o.value, Rounding))
        otherwise = _rounded_by(of, how, options)
        return otherwise if pair is None else _quotient_rounded_by(pair, how, options, otherwise)

    def _clamped(self, expression: Clamped) -> Run:
        run = self.run(expression.of)
        if expression.low is not None:
            run = _extreme(run, self.run(expression.low), max, numbers.highest)
        if expression.high is not None:
            run = _extreme(run, self.run(expression.high), min, numbers.lowest)
        return run

    def _compare(self, left: Expression, comparison: Comparison, right: Expression) -> Run:
        of = left.type if isinstance(left.type, ChoiceType) else right.type
        if isinstance(of, ChoiceType) and comparison not in (Comparison.EQUAL, Comparison.UNEQUAL):
            rank = {choice.id: at for at, choice in enumerate(of.choices)}
            return compared_by_rank(self.run(left), self.run(right), comparison, rank)
        match left, right:
            case Age(), Literal(value=int() as number):
                return self._age_compared(left, comparison, number)
            case Elapsed(since=since, until=until), Literal(value=int() as number):
                return periods.elapsed_compared(
                    left, self.run(since), self.run(until), comparison, number, self.counting
                )
            case FactOf(type=PeopleType()), Literal(value=Blank.NONE):
                return members.nobody(self.run(left), comparison is Comparison.EQUAL)
            case FactOf(key=key, of=""), Literal(value=constant):
                return fact_compared_with_constant(key, self.variables[key].missing, comparison, constant)
            case _, Literal(value=constant):
                return compared_with_constant(self.run(left), comparison, constant)
            case _, ShareOf(share=share, base=base):
                return compared_with_share(self.run(left), comparison, self.run(base), share)
            case _:
                return compared(self.run(left), comparison, self.run(right))

    def _within(self, value: Expression, stretch: Expression) -> Run:
        match value, stretch:
            case FactOf(key=key, type=NumberType(), of=""), RangeOf(low=Literal(value=low), high=Literal(value=high)):
                return fact_inside_constants(key, self.variables[key].missing, low, high)
        whole_test = inside_range(self.run(value), self.run(stretch))
        if not isinstance(stretch, RangeOf):
            return whole_test
        at_least = self._compare(value, Comparison.AT_LEAST, stretch.low)
        at_most = self._compare(value, Comparison.AT_MOST, stretch.high)

        def run(case: Case) -> Any:
            if at_least(case) is True and type(result := at_most(case)) is bool:
                return result
            return whole_test(case)

        if isinstance(stretch.low, ShareOf) and isinstance(stretch.high, ShareOf):
            shares = (stretch.low.share, stretch.high.share)
            return inside_shares(
                self.run(value), (self.run(stretch.low.base), self.run(stretch.high.base)), shares, run
            )
        return run

    def _table(self, expression: Table) -> Run:
        rows = tuple(row(written, self.run) for written in expression.rows)
        choices: tuple[RowChoice, ...] = ()
        if expression.overlap is not None:
            options = self.readings[expression.overlap].options
            choices = tuple(option.value for option in options if isinstance(option.value, RowChoice))
        otherwise = None if expression.otherwise is None else self.run(expression.otherwise)
        inputs = tuple(self.run(given) for given in expression.inputs)
        hidden = any(map(self.personal.of, expression.inputs))
        return looked_up(inputs, rows, expression, choices, otherwise, hidden)


def _option(value: Any, run: Callable[[Expression], Run]) -> Run:
    """An option of a reading as a value; its other kinds (roundings, rows) are used where they are needed."""
    return (lambda case: value) if isinstance(value, (Rounding, RowChoice)) else run(value)


def _taken(id: str, options: tuple[Run, ...]) -> Run:
    """The option taken of a reading, which has a say where another option is not certainly the same."""

    def run(case: Case) -> Any:
        taken = case.chosen.get(id, 0)
        value = options[taken](case)
        problems, case.problems = case.problems, None
        if any(not certainly_same(option(case), value) for index, option in enumerate(options) if index != taken):
            case.touched.add(id)
        case.problems = problems
        return value

    return run


def _remembered(id: str, body: Run) -> Run:
    def run(case: Case) -> Any:
        held = case.memo.get(id)
        if held is None:
            outer, case.touched = case.touched, set()
            value = body(case)
            held = case.memo[id] = (value, frozenset(case.touched))
            case.touched = outer
        if held[1]:
            case.touched |= held[1]
        return held[0]

    return run


def _local(id: str) -> Run:
    return lambda case: case.locals[id] if id in case.locals else Undefined(NOTHING)


def _binary(left: Run, right: Run, plain: Callable[[Any, Any], Any], careful: Callable[[Any, Any], Any]) -> Run:
    def run(case: Case) -> Any:
        a, b = left(case), right(case)
        return plain(a, b) if type(a) in NUMBERS and type(b) in NUMBERS else careful(a, b)

    return run


def _scaled(of: Run, factor: Fraction) -> Run:
    return lambda case: multiplied(of(case), factor)


def _excess(of: Run, above: Run) -> Run:
    def run(case: Case) -> Any:
        a, b = of(case), above(case)
        if type(a) in NUMBERS and type(b) in NUMBERS:
            return max(a - b, 0)
        return numbers.highest(numbers.minus(a, b), 0, case.cuts)

    return run


def _extreme(of: Run, limit: Run, plain: Callable[[Any, Any], Any], careful: Callable[..., Any]) -> Run:
    def run(case: Case) -> Any:
        a, b = of(case), limit(case)
        return plain(a, b) if type(a) in NUMBERS and type(b) in NUMBERS else careful(a, b, case.cuts)

    return run


def _rounded(of: Run, how: Rounding) -> Run:
    def run(case: Case) -> Any:
        value = of(case)
        return rounded(value, how) if type(value) in NUMBERS else numbers.round_unknown(value, how)

    return run


def _rounded_by(of: Run, reading: str, options: tuple[Rounding, ...]) -> Run:
    def run(case: Case) -> Any:
        value = of(case)
        how = options[case.chosen.get(reading, 0)]
        if type(value) not in NUMBERS:
            if isinstance(value, Linear) and not numbers.is_whole(value):
                case.touched.add(reading)
            return numbers.round_unknown(value, how)
        result = rounded(value, how)
        if value.denominator != 1 and any(rounded(value, other) != result for other in options):
            case.touched.add(reading)
        return result

    return run


def _quotient_rounded(pair: Quotient, how: Rounding, otherwise: Run) -> Run:
    """`_rounded` of a quotient of counts; what is no such quotient goes the other way."""
    operation = numbers.quotient_rounded(how)

    def run(case: Case) -> Any:
        held = pair(case)
        return otherwise(case) if held is None else operation(*held)

    return run


def _quotient_rounded_by(pair: Quotient, reading: str, options: tuple[Rounding, ...], otherwise: Run) -> Run:
    """`_rounded_by` in the same way."""
    operations = tuple(numbers.quotient_rounded(how) for how in options)

    def run(case: Case) -> Any:
        held = pair(case)
        if held is None:
            return otherwise(case)
        results = [operation(*held) for operation in operations]
        result = results[case.chosen.get(reading, 0)]
        if results.count(result) != len(results):
            case.touched.add(reading)
        return result

    return run


def _range(low: Run, high: Run) -> Run:
    def run(case: Case) -> Any:
        a, b = low(case), high(case)
        if type(a) in KNOWN and type(b) in KNOWN:
            return (a, b)
        ends = [numbers.form(a), numbers.form(b)]
        return Undefined(numbers.keys_of(a, b)) if None in ends else Spread(numbers.keys_of(a, b), a, b)

    return run


def _stated(key: Callable[[Case], str], stated: Run, counted: Run) -> Run:
    return lambda case: counted(case) if case.values.get(key(case)) is None else stated(case)


def _printed(stated: FactOf) -> Run:
    """The last printed unit of a stated number, of the plan or of the member at hand."""
    key, fact = precision(stated.key), precision(stated.key.rpartition(".")[2])
    if stated.of == PLAN:
        return lambda case: case.values.get(key)
    return lambda case: case.values.get(case.members[stated.of].prefix + fact)
