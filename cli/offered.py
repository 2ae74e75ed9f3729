"""The work of `civicrules methods`."""

from __future__ import annotations

from collections.abc import Iterator

from civicrules.builtins import registry as builtin_registry
from civicrules.diagnostics import Diagnostic
from civicrules.plugin import Draw, Method, Parameter, Plugin, Purpose
from civicrules.plugins import load_all
from civicrules.program import identifier
from civicrules.report.layout import wrap
from civicrules.report.terminal import columns
from civicrules.suggest import nearest

from .language import of_computer
from .output import Unusable, put, put_json
from .stock import draw_document, method_document, table
from .words import names, word

FORMAT = "civicrules-method/1"
LIST_FORMAT = "civicrules-methods/1"

Offered = tuple[Plugin, Method | Draw]


def every(language: str | None, format: str) -> int:
    """Write all methods, a line each; the exit status."""
    language = language or of_computer()
    registry, _ = load_all(builtin_registry())
    if format == "json":
        found = [method_document(plugin, method) for plugin, method in registry.methods()]
        draws = [draw_document(plugin, draw) for plugin, draw in registry.draws()]
        put_json({"format": LIST_FORMAT, "methods": found, "draws": draws})
        return 0
    sections = []
    for key, purpose in (("list.contest", Purpose.CONTEST), ("list.allocation", Purpose.ALLOCATION)):
        rows = [(one.names.text(language), _first(one.doc.text(language))) for _, one in registry.methods(purpose)]
        sections.append("\n".join([word(key, language), *table(rows)]))
    rows = [(one.names.text(language), _first(one.doc.text(language))) for _, one in registry.draws()]
    sections.append("\n".join([word("list.draws", language), *table(rows)]))
    put("\n\n".join(sections))
    put("\n" + "\n".join(wrap(word("methods.more", language), columns(), "")))
    return 0


def explained(name: str, language: str | None, format: str) -> int:
    """Write the page of a method; the exit status."""
    language = language or of_computer()
    registry, _ = load_all(builtin_registry())
    by_form: dict[str, Offered] = {}
    offered: list[Offered] = [*registry.methods(), *registry.draws()]
    for plugin, one in offered:
        by_form.update({identifier(form): (plugin, one) for _, form in one.names.forms})
    found = by_form.get(identifier(name))
    if found is None:
        forms = [form for _, one in by_form.values() for _, form in one.names.forms]
        data = {"found": name, "suggestions": nearest(name, dict.fromkeys(forms))}
        raise Unusable((Diagnostic("CR0824", None, data),), language, format, last=names("nothing done"))
    if format == "json":
        plugin, one = found
        document = method_document(plugin, one) if isinstance(one, Method) else draw_document(plugin, one)
        put_json({"format": FORMAT, **document})
    else:
        put("\n".join(_page(*found, language)))
    return 0


def _page(plugin: Plugin, method: Method | Draw, language: str) -> Iterator[str]:
    """Name, purpose and plugin; the paragraph; the keys of a method."""
    purpose = f"methods.{method.purpose.value}" if isinstance(method, Method) else "methods.draw"
    origin = f"{plugin.name} {plugin.version}"
    title = word("methods.title", language, name=method.names.text(language), purpose=names(purpose), origin=origin)
    yield from wrap(title, columns(), "")
    yield ""
    yield from wrap(method.doc.text(language), columns(), "")
    if isinstance(method, Draw):
        return
    yield ""
    yield word("methods.keys", language)
    yield from table([(one.names.text(language), _taken(one, language)) for one in method.parameters])


def _taken(one: Parameter, language: str) -> str:
    """What a key takes: by its kind, then its words, and whether it can be left out."""
    parts = [names(f"kind.{one.kind.value}").text(language)]
    default = next((words.text(language) for id, words in one.options if id == one.default), "")
    if one.options:
        listed = names("sign.or").text(language).join(words.text(language) for _, words in one.options)
        parts.append(listed)
    if one.required:
        parts.append(word("methods.required", language))
    elif default:
        parts.append(word("methods.default", language, default=default))
    return names("sign.part").text(language).join(part for part in parts if part)


def _first(text: str) -> str:
    """What the paragraph begins with."""
    return text.split("。")[0] if "。" in text else text.split(". ")[0].rstrip(".")
