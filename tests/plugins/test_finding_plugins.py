"""Finding, loading and classifying plugins; every way in which one can be wrong is a diagnostic at the asking place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from civicrules import plugins
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.plugin import Plugin, Reader, Registry
from civicrules.program import Names
from civicrules.source import Key

ASKED = Key(("uses",))

Install = Callable[..., None]

HEAD = """
from civicrules.plugin import *
from civicrules.program import Names, NumberType
from civicrules.source import Source

def text(name):
    return Text(name, lambda: {"en": Source("x", "")})

COUNT = NumberType()
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a distribution with one module on the path, as an installer leaves it there."""

    def put(name: str, code: str, *entries: str, version: str = "1.0", module: str | None = None) -> None:
        module = module or "made_" + name.replace("-", "_").lower() + tmp_path.name.replace("-", "_")
        sys.modules.pop(module, None)
        site = tmp_path / name
        info = site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True)
        (site / f"{module}.py").write_text(HEAD + dedent(code), encoding="utf-8")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
        lines = [entry if "=" in entry else f"{entry} = {module}:PLUGIN" for entry in entries]
        (info / "entry_points.txt").write_text("\n".join(["[civicrules]", *lines, ""]), encoding="utf-8")
        monkeypatch.syspath_prepend(str(site))

    return put


def codes(problems: tuple[Diagnostic, ...]) -> list[str]:
    return [problem.code for problem in problems]


def words(problem: Diagnostic, language: str = "en") -> str:
    held = problem.data["problem"]
    assert isinstance(held, Names)
    return held.text(language)


def uses(name: str, at_least: str = "") -> tuple[Registry, tuple[Diagnostic, ...]]:
    return plugins.named(name, Registry(), ASKED, at_least=at_least)


# ---------------------------------------------------------------- found, without importing


def test_finding_reads_metadata_and_imports_nothing(install: Install) -> None:
    install("zeta", "raise RuntimeError", "plugin", "ruleset:cn.x", module="made_never_imported")
    (zeta,) = [one for one in plugins.found() if one.distribution == "zeta"]
    assert (zeta.version, [entry.name for entry in zeta.entries]) == ("1.0", ["plugin", "ruleset:cn.x"])
    assert "made_never_imported" not in sys.modules


def test_the_order_is_that_of_names_whatever_the_path_says(install: Install) -> None:
    for name in ("b-two", "C-three", "a-one"):
        install(name, "", "plugin")
    assert [one.distribution for one in plugins.found() if "-" in one.distribution] == ["a-one", "b-two", "C-three"]


def test_a_damaged_installation_is_read_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "broken-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text("[civicrules]\nplugin = nowhere:X\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert all(isinstance(one.version, str) for one in plugins.found())


# ---------------------------------------------------------------- asked by name


def test_only_the_owner_of_a_name_is_imported(install: Install) -> None:
    install("other", "raise RuntimeError", "plugin", "ruleset:cn.y")
    install("owner", 'PLUGIN = Plugin("owner", "1.0", rulesets=(text("cn.x"),))', "ruleset:cn.x")
    registry, problems = plugins.for_name("ruleset", "cn.x", Registry(), ASKED)
    assert problems == () and [plugin.name for plugin in registry.plugins] == ["owner"]
    assert plugins.for_name("ruleset", "cn.x", registry, ASKED) == (registry, ()), "asking twice adds nothing"


def test_a_name_that_nobody_owns_changes_nothing(install: Install) -> None:
    install("other", "raise RuntimeError", "ruleset:cn.y")
    registry = Registry()
    assert plugins.for_name("vocabulary", "cn.y", registry, ASKED) == (registry, ())


def test_two_owners_of_one_name_and_neither_is_loaded(install: Install) -> None:
    install("first", "raise RuntimeError", "reader:.x")
    install("second", "raise RuntimeError", "reader:.x")
    registry, (problem,) = plugins.for_name("reader", ".x", Registry(), ASKED)
    assert registry.plugins == ()
    assert (problem.code, problem.place, problem.severity) == ("CR0607", ASKED, Severity.ERROR)
    assert problem.data["plugins"] == ("first", "second")


def test_a_name_that_is_taken_stays_with_its_first_owner(install: Install) -> None:
    built_in = Plugin("civicrules", "1", readers=(Reader(".yaml", lambda path: (None, ())),))
    install("late", 'PLUGIN = Plugin("late", "1.0", readers=(Reader(".yaml", lambda p: (None, ())),))', "reader:.yaml")
    registry, (problem,) = plugins.for_name("reader", ".yaml", Registry((built_in,)), ASKED)
    assert registry.plugins == (built_in,)
    assert (problem.code, problem.severity) == ("CR0607", Severity.WARNING)
    assert problem.data["plugins"] == ("civicrules", "late")


def test_a_function_name_has_one_owner_too(install: Install) -> None:
    code = """
    PLUGIN = Plugin({name!r}, "1.0", functions=(
        Function(Names.of(en="larger of", zh="较大数"), (COUNT, COUNT), COUNT, run=max),))
    """
    install("one", code.format(name="one"), "plugin")
    install("two", code.format(name="two").replace("larger", "Larger"), "plugin")
    registry, problems = uses("one")
    assert problems == ()
    registry, problems = plugins.named("two", registry, ASKED)
    assert [plugin.name for plugin in registry.plugins] == ["one"]
    assert codes(problems) == ["CR0607", "CR0607"], "once for each language's name"


# ---------------------------------------------------------------- asked by `uses`


def test_names_of_distributions_are_compared_as_installers_do(install: Install) -> None:
    install("My-Rules", 'PLUGIN = Plugin("my-rules", "1.0")', "plugin")
    registry, problems = uses("my_rules")
    assert problems == () and len(registry.plugins) == 1


def test_missing(install: Install) -> None:
    install("civicrules-example", "", "plugin")
    registry, (problem,) = uses("civicrules-exampel")
    assert (problem.code, problem.place, registry) == ("CR0601", ASKED, Registry())
    assert problem.data["suggestions"] == ("civicrules-example",)


@pytest.mark.parametrize(
    ("installed", "wanted", "good"),
    [("1.2", "1.2", True), ("1.10", "1.9", True), ("1.2.0", "1.2", True), ("1.2", "1.2.1", False), ("0.9", "1", False)],
)
def test_the_version_asked_for(install: Install, installed: str, wanted: str, good: bool) -> None:
    install("dated", 'PLUGIN = Plugin("dated", "x")', "plugin", version=installed)
    registry, problems = uses("dated", at_least=wanted)
    assert (codes(problems), len(registry.plugins)) == (([], 1) if good else (["CR0608"], 0))


@pytest.mark.parametrize(("api", "code"), [(0, "CR0602"), (2, "CR0603")])
def test_written_for_another_interface(install: Install, api: int, code: str) -> None:
    install("other-api", f'PLUGIN = Plugin("other-api", "1.0", api={api})', "plugin")
    registry, (problem,) = uses("other-api")
    assert (problem.code, problem.data["api"], problem.data["ours"], registry) == (code, api, 1, Registry())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import tomlkit_that_is_missing", "it needs the Python package “tomlkit_that_is_missing”"),
        ("raise SystemExit(3)", "it tried to end the whole program"),
        ("raise ValueError('the table\\n  is empty')", "it said “the table is empty”"),
        ("raise ValueError", "it stopped without giving a reason"),
        ("def f():\n    f()\nf()", "it called itself without end"),
        ("x = = 1", "is not valid Python"),
        ("1 / 0", "it said “"),
    ],
)
def test_failing_at_import(install: Install, code: str, said: str) -> None:
    install("failing", code, "plugin")
    registry, (problem,) = uses("failing")
    assert (problem.code, problem.place, problem.data["plugin"]) == ("CR0604", ASKED, "failing")
    assert said in words(problem) and words(problem, "zh") != words(problem)
    assert "Error" not in words(problem) and registry == Registry()


def test_the_line_of_the_plugin_is_told(install: Install) -> None:
    install("failing", "raise ValueError('no')", "plugin", module="made_with_a_line")
    _, (problem,) = uses("failing")
    assert problem.data["at"] == f"made_with_a_line.py:{HEAD.count(chr(10)) + 1}"


@pytest.mark.parametrize("target", ["no_such_module_here:PLUGIN", "json:PLUGIN", "json:", "???"])
def test_an_entry_point_that_leads_nowhere(install: Install, target: str) -> None:
    install("nowhere", "", f"plugin = {target}")
    _, problems = uses("nowhere")
    assert codes(problems) in (["CR0604"], ["CR0606"])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("PLUGIN = 3", "does not lead to a Plugin value"),
        ('PLUGIN = Plugin("p", 1)', "“version”"),
        ('PLUGIN = Plugin("p", "1", functions=(max,))', "“functions[0]”"),
        ('PLUGIN = Plugin("p", "1", functions=[])', "“functions”"),
        ('PLUGIN = Plugin("p", "1", api="1")', "“api”"),
        ('PLUGIN = Plugin("p", "1", readers=(Reader(".x", "read"),))', "“readers[0].read”"),
        (
            "TINY = NumberType(low=0.5)\n"
            'PLUGIN = Plugin("p", "1", functions=(Function(Names.of(en="f"), (TINY,), COUNT, run=max),))',
            "“functions[0].parameters[0].low”",
        ),
        ('PLUGIN = Plugin("p", "1", rulesets=(text("a"), text("a")))', "the ruleset “a” more than once"),
        (
            "F = Function(Names.of(en='larger of', zh='较大数'), (COUNT, COUNT), COUNT, run=max)\n"
            "G = Function(Names.of(en='Larger of'), (COUNT,), COUNT, run=max)\n"
            'PLUGIN = Plugin("p", "1", functions=(F, G))',
            "the function “larger_of” more than once",
        ),
    ],
)
def test_a_part_of_the_wrong_type(install: Install, code: str, said: str) -> None:
    install("crooked", code, "plugin")
    registry, (problem,) = uses("crooked")
    assert (problem.code, problem.place, registry) == ("CR0606", ASKED, Registry())
    assert said in words(problem)


def test_announcing_what_is_not_there(install: Install) -> None:
    install("empty", 'PLUGIN = Plugin("empty", "1.0")', "plugin", "words:eo")
    _, (problem,) = plugins.for_name("words", "eo", Registry(), ASKED)
    assert problem.code == "CR0606" and "“words:eo”" in words(problem)


def test_announcing_an_unknown_kind(install: Install) -> None:
    install("odd", 'PLUGIN = Plugin("odd", "1.0")', "plugin", "rulset:cn.x")
    _, (problem,) = uses("odd")
    assert problem.code == "CR0606" and "rulset:cn.x" in words(problem)


def test_without_an_entry_named_plugin_it_is_not_used_by_name(install: Install) -> None:
    install("shy", 'PLUGIN = Plugin("shy", "1.0", rulesets=(text("cn.x"),))', "ruleset:cn.x")
    assert codes(uses("shy")[1]) == ["CR0606"]
    assert plugins.for_name("ruleset", "cn.x", Registry(), ASKED)[1] == ()


# ---------------------------------------------------------------- all of them, for `list`


def test_listing_loads_what_is_sound_and_tells_the_rest(install: Install) -> None:
    install("a-good", 'PLUGIN = Plugin("a-good", "1.0", rulesets=(text("cn.x"),))', "plugin", "ruleset:cn.x")
    install("b-bad", "raise ValueError('no')", "plugin")
    install("c-clash", 'PLUGIN = Plugin("c-clash", "1.0", rulesets=(text("cn.x"),))', "plugin", "ruleset:cn.x")
    install("d-two", 'PLUGIN = Plugin("d-two", "1.0")\nNEXT = Plugin("d-next", "1.0", rulesets=(text("cn.z"),))',
            "plugin", "ruleset:cn.z = made_d:NEXT", module="made_d")  # fmt: skip
    registry, problems = plugins.load_all(Registry())
    assert [plugin.name for plugin in registry.plugins] == ["a-good", "d-two", "d-next"]
    assert codes(problems) == ["CR0604", "CR0607"]


# ---------------------------------------------------------------- calling parts

HELD = Plugin("held", "1.0")


def test_a_part_that_does_its_duty() -> None:
    assert plugins.guarded(HELD, "count", lambda: (1, 2), tuple[int, ...], ASKED) == ((1, 2), ())


def test_what_a_reader_must_return() -> None:
    expected = tuple[Any, Sequence[Diagnostic]]
    assert plugins.guarded(HELD, ".x", lambda: ({"a": 1}, []), expected, ASKED) == (({"a": 1}, []), ())
    for wrong in ({"a": 1}, ({}, None), ({}, ["text"]), ({}, [], 1)):
        assert codes(plugins.guarded(HELD, ".x", lambda it=wrong: it, expected, ASKED)[1]) == ["CR0605"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: 1 // 0, "it said “"),
        (lambda: sys.exit(), "it tried to end"),
        (lambda: "text", "does not have the type"),
        (lambda: True, "does not have the type"),
    ],
)
def test_a_part_that_fails(call: Callable[[], object], said: str) -> None:
    value, (problem,) = plugins.guarded(HELD, "count", call, int, ASKED)
    assert (value, problem.code, problem.place) == (None, "CR0605", ASKED)
    assert (problem.data["plugin"], problem.data["function"]) == ("held", "count")
    assert said in words(problem)


def test_stopping_by_hand_is_never_swallowed() -> None:
    def interrupt() -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plugins.guarded(HELD, "count", interrupt, int, ASKED)
