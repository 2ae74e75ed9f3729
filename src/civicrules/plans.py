"""A plan's file, opened once: what it says of itself is known before any ruleset is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from civicrules.diagnostics import Diagnostic
from civicrules.facts import PlanHeader
from civicrules.plugin import Plugin, Reader, Registry
from civicrules.plugins import for_name, guarded
from civicrules.reading import Raw, header, read
from civicrules.reading.header import header_place
from civicrules.source import Place, Span
from civicrules.values import frozen

_READ = tuple[object, Sequence[Diagnostic]]


@frozen
class PlanFile:
    """A plan as it stands in its file. `raw` is `None` when the file could not be read; the diagnostics say why, in the
    language that the header then guesses.

    `registry` has grown by the plugin that reads files of this kind. `ruleset_at` is where the ruleset is named.
    """

    name: str
    raw: Raw | None
    header: PlanHeader
    diagnostics: tuple[Diagnostic, ...]
    registry: Registry
    ruleset_at: Place | None = None


def open_plan(path: Path, registry: Registry) -> PlanFile:
    """Read a plan's file with the reader of its extension: one of the registry, else of an installed plugin.

    >>> from civicrules.builtins import registry
    >>> open_plan(Path("plan.doc"), registry()).diagnostics[0].code
    'CR0402'
    """
    extension = path.suffix.lower()
    problems: tuple[Diagnostic, ...] = ()
    if extension and not registry.readers(extension):
        registry, problems = for_name("reader", extension, registry, None)
    failures: list[Diagnostic] = []
    readers = {
        reader.extension: _guarded(plugin, reader, failures) for plugin in registry.plugins for reader in plugin.readers
    }
    raw, found = read(path, readers)
    unread = found if not problems else ()  # why its plugin failed says more than that nothing reads the file
    problems = (*problems, *failures, *(unread if extension not in readers else found))
    if raw is None:
        return PlanFile(path.name, None, PlanHeader(language=_written_in(path, problems)), problems, registry)
    about, more = header(raw)
    return PlanFile(path.name, raw, about, (*problems, *more), registry, header_place(raw, "ruleset"))


def _written_in(path: Path, problems: Sequence[Diagnostic]) -> str | None:
    """The language of a plan that says none because it could not be read: Chinese where its text or its name is."""
    texts = {found.place.source.text for found in problems if isinstance(found.place, Span)}
    return "zh" if any("\u4e00" <= sign <= "\u9fff" for text in (path.name, *texts) for sign in text) else None


def _guarded(plugin: Plugin, reader: Reader, failures: list[Diagnostic]) -> Callable[[Path], Any]:
    """The reader, answering with nothing when it fails or returns what no reader may."""

    def run(path: Path) -> Any:
        found, problems = guarded(plugin, reader.extension, lambda: reader.read(path), _READ, None)
        failures.extend(problems)
        return found if found is not None else (None, ())

    return run
