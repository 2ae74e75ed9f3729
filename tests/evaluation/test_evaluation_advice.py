"""What would mend a failing sentence."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import civicrules
from civicrules.exact import Rounding
from civicrules.findings import Verdict
from civicrules.program import (
    Arithmetic,
    Excess,
    Force,
    NumberType,
    Operator,
    RangeOf,
    RangeType,
    Rate,
    Rounded,
    ShareOf,
    ValueOf,
    Within,
)
from civicrules.report.text import render

FRACTION = NumberType(whole=False)


def advice(made: Any, make: Any, plan: Any, at: int) -> dict[str, list[Any]]:
    found, _ = made.findings(plan, make.DAY, law_day=make.DAY)
    assert found[at].verdict is Verdict.FAILS
    proposed: dict[str, list[Any]] = {}
    for one in found[at].advice:
        proposed.setdefault(one.key.removeprefix("c."), []).append(one.proposed)
    return proposed


def units(make: Any) -> Any:
    """U unit representatives of N units, R residents' representatives: 10 % to 30 % of N, at most 30 % of R + U.

    Here `big` is U, `other` is R; N is a literal 240.
    """
    u, r = make.fact("big"), make.fact("other")
    ends = RangeOf(make.number(24), make.number(72), RangeType(make.COUNT))
    assembly = make.definition("assembly", Arithmetic(Operator.PLUS, r, u, make.COUNT), (r, u))
    cap = make.compared(u, "<=", ShareOf(Fraction(3, 10), ValueOf("assembly", make.COUNT), FRACTION))
    return make.evaluator(
        make.rule(
            "share",
            make.sentence(Within(u, ends), mentions=(u,)),
            make.sentence(cap, mentions=(u, ValueOf("assembly", make.COUNT))),
        ),
        definitions=(assembly,),
    )


def test_advice_never_breaks_another_sentence(make: Any) -> None:
    """With R = 50 the cap gives U at most 21, but 240 units need 24; 24 is 30 % of 80, so R must be 56."""
    made = units(make)
    assert advice(made, make, make.facts(big=24, other=50), 1) == {"other": [56]}
    found, _ = made.findings(make.facts(big=24, other=50), make.DAY, law_day=make.DAY)
    (one,) = found[1].advice
    assert (one.current, one.proposed) == (50, 56) and [r.value for r in one.results] == [80]


def test_advice_lowers_what_may_be_lowered(make: Any) -> None:
    """U = 30, R = 60: at most 3 R / 7 = 25.7, so 25; or R at least 70."""
    assert advice(units(make), make, make.facts(big=30, other=60), 1) == {"big": [25], "other": [70]}


def test_both_directions_and_the_limits_of_a_field(make: Any) -> None:
    made = make.evaluator(
        make.rule("r", make.sentence(make.compared(make.fact("x"), "!=", 3), mentions=(make.fact("x"),)))
    )
    assert advice(made, make, make.facts(x=3), 0) == {"x": [2, 4]}
    made = make.evaluator(
        make.rule("r", make.sentence(make.compared(make.fact("x"), "<", 0), mentions=(make.fact("x"),)))
    )
    assert advice(made, make, make.facts(x=3), 0) == {}
    made = make.evaluator(
        make.rule("r", make.sentence(make.compared(make.fact("x"), ">=", 7), mentions=(make.fact("x"),)))
    )
    assert advice(made, make, make.facts(x=3), 0) == {}


def test_far_changes_through_a_rounding(make: Any) -> None:
    """50 + 1 per 100 households above 1500, rounded down, is at most 60 up to 2,599 households."""
    excess = Excess(make.fact("big"), make.number(1500), make.COUNT)
    rate = Rate(make.number(1), make.number(100), excess, FRACTION)
    body = Rounded(Arithmetic(Operator.PLUS, make.number(50), rate, FRACTION), Rounding.DOWN, make.COUNT)
    required = make.definition("required", body, (make.fact("big"),))
    cap = make.compared(make.fact("other"), ">=", ValueOf("required", make.COUNT))
    made = make.evaluator(
        make.rule("r", make.sentence(cap, mentions=(make.fact("other"), ValueOf("required", make.COUNT)))),
        definitions=(required,),
    )
    assert advice(made, make, make.facts(big=91234, other=60), 0) == {"other": [947], "big": [2599]}


def test_days_and_sentences_that_only_measure(make: Any) -> None:
    requirement = make.compared(make.fact("day"), ">=", make.years_after(make.fact("last"), 3))
    mentions = (make.fact("day"), make.fact("last"))
    made = make.evaluator(make.rule("r", make.sentence(requirement, mentions=mentions)))
    plan = make.facts(last=date(2009, 9, 1), day=date(2012, 8, 20))
    assert advice(made, make, plan, 0) == {"day": [date(2012, 9, 1)], "last": [date(2009, 8, 20)]}
    made = make.evaluator(make.rule("r", make.sentence(requirement, mentions=mentions, force=Force.ENCOURAGED)))
    assert advice(made, make, plan, 0) == {}


def test_advice_is_the_nearest_value_that_mends(make: Any) -> None:
    """Against a scan of all values of small numbers."""

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        x, y = make.fact("x"), make.fact("y")

        def condition() -> Any:
            left, right = data.draw(st.sampled_from([(x, y), (y, x), (x, make.number(4)), (y, make.number(2))]))
            share = ShareOf(data.draw(st.sampled_from([Fraction(1, 2), Fraction(3, 2)])), right, FRACTION)
            return make.compared(
                left, data.draw(st.sampled_from([">=", "<=", "=", "!="])), data.draw(st.sampled_from([right, share]))
            )

        made = make.evaluator(make.rule("r", *(make.sentence(condition(), mentions=(x, y)) for _ in range(3))))
        values = {"x": data.draw(st.integers(0, 6)), "y": data.draw(st.integers(0, 6))}

        def verdicts(given_: dict[str, int]) -> list[Verdict]:
            return [f.verdict for f in made.findings(make.facts(**given_), make.DAY, law_day=make.DAY, advice=False)[0]]

        before, (found, _) = verdicts(values), made.findings(make.facts(**values), make.DAY, law_day=make.DAY)
        for at, finding in enumerate(found):
            expected = []
            for key in ("x", "y"):
                for way in (range(values[key] - 1, -1, -1), range(values[key] + 1, 7)):
                    for value in way:
                        after = verdicts({**values, key: value})
                        broken = any(
                            a is Verdict.FAILS and b is not Verdict.FAILS for a, b in zip(after, before, strict=True)
                        )
                        if after[at] is Verdict.HOLDS and not broken:
                            expected.append((f"c.{key}", value))
                            break
            proposed = [(one.key, one.proposed) for one in finding.advice]
            assert proposed == (expected if before[at] is Verdict.FAILS else [])

    run()


RULES_OF_PEOPLE = """civicrules 1 en

ruleset town "Town"
  facts: cn.community
  age date: election day
  days back: election day not counted
  source law: "Law"

section "Rules" [law 1]

may register means any of these:
  incumbent
  released at least 1 year ago

candidate list posted must be at least 20 days before election day
"""


def test_what_belongs_to_people_is_not_told_of_the_plan() -> None:
    """Advice moves a day of the plan; a definition of each person depends on it and has no value of its own."""
    rules = civicrules.load(text=RULES_OF_PEOPLE)
    days = {"election day": "2025-06-20", "candidate list posted": "2025-06-10"}
    (finding,) = rules.check({"community": days}, day=date(2025, 6, 30)).findings
    assert finding.verdict is Verdict.FAILS
    assert [(one.key, one.proposed) for one in finding.advice] == [
        ("community.candidate_list_posted", date(2025, 5, 31)),
        ("community.election_day", date(2025, 6, 30)),
    ]


RULES = """civicrules 1 en

ruleset toy.town
  facts: cn.community
  source law: "the law"

units must be at least 3 [law 1]
"""


def test_what_is_as_found_is_not_to_be_changed() -> None:
    """Two organisations are stationed in the community, which no plan chooses; three are asked."""
    report = civicrules.load(text=RULES).check({"community": {"units": 2}})
    (failed,) = report.findings
    assert (failed.verdict, failed.advice, failed.tried) == (Verdict.FAILS, (), False)
    assert "no single number" not in render(report, "en")


def test_where_a_number_may_be_chosen_changes_of_it_are_tried() -> None:
    """1,601 households allow 3 to 5 members [notice III.2]; eight are chosen, the households (law 6: 100 to 700) are not."""
    plan = {"community": {"households": 1601}, "residents committee": {"size": 8}}
    failed = [one for one in civicrules.load("cn.district-2012").check(plan).findings if one.verdict is Verdict.FAILS]
    found = {one.article.article.text("en"): (one.tried, [change.proposed for change in one.advice]) for one in failed}
    assert found == {"residents' law 6(1)": (False, []), "notice III.2": (True, [5])}


def test_a_report_on_a_plan_has_no_advice_for_the_author_of_the_rules() -> None:
    """The Party's rules speak of one way to elect only: their author is told, and nobody who checks a plan."""
    rules = civicrules.load("cn.party-rules")
    assert {one.code for one in rules.diagnostics} == {"CR0370"}
    assert {one.code for one in rules.check({}).notes} == set()


def test_a_sentence_that_rests_on_open_facts_of_members_stops_no_search() -> None:
    """Of three places five are asked. How many of six candidates live here is open, with three places as with five."""
    rules = civicrules.load(
        text="""civicrules 1 en

ruleset places "Places"
  facts: cn.community
  source bylaws: "Bylaws"

section "Places" [bylaws 1]

rule enough
  residents committee's size must be at least 5

rule neighbours
  number of committee candidates where lives here must be exactly residents committee's size
"""
    )
    plan = {"residents committee": {"size": 3}, "committee candidates": [{"name": name} for name in "ABCDEF"]}
    found = {one.rule.id: one for one in rules.check(plan).findings}
    assert found["neighbours"].verdict is Verdict.CANNOT_SAY
    assert [(one.key, one.proposed) for one in found["enough"].advice] == [("residents_committee.size", 5)]


def test_no_advice_changes_a_count_of_ballots() -> None:
    """2,000 valid and 17 invalid ballots of 2,208 returned (summary III.3): nobody may mend that by writing 208 invalid."""
    account = {"ballots returned": 2208, "valid ballots": 2000, "invalid ballots": 17, "blank ballots": 0}
    report = civicrules.load("cn.all-voter").check({"ballot account": account})
    (failing,) = [one for one in report.findings if one.verdict is Verdict.FAILS]
    assert failing.text("en").startswith("ballots returned must be exactly")
    assert (failing.advice, failing.tried) == ((), False)
