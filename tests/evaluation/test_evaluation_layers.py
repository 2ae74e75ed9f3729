"""Rulesets under rulesets: what stays in force, what takes its place, and what contradicts what.

The sample law asks 5 to 9 members of every residents' committee and lets lower rules be stricter only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

import civicrules
from civicrules import Rules, Verdict
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.library import MappingLibrary

HOLDS, FAILS, CANNOT_SAY, IDLE = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
SAMPLES = Path(__file__).parents[1] / "samples"
VOCABULARY = (SAMPLES / "vocabulary.civic").read_text(encoding="utf-8")
LAW = "cn.residents-committee-law"
RANGE = "committee_size_range"


def sample(name: str, language: str = "en") -> str:
    return (SAMPLES / f"{name}.{language}.civic").read_text(encoding="utf-8")


def ruleset(id: str, body: str, under: str = "") -> str:
    above = f"  under: {under}\n" if under else ""
    return (
        f'civicrules 1 en\n\nruleset {id} "A ruleset"\n{above}  facts: sample.community\n  age date: election day\n'
        f'  source notice: "A notice"\n\n{body}\n'
    )


def load(text: str, above: Mapping[str, str] | None = None, language: str = "en") -> Rules:
    texts = {"sample.community": VOCABULARY, LAW: sample("residents-committee-law", language), **(above or {})}
    return civicrules.load(text=text, library=MappingLibrary(texts))


def under_law(size: str, line: str = "", law: str = "may tighten", name: str = "committee size range") -> Rules:
    """A district whose one rule asks a size, under a law that lets lower rules do something."""
    body = f"rule {name} [notice 1]\n  residents committee's size must be {size}\n{line}"
    law_text = sample("residents-committee-law").replace("lower rules: may tighten", f"lower rules: {law}")
    return load(ruleset("district", body, LAW), {LAW: law_text})


def about(rules: Rules) -> list[Diagnostic]:
    return [one for one in rules.diagnostics if one.severity is not Severity.ADVICE]


def said(rules: Rules, size: int, **options: bool) -> dict[tuple[str, str], Verdict]:
    """The verdict of each rule on a committee's size, by the ruleset and the rule."""
    report = rules.check({"residents committee": {"size": size}}, advice=False, **options)
    assert report.diagnostics == ()
    return {(one.rule.ruleset, one.rule.id): one.verdict for one in report.findings}


# ---------------------------------------------------------------- one above the other

COUNTED = (
    "  age date: election day\n  days back: event day counted\n  days forward: first day counted\n"
    "  age reached: day after the birthday\n"
)
POSTED = """rule posted [notice 1]
  candidate list posted must be at least 3 days before election day

rule young [notice 2]
  each committee candidate's age must be at least 18
"""


def below(head: str, between: str = "") -> Rules:
    """A ruleset with a head of its own under one that counts the event day, with another between them."""
    top = f'civicrules 1 en\n\nruleset top "Top"\n  facts: sample.community\n{COUNTED}  source notice: "A notice"\n'
    middle = f'civicrules 1 en\n\nruleset middle "Middle"\n  under: top\n{between}'
    text = f'civicrules 1 en\n\nruleset low "Low"\n  under: middle\n{head}  source notice: "A notice"\n\n{POSTED}'
    return load(text, {"top": top, "middle": middle})


@pytest.mark.parametrize(
    ("head", "between", "latest"),
    [
        ("", "", 14),  # three days before the 16th with the 16th as one of them: from the 14th
        ("  days back: event day not counted\n", "", 13),
        ("", "  days back: clear days\n", 12),
        ("  days back: event day counted\n", "  days back: clear days\n", 14),
    ],
)
def test_days_are_counted_as_above_unless_the_head_says_otherwise(head: str, between: str, latest: int) -> None:
    rules = below(head, between)
    assert about(rules) == []
    facts = (
        {"community": {"election day": "2024-05-16", "candidate list posted": f"2024-05-{day}"}}
        for day in (latest, latest + 1)
    )
    found = [rules.check(one, advice=False).findings[0].verdict for one in facts]
    assert found == [HOLDS, FAILS]


@pytest.mark.parametrize(("head", "born", "later"), [("", 15, 16), ("  age reached: birthday\n", 16, 17)])
def test_ages_are_counted_as_above_unless_the_head_says_otherwise(head: str, born: int, later: int) -> None:
    """Who was born on 16 May 2006 is 18 on 16 May 2024 where the birthday counts, else on the day after it."""
    rules = below(head)
    for day, expected in ((born, HOLDS), (later, FAILS)):
        facts = {
            "community": {"election day": "2024-05-16"},
            "committee candidates": [{"name": "An", "birth date": f"2006-05-{day}"}],
        }
        (finding,) = [one for one in rules.check(facts, advice=False).findings if one.rule.id == "young"]
        assert finding.verdict is expected


def test_a_head_may_name_another_day_for_ages() -> None:
    """Born on 1 May 2006: 18 on election day, and not yet at the end of April."""
    facts = {
        "community": {"election day": "2024-05-16", "previous election day": "2024-04-30"},
        "committee candidates": [{"name": "An", "birth date": "2006-05-01"}],
    }
    for head, expected in (("", HOLDS), ("  age date: previous election day\n", FAILS)):
        findings = below(head).check(facts, advice=False).findings
        assert [one.verdict for one in findings if one.rule.id == "young"] == [expected]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_rule_of_the_law_binds_below_it(language: str) -> None:
    """Law 7 as the sample has it: 5 to 9 members, unless the province tightens it to 5 to 7 (measures 7)."""
    rules = load(sample("province-2010", language), language=language)
    assert about(rules) == []
    assert rules.program.layers[0].id == LAW
    (replaced,) = rules.program.layers[0].replaced
    (own,) = (rule for rule in rules.program.rules if rule.id == replaced.id)
    assert own.ruleset == "cn.province-2010"
    for size, expected in ((4, FAILS), (5, HOLDS), (7, HOLDS), (8, FAILS), (9, FAILS)):
        assert said(rules, size)["cn.province-2010", own.id] is expected
        assert (LAW, replaced.id) not in said(rules, size)


def test_a_rule_that_nobody_below_speaks_of_is_inherited() -> None:
    rules = load(ruleset("district", "residents committee's vice chairs must be 1 to 2 [notice 1]", LAW))
    assert about(rules) == []
    assert said(rules, 4)[LAW, RANGE] is FAILS
    assert said(rules, 9)[LAW, RANGE] is HOLDS
    assert (LAW, RANGE) not in said(rules, 4, only=True)
    assert ("district", "residents_committee.vice_chairs") in said(rules, 4, only=True)


def test_tightening_keeps_both_rules() -> None:
    rules = under_law("5 to 7 members", "  tightens: committee size range\n", name="district size")
    assert about(rules) == []
    found = said(rules, 8)
    assert (found[LAW, RANGE], found["district", "district_size"]) == (HOLDS, FAILS)


@pytest.mark.parametrize(
    ("size", "line", "law", "code"),
    [
        ("5 to 7 members", "  replaces: committee size range\n", "may tighten", None),
        ("5 to 9 members", "  replaces: committee size range\n", "may tighten", None),
        ("3 to 9 members", "  replaces: committee size range\n", "may tighten", "CR0364"),
        ("5 to 10 members", "  replaces: committee size range\n", "may tighten", "CR0364"),
        ("at least 6 members", "  replaces: committee size range\n", "may tighten", "CR0364"),
        ("3 to 10 members", "  replaces: committee size range\n", "may replace", None),
        ("5 to 7 members", "  replaces: committee size range\n", "must keep", "CR0363"),
        ("5 to 7 members", "  tightens: committee size range\n", "may tighten", None),
        ("4 to 7 members", "  tightens: committee size range\n", "may tighten", "CR0364"),
        ("5 to 7 members", "  tightens: committee size range\n", "must keep", "CR0363"),
        ("5 to 7 members", "", "may tighten", "CR0362"),
        ("5 to 7 members", "", "may replace", "CR0362"),
    ],
)
def test_what_lower_rules_may_do(size: str, line: str, law: str, code: str | None) -> None:
    rules = under_law(size, line, law)
    found = about(rules)
    assert [one.code for one in found] == ([] if code is None else [code])
    assert all(one.severity is Severity.CONFLICT for one in found)


@pytest.mark.parametrize(("size", "both"), [("9 to 11 members", "can"), ("10 to 11 members", "no plan can")])
def test_two_rules_without_a_relation_both_stay_and_it_is_told_whether_both_can_be_met(size: str, both: str) -> None:
    """9 is in both ranges; nothing is both at most 9 and at least 10."""
    rules = under_law(size)
    (found,) = about(rules)
    assert (found.code, found.severity) == ("CR0362", Severity.CONFLICT)
    words = found.data["both"]
    assert both in words.text("en")  # type: ignore[attr-defined]
    verdicts = said(rules, 9)
    assert verdicts[LAW, f"{LAW}:{RANGE}"] is HOLDS
    assert verdicts["district", RANGE] is (HOLDS if both == "can" else FAILS)


def test_a_looser_rule_changes_nothing_of_the_higher_one() -> None:
    rules = under_law("3 to 9 members", "  replaces: committee size range\n")
    verdicts = said(rules, 4)
    assert verdicts[LAW, f"{LAW}:{RANGE}"] is FAILS
    assert verdicts["district", RANGE] is HOLDS


@pytest.mark.parametrize(
    ("expect", "shown"), [("size: fails, committee size range: holds", True), ("size: fails", False)]
)
def test_a_conflict_is_shown_with_an_example_that_fails_here_and_holds_above(expect: str, shown: bool) -> None:
    """8 members: more than the notice allows, within the law's 5 to 9; the example is of whoever wrote the notice."""
    rule = (
        "rule size [notice 1]\n  residents committee's size must be 5 to 7 members\n  tightens: committee size range\n"
    )
    example = f'\nexample "eight"\n  given residents committee\'s size is 8\n  expect {expect}\n'
    law = sample("residents-committee-law").replace("lower rules: may tighten", "lower rules: must keep")
    rules = load(ruleset("district", rule + example, LAW), {LAW: law})
    (found,) = about(rules)
    assert found.code == "CR0363"
    assert ("example" in found.data) is shown
    assert [o.actual == o.expected for o in rules.examples()] == [True] * (2 if shown else 1)


# ---------------------------------------------------------------- definitions


def quota(value: str, line: str = "") -> str:
    return f"quota means {value} [notice 1]\n{line}"


def rule_on_quota(id: str) -> str:
    return f"\nrule {id} [notice 2]\n  number of committee candidates must be at least quota\n"


@pytest.mark.parametrize(
    ("lower", "line", "higher_asks", "codes"),
    [
        ("  lower rules: may replace\n", "  replaces: quota\n", 3, []),
        ("", "", 2, ["CR0362"]),
        ("", "  replaces: quota\n", 2, ["CR0363"]),
        ("  lower rules: must keep\n", "  replaces: quota\n", 2, ["CR0363"]),
        ("  lower rules: may replace\n", "", 2, ["CR0362"]),
    ],
)
def test_a_definition_of_the_same_name_takes_the_place_only_where_it_may(
    lower: str, line: str, higher_asks: int, codes: list[str]
) -> None:
    """Two candidates meet a quota of 2 and not one of 3; where it may not be replaced, the law goes on with its own."""
    law = ruleset("law", quota("2", lower) + rule_on_quota("law_quota"))
    rules = load(ruleset("district", quota("3", line) + rule_on_quota("own_quota"), "law"), {"law": law})
    assert [one.code for one in about(rules)] == codes
    for candidates, met in ((1, 1), (2, 2), (3, 3)):
        plan = {"committee candidates": [{"name": f"N{at}"} for at in range(candidates)]}
        found = {one.rule.id: one.verdict for one in rules.check(plan, advice=False).findings}
        assert found["law_quota"] is (HOLDS if met >= higher_asks else FAILS)
        assert found["own_quota"] is (HOLDS if met >= 3 else FAILS)


# ---------------------------------------------------------------- three layers, circles, what is not at hand


def test_three_layers_each_tightening_the_one_above() -> None:
    rule = "rule {} [notice 1]\n  residents committee's size must be {} members\n  tightens: {}\n  lower rules: may tighten"
    province = ruleset("province", rule.format("province size", "5 to 8", "committee size range"), LAW)
    district = ruleset("district", rule.format("district size", "5 to 7", "province size"), "province")
    rules = load(district, {"province": province})
    assert about(rules) == []
    assert [layer.id for layer in rules.program.layers] == ["province", LAW]
    for size, law, of_province, of_district in (
        (9, HOLDS, FAILS, FAILS),
        (8, HOLDS, HOLDS, FAILS),
        (7, HOLDS, HOLDS, HOLDS),
    ):
        found = said(rules, size)
        assert found[LAW, RANGE] is law
        assert found["province", "province_size"] is of_province
        assert found["district", "district_size"] is of_district
        assert list(said(rules, size, only=True)) == [("district", "district_size")]


def test_what_is_replaced_in_the_middle_stays_replaced_below() -> None:
    province = sample("province-2010")
    rules = load(
        ruleset("district", "residents committee's chairs must be 1 [notice 1]", "cn.province-2010"),
        {"cn.province-2010": province},
    )
    assert (LAW, RANGE) not in said(rules, 8)
    assert said(rules, 8)["cn.province-2010", RANGE] is FAILS


@pytest.mark.parametrize(
    ("above", "code"),
    [
        ({"a": ruleset("a", "term end must be no later than 2012-12-31 [notice 1]", "b")}, "CR0365"),
        ({}, "CR0366"),
        ({"a": ruleset("a", "electon day must be no later than 2012-12-31 [notice 1]")}, "CR0367"),
    ],
)
def test_what_stands_above_and_cannot_be_used_is_reported(above: dict[str, str], code: str) -> None:
    text = ruleset("b", "election day must be no later than 2012-12-31 [notice 1]", "a")
    texts = {"sample.community": VOCABULARY, **above}
    found = civicrules.compile(text, library=MappingLibrary({**texts, "b": text}))
    assert [one.code for one in found.diagnostics if one.severity is not Severity.ADVICE] == [code]


def test_a_ruleset_under_itself_is_a_circle() -> None:
    text = ruleset("b", "election day must be no later than 2012-12-31 [notice 1]", "b")
    found = civicrules.compile(text, library=MappingLibrary({"sample.community": VOCABULARY, "b": text}))
    assert [one.code for one in found.diagnostics if one.severity is not Severity.ADVICE] == ["CR0365"]
    assert found.diagnostics[0].data["chain"] == ("b", "b")


# ---------------------------------------------------------------- law days


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (
            date(2018, 12, 28),
            "3",
        ),  # organic law, amended on 29 December 2018: three years until then, five from then on
        (date(2018, 12, 29), "5"),
    ],
)
def test_a_table_set_by_a_date_has_the_row_of_that_day(day: date, expected: str) -> None:
    value = load(sample("residents-committee-law")).value("term length", {"community": {"election day": day}})
    assert str(value.value) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2009, 12, 31), IDLE),
        (date(2010, 1, 1), FAILS),
        (date(2018, 12, 28), FAILS),
        (date(2018, 12, 29), IDLE),
    ],
)
def test_a_sentence_is_law_from_its_first_day_to_its_last(day: date, expected: Verdict) -> None:
    """Measures 9, valid from 2010-01-01 until 2018-12-28, on a candidate of 61 who is not an incumbent."""
    plan = {
        "community": {"election day": day},
        "committee candidates": [{"name": "A", "age": 61, "incumbent": "no", "outstanding record": "no"}],
        "party candidates": [],
    }
    rules = load(sample("province-2010"))
    (found,) = (one for one in rules.check(plan, advice=False).findings if "age should be" in one.text("en"))
    assert found.verdict is expected
    (other,) = (
        one
        for one in rules.check(plan, law_day=date(2015, 1, 1), advice=False).findings
        if "age should be" in one.text("en")
    )
    assert other.verdict is FAILS


def test_a_row_counts_only_on_its_law_days() -> None:
    text = ruleset(
        "rows",
        "quota is set by households: [notice 1]\n  100 or fewer: 1\n    valid: until 2012-12-31\n  100 or fewer: 2\n"
        "    valid: from 2013-01-01\n  101 or more: 3\n\nseats must be quota [notice 2]",
    )
    rules = load(text)
    for day, seats in ((date(2012, 12, 31), 1), (date(2013, 1, 1), 2)):
        for given in (1, 2):
            plan = {"community": {"households": 100, "seats": given}}
            (found,) = rules.check(plan, law_day=day, advice=False).findings
            assert found.verdict is (HOLDS if given == seats else FAILS)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("size must be 6 to 8", False),
        ("size must be at most residents committee's vice chairs", True),
    ],
)
@pytest.mark.parametrize(
    ("language", "words"), [("en", "Not compared with what they relate to above: 1"), ("zh", "：1项")]
)
def test_a_report_says_what_was_not_compared(body: str, told: bool, language: str, words: str) -> None:
    """Constants on both sides are compared; a number against another fact is not."""
    pytest.importorskip("jinja2")
    from civicrules.report.html.page import render as page
    from civicrules.report.text import render

    body = f"rule a [notice 1]\n  residents committee's {body}\n  tightens: committee size range"
    loud = "rule b [notice 2]\n  residents committee's size must be 3 to 8\n  tightens: committee size range"
    report = load(ruleset("my.town", body, under=LAW)).check({"residents committee": {"size": 7}})
    assert (words in render(report, language, verbose=True)) is told
    assert words not in render(report, language)
    (related,) = [one.rule.relation for one in report.findings if one.rule.relation is not None]
    assert related.compared is not told
    both = load(ruleset("my.town", f"{body}\n\n{loud}", under=LAW)).check({"residents committee": {"size": 7}})
    assert (words in render(both, language), words in page(both, language)) == (told, told)
