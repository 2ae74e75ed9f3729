"""Rates: what is given for every so many, what its parts of a block come to, and which rounding was left out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from civicrules import program as p
from civicrules.exact import Rounding, rounded
from civicrules.program import Expression, NumberType
from civicrules.source import Span


def in_whole_blocks(value: Expression, how: Rounding | str, type: NumberType, span: Span | None) -> Expression:
    """A number rounded. What is given for each block is given for whole blocks: 2 for every 100 of 150 are 2, not 3."""
    made = _by_blocks(value, how, span)
    return made if made != value and is_whole(made) else p.Rounded(made, how, type, span)


def _by_blocks(value: Expression, how: Rounding | str, span: Span | None) -> Expression:
    match value:
        case p.Rate(count=p.Literal(value=int() | Fraction() as number)) if number != 1:
            blocks = NumberType(None, False, 0)
            one = evolve(value, count=p.Literal(1, NumberType(low=1, high=1), value.count.span), type=blocks)
            whole = p.Rounded(one, how, evolve(blocks, whole=True), span)
            type = evolve(value.type, whole=number.denominator == 1)
            return p.Arithmetic(p.Operator.TIMES, value.count, whole, type, value.linear, value.span)
        case p.Arithmetic(operator=p.Operator.PLUS, left=left, right=right):
            left, right = _by_blocks(left, how, span), _by_blocks(right, how, span)
            return evolve(
                value, left=left, right=right, type=evolve(value.type, whole=is_whole(left) and is_whole(right))
            )
        case _:
            return value


def is_whole(expression: Expression) -> bool:
    """Whether a number never has a part."""
    return isinstance(expression.type, NumberType) and expression.type.whole


def missing_rounding(expression: Expression) -> dict[str, object]:
    """Two inputs for which a left-out rounding matters, with what each rounding gives."""
    for rate in unrounded_rates(expression):
        match rate:
            case p.Rate(
                per=p.Literal(value=int() | Fraction() as per), count=p.Literal(value=int() | Fraction() as count)
            ):
                above = _above(rate.of)
                first, second = above + 1, above + int(per) + int(per) // 2
                return {**_shown("first", first, above, count, per), **_shown("second", second, above, count, per)}
    return {}


def _above(of: Expression) -> int:
    match of:
        case p.Excess(above=p.Literal(value=int() | Fraction() as value)):
            return int(value)
        case _:
            return 0


def _shown(name: str, of: int, above: int, count: int | Fraction, per: int | Fraction) -> dict[str, object]:
    value = Fraction(of - above) * count / per
    return {name: of, f"{name}_down": rounded(value, Rounding.DOWN), f"{name}_up": rounded(value, Rounding.UP)}


def unrounded_rates(expression: Expression) -> Iterator[p.Rate]:
    """The rates whose fraction no rounding turns into a count."""
    match expression:
        case p.Rate():
            yield expression
        case p.Arithmetic(left=left, right=right):
            yield from unrounded_rates(left)
            yield from unrounded_rates(right)
        case p.Clamped(of=of) | p.Excess(of=of):
            yield from unrounded_rates(of)
