"""The words of a plan that belong to no vocabulary: what a form writes and a reader of plans knows, in each language."""

from __future__ import annotations

from civicrules.program import Names

YES = Names.of(en="yes", zh="是")
NO = Names.of(en="no", zh="否")
NONE = Names.of(en="none", zh="无")
MORE = Names.of(en="more to come", zh="未完")
ROWS = Names.of(en="rows", zh="明细")
PLAN = Names.of(en="plan", zh="方案")
RULESET = Names.of(en="ruleset", zh="规则集")
DAY = Names.of(en="day", zh="日期")
STAGE = Names.of(en="stage", zh="阶段")
LANGUAGE = Names.of(en="language", zh="语言")
