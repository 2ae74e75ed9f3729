"""The JSON Schema of plans: shipped plans are valid, broken ones are not, and what it allows is read without a word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import civicrules

jsonschema = pytest.importorskip("jsonschema")
ROOT = Path(__file__).parents[2]
PLANS = sorted((ROOT / "rulesets").glob("*/examples/*.yaml"))

VOCABULARY = """civicrules 1 en

vocabulary toy.street "Streets"

unit person / 人: people / 名, members

entity street / 街道
  name / 名称: text
  seats / 职数: number in people, at most 9
  balance / 结余: number in people, 2 to 5
  turnout / 参选率: share
  large / 大型: yes/no
  kind / 类别: one of old/老旧, new/新建
  founded / 成立日: date
  closed / 撤销日: date, none allowed
  remark / 备注: text
  unread / 未用: number in people

entity person / 人员
  name / 姓名: text, identifies
  released / 刑满释放: date, none allowed, personal, blank is none
  serving / 正在服刑: yes/no, personal, blank is none
  relatives / 近亲属: people, personal
  unread / 未用: number in people

list candidates / 候选人: person, each candidate / 候选人, at most 3
list helpers / 帮手: person, each helper / 帮手

step voters registered / 选民登记
step votes cast / 投票
"""

RULES = """civicrules 1 en

ruleset toy.council "A council"
  in Chinese: “议事会”
  valid: from 2020-01-01
  facts: toy.street
  age date: founded
  source act: "The act"

section "All" [act 1]

rule numbers
  seats must be at least 3
  balance must be at least 3
  turnout must be at least 1/2
  when large: kind must be new
  closed must be at least 3 years after founded
  remark must be "none"
  votes cast must be no earlier than voters registered

rule people
  each candidate must not meet any of these:
    serving
    released less than 5 years ago
  waiver: street office

rule relatives
  each candidate's relatives must not be among helpers
"""


@pytest.fixture(scope="module")
def rules() -> civicrules.Rules:
    library = civicrules.Libraries((civicrules.MappingLibrary({"toy.street": VOCABULARY}), civicrules.shipped()))
    return civicrules.load(text=RULES, library=library)


def valid(schema: dict[str, Any], plan: object) -> bool:
    return bool(jsonschema.Draft202012Validator(schema).is_valid(plan))


class Plain(yaml.SafeLoader):
    """YAML as JSON has it: days stay texts."""


Plain.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.name)
def test_shipped_plans_are_valid(plan: Path, every: bool) -> None:
    name, language = plan.parts[-3], plan.name.split(".")[1]
    schema = civicrules.load(name).schema(language, every=every)
    found = yaml.load(plan.read_text(encoding="utf-8"), Plain)
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(found)] == []


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_a_schema(rules: civicrules.Rules, language: str, every: bool) -> None:
    jsonschema.Draft202012Validator.check_schema(rules.schema(language, every=every))


def test_keys_are_in_the_language_of_the_text_by_default(rules: civicrules.Rules) -> None:
    assert rules.schema() == rules.schema("en") != rules.schema("zh")
    assert [*rules.schema()["properties"]] == [
        *("plan", "street", "steps", "candidates", "helpers", "attestations", "waivers"),
    ]
    assert [*rules.schema("zh")["properties"]][:2] == ["方案", "街道"]


def test_only_what_the_ruleset_reads_unless_all(rules: civicrules.Rules) -> None:
    plan = {"street": {"unread": 3}, "helpers": [{"name": "An", "unread": 3}]}
    assert not valid(rules.schema(), plan) and valid(rules.schema(every=True), plan)
    assert valid(rules.schema(), {"street": {"name": "Plum Lane"}}), "what a thing is called may always be said"


def test_the_election_day_may_be_said_where_no_rule_names_it() -> None:
    """It says which law holds: `check` reads it of every plan."""
    rules = civicrules.load("cn.all-voter")
    plan = {"community": {"name": "Plum Lane", "election day": "2012-08-20"}}
    assert problems(rules, plan) == []
    assert valid(rules.schema("en"), plan)


def street(**facts: object) -> dict[str, object]:
    return {"street": facts}


def row(**facts: object) -> dict[str, object]:
    return {"candidates": [facts]}


# Each pair of neighbours is one edge: the first is allowed, the second is not.
EDGES: list[tuple[str, object, object]] = [
    ("a number at its end", street(seats=9), street(seats=10)),
    ("a number at its start", street(balance=2), street(balance=1)),
    ("a whole number", street(seats=3), street(seats="many")),
    ("no fraction of people", street(seats=3), street(seats=3.5)),
    ("a share as a percentage", street(turnout="81%"), street(turnout="81")),
    ("a share as a fraction", street(turnout="2/3"), street(turnout="2/0")),
    ("a share as a number", street(turnout=1), street(turnout=1.5)),
    ("a day", street(founded="2012-08-20"), street(founded="20 August 2012")),
    ("none, where it is allowed", street(closed="none"), street(founded="none")),
    ("none, in the other language", street(closed="无"), street(closed="nichts")),
    ("yes or no", street(large=True), street(large="maybe")),
    ("yes or no, in words", street(large="是"), street(large=1)),
    ("a choice", street(kind="old"), street(kind="ancient")),
    ("a choice in the other language", street(kind="老旧"), street(kind="老")),
    ("not given", street(kind=None), street(kind="")),
    ("a fact that is known", street(seats=3), street(saets=3)),
    ("a thing that is known", {"street": None}, {"stret": None}),
    ("as many rows as there may be", {"candidates": [{}] * 3}, {"candidates": [{}] * 4}),
    ("rows that are still to come", {"candidates": [{}, {}, {}, "more to come"]}, {"candidates": [{}, "more"]}),
    ("a list that is known to be empty", {"candidates": "none"}, {"candidates": "some"}),
    ("rows under a key", {"candidates": {"rows": [], "more to come": True}}, {"candidates": {"more to come": True}}),
    ("a table beside the plan", {"candidates": "roll.CSV"}, {"candidates": "roll.doc"}),
    ("several people", row(relatives=["An", "Bo"]), row(relatives=[1])),
    ("nobody", row(relatives="none"), row(relatives=False)),
    ("not known, where a blank means none", row(serving="unknown"), row(name=3)),
    ("the plan's ruleset", {"plan": {"ruleset": "toy.council"}}, {"plan": {"ruleset": "toy.counsel"}}),
    ("the plan's stage", {"plan": {"stage": "投票"}}, {"plan": {"stage": "tea"}}),
    ("the day of a step", {"steps": {"votes cast": "2024-05-01"}}, {"steps": {"votes cast": True}}),
    (
        "an attestation",
        {"attestations": [{"list": "candidates", "fact": "正在服刑", "by": "court", "date": "2024-05-01"}]},
        {"attestations": [{"list": "candidates", "fact": "name", "by": "court", "date": "2024-05-01"}]},
    ),
    (
        "an attestation with its day",
        {"attestations": [{"list": "候选人", "fact": "released", "by": "court", "date": "2024-05-01"}]},
        {"attestations": [{"list": "候选人", "fact": "released", "by": "court"}]},
    ),
    (
        "a waiver of a rule that has one",
        {"waivers": [{"rule": "people", "person": "An", "reason": "merit", "by": "street office"}]},
        {"waivers": [{"rule": "numbers", "reason": "merit", "by": "street office"}]},
    ),
]


@pytest.mark.parametrize(("allowed", "barred"), [edge[1:] for edge in EDGES], ids=[edge[0] for edge in EDGES])
def test_both_sides_of_each_edge(rules: civicrules.Rules, allowed: object, barred: object) -> None:
    schema = rules.schema("en")
    assert valid(schema, allowed) and not valid(schema, barred)


@pytest.mark.parametrize(
    "allowed", [edge[1] for edge in EDGES if "roll.CSV" not in str(edge)], ids=lambda plan: str(plan)[:30]
)
def test_what_is_allowed_is_read(rules: civicrules.Rules, allowed: object) -> None:
    assert problems(rules, allowed) == []


# ---------------------------------------------------------------- whatever the schema allows


def problems(rules: civicrules.Rules, plan: object) -> list[tuple[str, object]]:
    return [(found.code, found.data) for found in rules.facts(plan)[1]]


WORDS = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=1, max_size=8)
DAYS = st.dates().filter(lambda day: day.year >= 1000).map(lambda day: day.isoformat())
TEXTS = {
    r"^(\d+/0*[1-9]\d*|\d+(\.\d+)?%)$": st.integers(1, 9).flatmap(
        lambda below: st.integers(0, below).map(lambda above: f"{above}/{below}")
    )
    | st.integers(0, 100).map(lambda part: f"{part}%"),
    r"^\d{4}-\d{2}-\d{2}$": DAYS,
    r"\S": WORDS,
    r"\.([cC][sS][vV]|[tT][sS][vV])$": st.nothing(),
}


def values(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    """What a schema allows, as far as the schemas of plans go."""
    if "$ref" in schema:
        return values(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of(*(values(one, root) for one in schema["anyOf"]))
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return st.one_of(*(of_kind(kind, schema, root) for kind in kinds))


def of_kind(kind: str, schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    match kind:
        case "null":
            return st.none()
        case "integer":
            return st.integers(schema.get("minimum", 0), schema.get("maximum", 10**9))
        case "number":
            return st.decimals(schema["minimum"], schema["maximum"], places=2).map(float)
        case "string":
            return TEXTS[schema["pattern"]] if "pattern" in schema else WORDS
        case "array":
            rows = st.lists(values(schema["items"], root), max_size=schema.get("maxContains", 3))
            return rows.map(told_apart)
        case _:
            if "properties" not in schema:  # by part; the members of a list have the same ones, which no schema can say
                return st.fixed_dictionaries({"box 1": values(schema["additionalProperties"], root)})
            required = schema.get("required", [])
            properties = {name: values(one, root) for name, one in schema["properties"].items()}
            return st.fixed_dictionaries(
                {name: properties[name] for name in required},
                optional={name: one for name, one in properties.items() if name not in required},
            )


def told_apart(rows: list[Any]) -> list[Any]:
    """Rows with names of their own; two that are equal in everything would be warned of."""
    return [{**row, key: f"{row[key]} {number}"} if (key := name_in(row)) else row for number, row in enumerate(rows)]


def name_in(row: object) -> str:
    return next((key for key in ("name", "姓名") if isinstance(row, dict) and row.get(key)), "")


@pytest.mark.parametrize("language", ["en", "zh"])
@settings(max_examples=150, deadline=None, suppress_health_check=[*HealthCheck])
@given(data=st.data())
def test_whatever_the_schema_allows_is_read_without_a_word(
    rules: civicrules.Rules, tmp_path_factory: pytest.TempPathFactory, language: str, data: st.DataObject
) -> None:
    schema = rules.schema(language, every=data.draw(st.booleans()))
    plan = data.draw(values(schema, schema))
    assert valid(schema, plan)
    path = tmp_path_factory.getbasetemp() / f"schema.{language}.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    assert problems(rules, path) == []
    assert problems(rules, plan) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_blank_form_is_valid(rules: civicrules.Rules, language: str) -> None:
    form = json.loads(rules.form(".json", language))
    assert valid(rules.schema(language), form)
