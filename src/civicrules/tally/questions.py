"""Questions for humans, and the answers to them: bound to what they rest on, refused when they do not fit."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from hashlib import sha256

from attrs import field, fields, has

from civicrules.exact import Exact, whole
from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome, Question, Seat, Step, Void
from civicrules.values import frozen


def canonical(value: object) -> object:
    """A value as plain JSON data that is the same whatever order its parts were given in.

    Parts with an id are sorted by it; fractions become `"n/d"`; fields that do not count in comparisons (words and
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
            ordered = sorted(value, key=lambda part: str(part.id)) if all(hasattr(p, "id") for p in value) else value
            return [canonical(part) for part in ordered]
        case _:
            kind = type(value)
            if not has(kind):
                return str(value)
            kept = {f.name: canonical(getattr(value, f.name)) for f in fields(kind) if f.eq}
            return {"is": kind.__name__, **kept}


def ask(
    request: object,
    kind: str,
    numbers: Mapping[str, Exact],
    choose: int,
    *,
    post: str = "",
    policy: Sequence[str] = (),
    earlier: Sequence[Decision] = (),
) -> Question:
    """A question among the keys of `numbers`, with an id that binds it to the request and to the answers before it.

    The id is the start of the SHA-256 of all of them as canonical JSON: twelve hexadecimal digits.
    """
    options = tuple(sorted(numbers))
    before = sorted((decision.question, tuple(sorted(decision.chosen))) for decision in earlier)
    rests_on = [canonical(part) for part in (request, before, kind, post, options, choose)]
    text = json.dumps(rests_on, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Question(
        id=sha256(text.encode()).hexdigest()[:12],
        kind=kind,
        options=options,
        choose=choose,
        post=post,
        numbers={option: numbers[option] for option in options},
        policy=policy[0] if policy else "",
    )


def settle(
    questions: Sequence[Question], decisions: Sequence[Decision]
) -> tuple[Mapping[str, Decision], tuple[Step, ...]]:
    """Which decision answers which question, and a step for each decision that was refused.

    An answer is taken when its question is open and it chooses as many different options as asked. Two answers to one
    question that differ are both refused, whatever their order; a repetition is only ever taken once.
    """
    given: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        given[decision.question].append(decision)
    answers: dict[str, Decision] = {}
    refused: list[Step] = []
    for question in questions:
        answer, step = _answer(question, given.pop(question.id, []))
        answers.update({question.id: answer} if answer else {})
        refused.extend((step,) if step else ())
    refused.extend(Step("refused", {"question": id}) for id in sorted(given))
    return answers, tuple(refused)


def _answer(question: Question, given: Sequence[Decision]) -> tuple[Decision | None, Step | None]:
    if not given:
        return None, None
    if len({frozenset(decision.chosen) for decision in given}) > 1:
        return None, Step("refused_conflict", {"question": question.id, "number": len(given)})
    # The names of those who decided are sorted, so that the record does not depend on the order of repetitions.
    answer = min(given, key=lambda decision: (len(decision.chosen), decision.by))
    chosen = set(answer.chosen)
    if len(answer.chosen) != question.choose or len(chosen) != question.choose or not chosen <= set(question.options):
        data = {"chosen": answer.chosen, "choose": question.choose, "options": question.options}
        return None, Step("refused_choice", {"question": question.id, **data})
    return answer, None


@frozen
class Draft:
    """Where a computation stands before humans are asked."""

    seats: tuple[Seat, ...] = ()
    steps: tuple[Step, ...] = ()
    questions: tuple[Question, ...] = ()
    vacant: Mapping[str, int] = field(factory=dict)
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def conclude(
    draft: Draft,
    decisions: Sequence[Decision],
    award: Callable[[tuple[Seat, ...], Question, Decision], tuple[Seat, ...]],
) -> Outcome:
    """The outcome of a draft with the answers given so far; `award` adds what an answer decided to the seats.

    What the facts leave open comes before questions: new facts would change the questions, and answers would be stale.
    """
    open_now = () if draft.reasons or draft.missing else draft.questions
    answers, refused = settle(open_now, decisions)
    seats, steps = draft.seats, list(draft.steps)
    for question in open_now:
        if question.id in answers:
            answer = answers[question.id]
            seats = award(seats, question, answer)
            steps.append(_answered(question, answer))
    steps.extend(refused)
    if draft.reasons:
        return Void(draft.reasons, tuple(steps))
    if draft.missing:
        return CannotSay(draft.missing, seats, tuple(steps))
    still_open = tuple(question for question in open_now if question.id not in answers)
    if still_open:
        return DecisionRequired(still_open, seats, tuple(steps))
    return Decided(seats, tuple(steps), draft.vacant)


def _answered(question: Question, answer: Decision) -> Step:
    data = {"post": question.post, "question": question.id, "chosen": tuple(sorted(answer.chosen))}
    return Step("answered_by", {**data, "by": answer.by}) if answer.by else Step("answered", data)
