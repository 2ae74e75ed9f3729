"""`new`, `list`, `explain`, `completion`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import civicrules
from civicrules.codes import codes

SHIPPED = "cn.district-2012"


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.yaml", "plan.yml", "plan.json"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_form_is_a_plan_of_which_nothing_can_be_said(run: Any, name: str, language: str) -> None:
    made = run("new", name, "--ruleset", SHIPPED, "--lang", language)
    assert made.status == 0 and name in made.out
    report = json.loads(run("check", name, "--format", "json").out)
    assert report["language"] == language and report["ruleset"]["id"] == SHIPPED
    assert [one for one in report["diagnostics"] if one["severity"] == "error"] == []
    binding = [one for one in report["findings"] if one["force"] == "must"]
    # Law 8(1) names all the ways to elect that a plan can choose: whichever is filled in, it holds.
    assert [one["rule"]["id"] for one in binding if one["verdict"] not in ("cannot say", "does not apply")] == [
        "mode_of_election"
    ]


def test_nothing_is_overwritten_unless_forced(run: Any, here: Path) -> None:
    (here / "plan.yaml").write_text("mine", encoding="utf-8")
    refused = run("new", "plan.yaml", "--ruleset", "toy.council")
    assert refused.status == 2 and "CR0813" in refused.err
    assert (here / "plan.yaml").read_text(encoding="utf-8") == "mine"
    assert run("new", "plan.yaml", "--ruleset", "toy.council", "--force").status == 0
    assert set(yaml.safe_load((here / "plan.yaml").read_text(encoding="utf-8"))) == {"plan", "street"}


def test_a_copy_that_can_be_edited(run: Any, tmp_path: Path) -> None:
    """The notice's band 3 to 5 up to 2,500 households, changed to 3 to 8, lets a committee of 8 hold."""
    made = run("new", "mine", "--ruleset", SHIPPED, "--format", "json")
    written = json.loads(made.out)["written"]
    folder = tmp_path / "mine"
    expected = [f"{SHIPPED}/rules.en.civic", "cn.community/vocabulary.civic"]
    assert [Path(path) for path in written] == [Path("mine", path) for path in expected]
    facts = {"plan": {"ruleset": SHIPPED}, "community": {"households": 1601}, "residents committee": {"size": 8}}
    (tmp_path / "plan.json").write_text(json.dumps(facts), encoding="utf-8")

    def verdict(*arguments: str) -> str:
        report = json.loads(run("check", "plan.json", "--format", "json", "--lang", "en", *arguments).out)
        texts = {one["text"]["en"]: one["verdict"] for one in report["findings"]}
        return str(texts["residents committee's size must be within committee size"])

    path = folder / SHIPPED / "rules.en.civic"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("2500 or fewer: 3 to 5 members", "2500 or fewer: 3 to 8 members")
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    assert verdict() == "fails" and verdict("--rules", "mine") == "holds"


@pytest.mark.parametrize(
    ("options", "locale", "text"),
    [
        (("--lang", "zh"), "en_GB.UTF-8", "rules.zh.civic"),
        (("--lang", "en"), "zh_CN.UTF-8", "rules.en.civic"),
        ((), "zh_CN.UTF-8", "rules.zh.civic"),
        ((), "de_DE.UTF-8", "rules.en.civic"),
    ],
)
def test_a_copy_is_one_text_for_plans_of_both_languages(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], locale: str, text: str
) -> None:
    monkeypatch.setenv("LANG", locale)
    made = run("new", "mine", "--ruleset", SHIPPED, *options)
    assert ("in both languages" in made.out) != ("一份文本" in made.out)
    assert [path.name for path in (tmp_path / "mine" / SHIPPED).iterdir()] == [text]
    for language in ("en", "zh"):
        facts = {"plan": {"ruleset": SHIPPED, "language": language}, "community": {"households": 1601}}
        (tmp_path / "plan.json").write_text(json.dumps(facts), encoding="utf-8")
        report = json.loads(run("check", "plan.json", "--rules", "mine", "--format", "json").out)
        assert report["language"] == language and report["ruleset"]["origin"].endswith("mine")


def test_a_copy_is_found_by_plans_beside_it(run: Any, tmp_path: Path) -> None:
    assert run("new", "--ruleset", SHIPPED).status == 0
    run("new", "plan.yaml", "--ruleset", SHIPPED)
    report = json.loads(run("check", "plan.yaml", "--format", "json").out)
    assert report["ruleset"]["origin"] == str(tmp_path.resolve())
    assert run("new", "--ruleset", SHIPPED).status == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("plan.xls", "--ruleset", SHIPPED), "CR0814"),
        (("missing/plan.yaml", "--ruleset", SHIPPED), "CR0809"),
        (("plan.yaml", "--ruleset", "cn.distrct-2012"), "CR0342"),
        (("plan.yaml", "--ruleset", SHIPPED, "--rules", "missing"), "CR0801"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_new_refuses(run: Any, tmp_path: Path, arguments: tuple[str, ...], code: str, language: str) -> None:
    done = run("new", *arguments, "--lang", language)
    assert done.status == 2 and code in done.err
    assert list(tmp_path.iterdir()) == []


def test_list_says_what_there_is_and_where_from(run: Any, here: Path) -> None:
    done = run("list")
    assert done.status == 0
    for name in (SHIPPED, "cn.community", "toy.council", "largest remainder", "larger of", ".xlsx", "json"):
        assert name in done.out, name
    assert f"from {here.resolve()}" in " ".join(done.out.split()) and "from civicrules" not in done.out
    assert done.out.count(f"comes with civicrules {civicrules.__version__}") == 1
    stock = json.loads(run("list", "--format", "json").out)
    origins = {one["name"]: one["origin"] for one in stock["rulesets"]}
    assert origins["toy.council"] == str(here.resolve()) and origins[SHIPPED] == "civicrules"
    assert {"en", "zh"} == set(next(one["languages"] for one in stock["rulesets"] if one["name"] == "toy.council"))
    largest = next(one for one in stock["methods"] if one["names"]["en"] == "largest remainder")
    assert {"receivers", "weight", "seats"} <= {one["id"] for one in largest["parameters"] if one["required"]}


def test_list_names_a_ruleset_that_cannot_be_used(run: Any, here: Path) -> None:
    (here / "toy.council" / "rules.en.civic").write_text(
        "civicrules 1 en\n\nruleset toy.council\n  nonsense\n", "utf-8"
    )
    done = run("list", "--lang", "en")
    assert done.status == 0 and "cannot be used" in done.out


def test_list_in_chinese(run: Any) -> None:
    done = run("list", "--lang", "zh")
    assert "规则集" in done.out and "计票方法" in done.out and "from " not in done.out


@pytest.mark.parametrize("typed", ["CR0801", "cr0801", "801", "0801", "ＣＲ０８０１"])
def test_explain(run: Any, typed: str) -> None:
    done = run("explain", typed)
    assert done.status == 0 and done.out.startswith("CR0801: ") and "plan.xlsx" in done.out
    page = json.loads(run("explain", typed, "--format", "json").out)
    assert page["code"] == "CR0801" and set(page["wrong"]) == {"en", "zh"}


@pytest.mark.parametrize(("language", "title"), [("en", "there is no day"), ("zh", "这一天不存在")])
def test_explain_lists_all_codes(run: Any, language: str, title: str) -> None:
    done = run("explain", "--lang", language)
    assert done.status == 0 and "{" not in done.out
    assert [line.split()[0] for line in done.out.splitlines() if line.startswith("CR")] == list(codes())
    assert title in next(line for line in done.out.splitlines() if line.startswith("CR0509"))
    listed = json.loads(run("explain", "--format", "json").out)["codes"]
    assert [one["code"] for one in listed] == list(codes()) and set(listed[0]["title"]) == {"en", "zh"}


def test_explain_an_unknown_code(run: Any) -> None:
    done = run("explain", "CR08O1", "--lang", "zh")
    assert done.status == 2 and "CR0812" in done.err and "CR0801" in done.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_code_of_the_command_line_is_explained(run: Any, language: str) -> None:
    for code in (code for code in codes() if code.startswith("CR08")):
        done = run("explain", code, "--lang", language)
        assert done.status == 0 and code in done.out and "{" not in done.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Any, shell: str) -> None:
    done = run("completion", shell)
    assert done.status == 0 and "_CIVICRULES_COMPLETE" in done.out


def test_the_shell_completes_commands_rulesets_and_codes(fresh: Any) -> None:
    def completed(words: str, at: int) -> bytes:
        environment = {"_CIVICRULES_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(at)}
        return bytes(fresh(environment=environment).stdout)

    # Completion is asked for through the installed command's name.
    assert b"check" in completed("civicrules ch", 1)
    assert SHIPPED.encode() in completed("civicrules new --ruleset cn.d", 3)
    assert b"CR0801" in completed("civicrules explain cr080", 2)
