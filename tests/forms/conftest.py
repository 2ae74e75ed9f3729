"""A small ruleset built by hand: a community, its committee, groups and candidates, and articles of a notice."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from civicrules import days
from civicrules.exact import Rounding
from civicrules.program import (
    Allocation,
    Choice,
    ChoiceType,
    Citation,
    Compare,
    Comparison,
    Contest,
    CountOf,
    DateType,
    Definition,
    Entity,
    Excess,
    FactOf,
    Field,
    Force,
    ListType,
    Literal,
    LocalOf,
    Names,
    NumberType,
    Option,
    Program,
    RangeOf,
    RangeType,
    Rate,
    Reading,
    Rounded,
    RowChoice,
    Rule,
    Sentence,
    ShareOf,
    Shifted,
    SourceDocument,
    StepType,
    Table,
    TableCell,
    TableRow,
    TextType,
    TruthType,
    Unit,
    Validity,
    ValueOf,
    Vocabulary,
    Within,
)

HOUSEHOLDS = NumberType("household", low=0, high=100_000)
PEOPLE = NumberType("person", low=0)
UNITS = NumberType("unit", low=0)
VOTES = NumberType("vote", low=0)
SHARE = NumberType(whole=False, share=True, low=0, high=1)
ELECTORATE = ChoiceType(
    (
        Choice("all_voters", Names.of(en="all voters", zh="全体选民选举")),
        Choice("household_delegates", Names.of(en="household delegates", zh="户代表选举")),
        Choice("representatives", Names.of(en="representatives", zh="居民代表选举")),
    )
)
POST = ChoiceType(
    (Choice("chair", Names.of(en="chair", zh="主任")), Choice("member", Names.of(en="member", zh="委员"))), ordered=True
)


def _field(key: str, en: str, zh: str, type_: object, **more: object) -> Field:
    return Field(key, Names.of(en=en, zh=zh), type_, **more)  # type: ignore[arg-type]


def vocabulary() -> Vocabulary:
    return Vocabulary(
        id="cn.community",
        names=Names.of(en="Community elections", zh="社区选举"),
        entities=(
            Entity(
                "community",
                Names.of(en="community", zh="社区"),
                (
                    _field("community.households", "households", "居民户数", HOUSEHOLDS),
                    _field("community.units", "units", "驻社区单位数", UNITS),
                    _field("community.electorate", "electorate", "选举方式", ELECTORATE),
                    _field("community.estate_large", "estate is large", "属于大型小区", TruthType()),
                    _field("community.stated_turnout", "stated turnout", "公布的参选率", SHARE),
                    _field("community.area", "area", "面积", NumberType("hectare", whole=False)),
                    _field("community.election_day", "election day", "选举日", DateType()),
                    _field(
                        "community.previous_election_day",
                        "previous election day",
                        "上届选举日",
                        DateType(),
                        none_allowed=True,
                    ),
                    _field("community.ballots_returned", "ballots returned", "收回票数", VOTES),
                    _field("community.contact", "contact", "联系人", TextType(), personal=True),
                ),
            ),
            Entity(
                "residents_committee",
                Names.of(en="residents committee", zh="居委会"),
                (_field("residents_committee.size", "size", "职数", PEOPLE),),
                body=True,
            ),
            Entity(
                "group",
                Names.of(en="group", zh="小组"),
                (
                    _field("group.name", "name", "名称", TextType()),
                    _field("group.households", "households", "居民户数", HOUSEHOLDS),
                    _field("group.remark", "remark", "备注", TextType()),
                ),
            ),
            Entity(
                "candidate",
                Names.of(en="candidate", zh="候选人"),
                (
                    _field("candidate.name", "name", "姓名", TextType(), personal=True),
                    _field("candidate.post", "post", "职务", POST),
                    _field("candidate.votes", "votes", "得票数", VOTES),
                    _field("candidate.released", "released", "刑满释放日", DateType(), none_allowed=True),
                ),
            ),
        ),
        lists=(
            ListType(
                "residents_groups",
                Names.of(en="residents groups", zh="居民小组"),
                Names.of(en="residents group", zh="居民小组"),
                "group",
                at_most=500,
            ),
            ListType(
                "committee_candidates",
                Names.of(en="committee candidates", zh="居委会候选人"),
                Names.of(en="committee candidate", zh="居委会候选人"),
                "candidate",
                at_most=200,
            ),
        ),
        steps=(
            StepType("voters_registered", Names.of(en="voters registered", zh="选民登记")),
            StepType("votes_cast", Names.of(en="votes cast", zh="投票")),
        ),
        units=(
            Unit("household", {"en": ("household", "households"), "zh": ("户",)}),
            Unit("person", {"en": ("person", "people"), "zh": ("人", "名")}),
            Unit("unit", {"en": ("unit", "units"), "zh": ("个",)}),
            Unit("vote", {"en": ("vote", "votes"), "zh": ("票",)}),
            Unit("hectare", {"en": ("hectare", "hectares"), "zh": ("公顷",)}),
        ),
    )


def _cited(en: str, zh: str) -> Citation:
    return Citation("notice", Names.of(en=f"notice {en}", zh=f"通知 {zh}"))


def _rule(id_: str, en: str, zh: str, *sentences: Sentence) -> Rule:
    return Rule(id_, Names.of(en=en, zh=zh), title=Names(), section=Names(), sentences=sentences)


def _must(requirement: object, citation: Citation, guard: object = None) -> Sentence:
    return Sentence(Force.MUST, guard, requirement, citation)  # type: ignore[arg-type]


def _number(value: int, type_: NumberType = HOUSEHOLDS) -> Literal:
    return Literal(value, type_)


def sample() -> Program:
    households = FactOf("community.households", HOUSEHOLDS)
    size = FactOf("residents_committee.size", PEOPLE)
    band = RangeType(PEOPLE)
    three, five, seven = (_number(n, PEOPLE) for n in (3, 5, 7))
    edge = _number(2500)
    rows = (
        TableRow((TableCell(high=edge),), RangeOf(three, five, band)),
        TableRow((TableCell(low=edge),), RangeOf(five, seven, band)),
    )
    size_rule = Within(size, ValueOf("committee_size", band))
    turnout = Compare(FactOf("community.stated_turnout", SHARE), Comparison.AT_LEAST, Literal(Fraction(1, 2), SHARE))
    dates = Compare(
        FactOf("community.election_day", DateType()),
        Comparison.AT_LEAST,
        Shifted(FactOf("community.previous_election_day", DateType()), Literal(3, NumberType("year")), days.Unit.YEAR),
    )
    groups = Compare(CountOf("residents_groups", NumberType("group")), Comparison.AT_LEAST, _number(1))
    all_voters = Compare(
        FactOf("community.electorate", ELECTORATE), Comparison.EQUAL, Literal("all_voters", ELECTORATE)
    )
    representatives = Rounded(
        Rate(_number(1, PEOPLE), _number(100), Excess(households, _number(1500), HOUSEHOLDS), PEOPLE), "hundred", PEOPLE
    )
    votes = Compare(
        LocalOf("votes", VOTES),
        Comparison.MORE,
        ShareOf(Fraction(1, 2), FactOf("community.ballots_returned", VOTES), VOTES),
    )
    return Program(
        id="cn.district-2012",
        title=Names.of(en="District notice 2012/65", zh="2012年第65号通知"),
        level="district",
        valid=Validity(date(2012, 7, 1)),
        vocabulary=vocabulary(),
        sources=(SourceDocument("notice", Names.of(en="notice", zh="通知"), Names()),),
        definitions=(
            Definition(
                "committee_size",
                Names.of(en="committee size", zh="居委会职数标准"),
                Table((households,), rows, "edge", band),
                _cited("III.2", "三.2"),
            ),
            Definition(
                "required_representatives",
                Names.of(en="required representatives", zh="应选居民代表数"),
                representatives,
                _cited("IV.2", "四（二）"),
            ),
        ),
        readings=(
            Reading(
                "edge",
                Names.of(en="band edge", zh="临界户数归属"),
                Names(),
                (Option(RowChoice.COMMON, Names()), Option(RowChoice.EARLIER, Names())),
                Names(),
            ),
            Reading(
                "hundred",
                Names.of(en="started hundred", zh="整百户计法"),
                Names(),
                (Option(Rounding.DOWN, Names()), Option(Rounding.UP, Names())),
                Names(),
            ),
        ),
        rules=(
            _rule("election_day", "election day", "选举日", _must(dates, _cited("II.2", "二.2"))),
            _rule(
                "committee_posts",
                "committee posts",
                "居委会职位",
                _must(size_rule, _cited("III.2", "三.2")),
                _must(groups, _cited("V", "五")),
            ),
            _rule("turnout", "turnout", "参选率", _must(turnout, _cited("IV", "四"), all_voters)),
        ),
        contests=(
            Contest(
                "residents_committee",
                Names.of(en="residents committee", zh="居委会"),
                Names(),
                "majority_by_post",
                {"posts": ("chair", "member"), "elected": votes, "tie": ("another_vote",)},
                _cited("IV", "四"),
            ),
        ),
        allocations=(
            Allocation(
                "resident_representatives",
                Names.of(en="resident representatives", zh="居民代表名额"),
                Names(),
                "largest_remainder",
                {
                    "receivers": "residents_groups",
                    "weight": "households",
                    "seats": ValueOf("required_representatives", PEOPLE),
                },
                _cited("IV.2", "四（二）"),
            ),
        ),
    )


@pytest.fixture(scope="session")
def program() -> Program:
    return sample()
