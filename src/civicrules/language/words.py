"""Tables of words: which phrases of a natural language stand for which terminal of the grammar.

A table is data (`grammars/words.TAG.yaml`, or a plugin's mapping of the same shape). English words are always
understood, so a text is read with its own table and the English one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field

from civicrules.values import frozen


@frozen
class WordTable:
    """The words of one natural language.

    `keywords` and `declarations`: terminal → phrases, the first of which is printed; `only`: terminal → the place where
    its phrases count; `inside`: terminals whose phrases may stand inside a name; `openers` and `keys`: what opens a
    statement or a `key: value` line; `keep`: ordinary words that hold a keyword; `instead`: wrong word → terminal.
    """

    tag: str
    name: str
    keywords: Mapping[str, tuple[str, ...]] = field(hash=False)
    declarations: Mapping[str, tuple[str, ...]] = field(hash=False)
    openers: Mapping[str, tuple[str, ...]] = field(hash=False)
    keys: Mapping[str, tuple[str, ...]] = field(hash=False)
    only: Mapping[str, str] = field(factory=dict, hash=False)
    inside: frozenset[str] = frozenset()
    keep: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(factory=dict, hash=False)

    def print(self, terminal: str) -> str:
        """The phrase to print for a terminal, empty when this language has none."""
        return (self.keywords.get(terminal) or ("",))[0]

    def key(self, key: str) -> str:
        """The word to print for a key of a block."""
        return (self.keys.get(key) or (key,))[0]


def _phrases(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {str(key): tuple(str(word) for word in words) for key, words in table.items()}


def word_table(data: Mapping[str, Any]) -> WordTable:
    """A table from its data.

    >>> word_table({"tag": "xx", "name": "X", "keywords": {"MUST": ["mest"]}}).print("MUST")
    'mest'
    """
    return WordTable(
        tag=str(data["tag"]),
        name=str(data.get("name", data["tag"])),
        keywords=_phrases(data.get("keywords", {})),
        declarations=_phrases(data.get("declarations", {})),
        openers=_phrases(data.get("openers", {})),
        keys=_phrases(data.get("keys", {})),
        only={str(k): str(v) for k, v in data.get("only", {}).items()},
        inside=frozenset(str(t) for t in data.get("inside", ())),
        keep=tuple(str(w) for w in data.get("keep", ())),
        instead={str(k): str(v) for k, v in data.get("instead", {}).items()},
    )
