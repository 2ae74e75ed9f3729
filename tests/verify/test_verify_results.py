"""Results that were honestly made verify, are the same bytes whatever the order of input, and survive their schemas."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve

from civicrules import Decision, verify
from civicrules.ballots import Doubt
from civicrules.outcome import Decided
from civicrules.plugin import Purpose
from civicrules.program import Names
from civicrules.result import Counted, Origin, documents
from civicrules.tally import (
    DHONDT,
    Allocation,
    BallotAccount,
    Ballots,
    Candidate,
    Choice,
    Contest,
    FollowUp,
    Limit,
    Post,
    Receiver,
    Threshold,
    allocate,
    count,
    instant_runoff,
    single_transferable_vote,
)
from civicrules.tally.methods import METHODS
from civicrules.tally.seats.allocation import Bonus, Regime
from civicrules.tally.seats.quotas import LargestRemainder
from civicrules.tally.thresholds import Hurdle, Of

from .verify_cases import FIXED, KINDS, RULES, RUN, answered, documents_of, recorded, seeded, spoilt

SCHEMAS = files("civicrules.report") / "schema"


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def test_honest_results_verify_and_survive_their_schemas() -> None:
    result, given = (jsonschema.Draft202012Validator(schema(name)) for name in ("result-1.json", "input-1.json"))
    met: Counter[tuple[str, int]] = Counter()
    certified: Counter[int] = Counter()
    for seed in range(450):
        _, _, outcome, _ = seeded(seed)
        made = documents_of(seed)
        status, lines = verify.verify(made.result.encode(), [made.input.encode()], [RULES.encode()])
        assert status in (verify.VERIFIED, verify.PARTLY), (seed, lines)
        assert status == verify.VERIFIED or "no certificate" in "".join(lines), (seed, lines)
        met[type(outcome).__name__, status] += 1
        certified[seed % len(KINDS)] += status == verify.VERIFIED
        result.validate(json.loads(made.result))
        given.validate(json.loads(made.input))
    assert met["Decided", verify.VERIFIED] > 250
    assert (
        min(certified[kind] for kind in range(len(KINDS))) >= 75
    )  # of some 112: by post, seats, ranked papers, marked papers
    assert {kind for kind, status in met if status == verify.VERIFIED} == {
        "Decided",
        "DecisionRequired",
        "CannotSay",
        "Void",
    }


# ---------------------------------------------------------------- by hand


def test_a_result_written_by_hand() -> None:
    """D'Hondt, 5 seats for 340, 280 and 160 votes. Quotients: 340, 280, 170, 160, 140, then 113 1/3. So 2, 2, 1.

    B's 140 got the last seat. A's third quotient passes 140 with more than 420 votes, so with 81 more; C's second with more
    than 280, so with 121 more; B's third would have to pass the 160 of C, with more than 480, so with 201 more.
    """
    votes = {"A": 340, "B": 280, "C": 160}
    series = {"is": "Divisors", "first": 1, "step": 1, "opening": None}
    receiver = {"is": "Receiver", "minimum": 0, "maximum": None, "candidates": None, "exempt": False}
    request = {
        "is": "Allocation", "id": "council", "seats": 5, "by": series, "tie_policy": [], "complete": True,
        "options": {}, "hurdles": [], "majority_clause": False, "base": None, "ruleset": "",
        "receivers": [{**receiver, "id": id, "weight": number} for id, number in votes.items()],
    }  # fmt: skip
    ruleset: dict[str, Any] = {"id": "", "version": "", "sha256": "", "texts": []}
    count = {"id": "council", "method": "dhondt", "names": {}, "words": {}, "request": request}
    given = verify.kept({"format": "civicrules-input/1", "ruleset": ruleset, "counts": [count]})
    steps = (
        ("seats_to_divide", {"seats": 5, "receivers": 3, "total": 780}),
        ("divisors", {"divisors": [1, 2, 3, 4]}),
        ("quotients_last_next", {"receiver": "A", "weight": 340, "seats": 2, "last": 170, "next": "340/3"}),
        ("quotients_last_next", {"receiver": "B", "weight": 280, "seats": 2, "last": 140, "next": "280/3"}),
        ("quotients_last_next", {"receiver": "C", "weight": 160, "seats": 1, "last": 160, "next": 80}),
        ("last_quotient", {"receivers": ["B"], "number": 140, "next": ["A"], "refused": "340/3"}),
        ("more_votes", {"receiver": "A", "seats": 3, "votes": 81}),
        ("more_votes", {"receiver": "B", "seats": 3, "votes": 201}),
        ("more_votes", {"receiver": "C", "seats": 2, "votes": 121}),
    )
    parameters = {
        "rule": {"data": series, "en": "divisors 1, 2, 3 and so on", "zh": "除数依次为1、2、3，依此类推"},
        "seats": {"data": 5, "en": "5", "zh": "5"},
        "tie": {"data": [], "en": "not said", "zh": "未规定"},
    }

    def result(**seats: int) -> bytes:
        places = [{"receiver": id, "seats": n, "post": "", "votes": votes[id]} for id, n in seats.items()]
        nothing: dict[str, Any] = {"vacant": {}, "questions": [], "missing": [], "reasons": []}
        one = {
            "id": "council", "method": "dhondt", "names": {}, "words": {}, "parameters": parameters,
            "decisions": {"given": [], "sha256": verify.sha("[]")},
            "outcome": {"is": "Decided", "seats": places, **nothing},
            "steps": [
                {"kind": kind, "data": data, "en": f"{kind} {data}", "zh": f"{kind} {data}"} for kind, data in steps
            ],
        }  # fmt: skip
        document: dict[str, Any] = {
            "format": "civicrules-result/1", "made_by": {"civicrules": "by hand", "language": 1, "plugins": []},
            "ruleset": ruleset,
            "input": {"sha256": verify.sha(given)}, "counts": [one],
        }  # fmt: skip
        return verify.kept({**document, "sha256": verify.sha(verify.compact(document))}).encode()

    assert verify.verify(result(A=2, B=2, C=1), [given.encode()], [])[0] == verify.VERIFIED
    assert (
        verify.verify(result(A=3, B=1, C=1), [given.encode()], [])[0] == verify.REJECTED
    )  # 140 of B before 113 1/3 of A
    assert verify.verify(result(A=2, B=1, C=2), [given.encode()], [])[0] == verify.REJECTED  # and before 80 of C


def test_more_than_half_is_told_from_half() -> None:
    """50 of 100 are not more than half; 51 are, and 50 are at least half."""
    for votes, strict, elected in ((50, True, False), (51, True, True), (50, False, True), (49, False, False)):
        post = Post("chair", 1, [Candidate("Lin", votes), Candidate("Wu", 30)])
        account = BallotAccount(120, 100, 100, 98, 2, 0)
        contest = Contest([post], account, Threshold("returned", Fraction(1, 2), strict))
        outcome = count(contest)
        made = documents([Counted("chair", "majority_by_post", contest, outcome)])
        status, lines = verify.verify(made.result.encode(), [made.input.encode()], [])
        assert status == verify.VERIFIED, lines
        assert bool(json.loads(made.result)["counts"][0]["outcome"]["seats"]) is elected


def test_several_counts_stand_in_one_result() -> None:
    requests = [Allocation([Receiver("A", weight), Receiver("B", 30)], 4, id=f"n{weight}") for weight in (50, 70)]
    made = documents([Counted(one.id, "largest_remainder", one, allocate(one)) for one in requests])
    status, lines = verify.verify(made.result.encode(), [b"{}", made.input.encode()], [])
    assert status == verify.VERIFIED
    assert sum("counted again" in line for line in lines) == 2


# ---------------------------------------------------------------- what it has no certificate for


def test_a_method_without_certificate_is_recounted_only() -> None:
    papers = Ballots.ranked({("A", "B"): 5, ("B",): 3, ("C", "B"): 4})
    contest = Contest([Post("mayor", 1, [Candidate(name) for name in "ABC"])], ballots=papers)
    made = documents([Counted("mayor", "instant_runoff", contest, instant_runoff(contest))])
    status, lines = verify.verify(made.result.encode(), [made.input.encode()], [])
    assert status == verify.PARTLY
    assert "  mayor: no certificate for this method; recounted only" in lines
    chinese = verify.verify(made.result.encode(), [made.input.encode()], [], "zh")[1]
    assert "  mayor：该办法没有核验证明，只能重新计票" in chinese


INPUT = "不完整或者前后矛盾的输入"
ONE = Contest([Post("chair", 1, [Candidate("Lin", 40)])], BallotAccount(valid=90))
AGAIN = FollowUp(Contest([], id="second"))
DOUBT = Ballots.of([Choice("Lin")], {(0,): 3}, doubts=[Doubt("7", {"Lin": (0,), "void": None})])


@pytest.mark.parametrize(
    ("contest", "english", "chinese"),
    [
        (evolve(ONE, follow_up=AGAIN), "a further ballot", "另行选举"),
        (evolve(ONE, limits=[Limit("women", frozenset("L"), 1)]), "limits on the elected", "当选限制"),
        (evolve(ONE, follow_up=AGAIN, down_count=True), "votes moved down, a further ballot", "下加计票、另行选举"),
        (evolve(ONE, least_elected=1), "a least number of elected", "最低当选人数"),
        (evolve(ONE, account=BallotAccount(valid=9)), "input that lacks something or contradicts itself", INPUT),
        (evolve(ONE, ballots=DOUBT, account=BallotAccount()), "rulings on doubtful papers", "存疑选票的认定"),
    ],
)  # fmt: skip
def test_what_was_not_verified_is_named_at_the_end_and_why(contest: Contest, english: str, chinese: str) -> None:
    names = Names.of(en="north ward", zh="北选区")
    seats = Allocation(THREE, 5, DHONDT)
    other = Counted("seats", "dhondt", seats, allocate(seats))
    for at, ends in (
        ("en", ["Not everything is verified:", f"  north ward: no certificate for {english}; recounted only"]),
        ("zh", ["未能全部核验：", f"  北选区：{chinese}没有核验证明，只能重新计票"]),
    ):
        made = documents([other, Counted("ward", "majority_by_post", contest, count(contest), names=names)])
        status, lines = verify.verify(made.result.encode(), [made.input.encode()], [], at)
        assert status == verify.PARTLY and lines[-3:-1] == ends


# ---------------------------------------------------------------- what is counted is what is written


def test_the_input_holds_what_the_method_really_counts() -> None:
    """What a method fixes itself is in the canonical input: run by the engine's own entry, it comes to the same."""
    for seed in range(300):
        method, request, outcome, decisions = seeded(seed)
        made = FIXED[method](request)
        if isinstance(made, Allocation):
            assert allocate(made, decisions) == outcome, (seed, method)
        elif method == "single_transferable_vote":
            assert single_transferable_vote(made, decisions) == outcome
        else:
            assert count(made, decisions) == outcome


@pytest.mark.parametrize("method", [one.id for one in METHODS if one.purpose is Purpose.ALLOCATION])
def test_every_allocation_method_is_written_out_or_refused(method: str) -> None:
    options: dict[str, Any] = {"first_divisor": 1, "divisors": (1, 2), "after_the_last": "same_step", "bonus": 1}
    options |= {"size_limit": 3, "under_the_limit": "highest_averages", "from_the_limit": "sainte_lague"}
    request = Allocation([Receiver("A", 17), Receiver("B", 6)], 5, options=options)
    outcome = RUN[method](request)
    if allocate(FIXED[method](request)) != outcome:
        made = documents([Counted("seats", method, FIXED[method](request), outcome)])
        assert verify.verify(made.result.encode(), [made.input.encode()], [])[0] == verify.PARTLY, method


THREE = (Receiver("A", 170), Receiver("B", 60, exempt=True), Receiver("C", 10), Receiver("D", 5))
RULES_OF_SEATS: dict[str, tuple[int, dict[str, Any], str, str]] = {
    "a share of the total": (
        verify.VERIFIED,
        {"hurdles": (Hurdle(Fraction(1, 20)),)},
        "at least 1/20 of the total",
        "不少于总数的1/20",
    ),
    "two thresholds, one of them to be exceeded": (
        verify.VERIFIED,
        {"hurdles": (Hurdle(Fraction(1, 2), Of.QUOTA, True), Hurdle(9, Of.VOTES))},
        "more than 1/2 of the quota or at least 9",
        "超过数额的1/2或者不少于9",
    ),
    "a rule that changes with the seats": (
        verify.VERIFIED,
        {"by": Regime(6, DHONDT, LargestRemainder())},
        "fewer than 6 seats: divisors 1, 2, 3 and so on; otherwise: Hare quota: total / seats, not rounded; "
        "then the largest remainders",
        "名额不足6名：除数依次为1、2、3，依此类推；达到6名：黑尔数额：总数÷名额，不取整；其余按余数大小分配",
    ),
    "a bonus": (
        verify.VERIFIED,
        {"by": Bonus(DHONDT, 2, Fraction(1, 3))},
        "seats: 2 to the first if it has more than 1/3 of the total; the others: divisors 1, 2, 3 and so on",
        "得票最多者先得2名，但得票应当超过总数的1/3；其余名额：除数依次为1、2、3，依此类推",
    ),
    "half of the seats as a bonus": (
        verify.VERIFIED,
        {"by": Bonus()},
        "half of the seats, rounded up, to the first; the others: divisors 1, 2, 3 and so on",
        "得票最多者先得半数名额（尾数进一）；其余名额：除数依次为1、2、3，依此类推",
    ),
    "a majority of the seats": (verify.PARTLY, {"majority_clause": True}, "yes", "是"),
}


@pytest.mark.parametrize("seats", [5, 6])
@pytest.mark.parametrize("rule", RULES_OF_SEATS)
def test_no_honest_allocation_is_rejected(rule: str, seats: int) -> None:
    """Thresholds and rules that change with the seats are certified; what is not says in words what was applied."""
    status, asked, english, chinese = RULES_OF_SEATS[rule]
    request = Allocation(THREE, seats, **asked)
    made = documents([Counted("seats", "dhondt", request, allocate(request))])
    for language, words in (("en", english), ("zh", chinese)):
        found, lines = verify.verify(made.result.encode(), [made.input.encode()], [], language)
        assert found == status, lines
        assert any(line.endswith(("：" if language == "zh" else ": ") + words) for line in lines), lines


def test_no_honest_count_of_impossible_figures_is_rejected() -> None:
    """What the count cannot say, or says in spite of what is missing, is certified or has no certificate."""
    met: Counter[int] = Counter()
    for seed in range(400):
        method, request = spoilt(seed)
        outcome, decisions = answered(method, request, random.Random(seed))
        made = recorded(method, request, outcome, decisions)
        status, lines = verify.verify(made.result.encode(), [made.input.encode()], [RULES.encode()])
        assert status in (verify.VERIFIED, verify.PARTLY), (seed, lines)
        met[status] += 1
    assert met[verify.VERIFIED] >= 40


@pytest.mark.parametrize(("digest", "status"), [("0" * 64, verify.VERIFIED), ("1" * 64, verify.REJECTED)])
def test_an_input_made_under_another_text_is_no_input_of_the_result(digest: str, status: int) -> None:
    request = Allocation(THREE, 5, ruleset="0" * 64)
    made = documents([Counted("seats", "dhondt", request, allocate(request))], Origin("demo", "1", digest))
    assert verify.verify(made.result.encode(), [made.input.encode()], [])[0] == status


def test_who_is_exempt_is_a_parameter() -> None:
    request = Allocation(THREE, 5, hurdles=(Hurdle(Fraction(1, 2)),))
    made = documents([Counted("seats", "dhondt", request, allocate(request))])
    for language, words in (("en", "    exempt: B"), ("zh", "    不受门槛限制：B")):
        status, lines = verify.verify(made.result.encode(), [made.input.encode()], [], language)
        assert status == verify.VERIFIED and words in lines, lines


@pytest.mark.parametrize("decimals", ["two_decimals", "four_decimals", "nine_decimals"])
def test_transfer_values_of_so_many_decimals(decimals: str) -> None:
    """A has 7 of 12 votes with a quota of 5: 2/7 is 0.28, 0.2857 or 0.285714285."""
    papers = Ballots.ranked({("A", "B"): 7, ("B",): 2, ("C",): 3})
    options: dict[str, Any] = {"transfer_value": (decimals, "rounded_down")}
    contest = Contest([Post("ward", 2, [Candidate(name) for name in "ABC"])], ballots=papers, options=options)
    made = documents([Counted("ward", "single_transferable_vote", contest, single_transferable_vote(contest))])
    value = {"two": "0.28", "four": "0.2857", "nine": "0.285714285"}[decimals.split("_")[0]]
    moved = [step["data"] for step in json.loads(made.result)["counts"][0]["steps"] if step["kind"] == "papers_moved"]
    assert moved[0]["value"] == value
    assert verify.verify(made.result.encode(), [made.input.encode()], [])[0] == verify.VERIFIED


def test_the_text_of_a_ruleset_is_the_one_that_was_applied() -> None:
    """Another text, one more, and any text at all where the result names none, are not."""
    request = Allocation(THREE, 5, ruleset="0" * 64)
    outcome, texts = allocate(request), (("rules.en.civic", RULES), ("base.civic", "base"))
    for stated, given, right in (
        (texts, [RULES, "base"], True),
        (texts, [RULES], False),
        (texts[:1], [RULES, "base"], False),
        (texts[:1], ["another"], False),
        ((), [RULES], False),
    ):
        made = documents([Counted("seats", "dhondt", request, outcome)], Origin("demo", "1", "0" * 64, stated))
        rules = [text.encode() for text in given]
        status = verify.verify(made.result.encode(), [made.input.encode()], rules)[0]
        assert status == (verify.VERIFIED if right else verify.REJECTED), (stated, given)


@pytest.mark.parametrize("method", [one.id for one in METHODS if one.purpose is Purpose.CONTEST])
def test_no_honest_count_is_rejected(method: str) -> None:
    """On totals, on marked and on ranked papers, whatever a method makes of them."""
    ward = Post("ward", 2, [Candidate(name, votes) for name, votes in (("A", 7), ("B", 5), ("C", 5))])
    ranks = Ballots.ranked({("A", "B"): 5, ("B",): 3, ("C", "B"): 4})
    marks = Ballots.of([Choice(name, "ward") for name in "ABC"], {(0,): 5, (0, 2): 4, (1,): 2, (): 1})
    options: dict[str, Any] = {"votes_per_ballot": 2, "votes_for_one_candidate": 1}
    for ballots in (None, ranks, marks):
        for given in ({}, options):
            contest = Contest(
                [ward], BallotAccount(valid=20 if ballots is None else None), ballots=ballots, options=given
            )
            made = documents([Counted("ward", method, FIXED[method](contest), RUN[method](contest))])
            status, lines = verify.verify(made.result.encode(), [made.input.encode()], [])
            assert status in (verify.VERIFIED, verify.PARTLY), (method, lines)


# ---------------------------------------------------------------- the same bytes

PROGRAM = """
import random, sys
from civicrules.result import Counted, Origin, documents
from civicrules.tally import *
from fractions import Fraction
order = random.Random(int(sys.argv[1]))
def mixed(them):
    them = list(them); order.shuffle(them); return them
people = mixed([Candidate("Lin", 40), Candidate("Wu", 40), Candidate("Xu", 12)])
contest = Contest([Post("chair", 1, people)], BallotAccount(120, 110, 100, 98, 2, 0),
    Threshold("returned", Fraction(1, 3)), mixed([Requirement("a", True), Requirement("b", True)]))
seats = Allocation(mixed([Receiver("A", Fraction(7, 3)), Receiver("B", 5), Receiver("C", 1)]), 5)
papers = dict(mixed({("A", "B"): 4, ("B", "A"): 3, ("C",): 2}.items()))
ward = Contest([Post("ward", 2, mixed([Candidate(n) for n in "ABC"]))], ballots=Ballots.ranked(papers))
answers = mixed([Decision(q.id, (q.options[0],)) for q in count(contest).questions])
made = documents([
    Counted("chair", "majority_by_post", contest, count(contest, answers), tuple(answers)),
    Counted("seats", "largest_remainder", seats, allocate(seats)),
    Counted("ward", "single_transferable_vote", ward, single_transferable_vote(ward)),
], Origin("x", "1", "", tuple(mixed([("a", "1"), ("b", "2")])), tuple(mixed([("p", "1"), ("q", "2")]))))
sys.stdout.buffer.write((made.result + made.input).encode())
"""


def test_the_same_bytes_under_any_hash_seed_and_order_of_input() -> None:
    made = set()
    for seed in ("0", "1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", PROGRAM, seed], capture_output=True, env=environment, check=True)
        made.add(done.stdout)
    assert len(made) == 1
    assert next(iter(made)).endswith(b"}\n")


def test_the_order_of_decisions_changes_nothing() -> None:
    posts = [Post(id, 1, [Candidate(f"{id} A", 9), Candidate(f"{id} B", 9)]) for id in ("chair", "deputy")]
    contest = Contest(posts, BallotAccount(valid=30))
    answers = [Decision(one.id, (one.options[0],)) for one in count(contest).questions]  # type: ignore[union-attr]
    made = {
        documents([Counted("c", "majority_by_post", contest, count(contest, order), tuple(order))]).result
        for order in (answers, answers[::-1], random.Random(1).sample(answers, 2))
    }
    assert len(made) == 1


# ---------------------------------------------------------------- alone


def test_it_runs_alone(tmp_path: Path) -> None:
    """The one file, without the library, under an isolated Python."""
    made = documents_of(1)
    (tmp_path / "result.json").write_text(made.result, encoding="utf-8")
    (tmp_path / "input.json").write_text(made.input, encoding="utf-8")
    alone = tmp_path / "verify.py"
    alone.write_bytes(Path(verify.__file__).read_bytes())
    command = [sys.executable, "-I", "-S", str(alone), "result.json", "input.json", "--lang", "en"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, b""), done
    missing = subprocess.run([*command[:4], "nothing.json"], capture_output=True, cwd=tmp_path, check=False)
    assert missing.returncode == 2 and b"RESULT INPUT" in missing.stdout


def test_whoever_withdrew_leaves_no_gap_and_ends_none() -> None:
    """A rank left out, one who withdrew, a rank left out: two in a row, which end a paper. So Bo has 2 papers and not 5."""
    choices = [Choice(name) for name in ("An", "Bo", "Wu")]
    ballots = Ballots.of(choices, {(None, 2, None, 1): 3, (1,): 2, (0,): 4}, ranks=True)
    post = Post("ward", 1, [Candidate(name) for name in ("An", "Bo", "Wu")])
    options: dict[str, Any] = {"skipped_rank": "two_in_a_row_end_paper", "withdrawn": "Wu"}
    contest = Contest([post], ballots=ballots, options=options)
    outcome = RUN["single_transferable_vote"](contest)
    assert isinstance(outcome, Decided) and [(one.receiver, one.votes) for one in outcome.seats] == [("An", 4)]
    made = recorded("single_transferable_vote", contest, outcome, ())
    assert verify.verify(made.result.encode(), [made.input.encode()], [])[0] == verify.VERIFIED
