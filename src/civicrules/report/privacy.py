"""Personal values taken out of a report: in their place stands how they compare with what is asked.

>>> from civicrules.facts import PlanHeader
>>> report = Report(None, PlanHeader(), "plan.yaml", None, None)
>>> discreet(report) == report
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from attrs import evolve

from civicrules import days
from civicrules.findings import Finding, Number, Report, Value, Verdict, fingerprint
from civicrules.program import (
    Age,
    And,
    AtLeastOf,
    Compare,
    Comparison,
    DateType,
    Elapsed,
    Expression,
    FactOf,
    Force,
    Literal,
    Names,
    Not,
    NumberType,
    Or,
    PeopleType,
    RangeOf,
    Sentence,
    Vocabulary,
    Within,
)
from civicrules.report.numbers import exact, value
from civicrules.report.view import View
from civicrules.values import frozen

_LANGUAGES = ("en", "zh")
_MIRRORED = {
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.MORE: Comparison.LESS,
    Comparison.LESS: Comparison.MORE,
    Comparison.EQUAL: Comparison.EQUAL,
    Comparison.UNEQUAL: Comparison.UNEQUAL,
}
_MONTHS = NumberType("month")
_YEARS = NumberType("year")


@frozen
class _Limit:
    """What a sentence asks of an expression."""

    of: Expression
    comparison: Comparison
    limit: Expression


def discreet(report: Report) -> Report:
    """The report without personal values, unless it may show them.

    Ages stay, and periods in whole units, never the days behind them. Of a day that is compared with another, it says by
    how much it is too early or too late; of everything else only that it is given.
    """
    if report.personal:
        return report
    replacing = _Replacing(tuple(View(tag, units={one.id: one for one in report.units}) for tag in _LANGUAGES), report)
    counts = tuple(evolve(count, findings=replacing.findings(count.findings)) for count in report.counts)
    return evolve(report, findings=replacing.findings(report.findings), counts=counts)


@frozen
class _Replacing:
    """Puts words in the place of personal values."""

    views: tuple[View, ...]
    report: Report

    def findings(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(self.finding(one) if any(map(_holds_personal, one.numbers)) else one for one in findings)

    def finding(self, of: Finding) -> Finding:
        """A finding without personal values; its fingerprint stays that of the values."""
        keys = {key for number in of.numbers if _is_personal(number) for key in _key(number)}
        advice = tuple(one for one in of.advice if one.key not in keys)
        sealed = fingerprint(of) if of.rule.waiver is not None and of.verdict is Verdict.FAILS else ""
        numbers = tuple(self.number(number, of) for number in of.numbers)
        return evolve(of, numbers=numbers, advice=advice, sealed=sealed)

    def number(self, of: Number, finding: Finding) -> Number:
        if of.inner:
            of = of._replace(inner=tuple(self.number(inner, finding) for inner in of.inner))
        if not _is_personal(of) or of.value is None or isinstance(of.value, Names):
            return of
        match of.mention.of if of.mention is not None else None:
            case Age() | Elapsed(age=True) if not isinstance(of.value, str):
                return of
            case Elapsed() as period if isinstance(of.value, int):
                passed = of.value
                return of._replace(value=self.words(lambda view: self.period(period, passed, finding, view)))
            case FactOf(type=DateType()) as fact if isinstance(of.value, date):
                day = of.value
                return of._replace(value=self.words(lambda view: _distance(day, fact, finding, view)))
            case _:
                return of._replace(value=self.words(lambda view: view.word("personal.given")))

    def words(self, said: Callable[[View], str]) -> Names:
        return Names.of(**{view.language: said(view) for view in self.views})

    def period(self, of: Elapsed, passed: int, finding: Finding, view: View) -> str:
        """How long something is over, in whole units, and how long it must be."""
        until = _until(of.until, self.report.vocabulary, view)
        period = exact(max(passed, 0), of.type, view)
        key = "personal.period" if until else "personal.period alone"
        text = view.word("personal.after" if passed < 0 and until else key, period=period, until=until)
        for one in _limits_on(of, finding.sentence):
            if isinstance(one.limit, Literal) and isinstance(one.limit.value, int):
                limit = view.word(_word(one, finding), limit=exact(one.limit.value, of.type, view))
                return f"{text}{view.word('sign.pause')}{limit}"
        return text


def _word(one: _Limit, finding: Finding) -> str:
    return f"limit.{one.comparison.value}" if finding.force is Force.MUST else f"limit.advice.{one.comparison.value}"


def _until(of: Expression, vocabulary: Vocabulary | None, view: View) -> str:
    """What a period runs to."""
    match of:
        case FactOf(key=key) if vocabulary is not None:
            return view.name(vocabulary.field(key).names)
        case Literal(value=date() as day, type=type):
            return value(day, type, view)
        case _:
            return ""


def _key(number: Number) -> Iterator[str]:
    if number.mention is not None and isinstance(number.mention.of, FactOf):
        yield number.mention.of.key


def _is_personal(number: Number) -> bool:
    return number.personal or isinstance(number.type, PeopleType)


def _holds_personal(number: Number) -> bool:
    return _is_personal(number) or any(map(_holds_personal, number.inner))


# ---------------------------------------------------------------- days


def _distance(day: date, of: FactOf, finding: Finding, view: View) -> str:
    """By how much a day misses what is asked of it; nothing nearer than a month."""
    kept = False
    for one in _limits_on(of, finding.sentence):
        limit = _day(one.limit, finding)
        if limit is None or one.comparison in (Comparison.EQUAL, Comparison.UNEQUAL):
            continue
        if _meets(day, one.comparison, limit):
            kept = True
            continue
        late = one.comparison in (Comparison.AT_MOST, Comparison.LESS)
        period = _apart(min(day, limit), max(day, limit), view)
        return view.word("personal.too late" if late else "personal.too early", period=period)
    return view.word("personal.in time" if kept else "personal.given")


def _apart(first: date, last: date, view: View) -> str:
    months = days.elapsed(first, last, days.Unit.MONTH, days.Conventions()) or 0
    if months >= 24:
        return exact(months // 12, _YEARS, view)
    return exact(months, _MONTHS, view) if months else view.word("personal.less than a month")


def _day(of: Expression, finding: Finding) -> date | None:
    """The day that a limit is: written in the text, or recorded with the finding."""
    if isinstance(of, Literal):
        return of.value if isinstance(of.value, date) else None
    recorded = [*finding.numbers, *(inner for number in finding.numbers for inner in number.inner)]
    found: Iterator[Value] = (
        number.value for number in recorded if number.mention is not None and number.mention.of == of
    )
    return next((one for one in found if isinstance(one, date)), None)


def _meets(day: date, comparison: Comparison, limit: date) -> bool:
    match comparison:
        case Comparison.AT_LEAST:
            return day >= limit
        case Comparison.AT_MOST:
            return day <= limit
        case Comparison.MORE:
            return day > limit
        case _:
            return day < limit


# ---------------------------------------------------------------- what is asked


def _limits_on(of: Expression, sentence: Sentence) -> Iterator[_Limit]:
    """What a sentence, or an exception from it, asks of an expression."""
    asked = (sentence.requirement, *(one.instead for one in sentence.exemptions if one.instead is not None))
    return (one for part in asked for one in _limits(part, False) if one.of == of)


def _limits(of: Expression, negated: bool) -> Iterator[_Limit]:
    match of:
        case And(parts=parts) | Or(parts=parts) | AtLeastOf(parts=parts):
            for part in parts:
                yield from _limits(part, negated)
        case Not(of=inner):
            yield from _limits(inner, not negated)
        case Compare(left=left, comparison=comparison, right=right):
            how = comparison.negated if negated else comparison
            yield _Limit(left, how, right)
            yield _Limit(right, _MIRRORED[how], left)
        case Within(value=inner, range=RangeOf(low=low, high=high)) if not negated:
            yield _Limit(inner, Comparison.AT_LEAST, low)
            yield _Limit(inner, Comparison.AT_MOST, high)
        case _:
            return
