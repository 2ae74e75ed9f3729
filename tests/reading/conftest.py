"""A small vocabulary of community elections, built by hand, and helpers that write plan files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from civicrules.diagnostics import Diagnostic
from civicrules.facts import Facts
from civicrules.program import (
    DURATIONS,
    STEPS,
    Choice,
    ChoiceType,
    DateType,
    Entity,
    Field,
    ListType,
    Names,
    NumberType,
    PeopleType,
    StepType,
    TextType,
    TruthType,
    Type,
    Unit,
    Vocabulary,
)
from civicrules.reading import READERS, bind, read

READ = {reader.extension: reader.read for reader in READERS}


def make_field(
    key: str, en: str, zh: str, type: Type, none_allowed: bool = False, negative: Names | None = None, **more: Any
) -> Field:
    return Field(key, Names.of(en=en, zh=zh), type, none_allowed=none_allowed, negative=negative or Names(), **more)


def choices(*pairs: tuple[str, str]) -> ChoiceType:
    return ChoiceType(tuple(Choice(en.replace(" ", "_"), Names.of(en=en, zh=zh)) for en, zh in pairs))


def number(unit: str | None = None, low: int | None = 0, high: int | None = None) -> NumberType:
    return NumberType(unit, True, low, high)


ELECTORATES = (
    ("all voters", "全体选民选举"),
    ("household delegates", "户代表选举"),
    ("representatives", "居民代表选举"),
)

COMMUNITY = Entity(
    "community",
    Names.of(en="community", zh="社区"),
    (
        make_field("community.name", "name", "社区名称", TextType()),
        make_field("community.households", "households", "居民户数", number("household")),
        make_field("community.units", "units", "驻社区单位数", number("unit")),
        make_field("community.electorate", "electorate", "选举方式", choices(*ELECTORATES)),
        make_field("community.election_day", "election day", "选举日", DateType()),
        make_field("community.previous_election_day", "previous election day", "上届选举日", DateType(), True),
        make_field("community.stated_turnout", "stated turnout", "公布的参选率", NumberType(None, False, 0, 1, True)),
        make_field("community.large_estate", "large estate", "大型小区", TruthType()),
        make_field("community.budget", "budget", "经费", NumberType("yuan", False, 0)),
    ),
)
COMMITTEE = Entity(
    "residents_committee",
    Names.of(en="residents committee", zh="居委会"),
    (
        make_field("residents_committee.size", "size", "职数", number("person", 1, 99)),
        make_field("residents_committee.chairs", "chairs", "主任职数", number("person")),
    ),
    body=True,
)
SUPERVISION = Entity(
    "supervision_committee",
    Names.of(en="supervision committee", zh="监督委员会"),
    (make_field("supervision_committee.size", "size", "职数", number("person", 1, 99)),),
    body=True,
)
PERSON = Entity(
    "person",
    Names.of(en="person", zh="人员"),
    (
        make_field("person.name", "name", "姓名", TextType(), identifies=True),
        make_field("person.identity_number", "identity number", "身份证号", TextType(), personal=True, identifies=True),
        make_field("person.sex", "sex", "性别", choices(("female", "女"), ("male", "男"))),
        make_field("person.birth_date", "birth date", "出生日期", DateType()),
        make_field(
            "person.education",
            "education",
            "文化程度",
            choices(("primary", "小学"), ("junior high", "初中"), ("senior high", "高中"), ("college", "大专")),
        ),
        make_field("person.released", "released", "刑满释放", DateType(), none_allowed=True),
        make_field(
            "person.probation_ended", "probation ended", "缓刑期满", DateType(), True, personal=True, blank_is_none=True
        ),
        make_field("person.in_prison", "serving sentence", "正在服刑", TruthType(), personal=True, blank_is_none=True),
        make_field("person.in_office", "incumbent", "现任", TruthType()),
        make_field("person.relatives", "relatives", "近亲属", PeopleType(), personal=True, mutual=True),
        make_field("person.age", "age", "年龄", number("year"), since="person.birth_date"),
        make_field(
            "person.lives_here",
            "lives here",
            "居住在本社区",
            TruthType(),
            negative=Names.of(en="lives elsewhere", zh="居住不在本社区"),
        ),
        make_field("person.votes", "votes", "得票数", number("vote")),
    ),
)
GROUP = Entity(
    "group",
    Names.of(en="group", zh="小组"),
    (
        make_field("group.name", "name", "小组名称", TextType()),
        make_field("group.households", "households", "小组户数", number("household")),
    ),
)
CONTENDER = Entity(
    "contender",
    Names.of(en="contender", zh="被提名人"),
    (
        make_field("contender.name", "name", "姓名", TextType()),
        make_field("contender.post", "post", "职务", choices(("chair", "主任"), ("member", "委员"))),
        make_field("contender.votes", "votes", "得票数", number("vote")),
    ),
)

STEP_DAYS = Entity(
    STEPS,
    Names.of(en="steps", zh="步骤"),
    (
        make_field("steps.voters_registered", "voters registered", "选民登记", DateType()),
        make_field("steps.votes_cast", "votes cast", "投票", DateType()),
    ),
)

VOCABULARY = Vocabulary(
    "cn.community",
    Names.of(en="Community elections", zh="社区换届选举"),
    entities=(COMMUNITY, COMMITTEE, SUPERVISION, PERSON, GROUP, CONTENDER, STEP_DAYS),
    lists=(
        ListType(
            "committee_candidates",
            Names.of(en="committee candidates", zh="居委会候选人"),
            Names.of(en="committee candidate", zh="居委会候选人"),
            "person",
            20,
        ),
        ListType(
            "supervision_candidates",
            Names.of(en="supervision candidates", zh="监督委员会候选人"),
            Names.of(en="supervision candidate", zh="监督委员会候选人"),
            "person",
            20,
        ),
        ListType(
            "all_candidates",
            Names.of(en="all candidates", zh="全体候选人"),
            Names.of(en="candidate of either", zh="两委候选人"),
            "person",
            parts=("committee_candidates", "supervision_candidates"),
        ),
        ListType(
            "residents_groups",
            Names.of(en="residents groups", zh="居民小组"),
            Names.of(en="residents group", zh="居民小组"),
            "group",
            500,
        ),
        ListType(
            "candidates",
            Names.of(en="candidates", zh="候选人"),
            Names.of(en="candidate", zh="候选人"),
            "contender",
            200,
        ),
    ),
    steps=(
        StepType("voters_registered", Names.of(en="voters registered", zh="选民登记")),
        StepType("votes_cast", Names.of(en="votes cast", zh="投票")),
    ),
    units=(
        Unit("household", {"en": ("household", "households"), "zh": ("户",)}),
        Unit("unit", {"en": ("unit", "units"), "zh": ("个",)}),
        Unit("person", {"en": ("person", "people"), "zh": ("人", "名")}),
        Unit("vote", {"en": ("vote", "votes"), "zh": ("票",)}),
        Unit("yuan", {"en": ("yuan",), "zh": ("元",)}),
        *DURATIONS,
    ),
)

Reading = tuple[Facts | None, tuple[Diagnostic, ...]]


def read_file(path: Path, language: str = "en") -> Reading:
    """Read and bind a file; all diagnostics together."""
    raw, found = read(path, READ)
    if raw is None:
        return None, found
    facts, more = bind(raw, VOCABULARY, language)
    return facts, (*found, *more)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary of these tests."""
    return VOCABULARY


@pytest.fixture
def read_plan() -> Callable[..., Reading]:
    """Read and bind a file."""
    return read_file


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., Reading]:
    """Write a plan's text to a file, read and bind it."""

    def written(text: str | bytes, name: str = "plan.yaml") -> Reading:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_file(path)

    return written
