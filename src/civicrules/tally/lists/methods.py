"""The methods that count elections by lists, as registration data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from civicrules.outcome import Decision, Outcome
from civicrules.plugin import Kind, Method, Parameter, Purpose
from civicrules.program import Names
from civicrules.tally.lists.words import (
    ALLOWED,
    FAULTS,
    FILLS,
    GO_ON,
    IN_ORDER,
    IN_PASSES,
    LIST_ORDER,
    MAJORITY,
    MOST_VOTES,
    NOT_ALLOWED,
    OLDEST,
    STAY_OPEN,
    STRONGEST,
    TOGETHER,
)
from civicrules.tally.seats.words import NAMED, QUOTAS
from civicrules.tally.words import LOT, MOST_VOTES_FIRST, SECOND_BALLOT, WRITE_INS_NOT_COUNTED

if TYPE_CHECKING:
    from civicrules.tally.contest import Contest

_DIVISIONS = tuple(NAMED.items())


def _open(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    from civicrules.tally.lists.lists import open_lists

    return open_lists(contest, decisions)


def _closed(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    from civicrules.tally.lists.lists import closed_lists

    return closed_lists(contest, decisions)


def _bonus(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    from civicrules.tally.lists.lists import list_bonus

    return list_bonus(contest, decisions)


def _key(
    id: str, zh: str, kind: Kind, *options: tuple[str, Names], required: bool = False, default: str = ""
) -> Parameter:
    """A key whose English name is its id in words."""
    names = Names.of(en=id.replace("_", " "), zh=zh)
    return Parameter(id, names, kind, required=required, options=options, default=default)


_FIRST = (
    _key("posts", "职位", Kind.POSTS),
    _key("seats", "应选名额", Kind.NUMBERS, required=True),
)
_PEOPLE = (
    _key("votes", "得票数", Kind.FIELD, default="votes"),
    _key("lists", "名单", Kind.LIST),
    _key("list_votes", "名单得票", Kind.FIELD, default="list_votes"),
    _key("electorate", "选举方式", Kind.MODES),
    _key("valid_vote", "选举有效", Kind.CONDITION),
)
_VOID = _key("void_ballot", "无效票", Kind.OPTIONS, *FAULTS)
_THRESHOLD = _key("threshold", "门槛", Kind.THRESHOLD)
_SEATS = (
    _key("seats_to_lists", "名单席位分法", Kind.OPTION, *_DIVISIONS, required=True),
    _key("quota", "当选数额", Kind.OPTION, *QUOTAS),
    _key("size_limit", "规模界限", Kind.NUMBER),
    _key("under_the_limit", "不足界限时", Kind.OPTION, *_DIVISIONS),
    _THRESHOLD,
    _key("absolute_majority", "得票过半", Kind.OPTION, MAJORITY),
)
_EXHAUSTED = _key("exhausted_lists", "名单人数不足", Kind.OPTION, GO_ON, STAY_OPEN)
_TIE = _key("tie", "名单相等", Kind.OPTIONS, STRONGEST, MOST_VOTES, OLDEST, LOT)
_TIE_ON_A_LIST = _key("tie_on_a_list", "名单内得票相等", Kind.OPTIONS, LIST_ORDER, LOT)

OPEN_LISTS = Method(
    "open_lists",
    Names.of(en="open lists", zh="开放名单"),
    Purpose.CONTEST,
    (
        *_FIRST,
        _key("candidates", "候选人", Kind.CANDIDATES, required=True),
        *_PEOPLE,
        _key("votes_per_ballot", "每票可投票数", Kind.NUMBER),
        _key("votes_for_one_candidate", "每名候选人可得票数", Kind.RANGE),
        _key("across_lists", "跨名单投票", Kind.OPTION, ALLOWED, NOT_ALLOWED),
        _key("list_mark", "名单标记", Kind.OPTIONS, FILLS, IN_ORDER, IN_PASSES),
        _key("several_list_marks", "标记多份名单", Kind.OPTION, WRITE_INS_NOT_COUNTED, TOGETHER),
        _VOID,
        *_SEATS,
        _key("seats_in_a_list", "名单内席位", Kind.OPTION, MOST_VOTES_FIRST),
        _EXHAUSTED,
        _TIE,
        _TIE_ON_A_LIST,
    ),
    _open,
    Names.of(
        en=(
            "Voters have several votes for candidates, as many as there are seats unless the rules say otherwise; they may "
            "give more than one to a candidate (cumulation) and to candidates of several lists (panachage) as far as the "
            "rules allow, or mark a list, which gives its candidates the votes left. The votes of its candidates are those "
            "of the list; seats go to lists by the rule named and on a list to those with most votes. The Swiss "
            "National Council has had panachage since 1919; Bavaria, Hesse and other German states elect councils so. Voters "
            "decide who is elected, so papers are large and counting is slow; known names draw votes to their list. Source: "
            "Bavaria, GLKrWG, articles 34 to 36, and GLKrWO, sections 75 and 85; Hesse, KWG, section 20a."
        ),
        zh=(
            "每名选民有若干票投给候选人，规则未另作规定的，票数与应选名额相同；在规则允许的范围内，可以将数票集中投给一名候选人，"
            "也可以投给不同名单的候选人，或者标记一份名单，剩余票数由该名单候选人补足。候选人得票之和即为名单得票，"
            "席位按所定办法分给各名单，名单内得票多者当选。瑞士国民院自1919年起允许跨名单投票，德国巴伐利亚、黑森等州的地方议会也采用此法。"
            "当选人由选民决定，但选票较大、计票较慢，知名候选人会为所在名单带来选票。"
            "依据：巴伐利亚市镇选举法第三十四条至第三十六条；黑森州地方选举法第20a条。"
        ),
    ),
)

CLOSED_LISTS = Method(
    "closed_lists",
    Names.of(en="closed lists", zh="封闭名单"),
    Purpose.CONTEST,
    (
        *_FIRST,
        _key("candidates", "候选人", Kind.LIST),
        *_PEOPLE,
        _key("preferences_per_ballot", "每票可选候选人数", Kind.NUMBER),
        _VOID,
        *_SEATS,
        _key("preference", "个人得票优先", Kind.THRESHOLD),
        _EXHAUSTED,
        _TIE,
        _TIE_ON_A_LIST,
    ),
    _closed,
    Names.of(
        en=(
            "Voters have one vote for a list, whose seats go to its candidates in its own order. Lists have seats by the rule "
            "named; with a preference threshold, candidates whose own votes pass it come first, in the order of votes. Spain "
            "and South Africa elect by closed lists; the Netherlands have had list votes since 1917 and the threshold of a "
            "quarter of the quota since 1997 (half of it in councils under 19 seats). Parties decide who is elected, the more "
            "the higher the threshold is. Source: Kieswet, articles P 5 to P 19."
        ),
        zh=(
            "每名选民投一票给一份名单，名单内依排列顺序当选。席位按所定办法分给各名单；规定个人得票优先的，"
            "个人得票达到规定的候选人按得票多少优先当选。西班牙、南非采用封闭名单；荷兰自1917年起投票给名单，"
            "自1997年起个人得票超过选举商数四分之一的优先（不足19席的议会为二分之一）。门槛越高，当选人越由政党决定。"
            "依据：荷兰选举法P5条至P19条。"
        ),
    ),
)

LIST_BONUS = Method(
    "list_bonus",
    Names.of(en="list bonus", zh="名单多数奖励"),
    Purpose.CONTEST,
    (
        *_FIRST,
        _key("candidates", "候选人", Kind.LIST),
        *_PEOPLE,
        _VOID,
        _key("decided", "首轮决出", Kind.THRESHOLD),
        _key("bonus", "奖励席位", Kind.NUMBER),
        _THRESHOLD,
        _key("remainder_method", "其余席位分法", Kind.OPTION, *_DIVISIONS),
        _key("second_round_from", "进入第二轮", Kind.THRESHOLD),
        _key("shortfall", "当选人数不足", Kind.FOLLOW_UP, SECOND_BALLOT),
        _EXHAUSTED,
        _TIE,
        _TIE_ON_A_LIST,
    ),
    _bonus,
    Names.of(
        en=(
            "Voters have one vote for a list, and the strongest list has a bonus of seats. With more than half of the votes "
            "it has half of the seats at once, unless the rules say otherwise, and the others are divided among all lists "
            "that pass the threshold, the first included; where no list has so many, those with a tenth of the votes stand in "
            "a second round, in which most votes are enough. French communes of 3,500 inhabitants have voted so since 1983, "
            "of 1,000 since 2014, all since 2026. A majority is sure, and a minority is heard; the first list has far more "
            "than its share. Source: Code électoral, articles L260 to L264."
        ),
        zh=(
            "每名选民投一票给一份名单，得票最多的名单得奖励席位。得票超过半数的名单即得奖励席位，规则未另作规定的为半数席位，其余席位在达到门槛的全部名单"
            "（包括居首者）之间分配；没有名单过半的，得票达到十分之一的名单进入第二轮，得票多者居首。"
            "法国居民3500人以上的市镇自1983年、1000人以上的自2014年、全部市镇自2026年起采用。此法保证产生多数，也使少数得到代表，"
            "但居首名单所得席位远超其得票比例。依据：法国选举法典L260条至L264条。"
        ),
    ),
)

LIST_METHODS: tuple[Method, ...] = (OPEN_LISTS, CLOSED_LISTS, LIST_BONUS)
