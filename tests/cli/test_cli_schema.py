"""`civicrules schema`: where it is written, in which language, and of which ruleset."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_it_is_shown(here: Path, run: Run) -> None:
    done = run("schema", "toy.council")
    found = json.loads(done.out)
    assert done.status == 0 and done.err == ""
    assert found["$schema"].endswith("2020-12/schema")
    assert [*found["properties"]] == ["plan", "street"]
    assert [*found["properties"]["street"]["properties"]] == ["seats", "helpers"]


@pytest.mark.parametrize("given", ["toy.council", "toy.council/rules.en.civic", "."])
def test_a_name_a_text_or_a_folder(here: Path, run: Run, given: str) -> None:
    assert json.loads(run("schema", given).out)["properties"]["street"]


def test_keys_are_in_the_language_asked_for(here: Path, run: Run) -> None:
    found = json.loads(run("schema", "toy.council", "--lang", "zh").out)
    assert [*found["properties"]["街道"]["properties"]] == ["职数", "帮手数"]


def test_it_is_written_to_a_file_and_never_over_another(here: Path, run: Run) -> None:
    assert run("schema", "toy.council", "-o", "plan.schema.json").status == 0
    written = Path("plan.schema.json").read_text(encoding="utf-8")
    assert written == run("schema", "toy.council").out
    again = run("schema", "toy.council", "-o", "plan.schema.json", "--lang", "zh")
    assert again.status == 2 and "CR0813" in again.err
    assert Path("plan.schema.json").read_text(encoding="utf-8") == written
    assert run("schema", "toy.council", "-o", "plan.schema.json", "--lang", "zh", "--force").status == 0
    assert Path("plan.schema.json").read_text(encoding="utf-8") != written


def test_all_facts_of_the_vocabulary(here: Path, run: Run) -> None:
    """cn.party-rules asks nothing about residents' groups; its vocabulary has them."""
    assert "residents groups" not in json.loads(run("schema", "cn.party-rules", "--lang", "en").out)["properties"]
    every = json.loads(run("schema", "cn.party-rules", "--lang", "en", "--all").out)
    assert "residents groups" in every["properties"]


@pytest.mark.parametrize(
    ("given", "code"), [("no.such", "CR0342"), ("no/such.civic", "CR0801"), ("empty", "CR0818"), ("two", "CR0819")]
)
def test_what_cannot_be_used(here: Path, run: Run, given: str, code: str) -> None:
    (here / "empty").mkdir()
    (here / "two").mkdir()
    text = (here / "toy.council/rules.en.civic").read_text(encoding="utf-8")
    for name in ("toy.council", "toy.other"):
        (here / "two" / f"{name}.civic").write_text(text.replace("toy.council", name), encoding="utf-8")
    done = run("schema", given)
    assert done.status == 2 and code in done.err and done.out == ""


def test_where_it_cannot_be_written(here: Path, run: Run) -> None:
    done = run("schema", "toy.council", "-o", "no/such/folder/plan.schema.json")
    assert done.status == 2 and "CR0809" in done.err
