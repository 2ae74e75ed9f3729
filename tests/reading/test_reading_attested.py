"""What is attested of all members of a list, and which rules are waived: from each kind of file to facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from civicrules import codes
from civicrules.diagnostics import Diagnostic
from civicrules.facts import Attestation, Facts, Waiver
from civicrules.program import Names, Vocabulary
from civicrules.reading import bind, from_mapping

Result = tuple[Facts | None, tuple[Diagnostic, ...]]
Plan = Callable[..., Result]
Read = Callable[[Path], Result]

ROLL = "居委会候选人:\n- {姓名: 李某}\n- {姓名: 王某, 现任: 是}\n- {姓名: 赵某, 现任: 也许}\n"
DAY = date(2012, 8, 1)


def column(facts: Facts | None, field: str, id: str = "committee_candidates") -> list[object]:
    """A field of each row: its value, with a star where it was attested."""
    assert facts is not None
    found = [row.values.get(field) for row in facts.lists[id].rows]
    return [None if fact is None else (fact.value, "*") if fact.attested else fact.value for fact in found]


def without_places(facts: Facts | None) -> list[tuple[object, ...]]:
    assert facts is not None
    return [(one.list, one.field, one.by, one.day, one.facts) for one in facts.attestations]


def test_it_fills_what_is_missing_and_nothing_else(plan: Plan) -> None:
    """Of three members one says yes, and one says something that cannot be read: the attestation speaks for the first."""
    facts, found = plan(ROLL + "证明:\n- {名单: 居委会候选人, 事项: 现任, 出具单位: 街道办事处, 日期: 2012年8月1日}\n")
    assert [d.code for d in found] == ["CR0510", "CR0533"]
    assert column(facts, "in_office") == [(False, "*"), True, None]
    assert without_places(facts) == [("committee_candidates", "in_office", "街道办事处", DAY, 1)]
    assert facts is not None and str(facts.attestations[0].place) == "plan.yaml:6:3"
    filled = facts.lists["committee_candidates"].rows[0].values["in_office"]
    assert filled.place == facts.attestations[0].place


@pytest.mark.parametrize(
    ("fact", "field", "value"),
    [
        ("serving sentence", "in_prison", False),
        ("现任", "in_office", False),
        ("released", "released", "none"),
        ("缓刑期满", "probation_ended", "none"),
        ("relatives", "relatives", ()),
    ],
)
def test_no_none_and_nobody(plan: Plan, fact: str, field: str, value: object) -> None:
    facts, found = plan(
        f"居委会候选人: [{{姓名: 李某}}]\nattestations:\n- {{list: committee candidate, fact: {fact}, by: court, "
        "date: 2012-08-01}\n"
    )
    assert found == ()
    assert facts is not None
    filled = facts.lists["committee_candidates"].rows[0].values[field]
    assert filled.attested and getattr(filled.value, "value", filled.value) == value


def test_a_blank_that_means_none_is_not_attested(plan: Plan) -> None:
    facts, found = plan(
        "居委会候选人: [{姓名: 李某, 正在服刑: }, {姓名: 王某}, {姓名: 赵某, 正在服刑: 不详}]\n"
        "证明: [{名单: 居委会候选人, 事项: 正在服刑, 出具单位: 法院, 日期: 2012-08-01}]\n"
    )
    assert found == () and column(facts, "in_prison") == [False, (False, "*"), (False, "*")]
    assert without_places(facts)[0][-1] == 2


def test_of_a_list_that_takes_others_together(plan: Plan) -> None:
    """Whom it counts, it counts once, though each member then stands in two lists."""
    facts, found = plan(
        "居委会候选人: [{姓名: 李某}]\n监督委员会候选人: [{姓名: 王某}, {姓名: 赵某, 现任: 是}]\n"
        "证明: [{名单: 全体候选人, 事项: 现任, 出具单位: 街道, 日期: 2012-08-01}]\n"
    )
    assert found == () and without_places(facts) == [("all_candidates", "in_office", "街道", DAY, 2)]
    assert column(facts, "in_office") == [(False, "*")]
    assert column(facts, "in_office", "all_candidates") == [(False, "*"), (False, "*"), True]


def test_of_a_list_that_is_not_given_it_fills_nothing(plan: Plan) -> None:
    facts, found = plan("证明: [{名单: 居委会候选人, 事项: 现任, 出具单位: 街道, 日期: 2012-08-01}]\n")
    assert found == () and facts is not None and facts.lists == {} and without_places(facts)[0][-1] == 0


def test_a_second_one_finds_nothing_left(plan: Plan) -> None:
    row = "{名单: 居委会候选人, 事项: 现任, 出具单位: 街道, 日期: 2012-08-01}"
    facts, found = plan(f"居委会候选人: [{{姓名: 李某}}]\n证明: [{row}, {row}]\n")
    assert found == () and [one[-1] for one in without_places(facts)] == [1, 0]


@pytest.mark.parametrize(
    ("row", "code", "place", "suggested"),
    [
        ("{名单: 居委会侯选人, 事项: 现任, 出具单位: 街道, 日期: 2012-08-01}", "CR0501", "2:8", "居委会候选人"),
        ("{名单: 居委会候选人, 事项: 现在, 出具单位: 街道, 日期: 2012-08-01}", "CR0501", "2:20", "现任"),
        ("{名单: 居委会候选人, 事项: 现任, 出具单们: 街道, 日期: 2012-08-01}", "CR0501", "2:24", "出具单位"),
        ("{名单: 居委会候选人, 事项: 文化程度, 出具单位: 街道, 日期: 2012-08-01}", "CR0524", "2:20", None),
        ("{名单: 居委会候选人, 事项: 居住不在本社区, 出具单位: 街道, 日期: 2012-08-01}", "CR0524", "2:20", None),
        ("{名单: 居委会候选人, 事项: 现任, 日期: 2012-08-01}", "CR0523", "2:3", None),
        ("{名单: 居委会候选人, 事项: 现任, 出具单位: 街道}", "CR0523", "2:3", None),
        ("{名单: 居委会候选人, 事项: 现任, 出具单位: , 日期: }", "CR0523", "2:3", None),
        ("{名单: 居委会候选人, 事项: 现任, 出具单位: 街道, 日期: 八月}", "CR0508", "2:38", None),
        ("{名单: 居委会候选人, 事项: 现任, 出具单位: 街道, 日期: 2012-02-30}", "CR0509", "2:38", None),
        ("居委会候选人", "CR0520", "2:3", None),
    ],
)
def test_rows_that_cannot_be_used(plan: Plan, row: str, code: str, place: str, suggested: str | None) -> None:
    facts, found = plan(f"证明:\n- {row}\n居委会候选人: [{{姓名: 李某}}]\n")
    assert (found[0].code, str(found[0].place)) == (code, f"plan.yaml:{place}")
    assert found[1:] == ()
    assert column(facts, "in_office") == [None] and facts is not None and facts.attestations == ()
    if suggested is not None:
        assert found[0].data["suggestions"][0] == suggested  # type: ignore[index]


def test_what_is_missing_is_named_and_what_may_be_attested_is_offered(plan: Plan) -> None:
    _, found = plan("attestations:\n- {list: committee candidates, fact: education}\n")
    assert [d.code for d in found] == ["CR0523", "CR0524"]
    assert found[0].data["missing"] == (Names.of(en="by", zh="出具单位"), Names.of(en="date", zh="日期"))
    offered = {names.text("en") for names in found[1].data["options"]}  # type: ignore[attr-defined]
    assert offered == {"released", "probation ended", "serving sentence", "incumbent", "lives here", "relatives"}


@pytest.mark.parametrize("text", ["证明:\n", "attestations: none\n", "attestations: []\n", "证明: 无\n"])
def test_none_at_all(plan: Plan, text: str) -> None:
    facts, found = plan(text)
    assert found == () and facts is not None and facts.attestations == ()


def test_they_are_rows(plan: Plan) -> None:
    assert [d.code for d in plan("证明: {名单: 居委会候选人}\n")[1]] == ["CR0518"]
    assert [d.code for d in plan("证明: 都没有\n")[1]] == ["CR0518"]


# ---------------------------------------------------------------- workbooks, tables, Python


def saved(folder: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_sheets_of_their_own(tmp_path: Path, read_plan: Read) -> None:
    """Titles and an example stand above the headings; `规则` is near to the header's `规则集` and is not taken for it."""
    facts, found = read_plan(
        saved(
            tmp_path,
            {
                "居委会候选人": [["姓名"], ["李某"], ["王某"]],
                "证明": [
                    ["证明事项一览"],
                    [],
                    ["例：居委会候选人", "现任", "街道", "2012-01-01"],
                    ["名单", "事项", "出具单位", "日期"],
                    ["居委会候选人", "正在服刑", "区人民法院", date(2012, 8, 1)],
                    [None, "现任", "街道", "2012年8月1日"],
                ],
                "放宽审批": [
                    ["规则", "人员", "理由", "批准机关", "日期", "数据校验码"],
                    ["年龄", "李某", "工作业绩突出", "街道办事处", date(2012, 8, 2), 12345],
                ],
            },
        )
    )
    assert [(d.code, str(d.place)) for d in found] == [("CR0523", "证明!B6")]
    assert column(facts, "in_prison") == [(False, "*"), (False, "*")] and column(facts, "in_office") == [None, None]
    assert facts is not None and facts.plan.ruleset is None
    assert [(str(one.place), one.facts) for one in facts.attestations] == [("证明!A5", 2)]
    [waiver] = facts.waivers
    assert (waiver.rule, waiver.person, waiver.fingerprint) == ("年龄", "李某", "12345")
    assert (waiver.reason, waiver.by, waiver.day) == ("工作业绩突出", "街道办事处", date(2012, 8, 2))


def test_a_sheet_without_headings_and_one_with_a_misspelt_one(tmp_path: Path, read_plan: Read) -> None:
    facts, found = read_plan(
        saved(
            tmp_path,
            {
                "attestations": [["committee candidates", "incumbent", "office", "2012-08-01"]],
                "waivers": [["rule", "resaon", "by"], ["age", "merit", "office"]],
            },
        )
    )
    assert [(d.code, str(d.place)) for d in found] == [
        ("CR0449", "attestations!A1"),
        ("CR0501", "waivers!B1"),
    ]
    assert found[1].data["suggestions"] == ("reason", "person")
    assert facts is not None and facts.attestations == () and facts.waivers == ()


def test_a_table_beside_the_plan(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "list,fact,by,date\ncommittee candidates,incumbent,office,2012-08-01\n", encoding="utf-8"
    )
    facts, found = plan("居委会候选人: [{姓名: 李某}]\nattestations: a.csv\n")
    assert [d.code for d in found] == ["CR0428"] and column(facts, "in_office") == [(False, "*")]


def test_mappings_and_objects_from_python(vocabulary: Vocabulary) -> None:
    said = SimpleNamespace(list="committee_candidates", fact="in_office", by="office", date=DAY)
    waived = {"rule": "age", "person": "Li", "reason": "merit", "by": "office", "date": DAY, "fingerprint": "ab12"}
    given = {"committee_candidates": [{"name": "Li"}], "attestations": [said], "waivers": [waived]}
    facts, found = bind(from_mapping(given), vocabulary)
    assert found == () and column(facts, "in_office") == [(False, "*")]
    assert facts.attestations == (
        Attestation("committee_candidates", "in_office", "office", DAY, 1, facts.attestations[0].place),
    )
    assert facts.waivers == (Waiver("age", "Li", "merit", "office", DAY, "ab12", facts.waivers[0].place),)


# ---------------------------------------------------------------- waivers


def test_a_waiver_of_the_plan_needs_no_person_and_no_day(plan: Plan) -> None:
    facts, found = plan("waivers:\n- {rule: unit share, reason: merged last month, by: street office}\n")
    assert found == () and facts is not None
    [one] = facts.waivers
    assert (one.rule, one.person, one.day, one.fingerprint) == ("unit share", "", None, "")
    assert str(one.place) == "plan.yaml:2:3"


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ("{规则: 年龄, 批准机关: 街道}", ["理由"]),
        ("{规则: 年龄, 理由: 业绩突出}", ["批准机关"]),
        ("{理由: 业绩突出, 批准机关: 街道}", ["规则"]),
        ("{人员: 李某}", ["规则", "理由", "批准机关"]),
    ],
)
def test_a_waiver_nobody_answers_for_is_none(plan: Plan, row: str, missing: list[str]) -> None:
    facts, found = plan(f"放宽审批:\n- {row}\n")
    assert [d.code for d in found] == ["CR0523"] and facts is not None and facts.waivers == ()
    assert [names.text("zh") for names in found[0].data["missing"]] == missing  # type: ignore[attr-defined]


def test_both_are_suggested_at_the_top_of_a_plan(plan: Plan) -> None:
    _, found = plan("attestation:\n- {list: x}\nwavers:\n- {rule: x}\n")
    assert [(d.code, d.data["suggestions"]) for d in found] == [
        ("CR0501", ("attestations",)),
        ("CR0501", ("waivers",)),
    ]


# ---------------------------------------------------------------- whatever is written

SCALARS = st.none() | st.booleans() | st.integers(-5, 10**20) | st.text(max_size=6) | st.dates() | st.floats()
WORDS = st.sampled_from(["list", "fact", "by", "date", "rule", "reason", "证明", "居委会候选人", "全体候选人", "现任"])
VALUES = st.recursive(
    SCALARS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given_by(said=VALUES, waived=VALUES, relatives=VALUES, candidates=VALUES)
def test_nothing_raises(vocabulary: Vocabulary, said: Any, waived: Any, relatives: Any, candidates: Any) -> None:
    given = {
        "attestations": said,
        "放宽审批": waived,
        "committee_candidates": [{"name": "Li", "relatives": relatives}],
        "supervision_candidates": candidates,
    }
    facts, found = bind(from_mapping(given), vocabulary)
    assert len(facts.lists["all_candidates"].rows) >= 1
    assert all(codes.page(one.code).title.text("zh") for one in found)
