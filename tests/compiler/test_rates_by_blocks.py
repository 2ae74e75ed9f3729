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
