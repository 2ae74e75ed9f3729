"""Plugin functions, the ruleset's own examples, many plans at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import Any

import pytest

from civicrules.findings import Verdict
from civicrules.plugin import Function
from civicrules.program import Arithmetic, Call, Example, Names, NumberType, Operator, ValueOf

COUNT = NumberType()


def larger(run: Any, result: NumberType = COUNT) -> Function:
    return Function(Names.of(en="larger of"), (COUNT, COUNT), result, run)


def called(make: Any, function: Function | None, plan: Any) -> Any:
    requirement = make.compared(Call("larger", (make.fact("big"), make.fact("other")), COUNT), ">=", 5)
    functions = {} if function is None else {"larger": function}
    made = make.evaluator(
        make.rule("r", make.sentence(requirement), make.sentence(make.compared(make.fact("big"), ">=", 1))),
        functions=functions,
    )
    return made.findings(plan, make.DAY, law_day=make.DAY)


def test_a_function_of_a_plugin(make: Any) -> None:
    found, problems = called(make, larger(max), make.facts(big=4, other=5))
    assert [f.verdict for f in found] == [Verdict.HOLDS, Verdict.HOLDS] and problems == ()
    found, problems = called(make, larger(max), make.facts(big=4))
    assert found[0].verdict is Verdict.CANNOT_SAY and make.missing(found[0]) == {"other"} and problems == ()
    declared = larger(max, NumberType(low=5))
    assert called(make, declared, make.facts(big=4))[0][0].verdict is Verdict.HOLDS


def _raises(a: int, b: int) -> int:
    raise ValueError("too many")


@pytest.mark.parametrize(
    "run",
    [
        _raises,
        lambda a, b: 4.5,
        lambda a, b: "5",
        lambda a, b: True,
        lambda a, b: Fraction(1, 2),
        lambda a, b: -1,
        None,
    ],
)
def test_a_faulty_function_spoils_its_own_sentence_only(make: Any, run: Any) -> None:
    found, problems = called(make, None if run is None else larger(run), make.facts(big=4, other=5))
    assert [f.verdict for f in found] == [Verdict.CANNOT_SAY, Verdict.HOLDS] and found[0].missing == ()
    assert [(p.code, p.data["function"]) for p in problems] == [("CR0605", "larger")]
    if run is _raises:
        assert problems[0].data["problem"] == "too many"


def test_the_examples_of_a_ruleset(make: Any) -> None:
    sum_ = make.definition("sum", Arithmetic(Operator.PLUS, make.fact("x"), make.fact("y"), COUNT))
    half = make.definition(
        "half", Arithmetic(Operator.DIVIDED, make.fact("x"), make.number(2), NumberType(whole=False))
    )
    enough = make.definition("enough", make.compared(ValueOf("sum", COUNT), ">=", 5))
    example = Example(
        Names.of(en="one"),
        (("c.x", 2), ("groups", 3)),
        (
            ("sum", "cannot say"),
            ("half", 1),
            ("enough", "cannot_say"),
            ("posts", "holds"),
            ("open", "cannot say"),
            ("posts", "fails"),
        ),
    )
    other = Example(
        Names.of(en="two"),
        (("c.x", 3), ("c.y", 2)),
        (("sum", 5), ("half", Fraction(3, 2)), ("enough", "holds"), ("enough", True)),
    )
    made = make.evaluator(
        make.rule(
            "posts",
            make.sentence(make.compared(make.count(), "=", 3)),
            make.sentence(make.compared(make.fact("x"), "<", 6)),
        ),
        make.rule(
            "open",
            make.sentence(make.compared(make.count(), "=", 3)),
            make.sentence(make.compared(make.fact("z"), "<", 6)),
        ),
        definitions=(sum_, half, enough),
        examples=(example, other),
    )
    results = made.examples()
    assert [r.passed for r in results] == [True] * 5 + [False] + [True] * 4
    assert (results[5].expected, results[5].actual) == (Verdict.FAILS, Verdict.HOLDS)


def test_threads_share_an_evaluator(make: Any) -> None:
    sum_ = make.definition("sum", Arithmetic(Operator.PLUS, make.fact("x"), make.fact("y"), COUNT))
    made = make.evaluator(
        make.rule("r", make.sentence(make.compared(ValueOf("sum", COUNT), ">=", 6))), definitions=(sum_,)
    )
    plans = [make.facts(x=x, y=y) for x in range(7) for y in range(7)] * 10
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda plan: made.findings(plan, make.DAY, law_day=make.DAY)[0][0].verdict, plans))
    expected = [Verdict.HOLDS if x + y >= 6 else Verdict.FAILS for x in range(7) for y in range(7)] * 10
    assert found == expected
