"""Who may know whom: shapes ← stages ← pipeline and report ← command line, read from the imports themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "civicrules"

# In their order: a shape knows only those before it.
SHAPES = (
    *("values", "workbooks", "source", "exact", "days", "suggest", "conforms", "diagnostics"),
    *(
        "facts",
        "program",
        "bases",
        "plan_words",
        "ballots",
        "outcome",
        "compared",
        "findings",
        "derived",
        "tested",
        "plugin",
    ),
)
STAGES = {"language", "compiler", "reading", "forms", "evaluation", "tally"}
SHOWN = {"report", "codes"}


def imports(path: Path, package: tuple[str, ...]) -> Iterator[str]:
    """The absolute names of all modules that a file imports, wherever in it; `package` is the one it stands in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                base = (
                    ".".join((*package[: len(package) - level + 1], *([module] if module else []))) if level else module
                )
                yield from (f"{base}.{name.name}" for name in names)


def rooms(path: Path, package: tuple[str, ...]) -> set[str]:
    """The rooms of the house that a file imports (`civicrules.tally.steps` is of `tally`)."""
    parts = (name.split(".") for name in imports(path, package))
    return {part[1] for part in parts if part[0] == "civicrules" and len(part) > 1}


def files_of(room: str) -> list[tuple[Path, tuple[str, ...]]]:
    folder = HOUSE / room
    return [(path, ("civicrules", *path.parent.relative_to(HOUSE).parts)) for path in sorted(folder.rglob("*.py"))]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_knows_only_shapes_before_it(shape: str) -> None:
    file = HOUSE / f"{shape}.py"
    files = [(file, ("civicrules",))] if file.exists() else files_of(shape)
    assert files
    for path, package in files:
        assert rooms(path, package) <= {*SHAPES[: SHAPES.index(shape)], *({shape} if path != file else ())}, path


def test_the_parts_of_the_program_know_only_those_before_them() -> None:
    parts = ("names", "types", "vocabulary", "expressions", "statements")
    assert {path.stem for path, _ in files_of("program")} == {"__init__", *parts}
    for at, part in enumerate(parts):
        known = imports(HOUSE / "program" / f"{part}.py", ("civicrules", "program"))
        before = tuple(f"civicrules.program.{one}" for one in parts[:at])
        assert all(under(name, before) for name in known if under(name, ("civicrules.program",))), part


# Where two stages meet: the compiler reads the tree that the language makes (and prints a sentence in another language
# with its printer); four modules of evaluation make the requests that tally counts.
MEETINGS = {
    "compiler": {f"civicrules.language.{name}" for name in ("nodes", "cited", "words", "unparse", "unparse_lines")},
    **{f"evaluation/{name}.py": {"civicrules.tally"} for name in ("allocations", "boxes", "contests", "requests")},
}


def met(path: Path, package: tuple[str, ...]) -> set[str]:
    """The other stages that a file imports from, without the declared meetings."""
    places = (path.relative_to(HOUSE).as_posix(), path.relative_to(HOUSE).parts[0])
    allowed = tuple(prefix for place in places for prefix in MEETINGS.get(place, ()))
    stages = tuple(f"civicrules.{stage}" for stage in STAGES - {places[1]})
    return {name for name in imports(path, package) if under(name, stages) and not under(name, allowed)}


def under(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_knows_shapes_and_itself(stage: str) -> None:
    for path, package in files_of(stage):
        assert met(path, package) == set(), path
        assert rooms(path, package) <= {*SHAPES, *STAGES}, path


def test_counting_knows_neither_language_nor_plans() -> None:
    for path, package in files_of("tally"):
        assert not rooms(path, package) & {"facts", "findings"}, path


@pytest.mark.parametrize("room", sorted(SHOWN))
def test_a_report_knows_shapes_and_pages(room: str) -> None:
    for path, package in files_of(room):
        assert rooms(path, package) <= {*SHAPES, *SHOWN}, path


def test_the_command_line_reaches_no_stage() -> None:
    for path in sorted((ROOT / "cli").rglob("*.py")):
        package = ("civicrules", "cli", *path.parent.relative_to(ROOT / "cli").parts)
        assert not rooms(path, package) & STAGES, path


def test_nobody_inside_knows_the_command_line() -> None:
    for path in sorted(HOUSE.rglob("*.py")):
        if path.name != "__main__.py":
            package = ("civicrules", *path.parent.relative_to(HOUSE).parts)
            assert "cli" not in rooms(path, package), path
