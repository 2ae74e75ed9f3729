"""Questions of a count put to whoever sits at the terminal; nothing is asked where nobody does."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence

import click
from attrs import evolve

from civicrules import Decision, Report
from civicrules.counted import chosen_of
from civicrules.findings import Count
from civicrules.outcome import DecisionRequired, Question
from civicrules.program import Program
from civicrules.report.counts import question_lines

from .output import put
from .views import view_of
from .words import word

Carry = Callable[[Sequence[Decision]], Report]


def attended() -> bool:
    """Whether somebody can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def settled(
    carry: Carry, decisions: Sequence[Decision], program: Program, draw: str, language: str
) -> tuple[Decision, ...]:
    """The decisions with those that were typed in, asked one after the other as the count comes to them.

    `carry` counts with the decisions so far. An empty answer leaves a question open. Lots are drawn by `draw`, its id.
    """
    given, left = tuple(decisions), set[str]()
    while True:
        waiting = ((one, question) for one, question in _open(carry(given)) if question.id not in left)
        count, question = next(waiting, (None, None))
        if count is None or question is None:
            return given
        lines = question_lines(count, question, view_of(program, language), numbered=True)
        put("\n".join(line.text for line in lines))
        answer = _answer(question, draw, language)
        if answer is None:
            left.add(question.id)
            continue
        by = click.prompt(word("asking.by", language), default="", show_default=False).strip()
        given = (*given, evolve(answer, by=by))
        names = ",".join(_quoted(one) for one in answer.chosen) or word("asking.nobody is", language)
        text = (
            word("asking.drawn", language, id=answer.question, draw=answer.draw, seed=answer.seed)
            if answer.draw
            else f"{answer.question}={names}"
        )
        text += f" # {by}" if by else ""
        put(word("asking.kept", language, answer=text))


def _open(report: Report) -> Iterator[tuple[Count, Question]]:
    for count in report.counts:
        if isinstance(count.outcome, DecisionRequired):
            yield from ((count, question) for question in count.outcome.questions)


def _answer(question: Question, draw: str, language: str) -> Decision | None:
    """The options chosen by their numbers or their words, or the seed to draw them from; `None`: left open."""
    while True:
        text = click.prompt(_wording(question, language), default="", show_default=False).strip()
        if not text:
            return None
        chosen = _chosen(question, text)
        if chosen is not None:
            return Decision(question.id, chosen)
        lots = _LOTS.fullmatch(text) if question.by_lot else None
        if lots:
            return Decision(question.id, (), draw=draw, seed=" ".join(lots[1].split()))
        put(word("asking.again", language, n=question.choose, most=len(question.options)))


_LOTS = re.compile(r"(?:lot\s|抽签)\s*[:：]?\s*(\S.*)", re.IGNORECASE)


def _wording(question: Question, language: str) -> str:
    if question.least == 0:
        return word("asking.nobody", language, n=question.choose)
    if question.by_lot:
        put(word("asking.lots", language))
    return word("asking.number" if question.choose == 1 else "asking.numbers", language, n=question.choose)


def _chosen(question: Question, text: str) -> tuple[str, ...] | None:
    """What was typed, as options; `None` where it is none, too many or too few, or a number that is also a name."""
    named = chosen_of(question, [text])
    fitting = question.least <= len(named) <= question.choose and set(named) <= set(question.options)
    by_name, by_number = named if fitting else None, _numbered(question, text)
    if by_name is None or by_number is None:
        return by_number if by_name is None else by_name
    return by_name if by_name == by_number else None


def _numbered(question: Question, text: str) -> tuple[str, ...] | None:
    """The options with these numbers; 0 is nobody."""
    numbers = [part for part in re.split(r"[\s,，、]+", text) if part]
    if numbers == ["0"]:
        return () if question.least == 0 else None
    wanted = {int(part) - 1 for part in numbers if part.isdecimal() and len(part) < 9}
    fitting = question.least <= len(wanted) == len(numbers) <= question.choose
    if not fitting or not wanted <= set(range(len(question.options))):
        return None
    return tuple(question.options[at] for at in sorted(wanted))


def _quoted(name: str) -> str:
    return f'"{name}"' if any(sign in name for sign in ",，、") else name
