"""The notice evaluated and the same rules written by hand say the same, finding by finding."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from civicrules.evaluation import prepare


@pytest.fixture(scope="module")
def bench() -> Any:
    path = Path(__file__).parents[1] / "benchmarks" / "notice_by_hand.py"
    spec = importlib.util.spec_from_file_location("notice_by_hand", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_thousand_plans_judged_like_by_hand(bench: Any, make: Any) -> None:
    evaluator = prepare(bench.notice(), {})
    for given in bench.plans(1000):
        found, problems = evaluator.findings(bench.facts(given), make.DAY, law_day=make.DAY, advice=False)
        assert problems == ()
        for one, expected in zip(found, bench.twin(given), strict=True):
            assert bench.as_dict(one) == expected, given
