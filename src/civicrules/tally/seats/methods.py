"""The methods that divide seats, as registration data: parameters, history, bias, source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from civicrules.outcome import Decision, Outcome
from civicrules.plugin import Kind, Method, Parameter, Purpose
from civicrules.program import Names
from civicrules.tally.seats.words import (
    CUT,
    DIVISOR_LESS_ONE,
    HARE,
    NAMED,
    NEAREST,
    NO_MORE_SEATS,
    QUOTAS,
    RAISED,
    SAME_STEP,
)
from civicrules.tally.words import LOT, MORE_THAN_HALF

if TYPE_CHECKING:
    from civicrules.tally.seats.allocation import Allocation


# ---------------------------------------------------------------- parameters


def _allocation(tie: str, *own: Parameter) -> tuple[Parameter, ...]:
    return (
        Parameter("receivers", Names.of(en="receivers", zh="分配对象"), Kind.LIST, required=True),
        Parameter("weight", Names.of(en="weight", zh="依据"), Kind.FIELD, required=True),
        Parameter("seats", Names.of(en="seats", zh="名额"), Kind.NUMBER, required=True),
        Parameter("each_receiver", Names.of(en="each receiver", zh="各对象名额"), Kind.RANGE),
        Parameter("threshold", Names.of(en="threshold", zh="门槛"), Kind.HURDLE),
        Parameter("exempt", Names.of(en="exempt", zh="不受门槛限制"), Kind.OF_CANDIDATE, needs="threshold"),
        Parameter("list_length", Names.of(en="list length", zh="名单人数"), Kind.FIELD),
        Parameter(
            "majority_clause", Names.of(en="majority clause", zh="过半数条款"), Kind.OPTION, options=(MORE_THAN_HALF,)
        ),
        Parameter("tie", Names.of(en="tie", zh=tie), Kind.OPTIONS, options=(LOT,)),
        *own,
    )


def _parts(id: str, names: Names, *, required: bool = False, default: str = "") -> Parameter:
    return Parameter(id, names, Kind.OPTION, required=required, options=tuple(NAMED.items()), default=default)


def _method(id: str, names: Names, parameters: tuple[Parameter, ...], doc: Names) -> Method:
    """A method by its id in `rules`, which is loaded when seats are divided, and not to know that there is one."""

    def run(request: Allocation, decisions: Sequence[Decision] = ()) -> Outcome:
        from civicrules.tally.seats.rules import divide

        return divide(id, request, decisions)

    def fixed(request: Allocation) -> Allocation:
        from civicrules.tally.seats import rules

        return rules.fixed(id, request)

    return Method(id, names, Purpose.ALLOCATION, parameters, run, doc, fixed)


def _divisors(id: str, en: str, zh: str, doc_en: str, doc_zh: str) -> Method:
    """A divisor method without parameters of its own."""
    return _method(id, Names.of(en=en, zh=zh), _allocation("商数相等"), Names.of(en=doc_en, zh=doc_zh))


# Why the count does not take the largest receivers: their first quotients are no larger than those of the others.
_FEWER_SEATS = Names.of(
    en=(
        " With fewer seats than receivers the first divisor, 0, makes all first quotients infinite and none of them the "
        "largest: who gets a seat is then a question. Whoever wants it decided by size writes a threshold."
    ),
    zh="名额少于分配对象的，首个除数为0，各首个商数均为无穷大，不分大小，由谁得名额作为待决问题提出；需要按大小决定的，应当规定门槛。",
)


def _first_seats(id: str, en: str, zh: str, doc_en: str, doc_zh: str) -> Method:
    """A divisor method in which everybody has a first seat."""
    return _divisors(id, en, zh, doc_en + _FEWER_SEATS.text("en"), doc_zh + _FEWER_SEATS.text("zh"))


LARGEST_REMAINDER = _method(
    "largest_remainder",
    Names.of(en="largest remainder", zh="最大余数法"),
    _allocation(
        "余数相等",
        Parameter(
            "quota",
            Names.of(en="quota", zh="当选数额"),
            Kind.OPTION,
            options=QUOTAS,
            default=HARE[0],
        ),
        Parameter(
            "whole_quota",
            Names.of(en="whole quota", zh="数额取整"),
            Kind.OPTION,
            options=(CUT, RAISED, NEAREST),
        ),
        Parameter(
            "quota_too_small",
            Names.of(en="quota too small", zh="数额过小"),
            Kind.OPTION,
            options=(DIVISOR_LESS_ONE,),
        ),
    ),
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


SAINTE_LAGUE_METHOD = _method(
    "sainte_lague",
    Names.of(en="sainte lague", zh="圣拉古法"),
    _allocation("商数相等"),
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


DHONDT_METHOD = _method(
    "dhondt",
    Names.of(en="dhondt", zh="顿特法"),
    _allocation("商数相等"),
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


DANISH_METHOD = _divisors(
    "danish_divisors",
    "danish divisors",
    "丹麦除数法",
    "Seats go one at a time to the largest quotient of weight and 1, 4, 7, 10 … Used in Denmark to place levelling seats in "
    "constituencies. It favours small receivers strongly: the second seat costs four times the first. More seats never cost "
    "a receiver one. Source: Folketing (Parliamentary) Elections Act of Denmark, section 79; Gallagher, Comparing "
    "Proportional Representation Electoral Systems, 1992.",
    "以各分配对象的数量依次除以1、4、7、10……，名额逐个分给商数最大的对象。丹麦用以确定补偿议席所在选区。此法明显有利于较小的对象，"
    "第二个名额所需数量为第一个的四倍；总名额增加时，任何对象的名额都不会减少。"
    "出处：丹麦议会选举法第七十九条；加拉格尔《比例代表选举制度比较》1992年。",
)

IMPERIALI_METHOD = _divisors(
    "imperiali_divisors",
    "imperiali divisors",
    "因佩里亚利除数法",
    "Seats go one at a time to the largest quotient of weight and 1, 1½, 2, 2½ … Named after the Belgian senator Pierre "
    "Imperiali and used for Belgian municipal councils since 1921. It favours large receivers more than D'Hondt; a receiver "
    "can have fewer seats than the whole part of its share. More seats never cost a receiver one. Source: Gallagher, "
    "Comparing Proportional Representation Electoral Systems, 1992.",
    "以各分配对象的数量依次除以1、1.5、2、2.5……，名额逐个分给商数最大的对象。以比利时参议员因佩里亚利命名，自1921年起用于比利时市镇议会选举。"
    "此法比顿特法更有利于较大的对象，对象所得名额可能少于其应得份额的整数部分；总名额增加时，任何对象的名额都不会减少。"
    "出处：加拉格尔《比例代表选举制度比较》1992年。",
)

MACAU_METHOD = _divisors(
    "macau_divisors",
    "macau divisors",
    "澳门改良顿特法",
    "Seats go one at a time to the largest quotient of weight and 1, 2, 4, 8 … Used for the Legislative Assembly of Macau. "
    "It favours small receivers strongly: each further seat costs twice the one before. More seats never cost a receiver "
    "one. Source: Law 3/2001 of Macau, article 17.",
    "以各名单的得票依次除以1、2、4、8……，名额逐个分给商数最大的名单。用于澳门特别行政区立法会直接选举。此法明显有利于较小的对象，"
    "每多一个名额，所需数量加倍；总名额增加时，任何对象的名额都不会减少。出处：澳门特别行政区第3/2001号法律第十七条。",
)

HUNTINGTON_HILL_METHOD = _first_seats(
    "huntington_hill",
    "huntington hill",
    "亨廷顿希尔法",
    "Seats go one at a time to the largest quotient of weight and √(k (k − 1)) for the k-th seat; quotients are compared by "
    "their squares, so nothing is rounded. Everybody has one seat before any quotient. Proposed by Joseph Hill in 1911 and "
    "Edward Huntington in 1921; used for the United States House of Representatives since 1941. It favours small receivers "
    "slightly. More seats never cost a receiver one. Source: 2 U.S.C. 2a; Balinski and Young, Fair Representation.",
    "各对象先得一名，其后以各对象的数量除以相邻两个名额数之积的平方根，名额逐个分给商数最大的对象；比较时以商数的平方为准，不作取舍。"
    "1911年由希尔、1921年由亨廷顿提出，自1941年起用于分配美国众议院议席。此法略有利于较小的对象；总名额增加时，任何对象的名额都不会减少。"
    "出处：《美国法典》第2编第2a条；巴林斯基、扬《公平代表》。",
)

DEAN_METHOD = _first_seats(
    "dean_divisors",
    "dean divisors",
    "迪安法",
    "Seats go one at a time to the largest quotient of weight and 2 k (k − 1) / (2 k − 1), the harmonic mean of two numbers "
    "of seats. Everybody has one seat before any quotient. Proposed by James Dean to Daniel Webster in 1832; never used. "
    "It favours small receivers. More seats never cost a receiver one. Source: Balinski and Young, Fair Representation.",
    "各对象先得一名，其后以各对象的数量除以相邻两个名额数的调和平均数，名额逐个分给商数最大的对象。1832年由迪安向韦伯斯特提出，未曾实际采用。"
    "此法有利于较小的对象；总名额增加时，任何对象的名额都不会减少。出处：巴林斯基、扬《公平代表》。",
)

ADAMS_METHOD = _first_seats(
    "adams_divisors",
    "adams divisors",
    "亚当斯法",
    "Seats go one at a time to the largest quotient of weight and 0, 1, 2 …: everybody has one seat before any quotient, "
    "and shares are in effect rounded up. Proposed by John Quincy Adams in 1832; used in Japan to divide the seats of the "
    "House of Representatives among prefectures. It favours small receivers, and none gets more seats than its share "
    "rounded up. More seats never cost a receiver one. Source: Balinski and Young, Fair Representation.",
    "各对象先得一名，其后以各对象的数量依次除以1、2、3……，名额逐个分给商数最大的对象，实际上相当于份额尾数进一。1832年由亚当斯提出，"
    "日本用以在都道府县之间分配众议院议席。此法有利于较小的对象，任何对象所得名额都不多于其份额进一之数；"
    "总名额增加时，任何对象的名额都不会减少。出处：巴林斯基、扬《公平代表》。",
)

MODIFIED_SAINTE_LAGUE = _method(
    "modified_sainte_lague",
    Names.of(en="modified sainte lague", zh="修正圣拉古法"),
    _allocation(
        "商数相等",
        Parameter("first_divisor", Names.of(en="first divisor", zh="首个除数"), Kind.FRACTION, required=True),
    ),
    Names.of(
        en=(
            "Seats go one at a time to the largest quotient of weight and a first divisor, then 3, 5, 7 … The first divisor is "
            "1.4 in Norway, and was in Sweden from 1952 until it became 1.2 for the election of 2018. Above 1 it makes the "
            "first seat dearer for small receivers; from the second on nothing is changed. More seats never cost a receiver "
            "one. Source: Election Act of Norway 2023; Elections Act of Sweden (2005:837), chapter 14."
        ),
        zh=(
            "以各分配对象的数量除以首个除数，其后依次除以3、5、7……，名额逐个分给商数最大的对象。首个除数在挪威为1.4；"
            "瑞典自1952年起为1.4，2018年选举起改为1.2。首个除数大于1时，较小的对象取得第一个名额较难，第二个名额起与圣拉古法相同；"
            "总名额增加时，任何对象的名额都不会减少。出处：挪威选举法（2023年）；瑞典选举法（2005:837）第十四章。"
        ),
    ),
)

LISTED_DIVISORS = _method(
    "listed_divisors",
    Names.of(en="listed divisors", zh="自列除数法"),
    _allocation(
        "商数相等",
        Parameter("divisors", Names.of(en="divisors", zh="除数"), Kind.NUMBERS, required=True),
        Parameter(
            "after_the_last",
            Names.of(en="after the last", zh="末个除数之后"),
            Kind.OPTION,
            required=True,
            options=(NO_MORE_SEATS, SAME_STEP),
        ),
    ),
    Names.of(
        en=(
            "Seats go one at a time to the largest quotient of weight and the divisors that the rules list, each larger than "
            "the one before. After the last they go on by the last difference, or nobody can have more seats than there are "
            "divisors: the rules say which. Divisors that grow slowly favour large receivers, those that grow fast small ones. "
            "More seats never cost a receiver one. Source: Balinski and Young, Fair Representation, appendix A."
        ),
        zh=(
            "以各分配对象的数量依次除以规则列明的除数，后一个除数大于前一个，名额逐个分给商数最大的对象。末个除数之后，或者按末次差数递增，"
            "或者任何对象的名额不得多于除数个数，由规则写明。除数递增慢的有利于较大的对象，递增快的有利于较小的对象；"
            "总名额增加时，任何对象的名额都不会减少。出处：巴林斯基、扬《公平代表》附录一。"
        ),
    ),
)

BONUS_AND_AVERAGES = _method(
    "bonus_and_averages",
    Names.of(en="bonus and averages", zh="多数奖励与最高均数"),
    _allocation(
        "商数相等",
        Parameter("bonus", Names.of(en="bonus", zh="奖励席位"), Kind.NUMBER),
        _parts("remainder_method", Names.of(en="remainder method", zh="其余席位分法"), default="highest_averages"),
    ),
    Names.of(
        en=(
            "The receiver with the largest number has a bonus ahead, half of the seats rounded up unless the rules say "
            "otherwise; the others are divided among all that take part, the first included. Used for French municipal "
            "councils since 1983. It gives the first a sure majority. Equality in the first place is a question. Source: Code "
            "électoral, article L262."
        ),
        zh=(
            "居首者先得奖励名额，规则未另作规定的为总名额的一半，尾数进一；其余名额在参加分配的全部对象（包括居首者）之间分配。"
            "自1983年起用于法国市镇议会选举。此法保证居首者取得多数；并列首位的，交由有权机关决定。出处：法国选举法典L262条。"
        ),
    ),
)

BY_SIZE = _method(
    "by_size",
    Names.of(en="by size", zh="依规模而定"),
    _allocation(
        "商数相等",
        Parameter("size_limit", Names.of(en="size limit", zh="规模界限"), Kind.NUMBER, required=True),
        _parts("under_the_limit", Names.of(en="under the limit", zh="不足界限时"), required=True),
        _parts("from_the_limit", Names.of(en="from the limit", zh="达到界限时"), required=True),
    ),
    Names.of(
        en=(
            "Under a number of seats one rule holds, from there on another. The Netherlands divide the seats left over in "
            "councils of fewer than 19 seats by largest remainders, and by highest averages from 19 on: remainders give small "
            "lists a chance where seats are few. At the limit itself a seat more can cost a receiver one. Source: Kieswet, "
            "articles P 7 and P 8."
        ),
        zh=(
            "名额不足规定界限的适用一种办法，达到界限的适用另一种。荷兰市镇议会不足19席的，剩余席位按最大余数分配，"
            "19席以上的按最高均数分配，使席位较少时小名单也有机会。在界限处，总名额增加时个别对象的名额可能减少。"
            "出处：荷兰选举法P7条、P8条。"
        ),
    ),
)

ALLOCATION_METHODS: tuple[Method, ...] = (
    LARGEST_REMAINDER,
    SAINTE_LAGUE_METHOD,
    DHONDT_METHOD,
    MODIFIED_SAINTE_LAGUE,
    DANISH_METHOD,
    IMPERIALI_METHOD,
    MACAU_METHOD,
    HUNTINGTON_HILL_METHOD,
    DEAN_METHOD,
    ADAMS_METHOD,
    LISTED_DIVISORS,
    BONUS_AND_AVERAGES,
    BY_SIZE,
)
