"""The sentences of a computation. Their templates stand with the methods (`tally/steps/`), by the kind of step."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from civicrules.codes import fill, placeholders, shown
from civicrules.outcome import Step
from civicrules.program import Names
from civicrules.source import read_table


@cache
def _templates() -> Mapping[str, Names]:
    tables = sorted((Path(__file__).parents[1] / "tally" / "steps").glob("*.yaml"))
    entries = [entry for table in tables for entry in (read_table(table.read_text(encoding="utf-8")) or {}).items()]
    return MappingProxyType({kind: Names.of(**texts) for kind, texts in entries})


def sentence(step: Step, language: str, names: Mapping[str, Names] | None = None) -> str:
    """A step in words; ids in its data are replaced by their `names`. A kind without template shows its data plainly.

    >>> sentence(Step("new_kind", {"seats_left": 2}), "en")
    'new kind (seats left: 2)'

    A name that has no Chinese form stands in quotes among Chinese words:

    >>> sentence(Step("no_seats", {"post": "ward"}), "zh", {"ward": Names.of(en="block ward")})
    '“block ward”无应选名额'
    """
    template = _templates().get(step.kind, Names()).text(language)
    known = names or {}
    quoted = language == "zh"
    data = {key: _named(value, known, quoted and f"“{{{key}}}”" not in template) for key, value in step.data.items()}
    if template and all(name in data for name in placeholders(template)):
        return fill(template, data, language)
    plain = {_plain(key): value for key, value in data.items()}
    return f"{_plain(step.kind)} ({shown(plain, language)})" if plain else _plain(step.kind)


def phrase(id: str, language: str, names: Mapping[str, Names] | None = None) -> str:
    """The words of an id that an outcome holds: a post, a receiver, a base, a reason, a way to break ties."""
    known = (names or {}).get(id) or _templates().get(id)
    if known is None or placeholders(known.text(language)):
        return _plain(id)
    return known.text(language)


def _named(value: object, names: Mapping[str, Names], quoted: bool) -> object:
    """A value with the names of the ids in it; `quoted` those that have no Chinese form."""
    match value:
        case str():
            name = names.get(value)
            if name is None:
                return value
            foreign = quoted and bool(name.forms) and not name.has("zh") and name.text("zh").isascii()
            return Names.of(zh=f"“{name.text('zh')}”") if foreign else name
        case tuple() | list():
            return tuple(_named(item, names, quoted) for item in value)
        case Mapping():
            return {_named(key, names, quoted): _named(item, names, quoted) for key, item in value.items()}
        case _:
            return value


def _plain(id: str) -> str:
    return id.replace("_", " ")
