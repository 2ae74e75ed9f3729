"""Results of contests and allocations. Numbers of the all-voter election: chair 1,855, vice 1,752, five members."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from attrs import evolve

from civicrules import tally
from civicrules.findings import Count, Report
from civicrules.outcome import CannotSay, Decided, DecisionRequired, Outcome, Question, Seat, Step, Void
from civicrules.program import Citation, Names
from civicrules.report.counts import lines
from civicrules.report.steps import sentence
from civicrules.report.view import View

VOTES = (("chair", 1855), ("vice_chair", 1752), *(("member", n) for n in (1938, 1936, 1921, 1913, 1754)))
SEATS = tuple(Seat(f"{post}_{n}", 1, post, n) for post, n in VOTES)
WORDS = {
    "chair": Names.of(en="chair", zh="主任"),
    "vice_chair": Names.of(en="vice chair", zh="副主任"),
    "member": Names.of(en="member", zh="委员"),
    "returned": Names.of(en="ballots returned", zh="收回票数"),
    "registered": Names.of(en="registered voters", zh="登记选民数"),
    "lot": Names.of(en="lot", zh="抽签"),
}
RECEIVERS = {seat.receiver: Names.of(en=f"Candidate {seat.votes}", zh=f"候选人{seat.votes}") for seat in SEATS}


def count(outcome: Outcome, divides: bool = False) -> Count:
    return Count(
        "residents_committee",
        Names.of(en="residents committee", zh="居委会"),
        outcome,
        Citation("law", Names.of(en="law 15", zh="法律 第十五条")),
        receivers=RECEIVERS,
        words=WORDS,
        divides=divides,
    )


def shown(of: Count, language: str = "en", columns: int = 100) -> list[str]:
    return [line.text for line in lines(of, View(language, width=columns))]


def test_seats_of_a_contest() -> None:
    assert shown(count(Decided(SEATS))) == [
        "✓ residents committee: decided [law 15]",
        "    post        elected         votes",
        "    chair       Candidate 1855  1,855",
        "    vice chair  Candidate 1752  1,752",
        "    member      Candidate 1938  1,938",
        "    member      Candidate 1936  1,936",
        "    member      Candidate 1921  1,921",
        "    member      Candidate 1913  1,913",
        "    member      Candidate 1754  1,754",
    ]


def test_seats_in_chinese_line_up() -> None:
    assert shown(count(Decided(SEATS[:2])), "zh") == [
        "✓ 居委会：结果已定 〔法律 第十五条〕",
        "    职务    当选人      得票数",
        "    主任    候选人1855    1855",
        "    副主任  候选人1752    1752",
    ]


def test_seats_of_an_allocation_have_a_total() -> None:
    result = shown(count(Decided((Seat("first group", 3, votes=412), Seat("second group", 1, votes=98))), divides=True))
    assert result[1:] == [
        "    receiver      claim  seats",
        "    first group     412      3",
        "    second group     98      1",
        "    total                    4",
    ]


def test_a_table_too_wide_becomes_lines() -> None:
    seats = (Seat("a group with a very long name indeed", 3, votes=412),)
    assert shown(count(Decided(seats), divides=True), columns=40)[1:3] == [
        "    receiver: a group with a very long",
        "      name indeed, claim: 412, seats: 3",
    ]


def test_people_elected_without_a_post_have_votes() -> None:
    assert shown(count(Decided((Seat("Lin", votes=12),))))[1:] == ["    elected  votes", "    Lin         12"]


def test_open_seats() -> None:
    assert "    member: 1 seat left open" in shown(count(Decided((), vacant={"member": 1})))
    assert "    2 seats left open" in shown(count(Decided((), vacant={"": 2})))
    assert "    委员：缺额2名" in shown(count(Decided((), vacant={"member": 2})), "zh")


def test_a_question_shows_numbers_policy_and_how_to_answer() -> None:
    question = Question(
        "3f2a91c0d7e4",
        "tie",
        ("member_1938", "member_1936"),
        1,
        "member",
        {"member_1938": 900, "member_1936": Fraction(1801, 2)},
        "lot",
    )
    assert shown(count(DecisionRequired((question,), SEATS[:1]))) == [
        "? residents committee: a decision is required [law 15]",
        "  To be decided: choose 1 of 2, for member",
        "    Candidate 1938: 900",
        "    Candidate 1936: 900.5",
        "    the ruleset provides for: lot",
        "    Once it is decided, count again and add the answer, for example:",
        '      --decision "3f2a91c0d7e4=member_1938"',
        "    Lots that everybody can draw again are drawn from a seed made in public, such as dice:",
        '      --decision "3f2a91c0d7e4 drawn by sha-256 = 4 1 6 2 3"',
        "  Settled already, whatever comes:",
        "    post   elected         votes",
        "    chair  Candidate 1855  1,855",
    ]


@pytest.mark.parametrize(
    ("kind", "divides", "english", "chinese"),
    [
        ("tie", False, "choose 1 of 2", "从2人中选定1人"),
        (
            "exclude",
            False,
            "choose 1 of 2, who is excluded (not elected)",
            "从2人中选定1人，予以淘汰（被选定者不当选）",
        ),
        ("transfer_first", False, "choose 1 of 2, whose surplus is transferred first", "从2人中选定1人，先转移其余票"),
        ("tie_remainder", True, "choose 1 of 2, for one seat more", "从2个中选定1个，增加1名"),
        ("tie_for_bonus", True, "choose 1 of 2, who comes first", "从2个中选定1个，列为首位"),
    ],
)
def test_a_question_says_what_becomes_of_the_chosen(kind: str, divides: bool, english: str, chinese: str) -> None:
    asked = DecisionRequired((Question("3f2a91c0d7e4", kind, ("Lin", "Wu"), 1, numbers={"Lin": 5, "Wu": 5}),))
    assert shown(count(asked, divides))[1] == f"  To be decided: {english}"
    assert shown(count(asked, divides), "zh")[1] == f"  需决定事项：{chinese}"
    assert "    the ruleset does not say how this is decided" in shown(count(asked, divides))
    assert "    规则集未规定如何决定" in shown(count(asked, divides), "zh")


@pytest.mark.parametrize(
    ("papers", "english", "chinese"),
    [
        (1, "how paper hall/7 is to be read: choose 1 of 2", "选票hall/7（1张）如何认定：从2个中选定1个"),
        (3, "how the 3 papers hall/7 are to be read: choose 1 of 2", "选票hall/7（3张）如何认定：从2个中选定1个"),
    ],
)
def test_a_ruling_names_its_paper_and_not_its_number_beside_each_reading(
    papers: int, english: str, chinese: str
) -> None:
    readings = {"Lin": papers, "Wu": papers}
    asked = DecisionRequired((Question("3f2a91c0d7e4", "ruling", tuple(readings), 1, "hall/7", readings),))
    assert shown(count(asked))[1:4] == [f"  To be decided: {english}", "    Lin", "    Wu"]
    assert shown(count(asked), "zh")[1] == f"  需决定事项：{chinese}"
    assert "    the ruleset does not say how this is decided" not in shown(count(asked))


def test_seats_in_any_case_and_fractions_of_a_sheet() -> None:
    steps = (
        Step("quota_hare", {"total": 788, "seats": 16, "quota": Fraction(197, 4)}),
        Step(
            "quotient", {"receiver": "East", "weight": 158, "quotient": Fraction(632, 197), "whole": 3, "remainder": 0}
        ),
        Step("held_minimum", {"receiver": "West", "share": Fraction(51, 200), "seats": 1}),
        Step("divisors", {"divisors": (Fraction(7, 5), 3, 5)}),
    )
    asked = DecisionRequired((), (Seat("East", 3, "", 158), Seat("West", 1, "", 12)), steps)
    text = shown(count(asked, divides=True))
    assert "  At least these seats each has, whatever comes:" in text
    assert text[-4:] == [
        "    - quota: 788 / 16 = 49.25",
        "    - East: 158 / quota = 632/197 (about 3.21): seats 3, remainder 0",
        "    - West: a share of 51/200 seats is below the least number, so it has 1",
        "    - each number is divided by 1.4, 3, 5 and so on; the largest quotients take the seats",
    ]


def test_votes_of_transfers_have_their_decimals() -> None:
    assert "    Lin      48.46626" in shown(count(Decided((Seat("Lin", 1, "", Fraction(2423313, 50000)),))))


def test_what_is_missing_and_what_failed() -> None:
    assert shown(count(CannotSay(("blank_ballots",))))[1:] == [
        "  Not settled by what was given; this could settle it:",
        "    blank ballots",
    ]
    assert shown(count(Void(("turnout",))), "zh") == [
        "✗ 居委会：无效 〔法律 第十五条〕",
        "  本次选举无效，下列条件不符合：",
        "    turnout",
    ]


def test_other_bases() -> None:
    of = evolve(
        count(Decided(())), alternatives={"returned": True, "registered": True, "other_base": None, "lot": False}
    )
    assert shown(of)[1:] == [
        "  Would the result stand if the majority were counted on another base?",
        "    would not stand: lot",
        "    cannot say: other base",
        "    stands: ballots returned, registered voters",
    ]


def test_steps_without_a_sentence_show_their_data() -> None:
    step = Step("unheard_of", {"post": "chair", "votes": 1855, "share": Fraction(1, 2), "tied": ("chair", "member")})
    assert shown(count(Decided((), (step,))))[1:] == [
        "  How it was counted",
        "    - unheard of (post: chair, votes: 1,855, share: 1/2, tied: chair, member)",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_record_of_a_real_count_is_told_in_whole_sentences(language: str) -> None:
    posts = tuple(
        tally.Post(post, seats, tuple(tally.Candidate(f"{post}_{n}", n) for p, n in VOTES if p == post), complete=False)
        for post, seats in (("chair", 1), ("vice_chair", 1), ("member", 5))
    )
    account = tally.BallotAccount(registered=2722, issued=2268, returned=2208, valid=1995, invalid=17)
    contest = tally.Contest(posts, account, tally.Threshold("returned", Fraction(1, 2)))
    text = "\n".join(shown(count(tally.count(contest)), language, 160))
    assert {"en": "196 ballots are unaccounted for", "zh": "尚有196张"}[language] in text
    assert {"en": "Candidate 1754", "zh": "候选人1754"}[language] in text
    assert not re.search("[{}…_]", text)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_failing_conditions_of_a_count_are_shown_whole(faulty: Report, language: str) -> None:
    of = evolve(count(Void(("turnout",))), findings=faulty.findings[:1])
    assert any("社区!B7" in line for line in shown(of, language))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "✗ residents committee: no seats can be given [law 15]",
                "  No seats are given, because of this:",
                "    nobody reaches the threshold",
            ],
        ),
        ("zh", ["✗ 居委会：无法分配 〔法律 第十五条〕", "  不予分配名额，原因如下：", "    没有分配对象达到门槛"]),
    ],
)
def test_a_void_allocation_speaks_of_seats_and_not_of_a_vote(language: str, said: list[str]) -> None:
    assert shown(count(Void(("nobody_passes",)), divides=True), language)[:3] == said


@pytest.mark.parametrize(
    ("step", "one", "many"),
    [
        ("elected", "chair: Lin is elected with 1 vote;", "chair: Lin is elected with 2 votes;"),
        ("list_exhausted", "1 has 1 candidate; ", "2 has 2 candidates; "),
        (
            "account_issued",
            "1 ballot was issued to 1 registered voter; ",
            "2 ballots were issued to 2 registered voters; ",
        ),
    ],
)
def test_one_is_told_as_one(step: str, one: str, many: str) -> None:
    words = {"post": "chair", "candidate": "Lin"}
    for number, said in ((1, one), (2, many)):
        numbers = dict.fromkeys(
            ("votes", "receiver", "candidates", "surplus", "issued", "registered", "difference"), number
        )
        assert f"{sentence(Step(step, {**numbers, **words}), 'en')};".startswith(said)
        assert "|" not in sentence(Step(step, {**numbers, **words}), "zh")
