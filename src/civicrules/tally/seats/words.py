"""The words that dividing seats takes for its settings: rules that can be a part of a method, quotas, roundings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from civicrules.program import Names

# The rules without settings of their own, by the names that methods and their keys have for them.
NAMED: Mapping[str, Names] = MappingProxyType(
    {
        "sainte_lague": Names.of(en="sainte lague", zh="圣拉古法"),
        "dhondt": Names.of(en="dhondt", zh="顿特法"),
        "highest_averages": Names.of(en="highest averages", zh="最高均数"),
        "largest_remainders": Names.of(en="largest remainders", zh="最大余数"),
        "danish_divisors": Names.of(en="danish divisors", zh="丹麦除数法"),
        "imperiali_divisors": Names.of(en="imperiali divisors", zh="因佩里亚利除数法"),
        "macau_divisors": Names.of(en="macau divisors", zh="澳门改良顿特法"),
        "huntington_hill": Names.of(en="huntington hill", zh="亨廷顿希尔法"),
        "dean_divisors": Names.of(en="dean divisors", zh="迪安法"),
        "adams_divisors": Names.of(en="adams divisors", zh="亚当斯法"),
    }
)
HARE = ("hare_quota", Names.of(en="hare quota", zh="黑尔数额"))
QUOTAS = (
    HARE,
    ("droop_quota", Names.of(en="droop quota", zh="特罗普数额")),
    ("hagenbach_bischoff_quota", Names.of(en="hagenbach bischoff quota", zh="哈根巴赫比绍夫数额")),
    ("imperiali_quota", Names.of(en="imperiali quota", zh="因佩里亚利数额")),
)
CUT = ("cut_to_whole", Names.of(en="cut to whole", zh="只舍不入"))
RAISED = ("raised_to_whole", Names.of(en="raised to whole", zh="只入不舍"))
NEAREST = ("nearest_whole", Names.of(en="nearest whole", zh="四舍五入取整"))
DIVISOR_LESS_ONE = ("divisor_less_one", Names.of(en="divisor less one", zh="除数减一重算"))
NO_MORE_SEATS = ("no_more_seats", Names.of(en="no more seats", zh="不再分给名额"))
SAME_STEP = ("same_step", Names.of(en="same step", zh="按末次差数递增"))
