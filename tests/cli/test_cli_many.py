"""A folder of eighty plans and the city's file: at least half of the communities elect directly (speech of 2007, II(2)4).

Half of 27 is 13.5, so that 14 will do (source rules, S3-23); half of 80 is 40.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

PLAN = {
    "en": """plan: {{ruleset: cn.city-2007, day: 2007-07-20}}
community:
  name: Community {at}
  electorate: {mode}
  guidance group filed: 2007-08-{filed}
  piloted: {piloted}
""",
    "zh": """方案: {{规则集: cn.city-2007, 日期: 2007-07-20}}
社区:
  社区名称: 第{at}社区
  选举方式: {mode}
  指导组名单报送日: 2007-08-{filed}
  先行试点: {piloted}
""",
}
CITY = {
    "en": "plan: {ruleset: cn.city-2007, day: 2007-07-20}\n",
    "zh": "方案: {规则集: cn.city-2007, 日期: 2007-07-20}\n",
}
DIRECT = {"en": ("representatives", "all voters"), "zh": ("居民代表选举", "全体选民选举")}
YES = {"en": ("no", "yes"), "zh": ("否", "是")}


def written(folder: Path, language: str, direct: int, number: int) -> Path:
    """Every twentieth files its list a day late, and every fortieth pilots as well (II(3)1 and 2)."""
    folder.mkdir()
    for at in range(1, number + 1):
        mode, piloted = DIRECT[language][at <= direct], YES[language][at % 40 == 0]
        filed = "09" if at % 20 == 0 else "08"
        text = PLAN[language].format(at=at, mode=mode, filed=filed, piloted=piloted)
        (folder / f"{at}.yaml").write_text(text, encoding="utf-8")
    (folder / "city.yaml").write_text(CITY[language], encoding="utf-8")
    return folder


def told(run: Any, folder: Path, language: str, *more: str) -> list[str]:
    done = run("check", str(folder), "--city", str(folder / "city.yaml"), "--lang", language, *more)
    assert done.status == 1
    return list(done.out.splitlines())


@pytest.mark.parametrize(
    ("language", "direct", "number", "head", "share"),
    [
        (
            "en",
            39,
            80,
            [
                "80 plans, those with open findings first",
                "4 not in order · 76 not settled yet",
                "Fails most often: filing of the guidance group (4), no pilot (2)",
            ],
            "✗ share of communities where direct must not be less than 1/2 [speech II(2)4]",
        ),
        (
            "zh",
            40,
            80,
            [
                "共80个方案，存在问题的列在前面",
                "4个不符合规定，76个尚不能作出结论",
                "不符合较多的规定：指导组名单报送（4个）、不搞试点（2个）",
            ],
            "✓ 辖区全体社区中，直接选举的比例不得低于二分之一 〔讲话 二（二）4〕",
        ),
        (
            "en",
            14,
            27,
            ["27 plans, those with open findings first", "1 not in order · 26 not settled yet"],
            "✓ share of communities where direct must not be less than 1/2 [speech II(2)4]",
        ),
        (
            "zh",
            13,
            27,
            ["共27个方案，存在问题的列在前面", "1个不符合规定，26个尚不能作出结论"],
            "✗ 辖区全体社区中，直接选举的比例不得低于二分之一 〔讲话 二（二）4〕",
        ),
    ],
)
def test_half_of_the_communities(
    run: Any, here: Path, language: str, direct: int, number: int, head: list[str], share: str
) -> None:
    lines = told(run, written(here / "plans", language, direct, number), language)
    assert lines[: len(head)] == head
    communities = [
        (line[0], int(re.findall(r"\d+", line)[0])) for line in lines if re.search("Community|第.*社区：", line)
    ]
    failing = [at for sign, at in communities if sign == "✗"]
    # Two rules fail for every fortieth, one for the other twentieths; the city's file is no plan.
    assert sorted(failing[: number // 40]) == list(range(40, number + 1, 40))
    assert sorted(failing) == list(range(20, number + 1, 20))
    assert [sign for sign, _ in communities] == ["✗"] * len(failing) + ["?"] * (number - len(failing))
    assert sorted(at for _, at in communities) == list(range(1, number + 1))
    alike = [at for sign, at in communities if sign == "?" and at > direct]
    assert alike == sorted(alike)  # 2 before 10
    assert share in lines


def test_a_page_of_many_is_no_book(run: Any, here: Path) -> None:
    """What holds is left out, and what is said of the ruleset stands once; with --all everything is there."""
    folder = written(here / "plans", "en", 13, 27)
    page, whole = ("\n".join(told(run, folder, "en", "--format", "html", *more)) for more in ((), ("--all",)))
    assert page.count('class="community"') == whole.count('class="community"') == 27
    assert page.count("CR0363") == whole.count("CR0363") == 2  # age and education (L3)
    assert page.count('class="statement holds"') == 0 < whole.count('class="statement holds"')
    anchors, links = re.findall(r'id="(c\d+\w*)"', page), re.findall(r'href="#(c\d+\w*)"', page)
    assert set(links) <= set(anchors)
    assert len(page) * 3 < len(whole)


def test_plans_of_different_rulesets_are_not_judged_together(run: Any, tmp_path: Path) -> None:
    """None is judged by a ruleset that it does not name, unless the command names one."""
    for name, ruleset in (("a", "cn.city-2007"), ("b", "cn.all-voter")):
        (tmp_path / f"{name}.yaml").write_text(f"plan: {{ruleset: {ruleset}}}\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("community: {households: 900}\n", encoding="utf-8")
    done = run("check", str(tmp_path), "--lang", "en")
    assert (done.status, done.out) == (2, "")
    assert "CR0828" in done.err and "a.yaml names cn.city-2007; b.yaml another one" in done.err
    assert run("check", str(tmp_path), "--lang", "en", "--ruleset", "cn.city-2007").status == 3
    (tmp_path / "b.yaml").unlink()
    assert run("check", str(tmp_path), "--lang", "en").status == 3
