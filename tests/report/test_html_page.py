"""The page to print and sign: everything of the report once, nothing that is not text, nothing loaded from anywhere."""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from civicrules import MappingLibrary, Report, load
from civicrules.facts import Waiver
from civicrules.findings import Across, Verdict
from civicrules.report.grouping import Judged, by_sentence
from civicrules.report.html.page import render, render_across

from .pages import Element, parsed, rows

EXAMPLES = {
    "notice": ("cn.district-2012", "faulty.zh.yaml"),
    "people": ("cn.district-2012", "persons.zh.yaml"),
    "votes": ("cn.all-voter", "fourth-term.zh.yaml"),
}


def example(name: str) -> Report:
    ruleset, file = EXAMPLES[name]
    path = Path(str(sys.modules["civicrules.rulesets"].__path__[0])) / ruleset / "examples" / file
    return load(ruleset).check(path, drawn=True)


@pytest.fixture(scope="module", params=sorted(EXAMPLES))
def report(request: pytest.FixtureRequest) -> Report:
    import civicrules.rulesets  # noqa: F401

    return example(request.param)


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def statements(page: Element) -> list[tuple[str, str]]:
    """What each sentence on a page came to, and the sentence."""
    found = []
    for one in page.all("div", "statement"):
        sentence = next(one.all("p", "sentence"))
        verdict = next(sentence.all("span", "verdict")).text
        (kind,) = one.classes - {"statement"}
        found.append((kind, sentence.text.removeprefix(verdict).strip()))
    return found


# ---------------------------------------------------------------- all of it, once


def whole_sentences(page: Element) -> list[str]:
    """The sentences of a page without spaces, each item after the head that it stands under."""
    heads = {id(one): next(group.all("p", "head")).text for group in page.all("div", "group") for one in group.all("p")}
    found = []
    for one in page.all("p", "sentence"):
        said = one.text.removeprefix(next(one.all("span", "verdict")).text)
        found.append("".join((heads.get(id(one), "") + said).split()))
    return found


@pytest.mark.parametrize("verbose", [False, True])
def test_every_sentence_is_on_the_page_once(report: Report, language: str, verbose: bool) -> None:
    """Of those that do not apply each article tells the number, unless everything is asked for."""
    judged = by_sentence(report.findings)
    shown = [one for one in judged if verbose or one.verdict is not Verdict.DOES_NOT_APPLY]
    expected = ["".join(one.sentence.texts.text(language).split()) for one in shown]
    page = parsed(render(report, language, verbose=verbose))
    assert sorted(whole_sentences(page)) == sorted(expected)
    told = [int(number[1]) for one in page.all("p", "rest") if (number := re.search("^有?([0-9]+)", one.text))]
    if verbose:
        assert list(page.all("p", "rest")) == []
    else:
        assert sum(told) == len(_idle_beside_others(judged))


def _idle_beside_others(judged: tuple[Judged, ...]) -> list[Judged]:
    """Those that do not apply, of articles of which something does."""
    idle = [one for one in judged if one.verdict is Verdict.DOES_NOT_APPLY]
    others = {_article(one) for one in judged if one not in idle}
    return [one for one in idle if _article(one) in others]


def _article(of: Judged) -> object:
    return of.rule.ruleset, of.article.source, of.article.article


def test_articles_of_which_nothing_applies_take_a_line() -> None:
    """What Zhejiang's article 9 asks is law from 31 July 2020 on; the election was in 2013."""
    page = parsed(render(example("votes"), "en"))
    *_, last = page.all("p", "rest")
    assert last.text.startswith("Articles of which nothing applies to this plan: Zhejiang measures 9;")
    names = [next(one.all("p", "name")).text for one in page.all("div", "article")]
    assert any(one.startswith("Beijing measures") for one in names)
    assert not any(one.startswith("Zhejiang measures 9 ") for one in names)


def test_every_number_of_a_failure_is_under_it(report: Report, language: str) -> None:
    """Each name of a number in a failing sentence about the plan itself stands in the table under that sentence."""
    page = parsed(render(report, language))
    under = {s.text: t for t in page.all("div", "statement") for s in t.all("p", "sentence")}
    for judged in by_sentence(report.findings):
        if not judged.failing or judged.by_member:
            continue
        text = " ".join(judged.sentence.texts.text(language).split())
        (block,) = (one for said, one in under.items() if said.endswith(text))
        labels = [row[0] for row in rows(block)]
        for number in judged.findings[0].numbers:
            for one in (number, *number.inner):
                assert " ".join(one.name.text(language).split()) in labels


def test_what_came_out_and_what_follows(faulty: Report) -> None:
    """By hand: 4 of the fixture's sentences fail, one departs from advice, 2 cannot be judged."""
    page = parsed(render(faulty, "zh"))
    conclusion = next(page.all("section", "conclusion")).text
    assert "✗ 不符合规定 有4条强制性规定不符合。另有2条强制性规定无法判断。" in conclusion
    assert "应当改正，改正后重新审查" in conclusion
    assert "不符合的条款：通知 三.2、通知 四（二）、通知 三.1" in conclusion
    kinds = Counter(kind for kind, _ in statements(page))
    assert kinds == {"fails": 4, "open": 2, "departs": 1, "met": 1, "used": 1, "holds": 1}
    assert [one.text for one in page.all("p", "rest")] == ["全部不适用于本方案的条款：通知 四（一）1"]


def test_numbers_stand_under_their_sentence(faulty: Report) -> None:
    page = parsed(render(faulty, "zh"))
    first = next(page.all("div", "fails"))
    assert rows(first) == [
        ["居委会的职数", "8人", "社区!B7"],
        ["居委会职数标准", "3至5人", ""],
        ["居民户数", "1601户", "社区!B3"],
    ]
    assert "改正办法：居委会的职数由8人改为5人" in first.text


def test_strict_counts_advice(faulty: Report) -> None:
    page = parsed(render(faulty, "en", strict=True))
    assert Counter(kind for kind, _ in statements(page))["fails"] == 5
    assert "5 binding sentences or advices fail." in next(page.all("section", "conclusion")).text


def test_lists_to_work_through(faulty: Report) -> None:
    """Missing facts, readings, a waiver with who gave it, and what the report rests on."""
    first, *rest = faulty.findings
    waiver = Waiver(first.rule.id, "", "only for this term", "street office", date(2012, 8, 1))
    page = parsed(render(evolve(faulty, findings=(evolve(first, waived=waiver, advice=()), *rest)), "en"))
    todo = [one.text for one in next(page.all("ul", "todo")).all("li")]
    assert todo == [
        "previous election day: what is filled in could not be read, see above",
        "size (under “supervision committee”)",
    ]
    assert ["notice III.2", "", "street office", "1 August 2012", "only for this term"] in rows(page)
    assert statements(page)[0][0] == "waived"
    assert [next(one.all("strong")).text for one in page.all("div", "reading")] == ["form at fifty", "started hundred"]
    foot = next(page.all("footer")).text
    assert "cn.district-2012, version 1" in foot and "ab" * 32 in foot and "civicrules 0.1.0" in foot


def test_what_neighbours_wait_for_is_said_under_the_last_of_them() -> None:
    """Two conditions of article 8(2) on every voter wait for the roll: it is said once that the roll is not given."""
    page = parsed(render(example("notice"), "en"))
    waits = [
        one.text for one in page.all("div", "open") if "keeps political rights" in one.text or "age is" in one.text
    ]
    assert [("is not given" in one) for one in waits] == [False, True, False, True]


def test_room_to_sign(faulty: Report) -> None:
    signing = next(parsed(render(faulty, "zh")).all("section", "signing"))
    asked = [one.text for one in signing.all("p", "hand")]
    assert asked == ["姓名：", "单位及职务：", "签名（盖章）：", "日期："] * 2


# ---------------------------------------------------------------- nothing but text


def test_nothing_is_loaded_or_run(report: Report, language: str) -> None:
    text = render(report, language)
    page = parsed(text)
    assert not {one.tag for one in page.all()} & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    for one in page.all():
        assert not [name for name in one.attributes if name.startswith("on") or name in ("src", "srcset", "data")]
        assert one.attributes.get("href", "#").startswith("#")
    assert not re.search(r"https?:|@import|url\((?!#)|javascript:", text)


def test_names_are_unique_and_found(report: Report, language: str) -> None:
    page = parsed(render(report, language))
    ids = Counter(one.attributes["id"] for one in page.all() if "id" in one.attributes)
    assert set(ids.values()) <= {1}
    named = {id for one in page.all() for id in one.attributes.get("aria-labelledby", "").split()}
    named |= {one.attributes["href"][1:] for one in page.all("a")}
    assert named <= set(ids)


def test_drawings_say_what_they_show(report: Report, language: str) -> None:
    for figure in parsed(render(report, language)).all("figure"):
        (svg,) = figure.all("svg")
        assert svg.attributes["role"] == "img"
        assert next(svg.all("title")).text and next(svg.all("desc")).text
        assert len(rows(figure)) > 1


VOCABULARY = """civicrules 1 en

vocabulary toy.marks "Marks"

entity community / 社区
  name / 名称: text
  election day / 选举日: date

entity candidate / 候选人
  name / 姓名: text, identifies
  birth date / 出生日期: date, personal
  post / 职务: text

list candidates / 候选人名单: candidate, each candidate / 候选人, public names
"""
RULES = """civicrules 1 en

ruleset toy.marks-rules "A <b>council</b> & its 'friends'"
  facts: toy.marks
  source law: "The <i>law</i>"

each candidate's birth date must be no later than 1994-08-30 [law <1>]
"""
NASTY = "<script>alert('x')</script> & \"quoted\""


def marked(personal: bool = False) -> Report:
    rules = load(text=RULES, library=MappingLibrary({"toy.marks": VOCABULARY}))
    facts = {
        "community": {"name": NASTY, "election day": "2012-08-30"},
        "candidates": [{"name": NASTY, "birth date": "1999-03-31"}],
    }
    return evolve(rules.check(facts, drawn=True), name=f"{NASTY}.xlsx", personal=personal, community=NASTY)


def test_signs_of_html_are_text(language: str) -> None:
    report = marked()
    page = parsed(render(report, language))
    assert not {one.tag for one in page.all()} & {"script", "b", "i"}
    assert next(page.all("h1")).text == "A <b>council</b> & its 'friends'"
    assert page.text.count(NASTY) >= 3  # the community, the file, the candidate
    many = parsed(render_across(Across((report,), report), language))
    assert not {one.tag for one in many.all()} & {"script", "b", "i"} and NASTY in many.text


def test_personal_values_only_when_asked(language: str) -> None:
    kept, shown = (render(marked(personal), language) for personal in (False, True))
    assert "1999" not in kept and "1999" in shown


def test_of_many_communities_each_has_its_part(language: str) -> None:
    reports = tuple(evolve(example("notice"), community=name) for name in ("East", "West"))
    page = parsed(render_across(Across(reports, evolve(reports[0], findings=(), diagnostics=())), language))
    assert [next(one.all("h2")).text for one in page.all("section", "community")] == ["East", "West"]
    (table,) = page.all("table", "communities")
    assert [row[0] for row in rows(table)[1:]] == ["East", "West"] and [row[2] for row in rows(table)[1:]] == ["7", "7"]
    ids = Counter(one.attributes["id"] for one in page.all() if "id" in one.attributes)
    assert set(ids.values()) == {1}
    assert len(list(page.all("section", "signing"))) == 1
