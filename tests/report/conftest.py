"""Reports built by hand from the district notice of 2012: a community of 1,601 households with several faults.

The numbers: 1,601 households stand in the first band (2,500 or fewer: 3 to 5 members), so 8 is too many; one hundred
above 1,500 is complete, so 51 residents' representatives are due; 24 of 240 units is exactly 10 %; 24 of 74 is 12/37
= 32.4 %, and 24 of 80 is exactly 30 %, so 56 residents' representatives would do.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.exact import Rounding
from civicrules.facts import PlanHeader
from civicrules.findings import Advice, Dependence, Finding, Missing, Number, Report, RulesetInfo, Verdict
from civicrules.program import (
    Choice,
    ChoiceType,
    Citation,
    Compare,
    Comparison,
    DateType,
    Expression,
    FactOf,
    Force,
    Literal,
    Mention,
    Names,
    NumberType,
    Option,
    RangeOf,
    RangeType,
    Reading,
    RowChoice,
    Rule,
    Sentence,
    ShareOf,
    Type,
    Unit,
    ValueOf,
    Within,
)
from civicrules.source import Cell

PEOPLE = NumberType("member")
HOUSEHOLDS = NumberType("household")
UNITS = NumberType("unit")
SHEET = "社区"


def names(en: str, zh: str) -> Names:
    return Names.of(en=en, zh=zh)


def cell(ref: str) -> Cell:
    return Cell("plan.xlsx", SHEET, ref)


def fact(key: str, en: str, zh: str, value: object, type: Type, ref: str | None = None) -> Number:
    places = (cell(ref),) if ref else ()
    return Number(names(en, zh), value, type, places, mention=Mention(FactOf(key, type), names(en, zh)))  # type: ignore[arg-type]


def derived(id: str, en: str, zh: str, value: object, type: Type, *inner: Number) -> Number:
    mention = Mention(ValueOf(id, type), names(en, zh))
    return Number(names(en, zh), value, type, (), inner, mention)  # type: ignore[arg-type]


def finding(
    id: str,
    force: Force,
    verdict: Verdict,
    en: str,
    zh: str,
    article: tuple[str, str],
    numbers: tuple[Number, ...] = (),
    requirement: Expression | None = None,
    **more: object,
) -> Finding:
    sentence = Sentence(
        force,
        None,
        requirement or Compare(Literal(1, NumberType()), Comparison.EQUAL, Literal(1, NumberType())),
        Citation("notice", names(*article)),
        names(en, zh),
    )
    rule = Rule(id, names(id.replace("_", " "), zh), Names(), Names(), (sentence,))
    return Finding(rule, sentence, verdict, numbers, **more)  # type: ignore[arg-type]


HOUSEHOLD_NUMBER = fact("community.households", "households", "居民户数", 1601, HOUSEHOLDS, "B3")
RESIDENT = fact("assembly.resident", "assembly's resident representatives", "居民代表总数", 50, PEOPLE, "B9")
UNIT_REPS = fact("assembly.unit", "assembly's unit representatives", "单位代表总数", 24, PEOPLE, "B10")
STATIONED = fact("community.units", "units", "驻社区单位数", 240, UNITS, "B4")
ASSEMBLY = derived("assembly_members", "assembly's members", "居民代表会议成员总数", 74, PEOPLE, RESIDENT, UNIT_REPS)
FORM_AT_FIFTY = Reading(
    "form_at_fifty",
    names("form at fifty", "五十人归属"),
    names("which form has an organisation of exactly 50 members?", "恰有50名党员的，适用哪种形式"),
    (
        Option(RowChoice.EARLIER, names("the earlier row", "取前一档")),
        Option(RowChoice.LATER, names("the later row", "取后一档")),
    ),
    names("the notice gives 50 to both forms", "通知将50人列入两种形式"),
)
STARTED_HUNDRED = Reading(
    "started_hundred",
    names("started hundred", "整百户计法"),
    names("does a started block of 100 households count?", "不足100户的尾数计不计"),
    (
        Option(Rounding.DOWN, names("rounded down", "尾数舍去")),
        Option(Rounding.UP, names("rounded up", "尾数进一")),
    ),
    names("the notice counts households, not parts of blocks", "通知按户计数，未提不足百户的部分"),
)
ELECTORATE = ChoiceType(
    (
        Choice("all_voters", names("all voters", "全体选民选举")),
        Choice("household_delegates", names("household delegates", "户代表选举")),
        Choice("representatives", names("representatives", "居民代表选举")),
    )
)
VOTING = fact("community.electorate", "electorate", "选举方式", "household_delegates", ELECTORATE, "B5")


def _failing() -> tuple[Finding, ...]:
    size = fact("committee.size", "residents committee's size", "居委会的职数", 8, PEOPLE, "B7")
    return (
        finding(
            "residents_committees_size",
            Force.MUST,
            Verdict.FAILS,
            "residents committee's size must be within committee size",
            "居委会的职数应当符合居委会职数标准",
            ("notice III.2", "通知 三.2"),
            (
                size,
                derived(
                    "committee_size", "committee size", "居委会职数标准", (3, 5), RangeType(PEOPLE), HOUSEHOLD_NUMBER
                ),
            ),
            advice=(Advice("committee.size", size.name, 8, 5, PEOPLE),),
        ),
        finding(
            "resident_representatives",
            Force.MUST,
            Verdict.FAILS,
            "assembly's resident representatives must be at least required representatives",
            "居民代表总数不得少于应选居民代表数",
            ("notice IV.2", "通知 四（二）"),
            (
                RESIDENT,
                derived("required", "required representatives", "应选居民代表数", 51, PEOPLE, HOUSEHOLD_NUMBER),
            ),
            advice=(
                Advice("assembly.resident", RESIDENT.name, 50, 51, PEOPLE),
                Advice(
                    "community.households",
                    HOUSEHOLD_NUMBER.name,
                    1601,
                    1599,
                    HOUSEHOLDS,
                    (derived("required", "required representatives", "应选居民代表数", 50, PEOPLE),),
                ),
            ),
        ),
        finding(
            "unit_share",
            Force.MUST,
            Verdict.FAILS,
            "assembly's unit representatives must be at most 30% of assembly's members",
            "单位代表总数不得超过居民代表会议成员总数的30%",
            ("notice IV.2", "通知 四（二）"),
            (UNIT_REPS, ASSEMBLY),
            Compare(
                FactOf("assembly.unit", PEOPLE),
                Comparison.AT_MOST,
                ShareOf(Fraction(30, 100), ValueOf("assembly_members", PEOPLE), NumberType("member", whole=False)),
            ),
            advice=(
                Advice(
                    "assembly.resident",
                    RESIDENT.name,
                    50,
                    56,
                    PEOPLE,
                    (derived("assembly_members", "assembly's members", "居民代表会议成员总数", 80, PEOPLE),),
                ),
            ),
        ),
        finding(
            "party_size",
            Force.MUST,
            Verdict.FAILS,
            "party organisation's size must be within party committee size",
            "党组织的职数应当符合党组织职数标准",
            ("notice III.1", "通知 三.1"),
            (
                fact("party.size", "party organisation's size", "党组织的职数", 6, PEOPLE, "B14"),
                derived("party_committee_size", "party committee size", "党组织职数标准", (3, 5), RangeType(PEOPLE)),
            ),
            readings=(Dependence(FORM_AT_FIFTY, 1, Verdict.HOLDS),),
            tried=True,
        ),
    )


def _others() -> tuple[Finding, ...]:
    tenth = ShareOf(Fraction(1, 10), FactOf("community.units", UNITS), NumberType("unit", whole=False))
    third = ShareOf(Fraction(3, 10), FactOf("community.units", UNITS), NumberType("unit", whole=False))
    return (
        finding(
            "unit_share_of_units",
            Force.MUST,
            Verdict.HOLDS,
            "assembly's unit representatives must be 10% to 30% of units",
            "单位代表总数应当为驻社区单位数的10%至30%",
            ("notice IV.2", "通知 四（二）"),
            (UNIT_REPS, STATIONED),
            Within(FactOf("assembly.unit", PEOPLE), RangeOf(tenth, third, RangeType(UNITS))),
        ),
        finding(
            "election_day",
            Force.MUST,
            Verdict.CANNOT_SAY,
            "election day must be at least 3 years after previous election day",
            "选举日应当自上届选举日起满3年",
            ("notice II.2", "通知 二.2"),
            (
                fact("community.day", "election day", "选举日", date(2012, 8, 31), DateType(), "B6"),
                fact("community.previous", "previous election day", "上届选举日", None, DateType()),
            ),
            missing=(Missing("community.previous", names("previous election day", "上届选举日"), blocked=True),),
        ),
        finding(
            "supervision_size",
            Force.MUST,
            Verdict.CANNOT_SAY,
            "supervision committee's size must be 7 to 9 members",
            "监督委员会的职数应当为7至9人",
            ("notice III.3", "通知 三.3"),
            (fact("supervision.size", "supervision committee's size", "监督委员会的职数", None, PEOPLE),),
            missing=(
                Missing(
                    "supervision.size",
                    names("size", "职数"),
                    within=names("supervision committee", "监督委员会"),
                ),
            ),
        ),
        finding(
            "electorate",
            Force.SHOULD,
            Verdict.FAILS,
            "electorate should be representatives",
            "选举方式一般应当为居民代表选举",
            ("notice IV.2", "通知 四（二）"),
            (VOTING,),
        ),
        finding(
            "direct_electorate",
            Force.ENCOURAGED,
            Verdict.HOLDS,
            "electorate is encouraged to be one of all voters, household delegates",
            "提倡选举方式为全体选民选举、户代表选举之一",
            ("notice IV.2", "通知 四（二）"),
            (VOTING,),
        ),
        finding(
            "police_officer",
            Force.MAY,
            Verdict.HOLDS,
            "community police officer may be vice chair",
            "社区民警可以担任居委会副主任",
            ("notice III.2", "通知 三.2"),
            used=True,
        ),
        finding(
            "party_congress",
            Force.MUST,
            Verdict.DOES_NOT_APPLY,
            "when party form is party committee: congress size must be at least required delegates",
            "党组织形式为党委的，党代表总数不得少于应选党代表数",
            ("notice IV(1)1", "通知 四（一）1"),
        ),
    )


@pytest.fixture
def units() -> tuple[Unit, ...]:
    return (
        Unit("household", {"en": ("household", "households"), "zh": ("户",)}),
        Unit("member", {"en": ("member", "members"), "zh": ("人", "名")}),
        Unit("unit", {"en": ("unit", "units"), "zh": ("个",)}),
    )


@pytest.fixture
def faulty(units: tuple[Unit, ...]) -> Report:
    info = RulesetInfo(
        "cn.district-2012",
        names("District notice 2012/65: end-of-term election", "2012年第65号通知：社区三套班子换届"),
        "1",
        "ab" * 32,
        "civicrules",
    )
    return Report(
        info,
        PlanHeader("cn.district-2012", date(2012, 8, 20), None, "en"),
        "plan.xlsx",
        date(2012, 8, 20),
        date(2012, 8, 31),
        findings=(*_failing(), *_others()),
        diagnostics=(Diagnostic("XX0001", cell("B8"), {"message": "2009-02-30"}),),
        notes=(Diagnostic("XX0002", None, {"message": "gb18030"}, Severity.ADVICE),),
        readings=(FORM_AT_FIFTY, STARTED_HUNDRED),
        plugins=(("civicrules", "0.1.0"),),
        units=units,
    )
