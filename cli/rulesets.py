"""Which ruleset a command uses: from `--rules`, the plan's folder, those that come with civicrules, then plugins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import evolve

from civicrules import FolderLibrary, Libraries, Library, Rules, Source, compile, shipped
from civicrules.diagnostics import Diagnostic, Severity, has_errors
from civicrules.library import declared_language, declared_name, decoded
from civicrules.plugin import Registry
from civicrules.plugins import guarded
from civicrules.program import Names
from civicrules.rules import find_ruleset
from civicrules.source import Place
from civicrules.values import frozen

from .files import not_there
from .language import LANGUAGES


@frozen
class Wanted:
    """What was asked for: a name, with the place it stands in the plan, or what `--rules` leads to."""

    name: str | None
    language: str | None
    rules: Path | None = None
    folder: Path | None = None
    place: Place | None = None


@frozen
class Taken:
    """The ruleset that was found; nothing when its diagnostics say why it cannot be used."""

    rules: Rules | None
    diagnostics: tuple[Diagnostic, ...] = ()
    language: str = ""  # which the text's first line names, also where the text cannot be used


def take(wanted: Wanted, registry: Registry) -> Taken:
    """The ruleset of a command."""
    if wanted.rules is not None and not wanted.rules.exists():
        return Taken(None, (not_there(wanted.rules),))
    file = own_text(wanted.rules, wanted.language) if wanted.rules is not None else None
    library = library_of(wanted.rules, wanted.folder)
    if file is not None:
        taken = _from_file(file, wanted, library, registry)
        home = file.resolve().parent
        return taken if file == wanted.rules else _compared(taken, FolderLibrary(home.parent), home.name, library)
    if not wanted.name:
        known = tuple(library.names("ruleset"))
        return Taken(None, (Diagnostic("CR0803", None, {"known": known}),))
    registry, found, problems = find_ruleset(wanted.name, wanted.language, library, registry)
    if found is None:
        *others, last = problems
        return Taken(None, (*others, evolve(last, place=last.place or wanted.place)))
    source, origin = found
    taken = _compiled(source, origin, library, registry, (*problems, *_elsewhere(wanted, origin)))
    folder = next((one for one in _folders(wanted.rules, wanted.folder) if one.find("ruleset", wanted.name)), None)
    taken = _misnamed(taken, wanted.name, source)
    return taken if folder is None else _twice(_compared(taken, folder, wanted.name, library), folder, source)


def _from_file(file: Path, wanted: Wanted, library: Library, registry: Registry) -> Taken:
    try:
        source = Source(file.name, decoded(file.read_bytes()))
    except OSError:
        return Taken(None, (Diagnostic("CR0341", None, {"file": str(file)}),))
    taken = _compiled(source, str(file.parent.resolve()), library, registry, ())
    if taken.rules is None or wanted.name in (None, taken.rules.program.id):
        return taken
    data = {"named": wanted.name, "held": taken.rules.program.id, "file": str(file)}
    warning = Diagnostic("CR0804", wanted.place, data, Severity.WARNING)
    return evolve(taken, diagnostics=(*taken.diagnostics, warning))


def _compiled(
    source: Source, origin: str, library: Library, registry: Registry, problems: Sequence[Diagnostic]
) -> Taken:
    compiled = compile(source, library, registry, origin)
    if compiled.program is None or has_errors(compiled.diagnostics):
        # what contradicts a higher text is told when the text can be used
        wrong = (one for one in compiled.diagnostics if one.severity is not Severity.CONFLICT)
        return Taken(None, (*problems, *wrong), declared_language(source.text))
    return Taken(Rules.of(compiled), tuple(problems), declared_language(source.text))


def _misnamed(taken: Taken, name: str, source: Source) -> Taken:
    """With a warning when the text of a name calls itself by another one."""
    if taken.rules is None or taken.rules.program.id == name:
        return taken
    data = {"named": name, "held": taken.rules.program.id, "file": source.name}
    return evolve(taken, diagnostics=(*taken.diagnostics, Diagnostic("CR0817", None, data, Severity.WARNING)))


def _twice(taken: Taken, folder: FolderLibrary, source: Source) -> Taken:
    """With a warning when further texts of the folder, in the same language, call themselves by the same name."""
    name, language = declared_name(source.text), declared_language(source.text)
    others = tuple(file for file in folder.bearing("ruleset", name, language) if file != source.name)
    if not others:
        return taken
    data = {"name": name, "file": source.name, "others": others}
    return evolve(taken, diagnostics=(*taken.diagnostics, Diagnostic("CR0826", None, data, Severity.WARNING)))


def _compared(taken: Taken, folder: FolderLibrary, name: str, library: Library) -> Taken:
    """With a warning when the folder has the ruleset in a further language, and that text says something else."""
    if taken.rules is None:
        return taken
    own, registry = taken.rules.program, taken.rules.registry
    for tag in LANGUAGES:
        other = folder.find("ruleset", name, tag) if tag != own.language else None
        if other is None or declared_language(other.source.text) != tag:
            continue
        compiled = compile(other.source, library, registry, other.origin)
        if compiled.program != own or has_errors(compiled.diagnostics):
            data = {"name": own.id, "followed": _CALLED.get(own.language, own.language)}
            return evolve(taken, diagnostics=(*taken.diagnostics, Diagnostic("CR0816", None, data, Severity.WARNING)))
    return taken


_CALLED = {"en": Names.of(en="the English one", zh="英文文本"), "zh": Names.of(en="the Chinese one", zh="中文文本")}


def _elsewhere(wanted: Wanted, origin: str) -> tuple[Diagnostic, ...]:
    """A warning when `--rules` was given and the ruleset is not there."""
    if wanted.rules is None or FolderLibrary(wanted.rules).find("ruleset", wanted.name or "") is not None:
        return ()
    data = {
        "name": wanted.name,
        "folder": str(wanted.rules),
        "origin": origin,
        "known": tuple(FolderLibrary(wanted.rules).names("ruleset")),
    }
    return (Diagnostic("CR0805", None, data, Severity.WARNING),)


# ---------------------------------------------------------------- where to look


def own_text(path: Path, language: str | None) -> Path | None:
    """The text itself, when a path leads to one ruleset: a file, or the folder that holds `rules.en.civic`."""
    if path.is_file():
        return path
    texts = {text.name: text for text in sorted(path.glob("rules*.civic"))}
    order = [f"rules.{language}.civic", "rules.civic", *texts]
    return next((texts[name] for name in order if name in texts), None)


def library_of(rules: Path | None, folder: Path | None) -> Library:
    """Folders to look in, in their order, then what comes with civicrules."""
    return Libraries((*_folders(rules, folder), shipped()))


def _folders(rules: Path | None, folder: Path | None) -> tuple[FolderLibrary, ...]:
    folders = []
    if rules is not None:
        home = rules.parent if rules.is_file() else rules
        folders = [home, home.resolve().parent] if own_text(rules, None) is not None else [home]
    if folder is not None:
        folders.append(folder)
    found = dict.fromkeys(path.resolve() for path in folders)
    return tuple(FolderLibrary(path) for path in found)


def texts_of(name: str, library: Library, registry: Registry) -> dict[str, Source]:
    """Every language version of a ruleset, by file name."""
    sources = [found.source for tag in LANGUAGES if (found := library.find("ruleset", name, tag)) is not None]
    for plugin, text in registry.rulesets(name) if not sources else ():
        texts, _ = guarded(plugin, name, text.load, dict, None)
        sources.extend((texts or {}).values())
    return {f"rules.{tag}.civic": source for source in sources if (tag := declared_language(source.text))}
