"""What `import civicrules` offers, and what it must not cost."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import civicrules

HEAVY = {"lark", "yaml", "openpyxl", "python_calamine", "click", "importlib.metadata", "civicrules.plugins"}


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh interpreter holds after a statement."""
    code = f"{statement}\nimport sys\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_is_light() -> None:
    assert loaded_by("import civicrules") & HEAVY == set()


def test_counting_alone_is_light() -> None:
    modules = loaded_by("import civicrules.tally")
    assert modules & {"lark", "openpyxl", "click", "civicrules.language", "civicrules.reading"} == set()


def test_exported_names() -> None:
    names = civicrules.__all__
    assert len(names) == len(set(names))
    for name in names:
        assert not name.startswith("_") or name == "__version__"
        assert getattr(civicrules, name) is not None, name


def test_exported_things_are_documented() -> None:
    for name in civicrules.__all__:
        thing = getattr(civicrules, name)
        assert not callable(thing) or thing.__doc__, name


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        civicrules.no_such_name  # noqa: B018


MODULES = [name for _, name, _ in pkgutil.walk_packages(civicrules.__path__, "civicrules.") if "__main__" not in name]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__, "every module says what it is"
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0
