"""What one cell of a paper says: choices, readings between which a human chooses, or nothing that can be taken."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field

from civicrules.ballots import NOT_MARKED, Choice
from civicrules.program import Names
from civicrules.reading.ballots import words
from civicrules.reading.ballots.columns import Column
from civicrules.reading.ballots.names import Slate, label, with_post
from civicrules.reading.ballots.tables import REPORTED
from civicrules.reading.labels import fold
from civicrules.reading.people import names_in
from civicrules.reading.raw import shown
from civicrules.values import frozen

Said = tuple[Choice, ...]

_OF_PAPER = Names.of(en="what is said of a whole paper", zh="对整张选票的说明")

# More votes than this in one cell are something else than votes.
MOST_VOTES = 1000


@frozen
class Unclear:
    """Readings by the words a human chooses between; `of_paper` when it is the mark on one paper that is unclear."""

    readings: Mapping[str, Said] = field(hash=False)
    of_paper: bool = False


@frozen
class Bad:
    """Why a cell cannot be taken; an empty code was reported where that was found."""

    code: str
    data: Mapping[str, object] = field(factory=dict, hash=False)


@frozen
class Unreadable:
    """The paper cannot be read at all."""


Part = Said | Unclear
# A cell in parts: several names under one post or at one rank.
Meaning = tuple[Part, ...] | Bad | Unreadable


def meaning_of(text: str, column: Column, slate: Slate) -> Meaning:
    """What a cell of a column says."""
    plain = text.strip()
    if plain == REPORTED:
        return Bad("")
    named = slate.standing(plain) if column.choice is None and words.of_paper(plain) else ()
    if named:
        return Bad("CR0788", {"found": shown(plain), "other": _OF_PAPER, "label": with_post(named[0], slate)})
    if not plain or words.is_one_of(plain, words.BLANK):
        return ()
    if words.is_one_of(plain, words.UNREADABLE):
        return Unreadable()
    if words.is_one_of(plain, words.JUDGED):
        return Bad("CR0755", {"found": shown(plain)})
    if column.choice is not None:
        return _marks(plain, column.choice, slate)
    if not column.rank and column.post is None:
        return ((Choice("", "", " ".join(plain.split())),),)
    return _names(plain, column.post, slate)


# ---------------------------------------------------------------- marks


def _marks(text: str, choice: Choice, slate: Slate) -> Meaning:
    doubtful = "?" in text or "？" in text
    said: list[Choice] = []
    for word in words.PARTS.split(text.replace("?", " ").replace("？", " ")):
        if word in words.CROSSES:
            return Bad("CR0756", {"found": word})
        marked = words.mark(word)
        if marked is not None:
            said.append(Choice(choice.candidate, choice.post, choice.list, marked))
        elif word:
            votes = _votes(word)
            if votes is None:
                return Bad("CR0754", {"found": shown(text), "candidate": choice.candidate or choice.list})
            said += [choice] * votes
    if doubtful:
        as_marked = tuple(said) or (choice,)
        return (Unclear({_words(as_marked, slate): as_marked, f"{NOT_MARKED}: {label(choice, slate)}": ()}, True),)
    return (tuple(said),) if said else ()


def _words(said: Said, slate: Slate) -> str:
    return ", ".join(f"{label(one, slate)}: {one.mark}" if one.mark else label(one, slate) for one in said)


def _votes(word: str) -> int | None:
    figures = fold(word)
    if not figures.isascii() or not figures.isdigit() or len(figures) > 9:
        return None
    number = int(figures)
    return number if number <= MOST_VOTES else None


# ---------------------------------------------------------------- names


def _names(text: str, post: str | None, slate: Slate) -> Meaning:
    """The names in a cell: the whole of it where that is a candidate, else each of several. A candidate may be called X."""
    bare = text.strip("?？ \t")
    doubtful = bare != text
    pieces = [bare] if slate.standing(bare, post) else [piece.strip() for piece in bare.split("=")]
    names = [name for piece in pieces for name in ((piece,) if slate.standing(piece, post) else names_in(piece))]
    parts: list[Part] = []
    for name in names:
        if words.is_mark(name) and not slate.standing(name):
            return Bad("CR0757", {"found": shown(text)})
        parts.append(_name(name, post, slate))
    if not doubtful:
        return tuple(parts)
    readings: dict[str, Said] = {}
    for part in parts:
        readings |= part.readings if isinstance(part, Unclear) else {_words(part, slate): part}
    return (Unclear({**readings, NOT_MARKED: ()}, True),)


def _name(name: str, post: str | None, slate: Slate) -> Part:
    fitting = slate.standing(name, post)
    if len(fitting) == 1:
        return fitting
    own = Choice(name, post or "")
    if fitting:
        return Unclear({label(one, slate): (one,) for one in fitting})
    # The name of somebody who stands for another post is no doubt: what it is worth, the count says.
    near = () if slate.standing(name) else slate.near(name, post)
    if near:
        return Unclear({**{label(one, slate): (one,) for one in near}, f"“{name}”": (own,)})
    return (own,)
