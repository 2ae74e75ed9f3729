"""How one number hangs on others that can be chosen, read off the linear form of a comparison.

`unit representatives at most 30% of the assembly` is `u - 0.3 (r + u) <= 0`, and so `u` at most 3/7 of `r`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from civicrules.derived import Form
from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.demands import Choice
from civicrules.evaluation.numbers import is_number, minus
from civicrules.evaluation.unknown import Linear
from civicrules.exact import Exact, whole
from civicrules.findings import Number
from civicrules.program import And, Compare, Comparison, DateType, Expression, FactOf, Mention, Not, RangeOf, Within


def forms(
    requirement: Expression, key: str, case: Case, run: Callable[[Expression], Run], choices: Mapping[str, Choice]
) -> tuple[Form, ...]:
    """The comparisons in a requirement that bind a number by others, each solved for that number."""
    found = []
    for one in _comparisons(requirement, False):
        left, right = run(one.left)(case), run(one.right)(case)
        difference = minus(left, right) if is_number(left) and is_number(right) else None
        form = _solved(difference, one.comparison, key, choices)
        if form is not None and form not in found:
            found.append(form)
    return tuple(found)


def _comparisons(requirement: Expression, denied: bool) -> Iterator[Compare]:
    match requirement:
        case Not(of=of):
            yield from _comparisons(of, not denied)
        case And(parts=parts) if not denied:
            for part in parts:
                yield from _comparisons(part, False)
        case Within(value=value, range=RangeOf(low=low, high=high)) if not denied:
            yield Compare(value, Comparison.AT_LEAST, low)
            yield Compare(value, Comparison.AT_MOST, high)
        case Compare(left=left, comparison=comparison, right=right):
            yield Compare(left, comparison.negated if denied else comparison, right)
        case _:
            pass


def _solved(difference: Any, comparison: Comparison, key: str, choices: Mapping[str, Choice]) -> Form | None:
    """`a · x + Σ b · y + c` compared with zero, as `x` compared with `-c/a - Σ b/a · y`."""
    if not isinstance(difference, Linear) or not difference.precise or key not in difference.terms:
        return None
    others = [other for other in difference.terms if other != key]
    if not others or not all(other in choices for other in others):
        return None
    own: Exact = difference.terms[key].times
    how = comparison if own > 0 else comparison.mirrored
    terms = [(_part(difference.terms[other].times, own), choices[other]) for other in others]
    if isinstance(choices[key].type, DateType) and [times for times, _ in terms] != [1]:
        return None
    named = tuple((times, Number(other.names, None, other.type, mention=_mention(other))) for times, other in terms)
    return Form(how, _part(difference.constant, own), named)


def _mention(of: Choice) -> Mention:
    return Mention(FactOf(of.key, of.type), of.names)


def _part(times: Exact, own: Exact) -> Exact:
    return whole(Fraction(-times) / Fraction(own))
