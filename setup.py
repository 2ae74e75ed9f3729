"""Makes the parser tables when a wheel is built, or a checkout installed: no command has to build the grammar."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

_CHECKOUT = Path(__file__).resolve().parent

# Run over the tree just built, or over the checkout, whose folders at the top are packages of civicrules too; in a process
# of its own and without leaving bytecode in the wheel.
_WRITE = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
import civicrules
civicrules.__path__.extend(sys.argv[3:])
from civicrules.language.tables import write_tables
write_tables(Path(sys.argv[2]))
"""


class BuildWithTables(build_py):
    """Adds `civicrules/grammars/civicrules.tables`, in a checkout that is installed as it stands beside the grammar."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            places = [_CHECKOUT / "src", _CHECKOUT / "grammars" / "civicrules.tables", _CHECKOUT]
        else:
            places = [Path(self.build_lib).resolve(), Path(self._tables)]
        places[1].unlink(missing_ok=True)
        subprocess.run([sys.executable, "-B", "-c", _WRITE, *map(str, places)], check=True)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        made = [] if self.editable_mode else [self._tables]
        return [*super().get_outputs(include_bytecode), *made]

    @property
    def _tables(self) -> str:
        return str(Path(self.build_lib, "civicrules", "grammars", "civicrules.tables").resolve())


setup(cmdclass={"build_py": BuildWithTables})
