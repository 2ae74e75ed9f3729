"""Questions of a count put to whoever sits at the terminal; nothing is asked where nobody does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import click

from civicrules import Decision, Report
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


def settled(carry: Carry, decisions: Sequence[Decision], program: Program, language: str) -> tuple[Decision, ...]:
    """The decisions with those that were typed in, asked one after the other as the count comes to them.

    `carry` counts with the decisions so far. An empty answer leaves a question open.
    """
    given, left = tuple(decisions), set[str]()
    while True:
        waiting = ((one, question) for one, question in _open(carry(given)) if question.id not in left)
        count, question = next(waiting, (None, None))
        if count is None or question is None:
            return given
        lines = question_lines(count, question, view_of(program, language), numbered=True)
        put("\n".join(line.text for line in lines))
        chosen = _answer(question, language)
        if not chosen:
            left.add(question.id)
            continue
        by = click.prompt(word("asking.by", language), default="", show_default=False).strip()
        given = (*given, Decision(question.id, chosen, by))
        text = f"{question.id}={','.join(_quoted(one) for one in chosen)}" + (f" # {by}" if by else "")
        put(word("asking.kept", language, answer=text))


def _open(report: Report) -> Iterator[tuple[Count, Question]]:
    for count in report.counts:
        if isinstance(count.outcome, DecisionRequired):
            yield from ((count, question) for question in count.outcome.questions)


def _answer(question: Question, language: str) -> tuple[str, ...]:
    """The options chosen by their numbers; nothing when the question is left open."""
    while True:
        wording = word("asking.number" if question.choose == 1 else "asking.numbers", language, n=question.choose)
        text = click.prompt(wording, default="", show_default=False)
        parts = text.replace("、", ",").replace("，", ",").replace(" ", ",").split(",")
        numbers = [part for part in parts if part]
        if not numbers:
            return ()
        wanted = {int(part) - 1 for part in numbers if part.isdecimal() and len(part) < 9}
        if len(wanted) == len(numbers) == question.choose and wanted <= set(range(len(question.options))):
            return tuple(question.options[at] for at in sorted(wanted))
        put(word("asking.again", language, n=question.choose, most=len(question.options)))


def _quoted(name: str) -> str:
    return f'"{name}"' if any(sign in name for sign in ",，、") else name
