"""How long 1,000 YAML plans take to read and bind, as a ratio to composing the same texts with PyYAML's C loader.

Run it with the installed package: `python tests/benchmarks/bench_reading.py`. Both sides read the files. The time of
each batch of 50 files is the least of several rounds, taken in turn, so that other work on the machine counts for both.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import yaml

import civicrules
from civicrules.reading import READERS, prepare, read

PLANS = 1000
BATCH = 50
ROUNDS = 5
TEXT = """plan:
  ruleset: cn.district-2012
  day: 2012-07-20
community:
  name: Plum Lane
  households: {households}
  units: 60
  estate: ordinary
  electorate: representatives
  election day: 2012-08-20
  previous election day: 2009-08-20
  party members: 120
residents committee:
  size: 5
  chairs: 1
  vice chairs: 1
assembly:
  resident representatives: 51
  unit representatives: 10
residents groups:
"""


def plan(number: int) -> str:
    groups = "".join(f"  - name: group {group}\n    households: {150 + group}\n" for group in range(12))
    return TEXT.format(households=1000 + number) + groups


def seconds(work: Callable[[Path], object], batch: list[Path]) -> float:
    start = perf_counter()
    for path in batch:
        work(path)
    return perf_counter() - start


def measure(folder: Path) -> tuple[float, float]:
    """Seconds for all plans: composing alone, and reading with binding."""
    readers = {reader.extension: reader.read for reader in READERS}
    binder = prepare(civicrules.load("cn.district-2012").program.vocabulary)

    def compose(path: Path) -> object:
        return yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

    def facts(path: Path) -> object:
        raw, problems = read(path, readers)
        assert raw is not None and problems == ()
        bound, more = binder.bind(raw)
        assert more == () and len(bound.lists["residents_groups"].rows) == 12
        return bound

    paths = [folder / f"{number}.yaml" for number in range(PLANS)]
    for number, path in enumerate(paths):
        path.write_text(plan(number), encoding="utf-8")
    composing = reading = 0.0
    for start in range(0, PLANS, BATCH):
        batch = paths[start : start + BATCH]
        rounds = [(seconds(compose, batch), seconds(facts, batch)) for _ in range(ROUNDS)]
        composing += min(first for first, _ in rounds)
        reading += min(second for _, second in rounds)
    return composing, reading


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        base, ours = measure(Path(folder))
    print(f"{PLANS} plans: compose {base:.3f} s, read and bind {ours:.3f} s, ratio {ours / base:.2f} (at most 2)")
