"""Texts that the plugin ships: a vocabulary, a ruleset in two languages, the words of a third language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from civicrules.plugin import Text, Words
from civicrules.source import Source


def shipped(**names: str) -> Callable[[], Mapping[str, Source]]:
    """Reads the files of a text, by language, when it is asked for and not before."""
    return lambda: {tag: Source(name, (files(__name__) / name).read_text("utf-8")) for tag, name in names.items()}


def esperanto() -> Mapping[str, Any]:
    """The table of words; PyYAML is there wherever civicrules is."""
    import yaml

    table: Mapping[str, Any] = yaml.safe_load((files(__name__) / "words.eo.yaml").read_text("utf-8"))
    return table


CLUB = Text("example.club", shipped(en="club.en.civic"))
ODD_COMMITTEE = Text("example.odd-committee", shipped(en="odd-committee.en.civic", zh="odd-committee.zh.civic"))
ESPERANTO = Words("eo", esperanto)
