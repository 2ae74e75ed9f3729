"""How a benchmark measures: two pieces of work by turns in one run, and how many times as long one takes as the other.

Only the ratio means anything. Both sides run on the same machine, in the same minutes, by turns (A B A B …), so that
whatever else keeps the machine busy falls on both; the median of the turns' ratios leaves out the turns it did not.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen

# One turn of work in memory takes at least this many seconds on each side, well above what a busy machine takes away.
_TURN = 0.1


@frozen
class Ratio:
    """What was measured: `times` is how many times as long it takes as its reference, `aim` the most it should be."""

    name: str
    reference: str
    times: float
    aim: float


def by_turns(work: Callable[[], object], reference: Callable[[], object], turns: int = 15) -> float:
    """The median ratio of processor time between two pieces of work in memory."""
    repeats = [_repeats(one) for one in (work, reference)]
    ratios = []
    for _ in range(turns):
        ours, theirs = (_seconds(one, times) / times for one, times in zip((work, reference), repeats, strict=True))
        ratios.append(ours / theirs)
    return statistics.median(ratios)


def _repeats(work: Callable[[], object]) -> int:
    """How often a piece of work is done in one turn. The first time is not measured: it fills caches."""
    work()
    return max(1, round(_TURN / max(_seconds(work, 1), 1e-6)))


def _seconds(work: Callable[[], object], times: int) -> float:
    """Processor seconds, without the garbage collector (as `timeit` has it): when it runs is not the work's doing."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        for _ in range(times):
            work()
        return time.process_time() - start
    finally:
        gc.enable()


def commands_by_turns(arguments: Sequence[str], folder: Path, statuses: Sequence[int], turns: int = 25) -> float:
    """The median ratio between `python -m civicrules …` and `python -c pass`, as somebody waits for them.

    ValueError when the command ends with another status than one of `statuses`: then it did not do its work.
    """
    ours = [sys.executable, "-m", "civicrules", *arguments]
    ratios = []
    for _ in range(turns):
        nothing, _ = _run([sys.executable, "-c", "pass"], folder)
        waited, status = _run(ours, folder)
        if status not in statuses:
            raise ValueError(f"civicrules {' '.join(arguments)} ended with status {status}")
        ratios.append(waited / nothing)
    return statistics.median(ratios)


def _run(command: Sequence[str], folder: Path) -> tuple[float, int]:
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start, done.returncode
