"""Personal values taken out of a report: in their place stands how they compare with what is asked.

>>> from civicrules.facts import PlanHeader
>>> report = Report(None, PlanHeader(), "plan.yaml", None, None)
>>> discreet(report) == report
True
"""

from __future__ import annotations

from attrs import evolve

from civicrules.compared import Compared, How
from civicrules.days import Unit
from civicrules.exact import Interval
from civicrules.findings import Advice, Finding, Number, Report, Verdict, fingerprint, is_personal, told
from civicrules.program import Names, NumberType
from civicrules.report.numbers import exact
from civicrules.report.view import View
from civicrules.values import frozen

_LANGUAGES = ("en", "zh")
_UNITS = {Unit.MONTH: NumberType("month"), Unit.YEAR: NumberType("year")}


def discreet(report: Report) -> Report:
    """The report without personal values and what was computed from them, unless it may show them.

    Of a day that is compared with another it says by how many months or years it is too early or too late, of an age
    and of a period how many years or months are missing or too many, of another number that it is above or below what is
    asked; of everything else only that it is given. A change that would mend a finding on a personal value is computed
    from it, and left out. How many people something holds for stays.
    """
    if report.personal:
        return report
    replacing = _Replacing(tuple(View(tag, units={one.id: one for one in report.units}) for tag in _LANGUAGES))
    counts = tuple(evolve(count, findings=replacing.findings(count.findings)) for count in report.counts)
    return evolve(report, findings=replacing.findings(report.findings), counts=counts)


@frozen
class _Replacing:
    """Puts words in the place of personal values."""

    views: tuple[View, ...]

    def findings(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(self.finding(one) for one in findings)

    def finding(self, of: Finding) -> Finding:
        """A finding without personal values; its fingerprint stays the one it had."""
        if not any(map(_holds_personal, of.numbers)):
            return evolve(of, advice=tuple(map(_unpersonal, of.advice))) if of.advice else of
        sealed = fingerprint(of) if of.rule.waiver is not None and of.verdict is Verdict.FAILS else ""
        return evolve(of, numbers=tuple(self.number(one, of) for one in of.numbers), advice=(), sealed=sealed)

    def number(self, of: Number, finding: Finding) -> Number:
        if of.inner:
            of = of._replace(inner=tuple(self.number(inner, finding) for inner in of.inner))
        if not is_personal(of) or of.value is None or isinstance(of.value, Names):
            return of
        if isinstance(of.value, Interval):
            return of._replace(value=None)
        return of._replace(value=self.words(told(of, finding)))

    def words(self, told: Compared) -> Names:
        return Names.of(**{view.language: _said(told, view) for view in self.views})


def _said(told: Compared, view: View) -> str:
    """How a value compares, in words."""
    match told:
        case Compared(how=How.LATE | How.EARLY as how, amount=None):
            return view.word(f"personal.{how.value}", period=view.word("personal.less than a month"))
        case Compared(how=how, amount=None):
            return view.word(f"personal.{how.value}")
        case Compared(how=How.ABOVE | How.BELOW as how, amount=amount, unit=Unit.YEAR):
            return view.word(f"personal.{how.value} by", period=view.word("personal.age", n=amount))
        case Compared(
            how=How.ABOVE | How.BELOW | How.LONG | How.SHORT as how, amount=int() as amount, unit=Unit() as unit
        ):
            return view.word(f"personal.{how.value} by", period=exact(amount, _UNITS[unit], view))
        case Compared(how=how, amount=int() as amount, unit=Unit() as unit):
            return view.word(f"personal.{how.value}", period=exact(amount, _UNITS[unit], view))
        case _:
            return view.word("personal.given")


def _holds_personal(number: Number) -> bool:
    return is_personal(number) or any(map(_holds_personal, number.inner))


def _unpersonal(advice: Advice) -> Advice:
    """Advice without the personal values that it would move."""
    kept = tuple(one for one in advice.results if not _holds_personal(one))
    return advice if len(kept) == len(advice.results) else evolve(advice, results=kept)
