"""The words of a plan that belong to no vocabulary: what a form writes and a reader of plans knows, in each language."""

from __future__ import annotations

from civicrules.program import Names

YES = Names.of(en="yes", zh="是")
NO = Names.of(en="no", zh="否")
NONE = Names.of(en="none", zh="无")
UNKNOWN = Names.of(en="unknown", zh="不详")
MORE = Names.of(en="more to come", zh="未完")
ROWS = Names.of(en="rows", zh="明细")
PLAN = Names.of(en="plan", zh="方案")
RULESET = Names.of(en="ruleset", zh="规则集")
DAY = Names.of(en="day", zh="日期")
STAGE = Names.of(en="stage", zh="阶段")
LANGUAGE = Names.of(en="language", zh="语言")

# Further words that a plan may have for one of those above; no form writes them.
NONE_TOO = ("never", "nobody", "no one", "没有", "从未", "从无", "从来没有", "未曾")
UNKNOWN_TOO = ("not known", "未知", "不明", "不清楚")

# What somebody attests of all members of a list: that something is so of none of them.
ATTESTATIONS = Names.of(en="attestations", zh="证明")
LIST = Names.of(en="list", zh="名单")
FACT = Names.of(en="fact", zh="事项")
ATTESTED_BY = Names.of(en="by", zh="出具单位")
DATE = Names.of(en="date", zh="日期")

# Rules that somebody waived.
WAIVERS = Names.of(en="waivers", zh="放宽审批")
RULE = Names.of(en="rule", zh="规则")
PERSON = Names.of(en="person", zh="人员")
REASON = Names.of(en="reason", zh="理由")
WAIVED_BY = Names.of(en="by", zh="批准机关")
FINGERPRINT = Names.of(en="fingerprint", zh="数据校验码")
