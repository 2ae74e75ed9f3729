"""The door to formatting and translating a text."""

from __future__ import annotations

from civicrules.builtins import registry as builtin_registry
from civicrules.language.format import Formatted
from civicrules.library import Library, shipped
from civicrules.pipeline import format_source
from civicrules.plugin import Registry
from civicrules.source import Source

__all__ = ["Formatted", "format"]


def format(
    text: str | Source, into: str | None = None, library: Library | None = None, registry: Registry | None = None
) -> Formatted:
    """A ruleset or a vocabulary as it should stand: spaces, signs, indentation, columns of tables. Never raises for what
    the text contains; lines that are not understood stay as they are, and the diagnostics say why.

    `into` is the tag of another language: the text is printed in its words, with the forms of names there. `library` is
    where the vocabulary of a ruleset is found, by default among the shipped ones.

    >>> format("civicrules 1 en\\nrule size   [ law 7 ]\\n      units must be >= 3   # as before").text
    'civicrules 1 en\\nrule size [law 7]\\n  units must be at least 3  # as before\\n'
    """
    source = text if isinstance(text, Source) else Source("<text>", text)
    return format_source(source, library or shipped(), registry or builtin_registry(), into)
