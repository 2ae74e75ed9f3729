"""The words that elections by lists take for their settings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import evolve

from civicrules.program import Names
from civicrules.tally.allocation import Plain
from civicrules.tally.contest import Setting
from civicrules.tally.quotas import LargestRemainder, Quota
from civicrules.tally.series import ADAMS, DANISH, DEAN, DHONDT, HUNTINGTON_HILL, IMPERIALI, MACAU, SAINTE_LAGUE
from civicrules.tally.words import LOT, WRITE_INS_NOT_COUNTED

# How seats are divided among lists.
RULES: Mapping[str, tuple[Names, Plain]] = MappingProxyType(
    {
        "sainte_lague": (Names.of(en="sainte lague", zh="圣拉古法"), SAINTE_LAGUE),
        "dhondt": (Names.of(en="dhondt", zh="顿特法"), DHONDT),
        "highest_averages": (Names.of(en="highest averages", zh="最高均数"), DHONDT),
        "largest_remainders": (Names.of(en="largest remainders", zh="最大余数"), LargestRemainder()),
        "danish_divisors": (Names.of(en="danish divisors", zh="丹麦除数法"), DANISH),
        "imperiali_divisors": (Names.of(en="imperiali divisors", zh="因佩里亚利除数法"), IMPERIALI),
        "macau_divisors": (Names.of(en="macau divisors", zh="澳门改良顿特法"), MACAU),
        "huntington_hill": (Names.of(en="huntington hill", zh="亨廷顿希尔法"), HUNTINGTON_HILL),
        "dean_divisors": (Names.of(en="dean divisors", zh="迪安法"), DEAN),
        "adams_divisors": (Names.of(en="adams divisors", zh="亚当斯法"), ADAMS),
    }
)
QUOTAS: tuple[tuple[str, Names], ...] = (
    (Quota.HARE.value, Names.of(en="hare quota", zh="黑尔数额")),
    (Quota.DROOP.value, Names.of(en="droop quota", zh="特罗普数额")),
    (Quota.HAGENBACH_BISCHOFF.value, Names.of(en="hagenbach bischoff quota", zh="哈根巴赫比绍夫数额")),
    (Quota.IMPERIALI.value, Names.of(en="imperiali quota", zh="因佩里亚利数额")),
)

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
        "seats_to_lists": tuple(RULES),
        "under_the_limit": tuple(RULES),
        "remainder_method": tuple(RULES),
        "quota": tuple(id for id, _ in QUOTAS),
        "across_lists": (ALLOWED[0], NOT_ALLOWED[0]),
        "list_mark": (FILLS[0], IN_ORDER[0], IN_PASSES[0]),
        "several_list_marks": (WRITE_INS_NOT_COUNTED[0], TOGETHER[0]),
        "exhausted_lists": (GO_ON[0], STAY_OPEN[0]),
        "absolute_majority": (MAJORITY[0],),
        "tie_on_a_list": (LIST_ORDER[0], LOT[0]),
    }
)


def quota_of(rule: Plain, quota: Setting | None) -> Plain:
    """A rule with the quota that a setting names, where it has one."""
    if quota is None or not isinstance(rule, LargestRemainder):
        return rule
    return evolve(rule, quota=Quota(quota))
