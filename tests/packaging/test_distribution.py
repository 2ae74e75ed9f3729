"""The lists of `pyproject.toml` against the folders: what they miss works in a checkout and not in a wheel."""

from __future__ import annotations

import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = SETTINGS["tool"]["setuptools"]
FOLDERS = {name: ROOT / folder for name, folder in SETUPTOOLS["package-dir"].items()}
# Made when a wheel is built, or by Python itself.
NOT_SHIPPED = {".pyc", ".tables"}


def folder_of(package: str) -> Path:
    if package in FOLDERS:
        return FOLDERS[package]
    return FOLDERS["civicrules"].joinpath(*package.split(".")[1:])


def packages_on_disk() -> set[str]:
    found = set(FOLDERS)
    root = FOLDERS["civicrules"]
    return found | {".".join(("civicrules", *path.parent.relative_to(root).parts)) for path in root.rglob("*.py")}


def test_every_folder_with_code_is_a_listed_package() -> None:
    assert sorted(SETUPTOOLS["packages"]) == sorted(packages_on_disk())


@pytest.mark.parametrize("package", SETUPTOOLS["packages"])
def test_every_package_says_so(package: str) -> None:
    assert (folder_of(package) / "__init__.py").is_file()


def data_on_disk() -> set[Path]:
    return {
        path
        for folder in FOLDERS.values()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".py", *NOT_SHIPPED} and not path.name.startswith(("~", "."))
    }


def test_every_data_file_is_shipped() -> None:
    shipped = {
        path
        for package, patterns in SETUPTOOLS["package-data"].items()
        for pattern in patterns
        for path in folder_of(package).glob(pattern)
    }
    assert {str(path.relative_to(ROOT)) for path in data_on_disk() - shipped} == set()


def test_no_pattern_is_idle() -> None:
    for package, patterns in SETUPTOOLS["package-data"].items():
        for pattern in patterns:
            assert any(folder_of(package).glob(pattern)), f"{package}: {pattern}"


def test_the_command_is_installed() -> None:
    (command,) = entry_points(group="console_scripts", name="civicrules")
    assert command.value == "civicrules.cli:main"


def test_only_four_packages_are_needed_to_run() -> None:
    names = {line.split(">")[0].casefold() for line in SETTINGS["project"]["dependencies"]}
    assert names == {"lark", "attrs", "click", "pyyaml"}


def test_what_builds_the_tables_is_what_reads_them() -> None:
    building = {line for line in SETTINGS["build-system"]["requires"] if not line.startswith("setuptools")}
    assert building <= set(SETTINGS["project"]["dependencies"]), "another lark would build tables nobody can read"
