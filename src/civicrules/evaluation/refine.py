"""From *open* to *decided*, or to exactly the missing facts that matter, by supposing values for them.

A missing fact matters when there are values for the other missing facts under which two of its values lead to different
outcomes. An evaluation with facts missing gives an outcome or the facts it may rest on, which may be too many: `x at
least 3 or x at most 5` holds whatever x is. So an outcome that is not proven open is taken apart, in this order:

1. few completions in all: every one is tried, which is exact;
2. with all other facts supposed, one fact is left open: an outcome that stays open proves that the fact matters;
3. the values are divided into boxes until each box is decided, which is exact when it ends (branch and bound; cuts are
   made where a condition changes, else in the middle).

Each is bounded. For an outcome that rests on many facts only the last is done, with the fewer boxes the more facts there
are: the second asks about each fact again with all others supposed, which grows with the square of their number. A fact
that was neither proven to matter nor proven not to stays named: none that matters is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor, prod
from typing import Any

from attrs import define, field

from civicrules.evaluation.case import Case
from civicrules.evaluation.numbers import magnitude
from civicrules.evaluation.unknown import NOTHING, Bounds, Keys, Undecided
from civicrules.evaluation.variables import Domain, Variable, points, samples, size
from civicrules.values import frozen

FEW, PROBES, BOXES, MANY = 64, 24, 256, 48
# So many facts are looked at in all boxes together.
_WORK = 60_000

# An outcome that is not settled by what is given; the same word for all questions that are asked of a plan.
Outcome = Hashable
Weigh = Callable[[Case], Outcome | Undecided]


# Values for missing facts, twice.
Apart = tuple[Mapping[str, Any], Mapping[str, Any]]


class _Never:
    """The outcome of a completion in which something cannot be said whatever is given."""


NEVER = _Never()


@frozen
class Settled:
    """The outcome when it is the same whatever is missing; else `None`, with the facts that can still matter.

    `apart` are values for the missing facts that lead to two outcomes, where such were met on the way.
    """

    outcome: Any
    missing: Keys = NOTHING
    open: bool = False
    apart: Apart | None = None


Box = dict[str, Domain]


@frozen
class _Question:
    """One question about one plan: what to weigh, and what each missing fact in it can be.

    `places` collects where conditions were seen to change while one fact was open, for use when another one is;
    `apart` collects values that lead to two outcomes.
    """

    weigh: Weigh
    case: Case
    variables: Mapping[str, Variable]
    domains: Box
    places: dict[str, dict[Any, None]] = field(factory=dict)
    apart: list[Apart] = field(factory=list)

    def samples(self, key: str) -> Iterator[Any]:
        """Some telling values of a fact."""
        return samples(self.variables[key], self.domains[key], self.places.get(key, ()))

    def ask(self, box: Mapping[str, Domain], cuts: list[tuple[str, Any]] | None = None) -> Any:
        """The outcome for all values in a box, or `Undecided`."""
        held = {key: self.variables[key].held(domain) for key, domain in box.items()}
        result = self.weigh(self.case.supposing(held, cuts))
        return NEVER if isinstance(result, Undecided) and not result.keys else result

    def at(self, values: Mapping[str, Any]) -> Any:
        """The outcome with values supposed."""
        result = self.weigh(self.case.supposing(values))
        return NEVER if isinstance(result, Undecided) and not result.keys else result


def refine(
    weigh: Weigh, case: Case, first: Undecided, variables: Mapping[str, Variable], *, naming: bool = True
) -> Settled:
    """What is settled of an outcome that came out as `first`.

    Without `naming` it is only told whether the outcome is open: one fact that matters is enough for that.
    """
    if not first.keys:
        return Settled(NEVER)
    if first.exact:
        return Settled(None, first.keys, open=True)
    keys = sorted(first.keys, key=lambda key: variables[key].place)
    domains = {key: _domain(variables[key], case) for key in keys}
    question = _Question(weigh, case, variables, domains)
    if len(keys) > MANY:
        return _divide(question, NOTHING)
    sizes = [size(domain) for domain in domains.values()]
    if None not in sizes and prod(s for s in sizes if s is not None) <= FEW:
        return _try_all(question)
    proven: set[str] = set()
    for _ in range(2):
        for key in keys:
            if key not in proven and _matters(question, key):
                proven.add(key)
                if not naming or len(proven) == len(keys):
                    return Settled(None, first.keys, open=True, apart=next(iter(question.apart), None))
    return _divide(question, frozenset(proven))


def _domain(variable: Variable, case: Case) -> Domain:
    if variable.text:
        return _texts(variable, case)
    held = case.values.get(variable.key)
    return variable.domain if held is None else variable.known(held)


def _texts(variable: Variable, case: Case) -> Domain:
    """For a name that is missing: each name of the ruleset and the plan, one of its own, and one it could share.

    For several people also all of those names, and nobody.
    """
    held = (value if isinstance(value, tuple) else (value,) for value in case.values.values())
    names = sorted({name for one in held for name in one if isinstance(name, str)})
    together = (tuple(names), ()) if variable.several else ()
    return tuple(dict.fromkeys((*variable.domain, *names, "\0", f"\0{variable.key}", *together)))


def _try_all(question: _Question) -> Settled:
    """Every completion. A fact matters when two completions that differ in it alone have different outcomes."""
    keys = tuple(question.domains)
    lines = [tuple(points(question.variables[key], domain)) for key, domain in question.domains.items()]
    outcomes = {values: question.at(dict(zip(keys, values, strict=True))) for values in product(*lines)}
    if len(set(outcomes.values())) == 1:
        return Settled(next(iter(outcomes.values())))
    missing = frozenset(key for at, key in enumerate(keys) if _differs_in(outcomes, at))
    return Settled(None, missing, open=True)


def _differs_in(outcomes: Mapping[tuple[Any, ...], Any], at: int) -> bool:
    seen: dict[tuple[Any, ...], Any] = {}
    others = ((values[:at] + values[at + 1 :], outcome) for values, outcome in outcomes.items())
    return any(seen.setdefault(rest, outcome) != outcome for rest, outcome in others)


def _matters(question: _Question, key: str) -> bool:
    """Whether some values of the other facts were found under which this one makes a difference."""
    others = [other for other in question.domains if other != key]
    choices = [tuple(question.samples(other)) for other in others]
    if not others and _varies(question, key, {}):
        return True
    return any(_makes_a_difference(question, key, dict(zip(others, v, strict=True))) for v in _spread_out(choices))


def _makes_a_difference(question: _Question, key: str, supposed: Mapping[str, Any]) -> bool:
    """Whether one fact does, with all others supposed: certain when the open outcome is decided or exact."""
    cuts: list[tuple[str, Any]] = []
    held = question.variables[key].held(question.domains[key])
    result = question.weigh(question.case.supposing({**supposed, key: held}, cuts))
    if not isinstance(result, Undecided) or not result.keys:
        return False
    question.places.setdefault(key, {}).update((number, None) for cut, number in cuts if cut == key)
    return (result.exact and result.keys == {key}) or _varies(question, key, supposed)


def _varies(question: _Question, key: str, supposed: Mapping[str, Any]) -> bool:
    """Whether two of the telling values of a fact lead to different outcomes."""
    met: list[tuple[dict[str, Any], Any]] = []
    for value in islice(question.samples(key), PROBES):
        values = {**supposed, key: value}
        met.append((values, question.at(values)))
        if met[-1][1] != met[0][1]:
            question.apart.append((met[0][0], values))
            return True
    return False


def _spread_out(choices: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Some of the combinations: the diagonals first (all least, all next …), then in order."""
    longest = max((len(choice) for choice in choices), default=1)
    diagonal = [tuple(choice[min(at, len(choice) - 1)] for choice in choices) for at in range(longest)]
    combined = islice(product(*choices), PROBES)
    return islice(iter(dict.fromkeys((*diagonal, *combined))), PROBES)


@define
class _Leaves:
    """The boxes that division ended with: decided ones with their outcome, open ones with the facts they rest on."""

    decided: list[tuple[Box, Any]]
    open: list[tuple[Box, Keys]]


def _divide(question: _Question, proven: Keys) -> Settled:
    leaves, split = _boxes(question)
    outcomes = {outcome for _, outcome in leaves.decided}
    if not leaves.open and len(outcomes) == 1:
        return Settled(outcomes.pop())
    every = frozenset(question.domains)
    if any(keys == every for _, keys in leaves.open):
        return Settled(None, every, open=True)
    missing = proven | _told_apart(leaves.decided)
    if leaves.open:
        missing |= split.union(*(keys for _, keys in leaves.open))
    return Settled(None, missing, open=True)


def _boxes(question: _Question) -> tuple[_Leaves, Keys]:
    """Branch and bound over the values of all open facts; also the facts that had to be told apart."""
    leaves = _Leaves([], [])
    split: set[str] = set()
    waiting = [dict(question.domains)]
    for _ in range(min(BOXES, _WORK // len(question.domains))):
        if not waiting:
            break
        box = waiting.pop()
        cuts: list[tuple[str, Any]] = []
        result = question.ask(box, cuts)
        if not isinstance(result, Undecided):
            leaves.decided.append((box, result))
            continue
        divided = None if result.exact and len(result.keys) > 1 else _division(box, result.keys, cuts)
        if divided is None:
            leaves.open.append((box, result.keys))
            continue
        key, parts = divided
        split.add(key)
        waiting += [{**box, key: part} for part in reversed(parts)]
    leaves.open += [(box, frozenset(box)) for box in waiting]
    return leaves, frozenset(split)


def _division(box: Box, keys: Keys, cuts: list[tuple[str, Any]]) -> tuple[str, list[Domain]] | None:
    """Which fact to tell apart next, and how: named values first, then at a cut, then in the middle of a stretch."""
    for key in sorted(keys):
        if len(box[key]) > 1:
            return key, [(part,) for part in box[key]]
    seen = (one for one in cuts if one[0] in keys)  # conditions were met on facts that do not matter here, too
    for key, number in (*seen, *((key, None) for key in sorted(keys))):
        stretch = box[key][0]
        if isinstance(stretch, Bounds) and len(parts := cut(stretch, number)) > 1:
            return key, [(part,) for part in parts]
    return None


def middle(part: Bounds) -> Any:
    """Where to divide a stretch of several numbers of which nothing better is known; far out where it has no end."""
    if part.low is not None and part.high is not None:
        return (part.low + part.high) // 2 if part.whole else Fraction(part.low + part.high) / 2
    if part.low is not None:
        return 2 * magnitude(part.low) + 64
    return -2 * magnitude(part.high) - 64 if part.high is not None else 0


def cut(part: Bounds, number: Any) -> list[Bounds]:
    """The parts of a stretch below, at and above a number (without one: its middle), those that there are.

    >>> [(b.low, b.high) for b in cut(Bounds(0, 9), Fraction(5, 2))]
    [(0, 2), (3, 9)]
    """
    if part.single:
        return [part]
    number = middle(part) if number is None else number
    return _cut_whole(part, number) if part.whole else _cut_fraction(part, number)


def _cut_whole(part: Bounds, number: Any) -> list[Bounds]:
    below, above = ceil(number) - 1, floor(number) + 1
    pieces = [(part.low, below), (ceil(number), floor(number)), (above, part.high)]
    return [b for low, high in pieces if (b := _clipped(part, low, high)) is not None]


def _clipped(part: Bounds, low: Any, high: Any) -> Bounds | None:
    low = part.low if low is None or (part.low is not None and low < part.low) else low
    high = part.high if high is None or (part.high is not None and high > part.high) else high
    return None if low is not None and high is not None and low > high else Bounds(low, high)


def _cut_fraction(part: Bounds, number: Any) -> list[Bounds]:
    below_top, above_bottom = part.high is None or number <= part.high, part.low is None or number >= part.low
    if not (below_top and above_bottom):
        return [part]
    pieces: list[Bounds] = []
    if part.low is None or number > part.low:
        pieces.append(Bounds(part.low, number, False, part.low_open, True))
    if not (number == part.low and part.low_open) and not (number == part.high and part.high_open):
        pieces.append(Bounds(number, number, False))
    if part.high is None or number < part.high:
        pieces.append(Bounds(number, part.high, False, True, part.high_open))
    return pieces


def _told_apart(decided: list[tuple[Box, Any]]) -> Keys:
    """The facts of which two decided boxes with different outcomes differ alone: a proof that they matter."""
    found: set[str] = set()
    for at, (box, outcome) in enumerate(decided):
        for other, another in decided[:at]:
            if outcome != another:
                apart = [key for key in box if box[key] is not other[key] and not _overlap(box[key], other[key])]
                if len(apart) == 1:
                    found.add(apart[0])
    return frozenset(found)


def _overlap(one: Domain, other: Domain) -> bool:
    return any(_parts_meet(a, b) for a in one for b in other)


def _parts_meet(a: Any, b: Any) -> bool:
    if not isinstance(a, Bounds) or not isinstance(b, Bounds):
        return bool(a == b)
    return _before(a, b) and _before(b, a)


def _before(a: Bounds, b: Bounds) -> bool:
    """Whether `a` starts before `b` ends."""
    if a.low is None or b.high is None or a.low < b.high:
        return True
    return a.low == b.high and not (a.low_open or b.high_open)


def in_order(keys: Iterable[str], variables: Mapping[str, Variable]) -> list[Variable]:
    """Missing facts in the order of the vocabulary."""
    return sorted((variables[key] for key in keys), key=lambda variable: variable.place)
