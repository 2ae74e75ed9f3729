"""Drawings of a page: marks at places computed by hand, on a line from 10 to 470, and the same facts as text.

The notice of 2012 sets 3 to 5 members for at most 2,500 households, 5 to 7 for 2,500 to 5,000, 7 to 9 from 5,000 on:
the line goes from 0 to 6,000, a fifth beyond the last edge, so that 460 units are 6,000 households.
"""

from __future__ import annotations

import pytest

from civicrules import Report, load
from civicrules.report.html.page import render

from .pages import Element, parsed, rows

VOTES = {"registered voters": 2722, "ballots issued": 2268, "ballots returned": 2208}
PARTS = {"valid ballots": 1995, "invalid ballots": 17}


def of_households(number: int) -> Report:
    return load("cn.district-2012").check(
        {"community": {"households": number}, "residents committee": {"size": 5}}, drawn=True
    )


def of_ballots(**parts: int) -> Report:
    account = {name.replace("_", " "): number for name, number in parts.items()}
    figures = {**VOTES, **PARTS, **account}
    return load("cn.all-voter").check({"ballot account": figures}, drawn=True)


def figure(report: Report, title: str, language: str = "en") -> Element:
    page = parsed(render(report, language))
    return next(one for one in page.all("figure") if next(one.all("figcaption")).text.startswith(title))


def places(of: Element, tag: str, *names: str, kind: str = "") -> list[tuple[int, ...]]:
    return [tuple(int(one.attributes[name]) for name in names) for one in of.all(tag, kind)]


@pytest.mark.parametrize(
    ("households", "place", "inside", "said"),
    [
        (1601, 133, [0], "at most 2,500 households"),  # 10 + 460 × 1601 / 6000 = 132.7
        (2499, 202, [0], "at most 2,500 households"),  # 201.59
        (2500, 202, [0, 1], "at most 2,500 households; 2,500 households or more, at most 5,000 households"),  # 201.67
        (2501, 202, [1], "2,500 households or more, at most 5,000 households"),  # 201.74
        (5001, 393, [2], "5,000 households or more"),
    ],
)
def test_the_place_of_a_community_on_the_bands(households: int, place: int, inside: list[int], said: str) -> None:
    """5,001 households move the end of the line to 6,001.2: 10 + 460 × 5001 / 6001.2 = 393.3."""
    drawn = figure(of_households(households), "committee size, by households")
    assert places(drawn, "line", "x1", "x2", kind="place") == [(place, place)]
    bars = list(drawn.all("rect"))
    assert [at for at, bar in enumerate(bars) if "here" in bar.classes] == inside
    assert f"it stands in: {said}." in drawn.text


def test_bands_from_edge_to_edge_with_what_they_share() -> None:
    """2,500 stands at 10 + 460 × 2500 / 6000 = 201.7, 5,000 at 393.3."""
    drawn = figure(of_households(1601), "居委会职数标准（按居民户数）", "zh")
    assert places(drawn, "rect", "x", "width") == [(10, 192), (202, 191), (393, 77)]
    assert rows(drawn) == [
        ["居民户数", "居委会职数标准", "本方案"],
        ["2500户以下（含本数）", "3至5人", "所在档次"],
        ["2500户以上（含本数），5000户以下（含本数）", "5至7人", ""],
        ["5000户以上（含本数）", "7至9人", ""],
    ]
    assert "居委会职数标准：3至5人。2500户同属两档：3至5人、5至7人。5000户同属两档：5至7人、7至9人。" in drawn.text


def test_without_the_number_there_is_no_line() -> None:
    report = load("cn.district-2012").check({"residents committee": {"size": 5}}, drawn=True)
    assert "committee size, by households" not in parsed(render(report, "en")).text


def test_days_and_the_day_that_a_sentence_counts() -> None:
    """Three years after 21 August 2009 is 21 August 2012. The three years between are drawn as 20 days, the last day as
    one: 10 + 460 × 20 / 21 = 448.1; the line is broken in the middle, at 229.
    """
    days = {"election day": "2012-08-20", "previous election day": "2009-08-21"}
    drawn = figure(load("cn.district-2012").check({"community": days}, drawn=True), "Calendar")
    assert places(drawn, "circle", "cx") == [(10,), (448,)]
    assert [one.attributes["d"].split("l")[0] for one in drawn.all("path", "limit")] == ["M470 3"]
    assert [one.attributes["d"].split(" ")[0] for one in drawn.all("path", "break")] == ["M222"]
    assert rows(drawn) == [
        ["no.", "day", "what"],
        ["1", "21 August 2009", "previous election day"],
        ["2", "20 August 2012", "election day"],
        ["3", "21 August 2012", "asked: election day on this day or later notice II.2"],
    ]


def test_ballots_as_bars() -> None:
    """2,722 voters are 460 units: 2,268 are 383.3, 2,208 are 373.1, 1,995 are 337.1, 2,012 are 340.0, 2,202 are 372.1."""
    drawn = figure(of_ballots(blank_ballots=190), "Ballot account")
    wholes, parts = [(10, 460), (10, 383), (10, 373)], [(10, 337), (347, 3), (350, 32), (382, 1)]
    assert places(drawn, "rect", "x", "width") == wholes + parts
    assert rows(drawn)[-1] == ["not accounted for", "6 ballots"]


def test_more_parts_than_ballots_returned() -> None:
    """1,995 + 17 + 200 = 2,212, which is 4 more than 2,208."""
    assert rows(figure(of_ballots(blank_ballots=200), "Ballot account"))[-1] == ["more than were returned", "4 ballots"]


def test_what_is_not_given_is_not_drawn() -> None:
    """Without the blank ballots nobody can say what is left."""
    drawn = rows(figure(of_ballots(), "Ballot account"))
    assert [name for name, _ in drawn] == [
        "registered voters",
        "ballots issued",
        "ballots returned",
        "valid ballots",
        "invalid ballots",
    ]
