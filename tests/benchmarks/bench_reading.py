"""1,000 plans in YAML read from their files and bound to a vocabulary, and the same files only composed by PyYAML.

The reference is `yaml.compose` with PyYAML's C loader on each file's bytes. The measured side opens the file, composes
it, keeps the place of every value, and types the values by the vocabulary.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from bench_startup import PLAN, RULESET
from ratios import Ratio, by_turns

from civicrules import load
from civicrules.reading import prepare
from civicrules.reading.yaml import read_yaml

FILES = 1000


def reading() -> Ratio:
    """Files of one shape whose numbers differ."""
    vocabulary = load(RULESET).program.vocabulary
    with TemporaryDirectory() as name:
        paths = [Path(name, f"{number}.yaml") for number in range(FILES)]
        for number, path in enumerate(paths):
            path.write_text(PLAN.replace("1601", str(1601 + number)), encoding="utf-8")

        def read_and_bound() -> None:
            binder = prepare(vocabulary)
            for path in paths:
                raw, _ = read_yaml(path)
                if raw is None or binder.bind(raw)[1]:
                    raise ValueError(path)

        def composed() -> None:
            for path in paths:
                yaml.compose(path.read_bytes(), Loader=yaml.CSafeLoader)

        times = by_turns(read_and_bound, composed, turns=7)
    return Ratio(f"{FILES:,} YAML files read and bound", "yaml.compose, C loader", times, 2)
