"""A CSV file of 200,000 ranked ballots read and grouped, and the same rows only grouped by the standard library.

The reference is `Counter(map(tuple, csv.reader(file)))`. The measured side also finds encoding and separator, matches
names with candidates, and accounts for every row. Papers are drawn with a seed as voters write them (some candidates
are liked more, few rank everybody), and once more with every order equally likely: then nearly every row is another one.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ratios import Ratio, by_turns

from civicrules.reading.ballots import read_ballots

PAPERS = 200_000
NAMES = tuple(f"{first} {last}" for first in ("Anna", "Bo", "Chen", "Dana", "Emil") for last in ("Lin", "Wu"))


def liked(draw: random.Random) -> list[str]:
    """One to five candidates, the first ones likelier."""
    found: list[str] = []
    for _ in range(draw.choice((1, 2, 3, 3, 4, 5))):
        name = NAMES[min(int(draw.expovariate(0.5)), len(NAMES) - 1)]
        if name not in found:
            found.append(name)
    return found + [""] * (len(NAMES) - len(found))


def mixed(draw: random.Random) -> list[str]:
    """All candidates in any order."""
    return draw.sample(NAMES, len(NAMES))


def write(path: Path, paper: Callable[[random.Random], list[str]], papers: int = PAPERS) -> None:
    """A file with a row a paper."""
    draw = random.Random(4)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(range(1, len(NAMES) + 1))
        writer.writerows(paper(draw) for _ in range(papers))


def ballots() -> Iterator[Ratio]:
    for name, paper in (("as voters rank", liked), ("every order", mixed)):
        with TemporaryDirectory() as folder:
            path = Path(folder, "ballots.csv")
            write(path, paper)

            def read(path: Path = path) -> None:
                found, account, _ = read_ballots(path)
                if found is None or account.papers != PAPERS:
                    raise ValueError(path)

            def grouped(path: Path = path) -> Counter[tuple[str, ...]]:
                with path.open(encoding="utf-8", newline="") as file:
                    return Counter(map(tuple, csv.reader(file)))

            times = by_turns(read, grouped, turns=7)
        yield Ratio(f"{PAPERS:,} ranked ballots, {name}", "csv.reader, Counter", times, 3)
