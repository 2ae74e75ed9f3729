"""The words that counts of ranked papers take for their settings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from civicrules.program import Names

ENDS = ("paper_ends", Names.of(en="paper ends", zh="其后不计"))
PASSED_OVER = ("passed_over", Names.of(en="passed over", zh="略过"))
TWO_END = ("two_in_a_row_end_paper", Names.of(en="two in a row end paper", zh="连续两个空缺则其后不计"))
# How a fault on a paper is read, each setting with its words; the first is used when none is given.
READINGS: Mapping[str, tuple[tuple[str, Names], ...]] = MappingProxyType(
    {
        "skipped_rank": (ENDS, PASSED_OVER, TWO_END),
        "equal_ranks": (ENDS, PASSED_OVER),
        "repeated_name": (ENDS, PASSED_OVER),
    }
)
EARLIER_STAGES = ("earlier_stages", Names.of(en="earlier stages", zh="依前轮得票"))
GREGORY = ("weighted_inclusive_gregory", Names.of(en="weighted inclusive gregory", zh="加权包容格雷戈里法"))
CUT = ("rounded_down", Names.of(en="rounded down", zh="尾数舍去"))
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
# How many decimals a transfer value has.
PLACES: Mapping[str, int] = MappingProxyType({f"{word}_decimals": at for at, word in enumerate(_NUMBERS, 2)})
DECIMALS = tuple(
    (id, Names.of(en=id.replace("_", " "), zh=f"{'零一二三四五六七八九'[places]}位小数"))
    for id, places in PLACES.items()
)
