"""The work of `civicrules list`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from civicrules import Library
from civicrules.builtins import PLUGIN
from civicrules.builtins import registry as builtin_registry
from civicrules.diagnostics import Diagnostic
from civicrules.plugin import Draw, Method, Plugin, Purpose, Registry
from civicrules.plugins import found, load_all
from civicrules.program import Names
from civicrules.report.diagnostics import render, summary
from civicrules.report.json import diagnostic_document
from civicrules.report.layout import pad, wrap
from civicrules.report.terminal import colour, columns, encoding
from civicrules.source import width
from civicrules.values import frozen
from civicrules.version import VERSION

from .files import not_there
from .language import of_computer
from .output import Unusable, put, put_json
from .rulesets import Wanted, library_of, take, texts_of
from .words import names, word

FORMAT = "civicrules-list/1"
_WIDEST = 26


@frozen
class Listed:
    """A ruleset: usable when `problems` are empty."""

    name: str
    title: Names
    version: str
    origin: str
    languages: tuple[str, ...]
    problems: tuple[Diagnostic, ...] = ()
    called: str = ""  # what the text calls itself where that is not its file's name


@frozen
class Stock:
    """Everything there is."""

    rulesets: tuple[Listed, ...]
    vocabularies: tuple[tuple[str, str], ...]
    registry: Registry
    plugins: tuple[tuple[str, str], ...]
    diagnostics: tuple[Diagnostic, ...]


def listed(rules: Path | None, language: str | None, format: str) -> int:
    """Write what there is; the exit status."""
    language = language or of_computer()
    if rules is not None and not rules.exists():
        raise Unusable((not_there(rules),), language, format, last=names("nothing done"))
    stock = taken(rules, language)
    if format == "json":
        put_json(document(stock))
    else:
        put("\n\n".join("\n".join(section) for section in _sections(stock, language)))
    return 0


def taken(rules: Path | None, language: str) -> Stock:
    """Take stock: of `--rules`, the current folder, what comes with civicrules, and every plugin."""
    library = library_of(rules, Path())
    registry, problems = load_all(builtin_registry())
    shipped_by = {text.name: plugin for plugin in registry.plugins for text in plugin.rulesets}
    vocabularies = {text.name: _owner(plugin) for plugin in registry.plugins for text in plugin.vocabularies}
    for name in library.names("vocabulary"):
        text = library.find("vocabulary", name)
        vocabularies[name] = text.origin if text else ""
    every = dict.fromkeys((*library.names("ruleset"), *sorted(shipped_by)))
    return Stock(
        tuple(_ruleset(name, rules, library, registry, language) for name in every),
        tuple(sorted(vocabularies.items())),
        registry,
        tuple((one.distribution, one.version) for one in found()),
        problems,
    )


def _ruleset(name: str, rules: Path | None, library: Library, registry: Registry, language: str) -> Listed:
    wanted = Wanted(name, language, None if rules is None or rules.is_file() else rules, Path())
    one = take(wanted, registry)
    texts = texts_of(name, library, registry)
    tags = tuple(file.split(".")[1] for file in texts)
    if one.rules is None:
        text = library.find("ruleset", name)
        return Listed(name, Names(), "", text.origin if text else "", tags, one.diagnostics)
    program = one.rules.program
    called = program.id if program.id != name else ""
    return Listed(name, program.title, program.version, one.rules.origin, tags, called=called)


def _owner(plugin: Plugin) -> str:
    return f"{plugin.name} {plugin.version}"


# ---------------------------------------------------------------- as text


def _sections(stock: Stock, language: str) -> Iterator[list[str]]:
    sections = (
        ("list.rulesets", [(one.name, _about(one, language)) for one in stock.rulesets]),
        ("list.vocabularies", [(name, _from(origin, language)) for name, origin in stock.vocabularies]),
        ("list.contest", _methods(stock.registry, Purpose.CONTEST, language)),
        ("list.allocation", _methods(stock.registry, Purpose.ALLOCATION, language)),
        ("list.functions", _functions(stock.registry, language)),
        ("list.readers", _parts(stock.registry, "readers", "extension", language)),
        ("list.reporters", _parts(stock.registry, "reporters", "name", language)),
        ("list.draws", _parts(stock.registry, "draws", "id", language)),
        ("list.words", _parts(stock.registry, "words", "tag", language)),
        ("list.plugins", list(stock.plugins) or [(word("list.none", language), "")]),
    )
    for key, entries in sections:
        if entries:
            yield [word(key, language), *table(entries)]
    yield wrap(word("list.own", language, version=VERSION), columns(), "")
    if stock.diagnostics:
        stream = sys.stdout
        text = render(stock.diagnostics, language, width=columns(), colour=colour(stream), encoding=encoding(stream))
        yield [word("list.failed", language), text]


def table(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Labels with a text beside each, as wide as the terminal."""
    rows = list(entries)
    widest = min(_WIDEST, max(width(label) for label, _ in rows))
    hanging = " " * (widest + 4)
    for label, text in rows:
        if width(label) > widest:
            yield f"  {label}"
            yield from wrap(text, columns(), hanging) if text else ()
        else:
            yield from (line.rstrip() for line in wrap(text, columns(), f"  {pad(label, widest)}  ", hanging))


def _joined(language: str, *parts: str) -> str:
    return ("；" if language == "zh" else "; ").join(part for part in parts if part)


def _from(origin: str, language: str) -> str:
    """Where something is from, unless it comes with civicrules, as most does."""
    return "" if origin in ("", PLUGIN.name, _owner(PLUGIN)) else word("list.from", language, origin=origin)


def _about(one: Listed, language: str) -> str:
    if one.problems:
        problems = summary(one.problems, language)
        return _joined(language, word("list.unusable", language, problems=problems), _from(one.origin, language))
    tags = word("list.languages", language, tags=one.languages)
    called = word("list.called", language, name=one.called) if one.called else ""
    return _joined(language, one.title.text(language), called, tags, _from(one.origin, language))


def _methods(registry: Registry, purpose: Purpose, language: str) -> list[tuple[str, str]]:
    return [
        (method.names.text(language), _method(method, plugin, language)) for plugin, method in registry.methods(purpose)
    ]


def _method(method: Method, plugin: Plugin, language: str) -> str:
    return _joined(language, _sentence(method.doc.text(language)), _from(_owner(plugin), language))


def _sentence(text: str) -> str:
    """The first sentence, without its full stop."""
    return re.split(r"[.](?=\s|$)|。", " ".join(text.split()))[0]


def _functions(registry: Registry, language: str) -> list[tuple[str, str]]:
    return [
        (
            one.names.text(language),
            _joined(language, _sentence(one.doc.text(language)), _from(_owner(plugin), language)),
        )
        for plugin, one in registry.functions()
    ]


def _parts(registry: Registry, part: str, key: str, language: str) -> list[tuple[str, str]]:
    owned = ((plugin, [getattr(one, key) for one in getattr(plugin, part)]) for plugin in registry.plugins)
    return [
        (names("sign.list").text(language).join(own), _from(_owner(plugin), language)) for plugin, own in owned if own
    ]


# ---------------------------------------------------------------- as JSON


def document(stock: Stock) -> dict[str, object]:
    """The stock as an object of JSON."""
    registry = stock.registry
    return {
        "format": FORMAT,
        "version": VERSION,
        "rulesets": [_ruleset_document(one) for one in stock.rulesets],
        "vocabularies": [{"name": name, "origin": origin} for name, origin in stock.vocabularies],
        "methods": [method_document(plugin, method) for plugin, method in registry.methods()],
        "functions": [
            {"names": _forms(one.names), "doc": _forms(one.doc), "plugin": plugin.name}
            for plugin, one in registry.functions()
        ],
        "readers": _part_documents(registry, "readers", "extension"),
        "reporters": _part_documents(registry, "reporters", "name"),
        "draws": _part_documents(registry, "draws", "id"),
        "words": _part_documents(registry, "words", "tag"),
        "plugins": [{"name": name, "version": version} for name, version in stock.plugins],
        "diagnostics": [diagnostic_document(one) for one in stock.diagnostics],
    }


def _ruleset_document(one: Listed) -> dict[str, object]:
    return {
        "name": one.name,
        "title": _forms(one.title),
        "version": one.version,
        "origin": one.origin,
        "languages": list(one.languages),
        "diagnostics": [diagnostic_document(problem) for problem in one.problems],
    }


def method_document(plugin: Plugin, method: Method) -> dict[str, object]:
    """A method as an object of JSON."""
    parameters = [
        {
            "id": one.id,
            "names": _forms(one.names),
            "kind": one.kind.value,
            "required": one.required,
            "options": [{"id": id, "names": _forms(names)} for id, names in one.options],
        }
        for one in method.parameters
    ]
    return {
        "id": method.id,
        "names": _forms(method.names),
        "purpose": method.purpose.value,
        "parameters": parameters,
        "doc": _forms(method.doc),
        "plugin": plugin.name,
    }


def draw_document(plugin: Plugin, draw: Draw) -> dict[str, object]:
    """A way of drawing lots as an object of JSON."""
    return {"id": draw.id, "names": _forms(draw.names), "doc": _forms(draw.doc), "plugin": plugin.name}


def _part_documents(registry: Registry, part: str, key: str) -> list[dict[str, object]]:
    return [
        {key: getattr(one, key), "plugin": plugin.name} for plugin in registry.plugins for one in getattr(plugin, part)
    ]


def _forms(of: Names) -> dict[str, str]:
    return dict(of.forms)
