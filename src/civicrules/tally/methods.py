"""The counting and allocation methods that civicrules brings, as registration data."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from civicrules.outcome import Decision, Outcome
from civicrules.plugin import Kind, Method, Parameter, Purpose
from civicrules.program import Names
from civicrules.tally.allocation import DHONDT, SAINTE_LAGUE, Allocation, LargestRemainder, Quota
from civicrules.tally.apportion import allocate
from civicrules.tally.majority import count
from civicrules.tally.words import ANOTHER_VOTE, LOT, MARKS_MORE_THAN_SEATS, SECOND_BALLOT, VACANCY


def largest_remainder(request: Allocation, decisions: Sequence[Decision] = ()) -> Outcome:
    """Divide by quotas and remainders; the option `quota` names the quota, Hare when it is not given."""
    quota = Quota(request.options.get("quota", Quota.HARE.value))
    return allocate(evolve(request, by=LargestRemainder(quota)), decisions)


def sainte_lague(request: Allocation, decisions: Sequence[Decision] = ()) -> Outcome:
    """Divide by the divisors 1, 3, 5 …"""
    return allocate(evolve(request, by=SAINTE_LAGUE), decisions)


def dhondt(request: Allocation, decisions: Sequence[Decision] = ()) -> Outcome:
    """Divide by the divisors 1, 2, 3 …"""
    return allocate(evolve(request, by=DHONDT), decisions)


_CONTEST = (
    Parameter("posts", Names.of(en="posts", zh="职位"), Kind.POSTS, required=True),
    Parameter("seats", Names.of(en="seats", zh="应选名额"), Kind.NUMBERS, required=True),
    Parameter("candidates", Names.of(en="candidates", zh="候选人"), Kind.LIST, required=True),
    Parameter("valid_vote", Names.of(en="valid vote", zh="选举有效"), Kind.CONDITION),
    Parameter(
        "void_ballot",
        Names.of(en="void ballot", zh="无效票"),
        Kind.OPTION,
        options=(MARKS_MORE_THAN_SEATS,),
        default=MARKS_MORE_THAN_SEATS[0],
    ),
    Parameter("base", Names.of(en="base", zh="计票基数"), Kind.BASE),
    Parameter(
        "elected",
        Names.of(en="elected", zh="当选"),
        Kind.THRESHOLD,
        required=True,
        options=(("most_votes_first", Names.of(en="most votes first", zh="得票多者当选")),),
    ),
    Parameter("tie", Names.of(en="tie", zh="得票相等"), Kind.OPTIONS, options=(ANOTHER_VOTE, LOT)),
    Parameter("shortfall", Names.of(en="shortfall", zh="当选人数不足"), Kind.OPTION, options=(SECOND_BALLOT, VACANCY)),
)


def _allocation(tie: str, *own: Parameter) -> tuple[Parameter, ...]:
    return (
        Parameter("receivers", Names.of(en="receivers", zh="分配对象"), Kind.LIST, required=True),
        Parameter("weight", Names.of(en="weight", zh="依据"), Kind.FIELD, required=True),
        Parameter("seats", Names.of(en="seats", zh="名额"), Kind.NUMBER, required=True),
        Parameter("each_receiver", Names.of(en="each receiver", zh="各对象名额"), Kind.RANGE),
        Parameter("tie", Names.of(en="tie", zh=tie), Kind.OPTIONS, options=(LOT,)),
        *own,
    )


MAJORITY_BY_POST = Method(
    "majority_by_post",
    Names.of(en="majority by post", zh="按职位多数当选"),
    Purpose.CONTEST,
    _CONTEST,
    count,
    Names.of(
        en=(
            "Each post is counted on its own. Whoever reaches the threshold is elected in the order of votes "
            "until the seats are filled; seats that too few reach it for stay open. This is how villagers' and "
            "residents' committees are elected in China since direct elections began there in the 1980s, and how "
            "many associations elect their boards. It favours candidates with broad support; a majority can win "
            "every seat. Equal votes at the last seat are put to a human. Source: Organic Law of the Villagers' "
            "Committees, article 15."
        ),
        zh=(
            "各职位分别计票。得票达到当选条件的，按得票多少依次当选，直至选足应选名额；达到条件的人数不足的，其余名额空缺。"
            "我国自20世纪80年代推行直接选举以来，村民委员会、居民委员会即按此办法选举，不少社会团体选举理事会也采用此法。"
            "此法有利于获得广泛支持的候选人，多数一方可能取得全部名额。末位得票相等的，交由有权机关决定。"
            "依据：村民委员会组织法第十五条。"
        ),
    ),
)

LARGEST_REMAINDER = Method(
    "largest_remainder",
    Names.of(en="largest remainder", zh="最大余数法"),
    Purpose.ALLOCATION,
    _allocation(
        "余数相等",
        Parameter(
            "quota",
            Names.of(en="quota", zh="当选数额"),
            Kind.OPTION,
            options=(
                (Quota.HARE.value, Names.of(en="hare quota", zh="黑尔数额")),
                (Quota.DROOP.value, Names.of(en="droop quota", zh="特罗普数额")),
            ),
            default=Quota.HARE.value,
        ),
    ),
    largest_remainder,
    Names.of(
        en=(
            "Each receiver gets a seat for every whole quota of its weight; seats left go one each to the largest "
            "remainders. Proposed by Alexander Hamilton in 1792 for the United States House of Representatives "
            "and used there for the censuses of 1850 to 1900; with the Hare quota it favours neither large nor "
            "small receivers, with the Droop quota slightly the large. More seats can cost a receiver one of its "
            "own (the Alabama paradox of 1880). Source: Balinski and Young, Fair Representation, 2nd edition "
            "2001."
        ),
        zh=(
            "各分配对象的数量每满一个数额得一个名额，剩余名额按余数由大到小各分一个。1792年由汉密尔顿提出，用于分配美国众议院议席，"
            "自1850年至1900年历次人口普查后沿用。采用黑尔数额时对大小对象无所偏向，采用特罗普数额时略有利于较大的对象。"
            "总名额增加时，个别对象的名额反而可能减少（1880年的“阿拉巴马悖论”）。"
            "出处：巴林斯基、扬《公平代表》2001年第二版。"
        ),
    ),
)

SAINTE_LAGUE_METHOD = Method(
    "sainte_lague",
    Names.of(en="sainte lague", zh="圣拉古法"),
    Purpose.ALLOCATION,
    _allocation("商数相等"),
    sainte_lague,
    Names.of(
        en=(
            "Seats go one at a time to the largest quotient of weight and 1, 3, 5 … Proposed by Daniel Webster in "
            "1832 as rounding to the nearest number and by André Sainte-Laguë in 1910; used in Germany, New "
            "Zealand and Latvia. Of the divisor methods it favours neither large nor small receivers. More seats "
            "never cost a receiver one. Source: Sainte-Laguë, La représentation proportionnelle et la méthode des "
            "moindres carrés, 1910; Balinski and Young, Fair Representation."
        ),
        zh=(
            "以各分配对象的数量依次除以1、3、5……，名额逐个分给商数最大的对象。1832年由韦伯斯特以四舍五入的形式提出，1910年由圣拉古提出，"
            "用于德国、新西兰、拉脱维亚等国。在各种除数法中，此法对大小对象无所偏向；总名额增加时，任何对象的名额都不会减少。"
            "出处：圣拉古《比例代表制与最小二乘法》1910年；巴林斯基、扬《公平代表》。"
        ),
    ),
)

DHONDT_METHOD = Method(
    "dhondt",
    Names.of(en="dhondt", zh="顿特法"),
    Purpose.ALLOCATION,
    _allocation("商数相等"),
    dhondt,
    Names.of(
        en=(
            "Seats go one at a time to the largest quotient of weight and 1, 2, 3 … Proposed by Thomas Jefferson "
            "in 1792 and by Victor D'Hondt in 1878; used in Spain, Portugal and the Netherlands. It favours large "
            "receivers, and none gets fewer seats than the whole part of its share. More seats never cost a "
            "receiver one. Source: D'Hondt, La représentation proportionnelle des partis par un électeur, 1878; "
            "Balinski and Young, Fair Representation."
        ),
        zh=(
            "以各分配对象的数量依次除以1、2、3……，名额逐个分给商数最大的对象。1792年由杰斐逊提出，1878年由顿特提出，"
            "用于西班牙、葡萄牙、荷兰等国。此法有利于较大的对象，任何对象所得名额都不少于其应得份额的整数部分；"
            "总名额增加时，任何对象的名额都不会减少。出处：顿特《一名选民论政党比例代表制》1878年；巴林斯基、扬《公平代表》。"
        ),
    ),
)

METHODS: tuple[Method, ...] = (MAJORITY_BY_POST, LARGEST_REMAINDER, SAINTE_LAGUE_METHOD, DHONDT_METHOD)
