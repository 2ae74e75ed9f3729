"""The words that counting uses: figures, bases of majorities, answers to ties and shortfalls, missing facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from civicrules.program import Names

FIGURES: Mapping[str, Names] = MappingProxyType(
    {
        "registered": Names.of(en="registered voters", zh="登记选民数"),
        "issued": Names.of(en="ballots issued", zh="发出票数"),
        "returned": Names.of(en="ballots returned", zh="收回票数"),
        "valid": Names.of(en="valid ballots", zh="有效票数"),
        "invalid": Names.of(en="invalid ballots", zh="无效票数"),
        "blank": Names.of(en="blank ballots", zh="空白票数"),
    }
)

# What a majority can be counted on, from the widest to the narrowest.
BASES: Mapping[str, Names] = MappingProxyType(
    {
        "registered": FIGURES["registered"],
        "issued": FIGURES["issued"],
        "returned": FIGURES["returned"],
        "accounted": Names.of(en="ballots accounted for", zh="已列明的票数"),
        "valid_and_invalid": Names.of(en="valid and invalid ballots", zh="有效票数与无效票数之和"),
        "valid_and_blank": Names.of(en="valid and blank ballots", zh="有效票数与空白票数之和"),
        "valid": FIGURES["valid"],
    }
)

ANOTHER_VOTE = ("another_vote_among_the_tied", Names.of(en="another vote among the tied", zh="对得票相等者再次投票"))
LOT = ("lot", Names.of(en="lot", zh="抽签"))
SECOND_BALLOT = ("second_ballot", Names.of(en="second ballot", zh="另行选举"))
VACANCY = ("vacancy", Names.of(en="vacancy", zh="缺额"))
MARKS_MORE_THAN_SEATS = ("marks_more_than_seats", Names.of(en="marks more than seats", zh="所选人数超过应选名额"))
SAME_PERSON_TWICE = ("same_person_for_two_posts", Names.of(en="same person for two posts", zh="同一人选任两项职务"))
WRITE_INS_COUNTED = ("counted", Names.of(en="counted", zh="计入得票"))
WRITE_INS_NOT_COUNTED = ("not_counted", Names.of(en="not counted", zh="不予计票"))
NOT_COUNTED_DOWN = ("not_moved", Names.of(en="not moved", zh="不下加"))
AT_NOMINATION = ("at_nomination", Names.of(en="at nomination", zh="提名时下加"))
AT_ELECTION = ("at_election", Names.of(en="at election", zh="正式选举时下加"))
KEPT_FOR_GROUP = ("reserved_group_only", Names.of(en="reserved group only", zh="仅限保留对象"))
OPEN_TO_ALL = ("open_to_all", Names.of(en="open to all", zh="由其他候选人递补"))
MOST_VOTES_FIRST = ("most_votes_first", Names.of(en="most votes first", zh="得票多者当选"))
MORE_THAN_HALF = ("more_than_half_of_seats", Names.of(en="more than half of seats", zh="席位过半数"))
WRITTEN_IN = ("written_in", Names.of(en="a name written in, which does not count", zh="另选他人，不予计票"))
ONE_NAME_TWICE = ("one_name_too_often", Names.of(en="one name more often than allowed", zh="同一人重复填写"))
_UNREADABLE = ("unreadable", Names.of(en="unreadable", zh="无法辨认"))

_NAMED: Mapping[str, Names] = MappingProxyType(
    dict(
        (
            ANOTHER_VOTE,
            LOT,
            SECOND_BALLOT,
            VACANCY,
            MARKS_MORE_THAN_SEATS,
            SAME_PERSON_TWICE,
            WRITE_INS_NOT_COUNTED,
            WRITTEN_IN,
            ONE_NAME_TWICE,
            _UNREADABLE,
        )
    )
)


def named(word: str) -> Names | str:
    """The names of one of the words above by its id; any other word as it is."""
    return _NAMED.get(word, word)


_MISSING: Mapping[str, Names] = MappingProxyType(
    {
        "votes": Names.of(en="votes of {1} for {0}", zh="{0}候选人{1}的得票数"),
        "candidates": Names.of(
            en="candidates for {0} who are not listed, with their votes", zh="{0}未列出的候选人及其得票数"
        ),
        "seats": Names.of(en="number of seats for {0}", zh="{0}的应选名额"),
        "posts": Names.of(en="the post {0}, listed once", zh="职位{0}（只列一次）"),
        "marks": Names.of(en="votes of the candidates for {0} together", zh="{0}候选人得票合计"),
        "bounds": Names.of(en="least and greatest number of seats of {0}", zh="{0}的名额上下限"),
        "limits": Names.of(en="whether {1} belongs to “{0}”", zh="{1}是否属于“{0}”"),
        "meets": Names.of(en="whether {1} meets the other condition for {0}", zh="{1}是否符合{0}当选的其他条件"),
        "weight": Names.of(en="the number that {0} is weighed by", zh="{0}的分配依据数"),
    }
)
_RELATED = Names.of(en="whether {0} and {1} are relatives", zh="{0}与{1}是否为近亲属")
_WHOLE: Mapping[str, Names] = MappingProxyType(
    {
        "seats": Names.of(en="number of seats", zh="名额总数"),
        "papers": Names.of(en="the papers that voters cast", zh="选民所投的选票"),
        "write_ins": Names.of(en="whether names written in count", zh="另选他人是否计票"),
        "receivers": Names.of(en="the other receivers and their numbers", zh="其余分配对象及其依据数"),
    }
)


def missing_words(missing: Iterable[str], names: Mapping[str, Names] = MappingProxyType({})) -> Mapping[str, Names]:
    """The words for what a *CannotSay* names as missing, with `names` for the ids of posts, candidates and receivers.

    Keys that a requirement named itself are left out: their words are the caller's.

    >>> missing_words(("votes/chair/Lin",), {"chair": Names.of(en="chair", zh="主任")})["votes/chair/Lin"].text("zh")
    '主任候选人Lin的得票数'
    """
    words: dict[str, Names] = {}
    for key in missing:
        kind, *ids = _parts(key)
        if not ids and kind in _WHOLE:
            words[key] = _WHOLE[kind]
        elif kind == "ballots" and ids[0] in FIGURES:
            words[key] = FIGURES[ids[0]]
        elif ids and kind in _MISSING and (kind != "limits" or len(ids) == 2):
            said = _RELATED if kind == "limits" and ids[0].startswith("relatives/") else _MISSING[kind]
            ids = ids[0].split("/")[1:] if said is _RELATED else ids
            forms = ((tag, form.format(*(_name(id, tag, names) for id in ids))) for tag, form in said.forms)
            words[key] = Names(tuple(forms))
    return words


def _parts(key: str) -> list[str]:
    """A key of a missing fact in its parts. The id of a limit may hold a slash, and so may a candidate's name."""
    if key.startswith("limits/") and key.count("/") > 1:
        id, _, candidate = key.removeprefix("limits/").rpartition("/")
        return ["limits", id, candidate]
    return key.split("/", 2 if key.startswith(("votes/", "meets/")) else 1)


def _name(id: str, language: str, names: Mapping[str, Names]) -> str:
    return names[id].text(language) if id in names else id
