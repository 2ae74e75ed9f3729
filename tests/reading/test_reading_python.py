"""Plans from Python: mappings and objects, numbers of every exact kind, and values that mean nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicrules.diagnostics import Diagnostic
from civicrules.facts import Blank, Facts
from civicrules.program import Vocabulary
from civicrules.reading import bind, from_mapping, header


@pytest.fixture
def given_(vocabulary: Vocabulary):  # type: ignore[no-untyped-def]
    def run(value: object) -> tuple[Facts, tuple[Diagnostic, ...]]:
        return bind(from_mapping(value), vocabulary, "en")

    return run


def values(facts: Facts) -> dict[str, object]:
    return {key: fact.value for key, fact in facts.values.items()}


PLAN = {
    "plan": {"ruleset": "cn.x", "day": date(2012, 8, 20)},
    "community": {
        "households": 1601.0,
        "units": Decimal("30"),
        "election_day": datetime(2012, 8, 20),
        "previous election day": Blank.NONE,
        "公布的参选率": 0.81,
        "large_estate": False,
        "budget": Fraction(1, 3),
        "electorate": None,
    },
    "候选人": [{"name": "李某", "votes": 12}, {"姓名": "王某"}, "more to come"],
}


def test_a_mapping(given_) -> None:  # type: ignore[no-untyped-def]
    facts, found = given_(PLAN)
    assert found == () and values(facts) == {
        "community.households": 1601,
        "community.units": 30,
        "community.election_day": date(2012, 8, 20),
        "community.previous_election_day": Blank.NONE,
        "community.stated_turnout": Fraction(81, 100),
        "community.large_estate": False,
        "community.budget": Fraction(1, 3),
    }
    assert str(facts.values["community.households"].place) == "community › households"
    assert str(facts.lists["candidates"].rows[1].values["name"].place) == "候选人 › 2 › 姓名"
    assert not facts.lists["candidates"].complete and facts.name == ""
    assert facts.plan.day == date(2012, 8, 20) and facts.plan.ruleset == "cn.x"


def test_objects_are_asked_by_the_vocabulary(given_) -> None:  # type: ignore[no-untyped-def]
    class Community:
        households = 1601
        居住 = "not asked for"

        @property
        def units(self) -> int:
            raise RuntimeError("the database is away")

        def electorate(self) -> str:
            return "methods are not facts"

    plan = SimpleNamespace(
        plan=SimpleNamespace(ruleset="cn.x"),
        community=Community(),
        候选人=(SimpleNamespace(name=name, votes=3) for name in ("李某", "王某")),
    )
    facts, found = given_(plan)
    assert values(facts) == {"community.households": 1601}
    assert [(d.code, str(d.place)) for d in found] == [("CR0517", "community › units")]
    assert set(facts.blocked) == {"community.units"}
    assert [row.values["name"].value for row in facts.lists["candidates"].rows] == ["李某", "王某"]


def test_the_header_of_an_object() -> None:
    about, found = header(from_mapping(SimpleNamespace(plan=SimpleNamespace(ruleset="cn.x", 阶段="投票"))))
    assert found == () and (about.ruleset, about.stage) == ("cn.x", "投票")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (float("inf"), "CR0517"),
        (float("nan"), "CR0517"),
        (Decimal("NaN"), "CR0517"),
        (b"1601", "CR0517"),
        pytest.param(10**5000, "CR0517", id="huge"),
        (Decimal("1e999999"), "CR0517"),
        pytest.param(Fraction(1, 10**200), "CR0517", id="tiny"),
        (1e300, "CR0517"),
        (1601.5, "CR0505"),
        (True, "CR0504"),
        (date(2012, 1, 1), "CR0504"),
        (object(), "CR0519"),
        ({"a": [1]}, "CR0519"),
        ([1, 2], "CR0519"),
        (-1, "CR0506"),
    ],
)
def test_values_that_mean_nothing(given_, value: object, code: str) -> None:  # type: ignore[no-untyped-def]
    facts, found = given_({"community": {"households": value, "units": 2}})
    assert [d.code for d in found] == [code]
    assert values(facts) == {"community.units": 2} and set(facts.blocked) == {"community.households"}


@pytest.mark.parametrize("value", [None, 5, "text", [], [1], object(), float("nan"), b"x"])
def test_no_plan_at_all_is_a_diagnostic_or_empty(given_, value: object) -> None:  # type: ignore[no-untyped-def]
    facts, _ = given_(value)
    assert facts.values == {} and facts.lists == {}
    header(from_mapping(value))


def test_a_mapping_that_holds_itself(given_) -> None:  # type: ignore[no-untyped-def]
    plan: dict[str, object] = {}
    plan["community"] = plan
    plan["candidates"] = [plan]
    _, found = given_(plan)
    assert found


def test_a_sequence_that_fails_or_never_ends(given_) -> None:  # type: ignore[no-untyped-def]
    def failing() -> Iterator[object]:
        yield {"name": "李某"}
        raise RuntimeError("the connection is gone")

    def endless() -> Iterator[object]:
        while True:
            yield {}

    for rows in (failing(), endless()):
        facts, found = given_({"candidates": rows})
        assert [d.code for d in found] == ["CR0517"] and "candidates" in facts.blocked and facts.lists == {}


def test_a_share_above_one_is_meant_when_it_comes_from_python(given_) -> None:  # type: ignore[no-untyped-def]
    _, found = given_({"community": {"stated turnout": Fraction(6, 5)}})
    assert [d.code for d in found] == ["CR0506"]


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.dates()
    | st.decimals()
    | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["plan", "community", "候选人", "units", "name", "day"]) | st.integers(), inner
        )
    ),
    max_leaves=12,
)


@given(plain)
def test_no_value_raises(value: object) -> None:
    from civicrules.program import Names

    raw = from_mapping(value)
    header(raw)
    bind(raw, Vocabulary("v", Names()), "en")


@given(plain)
def test_no_value_raises_under_a_vocabulary(vocabulary: Vocabulary, value: object) -> None:
    bind(from_mapping(value), vocabulary, "zh")
