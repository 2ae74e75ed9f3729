"""Which values of one fact a condition leaves possible, whatever the other facts are.

Whole stretches of values are weighed at once: one on which the condition surely fails is dropped, one on which it holds is
kept, and one that is open on this fact alone is divided where the condition changes, else in its middle. A stretch that
stays open because of other facts is kept, without the ends on which the condition fails whatever those are. What comes
out holds every value that is possible; it is exact where no other fact is left open, as far as the bounded work goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from civicrules.evaluation.case import Case
from civicrules.evaluation.numbers import magnitude
from civicrules.evaluation.refine import cut, middle
from civicrules.evaluation.unknown import NOTHING, Bounds, Keys, Undecided
from civicrules.evaluation.variables import Domain, Variable
from civicrules.values import frozen

# A condition on a plan, open where it is `Undecided`.
Weigh = Callable[[Case], bool | Undecided]

_STEPS, _ENDS = 400, 120
# Beyond this a number that is possible has no end that anybody would ask for.
_FAR = 10**12


@frozen
class Possible:
    """What is possible of a fact, and the other facts that it hangs on."""

    domain: Domain
    others: Keys = NOTHING


def possible(weigh: Weigh, case: Case, variable: Variable, domain: Domain) -> Possible:
    """The values of a domain under which a condition does not surely fail."""
    return _Solver(weigh, case, variable).solved(domain)


@frozen
class _Solver:
    weigh: Weigh
    case: Case
    variable: Variable

    def ask(self, part: Any, cuts: list[tuple[str, Any]] | None = None) -> bool | Undecided:
        held = self.variable.held((part,))
        return self.weigh(self.case.supposing({self.variable.key: held}, cuts))

    def solved(self, domain: Domain) -> Possible:
        kept: list[Any] = []
        others: set[str] = set()
        waiting = list(reversed(domain))
        for _ in range(_STEPS):
            if not waiting:
                break
            part = waiting.pop()
            cuts: list[tuple[str, Any]] = []
            result = self.ask(part, cuts)
            if result is True:
                kept.append(part)
            elif isinstance(result, Undecided):
                pieces = self._divided(part, cuts, result.keys)
                waiting += reversed(pieces)
                if not pieces:
                    others |= result.keys - {self.variable.key}
                    kept += self._without_ends(part)
        return Possible(joined([*kept, *reversed(waiting)]), frozenset(others))

    def _divided(self, part: Any, cuts: list[tuple[str, Any]], keys: Keys) -> list[Bounds]:
        """The parts of a stretch that is open; none where only other facts can decide it."""
        if not isinstance(part, Bounds):
            return []
        alone = keys == {self.variable.key}
        for number in (*(number for key, number in cuts if key == self.variable.key), *((None,) if alone else ())):
            pieces = cut(part, number)
            if len(pieces) > 1:
                return pieces
        return []

    def _without_ends(self, part: Any) -> list[Any]:
        if not isinstance(part, Bounds) or not part.whole:
            return [part]
        low = self._end(part, downwards=False)
        if low is _NOWHERE:
            return []
        high = self._end(part, downwards=True)
        return [Bounds(low, part.high if high is _NOWHERE else high)]

    def _end(self, part: Bounds, *, downwards: bool) -> Any:
        """The first number of a stretch, from below or from above, on which the condition does not surely fail."""
        tail = Bounds(None, -_FAR) if not downwards else Bounds(_FAR, None)
        if (part.high if downwards else part.low) is None and self.ask(tail) is not False:
            return None
        waiting = [part]
        for _ in range(_ENDS):
            if not waiting:
                return _NOWHERE
            at = waiting.pop()
            if self.ask(at) is False:
                continue
            end, far = (at.high, at.low) if downwards else (at.low, at.high)
            if at.single or (end is None and _is_far(far)):
                return end
            if end is not None and self.ask(Bounds(end, end)) is not False:
                return end
            pieces = cut(at, middle(at))
            waiting += pieces if downwards else reversed(pieces)
        return part.high if downwards else part.low


_NOWHERE = object()


def _is_far(number: Any) -> bool:
    return number is None or magnitude(number) > _FAR


def joined(parts: Iterable[Any]) -> Domain:
    """The parts of a domain with neighbouring stretches made one, in rising order; named values stand first."""
    named = tuple(dict.fromkeys(part for part in parts if not isinstance(part, Bounds)))
    stretches = sorted((part for part in parts if isinstance(part, Bounds)), key=_start)
    found: list[Bounds] = []
    for part in stretches:
        if found and _touch(found[-1], part):
            found[-1] = _together(found[-1], part)
        else:
            found.append(part)
    return (*named, *found)


def _start(part: Bounds) -> tuple[bool, Any, bool]:
    return (part.low is not None, 0 if part.low is None else part.low, part.low_open)


def _touch(one: Bounds, other: Bounds) -> bool:
    """Whether no number lies between two stretches, the first of which begins first."""
    if one.high is None or other.low is None:
        return True
    if one.whole:
        return other.low <= one.high + 1
    return other.low < one.high or (other.low == one.high and not (one.high_open and other.low_open))


def _together(one: Bounds, other: Bounds) -> Bounds:
    if one.high is None or other.high is None:
        return Bounds(one.low, None, one.whole, one.low_open)
    if (other.high, not other.high_open) > (one.high, not one.high_open):
        return Bounds(one.low, other.high, one.whole, one.low_open, other.high_open)
    return one


def common(one: Domain, other: Domain) -> Domain:
    """What two domains both have.

    >>> common((Bounds(1, 5),), (Bounds(3, None),))
    (Bounds(low=3, high=5, whole=True, low_open=False, high_open=False),)
    """
    named = [part for part in one if not isinstance(part, Bounds) and part in other]
    pairs = ((a, b) for a in one for b in other if isinstance(a, Bounds) and isinstance(b, Bounds))
    return joined([*named, *(both for a, b in pairs if (both := _overlap(a, b)) is not None)])


def _overlap(one: Bounds, other: Bounds) -> Bounds | None:
    low, low_open = max((_low(one), _low(other)), key=lambda end: (end[0] is not None, end[0] or 0, end[1]))
    high, high_open = min(
        (_high(one), _high(other)), key=lambda end: (end[0] is None, 0 if end[0] is None else end[0], not end[1])
    )
    if low is not None and high is not None and (low > high or (low == high and (low_open or high_open))):
        return None
    return Bounds(low, high, one.whole, low_open, high_open)


def _low(of: Bounds) -> tuple[Any, bool]:
    return of.low, of.low_open


def _high(of: Bounds) -> tuple[Any, bool]:
    return of.high, of.high_open


def hull(domain: Domain) -> Domain:
    """The same with one stretch from the first to the last number, so that it can be supposed as one."""
    stretches = [part for part in domain if isinstance(part, Bounds)]
    if len(stretches) < 2:
        return domain
    first, last = stretches[0], stretches[-1]
    named = tuple(part for part in domain if not isinstance(part, Bounds))
    return (*named, Bounds(first.low, last.high, first.whole, first.low_open, last.high_open))
