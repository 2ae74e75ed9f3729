"""Makes the parser tables when a wheel is built, so that no installed command has to build the grammar."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

# Run over the tree just built, in a process of its own and without leaving bytecode in the wheel.
_WRITE = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from civicrules.language.tables import write_tables
write_tables(Path(sys.argv[2]))
"""


class BuildWithTables(build_py):
    """Adds `civicrules/grammars/civicrules.tables`. An editable install has none: its grammar is still being edited."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            Path(self._tables).unlink(missing_ok=True)
            command = [sys.executable, "-B", "-c", _WRITE, str(Path(self.build_lib).resolve()), self._tables]
            subprocess.run(command, check=True)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        made = [] if self.editable_mode else [self._tables]
        return [*super().get_outputs(include_bytecode), *made]

    @property
    def _tables(self) -> str:
        return str(Path(self.build_lib, "civicrules", "grammars", "civicrules.tables").resolve())


setup(cmdclass={"build_py": BuildWithTables})
