"""What the library brings itself: one `Plugin` value like any other, put into the registry directly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from civicrules.exact import Exact
from civicrules.plugin import Function, Plugin, Registry, Text, Words
from civicrules.program import Names, NumberType
from civicrules.reading.read import READERS
from civicrules.report.reporters import HTML, JSON, TEXT
from civicrules.source import Source, read_table, shipped_folder
from civicrules.tally.draws import SHA_256
from civicrules.tally.methods import METHODS
from civicrules.version import VERSION

_ANY = NumberType(None, whole=False, low=None)


def larger(a: Exact, b: Exact) -> Exact:
    """The larger of two numbers.

    >>> larger(3, 5)
    5
    """
    return max(a, b)


def smaller(a: Exact, b: Exact) -> Exact:
    """The smaller of two numbers.

    >>> smaller(3, 5)
    3
    """
    return min(a, b)


FUNCTIONS = (
    Function(
        Names.of(en="larger of", zh="较大数"),
        (_ANY, _ANY),
        NumberType(None, whole=True, low=None),
        larger,
        same_unit=True,
        doc=Names.of(en="The larger of two numbers of one unit.", zh="同一单位的两数中较大的一个。"),
    ),
    Function(
        Names.of(en="smaller of", zh="较小数"),
        (_ANY, _ANY),
        NumberType(None, whole=True, low=None),
        smaller,
        same_unit=True,
        doc=Names.of(en="The smaller of two numbers of one unit.", zh="同一单位的两数中较小的一个。"),
    ),
)


@cache
def _words(tag: str) -> Mapping[str, Any]:
    data: dict[str, Any] = {}
    for file in (f"words.{tag}.yaml", f"order.{tag}.yaml"):
        text = (shipped_folder("grammars") / file).read_text(encoding="utf-8")
        data.update(read_table(text))
    return data


def _sources(folder: Path, stem: str) -> Mapping[str, Source]:
    """The texts of one folder by language: `rules.en.civic`, `vocabulary.civic`."""
    found = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        kind, _, rest = entry.name.partition(".")
        if kind == stem and rest.endswith("civic"):
            text = entry.read_text(encoding="utf-8")
            found[rest.removesuffix("civic").rstrip(".") or "en"] = Source(f"{folder.name}/{entry.name}", text)
    return found


def _texts(stem: str) -> tuple[Text, ...]:
    """What ships under `rulesets/`: a folder for each, holding texts of that stem."""
    folders = sorted(shipped_folder("rulesets").iterdir(), key=lambda entry: entry.name)
    return tuple(
        Text(folder.name, partial(_sources, folder, stem))
        for folder in folders
        if folder.is_dir() and any(entry.name.startswith(f"{stem}.") for entry in folder.iterdir())
    )


PLUGIN = Plugin(
    "civicrules",
    VERSION,
    functions=FUNCTIONS,
    methods=METHODS,
    draws=(SHA_256,),
    readers=READERS,
    reporters=(TEXT, JSON, HTML),
    vocabularies=_texts("vocabulary"),
    rulesets=_texts("rules"),
    words=(Words("en", lambda: _words("en")), Words("zh", lambda: _words("zh"))),
)


def registry() -> Registry:
    """A registry that holds the built-ins and nothing else."""
    return Registry((PLUGIN,))
