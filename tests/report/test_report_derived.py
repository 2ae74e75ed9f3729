"""What a lawful plan must look like, as text, JSON against its schema, workbook and iCalendar."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

import civicrules
from civicrules.derived import Derived, Why
from civicrules.program import Names
from civicrules.report import derived_json
from civicrules.report.derived import exit_status, render
from civicrules.report.derived_ics import escaped, folded
from civicrules.report.derived_ics import render as calendar_of
from civicrules.report.derived_xlsx import render as workbook_of
from civicrules.report.terminal import encode
from civicrules.source import width

SCHEMA = json.loads((files("civicrules.report") / "schema" / "derived-1.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
CASES = {
    "notice": (
        "cn.district-2012",
        {"community": {"households": 1601, "units": 240, "party members": 500, "electorate": "all voters"}},
    ),
    "against": ("cn.district-2012", {"community": {"units": 240}, "assembly": {"resident representatives": 50}}),
    "speech": ("cn.city-2007", {"community": {"households": 3000, "temporary residents": 9000}}),
    "summary": ("cn.representatives", {"community": {"election day": date(2011, 4, 19)}}),
    "report": ("cn.direct-2005", {"community": {"households": 1600}, "steps": {"votes cast": date(2005, 6, 5)}}),
    "account": ("cn.all-voter", {"ballot account": {"registered voters": 2722}}),
    "revised": ("cn.residents-law-2025", {"community": {"election day": date(2026, 6, 5)}}),
}


@cache
def derived(case: str) -> Derived:
    name, facts = CASES[case]
    return civicrules.load(name).derive(facts)


# ---------------------------------------------------------------- text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", [40, 60, 100])
@pytest.mark.parametrize("case", CASES)
def test_lines_fit(case: str, columns: int, language: str) -> None:
    text = render(derived(case), language, width=columns)
    # The ids of rules and the names of files are not broken.
    assert max(width(line) for line in text.split("\n") if "_" not in line and ".civic:" not in line) <= columns
    assert not any(line != line.rstrip() for line in text.split("\n"))
    assert render(derived(case), language, width=columns) == text


@pytest.mark.parametrize("case", CASES)
def test_a_terminal_without_chinese(case: str) -> None:
    text = render(derived(case), "zh", encoding="ascii")
    assert text.isascii()
    assert text == encode(text, "ascii")


def test_the_sentences_of_a_text() -> None:
    text = render(derived("notice"), "en", width=160)
    assert "assembly's resident representatives: at least 56 people" in text
    assert "        at least 52 people, with “rounded up” for “started hundred”" in text
    assert "at most 3/7 of assembly's resident representatives: " in text
    assert "(unit share)" in text
    assert "[notice IV(2)]" in text
    assert "at least 46 people if congress block is 30 people" in text


def test_the_sentences_of_a_chinese_text() -> None:
    text = render(derived("notice"), "zh", width=160)
    assert "居民代表会议的居民代表人数：不少于56人" in text
    assert "        解释“整百户计法”如采用“尾数进一”：不少于52人" in text
    assert "不超过居民代表会议的居民代表人数的3/7" in text
    assert "党代表名额分段为30人的，不少于46人" in text
    assert "（单位代表比例）" in text


@pytest.mark.parametrize(
    ("case", "status", "english", "chinese"),
    [
        ("revised", 0, "What the facts settle is listed above.", "依据已知情况可以推算的要求已全部列出。"),
        ("against", 1, "No lawful plan exists with what is given here.", "按所填内容，不存在符合规定的方案。"),
        ("speech", 3, "with them 5 more sentences could be derived.", "填写后可再推算5条规定。"),
    ],
)
def test_the_exit_status_and_its_words(case: str, status: int, english: str, chinese: str) -> None:
    assert exit_status(derived(case)) == status
    for language, said in (("en", english), ("zh", chinese)):
        last = render(derived(case), language).split("\n\n")[-1]
        assert said in last
        assert str(status) in last


def test_a_contradiction_comes_first_with_both_sentences() -> None:
    text = render(derived("against"), "en", width=120)
    at = text.index("No lawful plan exists")
    block = text[at : text.index("Numbers and choices")]
    assert "24 to 72 people" in block
    assert "at most 21 people" in block
    assert block.count("[notice IV(2)]") == 2


def test_days_stand_in_their_order() -> None:
    text = render(derived("summary"), "en", width=120)
    places = [
        text.index(part)
        for part in (
            "no later than 30 March 2011",
            "no later than 16 April 2011",
            "19 April 2011: election day",
            "no earlier than 19 April 2014",
        )
    ]
    assert places == sorted(places)


def test_facts_that_cannot_be_read_are_said() -> None:
    broken = civicrules.load("cn.district-2012").derive({"community": {"households": "many"}})
    assert "CR0504" in render(broken, "en")


def test_nothing_to_derive() -> None:
    empty = evolve(derived("summary"), items=(), defined=(), undone=(), known=())
    assert "asks nothing that could be derived" in render(empty, "en")


@cache
def few() -> Derived:
    """Of a community only the households are known."""
    return civicrules.load("cn.district-2012").derive({"community": {"households": 1601}})


def test_what_waits_for_the_same_is_told_together() -> None:
    """The notice asks the number of party members in III.1 for form, size and deputies (two sentences), in IV(1)1 for
    block, size and candidates of a congress: seven sentences. Units serve two of IV(2), so these are told."""
    shown = " ".join(render(few(), "en").split())
    assert "? party members (under “community”): 7 sentences wait (--all)" in shown
    assert "? units (under “community”) · assembly's unit representatives must be 10% to 30% of units" in shown
    assert "? the list “registered voters roll” is not given: 2 sentences wait (--all)" in shown
    assert "each registered voter must" not in shown


def test_with_all_each_sentence_stands_by_itself() -> None:
    shown = " ".join(render(few(), "en", verbose=True).split())
    kept = [one for one in few().undone if one.why not in (Why.FAILS, Why.UNDATED)]
    assert f"Not derived: {len(kept)}" in shown
    for one in kept:
        assert " ".join(one.sentence.texts.text("en").split()) in shown


def test_steps_of_an_order_take_a_line() -> None:
    """Notice IV(2) has eight steps; step by step only where everything is asked for."""
    steps = "选举委员会产生、选民登记、小组长产生、居民代表产生、候选人提名、竞职演说、投票选举、公布结果"
    shown = "".join(render(few(), "zh").split())
    assert f"·{steps.replace('、', '→')}〔通知" in shown
    assert "不晚于“选民登记”" not in render(few(), "zh")
    assert "不晚于“选民登记”" in render(few(), "zh", verbose=True)


def test_a_single_step_says_what_it_asks() -> None:
    """Votes are counted on the day itself (villagers' law 15): one day after another is no order to be told in a line."""
    shown = render(derived("summary"), "en")
    assert "result posted → votes cast" not in shown and "no later than “votes cast”" in shown


# ---------------------------------------------------------------- JSON


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("case", CASES)
def test_the_document_is_valid_and_always_the_same(case: str) -> None:
    text = derived_json.render(derived(case), "zh")
    document: dict[str, Any] = json.loads(text)
    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(document)] == []
    assert derived_json.render(derived(case), "zh") == text


def test_what_a_document_says() -> None:
    document = derived_json.document(derived("notice"))
    items = {item["key"]: item for item in document["items"]}
    units = items["assembly.unit_representatives"]
    assert units["answers"][0]["allowed"]["stretches"] == [
        {"low": 24, "high": 72, "low_open": False, "high_open": False}
    ]
    (form,) = units["lines"][1]["forms"]
    assert (form["comparison"], form["constant"], form["terms"][0]["times"]) == ("<=", "0/1", "3/7")
    residents = items["assembly.resident_representatives"]["lines"][0]
    assert [answer["options"] for answer in residents["answers"]] == [{}, {"started_hundred": 1}]
    assert residents["rule"] == {"id": "assembly.resident_representatives", "ruleset": "cn.district-2012"}
    assert residents["article"]["article"]["en"] == "notice IV(2)"


def test_days_and_contradictions_of_a_document() -> None:
    days = derived_json.document(derived("summary"))["calendar"]
    assert [(one["day"], one["end"]) for one in days] == [
        ("2011-03-30", "latest"),
        ("2011-04-16", "latest"),
        ("2011-04-19", "earliest"),  # handover: village law 20, within ten days after
        ("2011-04-29", "latest"),
        ("2014-04-19", "earliest"),
    ]
    against = derived_json.document(derived("against"))
    assert against["exit_status"] == 1
    assert [len(item["against"]) for item in against["items"] if item["against"]] == [2]


@pytest.mark.parametrize("key", ["items", "calendar", "ruleset"])
def test_the_schema_refuses_another_form(key: str) -> None:
    document = json.loads(derived_json.render(derived("summary"), "en"))
    assert list(VALIDATOR.iter_errors({**document, key: 7}))
    del document[key]
    assert list(VALIDATOR.iter_errors(document))


# ---------------------------------------------------------------- workbook


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Numbers and choices", "Calendar", "Values", "Not derived"]),
        ("zh", ["数额与选项", "日程", "数值", "未能推算的规定"]),
    ],
)
def test_the_sheets(language: str, names: list[str]) -> None:
    content = workbook_of(derived("notice"), language)
    assert load_workbook(BytesIO(content)).sheetnames == names
    assert workbook_of(derived("notice"), language) == content


def test_the_cells() -> None:
    book = load_workbook(BytesIO(workbook_of(derived("notice"), "en")))
    rows = [*book["Numbers and choices"].iter_rows(values_only=True)]
    row = next(row for row in rows if row[0] == "assembly's resident representatives")
    assert row[1:5] == ("at least 56 people", "at least 51 people", 51, None)
    assert row[-2:] == ("notice IV(2)", "assembly's resident representatives")
    days = [*load_workbook(BytesIO(workbook_of(derived("summary"), "en")))["Calendar"].iter_rows(values_only=True)]
    assert [row[0] for row in days[1:]] == [
        datetime(2011, 3, 30),
        datetime(2011, 4, 16),
        datetime(2011, 4, 19),
        datetime(2011, 4, 19),
        datetime(2011, 4, 29),
        datetime(2014, 4, 19),
    ]


@pytest.mark.parametrize("begun", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_text_stays_a_text(begun: str) -> None:
    found = derived("notice")
    named = evolve(found, items=tuple(evolve(item, names=Names.of(en=begun)) for item in found.items))
    sheet = load_workbook(BytesIO(workbook_of(named, "en")))["Numbers and choices"]
    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (begun, "s", True)


@pytest.mark.parametrize("case", CASES)
def test_no_cell_is_a_formula(case: str) -> None:
    book = load_workbook(BytesIO(workbook_of(derived(case), "zh")))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


# ---------------------------------------------------------------- iCalendar


def unfolded(text: str) -> list[str]:
    """The lines of a calendar as RFC 5545, 3.1 puts them together again."""
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def events(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in unfolded(text):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and not line.startswith("END"):
            found[-1][name.partition(";")[0]] = value
    return found


def test_a_deadline_is_on_its_last_lawful_day() -> None:
    found = events(calendar_of(derived("summary"), "en"))
    assert [(one["DTSTART"], one["DTEND"], one["SUMMARY"]) for one in found] == [
        ("20110419", "20110420", "election day"),
        ("20110330", "20110331", "voter list posted: last day"),
        ("20110416", "20110417", "voting time announced: last day"),
        ("20110419", "20110420", "handover done: first day"),
        ("20110429", "20110430", "handover done: last day"),
        ("20140419", "20140420", "term end: first day"),
    ]
    assert found[2]["DESCRIPTION"] == (
        "voting time announced must be at least 3 days before election day"
        "\\n[summary II.4\\, III.1(3)] voting time and scribes"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("case", CASES)
def test_the_form_of_a_calendar(case: str, language: str) -> None:
    text = calendar_of(derived(case), language)
    assert text == calendar_of(derived(case), language)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(events(text))
    names = [one["UID"] for one in events(text)]
    assert len(names) == len(set(names))
    assert all(name.isascii() and " " not in name for name in names)
    assert all({"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(one) for one in events(text))


def test_identifiers_do_not_hang_on_the_language() -> None:
    english, chinese = (events(calendar_of(derived("summary"), tag)) for tag in ("en", "zh"))
    assert [one["UID"] for one in english] == [one["UID"] for one in chinese]
    assert english[1]["UID"].startswith("list_posted_twenty_days_before-2011-03-30-")


def test_the_time_stamp_is_the_day_of_the_plan() -> None:
    planned = evolve(derived("summary"), day=date(2011, 3, 1))
    assert {one["DTSTAMP"] for one in events(calendar_of(planned, "en"))} == {"20110301T000000Z"}
    assert {one["DTSTAMP"] for one in events(calendar_of(derived("summary"), "en"))} == {"20110419T000000Z"}


@pytest.mark.parametrize(
    ("text", "written"),
    [("a, b; c", "a\\, b\\; c"), ("a\\n", "a\\\\n"), ("a\nb", "a\\nb"), ("a\r\nb", "a\\nb"), ("选举日", "选举日")],
)
def test_texts_are_escaped(text: str, written: str) -> None:
    assert escaped(text) == written  # RFC 5545, 3.3.11


@pytest.mark.parametrize("length", [74, 75, 76, 149, 150])
def test_lines_are_folded_between_characters(length: int) -> None:
    for line in ("a" * length, "选" * (length // 3), "a" + "选" * (length // 3)):
        parts = [*folded(line)]
        assert all(len(part.encode()) <= 75 for part in parts)
        assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
        assert len(parts) == 1 or all(part.startswith(" ") for part in parts[1:])
        assert len(parts) == 1 or len(line.encode()) > 75
