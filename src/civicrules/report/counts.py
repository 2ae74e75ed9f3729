"""A contest or an allocation in lines: what came out, what a human must decide, how it was counted."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve

from civicrules.exact import Exact
from civicrules.findings import Count, Verdict
from civicrules.outcome import CannotSay, Decided, DecisionRequired, Outcome, Question, Seat, Step, Void
from civicrules.program import Names
from civicrules.report.findings import citation, compact, full, signs
from civicrules.report.layout import Line, Role, table
from civicrules.report.numbers import plain
from civicrules.report.steps import phrase, sentence
from civicrules.report.view import View
from civicrules.source import width

_INDENT = "  "


def verdict(outcome: Outcome) -> str:
    """The id of what an outcome is: `decided`, `decision required`, `cannot say` or `void`."""
    match outcome:
        case Decided():
            return "decided"
        case DecisionRequired():
            return "decision required"
        case CannotSay():
            return "cannot say"
        case Void():
            return "void"
        case _:
            assert_never(outcome)


_ROLES = {
    "decided": ("✓", Role.HOLDS),
    "decision required": ("?", Role.OPEN),
    "cannot say": ("?", Role.OPEN),
    "void": ("✗", Role.FAILS),
}


def lines(count: Count, view: View, brief: bool = False) -> list[Line]:
    """Everything about a count; of a `brief` one, beside a review of the plan, only the ballot account of its steps."""
    kind = verdict(count.outcome)
    sign, role = _ROLES[kind]
    name = view.name(count.names) or view.clean(count.id)
    told = f"count.{kind}{' of seats' if count.divides and kind == 'void' else ''}"
    title = view.word("sign.title", name=name, verdict=view.word(told))
    result = view.lines(title, f"{view.sign(sign)} ", role, "  ", tail=citation(count.citation, view))
    result += _outcome(count, view)
    result += _alternatives(count, view)
    result += _findings(count, view)
    if brief:
        account = tuple(step for step in count.outcome.steps if step.kind.startswith("account_"))
        return result + _steps("count.account", account, count, view)
    return result + _steps("count.steps", count.outcome.steps, count, view)


def _outcome(count: Count, view: View) -> list[Line]:
    match count.outcome:
        case Decided(seats=seats, vacant=vacant):
            return _seats(count, seats, view) + _vacant(count, dict(vacant), view)
        case DecisionRequired(questions=questions, seats=seats):
            asked = [line for question in questions for line in _question(count, question, view)]
            return asked + _possible(count, view) + _proven(count, seats, view)
        case CannotSay(missing=missing, seats=seats):
            return _listed("count.missing", missing, count, view) + _proven(count, seats, view)
        case Void(reasons=reasons):
            return _listed("count.reasons of seats" if count.divides else "count.reasons", reasons, count, view)
        case _:
            assert_never(count.outcome)


def _listed(key: str, ids: tuple[str, ...], count: Count, view: View) -> list[Line]:
    lines = view.lines(view.word(key), _INDENT)
    return lines + [line for one in ids for line in view.lines(_phrase(count, one, view), "    ")]


def _phrase(count: Count, id: str, view: View) -> str:
    return view.clean(phrase(id, view.language, {**count.receivers, **count.words}))


# ---------------------------------------------------------------- seats


def _proven(count: Count, seats: tuple[Seat, ...], view: View) -> list[Line]:
    told = view.word("count.proven of seats" if count.divides else "count.proven")
    return [*view.lines(told, _INDENT), *_seats(count, seats, view)] if seats else []


def _seats(count: Count, seats: tuple[Seat, ...], view: View) -> list[Line]:
    if not seats:
        return []
    has_posts = any(seat.post for seat in seats)
    has_votes = any(seat.votes is not None for seat in seats)
    has_numbers = count.divides or any(seat.seats != 1 for seat in seats)
    head = [view.word("count.group" if count.divides else "count.receiver")]
    rows = [[_phrase(count, seat.receiver, view)] for seat in seats]
    for wanted, key, cells in (
        (has_votes, "count.weight" if count.divides else "count.votes", [_number(seat.votes, view) for seat in seats]),
        (has_numbers, "count.seats", [plain(seat.seats, view) for seat in seats]),
    ):
        if wanted:
            head.append(view.word(key))
            rows = [[*row, cell] for row, cell in zip(rows, cells, strict=True)]
    if has_numbers:
        rows.append([view.word("count.total"), *[""] * (len(head) - 2), plain(sum(s.seats for s in seats), view)])
    right = tuple(range(1, len(head)))
    if has_posts:
        head = [view.word("count.post"), *head]
        posts = [_phrase(count, seat.post, view) for seat in seats]
        rows = [[post, *row] for post, row in zip([*posts, ""], rows, strict=False)]
        right = tuple(at + 1 for at in right)
    return _table(head, rows, right, view)


def _table(head: list[str], rows: list[list[str]], right: tuple[int, ...], view: View) -> list[Line]:
    texts = table([head, *rows], right)
    if max(width(text) for text in texts) + 4 <= view.width:
        roles = (Role.FAINT, *[Role.PLAIN] * len(rows))
        every = zip(texts, roles, [head, *rows], strict=True)
        return [Line(f"    {text}", role, tuple(row)) for text, role, row in every]
    colon = view.word("sign.colon")
    joined = [
        view.listed([f"{name}{colon}{cell}" for name, cell in zip(head, row, strict=True) if cell]) for row in rows
    ]
    return [line for text in joined for line in view.lines(text, "    ", hanging="      ")]


def _number(value: Exact | None, view: View) -> str:
    return "" if value is None else plain(value, view)


def _vacant(count: Count, vacant: dict[str, int], view: View) -> list[Line]:
    lines = []
    for post, open_seats in vacant.items():
        key = "count.vacant" if post else "count.vacant anonymous"
        lines += view.lines(view.word(key, post=_phrase(count, post, view), n=open_seats), "    ", Role.OPEN)
    return lines


# ---------------------------------------------------------------- questions


_RULING = "ruling"
_AMONG_PEOPLE = ("tie", "second_ballot", "exclude", "transfer_first", "tie_on_list")
_CHOSEN_TO = {"exclude": "question.exclude", "transfer_first": "question.transfer", "tie_for_bonus": "question.first"}


def question_lines(count: Count, question: Question, view: View, numbered: bool = False) -> list[Line]:
    """A question with its options and their numbers; `numbered` from 1, for somebody who answers at once."""
    text = f"{view.word('question.title')}{view.word('sign.colon')}{_asked(count, question, view)}"
    lines = view.lines(text, _INDENT, Role.TITLE)
    for at, option in enumerate(question.options, 1):
        receiver, number = _phrase(count, option, view), question.numbers.get(option)
        if number is not None and question.kind != _RULING:
            receiver = view.word("question.option", receiver=receiver, number=plain(number, view))
        lines += view.lines(f"[{at}] {receiver}" if numbered else receiver, "    ")
    if question.policy:
        policy = _phrase(count, question.policy, view)
        lines += view.lines(view.word("question.policy", policy=policy), "    ")
    elif question.kind != _RULING:
        lines += view.lines(view.word("question.no policy"), "    ")
    return lines


def _asked(count: Count, question: Question, view: View) -> str:
    """How many are to be chosen, and what becomes of them where they are not simply elected."""
    of_people = not count.divides and question.kind in _AMONG_PEOPLE
    exactly, at_most = (
        ("question.choose people", "question.choose people at most")
        if of_people
        else ("question.choose", "question.choose at most")
    )
    key = exactly if question.least == question.choose else at_most
    text = view.word(key, n=question.choose, total=len(question.options))
    if question.kind == _RULING:
        papers = next(iter(question.numbers.values()), 1)
        return view.word("question.ruling", text=text, paper=view.clean(question.post), n=papers)
    if question.kind in _CHOSEN_TO:
        text = view.word(_CHOSEN_TO[question.kind], text=text)
    elif count.divides:
        text = view.word("question.seat each", text=text, n=question.choose)
    return view.word("question.for", text=text, post=_phrase(count, question.post, view)) if question.post else text


def _question(count: Count, question: Question, view: View) -> list[Line]:
    lines = question_lines(count, question, view)
    identity = view.clean(question.id)
    if question.kind == "second_ballot":
        lines += view.lines(view.word("question.second"), "    ", Role.HELP)
    chosen = question.options[: question.choose]
    # a reading is understood in the reader's words, a name only as it is
    said = [_phrase(count, one, view) if question.kind == _RULING else view.clean(one) for one in chosen]
    answer = ",".join(map(_answer, said))
    lines += view.lines(view.word("question.record"), "    ", Role.HELP)
    around = "'" if '"' in answer else '"'
    lines.append(Line(f"      --decision {around}{identity}={answer}{around}", Role.HELP))
    if question.policy == "lot":
        lines += view.lines(view.word("question.lot"), "    ", Role.HELP)
        lines.append(Line(f'      --decision "{view.word("question.drawn", id=identity)}"', Role.HELP))
    if question.least == 0:
        lines += view.lines(view.word("question.nobody"), "    ", Role.HELP)
        lines.append(Line(f'      --decision "{identity}={view.word("question.nobody is")}"', Role.HELP))
    return lines


def _answer(name: str) -> str:
    """A name as an answer has it: in quotes where a sign in it would part it in two."""
    return f'"{name}"' if any(sign in name for sign in ",，、") else name


_SHOWN = 8


def _possible(count: Count, view: View) -> list[Line]:
    """What the open questions can lead to, as far as that tells the reader something."""
    found = count.reachable
    if found is None or not found.complete:
        return view.lines(view.word("count.possible more"), _INDENT) if found is not None else []
    if found.settled:
        names = [_seat_text(count, *seat, view) for seat in sorted(next(iter(found.results)))]
        return [*view.lines(view.word("count.possible one"), _INDENT), *view.lines(view.listed(names), "    ")]
    lines = []
    for id in found.moot:
        lines += view.lines(view.word("count.moot", question=view.clean(id)), _INDENT)
    same = frozenset.intersection(*found.results)
    lines += view.lines(view.word("count.possible", n=len(found.results)), _INDENT)
    for result in sorted(found.results, key=sorted)[:_SHOWN]:
        names = [_seat_text(count, *seat, view) for seat in sorted(result - same)]
        lines += view.lines(view.listed(names) or view.word("count.possible none"), "    - ", hanging="      ")
    if len(found.results) > _SHOWN:
        lines += view.lines(view.word("count.possible others", n=len(found.results) - _SHOWN), "    ")
    return lines


def _seat_text(count: Count, post: str, receiver: str, seats: int, view: View) -> str:
    name = _phrase(count, receiver, view)
    if post:
        return view.word("count.possible seat", receiver=name, post=_phrase(count, post, view))
    if not count.divides and seats == 1:
        return name
    return view.word("question.option", receiver=name, number=plain(seats, view))


# ---------------------------------------------------------------- reasons


def _alternatives(count: Count, view: View) -> list[Line]:
    if not count.alternatives:
        return []
    lines = view.lines(view.word("count.alternatives"), _INDENT)
    for stands, key in ((False, "count.stands not"), (None, "count.stands unknown"), (True, "count.stands")):
        bases = [_phrase(count, name, view) for name, one in count.alternatives.items() if one is stands]
        if bases:
            text = view.word("sign.title", name=view.word(key), verdict=view.listed(bases))
            lines += view.lines(text, "    ", hanging="      ")
    return lines


def _findings(count: Count, view: View) -> list[Line]:
    lines = []
    for finding in count.findings:
        sign, role = signs(finding.verdict)
        is_open = finding.verdict in (Verdict.FAILS, Verdict.CANNOT_SAY)
        block = (full if is_open else compact)(finding, sign, role, view)
        lines += [evolve(line, text=f"    {line.text}") for line in block]
    return [Line(f"{_INDENT}{view.word('count.findings')}"), *lines] if lines else []


def _steps(heading: str, steps: tuple[Step, ...], count: Count, view: View) -> list[Line]:
    if not steps:
        return []
    names: dict[str, Names] = {**count.receivers, **count.words}
    lines = view.lines(view.word(heading), _INDENT)
    for step in steps:
        text = view.clean(sentence(_readable(step, view), view.language, names))
        lines += view.lines(text, "    - ", hanging="      ")
    return lines


def _readable(step: Step, view: View) -> Step:
    """A step whose fractions above one are told as decimals, or with one beside them; shares stay as the law has them."""
    return Step(step.kind, {key: _decimal(value, view) for key, value in step.data.items()})


def _decimal(value: object, view: View) -> object:
    if isinstance(value, tuple):
        return tuple(_decimal(one, view) for one in value)
    return plain(value, view) if isinstance(value, Fraction) and abs(value) > 1 else value
