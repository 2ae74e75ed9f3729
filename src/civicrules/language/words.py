"""Tables of words: which phrases of a natural language stand for which terminal of the grammar.

A table is data (`grammars/words.TAG.yaml`, or a plugin's mapping of the same shape). English words are always
understood, so a text is read with its own table and the English one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field

from civicrules.program import Names
from civicrules.values import frozen


@frozen
class Order:
    """How a language puts its sentences together when they are printed.

    `patterns`: construct → its parts (`{base}`) and keywords (`{OF}`) in their order; a construct without a pattern is
    its parts side by side. `signs` join parts; `beside`: place → terminal → the phrase that is natural there (a place
    can be a word for *each*, by which languages tell people from things); `copulas`: the predicates that take *is*, `be` what
    a clause has instead, and `verbs` the comparisons that take neither; `each`: how names end → the word for *each* before
    them; `spaced`: whether words stand apart.
    """

    patterns: Mapping[str, str] = field(factory=dict, hash=False)
    signs: Mapping[str, str] = field(factory=dict, hash=False)
    beside: Mapping[str, Mapping[str, str]] = field(factory=dict, hash=False)
    copulas: frozenset[str] = frozenset()
    each: Mapping[str, str] = field(factory=dict, hash=False)
    be: str = ""
    verbs: frozenset[str] = frozenset()
    spaced: bool = True

    def each_before(self, name: str) -> str:
        """The word for *each* before a name; empty where the language has but one."""
        return next((phrase for end, phrase in self.each.items() if name.endswith(end)), "")


@frozen
class WordTable:
    """The words of one natural language.

    `keywords` and `declarations`: terminal → phrases, the first of which is printed; `only`: terminal, or one phrase → where it
    counts; `inside`: terminals whose phrases may stand inside a name; `openers` and `keys`: what opens a
    statement or a `key: value` line; `keep`: ordinary words that hold a keyword; `instead`: wrong word → terminal;
    `declared_instead` and `opened_instead`: what people call a kind of field and an opener → the phrase to offer;
    `fillers`: words that say nothing of their own in a name; `articles`: words that say nothing before one;
    `of_age`: comparisons of the age of somebody, which need not be named; `beyond`: what
    no sentence can ask → the words that speak of it; `order`: how sentences are put together.
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
    declared_instead: Mapping[str, str] = field(factory=dict, hash=False)
    opened_instead: Mapping[str, str] = field(factory=dict, hash=False)
    fillers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    of_age: frozenset[str] = frozenset()
    beyond: Mapping[str, tuple[str, ...]] = field(factory=dict, hash=False)
    order: Order = field(factory=Order, hash=False)

    def print(self, terminal: str) -> str:
        """The phrase to print for a terminal, empty when this language has none."""
        return (self.keywords.get(terminal) or ("",))[0]

    def key(self, key: str) -> str:
        """The word to print for a key of a block."""
        return (self.keys.get(key) or (key,))[0]


def _phrases(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {str(key): tuple(str(word) for word in words) for key, words in table.items()}


def _texts(table: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in table.items()}


def _order(data: Mapping[str, Any]) -> Order:
    return Order(
        patterns=_texts(data.get("order", {})),
        signs=_texts(data.get("signs", {})),
        beside={str(place): _texts(words) for place, words in data.get("beside", {}).items()},
        copulas=frozenset(str(kind) for kind in data.get("copulas", ())),
        each=_texts(data.get("each", {})),
        be=str(data.get("be", "")),
        verbs=frozenset(str(word) for word in data.get("verbs", ())),
        spaced=bool(data.get("spaced", True)),
    )


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
        declared_instead=_texts(data.get("declared_instead", {})),
        opened_instead=_texts(data.get("opened_instead", {})),
        fillers=tuple(str(w) for w in data.get("fillers", ())),
        articles=tuple(str(w) for w in data.get("articles", ())),
        of_age=frozenset(str(w) for w in data.get("of_age", ())),
        beyond=_phrases(data.get("beyond", {})),
        order=_order(data),
    )


# What no sentence can ask, and the code that says what to write.
_UNASKABLE = {"parity": "CR0233", "weekday": "CR0234"}


def beyond(tables: Iterable[WordTable]) -> Mapping[str, tuple[str, ...]]:
    """The words for what no sentence can ask, of several tables together."""
    found: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for about, phrases in table.beyond.items():
            found[about] = (*found.get(about, ()), *phrases)
    return found


def unaskable(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """The code of what a text speaks of that no sentence can ask; `None` where it does not.

    >>> unaskable("an odd number", {"parity": ("odd", "单数")}), unaskable("oddments", {"parity": ("odd",)})
    ('CR0233', None)
    """
    for about, phrases in words.items():
        for phrase in phrases:
            edge = r"\b" if phrase.isascii() else ""
            if re.search(f"{edge}{re.escape(phrase)}{edge}", text.casefold()):
                return _UNASKABLE.get(about)
    return None


_LISTS = {
    "any": Names.of(en="any of these", zh="应当符合下列条件之一"),
    "all": Names.of(en="all of these", zh="应当符合下列条件"),
    "none": Names.of(en="must not meet any of these", zh="不得有下列情形之一"),
}


def before_its_day(name: str) -> str:
    """A name as it stands before 之日: 公布日 is 公布之日.

    >>> before_its_day("公布日"), before_its_day("任期届满"), before_its_day("生日")
    ('公布', '任期届满', '生日')
    """
    return name[:-1] if name.endswith("日") and not name.endswith("之日") and len(name) > 2 else name


def list_instead(word: str, negated: bool, every: bool = False) -> dict[str, str | Names]:
    """What is said of requirements joined by a word in one duty: the list to write them in."""
    return {"word": word, **({"neither": _LISTS["none"]} if negated else {"list": _LISTS["all" if every else "any"]})}
