"""The parameters that a result states, as data and in words, from the canonical request that was counted.

Whoever verifies a result compares these words with the text of the law; a program compares them with the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from civicrules.program import Names
from civicrules.tally import BASES

Data = Mapping[str, Any]
Words = Mapping[str, Names]

_SHARES = MappingProxyType(
    {
        True: Names.of(en="more than {share} of {base}", zh="得票超过{base}的{share}"),
        False: Names.of(en="at least {share} of {base}", zh="得票不少于{base}的{share}"),
    }
)
_NO_SHARE = Names.of(en="no share to reach", zh="不要求达到一定比例")
_NOT_SAID = Names.of(en="not said", zh="未规定")
_NO_LIMIT = Names.of(en="no limit", zh="不限")
_YES_NO = (Names.of(en="no", zh="否"), Names.of(en="yes", zh="是"))
_DIVISORS = Names.of(en="divisors {listed} and so on", zh="除数依次为{listed}，依此类推")
_ALL_DIVISORS = Names.of(en="divisors {listed} and no further", zh="除数依次为{listed}，至此为止")
_ROOTS = Names.of(en="divisors: the roots of {listed} and so on", zh="除数依次为{listed}的平方根，依此类推")
_QUOTAS = MappingProxyType(
    {
        "Quota.HARE": Names.of(en="Hare quota: total / seats", zh="黑尔数额：总数÷名额"),
        "Quota.DROOP": Names.of(
            en="Droop quota: total / (seats + 1), rounded down, + 1", zh="特罗普数额：总数÷（名额+1），尾数舍去，加1"
        ),
        "Quota.HAGENBACH_BISCHOFF": Names.of(
            en="Hagenbach-Bischoff quota: total / (seats + 1)", zh="哈根巴赫比绍夫数额：总数÷（名额+1）"
        ),
        "Quota.IMPERIALI": Names.of(en="Imperiali quota: total / (seats + 2)", zh="因佩里亚利数额：总数÷（名额+2）"),
    }
)
_ROUNDINGS = MappingProxyType(
    {
        None: Names.of(en="not rounded", zh="不取整"),
        "Rounding.DOWN": Names.of(en="rounded down", zh="尾数舍去"),
        "Rounding.UP": Names.of(en="rounded up", zh="尾数进一"),
        "Rounding.HALF_UP": Names.of(en="rounded half up", zh="四舍五入"),
    }
)
_REMAINDERS = Names.of(
    en="{quota}, {rounding}; then the largest remainders", zh="{quota}，{rounding}；其余按余数大小分配"
)

_REGIME = Names.of(
    en="fewer than {limit} seats: {below}; otherwise: {otherwise}",
    zh="名额不足{limit}名：{below}；达到{limit}名：{otherwise}",
)
_BONUS = Names.of(
    en="{ahead} to the first{condition}; the others: {by}", zh="得票最多者先得{ahead}{condition}；其余名额：{by}"
)
_AHEAD = Names.of(en="seats: {seats}", zh="{seats}名")
_HALF = Names.of(en="half of the seats, rounded up,", zh="半数名额（尾数进一）")
_NEEDS = Names.of(en=" if it has more than {share} of the total", zh="，但得票应当超过总数的{share}")


def parameters(request: Data, words: Words) -> Mapping[str, Mapping[str, Any]]:
    """What a canonical request asks, by the id of the parameter: `data`, and the words in every language.

    >>> from civicrules.tally import Allocation, DHONDT
    >>> from civicrules.tally.questions import canonical
    >>> parameters(canonical(Allocation((), 5, DHONDT)), {})["rule"]["en"]
    'divisors 1, 2, 3 and so on'
    """
    found = _of_contest(request) if request["is"] == "Contest" else _of_allocation(request)
    return {
        id: {"data": data, **{tag: _worded(id, data, words, tag) for tag in ("en", "zh")}} for id, data in found.items()
    }


def _of_contest(request: Data) -> dict[str, Any]:
    posts, threshold, ballots = request["posts"], request["threshold"], request["ballots"]
    marks = {post["id"]: post["seats"] if post["marks"] is None else post["marks"] for post in posts}
    return {
        "seats": {post["id"]: post["seats"] for post in posts},
        "threshold": threshold and {name: threshold[name] for name in ("base", "share", "strict")},
        "tie": request["tie_policy"],
        "shortfall": [request["shortfall"]] if request["shortfall"] else [],
        **({"options": request["options"]} if request["options"] else {}),
        **({"limits": [limit["id"] for limit in request["limits"]]} if request["limits"] else {}),
        **({"down_count": True} if request["down_count"] else {}),
        **({"least_elected": request["least_elected"]} if request["least_elected"] else {}),
        **({} if ballots and ballots["ranks"] else {"votes_per_ballot": marks}),
        **(_of_papers(request["papers"]) if ballots and not ballots["ranks"] else {}),
    }


def _of_papers(rules: Data) -> dict[str, Any]:
    """What makes marked papers, or what they say for a post, void, and whether names written in count."""
    return {name: rules[name] for name in ("void", "void_part", "write_ins") if rules[name]}


def _of_allocation(request: Data) -> dict[str, Any]:
    bounds = {one["id"]: [one["minimum"], one["maximum"]] for one in request["receivers"]}
    exempt = [one["id"] for one in request["receivers"] if one["exempt"]]
    bounded = {id: both for id, both in bounds.items() if both != [0, None]}
    return {
        "seats": request["seats"],
        "rule": request["by"],
        "tie": request["tie_policy"],
        **({"bounds": bounded} if bounded else {}),
        **({"hurdles": request["hurdles"]} if request["hurdles"] else {}),
        **({"exempt": exempt} if exempt and request["hurdles"] else {}),
        **({"majority_clause": True} if request["majority_clause"] else {}),
        **({"options": request["options"]} if request["options"] else {}),
    }


def _worded(id: str, data: Any, words: Words, tag: str) -> str:
    match id:
        case "threshold":
            if not data:
                return _NO_SHARE.text(tag)
            share = _SHARES[data["strict"]].text(tag)
            return share.format(share=data["share"], base=BASES[data["base"]].text(tag))
        case "rule":
            return _rule(data, tag)
        case "hurdles":
            return _OR.text(tag).join(_hurdle(one, tag) for one in data)
        case _:
            return _plain(data, words, tag)


def _plain(data: Any, words: Words, tag: str) -> str:
    """Numbers, words and lists of them, with the names of ids."""
    comma, colon = ("、", "：") if tag == "zh" else (", ", ": ")
    match data:
        case None:
            return _NO_LIMIT.text(tag)
        case bool():
            return _YES_NO[data].text(tag)
        case str():
            return words[data].text(tag) if data in words else data.replace("_", " ")
        case list() | dict() if not data:
            return _NOT_SAID.text(tag)
        case list():
            return comma.join(_plain(one, words, tag) for one in data)
        case dict():
            parts = {key: _plain(one, words, tag) for key, one in sorted(data.items())}
            return ("；" if tag == "zh" else "; ").join(
                f"{_plain(key, words, tag)}{colon}{part}" for key, part in parts.items()
            )
        case _:
            return str(data)


_OR = Names.of(en=" or ", zh="或者")
_HURDLES = {
    ("Of.TOTAL", False): Names.of(en="at least {least} of the total", zh="不少于总数的{least}"),
    ("Of.TOTAL", True): Names.of(en="more than {least} of the total", zh="超过总数的{least}"),
    ("Of.QUOTA", False): Names.of(en="at least {least} of the quota", zh="不少于数额的{least}"),
    ("Of.QUOTA", True): Names.of(en="more than {least} of the quota", zh="超过数额的{least}"),
    ("Of.VOTES", False): Names.of(en="at least {least}", zh="不少于{least}"),
    ("Of.VOTES", True): Names.of(en="more than {least}", zh="超过{least}"),
}


def _hurdle(hurdle: Data, tag: str) -> str:
    return _HURDLES[str(hurdle["of"]), bool(hurdle["strict"])].text(tag).format(least=hurdle["least"])


def _rule(rule: Data, tag: str) -> str:
    comma = "、" if tag == "zh" else ", "
    match rule["is"]:
        case "LargestRemainder":
            quota, rounding = _QUOTAS[rule["quota"]].text(tag), _ROUNDINGS[rule["rounding"]].text(tag)
            return _REMAINDERS.text(tag).format(quota=quota, rounding=rounding)
        case "Listed":
            form = _ALL_DIVISORS if rule["then"] is None else _DIVISORS
            return form.text(tag).format(listed=comma.join(map(str, rule["divisors"])))
        case "Divisors":
            first, step = Fraction(rule["first"]), Fraction(rule["step"])
            opening = first if rule["opening"] is None else Fraction(rule["opening"])
            return _DIVISORS.text(tag).format(listed=comma.join(map(str, (opening, first + step, first + 2 * step))))
        case "Powers":
            base = rule["base"]
            return _DIVISORS.text(tag).format(listed=comma.join(map(str, (1, base, base**2))))
        case "Dean":
            return _DIVISORS.text(tag).format(listed=comma.join(("0", "4/3", "12/5")))
        case "HuntingtonHill":
            return _ROOTS.text(tag).format(listed=comma.join(("0", "2", "6")))
        case "Regime":
            below, otherwise = (_rule(rule[part], tag) for part in ("below", "otherwise"))
            return _REGIME.text(tag).format(limit=rule["limit"], below=below, otherwise=otherwise)
        case "Bonus":
            seats, needs = rule["seats"], rule["needs"]
            ahead = _HALF.text(tag) if seats is None else _AHEAD.text(tag).format(seats=seats)
            condition = "" if needs is None else _NEEDS.text(tag).format(share=needs)
            return _BONUS.text(tag).format(ahead=ahead, condition=condition, by=_rule(rule["by"], tag))
        case _:
            return str(rule["is"])
