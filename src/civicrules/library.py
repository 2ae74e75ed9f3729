"""Where rulesets and vocabularies come from: a `Library` is asked for a name and gives a text, and reads no other.

Any object with `find` and `names` is a library; a database is one in ten lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from attrs import field

from civicrules.plugin import Plugin, Text
from civicrules.source import Source
from civicrules.values import frozen

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

What = Literal["ruleset", "vocabulary"]


@frozen
class Found:
    """A text and where it was taken from, in words a reader can follow (a folder, a package)."""

    source: Source
    origin: str


class Library(Protocol):
    """Anything that knows texts by name. `language` picks among the languages a ruleset is kept in, the first else."""

    def find(self, what: What, name: str, language: str | None = None) -> Found | None:
        """The text of a name; `None` when the library has none."""

    def names(self, what: What) -> Iterable[str]:
        """The names it has, sorted."""


def _stem(what: What) -> str:
    return "rules" if what == "ruleset" else "vocabulary"


@frozen
class FolderLibrary:
    """Texts in a folder: `NAME/rules.en.civic`, `NAME/rules.civic`, `NAME/vocabulary.civic`, or plainly `NAME.civic`.

    Where none is kept under a name, the text is found that calls itself so at its head.

    >>> FolderLibrary(Path("/nowhere")).find("ruleset", "x") is None
    True
    """

    path: Path | Traversable
    label: str = ""

    def find(self, what: What, name: str, language: str | None = None) -> Found | None:
        if not name or name.startswith(".") or any(c in name for c in "/\\:\0"):
            return None
        kept = next(self._kept(what, name, language), None)
        if kept is None:
            return self._declaring(what, name, language)
        if language is None or declared_language(kept.source.text) == language:
            return kept
        other = self._declaring(what, name, language)  # the same ruleset in that language, in a file beside it
        return other if other is not None and declared_language(other.source.text) == language else kept

    def _kept(self, what: What, name: str, language: str | None) -> Iterator[Found]:
        """The texts that are kept under a name."""
        for entry in self._files(what, name, language):
            text = _text(entry)
            if text is not None and (what == "vocabulary") == is_vocabulary(text):
                yield Found(Source(self._shown(name, entry), text), self.label or str(self.path))

    def _declaring(self, what: What, name: str, language: str | None) -> Found | None:
        """The text that calls itself by a name at its head, in the language asked for where there are several."""
        names = dict.fromkeys(entry.name.removesuffix(".civic") for entry in self._entries())
        found = [one for kept in sorted(names) for one in self._kept(what, kept, language)]
        own = [one for one in found if declared_name(one.source.text) == name]
        return next((one for one in own if declared_language(one.source.text) == language), own[0] if own else None)

    def bearing(self, what: What, name: str, language: str) -> tuple[str, ...]:
        """The files whose texts, in a language, call themselves by a name: more than one is a mistake of the folder."""
        names = dict.fromkeys(entry.name.removesuffix(".civic") for entry in self._entries())
        found = dict.fromkeys(one.source for kept in sorted(names) for one in self._kept(what, kept, language))
        own = (one for one in found if declared_name(one.text) == name and declared_language(one.text) == language)
        return tuple(one.name for one in own)

    def _entries(self) -> Iterator[Traversable]:
        """What may hold texts: files of rules, and folders."""
        yield from (entry for entry in _listed(self.path) if entry.name.endswith(".civic") or _is_dir(entry))

    def _files(self, what: What, name: str, language: str | None) -> Iterator[Traversable]:
        stem = _stem(what)
        found = {entry.name: entry for entry in _listed(self.path / name) if entry.name.endswith(".civic")}
        order = [f"{stem}.{language}.civic", f"{stem}.civic", *sorted(n for n in found if n.startswith(f"{stem}."))]
        yield from (found[key] for key in dict.fromkeys(order) if key in found)
        yield self.path / f"{name}.civic"

    def _shown(self, name: str, entry: Traversable) -> str:
        return entry.name if entry.name.startswith(name) else f"{name}/{entry.name}"

    def names(self, what: What) -> Iterable[str]:
        kept = {entry.name.removesuffix(".civic") for entry in self._entries()}
        found = {name: one for name in kept if (one := next(self._kept(what, name, None), None)) is not None}
        return sorted(name for name, one in found.items() if not _is_translation(name, one, found))


def _is_translation(name: str, text: Found, kept: Mapping[str, Found]) -> bool:
    """Whether a text is another one of a library in another language, by the name at its head."""
    other = kept.get(declared_name(text.source.text))
    return (
        other is not None
        and other is not text
        and declared_name(other.source.text) != name
        and declared_language(other.source.text) != declared_language(text.source.text)
    )


def _listed(folder: Path | Traversable) -> list[Traversable]:
    """What is in a folder; nothing in one that cannot be opened, like the system's own on a memory stick."""
    try:
        return list(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        return []


def _is_dir(path: Path | Traversable) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _text(entry: Traversable) -> str | None:
    try:
        return decoded(entry.read_bytes())
    except OSError:
        return None


def decoded(data: bytes) -> str:
    """The text of a ruleset's file: UTF-8, else GB 18030 as Chinese editors still write it, else what can be read.

    A file is never passed over because of its encoding: another ruleset of the same name would take its place unseen.

    >>> decoded("章节".encode("gb18030")), len(decoded(bytes([255, 13, 10])))
    ('章节', 2)
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def is_vocabulary(text: str) -> bool:
    """Whether the first statement after the first line opens a vocabulary."""
    body = _lines(text)
    return len(body) > 1 and body[1].startswith(("vocabulary", "词汇表"))


def declared_language(text: str) -> str:
    """The language that the first line of a text names; empty where it names none.

    >>> declared_language("civicrules 1 zh\\n\\n规则集 our.town “办法”"), declared_language("")
    ('zh', '')
    """
    return (_lines(text)[:1] or [""])[0].rpartition(" ")[2]


def declared_name(text: str) -> str:
    """The name that a ruleset or a vocabulary gives itself at its head; empty where it gives none.

    >>> declared_name("civicrules 1 en\\n\\nruleset my.town “Our election”")
    'my.town'
    """
    heads = (_HEAD.match(line) for line in _lines(text)[1:])
    return next((head[1] for head in heads if head is not None), "")


_HEAD = re.compile(r"(?:ruleset|规则集|vocabulary|词汇表)[ \t\u3000]+([^\s\"“”]+)")


@frozen
class MappingLibrary:
    """Texts in a mapping: name → text, found by that name, else by the one that a text gives itself at its head.

    Vocabularies and rulesets are told apart by what they open with.
    """

    texts: Mapping[str, str] = field(hash=False)
    label: str = "memory"

    def find(self, what: What, name: str, language: str | None = None) -> Found | None:
        kept = self._kept(what, name)
        return kept if kept is not None else self._declaring(what, name, language)

    def _kept(self, what: What, name: str) -> Found | None:
        text = self.texts.get(name)
        if text is None or (what == "vocabulary") != is_vocabulary(text):
            return None
        return Found(Source(name, text), self.label)

    def _declaring(self, what: What, name: str, language: str | None) -> Found | None:
        found = [one for kept in sorted(self.texts) if (one := self._kept(what, kept)) is not None]
        own = [one for one in found if declared_name(one.source.text) == name]
        return next((one for one in own if declared_language(one.source.text) == language), own[0] if own else None)

    def names(self, what: What) -> Iterable[str]:
        return sorted(name for name in self.texts if self._kept(what, name) is not None)


@frozen
class Libraries:
    """Several libraries, asked in order."""

    parts: tuple[Library, ...]

    def find(self, what: What, name: str, language: str | None = None) -> Found | None:
        return next((found for part in self.parts if (found := part.find(what, name, language))), None)

    def names(self, what: What) -> Iterable[str]:
        return sorted({name for part in self.parts for name in part.names(what)})


@frozen
class PluginLibrary:
    """The rulesets and vocabularies that plugins hold. A plugin whose texts cannot be loaded raises what it raises."""

    plugins: tuple[Plugin, ...]

    def _texts(self, what: What) -> Iterator[tuple[Plugin, Text]]:
        for plugin in self.plugins:
            for text in plugin.rulesets if what == "ruleset" else plugin.vocabularies:
                yield plugin, text

    def find(self, what: What, name: str, language: str | None = None) -> Found | None:
        for plugin, text in self._texts(what):
            if text.name == name:
                sources = text.load()
                return Found(sources.get(language or "") or next(iter(sources.values())), plugin.name)
        return None

    def names(self, what: What) -> Iterable[str]:
        return sorted({text.name for _, text in self._texts(what)})


def shipped() -> Library:
    """The rulesets and vocabularies that come with the library."""
    from civicrules.builtins import PLUGIN

    return PluginLibrary((PLUGIN,))
