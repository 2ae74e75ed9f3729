"""Answers to the questions of a count, as they are typed: `0f3a91c27d5e=Lin Xiaoyan, Wu Min # by lot, 1 May`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from civicrules import Decision
from civicrules.diagnostics import Diagnostic
from civicrules.library import decoded
from civicrules.source import Place, Source, Span

from .files import unusable_file

# 0f3a91c27d5e drawn by sha-256 = 4 1 6 2 3 · 0f3a91c27d5e按sha-256抽签＝4 1 6 2 3
_DRAWN = re.compile(r"\s*(\w+?)\s*(?:\bdrawn by\s+([\w.-]+)|按\s*([\w.-]+?)\s*抽签)\s*[=＝](.*)", re.DOTALL)
_ANSWER = re.compile(r"\s*(\w+)\s*[=＝](.*)", re.DOTALL)
# A note follows a # that stands free; receivers without a name of their own are called #1, #2 …
_NOTE = re.compile(r"\s[#＃]\s")
_NAME = re.compile(r'\s*(?:"([^"]*)"|([^,，、"][^,，、]*))\s*(?:[,，、]|$)')
_MOST = 1_000_000

Decisions = tuple[Decision, ...]
Diagnostics = tuple[Diagnostic, ...]


def decision(text: str, place: Place | None = None) -> Decision | Diagnostic:
    """One answer. Names are parted by commas; one that holds a comma stands in quotes. After `#` stands who decided.

    An answer may be left to lots: the draw, and the seed.

    >>> decision("0f3a91c27d5e＝林小燕、吴敏").chosen
    ('林小燕', '吴敏')
    >>> decision('0f3a91c27d5e="Lin, X." # by lot')
    Decision(question='0f3a91c27d5e', chosen=('Lin, X.',), by='by lot', draw='', seed='', marks=())
    >>> decision("0f3a91c27d5e drawn by sha-256 = 4 1 6 2 3 # dice").seed
    '4 1 6 2 3'
    """
    answer, *note = _NOTE.split(text, maxsplit=1)
    lots = _DRAWN.fullmatch(answer)
    if lots and lots[4].strip():
        seed = " ".join(lots[4].split())
        return Decision(lots[1].lower(), (), "".join(note).strip(), (lots[2] or lots[3]).lower(), seed)
    parts = _ANSWER.fullmatch(answer)
    chosen = _names(parts[2]) if parts else ()
    if not parts or not chosen:
        return Diagnostic("CR0808", place, {"found": text})
    return Decision(parts[1].lower(), chosen, "".join(note).strip())


def _names(text: str) -> tuple[str, ...]:
    """The names in a list; nothing when a part of it is no name."""
    names, at = [], 0
    while at < len(text):
        match = _NAME.match(text, at)
        if match is None:
            return ()
        names.append((match[1] or match[2] or "").strip())
        at = match.end()
    return tuple(names) if all(names) else ()


def gathered(given: Iterable[str], file: Path | None) -> tuple[Decisions, Diagnostics]:
    """All answers, of the command line and of a file, and those that could not be read."""
    found = [decision(text) for text in given]
    if file is not None:
        found.extend(_in_file(file))
    decisions = tuple(one for one in found if isinstance(one, Decision))
    return decisions, tuple(one for one in found if isinstance(one, Diagnostic))


def _in_file(file: Path) -> Iterable[Decision | Diagnostic]:
    problem = unusable_file(file)
    if problem is not None:
        return (problem,)
    try:
        with file.open("rb") as stream:
            source = Source(file.name, decoded(stream.read(_MOST)))
    except OSError:
        return (Diagnostic("CR0341", None, {"file": str(file)}),)
    return [decision(line.text, line) for line in _lines(source)]


def _lines(source: Source) -> Iterable[Span]:
    for match in re.finditer(r"[^\n]+", source.text):
        text = match.group().strip()
        if text and not text.startswith(("#", "＃")):
            start = match.start() + match.group().index(text)
            yield Span(source, start, start + len(text))
