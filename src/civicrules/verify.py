"""Verify a result of a count against the input that was counted: `python verify.py RESULT INPUT... [--rules FILE]`.

One file on the standard library alone, made to be read in an evening. It shares nothing with the program that counted: it
takes the parameters that the result states, counts again by methods of its own, and compares outcome and steps. It does
not read the ruleset: it checks the hash of its text when that is given, and prints the parameters to be compared with it.

Exit status: 0 verified, 1 rejected, 2 unusable, 3 not wholly verified (no certificate for a method, or no input given).
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from fractions import Fraction
from itertools import groupby
from math import isqrt
from pathlib import Path
from typing import Any

VERIFIED, REJECTED, UNUSABLE, PARTLY = 0, 1, 2, 3
BY_POST = (
    *("majority_by_post", "two_rounds", "plurality", "block_vote", "limited_vote", "single_vote"),
    *("cumulative_vote", "approval"),
)
DIVIDING = (
    *("largest_remainder", "dhondt", "sainte_lague", "modified_sainte_lague", "danish_divisors", "imperiali_divisors"),
    *("macau_divisors", "huntington_hill", "dean_divisors", "adams_divisors", "listed_divisors"),
)
FIGURES = ("registered", "issued", "returned", "valid", "invalid", "blank")
# What majorities are counted on: the figures that are added up, and the words.
BASES = {
    "registered": (("registered",), "registered voters", "登记选民数"),
    "issued": (("issued",), "ballots issued", "发出票数"),
    "returned": (("returned",), "ballots returned", "收回票数"),
    "accounted": (("valid", "invalid", "blank"), "ballots accounted for", "已列明的票数"),
    "valid_and_invalid": (("valid", "invalid"), "valid and invalid ballots", "有效票数与无效票数之和"),
    "valid_and_blank": (("valid", "blank"), "valid and blank ballots", "有效票数与空白票数之和"),
    "valid": (("valid",), "valid ballots", "有效票数"),
}
QUOTAS = {  # what is added to the seats, and the words
    "Quota.HARE": (0, "Hare quota: total / seats", "黑尔数额：总数÷名额"),
    "Quota.DROOP": (
        1,
        "Droop quota: total / (seats + 1), rounded down, + 1",
        "特罗普数额：总数÷（名额+1），尾数舍去，加1",
    ),
    "Quota.HAGENBACH_BISCHOFF": (
        1,
        "Hagenbach-Bischoff quota: total / (seats + 1)",
        "哈根巴赫比绍夫数额：总数÷（名额+1）",
    ),
    "Quota.IMPERIALI": (2, "Imperiali quota: total / (seats + 2)", "因佩里亚利数额：总数÷（名额+2）"),
}
ROUNDINGS = {
    None: ("not rounded", "不取整"),
    "Rounding.DOWN": ("rounded down", "尾数舍去"),
    "Rounding.UP": ("rounded up", "尾数进一"),
    "Rounding.HALF_UP": ("rounded half up", "四舍五入"),
}
WORDS = {
    "more": ("more than {share} of {base}", "得票超过{base}的{share}"),
    "least": ("at least {share} of {base}", "得票不少于{base}的{share}"),
    "remainders": ("{}, {}; then the largest remainders", "{}，{}；其余按余数大小分配"),
    "divisors": ("divisors {} and so on", "除数依次为{}，依此类推"),
    "all": ("divisors {} and no further", "除数依次为{}，至此为止"),
    "roots": ("divisors: the roots of {} and so on", "除数依次为{}的平方根，依此类推"),
    "no share": ("no share to reach", "不要求达到一定比例"),
    "nothing": ("not said", "未规定"),
    "no limit": ("no limit", "不限"),
}
# Steps that explain, and carry nothing that is not checked elsewhere. All others are made again.
ASIDE = re.compile(
    "divisors|minima_first|first_seats|too_few_for|series_ends|held_|in_any_case|last_remainder"
    "|quota_(?!of|stated)|whole_seats|remainder_seat|changed_votes|stage_first|transfer_value|value_lost|parcel"
    "|account_unstated|papers_(left|account)|void_|tie_(exclusion|surplus)|earlier_stage"
)


# What a request may ask for here: whatever else it asks, there is no certificate for it.
KNOWN = {
    *(
        "is",
        "id",
        "options",
        "tie_policy",
        "posts",
        "account",
        "threshold",
        "validity",
        "shortfall",
        "ballots",
        "papers",
    ),
    *("receivers", "seats", "by", "complete"),
}


class NotCovered(ValueError):
    """This module has no certificate for such a count."""


def compact(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def kept(document: Any) -> str:
    """The one way in which a document is written."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def same(one: Any, other: Any) -> bool:
    return compact(one) == compact(other)  # unlike ==, it tells 1 from true


def plain(value: Any) -> int | str:
    """An exact number as documents write it: 3, or "1/3"."""
    number = Fraction(value)
    return number.numerator if number.denominator == 1 else f"{number.numerator}/{number.denominator}"


# ---------------------------------------------------------------- parameters as data and in words


def asked(request: Any) -> dict[str, Any]:
    """The parameters of a request, as the result must state them."""
    rest: dict[str, Any] = {"options": request["options"]}
    if request["is"] == "Contest":
        posts, asks, follow = request["posts"], request["threshold"], request["shortfall"]
        rest |= {"limits": [limit["id"] for limit in request["limits"]]}
        rest |= {name: request[name] for name in ("down_count", "least_elected")}
        found = {
            "votes_per_ballot": {post["id"]: post["seats" if post["marks"] is None else "marks"] for post in posts},
            "threshold": asks and {name: asks[name] for name in ("base", "share", "strict")},
            "shortfall": [follow] if follow else [],
        }
        seats: Any = {post["id"]: post["seats"] for post in posts}
    else:
        bounds = {one["id"]: [one["minimum"], one["maximum"]] for one in request["receivers"]}
        rest |= {"bounds": {id: both for id, both in bounds.items() if both != [0, None]}}
        rest |= {name: request[name] for name in ("hurdles", "majority_clause")}
        found, seats = {"rule": request["by"]}, request["seats"]
    return {**found, "seats": seats, "tie": request["tie_policy"], **{id: one for id, one in rest.items() if one}}


def worded(id: str, data: Any, names: Any, at: int) -> str:
    """A parameter in words, in English (`at` 0) or Chinese (1)."""
    if id == "threshold" and data:
        base = BASES[data["base"]][at + 1]
        return WORDS["more" if data["strict"] else "least"][at].format(share=data["share"], base=base)
    if id == "rule" and data["is"] == "LargestRemainder":
        return WORDS["remainders"][at].format(QUOTAS[data["quota"]][at + 1], ROUNDINGS[data["rounding"]][at])
    if id == "rule":
        listed = data["divisors"] if data["is"] == "Listed" else [plain(divisor(data, seat)) for seat in (1, 2, 3)]
        kind = "roots" if data["is"] == "HuntingtonHill" else "divisors" if data.get("then", 1) else "all"
        return WORDS[kind][at].format((", ", "、")[at].join(map(str, listed)))
    return WORDS["no share"][at] if id == "threshold" else in_words(data, names, at)


def in_words(data: Any, names: Any, at: int) -> str:
    if isinstance(data, bool):
        return (("no", "否"), ("yes", "是"))[data][at]
    if isinstance(data, str):
        return str(names[data][("en", "zh")[at]]) if data in names else data.replace("_", " ")
    if isinstance(data, int):
        return str(data)
    if isinstance(data, list) and data:
        return (", ", "、")[at].join(in_words(one, names, at) for one in data)
    if isinstance(data, dict) and data:
        parts = ([in_words(one, names, at) for one in pair] for pair in sorted(data.items()))
        return ("; ", "；")[at].join((": ", "：")[at].join(part) for part in parts)
    return WORDS["no limit" if data is None else "nothing"][at]


# ---------------------------------------------------------------- a count made again


class Recount:
    """What all recounts share: the steps, the questions with their answers, the outcome."""

    def __init__(self, request: Any, decisions: list[Any]) -> None:
        self.request, self.bound, self.decisions = request, request, decisions
        self.steps, self.open, self.used = list[tuple[str, Any]](), list[Any](), list[Any]()
        self.faults = dict[str, str]()
        if any(value for name, value in request.items() if name not in KNOWN):
            raise NotCovered

    def note(self, kind: str, **data: Any) -> None:
        self.steps.append((kind, data))

    def ask(self, kind: str, numbers: dict[str, Any], choose: int, post: str, policy: list[str]) -> list[str]:
        """The answer among the decisions, nothing where it is open. An id binds a question to all that it rests on."""
        staged = kind in ("exclude", "transfer_first")
        after = sorted([one["question"], one["chosen"]] for one in self.used if staged)
        rests = (self.bound, [after, kind, post, sorted(numbers), choose])
        id = sha("".join(json.dumps(x, sort_keys=True, ensure_ascii=False, separators=(",", ":")) for x in rests))[:12]
        given = [one for one in self.decisions if one["question"] == id]
        those = {tuple(sorted(set(one["chosen"]))) for one in given}
        fits = [one for one in given if len(set(one["chosen"])) == len(one["chosen"]) == choose]
        if len(those) == 1 and fits and set(fits[0]["chosen"]) <= set(numbers):
            answer = min(fits, key=lambda one: str(one["by"]))
            self.used.append(answer)
            by = {"by": answer["by"]} if answer["by"] else {}
            self.note("answered_by" if by else "answered", post=post, question=id, chosen=answer["chosen"], **by)
            return list(answer["chosen"])
        self.faults |= {id: "refused_choice" if len(those) == 1 else "refused_conflict"} if given else {}
        question = {"id": id, "kind": kind, "options": sorted(numbers), "choose": choose, "post": post}
        self.open.append({**question, "numbers": numbers, "policy": policy[0] if policy else ""})
        return []

    def outcome(self, seats: list[Any], vacant: Any = None, missing: Any = (), reasons: Any = ()) -> dict[str, Any]:
        for id in sorted({one["question"] for one in self.decisions} - {one["question"] for one in self.used}):
            self.note(self.faults.get(id, "refused"), question=id)
        kind = "Void" if reasons else "CannotSay" if missing else "DecisionRequired" if self.open else "Decided"
        there = {"seats": [] if reasons else seats, "vacant": (vacant or {}) if kind == "Decided" else {}}
        asked = {"questions": self.open if kind == "DecisionRequired" else []}
        said = {"missing": list(dict.fromkeys(missing)) if kind == "CannotSay" else [], "reasons": list(reasons)}
        return {"is": kind, **there, **asked, **said}


def seat(receiver: str, seats: int, post: str, votes: Any) -> dict[str, Any]:
    return {"receiver": receiver, "seats": seats, "post": post, "votes": votes}


# ---------------------------------------------------------------- majority and plurality by post


def faults_of(marks: list[tuple[str, str, str]], posts: Any, rules: Any) -> dict[str, str]:
    """The posts for which the marks of a paper cannot count, each with the reason."""
    votes = [(post, name) for post, name, mark in marks if not mark]
    given = {post: Counter(name for of, name in votes if of == post) for post, _ in votes}
    faults = {}
    for post, names in given.items():
        most = posts[post]["seats"] if posts[post]["marks"] is None else posts[post]["marks"]
        elsewhere = {name for of, name in votes if of != post}
        if "same_person_for_two_posts" in rules["void"] + rules["void_part"] and elsewhere & names.keys():
            faults[post] = "same_person_for_two_posts"
        elif names.total() > most:
            faults[post] = "marks_more_than_seats"
        elif max(names.values()) > posts[post]["repeats"]:
            faults[post] = "one_name_too_often"
    return faults


class ByPost(Recount):
    """Account, validity, threshold; then each post: who passes, who is elected or proven, who is tied, what is vacant."""

    def run(self) -> dict[str, Any]:
        if self.request["options"].keys() - {"votes_per_ballot", "votes_for_one_candidate"}:
            raise NotCovered
        if self.request["ballots"]:
            self.read_papers(self.request["ballots"], self.request["papers"])
        stopped = self.opening()
        if stopped:
            return stopped
        self.needed = self.threshold()
        self.elected, self.gaps, self.missing = list[Any](), dict[str, int](), list[str]()
        self.unsettled = dict[str, set[str]]()
        for post in self.request["posts"]:
            self.post(post)
        if self.gaps and self.request["shortfall"] == "second_ballot":
            raise NotCovered  # a further ballot is asked for
        for id, left in self.gaps.items():
            self.note("shortfall" if self.request["shortfall"] else "vacant", post=id, open=left)
        if self.missing and self.used:  # new facts would change the questions: no answer is looked at
            again = ByPost(self.bound, [])
            found, ids = again.run(), {one["question"] for one in self.decisions}
            self.steps = again.steps + [("refused", {"question": id}) for id in sorted(ids)]
            return found
        order = [post["id"] for post in self.request["posts"]]
        self.elected.sort(key=lambda one: (order.index(one["post"]), -one["votes"], one["receiver"]))
        return self.outcome(self.elected, self.gaps, self.missing)

    def read_papers(self, ballots: Any, rules: Any) -> None:
        """From papers to totals and account: too many marks, or one person for two posts, spoil a paper or a part of it."""
        posts = {post["id"]: post for post in self.request["posts"]}
        listed = {(id, one["id"]) for id, post in posts.items() for one in post["candidates"]}
        only = next(iter(posts)) if len(posts) == 1 else ""
        choices = [(one["post"] or only, one["candidate"], one["mark"]) for one in ballots["choices"]]
        strange = any((post, name) not in listed for post, name, _ in choices)
        nowhere = any(post not in posts for post, _, _ in choices)
        if ballots["ranks"] or ballots["doubts"] or nowhere or (strange and not rules["write_ins"]):
            raise NotCovered
        votes, void, parts, valid, blank = Counter[Any](), Counter[str](), Counter[Any](), 0, 0
        for key, number in ballots["papers"].items():
            marks = [choices[int(at)] for at in re.findall(r"\d+", key)]
            faults = faults_of(marks, posts, rules)
            reasons = sorted(set(faults.values()))
            counted = rules["write_ins"] == "counted"
            good = [one for one in marks if one[0] not in faults and (counted or one[:2] in listed)]
            spoilt = next((reason for reason in reasons if reason in rules["void"]), "")
            if spoilt or (marks and not good):
                void[spoilt or (reasons or ["written_in"])[0]] += number
            elif not marks:
                blank += number
            else:
                valid += number
                sound = [one for one in marks if one[0] not in faults]
                strangers = {(one[0], "written_in") for one in sound if one not in good}
                parts.update({at: number for at in {*faults.items(), *strangers}})
                votes.update({one: number * count for one, count in Counter(good).items()})
        void["unreadable"] += ballots["unread"]
        self.note("papers_counted", valid=valid, blank=blank, void=void.total())
        for _, number in sorted(void.items()):
            self.note("papers_void", number=number) if number else None
        for (post, _), number in sorted(parts.items()):
            self.note("marks_void", post=post, number=number)
        for (post, name, mark), number in sorted(votes.items()):
            if mark:
                kind = "votes_against" if mark == "against" else "votes_abstained"
                self.note(kind, post=post, candidate=name, votes=number)
        account = {"valid": valid, "invalid": void.total(), "blank": blank}
        account["returned"] = sum(account.values())
        stated, filled = self.request["account"], []
        if any(stated[name] not in (None, number) for name, number in account.items()):
            raise NotCovered
        for id, post in posts.items():
            own = [{**one, "votes": votes[id, one["id"], ""]} for one in post["candidates"]]
            for (of, name, mark), number in votes.items():
                if of == id and not mark and (of, name) not in listed:
                    own.append({"id": name, "votes": number, "meets": True})
            filled.append({**post, "complete": True, "candidates": own})
        self.request = {**self.request, "posts": filled, "account": {**stated, **account}}

    def opening(self) -> dict[str, Any] | None:
        """The ballot account, and whether the vote is valid. `ballots`: how many can carry marks at most."""
        have = {name: self.request["account"][name] for name in FIGURES}
        have = {name: number for name, number in have.items() if number is not None}
        parts = sum(have.get(name, 0) for name in FIGURES[3:])
        twice = len({post["id"] for post in self.request["posts"]}) < len(self.request["posts"])
        if twice or min([*have.values(), 0]) < 0 or parts > have.get("returned", parts):
            raise NotCovered
        for one, other in (("issued", "registered"), ("returned", "issued")):
            if one in have and other in have:
                over, gap = "_over" if have[one] > have[other] else "", abs(have[one] - have[other])
                self.note(f"account_{one}{over}", **{one: have[one], other: have[other]}, difference=gap)
        self.ballots = have.get("returned", have.get("valid"))
        if {"returned", "valid", "invalid"} <= have.keys():
            left, unstated = have["returned"] - parts, "" if "blank" in have else "_blank_unstated"
            shown = {name: have[name] for name in FIGURES[2:] if name in have}
            self.note(f"account_{'residual' if left else 'closed'}{unstated}", **shown, residual=left)
            self.ballots = self.ballots if left else have["valid"]
        validity = [(one["id"], one["holds"], one["missing"] or [one["id"]]) for one in self.request["validity"]]
        for _, holds, _ in validity:
            self.note("requirement_" + {None: "open", True: "holds", False: "fails"}[holds])
        unknown = [name for _, holds, missing in validity if holds is None for name in missing]
        failed = [id for id, holds, _ in validity if holds is False]
        return self.outcome([], missing=unknown, reasons=failed) if failed or unknown else None

    def threshold(self) -> int:
        """The votes that are needed: more than a share of the base, or at least that; in any case one."""
        asks, account = self.request["threshold"], dict(self.request["account"])
        if asks is None:
            return 1
        if asks["base"] == "accounted":
            account["blank"] = account["blank"] or 0
        parts, strict = [account[name] for name in BASES[asks["base"]][0]], asks["strict"]
        if None in parts:
            raise NotCovered
        wanted = Fraction(asks["share"]) * sum(parts)
        needed: int = max(1, wanted.__floor__() + 1 if strict else wanted.__ceil__())
        kind = "threshold_more_than" if strict else "threshold_at_least"
        base = dict(zip(("en", "zh"), BASES[asks["base"]][1:], strict=True))
        self.note(kind, share=plain(asks["share"]), base=base, ballots=sum(parts), needed=needed)
        return needed

    def post(self, post: Any) -> None:
        id, seats, people = post["id"], post["seats"], {one["id"]: one for one in post["candidates"]}
        known = {one: person["votes"] for one, person in people.items() if person["votes"] is not None}
        silent = [one["id"] for one in post["candidates"] if one["votes"] is None]
        marks, total = seats if post["marks"] is None else post["marks"], sum(known.values())
        unclear = seats is None or len(people) < len(post["candidates"]) or min([*known.values(), seats, marks]) < 0
        unknown = 0 if post["complete"] and not silent else len(silent) if post["complete"] else 10**9
        if unclear or any(one["meets"] is None for one in people.values()) or (unknown and self.ballots is None):
            raise NotCovered
        most = left = 0
        if self.ballots is not None:
            most, left = self.ballots * post["repeats"], marks * self.ballots - total
            if max([*known.values(), 0]) > most or left < 0:
                raise NotCovered
        if not seats:
            return self.note("no_seats", post=id)
        waits = [earlier for earlier, others in self.unsettled.items() if others & people.keys()]
        if waits:
            self.unsettled[id] = set(people)
            return self.note("waits", post=id, posts=waits)
        above = {one["receiver"]: one["post"] for one in self.elected}
        for one in sorted(people.keys() & above.keys()):
            self.note("elected_already", post=id, candidate=one, higher=above[one])
        ranked = sorted(known.keys() - above.keys(), key=lambda one: (-known[one], one))
        for one in ranked:
            kind = (
                "falls_short" if known[one] < self.needed else "passes" if people[one]["meets"] else "condition_not_met"
            )
            needed = {} if kind == "condition_not_met" else {"needed": self.needed}
            self.note(kind, post=id, candidate=one, votes=known[one], **needed)
        passed = [one for one in ranked if known[one] >= self.needed and people[one]["meets"]]
        for one in silent:
            self.note("votes_unknown", post=id, candidate=one)
        if unknown:
            numbers = {"ballots": most, "marks": marks, "known": total, "left": left, "most": min(most, left)}
            self.note("marks_left", post=id, **numbers)

        def others(count: int) -> int:  # how many whose votes are not known can have as many
            return min(unknown, left // count) if unknown and count <= most else 0

        level = {one: sum(known[other] >= known[one] for other in passed) - 1 for one in passed}
        sure = [one for one in passed if level[one] + others(known[one]) < seats]
        cut = known[passed[seats - 1]] if len(passed) >= seats else self.needed
        tied = [one for one in passed if known[one] == cut] if len(passed) >= seats else []
        choose = seats - len(sure)
        tied = [] if others(cut) or not choose else tied
        drawn = [] if unknown else self.lot(id, tied, cut, choose)
        for one in [*sure, *drawn]:
            beside = {"level": level[one], "others": others(known[one]), "left": left, "seats": seats}
            ahead = {"ahead": beside["level"] + beside["others"], **beside} if unknown else {}
            self.note("proven" if unknown else "elected", post=id, candidate=one, votes=known[one], **ahead)
        drawn = self.lot(id, tied, cut, choose) if unknown else drawn
        if choose and others(cut):
            self.note("not_proven", post=id, open=choose)
            self.missing += [f"votes/{id}/{one}" for one in silent] + ([] if post["complete"] else [f"candidates/{id}"])
        elif choose and not tied:
            self.gaps[id] = choose
        if choose > len(drawn) and id not in self.gaps:
            self.unsettled[id] = set(people)
        self.elected += [seat(one, 1, id, known[one]) for one in [*sure, *drawn]]

    def lot(self, post: str, tied: list[str], votes: int, choose: int) -> list[str]:
        if not tied:
            return []
        self.note("tie", post=post, candidates=sorted(tied), votes=votes, choose=choose)
        return self.ask("tie", dict.fromkeys(sorted(tied), votes), choose, post, self.request["tie_policy"])


# ---------------------------------------------------------------- divisors and largest remainders


def readable(value: Fraction) -> int | str:
    """A number as it is, or about how large it is where it would fill a page."""
    digits = [part.bit_length() for part in value.as_integer_ratio()]
    return plain(value) if max(digits) <= 512 else f"2^{digits[0] - digits[1]}"


def divisor(series: Any, k: int) -> Fraction:
    """The divisor for seat k, of Huntington-Hill its square."""
    kind, listed = series["is"], series.get("divisors", ())
    if kind == "Divisors" and (k > 1 or series["opening"] is None):
        return Fraction(series["first"]) + Fraction(series["step"]) * (k - 1)
    if kind == "Divisors":
        return Fraction(series["opening"])
    if kind == "Powers":
        return Fraction(series["base"] ** (k - 1))
    if kind in ("HuntingtonHill", "Dean"):
        return Fraction(k * (k - 1)) if kind == "HuntingtonHill" else Fraction(2 * k * (k - 1), 2 * k - 1)
    if kind == "Listed" and (k <= len(listed) or series["then"] is not None):
        beyond = max(0, k - len(listed))
        return Fraction(listed[k - beyond - 1]) + (beyond and beyond * Fraction(series["then"]))
    raise NotCovered


class Division(Recount):
    """The certificate of an allocation: no claim that got a seat is smaller than one that did not, ties apart.

    The claim to a k-th seat is weight / k-th divisor, or weight - (k - 1) x quota.
    """

    def run(self, stated: Any) -> dict[str, Any]:
        request, rule, seats = self.request, self.request["by"], self.request["seats"]
        receivers = {one["id"]: one for one in request["receivers"]}
        unclear = not request["complete"] or len(receivers) < len(request["receivers"]) or type(seats) is not int
        unknown = any(one["weight"] is None or one["candidates"] is not None for one in receivers.values())
        if unclear or unknown or request["base"] is not None or rule.get("keep_quota"):
            raise NotCovered
        self.seats, self.weight = seats, {id: Fraction(one["weight"]) for id, one in receivers.items()}
        ends = len(rule["divisors"]) if rule["is"] == "Listed" and rule["then"] is None else seats
        self.low = {id: one["minimum"] for id, one in receivers.items()}
        self.top = {id: one["maximum"] for id, one in receivers.items()}
        if rule.get("then", 0) is None:
            self.top = {id: ends if top is None else min(top, ends) for id, top in self.top.items()}
        most = {id: seats if top is None else top for id, top in self.top.items()}
        self.high = {id: min(most[id], ends) if self.weight[id] else self.low[id] for id in receivers}
        wrong = any(self.weight[id] < 0 or not 0 <= self.low[id] <= self.high[id] for id in receivers)
        if wrong or not any(self.weight.values()) or not sum(self.low.values()) <= seats <= sum(self.high.values()):
            raise NotCovered
        self.note("seats_to_divide", seats=seats, receivers=len(receivers), total=plain(sum(self.weight.values())))
        self.free = [id for id in receivers if self.weight[id]]
        given = {one["receiver"]: one["seats"] for one in stated["seats"]}
        return self.by_quota(rule, given) if rule["is"] == "LargestRemainder" else self.by_series(rule, given)

    def by_series(self, rule: Any, given: dict[str, int]) -> dict[str, Any]:
        power = 2 if rule["is"] == "HuntingtonHill" else 1
        if not divisor(rule, 1):  # everybody's first seat comes before all quotients
            waiting = [one for one in self.free if not self.low[one] and self.top[one] != 0]
            first = self.seats - sum(self.low.values())
            if first < len(waiting):
                tied = {one: self.weight[one] for one in waiting} if first else {}
                return self.closed(self.low, tied, "tie_first_seat")
            self.low |= dict.fromkeys(waiting, 1)
        self.power, step = power, "tie_square" if power == 2 else "tie_quotient"
        return self.certified(given, lambda one, k: self.weight[one] ** power / divisor(rule, k), "tie_quotient", step)

    def sheet(self, sure: dict[str, int], claim: Any, tie: bool) -> None:
        """The quotients of the last seat and the next; who was next in line, and what everybody lacked for one more."""
        last = {one: claim(one, sure[one]) for one in self.free if sure[one] > self.low[one]}
        beyond = {
            one: claim(one, sure[one] + 1) for one in self.free if self.top[one] is None or sure[one] < self.top[one]
        }
        for one in self.free:
            shown = {name: readable(those[one]) for name, those in (("last", last), ("next", beyond)) if one in those}
            kind = ("squares_" if self.power == 2 and shown else "quotients_") + ("_".join(shown) or "fixed")
            self.note(kind, receiver=one, weight=plain(self.weight[one]), seats=sure[one], **shown)
        if tie or not last or not beyond:
            return
        cut, refused = min(last.values()), max(beyond.values())
        ends = {"receivers": sorted(one for one in last if last[one] == cut), "number": readable(cut)}
        ends |= {"next": sorted(one for one in beyond if beyond[one] == refused), "refused": readable(refused)}
        self.note("last_square" if self.power == 2 else "last_quotient", **ends)
        for one in beyond:
            others = [last[other] for other in last if other != one]
            if others:
                wanted, weight = self.weight[one] ** self.power * min(others) / beyond[one], self.weight[one]
                root = isqrt(wanted.__floor__()) if self.power == 2 else wanted
                votes = max(1, (root - weight).__floor__() - 1)
                while (weight + votes) ** self.power <= wanted:
                    votes += 1
                self.note("more_votes", receiver=one, seats=sure[one] + 1, votes=votes)

    def by_quota(self, rule: Any, given: dict[str, int]) -> dict[str, Any]:
        free, weight = self.free, self.weight
        left, total = (
            self.seats - sum(self.low[one] for one in weight if one not in free),
            sum(weight[one] for one in free),
        )
        if not left or any(not self.low[one] <= weight[one] * left / total <= self.high[one] for one in free):
            raise NotCovered  # bounds that hold somebody change the quota
        quota = Fraction(total) / (left + QUOTAS[rule["quota"]][0])
        if rule["quota"] == "Quota.DROOP":
            quota = Fraction(quota.__floor__() + 1)
        elif rule["rounding"]:
            half = Fraction(1, 2) if rule["rounding"] == "Rounding.HALF_UP" else 0
            quota = Fraction(quota.__ceil__() if rule["rounding"] == "Rounding.UP" else (quota + half).__floor__())
        if not quota:
            raise NotCovered
        whole = {one: (weight[one] / quota).__floor__() for one in free}
        whole = {one: min(left, seats) if self.top[one] is None else seats for one, seats in whole.items()}
        exact = rule["quota"] == "Quota.HAGENBACH_BISCHOFF" and not rule["rounding"]
        if any(not self.low[one] <= whole[one] <= self.high[one] for one in free) or (
            sum(whole.values()) > left and not exact
        ):
            raise NotCovered
        for one in free:
            numbers = {
                "weight": plain(weight[one]),
                "whole": whole[one],
                "remainder": plain(weight[one] - whole[one] * quota),
            }
            self.note("quotient", receiver=one, quotient=plain(weight[one] / quota), **numbers)
        kind = "tie_remainder"
        return self.certified(given, lambda one, k: weight[one] - (k - 1) * quota, kind, kind)

    def certified(self, given: dict[str, int], claim: Any, kind: str, step: str) -> dict[str, Any]:
        """Whether the seats as given, without those that a lot added, are the strongest claims."""
        if given.keys() != self.weight.keys() or any(type(seats) is not int for seats in given.values()):
            return {"is": "seats of some receivers are not there"}
        lots = [set(one["chosen"]) for one in self.decisions if set(one["chosen"]) <= set(self.free)]
        for lot in (*lots[:1], set[str]()):
            sure = {one: given[one] - (one in lot) for one in self.free}
            if any(not self.low[one] <= sure[one] <= self.high[one] for one in self.free):
                continue
            last = [claim(one, sure[one]) for one in self.free if sure[one] > self.low[one]]
            beyond = {one: claim(one, sure[one] + 1) for one in self.free if sure[one] < self.high[one]}
            cut = max(beyond.values(), default=Fraction(-1))
            open_seats = self.seats - sum((self.low | sure).values())
            tied = {one: cut for one in beyond if beyond[one] == cut and open_seats}
            if (0 < open_seats < len(tied) or not open_seats) and (not last or not beyond or min(last) > cut):
                if kind == "tie_quotient":
                    self.sheet(sure, claim, bool(tied))
                return self.closed(self.low | sure, tied, kind, step)
        return {"is": "a claim smaller than one without a seat has one"}

    def closed(self, sure: dict[str, int], tied: Any, kind: str, step: str = "tie_first_seat") -> dict[str, Any]:
        drawn = list[str]()
        if tied:
            choose = self.seats - sum(sure.values())
            self.note(step, receivers=sorted(tied), choose=choose)
            drawn = self.ask(kind, {one: plain(tied[one]) for one in tied}, choose, "", self.request["tie_policy"])
        seats = [(one["id"], sure[one["id"]] + (one["id"] in drawn)) for one in self.request["receivers"]]
        return self.outcome([seat(id, number, "", plain(self.weight[id])) for id, number in seats])


# ---------------------------------------------------------------- single transferable vote by the Scottish rules


class Transfer(ByPost):
    """Stage by stage from the papers; votes are whole numbers of units, with five decimals 100,000 to a vote."""

    def run(self) -> dict[str, Any]:
        request, ballots, options = self.request, self.request["ballots"], self.request["options"]
        own = {"quota", "transfer_value", "surplus", "withdrawn", "skipped_rank", "equal_ranks", "repeated_name"}
        other = any(request[name] for name in ("threshold", "limits", "follow_up", "down_count"))
        if (
            other
            or not ballots
            or not ballots["ranks"]
            or ballots["doubts"]
            or options.keys() - own
            or len(request["posts"]) > 1
        ):
            raise NotCovered
        self.opening()
        post, out = request["posts"][0], options.get("withdrawn", [])
        self.id, self.vacant, names = post["id"], post["seats"], {one["id"] for one in post["candidates"]}
        self.going = names - ({out} if isinstance(out, str) else set(out))
        strange = any(one["mark"] or one["post"] not in ("", self.id) for one in ballots["choices"])
        choices = [one["candidate"] for one in ballots["choices"]]
        if (
            strange
            or not set(choices) <= names
            or not self.vacant
            or any(not one["holds"] for one in request["validity"])
        ):
            raise NotCovered
        read = [(self.preferences(key, choices), count) for key, count in ballots["papers"].items()]
        valid = sum(count for preferences, count in read if preferences)
        figures = {"valid": valid, "returned": sum(ballots["papers"].values()) + ballots["unread"]}
        if not valid or any(request["account"][name] not in (None, number) for name, number in figures.items()):
            raise NotCovered
        transfer = options.get("transfer_value", "5_decimals")
        decimals = re.search(r"(\d)_decimals", transfer if isinstance(transfer, str) else " ".join(transfer))
        self.scale = 10 ** int(decimals[1] if decimals else 5)
        self.quota = int(Fraction(options.get("quota", valid // (self.vacant + 1) + 1)) * self.scale)
        kind = "quota_stated" if "quota" in options else "quota_of_papers"
        self.note(kind, valid=valid, seats=self.vacant, quota=self.text(self.quota))
        self.votes, self.parcels = dict.fromkeys(self.going, 0), {one: Counter[Any]() for one in self.going}
        self.waiting, self.stages, self.seated = set[str](), list[dict[str, int]](), list[Any]()
        self.without = self.lost = 0
        for preferences, count in read:
            if preferences:
                self.votes[preferences[0]] += count * self.scale
                self.parcels[preferences[0]][self.scale, preferences] += count
        self.end_stage()
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

    def preferences(self, key: str, choices: list[str]) -> tuple[str, ...]:
        """What a paper says, by the settings for gaps, for several at one rank, and for a name given twice."""
        options, found, gap = self.request["options"], list[str](), 0
        longest = {"paper_ends": 1, "two_in_a_row_end_paper": 2}.get(
            options.get("skipped_rank", "paper_ends"), len(key)
        )
        for rank in json.loads(key.replace("(", "[").replace(",)", "]").replace(")", "]").replace("None", "null")):
            marks = [] if rank is None else rank if isinstance(rank, list) else [rank]
            named = {choices[mark] for mark in marks} & self.going
            gap = 0 if marks else gap + 1
            fault = "equal_ranks" if len(named) > 1 else "repeated_name" if named & set(found) else ""
            if gap >= longest or (fault and options.get(fault, "paper_ends") == "paper_ends"):
                break
            found += [] if fault else named
        return tuple(found)

    def surplus(self) -> bool:
        votes = max(self.votes[one] for one in self.waiting)
        who, at = self.one_with(votes, self.waiting, "transfer_first", max), len(self.stages) + 1
        if who is None:
            return False
        surplus = votes - self.quota
        numbers = {"votes": votes, "quota": self.quota, "surplus": surplus}
        self.note("stage_surplus", stage=at, candidate=who, **{name: self.text(n) for name, n in numbers.items()})
        self.waiting.remove(who)
        moved = sum(self.move(papers, value * surplus // votes) for value, papers in self.taken(who))
        self.votes[who] = self.quota
        self.lost += surplus - moved
        return True

    def exclude(self) -> bool:
        votes = min(self.votes[one] for one in self.going)
        who, at = self.one_with(votes, self.going, "exclude", min), len(self.stages) + 1
        if who is None:
            return False
        self.going.remove(who)
        last = len(self.going) == self.vacant
        self.note(
            "stage_last_exclusion" if last else "stage_exclusion", stage=at, candidate=who, votes=self.text(votes)
        )
        if not last:
            self.votes[who] = 0
            for value, papers in self.taken(who):
                self.move(papers, value)
        return True

    def one_with(self, votes: int, among: set[str], kind: str, best: Any) -> str | None:
        tied, policies = sorted(one for one in among if self.votes[one] == votes), list(self.request["tie_policy"])
        while len(tied) > 1 and policies[:1] == ["earlier_stages"]:
            policies.pop(0)
            for stage in reversed(self.stages[:-1]):
                cut = best(stage[one] for one in tied)
                tied = [one for one in tied if stage[one] == cut]
        numbers = dict.fromkeys(tied, plain(Fraction(votes, self.scale)))
        found = tied if len(tied) == 1 else self.ask(kind, numbers, 1, self.id, policies)
        return found[0] if found else None

    def taken(self, who: str) -> Any:
        parcels = sorted(self.parcels.pop(who).items(), key=lambda one: -one[0][0])
        for value, papers in groupby(parcels, key=lambda one: one[0][0]):
            yield value, [(preferences, count) for (_, preferences), count in papers]

    def move(self, papers: list[tuple[Any, int]], value: int) -> int:
        """Papers to their next available preference at a value; the units that they carry."""
        to = Counter[str]()
        for preferences, count in papers:
            who = next((one for one in preferences if one in self.going), "")
            to[who] += count
            if who:
                self.parcels[who][value, preferences] += count
        self.without += to.pop("", 0) * value
        for who, count in sorted(to.items()):
            self.votes[who] += count * value
            data = {"papers": count, "value": self.text(value), "votes": self.text(count * value)}
            self.note("papers_moved", candidate=who, **data)
        return sum(count for _, count in papers) * value

    def end_stage(self) -> None:
        self.stages.append(dict(self.votes))
        at, total = len(self.stages), sum(self.votes.values())
        for one in sorted(self.votes):
            if one in self.parcels or self.votes[one]:
                self.note("stage_votes", stage=at, candidate=one, votes=self.text(self.votes[one]))
        data = {"votes": total, "without": self.without, "lost": self.lost, "sum": total + self.without + self.lost}
        self.note("stage_sum", stage=at, **{name: self.text(units) for name, units in data.items()})
        for one in self.by_votes(one for one in self.going if self.votes[one] >= self.quota):
            self.take_seat(one, "elected_at_quota")
            self.waiting |= {one} if self.votes[one] > self.quota else set()

    def take_seat(self, one: str, kind: str) -> None:
        self.going.remove(one)
        self.vacant -= 1
        self.seated.append(seat(one, 1, self.id, plain(Fraction(self.votes[one], self.scale))))
        numbers = {"votes": self.text(self.votes[one]), "quota": self.text(self.quota)}
        self.note(kind, stage=len(self.stages), candidate=one, **numbers)

    def by_votes(self, those: Any) -> list[str]:
        return sorted(those, key=lambda one: (-self.votes[one], one))

    def text(self, units: int) -> int | str:
        votes, part = divmod(units, self.scale)
        return f"{votes}.{part:0{len(str(self.scale)) - 1}d}".rstrip("0") if part else votes


# ---------------------------------------------------------------- the checks

COMPLETE, AUTHENTIC = ("complete", "完整"), ("authentic", "真实")
CONSISTENT, CORRECT = ("consistent", "一致"), ("correct", "正确")
CHECKS = {
    "canonical": (COMPLETE, "written in the one canonical way", "按唯一的规范格式书写"),
    "seal": (COMPLETE, "the hash that it states is its own: {}", "所载哈希值与文件相符：{}"),
    "counts": (COMPLETE, "counts in the input: {}, the same in the result", "输入所载计票{}项，与结果相同"),
    "parts": (COMPLETE, "all parts are there; steps: {}", "各部分齐全，步骤{}项"),
    "input": (AUTHENTIC, "the input has the hash {}", "输入文件的哈希值为{}"),
    "text": (AUTHENTIC, "the ruleset's text {} has the hash that is stated", "规则文本{}的哈希值与所载相符"),
    "decisions": (AUTHENTIC, "decisions: {}, with the hash that is stated", "决定{}项，哈希值与所载相符"),
    "words": (CONSISTENT, "parameters: the words say what the data say", "各参数的文字与数据一致"),
    "sentences": (
        CONSISTENT,
        "steps: the sentences have the names and numbers of the data",
        "各步骤文字中的姓名、数字与数据一致",
    ),
    "seats": (CONSISTENT, "seats{}: {} of {} given or vacant", "名额{}：已分配或缺额{}名，共{}名"),
    "account": (CONSISTENT, "ballots unaccounted for: {}", "去向不明的选票：{}"),
    "parameters": (CONSISTENT, "the parameters are those of the input", "各参数与输入一致"),
    "figures": (CONSISTENT, "the ballot account is that of the input", "选票数与输入一致"),
    "outcome": (CORRECT, "counted again, {}: {}", "重新计票（{}）：{}"),
    "steps": (CORRECT, "steps made again: {}, with the same numbers", "重做步骤{}项，数字相同"),
}
SAID = {
    "head": ("civicrules {}; ruleset {} {}", "civicrules {}；规则集 {} {}"),
    "compare": ("  Compare with the ruleset:", "  请与规则集核对："),
    "no certificate": ("  no certificate for this method; recounted only", "  该办法没有核验证明，只能重新计票"),
    "rejected": ("REJECTED: {} of {} checks failed.", "不予认可：{1}项检查中有{0}项未通过。"),
    "no input": ("No input was given: only consistency was checked.", "未提供输入文件：仅检查了前后一致。"),
    "partly": ("Not everything is verified.", "未能全部核验。"),
    "verified": ("VERIFIED: {} checks passed.", "核验通过：{}项检查全部通过。"),
    "unusable": ("This is no result of civicrules, or it is spoilt.", "该文件不是civicrules的计票结果，或者已损坏。"),
}
LABELS = {
    "seats": "应选名额", "votes_per_ballot": "每票可选人数", "threshold": "当选条件", "tie": "得票相等", "rule": "分配办法",
    "shortfall": "当选人数不足", "options": "其他参数", "limits": "当选限制", "bounds": "名额上下限", "hurdles": "门槛",
    "down_count": "下加计票", "least_elected": "最低当选人数", "majority_clause": "过半数条款", "Decided": "已定",
    "DecisionRequired": "待决定", "CannotSay": "尚不能确定", "Void": "无效",
}  # fmt: skip


class Checks:
    """Numbered checks in four groups, in English (`at` 0) or Chinese (1)."""

    def __init__(self, language: str) -> None:
        self.at, self.lines, self.failed, self.made = int(language == "zh"), list[str](), 0, 0

    def say(self, key: str, *data: Any) -> None:
        self.lines.append(SAID[key][self.at].format(*data))

    def check(self, key: str, passed: bool, *data: Any) -> None:
        self.made += 1
        self.failed += not passed
        group, verdict = CHECKS[key][0][self.at], (("FAILED: ", "passed: "), ("未通过：", "通过："))[self.at][passed]
        self.lines.append(f"{self.made:>3}. [{group}] {verdict}{str(CHECKS[key][self.at + 1]).format(*data)}")

    def label(self, id: str) -> str:
        return LABELS.get(id, id) if self.at else re.sub("([a-z])([A-Z])", r"\1 \2", id).lower().replace("_", " ")


def verify(result: bytes, inputs: list[bytes], rules: list[bytes], language: str = "en") -> tuple[int, list[str]]:
    """The exit status and the lines that say what was checked."""
    checks = Checks(language)
    try:
        return verified(checks, result.decode("utf-8"), inputs, rules), checks.lines
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError, RecursionError):
        checks.say("unusable")
        return (REJECTED if checks.failed else UNUSABLE), checks.lines


def verified(checks: Checks, text: str, inputs: list[bytes], rules: list[bytes]) -> int:
    document = json.loads(text)
    if document["format"] != "civicrules-result/1":
        raise ValueError
    ruleset, wanted = document["ruleset"], document["input"]["sha256"]
    checks.say("head", document["made_by"]["civicrules"], ruleset["id"], ruleset["version"])
    keys = {"format", "made_by", "ruleset", "input", "counts", "sha256"}
    checks.check("canonical", document.keys() == keys and kept(document) == text)
    seal = sha(compact({key: value for key, value in document.items() if key != "sha256"}))
    checks.check("seal", seal == document["sha256"], seal)
    given = next((one for one in inputs if hashlib.sha256(one).hexdigest() == wanted), None)
    if inputs:
        checks.check("input", given is not None, wanted)
    there = {sha(one.decode("utf-8-sig").replace("\r\n", "\n")) for one in rules}
    for one in ruleset["texts"] if rules else []:
        checks.check("text", one["sha256"] in there, one["name"])
    entries = json.loads(given)["counts"] if given else [{"request": None}] * len(document["counts"])
    if given:
        stated, counted = ([(one["id"], one["method"]) for one in those] for those in (document["counts"], entries))
        checks.check("counts", stated == counted, len(counted))
    pairs = list(zip(document["counts"], entries, strict=False))
    covered = [count(checks, one, entry["request"]) for one, entry in pairs]
    if checks.failed:
        checks.say("rejected", checks.failed, checks.made)
        return REJECTED
    checks.say("no input" if not given else "verified" if all(covered) else "partly", checks.made)
    return VERIFIED if given and all(covered) else PARTLY


def count(checks: Checks, one: Any, request: Any) -> bool:
    """The checks of one count; whether there is a certificate for it."""
    outcome, steps, parameters, names = one["outcome"], one["steps"], one["parameters"], one["words"]
    checks.lines.append(f"\n{one['names'].get(('en', 'zh')[checks.at]) or one['id']} ({one['method']})")
    checks.say("compare")
    for id, stated in sorted(parameters.items()):
        checks.lines.append(f"    {checks.label(id)}{(': ', '：')[checks.at]}{stated[('en', 'zh')[checks.at]]}")
    keys = {"id", "names", "method", "parameters", "words", "decisions", "outcome", "steps"} | (
        {"account"} & one.keys()
    )
    shape = all(step.keys() == {"kind", "data", "en", "zh"} for step in steps)
    checks.check("parts", shape and one.keys() == keys, len(steps))
    decisions = one["decisions"]["given"]
    checks.check("decisions", sha(compact(decisions)) == one["decisions"]["sha256"], len(decisions))
    told = [(id, part["data"], at, part[tag]) for id, part in parameters.items() for at, tag in enumerate(("en", "zh"))]
    checks.check("words", all(text == worded(id, data, names, at) for id, data, at, text in told))
    checks.check("sentences", all(sentences_fit(step, names) for step in steps))
    seats = parameters["seats"]["data"]
    for post, places in sorted(seats.items() if isinstance(seats, dict) else [("", seats)]):
        taken = sum(seat["seats"] for seat in outcome["seats"] if seat["post"] == post) + outcome["vacant"].get(post, 0)
        fits = places is None or (taken == places if outcome["is"] == "Decided" else taken <= places)
        checks.check("seats", fits, post and (" ", "")[checks.at] + in_words(post, names, checks.at), taken, places)
    account = one.get("account")
    if account:
        known = [account[name] for name in ("returned", "valid", "invalid")]
        left = None if None in known else known[0] - known[1] - known[2] - (account["blank"] or 0)
        checks.check("account", same(left, account["unaccounted"]), "—" if left is None else left)
    return request is None or recounted(checks, one, request)


def sentences_fit(step: Any, names: Any) -> bool:
    """The sentences of a step name whom its data name; their numbers are of its data, of words in it, or of its own rule."""
    data = step["data"]
    whom = [data[key] for key in ("candidate", "receiver") if key in data]
    named = all(names.get(one, {}).get(tag, one) in step[tag] for one in whom for tag in ("en", "zh"))
    own = [words for id, words in names.items() if compact(id) in compact(data)]
    there = set(re.findall(r"\d+", json.dumps([data, own])))
    there |= {"0", "1", "2"} if re.match("quota|first|too_few|tie_first", step["kind"]) else set()
    told = re.sub(r"(?<=\d),(?=\d{3})", "", step["en"]) + " " + step["zh"]
    return named and set(re.findall(r"\d+", told)) <= there


def recounted(checks: Checks, one: Any, request: Any) -> bool:
    """Count again, and compare with what is stated; whether there is a certificate."""
    stated = {id: part["data"] for id, part in one["parameters"].items()}
    checks.check("parameters", same(stated, asked(request)))
    if request["is"] == "Contest":
        figures = [{name: those[name] for name in FIGURES} for those in (request["account"], one["account"])]
        checks.check("figures", same(*figures))
    decisions = one["decisions"]["given"]
    try:
        again: Any
        if one["method"] in DIVIDING:
            again = Division(request, decisions)
            found = again.run(one["outcome"])
        elif one["method"] in (*BY_POST, "single_transferable_vote"):
            again = (ByPost if one["method"] in BY_POST else Transfer)(request, decisions)
            found = again.run()
        else:
            raise NotCovered
    except NotCovered:
        checks.say("no certificate")
        return False
    seats = [seat["receiver"] + ("" if seat["post"] else f" {seat['seats']}") for seat in found.get("seats", [])]
    checks.check("outcome", same(found, one["outcome"]), checks.label(found["is"]), (", ", "、")[checks.at].join(seats))
    named = [(step["kind"], step["data"]) for step in one["steps"] if not ASIDE.match(step["kind"])]
    alike = len(named) == len(again.steps) and all(
        kind == made and all(key in data and same(data[key], value) for key, value in numbers.items())
        for (kind, data), (made, numbers) in zip(named, again.steps, strict=True)
    )
    checks.check("steps", alike, len(again.steps))
    return True


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
