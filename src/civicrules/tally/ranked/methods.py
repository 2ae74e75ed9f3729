"""The methods that count ranked papers, as registration data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from civicrules.outcome import Decision, Outcome
from civicrules.plugin import Kind, Method, Parameter, Purpose
from civicrules.program import Names
from civicrules.tally.ranked.words import CUT, DECIMALS, EARLIER_STAGES, GREGORY, READINGS
from civicrules.tally.words import LOT

if TYPE_CHECKING:
    from civicrules.tally.contest import Contest


def _transfer(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    from civicrules.tally.ranked.transfer import single_transferable_vote

    return single_transferable_vote(_fixed(contest), decisions)


def _runoff(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    from civicrules.tally.ranked.runoff import instant_runoff

    return instant_runoff(_fixed(contest), decisions)


def _fixed(contest: Contest) -> Contest:
    """The contest with those who cannot be elected among the withdrawn."""
    from civicrules.tally.ranked.papers import without_barred

    return without_barred(contest)


def _reading(id: str, zh: str) -> Parameter:
    """How a fault on a paper is read."""
    options = READINGS[id]
    names = Names.of(en=id.replace("_", " "), zh=zh)
    return Parameter(id, names, Kind.OPTION, options=options, default=options[0][0])


def _parameters(*own: Parameter) -> tuple[Parameter, ...]:
    """The keys that all counts of ranked papers share, with those of one method."""
    return (
        Parameter("posts", Names.of(en="posts", zh="职位"), Kind.POSTS),
        Parameter("seats", Names.of(en="seats", zh="应选名额"), Kind.NUMBERS),
        Parameter("candidates", Names.of(en="candidates", zh="候选人"), Kind.LIST),
        Parameter("valid_vote", Names.of(en="valid vote", zh="选举有效"), Kind.CONDITION),
        *own,
        Parameter("tie", Names.of(en="tie", zh="得票相等"), Kind.OPTIONS, options=(EARLIER_STAGES, LOT)),
        _reading("skipped_rank", "漏填顺位"),
        _reading("equal_ranks", "同一顺位多人"),
        _reading("repeated_name", "重复填写一人"),
    )


SINGLE_TRANSFERABLE_VOTE = Method(
    "single_transferable_vote",
    Names.of(en="single transferable vote", zh="单一可转移票"),
    Purpose.CONTEST,
    _parameters(
        Parameter("quota", Names.of(en="quota", zh="当选商数"), Kind.NUMBER),
        Parameter(
            "surplus",
            Names.of(en="surplus", zh="余票转移"),
            Kind.OPTION,
            options=(GREGORY,),
            default=GREGORY[0],
        ),
        Parameter("transfer_value", Names.of(en="transfer value", zh="转移值"), Kind.OPTIONS, options=(*DECIMALS, CUT)),
    ),
    _transfer,
    Names.of(
        en=(
            "Voters number candidates in the order of preference; whoever reaches the quota is elected. All papers of the "
            "one elected then go on to the next preference, at values that together make the surplus and are cut after five "
            "decimals. When no surplus is left, the candidate with the fewest votes is excluded and the papers go on at the "
            "values they have. Devised by Thomas Wright Hill in 1819 and Carl Andræ in 1855; fractional transfers are J. B. "
            "Gregory's of 1880. Scotland has elected its councils this way since 2007. Seats follow the preferences of "
            "voters in proportion, whatever parties there are; in rare cases a better place on papers costs a seat. Cutting "
            "loses less than 0.00001 of a vote for each paper of a surplus. Source: Scottish Local Government Elections Order "
            "2011 (SSI 2011/399), schedule 1, part III, rules 47 to 53."
        ),
        zh=(
            "选民按顺位排列候选人，达到当选商数者当选。当选人的全部选票按次一顺位转移，每张按转移值计，合计等于余票，"
            "转移值保留五位小数、尾数舍去；没有余票可转移的，淘汰得票最少的候选人，其选票按原值转移。"
            "此法由托马斯·赖特·希尔（1819年）和卡尔·安德雷（1855年）先后提出，按比例转移余票由格雷戈里于1880年提出；"
            "苏格兰自2007年起以此法选举地方议员。各席位按选民顺位的比例产生，与政党无关；个别情形下候选人顺位提前反而落选。"
            "尾数舍去所失，每张转移余票的选票不足0.00001票。"
            "依据：《2011年苏格兰地方政府选举令》（SSI 2011/399）附表一第三部分第47条至第53条。"
        ),
    ),
    _fixed,
)

INSTANT_RUNOFF = Method(
    "instant_runoff",
    Names.of(en="instant runoff", zh="排序复选制"),
    Purpose.CONTEST,
    _parameters(),
    _runoff,
    Names.of(
        en=(
            "Voters number candidates in the order of preference; whoever has more than half of the votes that still count is "
            "elected. Else the candidate with the fewest is eliminated and those papers go on to their next preference. Also "
            "called the alternative vote. Described by William Ware in 1871; used for the Australian House of Representatives "
            "since 1918, in Papua New Guinea and in Maine. It needs no second polling day and does not split the votes of "
            "candidates who are alike. A candidate whom a majority prefers to every other can be eliminated early, and more "
            "first preferences can cost a win (Burlington, 2009). Source: Parliamentary Voting System and Constituencies Act "
            "2011 (United Kingdom), section 9."
        ),
        zh=(
            "选民按顺位排列候选人，得票超过当轮计票总数半数者当选。无人过半的，淘汰得票最少的候选人，其选票转给次一顺位。又称选择投票制。"
            "1871年由威廉·韦尔提出，澳大利亚众议院自1918年起采用，巴布亚新几内亚、美国缅因州亦采用。此法无须另行投票，主张相近的候选人不致分散选票；"
            "但两两相较均占优势的候选人可能较早被淘汰，第一顺位票增加反而可能落选（2009年伯灵顿市长选举）。"
            "依据：英国《2011年议会投票制度和选区法》第9条。"
        ),
    ),
    _fixed,
)

RANKED_METHODS: tuple[Method, ...] = (SINGLE_TRANSFERABLE_VOTE, INSTANT_RUNOFF)
