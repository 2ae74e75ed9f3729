"""Questions for humans, and the answers to them: bound to what they rest on, refused when they do not fit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from attrs import define, field, fields, has

from civicrules.exact import Exact, whole
from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome, Question, Seat, Step, Void
from civicrules.program import Names


def canonical(value: object) -> object:
    """A value as plain JSON data that is the same whatever order its parts were given in.

    Fractions become `"n/d"`, days their ISO form, sets are sorted; fields that do not count in comparisons (words and
    numbers kept beside the meaning) are left out, so that the language of a ruleset changes nothing.

    >>> canonical((Fraction(1, 3), Fraction(4, 2)))
    ['1/3', 2]
    """
    match value:
        case None | bool() | str() | int():
            return value
        case Fraction():
            number = whole(value)
            return number if isinstance(number, int) else f"{number.numerator}/{number.denominator}"
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): canonical(part) for key, part in value.items()}
        case tuple() | list():
            return [canonical(part) for part in value]
        case frozenset():
            return sorted(str(part) for part in value)
        case _:
            kind = type(value)
            if not has(kind):
                return str(value)
            kept = {f.name: canonical(getattr(value, f.name)) for f in fields(kind) if f.eq}
            return {"is": kind.__name__, **kept}


@define
class Record:
    """The record of one computation: its steps, the questions it came to, the answers it used.

    Answers are taken as their questions come up. A question is bound to the request and to the answers it comes `after`:
    change any of them, and an answer given for it is refused.

    >>> from civicrules.outcome import Decision
    >>> record = Record("a request", [Decision("0123456789ab", ("Lin",))])
    >>> record.ask("tie", {"Lin": 5, "Wu": 5}, 1) is None, len(record.open)
    (True, 1)
    >>> outcome = record.outcome()
    >>> type(outcome).__name__, [step.kind for step in outcome.steps]
    ('DecisionRequired', ['refused'])
    """

    request: object
    decisions: Sequence[Decision] = ()
    steps: list[Step] = field(factory=list)
    open: list[Question] = field(factory=list)
    used: list[Decision] = field(factory=list)
    _faults: dict[str, Step] = field(factory=dict)
    _bound: Any = None

    def note(self, kind: str, **data: object) -> None:
        """Add a step."""
        self.steps.append(Step(kind, data))

    def ask(
        self,
        kind: str,
        numbers: Mapping[str, Exact],
        choose: int,
        *,
        post: str = "",
        policy: Sequence[str] = (),
        after: Sequence[Decision] = (),
    ) -> Decision | None:
        """The answer to a question among the keys of `numbers`; `None` when it is open: then it stands in `open`.

        An answer is taken when it chooses as many different options as asked (see `Question.least`). Two answers to one
        question that differ are both refused, whatever their order; a repetition is only ever taken once.
        """
        question = self.question(kind, numbers, choose, post=post, policy=policy, after=after)
        answer, fault = _answer(question, [one for one in self.decisions if one.question == question.id])
        if answer is None:
            self.open.append(question)
            self._faults.update({question.id: fault} if fault else {})
            return None
        self.used.append(answer)
        data = {"post": post, "question": question.id, "chosen": tuple(sorted(answer.chosen))}
        if answer.chosen:
            self.steps.append(Step("answered_by", {**data, "by": answer.by}) if answer.by else Step("answered", data))
        elif answer.by:
            self.steps.append(Step("answered_nobody_by", {**data, "by": answer.by}))
        else:
            self.steps.append(Step("answered_nobody", data))
        if answer.draw:
            self.note("drawn", question=question.id, draw=answer.draw, seed=answer.seed, marks=answer.marks)
        return answer

    def question(
        self,
        kind: str,
        numbers: Mapping[str, Exact],
        choose: int,
        *,
        post: str = "",
        policy: Sequence[str] = (),
        after: Sequence[Decision] = (),
    ) -> Question:
        """A question with its id: the start of the SHA-256 of what it rests on as canonical JSON, twelve digits."""
        options = tuple(sorted(numbers))
        before = sorted((decision.question, tuple(sorted(decision.chosen))) for decision in after)
        if self._bound is None:
            self._bound = sha256(_text(self.request).encode())
        bound = self._bound.copy()
        bound.update(_text([before, kind, post, options, choose]).encode())
        id = bound.hexdigest()[:12]
        kept = {option: numbers[option] for option in options}
        return Question(id, kind, options, choose, post, kept, policy[0] if policy else "")

    def outcome(
        self,
        seats: tuple[Seat, ...] = (),
        *,
        vacant: Mapping[str, int] = MappingProxyType({}),
        missing: Sequence[str] = (),
        reasons: Sequence[str] = (),
    ) -> Outcome:
        """The outcome: void for `reasons`; else not to be said for what is `missing`; else open; else decided.

        What the facts leave open comes before questions: new facts change the questions, and answers would be stale.
        Decisions that nothing asked for are refused.
        """
        used = {decision.question for decision in self.used}
        for id in sorted({one.question for one in self.decisions} - used):
            self.steps.append(self._faults.get(id) or Step("refused", {"question": id}))
        steps = tuple(self.steps)
        if reasons:
            return Void(tuple(reasons), steps)
        if missing:
            return CannotSay(tuple(missing), seats, steps)
        if self.open:
            return DecisionRequired(tuple(self.open), seats, steps)
        return Decided(seats, steps, vacant)


_NOBODY = Names.of(en="nobody", zh="无人当选")


def _text(value: object) -> str:
    return json.dumps(canonical(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _answer(question: Question, given: Sequence[Decision]) -> tuple[Decision | None, Step | None]:
    if not given:
        return None, None
    if len({(frozenset(decision.chosen), decision.draw, decision.seed) for decision in given}) > 1:
        return None, Step("refused_conflict", {"question": question.id, "number": len(given)})
    # The names of those who decided are sorted, so that the record does not depend on the order of repetitions.
    answer = min(given, key=lambda decision: (len(decision.chosen), decision.by))
    chosen = set(answer.chosen)
    fitting = question.least <= len(answer.chosen) == len(chosen) <= question.choose
    if not fitting or not chosen <= set(question.options):
        data = {"chosen": answer.chosen or _NOBODY, "choose": question.choose, "options": question.options}
        return None, Step("refused_choice", {"question": question.id, **data})
    return answer, None
