"""Which parts of a ruleset its examples touch: they are evaluated once more, by closures that note what counts.

These closures are made for this alone; those that judge plans know nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import field, fields

from civicrules.evaluation.case import Case, Run
from civicrules.evaluation.evaluator import Evaluator
from civicrules.evaluation.examples import came_out, facts_of
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.judge import judge_of, weighed
from civicrules.evaluation.logic import truth
from civicrules.evaluation.shown import together
from civicrules.evaluation.tables import row
from civicrules.findings import Verdict
from civicrules.program import (
    Cases,
    Definition,
    Exemption,
    Expression,
    Names,
    Program,
    RowChoice,
    Rule,
    Table,
    ValueOf,
    parts,
)
from civicrules.source import Span
from civicrules.tested import Coverage, Kind, Part
from civicrules.values import frozen

# The id of a rule, or a node (by identity: equal nodes may stand in several places) with the number of a row in it.
_Spot = str | tuple[int, int]


def coverage(evaluator: Evaluator) -> Coverage:
    """What the examples of a ruleset touch of its own text."""
    program = evaluator.program
    tracer = _tracer(evaluator)
    for example in program.examples:
        for id, _ in example.expect:
            _follow(evaluator, tracer, id, facts_of(evaluator, example, id), dict(example.readings))
    seen = tracer.seen
    return Coverage((*_of_rules(program, seen), *_of_definitions(program, seen), *_of_readings(evaluator)))


def _is_own(program: Program, span: Span | None) -> bool:
    """Whether something stands in the text of the ruleset itself, not in one above it."""
    own = (*(one.span for one in program.examples), *(one.span for one in program.own()))
    source = next((one.source for one in own if one is not None), None)
    return (source is None and not program.layers) or span is None or span.source == source


# ---------------------------------------------------------------- following an example


@frozen
class _Tracer(Maker):
    """Makes closures that note in `seen` which rows count and which exceptions (by their conditions) apply."""

    exceptions: Mapping[int, _Spot] = field(factory=dict)
    seen: set[_Spot] = field(factory=set)

    def run(self, expression: Expression) -> Run:
        run = Maker.run(self, expression)
        if isinstance(expression, Table):
            return _after(self.row_that_counts(expression), run)
        if isinstance(expression, Cases):
            return _after(self.case_that_counts(expression), run)
        spot = self.exceptions.get(id(expression))
        return run if spot is None else self.applies(spot, run)

    def applies(self, spot: _Spot, condition: Run) -> Run:
        def run(case: Case) -> Any:
            value = condition(case)
            if truth(value) is True:
                self.seen.add(spot)
            return value

        return run

    def row_that_counts(self, table: Table) -> Callable[[Case], None]:
        inputs = tuple(Maker.run(self, given) for given in table.inputs)
        rows = tuple(row(written, lambda bound: Maker.run(self, bound)) for written in table.rows)
        options = self.readings[table.overlap].options if table.overlap is not None else ()

        def note(case: Case) -> None:
            values = [given(case) for given in inputs]
            fits = [one.fits(case, values) for one in rows]
            if any(fit is not True and fit is not False for fit in fits):
                return
            sure = [at for at, fit in enumerate(fits) if fit is True]
            taken = options[case.chosen.get(table.overlap or "", 0)].value if options else None
            sure = sure[:1] if taken is RowChoice.EARLIER else sure[-1:] if taken is RowChoice.LATER else sure
            self.seen.update((id(table), at) for at in sure or (len(rows),))

        return note

    def case_that_counts(self, expression: Cases) -> Callable[[Case], None]:
        conditions = tuple(Maker.run(self, condition) for condition, _ in expression.cases)

        def note(case: Case) -> None:
            for at, condition in enumerate(conditions):
                holds = truth(condition(case))
                if holds is not False:
                    if holds is True:
                        self.seen.add((id(expression), at))
                    return
            self.seen.add((id(expression), len(conditions)))

        return note


def _after(note: Callable[[Case], None], run: Run) -> Run:
    def noted(case: Case) -> Any:
        note(case)
        return run(case)

    return noted


def _tracer(evaluator: Evaluator) -> _Tracer:
    own: dict[str, Any] = {one.name: getattr(evaluator.maker, one.name) for one in fields(Maker) if one.init}
    exceptions = {id(one.condition): _spot(one) for _, one in _exemptions(evaluator.program)}
    return _Tracer(**{**own, "made": {}}, exceptions=exceptions)


def _follow(evaluator: Evaluator, tracer: _Tracer, id: str, facts: Any, readings: Mapping[str, int]) -> None:
    """Work out what an example expects, on the facts that it gives and without supposing any others."""
    judges = evaluator.judges_of.get(id)
    if judges is None:
        case, _ = evaluator.of(id, facts, readings)
        tracer.run(ValueOf(id, evaluator.type_of(id), evaluator.whose(id)))(case)
        return
    for judge in judges:
        case, known = evaluator.case(facts, readings)
        if weighed(judge.overall, case, known) in (Verdict.HOLDS, Verdict.FAILS):
            tracer.seen.add(id)
        traced = judge_of(judge.rule, judge.sentence, tracer, together(()), judge.roots)
        traced.overall(evaluator.case(facts, readings)[0])


# ---------------------------------------------------------------- the parts


def _spot(exemption: Exemption) -> _Spot:
    return id(exemption), 0


def _exemptions(program: Program) -> Iterator[tuple[Names, Exemption]]:
    for rule in program.rules:
        for sentence in rule.sentences:
            yield from ((rule.names, one) for one in sentence.exemptions)


def _of_rules(program: Program, seen: set[_Spot]) -> Iterator[Part]:
    for rule in program.own():
        yield Part(Kind.RULE, rule.id, rule.names, _said(program, rule), rule.id in seen, rule.span)
        for sentence in rule.sentences:
            for one in sentence.exemptions:
                text = one.texts if one.texts.forms else _line(program, one.span)
                yield Part(Kind.EXCEPTION, rule.id, rule.names, text, _spot(one) in seen, one.span)


def _said(program: Program, rule: Rule) -> Names:
    """What a rule says: its one sentence, else the line that it opens with."""
    first, *others = rule.sentences
    return _line(program, rule.span) if others or not first.texts.forms else first.texts


def _of_definitions(program: Program, seen: set[_Spot]) -> Iterator[Part]:
    for definition in program.definitions:
        waiting = [definition.body] if _is_own(program, definition.span) else []
        while waiting:
            node = waiting.pop(0)
            waiting.extend(parts(node))
            for at, span in enumerate(_rows(node)):
                yield _row(program, definition, span, (id(node), at) in seen)


def _rows(node: Expression) -> tuple[Span | None, ...]:
    """Where the rows of a table or of cases stand, the one for the rest last."""
    match node:
        case Table(rows=rows, otherwise=otherwise):
            spans = [one.span for one in rows]
        case Cases(cases=cases, otherwise=otherwise):
            spans = [condition.span or value.span for condition, value in cases]
        case _:
            return ()
    return (*spans, otherwise.span) if otherwise is not None else tuple(spans)


def _row(program: Program, definition: Definition, span: Span | None, touched: bool) -> Part:
    return Part(Kind.ROW, definition.id, definition.names, _line(program, span), touched, span or definition.span)


def _line(program: Program, span: Span | None) -> Names:
    """The line in which something stands, in the language of the text."""
    if span is None:
        return Names()
    return Names(((program.language, span.source.line(span.source.position(span.start)[0]).strip()),))


def _of_readings(evaluator: Evaluator) -> Iterator[Part]:
    program = evaluator.program
    for reading in program.readings:
        if not _is_own(program, reading.span):
            continue
        came = [_under(evaluator, reading.id, at) for at in range(len(reading.options))]
        told = {at for at, one in enumerate(came) if one != came[0]}
        told |= {0} if told else set()
        for at, option in enumerate(reading.options):
            yield Part(Kind.OPTION, reading.id, reading.names, option.texts, at in told, reading.span)


def _under(evaluator: Evaluator, reading: str, option: int) -> list[object]:
    """What everything that an example expects comes to under an option."""
    return [
        came_out(evaluator, example, id, {reading: option})
        for example in evaluator.program.examples
        for id, _ in example.expect
    ]
