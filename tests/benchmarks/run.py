"""Measure civicrules as it is installed for the Python that runs this, and print the ratios.

python tests/benchmarks/run.py

Other programs that count are measured where they are installed (`pip install 'civicrules[peers]'`), plain Python in their
place otherwise; each line names its reference.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.resources import files

from bench_allocation import allocating
from bench_ballots import ballots
from bench_evaluation import evaluating
from bench_papers import marking
from bench_parsing import parsing
from bench_ranked import ranked
from bench_reading import reading
from bench_startup import starting
from ratios import Ratio

_ROW = "{:<54} {:<24} {:>7} {:>5}"


def measured() -> Iterator[Ratio]:
    yield from starting()
    yield parsing("en")
    yield parsing("zh")
    yield evaluating()
    yield reading()
    yield from ballots()
    yield from allocating()
    yield from ranked()
    yield marking()


def main() -> int:
    """Print a line for each; the status is 1 when one of them is above its aim."""
    if not (files("civicrules.grammars") / "civicrules.tables").is_file():
        print("This is an editable checkout: every command builds the grammar. Measure an installed wheel.\n")
    print(_ROW.format("measured", "times the reference", "ratio", "aim"))
    missed = 0
    for one in measured():
        missed += one.times > one.aim
        print(_ROW.format(one.name, one.reference, f"{one.times:.2f}", f"{one.aim:g}"), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
