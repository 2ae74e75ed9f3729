"""Plans of people, changed at random: diagnostics, never an exception, and nothing that was written is lost unseen.

Every value of a changed plan became a fact, or a diagnostic stands at it or at what it belongs to. The ordinary run is
the same each time; `CIVICRULES_FUZZ=20` makes twenty times as many changes, others each time (see CONTRIBUTING.md).
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from civicrules import codes, load
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import Facts
from civicrules.report import diagnostics as shown
from civicrules.report import json as as_json
from civicrules.report import text
from civicrules.rules import Rules
from civicrules.source import Cell, Place, Span

TIMES = int(os.environ.get("CIVICRULES_FUZZ", "1"))

RULES = """civicrules 1 en

ruleset my.town "Who may stand"
  facts: cn.community
  age date: election day
  source notice: "The notice"

section "Rules" [notice 1]

each committee candidate must meet all of these:
  education is at least senior high
  lives here
    except when part-time

each committee candidate must not meet any of these: [notice 2]
  serving sentence
  released less than 5 years ago

rule age of candidates [notice 3]
  each committee candidate's age must be at most 60
  waiver: street office

units must be at least 3
"""

PLAN: dict[str, Any] = {
    "plan": {"ruleset": "my.town", "day": "2026-05-20", "language": "en"},
    "community": {"households": "1601", "units": "3", "election day": "2026-06-20", "estate": "large"},
    "committee candidates": [
        {"name": "Li Hua", "birth date": "1959-03-02", "education": "college", "lives here": "yes", "incumbent": "yes"},
        {
            "name": "王芳",
            "出生日期": "1965年9月30日",
            "文化程度": "初中",
            "relatives": ["Li Hua", "王五"],
            "兼职": "是",
        },
        {"name": "Zhao Ping", "age": "30", "released": "2022-02-01", "id number": "11010119900101001X"},
    ],
    "supervision members": "none",
    "representatives": {"rows": [{"name": "孙八", "sex": "female"}], "more to come": "yes"},
    "attestations": [
        {"list": "committee candidates", "fact": "part-time", "by": "street office", "date": "2026-05-18"}
    ],
    "waivers": [
        {"rule": "age of candidates", "person": "Li Hua", "reason": "record", "by": "office", "date": "2026-05-19"}
    ],
}
STRANGE: list[Any] = [
    *("", " ", "~", "none", "无", "unknown", "more to come", "yes", "maybe", "=1+1", "#REF!", "-5", "3.5", "1e999"),
    *("9" * 40, "9" * 5000, "0x10", "1/0", "1/3", "30%", "１２", "三", "12 households", "12 people", "1,23,4", "NaN"),
    *("2026-02-30", "30.2.2026", "2026/5/1", "May 2026", "99999-01-01", "2026-5-1 12:00", "20260501", "1959", "45000"),
    *(
        "\u202eabc",
        "a\nb",
        "王\u3000芳",
        "𠀀",
        "e\u0301",
        "\ufeff",
        "x" * 300,
        "<<",
        "roll.csv",
        "../roll.csv",
        "*",
        "&a",
    ),
    *([], {}, [[]], [1, 2], {"a": 1}, [None], {"": ""}, [{"name": "x"}], {"rows": []}, {"rows": {"rows": []}}, True, 7),
]
KEYS = [
    "name",
    "姓名",
    "age",
    "",
    "<<",
    "no such",
    "rows",
    "more to come",
    "plan",
    "waivers",
    "by",
    "date",
    "list",
    "投票选举",
]


def profile(examples: int) -> settings:
    """The same changes in each ordinary run, others in a long one."""
    return settings(
        max_examples=examples * TIMES,
        derandomize=TIMES == 1,
        database=None,
        deadline=timedelta(seconds=10),
        phases=[Phase.generate] if TIMES == 1 else [Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@cache
def ruleset() -> Rules:
    return load(text=RULES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all changed plans: each is written over the last."""
    return tmp_path_factory.mktemp("plans")


# ---------------------------------------------------------------- changes


def places_in(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all parts of a plan below its root."""
    steps = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for step in steps:
        yield (*path, step)
        yield from places_in(node[step], (*path, step))


def copied(node: Any) -> Any:
    return json.loads(json.dumps(node))


@st.composite
def changed_plans(draw: st.DrawFn) -> dict[str, Any]:
    """The plan with up to four parts left out, doubled, moved, wrapped, or of another kind."""
    plan = copied(PLAN)
    for _ in range(draw(st.integers(1, 4))):
        ways = list(places_in(plan))
        if not ways:
            return plan
        *above, last = draw(st.sampled_from(ways))
        parent = plan
        for step in above:
            parent = parent[step]
        match draw(st.sampled_from(["strange", "strange", "strange", "drop", "double", "wrap", "rename", "graft"])):
            case "strange":
                parent[last] = copied(draw(st.sampled_from(STRANGE)))
            case "drop":
                del parent[last]
            case "double" if isinstance(parent, list):
                parent.insert(last, copied(parent[last]))
            case "wrap":
                parent[last] = draw(st.sampled_from([[parent[last]], {"rows": parent[last]}, {"name": parent[last]}]))
            case "rename" if isinstance(parent, dict):
                parent[draw(st.sampled_from([*KEYS, str(last).upper(), f"{last}s"]))] = parent.pop(last)
            case _:
                parent[last] = copied(draw(st.sampled_from([*PLAN.values()])))
    return plan


@st.composite
def changed_characters(draw: st.DrawFn, text: str) -> str:
    """A text with up to four stretches or lines left out, doubled, indented or replaced by signs of YAML and JSON."""
    signs = [
        *"{}[],:&*!|>-?'\"#%@`\t\0\x85\u2028\ufeff",
        "<<: *a\n",
        "&a ",
        "*a",
        "---\n",
        "...\n",
        "!!python/object:os ",
        "? ",
    ]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 8)))
        piece = text[at:end]
        line = text.rfind("\n", 0, at) + 1
        match draw(st.sampled_from(["drop", "double", "sign", "line", "indent", "cut"])):
            case "drop":
                text = text[:at] + text[end:]
            case "double":
                text = text[:at] + piece * 2 + text[end:]
            case "sign":
                text = text[:at] + draw(st.sampled_from(signs)) + text[end:]
            case "line":
                close = text.find("\n", at) + 1 or len(text)
                text = text[:line] + text[line:close] * 2 + text[close:]
            case "indent":
                text = text[:line] + draw(st.sampled_from(["  ", "\t", "\u3000"])) + text[line:]
            case _:
                text = text[:at]
    return text


# ---------------------------------------------------------------- what must hold


def checked(plan: object) -> tuple[Facts, tuple[Diagnostic, ...]]:
    """The facts of a plan, after a report on it was made and shown."""
    rules = ruleset()
    report = rules.check(plan)
    for one in report.diagnostics:
        assert codes.page(one.code)
        for place in (one.place, *(label.place for label in one.related)):
            if isinstance(place, Span):
                assert 0 <= place.start <= place.end <= len(place.source.text), one
    for language, width, encoding in (("en", 40, "ascii"), ("zh", 100, "gbk")):
        assert shown.render(report.diagnostics, language, width=width, encoding=encoding) or not report.diagnostics
        text.render(report, language, width=width, encoding=encoding).encode(encoding)
    as_json.render(report, "en")
    return rules.facts(plan)


def fact_places(facts: Facts) -> Iterator[Place | None]:
    for fact in facts.values.values():
        yield fact.place
    for rows in facts.lists.values():
        yield rows.place
        for row in rows.rows:
            yield from (fact.place for fact in row.values.values() if not fact.attested)


def covered(start: int, end: int, spans: set[tuple[int, int]]) -> bool:
    return any(first < end and start < max(last, first + 1) for first, last in spans)


def kept_unsaid(value: str) -> bool:
    """A blank, and a word that says that something is not known."""
    return not value.strip() or value.strip().casefold() in ("~", "null", "unknown", "未知", "不详")


def said_none(key: str, value: object) -> bool:
    """Whether there are no attestations or waivers, in words."""
    return key in ("attestations", "waivers") and value in ("none", "无")


def lost(file: Path, facts: Facts, found: tuple[Diagnostic, ...]) -> list[str]:
    """The values of a plan in YAML that are no fact and stand under no diagnostic."""
    said = {
        (p.start, p.end) for one in found for p in (one.place, *(r.place for r in one.related)) if isinstance(p, Span)
    }
    kept = {(place.start, place.end) for place in fact_places(facts) if isinstance(place, Span)}
    records = {(w.place.start, w.place.end) for w in (*facts.waivers, *facts.attestations) if isinstance(w.place, Span)}

    def below(node: yaml.Node, head: bool, deep: int = 0) -> Iterator[str]:
        start, end = node.start_mark.index, node.end_mark.index
        if (start, end) in said or (isinstance(node, yaml.ScalarNode) and covered(start, end, said)):
            return
        record = isinstance(node, yaml.MappingNode) and any(
            key.value in ("fact", "reason", "by") for key, _ in node.value
        )
        parts = deep > 1 and isinstance(node, yaml.MappingNode) and all(v.id == "scalar" for _, v in node.value)
        if (record or parts) and any(start <= first and last <= end for first, last in said):
            return  # an attestation, a waiver or a number given in parts counts as a whole or not at all
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if not covered(key.start_mark.index, key.end_mark.index, said):
                    yield from below(
                        value,
                        head or key.value in ("plan", "more to come") or said_none(key.value, value.value),
                        deep + 1,
                    )
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from below(item, head)
        elif not (head or kept_unsaid(node.value) or node.value.strip() == "more to come"):
            inside = any(first <= start and end <= last for first, last in records)
            if not inside and not any(first <= start and end <= last for first, last in kept):
                yield node.value

    root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return list(below(root, False))


@profile(30)
@given(changed_plans())
def test_changed_plans(folder: Path, plan: dict[str, Any]) -> None:
    checked(plan)
    path = folder / "plan.yaml"
    path.write_text(yaml.safe_dump(plan, allow_unicode=True, sort_keys=False), encoding="utf-8")
    facts, found = checked(path)
    assert lost(path, facts, found) == []
    as_text = folder / "plan.json"
    as_text.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    checked(as_text)


@profile(40)
@given(st.data(), st.sampled_from(["plan.yaml", "plan.json"]))
def test_changed_texts_of_plans(folder: Path, data: st.DataObject, name: str) -> None:
    whole = (
        json.dumps(PLAN, ensure_ascii=False, indent=1)
        if name.endswith(".json")
        else yaml.safe_dump(PLAN, allow_unicode=True, sort_keys=False)
    )
    (folder / name).write_text(data.draw(changed_characters(whole)), encoding="utf-8", newline="")
    checked(folder / name)


# ---------------------------------------------------------------- tables

HEADINGS = ["name", "出生日期", "education", "released", "lives here", "part-time", "relatives"]
ROWS = [
    ["Li Hua", "1959-03-02", "college", "", "yes", "no", ""],
    ["王芳", "1965年9月30日", "初中", "无", "是", "是", "李华、赵平"],
    ["Zhao Ping", "1990-11-11", "college", "2022-02-01", "no", "", ""],
    ["孙八", "1980.1.2", "高中", "", "yes", "no", "none"],
]
CELLS = [one for one in STRANGE if isinstance(one, str) and len(one) < 400 and one != "\ufeff"]


@st.composite
def changed_tables(draw: st.DrawFn) -> list[list[str]]:
    """A roll with cells, rows and columns left out, doubled, moved, lengthened."""
    rows = [list(row) for row in (HEADINGS, *ROWS)]
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(rows) - 1))
        column = draw(st.integers(0, max(0, len(rows[at]) - 1)))
        match draw(
            st.sampled_from(["cell", "cell", "drop", "double", "swap", "short", "long", "no column", "two columns"])
        ):
            case "cell" if rows[at]:
                rows[at][column] = draw(st.sampled_from([*CELLS, *HEADINGS]))
            case "drop" if len(rows) > 1:
                rows.pop(at)
            case "double":
                rows.insert(at, list(rows[at]))
            case "swap":
                rows[at], rows[0] = rows[0], rows[at]
            case "short":
                rows[at] = rows[at][:column]
            case "long":
                rows[at] = [*rows[at], "", draw(st.sampled_from(CELLS))]
            case "no column":
                rows = [[*row[:column], *row[column + 1 :]] for row in rows]
            case "two columns":
                rows = [[*row, *row[column : column + 1]] for row in rows]
            case _:
                pass
    return rows


def cell(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def unread(rows: list[list[str]], facts: Facts, found: tuple[Diagnostic, ...]) -> list[str]:
    """The cells of a roll that are no fact, and for which no diagnostic stands at them, their heading or their table."""
    said = [one for one in found if one.code not in ("CR0428", "CR0455")]
    if any(not isinstance(one.place, Cell) for one in said):  # of the whole table
        return []
    places = [place for one in said for place in (one.place, *(label.place for label in one.related))]
    at = {place.ref for place in (*places, *fact_places(facts)) if isinstance(place, Cell)}
    at |= {str(ref) for one in said for ref in _listed(one.data.get("cells"))}
    top = heading(rows)
    names = rows[top - 1] if rows else []
    lost = []
    for number, row in enumerate(rows[top:], top + 1):
        first = next((value.strip() for value in row if value.strip()), "")
        if first in ("more to come", "none", "无") and sum(bool(value.strip()) for value in row) == 1:
            continue
        for column, value in enumerate(row, 1):
            name = names[column - 1] if column <= len(names) else ""
            others = [cell(number, c) for c, other in enumerate(names, 1) if name and meant(other) == meant(name)]
            known = kept_unsaid(value) or cell(top, column) in at or at.intersection((cell(number, column), *others))
            if not known and row[:column] != [""] * column:
                lost.append(cell(number, column))
    return lost


def _listed(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def meant(name: str) -> str:
    """The fact that a heading names: one of them may stand twice, in two languages."""
    return {"姓名": "name", "王芳": "name"}.get(name.strip(), name.strip())


def heading(rows: list[list[str]]) -> int:
    """The number of the row of headings: the first in which half of the cells are names of facts."""
    for number, row in enumerate(rows, 1):
        present = [cell for cell in row if cell.strip()]
        if present and 2 * sum(cell in (*HEADINGS, "姓名", "age") for cell in present) >= len(present):
            return number
    return len(rows)


@profile(40)
@given(changed_tables(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]), st.sampled_from(",;\t"))
def test_changed_tables(folder: Path, rows: list[list[str]], encoding: str, separator: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(rows)
    (folder / "list.csv").write_bytes(written.getvalue().encode(encoding))
    (folder / "plan.yaml").write_text("committee candidates: list.csv\n", encoding="utf-8")
    facts, found = checked(folder / "plan.yaml")
    assert unread(rows, facts, found) == []


@profile(12)
@given(changed_tables(), st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=2), st.booleans())
def test_changed_sheets(folder: Path, rows: list[list[str]], merged: list[tuple[int, int]], hidden: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "committee candidates"
    for row in rows:
        sheet.append([value.replace("\ufeff", "") for value in row])
    for first, last in merged:
        sheet.merge_cells(start_row=first, start_column=last, end_row=first + 1, end_column=last + 1)
    if hidden:
        sheet.sheet_state = "hidden"
        book.create_sheet("form")
    book.save(folder / "plan.xlsx")
    _, found = checked(folder / "plan.xlsx")
    assert not any(one.severity is Severity.ERROR and one.place is None for one in found)
