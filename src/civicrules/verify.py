"""Verify a result of a count against the input that was counted: `python verify.py RESULT INPUT... [--rules FILE]`.

One file on the standard library alone, made to be read from top to bottom in an evening. It shares nothing with the
program that counted: it takes the parameters that the result states, counts again by methods of its own, and compares
outcome and steps. It does not read the ruleset: it checks the hash of its text when that is given, and prints the
parameters to be compared with it. The parts follow the order in which a count is checked:

1. hashes and files   2. the checks of one count   3. steps and questions   4. ballot account and validity
5. papers, threshold and winners by post   6. divisors and largest remainders   7. single transferable vote   8. words

1 to 3 and 8 are for every count. A count by post has need of 4 and 5 as well, an allocation of 6, a transferable vote of
4 and 7: some 650 lines, beside the tables of words.

Exit status: 0 verified, 1 rejected, 2 unusable, 3 not wholly verified (no certificate for a method, or no input given).
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
from ast import literal_eval
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, zip_longest
from math import ceil, floor, isqrt
from pathlib import Path
from typing import Any

VERIFIED, REJECTED, UNUSABLE, PARTLY = 0, 1, 2, 3


# ---------------------------------------------------------------- 1. hashes and files


def compact(value: Any) -> str:
    """A value as it is hashed, and as values are compared: == would not tell 1 from true."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def kept(document: Any) -> str:
    """The one way in which a document is written."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def difference(stated: Any, found: Any, where: tuple[Any, ...] = ()) -> tuple[Any, ...] | None:
    """Where two values first part: the keys and places that lead there, and what either has. Nothing where they agree."""
    if compact(stated) == compact(found):
        return None
    if isinstance(stated, dict) and isinstance(found, dict):
        pairs = [(key, stated.get(key), found.get(key)) for key in sorted(stated.keys() | found.keys())]
    elif isinstance(stated, list) and isinstance(found, list):
        pairs = [(at, *pair) for at, pair in enumerate(zip_longest(stated, found), 1)]
    else:
        return where, stated, found
    parts = (difference(one, other, (*where, key)) for key, one, other in pairs)
    return next((part for part in parts if part), (where, stated, found))


class Checks:
    """The numbered checks and what they say, in English (`at` 0) or Chinese (1)."""

    def __init__(self, language: str) -> None:
        self.at, self.lines, self.made, self.failed = int(language == "zh"), list[str](), 0, 0

    def say(self, key: str, *data: Any) -> None:
        self.lines.append(WORDS[key][self.at].format(*data))

    def check(self, key: str, passed: bool, *data: Any, wrong: Any = ()) -> None:
        """One check. Where it fails, the sentence `WRONG[key]` says what is wrong, with the data `wrong`."""
        self.made += 1
        self.failed += not passed
        verdict = (("FAILED", "未通过"), ("passed", "通过"))[passed][self.at]
        self.lines.append(f"{self.made:>3}. {verdict} {WORDS[key][self.at].format(*data)}")
        if not passed:
            self.lines.append(f"     = {WRONG[key][self.at].format(*wrong)}")

    def agree(self, key: str, stated: Any, found: Any, *data: Any, names: Any) -> None:
        """The check that the result states what was found; else where they first part."""
        where, *values = difference(stated, found) or ((),)
        place = (", ", "，")[self.at].join(place_of(one, names, self.at) for one in where)
        self.check(key, not values, *data, wrong=(place, *(shown(value, names, self.at) for value in values)))


def verify(result: bytes, inputs: list[bytes], rules: list[bytes], language: str = "en") -> tuple[int, list[str]]:
    """The exit status and the lines that say what was checked. What is no result is said to be none."""
    checks = Checks(language)
    try:
        return check_result(checks, result.decode("utf-8"), inputs, rules), checks.lines
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, SyntaxError):
        checks.say("unusable")
        return (REJECTED if checks.failed else UNUSABLE), checks.lines


def check_result(checks: Checks, text: str, inputs: list[bytes], rules: list[bytes]) -> int:
    """Everything in its order; the exit status."""
    document = json.loads(text)
    if document["format"] != "civicrules-result/1":
        raise ValueError
    ruleset, counts = document["ruleset"], document["counts"]
    version = [WORDS["version"][checks.at].format(ruleset["version"])] if ruleset["version"] else []
    checks.say("head", document["made_by"]["civicrules"], "".join([ruleset["id"], *version]))
    keys = {"format", "made_by", "ruleset", "input", "counts", "sha256"}
    whole = document.keys() == keys and document["made_by"].keys() == {"civicrules", "language", "plugins"}
    checks.check("canonical", whole and document["input"].keys() == {"sha256"} and kept(document) == text)
    seal = sha(compact({key: value for key, value in document.items() if key != "sha256"}))
    checks.check("seal", seal == document["sha256"], seal, wrong=[document["sha256"]])
    asked = asked_for(checks, document, inputs)
    if rules:
        given = {sha(one.decode("utf-8-sig").replace("\r\n", "\n")) for one in rules}
        applied = {one["sha256"]: one["name"] for one in ruleset["texts"]}
        checks.check("texts", given == applied.keys(), (", ", "、")[checks.at].join(sorted(applied.values())))
    left = [why for one, request in zip(counts, asked, strict=False) if (why := check_count(checks, one, request))]
    if checks.failed:
        checks.say("rejected", checks.failed, checks.made)
        return REJECTED
    checks.say("no input" if not inputs else "partly" if left else "verified", checks.made)
    if left:
        checks.lines += left
        checks.say("recount")
    return PARTLY if left or not inputs else VERIFIED


def asked_for(checks: Checks, document: Any, inputs: list[bytes]) -> list[Any]:
    """Each count as the input has it whose hash the result states; nothing where that is not given."""
    wanted, counts = document["input"]["sha256"], [(one["id"], one["method"]) for one in document["counts"]]
    given = [one for one in inputs if hashlib.sha256(one).hexdigest() == wanted]
    if inputs:
        checks.check("input", bool(given), wanted, wrong=[hashlib.sha256(inputs[0]).hexdigest()])
    if not given:
        return [None] * len(counts)
    asked = json.loads(given[0])
    checks.check("canonical input", kept(asked).encode() == given[0])  # so that no figure stands in it twice
    checks.check("counts", [(one["id"], one["method"]) for one in asked["counts"]] == counts, len(asked["counts"]))
    digest = asked["ruleset"]["sha256"]  # questions are bound to it, and so are the answers to them
    bound = all(one["request"]["ruleset"] == digest for one in asked["counts"])
    checks.check("under", bound and compact(asked["ruleset"]) == compact(document["ruleset"]))
    return list(asked["counts"])


# ---------------------------------------------------------------- 2. the checks of one count

FIGURES = ("registered", "issued", "returned", "valid", "invalid", "blank")
# Of a list with too few candidates, what it would have had: for that all seats would have to be divided once more. All
# other steps are made again, number for number.
ASIDE = ("list_exhausted",)
# Steps that say more than is made again: the figures of a requirement, why an answer is refused, marks of other draws.
BESIDE = ("requirement_holds", "requirement_fails", "requirement_open", "refused_choice", "refused_conflict", "drawn")


def check_count(checks: Checks, count: Any, asked: Any) -> str:
    """The checks of one count; the line that says what of it is left unchecked for want of a certificate, or nothing."""
    names, steps, decisions = count["words"], count["steps"], count["decisions"]
    checks.say("count", name_of(count, checks.at), label(count["method"], checks.at))
    checks.say("compare")
    for id, stated in sorted(count["parameters"].items()):
        checks.lines.append(f"    {label(id, checks.at)}{(': ', '：')[checks.at]}{stated[TAGS[checks.at]]}")
    keys = {"id", "names", "method", "parameters", "words", "decisions", "outcome", "steps"}
    shape = all(step.keys() == {"kind", "data", "en", "zh"} for step in steps)
    shape &= all(one.keys() - {"draw", "seed"} == {"question", "chosen", "by"} for one in decisions["given"])
    checks.check("parts", shape and count.keys() - {"account"} == keys, len(steps))
    checks.check("decisions", sha(compact(decisions["given"])) == decisions["sha256"], len(decisions["given"]))
    stated = count["parameters"].items()
    texts = [(id, part[tag], worded(id, part["data"], names, at)) for id, part in stated for at, tag in enumerate(TAGS)]
    id, *told = next((one for one in texts if one[1] != one[2]), ("", "", ""))
    checks.check("words", not id, wrong=(label(id, checks.at), *told))
    unfit = next((step for step in steps if not sentences_fit(step, names)), dict[str, Any]())
    checks.check("sentences", not unfit, wrong=[unfit.get(TAGS[checks.at])])
    check_seats(checks, count)
    if "account" in count:
        account = count["account"]
        known = [account[name] for name in ("returned", "valid", "invalid")]
        left = None if None in known else known[0] - known[1] - known[2] - (account["blank"] or 0)
        checks.agree("account", account["unaccounted"], left, shown(left, names, checks.at), names=names)
    return "" if asked is None else check_request(checks, count, asked)


def name_of(count: Any, at: int) -> str:
    return str(count["names"].get(TAGS[at]) or count["id"])


def check_seats(checks: Checks, count: Any) -> None:
    """For each post, or for all receivers of an allocation: seats given and vacant come to the seats there are."""
    outcome, seats = count["outcome"], count["parameters"]["seats"]["data"]
    for post, places in sorted(seats.items() if isinstance(seats, dict) else [("", seats)]):
        taken = sum(seat["seats"] for seat in outcome["seats"] if seat["post"] == post) + outcome["vacant"].get(post, 0)
        fits = places is None or (taken == places if outcome["is"] == "Decided" else not taken or taken <= places)
        name = post and (" ", "")[checks.at] + in_words(post, count["words"], checks.at)
        checks.check("seats", fits, name, taken, in_words(places, {}, checks.at))


def check_request(checks: Checks, count: Any, given: Any) -> str:
    """Names, parameters and account against the input; then count again and compare. Says for what there is no certificate."""
    request, there = given["request"], compact(given["request"])
    called = {"names": count["names"], "words": {id: of for id, of in count["words"].items() if compact(id) in there}}
    itself = {id: dict.fromkeys(TAGS, id) for id in called["words"] | given["words"]}
    checks.agree("names", called, {key: given[key] for key in called}, names=itself)
    stated = {id: part["data"] for id, part in count["parameters"].items()}
    checks.agree("parameters", stated, parameters(request), names=count["words"])
    if request["is"] == "Contest":
        asked, told = ({name: those["account"][name] for name in FIGURES} for those in (request, count))
        checks.agree("figures", told, asked, names=count["words"])
    try:
        again = recount_of(count["method"], request)(request, count["decisions"]["given"])
        found = again.run(count["outcome"])
    except NotCovered as lacking:
        why = (", ", "、")[checks.at].join(WHY[one][checks.at] for one in lacking.args)
        checks.say("no certificate", name_of(count, checks.at), why)
        return checks.lines[-1]
    seats = [seat["receiver"] + ("" if seat["post"] else f" {seat['seats']}") for seat in found.get("seats", [])]
    elected = (", ", "、")[checks.at].join(seats) or "—"
    checks.agree("outcome", count["outcome"], found, label(found["is"], checks.at), elected, names=count["words"])
    parted = steps_part(count["steps"], again.steps)
    step, *values = parted or (dict[str, Any](), None, None)
    place, made = (shown(value, count["words"], checks.at) for value in values)
    place = WORDS["this step"][checks.at] if values[0] is None else place
    wrong = step.get(TAGS[checks.at], "—"), place, made
    checks.check("steps", parted is None, len(again.steps), len(count["steps"]), wrong=wrong)
    others = sorted({one["draw"] for one in again.used if one.get("draw", DRAW) != DRAW})
    if others:
        checks.say("no draw", name_of(count, checks.at), (", ", "、")[checks.at].join(others))
        return checks.lines[-1]
    return ""


def steps_part(stated: Any, made: list[tuple[str, Any]]) -> tuple[Any, ...] | None:
    """The first step that is stated otherwise than it is made, and what either has there; steps aside are left out.

    Nothing where all agree. Where a step is lacking or too many, only what is made there.
    """
    steps, done = [step for step in stated if step["kind"] not in ASIDE], 0
    for step, (kind, numbers) in zip(steps, made, strict=False):
        if step["kind"] != kind:
            break
        data = {key: value for key, value in step["data"].items() if key in numbers or kind not in BESIDE}
        if parting := difference(data, numbers):
            return step, *parting[1:]
        done += 1
    if done == len(steps) == len(made):
        return None
    (_, numbers), step = [*made, ("", {})][done], [*steps, {}][done]
    return (
        step,
        None,
        {key: numbers[key] for key in ("candidate", "receiver", "post", "votes", "seats") if key in numbers},
    )


def parameters(request: Any) -> dict[str, Any]:
    """The parameters of a request, as the result must state them."""
    further: dict[str, Any]
    if request["is"] == "Contest":
        posts, threshold, shortfall = request["posts"], request["threshold"], request["shortfall"]
        found = {
            "seats": {post["id"]: post["seats"] for post in posts},
            "threshold": threshold and {name: threshold[name] for name in ("base", "share", "strict")},
            "shortfall": [shortfall] if shortfall else [],
        }
        further = {name: request[name] for name in ("options", "down_count", "least_elected")}
        further["limits"] = [limit["id"] for limit in request["limits"]]
        if not request["ballots"] or not request["ballots"]["ranks"]:
            found["votes_per_ballot"] = {post["id"]: marks_of(post) for post in posts}
        if request["ballots"] and not request["ballots"]["ranks"]:
            further |= {name: request["papers"][name] for name in ("void", "void_part", "write_ins")}
    else:
        bounds = {one["id"]: [one["minimum"], one["maximum"]] for one in request["receivers"]}
        found = {"seats": request["seats"], "rule": request["by"]}
        further = {name: request[name] for name in ("options", "hurdles", "majority_clause")}
        further["bounds"] = {id: limits for id, limits in bounds.items() if limits != [0, None]}
        further["exempt"] = [one["id"] for one in request["receivers"] if one["exempt"] and request["hurdles"]]
    return {**found, "tie": request["tie_policy"], **{id: data for id, data in further.items() if data}}


def marks_of(post: Any) -> Any:
    """The most votes that a ballot may give for a post: its seats, where nothing else is said."""
    return post["seats"] if post["marks"] is None else post["marks"]


# ---------------------------------------------------------------- 3. steps and questions

BY_POST = (
    *("majority_by_post", "two_rounds", "plurality", "block_vote", "limited_vote", "single_vote"),
    *("cumulative_vote", "approval"),
)
# What a request may ask for here: whatever else it asks, there is no certificate for it.
KNOWN = {
    *("is", "id", "options", "tie_policy", "posts", "account", "threshold", "validity", "shortfall", "ballots"),
    *("papers", "receivers", "seats", "by", "complete", "hurdles", "ruleset", "base"),
}


class NotCovered(ValueError):
    """This module has no certificate for such a count: its arguments say for what, as keys of `WHY`."""


def need(why: str, *conditions: Any) -> None:
    """What must hold for there to be a certificate."""
    if not all(conditions):
        raise NotCovered(why)


def plain(value: Any) -> int | str:
    """An exact number as documents write it: 3, or "1/3"."""
    number = Fraction(value)
    return number.numerator if number.denominator == 1 else f"{number.numerator}/{number.denominator}"


def seat(receiver: str, seats: int, post: str, votes: Any) -> dict[str, Any]:
    return {"receiver": receiver, "seats": seats, "post": post, "votes": votes}


def recount_of(method: str, request: Any) -> Any:
    if request["is"] == "Allocation":
        return Division
    need("method", method in (*BY_POST, "single_transferable_vote"))
    return ByPost if method in BY_POST else Transfer


DRAW = "sha-256"


def mark(answer: Any, option: str) -> str:
    """The mark of an option in a draw: the hash of three lines, the seed, the question and the option."""
    text = f"{answer['seed']}\n{answer['question']}\n{option}"
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def countable(ballots: Any) -> bool:
    """Whether there are papers, and their numbers are whole and not below 0."""
    numbers = [*ballots["papers"].values(), ballots["unread"]]
    return any(numbers) and all(type(number) is int and number >= 0 for number in numbers)


def lots(answer: Any, options: Iterable[str]) -> list[str]:
    """The options in the order drawn: by their marks."""
    return sorted(options, key=lambda one: (mark(answer, one), one))


class Recount:
    """What all recounts share: the steps, the questions with their answers, the outcome."""

    def __init__(self, request: Any, decisions: list[Any]) -> None:
        self.request, self.bound, self.decisions = request, request, decisions
        self.steps, self.open, self.used = list[tuple[str, Any]](), list[Any](), list[Any]()
        self.faults = dict[str, str]()
        asks = [name for name, value in request.items() if value and name not in KNOWN]
        if asks:
            raise NotCovered(*asks)

    def note(self, kind: str, **data: Any) -> None:
        self.steps.append((kind, data))

    def ask(self, kind: str, numbers: dict[str, Any], choose: int, post: str, policy: list[str]) -> list[str]:
        """Whom the decisions choose among the keys of `numbers`, or nobody while the question is open.

        Its id binds a question to all that it rests on: to the request and, from stage to stage, to earlier answers.
        """
        staged = kind != "tie"  # posts are asked about side by side
        after = sorted([one["question"], one["chosen"]] for one in self.used if staged)
        rests = (self.bound, [after, kind, post, sorted(numbers), choose])
        id = sha("".join(json.dumps(x, sort_keys=True, ensure_ascii=False, separators=(",", ":")) for x in rests))[:12]
        given = [one for one in self.decisions if one["question"] == id]
        agreed = len({(tuple(sorted(set(one["chosen"]))), one.get("draw"), one.get("seed")) for one in given}) == 1
        fitting = [one for one in given if len(set(one["chosen"])) == len(one["chosen"]) == choose]
        fitting = [
            one for one in fitting if one.get("draw") != DRAW or one["chosen"] == sorted(lots(one, numbers)[:choose])
        ]
        if agreed and fitting and set(fitting[0]["chosen"]) <= numbers.keys():
            answer = min(fitting, key=lambda one: str(one["by"]))
            self.used.append(answer)
            by = {"by": answer["by"]} if answer["by"] else {}
            self.note("answered_by" if by else "answered", post=post, question=id, chosen=answer["chosen"], **by)
            if "draw" in answer:
                marked = {"marks": [f"{one} {mark(answer, one)[:16]}" for one in lots(answer, numbers)]}
                said = {"question": id, "draw": answer["draw"], "seed": answer["seed"]}
                self.note("drawn", **said, **(marked if answer["draw"] == DRAW else {}))
            return list(answer["chosen"])
        if given:
            self.faults[id] = "refused_choice" if agreed else "refused_conflict"
        question = {"id": id, "kind": kind, "options": sorted(numbers), "choose": choose, "post": post}
        self.open.append({**question, "numbers": numbers, "policy": policy[0] if policy else ""})
        return []

    def outcome(self, seats: list[Any], vacant: Any = None, missing: Any = (), reasons: Any = ()) -> dict[str, Any]:
        """Void for `reasons`; else not to be said for what is `missing`; else open; else decided."""
        for id in sorted({one["question"] for one in self.decisions} - {one["question"] for one in self.used}):
            self.note(self.faults.get(id, "refused"), question=id)
        kind = "Void" if reasons else "CannotSay" if missing else "DecisionRequired" if self.open else "Decided"
        return {
            "is": kind,
            "seats": [] if reasons else seats,
            "vacant": (vacant or {}) if kind == "Decided" else {},
            "questions": self.open if kind == "DecisionRequired" else [],
            "missing": list(dict.fromkeys(missing)) if kind == "CannotSay" else [],
            "reasons": list(reasons),
        }


# ---------------------------------------------------------------- 4. ballot account and validity


class Contest(Recount):
    """How every contest begins. `ballots` are as many as can carry marks at most."""

    ballots: int | None

    def opening(self) -> dict[str, Any] | None:
        """The ballot account, then whether the vote is valid; the outcome where it ends there."""
        self.account()
        self.figures()
        holding = [(one["id"], one["holds"], one["missing"] or [one["id"]]) for one in self.request["validity"]]
        for _, holds, _ in holding:
            self.note("requirement_" + {None: "open", True: "holds", False: "fails"}[holds])
        failed = [id for id, holds, _ in holding if holds is False]
        unknown = [name for _, holds, missing in holding if holds is None for name in missing]
        return self.outcome([], missing=unknown, reasons=failed) if failed or unknown else None

    def account(self) -> None:
        """Issued against registered, returned against issued; valid, invalid and blank ones against returned."""
        have = {name: self.request["account"][name] for name in FIGURES}
        have = {name: number for name, number in have.items() if number is not None}
        parts = sum(have.get(name, 0) for name in ("valid", "invalid", "blank"))
        need("input", all(number >= 0 for number in have.values()), parts <= have.get("returned", parts))
        for one, other in (("issued", "registered"), ("returned", "issued")):
            if one in have and other in have:
                over, gap = "_over" if have[one] > have[other] else "", abs(have[one] - have[other])
                self.note(f"account_{one}{over}", **{one: have[one], other: have[other]}, difference=gap)
        self.ballots = have.get("returned", have.get("valid"))
        if {"returned", "valid", "invalid"} <= have.keys():
            left, lacks = have["returned"] - parts, "" if "blank" in have else "_blank_unstated"
            shown = {name: have[name] for name in ("returned", "valid", "invalid", "blank") if name in have}
            self.note(f"account_{'residual' if left else 'closed'}{lacks}", **shown, residual=left)
            self.ballots = self.ballots if left else have["valid"]
        unstated = [both(name) for name in FIGURES if name not in have]
        if 0 < len(unstated) < len(FIGURES):
            self.note("account_unstated", figures=unstated)

    def figures(self) -> None:
        """Where figures contradict each other, more votes than marks among them, there is no certificate."""
        need("input", len({post["id"] for post in self.request["posts"]}) == len(self.request["posts"]))
        for post in self.request["posts"]:
            votes = [one["votes"] for one in post["candidates"] if one["votes"] is not None]
            need("input", len({one["id"] for one in post["candidates"]}) == len(post["candidates"]))
            need("input", min([*votes, post["seats"] or 0, post["marks"] or 0]) >= 0)
            if self.ballots is not None:
                need("input", max([*votes, 0]) <= self.ballots * post["repeats"])
                need("input", post["seats"] is None or sum(votes) <= marks_of(post) * self.ballots)


# ---------------------------------------------------------------- 5. papers, threshold and winners by post

Mark = tuple[str, str, str]  # post, candidate, and what the mark is where it is not a vote: against, abstain


class ByPost(Contest):
    """Each post from the highest down: who passes the threshold, who is elected or proven, who is tied, what is vacant."""

    def run(self, stated: Any = None) -> dict[str, Any]:
        posts = [post["id"] for post in self.request["posts"]]
        need("options", not self.request["options"].keys() - {"votes_per_ballot", "votes_for_one_candidate"})
        named = self.request["ballots"] and self.request["papers"]["write_ins"] == "counted"
        if self.request["ballots"]:
            self.read_papers()
        stopped = self.opening()
        if stopped:
            return stopped
        self.needed = self.threshold()
        self.elected, self.gaps, self.missing = list[Any](), dict[str, int](), list[str]()
        self.unsettled = dict[str, set[str]]()
        for post in self.request["posts"]:
            self.post(post, nobody=post["complete"] and not post["candidates"] and not named)
        for id, left in self.gaps.items():
            need("follow_up", self.request["shortfall"] != "second_ballot")
            follows = {"follow_up": both(self.request["shortfall"])} if self.request["shortfall"] else {}
            self.note("shortfall" if follows else "vacant", post=id, open=left, **follows)
        if self.missing and self.used:  # the missing facts would change the questions: no answer is looked at
            again, ids = ByPost(self.bound, []), {one["question"] for one in self.decisions}
            found = again.run()
            self.steps = again.steps + [("refused", {"question": id}) for id in sorted(ids)]
            return found
        self.elected.sort(key=lambda one: (posts.index(one["post"]), -one["votes"], one["receiver"]))
        return self.outcome(self.elected, self.gaps, self.missing)

    # -- from papers to votes

    def read_papers(self) -> None:
        """The votes and the account that the papers come to. A paper need not name the only post."""
        request, ballots = self.request, self.request["ballots"]
        self.posts = {post["id"]: post for post in request["posts"]}
        self.listed = {(id, one["id"]) for id, post in self.posts.items() for one in post["candidates"]}
        only = next(iter(self.posts)) if len(self.posts) == 1 else ""
        choices = [(one["post"] or only, one["candidate"], one["mark"]) for one in ballots["choices"]]
        need("doubts", not ballots["doubts"])
        need("papers", not ballots["ranks"], all(one[0] in self.posts for one in choices))
        need("input", countable(ballots))
        need("input", len(self.posts) == len(request["posts"]), None not in map(marks_of, request["posts"]))
        need("papers", request["papers"]["write_ins"] or all(one[:2] in self.listed for one in choices))
        votes, void, faults = Counter[Mark](), Counter[str](), Counter[tuple[str, str]]()
        account = {"valid": 0, "blank": 0}
        for paper, number in ballots["papers"].items():
            good, wrong, why_void = self.judge([choices[at] for at in literal_eval(paper)])
            if why_void:
                void[why_void] += number
            else:
                account["valid" if good else "blank"] += number
                votes.update({mark: number * times for mark, times in Counter(good).items()})
                faults.update(dict.fromkeys(wrong, number))
        void["unreadable"] += ballots["unread"]
        self.note("papers_counted", **account, void=void.total())
        for reason, number in sorted((+void).items()):
            self.note("papers_void", reason=both(reason), number=number)
        for (post, reason), number in sorted(faults.items()):
            self.note("marks_void", post=post, reason=both(reason), number=number)
        for (post, name, mark), number in sorted(votes.items()):
            if mark:
                kind = "votes_against" if mark == "against" else "votes_abstained"
                self.note(kind, post=post, candidate=name, votes=number)
        account["invalid"] = void.total()
        self.take(votes, {**account, "returned": sum(account.values())})

    def judge(self, marks: list[Mark]) -> tuple[list[Mark], set[tuple[str, str]], str]:
        """Of a paper the marks that count, the posts where marks do not with the reason, and why all of it is void."""
        rules, faults = self.request["papers"], dict[str, str]()
        votes = [(post, name) for post, name, mark in marks if not mark]
        for post in {post for post, _ in votes}:
            names = Counter(name for of, name in votes if of == post)
            elsewhere = {name for of, name in votes if of != post}
            if "same_person_for_two_posts" in rules["void"] + rules["void_part"] and elsewhere & names.keys():
                faults[post] = "same_person_for_two_posts"
            elif names.total() > marks_of(self.posts[post]):
                faults[post] = "marks_more_than_seats"
            elif max(names.values()) > self.posts[post]["repeats"]:
                faults[post] = "one_name_too_often"
        sound = [mark for mark in marks if mark[0] not in faults]
        good = [mark for mark in sound if rules["write_ins"] == "counted" or mark[:2] in self.listed]
        reasons = sorted(set(faults.values()))
        spoilt = [reason for reason in reasons if reason in rules["void"]]
        if spoilt or (marks and not good):
            return [], set(), (spoilt or reasons or ["written_in"])[0]
        return good, {*faults.items(), *((mark[0], "written_in") for mark in sound if mark not in good)}, ""

    def take(self, votes: Counter[Mark], account: dict[str, int]) -> None:
        """Go on with votes and account of the papers. Where a figure was stated otherwise there is no certificate."""
        stated, posts = self.request["account"], []
        need("input", all(stated[name] in (None, number) for name, number in account.items()))
        for id, post in self.posts.items():
            written = [name for of, name, mark in votes if of == id and not mark and (of, name) not in self.listed]
            people = [*post["candidates"], *({"id": name, "meets": True} for name in written)]
            people = [{**one, "votes": votes[id, one["id"], ""]} for one in people]
            posts.append({**post, "complete": True, "candidates": people})
        self.request = {**self.request, "posts": posts, "account": {**stated, **account}}

    # -- threshold and winners

    def threshold(self) -> int:
        """The votes that are needed: more than a share of the base, or at least that; in any case one."""
        asks, account = self.request["threshold"], self.request["account"]
        if asks is None:
            return 1
        parts = [account[name] for name in asks["base"].split("_and_") if name != "accounted"]
        if asks["base"] == "accounted":  # blank ones that are not stated are taken as none
            parts = [account["valid"], account["invalid"], account["blank"] or 0]
        need("input", None not in parts)
        wanted = Fraction(asks["share"]) * sum(parts)
        needed: int = max(1, floor(wanted) + 1 if asks["strict"] else ceil(wanted))
        kind = "threshold_more_than" if asks["strict"] else "threshold_at_least"
        self.note(kind, share=plain(asks["share"]), base=both(asks["base"]), ballots=sum(parts), needed=needed)
        return needed

    def post(self, post: Any, nobody: bool) -> None:
        id, people = post["id"], {one["id"] for one in post["candidates"]}
        self.what_is_unknown(post)
        waits = [earlier for earlier, others in self.unsettled.items() if others & people]
        if not post["seats"]:
            self.note("no_seats", post=id)
            return
        self.note("seats_of_post", post=id, seats=post["seats"], marks=marks_of(post))
        if nobody:
            self.note("nobody_stands", post=id)
            self.missing.append(f"candidates/{id}")
        elif waits:
            self.unsettled[id] = people
            self.note("waits", post=id, posts=waits)
        else:
            self.elect(post, self.passed(post))

    def what_is_unknown(self, post: Any) -> None:
        """The votes of how many candidates, the marks left for them, the most for one."""
        known = [one["votes"] for one in post["candidates"] if one["votes"] is not None]
        need("input", post["seats"] is not None, all(one["meets"] is not None for one in post["candidates"]))
        self.unknown = len(post["candidates"]) - len(known) if post["complete"] else 10**9  # an open list has no end
        need("input", self.ballots is not None or not self.unknown)
        if self.ballots is not None:
            self.most, self.left = self.ballots * post["repeats"], marks_of(post) * self.ballots - sum(known)

    def others(self, votes: int) -> int:
        """How many of those whose votes are not known can have so many."""
        return min(self.unknown, self.left // votes) if self.unknown and votes <= self.most else 0

    def passed(self, post: Any) -> dict[str, int]:
        """Those who can be elected, with their votes, most first: not elected above, enough votes, all conditions met."""
        id, found = post["id"], dict[str, int]()
        above = {one["receiver"]: one["post"] for one in self.elected}
        for one in sorted(above.keys() & {one["id"] for one in post["candidates"]}):
            self.note("elected_already", post=id, candidate=one, higher=above[one])
        known = [one for one in post["candidates"] if one["votes"] is not None]
        asks = {"needed": self.needed} if self.request["threshold"] else {}
        for one in sorted(known, key=lambda one: (-one["votes"], one["id"])):
            data = {"post": id, "candidate": one["id"], "votes": one["votes"]}
            if one["id"] in above:
                continue
            if one["votes"] < self.needed:
                self.note("falls_short" if asks else "without_votes", **data, **asks)
            elif not one["meets"]:
                self.note("condition_not_met", **data)
            else:
                self.note("passes" if asks else "has_votes", **data, **asks)
                found[one["id"]] = one["votes"]
        for one in post["candidates"]:
            if one["votes"] is None:
                self.note("votes_unknown", post=id, candidate=one["id"])
        if self.unknown:
            marks, most = marks_of(post), min(self.most, self.left)
            numbers = {"ballots": self.most, "marks": marks, "known": sum(one["votes"] for one in known)}
            self.note("marks_left", post=id, **numbers, left=self.left, most=most)
        return found

    def elect(self, post: Any, passed: dict[str, int]) -> None:
        """Elected is whom fewer others than there are seats can equal; those level at the last seat are tied for it."""
        id, seats, votes = post["id"], post["seats"], list(passed.values())
        level = {one: sum(other >= passed[one] for other in votes) - 1 for one in passed}
        sure = [one for one in passed if level[one] + self.others(passed[one]) < seats]
        choose, full = seats - len(sure), len(passed) >= seats
        cut = votes[seats - 1] if full else self.needed
        challenged = choose and self.others(cut)
        for one in sure if self.unknown else ():
            beside = {"level": level[one], "others": self.others(passed[one]), "left": self.left, "seats": seats}
            ahead = beside["level"] + beside["others"]
            self.note("proven", post=id, candidate=one, votes=passed[one], ahead=ahead, **beside)
        tied, drawn = sorted(one for one in passed if passed[one] == cut), list[str]()
        if full and choose and not challenged:
            self.note("tie", post=id, candidates=tied, votes=cut, choose=choose)
            drawn = self.ask("tie", dict.fromkeys(tied, cut), choose, id, self.request["tie_policy"])
        for one in [*sure, *drawn] if not self.unknown else ():
            self.note("elected", post=id, candidate=one, votes=passed[one])
        behind = [one for one in passed if passed[one] < cut] if len(drawn) == choose else []
        for one in behind if not self.unknown or not choose else ():
            more = {"last": cut, "more": cut - passed[one] + 1}
            self.note("no_seat_left", post=id, candidate=one, votes=passed[one], **more)
        self.elected += [seat(one, 1, id, passed[one]) for one in [*sure, *drawn]]
        if challenged:
            self.note("not_proven", post=id, open=choose)
            self.missing += [f"votes/{id}/{one['id']}" for one in post["candidates"] if one["votes"] is None]
            self.missing += [] if post["complete"] else [f"candidates/{id}"]
        elif choose and not full:
            self.gaps[id] = choose
        if choose > len(drawn) and id not in self.gaps:
            self.unsettled[id] = {one["id"] for one in post["candidates"]}


# ---------------------------------------------------------------- 6. divisors and largest remainders

ROUNDED = {"Rounding.DOWN": floor, "Rounding.UP": ceil, "Rounding.HALF_UP": lambda exact: floor(exact + Fraction(1, 2))}
ABOVE_SEATS = {"Quota.HARE": 0, "Quota.DROOP": 1, "Quota.HAGENBACH_BISCHOFF": 1, "Quota.IMPERIALI": 2}


def divisor(series: Any, k: int) -> Fraction:
    """The divisor for seat k, of Huntington-Hill its square."""
    match series:
        case {"is": "Divisors", "opening": int() | str() as opening} if k == 1:
            return Fraction(opening)
        case {"is": "Divisors", "first": first, "step": step}:
            return Fraction(first) + Fraction(step) * (k - 1)
        case {"is": "Powers", "base": base}:
            return Fraction(base) ** (k - 1)
        case {"is": "HuntingtonHill"}:
            return Fraction(k * (k - 1))
        case {"is": "Dean"}:
            return Fraction(2 * k * (k - 1), 2 * k - 1)
        case {"is": "Listed", "divisors": listed} if k <= len(listed):
            return Fraction(listed[k - 1])
        case {"is": "Listed", "divisors": listed, "then": int() | str() as then}:
            return Fraction(listed[-1]) + (k - len(listed)) * Fraction(then)
    raise NotCovered("rule")


def readable(value: Fraction) -> int | str:
    """A number as it is, or about how large it is where it would fill a page."""
    digits = [part.bit_length() for part in value.as_integer_ratio()]
    return plain(value) if max(digits) <= 512 else f"2^{digits[0] - digits[1]}"


class Division(Recount):
    """The certificate of an allocation: no claim that got a seat is smaller than one that did not, ties apart.

    The claim to a k-th seat is weight / k-th divisor, or weight - (k - 1) x quota: whoever has the strongest claims has the
    seats (Balinski and Young, *Fair Representation*, 1982, appendix A). So no seat need be given one by one.
    """

    def run(self, stated: Any) -> dict[str, Any]:
        request, receivers = self.request, self.request["receivers"]
        need("input", request["complete"], type(request["seats"]) is int)
        need("input", all(one["weight"] is not None for one in receivers))
        self.given = {one["receiver"]: one["seats"] for one in stated["seats"]}
        self.seats, self.votes = request["seats"], {one["id"]: Fraction(one["weight"]) for one in receivers}
        need("input", len(self.votes) == len(receivers), all(votes >= 0 for votes in self.votes.values()))
        self.total = sum(self.votes.values())
        self.note("seats_to_divide", seats=self.seats, receivers=len(receivers), total=plain(self.total))
        rule = request["by"]
        if rule["is"] == "Regime":
            small = self.seats < rule["limit"]
            self.note("regime_below" if small else "regime_from", seats=self.seats, limit=rule["limit"])
            rule = rule["below" if small else "otherwise"]
        self.base = self.total if request["base"] is None else Fraction(request["base"])
        self.take_part()
        self.bounds()
        self.ahead = dict.fromkeys(self.votes, 0)
        if rule["is"] == "Bonus":
            stopped = self.bonus(rule) if self.seats else None
            if stopped:
                return stopped
            rule = rule["by"]
        self.lengths(rule)
        return self.by_remainders(rule) if rule["is"] == "LargestRemainder" else self.by_quotients(rule)

    def take_part(self) -> None:
        """Who passes one of the thresholds, or is exempt, keeps its weight; nobody else has one."""
        self.weight, hurdles = dict(self.votes), list[tuple[Fraction, bool]]()
        for one in self.request["hurdles"]:
            of = {"Of.TOTAL": self.base, "Of.QUOTA": self.base / max(1, self.seats), "Of.VOTES": 1}[one["of"]]
            hurdles.append((Fraction(one["least"]) * of, one["strict"]))
            kind = "hurdle_more_than" if one["strict"] else "hurdle_at_least"
            self.note(kind, number=plain(hurdles[-1][0]), total=plain(self.base))
        for one in self.request["receivers"] if hurdles else ():
            votes = self.votes[one["id"]]
            if not any(votes > least or (votes == least and not strict) for least, strict in hurdles):
                self.note("exempt" if one["exempt"] else "below_threshold", receiver=one["id"], weight=plain(votes))
                self.weight[one["id"]] = votes if one["exempt"] else Fraction(0)
        self.free = [one for one in self.weight if self.weight[one]]

    def bounds(self) -> None:
        """The least and the most seats of everybody; `top` is nothing where the seats themselves are the only limit."""
        self.low = {one["id"]: one["minimum"] for one in self.request["receivers"]}
        self.top = {one["id"]: one["maximum"] for one in self.request["receivers"]}
        self.listed = {one["id"]: one["candidates"] for one in self.request["receivers"]}
        self.within()

    def within(self) -> None:
        """Where the seats cannot be divided within the bounds there is no certificate."""
        self.high = {one: self.seats if top is None else top for one, top in self.top.items()}
        self.high |= {one: self.low[one] for one in self.low if one not in self.free}
        need("input", self.free, all(0 <= self.low[one] <= self.high[one] for one in self.low))
        need("input", sum(self.low.values()) <= self.seats <= sum(self.high.values()))

    def bonus(self, rule: Any) -> dict[str, Any] | None:
        """Seats to the first ahead of the division of the others; the outcome where it ends there."""
        most, needs = max(self.weight.values()), rule["needs"]
        first = sorted(one for one in self.free if self.weight[one] == most)
        if needs is not None and most <= Fraction(needs) * self.base:
            self.note("first_has_too_few", number=plain(most), needed=plain(Fraction(needs) * self.base))
            self.note("nobody_has_enough")
            return self.outcome([], reasons=["nobody_has_enough"])
        if len(first) > 1:
            self.note("tie_for_bonus", receivers=first, number=plain(most))
            numbers = dict.fromkeys(first, plain(most))
            first = self.ask("tie_for_bonus", numbers, 1, "", self.request["tie_policy"])
        if not first:
            return self.outcome([])
        (one,) = first
        tops = [top for top in (self.seats, self.top[one], self.listed[one]) if top is not None]
        self.ahead[one] = number = min(*tops, ceil(self.seats / 2) if rule["seats"] is None else rule["seats"])
        self.seats -= number
        self.note("bonus", receiver=one, number=plain(most), seats=number, left=self.seats)
        self.low[one] = max(0, self.low[one] - number)
        self.top |= {one: self.top[one] - number} if self.top[one] is not None else {}
        self.within()
        return None

    def lengths(self, rule: Any) -> None:
        """Nobody has more seats than there are divisors, or than candidates on its list: then seats may stay empty."""
        if rule.get("then", 0) is None:
            ends = len(rule["divisors"])
            self.top = {one: ends if top is None else min(top, ends) for one, top in self.top.items()}
            self.within()
        self.most = dict(self.high)
        for one, candidates in self.listed.items():
            if candidates is not None:
                left, top = candidates - self.ahead[one], self.top[one]
                self.top[one] = left if top is None else min(top, left)
                self.high[one] = min(self.high[one], left)
        need("input", all(self.low[one] <= self.high[one] for one in self.low))
        self.empty = max(0, self.seats - sum(self.high.values()))

    def held(self, weight: dict[str, Fraction]) -> tuple[dict[str, int], list[tuple[str, dict[str, Any]]]]:
        """Who is held at a bound since its share lies outside: of both sides the one that is further out, round by round."""
        held, steps = {one: self.low[one] for one in weight if not weight[one]}, list[tuple[str, dict[str, Any]]]()
        while True:
            free = [one for one in weight if one not in held]
            left, total = self.seats - sum(held.values()), sum(weight[one] for one in free)
            share = {one: weight[one] * left / total for one in free}
            below = {one: self.low[one] - share[one] for one in free if share[one] < self.low[one]}
            above = {one: share[one] - self.most[one] for one in free if share[one] > self.most[one]}
            if not below and not above:
                return held, steps
            further = sum(below.values()) - sum(above.values())
            low = {one: self.low[one] for one in sorted(below) if further >= 0}
            high = {one: self.most[one] for one in sorted(above) if further <= 0}
            for kind, bounds in (("held_minimum", low), ("held_maximum", high)):
                steps += [
                    (kind, {"receiver": one, "share": plain(share[one]), "seats": at}) for one, at in bounds.items()
                ]
            held |= low | high

    def by_remainders(self, rule: Any) -> dict[str, Any]:
        """Whole quotas, then the largest remainders. No certificate where the quota is too small."""
        weight, (held, steps) = self.weight, self.held(self.weight)
        self.steps += steps
        self.free = [one for one in self.free if one not in held]
        left, total = self.seats - sum(held.values()), sum(weight[one] for one in self.free)
        need("rule", not rule["keep_quota"])
        need("candidates", all(number <= self.high[one] for one, number in held.items()))
        self.low |= held
        if not left or not self.free:
            return self.closed(self.low, {}, "", "")
        name, divided_by = rule["quota"], left + ABOVE_SEATS[rule["quota"]]
        quota = total / Fraction(divided_by) if name != "Quota.DROOP" else Fraction(floor(total / divided_by) + 1)
        shown = {"divisor": divided_by} if name == "Quota.IMPERIALI" else {}
        self.note(name.lower().replace(".", "_"), total=plain(total), seats=left, quota=plain(quota), **shown)
        if rule["rounding"] and name != "Quota.DROOP":
            exact, quota = quota, Fraction(ROUNDED[rule["rounding"]](quota))
            self.note("quota_rounded", exact=plain(exact), quota=plain(quota))
        need("input", quota)
        top = {one: left if most is None else most for one, most in self.top.items()}
        whole = {one: max(self.low[one], min(floor(weight[one] / quota), top[one])) for one in self.free}
        fill = min(left, sum(self.high[one] for one in self.free))
        self.empty = left - fill
        tied_wholes = name == "Quota.HAGENBACH_BISCHOFF" and not rule["rounding"]  # all votes may be whole quotas
        need("rule", tied_wholes or sum(whole.values()) <= fill)
        for one in self.free:
            shown = {"quotient": plain(weight[one] / quota), "remainder": plain(weight[one] - whole[one] * quota)}
            self.note("quotient", receiver=one, whole=whole[one], weight=plain(weight[one]), **shown)
        self.note("whole_seats", whole=sum(whole.values()), left=max(0, fill - sum(whole.values())))
        self.whole, self.lasting = whole, quota * (fill + 1) >= total
        return self.certified(lambda one, k: weight[one] - (k - 1) * quota, "tie_remainder")

    def by_quotients(self, rule: Any) -> dict[str, Any]:
        """The largest quotients. Where the first divisor is 0, everybody's first seat comes before all of them."""
        self.power = 2 if rule["is"] == "HuntingtonHill" else 1
        ends, minima = rule.get("then", 0) is None, sum(self.low.values())
        first_few = [plain(divisor(rule, k + 1)) for k in range(len(rule["divisors"]) if ends else 4)]
        kind = "divisors_all" if ends else "divisors_root" if self.power == 2 else "divisors"
        self.note(kind, **{"squares" if self.power == 2 else "divisors": first_few})
        if minima:
            self.note("minima_first", minima=minima, left=self.seats - self.empty - minima)
        if not divisor(rule, 1):
            waiting = [one for one in self.free if not self.low[one] and self.top[one] != 0]
            first = self.seats - self.empty - minima
            if first < len(waiting):
                self.note("too_few_for_first_seats", receivers=len(waiting), seats=first)
                tied = {one: self.weight[one] for one in waiting if first}
                return self.closed(self.low, tied, "tie_first_seat", "tie_first_seat")
            if waiting:
                self.note("first_seats", receivers=waiting)
            self.low |= dict.fromkeys(waiting, 1)
        return self.certified(lambda one, k: self.weight[one] ** self.power / divisor(rule, k), "tie_quotient")

    def certified(self, claim: Any, kind: str) -> dict[str, Any]:
        """Whether the seats as given are the strongest claims. A claim equal to the strongest refused one is there by lot."""
        free, low, high = self.free, self.low, self.high
        if self.given.keys() != low.keys() or any(type(seats) is not int for seats in self.given.values()):
            return {"is": "seats of some receivers are not there"}
        given = {one: seats - self.ahead[one] for one, seats in self.given.items()}
        if any(not low[one] <= given[one] <= high[one] for one in free):
            return {"is": "a least or greatest number of seats is not kept"}
        refused = max((claim(one, given[one] + 1) for one in free if given[one] < high[one]), default=None)
        sure = {one: given[one] - (given[one] > low[one] and claim(one, given[one]) == refused) for one in free}
        last = {one: claim(one, sure[one]) for one in free if sure[one] > low[one]}
        beyond = {one: claim(one, sure[one] + 1) for one in free if self.top[one] is None or sure[one] < self.top[one]}
        left = self.seats - self.empty - sum((low | sure).values())
        tied = [one for one in beyond if left and beyond[one] == refused and sure[one] < high[one]]
        passed_over = refused is not None and any(number <= refused for number in last.values())
        if passed_over or (left and not 0 < left < len(tied)):
            return {"is": "a claim smaller than one without a seat has one"}
        if kind == "tie_quotient":
            self.quotients(sure, last, beyond, bool(tied))
        else:
            self.remainders(sure, {one: claim(one, self.whole[one] + 1) for one in free})
            if last and beyond and not tied:
                self.changes(last, beyond)
        step = "tie_square" if kind == "tie_quotient" and self.power == 2 else kind
        return self.closed(low | sure, dict.fromkeys(tied, refused), kind, step)

    def remainders(self, sure: dict[str, int], remainder: dict[str, Fraction]) -> None:
        """The seats that remainders surely gave, the largest first."""
        for one in sorted(remainder, key=lambda one: (-remainder[one], one)):
            more = sure[one] - self.whole[one]
            if more > 0:
                self.note("remainder_seat", receiver=one, remainder=plain(remainder[one]), seats=more)

    def changes(self, last: dict[str, Fraction], beyond: dict[str, Fraction]) -> None:
        """Who had the last seat, who was next, and how many of the votes of the one would have brought the other before.

        Not said where so many votes, had they been the other's, would have changed the quota or brought somebody to a bound.
        """
        cut, refused = min(last.values()), max(beyond.values())
        if refused:
            ends = {"receivers": sorted(one for one in last if last[one] == cut), "number": readable(cut)}
            ends |= {"next": sorted(one for one in beyond if beyond[one] == refused), "refused": readable(refused)}
            self.note("last_remainder", **ends)
        loser = min(one for one in last if last[one] == cut)
        for one in [one for one in beyond if one != loser]:
            rivals = [beyond[other] for other in beyond if other not in (one, loser)]
            votes = max(floor((cut - beyond[one]) / 2), floor(max(rivals, default=beyond[one]) - beyond[one])) + 1
            if votes > self.weight[loser] or not self.lasting:
                continue
            moved = {loser: self.weight[loser] - votes, one: self.weight[one] + votes}
            if self.held(self.weight | moved) == self.held(self.weight):
                self.note("changed_votes", receiver=one, votes=votes, last=loser)

    def quotients(self, sure: dict[str, int], last: Any, beyond: Any, tie: bool) -> None:
        """The quotients of the last seat and the next; who was next in line, and what everybody lacked for one more."""
        square = self.power == 2
        for one in self.free:
            shown = {name: readable(those[one]) for name, those in (("last", last), ("next", beyond)) if one in those}
            kind = ("squares_" if square and shown else "quotients_") + ("_".join(shown) or "fixed")
            self.note(kind, receiver=one, weight=plain(self.weight[one]), seats=sure[one], **shown)
        if tie or not last or not beyond:
            return
        cut, refused = min(last.values()), max(beyond.values())
        ends = {"receivers": sorted(one for one in last if last[one] == cut), "number": readable(cut)}
        ends |= {"next": sorted(one for one in beyond if beyond[one] == refused), "refused": readable(refused)}
        self.note("last_square" if square else "last_quotient", **ends)
        for one in beyond:
            others = [last[other] for other in last if other != one]
            if others:  # the fewest votes more with which its claim exceeds the weakest of the others
                weight, wanted = self.weight[one], self.weight[one] ** self.power * min(others) / beyond[one]
                enough = Fraction(isqrt(floor(wanted))) if square else wanted
                votes = max(1, floor(enough - weight))
                while (weight + votes) ** self.power <= wanted:
                    votes += 1
                self.note("more_votes", receiver=one, seats=sure[one] + 1, votes=votes)

    def closed(self, sure: dict[str, int], tied: dict[str, Any], kind: str, step: str) -> dict[str, Any]:
        """The outcome: the seats that are sure, and those that a lot among the tied gives."""
        drawn, choose = list[str](), self.seats - self.empty - sum(sure.values())
        if tied:
            number = readable(next(iter(tied.values())))
            there = {"number": number} if step != "tie_first_seat" else {}
            self.note(step, receivers=sorted(tied), choose=choose, **there)
            long = "^" in str(number)  # then the question shows the weights
            numbers = {one: plain(self.weight[one] if long else tied[one]) for one in tied}
            drawn = self.ask(kind, numbers, choose, "", self.request["tie_policy"])
        if self.empty:
            self.note("seats_without_candidates", seats=self.empty)
        has = {id: sure[id] + self.ahead[id] + (id in drawn) for id in self.votes}
        seats = [seat(id, has[id], "", plain(votes)) for id, votes in self.votes.items()]
        return self.outcome(seats, {"": self.empty} if self.empty else {})


# ---------------------------------------------------------------- 7. single transferable vote by the Scottish rules

VOID = ("void_blank", "void_no_first", "void_several_first", "void_nobody_standing", "void_unread")
STV_OPTIONS = {"quota", "transfer_value", "surplus", "withdrawn", "skipped_rank", "equal_ranks", "repeated_name"}


@dataclass
class Pile:
    """Equal papers: whom they prefer, how many they are, who has them, and the value of each."""

    preferences: tuple[str, ...]
    papers: int
    holder: str
    value: int


class Transfer(Contest):
    """Stage by stage from the papers (Scottish Local Government Elections Order 2011, schedule 1, rules 47 to 53).

    Votes and values are whole numbers of units, with five decimals 100,000 to a vote.
    """

    def run(self, stated: Any = None) -> dict[str, Any]:
        read = self.read_papers()
        self.opening()
        need("validity", all(one["holds"] for one in self.request["validity"]))
        self.note("papers_account", total=self.valid + self.void.total(), valid=self.valid, void=self.void.total())
        for reason in VOID:
            if self.void[reason]:
                self.note(reason, number=self.void[reason])
        self.first_stage(read)
        while 0 < self.vacant < len(self.going):
            if not (self.surplus() if self.waiting else self.exclude()):
                return self.outcome(self.seated)
            if self.vacant < len(self.going):
                self.end_stage()
        for one in self.by_votes(self.going) if self.vacant else []:
            self.take_seat(one, "elected_to_last")
        if self.vacant:
            self.note("vacant", post=self.id, open=self.vacant)
        return self.outcome(self.seated, {self.id: self.vacant} if self.vacant else {})

    def read_papers(self) -> list[tuple[tuple[str, ...], int]]:
        """What the valid papers say, and how many say it."""
        request, ballots, self.options = self.request, self.request["ballots"], self.request["options"]
        need("options", len(request["posts"]) == 1, not request["threshold"], not self.options.keys() - STV_OPTIONS)
        need("papers", ballots and ballots["ranks"])
        need("doubts", not ballots["doubts"])
        need("input", countable(ballots))
        post, out = request["posts"][0], self.options.get("withdrawn", [])
        self.id, self.vacant, names = post["id"], post["seats"], {one["id"] for one in post["candidates"]}
        self.going = names - ({out} if isinstance(out, str) else set(out))
        choices = [one["candidate"] for one in ballots["choices"]]
        own = all(not one["mark"] and one["post"] in ("", self.id) for one in ballots["choices"])
        need("papers", self.vacant, own, set(choices) <= names)
        read, self.void = list[tuple[tuple[str, ...], int]](), Counter(void_unread=ballots["unread"])
        for paper, number in ballots["papers"].items():
            preferences, reason = self.preferences(paper, choices)
            if preferences:
                read.append((preferences, number))
            else:
                self.void[reason] += number
        self.valid = sum(number for _, number in read)
        figures = {"valid": self.valid, "returned": self.valid + self.void.total()}
        account = request["account"]
        need("input", self.valid, all(account[name] in (None, number) for name, number in figures.items()))
        void = [account[name] for name in ("invalid", "blank") if account[name] is not None]
        need("input", not void or (account["invalid"] is not None and sum(void) == self.void.total()))
        return read

    def preferences(self, paper: str, choices: list[str]) -> tuple[tuple[str, ...], str]:
        """What a paper says, by the settings for gaps, several at one rank, and a name given twice; else why it is void.

        Whoever does not stand leaves no gap and ends none.
        """
        found, gap = list[str](), 0
        gaps = {"paper_ends": 1, "two_in_a_row_end_paper": 2, "passed_over": len(paper)}
        ranks = [rank if isinstance(rank, tuple) else () if rank is None else (rank,) for rank in literal_eval(paper)]
        there = [{choices[mark] for mark in rank} & self.going for rank in ranks]
        void = "void_no_first" if any(there) else "void_nobody_standing" if any(ranks) else "void_blank"
        for rank, named in zip(ranks, there, strict=True):
            gap = 0 if named else gap + (not rank)
            if gap >= gaps[self.options.get("skipped_rank", "paper_ends")]:
                break
            fault = "equal_ranks" if len(named) > 1 else "repeated_name" if named & set(found) else ""
            void = "void_several_first" if len(named) > 1 else void
            if fault and self.options.get(fault, "paper_ends") == "paper_ends":
                break
            found += [] if fault else named
        return tuple(found), void

    def first_stage(self, read: list[tuple[tuple[str, ...], int]]) -> None:
        """Each paper is a vote for its first preference (rule 47); quota: valid / (seats + 1), cut, and 1 more (48)."""
        words = self.options.get("transfer_value", "five_decimals")
        places = [word for word in DECIMALS if f"{word}_decimals" in ([words] if isinstance(words, str) else words)]
        self.scale = 10 ** (DECIMALS.index(places[0]) if places else 5)
        self.quota = int(Fraction(self.options.get("quota", self.valid // (self.vacant + 1) + 1)) * self.scale)
        kind = "quota_stated" if "quota" in self.options else "quota_of_papers"
        self.note(kind, valid=self.valid, seats=self.vacant, **self.texts(quota=self.quota))
        self.note("stage_first", stage=1, valid=self.valid)
        self.piles = [Pile(preferences, number, preferences[0], self.scale) for preferences, number in read]
        self.votes = dict.fromkeys(self.going, 0)
        for pile in self.piles:
            self.votes[pile.holder] += pile.papers * pile.value
        self.waiting, self.stages, self.seated = set[str](), list[dict[str, int]](), list[Any]()
        self.without = self.lost = 0
        self.end_stage()

    def surplus(self) -> bool:
        """The largest surplus to the next available preferences (rules 49, 50); false while it is open whose is first."""
        votes = max(self.votes[one] for one in self.waiting)
        who, surplus = self.one_with(votes, self.waiting, "transfer_first", max), votes - self.quota
        if who is None:
            return False
        numbers = self.texts(votes=votes, quota=self.quota, surplus=surplus)
        self.note("stage_surplus", stage=len(self.stages) + 1, candidate=who, **numbers)
        self.waiting.remove(who)
        self.votes[who] = self.quota
        moved = self.move(who, surplus, votes)
        if moved < surplus:
            self.lost += surplus - moved
            self.note("value_lost", **self.texts(lost=surplus - moved, surplus=surplus, moved=moved))
        return True

    def exclude(self) -> bool:
        """The fewest votes are excluded; their papers pass on at the value at which they came (rules 51, 52)."""
        votes = min(self.votes[one] for one in self.going)
        who = self.one_with(votes, self.going, "exclude", min)
        if who is None:
            return False
        self.going.remove(who)
        last = len(self.going) == self.vacant
        kind = "stage_last_exclusion" if last else "stage_exclusion"
        self.note(kind, stage=len(self.stages) + 1, candidate=who, **self.texts(votes=votes))
        if not last:
            self.votes[who] = 0
            self.move(who)
        return True

    def one_with(self, votes: int, among: set[str], kind: str, best: Any) -> str | None:
        """Who of them has so many votes; of several, by the last stage at which they differed, then by an answer."""
        tied, policies = sorted(one for one in among if self.votes[one] == votes), list(self.request["tie_policy"])
        if len(tied) > 1:
            tie, at = "tie_exclusion" if kind == "exclude" else "tie_surplus", len(self.stages)
            self.note(tie, candidates=tied, stage=at, **self.texts(votes=votes))
        while len(tied) > 1 and policies[:1] == ["earlier_stages"]:
            policies.pop(0)
            for at in range(len(self.stages) - 1, 0, -1):
                had = {one: self.stages[at - 1][one] for one in tied}
                kept = [one for one in tied if had[one] == best(had.values())]
                if len(kept) < len(tied):
                    self.note("earlier_stage", stage=at, votes=self.texts(**had), kept=kept)
                tied = kept
            if len(tied) > 1:
                self.note("earlier_stages_equal", candidates=tied)
        numbers = dict.fromkeys(tied, plain(Fraction(votes, self.scale)))
        found = tied if len(tied) == 1 else self.ask(kind, numbers, 1, self.id, policies)
        return found[0] if found else None

    def move(self, who: str, surplus: int = 0, votes: int = 0) -> int:
        """Papers to their next available preference, the highest values first; the units that they carry.

        Those of a surplus at value x surplus / votes, cut; others at the value that they have.
        """
        carried = 0
        moving = sorted((pile for pile in self.piles if pile.holder == who), key=lambda pile: -pile.value)
        for value, piles in groupby(moving, key=lambda pile: pile.value):
            to, units = Counter[str](), value * surplus // votes if surplus else value
            for pile in piles:
                pile.holder = next((one for one in pile.preferences if one in self.going), "")
                pile.value = units
                to[pile.holder] += pile.papers
            if surplus:
                numbers = self.texts(value=value, new=units, surplus=surplus, votes=votes)
                self.note("transfer_value", papers=to.total(), **numbers)
            else:
                self.note("parcel", papers=to.total(), **self.texts(value=value))
            carried += to.total() * units
            left = to.pop("", 0)
            for one, papers in sorted(to.items()):
                self.votes[one] += papers * units
                self.note("papers_moved", candidate=one, papers=papers, **self.texts(value=units, votes=papers * units))
            if left:
                self.without += left * units
                self.note("papers_left", papers=left, **self.texts(value=units, votes=left * units))
        return carried

    def end_stage(self) -> None:
        """The votes of a stage; whoever has the quota is elected."""
        self.stages.append(dict(self.votes))
        at, total = len(self.stages), sum(self.votes.values())
        for one in sorted(self.votes):
            if one in self.going or self.votes[one]:
                self.note("stage_votes", stage=at, candidate=one, **self.texts(votes=self.votes[one]))
        data = {"votes": total, "without": self.without, "lost": self.lost, "sum": total + self.without + self.lost}
        self.note("stage_sum", stage=at, **self.texts(**data))
        for one in self.by_votes(one for one in self.going if self.votes[one] >= self.quota):
            self.take_seat(one, "elected_at_quota")
            self.waiting |= {one} if self.votes[one] > self.quota else set()

    def take_seat(self, one: str, kind: str) -> None:
        self.going.remove(one)
        self.vacant -= 1
        self.seated.append(seat(one, 1, self.id, plain(Fraction(self.votes[one], self.scale))))
        self.note(kind, stage=len(self.stages), candidate=one, **self.texts(votes=self.votes[one], quota=self.quota))

    def by_votes(self, those: Iterable[str]) -> list[str]:
        return sorted(those, key=lambda one: (-self.votes[one], one))

    def texts(self, **units: int) -> dict[str, int | str]:
        """Units as decimal numbers of votes: 3, or "3.25"."""
        found = dict[str, int | str]()
        for name, number in units.items():
            votes, part = divmod(number, self.scale)
            found[name] = f"{votes}.{part:0{len(str(self.scale)) - 1}d}".rstrip("0") if part else votes
        return found


# ---------------------------------------------------------------- 8. words, in English and Chinese

TAGS = ("en", "zh")
DECIMALS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WORDS: dict[Any, tuple[str, str]] = {
    # parameters
    "registered": ("registered voters", "登记选民数"),
    "issued": ("ballots issued", "发出票数"),
    "returned": ("ballots returned", "收回票数"),
    "accounted": ("ballots accounted for", "已列明的票数"),
    "valid_and_invalid": ("valid and invalid ballots", "有效票数与无效票数之和"),
    "valid_and_blank": ("valid and blank ballots", "有效票数与空白票数之和"),
    "valid": ("valid ballots", "有效票数"),
    "invalid": ("invalid ballots", "无效票数"),
    "blank": ("blank ballots", "空白票数"),
    "Quota.HARE": ("Hare quota: total / seats", "黑尔数额：总数÷名额"),
    "Quota.DROOP": ("Droop quota: total / (seats + 1), rounded down, + 1", "特罗普数额：总数÷（名额+1），尾数舍去，加1"),
    "Quota.HAGENBACH_BISCHOFF": ("Hagenbach-Bischoff quota: total / (seats + 1)", "哈根巴赫比绍夫数额：总数÷（名额+1）"),
    "Quota.IMPERIALI": ("Imperiali quota: total / (seats + 2)", "因佩里亚利数额：总数÷（名额+2）"),
    "vacancy": ("vacancy", "缺额"),
    "marks_more_than_seats": ("marks more than seats", "所选人数超过应选名额"),
    "same_person_for_two_posts": ("same person for two posts", "同一人选任两项职务"),
    "one_name_too_often": ("one name more often than allowed", "同一人重复填写"),
    "written_in": ("a name written in, which does not count", "另选他人，不予计票"),
    "unreadable": ("unreadable", "无法辨认"),
    None: ("not rounded", "不取整"),
    "Rounding.DOWN": ("rounded down", "尾数舍去"),
    "Rounding.UP": ("rounded up", "尾数进一"),
    "Rounding.HALF_UP": ("rounded half up", "四舍五入"),
    "Of.TOTAL": (" of the total", "总数的"),
    "Of.QUOTA": (" of the quota", "数额的"),
    "Of.VOTES": ("", ""),
    "more than": ("more than {share} of {base}", "得票超过{base}的{share}"),
    "at least": ("at least {share} of {base}", "得票不少于{base}的{share}"),
    "remainders": ("{}, {}; then the largest remainders", "{}，{}；其余按余数大小分配"),
    "divisors": ("divisors {} and so on", "除数依次为{}，依此类推"),
    "all divisors": ("divisors {} and no further", "除数依次为{}，至此为止"),
    "roots": ("divisors: the roots of {} and so on", "除数依次为{}的平方根，依此类推"),
    "regime": ("fewer than {0} seats: {1}; otherwise: {2}", "名额不足{0}名：{1}；达到{0}名：{2}"),
    "bonus": ("{} to the first{}; the others: {}", "得票最多者先得{}{}；其余名额：{}"),
    "ahead": ("seats: {}", "{}名"),
    "half": ("half of the seats, rounded up,", "半数名额（尾数进一）"),
    "needs": (" if it has more than {} of the total", "，但得票应当超过总数的{}"),
    "hurdle": ("at least {0}{1}", "不少于{1}{0}"),
    "strict hurdle": ("more than {0}{1}", "超过{1}{0}"),
    "no share": ("no share to reach", "不要求达到一定比例"),
    "nothing": ("not said", "未规定"),
    "no limit": ("no limit", "不限"),
    "False": ("no", "否"),
    "True": ("yes", "是"),
    # checks
    "canonical": ("[complete] written in the one canonical way", "[完整] 按唯一的规范格式书写"),
    "seal": ("[complete] the hash that it states is its own: {}", "[完整] 所载哈希值与文件相符：{}"),
    "texts": ("[authentic] the texts given are all those that were applied: {}", "[真实] 提供的即所适用的全部规则文本：{}"),
    "input": ("[authentic] the input has the hash {}", "[真实] 输入文件的哈希值为{}"),
    "canonical input": ("[complete] the input is written in the one canonical way", "[完整] 输入文件按唯一的规范格式书写"),
    "counts": ("[complete] counts in the input: {}, the same in the result", "[完整] 输入所载计票{}项，与结果相同"),
    "under": ("[authentic] the input was made under that ruleset", "[真实] 输入依该规则集形成"),
    "parts": ("[complete] all parts are there; steps: {}", "[完整] 各部分齐全，步骤{}项"),
    "decisions": ("[authentic] decisions: {}, with the hash that is stated", "[真实] 决定{}项，哈希值与所载相符"),
    "words": ("[consistent] parameters: the words say what the data say", "[一致] 各参数的文字与数据一致"),
    "sentences": ("[consistent] sentences: names and numbers are those of the data", "[一致] 各步骤文字的姓名、数字与数据一致"),
    "seats": ("[consistent] seats{}: {} of {} given or vacant", "[一致] 名额{}：已分配或缺额{}名，共{}名"),
    "account": ("[consistent] ballots unaccounted for: {}", "[一致] 去向不明的选票：{}"),
    "names": ("[consistent] everything is called as in the input", "[一致] 各项名称与输入一致"),
    "parameters": ("[consistent] the parameters are those of the input", "[一致] 各参数与输入一致"),
    "figures": ("[consistent] the ballot account is that of the input", "[一致] 选票数与输入一致"),
    "outcome": ("[correct] the same outcome when counted again: {}; {}", "[正确] 重新计票结果相同：{}；{}"),
    "steps": ("[correct] steps made again: {} of {}, with the same numbers", "[正确] 重做步骤{}项（共{}项），数字相同"),
    # what is said beside them
    "head": ("made by civicrules {}; ruleset {}", "由civicrules {}计票；规则集{}"),
    "version": (", version {}", "，版本{}"),
    "this step": ("this step", "该步骤"),
    "count": ("\n{} ({})", "\n{}（{}）"),
    "compare": ("  Compare with the ruleset:", "  请与规则集核对："),
    "no certificate": ("  {}: no certificate for {}; recounted only", "  {}：{}没有核验证明，只能重新计票"),
    "no draw": ("  {}: lots drawn by {} cannot be drawn again here", "  {}：按{}抽签的结果无法在此重新抽取"),
    "recount": (
        "Who is elected there was not checked: count the same input again with civicrules, and compare the results.",
        "上述各项的当选结果未经核验：请用civicrules对同一输入重新计票，比对结果文件。",
    ),
    "rejected": ("REJECTED: {} of {} checks failed.", "不予认可：{1}项检查中有{0}项未通过。"),
    "no input": ("No input was given: only consistency was checked.", "未提供输入文件：仅检查了前后一致。"),
    "partly": ("Not everything is verified:", "未能全部核验："),
    "verified": ("VERIFIED: {} checks passed.", "核验通过：{}项检查全部通过。"),
    "unusable": ("This is no result of civicrules, or it is spoilt.", "该文件不是civicrules的计票结果，或者已损坏。"),
}  # fmt: skip
SAYS = "{0}: the result says {1}; counted again: {2}", "{0}：结果所载为{1}；重新计票为{2}"
STATES = "{0}: the result says {1}, the input {2}", "{0}：结果所载为{1}，输入为{2}"
WRONG = {  # what is said of a check that fails
    "canonical": ("the result was edited, or not written by civicrules", "结果文件经过改动，或者不是由civicrules生成"),
    "seal": ("the result was changed after it was written: it states {}", "结果文件生成后经过改动：其中所载哈希值为{}"),
    "texts": ("a text of the rules is another than the one applied, or one is lacking", "规则文本与所适用的不同，或者缺少文本"),
    "input": (
        "this is not the input that was counted, or it was changed: it has {}",
        "不是当时计票所用的输入文件，或者经过改动：其哈希值为{}",
    ),
    "canonical input": ("the input was edited, or not written by civicrules", "输入文件经过改动，或者不是由civicrules生成"),
    "counts": ("a count was left out of the result, added or exchanged", "结果中的计票项有遗漏、增加或者调换"),
    "under": ("the result names another ruleset than the one that was counted under", "结果所载规则集不是计票时所用的规则集"),
    "names": STATES,
    "parts": ("something is lacking in the result, or was added to it", "结果缺少内容，或者增加了内容"),
    "decisions": ("a recorded decision was changed, added or taken out", "所载决定经过改动、增加或者删除"),
    "words": ("{}: the words say “{}”, the data “{}”", "{}：文字为“{}”，数据为“{}”"),
    "sentences": ("a name or number in this sentence is not in its data: “{}”", "该步骤文字的姓名或者数字与数据不符：“{}”"),
    "seats": ("too few or too many seats are given or vacant", "已分配与缺额的名额合计过少或者过多"),
    "account": ("the result says {1}", "结果所载为{1}"),
    "parameters": STATES,
    "figures": STATES,
    "outcome": SAYS,
    "steps": ("the result says “{}”; counted again, in place of {} stands: {}", "结果所载为“{}”；重新计票，{}应为：{}"),
}  # fmt: skip
LABELS = {  # in Chinese; in English they are the ids themselves
    "seats": "应选名额", "votes_per_ballot": "每票可选人数", "threshold": "当选条件", "tie": "得票相等", "rule": "分配办法",
    "shortfall": "当选人数不足", "options": "其他参数", "limits": "当选限制", "bounds": "名额上下限", "hurdles": "门槛",
    "exempt": "不受门槛限制", "void": "整票无效的情形", "void_part": "部分无效的情形", "write_ins": "另选他人",
    "down_count": "下加计票", "least_elected": "最低当选人数", "majority_clause": "过半数条款",
    "names": "名称", "words": "用词", "is": "结论", "votes": "得票", "receiver": "当选人", "post": "职位",
    "candidate": "候选人", "vacant": "缺额",
    "questions": "待决定事项", "missing": "尚缺的内容", "reasons": "无效原因", "data": "数据", "papers": "选票",
    "stage": "轮次", "number": "数量", "quota": "商数", "value": "每张的值", "last": "末位商数", "next": "下一商数",
    "weight": "数量", "share": "比例", "base": "基数", "higher": "上一职位", "surplus": "余票", "lost": "舍去的尾数",
    "seats of some receivers are not there": "有分配对象的名额缺失",
    "a least or greatest number of seats is not kept": "名额上下限未得到遵守",
    "a claim smaller than one without a seat has one": "未得名额者的商数或者余数大于已得名额者",
    "Decided": "已定", "DecisionRequired": "待决定", "CannotSay": "尚不能确定", "Void": "无效",
    "majority_by_post": "按职位多数当选", "two_rounds": "两轮投票", "plurality": "相对多数", "block_vote": "全额连记",
    "limited_vote": "限制连记",
    "single_vote": "单记不可让渡投票", "cumulative_vote": "累积投票", "approval": "认可投票",
    "single_transferable_vote": "单一可转移票", "instant_runoff": "排序复选制", "open_lists": "开放名单",
    "closed_lists": "封闭名单", "list_bonus": "名单多数奖励", "largest_remainder": "最大余数法", "sainte_lague": "圣拉古法",
    "dhondt": "顿特法", "modified_sainte_lague": "修正圣拉古法", "danish_divisors": "丹麦除数法",
    "imperiali_divisors": "因佩里亚利除数法", "macau_divisors": "澳门改良顿特法", "huntington_hill": "亨廷顿希尔法",
    "dean_divisors": "迪安法", "adams_divisors": "亚当斯法", "listed_divisors": "自列除数法",
    "bonus_and_averages": "多数奖励与最高均数", "by_size": "依规模而定",
}  # fmt: skip


WHY = {  # for what there is no certificate
    "method": ("this method", "该办法"),
    "rule": ("this rule of dividing", "该分配规则"),
    "options": ("such a setting", "该项设定"),
    "input": ("input that lacks something or contradicts itself", "不完整或者前后矛盾的输入"),
    "validity": ("a vote of which it is open or denied that it is valid", "效力待定或者无效的选举"),
    "papers": ("papers that do not fit this count", "与本次计票不符的选票"),
    "doubts": ("rulings on doubtful papers", "存疑选票的认定"),
    "limits": ("limits on the elected", "当选限制"),
    "follow_up": ("a further ballot", "另行选举"),
    "down_count": ("votes moved down", "下加计票"),
    "least_elected": ("a least number of elected", "最低当选人数"),
    "lists": ("ballots for lists", "名单投票"),
    "candidates": ("lists with too few candidates", "候选人不足的名单"),
    "majority_clause": ("a majority clause", "过半数条款"),
    "missing": ("facts that were missing", "缺少的事实"),
}


def both(word: str) -> Any:
    """A word in both languages, as steps have it; one that is not known here as it is."""
    return dict(zip(TAGS, WORDS[word], strict=True)) if word in WORDS else word


def label(id: str, at: int) -> str:
    return LABELS.get(id, id) if at else re.sub("([a-z])([A-Z])", r"\1 \2", id).lower().replace("_", " ")


def worded(id: str, data: Any, names: Any, at: int) -> str:
    """A parameter in words, as the result must state it."""
    if id == "threshold" and data:
        words = WORDS["more than" if data["strict"] else "at least"][at]
        return words.format(share=data["share"], base=WORDS[data["base"]][at])
    if id == "hurdles":
        kinds = [("strict hurdle" if one["strict"] else "hurdle", one["least"], WORDS[one["of"]][at]) for one in data]
        return (" or ", "或者")[at].join(WORDS[kind][at].format(*numbers) for kind, *numbers in kinds)
    if id == "rule":
        return rule_in_words(data, at)
    return WORDS["no share"][at] if id == "threshold" else in_words(data, names, at)


def rule_in_words(rule: Any, at: int) -> str:
    match rule["is"]:
        case "LargestRemainder":
            return WORDS["remainders"][at].format(WORDS[rule["quota"]][at], WORDS[rule["rounding"]][at])
        case "Regime":
            return WORDS["regime"][at].format(
                rule["limit"], *(rule_in_words(rule[of], at) for of in ("below", "otherwise"))
            )
        case "Bonus":
            ahead = WORDS["half" if rule["seats"] is None else "ahead"][at].format(rule["seats"])
            needs = WORDS["needs"][at].format(rule["needs"]) if rule["needs"] is not None else ""
            return WORDS["bonus"][at].format(ahead, needs, rule_in_words(rule["by"], at))
    listed = rule["divisors"] if rule["is"] == "Listed" else [plain(divisor(rule, seat)) for seat in (1, 2, 3)]
    kind = "roots" if rule["is"] == "HuntingtonHill" else "divisors" if rule.get("then", 1) else "all divisors"
    return WORDS[kind][at].format((", ", "、")[at].join(map(str, listed)))


def in_words(data: Any, names: Any, at: int) -> str:
    """Data in words: numbers, lists and tables, with the names of what they speak of."""
    if isinstance(data, bool):
        return WORDS[str(data)][at]
    if isinstance(data, str):
        return str(names[data][TAGS[at]]) if data in names else data.replace("_", " ")
    if isinstance(data, int):
        return str(data)
    if isinstance(data, list) and data:
        return (", ", "、")[at].join(in_words(one, names, at) for one in data)
    if isinstance(data, dict) and data:
        parts = [[in_words(one, names, at) for one in pair] for pair in sorted(data.items())]
        return ("; ", "；")[at].join((": ", "：")[at].join(part) for part in parts)
    return WORDS["no limit" if data is None else "nothing"][at]


def place_of(key: Any, names: Any, at: int) -> str:
    """What leads to a part of a document: the number of an entry, or a key."""
    if isinstance(key, int):
        return f"第{key}项" if at else f"no. {key}"
    return in_words(key, names, at) if key in names else WORDS[key][at] if key in FIGURES else label(key, at)


def shown(value: Any, names: Any, at: int) -> str:
    """A part of a document for whoever looks for what was changed in it."""
    if isinstance(value, dict) and value:
        parts = (f"{place_of(key, names, at)}{(': ', '：')[at]}{shown(one, names, at)}" for key, one in value.items())
        return ("; ", "；")[at].join(parts)
    if isinstance(value, list) and value:
        return (" / ", "／")[at].join(shown(one, names, at) for one in value)
    if isinstance(value, str) and value in LABELS:
        return label(value, at)
    return "—" if value is None or value in ("", [], {}) else in_words(value, names, at)


def sentences_fit(step: Any, names: Any) -> bool:
    """The sentences of a step name whom its data name; their numbers are of its data, of words in it, or of its own rule."""
    data = step["data"]
    whom = [data[key] for key in ("candidate", "receiver") if key in data]
    named = all(names.get(one, {}).get(tag, one) in step[tag] for one in whom for tag in TAGS)
    own = [words for id, words in names.items() if compact(id) in compact(data)]
    there = set(re.findall(r"\d+", json.dumps([data, own], ensure_ascii=False)))
    there |= {"0", "1", "2"} if re.match("quota|first|too_few|tie_first", step["kind"]) else set()
    told = re.sub(r"(?<=\d),(?=\d{3})", "", step["en"]) + " " + step["zh"]
    return named and set(re.findall(r"\d+", told)) <= there


# ---------------------------------------------------------------- the command


def main(arguments: list[str]) -> int:
    files: dict[str, list[bytes]] = {"": [], "--rules": []}
    language, option = "en", ""
    try:
        for word in arguments:
            if option == "--lang":
                language = word
            elif word not in ("--rules", "--lang"):
                files[option].append(Path(word).read_bytes())
            option = word if word in ("--rules", "--lang") else ""
        status, lines = verify(files[""][0], files[""][1:], files["--rules"], language)
    except (OSError, IndexError):
        status, lines = UNUSABLE, ["verify.py RESULT INPUT... [--rules FILE] [--lang en|zh]"]
    sys.stdout.write("\n".join(lines) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
