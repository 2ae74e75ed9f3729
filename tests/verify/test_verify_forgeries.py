"""A forger who changes a result, and makes its hashes fit again, is still found out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from hashlib import sha256
from random import Random
from typing import Any

import pytest
from attrs import evolve

from civicrules.outcome import Decision, DecisionRequired
from civicrules.result import Counted, documents
from civicrules.tally import (
    DHONDT,
    SHA_256,
    Allocation,
    BallotAccount,
    Ballots,
    Candidate,
    Choice,
    Contest,
    Post,
    Receiver,
    Record,
    allocate,
    count,
    drawn,
    single_transferable_vote,
)
from civicrules.tally.seats.allocation import Bonus, Rule
from civicrules.tally.seats.quotas import LargestRemainder
from civicrules.tally.thresholds import Hurdle
from civicrules.verify import PARTLY, REJECTED, UNUSABLE, VERIFIED, verify

from .verify_cases import RULES, documents_of, recorded

Document = dict[str, Any]
Forgery = Callable[[Document, Random], bool]


def _compact(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def sealed(document: Document) -> bytes:
    """The document as a careful forger leaves it: every hash that can be made to fit fits."""
    for one in document.get("counts", []):
        decisions = one.get("decisions", {})
        if "given" in decisions and "sha256" in decisions:
            decisions["sha256"] = sha256(_compact(decisions["given"]).encode()).hexdigest()
    document.pop("sha256", None)
    document["sha256"] = sha256(_compact(document).encode()).hexdigest()
    return written(document)


def written(document: Document) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


# ---------------------------------------------------------------- forgeries, each false when there is nothing to forge


def _seats(document: Document) -> list[Any]:
    found: list[Any] = document["counts"][0]["outcome"]["seats"]
    return found


def seat_moved(document: Document, random: Random) -> bool:
    seats = [seat for seat in _seats(document) if seat["seats"]]
    others = [seat for seat in _seats(document) if seats and seat["receiver"] != seats[0]["receiver"]]
    if not others or seats[0]["post"]:
        return False
    seats[0]["seats"] -= 1
    others[0]["seats"] += 1
    return True


def seat_to_another(document: Document, random: Random) -> bool:
    seats = _seats(document)
    if not seats or not seats[0]["post"]:
        return False
    random.choice(seats)["receiver"] = "Somebody Else"
    return True


def seats_swapped(document: Document, random: Random) -> bool:
    seats = _seats(document)
    different = [(a, b) for a in seats for b in seats if a["receiver"] < b["receiver"]]
    if not different:
        return False
    one, other = random.choice(different)
    if (one["seats"], one["post"], one["votes"]) == (other["seats"], other["post"], other["votes"]):
        seats.reverse()
        return True
    one["receiver"], other["receiver"] = other["receiver"], one["receiver"]
    return True


def seat_dropped(document: Document, random: Random) -> bool:
    seats = _seats(document)
    if seats:
        seats.pop(random.randrange(len(seats)))
    return bool(seats)


def votes_changed(document: Document, random: Random) -> bool:
    seats = [seat for seat in _seats(document) if isinstance(seat["votes"], int)]
    if seats:
        random.choice(seats)["votes"] += random.choice((1, -1))
    return bool(seats)


def fraction_changed(document: Document, random: Random) -> bool:
    """A fraction, or a number with decimals, anywhere in a step that is made again."""
    from civicrules.verify import ASIDE

    found = [
        (step["data"], key)
        for step in document["counts"][0]["steps"]
        if step["kind"] not in ASIDE
        for key, value in step["data"].items()
        if isinstance(value, str)
        and value[:1].isdigit()
        and key in ("quotient", "remainder", "votes", "lost", "sum", "last", "next", "number")
    ]
    if found:
        data, key = random.choice(found)
        data[key] = "1" + data[key]
    return bool(found)


def _parameter(document: Document, id: str) -> Any:
    return document["counts"][0]["parameters"].get(id, {}).get("data")


def share_changed(document: Document, random: Random) -> bool:
    data = _parameter(document, "threshold")
    if data:
        data["share"] = "3/5"
    return bool(data)


def base_changed(document: Document, random: Random) -> bool:
    data = _parameter(document, "threshold")
    if data:
        data["base"] = random.choice([b for b in ("registered", "returned", "valid") if b != data["base"]])
    return bool(data)


def strictness_changed(document: Document, random: Random) -> bool:
    data = _parameter(document, "threshold")
    if data:
        data["strict"] = not data["strict"]
    return bool(data)


def base_changed_with_its_words(document: Document, random: Random) -> bool:
    """Data and words together: only the input tells."""
    data = _parameter(document, "threshold")
    if not data or data["base"] == "issued":
        return False
    parameter = document["counts"][0]["parameters"]["threshold"]
    how = ("more than", "得票超过{}的{}") if data["strict"] else ("at least", "得票不少于{}的{}")
    data["base"] = "issued"
    parameter["en"] = f"{how[0]} {data['share']} of ballots issued"
    parameter["zh"] = how[1].format("发出票数", data["share"])
    return True


def needed_changed(document: Document, random: Random) -> bool:
    steps = [step for step in document["counts"][0]["steps"] if "needed" in step["data"]]
    if steps:
        random.choice(steps)["data"]["needed"] += 1
    return bool(steps)


def words_changed(document: Document, random: Random) -> bool:
    parameter = random.choice(list(document["counts"][0]["parameters"].values()))
    tag = random.choice(("en", "zh"))
    parameter[tag] += "1"
    return True


def parameter_dropped(document: Document, random: Random) -> bool:
    parameters = document["counts"][0]["parameters"]
    parameters.pop(random.choice([id for id in parameters if id != "seats"]))
    return True


def quota_changed(document: Document, random: Random) -> bool:
    data = _parameter(document, "rule")
    if not data or "quota" not in data:
        return False
    data["quota"] = "Quota.DROOP" if data["quota"] != "Quota.DROOP" else "Quota.HARE"
    return True


def divisors_changed(document: Document, random: Random) -> bool:
    data = _parameter(document, "rule")
    if not data or data["is"] != "Divisors":
        return False
    data["step"] = 4
    return True


def step_deleted(document: Document, random: Random) -> bool:
    from civicrules.verify import ASIDE

    steps = document["counts"][0]["steps"]
    found = [step for step in steps if step["kind"] not in ASIDE]
    if found:
        steps.remove(random.choice(found))
    return bool(found)


def step_doubled(document: Document, random: Random) -> bool:
    from civicrules.verify import ASIDE

    steps = document["counts"][0]["steps"]
    found = [step for step in steps if step["kind"] not in ASIDE]
    if found:
        steps.append(random.choice(found))
    return bool(found)


def step_changed(document: Document, random: Random) -> bool:
    """A number in the data of a step that is made again."""
    from civicrules.verify import ASIDE

    found = [
        (step["data"], key)
        for step in document["counts"][0]["steps"]
        if step["kind"] not in ASIDE
        for key, value in step["data"].items()
        if type(value) is int
    ]
    if found:
        data, key = random.choice(found)
        data[key] += random.choice((1, 7))
    return bool(found)


def sentence_changed(document: Document, random: Random) -> bool:
    """A number in the words of a step."""
    steps = [step for step in document["counts"][0]["steps"] if any(c.isdigit() for c in step["en"])]
    if steps:
        step, tag = random.choice(steps), random.choice(("en", "zh"))
        step[tag] += " 98765"
    return bool(steps)


def name_in_a_sentence_changed(document: Document, random: Random) -> bool:
    """The words speak of somebody else than the data."""
    steps = [step for step in document["counts"][0]["steps"] if {"candidate", "receiver"} & step["data"].keys()]
    if steps:
        step, tag = random.choice(steps), random.choice(("en", "zh"))
        name = step["data"].get("candidate") or step["data"]["receiver"]
        step[tag] = step[tag].replace(name, "Somebody Else")
    return bool(steps)


def decision_removed(document: Document, random: Random) -> bool:
    given = document["counts"][0]["decisions"]["given"]
    if given:
        given.pop(random.randrange(len(given)))
        return True
    return False


def decision_swapped(document: Document, random: Random) -> bool:
    """The lot is said to have fallen on another."""
    given = document["counts"][0]["decisions"]["given"]
    if not given:
        return False
    random.choice(given)["chosen"] = ["Somebody Else"]
    return True


def decider_changed(document: Document, random: Random) -> bool:
    given = document["counts"][0]["decisions"]["given"]
    if given:
        random.choice(given)["by"] += " by somebody else"
    return bool(given)


def decision_invented(document: Document, random: Random) -> bool:
    document["counts"][0]["decisions"]["given"].append({"question": "0123456789ab", "chosen": ["P1"], "by": ""})
    return True


def outcome_changed(document: Document, random: Random) -> bool:
    outcome = document["counts"][0]["outcome"]
    outcome["is"] = random.choice([kind for kind in ("Decided", "Void", "CannotSay") if kind != outcome["is"]])
    return True


def vacancy_changed(document: Document, random: Random) -> bool:
    outcome = document["counts"][0]["outcome"]
    outcome["vacant"]["member"] = outcome["vacant"].get("member", 0) + 1
    return True


def account_changed(document: Document, random: Random) -> bool:
    account = document["counts"][0].get("account")
    if account:
        figure = random.choice([name for name in account if account[name] is not None] or ["valid"])
        account[figure] = (account[figure] or 0) + 1
    return bool(account)


def input_hash_changed(document: Document, random: Random) -> bool:
    document["input"]["sha256"] = sha256(b"other").hexdigest()
    return True


def ruleset_hash_changed(document: Document, random: Random) -> bool:
    document["ruleset"]["texts"][0]["sha256"] = sha256(b"other").hexdigest()
    return True


def reason_changed(document: Document, random: Random) -> bool:
    """Papers, or marks on them, are said to be void for something else; or something else is said to follow."""
    steps = [step for step in document["counts"][0]["steps"] if {"reason", "follow_up"} & step["data"].keys()]
    if steps:
        data = random.choice(steps)["data"]
        data["reason" if "reason" in data else "follow_up"] = {"en": "another one", "zh": "另一项"}
    return bool(steps)


def texts_of_the_ruleset_dropped(document: Document, random: Random) -> bool:
    """So that no text that somebody has can be the wrong one."""
    document["ruleset"]["texts"] = []
    return True


def number_of_a_tie_changed(document: Document, random: Random) -> bool:
    """The votes, quotient or remainder at which they are said to be level."""
    steps = [step for step in document["counts"][0]["steps"] if {"number", "votes"} & step["data"].keys()]
    steps = [step for step in steps if step["kind"] in ("tie", "tie_quotient", "tie_square", "tie_remainder")]
    if steps:
        data = random.choice(steps)["data"]
        key = "votes" if "votes" in data else "number"
        data[key] = data[key] + 1 if isinstance(data[key], int) else "1" + data[key]
    return bool(steps)


def step_says_more(document: Document, random: Random) -> bool:
    """A number of the forger's own beside those of a step that is made again."""
    from civicrules.verify import ASIDE, BESIDE

    steps = [one for one in document["counts"][0]["steps"] if one["kind"] not in ASIDE and one["kind"] not in BESIDE]
    if steps:
        random.choice(steps)["data"]["recounted"] = 0
    return bool(steps)


def threshold_of_receivers_changed(document: Document, random: Random) -> bool:
    """Another share that has to be reached to take part, in data and words."""
    data = _parameter(document, "hurdles")
    if data:
        parameter, least = document["counts"][0]["parameters"]["hurdles"], data[0]["least"]
        data[0]["least"] = "1/50"
        for tag in ("en", "zh"):
            parameter[tag] = parameter[tag].replace(least, "1/50", 1)
    return bool(data)


def rule_for_papers_changed(document: Document, random: Random) -> bool:
    """Another reason for which a paper is void, or none, in data and words."""
    parameters = document["counts"][0]["parameters"]
    found = [name for name in ("void", "void_part", "write_ins") if name in parameters]
    if found:
        del parameters[random.choice(found)]
    return bool(found)


def somebody_called_otherwise(document: Document, random: Random) -> bool:
    """Two people bear each other's names in all sentences; the outcome has their ids as before."""
    one = document["counts"][0]
    told = {step["data"][key] for step in one["steps"] for key in ("candidate", "receiver") if key in step["data"]}
    if len(told) < 2:
        return False
    first, second = random.sample(sorted(told), 2)
    one["words"] |= {id: {"en": name, "zh": name} for id, name in ((first, second), (second, first))}
    for step in one["steps"]:
        for tag in ("en", "zh"):
            parts = [part.replace(second, first) for part in step[tag].split(first)]
            step[tag] = second.join(parts)
    return True


def remark_added(document: Document, random: Random) -> bool:
    """A remark where none belongs: beside a decision, the versions, or the hash of the input."""
    given = document["counts"][0]["decisions"]["given"]
    random.choice([document["made_by"], document["input"], *given])["note"] = "the chair agreed"
    return True


def count_called_otherwise(document: Document, random: Random) -> bool:
    document["counts"][0]["names"] = {"en": "chair", "zh": "主任"}
    return True


def ruleset_called_otherwise(document: Document, random: Random) -> bool:
    document["ruleset"][random.choice(("id", "version"))] += "2"
    return True


COMMENTS = (
    *("papers_account", "void_blank", "void_unread", "tie_exclusion", "tie_surplus", "earlier_stage"),
    *("earlier_stages_equal", "account_unstated", "no_seat_left", "last_remainder", "changed_votes"),
)


def comment_dropped(document: Document, random: Random) -> bool:
    """A step that explains others: why papers are void, what was equal at which stage, who was next in line."""
    steps = document["counts"][0]["steps"]
    found = [at for at, step in enumerate(steps) if step["kind"] in COMMENTS]
    if found:
        del steps[random.choice(found)]
    return bool(found)


def method_changed(document: Document, random: Random) -> bool:
    one = document["counts"][0]
    one["method"] = "approval" if one["method"] != "approval" else "plurality"
    return True


def count_removed(document: Document, random: Random) -> bool:
    document["counts"] = []
    return True


def part_added(document: Document, random: Random) -> bool:
    document["counts"][0]["outcome"]["note"] = "elected by acclamation"
    return True


FORGERIES: tuple[Forgery, ...] = (
    seat_moved, seat_to_another, seats_swapped, seat_dropped, votes_changed, fraction_changed, share_changed,
    base_changed, strictness_changed, base_changed_with_its_words, needed_changed, words_changed, parameter_dropped,
    quota_changed, divisors_changed, step_deleted, step_doubled, step_changed, sentence_changed,
    name_in_a_sentence_changed, decision_removed,
    decision_swapped, decider_changed, decision_invented, outcome_changed, vacancy_changed, account_changed,
    input_hash_changed, ruleset_hash_changed, method_changed, count_removed, part_added,
    reason_changed, rule_for_papers_changed,
    somebody_called_otherwise, remark_added, count_called_otherwise, ruleset_called_otherwise, comment_dropped,
    texts_of_the_ruleset_dropped, number_of_a_tie_changed, step_says_more, threshold_of_receivers_changed,
)  # fmt: skip

SEEDS = range(0, 120)


def forged(seed: int) -> Iterator[tuple[str, Document]]:
    """Every forgery of the result of one seed, where that has a certificate."""
    made = documents_of(seed)
    if verify(made.result.encode(), [made.input.encode()], [RULES.encode()])[0] != VERIFIED:
        return
    for number, forgery in enumerate(FORGERIES):
        document = json.loads(made.result)
        if forgery(document, Random(seed * 100 + number)):
            yield forgery.__name__, document


@pytest.mark.parametrize("first", range(4))
def test_forgeries_are_rejected_although_their_hashes_fit(first: int) -> None:
    number = 0
    for seed in SEEDS[first::4]:
        for kind, document in forged(seed):
            result, given = sealed(document), documents_of(seed).input.encode()
            status, lines = verify(result, [given], [RULES.encode()])
            assert status in (REJECTED, UNUSABLE), (seed, kind, lines)
            number += 1
    assert number >= 400


def test_texts_that_were_not_applied_are_not_taken_for_those_that_were() -> None:
    """A forger who publishes another ruleset, and puts its hash in the place of the one that was applied."""
    made, other = documents_of(0), RULES.replace("half", "a third")
    document = json.loads(made.result)
    document["ruleset"]["texts"][0]["sha256"] = sha256(other.encode()).hexdigest()
    assert verify(made.result.encode(), [made.input.encode()], [RULES.encode()])[0] == VERIFIED
    for rules in ([], [other.encode()]):
        assert verify(sealed(document), [made.input.encode()], rules)[0] == REJECTED


def test_what_explains_a_count_is_made_again() -> None:
    """Of five papers one is blank, one has two at its first rank; one could not be read. Bo and Cy tie to be excluded."""
    papers = {(0,): 3, (1,): 2, (2,): 2, (): 1, ((0, 1), 2): 1}
    ballots = Ballots.of([Choice(name) for name in ("An", "Bo", "Cy")], papers, ranks=True, unread=1)
    post = Post("ward", 1, [Candidate(name) for name in ("An", "Bo", "Cy")])
    contest = Contest([post], ballots=ballots, tie_policy=("earlier_stages", "lot"))
    outcome = single_transferable_vote(contest)
    expected = {
        "papers_account": {"total": 10, "valid": 7, "void": 3},
        "void_blank": {"number": 1},
        "void_several_first": {"number": 1},
        "void_unread": {"number": 1},
        "tie_exclusion": {"candidates": ["Bo", "Cy"], "votes": 2, "stage": 1},
        "earlier_stages_equal": {"candidates": ["Bo", "Cy"]},
    }
    made = recorded("single_transferable_vote", contest, outcome, ())
    assert verify(made.result.encode(), [made.input.encode()], [])[0] == VERIFIED
    (there,) = json.loads(made.result)["counts"]
    assert "votes_per_ballot" not in there["parameters"]  # a ranked paper may name them all
    steps = there["steps"]
    assert {one["kind"]: one["data"] for one in steps if one["kind"] in expected} == expected
    for kind, data in expected.items():
        for key in data:
            document = json.loads(made.result)
            (step,) = [one for one in document["counts"][0]["steps"] if one["kind"] == kind]
            step["data"][key] = 2 if data[key] == 1 else 1
            assert verify(sealed(document), [made.input.encode()], [])[0] == REJECTED, (kind, key)


def test_every_kind_of_forgery_is_tried() -> None:
    kinds = Counter(kind for seed in SEEDS for kind, _ in forged(seed))
    assert kinds.total() >= 2400
    assert set(kinds) == {forgery.__name__ for forgery in FORGERIES}, kinds


VOTES = {"A": 340, "B": 280, "C": 160}


def among(seats: int, by: Rule = DHONDT, base: int | None = None, **of_a: Any) -> Allocation:
    """Seats for 340, 280 and 160 votes; `of_a` is what holds for A alone."""
    receivers = [Receiver(id, votes, **(of_a if id == "A" else {})) for id, votes in VOTES.items()]
    return Allocation(receivers, seats, by, base=base, hurdles=[Hurdle(Fraction(1, 5))] if base else [])


# Quotients of D'Hondt: A 340, 170, 113 1/3; B 280, 140, 93 1/3; C 160, 80. Hare quota of 4 seats: 195; of 5 seats: 156.
# - A has one candidate: of five seats B has 280, 140 and 93 1/3, C 160; two for A would be beyond its list.
# - A has one candidate, B and C none to lack, by remainders: A 2 whole quotas of 156, B 1, C 1; remainders A 28, B 124, C 4.
#   A keeps one of its two; what it lacks and the seat that was left go to B and A, then to C: B 124, and then C 4.
# - all seats of six stay within lists of 1 and 2 and 1 candidates: four are filled and two empty.
# - half of six seats ahead to A, then three more by D'Hondt: 340, 280, 170, so 5, 1 and 0.
# - a third of 780 is 260, which A exceeds: two seats ahead, then three: 340, 280, 170, so 4, 1 and 0.
# - a share of a seventh of a seat above 3 keeps A at 1 of 4 seats; of the other three B has 280 · 3/440, that is 1.9, C 1.1.
# - a fifth of 900 is 180, which C does not pass: 340, 280, 170, 140 for four seats, so 2, 2 and 0.
DIVIDED: dict[str, tuple[Allocation, tuple[int, ...], tuple[tuple[int, ...], ...]]] = {
    "a list exhausted": (among(5, candidates=1), (1, 3, 1), ((2, 2, 1), (1, 2, 2), (3, 1, 1))),
    "a list exhausted, by remainders": (among(5, LargestRemainder(), candidates=1), (1, 2, 2), ((2, 2, 1), (1, 3, 1))),
    "half ahead": (among(6, Bonus()), (5, 1, 0), ((4, 1, 1), (4, 2, 0), (3, 2, 1))),
    "two ahead for more than a third": (among(5, Bonus(DHONDT, 2, Fraction(1, 3))), (4, 1, 0), ((3, 1, 1), (2, 2, 1))),
    "held at the greatest number": (among(4, LargestRemainder(), maximum=1), (1, 2, 1), ((2, 1, 1), (1, 1, 2))),
    "a total stated apart": (among(4, base=900), (2, 2, 0), ((2, 1, 1), (3, 1, 0))),
}


@pytest.mark.parametrize("kind", DIVIDED)
def test_divisions_redone_by_hand_verify_and_no_others(kind: str) -> None:
    request, right, wrong = DIVIDED[kind]
    outcome = allocate(request)
    made = documents([Counted("seats", "dhondt", request, outcome)])
    assert [seat["seats"] for seat in _seats(json.loads(made.result))] == list(right)
    assert verify(made.result.encode(), [made.input.encode()], [])[0] == VERIFIED
    for seats in wrong:
        document = json.loads(made.result)
        for seat, number in zip(_seats(document), seats, strict=True):
            seat["seats"] = number
        assert verify(sealed(document), [made.input.encode()], [])[0] == REJECTED, (kind, seats)


def test_seats_for_which_there_are_no_candidates_stay_empty_and_no_others() -> None:
    """Lists of one, two and one candidates fill four of six seats; nobody may leave a third seat empty, or fill one."""
    receivers = [Receiver(id, votes, candidates=n) for (id, votes), n in zip(VOTES.items(), (1, 2, 1), strict=True)]
    request = Allocation(receivers, 6, DHONDT)
    made = documents([Counted("seats", "dhondt", request, allocate(request))])
    assert verify(made.result.encode(), [made.input.encode()], [])[0] == VERIFIED
    for seats, empty in (((1, 2, 1), 2), ((1, 1, 1), 3), ((1, 3, 1), 1), ((1, 2, 1), 1)):
        document = json.loads(made.result)
        for seat, number in zip(_seats(document), seats, strict=True):
            seat["seats"] = number
        document["counts"][0]["outcome"]["vacant"] = {"": empty}
        expected = VERIFIED if (seats, empty) == ((1, 2, 1), 2) else REJECTED
        assert verify(sealed(document), [made.input.encode()], [])[0] == expected


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    match value:
        case dict():
            for key, part in value.items():
                yield from leaves(part, (*path, key))
        case list():
            for at, part in enumerate(value):
                yield from leaves(part, (*path, at))
        case _:
            yield path


def test_whatever_is_changed_without_care_is_rejected() -> None:
    """A careless forger changes any value and no hash: names, versions and asides are then found out as well."""
    number = 0
    for seed in range(30):
        made = documents_of(seed)
        paths = list(leaves(json.loads(made.result)))
        random = Random(seed)
        for path in random.sample(paths, min(20, len(paths))):
            document = json.loads(made.result)
            target: Any = document
            for key in path[:-1]:
                target = target[key]
            old = target[path[-1]]
            target[path[-1]] = not old if isinstance(old, bool) else old + 1 if isinstance(old, int) else f"{old}x"
            status, lines = verify(written(document), [made.input.encode()], [RULES.encode()])
            assert status in (REJECTED, UNUSABLE), (seed, path, lines)
            number += 1
    assert number >= 500


def test_an_answer_cannot_be_slipped_in_where_facts_are_missing() -> None:
    """A tie for the chair, and a deputy whose votes are not known: no answer counts before they are."""
    chair = Post("chair", 1, [Candidate("Lin", 9), Candidate("Wu", 9)])
    deputy = Post("deputy", 1, [Candidate("Xu", None), Candidate("Ma", 3)])
    contest = Contest([chair, deputy], BallotAccount(valid=20), id="committee")
    open_question = count(evolve(contest, posts=(chair,)))
    assert isinstance(open_question, DecisionRequired)
    record = Record(contest)
    asked = record.question("tie", {"Lin": 9, "Wu": 9}, 1, post="chair")
    answers = (Decision(asked.id, ("Wu",)),)
    honest = recorded("majority_by_post", contest, count(contest, answers), answers)
    assert verify(honest.result.encode(), [honest.input.encode()], [])[0] == VERIFIED
    document = json.loads(honest.result)
    wu = {"receiver": "Wu", "seats": 1, "post": "chair", "votes": 9}
    document["counts"][0]["outcome"]["seats"].append(wu)
    assert verify(sealed(document), [honest.input.encode()], [])[0] == REJECTED


def test_lots_that_the_seed_does_not_give_are_rejected() -> None:
    """Lin and Wu tie. Whom the seed gives is verified; the other one, or another seed, is not."""
    contest = Contest(
        [Post("chair", 1, [Candidate("Lin", 9), Candidate("Wu", 9)])], BallotAccount(valid=18), id="chair"
    )
    open_question = count(contest)
    assert isinstance(open_question, DecisionRequired)
    (question,) = open_question.questions
    drawings = {seed: drawn(question, SHA_256, seed, "掷骰，5月1日") for seed in map(str, range(10))}
    here, other = drawings["0"], next(one for one in drawings.values() if one.chosen != drawings["0"].chosen)
    honest = recorded("majority_by_post", contest, count(contest, [here]), [here])
    assert verify(honest.result.encode(), [honest.input.encode()], [])[0] == VERIFIED
    for change in ({"chosen": other.chosen}, {"seed": other.seed}, {"chosen": other.chosen, "marks": other.marks}):
        forged = evolve(here, **change)
        made = recorded("majority_by_post", contest, count(contest, [forged]), [forged])
        assert verify(made.result.encode(), [made.input.encode()], [])[0] == REJECTED, change


def test_a_changed_input_is_rejected() -> None:
    for seed in range(30):
        made = documents_of(seed)
        given = json.loads(made.input)
        given["counts"][0]["request"]["id"] += "x"
        assert verify(made.result.encode(), [written(given)], [])[0] == REJECTED


def test_an_input_in_which_a_figure_stands_twice_is_rejected() -> None:
    """A reader meets the first of two figures, a program the last: such an input is no input, whatever its hash."""
    made = documents_of(1)
    twice = made.input.replace('"seats": ', '"seats": 99,\n   "seats": ', 1)
    assert json.loads(twice) == json.loads(made.input) and twice != made.input
    document = json.loads(made.result)
    document["input"]["sha256"] = sha256(twice.encode()).hexdigest()
    assert verify(sealed(document), [made.input.encode()], [])[0] == REJECTED
    assert verify(sealed(document), [twice.encode()], [])[0] == REJECTED


@pytest.mark.parametrize("broken", [b"", b"{}", b"[]", b"\xff", b"null", b'{"format": "civicrules-result/2"}'])
def test_what_is_no_result_is_unusable(broken: bytes) -> None:
    assert verify(broken, [], [])[0] == UNUSABLE


def test_without_an_input_only_consistency_is_checked() -> None:
    made = documents_of(0)
    status, lines = verify(made.result.encode(), [], [])
    assert status == PARTLY
    assert lines[-1] == "No input was given: only consistency was checked."
    assert verify(made.result.encode(), [], [], "zh")[1][-1] == "未提供输入文件：仅检查了前后一致。"


def _vote(count: Document) -> None:
    count["outcome"]["seats"][0]["votes"] += 1


def _swap(count: Document) -> None:
    first, second = count["outcome"]["seats"]
    first["receiver"], second["receiver"] = second["receiver"], first["receiver"]


def _drop_step(count: Document) -> None:
    del count["steps"][next(at for at, step in enumerate(count["steps"]) if step["kind"] == "elected")]


def _more_seats(count: Document) -> None:
    count["parameters"]["seats"] = {"data": {"member": 3}, "en": "member: 3", "zh": "member：3"}


@pytest.mark.parametrize(
    ("forge", "english", "chinese"),
    [
        (
            _vote,
            "seats, no. 1, votes: the result says 61; counted again: 60",
            "第1项，得票：结果所载为61；重新计票为60",
        ),
        (_swap, "seats, no. 1, receiver: the result says Bo; counted again: An", "当选人：结果所载为Bo；重新计票为An"),
        (
            _drop_step,
            "the result says “member: Bo is elected with 30 votes”; counted again, in place of Bo stands: An",
            "结果所载为“Bo以30票当选member”；重新计票，Bo应为：An",
        ),
        (_more_seats, "seats, member: the result says 3, the input 2", "应选名额，member：结果所载为3，输入为2"),
        (lambda count: count.update(note="x"), "was added to it", "增加了内容"),
    ],
)
def test_what_was_changed_is_said(forge: Callable[[Document], None], english: str, chinese: str) -> None:
    """An has 60 votes and Bo 30, for two seats."""
    contest = Contest([Post("member", 2, [Candidate("An", 60), Candidate("Bo", 30), Candidate("Cai", 9)])])
    made = documents([Counted("ward", "plurality", contest, count(contest))])
    document = json.loads(made.result)
    forge(document["counts"][0])
    for language, said in (("en", english), ("zh", chinese)):
        status, lines = verify(sealed(document), [made.input.encode()], [], language)
        assert status == REJECTED and any(line.startswith("     = ") and said in line for line in lines), lines


def test_a_step_too_many_without_numbers_is_rejected() -> None:
    contest = Contest([Post("member", 2, [Candidate("An", 60), Candidate("Bo", 30)])])
    made = documents([Counted("ward", "plurality", contest, count(contest))])
    document = json.loads(made.result)
    document["counts"][0]["steps"].append({"kind": "elected", "data": {}, "en": "that is all", "zh": "计票完毕"})
    assert verify(sealed(document), [made.input.encode()], [])[0] == REJECTED
