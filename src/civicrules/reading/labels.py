"""Which label stands for what: every form of a name in every language, its id, and forms people write around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from attrs import evolve, field

from civicrules.plan_words import (
    ATTESTATIONS,
    DAY,
    LANGUAGE,
    MORE,
    NONE,
    NONE_TOO,
    PLAN,
    ROWS,
    RULESET,
    STAGE,
    UNKNOWN,
    UNKNOWN_TOO,
    WAIVERS,
    YES,
)
from civicrules.program import Entity, Field, ListType, Names, NumberType, Vocabulary
from civicrules.values import frozen

T = TypeVar("T")

HEADER = MappingProxyType({"ruleset": RULESET, "day": DAY, "stage": STAGE, "language": LANGUAGE})

# Chinese characters, and what stands after them in Unicode. A set is compiled fast where it says what is not in it.
WIDE = r"[^\x00-\u2e7f]"
_BESIDE_WIDE = f"(?<={WIDE})_+|_+(?={WIDE})"
_QUOTES = str.maketrans("", "", "\"'“”‘’「」『』*＊")
_NOTE = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]$")


def fold(text: str) -> str:
    """A label without what does not count: letter case, width, quotes, spaces and `_`, a closing colon.

    >>> fold("Residents' Committee："), fold("姓　名"), fold("vice_chairs")
    ('residents_committee', '姓名', 'vice_chairs')
    """
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):
        return text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    elif text.replace(" ", "").isalnum():
        return "_".join(text.casefold().split())
    words = text.casefold().translate(_QUOTES).rstrip(": \t\r\n").replace("_", " ").split()
    joined = "_".join(words)
    return joined if "_" not in joined or joined.isascii() else re.sub(_BESIDE_WIDE, "", joined)


def without_note(folded: str) -> str:
    """A folded label without the note in brackets at its end: `居民户数(户)` → `居民户数`."""
    return _NOTE.sub("", folded).rstrip("_:")


@frozen
class Label:
    """What a label of a field stands for; `negated` when it is a declared negative (居住不在本社区).

    `key` and `id` are the field's own, kept because they are asked for once for every value. `part` names the ballot
    box, polling station or day for which the number is a part of the whole (得票数：流动票箱).
    """

    field: Field
    entity: Entity
    key: str
    id: str
    negated: bool = False
    part: str = ""

    def of_part(self, part: str) -> Label | None:
        """The label of a part; nothing for what does not add up."""
        adds_up = isinstance(self.field.type, NumberType) and not self.field.type.share
        return evolve(self, part=part) if adds_up else None


Headline = Entity | ListType


@frozen
class Labels:
    """All labels of a vocabulary, by folded form.

    `things` are entities stated on their own, bodies and lists; `fields` are the fields within each entity, by its id;
    `anywhere` are fields of entities stated on their own, alone or after their entity's name (居委会的职数).
    """

    things: Mapping[str, Headline]
    listed: Mapping[str, Entity]
    fields: Mapping[str, Mapping[str, Label]]
    anywhere: Mapping[str, tuple[Label, ...]]
    of_members: Mapping[str, bool] = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)

    def thing(self, text: str) -> Headline | None:
        """The entity, body or list a heading names."""
        return _find(self.things, text)

    def within(self, entity: Entity, text: str) -> Label | None:
        """The field of an entity a label names, or the part of it (`votes: mobile box`)."""
        found = _find(self.fields[entity.id], text)
        if found is not None:
            return found
        name, part = divided(text)
        whole = _find(self.fields[entity.id], name) if part else None
        return None if whole is None else whole.of_part(part)

    def heads_column(self, text: str) -> bool:
        """Whether a label is one of the members of some list."""
        return _find(self.of_members, text) is not None

    def alone(self, text: str) -> tuple[Label, ...]:
        """The fields a label can stand for where no entity is named, or the parts of them."""
        found = _find(self.anywhere, text)
        if found is not None:
            return found
        name, part = divided(text)
        whole = _find(self.anywhere, name) if part else None
        return tuple(label for one in whole or () if (label := one.of_part(part)) is not None)


def labels_of(vocabulary: Vocabulary) -> Labels:
    """All labels of a vocabulary; a form that two things of one kind share goes to the first declared."""
    members = vocabulary.listed()
    fields = {entity.id: _fields(entity) for entity in vocabulary.entities}
    things: dict[str, Headline] = {}
    for entity in vocabulary.entities:
        if entity.id not in members:
            _enter(things, entity.id, (entity.names,), entity)
    for entry in vocabulary.lists:
        _enter(things, entry.id, (entry.names, entry.singular), entry)
    listed: dict[str, Entity] = {}
    for entity in vocabulary.entities:
        if entity.id in members:
            _enter(listed, entity.id, (entity.names,), entity)
    alone = [entity for entity in vocabulary.entities if entity.id not in members]
    of_members = {form: True for id in members for form in fields[id]}
    return Labels(things, listed, fields, _anywhere(alone, fields), of_members, vocabulary)


def _fields(entity: Entity) -> Mapping[str, Label]:
    table: dict[str, Label] = {}
    for entry in entity.fields:
        _enter(table, entry.id, (entry.names,), Label(entry, entity, entry.key, entry.id))
    for entry in entity.fields:
        _enter(table, "", (entry.negative,), Label(entry, entity, entry.key, entry.id, negated=True))
    return table


def _anywhere(entities: Iterable[Entity], fields: Mapping[str, Mapping[str, Label]]) -> Mapping[str, tuple[Label, ...]]:
    table: dict[str, tuple[Label, ...]] = {}
    for entity in entities:
        for form, label in fields[entity.id].items():
            if label not in table.get(form, ()):
                table[form] = (*table.get(form, ()), label)
    for entity in entities:
        for form, label in fields[entity.id].items():
            for path in _paths(entity, form):
                table.setdefault(path, (label,))
    return table


def _paths(entity: Entity, form: str) -> Iterator[str]:
    yield f"{entity.id}.{form}"
    for tag, name in entity.names.forms:
        yield fold(f"{name}的{form}" if tag == "zh" else f"{name}s {form}")


def _enter(table: dict[str, T], id: str, names: Iterable[Names], value: T) -> None:
    """Enter a value under its id and all forms, as written (most labels are, which saves folding them) and folded."""
    for form in (id, *(form for name in names for _, form in name.forms)):
        if form:
            table.setdefault(form, value)
            table.setdefault(fold(form), value)


def divided(text: str) -> tuple[str, str]:
    """A text before and after its first colon; the second is empty where there is none.

    >>> divided("得票数：流动票箱"), divided("votes: box 1"), divided("votes")
    (('得票数', '流动票箱'), ('votes', 'box 1'), ('votes', ''))
    """
    if ":" not in text and "：" not in text:
        return text, ""
    before, _, after = text.replace("：", ":", 1).partition(":") if "：" in text else text.partition(":")
    return before.strip(), " ".join(after.split())


def _find(table: Mapping[str, T], text: str) -> T | None:
    found = table.get(text)
    if found is None:
        folded = fold(text)
        found = table.get(folded)
        if found is None:
            found = table.get(without_note(folded))
    return found


def stands_for(text: str, word: Names) -> bool:
    """Whether a text is a form of one of the words above.

    >>> stands_for("未完", MORE), stands_for("More  to come", MORE), stands_for("完", MORE)
    (True, True, False)
    >>> stands_for("从未", NONE), stands_for("Never", NONE)
    (True, True)
    """
    known = _WORDS.get(text)
    if known is None and len(text) <= _LONGEST:
        known = _word(text)
    return known is word


@lru_cache(maxsize=1024)
def _word(text: str) -> Names | None:
    return _WORDS.get(fold(text))


def header_key(text: str) -> str | None:
    """The id of the header's key that a label names: `日期` → `day`."""
    return _HEADER_KEYS.get(text) or _HEADER_KEYS.get(fold(text))


def forms(names: Iterable[Names], language: str = "") -> Iterator[str]:
    """All forms of names, as candidates for a suggestion; those of a language first."""
    pairs = [pair for name in names for pair in name.forms]
    yield from (form for tag, form in pairs if tag == language)
    yield from (form for tag, form in pairs if tag != language)


_HEADER_KEYS = MappingProxyType({fold(form): id for id, names in HEADER.items() for form in forms((names,))})
_WORDS = MappingProxyType(
    {
        fold(form): word
        for word, further in (
            *((word, ()) for word in (PLAN, MORE, ROWS, YES, ATTESTATIONS, WAIVERS)),
            (NONE, NONE_TOO),
            (UNKNOWN, UNKNOWN_TOO),
        )
        for form in (*forms((word,)), *further)
    }
)
_LONGEST = 2 * max(map(len, _WORDS))
