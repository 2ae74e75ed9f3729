"""Which facts the sample ruleset asks for: every expected key is read off its articles in conftest."""

from __future__ import annotations

from attrs import evolve

from civicrules.forms import Needed, needed
from civicrules.program import (
    And,
    Arithmetic,
    Call,
    Citation,
    Clamped,
    Compare,
    Comparison,
    Definition,
    FactOf,
    Force,
    Literal,
    Names,
    Not,
    NumberType,
    OneOf,
    Operator,
    Option,
    Or,
    Program,
    Reading,
    Rule,
    Sentence,
    Table,
    TableCell,
    TableRow,
    ValueOf,
)

NUMBER = NumberType()
CITED = Citation("notice", Names.of(en="I", zh="一"))


def askers(found: Needed, key: str) -> list[tuple[str, str]]:
    groups = (*found.entities, *found.lists)
    entry = next(entry for group in groups for entry in group.fields if entry.field.key == key)
    return [(asker.id, asker.citation.article.text("en") if asker.citation else "") for asker in entry.askers]


def only(program: Program, requirement: object, **more: object) -> Program:
    """The program with one sentence and nothing else."""
    sentence = Sentence(Force.MUST, None, requirement, CITED)  # type: ignore[arg-type]
    rule = Rule("only", Names.of(en="only"), Names(), Names(), (sentence,))
    bare = evolve(program, rules=(rule,), definitions=(), readings=(), contests=(), allocations=())
    return evolve(bare, **more)


def fact(name: str) -> FactOf:
    return FactOf(f"community.{name}", NUMBER)


def is_more(left: object) -> Compare:
    return Compare(left, Comparison.MORE, Literal(1, NUMBER))  # type: ignore[arg-type]


def test_the_sample_asks_for_what_its_articles_read_in_the_order_of_the_vocabulary(program: Program) -> None:
    assert needed(program).keys == (
        "community.households",
        "community.electorate",
        "community.stated_turnout",
        "community.election_day",
        "community.previous_election_day",
        "community.ballots_returned",
        "residents_committee.size",
        "group.name",
        "group.households",
        "candidate.name",
        "candidate.post",
        "candidate.votes",
    )


def test_facts_that_no_article_reads_are_not_asked_for(program: Program) -> None:
    keys = needed(program).keys
    assert not {"community.units", "community.estate_large", "community.contact", "group.remark"} & set(keys)


def test_a_rule_asks_for_what_the_definitions_in_it_read(program: Program) -> None:
    assert askers(needed(program), "community.households") == [
        ("committee_posts", "notice III.2"),
        ("committee_size", "notice III.2"),
        ("required_representatives", "notice IV.2"),
        ("resident_representatives", "notice IV.2"),
    ]


def test_a_guard_asks_too(program: Program) -> None:
    assert askers(needed(program), "community.electorate") == [("turnout", "notice IV")]


def test_a_contest_that_names_posts_asks_for_the_list_whose_members_have_such_posts(program: Program) -> None:
    found = needed(program)
    table = next(entry for entry in found.lists if entry.list.id == "committee_candidates")
    assert [asker.id for asker in table.askers] == ["residents_committee"]
    assert askers(found, "candidate.votes") == [("residents_committee", "notice IV")]
    assert askers(found, "community.ballots_returned") == [("residents_committee", "notice IV")]


def test_an_allocation_asks_for_its_receivers_and_their_weight(program: Program) -> None:
    found = needed(program)
    table = next(entry for entry in found.lists if entry.list.id == "residents_groups")
    assert [asker.id for asker in table.askers] == ["committee_posts", "resident_representatives"]
    assert askers(found, "group.households") == [("resident_representatives", "notice IV.2")]
    assert askers(found, "group.name") == []


def test_a_list_that_is_only_counted_has_the_column_that_tells_its_rows_apart(program: Program) -> None:
    bare = evolve(program, allocations=())
    table = next(entry for entry in needed(bare).lists if entry.list.id == "residents_groups")
    assert [entry.field.id for entry in table.fields] == ["name"]


def test_two_articles_of_one_source_in_one_rule_are_both_named(program: Program) -> None:
    first = Sentence(Force.MUST, None, is_more(fact("units")), CITED)
    second = evolve(first, citation=Citation("notice", Names.of(en="II", zh="二")))
    rule = Rule("both", Names(), Names(), Names(), (first, second, first))
    found = needed(evolve(program, rules=(rule,)))
    assert askers(found, "community.units") == [("both", "I"), ("both", "II")]


def test_every_kind_of_expression_is_walked(program: Program) -> None:
    one = Literal(1, NUMBER)
    row = TableRow((TableCell(low=fact("units")),), fact("area"))
    table = Table((fact("households"),), (row, evolve(row, cells=(TableCell(equals=fact("contact")),))), None, NUMBER)
    assert needed(only(program, is_more(table))).keys == (
        "community.households",
        "community.units",
        "community.area",
        "community.contact",
    )
    parts = (
        Not(is_more(Call("larger", (one, fact("households")), NUMBER))),
        Or((is_more(Clamped(one, None, fact("units"), NUMBER)), is_more(Clamped(one, fact("area"), None, NUMBER)))),
        OneOf(one, (one, fact("contact"))),
        is_more(Arithmetic(Operator.PLUS, one, fact("ballots_returned"), NUMBER)),
    )
    assert needed(only(program, And(parts))).keys == (
        "community.households",
        "community.units",
        "community.area",
        "community.ballots_returned",
        "community.contact",
    )


def test_every_option_of_a_reading_is_asked_for(program: Program) -> None:
    options = (Option(fact("units"), Names()), Option(fact("area"), Names()))
    reading = Reading("base", Names(), Names(), options, Names())
    found = needed(only(program, is_more(ValueOf("base", NUMBER)), readings=(reading,)))
    assert found.keys == ("community.units", "community.area")


def test_a_long_chain_of_definitions_is_walked_once(program: Program) -> None:
    # Each definition names the next one twice: following every mention would take 2**60 steps.
    def doubled(n: int) -> Arithmetic:
        return Arithmetic(Operator.PLUS, ValueOf(f"d{n}", NUMBER), ValueOf(f"d{n}", NUMBER), NUMBER)

    chain = tuple(Definition(f"d{n}", Names(), doubled(n + 1)) for n in range(60))
    last = Definition("d60", Names(), fact("units"))
    found = needed(only(program, is_more(ValueOf("d0", NUMBER)), definitions=(*chain, last)))
    assert found.keys == ("community.units",)
