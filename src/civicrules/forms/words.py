"""The words that a form shows besides the names of its vocabulary, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from civicrules.program import Names

_PHRASES: Mapping[str, Names] = MappingProxyType(
    {
        # Not the name of the plan's own block: on a sheet of that name, every `day` would be the plan's.
        "sheet": Names.of(en="form", zh="填报表"),
        "title": Names.of(en="Facts for: {title}", zh="{title}——填报表"),
        "how": Names.of(
            en="Fill in the yellow cells. Leave blank what is not known.",
            zh="请填写黄色单元格；情况不明的，留空不填。",
        ),
        "how plain": Names.of(
            en="Write each value after the colon. Leave blank what is not known.",
            zh="请在冒号后填写；情况不明的，留空不填。",
        ),
        "unit": Names.of(en="unit", zh="单位"),
        "articles": Names.of(en="asked for by", zh="依据"),
        "rows": Names.of(
            en="One row for each {singular}. If rows are still missing, write “{more}” in the row after the last one.",
            zh="{label}请逐行填写；尚未填全的，在最后一行之后另起一行注明“{more}”。",
        ),
        "rows at most": Names.of(
            en="One row for each {singular}, at most {most}. "
            "If rows are still missing, write “{more}” in the row after the last one.",
            zh="{label}请逐行填写，不超过{most}行；尚未填全的，在最后一行之后另起一行注明“{more}”。",
        ),
        "blanks": Names.of(en=" Leave blank what is not known.", zh="情况不明的，留空不填。"),
        "blanks but": Names.of(
            en=" Leave blank what is not known, unless the note of a column says otherwise.",
            zh="情况不明的，留空不填；列名批注另有说明的，从其说明。",
        ),
        "items": Names.of(
            en="One item for each {singular}. If items are still missing, make “- {more}” the last one.",
            zh="{label}请逐项填写；尚未填全的，最后一项写“- {more}”。",
        ),
        "items at most": Names.of(
            en="One item for each {singular}, at most {most}. "
            "If items are still missing, make “- {more}” the last one.",
            zh="{label}请逐项填写，不超过{most}项；尚未填全的，最后一项写“- {more}”。",
        ),
        "example": Names.of(en="example: {value}", zh="例：{value}"),
        "whole": Names.of(en="whole number", zh="整数"),
        "whole from": Names.of(en="whole number, {low} or more", zh="整数，不小于{low}"),
        "whole to": Names.of(en="whole number, {high} or less", zh="整数，不大于{high}"),
        "whole from to": Names.of(en="whole number, {low} to {high}", zh="整数，{low}至{high}"),
        "share": Names.of(en="share as a percentage or fraction, e.g. 81% or 2/3", zh="百分数或者分数，如81%、2/3"),
        "fraction": Names.of(en="number, e.g. 12.5 or 1/2", zh="数字，如12.5、1/2"),
        "date": Names.of(en="date, e.g. {example}", zh="日期，如{example}"),
        "truth": Names.of(en="{yes} or {no}", zh="“{yes}”或者“{no}”"),
        "choice": Names.of(en="one of: {choices}", zh="下列之一：{choices}"),
        "ordered": Names.of(en="one of, in rising order: {choices}", zh="下列之一（由低到高）：{choices}"),
        "text": Names.of(en="text", zh="文字"),
        "people": Names.of(
            en="names, with a semicolon between them, or {none}", zh="姓名，多人之间用顿号分隔；没有的，填写“{none}”"
        ),
        "people joined": Names.of(en="; ", zh="、"),
        "counted": Names.of(en="counted from {since} where left blank", zh="留空的，按{since}计算"),
        "blank": Names.of(
            en="a blank means {means}; where it is not known, write “{unknown}”",
            zh="留空视为“{means}”，情况不明的，填写“{unknown}”",
        ),
        "or none": Names.of(en="write “{none}” where there is none", zh="没有的，填写“{none}”"),
        "personal": Names.of(en="personal data", zh="属于个人信息"),
        "personal mark": Names.of(en="personal", zh="个人信息"),
        "how attested": Names.of(
            en="One row for each fact that somebody attests for all members of a list, where no cell says more: "
            "“{no}” or “{none}” for every one of them.",
            zh="由有关单位统一说明名单中的人员均无某一情形的，逐项填写，一项一行；名单中已逐人填写的，以填写的为准。",
        ),
        "how waived": Names.of(
            en="One row for each rule that was waived, with the reason and the body that waived it.",
            zh="经批准放宽某项规则的，逐项填写，一项一行，并写明理由和批准机关。",
        ),
        "list attested": Names.of(en="whose members: {choices}", zh="所说明的名单：{choices}"),
        "fact attested": Names.of(en="what is so of none of them: {choices}", zh="均无的情形：{choices}"),
        "attesting": Names.of(en="who answers for it", zh="出具说明的单位"),
        "rule waived": Names.of(en="the rule by its name: {choices}", zh="规则名称：{choices}"),
        "person waived": Names.of(
            en="for whom, where the rule is about people", zh="规则适用于个人的，填写姓名；否则不填"
        ),
        "waiving": Names.of(en="the body that may waive the rule: {choices}", zh="有权批准的机关：{choices}"),
        "reason waived": Names.of(en="why", zh="放宽的理由"),
        "fingerprint waived": Names.of(
            en="as the report shows it beside the finding", zh="审查报告在该项结论旁列出的校验码"
        ),
        "example body": Names.of(en="the court", zh="法院"),
        "example reason": Names.of(en="outstanding record", zh="工作业绩突出"),
        "ruleset note": Names.of(en="the ruleset the plan is checked against", zh="审查本方案所适用的规则集"),
        "day note": Names.of(
            en="the plan tells what has happened by this day, e.g. {example}",
            zh="方案所载情况截至该日，如{example}",
        ),
        "stage note": Names.of(en="the last step done: {choices}", zh="已完成的最后一个步骤：{choices}"),
        "language note": Names.of(en="language of the report: en or zh", zh="报告所用语言：zh（中文）或者en（英文）"),
        "sentence": Names.of(en="{text}. ", zh="{text}。"),
        "person": Names.of(en="Alex Example", zh="张三"),
        "as printed": Names.of(en="all digits and letters", zh="按证件填写"),
        "other person": Names.of(en="Sam Example", zh="李四"),
        "first": Names.of(en="{singular} 1", zh="{singular}1"),
        "not whole": Names.of(en="Please enter a {text}.", zh="请填写{text}。"),
        "not date": Names.of(en="Please enter a {text}.", zh="请填写{text}。"),
        "not listed": Names.of(en="Please choose from the list: {choices}.", zh="请从下拉列表中选择：{choices}。"),
        "check": Names.of(en="Please check this entry", zh="请核对填写内容"),
        "page": Names.of(en="page &P of &N", zh="第&P页，共&N页"),
        "labelled": Names.of(en="{label}: {text}", zh="{label}：{text}"),
        "font": Names.of(en="Calibri", zh="宋体"),
        "joined": Names.of(en=", ", zh="、"),
        "clauses": Names.of(en="; ", zh="；"),
        "bracketed": Names.of(en="{text} ({inner})", zh="{text}（{inner}）"),
    }
)


def phrase(key: str, language: str, **data: object) -> str:
    """A phrase of the forms in a language, filled in.

    >>> phrase("person", "zh"), phrase("whole from to", "en", low=1, high=9)
    ('张三', 'whole number, 1 to 9')
    """
    return _PHRASES[key].text(language).format(**data)


def joined(parts: tuple[str, ...], language: str) -> str:
    """Several items as a list is written in a language: `a, b` or `甲、乙`."""
    return phrase("joined", language).join(parts)


def labelled(key: str, text: str, language: str) -> str:
    """A text under one of the labels of the forms: `unit: households`, `单位：户`."""
    return phrase("labelled", language, label=phrase(key, language), text=text)
