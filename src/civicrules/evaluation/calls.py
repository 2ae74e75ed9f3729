"""Calls of plugin functions: checked on the way out, so that a faulty function spoils its own sentence only."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from civicrules import plugin
from civicrules.evaluation import problems
from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.numbers import keys_of
from civicrules.evaluation.unknown import NOTHING, Undefined, Unknown, between
from civicrules.exact import whole
from civicrules.facts import Blank
from civicrules.program import Call, Names, NumberType

_NOT_EXACT = Names.of(en="it returned something other than an exact number", zh="返回的不是精确数")
_NOT_WHOLE = Names.of(en="it returned a fraction where a whole number is declared", zh="声明返回整数，实际返回了分数")
_OUT_OF_RANGE = Names.of(en="it returned a number outside its declared range", zh="返回的数超出声明的范围")
_ABSENT = Names.of(en="no plugin at hand has it", zh="现有插件中没有该函数")


def call(expression: Call, arguments: tuple[Run, ...], function: plugin.Function | None, owner: str) -> Run:
    """A call made runnable. With an argument not known, the result is known by its declared range only."""

    def run(case: Case) -> Any:
        values = [argument(case) for argument in arguments]
        if function is None:
            case.report(problems.function_failed(expression, owner, _ABSENT))
            return Undefined(NOTHING)
        if any(isinstance(value, (Unknown, Blank)) for value in values):
            return _open(function.result, values)
        result, problem = _answer(function, values)
        if problem is not None:
            case.report(problems.function_failed(expression, owner, problem))
            return Undefined(NOTHING)
        return result

    return run


def _open(result: NumberType, values: list[Any]) -> Any:
    """Nothing more is known than the declared range; it may also fail, which only a call with numbers can show."""
    keys = keys_of(*values)
    return Undefined(keys) if Blank.NONE in values else between(result.low, result.high, keys)


def _answer(function: plugin.Function, values: list[Any]) -> tuple[Any, Names | str | None]:
    try:
        result = function.run(*values)
    except (Exception, SystemExit) as error:
        return None, str(error) or Names.of(en="it stopped without saying why", zh="未说明原因即中断")
    if isinstance(result, bool) or not isinstance(result, (int, Fraction)):
        return None, _NOT_EXACT
    if function.result.whole and result.denominator != 1:
        return None, _NOT_WHOLE
    low, high = function.result.low, function.result.high
    if (low is not None and result < low) or (high is not None and result > high):
        return None, _OUT_OF_RANGE
    return whole(result), None
