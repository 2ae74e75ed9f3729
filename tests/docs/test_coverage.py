"""The page on coverage: what becomes of every fact of the sources and of every article of the laws, made and compared.

Facts are named in `docs/sources.yaml`. What answers them stands in the tables of the rulesets' READMEs, under the
headings `fact` and `article`. A Chinese name in an answer is that of a rule, value, reading or contest: of the ruleset
of the README, or of one that the answer names.

    python tests/docs/test_coverage.py    writes the page of today
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import yaml
from attrs import frozen

import civicrules
from civicrules.program import Allocation, Contest, Definition, Group, Program, Reading, Rule

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "coverage.md"
SOURCES = ROOT / "docs" / "sources.yaml"
READMES = sorted((ROOT / "rulesets").glob("*/README.md"))
_ID = r"(?:S\d[a-e]?-\d\d|[IL]\d+)"
_IDS = re.compile(rf"({_ID})(?: to ({_ID}))?")
_RULESET = re.compile(r"\bcn\.[a-z0-9-]*[a-z0-9]")
_PLAN = re.compile(r"(cn\.[\w-]+), plan ([\w-]+)")
_NAME = re.compile(r"[\u4e00-\u9fff]+")
_ARTICLES = re.compile(r"(\d+)(?:\(\d+\))?(?: to (\d+))?")
Named = Rule | Definition | Group | Reading | Contest | Allocation
KINDS = {Rule: "rule", Contest: "contest", Allocation: "allocation", Definition: "value", Group: "value"}
KINDS[Reading] = "reading"
MEANING = {
    "rule": "a sentence of a ruleset judges it",
    "contest": "the count of an election carries it out",
    "allocation": "seats are divided by it",
    "value": "it is a number or a group of people that rules use",
    "reading": "it can be read in two ways; the ruleset says which it takes",
    "plan": "its figures stand in an example, and are checked there",
    "seen by a reader": "no figure or day shows it; whoever reads the document sees it",
    "datum": "a number or an event that nothing is compared with",
    "reason": "why no machine can decide it",
}


@frozen
class Row:
    """A row of a table of a README: for what, in which ruleset, with which answer."""

    ruleset: str
    subject: str
    answer: str


@frozen
class Answer:
    """An answer with what it names, ready to be printed."""

    text: str
    kind: str
    places: tuple[str, ...]


@cache
def program(ruleset: str) -> Program:
    return civicrules.load(ruleset).program


@cache
def named_in(ruleset: str) -> Mapping[str, Named]:
    """What a ruleset names, by Chinese name; a rule goes before a value that bears the name of the same thing."""
    found = program(ruleset)
    items = (*found.rules, *found.contests, *found.allocations, *found.definitions, *found.groups, *found.readings)
    names: dict[str, Named] = {}
    for item in items:
        names.setdefault(item.names.text("zh"), item)
    return names


def rows(readme: Path, heading: str) -> Iterator[Row]:
    """The rows of the tables with a heading; of a table of plans the second column is the plan."""
    ruleset, within, plans = readme.parent.name, False, False
    for line in readme.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            within = False
        elif cells[0] == heading:
            within, plans = True, cells[1] == "plan"
        elif within and not cells[0].startswith("---"):
            answer = f"{cells[2]} ({ruleset}, plan {cells[1]})" if plans else cells[1]
            yield Row(ruleset, cells[0], answer)


def expanded(subject: str) -> list[str]:
    """The ids of a cell, ranges written out.

    >>> expanded("S1a-03 to S1a-05, I4")
    ['S1a-03', 'S1a-04', 'S1a-05', 'I4']
    """
    found: list[str] = []
    for first, last in _IDS.findall(subject):
        head, start = re.fullmatch(r"(.*?)(\d+)", first).groups()  # type: ignore[union-attr]
        end = int(last.removeprefix(head)) if last else int(start)
        found += (f"{head}{number:0{len(start)}}" for number in range(int(start), end + 1))
    return found


def is_pointer(text: str) -> bool:
    """Whether an answer only says in which ruleset, or in which plan, the answer is."""
    return bool(_RULESET.match(text) and not _NAME.search(text))


def is_open(text: str) -> bool:
    """Whether an answer says only that something is still to come."""
    return "not yet" in text and not _NAME.search(text)


def answered(row: Row) -> Answer:
    """A row with its names looked up: a name that is in no ruleset, or a plan that does not exist, is an error."""
    found = list(looked_up(row))
    for ruleset, plan in _PLAN.findall(row.answer):
        assert any((ROOT / "rulesets" / ruleset / "examples").glob(f"{plan}.*")), f"{row}: no plan {plan} of {ruleset}"
    kinds = {KINDS[type(item)] for _, item in found} | {"plan" for _ in _PLAN.findall(row.answer)}
    kind = next((kind for kind in MEANING if kind in kinds), in_words(row.answer))
    told = re.sub(rf"^{kind}:? | \({_PLAN.pattern}\)$", "", row.answer)
    text = _NAME.sub(lambda name: f"`{name[0]}`", told)
    places = [f"{home}{cited(item)}" for home, item in found] + [found[0] for found in _PLAN.finditer(row.answer)]
    return Answer(text, kind, tuple(dict.fromkeys(places)))


def looked_up(row: Row) -> Iterator[tuple[str, Named]]:
    """Each name with the ruleset it is of: the one named last before it, else that of the README."""
    before = row.ruleset
    for word in re.findall(rf"{_RULESET.pattern}|{_NAME.pattern}", row.answer):
        if word in shipped():
            before = word
        elif _NAME.fullmatch(word):
            home = next((home for home in (before, row.ruleset) if word in named_in(home)), None)
            assert home, f"{row.ruleset}, {row.subject}: no rule, value, reading or contest is called {word}"
            yield home, named_in(home)[word]


@cache
def shipped() -> frozenset[str]:
    return frozenset(path.parent.name for path in READMES if any(path.parent.glob("rules.*.civic")))


def cited(item: Named) -> str:
    citation = item.article if isinstance(item, Rule) else item.citation
    return f", {citation.article.text('en')}" if citation and citation.article.text("en") else ""


def in_words(text: str) -> str:
    if is_pointer(text):
        return "see"
    if "reader" in text:
        return "seen by a reader"
    return "datum" if text.startswith("datum") else "reason"


def answers() -> dict[str, list[Answer]]:
    """What answers each id; a ruleset that only points at another gives none."""
    found: dict[str, list[Answer]] = {}
    for row in chain.from_iterable(rows(readme, "fact") for readme in READMES):
        if is_pointer(row.answer) or is_open(row.answer):
            continue
        for one in expanded(row.subject):
            found.setdefault(one, []).append(answered(row))
    return found


def sources() -> list[dict[str, object]]:
    return list(yaml.safe_load(SOURCES.read_text(encoding="utf-8"))["documents"])


def edges() -> list[dict[str, str]]:
    return list(yaml.safe_load(SOURCES.read_text(encoding="utf-8"))["edges"])


def facts() -> dict[str, list[str]]:
    return {one: said for document in sources() for one, said in document["facts"].items()}  # type: ignore[attr-defined]


HEAD = """# Coverage

What becomes of every fact of the source documents, and of every article of the laws: the rule that judges it, or the
reason why no machine can. This page is made from the tables in the rulesets' READMEs and from the rulesets themselves.

The documents are papers of communities, districts and cities; `S2e-28` is a fact of one of them. `I` stands for places
where a document does not agree with itself, `L` for places where it does not agree with the law above it. Names in
Chinese are those of the rulesets; `civicrules show RULESET` prints the text.
"""


def page() -> str:
    known, told = facts(), answers()
    parts = [HEAD, "\n".join(summary(told)), "## Facts\n"]
    parts += ["\n".join(document_table(document, told)) for document in sources()]
    parts += ["## Edges\n", "\n".join(edge_table())]
    parts += ["## Laws\n", *("\n".join(law_table(readme)) for readme in READMES if any(rows(readme, "article")))]
    assert known.keys() == told.keys()
    return "\n".join(parts)


def summary(told: Mapping[str, list[Answer]]) -> Iterator[str]:
    yield from ("| kind of answer | it means | facts |", "| --- | --- | ---: |")
    for kind, meaning in MEANING.items():
        if number := sum(found[0].kind == kind for found in told.values()):
            yield f"| {kind} | {meaning} | {number} |"
    yield f"| | all facts | {len(told)} |\n"


def document_table(document: Mapping[str, object], told: Mapping[str, list[Answer]]) -> Iterator[str]:
    title, _, rest = str(document["what"]).rstrip(".").partition(". ")
    yield f"### {document['name']}: {title[:1].lower()}{title[1:]}\n" + f"\n{rest}.\n" * bool(rest)
    yield from ("| fact | subject | answer | stands in |", "| --- | --- | --- | --- |")
    for one, (where, subject) in document["facts"].items():  # type: ignore[attr-defined]
        found = told[one]
        texts = "; ".join(f"**{answer.kind}** {answer.text}" for answer in found)
        places = dict.fromkeys(place for answer in found for place in answer.places)
        yield f"| {one} | {subject} ({where}) | {texts} | {'; '.join(places)} |"
    yield ""


def edge_table() -> Iterator[str]:
    yield "Where a number decides, cases lie on both sides of it and on it, under each reading.\n"
    yield from ("| edge | rule and reading | cases |", "| --- | --- | --- |")
    for edge in edges():
        row = answered(Row("", edge["edge"], edge["rule"]))
        cases = ", ".join(f"`{case}`" for case in edge["cases"].split(", "))
        yield f"| {edge['edge']} | {row.text} | {cases} |"
    yield ""


def law_table(readme: Path) -> Iterator[str]:
    name = readme.parent.name
    yield f"### {name}\n\n{program(name).title.text('en')}.\n"
    yield from ("| article | answer | stands in |", "| --- | --- | --- |")
    for row in rows(readme, "article"):
        answer = answered(row)
        places = [place.removeprefix(f"{name}, ") for place in answer.places]
        yield f"| {row.subject} | **{answer.kind}** {answer.text} | {'; '.join(places)} |"
    yield ""


def test_the_page_is_that_of_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python tests/docs/test_coverage.py"


def test_every_fact_has_an_answer() -> None:
    """No id without an answer, and none that no document has; one that is only still to come does not count."""
    known, told = facts(), answers()
    assert not sorted(known.keys() - told.keys()), "facts without an answer"
    assert not sorted(told.keys() - known.keys()), "answers to what is in no document"


def test_a_fact_that_is_pointed_at_is_answered_there() -> None:
    for row in chain.from_iterable(rows(readme, "fact") for readme in READMES):
        if is_pointer(row.answer):
            there = rows(ROOT / "rulesets" / _RULESET.findall(row.answer)[0] / "README.md", "fact")
            assert set(expanded(row.subject)) <= {one for found in there for one in expanded(found.subject)}, row


@pytest.mark.parametrize(
    ("ruleset", "articles"), [("cn.residents-law", 23), ("cn.village-law", 41), ("cn.village-by-analogy", 41)]
)
def test_every_article_of_a_law_has_an_answer(ruleset: str, articles: int) -> None:
    """The articles of the law that a ruleset states whole; its paragraphs stand beside them."""
    readme = ROOT / "rulesets" / ruleset / "README.md"
    subjects = [row.subject for row in rows(readme, "article") if row.subject[:1].isdigit()]
    found = {
        number
        for first, last in chain.from_iterable(map(_ARTICLES.findall, subjects))
        for number in range(int(first), int(last or first) + 1)
    }
    assert found >= set(range(1, articles + 1))


@pytest.mark.parametrize("edge", edges(), ids=lambda edge: edge["edge"])
def test_the_cases_of_an_edge_exist(edge: dict[str, str]) -> None:
    """A case is a test, or `examples` of the ruleset, which then expect something of the rule."""
    for case in edge["cases"].split(", "):
        if case.startswith("test_"):
            name, function = case.split(": ")
            text = (ROOT / "tests" / "rulesets" / f"{name}.py").read_text(encoding="utf-8")
            assert f"def {function}(" in text, case
        else:
            ruleset = case.removesuffix(": examples")
            names = {named_in(ruleset)[name].id for name in _NAME.findall(edge["rule"]) if name in named_in(ruleset)}
            assert names & {one for example in program(ruleset).examples for one, _ in example.expect}, case


@pytest.mark.parametrize(
    ("answer", "problem"),
    [("没有这条规定 (no such rule)", "is called 没有这条规定"), ("cn.reported-figures, plan none", "no plan none")],
)
def test_what_does_not_exist_is_found(answer: str, problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        answered(Row("cn.district-2012", "S2e-28", answer))


def test_what_is_still_to_come_is_no_answer() -> None:
    assert is_open("registration: not yet rules of this ruleset")
    assert is_pointer("cn.all-voter") and not is_pointer("cn.district-2012: 选举日")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
