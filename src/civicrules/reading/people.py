"""What people are told apart by: their names, and the numbers of their papers."""

from __future__ import annotations

import re
import unicodedata

from civicrules.reading.labels import WIDE

_BETWEEN = re.compile(r"[、，,;；/\n\r]+|\s(?:and|&|和|与|及)\s")
_WIDE_GAP = rf"(?<={WIDE})\s+|\s+(?={WIDE})"


def names_in(text: str) -> tuple[str, ...]:
    """The names of people in a text; a space parts Chinese names only, and not those padded to the width of others.

    >>> names_in("李某、Li Ming，王 强\\n赵某某")
    ('李某', 'Li Ming', '王强', '赵某某')
    >>> names_in("李某某 王　强 Anna Li and Bo Wang")
    ('李某某', '王强', 'Anna Li', 'Bo Wang')
    """
    return tuple(name for part in _BETWEEN.split(text) for name in _apart(part.strip()))


def _apart(text: str) -> list[str]:
    """Names between which only spaces stand: a single Chinese character is the first of a padded name."""
    if not text or text.isascii():
        return [" ".join(text.split())] if text else []
    found: list[str] = []
    surname = ""
    for piece in re.split(_WIDE_GAP, unpadded(text)):
        if len(piece) == 1 and not surname:
            surname = piece
        else:
            found.append(surname + piece)
            surname = ""
    return [*found, surname] if surname else found


def unpadded(text: str) -> str:
    """A text without the spaces in a name of two or three characters that is padded to the width of others: 王　强."""
    plain = text.strip()
    if plain.isascii():
        return plain
    pieces = plain.split()
    padded = 1 < len(pieces) <= 3 and all(len(piece) == 1 and not piece.isascii() for piece in pieces)
    return "".join(pieces) if padded else plain


# An identity number of 15 to 18 digits, the last of which may be an X; people type it in groups.
_IDENTITY = re.compile(r"(?:\d[ -]?){14,17}[\dX]")


def identity_number(text: str) -> str | None:
    """An identity number as it is printed, however wide or spaced it was typed; nothing for other texts.

    >>> identity_number("110101 19900307 001x"), identity_number("3 yards")
    ('11010119900307001X', None)
    """
    if len(text) < 15 or not text.lstrip()[:1].isdigit():
        return None
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    return re.sub("[ -]", "", plain) if _IDENTITY.fullmatch(plain) else None


# A long number as a spreadsheet shows it when it saves a table as text: `1.10101E+17`.
_ROUNDED_OFF = re.compile(r"\d(?:\.\d+)?[Ee]\+\d+")


def is_rounded_off(text: str) -> bool:
    """Whether a text is a long number that has lost its last digits.

    >>> is_rounded_off("1.10101E+17"), is_rounded_off("110101199003070012")
    (True, False)
    """
    return _ROUNDED_OFF.fullmatch(text.strip()) is not None


def masked(text: str) -> str:
    """A text of which only the first and the last character are told.

    >>> masked("110101199003070012"), masked("李某"), masked("")
    ('1…2', '…', '…')
    """
    plain = text.strip()
    return f"{plain[0]}…{plain[-1]}" if len(plain) > 2 else "…"
