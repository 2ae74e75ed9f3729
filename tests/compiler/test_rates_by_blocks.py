"""What is given for every so many is given for whole blocks, whatever is given for one; each number is counted by hand."""

from __future__ import annotations

import pytest

import civicrules

HEAD = {
    "en": 'civicrules 1 en\nruleset t "T"\n  facts: cn.community\n  source act / 办法: "Act"\n',
    "zh": "civicrules 1 zh\n规则集 t “T”\n  词汇：cn.community\n  来源 办法 / act：“办法”\n",
}


def value(language: str, formula: str, households: int) -> object:
    means = {"en": f"wanted means {formula} [act 1]", "zh": f"所需是指{formula} 〔办法 1〕"}[language]
    plan = {"community": {"households": households}}
    name = {"en": "wanted", "zh": "所需"}[language]
    return civicrules.load(text=f"{HEAD[language]}\n{means}\n").value(name, plan).value


@pytest.mark.parametrize(
    ("english", "chinese", "households", "expected"),
    [
        # 2099 households are 20 full hundreds and a part: 20, 21 and 21 blocks; 50 of 100 are half a block.
        ("10000 yuan per 100 households, rounded down", "居民户数每100户1万元，尾数舍去", 2099, 200000),
        ("10000 yuan per 100 households, rounded down", "居民户数每100户1万元，尾数舍去", 2100, 210000),
        ("10000 yuan per 100 households, rounded up", "居民户数每100户1万元，尾数进一", 2001, 210000),
        ("2 people per 100 households, rounded down", "居民户数每100户2名，尾数舍去", 150, 2),
        ("2 people per 100 households, rounded down", "居民户数每100户2名，尾数舍去", 200, 4),
        ("2 people per 100 households, rounded down", "居民户数每100户2名，尾数舍去", 99, 0),
        ("2 people per 100 households, rounded up", "居民户数每100户2名，尾数进一", 101, 4),
        ("2 people per 100 households, rounded half up", "居民户数每100户2名，四舍五入", 149, 2),
        ("2 people per 100 households, rounded half up", "居民户数每100户2名，四舍五入", 150, 4),
        ("1 person per 100 households, rounded down", "居民户数每100户1名，尾数舍去", 199, 1),
        # 50 and two for each full hundred above 1500: 1699 is one full hundred more, 1700 are two.
        (
            "50 people + 2 people per 100 households above 1500, rounded down",
            "50名 + 居民户数超出1500户的部分每100户增加2名，尾数舍去",
            1699,
            52,
        ),
        (
            "50 people + 2 people per 100 households above 1500, rounded down",
            "50名 + 居民户数超出1500户的部分每100户增加2名，尾数舍去",
            1700,
            54,
        ),
        ("2 people per full 100 households", "居民户数每满100户2名", 199, 2),
        ("2 people for each full 100 households", "居民户数每满100户2名", 200, 4),
        ("1 person per full 100 households", "居民户数每满100户1名", 199, 1),
        ("1 person per full 100 households", "居民户数每满100户增加1名", 99, 0),
    ],
)
def test_blocks_are_rounded(english: str, chinese: str, households: int, expected: int) -> None:
    assert value("en", english, households) == expected
    assert value("zh", chinese, households) == expected


@pytest.mark.parametrize(
    ("sentence", "households", "expected"),
    [
        # So many households × 20 yuan each are yuan: 100 × 20 = 2000.
        ("budget must be at least households * 20 yuan", 100, "holds"),
        ("budget must be at least 20 yuan * households", 101, "fails"),
        ("工作经费应当不少于居民户数 × 20元", 100, "holds"),
        ("工作经费应当不少于居民户数 × 20元", 101, "fails"),
        ("workers must be at least households * 2 people", 5, "holds"),
        ("工作经费应当不少于居民户数 × 20", 100, "CR0205"),
        ("workers must be at least households * 20 yuan", 100, "CR0205"),
    ],
)
def test_so_many_times_so_much_for_each(sentence: str, households: int, expected: str) -> None:
    language = "en" if sentence.isascii() else "zh"
    end = {"en": "[act 1]", "zh": "〔办法 1〕"}[language]
    text = f"{HEAD[language]}\n{sentence} {end}\n"
    found = civicrules.compile(text)
    if expected.startswith("CR"):
        assert expected in [one.code for one in found.diagnostics]
        return
    plan = {"community": {"households": households, "budget": 2000, "workers": 10}}
    (finding,) = civicrules.load(text=text).check(plan).findings
    assert finding.verdict.value == expected
