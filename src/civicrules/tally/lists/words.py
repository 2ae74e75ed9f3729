"""The words that elections by lists take for their settings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from civicrules.program import Names
from civicrules.tally.seats.words import NAMED, QUOTAS
from civicrules.tally.words import LOT, WRITE_INS_NOT_COUNTED

OVERVOTE = ("votes_given_more_than_seats", Names.of(en="votes given more than seats", zh="所投票数超过应选名额"))
ACROSS = ("marks_across_lists", Names.of(en="marks across lists", zh="跨名单投票"))
TOO_MANY_FOR_ONE = ("more_than_allowed_for_one", Names.of(en="more than allowed for one", zh="投给一人的票数过多"))
FAULTS = (OVERVOTE, ACROSS, TOO_MANY_FOR_ONE)

STRONGEST = (
    "list_with_strongest_candidate",
    Names.of(en="list with strongest candidate", zh="应补候选人得票多的名单"),
)
MOST_VOTES = ("list_with_most_votes", Names.of(en="list with most votes", zh="得票多的名单"))
OLDEST = ("list_of_older_candidates", Names.of(en="list of older candidates", zh="候选人年长的名单"))

ALLOWED = ("allowed", Names.of(en="allowed", zh="允许"))
NOT_ALLOWED = ("not_allowed", Names.of(en="not allowed", zh="不允许"))
FILLS = ("fills_votes_left", Names.of(en="fills votes left", zh="补足剩余票数"))
IN_ORDER = ("in_list_order", Names.of(en="in list order", zh="按名单顺序"))
IN_PASSES = ("in_passes", Names.of(en="in passes", zh="逐轮分给"))
TOGETHER = ("counted_together", Names.of(en="counted together", zh="合并计票"))
GO_ON = ("seats_go_on", Names.of(en="seats go on", zh="转给其他名单"))
STAY_OPEN = ("seats_stay_open", Names.of(en="seats stay open", zh="缺额保留"))
LIST_ORDER = ("list_order", Names.of(en="list order", zh="名单顺序"))
MAJORITY = ("majority_of_seats", Names.of(en="majority of seats", zh="取得过半数席位"))

# The words of each setting.
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "seats_to_lists": tuple(NAMED),
        "under_the_limit": tuple(NAMED),
        "remainder_method": tuple(NAMED),
        "quota": tuple(id for id, _ in QUOTAS),
        "across_lists": (ALLOWED[0], NOT_ALLOWED[0]),
        "list_mark": (FILLS[0], IN_ORDER[0], IN_PASSES[0]),
        "several_list_marks": (WRITE_INS_NOT_COUNTED[0], TOGETHER[0]),
        "exhausted_lists": (GO_ON[0], STAY_OPEN[0]),
        "absolute_majority": (MAJORITY[0],),
        "tie_on_a_list": (LIST_ORDER[0], LOT[0]),
    }
)
