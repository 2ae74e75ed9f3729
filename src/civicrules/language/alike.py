"""Whether two trees say the same."""

from __future__ import annotations

from typing import Any

from attrs import evolve, fields, has

from civicrules.language import nodes as n


def alike(one: object, other: object) -> bool:
    """Whether two parts of trees say the same. Texts that a tree keeps as they were written (citations, some lines
    `key: value`) count without their white space; what such a line holds as values, by these.

    >>> alike(n.Entry("seats", (), (n.Quoted("a"),), "“a”"), n.Entry("seats", (), (n.Quoted("a"),), '"a"'))
    True
    """
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(alike(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, n.Entry) and isinstance(other, n.Entry):
        one, other = (evolve(entry, text="" if entry.values else _single(entry.text)) for entry in (one, other))
    if isinstance(one, n.Reference) and isinstance(other, n.Reference):
        return _single(one.text) == _single(other.text)
    kind: Any = type(one)
    if kind is not type(other) or not has(kind):
        return one == other
    return all(alike(getattr(one, part.name), getattr(other, part.name)) for part in fields(kind) if part.eq)


def _single(text: str) -> str:
    return " ".join(text.split())
