"""Plugins that are installed beside the library: find them, load the one that is asked for, see whether it is sound.

*Finding* reads the metadata of installed distributions (entry points of the group `civicrules`) and imports nothing.
*Loading* imports one distribution's plugin. *Classifying* looks at the value that came out: its interface version, its
parts, its names. What goes wrong is a diagnostic that names the plugin, at the place that asked for it; everything else
goes on.

An entry point is named `plugin`, or `kind:name` for what must be found by its name: `ruleset:cn.x`, `vocabulary:cn.y`,
`reader:.ext`, `reporter:name`, `words:tag`, `draw:id`. Functions and methods are found through the plugin's name (`uses:`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from civicrules.conforms import misfit
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.plugin import API, Plugin, Registry
from civicrules.program import Names, identifier
from civicrules.source import Place
from civicrules.suggest import nearest
from civicrules.values import frozen

# Imported where a plugin is looked for: it takes longer than all else here, and most commands look for none.
if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "civicrules"
LONGEST_REASON = 300

Kind = Literal["ruleset", "vocabulary", "reader", "reporter", "words", "draw"]
Diagnostics = tuple[Diagnostic, ...]
_Name = tuple[Names, str]

# The parts that are found by name: where a plugin holds them, which attribute is the name, what a reader calls them.
_KINDS: dict[str, tuple[str, str, Names]] = {
    "ruleset": ("rulesets", "name", Names.of(en="the ruleset", zh="规则集")),
    "vocabulary": ("vocabularies", "name", Names.of(en="the vocabulary", zh="词汇表")),
    "reader": ("readers", "extension", Names.of(en="the reader of files", zh="文件读取器")),
    "reporter": ("reporters", "name", Names.of(en="the report format", zh="报告格式")),
    "words": ("words", "tag", Names.of(en="the word table of the language", zh="语言词表")),
    "draw": ("draws", "id", Names.of(en="the draw", zh="抽签程序")),
}
_PLUGIN = Names.of(en="the plugin", zh="插件")
_FUNCTION = Names.of(en="the function", zh="函数")
_METHOD = Names.of(en="the method", zh="计票或分配方法")


@frozen
class Entry:
    """One entry point: its name (`plugin` or `kind:name`) and the value it points to (`package.module:NAME`)."""

    name: str
    value: str


@frozen
class Found:
    """A distribution that announces plugin parts. Nothing of it has been imported."""

    distribution: str
    version: str
    entries: tuple[Entry, ...]

    def announces(self, name: str) -> Entry | None:
        """The entry of that name."""
        return next((entry for entry in self.entries if entry.name == name), None)


# ---------------------------------------------------------------- find


def found() -> tuple[Found, ...]:
    """Every installed distribution with an entry point in the group `civicrules`, in the order of their names."""
    from importlib.metadata import entry_points

    by_distribution: dict[str, list[EntryPoint]] = {}
    for entry in entry_points(group=GROUP):
        if entry.dist is not None:
            by_distribution.setdefault(normal(_stated(entry, "Name")), []).append(entry)
    return tuple(_found(entries) for _, entries in sorted(by_distribution.items()))


def _found(entries: Sequence[EntryPoint]) -> Found:
    listed = sorted({Entry(entry.name, entry.value) for entry in entries}, key=lambda entry: (entry.name, entry.value))
    return Found(_stated(entries[0], "Name"), _stated(entries[0], "Version"), tuple(listed))


def _stated(entry: EntryPoint, key: str) -> str:
    """A line of the distribution's metadata; empty where the installation is damaged."""
    metadata = entry.dist.metadata if entry.dist is not None else None
    return metadata[key] if metadata is not None and key in metadata else ""


def normal(distribution: str) -> str:
    """The form in which names of distributions are compared: `Civic_Rules.X` is `civic-rules-x` (PEP 503)."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


# ---------------------------------------------------------------- ask


def for_name(
    kind: Kind, name: str, registry: Registry, place: Place | None, among: Sequence[Found] | None = None
) -> tuple[Registry, Diagnostics]:
    """The registry with the installed plugin that owns a name; unchanged when none does.

    `among` are the plugins found before, for a caller that asks more than once. Two owners are a diagnostic and neither
    is loaded; a plugin that announces a name that is already taken leaves the name with its first owner.
    """
    owners = [one for one in (found() if among is None else among) if one.announces(f"{kind}:{name}")]
    if not owners:
        return registry, ()
    if len(owners) > 1:
        both = tuple(one.distribution for one in owners)
        return registry, (_two_owners(_KINDS[kind][2], name, both, place, Severity.ERROR),)
    (owner,) = owners
    plugin, problems = load(owner, f"{kind}:{name}", place)
    return _added(registry, plugin, place, (_KINDS[kind][2], name)) if plugin is not None else (registry, problems)


def named(
    name: str,
    registry: Registry,
    place: Place | None,
    among: Sequence[Found] | None = None,
    at_least: str = "",
) -> tuple[Registry, Diagnostics]:
    """The registry with the plugin of a distribution, as a line `uses: name` asks for it.

    `at_least` is the version the line wants (`uses: name 1.2`); a later one does as well.
    """
    installed = found() if among is None else among
    owner = next((one for one in installed if normal(one.distribution) == normal(name)), None)
    if owner is None:
        suggestions = nearest(name, [one.distribution for one in installed])
        data = {"plugin": name, "suggestions": suggestions, "install": "" if suggestions else name}
        return registry, (Diagnostic("CR0601", place, data),)
    if is_older(owner.version, at_least):
        data = {"plugin": owner.distribution, "version": owner.version, "wanted": at_least}
        return registry, (Diagnostic("CR0608", place, data),)
    plugin, problems = load(owner, "plugin", place)
    return _added(registry, plugin, place) if plugin is not None else (registry, problems)


def load_all(registry: Registry, place: Place | None = None) -> tuple[Registry, Diagnostics]:
    """The registry with every installed plugin that is sound, for `list`; every other one is a diagnostic."""
    problems: list[Diagnostic] = []
    for one in found():
        for entry_name in sorted({entry.value: entry.name for entry in reversed(one.entries)}.values()):
            plugin, wrong = load(one, entry_name, place)
            problems.extend(wrong)
            if plugin is not None:
                registry, wrong = _added(registry, plugin, place)
                problems.extend(wrong)
    return registry, tuple(problems)


def _added(
    registry: Registry, plugin: Plugin, place: Place | None, asked: _Name | None = None
) -> tuple[Registry, Diagnostics]:
    """The registry with one plugin more, unless a name it holds is taken: names stay with their first owner.

    Where the name that was `asked` for is the one that is taken, it can still be used, and the clash is a warning.
    """
    if plugin in registry.plugins:
        return registry, ()
    taken = {name: held.name for held in reversed(registry.plugins) for name in _held(held)}
    clashes = [name for name in _held(plugin) if name in taken]
    if not clashes:
        return registry.with_plugin(plugin), ()
    severity = Severity.WARNING if asked in clashes else Severity.ERROR
    return registry, tuple(
        _two_owners(label, name, (taken[label, name], plugin.name), place, severity) for label, name in clashes
    )


def _held(plugin: Plugin) -> tuple[_Name, ...]:
    """Every name that a plugin holds, with what it names. Functions and methods hold their names in each language."""
    by_name = [(label, name) for part, key, label in _KINDS.values() for name in _names(plugin, part, key)]
    functions = [(_FUNCTION, name) for function in plugin.functions for name in _forms(function.names)]
    methods = [(_METHOD, name) for method in plugin.methods for name in _forms(method.names, method.id)]
    return (_PLUGIN, plugin.name), *by_name, *functions, *methods


def _forms(names: Names, *ids: str) -> Iterable[str]:
    return dict.fromkeys((*ids, *(identifier(form) for _, form in names.forms)))


def is_older(version: str, wanted: str) -> bool:
    """Whether a version is older than the one that is asked for.

    >>> is_older("1.9", "1.10"), is_older("2", "1.10"), is_older("1.0", "")
    (True, False, False)
    """
    return _release(version) < _release(wanted)


def _release(version: str) -> tuple[int, ...]:
    """The numbers a version starts with, without closing zeros: `1.10.0rc1` gives 1, 10."""
    start = re.match(r"\d+(\.\d+)*", version)
    numbers = [int(number) for number in start.group().split(".")] if start else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


# ---------------------------------------------------------------- load


def load(one: Found, entry_name: str, place: Place | None) -> tuple[Plugin | None, Diagnostics]:
    """Import what one entry of a distribution points to, and classify it. Never raises."""
    from importlib.metadata import EntryPoint

    entry = one.announces(entry_name)
    if entry is None:
        missing = Names.of(
            en="it announces no entry point named “plugin”, so it cannot be used by its own name",
            zh="未登记名为“plugin”的入口，不能按插件名称使用",
        )
        return None, (_unsound(one.distribution, missing, place),)
    try:
        with redirect_stdout(sys.stderr):
            value = EntryPoint(entry.name, entry.value, GROUP).load()
    except (Exception, SystemExit) as problem:
        data = {"plugin": one.distribution, "version": one.version, "problem": in_words(problem), "at": _spot(problem)}
        return None, (Diagnostic("CR0604", place, data),)
    return classify(one, entry, value, place)


# ---------------------------------------------------------------- classify


def classify(one: Found, entry: Entry, value: object, place: Place | None) -> tuple[Plugin | None, Diagnostics]:
    """A plugin that can be used, or why it cannot be: no plugin, another interface version, parts that do not fit."""
    if not isinstance(value, Plugin):
        other = Names.of(en="its entry point does not lead to a Plugin value", zh="其入口指向的不是 Plugin 值")
        return None, (_unsound(one.distribution, other, place),)
    if isinstance(value.api, int) and value.api != API:
        data = {"plugin": one.distribution, "version": one.version, "api": value.api, "ours": API}
        return None, (Diagnostic("CR0602" if value.api < API else "CR0603", place, data),)
    problem = _misfit(value) or _repeated(value) or _unkept(one, entry, value)
    return (value, ()) if problem is None else (None, (_unsound(one.distribution, problem, place),))


def _misfit(plugin: Plugin) -> Names | None:
    path = misfit(plugin, Plugin)
    if path is None:
        return None
    return Names.of(en=f"“{path}” does not have the type it is declared with", zh=f"“{path}”与声明的类型不符")


def _repeated(plugin: Plugin) -> Names | None:
    """A name that one plugin gives twice."""
    held = _held(plugin)
    for label, name in held:
        if held.count((label, name)) > 1:
            return Names.of(
                en=f"it holds {label.text('en')} “{name}” more than once", zh=f"{label.text('zh')}“{name}”重复"
            )
    return None


def _unkept(one: Found, loaded: Entry, plugin: Plugin) -> Names | None:
    """A name that the metadata announces and the plugin does not hold, or of a kind that there is not."""
    for entry in one.entries:
        kind, _, name = entry.name.partition(":")
        if entry.value != loaded.value or entry.name == "plugin":
            continue
        if kind not in _KINDS:
            return Names.of(
                en=f"it announces “{entry.name}”, which is no kind of part ({', '.join(_KINDS)})",
                zh=f"登记的入口“{entry.name}”不属于任何部件种类（{'、'.join(_KINDS)}）",
            )
        part, key, _ = _KINDS[kind]
        if name not in _names(plugin, part, key):
            return Names.of(
                en=f"it announces “{entry.name}” and does not hold it", zh=f"登记了“{entry.name}”，但插件中没有该部件"
            )
    return None


def _names(plugin: Plugin, part: str, key: str) -> list[str]:
    return [getattr(item, key) for item in getattr(plugin, part)]


# ---------------------------------------------------------------- call


def guarded(
    plugin: Plugin,
    part: str,
    call: Callable[[], object],
    expected: object,
    place: Place | None,
) -> tuple[Any, Diagnostics]:
    """What a part of a plugin returns when called; `None` and a diagnostic when it raises or returns another type.

    `part` is the name the reader knows it by; `expected` is a type or an annotation (`tuple[Diagnostic, ...]`).

    >>> guarded(Plugin("p", "1"), "half", lambda: 1, int, None)
    (1, ())
    """
    try:
        with redirect_stdout(sys.stderr):
            value = call()
    except (Exception, SystemExit) as problem:
        return None, (_failed(plugin, part, in_words(problem), _spot(problem), place),)
    if misfit(value, expected, part) is None:
        return value, ()
    wrong = Names.of(
        en="what it returned does not have the type that it must have",
        zh="返回值的类型与声明不符",
    )
    return None, (_failed(plugin, part, wrong, "", place),)


def _failed(plugin: Plugin, part: str, problem: Names, at: str, place: Place | None) -> Diagnostic:
    data = {"plugin": plugin.name, "version": plugin.version, "function": part, "problem": problem, "at": at}
    return Diagnostic("CR0605", place, data)


# ---------------------------------------------------------------- words


def in_words(problem: BaseException) -> Names:
    """What a Python exception says, for a reader who does not know Python."""
    match problem:
        case ModuleNotFoundError(name=str(missing)):
            return Names.of(
                en=f"it needs the Python package “{missing}”, which is not installed",
                zh=f"需要的 Python 软件包“{missing}”没有安装",
            )
        case SyntaxError(filename=str(file), lineno=int(line)):
            name = Path(file).name
            return Names.of(
                en=f"{name}, line {line}, is not valid Python", zh=f"{name} 第{line}行不是有效的 Python 程序"
            )
        case SystemExit():
            return Names.of(en="it tried to end the whole program", zh="试图结束整个程序")
        case RecursionError():
            return Names.of(en="it called itself without end", zh="陷入无限递归")
    text = " ".join(str(problem).split())[:LONGEST_REASON]
    return (
        Names.of(en=f"it said “{text}”", zh=f"报错“{text}”")
        if text
        else Names.of(en="it stopped without giving a reason", zh="中途停止，未说明原因")
    )


def _spot(problem: BaseException) -> str:
    """File and line of the plugin where it happened; empty when its own code was never reached."""
    spot, frame = "", problem.__traceback__
    while frame is not None:
        file = frame.tb_frame.f_code.co_filename
        spot = spot if _ours(file) else f"{Path(file).name}:{frame.tb_lineno}"
        frame = frame.tb_next
    return spot


def _ours(filename: str) -> bool:
    """Whether a frame is of this module or of Python's import machinery."""
    return filename == __file__ or filename.startswith("<frozen") or "importlib" in Path(filename).parts


def _two_owners(
    label: Names, name: str, owners: tuple[str, ...], place: Place | None, severity: Severity
) -> Diagnostic:
    return Diagnostic("CR0607", place, {"kind": label, "name": name, "plugins": owners}, severity)


def _unsound(plugin: str, problem: Names, place: Place | None) -> Diagnostic:
    return Diagnostic("CR0606", place, {"plugin": plugin, "problem": problem})
