"""The work of `civicrules test`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

from civicrules import Rules, Verdict
from civicrules.diagnostics import Diagnostic, Severity, has_errors
from civicrules.exact import Interval
from civicrules.findings import Value
from civicrules.program import Program, TextType
from civicrules.report import diagnostics as shown
from civicrules.report import numbers
from civicrules.report.json import diagnostic_document, place_document, ratio
from civicrules.report.layout import Line, Role, pad
from civicrules.report.snippet import Mark, gutter, snippet
from civicrules.report.terminal import colour, columns, encoding
from civicrules.report.view import View
from civicrules.source import width
from civicrules.tested import Coverage, Kind, Outcome, Part
from civicrules.values import frozen

from .language import of_computer, spoken
from .named import named
from .output import put, put_json
from .rulesets import Taken
from .views import view_of
from .words import word

FORMAT = "civicrules-test/1"
_KINDS = {Kind.RULE: "rules", Kind.ROW: "rows", Kind.EXCEPTION: "exceptions", Kind.OPTION: "options"}


@frozen
class Order:
    """What the command line says."""

    rulesets: tuple[str, ...]
    rules: Path | None
    language: str | None
    format: str

    @property
    def spoken(self) -> str:
        """The language to look for texts in."""
        return self.language or of_computer()

    def spoken_of(self, done: Done) -> str:
        """The language to speak of a ruleset in: its own, unless another was asked for."""
        return self.language or spoken(done.language) or of_computer()


@frozen
class Done:
    """A ruleset with what its examples came to; without `rules`, its diagnostics say why it cannot be used."""

    name: str
    rules: Rules | None
    diagnostics: tuple[Diagnostic, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    coverage: Coverage = Coverage(())
    language: str = ""  # of the text, also where it cannot be used

    @property
    def conflicts_of_others(self) -> tuple[Diagnostic, ...]:
        """The conflicts of a ruleset that comes with civicrules or a plugin: whoever tests it cannot mend them."""
        if self.rules is None or self.rules.origin not in {one.name for one in self.rules.registry.plugins}:
            return ()
        return tuple(one for one in self.diagnostics if one.severity is Severity.CONFLICT)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return tuple(one for one in self.outcomes if not one.passed)


def tested(order: Order) -> int:
    """Run the examples of the rulesets that were named; the exit status."""
    done = [_done(name, taken) for given in order.rulesets for name, taken in named(given, order.rules, order.spoken)]
    status = 2 if any(one.rules is None for one in done) else int(any(one.failed for one in done))
    if order.format == "json":
        put_json({"format": FORMAT, "exit_status": status, "rulesets": [_document(one) for one in done]})
        return status
    for one in done:
        _tell(one, order.spoken_of(one))
    failed = sum(len(one.failed) for one in done)
    put(word(f"test.status {status}", order.spoken_of(done[-1]), n=failed))
    return status


def _done(name: str, taken: Taken) -> Done:
    rules = taken.rules
    if rules is None or has_errors(taken.diagnostics):
        return Done(name, None, taken.diagnostics, language=taken.language)
    notes = (*rules.diagnostics, *taken.diagnostics)
    return Done(rules.program.id, rules, notes, rules.examples(), rules.coverage(), taken.language)


# ---------------------------------------------------------------- in words


def _tell(done: Done, language: str) -> None:
    conflicts = done.conflicts_of_others
    told = tuple(one for one in done.diagnostics if one not in conflicts)
    if told:
        _say(told, language)
    if done.rules is None:
        put(word("test.unusable", language, ruleset=done.name), sys.stderr)
        return
    view = view_of(done.rules.program, language)
    lines = [line for outcome in done.failed for line in _failed(outcome, done.rules.program, view)]
    passed = len(done.outcomes) - len(done.failed)
    total = word("test.passed", language, ruleset=done.name, passed=passed, all=len(done.outcomes))
    lines += view.lines(total if done.outcomes else word("test.none", language, ruleset=done.name))
    if conflicts:
        lines += view.lines(word("test.conflicts", language, ruleset=done.name, n=len(conflicts)))
    lines += _untouched(done.coverage, view)
    coloured = colour(sys.stdout)
    put("\n".join(line.coloured() if coloured else line.text for line in (*lines, Line(""))))


def _say(diagnostics: tuple[Diagnostic, ...], language: str) -> None:
    stream = sys.stderr
    put(
        shown.render(diagnostics, language, width=columns(), colour=colour(stream), encoding=encoding(stream)) + "\n",
        stream,
    )


def _failed(outcome: Outcome, program: Program, view: View) -> Iterator[Line]:
    """What was expected and what was found, under which readings, and the place of the example."""
    chosen = dict(outcome.example.readings)
    under = (
        word(
            "test.under", view.language, name=view.name(one.names), option=view.name(one.options[chosen[one.id]].texts)
        )
        for one in program.readings
        if one.id in chosen
    )
    said = word(
        "test.failed",
        view.language,
        name=view.name(outcome.names),
        expected=_in_words(outcome, outcome.expected, view),
        actual=_in_words(outcome, outcome.actual, view),
    )
    yield from view.lines(f"{view.sign('✗')} {said}{''.join(under)}", role=Role.FAILS, hanging="  ")
    if outcome.missing:
        facts = view.listed([view.name(names) for names in outcome.missing])
        yield from view.lines(word("test.missing", view.language, facts=facts), "    ")
    span = outcome.example.span
    if span is not None:
        margin = gutter((span,))
        yield Line(f"{' ' * margin}--> {view.clean(str(span))}", Role.FAINT)
        yield from snippet(span, Mark("^", "", Role.FAILS), margin, view)
    yield Line("")


def _in_words(outcome: Outcome, value: Value | Verdict, view: View) -> str:
    if isinstance(value, Verdict):
        return view.word(f"verdict.{value.value}")
    return numbers.value(value, outcome.type or TextType(), view)


def _untouched(coverage: Coverage, view: View) -> Iterator[Line]:
    """What no example touches, kind by kind."""
    kinds = [kind for kind in Kind if coverage.untouched(kind)]
    if not kinds:
        if coverage.parts:
            yield from view.lines(word("test.all touched", view.language))
        return
    yield Line(word("test.untouched", view.language), Role.TITLE)
    for kind in kinds:
        parts, every = coverage.untouched(kind), coverage.of(kind)
        yield from view.lines(word(f"test.{_KINDS[kind]}", view.language, n=len(parts), all=len(every)), "  ")
        places = [_line_of(part, view) for part in parts]
        widest = max(width(place) for place in places)
        for part, place in zip(parts, places, strict=True):
            indent = f"    {pad(place, widest)}  "
            yield from view.lines(_called(part, view), indent, hanging=" " * width(indent))


def _line_of(part: Part, view: View) -> str:
    line = part.place.source.position(part.place.start)[0] if part.place is not None else ""
    return word("test.line", view.language, line=str(line))


def _called(part: Part, view: View) -> str:
    name, text = view.name(part.names), view.name(part.text)
    if part.kind is Kind.RULE and name in text:
        return text
    return word("test.part", view.language, name=name, text=text) if text else name


# ---------------------------------------------------------------- as JSON


def _document(done: Done) -> dict[str, object]:
    program = done.rules.program if done.rules is not None else None
    return {
        "ruleset": done.name,
        "title": dict(program.title.forms) if program is not None else None,
        "version": program.version if program is not None else None,
        "hash": program.digest if program is not None else None,
        "origin": done.rules.origin if done.rules is not None else None,
        "usable": done.rules is not None,
        "expectations": [_expectation(one) for one in done.outcomes],
        "coverage": {_KINDS[kind]: [_part(part) for part in done.coverage.of(kind)] for kind in Kind},
        "diagnostics": [diagnostic_document(one) for one in done.diagnostics],
    }


def _expectation(of: Outcome) -> dict[str, object]:
    return {
        "id": of.id,
        "names": dict(of.names.forms),
        "example": dict(of.example.title.forms),
        "readings": dict(of.example.readings),
        "passed": of.passed,
        "expected": _plain(of.expected),
        "actual": _plain(of.actual),
        "place": place_document(of.example.span) if of.example.span is not None else None,
    }


def _plain(value: Value | Verdict) -> object:
    """A verdict, a number or a day as reports have them; what is known in part by its bounds."""
    match value:
        case Verdict():
            return {"verdict": value.value}
        case Interval(low=low, high=high):
            return {"bounds": {"low": _plain(low), "high": _plain(high)}}
        case (low, high):
            return {"from": _plain(low), "to": _plain(high)}
        case Fraction():
            return ratio(value)
        case date():
            return value.isoformat()
        case _:
            return value


def _part(part: Part) -> dict[str, object]:
    return {
        "id": part.id,
        "names": dict(part.names.forms),
        "text": dict(part.text.forms),
        "touched": part.touched,
        "place": place_document(part.place) if part.place is not None else None,
    }
