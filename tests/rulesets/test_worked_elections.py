"""The two worked elections: one `check` of the shipped plan tells all that is to be told of each.

Ids are those of the source rules, sections 4 (I) and 6 (L): places where a summary does not agree with itself, or with
the law. What no document asks for is advice; what the summary leaves untold cannot be said.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import civicrules
from civicrules import Decided, DecisionRequired, Report, Verdict, Void
from civicrules.program import Force
from civicrules.report.text import render

RULESETS = Path(__file__).parents[2] / "rulesets"
ALL_VOTER, REPRESENTATIVES = "cn.all-voter/examples/fourth-term", "cn.representatives/examples/2011"
FAILS, HOLDS, OPEN, IDLE = Verdict.FAILS, Verdict.HOLDS, Verdict.CANNOT_SAY, Verdict.DOES_NOT_APPLY
MUST, SHOULD = Force.MUST, Force.SHOULD

# id → (rule, force, verdict): the finding that tells of it.
OF_ALL_VOTERS = [
    ("I1", "ballot_account", MUST, OPEN),  # 1995 + 17 = 2012, 196 fewer than 2208; blank ballots were not published
    ("I3 L17", "venue_of_the_vote", SHOULD, FAILS),  # 60 representatives are the meeting, 2722 voters elect
    ("I3 L17", "turnout", MUST, HOLDS),  # 2208 of 2722 registered voters
    ("I4", "one_day_of_voting", SHOULD, FAILS),  # 13 to 16 March
    ("I4", "candidates_posted", MUST, FAILS),  # on the 13th, three days before the 16th
    ("I5", "stated_turnout", MUST, HOLDS),  # 2208 / 2722 = 81.1 %
    ("L7", "turnout_with_those_who_declared_not_to_take_part", SHOULD, OPEN),  # how many they were was not published
    ("L8", "candidates_posted_five_days_before", SHOULD, FAILS),  # 13 March for the 16th
    ("L8", "list_posted_twenty_days_before", SHOULD, OPEN),  # the day was not published
]
OF_REPRESENTATIVES = [
    ("I6", "stated_attendance", MUST, FAILS),  # 72 of 73 are 98.6 %
    ("I7", "beginning_of_the_work", SHOULD, FAILS),  # 14 March is before the 18th
    ("I9", "label_of_the_election", SHOULD, FAILS),  # called direct
    ("I12 L2", "size_of_the_committee", MUST, FAILS),  # four
    ("I12 L2", "posts_of_the_committee", MUST, FAILS),  # no vice-chair
    ("L8", "voting_time_and_scribes", MUST, HOLDS),  # three days, as the summary asks
    ("L8", "list_posted_twenty_days_before", SHOULD, OPEN),  # the day was not published
    ("L8", "voting_time_five_days_before", SHOULD, IDLE),  # measures of 2020
    ("L14", "basis_of_the_election", MUST, FAILS),  # the Party's rules
]
# All that fails: nothing beyond the list.
CASES = [(ALL_VOTER, OF_ALL_VOTERS), (REPRESENTATIVES, OF_REPRESENTATIVES)]
SHIPPED = [(ALL_VOTER, "en.yaml"), (ALL_VOTER, "zh.yaml"), (ALL_VOTER, "en.xlsx"), (ALL_VOTER, "zh.xlsx")]
SHIPPED += [(REPRESENTATIVES, "zh.yaml")]


@cache
def checked(plan: str, form: str) -> Report:
    return civicrules.load(plan.partition("/")[0]).check(RULESETS / f"{plan}.{form}", counted=True)


@pytest.mark.parametrize(("plan", "form"), SHIPPED)
def test_one_check_tells_all(plan: str, form: str) -> None:
    report = checked(plan, form)
    expected = dict(CASES)[plan]
    found = {(one.rule.id, one.force, one.verdict) for one in report.findings}
    assert [id for id, *rest in expected if tuple(rest) not in found] == []
    failing = {one.rule.id for one in report.findings if one.verdict is FAILS}
    assert failing == {rule for _, rule, _, verdict in expected if verdict is FAILS}


@pytest.mark.parametrize("plan", [ALL_VOTER, REPRESENTATIVES])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_is_told_in_words(plan: str, language: str) -> None:
    """Each open sentence stands in the whole report with its article; L6 is a conflict with article 8 of the residents' law."""
    report = civicrules.load(plan.partition("/")[0], language=language).check(RULESETS / f"{plan}.zh.yaml")
    text = "".join(render(report, language, width=160, verbose=True).split())
    open_ones = {rule for _, rule, _, verdict in dict(CASES)[plan] if verdict in (FAILS, OPEN)}
    for one in report.findings:
        if one.rule.id in open_ones and one.verdict in (FAILS, OPEN) and one.sentence.each is None:
            article = one.sentence.citation.article.text(language) or one.rule.article.article.text(language)
            assert "".join(one.text(language).split()) in text, one.rule.id
            assert "".join(article.split()) in text, one.rule.id
    assert "CR0363" in text
    assert {"en": "residents'law8(2)", "zh": "第八条第二款"}[language] in text


def test_what_hangs_on_a_reading() -> None:
    """I4: by the last day of voting the list is in time. I5: 2268 / 2722 = 83.3 %, 1995 / 2722 = 73.3 %."""
    report = checked(ALL_VOTER, "zh.yaml")
    hanging = {
        one.rule.id: [(each.option, each.verdict) for each in one.readings] for one in report.findings if one.readings
    }
    assert hanging == {"candidates_posted": [(1, HOLDS)], "stated_turnout": [(1, FAILS), (2, FAILS)]}


def test_the_result_does_not_hang_on_the_196_ballots() -> None:
    """I1: the last member has 1754 votes, more than half of each base; the summary of 2011 has no votes at all."""
    (count,) = checked(ALL_VOTER, "zh.yaml").counts
    assert isinstance(count.outcome, Decided)
    assert set(count.alternatives.values()) == {True}
    assert any(step.data.get("residual") == 196 for step in count.outcome.steps)
    assert checked(REPRESENTATIVES, "zh.yaml").counts == ()


@pytest.mark.parametrize(
    ("votes", "returned", "kind"),
    [({"A": 60, "B": 40}, 100, Decided), ({"A": 60, "B": 60}, 120, DecisionRequired), ({"A": 1, "B": 1}, 121, Void)],
)
def test_a_review_counts_what_the_plan_states(votes: dict[str, int], returned: int, kind: type) -> None:
    """Of 120 ballots issued to 150 voters: 60 of 100 elect, 60 of 120 twice do not, and 121 are more than were issued."""
    rows = [{"name": name, "post": "chair", "votes": number} for name, number in votes.items()]
    account = {"registered voters": 150, "ballots issued": 120, "ballots returned": returned}
    seats = {"chairs": 1, "vice chairs": 0, "other members": 0}
    plan = {"residents committee": seats, "ballot account": account, "candidates": rows}
    rules = civicrules.load("cn.all-voter")
    (count,) = rules.check(plan, counted=True).counts
    assert isinstance(count.outcome, kind)
    assert rules.check(plan).counts == ()
    without = {**plan, "candidates": [{"name": "A", "post": "chair"}]}
    assert rules.check(without, counted=True).counts == ()


@pytest.mark.parametrize(("language", "told"), [("en", "196 ballots are unaccounted for"), ("zh", "尚有196张未列明")])
def test_a_review_tells_results_in_brief(language: str, told: str) -> None:
    """The winners and the ballot account, and not how each of them was counted."""
    report = checked(ALL_VOTER, "zh.yaml")
    brief, whole = (render(report, language, width=160, verbose=verbose) for verbose in (False, True))
    proof = {"en": "1,105 votes", "zh": "1105票"}[language]
    assert told in brief
    assert told in whole
    assert proof not in brief
    assert proof in whole
