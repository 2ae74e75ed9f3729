"""Methods that count votes for candidates post by post, as registration data. One count serves them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from civicrules.outcome import Decision, Outcome
from civicrules.plugin import Kind, Method, Parameter, Purpose
from civicrules.program import Names
from civicrules.tally.words import (
    ANOTHER_VOTE,
    AT_ELECTION,
    AT_NOMINATION,
    KEPT_FOR_GROUP,
    LOT,
    MARKS_MORE_THAN_SEATS,
    MOST_VOTES_FIRST,
    NOT_COUNTED_DOWN,
    OPEN_TO_ALL,
    SAME_PERSON_TWICE,
    SECOND_BALLOT,
    VACANCY,
    WRITE_INS_COUNTED,
    WRITE_INS_NOT_COUNTED,
)

if TYPE_CHECKING:
    from civicrules.tally.contest import Contest

_FAULTS = (MARKS_MORE_THAN_SEATS, SAME_PERSON_TWICE)

# What every one of these methods lets a ruleset say.
_POSTS = Names.of(en="posts", zh="职位")
_FIRST = (
    Parameter("seats", Names.of(en="seats", zh="应选名额"), Kind.NUMBERS, required=True),
    Parameter("candidates", Names.of(en="candidates", zh="候选人"), Kind.CANDIDATES, required=True),
    Parameter("votes", Names.of(en="votes", zh="得票数"), Kind.FIELD, default="votes"),
    Parameter("electorate", Names.of(en="electorate", zh="选举方式"), Kind.MODES),
    Parameter("valid_vote", Names.of(en="valid vote", zh="选举有效"), Kind.CONDITION),
)
_PAPERS = (
    Parameter("void_ballot", Names.of(en="void ballot", zh="无效票"), Kind.OPTIONS, options=_FAULTS),
    Parameter("void_part", Names.of(en="void part", zh="部分无效"), Kind.OPTIONS, options=_FAULTS),
    Parameter(
        "write_ins",
        Names.of(en="write ins", zh="另选他人"),
        Kind.OPTION,
        options=(WRITE_INS_COUNTED, WRITE_INS_NOT_COUNTED),
    ),
)
_BASE = Parameter("base", Names.of(en="base", zh="计票基数"), Kind.BASE)


def _elected(required: bool) -> Parameter:
    names = Names.of(en="elected", zh="当选")
    return Parameter("elected", names, Kind.THRESHOLD, required=required, options=(MOST_VOTES_FIRST,))


def _shortfall(required: bool = False) -> Parameter:
    names = Names.of(en="shortfall", zh="当选人数不足")
    return Parameter("shortfall", names, Kind.FOLLOW_UP, required=required, options=(SECOND_BALLOT, VACANCY))


_TIE = Parameter("tie", Names.of(en="tie", zh="得票相等"), Kind.OPTIONS, options=(ANOTHER_VOTE, LOT))
_LIMITS = (
    Parameter(
        "down_count",
        Names.of(en="down count", zh="下加计票"),
        Kind.OPTION,
        options=(NOT_COUNTED_DOWN, AT_NOMINATION, AT_ELECTION),
    ),
    Parameter("reserved_seats", Names.of(en="reserved seats", zh="保留名额"), Kind.NUMBER, needs="reserved_for"),
    Parameter("reserved_for", Names.of(en="reserved for", zh="保留对象"), Kind.OF_CANDIDATE, needs="reserved_seats"),
    Parameter(
        "unfilled_reserve",
        Names.of(en="unfilled reserve", zh="保留名额未选足"),
        Kind.OPTIONS,
        options=(SECOND_BALLOT, KEPT_FOR_GROUP, OPEN_TO_ALL),
    ),
    Parameter("among_the_elected", Names.of(en="among the elected", zh="当选人中"), Kind.LIMITS),
    Parameter("not_together", Names.of(en="not together", zh="不得同时当选"), Kind.RELATIVES),
    Parameter("vacancy_from", Names.of(en="vacancy from", zh="可以缺额的最低当选人数"), Kind.NUMBER),
)
_PER_BALLOT = Parameter(
    "votes_per_ballot", Names.of(en="votes per ballot", zh="每票可选人数"), Kind.NUMBER, required=True
)
_FOR_ONE = Parameter(
    "votes_for_one_candidate",
    Names.of(en="votes for one candidate", zh="每票可投同一候选人的票数"),
    Kind.NUMBER,
    required=True,
)


def _parameters(
    *own: Parameter, posts: bool = False, elected: bool = False, follow_up: bool = False
) -> tuple[Parameter, ...]:
    """The parameters of a method, with which of the shared ones it cannot do without."""
    first = Parameter("posts", _POSTS, Kind.POSTS, required=posts)
    return (first, *_FIRST, *own, *_PAPERS, _BASE, _elected(elected), _TIE, _shortfall(follow_up), *_LIMITS)


def _method(id: str, names: Names, parameters: tuple[Parameter, ...], doc: Names) -> Method:
    """A method by its id in `marks`, which is loaded when votes are counted, and not to know that there is one."""

    def run(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
        from civicrules.tally.posts.marks import counted

        return counted(id, contest, decisions)

    def fixed(contest: Contest) -> Contest:
        from civicrules.tally.posts import marks

        return marks.fixed(id, contest)

    return Method(id, names, Purpose.CONTEST, parameters, run, doc, fixed)


MAJORITY_BY_POST = _method(
    "majority_by_post",
    Names.of(en="majority by post", zh="按职位多数当选"),
    _parameters(posts=True, elected=True),
    Names.of(
        en=(
            "Each post is counted on its own, the highest first. Whoever reaches the threshold is elected in the order of "
            "votes until the seats are filled; for seats that too few reach it for, the ruleset says what follows. This is "
            "how villagers' and residents' committees are elected in China since direct elections began there in the "
            "1980s, and how many associations elect their boards. It favours candidates with broad support; a majority can "
            "win every seat. Equal votes at the last seat are put to a human. Source: Organic Law of the Villagers' "
            "Committees, article 15."
        ),
        zh=(
            "各职位由高到低分别计票。得票达到当选条件的，按得票多少依次当选，直至选足应选名额；达到条件的人数不足的，按规则集的规定办理。"
            "我国自20世纪80年代推行直接选举以来，村民委员会、居民委员会即按此办法选举，不少社会团体选举理事会也采用此法。"
            "此法有利于获得广泛支持的候选人，多数一方可能取得全部名额。末位得票相等的，交由有权机关决定。"
            "依据：村民委员会组织法第十五条。"
        ),
    ),
)

TWO_ROUNDS = _method(
    "two_rounds",
    Names.of(en="two rounds", zh="两轮投票"),
    _parameters(elected=True, follow_up=True),
    Names.of(
        en=(
            "Whoever reaches the threshold in the first round is elected; else a second round follows among the strongest, "
            "named by the key “shortfall”, whose own block says how many stand and what they need. Known from papal "
            "elections and used for presidents in France since 1965 and in most republics. It favours candidates whom a "
            "majority can accept; a third candidate whom everybody would prefer to both leaders can be left out. Source: "
            "French Constitution, article 7; Duverger, Les partis politiques, 1951."
        ),
        zh=(
            "首轮得票达到当选条件的当选；无人达到的，在得票居前者中进行第二轮投票，由“当选人数不足”一项写明的选举规定参加人数和当选条件。"
            "源于教皇选举，法国自1965年起用于选举总统，多数共和国亦采用。此法有利于能为多数人接受的候选人，但各方均可接受的第三名可能在首轮落选。"
            "出处：法国宪法第七条；迪韦尔热《政党》1951年。"
        ),
    ),
)

PLURALITY = _method(
    "plurality",
    Names.of(en="plurality", zh="相对多数"),
    _parameters(),
    Names.of(
        en=(
            "One vote a paper; the candidate with most votes is elected, without any share to reach. The oldest way of "
            "electing, used for the British House of Commons since single-member seats became the rule in 1885. It favours "
            "the strongest group however small its share, and two candidates who are alike hurt each other. Source: "
            "Representation of the People Act 1983, schedule 1."
        ),
        zh=(
            "每票选一人，得票最多者当选，不要求达到一定比例。此法历史最久，英国下议院自1885年普遍实行单名选区以来沿用。"
            "此法有利于最强的一方，即使其得票比例不高；主张相近的候选人会互相分票。出处：英国1983年人民代表法附件一。"
        ),
    ),
)

BLOCK_VOTE = _method(
    "block_vote",
    Names.of(en="block vote", zh="全额连记"),
    _parameters(),
    Names.of(
        en=(
            "As many votes a paper as there are seats, one for a candidate; those with most votes are elected. Used in "
            "English towns since the Middle Ages, today in many local councils and associations. The largest group can "
            "take every seat. Source: Reynolds and others, Electoral System Design, International IDEA, 2005."
        ),
        zh=(
            "每票可选人数与应选名额相同，每名候选人至多一票，得票多者当选。源于中世纪英格兰市镇选举，现多用于地方议会和社会团体。"
            "最大的一方可能取得全部名额。出处：雷诺兹等《选举制度设计》，国际民主和选举援助研究所，2005年。"
        ),
    ),
)

LIMITED_VOTE = _method(
    "limited_vote",
    Names.of(en="limited vote", zh="限制连记"),
    _parameters(_PER_BALLOT),
    Names.of(
        en=(
            "Fewer votes a paper than there are seats; those with most votes are elected. In British three-member seats "
            "from 1867 to 1885, today for the Spanish Senate. The largest group cannot take every seat unless it spreads "
            "its votes well. Source: Lijphart, Lopez Pintor and Sone, The Limited Vote and the Single Nontransferable "
            "Vote, 1986."
        ),
        zh=(
            "每票可选人数少于应选名额，得票多者当选。英国于1867年至1885年用于三名选区，现用于西班牙参议院。"
            "最大的一方除非分票得当，否则不能取得全部名额。出处：利普哈特等《限制投票与单记不可让渡投票》1986年。"
        ),
    ),
)

SINGLE_VOTE = _method(
    "single_vote",
    Names.of(en="single vote", zh="单记不可让渡投票"),
    _parameters(),
    Names.of(
        en=(
            "One vote a paper although several seats are filled; those with most votes are elected. In Japan from 1900 to "
            "1993, in Taiwan's councils with seats kept for women. Groups that know their strength win seats in proportion; "
            "those that put up too many candidates lose them. Source: Lijphart, Lopez Pintor and Sone, 1986; on reserved "
            "seats, Public Officials Election and Recall Act, article 67."
        ),
        zh=(
            "应选多名而每票只选一人，得票多者当选。日本于1900年至1993年采用；我国台湾地区议员选举亦采用，并为妇女保留名额。"
            "能准确估计自身实力的一方，所得名额大体与得票成比例；提名过多则会失去名额。"
            "出处：利普哈特等1986年；保留名额见公职人员选举罢免法第六十七条。"
        ),
    ),
)

CUMULATIVE_VOTE = _method(
    "cumulative_vote",
    Names.of(en="cumulative vote", zh="累积投票"),
    _parameters(_PER_BALLOT, _FOR_ONE),
    Names.of(
        en=(
            "Several votes a paper, more than one of which may go to one candidate; those with most votes are elected. In "
            "Illinois from 1870 to 1980, in company boards in many countries, among them China. A minority that gathers "
            "its votes is sure of a seat. Source: Illinois Constitution 1870, article 4 section 7; Company Law of China, "
            "article 117."
        ),
        zh=(
            "每票可投若干票，并可将多票集中投给同一候选人，得票多者当选。美国伊利诺伊州于1870年至1980年采用，"
            "多国（包括我国）用于选举公司董事、监事。少数一方集中投票即可保证取得席位。"
            "依据：伊利诺伊州1870年宪法第四条第七节；公司法第一百一十七条。"
        ),
    ),
)

APPROVAL = _method(
    "approval",
    Names.of(en="approval", zh="认可投票"),
    _parameters(),
    Names.of(
        en=(
            "A paper may name as many candidates as it likes, each once; those with most votes are elected. Proposed under "
            "this name by Robert Weber in 1971, used by learned societies. Candidates who are alike do not hurt each other; "
            "for several seats the largest group can take all. Source: Brams and Fishburn, Approval Voting, 1983."
        ),
        zh=(
            "每票可选任意多名候选人，每名至多一票，得票多者当选。1971年由韦伯命名，多用于学术团体。"
            "主张相近的候选人不会互相分票；应选多名时，最大的一方可能取得全部名额。"
            "出处：布拉姆斯、菲什伯恩《认可投票》1983年。"
        ),
    ),
)

MAJORITY_METHODS: tuple[Method, ...] = (
    MAJORITY_BY_POST,
    TWO_ROUNDS,
    PLURALITY,
    BLOCK_VOTE,
    LIMITED_VOTE,
    SINGLE_VOTE,
    CUMULATIVE_VOTE,
    APPROVAL,
)
