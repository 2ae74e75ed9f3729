"""Ballots in JSON (`civicrules-ballots/1`): who can be chosen once, then papers by their positions, with numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from civicrules.ballots import ABSTAIN, AGAINST, Ballots, Choice, Doubt, Paper, Rejected, RowAccount
from civicrules.diagnostics import Diagnostic
from civicrules.program import Names
from civicrules.reading.ballots.names import Slate
from civicrules.reading.ballots.papers import MOST_PAPERS, Tally
from civicrules.reading.ballots.tables import kind_problem
from civicrules.reading.files import whole_file
from civicrules.reading.json import parse
from civicrules.reading.raw import shown
from civicrules.source import Key, Source
from civicrules.values import frozen

FORMAT = "civicrules-ballots/1"

_OBJECT = Names.of(en="an object with the keys of the format", zh="含有该格式各键的对象")
_LIST = Names.of(en="a list", zh="数组")
_TEXT = Names.of(en="a text", zh="文本")
_NUMBER = Names.of(en="a whole number that is not negative, e.g. 12", zh="非负整数，例如 12")
_MARK = Names.of(en='"", "against" or "abstain"', zh="“”“against”或者“abstain”")
_MARKED = Names.of(
    en="positions in “choices”, counted from 0, e.g. [0, 2]", zh="“choices”中的序号，从 0 起，例如 [0, 2]"
)
_RANKED = Names.of(
    en="positions in “choices” in the order of preference, e.g. [2, null, [0, 1]], each once",
    zh="按顺位排列的“choices”序号，例如 [2, null, [0, 1]]，每个只列一次",
)
_READINGS = Names.of(
    en='at least two readings by name, e.g. {"Lin Hua": [0], "void": null}',
    zh="至少两种读法，例如 {“林华”: [0], “void”: null}",
)
_ONE = Names.of(en="one of “choices”, “readings” and “unread”", zh="“choices”“readings”“unread”三者之一")
_RANKS = Names.of(en="true or false", zh="true 或者 false")
_ONCE = Names.of(en="each choice once", zh="每项只列一次")


class _Twice(ValueError):
    """A key that stands twice in one object; carried to `read_document`, never further."""


@frozen
class _Wrong:
    """What was expected instead, and the keys that lead there."""

    path: tuple[str | int, ...]
    expected: Names
    found: object


def decoded(data: bytes, path: Path) -> str | Diagnostic:
    """The text of a JSON file, which is in UTF-8."""
    problem = kind_problem(data, path)
    if problem is not None:
        return problem
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Diagnostic("CR0408", whole_file(path), {"file": path.name, "line": line})


def read_document(text: str, name: str, slate: Slate) -> tuple[Ballots | None, RowAccount, tuple[Diagnostic, ...]]:
    """The ballots of a JSON document. An entry that cannot be taken is rejected by itself."""
    try:
        tree = json.loads(text, parse_int=_integer, parse_float=str, parse_constant=str, object_pairs_hook=_object)
    except _Twice as twice:
        return None, RowAccount(), (Diagnostic("CR0783", Key((name,)), {"found": str(twice), "expected": _ONCE}),)
    except (ValueError, RecursionError):
        problem = parse(Source(name, text))
        if isinstance(problem, Diagnostic):
            return None, RowAccount(), (problem,)
        tree = None
    choices = _choices(tree, slate)
    if isinstance(choices, _Wrong):
        return None, RowAccount(), (_told(choices, name),)
    return _entries(tree, choices, name)


def _integer(text: str) -> int | str:
    return int(text) if len(text) < 20 else text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice(next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1))
    return found


def _told(wrong: _Wrong, name: str) -> Diagnostic:
    return Diagnostic("CR0783", Key((name, *wrong.path)), {"found": _shown(wrong.found), "expected": wrong.expected})


def _shown(value: object) -> str:
    return shown(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


# ---------------------------------------------------------------- who can be chosen


def _choices(tree: object, slate: Slate) -> tuple[Choice, ...] | _Wrong:
    if not isinstance(tree, dict):
        return _Wrong((), _OBJECT, tree)
    if tree.get("format") != FORMAT:
        return _Wrong(("format",), Names.of(en=f'"{FORMAT}"', zh=f"“{FORMAT}”"), tree.get("format"))
    if tree.keys() - {"format", "ranks", "choices", "papers"}:
        key = min(tree.keys() - {"format", "ranks", "choices", "papers"})
        return _Wrong((key,), Names.of(en="format, ranks, choices, papers", zh="format、ranks、choices、papers"), key)
    if not isinstance(tree.get("ranks", False), bool):
        return _Wrong(("ranks",), _RANKS, tree["ranks"])
    for key in ("choices", "papers"):
        if not isinstance(tree.get(key), list):
            return _Wrong((key,), _LIST, tree.get(key))
    found: list[Choice] = []
    for at, entry in enumerate(tree["choices"]):
        choice = _choice(entry, ("choices", at), slate)
        if isinstance(choice, _Wrong):
            return choice
        if choice in found:
            return _Wrong(("choices", at), _ONCE, entry)
        found.append(choice)
    return tuple(found)


def _choice(entry: object, path: tuple[str | int, ...], slate: Slate) -> Choice | _Wrong:
    if not isinstance(entry, dict) or entry.keys() - {"candidate", "post", "list", "mark"}:
        return _Wrong(
            path,
            Names.of(
                en='e.g. {"candidate": "Lin Hua", "post": "chair"}', zh="例如 {“candidate”: “林华”, “post”: “主任”}"
            ),
            entry,
        )
    for key, value in entry.items():
        if not isinstance(value, str):
            return _Wrong((*path, key), _TEXT, value)
    if entry.get("mark", "") not in ("", AGAINST, ABSTAIN):
        return _Wrong((*path, "mark"), _MARK, entry["mark"])
    written = entry.get("post", "")
    post = slate.post(written) if written and slate.posts else written
    if post == "" and len(slate.posts) > 1 and entry.get("candidate") and not slate.standing(entry["candidate"], ""):
        posts = {choice.post for choice in slate.standing(entry["candidate"])}
        post = posts.pop() if len(posts) == 1 else None
    if post is None:
        return _Wrong((*path, "post"), _listed(slate.posts), written)
    return Choice(entry.get("candidate", ""), post, entry.get("list", ""), entry.get("mark", ""))


def _listed(posts: Mapping[str, Names]) -> Names:
    """The posts that there are."""
    named = [(names.text("en") or id, names.text("zh") or id) for id, names in posts.items() if id or names.forms]
    return Names.of(en=", ".join(en for en, _ in named) or "no post", zh="、".join(zh for _, zh in named) or "不写职位")


# ---------------------------------------------------------------- papers


def _entries(
    tree: Mapping[str, Any], choices: Sequence[Choice], name: str
) -> tuple[Ballots, RowAccount, tuple[Diagnostic, ...]]:
    ranks, most = bool(tree.get("ranks", False)), len(choices)
    numbers = Counter((_text(entry, "box"), entry["paper"]) for entry in tree["papers"] if _text(entry, "paper"))
    papers: dict[Paper, int] = {}
    boxes: dict[str, Tally] = {}
    doubts: list[Doubt] = []
    rejected: list[Rejected] = []
    problems: list[Diagnostic] = []
    for at, entry in enumerate(tree["papers"]):
        tally = boxes.setdefault(_text(entry, "box"), Tally())
        tally.rows += 1
        wrong = _problem(entry, ("papers", at), most, ranks)
        on_paper = _text(entry, "paper")
        problem = None if wrong is None else _told(wrong, name)
        if problem is None and on_paper and numbers[_text(entry, "box"), on_paper] > 1:
            data = {"found": on_paper, "box": _text(entry, "box")}
            problem = Diagnostic("CR0759", Key((name, "papers", at, "paper")), data)
        if problem is not None:
            tally.rejected += 1
            rejected.append(Rejected(problem.place or Key((name,)), problem.code))
            problems.append(problem)
            continue
        number = entry.get("number", 1)
        if entry.get("unread"):
            tally.unread += number
        elif "readings" in entry:
            readings = {word: None if one is None else _paper(one, ranks) for word, one in entry["readings"].items()}
            tally.doubtful += number
            box = _text(entry, "box")
            id = f"{box}/{on_paper}" if on_paper and box else on_paper or f"{name}:{at}"
            doubts += (Doubt(id, readings, number),) if number else ()
        else:
            paper = _paper(entry["choices"], ranks)
            tally.read += number
            tally.blank += 0 if paper else number
            if number:
                papers[paper] = papers.get(paper, 0) + number
    unread = sum(tally.unread for tally in boxes.values())
    account = RowAccount(tuple(tally.account(box) for box, tally in sorted(boxes.items())), tuple(rejected))
    return Ballots.of(choices, papers, ranks=ranks, doubts=doubts, unread=unread), account, tuple(problems)


def _text(entry: object, key: str) -> str:
    value = entry.get(key, "") if isinstance(entry, dict) else ""
    return value if isinstance(value, str) else ""


def _problem(entry: object, path: tuple[str | int, ...], most: int, ranks: bool) -> _Wrong | None:
    if not isinstance(entry, dict):
        return _Wrong(path, _ONE, entry)
    further = entry.keys() - {"number", "choices", "readings", "unread", "box", "paper"}
    if further or sum(key in entry for key in ("choices", "readings", "unread")) != 1:
        return _Wrong(path, _ONE, min(further) if further else entry)
    number = entry.get("number", 1)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MOST_PAPERS:
        return _Wrong((*path, "number"), _NUMBER, number)
    for key in ("box", "paper"):
        if not isinstance(entry.get(key, ""), str):
            return _Wrong((*path, key), _TEXT, entry[key])
    if entry.get("unread", True) is not True:
        return _Wrong((*path, "unread"), Names.of(en="true", zh="true"), entry["unread"])
    expected = _RANKED if ranks else _MARKED
    if "choices" in entry and not _is_paper(entry["choices"], most, ranks):
        return _Wrong((*path, "choices"), expected, entry["choices"])
    readings = entry.get("readings", {"": None, " ": None})
    if not isinstance(readings, dict) or len(readings) < 2:
        return _Wrong((*path, "readings"), _READINGS, readings)
    for word, one in readings.items():
        if one is not None and not _is_paper(one, most, ranks):
            return _Wrong((*path, "readings", word), expected, one)
    return None


def _is_paper(value: object, most: int, ranks: bool) -> bool:
    if not isinstance(value, list):
        return False
    if not ranks:
        return all(_is_position(one, most) for one in value)
    return all(
        one is None
        or (
            len(one) > 1 and all(_is_position(each, most) for each in one)
            if isinstance(one, list)
            else _is_position(one, most)
        )
        for one in value
    )


def _is_position(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < most


def _paper(value: list[Any], ranks: bool) -> Paper:
    """A paper that `_is_paper`: marks in ascending order, without empty ranks at its end."""
    if not ranks:
        return tuple(sorted(value))
    while value and value[-1] is None:
        value = value[:-1]
    return tuple(tuple(sorted(rank)) if isinstance(rank, list) else rank for rank in value)
