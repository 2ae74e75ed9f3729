"""Numbers in expressions: sums, products and shares, ranges, rates, roundings, and the units that they are counted in."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from civicrules import program as p
from civicrules.compiler import ages
from civicrules.compiler.rates import in_whole_blocks, is_whole, missing_rounding
from civicrules.compiler.scope import joined, type_names
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.exact import Rounding
from civicrules.language import nodes as n
from civicrules.program import Expression, Names, NumberType, Type, identifier
from civicrules.source import Span

if TYPE_CHECKING:
    from civicrules.compiler.expressions import ExpressionCompiler

ROUNDINGS = {
    "ROUNDED_DOWN": Rounding.DOWN,
    "ROUNDED_UP": Rounding.UP,
    "ROUNDED_HALF_UP": Rounding.HALF_UP,
}
_OPERATORS = {
    "+": p.Operator.PLUS,
    "-": p.Operator.MINUS,
    "*": p.Operator.TIMES,
    "/": p.Operator.DIVIDED,
}


def constant(expression: Expression) -> bool:
    """Whether an expression reads no fact."""
    match expression:
        case p.Literal():
            return True
        case p.Arithmetic(left=left, right=right):
            return constant(left) and constant(right)
        case p.Rounded(of=of) | p.Excess(of=of):
            return constant(of)
        case _:
            return False


def binary(compiler: ExpressionCompiler, node: n.Binary) -> Expression | None:
    """A sum, a difference, a product or a quotient."""
    left, right = compiler.number(node.left), compiler.number(node.right)
    if left is None or right is None:
        return None
    match node:
        case n.Binary("-", n.Quantity() as fewer, n.Quantity() as more) if fewer.value < more.value:
            hyphen(compiler, node, fewer, more)
            return None
    operator = _OPERATORS[node.operator]
    a, b = left.type, right.type
    assert isinstance(a, NumberType) and isinstance(b, NumberType)
    linear = True
    match operator:
        case p.Operator.PLUS | p.Operator.MINUS:
            left, right = matched(compiler, left, right), matched(compiler, right, left)
            unit = same_unit(compiler, left, right, node.span)
            low = (a.low + b.low) if operator is p.Operator.PLUS and a.low is not None and b.low is not None else None
            type = NumberType(unit, a.whole and b.whole, low)
        case p.Operator.TIMES:
            unit = product_unit(compiler, left, right)
            type = NumberType(unit, a.whole and b.whole, 0 if _positive(a) and _positive(b) else None)
            linear = constant(left) or constant(right)
        case p.Operator.DIVIDED:
            unit = None if a.unit == b.unit else a.unit
            type = NumberType(unit, False, 0 if _positive(a) and _positive(b) else None)
            linear = constant(right)
            divisor(compiler, right, b)
    return p.Arithmetic(operator, left, right, type, linear, node.span)


def product_unit(compiler: ExpressionCompiler, left: Expression, right: Expression) -> str | None:
    """What a product is counted in: so many communities × 200,000 yuan each are yuan, × 2 people each are people."""
    units = [one for one in (left, right) if _unit(one) is not None]
    money = [one for one in units if isinstance(one.type, NumberType) and compiler.scope.is_measured(one.type)]
    written = [one for one in units if isinstance(one, p.Literal)]
    chosen = next((some for some in (money, written) if len(some) == 1), units)
    return _unit(chosen[0]) if chosen else None


def divisor(compiler: ExpressionCompiler, by: Expression, type: NumberType) -> None:
    """Warn of a divisor that can be zero: neither its range nor a guard excludes it."""
    if isinstance(by, p.Literal):
        sure = by.value != 0
    else:
        sure = (type.low is not None and type.low > 0) or by in compiler.positive
    if not sure:
        names = Names.of(**{compiler.scope.language: by.span.text if by.span is not None else ""})
        compiler.scope.diagnostics.append(Diagnostic("CR0230", by.span, {"name": names}, Severity.WARNING))


def matched(compiler: ExpressionCompiler, value: Expression, other: Expression) -> Expression:
    """A number written without a unit takes the unit of what it stands beside."""
    ages.note(compiler.scope, value, other, compiler.value_of)
    unit = _unit(other)
    if unit is None and isinstance(other.type, p.RangeType):
        unit = other.type.of.unit
    match value:
        case p.Literal(type=NumberType(unit=None, share=False) as type) if unit is not None:
            note_taken(compiler, value, unit)
            taken = evolve(value, type=evolve(type, unit=unit))
            ages.note(compiler.scope, taken, other, compiler.value_of)
            return taken
        case p.RangeOf(low=low, high=high, type=p.RangeType(of=of)) if unit is not None and of.unit is None:
            ends = matched(compiler, low, other), matched(compiler, high, other)
            return p.RangeOf(*ends, p.RangeType(evolve(of, unit=_unit(ends[0]))), value.span)
        case _:
            return value


def note_taken(compiler: ExpressionCompiler, number: p.Literal, unit: str) -> None:
    """Remember the unit that a number without one took from what it stands beside, for languages that say it."""
    if unit in {one.id for one in compiler.scope.vocabulary.units} and isinstance(number.value, int | Fraction):
        compiler.scope.note(number.span, compiler.scope.unit_words(unit, number.value))


def note_unit(compiler: ExpressionCompiler, node: n.Phrase, made: Expression) -> None:
    """Remember the unit that a number without one took from what it stands beside: some languages have to say it."""
    match node, made:
        case n.Quantity(value=value, unit=None), p.Literal(type=NumberType(unit=str() as unit)):
            compiler.scope.note(node.span, compiler.scope.unit_words(unit, value))
        case _:
            return


def hyphen(compiler: ExpressionCompiler, node: n.Binary, low: n.Quantity, high: n.Quantity) -> None:
    """`3-5` is three minus five; a range is meant."""
    if node.span is None or low.span is None or high.span is None:
        return
    right = f"{low.span.text}{'至' if compiler.scope.chinese else ' to '}{high.span.text}"
    compiler.scope.report("CR0218", node.span, found=node.span.text, suggestions=(right,))


def same_unit(compiler: ExpressionCompiler, left: Expression, right: Expression, span: Span | None) -> str | None:
    """The unit two numbers share; a number without a unit takes the other's. A mixture is reported."""
    a, b = _unit(left), _unit(right)
    if a is not None and b is not None and a != b:
        vocabulary = compiler.scope.vocabulary
        data = {"left": type_names(left.type, vocabulary), "right": type_names(right.type, vocabulary)}
        compiler.scope.report("CR0205", right.span or span, **data)
    return a if a is not None else b


def range_of(compiler: ExpressionCompiler, node: n.Range) -> Expression | None:
    """Both ends; in `10% to 30% of units` the base of the second end serves the first."""
    low_node, high_node = node.low, node.high
    if isinstance(low_node, n.Part) and isinstance(high_node, n.Share):
        low_node = n.Share(low_node, high_node.base, low_node.span)
    elif isinstance(low_node, n.Share) and isinstance(high_node, n.Part):
        high_node = n.Share(high_node, low_node.base, high_node.span)
    low, high = compiler.expression(low_node), compiler.expression(high_node)
    if low is None or high is None:
        return None
    if isinstance(low.type, p.DateType) and isinstance(high.type, p.DateType):
        return p.RangeOf(low, high, p.RangeType(NumberType()), node.span)
    if not isinstance(low.type, NumberType) or not isinstance(high.type, NumberType):
        compiler.wrong(low if not isinstance(low.type, NumberType) else high, Names.of(en="a number", zh="数字"))
        return None
    for end, other in ((low_node, high), (high_node, low)):
        if isinstance(end, n.Quantity) and isinstance(other, p.ShareOf):
            found = end.span.text if end.span else ""
            compiler.scope.report("CR0220", end.span, found=found, suggestions=(f"{end.value}%",))
            return None
    low, high = matched(compiler, low, high), matched(compiler, high, low)
    unit = same_unit(compiler, low, high, node.span)
    assert isinstance(low.type, NumberType) and isinstance(high.type, NumberType)
    of = NumberType(unit, low.type.whole and high.type.whole, low.type.low, high.type.high)
    if isinstance(low, p.Literal) and isinstance(high, p.Literal) and low.value > high.value:  # type: ignore[operator]
        compiler.scope.report("CR0211", node.span, low=low.value, high=high.value)
    return p.RangeOf(low, high, p.RangeType(of), node.span)


def excess(compiler: ExpressionCompiler, node: n.Excess) -> Expression | None:
    """What a number has above another: `households above 1500`."""
    of, above = compiler.number(node.of), compiler.number(node.above)
    if of is None or above is None:
        return None
    above = matched(compiler, above, of)
    note_unit(compiler, node.above, above)
    unit = same_unit(compiler, of, above, node.span)
    whole = is_whole(of) and is_whole(above)
    return p.Excess(of, above, NumberType(unit, whole, 0), node.span)


def rate(compiler: ExpressionCompiler, node: n.Rate) -> Expression | None:
    """So many for every so many."""
    count, per, of = compiler.number(node.count), compiler.number(node.per), compiler.number(node.of)
    if count is None or per is None or of is None:
        return None
    if isinstance(per, p.Literal):
        if per.value == 0:
            compiler.scope.report("CR0213", per.span)
            return None
        per = matched(compiler, per, of)
        note_unit(compiler, node.per, per)
        same_unit(compiler, per, of, node.span)
    linear = constant(per) and constant(count)
    made = p.Rate(count, per, of, NumberType(_unit(count), False, 0), linear, node.span)
    whole = evolve(made.type, whole=True)
    return in_whole_blocks(made, Rounding.DOWN, whole, node.span) if node.full else made


def call(compiler: ExpressionCompiler, node: n.Call) -> Expression | None:
    """A function of the library or of a plugin."""
    function = compiler.scope.functions.get(joined(node.function))
    if function is None:
        known = [form for f in compiler.scope.functions.values() for _, form in f.names.forms]
        compiler.scope.unknown(node.function, known, "CR0212")
        return None
    compiler.scope.note(node.function.span, function.names)
    arguments = [compiler.number(argument) for argument in node.arguments]
    if len(arguments) != len(function.parameters):
        compiler.scope.report(
            "CR0214", node.span, name=function.names, expected=len(function.parameters), found=len(arguments)
        )
        return None
    given = [argument for argument in arguments if argument is not None]
    if len(given) != len(arguments):
        return None
    unit = function.result.unit
    for argument, parameter in zip(given, function.parameters, strict=True):
        if parameter.whole and not is_whole(argument):
            compiler.scope.report("CR0309", argument.span, **missing_rounding(argument))
        if function.same_unit:
            unit = same_unit(compiler, given[0], argument, node.span) or unit
    whole = function.result.whole and (not function.same_unit or all(is_whole(a) for a in given))
    type = evolve(function.result, unit=unit, whole=whole)
    return p.Call(identifier(function.names.text("en")), tuple(given), type, node.span)


def formula(compiler: ExpressionCompiler, node: n.Formula) -> Expression | None:
    """A value with its suffixes, read from left to right."""
    value = compiler.expression(node.of)
    for suffix in node.suffixes:
        if value is None:
            return None
        if not isinstance(value.type, NumberType):
            compiler.wrong(value, Names.of(en="a number", zh="数字"))
            return None
        value = suffixed(compiler, value, value.type, suffix)
    return value


def suffixed(compiler: ExpressionCompiler, value: Expression, type: NumberType, suffix: n.Suffix) -> Expression | None:
    """A number rounded, or moved to the nearer end."""
    terminal = suffix.word.terminal
    if terminal in ROUNDINGS:
        return in_whole_blocks(value, ROUNDINGS[terminal], evolve(type, whole=True), suffix.span)
    if terminal == "ROUNDED_AS":
        assert isinstance(suffix.value, n.Path)
        reading = compiler.rounding_reading(suffix.value)
        if reading is None:
            return None
        return in_whole_blocks(value, reading, evolve(type, whole=True), suffix.span)
    bound = compiler.number(suffix.value) if suffix.value is not None else None
    if bound is None:
        return None
    unit = same_unit(compiler, value, bound, suffix.span)
    bound = matched(compiler, bound, value)
    new = NumberType(unit, type.whole and is_whole(bound), type.low)
    low, high = (bound, None) if terminal == "CLAMP_LOW" else (None, bound)
    return p.Clamped(value, low, high, new, suffix.span)


def _unit(expression: Expression) -> str | None:
    return expression.type.unit if isinstance(expression.type, NumberType) else None


def unit_in(type: Type) -> str | None:
    """The unit of a number, or of the numbers in a range."""
    number = type.of if isinstance(type, p.RangeType) else type
    return number.unit if isinstance(number, NumberType) else None


def _positive(type: NumberType) -> bool:
    return type.low is not None and type.low >= 0
