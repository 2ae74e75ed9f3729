"""The notice twice: 25 of its sentences as a Program, and the same rules written by hand in Python.

Both handle missing facts and keep their reasons (numbers, missing facts, readings); a test compares their findings plan
by plan. The rules are those of the district notice of 2012 on plan facts (III.1 to III.3, IV).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from civicrules.days import Unit
from civicrules.exact import Rounding
from civicrules.facts import Fact, Facts
from civicrules.findings import Finding, Number
from civicrules.program import (
    Arithmetic,
    Choice,
    ChoiceType,
    Citation,
    Compare,
    Comparison,
    DateType,
    Definition,
    Entity,
    Excess,
    Expression,
    FactOf,
    Field,
    Force,
    Literal,
    Mention,
    Names,
    NumberType,
    OneOf,
    Operator,
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
    Table,
    TableCell,
    TableRow,
    Type,
    Validity,
    ValueOf,
    Vocabulary,
    Within,
)
from civicrules.source import Cell

COUNT, FRACTION, DATE = NumberType(), NumberType(whole=False), DateType()
RANGE = RangeType(COUNT)
FORMS = ChoiceType(tuple(Choice(c, Names.of(en=c)) for c in ("branch", "general branch", "party committee")))
VOTERS = ChoiceType(tuple(Choice(c, Names.of(en=c)) for c in ("all voters", "household delegates", "representatives")))
TYPES: dict[str, Type] = {
    "election_day": DATE,
    "previous_election": DATE,
    "electorate": VOTERS,
    **dict.fromkeys(
        [
            "party_members",
            "party_size",
            "secretaries",
            "deputies",
            "congress_size",
            "congress_block",
            "delegate_candidates",
            "party_candidates",
            "households",
            "committee_size",
            "chairs",
            "vice_chairs",
            "counted_members",
            "police_vice_chairs",
            "outside_members",
            "units",
            "unit_representatives",
            "resident_representatives",
            "assembly_members",
            "supervision_size",
            "supervision_chairs",
            "supervision_vice_chairs",
        ],
        COUNT,
    ),
}
KEYS = tuple(TYPES)
# Where each fact stands in the form that all plans are filled in on.
PLACES = {key: Cell("plan.xlsx", "Plan", f"B{row}") for row, key in enumerate(KEYS, 2)}


def fact(id: str) -> FactOf:
    return FactOf(f"c.{id}", TYPES[id])


def number(value: int) -> Literal:
    return Literal(value, COUNT)


def stretch(low: Expression | int, high: Expression | int) -> RangeOf:
    ends = [number(end) if isinstance(end, int) else end for end in (low, high)]
    return RangeOf(ends[0], ends[1], RANGE)


def band(low: int | None, high: int | None, value: Expression, *, below: bool = True) -> TableRow:
    ends = [None if end is None else number(end) for end in (low, high)]
    return TableRow((TableCell(ends[0], True, ends[1], below),), value)


def mention(of: Any) -> Mention:
    return Mention(of, Names.of(en=(of.id if isinstance(of, ValueOf) else of.key.removeprefix("c."))))


def choice(id: str, of: ChoiceType = FORMS) -> Literal:
    return Literal(id, of)


def definitions() -> tuple[Definition, ...]:
    members, households = fact("party_members"), fact("households")
    form = Table(
        (members,),
        (
            band(None, 50, choice("branch")),
            band(50, 100, choice("general branch"), below=False),
            band(100, None, choice("party committee")),
        ),
        "form at fifty",
        FORMS,
    )
    rows = (("branch", 3, 5), ("general branch", 5, 7), ("party committee", 7, 9))
    party = Table(
        (ValueOf("party form", FORMS),),
        tuple(TableRow((TableCell(equals=choice(id)),), stretch(low, high)) for id, low, high in rows),
        None,
        RANGE,
    )
    size = Table(
        (households,),
        (band(None, 2500, stretch(3, 5)), band(2500, 5000, stretch(5, 7)), band(5000, None, stretch(7, 9))),
        "band edge",
        RANGE,
    )
    blocks = Rounded(Arithmetic(Operator.DIVIDED, members, fact("congress_block"), FRACTION), "part blocks", COUNT)
    started = Rate(number(1), number(100), Excess(households, number(1500), COUNT), FRACTION)
    required = Rounded(Arithmetic(Operator.PLUS, number(50), started, FRACTION), "started hundred", COUNT)
    bodies: tuple[tuple[str, Expression, FactOf | ValueOf], ...] = (
        ("party form", form, members),
        ("party size range", party, ValueOf("party form", FORMS)),
        ("committee range", size, households),
        ("required delegates", Arithmetic(Operator.PLUS, number(30), blocks, COUNT), members),
        ("required representatives", required, households),
    )
    return tuple(Definition(id, Names.of(en=id), body, mentions=(mention(of),)) for id, body, of in bodies)


def readings() -> tuple[Reading, ...]:
    rows = (RowChoice.EARLIER, RowChoice.LATER)
    roundings = (Rounding.DOWN, Rounding.UP)
    options: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("form at fifty", rows),
        ("band edge", (RowChoice.COMMON, *rows)),
        ("part blocks", roundings),
        ("started hundred", roundings),
    )
    return tuple(
        Reading(id, Names.of(en=id), Names(), tuple(Option(value, Names()) for value in values), Names())
        for id, values in options
    )


def sentences() -> list[tuple[str, Force, Expression | None, Expression, tuple[FactOf | ValueOf, ...]]]:
    """Id, force, guard, requirement and the names mentioned, sentence by sentence."""
    must, should, may = Force.MUST, Force.SHOULD, Force.MAY
    form, size_range = ValueOf("party form", FORMS), ValueOf("party size range", RANGE)
    committee = ValueOf("committee range", RANGE)
    delegates, required = ValueOf("required delegates", COUNT), ValueOf("required representatives", COUNT)
    found: list[tuple[str, Force, Expression | None, Expression, tuple[FactOf | ValueOf, ...]]] = []

    def add(
        force: Force, left: str, sign: str, right: Expression | int, *more: FactOf | ValueOf, guard: Any = None
    ) -> None:
        other = number(right) if isinstance(right, int) else right
        requirement: Expression = (
            Within(fact(left), other) if sign == "in" else Compare(fact(left), Comparison(sign), other)
        )
        found.append((f"s{len(found)}", force, guard, requirement, (fact(left), *more)))

    def share(part: Fraction, of: str) -> ShareOf:
        return ShareOf(part, fact(of), FRACTION)

    is_committee = Compare(form, Comparison.EQUAL, choice("party committee"))
    add(must, "election_day", ">=", Shifted(fact("previous_election"), number(3), Unit.YEAR), fact("previous_election"))
    add(should, "election_day", "<=", Literal(date(2012, 9, 30), DATE))
    add(must, "party_size", "in", size_range, size_range)
    add(must, "secretaries", "=", 1)
    add(must, "deputies", "<=", 1)
    add(must, "deputies", "=", 1, form, guard=Compare(form, Comparison.UNEQUAL, choice("branch")))
    add(must, "congress_size", ">=", delegates, delegates, form, guard=is_committee)
    add(must, "congress_block", "in", stretch(30, 50))
    add(must, "delegate_candidates", ">=", share(Fraction(6, 5), "congress_size"), fact("congress_size"))
    add(must, "party_candidates", ">=", share(Fraction(6, 5), "party_size"), fact("party_size"))
    add(must, "committee_size", "in", committee, committee)
    add(must, "counted_members", "=", fact("committee_size"), fact("committee_size"))
    add(must, "chairs", "=", 1)
    add(must, "vice_chairs", "in", stretch(1, 2))
    add(may, "police_vice_chairs", ">=", 1)
    add(may, "outside_members", ">=", 1)
    voters = tuple(choice(c.id, VOTERS) for c in VOTERS.choices)
    found.append(("s16", must, None, OneOf(fact("electorate"), voters), (fact("electorate"),)))
    found.append(("s17", Force.ENCOURAGED, None, OneOf(fact("electorate"), voters[:2]), (fact("electorate"),)))
    add(must, "resident_representatives", ">=", required, required)
    add(
        must,
        "unit_representatives",
        "in",
        stretch(share(Fraction(1, 10), "units"), share(Fraction(3, 10), "units")),
        fact("units"),
    )
    add(must, "unit_representatives", "<=", share(Fraction(3, 10), "assembly_members"), fact("assembly_members"))
    members = Arithmetic(Operator.PLUS, fact("resident_representatives"), fact("unit_representatives"), COUNT)
    add(must, "assembly_members", "=", members, fact("resident_representatives"), fact("unit_representatives"))
    add(must, "supervision_size", "in", stretch(7, 9))
    add(must, "supervision_chairs", "=", 1)
    add(must, "supervision_vice_chairs", "in", stretch(1, 2))
    return found


def notice() -> Program:
    fields = tuple(Field(f"c.{id}", Names.of(en=id), of) for id, of in TYPES.items())
    law = Citation("notice", Names.of(en="III"))
    rules = tuple(
        Rule(
            id,
            Names.of(en=id),
            Names(),
            Names(),
            (Sentence(force, guard, requirement, law, Names.of(en=id), tuple(mention(of) for of in names)),),
        )
        for id, force, guard, requirement, names in sentences()
    )
    vocabulary = Vocabulary("test", Names(), (Entity("c", Names(), fields),))
    return Program("notice", Names(), "district", Validity(), vocabulary, (), definitions(), readings(), rules)


# ---------------------------------------------------------------- the same by hand

Given = dict[str, Any]


def twin(given: Given) -> list[dict[str, Any]]:
    """The findings of the notice on one plan, written as a programmer would: plain conditions on a dictionary."""
    get = given.get
    out: list[dict[str, Any]] = []

    def finding(
        verdict: str,
        numbers: list[Any],
        missing: tuple[str, ...] = (),
        rests: Any = (),
        used: Any = None,
        force: str = "must",
    ) -> None:
        out.append(
            {
                "id": f"s{len(out)}",
                "article": "III",
                "force": force,
                "verdict": verdict,
                "numbers": numbers,
                "missing": list(missing),
                "readings": list(rests),
                "used": used,
            }
        )

    def fact_(name: str) -> dict[str, Any]:
        value = get(name)
        return {"name": name, "value": value, "places": [] if value is None else [PLACES[name]], "inner": []}

    def derived(name: str, value: Any, *inner: Any) -> dict[str, Any]:
        return {"name": name, "value": value, "places": [], "inner": list(inner)}

    def absent(*names: str) -> tuple[str, ...]:
        return tuple(name for name in KEYS if name in names and get(name) is None)

    def simple(name: str, test: Callable[[Any], bool], force: str = "must") -> None:
        value = get(name)
        if value is None:
            finding("cannot say", [fact_(name)], (name,), force=force)
        else:
            finding("holds" if test(value) else "fails", [fact_(name)], force=force)

    day, last = get("election_day"), get("previous_election")
    numbers = [fact_("election_day"), fact_("previous_election")]
    if day is None or last is None:
        finding("cannot say", numbers, absent("election_day", "previous_election"))
    else:
        finding("holds" if day >= plus_years(last, 3) else "fails", numbers)
    simple("election_day", lambda v: v <= date(2012, 9, 30), "should")

    members = get("party_members")
    forms = party_forms(members)
    form, other_form = forms
    range_, other_range = PARTY_RANGES.get(form), PARTY_RANGES.get(other_form)
    range_number = derived("party size range", range_, derived("party form", form))
    size = get("party_size")
    numbers = [fact_("party_size"), range_number]
    if size is None or range_ is None or other_range is None:
        if size is not None and not 3 <= size <= 9:
            finding("fails", numbers)
        else:
            finding("cannot say", numbers, absent("party_size", "party_members"))
    else:
        verdict, other = said(range_[0] <= size <= range_[1]), said(other_range[0] <= size <= other_range[1])
        finding(verdict, numbers, (), [] if verdict == other else [("form at fifty", 1, other)])
    simple("secretaries", lambda v: v == 1)
    simple("deputies", lambda v: v <= 1)

    deputies = get("deputies")
    form_number = derived("party form", form, fact_("party_members"))
    numbers = [fact_("deputies"), form_number]
    if members is None:
        finding("cannot say", numbers, absent("party_members", "deputies"))
    else:

        def one_deputy(form_: Any) -> tuple[str, tuple[str, ...]]:
            if form_ == "branch":
                return "does not apply", ()
            return ("cannot say", ("deputies",)) if deputies is None else (said(deputies == 1), ())

        verdict, absent_ = one_deputy(form)
        other, _ = one_deputy(other_form)
        finding(verdict, numbers, absent_, [] if verdict == other else [("form at fifty", 1, other)])

    block, congress = get("congress_block"), get("congress_size")
    delegates = more_delegates = None
    if members is not None and block:
        delegates, more_delegates = 30 + members // block, 30 - (-members // block)
    delegates_value: Any = delegates
    if delegates is None and members is not None and block is None:
        delegates_value = None
    numbers = [
        fact_("congress_size"),
        derived("required delegates", delegates_value, fact_("party_members")),
        form_number,
    ]
    if members is not None and form != "party committee":
        finding("does not apply", numbers)
    elif members is None or congress is None or block is None:
        finding("cannot say", numbers, absent("party_members", "congress_size", "congress_block"))
    else:
        assert delegates is not None and more_delegates is not None
        verdict, other = said(congress >= delegates), said(congress >= more_delegates)
        finding(verdict, numbers, (), [] if verdict == other else [("part blocks", 1, other)])
    simple("congress_block", lambda v: 30 <= v <= 50)

    for left, right in (("delegate_candidates", "congress_size"), ("party_candidates", "party_size")):
        a, b = get(left), get(right)
        numbers = [fact_(left), fact_(right)]
        if a is None or b is None:
            finding(*(("holds", numbers) if b == 0 else ("cannot say", numbers, absent(left, right))))
        else:
            finding(said(5 * a >= 6 * b), numbers)

    households, committee = get("households"), get("committee_size")
    common = committee_ranges(households)
    numbers = [fact_("committee_size"), derived("committee range", common[0], fact_("households"))]
    if households is None or committee is None:
        if committee is not None and not 3 <= committee <= 9:
            finding("fails", numbers)
        else:
            finding("cannot say", numbers, absent("committee_size", "households"))
    else:
        first, *rest = [said(low <= committee <= high) for low, high in common]
        finding(first, numbers, (), [("band edge", at + 1, o) for at, o in enumerate(rest) if o != first])

    counted = get("counted_members")
    numbers = [fact_("counted_members"), fact_("committee_size")]
    if counted is None or committee is None:
        finding("cannot say", numbers, absent("counted_members", "committee_size"))
    else:
        finding(said(counted == committee), numbers)
    simple("chairs", lambda v: v == 1)
    simple("vice_chairs", lambda v: 1 <= v <= 2)
    for name in ("police_vice_chairs", "outside_members"):
        value = get(name)
        finding("holds", [fact_(name)], (), (), None if value is None else value >= 1, "may")
    finding("holds", [fact_("electorate")])
    simple("electorate", lambda v: v in ("all voters", "household delegates"), "is encouraged to")

    residents = get("resident_representatives")
    excess = None if households is None else max(households - 1500, 0)
    required: Any = None if excess is None else 50 + excess // 100
    numbers = [fact_("resident_representatives"), derived("required representatives", required, fact_("households"))]
    if residents is None or excess is None:
        if residents is not None and residents < 50:
            finding("fails", numbers)
        else:
            finding("cannot say", numbers, absent("resident_representatives", "households"))
    else:
        verdict, other = said(residents >= required), said(residents >= 50 - (-excess // 100))
        finding(verdict, numbers, (), [] if verdict == other else [("started hundred", 1, other)])

    unit, units, assembly = get("unit_representatives"), get("units"), get("assembly_members")
    numbers = [fact_("unit_representatives"), fact_("units")]
    if unit is None or units is None:
        finding("cannot say", numbers, absent("unit_representatives", "units"))
    else:
        finding(said(units <= 10 * unit <= 3 * units), numbers)
    numbers = [fact_("unit_representatives"), fact_("assembly_members")]
    if unit is None or assembly is None:
        finding(
            *(
                ("holds", numbers)
                if unit == 0
                else ("cannot say", numbers, absent("unit_representatives", "assembly_members"))
            )
        )
    else:
        finding(said(10 * unit <= 3 * assembly), numbers)
    numbers = [fact_("assembly_members"), fact_("resident_representatives"), fact_("unit_representatives")]
    if unit is None or assembly is None or residents is None:
        if assembly is not None and (residents or 0) + (unit or 0) > assembly:
            finding("fails", numbers)
        else:
            finding(
                "cannot say", numbers, absent("assembly_members", "resident_representatives", "unit_representatives")
            )
    else:
        finding(said(assembly == residents + unit), numbers)
    simple("supervision_size", lambda v: 7 <= v <= 9)
    simple("supervision_chairs", lambda v: v == 1)
    simple("supervision_vice_chairs", lambda v: 1 <= v <= 2)
    return out


PARTY_RANGES: dict[Any, tuple[int, int]] = {"branch": (3, 5), "general branch": (5, 7), "party committee": (7, 9)}


def said(truth: bool) -> str:
    return "holds" if truth else "fails"


def plus_years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def party_forms(members: int | None) -> tuple[Any, Any]:
    """The form under the earlier row and under the later row."""
    if members is None:
        return None, None
    if members == 50:
        return "branch", "general branch"
    form = "branch" if members < 50 else "general branch" if members < 100 else "party committee"
    return form, form


def committee_ranges(households: int | None) -> tuple[Any, ...]:
    """The range that both rows allow, that of the earlier and that of the later row."""
    if households is None:
        return (None, None, None)
    if households in (2500, 5000):
        return ((5, 5), (3, 5), (5, 7)) if households == 2500 else ((7, 7), (5, 7), (7, 9))
    one = (3, 5) if households < 2500 else (5, 7) if households < 5000 else (7, 9)
    return (one,)


# ---------------------------------------------------------------- plans, comparison


def plans(count: int, seed: int = 2012) -> list[Given]:
    """Plans as they come in: most complete and sound, some with faults, one fact in twenty missing."""
    chance = random.Random(seed)
    return [_plan(chance) for _ in range(count)]


def _plan(chance: random.Random) -> Given:
    members = chance.choice((20, 49, 50, 51, 99, 100, 101, 150, 500))
    households = chance.choice((800, 1500, 1501, 1600, 1601, 2500, 2501, 4000, 5000, 5001))
    size = chance.randint(3, 9)
    residents, unit = chance.randint(48, 90), chance.randint(10, 30)
    block = chance.randint(28, 52)
    complete: Given = {
        "election_day": date(2012, chance.randint(7, 10), chance.randint(1, 28)),
        "previous_election": date(2009, chance.randint(6, 9), chance.randint(1, 28)),
        "electorate": chance.choice(VOTERS.choices).id,
        "party_members": members,
        "party_size": chance.randint(3, 9),
        "secretaries": 1,
        "deputies": chance.randint(0, 2),
        "congress_size": chance.randint(30, 45),
        "congress_block": block,
        "delegate_candidates": chance.randint(36, 60),
        "party_candidates": chance.randint(4, 11),
        "households": households,
        "committee_size": size,
        "chairs": 1,
        "vice_chairs": chance.randint(1, 3),
        "counted_members": chance.choice((size, size, size - 1)),
        "police_vice_chairs": chance.randint(0, 1),
        "outside_members": chance.randint(0, 1),
        "units": chance.choice((90, 100, 240)),
        "unit_representatives": unit,
        "resident_representatives": residents,
        "assembly_members": chance.choice((residents + unit, residents + unit, residents)),
        "supervision_size": chance.randint(6, 9),
        "supervision_chairs": 1,
        "supervision_vice_chairs": 1,
    }
    return {key: value for key, value in complete.items() if chance.random() >= 0.05}


def facts(given: Given) -> Facts:
    return Facts({f"c.{key}": Fact(value, PLACES[key]) for key, value in given.items()})


def as_dict(found: Finding) -> dict[str, Any]:
    """A finding in the form of the hand-written ones. What is known of a number in part is not shown by those."""
    return {
        "id": found.rule.id,
        "article": found.article.article.text("en"),
        "force": found.force.value,
        "verdict": found.verdict.value,
        "numbers": [_number(one) for one in found.numbers],
        "missing": [one.key.removeprefix("c.") for one in found.missing],
        "readings": [(one.reading.id, one.option, one.verdict.value) for one in found.readings],
        "used": found.used,
    }


def _number(one: Number) -> dict[str, Any]:
    value = one.value if isinstance(one.value, (int, str, date, tuple)) else None
    inner = [_number(inner) for inner in one.inner]
    return {"name": one.name.text("en"), "value": value, "places": list(one.places), "inner": inner}
