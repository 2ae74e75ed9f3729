"""The line under a sentence about a share: `unit representatives 24 of assembly's members 74 = 32.4 %, at most 30 %`.

The only arithmetic here is the quotient that is printed, of two numbers that the finding recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from civicrules.codes import shown
from civicrules.findings import Finding, Number
from civicrules.program import (
    And,
    Arithmetic,
    Compare,
    Comparison,
    CountOf,
    Expression,
    FactOf,
    Force,
    Literal,
    Not,
    NumberType,
    Operator,
    Or,
    RangeOf,
    ShareOf,
    ValueOf,
    Within,
)
from civicrules.report.numbers import exact, is_shown_exactly, percent, plain
from civicrules.report.view import View
from civicrules.values import frozen


@frozen
class _Share:
    """A part, its whole and the limits of their ratio, by the word that joins them (`>=` … or `within`)."""

    part: Expression
    whole: Expression
    kind: str
    limits: tuple[Fraction, ...]


def lines(finding: Finding, view: View) -> list[str]:
    """A line for each share in the sentence whose two numbers are known."""
    recorded = [*finding.numbers, *(inner for entry in finding.numbers for inner in entry.inner)]
    texts = []
    for share in _shares(finding.sentence.requirement, False):
        part, whole = _recorded(share.part, recorded), _recorded(share.whole, recorded)
        if part is not None and whole is not None and _amount(whole):
            texts.append(_line(share, part, whole, finding.force, view))
    return texts


def _line(share: _Share, part: Number, whole: Number, force: Force, view: View) -> str:
    ratio = Fraction(_amount(part) or 0) / Fraction(_amount(whole) or 1)
    ratio_text = percent(ratio, view)
    limits = [_limit(limit, view) for limit in share.limits]
    if ratio_text in limits and not is_shown_exactly(ratio):
        ratio_text = view.word("value.and exactly", value=ratio_text, exact=shown(ratio, view.language))
    key = f"limit.{share.kind}" if force is Force.MUST else f"limit.advice.{share.kind}"
    limit = view.word(key, limit=limits[0], low=limits[0], high=limits[-1])
    return view.word("share.line", part=_named(part, view), whole=_named(whole, view), ratio=ratio_text, limit=limit)


def _limit(limit: Fraction, view: View) -> str:
    return percent(limit, view) if is_shown_exactly(limit) else shown(limit, view.language)


def _named(entry: Number, view: View) -> str:
    amount = _amount(entry) or 0
    number = exact(amount, entry.type, view)
    return view.word("share.part", name=view.name(entry.name), value=number, bare=plain(amount, view))


def _amount(entry: Number) -> int | Fraction | None:
    value = entry.value
    return value if isinstance(value, int | Fraction) and not isinstance(value, bool) else None


def _recorded(of: Expression, recorded: list[Number]) -> Number | None:
    if isinstance(of, FactOf | ValueOf | CountOf):
        for entry in recorded:
            if entry.mention is not None and entry.mention.of == of and _amount(entry) is not None:
                return entry
    return None


def _shares(of: Expression, negated: bool) -> Iterator[_Share]:
    match of:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _shares(part, negated)
        case Not(of=inner):
            yield from _shares(inner, not negated)
        case Compare(left=left, comparison=comparison, right=ShareOf(share=share, base=base)):
            yield _Share(left, base, _kind(comparison, negated), (share,))
        case Compare(
            left=Arithmetic(operator=Operator.DIVIDED, left=part, right=whole),
            comparison=comparison,
            right=Literal(value=int() | Fraction() as limit, type=NumberType(share=True)),
        ):
            yield _Share(part, whole, _kind(comparison, negated), (Fraction(limit),))
        case Within(value=part, range=RangeOf(low=ShareOf() as low, high=ShareOf() as high)):
            if low.base == high.base and not negated:
                yield _Share(part, low.base, "within", (low.share, high.share))
        case _:
            return


def _kind(comparison: Comparison, negated: bool) -> str:
    return (comparison.negated if negated else comparison).value
